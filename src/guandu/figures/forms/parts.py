"""Parts and counts: one bar split, squares in squares, numbers in boxes, rates in separate panels."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, isnan, sqrt
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Rectangle

from guandu.figures import style
from guandu.figures.canvas import hug, place, scale, sheet, size, write
from guandu.figures.form import FigureError, Language, each, form
from guandu.figures.text import height, wrap
from guandu.figures.typeface import width as measure

_BAR = 0.62
_TINTS = (style.BLUE, "#B8C1CA", style.SKY, style.LINE)
_PALE = "#F3F4F6"
_PANEL_GAP = 0.28


@dataclass(frozen=True)
class _Block:
    """The words of one part: their place in inches, above or below the bar, and the side they are set to."""

    label: list[str]
    shown: list[str]
    x: float
    align: str
    below: bool

    @property
    def height(self) -> float:
        return height(len(self.label), style.BODY) + height(len(self.shown), style.BODY) + 0.1


def _blocks(table: pd.DataFrame, width: float) -> list[_Block]:
    """Set the words of a part over its beginning, over its end if they would run out, below if they meet."""
    blocks: list[_Block] = []
    start, taken = 0.0, 0.0
    for row in each(table):
        end = start + row.share * width
        room = max(end - start - 0.15, min(2.4, width * 0.46))
        label, shown = wrap(row.label, room, style.BODY, bold=True), wrap(row.shown, room, style.BODY)
        wide = max(measure(line, style.BODY, bold=True) for line in (*label, *shown))
        left, align = (start, "left") if start + wide <= width else (end - wide, "right")
        meets = left < taken + 0.15 and bool(blocks)
        blocks.append(_Block(label, shown, start if align == "left" else end, align, meets))
        taken = taken if meets else left + wide
        start = end
    return blocks


def _split_heights(table: pd.DataFrame, width: float) -> tuple[float, float, list[str]]:
    blocks = _blocks(table, width)
    above = max(block.height for block in blocks if not block.below)
    below = max((block.height for block in blocks if block.below), default=0)
    return above, below, wrap(table["axis"].iloc[0], width, style.SMALL)


def _split_height(table: pd.DataFrame, width: float) -> float:
    above, below, axis = _split_heights(table, width)
    return above + _BAR + below + 0.42 + height(len(axis), style.SMALL)


@form(words="label shown axis", numbers="count share", optional="count axis", height=_split_height)
def split_bar(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw the parts of one whole as one bar from nothing to all; `shown` says counts and shares beside it.

    Raises `FigureError` where the shares do not add up to 1.
    """
    if abs(table["share"].sum() - 1) > 1e-5:
        raise FigureError(f"split_bar: the shares add up to {table['share'].sum():g}, expected 1")
    across, _ = size(canvas)
    above, below, axis = _split_heights(table, across)
    axes = place(canvas, 0, above, across, _BAR)
    axes.set(xlim=(0, 1), ylim=(0, 1), yticks=[])
    words, start = sheet(canvas), 0.0
    for index, (row, block) in enumerate(zip(each(table), _blocks(table, across), strict=True)):
        axes.barh(0.5, row.share, left=start, height=1, color=_TINTS[index % len(_TINTS)])
        top = above + _BAR + 0.06 if block.below else above - block.height
        top = write(words, block.x, top, block.label, bold=True, align=block.align)
        write(words, block.x, top, block.shown, align=block.align)
        start += row.share
    scale(axes, "share")
    hug(axes)
    axes.spines[["left", "bottom"]].set_visible(False)
    if below:
        axes.spines["bottom"].set_position(("outward", below * 72 + 8))
        axes.spines["bottom"].set_visible(True)
    write(words, 0, above + _BAR + below + 0.4, axis, points=style.SMALL, color=style.MUTED)


def _column(width: float, number: int, gap: float = 0.3) -> float:
    return (width - gap * (number - 1)) / number


def _rate_words(row: Any, width: float) -> tuple[list[str], list[str]]:
    return wrap(row.label, width, style.BODY, bold=True), wrap(row.detail, width, style.SMALL)


def _panels_height(table: pd.DataFrame, width: float) -> float:
    return fsum(_panel_height(row, width) for row in each(table)) - _PANEL_GAP


def _panel_height(row: Any, width: float) -> float:
    label, detail = _rate_words(row, width)
    axis = wrap(row.axis, width, style.SMALL)
    return height(len(label), style.BODY) + height(len(detail) + len(axis), style.SMALL) + 0.58 + _PANEL_GAP


