"""The commands: what they are called, what they print, how they end. The work is done elsewhere."""

from __future__ import annotations

import gc
import os
import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from asprinted.collection.collection import Collection
from asprinted.collection.files import replace
from asprinted.collection.sealing import SEAL
from asprinted.collection.starting import start
from asprinted.commands import INTERRUPTED, audits, bringing, reports
from asprinted.commands.spoken import Spoken
from asprinted.corpus import texts
from asprinted.faults import Fault, Faults, Gathered, refuse
from asprinted.processes import lifetime
from asprinted.prose.writing import LANGUAGES

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

STARTED = """\
Started a collection in {started}: a made-up article, its tables, one notebook and its words. Next:{change}
  asprinted verify article.txt --seal
  asprinted build
  asprinted run
README.md says how an article of your own takes its place."""

NO_WORKBENCH = """\
The workbench was not built: it needs the packages that `npm ci` installs (Node.js 18 or newer).
WORKBENCH=no says that the site is meant to be without."""

All = Annotated[bool, typer.Option("--all", help="Those too that are rerun by their names alone.")]
Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NOTEBOOK]...", help="A notebook, or how its name begins: 02")
]


@contextmanager
def _collection() -> Iterator[Collection]:
    """Give the collection; what a person can mend ends in one message, not in a traceback."""
    try:
        yield Collection.find()
    except (Fault, Faults, OSError) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo(INTERRUPTED, err=True)
        raise typer.Exit(130) from None


@contextmanager
def _writing() -> Iterator[Collection]:
    """Give the collection, held so that no other run writes there."""
    with _collection() as collection:
        # Imported once there is a collection: a refusal should not wait for it.
        from asprinted.processes import holding

        with holding.hold(collection.home):
            yield collection


def _version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        typer.echo(f"asprinted {metadata.version('asprinted')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Audit the numbers of any text; rebuild, rerun and check a collection of printed figures."""


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Where it goes: an empty folder, or one that is made.")],
    text: Annotated[
        Path | None, typer.Option("--from", metavar="TEXT", help="A text whose numbers fill it.")
    ] = None,
    language: Annotated[
        Literal["en", "zh", "both"], typer.Option(help="With --from: what the collection speaks.")
    ] = "both",
) -> None:
    """Start a collection from a template: a made-up article, or, with --from, the numbers of a text."""
    if text:
        with audits.ending("zh" if language == "zh" else "en"):
            typer.echo(audits.begun(text, folder, LANGUAGES if language == "both" else [language]))
        return
    try:
        started = start(folder)
    except Fault as fault:
        typer.echo(f"{fault} Nothing was written.", err=True)
        raise typer.Exit(1) from None
    change = "" if started == Path.cwd() else f"\n  cd {shlex.quote(str(folder))}"
    typer.echo(STARTED.format(started=started, change=change))


app.command(cls=Spoken)(audits.scan)
app.command(cls=Spoken)(audits.audit)
app.command(cls=Spoken)(reports.between)
app.command(cls=Spoken)(bringing.bring)


@app.command()
def build() -> None:
    """Build the tables of data/ and their dictionary from the ones typed by hand."""
    with _writing() as collection:
        files = collection.build()
        changed = [f"data/{file.name}" for file in files if file.changed]
        typer.echo(f"Built {len(files)} files of data/. {_changed(changed)}")


@app.command()
def run(names: Names = None, every: All = False) -> None:
    """Rerun notebooks in place, and write the gallery and README's blocks. Only what changed is rewritten."""
    with _writing() as collection:
        from asprinted.rerun import figure_files, kernels, lab, notebooks, pages

        began = time.monotonic()
        paths = notebooks.choose(collection, names or [], apart=every)
        collection.require_sound()
        pages.refuse(collection)
        refuse(
            (fault for path in paths for fault in notebooks.word_faults(collection, path)), "nothing was run"
        )
        if warned := lab.warning(collection):
            typer.echo(warned, err=True)
        before = figure_files.digests(collection)
        outcomes = kernels.run(paths)
        stems = figure_files.written(before, figure_files.digests(collection))
        failed = [outcome for outcome in outcomes if outcome.failure]
        for outcome in failed:
            typer.echo(f"{outcome.path.name}, {outcome.failure}", err=True)
        for outcome in (each for each in outcomes if each.warned):
            cells = ", ".join(f"In [{number}]" for number in outcome.warned)
            typer.echo(f"{outcome.path.name}, {cells}: wrote to standard error, which is stored.", err=True)
        changed = [str(outcome.path.relative_to(collection.home)) for outcome in outcomes if outcome.changed]
        changed += [f"figures/{stem}.*" for stem in stems]
        # Of a collection that is half run, no page would say what holds.
        built = [] if failed else replace(pages.pages(collection))
        changed += [str(page.relative_to(collection.home)) for page in built]
        ran = {outcome.path.stem for outcome in outcomes if not outcome.failure}
        if kept := figure_files.left_alone(collection, ran, stems):
            typer.echo(f"{kept} figures are unchanged and left alone: this machine would draw other bytes.")
        if failed:
            told = f"{len(failed)} of {len(paths)} notebooks failed and were not rewritten, nor any page."
            typer.echo(told, err=True)
        typer.echo(f"Ran {len(paths)} notebooks in {time.monotonic() - began:.1f} s. {_changed(changed)}")
        if failed:
            raise typer.Exit(1)


