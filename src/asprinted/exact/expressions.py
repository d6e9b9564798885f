"""Formulas over figures, rules over rows, and whether two sides go together.

A formula is one line of arithmetic over keys. It is evaluated exactly, once over values and once over the
intervals that the words admit. A rule is one line of comparisons over the columns of a row. Both are read by
`ast`, which evaluates nothing; whatever is not on the short lists below is refused.
"""

from __future__ import annotations

import ast
import operator
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial
from inspect import signature
from typing import Any, NamedTuple

from asprinted.exact.intervals import WHOLE_NUMBERS, Interval
from asprinted.exact.relations import WHOLE_KINDS, Printed
from asprinted.faults import Fault, quote

LONGEST = 1000
DEEPEST = 100
"""Characters, and expressions inside one another, beyond which nobody could check a formula by eye."""
LARGEST = 10**300
"""What numerators and denominators stay below: values that are made of values could double their digits."""

_NUMBER = re.compile("[0-9]{1,100}(?:[.][0-9]{1,100})?")


@dataclass(frozen=True, slots=True)
class Amount:
    """What a function of a formula gives: a value (None where there is only an interval) and an interval."""

    value: Fraction | None
    within: Interval


Function = Callable[..., Amount]

ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class Expression:
    """One line that `ast` reads and nobody evaluates: what may stand in it, each kind says for itself.

    names: what it names, in order of first use. Raises Fault, in the kind's own `column`, for a line that is
    none, too long or too deep.
    """

    column = ""
    parts = ""
    signs: Mapping[int, int] = str.maketrans("×÷−", "*/-")

    def __init__(self, text: str) -> None:
        self.text = text
        self.source = text.strip().translate(self.signs)
        self.tree = parsed(self.source, text, self.column, self.parts)
        called = {node.func for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        found = [node for node in ast.walk(self.tree) if isinstance(node, ast.Name) and node not in called]
        found.sort(key=lambda node: (node.lineno, node.col_offset))
        self.names = tuple(dict.fromkeys(node.id for node in found))

    def segment(self, node: ast.AST) -> str:
        """Return a part of the line as it was typed."""
        return ast.get_source_segment(self.source, node) or ""

    def is_number(self, node: ast.AST) -> bool:
        """Whether a part is a plain decimal number."""
        return isinstance(node, ast.Constant) and bool(_NUMBER.fullmatch(self.segment(node)))

    def fault(self, found: str, expected: str) -> Fault:
        """Return what is wrong with the line, which the fault names where it is not all that was found."""
        where = "" if quote(self.text.strip()) == found else f" in {quote(self.text)}"
        return Fault.of(found + where, expected, self.column)

    def evaluate(self, node: ast.expr, at: Any) -> Any:
        """Return what a part stands for, by the methods that a kind has for what it admits.

        at: where it is evaluated, such as what looks names up; handed on to each method as it is.
        """
        of = partial(self.evaluate, at=at)
        match node:
            case ast.BinOp(left, op, right):
                return self._computed(type(op), of(left), of(right))
            case ast.UnaryOp(ast.Not(), operand):
                return self._denied(of(operand))
            case ast.UnaryOp(_, operand):
                return self._negative(of(operand))
            case ast.BoolOp(op, values):
                return self._joined(isinstance(op, ast.And), map(of, values))
            case ast.Compare(left, ops, others):
                return self._compared(ops, [of(side) for side in (left, *others)])
            case ast.Call():
                return self._called(node, at)
            case ast.Tuple(items) | ast.List(items):
                return [of(item) for item in items]
            case ast.Name(name):
                return self._named(name, at)
            case ast.Constant(str(text)):
                return text
        # From its characters, not from the float that Python makes of them.
        return self._number(Fraction(self.segment(node)), at)

    # What a kind does not admit it is never asked.
    _called: Callable[..., Any]
    _compared: Callable[..., Any]
    _computed: Callable[..., Any]
    _denied: Callable[..., Any]
    _joined: Callable[..., Any]
    _named: Callable[..., Any]
    _negative: Callable[..., Any]
    _number: Callable[..., Any]


class _Given(NamedTuple):
    """What numbers, keys and calls stand for in a formula: values, or intervals."""

    number: Callable[[Fraction], Any]
    lookup: Callable[[str], Any]
    amount: Callable[[Amount], Any]


class Formula(Expression):
    """A formula over keys: + - × ÷, parentheses, numbers, and calls of the listed functions on keys.

    keys: the keys in order of first use, the arguments of calls included. loose: the keys outside of calls,
    as often as they stand; where a hedged one stands twice, its interval is counted twice and comes out too
    wide (a function answers for its own arguments). Raises Fault (column "formula") for anything else.

    >>> rest = Formula("1 - concluded / accepted")
    >>> rest.keys, rest.loose
    (('concluded', 'accepted'), ('concluded', 'accepted'))
    >>> rest.value({"concluded": Fraction(783), "accepted": Fraction(785)}.__getitem__)
    Fraction(2, 785)
    >>> rest.interval({"concluded": Interval.between(1, 2), "accepted": Interval.point(4)}.__getitem__).low
    Fraction(1, 2)
    >>> Formula("2 ** accepted")                                                # doctest: +ELLIPSIS
    Traceback (most recent call last):
    asprinted.faults.Fault: column formula: found "2 ** accepted", expected keys, numbers, + - × ÷, ...
    """

    column = "formula"
    parts = "keys, numbers, + - × ÷, parentheses and the listed functions"

    def __init__(self, text: str, functions: Mapping[str, Function] | None = None) -> None:
        super().__init__(text)
        self._functions = dict(functions or {})
        self.keys = self.names
        self.loose = tuple(self._outside(self.tree))

    def value(self, lookup: Callable[[str], Fraction]) -> Fraction:
        """Return the exact value, given those of the keys; Fault where it divides by zero."""
        try:
            value: Fraction = self.evaluate(self.tree, _Given(lambda number: number, lookup, _value))
        except ZeroDivisionError:
            raise self.fault("a division by 0", "divisors other than 0") from None
        return value

    def interval(self, lookup: Callable[[str], Interval]) -> Interval:
        """Return what the formula admits, given what its keys admit; Fault where a divisor may be zero.

        Exact where no hedged key stands twice.
        """
        try:
            within: Interval = self.evaluate(self.tree, _Given(_point, lookup, lambda amount: amount.within))
        except Fault as fault:
            raise self.fault(fault.found, fault.expected) if not fault.column else fault from None
        return within

    _negative = staticmethod(operator.neg)

    def _number(self, value: Fraction, at: _Given) -> Any:
        return at.number(value)

    def _named(self, name: str, at: _Given) -> Any:
        return at.lookup(name)

    def _computed(self, op: type[ast.operator], left: Any, right: Any) -> Any:
        result = ARITHMETIC[op](left, right)
        if is_too_large(result):
            raise self.fault("a number of more than 300 digits", "one that somebody could read")
        return result

    def _called(self, node: ast.Call, at: _Given) -> Any:
        name, keys = ast.unparse(node.func), [ast.unparse(each) for each in node.args]
        try:
            signature(self._functions[name]).bind(*keys)
        except TypeError:
            raise self.fault(f"{len(keys)} keys in the call of {name}", "as many as it takes") from None
        return at.amount(self._functions[name](*keys))

    def _outside(self, node: ast.expr) -> Iterator[str]:
        """Yield the keys that stand outside of calls; Fault for what may not stand in a formula."""
        match node:
            case ast.BinOp(left, op, right) if type(op) in ARITHMETIC:
                yield from self._outside(left)
                yield from self._outside(right)
            case ast.UnaryOp(ast.USub(), operand):
                yield from self._outside(operand)
            case ast.Name(name):
                yield name
            case ast.Call():
                self._refuse_call(node)
            case _ if not self.is_number(node):
                raise self.fault(quote(self.segment(node)), self.parts)

    def _refuse_call(self, node: ast.Call) -> None:
        name = ast.unparse(node.func)
        if name not in self._functions:
            raise self.fault(f"the function {name}", ", ".join(self._functions) or "no function")
        odd = [each for each in node.args if not isinstance(each, ast.Name)]
        if odd or node.keywords:
            found = ast.unparse(odd[0] if odd else node)
            raise self.fault(quote(found), f"keys in the call of {name}")


def is_too_large(result: Fraction | Interval) -> bool:
    """Return whether a result has more digits than anything printed could give.

    >>> is_too_large(Fraction(1, 3)), is_too_large(Interval.point(Fraction(1, 10**1000)))
    (False, True)
    """
    ends = (result.low, result.high) if isinstance(result, Interval) else (result,)
    return any(abs(end.numerator) >= LARGEST or end.denominator >= LARGEST for end in ends if end is not None)


def _point(number: Fraction) -> Interval:
    return Interval.point(number, whole=number.denominator == 1)


def _value(amount: Amount) -> Fraction:
    if amount.value is None:
        raise Fault.of("a function that gives no value here", "a value, not an interval alone", "formula")
    return amount.value


# ------------------------------------------------------------------------------------------- rules over rows

_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_EMPTY = (None, "")


class Condition(Expression):
    """A rule over the columns of a row, in words that pandas' `DataFrame.query` takes too.

    Columns, texts, numbers and lists of these are compared by == != < <= > >= in, not in, joined by and, or,
    not. names: the columns in order of first use. Raises Fault (column "where") for anything else.

    >>> like_date = Condition('"08-22" <= month_day <= "10-30" and level not in ("high",)')
    >>> like_date.names, like_date.holds({"month_day": "09-30", "level": "basic"})
    (('month_day', 'level'), True)
    """

    column = "where"
    parts = "columns, texts, numbers, == != < <= > >= in, not in, and, or, not"
    # A text keeps its signs.
    signs: Mapping[int, int] = {}

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._admit(self.tree)

    def holds(self, row: Mapping[str, object]) -> bool:
        """Return whether the rule holds of a row; an empty cell is neither more nor less than anything.

        Raises Fault where the row lacks a column, or a text would be compared with a number.
        """
        return bool(self.evaluate(self.tree, row))

    def _admit(self, node: ast.expr) -> None:
        """Raise Fault for what is no rule."""
        match node:
            case ast.BoolOp(_, values):
                for value in values:
                    self._admit(value)
            case ast.UnaryOp(ast.Not(), operand):
                self._admit(operand)
            case ast.Compare(left, ops, others):
                for op, side in zip((None, *ops), (left, *others), strict=True):
                    self._admit_side(side, listed=isinstance(op, ast.In | ast.NotIn))
                if any(type(op) not in (*_COMPARISONS, ast.In, ast.NotIn) for op in ops):
                    raise self.fault(quote(self.segment(node)), self.parts)
            case _:
                raise self.fault(quote(self.segment(node)), f"a comparison of {self.parts}")

    def _admit_side(self, side: ast.expr, *, listed: bool) -> None:
        if listed != isinstance(side, ast.Tuple | ast.List) or not self._is_operand(side):
            expected = "a list of texts or numbers" if listed else self.parts
            raise self.fault(quote(self.segment(side)), expected)

    def _is_operand(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Tuple | ast.List):
            return all(isinstance(each, ast.Constant) and self._is_operand(each) for each in node.elts)
        text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        return text or isinstance(node, ast.Name) or self.is_number(node)

    def _number(self, value: Fraction, row: Mapping[str, object]) -> Fraction:
        return value

    def _named(self, name: str, row: Mapping[str, object]) -> Any:
        if name not in row:
            raise self.fault(quote(name), f"one of the columns {', '.join(row)}")
        cell = row[name]
        return Fraction(cell) if isinstance(cell, Decimal) and cell.is_finite() else cell

    _denied = staticmethod(operator.not_)

    def _joined(self, every: bool, truths: Iterator[bool]) -> bool:
        return (all if every else any)(truths)

    def _compared(self, ops: Sequence[ast.cmpop], sides: Sequence[Any]) -> bool:
        return all(self._holds(*each) for each in zip(ops, sides, sides[1:], strict=False))

    def _holds(self, op: ast.cmpop, left: Any, right: Any) -> bool:
        if isinstance(op, ast.In | ast.NotIn):
            return any(self._holds(ast.Eq(), left, each) for each in right) == isinstance(op, ast.In)
        ordered = not isinstance(op, ast.Eq | ast.NotEq)
        if ordered and (left in _EMPTY or right in _EMPTY):
            return False
        if left not in _EMPTY and right not in _EMPTY and isinstance(left, str) != isinstance(right, str):
            text, number = sorted((left, right), key=lambda side: not isinstance(side, str))
            found = f"the text {quote(text)} beside the number {number} in {quote(self.text)}"
            raise Fault.of(found, "two texts or two numbers", "where")
        # A float stands for the shortest decimal that gives it, as the same rule in pandas takes it.
        if isinstance(left, float) or isinstance(right, float):
            left, right = (float(side) if isinstance(side, Fraction) else side for side in (left, right))
        return bool(_COMPARISONS[type(op)](left, right))


@lru_cache(maxsize=1 << 12)
def parsed(source: str, text: str, column: str, expected: str) -> ast.expr:
    """Return the tree of a formula or rule; Fault where Python reads none, or it is too long or too deep."""
    shown = quote(text if len(text) <= LONGEST else f"{text[:40]}…")
    if len(source) > LONGEST:
        raise Fault.of(f"{shown}, {len(text)} characters", f"at most {LONGEST}", column)
    try:
        # An odd escape would only warn, once, and of this file.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Fault.of(shown, expected, column) from None
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    if level:
        raise Fault.of(f"{shown}, more than {DEEPEST} levels deep", f"at most {DEEPEST}", column)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not node.id.isascii():
            raise Fault.of(quote(node.id), "names in plain letters", column)
    return tree


# --------------------------------------------------------------------------------------------- side by side


def admitted(figure: Printed) -> Interval:
    """Return what the words of a figure admit; counted things are whole.

    >>> from asprinted import read
    >>> admitted(Printed(read("1.76万余件"), "count")) == Interval.between(17600, 17699, whole=True)
    True
    """
    words = Interval.of(figure.reading)
    return words & WHOLE_NUMBERS if figure.kind in WHOLE_KINDS else words


def equal(left: Interval, right: Interval) -> bool:
    """Whether two sides have a value in common: hedged words agree with what lies inside them.

    >>> equal(Interval.between(17600, 17700, "[)"), Interval.point(17699))
    True
    """
    return not (left & right).is_empty


def at_most(left: Interval, right: Interval) -> bool:
    """Whether no value of the left exceeds a value of the right.

    >>> at_most(Interval.point(783), Interval.point(785)), at_most(Interval.point(785), Interval.point(783))
    (True, False)
    """
    return left.high is not None and right.low is not None and left.high <= right.low
