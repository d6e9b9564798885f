"""The files of a collection: find them, read them, hold them to their schema, replace them whole.

A collection is a folder with `data/datapackage.json`. That file describes every table, and nothing about a
table is known here that it does not say. The schema is checked by `frictionless`, in `validate` and nowhere
else; its errors leave this module as a `Fault`, in words that name the cell and the remedy.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

__all__ = [
    "CollectionNotFound",
    "Fault",
    "Faults",
    "as_csv",
    "descriptor",
    "exact",
    "fields",
    "names",
    "path",
    "quote",
    "read",
    "records",
    "replace",
    "resource",
    "root",
    "rows",
    "validate",
    "write",
]

DESCRIPTOR = Path("data", "datapackage.json")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
PLAIN_NUMBER = {"integer": re.compile(r"-?[0-9]+"), "number": re.compile(r"-?[0-9]+(\.[0-9]+)?")}
EXPECTED_TYPE = {
    "integer": "a whole number, such as 27",
    "number": "an exact decimal with a point and no separators, such as 0.1234",
    "date": "an ISO date, such as 2020-12-31, or nothing",
}

Row = dict[str, str]
Folder = str | os.PathLike[str] | None  # of the collection; None is the nearest


class CollectionNotFound(FileNotFoundError):  # noqa: N818 - it says what is missing
    """No folder with `data/datapackage.json` here or above."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where it is, and what was expected there.

    file: the file's name. row: the row as a spreadsheet counts, the header is row 1; None where the whole
    file is meant. column: the column's name, or "". found, expected: phrases, ready to be read in a sentence.
    line, start: the place in the article's text, where one is meant: lines from 1, characters from 0.

    >>> print(Fault("printed.csv", 14, "section", '"cort"', "one of court, police"))
    printed.csv, row 14, column section: found "cort", expected one of court, police.
    """

    file: str
    row: int | None
    column: str
    found: str
    expected: str
    line: int | None = None
    start: int | None = None

    @property
    def place(self) -> str:
        """Where in the file, in words; "" where the whole file is meant."""
        parts = [f"row {self.row}" if self.row else "", f"column {self.column}" if self.column else ""]
        if self.line is not None:
            parts.append(f"line {self.line} of the text")
        if self.start is not None:
            parts.append(f"character {self.start}")
        return ", ".join(part for part in parts if part)

    @property
    def says(self) -> str:
        """What was found and what was expected, as one sentence."""
        return f"found {self.found}, expected {self.expected}."

    def __str__(self) -> str:
        """Return file, place, and what is wrong there, in one line."""
        return f"{', '.join(part for part in (self.file, self.place) if part)}: {self.says}"


class Faults(Exception):  # noqa: N818 - it carries every fault at once
    """Every fault of every file, raised once.

    faults: the faults, in order. outcome: what happened because of them, for the first line of the message.

    >>> print(Faults([Fault("printed.csv", 52, "as_printed", '"0.99"', 'a token, such as "99%"')]))
    printed.csv has 1 fault; nothing was written.
      row 52, column as_printed: found "0.99", expected a token, such as "99%".
    """

    def __init__(self, faults: Iterable[Fault], outcome: str = "nothing was written") -> None:
        self.faults = tuple(faults)
        self.outcome = outcome
        super().__init__(self.message())

    def message(self) -> str:
        """Return the whole message: a line that counts, then one line a fault, by file."""
        by_file: dict[str, list[Fault]] = {}
        for fault in self.faults:
            by_file.setdefault(fault.file, []).append(fault)
        count = f"{len(self.faults)} fault{'s' * (len(self.faults) != 1)}"
        tail = f"; {self.outcome}." if self.outcome else "."
        if len(by_file) == 1:
            head = f"{next(iter(by_file))} has {count}{tail}"
            lines = [f"{fault.place}: {fault.says}" if fault.place else fault.says for fault in self.faults]
        else:
            head = f"{count} in {len(by_file)} files{tail}"
            lines = [str(fault) for faults in by_file.values() for fault in faults]
        return "\n".join([head, *(f"  {line}" for line in lines)])


def quote(text: str) -> str:
    """Return the text in quotation marks, or the word for an empty cell, for a fault's `found`.

    >>> quote("99%"), quote("")
    ('"99%"', 'an empty cell')
    """
    return f'"{text}"' if text else "an empty cell"


def root(start: Folder = None) -> Path:
    """Return the nearest folder, from `start` (default: here) upwards, that holds `data/datapackage.json`.

    Raises CollectionNotFound with the folder where the search began and what to do.
    """
    begin = Path(start) if start is not None else Path.cwd()
    begin = begin.resolve()
    for folder in (begin, *begin.parents):
        if (folder / DESCRIPTOR).is_file():
            return folder
    raise CollectionNotFound(
        f"no data folder found: looked for {DESCRIPTOR.as_posix()} in {begin} and in every folder above it. "
        "Run the command inside a copy of the project, or name its folder."
    )


def _folder(folder: Folder) -> Path:
    """Return the collection's folder: the one given, or the nearest."""
    return Path(folder) if folder is not None else root()


