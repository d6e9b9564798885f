"""Another collection, about a library that does not exist, starts from the package's template and works.

Nothing here is copied from this collection; what the engine holds of this one's article is nothing.
"""

import ast
import csv
import hashlib
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import tokenize
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import nbformat
import pytest

import commanded
import small
from asprinted.collection import sets, starting
from asprinted.collection.collection import Collection
from asprinted.collection.starting import start
from asprinted.collection.tables import Tables
from asprinted.collection.validating import validate
from asprinted.faults import Fault, Faults
from asprinted.rerun import pages

HOME = Path(__file__).resolve().parents[2]
ENGINE = HOME / "src" / "asprinted"
TEMPLATE = Path(starting.__file__).with_name("template")
TYPED = [
    *("sources", "printed", "exclusions", "relations", "crosschecks", "standalone", "apart", "derived"),
    *("benchmarks", "measures", "sets", "benchmark_relations"),
]
BUILT = ["statistics", "checks", "derived_values", "benchmark_checks"]


def worked(*arguments: str, folder: Path) -> str:
    """Run a command that has to succeed, and return what it said."""
    done = commanded.asprinted(*arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A collection started by the command, after the commands that it names, and what each of them said."""
    folder = tmp_path_factory.mktemp("second")
    said = {"new": worked("new", "library", folder=folder)}
    change, *commands = [shlex.split(line) for line in said["new"].splitlines() if line.startswith("  ")]
    assert change == ["cd", "library"]
    for program, *arguments in commands:
        assert program == "asprinted"
        said[arguments[0]] = worked(*arguments, folder=folder / "library")
    return folder / "library", said


@pytest.fixture
def mine(library: tuple[Path, dict[str, str]], tmp_path: Path) -> Path:
    """A copy of it, to write in."""
    return shutil.copytree(library[0], tmp_path / "mine")


def texts(root: Path, pattern: str) -> dict[str, str]:
    """Return the outputs of the one notebook that fits, as texts, by the id of their cell."""
    (path,) = root.glob(pattern)
    cells = nbformat.read(path, as_version=4).cells
    return {
        cell.id: "".join(output.data["text/plain"] for output in cell.outputs)
        for cell in cells
        if cell.cell_type == "code"
    }


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    before = file.read_text(encoding="utf-8")
    assert before.count(old) == 1
    file.write_text(before.replace(old, new), encoding="utf-8", newline="\n")


def append(file: Path, **cells: str) -> None:
    """Add one row to a table."""
    with file.open(encoding="utf-8", newline="") as table:
        columns = next(csv.reader(table))
    assert cells.keys() <= set(columns)
    with file.open("a", encoding="utf-8", newline="") as table:
        csv.writer(table, lineterminator="\n").writerow([cells.get(column, "") for column in columns])


# -------------------------------------------------------------------------------------------- another article


def test_starting_names_the_three_commands_that_come_next_and_they_work(library):
    root, said = library
    assert list(said) == ["new", "verify", "build", "run"]
    assert str(root) in said["new"].splitlines()[0]
    assert said["verify"].splitlines() == [
        "12 printed figures and 5 exclusions stand where they say; they hold all 17 number expressions.",
        "Written: data/seal.csv",
    ]
    assert said["build"].startswith("Built 6 files of data/.")
    assert said["run"].startswith("Ran 1 notebooks in ")


def test_its_rerun_finds_no_difference(library):
    assert worked("check", folder=library[0]).startswith("Checked 1 notebooks in ")


def test_it_has_every_table_of_the_engine_with_rows_that_fit_their_schema(library):
    tables = Tables(library[0])
    assert (tables.names("hand"), sorted(tables.names("build")), tables.names("seal")) == (
        TYPED,
        sorted(BUILT),
        ["seal"],
    )
    assert list(validate(tables)) == []
    assert {name: len(tables.rows(name)) for name in TYPED if len(tables.rows(name)) < 1} == {}


def test_a_row_that_does_not_fit_its_schema_is_seen(mine):
    edit(mine / "data" / "printed.csv", "N01,library,lending", "N01,library,attic")
    (fault,) = validate(Tables(mine))
    assert (fault.row, fault.column, fault.found) == (2, "section", '"attic"')


def test_its_verdicts_outcomes_and_values_are_its_own(library):
    collection = Collection(library[0])
    verdicts = {row["id"]: row["verdict"] for row in collection.rows("checks")}
    assert verdicts == {
        "return_on_time": "nearest_only",
        "answers": "contradicted",
        "lent_per_librarian": "truncation_only",
    }
    outcomes = {row["id"]: row["outcome"] for row in collection.rows("crosschecks")}
    assert outcomes == {
        "branches_and_townships": "holds",
        "parts_of_wholes": "holds",
        "librarians_elsewhere": "differs",
    }
    values = {
        row["key"]: (row["value"], row["low"], row["high"]) for row in collection.rows("derived_values")
    }
    assert values == {
        "late": ("11563", "", ""),
        "late_share": ("11563/48250", "", ""),
        "visits_per_day": ("", "6000/91", "1857/26"),
    }
    assert [fact.key for fact in sets.side_by_side(collection.facts, "half_years")] == [
        "huaixi_return_rate",
        "luting_2023_return_rate",
        "songbo_2024_return_rate",
    ]
    assert [fact.key for fact in sets.side_by_side(collection.facts, "return_rates")][
        2
    ] == "yanqiao_2023_return_rate"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("notebooks/01_*.ipynb", ["76.04% follows only if rounded", "Of 2 rates found", "1 is higher"]),
        ("notebooks/zh/01_*.ipynb", ["76.04%，只有四舍五入相符", "查到的2个比率", "高于它的有1个"]),
    ],
)
def test_its_notebook_answers_in_both_languages(library, pattern: str, said: list[str]):
    answer = texts(library[0], pattern)["answer"]
    assert [part for part in said if part not in answer] == []


def test_its_picture_and_its_pages_are_made(library):
    root, _ = library
    drawn = {path.name for path in (root / "figures").glob("books_returned.*")}
    kinds = ("csv", "json", "dark.en.svg", "dark.zh.svg", "en.svg", "en.png", "zh.svg", "zh.png")
    assert drawn == {f"books_returned.{kind}" for kind in kinds}
    page, chinese = ((root / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))
    assert "| Letters answered | 87% | 975封 of 1250封 | 78.0000% | does not follow, " in page
    assert "36,687 returned on time, 11,563 not" in page
    assert "按期归还36687册，未按期归还11563册" in chinese


def test_its_site_says_its_own_words(mine):
    done = commanded.asprinted("site", "--no-workbench", folder=mine)
    assert done.returncode == 0, done.stderr
    home = (mine / "site" / "index.html").read_text(encoding="utf-8")
    assert "12 numbers, 3 tests. Rounded, 1 holds" in home
    assert "<b>Letters answered</b>" in home
    assert "<h2>lending</h2>" in home


def test_a_wrong_digit_is_caught_with_the_text_by_the_seal_and_in_the_notebook(mine):
    edit(mine / "data" / "printed.csv", "36687册", "36787册")
    refused = commanded.asprinted("verify", "article.txt", folder=mine)
    assert refused.returncode == 1
    assert 'row 4, column as_printed, line 3 of the text, character 44: found "36787册"' in refused.stderr
    with pytest.raises(Faults, match=r"printed\.csv .*\n.*line 3 of the text.* changed since the seal"):
        Collection(mine).check_seal()
    worked("build", folder=mine)
    differs = commanded.asprinted("check", folder=mine)
    assert differs.returncode == 1
    assert '01_lending.ipynb, cell In [2], under "The answer"' in differs.stderr
    assert "figures/books_returned.csv" in differs.stderr


def test_a_sentence_that_its_data_refute_is_not_said(mine):
    words = mine / "notebooks" / "words" / "01_lending.toml"
    edit(words, "count(higher) == count(others > huaixi_return_rate)", "count(higher) == count(others)")
    ran = commanded.asprinted("run", folder=mine)
    assert ran.returncode == 1
    assert 'found "count(higher) == count(others)", which is false' in ran.stderr


def test_the_scratch_notebook_of_the_package_runs_in_it(mine):
    scratch = mine / "notebooks" / "02_own.ipynb"
    shutil.copy(ENGINE / "collection" / "starter" / "start.ipynb", scratch)
    worked("run", "02", folder=mine)
    said = texts(mine, "notebooks/02_*.ipynb")
    assert said["try"].startswith("Printed: 33%; 1 of 3 is 33.3333%")
    assert "1.2万余人次" in said["printed"]


# --------------------------------------------------------------------------------------- what a new row costs


def typed_by_hand(before: dict[str, tuple[bytes, int]], root: Path) -> dict[str, int]:
    """Return the files that a person changed, before any command ran, with the lines that each gained."""
    after = small.tree(root)
    return {
        name: after[name][0].count(b"\n") - before[name][0].count(b"\n")
        for name in after
        if before[name][0] != after[name][0]
    }


def test_a_derived_value_costs_one_line_of_one_file(mine):
    before = small.tree(mine)
    append(
        mine / "data" / "derived.csv",
        key="unanswered",
        formula="letters - letters_answered",
        show="value",
        listed="yes",
        form="count",
        places="0",
        title_en="letters without an answer",
        title_zh="未答复来信",
        caveat_en="No period is printed.",
        caveat_zh="未写明时段。",
    )
    assert typed_by_hand(before, mine) == {"data/derived.csv": 1}
    worked("seal", folder=mine)
    worked("build", folder=mine)
    assert Collection(mine)["unanswered"].value == 275
    assert worked("check", folder=mine).startswith("Checked 1 notebooks in ")


def test_a_figure_printed_elsewhere_costs_one_line_and_the_sentence_counts_it(mine):
    before = small.tree(mine)
    append(
        mine / "data" / "benchmarks.csv",
        key="E08",
        publisher="Made up",
        publisher_zh="虚构",
        title="一页",
        seen="seen",
        place="Tingzhou",
        place_zh="汀洲",
        name_en="Tingzhou",
        name_zh="汀洲",
        scope="one public library",
        scope_zh="一家公共图书馆",
        indicator_en="rate of return on time",
        indicator_zh="按期归还率",
        kind="rate",
        as_printed="91%",
        unit="percent",
        unit_zh="百分比",
        period_start="2022-01-01",
        period_end="2022-06-30",
        group="tingzhou_2022",
        measure="return_rate",
        body="library",
        level="city",
        pool="all",
        shown="yes",
    )
    assert typed_by_hand(before, mine) == {"data/benchmarks.csv": 1}
    for command in ("seal", "build", "run"):
        worked(command, folder=mine)
    assert "Of 3 rates found" in texts(mine, "notebooks/01_*.ipynb")["answer"]
    assert "2 are higher" in texts(mine, "notebooks/01_*.ipynb")["answer"]
    assert "高于它的有2个" in texts(mine, "notebooks/zh/01_*.ipynb")["answer"]


def test_a_figure_that_no_rule_takes_in_is_refused(mine):
    table = mine / "data" / "benchmarks.csv"
    edit(table, "huaixi_staff,librarians,library,county", "huaixi_staff,returned,library,county")
    refused = commanded.asprinted("build", folder=mine)
    assert refused.returncode == 1
    assert "found a row that no set takes in (measure returned)" in refused.stderr


# ------------------------------------------------------------------------------------ where it may be started


@pytest.mark.parametrize("name", ["notes.txt", ".git", "data/printed.csv"])
def test_a_folder_that_is_not_empty_is_refused_and_left_as_it_is(tmp_path: Path, name: str):
    file = tmp_path / "taken" / name
    file.parent.mkdir(parents=True)
    file.write_text("mine", encoding="utf-8")
    before = small.tree(tmp_path)
    refused = commanded.asprinted("new", "taken", folder=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    first = name.partition("/")[0]
    assert refused.stderr.splitlines() == [
        f"{tmp_path / 'taken'}: found a folder that is not empty ({first}), "
        "expected an empty folder, or a name that is free. Nothing was written."
    ]
    assert small.tree(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_file_is_no_folder_to_start_in(tmp_path: Path):
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(Fault) as refused:
        start(tmp_path / "taken")
    assert (refused.value.file, refused.value.found) == (str(tmp_path / "taken"), "a file")


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path):
    folder = tmp_path / "here"
    folder.mkdir()
    number = folder.stat().st_ino
    assert "cd " not in worked("new", ".", folder=folder)
    assert (folder.stat().st_ino, (folder / "data" / "printed.csv").is_file()) == (number, True)


@pytest.mark.parametrize("there", [False, True], ids=["a new folder", "an empty one"])
@pytest.mark.parametrize("step", ["write_bytes", "rename"])
def test_whatever_stops_it_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, there: bool
):
    folder = tmp_path / "library"
    if there:
        folder.mkdir()
    done: Callable[..., object] = getattr(Path, step)
    calls: list[Path] = []

    def fails(path: Path, *arguments: object) -> object:
        calls.append(path)
        # Of renames there is one for a new folder, one for each part of an empty one: there the last fails.
        if len(calls) > (2 if step == "write_bytes" else 5 if there else 0):
            raise OSError(28, "No space left on device")
        return done(path, *arguments)

    monkeypatch.setattr(Path, step, fails)
    with pytest.raises(Fault, match=r"cannot be written \(No space left on device\)"):
        start(folder)
    assert calls
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])


@pytest.mark.parametrize("there", [False, True], ids=["a new folder", "an empty one"])
def test_of_two_that_start_in_one_folder_at_once_the_quicker_loses_no_file_and_the_other_is_told(
    tmp_path: Path, *, there: bool
):
    folder = tmp_path / "library"
    if there:
        folder.mkdir()

    def make(made: Path) -> None:
        starting.copied("audited", made)
        start(folder)

    with pytest.raises(Fault, match=r"a folder that is not empty \(\.gitignore and 7 more\)"):
        starting.put(folder, make)
    made = {name: made for name, (made, _) in small.tree(folder).items()}
    assert made == {name: made for name, (made, _) in small.tree(TEMPLATE).items()}
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("late", [False, True])
def test_what_appears_in_a_folder_while_a_collection_is_made_for_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, late: bool
):
    if late:  # after the last look into the folder
        monkeypatch.setattr(starting, "_refuse_used", lambda place: None)
    mine = {"README.md": "mine", "notebooks/my_work.ipynb": "{}"}

    def make(made: Path) -> None:
        starting.copied("template", made)
        for name, text in mine.items():
            (tmp_path / "library" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "library" / name).write_text(text, encoding="utf-8")

    with pytest.raises(Fault, match=r"a folder that (is not empty|cannot be written)"):
        starting.put(tmp_path / "library", make)
    files = (path for path in tmp_path.rglob("*") if path.is_file())
    assert {str(path.relative_to(tmp_path / "library")): path.read_text() for path in files} == mine


def test_what_a_killed_one_left_beside_a_folder_is_swept_by_the_next(tmp_path: Path):
    killed = "import os; from asprinted.collection import starting; "
    killed += (
        f"starting.put({str(tmp_path / 'mine')!r}, lambda made: (made.mkdir(), os.kill(os.getpid(), 9)))"
    )
    subprocess.run([sys.executable, "-c", killed], check=False)
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".asprinted-")
    start(tmp_path / "other")
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_what_is_started_is_the_template_byte_for_byte(tmp_path: Path):
    made = {name: made for name, (made, _) in small.tree(start(tmp_path / "library")).items()}
    assert made == {name: made for name, (made, _) in small.tree(TEMPLATE).items()}
    assert {".gitignore", "README.zh.md", "data/datapackage.json", "notebooks/words/columns.toml"} <= set(
        made
    )


# ------------------------------------------------------------------------------------ the least that it takes


LEAST = ("sources", "printed", "statistics", "seal")
PLAIN = "馆里有馆员20名。"


def begin(folder: Path, *described: str) -> Path:
    """Start a collection and take away all but these tables, the notebook and the pages."""
    root = start(folder)
    shutil.rmtree(root / "notebooks")
    for page in root.glob("README*.md"):
        page.unlink()
    file = root / "data" / "datapackage.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    for each in package["resources"]:
        if each["name"] not in described:
            (root / "data" / each["path"]).unlink(missing_ok=True)
    package["resources"] = [each for each in package["resources"] if each["name"] in described]
    file.write_text(json.dumps(package), encoding="utf-8")
    return root


@pytest.fixture
def least(tmp_path: Path) -> Path:
    """A collection of one figure and no other number, with no more tables than it needs."""
    root = begin(tmp_path / "least", *LEAST)
    tables = Tables(root)
    (figure,) = (row for row in tables.rows("printed") if row["key"] == "librarians")
    tables.write("printed", [{**figure, "line": "1", "start": "5"}])
    digest = hashlib.sha256(PLAIN.encode("utf-8")).hexdigest()
    tables.write("sources", [{**tables.rows("sources")[0], "sha256": digest}])
    return root


def test_a_collection_needs_sources_figures_their_statistics_and_a_seal(least):
    sealed = Collection(least).seal(PLAIN)
    assert str(sealed).startswith("1 printed figures and 0 exclusions stand where they say")
    collection = Collection(least)
    collection.check_seal()
    assert [written.name for written in collection.build()] == ["statistics.csv", "README.md"]
    assert (list(collection), collection.relations()) == (["librarians"], [])
    assert pages.pages(collection)[least / "figures" / "README.md"].startswith("# ")


def test_without_a_table_of_exclusions_every_number_must_be_a_figure(least):
    with pytest.raises(Faults, match=r'found "3间", expected one row of printed\.csv that holds it'):
        Collection(least).verify(PLAIN + "书房3间。")


@pytest.mark.parametrize("missing", ["sources", "printed"])
def test_a_table_that_a_collection_needs_is_asked_for_by_name(tmp_path, missing):
    root = begin(tmp_path / "least", *(name for name in LEAST if name != missing))
    with pytest.raises(Faults, match=f'found no table "{missing}"'):
        Collection(root).verify(PLAIN)


# ------------------------------------------------------------------------------------------ the engine alone


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the package, built without a network and outside the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    code = "import sys; from flit_core import buildapi; buildapi.build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=HOME, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_the_engine_with_its_data_and_no_article(wheel: Path):
    with zipfile.ZipFile(wheel) as opened:
        names = {name for name in opened.namelist() if not name.endswith("/")}
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"asprinted"}
    stored = {
        f"asprinted/{path.relative_to(ENGINE).as_posix()}"
        for path in ENGINE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if name.startswith("asprinted/")} == stored
    kinds = {Path(name).suffix for name in stored}
    assert {".py", ".toml", ".ipynb", ".csv", ".json", ".txt", ".md", ".mplstyle", ".otf"} <= kinds


def test_a_bare_python_reads_checks_and_starts_a_collection_from_the_wheel(wheel: Path, tmp_path: Path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import asprinted\n"
        "from asprinted.collection.starting import start\n"
        "print(asprinted.__file__.startswith(sys.argv[1]), asprinted.check('25%', 1, 4).verdict.value)\n"
        "print([found.text for found in asprinted.scan('来信12封，答复9封')])\n"
        "print(start(sys.argv[2]).name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-X", "utf8", "-c", code, str(wheel), str(tmp_path / "library")],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["True both", "['12封', '9封']", "library"]
    assert (tmp_path / "library" / "notebooks" / "01_lending.ipynb").is_file()


# ---------------------------------------------------------------------- nothing of this article in the engine


def docstrings(source: str) -> set[int]:
    """Return the lines on which the docstrings of a module begin."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        node.body[0].lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None
    }


