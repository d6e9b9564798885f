"""Texts of the repository as pages: terms, method, licence, changelog, and what the tables' columns mean."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from asprinted.collection.files import read_text
from asprinted.faults import Fault, Faults
from asprinted.site import markdown
from asprinted.site.edition import Edition, Page
from asprinted.site.repository import linked

TEXTS = {
    "terms": "docs/terms",
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
        body = Markup(markdown.render(said, partial(linked, edition, file)))
        title = edition.word("titles", name)
        yield Page(f"{name}/", "text", title, {"body": body, "lang": lang})
    licences = {name: read_text(edition.collection.home / name, "a licence") for name in LICENCES}
    yield Page("licence/", "licence", edition.word("titles", "licence"), {"licences": licences})


def source(edition: Edition, name: str) -> tuple[str, str]:
    """Return the file of a text in the edition's language, else the English one, and its language.

    Raises Faults where there is none.
    """
    tried = [(f"{name}.zh.md", "zh-CN")] if edition.language == "zh" else []
    for file, lang in [*tried, (f"{name}.md", "en")]:
        if (edition.collection.home / file).is_file():
            return file, lang
    raise Faults([Fault(f"{name}.md", None, "", "no such text", "the text of a page")], "no site was built")
