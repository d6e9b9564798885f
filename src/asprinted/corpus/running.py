"""Something done for each of many, on every core, in order: what one of them brings down is told of that one.

A part of them at a time is handed to a process of its own. Where that process dies, out of memory or killed,
each of the part is tried once more in a process alone, so that the others are done and none is done twice.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from asprinted.processes.apart import Apart, DiedError, first

__all__ = ["cores", "each", "parted"]

AHEAD = 8
"""Parts that may be done before the one whose turn it is: they are held until then."""

T = TypeVar("T")
R = TypeVar("R")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parted(
    given: Iterable[T], size: Callable[[T], int], *, most: int = 16, largest: int = 200_000
) -> Iterator[list[T]]:
    """Yield parts of so many at most; what is large makes a part smaller.

    >>> list(parted(["a", "b", "long", "c"], len, most=2, largest=3))
    [['a', 'b'], ['long'], ['c']]
    """
    part: list[T] = []
    held = 0
    for one in given:
        part.append(one)
        held += size(one)
        if len(part) == most or held >= largest:
            yield part
            part, held = [], 0
    if part:
        yield part


def each(parts: Iterable[Sequence[T]], do: Callable[[T], R], jobs: int) -> Iterator[tuple[T, R | DiedError]]:
    """Yield each with what was made of it, in order; DiedError for one that its process did not survive.

    At most `jobs` processes run at a time, and none outlives this.
    """
    given, begun = iter(parts), deque[_Part[T, R]]()
    try:
        while True:
            while len(begun) < AHEAD * jobs and sum(part.runs for part in begun) < jobs:
                if not (some := next(given, None)):
                    break
                begun.append(_Part(some, do))
            if not begun:
                return
            ready = {*first([part.child for part in begun if part.runs])} if begun[0].runs else set()
            for waiting in begun:
                if waiting.child in ready:
                    waiting.finish()
            while begun and not begun[0].runs:
                yield from begun.popleft().made
    finally:
        for part in begun:
            part.child.stop()


class _Part(Generic[T, R]):
    """Some of the many, and the process that does them."""

    def __init__(self, given: Sequence[T], do: Callable[[T], R]) -> None:
        self.given, self.do, self.runs = given, do, True
        self.made: list[tuple[T, R | DiedError]] = []
        self.child = Apart(_all, do, given)

    def finish(self) -> None:
        """Take what the process made; where it died, find out of which one."""
        self.runs = False
        try:
            self.made = list(zip(self.given, self.child.result(), strict=True))
        except DiedError:
            self.made = [(one, _alone(self.do, one)) for one in self.given]


def _all(do: Callable[[T], R], given: Iterable[T]) -> list[R]:
    return [do(one) for one in given]


def _alone(do: Callable[[T], R], one: T) -> R | DiedError:
    child = Apart(do, one)
    try:
        return child.result()
    except DiedError as died:
        return died
    finally:
        child.stop()
