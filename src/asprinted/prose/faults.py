"""A fault of the engine in the reader's language.

Whoever raises a fault speaks English, since tables and logs do. What a page shows in Chinese is looked up in
`faults.toml`, phrase by phrase: a name in {} stands for what was typed, one in capitals for another phrase.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from asprinted.faults import Fault, told
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language

__all__ = ["phrase", "says"]

_NAME = re.compile(r"\{(\w+)\}")


def says(fault: Fault, language: Language = "en") -> str:
    """Return what was found and what was expected, as one sentence.

    >>> says(Fault.of('"many" without a numeral', "a number such as 1234件, 12.34% or 十三位"), "zh")
    '输入的是“many”，其中没有数字；应为数字，如1234件、12.34%、十三位。'
    """
    if language == "en":
        return fault.says
    return sentence("fault", "says", language, found=phrase(fault.found), expected=phrase(fault.expected))


def phrase(english: str) -> str:
    """Return a phrase of a fault in Chinese; one that the table lacks stays as it is.

    >>> phrase("a quantity"), phrase("no such phrase")
    ('表示数量的数字', 'no such phrase')
    """
    known = _known(english)
    return english if known is None else known


def _known(english: str) -> str | None:
    exact, patterns = _phrases()
    if english in exact:
        return exact[english]
    for pattern, chinese in patterns:
        if found := pattern.fullmatch(english):
            parts = found.groupdict().items()
            given = {name: _known(part) if name.isupper() else _typed(part) for name, part in parts}
            if None not in given.values():
                return chinese.format(**given)
    return None


def _typed(text: str) -> str:
    """Return what somebody typed, in Chinese quotation marks where it was quoted."""
    return re.sub('"([^"]*)"', "“\\1”", told(text))


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Return the phrases that hold nothing typed, and the patterns of the others."""
    table = tomllib.loads(files("asprinted.prose").joinpath("faults.toml").read_text(encoding="utf-8"))
    exact = {english: chinese for english, chinese in table.items() if not _NAME.search(english)}
    return exact, [(_pattern(english), table[english]) for english in table if english not in exact]


def _pattern(english: str) -> re.Pattern[str]:
    parts = _NAME.split(english)
    parts[::2] = map(re.escape, parts[::2])
    parts[1::2] = (f"(?P<{name}>.+?)" for name in parts[1::2])
    return re.compile("".join(parts), re.DOTALL)
