"""Sums: which numbers a total is made of, ahead of it or behind.

Each start of a run is a group of its own, since a total may be split more than once. A run is proposed by
its places, whether or not it adds up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from asprinted.audit.candidate import Candidate, made, told
from asprinted.audit.cues import (
    AMONG,
    LAST_YEAR,
    TOGETHER,
    YEAR,
    Side,
    are_alike,
    is_level,
    is_pair,
    told_number,
    unit_likeness,
)
from asprinted.audit.mentions import Mention, informative, likeness
from asprinted.chinese.words import pattern

__all__ = ["sums"]

_TOTAL, _ALL = pattern("{total}"), pattern("{all}")
_OTHERS, _REST, _UNDONE = pattern("{others}"), pattern("(?:{rest}|其他)"), pattern("{not_done}")
_ADDED_UP = pattern("{these}[^，。；]*{counted_up}|(?<!{ends.共})(?:共|共有){is}*$|{in_all}")
_SPLIT = pattern("{split}")
_BY = pattern("按[^，。；]{1,8}[分看]|从[^，。；]{1,8}看")
_DONE, _MADE = pattern("{acts_done}"), pattern("{acts_begun}")
_AHEAD, _KIN, _STARTS, _MOST, _BACK = 36, 16, 5, 10, 16


def sums(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the sums that a result may be: of numbers of its unit behind it, or before it."""
    if not is_level(result) or result.reading.value is None:
        return
    at = result.index
    own = frozenset(told(_RESULT, result))
    ahead = [each for each in mentions[at + 1 : at + _AHEAD] if _may_add(each, result)][:_KIN]
    for start in _starts(result, ahead):
        for stride in (1, 2) if _alternate(ahead[start : start + 4]) else (1,):
            yield from _runs(mentions, result, ahead, start, stride, own)
    before = [each for each in mentions[max(0, at - _BACK) : at] if _may_add(each, result)][::-1]
    if len(before) > 1:
        yield from _runs_before(mentions, result, before, own)


def _starts(result: Mention, kin: Sequence[Mention]) -> Iterator[int]:
    """Yield where a run may begin: at one of the next numbers, or where a later sentence has its first."""
    for start in range(len(kin) - 1):
        begins = start == 0 or kin[start].sentence != kin[start - 1].sentence
        if begins or (start < _STARTS and kin[start].sentence - result.sentence <= 1):
            yield start


def _may_add(each: Mention, result: Mention) -> bool:
    within = each.low <= _ONE_DIGIT * result.high
    return within and each.reading.value is not None and is_level(each) and are_alike(each, result)


_ONE_DIGIT = 9
"""How many times its total a part may be: one wrong digit makes no more of it."""


def _runs(
    mentions: Sequence[Mention],
    result: Mention,
    kin: Sequence[Mention],
    start: int,
    stride: int,
    own: frozenset[str],
) -> Iterator[Candidate]:
    """Yield the sums of what begins at one number behind a total, by length; every second number, or each."""
    first = kin[start]
    of_first = own.union(told(_FIRST, result, first), (f"start_{min(3, start)}",), ("ahead",))
    if start and _ends(mentions, kin[start - 1]):
        of_first |= {"after_stop"}
    chosen = kin[start::stride][:_MOST]
    for many in range(2, len(chosen) + 1):
        last = chosen[many - 1]
        if (many > 2 and last.sentence > first.sentence) or _begins_anew(chosen[:many]):
            break
        parts = tuple(chosen[:many])
        left = kin[start + stride * (many - 1) + 1 :]
        following = kin[start + stride * many : start + stride * many + 1]
        seen = of_first.union(_of_run(mentions, result, parts, left, following, stride))
        if _FORBIDDEN.isdisjoint(seen) and not (many > 2 and seen.issuperset(_BROKEN_OFF)):
            yield made("sum", (result,), parts, (), seen, group=1 + start)


def _alternate(kin: Sequence[Mention]) -> bool:
    """Whether numbers are of one thing and of another in turn: 发51起，破45起；发17起，破16起."""
    ends = [each.before[-1:] for each in kin]
    return len(ends) > 3 and ends[0] == ends[2] != ends[1] == ends[3]


