"""Cells of the tables that notebooks compute, typed from what the columns mean; the table is `tables.csv`.

A row stands at its place among all (`2/3`), a column at its number behind the first, which holds the keys;
the Chinese edition shows the same number at the same place.
"""

import csv
import re
from pathlib import Path

import pytest
from test_shapes import body
from test_shown import tables

import spoken

with Path(__file__).with_name("tables.csv").open(encoding="utf-8", newline="") as opened:
    TYPED = list(csv.DictReader(opened))

# A cell that only picks rows and columns of the collection's frames copies; each of these computes.
COMPUTES = re.compile(
    r"groupby|crosstab|pd\.DataFrame\(|\.(?:assign|eval|pivot|sum)\(|[\w)]\.join\(|\] = |[\w)] [-/] [\w(]"
)


def at(cells: list[list[str]], place: str, column: str) -> tuple[str, str]:
    """Return which row of how many of a table stands at a place, and what is shown there."""
    rows = body(cells)
    row, _, _ = place.partition("/")
    return f"{row}/{len(rows)}", rows[int(row) - 1][int(column)]


@pytest.mark.parametrize("language", spoken.LANGUAGES)
@pytest.mark.parametrize(("notebook", "cell"), dict.fromkeys((row["notebook"], row["cell"]) for row in TYPED))
def test_a_computed_table_shows_what_is_typed(notebook: str, cell: str, language: str):
    shown = next(rows for name, rows in tables(notebook, language) if name == cell)
    # Words are compared in English alone, and whether anything stands there in Chinese too.
    wrong = [
        (row, found)
        for row in TYPED
        if (row["notebook"], row["cell"]) == (notebook, cell)
        for found in [at(shown, row["place"], row["column"])]
        if found[0] != row["place"] or said(found[1], language) != said(row["shown"], language)
    ]
    assert not wrong


def said(text: str, language: str) -> str:
    """Return a text as it is compared: in Chinese its numbers, or that it has none."""
    return text if language == "en" else str(sorted(spoken.numbers(text)) or bool(text))


def test_every_cell_that_computes_a_table_is_typed():
    computed = {
        (name, cell["id"])
        for name in spoken.NAMES
        for cell in spoken.cells(name, "en")
        if cell["cell_type"] == "code" and COMPUTES.search("".join(cell["source"]))
    }
    shown = {(name, cell) for name in spoken.NAMES for cell, _ in tables(name)}
    assert computed & shown <= {(row["notebook"], row["cell"]) for row in TYPED}
