"""The wall and the strip: every printed number, how far it can be tested, and under which rule it fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from asprinted.collection.fact import Fact
from asprinted.exact.printed import Dimension
from asprinted.prose import writing
from asprinted.site.edition import Edition

REACHES = {"tested": "recomputed", "not_testable": "lacking", "side_by_side": "beside", "alone": "alone"}
"""How far checks go, the furthest first, and what a tile shows it as."""


@dataclass(frozen=True)
class Tile:
    """One printed number on the wall.

    fails: the rules under which it does not follow. lost: the rules under which what it is an input of fails.
    """

    key: str
    section: str
    reach: str
    token: str
    gist: str
    gloss: str
    fails: str = ""
    lost: str = ""


def gist(fact: Fact, language: writing.Language = "en") -> str:
    """Return a printed number as short as a tile needs it; in Chinese that is the token.

    A plus stands for a lower end, "nearly" for an upper one.

    >>> from asprinted.books.book import opened
    >>> [gist(opened()[key]) for key in ("police_disputes", "oral_consultations", "court_rank")]
    ['17,600+', 'nearly 10,000', '1st']
    """
    reading = fact.reading
    if language == "zh" or reading.value is None or (fact.form == "share" and not reading.hedge):
        return fact.as_printed
    if reading.dimension is Dimension.RANK:
        return _ordinal(int(reading.value))
    places = max(0, -int(reading.step.normalize().as_tuple().exponent) - 2)
    share = reading.dimension is Dimension.SHARE
    number = writing.percent(reading.value, places) if share else writing.count(reading.value)
    if reading.dimension is Dimension.DURATION:
        number += f" {fact.units['en']}{'s' if reading.value != 1 else ''}"
    if not reading.hedge:
        return number
    return f"{number}+" if reading.low == reading.value else f"nearly {number}"


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def reaches(edition: Edition) -> dict[str, str]:
    """Return how far each printed number can be tested: as far as the check that goes furthest with it."""
    order = list(REACHES)
    return {
        key: REACHES[min((row.reach for row in edition.checks_of(key)), key=order.index, default="alone")]
        for key in edition.keys
    }


def tiles(edition: Edition, failing: Mapping[str, Iterable[str]] | None = None) -> list[Tile]:
    """Return the tiles in the article's order.

    failing: by rule, the ids of the relations that fail under it.
    """
    failing, found = failing or {}, reaches(edition)
    crossed, lost = dict[str, set[str]](), dict[str, set[str]]()
    for rule, names in failing.items():
        for name in names:
            relation = edition.collection.relation(name)
            for each in relation.printed:
                crossed.setdefault(each.key, set()).add(rule)
            for each in (*relation.parts, *relation.wholes):
                lost.setdefault(each.key, set()).add(rule)
    return [
        Tile(
            row["key"],
            row["section"],
            found[row["key"]],
            row["as_printed"],
            gist(edition.collection[row["key"]], edition.language),
            edition.glosses[row["key"]],
            " ".join(sorted(crossed.get(row["key"], ()))),
            " ".join(sorted(lost.get(row["key"], ()))),
        )
        for row in edition.collection.rows("printed")
    ]


def sections(edition: Edition, wall: Iterable[Tile]) -> list[tuple[str, list[Tile]]]:
    """Return the tiles by section, each with its name."""
    named = edition.labels("wall", "section")
    return [(named[section], list(each)) for section, each in groupby(wall, lambda tile: tile.section)]
