"""Tables held to their schema: rows, types, constraints and keys, each fault with its cell and the remedy."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, NoReturn

from asprinted.collection.files import PLAIN_NUMBER, cell_faults, header_faults, is_of, table, type_faults
from asprinted.collection.tables import DESCRIPTOR, Tables
from asprinted.faults import Fault, quote

__all__ = ["validate"]

PATTERN_SECONDS = 2.0
"""How long the cells of a column may take the processor to be held to its pattern."""

ITS_OWN = "a key that no other row has"


def validate(tables: Tables, only: Iterable[str] | None = None) -> list[Fault]:
    """Return every fault of the tables against their schema; an empty list where there is none.

    only: names of the tables to look at; default all. Checked are encoding, header, number of cells, types,
    constraints, keys, foreign keys, and cells that a spreadsheet would run.
    """
    chosen = list(only) if only is not None else tables.names()
    faults: list[Fault] = []
    readable: dict[str, _Sheet] = {}
    for name in dict.fromkeys([*chosen, *_referenced(tables, chosen)]):
        found, unreadable = table(tables.path(name))
        # Of a table with another header nothing more can be said that would help.
        unreadable = unreadable or header_faults(tables.path(name).name, found[0], tables.fields(name))
        if not unreadable:
            readable[name] = _Sheet(tables.path(name).name, tables.resource(name)["schema"], found)
        elif name in chosen:
            faults += unreadable
    for name in chosen:
        if name in readable:
            sheet = readable[name]
            types = {each["name"]: each["type"] for each in tables.fields(name)}
            known = type_faults(sheet.file, sheet.records, types) + sheet.faults(readable)
            known += cell_faults(sheet.file, sheet.records)
            for column in tables.fields(name):
                if "pattern" in column.get("constraints", {}):
                    known += _pattern_faults(name, sheet, column)
            faults += _first_of_each_place(known)
    return faults


def _referenced(tables: Tables, chosen: Iterable[str]) -> list[str]:
    """Return the tables that foreign keys of the chosen ones point to."""
    keys = (key for name in chosen for key in tables.resource(name)["schema"].get("foreignKeys", []))
    return [key["reference"]["resource"] for key in keys]


def _first_of_each_place(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults by row, one a cell; a row that is no row as a whole has no faults of cells."""
    first: dict[tuple[int | None, str], Fault] = {}
    for fault in faults:
        first.setdefault((fault.row, fault.column), fault)
    uneven = {row for row, column in first if row is not None and not column}
    kept = [fault for (row, column), fault in first.items() if row not in uneven or not column]
    return sorted(kept, key=lambda fault: fault.row or 0)