@lru_cache(maxsize=16)
def _load_descriptor(file: Path, _changed: int) -> dict[str, Any]:
    try:
        loaded = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Faults([Fault(file.name, None, "", f"no readable JSON ({error})", "a data package")]) from None
    if not isinstance(loaded, dict) or not isinstance(loaded.get("resources"), list):
        raise Faults([Fault(file.name, None, "", "no list of resources", "a data package with its tables")])
    return loaded


def descriptor(folder: Folder = None) -> dict[str, Any]:
    """Return the data package's descriptor as it stands in the file; do not change it."""
    file = root(_folder(folder)) / DESCRIPTOR
    return _load_descriptor(file, file.stat().st_mtime_ns)


def names(folder: Folder = None, written_by: str | None = None) -> list[str]:
    """Return the names of the described tables in order: all, or those `written_by` hand, build or seal."""
    resources = descriptor(folder)["resources"]
    return [r["name"] for r in resources if written_by is None or r.get("written_by") == written_by]


def resource(name: str, folder: Folder = None) -> dict[str, Any]:
    """Return the descriptor of one table; raises Faults where none has that name."""
    for described in descriptor(folder)["resources"]:
        if described["name"] == name:
            return dict(described)
    known = ", ".join(names(folder))
    raise Faults([Fault(DESCRIPTOR.name, None, "", f'no table "{name}"', f"one of {known}")])


def fields(name: str, folder: Folder = None) -> list[dict[str, Any]]:
    """Return the described columns of one table, in order."""
    return list(resource(name, folder)["schema"]["fields"])


def path(name: str, folder: Folder = None) -> Path:
    """Return the file of one table."""
    return _folder(folder) / DESCRIPTOR.parent / str(resource(name, folder)["path"])


def records(text: str) -> list[list[str]]:
    """Return the records of a CSV text, header first. Raises csv.Error where quotation marks do not pair."""
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def _records(file: Path) -> tuple[list[list[str]], list[Fault]]:
    """Return the records of a CSV file, header first, and what keeps it from being read as a table."""

    def fault(found: str, expected: str, row: int | None = None) -> tuple[list[list[str]], list[Fault]]:
        return [], [Fault(file.name, row, "", found, expected)]

    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return fault("no such file", f"a table at {DESCRIPTOR.parent.name}/{file.name}")
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


def _cell_faults(file: Path, table: Sequence[Sequence[str]]) -> list[Fault]:
    """Return the cells that a spreadsheet would run as a formula."""
    header = table[0]
    return [
        Fault(
            file.name, number, header[index] if index < len(header) else "", quote(cell),
            "text that no spreadsheet runs as a formula: not beginning with = + - @, a tab or a line end",
        )
        for number, record in enumerate(table, start=1)
        for index, cell in enumerate(record)
        # A plain negative number is no formula.
        if cell.startswith(FORMULA) and not PLAIN_NUMBER["number"].fullmatch(cell)
    ]  # fmt: skip


def rows(name: str, folder: Folder = None) -> list[Row]:
    """Return the rows of a table as they are written, every cell a string.

    Raises Faults where the file cannot be read as a table: missing, not UTF-8, empty, or uneven.
    """
    file = path(name, folder)
    table, faults = _records(file)
    if not faults:
        width = len(table[0])
        faults = [
            Fault(file.name, number, "", f"{len(record)} cells", f"{width} cells, as in the header")
            for number, record in enumerate(table, start=1)
            if len(record) != width
        ]
    if faults:
        raise Faults(faults, outcome="it was not read")
    return [dict(zip(table[0], record, strict=True)) for record in table[1:]]


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


