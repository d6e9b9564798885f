"""From what was typed to what is read: build the tables, prove them against the text, seal them, load them.

The hand-typed tables say what is printed, where, and what should follow from what. Everything else is
computed from them, and is written only when no table has a fault. Nothing here knows the article: tables,
columns, sections and keys come from the collection's own files.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from guandu import audit, tables
from guandu.audit import Check, Printed, Relation
from guandu.findings import rounded
from guandu.intervals import WHOLE_NUMBERS, Interval, product, ratio
from guandu.reading import Reading, ReadingError, read
from guandu.scanning import scan
from guandu.tables import Fault, Faults, Folder, Row, quote

__all__ = [
    "Dataset",
    "Verified",
    "Written",
    "build",
    "check_seal",
    "compare",
    "dictionary",
    "fresh",
    "load",
    "prepare",
    "seal",
    "statistic",
    "verify",
]

# Table of figures → table of its relations → table of their verdicts.
FIGURES = {"printed": ("relations", "checks"), "benchmarks": ("benchmark_relations", "benchmark_checks")}
PLACED = ("printed", "exclusions")
SEAL = "seal"
UNREAD = "not for the reader"
JOIN = ";"
DURATIONS = {"century", "year", "quarter", "month", "week", "day", "working day", "hour", "minute", "second"}
CURRENCIES = {"CNY", "jiao", "USD", "EUR", "HKD", "JPY", "GBP"}
RESULT_KINDS = {"share": "rate", "mean": "mean", "change": "change", "divisor": "mean"}
TEXT = "the text"


class Written(NamedTuple):
    """A file that a build stands for: its name, its rows (lines, for prose), whether it changed on disk."""

    name: str
    rows: int
    changed: bool


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
        "whole things, such as 34765件: no share, rank, span of time or sum of money",
        lambda reading: (
            _is_quantity(reading) and _is_whole(reading) and reading.unit_en not in DURATIONS | CURRENCIES
        ),
    ),
    "rate": (
        "a share, such as 61.71%",
        lambda reading: reading.form == "share" or reading.unit_en == "share",
    ),
    "mean": ("a quantity, such as 669件", _is_quantity),
    "change": ("a share or a quantity, such as 23.6% or 29天", lambda reading: reading.form != "ordinal"),
    "rank": ("a rank, such as 第一位", lambda reading: reading.form == "ordinal"),
    "duration": (
        "a span of time, such as 29天",
        lambda reading: _is_quantity(reading) and reading.unit_en in DURATIONS,
    ),
    "money": (
        "a sum of money, such as 25万元",
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
                table.fault(number, "as_printed", quote(row["as_printed"]), _expected(error))
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
                    expression = Expression(written)
                except ValueError as error:
                    table.fault(number, column, quote(written), str(error))
                    continue
                figures = self._lookup(table, number, column, expression.keys, FIGURES)
                if figures is not None:
                    values.append(expression.value({figure.key: _admitted(figure) for figure in figures}))
            sides.append(values)
        left, right = sides
        outcome = row["otherwise"]
        if row["relation"] != "other":
            counts = [len(row.get(column, "").split(JOIN)) for column in ("left", "right")]
            if counts[0] != counts[1]:
                expected = f"{counts[0]}, one for each on the left"
                table.fault(number, "right", f"{counts[1]} figures", expected)
            elif len(left) == len(right) == counts[0]:
                decide = _equal if row["relation"] == "equal" else _at_most
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


def _expected(error: ReadingError) -> str:
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


# --------------------------------------------------------------------------------------------- crosschecks


def _admitted(figure: Printed) -> Interval:
    """Return what the words of a figure admit; counted things are whole."""
    admitted = Interval.of(figure.reading)
    return admitted & WHOLE_NUMBERS if figure.kind in ("count", "rank") else admitted


def _equal(left: Interval, right: Interval) -> bool:
    """Whether two sides have a value in common: hedged words agree with what lies inside them."""
    return not (left & right).is_empty


def _at_most(left: Interval, right: Interval) -> bool:
    """Whether no value of the left exceeds a value of the right."""
    return left.high is not None and right.low is not None and left.high <= right.low


class Expression:
    """A sum, multiple or quotient of figures, such as `2*a`, `a+b` or `a/(b+c)`.

    >>> expression = Expression("2*disputes")
    >>> expression.keys, expression.value({"disputes": Interval.point(785)}).high
    (('disputes',), Fraction(1570, 1))
    """

    TOKEN = re.compile(
        r"\s*(?:(?P<number>[0-9]+)(?![A-Za-z_])|(?P<key>[A-Za-z][A-Za-z0-9_]*)|(?P<sign>[+*/()]))"
    )

    def __init__(self, text: str) -> None:
        """Split an expression into its tokens; ValueError, with what was expected, where it is none."""
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            token = self.TOKEN.match(text, at)
            if token is None:
                raise ValueError("keys, whole numbers, + * / and parentheses")
            self._tokens.append((str(token.lastgroup), token[str(token.lastgroup)]))
            at = token.end()
        self.keys = tuple(dict.fromkeys(word for group, word in self._tokens if group == "key"))
        self.value(dict.fromkeys(self.keys, Interval.point(1)))

    def value(self, figures: Mapping[str, Interval]) -> Interval:
        """Return the interval of the expression, given those of its keys."""
        rest = list(reversed(self._tokens))
        result = self._sum(rest, figures)
        if rest:
            raise ValueError("an expression that ends there: a key, a sum, a multiple or a quotient")
        return result

    def _sum(self, rest: list[tuple[str, str]], figures: Mapping[str, Interval]) -> Interval:
        total = self._product(rest, figures)
        while rest and rest[-1][1] == "+":
            rest.pop()
            total = total + self._product(rest, figures)
        return total

    def _product(self, rest: list[tuple[str, str]], figures: Mapping[str, Interval]) -> Interval:
        total = self._factor(rest, figures)
        while rest and rest[-1][1] in ("*", "/"):
            combine = product if rest.pop()[1] == "*" else ratio
            total = combine(total, self._factor(rest, figures))
        return total

    def _factor(self, rest: list[tuple[str, str]], figures: Mapping[str, Interval]) -> Interval:
        group, word = rest.pop() if rest else ("", "")
        if group == "number":
            return Interval.point(int(word), whole=True)
        if group == "key":
            return figures[word]
        if word == "(":
            inner = self._sum(rest, figures)
            if rest and rest.pop()[1] == ")":
                return inner
        raise ValueError("a key or a whole number on each side of + * / and in parentheses that close")


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
    return {**texts, _readme(where): dictionary(where)}


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


# ------------------------------------------------------------------------------------------ verify and seal


def _typed(folder: Path, names: Iterable[str]) -> dict[str, list[tuple[int, Row]]]:
    """Return rows of hand-typed tables with their row numbers; raises Faults where the schema is broken."""
    wanted = list(names)
    faults = tables.validate(folder, wanted)
    if faults:
        raise Faults(faults)
    return {name: list(enumerate(tables.rows(name, folder), start=2)) for name in wanted}


def verify(folder: Folder, text: str) -> Verified:
    """Hold the printed figures and the exclusions against the text that they were typed from.

    Every token stands where its row says and reads as a whole; no two rows overlap; every number expression
    that the scanner finds lies within one row; and the text has the checksum that `sources.csv` prints.
    Raises Faults with row, line and position of everything that disagrees.
    """
    where = tables.root(folder)
    rows = _typed(where, ("sources", *PLACED))
    source, faults = _source(where, rows, text)
    lines = text.split("\n")
    spans: dict[int, list[tuple[int, int, str, int]]] = {}
    for name in PLACED:
        file = tables.path(name, where).name
        for number, row in rows[name]:
            if row["source"] != source:
                continue
            line, start, token = int(row["line"]), int(row["start"]), row["as_printed"]
            faults += _misplaced(file, number, line, start, token, lines)
            if name == PLACED[0]:
                faults += _unreadable(file, number, line, start, token)
            spans.setdefault(line, []).append((start, start + len(token), file, number))
    for line, claimed in spans.items():
        claimed.sort()
        for (_, end, file, number), (start, _, later, later_number) in pairwise(claimed):
            if start < end:
                what = f"characters that {file}, row {number}, holds too"
                faults.append(Fault(later, later_number, "start", what, "a place of its own", line, start))
    found = scan(text)
    for each in found:
        if not any(start <= each.start and each.end <= end for start, end, *_ in spans.get(each.line, ())):
            expected = (
                f"one row of {' or '.join(tables.path(name, where).name for name in PLACED)} that holds it"
            )
            faults.append(Fault(TEXT, None, "", quote(each.text), expected, each.line, each.start))
    if faults:
        raise Faults(faults, outcome="")
    printed, exclusions = (sum(row["source"] == source for _, row in rows[name]) for name in PLACED)
    return Verified(printed, exclusions, len(found))


def _source(folder: Path, rows: Mapping[str, list[tuple[int, Row]]], text: str) -> tuple[str, list[Fault]]:
    """Return the key of the publication that a text is, by its checksum, and a fault where it is none."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    used = {row["source"] for name in PLACED for _, row in rows[name]}
    known = {row["key"]: (number, row["sha256"]) for number, row in rows["sources"] if row["key"] in used}
    for key, (_, sha256) in known.items():
        if sha256 == digest:
            return key, []
    key, (number, sha256) = next(iter(known.items()))
    what = f"{quote(sha256)}, while the text sums to {digest}"
    return key, [
        Fault(tables.path("sources", folder).name, number, "sha256", what, "the checksum of this text")
    ]


