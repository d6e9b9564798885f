"""The grammar of number expressions in Chinese: named parts, built once into one verbose pattern.

It is compiled twice, for a whole token and for running text. They differ in one point. In a token, the name
of what is counted may follow the measure word (8个街道). In running text no grammar can tell where such a
name ends, so there an expression ends with the measure word (8个), unless a hedge follows the name
(8个街道以上).

Traditional and full-width characters are folded first, one for one, so every position in the folded text is
a position in the text as printed.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from asprinted.chinese.lexicon import BEGIN_WORDS, NOUNS, PAIRED, PER, UNITS, fold
from asprinted.chinese.numerals import CHINESE, COUNT, SCALE

__all__ = ["EXPRESSION", "TOKEN", "compiled", "expressions"]


def _units(words: Iterable[str]) -> str:
    """Return a pattern that prefers longer units, and takes none that begins another word (分局)."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        ends = [f"(?![{BEGIN_WORDS[word]}])"] if word in BEGIN_WORDS else []
        ends += [rf"(?={'|'.join(PAIRED[word])}|\Z)"] if word in PAIRED else []
        ends += ["(?![A-Za-z0-9])"] if word[-1].isascii() and word[-1].isalpha() else []
        found.setdefault(word[0], []).append(word[1:] + "".join(ends))
    begun = [first if rests == [""] else f"{first}(?:{'|'.join(rests)})" for first, rests in found.items()]
    # The first character is looked up at once, so that a number without a unit costs nothing.
    return f"(?=[{''.join(found)}])(?:{'|'.join(begun)})"


# 伍 and 陆 are mostly found in words and names (队伍, 大陆), so a financial numeral is one only beside
# another numeral or before the yuan.
_CHEQUE = (
    "(?<!队)(?:[壹贰叁肆伍陆柒捌玖](?=[壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆])|拾(?=[壹贰叁肆伍陆柒捌玖万亿元圆]))"
    "[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*+"
)
# In 500万千瓦 and 3千米 the 千 is the unit's, in 三千米 the numeral's.
_INSIDE = (
    f"[0-9〇零{COUNT}两十万亿○]++|百(?!分点|帕)|千(?![瓦伏赫帕卡焦])(?:(?![米克])|(?<![0-9万亿]千))"
    f"|(?<=[0-9])[.,](?=[0-9])|(?<=[{CHINESE}])点(?=[〇零{COUNT}])"
)
_NUMERAL = f"(?:[0-9{CHINESE}](?:{_INSIDE})*+|{_CHEQUE})"
# 统一多元… is a word that ends in 一 and one that begins with 多.
_MORE_WORD = (
    "余|几|多(?!(?<=一多)[元样方维边层重])|(?<=[十百千万0])来(?=[个人名位件户家台辆所天年岁元次块里百千万亿])"
)
# In 附近, 最近, 签约, 节约, 赶超 the last character is no hedge.
_BEFORE = (
    "不得超过|不超过|超过|(?<![赶反彩])超|逾|将近|(?<![附最临邻靠亲就贴])近|大约"
    "|(?<![节签条契公特预违履制相邀])约"
    "|至少|不少于|不低于|不足|(?<![达做得看收听想办找等])不到|不满|过(?=半)"
)
# 多 and 余 follow a unit only where it measures (三年多): in 8个多元… they belong to the next word.
_AFTER = (
    "(?:及)?以[上下](?!年)|以内|左右|上下(?![楼级班游联功同齐一车学求])"
    "|(?<=[年月天日周期时钟秒岁倍里米元圆亩顷吨斤克升度%‰成半数])(?:多(?![元样方次数层种维边重])|余(?![额款]))"
)
_HALF = "一半|半数|(?<=[近超过])半(?![年月天小个山径岛日夜决导成价路途载辈生世百])"
# Words that begin with 成 (成立, 成功) do not make the number before them a share.
_TENTHS = "成(?![立为功员果长本效就都绩交熟型批套片群年份语分品活家才网链体])"
_VAGUE = (
    "好?几(?=[十百千万亿])|(?<![人件户次多总基指参系])数(?=[十百千万亿](?!分之))"
    "|(?<![网线路会以身地天船车手海向世市])上(?=[百千万亿](?!分之))"
)
_SPLIT = [unit[1:] for unit in UNITS if unit[0] == "个" and unit != "个"]
_LATIN = [unit for unit in UNITS if unit[-1].isascii() and unit[-1].isalpha()]
_WHOLE = _units({unit for unit in UNITS if unit == "个" or unit[0] != "个"} - {"点", "股"})
_POINTS = "(?:(?<=[0-9]{3})|(?<=[.][0-9])|(?<=[.][0-9]{2}))点(?![位名击燃对面线赞评])"
_PER = _units(PER)
_SHARES = "(?<=[0-9万亿])股(?![份东票价市权民指息金本])"
_NOUN = f"(?<=[个件起家名位项条处所路户宗种类])(?:{'|'.join(sorted(NOUNS, key=len, reverse=True))})"
_TO = "至|到|[-–~]|(?<!—)—(?!—)"
_SIGNS = "¼-¾⅐-↉①-⒛㈠-㈩㊀-㊉❶-➓廿卅"
_CODE = (
    "(?<=[A-Za-z])(?<!GDP)(?<!CPI)(?<!PPI)(?<!PMI)[0-9]++(?:[.][0-9]++)?+|0[0-9]++号?"
    f"|[0-9]++(?=[A-Za-z])(?!(?:{'|'.join(_LATIN)})(?![A-Za-z0-9]))|[{_SIGNS}]"
)


