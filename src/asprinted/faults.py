"""What is wrong, where, and what was expected there: the one error of the project, alone and in numbers.

Whoever finds a fault knows best what was expected; whoever read the file knows best where it stands. So a
fault is raised with what was found and expected, and gets its place on the way up (`at`, `placed`).

Faults are gathered in one way, which has two halves: a check yields what it finds and knows of no other;
whoever has the file keeps in `Gathered` what checks yield (`extend`) and what is raised (`at`), and all of it
is raised at the end. `refuse` does so for what a check alone finds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Any

__all__ = ["Fault", "Faults", "Gathered", "hidden", "near", "placed", "quote", "refuse", "told"]

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

    def within(self, **place: Any) -> Fault:
        """Return the same fault with what it lacks of a place: what it names itself stays."""
        return self.at(**{name: part for name, part in place.items() if getattr(self, name) in (None, "")})

    @property
    def place(self) -> str:
        """Where in the file, in words; "" where the whole file is meant."""
        column = told(self.column)
        parts = [f"row {self.row}" if self.row else "", f"column {column}" if column else ""]
        if self.line is not None:
            parts.append(f"line {self.line} of the text")
        if self.start is not None:
            parts.append(f"character {self.start}")
        return ", ".join(part for part in parts if part)

    @property
    def says(self) -> str:
        """What was found and what was expected, as one sentence."""
        return f"found {told(self.found)}, expected {told(self.expected)}."

    def __str__(self) -> str:
        """Return file, place, and what is wrong there, in one line without hidden characters."""
        where = ", ".join(part for part in (told(self.file), self.place) if part)
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
        named = next(iter(by_file), "")
        head = f"{told(named)} has " if named else ""
        lines = [f"{head}{count}{tail}" if alone else f"{count} in {len(by_file)} files{tail}"]
        for file, faults in by_file.items():
            for fault in faults[:MOST_TOLD]:
                lines.append("  " + str(fault.at(file="") if alone else fault))
            if len(faults) > MOST_TOLD:
                where = "" if alone else f"{told(file)}: "
                lines.append(f"  {where}and {len(faults) - MOST_TOLD:,} more.")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[Faults], tuple[tuple[Fault, ...], str]]:
        """Let faults pass between processes whole."""
        return type(self), (self.faults, self.outcome)


class Gathered:
    """The faults of a file, or of several, that `with` raises as one `Faults` at its end, if there is any.

    A fault that is raised within the block ends it and is told with the others; of one that is raised within
    `at` the rest of the block knows nothing. A fault that names no file gets this one. `columns`: those of
    the table; a fault that names another part gets the column of `at`.

    >>> with Gathered("printed.csv") as faults:
    ...     with faults.at(row=52, column="as_printed"):
    ...         raise Fault.of('"0.99"', 'a token, such as "99%"')
    ...     faults.add('"cort"', "one of court, police", "section", 53)
    Traceback (most recent call last):
    asprinted.faults.Faults: printed.csv has 2 faults; nothing was written.
      row 52, column as_printed: found "0.99", expected a token, such as "99%".
      row 53, column section: found "cort", expected one of court, police.
    """

    def __init__(
        self, file: str = "", outcome: str = "nothing was written", columns: Iterable[str] | None = None
    ) -> None:
        self.file, self.outcome = file, outcome
        self._columns = None if columns is None else {*columns}
        self._faults: list[Fault] = []

    def __enter__(self) -> Gathered:
        """Begin to gather."""
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Raise what was gathered, and what ended the block, if that was a fault."""
        if isinstance(error, Fault | Faults):
            self.extend(_several(error))
        if error is None or isinstance(error, Fault | Faults):
            refuse(self, self.outcome)

    def __iter__(self) -> Iterator[Fault]:
        """Yield what was gathered, in order."""
        return iter(self._faults)

    def __bool__(self) -> bool:
        """Whether anything was gathered."""
        return bool(self._faults)

    def add(self, found: str, expected: str, column: str = "", row: int | None = None, **place: Any) -> None:
        """Keep a fault: what was found, what was expected, and where; `place` as `Fault.at` takes it."""
        self._faults.append(Fault(self.file, row, column, found, expected).at(**place))

    def extend(self, faults: Iterable[Fault], **place: Any) -> None:
        """Keep faults that somebody found, each with what it lacks of a place."""
        for fault in faults:
            known = self._columns is None or fault.column in self._columns
            mine = fault if known else fault.at(column=place.get("column", ""))
            self._faults.append(mine.within(**{"file": self.file, **place}))

    @contextmanager
    def at(self, **place: Any) -> Iterator[None]:
        """Keep what is raised within a block, which it ends, with what it lacks of a place."""
        try:
            yield
        except (Fault, Faults) as error:
            self.extend(_several(error), **place)


def refuse(faults: Iterable[Fault], outcome: str = "nothing was written") -> None:
    """Raise all of the faults as `Faults`, if there is any."""
    if found := list(faults):
        raise Faults(found, outcome) from None


@contextmanager
def placed(**place: Any) -> Iterator[None]:
    """Give a fault that is raised within a block what it lacks of a place.

    >>> with placed(file="printed.csv", row=52):
    ...     raise Fault.of('"0.99"', 'a token, such as "99%"')
    Traceback (most recent call last):
    asprinted.faults.Fault: printed.csv, row 52: found "0.99", expected a token, such as "99%".
    """
    try:
        yield
    except Fault as fault:
        raise fault.within(**place) from None


def _several(error: Fault | Faults) -> tuple[Fault, ...]:
    return error.faults if isinstance(error, Faults) else (error,)


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


def told(text: str) -> str:
    r"""Return a text as a message tells it: a long one without its middle, a hidden character as its code.

    >>> told("99%"), told("\N{RIGHT-TO-LEFT OVERRIDE}"), len(told("9" * 10_000)) < 400
    ('99%', '<U+202E>', True)
    """
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


def near(name: object, known: Iterable[str], shown: str = "{!r}", most: int = 1) -> str:
    """Return a hint at the known name that is nearest to a mistyped one, or at `most`, "" where none is near.

    >>> near("books_len", ["books_lent", "visits"])
    "; near to it is 'books_lent'"
    """
    found = get_close_matches(str(name), list(known), n=most)
    return f"; near to it is {' or '.join(map(shown.format, found))}" if found else ""
