"""Counts drawn one by one: a dot a case, a tick a number that may be meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from asprinted.drawing.scene import Box, Dot, Line, Mark, Scene, Text
from asprinted.drawing.typesetting import BODY, leading, width
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language, count

__all__ = ["Pile", "Span", "barcode", "piles", "remainder"]

_LINE = leading(BODY) / 72
_BASE = 0.79 * _LINE
_BAR = 0.2
_RULES = {"nearest": "nearest", "truncation": "truncation"}


class Span(NamedTuple):
    """The whole numbers from `low` to `high` that a rule admits, in words."""

    low: int
    high: int
    rule: str
    label: str = ""


class Pile(NamedTuple):
    """So many dots of one colour under their words."""

    label: str
    number: int
    color: str
    printed: bool = True


def _grid(number: int, across: float, step: float, top: float, color: str, hollow: int = 0) -> Iterator[Dot]:
    """Yield so many dots row by row, the last `hollow` of them hollow."""
    columns = int(across / step)
    for at in range(number):
        x, y = (at % columns + 0.5) * step, top + (at // columns + 0.5) * step
        derived = at >= number - hollow
        yield Dot(x, y, step * 0.38, "paper" if derived else color, color, 1.2 if derived else 0.0)


def _tall(number: int, across: float, step: float) -> float:
    return -(-number // int(across / step)) * step


def remainder(
    whole: int, left: int, spans: Sequence[Span], across: float, language: Language, *, low: bool = False
) -> Scene:
    """Return a whole as dots, what is left of it hollow, over the numbers left that each rule would admit.

    >>> scene = remainder(785, 2, [Span(4, 11, "nearest"), Span(1, 7, "truncation")], 4.6, "en")
    >>> dots = [mark for mark in scene.marks if isinstance(mark, Dot)]
    >>> len(dots), [dot.fill for dot in dots[-3:]]
    (786, ['paper', 'paper', 'paper'])
    """
    step = 0.072 if low else 0.118
    marks: list[Mark] = list(_grid(whole, across, step, 0, "article", left))
    top = _tall(whole, across, step) + (0.03 if low else 0.1)
    marks.append(Text(0, top + _BASE, sentence("counted", "asked", language), BODY, bold=True))
    top += _LINE + (0.07 if low else 0.12)
    most = max(span.high for span in spans) + 1
    unit = across / (most + 1)
    x = (left + 0.5) * unit
    for number, span in enumerate(spans):
        begin, end = span.low * unit, (span.high + 1) * unit
        marks.append(Box(begin, top + number * (_BAR + 0.02), end - begin, _BAR, _RULES[span.rule]))
        base = top + number * (_BAR + 0.02) + _BAR / 2 + 0.36 * BODY / 72
        # Words stand right of the line where it runs through their bar.
        middle = (max(begin, x) + end) / 2 if x < end else (begin + end) / 2
        marks.append(Text(middle, base, span.label, BODY, "paper", bold=True, align="center"))
    bottom = top + len(spans) * (_BAR + 0.02)
    marks += [
        Line(x, top - 0.03, x, bottom + 0.04, "paper", 4.0),
        Line(x, top - 0.03, x, bottom + 0.04, "ink", 1.6),
    ]
    marks.append(Dot(x, top - 0.03, 0.06, "paper", "article", 1.6))
    for number in range(most + 1):
        look = ("ink", True) if number == left else ("muted", False)
        marks.append(
            Text((number + 0.5) * unit, bottom + 0.05 + _BASE, str(number), BODY, *look, align="center")
        )
    return Scene(across, bottom + 0.05 + _LINE, tuple(marks))


def barcode(spans: Sequence[Span], across: float, language: Language, *, low: bool = False) -> Scene:
    """Return a tick for each number that the first span admits; those of the others stand up.

    >>> scene = barcode([Span(201, 399, ""), Span(290, 292, "nearest")], 4.6, "en")
    >>> lines = [mark for mark in scene.marks if isinstance(mark, Line)]
    >>> len(lines), sum(line.color == "article" for line in lines)
    (199, 3)
    """
    wide, *close = spans
    standing = {number for span in close for number in range(span.low, span.high + 1)}
    unit, tall = across / (wide.high - wide.low + 1), 0.5 if low else 0.75
    marks, middle, top = list[Mark](), 0.0, _LINE + 0.12
    for number in range(wide.low, wide.high + 1):
        x, up = (number - wide.low + 0.5) * unit, number in standing
        color, out = ("article", 0.12) if up else ("line", 0.0)
        marks.append(Line(x, top - out, x, top + tall + out, color, 1.4 if up else 0.7))
    if standing:
        middle = ((min(standing) + max(standing)) / 2 - wide.low + 0.5) * unit
        ends = "–".join(count(end, language) for end in (min(standing), max(standing)))
        marks.append(Text(middle, top - 0.16, ends, BODY, "article", bold=True, align="center"))
    bottom = top + tall
    for number, x, side in ((wide.low, 0.0, "left"), (wide.high, across, "right")):
        base = bottom + 0.04 + _BASE
        marks.append(
            Text(x, base, count(number, language), BODY, "muted", align="left" if side == "left" else "right")
        )
    base = bottom + 0.16 + _BASE
    for span in close:
        half = width(span.label, BODY, bold=True) / 2
        at = min(max(middle, half), across - half)
        marks.append(Text(at, base, span.label, BODY, _RULES[span.rule], bold=True, align="center"))
        base += _LINE
    marks.append(Text(0, base, wide.label, BODY, "muted"))
    return Scene(across, base + 0.21 * _LINE, tuple(marks))


def piles(given: Sequence[Pile], across: float, *, low: bool = False) -> Scene:
    """Return a pile of dots a row, each under its words.

    >>> scene = piles([Pile("round", 3, "nearest"), Pile("cut", 1, "truncation", printed=False)], 2.0)
    >>> [mark.fill for mark in scene.marks if isinstance(mark, Dot)]
    ['nearest', 'nearest', 'nearest', 'paper']
    """
    step, marks, top = 0.13 if low else 0.16, list[Mark](), 0.0
    for label, group in groupby(given, lambda pile: pile.label):
        marks.append(Text(0, top + _BASE, label, BODY, bold=True))
        top += _LINE + 0.03
        for pile in group:
            marks += _grid(pile.number, across, step, top, pile.color, 0 if pile.printed else pile.number)
            top += _tall(pile.number, across, step)
        top += 0.03 if low else 0.1
    return Scene(across, top, tuple(marks))
