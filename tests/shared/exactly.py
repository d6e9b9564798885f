"""Verdicts on the relations of made-up texts, by plain fractions: a second way, beside the engine's.

It shares nothing with `asprinted.relations` but the conventions that both follow (docs/conventions.md).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from benchmarks.texts import Gold, Mark

MOST = 200_000
SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8}
DIGITS = "0-9０-９零〇一二两兩三四五六七八九十百千万萬亿億.．,，点點余餘多几"
HUNDREDTHS = {"十万分之": 5, "百分之": 2, "千分之": 3, "万分之": 4}
MEASURED = (
    "元|圆|圓|年|月|日|天|时|時|分钟|分鐘|秒|%|％|‰|成|倍|百分点|百分點"
    "|公里|米|亩|畝|吨|噸|公顷|公斤|立方米|岁|度|分"
)


@dataclass(frozen=True)
class Within:
    """The numbers between two ends, None for none; whole ones alone where `whole`."""

    low: Fraction | None
    high: Fraction | None
    closed_low: bool = True
    closed_high: bool = True
    whole: bool = False

    def least(self) -> int:
        low = ceil(self.low)
        return low + (low == self.low and not self.closed_low)

    def most(self) -> int:
        high = floor(self.high)
        return high - (high == self.high and not self.closed_high)

    @property
    def numbers(self) -> range | None:
        """The whole numbers, where there are not too many to try one by one."""
        if not self.whole or self.low is None or self.high is None or self.high - self.low > MOST:
            return None
        return range(self.least(), self.most() + 1)

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        if self.whole:
            return self.least() > self.most()
        return self.low > self.high or (self.low == self.high and not (self.closed_low and self.closed_high))

    def meets(self, other: "Within") -> bool:
        return not self.both(other).empty

    def both(self, other: "Within") -> "Within":
        lows = [(each.low, not each.closed_low) for each in (self, other) if each.low is not None]
        highs = [(each.high, each.closed_high) for each in (self, other) if each.high is not None]
        low, open_low = max(lows, default=(None, False))
        high, closed_high = min(highs, default=(None, True))
        return Within(low, high, not open_low, closed_high, self.whole or other.whole)

    def times(self, factor: Fraction) -> "Within":
        ends = (None if end is None else end * factor for end in (self.low, self.high))
        return Within(*ends, self.closed_low, self.closed_high)

    def through(self, rising) -> "Within":
        ends = (None if end is None else rising(end) for end in (self.low, self.high))
        return Within(*ends, self.closed_low, self.closed_high)

    def mirrored(self, about: int) -> "Within":
        """What `about` less each of these numbers gives."""
        ends = (None if end is None else about - end for end in (self.high, self.low))
        return Within(*ends, self.closed_high, self.closed_low)


def unit(surface: str) -> str:
    """What stands after the numerals of a surface, without hedges."""
    bare = re.sub("以上|以下|以内|左右|上下", "", surface)
    bare = re.sub(f"^.*?(?=[{DIGITS}])", "", bare)
    return re.sub(f"^[{DIGITS}]+|(?<=[年月天%‰倍])[多余]$", "", bare)


def is_count(surface: str) -> bool:
    return not re.search(f"分之|半|(?:{MEASURED})$", unit(surface) or surface) or surface.startswith("连续")


def step(surface: str) -> Fraction:
    """One unit in the last printed place; 0 for a fraction in words."""
    places = next((places for words, places in HUNDREDTHS.items() if words in surface), None)
    if places is None and re.search("分之|一半|半数|半數|[0-9]/[0-9]", surface):
        return Fraction(0)
    # The 千 of 千瓦时 is part of a unit.
    shown = re.sub("千(?=[瓦克米])", "", surface).translate(
        str.maketrans("０１２３４５６７８９．，", "0123456789.,")
    )
    shown = re.sub("(?<=[0-9]) (?=[0-9])", "", shown)
    shown = re.sub("^.*分之", "", shown) if places else shown
    number = re.search(
        r"[0-9零〇一二两兩三四五六七八九点點.,十百千万萬]+(?:[万萬亿億][0-9零〇一二两三四五六七八九十百千]*)*",
        shown,
    )[0]
    scaled = re.fullmatch("(.*?)([十百千万萬亿億]*)", number)
    digits, scales = scaled.groups()
    if not re.search("[0-9]", digits) and not re.search("[万萬亿億]$", scales):
        scales = ""  # 一百二十 is printed to the unit; 两万 is not.
    else:
        scales = "".join(each for each in scales if re.search("[0-9点點]", digits) or each in "万萬亿億")
    power = sum(SCALES[each] for each in scales)
    decimals = re.search("[.点點](.*)$", digits)
    power -= len(decimals[1]) if decimals else 0
    power -= places or 0
    power -= {"%": 2, "％": 2, "‰": 3}.get(re.sub("以上|左右|上下|以下", "", surface)[-1], 0)
    tenths = re.search("成([一二三四五六七八九]?)$", surface)
    power -= 1 + bool(tenths[1]) if tenths else 0
    return Fraction(10) ** power


def admits(mark: Mark, nearest: bool, exact: bool) -> Within:
    """What a printed number can stand for; `exact` where it is a count printed to the unit."""
    ends = [each for each in (mark.value, mark.low, mark.high) if each is not None]
    whole = is_count(mark.text) and all(each.denominator == 1 for each in ends)
    whole = whole and not 0 < step(mark.text) < 1
    if mark.bounds:
        share = unit(mark.text)[-1:] in "%％成" or "分之" in mark.text or "半" in mark.text
        high = Fraction(1) if mark.high is None and share else mark.high
        closed = mark.bounds[1] == "]" or mark.high is None
        return Within(mark.low, high, mark.bounds[0] == "[" or mark.low is None, closed, whole)
    size = step(mark.text)
    if exact or size == 0:
        return Within(mark.value, mark.value, whole=whole)
    low = abs(mark.value) - size / 2 if nearest else abs(mark.value)
    cell = Within(low, low + size, True, False, whole)
    return cell.mirrored(0) if mark.value < 0 else cell


def total(several: Iterable[Within]) -> Within:
    found = list(several)
    low = None if any(each.low is None for each in found) else sum(each.low for each in found)
    high = None if any(each.high is None for each in found) else sum(each.high for each in found)
    closed = all(each.closed_low for each in found), all(each.closed_high for each in found)
    return Within(low, high, *closed, all(each.whole for each in found))


def has_ratio(parts: Within, wholes: Within, target: Within) -> bool:
    """Whether some part over some whole lies in the target."""
    if parts.empty or wholes.empty:
        return False
    if wholes.numbers is not None:
        return any(parts.meets(target.times(Fraction(number))) for number in wholes.numbers if number > 0)
    if parts.numbers is not None:
        one_by_one = (Within(Fraction(number), Fraction(number)) for number in parts.numbers)
    else:
        one_by_one = iter([Within(parts.low, parts.high, parts.closed_low, parts.closed_high)])
    for part in one_by_one:
        low = None if part.low is None or wholes.high is None else part.low / wholes.high
        high = None if part.high is None or not wholes.low else part.high / wholes.low
        closed = part.closed_low and wholes.closed_high, part.closed_high and wholes.closed_low
        if Within(low, high, *closed).meets(target):
            return True
    return False


def fits(gold: Gold, nearest: bool) -> bool:
    """Whether a relation holds under one way of cutting numbers."""

    def given(marks: Iterable[Mark]) -> list[Within]:
        return [
            admits(
                mark,
                nearest,
                exact=mark not in gold.means and step(mark.text) == 1 and is_count(mark.text),
            )
            for mark in marks
        ]

    targets = [admits(mark, nearest, exact=False) for mark in gold.results]
    targets = [Within(each.low, each.high, each.closed_low, each.closed_high) for each in targets]
    target = targets[0]
    if gold.kind == "sum":
        summed = total(given(gold.parts))
        return (summed.mirrored(gold.per) if gold.per > 1 else summed).meets(target)
    if gold.kind == "divisor":
        wholes = given(gold.wholes)
        return any(
            all(
                whole.meets(mean.times(Fraction(number))) for whole, mean in zip(wholes, targets, strict=True)
            )
            for number in range(1, floor(wholes[0].high / targets[0].low) + 2)
        )
    parts, wholes = total(given(gold.parts)), total(given(gold.wholes))
    if gold.kind == "change":
        points = "百分点" in gold.results[0].text or "百分點" in gold.results[0].text
        relative = re.search("[%％‰成倍]|分之|半", unit(gold.results[0].text) or gold.results[0].text)
        if points or not relative:
            scale = Fraction(100 if points else 1)
            new, old = (parts, wholes) if gold.direction == "rise" else (wholes, parts)
            whole = parts.whole and wholes.whole
            apart = total([new, old.mirrored(0)])
            apart = Within(apart.low, apart.high, apart.closed_low, apart.closed_high, whole)
            return apart.meets(target.times(1 / scale)) if whole else apart.times(scale).meets(target)
        if gold.form == "difference":
            target = target.through(lambda r: r / (1 + r if gold.direction == "rise" else 1 - r))
            return has_ratio(wholes, parts, target)
        target = target.through(lambda r: 1 + r) if gold.direction == "rise" else target.mirrored(1)
    if gold.form == "complement":
        target = target.mirrored(1)
    target = target.times(Fraction(1, gold.per)) if gold.per > 1 else target
    return has_ratio(parts, wholes, target)


def verdict(gold: Gold) -> str:
    """The verdict of the closed list."""
    if not gold.printed:
        return "not_testable"
    if gold.kind == "share":
        wholes = [admits(mark, True, True) for mark in gold.wholes]
        parts = [admits(mark, True, True) for mark in gold.parts]
        high, low = total(wholes).high, total(parts).low
        if high is not None and low is not None and low > high and gold.results[0].value <= 1:
            return "not_testable"
    both = fits(gold, True), fits(gold, False)
    return {(True, True): "both", (True, False): "nearest_only", (False, True): "truncation_only"}.get(
        both, "contradicted"
    )
