"""Rerun every notebook and hold its outputs and figures to the stored ones, exactly; write nothing.

Where the whole collection is checked, what is built beside them is held too:
built tables, their dictionary, the gallery, README's blocks; and the seal, so that no typed number changed.
"""

from __future__ import annotations

import difflib
import hashlib
import sys
import tempfile
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

import nbformat

from asprinted.books import book
from asprinted.collection.cards import cards
from asprinted.collection.collection import Collection
from asprinted.collection.files import stored
from asprinted.collection.sealing import SEAL
from asprinted.faults import Fault, Faults, refuse
from asprinted.processes import holding
from asprinted.processes.apart import Apart, DiedError
from asprinted.rerun import editions, figure_files, forked, kernels, notebooks, pages
from asprinted.rerun.kernels import Failure, Rerun

DIFF_LINES: Final = 24
"""How many lines of a difference are shown; the rest is counted."""

DIFF_CHARACTERS: Final = 160
"""How much of a line of a difference is shown, from shortly before the two sides part."""

COMPARED_LINES: Final = 10_000
"""Up to how many lines together a difference is looked for everywhere."""

PRELOADED: Final = ("pandas", "matplotlib.pyplot", "seaborn", "asprinted.figures")
"""What most notebooks import, beside the functions of their collection."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that a rerun gives otherwise than stored: where it is, and what differs."""

    where: str
    shown: str

    def __str__(self) -> str:
        """Return the place, and the difference indented below it."""
        return f"{self.where}\n" + "\n".join(f"    {line}" for line in self.shown.splitlines())


def differences(
    collection: Collection, paths: Sequence[Path], *, whole: bool, workers: int = 2, progress: bool = True
) -> list[Mismatch]:
    """Return every difference between a rerun of the notebooks and what they and `figures/` hold.

    paths: the notebooks to rerun. whole: whether they stand for the collection; then a figure that no
    notebook draws is a difference too, and so is whatever else is not as it would be built now. Where figures
    differ, the fresh ones stay in a temporary folder.
    """
    if not whole:
        return _check_notebooks(collection, paths, {path.stem for path in paths}, workers, progress)
    # It computes all facts for itself: a second core would have nothing to do until they are shared.
    built = Apart(_built, collection.home)
    try:
        found = _check_notebooks(collection, paths, None, workers, progress)
        return built.result() + found
    except DiedError as died:
        return [Mismatch("data", f"what was built could not be compared: {died}"), *found]
    finally:
        built.stop()


def preloaded(collection: Collection) -> list[str]:
    """Return the modules to import before notebooks are rerun.

    The first is the package of the collection's own functions, where its data package names one, under
    `asprinted`, as `functions`.
    """
    own = collection.descriptor.get("asprinted", {}).get("functions")
    return [*([own] if isinstance(own, str) else []), *PRELOADED]


def _check_notebooks(
    collection: Collection, paths: Sequence[Path], owners: set[str] | None, workers: int, progress: bool
) -> list[Mismatch]:
    """Rerun notebooks; return the differences of their outputs and of the figures of these owners, or all."""
    found: list[Mismatch] = []
    chosen = set(paths)
    undrawn = {path.stem for path in notebooks.every(collection) if path not in chosen}
    with holding.temporary() as folder:
        fresh = folder / "figures"
        fresh.mkdir()
        where = {"ASPRINTED_FIGURES": str(fresh), "ASPRINTED_SCRATCH": str(folder / "scratch")}
        with kernels.progress_bar("Checking", len(paths), shown=progress) as bar:

            def compare(path: Path, result: Rerun) -> None:
                found.extend(compare_notebook(path, result))
                undrawn.update([path.stem] * isinstance(result, Failure))
                bar.update(path in chosen)

            if sys.platform == "linux":
                forked.share(collection)
                forked.rerun(paths, workers, compare, preloaded(collection), **where)
            else:
                kernels.rerun(paths, workers, compare, **where)
        stored = collection.home / "figures"
        figures = compare_figures(stored, fresh, owners, undrawn)
        if figures:
            # A person wants to look at the fresh ones.
            fresh = fresh.rename(tempfile.mkdtemp(prefix="asprinted-figures-"))
            figures = compare_figures(stored, fresh, owners, undrawn)
    return sorted(found, key=lambda difference: difference.where) + figures


def _built(root: Path) -> list[Mismatch]:
    return compare_built(book.opened(root))


def compare_built(collection: Collection) -> list[Mismatch]:
    """Return which built tables and pages would be built otherwise now, and where the seal is broken."""
    found, every = list[Mismatch](), notebooks.every(collection)

    def look_at_pages() -> None:
        for page, text in pages.pages(collection).items():
            if (there := stored(page)) != text:
                shown = _diff(there.splitlines(), text.splitlines())
                found.append(Mismatch(str(page.relative_to(collection.home)), shown))

    def look_at_words() -> None:
        refuse((fault for path in every for fault in notebooks.word_faults(collection, path)), "")

    # A collection may have notebooks alone, and a table that has no seal yet.
    for left in editions.left_over(collection, every):
        shown = "no notebook has it as its edition; delete it, or give that notebook its words"
        found.append(Mismatch(f"{editions.FOLDER}/{left.name}", shown))
    needed = {"printed": collection.fresh, SEAL: collection.check_seal}
    there = collection.names()
    for look in (*(needed[name] for name in needed if name in there), look_at_words, look_at_pages):
        try:
            look()
        except (Faults, Fault, LookupError) as fault:
            found.append(Mismatch("data", _cut(str(fault).splitlines())))
    return found


