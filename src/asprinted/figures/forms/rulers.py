"""Rulers of printed numbers: how far recomputed ones lie from them, and how far the words let them reach."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import ceil, floor, fsum, isnan
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from asprinted.figures import style
from asprinted.figures.canvas import TextBlock, block, box, dot, measure, middle, plane, sheet, size, write
from asprinted.figures.form import UPRIGHT, Lane, Plan, Rule, each, form, unique
from asprinted.figures.forms import ruling
from asprinted.figures.forms.ruling import AXIS, BAR, LINE_HEIGHT, Box, arrow, inches, interval, written
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
    def of(cls, width: float, low: bool) -> "_Room":
        return cls(width, low, *((0.075, 0.02, 0.02) if low else (0.125, 0.12, 0.05)))

    @property
    def level(self) -> float:
        return self.dot * 1.08

    @property
    def beside(self) -> float:
        """How far from the middle of a dot its words stand."""
        return self.dot / 2 + 0.07

    def at(self, value: float) -> float:
        return _EDGE + (value - _FROM) / (_TO - _FROM) * (self.width - 2 * _EDGE)


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


def _named(row: Any, room: _Room) -> Lane:
    """Return the lane of a row with a label: beside its dot where there is more room, above or in a bar."""
    color = style.ink(row.own)
    if row.low == row.high:
        at, most = room.at(row.low), room.width - room.at(row.low) - room.beside
        right = measure(row.label, row.own) <= most or at < room.width / 2
        label = block(row.label, most if right else at - room.beside, row.own, color)
        return Lane(label.tall + room.lane, partial(_draw_dot, row, label, room, right))
    label = block(row.label, room.width - 2 * _EDGE, row.own, color)
    ends = fsum(measure(end) for end in bounds(row.low, row.high)) + 2 * _ARROW + 0.5
    inside = row.low >= _FROM, row.high <= _TO
    if room.low and not any(inside) and len(label.lines) == 1 and label.wide + ends < room.width:
        return Lane(LINE_HEIGHT + 0.05, partial(_draw_thick, row, replace(label, color=style.INK), room))
    below = 0.0 if all(inside) else LINE_HEIGHT
    return Lane(label.tall + BAR + 0.16 + below, partial(_draw_bar, row, label))


def _crowd(rows: list[Any], room: _Room) -> Lane:
    """Return a swarm under its words; on a card they stand right of it where they have room."""
    stack = swarm([row.low for row in rows], room.level * (_TO - _FROM) / (room.width - 2 * _EDGE))
    label, begin = block(rows[0].group, room.width - 2 * _EDGE), _beyond(rows, room)
    dots = (max(stack) + 1) * room.level
    right = room.low and len(label.lines) == 1 and begin + label.wide <= room.width
    tall = max(dots, LINE_HEIGHT) + 0.04 if right else label.tall + dots + 0.14
    return Lane(tall, partial(_draw_swarm, rows, stack, label, room, begin if right else None))


def _beyond(rows: list[Any], room: _Room) -> float:
    """Return where words right of a swarm begin: behind its last dot, and off the edge of the field."""
    last, edge = room.at(max(row.low for row in rows)) + room.beside, room.at(0.5)
    return edge + 0.08 if edge - 0.1 < last < edge + 0.08 else last


def _lanes(table: pd.DataFrame, room: _Room) -> list[Lane]:
    near = [row for row in each(table) if not _is_far(row)]
    crowd = [row for row in near if not row.label and row.low == row.high]
    groups = unique(row.group for row in crowd)
    named = [_named(row, room) for row in near if row.label or row.low < row.high]
    return named + [_crowd([row for row in crowd if row.group == name], room) for name in groups]


def _offset(row: Any) -> TextBlock:
    """Return the offset of a row off the ruler: that of the end which is nearer to it."""
    return TextBlock([offset(row.high if row.high < 0 else row.low)], True, style.ink(row.own))


_Far = tuple[Any, TextBlock, float]
"""A row off the ruler, its words, and how far below the axis their line ends."""


def _far(table: pd.DataFrame, room: _Room) -> list[_Far]:
    """Return the rows off the ruler from the top down, one of either side in a line if both fit."""
    rows = [row for row in each(table) if _is_far(row)]
    width = room.width - 0.24 - _away(rows) - _ARROW
    placed: list[_Far] = []
    end = 0.0
    for row in rows:
        label, ends = block(row.label, width, row.own, style.ink(row.own)), [below for *_, below in placed]
        free = (far[2] for far in placed if ends.count(far[2]) == 1 and _fit(row, label, far, width))
        below = next(free, end + max(label.tall, LINE_HEIGHT) + room.apart)
        placed.append((row, label, below))
        end = max(end, below)
    return placed


def _away(rows: list[Any]) -> float:
    """Return the width of the column of offsets beside the arrows."""
    return max((_offset(row).wide for row in rows), default=0.0)


def _fit(row: Any, label: TextBlock, far: _Far, width: float) -> bool:
    """Tell whether two rows, off either end, have room in one line."""
    other, words, _ = far
    if (row.low > _TO) == (other.low > _TO) or max(len(label.lines), len(words.lines)) > 1:
        return False
    return label.wide + words.wide + 0.6 + _away([row, other]) <= width


def _head(room: _Room) -> float:
    """Return the height over the lanes: one line where field and frame can be named in it, else two."""
    span = room.at(1) - room.at(-0.5) - 0.12
    wide = max(measure(said["field"] + said["frame"], True) for said in map(ruling.said, LANGUAGES))
    return LINE_HEIGHT * (1 if wide + 0.2 <= span else 2) + 0.06


def _ruled(table: pd.DataFrame, width: float, low: bool) -> Plan:
    """Lay out what the field and the frame say, the lanes, the axis, and what lies off the ruler."""
    room = _Room.of(width, low)
    far = _far(table, room)
    below = max((end for *_, end in far), default=0.0)
    gap = 0.03 if low else 0.1
    return Plan(table, _lanes(table, room), _head(room), [gap + AXIS + below], more=(far, below))


@form(
    words="label? group?",
    numbers="low high",
    flags="own? hedged?",
    plan=_ruled,
    rules=[
        UPRIGHT,
        Rule(
            "hedged", lambda row: not row.hedged or row.low != row.high,
            "yes with one offset", "low below high, or no",
        ),
    ],
)  # fmt: skip
def last_digit_ruler(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw how far recomputed rates lie from their printed ones, in units of the last printed digit.

    `low` and `high` are the offsets, recomputed minus printed; where they are equal the row is a dot, else a
    bar, cut off with arrows where it leaves the ruler. A field reaches from −½ to ½, a frame from 0 to 1.
    Rows with a `label` have a lane each, in order; the others of one `group` are a swarm under its name. Rows
    that lie off the ruler follow below the axis, with their offset. A `hedged` bar is pale. On a card lanes
    are lower, and words stand in bars and beside swarms. Raises `Faults` where `low` is above `high`, or a
    hedged row has no width.
    """
    (across, down), (far, below) = size(canvas), plan.more
    words, said, inside, head = sheet(canvas), ruling.said(language), down - AXIS - below, plan.over
    axes = plane(canvas, _EDGE, 0, across - 2 * _EDGE, inside, (_FROM, _TO))
    boxes = _fields(axes, words, head, said)
    for draw, top, tall in plan.placed(down):
        boxes.append(draw(axes, words, top, tall))
    axes.plot([0, 1], [head - 0.03] * 2, color=style.CUT, linewidth=1.4)
    for x in (0.0, 1.0):
        ruling.upright(axes, x, (head - 0.03, inside), boxes, style.CUT)
    for x in (-0.5, 0.5):
        ruling.upright(axes, x, (0, inside), boxes, style.ROUNDED)
    ruling.axis(axes, words, inside, [(-0.5, "−½"), (0, said["zero"]), (0.5, "+½"), (1, said["one"])])
    _draw_far(axes, words, far, inside + AXIS)


