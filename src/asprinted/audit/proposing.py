"""What the words around printed numbers suggest: which may be a share, change, mean or sum of which others.

Each candidate has points for its wording: names that are alike (结案率 and 审结), 占, 其中, 同比, 人均, 合计,
units, order and distance. The points were set on made-up texts (`benchmarks/texts`), and mean nothing apart
from each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from asprinted.audit.candidates.changes import changes
from asprinted.audit.candidates.means import divisors, means, quotients
from asprinted.audit.candidates.shares import shares
from asprinted.audit.candidates.sums import sums
from asprinted.audit.cues import Candidate
from asprinted.audit.mentions import Mention

__all__ = ["candidates"]


def candidates(mentions: Sequence[Mention]) -> Iterator[Iterable[Candidate]]:
    """Yield, for each number in turn, every relation that the wording suggests, most of them wrongly."""
    for result in mentions:
        yield chain.from_iterable(
            kind(mentions, result) for kind in (shares, changes, quotients, means, sums, divisors)
        )
