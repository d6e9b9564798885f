"""What a form is: a way to draw one kind of table, which names the columns it needs and sees nothing else."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor, isinf
from typing import Any

import pandas as pd
from matplotlib.figure import SubFigure

from asprinted.drawing.typesetting import without_glyph
from asprinted.escaping import runs
from asprinted.faults import Fault, Gathered, quote, refuse
from asprinted.prose.writing import LANGUAGES, Language

Drawing = Callable[[SubFigure, pd.DataFrame, Language], None]

Height = Callable[[pd.DataFrame, float], float]
"""Tells the inches that the drawing of a table needs at a width."""

Check = Callable[[pd.DataFrame], Iterable[Fault]]
"""Tells what is wrong with a typed table, each fault with its row as `numbered` counts them."""

PLACES = 6
"""Decimal places of a number that is drawn."""

_NUMBERS = (int, float, Decimal, Fraction)


@dataclass(frozen=True)
class FigureForm:
    """A way to draw one kind of table.

    `columns` says of each column whether it holds words, numbers or flags (yes or no); those in `optional`
    may be left out and are then empty, but for the flag `printed`, which is then yes. Text may stand in two
    columns with the endings `_en` and `_zh`, or in one without an ending for both languages. More columns are
    welcome, and not drawn. `draw`, `height`, `least` and `check` receive the table with these columns only,
    text in the language drawn, numbers as floats (NaN where a cell is empty).
    """

    draw: Drawing
    height: Height
    least: Height
    columns: Mapping[str, str]
    optional: frozenset[str]
    check: Check

    @property
    def name(self) -> str:
        """The name under which notebooks call the form."""
        return self.draw.__name__

    def __call__(self, canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
        """Draw `table` on `canvas` in one language; raise `Faults` where a cell or column is wrong."""
        self.draw(canvas, self.spoken(table, language), language)

    def spoken(self, table: pd.DataFrame, language: Language) -> pd.DataFrame:
        """Return the columns this form draws, typed, in one language; raise `Faults` with all that is wrong.

        A fault has the row as the CSV counts it, the key of the row with what was found, and the column.
        """
        faults = Gathered(f"the table of {self.name}")
        if table.empty:
            faults.add("no row", "a row for each mark")
        drawn = {column: self._cells(table, column, language, faults) for column in self.columns}
        if not faults:
            # A check reads every cell, so it has to wait until all of them can be read.
            typed = pd.DataFrame(drawn, index=table.index)
            faults.extend(self.check(typed))
        refuse((_keyed(fault, table) for fault in faults), "nothing was drawn")
        return typed

    def _cells(self, table: pd.DataFrame, column: str, language: Language, faults: Gathered) -> list[Any]:
        """Return the typed cells of a column; add what is wrong to `faults`."""
        spoken = f"{column}_{language}"
        names = (spoken, column) if self.columns[column] == "words" else (column,)
        found = [name for name in names if name in table]
        if not found and column in self.optional:
            return [column == "printed" or self._typed(column, "")] * len(table)
        if not found:
            either = f" or {spoken}" * (len(names) > 1)
            faults.add("no such column", self._expected(column), f"{column}{either}")
            return [None] * len(table)
        typed = []
        for row, cells in enumerate(zip(*(table[name].tolist() for name in found), strict=True), start=2):
            with faults.at(row=row, column=column):
                typed.append(self._cell(column, found, [write_cell(cell) for cell in cells]))
        return typed

    def _cell(self, column: str, names: list[str], written: list[str]) -> Any:
        """Return the value of a cell, which stands in one of the columns of these names."""
        given = [text for text in written if text] or [""]
        if len(given) > 1:
            raise Fault.of("both", "one of them", " and ".join(names))
        if lacking := without_glyph(given[0]):
            raise Fault.of(f"{lacking} in {quote(given[0])}", "characters that the typeface draws")
        try:
            return self._typed(column, given[0])
        except (KeyError, ArithmeticError):
            raise Fault.of(quote(given[0]), self._expected(column)) from None

    def _expected(self, column: str) -> str:
        kind = {"words": "words", "flags": "1 or 0", "numbers": "a number"}[self.columns[column]]
        return kind + " or nothing" * (column in self.optional)

    def _typed(self, column: str, written: str) -> Any:
        """Return the value of a cell; raise `KeyError` or `ArithmeticError` where it cannot be read."""
        if self.columns[column] == "words":
            return written
        if self.columns[column] == "flags":
            return {"1": True, "0": False, "": False}[written]
        return float(Decimal(written)) if written or column not in self.optional else float("nan")


def form(
    *,
    words: str = "",
    numbers: str = "",
    flags: str = "",
    height: float | Height = 3.4,
    least: float | Height | None = None,
    check: Check = lambda _table: (),
) -> Callable[[Drawing], FigureForm]:
    """Make a drawing function a `FigureForm`; the columns are named in strings, with spaces between.

    A column with a `?` behind its name may be left out. `height` is the height in inches that the drawing
    wants, or a function of the table and the width that tells it; `least` is the height below which there is
    no drawing, for a card, whose height is given. `check` yields what is wrong with a table, before a height
    is asked for.
    """
    kinds = {"words": words, "numbers": numbers, "flags": flags}
    columns = {column: kind for kind, named in kinds.items() for column in named.split()}
    optional = frozenset(column.rstrip("?") for column in columns if column.endswith("?"))
    columns = {column.rstrip("?"): kind for column, kind in columns.items()}
    tall, low = _height(height), _height(height if least is None else least)

    def make(draw: Drawing) -> FigureForm:
        made = FigureForm(draw, tall, low, columns, optional, check)
        object.__setattr__(made, "__doc__", draw.__doc__)
        return made

    return make


def _keyed(fault: Fault, table: pd.DataFrame) -> Fault:
    """Return a fault that names the key of its row beside what was found there."""
    if fault.row is None or isinstance(table.index, pd.RangeIndex):
        return fault
    return fault.at(found=f'{fault.found} in the row "{table.index[fault.row - 2]}"')


def _height(given: float | Height) -> Height:
    return given if callable(given) else lambda _table, _width: given


def in_language(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return a frame as a plain call draws it: texts of one language under their bare names.

    >>> in_language(pd.DataFrame({"town_en": ["Huaixi"], "town_zh": ["槐溪"]}), "zh").to_dict("list")
    {'town': ['槐溪']}
    """
    endings = tuple(f"_{each}" for each in LANGUAGES if each != language)
    other = [name for name in frame if str(name).endswith(endings)]
    return frame.drop(columns=other).rename(columns=lambda name: str(name).removesuffix(f"_{language}"))


def rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose numbers are floats with the places that its CSV shows; what is drawn is written.

    >>> rounded(pd.DataFrame({"share": [Fraction(21454, 34765)]})).share.tolist()
    [0.617115]
    """
    drawn = frame.copy()
    for name in drawn:
        cells = [_plain(cell) for cell in drawn[name]]
        if all(isinstance(cell, _NUMBERS) and not isinstance(cell, bool) for cell in cells):
            drawn[name] = [float(write_cell(cell) or "nan") for cell in cells]
    return drawn


def _plain(cell: Any) -> Any:
    """Return a cell of numpy as Python's own."""
    return cell.item() if hasattr(cell, "item") else cell


def write_cell(value: object) -> str:
    """Return a cell as it stands in the CSV: yes and no as 1 and 0, numbers exactly rounded to six places.

    >>> write_cell(Fraction(21454, 34765)), write_cell(34765), write_cell(True), write_cell(float("nan"))
    ('0.617115', '34765', '1', '')
    """
    value = _plain(value)
    if value is None or value is pd.NA or (isinstance(value, float | Decimal) and value != value):
        return ""
    if not isinstance(value, _NUMBERS):
        return str(value)
    if isinstance(value, float) and isinf(value):
        raise Fault.of(str(value), "a finite number or nothing")
    millionths = floor(abs(Fraction(value)) * 10**PLACES + Fraction(1, 2))
    text = f"{Decimal(millionths).scaleb(-PLACES):f}"
    return f"{'-' * (value < 0 < millionths)}{text.rstrip('0').rstrip('.')}"


def write_table(frame: pd.DataFrame) -> str:
    """Return the CSV of a frame, its index as the first column, `key`, unless that only counts rows.

    Raises `Faults` for a column without a plain name, a number without end, and text that a spreadsheet would
    run as a formula.
    """
    counts = isinstance(frame.index, pd.RangeIndex) and frame.index.name is None
    table = frame if counts else frame.reset_index(names=frame.index.name or "key")
    lines = [list(map(str, table))]
    with Gathered("the table") as faults:
        for name in table:
            if not (isinstance(name, str) and name and not runs(name)):
                faults.add(repr(name), "a name in text", "of a column")
        for row in table.itertuples(index=False, name=None):
            lines.append([])
            for name, cell in zip(lines[0], row, strict=True):
                with faults.at(row=len(lines), column=name):
                    lines[-1].append(written := write_cell(cell))
                    if runs(written):
                        raise Fault.of(quote(written), "text that a spreadsheet does not run as a formula")
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return stream.getvalue()


def numbered(table: pd.DataFrame) -> Iterator[tuple[int, Any]]:
    """Return the rows of a table with their numbers in its CSV, where the header is row 1."""
    return enumerate(each(table), start=2)


def upside_down(number: int, row: Any) -> Iterator[Fault]:
    """Return the fault of a row whose `low` is above its `high`."""
    if row.low > row.high:
        yield Fault("", number, "low", f"{row.low:g} above high {row.high:g}", "low up to high")


def each(table: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a table, whose cells are attributes."""
    return iter(table.itertuples(index=False))


def unique(cells: Iterable[str]) -> list[str]:
    """Return the different cells in the order of their first appearance; forms never sort."""
    return list(dict.fromkeys(cells))
