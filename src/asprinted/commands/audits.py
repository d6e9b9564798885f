"""The commands for texts that nobody prepared: `scan` and `audit`, and what they print."""

from __future__ import annotations

import csv
import json
import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal, TextIO

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text as Cell

from asprinted.audit import decisions, report, rows
from asprinted.audit.decisions import Decision
from asprinted.audit.document import audit as audited
from asprinted.audit.findings import Findings, checksum
from asprinted.audit.phrasing import meaning, reasons, says, strength_of, summary
from asprinted.commands import many
from asprinted.corpus import texts
from asprinted.corpus.texts import Text
from asprinted.faults import Fault, Faults, Gathered, near, placed, refuse
from asprinted.languages import scan as scanned
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language, choose

__all__ = ["audit", "scan"]


ROWS = 500
"""Rows of one table in the terminal."""


BEGUN = """\
Began a collection in {folder}, sealed against the text: {printed} printed figures, {exclusions} other number
expressions, {relations} relations that are sure or likely to be meant, as a machine reads them. Next:{change}
  asprinted build
  asprinted run
README.md lists what a person has to go over."""


def _spoken() -> Language:
    """Return the language of the environment: Chinese where it says so, else English."""
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if named.startswith("zh") else "en"


Format = Literal["table", "csv", "json", "html"]
Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help="Texts: plain, Markdown, a saved HTML page, DOCX, PDF; a folder of them; - for standard input.",
        allow_dash=True,
        show_default=False,
    ),
]
As = Annotated[Format, typer.Option("--format", help="How it is printed.")]
Spoken = Annotated[
    Language,
    typer.Option(
        "--language",
        default_factory=_spoken,
        help="Of words, not of the texts.",
        show_default="as LANG says",
    ),
]


def scan(files: Files, language: Spoken, format: As = "table") -> None:
    """Find every number expression of texts: where it stands, what it is, and what it says."""

    def found(text: Text, _: Sequence[Decision]) -> Findings:
        return Findings(text.text, text.name, tuple(scanned(text.text)), ())

    with _ending():
        _print(_each(files, found), format, language, related=False)


def audit(
    files: Files,
    language: Spoken,
    format: As = "table",
    relations: Annotated[
        Path | None,
        typer.Option(
            "--relations",
            metavar="TABLE",
            help="The table that --format csv writes, with accept or reject in its column decision.",
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="FOLDER",
            help="Begin a collection with one text: tables, a notebook and its words. Prints no audit.",
        ),
    ] = None,
    output: many.Output = None,
    summary: many.Summary = None,
    column: many.Column = "",
    name: many.Name = "",
    jobs: many.Jobs = 0,
    resume: many.Resume = False,
) -> None:
    """Propose which numbers of texts should follow from which, and say whether they do."""
    asked = many.Many(output, column, name, summary, jobs, resume)
    with _ending():
        many.refuse(asked, {"--format": format != "table", "--relations": relations, "--into": into})
        if output:
            typer.echo(many.run(files, asked, language))
            return
        found = _each(files, _audited, _decided(relations) if relations else [])
        if into:
            typer.echo(_begun(list(islice(found, 2)), into))
        else:
            _print(found, format, language, related=True)


def _begun(found: Sequence[Findings], into: Path) -> str:
    """Begin a collection with the one text that there is, and return what comes next."""
    # What a collection needs is not installed with the rest of these commands.
    from asprinted.collection import scaffold

    if len(found) > 1:
        raise Fault.of("several texts", "one text to begin a collection with", "--into")
    begun = scaffold.found(found[0], into)
    change = "" if begun.folder == Path.cwd() else f"\n  cd {shlex.quote(str(into))}"
    return BEGUN.format(**begun._asdict(), change=change)


def _audited(text: Text, decided: Sequence[Decision]) -> Findings:
    return audited(text.text, name=text.name, decisions=decided)


# ---------------------------------------------------------------------------------------- reading, refusing


