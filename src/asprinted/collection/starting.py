"""A collection of one's own, put whole into a folder that is empty or new; the package's template is one."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from errno import EEXIST
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from asprinted.faults import Fault
from asprinted.processes import holding, lifetime


def start(folder: str | os.PathLike[str]) -> Path:
    """Put a new collection into a folder and return the folder; all of it or nothing.

    It is written beside its place first and then renamed. Raises Fault where the folder holds anything, is no
    folder, or cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as beside:
    ...     sorted(path.name for path in start(Path(beside, "library")).iterdir() if path.suffix)
    ['README.md', 'README.zh.md', 'article.txt']
    """
    return put(folder, lambda made: copied("template", made))


def put(folder: str | os.PathLike[str], make: Callable[[Path], object]) -> Path:
    """Let `make` fill a folder beside its place, rename it there, and return the place. Raises as `start`.

    What a process that was killed left beside it is taken away.
    """
    place = Path(folder).resolve()
    _refuse_used(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with holding.temporary(place.parent) as beside:
            make(beside / "made")
            with holding.alone(place.parent), lifetime.held_back():
                # Whoever was quicker meanwhile keeps what is there.
                _refuse_used(place)
                # A folder that is there stays the same one: a shell may stand in it.
                if place.is_dir():
                    _move_in(beside / "made", place)
                else:
                    (beside / "made").rename(place)
    except OSError as error:
        found = f"a folder that cannot be written ({error.strerror})"
        raise Fault(str(place), None, "", found, f"leave to write in {place.parent}") from error
    return place


def copied(name: str, target: Path) -> None:
    """Copy a folder of this package to a place that is free."""
    _copy(resources.files("asprinted.collection") / name, target)


def _refuse_used(place: Path) -> None:
    expected = "an empty folder, or a name that is free"
    if place.exists() and not place.is_dir():
        raise Fault(str(place), None, "", "a file", expected)
    there = sorted(path.name for path in place.iterdir()) if place.is_dir() else []
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise Fault(str(place), None, "", f"a folder that is not empty ({there[0]}{more})", expected)


def _copy(source: Traversable, target: Path) -> None:
    """Copy a folder of the package, which need not lie on a disk."""
    target.mkdir()
    for each in source.iterdir():
        if each.is_dir():
            _copy(each, target / each.name)
        else:
            (target / each.name).write_bytes(each.read_bytes())


def _move_in(made: Path, place: Path) -> None:
    """Move what was made into an empty folder, over nothing; whatever stops that, none of it is there."""
    moved = []
    try:
        for each in made.iterdir():
            if os.path.lexists(place / each.name):
                raise FileExistsError(EEXIST, os.strerror(EEXIST))
            each.rename(place / each.name)
            moved.append(place / each.name)
    except OSError:
        for each in moved:
            if each.is_dir():
                shutil.rmtree(each, ignore_errors=True)
            else:
                with suppress(OSError):
                    each.unlink(missing_ok=True)
        raise
