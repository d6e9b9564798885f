"""Files as they lie on disk: read whole or not at all, and replaced whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from asprinted.escaping import runs
from asprinted.faults import Fault, Faults, Gathered, hidden, placed, quote
from asprinted.prose import writing

__all__ = [
    "Row",
    "as_csv",
    "cell_faults",
    "exact",
    "header_faults",
    "is_of",
    "parsed",
    "read_text",
    "records",
    "replace",
    "stored",
    "table",
    "type_faults",
]

PLAIN_NUMBER = {
    "integer": re.compile(r"-?[0-9]{1,40}"),
    "number": re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?"),
}
"""Numbers as they are typed; of more digits nobody prints one."""
EXPECTED_TYPE = {
    "integer": "a whole number, such as 27",
    "number": "an exact decimal with a point and no separators, such as 0.1234",
    "date": "an ISO date, such as 2020-12-31, or nothing",
    "period": "an ISO date, such as 2020-12-31, a month or a year, or nothing",
}
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet holds."""
_ALWAYS = {
    **dict.fromkeys(("line", "start", "places", "rows", "headline"), "integer"),
    **dict.fromkeys(("space_low", "space_high"), "number"),
    **dict.fromkeys(("period_start", "period_end", "published", "day"), "period"),
}
"""What code reads from columns of these names, however a collection describes them."""

Row = dict[str, str]
T = TypeVar("T")


def records(text: str) -> list[list[str]]:
    r"""Return the records of a CSV text, header first. Raises Fault, with the row, where it is no CSV.

    >>> records('key,note\na,"one, two"\n')
    [['key', 'note'], ['a', 'one, two']]
    """
    found: list[list[str]] = []
    long = f"a cell of at most {LONGEST_CELL:,} characters, its quotation marks in pairs"
    try:
        for record in csv.reader(io.StringIO(text, newline=""), strict=True):
            found.append(record)
            if len(max(record, key=len, default="")) > LONGEST_CELL:
                raise Fault("", len(found), "", "a longer cell", long)
    except csv.Error as error:
        if "field limit" in str(error):
            raise Fault("", len(found) + 1, "", "a longer cell", long) from None
        where = f"quotation marks out of place ({error})"
        raise Fault("", len(found) + 1, "", where, "quotation marks in pairs around a cell") from None
    return found


def read_text(file: Path, what: str = "a file") -> str:
    """Return the text of a file with line ends as they are. Raises Fault where there is none to be read.

    `what` is what a reader would look for there. What is not a plain file, such as a folder, a device or a
    pipe, is not opened.
    """
    fault = Fault(file.name, None, "", "", "")
    try:
        # Not what is open would tell: a pipe would be waited for.
        if file.exists() and not file.is_file():
            raise fault.at(found="a folder" if file.is_dir() else "no plain file", expected=what)
        raw = file.read_bytes()
    except FileNotFoundError:
        expected = f"{what} at {file.parent.name}/{file.name}"
        raise fault.at(found="no such file", expected=expected) from None
    except OSError as error:
        found = f"a file that cannot be opened ({error.strerror})"
        raise fault.at(found=found, expected="a readable file") from None
    if raw.startswith(b"\xef\xbb\xbf"):
        raise fault.at(row=1, found="a byte order mark", expected="UTF-8 without one: save it as plain UTF-8")
    try:
        read = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"the byte 0x{raw[error.start]:02x}, which is not UTF-8"
        row = raw.count(b"\n", 0, error.start) + 1
        raise fault.at(row=row, found=found, expected="UTF-8: save it as UTF-8") from None
    if "\0" in read:
        row = read.count("\n", 0, read.index("\0")) + 1
        raise fault.at(row=row, found="a NUL character", expected="text")
    return read


def stored(file: Path) -> str:
    """Return the text of a built file to compare it with; "" for none, a mark for what is not UTF-8."""
    return file.read_bytes().decode("utf-8", errors="replace") if file.is_file() else ""


def parsed(file: Path, what: str, parse: Callable[[str], T], form: str, expected: str) -> T:
    """Return what a parser makes of a file; Faults where none can be read, or it is of no such form."""
    with Gathered(file.name):
        text = read_text(file, what)
        try:
            return parse(text)
        except (ValueError, RecursionError) as error:
            why = str(error) if isinstance(error, ValueError) else "too deep"
            raise Fault.of(f"no {form} ({why})", expected) from None


