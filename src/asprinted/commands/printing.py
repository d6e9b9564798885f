"""What `scan` and `audit` print: a list or a table in the terminal, CSV, JSON, a page, or a workbook."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text as Cell

from asprinted.audit import report, rows
from asprinted.audit.findings import Findings
from asprinted.audit.listing import lines
from asprinted.audit.phrasing import level_of, meaning, reasons, says, strength_of, summary
from asprinted.corpus import many, tables
from asprinted.faults import Fault
from asprinted.processes import holding
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language, choose

if TYPE_CHECKING:
    from asprinted.commands.audits import Format

__all__ = ["How", "passed", "printed"]

ROWS = 500
"""Rows of one table in the terminal."""

WIDE = 160
"""Columns of a table that goes to no terminal."""


class How(NamedTuple):
    """How something is printed: format and language, with relations or not, and whether all of it."""

    format: Format
    language: Language
    related: bool
    every: bool = False


def printed(found: Iterable[Findings], how: How) -> None:
    """Print what was found, text by text, in UTF-8 with the line ends of Unix but for a table."""
    # On a terminal the result itself is the progress, and the two would write over each other.
    quiet = sys.stdout.isatty() or not sys.stderr.isatty()
    columns = SpinnerColumn(), TextColumn("{task.description}")
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as progress:
        task = progress.add_task("")
        if how.format != "table":
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        _PRINTED[how.format](_told(found, progress, task), sys.stdout, how)


def _told(found: Iterable[Findings], progress: Progress, task: object) -> Iterator[Findings]:
    """Yield what was found, and show how many texts are done."""
    for number, each in enumerate(found, start=1):
        progress.update(task, description=f"{number}: {each.name}")  # type: ignore[arg-type]
        yield each


def _csv(found: Iterator[Findings], out: TextIO, how: How) -> None:
    columns = rows.columns(related=how.related)
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    for number, each in enumerate(found):
        if not number:
            writer.writeheader()
        writer.writerows(rows.of(each, how.language, related=how.related))


def _json(found: Iterator[Findings], out: TextIO, how: How) -> None:
    for number, each in enumerate(found):
        out.write(",\n" if number else '{"texts": [\n')
        out.write(json.dumps(rows.as_json(each, how.language, related=how.related), ensure_ascii=False))
    out.write("\n]}\n")


def _html(found: Iterator[Findings], out: TextIO, how: How) -> None:
    out.writelines(report.pages(found, how.language, related=how.related))


def _xlsx(found: Iterator[Findings], out: TextIO, how: How) -> None:
    if how.related:
        columns, cells = many.SAID, (row for each in found for row in many.said(each, how.language))
    else:
        spans = (row for each in found for row in rows.of(each, related=False))
        columns, cells = tuple(rows.SPAN), ([row[name] for name in rows.SPAN] for row in spans)
    passed("audit.xlsx", out, lambda book: tables.table(book, columns, cells, how.language))


def passed(name: str, out: TextIO, write: Callable[[Path], None]) -> None:
    """Pass on what is written to a file of this name."""
    if out.isatty() and name.endswith(".xlsx"):
        raise Fault.of("a terminal", f"a file: > {name}", "--format xlsx")
    with holding.temporary() as folder:
        write(file := folder / name)
        out.buffer.write(file.read_bytes())


def _table(found: Iterator[Findings], out: TextIO, how: How) -> None:
    (_tables if how.every or not how.related else _lists)(found, out, how)


def _lists(found: Iterator[Findings], out: TextIO, how: How) -> None:
    width = shutil.get_terminal_size((80, 24)).columns
    console = Console(file=out, highlight=False, soft_wrap=True)
    for number, each in enumerate(found):
        if number:
            console.print()
        for line, is_heading in lines(each, width, how.language):
            console.print(Cell(line, "bold" if is_heading else ""))


def _tables(found: Iterator[Findings], out: TextIO, how: How) -> None:
    console = Console(file=out, width=None if out.isatty() else WIDE, highlight=False)
    names = ("claim", "place", "says", "why") if how.related else ("place", "surface", "meaning")
    for each in found:
        cells = _claims(each, how.language) if how.related else _spans(each, how.language)
        # In parts, since a table is measured whole before its first row is printed.
        while part := list(islice(cells, ROWS)):
            table = Table(title=Cell(each.name), title_justify="left", show_lines=how.related)
            for name in names:
                table.add_column(sentence("column", name, how.language), overflow="fold")
            for row in part:
                table.add_row(*map(Cell, row))
            console.print(table)
        console.print(Cell(f"{each.name}: {summary(each, how.language, related=how.related)}"))
        if how.related:
            console.print(Cell(sentence("audit", "consistent", how.language)))


def _claims(found: Findings, language: Language) -> Iterator[Sequence[str]]:
    for claim in found.claims:
        level = level_of(claim, language)
        place = ", ".join(f"{span.line}:{span.column}" for span in claim.results)
        told = choose(language, " ", "").join([says(claim, language), strength_of(claim, language)]).rstrip()
        yield f"{claim.id} {level}".rstrip(), place, told, reasons(claim, language)


def _spans(found: Findings, language: Language) -> Iterator[Sequence[str]]:
    for span in found.spans:
        yield f"{span.line}:{span.column}", span.text, meaning(span, language)


_PRINTED: Mapping[Format, Callable[[Iterator[Findings], TextIO, How], None]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "html": _html,
    "xlsx": _xlsx,
}
