"""Values as dots: in rows over one axis, and by the day of the year on which they were counted."""

from decimal import Decimal
from math import floor, isnan
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from asprinted.figures import style
from asprinted.figures.canvas import (
    TextBlock,
    bar,
    block,
    dot,
    measure,
    middle,
    place,
    scale,
    sheet,
    size,
    tick,
    write,
)
from asprinted.figures.form import Plan, Rule, each, form
from asprinted.figures.forms.ruling import inches
from asprinted.prose.writing import Language, percent

_LABELS, _LOW_LABELS = 0.47, 0.6
_GAP = 0.16
_AXIS = 0.32


def _listed(table: pd.DataFrame, width: float, low: bool) -> Plan:
    """Lay out rows, and headings of groups, which have no row, each with its top and its height.

    A card has neither headings nor a name of the axis: its words say what its few rows are.
    """
    apart = 0.01 if low else 0.1
    longest = max(measure(row.label, row.own) for row in each(table))
    left = min(longest + _GAP + 0.01, width * (_LOW_LABELS if low else _LABELS))
    rows: list[tuple[TextBlock, Any, float, float]] = []
    top, group = 0.0, ""
    for row in each(table):
        if not low and row.group not in ("", group):
            group, gap, heading = row.group, 0.1 if rows else 0.0, block(row.group, width, bold=True)
            rows.append((heading, None, top + gap, heading.tall))
            top += heading.tall + gap + 0.04
        label = block(row.label, left - _GAP, row.own, style.ink(row.own))
        rows.append((label, row, top, label.tall + apart))
        top += label.tall + apart
    name = block("" if low else table["axis"].iloc[0], width - left, color=style.MUTED)
    return Plan(table, over=top, under=(_AXIS, name.tall), left=left, more=(rows, name))


