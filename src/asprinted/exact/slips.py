"""Slips: one wrong digit, or two neighbours that changed places, in one printed number of a relation.

A slip is one printed token changed in one way: a digit replaced by another (the first never by 0), or two
neighbours changed over, over the decimal point too, where they differ and no leading 0 arises. Hedge, unit,
scale and decimals are kept, so a hedged token keeps the width of its words, and a rate its step. Slips are
counted as if equally likely, which they are not, and nothing says that one was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from asprinted.exact.printed import End, Reading
from asprinted.exact.relations import Figures, Relation

__all__ = ["changed", "of_token"]


def changed(relation: Relation) -> Iterator[Relation]:
    """Yield the relation with each slip of each of its tokens."""
    for printed in _with_slip(relation.printed):
        yield replace(relation, printed=printed)
    for parts in _with_slip(relation.parts):
        yield replace(relation, parts=parts)
    for wholes in _with_slip(relation.wholes):
        yield replace(relation, wholes=wholes)


def _with_slip(figures: Figures) -> Iterator[Figures]:
    for at, figure in enumerate(figures):
        for slip in of_token(figure.reading):
            yield *figures[:at], replace(figure, reading=slip), *figures[at + 1 :]


def of_token(reading: Reading) -> Iterator[Reading]:
    """Yield what a printed number would say after each slip; nothing where its digits are not its value.

    >>> from asprinted import read
    >>> [str(slip.value) for slip in of_token(read("21454件"))][-4:]
    ['12454', '24154', '21544', '21445']
    >>> len(list(of_token(read("1.76万余件")))), list(of_token(read("三分之一")))
    (28, [])
    >>> [str(slip.value) for slip in of_token(read("10件"))][-3:]                # and no 01
    ['17', '18', '19']
    """
    digits = "".join(re.findall("[0-9]", reading.text))
    value = reading.value
    if not isinstance(value, Decimal) or not digits or int(digits) * reading.step != value:
        return
    for wrong in _wrong(digits):
        off = (int(wrong) - int(digits)) * reading.step
        low, high = (_moved(end, off) for end in (reading.low, reading.high))
        yield replace(reading, text=wrong, value=value + off, low=low, high=high)


def _moved(end: End, off: Decimal) -> End:
    """Return an end of what the words admit, moved; one of 0 is the words' own (不超过X), and stays."""
    return end + off if end and isinstance(end, Decimal) else end


def _wrong(digits: str) -> Iterator[str]:
    """Yield the digits with each slip."""
    for at, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit and (at or other != "0"):
                yield digits[:at] + other + digits[at + 1 :]
    for at, (one, two) in enumerate(pairwise(digits)):
        if one != two and (at or two != "0"):
            yield digits[:at] + two + one + digits[at + 2 :]
