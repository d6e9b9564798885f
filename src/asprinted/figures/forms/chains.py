"""Chains of factors on one axis, and changes from amounts that nobody printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum, isnan
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Rectangle

from asprinted.faults import Fault
from asprinted.figures import style
from asprinted.figures.canvas import middle, place, sheet, size, tick, write
from asprinted.figures.form import each, form, numbered, unique
from asprinted.figures.forms.ruling import (
    AXIS,
    BAR,
    LINE_HEIGHT,
    SLACK,
    WORDS,
    axis,
    band,
    inches,
    interval,
)
from asprinted.figures.typesetting import balance, height, wrap
from asprinted.figures.typesetting import width as measure
from asprinted.writing import Language


@dataclass(frozen=True)
class _Link:
    """A factor with where it begins and ends when those before it are multiplied up."""

    row: Any
    start: float
    low: float
    high: float


def _chains(table: pd.DataFrame) -> list[tuple[str, list[_Link], Any]]:
    """Return the factors of each basis, laid end to end, and the row of their product, None without one."""
    chains = []
    for basis in unique(table["basis"]):
        links: list[_Link] = []
        product = None
        low = high = 1.0
        for row in each(table[table["basis"] == basis]):
            if row.product:
                product = row
                continue
            links.append(_Link(row, low, low * row.low, high * row.high))
            low, high = low * row.low, high * row.high
        chains.append((basis, links, product))
    return chains


_UNDER = 2 * BAR + 0.1
_LOW_ROW = 0.235
_APART, _LOW_APART = 0.16, 0.06


def _factor_lines(row: Any, width: float) -> list[str]:
    return wrap(f"{row.factor} {row.shown}", width - 0.13, style.BODY, bold=row.product)


def _factor_height(row: Any, width: float) -> float:
    return height(len(_factor_lines(row, width)), style.BODY) + _UNDER


def _heads(table: pd.DataFrame, width: float, apart: float) -> float:
    names = unique(table["basis"])
    lines = sum(len(wrap(name, width, style.BODY, bold=True)) for name in names)
    return height(lines, style.BODY) + 0.04 * len(names) + apart * (len(names) - 1)


def _chain_height(table: pd.DataFrame, width: float) -> float:
    rows = fsum(_factor_height(row, width) for row in each(table))
    return _heads(table, width, _APART) + rows + 0.06 + AXIS


def _column(table: pd.DataFrame) -> float:
    """Return the width of the factors where they stand left of their bars, as on a card."""
    return max(measure(_factor_lines(row, 99)[0], style.BODY, bold=row.product) for row in each(table)) + 0.1


def _low_chain(table: pd.DataFrame, width: float) -> float:
    if _column(table) > width / 2:
        return _chain_height(table, width)
    return _heads(table, width, _LOW_APART) + _LOW_ROW * len(table) + AXIS


def _no_chain(table: pd.DataFrame) -> Iterator[Fault]:
    wrong = [(number, row) for number, row in numbered(table) if not 0 < row.low <= row.high]
    for number, row in wrong:
        yield Fault("", number, "low", f"{row.low:g} beside high {row.high:g}", "0 < low, low up to high")
    for basis, links, product in [] if wrong else _chains(table):
        yield from _no_product(basis, links, product)


def _no_product(basis: str, links: list[_Link], product: Any) -> Iterator[Fault]:
    if not links:
        yield Fault.of(f'no factor of "{basis}"', "one or more", "product")
        return
    given, made = (product.low, product.high) if product else (), (links[-1].low, links[-1].high)
    # Six places are kept of each factor, so that a product may be off in the fifth.
    if any(abs(one / other - 1) >= 1e-4 for one, other in zip(given, made, strict=bool(given))):
        found, expected = (" to ".join(f"{end:.6g}" for end in ends) for ends in (given, made))
        yield Fault.of(f'{found} as the product of "{basis}"', expected, "product")


@form(
    words="factor basis shown",
    numbers="low high",
    flags="own product",
    optional="own product",
    height=_chain_height,
    least=_low_chain,
    check=_no_chain,
)
def chain(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw factors as a chain on one logarithmic axis: each begins where the one before it ends.

    A bar is solid to the low end of its factor and pale to the high one, both multiplied up from the left. A
    row marked `product` draws what its `basis` comes to as an interval from 1. On a card factors stand left
    of their bars. Raises `Faults` for a factor that is not above 0 or a low end above the high one, and for a
    product that they do not give.
    """
    across, down = size(canvas)
    words, chains = sheet(canvas), _chains(table)
    low = down < _chain_height(table, across) - SLACK
    left, inside = _column(table) if low else 0.0, down - AXIS
    ends = [end for _, links, _ in chains for link in links for end in (link.start, link.low, link.high)]
    limits = (min(ends) / 1.0001, max(ends) * 1.02)
    axes = place(canvas, left + 0.08, 0, across - left - 0.16, inside)
    axes.set_xscale("log")
    axes.set(xlim=limits, ylim=(inside, 0), xticks=[], yticks=[])
    axes.minorticks_off()
    axes.set_axis_off()
    rows = (inside - _heads(table, across, _LOW_APART)) / len(table) if low else 0.0
    top = 0.0
    for basis, links, product in chains:
        top = write(words, 0, top, wrap(basis, across, style.BODY, bold=True), bold=True) + 0.04
        top = _draw_links(axes, words, links, product, (top, rows)) + (_LOW_APART if low else _APART)
    axis(axes, words, inside, [(value, f"×{tick(value, '')}") for value in _factors(axes.get_xlim())])