def _runs_before(
    mentions: Sequence[Mention], result: Mention, kin: Sequence[Mention], own: frozenset[str]
) -> Iterator[Candidate]:
    """Yield the sums of what ends right before a total, by length."""
    is_told = own & {"total", "added_up", "so_many_told", "together"}
    of_last = own.union(told(_LAST, result, kin[0]), ("before",))
    for many in range(2, min(_MOST, len(kin)) + 1):
        parts = tuple(kin[:many][::-1])
        if many > 2 and (not is_told or parts[-1].sentence > parts[0].sentence):
            break
        left = [each for each in kin[many:] if each.sentence == result.sentence]
        seen = of_last.union(_of_run(mentions, result, parts, left, (), 1))
        if _FORBIDDEN.isdisjoint(seen):
            yield made("sum", (result,), parts, (), seen, group=-1)


_FORBIDDEN = frozenset({"mixed_acts", "series_goes_on", "among_within"})
"""What no sum is made of: what came in with what was done, a list broken off, a total with its own parts."""


_BROKEN_OFF = ("row", "goes_on", "left_one")


def _begins_anew(parts: Sequence[Mention]) -> bool:
    """Whether a run goes on into what is a total itself by its words (共计)."""
    return bool(_ADDED_UP.search(parts[-1].before)) and len(parts) > 2


def _ends(mentions: Sequence[Mention], last: Mention) -> bool:
    """Whether a stop or a bracket follows a number, or nothing."""
    following = mentions[last.index + 1 : last.index + 2]
    return not following or _closing(following[0].gap) > 0


def _closing(gap: str) -> int:
    """Return how a gap ends what stands before it: 3 by a stop, 2 by a semicolon, 1 by a bracket, else 0."""
    for mark in gap:
        if mark in "。！？!?\n":
            return 3
        if mark in "；;":
            return 2
        if mark in "）)":
            return 1
        if mark in "，,、：:（(":
            return 0
    return 0


_RESULT: Mapping[str, Callable[[Mention], bool]] = {
    "total": lambda result: bool(_TOTAL.search(result.before)),
    "all": lambda result: bool(_ALL.search(result.before)),
    "added_up": lambda result: bool(_ADDED_UP.search(result.before)),
    "so_many_told": lambda result: told_number(result) > 0,
    "together": lambda result: bool(TOGETHER.search(result.phrase)),
    "hedged": lambda result: bool(result.reading.hedge),
    "scaled": lambda result: result.reading.step > 1,
    "listed_total": lambda result: result.nth > 0,
    "in_list": lambda result: result.series is not None,
    "within": lambda result: result.after[:1] in ("中", "里") or result.after.endswith("中"),
    "year_total": lambda result: bool(YEAR.search(result.gap)),
    "year_before_total": lambda result: bool(LAST_YEAR.search(result.before)),
    "opens_sentence": lambda result: any(mark in result.gap for mark in "。\n"),
    "among_total": lambda result: bool(AMONG.search(result.before)),
}

_FIRST: Mapping[str, Callable[[Mention, Mention], bool]] = {
    "first_next": lambda result, first: first.index == result.index + 1,
    "first_next_but_one": lambda result, first: first.index == result.index + 2,
    "first_far": lambda result, first: first.index > result.index + 4,
    "first_segment": lambda result, first: first.segment == result.segment,
    "first_sentence": lambda result, first: first.sentence == result.sentence,
    "first_sentence_next": lambda result, first: first.sentence == result.sentence + 1,
    "first_paragraph": lambda result, first: first.paragraph == result.paragraph,
    "first_among": lambda result, first: bool(AMONG.search(first.gap)),
    "first_split": lambda result, first: bool(_SPLIT.search(first.gap)),
    "first_by": lambda result, first: bool(_BY.search(first.gap)),
    "first_bracket": lambda result, first: first.gap[:1] in ("（", "(") and first.index == result.index + 1,
    "first_colon": lambda result, first: "：" in first.gap or ":" in first.gap,
    "first_year": lambda result, first: bool(YEAR.search(first.gap)),
    "first_comma": lambda result, first: first.gap[:1] in "，,",
    "first_pause": lambda result, first: "、" in first.gap,
    "first_topic": lambda result, first: bool(first.topic) and likeness(first.topic, result.words) > 0.5,
    "first_acts_alike": lambda result, first: _act(first) == _act(result) != "",
}

_LAST: Mapping[str, Callable[[Mention, Mention], bool]] = {
    "last_next": lambda result, last: last.index == result.index - 1,
    "last_segment": lambda result, last: last.segment == result.segment,
    "last_sentence": lambda result, last: last.sentence == result.sentence,
    "last_paragraph": lambda result, last: last.paragraph == result.paragraph,
}


def _act(each: Mention) -> str:
    """Return whether a number counts what came in or what was done with it, "" where words do not tell."""
    return _act_of(each.before)


