"""What every notebook keeps and no rerun sees: whole runs, short cells, prose, words, pictures."""

import ast
import base64
import copy
import io
import json
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from asprinted import scan
from asprinted.collection.cards import Caption, Card, cards
from asprinted.collection.collection import Collection
from asprinted.rerun import editions, notebooks

HOME = Path(__file__).resolve().parents[2]
COLLECTION = Collection(HOME)
ENGLISH = COLLECTION.notebooks
EDITIONS = [place for path in ENGLISH if (place := editions.place(path)).is_file()]
CARDS = cards(HOME / "figures")

NAMES = [
    "00_summary",
    "01_dataset",
    "02_closing_rate",
    "03_caseload",
    "04_court_mediation",
    "05_procuratorate",
    "06_police",
    "07_peoples_mediation",
    "08_governance",
    "09_comparison",
    "10_context",
    "11_limits",
    "12_published_rates",
]
CHINESE = re.compile(r"[\u3400-\u9fff]")
TOKENS = {row["as_printed"] for name in ("printed", "exclusions") for row in COLLECTION.rows(name)}
MEDIAN_LINES, MOST_LINES, INTRODUCED = 3, 12, 0.9
MOST_IN_ALL, LEAST_PANDAS = 1_300, 60
LIMITS = {"en": "What this cannot say", "zh": "这些数字不能说明什么"}
IGNORED = re.compile(r"NBVAL_|PYTEST_VALIDATE|nbval-|raises-exception|skip-execution")
ABSOLUTE = re.compile(r"(?<![\w.:/~])/(?:home|Users|root|tmp|work|usr|var|opt|private)/\w")
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}")

Cells = list[dict[str, Any]]


def language(path: str) -> str:
    """Return the language of a notebook by where it stands: `zh/02_closing_rate`, `02_closing_rate`."""
    return "zh" if path.startswith(f"{editions.FOLDER}/") else "en"


def cells(path: Path) -> Cells:
    found: Cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return found


def code(of: Cells) -> Cells:
    return [cell for cell in of if cell["cell_type"] == "code"]


def outputs(of: Cells) -> Iterator[dict[str, Any]]:
    for cell in code(of):
        yield from cell["outputs"]


def text(written: str | list[str]) -> str:
    return written if isinstance(written, str) else "".join(written)


def headings(of: Cells) -> list[str]:
    prose = "\n".join(text(cell["source"]) for cell in of if cell["cell_type"] == "markdown")
    return re.findall(r"^#{1,6} .*$", prose, re.MULTILINE)


def numbering(of: Cells, stem: str) -> list[str]:
    """Name the cells that were not run, or not in order, or hold nothing."""
    found = [cell["execution_count"] for cell in code(of)]
    found += [
        cell["execution_count"] for cell in code(of) for out in cell["outputs"] if "execution_count" in out
    ]
    wrong = [f"numbers {found}"] if found[: len(code(of))] != list(range(1, len(code(of)) + 1)) else []
    wrong += [
        f"a result numbered {out['execution_count']} in cell {cell['execution_count']}"
        for cell in code(of)
        for out in cell["outputs"]
        if out.get("execution_count", cell["execution_count"]) != cell["execution_count"]
    ]
    return wrong + ["an empty cell" for cell in of if not text(cell["source"]).strip()]


def ignoring(of: Cells, stem: str) -> list[str]:
    """Name the marks under which a rerun would compare nothing."""
    return [mark for cell in of for mark in IGNORED.findall(text(cell["source"]) + str(cell["metadata"]))]


def complaints(of: Cells, stem: str) -> list[str]:
    """Name what went wrong while the cells ran, a warning included."""
    return [
        out["output_type"]
        for out in outputs(of)
        if out["output_type"] == "error" or out.get("name") == "stderr"
    ]


def machine(of: Cells, stem: str) -> list[str]:
    """Name the places and addresses of one machine."""
    shown = [
        json.dumps({k: v for k, v in out.get("data", out).items() if k != "image/png"}) for out in outputs(of)
    ]
    everything = "\n".join([*(text(cell["source"]) for cell in of), *shown])
    return ABSOLUTE.findall(everything) + ADDRESS.findall(everything)


