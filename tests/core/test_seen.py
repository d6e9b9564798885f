"""Facts about what is seen of a candidate: a text that shows it, and one that just misses it."""

import csv
import re
from pathlib import Path

import pytest

from readings import readings, said

with Path(__file__).with_name("shown.csv").open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))


def seen_of(kind: str, text: str, candidate: str) -> set[str] | None:
    """Return what is seen of a candidate, None where none is proposed; {3 甲1次，} is three of them."""
    text = re.sub(r"\{([0-9]+) ([^}]*)\}", lambda many: many[2] * int(many[1]), text)
    of_it = [each.seen for each in readings(text) if each.kind == kind and said(each) == candidate]
    return set().union(*of_it) if of_it else None


@pytest.mark.parametrize("line", LINES, ids=[f"{line['kind']} {line['evidence']}" for line in LINES])
def test_a_text_shows_it_and_one_that_just_misses_does_not(line: dict[str, str]):
    kind, evidence, candidate = line["kind"], line["evidence"], line["candidate"]
    shown = seen_of(kind, line["shows"], candidate)
    missed = seen_of(kind, line["misses"], line["instead"] or candidate)
    assert shown is not None
    if evidence == "proposed":
        assert missed is None
    else:
        assert missed is not None
        assert evidence in shown - missed
