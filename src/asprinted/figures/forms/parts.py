"""One whole in its parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from typing import Any

import pandas as pd
from matplotlib.figure import SubFigure

from asprinted.faults import Fault, quote
from asprinted.figures import style
from asprinted.figures.canvas import EMPTY, TextBlock, block, box, place, sheet, size
from asprinted.figures.form import each, form
from asprinted.prose.writing import Language

_BAR = 0.8
_PAD = 0.1
_LEADER = 0.12
_HEROES = (34.0, 28.0, 22.0, 15.0)
"""Sizes of the first line in a part; the largest that fits is taken."""


@dataclass(frozen=True)
class _Part:
    """A part with its words: what it is stands over it, what it holds stands in it, the number first."""

    row: Any
    start: float
    filled: bool
    narrow: bool
    label: TextBlock = EMPTY
    number: TextBlock = EMPTY
    rest: TextBlock = EMPTY

    @property
    def inner(self) -> float:
        return self.number.tall + self.rest.tall

    @property
    def middle(self) -> float:
        return float(self.start + self.row.share - self.row.share / 2)


def _parts(table: pd.DataFrame, width: float, hero: float = _HEROES[-1]) -> list[_Part]:
    """Return the parts, without words where one is longer than the part.

    Where none is said to be derived, all but the first are, as what is left.
    """
    parts: list[_Part] = []
    start, said = 0.0, not table["printed"].all()
    for row in each(table):
        filled, room = row.printed if said else not parts, row.share * width - 2 * _PAD
        number, _, rest = row.shown.partition("\n")
        color, ink = (style.PAPER, style.PAPER) if filled else (style.ARTICLE, style.INK)
        label, under = block(row.label, room + _PAD, True), block(rest, room, color=ink)
        least = block(number, room, True, color, _HEROES[-1])
        narrow = label.wide > room + _PAD or max(least.wide, under.wide) > room
        words = () if narrow else (label, block(number, room, True, color, hero), under)
        parts.append(_Part(row, start, filled, narrow, *words))
        start += row.share
    return parts


def _asides(parts: list[_Part], width: float) -> list[tuple[float, TextBlock, str]]:
    """Return words under the bar from the top down, with the places of leaders, which cross none of them.

    Those of the left half run to the right of their leaders, the rightmost on top, as far as the first leader
    of the right half; those of the right half follow, the leftmost on top, and run to the left.
    """
    narrow = [(part.middle * width, part.row) for part in parts if part.narrow]
    left = [(at, row) for at, row in narrow if at < width / 2]
    right = [(at, row) for at, row in narrow if at >= width / 2]
    limit = right[0][0] - _PAD if right else width
    placed = [(at, _aside(row, limit - at), "left") for at, row in reversed(left)]
    return placed + [(at, _aside(row, at), "right") for at, row in right]


def _aside(row: Any, room: float) -> TextBlock:
    aside = block(" · ".join((row.label, *row.shown.split("\n"))), room)
    if aside.wide > room:
        raise Fault.of(f"{quote(row.label)} in {room:.2f} in under the bar", "shorter words", "label")
    return aside


def _fitting(table: pd.DataFrame, width: float, bar: float) -> list[_Part]:
    """Return the parts with the largest first lines that need no second line and leave room in the bar."""

    def fits(part: _Part) -> bool:
        in_line = part.number.wide <= part.row.share * width - 2 * _PAD
        return len(part.number.lines) == 1 and in_line and part.inner + 5 * _PAD <= bar

    tried = (_parts(table, width, hero) for hero in _HEROES)
    fitting = (parts for parts in tried if all(fits(part) or not part.number.lines for part in parts))
    return next(fitting, _parts(table, width))


def _heights(table: pd.DataFrame, width: float) -> tuple[float, float, float]:
    """Return the heights over the bar, of the bar, and under it."""
    parts = _parts(table, width)
    above = max(part.label.tall for part in parts) + 0.05
    bar = max(_BAR, *(part.inner + 2 * _PAD for part in parts))
    return above, bar, fsum(aside.tall + _LEADER for _, aside, _ in _asides(parts, width))


def _no_whole(table: pd.DataFrame) -> Iterator[Fault]:
    if abs(table["share"].sum() - 1) > 1e-5:
        yield Fault.of(f"shares that add up to {table['share'].sum():g}", "1", "share")


@form(
    words="label shown",
    numbers="share",
    flags="printed?",
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
    parts = _fitting(table, across, bar)
    for part in parts:
        face, look = style.ARTICLE if part.filled else style.PAPER, {"linewidth": 1.5, "clip_on": False}
        box(axes, part.start, 0, part.row.share, 1, face, edgecolor=style.ARTICLE, **look)
        left = part.start * across
        part.label.write(words, left, above - 0.05 - part.label.tall)
        top = part.number.write(words, left + _PAD, above + (bar - part.inner) / 2)
        part.rest.write(words, left + _PAD, top)
    top = above + bar
    for at, aside, align in _asides(parts, across):
        words.plot([at] * 2, [above + bar, top + _LEADER - 0.02], color=style.LINE, linewidth=0.8)
        top = aside.write(words, at, top + _LEADER - 0.02, align) + 0.02
