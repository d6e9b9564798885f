"""Something done in a process of its own, and what came of it."""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


class DiedError(ChildProcessError):
    """The process ended and gave nothing; `exitcode` says how."""

    def __init__(self, exitcode: int | None) -> None:
        super().__init__(f"its process died ({exitcode})")
        self.exitcode = exitcode


class Apart(Generic[T]):
    """A function that runs in a process of its own; `ready` can be waited for, `result` waits by itself."""

    def __init__(self, do: Callable[..., T], *given: Any, method: str | None = None) -> None:
        """Start it; `method` is one of multiprocessing's, by default the one that is usual here."""
        context = cast(Any, multiprocessing.get_context(method))
        self.ready, sender = context.Pipe(duplex=False)
        self.process = context.Process(target=_send, args=(sender, do, *given), daemon=True)
        # The only threads here are those of numerical libraries, which see to forks themselves.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process.start()
        sender.close()

    def result(self) -> T:
        """Return what the function returned; raises DiedError where its process ended before that."""
        try:
            return cast(T, self.ready.recv())
        except EOFError:
            self.process.join()
            raise DiedError(self.process.exitcode) from None
        finally:
            self.process.join()

    def stop(self) -> None:
        """End the process, if it has not ended."""
        self.process.terminate()
        self.process.join()


def _send(sender: Connection, do: Callable[..., Any], *given: Any) -> None:
    sender.send(do(*given))
    sender.close()
