"""The grammar of number expressions: one token, or one match in a text, becomes a `Reading`.

A printed number keeps its words. The *value* is the number with its scale; the *interval* is what the words
admit, by the project's own convention, since no standard defines the hedges; the *step* is one unit in the
last printed place. Rounding is no part of a reading: whether 61.71% was rounded or cut is asked elsewhere.

The grammar is built from named parts, once, and compiled twice: for a whole token and for running text.
They differ in one point. In a token, the name of what is counted may follow the measure word (8个街道). In
running text no grammar can tell where such a name ends, so there an expression ends with the measure word
(8个), unless a hedge follows the name (8个街道以上).

Traditional and full-width characters are folded first, one for one, so every position in the folded text is
a position in the text as printed. All arithmetic is on whole numbers and powers of ten: nothing is rounded.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeAlias


class ReadingError(ValueError):
    """A token that is no number expression of the grammar: what was read, and what was expected."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one printed number says.

    `text` is the token as given. `value` is exact: a Decimal, a Fraction only where no finite decimal
    exists (三分之一), None for a range. `low`, `high` and `bounds` (`[]`, `[)`, `()`, `(]`) are the interval
    that the words admit; None is an end that the words do not set. `step` is one unit in the last printed
    place, 0 for what is exact (一半). `hedge` and `unit` stand as printed, without 万 and 亿, which belong to
    the value; `unit_en` glosses the unit. `form` is `number`, `share` (%, ‰, 分之, 成, 一半), `points`
    (百分点), `ordinal` (第…) or `range`.
    """

    text: str
    value: Decimal | Fraction | None
    low: Decimal | Fraction | None
    high: Decimal | Fraction | None
    bounds: str
    step: Decimal
    hedge: str
    unit: str
    unit_en: str
    form: str


# ---------------------------------------------------------------------------------------------- vocabulary

LONGEST = 48
"""Characters of the longest token that is read. The longest sensible ones have some twenty."""

NUMERALS = "0123456789０１２３４５６７８９〇零一二两兩三四五六七八九十百千万萬亿億"
"""The characters that are numerals wherever they stand, inside words too (统一). `scanning` misses none."""

UNITS = {
    **dict.fromkeys(("件", "起", "宗", "桩", "例"), "case"),
    **dict.fromkeys(("人", "名", "位", "口"), "person"),
    **dict.fromkeys(("个", "项", "条"), "item"),
    **dict.fromkeys(("户", "人家"), "household"),
    **dict.fromkeys(("种", "类"), "kind"),
    **dict.fromkeys(("场", "场次"), "event"),
    **dict.fromkeys(("份", "本"), "copy"),
    **dict.fromkeys(("支", "队"), "team"),
    **dict.fromkeys(("栋", "幢", "座"), "building"),
    **dict.fromkeys(("年", "年度"), "year"),
    **dict.fromkeys(("月", "个月", "月份"), "month"),
    **dict.fromkeys(("日", "天"), "day"),
    **dict.fromkeys(("周", "星期", "个星期"), "week"),
    **dict.fromkeys(("小时", "个小时", "时"), "hour"),
    **dict.fromkeys(("季度", "个季度"), "quarter"),
    **dict.fromkeys(("工作日", "个工作日"), "working day"),
    **dict.fromkeys(("百分点", "个百分点"), "percentage point"),
    **dict.fromkeys(("元", "圆"), "CNY"),
    **{"公斤": "kilogram", "公里": "kilometre"},
    **dict.fromkeys(("平方公里", "平方千米"), "square kilometre"),
    **{"%": "share", "‰": "share"},
    **{
        "人次": "person-time",
        "户次": "household-time",
        "家": "organisation",
        "所": "institution",
        "处": "place",
    },
    **{"次": "occasion", "批": "batch", "届": "session", "轮": "round", "期": "issue", "方面": "aspect"},
    **{
        "封": "letter",
        "篇": "article",
        "部": "work",
        "册": "volume",
        "张": "sheet",
        "页": "page",
        "字": "character",
    },
    **{
        "套": "set",
        "组": "group",
        "台": "machine",
        "辆": "vehicle",
        "架": "aircraft",
        "艘": "ship",
        "路": "channel",
    },
    **{
        "间": "room",
        "层": "storey",
        "级": "grade",
        "号": "number",
        "票": "vote",
        "席": "seat",
        "阶段": "stage",
    },
    **{
        "头": "head",
        "只": "animal",
        "株": "plant",
        "棵": "tree",
        "块": "piece",
        "片": "piece",
        "倍": "times",
    },
    **{"岁": "year of age", "分钟": "minute", "秒": "second", "分": "point", "角": "jiao", "世纪": "century"},
    **{"美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY", "英镑": "GBP"},
    **{"米": "metre", "厘米": "centimetre", "毫米": "millimetre", "里": "li", "平方米": "square metre"},
    **{"立方米": "cubic metre", "亩": "mu", "公顷": "hectare", "吨": "tonne", "斤": "jin", "克": "gram"},
    **{"升": "litre", "毫升": "millilitre", "度": "degree", "瓦": "watt", "瓦时": "watt-hour"},
}
"""Units and measure words with a generic gloss: what is counted is not the reader's to know."""