def _misplaced(file: str, row: int, line: int, start: int, token: str, lines: Sequence[str]) -> list[Fault]:
    """Return a fault if a token does not stand where its row says, with where it stands, if it is near."""
    there = lines[line - 1][start : start + len(token)] if line <= len(lines) else ""
    if there == token:
        return []
    near = lines[line - 1].find(token) if line <= len(lines) else -1
    hint = f" (the token stands at character {near})" if near >= 0 else ""
    what = f"{quote(there)}, the characters that stand there{hint}" if there else f"the end of the text{hint}"
    return [Fault(file, row, "as_printed", quote(token), what, line, start)]


def _unreadable(file: str, row: int, line: int, start: int, token: str) -> list[Fault]:
    try:
        read(token)
    except ReadingError as error:
        return [Fault(file, row, "as_printed", quote(token), _expected(error), line, start)]
    return []


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
    prepare(where)
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
    remedy = "what was sealed: restore it, or verify against the text and seal again"
    faults = []
    for (name, line), (count, digest, numbers) in _sealed(where).items():
        row = stored.pop((name, line), None)
        if row is not None and (row["rows"], row["sha256"]) == (str(count), digest):
            continue
        where_to_look = f"rows {numbers[0]} to {numbers[-1]}" if count > 1 else f"row {numbers[0]}"
        what = f"{where_to_look} changed since the seal" if row else f"{where_to_look} never sealed"
        file = tables.path(name, where).name
        faults.append(Fault(file, numbers[0], "", what, remedy, int(line) if line.isdecimal() else None))
    faults += [
        Fault(
            f"{name}.csv",
            None,
            "",
            "no row for what was sealed",
            remedy,
            int(line) if line.isdecimal() else None,
        )
        for name, line in stored
    ]
    if faults:
        raise Faults(faults, outcome="")


