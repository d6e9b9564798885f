"""One relation that a text may mean, from the words that suggest it to the row that says what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from asprinted.audit.mentions import Mention
from asprinted.chinese.scanning import Span
from asprinted.exact.verdicts import Check, Verdict

__all__ = ["LIKELY", "Candidate", "Confidence", "made", "told"]

LIKELY = 0.80
"""The least chance of what is likely to be meant, given its verdict."""


class Confidence(StrEnum):
    """How plainly the text says that a relation is meant; the list is closed."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Candidate(NamedTuple):
    """A relation that may be meant: first what is seen of it, then what that and the arithmetic amount to.

    `kind` and `direction` are those of `relations`; of a growth `parts` is the new and `wholes` the old
    value, of a sum `parts` are the summands, of a divisor `results` are its means. `seen` names the evidence
    of words, units and places; `means` tells that the numbers are so much for each, so that counts among them
    are rounded. `group` tells readings of one result and kind apart where several may be meant: of a total
    that is split twice.

    `check` is the audit of it, given by whoever chooses it. `meant` is the chance that the group is meant by
    what is seen, `given` that this reading is, given the verdict; `flag` says how surely it is reported as
    not following (sure, likely, or empty). `id` is c1, c2 … in the order of the results; `leads` says whether
    it is the likeliest reading of its result, `decided` whether a person stated it; `rivals` holds the ids of
    the other readings.
    """

    kind: str
    results: tuple[Span, ...]
    parts: tuple[Span, ...]
    wholes: tuple[Span, ...]
    direction: str = ""
    seen: frozenset[str] = frozenset()
    means: bool = False
    group: int = 0
    check: Check = None  # type: ignore[assignment]  # a candidate that is not chosen is not audited
    confidence: Confidence = Confidence.POSSIBLE
    meant: float = 0.0
    given: float = 0.0
    flag: str = ""
    id: str = ""
    leads: bool = True
    decided: bool = False
    rivals: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether its numbers do not follow from each other."""
        return self.check.verdict is Verdict.CONTRADICTED

    @property
    def is_asked(self) -> bool:
        """Whether it is a question to ask: the likeliest reading of its result is flagged."""
        return self.leads and bool(self.flag)

    @property
    def is_sure(self) -> bool:
        """Whether the text, or a person, says plainly that it is meant."""
        return self.confidence is Confidence.SURE

    @property
    def model(self) -> str:
        """The name of its weights: its kind, apart by the heads of a table, and by a row or a name alone."""
        return next((f"{how}_{self.kind}" for how in ("table", "told") if how in self.seen), self.kind)


def made(
    kind: str,
    results: Iterable[Mention],
    parts: Iterable[Mention],
    wholes: Iterable[Mention],
    seen: frozenset[str],
    direction: str = "",
    *,
    means: bool = False,
    group: int = 0,
) -> Candidate:
    """Return a candidate of numbers in their places."""
    one, part, whole = (tuple([each.span for each in side]) for side in (results, parts, wholes))
    return Candidate(kind, one, part, whole, direction, seen, means, group)


def told(evidence: Mapping[str, Callable[..., bool]], *about: Any) -> list[str]:
    """Return the names of the evidence that is there."""
    return [name for name, is_seen in evidence.items() if is_seen(*about)]