def pictures(of: Cells, stem: str) -> list[str]:
    """Name pictures that are no figure of this notebook and language, lack alt text, or are not shown."""
    spoken = language(stem)
    figures = {
        (HOME / "figures" / f"{name}.{spoken}.png").read_bytes(): name
        for name, card in CARDS.items()
        if card.notebook == stem.rpartition("/")[2]
    }
    wrong, shown = [], set()
    for out in outputs(of):
        if "image/png" not in out.get("data", {}):
            continue
        name = figures.get(base64.b64decode(text(out["data"]["image/png"])), "")
        shown.add(name)
        if not name:
            wrong.append("a picture that equals no file of this notebook's in figures/")
            continue
        alt = CARDS[name].words[spoken].alt  # type: ignore[index]
        told = (
            text(out["data"].get("text/plain", "")),
            out.get("metadata", {}).get("image/png", {}).get("alt"),
        )
        wrong += [f"{name} without its alt text"] * (told != (alt, alt))
    return wrong + [f"{name} is not shown" for name in sorted(set(figures.values()) - shown)]


def question(of: Cells, stem: str) -> list[str]:
    """Say where a notebook does not open with its question."""
    title = text(of[0]["source"]).splitlines()[0]
    return (
        []
        if re.fullmatch(r"# .*[?？](?:（[^）]+）| \([^)]+\))?", title) and of[0]["cell_type"] == "markdown"
        else [title]
    )


def limits(of: Cells, stem: str) -> list[str]:
    """Say where a notebook does not close with what it cannot say."""
    expected = f"## {LIMITS[language(stem)]}"
    last = headings(of)[-1] if headings(of) else ""
    after = text(of[-1]["source"]).strip()
    return [] if last == expected and after != expected else [last]


def lines(cell: dict[str, Any]) -> list[str]:
    """Return the lines of a code cell that hold code, a comment line being none."""
    return [
        line
        for line in text(cell["source"]).splitlines()
        if line.strip() and not line.strip().startswith("#")
    ]


def lengths(of: Cells, stem: str) -> list[str]:
    """Say where the median code cell is long, and name the cells that are too long."""
    counted = [len(lines(cell)) for cell in code(of)]
    wrong = [f"a cell of {count} lines" for count in counted if count > MOST_LINES]
    middle = median(counted or [0])
    return wrong + [f"a median of {middle:g} lines"] * (middle > MEDIAN_LINES)


def introduced(of: Cells, stem: str) -> list[str]:
    """Say where too few code cells stand right below prose."""
    pairs = [(above["cell_type"], below) for above, below in zip([{"cell_type": ""}, *of], of, strict=False)]
    below = [kind for kind, cell in pairs if cell["cell_type"] == "code"]
    share = below.count("markdown") / max(1, len(below))
    return [f"{share:.0%} of cells are introduced"] if share < INTRODUCED else []


def bare(of: Cells, stem: str) -> list[str]:
    """Name the metadata of cells: there are none, so that none hides or marks a cell."""
    return [str(cell["metadata"]) for cell in of if cell["metadata"]]


def strings(of: Cells) -> Iterator[str]:
    """Yield what code says in quotation marks and comments, and its names."""
    for cell in code(of):
        for token in tokenize.generate_tokens(io.StringIO(text(cell["source"])).readline):
            if token.type == tokenize.STRING:
                # A string with holes is split by newer Pythons alone; its source serves as well.
                yield token.string.lstrip("rbfRBF").strip("\"'")
            elif token.type in (tokenize.COMMENT, tokenize.NAME) or token.type > tokenize.ENCODING:
                yield token.string


def chinese(of: Cells, stem: str) -> list[str]:
    """Name the Chinese of code cells that is no printed token."""
    found = [string for string in strings(of) if CHINESE.search(string)]
    return [string for string in found if CHINESE.search(_without_tokens(string))]


