"""The ruler of a check: what was computed, what was printed, and what that admits if rounded and if cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Final

from asprinted.drawing.scales import Scale
from asprinted.drawing.scene import Align, Box, Dot, Line, Mark, Polygon, Scene, Text, tick
from asprinted.drawing.svg import svg
from asprinted.escaping import html
from asprinted.exact.intervals import UNIT, Interval
from asprinted.exact.printed import Dimension, Reading
from asprinted.exact.relations import Divisor, Printed, Rule, Share, rounding_interval
from asprinted.exact.verdicts import Check, Verdict, passing
from asprinted.prose.sentences import computed, numbers, sentence
from asprinted.prose.writing import Language, between, count, decimal, plain

__all__ = ["Lane", "Ruler", "admitted", "page", "ruler", "strength_bar"]

WIDTH: Final = 7.0
"""Inches; on a page the places stretch to its width."""

_LANE, _BAND = 0.36, 0.14
_AXIS, _POINTS = 0.32, 10.5
_HAIR = 40.0
_MOST_DOTS = 30
_ANY = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Lane:
    """One stretch of a ruler and what is said of it.

    `band` is None where nothing fits. A `hollow` one is computed, a solid one is what a printed number
    admits. `numbers` are the whole numbers in it that fit, each derived; `dot` is the printed value.
    """

    said: str
    band: Interval | None
    color: str
    hollow: bool = False
    numbers: tuple[int, ...] = ()
    dot: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Ruler:
    """The lanes of a check over one scale, and the printed value, at which a hairline runs through all."""

    lanes: tuple[Lane, ...]
    scale: Scale
    share: bool
    language: Language
    printed: Fraction | None = None

    def lane(self, lane: Lane) -> Scene:
        """Return the marks of one lane."""
        return Scene(WIDTH, _LANE, tuple(_marks(lane, self.scale)))

    def axis(self) -> Scene:
        """Return the marks of the scale below the lanes."""
        words = self.scale.words(share=self.share, language=self.language)
        marks: list[Mark] = [Line(0, 0.01, WIDTH, 0.01, "line")]
        for value, text in zip(self.scale.ticks(), words, strict=True):
            at = self.scale.at(value)
            marks += [
                Line(at, 0.01, at, 0.06, "line"),
                Text(at, 0.24, text, _POINTS, "muted", align=_side(at)),
            ]
        return Scene(WIDTH, _AXIS, tuple(marks))

    def hair(self) -> Scene:
        """Return the hairline at the printed value, as long as any ruler."""
        at = [] if self.printed is None else [self.scale.at(self.printed)]
        return Scene(WIDTH, _HAIR, tuple(tick(x, 0, 2 * _HAIR, "line", 0.75) for x in at))


def page(what: Ruler) -> str:
    """Return a ruler as HTML: its words are the page's own, its lanes stretch and keep their type."""
    lanes = (
        f"<p><span>{html(lane.said)}</span></p>\n{svg(what.lane(lane), fluid=True)}\n" for lane in what.lanes
    )
    hair, axis = svg(what.hair(), fluid=True, look="hair"), svg(what.axis(), fluid=True, look="axis")
    return f'<div class="lanes">\n{hair}\n{"".join(lanes)}{axis}\n</div>\n'


def ruler(check: Check, language: Language = "en") -> Ruler | None:
    """Return the ruler of a check, None where nothing can be tested, or nothing fits.

    >>> from asprinted.face import check
    >>> police = ruler(check("98.35%", "1.73万余件", "1.76万余件"))
    >>> for lane in police.lanes: print(lane.said)
    Computed: 97.7456% to 98.8580%
    98.35% as printed, if rounded: 98.345% to below 98.355%
    98.35% as printed, if cut: 98.35% to below 98.36%
    """
    if check.verdict is Verdict.NOT_TESTABLE:
        return None
    if isinstance(check.relation, Divisor):
        return _over(tuple(_divisors(check, language)), None, language, share=False)
    (printed,) = (each.reading for each in check.relation.printed)
    value = None if printed.value is None else Fraction(printed.value)
    lanes = tuple(_lanes(check, printed, value, language))
    return _over(lanes, value, language, share=printed.dimension is Dimension.SHARE)


def admitted(printed: Printed, language: Language = "en") -> Ruler | None:
    """Return the ruler of what a printed number admits by itself, None where that is one number.

    >>> from asprinted import read
    >>> for lane in admitted(Printed(read("1.76万余件"), "count")).lanes: print(lane.said)
    1.76万余件 as printed: 17,600 to 17,699
    >>> admitted(Printed(read("785件"), "count")) is None
    True
    """
    cells = {rule: printed.admits(rule) for rule in Rule}
    if all(cell.is_point for cell in cells.values()):
        return None
    lanes = tuple(_admitting(cells, printed.reading, language))
    return _over(lanes, None, language, share=printed.reading.dimension is Dimension.SHARE)


def strength_bar(check: Check) -> Scene | None:
    """Return the declared range as a bar, in ink what would have passed; None where no range is known.

    >>> from asprinted.face import check
    >>> bar = strength_bar(check("99%", "783件", "785件"))
    >>> [round(mark.left / WIDTH, 2) for mark in bar.marks[1:]]
    [0.98]
    """
    if check.strength is None or check.space is None:
        return None
    step, (low, high) = Fraction(check.relation.printed[0].reading.step), check.space
    scale = Scale(low - step / 2, high + step / 2, WIDTH)
    marks = [Box(0, 0.05, WIDTH, 0.2, "ground", "line", 0.75)]
    for first, last in _runs(passing(check.relation), step):
        left, right = scale.at(first - step / 2), scale.at(last + step / 2)
        # What is a hair's breadth of the range is to be seen all the same.
        wide = max(right - left, 0.03)
        marks.append(Box(min(left, WIDTH - wide), 0.01, wide, 0.28, "ink"))
    return Scene(WIDTH, 0.3, tuple(marks))


