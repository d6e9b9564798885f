"""From what was typed to what is read: build the tables, and load them.

The hand-typed tables say what is printed, where, and what should follow from what. Everything else is
computed from them, and is written only when no table has a fault. Nothing here knows the article: tables,
columns, sections and keys come from the collection's own files.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import NamedTuple

from guandu import audit, crosschecks, dictionary, tables
from guandu.audit import Check, Printed, Relation
from guandu.findings import rounded
from guandu.intervals import Interval
from guandu.reading import Reading, ReadingError, read
from guandu.tables import Fault, Faults, Folder, Row, quote

__all__ = [
    "Dataset",
    "UnusableError",
    "Written",
    "build",
    "compare",
    "fresh",
    "load",
    "prepare",
    "statistic",
    "usable",
]

# Table of figures → table of its relations → table of their verdicts.
FIGURES = {"printed": ("relations", "checks"), "benchmarks": ("benchmark_relations", "benchmark_checks")}
PLACED = ("printed", "exclusions")
UNREAD = "not for the reader"
UNVERIFIED = "not verified"
UNSHOWN = "not for notebooks"
JOIN = ";"
DURATIONS = {"century", "year", "quarter", "month", "week", "day", "working day", "hour", "minute", "second"}
CURRENCIES = {"CNY", "jiao", "USD", "EUR", "HKD", "JPY", "GBP"}
RESULT_KINDS = {"share": "rate", "mean": "mean", "change": "change", "divisor": "mean"}


class Written(NamedTuple):
    """A file that a build stands for: its name, its rows (lines, for prose), whether it changed on disk."""

    name: str
    rows: int
    changed: bool


# ------------------------------------------------------------------------------------------------- figures


def _is_whole(reading: Reading) -> bool:
    return all(
        end is None or Fraction(end).denominator == 1 for end in (reading.value, reading.low, reading.high)
    )


def _is_quantity(reading: Reading) -> bool:
    return reading.form in ("number", "range")


# Kind of a figure → what its words must be, and whether a reading is that.
FORMS: dict[str, tuple[str, Callable[[Reading], bool]]] = {
    "count": (
        "whole things, such as 1234件: no share, rank, span of time or sum of money",
        lambda reading: (
            _is_quantity(reading) and _is_whole(reading) and reading.unit_en not in DURATIONS | CURRENCIES
        ),
    ),
    "rate": (
        "a share, such as 12.34%",
        lambda reading: reading.form == "share" or reading.unit_en == "share",
    ),
    "mean": ("a quantity, such as 56件", _is_quantity),
    "change": ("a share or a quantity, such as 12.34% or 20天", lambda reading: reading.form != "ordinal"),
    "rank": ("a rank, such as 第一位", lambda reading: reading.form == "ordinal"),
    "duration": (
        "a span of time, such as 20天",
        lambda reading: _is_quantity(reading) and reading.unit_en in DURATIONS,
    ),
    "money": (
        "a sum of money, such as 50万元",
        lambda reading: _is_quantity(reading) and reading.unit_en in CURRENCIES,
    ),
}


def _decimal(number: Decimal | Fraction | None) -> str:
    """Write an exact decimal without exponent or idle zeros; "" for None. ValueError where none is finite."""
    if number is None:
        return ""
    if isinstance(number, Fraction):
        raise ValueError(f"{number}, which no finite decimal writes")
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def statistic(row: Mapping[str, str]) -> Row:
    """Return the row of the cleaned dataset that a row of `printed.csv` gives.

    Raises ReadingError if the token cannot be read, ValueError if no finite decimal writes its value.

    >>> row = statistic({"key": "police_disputes", "as_printed": "1.76万余件", "unit_en": "dispute"})
    >>> row["value"], row["low"], row["high"], row["bounds"], row["step"], row["hedge"], row["unit"]
    ('17600', '17600', '17700', '[)', '100', '余', '件')
    """
    reading = read(row["as_printed"])
    left_out = {"line", "start", "scope", "note"}
    return {
        **{column: cell for column, cell in row.items() if column not in left_out},
        "value": _decimal(reading.value),
        "low": _decimal(reading.low),
        "high": _decimal(reading.high),
        "bounds": reading.bounds,
        "step": _decimal(reading.step),
        "hedge": reading.hedge,
        "unit": reading.unit,
        "unit_en": row.get("unit_en") or reading.unit_en,
    }


class _Rows:
    """The rows of one table with their numbers in the file, and the faults found in them."""

    def __init__(self, name: str, folder: Path, known: Iterable[Fault]) -> None:
        """Read a table; rows that already have faults, and unreadable tables, are left out."""
        self.file = tables.path(name, folder).name
        self.faults: list[Fault] = []
        mine = [fault for fault in known if fault.file == self.file]
        # Of a table that is damaged as a whole nothing more can be said that would help.
        self.damaged = any(fault.row in (None, 1) or not fault.column for fault in mine)
        # A name that another table uses may be missing because it is mistyped here.
        self.keys_doubtful = self.damaged or any(fault.column == "key" for fault in mine)
        bad = {fault.row for fault in mine}
        every = [] if self.damaged else list(enumerate(tables.rows(name, folder), start=2))
        self.rows = [(number, row) for number, row in every if number not in bad]
        self.all = [row for _, row in every]

    def fault(self, number: int, column: str, found: str, expected: str) -> None:
        """Note a fault of one cell."""
        self.faults.append(Fault(self.file, number, column, found, expected))


class _Collection:
    """A collection under construction: its hand-typed tables, what they say, and every fault found."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        described = tables.names(folder)
        typed = tables.names(folder, "hand")
        schema = tables.validate(folder, typed)
        self.tables = {name: _Rows(name, folder, schema) for name in typed}
        self.described = set(described)
        self.figures: dict[str, dict[str, Printed]] = {}
        self.relations: dict[str, list[tuple[Row, Relation]]] = {}
        self.outcomes: list[Row] = []
        for name in FIGURES:
            if name in self.tables:
                self.figures[name] = dict(self._figures(self.tables[name]))
        self._places()
        for name, (relations, _) in FIGURES.items():
            if relations in self.tables:
                self.relations[relations] = list(self._relations(self.tables[relations], name))
        if "crosschecks" in self.tables:
            self.outcomes = [self._outcome(number, row) for number, row in self.tables["crosschecks"].rows]
        if "standalone" in self.tables:
            for number, row in self.tables["standalone"].rows:
                self._known(self.tables["standalone"], number, "keys", row, FIGURES)
        self._one_sequence()
        rank = {table.file: place for place, table in enumerate(self.tables.values())}
        every = schema + [fault for table in self.tables.values() for fault in table.faults]
        self.faults = sorted(every, key=lambda fault: (rank.get(fault.file, -1), fault.row or 0))

    def _figures(self, table: _Rows) -> Iterator[tuple[str, Printed]]:
        """Yield the readable figures of a table by key, noting tokens, kinds and dates that cannot be."""
        for number, row in table.rows:
            start, end = row.get("period_start", ""), row.get("period_end", "")
            # "2020" and "2020-03" stand for a whole year or month, so only the common part is compared.
            shared = min(len(start), len(end))
            if start[:shared] > end[:shared]:
                table.fault(number, "period_end", quote(end), f"a day not before the period's start, {start}")
            if row.get("note", "").startswith(UNREAD):
                continue
            try:
                reading = read(row["as_printed"])
                statistic(row)
            except ReadingError as error:
                table.fault(number, "as_printed", quote(row["as_printed"]), asked_for(error))
                continue
            except ValueError as error:
                table.fault(number, "as_printed", f"{quote(row['as_printed'])}, {error}", "a decimal number")
                continue
            expected, fits = FORMS[row["kind"]]
            if not fits(reading):
                found = f"{quote(row['as_printed'])} of kind {row['kind']}"
                table.fault(number, "as_printed", found, expected)
                continue
            yield row["key"], Printed(reading, row["kind"], row["key"])

    def _places(self) -> None:
        """Note rows that claim the same characters of a line."""
        claims = sorted(
            (row["source"], int(row["line"]), int(row["start"]), number, row["as_printed"], name)
            for name in PLACED
            if name in self.tables
            for number, row in self.tables[name].rows
        )
        for (source, line, start, _, token, name), later in pairwise(claims):
            if later[:2] == (source, line) and later[2] < start + len(token):
                holder = self.tables[name].file
                expected = f"a place of its own: {holder} has {quote(token)} at character {start}"
                self.tables[later[5]].fault(later[3], "start", quote(str(later[2])), expected)

    def _known(
        self, table: _Rows, number: int, column: str, row: Row, among: Iterable[str]
    ) -> tuple[Printed, ...] | None:
        """Return the figures that a cell of joined keys names; None, and a fault, where one is unknown."""
        keys = [key for key in row.get(column, "").split(JOIN) if key]
        return self._lookup(table, number, column, keys, among)

    def _lookup(
        self, table: _Rows, number: int, column: str, keys: Sequence[str], among: Iterable[str]
    ) -> tuple[Printed, ...] | None:
        found = []
        sources = [name for name in among if name in self.tables]
        for key in keys:
            figure = next((self.figures[name][key] for name in sources if key in self.figures[name]), None)
            if figure is not None:
                found.append(figure)
                continue
            # A key whose row has a fault of its own, or a table that cannot be read, is told of once, there.
            everything = {row.get("key", "") for name in sources for row in self.tables[name].all}
            hidden = key in everything or any(self.tables[name].keys_doubtful for name in sources)
            if not hidden or self._is_unread(key, sources):
                near = get_close_matches(key, everything, n=1)
                files = " or ".join(self.tables[name].file for name in sources)
                hint = f"; near to it is {near[0]}" if near and not hidden else ""
                table.fault(number, column, quote(key), f"the key of a number that {files} has{hint}")
        return tuple(found) if len(found) == len(keys) else None

    def _is_unread(self, key: str, sources: Iterable[str]) -> bool:
        return any(
            row.get("key") == key and row.get("note", "").startswith(UNREAD)
            for name in sources
            for row in self.tables[name].all
        )

    def _relations(self, table: _Rows, among: str) -> Iterator[tuple[Row, Relation]]:
        """Yield the rows of a table of relations with what they state, noting those that state none."""
        for number, row in table.rows:
            sides = [
                self._known(table, number, column, row, (among,))
                for column in ("printed_key", "part_key", "whole_key")
            ]
            printed, parts, wholes = sides
            if printed is None or parts is None or wholes is None:
                continue
            wanted = RESULT_KINDS.get(row["kind"])
            odd = next((figure for figure in printed if wanted and figure.kind != wanted), None)
            if odd is not None:
                found = f"{quote(odd.key)}, a {odd.kind}"
                table.fault(number, "printed_key", found, f"a {wanted}, the result of a {row['kind']}")
                continue
            if not any(sides):
                table.fault(number, "printed_key", "no key in any column", "the figures that it relates")
                continue
            try:
                relation = _relation(row, printed, parts, wholes)
                audit.verdict(relation)
            except audit.RelationError as error:
                table.fault(number, _column_of(error), *_words(error))
                continue
            yield row, relation

    def _outcome(self, number: int, row: Row) -> Row:
        """Return a crosscheck with its outcome: computed where its relation decides, else as typed."""
        table = self.tables["crosschecks"]
        sides: list[list[Interval]] = []
        for column in ("left", "right"):
            values = []
            for written in filter(None, row.get(column, "").split(JOIN)):
                try:
                    expression = crosschecks.Expression(written)
                except ValueError as error:
                    table.fault(number, column, quote(written), str(error))
                    continue
                figures = self._lookup(table, number, column, expression.keys, FIGURES)
                if figures is not None:
                    admitted = {figure.key: crosschecks.admitted(figure) for figure in figures}
                    values.append(expression.value(admitted))
            sides.append(values)
        left, right = sides
        outcome = row["otherwise"]
        if row["relation"] != "other":
            counts = [len(row.get(column, "").split(JOIN)) for column in ("left", "right")]
            if counts[0] != counts[1]:
                expected = f"{counts[0]}, one for each on the left"
                table.fault(number, "right", f"{counts[1]} figures", expected)
            elif len(left) == len(right) == counts[0]:
                decide = crosschecks.equal if row["relation"] == "equal" else crosschecks.at_most
                if all(decide(*pair) for pair in zip(left, right, strict=True)):
                    outcome = "holds"
        return {**row, "outcome": outcome}

    def _one_sequence(self) -> None:
        """Note a number of the ledger that stands in two of its tables."""
        seen: dict[str, str] = {}
        for name in ("relations", "crosschecks", "standalone"):
            for number, row in self.tables[name].rows if name in self.tables else ():
                ref = row.get("ref", "")
                if ref and seen.setdefault(ref, self.tables[name].file) != self.tables[name].file:
                    expected = f"a number of its own: {seen[ref]} has it"
                    self.tables[name].fault(number, "ref", quote(ref), expected)

    def built(self) -> dict[str, list[Row]]:
        """Return the rows of every table that is built, by table; only for a collection without faults."""
        rows: dict[str, list[Row]] = {"statistics": [statistic(row) for row in self.tables["printed"].all]}
        for relations, checks in FIGURES.values():
            if relations in self.tables:
                rows[checks] = [{**row, **_checked(relation)} for row, relation in self.relations[relations]]
        if "crosschecks" in self.tables:
            rows["crosschecks"] = self.outcomes
        return {name: new for name, new in rows.items() if name in self.described}


