"""What one printed number says, in no language: its value, the interval of its words, its last place.

A language reads a text into these; everything exact stands on them. All arithmetic is on whole numbers and
powers of ten: nothing is rounded.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import gcd
from typing import NamedTuple, TypeAlias

from asprinted.faults import Fault

__all__ = [
    "Around",
    "Dimension",
    "End",
    "Exact",
    "Form",
    "Hedge",
    "Numeral",
    "Reading",
    "Unit",
    "admitted",
    "admitted_share",
    "finite_decimal",
    "negated",
    "number_reading",
    "power",
    "range_reading",
    "scaled",
]


class Dimension(StrEnum):
    """What a unit measures; `none` is a bare number."""

    NONE = ""
    COUNT = "count"
    RANK = "rank"
    SHARE = "share"
    POINTS = "points"
    TIMES = "times"
    MONEY = "money"
    DURATION = "duration"
    AGE = "age"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    WEIGHT = "weight"
    POWER = "power"
    ENERGY = "energy"
    DEGREE = "degree"
    INDEX = "index"
    PRESSURE = "pressure"
    TRANSPORT = "transport"
    QUOTIENT = "quotient"


class Unit(NamedTuple):
    """What a unit says: a generic English gloss, and its dimension."""

    gloss: str
    dimension: Dimension


class Hedge(StrEnum):
    """What a hedge declares: the interval of each stands at `admitted`."""

    MORE = "more"
    NEAR = "near"
    OVER = "over"
    LEAST = "least"
    MOST = "most"
    LESS = "less"
    ABOUT = "about"


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
End: TypeAlias = Exact | None
"""An end of an interval; None where the words set none."""


class Numeral(NamedTuple):
    """digits × 10**place: `place` is that of the last printed digit, `decimal` tells a printed point."""

    digits: int
    place: int
    decimal: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one printed number says.

    `text` is the token as given. `value` is exact: a Decimal, a Fraction only where no finite decimal
    exists (三分之一), None for a range. `low`, `high` and `bounds` (`[]`, `[)`, `()`, `(]`) are the interval
    that the words admit; None is an end that the words do not set. `step` is one unit in the last printed
    place, 0 for what is exact (一半). `hedge` and `unit` stand as printed, without 万 and 亿, which belong to
    the value; `unit_en` glosses the unit, `dimension` says what it measures. `is_counted_span` says whether
    it counts years or other spans in a row (连续5年): these are whole, and nothing was rounded.
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
    is_counted_span: bool = field(default=False, repr=False)


class Around(NamedTuple):
    """What stands around a numeral: the hedge and the unit as printed, and what each of them says."""

    hedge: str
    kind: Hedge | None
    unit: str
    says: Unit
    form: Form


_ZERO = Decimal(0)


def scaled(digits: int, place: int) -> Decimal:
    """Return digits × 10**place exactly, without trailing zeros behind the point and without an exponent.

    >>> scaled(6170, -4), scaled(173, 2)
    (Decimal('0.617'), Decimal('17300'))
    """
    while place < 0 and digits % 10 == 0:
        digits, place = digits // 10, place + 1
    return Decimal(digits * 10**place) if place >= 0 else Decimal(f"{digits}e{place}")


@lru_cache
def power(place: int) -> Decimal:
    """Return 10**place.

    >>> power(-4), power(2)
    (Decimal('0.0001'), Decimal('100'))
    """
    return Decimal(10**place) if place >= 0 else Decimal(f"1e{place}")


def admitted(hedge: Hedge | None, amount: Numeral, value: Decimal) -> tuple[End, End, str]:
    """Return the interval that a hedge declares around a number with a last place, and its bounds.

    No standard defines the hedges; the project declares them. The width u is the unit of the last non-zero
    digit of X, or of its last printed decimal place where that is finer: MORE is [X, X+u), NEAR (X−u, X),
    OVER (X, X+u), LEAST [X, ∞), MOST [0, X], LESS (0, X), ABOUT [X−u/2, X+u/2]. An end that u sets at or
    below 0, and ∞, are None. `value` is the amount itself. Raises Fault for a hedge beside 0 that needs u.

    >>> admitted(Hedge.MORE, Numeral(176, 2, True), Decimal(17600))                      # 1.76万余件
    (Decimal('17600'), Decimal('17700'), '[)')
    """
    digits, place, printed_point = amount
    if hedge is None:
        return value, value, "[]"
    if hedge is Hedge.LEAST:
        return value, None, "[)"
    if hedge is Hedge.MOST:
        return _ZERO, value, "[]"
    if not digits:
        raise Fault.of("a hedge beside 0", "a number other than 0 beside this hedge")
    if hedge is Hedge.LESS:
        return _ZERO, value, "()"
    width = 1
    while not printed_point and digits % (width * 10) == 0:
        width *= 10
    if hedge is Hedge.MORE:
        return value, scaled(digits + width, place), "[)"
    if hedge is Hedge.OVER:
        return value, scaled(digits + width, place), "()"
    if hedge is Hedge.NEAR:
        return scaled(digits - width, place) if digits > width else None, value, "()"
    return scaled(10 * digits - 5 * width, place - 1), scaled(10 * digits + 5 * width, place - 1), "[]"


def number_reading(text: str, amount: Numeral, words: Around, in_a_row: bool = False) -> Reading:
    """Return the reading of a number that has a last place. Raises Fault as `admitted` does.

    `in_a_row` says that the words count in a row (连续5年), which a whole number does.
    """
    hedge, kind, unit, (gloss, dimension), form = words
    value = scaled(amount.digits, amount.place)
    low, high, bounds = admitted(kind, amount, value)
    step, is_span = power(amount.place), in_a_row and value == int(value)
    return Reading(text, value, low, high, bounds, step, hedge, unit, gloss, form, dimension, is_span)


def range_reading(text: str, first: Numeral, second: Numeral, scale: int, words: Around) -> Reading:
    """Return the reading of a range, which has no value; its step is the coarser of the two.

    `scale` is the power of ten that the first end may share with the second (3至5万): it does, unless that
    puts it above the second (8000至1万). Raises Fault for a range that falls.
    """
    low, high = (Fraction(10) ** amount.place * amount.digits for amount in (first, second))
    if scale and low * 10**scale <= high:
        first = first._replace(place=first.place + scale)
        low *= 10**scale
    if low > high:
        raise Fault.of("a range that falls", "the smaller end of a range first")
    least, most = (scaled(amount.digits, amount.place) for amount in (first, second))
    step, (gloss, dimension) = power(max(first.place, second.place)), words.says
    return Reading(text, None, least, most, "[]", step, "", words.unit, gloss, Form.RANGE, dimension)


def negated(reading: Reading) -> Reading:
    """Return a bare number with the other sign, as its words stand.

    >>> negated(number_reading("3%", Numeral(3, -2), Around("", None, "%", Unit("share", Dimension.SHARE),
    ...     Form.SHARE))).value
    Decimal('-0.03')
    """
    assert reading.value is not None
    return replace(reading, value=-reading.value, low=-reading.value, high=-reading.value)


def admitted_share(hedge: Hedge | None, value: Exact) -> tuple[End, End, str]:
    """Return the interval around an exact share: it has no last place, so no width and no working bound.

    KeyError for ABOUT, whose interval is nothing but a width: a language refuses it in its own words.

    >>> admitted_share(Hedge.OVER, Decimal("0.5"))                                            # 超过一半
    (Decimal('0.5'), None, '()')
    """
    table: dict[Hedge | None, tuple[End, End, str]] = {
        None: (value, value, "[]"),
        Hedge.MORE: (value, None, "[)"),
        Hedge.LEAST: (value, None, "[)"),
        Hedge.OVER: (value, None, "()"),
        Hedge.NEAR: (None, value, "()"),
        Hedge.LESS: (_ZERO, value, "()"),
        Hedge.MOST: (_ZERO, value, "[]"),
    }
    return table[hedge]


def finite_decimal(value: Fraction) -> Exact:
    """Return a fraction as a Decimal without idle zeros, or as it is where no decimal is finite.

    >>> finite_decimal(Fraction(1, 4)), finite_decimal(Fraction(1, 3))
    (Decimal('0.25'), Fraction(1, 3))
    """
    rest, places = value.denominator, 0
    while (shared := gcd(rest, 10)) > 1:
        rest, places = rest // shared, places + 1
    return value if rest > 1 else scaled(int(value * 10**places), -places)
