"""Which language a number or a text is in: decided here, by its characters alone.

A language is a folder that reads a text into what is in no language (`exact`). A number without words
(61.71%, 12,345), and one with a symbol that touches it (3km), means the same in all of them. Whole texts
are scanned in Chinese alone.
"""

import re
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import TypeAlias

from asprinted.chinese import reading as chinese
from asprinted.chinese import scanning
from asprinted.chinese.scanning import Role, Span
from asprinted.english import reading as english
from asprinted.english import scanning as english_scanning
from asprinted.english.lexicon import signs
from asprinted.exact.printed import Reading
from asprinted.faults import Fault, placed

__all__ = ["Stated", "is_english", "numbers", "read", "scan", "stated"]

Stated: TypeAlias = object
"""A number as it is printed, with its words, or a fact; a whole number stands for itself, an exact count."""

_CHINESE = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"(?<!\S)[^\W\d_]++(?![^\W_])")


def read(token: str) -> Reading:
    """Read one printed number with its hedge and unit, exactly, in the language that it is printed in.

    Nothing is guessed or rounded: the value is the number with its scale, the interval is what the words
    admit by the project's conventions, the step is one unit in the last printed place. What is declared, and
    what is refused, stands at the `read` of each language (`asprinted.chinese`, `asprinted.english`).

    Raises Fault for what is not one number expression.

    >>> read("1.76万余件").high, read("more than 17,600 cases").high
    (Decimal('17700'), Decimal('17700'))
    """
    _require_text(token)
    # What neither holds a blank nor begins with a letter holds no such word, and should not wait.
    may_be_foreign = " " in token or "\u00a0" in token or (token.isascii() and token[:1].isalpha())
    is_foreign = (may_be_foreign and is_english(token)) or token.startswith(signs())
    return english.read(token) if is_foreign else chinese.read(token)


def _require_text(given: object) -> None:
    """Raise Fault for what is no text."""
    if not isinstance(given, str):
        raise Fault.of(f"{given!r} ({type(given).__name__})", "a text")


def stated(given: Stated, name: str = "") -> Reading:
    """Return what a number says that is given as a token, as a whole number of whatever type, or as a fact.

    A fact says what its token says, or, where nothing printed says it, its whole value. name: what a fault
    calls the place. Raises Fault for anything else.

    >>> stated("61.71%").value, stated(Fraction(21954)).value, stated(21454.0).text
    (Decimal('0.6171'), Decimal('21954'), '21454')
    """
    with placed(column=name):
        token = getattr(given, "as_printed", "")
        # A frame has a column of that name.
        printed = token if isinstance(token, str) else ""
        stands: object = printed or getattr(given, "single", given)
        number = stands if isinstance(stands, str) else _whole(stands)
        if number is None:
            expected = "a token such as 1234件 or 12.34%, a whole number, or a fact"
            raise Fault.of(f"{given!r} ({type(given).__name__})", expected)
        if isinstance(number, int) and not 0 <= number < 10**40:
            found = "a number below 0" if number < 0 else "a number of more than 40 digits"
            raise Fault.of(found, "a token such as 1234件 or 12.34%, or a whole number")
        return read(str(number))


def _whole(given: object) -> int | None:
    """Return a whole number of whatever type, one of NumPy's among them; None for anything else."""
    if isinstance(given, bool) or not isinstance(given, Integral | Fraction | Decimal | float):
        return None
    # Beyond 2 to the 53rd a float no longer tells one whole number from the next; NaN is on no side of it.
    if isinstance(given, float | Decimal) and not -(2**53) < given < 2**53:
        return None
    return int(given) if given == int(given) else None


def scan(text: str) -> list[Span]:
    """Return every maximal number expression of a Chinese text with its role, in the order of the text.

    What an expression holds, and what each is, stands at `asprinted.chinese.scanning.scan`. Raises Fault for
    a text in another language.

    >>> [found.text for found in scan("纠纷785件，即99%")]
    ['785件', '99%']
    >>> scan("The court accepted 34,765 cases.")                                # doctest: +ELLIPSIS
    Traceback (most recent call last):
    asprinted.faults.Fault: found words and no Chinese character, expected a text in Chinese; ...
    """
    if is_english(text):
        raise Fault.of(
            "words and no Chinese character",
            "a text in Chinese; of English, single numbers are read and checked",
        )
    return scanning.scan(text)


class _English(Span):
    """A number expression of an English text."""

    __slots__ = ()

    @property
    def fault(self) -> Fault | None:
        """Why there is no reading; None where there is one."""
        if self.role is not Role.MEASUREMENT:
            return Fault.of(f"a {self.role}", "a measurement")
        try:
            read(self.text)
        except Fault as fault:
            return fault
        return None

    @property
    def reading(self) -> Reading | None:
        """What the expression says; None for a date, a label, an ordinal, and what cannot be read."""
        return None if self.fault else read(self.text)


def numbers(text: str) -> list[Span]:
    """Return every number expression of a text with its role, in the language that the text is in.

    >>> [(found.column, found.text) for found in numbers("Of nearly 2,000 cases 80% were settled in 2024.")]
    [(3, 'nearly 2,000 cases'), (22, '80%'), (42, '2024')]
    """
    if not is_english(text):
        return scan(text)
    found, line, begun = list[Span](), 1, 0
    for start, end, role in english_scanning.scan(text):
        line += text.count("\n", begun, start)
        begun = text.rfind("\n", 0, start) + 1
        found.append(_English(start, end, line, start - begun, text[start:end], Role(role)))
    return found


def is_english(text: str) -> bool:
    """Whether a text holds words that stand by themselves, and no Chinese character."""
    _require_text(text)
    return _CHINESE.search(text) is None and _WORD.search(text) is not None
