"""One writer at a time in a collection."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asprinted.collection.home import Collection


class BusyError(BlockingIOError):
    """Another run holds this collection; nothing was touched."""


@contextmanager
def hold(collection: Collection) -> Iterator[None]:
    """Hold the collection for one writer; the hold ends with the process, however that ends.

    When it ends, what a kernel that was killed left unfinished among the figures is taken away. Raises
    BusyError where another run holds the collection.
    """
    root = collection.home
    folder = os.open(root / "data", os.O_RDONLY)
    try:
        _lock(folder, root)
        try:
            yield
        finally:
            for left in (root / "figures").glob(".*.*"):
                if left.is_file():
                    left.unlink(missing_ok=True)
    finally:
        os.close(folder)


def _lock(folder: int, root: Path) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        said = f"another run is writing in {root}. Nothing was touched; wait until it ends, or stop it."
        raise BusyError(said) from None