NOUNS = {
    **{
        "街道": "subdistrict",
        "社区": "community",
        "小区": "housing estate",
        "网格": "grid cell",
        "村": "village",
    },
    **{"镇": "town", "乡": "township", "乡镇": "township", "县": "county", "区": "district", "市": "city"},
    **{"省": "province", "国家": "country", "家庭": "family", "企业": "firm", "单位": "institution"},
    **{"部门": "department", "组织": "organisation", "委员会": "committee", "党组织": "party organisation"},
    **{
        "案件": "case",
        "纠纷": "dispute",
        "法院": "court",
        "检察院": "procuratorate",
        "派出所": "police station",
    },
    **{"法官": "judge", "检察官": "procurator", "调解员": "mediator", "民警": "police officer"},
    **{
        "层级": "tier",
        "方面": "aspect",
        "环节": "link",
        "阶段": "stage",
        "问题": "problem",
        "项目": "project",
    },
    **{
        "任务": "task",
        "措施": "measure",
        "岗位": "post",
        "平台": "platform",
        "中心": "centre",
        "探头": "camera",
    },
}
"""Names of what is counted that may follow a measure word in a token: 个街道, 名法官."""

_MORE, _NEAR, _OVER, _LEAST, _MOST, _LESS, _ABOUT = "more", "near", "over", "least", "most", "less", "about"

HEDGES = {
    **dict.fromkeys(("余", "多", "几"), _MORE),
    **dict.fromkeys(("近", "将近"), _NEAR),
    **dict.fromkeys(("超", "超过", "逾"), _OVER),
    **dict.fromkeys(("以上", "至少", "不少于", "不低于"), _LEAST),
    **dict.fromkeys(("以下", "以内", "不超过", "不得超过"), _MOST),
    **dict.fromkeys(("不足", "不到", "不满"), _LESS),
    **dict.fromkeys(("约", "大约", "左右"), _ABOUT),
}
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
_FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟〇○", "一二三四五六七八九十百千零零")
_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_PLACES = {"十": 1, "百": 2, "千": 3}
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


def _fold(text: str) -> str:
    """Write traditional and full-width characters as simplified and ASCII ones, one for one.

    A full-width comma counts as a separator of thousands only between full-width digits: elsewhere it is the
    comma of a sentence.
    """
    return _WIDE_COMMA.sub(",", text).translate(_FOLD) if not text.isascii() else text


# ------------------------------------------------------------------------------------------------- grammar


def _one_of(words: Iterable[str]) -> str:
    """Return an alternation that prefers longer words, with a class for the single characters."""
    long = sorted((word for word in words if len(word) > 1), key=lambda word: (-len(word), word))
    return "|".join([*long, f"[{''.join(sorted(word for word in words if len(word) == 1))}]"])


