"""One token of a Chinese text becomes a `Reading`.

A printed number keeps its words. The *value* is the number with its scale; the *interval* is what the words
admit, by the project's own convention, since no standard defines the hedges; the *step* is one unit in the
last printed place. Rounding is no part of a reading: whether 61.71% was rounded or cut is asked elsewhere.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from asprinted.chinese.grammar import EXPRESSION, TOKEN
from asprinted.chinese.lexicon import blanks, fold, hedges, nouns, units, without
from asprinted.chinese.numerals import DIGITS, exponent, numeral, shared_scale
from asprinted.exact.printed import (
    Around,
    Dimension,
    Form,
    Hedge,
    Numeral,
    Reading,
    Unit,
    admitted_share,
    finite_decimal,
    negated,
    number_reading,
    power,
    range_reading,
    scaled,
)
from asprinted.faults import Fault, quote

__all__ = ["LONGEST", "read"]

LONGEST = 48
"""Characters of the longest token that is read. The longest sensible ones have some twenty."""

_Parts: TypeAlias = Mapping[str, str | None]

_HUNDREDTHS = {"百": -2, "千": -3, "万": -4, "十万": -5, "百万": -6, "亿": -8}
_IN_A_ROW = "连续"
_SIGNS = frozenset("-负")
_PERCENT = {"%": -2, "‰": -3}
_HEDGE_GROUPS = ("before", "share_more", "more", "second_more", "inner", "after")
_SHARE = Unit("share", Dimension.SHARE)


@lru_cache(maxsize=1 << 16)
def read(token: str) -> Reading:
    """Read one printed number with its hedge and unit, exactly.

    The whole token must be one number expression; nothing is guessed or rounded, and nothing stripped but a
    blank that sets digits off (785 件). With u the unit
    of the last non-zero digit of X, or its last printed decimal place where that is finer, the words declare:

    - X: [X, X]; X余, X多, X几: [X, X+u); 近X: (X−u, X); 超X, 逾X: (X, X+u);
    - 约X, X左右: [X−u/2, X+u/2]; 不足X, 不到X, 不满X: (0, X);
    - X以上, 至少X, 不少于X, 不低于X: [X, ∞); X以下, X以内, 不超过X, 不得超过X: [0, X];
    - A至B, A到B, A—B, A-B, A~B: [A, B]. A takes the scale of B (3至5万) unless that puts it above B
      (8000至1万). The step is the coarser of the two.

    An end at or below 0 that u sets, and ∞, are None. Exact shares (三分之一, 一半) have no last place, so no
    u: the end that u would set is None. The upper end of 超 and the lower end of 近 are working bounds.

    Units: shares are fractions of 1 (61.71% is 0.6171), percentage points keep the printed number, all else
    counts in the unit printed, without 万 and 亿.

    Raises Fault for anything else: codes (0871), malformed numerals (三五百), unknown units, two hedges, a
    hedged ordinal, a range whose first end is the greater.

    >>> some = read("1.76万余件")
    >>> some.value, some.low, some.high, some.bounds, some.step, some.dimension.value
    (Decimal('17600'), Decimal('17600'), Decimal('17700'), '[)', Decimal('100'), 'count')
    >>> read("61.71%").value, read("一百二十").value, read("三分之一").value
    (Decimal('0.6171'), Decimal('120'), Fraction(1, 3))
    >>> read("约2万余件")
    Traceback (most recent call last):
    asprinted.faults.Fault: found "约2万余件", which has 2 hedges, expected one at most.
    """
    if reading := _plainly(token):
        return reading
    # A token fills a cell, so to speak: of two numbers it would be none.
    if gaps := [gap - 1 for gap in blanks(f"|{token}|")]:
        return replace(read(without(token, gaps)), text=token)
    return _by_the_grammar(token)


_DIGITS_WITHIN = re.compile("([^0-9.,]*)(0|[1-9][0-9]*)(?:[.]([0-9]+))?([^0-9.,]*)")


def _plainly(token: str) -> Reading | None:
    """Read digits with words around them, or return None; `_by_the_grammar` reads the same, more slowly.

    Most printed numbers are of few shapes (…件, 近…万人). What the words of a shape say does not depend on
    the digits between them, so the grammar is asked once a shape. A property test holds the two together.
    """
    match = _DIGITS_WITHIN.fullmatch(token)
    if match is None or len(token) > LONGEST:
        return None
    before, whole, decimals, after = match.groups()
    shape = _shape(before, after)
    if shape is None:
        return None
    words, shift = shape
    amount = Numeral(int(whole), shift)
    if decimals:
        amount = Numeral(int(whole + decimals), shift - len(decimals), True)
    if words.kind is not None and not amount.digits:
        return None
    return number_reading(token, amount, words, token.startswith(_IN_A_ROW))


@lru_cache(maxsize=1 << 12)
def _shape(before: str, after: str) -> tuple[Around, int] | None:
    """Return what words say around any digits, and the power of ten they give; None for no simple shape."""
    token = f"{before}1{after}"
    match = TOKEN.fullmatch(fold(token)) if len(token) <= LONGEST else None
    if match is None or match["number"] not in ("1", "1万", "1亿"):
        return None
    if match[0][0] in _SIGNS or any(match[each] for each in ("ordinal", "numerator", "second", "tail")):
        return None
    try:
        words = _words(token, match)
        return words, _amount(match.groupdict(), words.hedge).place
    except Fault:
        return None


def _by_the_grammar(token: str) -> Reading:
    """Read any token."""
    match = TOKEN.fullmatch(fold(token)) if len(token) <= LONGEST else None
    if match is None:
        raise _mismatch(token)
    try:
        return _interpret(token, match)
    except Fault as fault:
        raise Fault.of(f"{quote(token)}, {fault.found}", fault.expected) from None


def _mismatch(token: str) -> Fault:
    """Return a fault that says where a token leaves the grammar."""
    if len(token) > LONGEST:
        found = f"{quote(token[:LONGEST])} and more, {len(token)} characters"
        return Fault.of(found, f"one number expression of at most {LONGEST}")
    match = EXPRESSION.search(fold(token))
    if match is None:
        found = f"{quote(token)} without a numeral" if token else "no token"
        return Fault.of(found, "a number such as 1234件, 12.34% or 十三位")
    before, number, after = token[: match.start()], token[match.start() : match.end()], token[match.end() :]
    if before:
        expected = "nothing there, or 第, 连续 or a hedge such as 近, 超, 约"
        return Fault.of(f"{quote(before)} before {quote(number)}", expected)
    expected = "nothing there, or a unit such as 件, 人, 元, %, or a hedge such as 以上"
    return Fault.of(f"{quote(after)} after {quote(number)}", expected)


def _interpret(token: str, match: re.Match[str]) -> Reading:
    """Turn a match of the grammar that covers the token into a reading."""
    if match["code"]:
        raise Fault.of("a code or a sign such as ½", "a quantity in plain numerals")
    if match["vague"]:
        raise Fault.of(f"{match['vague']} before a scale, which names no number", "a number")
    if match[0][0] in _SIGNS:
        return _below_zero(token)
    words = _words(token, match)
    if match["ordinal"]:
        return _ordinal(token, match, words)
    if match["half"]:
        return _exact_share(token, Fraction(1, 2), words)
    if match["under"]:
        return _of_two(token, match["number"], match["under"], words)
    if match["to"]:
        return _ratio(token, match, words)
    if match["numerator"]:
        return _fraction(token, match, words)
    if match["second"]:
        return _range(token, match, words, match["first_unit"] or "", match["number"], match["second"])
    if (near := _NEIGHBOURS.fullmatch(match["number"])) and (near[2] or words.says.gloss):
        first, second = (_TWO.get(digit, digit) + near[2] for digit in near[1])
        return _range(token, match, words, "written out", first, second)
    amount = _amount(match.groupdict(), words.hedge)
    return number_reading(token, amount, words, token.startswith(_IN_A_ROW))


def _words(token: str, match: re.Match[str]) -> Around:
    """Return what stands around the numeral of a match."""
    found = [group for group in _HEDGE_GROUPS if match[group]]
    if len(found) > 1:
        raise Fault.of(f"which has {len(found)} hedges", "one at most")
    hedge, kind = "", None
    if found:
        hedge, kind = token[slice(*match.span(found[0]))], hedges().get(match[found[0]])
        if kind is None:
            raise Fault.of(
                f"{hedge}, which may stand for a little less or more", "a hedge with a declared interval"
            )
    unit, says = _unit(token, match)
    form = Form.POINTS if says.dimension is Dimension.POINTS else Form.NUMBER
    return Around(hedge, kind, unit, says, Form.SHARE if says.dimension is Dimension.SHARE else form)


def _unit(token: str, match: re.Match[str]) -> tuple[str, Unit]:
    """Return the unit as printed, without a hedge inside it (个多月), and what it says."""
    if match["tenths"]:
        return token[slice(*match.span("tenths"))], _SHARE
    if not match["unit"]:
        return "", Unit("", Dimension.NONE)
    printed, word = token[slice(*match.span("unit"))], match["unit"]
    if match["inner"]:
        printed, word = printed[0] + printed[2:], word[0] + word[2:]
    if match["noun"]:
        return printed + token[slice(*match.span("noun"))], nouns()[match["noun"]]
    if match["per"]:
        gloss = f"{units()[word].gloss} per {units()[match['per']].gloss}"
        return f"{printed}/{token[slice(*match.span('per'))]}", Unit(gloss, Dimension.QUOTIENT)
    return printed, units()[word]


def _amount(part: _Parts, hedge: str) -> Numeral:
    """Read the numeral with a scale behind the hedge (20余万), with 成, and with the sign of a share."""
    text, scale = part["number"] or "", part["scale"] or ""
    alone = set(text) <= set("百千万亿")
    if alone and not hedge:
        raise Fault.of(f"{text} alone, which names no number", "a number before it")
    digits, place, point = numeral(f"一{text}" if alone else text)
    if scale and ("亿" in text or ("万" in text and scale != "亿")):
        raise Fault.of(f"{scale} after {text}", f"no {scale} there")
    place += exponent(scale) + _PERCENT.get(part["unit"] or "", 0)
    if part["tenths"]:
        if part["tail"]:
            digits, place = digits * 10 + DIGITS[part["tail"]], place - 1
        place -= 1
    return Numeral(digits, place, point)


def _below_zero(token: str) -> Reading:
    """Read a rate or a change with a sign."""
    number = token[1:]
    reading = _by_the_grammar(number)
    if reading.form not in (Form.SHARE, Form.POINTS) or reading.hedge or reading.value is None:
        raise Fault.of(f"a sign before {number}", "a sign before a rate or a change alone, as in -2.1%")
    return replace(negated(reading), text=token)


def _of_two(token: str, above: str, below: str, words: Around) -> Reading:
    """Read 1/4."""
    if int(above) >= int(below):
        raise Fault.of(f"{above} above {below}, which may be a date", "a part below one, as in 1/4")
    return _exact_share(token, Fraction(int(above), int(below)), words)


def _ratio(token: str, match: re.Match[str], words: Around) -> Reading:
    """Read 3.5∶1, which is 3.5 to its last place, or 2∶3, which is exact."""
    first, second = numeral(match["number"]), numeral(match["to"])
    if _TIME_OF_DAY.fullmatch(token):
        raise Fault.of("what may be a time of day", "a ratio as in 3∶2")
    if not second.digits:
        raise Fault.of("a ratio to 0", "a number other than 0 behind the sign")
    if second == (1, 0, False):
        return number_reading(token, first, words)
    value = Fraction(first.digits, second.digits) * Fraction(10) ** (first.place - second.place)
    return _exact(token, value, words)


_TIME_OF_DAY = re.compile("(?:2[0-4]|[01]?[0-9])[:：][0-5][0-9]")


def _exact_share(token: str, share: Fraction, words: Around) -> Reading:
    """Build the reading of a share that is exact."""
    return _exact(token, share, words._replace(unit="", says=_SHARE, form=Form.SHARE))


def _exact(token: str, number: Fraction, words: Around) -> Reading:
    """Build the reading of a number that has no last place."""
    value = finite_decimal(number)
    says = words.unit, words.says.gloss, words.form, words.says.dimension
    if words.kind is Hedge.ABOUT:
        expected = "a number with a last place, from which they take their width"
        raise Fault.of("约 or 左右 beside an exact share", expected)
    low, high, bounds = admitted_share(words.kind, value)
    return Reading(token, value, low, high, bounds, Decimal(0), words.hedge, *says)


def _ordinal(token: str, match: re.Match[str], words: Around) -> Reading:
    """Read 第一位 or a bare 第一."""
    if words.hedge or match["second"] or not match["number"] or words.form is Form.SHARE:
        expected = "a whole number and a measure word after 第, without a hedge"
        raise Fault.of("第 before something else than a place", expected)
    digits, place, point = numeral(match["number"])
    if point or not digits:
        raise Fault.of("第 before no whole number", "a whole number from 1 after 第")
    value = scaled(digits, place)
    gloss = words.says.gloss if words.says.gloss not in ("", "person") else "rank"
    says = "", words.unit, gloss, Form.ORDINAL, Dimension.RANK
    return Reading(token, value, value, value, "[]", power(place), *says)


def _fraction(token: str, match: re.Match[str], words: Around) -> Reading:
    """Read X分之Y: 百分之 … 亿分之 are printed to a place, other fractions are exact."""
    below, numerator = match["number"], match["numerator"]
    above = numeral("一百" if numerator == "百" else numerator)
    if below in _HUNDREDTHS:
        start, end = match.span("number")
        amount = above._replace(place=above.place + _HUNDREDTHS[below])
        unit = token[start : end + len("分之")]
        words = words._replace(unit=unit, says=_SHARE, form=Form.SHARE)
        return number_reading(token, amount, words, token.startswith(_IN_A_ROW))
    denominator = numeral(below)
    if above.decimal or denominator.decimal or not denominator.digits:
        raise Fault.of("分之 without two whole numbers", "whole numbers on both sides of 分之")
    size = [part.digits * 10**part.place for part in (above, denominator)]
    return _exact_share(token, Fraction(*size), words)


_NEIGHBOURS = re.compile("(一[二两]|[二两]三|三四|四五|五六|六七|七八|八九)((?:[十百千]?(?:万亿|[万亿])?)?)")
_TWO = {"两": "二"}


def _range(
    token: str, match: re.Match[str], words: Around, first_unit: str, first: str, second: str
) -> Reading:
    """Read A至B, or two neighbouring digits (七八件, 三四十), which name the numbers between them."""
    if words.hedge or match["tail"]:
        raise Fault.of("a hedge beside a range", "no hedge beside a range")
    if match["first_unit"] and match["first_unit"] != (match["tenths"] or match["unit"]):
        raise Fault.of("a range of two units", "the same unit at both ends of a range")
    shift = _PERCENT.get(match["unit"] or "", 0) - bool(match["tenths"])
    ends = (numeral(each) for each in (first, second))
    start, end = (amount._replace(place=amount.place + shift) for amount in ends)
    return range_reading(token, start, end, 0 if first_unit else shared_scale(first, second), words)
