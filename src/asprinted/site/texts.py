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
    """Yield the texts that there are as pages; one that has no Chinese is shown in English, and says so.

    Raises Faults with each text that the descriptor names and that is not there.
    """
    home = edition.collection.home
    refuse(edition)
    for name, text in TEXTS.items():
        if not (home / f"{text}.md").is_file():
            continue
        file, lang = source(edition, text)
        said = read_text(home / file, "a text").replace("\r\n", "\n")
        # What the page is called, the site says; the first line would say it in the text's language.
        body = _html(edition, file, said.partition("\n")[2])
        foreign = lang != edition.lang
        values = {"body": body, "lang": lang, "foreign": foreign, "contents": markdown.contents(body)}
        yield Page(f"{name}/", "text", edition.word("titles", name), values)
    if (home / f"{TERMS}.md").is_file():
        yield _terms(edition)
    licences = {name: read_text(home / name, "a licence") for name in LICENCES if (home / name).is_file()}
    yield Page("licence/", "licence", edition.word("titles", "licence"), {"licences": licences})


def refuse(edition: Edition) -> None:
    """Raise Faults with each text that the collection's descriptor names and that is not there."""
    named = edition.collection.descriptor.get("asprinted", {}).get("texts", ())
    missing = [name for name in named if not (edition.collection.home / name).is_file()]
    if missing:
        raise stopped(
            *((name, "no such file", "a text that data/datapackage.json names") for name in missing)
        )


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
    """Return the file of a text in the edition's language, else the English one, and its language."""
    translated = f"{name}.zh.md"
    if edition.language == "zh" and (edition.collection.home / translated).is_file():
        return translated, "zh-CN"
    return f"{name}.md", "en"