def _words(error: Exception) -> tuple[str, str]:
    """Return what an error of the core found and what it expected: its messages are built of the two."""
    before, _, expected = str(error).rstrip(".").partition(", expected ")
    return before.rpartition("found ")[2] or before, expected or "another"


def _column_of(error: audit.RelationError) -> str:
    """Return the column of a relation that an error of the audit speaks of."""
    columns = {"greater": "part_key", "space": "space_high", "direction": "direction"}
    return next((column for word, column in columns.items() if word in str(error)), "kind")


def asked_for(error: ReadingError) -> str:
    """Return what a reader expected instead of a token."""
    message = str(error).rstrip(".")
    return message.partition("expected ")[2] or f"a number expression ({message})"


def _relation(
    row: Mapping[str, str],
    printed: tuple[Printed, ...],
    parts: tuple[Printed, ...],
    wholes: tuple[Printed, ...],
) -> Relation:
    """Return the relation that a row states. Raises audit.RelationError where it states none."""
    low, high = tables.exact(row.get("space_low", "")), tables.exact(row.get("space_high", ""))
    if (low is None) != (high is None):
        raise audit.RelationError(f"relation {row['id']}: found one end of a space, expected both or none.")
    space = None if low is None or high is None else (Fraction(low), Fraction(high))
    return Relation(row["id"], row["kind"], printed, parts, wholes, space, row.get("direction", ""))


