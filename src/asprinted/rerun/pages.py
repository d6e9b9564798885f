"""The pages that are built from figures and checks: the galleries, and the marked blocks of other pages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

from asprinted.books.book import Book
from asprinted.books.showing import Headings
from asprinted.collection import frames
from asprinted.collection.cards import Card, cards
from asprinted.collection.collection import Collection
from asprinted.collection.files import read_text
from asprinted.escaping import html, markdown
from asprinted.exact.verdicts import Check
from asprinted.faults import Fault, Gathered
from asprinted.prose import sentences, writing
from asprinted.prose.sentences import Prose
from asprinted.prose.writing import Language
from asprinted.rerun import editions, notebooks

WIDE, NARROW = 600, 400
"""Widths in pixels: of a figure on a page, and on a contact sheet, where two stand side by side."""

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_UNLINKED = re.compile(r"[()\[\]\\|`*]")
_MARK = re.compile(r"<!--\s*asprinted:(?P<what>.*?)-->", re.DOTALL | re.IGNORECASE)
_END = "<!-- asprinted:end -->"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page that is built: what it is to hold, and between which characters that stands."""

    what: str
    start: int
    end: int


def blocks(page: Path) -> tuple[str, list[Block]]:
    """Return the text of a page, and its blocks.

    Raises Faults with every mark that is none, stands inside a block, or lacks its other half: what lies
    between two marks is replaced, so nothing is guessed.
    """
    found, opened = list[Block](), list[re.Match[str]]()

    def wrong(mark: re.Match[str], what: str, expected: str) -> None:
        line = written.count("\n", 0, mark.start()) + 1
        faults.add(f'{what} "{mark[0]}"', expected, line=line)

    with Gathered(page.name) as faults:
        written = read_text(page, "a page").replace("\r\n", "\n")
        for mark in _MARK.finditer(written):
            line = written[written.rfind("\n", 0, mark.start()) + 1 :].partition("\n")[0]
            what = mark["what"].strip()
            if line != f"<!-- asprinted:{what} -->" or not what:
                wrong(mark, "the mark", "<!-- asprinted:NAME --> on a line of its own")
            elif mark[0] != _END:
                if opened:
                    wrong(mark, "inside a block", f"{_END} before it")
                opened = [mark]
            elif opened:
                begun = opened.pop()
                found.append(Block(begun["what"].strip(), begun.end() + 1, mark.start()))
            else:
                wrong(mark, "without a block", "<!-- asprinted:NAME --> before it")
        for mark in opened:
            wrong(mark, "the block", f"{_END} behind it")
    return written, found


def refuse(collection: Collection) -> None:
    """Raise Faults with what is wrong in the pages and cards of a collection, before anything is built."""
    with Gathered() as faults:
        for page in _written(collection):
            with faults.at():
                blocks(page)
        _cards(collection)


def _written(collection: Collection) -> list[Path]:
    """Return the pages that may have blocks; what is no file is looked at too, to be named."""
    root = collection.home
    return [*sorted(root.glob("README*.md")), *sorted(root.glob("docs/*.md"))]


def _cards(collection: Collection) -> dict[str, Card]:
    return cards(collection.home / "figures", collection.languages)


def pages(collection: Collection) -> dict[Path, str]:
    """Return the pages that are built from figures and checks, with the text that each should have now.

    These are the galleries, the list of what no figure proves, and every README and page of docs/ with
    marked blocks. Raises Faults for a block that cannot be filled, with the page and what it asks for.
    """
    root, folder = collection.home, collection.words_folder
    refuse(collection)
    marked = [page for page in _written(collection) if blocks(page)[1]]
    return {
        **({folder / "README.md": because(collection)} if folder.is_dir() else {}),
        **{root / "figures" / each: gallery(collection, of) for each, of in _named(collection).items()},
        **{page: fill(collection, page) for page in marked},
    }


def _named(collection: Collection) -> dict[str, Language]:
    """Return what pages of each language are called; those of a collection's one language as the English."""
    first, *others = collection.languages
    return {"README.md": first, **dict.fromkeys(("README.zh.md",) * len(others), *others)}


def gallery(collection: Collection, language: Language) -> str:
    """Return the contact sheet of all figures in a language, then each with its claim."""
    said, found = _words()["gallery"][language], _cards(collection)
    sheet = [_card(collection, stem, card, language, NARROW) for stem, card in found.items()]
    parts = [f"# {said['title']}", said["about"], "\n".join(["<p>", *sheet, "</p>"])]
    for stem, card in found.items():
        text, where = card.words[language], f"../notebooks/{_edition(collection, card.notebook, language)}"
        question = f"[{_question(collection, card.notebook, language)}]({where}.ipynb)"
        lines = [*map(markdown, (text.subtitle, text.note, text.source)), f"{said['from']}{question}"]
        parts += [f"## {markdown(text.title)}", "\n\n".join(line for line in lines if line.strip())]
        parts.append(_files(collection, stem, language))
    return "\n\n".join(parts) + "\n"


