"""How a number is made: counts, their quotient, and what each rule prints of it, in boxes."""

from functools import partial
from math import fsum
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from asprinted.drawing.typesetting import width as measure
from asprinted.figures import style
from asprinted.figures.canvas import TextBlock, block, box, sheet, size, write
from asprinted.figures.form import each, form
from asprinted.figures.forms.ruling import LINE_HEIGHT, SLACK, said
from asprinted.prose.writing import LANGUAGES, Language

_BOX = 0.3
_PAD = 0.09
_TIGHT = 0.06
_SIGN = 0.19
_ROW = 0.38
_SPACE = 0.26
_BETWEEN = 0.3


def _columns(table: pd.DataFrame, width: float, low: bool) -> tuple[int, float, list[float]]:
    """Return how many columns of rates there are and how wide, and how high the rates beside each other are.

    On a card they are two, unless a division has no room in one.
    """
    half = (width - _BETWEEN) / 2
    columns, wide = (2, half) if low and all(_divided(row) <= half for row in each(table)) else (1, width)
    tall = [
        _head(row, wide)[1] + _ROW * (3 if _fits_beside(row, table, wide) else 4) + _SPACE
        for row in each(table)
    ]
    return columns, wide, [max(tall[at : at + columns]) for at in range(0, len(tall), columns)]


def _height(table: pd.DataFrame, width: float, low: bool = False) -> float:
    return fsum(_columns(table, width, low)[2]) - _SPACE


def _head(row: Any, width: float) -> tuple[TextBlock, float]:
    label = block(row.label, width, True)
    return label, label.tall + (0.07 if row.label else 0)


def _results(table: pd.DataFrame, width: float) -> tuple[float, float]:
    """Return the left and the right edge of the column of boxes that are held against each other."""
    columns = (table[name] for name in ("printed", "rounded", "cut"))
    wide = max(measure(text, style.BODY, bold=True) for column in columns for text in column)
    right = width - 0.3
    return right - wide - 2 * _PAD, right


def _fits_beside(row: Any, table: pd.DataFrame, width: float) -> bool:
    """Tell whether the division leaves room for the printed rate on its line."""
    wide = max(measure(said(language)["printed"], style.BODY) for language in LANGUAGES)
    return _divided(row) + wide + 0.18 <= _results(table, width)[0]


def _divided(row: Any) -> float:
    numbers = (row.part, row.whole, row.quotient)
    return fsum(measure(text, style.BODY, bold=True) + 2 * _TIGHT for text in numbers) + 2 * _SIGN


@form(
    words="label? part whole quotient printed rounded cut",
    flags="rounded_fits cut_fits",
    height=_height,
    least=partial(_height, low=True),
)
def number_made(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw how each rate is made: part ÷ whole = quotient, which forks to what rounding and cutting print.

    Printed numbers stand in filled boxes, computed ones in hollow ones; the printed rate stands above the two
    that it is held against, each with a tick or a cross (`rounded_fits`, `cut_fits`). On a card two rates
    stand beside each other.
    """
    across, down = size(canvas)
    low = down < _height(table, across) - SLACK
    columns, wide, bands = _columns(table, across, low)
    spare = (down - fsum(bands) + _SPACE) / len(bands) if low else 0.0
    words, top = sheet(canvas), 0.0
    for number, row in enumerate(each(table)):
        column = number % columns
        _made(words, row, table, (column * (wide + _BETWEEN), top + spare / 2, wide), said(language))
        top += (bands[number // columns] + spare) * (column == columns - 1)


def _made(
    words: Axes, row: Any, table: pd.DataFrame, at: tuple[float, float, float], names: dict[str, str]
) -> None:
    """Draw how one rate is made from `left` and `top` on, in a width."""
    left, top, width = at
    edge, right = (left + end for end in _results(table, width))
    label, head = _head(row, width)
    label.write(words, left, top)
    line = top + head
    stem = _division(words, row, left, line)
    first = line if _fits_beside(row, table, width) else line + _ROW
    _box(words, (edge, right), first, row.printed, style.ARTICLE, filled=True)
    begin = first + (_BOX - LINE_HEIGHT) / 2
    write(words, edge - 0.1, begin, [names["printed"]], color=style.MUTED, align="right")
    _fork(words, row, (stem, edge, right), (line + _BOX, first + _ROW), names)


def _fork(
    words: Axes,
    row: Any,
    places: tuple[float, float, float],
    lines: tuple[float, float],
    names: dict[str, str],
) -> None:
    """Draw the way from the quotient down to what each rule prints, and whether it is what is printed."""
    stem, edge, right = places
    begin = edge - 0.1 - max(measure(names[rule], style.BODY) for rule in ("nearest", "truncation"))
    start = lines[0] + 0.03
    if stem > begin - 0.25:
        # The quotient stands further right than the words of the rules, so the way first leads back.
        back, turn = begin - 0.35, lines[0] + (_ROW - _BOX) / 2
        words.plot([stem, stem, back], [lines[0], turn, turn], color=style.ROUNDED, linewidth=1.4)
        stem, start = back, turn
    # The lower way is drawn first, so that the common part shows the colour of the upper one.
    for number, rule, color, text, fits in (
        (1, "truncation", style.CUT, row.cut, row.cut_fits),
        (0, "nearest", style.ROUNDED, row.rounded, row.rounded_fits),
    ):
        top = lines[1] + number * _ROW
        y = top + _BOX / 2
        words.plot([stem, stem, begin - 0.1], [start, y, y], color=color, linewidth=1.4)
        words.plot([begin - 0.1], [y], ">", color=color, markersize=6, markeredgewidth=0)
        write(words, begin, y - LINE_HEIGHT / 2, [names[rule]], color=color)
        _box(words, (edge, right), top, text, color, filled=False)
        _sign(words, right + 0.18, y, fits)


def _box(words: Axes, ends: tuple[float, float], top: float, text: str, color: str, *, filled: bool) -> None:
    """Draw a number in its box: filled where it is printed, hollow where it is computed."""
    (left, right), face = ends, color if filled else style.PAPER
    box(words, left, top, right - left, _BOX, face, edgecolor=color, linewidth=1.4)
    ink, begin = style.PAPER if filled else color, top + (_BOX - LINE_HEIGHT) / 2
    write(words, (left + right) / 2, begin, [text], color=ink, bold=True, align="center")


def _division(words: Axes, row: Any, start: float, top: float) -> float:
    """Write part ÷ whole = quotient in boxes from the left; return the middle of the last box."""
    left = middle = start + 0.01
    for text, filled, follows in ((row.part, True, "÷"), (row.whole, True, "="), (row.quotient, False, "")):
        right = left + measure(text, style.BODY, bold=True) + 2 * _TIGHT
        _box(words, (left, right), top, text, style.ARTICLE if filled else style.MUTED, filled=filled)
        begin = top + (_BOX - LINE_HEIGHT) / 2
        write(words, right + _SIGN / 2, begin, [follows] if follows else [], align="center")
        left, middle = right + _SIGN, (left + right) / 2
    return middle


def _sign(words: Axes, x: float, y: float, fits: bool) -> None:
    """Draw a tick or a cross, which the typeface does not have, with its middle at a place in inches."""
    tick = [([-0.07, -0.02, 0.08], [0, 0.06, -0.07])]
    cross = [([-0.06, 0.06], [-0.06, 0.06]), ([-0.06, 0.06], [0.06, -0.06])]
    for xs, ys in tick if fits else cross:
        words.plot([x + along for along in xs], [y + down for down in ys], color=style.INK, linewidth=2)
