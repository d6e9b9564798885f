"""What the figures of a collection say about themselves: one card a figure, in `figures/<stem>.json`."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, get_args

from asprinted.faults import Fault, Faults
from asprinted.writing import Language

__all__ = ["LANGUAGES", "Card", "Credit", "Words", "cards", "is_reference", "shelf"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

PINNED: Final = ("matplotlib", "numpy", "pillow", "seaborn")
"""The packages whose versions decide the bytes of a picture."""


@dataclass(frozen=True, slots=True)
class Words:
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
        return [
            field.name
            for field in fields(self)
            if field.name != "note" and not getattr(self, field.name).strip()
        ]


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
        licences = descriptor.get("licenses") or [{}]
        own = descriptor.get("asprinted", {})
        project = own.get("project") or descriptor.get("title", "")
        licence = str(licences[0].get("name", "")).replace("-", " ")
        return cls(str(project), licence, str(own.get("project_zh", "")))


@dataclass(frozen=True, slots=True)
class Card:
    """A picture without its drawing: what is said, which notebook draws it, its licence, its style."""

    words: Mapping[Language, Words]
    notebook: str
    licence: str
    style: str

    def text(self) -> str:
        """Return the text of the card's file."""
        card: dict[str, Any] = {language: asdict(words) for language, words in self.words.items()}
        card |= {"notebook": self.notebook, "licence": self.licence, "style": self.style}
        return json.dumps(card, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def read(cls, file: Path) -> Card:
        """Return the card that a file holds; raises `Faults` where it holds none."""
        try:
            held: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            words: dict[Language, Words] = {each: Words(**held[each]) for each in LANGUAGES}
            return cls(words, held["notebook"], held["licence"], held["style"])
        except (ValueError, KeyError, TypeError) as error:
            found = f"no readable card ({type(error).__name__}: {error})"
            expected = "one that `save` wrote: delete it and save the figure again"
            raise Faults([Fault(file.name, None, "", found, expected)]) from None


def cards(folder: Path) -> dict[str, Card]:
    """Return the cards of the figures in `folder` by stem, in the order of their notebooks."""
    found: dict[str, Card] = {file.stem: Card.read(file) for file in folder.glob("[!.]*.json")}
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
    pins = dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", lock.read_text("utf-8"), re.MULTILINE))
    same = all(pins.get(package) in (None, version(package)) for package in PINNED)
    return same and (platform.system(), platform.machine()) == ("Linux", "x86_64")