# ----------------------------------------------------------------------------------------------------- load


@dataclass(frozen=True)
class Dataset:
    """The figures of a collection, the relations between them, and the checks, as notebooks use them.

    `data["closing_rate"]` is a printed number with its kind; figures of other publishers are in the same
    lookup.
    """

    folder: Path
    _rows: Mapping[str, Row] = field(repr=False)
    _relations: Mapping[str, tuple[str, Row]] = field(repr=False)
    _checks: dict[str, Check] = field(default_factory=dict, repr=False)

    def __contains__(self, key: object) -> bool:
        """Whether a figure of that key was printed."""
        return key in self._rows

    def __getitem__(self, key: str) -> Printed:
        """Return a printed number; KeyError, naming the nearest key, where there is none to read."""
        row = self.row(key)
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


# ----------------------------------------------------------------------------------------------- dictionary

_WRITERS = {
    "hand": "Typed by hand.",
    "build": "Built by `guandu build`; do not edit.",
    "seal": "Written by `guandu verify ARTICLE --seal`; do not edit.",
}
_INTRODUCTION = """\
# {title}

{description}

This page is built from `datapackage.json`, which also describes the tables to programs
([Data Package](https://datapackage.org) standard). Correct that file, not this page.

## In a spreadsheet

The tables are CSV: UTF-8 without byte order mark, comma, one header row. Do not open them by a double click:
a spreadsheet would guess the encoding, and turn tokens and dates into numbers of its own. Import them instead
(in Excel: Data, From Text/CSV; in LibreOffice: the dialogue that opens), choose UTF-8 and comma, and set
every column to text. Save changes as CSV in UTF-8 with LF line ends, and run `guandu build`: it names every
cell that is wrong. Rows are counted as a spreadsheet does; the header is row 1.

## The tables
"""