@form(
    words="label detail shown axis unit",
    numbers="value low high",
    optional="detail value low high unit",
    height=_panels_height,
)
def panels(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw each row in a panel with an axis of its own, from zero, in the order given: none is to be ranked.

    `label` names the rate, `detail` says what is divided by what, when, and what the rest holds; `axis` is
    the axis title of this panel, `unit` is `share` or empty, and `shown` the figure in words.
    """
    across, _ = size(canvas)
    words, top = sheet(canvas), 0.0
    for row in each(table):
        label, detail = _rate_words(row, across)
        below = write(words, 0, top, label, bold=True)
        below = write(words, 0, below, detail, points=style.SMALL, color=style.MUTED)
        axes = place(canvas, 0.02, below + 0.08, across - 1.7, 0.22)
        _rate(axes, row)
        words.text(across - 1.55, below + 0.19, row.shown, fontweight="bold", va="center_baseline")
        write(
            words, 0, below + 0.58, wrap(row.axis, across, style.SMALL), points=style.SMALL, color=style.MUTED
        )
        top += _panel_height(row, across)


def _rate(axes: Axes, row: Any) -> None:
    most = max(number for number in (row.value, row.high) if not isnan(number))
    axes.set(xlim=(0, 1 if row.unit == "share" else most * 1.1), ylim=(-1, 1), yticks=[])
    scale(axes, row.unit)
    axes.spines["left"].set_visible(False)
    hug(axes)
    axes.set_facecolor(_PALE)
    if isnan(row.value):
        axes.barh(0, row.high, height=2, color=style.BLUE, alpha=0.35)
        axes.barh(0, row.low, height=2, color=style.BLUE)
    else:
        axes.barh(0, row.value, height=2, color=style.BLUE)


def _rows_of(table: pd.DataFrame) -> int:
    """Return how many boxes stand side by side: all of up to three, else two."""
    return len(table) if len(table) <= 3 else 2


def _box_height(table: pd.DataFrame, width: float) -> float:
    inner = _column(width, _rows_of(table), 0.2) - 0.3
    return max(
        0.95
        + height(len(wrap(row.label, inner, style.BODY, bold=True)), style.BODY)
        + height(len(wrap(row.detail, inner, style.SMALL)), style.SMALL)
        for row in each(table)
    )


def _boxes_height(table: pd.DataFrame, width: float) -> float:
    return -(-len(table) // _rows_of(table)) * (_box_height(table, width) + 0.2) - 0.2


@form(words="label detail shown", numbers="value", optional="detail value", height=_boxes_height)
def boxes(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Write counts in separate boxes, with no bar and no axis in common, in the order given.

    `shown` is the number as a reader sees it, `label` what it counts, `detail` its period and definition.
    """
    across, _ = size(canvas)
    beside, tall = _rows_of(table), _box_height(table, across)
    wide = _column(across, beside, 0.2)
    words = sheet(canvas)
    for index, row in enumerate(each(table)):
        left, top = (index % beside) * (wide + 0.2), (index // beside) * (tall + 0.2)
        words.add_patch(Rectangle((left, top), wide, tall, facecolor=_PALE, edgecolor="none"))
        below = write(words, left + 0.15, top + 0.12, [row.shown], points=24, bold=True, color=style.BLUE)
        below = write(
            words, left + 0.15, below + 0.05, wrap(row.label, wide - 0.3, style.BODY, bold=True), bold=True
        )
        detail = wrap(row.detail, wide - 0.3, style.SMALL)
        write(words, left + 0.15, below, detail, points=style.SMALL, color=style.MUTED)


@form(words="label shown", numbers="count", height=3.3)
def nested_squares(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw counts as squares inside one another, areas in proportion; the first row is the whole.

    Raises `FigureError` where a later count is greater than the one before it.
    """
    if not table["count"].is_monotonic_decreasing:
        raise FigureError(
            f"nested_squares: column count: found {list(table['count'])}, expected the whole first"
        )
    across, down = size(canvas)
    words, side = sheet(canvas), down - 0.1
    left, free = side + 0.4, 0.0
    for index, row in enumerate(each(table)):
        edge = side * sqrt(row.count / table["count"].iloc[0])
        fill = (style.FAINT, style.BLUE, style.SKY)[index % 3]
        words.add_patch(Rectangle((0, side - edge), edge, edge, facecolor=fill, edgecolor="white"))
        from_y, to_y = side - edge + 0.14, max(side - edge, free) + 0.17
        words.plot([edge, side + 0.12, left - 0.08], [from_y, from_y, to_y], color=style.LINE, linewidth=0.8)
        below = write(
            words,
            left,
            to_y - 0.17,
            wrap(row.shown, across - left, style.TITLE),
            points=style.TITLE,
            bold=True,
        )
        free = write(words, left, below, wrap(row.label, across - left, style.BODY)) + 0.15
