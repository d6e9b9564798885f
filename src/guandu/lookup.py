"""What an algorithm of this article asks of the facts: tokens, values, intervals and rows, by key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from asprinted.exact.expressions import Amount
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Printed, Rule, printing_interval
from asprinted.languages import read

__all__ = ["Amount", "Lookup", "Tokens", "fits", "interval_of"]


def fits(nearest: bool, truncation: bool) -> str:
    """Return in one word which rules fit: both, nearest_only, truncation_only or neither."""
    return [["neither", "truncation_only"], ["nearest_only", "both"]][nearest][truncation]


class Lookup(Protocol):
    """Lookup by key; every method raises KeyError, or a Fault, for a key that it cannot answer."""

    def printed(self, key: str) -> Printed:
        """Return a printed number with its kind."""

    def value(self, key: str) -> Fraction:
        """Return the value of a fact, as it stands."""

    def interval(self, key: str) -> Interval:
        """Return what a fact admits; a fact that stands for one value gives that point."""

    def row(self, key: str) -> Mapping[str, str]:
        """Return the row that a fact was typed in."""


@dataclass(frozen=True)
class Tokens:
    """Lookup typed on the spot, to try an algorithm on other numbers: key → token and kind, or a row.

    amounts: facts that are no printed tokens, such as derived ones.

    >>> facts = Tokens({"each": ("669件", "mean")}, {"judges": Amount(Fraction(52), Interval.point(52))})
    >>> facts.interval("each").high, facts.value("judges")
    (Fraction(1339, 2), Fraction(52, 1))
    """

    tokens: Mapping[str, tuple[str, str]]
    amounts: Mapping[str, Amount] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def printed(self, key: str) -> Printed:
        """Return a token with its kind, read; KeyError for a key without one."""
        token, kind = self.tokens[key]
        return Printed(read(token), kind, key)

    def value(self, key: str) -> Fraction:
        """Return the number of a token, or the value of an amount; ValueError where there is none."""
        value = self.amounts[key].value if key in self.amounts else self.printed(key).reading.value
        if value is None:
            raise ValueError(f"{key} has no single value")
        return Fraction(value)

    def interval(self, key: str) -> Interval:
        """Return what a token admits under nearest rounding, or the interval of an amount."""
        if key in self.amounts:
            return self.amounts[key].within
        return interval_of(self, key, Rule.NEAREST)

    def row(self, key: str) -> Mapping[str, str]:
        """Return the row of a key; one that has none holds its token alone."""
        return self.rows.get(key) or {"as_printed": self.tokens[key][0]}


def interval_of(facts: Lookup, key: str, rule: Rule | None = None) -> Interval:
    """Return what the true number can be, given the printed one: under `rule`, None for either.

    >>> interval_of(Tokens({"rate": ("98.35%", "rate")}), "rate").high == Fraction(9836, 10000)
    True
    """
    printed = facts.printed(key)
    if rule is not None:
        return printing_interval(printed.reading, printed.kind, rule)
    # The two cells of a number overlap, so that from the one's low end to the other's high end is both.
    nearest, cut = (printing_interval(printed.reading, printed.kind, each) for each in Rule)
    return Interval(nearest.low, cut.high, nearest.low_closed, cut.high_closed, nearest.whole)
