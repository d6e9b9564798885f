"""How long something may take the processor."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import NoReturn

__all__ = ["limited"]


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TimeoutError where a block takes more of the processor, if this system and thread can be told."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise TimeoutError

    if not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        # Again and again: what is done may take the first for a failure of its own.
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
