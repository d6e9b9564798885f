"""Rulers of printed numbers: how far recomputed ones lie from them, and how far the words let them reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil, floor, fsum, isnan
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from asprinted.drawing.typesetting import width as measure
from asprinted.faults import Fault
from asprinted.figures import style
from asprinted.figures.canvas import TextBlock, block, box, dot, middle, plane, sheet, size, write
from asprinted.figures.form import each, form, numbered, unique, upside_down
from asprinted.figures.forms import ruling
from asprinted.figures.forms.ruling import AXIS, BAR, LINE_HEIGHT, SLACK, Box, arrow, inches, interval
from asprinted.prose.writing import LANGUAGES, Language

_FROM, _TO = -0.7, 1.2
_EDGE = 0.02
_ARROW = 0.1


class _Room(NamedTuple):
    """How much room a ruler has: its width, whether it stands on a card, its dots, and its gaps."""

    width: float
    low: bool
    dot: float
    lane: float
    apart: float

    @classmethod
    def of(cls, width: float, low: bool) -> _Room:
        return cls(width, low, *((0.08, 0.02, 0.02) if low else (0.125, 0.12, 0.05)))

    @property
    def level(self) -> float:
        return self.dot * 1.08

    def at(self, value: float) -> float:
        return _EDGE + (value - _FROM) / (_TO - _FROM) * (self.width - 2 * _EDGE)


@dataclass(frozen=True)
class _Lane:
    """A strip of the ruler: a labelled dot, a bar, a thick bar with its words in it, or a swarm of dots."""

    rows: list[Any]
    label: TextBlock
    draw: Callable[[Axes, Axes, _Lane, float, _Room], list[Box]]
    tall: float
    right: bool = False
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


def _named(row: Any, room: _Room) -> _Lane:
    """Return the lane of a row with a label: beside its dot where there is more room, above or in a bar."""
    if row.low < row.high:
        label = block(row.label, room.width - 2 * _EDGE, row.own, style.ink(row.own))
        ends = sum(measure(end, style.BODY) for end in bounds(row.low, row.high)) + 2 * _ARROW + 0.5
        inside = row.low >= _FROM, row.high <= _TO
        if room.low and not any(inside) and len(label.lines) == 1 and label.wide + ends < room.width:
            return _Lane([row], replace(label, color=style.INK), _draw_thick, LINE_HEIGHT + 0.05)
        tall = label.tall + BAR + 0.16 + (0.0 if all(inside) else LINE_HEIGHT)
        return _Lane([row], label, _draw_bar, tall)
    at, gap = room.at(row.low), room.dot / 2 + 0.07
    wide = room.width - at - gap
    right = measure(row.label, style.BODY, bold=row.own) <= wide or at < room.width / 2
    label = block(row.label, wide if right else at - gap, row.own, style.ink(row.own))
    return _Lane([row], label, _draw_dot, label.tall + room.lane, right)


def _crowd(rows: list[Any], room: _Room) -> _Lane:
    """Return a swarm under its words; on a card they stand right of it where they have room."""
    stack = swarm([row.low for row in rows], room.level * (_TO - _FROM) / (room.width - 2 * _EDGE))
    label = block(rows[0].group, room.width - 2 * _EDGE)
    dots = (max(stack) + 1) * room.level
    if room.low and len(label.lines) == 1 and _beyond(rows, room) + label.wide <= room.width:
        return _Lane(rows, label, _draw_swarm, max(dots, LINE_HEIGHT) + 0.04, True, stack)
    return _Lane(rows, label, _draw_swarm, label.tall + dots + 0.14, False, stack)


def _beyond(rows: list[Any], room: _Room) -> float:
    """Return where words right of a swarm begin: behind its last dot, and off the edge of the field."""
    last, edge = room.at(max(row.low for row in rows)) + room.dot / 2 + 0.07, room.at(0.5)
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
    label: TextBlock

    @property
    def rightwards(self) -> bool:
        return bool(self.row.low > _TO)

    @property
    def tall(self) -> float:
        return max(1, len(self.label.lines)) * LINE_HEIGHT


def _offset(row: Any) -> str:
    """Return the offset of a row off the ruler: that of the end which is nearer to it."""
    return offset(row.high if row.high < 0 else row.low)


def _away(rows: list[Any]) -> float:
    """Return the width of the column of offsets beside the arrows."""
    return TextBlock([_offset(row) for row in rows], True).wide


def _far(table: pd.DataFrame, room: _Room) -> list[_Far]:
    """Return the rows off the ruler from the top down, one of either side in a line if both fit."""
    rows = [row for row in each(table) if _is_far(row)]
    placed: list[_Far] = []
    width, top = room.width - 0.24 - _away(rows) - _ARROW, 0.0
    for row in rows:
        far = _Far(row, top, block(row.label, width, row.own, style.ink(row.own)))
        beside = [other for other in placed if _share(far, other, placed, width)]
        far = replace(far, top=beside[0].top) if beside else far
        placed.append(far)
        top = max(top, far.top + far.tall + room.apart)
    return placed


def _share(far: _Far, other: _Far, placed: list[_Far], width: float) -> bool:
    """Tell whether two rows, off either end, have room in one line, and nobody else is in it."""
    alone = sum(each.top == other.top for each in placed) == 1
    if not alone or far.rightwards == other.rightwards or max(far.tall, other.tall) > LINE_HEIGHT:
        return False
    return far.label.wide + other.label.wide + 0.6 + _away([far.row, other.row]) <= width


def _head(room: _Room) -> float:
    """Return the height over the lanes: one line where field and frame can be named in it, else two."""
    span = room.at(1) - room.at(-0.5) - 0.12
    wide = max(sum(map(_bold, (said["field"], said["frame"]))) for said in map(ruling.said, LANGUAGES))
    return LINE_HEIGHT * (1 if wide + 0.2 <= span else 2) + 0.06


def _bold(text: str) -> float:
    return measure(text, style.BODY, bold=True)


def _below(far: list[_Far], room: _Room) -> float:
    return max((each.top + each.tall for each in far), default=-room.apart) + room.apart


def _height(table: pd.DataFrame, width: float, low: bool = False) -> float:
    room = _Room.of(width, low)
    inside = _head(room) + fsum(lane.tall for lane in _lanes(table, room)) + (0.03 if low else 0.1)
    return inside + AXIS + _below(_far(table, room), room)


def _no_offsets(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        yield from upside_down(number, row)
        if row.hedged and row.low == row.high:
            yield Fault("", number, "hedged", "yes with one offset", "low below high, or no")


@form(
    words="label? group?",
    numbers="low high",
    flags="own? hedged?",
    height=_height,
    least=partial(_height, low=True),
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
    low, said = down < _height(table, across) - SLACK, ruling.said(language)
    room = _Room.of(across, low)
    words, lanes, far, head = sheet(canvas), _lanes(table, room), _far(table, room), _head(room)
    spare = (down - _height(table, across, low)) / len(lanes) if low and lanes else 0.0
    inside = down - AXIS - _below(far, room)
    axes, top = plane(canvas, _EDGE, 0, across - 2 * _EDGE, inside, (_FROM, _TO)), head
    boxes = _fields(axes, words, head, said)
    for lane in lanes:
        boxes += lane.draw(axes, words, lane, top + spare / 2, room)
        top += lane.tall + spare
    axes.plot([0, 1], [head - 0.03] * 2, color=style.CUT, linewidth=1.4)
    for x in (0.0, 1.0):
        ruling.upright(axes, x, (head - 0.03, inside), boxes, style.CUT)
    for x in (-0.5, 0.5):
        ruling.upright(axes, x, (0, inside), boxes, style.ROUNDED)
    ruling.axis(axes, words, inside, [(-0.5, "−½"), (0, said["zero"]), (0.5, "+½"), (1, said["one"])])
    _draw_far(axes, words, far, inside + AXIS + room.apart)


def _fields(axes: Axes, words: Axes, head: float, said: dict[str, str]) -> list[Box]:
    """Draw the field of rounding and name it and the frame of cutting; return the places of the names."""
    box(axes, -0.5, 0, 1, axes.get_ylim()[0], style.GROUND, zorder=0)
    top, left, right = head - 0.04 - LINE_HEIGHT, inches(axes, -0.5) + 0.06, inches(axes, 1) - 0.06
    write(words, left, 0.02, [said["field"]], color=style.ROUNDED, bold=True)
    below = write(words, right, top, [said["frame"]], color=style.CUT, bold=True, align="right")
    return [
        Box(left, 0.0, left + _bold(said["field"]), LINE_HEIGHT),
        Box(right - _bold(said["frame"]), top, right, below),
    ]


def _draw_dot(axes: Axes, words: Axes, lane: _Lane, top: float, room: _Room) -> list[Box]:
    row, y, label = lane.rows[0], top + lane.tall / 2, lane.label
    dot(axes, row.low, y, style.colour(row.own), points=room.dot * 72)
    gap, begin = room.dot / 2 + 0.07, y - label.tall / 2
    left = inches(axes, row.low) + (gap if lane.right else -gap - label.wide)
    x, align = (left, "left") if lane.right else (left + label.wide, "right")
    end = label.write(words, x, begin, align)
    return [Box(left, begin, left + label.wide, end)]


def _draw_bar(axes: Axes, words: Axes, lane: _Lane, top: float, room: _Room) -> list[Box]:
    """Draw an interval under its words; an end off the ruler becomes an arrow with its offset below it."""
    row, color = lane.rows[0], style.colour(lane.rows[0].own)
    top += 0.04
    below = lane.label.write(words, _EDGE, top)
    y = below + BAR / 2 + 0.03
    ends, inside = (max(row.low, _FROM), min(row.high, _TO)), (row.low >= _FROM, row.high <= _TO)
    interval(axes, *ends, y, color, pale=row.hedged, closed=inside)
    values, aligned = bounds(row.low, row.high), ("left", "right")
    for end, value, shown, align in zip(ends, values, inside, aligned, strict=True):
        if not shown:
            arrow(axes, end, y, align == "right", color)
            write(words, inches(axes, end), y + BAR / 2 + 0.03, [value], color=style.MUTED, align=align)
    return [
        Box(_EDGE, top + number * LINE_HEIGHT, _EDGE + measure(line, style.BODY, bold=row.own), below)
        for number, line in enumerate(lane.label.lines)
    ]


def _draw_thick(axes: Axes, words: Axes, lane: _Lane, top: float, room: _Room) -> list[Box]:
    """Draw an interval that leaves the ruler at either end, with its words and its offsets in it."""
    row, color, y = lane.rows[0], style.colour(lane.rows[0].own), top + lane.tall / 2
    # It is pale, hedged or not, since words are read on it.
    ruling.band(axes, _FROM, _TO, y, color, pale=True, tall=LINE_HEIGHT + 0.02)
    for x, rightwards in ((_FROM, False), (_TO, True)):
        arrow(axes, x, y, rightwards, color)
    begin, (low, high) = y - LINE_HEIGHT / 2, bounds(row.low, row.high)
    write(words, _EDGE + _ARROW, begin, [low])
    lane.label.write(words, room.width / 2, begin, "center")
    write(words, room.width - _EDGE - _ARROW, begin, [high], align="right")
    return [Box(0, top, room.width, top + lane.tall)]


def _draw_swarm(axes: Axes, words: Axes, lane: _Lane, top: float, room: _Room) -> list[Box]:
    left, begin = (_beyond(lane.rows, room), middle(top + lane.tall / 2)) if lane.right else (_EDGE, top)
    below = lane.label.write(words, left, begin)
    floor = top + lane.tall - (0.02 if lane.right else 0.08) - room.dot / 2
    for row, level in zip(lane.rows, lane.stack, strict=True):
        dot(axes, row.low, floor - level * room.level, style.colour(row.own), points=room.dot * 72)
    return [Box(left, begin, left + measure(line, style.BODY), below) for line in lane.label.lines]


def _draw_far(axes: Axes, words: Axes, rows: list[_Far], start: float) -> None:
    """Write rows that lie off the ruler, each with an arrow at the edge that it lies beyond."""
    across, away = words.get_xlim()[1], _away([far.row for far in rows])
    for far in rows:
        top, color = start + far.top, style.ink(far.row.own)
        y = top + far.tall / 2
        arrow(axes, _TO if far.rightwards else _FROM, y, far.rightwards, style.colour(far.row.own))
        align, edge, way = ("right", across, -1) if far.rightwards else ("left", 0.0, 1)
        offset = TextBlock([_offset(far.row)], True, color)
        offset.write(words, edge + way * 0.14, y - LINE_HEIGHT / 2, align)
        far.label.write(words, edge + way * (0.24 + away), top, align)


# How far words reach.

_COLUMN = 1.5
_WIDE_GAP = 0.16
_BETWEEN = 0.07


class _Reach(NamedTuple):
    """A row with its words, the label over the token on the left, and its height."""

    row: Any
    label: TextBlock
    token: TextBlock
    shown: TextBlock
    tall: float


def _plan(table: pd.DataFrame, width: float) -> tuple[float, float, list[_Reach]]:
    """Return where the ruler begins and ends, between the words beside it, and the rows."""
    left = min(max(TextBlock([*table["label"]], True).wide, TextBlock([*table["token"]]).wide), _COLUMN)
    right = min(TextBlock([*table["shown"]]).wide, _COLUMN)
    begin, end = left + _WIDE_GAP, width - (right + _WIDE_GAP if right else _EDGE)
    room, rows = begin - _WIDE_GAP + 1e-6, []
    for row in each(table):
        label, token = block(row.label, room, True), block(row.token, room, color=style.MUTED)
        shown = block(row.shown, width - end - _WIDE_GAP + 1e-6)
        tall = max(label.tall + token.tall, shown.tall, 2 * BAR) + _BETWEEN
        rows.append(_Reach(row, label, token, shown, tall))
    return begin, end, rows


def _interval_height(table: pd.DataFrame, width: float) -> float:
    return fsum(reach.tall for reach in _plan(table, width)[2]) + AXIS + 0.02


@form(
    words="label shown? token?",
    numbers="low? high?",
    height=_interval_height,
    check=lambda table: (fault for number, row in numbered(table) for fault in upside_down(number, row)),
)
def interval_ruler(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw how far words let a printed number reach, from the number itself to twice it, on a linear axis.

    `low` and `high` are multiples of the printed number; an empty one is open, and its bar runs to the edge
    with an arrow. The axis reaches further only where a row does. `shown` says the interval, `token` how it
    is printed where `label` is a translation. Raises `Faults` where `low` is above `high`.
    """
    across, down = size(canvas)
    (begin, end, rows), words = _plan(table, across), sheet(canvas)
    least, most = min([1.0, *table["low"].dropna()]), max([2.0, *table["high"].dropna()])
    spare, total, top = (down - _interval_height(table, across)) / len(table), down - AXIS - 0.02, 0.0
    axes = plane(canvas, begin, 0, end - begin, total, (least, most))
    for row, label, token, shown, tall in rows:
        y = top + (tall + spare - _BETWEEN) / 2
        below = label.write(words, 0, y - (label.tall + token.tall) / 2)
        token.write(words, 0, below - 0.02)
        shown.write(words, across, y - shown.tall / 2, "right")
        _draw_interval(axes, row, y, (least, most))
        top += tall + spare
    halves = [value / 2 for value in range(round(least * 2), round(most * 2) + 1)]
    percents = [f"{(value - 1) * 100:+.0f}%".replace("-", "−") for value in halves]
    zero = ruling.said(language)["zero"]
    ticks = [(at, zero if at == 1 else text) for at, text in zip(halves, percents, strict=True)]
    ruling.axis(axes, words, total, ticks)


def _draw_interval(axes: Axes, row: Any, y: float, limits: tuple[float, float]) -> None:
    axes.plot(limits, [y, y], color=style.LINE, linewidth=0.8, zorder=1)
    low, high = (limits[0] if isnan(row.low) else row.low), (limits[1] if isnan(row.high) else row.high)
    interval(axes, low, high, y, style.ARTICLE, closed=(not isnan(row.low), not isnan(row.high)))
    for end, value, rightwards in ((low, row.low, False), (high, row.high, True)):
        if isnan(value):
            arrow(axes, end, y, rightwards, style.ARTICLE, points=15)
