"""Changes: from which old value to which new one, or by which printed difference."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from asprinted.audit.candidate import Candidate, made, told
from asprinted.audit.cues import (
    AMONG,
    BACK,
    EARLIER,
    LAST_YEAR,
    TOGETHER,
    YEAR,
    act,
    are_alike,
    counted_as,
    direction,
    is_amount,
    is_share,
    list_mates,
    numbers_around,
    per_each,
)
from asprinted.audit.mentions import Mention, informative, likeness
from asprinted.chinese.words import pattern
from asprinted.exact.printed import Dimension, Form

__all__ = ["changes", "of_two_times"]

_COMPARED = pattern("{compared}")
_DATED = pattern("{earlier}|[0-9]{1,4}[年月]")
_NO_BASE = pattern("{no_base}|(?<!车){vital}")
_YEAR_AGO, _THIS_YEAR = pattern("{year_ago}"), pattern("{this_year}")
_RATES = pattern("{rates}")
_FROM, _THAN_YEAR = pattern("{since}"), re.compile("比([0-9]{4})年")
_NEAR, _MOST = 10, 12


def changes(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the changes that a result may be: of a new value from an old one, or by a printed difference."""
    way = direction(result)
    if not way or result.reading.form is Form.RANGE or _NO_BASE.search(result.phrase):
        return
    own = result.reading.dimension
    around = [each for each in _compared(mentions, result) if each.reading.form is not Form.RANGE]
    fits = is_share if own is Dimension.POINTS else is_amount
    of_rates = own is Dimension.POINTS and _RATES.search(result.phrase)
    values = [each for each in around if fits(each) and (of_rates or not direction(each))]
    if own not in (Dimension.SHARE, Dimension.TIMES, Dimension.POINTS):
        values = [each for each in values if are_alike(each, result)]
    if units := counted_as(list_mates(mentions, result), result):
        values = [_in_pair(mentions, each) for each in values if each.reading.unit in units]
    if _is_of_done(mentions, result):
        values = [each for each in values if act(each) != "begun"]
    alone = frozenset(told(_RESULT, result))
    for new in values:
        of_new = alone.union(told(_NEW, result, new))
        for old in values:
            if new is not old and are_alike(new, old) and abs(new.index - old.index) <= _MOST + _far(old):
                seen = of_new.union(of_two_times(result, new, old))
                if _FORBIDDEN.isdisjoint(seen):
                    yield made("change", (result,), (new,), (old,), seen, way)
    yield from _of_both(result, values, way, alone)
    yield from _since_named(mentions, result, values, way, alone)
    if own is Dimension.SHARE:
        yield from _by_turns(mentions, result, way, alone)
        changed = [each for each in around if direction(each) == way and is_amount(each)]
        yield from _by_difference(result, values, changed, alone)


def _is_of_done(mentions: Sequence[Mention], result: Mention) -> bool:
    """Whether a change is of what was done, not of what came in, by its words or the number before it."""
    near = mentions[max(0, result.index - 1) : result.index] if result.series is None else ()
    of = act(result) or next((act(each) for each in near if each.segment == result.segment), "")
    return of == "done"


def _in_pair(mentions: Sequence[Mention], each: Mention) -> Mention:
    """Return a number with the words of the one that it stands right behind (160件200人), if it does."""
    if not each.index or each.gap:
        return each
    one = mentions[each.index - 1]
    return replace(each, before=one.before, lead=one.lead)


_FORBIDDEN = frozenset({"years_fall", "other_base", "aim", "of_its_whole"})
"""What no change is from: a later year, another time than its words name, what was aimed at, of a part its
whole."""


def _far(old: Mention) -> int:
    """Return how much farther off a new value may stand where the old one is called earlier."""
    return BACK if EARLIER.search(old.lead) or EARLIER.search(old.before) or YEAR.search(old.before) else 0


