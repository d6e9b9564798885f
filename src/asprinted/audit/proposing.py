"""What the words around numbers suggest: which may be a share, change, mean or sum of which others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from asprinted.audit.candidate import Candidate
from asprinted.audit.candidates.changes import changes
from asprinted.audit.candidates.columns import columns, told_below, turned
from asprinted.audit.candidates.means import divisors, means, proportions, quotients
from asprinted.audit.candidates.rows import births, rows
from asprinted.audit.candidates.shares import shares
from asprinted.audit.candidates.sums import sums
from asprinted.audit.mentions import Mention
from asprinted.audit.tables import tables

__all__ = ["Group", "groups"]

Group = list[list[Candidate]]
"""What one result and kind may mean: each reading, of a column of a table with a candidate a row."""

_KINDS = (shares, changes, quotients, proportions, means, sums, rows, births, divisors)


def groups(text: str, mentions: Sequence[Mention]) -> Iterator[Group]:
    """Yield, by table, then for each number in turn, the readings that words suggest, most wrongly."""
    in_tables = set[Mention]()
    found_tables = list(tables(text, mentions))
    for table in found_tables:
        in_tables.update(cell.number for row in table.rows for cell in row if cell.number)
        yield from columns(table)
        yield from columns(turned(table))
    for result in mentions:
        if result in in_tables:
            continue
        found: dict[tuple[str, int], dict[object, Candidate]] = {}
        told = chain.from_iterable(kind(mentions, result) for kind in _KINDS)
        for each in chain(told, told_below(found_tables, result)):
            sides = each.direction, each.parts, each.wholes
            readings = found.setdefault((each.model, each.group), {})
            # What is proposed in two ways shows what both see.
            if (other := readings.setdefault(sides, each)) is not each:
                readings[sides] = each._replace(seen=each.seen | other.seen)
        yield from ([[each] for each in several.values()] for several in found.values())