_CHINESE = "〇零一二两三四五六七八九十百千万亿"
_COUNT = "一二三四五六七八九"
# 伍 and 陆 are mostly found in words and names (队伍, 大陆), so a financial numeral is one only beside
# another numeral or before the yuan.
_CHEQUE = (
    "(?<!队)(?:[壹贰叁肆伍陆柒捌玖](?=[壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆])|拾(?=[壹贰叁肆伍陆柒捌玖万亿元圆]))"
    "[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*+"
)
_INSIDE = f"(?!百分点)[0-9{_CHINESE}○]|(?<=[0-9])[.,](?=[0-9])|(?<=[{_CHINESE}])点(?=[〇零{_COUNT}])"
_NUMERAL = f"(?:[0-9{_CHINESE}](?:{_INSIDE})*+|{_CHEQUE})"
# 统一多元… is a word that ends in 一 and one that begins with 多.
_MORE_WORD = "余|几|多(?!(?<=一多)[元样方维边层重])"
_SCALE = "[十百千]?(?:万亿|[万亿])"
# In 附近, 最近, 签约, 节约 the last character is no hedge.
_BEFORE = (
    "不得超过|不超过|超过|超|逾|将近|(?<![附最])近|大约|(?<![节签条合契公特预违履])约"
    "|至少|不少于|不低于|不足|不到|不满"
)
# 多 and 余 follow a unit only where it measures (三年多): in 8个多元… they belong to the next word.
_AFTER = (
    "以上|以下|以内|左右"
    "|(?<=[年月天日周期时钟秒岁倍里米元圆亩顷吨斤克升度%‰成半数])(?:多(?![元样方次数层种维边重])|余(?![额款]))"
)
# Words that begin with 成 (成立, 成功) do not make the number before them a share.
_TENTHS = "成(?![立为功员果长本效就都绩])"
_SPLIT = [unit[1:] for unit in UNITS if unit[0] == "个" and unit != "个"]
_WHOLE = f"{_one_of([unit for unit in UNITS if unit != '分' and unit[1:] not in _SPLIT])}|分(?!之)"
_NOUN = f"(?<=[个件起家名位项条处所路户宗种类])(?:{'|'.join(sorted(NOUNS, key=len, reverse=True))})"
_TO = "至|到|[-–~]|(?<!—)—(?!—)"
_CODE = "(?<=[A-Za-z])[0-9]++|0[0-9]++|[0-9]++(?=[A-Za-z])|[¼-¾⅐-↉①-⒛㈠-㈩㊀-㊉❶-➓廿卅]"


def _grammar(noun: str) -> re.Pattern[str]:
    """Compile the grammar, given where the name of what is counted may stand."""
    split = "|".join(_SPLIT)
    return re.compile(
        f"""
        (?:连续)?  (?P<before>{_BEFORE})?  (?P<ordinal>第)?
        (?P<vague>几(?=[十百千万亿])|数(?=[十百千万亿](?!分之))|上(?=[百千万亿](?!分之)))?
        (?:
            (?P<code>{_CODE})
        |
            (?:
                (?P<half>一半|半数)
            |
                (?P<denominator>{_NUMERAL})分之(?P<numerator>{_NUMERAL})(?P<share_more>{_MORE_WORD})?
            |
                (?P<number>{_NUMERAL})
                (?: (?P<more>{_MORE_WORD})(?P<scale>{_SCALE})? )?
                (?: (?P<first_unit>个(?:{split})|{_WHOLE}|{_TENTHS})?(?:{_TO})
                    (?P<second>(?!0[0-9]){_NUMERAL}(?!-[0-9]|[A-Za-z]))
                    (?: (?P<second_more>{_MORE_WORD})(?:{_SCALE})? )?
                    (?(first_unit)(?=(?P=first_unit))) )?
                (?: (?P<tenths>{_TENTHS})(?P<tail>[{_COUNT}](?![{_CHINESE}]))?
                  | (?P<unit>个(?P<inner>[多余])?(?:{split})|{_WHOLE}) )?
                (?P<noun>{noun})?
            )
            (?P<after>{_AFTER})?
        )
        """,
        re.VERBOSE,
    )


