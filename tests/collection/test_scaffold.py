"""A collection begins with the audit of a made-up text, and builds, runs and checks as any other."""

import csv
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import commanded
import proposed
from asprinted import audit, scan
from asprinted.audit import document
from asprinted.audit.findings import Findings
from asprinted.chinese.scanning import Role, Span
from asprinted.collection import scaffold
from asprinted.collection.collection import Collection
from asprinted.collection.tables import Tables
from asprinted.collection.validating import validate
from asprinted.faults import Fault, Faults
from proposed import TEXT

# The line ends of Windows, as a text from elsewhere may have them.
ARTICLE = TEXT.replace("\n", "\r\n")


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> tuple[Path, str]:
    """A collection begun by the command, with what it said, after the commands that it names."""
    folder = tmp_path_factory.mktemp("begun")
    (folder / "library.txt").write_bytes(ARTICLE.encode("gb18030"))
    with pytest.MonkeyPatch.context() as patch:
        proposed.relate_by_hand(patch)
        done = commanded.asprinted("audit", folder / "library.txt", "--into", folder / "mine")
    assert done.returncode == 0, done.stderr
    for command in ("build", "run"):
        ran = commanded.asprinted(command, folder=folder / "mine")
        assert ran.returncode == 0, ran.stderr
    return folder / "mine", done.stdout


@pytest.fixture
def by_hand(monkeypatch):
    proposed.relate_by_hand(monkeypatch)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    return Tables(folder).rows(name)


# ------------------------------------------------------------------------------------------- what it becomes


def test_it_builds_runs_and_checks_without_a_difference(begun):
    checked = commanded.asprinted("check", folder=begun[0])
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.startswith("Checked 1 notebooks in ")


def test_it_says_what_it_holds_and_which_commands_come_next(begun):
    _, said = begun
    measured = [span for span in scan(TEXT) if span.role is Role.MEASUREMENT]
    assert f"{len(measured)} printed figures" in said
    assert [line.strip() for line in said.splitlines() if line.startswith("  asprinted")] == [
        "asprinted build",
        "asprinted run",
    ]


def test_a_text_is_audited_once_to_begin_a_collection(tmp_path, monkeypatch):
    (tmp_path / "library.txt").write_text(TEXT, encoding="utf-8")
    related = []
    monkeypatch.setattr(
        document, "relate", lambda text, spans: related.append(text) or proposed.proposals(text, spans)
    )
    done = commanded.asprinted("audit", tmp_path / "library.txt", "--into", tmp_path / "mine")
    assert (done.returncode, related) == (0, [TEXT])


def test_its_text_is_not_in_it_and_yet_verifies(begun):
    folder, _ = begun
    assert commanded.asprinted("verify", "../library.txt", folder=folder).returncode == 0
    (source,) = rows(folder, "sources")
    assert source["sha256"] == hashlib.sha256(ARTICLE.encode("utf-8")).hexdigest()


def test_no_run_of_sixteen_characters_of_the_text_comes_in(begun):
    folder, _ = begun
    runs = {TEXT[at : at + 16] for at in range(len(TEXT) - 15) if "\n" not in TEXT[at : at + 16]}
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".png"]
    held = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert len(files) > 10
    assert [run for run in runs if run in held] == []


def test_its_rows_fit_their_schema_and_read_as_the_text_prints(begun):
    folder, _ = begun
    assert list(validate(Tables(folder))) == []
    lines = ARTICLE.split("\n")
    for row in rows(folder, "printed"):
        start = int(row["start"])
        assert lines[int(row["line"]) - 1][start : start + len(row["as_printed"])] == row["as_printed"]
    values = {row["as_printed"]: row["value"] for row in rows(folder, "statistics")}
    assert (values["1,250册"], values["80%"], values["1.76万余人次"]) == ("1250", "0.8", "17600")


def test_labels_are_the_words_before_a_number_back_to_the_number_before(begun):
    labels = {row["as_printed"]: row["indicator_zh"] for row in rows(begun[0], "printed")}
    assert (labels["80%"], labels["12.5%"], labels["画册20册".removeprefix("画册")]) == (
        "按期归还率",
        "上升",
        "画册",
    )


def test_its_verdicts_are_those_of_the_audit_without_what_is_only_possible(begun):
    verdicts = {row["id"]: row["verdict"] for row in rows(begun[0], "checks")}
    assert verdicts == {
        "c1": "contradicted",
        "c2": "both",
        "c3": "both",
        "c4": "contradicted",
        "c6": "both",
        "c7": "contradicted",
        "c8": "not_testable",
        "c9": "both",
    }