@dataclass(frozen=True)
class _Sheet:
    """The records of one table beside its schema, and what of the schema they do not keep."""

    file: str
    schema: Mapping[str, Any]
    records: Sequence[Sequence[str]]

    def keys(self, columns: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the cells of some columns, row by row; the key of a row stands though the row is too long."""
        places = [self.records[0].index(column) for column in columns]
        for row, record in enumerate(self.records[1:], start=2):
            if any(record):
                yield row, tuple(record[at] if at < len(record) else "" for at in places)

    def faults(self, sheets: Mapping[str, _Sheet]) -> list[Fault]:
        """Return what is wrong in rows, cells, and keys; `sheets` are the tables that keys may point to."""
        wrong = list(self._rows())
        for column in self.schema["fields"]:
            wrong += self._cells(column)
        for column in self.schema["fields"]:
            if column.get("constraints", {}).get("unique"):
                wrong += self._repeated([column["name"]])
        wrong += self._primary_key(self.schema.get("primaryKey", []))
        for key in self.schema.get("foreignKeys", []):
            if key["reference"]["resource"] in sheets:
                wrong += self._foreign_key(key, sheets[key["reference"]["resource"]])
        return wrong

    def _rows(self) -> Iterator[Fault]:
        header = self.records[0]
        if "" in header:
            yield Fault(self.file, 1, "", "a column without a name", "a name for each column")
        for row, record in enumerate(self.records[1:], start=2):
            if not any(record):
                yield Fault(self.file, row, "", "an empty row", "no empty row: delete it")
            elif len(record) != len(header):
                cells = f"{len(record)} cells", f"{len(header)} cells, as in the header"
                yield Fault(self.file, row, "", *cells)

    def _cells(self, column: Mapping[str, Any]) -> Iterator[Fault]:
        for row, (cell,) in self.keys([column["name"]]):
            if asked := _asked(cell, column):
                yield Fault(self.file, row, column["name"], quote(cell), asked)

    def _repeated(self, columns: Sequence[str]) -> Iterator[Fault]:
        before = dict[tuple[str, ...], int]()
        for row, cells in self.keys(columns):
            if any(cells) and cells in before:
                expected = f"{ITS_OWN} (row {before[cells]} has it)"
                yield Fault(self.file, row, ", ".join(columns), quote(", ".join(cells)), expected)
            before[cells] = row

    def _primary_key(self, columns: Sequence[str]) -> Iterator[Fault]:
        yield from self._repeated(columns)
        for row, cells in self.keys(columns):
            if columns and not any(cells):
                yield Fault(self.file, row, ", ".join(columns), "an empty key", ITS_OWN)

    def _foreign_key(self, key: Mapping[str, Any], target: _Sheet) -> Iterator[Fault]:
        reference = key["reference"]
        known = {cells for _, cells in target.keys(reference["fields"])}
        expected = f"a {', '.join(reference['fields'])} of {reference['resource']}.csv"
        for row, cells in self.keys(key["fields"]):
            if any(cells) and cells not in known:
                yield Fault(self.file, row, ", ".join(key["fields"]), quote(", ".join(cells)), expected)


def _asked(cell: str, column: Mapping[str, Any]) -> str:
    """Return what the constraints of a column ask for that a cell does not keep, in words; "" if nothing."""
    asked = column.get("constraints", {})
    choices = f"one of {', '.join(asked['enum'])}" if "enum" in asked else ""
    if not cell:
        return (choices or f"a value ({column['title']})") if asked.get("required") else ""
    if choices and cell not in asked["enum"]:
        return choices
    if not is_of(column["type"], cell):
        return ""  # as a fault of its type it is told already
    # ISO dates stand in the order of their characters.
    value: Callable[[str], Any] = Decimal if column["type"] in PLAIN_NUMBER else str
    if "minimum" in asked and value(cell) < value(str(asked["minimum"])):
        return f"at least {asked['minimum']}"
    if "maximum" in asked and value(cell) > value(str(asked["maximum"])):
        return f"at most {asked['maximum']}"
    return ""


def _pattern_faults(name: str, sheet: _Sheet, column: Mapping[str, Any]) -> list[Fault]:
    """Return the cells of a column that are not as its pattern says, and a pattern that takes too long."""
    file, pattern = sheet.file, column["constraints"]["pattern"]
    form, expected = re.compile(pattern), f"text of the form {pattern} ({column['title']})"
    faults, row = list[Fault](), 1
    try:
        with _limited(PATTERN_SECONDS):
            for row, (cell,) in sheet.keys([column["name"]]):
                if cell and not form.fullmatch(cell):
                    faults.append(Fault(file, row, column["name"], quote(cell), expected))
    except TimeoutError:
        where = f"{name}.{column['name']}.constraints.pattern"
        soon = f"a regular expression that is soon decided: {file}, row {row} took it more than "
        soon += f"{PATTERN_SECONDS} seconds"
        faults.append(Fault(DESCRIPTOR.name, None, where, quote(pattern), soon))
    return faults


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise TimeoutError where a block takes more of the processor, if this system and thread can be told."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise TimeoutError

    if not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