_TOKEN = _grammar(_NOUN)
_EXPRESSION = _grammar(f"{_NOUN}(?={_AFTER})")


def expressions(text: str) -> Iterator[re.Match[str]]:
    """Yield the number expressions of one line of running text, leftmost and longest, as matches.

    The matches are of the folded text: their positions hold for `text`, their characters may be simplified.

    >>> [(found.start(), found.group()) for found in expressions("化解1.73万餘件，化解率達98.35％")]
    [(2, '1.73万余件'), (14, '98.35%')]
    """
    return _EXPRESSION.finditer(_fold(text))


# ------------------------------------------------------------------------------------------------ numerals


class _Amount(NamedTuple):
    """digits × 10**place: `place` is that of the last printed digit, `decimal` tells a printed point."""

    digits: int
    place: int
    decimal: bool = False


class _MalformedError(Exception):
    """Says what is wrong with a numeral; `read` adds the token."""


_PLAIN = re.compile("([0-9]+)(?:[.]([0-9]+))?([万亿]?)")
_TERM = re.compile(
    "([0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:[.]([0-9]+))?((?:[十百千]?(?:万亿|[万亿])|[百千])?)"
)
_LEADING = re.compile("([0-9.,]+|[^万亿]+)((?:(?<=[0-9])[十百千])?[万亿]*)")
_PART = re.compile(f"(零?)([两{_COUNT}])([十百千]?)")
_SHORT = re.compile(f"(.*[百千])([{_COUNT}])")
_POINT = re.compile(f"(.+)点([零{_COUNT}]+)((?:{_SCALE})?)")


def _amount(numeral: str) -> _Amount:
    """Read a numeral, Arabic or Chinese.

    >>> _amount("1.73万")
    _Amount(digits=173, place=2, decimal=True)
    >>> _amount("两万五")
    _Amount(digits=25, place=3, decimal=False)
    """
    if plain := _PLAIN.fullmatch(numeral):
        return _term(*plain.groups(""))
    if numeral[0].isascii():
        return _arabic(numeral)
    return _chinese(numeral.translate(_FINANCIAL))


def _arabic(numeral: str) -> _Amount:
    """Read 34765, 34,765, 1.73万, 3百万 or 3万5千."""
    terms = list(_TERM.finditer(numeral))
    if "".join(term[0] for term in terms) != numeral:
        raise _MalformedError("expected digits as in 12345, 12,345, 1.23万 or 3万5千")
    amounts = [_term(*term.groups("")) for term in terms]
    for before, term, amount in zip(terms, terms[1:], amounts[1:], strict=False):
        scale = _exponent(before[3])
        # 3万5 is 35000 to some and 30005 to others: digits without a scale must fill the scale before them.
        fits = amount.digits * 10 ** max(amount.place, 0) < 10**scale and (term[3] or len(term[1]) == scale)
        if before[2] or amount.decimal or not fits:
            raise _MalformedError("expected each part to be smaller than the scale before it, as in 3万5千")
    last = amounts[-1].place
    return _Amount(
        sum(part.digits * 10 ** (part.place - last) for part in amounts), last, amounts[-1].decimal
    )


def _term(whole: str, decimals: str, scale: str) -> _Amount:
    """Read digits with their point and scale."""
    if whole[0] == "0" and len(whole) > 1:
        raise _MalformedError("a number with a leading zero is a code; expected a quantity")
    return _Amount(int(whole.replace(",", "") + decimals), _exponent(scale) - len(decimals), decimals != "")


@lru_cache
def _exponent(scale: str) -> int:
    """Return the power of ten of a scale: 万 is 4, 百万 is 6, 万亿 is 12."""
    return sum(_SCALES[mark] for mark in scale)


