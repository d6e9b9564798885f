"""What a machine makes of a collection's text: its number expressions, and the relations it proposes.

Nobody prepared the text for it, so its tables can be held against those typed by hand. The text and the
engine alone settle them: they are written while the text is at hand, and read without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from asprinted.audit.candidate import Candidate
from asprinted.audit.document import audit
from asprinted.audit.findings import Findings, checksum
from asprinted.audit.rows import JOIN, PLACES, claim_row, span_row
from asprinted.chinese.scanning import Span
from asprinted.collection import building
from asprinted.collection.files import Row, stored
from asprinted.collection.tables import Tables
from asprinted.faults import Fault

__all__ = ["FOUND", "PROPOSED", "rows", "stale"]

FOUND, PROPOSED = "found", "proposed"
READ = "role value low high bounds step hedge unit".split()
AUDITED = "kind direction confidence verdict computed_low computed_high strength reason".split()

_Places = Mapping[tuple[int, int], str]


def rows(tables: Tables, text: str) -> dict[str, list[Row]]:
    """Return the rows of the tables that a machine fills, of those the collection describes.

    `text` is one of the collection's publications; rows of its others stay as they are stored.
    """
    wanted = [name for name in (FOUND, PROPOSED) if name in tables.names()]
    if not wanted:
        return {}
    source = next(row["key"] for row in tables.rows("sources") if row["sha256"] == checksum(text))
    keys = {
        (int(row["line"]), int(row["start"])): row["key"]
        for row in tables.rows("printed")
        if row["source"] == source
    }
    told = audit(text, name=source)
    made = {
        FOUND: [_number(source, span) for span in told.spans],
        PROPOSED: [_relation(told, claim, keys) for claim in told.claims],
    }
    return {
        name: sorted([*_of_others(tables, name, source), *new], key=lambda row: row["source"])
        for name, new in made.items()
        if name in wanted
    }


def stale(tables: Tables, text: str) -> Iterator[Fault]:
    """Yield the cells of these tables that a machine would fill in another way now."""
    for name, new in rows(tables, text).items():
        file = tables.path(name)
        yield from building.compare(file.name, stored(file), tables.as_csv(name, new))


def _of_others(tables: Tables, name: str, source: str) -> list[Row]:
    kept = tables.rows(name) if tables.path(name).is_file() else []
    return [row for row in kept if row["source"] != source]


def _number(source: str, span: Span) -> Row:
    place = {"source": source, "line": str(span.line), "start": str(span.column), "as_printed": span.text}
    row = span_row(source, span)
    also = JOIN.join(other.role.value for other in span.also)
    return {**place, **{column: row[column] for column in READ}, "also": also}


def _relation(told: Findings, claim: Candidate, keys: _Places) -> Row:
    row = claim_row(told, claim)
    sides = {
        f"{column}_key": JOIN.join(_key(span, keys) for span in getattr(claim, side))
        for side, column in zip(PLACES, ("printed", "part", "whole"), strict=True)
    }
    tokens = {"printed": row["result"], "part": row["part"], "whole": row["whole"]}
    audited = {column: row[column] for column in AUDITED}
    in_chinese = {"reason_zh": claim_row(told, claim, "zh")["reason"]}
    return {"id": claim.id, "source": told.name, **sides, **tokens, **audited, **in_chinese}


def _key(span: Span, keys: _Places) -> str:
    """Return the key of a printed figure; of a number that is none, its line and its place there."""
    return keys.get((span.line, span.column), f"{span.line}:{span.column}")
