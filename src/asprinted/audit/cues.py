"""What the words around a number say of it: that it is an amount, a change, so much for each, one of many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from asprinted.audit.mentions import KINDS, Mention, likeness
from asprinted.chinese.lexicon import fold
from asprinted.chinese.numerals import DIGITS
from asprinted.chinese.words import group, pattern
from asprinted.exact.printed import Dimension, Form, Reading
from asprinted.exact.relations import Direction

__all__ = [
    "AHEAD",
    "AMONG",
    "BACK",
    "COMPARED_TO",
    "EARLIER",
    "FAR_BACK",
    "LAST_YEAR",
    "NEAR_BACK",
    "TOGETHER",
    "YEAR",
    "Each",
    "Side",
    "act",
    "are_alike",
    "counted_as",
    "direction",
    "is_amount",
    "is_level",
    "is_mean",
    "is_pair",
    "is_share",
    "is_span_of_time",
    "list_mates",
    "may_join",
    "numbers_around",
    "numbers_before",
    "per_each",
    "rate_for",
    "told_each",
    "told_number",
    "unit_likeness",
]

Side = tuple[Mention, ...]


FAR_BACK, BACK, NEAR_BACK, AHEAD = 160, 40, 7, 8
"""How many numbers are looked through for what is named far off, before a result, close by, and behind it."""

_NO_AMOUNT = frozenset({Dimension.POINTS, Dimension.TIMES, Dimension.AGE, Dimension.RANK})
_FEW = pattern("{few}")


def numbers_before(mentions: Sequence[Mention], result: Mention, most: int) -> Sequence[Mention]:
    """Return at most so many numbers that stand before a result, in their order."""
    return mentions[max(0, result.index - most) : result.index]


def numbers_around(mentions: Sequence[Mention], result: Mention, most: int = BACK) -> list[Mention]:
    """Return the numbers that a result may follow from: those before it, and a few behind in its sentence."""
    behind = mentions[result.index + 1 : result.index + 1 + AHEAD]
    return [
        *numbers_before(mentions, result, most),
        *(each for each in behind if each.sentence == result.sentence),
    ]


def is_share(each: Mention) -> bool:
    """Whether a number is a percentage, tenths or a fraction."""
    return each.reading.form is Form.SHARE


@lru_cache(maxsize=1 << 12)
def is_amount(each: Mention) -> bool:
    """Whether a number counts or measures something, so that it can be part of a whole.

    What counts the kinds of things just named does not (上述四类案件合计), nor does the 10万人 of 每10万人.
    """
    reading = each.reading
    if each.before.endswith("每"):
        return False
    if reading.form is not Form.NUMBER or reading.dimension in _NO_AMOUNT or reading.high is None:
        return False
    return not (KINDS.fullmatch(reading.unit) and _FEW.match(reading.text))


@lru_cache(maxsize=1 << 12)
def is_level(each: Mention) -> bool:
    """Whether a number is an amount, and neither a change nor so much for each, but for a head's income."""
    return (
        is_amount(each) and not direction(each) and (not per_each(each) or bool(_INCOME.search(each.before)))
    )


_INCOME = pattern("人均[^，。；]*{income}")


_DAYS = pattern("{days}")


def is_span_of_time(each: Mention) -> bool:
    """Whether a number measures time, and does not count days."""
    return each.reading.dimension is Dimension.DURATION and not _DAYS.fullmatch(each.reading.unit)


def _likeness_of_units(a: Reading, b: Reading) -> str | None:
    if a.dimension is not b.dimension and Dimension.NONE not in (a.dimension, b.dimension):
        return None
    if a.unit == b.unit:
        return "one_unit"
    if not a.unit or not b.unit:
        return "no_unit"
    if a.unit_en == b.unit_en or a.unit.endswith(b.unit) or b.unit.endswith(a.unit):
        return "like_units"
    return None if a.dimension is not Dimension.COUNT else "unlike_units"


