"""The wall and the strip: every printed number, how far it can be tested, and under which rule it fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from asprinted.site import figures
from asprinted.site.edition import Edition

WALL = "wall_of_printed_numbers"

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
    drawn = figures.rows(edition, WALL) if WALL in edition.cards else []
    glosses = {row["key"]: row[f"gloss_{edition.language}"] for row in drawn}
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
            edition.collection[row["key"]].brief(edition.language),
            glosses.get(row["key"]) or edition.collection[row["key"]].title(edition.language),
            " ".join(sorted(crossed.get(row["key"], ()))),
            " ".join(sorted(lost.get(row["key"], ()))),
        )
        for row in edition.collection.rows("printed")
    ]


def sections(edition: Edition, wall: Iterable[Tile]) -> list[tuple[str, list[Tile]]]:
    """Return the tiles by section, each with its name."""
    return [
        (edition.section(section), list(each)) for section, each in groupby(wall, lambda tile: tile.section)
    ]
