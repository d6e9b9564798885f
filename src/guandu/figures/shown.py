"""A figure shown a second time: in another language, or where it is referred to."""

from __future__ import annotations

import json

from guandu import tables
from guandu.figures.form import FigureError, Language
from guandu.figures.saving import Saved


def shown(stem: str, language: Language = "en") -> Saved:
    """Return a figure that another notebook saves, as it stands in `figures/`; nothing is drawn or written.

    A translated notebook (`00_summary.zh`) shows the pictures of its original this way, so that both come
    from one table and one caption. Raises `FigureError` where no notebook has saved it.

    >>> shown("checks_ledger", language="zh").state
    'unchanged'
    """
    folder = tables.root() / "figures"
    card, picture = folder / f"{stem}.json", folder / f"{stem}.{language}.png"
    if not (card.is_file() and picture.is_file()):
        there = (
            ", ".join(sorted(file.stem for file in folder.glob("*.json"))) or "none, no figure was saved yet"
        )
        raise FigureError(f"figure {stem!r} is not in figures/; expected one of {there}")
    words = json.loads(card.read_text(encoding="utf-8"))[language]
    return Saved(stem, folder, language, picture.read_bytes(), words["alt"], "unchanged")
