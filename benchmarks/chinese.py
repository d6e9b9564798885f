"""Write docs/performance.zh.md: docs/performance.md, phrase by phrase in Chinese, its numbers carried over.

`python -m benchmarks.chinese` asks for what has no Chinese yet. Numbers are no part of a phrase: what is
measured again is said again.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import typer

from asprinted.collection.collection import Collection
from asprinted.collection.files import read_text, replace
from asprinted.faults import Fault, quote, refuse
from benchmarks.texts import FOLDERS

PHRASES = Path(__file__).with_suffix(".toml")
NUMBER = r"\d{4}-\d\d-\d\d|(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)*"
_AS_IT_IS = re.compile(rf"[^A-Za-z]*|`[^`]+`|\d+_\w+|{'|'.join(FOLDERS)}")
"""What says nothing in English: numbers, code, the names of texts and of their sets."""

_SENTENCES = re.compile(r"(?<=\.)\s+(?=[A-Z`*\d])")
_MISSED = re.compile(r"\*\*(\d+ goals? (?:is|are) missed): (.+)\.\*\*")
_IN = re.compile(r"(.+) \((quality: \w+)\)")


def main() -> None:
    """Write docs/performance.zh.md."""
    write(Collection.find().home)
    typer.echo("Written: docs/performance.zh.md")


def write(root: Path) -> None:
    """Write the page in Chinese beside the English one; Faults with each phrase that has no Chinese."""
    page = root / "docs" / "performance.md"
    replace({page.with_suffix(".zh.md"): translated(read_text(page, "the page"))})


def translated(page: str) -> str:
    """Return the page in Chinese. Raises Faults with each phrase that has none."""
    missing = dict[str, None]()

    def told(phrase: str) -> str:
        found = said(phrase)
        if not found:
            missing[phrase] = None
        return found

    made = "\n\n".join(_block(block, told) for block in page.strip().split("\n\n")) + "\n"
    refuse(
        [Fault(PHRASES.name, None, "", f"no Chinese of {quote(each)}", "a line for it") for each in missing]
    )
    return made


def _block(block: str, told: Callable[[str], str]) -> str:
    """Return a heading, a table or a paragraph, each phrase of it as it is told."""
    if block.startswith("#"):
        level, _, heading = block.partition(" ")
        return f"{level} {told(heading)}"
    if not block.startswith("|"):
        return "".join(map(told, _SENTENCES.split(" ".join(block.splitlines()))))
    head, line, *rows = block.splitlines()
    return "\n".join([_row(head, told), line, *(_row(row, _body(told)) for row in rows)])


def _row(row: str, told: Callable[[str], str]) -> str:
    return (
        "| " + " | ".join(told(cell.strip()) if cell.strip() else "" for cell in row[1:-1].split("|")) + " |"
    )


def _body(told: Callable[[str], str]) -> Callable[[str], str]:
    """Return how a cell below the head is told: there `seen` is a set of texts."""
    return lambda cell: cell if cell in FOLDERS else told(cell)


@cache
def said(phrase: str) -> str:
    """Return a phrase in Chinese, "" where it has none.

    >>> said("at most 1.6 S: **missed**"), said("289 of 351"), said("no such phrase")
    ('不超过1.6 S：**未达到**', '289（共351）', '')
    """
    phrases, patterns = _phrases()
    if phrase in phrases or _AS_IT_IS.fullmatch(phrase):
        return phrases.get(phrase, phrase)
    if missed := _MISSED.fullmatch(phrase):
        goals = [_goal(each) for each in missed[2].split("; ")]
        return f"**{said(missed[1])}：{'；'.join(goals)}。**" if all(goals) else ""
    found = ((pattern.fullmatch(phrase), chinese) for pattern, chinese in patterns)
    return next((_filled(chinese, match) for match, chinese in found if match), "")


def _goal(name: str) -> str:
    """Return what misses its goal, and the section that it stands in."""
    inside = _IN.fullmatch(name)
    return f"{said(inside[1])}（{said(inside[2].capitalize())}）" if inside else said(name)


def _filled(chinese: str, match: re.Match[str]) -> str:
    """Return Chinese with what stands in the holes of the English, those of either kind in their order."""
    held = {kind: iter([match[name] for name in match.re.groupindex if name[0] == kind]) for kind in "nx"}
    return re.sub("[#…]", lambda hole: next(held["n" if hole[0] == "#" else "x"]), chinese)


@cache
def _phrases() -> tuple[Mapping[str, str], Sequence[tuple[re.Pattern[str], str]]]:
    """Return the phrases, and those with numbers as patterns."""
    phrases = tomllib.loads(read_text(PHRASES, "the phrases"))
    return phrases, [(_pattern(english), chinese) for english, chinese in phrases.items() if "#" in english]


def _pattern(english: str) -> re.Pattern[str]:
    parts = [
        f"(?P<n{at}>{NUMBER})" if part == "#" else f"(?P<x{at}>.+?)" if part == "…" else re.escape(part)
        for at, part in enumerate(re.split("([#…])", english))
    ]
    return re.compile("".join(parts))


if __name__ == "__main__":
    typer.run(main)
