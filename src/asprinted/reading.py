"""The grammar of number expressions: one token, or one match in a text, becomes a `Reading`.

A printed number keeps its words. The *value* is the number with its scale; the *interval* is what the words
admit, by the project's own convention, since no standard defines the hedges; the *step* is one unit in the
last printed place. Rounding is no part of a reading: whether 61.71% was rounded or cut is asked elsewhere.

The grammar is built from named parts, once, and compiled twice: for a whole token and for running text.
They differ in one point. In a token, the name of what is counted may follow the measure word (8个街道). In
running text no grammar can tell where such a name ends, so there an expression ends with the measure word
(8个), unless a hedge follows the name (8个街道以上).

Traditional and full-width characters are folded first, one for one, so every position in the folded text is
a position in the text as printed. All arithmetic is on whole numbers and powers of ten: nothing is rounded.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from math import gcd
from typing import NamedTuple, TypeAlias

from asprinted.faults import Fault, quote
from asprinted.lexicon import (
    BEGIN_WORDS,
    HEDGES,
    NOUNS,
    PAIRED,
    PER,
    UNITS,
    Dimension,
    Hedge,
    Unit,
    blanks,
    fold,
    without,
)
from asprinted.numerals import CHINESE, COUNT, DIGITS, SCALE, Numeral, exponent, numeral, shared_scale

__all__ = ["LONGEST", "Form", "Reading", "expressions", "finite_decimal", "read"]

LONGEST = 48
"""Characters of the longest token that is read. The longest sensible ones have some twenty."""


class Form(StrEnum):
    """How a number was put: plainly, as a share (%, ‰, 分之, 成, 一半), in points, as 第…, or from A to B."""

    NUMBER = "number"
    SHARE = "share"
    POINTS = "points"
    ORDINAL = "ordinal"
    RANGE = "range"

    def __repr__(self) -> str:
        """Return the word itself, as a reading shows it."""
        return repr(self.value)


Exact: TypeAlias = Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Reading:
    """What one printed number says.

    `text` is the token as given. `value` is exact: a Decimal, a Fraction only where no finite decimal
    exists (三分之一), None for a range. `low`, `high` and `bounds` (`[]`, `[)`, `()`, `(]`) are the interval
    that the words admit; None is an end that the words do not set. `step` is one unit in the last printed
    place, 0 for what is exact (一半). `hedge` and `unit` stand as printed, without 万 and 亿, which belong to
    the value; `unit_en` glosses the unit, `dimension` says what it measures.
    """

    text: str
    value: Exact | None
    low: Exact | None
    high: Exact | None
    bounds: str
    step: Decimal
    hedge: str
    unit: str
    unit_en: str
    form: Form
    dimension: Dimension = field(repr=False)

    @property
    def is_counted_span(self) -> bool:
        """Whether it counts years or other spans in a row: these are whole, and nothing was rounded.

        >>> read("连续5年").is_counted_span, read("5年").is_counted_span
        (True, False)
        """
        return self.text.startswith(_IN_A_ROW) and self.value == int(self.value or 0)


_IN_A_ROW = "连续"

# ------------------------------------------------------------------------------------------------- grammar


def _units(words: Iterable[str]) -> str:
    """Return a pattern that prefers longer units, and takes none that begins another word (分局)."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        ends = [f"(?![{BEGIN_WORDS[word]}])"] if word in BEGIN_WORDS else []
        ends += [rf"(?={'|'.join(PAIRED[word])}|\Z)"] if word in PAIRED else []
        ends += ["(?![A-Za-z0-9])"] if word[-1].isascii() and word[-1].isalpha() else []
        found.setdefault(word[0], []).append(word[1:] + "".join(ends))
    begun = [first if rests == [""] else f"{first}(?:{'|'.join(rests)})" for first, rests in found.items()]
    # The first character is looked up at once, so that a number without a unit costs nothing.
    return f"(?=[{''.join(found)}])(?:{'|'.join(begun)})"


