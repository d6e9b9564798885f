"""What the words around printed numbers suggest: which may be a share, change, mean or sum of which others.

Each guess has points for its wording: names that are alike (结案率 and 审结), 占, 其中, 同比, 人均, 合计,
units, order and distance. The points were set on made-up texts (`benchmarks/texts`), and mean nothing apart
from each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations, pairwise
from typing import NamedTuple

from asprinted.contexts import Mention, informative, likeness
from asprinted.lexicon import Dimension, fold
from asprinted.reading import Form
from asprinted.relations import PER, REST, Direction

__all__ = ["Guess", "guesses", "is_mean"]

Side = tuple[Mention, ...]


class Guess(NamedTuple):
    """A relation that may be meant, with the points that its wording gives it.

    `reasons` names sentences of the engine, the strongest first. `plain` tells that the text names both
    sides, so that a relation is meant even where it does not hold. With `must_fit` only arithmetic that holds
    makes it a relation. `tried` is how many such guesses there are beside it. `next_to` tells of a share that
    it stands right behind its part, or at the same place of a list.
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


def guesses(told: Sequence[Mention]) -> Iterator[Iterable[Guess]]:
    """Yield, for each number in turn, every relation that the wording suggests, most of them wrongly."""
    for result in told:
        yield chain.from_iterable(
            kind(told, result) for kind in (_shares, _changes, _quotients, _means, _sums, _divisors)
        )


# ---------------------------------------------------------------------------------------------------- nearby

_BACK, _NEAR_BACK, _AHEAD = 40, 7, 8
_NO_AMOUNT = frozenset({Dimension.POINTS, Dimension.TIMES, Dimension.AGE, Dimension.RANK})


def _before(told: Sequence[Mention], result: Mention, most: int) -> Sequence[Mention]:
    return told[max(0, result.index - most) : result.index]


def _around(told: Sequence[Mention], result: Mention, most: int = _BACK) -> list[Mention]:
    """Return the numbers that a result may follow from: those before it, and a few behind in its sentence."""
    behind = told[result.index + 1 : result.index + 1 + _AHEAD]
    return [*_before(told, result, most), *(each for each in behind if each.sentence == result.sentence)]


def _distance(one: Mention, other: Mention) -> float:
    """Return how far apart two numbers stand, in points."""
    return (
        0.25 * min(abs(one.clause - other.clause), 6)
        + 0.5 * min(abs(one.segment - other.segment), 3)
        + 0.75 * min(abs(one.sentence - other.sentence), 3)
        + 0.75 * min(abs(one.paragraph - other.paragraph), 3)
    )


def _is_share(each: Mention) -> bool:
    return each.reading.form is Form.SHARE


def _is_amount(each: Mention) -> bool:
    """Whether a number counts or measures something, so that it can be part of a whole."""
    reading = each.reading
    return reading.form is Form.NUMBER and reading.dimension not in _NO_AMOUNT and reading.high is not None


def _is_level(each: Mention) -> bool:
    """Whether a number is an amount, and neither a change nor so much for each."""
    return _is_amount(each) and not _way(each) and not _each(each)


def _alike(one: Mention, other: Mention) -> float | None:
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


def _are_alike(one: Mention, other: Mention) -> bool:
    return (_alike(one, other) or -1.0) > 0


def _same_place(result: Mention, other: Mention) -> float:
    """Return the points for the places that two numbers have in two lists (分别为)."""
    if result.series is None or other.series in (None, result.series):
        return 0.0
    return 4.0 if other.nth == result.nth else -6.0


# ---------------------------------------------------------------------------------------------------- changes