@lru_cache(maxsize=1 << 14)
def unit_likeness(one: Mention, other: Mention) -> str | None:
    """Return how alike the units of two numbers are; None where they cannot be added or divided."""
    return _likeness_of_units(one.reading, other.reading)


def are_alike(one: Mention, other: Mention) -> bool:
    """Whether two numbers have one unit, or two names for it, so that they can be added."""
    return unit_likeness(one, other) in ("one_unit", "like_units")


@lru_cache(maxsize=1 << 14)
def may_join(one: Mention, other: Mention) -> bool:
    """Whether numbers may make up one: alike, or counted by units of one family (91个 of 57个 and 34所)."""
    units = one.reading.unit, other.reading.unit
    return are_alike(one, other) or any(set(units) <= family for family in _FAMILIES)


_FAMILIES = [frozenset(units) for units in group("families").values()]
_COUNTED_AS = pattern("(?P<cases>{case_counts})|{head_counts}")


def counted_as(mates: Sequence[Mention], result: Mention) -> frozenset[str]:
    """Return the units of what a change is said to be of (件数、人数分别上升), none where it is not said.

    `mates` are the numbers of its list: each has its turn among the names.
    """
    names = list(_COUNTED_AS.finditer(mates[0].phrase))[-len(mates) :]
    if mates[0].before != result.before and _COUNTED_AS.search(result.before):
        names = [*_COUNTED_AS.finditer(result.before)]
    elif len(names) == len(mates):
        names = [names[mates.index(result)]]
    else:
        return frozenset()
    return frozenset(group("families")["cases" if names[-1]["cases"] else "people"])


_ADD = "{extent}?(?:分别)?(?:{is}|[：:])?接?"
_CHANGED = pattern(
    "(?:(?:(?P<rise>多{handled}|{rises})|(?P<fall>少{handled}|{falls})){add}|(?P<more>{more})了|(?P<less>{less})了)$",
    add=_ADD,
)
_NET = re.compile("净(?:(?P<rise>增)|(?P<fall>减))加?[^，。；]{0,6}$")
_COMPARES = pattern(
    "{than}[^，。；]*(?:(?P<rise>{higher}|多[^，。；到至]{0,4})|(?P<fall>{lower}|少[^，。；到至]{0,4})){by}*$"
)
_REACHES = pattern("(?:(?<!达)到|至|{moves}为){by}?$")
EARLIER = pattern("{earlier}|(?<!{ratio_names}){than}|与[0-9]{1,2}月|[0-9]{1,2}月(?={only_then})")
LAST_YEAR = pattern("{last}|{than}[12][0-9]{3}年")
YEAR = re.compile("[0-9]{4}(?=年)")
COMPARED_TO = pattern("(?:{than}|与)(?:{last}|[12][0-9]{3}年)")


@lru_cache(maxsize=1 << 12)
def direction(each: Mention) -> str:
    """Return the direction of the change that a number says, "" where it says none (提高到98%)."""
    said = each.before or each.phrase
    if _REACHES.search(said):
        return ""
    found = _CHANGED.search(said) or _NET.search(said) or _COMPARES.search(each.phrase if each.before else "")
    if not found:
        return ""
    rises = bool(found["rise"] or found.groupdict().get("more"))
    takes_less = each.reading.dimension is Dimension.DURATION and found[0][0] in "快慢"
    return Direction.RISE if rises != takes_less else Direction.FALL


def list_mates(mentions: Sequence[Mention], one: Mention) -> list[Mention]:
    """Return the numbers of the list that one belongs to, itself alone where it belongs to none."""
    start = one.index - one.nth
    if one.series is None:
        return [one]
    return [each for each in mentions[start : start + 12] if each.series == one.series]


AMONG = pattern("{among}")
TOGETHER = pattern("{summed_up}|{several}{kinds}")
_SO_MANY = pattern("{several}(?={counted_together})")


