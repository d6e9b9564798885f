"""Numbers typed in the tests, read without the engine: fractions, decimals, logarithms and roots."""

import ast
import operator
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction

_OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def exact(text: str) -> Fraction:
    """Return what a typed expression stands for, exactly; logarithms and roots to twelve places."""
    return _of(ast.parse(text, mode="eval").body, text)


def _of(node: ast.expr, text: str) -> Fraction:
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_of(node.left, text), _of(node.right, text))
    if isinstance(node, ast.Call):
        assert isinstance(node.func, ast.Name)
        return {"log_share": _log_share, "root": _root}[node.func.id](
            *(_of(each, text) for each in node.args)
        )
    assert isinstance(node, ast.Constant)
    # From its characters: a float has lost its last digits.
    return Fraction(ast.get_source_segment(text, node) or "")


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _log_share(first: Fraction, second: Fraction) -> Fraction:
    """Return the share of a product of two, in logarithms, that goes with the first."""
    with localcontext() as context:
        context.prec = 40
        one, both = _decimal(first).ln(), _decimal(first).ln() + _decimal(second).ln()
        return Fraction(round(one / both, 12))


def _root(value: Fraction) -> Fraction:
    with localcontext() as context:
        context.prec = 40
        return Fraction(round(_decimal(value).sqrt(), 12))


def is_at(text: str, value: Fraction) -> bool:
    """Whether a value, rounded half up to as many places as are typed, is what is typed."""
    places = len(text.partition(".")[2])
    shifted = value * 10**places
    return Fraction(text) * 10**places == (shifted + Fraction(1, 2)).__floor__()
