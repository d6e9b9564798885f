"""The tables of a text: rows and columns of cells, however written, and the heads of the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from asprinted.audit.mentions import Mention

__all__ = ["Cell", "Table", "tables"]


class Cell(NamedTuple):
    """A cell: where its characters begin and end, what they are, and the number that it is, if it is one."""

    start: int
    end: int
    text: str
    number: Mention | None = None


class Table(NamedTuple):
    """A table: what its columns are called, what its rows are called, and the numbers of its rows."""

    heads: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


_Rows = list[list[Cell]]
_TAG = re.compile("<[^<>]*>")
_ROW = re.compile("<tr[^>]*>(.*?)</tr>", re.DOTALL | re.IGNORECASE)
_CELL = re.compile("<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL | re.IGNORECASE)
_BARS, _RULE = re.compile("[|│｜\t]"), re.compile(r"[\s:|│｜—\-]*")
_BLANKS = re.compile("[ \u3000]+")
_LONG = 24
_NUMBER = re.compile(r"[-－−+]?[0-9０-９][0-9０-９,，.．  ]*(?:[%％‰]|[一-鿿]{0,4})?")


def tables(text: str, mentions: Sequence[Mention]) -> Iterator[Table]:
    """Yield the tables of a text: between bars, tabs or tags, or a cell a line.

    >>> from asprinted.audit.mentions import mentions
    >>> from asprinted.chinese.scanning import scan
    >>> text = "| 院 | 受理 |" + chr(10) + "|---|---|" + chr(10) + "| 甲 | 20 |" + chr(10) + "| 乙 | 30 |"
    >>> [(each.heads, each.names) for each in tables(text, mentions(text, scan(text)))]
    [(('院', '受理'), ('甲', '乙'))]
    """
    numbers = {each.span.start: each for each in mentions}
    ends = {each.span.start: each.span.end for each in mentions}
    for rows in (*_tagged(text), *_barred(text), *_spaced(text), *_stacked(text)):
        if table := _table([[_read(cell, numbers, ends) for cell in row] for row in rows]):
            yield table


def _read(cell: Cell, numbers: dict[int, Mention], ends: dict[int, int]) -> Cell:
    """Return a cell with its number, where it holds nothing else (but a sign, or what a unit is)."""
    if not _NUMBER.fullmatch(cell.text):
        return cell
    for start in (cell.start, cell.start + 1):
        if start in numbers and ends[start] <= cell.end:
            return cell._replace(number=numbers[start])
    return cell


def _cut(text: str, start: int, end: int) -> Cell:
    inner = text[start:end]
    bare = inner.strip()
    start += len(inner) - len(inner.lstrip())
    return Cell(start, start + len(bare), bare)


def _tagged(text: str) -> Iterator[_Rows]:
    for found in re.finditer("<table.*?</table>", text, re.DOTALL | re.IGNORECASE):
        yield [
            [_cut(text, cell.start(1), cell.end(1)) for cell in _CELL.finditer(text, row.start(), row.end())]
            for row in _ROW.finditer(text, found.start(), found.end())
        ]


def _barred(text: str) -> Iterator[_Rows]:
    """Yield the runs of lines with bars or tabs."""
    rows: _Rows = []
    start = 0
    for line in (*text.split("\n"), ""):
        marks = [mark.start() for mark in _BARS.finditer(line)]
        if marks and "<td" not in line:
            if not _RULE.fullmatch(line):
                rows.append(_between(text, start, line, marks))
        elif rows:
            yield rows
            rows = []
        start += len(line) + 1


def _spaced(text: str) -> Iterator[_Rows]:
    """Yield the runs of lines with as many words each, parted by blanks, all but the first numbers.

    A head that is set in has no name for the first column.
    """
    rows: _Rows = []
    start = start_of_head = 0
    for line in (*text.split("\n"), ""):
        found = () if _BARS.search(line) else _WORD.finditer(line)
        words = [_cut(text, start + each.start(), start + each.end()) for each in found]
        head = not rows and len(words) > 2 and not any(_NUMBER.fullmatch(each.text) for each in words)
        if len(rows) == 1 and len(words) == len(rows[0]) + 1 and rows[0][0].start > start_of_head:
            rows[0].insert(0, Cell(start_of_head, start_of_head, ""))
        goes_on = (
            rows and len(words) == len(rows[0]) and all(_NUMBER.fullmatch(each.text) for each in words[1:])
        )
        if not (head or goes_on) and rows:
            yield rows
            rows = []
        if head or goes_on:
            start_of_head = start if head else start_of_head
            rows.append(words)
        start += len(line) + 1


_WORD = re.compile(
    "[一-鿿](?:\u3000[一-鿿])+(?![一-鿿])|(?<=\u3000)[0-9]{1,3}(?: [0-9]{3})+(?=\u3000|$)|[^ \u3000\t|│｜]+"
)


def _between(text: str, start: int, line: str, marks: Sequence[int]) -> list[Cell]:
    edges = [-1, *marks, len(line)]
    cells = [_cut(text, start + one + 1, start + other) for one, other in pairwise(edges)]
    outer = line[:1] in "|│｜" and line.strip()[:1] != ""
    closed = cells if cells[-1].text else cells[:-1]
    return closed[1:] if outer and closed is not cells else closed


def _stacked(text: str) -> Iterator[_Rows]:
    """Yield the tables that stand a cell a line: as many names as columns, then row after row."""
    cells: list[Cell] = []
    start = 0
    for line in (*text.split("\n"), "。" * (_LONG + 1)):
        if line.strip():
            if len(line) <= _LONG and not _BARS.search(line) and line[-1:] not in "。；，：":
                cells.append(_cut(text, start, start + len(line)))
            else:
                yield from _in_rows(cells)
                cells = []
        start += len(line) + 1


def _in_rows(cells: Sequence[Cell]) -> Iterator[_Rows]:
    """Yield the rows of stacked cells, where one number of columns makes them regular."""
    is_number = [bool(_NUMBER.fullmatch(cell.text)) or cell.text in "—-–" for cell in cells]
    for skipped in range(2):
        for many in range(2, 9):
            own, numeric = cells[skipped:], is_number[skipped:]
            rows = [own[at : at + many] for at in range(0, len(own) - many + 1, many)]
            flags = [numeric[at : at + many] for at in range(0, len(own) - many + 1, many)]
            regular = [not row[0] and all(row[1:]) for row in flags[1:]]
            if regular[:2] == [True, True] and not any(flags[0]):
                kept = next((at for at, each in enumerate(regular, start=1) if not each), len(rows))
                yield [list(row) for row in rows[:kept]]
                return


def _table(rows: _Rows) -> Table | None:
    """Return a table by its heads, its names, and its rows with numbers; None where there are none."""
    wide = max((len(row) for row in rows), default=0)
    first = next((at for at, row in enumerate(rows) if any(cell.number for cell in row)), len(rows))
    body = [row for row in rows[first:] if any(cell.number for cell in row)]
    if wide < 2 or not first or len(body) < 2:
        return None
    heads = _heads([[cell.text for cell in row] for row in rows[:first] if len(row) > 1], wide)
    empty = Cell(0, 0, "")
    even = tuple((*row, *([empty] * (wide - len(row)))) for row in body)
    return Table(heads, tuple(_BLANKS.sub("", row[0].text) for row in even), even)


def _heads(rows: Sequence[Sequence[str]], wide: int) -> tuple[str, ...]:
    """Return what each column is called; what stands above several holds for all of them."""
    heads = [""] * wide
    for at, row in enumerate(rows):
        cells = [*row, *([""] * (wide - len(row)))]
        last = ""
        for column, cell in enumerate(cells):
            last = cell or (last if at + 1 < len(rows) and column else "")
            heads[column] += _BLANKS.sub("", last)
    return tuple(heads)