# 伍 and 陆 are mostly found in words and names (队伍, 大陆), so a financial numeral is one only beside
# another numeral or before the yuan.
_CHEQUE = (
    "(?<!队)(?:[壹贰叁肆伍陆柒捌玖](?=[壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆])|拾(?=[壹贰叁肆伍陆柒捌玖万亿元圆]))"
    "[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*+"
)
# In 500万千瓦 and 3千米 the 千 is the unit's, in 三千米 the numeral's.
_INSIDE = (
    f"[0-9〇零{COUNT}两十万亿○]++|百(?!分点|帕)|千(?![瓦伏赫帕卡焦])(?:(?![米克])|(?<![0-9万亿]千))"
    f"|(?<=[0-9])[.,](?=[0-9])|(?<=[{CHINESE}])点(?=[〇零{COUNT}])"
)
_NUMERAL = f"(?:[0-9{CHINESE}](?:{_INSIDE})*+|{_CHEQUE})"
# 统一多元… is a word that ends in 一 and one that begins with 多.
_MORE_WORD = (
    "余|几|多(?!(?<=一多)[元样方维边层重])|(?<=[十百千万0])来(?=[个人名位件户家台辆所天年岁元次块里百千万亿])"
)
# In 附近, 最近, 签约, 节约, 赶超 the last character is no hedge.
_BEFORE = (
    "不得超过|不超过|超过|(?<![赶反彩])超|逾|将近|(?<![附最临邻靠亲就贴])近|大约"
    "|(?<![节签条契公特预违履制相邀])约"
    "|至少|不少于|不低于|不足|(?<![达做得看收听想办找等])不到|不满|过(?=半)"
)
# 多 and 余 follow a unit only where it measures (三年多): in 8个多元… they belong to the next word.
_AFTER = (
    "(?:及)?以[上下](?!年)|以内|左右|上下(?![楼级班游联功同齐一车学求])"
    "|(?<=[年月天日周期时钟秒岁倍里米元圆亩顷吨斤克升度%‰成半数])(?:多(?![元样方次数层种维边重])|余(?![额款]))"
)
_HALF = "一半|半数|(?<=[近超过])半(?![年月天小个山径岛日夜决导成价路途载辈生世百])"
# Words that begin with 成 (成立, 成功) do not make the number before them a share.
_TENTHS = "成(?![立为功员果长本效就都绩交熟型批套片群年份语分品活家才网链体])"
_VAGUE = (
    "好?几(?=[十百千万亿])|(?<![人件户次多总基指参系])数(?=[十百千万亿](?!分之))"
    "|(?<![网线路会以身地天船车手海向世市])上(?=[百千万亿](?!分之))"
)
_SPLIT = [unit[1:] for unit in UNITS if unit[0] == "个" and unit != "个"]
_LATIN = [unit for unit in UNITS if unit[-1].isascii() and unit[-1].isalpha()]
_WHOLE = _units({unit for unit in UNITS if unit == "个" or unit[0] != "个"} - {"点", "股"})
_POINTS = "(?:(?<=[0-9]{3})|(?<=[.][0-9])|(?<=[.][0-9]{2}))点(?![位名击燃对面线赞评])"
_PER = _units(PER)
_SHARES = "(?<=[0-9万亿])股(?![份东票价市权民指息金本])"
_NOUN = f"(?<=[个件起家名位项条处所路户宗种类])(?:{'|'.join(sorted(NOUNS, key=len, reverse=True))})"
_TO = "至|到|[-–~]|(?<!—)—(?!—)"
_SIGNS = "¼-¾⅐-↉①-⒛㈠-㈩㊀-㊉❶-➓廿卅"
_CODE = (
    "(?<=[A-Za-z])(?<!GDP)(?<!CPI)(?<!PPI)(?<!PMI)[0-9]++(?:[.][0-9]++)?+|0[0-9]++号?"
    f"|[0-9]++(?=[A-Za-z])(?!(?:{'|'.join(_LATIN)})(?![A-Za-z0-9]))|[{_SIGNS}]"
)


# What any expression begins with: elsewhere in a text nothing is tried.
_FIRST = f"0-9{CHINESE}○壹贰叁肆伍陆柒捌玖拾连不超逾将近大约至过第好几数上半{_SIGNS}"