def test_the_kind_of_a_result_is_that_of_its_relation(begun):
    kinds = {row["as_printed"]: row["kind"] for row in rows(begun[0], "printed")}
    assert (kinds["25册"], kinds["12.5%"], kinds["80%"], kinds["40名"]) == ("mean", "change", "rate", "count")


def test_a_sum_of_money_is_called_money(tmp_path):
    folder = tmp_path / "mine"
    (tmp_path / "t.txt").write_text(
        "购书124.36亿元，其中小说35.36亿元、诗集89亿元。读者25名，人均花费3元。", "utf-8"
    )
    done = commanded.asprinted("audit", tmp_path / "t.txt", "--into", folder)
    assert done.returncode == 0, done.stderr
    kinds = {row["as_printed"]: (row["indicator_en"], row["kind"]) for row in rows(folder, "printed")}
    assert kinds["124.36亿元"] == ("N01: amount (CNY), line 1", "money")


def test_a_number_and_a_relation_have_a_name_in_each_language(begun):
    found = {
        row["as_printed"]: (row["indicator_en"], row["indicator_zh"]) for row in rows(begun[0], "printed")
    }
    assert found["80%"] == ("N03: rate, line 3", "按期归还率")
    titles = {row["id"]: (row["title_en"], row["title_zh"]) for row in rows(begun[0], "relations")}
    assert titles["c3"] == ("C03: share, line 3", "按期归还率")


def test_a_numeral_within_a_word_does_not_end_a_label(tmp_path):
    text = "一般预算收入5.12亿元，第一产业3亿元，社会消费品零售总额为40亿元。"
    scaffold.found(audit(text, name="t"), tmp_path / "mine", 0)
    labels = [row["indicator_zh"] for row in rows(tmp_path / "mine", "printed")]
    assert labels == ["一般预算收入", "第一产业", "社会消费品零售总额"]


def test_what_is_begun_can_be_shared_and_tested_and_chooses_no_licence(begun, plain, tmp_path):
    started = tmp_path / "library"
    assert commanded.asprinted("new", started).returncode == 0
    for folder in (begun[0], plain, started):
        assert (folder / "LICENSE").read_text("utf-8").startswith("No licence has been chosen yet")
        package = json.loads((folder / "data" / "datapackage.json").read_text("utf-8"))
        assert [each["name"] for each in package["licenses"]] == ["LICENSE"]
        assert "site/\n" in (folder / ".gitignore").read_text("utf-8")
        for page in ("README.md", "README.zh.md"):
            said = (folder / page).read_text("utf-8")
            assert [each for each in ("`pytest`", "asprinted site --no-workbench") if each not in said] == []
    tested = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    assert subprocess.run(tested, cwd=plain, capture_output=True, check=False).returncode == 0
    statistics = plain / "data" / "statistics.csv"
    kept = statistics.read_bytes()
    statistics.write_bytes(kept.replace(b"36", b"37"))
    failed = subprocess.run(tested, cwd=plain, capture_output=True, text=True, check=False)
    statistics.write_bytes(kept)
    assert failed.returncode == 1
    assert "statistics.csv" in failed.stdout


@pytest.mark.parametrize(
    ("notebook", "said"),
    [
        ("notebooks/01_audit.ipynb", "Of 8 relations between printed numbers, 3 do not hold"),
        ("notebooks/zh/01_audit.ipynb", "原文数字之间的8组勾稽关系中，不符的有3组"),
    ],
)
def test_its_notebook_answers_in_both_languages(begun, notebook, said):
    cells = nbformat.read(begun[0] / notebook, as_version=4).cells
    outputs = ["".join(output.data["text/plain"] for output in cell.get("outputs", ())) for cell in cells]
    assert any(text.startswith(said) for text in outputs)


def test_dates_labels_ordinals_and_what_has_no_value_are_exclusions_with_their_reason(tmp_path, by_hand):
    found = audit(TEXT, name="library")
    roles = dict(zip(found.spans[:1] + found.spans[-1:], (Role.DATE, Role.LABEL), strict=True))
    spans = tuple(
        Span(each.start, each.end, each.line, each.column, each.text, roles.get(each, each.role))
        for each in found.spans
    )
    # 1/3 is a value that no decimal writes in full.
    text = TEXT + "近三分之一的读者是学生。"
    third = scan(text)[-1]
    claims = tuple(claim for claim in found.claims if claim.kind == "share")
    begun = scaffold.found(Findings(text, "library", (*spans, third), claims), tmp_path / "mine")
    assert (begun.printed, begun.exclusions) == (len(spans) - 2, 3)
    excluded = [(row["as_printed"], row["category"]) for row in rows(begun.folder, "exclusions")]
    assert excluded == [("2024年", "date"), ("12368", "name"), ("近三分之一", "no_value")]
    Collection(begun.folder).verify(text)


