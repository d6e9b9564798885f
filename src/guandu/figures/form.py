"""What a form is: a way to draw one kind of table, which names the columns it needs and sees nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any, Final, Literal

import pandas as pd
from matplotlib.figure import SubFigure

Language = Literal["en", "zh"]
Drawing = Callable[[SubFigure, pd.DataFrame, Language], None]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")

PLACES = 6
"""Decimal places of a number that is drawn."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FigureError(ValueError):
    """A figure cannot be drawn or saved; the message says what was found and what was expected."""


@dataclass(frozen=True)
class Form:
    """A way to draw one kind of table.

    `words` are columns of text, `numbers` of numbers, `flags` of yes or no; those in `optional` may be left
    out and are then empty. Text may stand in two columns with the endings `_en` and `_zh`, or in one without
    an ending for both languages; the word `*` stands for every column there is. More columns are welcome, and
    not drawn. `draw` and `height` receive the table with these columns only, text in the
    language drawn, numbers as floats (NaN where a cell is empty).
    """

    draw: Drawing
    height: Callable[[pd.DataFrame, float], float]
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    flags: tuple[str, ...]
    optional: frozenset[str]

    @property
    def name(self) -> str:
        """The name under which notebooks call the form."""
        return self.draw.__name__

    def __call__(self, canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
        """Draw `table` on `canvas` in one language; raise `FigureError` where a cell or column is wrong."""
        self.draw(canvas, self.spoken(table, language), language)

    def spoken(self, table: pd.DataFrame, language: Language) -> pd.DataFrame:
        """Return the columns this form draws, typed, in one language; raise `FigureError` with all faults."""
        if table.empty:
            raise FigureError(f"{self.name}: the table is empty, expected a row for each mark")
        faults: list[str] = []
        drawn: dict[str, Any] = {}
        for column in (*self._words_of(table), *self.numbers, *self.flags):
            cells = self._cells(table, column, language, faults)
            drawn[column] = [self._empty(column)] * len(table) if cells is None else cells
        if faults:
            raise FigureError(f"{self.name}: " + "; ".join(faults))
        return pd.DataFrame(drawn)

    def _cells(
        self, table: pd.DataFrame, column: str, language: Language, faults: list[str]
    ) -> list[Any] | None:
        """Return the typed cells of a column, None where there is none; add what is wrong to `faults`."""
        found = [name for name in (f"{column}_{language}", column) if name in table]
        if not found and column not in self.optional:
            faults.append(self._missing(column, language))
        if not found:
            return None
        typed = []
        for number, row in enumerate(zip(*(table[name] for name in found), strict=True), start=1):
            given = [cell for cell in row if write_cell(cell)]
            if len(given) > 1:
                faults.append(f"row {number}, columns {' and '.join(found)}: found both, expected one")
            value = self._cell(column, given[0] if given else "")
            if value is None:
                expected = self._expected(column)
                faults.append(f"row {number}, column {column}: found {row[0]!r}, expected {expected}")
            typed.append(value)
        return typed

    def _words_of(self, table: pd.DataFrame) -> Iterable[str]:
        if self.words != ("*",):
            return self.words
        return unique(str(name).removesuffix("_en").removesuffix("_zh") for name in table)

    def _missing(self, column: str, language: Language) -> str:
        either = f" or {column}_{language}" if column in self.words else ""
        return f"column {column}{either} is missing, expected {self._expected(column)}"

    def _expected(self, column: str) -> str:
        if column in self.words:
            return "words"
        need = " or nothing" if column in self.optional else ""
        return ("1, 0" if column in self.flags else "a number") + need

    def _empty(self, column: str) -> Any:
        return "" if column in self.words else False if column in self.flags else float("nan")

    def _cell(self, column: str, cell: Any) -> Any:
        """Return the value of a cell, None where it cannot be read."""
        written = write_cell(cell)
        if column not in self.numbers and column not in self.flags:
            return written
        if column in self.flags:
            return {"1": True, "0": False, "": False}.get(written)
        if not written:
            return float("nan") if column in self.optional else None
        try:
            return float(Decimal(written))
        except ArithmeticError:
            return None


def form(
    *,
    words: str = "",
    numbers: str = "",
    flags: str = "",
    optional: str = "",
    height: float | Callable[[pd.DataFrame, float], float] = 3.4,
) -> Callable[[Drawing], Form]:
    """Make a drawing function a `Form`; the columns are named in strings, with spaces between.

    `height` is the height in inches that the drawing wants, or a function of the table and the width that
    tells it.
    """
    tall = height if callable(height) else lambda _table, _width: height

    def make(draw: Drawing) -> Form:
        columns = (tuple(words.split()), tuple(numbers.split()), tuple(flags.split()))
        made = Form(draw, tall, *columns, frozenset(optional.split()))
        object.__setattr__(made, "__doc__", draw.__doc__)
        return made

    return make


def write_cell(value: object) -> str:
    """Return a cell as it stands in the CSV: yes and no as 1 and 0, numbers exactly rounded to six places.

    >>> write_cell(Fraction(21454, 34765)), write_cell(34765), write_cell(True), write_cell(float("nan"))
    ('0.617115', '34765', '1', '')
    """
    if value is None or value is pd.NA or (isinstance(value, float | Decimal) and value != value):
        return ""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float | Decimal | Fraction):
        return _write_number(value)
    return str(value)


def _write_number(value: float | Decimal | Fraction) -> str:
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        raise FigureError(f"found {value}, expected a finite number or nothing")
    millionths = floor(abs(Fraction(value)) * 10**PLACES + Fraction(1, 2))
    text = f"{Decimal(millionths).scaleb(-PLACES):f}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and millionths else text


def write_table(table: pd.DataFrame) -> str:
    """Return the CSV of a table, the only thing a form is given to draw.

    Raises `FigureError` for a column without a plain name and for text that a spreadsheet would run as a
    formula.
    """
    faults = [
        f"column {name!r}: expected a name in text" for name in table if not (isinstance(name, str) and name)
    ]
    lines = [[write_cell(cell) for cell in row] for row in table.itertuples(index=False, name=None)]
    for number, (row, line) in enumerate(
        zip(table.itertuples(index=False, name=None), lines, strict=True), start=1
    ):
        faults += [
            f"row {number}, column {name}: found {text!r}, which a spreadsheet would run as a formula"
            for name, cell, text in zip(table, row, line, strict=True)
            if isinstance(cell, str) and text.startswith(_FORMULA)
        ]
    if faults:
        raise FigureError("; ".join(faults))
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([list(table), *lines])
    return stream.getvalue()


def read_table(text: str) -> pd.DataFrame:
    """Return the table of a CSV as text cells, empty where nothing stands; a form types what it draws."""
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def each(table: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a table, whose cells are attributes."""
    return iter(table.itertuples(index=False))


def unique(cells: Iterable[str]) -> list[str]:
    """Return the different cells in the order of their first appearance; forms never sort."""
    return list(dict.fromkeys(cells))
