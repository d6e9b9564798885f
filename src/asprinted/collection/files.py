"""Files as they lie on disk: read whole or not at all, and replaced whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

from asprinted.faults import Fault, Faults, quote

__all__ = ["Row", "as_csv", "exact", "formula_faults", "records", "replace", "table"]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NEGATIVE = re.compile(r"-[0-9]+([./][0-9]+)?")
PLAIN_NUMBER = {"integer": re.compile(r"-?[0-9]+"), "number": re.compile(r"-?[0-9]+(\.[0-9]+)?")}
EXPECTED_TYPE = {
    "integer": "a whole number, such as 27",
    "number": "an exact decimal with a point and no separators, such as 0.1234",
    "date": "an ISO date, such as 2020-12-31, or nothing",
}

Row = dict[str, str]


def records(text: str) -> list[list[str]]:
    r"""Return the records of a CSV text, header first. Raises csv.Error where quotation marks do not pair.

    >>> records('key,note\na,"one, two"\n')
    [['key', 'note'], ['a', 'one, two']]
    """
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def table(file: Path) -> tuple[list[list[str]], list[Fault]]:
    """Return the records of a CSV file, header first, and what keeps it from being read as a table."""

    def fault(found: str, expected: str, row: int | None = None) -> tuple[list[list[str]], list[Fault]]:
        return [], [Fault(file.name, row, "", found, expected)]

    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return fault("no such file", f"a table at {file.parent.name}/{file.name}")
    except OSError as error:
        return fault(f"a file that cannot be opened ({error.strerror})", "a readable file")
    if raw.startswith(b"\xef\xbb\xbf"):
        return fault("a byte order mark", "UTF-8 without one: save it as plain UTF-8", 1)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        return fault(f"the byte 0x{raw[error.start]:02x}, which is not UTF-8", "UTF-8: save it as UTF-8", row)
    if "\r" in text:
        row = text.count("\n", 0, text.index("\r")) + 1
        return fault("a carriage return (line ends of Windows)", "LF line ends: save it with them", row)
    if "\0" in text:
        return fault("a NUL character", "text", text.count("\n", 0, text.index("\0")) + 1)
    try:
        found = records(text)
    except csv.Error as error:
        return fault(f"quotation marks out of place ({error})", "quotation marks in pairs around a cell")
    if not any(found):
        return fault("an empty file", "a header and at least one row")
    if not any(found[1:]):
        return fault("a header and no row", "at least one row")
    twice = next((label for label in found[0] if found[0].count(label) > 1), None)
    if twice is not None:
        return fault(f"the column name {quote(twice)} more than once", "one name a column", 1)
    return found, []


def formula_faults(file: Path, table: Sequence[Sequence[str]]) -> list[Fault]:
    """Return the cells that a spreadsheet would run as a formula."""
    header = table[0]
    return [
        Fault(
            file.name, number, header[index] if index < len(header) else "", quote(cell),
            "text that no spreadsheet runs as a formula: not beginning with = + - @, a tab or a line end",
        )
        for number, record in enumerate(table, start=1)
        for index, cell in enumerate(record)
        # A plain negative number or fraction is no formula.
        if cell.startswith(FORMULA) and not NEGATIVE.fullmatch(cell)
    ]  # fmt: skip


def exact(cell: str) -> Decimal | None:
    """Return the decimal that a cell writes out, None for an empty cell.

    >>> exact("0.6171"), exact("")
    (Decimal('0.6171'), None)

    Raises ValueError for anything but digits with at most one point: no exponents, no NaN.
    """
    if not cell:
        return None
    if not PLAIN_NUMBER["number"].fullmatch(cell):
        raise ValueError(f"found {quote(cell)}, expected {EXPECTED_TYPE['number']}")
    return Decimal(cell)


def as_csv(file: str, columns: Sequence[str], new: Sequence[Mapping[str, str]]) -> str:
    r"""Return rows as the text of a CSV file: these columns first, in order, then any others the rows have.

    Raises Faults, naming `file`, for a cell that a spreadsheet would run as a formula, and without any row.

    >>> as_csv("figures.csv", ["key"], [{"key": "a", "as_printed": "61.71%"}])
    'key,as_printed\na,61.71%\n'
    """
    columns = list(dict.fromkeys([*columns, *(column for row in new for column in row)]))
    lines = [columns, *([row.get(column, "") for column in columns] for row in new)]
    faults = formula_faults(Path(file), lines)
    if not new:
        faults.append(Fault(file, None, "", "no row to write", "at least one row"))
    if faults:
        raise Faults(faults)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def replace(new: Mapping[Path, str | bytes]) -> list[Path]:
    """Write texts (as UTF-8) or bytes to files, all or none, and return the files that changed.

    Everything is first written beside its file and flushed to disk; only when all stand are they renamed
    over the old ones, of which copies stand beside until the last is renamed: whatever stops the renaming,
    the old files come back. A file that would stay the same is left alone. Raises Faults where a folder
    cannot be written.
    """
    changed = {file: made.encode() if isinstance(made, str) else made for file, made in new.items()}
    changed = {
        file: made for file, made in changed.items() if not file.is_file() or file.read_bytes() != made
    }
    beside = {file: file.with_name(f".{file.name}.{os.getpid()}.new") for file in changed}
    kept = {file: file.with_name(f".{file.name}.{os.getpid()}.old") for file in changed}
    try:
        for file, made in changed.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            with beside[file].open("wb") as out:
                out.write(made)
                out.flush()
                os.fsync(out.fileno())
            if file.is_file():
                shutil.copy2(file, kept[file])
        _rename(beside, kept)
    except OSError as error:
        at = next((file for file, prepared in beside.items() if str(prepared) == error.filename), None)
        what = at or next(iter(changed))
        reason = f"a file that cannot be written ({error.strerror})"
        raise Faults([Fault(what.name, None, "", reason, f"leave to write in {what.parent}")]) from error
    finally:
        for left in (*beside.values(), *kept.values()):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return list(changed)


def _rename(beside: Mapping[Path, Path], kept: Mapping[Path, Path]) -> None:
    """Rename each prepared file over its file; where one fails, put the copies of the old files back."""
    begun = []
    try:
        for file, prepared in beside.items():
            begun.append(file)
            prepared.replace(file)
    except BaseException:
        for file in begun:
            if kept[file].is_file():
                kept[file].replace(file)
            else:
                file.unlink(missing_ok=True)
        raise
