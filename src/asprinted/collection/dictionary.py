"""The readable form of the schema in both languages: `data/README.md`, built from `data/datapackage.json`.

What that says of the tables stands in Chinese beside it, in `datapackage.zh.toml`, under the English: a text
that changes has none until somebody translates it. Without that file a collection has no Chinese page.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from asprinted.collection import frames
from asprinted.collection.files import parsed
from asprinted.collection.tables import DESCRIPTOR, Tables
from asprinted.escaping import code
from asprinted.faults import Fault, quote, refuse
from asprinted.prose.writing import Language

CHINESE = "datapackage.zh.toml"


def pages(tables: Tables) -> dict[Path, str]:
    """Return the page by its file, in Chinese too where the collection says its tables in Chinese.

    Raises Faults with each text that has no Chinese, and with Chinese of what nothing says any more.
    """
    folder, described = tables.home / DESCRIPTOR.parent, tables.descriptor
    made = {folder / "README.md": _Page(described, "en").written()}
    if (folder / CHINESE).is_file():
        chinese = parsed(folder / CHINESE, "words", tomllib.loads, "TOML", "a file that TOML reads")
        said = dict.fromkeys(_texts(described))
        refuse(
            [
                Fault(CHINESE, None, "", f"no Chinese of {quote(text)}", "a line for it")
                for text in said
                if text not in chinese
            ]
            + [
                Fault(CHINESE, None, "", quote(text), "a text of datapackage.json")
                for text in chinese
                if text not in said
            ]
        )
        made[folder / "README.zh.md"] = _Page(described, "zh", chinese).written()
    return made


def _texts(described: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a descriptor says in words: of the collection, of its tables, of their columns."""
    columns = (column for table in described["resources"] for column in table["schema"]["fields"])
    for each in (described, *described["resources"], *columns):
        yield from (each["title"], each["description"])


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(
        resources.files("asprinted.collection").joinpath("dictionary.toml").read_text("utf-8")
    )


class _Page:
    """The page in a language: each table, who writes it, and each column."""

    def __init__(
        self, described: Mapping[str, Any], language: Language, chinese: Mapping[str, str] | None = None
    ) -> None:
        self.described, self.language, self.chinese = described, language, chinese or {}

    def written(self) -> str:
        tables = self.described["resources"]
        parts = [self._word("page", "head", **self._of(self.described)), self._word("page", "built")]
        parts += [self._table("listed", each) for each in tables]
        for each in tables:
            parts += [self._table("table", each), self._word("page", "columns"), "|---|---|---|---|---|"]
            parts += map(self._column, each["schema"]["fields"])
        return "\n".join([*parts, *self._frames()]) + "\n"

    def _word(self, group: str, entry: str, **values: object) -> str:
        return _words()[group][entry][self.language].format(**values)

    def _of(self, described: Mapping[str, Any]) -> dict[str, str]:
        return {name: self.chinese.get(described[name], described[name]) for name in ("title", "description")}

    def _table(self, word: str, table: Mapping[str, Any]) -> str:
        path, writer = table["path"], self._word("writer", table["written_by"])
        return self._word("page", word, path=path, anchor=_anchor(path), writer=writer, **self._of(table))

    def _frames(self) -> Iterator[str]:
        """Yield the lines that say what the columns of frames mean."""
        yield self._word("page", "frames")
        for frame, columns in frames.meanings().items():
            for name, told in columns.items():
                shown = (
                    code(name)
                    if frame == "every"
                    else self._word("page", "of", column=code(name), frame=frame)
                )
                yield f"| {shown} | {told[self.language]} | {told.get('unit', '')} |"

    def _column(self, column: Mapping[str, Any]) -> str:
        told = self._of(column)
        if column.get("written_by") == "build":
            told["description"] += self._word("allowed", "space") + self._word("writer", "build")
        cells = [
            code(column["name"]),
            *told.values(),
            self._word("type", column["type"]),
            self._allowed(column),
        ]
        # A bar inside a cell would end the cell.
        return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"

    def _allowed(self, column: Mapping[str, Any]) -> str:
        """Return the constraints of a column in words."""
        said = dict(column.get("constraints", {}))
        if "enum" in said:
            said["enum"] = self._word("allowed", "comma").join(map(code, said["enum"]))
        if "pattern" in said:
            said["pattern"] = code(said["pattern"])
        words = [self._word("allowed", "required" if said.get("required") else "empty")]
        words += [self._word("allowed", "unique")] if said.get("unique") else []
        for name in ("enum", "pattern", "minimum", "maximum"):
            words += [self._word("allowed", name, value=said[name])] if name in said else []
        return self._word("allowed", "then").join(words)


def _anchor(heading: str) -> str:
    """Return the anchor that a Markdown viewer gives a heading."""
    return re.sub(r"[^\w-]", "", heading.lower())
