"""Shares: of which part, or several, in which whole; what a rate is called, what 占 names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from asprinted.audit.cues import (
    AMONG,
    BACK,
    COMPARED_TO,
    FAR_BACK,
    LAST_YEAR,
    NEAR_BACK,
    TOGETHER,
    YEAR,
    Candidate,
    Side,
    are_alike,
    direction,
    distance,
    is_amount,
    is_level,
    is_pair,
    is_share,
    list_mates,
    numbers_around,
    per_each,
    same_place,
    told_number,
    unit_points,
)
from asprinted.audit.mentions import Mention, informative, likeness
from asprinted.chinese.words import pattern
from asprinted.exact.printed import Dimension
from asprinted.exact.relations import REST

__all__ = ["shares"]

_OF = pattern("占(?P<of>[^占]*?)(?:的|之)?{share_names}?{each_only}?(?:{is}|[了：:])*$")
_IS_OF = pattern("(?P<subject>[^，。；]*?){only}?{equals}(?P<of>[^，。；为是]{2,14}?)的{about}?$")
_RATE = pattern("(?P<name>[^，。；、]*?){rate_names}(?:[^率，。；]{0,4})$")
_UNMET = pattern("(?<!{ends.除})除$|{unmet}")
_INSIDE, _WITHIN = pattern("{within}"), pattern("{within}所?占[^占]*$")
_ALL = pattern("{all}")
_BASE = pattern("{from}[^，。；]{0,8}$")
_DUE, _DONE = pattern("{due}"), pattern("{done}")
_CARRIED = pattern("{carried}")
_AIMED = re.compile("的?(?:年度)?目标")
_NAMELY = pattern("{namely}")
_BARE = pattern("{bare}*")
_DAYS = pattern("{days}")
_ALIKE = 0.65


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
        return _Rate(of["of"], behind[: behind.rfind("占")] if "占" in behind else "", None, False)
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
    levels = [each for each in numbers_around(mentions, result) if is_level(each)]
    levels = [each for each in (*_named_far_off(mentions, result), *levels) if not _is_span_of_time(each)]
    listed = _in_turn(mentions, result, levels)
    means = [
        each for each in numbers_around(mentions, result, NEAR_BACK) if is_amount(each) and per_each(each)
    ]
    totals = {each.low for each in levels if each.reading.step == 1}
    of_several = list(_named_parts(result, levels))
    told_several = bool(of_several or (told_number(result) and TOGETHER.search(result.phrase)))
    for pool in (levels, means):
        parts = [each for each in pool if abs(each.index - result.index) <= 2 * NEAR_BACK]
        for whole in pool:
            for part in parts:
                alike = unit_points(part, whole)
                if part is whole or alike is None:
                    continue
                if part.low > whole.high and result.low <= 1 and not _is_in_place(result, part, whole):
                    continue
                if whole.low > part.high and _is_in_place(result, whole, part):
                    continue
                words, reasons = _scored_share(result, part, whole)
                words += alike + (4.0 if part is listed else 0.0)
                reasons = ("in_turn", *reasons) if part is listed else reasons
                words -= 5.0 if told_several or part.low + whole.low in totals else 0.0
                words += 3.0 if part.low > whole.high and result.low <= 1 else 0.0
                words -= 3.0 if part.series is not None and part.series == whole.series else 0.0
                plain = _is_plain(result, part, whole)
                beside = part is listed or _between(result, part) == 1
                yield Candidate(
                    "share", (result,), (part,), (whole,), words, reasons, "", plain, next_to=beside
                )
                if bool(_UNMET.search(part.before)) != bool(_UNMET.search(result.before)):
                    yield Candidate(
                        "share", (result,), (part,), (whole,), words - 1.0, ("rest",), REST, plain
                    )
            yield from _several_parts(result, parts, whole)
        yield from _several_wholes(result, parts)
    yield from of_several


def _is_in_place(result: Mention, part: Mention, whole: Mention) -> bool:
    """Whether a share stands right behind its part: a part above its whole is a slip then."""
    if result.index - part.index != 1 or result.before[:1] == "的" or _is_around(part, result):
        return False
    if _CARRIED.search(whole.before):
        return False
    rate = _rate(result)
    next_to = part.index - whole.index <= 2 and part.sentence == whole.sentence and are_alike(part, whole)
    of_it = rate.of is not None and (not informative(rate.of) or _is_named(rate, whole))
    of_it = of_it and (not informative(rate.subject) or likeness(rate.subject, part.words) > 0)
    named = rate.name is not None and not _DUE.search(part.words)
    return _is_plain(result, part, whole) or (whole.index < part.index and next_to and (of_it or named))


_AND = pattern("{and}")
_NAMED_TOGETHER = pattern("([^，。；]+?)(?:{several}{kinds}|{summed_up})[^，。；]*占")


def _named_parts(result: Mention, pool: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield shares of parts that are named one by one (铁路、民航合计占)."""
    named = _NAMED_TOGETHER.search(result.phrase)
    names = _AND.split(named[1]) if named else []
    before = [each for each in pool if each.index < result.index]
    parts = tuple(
        found[-1] for name in names if (found := [each for each in before if _is_called(name, each.before)])
    )
    if len(names) < 2 or len(set(parts)) != len(names):
        return
    for whole in before:
        alike = whole not in parts and all(are_alike(parts[0], each) for each in (*parts, whole))
        if alike and sum(each.low for each in parts) <= whole.high:
            words = _scored_share(result, parts[-1], whole)[0] + 0.7 * (_between(result, parts[-1]) - 1) + 3.0
            plain = parts[0].index > whole.index
            yield Candidate("share", (result,), parts, (whole,), words, ("several",), "", plain)


