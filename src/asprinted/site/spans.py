"""How values and intervals of one printed number are written: as shares, counts or decimals, ends outward."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from types import SimpleNamespace

from asprinted.collection import templates
from asprinted.exact.intervals import Interval
from asprinted.exact.printed import Dimension, Reading
from asprinted.exact.relations import Rule
from asprinted.prose import writing
from asprinted.prose.writing import Language


def places(reading: Reading) -> int:
    """Return how many decimals a number was printed with, of a percent where it is a share.

    >>> from asprinted import read
    >>> places(read("61.71%")), places(read("99%")), places(read("1619万元"))
    (2, 0, 0)
    """
    behind = -int(reading.step.normalize().as_tuple().exponent)
    return max(0, behind - 2 if reading.dimension is Dimension.SHARE else behind)


def outward(values: Interval, reading: Reading, language: Language, decimals: int) -> str:
    """Return an interval in the words of a printed number, its ends rounded outward.

    >>> from asprinted import read
    >>> outward(Interval(Fraction(173, 177), Fraction(174, 176)), read("98.35%"), "en", 2)
    '97.74% to 98.87%'
    """
    given = SimpleNamespace(value=None, low=values.low, high=values.high, bounds=values.bounds)
    return templates.write(given, f"interval.{_form(values, reading, decimals)}", language)


def _form(values: Interval, reading: Reading, decimals: int) -> str:
    if reading.dimension is Dimension.SHARE:
        return f"percent.{decimals}"
    whole = all(end is None or end.denominator == 1 for end in (values.low, values.high))
    return "count" if whole else f"decimal.{max(decimals, 1)}"


def short(values: Interval, reading: Reading, decimals: int, language: Language = "en") -> str:
    """Return an interval with both ends as `outward` does, where there is room for the ends alone.

    In Chinese an amount that is printed in 万 or 亿 is so, too.

    >>> from asprinted import read
    >>> short(Interval(Fraction(173, 177), Fraction(174, 176)), read("98.35%"), 2)
    '97.74–98.87%'
    >>> short(Interval(Fraction(12_436_500_000), Fraction(12_439_500_000)), read("124.38亿元"), 2, "zh")
    '124.365–124.395亿'
    """
    scale = next((each for each in writing.SCALES if each in reading.text), "")
    if language == "zh" and scale and values.low is not None and values.high is not None:
        first, last = (writing.in_scale(end, scale) for end in (values.low, values.high))
        return f"{first.removesuffix(scale)}–{last}"
    form = _form(values, reading, decimals)
    low, high = (templates.write(values, f"{end}.{form}") for end in ("low", "high"))
    return f"{low.removesuffix('%')}–{high}"


def result(values: Interval, reading: Reading, rule: Rule, language: Language = "en") -> str:
    """Return what follows as it would be printed under a rule; an interval where the inputs leave one.

    >>> from asprinted import read
    >>> [result(Interval.point(Fraction(783, 785)), read("99%"), rule) for rule in Rule]
    ['100%', '99%']
    """
    printed = places(reading)
    if not values.is_point:
        return short(values, reading, max(printed, 2), language)
    share = reading.dimension is Dimension.SHARE
    write = partial(writing.percent if share else writing.decimal, places=printed, rule=rule.value)
    return write(values.low or Fraction(0))