@contextmanager
def _ending() -> Iterator[None]:
    """End with one message where nothing can be read or written."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has enough. What is left to flush at the end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except (Fault, Faults, OSError) as fault:
        said = f"standard output: {fault.strerror}" if isinstance(fault, OSError) else str(fault)
        typer.echo(said, err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo("Interrupted.", err=True)
        raise typer.Exit(130) from None


def _refused(path: Path, fault: Fault) -> None:
    typer.echo(str(fault.at(file=str(path))), err=True)


def _each(
    files: Sequence[Path],
    make: Callable[[Text, Sequence[Decision]], Findings],
    decided: Sequence[Decision] = (),
) -> Iterator[Findings]:
    """Yield what is found in each text as it is read; exit with 1 where none can be.

    Every fault of a person's table is told before anything is printed, so that takes all texts first.
    """
    read = texts.each(files, _refused)
    found = iter(_all_decided(list(read), make, decided)) if decided else _undecided(read, make)
    first = next(found, None)
    if first is None:
        raise typer.Exit(1)
    yield first
    yield from found


def _undecided(
    read: Iterable[Text], make: Callable[[Text, Sequence[Decision]], Findings]
) -> Iterator[Findings]:
    """Yield what is found in each text; one in a language that is not scanned is told, and left out."""
    for text in read:
        try:
            found = make(text, ())
        except Fault as fault:
            typer.echo(str(fault.at(file=text.name)), err=True)
            continue
        yield found


def _all_decided(
    read: Sequence[Text],
    make: Callable[[Text, Sequence[Decision]], Findings],
    decided: Sequence[Decision],
) -> list[Findings]:
    names = {text.name for text in read}
    faults = Gathered()
    for each in decided:
        if each.name not in names:
            expected = f"the name of a text that is given{near(each.name, names)}"
            faults.add(f'"{each.name}"', expected, "text_id", each.row, file=each.file)
    # Of texts of one name each takes the rows with its own checksum; that of no text is a fault of each.
    digests = {
        text.text: checksum(text.text) for text in read if text.name in {each.name for each in decided}
    }
    known, found = set(digests.values()), list[Findings]()
    for text in read:
        own = [each for each in decided if each.name == text.name]
        own = [each for each in own if each.sha256 not in known or each.sha256 == digests[text.text]]
        with faults.at(file=text.name):
            found.append(make(text, own))
    refuse(sorted(faults, key=lambda fault: fault.row or 0), "nothing was audited")
    return found


def _decided(table: Path) -> list[Decision]:
    """Return what a person's table says."""
    with placed(file=str(table)):
        return decisions.read(texts.read(table), table.name)


# ------------------------------------------------------------------------------------------------- printing


def _print(found: Iterable[Findings], format: Format, language: Language, *, related: bool) -> None:
    """Print what was found, text by text, in UTF-8 with the line ends of Unix but for a table."""
    # On a terminal the result itself is the progress, and the two would write over each other.
    quiet = sys.stdout.isatty() or not sys.stderr.isatty()
    columns = SpinnerColumn(), TextColumn("{task.description}")
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as progress:
        task = progress.add_task("")
        if format != "table":
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        _PRINTED[format](_told(found, progress, task), sys.stdout, language, related)


def _told(found: Iterable[Findings], progress: Progress, task: object) -> Iterator[Findings]:
    """Yield what was found, and show how many texts are done."""
    for number, each in enumerate(found, start=1):
        progress.update(task, description=f"{number}: {each.name}")  # type: ignore[arg-type]
        yield each


def _csv(found: Iterator[Findings], out: TextIO, language: Language, related: bool) -> None:
    writer = csv.writer(out, lineterminator="\n")
    columns: list[str] = []
    for each in found:
        if not columns:
            columns = rows.CLAIM if related else rows.SPAN
            writer.writerow(columns)
        table = (
            (rows.claim_row(each, claim, language) for claim in each.claims)
            if related
            else (rows.span_row(each.name, span) for span in each.spans)
        )
        writer.writerows([row[column] for column in columns] for row in table)


def _json(found: Iterator[Findings], out: TextIO, language: Language, related: bool) -> None:
    for number, each in enumerate(found):
        out.write(",\n" if number else '{"texts": [\n')
        out.write(json.dumps(rows.as_json(each, language, related=related), ensure_ascii=False))
    out.write("\n]}\n")


def _html(found: Iterator[Findings], out: TextIO, language: Language, related: bool) -> None:
    out.writelines(report.pages(found, language, related=related))


def _tables(found: Iterator[Findings], out: TextIO, language: Language, related: bool) -> None:
    console = Console(file=out, width=None if out.isatty() else 160, highlight=False)
    names = ("claim", "place", "says", "why") if related else ("place", "surface", "meaning")
    for each in found:
        cells = _claims(each, language) if related else _spans(each, language)
        # In parts, since a table is measured whole before its first row is printed.
        while part := list(islice(cells, ROWS)):
            table = Table(title=Cell(each.name), title_justify="left", show_lines=related)
            for name in names:
                table.add_column(sentence("column", name, language), overflow="fold")
            for row in part:
                table.add_row(*map(Cell, row))
            console.print(table)
        console.print(Cell(f"{each.name}: {summary(each, language, related=related)}"))
        if related:
            console.print(Cell(sentence("audit", "consistent", language)))


def _claims(found: Findings, language: Language) -> Iterator[Sequence[str]]:
    for claim in found.claims:
        sure = sentence("confidence", claim.confidence, language)
        place = ", ".join(f"{span.line}:{span.column}" for span in claim.results)
        told = choose(language, " ", "").join([says(claim, language), strength_of(claim, language)]).rstrip()
        yield f"{claim.id} {sure}", place, told, reasons(claim, language)


def _spans(found: Findings, language: Language) -> Iterator[Sequence[str]]:
    for span in found.spans:
        yield f"{span.line}:{span.column}", span.text, meaning(span, language)


_PRINTED = {"table": _tables, "csv": _csv, "json": _json, "html": _html}
