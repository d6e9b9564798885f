"""Word classes: the tables of words of a language, and patterns that call them by name.

A class is a name and its words, parted by blanks, with _ for a blank within one; `@name` among them stands
for the words of a class above it. Each class stands once, alone or in a group, in the order in which its
words are tried. Nothing here knows a language: the folder of one holds the tables, and the patterns that
need them.
"""

from __future__ import annotations

import pkgutil
import re
from collections import UserDict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeAlias, cast

from asprinted.exact.printed import Dimension, Unit
from asprinted.faults import Fault, Faults, near

__all__ = ["Classes", "Group", "Units"]

Words: TypeAlias = tuple[str, ...]
Group: TypeAlias = Mapping[str, Words]
"""The classes of a group, by their own names."""

_NAMED = re.compile(r"\{([a-z]\w*(?:[.]\w+)?)\}")


class Classes:
    """The word classes of a table in a package, read where a word is first asked for.

    `groups` are all that a table of groups alone may have; a word stands in one of its classes. Raises Faults
    when the table is read: every fault of it, and every class that code names and it has not.

    >>> classes = Classes("asprinted.chinese", "words.toml")
    >>> classes["among"]
    ('其中', '当中', '包括', '含')
    >>> classes.pattern("{among}[0-9]+").search("受理50件，其中35件")[0]
    '其中35'
    """

    def __init__(self, package: str, file: str, groups: Iterable[str] = ()) -> None:
        self._package, self._file = package, file
        self._named: dict[str, None] = {}
        self._only = {"": tuple(map(str, groups))}

    def pattern(self, template: str, flags: int = 0, **parts: str | Callable[[], str]) -> re.Pattern[str]:
        """Return a pattern in which {name} stands for any word of that class, or for a part given here.

        Parts may hold names too, or be made of many words by what is given. The pattern is compiled where it
        is first used, so that an import reads no table.
        """

        def whole(found: re.Match[str]) -> str:
            part = parts.get(found[1])
            return _NAMED.sub(whole, part) if isinstance(part, str) else found[0]

        def words(found: re.Match[str]) -> str:
            part = parts.get(found[1])
            return part() if callable(part) else _any_of(self[found[1]])

        template = _NAMED.sub(whole, template)
        self._named |= dict.fromkeys(name for name in _NAMED.findall(template) if name not in parts)
        return cast("re.Pattern[str]", _Pattern(lambda: re.compile(_NAMED.sub(words, template), flags)))

    def group(self, name: str, only: Iterable[str] = (), every: bool = True) -> Group:
        """Return a group, read where first used: it may have `only` these classes, and has `every` one."""
        if only:
            self._only[name] = tuple(map(str, only))
        self._named |= dict.fromkeys((name, *(f"{name}.{each}" for each in only if every)))
        return _Group(lambda: self._table.groups[name])

    def __getitem__(self, name: str) -> Words:
        """Return the words of a class, or of all classes of a group."""
        self._named[name] = None
        if name not in self._table.words:
            raise Faults(self._missing(self._table), "nothing was read")
        return self._table.words[name]

    @cached_property
    def _table(self) -> _Table:
        data = pkgutil.get_data(self._package, self._file)
        assert data is not None
        table = self._read(data.decode())
        if faults := [*table.faults, *self._missing(table)]:
            raise Faults(faults, "nothing was read")
        return table

    def check(self, text: str) -> list[Fault]:
        """Return what is wrong with the text of a table, classes that nothing names among it."""
        table = self._read(text)
        named = {*self._named, *table.called, *self._only[""]}
        idle = [each for each in table.words if not {each, each.partition(".")[0]} & named]
        return [*table.faults, *self._missing(table), *(table.unread(each, named) for each in idle)]

    def _read(self, text: str) -> _Table:
        return _Table(f"{self._package.replace('.', '/')}/{self._file}", text, self._only)

    def _missing(self, table: _Table) -> list[Fault]:
        missing = (each for each in self._named if each not in table.words)
        return [table.fault(each, "no such class", f"its words{near(each, table.words)}") for each in missing]


