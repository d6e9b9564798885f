"""Number expressions and relations as rows of a table, and a whole audit as JSON holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from asprinted.audit.candidate import Candidate
from asprinted.audit.findings import Findings
from asprinted.audit.phrasing import reasons, says, strength_of, untestable
from asprinted.chinese.scanning import Span
from asprinted.exact.printed import Reading
from asprinted.prose.writing import Language, choose, outward, plain, rounded

__all__ = [
    "CLAIM",
    "JOIN",
    "PLACES",
    "SPAN",
    "as_json",
    "claim_row",
    "columns",
    "of",
    "span_row",
]

JOIN = ";"
SPAN = "text_id start end surface role value low high step hedge unit bounds unread".split()
"""The columns of number expressions; `unread` says why there is no value."""

PLACES = {side: f"{side[:-1]}_start {side[:-1]}_end".split() for side in ("results", "parts", "wholes")}
"""Where the numbers of each side of a relation stand: columns of the first and of the last characters."""

CLAIM = [
    *("text_id", "claim_id", "kind"),
    *(column for columns in PLACES.values() for column in columns),
    *"computed_low computed_high verdict strength confidence flag meant meant_given reason".split(),
    *"direction result part whole decision sha256".split(),
]
"""The columns of relations; in `decision` a person accepts or rejects one, and a second run reads it."""


def columns(*, related: bool) -> list[str]:
    """Return the columns of the table of relations, or of number expressions."""
    return [*(CLAIM if related else SPAN)]


def of(found: Findings, language: Language = "en", *, related: bool = True) -> Iterator[dict[str, str]]:
    """Yield the rows of a text: its relations, or its number expressions."""
    if related:
        yield from (claim_row(found, claim, language) for claim in found.claims)
    else:
        yield from (span_row(found.name, span) for span in found.spans)


def span_row(name: str, span: Span) -> dict[str, str]:
    """Return the row of a number expression of the text of that name."""
    place = {"text_id": name, "start": str(span.start), "end": str(span.end)}
    told = {"surface": span.text, "role": span.role.value}
    return place | told | _read(span.reading) | {"unread": str(span.fault or "")}


def _read(reading: Reading | None) -> dict[str, str]:
    numbers = {name: plain(getattr(reading, name, None)) for name in ("value", "low", "high", "step")}
    return numbers | {name: getattr(reading, name, "") for name in ("hedge", "unit", "bounds")}


def claim_row(found: Findings, claim: Candidate, language: Language = "en") -> dict[str, str]:
    """Return the row of a relation; several numbers of one side are joined by a semicolon."""
    row = {"text_id": found.name, "claim_id": claim.id, "kind": claim.kind}
    for side, columns in PLACES.items():
        spans: tuple[Span, ...] = getattr(claim, side)
        places = (
            zip(*((str(span.start), str(span.end)) for span in spans), strict=True) if spans else ((), ())
        )
        row |= {column: JOIN.join(ends) for column, ends in zip(columns, places, strict=True)}
        row[side[:-1]] = JOIN.join(span.text for span in spans)
    return row | _audited(claim, language) | {"sha256": found.sha256, "decision": claim.decided * "accept"}


def _audited(claim: Candidate, language: Language) -> dict[str, str]:
    check = claim.check
    low, high = outward(check.computed)
    why = reasons(claim, language), untestable(claim, language)
    return {
        "computed_low": low,
        "computed_high": high,
        "verdict": check.verdict.value,
        "strength": "" if check.strength is None else f"{rounded(check.strength, 4, 'truncation'):f}",
        "confidence": claim.confidence.value,
        "flag": claim.flag,
        "meant": f"{claim.meant:.3f}",
        "meant_given": f"{claim.given:.3f}",
        "reason": choose(language, "; ", "；").join(filter(None, why)),
        "direction": claim.direction,
    }


def as_json(found: Findings, language: Language = "en", *, related: bool = True) -> dict[str, Any]:
    """Return everything that was found, as JSON holds it; both readings where there are two."""
    head = {"text_id": found.name, "sha256": found.sha256}
    spans = {"spans": [_span(span) for span in found.spans]}
    if not related:
        return {**head, **spans, "text": found.text}
    claims = [_claim(claim, language) for claim in found.claims]
    return {**head, "counts": found.counts._asdict(), **spans, "relations": claims, "text": found.text}


def _span(span: Span) -> dict[str, Any]:
    row: dict[str, Any] = _numbered(span_row("", span), ("start", "end"))
    del row["text_id"]
    more = {"also": [_span(each) for each in span.also]} if span.also else {}
    return {**row, "line": span.line, "column": span.column, **more}


def _claim(claim: Candidate, language: Language) -> dict[str, Any]:
    sides = {
        side: [{"start": span.start, "end": span.end, "surface": span.text} for span in getattr(claim, side)]
        for side in PLACES
    }
    return {
        "claim_id": claim.id,
        "kind": claim.kind,
        **sides,
        **_audited(claim, language),
        "says": says(claim, language),
        "strength_says": strength_of(claim, language),
        "leads": claim.leads,
        "rivals": list(claim.rivals),
    }


def _numbered(row: Mapping[str, str], columns: Iterable[str]) -> dict[str, Any]:
    return {**row, **{column: int(row[column]) for column in columns}}