def _checked(relation: Relation) -> Row:
    """Return the built columns of a check."""
    result = audit.check(relation)
    low, high = (result.computed.low, result.computed.high) if result.computed else (None, None)
    return {
        "printed": JOIN.join(figure.reading.text for figure in relation.printed),
        "computed_low": _places(low, 6),
        "computed_high": _places(high, 6),
        "verdict": result.verdict.value,
        "power": _places(result.power, 4),
        **{
            f"divisors_{rule}": JOIN.join(map(str, result.divisors.get(rule, ())))
            for rule in audit.Rule
            if relation.kind == "divisor"
        },
    }


def _places(number: Fraction | None, places: int) -> str:
    """Write a fraction with a number of decimals, for reading; "" for None."""
    return "" if number is None else f"{rounded(number, places):f}"


# ------------------------------------------------------------------------------------------- build, compare


def prepare(folder: Folder = None) -> dict[Path, str]:
    """Return the text of every file that is built, by file, and write nothing.

    Raises Faults with every fault of every hand-typed table.
    """
    where = tables.root(folder)
    collection = _Collection(where)
    if collection.faults:
        raise Faults(collection.faults)
    texts = {
        tables.path(name, where): tables.as_csv(name, rows, where)
        for name, rows in collection.built().items()
    }
    return {**texts, dictionary.file(where): dictionary.page(where)}


