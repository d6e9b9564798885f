"""Text set in lines that fit a width, in English and in Chinese, in the one typeface of all pictures.

The typeface is a subset of Noto Sans CJK SC, so that no machine lacks a glyph. The widths of its characters
stand in a table beside this module, which `python -m tools.font` measures: text is set without the typeface,
in a browser too.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise, starmap
from typing import Final

from asprinted.faults import Fault, quote

FAMILY: Final = "Asprinted Sans SC"
FACES: Final = ("Regular", "Bold")
TABLE: Final = "widths.json"

TITLE: Final = 17.0
BODY: Final = 11.5
SMALL: Final = 9.5
"""Sizes of type in points, of all pictures."""


def leading(size: float) -> float:
    """Return the distance in points of two lines at `size` points: large type stands closer."""
    return size * (1.2 if size > 14 else 1.32)


_OPENING = r"(\[（《〈“‘「『【"
_CLOSING = r"\])）》〉”’」』】,.;:!?，。；：！？、…%‰"
_WIDE_OPENING = "（《〈“「『【"
_WIDE_CLOSING = "）》〉”」』】，。；：！？、"
_MARKS = ",;:.，；：。"
_HAN = r"\u3400-\u9FFF〇"
_GLOSS = rf"\([0-9{_HAN}]{{1,9}}\)"
_COUNTED = rf"(?:[万亿]?[余多]?(?:名法官|[{_HAN}]))?"
_LATIN = rf"[^\s{_HAN}{_OPENING}{_CLOSING}][^\s{_HAN}（《“「【，。；：！？、]*{_COUNTED}"
_DATE = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:[至—]\d{1,2}月(?:\d{1,2}日)?)?"
_RANGE = r"\d[\d.]*%至\d[\d.]*%"
_WHOLE = (
    "受理 查到 排除 法官 检察院 法院 公安 调解 结案 审结 审执结 未结 已结 办结 报道 比率 件数 概数 "
    "平均数 人数 修约 四舍五入 去尾 相符 不符 推算 原文 文中 全国 人民 成功 纠纷 "
    "化解 数字 参与 复算 计算 旧存 未写 起止 今年 之前 之间 以上 以下 以来 属实 其余 同日 相近 均低于 "
    "低于 高于 各自 没有 除非 只有 相当于 列为 可通过 通过 未成功 不作 排名 认为"
).split()
"""Words that no line parts."""
_MONTHS = "January February March April May June July August September October November December".split()
_WORD = "|".join(sorted(_WHOLE, key=len, reverse=True))
_PIECE = re.compile(
    rf"(?:{_GLOSS}|[{_OPENING}]*(?:(?:{_DATE}|{_RANGE}|{_LATIN}|{_WORD}|[{_HAN}])的?|))[{_CLOSING}]*"
)


@cache
def advances(face: str = "Regular") -> Mapping[str, int]:
    """Return the widths of all characters that a face, `Regular` or `Bold`, draws, in thousandths of an em.

    >>> advances()["率"], advances("Bold")["1"]
    (1000, 590)
    """
    table = json.loads(files("asprinted.drawing").joinpath(TABLE).read_text("utf-8"))[face]
    return {character: int(width) for width, characters in table.items() for character in characters}


def without_glyph(text: str) -> str:
    """Return the characters of `text` that either face lacks, each with its code point; lines may break.

    >>> without_glyph("结案率 61.71%"), without_glyph("鱻")
    ('', '鱻 (U+9C7B)')
    """
    drawn, bold = map(advances, FACES)
    given = dict.fromkeys(text.replace("\n", ""))
    missing = [character for character in given if character not in drawn or character not in bold]
    return ", ".join(f"{character} (U+{ord(character):04X})" for character in missing)


def require_glyphs(text: str) -> None:
    """Raise `Fault` naming the characters of `text` that either face lacks.

    >>> require_glyphs("鱻")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    asprinted.faults.Fault: found 鱻 (U+9C7B) in "鱻", expected characters that Asprinted Sans SC draws.
    """
    if lacking := without_glyph(text):
        raise Fault.of(f"{lacking} in {quote(text)}", f"characters that {FAMILY} draws")


def curled(text: str) -> str:
    """Return a text with the apostrophe of print.

    >>> curled("People's mediation")
    'People’s mediation'
    """
    return text.replace("'", "’")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width in inches of one line of text set at `size` points, its punctuation squeezed.

    The subset has no kerning, so widths of characters add up. Raises `Fault`.

    >>> round(width("结案率", 12), 3)    # three characters of one em each
    0.5
    >>> round(width("（推算）。", 12), 3)    # and not five: three half blanks are gone
    0.583
    """
    ems = sum(map(_advances(text, bold).__getitem__, text)) / 1000
    squeezed = sum(starmap(_squeezed, pairwise(("", *text, ""))))
    return (ems - squeezed / 2) * size / 72