def _draw_links(
    axes: Axes, words: Axes, links: list[_Link], product: Any, places: tuple[float, float]
) -> float:
    """Draw a chain downwards from the first of `places`, in rows of the second; return where it ends."""
    top, rows = places
    for number, link in enumerate(links):
        y, end = _name_factor(axes, words, link.row, link.start, (top, rows))
        color = style.colour(link.row.own)
        for start, stop, pale in ((link.start, link.low, False), (link.low, link.high, True)):
            band(axes, start, stop, y, color, pale=pale)
        axes.plot([link.start] * 2, [y - BAR, y + BAR], color=style.INK, linewidth=1.4, zorder=3)
        if number + 1 < len(links) or product is not None:
            below = end + rows / 2 if rows else end + 0.02
            axes.plot([link.low] * 2, [y + BAR / 2, below], color=style.MUTED, linewidth=0.9, zorder=1)
        top = end
    if product is None:
        return top
    y, end = _name_factor(axes, words, product, 1.0, (top, rows))
    color = style.colour(product.own)
    axes.plot([1, links[-1].low], [y, y], color=color, linewidth=1.2, zorder=2)
    interval(axes, links[-1].low, links[-1].high, y, color, pale=True)
    return end


def _name_factor(
    axes: Axes, words: Axes, row: Any, start: float, places: tuple[float, float]
) -> tuple[float, float]:
    """Write a factor above its bar or left of all; return the height of the bar, and where its row ends."""
    (top, rows), across = places, words.get_xlim()[1]
    lines = _factor_lines(row, 99 if rows else across)
    if rows:
        write(words, 0, middle(top + rows / 2), lines, bold=row.product)
        return top + rows / 2, top + rows
    wide = max(measure(line, style.BODY, bold=row.product) for line in lines)
    left = min(inches(axes, start) + 0.05, across - wide)
    y = write(words, left, top, lines, bold=row.product) + BAR
    return y, y + BAR + 0.1


def _factors(limits: tuple[float, float]) -> list[float]:
    """Return the round factors of a logarithmic axis."""
    return [
        value for value in (0.1, 0.2, 0.5, 1, 1.5, 2, 3, 4, 5, 10, 20, 50) if limits[0] <= value <= limits[1]
    ]


# Changes without a base.

_FRAME = 0.3
_INSIDE = 0.045
_INSET = 0.01
_SLOT = 0.18
_LABELS, _LOW_SLOT = 0.52, 0.03


def _tokens(row: Any) -> list[str]:
    return [row.token] if row.token and row.token != row.shown else []


def _change_row(row: Any, room: float) -> float:
    beside = LINE_HEIGHT * (1 + len(_tokens(row)))
    label = height(len(_change_label(row, room)), style.BODY)
    return label + 0.04 + max(_FRAME, _FRAME / 2 + beside / 2) + _SLOT


def _change_label(row: Any, room: float) -> list[str]:
    return balance(row.label, room, style.BODY) if row.label else []


def _right(table: pd.DataFrame) -> float:
    """Return the width of the column of words right of the frames."""
    return max(
        *(measure(text, style.BODY, bold=True) for text in table["shown"]),
        *(measure(text, style.BODY) for row in each(table) for text in _tokens(row)),
        0.5,
    )


