"""The tables of a collection: where they are, what describes them, and their rows as they are written.

A collection is a folder with `data/datapackage.json`. That file describes every table, and nothing about a
table is known here that it does not say.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from asprinted.collection import describing
from asprinted.collection.files import Row, as_csv, header_faults, replace, table, type_faults
from asprinted.faults import Fault, Faults, Gathered, near
from asprinted.prose.writing import LANGUAGES, Language

__all__ = ["DESCRIPTOR", "CollectionNotFound", "Tables", "find"]

DESCRIPTOR = Path("data", "datapackage.json")


class CollectionNotFound(FileNotFoundError):  # noqa: N818 - it says what is missing
    """No folder with `data/datapackage.json` here or above."""


def find(start: str | os.PathLike[str] | None = None) -> Path:
    """Return the nearest folder, from `start` (default: here) upwards, that holds `data/datapackage.json`.

    Raises CollectionNotFound with the folder where the search began and what to do.
    """
    begin = (Path(start) if start is not None else Path.cwd()).resolve()
    for folder in (begin, *begin.parents):
        if (folder / DESCRIPTOR).is_file():
            return folder
    raise CollectionNotFound(
        f"no data folder found: looked for {DESCRIPTOR.as_posix()} in {begin} and in every folder above it. "
        "Run the command inside a copy of the project."
    )


class Tables:
    """The tables of one collection, read when they are asked for and then remembered.

    Whoever writes a table makes a new object to see it.
    """

    def __init__(self, home: str | os.PathLike[str]) -> None:
        """Take the collection's own folder; raise CollectionNotFound where it is none."""
        self.home = Path(home).resolve()
        if not (self.home / DESCRIPTOR).is_file():
            raise CollectionNotFound(f"no data folder found: {DESCRIPTOR.as_posix()} is not in {self.home}.")
        self._rows: dict[str, list[Row]] = {}

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        """The data package's descriptor as it stands in the file; do not change it.

        Raises Faults with everything that is wrong in it.
        """
        return describing.read(self.home / DESCRIPTOR)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that the collection speaks: both, if its description does not name one."""
        named = self.descriptor.get("asprinted", {}).get("languages", LANGUAGES)
        return tuple(each for each in LANGUAGES if each in named)

    def names(self, written_by: str | None = None) -> list[str]:
        """Return the names of the described tables in order: all, or those `written_by` one."""
        resources = self.descriptor["resources"]
        return [each["name"] for each in resources if written_by in (None, each["written_by"])]

    def resource(self, name: str) -> dict[str, Any]:
        """Return the descriptor of one table; raises Faults where none has that name."""
        for described in self.descriptor["resources"]:
            if described["name"] == name:
                return dict(described)
        found = f'no table "{name}"{near(name, self.names())}'
        raise Faults([Fault(DESCRIPTOR.name, None, "", found, f"one of {', '.join(self.names())}")])

    def fields(self, name: str) -> list[dict[str, Any]]:
        """Return the described columns of one table, in order."""
        return list(self.resource(name)["schema"]["fields"])

    def path(self, name: str) -> Path:
        """Return the file of one table."""
        return self.home / DESCRIPTOR.parent / str(self.resource(name)["path"])

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table as they are written, every cell a string.

        Raises Faults where the file cannot be read as a table: missing, not UTF-8, empty, uneven, without a
        column that is described, or with a number or date that is none.
        """
        if name not in self._rows:
            self._rows[name] = _rows(self.path(name), self.fields(name))
        return self._rows[name]

    def rows_if_described(self, name: str) -> list[Row]:
        """Return the rows of a table, none where the collection has no such table."""
        return self.rows(name) if name in self.names() else []

    def as_csv(self, name: str, rows: Sequence[Mapping[str, str]]) -> str:
        """Return rows as the text of a table's file, described columns first. Raises Faults as `as_csv`."""
        return as_csv(self.path(name).name, [field["name"] for field in self.fields(name)], rows)

    def write(self, name: str, rows: Sequence[Mapping[str, str]]) -> bool:
        """Write a table beside its file and rename it; return whether it changed. Raises as `as_csv` does."""
        self._rows.pop(name, None)
        return bool(replace({self.path(name): self.as_csv(name, rows)}))


def _rows(file: Path, described: Sequence[Mapping[str, Any]]) -> list[Row]:
    with Gathered(file.name, "it was not read") as faults:
        header, *records = table(file)
        for number, record in enumerate(records, start=2):
            if len(record) != len(header):
                faults.add(f"{len(record)} cells", f"{len(header)} cells, as in the header", row=number)
        faults.extend(header_faults(header, described))
        faults.extend(type_faults([header, *records], {each["name"]: each["type"] for each in described}))
    return [dict(zip(header, record, strict=True)) for record in records]
