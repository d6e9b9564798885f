"""The ledger: every check of a collection, what came of it, and how much it could have caught."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from asprinted.collection.fact import JOIN
from asprinted.collection.tables import Tables
from asprinted.exact import verdicts
from asprinted.exact.expressions import Formula
from asprinted.prose import sentences, writing
from asprinted.prose.writing import Bilingual, Language


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger of checks: what is held against what, and what came of it.

    kind: recomputed (a verdict of the audit), side_by_side (an outcome) or alone. result: the word of the
    closed list. keys: the figures it uses. check: what the audit found, of a recomputed one.
    """

    ref: str
    id: str
    kind: str
    titles: Bilingual
    result: str
    keys: tuple[str, ...]
    notes: Bilingual
    check: verdicts.Check | None = None

    @property
    def reach(self) -> str:
        """How far the check goes: tested, not_testable, side_by_side or alone."""
        if self.kind != "recomputed":
            return self.kind
        return "not_testable" if self.result == verdicts.Verdict.NOT_TESTABLE else "tested"

    def gloss(self, language: Language = "en") -> str:
        """Return the result in plain words; over hedged counts what fits is not excluded."""
        if self.check:
            return sentences.found(self.check, language)
        return sentences.sentence("outcome", self.result, language)

    @property
    def slips(self) -> verdicts.Slips | None:
        """How many slips of its tokens a relation would show; None where it is no test."""
        return self.check.slips if self.check else None

    @property
    def strength(self) -> Fraction | None:
        """The share of the values that could have been printed and would have failed, if that is known."""
        return self.check.strength if self.check else None

    def space(self, language: Language = "en") -> str:
        """Return from which to which value the strength was counted, "" where there is none."""
        if self.check is None or self.check.space is None or self.check.strength is None:
            return ""
        share = self.check.relation.printed[0].kind == "rate"
        ends = [
            writing.percent(end, 0) if share else writing.count(end, language) for end in self.check.space
        ]
        return writing.choose(language, " to ", "至").join(ends)

    def printed(self, language: Language = "en") -> str:
        """Return what was printed for the result that is tested."""
        tokens = [each.reading.text for each in self.check.relation.printed] if self.check else []
        return writing.choose(language, "; ", "、").join(tokens)


def ledger(tables: Tables, checks: Mapping[str, verdicts.Check]) -> tuple[LedgerRow, ...]:
    """Return every check of the collection, in the order of their numbers.

    checks: what the audit found, by the id of the relation.
    """
    found = []
    for row in tables.rows_if_described("relations"):
        check = checks[row["id"]]
        keys = _listed(row, "printed_key", "part_key", "whole_key")
        found.append(_row(row, "recomputed", check.verdict.value, keys, check))
    for row in tables.rows_if_described("crosschecks"):
        keys = [key for text in _listed(row, "left", "right") for key in Formula(text).keys]
        found.append(_row(row, "side_by_side", row["outcome"], keys))
    for row in tables.rows_if_described("standalone"):
        found.append(_row(row, "alone", "alone", _listed(row, "keys")))
    return tuple(sorted(found, key=lambda row: row.ref))


def _listed(row: Mapping[str, str], *columns: str) -> list[str]:
    return [text for column in columns for text in row[column].split(JOIN) if text]


def _row(
    row: Mapping[str, str], kind: str, result: str, keys: Iterable[str], check: verdicts.Check | None = None
) -> LedgerRow:
    titles, notes = Bilingual.of(row, "title"), Bilingual.of(row, "note")
    return LedgerRow(
        row.get("ref", ""), row["id"], kind, titles, result, tuple(dict.fromkeys(keys)), notes, check
    )