def read(name: str, folder: Folder = None) -> pandas.DataFrame:
    """Return a table as a frame, typed by its schema.

    Numbers are exact `Decimal` objects and whole numbers `int`, None where a cell is empty; dates and text
    stay strings, empty where a cell is. Columns that the schema does not name are text. Raises Faults as
    `rows` does.
    """
    import pandas as pd  # the core of the package also runs where pandas is not

    written = rows(name, folder)
    types = {field["name"]: field["type"] for field in fields(name, folder)}
    columns: dict[str, Any] = {}
    for column in written[0]:
        cells = [row[column] for row in written]
        kind = types.get(column, "string")
        if kind == "number":
            columns[column] = pd.Series([exact(cell) for cell in cells], dtype=object)
        elif kind == "integer":
            whole = [int(cell) if cell else None for cell in cells]
            columns[column] = pd.Series(whole, dtype=object if None in whole else "int64")
        else:
            columns[column] = pd.Series(cells, dtype="str")
    return pd.DataFrame(columns)


def as_csv(name: str, new: Sequence[Mapping[str, str]], folder: Folder = None) -> str:
    """Return rows as the text of a table's file: described columns first, in order, then any others.

    Raises Faults for a cell that a spreadsheet would run as a formula, and for a table without rows.
    """
    file = path(name, folder)
    columns = [field["name"] for field in fields(name, folder)]
    columns += [column for column in dict.fromkeys(c for row in new for c in row) if column not in columns]
    table = [columns, *([row.get(column, "") for column in columns] for row in new)]
    faults = _cell_faults(file, table)
    if not new:
        faults.append(Fault(file.name, None, "", "no row to write", "at least one row"))
    if faults:
        raise Faults(faults)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


def replace(texts: Mapping[Path, str]) -> list[Path]:
    """Write texts to files, all or none, and return the files that changed.

    Every text is first written beside its file and flushed to disk; only when all stand are they renamed
    over the old ones, of which copies stand beside until the last is renamed: whatever stops the renaming,
    the old files come back. A file that would stay the same is left alone. Raises Faults where a folder
    cannot be written.
    """
    changed = {file: text.encode("utf-8") for file, text in texts.items()}
    changed = {file: new for file, new in changed.items() if not file.is_file() or file.read_bytes() != new}
    beside = {file: file.with_name(f".{file.name}.{os.getpid()}.new") for file in changed}
    kept = {file: file.with_name(f".{file.name}.{os.getpid()}.old") for file in changed}
    try:
        for file, new in changed.items():
            with beside[file].open("wb") as out:
                out.write(new)
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


def write(name: str, new: Sequence[Mapping[str, str]], folder: Folder = None) -> bool:
    """Write a table beside its file and rename it; return whether it changed. Raises as `as_csv` does."""
    return bool(replace({path(name, folder): as_csv(name, new, folder)}))


def validate(folder: Folder = None, only: Iterable[str] | None = None) -> list[Fault]:
    """Return every fault of the tables against their schema; an empty list where there is none.

    only: names of the tables to look at; default all. Checked are encoding, header, number of cells, types,
    constraints, keys, foreign keys, and cells that a spreadsheet would run.
    """
    where = root(_folder(folder))
    chosen = list(only) if only is not None else names(where)
    faults: list[Fault] = []
    readable: dict[str, list[list[str]]] = {}
    for name in dict.fromkeys([*chosen, *_referenced(chosen, where)]):
        table, unreadable = _records(path(name, where))
        if not unreadable:
            readable[name] = table
        elif name in chosen:
            faults += unreadable
    checked = _schema_faults(where, readable)
    for name in chosen:
        if name in readable:
            file = path(name, where)
            known = [*checked.get(name, []), *_cell_faults(file, readable[name])]
            known += _number_faults(file, readable[name], fields(name, where))
            faults += _first_of_each_place(known)
    return faults + checked.get("", [])


def _referenced(chosen: Iterable[str], folder: Path) -> list[str]:
    """Return the tables that foreign keys of the chosen ones point to."""
    keys = (key for name in chosen for key in resource(name, folder)["schema"].get("foreignKeys", []))
    return [key["reference"]["resource"] for key in keys]


