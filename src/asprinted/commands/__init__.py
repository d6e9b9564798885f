"""The commands; without their extra, what to install instead."""

from __future__ import annotations

# What Python has loaded when it starts, and no more: until `main` has begun, Ctrl-C ends in a traceback.
import _signal  # type: ignore[import-not-found]
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

NEEDED = (
    "asprinted: {name} is not installed. In the clone, for scan and audit: pip install '.[audit]'; "
    "for Parquet: pip install '.[audit,corpus]'; "
    "for collections of notebooks, and audit --into: pip install '.[audit,notebooks,figures]'; "
    "for the site: pip install '.[notebooks,figures,site]'"
)

INTERRUPTED = "Interrupted. What was finished is kept; no file is half written."


def main() -> None:
    """Run `asprinted`; say which extra to install where a package is missing that a command needs."""
    if _signal.getsignal(_signal.SIGINT) is not _signal.SIG_IGN:
        _signal.signal(_signal.SIGINT, _end)
    from asprinted.processes import lifetime

    _open_streams()
    try:
        lifetime.begin(_end)
        from asprinted.commands.app import app

        lifetime.work()
        app(prog_name="asprinted")
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("asprinted"):
            raise
        sys.exit(NEEDED.format(name=missing.name))
    except (lifetime.Interrupted, KeyboardInterrupt):
        print(INTERRUPTED, file=sys.stderr)
        sys.exit(130)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """End at once: what only loads leaves nothing unfinished, and may take an exception for its failure."""
    os.write(2, f"{INTERRUPTED}\n".encode())
    os._exit(130)


def _open_streams() -> None:
    """Let a standard stream that was closed lead nowhere, so that no file is opened in its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number, inheritable=True)
                os.close(null)
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w", encoding="utf-8"))
