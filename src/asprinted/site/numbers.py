"""A page for each printed number, and the table of all, derived ones among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from asprinted.collection.fact import Fact
from asprinted.collection.ledger import LedgerRow
from asprinted.drawing import rulers
from asprinted.drawing.scene import Scene
from asprinted.drawing.tiles import Cell, stamp_of, strip
from asprinted.exact.verdicts import Check
from asprinted.prose import sentences, writing
from asprinted.site import tiles, workbench
from asprinted.site.edition import Edition, Page

_REF = re.compile(r"([A-Z])(\d+)(?:(?: to |至)\1(\d+))?")


@dataclass(frozen=True)
class Tested:
    """A test in which a number stands: its words, its stamp, what it would show, and the sum as boxes."""

    row: LedgerRow
    title: str
    note: str
    stamp: Scene
    found: str
    told: str
    strength: str
    bar: Scene | None
    sum: list[tuple[str, str]]
    results: list[str]


def pages(edition: Edition) -> Iterator[Page]:
    """Yield the page of each printed number, and the table of all."""
    wall = tiles.tiles(edition)
    used = _used(edition)
    for number, tile in enumerate(wall):
        yield _page(edition, wall, number, used.get(tile.key, []))
    yield _table(edition, wall)


def _page(edition: Edition, wall: list[tiles.Tile], number: int, used: list[tuple[str, str]]) -> Page:
    tile, collection, language = wall[number], edition.collection, edition.language
    fact, row = collection[tile.key], collection.facts.typed.printed_rows[tile.key]
    checks = edition.checks_of(tile.key)
    tests = [_tested(edition, each) for each in checks if each.check]
    own = [each for each in tests if tile.key in each.results]
    ruler = _ruler(own, language) or rulers.admitted(collection.facts.typed.printed(tile.key), language)
    values = {
        "tile": tile,
        "strip": strip([Cell(each.section, each.reach, each is tile) for each in wall]),
        "all": len(wall),
        "number": number + 1,
        "row": row,
        "fact": fact,
        "who": edition.of(row, "organisation"),
        "scope": edition.of(row, "scope"),
        "period": writing.period(row["period_start"], row["period_end"], language),
        "width": _width(row["as_printed"]),
        "kind": edition.headings.cell("kind", row["kind"]),
        "own": own,
        "others": [each for each in tests if each not in own],
        "beside": [each for each in checks if not each.check],
        "ruler": ruler and Markup(rulers.page(ruler)),
        "derived": [each for each in _derived(edition) if tile.key in each.keys],
        "questions": _questions(edition, row.get("ref", "")),
        "used": used,
        "state": f"#{workbench.state_of(edition, tests[0].row.id)}" if tests else "",
        "before": wall[number - 1],
        "after": wall[(number + 1) % len(wall)],
    }
    title = f"{tile.token} · {fact.title(language)}"
    return Page(f"number/{tile.key}/", "number", title, values, about=fact.caveat(language))


def _ruler(own: list[Tested], language: writing.Language) -> rulers.Ruler | None:
    """Return the ruler of the first test whose result a number is; a divisor's shows no printed number."""
    checks = (each.row.check for each in own)
    drawn = (rulers.ruler(check, language) for check in checks if check and check.relation.kind != "divisor")
    return next(drawn, None)


def _tested(edition: Edition, row: LedgerRow) -> Tested:
    check, language = row.check, edition.language
    assert check is not None
    return Tested(
        row,
        row.titles[language],
        row.notes[language],
        stamp_of(check),
        sentences.found(check, language),
        sentences.told(check, language),
        sentences.strength(check, language),
        rulers.strength_bar(check),
        _sum(edition, check),
        [each.key for each in check.relation.printed],
    )


