"""Strips of intervals, each over an axis of its own, with a magnifier between them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, floor, fsum, isnan
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Polygon
from matplotlib.ticker import MaxNLocator

from asprinted.faults import Fault
from asprinted.figures import style
from asprinted.figures.canvas import EMPTY, TextBlock, block, dot, plane, sheet, size, tick
from asprinted.figures.form import Lane, Plan, Rule, each, form, numbered, unique
from asprinted.figures.forms.ruling import AXIS, BAR, LINE_HEIGHT, Box, axis, inches, interval, upright
from asprinted.prose.writing import Language

OF_RULE: Final = {"": style.OTHERS, "nearest": style.ROUNDED, "truncation": style.CUT}
"""The colour of each rule of printing."""

_EDGE = 0.08
_LANE, _LENS = 0.36, 0.3
_LOW_LANE, _LOW_LENS = 0.24, 0.16


@dataclass(frozen=True)
class _Strip:
    """Bars over one axis, with their words beside them, above or below them, and a heading, at a width.

    `lane` is the height of a bar with its words beside it. The words of a `wide` strip stand below its bars.
    """

    width: float
    heading: TextBlock
    rows: list[Any]
    limits: tuple[float, float]
    low: bool = False
    wide: bool = False
    dots: bool = False
    lane: float = _LANE

    @property
    def tall(self) -> float:
        """The height in inches of everything but the axis."""
        head = 0 if self.inline else self.heading.tall + 0.06 * bool(self.heading.lines)
        return head + fsum(self.lane_of(row) for row in self.rows) + 0.06

    @cached_property
    def beside(self) -> bool:
        """Whether words stand beside their bars, since all have room there."""
        return not self.wide and all(map(self.side, self.rows))

    @property
    def inline(self) -> bool:
        """Whether the heading stands on a card left of the first bar, where words have room."""
        if not self.low or len(self.heading.lines) != 1 or not self.beside:
            return False
        first = self.rows[0]
        return self.side(first) == "right" and _EDGE + 0.15 + self.heading.wide < self.at(first.low)

    def at(self, value: float) -> float:
        low, high = self.limits
        return _EDGE + (value - low) / (high - low) * (self.width - 2 * _EDGE)

    def label(self, row: Any) -> TextBlock:
        return block(_said(row), 99 if self.beside else self.width - 2 * _EDGE - 0.05)

    def lane_of(self, row: Any) -> float:
        """Return the height in inches of a bar with its words."""
        return self.lane if self.beside else self.label(row).tall + 2 * BAR + 0.12

    def side(self, row: Any) -> str:
        """Return the side of a bar with room for its words; right where both have it, none where neither."""
        wide = TextBlock([_said(row)]).wide + 0.12
        if self.at(row.high) + wide <= self.width:
            return "right"
        return "left" if wide <= self.at(row.low) else ""


_MOST_DOTS = 100


def _said(row: Any) -> str:
    return " · ".join(filter(None, (row.label, row.bounds)))


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
    if strip.beside:
        y, begin = down + strip.lane / 2, down + (strip.lane - LINE_HEIGHT) / 2
        right = strip.side(row) == "right"
        left = inches(axes, row.high) + 0.1 if right else inches(axes, row.low) - 0.1 - label.wide
    else:
        y, begin = (down + BAR, down + 2 * BAR + 0.02) if strip.wide else (down + label.tall + BAR, down)
        left = min(max(inches(axes, row.low), 0), strip.width - _EDGE - 0.05 - label.wide)
    color = style.ARTICLE if row.own and not row.rule else OF_RULE[row.rule]
    # A range that holds those of the strip above must not outshine them.
    interval(axes, row.low, row.high, y, color, pale=strip.wide)
    label.write(words, left, top + begin)
    whole = range(ceil(row.low), floor(row.high) + 1)
    # So many that they are apart; of more the bar itself is their row.
    for number in whole if strip.dots and len(whole) <= _MOST_DOTS else ():
        # Each whole number of the range is derived, which a hollow dot says.
        dot(axes, number, y, color, printed=False, points=9.6)
    return Box(left, begin, left + label.wide, begin + label.tall)


def _whole_numbers(limits: tuple[float, float]) -> list[float]:
    """Return the whole numbers of an axis, none where they would be a hatching."""
    numbers = range(ceil(limits[0]), floor(limits[1]) + 1)
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


_OF_RULES = Rule("rule", lambda row: row.rule in OF_RULE, '"{0.rule}"', "nearest or truncation, or nothing")


def _outside(number: int, row: Any, low: float, high: float, expected: str) -> Iterator[Fault]:
    if row.low < low or row.high > high:
        found = f"{row.low:g} to {row.high:g}"
        yield Fault("", number, "low" if row.low < low else "high", found, expected)


# Strips.


def _limits(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of an axis: as the table says, else a little past its bars."""
    low, high = float(rows["low"].min()), float(rows["high"].max())
    margin = (high - low or 1) * 0.06
    least, most = rows["axis_from"].min(), rows["axis_to"].max()
    return (low - margin if isnan(least) else float(least)), (high + margin if isnan(most) else float(most))