_RESULT: Mapping[str, Callable[[Mention], bool]] = {
    "compared": lambda result: bool(_COMPARED.search(result.phrase)),
    "as_share": lambda result: result.reading.dimension is Dimension.SHARE,
    "as_points": lambda result: result.reading.dimension is Dimension.POINTS,
    "as_amount": lambda result: result.reading.dimension not in (Dimension.SHARE, Dimension.POINTS),
    "year_on_year": lambda result: "同比" in result.phrase,
    "month_on_month": lambda result: "环比" in result.phrase,
    "noun": lambda result: len(informative(result.before)) > 4,
    "listed": lambda result: result.nth > 0,
    "hedged": lambda result: bool(result.reading.hedge),
    "bare": lambda result: len(result.before) <= 4,
    "bracket": lambda result: "（" in result.gap[-4:],
}

_NEW: Mapping[str, Callable[[Mention, Mention], bool]] = {
    "new_next": lambda result, new: result.index - new.index == 1,
    "new_next_but_one": lambda result, new: result.index - new.index == 2,
    "new_far": lambda result, new: result.index - new.index > 3,
    "new_behind": lambda result, new: new.index > result.index,
    "new_clause": lambda result, new: new.clause == result.clause,
    "new_segment": lambda result, new: new.segment == result.segment,
    "new_sentence": lambda result, new: new.sentence == result.sentence,
    "new_paragraph": lambda result, new: new.paragraph == result.paragraph,
    "new_earlier": lambda result, new: _is_earlier(new),
    "new_place": lambda result, new: _place(result, new) > 0,
    "new_other_place": lambda result, new: _place(result, new) < 0,
    "new_listed": lambda result, new: new.nth > 0,
    "new_named": lambda result, new: likeness(result.before, new.before) > 0.6,
    "new_mean": lambda result, new: per_each(new) is not None,
}

_TWO: Mapping[str, Callable[[Mention, Mention, Mention], bool]] = {
    "earlier": lambda result, new, old: _is_earlier(old),
    "last_year": lambda result, new, old: bool(LAST_YEAR.search(old.before)),
    "earlier_lead": lambda result, new, old: bool(EARLIER.search(old.lead)) and not _is_earlier(old),
    "both_earlier": lambda result, new, old: _is_earlier(old) and _is_earlier(new),
    "years_rise": lambda result, new, old: 0 < _year(old) < _year(new),
    "years_fall": lambda result, new, old: _year(old) > _year(new) > 0,
    "old_year": lambda result, new, old: _year(old) > 0 == _year(new),
    "new_year": lambda result, new, old: _year(new) > 0 == _year(old),
    "untimed": lambda result, new, old: (
        not (_is_earlier(old) or _year(old) or EARLIER.search(old.lead) or _FROM.search(old.before[-12:]))
    ),
    "than_next": lambda result, new, old: (
        "比" in old.before and old.index == result.index - 1 and old.clause == result.clause
    ),
    "aim": lambda result, new, old: "目标" in old.before and "目标" not in result.before,
    "old_behind": lambda result, new, old: old.index > result.index,
    "old_next_behind": lambda result, new, old: old.index == result.index + 1,
    "old_next": lambda result, new, old: old.index == result.index - 1,
    "from_to": lambda result, new, old: bool(_FROM.search(old.before[-12:])) and new.index == old.index + 1,
    "adjacent": lambda result, new, old: abs(new.index - old.index) == 1,
    "in_order": lambda result, new, old: old.index < new.index,
    "apart": lambda result, new, old: abs(new.index - old.index) > 3,
    "other_base": lambda result, new, old: bool(
        ("环比" in result.before and _YEAR_AGO.search(old.before))
        or ("同比" in result.before and _THIS_YEAR.search(old.before))
    ),
    "called_alike": lambda result, new, old: _name_is_like(old, new),
    "called_otherwise": lambda result, new, old: _is_called_otherwise(old, new),
    "old_clause": lambda result, new, old: old.clause == new.clause,
    "old_segment": lambda result, new, old: old.segment == new.segment,
    "old_sentence": lambda result, new, old: old.sentence == new.sentence,
    "old_paragraph": lambda result, new, old: old.paragraph == new.paragraph,
    "old_place": lambda result, new, old: _place(result, old) > 0,
    "old_other_place": lambda result, new, old: _place(result, old) < 0,
    "one_list": lambda result, new, old: new.series is not None and new.series == old.series,
    "listed_result": lambda result, new, old: new.series is not None and new.series == result.series,
    "of_its_whole": lambda result, new, old: (
        bool(AMONG.search(new.gap)) and old.index < new.index and not _is_earlier(old)
    ),
    "old_changed": lambda result, new, old: bool(direction(old)),
}


