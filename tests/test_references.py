"""Each printed figure is used, and each number such as N13, C01, B07 or K024 leads to what it stands for."""

import ast
import re
from pathlib import Path

import pytest

import told
from guandu import collection, dataset, quantities, tables
from told import CARDS, HOME, NOTEBOOKS

REFERENCE = re.compile(r"(?<![A-Za-z0-9#])(?:[NCB]\d\d|K\d{3})(?![A-Za-z0-9])")
# The summaries and the notebook on the dataset list every figure, and so say nothing about any of them.
LISTS = ("00", "01")


def code_strings(path: Path) -> set[str]:
    """Return the strings that stand in the code of a notebook."""
    sources = [cell.source for cell in collection.read(path).cells if cell.cell_type == "code"]
    plain = "\n".join(line for line in "\n".join(sources).splitlines() if not line.startswith(("%", "!")))
    nodes = ast.walk(ast.parse(plain))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def prose(path: Path) -> str:
    """Return what a notebook says and shows: its Markdown, and its outputs as text."""
    cells = [cell.source for cell in collection.read(path).cells if cell.cell_type == "markdown"]
    return "\n\n".join([*cells, *told.outputs(path)])


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    return {path.stem: prose(path) for path in NOTEBOOKS}


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Return every reference that the project's tables and derived values define."""
    data = dataset.load(HOME)
    named = {
        row["ref"]
        for name in ("printed", "relations", "crosschecks", "standalone")
        for row in tables.rows(name, HOME)
    }
    derived = {each.ref for each in (*quantities.every(data), *quantities.comparisons(data)) if each.ref}
    return named | derived | {row["key"] for row in tables.rows("benchmarks", HOME)}


# ----------------------------------------------------------------------------------- printed figures are used


def users(words: dict[str, set[str]]) -> dict[str, list[str]]:
    """Return for each printed figure the notebooks that name it, by its key in code or by its number."""
    return {
        row["key"]: [stem for stem, names in words.items() if {row["key"], row["ref"]} & names]
        for row in tables.rows("printed", HOME)
    }


@pytest.fixture(scope="module")
def words(shown: dict[str, str]) -> dict[str, set[str]]:
    """Return the strings of each notebook's code, and the references that it shows."""
    return {path.stem: code_strings(path) | set(REFERENCE.findall(shown[path.stem])) for path in NOTEBOOKS}


def test_each_of_the_53_printed_figures_is_used_by_a_notebook_that_asks_about_it(words):
    using = users(words)
    asked = {key: [stem for stem in stems if not stem.startswith(LISTS)] for key, stems in using.items()}
    assert len(asked) == 53
    assert [key for key, stems in asked.items() if not stems] == []


@pytest.mark.parametrize("listing", ["00_summary", "00_summary.zh", "01_dataset"])
def test_the_summaries_and_the_notebook_on_the_dataset_account_for_each(words, listing):
    assert [key for key, stems in users(words).items() if listing not in stems] == []


def test_a_figure_that_no_notebook_uses_would_be_seen(words):
    without = {stem: names - {"parties_involved", "N51"} for stem, names in words.items()}
    assert [key for key, stems in users(without).items() if not stems] == ["parties_involved"]


# -------------------------------------------------------------------------------------- references lead there


def cards() -> dict[str, str]:
    """Return the words of each figure and its table."""
    return {
        stem: (HOME / "figures" / f"{stem}.csv").read_text(encoding="utf-8")
        + "".join(" ".join(map(str, CARDS[stem][language].values())) for language in ("en", "zh"))
        for stem in CARDS
    }


def lost(texts: dict[str, str], known: set[str]) -> dict[str, list[str]]:
    """Return the references of each text that lead nowhere."""
    found = {where: sorted(set(REFERENCE.findall(text)) - known) for where, text in texts.items()}
    return {where: refs for where, refs in found.items() if refs}


def test_the_references_of_notebooks_captions_and_drawn_tables_exist(shown, known):
    assert lost({**shown, **cards()}, known) == {}


def test_the_references_in_the_code_of_notebooks_exist(known):
    code = {path.stem: "\n".join(code_strings(path)) for path in NOTEBOOKS}
    assert lost(code, known) == {}


def test_a_reference_that_leads_nowhere_would_be_seen(known):
    said = "N13 and C23, B07（K177）; N54, C24, B99, K178; the colour #B8C1CA, the year 2021, K1770"
    assert lost({"a": said}, known) == {"a": ["B99", "C24", "K178", "N54"]}


def rows_of_tables(text: str) -> set[str]:
    """Return the references that head a row of a table, where what they stand for is told."""
    return set(re.findall(rf"^\| *({REFERENCE.pattern}) *\| *[^|\s]", text, re.MULTILINE))


@pytest.mark.parametrize("summary", ["00_summary", "00_summary.zh"])
def test_the_summary_tells_what_every_reference_stands_for(shown, summary):
    used = {ref for text in (*shown.values(), *cards().values()) for ref in REFERENCE.findall(text)}
    told_of = rows_of_tables(shown[summary])
    assert sorted(ref for ref in used - told_of if not ref.startswith("K")) == []


@pytest.mark.parametrize("summary", ["00_summary", "00_summary.zh"])
def test_the_summary_says_what_the_letters_mean_and_where_the_rows_of_others_stand(shown, summary):
    letters = [re.compile(rf"(?<![A-Za-z0-9]){letter}(?![A-Za-z0-9])") for letter in "NCBK"]
    legend = [line for line in shown[summary].splitlines() if all(letter.search(line) for letter in letters)]
    assert [line for line in legend if "data/benchmarks.csv" in line] != []


def test_a_reference_without_a_row_in_the_summary_would_be_seen(shown):
    row = next(line for line in shown["00_summary"].splitlines() if line.startswith("| B12 |"))
    assert "B12" not in rows_of_tables(shown["00_summary"].replace(row, "").replace("| B12 |", "|"))