def _grammar(noun: str) -> str:
    """Return the grammar as a verbose pattern, given where the name of what is counted may stand."""
    split = "|".join(_SPLIT)
    return f"""
        (?=[{_FIRST}])  (?:连续)?  (?P<before>{_BEFORE})?  (?P<ordinal>第)?  (?P<vague>{_VAGUE})?
        (?:
            (?P<code>{_CODE})
        |
            (?:
                (?P<half>{_HALF})
            |
                (?P<number>{_NUMERAL})
                (?: 分之(?P<numerator>{_NUMERAL})(?P<share_more>{_MORE_WORD})? |
                (?(ordinal)|(?: (?P<more>{_MORE_WORD})(?P<scale>{SCALE})? )?)
                (?: (?=[^，。；、]{{0,6}}?(?:{_TO}))
                    (?P<first_unit>个(?:{split})|{_WHOLE}|{_TENTHS})?(?:{_TO})
                    (?P<second>(?!0[0-9]){_NUMERAL}(?!-[0-9]|[A-Za-z](?<!m|k)))
                    (?: (?P<second_more>{_MORE_WORD})(?:{SCALE})? )?
                    (?(first_unit)(?=(?P=first_unit))) )?
                (?: (?P<tenths>{_TENTHS})(?P<tail>[{COUNT}](?![{CHINESE}]))?
                  | (?P<unit>个(?P<inner>[多余])?(?:{split})|{_WHOLE}|{_POINTS}|{_SHARES})
                    (?:/(?P<per>{_PER}))? )?
                (?P<noun>{noun})? )
            )
            (?P<after>{_AFTER})?
        )
        """


EXPRESSION = _grammar(f"{_NOUN}(?={_AFTER})")
"""The pattern of a number expression in running text that is folded; verbose, with named groups."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile where first used: hundreds of units take their time, and not every process reads."""
    return re.compile(pattern, re.VERBOSE)


_TOKEN = _grammar(_NOUN)


def expressions(text: str) -> Iterator[re.Match[str]]:
    """Yield the number expressions of one line of running text, leftmost and longest, as matches.

    The matches are of the folded text: their positions hold for `text`, their characters may be simplified.

    >>> [(found.start(), found.group()) for found in expressions("化解1.73万餘件，化解率達98.35％")]
    [(2, '1.73万余件'), (14, '98.35%')]
    """
    return _compiled(EXPRESSION).finditer(fold(text))


# ------------------------------------------------------------------------------------------------- reading

_Parts: TypeAlias = Mapping[str, str | None]

_ZERO = Decimal(0)
_HUNDREDTHS = {"百": -2, "千": -3, "万": -4, "十万": -5, "百万": -6, "亿": -8}
_PERCENT = {"%": -2, "‰": -3}
_HEDGE_GROUPS = ("before", "share_more", "more", "second_more", "inner", "after")
_SHARE = Unit("share", Dimension.SHARE)


class _Words(NamedTuple):
    """What stands around a numeral: the hedge and the unit as printed, and what each of them says."""

    hedge: str
    kind: Hedge | None
    unit: str
    says: Unit
    form: Form


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
    if gaps := blanks(token):
        return replace(read(without(token, gaps)), text=token)
    return _plainly(token) or _by_the_grammar(token)


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
    return _number(token, amount, words)


@lru_cache(maxsize=1 << 12)
def _shape(before: str, after: str) -> tuple[_Words, int] | None:
    """Return what words say around any digits, and the power of ten they give; None for no simple shape."""
    token = f"{before}1{after}"
    match = _compiled(_TOKEN).fullmatch(fold(token)) if len(token) <= LONGEST else None
    if match is None or match["number"] not in ("1", "1万", "1亿"):
        return None
    if match["ordinal"] or match["numerator"] or match["second"] or match["tail"]:
        return None
    try:
        words = _words(token, match)
        return words, _amount(match.groupdict(), words.hedge).place
    except Fault:
        return None


def _by_the_grammar(token: str) -> Reading:
    """Read any token."""
    match = _compiled(_TOKEN).fullmatch(fold(token)) if len(token) <= LONGEST else None
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
    match = _compiled(EXPRESSION).search(fold(token))
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
    words = _words(token, match)
    if match["ordinal"]:
        return _ordinal(token, match, words)
    if match["half"]:
        return _exact_share(token, Fraction(1, 2), words)
    if match["numerator"]:
        return _fraction(token, match, words)
    if match["second"]:
        return _range(token, match, words, match["first_unit"] or "", match["number"], match["second"])
    if (near := _NEIGHBOURS.fullmatch(match["number"])) and (near[2] or words.says.gloss):
        first, second = (_TWO.get(digit, digit) + near[2] for digit in near[1])
        return _range(token, match, words, "written out", first, second)
    return _number(token, _amount(match.groupdict(), words.hedge), words)


