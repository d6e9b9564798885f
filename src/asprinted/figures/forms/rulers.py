"""Rulers of printed numbers: how far recomputed ones lie from them, and how far the words let them reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, fsum, isnan
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Rectangle

from asprinted.faults import Fault
from asprinted.figures import style
from asprinted.figures.canvas import dot, middle, place, sheet, size, write
from asprinted.figures.form import each, form, numbered, unique
from asprinted.figures.forms.ruling import (
    AXIS,
    BAR,
    LINE_HEIGHT,
    SLACK,
    WORDS,
    Box,
    arrow,
    axis,
    band,
    inches,
    interval,
    plane,
    ticked,
    upright,
)
from asprinted.figures.typesetting import height, wrap
from asprinted.figures.typesetting import width as measure
from asprinted.writing import Language

_FROM, _TO = -0.7, 1.2
_EDGE = 0.02
_ARROW = 0.1


@dataclass(frozen=True)
class _Room:
    """How much room a ruler has: its width, and on a card less height, with smaller dots."""

    width: float
    low: bool = False

    @property
    def dot(self) -> float:
        return 0.08 if self.low else 0.125

    @property
    def lane(self) -> float:
        return 0.02 if self.low else 0.12

    @property
    def level(self) -> float:
        return self.dot * 1.08

    @property
    def apart(self) -> float:
        """What stands between the axis and the rows off the ruler, and between these."""
        return 0.02 if self.low else 0.05


@dataclass(frozen=True)
class _Lane:
    """A strip of the ruler: a labelled dot, a bar, a thick bar with its words in it, or a swarm of dots."""

    rows: list[Any]
    label: list[str]
    kind: str
    tall: float
    stands: str = ""
    stack: tuple[int, ...] = ()


def offset(digits: float) -> str:
    """Return an offset in last digits, with its sign, to a tenth below ten.

    >>> offset(8.748), offset(-828.9), offset(0.146)
    ('+8.7', '−829', '+0.1')
    """
    written = f"{digits:+.1f}" if abs(digits) < 9.95 else f"{digits:+,.0f}"
    return written.replace("-", "−")


def bounds(low: float, high: float) -> tuple[str, str]:
    """Return the ends of an interval of offsets, each rounded outward.

    >>> bounds(-60.44, 50.8)
    ('−61', '+51')
    """
    written = []
    for end, outward in ((low, floor), (high, ceil)):
        step = 10 if abs(end) < 9.95 else 1
        # What is a whole step but for the last bit of a float stays one.
        written.append(offset(outward(round(end * step, 6)) / step))
    return written[0], written[1]


def swarm(values: Sequence[float], apart: float) -> tuple[int, ...]:
    """Return the level on which each dot stands so that dots of one level are `apart` or more.

    >>> swarm([0.0, 0.05, 0.2, 0.21], 0.1)
    (0, 1, 0, 1)
    """
    last: list[float] = []
    levels = [0] * len(values)
    for index in sorted(range(len(values)), key=lambda index: values[index]):
        value = values[index]
        free = (level for level, taken in enumerate(last) if value - taken >= apart)
        levels[index] = next(free, len(last))
        last[levels[index] : levels[index] + 1] = [value]
    return tuple(levels)


def _is_far(row: Any) -> bool:
    return bool(row.high < _FROM or row.low > _TO)


def _across(value: float, width: float) -> float:
    return _EDGE + (value - _FROM) / (_TO - _FROM) * (width - 2 * _EDGE)


def _named(row: Any, room: _Room) -> _Lane:
    """Return the lane of a row with a label: beside its dot where there is more room, above or in a bar."""
    width = room.width
    if row.low < row.high:
        label = wrap(row.label, width - 2 * _EDGE, style.BODY, bold=row.own)
        ends = sum(measure(end, style.BODY) for end in bounds(row.low, row.high)) + 2 * _ARROW + 0.5
        leaves = row.low < _FROM and row.high > _TO and len(label) == 1
        if room.low and leaves and measure(label[0], style.BODY, bold=row.own) + ends < width:
            return _Lane([row], label, "thick", LINE_HEIGHT + 0.05)
        below = 0.0 if row.low >= _FROM and row.high <= _TO else LINE_HEIGHT
        return _Lane([row], label, "bar", height(len(label), style.BODY) + BAR + 0.16 + below)
    at, gap = _across(row.low, width), room.dot / 2 + 0.07
    right = measure(row.label, style.BODY, bold=row.own) <= width - at - gap or at < width / 2
    label = wrap(row.label, width - at - gap if right else at - gap, style.BODY, bold=row.own)
    side = "right" if right else "left"
    return _Lane([row], label, "dot", height(len(label), style.BODY) + room.lane, side)


def _crowd(rows: list[Any], room: _Room) -> _Lane:
    """Return a swarm under its words; on a card they stand right of it where they have room."""
    stack = swarm([row.low for row in rows], room.level * (_TO - _FROM) / (room.width - 2 * _EDGE))
    label = wrap(rows[0].group, room.width - 2 * _EDGE, style.BODY)
    dots = (max(stack) + 1) * room.level
    end = _beyond(rows, room)
    if room.low and len(label) == 1 and end + measure(label[0], style.BODY) <= room.width:
        return _Lane(rows, label, "swarm", max(dots, LINE_HEIGHT) + 0.04, "right", stack)
    return _Lane(rows, label, "swarm", height(len(label), style.BODY) + dots + 0.14, "below", stack)


def _beyond(rows: list[Any], room: _Room) -> float:
    """Return where words right of a swarm begin: behind its last dot, and off the edge of the field."""
    last = _across(max(row.low for row in rows), room.width) + room.dot / 2 + 0.07
    edge = _across(0.5, room.width)
    return edge + 0.08 if edge - 0.1 < last < edge + 0.08 else last


def _lanes(table: pd.DataFrame, room: _Room) -> list[_Lane]:
    near = [row for row in each(table) if not _is_far(row)]
    lanes = [_named(row, room) for row in near if row.label or row.low < row.high]
    crowd = [row for row in near if not row.label and row.low == row.high]
    groups = unique(row.group for row in crowd)
    return lanes + [_crowd([row for row in crowd if row.group == name], room) for name in groups]


@dataclass(frozen=True)
class _Far:
    """A row that lies off the ruler, with its words and where in inches below the axis they begin."""

    row: Any
    top: float
    label: list[str]

    @property
    def rightwards(self) -> bool:
        return bool(self.row.low > _TO)

    @property
    def offset(self) -> str:
        return offset(self.row.low if self.rightwards else self.row.high)

    @property
    def bottom(self) -> float:
        return self.top + max(1, len(self.label)) * LINE_HEIGHT


def _far(table: pd.DataFrame, room: _Room) -> list[_Far]:
    """Return the rows off the ruler from the top down, one of either side in a line if both fit."""
    rows = [row for row in each(table) if _is_far(row)]
    placed: list[_Far] = []
    width, top = room.width - 0.24 - _away(rows) - _ARROW, 0.0
    for row in rows:
        far = _Far(row, top, wrap(row.label, width, style.BODY, bold=row.own))
        beside = [other for other in placed if _share(far, other, placed, width)]
        far = replace(far, top=beside[0].top) if beside else far
        placed.append(far)
        top = max(top, far.bottom + room.apart)
    return placed


def _share(far: _Far, other: _Far, placed: list[_Far], width: float) -> bool:
    """Tell whether two rows, off either end, have room in one line, and nobody else is in it."""
    alone = sum(each.top == other.top for each in placed) == 1
    if not alone or far.rightwards == other.rightwards or max(len(far.label), len(other.label)) > 1:
        return False
    wide = sum(measure("".join(each.label), style.BODY, bold=each.row.own) for each in (far, other))
    return wide + 0.6 + _away([far.row, other.row]) <= width


def _away(rows: list[Any]) -> float:
    """Return the width of the column of offsets beside the arrows."""
    shown = (offset(row.high if row.high < 0 else row.low) for row in rows)
    return max((measure(text, style.BODY, bold=True) for text in shown), default=0.0)


def _head(width: float) -> float:
    """Return the height over the lanes: one line where field and frame can be named in it, else two."""
    span = _across(1, width) - _across(-0.5, width) - 0.12
    wide = max(
        sum(measure(said[name], style.BODY, bold=True) for name in ("field", "frame"))
        for said in WORDS.values()
    )
    return LINE_HEIGHT * (1 if wide + 0.2 <= span else 2) + 0.06


def _ruler(table: pd.DataFrame, room: _Room) -> float:
    pad = 0.03 if room.low else 0.1
    inside = _head(room.width) + fsum(lane.tall for lane in _lanes(table, room)) + pad
    return inside + AXIS + _below(_far(table, room), room)


def _below(far: list[_Far], room: _Room) -> float:
    return max((each.bottom for each in far), default=-room.apart) + room.apart


def _ruler_height(table: pd.DataFrame, width: float) -> float:
    return _ruler(table, _Room(width))


def _low_ruler(table: pd.DataFrame, width: float) -> float:
    return _ruler(table, _Room(width, low=True))


def _no_offsets(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        if row.low > row.high:
            yield Fault("", number, "low", f"{row.low:g} above high {row.high:g}", "low up to high")
        if row.hedged and row.low == row.high:
            yield Fault("", number, "hedged", "yes with one offset", "low below high, or no")


@form(
    words="label group",
    numbers="low high",
    flags="own hedged",
    optional="label group own hedged",
    height=_ruler_height,
    least=_low_ruler,
    check=_no_offsets,
)
def last_digit_ruler(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw how far recomputed rates lie from their printed ones, in units of the last printed digit.

    `low` and `high` are the offsets, recomputed minus printed; where they are equal the row is a dot, else a
    bar, cut off with arrows where it leaves the ruler. A field reaches from −½ to ½, a frame from 0 to 1.
    Rows with a `label` have a lane each, in order; the others of one `group` are a swarm under its name. Rows
    that lie off the ruler follow below the axis, with their offset. A `hedged` bar is pale. On a card lanes
    are lower, and words stand in bars and beside swarms. Raises `Faults` where `low` is above `high`, or a
    hedged row has no width.
    """
    across, down = size(canvas)
    room = _Room(across, low=down < _ruler_height(table, across) - SLACK)
    words, lanes, far = sheet(canvas), _lanes(table, room), _far(table, room)
    spare = (down - _ruler(table, room)) / len(lanes) if room.low and lanes else 0.0
    inside = down - AXIS - _below(far, room)
    axes, top = plane(canvas, 0, inside, (_FROM, _TO), _EDGE), _head(across)
    boxes = _fields(axes, words, top, language)
    for lane in lanes:
        boxes += _draw_lane(axes, words, lane, top + spare / 2, room)
        top += lane.tall + spare
    begin = _head(across) - 0.03
    axes.plot([0, 1], [begin] * 2, color=style.CUT, linewidth=1.4)
    for x in (0.0, 1.0):
        upright(axes, x, (begin, inside), boxes, style.CUT)
    for x in (-0.5, 0.5):
        upright(axes, x, (0, inside), boxes, style.ROUNDED)
    said = WORDS[language]
    axis(axes, words, inside, [(-0.5, "−½"), (0, said["zero"]), (0.5, "+½"), (1, said["one"])])
    _draw_far(axes, words, far, inside + AXIS + room.apart)


