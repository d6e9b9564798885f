"""Values on one axis: dots, intervals, relative widths, factors."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from guandu.figures import style
from guandu.figures.canvas import place, scale, sheet, size, write
from guandu.figures.form import FigureError, Language, each, form
from guandu.figures.lanes import beside, draw_lanes, total_height
from guandu.figures.text import height, wrap


def _extent(rows: pd.DataFrame) -> tuple[float, float]:
    numbers = rows[["value", "low", "high"]].to_numpy(dtype=float)
    return float(np.nanmin(numbers)), float(np.nanmax(numbers))


def _axis(rows: pd.DataFrame, width: float) -> list[str]:
    return wrap(rows["axis"].iloc[0], width, style.SMALL)


def _from_zero(rows: pd.DataFrame) -> tuple[float, float]:
    """Return an axis from zero: to the whole for shares, a little past the greatest number otherwise."""
    return (0, 1) if rows["unit"].iloc[0] == "share" else (0, _extent(rows)[1] * 1.04)


def _closely(rows: pd.DataFrame) -> tuple[float, float]:
    low, high = _extent(rows)
    margin = (high - low or abs(high) or 1) * 0.06
    return low - margin, high + margin


def _around_one(rows: pd.DataFrame) -> tuple[float, float]:
    """Return an axis around 1 that leaves the words beside the longest bar a third of its length."""
    low, high = _extent(rows)
    return min(low, 1) / 1.02, max(high, 1.1) ** 1.5


def _span(row: Any) -> tuple[float, float]:
    given = [number for number in (row.value, row.low, row.high) if not isnan(number)]
    return min(given), max(given)


@form(
    words="label detail shown panel axis unit",
    numbers="value low high",
    flags="own",
    optional="detail panel axis unit value low high own",
    height=total_height,
)
def dot_plot(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw a row a value, in the order given: a dot at `value`, a bar from `low` to `high`, `shown` beside.

    `detail` carries period and definition, `own` marks the article's rows, and each `panel` has its own
    axis, from zero; `unit` is `share` or empty.
    """

    def mark(axes: Axes, row: Any, y: float) -> None:
        color = style.BLUE if row.own else style.MUTED
        if not isnan(row.low):
            axes.plot(
                [row.low, row.high], [y, y], color=color, linewidth=6, alpha=0.45, solid_capstyle="butt"
            )
        if not isnan(row.value):
            axes.plot([row.value], [y], "o", color=color, markersize=9 if row.own else 7.5, clip_on=False)
        beside(axes, *_span(row), y, row.shown, color=color, bold=row.own)

    draw_lanes(canvas, table, _from_zero, mark)


@form(
    words="kind label detail shown panel axis unit",
    numbers="value low high step",
    flags="low_open high_open own",
    optional="detail shown panel axis unit value low high step low_open high_open own",
    height=lambda table, width: total_height(_with_shown(table), width),
)
def number_line(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw intervals, points and printed values on one axis, closely, each in its own lane.

    `kind` is `interval` (`low` to `high`; an open end is hollow, a closed one filled), `point` (`value`),
    `printed` (`value`, with a line through all lanes) or `values` (every `step` from `low` to `high`).
    """
    kinds = {"interval": _interval, "point": _point, "printed": _printed, "values": _values}
    unknown = set(table["kind"]) - set(kinds)
    if unknown:
        raise FigureError(f"number_line: column kind: found {sorted(unknown)}, expected {sorted(kinds)}")

    def mark(axes: Axes, row: Any, y: float) -> None:
        kinds[row.kind](axes, row, y, style.BLUE if row.own else style.MUTED)

    draw_lanes(canvas, _with_shown(table), _closely, mark)


def _with_shown(table: pd.DataFrame) -> pd.DataFrame:
    """Join `shown` to the label: an interval may fill its track and leave no room beside it."""
    return table.assign(
        label=[" · ".join(filter(None, pair)) for pair in zip(table["label"], table["shown"], strict=True)]
    )


def _interval(axes: Axes, row: Any, y: float, color: str) -> None:
    axes.plot([row.low, row.high], [y, y], color=color, linewidth=3.5)
    for end, is_open in ((row.low, row.low_open), (row.high, row.high_open)):
        axes.plot(
            [end],
            [y],
            "o",
            markersize=8,
            markeredgewidth=2,
            color=color,
            mfc=style.PAPER if is_open else color,
        )


def _point(axes: Axes, row: Any, y: float, color: str) -> None:
    axes.plot([row.value], [y], "D", color=color, markersize=8)


def _printed(axes: Axes, row: Any, y: float, color: str) -> None:
    axes.axvline(row.value, color=style.VERMILION, linewidth=1.2, linestyle=(0, (4, 3)), zorder=0.5)
    axes.plot([row.value], [y], "|", color=style.VERMILION, markersize=18, markeredgewidth=3)


def _values(axes: Axes, row: Any, y: float, color: str) -> None:
    values = np.arange(round((row.high - row.low) / row.step) + 1) * row.step + row.low
    axes.plot(values, np.full_like(values, y), "|", color=color, markersize=11, markeredgewidth=1)


@form(
    words="label shown axis",
    numbers="value",
    flags="own",
    optional="axis own",
    height=lambda table, width: 0.29 * len(table) + 0.4 + height(len(_axis(table, width)), style.SMALL),
)
def interval_strip(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw relative widths of intervals on a logarithmic axis, a row each, with the words beside the dot.

    `value` is the width as a share of the lower end, `label` says what is hedged, `shown` how widely.
    """
    across, _ = size(canvas)
    axes = place(canvas, 0.08, 0, across - 0.16, 0.29 * len(table) + 0.05)
    axes.set(ylim=(len(table) - 0.4, -0.6), yticks=[])
    scale(axes, "log share")
    axes.set_xlim(table["value"].min() / 2, table["value"].max() * 2)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    for y, row in enumerate(each(table)):
        axes.plot([row.value], [y], "o", color=style.BLUE if row.own else style.MUTED)
        beside(axes, row.value, row.value, y, f"{row.label}  {row.shown}", color=style.INK)
    write(
        sheet(canvas), 0, 0.29 * len(table) + 0.4, _axis(table, across), points=style.SMALL, color=style.MUTED
    )


@form(
    words="label detail shown panel axis",
    numbers="low high",
    flags="own",
    optional="detail panel axis own",
    height=total_height,
)
def ratio_bars(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw factors as bars from ×1 on a logarithmic axis, so that lengths add where factors multiply.

    The bar is full to the end of `low` and `high` that is nearer to 1, and pale from one bound to the other.
    """
    bounds = table.assign(value=table["low"], unit="log")

    def mark(axes: Axes, row: Any, y: float) -> None:
        near, far = sorted((row.low, row.high), key=lambda factor: abs(np.log(factor)))
        axes.barh(y, near - 1, left=1, height=0.2, color=style.BLUE)
        axes.barh(y, far - near, left=near, height=0.2, color=style.BLUE, alpha=0.35)
        axes.plot([1, 1], [y - 0.14, y + 0.14], color=style.INK, linewidth=1.2)
        beside(axes, min(row.low, row.high, 1), max(row.low, row.high, 1), y, row.shown, color=style.INK)

    draw_lanes(canvas, bounds, lambda _: _around_one(bounds), mark)
