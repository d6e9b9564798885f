"""What a written text may not type: digits and number words, and claims that carry no proof.

A text is read without its placeholders, code, links to notebooks, numbers of rows (N15) and of a list,
without exact phrases that a collection excepts, and without set words that only look like numbers. The lists
are data (`lint.toml`).
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from asprinted.prose.writing import Language

_HOLE = re.compile(r"\{[^{}]*\}")
_CODE = re.compile(
    r"`[^`]*`|\[[^\]]*\]\([^)]*\.ipynb[^)]*\)|\]\([^)]*\)|<[^<>]*>|(?m:^\d\. )"
    r"|(?<![A-Za-z0-9])[A-Z]\d{1,3}(?![A-Za-z0-9])"
)
_DIGITS = re.compile(r"[0-9０-９][0-9０-９.,:%‰/–-]*")


@cache
def _words() -> dict[str, dict[str, Any]]:
    with (resources.files("asprinted.collection") / "lint.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _pattern(language: Language, kind: str) -> re.Pattern[str]:
    return re.compile(_words()[language][kind].strip(), re.VERBOSE | re.IGNORECASE)


def _bare(text: str, language: Language, exceptions: Iterable[str]) -> str:
    """Return a text without holes, code and addresses, excepted phrases and set words."""
    text = _CODE.sub(" ", _HOLE.sub("\N{OBJECT REPLACEMENT CHARACTER}", text))
    return _phrases(language, tuple(exceptions)).sub(" ", text)


@cache
def _phrases(language: Language, exceptions: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds excepted phrases and set words, the longer before those within them."""
    longest_first = sorted((*exceptions, *_words()[language]["set_words"]), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)


def typed(text: str, language: Language, exceptions: Iterable[str] = ()) -> list[str]:
    """Return the digits and number words that a text types instead of naming what they count.

    >>> typed("Of {near:count} rates two thirds are higher, 61.71% among them.", "en")
    ['61.71%', 'two', 'thirds']
    >>> typed("共{near:count}个，约七成更高", "zh"), typed("per 1,000 residents", "en", ["per 1,000"])
    (['七成'], [])
    """
    bare = _bare(text, language, exceptions)
    found = [*_DIGITS.findall(bare), *_pattern(language, "numbers").findall(bare)]
    return [word for word in found if word]


def claimed(text: str, language: Language, exceptions: Iterable[str] = ()) -> list[str]:
    """Return the words of a text that compare or count, so that prose, which has no proof, may not say them.

    >>> claimed("Each is higher than the others.", "en"), claimed("均低于所见各值", "zh")
    (['Each', 'higher'], ['均', '低于'])
    """
    return _pattern(language, "claiming").findall(_bare(text, language, exceptions))


def judged(text: str, language: Language, exceptions: Iterable[str] = ()) -> list[str]:
    """Return the words of a text that compare, count or judge, so that it needs a proof or a source.

    >>> judged("None of the rates found is lower.", "en"), judged("所见比率均更高", "zh")
    (['None', 'lower'], ['均', '更高'])
    """
    judging = _pattern(language, "judging").findall(_bare(text, language, exceptions))
    return [*claimed(text, language, exceptions), *judging]
