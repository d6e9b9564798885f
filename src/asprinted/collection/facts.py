"""Facts: what a text prints, what is printed elsewhere, and what is derived from both, each under one key."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from asprinted.chinese.reading import read
from asprinted.collection.derived import Derived, Function
from asprinted.collection.fact import PLACES, Fact, Said, UnusableError, columns, period
from asprinted.collection.rates import Rates
from asprinted.collection.tables import Tables
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Kind, Printed, Rule, printing_interval
from asprinted.faults import Fault, near, quote


class Facts(Mapping[str, Fact]):
    """Every fact of a collection by key: its own printed figures first, then others', then derived ones."""

    def __init__(self, tables: Tables, functions: Mapping[str, Function]) -> None:
        self.tables, self.derived, self.rates = tables, Derived(self, functions), Rates(self)
        self._made: dict[str, Fact] = {}

    @cached_property
    def printed_rows(self) -> dict[str, dict[str, str]]:
        """The rows of what the collection's own text prints."""
        return {row["key"]: row for row in self.tables.rows_if_described("printed")}

    @cached_property
    def other_rows(self) -> dict[str, dict[str, str]]:
        """The rows of what other publications print."""
        return {row["key"]: row for row in self.tables.rows_if_described("benchmarks")}

    @cached_property
    def typed(self) -> dict[str, dict[str, str]]:
        """The rows of every printed figure, whether or not it may be shown."""
        return {**self.printed_rows, **self.other_rows, **self.printed_rows}

    def __iter__(self) -> Iterator[str]:
        """Yield every key."""
        for rows in (self.printed_rows, self.other_rows, self.derived.rows, self.rates.keys):
            yield from rows

    def __len__(self) -> int:
        """Return how many facts there are."""
        return sum(1 for _ in self)

    def __contains__(self, key: object) -> bool:
        """Whether there is a fact of that key."""
        return any(key in rows for rows in (self.typed, self.derived.rows, self.rates.keys))

    def __getitem__(self, key: str) -> Fact:
        """Return a fact; KeyError, naming the nearest key, where there is none.

        Raises UnusableError where it must not be shown, and Fault where a formula cannot be evaluated.
        """
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def _make(self, key: str) -> Fact:
        if key in self.typed:
            return self._of_row(key)
        if key in self.derived.rows:
            return self.derived.fact(key, self._made)
        if key in self.rates.keys:
            return self.rates.fact(key)
        raise KeyError(f"no fact {key!r}{near(key, self)}")

    def row(self, key: str) -> Mapping[str, str]:
        """Return the row of a printed figure, whether or not it may be shown; KeyError for anything else."""
        if key not in self.typed:
            raise KeyError(f"no printed figure {key!r}{near(key, self.typed)}")
        return self.typed[key]

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

    def _of_row(self, key: str) -> Fact:
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
            (row["indicator_en"], row["indicator_zh"]),
            ref=row.get("ref", "") or ("" if own else key),
            as_printed=row["as_printed"],
            kind=row["kind"],
            form=form,
            decimals=PLACES[form],
            units=(row.get("unit_en") or row.get("unit", ""), row.get("unit_zh", "")),
            caveats=(row.get("note", ""), row.get("note_zh", "")),
            names=(row.get("name_en", ""), row.get("name_zh", "")),
            keys=(key,),
            source=row.get("source") or row.get("publisher", ""),
            **period([row], row),
            columns=columns(row, own=own),
        )

    def value(self, key: str) -> Fraction:
        """Return the exact value of a fact; Fault where it has none, such as a range."""
        if key in self.derived.rows:
            return self.derived.value(key)
        value = self[key].value
        if value is None:
            raise Fault.of(f"{key}, which admits an interval and has no single value", "a fact with a value")
        return value

    def admitted(self, key: str, rule: Rule = Rule.NEAREST) -> Interval:
        """Return what the true value of a fact can be, under a rule; a change cannot reach the whole."""
        if key in self.derived.rows:
            return self.derived.admitted(key)
        if key in self.rates.keys:
            return self[key].within or Interval.point(self.value(key))
        printed = self.printed(key)
        cell = printing_interval(printed.reading, printed.kind, rule)
        if printed.kind is Kind.CHANGE and cell.high is None:
            return cell & Interval.between(0, 1, "[)")
        return cell
