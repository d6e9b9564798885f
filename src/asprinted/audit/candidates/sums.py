"""Sums: which numbers a total is made of, ahead of it or behind.

Each start of a run is a group of its own, since a total may be split more than once. A run is proposed by
its places, whether or not it adds up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from asprinted.audit.candidate import Candidate, made, told
from asprinted.audit.cues import (
    AMONG,
    LAST_YEAR,
    TOGETHER,
    YEAR,
    Side,
    act,
    is_level,
    is_pair,
    is_span_of_time,
    may_join,
    told_number,
    unit_likeness,
)
from asprinted.audit.mentions import KINDS, Mention, informative, likeness
from asprinted.chinese.scanning import Span
from asprinted.chinese.words import group, pattern

__all__ = ["sums"]

_TOTAL, _ALL = pattern("{total}"), pattern("{all}")
_OTHERS, _REST, _UNDONE = pattern("{others}"), pattern("(?:{rest}|其他)"), pattern("{not_done}")
_ADDED_UP = pattern("{these}[^，。；]*{counted_up}|(?<!{ends.共})(?:共|共有){is}*$|{in_all}")
_SPLIT = pattern("{split}")
_LEFT_OPEN = pattern("等(?!级|{several}{kinds})")
_BY = pattern("按[^，。；]{1,8}[分看]|从[^，。；]{1,8}看")
_NUMBERED = re.compile(
    "(?:[。；\n：]|^)[（(]?(?:[一二三四五六七八九十]|[0-9]{1,2})(?:是|、|[)）]|[.．])|[①-⑩]"
)
_AHEAD, _KIN, _STARTS, _MOST, _BACK = 36, 16, 5, 10, 16


def sums(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the sums that a result may be: of numbers of its unit behind it, or before it."""
    if not is_level(result) or result.reading.value is None:
        return
    own = frozenset(told(_RESULT, result))
    is_told = not own.isdisjoint(("total", "added_up", "so_many_told", "together"))
    if is_span_of_time(result) and not is_told:
        return
    at = result.index
    yield from _second_counts(mentions, result)
    near = mentions[at + 1 : at + _AHEAD]
    ahead = [each for each in near if _may_add(each, result)][:_KIN]
    before = [each for each in mentions[max(0, at - _BACK) : at] if _may_add(each, result)]
    for view, kin in _views(result, near, ahead, before):
        for start in _starts(result, kin) if view in _OF_ALL else range(_FEW_STARTS[view]):
            group = 1 + ahead.index(kin[start])
            yield from _runs(mentions, result, kin, start, _Of(own | {view}, group))
    for view, kin in (("each", before), *(_by_place(result, before) if is_told else ())):
        if len(kin) > 1:
            yield from _runs_before(mentions, result, kin[::-1], own | {view}, is_told=is_told)


