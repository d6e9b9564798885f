"""The tables of a page of PDF: cells that stand beside each other, read row by row.

A page tells no rows, only where its words stand. What stands on one height is a row where most of it, but
the name at its head, are numbers; the rows above with words as short are its heads. Columns of running text
hold no cells that are numbers alone, and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import pairwise
from statistics import median
from typing import NamedTuple

__all__ = ["Line", "Piece", "glued", "rows"]

HEADS = 2
"""Rows of heads, the most that a table has."""
NEAR = 1.2
"""Heights between two lines of one cell, at most."""
_LONG = 24
_NUMBER = re.compile(r"[-+－−]?[0-9０-９][0-9０-９,，.． ]*(?:[%％‰]|[一-鿿]{0,4})|[-—–－/]+")


class Piece(NamedTuple):
    """Words of a line that no wide gap parts: from where to where they stand."""

    text: str
    left: float
    right: float


class Line(NamedTuple):
    """A line of a column: its text, where it begins and ends, its height, and the ends of its column.

    `middle` is how high it stands on its page, `pieces` are what wide gaps part it into.
    """

    text: str
    left: float
    right: float
    height: float
    first: float
    last: float
    middle: float = 0
    pieces: tuple[Piece, ...] = ()


_Band = list[Line]


def rows(blocks: Sequence[list[Line]]) -> Iterator[list[Line]]:
    """Yield the blocks of a page, in their order, and where a table begins its rows as a block of their own.

    The cells of a row are parted by tabs; one that is not filled is empty.
    """
    made = {id(line): table for table in _tables(blocks) for band in table for line in band}
    told = set[int]()
    for block in blocks:
        kept: list[Line] = []
        for line in block:
            table = made.get(id(line))
            if table is None:
                kept.append(line)
            elif id(table) not in told:
                told.add(id(table))
                yield from ([kept] if kept else [])
                yield _written(table)
                kept = []
        yield from ([kept] if kept else [])


def _tables(blocks: Sequence[list[Line]]) -> Iterator[list[_Band]]:
    """Yield each table as its rows, from above."""
    bands = _gathered(_bands([line for block in blocks if not _is_running(block) for line in block]))
    at = 0
    while at < len(bands):
        end = at
        while end < len(bands) and _is_row(bands[end]) and (end == at or _follows(bands[end - 1 : end + 1])):
            end += 1
        if end - at > 1:
            begin = at
            while (
                begin > max(at - HEADS, 0)
                and _is_head(bands[begin - 1])
                and _follows(bands[begin - 1 : begin + 1])
            ):
                begin -= 1
            yield bands[begin:end]
        at = max(end, at + 1)


def _bands(lines: Sequence[Line]) -> list[_Band]:
    """Return the lines that stand on one height together, from above, each from the left."""
    bands: list[_Band] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if bands and abs(bands[-1][0].middle - line.middle) < line.height / 2:
            bands[-1].append(line)
        else:
            bands.append([line])
    return [sorted(band, key=lambda line: line.left) for band in bands]


def _gathered(bands: Sequence[_Band]) -> list[_Band]:
    """Return the rows with what a cell of several lines has above and below the others."""
    apart = [_apart(pair) / pair[0][0].height for pair in pairwise(bands)]
    several = [len(_cells(band)) > 1 for band in bands]
    joined: dict[int, _Band] = {}
    for at, band in enumerate(bands):
        beside = ((apart[min(at, to)], to) for to in (at - 1, at + 1) if 0 <= to < len(bands) and several[to])
        near, to = min(beside, default=(NEAR, at))
        joined.setdefault(at if several[at] or near >= NEAR else to, []).extend(band)
    return [joined[at] for at in sorted(joined)]


def _apart(bands: Sequence[_Band]) -> float:
    above, below = (median(line.middle for line in band) for band in bands)
    return above - below


def _is_running(block: Sequence[Line]) -> bool:
    """Return whether nearly all lines but the last reach the end of a wide column."""
    full = [line.last - line.right < 1.5 * line.height for line in block[:-1]]
    return (
        len(full) > 1
        and block[0].last - block[0].first > 10 * block[0].height
        and sum(full) > 0.6 * len(full)
    )


def _cells(band: _Band) -> list[Piece]:
    return [piece for line in band for piece in line.pieces]


def _is_row(band: _Band) -> bool:
    cells = _cells(band)
    numbers = sum(_NUMBER.fullmatch(cell.text) is not None for cell in cells)
    return len(cells) > 1 and numbers > 0 and 2 * numbers >= len(cells) - 1


def _is_head(band: _Band) -> bool:
    cells = _cells(band)
    return len(cells) > 1 and all(len(cell.text) <= _LONG for cell in cells)


def _follows(bands: Sequence[_Band]) -> bool:
    return _apart(bands) < 4 * max(line.height for band in bands for line in band)


def _written(table: Sequence[_Band]) -> list[Line]:
    """Return rows of text: each cell under the column that it stands nearest to."""
    rows_of = [_stacked(_cells(band)) for band in table]
    most = max(map(len, rows_of))
    fullest = [cells for cells in rows_of if len(cells) == most]
    middles = [
        median((cell.left + cell.right) / 2 for cell in column) for column in zip(*fullest, strict=True)
    ]
    edges = [(one + other) / 2 for one, other in pairwise(middles)]
    return [
        # Of no width, so that no row goes on in the next.
        Line(_row(cells, edges), 0, 0, band[0].height, 0, 0)
        for cells, band in zip(rows_of, table, strict=True)
    ]


def _stacked(cells: Sequence[Piece]) -> list[Piece]:
    """Return cells from the left; what stands above another, and comes before it, is one with it."""
    made: list[list[tuple[int, Piece]]] = []
    for turn, cell in sorted(enumerate(cells), key=lambda each: each[1].left):
        if made and cell.left < max(piece.right for _, piece in made[-1]):
            made[-1].append((turn, cell))
        else:
            made.append([(turn, cell)])
    return [
        Piece(
            reduce(glued, (piece.text for _, piece in sorted(column))),
            min(piece.left for _, piece in column),
            max(piece.right for _, piece in column),
        )
        for column in made
    ]


def _row(cells: Sequence[Piece], edges: Sequence[float]) -> str:
    places = [""] * (len(edges) + 1)
    for cell in cells:
        at = sum((cell.left + cell.right) / 2 > edge for edge in edges)
        places[at] = glued(places[at], cell.text)
    return "\t".join(places)


def glued(before: str, line: str) -> str:
    """Join two parts of a paragraph: a broken word without its hyphen, words of letters by a space.

    >>> glued("a table of exam-", "ples"), glued("34", "765件")
    ('a table of examples', '34765件')
    """
    if re.search("[a-z][-\u2010\u00ad]$", before) and line[:1].islower():
        return before[:-1] + line
    between = before[-1:].isascii() and line[:1].isascii() and (before[-1:].isalpha() or line[:1].isalpha())
    return before + " " * (between and before != "") + line
