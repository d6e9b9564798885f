"""The notebooks of a collection: find, choose and read them, and the one form in which they are stored."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat

from asprinted.collection import wording
from asprinted.collection.collection import Collection
from asprinted.collection.files import read_text, replace
from asprinted.faults import Fault, Faults, Gathered, quote, refuse

OPENS = "one that Jupyter can open"
OUTCOME = "it was not run"
KEPT = ("tags", "trusted")
"""Metadata of a cell that stay: all others tell of an hour or of an editor. No file ever holds the second,
by which a lab says that it ran the cell."""


def every(collection: Collection) -> list[Path]:
    """Return the notebooks of the collection, and behind them those with words but no number."""
    folder, numbered = collection.home / "notebooks", collection.notebooks
    words = {path.stem for path in (folder / "words").glob("*.toml")}
    beside = {path for path in folder.glob("*.ipynb") if path.stem in words}.difference(numbered)
    return [*numbered, *sorted(beside)]


def choose(collection: Collection, names: Sequence[str], *, apart: bool = False) -> list[Path]:
    """Return the notebooks that `names` mean: a path, a file name, or how it begins (`02`); all for none.

    All are every one but those that the data package lists as `apart`: they are rerun by name, or where
    `apart` asks for them. Raises Faults for a name that fits no notebook, with those there are.
    """
    there = every(collection)
    chosen = {
        name: [path for path in there if (begin := Path(name).name) and path.name.startswith(begin)]
        for name in names
    }
    known = ", ".join(path.name for path in there) or "none, there is no notebook yet"
    with Gathered("notebooks", "nothing was run") as faults:
        for name in (name for name, found in chosen.items() if not found):
            faults.add(f"no notebook {name or quote(name)}", f"one of {known}")
    left = [] if apart else collection.descriptor.get("asprinted", {}).get("apart", [])
    whole = [path for path in there if path.stem not in left]
    return sorted({path for found in chosen.values() for path in found}) or whole


def read(path: Path) -> nbformat.NotebookNode:
    """Return a notebook of version 4.5; raises Faults, all of them at once, where the file is none."""
    if not path.is_file():
        kinds = (
            (path.is_dir(), "a folder"),
            (path.exists(), "no regular file"),
            (path.is_symlink(), "a dead link"),
        )
        raise Faults([_none(path, next((kind for holds, kind in kinds if holds), "no such file"))], OUTCOME)
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        refuse((fault.at(file=path.name) for fault in _invalid(stored)), OUTCOME)
        notebook: nbformat.NotebookNode = nbformat.v4.to_notebook(stored)
        "".join(cell.source for cell in notebook.cells).encode()
    except (ValueError, OSError, RecursionError) as fault:
        raise Faults([_none(path, f"no readable notebook ({fault})")], OUTCOME) from fault
    return notebook


def _none(path: Path, found: str) -> Fault:
    return Fault(path.name, None, "", found, OPENS)


def _invalid(stored: Any) -> Iterator[Fault]:
    """Yield what the format refuses; nbformat itself mends ids, by others each time that it reads."""
    version = (stored.get("nbformat"), stored.get("nbformat_minor")) if isinstance(stored, dict) else None
    if version != (4, 5):
        yield Fault.of("no notebook of version 4.5", "one as JupyterLab saves it, with an id for each cell")
        return
    errors = [*nbformat.validator.iter_validate(stored, version=4, version_minor=5)]
    for error in errors:
        match [*error.absolute_path]:
            case ["cells", int(index), *_]:
                column = f"cell {index + 1}"
            case _:
                column = ""
        yield Fault.of(f"no valid notebook ({error.message:.80})", OPENS, column)
    ids = [] if errors else [cell["id"] for cell in stored["cells"]]
    for number, each in enumerate(ids, 1):
        if each in ids[: number - 1]:
            yield Fault.of(f"the id {quote(each)} again", "an id that no other cell has", f"cell {number}")


def unrun(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take away what a run leaves behind; returns the same notebook."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def plain(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take away the metadata that differ by machine, hour or editor; returns the same notebook."""
    built = {key: value for key, value in notebook.metadata.items() if key == "asprinted"}
    notebook.metadata = nbformat.from_dict(
        {
            **built,
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for cell in notebook.cells:
        kept = {key: value for key, value in cell.metadata.items() if key in KEPT and value}
        cell.metadata = nbformat.from_dict(kept)
    return notebook


def numbered(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Give code cells that ran, and their results, the numbers of a run; returns the same notebook.

    Another number says only what the kernel ran before.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for number, cell in enumerate(code, 1):
        if cell.execution_count is not None:
            cell.execution_count = number
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = number
    return notebook


def normal(notebook: nbformat.NotebookNode) -> str:
    """Return the text of a notebook's file, without what differs by machine or says when it ran."""
    text: str = nbformat.writes(plain(notebook))
    return text.rstrip("\n") + "\n"


def join_streams(cell: nbformat.NotebookNode) -> None:
    """Make one output of each stream of a cell, output before errors where the two meet.

    Of a line that was written over, what was written last stays. The time grows with the text alone.
    """
    joined: list[nbformat.NotebookNode] = []
    texts: dict[str, list[str]] = {}
    for output in cell.outputs:
        if output.output_type != "stream":
            joined.append(output)
        elif output.name in texts:
            texts[output.name].append(output.text)
        else:
            texts[output.name] = [output.text]
            joined.append(output)
    streams = [output for output in joined if output.output_type == "stream"]
    for output in streams:
        lines = "".join(texts[output.name]).split("\n")
        output.text = "\n".join(line[line.rfind("\r", 0, -1) + 1 :] for line in lines)
    for at, pair in enumerate(pairwise(output.get("name") for output in joined)):
        if pair == ("stderr", "stdout"):
            joined[at : at + 2] = reversed(joined[at : at + 2])
            break
    cell.outputs = joined


def heading(notebook: nbformat.NotebookNode, index: int) -> str:
    """Return the last heading at or above the cell at `index`, without its marks; empty for none."""
    above = "\n".join(cell.source for cell in notebook.cells[: index + 1] if cell.cell_type == "markdown")
    found = re.findall(r"^#{1,6} +(.+?)\s*$", above, flags=re.MULTILINE)
    return found[-1] if found else ""


def word_faults(collection: Collection, path: Path) -> Iterable[Fault]:
    """Return everything that is wrong between a notebook and its words; nothing is run for it."""
    faults = Gathered(f"{path.stem}.toml")
    with faults.at():
        words, notebook = collection.words(path.stem), read(path)
        spoken = said_by_pages(collection, path.stem)
        prose = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "markdown"}
        code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
        if words.entries or words.cells:
            said = [*called(code), *spoken]
            spoken_in = collection.languages
            faults.extend(wording.check_cells(words, prose, said, collection.exceptions, spoken_in))
    return faults


def said_by_pages(collection: Collection, notebook: str) -> list[str]:
    """Return the entries of a notebook's words that the READMEs say in a block."""
    pages = [read_text(page, "a page") for page in sorted(collection.home.glob("README*.md"))]
    mark = rf"<!-- asprinted:say {re.escape(notebook)} (\w+) -->"
    return [entry for page in pages for entry in re.findall(mark, page)]


def called(code: str) -> list[str]:
    r"""Return the entries that code says or draws, in order.

    >>> called('book.say("answer")\nbook.draw(figures.split_bar, "parts", frame)')
    ['answer', 'parts']
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return []
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            place = {"say": 0, "draw": 1}.get(node.func.attr)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                found.append((node.lineno, str(node.args[place].value)))  # type: ignore[attr-defined]
    return [name for _, name in sorted(found)]


def scratch(collection: Collection) -> Path:
    """Return the reader's own notebook; where there is none yet, `explore` is copied, or else a starter."""
    folder = collection.home / "notebooks"
    explore, starter = (
        folder / "explore.ipynb",
        resources.files("asprinted.collection") / "starter" / "start.ipynb",
    )
    path = folder / "scratch" / (explore.name if explore.is_file() else starter.name)
    if not path.exists():
        replace({path: (explore if explore.is_file() else starter).read_text(encoding="utf-8")})
    return path
