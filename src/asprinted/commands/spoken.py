"""The language in which a command speaks: its help, and what is said of wrong options."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from typing import Any

import typer
from typer.core import TyperCommand
from typer.exceptions import TyperException

from asprinted.audit.listing import folded
from asprinted.prose.faults import phrase
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language

__all__ = ["Spoken", "asked", "by_environment"]

_OPTION = "--language"


def by_environment() -> Language:
    """Return the language of the environment: Chinese where it says so, else English."""
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if named.startswith("zh") else "en"


def asked(arguments: Sequence[str]) -> Language:
    """Return the language that a command line asks for, before it is read and even where it is wrong.

    >>> asked(["audit", "--language=zh", "--help"]), asked(["audit", "--language", "en", "zh"])
    ('zh', 'en')
    """
    pairs = zip(arguments, [*arguments[1:], ""], strict=False)
    named = [
        after if each == _OPTION else each.removeprefix(f"{_OPTION}=")
        for each, after in pairs
        if each.startswith(_OPTION)
    ]
    known: list[Language] = ["en", "zh"]
    return next((each for word in reversed(named) for each in known if word == each), by_environment())


class Spoken(TyperCommand):
    """A command whose help and refusals are in the language that is asked for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options; in Chinese, say what is wrong with them in Chinese, and end with 2."""
        language = ctx.meta[_OPTION] = asked(args)
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            if language == "en":
                raise
            reason = sentence("command", "error", language, reason=phrase(error.format_message()))
            hint = sentence("command", "hint", language, command=ctx.command_path)
            typer.echo("\n".join([_usage(ctx, language), hint, reason]), err=True)
            raise typer.Exit(2) from None

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help, from the engine's own sentences."""
        language = ctx.meta[_OPTION]
        params = self.get_params(ctx)
        for param in params:
            param.help = sentence("help", str(param.name), language)  # type: ignore[attr-defined]
        if language == "en":
            super().format_help(ctx, formatter)
        else:
            formatter.write("\n".join(self._help(ctx, language)))

    def _help(self, ctx: Any, language: Language) -> Iterator[str]:
        width = min(shutil.get_terminal_size((80, 24)).columns, 100)
        yield _usage(ctx, language)
        yield ""
        yield from folded(sentence("help", str(self.name), language), width)
        params = self.get_params(ctx)
        for head, kind in ("arguments", "argument"), ("options", "option"):
            yield from ("", sentence("command", head, language))
            for param in params:
                if param.param_type_name == kind:
                    yield f"  {_named(param, ctx)}"
                    yield from (f"      {each}" for each in folded(_told(param, language), width - 6))


def _usage(ctx: Any, language: Language) -> str:
    given = [param for param in ctx.command.params if param.param_type_name == "argument"]
    arguments = " ".join(f"{param.metavar}{'...' * (param.nargs < 0)}" for param in given)
    return sentence("command", "usage", language, command=ctx.command_path, arguments=arguments)


def _named(param: Any, ctx: Any) -> str:
    return str(param.metavar if param.param_type_name == "argument" else param.get_help_record(ctx)[0])


def _told(param: Any, language: Language) -> str:
    preset = param.default if isinstance(param.default, str) else ""
    return str(param.help) + (sentence("command", "preset", language, value=preset) if preset else "")