def of_two_times(result: Mention, new: Mention, old: Mention) -> list[str]:
    """Return what is seen of a new and an old value, and of the words that hold them against each other."""
    return told(_TWO, result, new, old)


def _is_earlier(each: Mention) -> bool:
    return bool(EARLIER.search(each.before)) or "相比" in each.after


def _year(each: Mention) -> int:
    return max(map(int, YEAR.findall(each.before)), default=0)


def _place(result: Mention, other: Mention) -> int:
    """Return 1 where two numbers have one place in two lists (分别为), -1 where they have not, else 0."""
    if result.series is None or other.series in (None, result.series):
        return 0
    return 1 if other.nth == result.nth else -1


def _is_called_otherwise(old: Mention, new: Mention) -> bool:
    """Whether an old value has a name of its own, of which the new one has nothing."""
    name = EARLIER.sub("", old.before)
    return bool(informative(name)) and likeness(name, new.before) == 0


def _name_is_like(one: Mention, other: Mention) -> bool:
    name = EARLIER.sub("", one.before)
    return are_alike(one, other) and max(likeness(name, other.before), likeness(other.before, name)) >= 0.6


def _compared(mentions: Sequence[Mention], result: Mention) -> list[Mention]:
    """Return the numbers that a change may be of: near ones, and what is called as an old one beside it."""
    near = numbers_around(mentions, result, _NEAR)
    after = [
        each
        for each in mentions[result.index : result.index + 14]
        if result.sentence < each.sentence
        and each.paragraph - result.paragraph < 2
        and (EARLIER.search(each.before) or EARLIER.search(each.lead))
    ]
    old = mentions[result.index - 1 : result.index]
    if not (old and (EARLIER.search(old[0].before) or YEAR.search(old[0].before))):
        return [*near, *after]
    far = mentions[max(0, result.index - BACK) : max(0, result.index - _NEAR)]
    return [*(each for each in far if _name_is_like(old[0], each)), *near, *after]


def _since_named(
    mentions: Sequence[Mention], result: Mention, values: Sequence[Mention], way: str, alone: frozenset[str]
) -> Iterator[Candidate]:
    """Yield the changes from what an earlier sentence calls alike (1986年45件。1987年52件，比上年增长)."""
    if not _COMPARED.search(result.phrase) and "同比" not in result.phrase:
        return
    dated = [each for each in _of_named_year(mentions, result) if each not in values]
    mates = list_mates(mentions, result)
    beside = [each for each in values if each.index < mates[0].index and each.segment == result.segment]
    for new in (each for each in values if result.index - 3 <= each.index < result.index):
        far = mentions[max(0, result.index - BACK) : max(0, result.index - _NEAR)]
        olds = [*dated, *(each for each in far if each.sentence < new.sentence and is_amount(each))]
        olds = [each for each in olds if _name_is_like(each, new) and not direction(each)]
        for old in dict.fromkeys((*olds[-2:], *(each for each in olds if each in dated))):
            seen = alone.union(told(_NEW, result, new), of_two_times(result, new, old), ("far_named",))
            if old in dated and len(beside) == len(mates) > 1 and new is beside[result.nth]:
                seen |= {"turn_of_dated"}
            if _FORBIDDEN.isdisjoint(seen):
                yield made("change", (result,), (new,), (old,), seen, way)


