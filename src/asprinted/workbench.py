"""The audit of a text that nobody prepared: its numbers, what they may follow from, and the verdicts."""

from __future__ import annotations

from dataclasses import dataclass

from asprinted.relating import Proposal, relate
from asprinted.scanning import Span, scan

__all__ = ["Audit", "audit"]


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit of a text found: every number expression, and every relation that may be meant."""

    text: str
    spans: tuple[Span, ...]
    proposals: tuple[Proposal, ...]


def audit(text: str) -> Audit:
    """Find, read, relate and audit the numbers of a text.

    >>> audit("受理100件，审结60件，结案率60%。").spans[0].text
    '100件'
    """
    spans = tuple(scan(text))
    return Audit(text, spans, tuple(relate(text, spans)))
