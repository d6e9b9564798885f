"""Changes without a base: what went, at the end of frames of one length, as nobody printed from how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from asprinted.drawing.scene import Box, Mark, Scene, Text
from asprinted.drawing.typesetting import BODY, TITLE, leading
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language

__all__ = ["Change", "gaps"]

_LINE = leading(BODY) / 72
_BASE, _CENTRE = 0.79 * _LINE, 0.36 / 72
_FRAME, _LOW_FRAME, _IN = 0.3, 0.24, 0.09
_STRIPES = 16


class Change(NamedTuple):
    """A printed fall: its words, when, and what went as a share of what was; None where that is not printed.

    An `open` one is so much or more.
    """

    label: str
    when: str
    shown: str
    gone: float | None
    open: bool = False


def gaps(changes: Sequence[Change], across: float, language: Language, *, low: bool = False) -> Scene:
    """Return a dashed frame a change, filled at its end by what went; on a card labels stand in the frames.

    >>> scene = gaps([Change("Robbery", "year on year", "−39.8%", 0.398)], 4.0, "en")
    >>> round(next(mark.left for mark in scene.marks if isinstance(mark, Box) and mark.fill == "article"), 3)
    2.408
    """
    marks, top, tall = list[Mark](), 0.0, _LOW_FRAME if low else _FRAME
    for change in changes:
        if not low:
            marks.append(Text(0, top + _BASE, change.label, BODY, bold=True))
            marks.append(Text(across, top + _BASE, change.when, BODY, "muted", align="right"))
            top += _LINE + 0.02
        marks += _frame(change, top, across, tall)
        if low:
            marks.append(Text(_IN, top + tall / 2 + _CENTRE * BODY, change.label, BODY))
        top += tall + (0.05 if low else 0.13)
    if not low:
        top -= 0.08
        marks.append(Text(0, top + _BASE, "0", BODY, "muted"))
        before = sentence("ruler", "before", language)
        marks.append(Text(across, top + _BASE, before, BODY, "muted", align="right"))
        top += _LINE
    return Scene(across, top, tuple(marks))


def _frame(change: Change, top: float, across: float, tall: float) -> Iterator[Mark]:
    middle = top + tall / 2
    if change.gone is None:
        yield Text(across / 2, middle + _CENTRE * TITLE, "?", TITLE, "muted", bold=True, align="center")
    else:
        start = (1 - change.gone) * across
        yield Box(start, top, across - start, tall, "article")
        step = start * 0.4 / _STRIPES
        for at in range(_STRIPES if change.open else 0):
            # How much further it goes is open, which stripes say that thin out.
            wide = step * (1 - (at + 1) / (_STRIPES + 1))
            yield Box(start - (at + 1) * step, top, wide, tall, "article")
    yield Box(0, top, across, tall, "", "muted", 1.1, dashed=True)
    ink = "article" if change.gone is None else "paper"
    yield Text(across - _IN, middle + _CENTRE * BODY, change.shown, BODY, ink, bold=True, align="right")
