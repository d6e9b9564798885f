"""What was typed, sealed with checksums: what only the text settles is proven against it, the rest is not.

A token, its line and its place are settled by the text alone: to seal them, the text is needed. Everything
else that is typed (labels, notes, figures of other publications, formulas) is sealed without it, so that
anyone can add a row. Whether anything changed since is told by the seal alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from asprinted.audit.findings import checksum
from asprinted.chinese.scanning import Span
from asprinted.collection import machine
from asprinted.collection.building import PLACED
from asprinted.collection.files import Row
from asprinted.collection.tables import Tables
from asprinted.collection.validating import validate
from asprinted.faults import Fault, Faults, Gathered, quote, refuse
from asprinted.languages import numbers, read

__all__ = ["SEAL", "SETTLED", "Verified", "check_seal", "seal", "verify"]

SEAL = "seal"
TEXT = "the text"
SETTLED = ("source", "line", "start", "as_printed")
"""The columns of a placed table that the text alone settles."""


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


class _TextPlace(NamedTuple):
    """Where a row says that its token stands."""

    line: int
    start: int
    end: int
    token: str
    file: str
    row: int

    def fault(self, found: str, expected: str, column: str = "as_printed") -> Fault:
        return Fault(self.file, self.row, column, found, expected, self.line, self.start)


def verify(tables: Tables, text: str) -> Verified:
    """Hold the printed figures and the exclusions against the text that they were typed from.

    Every token stands where its row says and reads as a whole; no two rows overlap; every number expression
    that the scanner finds lies within one row; and the text has the checksum that `sources.csv` prints.
    Raises Faults with row, line and position of everything that disagrees.
    """
    refuse(validate(tables, ("sources", *_placed(tables))))
    digest = checksum(text)
    number, source = _source(tables, digest)
    printed, *others = (_places(tables, name, source["key"]) for name in _placed(tables))
    exclusions = [place for other in others for place in other]
    places, found = sorted(printed + exclusions), numbers(text)
    lines = text.split("\n")
    with Gathered(tables.path("sources").name, outcome="") as faults:
        if source["sha256"] != digest:
            what = f"{quote(source['sha256'])}, while the text sums to {digest}"
            faults.add(what, "the checksum of this text", "sha256", number)
        for place in printed:
            faults.extend(_misplaced(place, lines))
            faults.extend(_unreadable(place))
        for place in exclusions:
            faults.extend(_misplaced(place, lines))
        faults.extend(_overlapping(places))
        faults.extend(_left_over(found, places, tables))
    return Verified(len(printed), len(exclusions), len(found))


def _placed(tables: Tables) -> list[str]:
    """Return the tables whose rows have a place: the figures, and the exclusions where any are described."""
    figures, *others = PLACED
    return [figures, *(name for name in others if name in tables.names())]


def _source(tables: Tables, digest: str) -> tuple[int, Row]:
    """Return the publication of a checksum with its row; where none has it, the first that rows are from."""
    used = {row["source"] for name in _placed(tables) for row in tables.rows(name)}
    known = [each for each in enumerate(tables.rows("sources"), start=2) if each[1]["key"] in used]
    if not known:
        file = tables.path("printed").name
        raise Faults([Fault(file, None, "source", "no publication of sources.csv", "the key of one")])
    return next((each for each in known if each[1]["sha256"] == digest), known[0])


def _places(tables: Tables, name: str, source: str) -> list[_TextPlace]:
    """Return where the rows of a table say that they stand in a publication."""
    file = tables.path(name).name
    rows = [each for each in enumerate(tables.rows(name), start=2) if each[1]["source"] == source]
    spans = [(int(row["start"]), row["as_printed"]) for _, row in rows]
    return [
        _TextPlace(int(row["line"]), start, start + len(token), token, file, number)
        for (number, row), (start, token) in zip(rows, spans, strict=True)
    ]


def _misplaced(place: _TextPlace, lines: Sequence[str]) -> Iterator[Fault]:
    """Yield a fault if a token does not stand where its row says, with where it stands, if it is near."""
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    there, near = line[place.start : place.end], line.find(place.token)
    if there != place.token:
        hint = f" (the token stands at character {near})" if near >= 0 else ""
        what = f"{quote(there)}, the characters that stand there" if there else "the end of the text"
        yield place.fault(quote(place.token), what + hint)


def _unreadable(place: _TextPlace) -> Iterator[Fault]:
    """Yield a fault if a token reads as no number."""
    try:
        read(place.token)
    except Fault as fault:
        yield place.fault(quote(place.token), fault.expected)


def _overlapping(places: Sequence[_TextPlace]) -> Iterator[Fault]:
    """Yield a fault for each row that holds characters of the row before it; the places are sorted."""
    for one, later in pairwise(places):
        if later.line == one.line and later.start < one.end:
            found = f"characters that {one.file}, row {one.row}, holds too"
            yield later.fault(found, "a place of its own", "start")


def _left_over(found: Iterable[Span], places: Iterable[_TextPlace], tables: Tables) -> Iterator[Fault]:
    """Yield a fault for each number expression of the text that lies within no row."""
    files = " or ".join(tables.path(name).name for name in _placed(tables))
    expected = f"one row of {files} that holds it"
    held: dict[int, list[_TextPlace]] = {}
    for place in places:
        held.setdefault(place.line, []).append(place)
    for each in found:
        begin, end = each.column, each.column + len(each.text)
        if not any(place.start <= begin and end <= place.end for place in held.get(each.line, ())):
            yield Fault(TEXT, None, "", quote(each.text), expected, each.line, begin)


class _Checksum(NamedTuple):
    """What is sealed together: how many rows, their checksum, and their numbers in the file."""

    rows: int
    sha256: str
    numbers: list[int]


def _sums(tables: Tables) -> dict[tuple[str, str], _Checksum]:
    """Return what is sealed, by table and line of the text; the line is "" where no text is needed.

    Columns that a build fills are left out.
    """
    groups: dict[tuple[str, str], list[tuple[int, Mapping[str, str]]]] = {}
    for name in (*tables.names("hand"), *_from_text(tables)):
        built = {each["name"] for each in tables.fields(name) if each.get("written_by") == "build"}
        settled = SETTLED if name in PLACED else ()
        for number, row in enumerate(tables.rows(name), start=2):
            rest = {column: cell for column, cell in row.items() if column not in {*built, *settled}}
            groups.setdefault((name, ""), []).append((number, rest))
            if settled:
                placed = {column: row[column] for column in settled}
                groups.setdefault((name, row["line"]), []).append((number, placed))
    return {
        place: _Checksum(len(rows), _digest([row for _, row in rows]), [number for number, _ in rows])
        for place, rows in groups.items()
    }


def _digest(rows: Sequence[Mapping[str, str]]) -> str:
    """Return the SHA-256 of rows as canonical JSON: sorted columns, no spaces, UTF-8."""
    canonical = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def seal(tables: Tables, text: str | None = None) -> Verified | None:
    """Write the checksums of what was typed: all of them with the text, else those that need none.

    With the text, what a machine finds in it is written first. Returns what `verify` does, None without a
    text. Raises Faults, and writes nothing, while what was typed disagrees with the text, or, without it,
    with what was sealed of tokens and their places.
    """
    verified = None if text is None else verify(tables, text)
    if text is None:
        _require_seal(tables)
        refuse(fault for place, fault in _broken(tables) if _needs_text(tables, place))
    else:
        for name, found in machine.rows(tables, text).items():
            tables.write(name, found)
    tables.write(SEAL, sealed(tables))
    return verified


def sealed(tables: Tables) -> list[Row]:
    """Return the rows of the seal of what is typed now."""
    return [
        {"table": name, "line": line, "rows": str(found.rows), "sha256": found.sha256}
        for (name, line), found in _sums(tables).items()
    ]


def check_seal(tables: Tables) -> None:
    """Hold the hand-typed tables against their seal; the text is not needed.

    Raises Faults where rows and seal disagree, or one of them is missing.
    """
    _require_seal(tables)
    refuse((fault for _, fault in _broken(tables)), outcome="")


def _require_seal(tables: Tables) -> None:
    """Raise Faults where the seal is no table as it is described, or holds two rows for one thing."""
    outcome = "run `asprinted verify ARTICLE --seal` to write it anew"
    refuse(validate(tables, [SEAL]), outcome)
    seen: dict[tuple[str, str], int] = {}
    with Gathered(tables.path(SEAL).name, outcome) as faults:
        for number, row in enumerate(tables.rows(SEAL), start=2):
            first = seen.setdefault((row["table"], row["line"]), number)
            if first != number:
                expected = f"one row for each table and line (row {first} has it)"
                found = quote(", ".join(filter(None, (row["table"], row["line"]))))
                faults.add(found, expected, "table, line", number)


def _broken(tables: Tables) -> Iterator[tuple[tuple[str, str], Fault]]:
    """Yield where typed rows and their seal disagree, with what mends it."""
    stored = {(row["table"], row["line"]): row for row in tables.rows(SEAL)}
    for place, (count, digest, rows) in _sums(tables).items():
        row = stored.pop(place, None)
        if row is not None and (row["rows"], row["sha256"]) == (str(count), digest):
            continue
        where = f"rows {rows[0]} to {rows[-1]}" if count > 1 else f"row {rows[0]}"
        what = f"{where} changed since the seal" if row else f"{where} never sealed"
        yield place, _unsealed(tables, place, rows[0], what)
    for place in stored:
        yield place, _unsealed(tables, place, None, "no row for what was sealed")


def _needs_text(tables: Tables, place: tuple[str, str]) -> bool:
    """Whether the text alone settles what is sealed for a table and a line ("" for none)."""
    return bool(place[1]) or place[0] in _from_text(tables)


def _from_text(tables: Tables) -> list[str]:
    """Return the tables that are written from the text as a whole."""
    return [name for name in tables.names(SEAL) if name != SEAL]


def _unsealed(tables: Tables, place: tuple[str, str], row: int | None, what: str) -> Fault:
    """Return a fault of the seal for a table and a line of the text."""
    with_text = "verify ARTICLE --seal` with the article's text"
    seal_again = with_text if _needs_text(tables, place) else "seal` once the change is meant"
    remedy = f"what was sealed: restore it, or run `asprinted {seal_again}"
    file = tables.path(place[0]).name if place[0] in tables.names() else f"{place[0]}.csv"
    return Fault(file, row, "", what, remedy, int(place[1]) if place[1] else None)