def _chinese(numeral: str) -> _Amount:
    """Read 十三, 两万五, 二〇二一 or 三点五万; malformed numerals raise."""
    point = _POINT.fullmatch(numeral)
    if point:
        whole, decimals, scale = point.groups()
        digits = "".join(str(_DIGITS[digit]) for digit in decimals)
        amount = _chinese(whole)
        if amount.place:
            raise _MalformedError("expected a whole number before 点")
        return _Amount(int(f"{amount.digits}{digits}"), _exponent(scale) - len(digits), True)
    if not all(mark in _DIGITS for mark in numeral):
        return _counted(numeral)
    if len(numeral) == 1:
        return _Amount(_DIGITS[numeral], 0)
    if "两" in numeral or numeral[0] == "零":
        raise _MalformedError("expected a numeral such as 十三, 两万 or 二〇二一")
    if len(numeral) == 2 and numeral[1] != "零":
        raise _MalformedError("two digits side by side may mean a range; expected 三十五, or 三至五")
    return _Amount(int("".join(str(_DIGITS[mark]) for mark in numeral)), 0)


def _counted(numeral: str) -> _Amount:
    """Read a numeral with 十, 百, 千, 万, 亿."""
    for mark, place in (("亿", 8), ("万", 4)):
        head, found, tail = numeral.rpartition(mark)
        if found:
            return _scaled(head, mark, place, tail)
    return _section(numeral)


def _scaled(head: str, mark: str, place: int, tail: str) -> _Amount:
    """Read what stands before a scale 万 or 亿, and after it."""
    if not head or mark in head:
        raise _MalformedError(f"expected one number before {mark}")
    front = _counted(head)
    if front.place not in (0, 4):
        raise _MalformedError(f"expected a number that ends in its last place before {mark}")
    digits = front.digits * 10**front.place
    if not tail:
        return _Amount(digits, place)
    if tail in _DIGITS and tail not in "零两":
        return _Amount(digits * 10 + _DIGITS[tail], place - 1)
    gap = tail[0] == "零"
    back = _counted(tail.removeprefix("零"))
    size = back.digits * 10**back.place
    skipped = size < 10 ** (place - 1)
    if size >= 10**place or (skipped and not gap) or (gap and not skipped and digits % 10):
        raise _MalformedError(f"expected a smaller number after {mark}, with 零 where a place is skipped")
    return _Amount(digits * 10 ** (place - back.place) + back.digits, back.place)


