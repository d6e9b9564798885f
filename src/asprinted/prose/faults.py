"""A fault of the engine in the reader's language.

Whoever raises a fault speaks English, since tables and logs do. What a page shows in Chinese is looked up in
`faults.toml`, phrase by phrase: a name in {} stands for what was typed, one in capitals for another phrase.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from asprinted.faults import MOST_TOLD, Fault, Faults, told
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language

__all__ = ["message", "phrase", "says"]

_NAME = re.compile(r"\{(\w+)\}")


def says(fault: Fault, language: Language = "en") -> str:
    """Return what was found and what was expected, as one sentence.

    >>> says(Fault.of('"many" without a numeral', "a number such as 1234件, 12.34% or 十三位"), "zh")
    '输入的是“many”，其中没有数字；应为数字，如1234件、12.34%、十三位。'
    """
    if language == "en":
        return fault.says
    return sentence("fault", "says", language, found=phrase(fault.found), expected=phrase(fault.expected))


def message(error: Fault | Faults, language: Language = "en") -> str:
    """Return the whole message of one fault, or of several, with the place of each.

    >>> message(Fault.of('"cort"', "a quantity").at(file="printed.csv", row=14, column="section"), "zh")
    'printed.csv第14行section列：读到的是“cort”；应为表示数量的数字。'
    """
    if language == "en":
        return str(error)
    if isinstance(error, Fault):
        return _placed(error)
    lines = [_placed(fault) for fault in error.faults[:MOST_TOLD]]
    rest = len(error.faults) - MOST_TOLD
    if rest > 0:
        lines.append(sentence("fault", "more", "zh", rest=str(rest)))
    outcome = phrase(error.outcome) if error.outcome else ""
    count = str(len(error.faults))
    head = sentence("fault", "several" if outcome else "counted", "zh", count=count, outcome=outcome)
    return "\n  ".join([head, *lines])


def _placed(fault: Fault) -> str:
    """Return a fault with its place, in Chinese."""
    where = {"row": fault.row, "column": told(fault.column), "line": fault.line, "start": fault.start}
    parts = [sentence("fault", name, "zh", at=str(at)) for name, at in where.items() if at not in (None, "")]
    said = sentence("fault", "read", "zh", found=phrase(fault.found), expected=phrase(fault.expected))
    place = told(fault.file) + "".join(parts)
    return f"{place}：{said}" if place else said


def phrase(english: str, language: Language = "zh") -> str:
    """Return a phrase of a fault in Chinese; one that the table lacks stays as it is, as all do in English.

    >>> phrase("a quantity"), phrase("no such phrase"), phrase("a quantity", "en")
    ('表示数量的数字', 'no such phrase', 'a quantity')
    """
    known = None if language == "en" else _known(english)
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
