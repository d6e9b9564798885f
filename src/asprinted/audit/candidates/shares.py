"""Shares: of which part, or several, in which whole; what a rate is called, what 占 names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from asprinted.audit.candidate import Candidate, made, told
from asprinted.audit.cues import (
    AMONG,
    COMPARED_TO,
    FAR_BACK,
    LAST_YEAR,
    TOGETHER,
    YEAR,
    Side,
    act,
    are_alike,
    direction,
    is_level,
    is_pair,
    is_share,
    is_span_of_time,
    list_mates,
    numbers_around,
    per_each,
    told_number,
    unit_likeness,
)
from asprinted.audit.mentions import Mention, informative, likeness
from asprinted.chinese.numerals import DIGITS
from asprinted.chinese.words import pattern
from asprinted.exact.relations import REST

__all__ = ["shares"]

_OF = pattern("占(?P<of>[^占]*?)(?:的|之)?{share_names}?{each_only}?(?:{is}|[了：:])*$")
_BEFORE_IT = re.compile("[的之]?(?:[0-9.]+[%％‰][、，,和及與与]*)+$")
_IS_OF = pattern("(?P<subject>[^，。；]*?){only}?{equals}(?P<of>[^，。；为是]{2,14}?)的{about}?$")
_RATE = pattern("(?P<name>[^，。；、]*?){rate_names}(?:[^率，。；]{0,4})$")
_UNMET = pattern("(?<!{ends.除})除$|{unmet}")
_INSIDE, _WITHIN = pattern("{within}"), pattern("{within}所?占[^占]*$")
_ALL = pattern("{all}")
_BASE = pattern("{from}[^，。；]{0,8}$")
_DUE, _DONE, _GRANTED = pattern("{due}"), pattern("{done}"), pattern("{granted}")
_CARRIED, _VITAL = pattern("{carried}"), pattern("(?<!车){vital}")
_AIMED = re.compile("的?(?:年度)?目标")
_NAMELY = pattern("{namely}")
_BARE = pattern("{bare}*")
_UNDONE = pattern("不(?P<act>[^，。；、不率]{1,4})率")
_OUTSIDE, _REVIEWED, _DECIDED = pattern("{outside}"), pattern("{reviewed}"), pattern("{decided}")
_LEFT, _YEARS = pattern("{rest}"), re.compile("[0-9]{4}(?=年)|^来[，,]")
_ELSEWHERE, _OWN_TERMS = pattern("{elsewhere}"), pattern("{own_terms}")
_NEXT_PARTS, _NEAR_PARTS, _NEAR_WHOLES, _FAR_WHOLES, _MOST_WHOLES = 4, 7, 14, 40, 10
_LEAD = 6
"""How many numbers a text may begin with that 占总数 much later is of."""


class _Rate(NamedTuple):
    """How a share is put: what it is said of (主语), of what (占…的), and the name of a rate (结案率)."""

    of: str | None
    subject: str
    name: str | None
    bare: bool


@lru_cache(maxsize=1 << 12)
def _rate(result: Mention) -> _Rate:
    of = _OF.search(result.phrase)
    if of:
        behind = result.before
        return _Rate(
            _BEFORE_IT.sub("", of["of"]), behind[: behind.rfind("占")] if "占" in behind else "", None, False
        )
    of = _IS_OF.search(result.before)
    if of and informative(of["of"]):
        return _Rate(of["of"], of["subject"], None, False)
    rate = _RATE.search(result.before or result.phrase)
    if rate:
        return _Rate(None, "", rate["name"], False)
    return _Rate(None, "", None, bool(_BARE.fullmatch(result.before)))


def shares(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the shares that a result may be: of one part, of several, or of what a part leaves."""
    if not is_share(result) or direction(result) or _BASE.search(result.before) or _AIMED.match(result.after):
        return
    if _VITAL.search(result.before):
        return
    around = numbers_around(mentions, result, _FAR_WHOLES)
    levels = [each for each in around if is_level(each) and not is_span_of_time(each)]
    turns = _in_turn(mentions, result, levels)
    own = frozenset(_told_of(result, levels))
    yield from _of_one(mentions, result, levels, turns, own)
    yield from _of_several(result, levels, own)


def _told_of(result: Mention, levels: Sequence[Mention]) -> Iterator[str]:
    """Yield what is seen of a share by itself."""
    before = sum(each.sentence == result.sentence and each.index < result.index for each in levels)
    yield f"before_{min(3, before)}"
    yield from told(_RESULT, result, _rate(result))


