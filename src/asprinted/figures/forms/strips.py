"""Strips of intervals, each over an axis of its own, with a magnifier between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil, floor, fsum, isnan
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Polygon, Rectangle
from matplotlib.ticker import MaxNLocator

from asprinted.faults import Fault, quote
from asprinted.figures import style
from asprinted.figures.canvas import dot, sheet, size, tick, write
from asprinted.figures.form import each, form, numbered, unique
from asprinted.figures.forms.ruling import (
    AXIS,
    BAR,
    LINE_HEIGHT,
    SLACK,
    Box,
    axis,
    inches,
    interval,
    plane,
    upright,
)
from asprinted.figures.typesetting import height, wrap
from asprinted.figures.typesetting import width as measure
from asprinted.writing import Language

OF_RULE: Final = {"": style.OTHERS, "nearest": style.ROUNDED, "truncation": style.CUT}
"""The colour of each rule of printing."""

_EDGE = 0.08
_LANE, _LENS = 0.36, 0.3
_LOW_LANE, _LOW_LENS = 0.24, 0.16


@dataclass(frozen=True)
class _Strip:
    """Bars over one axis, with their words beside, above or below them, and a heading."""

    heading: list[str]
    rows: list[Any]
    shared: list[Any]
    limits: tuple[float, float]
    words: str
    dots: bool = False
    lane_height: float = _LANE

    def lane(self, row: Any, width: float) -> float:
        """Return the height in inches of a bar with its words."""
        if self.words == "beside":
            return self.lane_height
        return height(len(_lines(row, width)), style.BODY) + 2 * BAR + 0.12

    def tall(self, width: float) -> float:
        """Return the height in inches of everything but the axis."""
        notes = fsum(height(len(_note(row, width)), style.BODY) + 0.08 for row in self.shared)
        head = 0 if self.inline(width) else height(len(self.heading), style.BODY) + 0.06 * bool(self.heading)
        return head + fsum(self.lane(row, width) for row in self.rows) + notes + 0.06

    def inline(self, width: float) -> bool:
        """Tell whether the heading stands on a card left of the first bar, where words have room."""
        if self.lane_height == _LANE or len(self.heading) != 1 or self.words != "beside":
            return False
        begin = _EDGE + 0.15 + measure(self.heading[0], style.BODY, bold=True)
        row = self.rows[0]
        return _side(self, row, width) == "right" and begin < _at(self, row.low, width)


def _note(row: Any, width: float) -> list[str]:
    return wrap(_said(row), width * 0.75, style.BODY)


def _said(row: Any) -> str:
    return " · ".join(filter(None, (row.label, row.bounds)))


def _lines(row: Any, width: float) -> list[str]:
    return wrap(_said(row), width - 2 * _EDGE - 0.05, style.BODY)


def _color(row: Any) -> str:
    return style.ARTICLE if row.own and not row.rule else OF_RULE[row.rule]


def _at(strip: _Strip, value: float, width: float) -> float:
    low, high = strip.limits
    return _EDGE + (value - low) / (high - low) * (width - 2 * _EDGE)


def _side(strip: _Strip, row: Any, width: float) -> str:
    """Return the side of a bar on which its words have room; right where both have, none where neither."""
    wide = measure(_said(row), style.BODY) + 0.12
    if _at(strip, row.high, width) + wide <= width:
        return "right"
    return "left" if wide <= _at(strip, row.low, width) else ""


def _strip(
    heading: str, rows: list[Any], limits: tuple[float, float], width: float, words: str = ""
) -> _Strip:
    bars, shared = [row for row in rows if not row.shared], [row for row in rows if row.shared]
    made = _Strip(wrap(heading, width, style.BODY, bold=True), bars, shared, limits, "beside")
    fits = all(_side(made, row, width) for row in bars)
    return _Strip(made.heading, bars, shared, limits, words or ("beside" if fits else "above"))


def _draw_strip(canvas: SubFigure, words: Axes, strip: _Strip, top: float, marks: Iterable[float]) -> Axes:
    """Draw heading, bars, shared ranges and upright hairlines of a strip; return its plane."""
    across, _ = size(canvas)
    total = strip.tall(across)
    axes = plane(canvas, top, total, strip.limits, _EDGE)
    boxes: list[Box] = []
    down = 0.0
    if strip.inline(across):
        at, left = (strip.lane(strip.rows[0], across) - LINE_HEIGHT) / 2, _EDGE + 0.05
        write(words, left, top + at, strip.heading, bold=True)
        wide = measure(strip.heading[0], style.BODY, bold=True)
        boxes.append(Box(left, at, left + wide, at + LINE_HEIGHT))
    elif strip.heading:
        down = write(words, _EDGE + 0.05, top + 0.03, strip.heading, bold=True) - top + 0.03
    begin = down
    for row in strip.rows:
        boxes.append(_draw_bar(axes, words, strip, row, top, down))
        down += strip.lane(row, across)
    for row in strip.shared:
        axes.add_patch(
            Rectangle(
                (row.low, begin),
                row.high - row.low,
                down - begin,
                facecolor=style.SHADE,
                linewidth=0,
                zorder=0.5,
            )
        )
        lines = _note(row, across)
        wide = max(measure(line, style.BODY) for line in lines)
        middle = inches(axes, (row.low + row.high) / 2)
        left = min(max(middle - wide / 2, 0), across - _EDGE - 0.05 - wide)
        end = write(words, left + wide / 2, top + down + 0.04, lines, align="center") - top
        boxes.append(Box(left, down, left + wide, end))
        down = end + 0.04
    for value in _whole_numbers(strip.limits):
        strong = value in marks
        upright(
            axes, value, (begin, total), boxes, style.INK if strong else style.MUTED, 1.8 if strong else 0.8
        )
    return axes


def _draw_bar(axes: Axes, words: Axes, strip: _Strip, row: Any, top: float, down: float) -> Box:
    """Draw one bar and write its words; return their place, in inches from the top of the plane."""
    across = words.get_xlim()[1]
    lines = [_said(row)] if strip.words == "beside" else _lines(row, across)
    wide, tall = max((measure(line, style.BODY) for line in lines), default=0), height(len(lines), style.BODY)
    if strip.words == "beside":
        y = down + strip.lane(row, across) / 2
        side = _side(strip, row, across)
        left = inches(axes, row.high) + 0.1 if side == "right" else inches(axes, row.low) - 0.1 - wide
        begin = y - LINE_HEIGHT / 2
    else:
        above = strip.words == "above"
        y = down + (tall + BAR if above else BAR)
        begin = down if above else down + 2 * BAR + 0.02
        left = min(max(inches(axes, row.low), 0), across - _EDGE - 0.05 - wide)
    # A range that holds those of the strip above must not outshine them.
    interval(axes, row.low, row.high, y, _color(row), pale=strip.words == "below")
    write(words, left, top + begin, lines)
    if strip.dots:
        _draw_dots(axes, row, y)
    return Box(left, begin, left + wide, begin + tall)


def _draw_dots(axes: Axes, row: Any, y: float) -> None:
    """Draw a hollow dot, the sign of a derived number, for each whole number of a range."""
    for number in range(ceil(row.low), floor(row.high) + 1):
        dot(axes, number, y, printed=False, points=9.6, color=_color(row))


def _whole_numbers(limits: tuple[float, float]) -> list[float]:
    """Return the whole numbers of an axis, none where they would be a hatching."""
    numbers = list(range(ceil(limits[0]), floor(limits[1]) + 1))
    return [float(number) for number in numbers] if len(numbers) <= 12 else []


def _ticks(limits: tuple[float, float], language: Language, *, every: bool) -> list[tuple[float, str]]:
    """Return ticks with their words: each whole number, or some five round numbers."""
    if every and len(_whole_numbers(limits)) > 1:
        return [(number, tick(number, "", language)) for number in _whole_numbers(limits)]
    values = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(*limits)
    kept = [float(value) for value in values if limits[0] <= value <= limits[1]]
    places = max(len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in kept)
    # Ticks of one axis have the same places, which `tick` would cut down to those each needs.
    return [(value, f"{value:.{places}f}" if places else tick(value, "", language)) for value in kept]


def _lens(
    canvas: SubFigure,
    narrow: tuple[float, float],
    wide: tuple[float, float],
    ends: tuple[float, float, float],
) -> None:
    """Draw a pale magnifier under everything: a beam from a narrow range to a wide one, then its field.

    `ends` are the heights of the narrow range, of the wide one, and of the far side of the field.
    """
    ground = sheet(canvas)
    ground.set_zorder(-1)
    xs = (narrow[0], narrow[1], wide[1], wide[1], wide[0], wide[0])
    ys = (ends[0], ends[0], ends[1], ends[2], ends[2], ends[1])
    corners = list(zip(xs, ys, strict=True))
    ground.add_patch(Polygon(corners, closed=True, facecolor=style.GROUND, linewidth=0))


# Strips.


def _planned(table: pd.DataFrame, width: float) -> list[_Strip]:
    strips = []
    for name in unique(table["strip"]):
        rows = table[table["strip"] == name]
        strips.append(_strip(name, list(each(rows)), _limits(rows), width))
    return strips


def _limits(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of an axis: as the table says, else a little past its bars."""
    low, high = float(rows["low"].min()), float(rows["high"].max())
    margin = (high - low or 1) * 0.06
    least, most = rows["axis_from"].min(), rows["axis_to"].max()
    return (low - margin if isnan(least) else float(least)), (high + margin if isnan(most) else float(most))


