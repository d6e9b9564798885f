"""Exact arithmetic on what printed numbers admit: sums, products and ratios; whole numbers stay whole.

A printed number rarely names one value. It admits an interval, and where it counts things, the whole numbers
inside that interval. Every function here decides with integers and fractions, never with floats, and only
`pairs` walks through the numbers of an interval.

`product`, `ratio` and what counts pairs speak of magnitudes: what lies below zero is left out, and a divisor
is positive. The operators `+ - * /` are those of any real numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product as pairings
from math import ceil, floor, inf
from typing import TYPE_CHECKING

from asprinted.faults import Fault, quote

if TYPE_CHECKING:
    from asprinted.exact.printed import Reading

__all__ = ["Interval", "count_ratios", "has_ratio", "pairs", "product", "ratio", "size"]

Number = int | Decimal | Fraction
End = tuple[Fraction | float, bool]


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two ends, or only the whole numbers among them.

    `low` and `high` are the ends, None where a side is unbounded. `low_closed` and `high_closed` say whether
    an end belongs to the interval. With `whole` it stands for the whole numbers inside; its ends are then
    drawn in to the least and the greatest of them, so that equal sets of whole numbers are equal intervals.

    >>> hedged = Interval.between(17600, 17700, "[)", whole=True)      # 1.76万余件
    >>> hedged == Interval.between(17600, 17699, whole=True)
    True
    >>> 17699 in hedged, Fraction(35199, 2) in hedged
    (True, False)
    """

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True
    whole: bool = False

    def __post_init__(self) -> None:
        """Bring equal sets to one form: an unbounded side is open, whole ends are whole numbers."""
        if self.low is None:
            self._set("low_closed", False)
        elif self.whole and not (self.low_closed and self.low.denominator == 1):
            self._set("low", Fraction(ceil(self.low) if self.low_closed else floor(self.low) + 1))
            self._set("low_closed", True)
        if self.high is None:
            self._set("high_closed", False)
        elif self.whole and not (self.high_closed and self.high.denominator == 1):
            self._set("high", Fraction(floor(self.high) if self.high_closed else ceil(self.high) - 1))
            self._set("high_closed", True)

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @classmethod
    def between(
        cls, low: Number | None, high: Number | None, bounds: str = "[]", *, whole: bool = False
    ) -> Interval:
        """Return the interval from `low` to `high`; `bounds` is written as in `[)`, None is no end.

        Raises Fault if `bounds` is none of `[]`, `[)`, `(]`, `()`.

        >>> 17300 in Interval.between(17300, 17400, "[)"), 17400 in Interval.between(17300, 17400, "[)")
        (True, False)
        """
        if bounds not in {"[]", "[)", "(]", "()"}:
            raise Fault.of(quote(bounds), "one of [], [), (], ()", "bounds")
        return cls(_fraction(low), _fraction(high), bounds[0] == "[", bounds[1] == "]", whole)

    @classmethod
    def point(cls, value: Number, *, whole: bool = False) -> Interval:
        """Return the interval that holds `value` alone.

        >>> Interval.point(785, whole=True).high
        Fraction(785, 1)
        """
        return cls.between(value, value, whole=whole)

    @classmethod
    def of(cls, reading: Reading) -> Interval:
        """Return what the words of a printed number admit; how it was rounded is not in them."""
        return cls.between(reading.low, reading.high, reading.bounds)

    @classmethod
    def from_ends(cls, low: End, high: End, *, whole: bool = False) -> Interval:
        """Return the interval that has these ends, as `ends` gives them."""
        least, most = (end if isinstance(end, Fraction) else None for end, _ in (low, high))
        return cls(least, most, low[1], high[1], whole)

    def ends(self) -> tuple[End, End]:
        """Return both ends, infinite ones too, and whether they belong to the interval.

        A float is used for infinity alone, which compares exactly with any fraction.
        """
        return (
            (-inf if self.low is None else self.low, self.low_closed),
            (inf if self.high is None else self.high, self.high_closed),
        )

    @property
    def bounds(self) -> str:
        """Which ends belong to the interval, as in `[)`.

        >>> Interval.between(17600, 17700, "[)").bounds
        '[)'
        """
        return ("[" if self.low_closed else "(") + ("]" if self.high_closed else ")")

    @property
    def is_empty(self) -> bool:
        """Whether no number, or no whole number, lies inside.

        >>> Interval.between(Fraction(1, 3), Fraction(2, 3), whole=True).is_empty
        True
        """
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))

    @property
    def is_point(self) -> bool:
        """Whether it holds one number alone."""
        return self.low is not None and self.low == self.high

    @property
    def is_bounded(self) -> bool:
        """Whether both sides have an end."""
        return self.low is not None and self.high is not None

    def numbers(self) -> range:
        """Return the whole numbers inside; raise Fault if a side has no end.

        >>> Interval.between(Fraction("51.9268"), Fraction("52.0045"), "(]").numbers()
        range(52, 53)
        """
        if self.is_empty:
            return range(0)
        inside = self & WHOLE_NUMBERS
        if inside.low is None or inside.high is None:
            raise Fault.of("a side without an end", "two ends, to list the whole numbers between them")
        return range(int(inside.low), int(inside.high) + 1)

    def __contains__(self, number: object) -> bool:
        """Whether an exact number lies inside; a float never does, since it has lost how it was written."""
        if not isinstance(number, int | Decimal | Fraction):
            return False
        value = Fraction(number)
        if self.whole and value.denominator != 1:
            return False
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return above and below

    def __and__(self, other: Interval) -> Interval:
        """Return what lies in both, only whole numbers if one of the two stands for whole numbers.

        >>> cell = Interval.between(Fraction("0.985"), Fraction("0.995"), "[)")      # 99%, rounded
        >>> (cell & Interval.point(Fraction(783, 785))).is_empty
        True
        """
        low, low_closed = self.low, self.low_closed
        if low is None or (other.low is not None and other.low >= low):
            low_closed = other.low_closed and (other.low != low or low_closed)
            low = other.low
        high, high_closed = self.high, self.high_closed
        if high is None or (other.high is not None and other.high <= high):
            high_closed = other.high_closed and (other.high != high or high_closed)
            high = other.high
        return Interval(low, high, low_closed, high_closed, self.whole or other.whole)

    def __add__(self, other: Interval) -> Interval:
        """Return the sums of a number of each.

        The sum stands for whole numbers if both do. Whole numbers added to a real interval give the interval
        that spans the sums, which is exact if one of the two is a point.

        >>> parts = Interval.point(783, whole=True) + Interval.between(17300, 17399, whole=True)
        >>> int(parts.low), int(parts.high)
        (18083, 18182)
        """
        if self.is_empty or other.is_empty:
            return EMPTY
        return Interval(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
            self.whole and other.whole,
        )

    def __neg__(self) -> Interval:
        """Return the interval mirrored at zero."""
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_closed,
            self.low_closed,
            self.whole,
        )

    def __sub__(self, other: Interval) -> Interval:
        """Return the differences of a number of each.

        >>> Interval.point(1) - Interval.between(Fraction(1, 4), Fraction(1, 2), "[)")
        Interval(low=Fraction(1, 2), high=Fraction(3, 4), low_closed=False, high_closed=True, whole=False)
        """
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """Return the products of a number of each, of either sign, as the interval that spans them.

        It is exact for real intervals, and stands for whole numbers if both do.

        >>> Interval.between(-1, 2, "[)") * Interval.between(3, 4)
        Interval(low=Fraction(-4, 1), high=Fraction(8, 1), low_closed=True, high_closed=False, whole=False)
        """
        if self.is_empty or other.is_empty:
            return EMPTY
        # Zero times anything is zero: a zero that is attained on one side needs no attained end on the other.
        nought = 0 in self or 0 in other
        corners: list[tuple[Fraction | float, bool]] = []
        for (one, one_closed), (two, two_closed) in pairings(self.ends(), other.ends()):
            if one == 0 or two == 0:
                corners.append((Fraction(0), nought))
            elif isinstance(one, Fraction) and isinstance(two, Fraction):
                corners.append((one * two, one_closed and two_closed))
            else:
                corners.append((inf if (one > 0) == (two > 0) else -inf, False))
        low, high = (choose(value for value, _ in corners) for choose in (min, max))
        ends = ((end, any(closed for value, closed in corners if value == end)) for end in (low, high))
        return Interval.from_ends(*ends, whole=self.whole and other.whole)

    def __truediv__(self, other: Interval) -> Interval:
        """Return the quotients of a number of each, of either sign, as the interval that spans them.

        Raises Fault if the divisor holds zero.

        >>> Interval.point(3) / Interval.between(-4, -2, "[)")
        Interval(low=Fraction(-3, 2), high=Fraction(-3, 4), low_closed=False, high_closed=True, whole=False)
        """
        if 0 in other:
            raise Fault.of("a divisor that may be 0", "a divisor other than 0")
        if other.is_empty:
            return EMPTY
        if other.high is not None and other.high <= 0:
            return self * -_reciprocal(-other)
        return self * _reciprocal(other)