_RISES = "增长|上升|提高|增加|提升|上涨|增幅|增速|升高|扩大|攀升|上浮|多出|增收|延长|净增|新增|增|升|涨"
_FALLS = "下降|减少|降低|下滑|回落|缩短|降幅|压减|减幅|压降|压缩|缩减|缩小|收窄|负增长|下跌|跌幅|跌|减|降"
_ADD = "(?:幅度?|率|速|了|量)?(?:分别)?(?:达到?|为|约|近|超过?|逾|：|:)?"
_CHANGED = re.compile(f"(?:(?P<rise>{_RISES})|(?P<fall>{_FALLS})){_ADD}$")
_NET = re.compile("净(?:(?P<rise>增)|(?P<fall>减))加?[^，。；]{0,6}$")
_COMPARES = re.compile(
    "(?:比|较)[^，。；]*(?:(?P<rise>高|快|多(?:[^，。；到至]{0,4}))|(?P<fall>低|慢|少(?:[^，。；到至]{0,4})))"
    "(?:了|出|约|近)*$"
)
_REACHES = re.compile("(?:到|至|(?:升|降|增|减|跌|涨|加|少|高)为)(?:了|约|近)?$")
_COMPARED = re.compile("同比|环比|较|比|去年|上年|上月|上季|同期|年初|末")
_EARLIER = re.compile(
    "去年|上年|同期|前一?年|上个?月|上周|上旬|上期|上一|上季|年初|此前|原来|原先|改革前|当年|由|从|较|比|[0-9]{1,2}月(?=为|的|仅)"
)
_LAST_YEAR = re.compile("去年|上年|同期|前一?年|上月|上季")
# A yearly mean of changes, and what others have, follow from no base beside them.
_NO_BASE = re.compile("年均|年平均|平均增|平均水平|全[国省市州县]平均|目标")
_OTHER_BASES = (
    (re.compile("环比"), re.compile("去年|上年|同期")),
    (re.compile("同比"), re.compile("上月|上季|上周|年初")),
)
_FROM = re.compile("[由从自]")
_YEAR = re.compile("[0-9]{4}(?=年)")


@lru_cache(maxsize=1 << 12)
def _way(each: Mention) -> str:
    """Return the direction of the change that a number says, "" where it says none (提高到98%)."""
    said = each.before or each.phrase
    if _REACHES.search(said):
        return ""
    found = _CHANGED.search(said) or _NET.search(said) or _COMPARES.search(each.phrase if each.before else "")
    if not found:
        return ""
    return Direction.RISE if found["rise"] else Direction.FALL


def _changes(told: Sequence[Mention], result: Mention) -> Iterator[Guess]:
    """Yield the changes that a result may be: of a new value from an old one, or by a printed difference."""
    way = _way(result)
    if not way or result.reading.form is Form.RANGE or _NO_BASE.search(result.before):
        return
    own = result.reading.dimension
    around = [each for each in _around(told, result, 10) if each.reading.form is not Form.RANGE]
    fits = _is_share if own is Dimension.POINTS else _is_amount
    values = [each for each in around if fits(each) and not _way(each)]
    if own not in (Dimension.SHARE, Dimension.TIMES, Dimension.POINTS):
        values = [each for each in values if _are_alike(each, result)]
    for new in values:
        for old in values:
            if new is not old and _are_alike(new, old):
                words, reasons = _told_change(result, new, old)
                plain = reasons[0] != "change"
                yield Guess("change", (result,), (new,), (old,), words, reasons, way, plain)
    if own is Dimension.SHARE:
        yield from _by_difference(result, values, [each for each in around if _way(each) == way])


def _by_difference(result: Mention, values: Sequence[Mention], changed: Sequence[Mention]) -> Iterator[Guess]:
    """Yield the growths that follow from a new value and a printed difference."""
    near = [each for each in values if each.sentence == result.sentence and each.index <= result.index + 1]
    bases = [each for each in near if _EARLIER.search(each.before)]
    for by in changed:
        for new in values:
            has_base = any(_are_alike(new, each) for each in bases)
            if _is_amount(by) and by.sentence == result.sentence and max(new.index, by.index) < result.index:
                words = 4.0 - _distance(by, result) - _distance(new, by) - 0.7 * abs(by.index - new.index - 1)
                words += _same_place(result, by) + _same_place(result, new)
                words -= 5.0 if _EARLIER.search(new.before) else 3.5 if has_base else 0.0
                plain = result.index - by.index == by.index - new.index == 1 and not has_base
                words += 2.5 if plain else 0.0
                if _are_alike(new, by):
                    way = f"{_way(result)}_by"
                    yield Guess("change", (result,), (new,), (by,), words, ("difference",), way, plain)


