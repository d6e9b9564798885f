"""A collection as an object: its folder, tables, facts and checks, and the words of its notebooks."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path

from asprinted.collection import building, machine, sealing, wording
from asprinted.collection.building import Written
from asprinted.collection.derived import Function
from asprinted.collection.fact import JOIN, Fact
from asprinted.collection.facts import Facts
from asprinted.collection.files import Row, replace, stored
from asprinted.collection.ledger import LedgerRow, ledger
from asprinted.collection.sealing import Verified
from asprinted.collection.tables import DESCRIPTOR, Tables, find
from asprinted.collection.wording import Heading, Words
from asprinted.exact import verdicts
from asprinted.exact.expressions import Formula, admitted
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Relation, unfit
from asprinted.exact.verdicts import Check
from asprinted.faults import Fault, Faults, near, refuse
from asprinted.languages import read


class Collection(Tables):
    """A folder with tables that say what a text prints, and everything that follows from them."""

    def __init__(self, home: str | os.PathLike[str]) -> None:
        """Take the collection's own folder; raise CollectionNotFound where it is none."""
        super().__init__(home)
        self._checks: dict[str, Check] = {}
        self._words: dict[tuple[str, int, int], Words] = {}

    @classmethod
    def find(cls, start: str | os.PathLike[str] | None = None) -> Collection:
        """Return the nearest collection from `start` (default: here) upwards; CollectionNotFound if none."""
        return cls(find(start))

    # ------------------------------------------------------------------------------------ facts and checks

    @cached_property
    def functions(self) -> Mapping[str, Function]:
        """The algorithms of the collection's own package, which its data package names; none if it has none.

        Raises Faults where that package cannot be imported or registers nothing.
        """
        named = self.descriptor.get("asprinted", {}).get("functions", "")
        if not named:
            return {}
        expected = "a package with FUNCTIONS"
        try:
            functions = import_module(named).FUNCTIONS
        # It is the collection's own code, which may fail as it likes.
        except Exception as error:
            found = f'"{named}" ({type(error).__name__}: {error})'
            raise Faults([Fault(DESCRIPTOR.name, None, "functions", found, expected)]) from error
        if not isinstance(functions, Mapping) or not all(map(callable, functions.values())):
            found = f'"{named}", whose FUNCTIONS are no functions by name'
            raise Faults([Fault(DESCRIPTOR.name, None, "functions", found, expected)])
        return functions

    @cached_property
    def facts(self) -> Facts:
        """Every fact by key: printed here, printed elsewhere, derived, and rates formed by rule."""
        return Facts(self.rows_if_described, self.functions)

    def __getitem__(self, key: str) -> Fact:
        """Return a fact by its key; KeyError with the nearest key, UnusableError, or Fault as `Facts`."""
        return self.facts[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is a fact of that key."""
        return key in self.facts

    def __iter__(self) -> Iterator[str]:
        """Yield the key of every fact."""
        return iter(self.facts)

    @cached_property
    def _relation_rows(self) -> dict[str, tuple[str, dict[str, str]]]:
        return {
            row["id"]: (table, row)
            for table in ("relations", "benchmark_relations")
            for row in self.rows_if_described(table)
        }

    def relations(self, table: str = "relations") -> list[str]:
        """Return the ids of the relations of a table, in its order: `relations` or `benchmark_relations`."""
        return [name for name, (stands_in, _) in self._relation_rows.items() if stands_in == table]

    def relation_row(self, name: str) -> dict[str, str]:
        """Return a relation's row as typed; KeyError, naming the nearest id, where there is none."""
        if name not in self._relation_rows:
            raise KeyError(f"no relation {name!r}{near(name, self._relation_rows)}")
        return dict(self._relation_rows[name][1])

    def relation(self, name: str) -> Relation:
        """Return a relation by its id; KeyError as for its row."""
        row = self.relation_row(name)
        printed, parts, wholes = (
            [self.facts.typed.printed(key) for key in row.get(column, "").split(JOIN) if key]
            for column in ("printed_key", "part_key", "whole_key")
        )
        return building.related(row, printed, parts, wholes)

    def check(self, name: str) -> Check:
        """Return what the audit finds on a relation; KeyError as for its row."""
        if name not in self._checks:
            self._checks[name] = verdicts.check(self.relation(name))
        return self._checks[name]

    @property
    def headline(self) -> list[tuple[Mapping[str, str], Check]]:
        """The relations that stand first, each with its row, in the order that the table declares."""
        rows = [self.relation_row(one) for one in self.relations()]
        first = sorted((row for row in rows if row.get("headline")), key=lambda row: int(row["headline"]))
        return [(row, self.check(row["id"])) for row in first]

    @cached_property
    def ledger(self) -> tuple[LedgerRow, ...]:
        """Every check of the collection, in the order of their numbers."""
        return ledger(self, {name: self.check(name) for name in self.relations()})

    def supposed(self, tokens: Mapping[str, str]) -> Collection:
        """Return the collection as it would be with other tokens for some of its printed figures, by key.

        Nothing is written. Raises KeyError for no printed figure, and Fault for a token that cannot be read,
        or is not of the figure's kind.
        """
        for key, token in tokens.items():
            if misnamed := unfit(read(token), self.facts.typed.row(key)["kind"]):
                raise misnamed
        other = Collection(self.home)
        other._words = self._words
        for table in ("printed", "benchmarks"):
            other._rows[table] = [
                {**row, "as_printed": tokens.get(row["key"], row["as_printed"])}
                for row in self.rows_if_described(table)
            ]
        other._rows["crosschecks"] = list(map(other._decided, self.rows_if_described("crosschecks")))
        if sealing.SEAL in self.names():
            # That a supposed token was never sealed says nothing about it.
            other._rows[sealing.SEAL] = sealing.sealed(other)
        return other

    def _decided(self, row: Row) -> Row:
        """Return a crosscheck with the outcome that these figures give it."""
        left, right = (
            [Formula(text).interval(self._worded) for text in row[side].split(JOIN) if text]
            for side in ("left", "right")
        )
        return {**row, "outcome": building.outcome(row, left, right)}

    def _worded(self, key: str) -> Interval:
        return admitted(self.facts.typed.printed(key))

    # --------------------------------------------------------------------------------------------- words

    @property
    def notebooks(self) -> list[Path]:
        """The notebooks of the collection, in reading order; scratch ones are none of it."""
        return sorted((self.home / "notebooks").glob("[0-9][0-9]_*.ipynb"))

    @property
    def words_folder(self) -> Path:
        """Where the words of the notebooks stand."""
        return self.home / "notebooks" / "words"

    @cached_property
    def exceptions(self) -> wording.Exceptions:
        """The exact phrases that type no figure, and that claim nothing. Raises Faults."""
        return wording.exceptions(self.words_folder)

    @cached_property
    def headings(self) -> Mapping[str, Heading]:
        """What the columns of frames are called. Raises Faults."""
        return wording.headings(self.words_folder)

    def words(self, notebook: str) -> Words:
        """Return the words of a notebook; none for one without a file of words.

        Raises Faults with everything that is wrong in the file.
        """
        file = self.words_folder / f"{notebook}.toml"
        if not os.path.lexists(file):
            return Words(file.name, {}, {}, there=False)
        told = file.stat() if file.exists() else file.lstat()
        state = (notebook, told.st_mtime_ns, told.st_size)
        if state not in self._words:
            self._words[state] = self._read(file)
        return self._words[state]

    def _read(self, file: Path) -> Words:
        sources = {row["key"] for row in self.rows_if_described("sources")}
        read = wording.read(file, self.exceptions, sources, self.languages)
        refuse(wording.check_apart(read, self.rows_if_described("apart")), "nothing was said")
        return read

    # ------------------------------------------------------------------------------------ build and seal

    def prepare(self) -> dict[Path, str]:
        """Return the text of every file that is built; Faults with every fault of every typed table."""
        return building.prepare(self, self.facts)

    def require_sound(self) -> None:
        """Raise Faults with every fault of every typed table; a collection may have none of figures."""
        if "printed" in self.names():
            self.prepare()

    def build(self) -> list[Written]:
        """Build every table from the typed ones, and the dictionary; all or nothing. Raises as `prepare`."""
        texts = self.prepare()
        changed = replace(texts)
        return [Written(file.name, file in changed) for file in texts]

    def fresh(self) -> None:
        """Hold every built file against what a build would write now; Faults with each difference."""
        pairs = [(file.name, stored(file), text) for file, text in self.prepare().items()]
        refuse((fault for pair in pairs for fault in building.compare(*pair)), "run `asprinted build`")

    def verify(self, text: str) -> Verified:
        """Hold tokens, their places, and what a machine found against the text; Faults if they disagree."""
        verified = sealing.verify(self, text)
        refuse(machine.stale(self, text), "run `asprinted verify ARTICLE --seal`")
        return verified

    def seal(self, text: str | None = None) -> Verified | None:
        """Seal what was typed: with the text everything, without it what needs none. Raises Faults."""
        self.prepare()
        return sealing.seal(self, text)

    def check_seal(self) -> None:
        """Hold the typed tables against their seal; Faults where they disagree."""
        sealing.check_seal(self)