EMPTY = Interval(Fraction(0), Fraction(0), False, False)
MAGNITUDES = Interval(Fraction(0), None)
POSITIVE = Interval(Fraction(0), None, False)
UNIT = Interval(Fraction(0), Fraction(1))
WHOLE_NUMBERS = Interval(None, None, whole=True)


def size(numbers: range) -> int:
    """Return how many numbers a range of consecutive ones holds; unlike len(), beyond a machine word too.

    >>> size(Interval.between(1, 10**20).numbers()) == 10**20
    True
    """
    return max(numbers.stop - numbers.start, 0)


def product(left: Interval, right: Interval) -> Interval:
    """Return the products of a magnitude of each, as the interval that spans them (exact for real intervals).

    >>> per_judge = Interval.between(Fraction("412.5"), Fraction("413.5"), "[)")      # 413件, rounded
    >>> closings = product(per_judge, Interval.point(52))
    >>> 21454 in closings, 21502 in closings                        # the second is 413.5 × 52, an open end
    (True, False)
    """
    left, right = left & MAGNITUDES, right & MAGNITUDES
    if left.is_empty or right.is_empty:
        return EMPTY
    ends = []
    for (one, one_closed), (two, two_closed) in zip(left.ends(), right.ends(), strict=True):
        # Of magnitudes least times least is least; zero times anything is zero, as where numbers have signs.
        nought = one == 0 or two == 0
        closed = 0 in left or 0 in right if nought else one_closed and two_closed
        ends.append((Fraction(0) if nought else one * two, closed))
    return Interval.from_ends(*ends)


