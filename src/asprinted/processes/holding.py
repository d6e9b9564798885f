"""What is held while something runs: a collection by its one writer, a temporary folder by its process."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from asprinted.processes import lifetime

TEMPORARY: Final = re.compile(r"\.?asprinted-(\d+)-\w+")
"""The name of a temporary folder, with the number of its process."""

MARK: Final = ".asprinted"
"""The file by which a temporary folder is known as one of ours; locked while its process lives."""

UNFINISHED: Final = re.compile(r"\..+\.(\d+)\.(?:new|old)")
"""What writing a file leaves beside it where its process, whose number stands there, is killed."""

WRITTEN: Final = (".", "data", "figures", "notebooks", "notebooks/zh")


class BusyError(BlockingIOError):
    """Another run holds this collection; nothing was touched."""


@contextmanager
def hold(root: Path) -> Iterator[None]:
    """Hold the collection in a folder for one writer; the hold ends with the process, however that ends.

    What a process that was killed left unfinished is taken away, before and after. Raises BusyError where
    another run holds the collection.
    """
    folder = os.open(root / "data", os.O_RDONLY)
    try:
        _lock(folder, root)
        _tidy(root)
        try:
            yield
        finally:
            _tidy(root)
    finally:
        os.close(folder)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process holds a folder so, and hold it until the block ends."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _lock(folder: int, root: Path) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        said = f"another run is writing in {root}. Nothing was touched; wait until it ends, or stop it."
        raise BusyError(said) from None


def _tidy(root: Path) -> None:
    for file in (file for folder in WRITTEN for file in (root / folder).glob(".*")):
        found = UNFINISHED.fullmatch(file.name)
        if found and not runs(int(found[1])):
            file.unlink(missing_ok=True)


def runs(process: int) -> bool:
    """Say whether a process of this number is there."""
    with suppress(ProcessLookupError, OverflowError):
        with suppress(PermissionError):
            os.kill(process, 0)
        return True
    return False


# ------------------------------------------------------------------------------------------ temporary folders


@contextmanager
def temporary(beside: Path | None = None) -> Iterator[Path]:
    """Give a folder that goes when the block ends; where this process is killed, when the next begins.

    beside: where it lies, hidden; else among the temporary ones.
    """
    # Python finds the place of temporary folders by writing a file there, which what interrupts would leave.
    with lifetime.held_back():
        place = beside or Path(tempfile.gettempdir())
    _sweep(place)
    prefix = f"{'.' if beside else ''}asprinted-{os.getpid()}-"
    # What interrupts finds the folder made and known, or not made; once known, it goes when Python ends.
    with lifetime.held_back():
        folder = tempfile.TemporaryDirectory(prefix=prefix, dir=beside, ignore_cleanup_errors=True)
        held = os.open(Path(folder.name, MARK), os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield Path(folder.name)
    finally:
        with lifetime.held_back():
            folder.cleanup()
            os.close(held)


def _sweep(place: Path) -> None:
    """Take away the folders of processes that were killed: with a name and a mark of ours, held by nobody.

    One without a mark goes if it is empty: its process had no time to mark it.
    """
    for folder in (*place.glob("asprinted-*"), *place.glob(".asprinted-*")):
        named = TEMPORARY.fullmatch(folder.name)
        if named and not runs(int(named[1])) and not folder.is_symlink():
            with suppress(OSError):
                _take_away(folder)


def _take_away(folder: Path) -> None:
    if folder.stat().st_uid != os.geteuid():
        return
    if not (folder / MARK).exists():
        folder.rmdir()
        return
    mark = os.open(folder / MARK, os.O_RDWR | os.O_NOFOLLOW)
    try:
        # Where processes are numbered apart, as in a container, one that seems gone may hold it.
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(mark)
