"""Chains of factors on one axis, and changes from amounts that nobody printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import fsum, isnan
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from asprinted.drawing.typesetting import balance
from asprinted.drawing.typesetting import width as measure
from asprinted.faults import Fault
from asprinted.figures import style
from asprinted.figures.canvas import TextBlock, block, box, middle, place, plane, sheet, size, tick, write
from asprinted.figures.form import each, form, numbered, unique
from asprinted.figures.forms.ruling import AXIS, BAR, LINE_HEIGHT, SLACK, axis, band, inches, interval, said
from asprinted.prose.writing import Language

_FACTORS = (0.1, 0.2, 0.5, 1, 1.5, 2, 3, 4, 5, 10, 20, 50)
"""The round factors of a logarithmic axis."""

_LOW_ROW = 0.235
_APART, _LOW_APART = 0.16, 0.06


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


def _factor(row: Any, width: float) -> TextBlock:
    return block(f"{row.factor} {row.shown}", width - 0.13, row.product)


def _column(table: pd.DataFrame) -> float:
    """Return the width of the factors where they stand left of their bars, as on a card."""
    return max(_factor(row, 99).wide for row in each(table)) + 0.1


def _heads(table: pd.DataFrame, width: float, apart: float) -> float:
    heads = [block(name, width, True).tall + 0.04 for name in unique(table["basis"])]
    return fsum(heads) + apart * (len(heads) - 1)


def _chain_height(table: pd.DataFrame, width: float, low: bool = False) -> float:
    if low and _column(table) <= width / 2:
        return _heads(table, width, _LOW_APART) + _LOW_ROW * len(table) + AXIS
    rows = fsum(_factor(row, width).tall + 2 * BAR + 0.1 for row in each(table))
    return _heads(table, width, _APART) + rows + 0.06 + AXIS


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
    flags="own? product?",
    height=_chain_height,
    least=partial(_chain_height, low=True),
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
    words, chains, inside = sheet(canvas), _chains(table), down - AXIS
    low = down < _chain_height(table, across) - SLACK
    left, apart = (_column(table), _LOW_APART) if low else (0.0, _APART)
    lane = (inside - _heads(table, across, apart)) / len(table) if low else 0.0
    ends = [end for _, links, _ in chains for link in links for end in (link.start, link.low, link.high)]
    least, most = min(ends) / 1.0001, max(ends) * 1.02
    axes = place(canvas, left + 0.08, 0, across - left - 0.16, inside)
    axes.set_xscale("log")
    axes.set(xlim=(least, most), ylim=(inside, 0), xticks=[], yticks=[])
    axes.minorticks_off()
    axes.set_axis_off()
    top = 0.0
    for basis, links, product in chains:
        top = block(basis, across, True).write(words, 0, top) + 0.04
        top = _draw_links(axes, words, links, product, (top, lane)) + apart
    axis(
        axes, words, inside, [(value, f"×{tick(value, '')}") for value in _FACTORS if least <= value <= most]
    )


def _draw_links(
    axes: Axes, words: Axes, links: list[_Link], product: Any, places: tuple[float, float]
) -> float:
    """Draw a chain downwards from the first of `places`, in lanes of the second; return where it ends."""
    top, lane = places
    for number, link in enumerate(links):
        y, top = _name_factor(axes, words, link.row, link.start, (top, lane))
        color = style.colour(link.row.own)
        for start, stop, pale in ((link.start, link.low, False), (link.low, link.high, True)):
            band(axes, start, stop, y, color, pale=pale)
        axes.plot([link.start] * 2, [y - BAR, y + BAR], color=style.INK, linewidth=1.4, zorder=3)
        if number + 1 < len(links) or product is not None:
            way = [y + BAR / 2, top + (lane / 2 or 0.02)]
            axes.plot([link.low] * 2, way, color=style.MUTED, linewidth=0.9, zorder=1)
    if product is None:
        return top
    y, top = _name_factor(axes, words, product, 1.0, (top, lane))
    color = style.colour(product.own)
    axes.plot([1, links[-1].low], [y, y], color=color, linewidth=1.2, zorder=2)
    interval(axes, links[-1].low, links[-1].high, y, color, pale=True)
    return top


def _name_factor(
    axes: Axes, words: Axes, row: Any, start: float, places: tuple[float, float]
) -> tuple[float, float]:
    """Write a factor above its bar or left of all; return the height of the bar, and where its lane ends."""
    (top, lane), across = places, words.get_xlim()[1]
    label = _factor(row, 99 if lane else across)
    if lane:
        label.write(words, 0, middle(top + lane / 2))
        return top + lane / 2, top + lane
    y = label.write(words, min(inches(axes, start) + 0.05, across - label.wide), top) + BAR
    return y, y + BAR + 0.1


# Changes without a base.

_FRAME = 0.3
_INSIDE = 0.045
_INSET = 0.01
_SLOT = 0.18
_LABELS, _LOW_SLOT = 0.52, 0.03


def _tokens(row: Any) -> list[str]:
    return [row.token] if row.token and row.token != row.shown else []


def _label(row: Any, room: float) -> TextBlock:
    return TextBlock(balance(row.label, room, style.BODY) if row.label else [])


def _tall(row: Any, room: float, low: bool) -> float:
    label = _label(row, room).tall
    if low:
        return max(_FRAME, label) + _LOW_SLOT
    beside = LINE_HEIGHT * (1 + len(_tokens(row)))
    return label + 0.04 + max(_FRAME, _FRAME / 2 + beside / 2) + _SLOT


def _columns(table: pd.DataFrame, width: float, low: bool) -> tuple[float, float, float]:
    """Return where the frames begin, where the words right of them do, and how wide labels may be."""
    shown = [measure(text, style.BODY, bold=True) for text in table["shown"]]
    tokens = [measure(text, style.BODY) for row in each(table) for text in _tokens(row)]
    right = width - max(*shown, *tokens, 0.5)
    label = min(max(measure(text, style.BODY) for text in table["label"]), width * _LABELS)
    return (label + 0.15, right, label + SLACK) if low else (0.0, right, right - 0.15)


def _changes_height(table: pd.DataFrame, width: float, low: bool = False) -> float:
    room = _columns(table, width, low)[2]
    return fsum(_tall(row, room, low) for row in each(table)) + AXIS - (0 if low else _SLOT - 0.06)


def _no_changes(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        if not isnan(row.left) and not 0 <= row.left <= 1:
            yield Fault("", number, "left", f"{row.left:g}", "a share from 0 to 1, or nothing")
        if row.open and isnan(row.left):
            yield Fault("", number, "open", "yes without a share that is left", "a share, or no")


@form(
    words="label shown token?",
    numbers="left?",
    flags="open?",
    height=_changes_height,
    least=partial(_changes_height, low=True),
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
    left, right, room = _columns(table, across, low)
    words, inside = sheet(canvas), down - AXIS
    axes = plane(canvas, left + _INSET, 0, right - 0.15 - left - 2 * _INSET, inside, (0, 1))
    spare = (down - _changes_height(table, across, low)) / len(table) if low else 0.0
    top = 0.0
    for row in each(table):
        label, whole = _label(row, room), _tall(row, room, low) + spare
        y = top + whole / 2 if low else top + label.tall + 0.04 + _FRAME / 2
        label.write(words, 0, y - label.tall / 2 if low else top)
        _draw_frame(axes, words, row, y)
        tokens = [] if low else _tokens(row)
        end = write(words, right, middle(y) - len(tokens) * LINE_HEIGHT / 2, [row.shown], bold=True)
        write(words, right, end, tokens, color=style.MUTED)
        top += whole
    write(words, left, inside + 0.04, ["0"], color=style.MUTED)
    write(words, right - 0.15, inside + 0.04, [said(language)["before"]], color=style.MUTED, align="right")


def _draw_frame(axes: Axes, words: Axes, row: Any, y: float) -> None:
    top, tall = y - _FRAME / 2, _FRAME - 2 * _INSIDE
    if isnan(row.left):
        sign = TextBlock(["?"], True, style.MUTED, style.TITLE)
        sign.write(words, inches(axes, 0.5), middle(y, style.TITLE), "center")
    elif row.open:
        # One over the other, the darkest last, so that no seam shows between the steps.
        for step in range(1, style.STEPS + 1):
            share = row.left * (1 - (step - 1) / style.STEPS)
            box(axes, 0, y - tall / 2, share, tall, style.tint(style.ARTICLE, step))
        ends = [top + _INSIDE, y + _FRAME / 2 - _INSIDE]
        axes.plot([row.left] * 2, ends, color=style.ARTICLE, linewidth=1.4)
    else:
        box(axes, 0, y - tall / 2, row.left, tall, style.ARTICLE)
    dashed: dict[str, Any] = {"linewidth": 1.1, "linestyle": (0, (4, 3)), "clip_on": False}
    box(axes, 0, top, 1, _FRAME, "none", edgecolor=style.MUTED, **dashed)
