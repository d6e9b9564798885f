"""Numbers, dates and intervals as a reader of English or Chinese expects them.

Every number is rounded once, from the exact value, half away from zero or toward zero; a float is refused,
since nobody printed its last digits. The language is "en" (the default) or "zh":

- English groups digits by thousands (34,765);
- Chinese follows the usage of official notices: arabic digits without separators (34765), and from 100,000 up
  the units 万 and 亿, where two decimals of 万 or four of 亿 say the number in full (1619万, 3051.7万).
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial
from math import ceil, floor
from typing import Literal, TypeAlias, get_args

from asprinted.exact.intervals import Interval
from asprinted.exact.printed import finite_decimal
from asprinted.faults import Fault

Language: TypeAlias = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Number: TypeAlias = int | Fraction | Decimal


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in English and Chinese; `zh_of` is the digest of the English that was translated, where kept.

    >>> Bilingual("count", "件数")["zh"]
    '件数'
    """

    en: str
    zh: str
    zh_of: str = ""

    def __getitem__(self, language: Language) -> str:
        """Return the text in a language; Fault for one that is neither en nor zh."""
        if language not in LANGUAGES:
            raise Fault.of(f"the language {language!r}", "en or zh")
        return self.en if language == "en" else self.zh

    @classmethod
    def of(cls, row: Mapping[str, str], name: str) -> Bilingual:
        """Return what two columns of a row hold: the English under the name itself or with `_en`.

        A text that stands in one language alone serves both; where its Chinese cell is empty, it says so.

        >>> Bilingual.of({"place": "Hedong district", "place_zh": ""}, "place")["zh"]
        'Hedong district（未译）'
        """
        english, chinese = row.get(f"{name}_en") or row.get(name, ""), row.get(f"{name}_zh")
        untold = f"{english}（未译）" if english and chinese == "" else ""
        return cls(english or chinese or "", chinese or untold)


MOST_PLACES = 100
"""Decimal places beyond which nobody prints a number."""

SCALES = {"亿": 8, "万": 4}
"""The scales of Chinese numbers, the greater first, as powers of ten."""

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_ADDED_BEFORE_CUTTING = {"nearest": Fraction(1, 2), "truncation": Fraction(0)}
_MINUS = "\N{MINUS SIGN}"
# The calendar module would name the months in the language of the machine.
_MONTHS = "January February March April May June July August September October November December".split()
_SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()
_LEAST = {"[": ("at least {}", "{}以上"), "(": ("above {}", "超过{}")}
_MOST = {"]": ("at most {}", "不超过{}"), ")": ("below {}", "不足{}")}


def exact(value: Number) -> Fraction:
    """Return an exact number as a fraction; TypeError for a float or a truth value, Fault for no finite one.

    >>> exact(Decimal("0.6171"))
    Fraction(6171, 10000)
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal):
        raise TypeError(f"found {value!r} ({type(value).__name__}), expected an int, Fraction or Decimal")
    if isinstance(value, Decimal) and not value.is_finite():
        raise Fault.of(str(value), "a finite number")
    return Fraction(value)


@lru_cache(maxsize=1 << 12)
def plain(value: Number | None) -> str:
    """Write an exact number without exponent or idle zeros, as a fraction where no decimal is finite.

    None is written as "".

    >>> plain(Decimal("0.6170")), plain(Fraction(1, 4)), plain(Fraction(1, 3)), plain(None)
    ('0.617', '0.25', '1/3', '')
    """
    if value is None:
        return ""
    finite = finite_decimal(Fraction(value))
    return str(finite) if isinstance(finite, Fraction) else f"{finite:f}"


def outward(values: Interval | None, places: int = 6) -> tuple[str, str]:
    """Write the ends of an interval as decimals, rounded outward; "" for an end that there is not.

    >>> outward(Interval(Fraction(783, 785), None))
    ('0.997452', '')
    """
    low, high = (values.low, values.high) if values else (None, None)
    return (
        "" if low is None else f"{_of_digits(floor(low * 10**places), places):f}",
        "" if high is None else f"{_of_digits(ceil(high * 10**places), places):f}",
    )


def widened(
    low: Fraction | None, high: Fraction | None, bounds: str, places: int
) -> tuple[Fraction | None, Fraction | None, str]:
    """Return ends rounded outward to decimal places, and the bounds: an end that was moved is not left out.

    >>> widened(Fraction(783, 785), None, "()", 4)
    (Fraction(4987, 5000), None, '[]')
    """
    unit = Fraction(10) ** -places
    least = None if low is None else floor(low / unit) * unit
    most = None if high is None else ceil(high / unit) * unit
    return least, most, bounds if (least, most) == (low, high) else "[]"


def rounded(value: Number, places: int = 0, rule: str = "nearest") -> Decimal:
    """Return `value` with `places` decimals, "nearest" (half away from zero) or by "truncation".

    Raises Fault for another rule and for places below 0 or above 100, TypeError for a float.

    >>> rounded(Fraction(783, 785) * 100), rounded(Fraction(783, 785) * 100, rule="truncation")
    (Decimal('100'), Decimal('99'))
    >>> rounded(Fraction(-5, 2)), rounded(Fraction(-5, 2), rule="truncation")
    (Decimal('-3'), Decimal('-2'))
    """
    if rule not in _ADDED_BEFORE_CUTTING:
        raise Fault.of(f"the rule {rule!r}", f"one of {', '.join(_ADDED_BEFORE_CUTTING)}")
    if not 0 <= places <= MOST_PLACES:
        raise Fault.of(f"{places} decimal places", f"0 to {MOST_PLACES}", "places")
    whole = exact(value)
    digits = floor(abs(whole) * 10**places + _ADDED_BEFORE_CUTTING[rule])
    return _of_digits(-digits if whole < 0 else digits, places)


def _of_digits(number: int, places: int) -> Decimal:
    """Return number ÷ 10**places, from its digits: Decimal's arithmetic would round to its context."""
    return Decimal((int(number < 0), tuple(map(int, str(abs(number)))), -places))


