"""Printed figures as they were typed: a row each, what its words admit, and whether it may be shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from asprinted.collection.fact import PLACES, Fact, Said, UnusableError, columns, period
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Kind, Printed, Rule, printing_interval
from asprinted.faults import Fault, near, quote
from asprinted.languages import read
from asprinted.prose.writing import Bilingual

Rows: TypeAlias = Callable[[str], Iterable[dict[str, str]]]
"""What gives the rows of a table by its name, none where the collection has no such table."""


class Typed:
    """What a collection's own text prints, and what other publications print, by key."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    @cached_property
    def printed_rows(self) -> dict[str, dict[str, str]]:
        """The rows of what the collection's own text prints."""
        return {row["key"]: row for row in self._rows("printed")}

    @cached_property
    def other_rows(self) -> dict[str, dict[str, str]]:
        """The rows of what other publications print."""
        return {row["key"]: row for row in self._rows("benchmarks")}

    @cached_property
    def rows(self) -> dict[str, dict[str, str]]:
        """The rows of every printed figure, whether or not it may be shown."""
        return {**self.printed_rows, **self.other_rows, **self.printed_rows}

    def __contains__(self, key: object) -> bool:
        """Whether a figure of that key is printed."""
        return key in self.rows

    def row(self, key: str) -> Mapping[str, str]:
        """Return the row of a printed figure, whether or not it may be shown; KeyError for anything else."""
        if key not in self.rows:
            raise KeyError(f"no printed figure {key!r}{near(key, self.rows, most=3)}")
        return self.rows[key]

    def shown(self, key: str) -> Mapping[str, str]:
        """Return the row of a printed figure that may be shown; UnusableError where it must not be."""
        row = self.row(key)
        if row.get("shown") == "no":
            why = row.get("note") or "no note"
            raise UnusableError(f"{key} is {row['seen']} and must not be shown: {why}")
        return row

    def printed(self, key: str) -> Printed:
        """Return a printed figure with its kind, shown or not; Fault where the reader cannot read it."""
        row = self.row(key)
        if row.get("unread"):
            raise Fault.of(f"{key}, {quote(row['as_printed'])}", "a token that the reader reads")
        return Printed(read(row["as_printed"]), Kind(row["kind"]), key)

    def fact(self, key: str) -> Fact:
        """Return a printed figure as a fact; UnusableError where it must not be shown."""
        row, own = self.shown(key), key in self.printed_rows
        value, within, form = None, None, "decimal"
        if not row.get("unread"):
            reading = read(row["as_printed"])
            value = None if reading.value is None else Fraction(reading.value)
            within = Interval.of(reading) if reading.hedge or reading.value is None else None
            forms = {Kind.COUNT: "count", Kind.RANK: "count", Kind.RATE: "share"}
            form = forms.get(Kind(row["kind"]), "decimal")
        return Fact(
            key,
            Said.PRINTED if own else Said.ELSEWHERE,
            value,
            within,
            Bilingual.of(row, "indicator"),
            ref=row.get("ref", "") or ("" if own else key),
            as_printed=row["as_printed"],
            kind=row["kind"],
            form=form,
            decimals=PLACES[form],
            units=Bilingual.of(row, "unit"),
            caveats=Bilingual.of(row, "note"),
            names=place_names([row]),
            keys=(key,),
            source=self.sources([key]),
            **period([row], row),
            columns=columns(row, own=own),
        )

    def sources(self, keys: Iterable[str]) -> str:
        """Return who prints some figures: the text, or each publisher once, joined by semicolons."""
        rows = map(self.row, keys)
        return "; ".join(dict.fromkeys(row.get("source") or row.get("publisher", "") for row in rows))

    def value(self, key: str) -> Fraction:
        """Return the exact value of a figure; Fault where it has none, such as a range."""
        return self.fact(key).single

    def admitted(self, key: str, rule: Rule = Rule.NEAREST) -> Interval:
        """Return what the true value can be, under a rule; a change cannot reach the whole."""
        printed = self.printed(key)
        interval = printing_interval(printed.reading, printed.kind, rule)
        if printed.kind is Kind.CHANGE and interval.high is None:
            return interval & Interval.between(0, 1, "[)")
        return interval


def place_names(rows: Sequence[Mapping[str, str]]) -> Bilingual:
    """Return the place or body of some rows in short, by the last; marked where one is a reader's own."""
    names = Bilingual.of(rows[-1], "name")
    if not any(row.get("mine") for row in rows):
        return names
    named = names.en or rows[-1]["key"]
    return Bilingual(f"{named} (own row)", f"{names.zh or named}（自添）")
