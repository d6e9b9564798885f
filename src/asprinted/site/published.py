"""Rates that others printed, held against their own counts: the pages they stand on, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from asprinted.collection.published import is_named, stated
from asprinted.drawing.tiles import stamp_of
from asprinted.exact import verdicts
from asprinted.exact.verdicts import Check, Verdict
from asprinted.prose import sentences
from asprinted.prose.writing import date
from asprinted.site.edition import Edition, Page


def pages(edition: Edition) -> Iterator[Page]:
    """Yield the rates of other publications with their verdicts, under the pages that print them."""
    rows = edition.collection.rows_if_described("published_rates")
    checks = {row["key"]: verdicts.check(stated(row)) for row in rows}
    contradicted = _contradicted(checks.values())
    values = {
        "sources": [
            _source(edition, list(rates), checks) for _, rates in groupby(rows, lambda row: row["group"])
        ],
        "rates": list(checks),
        "contradicted": contradicted,
    }
    yield Page("published/", "published", edition.word("titles", "published"), values)


def _source(edition: Edition, rows: list[dict[str, str]], checks: Mapping[str, Check]) -> dict[str, object]:
    """Return a page as it is listed; one that nobody may look at again is not shown by name."""
    first, named = rows[0], is_named(rows[0])
    name = " · ".join(filter(None, (first["publisher"], first["title"])))
    found = [checks[row["key"]] for row in rows]
    return {
        "named": named,
        "name": name if named else edition.word("published", "unnamed"),
        "address": first["address"] if named and first["address"].startswith("http") else "",
        "published": date(first["published"], edition.language) if named and first["published"] else "",
        "seen": edition.headings.cell("seen", first["seen"]),
        "rates": [
            {
                "measure": edition.headings.cell("measure", row["measure"]),
                "result": row["result"],
                "counts": row["counts"],
                "found": sentences.found(check, edition.language),
                "stamp": stamp_of(check),
            }
            for row, check in zip(rows, found, strict=True)
        ],
        "contradicted": _contradicted(found),
    }


def _contradicted(found: Iterable[Check]) -> int:
    return sum(check.verdict is Verdict.CONTRADICTED for check in found)
