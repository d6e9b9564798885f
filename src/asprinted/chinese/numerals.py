"""One numeral, Arabic or Chinese, as an exact whole number and the place of its last digit.

Nothing is rounded: a numeral is digits times a power of ten. A numeral that people read in two ways (三五,
3万5, 三至五百) is refused, never guessed.
"""

import re
from functools import lru_cache

from asprinted.exact.printed import Numeral
from asprinted.faults import Fault

__all__ = ["CHINESE", "COUNT", "DIGITS", "PLACES", "SCALE", "exponent", "numeral", "shared_scale"]

CHINESE = "〇零一二两三四五六七八九十百千万亿"
"""The characters of Chinese numerals, simplified."""

COUNT = "一二三四五六七八九"
DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
PLACES = {"十": 1, "百": 2, "千": 3}
SCALE = "[十百千]?(?:万亿|[万亿])"
"""The pattern of a scale that multiplies the number before it."""

_SCALES = {**PLACES, "万": 4, "亿": 8}
_FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟〇○", "一二三四五六七八九十百千零零")


_PLAIN = re.compile("([0-9]+)(?:[.]([0-9]+))?([万亿]?)")
_TERM = re.compile(f"([0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+)(?:[.]([0-9]+))?((?:{SCALE}|[百千])?)")
_LEADING = re.compile("([0-9.,]+|[^万亿]+)((?:(?<=[0-9])[十百千])?[万亿]*)")
_PART = re.compile(f"(零?)([两{COUNT}])([十百千]?)")
_SHORT = re.compile(f"(.*[百千])([{COUNT}])")
_POINT = re.compile(f"(.+)点([零{COUNT}]+)((?:{SCALE})?)")


def numeral(text: str) -> Numeral:
    """Read a numeral in simplified characters.

    Raises Fault where it is malformed; `found` says what is wrong with it, not which it is.

    >>> numeral("1.73万")
    Numeral(digits=173, place=2, decimal=True)
    >>> numeral("两万五")
    Numeral(digits=25, place=3, decimal=False)
    >>> numeral("三五")
    Traceback (most recent call last):
    asprinted.faults.Fault: found two digits side by side, which may mean a range, expected 三十五, or 三至五.
    """
    if plain := _PLAIN.fullmatch(text):
        return _term(*plain.groups(""))
    if text[0].isascii():
        return _arabic(text)
    return _chinese(text.translate(_FINANCIAL))


@lru_cache
def exponent(scale: str) -> int:
    """Return the power of ten of a scale.

    >>> exponent("万"), exponent("百万"), exponent("万亿"), exponent("")
    (4, 6, 12, 0)
    """
    return sum(_SCALES[mark] for mark in scale)


def shared_scale(first: str, second: str) -> int:
    """Return the power of ten that the first end of a range may take from the second.

    三至五百 may begin at 300 or at 3, and nothing printed settles it: a Chinese digit before a greater one
    with a place of its own raises Fault.

    >>> shared_scale("3", "5万"), shared_scale("三", "五万五"), shared_scale("3千", "5万")
    (4, 4, 0)
    """
    if not set(first).isdisjoint("十百千万亿"):
        return 0
    stem, scale = next(_LEADING.finditer(second)).groups()
    if first in DIGITS and len(stem) == 2 and stem[1] in PLACES and DIGITS[first] < DIGITS.get(stem[0], 0):
        raise Fault.of(f"{first}, which may share the place of {stem} or not", "both ends written out")
    return exponent(scale)


def _arabic(text: str) -> Numeral:
    """Read 34,765, 3百万 or 3万5千."""
    terms = list(_TERM.finditer(text))
    if "".join(term[0] for term in terms) != text:
        raise Fault.of("digits in no known order", "digits as in 12345, 12,345, 1.23万 or 3万5千")
    numerals = [_term(*term.groups("")) for term in terms]
    for before, term, part in zip(terms, terms[1:], numerals[1:], strict=False):
        scale = exponent(before[3])
        # 3万5 is 35000 to some and 30005 to others: digits without a scale must fill the scale before them.
        fits = part.digits * 10 ** max(part.place, 0) < 10**scale and (term[3] or len(term[1]) == scale)
        if before[2] or part.decimal or not fits:
            expected = "each part to be smaller than the scale before it, as in 3万5千"
            raise Fault.of("parts that do not fit together", expected)
    _, last, decimal = numerals[-1]
    return Numeral(sum(part.digits * 10 ** (part.place - last) for part in numerals), last, decimal)


