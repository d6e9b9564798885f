"""What the words around a number say of it: that it is an amount, a change, so much for each, one of many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from asprinted.audit.mentions import KINDS_OF, Mention, likeness
from asprinted.chinese.lexicon import fold
from asprinted.exact.printed import Dimension, Form
from asprinted.exact.relations import PER, Direction

__all__ = [
    "AHEAD",
    "AMONG",
    "BACK",
    "COMPARED_TO",
    "EARLIER",
    "FAR_BACK",
    "LAST_YEAR",
    "NEAR_BACK",
    "SO_MANY_EACH",
    "SUMMED_UP",
    "TOGETHER",
    "YEAR",
    "Candidate",
    "Side",
    "are_alike",
    "direction",
    "distance",
    "is_amount",
    "is_level",
    "is_mean",
    "is_pair",
    "is_share",
    "list_mates",
    "numbers_around",
    "numbers_before",
    "per_each",
    "same_place",
    "told_each",
    "told_number",
    "unit_points",
]

Side = tuple[Mention, ...]


class Candidate(NamedTuple):
    """A relation that may be meant, with the points that its wording gives it.

    `reasons` names sentences of the engine, the strongest first. `plain` tells that the text names both
    sides, so that a relation is meant even where it does not hold. With `must_fit` only arithmetic that holds
    makes it a relation. `tried` is how many such candidates there are beside it. `next_to` tells of a share
    that it stands right behind its part, or at the same place of a list.
    """

    kind: str
    results: Side
    parts: Side
    wholes: Side
    words: float
    reasons: tuple[str, ...]
    direction: str = ""
    plain: bool = False
    must_fit: bool = False
    tried: int = 1
    next_to: bool = False


FAR_BACK, BACK, NEAR_BACK, AHEAD = 160, 40, 7, 8
"""How many numbers are looked through for what is named far off, before a result, close by, and behind it."""

_NO_AMOUNT = frozenset({Dimension.POINTS, Dimension.TIMES, Dimension.AGE, Dimension.RANK})
_FEW = frozenset("两二三四五六七八九十")


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


def distance(one: Mention, other: Mention) -> float:
    """Return how far apart two numbers stand, in points."""
    return (
        0.25 * min(abs(one.clause - other.clause), 6)
        + 0.5 * min(abs(one.segment - other.segment), 3)
        + 0.75 * min(abs(one.sentence - other.sentence), 3)
        + 0.75 * min(abs(one.paragraph - other.paragraph), 3)
    )


def is_share(each: Mention) -> bool:
    """Whether a number is a percentage, tenths or a fraction."""
    return each.reading.form is Form.SHARE


def is_amount(each: Mention) -> bool:
    """Whether a number counts or measures something, so that it can be part of a whole.

    What counts the kinds of things just named does not (上述四类案件合计), nor does the 10万人 of 每10万人.
    """
    reading = each.reading
    if each.before.endswith("每"):
        return False
    if reading.form is not Form.NUMBER or reading.dimension in _NO_AMOUNT or reading.high is None:
        return False
    return reading.unit not in KINDS_OF or reading.text[0] not in _FEW


def is_level(each: Mention) -> bool:
    """Whether a number is an amount, and neither a change nor so much for each, but for a head's income."""
    return (
        is_amount(each) and not direction(each) and (not per_each(each) or bool(_INCOME.search(each.before)))
    )


_INCOME = re.compile("人均[^，。；]*(?:收入|支出|消费)")


def unit_points(one: Mention, other: Mention) -> float | None:
    """Return the points for two numbers of the same unit; None where they cannot be added or divided."""
    a, b = one.reading, other.reading
    if a.dimension is not b.dimension and Dimension.NONE not in (a.dimension, b.dimension):
        return None
    if a.unit == b.unit:
        return 1.0
    if not a.unit or not b.unit:
        return 0.0
    if a.unit_en == b.unit_en or a.unit.endswith(b.unit) or b.unit.endswith(a.unit):
        return 0.5
    return None if a.dimension is not Dimension.COUNT else -3.0


def are_alike(one: Mention, other: Mention) -> bool:
    """Whether two numbers have one unit, so that they can be added."""
    return (unit_points(one, other) or -1.0) > 0


def same_place(result: Mention, other: Mention) -> float:
    """Return the points for the places that two numbers have in two lists (分别为)."""
    if result.series is None or other.series in (None, result.series):
        return 0.0
    return 4.0 if other.nth == result.nth else -6.0


_MORE = "[收办结开发招报]|受理|审结|办结|发放|完成"
_RISES = (
    f"多(?:{_MORE})|增产|增长|上升|提高|增加|提升|上涨|增幅|增速|升高|扩大|攀升|上浮|多出|增收|延长|净增|新增"
    "|增|升|涨"
)
_FALLS = (
    f"少(?:{_MORE})|减产|下降|减少|降低|下滑|回落|缩短|降幅|压减|减幅|压降|压缩|缩减|缩小|收窄|负增长|下跌|跌幅"
    "|跌|减|降"
)
_ADD = "(?:幅度?|率|速|了|量)?(?:分别)?(?:达到?|为|约|近|超过?|逾|：|:)?"
_CHANGED = re.compile(
    f"(?:(?:(?P<rise>{_RISES})|(?P<fall>{_FALLS})){_ADD}|(?P<more>[多快高涨升])了|(?P<less>[少慢低短跌降])了)$"
)
_NET = re.compile("净(?:(?P<rise>增)|(?P<fall>减))加?[^，。；]{0,6}$")
_COMPARES = re.compile(
    "(?:比|较)[^，。；]*(?:(?P<rise>高|快|多(?:[^，。；到至]{0,4}))|(?P<fall>低|慢|少(?:[^，。；到至]{0,4})))"
    "(?:了|出|约|近)*$"
)
_REACHES = re.compile("(?:(?<!达)到|至|(?:升|降|增|减|跌|涨|加|少|高)为)(?:了|约|近)?$")
EARLIER = re.compile(
    "去年|上年|同期|前一?年|上个?月|上周|上旬|上期|上一|上季|年初|此前|原来|原先|改革前|当年|由|从|较|比"
    "|与[0-9]{1,2}月|[0-9]{1,2}月(?=为|的|仅)"
)
LAST_YEAR = re.compile("去年|上年|同期|前一?年|上月|上季|[比较][12][0-9]{3}年")
YEAR = re.compile("[0-9]{4}(?=年)")
COMPARED_TO = re.compile("[比较与](?:去年|上年|前年|上月|[12][0-9]{3}年)")


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


