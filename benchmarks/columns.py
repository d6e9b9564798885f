"""Checks by column beside a bare division of the same arrays, and beside single checks, row by row."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Final

import numpy as np
import typer

from asprinted.corpus.columns import VERDICTS, check_columns
from asprinted.exact import verdicts
from asprinted.exact.relations import OF_RATIO, Kind, Printed, kind_of, relation
from asprinted.exact.verdicts import Verdict
from asprinted.faults import Fault
from asprinted.languages import read
from asprinted.prose.sentences import Prose, table

WAYS: Final = [(kind, direction) for kind, rows in OF_RATIO.items() for direction in rows]
PLACES: Final = 4
ROWS: Final = 1 << 18
"""Rows of a column that is timed: as many as stay in the processor's own memory."""

OTHER_WAY: Final = 50
"""Of so many changes that would go the other way than is said, one does where rows are judged one by one."""

LEAST, HEDGED, WIDTH = 0.8, 2_000_000, 100
Counts = int | tuple[int, int]


def main(
    rounds: Annotated[int, typer.Option(min=1, help="How often each is timed.")] = 50,
    equal: Annotated[int, typer.Option(help="Rows of each relation to judge one by one as well.")] = 0,
) -> None:
    """Measure in turns, and print what belongs into docs/performance.md."""
    typer.echo(section(rounds, equal))


def made(
    kind: str, direction: str, many: int, seed: int, counts: int = 40_000, every: int = 1
) -> tuple[Any, Any, Any]:
    """Return digits, parts and wholes of rows whose results are right, next to right, or anything.

    Of changes that go the other way than is said, one in `every` stays so: a single check is slow at them.
    """
    chance = np.random.default_rng([seed, *map(ord, kind + direction)])
    wholes = chance.integers(0, counts, many)
    parts = (wholes * chance.choice([0.5, 1.0, 1.3], many) * chance.random(many)).astype(np.int64)
    row = OF_RATIO[kind][direction]
    if kind == "change":
        above, below = row.cross(parts, wholes)  # type: ignore[arg-type]
        turned = np.flatnonzero((above < 0) | (below < 1))
        turned = np.delete(turned, np.s_[::every])
        parts[turned], wholes[turned] = wholes[turned], parts[turned]
    above, below = row.cross(parts, wholes)  # type: ignore[arg-type]
    right = above * 10**PLACES // np.where(below == 0, 1, below)
    return np.abs(right) + chance.choice([0, 0, 0, 0, 1, 2], many), parts, wholes


def token_of(kind: str, digits: int, places: int) -> str:
    """Return how digits of so many decimals are printed: as a percentage, or as a mean.

    >>> token_of("share", 6171, 4), token_of("mean", 4, 1)
    ('61.71%', '0.4件')
    """
    behind = places - (0 if kind == "mean" else 2)
    text = f"{digits:0{behind + 1}d}"
    number = f"{text[:-behind]}.{text[-behind:]}" if behind else text
    return f"{number}件" if kind == "mean" else f"{number}%"


def single(kind: str, direction: str, token: str, part: Counts, whole: Counts) -> Verdict | None:
    """Return the verdict of a single check, None where there is no such relation; a pair is a range.

    >>> single("share", "", "61.71%", 21454, (34765, 34765)).value
    'both'
    """
    result, inside, outside = read(token), _counted(part), _counted(whole)
    try:
        stated = relation(
            kind, "", (Printed(result, kind_of(result, kind)),), inside, outside, None, direction
        )
    except Fault:
        return None
    return verdicts.verdict(stated)


def _counted(count: Counts) -> tuple[Printed]:
    least, most = count if isinstance(count, tuple) else (count, count)
    return (Printed(read(f"{least}至{most}件" if least < most else f"{least}件"), Kind.COUNT),)


