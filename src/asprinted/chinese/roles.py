"""What a number expression is, told from its form and the words around it: tables, and one way to use them.

Dates and names that a grammar of quantities cannot see as one (2021年10月15日, 〔2021〕12号) are patterns of
their own. Every other expression gets its role from the first rule that fits (`roles.toml`); rules are looked
up by unit, so that their number costs little. What no rule knows is an ordinal with 第, a label where a small
Chinese numeral stands without a unit (三农, 一站式), else a measurement.
"""

import re
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, NamedTuple, TypeAlias

from asprinted.chinese.lexicon import units
from asprinted.chinese.numerals import COUNT
from asprinted.exact.printed import Dimension

__all__ = ["GROUPS", "PARTS", "Role", "Zone", "role", "zones"]


class Role(StrEnum):
    """What a number expression is; the list is closed."""

    MEASUREMENT = "measurement"
    ORDINAL = "ordinal"
    DATE = "date"
    LABEL = "label"


# --------------------------------------------------------------------------------------- dates as patterns

_OF_MONTH = f"(?:3[01]|[12][0-9]|0?[1-9]|[二三]?十[{COUNT}]?|[{COUNT}])"
_ISO_DAY = "|".join(
    f"[{mark}](?:1[0-2]|0?[1-9])[{mark}](?:3[01]|[12][0-9]|0?[1-9])(?![0-9])" for mark in "-/."
)

PARTS = {
    "count": COUNT,
    # A hedge, 第 or 连续 before it makes a quantity of it: 近2000年, 第3月.
    # Behind 比, 比例为 … two numbers with a colon are a ratio.
    "of_ratio": "(?<!比)(?<!比[为约是])(?<!比例)(?<!比例[为约是])(?<![比例]约为)",
    "date": "(?<![0-9.,近约超逾第续余])(?<!超过)(?<!不[足到满])(?<!{lasting})"
    "(?=[前第]?(?:[0-9]{1,4}|[0-9]{8}(?=年)|[{count}十〇零○]{1,4})[年月日号时点世季财学:：./–~—至到-])"
    "{moment}(?:{till}{day_part}?{moment})?",
    "moment": "(?:(?:{calendar}|{iso})[ ]?(?:{day_part}?{time})?|{time})",
    # In 19831992年 a reader of pages has lost the dash.
    "calendar": "(?:{year}(?:年?{till}{year})?|(?:19|20)[0-9]{2}(?:19|20)[0-9]{2}(?=年))(?!年{of_age})"
    "(?:学?年度|学年|财年|(?<=0)年代(?!{begins.年代})|年份?(?:{month}(?:{day})?|{quarter})?)"
    "|{month}(?:{day})?|{of_month}日(?={day_part}?{time})"
    "|(?<!{held}){of_month}[日号]{till}{of_month}[日号](?!{houses}|内)|{quarter}"
    "|(?:{small}|[12]?[0-9])世纪(?!之)(?:[{count}]十年代|[1-9]0年代)?|(?:[{count}]十|[1-9]0)年代"
    "|0[0-9]年(?:{month}(?:{day})?)?|[0-9]{2}年{month}(?:{day})?",
    "year": "(?:[12][0-9]{3}|[一二][{count}〇零○]{3})",
    "quarter": "[前第]?(?:{of_four}{till})?{of_four}季度",
    "of_four": "[一二三四1-4]",
    "month": "(?:{of_year}(?:月份?)?{till})?{of_year}月(?!{begins.月})份?",
    "of_year": "(?:1[0-2]|0?[1-9]|十[一二]?|[{count}])",
    "day": "(?:{of_month}[日号]?{till})?{of_month}[日号](?!{houses})",
    "of_month": _OF_MONTH,
    "time": "(?:{clock}|{hour}(?:(?<!一)时(?!{begins.时})|点(?=[0-9{count}十]+分|半|整|许|钟))"
    "(?:{sixty}分(?!{begins.分}|钟)(?:{sixty}秒)?|半|整|许)?"
    "|(?:(?<=[午晨晚早])|(?<={evening})){hour}点)",
    "clock": "(?=[0-9]{1,2}[:：]){of_ratio}"
    "(?:2[0-4]|[01]?[0-9])[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9:：])",
    "hour": "(?:2[0-4]|[01]?[0-9]|{small})",
    "sixty": "(?:[0-5]?[0-9]|[二三四五]?十[{count}]?|零?[{count}])",
    "small": "(?:[二三]?十[{count}]?|[{count}])",
    "till": "(?:{until}|[-–~]|—{1,2})",
    "iso": f"(?:19|20)[0-9]{{2}}(?:{_ISO_DAY}|[-/](?:1[0-2]|0[1-9])(?![0-9/-]))"
    "|(?:19[0-9]{2}|20[0-4][0-9])(?:[.](?:1[0-2]|0?[1-9])(?![0-9.]|[%‰万亿个人件元倍米吨公平度点]))",
    "name": r"(?:{virus}|(?=[(（〔\[【﹝]|[0-9]{1,5}[-—－:：.×xX*·• ]|[0-9]{10})(?:{names_of_several}))",
    "virus": "(?<=H[0-9]N)[0-9]",
    "names_of_several": "|".join(
        [
            r"[(（〔\[【﹝][12][0-9]{3}[)）〕\]】﹞][一-鿿0-9]{0,14}?[0-9]{1,8}号(?:之[{count}])?",
            r"(?<![0-9])0[0-9]{2,3}[-—－ ]?[0-9]{7,8}(?![0-9])(?:-[0-9]{1,5}(?![0-9]))?",
            r"(?<![0-9])1[3-9][0-9][- ]?[0-9*xX]{4}[- ]?[0-9*xX]{4}(?![0-9元件人万亿%])",
            r"(?<![0-9])[48]00-[0-9]{3,4}-?[0-9]{3,4}",
            r"(?=[0-9.]+[:：]){of_ratio}(?<![0-9.:：])[0-9]{1,3}(?:[.][0-9]{1,3})?[:：][0-9]{1,3}(?:[.][0-9]{1,3})?(?![0-9.:：])",
            r"(?<![0-9.])[0-9]{1,4}(?:[×xX*][0-9]{1,4})+",
            r"(?<![0-9.])[0-9]{1,4}(?:[.][0-9]{1,4}){2,}(?![0-9])",
            r"(?<![0-9.])[0-9]{1,2}[·•][0-9]{1,2}(?![0-9])",
            r"(?<![0-9.])[0-9]{2,5}(?:[.][0-9])?[-—](?:19|20)[0-9]{2}(?![0-9%‰])(?:(?![一-鿿])|(?=标准|规范))",
        ]
    ),
}
"""The pattern of a {date}, a time, or a span of them, however many numerals it holds; that of a {name} of
several: a document's number, a telephone number, a score, a version; and their parts."""

