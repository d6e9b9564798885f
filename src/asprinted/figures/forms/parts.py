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
from asprinted.figures.form import Lane, Plan, each, form
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
    left: float
    wide: float
    filled: bool
    label: TextBlock = EMPTY
    number: TextBlock = EMPTY
    rest: TextBlock = EMPTY

    @property
    def inner(self) -> float:
        return self.number.tall + self.rest.tall

    @property
    def middle(self) -> float:
        return self.left + self.wide / 2

    def fits(self, bar: float) -> bool:
        """Tell whether the number needs no second line and leaves room in the bar."""
        in_line = len(self.number.lines) <= 1 and self.number.wide <= self.wide - 2 * _PAD
        return not self.number.lines or (in_line and self.inner + 5 * _PAD <= bar)


def _parts(table: pd.DataFrame, width: float, hero: float = _HEROES[-1]) -> list[_Part]:
    """Return the parts, without words where one is longer than the part.

    Where none is said to be derived, all but the first are, as what is left.
    """
    parts: list[_Part] = []
    left, said = 0.0, not table["printed"].all()
    for row in each(table):
        filled, wide = row.printed if said else not parts, row.share * width
        number, _, rest = row.shown.partition("\n")
        color, ink = (style.PAPER, style.PAPER) if filled else (style.ARTICLE, style.INK)
        label, under = block(row.label, wide - _PAD, True), block(rest, wide - 2 * _PAD, color=ink)
        least, shown = (block(number, wide - 2 * _PAD, True, color, size) for size in (_HEROES[-1], hero))
        narrow = label.wide > wide - _PAD or max(least.wide, under.wide) > wide - 2 * _PAD
        parts.append(_Part(row, left, wide, filled, *(() if narrow else (label, shown, under))))
        left += wide
    return parts


def _asides(parts: list[_Part], width: float) -> Iterator[tuple[float, TextBlock, str]]:
    """Yield words under the bar from the top down, with the places of leaders, which cross none of them.

    Those of the left half run to the right of their leaders, the rightmost on top, as far as the first leader
    of the right half; those of the right half follow, the leftmost on top, and run to the left.
    """
    narrow = [(part.middle, part.row) for part in parts if part.number is EMPTY]
    right = [(at, row) for at, row in narrow if at >= width / 2]
    limit = right[0][0] - _PAD if right else width
    for at, row in reversed(narrow[: len(narrow) - len(right)]):
        yield at, _aside(row, limit - at), "left"
    for at, row in right:
        yield at, _aside(row, at), "right"


def _aside(row: Any, room: float) -> TextBlock:
    aside = block(" · ".join((row.label, *row.shown.split("\n"))), room)
    if aside.wide > room:
        raise Fault.of(f"{quote(row.label)} in {room:.2f} in under the bar", "shorter words", "label")
    return aside


def _whole(table: pd.DataFrame, width: float, _low: bool) -> Plan:
    """Lay out the words over the bar, the bar, and the words under it."""
    parts = _parts(table, width)
    above = max(part.label.tall for part in parts) + 0.05
    bar = Lane(max(_BAR, *(part.inner + 2 * _PAD for part in parts)), table)
    asides = list(_asides(parts, width))
    return Plan(table, [bar], above, [fsum(aside.tall + _LEADER for _, aside, _ in asides)], more=asides)


def _no_whole(table: pd.DataFrame) -> Iterator[Fault]:
    if abs(table["share"].sum() - 1) > 1e-5:
        yield Fault.of(f"shares that add up to {table['share'].sum():g}", "1", "share")


@form(words="label shown", numbers="share", flags="printed?", plan=_whole, check=_no_whole)
def split_bar(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw the parts of one whole as one bar: `label` stands over a part, `shown` in it.

    The first line of `shown` is set large. `printed` says which parts the article prints; without it the
    first is filled, and hollow is what is left. The words of a part that is too narrow stand under the bar,
    with a line to it. Raises `Faults` where the shares do not add up to 1, and `Fault` for words that have
    no room there either.
    """
    across, down = size(canvas)
    above, bar = plan.over, down - plan.over - plan.under[0]
    # Half of a stroke runs outside its shape.
    stroke = 1.5 / 72
    axes, words = place(canvas, stroke / 2, above, across - stroke, bar), sheet(canvas)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_axis_off()
    tried = [_parts(plan.table, across, hero) for hero in _HEROES]
    for part in next((parts for parts in tried if all(part.fits(bar) for part in parts)), tried[-1]):
        face, look = style.ARTICLE if part.filled else style.PAPER, {"linewidth": 1.5, "clip_on": False}
        box(axes, part.left / across, 0, part.row.share, 1, face, edgecolor=style.ARTICLE, **look)
        part.label.write(words, part.left, above - 0.05 - part.label.tall)
        top = part.number.write(words, part.left + _PAD, above + (bar - part.inner) / 2)
        part.rest.write(words, part.left + _PAD, top)
    top = above + bar
    for at, aside, align in plan.more:
        words.plot([at] * 2, [above + bar, top + _LEADER - 0.02], color=style.LINE, linewidth=0.8)
        top = aside.write(words, at, top + _LEADER - 0.02, align) + 0.02