def _is_called(name: str, words: str) -> bool:
    return bool(informative(name)) and likeness(name, words) == 1.0


def _named_far_off(mentions: Sequence[Mention], result: Mention) -> list[Mention]:
    """Return the wholes that a share names (占新收案件总数的), and that stand too far from it to be near."""
    far = [*mentions[max(0, result.index - FAR_BACK) : max(0, result.index - BACK)]]
    far += [
        each for each in mentions[result.index + 1 : result.index + BACK] if each.sentence != result.sentence
    ]
    return [each for each in far if is_level(each) and _is_named(_rate(result), each)]


def _is_named(rate: _Rate, whole: Mention) -> bool:
    """Whether a share says by name that it is a share of this whole."""
    return _is_called(rate.of or "", whole.words)


def _is_span_of_time(each: Mention) -> bool:
    """Whether a number measures time, and does not count days."""
    return each.reading.dimension is Dimension.DURATION and not _DAYS.fullmatch(each.reading.unit)


def _in_turn(mentions: Sequence[Mention], result: Mention, levels: Sequence[Mention]) -> Mention | None:
    """Return the number whose turn it is where shares are listed after numbers that are not (分别为)."""
    if result.series is None:
        return None
    start, many = result.index - result.nth, len(list_mates(mentions, result))
    before = [each for each in levels if each.index < start]
    before = [each for each in before if are_alike(each, before[-1])][-many:]
    return before[result.nth] if len(before) == many else None


def _several_parts(result: Mention, pool: Sequence[Mention], whole: Mention) -> Iterator[Candidate]:
    """Yield shares of two or three parts that stand side by side (调撤率)."""
    near = [
        each for each in pool if each.index < result.index and each is not whole and are_alike(each, whole)
    ]
    together, so_many = bool(TOGETHER.search(result.phrase)), told_number(result)
    for many in sorted({2, 3, 4, max(2, so_many)}):
        for parts in zip(*(near[-max(6, many) :][first:] for first in range(many)), strict=False):
            if sum(each.low for each in parts) <= whole.high:
                named = _names_all(result, parts)
                words = _scored_share(result, parts[-1], whole)[0] - 0.5 * many
                words += 3.0 if named or together else 0.0
                words += 0.7 * max(0, _between(result, parts[-1]) - 1) if so_many == many else 0.0
                if so_many:
                    words += 2.0 if so_many == many else -8.0
                plain = named or (together and _is_named(_rate(result), whole))
                words += 2.0 if plain and together else 0.0
                tried = 2 if so_many else 16
                yield Candidate(
                    "share", (result,), parts, (whole,), words, ("several",), "", plain, not plain, tried
                )


