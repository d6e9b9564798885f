"""A workbook that a person filled in, read back as the table that was written.

Its headings may be in either language, and its table in any sheet that is shown. What is not asked for, such
as the sentences beside the codes, is let alone.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from asprinted.corpus.texts import LARGEST
from asprinted.exact.relations import RELATIONS
from asprinted.faults import Fault, quote
from asprinted.prose.sentences import current_language, sentence
from asprinted.prose.writing import LANGUAGES, count

__all__ = ["Sheet", "is_workbook", "read"]

MOST_ROWS = 100_000
"""Rows of a sheet that are looked at."""

MOST_MARKS = 1_000_000
"""Marks of XML of a workbook: each cell takes eight, and what reads it takes its time over each."""

_ZIP, _OLD = b"PK", b"\xd0\xcf\x11\xe0"
_KINDS = {sentence("kind", kind, language): kind for kind in RELATIONS for language in LANGUAGES}


class Sheet(NamedTuple):
    """The table of a workbook: its sheet, and its rows of text by their numbers, the head first.

    `headings` has the heading of each column by its name, `faults` what a table in text could not hold.
    """

    name: str
    rows: list[tuple[int, list[str]]]
    headings: dict[str, str]
    faults: list[Fault]


def is_workbook(raw: bytes) -> bool:
    """Return whether bytes begin as a workbook does, of today or of old."""
    return raw.startswith((_ZIP, _OLD))


def read(raw: bytes, columns: Sequence[str], needed: Sequence[str]) -> Sheet:
    """Return the table of the sheet that has the needed columns, else of the one that has most of them.

    Raises Fault for what is no workbook, too large, or hidden, and where two sheets have the table.
    """
    names = {sentence("heading", name, language): name for name in columns for language in LANGUAGES}
    names |= {name: name for name in columns}
    heads = {sheet: [names.get(_text(cell), "") for cell in _head(sheet)] for sheet in _sheets(raw)}
    missing = {sheet: len({*needed} - {*head}) for sheet, head in heads.items()}
    whole = [sheet for sheet in heads if not missing[sheet]]
    shown = [sheet for sheet in heads if sheet.sheet_state == "visible"]
    there = [sheet for sheet in whole if sheet in shown]
    if len(there) > 1:
        found = f"the table in the sheets {' and '.join(quote(sheet.title) for sheet in there)}"
        raise Fault.of(found, "it in one sheet")
    if not shown or (whole and not there):
        raise Fault.of("the table in a hidden sheet", "it in a sheet that is shown")
    sheet = min(shown, key=missing.__getitem__)
    return _table(sheet, heads[sheet], needed)


def _sheets(raw: bytes) -> list[Any]:
    """Return the sheets of cells."""
    from openpyxl import load_workbook

    if raw.startswith(_OLD):
        found = "a workbook of old Excel, or one with a password"
        raise Fault.of(found, "it saved as .xlsx without one, or as CSV")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed, warnings.catch_warnings(action="ignore"):
            small = sum(part.file_size for part in packed.infolist()) <= LARGEST
            if not small or sum(packed.read(name).count(b"<") for name in packed.namelist()) > MOST_MARKS:
                raise Fault.of("more than a table of 5,000 relations holds", "a table of decisions")
            return [*load_workbook(io.BytesIO(raw), keep_links=False).worksheets]
    except Fault:
        raise
    except Exception as error:
        found = f"a workbook that cannot be read ({type(error).__name__})"
        raise Fault.of(found, "an undamaged .xlsx, or the table as CSV") from None


def _head(sheet: Any) -> list[object]:
    return [cell.value for cell in next(sheet.iter_rows(max_row=1), ())]


def _table(sheet: Any, names: Sequence[str], needed: Sequence[str]) -> Sheet:
    if sheet.max_row > MOST_ROWS:
        found = f"a sheet that reaches down to row {count(sheet.max_row)}"
        raise Fault.of(found, f"at most {count(MOST_ROWS)} rows: delete the empty ones below the table")
    places = [place for place, name in enumerate(names) if name]
    missed = {name: sentence("heading", name, current_language()) for name in needed}
    headings = missed | {names[place]: _text(_head(sheet)[place]) for place in places}
    rows = [(1, [names[place] for place in places])]
    for number, row in enumerate(sheet.iter_rows(min_row=2, max_col=len(names), values_only=True), start=2):
        cells = [_told(names[place], _text(row[place])) for place in places]
        if any(cells):
            rows.append((number, cells))
    return Sheet(sheet.title, rows, headings, list(_merged(sheet, names, needed)))


def _merged(sheet: Any, names: Sequence[str], needed: Sequence[str]) -> Iterator[Fault]:
    """Yield each run of merged cells that are needed: all but the first of them would be empty."""
    for area in sheet.merged_cells.ranges:
        inside = [name for name in names[area.min_col - 1 : area.max_col] if name in needed]
        if inside:
            yield Fault("", area.min_row, inside[0], f"the merged cells {area.coord}", "each cell for itself")


def _told(column: str, cell: str) -> str:
    return _KINDS.get(cell, cell) if column == "kind" else cell


def _text(value: Any) -> str:
    """Return a cell as the table has it as text; a formula stays one, so that whoever reads it refuses it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "text", "" if value is None else value))