def _fields(axes: Axes, words: Axes, head: float, language: Language) -> list[Box]:
    """Draw the field of rounding and name it and the frame of cutting; return the places of the names."""
    bottom, said = axes.get_ylim()[0], WORDS[language]
    axes.add_patch(Rectangle((-0.5, 0), 1, bottom, facecolor=style.GROUND, linewidth=0, zorder=0))
    top, left, right = head - 0.04 - LINE_HEIGHT, inches(axes, -0.5) + 0.06, inches(axes, 1) - 0.06
    write(words, left, 0.02, [said["field"]], color=style.ROUNDED, bold=True)
    write(words, right, top, [said["frame"]], color=style.CUT, bold=True, align="right")
    field, frame = (measure(said[name], style.BODY, bold=True) for name in ("field", "frame"))
    below = top + LINE_HEIGHT
    return [Box(left, 0.0, left + field, LINE_HEIGHT), Box(right - frame, top, right, below)]


def _draw_lane(axes: Axes, words: Axes, lane: _Lane, top: float, room: _Room) -> list[Box]:
    draw = {"dot": _draw_dot, "bar": _draw_bar, "thick": _draw_thick, "swarm": _draw_swarm}[lane.kind]
    return draw(axes, words, lane, top, room)


def _ink(row: Any) -> str:
    return style.ARTICLE if row.own else style.INK