def _without_tokens(string: str) -> str:
    """Return a string without the number expressions in it, and without what a table has as printed."""
    for each in [*(found.text for found in scan(string)), *sorted(TOKENS, key=len, reverse=True)]:
        string = string.replace(each, "")
    return string


def sentences(of: Cells, stem: str) -> list[str]:
    """Name the strings of code cells in which words are put together: what is said stands in the words.

    A condition for pandas' query, a chain of names, a title of an axis in one or two words are no sentence.
    """
    return [string for string in strings(of) if _is_sentence(string)]


def _is_sentence(string: str) -> bool:
    if string.startswith("#") or (
        re.search(r"[=<>]|\b(?:in|and|or|not) ", string) and not string.endswith(".")
    ):
        return False
    words = re.findall(r"(?<![^\s(])[A-Za-z][a-z'’]+(?![\w(])", string)
    return len(words) >= 4 or (len(words) >= 2 and bool(re.search(r"[a-z][.!?;:,] ?", string + " ")))


def opening(of: Cells, stem: str) -> list[str]:
    """Say where a notebook does not open its own words, once, in its language."""
    found = re.findall(
        r"asprinted\.notebook\(([^)]*)\)", "\n".join(text(cell["source"]) for cell in code(of))
    )
    name = f'"{stem.rpartition("/")[2]}"'
    expected = [name if language(stem) == "en" else f'{name}, "zh"']
    return [] if found == expected else [f"words opened: {found}"]


CHECKS: list[Callable[[Cells, str], list[str]]] = [
    numbering,
    ignoring,
    complaints,
    machine,
    pictures,
    question,
    limits,
    lengths,
    introduced,
    bare,
    chinese,
    sentences,
    opening,
]


def named(path: Path) -> str:
    return path.relative_to(HOME / "notebooks").with_suffix("").as_posix()


@pytest.mark.parametrize("path", [*ENGLISH, *EDITIONS], ids=named)
def test_every_notebook_keeps_every_rule(path: Path):
    wrong = {look.__name__: found for look in CHECKS if (found := look(cells(path), named(path)))}
    assert wrong == {}


@pytest.mark.parametrize("path", [*ENGLISH, *EDITIONS], ids=named)
def test_every_notebook_is_stored_as_a_run_stores_it(path: Path):
    stored = path.read_text(encoding="utf-8")
    assert notebooks.normal(notebooks.read(path)) == stored, "`make` writes it as it belongs"


def test_the_collection_is_thirteen_questions_and_three_notebooks_beside_them_each_in_both_languages():
    assert [path.stem for path in ENGLISH] == NAMES, "one that is meant to come or go has its line in NAMES"
    beside = ["by_machine", "corpus", "explore"]
    for folder in ("notebooks", f"notebooks/{editions.FOLDER}"):
        assert [path.stem for path in sorted((HOME / folder).glob("*.ipynb"))] == [*NAMES, *beside]


@pytest.mark.parametrize("name", NAMES)
def test_every_notebook_has_words_without_a_fault(name: str):
    assert COLLECTION.words(name).cells
    assert list(notebooks.word_faults(COLLECTION, HOME / "notebooks" / f"{name}.ipynb")) == []


def code_lines(each: list[Cells]) -> int:
    return sum(len(lines(cell)) for of in each for cell in code(of))


PANDAS = frozenset(
    [
        "query",
        "groupby",
        "assign",
        "value_counts",
        "sort_values",
        "sort_index",
        "agg",
        "mean",
        "median",
        "sum",
        "count",
        "min",
        "max",
        "merge",
        "join",
        "pivot",
        "pivot_table",
        "explode",
        "between",
        "isin",
        "loc",
        "iloc",
        "head",
        "tail",
        "describe",
        "nunique",
        "unique",
        "rename",
        "drop",
        "dropna",
        "fillna",
        "apply",
        "map",
        "rolling",
        "cumsum",
        "diff",
        "shift",
        "clip",
        "round",
        "melt",
        "stack",
        "unstack",
        "set_index",
        "reset_index",
        "size",
        "idxmax",
        "idxmin",
        "DataFrame",
        "Series",
        "concat",
        "cut",
        "crosstab",
        "filter",
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
        "div",
        "sub",
        "mul",
        "add",
    ]
)
"""What a reader learns of pandas: names after a point."""