def _sum(edition: Edition, check: Check) -> list[tuple[str, str]]:
    """Return a quotient as boxes and signs: a text and the number it stands for, "" for a sign."""
    relation = check.relation
    if (
        relation.kind not in ("share", "mean")
        or not relation.parts
        or not relation.wholes
        or check.computed is None
    ):
        return []
    boxes = list[tuple[str, str]]()
    for sign, figures in (("", relation.parts), ("÷", relation.wholes)):
        for at, each in enumerate(figures):
            mark = "+" if at else sign
            boxes += [(mark, "")] if mark else []
            boxes.append((edition.collection[each.key].brief(edition.language), each.key))
    if not check.computed.is_point:
        return boxes
    exact = writing.decimal(check.computed.low or 0, 6, "truncation")
    return [*boxes, (f"{exact}…", "=")]


def _width(token: str) -> int:
    """Return how many ems wide a token is, in the face of numbers, rounded up.

    >>> _width("99%"), _width("1.76万余件")
    (3, 6)
    """
    return -(
        -sum(
            100 if ord(each) > 0x2E80 else 92 if each == "%" else 30 if each == "." else 60 for each in token
        )
        // 100
    )


def _derived(edition: Edition) -> list[Fact]:
    rows = edition.collection.rows_if_described("derived")
    return [edition.collection[row["key"]] for row in rows if row.get("listed") == "yes"]


def _questions(edition: Edition, ref: str) -> list[str]:
    """Return the open questions that name a number by its reference."""
    rows = edition.collection.rows_if_described("questions")
    return [edition.of(row, "asks") for row in rows if ref and ref in _refs(edition.of(row, "wanted"))]


def _refs(text: str) -> set[str]:
    """Return the references that a text names, those within a range too.

    >>> sorted(_refs("of N25 and N49 to N51"))
    ['N25', 'N49', 'N50', 'N51']
    """
    found = ((one[1], int(one[2]), int(one[3] or one[2])) for one in _REF.finditer(text))
    return {f"{letter}{number:02}" for letter, first, last in found for number in range(first, last + 1)}


def _used(edition: Edition) -> dict[str, list[tuple[str, str]]]:
    """Return what uses each printed number, as pairs of a link and its words: notebooks, then figures."""
    from asprinted.site import figures, notebooks

    found: dict[str, list[tuple[str, str]]] = {}
    for name, title in notebooks.titles(edition).items():
        named = {key for entry in edition.collection.words(name).entries.values() for key in entry.used}
        for key in named:
            found.setdefault(key, []).append((f"page:notebook/{name}/", title))
    for stem, card in edition.cards.items():
        for key in dict.fromkeys(row.get("key", "") for row in figures.rows(edition, stem)):
            found.setdefault(key, []).append((f"page:figure/{stem}/", card.words[edition.language].title))
    return found


def _table(edition: Edition, wall: list[tiles.Tile]) -> Page:
    collection, language = edition.collection, edition.language
    printed = []
    for tile in wall:
        fact, row = collection[tile.key], collection.facts.typed.printed_rows[tile.key]
        tests = [
            each.check
            for each in edition.checks_of(tile.key)
            if each.check and _is_result(each.check, tile.key)
        ]
        printed.append(
            {
                "tile": tile,
                "ref": row.get("ref", ""),
                "title": fact.title(language),
                "who": edition.of(row, "organisation"),
                "sort": float(fact.value) if fact.value is not None else "",
                "reach": edition.headings.cell("reach", tile.reach),
                "stamp": stamp_of(tests[0]) if tests else None,
                "found": sentences.found(tests[0], language) if tests else "",
            }
        )
    derived = [
        {
            "fact": fact,
            "text": fact.text(language),
            "title": fact.title(language),
            "caveat": fact.caveat(language),
        }
        for fact in _derived(edition)
    ]
    return Page(
        "numbers/", "numbers", edition.word("titles", "numbers"), {"printed": printed, "derived": derived}
    )


def _is_result(check: Check, key: str) -> bool:
    return any(each.key == key for each in check.relation.printed)
