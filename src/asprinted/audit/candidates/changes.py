"""Candidates about changes: from which old value to which new one, or by which printed difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from asprinted.audit.cues import (
    BACK,
    EARLIER,
    TOGETHER,
    YEAR,
    Candidate,
    are_alike,
    direction,
    distance,
    is_amount,
    is_share,
    list_mates,
    numbers_around,
    same_place,
)
from asprinted.audit.mentions import Mention, likeness
from asprinted.chinese.words import pattern
from asprinted.exact.printed import Dimension, Form
from asprinted.exact.relations import Direction

__all__ = ["changes", "scored_change"]

_COMPARED = pattern("{compared}")
_DATED = pattern("{earlier}|[0-9]{1,4}[年月]")
_NO_BASE = pattern("{no_base}")
_OTHER_BASES = (("环比", pattern("{year_ago}")), ("同比", pattern("{this_year}")))
_RATES = pattern("{rates}")
_FROM = pattern("{since}")


def changes(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the changes that a result may be: of a new value from an old one, or by a printed difference."""
    way = direction(result)
    if not way or result.reading.form is Form.RANGE or _NO_BASE.search(result.before):
        return
    own = result.reading.dimension
    around = [each for each in _compared(mentions, result) if each.reading.form is not Form.RANGE]
    fits = is_share if own is Dimension.POINTS else is_amount
    of_rates = own is Dimension.POINTS and _RATES.search(result.phrase)
    values = [each for each in around if fits(each) and (of_rates or not direction(each))]
    if own not in (Dimension.SHARE, Dimension.TIMES, Dimension.POINTS):
        values = [each for each in values if are_alike(each, result)]
    for new in values:
        for old in values:
            if new is not old and are_alike(new, old):
                words, reasons = scored_change(result, new, old)
                plain = reasons[0] != "change"
                yield Candidate("change", (result,), (new,), (old,), words, reasons, way, plain)
    for old in values:
        if EARLIER.search(old.before) and TOGETHER.search(result.phrase + old.phrase):
            yield from _of_both(result, old, values, way)
    if own is Dimension.SHARE:
        yield from _by_turns(mentions, result, way)
        yield from _by_difference(result, values, [each for each in around if direction(each) == way])


def _of_both(result: Mention, old: Mention, values: Sequence[Mention], way: str) -> Iterator[Candidate]:
    """Yield the changes of what two neighbours make up, from an old value behind them (两项之和比去年)."""
    before = [each for each in values if each.index < old.index and each.sentence == old.sentence]
    for new in pairwise(before[-3:]):
        if are_alike(*new) and are_alike(new[0], old):
            words, reasons = scored_change(result, new[1], old)
            yield Candidate("change", (result,), new, (old,), words, ("several", *reasons), way, True)


def _compared(mentions: Sequence[Mention], result: Mention) -> list[Mention]:
    """Return the numbers that a change may be of: near ones, and what is called as an old one beside it."""
    near = numbers_around(mentions, result, 10)
    after = [
        each
        for each in mentions[result.index + 1 : result.index + 14]
        if result.sentence < each.sentence
        and each.paragraph - result.paragraph < 2
        and EARLIER.search(each.before)
    ]
    old = mentions[result.index - 1 : result.index]
    if not (old and (EARLIER.search(old[0].before) or YEAR.search(old[0].before))):
        return [*near, *after]
    far = mentions[max(0, result.index - BACK) : max(0, result.index - 10)]
    return [*(each for each in far if _name_is_like(old[0], each)), *near, *after]


def _name_is_like(one: Mention, other: Mention) -> bool:
    name = EARLIER.sub("", one.before)
    return are_alike(one, other) and max(likeness(name, other.before), likeness(other.before, name)) >= 0.6


