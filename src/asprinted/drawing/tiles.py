"""The stamp of a verdict, and the strip: a cell a printed number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from asprinted.drawing.scene import Box, Line, Mark, Scene, cross
from asprinted.exact.verdicts import Check, Verdict

__all__ = ["Cell", "stamp", "stamp_of", "strip"]

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