def code_and_prose(source: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return names, numbers, strings and comments of a module with their lines, and its docstrings."""
    begin_at, code, prose = docstrings(source), [], []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        is_prose = token.type == tokenize.STRING and token.start[0] in begin_at
        (prose if is_prose else code).append((token.start[0], token.string))
    return code, prose


def typed(table: str) -> list[dict[str, str]]:
    return Tables(HOME).rows(table)


@cache
def names_of_the_article() -> str:
    """Return a pattern of its places and bodies: they stand nowhere in the engine, docstrings included."""
    rows = typed("printed")
    chinese = {
        name for row in rows for column in ("organisation_zh", "name_zh") for name in [row[column]] if name
    }
    english = {row["name_en"] for row in rows} | {"Guandu", "Kunming"}
    bodies = {name for name in chinese if name not in ("未指明机关", "报道者叙述")}
    return (
        "|".join(sorted(map(re.escape, bodies | {"官渡", "昆明"})))
        + "|(?i:"
        + "|".join(sorted(english))
        + ")"
    )


@cache
def marks_of_the_article() -> re.Pattern[str]:
    """Match a key, a place, a body, or a figure of three digits or more of this article."""
    keys = {row["key"] for name in ("printed", "benchmarks") for row in typed(name)}
    keys |= {row["id"] for name in ("relations", "crosschecks", "standalone") for row in typed(name)}
    numbers = {
        written
        for row in typed("statistics")
        for written in (row["value"], *re.findall(r"\d+(?:\.\d+)?", row["as_printed"]))
        if len(re.sub(r"\D", "", written).strip("0")) >= 3
    }
    figures = "|".join(re.escape(number) for number in sorted(numbers))
    return re.compile(
        rf"\b(?:{'|'.join(sorted(keys))})\b|(?<![\d.])(?:{figures})(?![\d.])|{names_of_the_article()}"
    )


@cache
def sections_of_the_article() -> set[str]:
    return {row["section"] for row in typed("printed")}


def words_of_the_article(source: str) -> list[tuple[int, str]]:
    """Return what a module says of this article: in docstrings names, elsewhere keys and figures too."""
    marks, names = marks_of_the_article(), re.compile(names_of_the_article())
    sections = sections_of_the_article()
    code, prose = code_and_prose(source)
    return [
        *(
            (line, word)
            for line, text in code
            for word in (*marks.findall(text), *({text.strip("\"'")} & sections))
        ),
        *((line, word) for line, text in prose for word in names.findall(text)),
    ]


def test_no_module_of_the_engine_knows_this_article():
    found = {
        f"{path.relative_to(ENGINE)}:{line}": word
        for path in ENGINE.rglob("*.py")
        for line, word in words_of_the_article(path.read_text(encoding="utf-8"))
    }
    assert found == {}


def data_of_the_engine() -> Iterator[Path]:
    kinds = {".toml", ".json", ".ipynb", ".csv", ".txt", ".md", ".mplstyle", ".html", ".js", ".css"}
    return (path for path in sorted(ENGINE.rglob("*")) if path.suffix in kinds)


def test_no_other_file_of_the_engine_knows_this_article():
    marks = marks_of_the_article()
    files = list(data_of_the_engine())
    assert {path.suffix for path in files} >= {".toml", ".json", ".ipynb", ".csv", ".txt", ".md"}
    # Of widths of characters each number is one.
    files = [path for path in files if path.name != "widths.json"]
    found = {path.name: marks.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('data["closing_rate"]', ["closing_rate"]),
        ("row.closing_rate", ["closing_rate"]),
        ('SECTIONS = ("police", "other")', ["police"]),
        ("ACCEPTED = 34765", ["34765"]),
        ('f"of {whole}, such as 61.71%"', ["61.71"]),
        ("x = 1  # 官渡", ["官渡"]),
        ('NAME = "the guandu court"', ["guandu"]),
        ('"""A court, such as 官渡, closed 61.71%."""', ["官渡"]),
        ('"""A court closed 61.71%, 21454件."""', []),
        ('def share():\n    """Return closing_rate, 0.6171."""\n    return 0.61710', []),
        ('"police officer", 61, 1617100', []),
    ],
)
def test_a_name_is_seen_everywhere_and_a_key_or_a_figure_outside_docstrings(code: str, found: list[str]):
    assert [word for _, word in words_of_the_article(code)] == found
