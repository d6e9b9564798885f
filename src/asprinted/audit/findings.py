"""What an audit of a text found: its numbers, its relations under ids, and how many of each sort."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from asprinted.audit.candidate import Candidate
from asprinted.chinese.scanning import Span
from asprinted.exact.verdicts import Check, Verdict

__all__ = ["Counts", "Findings", "checksum"]


class Counts(NamedTuple):
    """How many of each sort there are in a text.

    found: number expressions. read: measurements and ordinals among them that have a reading. related:
    results that may follow from others, each in its likeliest reading; others: its further readings.
    testable: of the related, those whose numbers can stand in the relation. tested: of these, those that
    could have failed: a part of the values that might have been printed would not have fitted. flagged: of
    these, those that do not follow, and are sure or likely to be meant all the same; contradicted: of these,
    those surely.
    """

    found: int
    read: int
    related: int
    others: int
    testable: int
    tested: int
    flagged: int
    contradicted: int


@dataclass(frozen=True, slots=True)
class Findings:
    """The number expressions of a text, and the relations that it may mean.

    `name` names the text, as its file does. `counted` are the counts of an audit of which this is a part.
    """

    text: str
    name: str
    spans: tuple[Span, ...]
    claims: tuple[Candidate, ...]
    counted: Counts | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8."""
        return checksum(self.text)

    @property
    def counts(self) -> Counts:
        """How many of each sort there are."""
        if self.counted:
            return self.counted
        leading = [claim for claim in self.claims if claim.leads]
        testable = [claim for claim in leading if claim.check.verdict is not Verdict.NOT_TESTABLE]
        tested = [claim for claim in testable if _could_fail(claim.check)]
        flagged = [claim for claim in tested if claim.is_asked]
        return Counts(
            found=len(self.spans),
            read=sum(span.reading is not None for span in self.spans),
            related=len(leading),
            others=len(self.claims) - len(leading),
            testable=len(testable),
            tested=len(tested),
            flagged=len(flagged),
            contradicted=sum(claim.flag == "sure" for claim in flagged),
        )

    @property
    def flagged(self) -> Findings:
        """The same with the relations alone that are flagged, and the counts of all."""
        asked = tuple(claim._replace(rivals=()) for claim in self.claims if claim.is_asked)
        return Findings(self.text, self.name, self.spans, asked, self.counts)


@lru_cache(maxsize=1)
def checksum(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8.

    >>> checksum("受理100件")[:12]
    'e1eefe583111'
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _could_fail(check: Check) -> bool:
    if check.strength is not None:
        return check.strength > 0
    # Where no space of values is known: it did fail, or what was computed has an end.
    ends = (check.computed.low, check.computed.high) if check.computed else (None, None)
    return check.verdict is Verdict.CONTRADICTED or ends != (None, None)
