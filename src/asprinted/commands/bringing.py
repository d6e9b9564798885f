"""The command that brings a row of one's own into the collection, and asks a second hand to confirm it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from asprinted.collection import bringing
from asprinted.collection.bringing import Brought, Proposal
from asprinted.collection.collection import Collection
from asprinted.commands.audits import Spoken, ending
from asprinted.processes import holding
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language

__all__ = ["bring"]

Key = Annotated[str, typer.Argument(metavar="KEY", show_default=False)]
Accept = Annotated[bool, typer.Option("--accept")]
YES = {"yes", "y", "是"}


def bring(key: Key, language: Spoken, accept: Accept = False) -> None:
    """Bring a row of your own into the collection; with --accept, confirm one from its page."""
    with ending(language):
        if accept:
            _accept(key, language)
            return
        with _held() as collection:
            brought = bringing.bring(collection, key)
        typer.echo("\n".join(_told(brought, key, collection.home, language)))


@contextmanager
def _held() -> Iterator[Collection]:
    collection = Collection.find()
    with holding.hold(collection.home):
        yield collection


def _told(brought: Brought, name: str, home: Path, language: Language) -> Iterator[str]:
    table, key = f"data/{brought.table}.csv", brought.key
    yield sentence("bring", "brought", language, row=name, table=table, key=key)
    if brought.naming:
        files = ", ".join(str(file.relative_to(home)) for file in brought.naming)
        yield sentence("bring", "naming", language, files=files, row=name, key=key)
    if brought.proposed:
        found = brought.proposed
        file, beside = (str(each.relative_to(home)) for each in (found.file, found.beside))
        yield sentence("bring", "proposed", language, file=file, beside=beside, key=key)
    yield sentence("bring", "next", language)


def _accept(key: str, language: Language) -> None:
    """Show a proposal without its number, which is asked for; where it agrees, confirm the proposal."""
    collection = Collection.find()
    found = bringing.proposal(collection, key)
    where = str(found.file.relative_to(collection.home))
    typer.echo(sentence("bring", "proposal", language, key=key, file=where))
    # Whoever sees the number first does not read it.
    typer.echo("\n".join(f"  {column}: {cell}" for column, cell in _hidden(found)))
    token = typer.prompt(sentence("bring", "token", language)).strip()
    agreed = typer.prompt(sentence("bring", "agree", language)).strip().lower() in YES
    if not agreed:
        typer.echo(sentence("bring", "refused", language, file=where), err=True)
        raise typer.Exit(1)
    with _held() as collection:
        bringing.accept(bringing.proposal(collection, key), token)
    typer.echo(sentence("bring", "accepted", language, key=key, file=where))


def _hidden(found: Proposal) -> Iterator[tuple[str, str]]:
    return ((column, cell) for column, cell in found.cells.items() if cell and column != found.asked)
