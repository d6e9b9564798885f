"""What a run over many texts has done, on disk beside its output, so that an interrupt loses nothing.

A text is known by its place and the checksum of its bytes; what an audit found stands once under the checksum
of the text, so that one text twice is audited once and counted once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from asprinted.audit.findings import Counts
from asprinted.corpus.sources import Item
from asprinted.faults import Fault

__all__ = ["SUMMARY", "Journal", "Outcome"]

EVERY = 16
"""Texts after which what was done is put on disk."""

_COUNTS = Counts._fields
_MADE = f"""
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE texts (place TEXT PRIMARY KEY, name TEXT, digest TEXT, sha256 TEXT, fault TEXT, turn INTEGER);
CREATE INDEX digests ON texts (digest);
CREATE INDEX sums ON texts (sha256, turn);
CREATE INDEX turns ON texts (turn);
CREATE TABLE audits (sha256 TEXT PRIMARY KEY, characters INTEGER, {", ".join(_COUNTS)}, made BLOB);
CREATE VIEW firsts AS SELECT sha256, MIN(turn) AS turn FROM texts WHERE sha256 != '' GROUP BY sha256;
"""

# What was audited stands with the first text of those that are the same; the others have no counts.
_JOINED = """texts LEFT JOIN firsts USING (sha256)
LEFT JOIN audits ON audits.sha256 = texts.sha256 AND texts.turn = firsts.turn WHERE texts.turn IS NOT NULL"""

SUMMARY = (
    *("text_id", "place", "characters", "found", "read", "related", "testable", "tested", "flagged"),
    *("sure", "likely", "same_as", "fault", "sha256"),
)
"""The columns of a summary, a row a text; `sure` and `likely` are the flags of each level."""


class Outcome(NamedTuple):
    """What the audit of a text found: its checksum, length and counts, and what is written of it."""

    sha256: str
    characters: int
    counts: Counts
    made: bytes


class Journal:
    """The journal of one run, held by it alone; it is kept on disk until `done` takes it away."""

    def __init__(self, file: Path, about: Mapping[str, str], *, resume: bool) -> None:
        """Begin one, or take up what stands there. Raises Fault where another run holds it, or began it."""
        self.file, self._held = file, 0
        if file.exists() and not resume:
            found = "what an interrupted run has done"
            raise Fault.of(found, "--resume, which goes on from there, or this file removed").at(
                file=file.name
            )
        with self._told():
            self._base = sqlite3.connect(file, isolation_level="DEFERRED", timeout=0)
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA synchronous = NORMAL")
            if not self._base.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
                self._base.executescript(f"BEGIN EXCLUSIVE; {_MADE} COMMIT;")
                self._base.executemany("INSERT INTO about VALUES (?, ?)", about.items())
            self._refuse_another(about)
            # A text that was refused may have been mended since; what is not met again is not told again.
            self._base.execute("DELETE FROM texts WHERE fault != ''")
            self._base.execute("UPDATE texts SET turn = NULL")
            self._base.commit()

    def __enter__(self) -> Journal:
        """Keep what is done."""
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        """Put on disk what was done, whatever ended the run."""
        # What the disk does not take any more was told already; what it took before is there.
        with suppress(sqlite3.Error):
            self._base.commit()
        self._base.close()

    def _refuse_another(self, about: Mapping[str, str]) -> None:
        begun = dict(self._base.execute("SELECT name, value FROM about"))
        for name, value in about.items():
            if begun.get(name) != value:
                found = f"a run that was begun with {name} {begun.get(name)}"
                raise Fault.of(found, f"one with {value}: remove the file to begin anew").at(
                    file=self.file.name
                )

    def knows(self, item: Item, turn: int) -> bool:
        """Return whether the same bytes were done before, here or elsewhere; if so, that is kept."""
        with self._told():
            sql = "SELECT sha256 FROM texts WHERE digest = ? AND digest != '' AND sha256 != ''"
            if twin := self._base.execute(sql, (item.digest,)).fetchone():
                self._keep(item, turn, twin[0], "")
            return bool(twin)

    def keep(self, item: Item, turn: int, outcome: Outcome | str) -> None:
        """Keep what came of a text: what was found, or in words why it was refused."""
        with self._told():
            if isinstance(outcome, str):
                self._keep(item, turn, "", outcome)
                return
            values = (outcome.sha256, outcome.characters, *outcome.counts, outcome.made)
            marks = ", ".join("?" * len(values))
            self._base.execute(f"INSERT OR IGNORE INTO audits VALUES ({marks})", values)
            # Last, since the two go to the disk together.
            self._keep(item, turn, outcome.sha256, "")

    def _keep(self, item: Item, turn: int, sha256: str, fault: str) -> None:
        values = (item.place, item.name, item.digest, sha256, fault, turn)
        self._base.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?, ?)", values)
        self._held += 1
        if self._held % EVERY == 0:
            self._base.commit()

    def made(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield name and checksum of each text that was audited, and what is written of it, once."""
        sql = f"SELECT name, texts.sha256, made FROM {_JOINED} AND made IS NOT NULL ORDER BY texts.turn"
        with self._told():
            # Not the cursor itself, which would be closed after its journal where this is left early.
            yield from map(tuple, self._base.execute(sql))

    def summary(self) -> Iterator[dict[str, str | int | None]]:
        """Yield a row a text, the worst first; what is the same as another, or not read, stands last."""
        twin = (
            "(SELECT place FROM texts AS other WHERE texts.turn > firsts.turn AND other.turn = firsts.turn)"
        )
        sql = (
            f"SELECT name, place, {', '.join(SUMMARY[2:9])}, contradicted, flagged - contradicted, "
            f"IFNULL({twin}, ''), fault, texts.sha256 FROM {_JOINED} "
            "ORDER BY made IS NULL, contradicted DESC, flagged DESC, texts.turn"
        )
        with self._told():
            for row in self._base.execute(sql):
                yield dict(zip(SUMMARY, row, strict=True))

    def totals(self) -> dict[str, int]:
        """Return how many texts there are, are refused, the same as another, of one name; and all counts."""
        sums = {name: f"SUM({name})" for name in _COUNTS} | {
            "texts": "COUNT(*)",
            "refused": "SUM(fault != '')",
        }
        sums["twice"] = "SUM(fault = '' AND made IS NULL)"
        sums["named"] = "COUNT(made) - COUNT(DISTINCT CASE WHEN made IS NOT NULL THEN name END)"
        with self._told():
            found = self._base.execute(f"SELECT {', '.join(sums.values())} FROM {_JOINED}").fetchone()
        return {name: number or 0 for name, number in zip(sums, found, strict=True)}

    def done(self) -> None:
        """Take the journal away: what it holds is written."""
        self.file.unlink()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what is wrong with the journal's file, or with the disk that it lies on."""
        try:
            yield
        except sqlite3.Error as error:
            raise _fault(getattr(error, "sqlite_errorname", ""), str(error)).at(file=self.file.name) from None


def _fault(name: str, said: str) -> Fault:
    if name.startswith("SQLITE_BUSY"):
        return Fault.of("a journal that another run is writing", "one run at a time for an output")
    if name in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
        return Fault.of("a damaged journal", "this file removed, to begin anew")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        found = f"a disk that takes no more ({said})"
        return Fault.of(
            found, "room on it; what was done until then is kept, and --resume goes on from there"
        )
    return Fault.of(f"a journal that cannot be written ({said})", "a folder to write in")