@app.command()
def check(names: Names = None, every: All = False) -> None:
    """Rerun notebooks; hold outputs, figures and built files to the stored ones, exactly. Writes nothing."""
    # Importing makes many objects that stay: the collector would look at them again and again.
    gc.set_threshold(100_000)
    with _collection() as collection:
        from asprinted.rerun import check, notebooks

        began = time.monotonic()
        paths = notebooks.choose(collection, names or [], apart=every)
        differences = check.differences(collection, paths, whole=not names)
        for difference in differences:
            typer.echo(str(difference), err=True)
        ran = f"{len(paths)} notebooks in {time.monotonic() - began:.1f} s"
        if differences:
            told = f"Checked {ran}: {len(differences)} differences from what is stored."
            stores = " ".join(["asprinted run", *(names or ["--all"] * every)])
            typer.echo(f"{told} Where the fresh ones are meant, `{stores}` stores them.", err=True)
            raise typer.Exit(1)
        held = "every output and every figure" if names else "every output, figure, built table and page"
        typer.echo(f"Checked {ran}: {held} is as stored.")


@app.command()
def verify(
    article: Annotated[Path, typer.Argument(help="The article: its text, or what `audit --into` read.")],
    seal: Annotated[
        bool, typer.Option("--seal", help="Write what a machine finds, and the checksums, once all agrees.")
    ] = False,
) -> None:
    """Hold printed.csv and exclusions.csv against the article's text: every number, each where it stands."""
    with _collection() as collection:
        with Gathered(article.name, "nothing was compared"):
            text = texts.read(article)
        typer.echo(str(collection.seal(text) if seal else collection.verify(text)))
        if seal:
            files = [
                str(collection.path(name).relative_to(collection.home)) for name in collection.names(SEAL)
            ]
            typer.echo(f"Written: {', '.join(files)}")


@app.command(name="seal")
def seal_typed() -> None:
    """Seal what needs no text to be proven: every typed table but tokens and their places."""
    with _writing() as collection:
        collection.seal()
        typer.echo(f"Written: {collection.path(SEAL).relative_to(collection.home)}")


@app.command()
def site(
    address: Annotated[str, typer.Option(help="Where it will stand, for what is named in full.")] = "",
    workbench: Annotated[bool, typer.Option(envvar="WORKBENCH", help="Fail where there is none.")] = True,
) -> None:
    """Build the static site into `site/` from what is committed; nothing is executed."""
    with _writing() as collection:
        from asprinted.site.build import FOLDER, build
        from asprinted.site.workbench import is_installed

        began = time.monotonic()
        built = build(collection, address)
        took = f"{built.bytes / 1e6:.1f} MB in {time.monotonic() - began:.1f} s"
        typer.echo(f"Built {built.pages} pages and {built.files - built.pages} files in {FOLDER}/: {took}.")
        if workbench and not is_installed(collection.home):
            typer.echo(NO_WORKBENCH, err=True)
            raise typer.Exit(1)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    options_metavar="[OPTIONS OF JUPYTER LAB]",
)
def lab(context: typer.Context) -> None:
    """Open JupyterLab on the first notebook; it saves what `run` writes. A scratch one is yours."""
    with _collection() as collection:
        from asprinted.rerun import lab, notebooks

        scratch, folder = notebooks.scratch(collection), collection.home / "notebooks"
        typer.echo(f"JupyterLab on {folder}; a place to play is {scratch.relative_to(collection.home)}")
        started = lab.command(collection, context.args)
        lifetime.let_go()
        os.execv(started[0], started)


def _changed(files: list[str]) -> str:
    """Say which files were written; of a folder with many, how many."""
    folders: dict[str, list[str]] = {}
    for file in files:
        folders.setdefault(file.rpartition("/")[0], []).append(file)
    parts = [
        f"{len(inside)} in {folder}/" if folder and len(inside) > 3 else ", ".join(inside)
        for folder, inside in folders.items()
    ]
    return f"Written: {', '.join(parts)}." if parts else "Nothing changed on disk."
