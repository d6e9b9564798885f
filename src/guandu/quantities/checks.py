"""The ledger: every check of the article, what came of it, and how much it could have caught."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from guandu import audit, findings, tables
from guandu.dataset import Dataset
from guandu.findings import Language
from guandu.quantities.base import in_language

__all__ = ["REACHES", "LedgerRow", "ledger", "power_within"]

REACHES = "tested", "not_testable", "side_by_side", "alone"
"""How far a check goes: it tests a printed result; it lacks a printed number; its figures only stand side by
side; or nothing printed can be held against them."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger of checks: what is held against what, and what came of it.

    kind: recomputed (a verdict of the audit), side_by_side (an outcome) or alone. result: the word of the
    closed list. power: the share of other values that would have been rejected, None where there is none.
    keys: the figures it uses.
    """

    ref: str
    id: str
    kind: str
    title_en: str
    title_zh: str
    result: str
    power: Fraction | None
    keys: tuple[str, ...]
    note: str

    @property
    def reach(self) -> str:
        """How far the check goes, a word of `REACHES`."""
        if self.kind != "recomputed":
            return self.kind
        return "not_testable" if self.result == audit.Verdict.NOT_TESTABLE else "tested"

    def title(self, language: Language = "en") -> str:
        """Return what is held against what."""
        return in_language(language, (self.title_en, self.title_zh))

    def gloss(self, language: Language = "en") -> str:
        """Return the result in plain words."""
        write = findings.verdict if self.kind == "recomputed" else findings.outcome
        return write(self.result, language)


def ledger(data: Dataset) -> tuple[LedgerRow, ...]:
    """Return every check of the article, C01 to C23, in order.

    >>> rows = ledger(data)
    >>> len(rows), rows[4].ref, rows[4].result, rows[4].gloss()
    (23, 'C05', 'truncation_only', 'follows only if cut, not if rounded')
    """
    rows = [
        *(_recomputed(data, row) for row in tables.rows("relations", data.folder)),
        *(_side_by_side(row) for row in tables.rows("crosschecks", data.folder)),
        *(_alone(row) for row in tables.rows("standalone", data.folder)),
    ]
    return tuple(sorted(rows, key=lambda row: row.ref))


def power_within(data: Dataset, relation: str, low: Fraction | int, high: Fraction | int = 1) -> Fraction:
    """Return the power of a check over the values from `low` to `high` alone, as a share of them.

    Raises ValueError where the relation has no power to speak of.

    >>> findings.percent(power_within(data, "police_resolution", Fraction(95, 100)), 1)
    '77.4%'
    >>> findings.percent(power_within(data, "judges_headcount", 1, 1000), 1)
    '59.0%'
    """
    space = Fraction(low), Fraction(high)
    power = audit.check(replace(data.relation(relation), space=space)).power
    if power is None:
        raise ValueError(f"found no power for {relation}, expected a testable relation with printable values")
    return power


def _recomputed(data: Dataset, row: Mapping[str, str]) -> LedgerRow:
    found = data.check(row["id"])
    columns = "printed_key", "part_key", "whole_key"
    keys = tuple(key for column in columns for key in row[column].split(";") if key)
    return _ledger_row(row, "recomputed", found.verdict.value, keys, found.power)


def _side_by_side(row: Mapping[str, str]) -> LedgerRow:
    keys = tuple(dict.fromkeys(re.findall(r"[A-Za-z]\w*", f"{row['left']} {row['right']}")))
    return _ledger_row(row, "side_by_side", row["outcome"], keys)


def _alone(row: Mapping[str, str]) -> LedgerRow:
    return _ledger_row(row, "alone", "alone", tuple(row["keys"].split(";")))


def _ledger_row(
    row: Mapping[str, str], kind: str, result: str, keys: tuple[str, ...], power: Fraction | None = None
) -> LedgerRow:
    return LedgerRow(
        row["ref"], row["id"], kind, row["title_en"], row["title_zh"], result, power, keys, row["note"]
    )
