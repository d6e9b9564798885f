"""Means and quotients: so much for each, so many times, and the number behind two means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from asprinted.audit.candidate import Candidate, made, told
from asprinted.audit.candidates.changes import of_two_times
from asprinted.audit.cues import (
    AHEAD,
    FAR_BACK,
    LAST_YEAR,
    Each,
    are_alike,
    direction,
    is_amount,
    is_level,
    is_span_of_time,
    numbers_around,
    numbers_before,
    per_each,
    rate_for,
    told_each,
    unit_likeness,
)
from asprinted.audit.mentions import Mention, likeness
from asprinted.chinese.words import group, pattern
from asprinted.exact.printed import Dimension, Form
from asprinted.exact.relations import PER

__all__ = ["divisors", "means", "proportions", "quotients", "row_of"]

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
_DAYS, _VITAL = pattern("{days}"), pattern("(?<!车){vital}")
_NEAR, _MOST = 40, 12


def means(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the means that a result may be: a total of its own unit over a number of things."""
    each = per_each(result)
    if each is None or not is_amount(result) or direction(result) or _VITAL.search(result.before):
        return
    levels = [one for one in numbers_around(mentions, result, _NEAR) if is_level(one)]
    behind = mentions[result.index + 1 : result.index + 4]
    far = [*mentions[max(0, result.index - FAR_BACK) : max(0, result.index - _NEAR)], *behind]
    levels += [one for one in far if one not in levels and "人口" in one.before and is_level(one)]
    counts = [one for one in levels if one.reading.dimension in _COUNTED]
    counts = [one for one in counts if told_each(each, one) in ("unit", "thing")][-_MOST:] or counts[-_MOST:]
    # A mean a year is over the span that is named last.
    over = [one for one in counts if is_span_of_time(one) and one.index < result.index][:-1]
    of_counts = {
        count: [*told(_COUNT, result, count), f"counts_{told_each(each, count)}"]
        for count in counts
        if count not in over
    }
    own = frozenset(told(_MEAN, result, each))
    totals = [one for one in levels if _may_be_total(one, result)]
    for total in totals[-_MOST:]:
        alike = unit_likeness(total, result)
        seen = own.union(told(_TOTAL, result, total), (alike or "like_units",))
        if likeness(each.name, total.words) > 0.6:
            seen |= {"total_named"}
        for count, of_count in of_counts.items():
            if count is not total:
                of_both = told(_BOTH, result, total, count)
                way = rate_for(each.many)
                yield made("mean", (result,), (total,), (count,), seen.union(of_count, of_both), way)


def _may_be_total(one: Mention, result: Mention) -> bool:
    alike = unit_likeness(one, result) not in (None, "unlike_units")
    return (alike or one.reading.unit == f"{result.reading.unit}次") and one.high > result.low


_MEAN: Mapping[str, Callable[[Mention, Each], bool]] = {
    "for_all": lambda result, each: bool(each.all),
    "for_one": lambda result, each: bool(each.one),
    "for_many": lambda result, each: bool(each.many),
    "for_thing": lambda result, each: bool(each.thing),
    "decimals": lambda result, each: result.reading.step < 1,
    "hedged": lambda result, each: bool(result.reading.hedge),
}


def _placed(name: str) -> Mapping[str, Callable[[Mention, Mention], bool]]:
    """Return what is seen of where an input of that name stands beside the result."""
    return {
        f"{name}_clause": lambda result, each: each.clause == result.clause,
        f"{name}_segment": lambda result, each: each.segment == result.segment,
        f"{name}_sentence": lambda result, each: each.sentence == result.sentence,
        f"{name}_paragraph": lambda result, each: each.paragraph == result.paragraph,
        f"{name}_next": lambda result, each: result.index - each.index == 1,
        f"{name}_near": lambda result, each: 0 < result.index - each.index <= 3,
        f"{name}_far": lambda result, each: result.index - each.index > 8,
        f"{name}_behind": lambda result, each: each.index > result.index,
    }


_TOTAL: Mapping[str, Callable[[Mention, Mention], bool]] = {
    **_placed("total"),
    "total_earlier": lambda result, total: (
        bool(LAST_YEAR.search(total.before)) and not LAST_YEAR.search(result.before)
    ),
}

_COUNT: Mapping[str, Callable[[Mention, Mention], bool]] = {
    **_placed("count"),
    "population": lambda result, count: "人口" in count.before,
    "days": lambda result, count: bool(_DAYS.fullmatch(count.reading.unit)),
    "count_of_time": lambda result, count: count.reading.dimension is Dimension.DURATION,
}

_BOTH: Mapping[str, Callable[[Mention, Mention, Mention], bool]] = {
    "two_before": lambda result, total, count: (
        {total.index, count.index} == {result.index - 1, result.index - 2}
    ),
    "both_sentence": lambda result, total, count: total.sentence == count.sentence == result.sentence,
    "both_segment": lambda result, total, count: total.segment == count.segment == result.segment,
    "count_before_total": lambda result, total, count: count.index < total.index,
    "one_unit_both": lambda result, total, count: total.reading.unit == count.reading.unit,
    "both_apart": lambda result, total, count: abs(total.index - count.index) > 4,
}