def _readme(folder: Path) -> Path:
    return folder / tables.DESCRIPTOR.parent / "README.md"


def dictionary(folder: Folder = None) -> str:
    """Return the readable form of the schema: each table, who writes it, and each column."""
    described = tables.descriptor(folder)
    parts = [_INTRODUCTION.format(title=described["title"], description=described["description"])]
    parts += [
        f"- [`{each['path']}`](#{_anchor(each['path'])}): {each['title']}. {_WRITERS[each['written_by']]}"
        for each in described["resources"]
    ]
    for each in described["resources"]:
        parts += ["", f"### {each['path']}", "", f"{each['title']}. {each['description']}", ""]
        parts += [
            _WRITERS[each["written_by"]],
            "",
            "| column | title | meaning | type | allowed |",
            "|---|---|---|---|---|",
        ]
        parts += [_dictionary_row(column) for column in each["schema"]["fields"]]
    return "\n".join(parts) + "\n"


def _anchor(heading: str) -> str:
    """Return the anchor that a Markdown viewer gives a heading."""
    return re.sub(r"[^\w-]", "", heading.lower())


def _dictionary_row(column: Mapping[str, Any]) -> str:
    kind = {"number": "exact decimal", "integer": "whole number", "string": "text", "date": "ISO date"}
    meaning = column["description"]
    if column.get("written_by") == "build":
        meaning += " " + _WRITERS["build"]
    cells = [f"`{column['name']}`", column["title"], meaning, kind[column["type"]], _allowed(column)]
    # A bar inside a cell would end the cell.
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _allowed(column: Mapping[str, Any]) -> str:
    """Return the constraints of a column in words."""
    constraints = column.get("constraints", {})
    words = ["required" if constraints.get("required") else "may be empty"]
    if constraints.get("unique"):
        words.append("unique")
    if "enum" in constraints:
        words.append("one of " + ", ".join(f"`{value}`" for value in constraints["enum"]))
    if "pattern" in constraints:
        words.append(f"of the form `{constraints['pattern']}`")
    words += [f"at least {constraints['minimum']}"] if "minimum" in constraints else []
    words += [f"at most {constraints['maximum']}"] if "maximum" in constraints else []
    return "; ".join(words)