def _changes_height(table: pd.DataFrame, width: float) -> float:
    room = width - _right(table) - 0.15
    return fsum(_change_row(row, room) for row in each(table)) - _SLOT + AXIS + 0.06


def _low_label(table: pd.DataFrame, width: float) -> float:
    """Return the width of the labels where they stand left of their frames, as on a card."""
    return min(max(measure(text, style.BODY) for text in table["label"]), width * _LABELS)


def _low_changes(table: pd.DataFrame, width: float) -> float:
    room = _low_label(table, width) + SLACK
    tall = [max(_FRAME, height(len(_change_label(row, room)), style.BODY)) for row in each(table)]
    return fsum(tall) + _LOW_SLOT * len(tall) + AXIS


def _no_changes(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        if not isnan(row.left) and not 0 <= row.left <= 1:
            yield Fault("", number, "left", f"{row.left:g}", "a share from 0 to 1, or nothing")
        if row.open and isnan(row.left):
            yield Fault("", number, "open", "yes without a share that is left", "a share, or no")


@form(
    words="label shown token",
    numbers="left",
    flags="open",
    optional="left open token",
    height=_changes_height,
    least=_low_changes,
    check=_no_changes,
)
def changes(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw what is left of amounts that are not printed: equally long dashed frames, filled in part.

    `left` is the share that is left; where it is empty the frame holds a question mark, where `open` says
    that at most so much is left the filling fades out towards it. `shown` stands on the right, `token` below
    it. On a card labels stand left of their frames, and tokens are left out. Raises `Faults` for a share
    outside 0 to 1 and an open one that is not there.
    """
    across, down = size(canvas)
    low = down < _changes_height(table, across) - SLACK
    right = across - _right(table)
    left, inside = _low_label(table, across) + 0.15 if low else 0.0, down - AXIS
    words, axes = sheet(canvas), place(canvas, left + _INSET, 0, right - 0.15 - left - 2 * _INSET, inside)
    axes.set(xlim=(0, 1), ylim=(inside, 0), xticks=[], yticks=[])
    axes.set_axis_off()
    room = left - 0.15 + SLACK if low else right - 0.15
    spare = (down - _low_changes(table, across)) / len(table)
    top = 0.0
    for row in each(table):
        lines = _change_label(row, room)
        tall = height(len(lines), style.BODY)
        whole = max(_FRAME, tall) + _LOW_SLOT + spare if low else _change_row(row, room)
        y = top + whole / 2 if low else top + tall + 0.04 + _FRAME / 2
        write(words, 0, y - tall / 2 if low else top, lines)
        _draw_frame(axes, words, row, y)
        tokens = [] if low else _tokens(row)
        end = write(words, right, middle(y) - len(tokens) * LINE_HEIGHT / 2, [row.shown], bold=True)
        write(words, right, end, tokens, color=style.MUTED)
        top += whole
    write(words, left, inside + 0.04, ["0"], color=style.MUTED)
    write(words, right - 0.15, inside + 0.04, [WORDS[language]["before"]], color=style.MUTED, align="right")


def _draw_frame(axes: Axes, words: Axes, row: Any, y: float) -> None:
    if isnan(row.left):
        at = middle(y, style.TITLE)
        write(words, inches(axes, 0.5), at, ["?"], points=style.TITLE, color=style.MUTED, bold=True,
              align="center")  # fmt: skip
    elif row.open:
        # One over the other, the darkest last, so that no seam shows between the steps.
        for step in range(1, style.STEPS + 1):
            share = row.left * (1 - (step - 1) / style.STEPS)
            _fill(axes, share, y, style.tint(style.ARTICLE, step))
        ends = [y - _FRAME / 2 + _INSIDE, y + _FRAME / 2 - _INSIDE]
        axes.plot([row.left] * 2, ends, color=style.ARTICLE, linewidth=1.4)
    else:
        _fill(axes, row.left, y, style.ARTICLE)
    axes.add_patch(
        Rectangle(
            (0, y - _FRAME / 2), 1, _FRAME, facecolor="none", edgecolor=style.MUTED, linewidth=1.1,
            linestyle=(0, (4, 3)), clip_on=False,
        )
    )  # fmt: skip


def _fill(axes: Axes, share: float, y: float, color: str) -> None:
    tall = _FRAME - 2 * _INSIDE
    axes.add_patch(Rectangle((0, y - tall / 2), share, tall, facecolor=color, linewidth=0))