def _told_change(result: Mention, new: Mention, old: Mention) -> tuple[float, tuple[str, ...]]:
    """Return the points and reasons of the wording of a change from an old value to a new one."""
    words = 2.0 - _distance(new, result) - 0.6 * _distance(old, new)
    reasons: tuple[str, ...] = ()
    was, now = (bool(_EARLIER.search(each.before) or "相比" in each.after) for each in (old, new))
    if was:
        words, reasons = words + 3.5, ("earlier",)
    if now and not was:
        words -= 4.0
    years = [max(map(int, _YEAR.findall(each.before)), default=0) for each in (old, new)]
    if all(years):
        words += 3.5 if years[0] < years[1] else -5.0
    elif years[0] and not was:
        words += 2.5
    if "比" in old.before + "较" and old.index == result.index - 1 and old.clause == result.clause:
        words += 2.0
    words -= 6.0 if new.index > result.index or old.index > result.index + 1 else 0.0
    if _FROM.search(old.before[-12:]) and new.index == old.index + 1:
        words, reasons = words + 2.5 + (1.0 if new.index == result.index - 1 else 0.0), ("from_to",)
    if _COMPARED.search(result.before):
        words += 1.0
    if any(one.search(result.before) and other.search(old.before) for one, other in _OTHER_BASES):
        words -= 6.0
    words += 2.5 * likeness(new.before, old.before)
    words -= 0.5 * max(0, abs(result.index - new.index) - 1)
    return words + _same_place(result, new) + _same_place(result, old), (*reasons, "change")


# ----------------------------------------------------------------------------------------------------- shares

_OF = re.compile(
    "占(?P<of>[^占]*?)(?:的|之)?(?:比重|比例|比率|比|率)?(?:分别|仅|均)?(?:约|近|超过?|为|达到?|：|:)*$"
)
_RATE = re.compile("(?P<name>[^，。；、]*?)(?:率|比例|比重|占比|度)(?:[^率，。；]{0,4})$")
_UNMET = re.compile("未|没有|尚|剩余|其余|不|无|缺|晚|漏|逾期|超期")
_AMONG = re.compile("其中|当中|包括|含")
_ALL = re.compile("共|总|全|合计|累计|受理|应|计划|参加|抽查|检查|抽检|开展")
_BASE = re.compile("[由从][^，。；]{0,8}$")
_DUE, _DONE = re.compile("任务|计划|目标|应"), re.compile("完成|实现|达到")
_BARE = "约近达即仅为的是有超过逾"


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
    rate = _RATE.search(result.before or result.phrase)
    if rate:
        return _Rate(None, "", rate["name"], False)
    return _Rate(None, "", None, not result.before.strip(_BARE))


def _shares(told: Sequence[Mention], result: Mention) -> Iterator[Guess]:
    """Yield the shares that a result may be: of one part, of several, or of what a part leaves."""
    if not _is_share(result) or _way(result) or _BASE.search(result.before):
        return
    levels = [each for each in _around(told, result) if _is_level(each)]
    listed = _in_turn(told, result, levels)
    means = [each for each in _around(told, result, _NEAR_BACK) if _is_amount(each) and _each(each)]
    for pool in (levels, means):
        parts = [each for each in pool if abs(each.index - result.index) <= 2 * _NEAR_BACK]
        for whole in pool:
            for part in parts:
                alike = _alike(part, whole)
                if part is whole or alike is None or _is_span_of_time(part):
                    continue
                if (
                    part.low > whole.high
                    and result.low <= 1
                    and not (result.index - part.index == 1 and _is_plain(result, part, whole))
                ):
                    continue
                words, reasons = _told_share(result, part, whole)
                words += alike + (4.0 if part is listed else 0.0)
                plain = _is_plain(result, part, whole)
                beside = part is listed or _between(result, part) == 1
                yield Guess("share", (result,), (part,), (whole,), words, reasons, "", plain, next_to=beside)
                if bool(_UNMET.search(part.before)) != bool(_UNMET.search(result.before)):
                    yield Guess("share", (result,), (part,), (whole,), words - 1.0, ("rest",), REST, plain)
            yield from _several_parts(result, parts, whole)
        yield from _several_wholes(result, parts)