def _section(numeral: str) -> _Amount:
    """Read a numeral below 10000: 十三, 一百零二, 两千三百, and 一百二 for 一百二十."""
    if short := _SHORT.fullmatch(numeral):
        front, place = _section(short[1]), _PLACES[short[1][-1]] - 1
        return _Amount(front.digits // 10**place + _DIGITS[short[2]], place)
    text = f"一{numeral}" if numeral[:1] == "十" else numeral
    parts = _PART.findall(text)
    if not parts or "".join(map("".join, parts)) != text:
        raise _MalformedError("expected a digit before each of 十, 百, 千, 万 and 亿, and after 零")
    value, place = 0, 4
    for gap, digit, mark in parts:
        if digit == "两" and mark not in ("百", "千") and text != "两":
            raise _MalformedError("expected 二, for 两 stands only before 百, 千, 万 and 亿")
        now = _PLACES.get(mark, 0)
        if now >= place or bool(gap) != (now < place - 1 < 3):
            raise _MalformedError("expected places in falling order, with 零 where one is skipped")
        value, place = value + _DIGITS[digit] * 10**now, now
    return _Amount(value, 0)


# ------------------------------------------------------------------------------------------------- reading

_Parts: TypeAlias = Mapping[str, str | None]

_ZERO = Decimal(0)
_HUNDREDTHS = {"百": -2, "千": -3, "万": -4}
_PERCENT = {"%": -2, "‰": -3}
_HEDGE_GROUPS = ("before", "share_more", "more", "second_more", "inner", "after")


def _decimal(digits: int, place: int) -> Decimal:
    """Return digits × 10**place exactly, without trailing zeros behind the point and without an exponent."""
    while place < 0 and digits % 10 == 0:
        digits, place = digits // 10, place + 1
    return Decimal(digits * 10**place) if place >= 0 else Decimal(f"{digits}e{place}")


@lru_cache
def _power(place: int) -> Decimal:
    """Return 10**place."""
    return Decimal(10**place) if place >= 0 else Decimal(f"1e{place}")


_End: TypeAlias = Decimal | Fraction | None


def _ends(kind: str, amount: _Amount, value: Decimal) -> tuple[_End, _End, str]:
    """Return the interval that a kind of hedge declares around a number, and its bounds.

    The width u is the unit of the last non-zero digit, or of the last printed decimal place where finer.
    """
    digits, place, printed_point = amount
    if kind == _LEAST:
        return value, None, "[)"
    if kind == _MOST:
        return _ZERO, value, "[]"
    if not digits:
        raise _MalformedError("expected a number other than 0 beside this hedge")
    if kind == _LESS:
        return _ZERO, value, "()"
    width = 1
    while not printed_point and digits % (width * 10) == 0:
        width *= 10
    if kind == _MORE:
        return value, _decimal(digits + width, place), "[)"
    if kind == _OVER:
        return value, _decimal(digits + width, place), "()"
    if kind == _NEAR:
        return _decimal(digits - width, place) if digits > width else None, value, "()"
    return _decimal(10 * digits - 5 * width, place - 1), _decimal(10 * digits + 5 * width, place - 1), "[]"


def _exact_ends(kind: str, value: Decimal | Fraction) -> tuple[_End, _End, str]:
    """Return the interval around an exact share: it has no last place, so no width and no working bound."""
    if kind == _ABOUT:
        raise _MalformedError(
            "expected a number with a last place beside 约 or 左右, for they take their width from it"
        )
    return {
        "": (value, value, "[]"),
        _MORE: (value, None, "[)"),
        _LEAST: (value, None, "[)"),
        _OVER: (value, None, "()"),
        _NEAR: (None, value, "()"),
        _LESS: (_ZERO, value, "()"),
        _MOST: (_ZERO, value, "[]"),
    }[kind]


def _finite(value: Fraction) -> Decimal | Fraction:
    """Return a fraction as a Decimal if it has a finite one."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    return value if rest > 1 else _decimal(value.numerator * 10**places // value.denominator, -places)


@lru_cache(maxsize=1 << 16)
def read(token: str) -> Reading:
    """Read one printed number with its hedge and unit, exactly.

    The whole token must be one number expression; nothing is stripped, guessed or rounded. With u the unit
    of the last non-zero digit of X, or its last printed decimal place where that is finer, the words declare:

    - X: [X, X]; X余, X多, X几: [X, X+u); 近X: (X−u, X); 超X, 逾X: (X, X+u);
    - 约X, X左右: [X−u/2, X+u/2]; 不足X, 不到X, 不满X: (0, X);
    - X以上, 至少X, 不少于X, 不低于X: [X, ∞); X以下, X以内, 不超过X, 不得超过X: [0, X];
    - A至B, A到B, A—B, A-B, A~B: [A, B]. A takes the scale of B (3至5万) unless that puts it above B
      (8000至1万). The step is the coarser of the two.

    An end at or below 0 that u sets, and ∞, are None. Exact shares (三分之一, 一半) have no last place, so no
    u: the end that u would set is None. The upper end of 超 and the lower end of 近 are working bounds.

    Units: shares are fractions of 1 (61.71% is 0.6171), percentage points keep the printed number, all else
    counts in the unit printed, without 万 and 亿.

    Raises ReadingError for anything else: codes (0871), malformed numerals (三五百), unknown units, two
    hedges, a hedged ordinal, a range whose first end is the greater.

    >>> police = read("1.76万余件")
    >>> police.value, police.low, police.high, police.bounds, police.step
    (Decimal('17600'), Decimal('17600'), Decimal('17700'), '[)', Decimal('100'))
    >>> read("61.71%").value, read("一百二十").value, read("三分之一").value
    (Decimal('0.6171'), Decimal('120'), Fraction(1, 3))
    >>> read("约2万余件")
    Traceback (most recent call last):
    guandu.reading.ReadingError: "约2万余件" cannot be read: it has 2 hedges; expected one at most.
    """
    match = _TOKEN.fullmatch(_fold(token)) if len(token) <= LONGEST else None
    try:
        if match is None:
            raise _MalformedError(_mismatch(token))
        return _interpret(token, match)
    except _MalformedError as fault:
        raise ReadingError(f'"{token[:LONGEST]}" cannot be read: {fault}.') from None


def _mismatch(token: str) -> str:
    """Say where a token leaves the grammar."""
    if len(token) > LONGEST:
        return f"it has {len(token)} characters; expected one number expression of at most {LONGEST}"
    found = _EXPRESSION.search(_fold(token))
    if found is None:
        return "it holds no numeral; expected a number such as 1234件, 12.34% or 十三位"
    before, number, after = token[: found.start()], token[found.start() : found.end()], token[found.end() :]
    if before:
        return (
            f'"{before}" stands before "{number}"; expected nothing, 第, 连续 or a hedge such as 近, 超, 约'
        )
    expected = "expected nothing, a unit such as 件, 人, 元, %, or a hedge such as 以上"
    return f'"{after}" stands after "{number}"; {expected}'


def _interpret(token: str, match: re.Match[str]) -> Reading:
    """Turn a match of the grammar that covers the token into a reading."""
    part = match.groupdict()
    if part["code"]:
        raise _MalformedError("it is a code or a sign such as ½; expected a quantity in plain numerals")
    if part["vague"]:
        raise _MalformedError(f"{part['vague']} before a scale names no number; expected one")
    hedges = [group for group in _HEDGE_GROUPS if part[group]]
    if len(hedges) > 1:
        raise _MalformedError(f"it has {len(hedges)} hedges; expected one at most")
    hedge = token[slice(*match.span(hedges[0]))] if hedges else ""
    kind = HEDGES[part[hedges[0]]] if hedges else ""
    if part["ordinal"]:
        return _ordinal(token, match, hedge)
    if part["half"]:
        return _exact_share(token, Fraction(1, 2), hedge, kind)
    if part["numerator"]:
        return _fraction(token, match, hedge, kind)
    unit, gloss = _unit(token, match, part)
    if part["second"]:
        return _range(token, match, hedge, unit, gloss)
    amount = _scaled_amount(part, hedge)
    form = "points" if gloss == "percentage point" else "number"
    if part["tenths"] or part["unit"] in _PERCENT:
        form = "share"
    return _hedged(token, amount, hedge, kind, unit, gloss, form)


def _hedged(token: str, amount: _Amount, hedge: str, kind: str, unit: str, gloss: str, form: str) -> Reading:
    """Build the reading of a number that has a last place."""
    value = _decimal(amount.digits, amount.place)
    low, high, bounds = _ends(kind, amount, value) if kind else (value, value, "[]")
    return Reading(token, value, low, high, bounds, _power(amount.place), hedge, unit, gloss, form)


def _exact_share(token: str, share: Fraction, hedge: str, kind: str) -> Reading:
    """Build the reading of a share that is exact."""
    value = _finite(share)
    low, high, bounds = _exact_ends(kind, value)
    return Reading(token, value, low, high, bounds, _ZERO, hedge, "", "share", "share")


def _unit(token: str, match: re.Match[str], part: _Parts) -> tuple[str, str]:
    """Return the unit as printed, without a hedge inside it (个多月), and its gloss."""
    if part["tenths"]:
        return token[match.start("tenths") : match.end("tenths")], "share"
    if not part["unit"]:
        return "", ""
    start, end = match.span("unit")
    printed, word = token[start:end], part["unit"]
    if part["inner"]:
        printed, word = printed[0] + printed[2:], word[0] + word[2:]
    if part["noun"]:
        return printed + token[slice(*match.span("noun"))], NOUNS[part["noun"]]
    return printed, UNITS[word]


def _scaled_amount(part: _Parts, hedge: str) -> _Amount:
    """Read the numeral with a scale behind the hedge (20余万), with 成, and with the sign of a share."""
    numeral, scale = part["number"] or "", part["scale"] or ""
    if numeral in "百千万亿" and not hedge:
        raise _MalformedError(f"{numeral} alone names no number; expected one before it")
    digits, place, point = _amount(f"一{numeral}" if numeral in "百千万亿" else numeral)
    if scale and ("亿" in numeral or ("万" in numeral and scale != "亿")):
        raise _MalformedError(f"expected no {scale} after {numeral}")
    place += _exponent(scale) + _PERCENT.get(part["unit"] or "", 0)
    if part["tenths"]:
        if part["tail"]:
            digits, place = digits * 10 + _DIGITS[part["tail"]], place - 1
        place -= 1
    return _Amount(digits, place, point)


def _ordinal(token: str, match: re.Match[str], hedge: str) -> Reading:
    """Read 第一位 or a bare 第一."""
    part = match.groupdict()
    if hedge or part["second"] or part["tenths"] or not part["number"] or part["unit"] in _PERCENT:
        raise _MalformedError("expected a whole number and a measure word after 第, without a hedge")
    digits, place, point = _amount(part["number"])
    if point or not digits:
        raise _MalformedError("expected a whole number from 1 after 第")
    unit, gloss = _unit(token, match, part)
    value = _decimal(digits, place)
    rank = gloss if gloss not in ("", "person") else "rank"
    return Reading(token, value, value, value, "[]", _power(place), "", unit, rank, "ordinal")


def _fraction(token: str, match: re.Match[str], hedge: str, kind: str) -> Reading:
    """Read X分之Y: 百分之, 千分之 and 万分之 are printed to a place, other fractions are exact."""
    below, numerator = match["denominator"], match["numerator"]
    above = _amount("一百" if numerator == "百" else numerator)
    if below in _HUNDREDTHS:
        start, end = match.span("denominator")
        amount = above._replace(place=above.place + _HUNDREDTHS[below])
        return _hedged(token, amount, hedge, kind, token[start : end + len("分之")], "share", "share")
    denominator = _amount(below)
    if above.decimal or denominator.decimal or not denominator.digits:
        raise _MalformedError("expected whole numbers on both sides of 分之")
    size = [part.digits * 10**part.place for part in (above, denominator)]
    return _exact_share(token, Fraction(*size), hedge, kind)


def _range(token: str, match: re.Match[str], hedge: str, unit: str, gloss: str) -> Reading:
    """Read A至B."""
    part = match.groupdict()
    if hedge or part["tail"]:
        raise _MalformedError("expected no hedge beside a range")
    if part["first_unit"] and part["first_unit"] != (part["tenths"] or part["unit"]):
        raise _MalformedError("expected the same unit at both ends of a range")
    shift = _PERCENT.get(part["unit"] or "", 0) - bool(part["tenths"])
    first, second = part["number"] or "", part["second"] or ""
    start, end = _amount(first), _amount(second)
    scale = 0 if part["first_unit"] else _shared_scale(first, second)
    low, high = (Fraction(10) ** amount.place * amount.digits for amount in (start, end))
    if scale and low * 10**scale <= high:
        start = start._replace(place=start.place + scale)
        low *= 10**scale
    if low > high:
        raise _MalformedError("expected the smaller end of a range first")
    return Reading(
        token,
        None,
        _decimal(start.digits, start.place + shift),
        _decimal(end.digits, end.place + shift),
        "[]",
        _power(max(start.place, end.place) + shift),
        "",
        unit,
        gloss,
        "range",
    )


def _shared_scale(first: str, second: str) -> int:
    """Return the power of ten that the first end of a range may take from the second.

    三至五百 may begin at 300 or at 3, and nothing printed settles it: a Chinese digit before a greater one
    with a place of its own raises.

    >>> _shared_scale("3", "5万"), _shared_scale("三", "五万五"), _shared_scale("3千", "5万")
    (4, 4, 0)
    """
    if not set(first).isdisjoint("十百千万亿"):
        return 0
    stem, scale = next(_LEADING.finditer(second)).groups()
    if (
        first in _DIGITS
        and len(stem) == 2
        and stem[1] in _PLACES
        and _DIGITS[first] < _DIGITS.get(stem[0], 0)
    ):
        raise _MalformedError(f"{first} may share the place of {stem} or not; expected both ends written out")
    return _exponent(scale)
