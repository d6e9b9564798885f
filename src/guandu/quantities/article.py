"""The figures of the article as a whole: how many of which kind, and how wide their hedges are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from guandu import audit
from guandu.dataset import Dataset

__all__ = ["Width", "hedged_widths", "section_kinds", "statistics"]


def statistics(data: Dataset) -> list[Mapping[str, str]]:
    """Return the rows of the figures that the article prints, in its order.

    >>> len(statistics(data))
    53
    """
    return [row for row in map(data.row, data) if "section" in row]


def section_kinds(data: Dataset) -> pd.DataFrame:
    """Return how many figures each section prints of each kind: sections in the article's order as rows.

    >>> int(section_kinds(data).loc["court"].sum())
    15
    """
    rows = statistics(data)
    sections = list(dict.fromkeys(row["section"] for row in rows))
    counts = pd.crosstab(
        pd.Series([row["section"] for row in rows], name="section"),
        pd.Series([row["kind"] for row in rows], name="kind"),
    )
    return counts.reindex(index=sections, columns=[kind for kind in audit.KINDS if kind in counts])


@dataclass(frozen=True, slots=True)
class Width:
    """How wide the words of one hedged figure are: (high − low) ÷ low, None where no lower end is set."""

    key: str
    ref: str
    as_printed: str
    low: Fraction | None
    high: Fraction | None
    width: Fraction | None


def hedged_widths(data: Dataset) -> tuple[Width, ...]:
    """Return the relative width of every hedged figure, in the article's order; a shortening is capped at 1.

    >>> [(width.ref, findings.percent(width.width)) for width in hedged_widths(data) if width.width][:2]
    [('N05', '6.25%'), ('N08', '1.54%')]
    """
    return tuple(_width(data, row) for row in statistics(data) if row["hedge"])


def _width(data: Dataset, row: Mapping[str, str]) -> Width:
    reading = data[row["key"]].reading
    low = None if reading.low is None else Fraction(reading.low)
    high = None if reading.high is None else Fraction(reading.high)
    if high is None and row["kind"] == "change":
        high = Fraction(1)
    width = (high - low) / low if low and high else None
    return Width(row["key"], row["ref"], row["as_printed"], low, high, width)
