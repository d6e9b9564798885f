"""The words around a numeral in English: hedges, scales, numerals, units with what they measure.

All of it is tables, `units.toml` and `words.toml`, with the keys of every language. Case is for whoever looks
a word up: it stands in them in small letters, but for what is never written so (USD).
"""

from functools import cache
from unicodedata import category

from asprinted.exact.classes import Classes, Units
from asprinted.exact.printed import Hedge, Unit

__all__ = ["CLASSES", "UNITS", "hedges", "numerals", "scales", "signs", "units"]

CLASSES, UNITS = Classes("asprinted.english", "words.toml"), Units("asprinted.english")
"""The classes of `words.toml` and the units of `units.toml`."""

_HEDGES = CLASSES.group("hedges", Hedge, every=False)
_SCALES, _NUMERALS = CLASSES.group("scales"), CLASSES.group("numerals")


@cache
def units() -> dict[str, Unit]:
    """Return the units, singular and plural, and what each says.

    >>> units()["percentage points"].gloss, units()["cases"].dimension.value
    ('percentage point', 'count')
    """
    return UNITS.by_word()


@cache
def signs() -> tuple[str, ...]:
    """Return the units that stand before a number and touch it, the longest first: US$, $."""
    return tuple(sorted((word for word in units() if category(word[-1]) == "Sc"), key=len, reverse=True))


@cache
def hedges() -> dict[str, Hedge]:
    """Return the hedges, all before the number, and what each declares."""
    return {word: Hedge(declared) for declared, words in _HEDGES.items() for word in words}


@cache
def scales() -> dict[str, int]:
    """Return the words that multiply the number before them, and the power of ten of each."""
    return {word: int(power) for power, words in _SCALES.items() for word in words}


@cache
def numerals() -> dict[str, int]:
    """Return the words that are whole numbers."""
    return {word: int(number) for number, words in _NUMERALS.items() for word in words}
