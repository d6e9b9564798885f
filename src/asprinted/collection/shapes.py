"""The shape of a file that is typed, asked of it by a JSON Schema by which an editor completes it too.

What a schema cannot say stays with whoever reads the file. A part of a schema says in its `description` what
is expected there; what is wrong in a part without one is told of the nearest around it that has one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Shape:
    """What a file has to be.

    name: of its schema in `collection/schemas/`. shown: writes a value that was found. formats: what the
    schema asks of texts by a name.
    """

    name: str
    shown: Callable[[object], str]
    formats: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)

    def misshapen(self, loaded: object) -> list[Misshapen]:
        """Return everything that is not as the schema says, one thing a place."""
        from fastjsonschema import JsonSchemaValueException

        found = dict[Place, Misshapen]()
        try:
            self._compiled(loaded)
        except JsonSchemaValueException:
            # It stops at the first; what tells them all takes most of a second to load.
            for error in self._errors(loaded):
                for each in self._told(error, loaded):
                    found.setdefault(each.place, each)
        return list(found.values())

    @cached_property
    def _schema(self) -> Any:
        file = resources.files("asprinted.collection").joinpath("schemas", f"{self.name}.schema.json")
        return json.loads(file.read_text("utf-8"))

    @cached_property
    def _whole(self) -> Any:
        """The schema with each definition in its place: finding them took most of the time."""

        def whole(part: Any) -> Any:
            if isinstance(part, dict):
                named = (
                    self._schema["definitions"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
                )
                return {key: whole(each) for key, each in named.items() if key != "definitions"}
            return [whole(each) for each in part] if isinstance(part, list) else part

        return whole(self._schema)

    @cached_property
    def _compiled(self) -> Any:
        import fastjsonschema

        return fastjsonschema.compile(self._schema, formats=self.formats)

    def _errors(self, loaded: object) -> Any:
        from jsonschema import Draft7Validator, FormatChecker

        checker = FormatChecker(formats=())
        for name, fits in self.formats.items():
            checker.checks(name)(lambda value, fits=fits: not isinstance(value, str) or fits(value))
        return Draft7Validator(self._whole, format_checker=checker).iter_errors(loaded)

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
        part, depth, told = self._whole, 0, (0, str(self._whole["description"]))
        ahead = iter(steps)
        for step in ahead:
            part = part[step][next(ahead)] if step == "properties" else part[step]
            depth += step in ("properties", "additionalProperties", "items")
            if "description" in part:
                told = depth, part["description"]
        depth, expected = told
        for key in place[:depth]:
            if isinstance(found, dict) and key not in found:
                return Misshapen(place[:depth], "nothing", expected)
            found = found[key]
        return Misshapen(place[:depth], self.shown(found), expected)
