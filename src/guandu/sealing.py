"""What was typed against the text that it was typed from: prove it once, and seal it with checksums.

The text is needed to verify and to seal. Whether anything changed since is told by the seal alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from guandu import dataset, tables
from guandu.dataset import PLACED
from guandu.reading import ReadingError, read
from guandu.scanning import Found, scan
from guandu.tables import Fault, Faults, Folder, Row, quote

__all__ = ["SEAL", "Verified", "check_seal", "seal", "verify"]

SEAL = "seal"
TEXT = "the text"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a text and its tables agree on: rows of each table, and number expressions of the text.

    >>> print(Verified(53, 81, 120))
    53 printed figures and 81 exclusions stand where they say; they hold all 120 number expressions.
    """

    printed: int
    exclusions: int
    expressions: int

    def __str__(self) -> str:
        """Return the counts in a sentence."""
        return (
            f"{self.printed} printed figures and {self.exclusions} exclusions stand where they say; "
            f"they hold all {self.expressions} number expressions."
        )


class _Place(NamedTuple):
    """Where a row says that its token stands."""

    line: int
    start: int
    end: int
    token: str
    file: str
    row: int

    def fault(self, found: str, expected: str, column: str = "as_printed") -> Fault:
        return Fault(self.file, self.row, column, found, expected, self.line, self.start)


def verify(folder: Folder, text: str) -> Verified:
    """Hold the printed figures and the exclusions against the text that they were typed from.

    Every token stands where its row says and reads as a whole; no two rows overlap; every number expression
    that the scanner finds lies within one row; and the text has the checksum that `sources.csv` prints.
    Raises Faults with row, line and position of everything that disagrees.
    """
    where = tables.root(folder)
    faults = tables.validate(where, ("sources", *_placed(where)))
    if faults:
        raise Faults(faults)
    source, faults = _source(where, text)
    printed, *others = (_places(where, name, source) for name in _placed(where))
    exclusions = [place for other in others for place in other]
    places, found = sorted(printed + exclusions), scan(text)
    lines = text.split("\n")
    for place in printed:
        faults += _misplaced(place, lines) + _unreadable(place)
    for place in exclusions:
        faults += _misplaced(place, lines)
    faults += _overlapping(places) + _left_over(found, places, where)
    if faults:
        raise Faults(faults, outcome="")
    return Verified(len(printed), len(exclusions), len(found))


def _placed(folder: Path) -> list[str]:
    """Return the tables whose rows have a place: the figures, and the exclusions where any are described."""
    figures, *others = PLACED
    return [figures, *(name for name in others if name in tables.names(folder))]