def _low(strips: list[_Strip]) -> list[_Strip]:
    """Return strips as a card has them: lower lanes, and headings in them."""
    return [replace(strip, lane_height=_LOW_LANE) for strip in strips]


def _over(first: _Strip, width: float) -> float:
    """Return the height of the first heading over its axis; nothing where it stands in a lane."""
    return 0.0 if first.inline(width) else height(len(first.heading), style.BODY) + 0.03


def _tall(strips: list[_Strip], width: float, lens: float) -> float:
    first, *others = strips
    above = _over(first, width)
    inside = (replace(first, heading=[]) if above else first).tall(width) + fsum(
        strip.tall(width) for strip in others
    )
    return above + inside + len(strips) * AXIS + lens * len(others)


def _strips_height(table: pd.DataFrame, width: float) -> float:
    return _tall(_planned(table, width), width, _LENS)


def _low_height(table: pd.DataFrame, width: float) -> float:
    return _tall(_low(_planned(table, width)), width, _LOW_LENS)


def _no_strips(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        yield from _no_rule(number, row)
        if row.low >= row.high:
            yield Fault("", number, "low", f"{row.low:g} beside high {row.high:g}", "low below high")
        low, high = _limits(table[table["strip"] == row.strip])
        if row.low < low or row.high > high:
            column = "low" if row.low < low else "high"
            yield Fault("", number, column, f"{row.low:g} to {row.high:g}", f"the axis, {low:g} to {high:g}")


def _no_rule(number: int, row: Any) -> Iterator[Fault]:
    if row.rule not in OF_RULE:
        yield Fault("", number, "rule", quote(row.rule), f"{' or '.join(filter(None, OF_RULE))}, or nothing")


@form(
    words="strip label bounds rule",
    numbers="low high mark axis_from axis_to",
    flags="own shared",
    optional="bounds rule mark axis_from axis_to own shared",
    height=_strips_height,
    least=_low_height,
    check=_no_strips,
)
def strips(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw intervals in strips, each with an axis of its own and hairlines at the whole numbers.

    Where a strip shows a part of the one above, a beam leads from that part down to it. `rule` is `nearest`,
    `truncation` or empty and colours a bar, `bounds` are written behind its label, a `shared` row is a shaded
    range through its strip, `mark` a whole number whose hairline is strong, `axis_from` and `axis_to` the
    ends of the axis. Raises `Faults` for an unknown rule, and a range without width or off its axis.
    """
    across, down = size(canvas)
    planned, lens, marks = _planned(table, across), _LENS, set(table["mark"].dropna())
    if down < _strips_height(table, across) - SLACK:
        planned, lens = _low(planned), _LOW_LENS
        lanes = sum(len(strip.rows) for strip in planned)
        lane = _LOW_LANE + max(0.0, down - _tall(planned, across, lens)) / lanes
        planned = [replace(strip, lane_height=min(lane, _LANE - SLACK)) for strip in planned]
    words, (first, *others), top = sheet(canvas), planned, AXIS
    if over := _over(first, across):
        write(words, 0, 0, first.heading, bold=True)
        first, top = replace(first, heading=[]), top + over
    axes = _draw_strip(canvas, words, first, top, marks)
    axis(axes, words, top, _ticks(first.limits, language, every=True), above=True)
    before, end = first, top + first.tall(across)
    for strip in others:
        top = end + lens
        if _lies_in(strip.limits, before.limits):
            narrow = (inches(axes, strip.limits[0]), inches(axes, strip.limits[1]))
            _lens(canvas, narrow, (_EDGE, across - _EDGE), (end, top, top + strip.tall(across)))
        axes = _draw_strip(canvas, words, strip, top, marks)
        axis(axes, words, top + strip.tall(across), _ticks(strip.limits, language, every=True))
        before, end = strip, top + strip.tall(across) + AXIS


def _lies_in(inner: tuple[float, float], outer: tuple[float, float]) -> bool:
    return outer[0] <= inner[0] < inner[1] <= outer[1]


# Remainders.


def _two(table: pd.DataFrame, width: float) -> tuple[_Strip, _Strip]:
    """Return the magnified strip and the wide one."""
    filled = table.assign(own=True, shared=False, bounds="")
    wide, close = (
        filled[filled["level"] == 0],
        filled[filled["level"] > 0].sort_values("level", kind="stable"),
    )
    reach = (float(wide["high"].max()) - float(wide["low"].min())) * 0.05
    limits = (float(wide["low"].min()) - reach, float(wide["high"].max()) + reach)
    return _close(list(each(close)), width), _strip("", list(each(wide)), limits, width, "below")


def _close(rows: list[Any], width: float) -> _Strip:
    """Return the magnified strip, with so many whole numbers on the right that all words have room there."""
    least, most = floor(min(row.low for row in rows)) - 1.0, ceil(max(row.high for row in rows))
    tried = [_strip("", rows, (least, most + further), width) for further in (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)]
    fitting = (strip for strip in tried if all(_side(strip, row, width) == "right" for row in rows))
    return replace(next(fitting, tried[1]), dots=True)


def _remainders_height(table: pd.DataFrame, width: float) -> float:
    return fsum(strip.tall(width) for strip in _two(table, width)) + 2 * AXIS + _LENS + 0.06


def _no_remainders(table: pd.DataFrame) -> Iterator[Fault]:
    wide = table[table["level"] == 0]
    if set(table["level"] > 0) != {True, False}:
        levels = ", ".join(f"{level:g}" for level in sorted(set(table["level"])))
        yield Fault.of(levels, "0 and a higher one", "level")
    for number, row in numbered(table):
        yield from _no_rule(number, row)
        if row.low > row.high:
            yield Fault("", number, "low", f"{row.low:g} above high {row.high:g}", "low up to high")
        if row.level and not wide.empty and (row.low < wide["low"].min() or row.high > wide["high"].max()):
            column = "low" if row.low < wide["low"].min() else "high"
            yield Fault("", number, column, f"{row.low:g} to {row.high:g}", "a range within level 0")


@form(
    words="label rule",
    numbers="low high level",
    optional="rule",
    height=_remainders_height,
    check=_no_remainders,
)
def remainders(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw ranges of whole numbers on one axis, and those of a higher level once more under a magnifier.

    Level 0 is what the words admit; the ranges of higher levels lie in it, with a hollow dot for each whole
    number. `rule` colours a range as in `strips`. Raises `Faults` for a table without either level, an
    unknown rule, and a range that is no range or leaves level 0.
    """
    across, _ = size(canvas)
    words = sheet(canvas)
    close, wide = _two(table, across)
    top = AXIS
    above = _draw_strip(canvas, words, close, top, ())
    axis(above, words, top, _ticks(close.limits, language, every=True), above=True)
    end = top + close.tall(across)
    axes = _draw_strip(canvas, words, wide, end + _LENS, ())
    narrow = (inches(axes, close.limits[0]), inches(axes, close.limits[1]))
    _lens(canvas, narrow, (_EDGE, across - _EDGE), (end + _LENS + BAR / 2, end, top))
    for row in close.rows:
        axes.add_patch(
            Rectangle((row.low, BAR / 2), row.high - row.low, BAR, facecolor=style.INK, linewidth=0, zorder=4)
        )
    axis(axes, words, end + _LENS + wide.tall(across), _ticks(wide.limits, language, every=False))
