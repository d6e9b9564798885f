"""The stamp of a verdict, and the wall of printed numbers: a tile each, or as a strip a cell each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from asprinted.drawing.scene import Box, Line, Mark, Scene, Text, cross
from asprinted.drawing.typesetting import BODY, SMALL, leading, width
from asprinted.exact.verdicts import Check, Verdict

__all__ = ["REACHES", "Cell", "Tile", "stamp", "stamp_of", "strip", "wall"]

REACHES: Final = ("recomputed", "lacking", "beside", "alone")
"""How far a printed number can be held against others, from the most to the least."""

_BOX, _GAP, _EDGE = 15 / 96, 3 / 96, 1.5
_FITS = {
    Verdict.BOTH: (True, True),
    Verdict.NEAREST_ONLY: (True, False),
    Verdict.TRUNCATION_ONLY: (False, True),
    Verdict.CONTRADICTED: (False, False),
}


def stamp_of(check: Check) -> Scene:
    """Return the stamp of a check: over hedged inputs a result that fits is ticked, not filled."""
    return stamp(check.verdict, hedged=check.relation.is_hedged)


def stamp(verdict: Verdict, *, hedged: bool = False) -> Scene:
    """Return two boxes, rounded and cut: filled what follows, ticked what is not excluded, else crossed.

    Dashed is what cannot be tested.

    >>> [type(mark).__name__ for mark in stamp(Verdict.TRUNCATION_ONLY).marks]
    ['Box', 'Line', 'Line', 'Box']
    """
    marks: list[Mark] = []
    for number, color in enumerate(("nearest", "truncation")):
        fits = _FITS[verdict][number] if verdict in _FITS else None
        marks += _box(_EDGE / 72 / 2 + number * (_BOX + _GAP), fits, color, hedged=hedged)
    return Scene(2 * _BOX + _GAP, _BOX, tuple(marks))


def _box(left: float, fits: bool | None, color: str, *, hedged: bool) -> Iterator[Mark]:
    top, side = _EDGE / 72 / 2, _BOX - _EDGE / 72
    edge = "ink" if fits is False else color
    yield Box(left, top, side, side, color if fits and not hedged else "", edge, _EDGE, dashed=fits is None)
    if fits is False:
        yield from cross(left + side * 0.2, top + side * 0.2, side * 0.6, edge, _EDGE)
    elif fits and hedged:
        corner = left + side * 0.42, top + side * 0.74
        yield Line(left + side * 0.2, top + side * 0.5, *corner, color, _EDGE)
        yield Line(*corner, left + side * 0.8, top + side * 0.26, color, _EDGE)


class Cell(NamedTuple):
    """A printed number on the strip: its section, how far it is held against others, whether it is meant."""

    section: str
    reach: str
    now: bool = False


_WIDE, _BETWEEN, _SECTION = 0.2, 0.035, 0.1
_LOW, _HIGH = 15 / 96, 30 / 96
_LOOKS = {
    "recomputed": ("article", "article", False),
    "beside": ("tint", "article", False),
    "lacking": ("tint", "article", True),
    "alone": ("faint", "faint", False),
}
_INKS = {"recomputed": "paper", "alone": "muted"}


def strip(cells: Sequence[Cell]) -> Scene:
    """Return the wall as one row of cells, a gap between two sections; what is meant stands up in ink.

    >>> row = strip([Cell("lede", "beside"), Cell("court", "recomputed", now=True)])
    >>> [mark.fill for mark in row.marks], row.marks[1].tall > row.marks[0].tall
    (['tint', 'ink'], True)
    """
    marks, left, before = list[Mark](), 0.0, ""
    for cell in cells:
        left += _BETWEEN * bool(before) + _SECTION * (before not in ("", cell.section))
        fill, edge, dashed = ("ink", "ink", False) if cell.now else _LOOKS[cell.reach]
        tall = _HIGH if cell.now else _LOW
        marks.append(Box(left, _HIGH - tall, _WIDE, tall, fill, edge, 1.0, dashed))
        left, before = left + _WIDE, cell.section
    return Scene(left, _HIGH, tuple(marks))


class Tile(NamedTuple):
    """A printed number on the wall: what it counts, its section, and how far it is held against others."""

    number: str
    gloss: str
    section: str
    reach: str


_PAD, _APART, _NEXT = 0.075, 0.055, 0.14
_LINES, _BLANK, _KEY = leading(BODY) / 72, 0.15, 0.27
_WIDEST = 0.3
_TALL = _LINES + leading(SMALL) / 72 + 0.05


def wall(tiles: Sequence[Tile], kinds: Mapping[str, str], width: float, *, low: bool = False) -> Scene:
    """Return the printed numbers as tiles under the names of their sections, and first what kinds there are.

    `kinds` says each reach in words. A `low` wall, for a card, has neither names nor glosses: the numbers of
    what is recomputed, and a blank for any other.

    >>> tile = Tile("61.71%", "closing rate", "Court", "recomputed")
    >>> scene = wall([tile], {"recomputed": "recomputed"}, 3.0)
    >>> [mark.text for mark in scene.marks if isinstance(mark, Text)]
    ['1', 'recomputed', 'Court', '61.71%', 'closing rate']
    """
    marks, top = _kinds(tiles, kinds, width)
    top += 0.08
    for section, group in groupby(tiles, lambda tile: "" if low else tile.section):
        if section:
            marks.append(Text(0, top + 0.79 * _LINES, section, BODY, bold=True))
            top += _LINES + 0.02
        tall = _LINES + 0.06 if low else _TALL
        for row in _rows(list(group), width, low):
            marks += (mark for tile, left, wide in row for mark in _tile(tile, left, top, wide, tall, low))
            top += tall + _APART
        top += 0 if low else _NEXT - _APART
    return Scene(width, top - (_APART if low else _NEXT), tuple(marks))


def _kinds(tiles: Sequence[Tile], kinds: Mapping[str, str], across: float) -> tuple[list[Mark], float]:
    """Return a swatch, a count and the words of each kind of tile, and how high they stand."""
    shown = [(reach, sum(tile.reach == reach for tile in tiles)) for reach in REACHES if reach in kinds]
    wides = [width(f"{count}", BODY, bold=True) + width(kinds[reach], BODY) + 0.56 for reach, count in shown]
    columns = next(each for each in (4, 2, 1) if max(wides) * each <= across or each == 1)
    marks = list[Mark]()
    for at, (reach, count) in enumerate(shown):
        left, top = at % columns * across / columns, at // columns * _KEY
        fill, edge, dashed = _LOOKS[reach]
        base, after = top + 0.79 * _LINES, left + 0.41 + width(f"{count}", BODY, bold=True)
        marks.append(Box(left + 0.01, top + 0.02, 0.26, 0.18, fill, edge, 1.3, dashed, 0.035))
        marks.append(Text(left + 0.34, base, f"{count}", BODY, bold=True))
        marks.append(Text(after, base, kinds[reach], BODY))
    return marks, -(-len(shown) // columns) * _KEY


def _rows(tiles: list[Tile], across: float, low: bool) -> Iterator[list[tuple[Tile, float, float]]]:
    """Yield rows of tiles, each with its left end and its width; tiles share what a full row has to spare."""
    rows: list[list[tuple[Tile, float]]] = [[]]
    for tile in tiles:
        wide = _wide(tile, low)
        if rows[-1] and sum(each + _APART for _, each in rows[-1]) + wide > across:
            rows.append([])
        rows[-1].append((tile, wide))
    for row in rows:
        spare = across - sum(wide + _APART for _, wide in row) + _APART
        more, left = 0.0 if low else min(spare / len(row), _WIDEST), 0.0
        placed = []
        for tile, wide in row:
            placed.append((tile, left, wide + more))
            left += wide + more + _APART
        yield placed


def _wide(tile: Tile, low: bool) -> float:
    if low and tile.reach != REACHES[0]:
        return _BLANK
    words = width(tile.number, BODY, bold=True), 0 if low else width(tile.gloss, SMALL)
    return max(words) + 2 * _PAD


def _tile(tile: Tile, left: float, top: float, wide: float, tall: float, low: bool) -> Iterator[Mark]:
    fill, edge, dashed = _LOOKS[tile.reach]
    yield Box(left, top, wide, tall, fill, edge, 1.3, dashed, 0.035)
    if low and tile.reach != REACHES[0]:
        return
    ink, base = _INKS.get(tile.reach, "ink"), top + (0.035 if low else 0.02) + 0.79 * _LINES
    yield Text(left + _PAD, base, tile.number, BODY, ink, bold=True)
    if not low:
        yield Text(left + _PAD, base + leading(SMALL) / 72, tile.gloss, SMALL, ink)
