"""Where number expressions stand in a text, by the grammar of `reading`; nothing of what they mean.

Completeness comes before cleverness: every numeral of the text lies within exactly one expression, also the
一 of 统一 and the 15 of COP15. So whoever sorts printed figures from names and slogans can prove that none
was missed.
"""

from dataclasses import dataclass

from asprinted.reading import expressions


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One number expression: its line (from 1), its first character there (from 0), its text as printed."""

    line: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """The position behind the last character."""
        return self.start + len(self.text)


def scan(text: str) -> list[Found]:
    """Return every maximal number expression of a text, in the order of the text.

    Lines end at a line feed and nowhere else. Hedges, units, 连续 and 第 belong to the expression. The name
    of what is counted does not (8个 of 8个街道), unless a hedge follows it. An expression need not be
    readable: a code, or a set phrase such as 十四五, is found, and `reading.read` refuses it.

    >>> for found in scan("纠纷785件;其中783件调成,即99%"):
    ...     print(found.line, found.start, found.end, found.text)
    1 2 6 785件
    1 9 13 783件
    1 17 20 99%
    """
    return [
        Found(number, match.start(), line[match.start() : match.end()])
        for number, line in enumerate(text.split("\n"), start=1)
        for match in expressions(line)
    ]
