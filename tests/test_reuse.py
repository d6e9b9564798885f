"""The package knows no article: another collection, about a library that does not exist, works as this one.

Its text and its typed tables stand in `second/`; the schema is this collection's, with other sections.
"""

import ast
import hashlib
import io
import json
import re
import shutil
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import small
from guandu import collection, dataset, reading, sealing, tables
from guandu.tables import Faults

HOME = Path(__file__).resolve().parents[1]
SECOND = Path(__file__).with_name("second")
TABLES = ("sources", "printed", "exclusions", "relations", "statistics", "checks", "seal")
SECTIONS = ["lending", "letters", "house"]

NOTEBOOK = [
    "# Does the rate of return follow from the books?\n\nBooks, out of all books lent.",
    "from guandu import dataset, figures, findings\n\ndata = dataset.load()\n"
    'lent, returned = data["books_lent"].reading, data["books_returned"].reading',
    "# The answer",
    'findings.checked(data.check("return_on_time"))',
    'rest = lent.value - returned.value\nword = {"en": "books", "zh": "册"}\n'
    "parts = figures.bilingual(\n"
    '    {"label": label, "count": part, "share": part / lent.value,\n'
    '     "shown": (f"{findings.count(part)} books", f"{findings.count(part, \'zh\')}册")}\n'
    '    for label, part in ((("On time", "按期"), returned.value), (("Late", "逾期"), rest))\n'
    ')\nparts["axis_en"], parts["axis_zh"] = "share of the books lent", "占借出图书的比例"',
    'save = figures.saver("01_lending", source=figures.cited("library"))\n'
    "save(\n"
    '    figures.split_bar, "books_returned", parts,\n'
    '    en=figures.Words(f"{findings.count(rest)} books came late", "A made-up town.", "One bar."),\n'
    '    zh=figures.Words(f"{findings.count(rest, \'zh\')}册逾期", "虚构的县城。", "一条横条。"),\n'
    ")",
]


