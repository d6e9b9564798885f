"""The command for two reports of one body: what both print of one thing, side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from asprinted.commands.audits import Spoken, ending
from asprinted.corpus import texts
from asprinted.faults import Fault, placed

if TYPE_CHECKING:
    from asprinted.corpus.between import Report

__all__ = ["between"]

This = Annotated[Path, typer.Argument(metavar="THIS", show_default=False)]
Last = Annotated[Path, typer.Argument(metavar="LAST", show_default=False)]
As = Annotated[Literal["lines", "csv", "json", "html", "xlsx"], typer.Option("--format")]
Output = Annotated[Path | None, typer.Option("--output", metavar="FILE")]
FailOn = Annotated[Literal["exact", "possible"] | None, typer.Option("--fail-on")]


def between(
    this: This,
    last: Last,
    language: Spoken,
    format: As = "lines",
    pairs: Output = None,
    differing: FailOn = None,
) -> None:
    """Hold two reports of one body against each other: what both print of one thing, and whether it differs.

    This year's report prints figures of the year before, or implies them by a change; they stand beside what
    last year's printed. What is printed twice in one report, under one name, is compared too.
    """
    with ending(language):
        from asprinted.commands.printing import passed
        from asprinted.corpus import pairs as told
        from asprinted.corpus.between import between as compared

        if pairs and format != "lines":
            raise Fault.of("--format with --output", "one of them alone", "--format")
        found = compared(_read(this), _read(last))
        if format != "lines":
            passed(f"between.{format}", sys.stdout, lambda file: told.write(file, found, language))
        else:
            if pairs:
                told.write(pairs, found, language)
            lines = [] if pairs else [told.says(each, language) for each in found]
            typer.echo("\n".join([*lines, told.summary(found, language)]))
        if differing and any(each.differs and (each.exact or differing == "possible") for each in found):
            raise typer.Exit(1)


def _read(path: Path) -> Report:
    from asprinted.corpus.between import report

    found = list(texts.each([path], _refuse))
    if len(found) != 1:
        _refuse(path, Fault.of(f"a folder of {len(found)} texts", "one report"))
    with placed(file=str(path)):
        return report(found[0].text, found[0].name)


def _refuse(path: Path, fault: Fault) -> NoReturn:
    raise fault.at(file=str(path))