AMONG = re.compile("其中|当中|包括|含")
SUMMED_UP = "合计|共计|总共|一共|合起来|加起来|相加|之和"
TOGETHER = re.compile(f"{SUMMED_UP}|[两二三四](?:者|项|类|种)")
_SO_MANY = re.compile("[两二三四五六七八](?=[类项科个者种级条大家方站所校院县区部])")
_DIGITS = "〇一二三四五六七八"


def told_number(result: Mention) -> int:
    """Return how many numbers a result is said to be made of (三项合计), 0 where it is not said."""
    number = _SO_MANY.search(result.phrase[-16:])
    return _DIGITS.find(number[0].replace("两", "二")) if number else 0


_UNITS = "人次户案件院庭所校村镇乡亩床日天月年班生师车次站家店厂企台线场"
_EACH = re.compile(
    f"(?:(?P<unit>[{_UNITS}](?=均)|亩(?=产))[均产]"
    "|平均(?!每[十百千万])(?!(?:常住|户籍)?人口)(?:每?一?个?)(?P<thing>[^，。；平均]{0,6})"
    "|每(?P<many>十万|10万|1000?|[一百千万])?"
    "(?P<one>(?:常住|户籍)?人口?|[名位个家户所件辆台场次村床亩间套班校起宗天日月只头株条元吨列艘架]"
    "|平?方?公里|立方米|平方米|公顷|公斤|千瓦时|标箱))[^，。；、（(]*$"
)
_PER = {
    "人": "人 名 位 口 人次", "户": "户 家", "案": "件 起 宗", "院": "家 所 个", "校": "所 个", "所": "所 个",
    "村": "个", "镇": "个", "乡": "个", "生": "名 人", "师": "名 人", "班": "个", "企": "家 户",
    "店": "家 个", "厂": "家 个", "日": "天 日", "天": "天 日", "月": "月 个月", "站": "个 座", "线": "条",
    "车": "辆 台 部", "名": "名 人 位", "位": "位 名 人", "台": "台 部", "件": "件 起 宗", "起": "起 件",
    "场": "场 场次",
}  # fmt: skip
_OF_SO_MANY = re.compile(
    "(?<![每一二三四五六七八九十百千万0-9])(?P<many>十万|[百千万])(?P<one>[人车户])[^，。；、（(0-9]{1,6}率"
    "(?:为|达到?|是|约|至|到)*$"
)
SO_MANY_EACH = {
    **dict(zip(("百", "千", "万", "十万"), PER, strict=True)),
    **dict(zip(("100", "1000", "1万", "10万"), PER, strict=True)),
}
_OF_MANY = re.compile("每(?:十万|10*万|1000?|[百千万])[^，。；、（(]*$")


class _Each(NamedTuple):
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
def per_each(each: Mention) -> _Each | None:
    """Return how a number is said to be so much for each (人均, 每件, 万车死亡率); None where it is not."""
    far = _EACH.search(each.phrase) if _OF_MANY.search(each.phrase) else None
    found = _EACH.search(each.before) or far or _OF_SO_MANY.search(each.before)
    if not found:
        return None
    said = {key: words or "" for key, words in found.groupdict().items()}
    ends = max(found.end("one"), found.end("unit") if "unit" in said else 0)
    name = found.string[: found.start()] + found.string[ends if ends > 0 else found.end() :]
    return _Each(said.get("unit", ""), said["one"], said["many"], said.get("thing", ""), name)


def is_mean(each: Mention) -> bool:
    """Return whether a number is said to be so much for each, and so is rounded even where it counts."""
    return per_each(each) is not None


def told_each(each: _Each, count: Mention) -> float:
    """Return the points for a number of the things that a mean is for (人均, 平均每村)."""
    own = fold(count.reading.unit)
    if unit := each.all or each.one:
        return 3.0 if own in _PER.get(unit, unit).split() or (own and unit in (own[0], own[-1])) else -4.0
    thing = each.thing
    if not thing:
        return 0.0
    if own and own in _PER.get(thing[:1], thing[:1]).split():
        return 2.5 + 1.5 * likeness(thing[1:], count.words)
    return 3.0 * likeness(thing, count.words) - 1.0


_PAIRS = (
    "新收 旧存", "新收 结转", "新受理 旧存", "上期 新收", "男 女", "城镇 农村", "城镇 乡村", "公办 民办",
    "线上 线下", "商品 餐饮", "有效 无效", "一审 二审", "境内 境外", "成年 未成年", "专职 兼职", "书面 口头",
)  # fmt: skip


def is_pair(parts: Side) -> bool:
    """Whether the words of some numbers are two that make up a whole (新收, 旧存)."""
    joined = " ".join(each.before for each in parts)
    return any(all(word in joined for word in pair.split()) for pair in _PAIRS)