# ---------------------------------------------------------------------------------------------- what stops it


def test_a_rate_with_a_sign_is_a_figure_and_no_formula(tmp_path, by_hand):
    text = "受理3件，下降-2.1%；结案率61.71%。"
    scaffold.found(audit(text, name="signs"), tmp_path / "mine", 0)
    assert [row["as_printed"] for row in rows(tmp_path / "mine", "printed")] == ["3件", "-2.1%", "61.71%"]


def test_a_text_that_relates_nothing_begins_no_collection(tmp_path, by_hand):
    with pytest.raises(Fault, match="no relation in note of which it says plainly"):
        scaffold.found(audit("来信12封。", name="note"), tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_used_stays_as_it_is(tmp_path, by_hand):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Fault, match="a folder that is not empty"):
        scaffold.found(audit(TEXT), tmp_path / "mine")
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "notes.txt"]


def test_whatever_stops_it_nothing_is_left(tmp_path, by_hand, monkeypatch):
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Collection, "seal", fails)
    with pytest.raises(Fault, match="No space left on device"):
        scaffold.found(audit(TEXT), tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []


def test_one_text_begins_a_collection_and_not_several(tmp_path, by_hand):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    done = commanded.asprinted("audit", tmp_path, "--into", tmp_path / "mine")
    assert (done.returncode, done.stdout) == (1, "")
    assert "found several texts, expected one text: begin a collection of each, or audit" in done.stderr
    assert not (tmp_path / "mine").exists()


def begun_with(folder: Path, **choices: str) -> list[str]:
    """Begin a collection with a person's decisions by id, and return the ids of its relations."""
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    printed = commanded.asprinted("audit", folder / "a.txt", "--format", "csv").stdout
    found = list(csv.DictReader(printed.splitlines()))
    for row in found:
        row["decision"] = choices.get(row["claim_id"], "")
    with (folder / "decided.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    options = ["--relations", folder / "decided.csv", "--into", folder / "mine"]
    done = commanded.asprinted("audit", folder / "a.txt", *options)
    assert done.returncode == 0, done.stderr
    return [row["id"] for row in rows(folder / "mine", "relations")]


def test_what_a_person_accepted_comes_in_and_what_was_rejected_does_not(tmp_path, by_hand):
    assert begun_with(tmp_path, c5="accept", c1="reject") == ["c2", "c3", "c5", "c6", "c7", "c8", "c9"]


def test_what_is_only_possible_stays_out_though_it_is_the_likeliest_that_is_left(tmp_path, by_hand):
    assert begun_with(tmp_path, c4="reject") == ["c1", "c2", "c3", "c6", "c7", "c8", "c9"]


def test_a_name_that_a_page_would_take_for_a_mark_is_refused_as_the_files_name(tmp_path, by_hand):
    with pytest.raises(Fault, match=r"the name 'a<script>', with < >, .*expected another name of the file"):
        scaffold.found(audit(TEXT, name="a<script>"), tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []


# ----------------------------------------------------------------------------------- `new FOLDER --from TEXT`

PLAIN = "梧桐县文化馆上半年办班36期，收到来信12封。\n馆内有座位近800席。\n"


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Path:
    """A collection that `new --from` made of a text whose numbers are not related, built and run."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "hall.txt").write_text(PLAIN, encoding="utf-8")
    done = commanded.asprinted("new", "mine", "--from", "hall.txt", folder=folder)
    assert done.returncode == 0, done.stderr
    for command in ("build", "run", "check"):
        ran = commanded.asprinted(command, folder=folder / "mine")
        assert ran.returncode == 0, ran.stderr
    return folder / "mine"


def test_a_text_whose_numbers_are_not_related_becomes_a_collection_of_its_numbers(plain):
    printed = [(row["line"], row["start"], row["as_printed"]) for row in rows(plain, "printed")]
    assert printed == [("1", "11", "36期"), ("1", "19", "12封"), ("2", "5", "近800席")]
    assert "relations" not in Tables(plain).names()
    assert commanded.asprinted("verify", "../hall.txt", folder=plain).returncode == 0


def test_its_notebook_shows_them_in_both_languages_and_its_readme_names_files_that_are_there(plain):
    for pattern in ("notebooks/01_*.ipynb", "notebooks/zh/01_*.ipynb"):
        (notebook,) = plain.glob(pattern)
        shown = "".join(
            output.data["text/html"]
            for cell in nbformat.read(notebook, as_version=4).cells
            for output in cell.get("outputs", [])
            if "text/html" in output.data
        )
        assert [token for token in ("36期", "12封", "近800席") if token not in shown] == []
    for page in ("README.md", "README.zh.md"):
        named = re.findall(r"^\d\. `([^`]+)`", (plain / page).read_text(encoding="utf-8"), re.MULTILINE)
        assert [name for name in named if not (plain / name).exists()] == ["data/exclusions.csv"]


def test_it_has_a_site_that_counts_its_numbers_and_names_no_test(plain):
    done = commanded.asprinted("site", "--no-workbench", folder=plain)
    assert done.returncode == 0, done.stderr
    home = (plain / "site" / "index.html").read_text(encoding="utf-8")
    assert "3 numbers, and no relation between them to test yet" in " ".join(home.split())
    assert [each for each in ("of 0", "Rates here", "<h2>Figures") if each in home] == []
    assert (plain / "site" / "zh" / "number" / "n03" / "index.html").is_file()


def test_its_site_offers_no_average_where_nothing_is_divided_by_a_headcount(tmp_path):
    text = "地区生产总值124.38亿元，其中第一产业3.21亿元，第二产业36.02亿元，第三产业85.15亿元。"
    (tmp_path / "hall.txt").write_text(text, encoding="utf-8")
    for command in (["audit", "hall.txt", "--into", "mine"], *([each] for each in ("build", "run", "site"))):
        options = ["--no-workbench"] if command == ["site"] else []
        folder = tmp_path if command[0] == "audit" else tmp_path / "mine"
        done = commanded.asprinted(*command, *options, folder=folder)
        assert done.returncode == 0, done.stderr
    pages = {
        each: (tmp_path / "mine" / "site" / each).read_text("utf-8")
        for each in ("index.html", "zh/index.html")
    }
    # 3.21 + 36.02 + 85.15 = 124.38, each to within half of 0.01.
    assert "12,436,500,000–12,439,500,000" in pages["index.html"]
    assert "124.365–124.395亿" in pages["zh/index.html"]
    assert [
        each for page in pages.values() for each in ('id="average"', "平均", "average") if each in page
    ] == []
    notebook = (tmp_path / "mine" / "site" / "notebook" / "01_audit" / "index.html").read_text("utf-8")
    # Four of 100,001 values pass, so no 100%.
    assert ("99.99%" in notebook, "100.00%" in notebook, 'rel="next"' in notebook) == (True, False, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [("没有数字的文字。", "no figure in hall"), ("", "an empty text"), (None, "hall.txt: found nothing")],
)
def test_a_text_that_fills_nothing_makes_nothing(tmp_path, text, told):
    if text is not None:
        (tmp_path / "hall.txt").write_text(text, encoding="utf-8")
    done = commanded.asprinted("new", "mine", "--from", "hall.txt", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert not (tmp_path / "mine").exists()


def test_a_folder_that_holds_something_is_not_filled_from_a_text(tmp_path):
    (tmp_path / "hall.txt").write_text(PLAIN, encoding="utf-8")
    done = commanded.asprinted("new", ".", "--from", "hall.txt", folder=tmp_path)
    assert done.returncode == 1
    assert "a folder that is not empty (hall.txt)" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["hall.txt"]


# ----------------------------------------------------------------------------------- one language, or English

ENGLISH = (
    "In 2024 the society let 120 plots, of which 96 were tended: 80%.\nMore than 300 people came on 5 May.\n"
)


def start_from(text: str, folder: Path, *options: str) -> Path:
    """Start a collection from a text with the command, build and run it, and return its folder."""
    (folder / "article.txt").write_text(text, encoding="utf-8")
    given = ("new", folder / "mine", "--from", folder / "article.txt", *options)
    for arguments, place in ((given, folder), (("build",), folder / "mine"), (("run",), folder / "mine")):
        done = commanded.asprinted(*arguments, folder=place)
        assert done.returncode == 0, done.stderr
    return folder / "mine"


def shown(notebook: Path) -> str:
    """Return prose and outputs of a notebook as one text."""
    cells = nbformat.read(notebook, as_version=4).cells
    outputs = [
        "".join(output.data.get("text/plain", "")) for cell in cells for output in cell.get("outputs", ())
    ]
    return "\n".join([*(cell.source for cell in cells if cell.cell_type == "markdown"), *outputs])


def test_an_english_text_has_each_number_in_digits_with_its_position_and_its_reading(tmp_path):
    folder = start_from(ENGLISH, tmp_path)
    assert [(row["line"], row["start"], row["as_printed"]) for row in rows(folder, "printed")] == [
        ("1", "24", "120"),
        ("1", "44", "96"),
        ("1", "60", "80%"),
        ("2", "0", "More than 300 people"),
    ]
    labels = [row["indicator_en"] for row in rows(folder, "printed")]
    assert labels == ["plots", "N02: count, line 1", "N03: rate, line 1", "N04: count (person), line 2"]
    assert [(row["as_printed"], row["category"]) for row in rows(folder, "exclusions")] == [
        ("2024", "date"),
        ("5 May", "date"),
    ]
    assert [row["low"] for row in rows(folder, "statistics")] == ["120", "96", "0.8", "300"]
    assert commanded.asprinted("verify", tmp_path / "article.txt", folder=folder).returncode == 0
    assert commanded.asprinted("check", folder=folder).returncode == 0


def test_a_collection_in_english_alone_has_no_chinese_column_page_or_edition(tmp_path):
    folder = start_from(ENGLISH, tmp_path, "--language", "en")
    assert not {
        column for name in ("printed", "sources") for column in rows(folder, name)[0] if "_zh" in column
    }
    assert sorted(path.name for path in folder.rglob("*.md")) == ["README.md"] * 4
    assert not (folder / "notebooks" / "zh").exists()
    assert "](README.zh.md)" not in (folder / "README.md").read_text(encoding="utf-8")
    assert not re.search("[一-鿿]", shown(folder / "notebooks" / "01_numbers.ipynb"))


def test_a_collection_in_chinese_alone_says_everything_in_chinese(tmp_path, monkeypatch):
    proposed.relate_by_hand(monkeypatch)
    folder = start_from(TEXT, tmp_path, "--language", "zh")
    (source,) = rows(folder, "sources")
    assert (source["publisher"], "publisher_zh" in source) == ("未写明", False)
    columns = rows(folder, "printed")[0]
    assert ("indicator_zh" in columns, "indicator_en" in columns) == (True, False)
    said = shown(folder / "notebooks" / "01_audit.ipynb")
    assert said.startswith("# 原文哪些数字可由其他数字得出？")
    assert "原文数字之间的8组勾稽关系中，不符的有3组" in said
    assert not re.search(r"\b(?!asprinted|audit|pandas)[a-z]{3,} [a-z]{3,}", said)
    assert (folder / "README.md").read_text(encoding="utf-8").startswith("# 一篇文字的数字")
    assert not (folder / "README.zh.md").exists()
    assert commanded.asprinted("check", folder=folder).returncode == 0


def test_an_english_text_in_chinese_alone_keeps_its_labels_as_they_stand(tmp_path):
    folder = start_from(ENGLISH, tmp_path, "--language", "zh")
    labels = [row["indicator_zh"] for row in rows(folder, "printed")]
    assert (labels[0], all(labels)) == ("plots", True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_site_of_a_collection_in_one_language_is_in_that_language_alone(tmp_path, language):
    folder = start_from(ENGLISH, tmp_path, "--language", language)
    done = commanded.asprinted("site", "--no-workbench", folder=folder)
    assert done.returncode == 0, done.stderr
    home = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert f'<html lang="{"en" if language == "en" else "zh-CN"}">' in home
    assert 'class="lang"' not in home
    assert not (folder / "site" / "zh").exists()


DRAWN = """
[plots_let]
title.{0} = "{{n01:count}}, {{n02:count}}"
subtitle.{0} = "n"
note.{0} = "m"
alt.{0} = "{{n01:count}}, {{n02:count}}"
rows.{0} = "{{value:count}}"
"""


@pytest.mark.parametrize(("language", "other"), [("en", "zh"), ("zh", "en")])
def test_a_picture_of_a_collection_in_one_language_is_drawn_in_that_language_alone(tmp_path, language, other):
    folder = start_from(ENGLISH, tmp_path, "--language", language)
    (path,) = (folder / "notebooks").glob("*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    code = """from asprinted import figures
counts = book.facts("n01", "n02")[["value"]].assign(own=True)
book.draw(figures.list_plot, "plots_let", counts, card=True)"""
    notebook.cells.insert(-1, nbformat.v4.new_code_cell(code, id="the-picture"))
    nbformat.write(notebook, path)
    with (folder / "notebooks" / "words" / f"{path.stem}.toml").open("a", encoding="utf-8") as words:
        words.write(DRAWN.format(language))
    for command in (("run",), ("check",), ("site", "--no-workbench")):
        done = commanded.asprinted(*command, folder=folder)
        assert done.returncode == 0, done.stderr
    drawn = {file.name for file in (folder / "figures").iterdir()}
    kinds = (f"{language}.svg", f"{language}.png", f"card.{language}.png", f"dark.{language}.svg")
    assert drawn == {"README.md", "plots_let.csv", "plots_let.json", *(f"plots_let.{kind}" for kind in kinds)}
    (head, *_) = (folder / "figures" / "plots_let.csv").read_text(encoding="utf-8").splitlines()
    assert head == f"key,label_{language},value,own"
    assert other not in json.loads((folder / "figures" / "plots_let.json").read_text(encoding="utf-8"))
    assert f"plots_let.{language}.svg" in (folder / "figures" / "README.md").read_text(encoding="utf-8")
    pages = [page.read_text(encoding="utf-8") for page in (folder / "site").rglob("*.html")]
    assert any(f"plots_let.{language}.svg" in page for page in pages)
    assert not [page for page in pages if f"plots_let.{other}." in page]


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_a_relation_is_added_as_the_readme_says(tmp_path, language):
    folder = start_from(ENGLISH, tmp_path, "--language", language)
    (row,) = re.findall("```\n(id,.*?)```", (folder / "README.md").read_text("utf-8"), re.DOTALL)
    assert ("Share" in row, "占比" in row) == (language != "zh", language != "en")
    (folder / "data" / "relations.csv").write_text(row, encoding="utf-8")
    assert commanded.asprinted("new", tmp_path / "other").returncode == 0
    other, mine = (
        json.loads((each / "data" / "datapackage.json").read_text("utf-8"))
        for each in (tmp_path / "other", folder)
    )
    mine["resources"] += [each for each in other["resources"] if each["name"] in ("relations", "checks")]
    (folder / "data" / "datapackage.json").write_text(json.dumps(mine, ensure_ascii=False), encoding="utf-8")
    for command in ("seal", "build", "run", "check"):
        done = commanded.asprinted(command, folder=folder)
        assert done.returncode == 0, done.stderr
    (check,) = rows(folder, "checks")
    assert (check["id"], check["printed"], check["verdict"]) == ("tended", "80%", "both")


@pytest.mark.parametrize(("language", "first"), [("en", "No licence"), ("zh", "尚未选定许可")])
def test_in_one_language_the_licence_is_in_that_language(tmp_path, language, first):
    folder = start_from(ENGLISH, tmp_path, "--language", language)
    said = (folder / "LICENSE").read_text("utf-8")
    assert said.startswith(first)
    assert "---" not in said


def test_in_one_language_an_entry_of_words_needs_no_other(tmp_path):
    folder = start_from(ENGLISH, tmp_path, "--language", "en")
    words = folder / "notebooks" / "words" / "01_numbers.toml"
    words.write_text('[plots]\nen = "Of {n01:count} plots {n02:count} were tended."\n', encoding="utf-8")
    (entry,) = Collection(folder).words("01_numbers").entries.values()
    assert entry.text.en == "Of {n01:count} plots {n02:count} were tended."
    words.write_text('[plots]\nen = "Of 120 plots."\n', encoding="utf-8")
    with pytest.raises(Faults, match=r"1 fault;.*\n  column plots, en: found \"120\" typed"):
        Collection(folder).words("01_numbers")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nothing is counted here.", "found no figure in article, expected a text that prints one at least."),
        ("借" * 200_001, "article: found 200,001 characters, expected one article, of at most 200,000."),
    ],
)
def test_a_text_that_begins_no_collection_is_told(tmp_path, text, told):
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    refused = commanded.asprinted(
        "new", tmp_path / "mine", "--from", tmp_path / "article.txt", folder=tmp_path
    )
    assert (refused.returncode, refused.stderr.strip()) == (1, told)
    assert [path.name for path in tmp_path.iterdir()] == ["article.txt"]
