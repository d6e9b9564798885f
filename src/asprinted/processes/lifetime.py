"""How a command ends: what interrupts it, and that nothing which it started outlives it.

On Linux a process ends with its parent where it asks for that, and may take over what its children leave
behind. Elsewhere a child and its own group are all that can be ended. Of a command that is killed outright
nobody is left: what a cell put into a session of its own then outlives it, as it would outlive a lab.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

__all__ = [
    "SIGNALS",
    "Interrupted",
    "begin",
    "cancel_once",
    "handlers_kept",
    "held_back",
    "let_go",
    "stop_group",
    "with_parent",
    "work",
]

LINUX: Final = sys.platform == "linux"

SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""What asks a command to end: Ctrl-C, a polite kill, a terminal that closes."""

_ENDS_WITH_PARENT: Final = 1
_ADOPTS: Final = 36


class Interrupted(BaseException):
    """A signal asked the command to end. No KeyboardInterrupt: others catch that on its way up."""


def begin(end: Callable[[int, FrameType | None], NoReturn]) -> None:
    """Let a signal end this process so until it works, and let nothing that it starts outlive it.

    A signal that is ignored already stays so, as `nohup` has it. What make started is interrupted where make
    is killed.
    """
    _answer(end)
    if LINUX:
        if Path(f"/proc/{os.getppid()}/comm").read_text().strip() in ("make", "gmake"):
            _ask(_ENDS_WITH_PARENT, signal.SIGTERM)
        # Children that are there already belong to the shell that became this process.
        if not _has_children():
            _ask(_ADOPTS, 1)
            atexit.register(_end_children)


def work() -> None:
    """Let a signal interrupt this process from now on, once, so that it can tidy up."""
    _answer(_interrupt)


def let_go() -> None:
    """Let what this process starts outlive it again: it becomes another program."""
    _ask(_ADOPTS, 0)


def _answer(handler: Callable[[int, FrameType | None], object]) -> None:
    for each in SIGNALS:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, handler)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    for each in SIGNALS:
        signal.signal(each, _insist)
    raise Interrupted


def _insist(number: int, frame: FrameType | None) -> None:
    """Let a second signal pass, which would stop the tidying up; a third ends the process at once."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_DFL)


@contextmanager
def handlers_kept() -> Iterator[None]:
    """Answer to signals as before when the block has ended, whatever it let answer meanwhile."""
    before = {each: signal.getsignal(each) for each in SIGNALS}
    try:
        yield
    finally:
        with suppress(ValueError):  # A thread other than the first may set none.
            for each, handler in before.items():
                signal.signal(each, handler)


def cancel_once(seconds: float) -> None:
    """Let the first signal that asks for it cancel the task that runs, so that it can tidy up.

    What starts something or waits for it may take that for something else: so every task is cancelled, every
    so many seconds, until all have ended.
    """
    # Nothing else here needs it, and every command would load it.
    import asyncio

    task, loop = asyncio.current_task(), asyncio.get_running_loop()

    def stop() -> None:
        if task is not None and not task.cancelling():
            task.cancel()
            loop.call_later(seconds, stop_all)

    def stop_all() -> None:
        for each in asyncio.all_tasks():
            each.cancel()
        loop.call_later(seconds, stop_all)

    for each in SIGNALS:
        if signal.getsignal(each) is not signal.SIG_IGN:
            with suppress(RuntimeError, ValueError):
                loop.add_signal_handler(each, stop)


@contextmanager
def held_back() -> Iterator[None]:
    """Let signals wait until the block has ended."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def with_parent(parent: int) -> None:
    """Let this process end when its parent does, however that ends, and now where it has ended."""
    _ask(_ENDS_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def stop_group(leader: int) -> None:
    """End all processes of a group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


@cache
def system() -> Any:
    """Return the C library; loaded before a fork, it need not be loaded after it."""
    import ctypes

    return ctypes.CDLL(None)


def _ask(option: int, value: int) -> None:
    if LINUX:
        system().prctl(option, value, 0, 0, 0)


def _has_children() -> bool:
    with suppress(ChildProcessError):
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return True
    return False


def _children() -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if stat.read_text().rpartition(")")[2].split()[1] == str(os.getpid()):
                yield int(stat.parent.name)


def _end_children() -> None:
    """End the children, then what each leaves to this process, until none can be ended any more."""
    ended = _has_children()
    while ended:
        ended = False
        for child in _children():
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                ended = True