def quotients(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the quotients that a number may be: of an earlier or another amount (是…的3倍, 收入比为2.05)."""
    reading = result.reading
    if not reading.step:
        return
    times = reading.dimension is Dimension.TIMES and not direction(result) and _TIMES_OF.search(result.phrase)
    plain_number = not reading.unit and result.after[:1] != "∶" and reading.form is Form.NUMBER
    ratio = plain_number and (_RATIO.search(result.before) or _RATIO_FROM.search(result.phrase))
    yield from _ratio_of_two(mentions, result)
    if not times and not ratio:
        return
    near = numbers_around(mentions, result, 12)
    levels = [each for each in near if is_amount(each) and not direction(each)]
    levels = [each for each in levels if not each.reading.is_counted_span and not is_span_of_time(each)]
    own = frozenset({"times" if times else "ratio"})
    for part in levels:
        for whole in levels:
            if part is whole or not are_alike(part, whole) or (times and part.low < whole.low):
                continue
            seen = own.union(of_two_times(result, part, whole), told(_COUNT, result, whole))
            seen = seen.union(told(_TOTAL, result, part), told(_BOTH, result, part, whole))
            if times and (name := _named_times(times["of"], whole)):
                seen |= {name}
            if ratio and likeness(ratio.string, part.before) > 0.5:
                seen |= {"ratio_named"}
            yield made("mean", (result,), (part,), (whole,), seen)


_TWO = pattern("(?P<one>[一-鿿])(?P<other>[一-鿿])比例?{is}*$")
_SEXES = pattern("{sexes}")
_OF_THE_OTHER = group("of_the_other")


def _ratio_of_two(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the ratios of two numbers that a name of two letters tells (生师比17∶1), or that of the sexes."""
    if result.reading.unit or result.reading.form is not Form.NUMBER or result.low == 1:
        return
    last, way = mentions[max(0, result.index - 1) : result.index], ""
    two = _TWO.search(result.before)
    names = two.group("one", "other") if two else ()
    # 床护比 is of nurses to each bed, 生师比 of pupils to each teacher.
    names = names[::-1] if "".join(names) in _OF_THE_OTHER["ratios"] else names
    if _SEXES.search(result.before) or (last and last[0].span.text == "100" and "女" in last[0].before):
        names, way = ("男", "女"), PER[0]
    if not names:
        return
    levels = [each for each in numbers_around(mentions, result) if is_level(each)]
    for part in levels:
        for whole in levels:
            if part is not whole and names[0] in part.before[-6:] and names[1] in whole.before[-6:]:
                seen = {"ratio_of_two", *told(_TOTAL, result, part), *told(_COUNT, result, whole)}
                seen.update(told(_BOTH, result, part, whole))
                yield made("mean", (result,), (part,), (whole,), frozenset(seen), way)


def proportions(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield what has its turn in a row of a hundred (构成为18.0∶57.6∶24.4), as so much of a whole."""
    row = row_of(mentions, result)
    if len(row) < _FEWEST or not _MOST_OF_HUNDRED[0] <= sum(each.low for each in row) <= _MOST_OF_HUNDRED[1]:
        return
    at, turn = row[0].index, result.index - row[0].index
    levels = [each for each in mentions[max(0, at - _NEAR) : at] if is_level(each) and each.reading.unit]
    heads = [
        each
        for one, each in zip([None, *levels], levels, strict=False)
        if not one or one.segment != each.segment
    ]
    for view, kin in (("each", levels), ("heads", heads)):
        parts = kin[-len(row) :]
        if len(parts) == len(row) and all(are_alike(parts[0], each) for each in parts):
            wholes = [each for each in levels if each.index < parts[0].index and are_alike(each, parts[0])]
            for whole in wholes[-3:]:
                seen = {"in_row", view, *told(_COUNT, result, whole), *told(_TOTAL, result, parts[turn])}
                seen |= {"whole_before_row"} if whole is wholes[-1] else set()
                yield made("mean", (result,), (parts[turn],), (whole,), frozenset(seen), PER[0])


_FEWEST, _LONGEST, _MOST_OF_HUNDRED = 3, 12, (99, 101)
_SIGN = re.compile("[∶:：]")


def row_of(mentions: Sequence[Mention], result: Mention) -> Sequence[Mention]:
    """Return the numbers that stand in a row with a result, parted by the sign of a ratio; few at most."""
    first = last = result.index
    least, most = max(0, first - _LONGEST), min(len(mentions) - 1, last + _LONGEST)
    while first > least and _SIGN.fullmatch(mentions[first].gap):
        first -= 1
    while last < most and _SIGN.fullmatch(mentions[last + 1].gap):
        last += 1
    return mentions[first : last + 1]


def _named_times(of: str, whole: Mention) -> str:
    """Return whether the words 是…的3倍 name a number: a mean by 均, others by what they are called."""
    if "均" in of and per_each(whole):
        return "times_of_it"
    return "times_of_it" if likeness(of, whole.words) > 0.5 else ""


def divisors(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield one unprinted whole number behind a mean and the next for each of the same thing."""
    ahead = mentions[result.index : result.index + AHEAD]
    near = [each for each in ahead if is_amount(each) and per_each(each)]
    for one, other in [near[:2]] if len(near) > 1 and near[0] is result else []:
        units = [of.all for each in (one, other) if (of := per_each(each))]
        if one.sentence == other.sentence and units[0] and units[0] == units[1]:
            first, second = (_total_of(mentions, each) for each in (one, other))
            if first and second and first is not second:
                likes = (
                    likeness(each.before, total.before) for each, total in ((one, first), (other, second))
                )
                seen = {"divisor"} | ({"both_totals_named"} if min(likes) > 0.5 else set())
                yield made("divisor", (one, other), (), (first, second), frozenset(seen))


def _total_of(mentions: Sequence[Mention], mean: Mention) -> Mention | None:
    """Return the total before a mean whose words are most like those of the mean."""
    before = [
        each
        for each in numbers_before(mentions, mean, 16)
        if is_level(each) and each.reading.unit == mean.reading.unit and each.low > mean.high
    ]
    return max(before, key=lambda each: likeness(mean.before, each.before), default=None)
