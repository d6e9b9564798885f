"""The commands for texts that nobody prepared: `scan` and `audit`, and how they end."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

import typer

from asprinted.audit import decisions, rows
from asprinted.audit.decisions import Decision
from asprinted.audit.document import audit as audited
from asprinted.audit.findings import Findings, checksum
from asprinted.commands import many, spoken
from asprinted.corpus import texts, workbook
from asprinted.corpus.texts import Text
from asprinted.faults import Fault, Faults, Gathered, near, placed, refuse
from asprinted.languages import is_english, numbers
from asprinted.languages import scan as scanned
from asprinted.processes import lifetime
from asprinted.prose.faults import message, phrase
from asprinted.prose.sentences import current_language, sentence, set_language
from asprinted.prose.writing import LANGUAGES, Language

__all__ = ["Spoken", "audit", "begun", "ending", "scan"]

LONGEST_ARTICLE = 200_000
"""Characters of the longest text with which a collection begins."""

Files = Annotated[list[Path], typer.Argument(metavar="FILE", allow_dash=True, show_default=False)]
Format = Literal["table", "csv", "json", "html", "xlsx"]
As = Annotated[Format, typer.Option("--format")]
Spoken = Annotated[
    Language,
    typer.Option("--language", default_factory=spoken.by_environment, show_default=False),
]
Decided = Annotated[Path | None, typer.Option("--relations", metavar="TABLE")]
Into = Annotated[Path | None, typer.Option("--into", metavar="FOLDER")]
Only = Annotated[Literal["flagged"] | None, typer.Option("--only")]
FailOn = Annotated[Literal["sure", "likely"] | None, typer.Option("--fail-on")]
Every = Annotated[bool, typer.Option("--all")]


def scan(files: Files, language: Spoken, format: As = "table") -> None:
    """Find every number expression of texts: where it stands, what it is, and what it says."""

    def found(text: Text, _: Sequence[Decision]) -> Findings:
        return Findings(text.text, text.name, tuple(scanned(text.text)), ())

    with ending(language):
        _print(_each(files, found), format, language, related=False)


def audit(
    files: Files,
    language: Spoken,
    format: As = "table",
    every: Every = False,
    only: Only = None,
    fail_on: FailOn = None,
    relations: Decided = None,
    into: Into = None,
    output: many.Output = None,
    summary: many.Summary = None,
    column: many.Column = "",
    name: many.Name = "",
    jobs: many.Jobs = 0,
    resume: many.Resume = False,
) -> None:
    """Propose which numbers of texts should follow from which, and say whether they do."""
    asked = many.Many(output, column, name, summary, jobs, resume)
    alone = {"--all": every, "--only": only, "--relations": relations, "--into": into}
    with ending(language):
        many.refuse(asked, {"--format": format != "table", **alone})
        if output:
            if fail_on in many.run(files, asked, language):
                raise typer.Exit(1)
            return
        found = _each(files, _audited, *(_decided(relations) if relations else ()))
        if into:
            typer.echo(_begun(list(islice(found, 2)), into))
            return
        failing = _Failing(fail_on)
        shown = (each.flagged if only else each for each in failing.watched(found))
        _print(shown, format, language, related=True, every=every)
        if failing.seen:
            raise typer.Exit(1)


def _print(found: Iterable[Findings], format: Format, language: Language, **how: bool) -> None:
    # What draws tables takes longer to load than many a command to run.
    from asprinted.commands.printing import How, printed

    printed(found, How(format, language, **how))


class _Failing:
    """Whether a relation was seen that is flagged at least so surely; None asks for nothing."""

    def __init__(self, least: Literal["sure", "likely"] | None) -> None:
        self.flags = {"sure": {"sure"}, "likely": {"sure", "likely"}, None: set[str]()}[least]
        self.seen = False

    def watched(self, found: Iterable[Findings]) -> Iterator[Findings]:
        """Yield what was found as it comes."""
        for each in found:
            self.seen = self.seen or any(claim.leads and claim.flag in self.flags for claim in each.claims)
            yield each


def begun(text: Path, into: Path, languages: Sequence[Language]) -> str:
    """Begin a collection with a text, be it one that relates nothing, and return what comes next."""
    return _begun(list(islice(_each([text], _scanned), 2)), into, 0, languages)


def _begun(
    found: Sequence[Findings], into: Path, least: int = 1, languages: Sequence[Language] = LANGUAGES
) -> str:
    """Begin a collection with the one text that there is, and return what comes next."""
    # What a collection needs is not installed with the rest of these commands.
    from asprinted.collection import scaffold

    if len(found) > 1:
        expected = "one text: begin a collection of each, or audit all into one table, --output found.csv"
        raise Fault.of("several texts", expected, "--into")
    made = scaffold.found(found[0], into, least, languages)
    change = "" if made.folder == Path.cwd() else f"\n  cd {shlex.quote(str(into))}"
    told = {name: str(value) for name, value in made._asdict().items()}
    return sentence("command", "begun", current_language(), **told, change=change)


def _scanned(text: Text, _: Sequence[Decision]) -> Findings:
    """Return the numbers of an article, and in Chinese what they relate."""
    if len(text.text) > LONGEST_ARTICLE:
        found = f"{len(text.text):,} characters"
        raise Fault.of(found, f"one article, of at most {LONGEST_ARTICLE:,}")
    if is_english(text.text):
        return Findings(text.text, text.name, tuple(numbers(text.text)), ())
    return _audited(text, ())


def _audited(text: Text, decided: Sequence[Decision]) -> Findings:
    return audited(text.text, name=text.name, decisions=decided)


# ---------------------------------------------------------------------------------------- reading, refusing


@contextmanager
def ending(language: Language) -> Iterator[None]:
    """Speak a language, and end with one message where nothing can be read or written."""
    set_language(language)
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has enough. What is left to flush at the end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except (Fault, Faults, OSError) as fault:
        if isinstance(fault, OSError):
            reason = phrase(fault.strerror or str(fault), language)
            # What the engine says itself, as of a collection that another run holds, is said whole.
            told = sentence("command", "output", language, reason=reason) if fault.strerror else reason
            typer.echo(told, err=True)
        else:
            typer.echo(message(fault, language), err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    except (KeyboardInterrupt, lifetime.Interrupted):
        typer.echo(sentence("command", "interrupted", language), err=True)
        raise typer.Exit(130) from None


def _refused(path: Path, fault: Fault) -> None:
    typer.echo(message(fault.at(file=str(path)), current_language()), err=True)


def _each(
    files: Sequence[Path],
    make: Callable[[Text, Sequence[Decision]], Findings],
    decided: Sequence[Decision] = (),
    headings: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Findings]:
    """Yield what is found in each text as it is read; exit with 1 where none can be.

    Every fault of a person's table is told before anything is printed, so that takes all texts first.
    """
    read = texts.each(files, _refused)
    if decided:
        with _headed(headings):
            found = iter(_all_decided(list(read), make, decided))
    else:
        found = _undecided(read, make)
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
            typer.echo(message(fault.at(file=text.name), current_language()), err=True)
            continue
        yield found


def _all_decided(
    read: Sequence[Text],
    make: Callable[[Text, Sequence[Decision]], Findings],
    decided: Sequence[Decision],
) -> list[Findings]:
    names, faults = {text.name for text in read}, Gathered()
    digests = {checksum(text.text) for text in read}
    # A table of many texts serves one of them: a row of another, written by an audit, is let alone.
    ours = {each.name for each in decided} & names
    for each in decided:
        if each.name not in names and not (ours and each.sha256 and each.sha256 not in digests):
            expected = f"the name of a text that is given{near(each.name, names)}"
            faults.add(f'"{each.name}"', expected, "text_id", each.row, file=each.file)
    # Of texts of one name each takes the rows with its own checksum; that of no text is a fault of each.
    found = list[Findings]()
    for text in read:
        others = digests - {checksum(text.text)}
        own = [each for each in decided if each.name == text.name and each.sha256 not in others]
        with faults.at(file=text.name):
            found.append(make(text, own))
    refuse(sorted(faults, key=lambda fault: fault.row or 0), "nothing was audited")
    return found


def _decided(table: Path) -> tuple[list[Decision], Mapping[str, str]]:
    """Return what a person's table says, and where it is a workbook, the headings of its columns."""
    with placed(file=str(table)):
        raw = texts.bytes_of(table)
        if not workbook.is_workbook(raw):
            return decisions.read(texts.text_of(raw, table), table.name), {}
        sheet = workbook.read(raw, rows.CLAIM, decisions.NEEDED)
    file = sentence("fault", "sheet", current_language(), file=table.name, sheet=sheet.name)
    with _headed(sheet.headings):
        return decisions.taken(sheet.rows, file, sheet.faults), sheet.headings


@contextmanager
def _headed(headings: Mapping[str, str]) -> Iterator[None]:
    """Let faults name a column as its table does."""
    try:
        yield
    except Faults as error:
        named = (fault.at(column=headings.get(fault.column, fault.column)) for fault in error.faults)
        refuse(named, error.outcome)
