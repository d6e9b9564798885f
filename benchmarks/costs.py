"""What a command costs: seconds, and the most memory at a time; and how a table says it."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from asprinted.prose.sentences import Prose

SAMPLE_SECONDS: Final = 0.1
MISSED: Final = "**missed**"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to rerun notebooks: commands of this interpreter, one after the other, in a folder."""

    folder: Path
    commands: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a rerun took: wall time in seconds, and the most memory at a time in MiB (0 where unknown)."""

    seconds: float
    memory: float


def cost(way: Way) -> Cost:
    """Rerun once, and return what it took. Raises RuntimeError, with what was said, where a command fails."""
    began, most = time.perf_counter(), 0.0
    with tempfile.TemporaryFile() as said:
        for command in way.commands:
            with (
                subprocess.Popen(
                    [sys.executable, *command], cwd=way.folder, stdout=said, stderr=said
                ) as process,
                watched(process) as found,
            ):
                process.wait()
            most = max(most, *found)
            if process.returncode:
                said.seek(0)
                raise RuntimeError(f"{' '.join(command)} failed:\n{said.read().decode()}")
    return Cost(time.perf_counter() - began, most)


@contextmanager
def watched(process: subprocess.Popen[bytes]) -> Iterator[list[float]]:
    """Give a list that the memory of a process and those it started is added to, in MiB, now and then."""
    found, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(SAMPLE_SECONDS):
            found.append(memory(process.pid) / 1024)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()


def memory(pid: int) -> int:
    """Return the memory of a process and those it started, in KiB, where Linux tells it, else 0.

    Pages that several processes share are counted once: each of them has its part.
    """
    process = Path("/proc", str(pid))
    try:
        own = re.search(r"^Pss:\s+(\d+)", (process / "smaps_rollup").read_text(), re.MULTILINE)
        started = [child for task in process.glob("task/*/children") for child in task.read_text().split()]
    except OSError:
        return 0
    return (int(own[1]) if own else 0) + sum(memory(int(child)) for child in started)


def goal(said: str, met: bool) -> Prose:
    """Return a goal as a table says it, and whether it is missed."""
    return Prose(said if met else f"{said}: {MISSED}")


def spread(numbers: Sequence[float], places: int) -> str:
    """Write the median of numbers, with the least and the greatest.

    >>> spread([2, 1.5, 9], 1)
    '2.0 (1.5–9.0)'
    """
    low, middle, high = (f"{each:,.{places}f}" for each in (min(numbers), median(numbers), max(numbers)))
    return f"{middle} ({low}–{high})"
