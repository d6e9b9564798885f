"""The words around a numeral in English: hedges, scales, numerals, units with what they measure.

All of it is tables, `units.toml` and `words.toml`, with the keys of every language. Case is for whoever looks
a word up: it stands in them in small letters, but for what is never written so (USD).
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources

from asprinted.exact.classes import Classes
from asprinted.exact.printed import Dimension, Hedge, Unit

__all__ = ["hedges", "numerals", "scales", "units"]

_WORDS = Classes("asprinted.english", "words.toml")
_HEDGES, _SCALES, _NUMERALS = map(_WORDS.group, ("hedges", "scales", "numerals"))


@cache
def units() -> dict[str, Unit]:
    """Return the units, singular and plural, and what each says.

    >>> units()["percentage points"].gloss, units()["cases"].dimension.value
    ('percentage point', 'count')
    """
    # Imported here, since it takes its time, and most who import this read no English.
    import tomllib

    table = tomllib.loads(resources.files(__package__).joinpath("units.toml").read_text("utf-8"))
    return {
        word: Unit(gloss, Dimension(dimension))
        for dimension, glosses in table.items()
        for gloss, words in glosses.items()
        for word in _spaced(words.split())
    }


@cache
def hedges() -> dict[str, Hedge]:
    """Return the hedges, all before the number, and what each declares."""
    return {word: Hedge(name) for name, words in _HEDGES.items() for word in _spaced(words)}


@cache
def scales() -> dict[str, int]:
    """Return the words that multiply the number before them, and the power of ten of each."""
    return {word: int(power) for power, words in _SCALES.items() for word in words}


@cache
def numerals() -> dict[str, int]:
    """Return the words that are whole numbers."""
    return {word: int(number) for number, words in _NUMERALS.items() for word in words}


def _spaced(words: Iterable[str]) -> list[str]:
    return [word.replace("_", " ") for word in words]
