"""What describes the tables, `datapackage.json`: every property that counts is checked, no other is kept.

Nothing is fetched: what names an address elsewhere (a profile, a dialect, a schema) counts for nothing here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from asprinted.collection.files import is_of, read_text
from asprinted.collection.shapes import Place, Shape
from asprinted.escaping import markup
from asprinted.faults import Fault, Faults, hidden, near

__all__ = ["COLUMNS", "read"]

COLUMNS: Mapping[str, tuple[str, str]] = {
    "sources": ("hand", "key publisher title published address sha256"),
    "printed": (
        "hand",
        "key source line start as_printed indicator_en indicator_zh kind period_start period_end",
    ),
    "exclusions": ("hand", "source line start as_printed"),
    "relations": ("hand", "id kind printed_key part_key whole_key title_en title_zh"),
    "crosschecks": ("hand", "id left relation right otherwise outcome title_en title_zh"),
    "standalone": ("hand", "id keys title_en title_zh"),
    "apart": ("hand", "subject side key reason_en"),
    "derived": (
        "hand",
        "key ref formula within rule show form places unit_en unit_zh title_en title_zh caveat_en caveat_zh",
    ),
    "holidays": ("hand", "day kind"),
    "benchmarks": (
        "hand",
        "key as_printed indicator_en indicator_zh kind period_start period_end seen shown",
    ),
    "measures": ("hand", "measure part whole title_en title_zh"),
    "sets": ("hand", "key measure where"),
    "benchmark_relations": ("hand", "id kind printed_key part_key whole_key title_en title_zh"),
    "seal": ("seal", "table line rows sha256"),
    **dict.fromkeys(("statistics", "checks", "derived_values", "benchmark_checks"), ("build", "")),
}
"""The tables that the engine knows: who writes each, and the columns that it cannot do without."""

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
    loaded = _loaded(file)
    if wrong := _wrong(loaded):
        raise Faults(Fault(file.name, None, where, found, expected) for where, found, expected in wrong)
    found: dict[str, Any] = loaded
    return found


def _loaded(file: Path) -> Any:
    """Return what a file of JSON holds, without the liberties that Python takes with it."""

    def twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError("a name that stands twice in one object")
        return found

    def constant(name: str) -> None:
        raise ValueError(f"{name}, which is no number")

    try:
        text = read_text(file, "the description of the tables")
        return json.loads(text, object_pairs_hook=twice, parse_constant=constant)
    except Fault as fault:
        raise Faults([fault]) from None
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, ValueError) else "too deep"
        raise Faults([Fault(file.name, None, "", f"no readable JSON ({why})", "a data package")]) from None


def _wrong(loaded: Any) -> list[_Wrong]:
    """Return everything that is wrong: with the shape, within tables of a sound one, and between tables."""
    if not isinstance(loaded, dict):
        return [("", "no object", "a data package with its tables")]
    misshapen = _SHAPE.misshapen(loaded)
    places = {each.place for each in misshapen}
    wrong = [(_named(each.place, loaded, places), each.found, each.expected) for each in misshapen]
    if ("resources",) in places:
        return wrong
    tables, faulty = loaded["resources"], {place[:2] for place in places}
    sound = [table for at, table in enumerate(tables) if ("resources", at) not in faulty]
    within = [each for table in sound for each in _keys(table)]
    return wrong + (within if within or len(sound) < len(tables) else [*_together(tables)])


_Wrong: TypeAlias = tuple[str, str, str]
"""Where something is wrong, what was found there, and what was expected."""


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


def _keys(table: Mapping[str, Any]) -> Iterator[_Wrong]:
    """Bring the keys of a table to one form; yield what names no column of it, or more than one."""
    schema, where = table["schema"], table["name"]
    columns = [each["name"] for each in schema["fields"]]
    for name in dict.fromkeys(name for name in columns if columns.count(name) > 1):
        yield f"{where}.fields", f'"{name}" more than once', "a name of its own for each column"
    named = [("primaryKey", schema)] if "primaryKey" in schema else []
    named += [("fields", each) for each in schema.get("foreignKeys", [])]
    for key, holder in named:
        holder[key] = [holder[key]] if isinstance(holder[key], str) else holder[key]
        for name in holder[key]:
            if name not in columns:
                yield f"{where}.{key}", f'"{name}"', f"a column of {where}{near(name, columns, '{}')}"


def _together(tables: list[dict[str, Any]]) -> Iterator[_Wrong]:
    """Yield what is wrong between tables: what stands twice, references, who writes, missing columns."""
    for key, expected in (("name", "a name of its own"), ("path", "a file of its own")):
        seen: dict[str, dict[str, Any]] = {}
        for table in tables:
            # Some systems take Printed.csv for printed.csv.
            other = seen.setdefault(table[key].lower(), table)
            if other is not table:
                yield f"{table['name']}.{key}", f'"{table[key]}"', f"{expected}: table {other['name']} has it"
    columns = {table["name"]: [each["name"] for each in table["schema"]["fields"]] for table in tables}
    for table in tables:
        name = table["name"]
        for key in table["schema"].get("foreignKeys", []):
            yield from _refer(name, key, columns)
        writer, needed = COLUMNS.get(name, (table["written_by"], ""))
        if table["written_by"] != writer:
            yield f"{name}.written_by", f'"{table["written_by"]}"', f'"{writer}"'
        for column in needed.split():
            if column not in columns[name]:
                yield f"{name}.fields", f'no column "{column}"', "the columns that the engine reads"


def _refer(name: str, key: Mapping[str, Any], columns: Mapping[str, list[str]]) -> Iterator[_Wrong]:
    """Bring a foreign key to one form; yield what is wrong with one that leads nowhere."""
    reference = key["reference"]
    target = reference["resource"] = reference.get("resource") or name
    if not isinstance(target, str) or target not in columns:
        yield f"{name}.foreignKeys", f"no table {_shown(target)}", f"one of {', '.join(columns)}"
        return
    fields = reference.get("fields")
    reference["fields"] = fields = [fields] if isinstance(fields, str) else fields
    known = isinstance(fields, list) and all(each in columns[target] for each in fields)
    if not known or len(fields) != len(key["fields"]):
        expected = f"as many columns of {target} as fields"
        yield f"{name}.foreignKeys", _shown(fields), expected