def differing(kind: str, direction: str, many: int) -> int:
    """Return in how many rows a check by column finds something else than a single check."""
    columns = [each.tolist() for each in made(kind, direction, many, 1, every=OTHER_WAY)]
    alone = (
        single(kind, direction, token_of(kind, digits, PLACES), part, whole)
        for digits, part, whole in zip(*columns, strict=True)
    )
    kept = [(each, *row) for each, *row in zip(alone, *columns, strict=True) if each is not None]
    found = check_columns(
        kind, *([row[at] for row in kept] for at in (1, 2, 3)), places=PLACES, direction=direction
    )
    return sum(VERDICTS[code] != row[0] for code, row in zip(found.tolist(), kept, strict=True))


def section(rounds: int, equal: int = 0) -> str:
    """Time in turns, judge so many rows one by one, and return what belongs into docs/performance.md."""
    found = sum(differing(*way, equal) for way in WAYS) if equal else 0
    judged = (
        f"Judged one by one as well: {equal:,} rows of each relation, {found:,} of them otherwise. "
        f"Of changes that would go the other way than is said, one in {OTHER_WAY} does."
    )
    rows = [_beside(kind, direction, rounds) for kind, direction in WAYS]
    ways = [way for way in WAYS if way[1] in ("", "rise")]
    hedged = [row for way in ways for row in _hedged(*way, rounds)]
    return "\n\n".join(
        [
            "## Checks by column",
            f"{ROWS:,} rows, counts below 40,000, results of {PLACES} places, one core: nanoseconds a row, "
            f"the least of {rounds} rounds in turns with NumPy's division of these parts by these wholes.",
            str(table(["relation", "check", "bare division", "division / check", "goal"], rows)),
            f"Hedged counts, each {WIDTH} wide. Of small ones the last place of a rate is finer than what "
            "one count makes of it: there the corners leave it open, and whole after whole is tried.",
            str(table(["relation", "counts", "rows a second", "goal"], hedged)),
            *([judged] if equal else []),
        ]
    )


def _beside(kind: str, direction: str, rounds: int) -> list[str | Prose]:
    digits, parts, wholes = made(kind, direction, ROWS, 1)
    wholes += 1  # A bare division by zero warns.
    digits = np.minimum(digits, 10**PLACES)
    ours, bare = _least(
        rounds,
        lambda: check_columns(kind, digits, parts, wholes, places=PLACES, direction=direction),
        lambda: parts // wholes,
    )
    ratio = bare / ours
    goal = Prose(f"at least {LEAST}" + ("" if ratio >= LEAST else ": **missed**"))
    return [
        f"{kind} {direction}".strip(),
        f"{ours / ROWS * 1e9:.2f}",
        f"{bare / ROWS * 1e9:.2f}",
        f"{ratio:.2f}",
        goal,
    ]


def _hedged(kind: str, direction: str, rounds: int) -> Iterator[list[str | Prose]]:
    for least in (0, 20_000):
        digits, *sides = made(kind, direction, ROWS, 1)
        ends = [(each + least) // WIDTH * WIDTH for each in sides]
        pairs = [(low, low + WIDTH - 1) for low in ends]
        (best,) = _least(
            max(rounds // 10, 1),
            lambda digits=digits, pairs=pairs: check_columns(  # type: ignore[misc]
                kind, digits, *pairs, places=PLACES, direction=direction
            ),
        )
        speed = ROWS / best
        goal = Prose(f"at least {HEDGED:,}" + ("" if speed >= HEDGED else ": **missed**"))
        yield [f"{kind} {direction}".strip(), f"from {least:,}", f"{speed:,.0f}", goal]


def _least(rounds: int, *ways: Callable[[], object]) -> list[float]:
    """Return the least seconds that each way takes, in turns."""
    seconds = [float("inf")] * len(ways)
    for _ in range(rounds):
        for at, way in enumerate(ways):
            began = time.perf_counter()
            way()
            seconds[at] = min(seconds[at], time.perf_counter() - began)
    return seconds


if __name__ == "__main__":
    typer.run(main)
