"""How a number is made: counts, their quotient, and what each rule prints of it, in boxes."""

from __future__ import annotations

from math import fsum
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Rectangle

from asprinted.figures import style
from asprinted.figures.canvas import sheet, size, write
from asprinted.figures.form import each, form
from asprinted.figures.forms.ruling import LINE_HEIGHT, SLACK, WORDS
from asprinted.figures.typesetting import height, wrap
from asprinted.figures.typesetting import width as measure
from asprinted.writing import Language

_BOX = 0.3
_PAD = 0.09
_ROW = 0.38
_SPACE = 0.26
_BETWEEN = 0.3


def _made_height(table: pd.DataFrame, width: float) -> float:
    return fsum(_made_row(row, table, width) for row in each(table)) - _SPACE


def _half(width: float) -> float:
    return (width - _BETWEEN) / 2


def _beside_height(table: pd.DataFrame, width: float) -> float:
    """Return the height of the rates in two columns, as on a card; in one where a division has no room."""
    half = _half(width)
    if any(_divided(row) > half for row in each(table)):
        return _made_height(table, width)
    return fsum(_pairs(table, half)) - _SPACE


def _pairs(table: pd.DataFrame, half: float) -> list[float]:
    tall = [_made_row(row, table, half) for row in each(table)]
    return [max(tall[at : at + 2]) for at in range(0, len(tall), 2)]


def _made_row(row: Any, table: pd.DataFrame, width: float) -> float:
    return _made_head(row, width) + _ROW * (3 if _fits_beside(row, table, width) else 4) + _SPACE


def _made_head(row: Any, width: float) -> float:
    return height(len(_made_label(row, width)), style.BODY) + (0.07 if row.label else 0)


def _made_label(row: Any, width: float) -> list[str]:
    return wrap(row.label, width, style.BODY, bold=True)


def _results(table: pd.DataFrame, width: float) -> tuple[float, float]:
    """Return the left and the right edge of the column of boxes that are held against each other."""
    columns = (table[name] for name in ("printed", "rounded", "cut"))
    wide = max(measure(text, style.BODY, bold=True) for column in columns for text in column)
    right = width - 0.3
    return right - wide - 2 * _PAD, right


def _fits_beside(row: Any, table: pd.DataFrame, width: float) -> bool:
    """Tell whether the division leaves room for the printed rate on its line."""
    wide = max(measure(WORDS[language]["printed"], style.BODY) for language in WORDS)
    return _divided(row) + wide + 0.18 <= _results(table, width)[0]


def _divided(row: Any) -> float:
    return (
        fsum(
            measure(text, style.BODY, bold=True) + 2 * _TIGHT for text in (row.part, row.whole, row.quotient)
        )
        + 2 * _SIGN
    )


_TIGHT = 0.06
_SIGN = 0.19


