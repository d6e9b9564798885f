"""What the names in a notebook's words mean: values that a cell gives, facts, and checks."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from typing import Any

from asprinted.collection.collection import Collection
from asprinted.collection.fact import Fact
from asprinted.collection.proofs import Series
from asprinted.collection.proofs import Value as Claimed
from asprinted.exact.intervals import Interval
from asprinted.exact.verdicts import Check
from asprinted.faults import Fault

UNBOUNDED = Interval(None, None)


def is_frame(value: object) -> bool:
    """Whether a value has rows that stand for facts: a frame, a column or an index of pandas."""
    return hasattr(value, "index") and hasattr(value, "shape")


class Given:
    """A value that a cell hands to a sentence: a number, a text, or the rows of a frame."""

    period_start = period_end = ""
    bounds = "[]"

    def __init__(self, value: object, facts: tuple[Fact, ...] | None = None) -> None:
        """Take a value; `facts` are those of a frame's rows, as far as they are facts."""
        self.facts = facts
        self.as_printed = value if isinstance(value, str) else ""
        self.value = None if isinstance(value, str) else fraction(len(value) if is_frame(value) else value)  # type: ignore[arg-type]
        self.low = self.high = self.value


def fraction(value: object) -> Fraction:
    """Return a number that a cell computed as the fraction it stands for.

    A float has lost its last digits: the simplest fraction that it can stand for is taken. Raises Fault for
    what is no finite number.

    >>> fraction(21454 / 34765) == Fraction(21454, 34765)
    True
    """
    number = value.item() if hasattr(value, "item") else value
    if isinstance(number, float) and number == number and abs(number) != float("inf"):
        return Fraction(number).limit_denominator(10**7)
    exact = isinstance(number, int | Fraction) or hasattr(number, "as_tuple")
    if isinstance(number, bool) or not exact:
        raise Fault.of(f"{value!r}", "a number, a text or a frame")
    return Fraction(number)  # type: ignore[arg-type]


class Scope:
    """What the names of an entry mean: values given first, then facts, then relations by their id."""

    def __init__(self, collection: Collection, values: Mapping[str, Any]) -> None:
        self._collection = collection
        self.values = values

    def __getitem__(self, name: str) -> Any:
        """Return what a placeholder names; KeyError where nothing has that name."""
        if name in self.values:
            value = self.values[name]
            if isinstance(value, Fact | Check):
                return value
            if not is_frame(value):
                return Given(value)
            return Given(
                value, tuple(self._collection[key] for key in value.index if key in self._collection)
            )
        return self._collection[name]

    def of_row(self, key: str, row: Mapping[Any, Any]) -> Scope:
        """Return the scope of one row of a frame: its columns, and its fact as `row`, before all else."""
        mine = {name: cell for name, cell in row.items() if cell is not None and cell == cell}
        if isinstance(mine.get("year"), float):
            # No amount: it is written as it stands.
            mine["year"] = f"{mine['year']:.0f}"
        if key in self._collection:
            mine["row"] = self._collection[key]
        return Scope(self._collection, {**self.values, **mine})

    def check(self, name: str) -> Check:
        """Return the check of a relation; KeyError where there is none of that id."""
        value = self.values.get(name)
        return value if isinstance(value, Check) else self._collection.check(name)

    def claimed(self, name: str) -> Claimed:
        """Return a name's value for a claim: what it can be, or, for a frame, what each row can be."""
        if name in self.values:
            value = self.values[name]
            if is_frame(value):
                return Series(tuple(map(self._admitted, value.index)))
            if isinstance(value, Fact):
                return self._collection.facts.admitted(value.key)
            return Interval.point(fraction(value))
        try:
            return self._collection.facts.admitted(name)
        except KeyError:
            raise Fault.of(f'the name "{name}"', "a fact, or a value that is given") from None

    def shown(self, name: str) -> str:
        """Return a name's value for a message, a frame with its keys."""
        value = self.values.get(name)
        if value is not None and is_frame(value):
            return f"{len(value)} rows ({', '.join(map(str, value.index[:8]))})"
        claimed = self.claimed(name)
        assert isinstance(claimed, Interval)
        low, high = ("?" if end is None else str(end) for end in (claimed.low, claimed.high))
        return low if low == high else f"{claimed.bounds[0]}{low}, {high}{claimed.bounds[1]}"

    def _admitted(self, key: object) -> Interval:
        facts = self._collection.facts
        # A row may be counted whose token nobody can read as a number.
        with suppress(Fault):
            if isinstance(key, str) and key in facts:
                return facts.admitted(key)
        return UNBOUNDED
