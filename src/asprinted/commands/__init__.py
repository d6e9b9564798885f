"""The commands; without their extra, what to install instead."""

import sys

NEEDED = (
    "asprinted: {name} is not installed. For scan and audit: pip install 'asprinted[audit]'; "
    "for collections of notebooks: pip install 'asprinted[notebooks,figures]'"
)


def main() -> None:
    """Run `asprinted`; say which extra to install where a package is missing that a command needs."""
    try:
        from asprinted.commands.app import app

        app(prog_name="asprinted")
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("asprinted"):
            raise
        sys.exit(NEEDED.format(name=missing.name))
