"""Values as dots: in rows over one axis, and by the day of the year on which they were counted."""

from collections.abc import Iterator
from decimal import Decimal
from math import floor, isnan
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from asprinted.drawing.typesetting import width as measure
from asprinted.faults import Fault
from asprinted.figures import style
from asprinted.figures.canvas import (
    TextBlock,
    bar,
    block,
    dot,
    middle,
    place,
    scale,
    sheet,
    size,
    tick,
    write,
)
from asprinted.figures.form import each, form, numbered
from asprinted.figures.labels import Label, put
from asprinted.prose.writing import Language, percent

_LABELS = 0.47
_GAP = 0.16
_AXIS = 0.32


class _Row(NamedTuple):
    """A row, or the heading of a group, with its words and its place in inches from the top."""

    top: float
    tall: float
    label: TextBlock
    row: Any


def _plan(table: pd.DataFrame, width: float) -> tuple[float, list[_Row], TextBlock]:
    """Return where the axis begins, the rows and headings from the top down, and the name of the axis."""
    longest = max(measure(row.label, style.BODY, bold=row.own) for row in each(table))
    left = min(longest + _GAP + 0.01, width * _LABELS)
    rows: list[_Row] = []
    top, group = 0.0, ""
    for row in each(table):
        if row.group not in ("", group):
            group, gap, heading = row.group, 0.1 * (top > 0), block(row.group, width, bold=True)
            rows.append(_Row(top + gap, heading.tall, heading, None))
            top += heading.tall + gap + 0.04
        label = block(row.label, left - _GAP, row.own, style.ink(row.own))
        rows.append(_Row(top, label.tall + 0.1, label, row))
        top += label.tall + 0.1
    return left, rows, block(table["axis"].iloc[0], width - left, color=style.MUTED)


def _height(table: pd.DataFrame, width: float) -> float:
    _, rows, name = _plan(table, width)
    return rows[-1].top + rows[-1].tall + _AXIS + name.tall


@form(
    words="label shown? group? axis? unit?", numbers="value? low? high?", flags="own printed?", height=_height
)
def list_plot(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw a row a value, in the order given: a dot at `value`, a bar from `low` to `high`, `shown` beside.

    All rows stand over one axis from zero, also those of different groups, whose names are headings; `axis`
    is the name of the axis. `unit` is `share` or empty; where it is left out, numbers up to 1 are shares, and
    their axis ends with the whole. Without `shown` the number itself is written.
    """
    across, _ = size(canvas)
    left, rows, name = _plan(table, across)
    inside, most = rows[-1].top + rows[-1].tall, table[["value", "low", "high"]].max().max()
    unit = table["unit"].iloc[0] or ("share" if most <= 1 else "")
    axes = place(canvas, left, 0, across - left - (0.22 if unit == "share" else 0.12), inside)
    words = sheet(canvas)
    axes.set(xlim=(0, 1 if unit == "share" else most * 1.02), ylim=(inside, 0), yticks=[])
    scale(axes, unit, language=language)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    for top, tall, label, row in rows:
        label.write(words, 0, top if row is None else top + (tall - label.tall) / 2)
        if row is not None:
            _mark(axes, words, row, top + tall / 2, unit, language)
    name.write(words, left, inside + _AXIS)


def _mark(axes: Axes, words: Axes, row: Any, y: float, unit: str, language: Language) -> None:
    color = style.colour(row.own)
    axes.plot(axes.get_xlim(), [y, y], color=style.FAINT, linewidth=0.8, zorder=0)
    if not isnan(row.low):
        bar(axes, row.low, row.high, y, color)
    if not isnan(row.value):
        dot(axes, row.value, y, color, printed=row.printed)
    given = [number for number in (row.value, row.low, row.high) if not isnan(number)]
    shown = row.shown or tick(max(given), unit, language)
    low, high = (
        words.transData.inverted().transform(axes.transData.transform((end, y)))[0]
        for end in (min(given), max(given))
    )
    right = high + 0.1 + measure(shown, style.BODY, bold=row.own) <= words.get_xlim()[1]
    at, align = (high + 0.1, "left") if right else (low - 0.1, "right")
    TextBlock([shown], row.own, style.ink(row.own)).write(words, at, middle(y), align, halo=True)


# By day.

_MONTHS = (1, 32, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335)
_QUARTERS = {"en": ("Jan", "Apr", "Jul", "Oct"), "zh": ("1月", "4月", "7月", "10月")}


def _no_days(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        for name in ("day", "day_to"):
            day = getattr(row, name)
            if not (isnan(day) or 1 <= day <= 365):
                yield Fault("", number, name, f"{day:g}", "1 to 365")


@form(
    words="label shown? band?",
    numbers="day day_to? share band_from? band_to?",
    flags="own near? named? printed?",
    height=3.5,
    least=1.55,
    check=_no_days,
)
def dots_by_day(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw shares by the day of a common year (1 to 365, see `common_day`) on which their count ended.

    `day_to` is the second of two possible days; a short line with an end tick leads to it. There is no other
    line, since the points belong to different courts and years. Those that are `near` are larger; a `named`
    one has its label and its value (`shown`, or the share with two places) beside it. `band_from` and
    `band_to` shade a stretch of days, `band` says which. Raises `Faults` for a day outside 1 to 365.
    """
    across, down = size(canvas)
    axes, words = place(canvas, 0.47, 0.08, across - 0.57, down - 0.4), sheet(canvas)
    axes.set(xlim=(0, 366), ylim=(floor(table["share"].min() * 10) / 10, 1))
    scale(axes, "share", "y", language)
    axes.set_xticks(_MONTHS[::3], _QUARTERS[language], ha="left")
    axes.set_xticks([day for day in _MONTHS if day not in _MONTHS[::3]], minor=True)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    first = next(each(table))
    if not isnan(first.band_from):
        band = axes.axvspan(first.band_from, first.band_to, facecolor=style.GROUND, linewidth=0.8, zorder=0)
        band.set_edgecolor(style.FAINT)
    labels = []
    for row in sorted(each(table), key=lambda row: (row.own, row.near, row.named)):
        points = 9.5 if row.own else 7.5 if row.near or row.named else 5.5
        color, days = style.colour(row.own), [row.day] if isnan(row.day_to) else [row.day, row.day_to]
        axes.plot(days, [row.share] * len(days), color=color, linewidth=1.6)
        axes.plot(days[1:], [row.share] * len(days[1:]), "|", color=color, ms=9, mew=1.6)
        dot(axes, row.day, row.share, color, printed=row.printed, points=points)
        text = f"{row.label}\n{row.shown or percent(Decimal(str(row.share)))}" if row.named else ""
        around = points / 144 + 0.015
        labels.append(Label(min(days), max(days), row.share, text, style.ink(row.own), row.own, around))
    put(axes, words, labels)
    if first.band:
        left = 0.47 + (first.band_from + first.band_to) / 732 * (across - 0.57)
        write(words, left, 0.1 - 0.24, [first.band], color=style.MUTED, align="center")
