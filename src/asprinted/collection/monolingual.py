"""What a new collection leaves out where it speaks one language: columns, prose, words and a page."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from asprinted.collection.describing import COLUMNS
from asprinted.collection.files import Row, replace
from asprinted.prose.writing import LANGUAGES, Language

__all__ = ["described", "rows", "speak"]

_OTHER = re.compile(r"\[[^\]]*\]\(README(\.zh)?\.md\)\n\n")

_TITLES: Mapping[Language, str] = {"en": "所种地块占比", "zh": "Share of the plots that is tended"}
"""What the page's example of a relation says in the other language, by that of the page."""


def _left_out(table: str, columns: Iterable[str], language: Language) -> set[str]:
    """Return the columns of a table that stand in the other language; what the engine needs stays, bare.

    >>> sorted(_left_out("sources", ["key", "publisher", "publisher_zh", "note", "note_zh"], "zh"))
    ['note', 'publisher_zh']
    """
    names = set(columns)
    chinese = {name for name in names if name.endswith("_zh")}
    if language == "en":
        return chinese
    needed = COLUMNS[table][1].split()
    bare = {name for name in names if f"{name.removesuffix('_en')}_zh" in names}
    kept = {name for name in bare if name in needed and not name.endswith("_en")}
    return bare - kept | {f"{name}_zh" for name in kept}


def rows(table: str, found: Iterable[Row], language: Language) -> list[Row]:
    """Return rows in one language; what stands in English alone is taken as it is."""
    made = []
    for row in found:
        kept = row.keys() - _left_out(table, row, language)
        made.append(
            {name: _text(row, name) if language == "zh" else row[name] for name in row if name in kept}
        )
    return made


def _text(row: Row, name: str) -> str:
    """Return the Chinese of a column, with an ending or bare, else what stands in its place."""
    stem = name.removesuffix("_zh")
    return row.get(f"{stem}_zh") or row.get(f"{stem}_en") or row.get(stem) or row[name]


def described(package: dict[str, Any], language: Language) -> dict[str, Any]:
    """Return the description of tables in one language, which it names."""
    for table in package["resources"]:
        fields = table["schema"]["fields"]
        out = _left_out(table["name"], [field["name"] for field in fields], language)
        table["schema"]["fields"] = [field for field in fields if field["name"] not in out]
    return {**package, "asprinted": {**package.get("asprinted", {}), "languages": [language]}}


def speak(made: Path, language: Language) -> None:
    """Let the notebook, its words, the page and the licence of a new collection speak one language."""
    (notebook,) = (made / "notebooks").glob("*.ipynb")
    words = made / "notebooks" / "words" / f"{notebook.stem}.toml"
    said = tomllib.loads(words.read_text("utf-8"))
    cells = said.pop("cells")
    written = json.loads(notebook.read_text("utf-8"))
    if language == "zh":
        for cell in written["cells"]:
            text = "".join(cell["source"]).replace(f'("{notebook.stem}")', f'("{notebook.stem}", "zh")')
            cell["source"] = cells[cell["id"]]["zh"].strip() if cell["cell_type"] == "markdown" else text
    licence = (made / "LICENSE").read_text("utf-8").split("\n---\n\n")
    page = made / ("README.md" if language == "en" else "README.zh.md")
    replace(
        {
            notebook: json.dumps(written, ensure_ascii=False, indent=1) + "\n",
            words: "\n".join(_entry(name, entry, language) for name, entry in said.items()),
            made / "README.md": _OTHER.sub("", page.read_text("utf-8")).replace(_TITLES[language], ""),
            made / "LICENSE": licence[LANGUAGES.index(language)],
        }
    )
    (made / "README.zh.md").unlink()


def _entry(name: str, entry: dict[str, Any], language: Language) -> str:
    """Return an entry of words as TOML, in one language with its proof."""
    kept = {key: entry[key] for key in (language, "holds") if key in entry}
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in kept.items())
    return "\n".join([f"[{name}]", *lines, ""])