_RESULT: Mapping[str, Callable[[Mention, _Rate], bool]] = {
    "of": lambda result, rate: rate.of is not None,
    "of_all": lambda result, rate: rate.of is not None and not informative(rate.of),
    "named": lambda result, rate: bool(rate.name and informative(rate.name)),
    "named_alone": lambda result, rate: rate.name is not None and not informative(rate.name),
    "bare": lambda result, rate: rate.bare,
    "bare_of": lambda result, rate: rate.bare and result.before[:1] == "的",
    "of_elsewhere": lambda result, rate: bool(rate.of and _ELSEWHERE.search(rate.of)),
    "own_terms": lambda result, rate: bool(_OWN_TERMS.search(result.before)),
    "percents": lambda result, rate: 0 < 100 * result.reading.step <= 1,
    "decimals": lambda result, rate: 0 < 100 * result.reading.step < 1,
    "in_words": lambda result, rate: result.reading.text[-1:] != "%",
    "hedged": lambda result, rate: bool(result.reading.hedge) or result.reading.value is None,
    "at_least": lambda result, rate: result.reading.high is None or result.reading.low is None,
    "reached": lambda result, rate: result.before.endswith(("达到", "到", "至")),
    "opens": lambda result, rate: not result.before,
    "bracket": lambda result, rate: result.gap[-1:] in ("（", "("),
    "together": lambda result, rate: bool(TOGETHER.search(result.phrase)),
    "above_one": lambda result, rate: result.low > 1,
}


def _of_one(
    mentions: Sequence[Mention],
    result: Mention,
    pool: Sequence[Mention],
    turns: Sequence[Mention],
    own: frozenset[str],
) -> Iterator[Candidate]:
    """Yield the shares of one part, and of what it leaves of its whole."""
    listed = turns[result.nth] if turns else None
    parts, wholes = _sides(mentions, result, pool, turns)
    of_wholes = {whole: told(_WHOLE, result, _rate(result), whole) for whole in dict.fromkeys(wholes)}
    of_wholes = {whole: seen for whole, seen in of_wholes.items() if "whole_compared" not in seen}
    for part in parts:
        of_part = [*told(_PART, result, _rate(result), part), *(("turn",) if part is listed else ())]
        for whole, of_whole in of_wholes.items():
            if _is_barred(result, part, whole) or (alike := unit_likeness(part, whole)) is None:
                continue
            of_pair = told(_PAIR, result, part, whole)
            is_told = "of_it" in of_whole or (alike == "unlike_units" and "next_to_both" in of_pair)
            if _is_turned_round(result, part, whole) or (alike == "unlike_units" and not is_told):
                continue
            if part.reading.step > 1 and _is_opposite((part, whole)) and _GRANTED.search(whole.before):
                continue
            if "earlier_alone" in of_pair and not (is_told or "opens_with_time" in of_pair):
                continue
            seen = own.union(of_part, of_whole, of_pair, (alike,))
            means = bool(per_each(part))
            yield made("share", (result,), (part,), (whole,), seen, means=means)
            if bool(_UNMET.search(part.before)) != bool(_UNMET.search(result.before)):
                yield made("share", (result,), (part,), (whole,), seen | {"rest"}, REST, means=means)


