"""Candidates about sums: which numbers a total is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from asprinted.audit.cues import (
    AMONG,
    FAR_BACK,
    Candidate,
    Side,
    are_alike,
    distance,
    is_level,
    is_pair,
    told_number,
)
from asprinted.audit.mentions import Mention, informative, likeness
from asprinted.chinese.words import pattern
from asprinted.exact.misprints import is_misprint

__all__ = ["sums"]

_TOTAL = pattern("{total}")
_OTHERS = pattern("{others}")
_UNDONE = pattern("{not_done}")
_ADDED_UP = pattern("{these}[^，。；]*{counted_up}|(?<!{ends.共})(?:共|共有){is}*$|{in_all}")
_SPLIT = pattern("{split}")
_MOST_SUMMANDS, _KIN, _LEAST_TOTAL, _NEARLY, _NEAR = 8, 14, 999, 0.02, 0.25
_MEANT, _GOES_ON, _SKIPS, _SHORT, _UNSAID = 2.0, 3.0, 2.5, 8, 1.5


def sums(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the sums that a result may be: of numbers of its unit before it, or behind it."""
    if not is_level(result):
        return
    at = result.index
    behind = [each for each in mentions[at + 1 : at + 40] if _may_add(each, result)]
    before = [each for each in mentions[max(0, at - 16) : at] if _may_add(each, result)]
    for kin, ahead in ((behind, True), (before[::-1], False)):
        for places in _runs(min(len(kin), _KIN)):
            yield from _summed(result, kin, places, ahead)
        yield from _named_alike(result, kin, ahead)
    yield from _far_pairs(mentions, result)