def ratio(part: Interval, whole: Interval) -> Interval:
    """Return part ÷ whole, for positive wholes, as the interval that spans the ratios.

    It is exact for real intervals. Whole numbers may leave gaps inside; a closed end is attained by them too.

    >>> resolved, accepted = Interval.between(17300, 17399), Interval.between(17600, 17699)
    >>> rate = ratio(resolved, accepted)                            # 1.73万余件 of 1.76万余件
    >>> rate.low, rate.high == Fraction(17399, 17600)
    (Fraction(17300, 17699), True)
    """
    return product(part, _reciprocal(whole))


def has_ratio(part: Interval, whole: Interval, target: Interval) -> bool:
    """Whether some admissible part over some admissible whole lies in `target`, an interval of reals.

    Whole numbers stay whole on either side. The answer is exact for whole and real intervals in any mixture,
    with open and closed ends, and for sides without an end. Raises Fault if `target` is of whole numbers.

    >>> cut = Interval.between(Fraction("0.99"), Fraction(1), "[)")
    >>> has_ratio(Interval.point(783, whole=True), Interval.point(785, whole=True), cut)
    True
    """
    if not target.whole and _is_out_of_reach(part, whole, target):
        return False
    if part.whole and whole.whole:
        part, whole = _trim(part, whole, target)
        if part.is_bounded and whole.is_bounded:
            return _count(part, whole, target & MAGNITUDES) > 0
        # What is left unbounded after trimming holds infinitely many pairs.
        return not (part.is_empty or whole.is_empty)
    if part.whole:
        return not (product(target, whole & POSITIVE) & part).is_empty
    if whole.whole:
        return not _wholes_of(part & MAGNITUDES, whole & POSITIVE, target & MAGNITUDES).is_empty
    return not (ratio(part, whole) & target).is_empty


def _is_out_of_reach(part: Interval, whole: Interval, target: Interval) -> bool:
    """Whether each ratio of magnitudes lies beyond one end of the target, as most do that nobody printed."""
    (least, _), (most, _) = part.ends()
    (fewest, _), (all_, _) = whole.ends()
    (low, _), (high, _) = target.ends()
    return (high < inf and all_ < inf and least > high * all_) or (
        low > 0 and fewest > -inf and most < low * fewest
    )


def count_ratios(parts: Interval, wholes: Interval, target: Interval) -> int:
    """Return how many pairs of whole numbers (part, whole) have part ÷ whole in `target`.

    Parts count from 0, wholes from 1; `target` is an interval of reals. The count takes floor sums, so its
    cost grows with the number of digits of the ends, not with the number of pairs. Raises Fault if the pairs
    are infinitely many, or if `target` is of whole numbers.

    Source: sum of floor((a·i + b) / m) by the Euclidean algorithm, as in the AtCoder Library, `floor_sum`.

    >>> resolved, accepted = Interval.between(17300, 17399), Interval.between(17600, 17699)
    >>> cell = Interval.between(Fraction("0.98345"), Fraction("0.98355"), "[)")      # 98.35%, rounded
    >>> count_ratios(resolved, accepted, cell)
    168
    """
    parts, wholes = _bounded(parts, wholes, target)
    return _count(parts, wholes, target & MAGNITUDES)


