"""One token of an English text becomes a `Reading`, by the conventions of the Chinese one."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from asprinted.english.lexicon import hedges, numerals, scales, signs, units
from asprinted.exact.printed import (
    Around,
    Dimension,
    Form,
    Numeral,
    Reading,
    Unit,
    number_reading,
    range_reading,
)
from asprinted.faults import Fault, quote

__all__ = ["LONGEST", "read"]

LONGEST = 96
"""Characters of the longest token that is read."""

_BLANKS = str.maketrans("\u00a0\u2009\u202f", "   ")
_ARABIC = r"[1-9][0-9]{0,2}(?:,[0-9]{3})++(?![0-9])|(?:0|[1-9][0-9]*+)(?!,?[0-9])"
_FORMS = {Dimension.SHARE: Form.SHARE, Dimension.POINTS: Form.POINTS}
_BARE = Unit("", Dimension.NONE)


class _Quantity(NamedTuple):
    """A number with its scale and unit: what stands before it, the amount, the scale, the unit as printed."""

    before: str
    amount: Numeral
    scale: int
    unit: str
    says: Unit


@lru_cache(maxsize=1 << 12)
def read(token: str) -> Reading:
    """Read one printed number with its hedge and unit, exactly; nothing is guessed.

    With u as in Chinese: more than X, over X: (X, X+u); nearly X: (X−u, X); about X: [X−u/2, X+u/2]; at least
    X: [X, ∞); up to X, at most X: [0, X]; between A and B: [A, B]. Thousand, million and billion are scale.

    Raises Fault for anything else: an unknown unit or hedge, a malformed numeral, a range that falls.

    >>> some = read("more than 1.73 million yuan")
    >>> some.value, some.high, some.bounds, some.unit_en, some.dimension.value
    (Decimal('1730000'), Decimal('1740000'), '()', 'CNY', 'money')
    >>> read("34,765 cases").value, read("between 3 and 5 years").high, read("61.71 percent").value
    (Decimal('34765'), Decimal('5'), Decimal('0.6171'))
    >>> read("12 widgets")                                                      # doctest: +ELLIPSIS
    Traceback (most recent call last):
    asprinted.faults.Fault: found "12 widgets", " widgets" after "12", expected ...
    """
    if len(token) > LONGEST:
        found = f"{quote(token[:LONGEST])} and more, {len(token)} characters"
        raise Fault.of(found, f"one number expression of at most {LONGEST}")
    plain = token.translate(_BLANKS)
    between = re.fullmatch("between (.+) and (.+)", plain, re.IGNORECASE | re.ASCII)
    try:
        return _range(token, *between.groups()) if between else _number(token, _quantity(plain))
    except Fault as fault:
        raise Fault.of(f"{quote(token)}, {fault.found}", fault.expected) from None


def _number(token: str, said: _Quantity) -> Reading:
    """Read a number that is no range."""
    hedge, _, more = said.before.rpartition(" ")
    kind = hedges().get(hedge.lower())
    if said.before and (more or kind is None):
        raise Fault.of(f"{quote(said.before)} before a number", f"nothing there, or {', '.join(hedges())}")
    form = _FORMS.get(said.says.dimension, Form.NUMBER)
    return number_reading(token, said.amount, Around(hedge, kind, said.unit, said.says, form))


def _range(token: str, first: str, second: str) -> Reading:
    """Read between A and B. The unit may stand once, behind B; so may the scale."""
    start, end = _quantity(first), _quantity(second)
    for before in (start.before, end.before):
        if before:
            raise Fault.of(f"{quote(before)} inside a range", "two plain numbers")
    if start.unit in signs() or end.unit in signs():
        raise Fault.of("a sign of money inside a range", "the name of the currency behind it")
    if start.unit and start.says != end.says:
        raise Fault.of("a range of two units", "the same unit at both ends of a range")
    shared = 0 if start.unit or start.scale else end.scale
    place = start.amount.place + (0 if start.unit else _shift(end.says))
    opening = start.amount._replace(place=place)
    return range_reading(token, opening, end.amount, shared, Around("", None, end.unit, end.says, Form.RANGE))


def _quantity(text: str) -> _Quantity:
    """Read the first number of a text, with what stands before it and the unit that is the rest."""
    match = _pattern().search(text)
    if match is None:
        raise Fault.of("without a plain numeral", "a number such as 1,234 cases, 12.34% or 1.2 million")
    word, whole, decimals, scale, rest = match.group("word", "whole", "decimals", "scale", "rest")
    power = scales()[scale.lower()] if scale else 0
    before = text[: match.start()]
    unit = next((sign for sign in signs() if before.endswith(sign)), "")
    if unit and rest:
        raise Fault.of(f"{quote(unit)} before and {quote(rest)} after a number", "one unit")
    before, unit = before.removesuffix(unit), unit or rest.removeprefix(" ")
    says = _unit(rest, match.group()[: -len(rest)]) if rest else units().get(unit, _BARE)
    digits = numerals()[word.lower()] if word else int(whole.replace(",", "") + (decimals or ""))
    amount = Numeral(digits, power - len(decimals or "") + _shift(says), bool(decimals))
    return _Quantity(before, amount, power, unit, says)


def _unit(rest: str, number: str) -> Unit:
    """Return what the rest of a token says, which is a unit: % or a word set off by a blank."""
    known = units()
    word = rest.removeprefix(" ")
    says = known.get(word) or known.get(word.lower())
    if says is None or word in signs() or (rest == word) != (word == "%"):
        expected = "nothing there, or a unit such as cases, people, years, yuan, percent or percentage points"
        raise Fault.of(f"{quote(rest)} after {quote(number)}", expected)
    return says


def _shift(says: Unit) -> int:
    """Return the power of ten of a unit: the shares of English are hundredths."""
    return -2 if says.dimension is Dimension.SHARE else 0


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a number with its scale."""
    words, powers = "|".join(numerals()), "|".join(scales())
    return re.compile(
        rf"(?<![\w.,-])(?:(?P<word>{words})(?!\w)|(?P<whole>{_ARABIC})(?:[.](?P<decimals>[0-9]++))?)"
        rf"(?: (?P<scale>{powers})(?!\w))?(?P<rest>.*)",
        re.IGNORECASE | re.ASCII | re.DOTALL,
    )
