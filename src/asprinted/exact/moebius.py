"""What a relation makes of a ratio r: (a·r + b) ÷ (c·r + d), four integers from which every check follows.

Numerics calls it a Möbius transformation. It is monotone, its inverse has the same form, and of two whole
numbers it makes two whole numbers: so intervals pass it both ways, and counts are judged by integers alone.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import NamedTuple

from asprinted.exact.intervals import EMPTY, Interval

__all__ = ["Moebius", "prints_as"]


class Moebius(NamedTuple):
    """The integers of (a·r + b) ÷ (c·r + d), for ratios r that leave what is below the line positive.

    Large ratios do: c is positive, or c is 0 and d positive.

    >>> rise = Moebius(1, -1, 0, 1)                                           # new ÷ old − 1
    >>> rise.of(Interval.point(Fraction(1566, 1446))) == Interval.point(Fraction(120, 1446))
    True
    """

    a: int
    b: int
    c: int
    d: int

    @property
    def determinant(self) -> int:
        """a·d − b·c: the results grow with the ratio where it is positive, else they fall."""
        return self.a * self.d - self.b * self.c

    def slope(self, ratio: Fraction) -> Fraction | float:
        """Return how fast the results change with the ratio here; nowhere beyond do they change faster."""
        below = self.c * ratio + self.d
        return abs(self.determinant) / below**2 if below > 0 else inf

    def cross(self, part: int, whole: int) -> tuple[int, int]:
        """Return what part ÷ whole becomes, above and below the line; of columns, column by column.

        >>> Moebius(0, 1, 1, -1).cross(1566, 120)                             # a rise by 120 to 1,566
        (120, 1446)
        """
        a, b, c, d = self
        return a * part + b * whole, c * part + d * whole

    def at(self, ratio: Fraction | float) -> Fraction | float:
        """Return what one ratio becomes: infinity, a float, at the pole; of other floats roughly."""
        a, b, c, d = self
        if a == d and not (b or c):
            return ratio
        if ratio in (-inf, inf):
            return Fraction(a, c) if c else a * ratio
        below = c * ratio + d
        return (a * ratio + b) / below if below else -inf if self.determinant > 0 else inf

    def of(self, ratios: Interval) -> Interval:
        """Return what ratios become.

        >>> Moebius(-1, 1, 0, 1).of(Interval.between(Fraction(1, 4), Fraction(1, 2), "[)")).bounds
        '(]'
        """
        if self.c:
            ratios &= Interval(Fraction(-self.d, self.c), None, False)
        if ratios.is_empty:
            return EMPTY
        low, high = ((self.at(end), closed) for end, closed in ratios.ends())
        return Interval.from_ends(low, high) if self.determinant > 0 else Interval.from_ends(high, low)

    def back(self, results: Interval) -> Interval:
        """Return the ratios that become these results.

        >>> float(Moebius(0, 1, 1, -1).back(Interval.point(Fraction(120, 1446))).low)      # 1566 ÷ 120
        13.05
        """
        a, b, c, d = self
        sign = -1 if c or a < 0 else 1
        return Moebius(sign * d, -sign * b, -sign * c, sign * a).of(results)

    def floats(self, low: float, high: float) -> tuple[float, float]:
        """Return the least and the greatest that ratios become, roughly; all where the pole is among them.

        >>> Moebius(-1, 1, 0, 1).floats(0.25, 0.5)
        (0.5, 0.75)
        """
        if self.c * low + self.d <= 0:
            return 0.0, inf
        one, other = float(self.at(low)), float(self.at(high))
        return min(one, other), max(one, other)


def prints_as(above: int, below: int, value: int, step: int) -> tuple[bool, bool]:
    """Return whether above ÷ below, which is positive, prints as `value` in steps of `step`, rounded and cut.

    Integers alone decide whether it is in [value − step/2, value + step/2), and in [value, value + step). No
    operation asks for a truth, so that each may be a column of whole numbers, as wide as the products are.

    >>> prints_as(100 * 783, 785, 99, 1), prints_as(100 * 783, 785, 100, 1)   # 783 of 785 as 99% and 100%
    ((False, True), (True, False))
    """
    off, width = 2 * (above - value * below), step * below
    return (-width <= off) & (off < width), (off >= 0) & (off < 2 * width)
