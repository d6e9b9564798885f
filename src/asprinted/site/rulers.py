"""What a printed number admits, as bars on one scale, and how strong a test was, as cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from asprinted.exact.intervals import Interval, size
from asprinted.exact.relations import Printed, Rule, has_last_place, steps
from asprinted.exact.verdicts import Check, Verdict, passing
from asprinted.prose.writing import Language
from asprinted.site import spans

APART = 13
"""How many hundredths of a ruler's width two numbers on its axis need between them."""
CELLS = 101
"""The most values of a range that are drawn as a cell each."""


@dataclass(frozen=True)
class Bar:
    """One line of a ruler: what it is of, its words, and where it runs, in hundredths of the width.

    kind: words, nearest, truncation or computed. end: None where it has none.
    """

    kind: str
    text: str
    start: float
    end: float | None


@dataclass(frozen=True)
class Ruler:
    """Bars on one scale, and the numbers on its axis with where they stand."""

    bars: tuple[Bar, ...]
    axis: tuple[tuple[float, str], ...]


def ruler(printed: Printed, computed: Interval | None, language: Language) -> Ruler | None:
    """Return what a printed number admits, and what was computed for it; None for what is exact.

    A hedged number admits what its words do; any other what rounding and what cutting would make of it.
    """
    hedged = printed.is_hedged
    kinds = {"words": Rule.NEAREST} if hedged else {rule.value: rule for rule in Rule}
    spanned = {kind: printed.admits(rule) for kind, rule in kinds.items()}
    if computed is None and all(each.is_point for each in spanned.values()):
        return None
    if computed is not None:
        spanned = {"computed": computed, **spanned}
    ends = sorted({end for each in spanned.values() for end in (each.low, each.high) if end is not None})
    low, width = ends[0], (ends[-1] - ends[0]) or Fraction(1)

    def at(value: Fraction) -> float:
        return round(float(12 + 76 * (value - low) / width), 2)

    decimals = spans.places(printed.reading) + 1
    bars = tuple(_bar(kind, each, printed, decimals, at, language) for kind, each in spanned.items())
    ticks = ends if computed is None else [end for end in ends if end not in (computed.low, computed.high)]
    labels = [(at(end), spans.tick(end, printed.reading, language, decimals)) for end in ticks]
    return Ruler(bars, tuple(_kept(labels)))


def _bar(
    kind: str,
    values: Interval,
    printed: Printed,
    decimals: int,
    at: Callable[[Fraction], float],
    language: Language,
) -> Bar:
    told = kind == "computed"
    text = (
        spans.computed(values, printed.reading, language)
        if told
        else spans.outward(values, printed.reading, language, decimals)
    )
    start = at(values.low) if values.low is not None else 0.0
    return Bar(kind, text, start, None if values.high is None else at(values.high))


def _kept(labels: Iterable[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """Yield the labels that have room on the axis, from the left."""
    last = -100.0
    for place, text in labels:
        if place - last >= APART:
            yield place, text
            last = place


def cells(check: Check) -> list[tuple[float, float, bool]]:
    """Return the values that could have been printed as boxes: start, width, and whether they pass.

    Both are hundredths of the width. Of few values each has its box; of many, neighbours that pass share one.
    There is none where the strength is not known.
    """
    relation = check.relation
    if (
        check.verdict is Verdict.NOT_TESTABLE
        or check.space is None
        or not has_last_place(relation.printed[0].reading)
    ):
        return []
    reading = relation.printed[0].reading
    every = steps(Interval(*check.space), reading)
    first, count = every[0], size(every)
    passed = {int(value / Fraction(reading.step)) - first for value in passing(relation)}
    wide = 100 / count
    if count <= CELLS:
        return [(round(at * wide, 3), round(wide, 3), at in passed) for at in range(count)]
    return [
        (0.0, 100.0, False),
        *((round(start * wide, 3), round((end - start) * wide, 3), True) for start, end in _runs(passed)),
    ]


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield where runs of neighbours start, and one behind where they end."""
    ordered = sorted(numbers)
    breaks = [
        0,
        *(at for at, (one, other) in enumerate(pairwise(ordered), 1) if other != one + 1),
        len(ordered),
    ]
    yield from ((ordered[start], ordered[end - 1] + 1) for start, end in pairwise(breaks) if start < end)
