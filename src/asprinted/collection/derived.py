"""Derived facts: rows of `derived.csv`, formulas over keys, evaluated exactly.

Each is evaluated once over values and once over what the printed numbers admit. What is more than a formula
is a function that a formula calls: those here, and those that the collection's own package registers.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import cached_property, partial
from typing import Any, Protocol, TypeAlias, TypeVar

from asprinted.collection import templates
from asprinted.collection.fact import NONE, PLACES, Fact, Said, end_day
from asprinted.collection.typed import Rows, Typed, place_names
from asprinted.exact.expressions import Amount, Formula
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Rule
from asprinted.faults import Fault
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import LANGUAGES, Bilingual, Language

_T = TypeVar("_T")


class Lookup(Protocol):
    """What formulas are evaluated over: every fact by key, and the figures as they were typed."""

    typed: Typed

    def __getitem__(self, key: str) -> Fact:
        """Return a fact."""

    def value(self, key: str) -> Fraction:
        """Return the exact value of a fact."""

    def admitted(self, key: str, rule: Rule = Rule.NEAREST) -> Interval:
        """Return what the true value of a fact can be, under a rule."""

    def keys_behind(self, key: str) -> tuple[str, ...]:
        """Return the printed figures that a fact which is not derived here is made of."""


CHOICES: Mapping[str, tuple[str, ...]] = {
    "show": ("value", "interval", "both"),
    "form": tuple(PLACES),
    "rule": (*Rule, "either", ""),
}
"""What the columns of `derived.csv` that decide something may hold."""

MOST_PLACES = 3
"""Up to how many places that a value rests on are named."""

Function: TypeAlias = Callable[..., Amount]
"""An algorithm that a formula may call: a Context, a rule (None: either) and keys in, an Amount out."""


class Context:
    """What a registered function may ask, by key: figures, exact values, rows as typed, rows of a table."""

    def __init__(self, facts: Lookup, rows: Rows, rule: Rule | None) -> None:
        self.printed, self.value, self.row = facts.typed.printed, facts.value, facts.typed.row
        self.rows = rows
        self._admitted = partial(facts.admitted, rule=rule or Rule.NEAREST)

    def interval(self, key: str) -> Interval:
        """Return what a fact can be, under the rule of the row that asks."""
        return self._admitted(key)


def _exactly(number: Fraction | int) -> Amount:
    return Amount(Fraction(number), Interval.point(number))


def _period(context: Context, first: str, last: str) -> list[dt.date]:
    """Return the days from the start of one figure's period to the end of another's, both included."""
    start, end = context.row(first)["period_start"], context.row(last or first)["period_end"]
    if not start or not end:
        raise Fault.of(f"{first} and {last or first}, of which a date is not printed", "a start and an end")
    begin = dt.date.fromisoformat(start)
    return [begin + dt.timedelta(days=number) for number in range((end_day(end) - begin).days + 1)]


def _days(context: Context, _: Rule | None, first: str, last: str = "") -> Amount:
    """Return how many days a period has, or the time from the start of one to the end of another."""
    return _exactly(len(_period(context, first, last)))


def _working_days(context: Context, _: Rule | None, first: str, last: str = "") -> Amount:
    """Return the working days of a period by `holidays.csv`: weekdays but those off, and weekends worked."""
    moved = {row["day"]: row["kind"] == "worked" for row in context.rows("holidays")}
    period = _period(context, first, last)
    if not {str(day.year) for day in period} <= {day[:4] for day in moved}:
        raise Fault.of(f"the period of {first}, of whose year no holidays are typed", "rows in holidays.csv")
    return _exactly(sum(moved.get(day.isoformat(), day.weekday() < 5) for day in period))


def _end(context: Context, _: Rule | None, key: str, which: str) -> Amount:
    """Return one end of what a fact admits."""
    end = getattr(context.interval(key), which)
    if end is None:
        raise Fault.of(f"{key}, whose words set no {which} end", "one that has that end")
    return _exactly(end)


BUILT_IN: Mapping[str, Function] = {
    "days": _days,
    "working_days": _working_days,
    "low": partial(_end, which="low"),
    "high": partial(_end, which="high"),
}


class Derived:
    """The derived values of a collection, by key."""

    def __init__(self, facts: Lookup, rows: Rows, functions: Mapping[str, Function]) -> None:
        self._facts, self._rows, self._functions = facts, rows, {**BUILT_IN, **functions}
        self._asked: list[str] = []
        self._read: dict[tuple[str, str], Formula] = {}
        self._found: dict[tuple[str, str], Any] = {}

    @cached_property
    def rows(self) -> dict[str, dict[str, str]]:
        """The rows as typed."""
        return {row["key"]: row for row in self._rows("derived")}

    def __contains__(self, key: object) -> bool:
        """Whether a value of that key is derived."""
        return key in self.rows

    def value(self, key: str) -> Fraction:
        """Return the exact value; Fault where the formula has none."""
        return self._once(key, "formula", lambda formula: formula.value(self._facts.value))

    def admitted(self, key: str, rule: Rule = Rule.NEAREST) -> Interval:
        """Return what the value can be: one shown as a value stands for it alone, as its row says why.

        The rule is that of its row, whatever is asked for.
        """
        if self.rows[key]["show"] == "value":
            return Interval.point(self.value(key))
        return self._interval(key)

    def _interval(self, key: str) -> Interval:
        admitted = partial(self._facts.admitted, rule=self._rule(key) or Rule.NEAREST)
        return self._once(key, "within", lambda formula: formula.interval(admitted))

    def _rule(self, key: str) -> Rule | None:
        rule = self.rows[key]["rule"]
        return Rule(rule) if rule in set(Rule) else None

    def _formula(self, key: str, column: str = "formula") -> Formula:
        if (key, column) not in self._read:
            row, rule = self.rows[key], self._rule(key)
            context = Context(self._facts, self._rows, rule)
            bound = {name: partial(function, context, rule) for name, function in self._functions.items()}
            self._read[key, column] = Formula(row[column] or row["formula"], bound)
        return self._read[key, column]

    def _once(self, key: str, column: str, compute: Callable[[Formula], _T]) -> _T:
        """Evaluate a formula, unless it is being evaluated already: then it leads back to itself."""
        if key in self._asked:
            chain = [*self._asked[self._asked.index(key) :], key]
            raise Fault.of(f"{' → '.join(chain)}, which leads back to itself", "a formula without a circle")
        if (key, column) not in self._found:
            self._asked.append(key)
            try:
                self._found[key, column] = compute(self._formula(key, column))
            finally:
                self._asked.pop()
        found: _T = self._found[key, column]
        return found

    def _leaves(self, key: str, above: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the printed figures that a fact rests on, in the order of its formula."""
        if key not in self.rows:
            return self._facts.keys_behind(key)
        if key in above:
            return ()
        named = (*self._formula(key).keys, *self._formula(key, "within").keys)
        return tuple(dict.fromkeys(leaf for name in named for leaf in self._leaves(name, (*above, key))))

    def named_by(self, key: str) -> set[str]:
        """Return the derived values that the formulas of one name; none where they are no formulas."""
        found = set[str]()
        for column in ("formula", "within"):
            with suppress(Fault):
                found.update(self._formula(key, column).keys)
        return found & self.rows.keys()

    def refuse_widened(self, key: str) -> None:
        """Raise Fault where a hedged or rounded figure stands twice in a formula whose interval is shown.

        The two would vary apart, and the interval come out too wide: 1 - a/b is safe, (b - a)/b is not. What
        stands in a derived value that is shown as an interval stands in the formula that names it, too.
        """
        if self.rows[key]["show"] == "value":
            return
        for name, times in Counter(self._loose(key)).items():
            if times > 1 and not self._facts.admitted(name, self._rule(key) or Rule.NEAREST).is_point:
                raise Fault.of(f"{name} more than once", "a formula in which what is hedged stands once")

    def _loose(self, key: str) -> Iterator[str]:
        """Yield what a formula is made of, as often as it stands there, intervals of ours opened."""
        for name in self._formula(key, "within").loose:
            if name in self.rows and self.rows[name]["show"] != "value":
                yield from self._loose(name)
            else:
                yield name

    def fact(self, key: str, made: dict[str, Fact]) -> Fact:
        """Return the fact of a row; it stands in `made` before its texts are filled, for they may name it."""
        row, leaves = self.rows[key], self._leaves(key)
        within = self._interval(key) if row["show"] != "value" else None
        made[key] = fact = Fact(
            key,
            Said.DERIVED,
            self.value(key) if row["show"] != "interval" else None,
            None if within and within.is_point else within,
            NONE,
            ref=row["ref"],
            formula=row["formula"],
            form=row["form"],
            decimals=int(row["places"]) if row["places"] else PLACES[row["form"]],
            units=Bilingual.of(row, "unit"),
            keys=leaves,
            source=self._facts.typed.sources(leaves),
            **self._resting(leaves),
        )
        try:
            titles, caveats = (
                Bilingual(*(self._filled(row, text, each) for each in LANGUAGES))
                for text in ("title", "caveat")
            )
        except Fault:
            # What is half made must not be found by the next who asks.
            del made[key]
            raise
        return replace(fact, titles=titles, caveats=caveats)

    def _resting(self, leaves: Sequence[str]) -> dict[str, Any]:
        """Return the place of what a value rests on, and its period where that is one."""
        rows = [self._facts.typed.row(key) for key in leaves]
        names = list(dict.fromkeys(place_names([row]) for row in rows))
        named = {
            each: "; ".join(dict.fromkeys(name[each] for name in names if name[each]))
            if len(names) <= MOST_PLACES
            else sentence("frame", "several", each, number=str(len(names)))
            for each in LANGUAGES
        }
        periods = {(row["period_start"], row["period_end"], row.get("open_end", "")) for row in rows}
        start, end, is_open = periods.pop() if len(periods) == 1 else ("", "", "")
        when = {"period_start": start, "period_end": end, "open_end": bool(is_open)}
        return {"names": Bilingual(**named), **when}

    def _filled(self, row: Mapping[str, str], text: str, language: Language) -> str:
        try:
            return templates.fill(Bilingual.of(row, text)[language], self._facts.__getitem__, language)
        except Fault as fault:
            raise fault.at(column=f"{text}_{language}") from None
