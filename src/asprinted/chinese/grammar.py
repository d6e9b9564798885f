"""The grammar of number expressions in Chinese: one verbose pattern of named parts and word classes.

It is compiled twice, for a whole token and for running text. They differ in one point. In a token, the name
of what is counted may follow the measure word (8个街道). In running text no grammar can tell where such a
name ends, so there an expression ends with the measure word (8个), unless a hedge follows the name
(8个街道以上).

Traditional and full-width characters are folded first, one for one, so every position in the folded text is
a position in the text as printed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from asprinted.chinese.lexicon import fold, hedges, nouns, units
from asprinted.chinese.numerals import CHINESE, COUNT, SCALE
from asprinted.chinese.words import CLASSES, group, pattern

__all__ = ["EXPRESSION", "GRAMMAR", "IN_TEXT", "PARTS", "TOKEN", "expressions"]

_ENDS, _BEGINS, _PAIRED = group("ends"), group("begins"), group("paired")
_PLACED = group("placed", ("behind", "inside", "under"))


def _any(words: Iterable[str]) -> str:
    """Return a pattern that prefers longer words, and takes none that is part of another word (分局)."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        alone = [f"(?<![{''.join(_ENDS[word])}]{word})"] if word in _ENDS else []
        alone += [f"(?![{''.join(_BEGINS[word])}])"] if word in _BEGINS else []
        alone += [rf"(?={'|'.join(map(re.escape, _PAIRED[word]))}|\Z)"] if word in _PAIRED else []
        alone += ["(?![A-Za-z0-9])"] if _is_latin(word) else []
        found.setdefault(word[0], []).append(word[1:] + "".join(alone))
    begun = [first if rests == [""] else f"{first}(?:{'|'.join(rests)})" for first, rests in found.items()]
    # The first character is looked up at once, so that a number without a unit costs nothing.
    return f"(?=[{''.join(found)}])(?:{'|'.join(begun)})"


def _is_latin(word: str) -> bool:
    return word[-1].isascii() and word[-1].isalpha()


def _hedges_before() -> list[str]:
    """Return the hedges that stand before a number: those that have no other place."""
    elsewhere = {*_PLACED["behind"], *_PLACED["inside"]}
    return [each for each in hedges() if each not in elsewhere]


def _around_ge() -> str:
    """Return the pattern of what follows the 个 of a unit, which a hedge may part from it: 个月, 个多月."""
    return "|".join(unit[1:] for unit in units() if unit[0] == "个" and unit != "个")


def _whole() -> str:
    """Return the pattern of all other units, but for those that are units behind some digits alone."""
    return _any(unit for unit in units() if unit == "个" or (unit[0] != "个" and unit not in ("点", "股")))


PARTS: Mapping[str, str | Callable[[], str]] = {
    "after": "{behind}|(?<={measures})(?:多(?!{begins.多})|余(?!{begins.余}))",
    "around_ge": _around_ge,
    # 突破3项难题 solves them, 突破3万户 is more.
    "before": "{first_hedges}(?<!突破(?=[0-9{count}十百两]{1,9}{overcome}))",
    "behind": lambda: _any(_PLACED["behind"]),
    "cheque": "壹贰叁肆伍陆柒捌玖",
    "chinese": CHINESE,
    "code": "(?<=[A-Za-z])(?<!{indices})[0-9]++(?:[.][0-9]++)?+|0[0-9]++号?"
    "|[0-9]++(?=[A-Za-z])(?!(?:{latin})(?![A-Za-z0-9]))|[{signs}]",
    "count": COUNT,
    "decimal": "[0-9]++(?:[.][0-9]++)?+",
    "dash": "[-–~]|(?<!—)—(?!—)",
    "first_hedges": lambda: _any(_hedges_before()),
    "half": "{halves}|(?<=[近超过])半(?!{begins.半})",
    "hedge_begins": lambda: "".join(dict.fromkeys(each[0] for each in _hedges_before())),
    # 伍 and 陆 are mostly found in words and names (队伍, 大陆), so a financial numeral is one only beside
    # another numeral or before the yuan.
    "in_cheques": "(?<!队)(?:[{cheque}](?=[{cheque}拾佰仟万亿元圆])|拾(?=[{cheque}万亿元圆]))"
    "[{cheque}拾佰仟零万亿]*+",
    # In 500万千瓦 and 3千米 the 千 is the unit's, in 三千米 the numeral's.
    "inside": "[0-9〇零{count}两十万亿○]++|百(?!分点|帕)|千(?!{kilo})(?:(?![米克])|(?<![0-9万亿]千))"
    "|(?<=[0-9])[.,](?=[0-9])|(?<=[{chinese}])点(?=[〇零{count}])",
    "latin": lambda: "|".join(filter(_is_latin, units())),
    # 统一多元… is a word that ends in 一 and one that begins with 多.
    "many": "余|几|多(?!(?<=一多){begins.多})|(?<=[十百千万0])来(?={after_some})",
    "names": lambda: "|".join(sorted(nouns(), key=len, reverse=True)),
    "numeral": "(?:[0-9{chinese}](?:{inside})*+|{in_cheques})",
    "points": "(?:(?<=[0-9]{3})|(?<=[.][0-9])|(?<=[.][0-9]{2}))点(?!{begins.点})",
    "scale": SCALE,
    "shares": "(?<=[0-9万亿])股(?!{begins.股})",
    # Of two digits at most, and no decimals: what stands before the stroke of 1/4.
    "short": "(?<=[0-9])(?<![.,][0-9])(?<![0-9.,][0-9]{2})",
    "signs": "¼-¾⅐-↉①-⒛㈠-㈩㊀-㊉❶-➓廿卅",
    # Words that begin with 成 (成立, 成功) do not make the number before them a share.
    "tenths": "成(?!{begins.成})",
    # Of 9.6∶41.8∶48.6 no two are a ratio.
    "unchained": "".join(f"(?<![/∶:：A-Za-z][0-9.]{{{length}}})" for length in range(1, 7)),
    "under": lambda: _any(_PLACED["under"]),
    "vague": "好?几(?=[十百千万亿])|(?<!{ends.数})数(?=[十百千万亿](?!分之))"
    "|(?<!{ends.上})上(?=[百千万亿](?!分之))",
    "whole": _whole,
}
"""What names in `GRAMMAR` stand for beside word classes; {named} is where the name of what counts ends,
{signed} what is around a sign."""

