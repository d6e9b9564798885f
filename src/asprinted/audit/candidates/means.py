"""Candidates about means and quotients: so much for each, so many times, and the number behind two means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from asprinted.audit.candidates.changes import scored_change
from asprinted.audit.cues import (
    AHEAD,
    BACK,
    FAR_BACK,
    LAST_YEAR,
    Candidate,
    are_alike,
    direction,
    distance,
    is_amount,
    is_level,
    numbers_around,
    numbers_before,
    per_each,
    rate_for,
    told_each,
    unit_points,
)
from asprinted.audit.mentions import Mention, likeness
from asprinted.chinese.words import pattern
from asprinted.exact.printed import Dimension, Form
from asprinted.exact.relations import PER

__all__ = ["divisors", "means", "quotients"]

_COUNTED = frozenset(
    {
        Dimension.COUNT,
        Dimension.DURATION,
        Dimension.LENGTH,
        Dimension.AREA,
        Dimension.VOLUME,
        Dimension.WEIGHT,
    }
)
_RATIO = pattern("比(?:{turns}{to})?{is}*$")
_RATIO_FROM = pattern("(?<!占)比由[^，。；]*{to}$")
_TIMES_OF = pattern("(?:{is}|相当于)(?P<of>[^，。；]*)的?{about}?$")
_DAYS = pattern("{days}")


def means(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the means that a result may be: a total of its own unit over a number of things."""
    each = per_each(result)
    if each is None or not is_amount(result) or direction(result):
        return
    levels = [one for one in numbers_around(mentions, result) if is_level(one)]
    behind = mentions[result.index + 1 : result.index + 4]
    far = [*mentions[max(0, result.index - FAR_BACK) : max(0, result.index - BACK)], *behind]
    levels += [one for one in far if one not in levels and "人口" in one.before and is_level(one)]
    way = rate_for(each.many)
    for total in levels:
        alike = (unit_points(total, result) or 0.0) >= 0 or total.reading.unit == f"{result.reading.unit}次"
        if not alike or total.high <= result.low:
            continue
        for count in levels:
            if count is total or count.reading.dimension not in _COUNTED:
                continue
            told_once = _DAYS.fullmatch(count.reading.unit) or "人口" in count.before
            nearer = 0.2 if told_once and told_each(each, count) > 0 else 0.6
            words = 3.0 - 0.5 * distance(total, result) - nearer * distance(count, result)
            words -= 0.1 * min(8, abs(result.index - total.index) + abs(result.index - count.index) - 2)
            words += 2.5 * likeness(each.name, total.words) + told_each(each, count)
            words -= 2.0 if LAST_YEAR.search(total.before) and not LAST_YEAR.search(result.before) else 0.0
            words += 1.5 if {total.index, count.index} == {result.index - 1, result.index - 2} else 0.0
            plain = total.sentence == count.sentence == result.sentence
            yield Candidate("mean", (result,), (total,), (count,), words, ("mean",), way, plain)


def quotients(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the quotients that a number may be: of an earlier or another amount (是…的3倍, 收入比为2.05)."""
    reading = result.reading
    times = reading.dimension is Dimension.TIMES and not direction(result) and _TIMES_OF.search(result.phrase)
    plain_number = not reading.unit and result.after[:1] != "∶" and reading.form is Form.NUMBER
    ratio = plain_number and (_RATIO.search(result.before) or _RATIO_FROM.search(result.phrase))
    yield from _ratio_of_two(mentions, result)
    if not times and not ratio:
        return
    near = numbers_around(mentions, result, 16)
    levels = [each for each in near if each is not result and is_amount(each) and not direction(each)]
    for part in levels:
        for whole in levels:
            if part is whole or not are_alike(part, whole):
                continue
            words, reasons = scored_change(result, part, whole)
            words += 2.0 if part.index < whole.index < result.index else 0.0
            if times:
                words += 2.5 * _scored_times(times["of"], whole)
            if ratio:
                words += (
                    2.0 * likeness(ratio.string, part.before)
                    + 1.0
                    + (1.5 if _BECOMES.fullmatch(result.before) else 0.0)
                )
            yield Candidate(
                "mean", (result,), (part,), (whole,), words, ("times", *reasons[:-1]), must_fit=bool(ratio)
            )


_TWO = pattern("(?P<one>[一-鿿])(?P<other>[一-鿿])比例?{is}*$")
_BECOMES = pattern("{turns}{to}")
_TO_ONE = pattern("{ratio_signs}")
_SEXES = pattern("{sexes}")


def _ratio_of_two(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the ratios of two numbers that a name of two letters tells (生师比17∶1), or that of the sexes."""
    if result.reading.unit or result.reading.form is not Form.NUMBER:
        return
    last, way = mentions[max(0, result.index - 1) : result.index], ""
    to_one = last and last[0].span.text == "1" and _TO_ONE.fullmatch(result.before)
    two = _TWO.search(last[0].before if to_one else result.before)
    names = two.group(*(("other", "one") if to_one else ("one", "other"))) if two else ()
    if _SEXES.search(result.before) or (last and last[0].span.text == "100" and "女" in last[0].before):
        names, way = ("男", "女"), PER[0]
    if not names:
        return
    levels = [each for each in numbers_around(mentions, result) if is_level(each)]
    for part in levels:
        for whole in levels:
            if part is not whole and names[0] in part.before[-6:] and names[1] in whole.before[-6:]:
                words = 4.0 - 0.3 * distance(part, result) - 0.3 * distance(whole, part)
                yield Candidate(
                    "mean", (result,), (part,), (whole,), words, ("times", "order"), way, must_fit=True
                )


def _scored_times(of: str, whole: Mention) -> float:
    """Return how well the words 是…的3倍 name a number: a mean by 均, others by what they are called."""
    return 1.0 if "均" in of and per_each(whole) else likeness(of, whole.words)


def divisors(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield one unprinted whole number behind a mean and the next for each of the same thing."""
    near = [
        each for each in mentions[result.index : result.index + AHEAD] if is_amount(each) and per_each(each)
    ]
    for one, other in [near[:2]] if len(near) > 1 and near[0] is result else []:
        units = [of.all for each in (one, other) if (of := per_each(each))]
        if one.sentence == other.sentence and units[0] and units[0] == units[1]:
            first, second = (_total_of(mentions, each) for each in (one, other))
            if first and second and first is not second:
                yield Candidate(
                    "divisor", (one, other), (), (first, second), 3.5, ("divisor",), must_fit=True
                )


def _total_of(mentions: Sequence[Mention], mean: Mention) -> Mention | None:
    """Return the total before a mean whose words are most like those of the mean."""
    before = [
        each
        for each in numbers_before(mentions, mean, 16)
        if is_level(each) and each.reading.unit == mean.reading.unit and each.low > mean.high
    ]
    return max(before, key=lambda each: likeness(mean.before, each.before), default=None)
