"""One whole in its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from typing import Any

import pandas as pd
from matplotlib.figure import SubFigure
from matplotlib.patches import Rectangle

from asprinted.faults import Fault, quote
from asprinted.figures import style
from asprinted.figures.canvas import place, sheet, size, write
from asprinted.figures.form import each, form
from asprinted.figures.typesetting import height, wrap
from asprinted.figures.typesetting import width as measure
from asprinted.writing import Language

_BAR = 0.8
_PAD = 0.1
_LEADER = 0.12
_HEROES = (34.0, 28.0, 22.0, 15.0)
"""Sizes of the first line in a part; the largest that fits is taken."""


@dataclass(frozen=True)
class _Part:
    """A part with its words: what it is stands over it, what it holds stands in it, the number first."""

    start: float
    end: float
    filled: bool
    label: list[str]
    number: list[str]
    rest: list[str]
    hero: float

    @property
    def inner(self) -> float:
        return height(len(self.number), self.hero) + height(len(self.rest), style.BODY)


@dataclass(frozen=True)
class _Aside:
    """The words of a part that is too narrow for them, under the bar, with the place of its leader."""

    at: float
    lines: list[str]
    align: str

    @property
    def tall(self) -> float:
        return height(len(self.lines), style.BODY) + _LEADER


def _is_narrow(row: Any, width: float) -> bool:
    """Tell whether a word or number of a part is longer than the part."""
    room, (number, _, rest) = row.share * width - 2 * _PAD, row.shown.partition("\n")
    set_in = (
        (wrap(row.label, room + _PAD, style.BODY, bold=True), room + _PAD, style.BODY, True),
        (wrap(number, room, _HEROES[-1], bold=True), room, _HEROES[-1], True),
        (wrap(rest, room, style.BODY), room, style.BODY, False),
    )
    return any(measure(line, size, bold=bold) > wide for lines, wide, size, bold in set_in for line in lines)


def _parts(table: pd.DataFrame, width: float, hero: float = _HEROES[-1]) -> list[_Part]:
    """Return the parts; where none is said to be derived, all but the first are, as what is left."""
    parts, start = [], 0.0
    said = not table["printed"].all()
    for index, row in enumerate(each(table)):
        room = row.share * width - 2 * _PAD
        number, _, rest = ("" if _is_narrow(row, width) else row.shown).partition("\n")
        parts.append(
            _Part(
                start,
                start + row.share,
                row.printed if said else not index,
                wrap("" if _is_narrow(row, width) else row.label, room + _PAD, style.BODY, bold=True),
                wrap(number, room, hero, bold=True),
                wrap(rest, room, style.BODY),
                hero,
            )
        )
        start += row.share
    return parts


def _asides(table: pd.DataFrame, width: float) -> list[_Aside]:
    """Return the words that stand under the bar, from the top down, so that no leader crosses any of them.

    Those of the left half run to the right of their leaders, the rightmost on top, as far as the first leader
    of the right half; those of the right half follow, the leftmost on top, and run to the left.
    """
    ends = table["share"].cumsum()
    middles = ((ends - table["share"] / 2) * width).tolist()
    narrow = [(at, row) for at, row in zip(middles, each(table), strict=True) if _is_narrow(row, width)]
    left = [(at, row) for at, row in narrow if at < width / 2]
    right = [(at, row) for at, row in narrow if at >= width / 2]
    limit = right[0][0] - _PAD if right else width
    placed = [(at, row, limit - at, "left") for at, row in reversed(left)]
    placed += [(at, row, at, "right") for at, row in right]
    return [_Aside(at, _aside(row, room), align) for at, row, room, align in placed]


def _aside(row: Any, room: float) -> list[str]:
    lines = wrap(" · ".join((row.label, *row.shown.split("\n"))), room, style.BODY)
    if any(measure(line, style.BODY) > room for line in lines):
        raise Fault.of(f"{quote(row.label)} in {room:.2f} in under the bar", "shorter words", "label")
    return lines


def _fitting(table: pd.DataFrame, width: float, bar: float) -> list[_Part]:
    """Return the parts with the largest first lines that need no second line and leave room in the bar."""
    for hero in _HEROES:
        parts = _parts(table, width, hero)
        if all(
            part.inner + 5 * _PAD <= bar
            and measure(part.number[0], hero, bold=True) <= (part.end - part.start) * width - 2 * _PAD
            for part in parts
            if len(part.number) == 1
        ) and all(len(part.number) < 2 for part in parts):
            return parts
    return _parts(table, width)


def _heights(table: pd.DataFrame, width: float) -> tuple[float, float, float]:
    """Return the heights over the bar, of the bar, and under it."""
    parts = _parts(table, width)
    above = max(height(len(part.label), style.BODY) for part in parts) + 0.05
    bar = max(_BAR, *(part.inner + 2 * _PAD for part in parts))
    return above, bar, fsum(aside.tall for aside in _asides(table, width))


def _no_whole(table: pd.DataFrame) -> Iterator[Fault]:
    if abs(table["share"].sum() - 1) > 1e-5:
        yield Fault.of(f"shares that add up to {table['share'].sum():g}", "1", "share")


@form(
    words="label shown",
    numbers="share",
    flags="printed",
    optional="printed",
    height=lambda table, width: sum(_heights(table, width)),
    check=_no_whole,
)
def split_bar(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw the parts of one whole as one bar: `label` stands over a part, `shown` in it.

    The first line of `shown` is set large. `printed` says which parts the article prints; without it the
    first is filled, and hollow is what is left. The words of a part that is too narrow stand under the bar,
    with a line to it. Raises `Faults` where the shares do not add up to 1, and `Fault` for words that have
    no room there either.
    """
    across, down = size(canvas)
    above, _, below = _heights(table, across)
    bar = down - above - below
    # Half of a stroke runs outside its shape.
    stroke = 1.5 / 72
    axes, words = place(canvas, stroke / 2, above, across - stroke, bar), sheet(canvas)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_axis_off()
    for part in _fitting(table, across, bar):
        face = style.ARTICLE if part.filled else style.PAPER
        axes.add_patch(
            Rectangle(
                (part.start, 0),
                part.end - part.start,
                1,
                facecolor=face,
                edgecolor=style.ARTICLE,
                linewidth=1.5,
                clip_on=False,
            )
        )
        color = style.PAPER if part.filled else style.ARTICLE
        left, top = part.start * across, above + (bar - part.inner) / 2
        label = above - 0.05 - height(len(part.label), style.BODY)
        write(words, left, label, part.label, bold=True)
        top = write(words, left + _PAD, top, part.number, points=part.hero, color=color, bold=True)
        write(words, left + _PAD, top, part.rest, color=style.PAPER if part.filled else style.INK)
    top = above + bar
    for aside in _asides(table, across):
        begin = top + _LEADER - 0.02
        words.plot([aside.at] * 2, [above + bar, begin], color=style.LINE, linewidth=0.8)
        write(words, aside.at, begin, aside.lines, align=aside.align)
        top += aside.tall
