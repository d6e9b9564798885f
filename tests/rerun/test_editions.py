"""The Chinese edition of a notebook: built and run in one job with it, the same code throughout."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

import commanded
import small
from asprinted.collection.collection import Collection
from asprinted.collection.files import replace
from asprinted.faults import Faults
from asprinted.rerun import check, editions, kernels, notebooks, pages
from asprinted.rerun.kernels import Rerun

pytestmark = pytest.mark.drill

OPENS = 'import asprinted\n\nbook = asprinted.notebook("01_a")'
DRAWS = """\
from pathlib import Path

def bar(data, ax):
    with Path("{calls}").open("a") as calls:
        calls.write("drawn ")
    ax.bar(data["label"], data["value"])

book.draw(bar, "parts", book.facts("lent", "returned"))"""
CELLS = [
    "# Does it agree?\n\nSee [the rules](../docs/rules.md) and [here](#part).",
    OPENS,
    "# The answer",
    'book.say("answer")',
    'book.printed[["as_printed"]]',
    '"left_over" in globals(), Path.cwd().name if "Path" in globals() else ""',
    DRAWS,
    'left_over = 1\nasprinted.check("75%", 300, 400)',
    small.LIMITS,
]


def pair(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


FIGURE = {
    "title": pair(
        "Most came back: {returned:count} of {lent:count}", "借出{lent:count}册，归还{returned:count}册"
    ),
    "subtitle": pair("Books", "图书"),
    "note": pair("Made up.", "虚构。"),
    "alt": pair("Bars of {lent:count} and {returned:count}", "条形：{lent:count}和{returned:count}"),
    "holds": ["returned / lent > 1 / 2"],
    "rows": {"lent": pair("Lent", "借出"), "returned": pair("Returned", "归还")},
}
ENTRIES = {
    "answer": pair(
        "Of {lent:count} books {returned:count} came back.", "{lent:count}册中归还{returned:count}册。"
    )
}
PROSE = {
    "cell-0": "# 相符吗？\n\n见[规则](../docs/rules.md)和[此处](#part)。",
    "cell-8": "# 这些数字不能说明什么\n\n无人统计的一切。",
}


def made_in(folder: Path, calls: Path) -> Collection:
    """Make a collection with one notebook that has an edition."""
    cells = [cell.replace("{calls}", str(calls)) for cell in CELLS]
    made = small.collection(folder, tables=True, n01_a=cells)
    small.words(made, "01_a", {**ENTRIES, "parts": FIGURE}, PROSE)
    return made


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Collection, str]:
    """The collection after one run, and what its form wrote each time that it drew."""
    folder = tmp_path_factory.mktemp("ran")
    made = made_in(folder / "c", folder / "calls")
    outcomes = kernels.run(made.notebooks, progress=False)
    assert [outcome.failure for outcome in outcomes] == [None, None]
    replace(pages.pages(made))
    return made, (folder / "calls").read_text()


def english(of: Collection) -> Path:
    return of.home / "notebooks" / "01_a.ipynb"


def chinese(of: Collection) -> Path:
    return editions.place(english(of))


def cells(path: Path, kind: str) -> list[Any]:
    return [cell for cell in notebooks.read(path).cells if cell.cell_type == kind]


def shown(path: Path, number: int, mime: str = "text/plain") -> str:
    """Return what a code cell shows, counted from 1."""
    text: str = cells(path, "code")[number - 1].outputs[-1].data[mime]
    return text


Ran = tuple[Collection, str]


def test_code_is_the_same_byte_for_byte_but_for_the_line_that_opens_the_words(ran: Ran):
    old, new = ([cell.source for cell in cells(path(ran[0]), "code")] for path in (english, chinese))
    assert new[0] == old[0].replace('"01_a")', '"01_a", "zh")')
    assert new[1:] == old[1:]
    assert [cell.id for cell in notebooks.read(chinese(ran[0])).cells] == [
        cell.id for cell in notebooks.read(english(ran[0])).cells
    ]


def test_prose_comes_from_the_words_and_its_links_lead_one_folder_deeper(ran: Ran):
    prose = [cell.source for cell in cells(chinese(ran[0]), "markdown")]
    assert prose[0] == "# 相符吗？\n\n见[规则](../../docs/rules.md)和[此处](#part)。"
    assert prose[-1].startswith("# 这些数字不能说明什么")
    assert re.findall(r"\]\(\.\./(?!\.\.)", "".join(prose)) == []


def test_what_is_said_and_the_headings_of_tables_are_in_the_language(ran: Ran):
    assert shown(english(ran[0]), 2) == "Of 400 books 300 came back."
    assert shown(chinese(ran[0]), 2) == "400册中归还300册。"
    assert "相符" in shown(chinese(ran[0]), 6)
    assert "follows" in shown(english(ran[0]), 6)


def test_an_edition_begins_with_an_empty_namespace_and_numbers_of_its_own(ran: Ran):
    for path in (english(ran[0]), chinese(ran[0])):
        assert shown(path, 4) == "(False, '')"
        numbers = [cell.execution_count for cell in cells(path, "code")]
        results = [
            o.execution_count for c in cells(path, "code") for o in c.outputs if "execution_count" in o
        ]
        assert (numbers, results) == ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6])


def test_a_picture_is_drawn_once_a_language_and_embedded_in_its_own(ran: Ran):
    made, calls = ran
    assert calls == "drawn drawn "
    for path, language, alt in (
        (english, "en", "Bars of 400 and 300"),
        (chinese, "zh", "条形：400和300"),
    ):
        (output,) = cells(path(made), "code")[4].outputs
        file = made.home / "figures" / f"parts.{language}.png"
        assert base64.b64decode(output.data["image/png"]) == file.read_bytes()
        assert (output.data["text/plain"], output.metadata["image/png"]["alt"]) == (alt, alt)
    assert not (made.home / "notebooks" / "scratch").exists()


def test_a_second_run_writes_nothing_and_a_check_finds_nothing(ran: Ran):
    made, _ = ran
    before = small.tree(made.home)
    assert [o.changed for o in kernels.run(made.notebooks, progress=False)] == [False, False]
    result = commanded.asprinted("check", folder=made.home)
    assert (result.returncode, result.stdout[:21]) == (0, "Checked 1 notebooks i"), result.stderr
    assert small.tree(made.home) == before


def test_forked_processes_and_real_kernels_give_the_same_bytes_for_both(
    ran: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ASPRINTED_FIGURES", str(tmp_path))
    found: dict[str, dict[Path, Rerun]] = {"forked": {}, "kernels": {}}
    paths = ran[0].notebooks
    kernels.rerun(paths, 1, found["kernels"].__setitem__)
    program = (
        "import json, sys; from pathlib import Path; from asprinted.rerun import forked; found = {}; "
        "forked.rerun([Path(sys.argv[1])], 1, found.__setitem__, ['pandas', 'asprinted.figures']); "
        "print(json.dumps({str(path): text for path, text in found.items()}))"
    )
    told = small.python(program, str(paths[0]), folder=tmp_path)
    found["forked"] = {Path(path): text for path, text in json.loads(told).items()}
    assert set(found["forked"]) == {english(ran[0]), chinese(ran[0])}
    for path, text in found["forked"].items():
        assert text == found["kernels"][path] == path.read_text(encoding="utf-8")


@pytest.fixture
def root(ran: Ran, tmp_path: Path) -> Collection:
    """A copy of the collection, to damage."""
    return Collection(small.copy(ran[0].home, tmp_path / "copy"))


def test_a_stored_edition_that_is_missing_or_differs_is_a_difference(root: Collection):
    path = chinese(root)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("归还300册", "归还301册"), encoding="utf-8")
    result = commanded.asprinted("check", "01", folder=root.home)
    assert (result.returncode, "zh/01_a.ipynb, cell In [2]" in result.stderr) == (1, True), result.stderr
    assert "-400册中归还301册。" in result.stderr
    path.unlink()
    result = commanded.asprinted("check", folder=root.home)
    assert result.returncode == 1
    assert "zh/01_a.ipynb\n    it is not there; `asprinted run` builds it" in result.stderr


def test_an_edition_of_no_notebook_is_a_difference_where_all_are_checked(root: Collection):
    left = chinese(root).with_name("09_gone.ipynb")
    left.write_bytes(chinese(root).read_bytes())
    result = commanded.asprinted("check", folder=root.home)
    assert (
        result.returncode,
        "zh/09_gone.ipynb\n    no notebook has it as its edition" in result.stderr,
    ) == (1, True)
    left.unlink()
    assert commanded.asprinted("check", folder=root.home).returncode == 0


def test_an_edition_edited_by_hand_is_set_aside_and_said(root: Collection):
    path, built = chinese(root), chinese(root).read_text(encoding="utf-8")
    path.write_text(edited := built.replace("相符吗", "是否相符"), encoding="utf-8")
    assert editions.edited(notebooks.read(path))
    told = commanded.asprinted("check", "01", folder=root.home).stderr
    assert re.search("\n    -.*是否相符.*\n    [+].*相符吗", told), told
    result = commanded.asprinted("run", folder=root.home)
    kept = root.home / "notebooks" / "scratch" / "01_a.edited.ipynb"
    assert (result.returncode, path.read_text(encoding="utf-8")) == (0, built), result.stderr
    assert kept.read_text(encoding="utf-8") == edited
    said = f"zh/01_a.ipynb was edited by hand, but is built from its words: your copy is {kept}\n"
    assert said in result.stderr


def test_an_edition_that_was_not_edited_is_not_set_aside(root: Collection):
    small.words(root, "01_a", {**ENTRIES, "parts": FIGURE}, {**PROSE, "cell-2": "# 回答"})
    result = commanded.asprinted("run", folder=root.home)
    assert (result.returncode, "# 回答" in chinese(root).read_text(encoding="utf-8")) == (0, True)
    assert "edited by hand" not in result.stderr
    assert not (root.home / "notebooks" / "scratch").exists()


def test_where_the_english_fails_both_stay_as_they_were(root: Collection):
    text = english(root).read_text(encoding="utf-8").replace("left_over = 1", "left_over = 1 / 0")
    english(root).write_text(text, encoding="utf-8")
    before = chinese(root).read_bytes()
    result = commanded.asprinted("run", folder=root.home)
    assert (result.returncode, "ZeroDivisionError" in result.stderr) == (1, True)
    assert (english(root).read_text(encoding="utf-8"), chinese(root).read_bytes()) == (text, before)


def test_a_notebook_that_opens_no_words_or_opens_them_twice_has_no_edition(root: Collection):
    words, notebook = root.words("01_a"), notebooks.read(english(root))
    for sources in (["1"], [OPENS, OPENS]):
        changed = notebook.copy()
        changed.cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
        changed.cells += [{**cells(english(root), "code")[0], "source": source} for source in sources]
        with pytest.raises(Faults, match=f"{len(sources) if len(sources) > 1 else 0} lines that hold"):
            editions.edition(notebooks.nbformat.from_dict(changed), words)


def test_words_that_cannot_be_said_are_a_difference_and_no_traceback(root: Collection):
    small.words(root, "01_a", {"parts": {**FIGURE, "title": pair("7 books", "7册")}})
    result = commanded.asprinted("check", folder=root.home)
    assert (result.returncode, "left_over" in result.stderr) == (1, False)
    assert 'parts.title, en: found "7" typed' in result.stderr


def test_prose_without_chinese_is_named_and_nothing_is_run(root: Collection):
    file = root.words_folder / "01_a.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('["cells"."cell-2"]', '["cells"."other"]'))
    before = small.tree(root.home)
    result = commanded.asprinted("run", folder=root.home)
    assert (result.returncode, "nothing was run" in result.stderr) == (1, True)
    assert "column cells.cell-2, zh: found nothing, expected the cell in Chinese" in result.stderr
    assert "column cells.other: found no prose cell of that id" in result.stderr
    assert small.tree(root.home) == before


def test_the_word_faults_of_several_notebooks_are_told_at_once(root: Collection):
    for name in ("02_b", "03_c"):
        code = OPENS.replace("01_a", name)
        small.notebook(
            root.home / "notebooks" / f"{name}.ipynb", ["# Why?", code, 'book.say("one")', small.LIMITS]
        )
        small.words(root, name, {"one": pair("{lent:count} of 7 books", "{lent:count}册")})
    before = small.tree(root.home)
    result = commanded.asprinted("run", folder=root.home)
    assert (result.returncode, result.stdout) == (1, "")
    assert "2 faults in 2 files; nothing was run." in result.stderr
    for name in ("02_b", "03_c"):
        assert f'{name}.toml, column one, en: found "7" typed' in result.stderr
    assert small.tree(root.home) == before


def test_a_notebook_whose_words_have_no_prose_has_no_edition(tmp_path: Path):
    made = small.collection(tmp_path / "c", tables=True, n01_a=[OPENS, "1"])
    kernels.run(made.notebooks, progress=False)
    assert [path.name for path in (made.home / "notebooks").iterdir()] == ["01_a.ipynb"]


def test_a_copy_in_scratch_keeps_its_pictures_there(root: Collection):
    scratch = root.home / "notebooks" / "scratch"
    scratch.mkdir()
    copy = scratch / "mine.ipynb"
    copy.write_bytes(english(root).read_bytes())
    before = {name: each for name, each in small.tree(root.home).items() if "scratch" not in name}
    (outcome,) = kernels.run([copy], progress=False)
    assert outcome.failure is None
    assert (scratch / "pictures" / "parts.en.png").is_file()
    assert {name: each for name, each in small.tree(root.home).items() if "scratch" not in name} == before


def test_a_picture_of_ones_own_needs_no_words_in_scratch(root: Collection):
    scratch = root.home / "notebooks" / "scratch"
    scratch.mkdir()
    copy = scratch / "mine.ipynb"
    copy.write_text(
        english(root).read_text(encoding="utf-8").replace('\\"parts\\"', '\\"own\\"'), encoding="utf-8"
    )
    (outcome,) = kernels.run([copy], progress=False)
    assert outcome.failure is None
    told = json.loads((scratch / "pictures" / "own.json").read_text(encoding="utf-8"))
    assert (told["en"]["title"], told["zh"]["title"]) == ("Own", "Own")


def test_a_chinese_copy_that_was_changed_draws_anew_in_scratch_and_says_so(root: Collection):
    text = chinese(root).read_text(encoding="utf-8").replace('\\"lent\\", ', "")
    chinese(root).write_text(text, encoding="utf-8")
    before = small.tree(root.home / "figures")
    found: dict[Path, Rerun] = {}
    kernels.rerun([chinese(root)], 1, found.__setitem__)
    assert "另绘于pictures" in str(found[chinese(root)])
    assert (root.home / "notebooks" / "scratch" / "pictures" / "parts.zh.png").is_file()
    assert small.tree(root.home / "figures") == before


def test_what_check_compares_of_an_edition_is_named_with_its_folder(tmp_path: Path):
    (difference,) = check.compare_notebook(tmp_path / "zh" / "01_a.ipynb", "{}")
    assert difference.where == "zh/01_a.ipynb"