def _is_span_of_time(each: Mention) -> bool:
    """Whether a number measures time, and does not count days."""
    return each.reading.dimension is Dimension.DURATION and each.reading.unit not in ("天", "日")


def _in_turn(told: Sequence[Mention], result: Mention, levels: Sequence[Mention]) -> Mention | None:
    """Return the number whose turn it is where shares are listed after numbers that are not (分别为)."""
    if result.series is None:
        return None
    start = result.index - result.nth
    many = sum(each.series == result.series for each in told[start : start + 12])
    before = [each for each in levels if each.index < start]
    before = [each for each in before if _are_alike(each, before[-1])][-many:]
    return before[result.nth] if len(before) == many else None


def _several_parts(result: Mention, pool: Sequence[Mention], whole: Mention) -> Iterator[Guess]:
    """Yield shares of two or three parts that stand side by side (调撤率)."""
    near = [
        each for each in pool if each.index < result.index and each is not whole and _are_alike(each, whole)
    ]
    together = "合计" in result.before
    for many in (2, 3, 4):
        for parts in zip(*(near[-6:][first:] for first in range(many)), strict=False):
            if sum(each.low for each in parts) <= whole.high:
                told = [_told_share(result, part, whole)[0] for part in parts]
                words, named = sum(told) / many - 0.5 * many, _names_all(result, parts)
                words += 3.0 if named or together else 0.0
                yield Guess(
                    "share", (result,), parts, (whole,), words, ("several",), "", named, not named, 16
                )


def _names_all(result: Mention, parts: Side) -> bool:
    """Whether the name of a rate is made of the names of its parts: 调撤率 of 调解 and 撤诉."""
    name = informative(_rate(result).name or _rate(result).subject)
    named = [name & informative(each.before) for each in parts]
    said = frozenset("".join(each.before + each.reading.unit for each in parts))
    return all(named) and name not in named and name <= said


def _several_wholes(result: Mention, pool: Sequence[Mention]) -> Iterator[Guess]:
    """Yield shares of a part in what it makes up with its neighbour (批捕与不捕, so 不捕率)."""
    near = [each for each in pool if each.index < result.index][-5:]
    for one, part in pairwise(near):
        for own, other in ((part, one), (one, part)):
            if _are_alike(one, part):
                words, reasons = _told_share(result, own, other)
                wholes, words = (one, part), words - 2.5
                yield Guess(
                    "share", (result,), (own,), wholes, words, ("with_rest", *reasons), must_fit=True, tried=8
                )


def _between(result: Mention, part: Mention) -> int:
    """Return how many numbers a result stands behind its part; 1 in its turn of two lists."""
    in_turn = (
        result.series is not None and part.series not in (None, result.series) and part.nth == result.nth
    )
    return 1 if in_turn else result.index - part.index


def _told_share(result: Mention, part: Mention, whole: Mention) -> tuple[float, tuple[str, ...]]:
    """Return the points and reasons of the wording of a share."""
    rate = _rate(result)
    between = _between(result, part)
    words = 2.0 - _distance(part, result) - 0.5 * _distance(whole, result)
    words -= 0.7 * (between - 1) if between > 0 else 2.5 - 0.7 * (between + 1)
    words -= 0.1 * min(10, max(0, abs(part.index - whole.index) - 1))
    words += 1.0 if whole.index < part.index else 0.0
    reasons: list[str] = []
    due = bool(_DUE.search(whole.before) and _DONE.search(result.before))
    if rate.of is not None:
        words, reasons = words + 1.0 + _told_of(rate, result, part, whole, between), ["share_of"]
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
        words, reasons = words + (3.0 if between == 1 else 0.0), ["beside"]
    if _AMONG.search(part.before) and whole.index == part.index - part.nth - 1:
        words, reasons = words + 2.0, [*reasons, "among"]
    if _LAST_YEAR.search(whole.before) and not _LAST_YEAR.search(part.before):
        words -= 4.0
    if part.topic:
        words += 3.0 * likeness(part.topic, whole.words)
    if _ALL.search(whole.before):
        words += 0.7
    if due:
        words, reasons = words + 3.0, ["share_of"]
    if result.reading.high is None:
        words -= 1.5
    return words + _same_place(result, part) + min(0.0, _same_place(result, whole)), (*reasons, "order")


