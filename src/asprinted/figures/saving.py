"""The one way a picture is saved: pictures, table and card under one stem, in each language spoken."""

import base64
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from asprinted.collection.cards import Caption, Card, Credit, is_reference, shelf
from asprinted.collection.files import replace
from asprinted.drawing.typesetting import without_glyph
from asprinted.faults import Fault, Gathered, placed, quote
from asprinted.figures import encoding, style
from asprinted.figures.form import FigureForm, rounded, write_table
from asprinted.figures.pages import Plain, draw
from asprinted.prose.writing import LANGUAGES, Language

_STEM = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_PACKAGE = __name__.partition(".")[0]

SHOWN_WIDTH: Final = 600
"""How wide a notebook shows a picture, in pixels, as the READMEs do: half of what the PNG holds."""


@dataclass(frozen=True)
class Saved:
    """A picture as it was saved; it displays as its PNG, with the alt text as the output's text and metadata.

    `state` is `written`, `unchanged`, or `left alone` where another machine's picture was kept (see `save`).
    """

    stem: str
    folder: Path
    language: Language
    png: bytes
    alt: str
    state: str

    def __repr__(self) -> str:
        """Return the alt text, which is what a terminal can show of a picture."""
        return self.alt

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
        shown = {"image/png": base64.b64encode(self.png).decode("ascii"), "text/plain": self.alt}
        return shown, {"image/png": {"alt": self.alt, "width": SHOWN_WIDTH}}


def save(
    form: FigureForm | Plain,
    stem: str,
    frame: pd.DataFrame,
    *,
    words: Mapping[Language, Caption],
    notebook: str,
    credit: Credit,
    home: Path,
    folder: Path | None = None,
    language: Language = "en",
    languages: Sequence[Language] = LANGUAGES,
    card: bool | Mapping[Language, Caption] = False,
    card_frame: pd.DataFrame | None = None,
) -> Saved:
    """Draw a frame in its languages, save all under `stem` and return what a notebook shows.

    Written are `<stem>.en.svg`, `.en.png`, `.zh.svg`, `.zh.png`, `<stem>.csv` (exactly what is drawn) and
    `<stem>.json` (words, notebook, licence, style), and for dark pages `<stem>.dark.en.svg` and
    `.dark.zh.svg`; with `card` also `<stem>.card.en.png` and `.card.zh.png` (drawn with other, shorter words
    where `card` gives them, and with the rows of `card_frame` alone where there is one). They go into
    `folder`, else into the one that `ASPRINTED_FIGURES` names, else into `figures/` of `home`. What is no
    `FigureForm` is called as `call(frame, ax=axes)` once a language, with the frame's texts of that language
    under their bare names.

    Everything is prepared before anything is written; a file is replaced only where its bytes differ. On a
    machine other than the reference one (see `is_reference`) committed pictures whose table, words and style
    are the same are left alone, since other versions draw other bytes.

    Raises `Faults`: a bad stem, a missing word, column or glyph, a cell that the form cannot draw, a stem
    that another notebook saves, a card without room. A warning is an error too.
    """
    committed, folder = home / "figures", folder or shelf(home)
    names, on_card = _names(stem, bool(card), languages), words if isinstance(card, bool) else card
    with Gathered(stem, f"nothing of {stem} was written"):
        _require(form, stem, {"": words, "card ": on_card}, languages, notebook, committed / f"{stem}.json")
        csv, said = write_table(frame), Card(words, notebook, credit.licence, style.stamp())
        files = {f"{stem}.csv": csv.encode(), f"{stem}.json": said.text().encode()}
        kept = {} if is_reference(home) else _kept(form, committed, names, files)
        frames = rounded(frame), rounded(frame if card_frame is None else card_frame)
        files |= kept or _pictures(form, stem, frames, (words, on_card), credit, names)
    folder.mkdir(parents=True, exist_ok=True)
    wrote = replace({folder / name: made for name, made in files.items()})
    state = "left alone" if kept else "written" if wrote else "unchanged"
    return Saved(stem, folder, language, files[f"{stem}.{language}.png"], words[language].alt, state)


