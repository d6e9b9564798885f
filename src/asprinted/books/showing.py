"""Frames as a reader sees them: headings in the book's language, numbers as short as they are true."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from asprinted.books.completing import complete
from asprinted.books.scope import Given
from asprinted.collection import frames, templates
from asprinted.collection.tables import CollectionNotFound
from asprinted.collection.wording import Heading
from asprinted.escaping import sets
from asprinted.faults import Fault, Faults
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language

if TYPE_CHECKING:
    import pandas

FOLDED = 30
"""Rows from which on a table is one to look things up in: its ends are shown, and it unfolds at a click."""


class Headings:
    """What the columns of frames are called, in one language, and how their numbers are written."""

    def __init__(self, known: Mapping[str, Heading], language: Language) -> None:
        """Take what a collection calls its columns."""
        self._known, self.language = known, language

    def __getitem__(self, column: object) -> str:
        """Return the heading of a column: its own name where none is typed."""
        known = self._known.get(str(column))
        return known.name[self.language] if known else str(column)

    def cell(self, column: object, value: Any) -> str:
        """Return a cell as it is shown: nothing for what is missing, numbers in the column's format."""
        if value is None or value != value:
            return ""
        if isinstance(value, bool) or type(value).__name__ == "bool_":
            return "✓" if value else ""
        known = self._known.get(str(column))
        if isinstance(value, str):
            return known.cells[value][self.language] if known and value in known.cells else value
        if isinstance(value, dt.date):
            return value.isoformat()[:10]
        if column == "year":
            # No count, whose thousands are marked.
            return f"{value:.0f}"
        if known and known.format:
            return templates.write(Given(value), known.format, self.language)
        return _short(value, self.language)


def _short(value: Any, language: Language) -> str:
    """Return a number without a format: whole ones whole, others with six significant digits."""
    if isinstance(value, Fraction) or hasattr(value, "dtype") or isinstance(value, int | float):
        number = float(value)
        if number == int(number) and abs(number) < 1e15:
            return f"{number:,.0f}" if language == "en" else f"{number:.0f}"
        return f"{number:.6g}"
    return str(value)


def written(frame: pandas.DataFrame, names: Headings) -> pandas.DataFrame:
    """Return a frame of texts, as it is shown; the frame itself stays as it is."""
    import pandas as pd

    if frame.attrs.get(frames.BARE):
        names = Headings({}, names.language)
    cells = {
        place: [names.cell(column, cell) for cell in cells.tolist()]
        for place, (column, cells) in enumerate(frame.items())
    }
    # As objects: pandas' own arrays of texts take longer to make than to show.
    shown = pd.DataFrame(cells, index=frame.index, dtype=object)
    across = frame.columns.name
    shown.columns = [names.cell(across, name) if across else names[name] for name in frame.columns]
    shown.columns.name = names[across] if across else None
    if frame.index.name:
        shown.index = shown.index.map(lambda label: names.cell(frame.index.name, label))
        shown.index.name = names[frame.index.name]
    return shown


def ends(shown: pandas.DataFrame, rows: int = 5) -> pandas.DataFrame:
    """Return the first and the last rows of a frame of texts, and a row of dots between them."""
    import pandas as pd

    gap = pd.DataFrame("…", index=pd.Index(["…"], name=shown.index.name), columns=shown.columns)
    return pd.concat([shown.head(rows), gap, shown.tail(rows)])


def as_page(shown: pandas.DataFrame, texts: Sequence[bool] = ()) -> str:
    """Return a frame of texts as HTML, in which nothing is set as a formula.

    texts: for the index and each column whether it holds texts, which stand flush left, unlike numbers.
    """
    if shown.index.name and not shown.columns.name:
        # In the one row of headings, not in another of its own.
        shown = shown.rename_axis(index=None, columns=str(shown.index.name))
    page = str(shown.to_html(border=0, max_rows=None))
    page = _ROW.sub(lambda row: _flush_left(row[0], texts), page) if any(texts) else page
    # The first class tells MathJax 2, the second those after it.
    unset = 'class="dataframe tex2jax_ignore mathjax_ignore"' if sets(page) else 'class="dataframe"'
    return page.replace('class="dataframe"', unset, 1)


_ROW = re.compile(r"<tr.*?</tr>", re.DOTALL)


def _flush_left(row: str, texts: Sequence[bool]) -> str:
    opened, *cells = re.split(r"(?=<t[dh]>)", row)
    # A cell says so itself: the pages that show a notebook set every cell to the right.
    left = [
        f'{cell[:3]} style="text-align: left"{cell[3:]}' if text else cell
        for cell, text in zip(cells, texts[-len(cells) :], strict=False)
    ]
    return "".join([opened, *left])


def of_texts(frame: pandas.DataFrame) -> list[bool]:
    """Return for each level of the index and each column of a frame whether it holds texts."""
    levels = [frame.index.get_level_values(level) for level in range(frame.index.nlevels)]
    columns = [*levels, *(frame.iloc[:, place] for place in range(frame.shape[1]))]
    return [any(isinstance(cell, str) for cell in column) for column in columns]


def at_their_line(shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: Any = None) -> Any:
    """Show an error under the reader's own line, without the rooms of the house that it came through."""
    last = trace
    while last.tb_next and not last.tb_next.tb_frame.f_globals.get("__name__", "").startswith("asprinted."):
        last = last.tb_next
    if last.tb_next:
        last.tb_next, error.__suppress_context__ = None, True
    return shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


def kernel() -> Any:
    """Return the kernel, in which errors stand under a reader's own line from then on; None without one."""
    try:
        from IPython import get_ipython
    except ModuleNotFoundError:
        return None
    if shell := get_ipython():
        shell.set_custom_exc((Fault, Faults, KeyError, CollectionNotFound), at_their_line)
    return shell


def register(names: Headings) -> None:
    """Let frames, columns and floats of this kernel show themselves so; without a kernel, do nothing."""
    import pandas as pd

    shell = kernel()
    if shell is None:
        return
    complete(shell)
    formatters = shell.display_formatter.formatters
    plain, page = formatters["text/plain"], formatters["text/html"]

    def html(frame: pandas.DataFrame) -> str:
        shown, texts = written(frame, names), of_texts(frame)
        page = as_page(shown, texts)
        if len(frame) <= FOLDED:
            return page
        title = sentence("frame", "folded", names.language, rows=str(len(frame)))
        return f"{as_page(ends(shown), texts)}\n<details><summary>{title}</summary>\n{page}\n</details>"

    def text(frame: pandas.DataFrame, printer: Any, _cycle: bool) -> None:
        printer.text(written(frame, names).to_string(max_rows=None, max_colwidth=60))

    plain.for_type(pd.DataFrame, text)
    page.for_type(pd.DataFrame, html)
    plain.for_type(pd.Series, lambda column, printer, cycle: text(column.to_frame(), printer, cycle))
    page.for_type(pd.Series, lambda column: html(column.to_frame()))
    plain.for_type(float, lambda number, printer, _: printer.text(_short(number, names.language)))