def _card(
    collection: Collection, stem: str, card: Card, language: Language, width: int, folder: str = ""
) -> str:
    """Return a figure's card, or where there is none the figure, as a picture that leads to the figure."""
    small, whole = (f"{folder}{stem}.{kind}{language}.png" for kind in ("card.", ""))
    shown = small if (collection.home / "figures" / small.removeprefix(folder)).is_file() else whole
    alt = html(" ".join(card.words[language].alt.split()))
    return f'<a href="{whole}"><img src="{shown}" alt="{alt}" width="{width}"></a>'


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


def _figure(collection: Collection, stem: str, card: Card, language: Language) -> str:
    """Return a figure for a README: for dark pages too where there is such a picture, with its note below."""
    text, base = card.words[language], f"figures/{stem}"
    dark = f"{base}.dark.{language}.svg"
    alt = html(" ".join(text.alt.split()))
    source = f'<source media="(prefers-color-scheme: dark)" srcset="{dark}">'
    source = source if (collection.home / dark).is_file() else ""
    return f'<picture>{source}<img src="{base}.{language}.svg" alt="{alt}" width="{WIDE}"></picture>'


def fill(collection: Collection, page: Path) -> str:
    """Return the text of a page with its marked blocks filled.

    The blocks are `rates`, `figure STEM`, `card STEM`, `say NOTEBOOK ENTRY` (from facts alone), `said
    NOTEBOOK ENTRY` (as the notebook says it) and `table NAME COLUMN...`. A page whose name ends in `.zh.md`
    is filled in Chinese.
    """
    spoken: Language = "zh" if page.name.endswith(".zh.md") else "en"
    language = spoken if len(collection.languages) > 1 else collection.languages[0]
    written, found = blocks(page)
    made, at = list[str](), 0
    with Gathered(outcome="no page was written") as faults:
        for block in found:
            with faults.at():
                made += [written[at : block.start], _inside(collection, page, block.what, language), "\n"]
            at = block.end
    return "".join([*made, written[at:]])


def _inside(collection: Collection, page: Path, what: str, language: Language) -> str:
    """Return what a block holds."""
    kind, _, rest = what.partition(" ")
    known = _cards(collection)
    if kind == "rates" and not rest:
        return rates(collection, language)
    if kind == "say" and rest.count(" ") == 1:
        notebook, entry = rest.split(" ")
        if f"{notebook}.ipynb" in [path.name for path in notebooks.every(collection)]:
            return Book(collection, notebook, language).say(entry)
    if kind == "said" and rest.count(" ") == 1 and (said := _said(collection, rest, language)):
        return said
    if kind == "table" and " " in rest:
        return table(collection, *rest.split(), language=language)
    if kind == "card" and rest in known:
        return _card(collection, rest, known[rest], language, WIDE, "figures/")
    if kind == "figure" and rest in known:
        return _figure(collection, rest, known[rest], language)
    there = ", ".join(known) or "none, there is no figure yet"
    blocks = "`rates`, `say NOTEBOOK ENTRY`, `said NOTEBOOK ENTRY`, `table NAME COLUMN...`"
    expected = f"{blocks}, or `card` or `figure` and one of {there}"
    raise Fault(page.name, None, "", f'the block "{what}"', expected)


def _said(collection: Collection, rest: str, language: Language) -> str:
    """Return what a stored notebook says by an entry, "" where it does not say it."""
    notebook, entry = rest.split(" ")
    path = collection.home / "notebooks" / f"{_edition(collection, notebook, language)}.ipynb"
    cells = notebooks.read(path).cells if path.is_file() else []
    shown = [
        cell.outputs for cell in cells if cell.cell_type == "code" and entry in notebooks.called(cell.source)
    ]
    return "".join(output.get("data", {}).get("text/markdown", "") for outputs in shown for output in outputs)