def _sides(
    mentions: Sequence[Mention], result: Mention, pool: Sequence[Mention], turns: Sequence[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """Return what may be the part of a share, and what its whole."""
    is_done, undone = _DONE.search(result.before), _undone(mentions, result)
    parts = [each for each in pool if each in turns[result.nth :][:1] or _may_be_part(result, each)]
    parts = [each for each in parts if not (is_done and _DUE.search(each.words))]
    parts = [each for each in parts if not _has_own_share(mentions, result, each)]
    parts = _of_undone(undone, parts) if undone else parts
    wholes = [*_wholes(result, pool, parts), *_named_far_off(mentions, result)]
    wholes = [each for each in wholes if not (undone and _is_half(undone, each, pool))]
    if _rate(result).of is not None and not (result.nth and "占" in result.gap) and _are_listed(turns):
        wholes = [each for each in wholes if each not in turns]
    return parts, wholes


def _undone(mentions: Sequence[Mention], result: Mention) -> str:
    """Return what was not done, as a rate names it in its turn (捕 of 不捕率、不诉率分别为); or ""."""
    names = _UNDONE.findall(result.phrase)
    mates = list_mates(mentions, result)
    if len(names) == len(mates) > 1:
        return str(names[result.nth])
    own = [*_UNDONE.finditer(result.before)]
    return str(own[-1]["act"]) if own else ""


def _are_listed(turns: Sequence[Mention]) -> bool:
    """Whether nothing stands between numbers, so that none of them is the whole of another."""
    return all(other.index - one.index == 1 for one, other in pairwise(turns))


def _is_half(undone: str, whole: Mention, pool: Sequence[Mention]) -> bool:
    """Whether a number counts one decision, or what came in though both are told: a rate is of both."""
    if act(whole) != "begun":
        return _is_decided(undone, whole)
    beside = [each for each in pool if each.paragraph == whole.paragraph]
    if any(_LEFT.search(each.before) for each in beside):
        return False
    return any(_is_decided(undone, each) and not _UNMET.search(each.before) for each in beside)


def _is_decided(undone: str, each: Mention) -> bool:
    is_named = likeness(undone, each.before) == 1 or bool(_DECIDED.search(each.before))
    return is_named and not act(each) and not _REVIEWED.search(each.before)


def _of_undone(undone: str, parts: Sequence[Mention]) -> list[Mention]:
    """Return the parts that a rate of the undone may count: those it names, else all that are undone."""
    of_act = {each for each in parts if not each.before or likeness(undone, each.words) > 0}
    is_named = any("不" in each.words for each in of_act)
    return [each for each in parts if each in of_act or (not is_named and "不" in each.words)]


def _has_own_share(mentions: Sequence[Mention], result: Mention, part: Mention) -> bool:
    """Whether a share of a number stands behind it, and this one behind another (A件，占x；B件，占y)."""
    last = mentions[result.index - 1]
    if not (part.segment < last.segment == result.segment and is_level(last)):
        return False
    own = mentions[part.index + 1]
    return own.segment == part.segment and all(
        is_share(each) and each.before.endswith("占") for each in (own, result)
    )


def _is_barred(result: Mention, part: Mention, whole: Mention) -> bool:
    """Whether a number is no part of another: it is the same, or was settled outside of what came in."""
    outside = bool(_OUTSIDE.search(part.before)) and not _OUTSIDE.search(result.before + whole.words)
    is_one = part is whole or _is_said_again(part, whole)
    return is_one or (outside and bool(_rate(result).name) and act(whole) != "")


def _is_said_again(part: Mention, whole: Mention) -> bool:
    """Whether two numbers are one, printed twice: what is all of itself has no share."""
    return part.span.text == whole.span.text and likeness(part.words, whole.words) > 0


def _may_be_part(result: Mention, each: Mention) -> bool:
    between = result.index - each.index
    return -2 <= between <= _NEXT_PARTS or (between <= 2 * _NEAR_PARTS and _is_like(_rate(result), each))


def _is_like(rate: _Rate, part: Mention) -> bool:
    """Whether a number is called as the rate is, or as what it is said of."""
    name = rate.name or rate.subject
    return bool(informative(name)) and likeness(name, part.words) > 0.6


def _wholes(result: Mention, pool: Sequence[Mention], parts: Sequence[Mention]) -> list[Mention]:
    """Return what a share may be of: near numbers, farther ones that are named or of the unit of a part."""
    units = {each.reading.unit for each in parts}
    near = [each for each in pool if abs(each.index - result.index) <= _NEAR_WHOLES][-_MOST_WHOLES - 8 :]
    far = [
        each
        for each in pool
        if result.index - each.index > _NEAR_WHOLES
        and (each.reading.unit in units or _is_named(_rate(result), each))
        and (each.nth == 0 or bool(_ALL.search(each.before)))
    ]
    topics = {each.topic for each in parts} - {""}
    set_out = [
        each for each in far if not each.topic and any(likeness(one, each.words) > 0.5 for one in topics)
    ]
    return [*set_out[-1:], *far[-_MOST_WHOLES:], *near]


def _is_turned_round(result: Mention, part: Mention, whole: Mention) -> bool:
    """Whether a pair is out of order: a part above its whole where neither stands in its place."""
    if result.low > 1:
        return False
    if part.low > whole.high:
        in_place = result.index - part.index == 1 and _is_close_before(whole, part)
        return not in_place or _is_around(part, result)
    return whole.low > part.high and _is_in_place(result, whole, part)


def _is_close_before(whole: Mention, part: Mention) -> bool:
    return part.index - 2 <= whole.index < part.index


def _is_in_place(result: Mention, part: Mention, whole: Mention) -> bool:
    """Whether a share stands right behind the part that it is named after: above its whole it is a slip."""
    rate = _rate(result)
    if result.index - part.index != 1 or result.before[:1] == "的" or _is_around(part, result):
        return False
    if _CARRIED.search(whole.before) or _DUE.search(part.words) or not are_alike(part, whole):
        return False
    next_to = _is_close_before(whole, part) and part.sentence == whole.sentence
    of_it = rate.of is not None and (not informative(rate.of) or _is_named(rate, whole))
    of_it = of_it and (not informative(rate.subject) or likeness(rate.subject, part.words) > 0)
    named = rate.name is not None and likeness(rate.name, part.words) >= 0.5
    return next_to and (of_it or named or bool(AMONG.search(part.before)))


_PART: Mapping[str, Callable[[Mention, _Rate, Mention], bool]] = {
    "next": lambda result, rate, part: _between(result, part) == 1,
    "next_but_one": lambda result, rate, part: _between(result, part) == 2,
    "far": lambda result, rate, part: _between(result, part) > 4,
    "behind": lambda result, rate, part: _between(result, part) < 0,
    "namely": lambda result, rate, part: (
        part.index == result.index + 1 and bool(_NAMELY.fullmatch(part.before))
    ),
    "part_clause": lambda result, rate, part: part.clause == result.clause,
    "part_segment": lambda result, rate, part: part.segment == result.segment,
    "part_sentence": lambda result, rate, part: part.sentence == result.sentence,
    "part_paragraph": lambda result, rate, part: part.paragraph == result.paragraph,
    "name_part": lambda result, rate, part: _likeness(rate.name, part.words) > 0.6,
    "name_whole_of_part": lambda result, rate, part: _likeness(rate.name, part.words) == 1.0,
    "name_partly": lambda result, rate, part: 0 < _likeness(rate.name, part.words) <= 0.6,
    "name_elsewhere": lambda result, rate, part: _likeness(rate.name, part.words) == 0,
    "subject": lambda result, rate, part: (
        _likeness(rate.subject, part.words) > 0.6 or rate.subject.endswith(f"{part.reading.unit or '?'}数")
    ),
    "subject_elsewhere": lambda result, rate, part: 0 <= _likeness(rate.subject, part.words) < 0.3,
    "part_among": lambda result, rate, part: bool(AMONG.search(part.before)),
    "part_listed": lambda result, rate, part: part.nth > 0,
    "part_earlier": lambda result, rate, part: bool(LAST_YEAR.search(part.before)),
    "part_unmet": lambda result, rate, part: bool(_UNMET.search(part.before)),
    "part_total": lambda result, rate, part: bool(_ALL.search(part.before)),
    "part_around": lambda result, rate, part: _is_around(part, result),
    "part_own_terms": lambda result, rate, part: bool(_OWN_TERMS.search(part.before)),
}

_WHOLE: Mapping[str, Callable[[Mention, _Rate, Mention], bool]] = {
    "of_it": lambda result, rate, whole: _likeness(rate.of, whole.words) > 0.5,
    "of_all_of_it": lambda result, rate, whole: _likeness(rate.of, whole.words) == 1.0,
    "of_partly": lambda result, rate, whole: 0 < _likeness(rate.of, whole.words) <= 0.5,
    "of_another": lambda result, rate, whole: _likeness(rate.of, whole.words) == 0,
    "of_its_unit": lambda result, rate, whole: bool(
        rate.of and whole.reading.unit and whole.reading.unit in rate.of
    ),
    "of_elsewhere_too": lambda result, rate, whole: bool(
        rate.of and (lies := _ELSEWHERE.search(rate.of)) and lies[0] in whole.phrase
    ),
    "name_of_whole": lambda result, rate, whole: _likeness(rate.name, whole.words) > 0.5,
    "whole_clause": lambda result, rate, whole: whole.clause == result.clause,
    "whole_segment": lambda result, rate, whole: whole.segment == result.segment,
    "whole_sentence": lambda result, rate, whole: whole.sentence == result.sentence,
    "whole_sentence_before": lambda result, rate, whole: whole.sentence == result.sentence - 1,
    "whole_paragraph": lambda result, rate, whole: whole.paragraph == result.paragraph,
    "whole_total": lambda result, rate, whole: bool(_ALL.search(whole.before)),
    "whole_next": lambda result, rate, whole: whole.index == result.index - 1,
    "whole_around": lambda result, rate, whole: _is_around(whole, result),
    "whole_behind": lambda result, rate, whole: whole.index > result.index,
    "whole_earlier": lambda result, rate, whole: bool(LAST_YEAR.search(whole.before)),
    "whole_compared": lambda result, rate, whole: bool(COMPARED_TO.search(whole.before)),
    "whole_due": lambda result, rate, whole: bool(_DUE.search(whole.words) and _DONE.search(result.before)),
    "whole_far": lambda result, rate, whole: abs(result.index - whole.index) > _NEAR_WHOLES,
    "whole_inside": lambda result, rate, whole: bool(_INSIDE.match(whole.after)),
    "whole_among": lambda result, rate, whole: bool(AMONG.search(whole.before)),
    "whole_listed": lambda result, rate, whole: whole.nth > 0,
    "whole_unmet": lambda result, rate, whole: bool(_UNMET.search(whole.before)),
}

_PAIR: Mapping[str, Callable[[Mention, Mention, Mention], bool]] = {
    "before": lambda result, part, whole: whole.index < part.index,
    "adjacent": lambda result, part, whole: part.index - whole.index == 1,
    "adjacent_list": lambda result, part, whole: part.nth > 0 and part.index - part.nth - whole.index == 1,
    "within_three": lambda result, part, whole: 0 < part.index - whole.index <= 3,
    "beyond_six": lambda result, part, whole: part.index - whole.index > 6,
    "same_clause": lambda result, part, whole: part.clause == whole.clause,
    "same_segment": lambda result, part, whole: part.segment == whole.segment,
    "same_sentence": lambda result, part, whole: part.sentence == whole.sentence,
    "same_paragraph": lambda result, part, whole: part.paragraph == whole.paragraph,
    "all_one_segment": lambda result, part, whole: part.segment == whole.segment == result.segment,
    "one_list": lambda result, part, whole: part.series is not None and part.series == whole.series,
    "topic": lambda result, part, whole: _likeness(part.topic, whole.words) > 0.5,
    "topic_elsewhere": lambda result, part, whole: 0 <= _likeness(part.topic, whole.words) <= 0.5,
    "among_it": lambda result, part, whole: (
        bool(AMONG.search(part.before)) and whole.index == part.index - part.nth - 1
    ),
    "inside_it": lambda result, part, whole: (
        bool(_INSIDE.match(whole.after)) and whole.index == part.index - 1
    ),
    "earlier_alone": lambda result, part, whole: bool(
        LAST_YEAR.search(whole.before) and not LAST_YEAR.search(part.before)
    ),
    "opens_with_time": lambda result, part, whole: (
        bool(LAST_YEAR.search(whole.before))
        and whole.index < part.index
        and whole.paragraph == part.paragraph
    ),
    "year_alone": lambda result, part, whole: bool(YEAR.search(whole.gap) and not YEAR.search(part.gap)),
    "years_apart": lambda result, part, whole: _parted_by_year(result, part, whole),
    "name_nearer": lambda result, part, whole: (
        _likeness(_rate(result).name, part.before) > max(0.0, _likeness(_rate(result).name, whole.before))
    ),
    "around_it": lambda result, part, whole: part.index < whole.index < result.index,
    "called_alike": lambda result, part, whole: likeness(part.before, whole.before) > 0.6,
    "next_to_both": lambda result, part, whole: result.index - part.index == part.index - whole.index == 1,
    "next_among": lambda result, part, whole: (
        _between(result, part) == 1
        and bool(AMONG.search(part.before) or _rate(result).of is not None)
        and whole.segment == part.segment
    ),
    "two_acts": lambda result, part, whole: _is_of_two_acts(result, part, whole),
    "too_great": lambda result, part, whole: part.low > whole.high,
}


_TWO_ACTS = pattern("(?P<one>[结收])(?P<other>[结收])比")


def _is_of_two_acts(result: Mention, part: Mention, whole: Mention) -> bool:
    """Whether the name of a ratio of two acts calls both (结收比 of 审结 and 新收)."""
    named = _TWO_ACTS.search(result.before)
    return named is not None and named["one"] in part.before and named["other"] in whole.before


def _likeness(name: str | None, words: str) -> float:
    """Return how much of a name some words hold; -1 where there is no name that tells anything."""
    return likeness(name, words) if name and informative(name) else -1.0


def _parted_by_year(result: Mention, part: Mention, whole: Mention) -> bool:
    """Whether a named year, or the last years, begin between a whole and its part, in words of its own."""
    return whole.index < part.index and bool(_YEARS.search(part.gap)) and whole.segment != part.segment


def _is_named(rate: _Rate, whole: Mention) -> bool:
    """Whether a share says by name that it is a share of this whole."""
    return _likeness(rate.of, whole.words) == 1.0


def _named_far_off(mentions: Sequence[Mention], result: Mention) -> list[Mention]:
    """Return the wholes that a share names (占新收案件总数的) or a text begins with, too far to be near."""
    rate = _rate(result)
    if rate.of is None:
        return []
    if not informative(rate.of):
        return [each for each in mentions[:_LEAD] if is_level(each) and each.index < result.index]
    far = [*mentions[max(0, result.index - FAR_BACK) : max(0, result.index - _FAR_WHOLES)]]
    # A plan that is told of afterwards is that of the time to come.
    behind = () if _DUE.search(rate.of) else mentions[result.index + 1 : result.index + _FAR_WHOLES]
    far += [each for each in behind if each.sentence != result.sentence]
    return [each for each in far if _is_named(rate, each) and is_level(each)][-_MOST_WHOLES:]


def _in_turn(mentions: Sequence[Mention], result: Mention, levels: Sequence[Mention]) -> Sequence[Mention]:
    """Return the numbers that take turns where shares are listed after numbers that are not (分别为)."""
    if result.series is None:
        return ()
    start, many = result.index - result.nth, len(list_mates(mentions, result))
    before = [each for each in levels if each.index < start]
    beside = [each for each in before if each.segment == result.segment]
    if len(beside) != many:
        beside = [each for each in before if are_alike(each, before[-1])][-many:]
    return beside if len(beside) == many else ()


def _is_around(whole: Mention, result: Mention) -> bool:
    """Whether a share is of the number before it: 在1286个班中占2.4%, 在用电量（9.18亿千瓦时）中占七成."""
    next_to = whole.index == result.index - 1
    if not next_to:
        return False
    if result.before[:1] == "的" and whole.clause == result.clause:
        return True
    in_bracket = bool(whole.before) and result.before.startswith(whole.before)
    return bool(_WITHIN.search(result.before)) and (whole.clause == result.clause or in_bracket)


def _between(result: Mention, part: Mention) -> int:
    """Return how many numbers a result stands behind its part; 1 in its turn of two lists."""
    in_turn = (
        result.series is not None and part.series not in (None, result.series) and part.nth == result.nth
    )
    return 1 if in_turn else result.index - part.index


# ------------------------------------------------------------------------------------------- of several


_AND = pattern("{and}")
_RANKED = re.compile("前([3-9三四五六七八九])(?:的|位|名|大|类|项|种)")
_NAMED_TOGETHER = pattern("([^，。；]+?)(?:{several}{kinds}|{summed_up})[^，。；]*占")


def _of_several(result: Mention, levels: Sequence[Mention], own: frozenset[str]) -> Iterator[Candidate]:
    """Yield the shares of several parts, and of one part in what two make up."""
    before = [each for each in levels if each.index < result.index]
    near = before[-_NEAR_PARTS - 1 :]
    sides = list(_parts_named(result, before)) or [
        *_parts_beside(result, near),
        *_parts_ranked(result, before),
    ]
    rate = _rate(result)
    for parts, how in sides:
        for whole in before[-_MOST_WHOLES:]:
            alike = whole not in parts and all(are_alike(each, whole) for each in parts)
            if alike and parts[-1].low < whole.high:
                seen = own.union(how, told(_WHOLE, result, rate, whole), told(_PAIR, result, parts[0], whole))
                yield made("share", (result,), parts, (whole,), seen | {"several"})
    of_part = cache(lambda part: told(_PART, result, rate, part))
    for part, wholes, how in _wholes_of_two(result, before[-_FAR_WHOLES:]):
        seen = own.union(how, of_part(part), told(_PAIR, result, part, wholes[0]))
        yield made("share", (result,), (part,), wholes, seen | {"two_wholes"})


def _parts_named(result: Mention, before: Sequence[Mention]) -> Iterator[tuple[Side, tuple[str, ...]]]:
    """Yield parts that are named one by one (铁路、民航合计占)."""
    named = _NAMED_TOGETHER.search(result.phrase)
    names = _AND.split(named[1]) if named else []
    parts = tuple(
        found[-1]
        for name in names
        if (found := [each for each in before if _likeness(name, each.before) == 1])
    )
    if len(names) > 1 and len(set(parts)) == len(names):
        yield parts, ("several_named",)


def _parts_beside(result: Mention, near: Sequence[Mention]) -> Iterator[tuple[Side, tuple[str, ...]]]:
    """Yield parts side by side: as many as are told of, or such as the rate is named after (调撤率)."""
    number = told_number(result)
    together = bool(TOGETHER.search(result.phrase))
    for many in sorted({2, 3, 4, number} - {0, 1}) if number or together else (2,):
        for first in range(max(0, len(near) - max(6, many)), len(near) - many + 1):
            parts = tuple(near[first : first + many])
            named, last = _names_all(result, parts), parts[-1].index == result.index - 1
            if (named or together) and number in (0, many):
                how = {"several_named_in_rate": named, "so_many": number == many, "last_next": last}
                yield parts, tuple(name for name, holds in how.items() if holds)


def _parts_ranked(result: Mention, before: Sequence[Mention]) -> Iterator[tuple[Side, tuple[str, ...]]]:
    """Yield the parts that are listed as the first so many (居前三位的: A、B、C, 占)."""
    for first, one in enumerate(before):
        ranked = _RANKED.search(one.lead)
        many = ranked and (DIGITS.get(ranked[1]) or int(ranked[1]))
        if many == len(before) - first == result.index - one.index:
            yield tuple(before[first:]), ("so_many", "last_next")


def _names_all(result: Mention, parts: Side) -> bool:
    """Whether the name of a rate is made of the names of its parts: 调撤率 of 调解 and 撤诉."""
    name = informative(_rate(result).name or _rate(result).subject)
    named = [name & informative(each.before) for each in parts]
    said = frozenset("".join(each.before + each.reading.unit for each in parts))
    own = all(each - frozenset().union(*(other for other in named if other is not each)) for each in named)
    return own and name not in named and len(name - said) <= 1


def _wholes_of_two(
    result: Mention, levels: Sequence[Mention]
) -> Iterator[tuple[Mention, Side, tuple[str, ...]]]:
    """Yield a part with two of its unit that make up its whole: 审结 of 新收 and 旧存, 不捕 of both."""
    now = [each for each in levels if not LAST_YEAR.search(each.before) or _CARRIED.search(each.before)]
    for unit in dict.fromkeys(each.reading.unit for each in now[-6:]):
        kin = [each for each in now if each.reading.unit == unit]
        for wholes in (*pairwise(kin[-4:]), *(pair for pair in pairwise(kin) if is_pair(pair))):
            for part in dict.fromkeys((*kin[-2:], wholes[1])):
                right_behind = wholes[1].index == result.index - 1
                if part.low <= 0 or (part is wholes[0] and not right_behind):
                    continue
                how = _told_of_two(result, part, wholes)
                # Counts of the whole country leave out what others decided: a rate of two in 万 is of more.
                if not _TOLD_OF_TWO.isdisjoint(how) and not ("opposite" in how and part.reading.step > 1):
                    yield part, wholes, how


_TOLD_OF_TWO = frozenset({"pair_named", "pair_listed", "opposite"})


def _told_of_two(result: Mention, part: Mention, wholes: Side) -> tuple[str, ...]:
    inside = part in wholes
    how = {
        "pair_named": is_pair(wholes),
        "pair_listed": wholes[0].clause + 1 >= wholes[1].clause,
        "part_in_pair": inside,
        "pair_right_before": wholes[1].index == part.index - 1,
        "opposite": inside and _is_opposite(wholes),
        "last_of_unit": inside and result.index - part.index <= 2,
    }
    return tuple(name for name, holds in how.items() if holds)


def _is_opposite(wholes: Side) -> bool:
    """Whether two numbers are of something and of its opposite (批捕, 不捕)."""
    return any("不" in one.before and "不" not in other.before for one, other in (wholes, wholes[::-1]))