def _of_named_year(mentions: Sequence[Mention], result: Mention) -> Iterator[Mention]:
    """Yield what is told elsewhere of the year that a change names (比2022年上升。2022年，受理)."""
    named, year = _THAN_YEAR.search(result.phrase), ""
    for each in mentions[max(0, result.index - BACK) : result.index + _NEAR] if named else ():
        year = (YEAR.findall(each.lead + each.before) or [year])[-1]
        if named and year == named[1] and each.segment != result.segment and is_amount(each):
            yield each


def _of_both(
    result: Mention, values: Sequence[Mention], way: str, alone: frozenset[str]
) -> Iterator[Candidate]:
    """Yield the changes of what two neighbours make up, from an old value behind them (两项之和比去年)."""
    for old in values:
        if not (EARLIER.search(old.before) and TOGETHER.search(result.phrase + old.phrase)):
            continue
        before = [each for each in values if each.index < old.index and each.sentence == old.sentence]
        for new in pairwise(before[-3:]):
            if are_alike(*new) and are_alike(new[0], old):
                seen = alone.union(
                    told(_NEW, result, new[1]), of_two_times(result, new[1], old), ("several",)
                )
                yield made("change", (result,), new, (old,), seen, way)


def _by_turns(
    mentions: Sequence[Mention], result: Mention, way: str, alone: frozenset[str]
) -> Iterator[Candidate]:
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
        yield made("change", (result,), (new,), (old,), alone | {"turn_of_years"}, way)
    behind = mentions[start + many : start + 4 * many + 6]
    for old in (each for each in (*amounts, *behind) if each.nth == 0 and _DATED.search(each.lead)):
        olds = list_mates(mentions, old)
        news = [each for each in amounts if each not in olds][-many:]
        if len(olds) >= many == len(news) and all(map(are_alike, news, olds)):
            told_earlier = "turn_of_earlier" if EARLIER.search(old.lead) else "turn_of_dated"
            seen = alone | {told_earlier} | ({"behind_turn"} if old.index > result.index else set())
            yield made("change", (result,), (news[result.nth],), (olds[result.nth],), seen, way)


def _by_difference(
    result: Mention, values: Sequence[Mention], changed: Sequence[Mention], alone: frozenset[str]
) -> Iterator[Candidate]:
    """Yield the growths that follow from a new value and a printed difference, before or behind the rate."""
    near = [each for each in values if each.sentence == result.sentence and each.index <= result.index + 1]
    bases = [each for each in near if _is_earlier(each)]
    for by in changed:
        if by.sentence != result.sentence or not -2 <= by.index - result.index <= 2:
            continue
        for new in values:
            if (
                new.index < max(by.index, result.index)
                and are_alike(new, by)
                and result.index - new.index < 8
            ):
                how = told(_DIFFERENCE, result, new, by, bases)
                seen = alone.union(told(_NEW, result, new), how, ("by_difference",))
                yield made("change", (result,), (new,), (by,), seen, f"{direction(result)}_by")


_DIFFERENCE: Mapping[str, Callable[[Mention, Mention, Mention, Sequence[Mention]], bool]] = {
    "by_next": lambda result, new, by, bases: result.index - by.index == 1,
    "by_behind": lambda result, new, by, bases: by.index > result.index,
    "by_clause": lambda result, new, by, bases: by.clause - result.clause in (0, -1, 1),
    "by_segment": lambda result, new, by, bases: by.segment == result.segment,
    "by_named": lambda result, new, by, bases: likeness(by.before, new.before) > 0.6,
    "row_of_three": lambda result, new, by, bases: (
        {new.index, by.index, result.index} == set(range(new.index, new.index + 3))
    ),
    "has_base": lambda result, new, by, bases: any(are_alike(new, each) for each in bases),
    "by_place": lambda result, new, by, bases: _place(result, by) > 0,
    "by_other_place": lambda result, new, by, bases: _place(result, by) < 0,
    "new_by_sentence": lambda result, new, by, bases: new.sentence == by.sentence,
}