def stored(
    stem: str,
    frame: pd.DataFrame,
    words: Mapping[Language, Caption],
    *,
    home: Path,
    folder: Path | None = None,
    language: Language,
) -> Saved | None:
    """Return a picture as it was saved, if it was drawn from this very frame; None otherwise."""
    folder = folder or shelf(home)
    csv, png = folder / f"{stem}.csv", folder / f"{stem}.{language}.png"
    if not (png.is_file() and csv.is_file() and csv.read_bytes() == write_table(frame).encode()):
        return None
    return Saved(stem, folder, language, png.read_bytes(), words[language].alt, "unchanged")


def _names(stem: str, card: bool, languages: Sequence[Language]) -> list[str]:
    ends = ["{}.svg", "{}.png", "dark.{}.svg", *["card.{}.png"] * card]
    return [f"{stem}.{end.format(language)}" for language in languages for end in ends]


def _require(
    form: FigureForm | Plain,
    stem: str,
    words: Mapping[str, Mapping[Language, Caption]],
    languages: Sequence[Language],
    notebook: str,
    card: Path,
) -> None:
    with Gathered(stem) as faults:
        if not callable(form):
            faults.add(repr(form), "one of the forms, or what draws a frame on `ax`", "form")
        if not _STEM.fullmatch(stem):
            faults.add(quote(stem), "small letters, digits and single underscores", "stem")
        if not notebook:
            faults.add("nothing", "the name of the notebook that saves the figure", "notebook")
        for where, said in words.items():
            for language in languages:
                faults.extend(_unsaid(said, language, where))
        if not faults and card.is_file() and (owner := Card.read(card).notebook) != notebook:
            expected = f"{notebook}, which saves it now: choose another stem, or delete figures/{stem}.*"
            faults.add(owner, expected, "notebook", file=card.name)


def _unsaid(words: Mapping[Language, Caption], language: Language, where: str) -> Iterator[Fault]:
    """Yield the words of a language that are not there, or that the typeface cannot draw."""
    if language not in words:
        yield Fault.of("nothing", "words", f"{where}{language} words")
        return
    for name in words[language].missing:
        yield Fault.of("nothing", "words", f"{where}{language} {name}")
    for name in ("title", "subtitle", "note", "source"):
        text = getattr(words[language], name)
        if lacking := without_glyph(text):
            found = f"{lacking} in {quote(text)}"
            yield Fault.of(found, "characters that the typeface draws", f"{where}{language} {name}")


def _kept(
    form: FigureForm | Plain, committed: Path, names: list[str], files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the committed pictures if everything that made them is the same, else none."""
    # The code of a form from elsewhere has no version, and may have changed.
    ours = isinstance(form, FigureForm) and form.drawing.__module__.partition(".")[0] == _PACKAGE
    if not ours or not all((committed / name).is_file() for name in (*names, *files)):
        return {}
    same = all((committed / name).read_bytes() == made for name, made in files.items())
    return {name: (committed / name).read_bytes() for name in names} if same else {}


def _pictures(
    form: FigureForm | Plain,
    stem: str,
    frames: tuple[pd.DataFrame, pd.DataFrame],
    words: tuple[Mapping[Language, Caption], Mapping[Language, Caption]],
    credit: Credit,
    names: list[str],
) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    with style.house(), warnings.catch_warnings():
        warnings.simplefilter("error")
        for language in words[0]:
            said, short = words[0][language], words[1][language]
            with placed(column=language):
                drawn = draw(form, frames[0], said, credit, language)
                made[f"{stem}.{language}.svg"] = svg = encoding.svg(drawn, said, credit, language)
                made[f"{stem}.{language}.png"] = encoding.png(drawn, said, credit)
                made[f"{stem}.dark.{language}.svg"] = encoding.darkened(svg)
                if (card := f"{stem}.card.{language}.png") in names:
                    drawn = draw(form, frames[1], short, credit, language, style.CARD)
                    made[card] = encoding.png(drawn, short, credit)
    return made
