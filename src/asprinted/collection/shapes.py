"""The shape of a file that is typed, asked of it by a JSON Schema by which an editor completes it too.

What a schema cannot say stays with whoever reads the file. A part of a schema says in its `description` what
is expected there; what is wrong in a part without one is told of the nearest around it that has one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import resources
from typing import Any, NamedTuple, TypeAlias

from asprinted.faults import near

__all__ = ["Misshapen", "Place", "Shape"]

Place: TypeAlias = tuple[str | int, ...]
"""Where in a file: keys of objects, and places in lists from 0."""


class Misshapen(NamedTuple):
    """One thing that is not as a schema says: where, what was found, and what was expected there."""

    place: Place
    found: str
    expected: str


class Shape:
    """What a file has to be: a schema of `collection/schemas/`, and what it asks of texts by name."""

    def __init__(
        self,
        name: str,
        shown: Callable[[object], str],
        formats: Mapping[str, Callable[[str], bool]] | None = None,
    ) -> None:
        """Take the schema's name, what writes a value that was found, and the formats that it asks for."""
        self.name, self.shown, self.formats = name, shown, dict(formats or {})

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The schema as it stands in its file."""
        file = resources.files("asprinted.collection").joinpath("schemas", f"{self.name}.schema.json")
        found: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return found

    def misshapen(self, loaded: object) -> list[Misshapen]:
        """Return everything that is not as the schema says, one thing a place."""
        if self._is_sound(loaded):
            return []
        found = dict[Place, Misshapen]()
        for error in self._errors(loaded):
            for each in self._told(error, loaded):
                found.setdefault(each.place, each)
        return list(found.values())

    @cached_property
    def _compiled(self) -> Callable[[object], object]:
        import fastjsonschema

        compiled: Callable[[object], object] = fastjsonschema.compile(self.schema, formats=self.formats)
        return compiled

    def _is_sound(self, loaded: object) -> bool:
        """Return whether nothing is wrong, soon: what tells every fault takes a tenth of a second to load."""
        from fastjsonschema import JsonSchemaValueException

        try:
            self._compiled(loaded)
        except JsonSchemaValueException:
            return False
        return True

    def _errors(self, loaded: object) -> Iterator[Any]:
        from jsonschema import Draft7Validator, FormatChecker

        checker = FormatChecker(formats=())
        for name, fits in self.formats.items():
            checker.checks(name)(lambda value, fits=fits: not isinstance(value, str) or fits(value))
        errors: Iterator[Any] = Draft7Validator(self.schema, format_checker=checker).iter_errors(loaded)
        return errors

    def _told(self, error: Any, loaded: object) -> Iterator[Misshapen]:
        """Yield what one error of a validator stands for."""
        place, steps = tuple(error.absolute_path), list(error.absolute_schema_path)[:-1]
        if error.validator == "additionalProperties":
            known = error.schema["properties"]
            for name in (each for each in error.instance if each not in known):
                expected = f"one of {', '.join(known)}{near(name, known, '{}')}"
                yield Misshapen((*place, name), "an unknown key", expected)
        elif error.validator == "required":
            for name in (each for each in error.validator_value if each not in error.instance):
                yield self._described([*steps, "properties", name], (*place, name), loaded)
        else:
            yield self._described(steps, place, loaded)

    def _described(self, steps: Sequence[Any], place: Place, found: Any) -> Misshapen:
        """Return what is wrong at a place as told of the innermost part around it that is described.

        steps: the way to that place through the schema. found: the whole file.
        """
        part, depth, told = self.schema, 0, (0, str(self.schema["description"]))
        ahead = iter(steps)
        for step in ahead:
            part = part[step]
            if step == "properties":
                part = part[next(ahead)]
            if "$ref" in part:
                part = self.schema["definitions"][part["$ref"].rpartition("/")[2]]
            depth += step in ("properties", "additionalProperties", "items")
            if "description" in part:
                told = depth, part["description"]
        depth, expected = told
        for key in place[:depth]:
            if isinstance(found, dict) and key not in found:
                return Misshapen(place[:depth], "nothing", expected)
            found = found[key]
        return Misshapen(place[:depth], self.shown(found), expected)