def build(folder: Folder = None) -> list[Written]:
    """Build every table from the hand-typed ones, and the dictionary; return what stands now.

    Nothing is written unless everything can be: all faults of all files are raised at once as Faults, and the
    old files are kept.
    """
    texts = prepare(folder)
    changed = tables.replace(texts)
    return [
        Written(file.name, text.count("\n") - (file.suffix == ".csv"), file in changed)
        for file, text in texts.items()
    ]


def fresh(folder: Folder = None) -> None:
    """Hold every built file against what a build would write now; raises Faults with each difference."""
    texts = prepare(folder)
    faults = [
        fault for file, expected in texts.items() for fault in compare(file.name, _stored(file), expected)
    ]
    if faults:
        raise Faults(faults, outcome="run `guandu build`")


def _stored(file: Path) -> str:
    """Return a file's text; "" where there is none. What is not UTF-8 shows as a mark, and so differs."""
    return file.read_bytes().decode("utf-8", errors="replace") if file.is_file() else ""


def compare(name: str, stored: str, expected: str) -> list[Fault]:
    """Return the cells (lines, for prose) in which a stored file differs from what would be built."""
    if stored == expected:
        return []
    if not stored:
        return [Fault(name, None, "", "no file, or an empty one", "the file as it is built")]
    try:
        differing = list((_differing_cells if name.endswith(".csv") else _differing_lines)(stored, expected))
    except csv.Error as error:
        return [Fault(name, None, "", f"quotation marks out of place ({error})", "the file as it is built")]
    faults = [Fault(name, number, column, quote(old), quote(new)) for number, column, old, new in differing]
    return faults or [Fault(name, None, "", "other line ends or quotation marks", "the file as it is built")]


