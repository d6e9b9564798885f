"""Tables as pictures: a matrix of counts, a field of pairs, the ledger of checks, a small table."""

from __future__ import annotations

from math import fsum
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, ListedColormap
from matplotlib.figure import SubFigure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from guandu.figures import style
from guandu.figures.canvas import place, sheet, size, write
from guandu.figures.form import FigureError, Language, each, form, unique
from guandu.figures.text import height, wrap
from guandu.figures.typeface import width as measure

_PALE = LinearSegmentedColormap.from_list("pale", [style.PAPER, "#8FBFDD"])


def _matrix_height(table: pd.DataFrame, width: float) -> float:
    note = wrap(table["axis"].iloc[0], width, style.SMALL)
    return 0.42 * len(unique(table["row"])) + 0.55 + height(len(note), style.SMALL)


@form(words="row column axis", numbers="count", optional="axis", height=_matrix_height)
def matrix(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw counts by row and column as a heat map, each count in its cell, in the order given, no 0."""
    across, down = size(canvas)
    rows, columns = unique(table["row"]), unique(table["column"])
    counts = (
        table.pivot(index="row", columns="column", values="count").loc[rows, columns].fillna(0).astype(int)
    )
    written = counts.astype(str).where(counts > 0, "")
    left = max(measure(row, style.BODY) for row in rows) + 0.15
    note = wrap(table["axis"].iloc[0], across, style.SMALL)
    under = height(len(note), style.SMALL)
    axes = place(canvas, left, 0.45, across - left, down - 0.55 - under)
    sns.heatmap(
        counts, annot=written, fmt="", cmap=_PALE, cbar=False, linewidths=2, linecolor=style.FAINT, ax=axes
    )
    axes.set(xlabel="", ylabel="")
    axes.tick_params(length=0, labelcolor=style.INK, labelsize=style.BODY, rotation=0)
    axes.tick_params(axis="x", labelbottom=False)
    for text in axes.texts:
        text.set_color(style.INK)
    words, step = sheet(canvas), (across - left) / len(columns)
    for index, column in enumerate(columns):
        write(words, left + (index + 0.5) * step, 0.18, [column], align="center")
    write(words, 0, down - under, note, points=style.SMALL, color=style.MUTED)


@form(
    words="group axis_x axis_y",
    numbers="x y x_low x_high y_low y_high",
    height=5.4,
)
def heat_map(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Mark cells of a field of whole-number pairs, a colour and a name beside the field for each `group`.

    A row is one marked cell; the field reaches from `x_low` to `x_high` and `y_low` to `y_high`, with both
    ends.
    """
    across, down = size(canvas)
    names = unique(table["group"])
    first = table.iloc[0]
    x_low, x_high, y_low, y_high = (int(first[name]) for name in ("x_low", "x_high", "y_low", "y_high"))
    field = np.full((y_high - y_low + 1, x_high - x_low + 1), np.nan)
    for row in each(table):
        field[int(row.y) - y_low, int(row.x) - x_low] = names.index(row.group)
    side = min(down - 1.0, across - 2.4)
    axes = place(canvas, 0.65, 0.34, side, side)
    axes.imshow(
        field,
        cmap=ListedColormap(style.SERIES[: len(names)]),
        vmin=-0.5,
        vmax=len(names) - 0.5,
        origin="lower",
        interpolation="nearest",
        extent=(x_low - 0.5, x_high + 0.5, y_low - 0.5, y_high + 0.5),
    )
    axes.set_facecolor("#F3F4F6")
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:,.0f}")
    words = sheet(canvas)
    write(words, 0, 0, wrap(first["axis_y"], across, style.SMALL), points=style.SMALL, color=style.MUTED)
    write(
        words,
        0.65,
        side + 0.65,
        wrap(first["axis_x"], across, style.SMALL),
        points=style.SMALL,
        color=style.MUTED,
    )
    _names(words, names, side + 0.85, across)


def _names(words: Axes, names: list[str], left: float, across: float) -> None:
    top = 0.4
    for name, color in zip(names, style.SERIES, strict=False):
        words.add_patch(Rectangle((left, top + 0.06), 0.15, 0.15, facecolor=color))
        top = write(words, left + 0.25, top, wrap(name, across - left - 0.25, style.BODY)) + 0.12


