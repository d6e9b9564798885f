"""Each typed table beside what a second hand typed of it: a wrong edit of one cell is seen.

Where a table is typed a second time stands in the data package (`typed_again`), so that `asprinted bring`
proposes a new row there, and `python -m tools.second_hand` an edited one.
"""

import csv
from pathlib import Path

import pytest

from asprinted.collection.collection import Collection

HOME = Path(__file__).resolve().parents[2]
COLLECTION = Collection(HOME)
FILES = {name: HOME / file for name, file in COLLECTION.descriptor["asprinted"]["typed_again"].items()}

# What needs no second hand, and why.
ALONE = {
    "sources": {"sha256": "the checksum is that of the article's text, or `asprinted verify` stops"},
    "published_rates": {"group": "the page is the key without its number, as test_published_rates.py asks"},
}
# What stands beside a row there, and is held where it is built.
BUILT = {"benchmarks": {"sets"}, "published_rates": {"verdict"}}

Pair = tuple[dict[str, str], dict[str, str]]


def again(table: str) -> list[dict[str, str]]:
    """Return the rows of a table as a second hand has them."""
    with FILES[table].open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def named(table: str, row: dict[str, str]) -> str:
    """Return what a row of a table is known by: its key, or several."""
    return ", ".join(row[column] for column in COLLECTION.resource(table)["schema"]["primaryKey"])


def pairs(table: str) -> dict[str, Pair]:
    """Return by key each row of a table beside the second hand's, in its columns; an empty one for none."""
    columns = {*again(table)[0]} - BUILT.get(table, set())
    ours, typed = (
        {
            named(table, row): {column: cell for column, cell in row.items() if column in columns}
            for row in rows
        }
        for rows in (COLLECTION.rows(table), again(table))
    )
    return {name: (ours.get(name, {}), typed.get(name, {})) for name in ours | typed}


def otherwise(both: dict[str, Pair]) -> dict[str, dict[str, tuple[str, str]]]:
    """Return by row which cells are not what was typed of them: the cell, and what was typed."""
    return {
        name: {column: (cell, typed[column]) for column, cell in row.items() if cell != typed[column]}
        for name, (row, typed) in both.items()
        if row and typed and row != typed
    }


@pytest.mark.parametrize("table", FILES)
def test_a_table_says_what_a_second_hand_typed(table: str):
    told = "if it is meant, `python -m tools.second_hand --accept` types it anew"
    assert otherwise(pairs(table)) == {}, told


@pytest.mark.parametrize("table", FILES)
def test_each_row_is_confirmed_by_a_second_hand_and_no_other_is(table: str):
    alone = [name for name, (row, typed) in pairs(table).items() if not (row and typed)]
    assert alone == [], "`asprinted bring KEY`, then with --accept; or the row went, and its line stayed"


def test_every_typed_column_is_typed_again_or_stands_alone_for_a_reason():
    for table in COLLECTION.names():
        if COLLECTION.resource(table)["written_by"] == "hand":
            by_hand = {field["name"] for field in COLLECTION.fields(table) if "written_by" not in field}
            confirmed = {*again(table)[0]} - BUILT.get(table, set())
            assert confirmed.isdisjoint(ALONE.get(table, {})), table
            assert confirmed | {*ALONE.get(table, {})} == by_hand, table


def test_a_cell_that_was_edited_is_seen_with_what_was_typed_of_it():
    row, typed = pairs("terms")["accepted"]
    both = {"accepted": ({**row, "term_en": "filed"}, typed)}
    assert otherwise(both) == {"accepted": {"term_en": ("filed", "accepted, on the docket")}}