@lru_cache(maxsize=1 << 12)
def _act_of(words: str) -> str:
    if _DONE.search(words):
        return "done"
    return "begun" if _MADE.search(words) else ""


def _of_run(
    mentions: Sequence[Mention],
    result: Mention,
    parts: Side,
    left: Sequence[Mention],
    following: Sequence[Mention],
    stride: int,
) -> list[str]:
    """Return what is seen of a run of summands: how it goes on, closes, and is called."""
    seen = told(_RUN, result, parts)
    seen += [f"parts_{min(5, len(parts))}"]
    last, here = parts[-1], [each for each in left if each.sentence == parts[-1].sentence]
    behind = mentions[last.index + 1 : last.index + 2]
    closing = 3 if not behind else _closing(behind[0].gap)
    seen += (
        ["", "closes_bracket", "closes_segment", "closes_sentence"][closing : closing + 1] if closing else []
    )
    more = {
        "every_second": stride > 1,
        "whole_run": not here,
        "goes_on": bool(following) and _goes_on(last, following[0]),
        "left_one": len(here) == 1,
        "left_more": len(here) > 1,
        "series_goes_on": any(each.series == last.series and each.nth > last.nth for each in here[:2])
        and last.series is not None,
        "series_begun": parts[0].nth > 0,
    }
    return seen + [name for name, holds in more.items() if holds]


def _goes_on(last: Mention, following: Mention) -> bool:
    """Whether a list goes on behind a number: with the next one, in its clauses, and little said between."""
    return (
        following.index <= last.index + 2
        and following.segment == last.segment
        and len(following.before) <= _SHORT
        and not AMONG.search(following.before)
    )


_SHORT = 8


def _in_a_row(parts: Side, by: int) -> bool:
    return all(other.index - one.index == by for one, other in pairwise(parts))


_RUN: Mapping[str, Callable[[Mention, Side], bool]] = {
    "row": lambda result, parts: _in_a_row(parts, 1),
    "row_of_two": lambda result, parts: _in_a_row(parts, 2),
    "one_clause_list": lambda result, parts: {each.series for each in parts} == {parts[0].series} != {None},
    "one_segment": lambda result, parts: parts[0].segment == parts[-1].segment,
    "one_sentence": lambda result, parts: parts[0].sentence == parts[-1].sentence,
    "ends_in_rest": lambda result, parts: bool(_REST.search(parts[-1].before)),
    "ends_in_others": lambda result, parts: bool(_OTHERS.search(parts[-1].before)),
    "others_within": lambda result, parts: any(_REST.search(each.before) for each in parts[:-1]),
    "pair": lambda result, parts: len(parts) == 2 and is_pair(parts),
    "undone": lambda result, parts: any(_UNDONE.search(each.before) for each in parts),
    "so_many": lambda result, parts: told_number(result) == len(parts),
    "not_so_many": lambda result, parts: told_number(result) not in (0, len(parts)),
    "among_within": lambda result, parts: any(AMONG.search(each.before) for each in parts[1:]),
    "total_within": lambda result, parts: any(_ADDED_UP.search(each.before) for each in parts),
    "year_within": lambda result, parts: any(YEAR.search(each.gap) for each in parts[1:]),
    "years_listed": lambda result, parts: all(YEAR.search(each.gap) for each in parts),
    "earlier_within": lambda result, parts: (
        any(LAST_YEAR.search(each.before) for each in parts) and not LAST_YEAR.search(result.before)
    ),
    "names_alike": lambda result, parts: len({each.before[-4:] for each in parts}) == 1,
    "called_as_total": lambda result, parts: {each.before[-4:] for each in parts} == {result.before[-4:]},
    "ends_alike": lambda result, parts: len({each.before[-1:] for each in parts}) == 1,
    "mixed_acts": lambda result, parts: len({_act(each) for each in parts} - {""}) > 1,
    "other_act": lambda result, parts: (
        _act(result) != "" and bool({_act(each) for each in parts} - {"", _act(result)})
    ),
    "one_unit": lambda result, parts: all(unit_likeness(each, result) == "one_unit" for each in parts),
    "short_names": lambda result, parts: all(len(each.before) <= _SHORT for each in parts[1:]),
    "long_names": lambda result, parts: any(len(each.before) > 14 for each in parts),
    "no_names": lambda result, parts: not any(informative(each.before) for each in parts),
    "above": lambda result, parts: any(each.low > result.high for each in parts),
    "all_hedged": lambda result, parts: any(each.reading.hedge for each in parts),
    "coarser": lambda result, parts: any(each.reading.step > result.reading.step for each in parts),
}