# ------------------------------------------------------------------------------------------ names as places

_ZONE = re.compile(
    "《[^《》]*》|[“「『‘](?P<short>[^“”「」『』‘’，。；！？]{1,14})[”」』’]"
    "|(?:https?://|www[.])[!-~]+|(?<![A-Za-z0-9_.-])[A-Za-z0-9_.-]++@[A-Za-z0-9.-]+"
)
# Marks that open and close alike are taken in pairs, so that what stands between two quotations is in none.
_ALIKE = re.compile('"([^"]*)"')
_FEW_WORDS = re.compile("[^，。；！？]{1,14}")
_MARKS = frozenset("《“「『‘@/.")


class Zone(NamedTuple):
    """A place of a line that is a name: a title, an address, or (`short`) a few words in quotation marks."""

    start: int
    end: int
    short: bool


def zones(line: str) -> list[Zone]:
    """Return the places of a line that are names.

    >>> zones("开展“两抢”整治")
    [Zone(start=2, end=6, short=True)]
    """
    found = []
    if not _MARKS.isdisjoint(line):
        found += [Zone(*zone.span(), zone["short"] is not None) for zone in _ZONE.finditer(line)]
    if '"' in line:
        found += [Zone(*zone.span(), True) for zone in _ALIKE.finditer(line) if _FEW_WORDS.fullmatch(zone[1])]
        found.sort()
    return found


# -------------------------------------------------------------------------------------------- words as names