def _fields(axes: Axes, words: Axes, head: float, said: dict[str, str]) -> list[Box]:
    """Draw the field of rounding and name it and the frame of cutting; return the places of the names."""
    box(axes, -0.5, 0, 1, axes.get_ylim()[0], style.GROUND, zorder=0)
    field, frame = (
        TextBlock([said["field"]], True, style.ROUNDED),
        TextBlock([said["frame"]], True, style.CUT),
    )
    return [
        written(words, field, inches(axes, -0.5) + 0.06, 0.02),
        written(words, frame, inches(axes, 1) - 0.06, head - 0.04 - LINE_HEIGHT, "right"),
    ]


def _draw_dot(
    row: Any, label: TextBlock, room: _Room, right: bool, axes: Axes, words: Axes, top: float, tall: float
) -> Box:
    y, x = top + tall / 2, inches(axes, row.low)
    dot(axes, row.low, y, style.colour(row.own), printed=False, points=room.dot * 72)
    left = x + room.beside if right else x - room.beside
    return written(words, label, left, y - label.tall / 2, "left" if right else "right")


def _draw_bar(row: Any, label: TextBlock, axes: Axes, words: Axes, top: float, _tall: float) -> Box:
    """Draw an interval under its words; an end off the ruler becomes an arrow with its offset below it."""
    color, place = style.colour(row.own), written(words, label, _EDGE, top + 0.04)
    y = place.bottom + BAR / 2 + 0.03
    ends, inside = (max(row.low, _FROM), min(row.high, _TO)), (row.low >= _FROM, row.high <= _TO)
    interval(axes, *ends, y, color, pale=row.hedged, closed=inside)
    values, aligned = bounds(row.low, row.high), ("left", "right")
    for end, value, shown, align in zip(ends, values, inside, aligned, strict=True):
        if not shown:
            arrow(axes, end, y, align == "right", color)
            write(words, inches(axes, end), y + BAR / 2 + 0.03, [value], align, color=style.MUTED)
    return place