def decimal(value: Number, places: int = 2, rule: str = "nearest", language: Language = "en") -> str:
    """Return the number with `places` decimals.

    >>> decimal(Fraction(265 * 13311, 21454)), decimal(Fraction(16190000, 785))
    ('164.42', '20,624.20')
    >>> decimal(Fraction(16190000, 785), language="zh")
    '20624.20'
    """
    number = rounded(value, places, rule)
    return choose(language, f"{number:,f}", f"{number:f}").replace("-", _MINUS)


def count(value: Number, language: Language = "en") -> str:
    """Return a whole number as a count; Fault where it is not whole.

    >>> count(34765), count(34765, "zh")
    ('34,765', '34765')
    >>> count(16190000), count(16190000, "zh"), count(1411780000, "zh"), count(1602279, "zh")
    ('16,190,000', '1619万', '14.1178亿', '1602279')
    """
    number = exact(value)
    if number.denominator != 1:
        raise Fault.of(str(value), "a whole number: write it with decimal()")
    digits = decimal(number, 0, language=language)
    if language == "en":
        return digits
    for least, size, places, name in ((10**8, 10**8, 4, "亿"), (10**5, 10**4, 2, "万")):
        if abs(number) >= least and number * 10**places % size == 0:
            return decimal(number / size, places, language="zh").rstrip("0").rstrip(".") + name
    return digits


def in_scale(value: Number, scale: str) -> str:
    """Return an amount as a result beside it is printed, in 万 or 亿.

    >>> in_scale(Fraction(484609), "万"), in_scale(12_536_000_000, "亿")      # beside 48.5万元, 124.37亿元
    ('48.4609万', '125.36亿')
    """
    return decimal(Fraction(value) / 10 ** SCALES[scale], 4, language="zh").rstrip("0").rstrip(".") + scale


def percent(value: Number, places: int = 2, rule: str = "nearest") -> str:
    """Return a share as a percentage; both languages write it alike.

    >>> percent(Fraction(21454, 34765))
    '61.71%'
    >>> percent(Fraction(783, 785), 0), percent(Fraction(783, 785), 0, "truncation")
    ('100%', '99%')
    """
    return decimal(exact(value) * 100, places, rule, "zh") + "%"


def points(difference: Number, places: int = 2, language: Language = "en") -> str:
    """Return the difference of two shares in percentage points.

    >>> points(Decimal("0.6817") - Decimal("0.6171"))
    '6.46 percentage points'
    >>> points(Fraction(15917, 25693) - Fraction(21454, 34765), language="zh")
    '0.24个百分点'
    """
    written = decimal(exact(difference) * 100, places, language=language)
    return written + choose(language, " percentage points", "个百分点")


