"""The columns and the rows of every table that is shown, in their order: `shapes.csv`.

A column that is left out takes a warning with it; a filter, an order or a set that changes shows as rows. The
first row and the last are typed whole, and of each column its longest cell, which lists most of what it can.
"""

import csv
from pathlib import Path

import pytest
from test_shown import tables

import spoken

MOST = 26
"""Of a table with more rows: how many, the first three and the last three."""

BEGINNING = 60
"""How much of a cell is typed: sentences have their own place (turns.csv, again/)."""


def body(cells: list[list[str]]) -> list[list[str]]:
    """Return the rows of a table below its headings."""
    # A named index of columns puts its own name into a row of headings that has nothing else.
    return [row for row in cells[1:] if len(row) == len(cells[-1]) and any(row[1:])]


def shape(name: str, cell: str, cells: list[list[str]]) -> dict[str, str]:
    """Return the headings of a table, the first cells of its rows and two rows, as a line of `shapes.csv`."""
    rows = body(cells)
    keys = [row[0] for row in rows]
    listed = {
        "columns": cells[0],
        "rows": keys if len(keys) <= MOST else [*keys[:3], f"… {len(keys)} …", *keys[-3:]],
        "first": [each[:BEGINNING] for row in rows[:1] for each in row[1:]],
        "last": [each[:BEGINNING] for row in rows[-1:] for each in row[1:]],
        # A table that is folded has its headings twice.
        "longest": [
            max(column, key=len)[:BEGINNING]
            for column in list(zip(*(row for row in rows if row != cells[0]), strict=True))[1:]
        ],
    }
    lines = {column: " | ".join(each).replace("\n", " ") for column, each in listed.items()}
    return {"notebook": name, "cell": cell} | lines


with Path(__file__).with_name("shapes.csv").open(encoding="utf-8", newline="") as opened:
    TYPED = {(row["notebook"], row["cell"]): row for row in csv.DictReader(opened)}

FOUND = {(name, cell): shape(name, cell, rows) for name in spoken.NAMES for cell, rows in tables(name)}


@pytest.mark.parametrize(("name", "cell"), sorted(TYPED.keys() | FOUND.keys()))
def test_a_table_has_the_columns_and_rows_that_are_typed_for_it_in_their_order(name: str, cell: str):
    found = FOUND.get((name, cell), {})
    line = ",".join(f'"{each}"' for each in found.values())
    assert found == TYPED.get((name, cell), {}), f"if it is meant, the line of shapes.csv is now: {line}"


@pytest.mark.parametrize("name", spoken.NAMES)
def test_a_table_has_as_many_rows_and_columns_in_both_languages(name: str):
    sizes = [
        [(cell, len(rows), len(rows[0])) for cell, rows in tables(name, language)]
        for language in spoken.LANGUAGES
    ]
    assert sizes[0] == sizes[1]


def test_a_row_less_and_a_column_in_another_place_are_seen():
    table = [["key", "low end", "high end"], ["a", "1", "2"], ["b", "3", "4"]]
    typed = shape("02", "x", table)
    assert (typed["columns"], typed["rows"]) == ("key | low end | high end", "a | b")
    assert (typed["first"], typed["last"]) == ("1 | 2", "3 | 4")
    assert shape("02", "x", [*table[:2], ["c", "5, 6", ""], table[2]])["longest"] == "5, 6 | 2"
    assert shape("02", "x", table[:2]) != typed
    assert shape("02", "x", table[:1])["first"] == ""
    assert shape("02", "x", [["key", "high end", "low end"], *table[1:]]) != typed
    assert shape("02", "x", [table[0], *[["a", "1", "2"]] * 30])["rows"] == "a | a | a | … 30 … | a | a | a"
