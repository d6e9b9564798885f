"""Strips of intervals, each over an axis of its own, with a magnifier between them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import ceil, floor, fsum, isnan
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Polygon
from matplotlib.ticker import MaxNLocator

from asprinted.faults import Fault, quote
from asprinted.figures import style
from asprinted.figures.canvas import EMPTY, TextBlock, block, box, dot, plane, sheet, size, tick
from asprinted.figures.form import each, form, numbered, unique, upside_down
from asprinted.figures.forms.ruling import AXIS, BAR, LINE_HEIGHT, SLACK, Box, axis, inches, interval, upright
from asprinted.prose.writing import Language

OF_RULE: Final = {"": style.OTHERS, "nearest": style.ROUNDED, "truncation": style.CUT}
"""The colour of each rule of printing."""

_EDGE = 0.08
_LANE, _LENS = 0.36, 0.3
_LOW_LANE, _LOW_LENS = 0.24, 0.16


@dataclass(frozen=True)
class _Strip:
    """Bars over one axis, with their words beside, above or below them, and a heading.

    Its width is that of the canvas; `lane` is the height of a bar with its words beside it.
    """

    width: float
    heading: TextBlock
    rows: list[Any]
    limits: tuple[float, float]
    words: str = "beside"
    dots: bool = False
    lane: float = _LANE

    @property
    def tall(self) -> float:
        """The height in inches of everything but the axis."""
        head = 0 if self.inline else self.heading.tall + 0.06 * bool(self.heading.lines)
        return head + fsum(self.lane_of(row) for row in self.rows) + 0.06

    @property
    def inline(self) -> bool:
        """Whether the heading stands on a card left of the first bar, where words have room."""
        if self.lane == _LANE or len(self.heading.lines) != 1 or self.words != "beside":
            return False
        first = self.rows[0]
        return self.side(first) == "right" and _EDGE + 0.15 + self.heading.wide < self.at(first.low)

    def at(self, value: float) -> float:
        low, high = self.limits
        return _EDGE + (value - low) / (high - low) * (self.width - 2 * _EDGE)

    def label(self, row: Any) -> TextBlock:
        if self.words == "beside":
            return TextBlock([_said(row)])
        return block(_said(row), self.width - 2 * _EDGE - 0.05)

    def lane_of(self, row: Any) -> float:
        """Return the height in inches of a bar with its words."""
        return self.lane if self.words == "beside" else self.label(row).tall + 2 * BAR + 0.12

    def side(self, row: Any) -> str:
        """Return the side of a bar with room for its words; right where both have it, none where neither."""
        wide = TextBlock([_said(row)]).wide + 0.12
        if self.at(row.high) + wide <= self.width:
            return "right"
        return "left" if wide <= self.at(row.low) else ""


def _said(row: Any) -> str:
    return " · ".join(filter(None, (row.label, row.bounds)))


def _strip(
    heading: str, rows: list[Any], limits: tuple[float, float], width: float, words: str = ""
) -> _Strip:
    made = _Strip(width, block(heading, width, True), rows, limits)
    return replace(made, words=words or ("beside" if all(map(made.side, rows)) else "above"))


def _draw_strip(canvas: SubFigure, words: Axes, strip: _Strip, top: float, marks: set[float]) -> Axes:
    """Draw heading, bars, and upright hairlines of a strip; return its plane."""
    total, heading = strip.tall, strip.heading
    axes = plane(canvas, _EDGE, top, strip.width - 2 * _EDGE, total, strip.limits)
    boxes: list[Box] = []
    down, left = 0.0, _EDGE + 0.05
    if strip.inline:
        at = (strip.lane_of(strip.rows[0]) - LINE_HEIGHT) / 2
        heading.write(words, left, top + at)
        boxes.append(Box(left, at, left + heading.wide, at + LINE_HEIGHT))
    elif heading.lines:
        down = heading.write(words, left, top + 0.03) - top + 0.03
    begin = down
    for row in strip.rows:
        boxes.append(_draw_bar(axes, words, strip, row, top, down))
        down += strip.lane_of(row)
    for value in _whole_numbers(strip.limits):
        color, line = (style.INK, 1.8) if value in marks else (style.MUTED, 0.8)
        upright(axes, value, (begin, total), boxes, color, line)
    return axes


def _draw_bar(axes: Axes, words: Axes, strip: _Strip, row: Any, top: float, down: float) -> Box:
    """Draw one bar and write its words; return their place, in inches from the top of the plane."""
    label = strip.label(row)
    if strip.words == "beside":
        y = down + strip.lane / 2
        right = strip.side(row) == "right"
        left = inches(axes, row.high) + 0.1 if right else inches(axes, row.low) - 0.1 - label.wide
        begin = y - LINE_HEIGHT / 2
    else:
        above = strip.words == "above"
        y, begin = (down + (label.tall + BAR), down) if above else (down + BAR, down + 2 * BAR + 0.02)
        left = min(max(inches(axes, row.low), 0), strip.width - _EDGE - 0.05 - label.wide)
    color = style.ARTICLE if row.own and not row.rule else OF_RULE[row.rule]
    # A range that holds those of the strip above must not outshine them.
    interval(axes, row.low, row.high, y, color, pale=strip.words == "below")
    label.write(words, left, top + begin)
    for number in range(ceil(row.low), floor(row.high) + 1) if strip.dots else []:
        # Each whole number of the range is derived, which a hollow dot says.
        dot(axes, number, y, color, printed=False, points=9.6)
    return Box(left, begin, left + label.wide, begin + label.tall)


def _whole_numbers(limits: tuple[float, float]) -> list[float]:
    """Return the whole numbers of an axis, none where they would be a hatching."""
    numbers = list(range(ceil(limits[0]), floor(limits[1]) + 1))
    return [float(number) for number in numbers] if len(numbers) <= 12 else []


def _ticks(limits: tuple[float, float], language: Language, *, every: bool = True) -> list[tuple[float, str]]:
    """Return ticks with their words: each whole number, or some five round numbers."""
    if every and len(_whole_numbers(limits)) > 1:
        return [(number, tick(number, "", language)) for number in _whole_numbers(limits)]
    values = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(*limits)
    kept = [float(value) for value in values if limits[0] <= value <= limits[1]]
    places = max(len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in kept)
    # Ticks of one axis have the same places, which `tick` would cut down to those each needs.
    return [(value, f"{value:.{places}f}" if places else tick(value, "", language)) for value in kept]


def _lens(canvas: SubFigure, axes: Axes, narrow: _Strip, ends: tuple[float, float, float]) -> None:
    """Draw a pale magnifier under everything: a beam from a range of axes to a strip, then its field.

    `ends` are the heights of the range, of the near side of the strip, and of its far side.
    """
    ground = sheet(canvas)
    ground.set_zorder(-1)
    (begin, near, far), (left, right) = ends, (_EDGE, narrow.width - _EDGE)
    low, high = (inches(axes, limit) for limit in narrow.limits)
    corners = [(low, begin), (high, begin), (right, near), (right, far), (left, far), (left, near)]
    ground.add_patch(Polygon(corners, closed=True, facecolor=style.GROUND, linewidth=0))


# Strips.


def _planned(table: pd.DataFrame, width: float, lane: float = _LANE) -> list[_Strip]:
    strips = []
    for name in unique(table["strip"]):
        rows = table[table["strip"] == name]
        strips.append(replace(_strip(name, list(each(rows)), _limits(rows), width), lane=lane))
    return strips


def _limits(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of an axis: as the table says, else a little past its bars."""
    low, high = float(rows["low"].min()), float(rows["high"].max())
    margin = (high - low or 1) * 0.06
    least, most = rows["axis_from"].min(), rows["axis_to"].max()
    return (low - margin if isnan(least) else float(least)), (high + margin if isnan(most) else float(most))