def _advances(text: str, bold: bool) -> Mapping[str, int]:
    table = advances("Bold" if bold else "Regular")
    if not all(map(table.__contains__, text)):
        require_glyphs(text)
    return table


def _squeezed(before: str, after: str) -> bool:
    """Say whether half an em between two characters, or at an end of the line (""), is blank and goes."""
    if after in _WIDE_OPENING and after:
        return not before or before in _WIDE_OPENING + _WIDE_CLOSING or (after == "“" and before.isascii())
    if before in _WIDE_CLOSING and before:
        return not after or after in _WIDE_CLOSING or (before == "”" and after.isascii())
    return False


def runs(text: str, size: float, *, bold: bool = False) -> list[tuple[float, str]]:
    """Cut a line where punctuation is squeezed; each run has its start in inches from that of the line.

    >>> [run for _, run in runs("《本文》，（推算）", 12)]
    ['《本文》', '，', '（推算）']
    """
    widths = _advances(text, bold)
    cut: list[tuple[float, str]] = []
    at, joined = 0.0, ""
    for before, character in pairwise(("", *text)):
        if _squeezed(before, character):
            cut += [(at, joined)] if joined else []
            at += sum(map(widths.__getitem__, joined)) / 1000 - 0.5
            joined = ""
        joined += character
    return [(start * size / 72, run) for start, run in (*cut, (at, joined)) if run]


def pieces(text: str) -> list[tuple[str, bool]]:
    """Cut a text where a line may end; each piece says whether a space stands before it.

    Chinese may break between any two characters, but no line starts with closing punctuation, none ends with
    opening punctuation, a number keeps the measure word behind it, and a date, a range, a word that is listed
    and a gloss in an English sentence stay whole.

    >>> [piece for piece, _ in pieces("受理34765件（含旧存），至9月30日")]
    ['受理', '34765件', '（含', '旧存），', '至', '9月30日']
    >>> [piece for piece, _ in pieces("to 15 November 2021")]
    ['to', '15 November', '2021']
    """
    cut: list[tuple[str, bool]] = []
    for word in text.split():
        found = [match.group() for match in _PIECE.finditer(word) if match.group()]
        if cut and re.fullmatch(r"\d{1,2}", cut[-1][0]) and word.strip(_MARKS) in _MONTHS:
            cut[-1] = (f"{cut[-1][0]} {word}", cut[-1][1])
        else:
            cut += [(piece, index == 0 and bool(cut)) for index, piece in enumerate(found)]
    return cut


def wrap(text: str, inches: float, size: float, *, bold: bool = False) -> list[str]:
    """Return the lines of `text` at `size` points, none wider than `inches` unless one piece alone is.

    A line break in `text` is kept. An empty text has no lines. The last line takes a piece or two from the
    one before it where it would be a short word, or fewer than three Han characters. Raises
    `Fault` for a character that the typeface lacks.

    >>> wrap("Of 34765 cases accepted, 21454 are counted as closed.", 2.0, 12)
    ['Of 34765 cases accepted,', '21454 are counted', 'as closed.']
    """
    require_glyphs(text)
    return [line for paragraph in text.split("\n") for line in _wrap(pieces(paragraph), inches, size, bold)]