_LEDGER = {"ref": 0.075, "title": 0.36, "printed": 0.145, "recomputed": 0.19, "word": 0.23}
_PAD = 0.1


def _columns(shares: dict[str, float], width: float) -> dict[str, tuple[float, float]]:
    """Return left edge and width in inches of each column of text."""
    edges = np.cumsum([0.0, *shares.values()]) / fsum(shares.values()) * width
    return {
        name: (float(edges[index]), float(edges[index + 1] - edges[index]) - _PAD)
        for index, name in enumerate(shares)
    }


def _cells(
    row: Any, columns: dict[str, tuple[float, float]], bold: bool, indent: str = ""
) -> dict[str, list[str]]:
    return {
        name: wrap(getattr(row, name), wide - (0.16 if name == indent else 0), style.SMALL, bold=bold)
        for name, (_, wide) in columns.items()
    }


def _row_height(cells: dict[str, list[str]]) -> float:
    return max(height(len(lines), style.SMALL) for lines in cells.values()) + 0.09


def _ledger_height(table: pd.DataFrame, width: float) -> float:
    columns = _columns(_LEDGER, width)
    return fsum(_row_height(_cells(row, columns, not row.outcome, "word")) for row in each(table)) + 0.05


@form(
    words="ref title printed recomputed outcome word",
    optional="ref printed recomputed",
    height=_ledger_height,
)
def ledger(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Write checks as rows: number, title, printed, recomputed, and the outcome as a colour and as a word.

    `outcome` is a verdict, an outcome of a crosscheck, or `alone`; a row without one is a heading.
    """
    unknown = set(table["outcome"]) - set(style.OUTCOME) - {""}
    if unknown:
        raise FigureError(
            f"ledger: column outcome: found {sorted(unknown)}, expected {sorted(style.OUTCOME)}"
        )
    across, _ = size(canvas)
    columns, words, top = _columns(_LEDGER, across), sheet(canvas), 0.0
    for row in each(table):
        heading = not row.outcome
        cells = _cells(row, columns, heading, "word")
        for name, lines in cells.items():
            left = columns[name][0] + (0.16 if name == "word" else 0)
            write(words, left, top + 0.03, lines, points=style.SMALL, bold=heading)
        if not heading:
            left = columns["word"][0]
            words.add_patch(Rectangle((left, top + 0.07), 0.09, 0.15, facecolor=style.OUTCOME[row.outcome]))
        top += _row_height(cells)
        words.plot([0, across], [top, top], color=style.INK if heading else style.FAINT, linewidth=0.8)


def _table_columns(table: pd.DataFrame, width: float) -> dict[str, tuple[float, float]]:
    """Share the width by the whole text of each column; one that wants no more than an even part keeps it."""
    wanted = {
        str(name): max(0.6, *(min(measure(cell, style.SMALL, bold=True), 3.2) for cell in table[name])) + _PAD
        for name in table
    }
    # Shrunk in proportion, a column of short numbers would break inside them.
    kept = {name: want for name, want in wanted.items() if want <= width / len(wanted)}
    if fsum(wanted.values()) > width:
        shrunk = (width - fsum(kept.values())) / (fsum(wanted.values()) - fsum(kept.values()))
        wanted = {name: want if name in kept else want * shrunk for name, want in wanted.items()}
    return _columns(wanted, width)


def _table_height(table: pd.DataFrame, width: float) -> float:
    columns = _table_columns(table, width)
    rows = each(table)
    return fsum(_row_height(_cells(row, columns, number == 0)) for number, row in enumerate(rows)) + 0.05


@form(words="*", height=_table_height)
def text_table(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Write a small table: every column of the frame, in order, the first row being the headings."""
    across, _ = size(canvas)
    columns, words, top = _table_columns(table, across), sheet(canvas), 0.0
    for number, row in enumerate(each(table)):
        cells = _cells(row, columns, number == 0)
        for name, lines in cells.items():
            write(words, columns[name][0], top + 0.04, lines, points=style.SMALL, bold=number == 0)
        top += _row_height(cells)
        words.plot([0, across], [top, top], color=style.INK if number == 0 else style.FAINT, linewidth=0.8)
