"""The brief: one sheet of A4 for whoever has a minute, as a page and, in the same words, as a document."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial

from docx import Document
from docx.shared import Mm
from markupsafe import Markup

from asprinted.collection.collection import Collection
from asprinted.collection.files import read_text
from asprinted.prose import sentences
from asprinted.prose.writing import choose
from asprinted.rerun import notebooks as kept
from asprinted.site import markdown
from asprinted.site.edition import Edition, Page
from asprinted.site.notebooks import first
from asprinted.site.repository import linked

_STRONG = re.compile(r"\*\*(.+?)\*\*")
_BLOCK = re.compile(r"(?P<level>#+) |(?P<item>\d+\.|[-*]) ")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def pages(edition: Edition) -> Iterator[Page]:
    """Yield the brief as a page."""
    file, text = written(edition)
    body = Markup(markdown.render(text, partial(linked, edition, file)))
    values = {"body": body, "document": document_name(edition)}
    yield Page("brief/", "brief", edition.word("titles", "brief"), values)


def documents(collection: Collection) -> Iterator[tuple[str, bytes]]:
    """Yield the brief in each language as a document of Word, by its name in the site."""
    for language in collection.languages:
        edition = Edition(collection, language)
        yield document_name(edition), document(written(edition)[1])


def document_name(edition: Edition) -> str:
    """Return the name of the brief as a document."""
    return f"{edition.prefix}brief/brief.{edition.language}.docx"


def written(edition: Edition) -> tuple[str, str]:
    """Return the brief in Markdown, and the file whose links it holds.

    That is `docs/brief.md`; where there is none, what the site says of the collection stands in.
    """
    file = f"docs/brief{choose(edition.language, '', '.zh')}.md"
    if (edition.collection.home / file).is_file():
        return file, read_text(edition.collection.home / file, "the brief")
    tests = [sentences.told(check, edition.language) for _, check in edition.collection.headline]
    last = kept.read(first(edition)).cells[-1].source
    parts = [
        f"# {edition.told('work')}",
        edition.told("about"),
        "\n".join(f"- {each}" for each in tests),
        last,
    ]
    return first(edition).relative_to(edition.collection.home).as_posix(), "\n\n".join(parts)


def document(text: str) -> bytes:
    """Return Markdown of headings, paragraphs, lists and bold words as a document on A4."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(22)
    for block in re.split(
        r"\n\s*\n|\n(?=\d+\. |[-*] )", re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL).strip()
    ):
        line = _LINK.sub(r"\1", " ".join(block.removeprefix("> ").split("\n")))
        found = _BLOCK.match(line)
        level, item = (found["level"], found["item"]) if found else ("", "")
        style = (
            f"Heading {len(level)}"
            if level
            else "List Bullet"
            if item in ("-", "*")
            else "List Number"
            if item
            else "Normal"
        )
        paragraph = made.add_paragraph(style=style)
        for at, piece in enumerate(_STRONG.split(line[found.end() :] if found else line)):
            paragraph.add_run(piece).bold = True if at % 2 else None
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