def _second_counts(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the sums of people where each is counted behind cases (60件80人，其中甲45件57人、乙15件23人).

    They are those of the cases, as these stand without the people between them.
    """
    at = result.index
    if not _counts_again(mentions, at):
        return
    firsts, again = list[Mention](), dict[Span, Mention]()
    for place in range(at - 1, min(len(mentions), at + _AHEAD)):
        if place > at - 1 and _counts_again(mentions, place):
            again[mentions[place - 1].span] = mentions[place]
        else:
            firsts.append(replace(mentions[place], index=len(firsts)))
    for one in sums(firsts, firsts[0]):
        if all(part in again for part in one.parts):
            parts = tuple(again[part].span for part in one.parts)
            yield one._replace(results=(result.span,), parts=parts, group=_AGAIN + one.group)


def _counts_again(mentions: Sequence[Mention], place: int) -> bool:
    """Whether a number counts the people of the cases that stand right before it."""
    if not place or mentions[place].gap not in ("", "、"):
        return False
    cases, people = (mentions[each].reading.unit for each in (place - 1, place))
    return cases in _CASES and people in _PEOPLE


_CASES, _PEOPLE = (frozenset(group("families")[name]) for name in ("cases", "people"))
_AGAIN = 100
"""What the groups of such sums are numbered from."""


class _Of(NamedTuple):
    """What is seen of a total and of how its parts are picked, and which group of readings they are of."""

    seen: frozenset[str]
    group: int


_View = tuple[str, Sequence[Mention]]


def _views(
    result: Mention, near: Sequence[Mention], kin: Sequence[Mention], before: Sequence[Mention]
) -> Iterator[_View]:
    """Yield the numbers behind a total, and those of them that words or places pick, for runs of them."""
    if len(kin) < 2:
        return
    yield "each", kin
    if second := next((at for at in range(len(kin) - 3) if _alternate(kin[at : at + 4])), None):
        yield from (("every_second", kin[at::2]) for at in (second, second + 1))
    elif second == 0:
        yield from (("every_second", kin[at::2]) for at in (0, 1))
    inside = _in_brackets(near)
    outside = [each for each in kin if each not in inside]
    if 1 < len(outside) < len(kin):
        yield "outside_brackets", outside
    if not before or before[-1].segment != result.segment:
        yield from _by_place(result, kin)


def _by_place(result: Mention, kin: Sequence[Mention]) -> Iterator[_View]:
    """Yield the first numbers of segments or sentences, the numbered ones, those called as the total is."""
    last = len(kin)
    for view, place in _PLACES.items():
        heads = [each for at, each in enumerate(kin) if not at or place(kin[at - 1]) != place(each)]
        if 1 < len(heads) < last:
            yield view, heads
        last = len(heads)
    numbered = [each for each in kin if _NUMBERED.search(each.gap)]
    if 1 < len(numbered) < len(kin):
        yield "numbered", numbered
    name = result.before[-2:]
    alike = [each for each in kin if each.before[-2:] == name != ""]
    if 1 < len(alike) < len(kin):
        yield "of_one_name", alike


_BRACKETS = re.compile("[（()）]")
_PLACES: Mapping[str, Callable[[Mention], int]] = {
    "heads_of_segments": lambda each: each.segment,
    "heads_of_sentences": lambda each: each.sentence,
}


def _in_brackets(near: Sequence[Mention]) -> set[Mention]:
    """Return the numbers that stand in a bracket opened behind a total."""
    depth, inside = 0, set[Mention]()
    for each in near:
        for mark in _BRACKETS.findall(each.gap):
            depth = depth + 1 if mark in "（(" else max(0, depth - 1)
        if depth:
            inside.add(each)
    return inside


def _starts(result: Mention, kin: Sequence[Mention]) -> Iterator[int]:
    """Yield where a run may begin: at one of the next numbers, or where a later sentence has its first."""
    for start in range(len(kin) - 1):
        begins = start == 0 or kin[start].sentence != kin[start - 1].sentence
        begins = begins or bool(_BY.search(kin[start].gap))
        if begins or (start < _STARTS and kin[start].sentence - result.sentence <= 1):
            yield start


def _may_add(each: Mention, result: Mention) -> bool:
    within = each.low <= _ONE_DIGIT * result.high
    return within and each.reading.value is not None and is_level(each) and may_join(each, result)


_ONE_DIGIT = 9
"""How many times its total a part may be: one wrong digit makes no more of it."""

_OF_ALL = ("each", "outside_brackets")
_FEW_STARTS = {
    "every_second": 1,
    "heads_of_segments": 2,
    "heads_of_sentences": 2,
    "numbered": 1,
    "of_one_name": 1,
}
_OVER_STOPS = frozenset({"heads_of_segments", "heads_of_sentences", "numbered", "of_one_name"})
"""The views in which a run may go on behind a stop."""


def _runs(
    mentions: Sequence[Mention], result: Mention, kin: Sequence[Mention], start: int, of: _Of
) -> Iterator[Candidate]:
    """Yield the sums of what begins at one number behind a total, by length."""
    first = kin[start]
    seen_of_first = of.seen.union(told(_FIRST, result, first), (f"start_{min(3, start)}", "ahead"))
    if start and _ends(mentions, kin[start - 1]):
        seen_of_first |= {"after_stop"}
    is_near, in_bracket = _OVER_STOPS.isdisjoint(of.seen), "first_bracket" in seen_of_first
    for many in range(2, min(_MOST, len(kin) - start) + 1):
        parts = tuple(kin[start : start + many])
        ends = parts[-1].sentence > first.sentence if is_near else parts[-1].low > result.high
        if (many > 2 and ends) or _begins_anew(parts):
            break
        if in_bracket and _leaves(mentions, first, parts[-1]):
            break
        seen = seen_of_first.union(_of_run(mentions, result, parts, kin[start + many :], of.seen))
        if _FORBIDDEN.isdisjoint(seen):
            yield made("sum", (result,), parts, (), seen, group=of.group)


def _leaves(mentions: Sequence[Mention], first: Mention, last: Mention) -> bool:
    """Whether the bracket in which a run begins is closed before its last number."""
    marks = "".join(each.gap for each in mentions[first.index + 1 : last.index + 1])
    return marks.count("）") + marks.count(")") > marks.count("（") + marks.count("(")


def _alternate(kin: Sequence[Mention]) -> bool:
    """Whether numbers are of one thing and of another in turn: 发51起，破45起；发17起，破16起."""
    ends = [each.before[-1:] for each in kin]
    return ends[0] == ends[2] != ends[1] == ends[3]


def _runs_before(
    mentions: Sequence[Mention],
    result: Mention,
    kin: Sequence[Mention],
    own: frozenset[str],
    *,
    is_told: bool,
) -> Iterator[Candidate]:
    """Yield the sums of what ends right before a total, by length."""
    of_last = own.union(told(_LAST, result, kin[0]), ("before",))
    for many in range(2, min(_MOST, len(kin)) + 1):
        parts = tuple(kin[:many][::-1])
        over_stop = parts[-1].sentence > parts[0].sentence and _OVER_STOPS.isdisjoint(own)
        if many > 2 and (not is_told or over_stop):
            break
        left = [each for each in kin[many:] if each.sentence == result.sentence]
        seen = of_last.union(_of_run(mentions, result, parts, left, own))
        if _FORBIDDEN.isdisjoint(seen):
            yield made("sum", (result,), parts, (), seen, group=-1)


_FORBIDDEN = frozenset(
    {"mixed_acts", "series_goes_on", "broken_off", "among_within", "left_open", "a_year_before"}
)
"""What no sum is made of: what came in with what was done, a list broken off or left open (等), a total with
its own parts, the same total of a year before."""


def _begins_anew(parts: Sequence[Mention]) -> bool:
    """Whether a run goes on into what is a total itself by its words (共计)."""
    return len(parts) > 2 and bool(_ADDED_UP.search(parts[-1].before))


def _ends(mentions: Sequence[Mention], last: Mention) -> bool:
    """Whether a stop or a bracket follows a number that is not the last."""
    return _closing(mentions[last.index + 1].gap) > 0


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
    "first_acts_alike": lambda result, first: act(first) == act(result) != "",
}

_LAST: Mapping[str, Callable[[Mention, Mention], bool]] = {
    "last_next": lambda result, last: last.index == result.index - 1,
    "last_segment": lambda result, last: last.segment == result.segment,
    "last_sentence": lambda result, last: last.sentence == result.sentence,
    "last_paragraph": lambda result, last: last.paragraph == result.paragraph,
}


def _of_run(
    mentions: Sequence[Mention],
    result: Mention,
    parts: Side,
    left: Sequence[Mention],
    view: frozenset[str],
) -> list[str]:
    """Return what is seen of a run of summands: how it goes on, closes, and is called."""
    # The numbers left stand in order: of those of one sentence the first two tell whether there are any more.
    last, here = parts[-1], [each for each in left[:2] if each.sentence == parts[-1].sentence]
    behind = mentions[last.index + 1 : last.index + 2]
    closing = _closing(behind[0].gap) if behind else 3
    more = {
        "whole_run": not here,
        "goes_on": bool(left) and not closing and _goes_on(last, left[0]),
        "left_one": len(here) == 1,
        "left_more": len(here) > 1,
        "series_begun": parts[0].nth > 0,
    }
    if "each" in view and any(_is_next_of(last, each) for each in here):
        return ["series_goes_on"]
    seen = [name for name, holds in more.items() if holds]
    if _LEFT_OPEN.match(last.after) and not (behind and KINDS.fullmatch(behind[0].reading.unit)):
        return ["left_open"]
    if len(parts) > 2 and more["goes_on"] and more["left_one"] and _in_a_row(parts, 1):
        return ["broken_off"]
    return [
        *seen,
        *_of_parts(parts),
        *told(_RUN, result, parts),
        f"parts_{min(5, len(parts))}",
        *_CLOSINGS[closing],
    ]


_CLOSINGS = ((), ("closes_bracket",), ("closes_segment",), ("closes_sentence",))


def _is_next_of(last: Mention, each: Mention) -> bool:
    """Whether a number stands behind another in its list."""
    return last.series is not None and each.series == last.series and each.nth > last.nth


def _goes_on(last: Mention, following: Mention) -> bool:
    """Whether a list goes on behind a number: with the next one, in its clauses, and little said between."""
    return (
        following.index <= last.index + 2
        and following.segment == last.segment
        and len(following.before) <= _SHORT
        and not AMONG.search(following.before)
        and not (last.gap[:1] == "、" != following.gap[:1])
    )


_SHORT = 8


def _in_a_row(parts: Side, by: int) -> bool:
    return all(other.index - one.index == by for one, other in pairwise(parts))


@lru_cache(maxsize=1 << 12)
def _of_last_year(parts: Side) -> bool:
    return any(LAST_YEAR.search(each.before) for each in parts)


_PARTS: Mapping[str, Callable[[Side], bool]] = {
    "row": lambda parts: _in_a_row(parts, 1),
    "row_of_two": lambda parts: _in_a_row(parts, 2),
    "one_clause_list": lambda parts: {each.series for each in parts} == {parts[0].series} != {None},
    "one_segment": lambda parts: parts[0].segment == parts[-1].segment,
    "one_sentence": lambda parts: parts[0].sentence == parts[-1].sentence,
    "ends_in_rest": lambda parts: bool(_REST.search(parts[-1].before)),
    "ends_in_others": lambda parts: bool(_OTHERS.search(parts[-1].before)),
    "others_within": lambda parts: any(_REST.search(each.before) for each in parts[:-1]),
    "pair": lambda parts: len(parts) == 2 and is_pair(parts),
    "undone": lambda parts: any(_UNDONE.search(each.before) for each in parts),
    "among_within": lambda parts: any(AMONG.search(each.before) for each in parts[1:]),
    "total_within": lambda parts: any(_ADDED_UP.search(each.before) for each in parts),
    "year_within": lambda parts: any(YEAR.search(each.gap) for each in parts[1:]),
    "years_listed": lambda parts: all(YEAR.search(each.gap) for each in parts),
    "names_alike": lambda parts: len({each.before[-4:] for each in parts}) == 1,
    "ends_alike": lambda parts: len({each.before[-1:] for each in parts}) == 1,
    "mixed_acts": lambda parts: len({act(each) for each in parts} - {""}) > 1,
    "short_names": lambda parts: all(len(each.before) <= _SHORT for each in parts[1:]),
    "long_names": lambda parts: any(len(each.before) > 14 for each in parts),
    "no_names": lambda parts: not any(informative(each.before) for each in parts),
    "all_hedged": lambda parts: any(each.reading.hedge for each in parts),
}

_RUN: Mapping[str, Callable[[Mention, Side], bool]] = {
    "so_many": lambda result, parts: told_number(result) == len(parts),
    "not_so_many": lambda result, parts: told_number(result) not in (0, len(parts)),
    "earlier_within": lambda result, parts: _of_last_year(parts) and not LAST_YEAR.search(result.before),
    "a_year_before": lambda result, parts: (
        _of_last_year(parts)
        and not LAST_YEAR.search(result.before)
        and any(
            LAST_YEAR.search(each.before) and likeness(LAST_YEAR.sub("", each.before), result.before) == 1
            for each in parts
        )
    ),
    "called_as_total": lambda result, parts: {each.before[-4:] for each in parts} == {result.before[-4:]},
    "other_act": lambda result, parts: (
        act(result) != "" and bool({act(each) for each in parts} - {"", act(result)})
    ),
    "one_unit": lambda result, parts: {unit_likeness(each, result) for each in parts} == {"one_unit"},
    "above": lambda result, parts: max([each.low for each in parts]) > result.high,
    "coarser": lambda result, parts: max([each.reading.step for each in parts]) > result.reading.step,
}


@lru_cache(maxsize=1 << 12)
def _of_parts(parts: Side) -> frozenset[str]:
    """Return what is seen of some summands, whatever their total."""
    return frozenset(told(_PARTS, parts))
