"""The audit of many texts on a command line: where they come from, where it goes, what is told.

What only a run needs is loaded by the run: other commands start without it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asprinted.faults import Fault, Gathered
from asprinted.processes import lifetime
from asprinted.prose.faults import message
from asprinted.prose.sentences import current_language, sentence
from asprinted.prose.writing import Language, count

if TYPE_CHECKING:
    from rich.progress import Progress

    from asprinted.corpus.journal import Outcome
    from asprinted.corpus.sources import Item

__all__ = ["Column", "Jobs", "Many", "Name", "Output", "Resume", "Summary", "refuse", "run"]


Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        metavar="FILE",
    ),
]
Summary = Annotated[
    Path | None,
    typer.Option(
        "--summary",
        metavar="FILE",
    ),
]
Column = Annotated[
    str,
    typer.Option(
        "--column",
        metavar="NAME",
    ),
]
Name = Annotated[
    str,
    typer.Option(
        "--id",
        metavar="NAME",
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        min=0,
        max=256,
        metavar="N",
    ),
]
Resume = Annotated[
    bool,
    typer.Option(
        "--resume",
    ),
]


@dataclass(frozen=True, slots=True)
class Many:
    """What is asked of a run: where the results go, the column of texts and that of names."""

    output: Path | None = None
    column: str = ""
    name: str = ""
    summary: Path | None = None
    jobs: int = 0
    resume: bool = False


def refuse(asked: Many, others: Mapping[str, object]) -> None:
    """Raise Faults for options of a run without --output, and for other options with it."""
    own = {
        "--summary": asked.summary,
        "--column": asked.column,
        "--id": asked.name,
        "--jobs": asked.jobs,
        "--resume": asked.resume,
    }
    with Gathered(outcome="nothing was audited") as faults:
        for option in (option for option, given in (others if asked.output else own).items() if given):
            expected = "one of them alone" if asked.output else "--output FILE with it"
            faults.add(f"{option} {'with' if asked.output else 'without'} --output", expected, option)
        if asked.name and not asked.column:
            faults.add("--id without --column", "--column NAME with it", "--id")


def run(files: Sequence[Path], asked: Many, language: Language) -> set[str]:
    """Audit the texts, write what was found and say how much; return how surely any is flagged at least.

    Ends with 1 where no text can be read. Raises Fault where nothing can be written: what was done is kept.
    """
    from asprinted.corpus import many, running
    from asprinted.corpus.journal import Journal

    assert asked.output
    many.refuse(asked.output, asked.summary)
    about = {"engine": many.engine(), "language": language}
    with Journal(many.journal_of(asked.output), about, resume=asked.resume) as journal:
        with _shown() as shown, _resumed(language):
            jobs = asked.jobs or running.cores()
            many.audit_all(
                _items(files, asked), journal, many.form_of(asked.output), language, jobs, shown.told
            )
        totals = journal.totals()
        if totals["texts"] == totals["refused"]:
            journal.done()
            raise typer.Exit(1)
        many.write(journal, asked.output, language)
        if asked.summary:
            many.summarise(journal, asked.summary, language)
        journal.done()
    written = {name: count(number, language) for name, number in totals.items()}
    if totals["named"]:
        typer.echo(sentence("many", "named", language, **written), err=True)
    typer.echo(sentence("many", "done", language, **written))
    return {level for level, of in {"sure": "contradicted", "likely": "flagged"}.items() if totals[of]}


@contextmanager
def _resumed(language: Language) -> Iterator[None]:
    """Say how a run that is interrupted goes on."""
    try:
        yield
    except (KeyboardInterrupt, lifetime.Interrupted):
        typer.echo(sentence("many", "resume", language), err=True)
        raise


def _items(files: Sequence[Path], asked: Many) -> Iterator[Item]:
    from asprinted.corpus import sources

    if asked.column:
        return sources.column(files, _refused, asked.column, asked.name)
    return sources.files(files, _refused)


def _refused(path: Path, fault: Fault) -> None:
    typer.echo(message(fault.at(file=str(path)), current_language()), err=True)


class _Shown:
    """How far a run has come: a line on a terminal, and a line for each text that is refused."""

    def __init__(self, progress: Progress) -> None:
        self.progress, self.done = progress, 0
        self.task = progress.add_task("")

    def told(self, item: Item, outcome: Outcome | Fault | None) -> None:
        """Hear what came of a text."""
        self.done += 1
        if isinstance(outcome, Fault):
            self.progress.console.print(
                message(outcome.within(file=item.file), current_language()),
                markup=False,
                highlight=False,
                soft_wrap=True,
            )
        self.progress.update(self.task, completed=self.done, description=item.name)


@contextmanager
def _shown() -> Iterator[_Shown]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,}"),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as progress:
        yield _Shown(progress)
