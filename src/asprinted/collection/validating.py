"""Tables held to their schema: rows, types, constraints and keys, each fault with its cell and the remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from asprinted.collection.files import PLAIN_NUMBER, cell_faults, header_faults, is_of, table, type_faults
from asprinted.collection.tables import DESCRIPTOR, Tables
from asprinted.faults import Fault, Gathered, quote
from asprinted.processes.limits import limited

__all__ = ["faults_of", "validate"]

PATTERN_SECONDS = 2.0
"""How long the cells of a column may take the processor to be held to its pattern."""

ITS_OWN = "a key that no other row has"


def validate(tables: Tables, only: Iterable[str] | None = None) -> Iterator[Fault]:
    """Yield every fault of the tables against their schema.

    only: names of the tables to look at; default all. Checked are encoding, header, number of cells, types,
    constraints, keys, foreign keys, and cells that a spreadsheet would run.
    """
    chosen = list(only) if only is not None else tables.names()
    readable: dict[str, _Sheet] = {}
    for name in dict.fromkeys([*chosen, *_referenced(tables, chosen)]):
        unreadable = Gathered(tables.path(name).name)
        with unreadable.at():
            found = table(tables.path(name))
            # Of a table with another header nothing more can be said that would help.
            unreadable.extend(header_faults(found[0], tables.fields(name)))
        if not unreadable:
            readable[name] = _Sheet(name, unreadable.file, tables.resource(name)["schema"], found)
        elif name in chosen:
            yield from unreadable
    for name in chosen:
        if name in readable:
            faults = Gathered(readable[name].file)
            faults.extend(readable[name].faults(readable))
            yield from _first_of_each_place(faults)


def faults_of(
    name: str, file: str, fields: Sequence[Mapping[str, Any]], records: Sequence[Sequence[str]]
) -> list[Fault]:
    """Return the faults of records, header first, against described columns, but for keys of other tables."""
    return _first_of_each_place(_Sheet(name, file, {"fields": fields}, records).faults({}))


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

    name: str
    file: str
    schema: Mapping[str, Any]
    records: Sequence[Sequence[str]]

    def keys(self, columns: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the cells of some columns, row by row; the key of a row stands though the row is too long."""
        places = [self.records[0].index(column) for column in columns]
        for row, record in enumerate(self.records[1:], start=2):
            if any(record):
                yield row, tuple(record[at] if at < len(record) else "" for at in places)

    def faults(self, sheets: Mapping[str, _Sheet]) -> Iterator[Fault]:
        """Yield what is wrong in rows, cells, and keys; `sheets` are the tables that keys may point to."""
        yield from type_faults(self.records, {each["name"]: each["type"] for each in self.schema["fields"]})
        yield from self._rows()
        for column in self.schema["fields"]:
            yield from self._cells(column)
        for column in self.schema["fields"]:
            if column.get("constraints", {}).get("unique"):
                yield from self._repeated([column["name"]])
        yield from self._primary_key(self.schema.get("primaryKey", []))
        for key in self.schema.get("foreignKeys", []):
            if key["reference"]["resource"] in sheets:
                yield from self._foreign_key(key, sheets[key["reference"]["resource"]])
        yield from cell_faults(self.records)
        for column in self.schema["fields"]:
            if "pattern" in column.get("constraints", {}):
                yield from self._unlike(column)

    def _rows(self) -> Iterator[Fault]:
        header = self.records[0]
        if "" in header:
            yield Fault("", 1, "", "a column without a name", "a name for each column")
        for row, record in enumerate(self.records[1:], start=2):
            if not any(record):
                yield Fault("", row, "", "an empty row", "no empty row: delete it")
            elif len(record) != len(header):
                yield Fault("", row, "", f"{len(record)} cells", f"{len(header)} cells, as in the header")

    def _cells(self, column: Mapping[str, Any]) -> Iterator[Fault]:
        for row, (cell,) in self.keys([column["name"]]):
            if asked := _asked(cell, column):
                yield Fault("", row, column["name"], quote(cell), asked)

    def _repeated(self, columns: Sequence[str]) -> Iterator[Fault]:
        before = dict[tuple[str, ...], int]()
        for row, cells in self.keys(columns):
            if any(cells) and cells in before:
                expected = f"{ITS_OWN} (row {before[cells]} has it)"
                yield Fault("", row, ", ".join(columns), quote(", ".join(cells)), expected)
            before[cells] = row

    def _primary_key(self, columns: Sequence[str]) -> Iterator[Fault]:
        yield from self._repeated(columns)
        for row, cells in self.keys(columns):
            if columns and not any(cells):
                yield Fault("", row, ", ".join(columns), "an empty key", ITS_OWN)

    def _foreign_key(self, key: Mapping[str, Any], target: _Sheet) -> Iterator[Fault]:
        reference = key["reference"]
        known = {cells for _, cells in target.keys(reference["fields"])}
        expected = f"a {', '.join(reference['fields'])} of {reference['resource']}.csv"
        for row, cells in self.keys(key["fields"]):
            if any(cells) and cells not in known:
                yield Fault("", row, ", ".join(key["fields"]), quote(", ".join(cells)), expected)

    def _unlike(self, column: Mapping[str, Any]) -> Iterable[Fault]:
        """Return the cells of a column that are unlike its pattern, and a pattern that takes too long."""
        name, pattern = column["name"], column["constraints"]["pattern"]
        form, expected = re.compile(pattern), f"text of the form {pattern} ({column['title']})"
        faults, row = Gathered(), 1
        try:
            with limited(PATTERN_SECONDS):
                for row, (cell,) in self.keys([name]):
                    if cell and not form.fullmatch(cell):
                        faults.add(quote(cell), expected, name, row)
        except TimeoutError:
            soon = f"a regular expression that is soon decided: {self.file}, row {row} took it more than "
            soon += f"{PATTERN_SECONDS} seconds"
            where = f"{self.name}.{name}.constraints.pattern"
            faults.add(quote(pattern), soon, where, file=DESCRIPTOR.name)
        return faults


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
