"""Something done in a process of its own, what came of it, and that nothing of it is left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from multiprocessing import connection
from pickle import UnpicklingError
from typing import Any, Generic, TypeVar, cast

from asprinted.processes import lifetime

T = TypeVar("T")


class DiedError(ChildProcessError):
    """The process ended and gave nothing; `exitcode` says how, or the message what went wrong there."""

    def __init__(self, exitcode: int | None, said: str = "") -> None:
        super().__init__(said or f"its process died ({exitcode})")
        self.exitcode = exitcode


class Apart(Generic[T]):
    """A function that runs in a process and session of its own; `result` waits for what it returns.

    What it started there, a thread or a background process, ends with it.
    """

    def __init__(self, do: Callable[..., T], *given: Any) -> None:
        """Start it, on Linux by a fork, so that it has what was imported and computed here."""
        context = cast(Any, multiprocessing.get_context("fork" if lifetime.LINUX else None))
        self.ready, sender = context.Pipe(duplex=False)
        self.process = context.Process(target=_send, args=(os.getpid(), sender, do, *given), daemon=True)
        lifetime.system()
        # The only threads here are those of numerical libraries, which see to forks themselves.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process.start()
        sender.close()
        # The sentinel of multiprocessing tells of no end while a process forked by the child lives on.
        self.ended: int = self.process.sentinel
        if hasattr(os, "pidfd_open"):
            with suppress(OSError):
                self.ended = os.pidfd_open(self.process.pid)

    def result(self) -> T:
        """Return what the function returned; raises DiedError where it raised, or its process just ended."""
        said = ""
        try:
            connection.wait([self.ready, self.ended])
            if self.ready.poll():
                good, given = self.ready.recv()
                if good:
                    return cast(T, given)
                said = given
        except (EOFError, OSError, UnpicklingError):
            pass
        finally:
            self.stop()
        raise DiedError(self.process.exitcode, said)

    def stop(self) -> None:
        """End the process and its group, if they have not ended."""
        if self.ready.closed:
            return
        lifetime.stop_group(self.process.pid)
        self.process.kill()
        self.process.join()
        self.ready.close()
        if self.ended != self.process.sentinel:
            os.close(self.ended)


def first(children: Iterable[Apart[T]], seconds: float | None = None) -> list[Apart[T]]:
    """Wait until some have a result or have ended, at most so many seconds, and return them."""
    waiting = {each: child for child in children for each in (child.ready, child.ended)}
    return list(dict.fromkeys(waiting[cast(Any, each)] for each in connection.wait(list(waiting), seconds)))


def _send(parent: int, sender: connection.Connection, do: Callable[..., Any], *given: Any) -> None:
    """Send what a function returns, or what it raised, and end at once, whatever else still runs."""
    os.setsid()
    for each in lifetime.SIGNALS:
        signal.signal(each, signal.SIG_DFL)
    if lifetime.LINUX:
        lifetime.with_parent(parent)
    began = os.getpid()
    try:
        answer = True, do(*given)
    except BaseException as error:
        answer = False, f"{type(error).__name__}: {error}"
    # A copy of this process that came back from a fork there has nothing to say.
    if os.getpid() == began:
        sender.send(answer)
    os._exit(0)
