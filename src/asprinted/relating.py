"""Which printed numbers of a text should follow from which others: proposals, each with its reason.

A proposal is a reading of the text, not a fact about it: how sure it is comes from the wording, the units and
the order of the numbers, never from whether the arithmetic holds alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from asprinted.scanning import Span
from asprinted.verdicts import Check

__all__ = ["Confidence", "Proposal", "relate"]


class Confidence(StrEnum):
    """How plainly the text says that a relation is meant; the list is closed."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One relation that the text may mean.

    `kind` and `direction` are those of `relations`. `results` holds the printed result (of a divisor, its
    means); for a growth `parts` is the new and `wholes` the old, for a sum `parts` are the summands.
    `reasons` names sentences of the engine (group `relating`), the strongest first; `rivals` tells how many
    other readings of the same result there are. `check` is the audit of it.
    """

    kind: str
    results: tuple[Span, ...]
    parts: tuple[Span, ...]
    wholes: tuple[Span, ...]
    direction: str
    confidence: Confidence
    reasons: tuple[str, ...]
    check: Check
    rivals: int = 0


def relate(text: str, spans: Sequence[Span] | None = None) -> list[Proposal]:
    """Return the relations that a text may mean, by their results; the likeliest of each first."""
    return []