def _differing_lines(stored: str, expected: str) -> Iterator[tuple[int, str, str, str]]:
    sides = zip_longest(stored.splitlines(), expected.splitlines(), fillvalue="")
    return ((number, "", old, new) for number, (old, new) in enumerate(sides, start=1) if old != new)


def _differing_cells(stored: str, expected: str) -> Iterator[tuple[int, str, str, str]]:
    wanted = tables.records(expected)
    sides = zip_longest(tables.records(stored), wanted, fillvalue=())
    for number, (old, new) in enumerate(sides, start=1):
        for column, one, other in zip_longest(wanted[0], old, new, fillvalue=""):
            if one != other:
                yield number, column, one, other


# ----------------------------------------------------------------------------------------------------- load


class UnusableError(LookupError):
    """A figure of another publication that is not verified, or has no address: it must not be shown."""


def usable(row: Mapping[str, str]) -> bool:
    """Return whether a figure may be shown: one of another publication is verified and can be looked up.

    >>> usable({"seen": "not verified", "note": ""}), usable({"seen": "seen", "note": ""})
    (False, True)
    """
    return row.get("seen") != UNVERIFIED and not row.get("note", "").startswith(UNSHOWN)


@dataclass(frozen=True)
class Dataset:
    """The figures of a collection, the relations between them, and the checks, as notebooks use them.

    `data["closing_rate"]` is a printed number with its kind; figures of other publishers are in the same
    lookup. One that is not verified, or that cannot be looked up, has a row and no number.
    """

    folder: Path
    _rows: Mapping[str, Row] = field(repr=False)
    _relations: Mapping[str, tuple[str, Row]] = field(repr=False)
    _checks: dict[str, Check] = field(default_factory=dict, repr=False)

    def __contains__(self, key: object) -> bool:
        """Whether a figure of that key was printed."""
        return key in self._rows

    def __getitem__(self, key: str) -> Printed:
        """Return a printed number; KeyError, naming the nearest key, where there is none to read.

        Raises UnusableError where the figure must not be shown.
        """
        row = self.shown(key)
        if row.get("note", "").startswith(UNREAD):
            raise KeyError(f"{key} is no number that the reader reads: {row['as_printed']}")
        return Printed(read(row["as_printed"]), row["kind"], key)

    def __iter__(self) -> Iterator[str]:
        """Yield every key, the collection's own figures first."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return how many figures there are, other publishers' included."""
        return len(self._rows)

    def row(self, key: str) -> Row:
        """Return a figure's row of `statistics.csv` or `benchmarks.csv`; KeyError as for a number."""
        return dict(self._rows[_known_name(key, self._rows, "figure")])

    def shown(self, key: str) -> Row:
        """Return a figure's row if the figure may be shown; KeyError and UnusableError as for a number."""
        row = self.row(key)
        if not usable(row):
            raise UnusableError(f"{key} is {row['seen']} ({row['note'] or 'no note'}): it must not be shown")
        return row

    def relation(self, name: str) -> Relation:
        """Return a relation by its id; KeyError, naming the nearest id, where there is none."""
        row = self._relations[_known_name(name, self._relations, "relation")][1]
        printed, parts, wholes = (
            tuple(self[key] for key in row.get(column, "").split(JOIN) if key)
            for column in ("printed_key", "part_key", "whole_key")
        )
        return _relation(row, printed, parts, wholes)

    def relations(self, table: str = "relations") -> list[str]:
        """Return the ids of the relations of a table, in its order: `relations` or `benchmark_relations`."""
        return [name for name, (stands_in, _) in self._relations.items() if stands_in == table]

    def relation_row(self, name: str) -> Row:
        """Return a relation's row as typed: its titles, its place in the summary, its note."""
        return dict(self._relations[_known_name(name, self._relations, "relation")][1])

    def check(self, name: str) -> Check:
        """Return what the audit finds on a relation; KeyError as for a relation."""
        if name not in self._checks:
            self._checks[name] = audit.check(self.relation(name))
        return self._checks[name]


