"""What describes the tables, `datapackage.json`: every property that counts is checked, no other is kept.

Nothing is fetched: what names an address elsewhere (a profile, a dialect, a schema) counts for nothing here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from asprinted.collection.files import is_of, parsed
from asprinted.collection.shapes import Place, Shape
from asprinted.escaping import markup
from asprinted.faults import Fault, hidden, near, refuse
from asprinted.prose.writing import LANGUAGES

__all__ = ["COLUMNS", "read"]

COLUMNS: Mapping[str, tuple[str, str]] = {
    "sources": ("hand", "key publisher title published address sha256"),
    "printed": (
        "hand",
        "key source line start as_printed indicator_en kind period_start period_end",
    ),
    "exclusions": ("hand", "source line start as_printed"),
    "relations": ("hand", "id kind printed_key part_key whole_key title_en"),
    "crosschecks": ("hand", "id left relation right otherwise outcome title_en"),
    "standalone": ("hand", "id keys title_en"),
    "apart": ("hand", "subject side key reason_en"),
    "derived": (
        "hand",
        "key ref formula within rule show form places unit_en title_en caveat_en",
    ),
    "holidays": ("hand", "day kind"),
    "benchmarks": (
        "hand",
        "key as_printed indicator_en kind period_start period_end seen shown",
    ),
    "measures": ("hand", "measure part whole title_en"),
    "sets": ("hand", "key measure where"),
    "benchmark_relations": ("hand", "id kind printed_key part_key whole_key title_en"),
    "published_rates": ("hand", "key publisher title address seen kind direction result counts note"),
    "seal": ("seal", "table line rows sha256"),
    **dict.fromkeys(
        ("statistics", "checks", "derived_values", "benchmark_checks", "published_checks"), ("build", "")
    ),
}
"""The tables that the engine knows: who writes each, and the columns that it cannot do without.

