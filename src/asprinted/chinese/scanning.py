"""Where number expressions stand in a text, and what each is: a measurement, an ordinal, a date or a label.

Completeness comes before cleverness: every numeral of the text lies within exactly one expression, also the
一 of 统一 and the 15 of COP15. So whoever sorts printed figures from names and slogans can prove that none
was missed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter

from asprinted.chinese import roles
from asprinted.chinese.grammar import GRAMMAR, IN_TEXT
from asprinted.chinese.lexicon import blanks, fold, units, without
from asprinted.chinese.reading import read
from asprinted.chinese.roles import Role
from asprinted.chinese.words import pattern
from asprinted.exact.printed import Dimension, Reading
from asprinted.faults import Fault

__all__ = ["Role", "Span", "scan"]

_UNREAD = (Role.DATE, Role.LABEL)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One number expression of a text.

    `start` and `end` count the characters of the text from 0; `line` counts its lines from 1, `column` the
    characters of the line from 0. `text` is the expression as printed, `role` what it is. `also` holds the
    other ways to take the same place, the likelier first; it is empty where there is one way. `says` is the
    expression as it is read, where the words around it say more or less than its own: 65% of 65%和3%以内 says
    65%以内, 近五年 of 近五年来 says 五年.
    """

    start: int
    end: int
    line: int
    column: int
    text: str
    role: Role
    also: tuple[Span, ...] = ()
    says: str = ""

    def __hash__(self) -> int:
        """Return what tells it from others quickly, as it is looked up often."""
        return self.start ^ hash(self.text)

    @property
    def reading(self) -> Reading | None:
        """What the expression says, by `reading.read`; None for a date, a label, and what cannot be read."""
        if self.role in _UNREAD:
            return None
        try:
            return replace(read(self.says), text=self.text) if self.says else read(self.text)
        except Fault:
            return None

    @property
    def fault(self) -> Fault | None:
        """Why there is no reading; None where there is one."""
        if self.role in _UNREAD:
            return Fault.of(f"a {self.role}", "a measurement or an ordinal")
        try:
            read(self.says or self.text)
        except Fault as fault:
            return fault
        return None


_ANY = pattern("(?P<date>{date})|(?P<name>{name})|" + GRAMMAR, re.VERBOSE, **{**IN_TEXT, **roles.PARTS})


@cache
def _any() -> tuple[re.Pattern[str], Callable[[Sequence[str | None]], Sequence[str | None]]]:
    """Return the pattern of every expression, and what takes from its groups those that tell a role."""
    return _ANY, itemgetter(*(_ANY.groupindex[group] - 1 for group in roles.GROUPS))


def scan(text: str) -> list[Span]:
    """Return every maximal number expression of a text with its role, in the order of the text.

    Lines end at a line feed and nowhere else. Hedges, units, 连续 and 第 belong to the expression. The name
    of what is counted does not (8个 of 8个街道), unless a hedge follows it. A date or time is one expression
    with all its numerals (2021年10月15日), and so is a telephone number, a score or a document's number. An
    expression need not be readable: a code, or a set phrase such as 十四五, is found, and has no reading.

    >>> for found in scan("10月15日，纠纷785件;其中783件调成,即99%"):
    ...     print(found.start, found.end, found.text, found.role.value)
    0 6 10月15日 date
    9 13 785件 measurement
    16 20 783件 measurement
    24 27 99% measurement
    """
    found, offset = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        gaps = blanks(line)
        tight = fold(without(line, gaps))
        later = [gap - earlier for earlier, gap in enumerate(gaps)]
        for match, told, other, says in _told(tight):
            first, last = match.span()
            start, end = first + bisect_right(later, first), last + bisect_right(later, last - 1)
            span = Span(offset + start, offset + end, number, start, line[start:end], told, (), says)
            found.append(span if other is None else replace(span, also=(replace(span, role=other),)))
        offset += len(line) + 1
    return found


def _told(line: str) -> list[tuple[re.Match[str], Role, Role | None, str]]:
    """Return the number expressions of a folded line: its role, the other one it may have, what it says."""
    (pattern, said), names, at = _any(), roles.zones(line), 0
    found: list[tuple[re.Match[str], Role, Role | None, str]] = []
    for match in pattern.finditer(line):
        while at < len(names) and names[at].end <= match.start():
            at += 1
        zone = names[at] if at < len(names) and names[at].start <= match.start() else None
        groups = said(match.groups())
        says = _says(line, match, groups) if groups[_BEFORE] or groups[_TO] else ""
        found.append((match, *roles.role(line, match, groups, zone), says))
        if groups[_AFTER]:
            _share(line, found)
    return found


_BEFORE, _AFTER, _TO = map(roles.GROUPS.index, ("before", "after", "to"))
_NOT_BARE = "before more after second half to".split()
_SHARED = frozenset(("以内", "以上", "以下"))
_LAST_YEARS = pattern("{of_last}")
_JOINED = pattern("{joined}")


def _says(line: str, match: re.Match[str], groups: Sequence[str | None]) -> str:
    """Return what a ratio says, with the sign of one, or the number of the last years; else "", its text."""
    if groups[_TO]:
        return match[0].replace(":", "∶").replace("：", "∶")
    if groups[_BEFORE] != "近":
        return ""
    lasts = units().get(match["unit"] or "%", units()["%"]).dimension is Dimension.DURATION
    return match[0].replace("近", "", 1) if lasts and _LAST_YEARS.match(line, match.end()) else ""


def _share(line: str, found: list[tuple[re.Match[str], Role, Role | None, str]]) -> None:
    """Give the hedge behind the last number to those before it of which it holds too: 65%和3%以内."""
    last = found[-1][0]
    if last["after"] not in _SHARED:
        return
    number, unit, hedge = last["number"], last["unit"], last["after"]
    for at in range(len(found) - 2, -1, -1):
        (match, role, other, says), follows = found[at], found[at + 1][0]
        if says or role is not Role.MEASUREMENT or match["unit"] != unit or match["number"] == number:
            return
        if any(match[group] for group in _NOT_BARE) or match[0][0] in "-负":
            return
        if not _JOINED.fullmatch(line, match.end(), follows.start()):
            return
        found[at] = match, role, other, match[0] + hedge
