"""What describes the tables, `datapackage.json`: every property that counts is checked, no other is kept.

Nothing is fetched: what names an address elsewhere (a profile, a dialect, a schema) counts for nothing here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from asprinted.collection.files import PLAIN_NUMBER, read_text
from asprinted.escaping import markup
from asprinted.faults import Fault, Faults, hidden, near
from asprinted.prose import writing

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

_Rule: TypeAlias = tuple[Callable[[Any], bool], str]
_Wrong: TypeAlias = Callable[[str, str, str], None]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_FILE = re.compile(r"\w[\w .-]{0,100}\.csv")
_MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not hidden(value) and not markup(value)


def _is_pattern(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(re.compile(value))
    except (re.error, OverflowError, RecursionError):
        return False


def _is_limit(value: Any) -> bool:
    if isinstance(value, str) and not PLAIN_NUMBER["number"].fullmatch(value):
        try:
            return bool(writing.date(value))
        except Fault:
            return False
    return isinstance(value, str) or (type(value) in (int, float) and abs(value) < 10**15)


def _all(value: Any, kind: type | Callable[[Any], bool]) -> bool:
    is_one = (lambda each: isinstance(each, kind)) if isinstance(kind, type) else kind
    return isinstance(value, list) and all(map(is_one, value))


def _one_of(*known: str) -> _Rule:
    return lambda value: isinstance(value, str) and value in known, f"one of {', '.join(known)}"


_LINE: _Rule = _is_line, "a text of one line, without HTML and hidden characters"
_NAMED: _Rule = (
    lambda value: isinstance(value, str) and bool(_NAME.fullmatch(value)),
    "a name such as printed",
)
_YES: _Rule = lambda value: isinstance(value, bool), "true or false"
_OBJECT: _Rule = lambda value: isinstance(value, dict), "an object"
_NAMES: _Rule = (
    lambda value: _is_line(value) or (_all(value, _is_line) and bool(value)),
    "the name of a column, or a list of them",
)

# Property → what it has to be; one that begins with ? may be left out.
_PACKAGE: Mapping[str, _Rule] = {
    "title": _LINE,
    "description": _LINE,
    "resources": (lambda value: _all(value, dict), "a list of tables, each an object"),
    "?licenses": (
        lambda value: _all(value, lambda each: isinstance(each, dict) and _is_line(each.get("name"))),
        "a list of licences, each with its name",
    ),
    "?asprinted": _OBJECT,
}
_OWN: Mapping[str, _Rule] = {
    "?functions": (
        lambda value: isinstance(value, str) and (not value or bool(_MODULE.fullmatch(value))),
        "the name of a package",
    ),
    "?project": _LINE,
    "?project_zh": _LINE,
}
_TABLE: Mapping[str, _Rule] = {
    "name": _NAMED,
    "path": (
        lambda value: isinstance(value, str) and bool(_FILE.fullmatch(value)) and not hidden(value),
        "the name of a CSV file in data/",
    ),
    "title": _LINE,
    "description": _LINE,
    "written_by": _one_of("hand", "build", "seal"),
    "schema": _OBJECT,
}
_SCHEMA: Mapping[str, _Rule] = {
    "fields": (lambda value: _all(value, dict) and bool(value), "a list of columns, each an object"),
    "?primaryKey": _NAMES,
    "?foreignKeys": (
        lambda value: _all(
            value, lambda each: isinstance(each, dict) and isinstance(each.get("reference"), dict)
        ),
        "a list of keys, each with fields and reference",
    ),
}
_COLUMN: Mapping[str, _Rule] = {
    "name": _LINE,
    "type": _one_of("string", "integer", "number", "date"),
    "title": _LINE,
    "description": _LINE,
    "?written_by": _one_of("hand", "build"),
    "?constraints": _OBJECT,
}
_LIMIT: _Rule = _is_limit, "a number, or a date"
_CONSTRAINTS: Mapping[str, _Rule] = {
    "?required": _YES,
    "?unique": _YES,
    "?enum": (lambda value: _all(value, _is_line) and bool(value), "a list of texts"),
    "?pattern": (_is_pattern, "a regular expression"),
    "?minimum": _LIMIT,
    "?maximum": _LIMIT,
}
_OF_TYPE = {"string": {"enum", "pattern"}, "date": {"minimum", "maximum"}}
_OF_NUMBERS = {"enum", "minimum", "maximum"}


def read(file: Path) -> dict[str, Any]:
    """Return the description that a file holds; its keys are lists of columns.

    Raises Faults with everything that is wrong: no JSON, a property that is missing or of another kind, a
    table or path that stands twice, a path that leaves the folder, a column that the engine cannot do
    without.
    """

    def twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError("a name that stands twice in one object")
        return found

    try:
        loaded = json.loads(read_text(file, "the description of the tables"), object_pairs_hook=twice)
    except Fault as fault:
        raise Faults([fault]) from None
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, ValueError) else "too deep"
        raise Faults([Fault(file.name, None, "", f"no readable JSON ({why})", "a data package")]) from None
    faults = list[Fault]()

    def wrong(where: str, found: str, expected: str) -> None:
        faults.append(Fault(file.name, None, where, found, expected))

    if not isinstance(loaded, dict):
        wrong("", "no object", "a data package with its tables")
    elif _hold(loaded, _PACKAGE, "", wrong):
        _hold(loaded.get("asprinted", {}), _OWN, "asprinted.", wrong)
        tables = loaded["resources"]
        sound = [_table(each, f"resources[{at}]", wrong) for at, each in enumerate(tables)]
        if all(sound):
            _together(tables, wrong)
    if faults:
        raise Faults(faults)
    found: dict[str, Any] = loaded
    return found


def _hold(given: Mapping[str, Any], rules: Mapping[str, _Rule], where: str, wrong: _Wrong) -> bool:
    """Note each property that is missing or is not as its rule says; return whether none is."""
    sound = True
    for name, (fits, expected) in rules.items():
        key = name.removeprefix("?")
        if key not in given:
            if key == name:
                sound = False
                wrong(where + key, "nothing", expected)
        elif not fits(given[key]):
            sound = False
            wrong(where + key, json.dumps(given[key], ensure_ascii=False), expected)
    return sound


def _table(table: dict[str, Any], place: str, wrong: _Wrong) -> bool:
    """Note what is wrong with one table, named by its name where it has one."""
    named = table.get("name")
    where = named if _NAMED[0](named) else place
    if not _hold(table, _TABLE, f"{where}.", wrong) or not _hold(
        table["schema"], _SCHEMA, f"{where}.", wrong
    ):
        return False
    columns = table["schema"]["fields"]
    sound = [_column(each, f"{where}.{each.get('name') or at}", wrong) for at, each in enumerate(columns)]
    return all(sound) and _keys(table, wrong)


def _column(column: Mapping[str, Any], where: str, wrong: _Wrong) -> bool:
    if not _hold(column, _COLUMN, f"{where}.", wrong):
        return False
    constraints = column.get("constraints", {})
    sound = _hold(constraints, _CONSTRAINTS, f"{where}.constraints.", wrong)
    known = {"required", "unique"} | _OF_TYPE.get(column["type"], _OF_NUMBERS)
    for name in constraints:
        if name not in known:
            sound = False
            wrong(
                f"{where}.constraints",
                f'"{name}" of a {column["type"]}',
                f"one of {', '.join(sorted(known))}",
            )
    return sound


def _keys(table: dict[str, Any], wrong: _Wrong) -> bool:
    """Bring the keys of a table to one form, and note those that name no column of it."""
    schema, where, sound = table["schema"], table["name"], True
    columns = [each["name"] for each in schema["fields"]]
    for name in dict.fromkeys(name for name in columns if columns.count(name) > 1):
        sound = False
        wrong(f"{where}.fields", f'"{name}" more than once', "a name of its own for each column")
    named = [("primaryKey", schema)] if "primaryKey" in schema else []
    named += [("fields", each) for each in schema.get("foreignKeys", [])]
    for key, holder in named:
        if not _NAMES[0](holder.get(key)):
            sound = False
            wrong(f"{where}.{key}", json.dumps(holder.get(key), ensure_ascii=False), _NAMES[1])
            continue
        holder[key] = [holder[key]] if isinstance(holder[key], str) else holder[key]
        for name in holder[key]:
            if name not in columns:
                sound = False
                wrong(f"{where}.{key}", f'"{name}"', f"a column of {where}{near(name, columns, '{}')}")
    return sound


def _together(tables: list[dict[str, Any]], wrong: _Wrong) -> None:
    """Note what is wrong between tables: what stands twice, references, who writes, missing columns."""
    for key, expected in (("name", "a name of its own"), ("path", "a file of its own")):
        seen: dict[str, dict[str, Any]] = {}
        for table in tables:
            # Some systems take Printed.csv for printed.csv.
            other = seen.setdefault(table[key].lower(), table)
            if other is not table:
                its_own = f"{expected}: table {other['name']} has it"
                wrong(f"{table['name']}.{key}", f'"{table[key]}"', its_own)
    columns = {table["name"]: [each["name"] for each in table["schema"]["fields"]] for table in tables}
    for table in tables:
        for key in table["schema"].get("foreignKeys", []):
            _refer(table["name"], key, columns, wrong)
        writer, needed = COLUMNS.get(table["name"], (table["written_by"], ""))
        if table["written_by"] != writer:
            wrong(f"{table['name']}.written_by", f'"{table["written_by"]}"', f'"{writer}"')
        for name in needed.split():
            if name not in columns[table["name"]]:
                wrong(f"{table['name']}.fields", f'no column "{name}"', "the columns that the engine reads")


def _refer(name: str, key: Mapping[str, Any], columns: Mapping[str, list[str]], wrong: _Wrong) -> None:
    """Bring a foreign key to one form; note one that leads nowhere."""
    reference = key["reference"]
    target = reference["resource"] = reference.get("resource") or name
    if not isinstance(target, str) or target not in columns:
        wrong(f"{name}.foreignKeys", f"no table {json.dumps(target)}", f"one of {', '.join(columns)}")
        return
    fields = reference.get("fields")
    reference["fields"] = fields = [fields] if isinstance(fields, str) else fields
    if not _all(fields, str) or len(fields) != len(key["fields"]) or not set(fields) <= set(columns[target]):
        expected = f"as many columns of {target} as fields"
        wrong(f"{name}.foreignKeys", json.dumps(fields, ensure_ascii=False), expected)