def _words(token: str, match: re.Match[str]) -> _Words:
    """Return what stands around the numeral of a match."""
    hedges = [group for group in _HEDGE_GROUPS if match[group]]
    if len(hedges) > 1:
        raise Fault.of(f"which has {len(hedges)} hedges", "one at most")
    hedge, kind = "", None
    if hedges:
        hedge, kind = token[slice(*match.span(hedges[0]))], HEDGES.get(match[hedges[0]])
        if kind is None:
            raise Fault.of(
                f"{hedge}, which may stand for a little less or more", "a hedge with a declared interval"
            )
    unit, says = _unit(token, match)
    form = Form.POINTS if says.dimension is Dimension.POINTS else Form.NUMBER
    return _Words(hedge, kind, unit, says, Form.SHARE if says.dimension is Dimension.SHARE else form)


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
        return printed + token[slice(*match.span("noun"))], NOUNS[match["noun"]]
    if match["per"]:
        gloss = f"{UNITS[word].gloss} per {UNITS[match['per']].gloss}"
        return f"{printed}/{token[slice(*match.span('per'))]}", Unit(gloss, Dimension.QUOTIENT)
    return printed, UNITS[word]


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


def _number(token: str, amount: Numeral, words: _Words) -> Reading:
    """Build the reading of a number that has a last place."""
    hedge, kind, unit, (gloss, dimension), form = words
    value = _decimal(amount.digits, amount.place)
    low, high, bounds = _ends(kind, amount, value) if kind else (value, value, "[]")
    step = _power(amount.place)
    return Reading(token, value, low, high, bounds, step, hedge, unit, gloss, form, dimension)


def _exact_share(token: str, share: Fraction, words: _Words) -> Reading:
    """Build the reading of a share that is exact."""
    value = finite_decimal(share)
    says = words.hedge, "", "share", Form.SHARE, Dimension.SHARE
    low, high, bounds = _exact_ends(words.kind, value)
    return Reading(token, value, low, high, bounds, _ZERO, *says)


def _ordinal(token: str, match: re.Match[str], words: _Words) -> Reading:
    """Read 第一位 or a bare 第一."""
    if words.hedge or match["second"] or not match["number"] or words.form is Form.SHARE:
        expected = "a whole number and a measure word after 第, without a hedge"
        raise Fault.of("第 before something else than a place", expected)
    digits, place, point = numeral(match["number"])
    if point or not digits:
        raise Fault.of("第 before no whole number", "a whole number from 1 after 第")
    value = _decimal(digits, place)
    gloss = words.says.gloss if words.says.gloss not in ("", "person") else "rank"
    says = "", words.unit, gloss, Form.ORDINAL, Dimension.RANK
    return Reading(token, value, value, value, "[]", _power(place), *says)


def _fraction(token: str, match: re.Match[str], words: _Words) -> Reading:
    """Read X分之Y: 百分之 … 亿分之 are printed to a place, other fractions are exact."""
    below, numerator = match["number"], match["numerator"]
    above = numeral("一百" if numerator == "百" else numerator)
    if below in _HUNDREDTHS:
        start, end = match.span("number")
        amount = above._replace(place=above.place + _HUNDREDTHS[below])
        unit = token[start : end + len("分之")]
        return _number(token, amount, words._replace(unit=unit, says=_SHARE, form=Form.SHARE))
    denominator = numeral(below)
    if above.decimal or denominator.decimal or not denominator.digits:
        raise Fault.of("分之 without two whole numbers", "whole numbers on both sides of 分之")
    size = [part.digits * 10**part.place for part in (above, denominator)]
    return _exact_share(token, Fraction(*size), words)


_NEIGHBOURS = re.compile("(一[二两]|[二两]三|三四|四五|五六|六七|七八|八九)((?:[十百千]?(?:万亿|[万亿])?)?)")
_TWO = {"两": "二"}