def _by_turns(mentions: Sequence[Mention], result: Mention, way: str) -> Iterator[Candidate]:
    """Yield the change that has its turn where changes are listed as their values were.

    The values are those of years in a row, one more than the changes, or those of now and those of before.
    """
    mates = list_mates(mentions, result)
    if len(mates) < 2:
        return
    start, many = mates[0].index, len(mates)
    near = mentions[max(0, start - 4 * many) : start]
    amounts = [each for each in near if is_amount(each) and not direction(each)]
    years = amounts[-many - 1 :]
    listed = len(years) == many + 1 and years[0].nth == 0 and len({each.series for each in years}) == 1
    if listed and all(are_alike(years[0], each) for each in years):
        old, new = years[result.nth : result.nth + 2]
        yield Candidate("change", (result,), (new,), (old,), 6.0, ("in_turn", "change"), way, True)
    behind = mentions[start + many : start + 4 * many + 6]
    for old in (each for each in (*amounts, *behind) if each.nth == 0 and _DATED.search(each.lead)):
        olds, told_earlier = list_mates(mentions, old), bool(EARLIER.search(old.lead))
        news = [each for each in amounts if each not in olds][-many:]
        if len(olds) >= many == len(news) and all(map(are_alike, news, olds)):
            pair = news[result.nth], olds[result.nth]
            sides = (result,), (pair[0],), (pair[1],)
            reasons = ("in_turn", *(("earlier",) if told_earlier else ()), "change")
            yield Candidate("change", *sides, 4.0, reasons, way, told_earlier, must_fit=not told_earlier)


def _by_difference(
    result: Mention, values: Sequence[Mention], changed: Sequence[Mention]
) -> Iterator[Candidate]:
    """Yield the growths that follow from a new value and a printed difference."""
    near = [each for each in values if each.sentence == result.sentence and each.index <= result.index + 1]
    bases = [each for each in near if EARLIER.search(each.before)]
    for by in changed:
        for new in values:
            has_base = any(are_alike(new, each) for each in bases)
            if is_amount(by) and by.sentence == result.sentence and max(new.index, by.index) < result.index:
                words = 4.0 - distance(by, result) - distance(new, by) - 0.7 * abs(by.index - new.index - 1)
                words += same_place(result, by) + same_place(result, new)
                base = new.low - by.low if direction(result) == Direction.RISE else new.low + by.low
                has_base = has_base or any(each.low == base and are_alike(new, each) for each in values)
                words -= 5.0 if EARLIER.search(new.before) else 3.5 if has_base else 0.0
                plain = result.index - by.index == by.index - new.index == 1 and not has_base
                words += 2.5 if plain else 0.0
                if are_alike(new, by):
                    way = f"{direction(result)}_by"
                    yield Candidate("change", (result,), (new,), (by,), words, ("difference",), way, plain)


def scored_change(result: Mention, new: Mention, old: Mention) -> tuple[float, tuple[str, ...]]:
    """Return the points and reasons of the wording of a change from an old value to a new one."""
    words = 2.0 - distance(new, result) - 0.6 * distance(old, new)
    reasons: tuple[str, ...] = ()
    was, now = (bool(EARLIER.search(each.before) or "相比" in each.after) for each in (old, new))
    if was:
        words, reasons = words + 3.5, ("earlier",)
    if now and not was:
        words -= 4.0
    years = [max(map(int, YEAR.findall(each.before)), default=0) for each in (old, new)]
    if all(years):
        words += 3.5 if years[0] < years[1] else -8.0
    elif years[0] and not was:
        words += 2.5
    if "比" in old.before and old.index == result.index - 1 and old.clause == result.clause:
        words += 2.0
    words -= 5.0 if "目标" in old.before and "目标" not in result.before else 0.0
    words -= 6.0 if new.index > result.index or (old.index > result.index + 1 and not was) else 0.0
    if _FROM.search(old.before[-12:]) and new.index == old.index + 1:
        words, reasons = words + 2.5 + (1.0 if new.index == result.index - 1 else 0.0), ("from_to",)
    if _COMPARED.search(result.before):
        words += 1.0
    if any(word in result.before and other.search(old.before) for word, other in _OTHER_BASES):
        words -= 12.0
    words += 2.5 * likeness(new.before, old.before)
    called = was and old.index == result.index - 1 and _name_is_like(old, new)
    words -= (0.2 if called else 0.5) * max(0, abs(result.index - new.index) - 1)
    return words + same_place(result, new) + same_place(result, old), (*reasons, "change")