def _names_all(result: Mention, parts: Side) -> bool:
    """Whether the name of a rate is made of the names of its parts: 调撤率 of 调解 and 撤诉."""
    name = informative(_rate(result).name or _rate(result).subject)
    named = [name & informative(each.before) for each in parts]
    said = frozenset("".join(each.before + each.reading.unit for each in parts))
    own = all(each - frozenset().union(*(other for other in named if other is not each)) for each in named)
    return own and name not in named and len(name - said) <= 1


def _several_wholes(result: Mention, pool: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield shares of a part in what two neighbours make up (批捕与不捕, so 不捕率; 审结 of 新收与旧存)."""
    near = [each for each in pool if each.index < result.index]
    for wholes in pairwise(near):
        if are_alike(*wholes) and is_pair(wholes):
            for part in near:
                if part not in wholes and are_alike(part, wholes[0]):
                    words, reasons = _scored_share(result, part, wholes[0])
                    words = max(words, _scored_share(result, part, wholes[1])[0])
                    reasons = ("with_rest", *reasons)
                    named = likeness(_rate(result).name or "", part.words) > _ALIKE
                    sides = (result,), (part,), wholes
                    yield Candidate("share", *sides, words + 2.0 * named, reasons, "", named, not named, 4)
    if _WITHIN.search(result.before):
        return
    now = [each for each in near if not LAST_YEAR.search(each.before)]
    for one, part in pairwise(now[-5:]):
        for own, other in ((part, one), (one, part)):
            if are_alike(one, part) and own.low > 0:
                words, reasons = _scored_share(result, own, other)
                wholes, words = (one, part), words - 1.5
                yield Candidate(
                    "share", (result,), (own,), wholes, words, ("with_rest", *reasons), must_fit=True, tried=8
                )


def _between(result: Mention, part: Mention) -> int:
    """Return how many numbers a result stands behind its part; 1 in its turn of two lists."""
    in_turn = (
        result.series is not None and part.series not in (None, result.series) and part.nth == result.nth
    )
    return 1 if in_turn else result.index - part.index


def _scored_share(result: Mention, part: Mention, whole: Mention) -> tuple[float, tuple[str, ...]]:
    """Return the points and reasons of the wording of a share."""
    rate = _rate(result)
    between = _between(result, part)
    if between == -1 and _NAMELY.fullmatch(part.before):
        between = 1
    near = 0.25 if _is_named(rate, whole) else 1.0
    named = len(informative(rate.subject)) > 1 and _is_called(rate.subject, part.before)
    beside = 0.4 if named else 1.0
    words = 2.0 - beside * distance(part, result) - 0.5 * near * distance(whole, result)
    words -= 0.7 * beside * (between - 1) if between > 0 else 2.5 - 0.7 * (between + 1)
    words -= 0.1 * near * min(10, max(0, abs(part.index - whole.index) - 1))
    words += 1.0 if whole.index < part.index else 0.0
    reasons: list[str] = []
    due = bool(_DUE.search(whole.words) and _DONE.search(result.before))
    if rate.of is not None:
        words, reasons = words + 1.0 + _scored_of(rate, result, part, whole, between), ["share"]
        if rate.of and likeness(rate.of, whole.words) > 0.5:
            reasons = ["share_of"]
    if _DUE.search(part.words) and _DONE.search(result.before):
        words -= 5.0
    elif _is_around(whole, result):
        words += 6.0
    elif (
        part.index < whole.index == result.index - 1
        and whole.clause != result.clause
        and not due
        and not _is_named(rate, whole)
    ):
        words -= 6.0 if rate.name is None or likeness(rate.name[-2:], whole.before) else 0.0
    if rate.name is not None:
        own, other = likeness(rate.name, part.words), likeness(rate.name, whole.words)
        words += 5.0 * own - 3.0 * other
        if likeness(rate.name, part.before) > likeness(rate.name, whole.before):
            reasons = ["rate_name"]
        if informative(rate.name) and not own and not due:
            words -= 1.5
    if rate.bare and result.before[:1] == "的":
        of_it = whole.index == result.index - 1 and part.index < whole.index
        words, reasons = words + (5.0 if of_it else -2.0), ["share_of"]
    elif rate.bare:
        words, reasons = words + (3.0 if between == 1 else 0.0), ["beside"] if between == 1 else []
    if AMONG.search(part.before) and whole.index == part.index - part.nth - 1:
        words, reasons = words + 2.0, [*reasons, "among"]
    if _INSIDE.match(whole.after) and whole.index == part.index - 1:
        words, reasons = words + 2.0, [*reasons, "among"]
    words += _scored_whole(part, whole)
    if due:
        words, reasons = words + 3.0, ["due"]
    if result.reading.high is None:
        words -= 1.5
    return words + same_place(result, part) + min(0.0, same_place(result, whole)), (*reasons, "order")


def _scored_whole(part: Mention, whole: Mention) -> float:
    """Return the points for what is said of a whole: all, the topic of its part, or another year."""
    words = 3.0 * likeness(part.topic, whole.words) + (0.7 if _ALL.search(whole.before) else 0.0)
    if LAST_YEAR.search(whole.before):
        if not LAST_YEAR.search(part.before):
            words -= 7.0 if COMPARED_TO.search(whole.before) else 4.0
    elif YEAR.search(whole.before) and not YEAR.search(part.before):
        words -= 1.0
    return words


def _is_around(whole: Mention, result: Mention) -> bool:
    """Whether a share is of the number before it: 在1286个班中占2.4%, 在用电量（9.18亿千瓦时）中占七成."""
    next_to = whole.index == result.index - 1 and whole.clause == result.clause
    return bool(_WITHIN.search(result.before)) and (next_to or _is_in_bracket(whole, result))


def _is_in_bracket(whole: Mention, result: Mention) -> bool:
    """Whether a number stands in a bracket right before a result, whose words go on from those before it."""
    next_to = whole.index == result.index - 1
    return next_to and bool(whole.before) and result.before.startswith(whole.before)


def _is_plain(result: Mention, part: Mention, whole: Mention) -> bool:
    """Whether the text itself says of what, and in what, a share is."""
    rate = _rate(result)
    if rate.name is not None and (likeness(rate.name, part.words) < 0.6 or _DUE.search(part.words)):
        return False
    if informative(rate.subject) and likeness(rate.subject, part.words) < _ALIKE:
        return False
    if rate.of and informative(rate.of):
        return likeness(rate.of, whole.words) > 0.5
    if part.topic and likeness(part.topic, whole.words) > 0.5:
        return True
    if rate.bare and result.before[:1] == "的":
        return whole.index == result.index - 1
    if whole.segment != part.segment or part.index - part.nth - whole.index != 1 or result.index < part.index:
        return False
    return rate.name is not None or bool(AMONG.search(part.before) or rate.of is not None)


def _scored_of(rate: _Rate, result: Mention, part: Mention, whole: Mention, between: int) -> float:
    """Return the points of a share that is put as 占…的."""
    words = 0.0
    if informative(rate.subject):
        alike = likeness(rate.subject, part.words)
        words += 4.0 * alike if alike else -3.0
    elif between == 1:
        words += 3.0
    if informative(rate.of or ""):
        alike = likeness(rate.of or "", whole.words)
        words += 3.0 * alike - 1.0 if alike else -4.0
    in_bracket = "占" in whole.before and _is_in_bracket(whole, result)
    if part.index < whole.index < result.index and (whole.clause == result.clause or in_bracket):
        words += 4.0
    return words