def _first_of_each_place(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults by row, one a cell; a row that is no row as a whole has no faults of cells."""
    first: dict[tuple[int | None, str], Fault] = {}
    for fault in faults:
        first.setdefault((fault.row, fault.column), fault)
    uneven = {row for row, column in first if row is not None and not column}
    kept = [fault for (row, column), fault in first.items() if row not in uneven or not column]
    return sorted(kept, key=lambda fault: fault.row or 0)


def _number_faults(
    file: Path, table: Sequence[Sequence[str]], described: Sequence[Mapping[str, Any]]
) -> list[Fault]:
    """Return numbers that a lenient reader takes and this project does not: 1_000, 1e5, NaN, +5."""
    types = {field["name"]: field["type"] for field in described}
    found = []
    for number, record in enumerate(table[1:], start=2):
        for column, cell in zip(table[0], record, strict=False):
            plain = PLAIN_NUMBER.get(types.get(column, ""))
            if plain and cell and not plain.fullmatch(cell):
                found.append(Fault(file.name, number, column, quote(cell), EXPECTED_TYPE[types[column]]))
    return found


def _schema_faults(where: Path, readable: Mapping[str, list[list[str]]]) -> dict[str, list[Fault]]:
    """Return what frictionless finds in the readable tables, by table; under "" what in the schema."""
    import frictionless  # a third of a second that no notebook has to pay

    described = json.loads(json.dumps(descriptor(where)))
    described["resources"] = [r for r in described["resources"] if r["name"] in readable]
    for each in described["resources"]:
        keys = each["schema"].get("foreignKeys", [])
        each["schema"]["foreignKeys"] = [k for k in keys if k["reference"]["resource"] in readable]
    try:
        package = frictionless.Package.from_descriptor(described, basepath=str(where / DESCRIPTOR.parent))
        report = package.validate()
    except frictionless.FrictionlessException as error:
        reasons = [reason.note for reason in (error.reasons or [error.error])]
        return {"": [Fault(DESCRIPTOR.name, None, "", note, "a valid data package") for note in reasons]}
    found: dict[str, list[Fault]] = {}
    for note in report.errors:
        found.setdefault("", []).append(Fault(DESCRIPTOR.name, None, "", note.note, "a valid data package"))
    for task in report.tasks:
        name = str(task.name)
        schema = resource(name, where)["schema"]
        reworded = [_reword(error, path(name, where).name, readable[name], schema) for error in task.errors]
        found.setdefault(name, []).extend(dict.fromkeys(reworded))
    return found


def _reword(error: Any, file: str, table: Sequence[Sequence[str]], schema: Mapping[str, Any]) -> Fault:
    """Return one error of frictionless in this project's words."""
    row = int(getattr(error, "row_number", 1))
    column = str(getattr(error, "field_name", "") or getattr(error, "label", ""))
    cell = str(getattr(error, "cell", "") or "")
    field: Mapping[str, Any] = next((f for f in schema["fields"] if f["name"] == column), {})
    width = len(table[0])
    again = re.search(r"row at position (\d+)", error.note)
    if error.type == "missing-label":
        title = field.get("title", column)
        return Fault(file, 1, column, "no such column", f"a column named {column} ({title})")
    if error.type == "blank-label":
        return Fault(file, 1, "", "a column without a name", "a name for each column")
    if error.type in ("extra-cell", "missing-cell"):
        return Fault(file, row, "", f"{len(table[row - 1])} cells", f"{width} cells, as in the header")
    if error.type == "blank-row":
        return Fault(file, row, "", "an empty row", "no empty row: delete it")
    if error.type == "primary-key":
        columns = list(schema["primaryKey"])
        cells = [cell for name, cell in zip(table[0], table[row - 1], strict=False) if name in columns]
        found = quote(", ".join(cells)) if any(cells) else "an empty key"
        expected = "a key that no other row has" + (f" (row {again[1]} has it)" if again else "")
        return Fault(file, row, ", ".join(columns), found, expected)
    if error.type == "unique-error":
        expected = "a key that no other row has" + (f" (row {again[1]} has it)" if again else "")
        return Fault(file, row, column, quote(cell), expected)
    if error.type == "foreign-key":
        target = f"a {', '.join(error.reference_field_names)} of {error.reference_name}.csv"
        return Fault(
            file,
            row,
            ", ".join(error.field_names),
            quote(", ".join(str(value) for value in error.field_cells)),
            target,
        )
    if error.type == "type-error":
        return Fault(file, row, column, quote(cell), EXPECTED_TYPE.get(field.get("type", ""), "another type"))
    if error.type == "constraint-error":
        return Fault(file, row, column, quote(cell), _constraint(error.note, field))
    return Fault(file, row, column, error.note, "a table as its schema describes it")


def _constraint(note: str, field: Mapping[str, Any]) -> str:
    """Return what a constraint asks for, in words."""
    named = re.search(r'constraint "(\w+)"', note)
    name = named[1] if named else ""
    asked = field.get("constraints", {}).get(name)
    title = str(field.get("title", "a value"))
    return {
        "required": f"a value ({title})",
        "enum": f"one of {', '.join(asked)}" if isinstance(asked, list) else "",
        "pattern": f"text of the form {asked} ({title})",
        "minimum": f"at least {asked}",
        "maximum": f"at most {asked}",
    }.get(name) or f"{title}, as its schema describes it"