def compare_notebook(path: Path, rerun: Rerun) -> list[Mismatch]:
    """Return where a stored notebook differs from its rerun: cell by cell, else in the rest of its file."""
    name = f"{path.parent.name}/{path.name}" if path.parent.name == editions.FOLDER else path.name
    if isinstance(rerun, Failure):
        return [Mismatch(f"{name}, {rerun.place}", rerun.error)]
    if not path.is_file():
        return [Mismatch(name, "it is not there; `asprinted run` builds it")]
    text = path.read_text(encoding="utf-8")
    # What another editor wrote in an order and with metadata of its own is the same notebook.
    if text == rerun or (text := notebooks.normal(notebooks.read(path))) == rerun:
        return []
    stored, fresh = (nbformat.reads(each, as_version=4) for each in (text, rerun))
    found, number = [], 0
    if len(stored.cells) != len(fresh.cells):
        shown = f"{len(stored.cells)} cells are stored, {len(fresh.cells)} are built"
        return [Mismatch(name, f"{shown}; `asprinted run` builds it")]
    for index, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True)):
        number += new.cell_type == "code"
        if old != new:
            under = notebooks.heading(fresh, index)
            place = Failure(number, under, "").place
            found.append(Mismatch(f"{name}, {place}", _diff(_readable(old), _readable(new))))
    whole = "its cells agree; the rest of the file is not as `asprinted run` writes it\n"
    return found or [Mismatch(name, whole + _diff(text.splitlines(), rerun.splitlines()))]


def compare_figures(
    stored: Path, fresh: Path, owners: Container[str] | None, undrawn: Container[str] = ()
) -> list[Mismatch]:
    """Return the files of two folders of figures that are missing, left over, or differ in any byte.

    owners: the notebooks whose figures were drawn afresh; None where all were, and nothing may be left over.
    undrawn: those that were not rerun, or stopped before they had drawn all of theirs.
    """
    old, new = (figure_files.files(folder) for folder in (stored, fresh))
    made = {stem: card.notebook for stem, card in cards(stored).items()}

    def drawn(name: str) -> bool:
        owner = made.get(name.partition(".")[0])
        return owner not in undrawn and (owners is None or owner in owners)

    old = {name: file for name, file in old.items() if name in new or drawn(name)}
    found = []
    for name in sorted(old.keys() | new.keys()):
        where = f"figures/{name}"
        if name not in new:
            found.append(Mismatch(where, "no notebook draws it; delete it, or run the notebook that does"))
        elif name not in old:
            found.append(Mismatch(where, "it is not there; `asprinted run` writes it"))
        elif old[name].read_bytes() != new[name].read_bytes():
            found.append(Mismatch(where, _file_difference(old[name], new[name])))
    return found


def _file_difference(old: Path, new: Path) -> str:
    places = f"stored: {old}\nfresh:  {new}"
    if old.suffix in (".png", ".svg"):
        return places
    return f"{places}\n" + _diff(*(file.read_text(encoding="utf-8").splitlines() for file in (old, new)))


def _readable(cell: Mapping[str, Any]) -> list[str]:
    """Return a cell in lines for a diff, each output under its kind; a picture is told by a digest."""
    lines: list[str] = cell["source"].splitlines()
    lines += [f"In [{cell['execution_count'] or ' '}]"] if cell["cell_type"] == "code" else []
    lines += [f"metadata {key}: {value}" for key, value in cell["metadata"].items()]
    for output in cell.get("outputs", []):
        kind = output["output_type"]
        if kind == "stream":
            lines += [f"{output['name']}:", *output["text"].splitlines()]
            continue
        lines.append(f"{kind} {output.get('execution_count', '')}".strip())
        for mime, data in output.get("data", {}).items():
            lines += [f"{mime}:", *(_picture(data) if "image/" in mime else str(data)).splitlines()]
        lines += [str(output[key]) for key in ("metadata", "ename", "evalue") if output.get(key)]
    return lines


def _picture(data: str) -> str:
    return f"{len(data)} characters, sha256 {hashlib.sha256(data.encode()).hexdigest()[:16]}"


def _diff(old: Sequence[str], new: Sequence[str]) -> str:
    """Return a difference in lines; of very many, which a diff would compare each with each, the first."""
    if len(old) + len(new) > COMPARED_LINES:
        at = next(
            (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
        )
        counts = (
            f"{len(old)} lines are stored, {len(new)} are fresh; the first difference is in line {at + 1}"
        )
        both = (
            f"{sign}{line}" for sign, side in zip("-+", (old, new), strict=True) for line in side[at : at + 1]
        )
        return _cut([counts, *both])
    return _cut(list(difflib.unified_diff(old, new, "stored", "fresh", lineterm="", n=1)))


def _windowed(lines: Sequence[str]) -> list[str]:
    """Return a difference in which a long line and the one in its place begin shortly before they part."""
    shown, waiting = list(lines), list[int]()
    for at, line in enumerate(lines):
        if line.startswith("-"):
            waiting.append(at)
        elif line.startswith("+") and waiting:
            pair = (waiting.pop(0), at)
            old, new = (lines[each][1:] for each in pair)
            alike = takewhile(lambda both: both[0] == both[1], zip(old, new, strict=False))
            begin = sum(1 for _ in alike) - DIFF_CHARACTERS // 4
            if begin > 0 and max(len(old), len(new)) >= DIFF_CHARACTERS:
                for each in pair:
                    shown[each] = f"{lines[each][0]}...{lines[each][1 + begin :]}"
        elif not line.startswith("+"):
            waiting.clear()
    return shown


def _cut(lines: Sequence[str]) -> str:
    whole = _windowed(lines[:DIFF_LINES])
    shown = [line if len(line) <= DIFF_CHARACTERS else f"{line[: DIFF_CHARACTERS - 3]}..." for line in whole]
    more = len(lines) - DIFF_LINES
    return "\n".join(shown + [f"... and {more} lines more"] * (more > 0))