@form(
    words="label shown? group? axis? unit?",
    numbers="value? low? high?",
    flags="own printed?",
    plan=_listed,
    rules=[
        Rule(
            "value",
            lambda row: not all(map(isnan, (row.value, row.low, row.high))),
            "no number",
            "a value, or low and high",
        )
    ],
)
def list_plot(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw a row a value, in the order given: a dot at `value`, a bar from `low` to `high`, `shown` beside.

    All rows stand over one axis from zero, also those of different groups, whose names are headings; `axis`
    is the name of the axis. `unit` is `share` or empty; where it is left out, numbers up to 1 are shares, and
    their axis ends with the whole. Without `shown` the number itself is written.
    """
    (across, down), left, (rows, name) = size(canvas), plan.left, plan.more
    # A card has more room than its few rows want, which they share.
    stretch = (down - plan.tall + plan.over) / plan.over
    inside = plan.over * stretch
    most = plan.table[["value", "low", "high"]].max().max()
    unit = plan.table["unit"].iloc[0] or ("share" if most <= 1 else "")
    axes = place(canvas, left, 0, across - left - (0.22 if unit == "share" else 0.12), inside)
    words = sheet(canvas)
    axes.set(xlim=(0, 1 if unit == "share" else most * 1.02), ylim=(inside, 0), yticks=[])
    scale(axes, unit, language=language, room=across - left - 0.12)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    for label, row, top, tall in rows:
        y = (top + tall / 2) * stretch
        label.write(words, 0, top * stretch if row is None else y - label.tall / 2)
        if row is not None:
            _mark(axes, words, row, y, unit, language)
    name.write(words, left, inside + _AXIS)


def _mark(axes: Axes, words: Axes, row: Any, y: float, unit: str, language: Language) -> None:
    color = style.colour(row.own)
    axes.plot(axes.get_xlim(), [y, y], color=style.FAINT, linewidth=0.8, zorder=0)
    if not isnan(row.low):
        bar(axes, row.low, row.high, y, color)
    if not isnan(row.value):
        dot(axes, row.value, y, color, printed=row.printed)
    given = [number for number in (row.value, row.low, row.high) if not isnan(number)]
    shown = TextBlock([row.shown or tick(max(given), unit, language)], row.own, style.ink(row.own))
    low, high = inches(axes, min(given)) - 0.1, inches(axes, max(given)) + 0.1
    first, last = (inches(axes, end) for end in axes.get_xlim())
    right = high + shown.wide <= last or low - shown.wide < first
    shown.write(words, high if right else low, middle(y), "left" if right else "right", halo=True)


# By day.

_MONTHS = (1, 32, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335)
_NAMES = {"en": ("Jan", "Apr", "Jul", "Oct"), "zh": ("1月", "4月", "7月", "10月")}


def _dated(column: str) -> Rule:
    def fits(row: Any) -> bool:
        day = getattr(row, column)
        return isnan(day) or 1 <= day <= 365

    return Rule(column, fits, f"{{0.{column}:g}}", "1 to 365")


_CLOUD, _LOW_CLOUD = 2.5, 1.45
_ITEM, _LOW_ITEM, _LEAST_ITEM = 0.255, 0.205, 0.17
_LOW_ROWS = 6
"""Rows that a card lists at their full height; more share the room of so many, while they can be read."""
_SIGN = 0.24


def _clouded(table: pd.DataFrame, width: float, low: bool) -> Plan:
    """Lay out the cloud over the list of what lies near, or on a card right of it."""
    near = sorted((row for row in each(table) if row.own or row.near), key=lambda row: (row.day, not row.own))
    heading = block(table["heading"].iloc[0], width, True)
    wide = max(
        (_SIGN + measure(row.label, row.own) + 0.2 + measure(_rate(row), True) for row in near), default=0.0
    )
    item = max(_LEAST_ITEM, min(_LOW_ITEM, _LOW_ROWS * _LOW_ITEM / max(1, len(near)))) if low else _ITEM
    under = heading.tall + 0.04 + len(near) * item if near else 0.0
    tall = max(_LOW_CLOUD, under) if low else _CLOUD + 0.12 + under
    return Plan(table, over=tall, left=wide + 0.15 if low else 0.0, more=(heading, near, under))


def _rate(row: Any) -> str:
    return row.shown or percent(Decimal(str(row.share)))


@form(
    words="label shown? band? heading?",
    numbers="day day_to? share band_from? band_to?",
    flags="own near? printed?",
    plan=_clouded,
    rules=[_dated("day"), _dated("day_to")],
)
def dots_by_day(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw shares by the day of a common year (1 to 365, see `common_day`), and list those that lie near.

    `day_to` is the second of two possible days; a short line with an end tick leads to it. There is no other
    line, since the points belong to different courts and years. Those that are `near` are larger, and stand
    with the article's own in a list under `heading`, by their days, with their marks: among so many dots no
    label could stand at its own. `band_from` and `band_to` shade a stretch of days, `band` says which. Raises
    `Faults` for a day outside 1 to 365.
    """
    (across, down), (heading, near, under) = size(canvas), plan.more
    below = 0.0 if plan.left else under + 0.12
    axes = place(canvas, plan.left + 0.47, 0.08, across - plan.left - 0.57, down - below - 0.4)
    words, first = sheet(canvas), next(each(plan.table))
    axes.set(xlim=(0, 366), ylim=(floor(plan.table["share"].min() * 10) / 10, 1))
    _months(axes, language, 6 if plan.left else 3)
    if not isnan(first.band_from):
        band = axes.axvspan(first.band_from, first.band_to, facecolor=style.GROUND, linewidth=0.8, zorder=0)
        band.set_edgecolor(style.FAINT)
    for row in sorted(each(plan.table), key=lambda row: (row.own, row.near)):
        _day(axes, row)
    if first.band and not plan.left:
        centre = inches(axes, (first.band_from + first.band_to) / 2)
        write(words, centre, down - below - 0.54, [first.band], "center", color=style.MUTED)
    if near:
        _list(words, heading, near, (down - under, plan.left - 0.15 if plan.left else across), under)


def _list(words: Axes, heading: TextBlock, rows: list[Any], ends: tuple[float, float], tall: float) -> None:
    """Write a row a value: its mark, its label, and its share at the right end."""
    (top, right), step = ends, (tall - heading.tall - 0.04) / len(rows)
    heading.write(words, 0, top)
    for number, row in enumerate(rows):
        y = top + heading.tall + 0.04 + (number + 0.5) * step
        words.plot([0, right], [y - step / 2] * 2, color=style.FAINT, linewidth=0.8)
        dot(words, 0.08, y, style.colour(row.own), printed=row.printed, points=9.5 if row.own else 7.5)
        write(words, _SIGN, middle(y), [row.label], color=style.ink(row.own), bold=row.own)
        write(words, right, middle(y), [_rate(row)], "right", color=style.ink(row.own), bold=row.own)


def _months(axes: Axes, language: Language, apart: int) -> None:
    """Name the first day of so many months apart, three or six."""
    scale(axes, "share", "y", language)
    axes.set_xticks(_MONTHS[::apart], _NAMES[language][:: apart // 3], ha="left")
    axes.set_xticks([day for day in _MONTHS if day not in _MONTHS[::apart]], minor=True)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _day(axes: Axes, row: Any) -> None:
    points = 9.5 if row.own else 7.5 if row.near else 5.5
    color, days = style.colour(row.own), [row.day] if isnan(row.day_to) else [row.day, row.day_to]
    axes.plot(days, [row.share] * len(days), color=color, linewidth=1.6)
    axes.plot(days[1:], [row.share] * len(days[1:]), "|", color=color, ms=9, mew=1.6)
    dot(axes, row.day, row.share, color, printed=row.printed, points=points)