def _draw_dot(axes: Axes, words: Axes, lane: _Lane, top: float, room: _Room) -> list[Box]:
    row = lane.rows[0]
    y = top + lane.tall / 2
    dot(axes, row.low, y, own=row.own, points=room.dot * 72)
    gap, at = room.dot / 2 + 0.07, inches(axes, row.low)
    x = at + gap if lane.stands == "right" else at - gap
    align = "left" if lane.stands == "right" else "right"
    begin = y - height(len(lane.label), style.BODY) / 2
    end = write(words, x, begin, lane.label, color=_ink(row), bold=row.own, align=align)
    wide = max(measure(line, style.BODY, bold=row.own) for line in lane.label)
    left = x if lane.stands == "right" else x - wide
    return [Box(left, begin, left + wide, end)]


def _draw_bar(axes: Axes, words: Axes, lane: _Lane, top: float, room: _Room) -> list[Box]:
    """Draw an interval under its words; an end off the ruler becomes an arrow with its offset below it."""
    row, color = lane.rows[0], style.colour(lane.rows[0].own)
    top += 0.04
    below = write(words, _EDGE, top, lane.label, color=_ink(row), bold=row.own)
    y = below + BAR / 2 + 0.03
    ends = (max(row.low, _FROM), min(row.high, _TO))
    inner = (row.low >= _FROM, row.high <= _TO)
    interval(axes, *ends, y, color, pale=row.hedged, ticks=ticked(*inner))
    boxes = [
        Box(_EDGE, top + number * LINE_HEIGHT, _EDGE + measure(line, style.BODY, bold=row.own), below)
        for number, line in enumerate(lane.label)
    ]
    for end, value, shown, rightwards in zip(
        ends, bounds(row.low, row.high), inner, (False, True), strict=True
    ):
        if shown:
            continue
        arrow(axes, end, y, rightwards, color)
        x = inches(axes, end)
        align = "right" if rightwards else "left"
        write(words, x, y + BAR / 2 + 0.03, [value], color=style.MUTED, align=align)
    return boxes


