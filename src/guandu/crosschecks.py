"""What is only held side by side: small expressions of figures, and whether two of them go together."""

from __future__ import annotations

import re
from collections.abc import Mapping

from guandu.audit import Printed
from guandu.intervals import WHOLE_NUMBERS, Interval, product, ratio

__all__ = ["Expression", "admitted", "at_most", "equal"]


def admitted(figure: Printed) -> Interval:
    """Return what the words of a figure admit; counted things are whole.

    >>> from guandu.reading import read
    >>> admitted(Printed(read("1.76万余件"), "count")).numbers()
    range(17600, 17700)
    """
    words = Interval.of(figure.reading)
    return words & WHOLE_NUMBERS if figure.kind in ("count", "rank") else words


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