@cache
def _tables() -> dict[str, Any]:
    with (resources.files("asprinted.chinese") / "roles.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _hotlines() -> frozenset[str]:
    return frozenset(_tables()["hotlines"].split())


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """Return for each numeral a pattern of the set phrases that hold it, to be matched where it stands."""
    found: dict[str, dict[str, list[str]]] = {}
    for phrase in sorted(_tables()["phrases"].split(), key=len, reverse=True):
        for at, mark in enumerate(phrase):
            if mark in f"{COUNT}两十百千万":
                before, after = phrase[:at], phrase[at + 1 :]
                # Phrases are told apart by one neighbour first, so that most numerals cost one look.
                near = f"(?<=[{before[-1]}]{mark})" if before else f"(?={after[0]})"
                way = f"(?<={before}{mark}){after}" if before else after
                found.setdefault(mark, {}).setdefault(near, []).append(way)
    return {
        mark: re.compile(
            f"{mark}(?:{'|'.join(f'{near}(?:{chr(124).join(ways)})' for near, ways in by.items())})"
        )
        for mark, by in found.items()
    }


# -------------------------------------------------------------------------------------------------- the rules


_Roles: TypeAlias = tuple[Role, Role | None]


class _RoleRule(NamedTuple):
    """A role, and the other one that the place may have, between such words."""

    before: tuple[str, ...]
    after: re.Pattern[str]
    told: _Roles


class _Rules(NamedTuple):
    """Rules in their order; one fits only after a mark of `ends`, or before what `open` matches."""

    ends: frozenset[str]
    open: re.Pattern[str]
    rules: list[_RoleRule]


@cache
def _rules(group: str) -> dict[tuple[str, str], _Rules]:
    """Return the rules of a group by the kind of numerals and the unit."""
    words, found = _tables()["words"], dict[tuple[str, str], list[_RoleRule]]()
    for told, measures, numerals, before, after, also in _tables()["rules"][group]:
        roles = Role(told), Role(also) if also else None
        rule = _RoleRule(tuple(words.get(before[1:], before).split(" ")), re.compile(after), roles)
        for unit in words.get(measures[1:], measures).split(" "):
            for kind in {"": "0万一1", "一": "一1", "0": "0"}.get(numerals, numerals):
                found.setdefault((kind, unit), []).append(rule)
    return {key: _together(rules) for key, rules in found.items()}


def _together(rules: list[_RoleRule]) -> _Rules:
    """Return rules with what tells at one look that none of them fits."""
    ends = frozenset(word[-1:] for rule in rules for word in rule.before) - {""}
    always = [f"(?:{rule.after.pattern})" for rule in rules if "" in rule.before]
    return _Rules(ends, re.compile("|".join(always) or "(?!)"), rules)


_MEASUREMENT, _ORDINAL, _DATE, _LABEL = ((role, None) for role in Role)
_DATE_OR_COUNT, _COUNT_OR_DATE = (Role.DATE, Role.MEASUREMENT), (Role.MEASUREMENT, Role.DATE)
_COUNT_OR_NAME, _NAME_OR_COUNT = (Role.MEASUREMENT, Role.LABEL), (Role.LABEL, Role.MEASUREMENT)

GROUPS = """
date name code under number numerator ordinal tenths unit before more after inner vague second to
""".split()
"""The groups of the scanner's pattern that tell a role, in the order in which `role` takes them."""

_BARE_YEAR = re.compile("19[4-9][0-9]|20[0-4][0-9]")
_CELL = re.compile("[^|\t ] *[|\t] *$")
_LIKE_IT = re.compile("[|\t] *(?:(?!19|20)[1-9][0-9]{3}|[1-9][0-9]{5,7}) *(?:[|\t]|$)")
_FEW = frozenset(f"{COUNT}十两〇零")
_SCALES = frozenset("百千万亿")
_THOUSANDS = ("成千", "成百")
_LEADS = ' \t　:：“"‘为是'
_WINDOW = 8


class _Around(NamedTuple):
    """Where an expression ends in its line, what stands before it, and its unit."""

    line: str
    end: int
    head: str
    unit: str


def role(line: str, match: re.Match[str], said: Sequence[str | None], zone: Zone | None) -> _Roles:
    """Return the role of a match of the scanner's pattern in its folded line, and the other one it may have.

    `said` are its `GROUPS`; `zone` is the name that it stands in, if any.
    """
    date, name, code, under, number, share, ordinal, tenths, unit, before, *hedges, second, _ = said
    if date:
        return _DATE
    # A part of a whole is written in digits alone and below it: 1/4, not 七04/2 or 1,250/3.
    is_part = not under or ((number or "0").isdecimal() and int(number or 0) < int(under))
    if name or code or (zone and not zone.short) or not is_part:
        return _LABEL
    if number is None or share or under or (match[0].startswith("连续") and not ordinal):
        return _MEASUREMENT
    start, end = match.span()
    head = ("^" if start <= _WINDOW else "") + line[max(0, start - _WINDOW) : start]
    place = _Around(line, end, head, tenths or unit or "")
    if ordinal:
        return _first("ordinal", "0", place) or _ORDINAL
    kind = _kind(number, second)
    # 二级以上 is a grade, 6级以上 an earthquake or a wind.
    if (before or any(hedges)) and not (unit == "级" and kind == "一"):
        return _hedged(number, before, place)
    phrase = None if "点" in number else _phrases().get(number[0])
    if (phrase and phrase.match(line, match.start("number"))) or _is_scale(number, unit):
        return _LABEL
    if zone and not tenths and unit not in ("%", "‰") and not (unit and _fills(zone, end - start)):
        # A slogan counts few headings: 三项工程, but 十三位一体 also counts.
        return _COUNT_OR_NAME if unit and number[0] == "十" and len(number) > 1 else _LABEL
    if place.unit:
        return _with_unit(number, kind, place)
    return _MEASUREMENT if second or kind == "万" else _bare(number, kind, place)


def _kind(number: str, second: str | None) -> str:
    """Return how a numeral is written: in digits, as a lone 一, in digits with a scale, or in characters."""
    if number.isascii():
        return "0"
    if number == "一" and not second:
        return "1"
    return "万" if number[0].isascii() else "一"


def _fills(zone: Zone, length: int) -> bool:
    """Return whether an expression of that length is nearly all that a name holds."""
    return zone.end - zone.start <= length + 2


def _is_scale(number: str, unit: str | None) -> bool:
    """Return whether a numeral is but a scale, as in 百姓, 万元户, 千万不要; 百万元 counts."""
    return _SCALES.issuperset(number) and (len(number) == 1 or not unit)


def _hedged(number: str, before: str | None, place: _Around) -> _Roles:
    """Return the role of a number with a hedge; 近三年 may be when, or how long."""
    if place.head.endswith(_THOUSANDS):
        return _LABEL
    kind = "近" if before == "近" else "多"
    return (len(number) < 4 and _first("cardinal", kind, place)) or _MEASUREMENT


def _with_unit(number: str, kind: str, place: _Around) -> _Roles:
    """Return the role of a plain number with a unit."""
    if place.unit == "日" and not re.fullmatch(_OF_MONTH, number):
        return _MEASUREMENT
    told = _first("cardinal", kind, place)
    if not told and kind == "1":
        told = _first("cardinal", kind, place, "*")
        # One of what is counted is rather the indefinite article; one year or one metre measures.
        one_of = units().get(place.unit, units()["%"]).dimension is Dimension.COUNT
        return told or (_NAME_OR_COUNT if one_of else _MEASUREMENT)
    return told or _MEASUREMENT


def _bare(number: str, kind: str, place: _Around) -> _Roles:
    """Return the role of a plain number without a unit."""
    if told := _first("cardinal", kind, place):
        return told
    if kind != "0":
        return _LABEL if len(number) < 5 and _FEW.issuperset(number) else _MEASUREMENT
    if number in _hotlines():
        return _LABEL
    is_year, is_code = _BARE_YEAR.fullmatch(number), len(number) > 8 and number.isdigit()
    if (is_year or is_code) and _CELL.search(place.head) and _LIKE_IT.search(place.line):
        # In a row of counts of like length it counts.
        return _COUNT_OR_DATE if is_year else _MEASUREMENT
    return _DATE_OR_COUNT if is_year else _LABEL if is_code else _MEASUREMENT


def _first(group: str, kind: str, place: _Around, unit: str | None = None) -> _Roles | None:
    """Return what the first rule of a group says that fits, or None; `unit` stands for that of the place."""
    rules = _rules(group).get((kind, unit or place.unit))
    if not rules:
        return None
    line, end, head, _ = place
    bare = head.rstrip(_LEADS)
    if rules.ends.isdisjoint((head[-1:], bare[-1:])) and not rules.open.match(line, end):
        return None
    for before, after, told in rules.rules:
        if (head.endswith(before) or bare.endswith(before)) and after.match(line, end):
            return told
    return None
