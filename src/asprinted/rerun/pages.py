"""The pages that are built from figures and checks: the galleries, and the marked blocks of other pages."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Mapping
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any

from asprinted import words, writing
from asprinted.books.book import Book
from asprinted.books.tables import Headings
from asprinted.collection import frames
from asprinted.collection.cards import Card, cards
from asprinted.collection.home import Collection
from asprinted.faults import Fault, Faults
from asprinted.rerun import editions, notebooks
from asprinted.verdicts import Check
from asprinted.writing import Language

ACROSS = 3
"""Figures side by side on a contact sheet."""

_BLOCK = re.compile(r"<!-- asprinted:(?P<what>(?!end)[^>]*?) -->\n.*?<!-- asprinted:end -->", re.DOTALL)


def pages(collection: Collection) -> dict[Path, str]:
    """Return the pages that are built from figures and checks, with the text that each should have now.

    These are the galleries, the list of what no figure proves, and every README and page of docs/ with
    marked blocks. Raises Faults for a block that cannot be filled, with the page and what it asks for.
    """
    root = collection.home
    written = [*sorted(root.glob("README*.md")), *sorted(root.glob("docs/*.md"))]
    marked = [page for page in written if _BLOCK.search(page.read_text("utf-8"))]
    folder = collection.words_folder
    return {
        **({folder / "README.md": because(collection)} if folder.is_dir() else {}),
        root / "figures" / "README.md": gallery(collection, "en"),
        root / "figures" / "README.zh.md": gallery(collection, "zh"),
        **{page: fill(collection, page) for page in marked},
    }


def gallery(collection: Collection, language: Language) -> str:
    """Return the contact sheet of all figures in a language: three across, each with its claim."""
    said, found = _words()["gallery"][language], cards(collection.home / "figures")
    cells = [_thumbnail(stem, card, language) for stem, card in found.items()]
    rows = [
        [*cells[start : start + ACROSS], *[""] * ACROSS][:ACROSS] for start in range(0, len(cells), ACROSS)
    ]
    parts = [f"# {said['title']}", said["about"], words.table([""] * ACROSS, rows)]
    for stem, card in found.items():
        text, where = card.words[language], f"../notebooks/{_edition(collection, card.notebook, language)}"
        question = f"[{_question(collection, card.notebook, language)}]({where}.ipynb)"
        lines = [text.subtitle, text.note, text.source, f"{said['from']}{question}"]
        parts += [f"## {text.title}", "\n\n".join(line for line in lines if line.strip())]
        parts.append(_files(collection, stem, language))
    return "\n\n".join(parts) + "\n"


def _thumbnail(stem: str, card: Card, language: Language) -> str:
    text, picture = card.words[language], f"{stem}.{language}.png"
    return f"[![{_alt(text.alt)}]({picture})]({picture})<br>{_line(text.title)}"


def _files(collection: Collection, stem: str, language: Language) -> str:
    kinds = (f"{language}.svg", f"{language}.png", f"card.{language}.png", f"dark.{language}.svg", "csv")
    there = [f"{stem}.{kind}" for kind in kinds if (collection.home / "figures" / f"{stem}.{kind}").is_file()]
    return " · ".join(f"[{file}]({file})" for file in there)


def _edition(collection: Collection, notebook: str, language: Language) -> str:
    """Return a notebook's name, as a path from the folder of notebooks, in a language."""
    path = editions.place(collection.home / "notebooks" / f"{notebook}.ipynb")
    return f"{editions.FOLDER}/{notebook}" if language == "zh" and path.is_file() else notebook


def _question(collection: Collection, notebook: str, language: Language) -> str:
    path = collection.home / "notebooks" / f"{_edition(collection, notebook, language)}.ipynb"
    return (notebooks.heading(notebooks.read(path), 0) if path.is_file() else "") or notebook


def _line(text: str) -> str:
    return " ".join(text.split())


def _alt(text: str) -> str:
    return _line(text).replace("[", r"\[").replace("]", r"\]")


def _figure(collection: Collection, stem: str, card: Card, language: Language) -> str:
    """Return a figure for a README: for dark pages too where there is such a picture, with its note below."""
    text, base = card.words[language], f"figures/{stem}"
    dark = f"{base}.dark.{language}.svg"
    alt = html.escape(_line(text.alt))
    source = f'<source media="(prefers-color-scheme: dark)" srcset="{dark}">'
    source = source if (collection.home / dark).is_file() else ""
    return f'<picture>{source}<img src="{base}.{language}.svg" alt="{alt}" width="600"></picture>'


def fill(collection: Collection, page: Path) -> str:
    """Return the text of a page with its marked blocks filled.

    The blocks are `rates`, `figure STEM`, `say NOTEBOOK ENTRY` and `table NAME COLUMN...`. A page whose name
    ends in `.zh.md` is filled in Chinese.
    """
    language: Language = "zh" if page.name.endswith(".zh.md") else "en"

    def block(match: re.Match[str]) -> str:
        kind, _, stem = match["what"].partition(" ")
        known = cards(collection.home / "figures")
        if kind == "rates" and not stem:
            inside: str = rates(collection, language, linked=True)
        elif kind == "say" and stem.count(" ") == 1:
            notebook, entry = stem.split()
            inside = Book(collection, notebook, language).say(entry)
        elif kind == "table" and " " in stem:
            inside = table(collection, *stem.split(), language=language)
        elif kind == "figure" and stem in known:
            inside = _figure(collection, stem, known[stem], language)
        else:
            there = ", ".join(known) or "none, there is no figure yet"
            expected = (
                f"`rates`, `say NOTEBOOK ENTRY`, `table NAME COLUMN...`, or `figure` and one of {there}"
            )
            raise Faults([Fault(page.name, None, "", f'the block "{match["what"]}"', expected)])
        return f"<!-- asprinted:{match['what']} -->\n{inside}\n<!-- asprinted:end -->"

    return _BLOCK.sub(block, page.read_text(encoding="utf-8"))


