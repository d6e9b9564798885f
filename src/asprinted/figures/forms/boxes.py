"""How a number is made: counts, their quotient, and what each rule prints of it, in boxes."""

from math import fsum
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from asprinted.figures import style
from asprinted.figures.canvas import block, box, measure, sheet, size, write
from asprinted.figures.form import Lane, Plan, each, form
from asprinted.figures.forms.ruling import LINE_HEIGHT, said
from asprinted.prose.writing import LANGUAGES, Language

_BOX = 0.3
_PAD = 0.09
_TIGHT = 0.05
_SIGN = 0.17
_ROW = 0.38
_SPACE = 0.26
_BETWEEN = 0.2
_INSET = (_BOX - LINE_HEIGHT) / 2


def _made(table: pd.DataFrame, width: float, low: bool) -> Plan:
    """Lay out the rates: on a card two beside each other, unless a division has no room in half of it."""
    half = (width - _BETWEEN) / 2
    two = low and all(_divided(row) <= half for row in each(table))
    wide, columns = (half, 2) if two else (width, 1)
    right = wide - 0.3
    numbers = table[["printed", "rounded", "cut"]].to_numpy().ravel()
    edge = right - max(measure(text, True) for text in numbers) - 2 * _PAD
    spoken = max(measure(said(language)["printed"]) for language in LANGUAGES)
    rates = []
    for row in each(table):
        label, beside = block(row.label, wide, True), _divided(row) + spoken + 0.18 <= edge
        head = label.tall + (0.07 if row.label else 0)
        rates.append(Lane(head + _ROW * (3 if beside else 4) + _SPACE, (row, label, head, beside)))
    bands = [rates[at : at + columns] for at in range(0, len(rates), columns)]
    lanes = [Lane(max(rate.tall for rate in band), [rate.mark for rate in band]) for band in bands]
    return Plan(table, lanes, under=[-_SPACE], left=edge, right=right, more=wide + _BETWEEN)


def _divided(row: Any) -> float:
    return fsum(measure(text, True) + 2 * _TIGHT for text in (row.part, row.whole, row.quotient)) + 2 * _SIGN


@form(words="label? part whole quotient printed rounded cut", flags="rounded_fits cut_fits", plan=_made)
def number_made(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw how each rate is made: part ÷ whole = quotient, which forks to what rounding and cutting print.

    Printed numbers stand in filled boxes, computed ones in hollow ones; the printed rate stands above the two
    that it is held against, each with a tick or a cross (`rounded_fits`, `cut_fits`). On a card two rates
    stand beside each other.
    """
    words, names = sheet(canvas), said(language)
    for rates, top, _ in plan.placed(size(canvas)[1]):
        for column, (row, label, head, beside) in enumerate(rates):
            left, line = column * plan.more, top + head
            ends = left + plan.left, left + plan.right
            label.write(words, left, top)
            stem = _division(words, row, left, line)
            first = line if beside else line + _ROW
            _box(words, ends, first, row.printed, style.ARTICLE, filled=True)
            write(words, ends[0] - 0.1, first + _INSET, [names["printed"]], "right", color=style.MUTED)
            _fork(words, row, (stem, *ends), (line + _BOX, first + _ROW), names)


def _fork(
    words: Axes,
    row: Any,
    places: tuple[float, float, float],
    lines: tuple[float, float],
    names: dict[str, str],
) -> None:
    """Draw the way from the quotient down to what each rule prints, and whether it is what is printed."""
    stem, edge, right = places
    begin = edge - 0.1 - max(measure(names[rule]) for rule in ("nearest", "truncation"))
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
    ink = style.PAPER if filled else color
    write(words, (left + right) / 2, top + _INSET, [text], "center", color=ink, bold=True)


def _division(words: Axes, row: Any, start: float, top: float) -> float:
    """Write part ÷ whole = quotient in boxes from the left; return the middle of the last box."""
    left = middle = start + 0.01
    for text, filled, follows in ((row.part, True, "÷"), (row.whole, True, "="), (row.quotient, False, "")):
        right = left + measure(text, True) + 2 * _TIGHT
        _box(words, (left, right), top, text, style.ARTICLE if filled else style.MUTED, filled=filled)
        write(words, right + _SIGN / 2, top + _INSET, [follows] if follows else [], "center")
        left, middle = right + _SIGN, (left + right) / 2
    return middle


def _sign(words: Axes, x: float, y: float, fits: bool) -> None:
    """Draw a tick or a cross, which the typeface does not have, with its middle at a place in inches."""
    tick = [([-0.07, -0.02, 0.08], [0, 0.06, -0.07])]
    cross = [([-0.06, 0.06], [-0.06, 0.06]), ([-0.06, 0.06], [0.06, -0.06])]
    for xs, ys in tick if fits else cross:
        words.plot([x + along for along in xs], [y + down for down in ys], color=style.INK, linewidth=2)
