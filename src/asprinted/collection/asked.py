"""A frame of pandas that is asked in the words that are shown, and answers with those that are stored."""

from __future__ import annotations

import ast
from collections.abc import Collection, Hashable, Iterator, Mapping
from contextlib import suppress
from typing import Any, ClassVar

import pandas as pd
from pandas.errors import UndefinedVariableError

from asprinted.collection.wording import Heading
from asprinted.faults import Fault, near, quote


class Frame(pd.DataFrame):
    """A frame that names the stored column or text where a heading, a shown text or a near miss is asked for.

    headings: what a collection calls its columns and their texts. typed: the columns of its typed tables, of
    which a frame of facts has some alone.
    """

    headings: ClassVar[Mapping[str, Heading]] = {}
    typed: ClassVar[Mapping[str, Collection[str]]] = {}

    @property
    def _constructor(self) -> type[Frame]:
        return Frame

    def __getitem__(self, key: Any) -> Any:
        """Return what pandas does; KeyError that names the column meant, where there is one."""
        try:
            return super().__getitem__(key)
        except KeyError:
            asked = [key] if isinstance(key, Hashable) else list(key)
            missing = [each for each in asked if isinstance(each, str) and each not in self.columns]
            if not missing:
                raise
            raise KeyError("; ".join(map(self._missing, missing))) from None

    def query(self, expr: str, *, level: int = 0, **given: Any) -> Any:
        """Return what pandas does; Fault for a heading, a shown or nearly right text, and no rule."""
        for column, text in _compared(expr):
            if column in self.columns:
                self._refuse_shown(column, text)
        try:
            # One frame of the stack is this function's.
            return super().query(expr, level=level + 1, **given)
        except UndefinedVariableError as error:
            name = str(error).split("'")[1]
            raise Fault.of(
                self._missing(name), "a column of the frame, or @ before a name of yours"
            ) from None
        except (SyntaxError, TypeError, ValueError) as error:
            raise Fault.of(
                f"{quote(expr)}, of which pandas says: {error}", "a rule such as section == 'court'"
            ) from None

    def _missing(self, name: str) -> str:
        headed = [
            each
            for each, heading in self.headings.items()
            if each in self.columns and name in (heading.name.en, heading.name.zh)
        ]
        if headed:
            return f"no column {quote(name)}, which is the heading of {' or '.join(map(quote, headed))}"
        there = ", ".join(map(str, self.columns))
        if tables := [table for table, columns in self.typed.items() if name in columns]:
            asked = " or ".join(f"book.table({table!r})" for table in tables)
            return f"no column {quote(name)} in a frame of facts; {asked} has it"
        return f"no column {quote(name)}{near(name, map(str, self.columns)) or f'; there are {there}'}"

    def _refuse_shown(self, column: str, text: str) -> None:
        """Raise Fault where a text is compared that is shown for another, or nearly one of a closed list."""
        known = self.headings.get(column)
        if known is None or not known.cells or text in known.cells or text in set(self[column]):
            return
        stored = [each for each, shown in known.cells.items() if text in (shown.en, shown.zh)]
        if stored:
            raise Fault.of(f"{quote(text)}, as it is shown", quote(stored[0]), column)
        if hint := near(text, known.cells):
            raise Fault.of(quote(text), f"one of {', '.join(known.cells)}{hint}", column)


def _compared(expr: str) -> Iterator[tuple[str, str]]:
    """Yield each column that an expression compares with a text, and the text."""
    # What pandas takes beyond Python, such as backticks, it reads itself.
    with suppress(SyntaxError):
        for node in ast.walk(ast.parse(expr.strip().replace("@", ""), mode="eval")):
            if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name):
                for constant in ast.walk(node):
                    if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                        yield node.left.id, constant.value
