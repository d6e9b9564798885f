"""The words around a numeral: units with what they measure, names of what is counted, hedges, scripts.

All of it is tables, one line a gloss. A gloss is for a reader's eye; what code compares is the *dimension*.
What exactly is counted is not the lexicon's to know: 件 is a "case" in a court and at a post office alike.
"""

import re
from enum import StrEnum
from typing import NamedTuple

__all__ = ["HEDGES", "NOUNS", "UNITS", "Dimension", "Hedge", "Unit", "fold"]


class Dimension(StrEnum):
    """What a unit measures; `none` is a bare number."""

    NONE = ""
    COUNT = "count"
    RANK = "rank"
    SHARE = "share"
    POINTS = "points"
    TIMES = "times"
    MONEY = "money"
    DURATION = "duration"
    AGE = "age"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    WEIGHT = "weight"
    POWER = "power"
    ENERGY = "energy"
    DEGREE = "degree"


class Unit(NamedTuple):
    """What a unit says: a generic English gloss, and its dimension."""

    gloss: str
    dimension: Dimension


class Hedge(StrEnum):
    """What a hedge declares: the interval of each stands at `reading.read`."""

    MORE = "more"
    NEAR = "near"
    OVER = "over"
    LEAST = "least"
    MOST = "most"
    LESS = "less"
    ABOUT = "about"


_MEASURES: dict[Dimension, dict[str, str]] = {
    Dimension.COUNT: {
        "case": "件 起 宗 桩 例",
        "person": "人 名 位 口",
        "person-time": "人次",
        "item": "个 项 条",
        "household": "户 人家",
        "household-time": "户次",
        "organisation": "家",
        "institution": "所",
        "place": "处",
        "kind": "种 类",
        "event": "场 场次",
        "occasion": "次",
        "batch": "批",
        "session": "届",
        "round": "轮",
        "issue": "期",
        "aspect": "方面",
        "stage": "阶段",
        "copy": "份 本",
        "letter": "封",
        "article": "篇",
        "work": "部",
        "volume": "册",
        "sheet": "张",
        "page": "页",
        "character": "字",
        "set": "套",
        "group": "组",
        "team": "支 队",
        "machine": "台",
        "vehicle": "辆",
        "aircraft": "架",
        "ship": "艘",
        "channel": "路",
        "building": "栋 幢 座",
        "room": "间",
        "storey": "层",
        "grade": "级",
        "number": "号",
        "vote": "票",
        "seat": "席",
        "point": "分",
        "head": "头",
        "animal": "只",
        "plant": "株",
        "tree": "棵",
        "piece": "块 片",
    },
    Dimension.SHARE: {"share": "% ‰"},
    Dimension.POINTS: {"percentage point": "百分点 个百分点"},
    Dimension.TIMES: {"times": "倍"},
    Dimension.MONEY: {
        "CNY": "元 圆",
        "jiao": "角",
        "USD": "美元",
        "EUR": "欧元",
        "HKD": "港元",
        "JPY": "日元",
        "GBP": "英镑",
    },
    Dimension.DURATION: {
        "century": "世纪",
        "year": "年 年度",
        "quarter": "季度 个季度",
        "month": "月 个月 月份",
        "week": "周 星期 个星期",
        "day": "日 天",
        "working day": "工作日 个工作日",
        "hour": "小时 个小时 时",
        "minute": "分钟",
        "second": "秒",
    },
    Dimension.AGE: {"year of age": "岁"},
    Dimension.LENGTH: {
        "metre": "米",
        "kilometre": "公里",
        "centimetre": "厘米",
        "millimetre": "毫米",
        "li": "里",
    },
    Dimension.AREA: {
        "square metre": "平方米",
        "square kilometre": "平方公里 平方千米",
        "mu": "亩",
        "hectare": "公顷",
    },
    Dimension.VOLUME: {"cubic metre": "立方米", "litre": "升", "millilitre": "毫升"},
    Dimension.WEIGHT: {"tonne": "吨", "kilogram": "公斤", "jin": "斤", "gram": "克"},
    Dimension.POWER: {"watt": "瓦"},
    Dimension.ENERGY: {"watt-hour": "瓦时"},
    Dimension.DEGREE: {"degree": "度"},
}
_COUNTED = {
    "subdistrict": "街道",
    "community": "社区",
    "housing estate": "小区",
    "grid cell": "网格",
    "village": "村",
    "town": "镇",
    "township": "乡 乡镇",
    "county": "县",
    "district": "区",
    "city": "市",
    "province": "省",
    "country": "国家",
    "family": "家庭",
    "firm": "企业",
    "institution": "单位",
    "department": "部门",
    "organisation": "组织",
    "committee": "委员会",
    "party organisation": "党组织",
    "case": "案件",
    "dispute": "纠纷",
    "court": "法院",
    "procuratorate": "检察院",
    "police station": "派出所",
    "judge": "法官",
    "procurator": "检察官",
    "mediator": "调解员",
    "police officer": "民警",
    "tier": "层级",
    "aspect": "方面",
    "link": "环节",
    "stage": "阶段",
    "problem": "问题",
    "project": "项目",
    "task": "任务",
    "measure": "措施",
    "post": "岗位",
    "platform": "平台",
    "centre": "中心",
    "camera": "探头",
}
_HEDGED = {
    Hedge.MORE: "余 多 几",
    Hedge.NEAR: "近 将近",
    Hedge.OVER: "超 超过 逾",
    Hedge.LEAST: "以上 至少 不少于 不低于",
    Hedge.MOST: "以下 以内 不超过 不得超过",
    Hedge.LESS: "不足 不到 不满",
    Hedge.ABOUT: "约 大约 左右",
}

UNITS = {
    word: Unit(gloss, dimension)
    for dimension, glosses in _MEASURES.items()
    for gloss, words in glosses.items()
    for word in words.split()
}
"""Units and measure words, in simplified characters."""

NOUNS = {word: Unit(gloss, Dimension.COUNT) for gloss, words in _COUNTED.items() for word in words.split()}
"""Names of what is counted that may follow a measure word in a token: 个街道, 名法官."""

HEDGES = {word: hedge for hedge, words in _HEDGED.items() for word in words.split()}
"""The hedges, in simplified characters, by what they declare."""

_SIMPLER = (
    "萬万億亿兩两餘余約约過过幾几連连續续數数點点個个內内將将滿满於于圓圆貳贰參叁陸陆"
    "條条戶户項项輛辆畝亩歲岁場场臺台張张組组隊队層层級级號号類类種种頭头隻只處处間间時时週周噸吨頃顷"
    "歐欧鎊镑樁桩棟栋冊册頁页屆届輪轮鐘钟紀纪鄉乡鎮镇縣县區区國国業业單单門门織织員员會会黨党糾纠紛纷檢检"
    "調调環环節节階阶問问題题務务崗岗網网"
)
_FULL_WIDTH = "０0１1２2３3４4５5６6７7８8９9％%．.－-～~〜~"
_FOLD = {ord(a): b for pairs in (_SIMPLER, _FULL_WIDTH) for a, b in zip(pairs[::2], pairs[1::2], strict=True)}
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９])")


def fold(text: str) -> str:
    """Write traditional and full-width characters as simplified and ASCII ones, one for one.

    A full-width comma counts as a separator of thousands only between full-width digits: elsewhere it is the
    comma of a sentence.

    >>> fold("1.73萬餘件，達９８．３５％")
    '1.73万余件，達98.35%'
    """
    return _WIDE_COMMA.sub(",", text).translate(_FOLD) if not text.isascii() else text
