"""Where the marks of a scale stand, and what is written at them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor, log10

from asprinted.prose.writing import Language, count, decimal

__all__ = ["Scale"]


class Scale:
    """A stretch of numbers from `low` to `high`, laid over a width in inches.

    >>> scale = Scale(Fraction(977, 1000), Fraction(989, 1000), 6.0)
    >>> float(scale.at(Fraction(983, 1000))), [float(value) for value in scale.ticks()]
    (3.0, [0.978, 0.98, 0.982, 0.984, 0.986, 0.988])
    """

    def __init__(self, low: Fraction, high: Fraction, width: float) -> None:
        self.low, self.high, self.width = low, high, width

    @classmethod
    def over(cls, values: list[Fraction], width: float) -> Scale:
        """Return a scale on which all values stand off the ends; one value alone has room around it."""
        low, high = min(values), max(values)
        room = (high - low) * Fraction(9, 100) or abs(high) / 10 or Fraction(1)
        return cls(low - room, high + room, width)

    def at(self, value: Fraction) -> float:
        """Return how far from the left a number stands, in inches."""
        return float((value - self.low) / (self.high - self.low)) * self.width

    @property
    def step(self) -> Fraction:
        """The distance of two ticks: 1, 2 or 5 of some place, so that at most seven stand on the scale."""
        least = (self.high - self.low) / 6
        place = Fraction(10) ** floor(log10(least))
        return next(place * times for times in (1, 2, 5, 10) if place * times >= least)

    def ticks(self) -> list[Fraction]:
        """Return the round numbers on the scale."""
        step = self.step
        return [step * number for number in range(ceil(self.low / step), floor(self.high / step) + 1)]

    def words(self, *, share: bool, language: Language) -> Iterator[str]:
        """Yield what is written at the ticks, all with the same places; shares as percent.

        >>> list(Scale(Fraction(977, 1000), Fraction(989, 1000), 6.0).words(share=True, language="en"))
        ['97.8%', '98.0%', '98.2%', '98.4%', '98.6%', '98.8%']
        """
        shown = self.step * (100 if share else 1)
        places = next(places for places in range(400) if (shown * 10**places).denominator == 1)
        for value in self.ticks():
            number = value * (100 if share else 1)
            yield (
                decimal(number, places, language=language) if places else count(number, language)
            ) + "%" * share
