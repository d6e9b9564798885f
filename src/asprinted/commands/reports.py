"""The command for two reports of one body: what both print of one thing, side by side."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from asprinted.commands.audits import Spoken, ending
from asprinted.corpus import texts
from asprinted.corpus.between import COLUMNS, Report, report, row, says, summary
from asprinted.corpus.between import between as compared
from asprinted.faults import Fault, placed

__all__ = ["between"]

This = Annotated[Path, typer.Argument(metavar="THIS", show_default=False)]
Last = Annotated[Path, typer.Argument(metavar="LAST", show_default=False)]
As = Annotated[Literal["lines", "csv"], typer.Option("--format")]


def between(this: This, last: Last, language: Spoken, format: As = "lines") -> None:
    """Hold two reports of one body against each other: what both print of one thing, and whether it differs.

    This year's report prints figures of the year before, or implies them by a change; they stand beside what
    last year's printed. What is printed twice in one report, under one name, is compared too.
    """
    with ending(language):
        pairs = compared(_read(this), _read(last))
        if format == "csv":
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
            writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(map(row, pairs))
        else:
            typer.echo("\n".join([*(says(each, language) for each in pairs), summary(pairs, language)]))


def _read(path: Path) -> Report:
    found = list(texts.each([path], _refuse))
    if len(found) != 1:
        _refuse(path, Fault.of(f"a folder of {len(found)} texts", "one report"))
    with placed(file=str(path)):
        return report(found[0].text, found[0].name)


def _refuse(path: Path, fault: Fault) -> NoReturn:
    raise fault.at(file=str(path))