@form(
    words="label part whole quotient printed rounded cut",
    flags="rounded_fits cut_fits",
    optional="label",
    height=_made_height,
    least=_beside_height,
)
def number_made(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw how each rate is made: part ÷ whole = quotient, which forks to what rounding and cutting print.

    Printed numbers stand in filled boxes, computed ones in hollow ones; the printed rate stands above the two
    that it is held against, each with a tick or a cross (`rounded_fits`, `cut_fits`). On a card two rates
    stand beside each other.
    """
    across, down = size(canvas)
    words, top = sheet(canvas), 0.0
    if down >= _made_height(table, across) - SLACK:
        for row in each(table):
            _made(words, row, table, (0, top, across), language)
            top += _made_row(row, table, across)
        return
    half = _half(across)
    pairs = _pairs(table, half)
    spare = (down - fsum(pairs) + _SPACE) / len(pairs)
    for number, row in enumerate(each(table)):
        _made(words, row, table, (number % 2 * (half + _BETWEEN), top + spare / 2, half), language)
        top += (pairs[number // 2] + spare) * (number % 2)


def _made(
    words: Axes, row: Any, table: pd.DataFrame, at: tuple[float, float, float], language: Language
) -> None:
    """Draw how one rate is made from `left` and `top` on, in a width."""
    left, top, width = at
    said, (edge, right) = WORDS[language], (left + end for end in _results(table, width))
    write(words, left, top, _made_label(row, width), bold=True)
    line = top + _made_head(row, width)
    stem = _division(words, row, left, line)
    first = line if _fits_beside(row, table, width) else line + _ROW
    _box(words, (edge, right), first, row.printed, color=style.ARTICLE, filled=True)
    _left_of(words, edge, first, said["printed"], style.MUTED)
    _fork(words, row, (stem, edge, right), (line + _BOX, first + _ROW), said)


def _fork(
    words: Axes,
    row: Any,
    places: tuple[float, float, float],
    lines: tuple[float, float],
    said: dict[str, str],
) -> None:
    """Draw the way from the quotient down to what each rule prints, and whether it is what is printed."""
    stem, edge, right = places
    begin = edge - 0.1 - max(measure(said[rule], style.BODY) for rule in ("nearest", "truncation"))
    start = lines[0] + 0.03
    if stem > begin - 0.25:
        # The quotient stands further right than the words of the rules, so the way first leads back.
        back, turn = begin - 0.35, lines[0] + (_ROW - _BOX) / 2
        words.plot([stem, stem, back], [lines[0], turn, turn], color=style.ROUNDED, linewidth=1.4)
        stem, start = back, turn
    ways = (
        ("nearest", style.ROUNDED, row.rounded, row.rounded_fits),
        ("truncation", style.CUT, row.cut, row.cut_fits),
    )
    # The lower way is drawn first, so that the common part shows the colour of the upper one.
    for number, (rule, color, text, fits) in reversed(list(enumerate(ways))):
        top = lines[1] + number * _ROW
        y = top + _BOX / 2
        words.plot([stem, stem, begin - 0.1], [start, y, y], color=color, linewidth=1.4)
        words.plot([begin - 0.1], [y], ">", color=color, markersize=6, markeredgewidth=0)
        write(words, begin, y - LINE_HEIGHT / 2, [said[rule]], color=color)
        _box(words, (edge, right), top, text, color=color, filled=False)
        sign(words, right + 0.18, y, bool(fits))


def _left_of(words: Axes, edge: float, top: float, text: str, color: str) -> None:
    write(words, edge - 0.1, top + (_BOX - LINE_HEIGHT) / 2, [text], color=color, align="right")


def _box(words: Axes, ends: tuple[float, float], top: float, text: str, *, color: str, filled: bool) -> None:
    """Draw a number in its box: filled where it is printed, hollow where it is computed."""
    left, right = ends
    words.add_patch(
        Rectangle(
            (left, top), right - left, _BOX, facecolor=color if filled else style.PAPER, edgecolor=color,
            linewidth=1.4,
        )
    )  # fmt: skip
    ink, begin = style.PAPER if filled else color, top + (_BOX - LINE_HEIGHT) / 2
    write(words, (left + right) / 2, begin, [text], color=ink, bold=True, align="center")


def _division(words: Axes, row: Any, start: float, top: float) -> float:
    """Write part ÷ whole = quotient in boxes from the left; return the middle of the last box."""
    left = middle = start + 0.01
    for text, filled, follows in ((row.part, True, "÷"), (row.whole, True, "="), (row.quotient, False, "")):
        right = left + measure(text, style.BODY, bold=True) + 2 * _TIGHT
        _box(words, (left, right), top, text, filled=filled, color=style.ARTICLE if filled else style.MUTED)
        begin = top + (_BOX - LINE_HEIGHT) / 2
        write(words, right + _SIGN / 2, begin, [follows] if follows else [], align="center")
        left, middle = right + _SIGN, (left + right) / 2
    return middle


def sign(words: Axes, x: float, y: float, fits: bool) -> None:
    """Draw a tick or a cross, which the typeface does not have, with its middle at a place in inches."""
    if fits:
        words.plot([x - 0.07, x - 0.02, x + 0.08], [y, y + 0.06, y - 0.07], color=style.INK, linewidth=2)
        return
    for rise in (0.06, -0.06):
        words.plot([x - 0.06, x + 0.06], [y - rise, y + rise], color=style.INK, linewidth=2)