def _draw_thick(
    row: Any, label: TextBlock, room: _Room, axes: Axes, words: Axes, top: float, tall: float
) -> Box:
    """Draw an interval that leaves the ruler at either end, with its words and its offsets in it."""
    color, y = style.colour(row.own), top + tall / 2
    # It is pale, hedged or not, since words are read on it.
    ruling.band(axes, _FROM, _TO, y, color, pale=True, tall=LINE_HEIGHT + 0.02)
    arrow(axes, _FROM, y, False, color)
    arrow(axes, _TO, y, True, color)
    begin, (low, high) = y - LINE_HEIGHT / 2, bounds(row.low, row.high)
    write(words, _EDGE + _ARROW, begin, [low])
    label.write(words, room.width / 2, begin, "center")
    write(words, room.width - _EDGE - _ARROW, begin, [high], "right")
    return Box(0, top, room.width, top + tall)


def _draw_swarm(
    rows: list[Any],
    stack: tuple[int, ...],
    label: TextBlock,
    room: _Room,
    begin: float | None,
    axes: Axes,
    words: Axes,
    top: float,
    tall: float,
) -> Box:
    floor = top + tall - (0.02 if begin else 0.08) - room.dot / 2
    for row, level in zip(rows, stack, strict=True):
        y = floor - level * room.level
        dot(axes, row.low, y, style.colour(row.own), printed=False, points=room.dot * 72)
    return written(words, label, begin or _EDGE, middle(top + tall / 2) if begin else top)


def _draw_far(axes: Axes, words: Axes, rows: list[_Far], top: float) -> None:
    """Write rows that lie off the ruler, each with an arrow at the edge that it lies beyond."""
    across, away = words.get_xlim()[1], _away([row for row, *_ in rows])
    for row, label, below in rows:
        y, right = top + below - max(label.tall, LINE_HEIGHT) / 2, bool(row.low > _TO)
        arrow(axes, _TO if right else _FROM, y, right, style.colour(row.own))
        align, edge, way = ("right", across, -1) if right else ("left", 0.0, 1)
        _offset(row).write(words, edge + way * 0.14, y - LINE_HEIGHT / 2, align)
        label.write(words, edge + way * (0.24 + away), y - label.tall / 2, align)


# How far words reach.

_COLUMN = 1.5
_WIDE_GAP = 0.16
_BETWEEN = 0.07


