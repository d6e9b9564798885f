"""One digit or one hedge changed, anywhere in the tables: it is noticed without the article."""

import csv
import io
import re
from itertools import chain

import pytest

from guandu import dataset, sealing, tables
from guandu.tables import Faults


def noticed(folder, changed: str, text: str) -> bool:
    """Whether the checks that need no article notice that a table has another text."""
    (folder / "data" / f"{changed}.csv").write_text(text, encoding="utf-8", newline="\n")
    try:
        sealing.check_seal(folder)
    except Faults:
        return True
    return False


def other_digits(text: str) -> list[tuple[int, str]]:
    """Return, for every digit below the header, its place and the digit that takes its place."""
    start = text.index("\n")
    return [
        (found.start(), str((int(found[0]) + 5) % 10))
        for found in re.finditer("[0-9]", text)
        if found.start() > start
    ]


@pytest.mark.parametrize("table", ["printed", "exclusions", "relations", "benchmarks"])
def test_one_changed_digit_of_a_typed_table_is_noticed_without_the_article(copied, table):
    text = (copied / "data" / f"{table}.csv").read_text(encoding="utf-8")
    every = other_digits(text)
    # A fixed sample keeps the test quick; the seal sums every column of every row.
    for at, digit in every[:: max(1, len(every) // 60)]:
        assert noticed(copied, table, text[:at] + digit + text[at + 1 :]), (table, at)


def test_one_changed_hedge_is_noticed_without_the_article(copied):
    rows = tables.rows("printed", copied)
    statistics = {row["key"]: row for row in tables.rows("statistics", copied)}
    for row in rows:
        hedge = statistics[row["key"]]["hedge"]
        for other in ("", *({"余", "近", "超", "以上", "多"} - {hedge})) if hedge else ():
            changed = [
                {**each, "as_printed": row["as_printed"].replace(hedge, other)} if each is row else each
                for each in rows
            ]
            assert noticed(copied, "printed", tables.as_csv("printed", changed, copied)), row["key"]


@pytest.mark.parametrize("column", ["as_printed", "period_start", "period_end", "place"])
def test_one_changed_character_of_a_figure_of_others_is_noticed(copied, column):
    rows = tables.rows("benchmarks", copied)
    printed = [row for row in rows if row[column]]
    assert len(printed) > 100
    for row in printed[::3]:
        other = row[column][:-1] + ("8" if row[column].endswith("7") else "7")
        changed = [{**each, column: other} if each is row else each for each in rows]
        assert noticed(copied, "benchmarks", tables.as_csv("benchmarks", changed, copied)), row["key"]
    assert not noticed(copied, "benchmarks", tables.as_csv("benchmarks", rows, copied))


def test_one_changed_digit_or_hedge_of_the_built_dataset_is_noticed(home):
    for file, built in dataset.prepare(home).items():
        if file.suffix != ".csv":
            continue
        digits = other_digits(built)
        hedges = [(found.start(), "约") for found in re.finditer("余|近|超", built)]
        for at, other in chain(digits[:: max(1, len(digits) // 60)], hedges):
            changed = built[:at] + other + built[at + 1 :]
            (fault,) = dataset.compare(file.name, changed, built)
            assert fault.row == len(list(csv.reader(io.StringIO(built[: at + 1])))), file.name
