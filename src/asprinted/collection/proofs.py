"""Claims: formulas that say of facts what a sentence says of them, decided exactly for every admitted value.

A fact stands for the interval of what it can be, a frame for the intervals of its rows. A comparison is true
where it holds for every admitted value, false where it holds for none, and undecided otherwise; a claim that
is undecided is no more proven than one that is false.
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add
from typing import TypeAlias, Union

from asprinted.exact.expressions import ARITHMETIC, Expression, at_most, equal, is_too_large
from asprinted.exact.intervals import Interval
from asprinted.faults import Fault, placed, quote

Value: TypeAlias = Union[Interval, bool, "Series", None]
Lookup: TypeAlias = Callable[[str], Value]


@dataclass(frozen=True, slots=True)
class Series:
    """The rows of a frame, or one truth for each of them."""

    items: tuple[Interval | bool | None, ...]


class Proof(Expression):
    """A formula with comparisons, such as `count(higher) == count(near > closing_rate)`.

    Allowed are + - * / (or × ÷ −), comparisons, `and or not`, numbers, names of facts and of values given,
    and `min max count all any`. `count` counts the rows of a frame, or those for which a comparison holds.

    >>> Proof("part <= whole").decide({"part": Interval.point(783), "whole": Interval.point(785)}.get)
    True
    >>> hedged = Interval.between(17600, 17700, "[)")                  # 1.76万余
    >>> Proof("found > 17650").decide({"found": hedged}.get) is None   # some admitted values, not all
    True
    """

    column = "holds"
    parts = "a formula, such as count(higher) == count(near)"

    def __init__(self, text: str) -> None:
        """Read a claim; raise Fault for what is none, or names nothing."""
        super().__init__(text)
        for node in ast.walk(self.tree):
            if not (isinstance(node, _ALLOWED) or self.is_number(node) or _is_listed(node)):
                expected = f"numbers, names, + - * /, comparisons, and or not, {', '.join(_CALLS)}"
                raise Fault.of(quote(self.segment(node) or self.text), expected, "holds")
        if not self.names:
            raise Fault.of(f"{quote(text)}, which names neither a fact nor a value", "one or more", "holds")

    def decide(self, lookup: Lookup) -> bool | None:
        """Return whether it holds for every admitted value (True), for none (False), or for some (None).

        lookup gives the value of a name. Raises Fault where a side cannot be compared, or nothing is said.
        """
        with placed(column="holds"):
            result: Value = self.evaluate(self.tree, lookup)
        if isinstance(result, Interval | Series):
            raise Fault.of(quote(self.text), "a formula that is true or false", "holds")
        return result

    def _number(self, value: Fraction, lookup: Lookup) -> Value:
        return Interval.point(value)

    def _named(self, name: str, lookup: Lookup) -> Value:
        return lookup(name)

    def _called(self, node: ast.Call, lookup: Lookup) -> Value:
        return _CALLS[ast.unparse(node.func)]([self.evaluate(each, lookup) for each in node.args])

    def _computed(self, op: type[ast.operator], left: Value, right: Value) -> Value:
        return _each(left, right, lambda a, b: _computed(op, _interval(a), _interval(b)))

    def _negative(self, value: Value) -> Value:
        return -_interval(value)

    def _denied(self, truth: Value) -> Value:
        return _not(_truth(truth))

    def _joined(self, every: bool, truths: Iterator[Value]) -> Value:
        return (_all if every else _any)([_truth(each) for each in truths])

    def _compared(self, ops: Sequence[ast.cmpop], sides: Sequence[Value]) -> Value:
        found = [
            _each(left, right, lambda a, b, op=op: _COMPARE[type(op)](_interval(a), _interval(b)))  # type: ignore[misc]
            for op, left, right in zip(ops, sides, sides[1:], strict=False)
        ]
        return found[0] if len(found) == 1 else _all([_truth(each) for each in found])


def _is_listed(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return False
    return node.func.id in _CALLS and bool(node.args) and not node.keywords


def _computed(op: type[ast.operator], left: Interval, right: Interval) -> Interval:
    result: Interval = ARITHMETIC[op](left, right)
    if is_too_large(result):
        raise Fault.of("a number of more than 300 digits", "one that somebody could read", "holds")
    return result


def _each(left: Value, right: Value, combine: Callable[[Value, Value], Value]) -> Value:
    """Combine two sides, a frame row by row with what stands beside it."""
    if isinstance(left, Series) and isinstance(right, Series):
        raise Fault.of("two frames side by side", "a frame and a fact or a number", "holds")
    if isinstance(left, Series):
        return Series(tuple(_item(combine(item, right)) for item in left.items))
    if isinstance(right, Series):
        return Series(tuple(_item(combine(left, item)) for item in right.items))
    return combine(left, right)


def _item(value: Value) -> Interval | bool | None:
    assert not isinstance(value, Series)
    return value


def _interval(value: Value) -> Interval:
    if isinstance(value, Interval):
        return value
    raise Fault.of("a truth or a frame", "a number: count, min or max of it", "holds")


def _truth(value: Value) -> bool | None:
    if isinstance(value, Interval | Series):
        raise Fault.of("a number or a frame", "a comparison, or all() or any() of one", "holds")
    return value


def _all(truths: Sequence[bool | None]) -> bool | None:
    return False if False in truths else None if None in truths else True


def _any(truths: Sequence[bool | None]) -> bool | None:
    return True if True in truths else None if None in truths else False


def _less(left: Interval, right: Interval) -> bool | None:
    """Whether every value of the left is below every value of the right; False where none is."""
    if left.high is not None and right.low is not None:
        touching = left.high == right.low and left.high_closed and right.low_closed
        if left.high < right.low or (left.high == right.low and not touching):
            return True
    if left.low is not None and right.high is not None and left.low >= right.high:
        return False
    return None


def _at_most(left: Interval, right: Interval) -> bool | None:
    above = _less(right, left)
    return at_most(left, right) or None if above is None else not above


def _equal(left: Interval, right: Interval) -> bool | None:
    if not equal(left, right):
        return False
    return True if left.is_point and right.is_point else None


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


_COMPARE: Mapping[type, Callable[[Interval, Interval], bool | None]] = {
    ast.Lt: _less,
    ast.Gt: lambda left, right: _less(right, left),
    ast.LtE: _at_most,
    ast.GtE: lambda left, right: _at_most(right, left),
    ast.Eq: _equal,
    ast.NotEq: lambda left, right: _not(_equal(left, right)),
}


_ALLOWED = (
    *(ast.BoolOp, ast.boolop, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, *ARITHMETIC),
    *(ast.Compare, *_COMPARE, ast.Name, ast.Load),
)


def _count(arguments: Sequence[Value]) -> Interval:
    """Return how many rows a frame has, or for how many of them a comparison holds."""
    rows = _rows(arguments)
    if rows and not isinstance(rows[0], Interval):
        if None in rows:
            found = "a comparison that some rows leave undecided"
            raise Fault.of(found, "one decided for every row", "holds")
        return Interval.point(sum(row is True for row in rows), whole=True)
    return Interval.point(len(rows), whole=True)


def _extreme(arguments: Sequence[Value], pick: Callable[..., Fraction]) -> Interval:
    """Return what the least or the greatest of several can be."""
    given = [each.items if isinstance(each, Series) else (each,) for each in arguments]
    items = [_interval(item) for each in given for item in each]
    if not items:
        raise Fault.of("a frame without rows", "one row at least", "holds")
    lows, highs = [item.low for item in items], [item.high for item in items]
    if any(end is None for end in (*lows, *highs)):
        raise Fault.of("a value without an end", "values with two ends", "holds")
    return Interval(pick(lows), pick(highs))


def _rows(arguments: Sequence[Value]) -> tuple[Interval | bool | None, ...]:
    if len(arguments) != 1 or not isinstance(arguments[0], Series):
        raise Fault.of("something else than one frame", "a frame, or a comparison of one", "holds")
    return arguments[0].items


def _truths(arguments: Sequence[Value]) -> list[bool | None]:
    return [_truth(row) for row in _rows(arguments)]


_CALLS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "min": lambda arguments: _extreme(arguments, min),
    "max": lambda arguments: _extreme(arguments, max),
    "count": _count,
    "sum": lambda arguments: reduce(add, map(_interval, _rows(arguments)), Interval.point(0)),
    "all": lambda arguments: _all(_truths(arguments)),
    "any": lambda arguments: _any(_truths(arguments)),
}
