"""Where number expressions stand in a text, and what each is: a measurement, an ordinal, a date or a label.

Completeness comes before cleverness: every numeral of the text lies within exactly one expression, also the
一 of 统一 and the 15 of COP15. So whoever sorts printed figures from names and slogans can prove that none
was missed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from asprinted.faults import Fault
from asprinted.reading import Reading, expressions, read

__all__ = ["Role", "Span", "scan"]


class Role(StrEnum):
    """What a number expression is; the list is closed."""

    MEASUREMENT = "measurement"
    ORDINAL = "ordinal"
    DATE = "date"
    LABEL = "label"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One number expression of a text.

    `start` and `end` count the characters of the text from 0; `line` counts its lines from 1, `column` the
    characters of the line from 0. `text` is the expression as printed, `role` what it is. `also` holds the
    other ways to take the same place, the likelier first; it is empty where there is one way.
    """

    start: int
    end: int
    line: int
    column: int
    text: str
    role: Role
    also: tuple[Span, ...] = field(default=(), compare=False)

    @property
    def reading(self) -> Reading | None:
        """What the expression says, by `reading.read`; None for a date, a label, and what cannot be read."""
        return None if self.fault else read(self.text)

    @property
    def fault(self) -> Fault | None:
        """Why there is no reading; None where there is one."""
        if self.role in (Role.DATE, Role.LABEL):
            return Fault.of(f"a {self.role}", "a measurement or an ordinal")
        try:
            read(self.text)
        except Fault as fault:
            return fault
        return None


def scan(text: str) -> list[Span]:
    """Return every maximal number expression of a text, in the order of the text.

    Lines end at a line feed and nowhere else. Hedges, units, 连续 and 第 belong to the expression. The name
    of what is counted does not (8个 of 8个街道), unless a hedge follows it. An expression need not be
    readable: a code, or a set phrase such as 十四五, is found, and `reading.read` refuses it.

    >>> for found in scan("纠纷785件;其中783件调成,即99%"):
    ...     print(found.start, found.end, found.text, found.role.value)
    2 6 785件 measurement
    9 13 783件 measurement
    17 20 99% measurement
    """
    found, offset = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        for match in expressions(line):
            start, end = match.span()
            place = (offset + start, offset + end, number, start, line[start:end])
            found.append(Span(*place, Role.MEASUREMENT))
        offset += len(line) + 1
    return found
