"""The words around a numeral: units with what they measure, names of what is counted, hedges, scripts.

All of it is tables: `units.toml` and `words.toml`.
"""

import re
from collections.abc import Sequence
from functools import cache

from asprinted.chinese.words import UNITS, group
from asprinted.exact.printed import Dimension, Hedge, Unit

__all__ = ["blanks", "fold", "hedges", "nouns", "units", "without"]

_NOUNS, _HEDGES, _SIMPLER = group("nouns"), group("hedges", Hedge), group("simpler")


@cache
def units() -> dict[str, Unit]:
    """Return the units and measure words, in simplified characters.

    >>> units()["件"]
    Unit(gloss='case', dimension=<Dimension.COUNT: 'count'>)
    """
    return UNITS.by_word()


@cache
def nouns() -> dict[str, Unit]:
    """Return the names of what is counted that may follow a measure word in a token: 个街道, 名法官."""
    return {word: Unit(gloss, Dimension.COUNT) for gloss, words in _NOUNS.items() for word in words}


@cache
def hedges() -> dict[str, Hedge]:
    """Return the hedges, in simplified characters, by what they declare."""
    return {word: Hedge(declared) for declared, words in _HEDGES.items() for word in words}


@cache
def _folds() -> dict[int, str]:
    return {ord(each[0]): each[1] for name in ("numbers", "full_width") for each in _SIMPLER[name]}


_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９])")
_GAPS = frozenset(" \u00a0\u2009\u202f")
_GAP, _DIGIT = f"[{''.join(sorted(_GAPS))}]", "[0-9０-９]"
_BLANK = re.compile(
    f"(?<=[一-鿿])(?<![〇零一二两兩三四五六七八九十百千万萬亿億]){_GAP}(?={_DIGIT})"
    f"|(?<=[0-9０-９%％‰]){_GAP}(?=[一-鿿])(?!{_GAP}[〇零一二两兩三四五六七八九十])"
)
_CELL = "[|｜│\t<>\u3000]"


@cache
def _thousands() -> re.Pattern[str]:
    """Return the pattern of a number whose thousands a blank parts: 321 146件, but no two cells of a row.

    It fills a cell between marks, or Chinese characters hold it on both sides; behind a name and a blank, as
    in a row of cells, only what it counts shows that it is one number.
    """
    counted = f"[余餘多万萬亿億%％‰{''.join(sorted({unit[0] for unit in units()}))}]"
    left, right = f"(?<!{_DIGIT})", f"(?![0-9０-９.．]|{_GAP}*{_DIGIT})"
    number = f"{left}[1-9１-９]{_DIGIT}{{0,2}}(?:{_GAP}{_DIGIT}{{3}})+(?:[.．]{_DIGIT}+)?{right}"
    return re.compile(
        f"(?:(?<={_CELL})|(?<={_CELL}{_GAP})){number}(?={_GAP}*(?:{_CELL}|$))"
        f"|(?<![A-Za-z第表图附])(?<!{_DIGIT}[,.，．/:：~-])(?<!{_GAP}){number}(?=[一-鿿，。；、：）)—–~～%％‰-])"
        f"|(?<=[一-鿿，。；、：（]{_GAP}){number}(?={_GAP}?{counted})"
    )


def blanks(text: str) -> list[int]:
    """Return where single blanks set digits off from Chinese characters, or part their thousands.

    >>> blanks("受理 785 件"), blanks("受理321 146件")
    ([2, 6], [5])
    """
    if _GAPS.isdisjoint(text):
        return []
    found = {match.start() for match in _BLANK.finditer(text)}
    for match in _thousands().finditer(text):
        found.update(at for at in range(*match.span()) if text[at] in _GAPS)
    return sorted(found)


def without(text: str, places: Sequence[int]) -> str:
    """Return a text without the characters at some places, which rise.

    >>> without("受理 785 件", [2, 6])
    '受理785件'
    """
    starts = (0, *(place + 1 for place in places))
    return "".join(text[start:end] for start, end in zip(starts, (*places, len(text)), strict=True))


def fold(text: str) -> str:
    """Write traditional and full-width characters as simplified and ASCII ones, one for one.

    A full-width comma counts as a separator of thousands only between full-width digits: elsewhere it is the
    comma of a sentence.

    >>> fold("1.73萬餘件，達９８．３５％")
    '1.73万余件，達98.35%'
    """
    return _WIDE_COMMA.sub(",", text).translate(_folds()) if not text.isascii() else text
