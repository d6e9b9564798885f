"""Where number expressions stand in an English text, and what each is; of numerals those in digits alone."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from asprinted.english.lexicon import hedges, scales, signs, units

__all__ = ["scan"]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_ALONE = r"(?![\w%]|[.,:/-][0-9])"


def scan(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each number expression begins and ends, and what it is: as roles are named.

    Hedge, scale and a unit that is known belong to it. Every digit of the text lies within exactly one.

    >>> text = "In 2024 more than 1.2 million people came; 3rd, 80% of COP15, 5 May."
    >>> [(text[start:end], role) for start, end, role in scan(text)]     # doctest: +NORMALIZE_WHITESPACE
    [('2024', 'date'), ('more than 1.2 million people', 'measurement'), ('3rd', 'ordinal'),
     ('80%', 'measurement'), ('COP15', 'label'), ('5 May', 'date')]
    """
    for found in _pattern().finditer(text):
        yield found.start(), found.end(), str(found.lastgroup)


def _one_of(words: Iterable[str]) -> str:
    """Return a pattern of the longest word that stands there."""
    return "|".join(map(re.escape, sorted(words, key=lambda each: (-len(each), each))))


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a number expression; of its groups one matches, its role."""
    hedge, scale, unit = (
        _one_of(each) for each in ([*hedges()], [*scales()], units().keys() - {"%", *signs()})
    )
    tail = rf"(?:\ (?:{scale})(?!\w))?(?:%|\ (?:{unit})(?!\w))?"
    return re.compile(
        rf"""(?<![\w.,:/-])(?:
        (?P<date>[0-9]{{1,2}}\ (?:{_MONTHS})(?:\ [0-9]{{4}})?\b
            |(?:{_MONTHS})\ [0-9]{{1,2}}(?:,\ [0-9]{{4}})?{_ALONE}|(?:{_MONTHS})\ [0-9]{{4}}\b
            |(?:19|20)[0-9]{{2}}{_ALONE}(?!\ (?:{scale}|{unit})\b))
        |(?P<ordinal>[0-9]+(?:st|nd|rd|th)\b)
        |(?P<measurement>between\ {_NUMBER}\ and\ {_NUMBER}{tail}{_ALONE}
            |(?:(?:{hedge})\ )?(?:{_one_of(signs())})?{_NUMBER}{tail}{_ALONE})
        )|(?P<label>[\w-]*[0-9](?:[\w.,:/-]*\w)?)""",
        re.VERBOSE | re.IGNORECASE | re.ASCII,
    )
