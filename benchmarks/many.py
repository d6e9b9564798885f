"""Measure the audit of many texts: on one core and two, taken up again, and how much memory it holds.

    python -m benchmarks.many [FOLDER]

FOLDER has texts, taken over and over, each with a number of its own so that no two are the same; without it
the made-up texts of the benchmarks.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Annotated, Final

import typer

from asprinted.prose.sentences import table
from benchmarks import scanning
from benchmarks.costs import Cost, Way, cost, goal, spread

TEXTS: Final = 1_000
"""Texts of a run whose time is taken."""
MEMORY: Final = (1_000, 20_000)
"""Of how many texts the memory is taken, to see that it does not grow with their number."""
FASTER: Final = 1.4
"""How many times as many texts a second two processes do at least."""
AGAIN: Final = 0.6
"""The most that a run takes which was interrupted half way, as a share of a whole one."""


def main(
    folder: Annotated[Path | None, typer.Argument(help="Texts of your own.")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="How often each is measured.")] = 3,
) -> None:
    """Measure in turns, and print what belongs into docs/performance.md."""
    typer.echo(section(rounds, folder))


def section(rounds: int, folder: Path | None = None) -> str:
    """Measure in turns, and return what belongs into docs/performance.md."""
    found = [file.read_text("utf-8") for file in sorted(folder.glob("*.txt"))] if folder else scanning.texts()
    ones, twos, again = list[Cost](), list[Cost](), list[float]()
    with _written(found, TEXTS) as place:
        for _ in range(rounds):
            ones.append(cost(_run(place, 1)))
            twos.append(cost(_run(place, 2)))
            again.append(_interrupted(_run(place, 2), twos[-1].seconds / 2) / twos[-1].seconds)
    held = {}
    for number in MEMORY:
        with _written(found, number) as place:
            held[number] = cost(_run(place, 2))
    return page(found, ones, twos, again, held)


@contextmanager
def _written(found: Sequence[str], number: int) -> Iterator[Path]:
    """Give a folder with so many texts, no two of them the same."""
    with tempfile.TemporaryDirectory(prefix="asprinted-bench-") as folder:
        (place := Path(folder, "texts")).mkdir()
        for at in range(number):
            text = f"{found[at % len(found)]}\n（编号：{at:05}）\n"
            (place / f"{at:05}.txt").write_text(text, encoding="utf-8")
        yield Path(folder)


def _run(place: Path, jobs: int, *options: str) -> Way:
    command = ["-m", "asprinted", "audit", "texts", "--output", "found.csv", "--jobs", str(jobs), *options]
    return Way(place, [command])


def _interrupted(way: Way, seconds: float) -> float:
    """Interrupt a run after so many seconds, and return how many it takes when it is taken up again."""
    with subprocess.Popen(
        [sys.executable, *way.commands[0]],
        cwd=way.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.send_signal(signal.SIGINT)
    return cost(Way(way.folder, [[*way.commands[0], "--resume"]])).seconds


def page(
    found: Sequence[str],
    ones: Sequence[Cost],
    twos: Sequence[Cost],
    again: Sequence[float],
    held: dict[int, Cost],
) -> str:
    """Return the section of the page: texts a second on one core and two, ratios within a round, memory."""
    faster = [one.seconds / two.seconds for one, two in zip(ones, twos, strict=True)]
    rows = [
        ["on one core, texts a second", spread([TEXTS / each.seconds for each in ones], 1), ""],
        ["on two, texts a second", spread([TEXTS / each.seconds for each in twos], 1), ""],
        ["two cores over one", spread(faster, 2), goal(f"at least {FASTER}", median(faster) >= FASTER)],
        ["taken up again half way", spread(again, 2), goal(f"at most {AGAIN}", median(again) <= AGAIN)],
    ]
    memory = [
        [f"{number:,}", f"{number / each.seconds:.1f}", f"{each.memory:.0f}"] for number, each in held.items()
    ]
    characters = sum(map(len, found)) / len(found)
    return "\n\n".join(
        [
            "## A folder of texts",
            f"`asprinted audit FOLDER --output found.csv`: {TEXTS:,} texts of {characters:.0f} characters "
            "each on average, no two the same; ratios are within one round, one run after the other.",
            str(table(["what", "measured", "goal"], rows)),
            str(table(["texts", "texts a second, two cores", "peak MiB"], memory)),
        ]
    )


if __name__ == "__main__":
    typer.run(main)