def _known_name(name: str, known: Iterable[str], what: str) -> str:
    """Return a name that is known; KeyError with the nearest one otherwise."""
    every = list(known)
    if name in every:
        return name
    near = get_close_matches(name, every, n=1)
    raise KeyError(f"no {what} {name!r}" + (f"; near to it is {near[0]!r}" if near else ""))


def load(folder: Folder = None) -> Dataset:
    """Return the dataset of a collection (default: the nearest one).

    Raises tables.CollectionNotFound, or Faults where a table cannot be read; `guandu build` writes what is
    missing.

    >>> data = load()
    >>> data["closing_rate"].reading.value, data.check("closing_rate").verdict.value
    (Decimal('0.6171'), 'both')
    """
    where = tables.root(folder)
    wanted = ("statistics", "benchmarks", "relations", "benchmark_relations")
    described = [name for name in tables.names(where) if name in wanted]
    stamps = tuple(_stamp(tables.path(name, where)) for name in described)
    return _load(where, tuple(described), stamps)


def _stamp(file: Path) -> tuple[int, int]:
    """Return what tells one state of a file from another."""
    if not file.is_file():
        return 0, 0
    status = file.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=8)
def _load(folder: Path, described: tuple[str, ...], _stamps: tuple[tuple[int, int], ...]) -> Dataset:
    rows = {name: tables.rows(name, folder) for name in described}
    figures = {row["key"]: row for name in ("statistics", "benchmarks") for row in rows.get(name, [])}
    relations = {
        row["id"]: (name, row) for name in ("relations", "benchmark_relations") for row in rows.get(name, [])
    }
    return Dataset(folder, figures, relations)