def _is_plain(result: Mention, part: Mention, whole: Mention) -> bool:
    """Whether the text itself says of what, and in what, a share is."""
    rate = _rate(result)
    if rate.name is not None and likeness(rate.name, part.words) < 0.6:
        return False
    if informative(rate.subject) and not likeness(rate.subject, part.words):
        return False
    if rate.of and informative(rate.of):
        return likeness(rate.of, whole.words) > 0.5
    if part.topic and likeness(part.topic, whole.words) > 0.5:
        return True
    if rate.bare and result.before[:1] == "的":
        return whole.index == result.index - 1
    if whole.segment != part.segment or part.index - part.nth - whole.index != 1 or result.index < part.index:
        return False
    return rate.name is not None or bool(_AMONG.search(part.before) or rate.of is not None)


def _told_of(rate: _Rate, result: Mention, part: Mention, whole: Mention, between: int) -> float:
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
    if part.index < whole.index < result.index and whole.clause == result.clause:
        words += 4.0
    return words


# ------------------------------------------------------------------------------------------- means, quotients

_UNITS = "人次户案件院庭所校村镇乡亩床日天月年班生师车次站家店厂企台线场"
_EACH = re.compile(
    f"(?:(?P<unit>[{_UNITS}](?=均)|亩(?=产))[均产]|平均每?一?(?P<thing>[^，。；平均]{{0,6}})"
    "|每(?P<many>十万|[一百千万])?(?P<one>[名位个家户人所件辆台场次村床亩间套班校起宗天日月]|公里|平方公里|人次|亩))[^，。；、]*$"
)
_PER = {
    "人": "人 名 位 口 人次", "户": "户 家", "案": "件 起 宗", "院": "家 所 个", "校": "所 个", "所": "所 个",
    "村": "个", "镇": "个", "乡": "个", "生": "名 人", "师": "名 人", "班": "个", "企": "家 户",
    "店": "家 个", "厂": "家 个", "日": "天 日", "天": "天 日", "月": "月 个月", "站": "个 座", "线": "条",
    "车": "辆 台", "名": "名 人 位", "位": "位 名 人", "台": "台 部", "件": "件 起 宗", "起": "起 件",
    "场": "场 场次",
}  # fmt: skip
_COUNTED = frozenset({Dimension.COUNT, Dimension.DURATION, Dimension.LENGTH, Dimension.AREA})
_SO_MANY_EACH = dict(zip(("百", "千", "万", "十万"), PER, strict=True))
_RATIO = re.compile("比(?:为|是|达到?|约)*$")
_TIMES_OF = re.compile("(?:是|为|达到?|相当于|约|近|超过?)[^，。；]*的?(?:约|近|超过?)?$")


@lru_cache(maxsize=1 << 12)
def _each(each: Mention) -> re.Match[str] | None:
    """Return where a number is said to be so much for each (人均, 平均每件, 每户)."""
    return _EACH.search(each.before)


def is_mean(each: Mention) -> bool:
    """Return whether a number is said to be so much for each, and so is rounded even where it counts."""
    return _each(each) is not None


def _means(told: Sequence[Mention], result: Mention) -> Iterator[Guess]:
    """Yield the means that a result may be: a total of its own unit over a number of things."""
    each = _each(result)
    if each is None or not _is_amount(result) or _way(result):
        return
    levels = [one for one in _around(told, result) if _is_level(one)]
    way = _SO_MANY_EACH.get(each["many"] or "", "")
    name = result.before[: each.start()] + result.before[each.end("unit") if each["unit"] else each.end() :]
    for total in levels:
        if (_alike(total, result) or 0.0) < 0 or total.high <= result.low:
            continue
        for count in levels:
            if count is total or count.reading.dimension not in _COUNTED:
                continue
            words = 3.0 - 0.5 * _distance(total, result) - 0.6 * _distance(count, result)
            words -= 0.1 * min(8, abs(result.index - total.index) + abs(result.index - count.index) - 2)
            words += 2.5 * likeness(name, total.words) + _told_each(each, count)
            words += 1.5 if {total.index, count.index} == {result.index - 1, result.index - 2} else 0.0
            plain = total.sentence == count.sentence == result.sentence
            yield Guess("mean", (result,), (total,), (count,), words, ("mean",), way, plain)