def table(file: Path) -> list[list[str]]:
    """Return the records of a CSV file, header first. Raises Fault where it cannot be read as a table."""
    with placed(file=file.name):
        return _records(read_text(file, "a table"))


def _records(read: str) -> list[list[str]]:
    if "\r" in read:
        row = read.count("\n", 0, read.index("\r")) + 1
        where = "a carriage return (line ends of Windows)"
        raise Fault("", row, "", where, "LF line ends: save it with them")
    found = records(read)
    if not any(found):
        raise Fault.of("an empty file", "a header and at least one row")
    if not any(found[1:]):
        raise Fault.of("a header and no row", "at least one row")
    twice = next((label for label in found[0] if found[0].count(label) > 1), None)
    if twice is not None:
        raise Fault("", 1, "", f"the column name {quote(twice)} more than once", "one name a column")
    return found


def cell_faults(table: Sequence[Sequence[str]]) -> Iterator[Fault]:
    """Yield the cells that a spreadsheet would run as a formula, and those with characters nobody sees."""
    header = table[0]
    for number, record in enumerate(table, start=1):
        for index, cell in enumerate(record):
            column = header[index] if index < len(header) else ""
            if unseen := hidden(cell):
                expected = "one line of text, without control or other hidden characters"
                yield Fault("", number, column, f"{unseen} in {quote(cell)}", expected)
            elif runs(cell):
                expected = "text that no spreadsheet runs as a formula: not beginning with = + - @"
                yield Fault("", number, column, quote(cell), expected)


def header_faults(header: Sequence[str], described: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """Yield a fault for each described column that a header lacks."""
    for each in described:
        if (name := each["name"]) not in header:
            yield Fault("", 1, name, "no such column", f"a column named {name} ({each['title']})")


def type_faults(table: Sequence[Sequence[str]], types: Mapping[str, str]) -> Iterator[Fault]:
    """Yield numbers and dates that are none, or that a lenient reader alone takes: 1_000, 1e5, NaN, +5."""
    typed = []
    for at, column in enumerate(table[0]):
        described = types.get(column, "")
        kind = _ALWAYS.get(column, "") if described == "string" else described
        if kind in EXPECTED_TYPE:
            typed.append((at, kind, column))
    for number, record in enumerate(table[1:], start=2):
        for at, kind, column in typed:
            if at < len(record) and record[at] and not is_of(kind, record[at]):
                yield Fault("", number, column, quote(record[at]), EXPECTED_TYPE[kind])


def is_of(kind: str, cell: str) -> bool:
    """Return whether a cell is written as its type asks; any text is, of a type that is no number or date."""
    if kind not in EXPECTED_TYPE:
        return True
    if kind in PLAIN_NUMBER:
        return bool(PLAIN_NUMBER[kind].fullmatch(cell))
    with suppress(Fault):
        return bool(writing.date(cell)) and (kind == "period" or len(cell) == len("2020-12-31"))
    return False


def exact(cell: str) -> Decimal | None:
    """Return the decimal that a cell writes out, None for an empty cell.

    >>> exact("0.6171"), exact("")
    (Decimal('0.6171'), None)

    Raises Fault for anything but at most 40 digits on either side of a point: no exponents, no NaN.
    """
    if not cell:
        return None
    if not PLAIN_NUMBER["number"].fullmatch(cell):
        raise Fault.of(quote(cell), EXPECTED_TYPE["number"])
    return Decimal(cell)


def as_csv(file: str, columns: Sequence[str], new: Sequence[Mapping[str, str]]) -> str:
    r"""Return rows as the text of a CSV file: these columns first, in order, then any others the rows have.

    Raises Faults, naming `file`, for the cells that `cell_faults` names, and without any row.

    >>> as_csv("figures.csv", ["key"], [{"key": "a", "as_printed": "61.71%"}])
    'key,as_printed\na,61.71%\n'
    """
    columns = list(dict.fromkeys([*columns, *(column for row in new for column in row)]))
    lines = [columns, *([row.get(column, "") for column in columns] for row in new)]
    with Gathered(file) as faults:
        faults.extend(cell_faults(lines))
        if not new:
            faults.add("no row to write", "at least one row")
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
                shutil.copymode(file, beside[file])
        _rename(beside, kept)
    except OSError as error:
        named = ((file, {str(prepared), str(file.parent)}) for file, prepared in beside.items())
        at = next((file for file, places in named if str(error.filename) in places), None)
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