A text is needed in each language that the collection speaks; here its English column stands for all.
"""

_CSV_FILE = re.compile(r"\w[\w .-]{0,100}\.csv")


def _is_line(text: str) -> bool:
    return bool(text.strip()) and not hidden(text) and not markup(text)


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


_SHAPE = Shape(
    "datapackage",
    _shown,
    {
        "line": _is_line,
        "pattern": _is_pattern,
        "CSV file": lambda text: bool(_CSV_FILE.fullmatch(text)) and not hidden(text),
        "plain number": partial(is_of, "number"),
        "ISO date": partial(is_of, "date"),
    },
)


def read(file: Path) -> dict[str, Any]:
    """Return the description that a file holds; its keys are lists of columns.

    Raises Faults with everything that is wrong: no JSON, a property that is missing or of another kind, a
    table or path that stands twice, a path that leaves the folder, a column that the engine cannot do
    without.
    """
    loaded: dict[str, Any] = parsed(
        file, "the description of the tables", _strict, "readable JSON", "a data package"
    )
    refuse(fault.at(file=file.name) for fault in _wrong(loaded))
    # What a collection does not speak may stay empty.
    other = tuple(f"_{each}" for each in LANGUAGES if each not in _languages(loaded))
    for field in (each for table in loaded["resources"] for each in table["schema"]["fields"]):
        if field["name"].endswith(other):
            field.get("constraints", {}).pop("required", None)
    return loaded


def _strict(text: str) -> Any:
    """Return what a text of JSON holds, without the liberties that Python takes with it."""

    def twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError("a name that stands twice in one object")
        return found

    def constant(name: str) -> None:
        raise ValueError(f"{name}, which is no number")

    return json.loads(text, object_pairs_hook=twice, parse_constant=constant)


def _wrong(loaded: Any) -> Iterator[Fault]:
    """Yield everything that is wrong: with the shape, within tables of a sound one, and between tables."""
    if not isinstance(loaded, dict):
        yield Fault.of("no object", "a data package with its tables")
        return
    misshapen = _SHAPE.misshapen(loaded)
    places = {each.place for each in misshapen}
    for place, found, expected in misshapen:
        yield Fault.of(found, expected, _named(place, loaded, places))
    if ("resources",) in places:
        return
    tables, faulty = loaded["resources"], {place[:2] for place in places}
    sound = [table for at, table in enumerate(tables) if ("resources", at) not in faulty]
    within = [fault for table in sound for fault in _keys(table)]
    yield from within if within or len(sound) < len(tables) else _together(tables, _languages(loaded))


def _named(place: Place, package: Any, misshapen: Collection[Place]) -> str:
    """Return a place in words: a table and a column by their names, if they have one."""
    if place[:1] != ("resources",) or len(place) == 1:
        return ".".join(map(str, place))
    _, at, *rest = place
    table = package["resources"][at]
    name = f"resources[{at}]" if ("resources", at, "name") in misshapen else table["name"]
    if rest[0] == "schema" and len(rest) > 1:
        del rest[0]
    if rest[0] == "fields" and len(rest) > 1:
        rest[:2] = [table["schema"]["fields"][rest[1]].get("name") or rest[1]]
    elif rest[0] == "foreignKeys":
        del rest[:-1]
    return ".".join(map(str, [name, *rest]))


def _keys(table: Mapping[str, Any]) -> Iterator[Fault]:
    """Bring the keys of a table to one form; yield what names no column of it, or more than one."""
    schema, where = table["schema"], table["name"]
    columns = [each["name"] for each in schema["fields"]]
    for name in dict.fromkeys(name for name in columns if columns.count(name) > 1):
        yield Fault.of(f'"{name}" more than once', "a name of its own for each column", f"{where}.fields")
    named = [("primaryKey", schema)] if "primaryKey" in schema else []
    named += [("fields", each) for each in schema.get("foreignKeys", [])]
    for key, holder in named:
        holder[key] = [holder[key]] if isinstance(holder[key], str) else holder[key]
        for name in holder[key]:
            if name not in columns:
                expected = f"a column of {where}{near(name, columns, '{}')}"
                yield Fault.of(f'"{name}"', expected, f"{where}.{key}")


def _together(tables: list[dict[str, Any]], languages: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong between tables: what stands twice, references, who writes, missing columns."""
    for key, expected in (("name", "a name of its own"), ("path", "a file of its own")):
        seen: dict[str, dict[str, Any]] = {}
        for table in tables:
            # Some systems take Printed.csv for printed.csv.
            other = seen.setdefault(table[key].lower(), table)
            if other is not table:
                has_it = f"{expected}: table {other['name']} has it"
                yield Fault.of(f'"{table[key]}"', has_it, f"{table['name']}.{key}")
    columns = {table["name"]: [each["name"] for each in table["schema"]["fields"]] for table in tables}
    for table in tables:
        name = table["name"]
        for key in table["schema"].get("foreignKeys", []):
            yield from _refer(name, key, columns)
        writer, needed = COLUMNS.get(name, (table["written_by"], ""))
        if table["written_by"] != writer:
            yield Fault.of(f'"{table["written_by"]}"', f'"{writer}"', f"{name}.written_by")
        for column in _spoken(needed.split(), languages):
            if column not in columns[name]:
                yield Fault.of(f'no column "{column}"', "the columns that the engine reads", f"{name}.fields")


def _languages(loaded: Mapping[str, Any]) -> list[str]:
    """Return the languages that a package names, where it does so soundly; else both."""
    own = loaded.get("asprinted")
    named = own.get("languages") if isinstance(own, dict) else None
    return [each for each in LANGUAGES if not isinstance(named, list) or each in named]


def _spoken(needed: Collection[str], languages: Collection[str]) -> Iterator[str]:
    """Yield the needed columns, each text in every language of the collection."""
    for column in needed:
        stem = column.removesuffix("_en")
        yield from [f"{stem}_{each}" for each in languages] if stem != column else [column]


def _refer(name: str, key: Mapping[str, Any], columns: Mapping[str, list[str]]) -> Iterator[Fault]:
    """Bring a foreign key to one form; yield what is wrong with one that leads nowhere."""
    reference = key["reference"]
    target = reference["resource"] = reference.get("resource") or name
    if not isinstance(target, str) or target not in columns:
        yield Fault.of(f"no table {_shown(target)}", f"one of {', '.join(columns)}", f"{name}.foreignKeys")
        return
    fields = reference.get("fields")
    reference["fields"] = fields = [fields] if isinstance(fields, str) else fields
    known = isinstance(fields, list) and all(each in columns[target] for each in fields)
    if not known or len(fields) != len(key["fields"]):
        yield Fault.of(_shown(fields), f"as many columns of {target} as fields", f"{name}.foreignKeys")