class Units(Classes):
    """The units of a language, a group a dimension, a class a gloss.

    >>> Units("asprinted.chinese").by_word()["件"]
    Unit(gloss='case', dimension=<Dimension.COUNT: 'count'>)
    """

    def __init__(self, package: str) -> None:
        super().__init__(package, "units.toml", filter(None, Dimension))

    def by_word(self) -> dict[str, Unit]:
        """Return what each unit says."""
        return {
            word: Unit(gloss, Dimension(dimension))
            for dimension, glosses in self._table.groups.items()
            for gloss, words in glosses.items()
            for word in words
        }


class _Table:
    """A table that is read: its classes, groups among them, those that others call, and what is wrong."""

    def __init__(self, file: str, text: str, only: Mapping[str, Words]) -> None:
        # Imported here, since it brings what reads dates and times, and takes its time.
        import tomllib

        self.file, self.words, self.groups = file, dict[str, Words](), dict[str, Group]()
        self.called, self.faults = set[str](), list[Fault]()
        try:
            loaded = tomllib.loads(text)
        except tomllib.TOMLDecodeError as wrong:
            self.faults.append(self.fault("", str(wrong), "TOML"))
            loaded = {}
        for name, value in loaded.items():
            if only[""] and name not in only[""]:
                self.faults.append(self.unread(name, only[""]))
            elif isinstance(value, dict):
                self._group(name, value, [f"{name}.{key}" for key in only.get(name, value)])
            else:
                self.words[name] = self._class(name, value)
        if only[""]:
            self._in_one_class()

    def _group(self, name: str, value: Mapping[str, Any], known: Iterable[str]) -> None:
        self.groups[name] = group = {key: self._class(f"{name}.{key}", words) for key, words in value.items()}
        self.words |= {f"{name}.{key}": words for key, words in group.items()}
        self.words[name] = tuple(dict.fromkeys(word for words in group.values() for word in words))
        self.faults += [self.unread(each, known) for key in group if (each := f"{name}.{key}") not in known]

    def _class(self, name: str, value: Any) -> Words:
        listed = value.split() if isinstance(value, str) else []
        called = {each[1:] for each in listed if each[0] == "@"}
        self.called |= called
        for each in sorted(called - self.words.keys()):
            self.faults.append(self.fault(name, f"@{each}", f"a class above it{near(each, self.words)}"))
        for each in dict.fromkeys(listed):
            if listed.count(each) > 1:
                self.faults.append(self.fault(name, f"{each} twice", "each word once"))
        if not listed:
            self.faults.append(self.fault(name, repr(value), "words parted by blanks"))
        every = (word for each in listed for word in self.words.get(each[1:], (each.replace("_", " "),)))
        return tuple(dict.fromkeys(every))

    def _in_one_class(self) -> None:
        """Note each word of two classes of groups."""
        owners: dict[str, str] = {}
        for name in (each for each in self.words if each not in self.groups):
            for word in self.words[name]:
                owner = owners.setdefault(word, name)
                if owner != name:
                    self.faults.append(self.fault(name, f"{word}, as in {owner}", "each word in one class"))

    def unread(self, name: str, known: Iterable[str]) -> Fault:
        """Return the fault of a class that nothing reads."""
        return self.fault(name, "what nothing reads", f"a class that code names{near(name, known)}")

    def fault(self, name: str, found: str, expected: str) -> Fault:
        """Return a fault of a class."""
        return Fault(self.file, None, name, found, expected)


def _any_of(words: Words) -> str:
    """Return the pattern of any of some words, in their order."""
    if all(len(each) == 1 for each in words):
        return f"[{''.join(map(re.escape, words))}]"
    return f"(?:{'|'.join(map(re.escape, words))})"


class _Pattern:
    """What stands for a pattern until it is first asked something; from then on it answers as fast."""

    def __init__(self, compiled: Callable[[], re.Pattern[str]]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:
        answer = getattr(self._compiled(), name)
        setattr(self, name, answer)
        return answer


class _Group(UserDict[str, Words]):
    """A group that is read where it is first used."""

    def __init__(self, read: Callable[[], Group]) -> None:
        self._read = read

    @cached_property
    def data(self) -> Group:  # type: ignore[override]
        return self._read()
