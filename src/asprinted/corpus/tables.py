"""Rows that come one after the other, written as a table of any form, and none of them held.

A table is written beside its file, flushed to disk and renamed: it is there whole, or as it was before.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path

from asprinted.audit.decisions import ACCEPT, REJECT
from asprinted.faults import Fault
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import LANGUAGES, Language

__all__ = ["DOCUMENTS", "NEEDED", "TABLES", "beside", "documents", "table", "written"]

MOST_ROWS = 1_048_576
"""Rows of a sheet of Excel, its heading among them."""
LONGEST_CELL = 32_767
"""Characters that a cell of Excel holds."""
GROUP = 5_000
"""Rows of Parquet that are held until they are written together."""

Row = Sequence[str | int | None]

# What XML cannot hold.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


_CODES = {
    "role": "role",
    "verdict": "verdict",
    "confidence": "confidence",
    "flag": "confidence",
    "kind": "kind",
    "how": "how",
    "join": "join",
    "outcome": "between",
}
"""Columns of codes, and the sentences that have the word for each."""
_DECIDED = {sentence("heading", "decision", language) for language in LANGUAGES}


def table(file: Path, columns: Sequence[str], rows: Iterable[Row], language: Language = "en") -> None:
    """Write rows as a table; its form is told by the ending of `file`, which is in `TABLES`.

    A workbook is for a person: its headings and its codes are words of the language, its places numbers.
    Raises Fault where it cannot be written, and for more rows than a workbook has.
    """
    form, heads = file.suffix.lower(), columns
    if form == ".xlsx":
        rows = ([_told(*each, language) for each in zip(columns, row, strict=True)] for row in rows)
        heads = [sentence("heading", column, language) for column in columns]
    with beside(file) as new:
        TABLES[form](new, heads, iter(rows))


def _told(column: str, cell: str | int | None, language: Language) -> str | int | None:
    if isinstance(cell, str) and cell:
        if column in _CODES:
            return sentence(_CODES[column], cell, language)
        if column.endswith(("start", "end")) and cell.isdecimal():
            return int(cell)
    return cell


def documents(file: Path, made: Iterable[str]) -> None:
    """Write JSON documents: of .jsonl one a line, of .json all as the list `texts`."""
    if file.suffix.lower() == ".jsonl":
        written(file, (f"{one}\n" for one in made))
    else:
        parts = (f"{',' if number else ''}\n{one}" for number, one in enumerate(made))
        written(file, chain(['{"texts": ['], parts, ["\n]}\n"]))


def written(file: Path, parts: Iterable[str]) -> None:
    """Write the parts of a text, one after the other. Raises Fault where it cannot be written."""
    with beside(file) as new, new.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(parts)


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """Give a new name beside a file or folder; what is written there takes its place in the end.

    Raises Fault where it cannot be written; then nothing is left of it.
    """
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        yield new
        if new.is_file():
            with new.open("rb") as opened:
                os.fsync(opened.fileno())
        new.replace(file)
    except OSError as error:
        found = f"an output that cannot be written ({error.strerror or error})"
        raise Fault.of(found, "a folder to write in, with room on the disk").at(file=file.name) from None
    finally:
        with suppress(OSError):
            shutil.rmtree(new) if new.is_dir() else new.unlink(missing_ok=True)


def _csv(new: Path, columns: Sequence[str], rows: Iterator[Row]) -> None:
    with new.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(chain([columns], rows))


def _parquet(new: Path, columns: Sequence[str], rows: Iterator[Row]) -> None:
    import pyarrow
    from pyarrow import parquet

    begun = list(islice(rows, GROUP))
    numbers = [any(isinstance(row[at], int) for row in begun) for at in range(len(columns))]
    types = [pyarrow.int64() if number else pyarrow.string() for number in numbers]
    schema = pyarrow.schema(list(zip(columns, types, strict=True)))
    with parquet.ParquetWriter(new, schema) as out:
        while begun:
            cells = zip(*begun, strict=True)
            arrays = [pyarrow.array(each, kind) for each, kind in zip(cells, types, strict=True)]
            out.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            begun = list(islice(rows, GROUP))


def _xlsx(new: Path, columns: Sequence[str], rows: Iterator[Row]) -> None:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for at in (at for at, head in enumerate(columns, start=1) if head in _DECIDED):
        letter = get_column_letter(at)
        choice = DataValidation(
            "list", f'"{ACCEPT},{REJECT}"', sqref=f"{letter}2:{letter}{MOST_ROWS}", showErrorMessage=True
        )
        sheet.data_validations.append(choice)
    for number, row in enumerate(chain([columns], rows), start=1):
        if number > MOST_ROWS:
            # It cannot be saved any more, but has opened files.
            sheet.close()
            raise Fault.of(f"more than {MOST_ROWS - 1:,} rows, which Excel does not hold", "Parquet or CSV")
        sheet.append([_cell(sheet, cell) for cell in row])
    book.save(new)


def _cell(sheet: object, cell: str | int | None) -> object:
    """Return a cell of a workbook: no text is a formula, none longer than it may be."""
    if not isinstance(cell, str):
        return cell
    from openpyxl.cell import WriteOnlyCell

    made = WriteOnlyCell(sheet, _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", cell)[:LONGEST_CELL])
    made.data_type = "s"
    return made


TABLES: dict[str, Callable[[Path, Sequence[str], Iterator[Row]], None]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".xlsx": _xlsx,
}
"""How a table is written, by the ending of its file."""
NEEDED = {".parquet": "pyarrow", ".xlsx": "openpyxl"}
"""The package that writes it, where it is not Python itself."""
DOCUMENTS = (".json", ".jsonl")
"""The endings of files of JSON."""