def _told_each(each: re.Match[str], count: Mention) -> float:
    """Return the points for a number of the things that a mean is for (人均, 平均每村)."""
    own = fold(count.reading.unit)
    if unit := each["unit"] or each["one"]:
        return 3.0 if own in _PER.get(unit, unit).split() else -4.0
    thing = each["thing"] or ""
    if not thing:
        return 0.0
    if own and own in _PER.get(thing[:1], thing[:1]).split():
        return 2.5 + 1.5 * likeness(thing[1:], count.words)
    return 3.0 * likeness(thing, count.words) - 1.0


def _quotients(told: Sequence[Mention], result: Mention) -> Iterator[Guess]:
    """Yield the quotients that a number may be: of an earlier or another amount (是…的3倍, 收入比为2.05)."""
    reading = result.reading
    times = reading.dimension is Dimension.TIMES and not _way(result) and _TIMES_OF.search(result.phrase)
    ratio = (
        not reading.unit
        and result.after[:1] != "∶"
        and reading.form is Form.NUMBER
        and _RATIO.search(result.before)
    )
    if not times and not ratio:
        return
    near = _around(told, result, 10)
    levels = [each for each in near if each is not result and _is_amount(each) and not _way(each)]
    for part in levels:
        for whole in levels:
            if part is whole or not _are_alike(part, whole):
                continue
            words, reasons = _told_change(result, part, whole)
            words += 2.0 if part.index < whole.index < result.index else 0.0
            if ratio:
                words += 2.0 * likeness(result.before, part.before) + 1.0
            yield Guess(
                "mean", (result,), (part,), (whole,), words, ("times", *reasons[:-1]), must_fit=bool(ratio)
            )


# ------------------------------------------------------------------------------------------------------- sums

_TOTAL = re.compile("合计|共计|总计|总共|累计|共有|一共|共|总|之和")
_OTHERS = re.compile("其余|未|没有|尚有|剩余|不成|仍有")
_ADDED_UP = re.compile("(?:合计|共计|总计|总共|一共|之和|(?<!公)共|共有)(?:为|达到?|约)*$|合计|共计|总计")
_SPLIT = re.compile("分为|分别(?:为|是|有)")
_PAIRS = (
    "新收 旧存", "新收 结转", "新受理 旧存", "上期 新收", "男 女", "城镇 农村", "城镇 乡村", "公办 民办",
    "线上 线下", "一审 二审", "境内 境外", "成年 未成年", "专职 兼职", "书面 口头",
)  # fmt: skip
_MOST_SUMMANDS, _KIN = 8, 10


def _sums(told: Sequence[Mention], result: Mention) -> Iterator[Guess]:
    """Yield the sums that a result may be: of numbers of its unit before it, or behind it."""
    if not _is_level(result):
        return
    at = result.index
    behind = [each for each in told[at + 1 : at + 40] if _may_add(each, result)]
    before = [each for each in told[max(0, at - 16) : at] if _may_add(each, result)]
    for kin, ahead in ((behind, True), (before[::-1], False)):
        for places in _runs(min(len(kin), _KIN)):
            yield from _summed(result, kin, places, ahead)
        yield from _named_alike(result, kin, ahead)


def _named_alike(result: Mention, kin: Sequence[Mention], ahead: bool) -> Iterator[Guess]:
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
        and _is_level(each)
        and _are_alike(each, result)
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


def _summed(result: Mention, kin: Sequence[Mention], places: tuple[int, ...], ahead: bool) -> Iterator[Guess]:
    """Yield a sum, unless neither its words nor its arithmetic speak for it."""
    parts = tuple(kin[place] for place in (places if ahead else places[::-1]))
    if result.series is not None and all(each.series == result.series for each in parts):
        return
    slack = sum(float(each.reading.step) for each in (*parts, result)) if result.reading.step != 1 else 0.0
    short = sum(each.low for each in parts) - result.high
    over = result.low - sum(each.high for each in parts)
    fits = short <= slack and over <= slack
    if not fits and (places[0] or len(places) <= places[-1]):
        return
    words, reasons, plain = _told_sum(result, kin, parts, ahead)
    together = places == tuple(range(places[0], places[0] + len(places)))
    tried = 3 if together and not places[0] else 16 if together else 64
    if fits or (plain and together):
        yield Guess("sum", (result,), parts, (), words, reasons, "", plain, not plain, tried)


