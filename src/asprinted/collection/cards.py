"""What the figures of a collection say about themselves: one card a figure, in `figures/<stem>.json`."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from asprinted.collection.files import read_text
from asprinted.faults import Fault, Gathered, hidden
from asprinted.prose.writing import LANGUAGES, Language

_NOTEBOOK = re.compile(r"\w[\w-]*")
_STEM = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")

PINNED: Final = ("matplotlib", "numpy", "pillow", "seaborn")
"""The packages whose versions decide the bytes of a picture."""


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a picture in one language.

    `title` is the claim; `subtitle` says measure, unit, place and period; `note` is one line of what limits
    it; `alt` is what a person hears who does not see the picture; `source` names who printed it.
    """

    title: str
    subtitle: str
    note: str
    alt: str
    source: str

    @property
    def missing(self) -> list[str]:
        """The names of words that are not there; only the note may be."""
        required = [field.name for field in fields(self) if field.name != "note"]
        return [name for name in required if not getattr(self, name).strip()]


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose picture it is: the project's name and the licence, as a collection's data package says."""

    project: str
    licence: str
    project_zh: str = ""

    def named(self, language: Language) -> str:
        """Return the project's name in a language; the English one where there is no other."""
        return (self.project_zh if language == "zh" else "") or self.project

    @classmethod
    def of(cls, descriptor: Mapping[str, Any]) -> Credit:
        """Return what a data package says: `project` and `project_zh`, else its title; its first licence."""
        licences = descriptor.get("licenses") or [{"name": ""}]
        own = descriptor.get("asprinted", {})
        project = own.get("project") or descriptor["title"]
        return cls(project, licences[0]["name"].replace("-", " "), own.get("project_zh", ""))


@dataclass(frozen=True, slots=True)
class Card:
    """A picture without its drawing: what is said, which notebook draws it, its licence, its style."""

    words: Mapping[Language, Caption]
    notebook: str
    licence: str
    style: str

    def text(self) -> str:
        """Return the text of the card's file."""
        card: dict[str, Any] = {language: asdict(words) for language, words in self.words.items()}
        card |= {"notebook": self.notebook, "licence": self.licence, "style": self.style}
        return json.dumps(card, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def read(cls, file: Path, languages: Container[Language] = ()) -> Card:
        """Return the card that a file holds; raises `Faults` for none, and for one that lacks a language."""
        with Gathered(file.name):
            written = read_text(file, "a card")
            try:
                return cls._parsed(written, file.stem, languages)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                found = f"no readable card ({type(error).__name__}: {error})"
                expected = "one that `save` wrote: delete it and save the figure again"
                raise Fault.of(found, expected) from None

    @classmethod
    def _parsed(cls, written: str, stem: str, languages: Container[Language]) -> Card:
        held: dict[str, Any] = json.loads(written)
        spoken = [each for each in LANGUAGES if each in held or each in languages]
        words: dict[Language, Caption] = {each: Caption(**held[each]) for each in spoken}
        if not words:
            raise ValueError("it has no words")
        card = cls(words, held["notebook"], held["licence"], held["style"])
        said = [*(text for each in words.values() for text in asdict(each).values())]
        for text in (*said, card.notebook, card.licence, card.style):
            if not isinstance(text, str) or hidden(text, "\n"):
                raise ValueError(f"{text!r} is no text that a reader sees whole")
        if not _STEM.fullmatch(stem):
            raise ValueError("its name is none of a figure")
        if not _NOTEBOOK.fullmatch(card.notebook):
            raise ValueError(f"{card.notebook!r} is the name of no notebook")
        return card


def cards(folder: Path, languages: Container[Language] = ()) -> dict[str, Card]:
    """Return the cards of the figures in `folder` by stem, in the order of their notebooks.

    languages: those that each of them must have. Raises Faults with every file that is none.
    """
    found = dict[str, Card]()
    with Gathered(outcome="no page was written") as faults:
        for file in sorted(folder.glob("[!.]*.json")):
            with faults.at():
                found[file.stem] = Card.read(file, languages)
    return {stem: found[stem] for stem in sorted(found, key=lambda stem: (found[stem].notebook, stem))}


def shelf(root: Path) -> Path:
    """Return the folder that receives figures: the collection's, or the one `ASPRINTED_FIGURES` names."""
    return Path(os.environ.get("ASPRINTED_FIGURES") or root / "figures")


@cache
def is_reference(root: Path) -> bool:
    """Say whether this machine draws the bytes that are committed: Linux on x86-64, with the pinned versions.

    A project without `requirements.lock` pins nothing, so every machine is as good as another.
    """
    lock = root / "requirements.lock"
    if not lock.is_file():
        return True
    pins = dict(re.findall(rb"^([a-z0-9-]+)==([^\s;\\]+)", lock.read_bytes(), re.MULTILINE))
    same = all(pins.get(name.encode()) in (None, version(name).encode()) for name in PINNED)
    return same and (platform.system(), platform.machine()) == ("Linux", "x86_64")
