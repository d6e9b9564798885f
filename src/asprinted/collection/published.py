"""Rates printed elsewhere with the counts beside them (`published_rates.csv`): the relation that each states.

A row holds the tokens as they are printed, the counts as one expression. Its verdict is never typed: it is
built, into `published_checks.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from asprinted.exact.relations import Printed, Relation, kind_of, relation, unfit
from asprinted.faults import Fault, placed, quote
from asprinted.languages import read

__all__ = ["counts", "is_named", "stated"]

KINDS = ("share", "mean", "change")
"""The kinds of relation that a row may state."""

_SIDE = re.compile(r"[^()+/]+|\([^()+/]+(?:\+[^()+/]+)+\)")
_EXPECTED = "a part and a whole, such as 24人/(24人+25人), or nothing where they are not printed"


def counts(text: str) -> tuple[list[str], list[str]]:
    """Return the printed tokens of a part, and those of its whole; several are added.

    Raises Fault, in the column `counts`, for what is no such expression.

    >>> counts("24人/(24人+25人)"), counts("")
    ((['24人'], ['24人', '25人']), ([], []))
    >>> counts("24人/25人+24人")
    Traceback (most recent call last):
    asprinted.faults.Fault: column counts: found "24人/25人+24人", expected a part and a whole, such as ...
    """
    sides = text.split("/") if text else []
    if len(sides) not in (0, 2) or not all(map(_SIDE.fullmatch, sides)):
        raise Fault.of(quote(text), _EXPECTED, "counts")
    part, whole = ([token.strip() for token in side.strip("()").split("+")] for side in sides or ("", ""))
    return (part, whole) if text else ([], [])


def stated(row: Mapping[str, str]) -> Relation:
    """Return the relation that a row states. Raises Fault, with the column, where it states none.

    >>> from asprinted.exact import verdicts
    >>> row = {"key": "mediation", "kind": "share", "result": "99%", "counts": "783件/785件"}
    >>> verdicts.verdict(stated(row)).value
    'truncation_only'
    """
    kind = row["kind"]
    if kind not in KINDS:
        raise Fault.of(quote(kind), f"one of {', '.join(KINDS)}", "kind")
    with placed(column="result"):
        result = read(row["result"])
        wrong = unfit(result, kind_of(result, kind))
        if wrong:
            raise wrong
    with placed(column="counts"):
        part, whole = (tuple(map(_count, side)) for side in counts(row["counts"]))
    printed = (Printed(result, kind_of(result, kind)),)
    return relation(kind, row["key"], printed, part, whole, None, row.get("direction", ""))


def _count(token: str) -> Printed:
    reading = read(token)
    return Printed(reading, kind_of(reading))


def is_named(row: Mapping[str, str]) -> bool:
    """Return whether a row may be shown by name: its page was seen, and has a publisher or a title.

    >>> is_named({"seen": "copy", "publisher": "", "title": "新疆法院工作报告"})
    True
    >>> is_named({"seen": "not verified", "publisher": "张掖市中级人民法院", "title": ""})
    False
    """
    return row["seen"] != "not verified" and bool(row["publisher"] or row["title"])