def _draw_thick(axes: Axes, words: Axes, lane: _Lane, top: float, room: _Room) -> list[Box]:
    """Draw an interval that leaves the ruler at either end, with its words and its offsets in it."""
    row, color, y = lane.rows[0], style.colour(lane.rows[0].own), top + lane.tall / 2
    # It is pale, hedged or not, since words are read on it.
    band(axes, _FROM, _TO, y, color, pale=True, tall=LINE_HEIGHT + 0.02)
    for x, rightwards in ((_FROM, False), (_TO, True)):
        arrow(axes, x, y, rightwards, color)
    begin, right = y - LINE_HEIGHT / 2, room.width - _EDGE - _ARROW
    write(words, _EDGE + _ARROW, begin, [bounds(row.low, row.high)[0]])
    write(words, room.width / 2, begin, lane.label, bold=row.own, align="center")
    write(words, right, begin, [bounds(row.low, row.high)[1]], align="right")
    return [Box(0, top, room.width, top + lane.tall)]


def _draw_swarm(axes: Axes, words: Axes, lane: _Lane, top: float, room: _Room) -> list[Box]:
    beside = lane.stands == "right"
    end = _beyond(lane.rows, room)
    left, begin = (end, middle(top + lane.tall / 2)) if beside else (_EDGE, top)
    write(words, left, begin, lane.label)
    floor = top + lane.tall - (0.02 if beside else 0.08) - room.dot / 2
    for row, level in zip(lane.rows, lane.stack, strict=True):
        dot(axes, row.low, floor - level * room.level, own=row.own, points=room.dot * 72)
    below = begin + height(len(lane.label), style.BODY)
    return [Box(left, begin, left + measure(line, style.BODY), below) for line in lane.label]


def _draw_far(axes: Axes, words: Axes, rows: list[_Far], start: float) -> None:
    """Write rows that lie off the ruler, each with an arrow at the edge that it lies beyond."""
    across, away = words.get_xlim()[1], _away([far.row for far in rows])
    for far in rows:
        color, top, own = _ink(far.row), start + far.top, far.row.own
        y = top + max(1, len(far.label)) * LINE_HEIGHT / 2
        arrow(axes, _TO if far.rightwards else _FROM, y, far.rightwards, style.colour(own))
        align, edge, way = ("right", across, -1) if far.rightwards else ("left", 0.0, 1)
        begin = y - LINE_HEIGHT / 2
        write(words, edge + way * 0.14, begin, [far.offset], color=color, bold=True, align=align)
        write(words, edge + way * (0.24 + away), top, far.label, color=color, bold=own, align=align)


_COLUMN = 1.5
_WIDE_GAP = 0.16
_BETWEEN = 0.07