_SO_MANY = re.compile("(?:[两二三四五六七八])(?=[类项科个者种级条大家方])")
_DIGITS = "〇一二三四五六七八"


def _told_sum(
    result: Mention, kin: Sequence[Mention], parts: Side, ahead: bool
) -> tuple[float, tuple[str, ...], bool]:
    """Return the points and reasons of the wording of a sum, and whether it says so by itself."""
    nearest = parts[0] if ahead else parts[-1]
    words = 3.0 - 0.3 * _distance(nearest, result) + 2.5 * likeness(nearest.topic, result.words)
    words -= 0.4 * sum(_distance(*pair) for pair in pairwise(parts)) / len(parts)
    next_to = nearest is kin[0]
    reasons: list[str] = []
    total = _TOTAL.search(result.before)
    if total:
        words, reasons = words + (4.0 if next_to and not ahead else 1.0), ["total"]
    if ahead and (_AMONG.search(parts[0].before) or result.after.endswith("中")):
        words, reasons = words + (2.0 if next_to else 1.0), [*reasons, "among"]
    if ahead and _SPLIT.match(parts[0].before):
        words, reasons = words + 2.0, [*reasons, "apart"]
    joined = " ".join(each.before for each in parts)
    paired = len(parts) == 2 and (
        any(all(word in joined for word in pair.split()) for pair in _PAIRS)
        or (ahead and next_to and bool(_OTHERS.search(parts[1].before)))
    )
    if paired:
        words, reasons = words + 2.5, [*reasons, "pair"]
    if {each.series for each in parts} == {parts[0].series} != {None}:
        words += 1.5
    rest = [
        each
        for each in kin
        if each.series is not None and each.series == parts[-1].series and each.nth > parts[-1].nth
    ]
    words -= 6.0 if rest else 0.0
    whole_run = len(parts) == sum(each.sentence == result.sentence for each in kin)
    number = _SO_MANY.search(result.before)
    if number and total and not ahead:
        so_many = _DIGITS.find(number[0].replace("两", "二")) == len(parts)
        words, whole_run = words + (2.0 if so_many else -4.0), so_many
    if {each.before[-4:] for each in parts} == {result.before[-4:]} and len(parts) > 2:
        words, reasons = words + 2.0, [*reasons, "alike"]
    added_up = (
        not ahead and whole_run and _ADDED_UP.search(result.before) and parts[0].segment == result.segment
    )
    plain = next_to and bool(added_up or (paired and (ahead or total)) or (ahead and "apart" in reasons))
    return words, (*reasons, "sum"), plain


# --------------------------------------------------------------------------------------------------- divisors


def _divisors(told: Sequence[Mention], result: Mention) -> Iterator[Guess]:
    """Yield one unprinted whole number behind a mean and the next for each of the same thing."""
    near = [each for each in told[result.index : result.index + _AHEAD] if _is_amount(each) and _each(each)]
    for one, other in [near[:2]] if len(near) > 1 and near[0] is result else []:
        units = [match["unit"] for each in (one, other) if (match := _each(each))]
        if one.sentence == other.sentence and units[0] and units[0] == units[1]:
            first, second = (_total_of(told, each) for each in (one, other))
            if first and second and first is not second:
                yield Guess("divisor", (one, other), (), (first, second), 3.5, ("divisor",), must_fit=True)


def _total_of(told: Sequence[Mention], mean: Mention) -> Mention | None:
    """Return the total before a mean whose words are most like those of the mean."""
    before = [
        each
        for each in _before(told, mean, 16)
        if _is_level(each) and each.reading.unit == mean.reading.unit and each.low > mean.high
    ]
    return max(before, key=lambda each: likeness(mean.before, each.before), default=None)
