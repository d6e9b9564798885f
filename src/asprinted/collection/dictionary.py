"""The readable form of the schema: `data/README.md`, built from `data/datapackage.json`."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from asprinted.collection import frames
from asprinted.collection.tables import DESCRIPTOR, Tables
from asprinted.escaping import code

_WRITERS = {
    "hand": "Typed by hand.",
    "build": "Built by `asprinted build`; do not edit.",
    "seal": "Written by `asprinted verify ARTICLE --seal`; do not edit.",
    "bench": "Written by a script of `benchmarks/`; do not edit.",
}
_INTRODUCTION = """\
# {title}

{description}

This page is built from `datapackage.json`, which also describes the tables to programs
([Data Package](https://datapackage.org) standard). Correct that file, not this page.

## In a spreadsheet

The tables are CSV: UTF-8 without byte order mark, comma, one header row. Do not open them by a double click:
a spreadsheet would guess the encoding, and turn tokens and dates into numbers of its own. Import them instead
(in Excel: Data, From Text/CSV; in LibreOffice: the dialogue that opens), choose UTF-8 and comma, and set
every column to text. Save changes as CSV in UTF-8 with LF line ends, and run `asprinted build`:
it names every cell that is wrong. Rows are counted as a spreadsheet does; the header is row 1.

## The tables
"""


def file(tables: Tables) -> Path:
    """Return where the page stands in a collection."""
    return tables.home / DESCRIPTOR.parent / "README.md"


def page(tables: Tables) -> str:
    """Return the page: each table, who writes it, and each column."""
    described = tables.descriptor
    parts = [_INTRODUCTION.format(title=described["title"], description=described["description"])]
    parts += [
        f"- [`{each['path']}`](#{_anchor(each['path'])}): {each['title']}. {_WRITERS[each['written_by']]}"
        for each in described["resources"]
    ]
    for each in described["resources"]:
        parts += ["", f"### {each['path']}", "", f"{each['title']}. {each['description']}", ""]
        parts += [_WRITERS[each["written_by"]], "", "| column | title | meaning | type | allowed |"]
        parts += ["|---|---|---|---|---|", *map(_dictionary_row, each["schema"]["fields"])]
    return "\n".join([*parts, *_of_frames()]) + "\n"


_FRAMES = """
## The columns of a notebook's frames

Frames such as `book.printed`, `.checks` and `.published` have columns of these names, whatever heading a
language shows; `book.columns` lists them frame by frame. A unit is that of the column's numbers; where it
says *unit*, the row's own.

| column | meaning | unit |
|---|---|---|"""


def _of_frames() -> Iterator[str]:
    """Yield the lines that say what the columns of frames mean."""
    yield _FRAMES
    for frame, columns in frames.meanings().items():
        for name, told in columns.items():
            where = "" if frame == "every" else f" of `book.{frame}`"
            yield f"| {code(name)}{where} | {told['en']} | {told.get('unit', '')} |"


def _anchor(heading: str) -> str:
    """Return the anchor that a Markdown viewer gives a heading."""
    return re.sub(r"[^\w-]", "", heading.lower())


def _dictionary_row(column: Mapping[str, Any]) -> str:
    kind = {"number": "exact decimal", "integer": "whole number", "string": "text", "date": "ISO date"}
    meaning = column["description"]
    if column.get("written_by") == "build":
        meaning += " " + _WRITERS["build"]
    cells = [code(column["name"]), column["title"], meaning, kind[column["type"]], _allowed(column)]
    # A bar inside a cell would end the cell.
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _allowed(column: Mapping[str, Any]) -> str:
    """Return the constraints of a column in words."""
    constraints = column.get("constraints", {})
    words = ["required" if constraints.get("required") else "may be empty"]
    words += ["unique"] if constraints.get("unique") else []
    if "enum" in constraints:
        words.append("one of " + ", ".join(map(code, constraints["enum"])))
    if "pattern" in constraints:
        words.append(f"of the form {code(constraints['pattern'])}")
    for name, said in (("minimum", "at least"), ("maximum", "at most")):
        words += [f"{said} {constraints[name]}"] if name in constraints else []
    return "; ".join(words)