# What any expression begins with comes first: elsewhere in a text nothing is tried.
GRAMMAR = """
    (?=[0-9{chinese}○{cheque}拾连第好几数上半负{hedge_begins}{signs}-])
    (?:[-负]{signed}|)  (?:连续)?  (?P<before>{before})?  (?P<ordinal>第)?  (?P<vague>{vague})?
    (?:
        (?P<code>{code})
    |
        (?:
            (?P<half>{half})
        |
            (?P<number>{numeral})
            (?: (?=[/∶:：]) {unchained}
                (?: {short}/(?P<under>[1-9][0-9]{0,3}+) | (?<=[0-9])[∶:：](?P<to>{decimal}) )
                (?![0-9.,/∶:：A-Za-z年月日号届期次页千百万亿]|决赛)
              | 分之(?P<numerator>{numeral})(?P<share_more>{many})? |
            (?(ordinal)|(?: (?P<more>{many})(?P<scale>{scale})? )?)
            (?: (?=[^，。；、]{0,6}?(?:{until}|{dash}))
                (?P<first_unit>个(?:{around_ge})|{whole}|{tenths})?(?:{until}|{dash})
                (?P<second>(?!0[0-9]){numeral}(?!-[0-9]|[A-Za-z](?<!m|k)))
                (?: (?P<second_more>{many})(?:{scale})? )?
                (?(first_unit)(?=(?P=first_unit))) )?
            (?: (?P<tenths>{tenths})(?P<tail>[{count}](?![{chinese}]))?
              | (?P<unit>个(?P<inner>[多余])?(?:{around_ge})|{whole}|{points}|{shares})
                (?:/(?P<per>{under}))? )?
            (?P<noun>(?<={takes_noun})(?:{names}){named})? )
        )
        (?P<after>{after})?
    )
    """
"""The grammar of a number expression, verbose, with named groups; the text is folded first."""

IN_TEXT: Mapping[str, str | Callable[[], str]] = {
    **PARTS,
    "named": "(?={after})",
    "signed": "(?:(?<=负)(?<![正胜]负)|(?<=-)(?<![0-9A-Za-z%‰)）一-鿿-]-)|{signed_after})"
    "(?={decimal}(?:[%‰]|个?百分点))",
    "signed_after": lambda: "|".join(f"(?<={word}-)" for word in CLASSES["signed"]),
}
"""The parts in running text: the name of what is counted ends before a hedge; a dash is a sign
before a rate or a change alone, where nothing stands before it that it could join."""

TOKEN = pattern(GRAMMAR, re.VERBOSE, named="", signed="", **PARTS)
"""The pattern of a whole token."""

EXPRESSION = pattern(GRAMMAR, re.VERBOSE, **IN_TEXT)
"""The pattern of a number expression in running text."""


def expressions(text: str) -> Iterator[re.Match[str]]:
    """Yield the number expressions of one line of running text, leftmost and longest, as matches.

    The matches are of the folded text: their positions hold for `text`, their characters may be simplified.

    >>> [(found.start(), found.group()) for found in expressions("化解1.73万餘件，化解率達98.35％")]
    [(2, '1.73万余件'), (14, '98.35%')]
    """
    return EXPRESSION.finditer(fold(text))