def begin(folder: Path, *described: str) -> Path:
    """Copy the typed files of the second collection, and describe these tables as this collection does."""
    shutil.copytree(SECOND, folder, dirs_exist_ok=True)
    package = json.loads((HOME / "data" / "datapackage.json").read_text(encoding="utf-8"))
    package |= {"name": "library", "title": "The figures of a library", "description": "All are made up."}
    package["resources"] = [each for each in package["resources"] if each["name"] in described]
    for each in package["resources"]:
        for column in each["schema"]["fields"]:
            if column["name"] == "section":
                column["constraints"]["enum"] = SECTIONS
    (folder / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def worked(*arguments: str, folder: Path) -> str:
    """Run a command that has to succeed, and return what it said."""
    done = small.guandu(*arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The second collection after verify, build and run, and what each of them said."""
    root = begin(tmp_path_factory.mktemp("second"), *TABLES)
    for name in ("notebooks", "figures"):
        (root / name).mkdir()
    small.notebook(root / "notebooks" / "01_lending.ipynb", NOTEBOOK)
    commands = (("verify", "article.txt", "--seal"), ("build",), ("run",))
    return root, {command[0]: worked(*command, folder=root) for command in commands}


# -------------------------------------------------------------------------------------------- another article


def test_another_article_is_verified_and_sealed(second):
    root, said = second
    assert said["verify"].splitlines() == [
        "10 printed figures and 6 exclusions stand where they say; they hold all 16 number expressions.",
        "Written: data/seal.csv",
    ]
    sealing.check_seal(root)


def test_its_tables_are_built_with_its_own_sections_and_verdicts(second):
    root, said = second
    assert said["build"] == (
        "Built 3 files of data/. Written: data/statistics.csv, data/checks.csv, data/README.md.\n"
    )
    dataset.fresh(root)
    assert list(dict.fromkeys(tables.read("statistics", root)["section"])) == SECTIONS
    assert {row["id"]: row["verdict"] for row in tables.rows("checks", root)} == {
        "return_on_time": "nearest_only",
        "answers": "contradicted",
        "lent_per_librarian": "truncation_only",
    }
    data = dataset.load(root)
    assert (data["seats"].reading.low, data["visits"].reading.high) == (700, 13000)


def test_its_notebook_draws_a_figure_and_its_pages_show_it(second):
    root, said = second
    drawn = {path.name for path in (root / "figures").glob("books_returned.*")}
    assert drawn == {
        f"books_returned.{kind}" for kind in ("csv", "json", "en.svg", "en.png", "zh.svg", "zh.png")
    }
    assert re.search(
        r"Written: notebooks/01_lending\.ipynb, figures/books_returned\.\*, figures/README\.md, README",
        said["run"],
    )
    page = (root / "README.md").read_text(encoding="utf-8")
    assert "| Return on time | 96.03% | 46333册 of 48250册 | 96.0269% | `nearest_only`: " in page
    assert "| Letters answered | 87% | 975封 of 1250封 | 78.0000% | `contradicted`: " in page
    assert "1,917 books came late" in page
    assert "Source: 槐溪晚报 Huaixi Evening News, 槐溪县图书馆晒出半年账, 2024-07." in page
    assert "1917册逾期" in (root / "README.zh.md").read_text(encoding="utf-8")
    gallery = (root / "figures" / "README.md").read_text(encoding="utf-8")
    assert "[Does the rate of return follow from the books?](../notebooks/01_lending.ipynb)" in gallery


def test_its_rerun_finds_no_difference(second):
    root, _ = second
    assert worked("check", folder=root).startswith("Checked 1 notebooks in ")


def test_a_wrong_digit_of_it_is_caught_with_the_text_without_it_and_in_the_notebook(second, tmp_path):
    root = shutil.copytree(second[0], tmp_path / "damaged")
    file = root / "data" / "printed.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("46333册", "46433册"), encoding="utf-8", newline="\n"
    )
    refused = small.guandu("verify", "article.txt", folder=root)
    assert refused.returncode == 1
    assert 'row 3, column as_printed, line 3 of the text, character 32: found "46433册"' in refused.stderr
    with pytest.raises(Faults, match=r"printed\.csv .*\n.*line 3 of the text.* changed since the seal"):
        sealing.check_seal(root)
    worked("build", folder=root)
    differs = small.guandu("check", folder=root)
    assert differs.returncode == 1
    assert '01_lending.ipynb, cell In [2], under "The answer"' in differs.stderr
    assert "figures/books_returned.csv" in differs.stderr


# ------------------------------------------------------------------------------------ the least that it takes


LEAST = ("sources", "printed", "statistics", "seal")
PLAIN = "馆里有馆员20名。"


@pytest.fixture
def least(tmp_path: Path) -> Path:
    """A collection of one figure and no other number, with no more tables than it needs."""
    root = begin(tmp_path, *LEAST)
    for page in root.glob("README*.md"):
        page.unlink()
    (figure,) = (row for row in tables.rows("printed", root) if row["key"] == "librarians")
    (source,) = tables.rows("sources", root)
    tables.write("printed", [{**figure, "line": "1", "start": "5"}], root)
    digest = hashlib.sha256(PLAIN.encode("utf-8")).hexdigest()
    tables.write("sources", [{**source, "sha256": digest}], root)
    return root


def test_a_collection_needs_sources_figures_their_statistics_and_a_seal(least):
    assert str(sealing.seal(least, PLAIN)).startswith(
        "1 printed figures and 0 exclusions stand where they say"
    )
    sealing.check_seal(least)
    assert [written.name for written in dataset.build(least)] == ["statistics.csv", "README.md"]
    data = dataset.load(least)
    assert (list(data), data.relations()) == (["librarians"], [])
    assert collection.pages(least)[least / "figures" / "README.md"].startswith("# Gallery")


def test_without_a_table_of_exclusions_every_number_must_be_a_figure(least):
    with pytest.raises(Faults, match=r'found "3间", expected one row of printed\.csv that holds it'):
        sealing.verify(least, PLAIN + "书房3间。")


@pytest.mark.parametrize("missing", ["sources", "printed"])
def test_a_table_that_a_collection_needs_is_asked_for_by_name(tmp_path, missing):
    root = begin(tmp_path, *(name for name in LEAST if name != missing))
    with pytest.raises(Faults, match=f'found no table "{missing}"'):
        sealing.verify(root, PLAIN)


# ----------------------------------------------------------------------------- nothing of this article in src


def plain_code(source: str) -> Iterator[tuple[int, str]]:
    """Yield names, numbers, strings and comments of a module with their lines; no docstring."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    prose = {
        node.body[0].lineno
        for node in ast.walk(tree)
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None
    }
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if not (token.type == tokenize.STRING and token.start[0] in prose):
            yield token.start[0], token.string


def typed(table: str) -> list[dict[str, str]]:
    return tables.rows(table, HOME)


def marks_of_the_article() -> re.Pattern[str]:
    """Match a key, a place, a body, or a figure of three digits or more of this article."""
    keys = {row["key"] for row in typed("printed")} | {row["key"] for row in typed("benchmarks")}
    keys |= {row["id"] for name in ("relations", "crosschecks", "standalone") for row in typed(name)}
    bodies = {name for row in typed("printed") for name in re.findall("[一-鿿]+", row["organisation"])}
    numbers = {
        written
        for row in typed("statistics")
        for written in (row["value"], *re.findall(r"\d+(?:\.\d+)?", row["as_printed"]))
        if len(re.sub(r"\D", "", written).strip("0")) >= 3
    }
    words = "|".join(sorted(keys))
    figures = "|".join(re.escape(number) for number in sorted(numbers))
    return re.compile(
        rf"\b(?:{words})\b|(?<![\d.])(?:{figures})(?![\d.])|{'|'.join(sorted(bodies))}|官渡|昆明"
    )


def words_of_the_article(source: str) -> list[tuple[int, str]]:
    """Return what a module says of this article outside its docstrings, by line."""
    marks, sections = marks_of_the_article(), {row["section"] for row in typed("printed")}
    return [
        (line, word)
        for line, code in plain_code(source)
        for word in (*marks.findall(code), *({code.strip("\"'")} & sections))
    ]


def test_no_module_but_quantities_knows_this_article():
    # The reader glosses what may be counted, courts among it, for every article alike.
    glosses = set(reading.NOUNS.values())
    package = HOME / "src" / "guandu"
    found = {
        f"{path.relative_to(package)}:{line}": word
        for path in package.rglob("*.py")
        if not path.relative_to(package).parts[0].startswith("quantities")
        for line, word in words_of_the_article(path.read_text(encoding="utf-8"))
        if not (path.stem == "reading" and word in glosses)
    }
    assert found == {}


def test_the_starter_notebook_names_nothing_of_this_article():
    starter = (HOME / "src" / "guandu" / "starter" / "start.ipynb").read_text(encoding="utf-8")
    assert marks_of_the_article().findall(starter) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('data["closing_rate"]', ["closing_rate"]),
        ("row.closing_rate", ["closing_rate"]),
        ('SECTIONS = ("police", "other")', ["police"]),
        ("ACCEPTED = 34765", ["34765"]),
        ('f"of {whole}, such as 61.71%"', ["61.71"]),
        ("x = 1  # 官渡", ["官渡"]),
        ('"""A court, such as 官渡, closed 61.71%."""', []),
        ('def share():\n    """Return closing_rate, 0.6171."""\n    return 0.61710', []),
        ('"police officer", 61, 1617100', []),
    ],
)
def test_a_word_of_this_article_in_code_is_seen_and_in_a_docstring_is_not(code: str, found: list[str]):
    assert [word for _, word in words_of_the_article(code)] == found