def pandas_uses(each: list[Cells]) -> int:
    """Count the statements that work on a frame by a name of pandas, or pick rows by a condition."""
    sources = [text(cell["source"]) for of in each for cell in code(of)]
    return sum(_uses_pandas(statement) for source in sources for statement in ast.parse(source).body)


def _uses_pandas(statement: ast.stmt) -> bool:
    nodes = list(ast.walk(statement))
    named = [node.attr for node in nodes if isinstance(node, ast.Attribute)]
    inside = [node.slice for node in nodes if isinstance(node, ast.Subscript)]
    picked = [each for each in inside if isinstance(each, ast.Compare | ast.BoolOp | ast.BinOp)]
    return bool(picked) or not PANDAS.isdisjoint(named)


def test_all_notebooks_together_are_short():
    assert code_lines([cells(path) for path in ENGLISH]) <= MOST_IN_ALL


def test_all_notebooks_together_show_pandas():
    assert pandas_uses([cells(path) for path in ENGLISH]) >= LEAST_PANDAS


# ------------------------------------------------------------------- a neighbour of each rule that fails


def written(*sources: str) -> Cells:
    """Return an invented notebook that keeps the rules, as a run would have stored it."""
    made: Cells = [{"cell_type": "markdown", "source": "# Why?", "metadata": {}}]
    for number, source in enumerate(sources, start=1):
        result = {"output_type": "execute_result", "data": {"text/plain": "1"}, "execution_count": number}
        cell = {"cell_type": "code", "source": source, "execution_count": number, "outputs": [result]}
        made += [cell | {"metadata": {}}, {"cell_type": "markdown", "source": "So.", "metadata": {}}]
    return [*made, {"cell_type": "markdown", "source": "## What this cannot say\n\nAll.", "metadata": {}}]


STEM = "01_invented"
GOOD = (
    f'import asprinted\n\nbook = asprinted.notebook("{STEM}")',
    'asprinted.check("61.71%", "21454件", "34765件")',
    'rates = book.elsewhere("half_years").query("own == \'\' and share > 0.5")\nrates[["share", "label"]]',
)


@pytest.mark.parametrize("look", CHECKS, ids=lambda look: look.__name__)
def test_an_invented_notebook_keeps_each_rule(look: Callable[[Cells, str], list[str]]):
    assert look(written(*GOOD), STEM) == []


def test_too_much_code_and_too_little_pandas_are_seen():
    assert code_lines([written("\n".join(["x = 1"] * 14) + "\n# note\n\n")]) == 14
    assert pandas_uses([written(*GOOD)]) == 1
    assert pandas_uses([written("x = frame[frame.share > 1].groupby('place').size()")]) == 1
    assert pandas_uses([written("x = frame.head(3)\ny = frame[frame.share > 1]")]) == 2
    assert pandas_uses([written("x = table['share'], print(1), book.say('a')")]) == 0


