"""Pairs of whole numbers that two hedged counts admit, and those among them that print a printed rate."""

from collections.abc import Callable
from fractions import Fraction
from itertools import starmap
from typing import NamedTuple

from asprinted.exact import intervals
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Rule
from asprinted.faults import Fault
from guandu.lookup import Amount, Lookup, fits, interval_of


class Pair(NamedTuple):
    """A pair that the hedged counts admit; which rules, put to its share, print the printed rate."""

    part: int
    whole: int
    nearest: bool
    truncation: bool

    @property
    def rest(self) -> int:
        """What of the whole is not in the part."""
        return self.whole - self.part

    @property
    def prints(self) -> str:
        """Which rules print the rate: both, nearest_only, truncation_only or neither."""
        return fits(self.nearest, self.truncation)


def pairs(facts: Lookup, part: str, whole: str, rate: str) -> list[Pair]:
    """Return every pair that two hedged counts admit, by whole, then by part: the cells of a heat map.

    >>> from guandu.lookup import Tokens
    >>> facts = Tokens(
    ...     {"part": ("1.73万余件", "count"), "whole": ("1.76万余件", "count"), "rate": ("98.35%", "rate")}
    ... )
    >>> table = pairs(facts, "part", "whole", "rate")
    >>> len(table), sum(pair.nearest for pair in table), sum(pair.prints == "both" for pair in table)
    (10000, 168, 83)
    """
    parts, wholes = interval_of(facts, part), interval_of(facts, whole)
    nearest, cut = (set(intervals.pairs(parts, wholes, interval_of(facts, rate, rule))) for rule in Rule)
    return [
        Pair(above, below, (above, below) in nearest, (above, below) in cut)
        for below in wholes.numbers()
        for above in parts.numbers()
    ]


def count_pairs(facts: Lookup, rule: Rule | None, part: str, whole: str, rate: str = "") -> Amount:
    """Return how many pairs two hedged counts admit, or how many of them print a rate, if one is named.

    rule: how the rate was cut, None for either way.
    """
    parts, wholes = interval_of(facts, part), interval_of(facts, whole)
    if rate:
        found = intervals.count_ratios(parts, wholes, interval_of(facts, rate, rule))
    else:
        found = intervals.size(parts.numbers()) * intervals.size(wholes.numbers())
    return Amount(Fraction(found), Interval.point(found, whole=True))


def rest_of_pairs(facts: Lookup, rule: Rule | None, part: str, whole: str, rate: str) -> Amount:
    """Return what the part leaves of the whole, over all pairs that print the rate; there is no single value.

    rule as for `count_pairs`. Raises Fault where no pair prints the rate.
    """
    return _spanned(facts, rule, part, whole, rate, lambda above, below: below - above)


def wholes_of_pairs(facts: Lookup, rule: Rule | None, part: str, whole: str, rate: str) -> Amount:
    """Return what the whole can still be, over all pairs that print the rate; else as `rest_of_pairs`."""
    return _spanned(facts, rule, part, whole, rate, lambda _, below: below)


def _spanned(
    facts: Lookup, rule: Rule | None, part: str, whole: str, rate: str, asked: Callable[[int, int], int]
) -> Amount:
    """Return the whole numbers from the least to the greatest that the pairs which print the rate give."""
    every = list(
        starmap(
            asked,
            intervals.pairs(
                interval_of(facts, part), interval_of(facts, whole), interval_of(facts, rate, rule)
            ),
        )
    )
    if not every:
        raise Fault.of(f"no pair of {part} and {whole} that prints {rate}", "one or more", "formula")
    return Amount(None, Interval.between(min(every), max(every), whole=True))