def _hung(strips: list[_Strip]) -> tuple[float, list[_Strip]]:
    """Return the height of the first heading over its axis, none where it stands in a lane, and the rest."""
    first, *others = strips
    if first.inline:
        return 0.0, strips
    return first.heading.tall + 0.03, [replace(first, heading=EMPTY), *others]


def _height(table: pd.DataFrame, width: float, low: bool = False) -> float:
    above, strips = _hung(_planned(table, width, _LOW_LANE if low else _LANE))
    lens = _LOW_LENS if low else _LENS
    return above + fsum(strip.tall for strip in strips) + len(strips) * AXIS + lens * (len(strips) - 1)


def _no_strips(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        yield from _no_rule(number, row)
        if row.low >= row.high:
            yield Fault("", number, "low", f"{row.low:g} beside high {row.high:g}", "low below high")
        low, high = _limits(table[table["strip"] == row.strip])
        yield from _outside(number, row, low, high, f"the axis, {low:g} to {high:g}")


def _no_rule(number: int, row: Any) -> Iterator[Fault]:
    if row.rule not in OF_RULE:
        yield Fault("", number, "rule", quote(row.rule), f"{' or '.join(filter(None, OF_RULE))}, or nothing")


def _outside(number: int, row: Any, low: float, high: float, expected: str) -> Iterator[Fault]:
    if row.low < low or row.high > high:
        found = f"{row.low:g} to {row.high:g}"
        yield Fault("", number, "low" if row.low < low else "high", found, expected)


@form(
    words="strip label bounds? rule?",
    numbers="low high mark? axis_from? axis_to?",
    flags="own?",
    height=_height,
    least=partial(_height, low=True),
    check=_no_strips,
)
def strips(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw intervals in strips, each with an axis of its own and hairlines at the whole numbers.

    Where a strip shows a part of the one above, a beam leads from that part down to it. `rule` is `nearest`,
    `truncation` or empty and colours a bar, `bounds` are written behind its label, `mark` is a whole number
    whose hairline is strong, `axis_from` and `axis_to` are the ends of the axis. Raises `Faults` for an
    unknown rule, and a range without width or off its axis.
    """
    across, down = size(canvas)
    planned, lens, marks = _planned(table, across), _LENS, set(table["mark"].dropna())
    if down < _height(table, across) - SLACK:
        spare = max(0.0, down - _height(table, across, low=True))
        lane = _LOW_LANE + spare / sum(len(strip.rows) for strip in planned)
        planned, lens = _planned(table, across, min(lane, _LANE - SLACK)), _LOW_LENS
    words, heading, (over, (first, *others)) = sheet(canvas), planned[0].heading, _hung(planned)
    if over:
        heading.write(words, 0, 0)
    top = AXIS + over
    axes = _draw_strip(canvas, words, first, top, marks)
    axis(axes, words, top, _ticks(first.limits, language), above=True)
    before, end = first, top + first.tall
    for strip in others:
        top = end + lens
        if before.limits[0] <= strip.limits[0] < strip.limits[1] <= before.limits[1]:
            _lens(canvas, axes, strip, (end, top, top + strip.tall))
        axes = _draw_strip(canvas, words, strip, top, marks)
        axis(axes, words, top + strip.tall, _ticks(strip.limits, language))
        before, end = strip, top + strip.tall + AXIS


# Remainders.


def _two(table: pd.DataFrame, width: float) -> tuple[_Strip, _Strip]:
    """Return the magnified strip and the wide one."""
    filled = table.assign(own=True, bounds="")
    wide = filled[filled["level"] == 0]
    close = filled[filled["level"] > 0].sort_values("level", kind="stable")
    least, most = float(wide["low"].min()), float(wide["high"].max())
    reach = (most - least) * 0.05
    limits = (least - reach, most + reach)
    return _close(list(each(close)), width), _strip("", list(each(wide)), limits, width, "below")


def _close(rows: list[Any], width: float) -> _Strip:
    """Return the magnified strip, with so many whole numbers on the right that all words have room there."""
    least, most = floor(min(row.low for row in rows)) - 1.0, ceil(max(row.high for row in rows))
    tried = [_strip("", rows, (least, most + further), width) for further in (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)]
    fitting = (strip for strip in tried if all(strip.side(row) == "right" for row in rows))
    return replace(next(fitting, tried[1]), dots=True)


def _remainders_height(table: pd.DataFrame, width: float) -> float:
    return fsum(strip.tall for strip in _two(table, width)) + 2 * AXIS + _LENS + 0.06


def _no_remainders(table: pd.DataFrame) -> Iterator[Fault]:
    wide = table[table["level"] == 0]
    if set(table["level"] > 0) != {True, False}:
        levels = ", ".join(f"{level:g}" for level in sorted(set(table["level"])))
        yield Fault.of(levels, "0 and a higher one", "level")
    for number, row in numbered(table):
        yield from _no_rule(number, row)
        yield from upside_down(number, row)
        if row.level and not wide.empty:
            yield from _outside(number, row, wide["low"].min(), wide["high"].max(), "a range within level 0")


@form(words="label rule?", numbers="low high level", height=_remainders_height, check=_no_remainders)
def remainders(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw ranges of whole numbers on one axis, and those of a higher level once more under a magnifier.

    Level 0 is what the words admit; the ranges of higher levels lie in it, with a hollow dot for each whole
    number. `rule` colours a range as in `strips`. Raises `Faults` for a table without either level, an
    unknown rule, and a range that is no range or leaves level 0.
    """
    words, (close, wide), top = sheet(canvas), _two(table, size(canvas)[0]), AXIS
    above = _draw_strip(canvas, words, close, top, set())
    axis(above, words, top, _ticks(close.limits, language), above=True)
    end = top + close.tall
    axes = _draw_strip(canvas, words, wide, end + _LENS, set())
    _lens(canvas, axes, close, (end + _LENS + BAR / 2, end, top))
    for row in close.rows:
        box(axes, row.low, BAR / 2, row.high - row.low, BAR, style.INK, zorder=4)
    axis(axes, words, end + _LENS + wide.tall, _ticks(wide.limits, language, every=False))
