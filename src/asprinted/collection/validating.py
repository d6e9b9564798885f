"""Tables held to their schema by frictionless, whose errors leave here as faults: the cell and the remedy."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, NoReturn

from asprinted.collection import describing
from asprinted.collection.files import EXPECTED_TYPE, cell_faults, header_faults, table, type_faults
from asprinted.collection.tables import DESCRIPTOR, Tables
from asprinted.faults import Fault, quote

__all__ = ["validate"]

PATTERN_SECONDS = 2.0
"""How long the cells of a column may take the processor to be held to its pattern."""

MOST = 10_000
"""Errors of a table that frictionless looks for; it would stop at a thousand."""


def validate(tables: Tables, only: Iterable[str] | None = None) -> list[Fault]:
    """Return every fault of the tables against their schema; an empty list where there is none.

    only: names of the tables to look at; default all. Checked are encoding, header, number of cells, types,
    constraints, keys, foreign keys, and cells that a spreadsheet would run.
    """
    chosen = list(only) if only is not None else tables.names()
    faults: list[Fault] = []
    readable: dict[str, list[list[str]]] = {}
    for name in dict.fromkeys([*chosen, *_referenced(tables, chosen)]):
        found, unreadable = table(tables.path(name))
        # Of a table with another header nothing more can be said that would help.
        unreadable = unreadable or header_faults(tables.path(name).name, found[0], tables.fields(name))
        if not unreadable:
            readable[name] = found
        elif name in chosen:
            faults += unreadable
    checked = _schema_faults(tables, readable)
    for name in chosen:
        if name in readable:
            file, types = tables.path(name).name, {each["name"]: each["type"] for each in tables.fields(name)}
            known = type_faults(file, readable[name], types) + checked.get(name, [])
            known += cell_faults(file, readable[name])
            for column in tables.fields(name):
                if "pattern" in column.get("constraints", {}):
                    known += _pattern_faults(name, file, readable[name], column)
            faults += _first_of_each_place(known)
    return faults + checked.get("", [])


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


def _schema_faults(tables: Tables, readable: Mapping[str, list[list[str]]]) -> dict[str, list[Fault]]:
    """Return what frictionless finds in the readable tables, by table; under "" what in the schema."""
    import frictionless  # a third of a second that no notebook has to pay

    if not readable:
        return {}
    described = describing.schemas(tables.descriptor, readable)
    try:
        package = frictionless.Package.from_descriptor(
            described, basepath=str(tables.home / DESCRIPTOR.parent)
        )
        report = package.validate(limit_errors=MOST)
    except frictionless.FrictionlessException as error:
        reasons = [reason.note for reason in (error.reasons or [error.error])]
        return {"": [Fault(DESCRIPTOR.name, None, "", note, "a valid data package") for note in reasons]}
    found: dict[str, list[Fault]] = {}
    for note in report.errors:
        found.setdefault("", []).append(Fault(DESCRIPTOR.name, None, "", note.note, "a valid data package"))
    for task in report.tasks:
        name = str(task.name)
        schema = tables.resource(name)["schema"]
        reworded = [_reword(error, tables.path(name).name, readable[name], schema) for error in task.errors]
        found.setdefault(name, []).extend(dict.fromkeys(reworded))
    return found


def _pattern_faults(
    name: str, file: str, table: Sequence[Sequence[str]], column: Mapping[str, Any]
) -> list[Fault]:
    """Return the cells of a column that are not as its pattern says, and a pattern that takes too long."""
    pattern, at = column["constraints"]["pattern"], table[0].index(column["name"])
    form, expected = re.compile(pattern), f"text of the form {pattern} ({column['title']})"
    faults, row = list[Fault](), 1
    try:
        with _limited(PATTERN_SECONDS):
            for row, record in enumerate(table[1:], start=2):
                cell = record[at] if at < len(record) else ""
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


def _reword(error: Any, file: str, table: Sequence[Sequence[str]], schema: Mapping[str, Any]) -> Fault:
    """Return one error of frictionless in this project's words."""
    row = int(getattr(error, "row_number", 1))
    column = str(getattr(error, "field_name", "") or getattr(error, "label", ""))
    cell = str(getattr(error, "cell", "") or "")
    field: Mapping[str, Any] = next((f for f in schema["fields"] if f["name"] == column), {})
    again = re.search(r"row at position (\d+)", error.note)
    twice = "a key that no other row has" + (f" (row {again[1]} has it)" if again else "")
    if error.type == "blank-label":
        return Fault(file, 1, "", "a column without a name", "a name for each column")
    if error.type in ("extra-cell", "missing-cell"):
        return Fault(
            file, row, "", f"{len(table[row - 1])} cells", f"{len(table[0])} cells, as in the header"
        )
    if error.type == "blank-row":
        return Fault(file, row, "", "an empty row", "no empty row: delete it")
    if error.type == "primary-key":
        columns = list(schema["primaryKey"])
        cells = [cell for name, cell in zip(table[0], table[row - 1], strict=False) if name in columns]
        found = quote(", ".join(cells)) if any(cells) else "an empty key"
        return Fault(file, row, ", ".join(columns), found, twice)
    if error.type == "foreign-key":
        target = f"a {', '.join(error.reference_field_names)} of {error.reference_name}.csv"
        found = quote(", ".join(map(str, error.field_cells)))
        return Fault(file, row, ", ".join(error.field_names), found, target)
    expected = {
        "unique-error": twice,
        "type-error": EXPECTED_TYPE.get(field.get("type", ""), "another type"),
        "constraint-error": _constraint(error.note, field),
    }
    if error.type in expected:
        return Fault(file, row, column, quote(cell), expected[error.type])
    return Fault(file, row, column, error.note, "a table as its schema describes it")


def _constraint(note: str, field: Mapping[str, Any]) -> str:
    """Return what a constraint asks for, in words."""
    named = re.search(r'constraint "(\w+)"', note)
    name = named[1] if named else ""
    constraints = field.get("constraints", {})
    asked, choices = constraints.get(name), ", ".join(constraints.get("enum", []))
    title = str(field.get("title", "a value"))
    return {
        "required": f"one of {choices}" if choices else f"a value ({title})",
        "enum": f"one of {choices}",
        "minimum": f"at least {asked}",
        "maximum": f"at most {asked}",
    }.get(name) or f"{title}, as its schema describes it"