def _runs(values: Iterable[Fraction], step: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield the ends of each run of neighbours among values in order."""
    first = last = None
    for value in values:
        if last is not None and first is not None and value - last > step:
            yield first, last
            first = None
        first, last = (value if first is None else first), value
    if first is not None and last is not None:
        yield first, last


def _side(at: float) -> Align:
    return "left" if at < 0.06 * WIDTH else "right" if at > 0.94 * WIDTH else "center"


def _over(
    lanes: tuple[Lane, ...], printed: Fraction | None, language: Language, *, share: bool
) -> Ruler | None:
    bands = [lane.band for lane in lanes if lane.band]
    ends = [end for band in bands for end in (band.low, band.high) if end is not None]
    ends += [Fraction(number) for lane in lanes for number in lane.numbers]
    ends += [] if printed is None else [printed]
    return Ruler(lanes, Scale.over(ends, WIDTH), share, language, printed) if ends else None


def _lanes(check: Check, printed: Reading, value: Fraction | None, language: Language) -> Iterator[Lane]:
    """Yield what was computed and what the printed result admits: once where both rules give the same."""
    relation = check.relation
    share = isinstance(relation, Share)
    results = {rule: relation.results(rule) for rule in Rule}
    cells = {rule: rounding_interval(printed, rule) & (UNIT if share else _ANY) for rule in Rule}
    for rule, name in _once(results):
        band = results[rule]
        said = computed(replace(check, computed=band), language) if not band.is_empty else ""
        dot = value if rule is Rule.NEAREST else None
        yield Lane(_said(f"computed{name}", said, language), band if said else None, "article", True, dot=dot)
    yield from _admitting(cells, printed, language)


def _admitting(cells: dict[Rule, Interval], printed: Reading, language: Language) -> Iterator[Lane]:
    """Yield what a printed number admits, once where both rules give the same."""
    write = partial(_end, reading=printed, language=language)
    for rule, name in _once(cells):
        said = between(cells[rule], write, language)
        words = _said(f"admitted{name}", said, language, printed=printed.text)
        yield Lane(words, cells[rule], rule.value if name else "article")


def _once(intervals: dict[Rule, Interval]) -> Iterator[tuple[Rule, str]]:
    """Yield the rules under which intervals are told, with what the sentence's name ends in."""
    nearest, cut = intervals.values()
    yield from [(Rule.NEAREST, "")] if nearest == cut else [(rule, f"_{rule}") for rule in Rule]


def _divisors(check: Check, language: Language) -> Iterator[Lane]:
    for rule in Rule:
        fitting = check.divisors.get(rule, ())
        band = check.relation.results(rule)
        write = partial(decimal, places=4, language=language)
        said = "–" if band.is_empty else between(band, write, language)
        words = _said(f"divisors_{rule}", said, language, numbers=numbers(fitting, language))
        dots = fitting if len(fitting) <= _MOST_DOTS else ()
        yield Lane(words, None if band.is_empty else band, rule.value, True, dots)


def _said(name: str, interval: str, language: Language, **values: str) -> str:
    return sentence("ruler", name, language, interval=interval, **values)


def _end(value: Fraction, reading: Reading, language: Language) -> str:
    """Write an end of what a printed number admits, exactly, in the sign that it was printed with."""
    if reading.dimension is Dimension.SHARE:
        sign, times = ("\N{PER MILLE SIGN}", 1000) if "\N{PER MILLE SIGN}" in reading.text else ("%", 100)
        return plain(value * times) + sign
    if value.denominator == 1:
        return count(value, language)
    _, _, decimals = plain(value).partition(".")
    return decimal(value, len(decimals) or 4, language=language)


def _marks(lane: Lane, scale: Scale) -> Iterator[Mark]:
    """Yield a band with its end ticks, an arrow where a side has no end, and the values on it."""
    middle, band = _LANE / 2, lane.band
    if band and band.low == band.high and lane.hollow:
        yield Dot(scale.at(band.low or Fraction(0)), middle, 0.11, "paper", lane.color, 1.5)
    elif band:
        yield from _band(band, middle, lane, scale)
    for number in lane.numbers:
        yield Dot(scale.at(Fraction(number)), middle, 0.075, "paper", lane.color, 2.0)
    if lane.dot is not None:
        yield Dot(scale.at(lane.dot), middle, 0.08, "article", "paper", 1.5)


def _band(band: Interval, middle: float, lane: Lane, scale: Scale) -> Iterator[Mark]:
    low = 0.0 if band.low is None else scale.at(band.low)
    high = WIDTH if band.high is None else scale.at(band.high)
    fill = "paper" if lane.hollow else lane.color
    yield Box(low, middle - _BAND / 2, high - low, _BAND, fill, lane.color, 1.5)
    for end, at, way in ((band.low, low, 1), (band.high, high, -1)):
        if end is None:
            yield Polygon(at, middle, ((0.0, 0.0), (way * 0.16, -_BAND), (way * 0.16, _BAND)), lane.color)
        else:
            yield tick(at, middle, 2 * _BAND, lane.color, 2.0)
