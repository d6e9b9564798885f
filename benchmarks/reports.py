"""Audit the made-up reports of 40 courts end to end, and write what was found beside what is true.

`python -m benchmarks.reports` writes `data/made_reports.csv` and `data/made_relations.csv`, which the
notebook `corpus` reads. The reports themselves are made by `tests/shared/reports.py`, and are not stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby, pairwise
from typing import Final

import typer
from tests.shared.reports import COURTS, RELATIONS, YEARS, Made, reports
from tqdm import tqdm

from asprinted.audit.candidate import Candidate
from asprinted.audit.document import audit
from asprinted.audit.findings import Findings
from asprinted.collection.collection import Collection
from asprinted.corpus.between import Pair, between, report
from asprinted.prose.sentences import table

REPORTS, RELATED = "made_reports", "made_relations"
MISSED: Final = "missed"
Row = dict[str, str]


def main() -> None:
    """Audit every report, and write both tables."""
    collection = Collection.find()
    made = list(reports())
    courts = [list(of) for _, of in groupby(made, key=lambda each: each.court)]
    with ProcessPoolExecutor() as pool:
        found = list(tqdm(pool.map(of_court, courts), total=COURTS, desc="Courts"))
    for name in (REPORTS, RELATED):
        collection.write(name, [row for tables in found for row in tables[name]])
    typer.echo(f"Written: {len(made)} reports of {COURTS} courts over {len(YEARS)} years.")


def section() -> str:
    """Return what belongs into docs/performance.md of the stored tables."""
    rows = Collection.find().rows(REPORTS)
    slips = [row for row in rows if row["slip"]]
    seen = {
        "flagged by a relation of the report": [row["by_relation"] in ("sure", "likely") for row in slips],
        "said or flagged by a relation": [row["by_relation"] != "no" for row in slips],
        "another year's report, exactly the same words": [row["by_year"] == "exact" for row in slips],
        "another year's report, possibly": [row["by_year"] != "no" for row in slips],
        "the same number again in the report, possibly": [row["by_neighbour"] != "no" for row in slips],
    }
    share = [[name, f"{sum(of):,}", f"{len(of):,}", f"{sum(of) / len(of):.3f}"] for name, of in seen.items()]
    joined, differing, wrongly = (
        sum(int(row[name]) for row in rows) for name in ("joined", "differing", "differing_wrongly")
    )
    said = (
        f"{len(rows)} made-up reports of {COURTS} courts over {len(YEARS)} years, one wrong digit in "
        f"{len(slips)} of them (`benchmarks.reports`, the notebook `corpus`). Of {joined:,} numbers beside "
        f"one of the year before, under exactly the same words, {differing} differ, {wrongly} of them "
        "without a slip."
    )
    return f"## Slips of many reports\n\n{said}\n\n{table(['a slip is', 'seen', 'of', 'share'], share)}"


def of_court(made: Sequence[Made]) -> dict[str, list[Row]]:
    """Return the rows of both tables for the reports of one court, in the order of their years."""
    audits = [audit(each.text, name=each.key) for each in made]
    read = [report(each.text, each.key) for each in made]
    years = [[], *(between(now, past) for past, now in pairwise(read))]
    rows: dict[str, list[Row]] = {REPORTS: [], RELATED: []}
    for at, (each, found) in enumerate(zip(made, audits, strict=True)):
        beside = [*years[at], *(years[at + 1] if at + 1 < len(years) else ())]
        past = made[at - 1] if at else None
        rows[REPORTS].append(_report(each, past, found, years[at], beside))
        rows[RELATED] += [_relation(each, found, name) for name in RELATIONS]
    return rows


def _report(
    made: Made, past: Made | None, found: Findings, pairs: Sequence[Pair], beside: Sequence[Pair]
) -> Row:
    starts = {span.start: span for span in found.spans}
    numbers = [(starts.get(place.start), place.token) for place in made.places.values()]
    known = [span for span, token in numbers if span and span.text == token]
    flagged = [claim for claim in found.claims if claim.is_asked]
    at = made.places[made.slip].start if made.slip else -1
    exact = [pair for pair in pairs if pair.exact and pair.how != "twice"]
    differing = [pair for pair in exact if pair.differs]
    slips = {made.key: at} | ({past.key: past.places[past.slip].start} if past and past.slip else {})
    seen = [pair for pair in beside if pair.differs and _holds(pair, made.key, at)]
    return {
        "key": made.key,
        "court": str(made.court),
        "year": str(made.year),
        "numbers": str(len(numbers)),
        "found": str(len(known)),
        "read": str(sum(span.reading is not None for span in known)),
        "related": str(found.counts.related),
        "flagged": str(len(flagged)),
        "flagged_wrongly": str(sum(at not in _starts(claim) for claim in flagged)),
        "joined": str(len(exact)),
        "differing": str(len(differing)),
        "differing_wrongly": str(
            sum(not any(_holds(pair, key, start) for key, start in slips.items()) for pair in differing)
        ),
        "slip": made.slip,
        "right": made.right,
        "printed": made.places[made.slip].token if made.slip else "",
        "by_relation": _by_relation(found.claims, at) if made.slip else "",
        "by_neighbour": _join(pair for pair in seen if pair.how == "twice") if made.slip else "",
        "by_year": _join(pair for pair in seen if pair.how != "twice") if made.slip else "",
    }


def _told(holds: bool) -> str:
    return "yes" if holds else "no"


def _join(pairs: Iterable[Pair]) -> str:
    """Return how surely pairs are joined: by exactly the same words, possibly, or no pair at all."""
    joins = {pair.exact for pair in pairs}
    return "exact" if True in joins else "possible" if joins else "no"


def _starts(claim: Candidate) -> set[int]:
    return {span.start for side in (claim.results, claim.parts, claim.wholes) for span in side}


def _holds(pair: Pair, key: str, start: int) -> bool:
    here = pair.in_here == key and any(span.start == start for span in pair.here)
    return here or (pair.in_there == key and pair.there.start == start)


def _by_relation(claims: Iterable[Candidate], at: int) -> str:
    """Return how a slip shows in the relations of its report: flagged as sure or likely, said, or not."""
    failing = [claim for claim in claims if claim.leads and claim.fails and at in _starts(claim)]
    flags = {claim.flag or "said" for claim in failing}
    return next((level for level in ("sure", "likely", "said") if level in flags), "no")


def _relation(made: Made, found: Findings, name: str) -> Row:
    kind, result, *sides = RELATIONS[name]
    numbers = [{made.places[key].start for key in side} for side in ((result,), *sides)]
    hits = (
        claim
        for claim in found.claims
        if claim.kind == kind
        and [{span.start for span in side} for side in (claim.results, claim.parts, claim.wholes)] == numbers
    )
    claim = next(hits, None)
    slip = made.slip in {result, *sides[0], *sides[1]}
    return {
        "key": f"{made.key}_{name}",
        "report": made.key,
        "kind": kind,
        "relation": name,
        "confidence": claim.confidence.value if claim else MISSED,
        "verdict": claim.check.verdict.value if claim else "",
        "flag": claim.flag if claim and claim.leads else "",
        "slipped": _told(slip),
    }


if __name__ == "__main__":
    typer.run(main)
