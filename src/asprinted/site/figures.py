"""A page for each figure, and the sheet of all: the picture, its claim, its data, and how to cite it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

from asprinted.collection import frames
from asprinted.collection.cards import Card
from asprinted.collection.files import read_text
from asprinted.site.edition import Edition, Page, stopped

WIDTH: Final = 600
"""How wide a picture stands on a page, in pixels."""

SIZE: Final = re.compile(r'<svg[^>]* viewBox="0 0 (?P<wide>[\d.]+) (?P<tall>[\d.]+)"')


def pages(edition: Edition) -> Iterator[Page]:
    """Yield the page of each figure, and the sheet. Raises Faults with each file that is missing."""
    refuse(edition)
    stems = list(edition.cards)
    for at, (stem, card) in enumerate(edition.cards.items()):
        yield _page(edition, stem, card, stems[at - 1], stems[(at + 1) % len(stems)])
    yield Page(
        "figures/",
        "figures",
        edition.word("titles", "figures"),
        {"pictures": {stem: card_of(edition, stem) for stem in stems}},
    )


def refuse(edition: Edition) -> None:
    """Raise Faults with each file that a figure needs and has not."""
    folder, language = edition.collection.home / "figures", edition.language
    kinds = (f"{language}.svg", f"dark.{language}.svg", f"{language}.png", "csv")
    needed = [f"{stem}.{kind}" for stem in edition.cards for kind in kinds]
    missing = [f"figures/{name}" for name in needed if not (folder / name).is_file()]
    if missing:
        raise stopped(*((name, "no such file", "a figure that a run draws") for name in missing))


def shown(edition: Edition, stem: str, alt: str) -> Markup:
    """Return a figure's picture, on a dark page its dark variant, with the room that it will take."""
    base, language = f"figures/{stem}", edition.language
    tall = _height(edition.collection.home / f"{base}.{language}.svg")
    return Markup(
        '<picture><source media="(prefers-color-scheme: dark)" srcset="file:{}">'
        '<img src="file:{}" alt="{}" loading="lazy" width="{}" height="{}"></picture>'
    ).format(f"{base}.dark.{language}.svg", f"{base}.{language}.svg", alt, WIDTH, tall)


def _height(svg: Path) -> int:
    """Return how tall a picture is where it is `WIDTH` wide. Raises Faults for a file that tells no size."""
    size = SIZE.search(read_text(svg))
    if size is None:
        raise stopped((f"figures/{svg.name}", "no viewBox", "a picture that a run draws"))
    return round(WIDTH * Fraction(size["tall"]) / Fraction(size["wide"]))


def card_of(edition: Edition, stem: str) -> str:
    """Return the file of a figure for a sheet and for whoever shares it: its card, else the picture."""
    card = f"figures/{stem}.card.{edition.language}.png"
    return card if (edition.collection.home / card).is_file() else f"figures/{stem}.{edition.language}.png"


def rows(edition: Edition, stem: str) -> list[dict[str, str]]:
    """Return the rows that a figure draws, as they are stored."""
    return _rows(edition.collection.home / "figures" / f"{stem}.csv")


@cache
def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _page(edition: Edition, stem: str, card: Card, before: str, after: str) -> Page:
    said, language = card.words[edition.language], edition.language
    table = [frames.in_language(row, language) for row in rows(edition, stem)]
    sheet, names = card_of(edition, stem), edition.labels("drawn", "column")
    served = [
        f"figures/{stem}.{kind}"
        for kind in (f"{language}.svg", f"{language}.png", f"dark.{language}.svg", "csv")
    ]
    values = {
        "stem": stem,
        "said": said,
        "card": card,
        "picture": shown(edition, stem, said.alt),
        "files": dict.fromkeys([*served, sheet]),
        "columns": [names.get(column) or edition.headings[column] for column in (table[0] if table else {})],
        "table": [
            [(column, edition.headings.cell(column, cell)) for column, cell in row.items()] for row in table
        ],
        "before": before,
        "after": after,
        "embed": _embed(edition, stem, said.alt),
    }
    return Page(
        f"figure/{stem}/", "figure", said.title, values, image=sheet, alt=said.alt, about=said.subtitle
    )


def _embed(edition: Edition, stem: str, alt: str) -> str:
    """Return the picture for somebody else's page; where the site's address is not known, as a bare file."""
    where = (
        f"{edition.address}figures/{stem}.{edition.language}.svg"
        if edition.address
        else f"{stem}.{edition.language}.svg"
    )
    quoted = alt.replace("&", "&amp;").replace('"', "&quot;")
    return f'<img src="{where}" alt="{quoted}" width="600">'
