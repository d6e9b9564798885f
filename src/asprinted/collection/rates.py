"""Rates formed by rule, from the rows that count the same body, period and pool (`measures.csv`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property

from asprinted.collection.fact import JOIN, Fact, Said, columns, period
from asprinted.collection.typed import Rows, Typed, place_names
from asprinted.exact.expressions import Formula
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Kind, Rule
from asprinted.prose.writing import Bilingual

_NAME = re.compile(r"[A-Za-z_]\w*")
_WAYS_SEEN = ("seen", "carried", "copy", "not verified")


def _weakest(ways: Iterable[str]) -> str:
    """Return how a rate was seen: as its weakest figure; what is no known way counts as the strongest."""
    return max(ways, key=lambda way: _WAYS_SEEN.index(way) if way in _WAYS_SEEN else -1)


class Rates:
    """The rates that groups of counts give, by key: group and measure."""

    def __init__(self, typed: Typed, rows: Rows) -> None:
        self._typed, self._rows = typed, rows

    @cached_property
    def measures(self) -> dict[str, dict[str, str]]:
        """The rows of `measures.csv` by measure."""
        return {row["measure"]: row for row in self._rows("measures")}

    @cached_property
    def groups(self) -> dict[str, dict[str, str]]:
        """The rows that count one body, one period and one pool: group to measure to key."""
        found: dict[str, dict[str, str]] = {}
        for key, row in self._typed.rows.items():
            if row.get("group"):
                found.setdefault(row["group"], {})[row["measure"]] = key
        return found

    @cached_property
    def keys(self) -> dict[str, tuple[str, str]]:
        """The keys of the rates, each with its group and measure."""
        return {
            f"{group}_{measure}": (group, measure)
            for group, rows in self.groups.items()
            for measure in self.measures
            if measure in rows or self._counts[group, measure]
        }

    @cached_property
    def _counts(self) -> dict[tuple[str, str], Formula | None]:
        """Each rate as part over whole, over keys, if its group prints the counts."""
        return {
            (group, measure): self._quotient(rows, rule)
            for group, rows in self.groups.items()
            for measure, rule in self.measures.items()
        }

    @staticmethod
    def _quotient(rows: Mapping[str, str], rule: Mapping[str, str]) -> Formula | None:
        parts, wholes = (rule[column].split(JOIN) for column in ("part", "whole"))
        for part, whole in zip(parts * len(wholes) if len(parts) == 1 else parts, wholes, strict=True):
            quotient = f"({part}) / ({whole})"
            if all(name in rows for name in Formula(quotient).keys):
                return Formula(_NAME.sub(lambda name: rows[name[0]], quotient))
        return None

    def __contains__(self, key: object) -> bool:
        """Whether there is a rate of that key."""
        return key in self.keys

    def behind(self, key: str) -> tuple[str, ...]:
        """Return the printed figures that a rate is made of: its token first, then its counts."""
        group, measure = self.keys[key]
        token, formula = self.groups[group].get(measure), self._counts[group, measure]
        return tuple(dict.fromkeys([*([token] if token else []), *(formula.keys if formula else ())]))

    def columns(self, key: str) -> Mapping[str, str]:
        """Return what rules decide by: the columns of the first figure behind it, and its own measure."""
        first = self.behind(key)[0]
        own = first in self._typed.printed_rows
        mine = next(("yes" for each in self.behind(key) if self._typed.row(each).get("mine")), "")
        told = columns(self._typed.row(first), own=own)
        return told | {"key": key, "measure": self.keys[key][1], "mine": mine}

    def fact(self, key: str) -> Fact:
        """Return a rate; UnusableError where a figure behind it must not be shown."""
        (group, measure), used = self.keys[key], self.behind(key)
        token, formula = self.groups[group].get(measure, ""), self._counts[group, measure]
        typed = [self._typed.shown(each) for each in used]
        value, within = self._value(token, formula)
        says = Said.PRINTED if used[0] in self._typed.printed_rows else Said.ELSEWHERE
        ending = [self._typed.row(name) for name in self.groups[group].values()]
        ending += [row for row in self._typed.other_rows.values() if row.get("repeats") in used]
        return Fact(
            key,
            says if token else Said.DERIVED,
            value,
            within,
            Bilingual.of(self.measures[measure], "title"),
            as_printed=typed[0]["as_printed"] if token else "",
            formula=formula.text if formula else "",
            kind=Kind.RATE,
            form="share",
            names=place_names(typed),
            keys=used,
            follows=value in self._typed.admitted(token) if token and formula and value is not None else None,
            source=self._typed.sources(used),
            **period(ending, typed[-1]),
            columns={**self.columns(key), "seen": _weakest(row.get("seen", "") for row in typed)},
        )

    def _value(self, token: str, formula: Formula | None) -> tuple[Fraction | None, Interval | None]:
        """Return the quotient of exact counts, else the printed figure, else what the counts admit."""
        if formula is not None:
            within = formula.interval(self._typed.admitted)
            if within.is_point:
                return within.low, None
            if not token:
                hedged = any(self._typed.printed(key).reading.hedge for key in formula.keys)
                return (None if hedged else formula.value(self._typed.value)), within
        cell = self._typed.admitted(token)
        return self._typed.fact(token).value, None if cell.is_point else cell

    def value(self, key: str) -> Fraction:
        """Return the exact value of a rate; Fault where it has none."""
        return self.fact(key).single

    def admitted(self, key: str, rule: Rule = Rule.NEAREST) -> Interval:
        """Return what a rate can be; its counts are exact, or it is as printed, whatever the rule."""
        return self.fact(key).within or Interval.point(self.value(key))
