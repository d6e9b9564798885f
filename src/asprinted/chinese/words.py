"""The word classes of Chinese texts, which are named in patterns everywhere."""

from asprinted.exact.classes import Classes

__all__ = ["CLASSES", "group", "pattern"]

CLASSES = Classes("asprinted.chinese", "words.toml")
"""The classes of `words.toml`."""

group, pattern = CLASSES.group, CLASSES.pattern