def _reaching(table: pd.DataFrame, width: float, low: bool) -> Plan:
    """Lay out rows with the label over the token left of the ruler, and what is shown right of it."""
    value = table["value"].fillna(1)
    alone = table["value"].where(table.low.isna() & table.high.isna())
    table = table.assign(low=table.low.fillna(alone) / value, high=table.high.fillna(alone) / value)
    left = min(max(TextBlock([*table["label"]], True).wide, TextBlock([*table["token"]]).wide), _COLUMN)
    right = min(TextBlock([*table["shown"]]).wide, _COLUMN)
    lanes = []
    for row in each(table):
        label = block(row.label, left + 1e-6, True)
        token = block(row.token, left + 1e-6, color=style.MUTED)
        shown = block(row.shown, right + 1e-6)
        tall = max(label.tall + token.tall, shown.tall, 2 * BAR) + (0 if low else _BETWEEN)
        lanes.append(Lane(tall, (row, label, token, shown)))
    end = width - (right + _WIDE_GAP if right else _EDGE)
    return Plan(table, lanes, under=[AXIS, 0.02], left=left + _WIDE_GAP, right=end)


_MOST = 20
"""Multiples of a printed number up to which its ruler reaches: what lies beyond is a value, not divided."""


def _multiple(which: str) -> Rule:
    def fits(row: Any) -> bool:
        return isnan(end := getattr(row, which)) or abs(end) <= _MOST * (1 if isnan(row.value) else row.value)

    expected = f"a multiple of the printed number, {_MOST} at most: divide it by value, or give value"
    return Rule(which, fits, f"{{0.{which}:,.0f}}", expected)


@form(
    words="label shown? token?",
    numbers="low? high? value?",
    plan=_reaching,
    rules=[UPRIGHT, _multiple("low"), _multiple("high")],
)
def interval_ruler(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw how far words let a printed number reach, from the number itself to twice it, on a linear axis.

    `low` and `high` are multiples of the printed number, or numbers where `value` is given; an empty one is
    open, and its bar runs to the edge with an arrow, but a value without either stands alone, as in a book's
    frame. The axis reaches further only where a row does. `shown`
    says the interval, `token` how it is printed where `label` is a translation. Raises `Faults` where `low`
    is above `high`, and for a value in place of a multiple.
    """
    (across, down), words, (lows, highs) = (
        size(canvas),
        sheet(canvas),
        (plan.table["low"], plan.table["high"]),
    )
    least, most, total = min([1.0, *lows.dropna()]), max([2.0, *highs.dropna()]), down - AXIS - 0.02
    axes = plane(canvas, plan.left, 0, plan.right - plan.left, total, (least, most))
    for (row, label, token, shown), top, tall in plan.placed(down):
        y = top + tall / 2
        below = label.write(words, 0, y - (label.tall + token.tall) / 2)
        token.write(words, 0, below - 0.02)
        shown.write(words, across, y - shown.tall / 2, "right")
        _draw_interval(axes, row, y, (least, most))
    halves = [value / 2 for value in range(round(least * 2), round(most * 2) + 1)]
    ticks = {at: f"{(at - 1) * 100:+.0f}%".replace("-", "−") for at in halves}
    ruling.axis(axes, words, total, [*(ticks | {1: ruling.said(language)["zero"]}).items()])


def _draw_interval(axes: Axes, row: Any, y: float, limits: tuple[float, float]) -> None:
    axes.plot(limits, [y, y], color=style.LINE, linewidth=0.8, zorder=1)
    low, high = (limits[0] if isnan(row.low) else row.low), (limits[1] if isnan(row.high) else row.high)
    interval(axes, low, high, y, style.ARTICLE, closed=(not isnan(row.low), not isnan(row.high)))
    for end, value, rightwards in ((low, row.low, False), (high, row.high, True)):
        if isnan(value):
            # The tip of the arrow stands at the edge: a share, for one, ends there.
            shift = (limits[1] - limits[0]) * 15 / 144 / (inches(axes, limits[1]) - inches(axes, limits[0]))
            arrow(axes, end - shift if rightwards else end + shift, y, rightwards, style.ARTICLE, points=15)
