"""Rates that others printed, held against their own counts: the pages they stand on, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterator

from asprinted.exact.verdicts import Verdict
from asprinted.prose import sentences
from asprinted.site.edition import Edition, Page
from asprinted.site.stamps import stamp


def pages(edition: Edition) -> Iterator[Page]:
    """Yield the table of rates of other publications with their verdicts."""
    rates = list(_rates(edition))
    values = {"rates": rates, "contradicted": sum(rate["verdict"] is Verdict.CONTRADICTED for rate in rates)}
    yield Page("published/", "published", edition.word("titles", "published"), values)


def _rates(edition: Edition) -> Iterator[dict[str, object]]:
    collection, language = edition.collection, edition.language
    publications = {row["key"]: row for row in collection.rows_if_described("benchmarks")}
    for name in collection.relations("benchmark_relations"):
        check, row = collection.check(name), collection.relation_row(name)
        first = publications[check.relation.printed[0].key]
        # A page that nobody may look at again is not shown by name.
        shown = first.get("shown") != "no"
        yield {
            "title": edition.of(row, "title") if shown else edition.word("published", "unnamed"),
            "publisher": edition.of(first, "publisher") if shown else "",
            "address": first["address"] if shown and first["address"].startswith("http") else "",
            "seen": edition.headings.cell("seen", first["seen"]),
            "told": sentences.told(check, language),
            "found": sentences.found(check, language),
            "stamp": stamp(check),
            "verdict": check.verdict,
        }
