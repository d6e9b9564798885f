"""The commands; without their extra, what to install instead."""

import os
import sys

from asprinted.processes import lifetime

NEEDED = (
    "asprinted: {name} is not installed. In the clone, for scan and audit: pip install '.[audit]'; "
    "for Parquet: pip install '.[audit,corpus]'; "
    "for collections of notebooks, and audit --into: pip install '.[audit,notebooks,figures]'; "
    "for the site: pip install '.[notebooks,figures,site]'"
)

INTERRUPTED = "Interrupted. What was finished is kept; no file is half written."


def main() -> None:
    """Run `asprinted`; say which extra to install where a package is missing that a command needs."""
    _open_streams()
    try:
        lifetime.begin(INTERRUPTED)
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


def _open_streams() -> None:
    """Let a standard stream that was closed lead nowhere, so that no file is opened in its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number, inheritable=True)
                os.close(null)
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w", encoding="utf-8"))