FAULTS: dict[str, tuple[Callable[[Cells, str], list[str]], Callable[[Cells], object]]] = {
    "a cell never run": (numbering, lambda of: code(of)[1].update(execution_count=None)),
    "a notebook never run": (numbering, lambda of: [cell.update(execution_count=None) for cell in code(of)]),
    "cells run out of order": (numbering, lambda of: code(of)[0].update(execution_count=2)),
    "a result of another run": (
        numbering,
        lambda of: next(outputs(of)).update(execution_count=99),
    ),
    "an empty cell": (
        numbering,
        lambda of: of.append({"cell_type": "markdown", "source": " ", "metadata": {}}),
    ),
    "an ignored output": (ignoring, lambda of: code(of)[0].update(source="# NBVAL_IGNORE_OUTPUT\n1")),
    "a tag that ignores": (ignoring, lambda of: code(of)[0]["metadata"].update(tags=["nbval-skip"])),
    "a warning": (
        complaints,
        lambda of: code(of)[0]["outputs"].append({"output_type": "stream", "name": "stderr", "text": "!"}),
    ),
    "an error": (complaints, lambda of: code(of)[0]["outputs"].append({"output_type": "error"})),
    "a path of one machine": (machine, lambda of: code(of)[0].update(source='open("/tmp/data.csv")')),
    "an address of an object": (
        machine,
        lambda of: code(of)[0]["outputs"].append(
            {"output_type": "stream", "text": "<Figure at 0x7f30a1b2c3d4>"}
        ),
    ),
    "a title that asks nothing": (question, lambda of: of[0].update(source="# Court analysis")),
    "a heading after the limits": (
        limits,
        lambda of: of[-1].update(source="## What this cannot say\n\n.\n\n## End"),
    ),
    "limits that say nothing": (limits, lambda of: of[-1].update(source="## What this cannot say")),
    "a cell too long": (lengths, lambda of: code(of)[0].update(source="x = 1\n" * 13)),
    "cells that are long": (lengths, lambda of: [cell.update(source="x = 1\n" * 4) for cell in code(of)]),
    "a cell without prose above": (introduced, lambda of: of.remove(of[2])),
    "a hidden cell": (bare, lambda of: code(of)[0]["metadata"].update(jupyter={"source_hidden": True})),
    "Chinese in code": (chinese, lambda of: code(of)[0].update(source='label = "结案率"')),
    "a comment in Chinese": (chinese, lambda of: code(of)[0].update(source="x = 1  # 件数")),
    "a printed token with more": (chinese, lambda of: code(of)[0].update(source='x = "共21454件"')),
    "a sentence in code": (
        sentences,
        lambda of: code(of)[0].update(source='print("The court closed most of its cases")'),
    ),
    "a sentence with holes": (sentences, lambda of: code(of)[0].update(source='f"Only {share:.1%} closed."')),
    "no words opened": (opening, lambda of: code(of)[0].update(source="import asprinted")),
    "another's words": (opening, lambda of: code(of)[0].update(source='asprinted.notebook("02_b")')),
    "words opened twice": (opening, lambda of: code(of)[1].update(source=GOOD[0])),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_notebook_with_a_fault_is_caught(fault: str):
    look, spoil = FAULTS[fault]
    spoiled = copy.deepcopy(written(*GOOD))
    spoil(spoiled)
    assert look(spoiled, STEM) != []


def shows(png: bytes, alt: str = "A bar.", plain: str = "A bar.") -> Cells:
    """Return an invented notebook that shows a picture."""
    made = written(*GOOD)
    data = {"image/png": base64.b64encode(png).decode(), "text/plain": plain}
    shown = {"output_type": "execute_result", "data": data, "metadata": {"image/png": {"alt": alt}}}
    code(made)[1]["outputs"] = [shown]
    return made


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The English picture of an invented figure of the invented notebook."""
    said = Caption("Two parts", "Books, 2024", "", "A bar.", "A paper")
    (tmp_path / "figures").mkdir()
    for spoken in LIMITS:
        (tmp_path / "figures" / f"bar.{spoken}.png").write_bytes(b"\x89PNG " + spoken.encode())
    monkeypatch.setattr("test_notebooks.HOME", tmp_path)
    monkeypatch.setattr(
        "test_notebooks.CARDS", {"bar": Card({"en": said, "zh": said}, STEM, "CC BY 4.0", "2-0")}
    )
    return b"\x89PNG en"


def test_a_picture_with_its_bytes_and_its_alt_text_passes(drawn: bytes):
    assert pictures(shows(drawn), STEM) == []


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (shows(b"\x89PNG eo"), "equals no file"),
        (shows(b"\x89PNG zh"), "equals no file"),
        (shows(b"\x89PNG en", alt=""), "without its alt text"),
        (shows(b"\x89PNG en", plain="<Figure>"), "without its alt text"),
        (written(*GOOD), "bar is not shown"),
    ],
    ids=["a pixel", "another language", "no alt in the metadata", "no alt as text", "taken away"],
)
def test_a_picture_that_is_not_the_file_is_caught(drawn: bytes, shown: Cells, said: str):
    assert said in " ".join(pictures(shown, STEM))