def _source(folder: Path, text: str) -> tuple[str, list[Fault]]:
    """Return the key of the publication that a text is, by its checksum, and a fault where it is none."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    used = {row["source"] for name in _placed(folder) for row in tables.rows(name, folder)}
    known = [
        (number, row["key"], row["sha256"])
        for number, row in enumerate(tables.rows("sources", folder), start=2)
        if row["key"] in used
    ]
    for _, key, sha256 in known:
        if sha256 == digest:
            return key, []
    number, key, sha256 = known[0]
    what = f"{quote(sha256)}, while the text sums to {digest}"
    file = tables.path("sources", folder).name
    return key, [Fault(file, number, "sha256", what, "the checksum of this text")]


def _places(folder: Path, name: str, source: str) -> list[_Place]:
    """Return where the rows of a table say that they stand in a publication."""
    file = tables.path(name, folder).name
    return [
        _Place(
            line=int(row["line"]),
            start=int(row["start"]),
            end=int(row["start"]) + len(row["as_printed"]),
            token=row["as_printed"],
            file=file,
            row=number,
        )
        for number, row in enumerate(tables.rows(name, folder), start=2)
        if row["source"] == source
    ]


def _misplaced(place: _Place, lines: Sequence[str]) -> list[Fault]:
    """Return a fault if a token does not stand where its row says, with where it stands, if it is near."""
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    there, near = line[place.start : place.end], line.find(place.token)
    if there == place.token:
        return []
    hint = f" (the token stands at character {near})" if near >= 0 else ""
    what = f"{quote(there)}, the characters that stand there" if there else "the end of the text"
    return [place.fault(quote(place.token), what + hint)]


def _unreadable(place: _Place) -> list[Fault]:
    """Return a fault if a token reads as no number."""
    try:
        read(place.token)
    except ReadingError as error:
        return [place.fault(quote(place.token), dataset.asked_for(error))]
    return []


def _overlapping(places: Sequence[_Place]) -> list[Fault]:
    """Return a fault for each row that holds characters of the row before it; the places are sorted."""
    return [
        later.fault(f"characters that {one.file}, row {one.row}, holds too", "a place of its own", "start")
        for one, later in pairwise(places)
        if later.line == one.line and later.start < one.end
    ]


def _left_over(found: Iterable[Found], places: Iterable[_Place], folder: Path) -> list[Fault]:
    """Return a fault for each number expression of the text that lies within no row."""
    files = " or ".join(tables.path(name, folder).name for name in _placed(folder))
    expected = f"one row of {files} that holds it"
    held: dict[int, list[_Place]] = {}
    for place in places:
        held.setdefault(place.line, []).append(place)
    return [
        Fault(TEXT, None, "", quote(each.text), expected, each.line, each.start)
        for each in found
        if not any(place.start <= each.start and each.end <= place.end for place in held.get(each.line, ()))
    ]


def _sealed(folder: Path) -> dict[tuple[str, str], tuple[int, str, list[int]]]:
    """Return count, checksum and row numbers of what is sealed, by table and line of the text.

    Figures and exclusions are summed by line, every other hand-typed table as a whole, since nothing else
    would notice a change there. Columns that a build fills are left out.
    """
    groups: dict[tuple[str, str], list[tuple[int, Row]]] = {}
    for name in tables.names(folder, "hand"):
        built = {each["name"] for each in tables.fields(name, folder) if each.get("written_by") == "build"}
        for number, row in enumerate(tables.rows(name, folder), start=2):
            typed = {column: cell for column, cell in row.items() if column not in built}
            line = typed.get("line", "") if name in PLACED else ""
            groups.setdefault((name, line), []).append((number, typed))
    return {
        place: (len(rows), _digest([row for _, row in rows]), [number for number, _ in rows])
        for place, rows in groups.items()
    }


def _digest(rows: Sequence[Mapping[str, str]]) -> str:
    """Return the SHA-256 of rows as canonical JSON: sorted columns, no spaces, UTF-8."""
    canonical = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def seal(folder: Folder, text: str) -> Verified:
    """Write the checksums of what was typed, if it agrees with the text; returns what `verify` does.

    Raises Faults, and writes nothing, while anything disagrees: the text, or a fault that a build would name.
    """
    where = tables.root(folder)
    verified = verify(where, text)
    dataset.prepare(where)
    rows = [
        {"table": name, "line": line, "rows": str(count), "sha256": digest}
        for (name, line), (count, digest, _) in _sealed(where).items()
    ]
    tables.write(SEAL, rows, where)
    return verified


def check_seal(folder: Folder = None) -> None:
    """Hold the hand-typed tables against their seal; the text is not needed.

    Raises Faults where rows and seal disagree, or one of them is missing.
    """
    where = tables.root(folder)
    stored = {(row["table"], row["line"]): row for row in tables.rows(SEAL, where)}
    faults = []
    for (name, line), (count, digest, numbers) in _sealed(where).items():
        row = stored.pop((name, line), None)
        if row is not None and (row["rows"], row["sha256"]) == (str(count), digest):
            continue
        where_to_look = f"rows {numbers[0]} to {numbers[-1]}" if count > 1 else f"row {numbers[0]}"
        what = f"{where_to_look} changed since the seal" if row else f"{where_to_look} never sealed"
        faults.append(_broken(tables.path(name, where).name, numbers[0], what, line))
    faults += [_broken(f"{name}.csv", None, "no row for what was sealed", line) for name, line in stored]
    if faults:
        raise Faults(faults, outcome="")


def _broken(file: str, row: int | None, what: str, line: str) -> Fault:
    """Return a fault of the seal; `line` is a line of the text, or "" for a table summed as a whole."""
    remedy = "what was sealed: restore it, or verify against the text and seal again"
    return Fault(file, row, "", what, remedy, int(line) if line else None)
