"""What becomes of each test under each rule: a row a test, a column a rule, and how many pass below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from asprinted.drawing.scene import Box, Dot, Line, Mark, Scene, Text, cross
from asprinted.drawing.typesetting import BODY, SMALL, balance, leading, width
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language

__all__ = ["RULES", "Test", "narrowest", "outcomes"]

RULES = {"nearest": "nearest", "truncation": "truncation", "average": "truncation"}
"""The columns, and the colour of each; the last is cutting by a headcount that is an average."""

_COLUMN, _LINE, _PAD = 0.82, leading(BODY) / 72, 0.08
_ROW, _LOW = _LINE + leading(SMALL) / 72 + 0.12, _LINE


class Test(NamedTuple):
    """A test: its name, what it computes from, what is printed, and whether it passes under each rule.

    Over `hedged` inputs a result that fits is not excluded, which is less. A number may be left out, and the
    last rule, where no test divides by a headcount.
    """

    name: str
    counts: str
    printed: str
    passes: tuple[bool, ...]
    hedged: bool = False


def narrowest(tests: Sequence[Test]) -> float:
    """Return how wide a picture has to be for the names of tests, in inches, where numbers are left out."""
    names = max(width(test.name, BODY, bold=True) for test in tests)
    return names + 2 * _PAD + 0.1 + _COLUMN * len(_rules(tests))


def _rules(tests: Sequence[Test]) -> dict[str, str]:
    return dict(islice(RULES.items(), len(tests[0].passes)))


def outcomes(tests: Sequence[Test], across: float, language: Language, *, low: bool = False) -> Scene:
    """Return the tests with a mark under each rule: filled what follows, hollow what is not excluded.

    A cross fails. The column of the average, which is not printed, is dashed. A `low` one leaves counts out.

    >>> test = Test("People's mediation", "783 of 785", "99%", (False, True, True))
    >>> [mark.text for mark in outcomes([test], 4.6, "en", low=True).marks if isinstance(mark, Text)][-3:]
    ['0 of 1', '1 of 1', '1 of 1']
    """
    rules = _rules(tests)
    middles = [across - _COLUMN * (len(rules) - at - 0.5) for at in range(len(rules))]
    heads = [balance(sentence("outcomes", rule, language), _COLUMN, BODY, bold=True) for rule in rules]
    gap = 0.03 if low else 0.06
    top = max(map(len, heads)) * _LINE + 2 * gap
    marks = list(_headed(heads, middles, rules.values(), top - gap))
    for number, test in enumerate(tests):
        tall = _LOW if low else _ROW
        if number % 2 == 0:
            marks.append(Box(0, top, across, tall, "ground"))
        marks += _row(test, top, tall, across - _COLUMN * len(rules), low)
        for passes, x, color in zip(test.passes, middles, rules.values(), strict=True):
            marks += _mark(x, top + tall / 2, passes, color, 0.085 if low else 0.105, hedged=test.hedged)
        top += tall
    base = top + gap + 0.79 * _LINE
    marks.append(Text(_PAD, base, sentence("outcomes", "pass", language), BODY, bold=True))
    for at, (x, color) in enumerate(zip(middles, rules.values(), strict=True)):
        passed, all_of = str(sum(test.passes[at] for test in tests)), str(len(tests))
        told = sentence("outcomes", "of", language, part=passed, whole=all_of)
        marks.append(Text(x, base, told, BODY, color, bold=True, align="center"))
    tall = base + gap + (0.04 if low else 0.06)
    if len(rules) == len(RULES):
        marks.append(
            Box(across - _COLUMN + 0.02, 0.01, _COLUMN - 0.03, tall - 0.02, "", "ink", 1.2, dashed=True)
        )
    return Scene(across, tall, tuple(marks))


def _headed(
    heads: Iterable[list[str]], middles: Iterable[float], colors: Iterable[str], bottom: float
) -> Iterator[Mark]:
    for lines, x, color in zip(heads, middles, colors, strict=True):
        for number, line in enumerate(lines):
            base = bottom - (len(lines) - number - 0.79) * _LINE
            yield Text(x, base, line, BODY, color, bold=True, align="center")


def _row(test: Test, top: float, tall: float, right: float, low: bool) -> Iterator[Mark]:
    """Yield the words of a test: its name over its counts, and what is printed, in the article's colour."""
    middle = top + tall / 2 + 0.36 * BODY / 72
    base = middle if low else top + 0.06 + 0.79 * _LINE
    yield Text(_PAD, base, test.name, BODY, bold=True)
    if not low:
        yield Text(_PAD, base + leading(SMALL) / 72, test.counts, SMALL, "muted")
    # A number stands in the middle where both lines leave room for it, else on the shorter of them.
    free = right - 2 * _PAD - width(test.printed, BODY, bold=True)
    under = low or width(test.counts, SMALL) <= free
    over = width(test.name, BODY, bold=True) <= free
    level = middle if under and over else base if over else base + leading(SMALL) / 72
    if test.printed:
        yield Text(right - 0.04, level, test.printed, BODY, "article", bold=True, align="right")


def _mark(x: float, y: float, passes: bool, color: str, radius: float, *, hedged: bool) -> Iterator[Mark]:
    if not passes:
        yield from cross(x - 0.075, y - 0.075, 0.15, "ink", 3.2)
        return
    yield Dot(x, y, radius, "paper" if hedged else color, color, 1.6)
    ink = color if hedged else "paper"
    yield Line(x - 0.05, y, x - 0.015, y + 0.04, ink, 1.8)
    yield Line(x - 0.015, y + 0.04, x + 0.055, y - 0.04, ink, 1.8)
