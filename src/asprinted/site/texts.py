"""Texts of the repository as pages: terms, method, licence, changelog, and what the tables' columns mean."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from asprinted.collection.files import read_text
from asprinted.rerun import pages as built
from asprinted.site import markdown
from asprinted.site.edition import Edition, Page, stopped
from asprinted.site.repository import linked

TERMS = "docs/terms"
TEXTS = {
    "method": "docs/conventions",
    "performance": "docs/performance",
    "dictionary": "data/README",
    "changelog": "CHANGELOG",
}
LICENCES = ("LICENSE", "LICENSE-data")


def pages(edition: Edition) -> Iterator[Page]:
    """Yield the texts as pages; one that has no Chinese is shown in English, and says so."""
    for name, text in TEXTS.items():
        file, lang = source(edition, text)
        said = read_text(edition.collection.home / file, "a text").replace("\r\n", "\n")
        yield Page(
            f"{name}/",
            "text",
            edition.word("titles", name),
            {"body": _html(edition, file, said), "lang": lang},
        )
    yield _terms(edition)
    licences = {name: read_text(edition.collection.home / name, "a licence") for name in LICENCES}
    yield Page("licence/", "licence", edition.word("titles", "licence"), {"licences": licences})


def _html(edition: Edition, file: str, text: str) -> Markup:
    return Markup(markdown.render(text, partial(linked, edition, file)))


def _terms(edition: Edition) -> Page:
    """Return the terms one after the other, between what is said of them all."""
    file, _ = source(edition, TERMS)
    written, blocks = built.blocks(edition.collection.home / file)
    ends = [0, *(place for block in blocks for place in (block.start, block.end)), len(written)]
    prose = [
        _html(edition, file, written[start:end]) for start, end in zip(ends[::2], ends[1::2], strict=True)
    ]
    terms = [
        {
            "key": row["key"],
            "term": row["term"],
            "english": row["term_en"],
            "sense": edition.of(row, "sense"),
            "article": edition.of(row, "article"),
            "since": edition.of(row, "since"),
            "sources": _html(
                edition, file, built.linked(edition.collection, row["sources"], edition.language)
            ),
        }
        for row in edition.collection.rows_if_described("terms")
    ]
    return Page("terms/", "terms", edition.word("titles", "terms"), {"prose": prose, "terms": terms})


def source(edition: Edition, name: str) -> tuple[str, str]:
    """Return the file of a text in the edition's language, else the English one, and its language.

    Raises Faults where there is none.
    """
    tried = [(f"{name}.zh.md", "zh-CN")] if edition.language == "zh" else []
    for file, lang in [*tried, (f"{name}.md", "en")]:
        if (edition.collection.home / file).is_file():
            return file, lang
    raise stopped((f"{name}.md", "no such text", "the text of a page"))
