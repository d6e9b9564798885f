"""The folder of figures before and after a run: which files there are, and what became of each figure."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping
from pathlib import Path

from asprinted.collection.cards import cards, is_reference, shelf
from asprinted.collection.collection import Collection

KINDS = frozenset({".svg", ".png", ".csv", ".json"})


def files(folder: Path) -> dict[str, Path]:
    """Return the files of all figures in a folder by name; there may be no folder yet."""
    there = folder.glob("[!.]*") if folder.is_dir() else ()
    return {file.name: file for file in sorted(there) if file.suffix in KINDS and file.is_file()}


def digests(collection: Collection) -> dict[str, str]:
    """Return a digest of each file of a figure, by name, to compare before and after a run."""
    return {
        name: hashlib.sha256(file.read_bytes()).hexdigest()
        for name, file in files(shelf(collection.home)).items()
    }


def written(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return the stems of the figures of which a file is new or another than before.

    >>> written({"a.csv": "1", "b.csv": "2"}, {"a.csv": "1", "b.csv": "3", "c.en.png": "4"})
    ['b', 'c']
    """
    changed = [name for name, digest in after.items() if before.get(name) != digest]
    return sorted({name.partition(".")[0] for name in changed})


def left_alone(collection: Collection, notebooks: Container[str], written: Container[str]) -> int:
    """Count the figures of these notebooks that a run kept as another machine had drawn them.

    On a machine that is not the reference, `save` leaves alone whatever it does not have to write.
    """
    if is_reference(collection.home):
        return 0
    known = cards(shelf(collection.home))
    return sum(card.notebook in notebooks and stem not in written for stem, card in known.items())
