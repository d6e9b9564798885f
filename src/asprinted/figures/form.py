"""What a form is: a way to draw one kind of table, which names the columns it needs and sees nothing else."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from math import floor, fsum, isinf
from operator import add
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import SubFigure

from asprinted.drawing.typesetting import without_glyph
from asprinted.escaping import runs
from asprinted.faults import Fault, Gathered, quote, refuse
from asprinted.figures.canvas import size
from asprinted.prose.writing import LANGUAGES, Language

PLACES = 6
"""Decimal places of a number that is drawn."""

SLACK = 0.001
"""Inches by which a canvas may be lower than a drawing without being a card."""

_NUMBERS = (int, float, Decimal, Fraction)
_FLAGS = {"1": True, "yes": True, "0": False, "no": False, "": False}
_KINDS = {"words": "words", "flags": "1 or 0", "numbers": "a number"}


class Lane(NamedTuple):
    """A stretch of a drawing from side to side; one that is `firm` takes no part of the room to spare."""

    tall: float
    mark: Any
    firm: bool = False


@dataclass(frozen=True)
class Plan:
    """A table laid out at a width, all in inches: lanes from the top down, and what is over and under them.

    The marks stand between `left` and `right`; `more` is what else a form works out once for all lanes.
    """

    table: pd.DataFrame
    lanes: Sequence[Lane] = ()
    over: float = 0.0
    under: Sequence[float] = ()
    left: float = 0.0
    right: float = 0.0
    more: Any = None

    @property
    def tall(self) -> float:
        """The height that the drawing wants."""
        return reduce(add, self.under, self.over + fsum(lane.tall for lane in self.lanes))

    def spare(self, down: float) -> float:
        """Return the room that each lane has to spare on a canvas so high."""
        return (down - self.tall) / max(1, sum(not lane.firm for lane in self.lanes))

    def placed(self, down: float) -> Iterator[tuple[Any, float, float]]:
        """Yield what is drawn in each lane with its top and its height, in the middle of its room.

        >>> plan = Plan(pd.DataFrame(), [Lane(1, "heading", firm=True), Lane(0.5, "61.71%")], under=[0.25])
        >>> plan.tall, list(plan.placed(2))
        (1.75, [('heading', 0.0, 1), ('61.71%', 1.125, 0.5)])
        """
        top = self.over
        for tall, mark, firm in self.lanes:
            spare = 0.0 if firm else self.spare(down)
            yield mark, top + spare / 2, tall
            top += tall + spare


Drawing = Callable[[SubFigure, Plan, Language], None]

Planner = Callable[[pd.DataFrame, float, bool], Plan]
"""Lays a table out at a width: as it wants to be drawn, or as low as it can be, for a card."""

Check = Callable[[pd.DataFrame], Iterable[Fault]]
"""Tells what is wrong with a typed table, each fault with its row as `numbered` counts them."""


class Rule(NamedTuple):
    """What each row of a table must keep, and the format of what is found in a row that does not."""

    column: str
    fits: Callable[[Any], bool]
    found: str
    expected: str


UPRIGHT = Rule("low", lambda row: not row.low > row.high, "{0.low:g} above high {0.high:g}", "low up to high")


@dataclass(eq=False)
class FigureForm:
    """A way to draw one kind of table.

    `columns` says of each column whether it holds words, numbers or flags (yes or no); those in `optional`
    may be left out and are then empty, but for the flag `printed`, which is then yes. Text may stand in two
    columns with the endings `_en` and `_zh`, or in one without an ending for both languages. More columns are
    welcome, and not drawn. `plan`, `rules` and `check` receive the table with these columns only, text in the
    language drawn, numbers as floats (NaN where a cell is empty).
    """

    drawing: Drawing
    plan: Planner
    columns: Mapping[str, str]
    optional: frozenset[str]
    rules: Sequence[Rule]
    check: Check

    @property
    def name(self) -> str:
        """The name under which notebooks call the form."""
        return self.drawing.__name__

    def __call__(self, canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
        """Draw `table` on `canvas` in one language; raise `Faults` where a cell or column is wrong."""
        self.draw(canvas, self.spoken(table, language), language)

    def height(self, table: pd.DataFrame, width: float) -> float:
        """Return the inches that the drawing of a typed table wants at a width."""
        return self.plan(table, width, False).tall

    def least(self, table: pd.DataFrame, width: float) -> float:
        """Return the inches below which there is no drawing, for a card, whose height is given."""
        return self.plan(table, width, True).tall

    def draw(self, canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
        """Draw a typed table, as it wants to be drawn if the canvas is high enough for that."""
        across, down = size(canvas)
        plan = self.plan(table, across, False)
        self.drawing(canvas, plan if plan.tall <= down + SLACK else self.plan(table, across, True), language)

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
            faults.extend(self._broken(typed))
            faults.extend(self.check(typed))
        refuse((_keyed(fault, table) for fault in faults), "nothing was drawn")
        return typed

    def _broken(self, table: pd.DataFrame) -> Iterator[Fault]:
        for number, row in numbered(table):
            for column, fits, found, expected in self.rules:
                if not fits(row):
                    yield Fault("", number, column, found.format(row), expected)

    def _cells(self, table: pd.DataFrame, column: str, language: Language, faults: Gathered) -> list[Any]:
        """Return the typed cells of a column; add what is wrong to `faults`."""
        names = [f"{column}_{language}", column] if self.columns[column] == "words" else [column]
        found = [name for name in names if name in table]
        if not found and column in self.optional:
            return [column == "printed" or self._cell(column, [], [])] * len(table)
        if not found:
            faults.add("no such column", self._expected(column), " or ".join(sorted(names)))
            return [None] * len(table)
        typed = []
        for row, cells in enumerate(zip(*(table[name].tolist() for name in found), strict=True), start=2):
            with faults.at(row=row, column=column):
                typed.append(self._cell(column, found, [write_cell(cell) for cell in cells]))
        return typed

    def _cell(self, column: str, names: list[str], written: list[str]) -> Any:
        """Return the value of a cell, which stands in one of the columns of these names."""
        kind, given = self.columns[column], [text for text in written if text] or [""]
        if len(given) > 1:
            raise Fault.of("both", "one of them", " and ".join(names))
        if lacking := without_glyph(given[0]):
            raise Fault.of(f"{lacking} in {quote(given[0])}", "characters that the typeface draws")
        if kind == "words":
            return given[0]
        if kind == "numbers" and not given[0] and column in self.optional:
            return float("nan")
        try:
            return _FLAGS[given[0]] if kind == "flags" else float(Decimal(given[0]))
        except (KeyError, ArithmeticError):
            raise Fault.of(quote(given[0]), self._expected(column)) from None

    def _expected(self, column: str) -> str:
        return _KINDS[self.columns[column]] + (" or nothing" if column in self.optional else "")


def form(
    *,
    words: str = "",
    numbers: str = "",
    flags: str = "",
    plan: Planner = lambda table, _width, _low: Plan(table, over=3.4),
    rules: Sequence[Rule] = (),
    check: Check = lambda _table: (),
) -> Callable[[Drawing], FigureForm]:
    """Make a drawing function a `FigureForm`; the columns are named in strings, with spaces between.

    A column with a `?` behind its name may be left out. The function draws what `plan` lays out, which knows
    the table. `rules` say what each row must keep, and `check` yields what else is wrong with a table, before
    it is laid out.
    """
    kinds = {"words": words, "numbers": numbers, "flags": flags}
    columns = {column: kind for kind, named in kinds.items() for column in named.split()}
    optional = frozenset(column.rstrip("?") for column in columns if column.endswith("?"))
    columns = {column.rstrip("?"): kind for column, kind in columns.items()}

    def make(drawing: Drawing) -> FigureForm:
        made = FigureForm(drawing, plan, columns, optional, rules, check)
        # Whoever asks for help learns what to bring.
        asked = "; ".join(f"{kind}: {named}" for kind, named in kinds.items() if named)
        made.__doc__ = f"{drawing.__doc__}\n\nColumns, those with a ? may be left out: {asked}."
        return made

    return make


def _keyed(fault: Fault, table: pd.DataFrame) -> Fault:
    """Return a fault that names the key of its row beside what was found there."""
    if fault.row is None or isinstance(table.index, pd.RangeIndex):
        return fault
    return fault.at(found=f'{fault.found} in the row "{table.index[fault.row - 2]}"')


def in_language(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return a frame as a plain call draws it: texts of one language under their bare names.

    >>> in_language(pd.DataFrame({"town_en": ["Huaixi"], "town_zh": ["槐溪"]}), "zh").to_dict("list")
    {'town': ['槐溪']}
    """
    endings = tuple(f"_{each}" for each in LANGUAGES if each != language)
    other = [name for name in frame if str(name).endswith(endings)]
    return frame.drop(columns=other).rename(columns=lambda name: str(name).removesuffix(f"_{language}"))


def rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose numbers have the places that its CSV shows; what is drawn is written.

    Whole numbers stay whole, years say: others are floats.

    >>> rounded(pd.DataFrame({"share": [Fraction(21454, 34765)], "year": [2021]})).to_dict("list")
    {'share': [0.617115], 'year': [2021]}
    """
    drawn = frame.copy()
    for name in drawn:
        cells = [_plain(cell) for cell in drawn[name]]
        if all(isinstance(cell, _NUMBERS) and not isinstance(cell, bool) for cell in cells):
            whole = all(isinstance(cell, int) for cell in cells)
            drawn[name] = cells if whole else [float(write_cell(cell) or "nan") for cell in cells]
    return drawn


def _plain(cell: Any) -> Any:
    """Return a cell of numpy as Python's own."""
    return cell.item() if hasattr(cell, "item") else cell


def write_cell(value: object) -> str:
    """Return a cell as it stands in the CSV: yes and no as 1 and 0, days in ISO, numbers exactly rounded.

    >>> write_cell(Fraction(21454, 34765)), write_cell(34765), write_cell(True), write_cell(float("nan"))
    ('0.617115', '34765', '1', '')
    """
    value = _plain(value)
    if value is None or value is pd.NA or (isinstance(value, float | Decimal) and value != value):
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
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


def each(table: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a table, whose cells are attributes."""
    return iter(table.itertuples(index=False))


def unique(cells: Iterable[str]) -> list[str]:
    """Return the different cells in the order of their first appearance; forms never sort."""
    return list(dict.fromkeys(cells))
