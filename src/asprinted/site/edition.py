"""The site in one language: what a page is, and what its builder may ask for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

from asprinted.books.book import Book
from asprinted.books.showing import Headings
from asprinted.collection.cards import Card, Credit, cards
from asprinted.collection.collection import Collection
from asprinted.collection.ledger import LedgerRow
from asprinted.faults import Fault, Faults
from asprinted.prose.writing import Bilingual, Language, choose
from asprinted.site import markdown

WORDS = "site"
"""The file of words whose entries the site says: `notebooks/words/site.toml`."""


@dataclass(frozen=True)
class Page:
    """A page before it is written.

    path: its folder, "" for the home page. template: the name of its template without `.html`. title: what
    a browser's tab says. values: what the template names. image: a figure's file that stands for the page.
    alt: what is said of that to whoever does not see it. about: what the page is, in a sentence.
    """

    path: str
    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    image: str = ""
    alt: str = ""
    about: str = ""


def stopped(*wrong: tuple[str, str, str]) -> Faults:
    """Return what stops the build: of each fault the file, what was found, and what was expected."""
    faults = (Fault(file, None, "", found, expected) for file, found, expected in wrong)
    return Faults(faults, outcome="no site was built")


class Edition:
    """The collection as the site tells it in one language."""

    def __init__(self, collection: Collection, language: Language, address: str = "") -> None:
        """Take a collection, a language, and where the site will stand, "" where that is not known."""
        self.collection, self.language = collection, language
        self.address = address and address.rstrip("/") + "/"
        self.book = Book(collection, WORDS, language)
        self.headings = Headings(collection.headings, language)
        self.credit = Credit.of(collection.descriptor)
        self.said: set[str] = set()

    @property
    def lang(self) -> str:
        """What HTML calls the language."""
        return choose(self.language, "en", "zh-CN")

    @property
    def prefix(self) -> str:
        """The folder of the edition: none for the first language of the collection."""
        return "" if self.language == self.collection.languages[0] else "zh/"

    @cached_property
    def words(self) -> dict[str, Any]:
        """What the site's own chrome says, by group and name."""
        spoken = tomllib.loads(files("asprinted.site").joinpath("chrome.toml").read_text("utf-8"))
        return {
            group: {name: pair[self.language] for name, pair in pairs.items()}
            for group, pairs in spoken.items()
        }

    def word(self, group: str, name: str, **values: object) -> str:
        """Return a word of the chrome, filled in."""
        return str(self.words[group][name]).format(**values)

    def of(self, row: Mapping[str, str], column: str) -> str:
        """Return a text column of a table in the language: `note_zh`, or `note` and `note_en`."""
        return Bilingual.of(row, column)[self.language]

    # --------------------------------------------------------------------------------------------- words

    def told(self, entry: str, **values: object) -> str:
        """Return an entry of the words in Markdown, with what it claims decided.

        Of the values those are taken that the entry names; how many numbers are printed, and how many of
        them have a reading, it may always name.
        """
        self.said.add(entry)
        rows = self.collection.rows("printed")
        known = {"printed": len(rows), "read": sum(not row.get("unread") for row in rows), **values}
        used = self.book.words[entry].used
        return self.book.say(entry, **{name: value for name, value in known.items() if name in used})

    def say(self, entry: str, **values: object) -> Markup:
        """Return an entry of the words as a line of HTML; a line break is where a heading may break."""
        text = self.told(entry, **values)
        line = markdown.inline(text.strip(), partial(markdown.refused, self.book.words.file))
        return Markup(line.replace("\n", "<wbr>" if self.language == "zh" else " "))

    def labels(self, entry: str, column: str) -> dict[str, str]:
        """Return the labels of an entry's column by key; none where the words have none."""
        if entry not in self.book.words.entries:
            return {}
        self.said.add(entry)
        texts = self.book.words[entry].columns.get(column, {})
        assert isinstance(texts, Mapping)
        return {key: pair[self.language] for key, pair in texts.items()}

    def section(self, name: str) -> str:
        """Return what a section is called: by the wall's short name, or else by its heading."""
        return self.labels("wall", "section").get(name) or self.headings.cell("section", name)

    # ------------------------------------------------------------------------------------------- numbers

    @cached_property
    def keys(self) -> list[str]:
        """The keys of the printed numbers, in the article's order."""
        return [row["key"] for row in self.collection.rows("printed")]

    @cached_property
    def cards(self) -> dict[str, Card]:
        """The figures by stem."""
        return cards(self.collection.home / "figures", self.collection.languages)

    def checks_of(self, key: str) -> list[LedgerRow]:
        """Return every check in which a printed number stands."""
        return [row for row in self.collection.ledger if key in row.keys]

    def linked(self, key: str, text: str) -> Markup:
        """Return a text that leads to a number's own page, or to its row where it is derived."""
        target = f"page:number/{key}/" if key in self.keys else f"page:numbers/#{key}"
        return Markup('<a href="{}">{}</a>').format(target, escape(text))