# What any expression begins with: elsewhere in a text nothing is tried.
_FIRST = f"0-9{CHINESE}○壹贰叁肆伍陆柒捌玖拾连不超逾将近大约至过第好几数上半{_SIGNS}"


def _grammar(noun: str) -> str:
    """Return the grammar as a verbose pattern, given where the name of what is counted may stand."""
    split = "|".join(_SPLIT)
    return f"""
        (?=[{_FIRST}])  (?:连续)?  (?P<before>{_BEFORE})?  (?P<ordinal>第)?  (?P<vague>{_VAGUE})?
        (?:
            (?P<code>{_CODE})
        |
            (?:
                (?P<half>{_HALF})
            |
                (?P<number>{_NUMERAL})
                (?: 分之(?P<numerator>{_NUMERAL})(?P<share_more>{_MORE_WORD})? |
                (?(ordinal)|(?: (?P<more>{_MORE_WORD})(?P<scale>{SCALE})? )?)
                (?: (?=[^，。；、]{{0,6}}?(?:{_TO}))
                    (?P<first_unit>个(?:{split})|{_WHOLE}|{_TENTHS})?(?:{_TO})
                    (?P<second>(?!0[0-9]){_NUMERAL}(?!-[0-9]|[A-Za-z](?<!m|k)))
                    (?: (?P<second_more>{_MORE_WORD})(?:{SCALE})? )?
                    (?(first_unit)(?=(?P=first_unit))) )?
                (?: (?P<tenths>{_TENTHS})(?P<tail>[{COUNT}](?![{CHINESE}]))?
                  | (?P<unit>个(?P<inner>[多余])?(?:{split})|{_WHOLE}|{_POINTS}|{_SHARES})
                    (?:/(?P<per>{_PER}))? )?
                (?P<noun>{noun})? )
            )
            (?P<after>{_AFTER})?
        )
        """


EXPRESSION = _grammar(f"{_NOUN}(?={_AFTER})")
"""The pattern of a number expression in running text that is folded; verbose, with named groups."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile where first used: hundreds of units take their time, and not every process reads."""
    return re.compile(pattern, re.VERBOSE)


TOKEN = _grammar(_NOUN)
"""The pattern of a whole token."""


def expressions(text: str) -> Iterator[re.Match[str]]:
    """Yield the number expressions of one line of running text, leftmost and longest, as matches.

    The matches are of the folded text: their positions hold for `text`, their characters may be simplified.

    >>> [(found.start(), found.group()) for found in expressions("化解1.73万餘件，化解率達98.35％")]
    [(2, '1.73万余件'), (14, '98.35%')]
    """
    return compiled(EXPRESSION).finditer(fold(text))