def table(collection: Collection, name: str, *columns: str, language: Language) -> words.Finding:
    """Return columns of a typed table in a language; keys of publications become links.

    Raises Faults for a table or a column that is not there, and for a publication that no table names.
    """
    types = {each["name"]: each["type"] for each in collection.fields(name)}
    frame = frames.of_rows(collection.rows(name), types, language=language)
    unknown = [column for column in columns if column not in frame]
    if unknown:
        expected = f"one of {', '.join(map(str, frame))}"
        raise Faults([Fault(f"{name}.csv", None, column, "no such column", expected) for column in unknown])
    if "sources" in columns:
        tables = [collection.rows_if_described(each) for each in ("sources", "benchmarks")]
        known = {row["key"]: row for rows in tables for row in rows}
        frame["sources"] = [_linked(known, keys, language) for keys in frame["sources"]]
    named = Headings(collection.words_folder, language)
    cells = frame[list(columns)].astype(str).values.tolist()
    return words.table([named[column] for column in columns], cells)


def _linked(known: Mapping[str, Mapping[str, str]], keys: str, language: Language) -> str:
    """Return publications as links, from their keys: of sources.csv, or of a figure that one printed."""
    unknown = [key for key in keys.split("; ") if keys and key not in known]
    if unknown:
        expected = "one of the table"
        raise Faults(Fault("sources.csv", None, "key", f"no publication {key}", expected) for key in unknown)
    found = [known[key] for key in keys.split("; ") if keys]
    name = "publisher_zh" if language == "zh" else "publisher"
    said = [f"[{row[name]}]({row['address']})" if row["address"] else row[name] for row in found]
    return ("；" if language == "zh" else "; ").join(dict.fromkeys(said))


def because(collection: Collection) -> str:
    """Return the page of what no figure proves: entries that name a source, and those set side by side."""
    said = _words()["because"]
    rows, beside = [], []
    for path in notebooks.notebooks(collection):
        for entry in collection.words(path.stem).entries.values():
            rows += [[path.stem, entry.name, ", ".join(entry.because)]] if entry.because else []
            beside += [[path.stem, entry.name, entry.beside]] if entry.beside else []
    used = {key for _, _, keys in rows for key in keys.split(", ")}
    sources = [
        [row["key"], row["publisher"], row["title"], row["published"], row["address"] or row["note"]]
        for row in collection.rows_if_described("sources")
        if row["key"] in used
    ]
    parts = [f"# {said['title']}", said["en"]]
    for name, found in (("entries", rows), ("sources", sources), ("beside", beside)):
        if found:
            parts += [f"## {said[name]['title']}", words.table(said[name]["header"], found)]
    return "\n\n".join(parts) + "\n"


def rates(collection: Collection, language: Language, *, linked: bool = False) -> words.Finding:
    """Return the relations that the collection puts first (`headline`) as a table, printed and recomputed.

    `linked` adds links to the notebooks that are about them, as a page in `root` needs them.
    """
    said = _words()["rates"][language]
    rows = [
        [*_rate(row, check, language), _link(collection, row.get("notebook", ""), language)]
        for row, check in _headline(collection)
    ]
    kept = len(said["header"]) if linked else len(said["header"]) - 1
    return words.table(said["header"][:kept], [row[:kept] for row in rows])


def _headline(collection: Collection) -> list[tuple[Mapping[str, str], Check]]:
    """Return the relations that stand first, each with its row, in the order that the table declares."""
    rows = [collection.relation_row(one) for one in collection.relations()]
    first = sorted((row for row in rows if row.get("headline")), key=lambda row: int(row["headline"]))
    return [(row, collection.check(row["id"])) for row in first]


def _rate(row: Mapping[str, str], check: Check, language: Language) -> list[str]:
    said, relation = _words()["rates"][language], check.relation
    printed = "; ".join(each.reading.text for each in relation.printed)
    sides = (relation.parts, relation.wholes)
    inputs = [" + ".join(each.reading.text for each in side) for side in sides if side]
    # More places than were printed, so that a reader sees which way it was cut.
    four_places = partial(writing.percent, places=4)
    value = writing.between(check.computed, four_places, language) if check.computed else ""
    return [
        row[f"title_{language}"],
        printed or said["not_printed"],
        said["of"].join(inputs),
        value,
        words.found(check, language),
        words.strength(check, language) if check.power is not None else "",
    ]


def _link(collection: Collection, notebook: str, language: Language) -> str:
    where = _edition(collection, notebook, language)
    return f"[{notebook[:2]}](notebooks/{where}.ipynb)" if notebook else ""


@cache
def _words() -> dict[str, Any]:
    """Return the sentences of the pages, in both languages."""
    return tomllib.loads(resources.files("asprinted.rerun").joinpath("pages.toml").read_text("utf-8"))