def _term(whole: str, decimals: str, scale: str) -> Numeral:
    """Read digits with their point and scale."""
    if whole[0] == "0" and len(whole) > 1:
        raise Fault.of("a number with a leading zero, which is a code", "a quantity")
    return Numeral(int(whole.replace(",", "") + decimals), exponent(scale) - len(decimals), decimals != "")


def _chinese(text: str) -> Numeral:
    """Read 十三, 两万五, 二〇二一 or 三点五万."""
    point = _POINT.fullmatch(text)
    if point:
        whole, decimals, scale = point.groups()
        digits = "".join(str(DIGITS[digit]) for digit in decimals)
        front = _chinese(whole)
        if front.place:
            raise Fault.of("a point behind a rounded number", "a whole number before 点")
        return Numeral(int(f"{front.digits}{digits}"), exponent(scale) - len(digits), True)
    if not all(mark in DIGITS for mark in text):
        return _counted(text)
    if len(text) == 1:
        return Numeral(DIGITS[text], 0)
    if "两" in text or text[0] == "零":
        raise Fault.of("digits that make no number", "a numeral such as 十三, 两万 or 二〇二一")
    if len(text) == 2 and text[1] != "零":
        raise Fault.of("two digits side by side, which may mean a range", "三十五, or 三至五")
    return Numeral(int("".join(str(DIGITS[mark]) for mark in text)), 0)


def _counted(text: str) -> Numeral:
    """Read a numeral with 十, 百, 千, 万, 亿."""
    for mark, place in (("亿", 8), ("万", 4)):
        head, found, tail = text.rpartition(mark)
        if found:
            return _scaled(head, mark, place, tail)
    return _section(text)


def _scaled(head: str, mark: str, place: int, tail: str) -> Numeral:
    """Read what stands before a scale 万 or 亿, and after it."""
    if not head or mark in head:
        raise Fault.of(f"{mark} without one number before it", f"one number before {mark}")
    front = _counted(head)
    if front.place not in (0, 4):
        expected = f"a number that ends in its last place before {mark}"
        raise Fault.of(f"a shortened number before {mark}", expected)
    digits = front.digits * 10**front.place
    if not tail:
        return Numeral(digits, place)
    if tail in DIGITS and tail not in "零两":
        return Numeral(digits * 10 + DIGITS[tail], place - 1)
    gap = tail[0] == "零"
    back = _counted(tail.removeprefix("零"))
    size = back.digits * 10**back.place
    skipped = size < 10 ** (place - 1)
    if size >= 10**place or (skipped and not gap) or (gap and not skipped and digits % 10):
        expected = f"a smaller number after {mark}, with 零 where a place is skipped"
        raise Fault.of(f"a number after {mark} that does not fit it", expected)
    return Numeral(digits * 10 ** (place - back.place) + back.digits, back.place)


def _section(text: str) -> Numeral:
    """Read a numeral below 10000: 十三, 一百零二, 两千三百, and 一百二 for 一百二十."""
    if short := _SHORT.fullmatch(text):
        front, place = _section(short[1]), PLACES[short[1][-1]] - 1
        return Numeral(front.digits // 10**place + DIGITS[short[2]], place)
    text = f"一{text}" if text[:1] == "十" else text
    parts = _PART.findall(text)
    if not parts or "".join(map("".join, parts)) != text:
        expected = "a digit before each of 十, 百, 千, 万 and 亿, and after 零"
        raise Fault.of("a scale or 零 without its digit", expected)
    value, place = 0, 4
    for gap, digit, mark in parts:
        if digit == "两" and mark not in ("百", "千") and text != "两":
            raise Fault.of("两 out of its place", "二, for 两 stands only before 百, 千, 万 and 亿")
        now = PLACES.get(mark, 0)
        if now >= place or bool(gap) != (now < place - 1 < 3):
            raise Fault.of("places out of order", "places in falling order, with 零 where one is skipped")
        value, place = value + DIGITS[digit] * 10**now, now
    return Numeral(value, 0)