def _stacked(table: pd.DataFrame, width: float, low: bool) -> Plan:
    """Lay out the strips; the heading of the first stands over its axis unless it has room beside a bar."""
    strips = []
    for name in unique(table["strip"]):
        rows, heading = table[table["strip"] == name], block(name, width, True)
        lane = _LOW_LANE if low else _LANE
        strips.append(_Strip(width, heading, list(each(rows)), _limits(rows), low, lane=lane))
    over, lens = EMPTY, _LOW_LENS if low else _LENS
    if not strips[0].inline:
        over, strips[0] = strips[0].heading, replace(strips[0], heading=EMPTY)
    under = [len(strips) * AXIS, lens * (len(strips) - 1)]
    above = over.tall + 0.03 if over.lines else 0.0
    return Plan(table, [Lane(strip.tall, strip) for strip in strips], above, under, more=(over, lens))


def _off_axis(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        low, high = _limits(table[table["strip"] == row.strip])
        yield from _outside(number, row, low, high, f"the axis, {low:g} to {high:g}")


@form(
    words="strip label bounds? rule?",
    numbers="low high mark? axis_from? axis_to?",
    flags="own?",
    plan=_stacked,
    rules=[
        _OF_RULES,
        Rule("low", lambda row: row.low < row.high, "{0.low:g} beside high {0.high:g}", "low below high"),
    ],
    check=_off_axis,
)
def strips(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw intervals in strips, each with an axis of its own and hairlines at the whole numbers.

    Where a strip shows a part of the one above, a beam leads from that part down to it. `rule` is `nearest`,
    `truncation` or empty and colours a bar, `bounds` are written behind its label, `mark` is a whole number
    whose hairline is strong, `axis_from` and `axis_to` are the ends of the axis. Raises `Faults` for an
    unknown rule, and a range without width or off its axis.
    """
    strips, (over, lens) = [lane.mark for lane in plan.lanes], plan.more
    words, marks = sheet(canvas), set(plan.table["mark"].dropna())
    spare = plan.spare(size(canvas)[1]) * len(strips) / len(plan.table)
    over.write(words, 0, 0)
    top, before, axes = plan.over + AXIS, None, words
    for strip in (replace(strip, lane=strip.lane + spare) for strip in strips):
        bottom = top + strip.tall
        if before and before.limits[0] <= strip.limits[0] < strip.limits[1] <= before.limits[1]:
            _lens(canvas, axes, strip, (top - lens, top, bottom))
        axes = _draw_strip(canvas, words, strip, top, marks)
        ticks = _ticks(strip.limits, language)
        axis(axes, words, bottom if before else top, ticks, above=not before)
        top, before = bottom + lens + (AXIS if before else 0), strip
