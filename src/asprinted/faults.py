"""What is wrong, where, and what was expected there: the one error of the project, alone and in numbers.

Whoever finds a fault knows best what was expected; whoever read the file knows best where it stands. So a
fault is raised with what was found and expected, and gets its place on the way up (`at`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Any

__all__ = ["Fault", "Faults", "hidden", "near", "quote"]

MOST_TOLD = 20
"""Faults of one file that are told; the others are counted."""

LONGEST = 300
"""Characters of what was found, or expected, that are told; what lies in the middle is counted."""

_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_HIDES = re.compile(r"[^\x20-\x7e\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u3000-\u9fff\uff01-\uffef]")
"""What may be a hidden character; the look-up in the tables of Unicode is slow."""


@dataclass(eq=True, unsafe_hash=True)
class Fault(ValueError):  # noqa: N818 - one of a list is no error yet
    """One thing that is wrong, where it is, and what was expected there.

    file: the file's name, "" where no file is meant. row: the row as a spreadsheet counts, the header is row
    1; None where the whole file is meant. column: the column's name, or the name of an entry or a part.
    found, expected: phrases, ready to be read in a sentence. line, start: the place in a text, where one is
    meant: lines from 1, characters from 0.

    >>> print(Fault("printed.csv", 14, "section", '"cort"', "one of court, police"))
    printed.csv, row 14, column section: found "cort", expected one of court, police.
    >>> print(Fault.of('"0871"', "a quantity").at(file="printed.csv", row=3, column="as_printed"))
    printed.csv, row 3, column as_printed: found "0871", expected a quantity.
    """

    file: str
    row: int | None
    column: str
    found: str
    expected: str
    line: int | None = None
    start: int | None = None

    @classmethod
    def of(cls, found: str, expected: str, column: str = "") -> Fault:
        """Return a fault that has no file yet; `column` is the part of the input that it speaks of."""
        return cls("", None, column, found, expected)

    def at(self, **place: Any) -> Fault:
        """Return the same fault at a place: `file`, `row`, `column`, `line`, `start`."""
        return replace(self, **place)

    @property
    def place(self) -> str:
        """Where in the file, in words; "" where the whole file is meant."""
        column = _told(self.column)
        parts = [f"row {self.row}" if self.row else "", f"column {column}" if column else ""]
        if self.line is not None:
            parts.append(f"line {self.line} of the text")
        if self.start is not None:
            parts.append(f"character {self.start}")
        return ", ".join(part for part in parts if part)

    @property
    def says(self) -> str:
        """What was found and what was expected, as one sentence."""
        return f"found {_told(self.found)}, expected {_told(self.expected)}."

    def __str__(self) -> str:
        """Return file, place, and what is wrong there, in one line without hidden characters."""
        where = ", ".join(part for part in (_told(self.file), self.place) if part)
        return f"{where}: {self.says}" if where else self.says

    def __reduce__(self) -> tuple[type[Fault], tuple[Any, ...]]:
        """Let a fault pass between processes whole."""
        return type(self), tuple(getattr(self, field.name) for field in fields(self))


class Faults(Exception):  # noqa: N818 - it carries every fault at once
    """Every fault of every file, raised once.

    faults: the faults, in order. outcome: what happened because of them, for the first line of the message.

    >>> print(Faults([Fault("printed.csv", 52, "as_printed", '"0.99"', 'a token, such as "99%"')]))
    printed.csv has 1 fault; nothing was written.
      row 52, column as_printed: found "0.99", expected a token, such as "99%".
    """

    def __init__(self, faults: Iterable[Fault], outcome: str = "nothing was written") -> None:
        # Whoever looks in several ways finds the same fault again.
        self.faults = tuple(dict.fromkeys(faults))
        self.outcome = outcome
        super().__init__(self.message())

    def message(self) -> str:
        """Return the whole message: a line that counts, then a line a fault, by file; many are counted."""
        by_file: dict[str, list[Fault]] = {}
        for fault in self.faults:
            by_file.setdefault(fault.file, []).append(fault)
        count = f"{len(self.faults):,} fault{'s' * (len(self.faults) != 1)}"
        tail = f"; {self.outcome}." if self.outcome else "."
        alone = len(by_file) == 1
        head = f"{_told(next(iter(by_file)))} has" if alone else ""
        lines = [f"{head} {count}{tail}" if alone else f"{count} in {len(by_file)} files{tail}"]
        for file, faults in by_file.items():
            for fault in faults[:MOST_TOLD]:
                lines.append("  " + str(fault.at(file="") if alone else fault))
            if len(faults) > MOST_TOLD:
                where = "" if alone else f"{_told(file)}: "
                lines.append(f"  {where}and {len(faults) - MOST_TOLD:,} more.")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[Faults], tuple[tuple[Fault, ...], str]]:
        """Let faults pass between processes whole."""
        return type(self), (self.faults, self.outcome)


def hidden(text: str, *allowed: str) -> str:
    r"""Return the code of the first character that no reader sees, such as a control or a right-to-left mark.

    "" where there is none. A line end is one: a cell has one line.

    >>> hidden("99%"), hidden("99%\N{RIGHT-TO-LEFT OVERRIDE}"), hidden("one\ntwo"), hidden("one\ntwo", "\n")
    ('', 'U+202E', 'U+000A', '')
    """
    for found in _HIDES.finditer(text):
        if unicodedata.category(found[0]) in _HIDDEN and found[0] not in allowed:
            return f"U+{ord(found[0]):04X}"
    return ""


def _told(text: str) -> str:
    """Return a text as a message tells it: a long one without its middle, a hidden character as its code."""
    if len(text) > LONGEST:
        left_out = len(text) - LONGEST
        text = f"{text[: LONGEST - 40]} … ({left_out:,} characters left out) … {text[-40:]}"
    return _HIDES.sub(lambda found: f"<{code}>" if (code := hidden(found[0])) else found[0], text)


def quote(text: str) -> str:
    """Return the text in quotation marks, or the word for an empty cell, for a fault's `found`.

    >>> quote("99%"), quote("")
    ('"99%"', 'an empty cell')
    """
    return f'"{text}"' if text else "an empty cell"


def near(name: str, known: Iterable[str], shown: str = "{!r}") -> str:
    """Return a hint at the known name that is nearest to a mistyped one, "" where none is near.

    >>> near("books_len", ["books_lent", "visits"])
    "; near to it is 'books_lent'"
    """
    found = get_close_matches(name, list(known), n=1)
    return f"; near to it is {shown.format(found[0])}" if found else ""
