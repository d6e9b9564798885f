"""The ledger: every check of a collection, what came of it, and how much it could have caught."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from asprinted import verdicts, words, writing
from asprinted.collection.fact import JOIN
from asprinted.collection.tables import Tables
from asprinted.formulas import Formula
from asprinted.writing import Language

__all__ = ["LedgerRow", "ledger"]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger of checks: what is held against what, and what came of it.

    kind: recomputed (a verdict of the audit), side_by_side (an outcome) or alone. result: the word of the
    closed list. keys: the figures it uses. check: what the audit found, of a recomputed one.
    """

    ref: str
    id: str
    kind: str
    titles: tuple[str, str]
    result: str
    keys: tuple[str, ...]
    notes: tuple[str, str]
    check: verdicts.Check | None = None

    @property
    def reach(self) -> str:
        """How far the check goes: tested, not_testable, side_by_side or alone."""
        if self.kind != "recomputed":
            return self.kind
        return "not_testable" if self.result == verdicts.Verdict.NOT_TESTABLE else "tested"

    def title(self, language: Language = "en") -> str:
        """Return what is held against what."""
        return self.titles[language == "zh"]

    def gloss(self, language: Language = "en") -> str:
        """Return the result in plain words; over hedged counts what fits is not excluded."""
        return (
            words.found(self.check, language)
            if self.check
            else words.sentence("outcome", self.result, language)
        )

    @property
    def power(self) -> Fraction | None:
        """The share of the values that could have been printed and would have failed, if that is known."""
        return self.check.power if self.check else None

    def space(self, language: Language = "en") -> str:
        """Return from which to which value the power was counted, "" where there is none."""
        if self.check is None or self.check.space is None or self.check.power is None:
            return ""
        share = self.check.relation.printed[0].kind == "rate"
        ends = [
            writing.percent(end, 0) if share else writing.count(end, language) for end in self.check.space
        ]
        return writing.choose(language, " to ", "至").join(ends)

    @property
    def printed(self) -> str:
        """What was printed for the result that is tested."""
        return "; ".join(each.reading.text for each in self.check.relation.printed) if self.check else ""


def ledger(tables: Tables, checks: Mapping[str, verdicts.Check]) -> tuple[LedgerRow, ...]:
    """Return every check of the collection, in the order of their numbers.

    checks: what the audit found, by the id of the relation.
    """
    recomputed = []
    for row in tables.rows_if_described("relations"):
        keys = JOIN.join(row[column] for column in ("printed_key", "part_key", "whole_key")).split(JOIN)
        check = checks[row["id"]]
        recomputed.append(_row(row, "recomputed", check.verdict.value, keys, check))
    beside = [
        _row(row, "side_by_side", row["outcome"], _named(row["left"], row["right"]))
        for row in tables.rows_if_described("crosschecks")
    ]
    alone = [
        _row(row, "alone", "alone", row["keys"].split(JOIN)) for row in tables.rows_if_described("standalone")
    ]
    return tuple(sorted([*recomputed, *beside, *alone], key=lambda row: row.ref))


def _named(*sides: str) -> list[str]:
    return [key for side in sides for text in side.split(JOIN) if text for key in Formula(text).keys]


def _row(
    row: Mapping[str, str], kind: str, result: str, keys: Iterable[str], check: verdicts.Check | None = None
) -> LedgerRow:
    used = tuple(dict.fromkeys(key for key in keys if key))
    titles = row["title_en"], row["title_zh"]
    notes = row.get("note", ""), row.get("note_zh", "")
    return LedgerRow(row.get("ref", ""), row["id"], kind, titles, result, used, notes, check)