def _far_pairs(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield the sums of two that make up a whole, also far behind it (城镇人口, 乡村人口)."""
    if result.reading.step != 1:
        return
    levels = [each for each in mentions[result.index + 24 : result.index + FAR_BACK] if each.low < result.low]
    for pair in pairwise(
        each for each in levels if each.reading.unit == result.reading.unit and is_level(each)
    ):
        if pair[0].low + pair[1].low == result.low and is_pair(pair):
            yield Candidate("sum", (result,), pair, (), 2.0, ("pair", "sum"), must_fit=True, tried=16)


def _named_alike(result: Mention, kin: Sequence[Mention], ahead: bool) -> Iterator[Candidate]:
    """Yield the sums of what is called the same (受理 in each line of a table)."""
    named: dict[str, list[int]] = {}
    for place, each in enumerate(kin):
        if informative(each.before):
            named.setdefault(each.before[-4:], []).append(place)
    for places in named.values():
        for most in range(3, len(places) + 1):
            yield from _summed(result, kin, tuple(places[:most]), ahead)


def _may_add(each: Mention, result: Mention) -> bool:
    near = each.index - result.index < 24 or likeness(result.before, each.before) > 0.5
    return (
        near
        and each.reading.low is not None
        and is_level(each)
        and are_alike(each, result)
        and each.low <= result.high
    )


@lru_cache(maxsize=1 << 5)
def _runs(many: int) -> tuple[tuple[int, ...], ...]:
    """Return which of so many numbers, the nearest first, may be added: neighbours, or any few."""
    found = {
        tuple(range(first, first + length))
        for length in range(2, _MOST_SUMMANDS + 1)
        for first in range(many - length + 1)
    }
    for length in (2, 3, 4):
        found.update(combinations(range(min(many, 7)), length))
    return tuple(sorted(found))


def _summed(
    result: Mention, kin: Sequence[Mention], places: tuple[int, ...], ahead: bool
) -> Iterator[Candidate]:
    """Yield a sum, unless neither its words nor its arithmetic speak for it."""
    parts = tuple(kin[place] for place in (places if ahead else places[::-1]))
    if result.series is not None and any(each.series == result.series for each in parts):
        return
    slack = sum(float(each.reading.step) for each in (*parts, result)) if result.reading.step != 1 else 0.0
    added = sum(each.low for each in parts)
    over = result.low - sum(each.high for each in parts)
    fits = added - result.high <= slack and over <= slack
    in_a_row = len(places) == places[-1] - places[0] + 1
    if not fits and not (in_a_row and (not places[0] or _has_rest(parts))):
        return
    goes_on = ahead and _goes_on(parts[-1], kin[places[-1] + 1 : places[-1] + 2])
    listed = ahead and in_a_row and not goes_on and _is_list_of(result, parts)
    near = abs(added - result.low) < _NEAR * result.low
    meant = not fits and near and _is_slip_of(result, parts, added, listed or _has_rest(parts))
    words, reasons, plain = _scored_sum(result, kin, parts, ahead)
    words += (_MEANT if meant else 0.0) - (_GOES_ON if goes_on else 0.0)
    # A total is that of all.
    words -= _SKIPS if "total" in reasons and _skips(kin, places) else 0.0
    words -= _UNSAID if len(reasons) == 1 and parts[0].sentence != parts[-1].sentence else 0.0
    tried = 3 if in_a_row and not places[0] else 60 if in_a_row else 120
    if fits or meant or (plain and near and not places[0]):
        yield Candidate("sum", (result,), parts, (), words, reasons, "", plain, not (plain or meant), tried)


def _skips(kin: Sequence[Mention], places: tuple[int, ...]) -> bool:
    """Whether a sum leaves out a number between its parts, of one sentence with them."""
    between = [kin[place].sentence for place in range(places[0], places[-1]) if place not in places]
    return {kin[places[0]].sentence, kin[places[-1]].sentence, *between} == set(between[:1])


def _goes_on(last: Mention, following: Sequence[Mention]) -> bool:
    """Whether a list goes on behind a number: with the next one, of its unit, and little said between."""
    return any(
        each.index == last.index + 1
        and each.sentence == last.sentence
        and len(each.before) <= _SHORT
        and not AMONG.search(each.before)
        for each in following
    )


def _is_list_of(result: Mention, parts: Side) -> bool:
    """Whether numbers follow a total, and one another, in one sentence."""
    places = [each.index for each in parts]
    in_turn = places == list(range(result.index + 1, result.index + 1 + len(parts)))
    return len(parts) > 2 and in_turn and parts[-1].sentence == result.sentence


def _has_rest(parts: Side) -> bool:
    """Whether some numbers are told to be all: a pair that makes a whole, or a list, or a rest."""
    listed = (
        len(parts) > 2
        and parts[0].nth == 0
        and {each.series for each in parts} == {parts[0].series} != {None}
    )
    return listed or is_pair(parts) or bool(_OTHERS.search(parts[-1].before))


def _is_slip_of(result: Mention, parts: Side, added: float, are_all: bool) -> bool:
    """Whether a slip would make a total of what numbers add up to: they are all, and nearly that.

    Of numbers printed as finely, one wrong digit tells too.
    """
    step = result.reading.step
    if are_all and abs(added - result.low) < _NEARLY * result.low:
        return True
    told = are_all or _TOTAL.search(result.before) or AMONG.search(parts[0].before)
    if not told or not step or result.low != result.high or any(each.reading.step != step for each in parts):
        return False
    shown, right = (round(each / float(step)) for each in (result.low, added))
    return shown > _LEAST_TOTAL and is_misprint(shown, right)


def _scored_sum(
    result: Mention, kin: Sequence[Mention], parts: Side, ahead: bool
) -> tuple[float, tuple[str, ...], bool]:
    """Return the points and reasons of the wording of a sum, and whether it says so by itself."""
    nearest = parts[0] if ahead else parts[-1]
    words = 3.0 - 0.3 * distance(nearest, result) + 2.5 * likeness(nearest.topic, result.words)
    words -= 0.4 * sum(distance(*pair) for pair in pairwise(parts)) / len(parts)
    next_to = nearest is kin[0]
    reasons: list[str] = []
    total = _TOTAL.search(result.before)
    if total:
        words, reasons = words + (4.0 if next_to and not ahead else 1.0), ["total"]
    if ahead and (AMONG.search(parts[0].before) or result.after.endswith("中")):
        words, reasons = words + (2.0 if next_to else 1.0), [*reasons, "among"]
    if ahead and _SPLIT.match(parts[0].before):
        words, reasons = words + 2.0, [*reasons, "apart"]
    paired = len(parts) == 2 and (
        is_pair(parts) or (ahead and next_to and bool(_OTHERS.search(parts[1].before)))
    )
    explicit = paired and not _UNDONE.search(parts[1].before)
    if paired:
        words, reasons = words + 2.5, [*reasons, "pair"]
    if {each.series for each in parts} == {parts[0].series} != {None}:
        words += 1.5
    rest = [
        each
        for each in kin
        if each.series is not None
        and (
            (each.series == parts[-1].series and each.nth > parts[-1].nth)
            or (each.series == parts[0].series and each.nth < parts[0].nth)
        )
    ]
    words -= 6.0 if rest else 0.0
    whole_run = len(parts) == sum(each.sentence == result.sentence for each in kin)
    number = told_number(result)
    if number and total and not ahead:
        words, whole_run = words + (2.0 if number == len(parts) else -8.0), number == len(parts)
    if {each.before[-4:] for each in parts} == {result.before[-4:]} and len(parts) > 2:
        words, reasons = words + 2.0, [*reasons, "alike"]
    added_up = (
        not ahead and whole_run and _ADDED_UP.search(result.before) and parts[0].segment == result.segment
    )
    plain = next_to and bool(added_up or (explicit and (ahead or total)) or (ahead and "apart" in reasons))
    return words, (*reasons, "sum"), plain
