"""Chains of factors on one axis."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from asprinted.faults import Fault
from asprinted.figures import style
from asprinted.figures.canvas import (
    EMPTY,
    TextBlock,
    block,
    box,
    middle,
    place,
    sheet,
    size,
    tick,
)
from asprinted.figures.form import Lane, Plan, Rule, each, form, unique
from asprinted.figures.forms.ruling import AXIS, BAR, axis, band, inches, interval
from asprinted.prose.writing import Language

_FACTORS = (0.1, 0.2, 0.5, 1, 1.5, 2, 3, 4, 5, 10, 20, 50)
"""The round factors of a logarithmic axis."""

_LOW_ROW = 0.235


@dataclass(frozen=True)
class _Link:
    """A factor, or the product of all, with where it begins and ends when factors are multiplied up."""

    row: Any
    start: float
    low: float
    high: float
    joined: bool

    def label(self, width: float) -> TextBlock:
        return block(f"{self.row.factor} {self.row.shown}", width - 0.13, self.row.product)

    def draw(self, axes: Axes, y: float, below: float) -> None:
        """Draw the bar of a factor with a line down to where the next is, or that of a product from 1 on."""
        color = style.colour(self.row.own)
        if self.row.product:
            axes.plot([1, self.low], [y, y], color=color, linewidth=1.2, zorder=2)
            interval(axes, self.low, self.high, y, color, pale=True)
            return
        box(
            axes,
            self.start,
            y - BAR / 2,
            self.low - self.start,
            BAR,
            style.PAPER,
            edgecolor=color,
            linewidth=1.4,
        )
        band(axes, self.low, self.high, y, color, pale=True)
        axes.plot([self.start] * 2, [y - BAR, y + BAR], color=style.INK, linewidth=1.4, zorder=3)
        if self.joined:
            axes.plot([self.low] * 2, [y + BAR / 2, below], color=style.MUTED, linewidth=0.9, zorder=1)


def _links(table: pd.DataFrame, basis: str) -> list[_Link]:
    """Return the factors of a basis, laid end to end, and then their product, if it has one."""
    rows = table[table["basis"] == basis].sort_values("product", kind="stable")
    links: list[_Link] = []
    low = high = 1.0
    for number, row in enumerate(each(rows), start=1):
        start = 1.0 if row.product else low
        low, high = (low, high) if row.product else (low * row.low, high * row.high)
        links.append(_Link(row, start, low, high, number < len(rows)))
    return links


def _chained(table: pd.DataFrame, width: float, low: bool) -> Plan:
    chains = {basis: _links(table, basis) for basis in unique(table["basis"])}
    # As on a card, factors stand left of their bars if they leave these half of the room.
    side = max(link.label(99).wide for links in chains.values() for link in links) + 0.1
    left = side if low and side <= width / 2 else 0.0
    lanes: list[Lane] = []
    for basis, links in chains.items():
        lanes += [Lane(0.06 if left else 0.16, EMPTY, firm=True)] if lanes else []
        head = block(basis, width, True)
        lanes.append(Lane(head.tall + 0.04, head, firm=True))
        lanes += [Lane(_LOW_ROW if left else link.label(width).tall + 2 * BAR + 0.1, link) for link in links]
    return Plan(table, lanes, under=[0 if left else 0.06, AXIS], left=left)


def _no_product(table: pd.DataFrame) -> Iterator[Fault]:
    for basis in unique(table["basis"]):
        first, last = (_links(table, basis)[at] for at in (0, -1))
        given, made = (last.row.low, last.row.high), (last.low, last.high)
        if first.row.product:
            yield Fault.of(f'no factor of "{basis}"', "one or more", "product")
        # Six places are kept of each factor, so that a product may be off in the fifth.
        elif last.row.product and any(abs(given[end] - made[end]) >= 1e-4 * made[end] for end in (0, 1)):
            found, expected = (f"{low:.6g} to {high:.6g}" for low, high in (given, made))
            yield Fault.of(f'{found} as the product of "{basis}"', expected, "product")


@form(
    words="factor basis shown",
    numbers="low high",
    flags="own? product?",
    plan=_chained,
    rules=[
        Rule(
            "low",
            lambda row: 0 < row.low <= row.high,
            "{0.low:g} beside high {0.high:g}",
            "0 < low, low up to high",
        )
    ],
    check=_no_product,
)
def chain(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw factors as a chain on one logarithmic axis: each begins where the one before it ends.

    A bar is solid to the low end of its factor and pale to the high one, both multiplied up from the left. A
    row marked `product` draws what its `basis` comes to as an interval from 1. On a card factors stand left
    of their bars. Raises `Faults` for a factor that is not above 0 or a low end above the high one, and for a
    product that they do not give.
    """
    across, down = size(canvas)
    words, inside, spare = sheet(canvas), down - AXIS, plan.spare(down)
    axes = _factors(canvas, plan, inside)
    for mark, top, tall in plan.placed(down):
        if isinstance(mark, TextBlock):
            mark.write(words, 0, top)
        elif plan.left:
            mark.label(99).write(words, 0, middle(top + tall / 2))
            mark.draw(axes, top + tall / 2, top + 3 * tall / 2 + spare)
        else:
            label = mark.label(across)
            left = min(inches(axes, mark.start) + 0.05, across - label.wide)
            mark.draw(axes, label.write(words, left, top) + BAR, top + tall + spare + 0.02)
    least, most = axes.get_xlim()
    factors = [value for value in _FACTORS if least <= value <= most]
    axis(axes, words, inside, [(value, f"×{tick(value, '')}") for value in factors])


def _factors(canvas: SubFigure, plan: Plan, inside: float) -> Axes:
    """Return a bare logarithmic plane on which all links have room."""
    links = [lane.mark for lane in plan.lanes if isinstance(lane.mark, _Link)]
    ends = [end for link in links for end in (link.start, link.low, link.high)]
    axes = place(canvas, plan.left + 0.08, 0, size(canvas)[0] - plan.left - 0.16, inside)
    axes.set_xscale("log")
    axes.set(xlim=(min(ends) / 1.0001, max(ends) * 1.02), ylim=(inside, 0), xticks=[], yticks=[])
    axes.minorticks_off()
    axes.set_axis_off()
    return axes