def table(collection: Collection, name: str, *columns: str, language: Language) -> sentences.Prose:
    """Return columns of a typed table in a language; keys of publications become links.

    Raises Faults for a table or a column that is not there, and for a publication that no table names.
    """
    rows = [frames.in_language(row, language) for row in collection.rows(name)]
    there = rows[0] if rows else {}
    with Gathered(f"{name}.csv") as faults:
        for column in (column for column in columns if column not in there):
            faults.add("no such column", f"one of {', '.join(there)}", column)
    if "sources" in columns:
        rows = [{**row, "sources": linked(collection, row["sources"], language)} for row in rows]
    named = Headings(collection.headings, language)
    cells = [[row[column] for column in columns] for row in rows]
    return sentences.table([named[column] for column in columns], cells)


def linked(collection: Collection, keys: str, language: Language) -> Prose:
    """Return publications as links, from their keys: of sources.csv, or of a figure that one printed."""
    tables = [collection.rows_if_described(each) for each in ("sources", "benchmarks")]
    known = {row["key"]: row for rows in tables for row in rows}
    named = keys.split("; ") if keys else []
    with Gathered("sources.csv") as faults:
        for key in (key for key in named if key not in known):
            faults.add(f"no publication {key}", "one of the table", "key")
    found = [known[key] for key in named]
    name = "publisher_zh" if language == "zh" else "publisher"
    said = [_address(row.get(name) or row["publisher"], row["address"]) for row in found]
    return Prose(("；" if language == "zh" else "; ").join(dict.fromkeys(said)))


def _address(named: str, address: str) -> str:
    """Return a publication as a link to a page of the web; by its name alone where it has no such address."""
    if not _WEB.fullmatch(address):
        return markdown(named)
    # Whatever would end the link, or a cell, is written as its code.
    return f"[{markdown(named)}]({_UNLINKED.sub(lambda found: quote(found[0]), address)})"


def because(collection: Collection) -> str:
    """Return the page of what no figure proves: entries that name a source, and those set side by side."""
    said = _words()["because"]
    rows, beside = [], []
    for path in collection.notebooks:
        for entry in collection.words(path.stem).entries.values():
            rows += [[path.stem, entry.name, ", ".join(entry.because)]] if entry.because else []
            beside += [[path.stem, entry.name, entry.beside]] if entry.beside else []
    used = {key for _, _, keys in rows for key in keys.split(", ")}
    sources = [
        [row["key"], row["publisher"], row["title"], row["published"], row["address"] or row.get("note", "")]
        for row in collection.rows_if_described("sources")
        if row["key"] in used
    ]
    parts = [f"# {said['title']}", said["en"]]
    for name, found in (("entries", rows), ("sources", sources), ("beside", beside)):
        if found:
            parts += [f"## {said[name]['title']}", sentences.table(said[name]["header"], found)]
    return "\n\n".join(parts) + "\n"


def rates(collection: Collection, language: Language) -> sentences.Prose:
    """Return the relations that the collection puts first (`headline`) as a table, printed and recomputed.

    Each has a link to the notebook that is about it, as a page in `root` needs it.
    """
    said = _words()["rates"][language]
    rows = [
        [*rate(row, check, language), _link(collection, row, language)] for row, check in collection.headline
    ]
    return sentences.table(said["header"], rows)


def rate(row: Mapping[str, str], check: Check, language: Language) -> list[str]:
    """Return what, as printed, counts, recomputed, verdict and strength of a relation, each as words."""
    said, relation = _words()["rates"][language], check.relation
    printed = "; ".join(each.reading.text for each in relation.printed)
    sides = (relation.parts, relation.wholes)
    inputs = [" + ".join(each.reading.text for each in side) for side in sides if side]
    # More places than were printed, so that a reader sees which way it was cut.
    four_places = partial(writing.percent, places=4)
    value = writing.between(check.computed, four_places, language) if check.computed else ""
    return [
        writing.Bilingual.of(row, "title")[language],
        printed or said["not_printed"],
        said["of"].join(inputs),
        value,
        sentences.found(check, language),
        sentences.strength(check, language),
    ]


def _link(collection: Collection, row: Mapping[str, str], language: Language) -> Prose:
    notebook = row.get("notebook", "")
    if not notebook:
        return Prose("")
    if not (collection.home / "notebooks" / f"{notebook}.ipynb").is_file():
        expected = "the name of one, such as 02_closing_rate"
        number = collection.rows("relations").index(dict(row)) + 2
        raise Fault("relations.csv", number, "notebook", f'no notebook "{notebook}"', expected)
    return Prose(f"[{notebook[:2]}](notebooks/{_edition(collection, notebook, language)}.ipynb)")


@cache
def _words() -> dict[str, Any]:
    """Return the sentences of the pages, in both languages."""
    return tomllib.loads(resources.files("asprinted.rerun").joinpath("pages.toml").read_text("utf-8"))
