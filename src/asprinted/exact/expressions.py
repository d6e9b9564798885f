"""Formulas over figures, rules over rows, and whether two sides go together.

A formula is one line of arithmetic over keys. It is evaluated exactly, once over values and once over the
intervals that the words admit. A rule is one line of comparisons over the columns of a row. Both are read by
`ast`, which evaluates nothing; whatever is not on the short lists below is refused.
"""

import ast
import operator
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from inspect import signature
from typing import Any, TypeVar

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
T = TypeVar("T", Fraction, Interval)


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
            return self._of(self.tree, lambda number: number, lookup, _value)
        except ZeroDivisionError:
            raise self.fault("a division by 0", "divisors other than 0") from None

    def interval(self, lookup: Callable[[str], Interval]) -> Interval:
        """Return what the formula admits, given what its keys admit; Fault where a divisor may be zero.

        Exact where no hedged key stands twice.
        """
        try:
            return self._of(self.tree, _point, lookup, lambda amount: amount.within)
        except Fault as fault:
            raise self.fault(fault.found, fault.expected) if not fault.column else fault from None

    def _of(
        self,
        node: ast.expr,
        number: Callable[[Fraction], T],
        lookup: Callable[[str], T],
        called: Callable[[Amount], T],
    ) -> T:
        """Return what a part stands for, in the arithmetic of what numbers, keys and calls stand for."""
        if isinstance(node, ast.BinOp):
            left, right = (self._of(side, number, lookup, called) for side in (node.left, node.right))
            result: T = ARITHMETIC[type(node.op)](left, right)
            if is_too_large(result):
                raise self.fault("a number of more than 300 digits", "one that somebody could read")
            return result
        if isinstance(node, ast.UnaryOp):
            return -self._of(node.operand, number, lookup, called)
        if isinstance(node, ast.Name):
            return lookup(node.id)
        if isinstance(node, ast.Call):
            keys = [argument.id for argument in node.args if isinstance(argument, ast.Name)]
            name = ast.unparse(node.func)
            try:
                signature(self._functions[name]).bind(*keys)
            except TypeError:
                raise self.fault(f"{len(keys)} keys in the call of {name}", "as many as it takes") from None
            return called(self._functions[name](*keys))
        # From its characters, not from the float that Python makes of them.
        return number(Fraction(self.segment(node)))

    def _outside(self, node: ast.expr) -> Iterator[str]:
        """Yield the keys that stand outside of calls; Fault for what may not stand in a formula."""
        if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
            yield from self._outside(node.left)
            yield from self._outside(node.right)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            yield from self._outside(node.operand)
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name not in self._functions:
                raise self.fault(f"the function {name}", ", ".join(self._functions) or "no function")
            odd = [each for each in node.args if not isinstance(each, ast.Name)] or [node][
                : len(node.keywords)
            ]
            if odd:
                raise self.fault(quote(ast.unparse(odd[0])), f"keys in the call of {name}")
        elif not self.is_number(node):
            raise self.fault(quote(self.segment(node)), self.parts)


ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


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
        return self._rule(self.tree, row)

    def _admit(self, node: ast.expr) -> None:
        """Raise Fault for what is no rule."""
        if isinstance(node, ast.BoolOp):
            for value in node.values:
                self._admit(value)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self._admit(node.operand)
        elif isinstance(node, ast.Compare):
            for op, side in zip((None, *node.ops), (node.left, *node.comparators), strict=True):
                listed = isinstance(op, ast.In | ast.NotIn)
                if listed != isinstance(side, ast.Tuple | ast.List) or not self._is_operand(side):
                    expected = "a list of texts or numbers" if listed else self.parts
                    raise self.fault(quote(self.segment(side)), expected)
            if any(type(op) not in (*_COMPARISONS, ast.In, ast.NotIn) for op in node.ops):
                raise self.fault(quote(self.segment(node)), self.parts)
        else:
            raise self.fault(quote(self.segment(node)), f"a comparison of {self.parts}")

    def _is_operand(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Tuple | ast.List):
            return all(isinstance(each, ast.Constant) and self._is_operand(each) for each in node.elts)
        text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        return text or isinstance(node, ast.Name) or self.is_number(node)

    def _rule(self, node: ast.expr, row: Mapping[str, object]) -> bool:
        if isinstance(node, ast.BoolOp):
            every = isinstance(node.op, ast.And)
            return (all if every else any)(self._rule(value, row) for value in node.values)
        if isinstance(node, ast.UnaryOp):
            return not self._rule(node.operand, row)
        assert isinstance(node, ast.Compare)
        sides = [node.left, *node.comparators]
        return all(
            self._compare(op, self._operand(left, row), self._operand(right, row))
            for left, op, right in zip(sides, node.ops, sides[1:], strict=False)
        )

    def _operand(self, node: ast.expr, row: Mapping[str, object]) -> Any:
        if isinstance(node, ast.Tuple | ast.List):
            return [self._operand(each, row) for each in node.elts]
        if isinstance(node, ast.Name):
            if node.id not in row:
                raise self.fault(quote(node.id), f"one of the columns {', '.join(row)}")
            cell = row[node.id]
            return Fraction(cell) if isinstance(cell, Decimal) and cell.is_finite() else cell
        assert isinstance(node, ast.Constant)
        return node.value if isinstance(node.value, str) else Fraction(self.segment(node))

    def _compare(self, op: ast.cmpop, left: Any, right: Any) -> bool:
        if isinstance(op, ast.In | ast.NotIn):
            return any(self._compare(ast.Eq(), left, each) for each in right) == isinstance(op, ast.In)
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
