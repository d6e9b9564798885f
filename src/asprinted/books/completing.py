"""Completion in the lab: keys, sets, tables and columns where one types them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

_ASKED: Mapping[str, Callable[[Any], Iterable[str]]] = {
    "elsewhere": lambda book: (row["key"] for row in book.collection.rows_if_described("sets")),
    "facts": lambda book: book.collection,
    "table": lambda book: book.collection.names(),
    "check": lambda book: [*book.collection.relations(), *book.collection.relations("benchmark_relations")],
    "say": lambda book: (name for name, entry in book.words.entries.items() if entry.text),
    "what_if": lambda book: (f"{key}=" for key in book.collection.facts.typed.printed_rows),
}
"""What may be typed into a call of a book."""

_WHOSE = r"(?P<whose>[A-Za-z_][\w.]*)"
_CALL = re.compile(_WHOSE + r"\.(?P<asked>\w+)\((?:[^()]*[,\s])?(?P<quote>['\"]?)(?P<begun>\w*)$")
_COLUMNS = re.compile(_WHOSE + r"\[\[?(?:[^\[\]]*[,\s])?['\"](?P<begun>\w*)$")
_RULE = re.compile(_WHOSE + r"\.query\(\s*['\"]+(?:.*[^\w'\"])?(?P<begun>\w*)$")


def offered(text: str, space: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return what is begun at the end of a line, and what it may go on as; nothing where we do not know.

    space: the names that a kernel has. A frame offers its columns in `query` and in brackets, the tables of a
    book their names, a book its keys, sets, tables, checks and entries.
    """
    import pandas as pd

    for place in (_COLUMNS, _RULE):
        if found := place.search(text):
            named = _named(found["whose"], space)
            if isinstance(named, pd.DataFrame) or _is_book(getattr(named, "book", None)):
                return _beginning(found["begun"], map(str, named))
    if (found := _CALL.search(text)) and _is_book(book := _named(found["whose"], space)):
        is_word = found["asked"] == "what_if"
        if found["asked"] in _ASKED and is_word is not bool(found["quote"]):
            return _beginning(found["begun"], _ASKED[found["asked"]](book))
    return "", []


def _named(name: str, space: Mapping[str, Any]) -> Any:
    """Return what a dotted name stands for, as far as it leads through books; None for anything else."""
    first, *rest = name.split(".")
    value = space.get(first)
    for part in rest:
        value = getattr(value, part, None) if _is_book(value) else None
    return value


def _is_book(value: object) -> bool:
    return hasattr(type(value), "elsewhere") and hasattr(value, "collection")


def _beginning(begun: str, names: Iterable[str]) -> tuple[str, list[str]]:
    return begun, [name for name in names if name.startswith(begun)]


def complete(shell: Any) -> None:
    """Let a kernel complete so; once, whatever opens how many books."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    completer = shell.Completer
    if any(getattr(each, "matcher_identifier", "") == __name__ for each in completer.custom_matchers):
        return

    @context_matcher(identifier=__name__)  # type: ignore[untyped-decorator]
    def matcher(context: Any) -> dict[str, Any]:
        begun, names = offered(context.text_until_cursor, shell.user_ns)
        return {
            "completions": [SimpleCompletion(text=name, type="name") for name in names],
            "suppress": bool(names),
            "matched_fragment": begun,
        }

    completer.custom_matchers.append(matcher)
    # It reads folders, not what a package offers, and so names its rooms before its functions.
    completer.use_jedi = False
