"""The word classes of Chinese texts, which are named in patterns everywhere."""

from asprinted.exact.classes import Classes
from asprinted.exact.printed import Dimension

__all__ = ["CLASSES", "UNITS", "group", "pattern"]

CLASSES = Classes("asprinted.chinese", "words.toml")
"""The classes of `words.toml`."""

UNITS = Classes("asprinted.chinese", "units.toml", filter(None, Dimension))
"""The units of `units.toml`: a group a dimension, a class a gloss."""

group, pattern = CLASSES.group, CLASSES.pattern
