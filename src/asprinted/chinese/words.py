"""The word classes of Chinese texts, which are named in patterns everywhere."""

from asprinted.exact.classes import Classes, Units

__all__ = ["CLASSES", "UNITS", "group", "pattern"]

CLASSES = Classes("asprinted.chinese", "words.toml")
"""The classes of `words.toml`."""

UNITS = Units("asprinted.chinese")
"""The units of `units.toml`."""

group, pattern = CLASSES.group, CLASSES.pattern
