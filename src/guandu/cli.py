"""The commands: what they are called, what they print, how they end. The work is done elsewhere."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from guandu import tables

app = typer.Typer(
    help="Rebuild, rerun and check a collection of printed figures. Works from any folder inside it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NOTEBOOK]...", help="A notebook, or how its name begins: 02")
]


@contextmanager
def _collection() -> Iterator[Path]:
    """Give the collection's folder; what a person can mend ends in one message, not in a traceback."""
    # nbformat imports jsonschema, which builds a grammar of web addresses if it can: over a second of every
    # command, to check what no notebook and no data package here holds.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        yield tables.root()
    except (tables.Faults, OSError) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo("Interrupted. What was finished is kept; no file is half written.", err=True)
        raise typer.Exit(130) from None


@contextmanager
def _writing() -> Iterator[Path]:
    """Give the collection's folder, held so that no other run writes there."""
    with _collection() as root:
        # Imported once there is a collection: this takes a second, and a refusal should not.
        from guandu import collection

        with collection.alone(root):
            yield root


@app.command()
def build() -> None:
    """Build the tables of data/ and their dictionary from the ones typed by hand."""
    with _writing() as root:
        from guandu import dataset

        files = dataset.build(root)
        changed = [f"data/{file.name}" for file in files if file.changed]
        typer.echo(f"Built {len(files)} files of data/. {_changed(changed)}")


@app.command()
def run(names: Names = None) -> None:
    """Rerun notebooks in place, and write the gallery and README's blocks. Only what changed is rewritten."""
    with _writing() as root:
        from guandu import collection

        began = time.monotonic()
        paths = collection.choose(root, names or [])
        with collection.figure_states() as states:
            outcomes = collection.run(paths)
        failed = [outcome for outcome in outcomes if outcome.failure]
        for outcome in failed:
            typer.echo(f"{outcome.path.name}, {outcome.failure}", err=True)
        changed = [f"notebooks/{outcome.path.name}" for outcome in outcomes if outcome.changed]
        changed += [f"figures/{stem}.*" for stem, state in states.items() if state == "written"]
        changed += [str(page.relative_to(root)) for page in tables.replace(collection.pages(root))]
        if kept := list(states.values()).count("left alone"):
            typer.echo(f"{kept} figures are unchanged and left alone: this machine would draw other bytes.")
        if failed:
            typer.echo(f"{len(failed)} of {len(paths)} notebooks failed and were not rewritten.", err=True)
        typer.echo(f"Ran {len(paths)} notebooks in {time.monotonic() - began:.1f} s. {_changed(changed)}")
        if failed:
            raise typer.Exit(1)


@app.command()
def check(names: Names = None) -> None:
    """Rerun notebooks; hold outputs, figures and built files to the stored ones, exactly. Writes nothing."""
    with _collection() as root:
        from guandu import check, collection

        began = time.monotonic()
        paths = collection.choose(root, names or []) if names else []
        differences = check.check(root, paths)
        for difference in differences:
            typer.echo(str(difference), err=True)
        ran = f"{len(paths or collection.notebooks(root))} notebooks in {time.monotonic() - began:.1f} s"
        if differences:
            typer.echo(f"Checked {ran}: {len(differences)} differences from what is stored.", err=True)
            raise typer.Exit(1)
        held = "every output and every figure" if paths else "every output, figure, built table and page"
        typer.echo(f"Checked {ran}: {held} is as stored.")


@app.command()
def verify(
    article: Annotated[Path, typer.Argument(help="The article's text, UTF-8.")],
    seal: Annotated[
        bool, typer.Option("--seal", help="Write the checksums, once everything agrees.")
    ] = False,
) -> None:
    """Hold printed.csv and exclusions.csv against the article's text: every number, each where it stands."""
    with _collection() as root:
        from guandu import sealing

        try:
            text = article.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            fault = tables.Fault(article.name, None, "", f"no UTF-8 ({error})", "the article's text in UTF-8")
            raise tables.Faults([fault], outcome="nothing was compared") from None
        typer.echo(str(sealing.seal(root, text) if seal else sealing.verify(root, text)))
        if seal:
            typer.echo(f"Written: {tables.path(sealing.SEAL, root).relative_to(root)}")


@app.command()
def lab() -> None:
    """Open JupyterLab on notebooks/, with a scratch notebook that git ignores."""
    with _collection() as root:
        from guandu import collection

        scratch = collection.scratch(root)
        typer.echo(f"JupyterLab on {root / 'notebooks'}; a place to play is {scratch.relative_to(root)}")
        os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", str(root / "notebooks")])


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