def _range(
    token: str, match: re.Match[str], words: _Words, first_unit: str, first: str, second: str
) -> Reading:
    """Read A至B, or two neighbouring digits (七八件, 三四十), which name the numbers between them."""
    if words.hedge or match["tail"]:
        raise Fault.of("a hedge beside a range", "no hedge beside a range")
    if match["first_unit"] and match["first_unit"] != (match["tenths"] or match["unit"]):
        raise Fault.of("a range of two units", "the same unit at both ends of a range")
    shift = _PERCENT.get(match["unit"] or "", 0) - bool(match["tenths"])
    start, end = numeral(first), numeral(second)
    scale = 0 if first_unit else shared_scale(first, second)
    low, high = (Fraction(10) ** amount.place * amount.digits for amount in (start, end))
    if scale and low * 10**scale <= high:
        start = start._replace(place=start.place + scale)
        low *= 10**scale
    if low > high:
        raise Fault.of("a range that falls", "the smaller end of a range first")
    least, most = (_decimal(amount.digits, amount.place + shift) for amount in (start, end))
    says = "", words.unit, words.says.gloss, Form.RANGE, words.says.dimension
    return Reading(token, None, least, most, "[]", _power(max(start.place, end.place) + shift), *says)


# ------------------------------------------------------------------------------------- values and their ends

_End: TypeAlias = Exact | None


def _decimal(digits: int, place: int) -> Decimal:
    """Return digits × 10**place exactly, without trailing zeros behind the point and without an exponent."""
    while place < 0 and digits % 10 == 0:
        digits, place = digits // 10, place + 1
    return Decimal(digits * 10**place) if place >= 0 else Decimal(f"{digits}e{place}")


@lru_cache
def _power(place: int) -> Decimal:
    """Return 10**place."""
    return Decimal(10**place) if place >= 0 else Decimal(f"1e{place}")


def _ends(kind: Hedge, amount: Numeral, value: Decimal) -> tuple[_End, _End, str]:
    """Return the interval that a kind of hedge declares around a number, and its bounds.

    The width u is the unit of the last non-zero digit, or of the last printed decimal place where finer.
    """
    digits, place, printed_point = amount
    if kind is Hedge.LEAST:
        return value, None, "[)"
    if kind is Hedge.MOST:
        return _ZERO, value, "[]"
    if not digits:
        raise Fault.of("a hedge beside 0", "a number other than 0 beside this hedge")
    if kind is Hedge.LESS:
        return _ZERO, value, "()"
    width = 1
    while not printed_point and digits % (width * 10) == 0:
        width *= 10
    if kind is Hedge.MORE:
        return value, _decimal(digits + width, place), "[)"
    if kind is Hedge.OVER:
        return value, _decimal(digits + width, place), "()"
    if kind is Hedge.NEAR:
        return _decimal(digits - width, place) if digits > width else None, value, "()"
    return _decimal(10 * digits - 5 * width, place - 1), _decimal(10 * digits + 5 * width, place - 1), "[]"


def _exact_ends(kind: Hedge | None, value: Exact) -> tuple[_End, _End, str]:
    """Return the interval around an exact share: it has no last place, so no width and no working bound."""
    if kind is Hedge.ABOUT:
        expected = "a number with a last place, from which they take their width"
        raise Fault.of("约 or 左右 beside an exact share", expected)
    table: dict[Hedge | None, tuple[_End, _End, str]] = {
        None: (value, value, "[]"),
        Hedge.MORE: (value, None, "[)"),
        Hedge.LEAST: (value, None, "[)"),
        Hedge.OVER: (value, None, "()"),
        Hedge.NEAR: (None, value, "()"),
        Hedge.LESS: (_ZERO, value, "()"),
        Hedge.MOST: (_ZERO, value, "[]"),
    }
    return table[kind]


def finite_decimal(value: Fraction) -> Exact:
    """Return a fraction as a Decimal without idle zeros, or as it is where no decimal is finite.

    >>> finite_decimal(Fraction(1, 4)), finite_decimal(Fraction(1, 3))
    (Decimal('0.25'), Fraction(1, 3))
    """
    rest, places = value.denominator, 0
    while (shared := gcd(rest, 10)) > 1:
        rest, places = rest // shared, places + 1
    return value if rest > 1 else _decimal(int(value * 10**places), -places)
