"""Every row of the tables that pictures draw, whole and in its order: `drawn_rows.csv`.

`tests/figures/test_read_back.py` holds the marks of a picture to its table; here its table is held.
"""

import csv
from pathlib import Path

import pytest
from test_shown import STEMS, figure

Row = dict[str, str]


def lines(stem: str, rows: list[Row]) -> dict[tuple[str, str], Row]:
    """Return the head (0) and the rows of a picture's table by their number, as lines of `drawn_rows.csv`."""
    cells = [list(rows[0]), *(list(row.values()) for row in rows)]
    return {
        (stem, str(number)): {"figure": stem, "row": str(number), "cells": " | ".join(row)}
        for number, row in enumerate(cells)
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
    assert typed["x", "0"]["cells"] == "key | low"
    assert typed["x", "2"]["cells"] == "b | 2"
    assert lines("x", rows[::-1]) != typed
    assert lines("x", [rows[0], {"key": "b", "low": "3"}]) != typed
