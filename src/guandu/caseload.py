"""A load as a product of two ratios: how its parts may be paired, and what goes with each in logarithms.

The split is an identity. A factor goes with the product; it causes nothing.
"""

import datetime as dt
from decimal import Decimal, localcontext
from fractions import Fraction

from asprinted.exact.intervals import Interval, product
from asprinted.exact.relations import Rule
from asprinted.faults import Fault, quote
from guandu.lookup import Amount, Lookup, interval_of

PLACES = 12
"""Decimal places of logarithms and roots: numbers to be read, on which no verdict rests."""


def periods_paired(facts: Lookup, rule: Rule | None, other: str, own: str, finer: str) -> Amount:
    """Return by what a quotient of two counts of unlike periods may be multiplied: a range, no bounds.

    value: 1, the counts as they stand. within: from 1 to the days of the other period over those of the own,
    as if both counts ran on evenly. The own period ends on the last day of `own` or, as somebody else has it,
    of `finer`. rule is not used.
    """
    whole, start = facts.row(other), facts.row(own)["period_start"]
    lengths = [days(start, facts.row(key)["period_end"]) for key in (own, finer)]
    span = days(whole["period_start"], whole["period_end"])
    ways = [Fraction(1), *(Fraction(span, each) for each in lengths)]
    return Amount(ways[0], Interval.between(min(ways), max(ways)))


def hedge(facts: Lookup, rule: Rule | None, key: str) -> Amount:
    """Return what the words of a figure admit, over the number in them: how far a hedge reaches, as a factor.

    value: 1. rule: for a figure without a hedge, how it was cut (None: nearest). Raises Fault for a number
    that is zero.
    """
    value = facts.value(key)
    if value == 0:
        raise Fault.of(f"{key}, which is zero", "a number to measure its hedge by", "formula")
    return Amount(
        Fraction(1), product(interval_of(facts, key, rule or Rule.NEAREST), Interval.point(1 / value))
    )


def log_share(facts: Lookup, rule: Rule | None, factor: str, other: str) -> Amount:
    """Return how much of a product of two goes with the first factor, in logarithms.

    value: with both as they stand. within: over what the other factor admits, the first as it stands. For
    reading: to 12 places. rule is not used. Raises Fault where a product is 1 or a factor is not above zero,
    so that there is nothing to share.
    """
    first, second = facts.value(factor), facts.interval(other)
    shares = [_log_share(first, end) for end in (facts.value(other), second.low, second.high)]
    return Amount(shares[0], Interval.between(min(shares), max(shares)))


def root(facts: Lookup, rule: Rule | None, key: str) -> Amount:
    """Return the square root of a fact: a factor that carries half of it, in logarithms.

    value and within: of its value and its interval, to 12 places. rule is not used. Raises Fault for a
    negative number, or an interval without an end.
    """
    inside = facts.interval(key)
    low, high = _root(inside.low), _root(inside.high)
    return Amount(_root(facts.value(key)), Interval(low, high, inside.low_closed, inside.high_closed))


def days(start: str, end: str) -> int:
    """Return the days from one ISO day to another, both included; Fault where one of them is no day."""
    try:
        return (dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days + 1
    except ValueError:
        raise Fault.of(f"a period from {quote(start)} to {quote(end)}", "two days", "formula") from None


def _log_share(factor: Fraction, other: Fraction | None) -> Fraction:
    if other is None or min(factor, other) <= 0 or factor * other == 1:
        raise Fault.of(
            f"the factors {factor} and {other}", "two above zero, whose product is not 1", "formula"
        )
    with localcontext() as context:
        context.prec = 30
        parts = [_decimal(value).ln() for value in (factor, factor * other)]
        return Fraction(round(parts[0] / parts[1], PLACES))


def _root(value: Fraction | None) -> Fraction:
    if value is None or value < 0:
        raise Fault.of(f"the root of {value}", "a number not below zero", "formula")
    with localcontext() as context:
        context.prec = 40
        return Fraction(round(_decimal(value).sqrt(), PLACES))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
