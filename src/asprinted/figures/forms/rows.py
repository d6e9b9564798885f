"""Values in rows over one axis: words left, marks right."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from asprinted.figures import style
from asprinted.figures.canvas import bar, dot, middle, place, scale, sheet, size, tick, write
from asprinted.figures.form import each, form
from asprinted.figures.typesetting import height, wrap
from asprinted.figures.typesetting import width as measure
from asprinted.writing import Language

_LABELS = 0.47
_GAP = 0.16
_AXIS = 0.32


class _Row(NamedTuple):
    """A row, or the heading of a group, with its words and its place in inches from the top."""

    top: float
    height: float
    lines: list[str]
    row: Any


def _left(table: pd.DataFrame, width: float) -> float:
    """Return where the axis begins: behind the longest label, at the latest a little before the middle."""
    longest = max(measure(row.label, style.BODY, bold=row.own) for row in each(table))
    return min(longest + _GAP + 0.01, width * _LABELS)


def _rows(table: pd.DataFrame, width: float) -> Iterator[_Row]:
    top, group, room = 0.0, "", _left(table, width) - _GAP
    for row in each(table):
        if row.group not in ("", group):
            group = row.group
            lines = wrap(group, width, style.BODY, bold=True)
            yield _Row(top + 0.1 * (top > 0), height(len(lines), style.BODY), lines, None)
            top += height(len(lines), style.BODY) + 0.1 * (top > 0) + 0.04
        lines = wrap(row.label, room, style.BODY, bold=row.own)
        tall = height(len(lines), style.BODY) + 0.1
        yield _Row(top, tall, lines, row)
        top += tall


def _under(table: pd.DataFrame, width: float) -> float:
    return _AXIS + height(len(_axis(table, width)), style.BODY)


def _axis(table: pd.DataFrame, width: float) -> list[str]:
    return wrap(table["axis"].iloc[0], width - _left(table, width), style.BODY)


def _tall(table: pd.DataFrame, width: float) -> float:
    last = list(_rows(table, width))[-1]
    return last.top + last.height + _under(table, width)


@form(
    words="label shown group axis unit",
    numbers="value low high",
    flags="own printed",
    optional="value low high printed shown group axis unit",
    height=_tall,
)
def list_plot(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw a row a value, in the order given: a dot at `value`, a bar from `low` to `high`, `shown` beside.

    All rows stand over one axis from zero, also those of different groups, whose names are headings; `axis`
    is the name of the axis. `unit` is `share` or empty; where it is left out, numbers up to 1 are shares, and
    their axis ends with the whole. Without `shown` the number itself is written.
    """
    across, _ = size(canvas)
    rows, left = list(_rows(table, across)), _left(table, across)
    inside, most = rows[-1].top + rows[-1].height, table[["value", "low", "high"]].max().max()
    unit = table["unit"].iloc[0] or ("share" if most <= 1 else "")
    axes, words = (
        place(canvas, left, 0, across - left - (0.22 if unit == "share" else 0.12), inside),
        sheet(canvas),
    )
    axes.set(xlim=(0, 1 if unit == "share" else most * 1.02), ylim=(inside, 0), yticks=[])
    scale(axes, unit, language=language)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    for top, tall, lines, row in rows:
        if row is None:
            write(words, 0, top, lines, bold=True)
            continue
        start = top + (tall - height(len(lines), style.BODY)) / 2
        write(words, 0, start, lines, color=style.colour(True) if row.own else style.INK, bold=row.own)
        _mark(axes, words, row, top + tall / 2, unit, language)
    write(words, left, inside + _AXIS, _axis(table, across), color=style.MUTED)


def _mark(axes: Axes, words: Axes, row: Any, y: float, unit: str, language: Language) -> None:
    axes.plot(axes.get_xlim(), [y, y], color=style.FAINT, linewidth=0.8, zorder=0)
    if not isnan(row.low):
        bar(axes, row.low, row.high, y, own=row.own)
    if not isnan(row.value):
        dot(axes, row.value, y, own=row.own, printed=row.printed)
    given = [number for number in (row.value, row.low, row.high) if not isnan(number)]
    shown = row.shown or tick(max(given), unit, language)
    low, high = (
        words.transData.inverted().transform(axes.transData.transform((end, y)))[0]
        for end in (min(given), max(given))
    )
    right = high + 0.1 + measure(shown, style.BODY, bold=row.own) <= words.get_xlim()[1]
    at, align = (high + 0.1, "left") if right else (low - 0.1, "right")
    color = style.colour(True) if row.own else style.INK
    write(words, at, middle(y), [shown], color=color, bold=row.own, align=align, halo=True)