Pieces = list[tuple[str, bool]]


def _wrap(cut: Pieces, inches: float, size: float, bold: bool) -> list[str]:
    lines: list[Pieces] = []
    for piece in cut:
        if lines and width(_joined([*lines[-1], piece]), size, bold=bold) <= inches:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    while len(lines) > 1 and len(lines[-2]) > 1 and _is_orphan(_joined(lines[-1])):
        longer = [lines[-2][-1], *lines[-1]]
        if width(_joined(longer), size, bold=bold) > inches:
            break
        lines[-2:] = [lines[-2][:-1], longer]
    return [_joined(line) for line in lines]


def _joined(line: Pieces) -> str:
    """Return the text of a line; a space before its first piece is where the line broke."""
    return "".join(f"{' ' * (spaced and index > 0)}{piece}" for index, (piece, spaced) in enumerate(line))


def _is_orphan(line: str) -> bool:
    han = len(re.findall(f"[{_HAN}]", line))
    return han < 3 and len(re.findall(r"[^\W_]", line)) < 3 if han else " " not in line and len(line) < 10


def settle(text: str, inches: float, size: float) -> list[str]:
    """Wrap a short paragraph; where two lines hold it, the first ends with a punctuation mark if it can.

    >>> settle("移送调解16179件，截止日未载明", 2.2, 12)
    ['移送调解16179件，', '截止日未载明']
    """
    lines = wrap(text, inches, size)
    if len(lines) != 2 or "\n" in text:
        return lines
    fitting = [(first, halves) for halves, first, second, marked in _halves(text, size, False)
               if marked and inches / 6 < min(first, second) and max(first, second) <= inches]  # fmt: skip
    return max(fitting, default=(0, lines))[1]


def _halves(text: str, size: float, bold: bool) -> Iterator[tuple[list[str], float, float, bool]]:
    """Yield each way to cut a text in two: the lines, their widths, and whether the first ends in a mark."""
    cut = pieces(text)
    for at in range(1, len(cut)):
        halves = [_joined(cut[:at]), _joined(cut[at:])]
        first, second = (width(half, size, bold=bold) for half in halves)
        yield halves, first, second, cut[at - 1][0][-1] in _MARKS


def balance(text: str, inches: float, size: float, *, bold: bool = False) -> list[str]:
    """Wrap `text` to as few lines as fit `inches`, and make these as even as they can be.

    Of two lines, the first may be a good deal longer or shorter where it then ends with a punctuation mark.

    >>> balance("The printed rate follows from the printed counts", 3.0, 12)
    ['The printed rate follows', 'from the printed counts']
    >>> balance("四个比率，四个整体：一个可检验", 2.2, 12)
    ['四个比率，四个整体：', '一个可检验']
    """
    fewest = len(wrap(text, inches, size, bold=bold))
    if fewest != 2 or "\n" in text:
        return _even(text, inches, size, bold, fewest)

    def cost(half: tuple[list[str], float, float, bool]) -> float:
        _, first, second, marked = half
        return abs(first - second) - 0.35 * inches * marked + 99 * (max(first, second) > inches)

    return min(_halves(text, size, bold), key=cost)[0]


def _even(text: str, inches: float, size: float, bold: bool, fewest: int) -> list[str]:
    narrow, wide = 0.0, inches
    while wide - narrow > 0.02:
        middle = (narrow + wide) / 2
        lines = wrap(text, middle, size, bold=bold)
        fits = len(lines) <= fewest and all(width(line, size, bold=bold) <= inches for line in lines)
        narrow, wide = (narrow, middle) if fits else (middle, wide)
    return wrap(text, wide, size, bold=bold)


def height(lines: int, size: float) -> float:
    """Return the height in inches of so many lines at `size` points."""
    return lines * leading(size) / 72