def pairs(parts: Interval, wholes: Interval, target: Interval) -> Iterator[tuple[int, int]]:
    """Yield the pairs that `count_ratios` counts, by whole, then by part.

    Raises Fault, when the first pair is asked for, where `count_ratios` does.

    >>> resolved, accepted = Interval.between(17300, 17399), Interval.between(17600, 17699)
    >>> cell = Interval.between(Fraction("0.98345"), Fraction("0.98355"), "[)")
    >>> unresolved = {whole - part for part, whole in pairs(resolved, accepted, cell)}
    >>> min(unresolved), max(unresolved)
    (290, 292)
    """
    parts, wholes = _bounded(parts, wholes, target)
    for whole in wholes.numbers():
        for part in (parts & product(target, Interval.point(whole))).numbers():
            yield part, whole


def _fraction(number: Number | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _reciprocal(interval: Interval) -> Interval:
    """Return 1 ÷ x for the positive x of an interval."""
    positive = interval & POSITIVE
    if positive.is_empty:
        return EMPTY
    return Interval(
        Fraction(0) if positive.high is None else 1 / positive.high,
        1 / positive.low if positive.low else None,
        positive.high_closed,
        positive.low_closed,
    )


def _wholes_of(part: Interval, whole: Interval, target: Interval) -> Interval:
    """Return the wholes that may stand under some part so that the ratio lies in `target`."""
    if 0 in part and 0 in target:
        return whole
    return whole & ratio(part & POSITIVE, target)


def _trim(parts: Interval, wholes: Interval, target: Interval) -> tuple[Interval, Interval]:
    """Cut both to the whole numbers that the target leaves possible.

    If both keep some and one of them has no end, then the pairs have none either.
    """
    if target.whole:
        raise Fault.of("whole numbers", "an interval of real numbers", "target")
    wholes = wholes & POSITIVE & WHOLE_NUMBERS
    target = target & MAGNITUDES
    parts = parts & MAGNITUDES & product(target, wholes) & WHOLE_NUMBERS
    return parts, _wholes_of(parts, wholes, target)


def _bounded(parts: Interval, wholes: Interval, target: Interval) -> tuple[Interval, Interval]:
    """Return the trimmed box; raise Fault if it holds infinitely many pairs."""
    parts, wholes = _trim(parts, wholes, target)
    if parts.is_empty or wholes.is_empty:
        return EMPTY, EMPTY
    if not (parts.is_bounded and wholes.is_bounded):
        expected = "parts and wholes that end, or a target that ends them"
        raise Fault.of("infinitely many pairs, for an interval has no end", expected)
    return parts, wholes


def _count(parts: Interval, wholes: Interval, target: Interval) -> int:
    """Count the pairs of a bounded box of whole numbers whose ratio lies in a non-negative target."""
    if target.is_empty or parts.is_empty or wholes.is_empty:
        return 0
    rows, columns = parts.numbers(), wholes.numbers()
    assert target.low is not None
    most, closed = target.high, target.high_closed
    up_to_high = size(rows) * size(columns) if most is None else _count_up_to(most, closed, rows, columns)
    return up_to_high - _count_up_to(target.low, not target.low_closed, rows, columns)


def _count_up_to(slope: Fraction, closed: bool, parts: range, wholes: range) -> int:
    """Count the pairs with part ÷ whole at most `slope`, or below it if it is not closed."""
    rise, run = slope.numerator, slope.denominator
    strict = 0 if closed else 1
    if rise == 0:
        return size(wholes) if closed and 0 in parts else 0

    def first_whole(part: int) -> int:
        """Return the least whole of the box, or the one after it, under which this part is small enough."""
        return min(max(-((-part * run - strict) // rise), wholes.start), wholes.stop)

    some, every = first_whole(parts.start), first_whole(parts.stop - 1)
    between = _floor_sum(every - some, run, rise, rise * some - strict) - (parts.start - 1) * (every - some)
    return between + (wholes.stop - every) * size(parts)


def _floor_sum(terms: int, modulus: int, slope: int, start: int) -> int:
    """Return the sum of floor((slope·i + start) / modulus) for i = 0 … terms − 1, nothing negative."""
    total = 0
    while terms > 0:
        total += terms * (terms - 1) // 2 * (slope // modulus) + terms * (start // modulus)
        slope, start = slope % modulus, start % modulus
        terms, start = divmod(slope * terms + start, modulus)
        modulus, slope = slope, modulus
    return total
