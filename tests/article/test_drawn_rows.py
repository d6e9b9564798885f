"""Every row of the tables that pictures draw, whole and in its order: `drawn_rows.csv`.

`tests/figures/test_read_back.py` holds the marks of a picture to its table; here its table is held.
"""

import csv
from pathlib import Path

import pytest
from test_shown import STEMS, figure

Row = dict[str, str]


def lines(stem: str, rows: list[Row]) -> dict[tuple[str, str], Row]:
    """Return the columns of a picture, the order of its rows, and each by its key, as lines of the table."""
    cells = {next(iter(row.values())): list(row.values()) for row in rows}
    assert len(cells) == len(rows), f"{stem}: two rows of one key"
    listed = {"columns": list(rows[0]), "order": list(cells), **cells}
    return {
        (stem, key): {"figure": stem, "row": key, "cells": " | ".join(row)} for key, row in listed.items()
    }


with Path(__file__).with_name("drawn_rows.csv").open(encoding="utf-8", newline="") as opened:
    TYPED = {(row["figure"], row["row"]): row for row in csv.DictReader(opened)}

FOUND = {key: line for stem in STEMS for key, line in lines(stem, figure(stem)).items()}


@pytest.mark.parametrize("stem", sorted({stem for stem, _ in TYPED} | {*STEMS}))
def test_the_rows_of_a_picture_are_those_that_are_typed(stem: str):
    found, typed = ({key: row for key, row in rows.items() if key[0] == stem} for rows in (FOUND, TYPED))
    assert found == typed, "if it is meant, `python -m tools.second_hand --accept` types it anew"


def test_two_rows_exchanged_and_an_end_that_moved_are_seen():
    rows = [{"key": "a", "low": "1"}, {"key": "b", "low": "2"}]
    typed = lines("x", rows)
    assert [row["cells"] for row in typed.values()] == ["key | low", "a | b", "a | 1", "b | 2"]
    assert lines("x", rows[::-1]) != typed
    assert lines("x", [rows[0], {"key": "b", "low": "3"}]) != typed
