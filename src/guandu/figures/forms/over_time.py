"""Values against another quantity: day of the year, share carried over, number of judges, two times."""

from __future__ import annotations

from math import isnan

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from guandu.figures import style
from guandu.figures.canvas import place, scale, sheet, size, write
from guandu.figures.form import Language, each, form, unique
from guandu.figures.labels import Label, put, stack
from guandu.figures.text import height, wrap
from guandu.figures.typeface import width as measure

_MONTHS = (1, 32, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335)
_GUTTER = 1.7
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _titles(words: Axes, table: pd.DataFrame) -> tuple[float, float]:
    """Write `axis_y` level over the drawing and `axis_x` below it; return the inches that both ends need."""
    across, down = words.get_xlim()[1], words.get_ylim()[0]
    above, below = (wrap(table[name].iloc[0], across, style.SMALL) for name in ("axis_y", "axis_x"))
    under = height(len(below), style.SMALL)
    write(words, 0, 0, above, points=style.SMALL, color=style.MUTED)
    write(words, 0, down - under, below, points=style.SMALL, color=style.MUTED)
    return height(len(above), style.SMALL) + 0.2, under + 0.44


@form(
    words="label axis_x axis_y",
    numbers="day day_to share",
    flags="own",
    optional="day_to own",
    height=5.6,
)
def dots_by_day(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw shares by the day of the year (1 to 366) on which their count ended, each with its own label.

    `day_to` gives the second of two possible days; both are dots, joined by a short level line. There is no
    other line, since the points belong to different courts and years.
    """
    across, down = size(canvas)
    above, below = _titles(sheet(canvas), table)
    axes = place(canvas, 0.55, above, across - 0.55 - _GUTTER, down - above - below)
    axes.set(xlim=(1, 366), ylim=(0, 1), xticks=[*_MONTHS])
    scale(axes, "share", "y")
    axes.set_xticklabels(_NAMES if language == "en" else [f"{month}月" for month in range(1, 13)], ha="left")
    axes.grid(axis="y")
    labels = []
    for row in sorted(each(table), key=lambda row: not row.own):
        color = style.BLUE if row.own else style.MUTED
        days = [row.day] if isnan(row.day_to) else [row.day, row.day_to]
        axes.plot(
            days, [row.share] * len(days), "o-", color=color, markersize=9 if row.own else 6.5, clip_on=False
        )
        labels.append(
            Label(min(days), max(days), row.share, row.label, color if row.own else style.INK, row.own)
        )
    put(axes, labels, room=_GUTTER)


@form(
    words="series label axis_x axis_y unit",
    numbers="x y",
    optional="label unit",
    height=4.4,
)
def lines(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw a line a series over a share `x`, with its name at its end; a row with a `label` is marked.

    A marked `x` stands once, over all lines, with a thin upright line; `unit` of `y` is `share` or empty.
    """
    across, down = size(canvas)
    names = unique(table["series"])
    ends = [wrap(name, 1.75, style.BODY, bold=True) for name in names]
    right = max(measure(line, style.BODY, bold=True) for lines in ends for line in lines) + 0.15
    marks = table[table["label"] != ""].drop_duplicates("x")
    wide = across - 0.6 - right
    rows = _rows(marks, wide, float(table["x"].max()))
    words = sheet(canvas)
    above, below = _titles(words, table)
    top = above + 0.24 * (max(rows, default=-1) + 1)
    axes = place(canvas, 0.55, top, wide, down - top - below)
    axes.set(
        xlim=(0, table["x"].max()),
        ylim=(0, 1 if table["unit"].iloc[0] == "share" else table["y"].max() * 1.1),
    )
    scale(axes, "share")
    scale(axes, table["unit"].iloc[0], "y")
    axes.grid(axis="y")
    for name, color in zip(names, style.SERIES, strict=False):
        rows_of = table[table["series"] == name]
        axes.plot(rows_of["x"], rows_of["y"], color=color)
        marked = rows_of[rows_of["label"] != ""]
        axes.plot(marked["x"], marked["y"], "o", color=color)
    for row, mark in zip(rows, each(marks), strict=True):
        x = 0.55 + mark.x / table["x"].max() * wide
        level = top - 0.28 - 0.24 * row
        words.plot(
            [x, x], [level + 0.05, down - below], color=style.LINE, linewidth=0.7, linestyle=(0, (2, 2))
        )
        write(words, x + 0.05, level, [mark.label], points=style.SMALL)
    _name_ends(axes, words, table, ends, (across - right + 0.12, top))


def _rows(marks: pd.DataFrame, wide: float, most: float) -> list[int]:
    """Return the row of each mark's label, counted from the bottom, so that no label meets a label or a line.

    A label runs to the right of its mark, and the line of a mark runs down from its label. So a label that
    runs over other marks stands above theirs.
    """
    rows: dict[float, int] = {}
    for mark in each(marks.sort_values("x", ascending=False)):
        right = mark.x + (measure(mark.label, style.SMALL) + 0.15) / wide * most
        rows[mark.x] = max((row + 1 for x, row in rows.items() if x < right), default=0)
    return [rows[x] for x in marks["x"]]


def _name_ends(
    axes: Axes, words: Axes, table: pd.DataFrame, ends: list[list[str]], corner: tuple[float, float]
) -> None:
    left, top = corner
    low, high = axes.get_ylim()
    tall = axes.bbox.height / axes.figure.dpi
    last = table.groupby("series", sort=False)["y"].last()
    wanted = [top + (high - y) / (high - low) * tall for y in last]
    step = max(height(len(lines), style.BODY) for lines in ends) + 0.04
    for at, lines, color in zip(stack(wanted, step), ends, style.SERIES, strict=False):
        write(words, left, at - height(len(lines), style.BODY) / 2, lines, color=color, bold=True)


def _curves_height(table: pd.DataFrame, width: float) -> float:
    return 2.75 * len(unique(table["panel"]))


@form(
    words="panel shown band axis_x",
    numbers="n value low high",
    flags="whole own",
    optional="shown band whole own",
    height=_curves_height,
)
def curves_with_bands(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw in each panel a curve over `n` and a band from `low` to `high`; a `whole` n is a dot.

    `panel` is the title and says what `value` is, with unit and period; `shown` are words below its dot,
    and `band` in the first row of a panel are the words above the end of the band. The curve must fall.
    """
    across, down = size(canvas)
    names = unique(table["panel"])
    tall, words = down / len(names), sheet(canvas)
    for index, name in enumerate(names):
        rows = table[table["panel"] == name]
        write(words, 0, index * tall, wrap(name, across, style.BODY, bold=True), bold=True)
        axes = place(canvas, 0.6, index * tall + 0.42, across - 0.75, tall - 1.13)
        _curve(axes, rows)
        below = wrap(rows["axis_x"].iloc[0], across, style.SMALL)
        write(words, 0.6, (index + 1) * tall - 0.42, below, points=style.SMALL, color=style.MUTED)


def _curve(axes: Axes, rows: pd.DataFrame) -> None:
    margin = (rows["value"].max() - rows["value"].min()) * 0.08
    axes.set_xlim(rows["n"].min(), rows["n"].max())
    axes.set_ylim(
        min(rows["value"].min(), rows["low"].min()) - margin,
        max(rows["value"].max(), rows["high"].max()) + margin,
    )
    scale(axes, "")
    scale(axes, "", "y")
    axes.axhspan(rows["low"].iloc[0], rows["high"].iloc[0], color=style.ORANGE, alpha=0.55, linewidth=0.8)
    axes.plot(rows["n"], rows["value"], color=style.LINE, linewidth=1.2)
    whole = rows[rows["whole"]]
    axes.plot(whole["n"], whole["value"], "o", color=style.MUTED, markersize=4, clip_on=False)
    own = rows[rows["own"]]
    axes.plot(own["n"], own["value"], "o", color=style.BLUE, markersize=9)
    for row in each(rows[rows["shown"] != ""]):
        _note(axes, row.shown, (row.n, row.value), (-8, -19), "right", style.BLUE)
    right = (rows["n"].max(), rows["high"].iloc[0])
    _note(axes, rows["band"].iloc[0], right, (0, 5), "right", style.INK)


def _note(
    axes: Axes, text: str, at: tuple[float, float], offset: tuple[float, float], side: str, color: str
) -> None:
    axes.annotate(text, at, offset, textcoords="offset points", ha=side, color=color, fontsize=style.SMALL)


@form(
    words="label shown_before shown_after before_label after_label",
    numbers="before after",
    height=3.3,
)
def index_pairs(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw pairs of index values, each in its own panel from zero: what 100 became, where no base is printed.

    `before_label` and `after_label` name the two times, `shown_before` and `shown_after` stand at the dots.
    """
    across, down = size(canvas)
    wide = (across - 0.3 * (len(table) - 1)) / len(table)
    top = (
        height(max(len(wrap(label, wide, style.BODY, bold=True)) for label in table["label"]), style.BODY)
        + 0.32
    )
    words = sheet(canvas)
    for index, row in enumerate(each(table)):
        left = index * (wide + 0.3)
        write(words, left, 0, wrap(row.label, wide, style.BODY, bold=True), bold=True)
        axes = place(canvas, left + 0.1, top, wide - 0.2, down - top - 0.55)
        axes.set(xlim=(-0.45, 1.45), ylim=(0, 105), yticks=[0], xticks=[])
        axes.spines["left"].set_visible(False)
        axes.bar([0, 1], [row.before, row.after], width=0.62, color=["#C9D1D9", style.BLUE])
        axes.tick_params(left=False, labelleft=False)
        for x, y, shown in ((0, row.before, row.shown_before), (1, row.after, row.shown_after)):
            axes.annotate(shown, (x, y), (0, 5), textcoords="offset points", ha="center", fontweight="bold")
        for x, name in ((0, row.before_label), (1, row.after_label)):
            middle = left + 0.1 + (x + 0.45) / 1.9 * (wide - 0.2)
            lines = wrap(name, (wide - 0.2) / 1.95, style.SMALL)
            write(words, middle, down - 0.5, lines, points=style.SMALL, color=style.MUTED, align="center")