def _columns(table: pd.DataFrame, width: float) -> tuple[float, float]:
    """Return where the ruler begins and ends, between the words on its left and on its right."""
    labels = [measure(text, style.BODY, bold=True) for text in table["label"]]
    tokens = [measure(text, style.BODY) for text in table["token"]]
    shown = [measure(text, style.BODY) for text in table["shown"]]
    left, right = min(max(*labels, *tokens), _COLUMN), min(max(shown), _COLUMN)
    return left + _WIDE_GAP, width - (right + _WIDE_GAP if right else _EDGE)


def _interval_words(row: Any, table: pd.DataFrame, width: float) -> tuple[list[str], list[str], list[str]]:
    begin, end = _columns(table, width)
    left = begin - _WIDE_GAP + 1e-6
    return (
        wrap(row.label, left, style.BODY, bold=True),
        wrap(row.token, left, style.BODY),
        wrap(row.shown, width - end - _WIDE_GAP + 1e-6, style.BODY),
    )


def _interval_row(row: Any, table: pd.DataFrame, width: float) -> float:
    label, token, shown = _interval_words(row, table, width)
    left = height(len(label) + len(token), style.BODY)
    return max(left, height(len(shown), style.BODY), 2 * BAR) + _BETWEEN


def _interval_height(table: pd.DataFrame, width: float) -> float:
    return fsum(_interval_row(row, table, width) for row in each(table)) + AXIS + 0.02


def _no_multiples(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        if row.low > row.high:
            yield Fault("", number, "low", f"{row.low:g} above high {row.high:g}", "low up to high")


@form(
    words="label shown token",
    numbers="low high",
    optional="shown token low high",
    height=_interval_height,
    check=_no_multiples,
)
def interval_ruler(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw how far words let a printed number reach, from the number itself to twice it, on a linear axis.

    `low` and `high` are multiples of the printed number; an empty one is open, and its bar runs to the edge
    with an arrow. The axis reaches further only where a row does. `shown` says the interval, `token` how it
    is printed where `label` is a translation. Raises `Faults` where `low` is above `high`.
    """
    across, down = size(canvas)
    words, top = sheet(canvas), 0.0
    spare = (down - _interval_height(table, across)) / len(table)
    least, most = min([1.0, *table["low"].dropna()]), max([2.0, *table["high"].dropna()])
    total = down - AXIS - 0.02
    begin, end = _columns(table, across)
    axes = place(canvas, begin, 0, end - begin, total)
    axes.set(xlim=(least, most), ylim=(total, 0), xticks=[], yticks=[])
    axes.set_axis_off()
    for row in each(table):
        tall = _interval_row(row, table, across) + spare
        y = top + (tall - _BETWEEN) / 2
        _write_interval(words, _interval_words(row, table, across), y, across)
        _draw_interval(axes, row, y, (least, most))
        top += tall
    axis(axes, words, total, _multiples(least, most, language))


def _write_interval(
    words: Axes, said: tuple[list[str], list[str], list[str]], y: float, across: float
) -> None:
    """Write the words left and right of a bar whose middle is at `y`, each column around that height."""
    label, token, shown = said
    tall = height(len(label) + len(token), style.BODY)
    below = write(words, 0, y - tall / 2, label, bold=True)
    write(words, 0, below - 0.02, token, color=style.MUTED)
    write(words, across, y - height(len(shown), style.BODY) / 2, shown, align="right")


def _draw_interval(axes: Axes, row: Any, y: float, limits: tuple[float, float]) -> None:
    axes.plot(limits, [y, y], color=style.LINE, linewidth=0.8, zorder=1)
    low, high = (limits[0] if isnan(row.low) else row.low), (limits[1] if isnan(row.high) else row.high)
    interval(axes, low, high, y, style.ARTICLE, ticks=ticked(not isnan(row.low), not isnan(row.high)))
    for end, value, rightwards in ((low, row.low, False), (high, row.high, True)):
        if isnan(value):
            arrow(axes, end, y, rightwards, style.ARTICLE, points=15)


def _multiples(least: float, most: float, language: Language) -> list[tuple[float, str]]:
    """Return the ticks of multiples: the number itself, then how many percent more or less."""
    halves = [value / 2 for value in range(round(least * 2), round(most * 2) + 1)]
    return [
        (value, WORDS[language]["zero"] if value == 1 else f"{(value - 1) * 100:+.0f}%".replace("-", "−"))
        for value in halves
    ]
