"""Where many texts come from: files, folders, or a column of Parquet and CSV tables, one after the other.

Nothing is held but the text whose turn it is. What is wrong with one is raised when its text is taken, so
that whoever takes it tells of it and goes on with the next.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from asprinted.audit.decoding import decode
from asprinted.corpus import texts
from asprinted.faults import Fault, near, quote

__all__ = ["TABLES", "Item", "column", "files"]

TABLES = frozenset({".parquet", ".csv", ".tsv"})
"""The tables whose columns are read."""
BATCH = 64
"""Rows of a Parquet table that are held at a time."""

_NUMBER = re.compile(r"\s*[-+]?[0-9][0-9.,eE+-]*\s*")

Refused = Callable[[Path, Fault], None]


@dataclass(frozen=True, slots=True)
class Item:
    """A text to come. `name` names it, `file` holds it, in its `row` where it is a table.

    `digest` is a SHA-256 of its bytes as they are stored, "" where none can be read; `size` their number.
    `take` returns the text; it raises Fault where there is none.
    """

    name: str
    file: str
    digest: str
    size: int
    take: Callable[[], str]
    row: int = 0

    @property
    def place(self) -> str:
        """Where it is: no two texts of a run have one place."""
        return f"{self.file}:{self.row}" if self.row else self.file


def files(named: Iterable[Path], refused: Refused) -> Iterator[Item]:
    """Yield the files, and of each folder the texts in it; tell `refused` of a folder without."""
    for path in texts.files(named, refused):
        name = texts.name_of(path)
        try:
            raw = texts.bytes_of(path)
        except Fault as fault:
            yield _faulty(name, str(path), fault)
        else:
            # The same bytes are another text where they are a page.
            digest = _digest(path.suffix.lower().encode() + raw)
            yield Item(name, str(path), digest, len(raw), partial(texts.text_of, raw, path))


def column(named: Iterable[Path], refused: Refused, text: str, name: str = "") -> Iterator[Item]:
    """Yield the cells of the column `text` of tables; `name` is the column that names them, or none.

    Each table stands for itself: where one cannot be read on, an item says so in place of the row that would
    come, and the next table is begun. `refused` is told of a folder without.
    """
    for path in texts.files(named, refused, TABLES):
        rows, row = _parquet if path.suffix.lower() == ".parquet" else _csv, 0
        try:
            for row, (cell, called) in enumerate(rows(path, text, name), start=1):
                yield _cell(cell, texts.named(called or f"{path.stem}:{row}"), str(path), text, row)
        except Fault as fault:
            yield _faulty(texts.name_of(path), str(path), fault.at(row=row + 1) if row else fault)


def _digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def _faulty(name: str, file: str, fault: Fault) -> Item:
    return Item(name, file, "", 0, partial(_refuse, fault), fault.row or 0)


def _refuse(fault: Fault) -> NoReturn:
    raise fault


def _cell(cell: object, name: str, file: str, column: str, row: int) -> Item:
    """Return the text of one cell; bytes are a text in an encoding that they do not name."""
    raw = cell.encode("utf-8", "surrogateescape") if isinstance(cell, str) else cell
    expected = "a text with characters in it"
    if not isinstance(raw, bytes) or not raw.strip():
        return _faulty(name, file, Fault("", row, column, "an empty cell", expected))
    if len(raw) < 40 and _NUMBER.fullmatch(raw.decode("utf-8", "replace")):
        return _faulty(name, file, Fault("", row, column, f"{quote(raw.decode())}, a number", expected))
    return Item(name, file, _digest(raw), len(raw), partial(_text, raw, row, column), row)


def _text(raw: bytes, row: int, column: str) -> str:
    try:
        return decode(raw)
    except Fault as fault:
        raise fault.at(row=row, column=column, line=None) from None


def _known(wanted: Iterable[str], columns: list[str]) -> None:
    """Raise Fault where a table lacks a column."""
    for each in filter(None, wanted):
        if each not in columns:
            found = f"no column {quote(each)}{near(each, columns)}"
            raise Fault.of(
                found, f"one of {', '.join(columns)}" if columns else "a header and at least one row"
            )


# --------------------------------------------------------------------------------------------------- Parquet


def _parquet(path: Path, text: str, name: str) -> Iterator[tuple[object, str]]:
    import pyarrow
    from pyarrow import parquet

    with _whole(pyarrow.ArrowException), parquet.ParquetFile(path, buffer_size=1 << 20) as table:
        schema = table.schema_arrow
        _known((text, name), schema.names)
        _texts(schema.field(text).type, text)
        wanted = list(dict.fromkeys(filter(None, (text, name))))
        # Threads of its own would be there when processes are forked.
        for batch in table.iter_batches(BATCH, columns=wanted, use_threads=False):
            cells = batch.column(text).to_pylist()
            names = batch.column(name).to_pylist() if name else [None] * len(cells)
            yield from (
                (cell, "" if each is None else str(each)) for cell, each in zip(cells, names, strict=True)
            )


@contextmanager
def _whole(damaged: type[Exception]) -> Iterator[None]:
    """End in a Fault where a table is cut off, or is none."""
    try:
        yield
    except (OSError, damaged) as error:
        said = str(error).partition("\n")[0]
        raise Fault.of(f"a Parquet file that cannot be read to its end ({said})", "a whole one") from None


def _texts(kind: Any, column: str) -> None:
    """Raise Fault where a column holds no texts."""
    from pyarrow import types

    held = kind.value_type if types.is_dictionary(kind) else kind
    asked = (
        types.is_string, types.is_large_string, types.is_string_view, types.is_binary, types.is_large_binary,
    )  # fmt: skip
    if not any(is_of(held) for is_of in asked):
        raise Fault("", None, column, f"a column of {kind}", "a column of texts")


# ------------------------------------------------------------------------------------------------------- CSV


def _csv(path: Path, text: str, name: str) -> Iterator[tuple[object, str]]:
    """Yield cells and names; a byte that is not UTF-8 passes as a surrogate: a cell is decoded alone."""
    before = csv.field_size_limit(texts.LARGEST)
    try:
        with path.open(encoding=_encoding(path), errors="surrogateescape", newline="") as opened:
            reader = csv.reader(opened, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", strict=True)
            header = [_decoded(each) for each in next(reader, [])]
            _known((text, name), header)
            at, called = header.index(text), header.index(name) if name else len(header)
            for record in _records(reader):
                cells = [*record, *[""] * (len(header) + 1 - len(record))]
                yield cells[at], _decoded(cells[called])
    except OSError as error:
        raise texts.closed(error) from None
    except UnicodeError:
        raise Fault.of("what is no UTF-16, though its mark says so", "UTF-8") from None
    finally:
        csv.field_size_limit(before)


def _encoding(path: Path) -> str:
    with path.open("rb") as opened:
        head = opened.read(2)
    return "utf-16" if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _records(reader: Any) -> Iterator[list[str]]:
    while True:
        began = reader.line_num + 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise Fault.of(
                f"quotation marks out of place from line {began} on ({error})", "them in pairs"
            ) from None
        if record is None:
            return
        if record:
            yield record


def _decoded(cell: str) -> str:
    if cell.isascii():
        return cell
    raw = cell.encode("utf-8", "surrogateescape")
    return decode(raw)