def signed(value: Number, write: Callable[[Number], str] | None = None) -> str:
    """Return the number with its sign, written by `write` (as a count if none is given); nought has no sign.

    >>> signed(Fraction(-398, 1000), lambda share: percent(share, 1)), signed(3), signed(0)
    ('−39.8%', '+3', '0')
    """
    number = exact(value)
    return ("+" if number > 0 else _MINUS if number < 0 else "") + (write or count)(abs(number))


def times(value: Number, places: int = 2, language: Language = "en") -> str:
    """Return a ratio as "so many times".

    >>> times(Fraction(34765, 25693)), times(Fraction(34765, 25693), language="zh")
    ('1.35 times', '1.35倍')
    """
    return decimal(value, places, language=language) + choose(language, " times", "倍")


def money(value: Number, places: int = 0, language: Language = "en") -> str:
    """Return a sum in yuan.

    >>> money(Fraction(16190000, 785)), money(16190000, language="zh")
    ('20,624 yuan', '1619万元')
    """
    number = exact(value)
    whole = number.denominator == 1 and places == 0
    written = count(number, language) if whole else decimal(number, places, language=language)
    return written + choose(language, " yuan", "元")


def ordinal(number: int) -> str:
    """Return a whole number as a place in an order, in English.

    >>> [ordinal(number) for number in (1, 11, 12, 13, 22)]
    ['1st', '11th', '12th', '13th', '22nd']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def spelled(value: int) -> str:
    """Return a small English number as a word, as prose writes it, and a number above twelve in digits.

    >>> spelled(0), spelled(7), spelled(53), spelled(-1)
    ('no', 'seven', '53', '−1')
    """
    return _SMALL[value] if 0 <= value < len(_SMALL) else count(value)


def listing(items: Iterable[str], language: Language = "en") -> str:
    """Return the items as one phrase, joined by "and" or 和 before the last one.

    Raises Fault where there is no item.

    >>> listing(["669", "413"]), listing(["法院", "公安", "司法局"], "zh")
    ('669 and 413', '法院、公安和司法局')
    """
    words = list(items)
    if not words:
        raise Fault.of("no item", "at least one to list")
    if len(words) == 1:
        return words[0]
    return choose(language, ", ", "、").join(words[:-1]) + choose(language, " and ", "和") + words[-1]


def interval(
    low: Number | None,
    high: Number | None,
    write: Callable[[Number], str] | None = None,
    *,
    bounds: str = "[]",
    language: Language = "en",
) -> str:
    """Return an interval in words; None is an end that was not set, `bounds` says which ends belong to it.

    `write` writes an end (as a count where none is given); ends written alike are written once. Fault where
    no end is set.

    >>> interval(17600, 17699), interval(390000, 400000, money, bounds="[)")
    ('17,600 to 17,699', '390,000 yuan to below 400,000 yuan')
    >>> interval(Fraction(17300, 17699), Fraction(17399, 17600), percent)
    '97.75% to 98.86%'
    >>> interval(390000, 400000, bounds="[)", language="zh")
    '39万以上、不足40万'
    >>> interval(415500, 416499, language="zh")
    '415500至416499'
    >>> interval(None, 10000, bounds="()"), interval(Fraction(1, 2), None, percent, language="zh")
    ('below 10,000', '50.00%以上')
    """
    if low is None and high is None:
        raise Fault.of("an interval without ends", "at least one")

    write = write or partial(count, language=language)
    least, most = ("" if end is None else write(end) for end in (low, high))
    if least and most and bool(_SCALED.search(least)) != bool(_SCALED.search(most)):
        least, most = (_SCALED.sub(_spread, end) for end in (least, most))
    if low == high or least == most:
        return least
    over = choose(language, *_LEAST[bounds[0]]).format(least)
    under = choose(language, *_MOST[bounds[1]]).format(most)
    if low is None or high is None:
        return over if high is None else under
    if bounds == "[]":
        return choose(language, f"{least} to {most}", f"{least}至{most}")
    first, last = least if bounds[0] == "[" else over, most if bounds[1] == "]" else under
    return choose(language, f"{first} to {last}", f"{over}、{under}")


_SCALED = re.compile("([0-9.]+)([万亿])")


def _spread(scaled: re.Match[str]) -> str:
    """Return a number with 万 or 亿 in digits alone."""
    return f"{Decimal(scaled[1]).scaleb(SCALES[scaled[2]]):f}"


def date(iso: str, language: Language = "en") -> str:
    """Return an ISO day, month or year as a reader writes it; Fault for anything else.

    >>> date("2021-09-22"), date("2024-11"), date("2021-09-22", "zh"), date("2024-11", "zh")
    ('22 September 2021', 'November 2024', '2021年9月22日', '2024年11月')
    """
    parts = _parts(iso)
    return choose(language, _english(parts), _chinese(parts))


def period(start: str, end: str, language: Language = "en") -> str:
    """Return a period in words, as coarse as its ends allow; an empty end was not printed.

    The start of a year with no end reads "since" that year. Raises Fault for an end that is no date.

    >>> period("2021-01-01", "2021-09-22"), period("2021-01-01", "2021-09-30")
    ('1 January to 22 September 2021', 'January to September 2021')
    >>> period("2020-01-01", "2020-12-31"), period("2020-01-01", ""), period("", "2021-09-30")
    ('2020', 'since 2020', 'to 30 September 2021')
    >>> period("2021-01-01", "2021-09-30", "zh"), period("2020-01-01", "", "zh"), period("", "", "zh")
    ('2021年1月至9月', '2020年以来', '时段未写明')
    """
    if not start and not end:
        return choose(language, "period not printed", "时段未写明")
    if not end:
        since = date(start[:4] if start.endswith("-01-01") else start, language)
        return choose(language, f"since {since}", f"{since}以来")
    if not start:
        until = date(end, language)
        return choose(language, f"to {until}", f"截至{until}")
    first, last = (_parts(iso) for iso in _coarsest(start, end))
    if first == last:
        return choose(language, _english(first), _chinese(first))
    # Where one end is a part of the other (a day and its month), nothing but the year is named once.
    pairs = enumerate(zip(first, last, strict=False))
    shared = next((place for place, pair in pairs if pair[0] != pair[1]), 0)
    # What both ends share is named once: English names it at the end, Chinese at the start.
    return choose(
        language,
        f"{_english(first, shared)} to {_english(last)}",
        f"{_chinese(first)}至{_chinese(last, shared)}",
    )


def between(values: Interval, write: Callable[[Number], str], language: Language = "en") -> str:
    """Return an interval of the audit in words, its ends written by `write`.

    >>> between(Interval(Fraction(17300, 17699), Fraction(17399, 17600)), percent)
    '97.75% to 98.86%'
    """
    return interval(values.low, values.high, write, bounds=values.bounds, language=language)


def choose(language: Language, english: str, chinese: str) -> str:
    """Return the text in a language; Fault for a language that is neither en nor zh.

    >>> choose("zh", "count", "件数")
    '件数'
    """
    return Bilingual(english, chinese)[language]


def _parts(iso: str) -> list[int]:
    full = iso + "-01-01"[: 0 if len(iso) == 10 else 3 if len(iso) == 7 else 6]
    try:
        # `fromisoformat` would take weeks too, 2021-W38-3.
        day = dt.date.fromisoformat(full if _DATE.fullmatch(iso) else "")
    except ValueError:
        raise Fault.of(f"the date {iso!r}", "YYYY-MM-DD, YYYY-MM or YYYY") from None
    return [day.year, day.month, day.day][: iso.count("-") + 1]


def _coarsest(start: str, end: str) -> tuple[str, str]:
    if len(start) == 10 and len(end) == 10 and start != end:
        year, month, day = _parts(end)
        ends_month = day == monthrange(year, month)[1]
        if start.endswith("-01-01") and end.endswith("-12-31"):
            return start[:4], end[:4]
        if start.endswith("-01") and ends_month:
            return start[:7], end[:7]
    if len(end) == 7 and start.endswith("-01"):
        return start[:7], end
    return start, end


def _english(parts: Sequence[int], shared: int = 0) -> str:
    """Write year, month and day without the first `shared` of them."""
    written = [str(parts[0]), *(_MONTHS[month - 1] for month in parts[1:2]), *(str(day) for day in parts[2:])]
    return " ".join(reversed(written[shared:]))


def _chinese(parts: Sequence[int], shared: int = 0) -> str:
    return "".join([f"{number}{unit}" for number, unit in zip(parts, "年月日", strict=False)][shared:])