@lru_cache(maxsize=1 << 12)
def told_number(result: Mention) -> int:
    """Return how many numbers a result is said to be made of (三项合计), 0 where it is not said."""
    number = _SO_MANY.search(result.phrase[-16:])
    return DIGITS[number[0]] if number else 0


_EACH = pattern(
    "(?:(?P<unit>{per_head}(?=均)|亩(?=产))[均产]"
    "|平均(?!每{powers})(?!{resident}?人口)(?:每?一?个?)(?P<thing>[^，。；平均]{0,6})"
    "|每(?P<many>{so_many}|一)?(?P<one>{each}))[^，。；、（(]*$"
)
_EACH_OF = group("each_of")
_OF_SO_MANY = pattern(
    "(?<!{numerals})(?<![每0-9])(?P<many>{so_many})(?P<one>{of_things})[^，。；、（(0-9]{1,6}率{is}*$"
)
_SO_MANY_EACH = group("so_many")
_OF_MANY = pattern("每{so_many}[^，。；、（(]*$")


def rate_for(many: str) -> str:
    """Return the direction of a rate for so many.

    >>> rate_for("万"), rate_for("10万"), rate_for("")
    ('per_10000', 'per_100000', '')
    """
    return next((per for per, words in _SO_MANY_EACH.items() if many in words), "")


class Each(NamedTuple):
    """How a number is said to be so much for each.

    `all` is the 人 of 人均, `one` the 件 of 每件, `many` the 万 of 每万人, `thing` what follows 平均每, and
    `name` what else is said.
    """

    all: str
    one: str
    many: str
    thing: str
    name: str


@lru_cache(maxsize=1 << 12)
def per_each(each: Mention) -> Each | None:
    """Return how a number is said to be so much for each (人均, 每件, 万车死亡率); None where it is not."""
    far = _EACH.search(each.phrase) if _OF_MANY.search(each.phrase) else None
    found = _EACH.search(each.before) or far or _OF_SO_MANY.search(each.before)
    if not found:
        return None
    said = {key: words or "" for key, words in found.groupdict().items()}
    ends = max(found.end("one"), found.end("unit") if "unit" in said else 0)
    name = found.string[: found.start()] + found.string[ends if ends > 0 else found.end() :]
    return Each(said.get("unit", ""), said["one"], said["many"], said.get("thing", ""), name)


def is_mean(each: Mention) -> bool:
    """Return whether a number is said to be so much for each, and so is rounded even where it counts."""
    return per_each(each) is not None


def told_each(each: Each, count: Mention) -> str:
    """Return how a number counts the things of a mean (人均, 平均每村): "unit", "thing", "other" or ""."""
    own = fold(count.reading.unit)
    if unit := each.all or each.one:
        alike = own in _EACH_OF.get(unit, (unit,)) or (own and unit in (own[0], own[-1]))
        return "unit" if alike else "other"
    thing = each.thing
    if not thing:
        return ""
    if own and own in _EACH_OF.get(thing[0], (thing[0],)):
        return "thing" if likeness(thing[1:], count.words) > 0 else "unit"
    return "thing" if likeness(thing, count.words) > 0.5 else "other"


_PAIRS = group("pairs")


def is_pair(parts: Side) -> bool:
    """Whether the words of some numbers are two that make up a whole (新收, 旧存)."""
    return _names_pair(" ".join(each.before for each in parts))


@lru_cache(maxsize=1 << 12)
def _names_pair(words: str) -> bool:
    return any(word in words and any(each in words for each in others) for word, others in _PAIRS.items())


_ACT_DONE, _ACT_BEGUN = pattern("{acts_done}"), pattern("{acts_begun}")


def act(each: Mention) -> str:
    """Return whether a number counts what came in or what was done with it, "" where words do not tell."""
    return _act_of(each.before)


@lru_cache(maxsize=1 << 12)
def _act_of(words: str) -> str:
    if _ACT_DONE.search(words):
        return "done"
    return "begun" if _ACT_BEGUN.search(words) else ""
