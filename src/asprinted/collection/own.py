"""Rows of a reader's own beside those of a collection: in scratch, joined there, and nowhere else.

`notebooks/scratch/own/<table>.csv` has columns of the table whose name it has; those that it leaves out are
empty. A row of it stands in every frame, set and picture whose rule it meets, and says that it is one's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from asprinted.collection import building, published
from asprinted.collection.collection import Collection
from asprinted.collection.facts import Facts
from asprinted.collection.files import Row, table
from asprinted.collection.validating import faults_of
from asprinted.exact.relations import unfit
from asprinted.faults import Fault, Gathered, near, quote
from asprinted.languages import read

__all__ = ["FOLDER", "MINE", "TABLES", "completed", "files", "joined", "sound"]

FOLDER = Path("notebooks", "scratch", "own")
TABLES = ("benchmarks", "benchmark_relations", "published_rates", "derived", "sets")
"""Tables that take rows of one's own: what others print, and what follows from it."""
NEEDED = frozenset("key id as_printed kind formula show form result counts measure where".split())
"""Columns that no row can do without."""
MINE = "mine"
"""The column that marks a row as the reader's own."""


def files(home: Path) -> list[Path]:
    """Return the files of a reader's own in a collection's folder."""
    return sorted((home / FOLDER).glob("*.csv"))


def joined(collection: Collection) -> Collection:
    """Return a collection with the reader's own rows in it; the same one where there are none.

    Raises Faults with every fault of their files: one that is no table of `TABLES`, a column that the table
    has not, a cell that is not of its type, a key that there is already, a token or a formula that cannot be
    read. A column in Chinese may stay empty.
    """
    outcome = "rows of your own were not joined"
    with Gathered(outcome=outcome) as faults:
        rows = {file.stem: sound(collection, file, faults) for file in files(collection.home)}
    if not rows:
        return collection
    other = Collection(collection.home)
    for name, new in rows.items():
        other._rows[name] = [*collection.rows(name), *new]
    if stated := rows.get("published_rates"):
        checks = [{"key": row["key"], **building.checked(published.stated(row))} for row in stated]
        other._rows["published_checks"] = [*collection.rows("published_checks"), *checks]
    with Gathered("derived.csv", outcome) as faults:
        for number, row in enumerate(rows.get("derived", []), start=2):
            with faults.at(row=number, column="formula"):
                _evaluated(other.facts, row["key"])
    return other


def completed(collection: Collection, file: Path) -> list[Row]:
    """Return the rows of a file with every column of its table. Raises Fault where it is no such table."""
    if file.stem not in TABLES or file.stem not in collection.names():
        known = ", ".join(name for name in TABLES if name in collection.names())
        raise Fault.of(f'no table "{file.stem}" that takes rows of your own', f"one of {known}")
    header, *records = table(file)
    rows = (dict(zip(header, each, strict=False)) for each in records)
    described = [each["name"] for each in collection.fields(file.stem)]
    return [{name: row.get(name, "") for name in described} for row in rows]


def sound(collection: Collection, file: Path, faults: Gathered, *, whole: bool = False) -> list[Row]:
    """Return the rows of a file, completed and marked; what is wrong with them is gathered.

    whole: whether they have to fill every column that a row of the table fills.
    """
    place = {"file": f"{FOLDER.name}/{file.name}"}
    with faults.at(**place):
        rows, header = completed(collection, file), table(file)[0]
        fields = collection.fields(file.stem)
        described = [each["name"] for each in fields]
        faults.extend(
            (
                Fault("", 1, name, "no such column", f"one of the table's{near(name, described)}")
                for name in header
                if name not in described
            ),
            **place,
        )
        records = [described, *([*row.values()] for row in rows)]
        kept = described if whole else header
        found = [*faults_of(file.stem, file.name, [_eased(each, kept) for each in fields], records)]
        found += _misread(collection, file.stem, rows)
        faults.extend(found, **place)
        return [{**row, MINE: "yes"} for row in rows]
    return []


def _eased(field: Mapping[str, Any], header: Sequence[str]) -> Mapping[str, Any]:
    """Return a column as one's own rows must keep it: what they can do without they may leave out."""
    name, asked = field["name"], dict(field.get("constraints", {}))
    if name.endswith("_zh") or not (name in header or name in NEEDED):
        asked.pop("required", None)
    if name == "key":
        asked.pop("pattern", None)
    return {**field, "constraints": asked}


def _misread(collection: Collection, name: str, rows: Sequence[Row]) -> Iterable[Fault]:
    """Return what is wrong with rows beyond their schema: keys that there are, and tokens."""
    index, faults = next(iter(rows[0])), Gathered()
    there = {row[index] for row in collection.rows(name)}
    there |= set(collection.facts) if index == "key" else set()
    for number, row in enumerate(rows, start=2):
        if row[index] in there:
            faults.add(quote(row[index]), "a key that no row of the collection has", index, number)
        with faults.at(row=number, column="as_printed"):
            if name == "published_rates":
                published.stated(row)
            is_read = name == "benchmarks" and not row["unread"]
            if is_read and (misnamed := unfit(read(row["as_printed"]), row["kind"])):
                raise misnamed
    return faults


def _evaluated(facts: Facts, key: str) -> None:
    try:
        facts[key]
    except LookupError as error:
        raise Fault.of(str(error.args[0]), "a formula over facts that there are") from None
