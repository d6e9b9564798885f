"""Word classes: the table of words of a language, and patterns that call them by name.

A class is a name and its words, parted by blanks; `@name` among them stands for the words of a class above
it. Each class stands once, in the order in which its words are tried. Nothing here knows a language: the
folder of one holds the table, and the patterns that need it.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from asprinted.faults import Fault, Faults, near

__all__ = ["Classes"]

_NAMED = re.compile(r"\{([a-z]\w*(?:[.]\w+)?)\}")


class Classes:
    """The word classes of a table in a package, read where a word is first asked for.

    Raises Faults then: every fault of the table, and every class that is named somewhere and is not there.

    >>> classes = Classes("asprinted.chinese", "words.toml")
    >>> classes["among"]
    ('其中', '当中', '包括', '含')
    >>> classes.pattern("{among}[0-9]+").search("受理50件，其中35件")[0]
    '其中35'
    """

    def __init__(self, package: str, file: str) -> None:
        self._package, self._file = package, file
        self._named: dict[str, None] = {}

    def pattern(self, template: str, **parts: str) -> re.Pattern[str]:
        """Return a pattern in which {name} stands for any word of that class, or for a part given here.

        It is compiled where it is first used, so that an import reads no table.
        """
        template = _NAMED.sub(lambda found: parts.get(found[1], found[0]), template)
        self._named |= dict.fromkeys(_NAMED.findall(template))
        return cast("re.Pattern[str]", _Pattern(self, template))

    def group(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """Return the classes of a group by their own names, read where first used."""
        self._named[name] = None
        return _Group(self, name)

    def filled(self, template: str) -> str:
        """Return a template with its words; a class of single characters is looked up at once."""
        return _NAMED.sub(lambda found: _any_of(self[found[1]]), template)

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """Return the words of a class, or of all classes of a group."""
        self._named[name] = None
        if name not in self._words:
            raise Faults(self._missing(self._words), "nothing was read")
        return self._words[name]

    def members(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return the classes of a group by their own names."""
        start = f"{name}."
        return {each[len(start) :]: self[each] for each in self._words if each.startswith(start)}

    @cached_property
    def _words(self) -> dict[str, tuple[str, ...]]:
        data = pkgutil.get_data(self._package, self._file)
        assert data is not None
        words, _, faults = self._read(data.decode())
        if faults := [*faults, *self._missing(words)]:
            raise Faults(faults, "nothing was read")
        return words

    def check(self, text: str) -> list[Fault]:
        """Return what is wrong with the text of a table, classes that nothing names among it."""
        words, called, faults = self._read(text)
        known = self._named.keys() | called
        idle = (each for each in words if not {each, each.partition(".")[0]} & known)
        said = "a class that nothing names"
        unknown = (self._fault(each, said, f"one that is{near(each, known)}") for each in idle)
        return [*faults, *self._missing(words), *unknown]

    def _missing(self, words: Iterable[str]) -> list[Fault]:
        missing = (each for each in self._named if each not in words)
        return [self._fault(each, "no such class", f"its words{near(each, words)}") for each in missing]

    def _fault(self, name: str, found: str, expected: str) -> Fault:
        return Fault(f"{self._package.replace('.', '/')}/{self._file}", None, name, found, expected)

    def _read(self, text: str) -> tuple[dict[str, tuple[str, ...]], set[str], list[Fault]]:
        """Return the classes of a table, groups among them, the names that they call, and what is wrong."""
        # Imported here, since it brings what reads dates and times, and takes its time.
        import tomllib

        try:
            loaded = tomllib.loads(text)
        except tomllib.TOMLDecodeError as wrong:
            return {}, set(), [self._fault("", str(wrong), "TOML")]
        words: dict[str, tuple[str, ...]] = {}
        called: set[str] = set()
        faults: list[Fault] = []
        for name, value in _entries(loaded):
            listed = value.split() if isinstance(value, str) else []
            for each in dict.fromkeys(listed):
                if listed.count(each) > 1:
                    faults.append(self._fault(name, f"{each} twice", "each word once"))
                if each[0] == "@" and each[1:] not in words:
                    faults.append(self._fault(name, each, f"a class above it{near(each[1:], words)}"))
            if not listed:
                faults.append(self._fault(name, repr(value), "words parted by blanks"))
            called.update(each[1:] for each in listed if each[0] == "@")
            every = (word for each in listed for word in words.get(each[1:], (each,)))
            words[name] = tuple(dict.fromkeys(every))
        return words, called, faults


def _entries(loaded: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the classes of a table; those of a group by its name, a point and their own, then the group."""
    for name, value in loaded.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{key}", words) for key, words in value.items())
            yield name, " ".join(f"@{name}.{key}" for key in value)
        else:
            yield name, value


def _any_of(words: Sequence[str]) -> str:
    """Return the pattern of any of some words, in their order."""
    if all(len(each) == 1 for each in words):
        return f"[{''.join(map(re.escape, words))}]"
    return f"(?:{'|'.join(map(re.escape, words))})"


class _Pattern:
    """What stands for a pattern until it is first asked something; from then on it answers as fast."""

    def __init__(self, classes: Classes, template: str) -> None:
        self._classes, self._template = classes, template

    def __getattr__(self, name: str) -> Any:
        answer = getattr(re.compile(self._classes.filled(self._template)), name)
        setattr(self, name, answer)
        return answer


class _Group(Mapping[str, tuple[str, ...]]):
    """The classes of a group."""

    def __init__(self, classes: Classes, name: str) -> None:
        self._classes, self._name = classes, name

    @cached_property
    def _own(self) -> dict[str, tuple[str, ...]]:
        return self._classes.members(self._name)

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._own[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)
