"""The Chinese edition of a notebook: the same code, the prose and every text from its words.

It is built and run in the same job as the notebook itself, after it, so that its pictures are there. Nobody
edits it: what was edited by hand is set aside.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import nbformat

from asprinted.collection.collection import Collection
from asprinted.collection.wording import Words
from asprinted.faults import Faults, Gathered

__all__ = ["FOLDER", "edited", "edition", "left_over", "original", "place", "sources"]

FOLDER = "zh"
_OPENS = re.compile(r'(asprinted\.notebook\("[^"\n]+")\)')
_UP = re.compile(r"\]\(\.\./")


def place(path: Path) -> Path:
    """Return where the Chinese edition of a notebook stands.

    >>> place(Path("notebooks/02_closing_rate.ipynb")).as_posix()
    'notebooks/zh/02_closing_rate.ipynb'
    """
    return path.parent / FOLDER / path.name


def original(path: Path) -> Path:
    """Return the notebook that an edition is of; a notebook that is no edition is its own."""
    return path.parent.parent / path.name if path.parent.name == FOLDER else path


def edition(notebook: nbformat.NotebookNode, words: Words) -> nbformat.NotebookNode:
    """Return the unrun Chinese edition of a notebook.

    Code cells are the same but for the one line that opens the words, prose cells come from the words. Raises
    Faults where no line or more than one opens them, or prose has no Chinese.
    """
    opened = 0
    made: nbformat.NotebookNode = nbformat.from_dict(
        {"cells": [], "metadata": dict(notebook.metadata), "nbformat": 4, "nbformat_minor": 5}
    )
    with Gathered(words.file, "no edition was built") as faults:
        for cell in notebook.cells:
            copied = nbformat.from_dict({**cell, "metadata": dict(cell.metadata)})
            if cell.cell_type == "code":
                copied.source, times = _OPENS.subn(r'\1, "zh")', cell.source)
                copied.outputs, copied.execution_count = [], None
                opened += times
            elif cell.id in words.cells:
                # An edition stands one folder deeper.
                copied.source = _UP.sub("](../../", words.cells[cell.id].zh.strip())
            else:
                faults.add("nothing", "the cell in Chinese", f"cells.{cell.id}, zh")
            made.cells.append(copied)
        if opened != 1:
            found = f'{opened} lines that hold asprinted.notebook("…")'
            faults.add(found, "one line of the notebook that opens the words")
    made.metadata["asprinted"] = {"built_from": sources(made)}
    return made


def sources(notebook: nbformat.NotebookNode) -> str:
    """Return a digest of what was typed in a notebook, as a built edition carries it."""
    text = "\x00".join(f"{cell.cell_type}\x00{cell.source}" for cell in notebook.cells)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def edited(notebook: nbformat.NotebookNode) -> bool:
    """Say whether a stored edition was edited by hand since it was built."""
    return bool(notebook.metadata.get("asprinted", {}).get("built_from") != sources(notebook))


def _has_one(collection: Collection, path: Path) -> bool:
    """Say whether a notebook has an edition: prose in its words, or words that cannot be read."""
    with suppress(Faults):
        return bool(collection.words(path.stem).cells)
    return True


def left_over(collection: Collection, paths: Iterable[Path]) -> list[Path]:
    """Return the stored editions of none of these notebooks, or of one that has no Chinese prose."""
    built = {place(path) for path in paths if _has_one(collection, path)}
    there = sorted((collection.home / "notebooks" / FOLDER).glob("*.ipynb"))
    return [path for path in there if path not in built]
