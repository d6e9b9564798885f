"""Marks in lanes: each row of a table has its own words and, below them, its own track over a shared axis.

As words and marks never share a line of the page, no label can collide with another, in either language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import fsum
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from guandu.figures import style
from guandu.figures.canvas import hug, place, scale, sheet, size, write
from guandu.figures.form import each, unique
from guandu.figures.text import height, wrap
from guandu.figures.typeface import width as measure

TRACK = 0.3
"""Height of a track in inches."""

_GAP = 0.1
_AXIS = 0.34
_INSET = 0.08


@dataclass(frozen=True)
class Lane:
    """One row of the table with its words wrapped."""

    row: Any
    label: list[str]
    detail: list[str]

    @property
    def height(self) -> float:
        """The height in inches of words and track."""
        return height(len(self.label), style.BODY) + height(len(self.detail), style.SMALL) + TRACK + _GAP


@dataclass(frozen=True)
class Panel:
    """Lanes over one axis, with a heading above and the axis title below."""

    heading: list[str]
    lanes: list[Lane]
    axis: list[str]

    @property
    def height(self) -> float:
        """The height in inches of everything."""
        return self.top + self.inside + _AXIS + height(len(self.axis), style.SMALL) + 2 * _GAP

    @property
    def top(self) -> float:
        """The height in inches of the heading."""
        return height(len(self.heading), style.BODY) + (0.08 if self.heading else 0)

    @property
    def inside(self) -> float:
        """The height in inches of the lanes."""
        return fsum(lane.height for lane in self.lanes)


Mark = Callable[[Axes, Any, float], None]
"""Draws the mark of a row into the axes at a height; heights count inches downwards."""

Limits = Callable[[pd.DataFrame], tuple[float, float]]


def plan(table: pd.DataFrame, width: float) -> list[Panel]:
    """Return the panels of a table whose words are wrapped to `width` inches, in the order of the rows."""
    return [_panel(table[table["panel"] == name], name, width) for name in unique(table["panel"])]


def _panel(rows: pd.DataFrame, name: str, width: float) -> Panel:
    lanes = [
        Lane(
            row,
            wrap(row.label, width, style.BODY, bold=row.own),
            wrap(row.detail, width, style.SMALL),
        )
        for row in each(rows)
    ]
    return Panel(
        wrap(name, width, style.BODY, bold=True), lanes, wrap(rows["axis"].iloc[0], width, style.SMALL)
    )


def total_height(table: pd.DataFrame, width: float) -> float:
    """Return the height in inches that the lanes of a table want."""
    return fsum(panel.height for panel in plan(table, width)) - 2 * _GAP


def draw_lanes(
    canvas: SubFigure, table: pd.DataFrame, limits: Limits, mark: Mark, *, unit: str = ""
) -> list[Axes]:
    """Draw every row with `mark` on the axis of its panel and return the axes, in the order of the panels.

    The scale is that of `unit`, else of the column of that name; `limits` tells the ends of an axis from its
    rows.
    """
    across, _ = size(canvas)
    words = sheet(canvas)
    top, drawn = 0.0, []
    for panel, (_, rows) in zip(plan(table, across), table.groupby("panel", sort=False), strict=True):
        write(words, 0, top, panel.heading, bold=True)
        axes = place(canvas, _INSET, top + panel.top, across - 2 * _INSET, panel.inside)
        axes.set(xlim=limits(rows), ylim=(panel.inside, 0), yticks=[])
        scale(axes, unit or rows["unit"].iloc[0])
        axes.set_xlim(*limits(rows))
        axes.spines["left"].set_visible(False)
        hug(axes)
        _draw_panel(axes, words, top + panel.top, panel, mark)
        write(
            words,
            0,
            top + panel.top + panel.inside + _AXIS,
            panel.axis,
            points=style.SMALL,
            color=style.MUTED,
        )
        top += panel.height
        drawn.append(axes)
    return drawn


def _draw_panel(axes: Axes, words: Axes, top: float, panel: Panel, mark: Mark) -> None:
    down = 0.0
    for lane in panel.lanes:
        below = write(words, 0, top + down, lane.label, bold=lane.row.own, ground=True)
        below = write(words, 0, below, lane.detail, points=style.SMALL, color=style.MUTED, ground=True)
        track = below - top + TRACK / 2
        axes.axhline(track, color=style.FAINT, linewidth=1.2, zorder=0)
        mark(axes, lane.row, track)
        down += lane.height


def beside(
    axes: Axes, low: float, high: float, y: float, shown: str, *, color: str, bold: bool = False
) -> None:
    """Write `shown` right of a mark from `low` to `high`, or left of it where the right has no room."""
    inches = axes.figure.dpi
    end = axes.transData.transform((high, y))[0] / inches
    room = axes.bbox.x1 / inches + _INSET - end
    right = measure(shown, style.BODY, bold=bold) + 0.12 <= room
    axes.annotate(
        shown,
        (high if right else low, y),
        (8 if right else -8, 0),
        textcoords="offset points",
        ha="left" if right else "right",
        va="center_baseline",
        color=color,
        fontweight="bold" if bold else "normal",
        bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.5},
    )
