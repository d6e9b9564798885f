"""Exact checks by column: a printed result, a part and a whole in every row, decided by integers alone.

What a kind of relation makes of a ratio is the row of four integers of `OF_RATIO`, as in a single check. A
result stands as its digits, with the number of its decimals beside them: 61.71% is 6171 of 4 places. What 64
bits do not hold is decided by Python's integers; of hedged counts, what corners leave open by `has_ratio`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np

from asprinted.exact.intervals import MAGNITUDES, POSITIVE, UNIT, Interval, has_ratio
from asprinted.exact.moebius import Moebius, prints_as
from asprinted.exact.relations import OF_RATIO, REST
from asprinted.exact.verdicts import Verdict
from asprinted.faults import Fault, quote, refuse

__all__ = ["VERDICTS", "check_columns"]

# An array of whole numbers of NumPy's, or of Python's where these are too narrow.
Column = Any
Given = Column | Sequence[int]
Counts = Given | tuple[Given, Given]

VERDICTS: Final = (
    Verdict.CONTRADICTED,
    Verdict.NEAREST_ONLY,
    Verdict.TRUNCATION_ONLY,
    Verdict.BOTH,
    Verdict.NOT_TESTABLE,
)
"""The verdicts by their codes: 1 where the result fits rounded, 2 where it fits cut, the sum for both."""

CHUNK: Final = 1 << 16
"""Rows at a time, so that what is computed stays near the processor; of corners an eighth."""

_ALONE, _TOO_WIDE = 64, 1 << 63
_NEAREST, _CUT, _NOT_TESTABLE, _REFUSED = 1, 2, 4, 5


class _Way(NamedTuple):
    """How a result of `digits` follows: its row, and one step of its last place as over ÷ under."""

    row: Moebius
    is_share: bool
    is_rest: bool
    over: int
    under: int

    def holds(self, digits: Column) -> Column:
        """Return where the result is a share of at most 1, so that the whole holds the part."""
        most = self.under // self.over
        return np.asarray(self.is_share and digits <= most)


def check_columns(
    kind: str,
    printed: Given,
    parts: Counts,
    wholes: Counts,
    *,
    places: int | Given = 0,
    direction: str = "",
) -> Column:
    """Return the verdict of each row as its code in `VERDICTS`: what a single check of its numbers finds.

    `kind` and `direction` are those of a relation of a ratio (`relations.OF_RATIO`). `printed` are the digits
    of unhedged results as whole numbers, `places` how many of them are decimals of the value: 61.71% is 6171
    of 4 places, 1.2万件 is 12 of -3; one number for all rows, or one a row. `parts` and `wholes` are exact
    counts; where they are hedged, a pair of columns: the least and the greatest that each admits.

    Raises Fault for what is no such relation or no column of whole numbers, Faults for rows that no relation
    has: a count below zero, ends that fall, the rest of a share above 1. Rows are counted from 1.

    >>> found = check_columns("share", [6171, 9900], [21454, 783], [34765, 785], places=4)
    >>> [VERDICTS[code].value for code in found]                    # 99.00% of 783 in 785, printed 99%
    ['both', 'contradicted']
    >>> hedged = check_columns("share", [9835], ([17300], [17399]), ([17600], [17699]), places=4)
    >>> VERDICTS[hedged[0]].value
    'both'
    """
    row = _row(kind, direction)
    digits, scale = _column(printed, "printed"), _column(np.atleast_1d(places), "places")
    hedged = isinstance(parts, tuple) or isinstance(wholes, tuple)
    sides = [_column(each, "parts") for each in _ends(parts, hedged)]
    sides += [_column(each, "wholes") for each in _ends(wholes, hedged)]
    for each in (*sides, *([scale] if np.ndim(places) else [])):
        if len(each) != len(digits):
            raise Fault.of(f"columns of {len(digits)} and {len(each)} rows", "as many rows in each")
    judge = _by_corners if hedged else _by_counts
    codes = np.empty(len(digits), np.uint8)
    for place in np.unique(scale).tolist():
        way = _Way(row, kind == "share", direction == REST, 10 ** max(-place, 0), 10 ** max(place, 0))
        if np.ndim(places):
            rows = np.flatnonzero(scale == place)
            codes[rows] = _judged(judge, way, digits[rows], [each[rows] for each in sides])
        else:
            codes = _judged(judge, way, digits, sides)
    _refuse(codes, digits, sides)
    return codes


def _row(kind: str, direction: str) -> Moebius:
    if kind not in OF_RATIO:
        raise Fault.of(quote(kind), f"one of {', '.join(OF_RATIO)}", "kind")
    if direction not in OF_RATIO[kind]:
        known = ", ".join(each or "none" for each in OF_RATIO[kind])
        raise Fault.of(quote(direction), f"one of {known}", "direction")
    return OF_RATIO[kind][direction]


def _ends(counts: Counts, hedged: bool) -> tuple[Given, ...]:
    if isinstance(counts, tuple):
        return counts
    return (counts, counts) if hedged else (counts,)


def _column(given: Given, name: str) -> Column:
    """Return a column of whole numbers: of 64 bits, or of Python's where one is wider."""
    column = np.asarray(given)
    if column.ndim == 1 and (column.dtype.kind == "i" or not len(column)):
        return column.astype(np.int64, copy=False)
    if column.ndim != 1 or not all(type(each) is int for each in column.tolist()):
        raise Fault.of(f"{column.ndim} dimensions of {column.dtype}", "one column of whole numbers", name)
    column = column.astype(object)
    return column.astype(np.int64) if max(map(abs, column)) < _TOO_WIDE else column


def _refuse(codes: Column, digits: Column, sides: Sequence[Column]) -> None:
    expected = "counts from 0, ends that do not fall, and no rest of a share above 1"
    refuse(
        (
            Fault.of(f"{digits[row]} of {', '.join(str(each[row]) for each in sides)}", expected).at(
                row=int(row) + 1
            )
            for row in np.flatnonzero(codes == _REFUSED)
        ),
        "nothing was checked",
    )


Judge = Callable[[_Way, Column, Sequence[Column]], Column | None]


def _judged(judge: Judge, way: _Way, digits: Column, sides: Sequence[Column]) -> Column:
    """Return what is found of each row, a chunk at a time; in halves where 64 bits do not hold all of it."""
    codes: Column = np.empty(len(digits), np.uint8)
    waiting = [slice(at, at + CHUNK) for at in range(0, len(digits), CHUNK)]
    while waiting:
        rows = waiting.pop()
        chunk, many = [each[rows] for each in sides], min(rows.stop, len(digits)) - rows.start
        found = judge(way, digits[rows], chunk)
        if found is None and many > _ALONE:
            half = rows.start + many // 2
            waiting += [slice(rows.start, half), slice(half, rows.start + many)]
            continue
        if found is None:
            found = judge(way, digits[rows].astype(object), [each.astype(object) for each in chunk])
        codes[rows] = found
    return codes


def _most(column: Column) -> int:
    """Return the greatest of a column, and more than 64 bits hold where one is below zero."""
    return int(column.view(np.uint64).max())


# ------------------------------------------------------------------------------------------- exact counts


def _by_counts(way: _Way, digits: Column, sides: Sequence[Column]) -> Column | None:
    """Return what is found of exact counts; None where 64 bits do not hold what it takes."""
    part, whole = sides
    if any(each.dtype == object for each in (digits, part, whole)):
        return _exactly(way, digits, part, whole)
    narrowed = _narrowed(way, digits, part, whole)
    if narrowed is None:
        return None
    (some, one, other), unsigned = narrowed
    above, by = _line(way.row.a, one, way.row.b, other)
    below, _ = _line(way.row.c, one, way.row.d, other)
    room = below * way.over if way.over > 1 else below
    off = above * (by * way.under)
    off -= some * room
    # Without a sign, what lies below zero is beyond any room: one comparison for both ends.
    codes = np.less(off.view(unsigned), room.view(unsigned)).view(np.uint8)
    codes += codes
    off += room >> 1
    codes += np.less(off.view(unsigned), room.view(unsigned)).view(np.uint8)
    if above is not one and not way.is_rest and above.min() < 0:  # Of a rest, its part is above its whole.
        _put(codes, 0, above < 0)
    if below is not other and below.min() < 1:
        _put(codes, 0, below < 1)
    return _settled(way, codes, some, one, other)


def _narrowed(way: _Way, *columns: Column) -> tuple[Sequence[Column], type[Any]] | None:
    """Return the columns in as few bits as what is computed from them needs, and their unsigned type."""
    digits, part, whole = (int(np.maximum.reduce(each.view(np.uint64))) for each in columns)
    a, b, c, d = map(abs, way.row)
    above, below = a * part + b * whole, (c * part + d * whole) * way.over
    widest = max(above * way.under, below * digits, digits * way.over) + below
    if widest < 1 << 31:
        return [each.astype(np.int32) for each in columns], np.uint32
    return (columns, np.uint64) if widest < _TOO_WIDE else None


_JOINED: Final = {(1, 1): np.add, (1, -1): np.subtract}


def _line(a: int, part: Column, b: int, whole: Column) -> tuple[Column, int]:
    """Return a·part + b·whole as a column and what it is to be multiplied by."""
    if not a or not b:
        return (part, a) if a else (whole, b)
    if a < 0:
        a, part, b, whole = b, whole, a, part
    return _JOINED[a, b](part, whole), 1


def _exactly(way: _Way, digits: Column, part: Column, whole: Column) -> Column:
    """Return what is found of exact counts of any width."""
    digits, part, whole = (each.astype(object) for each in (digits, part, whole))
    above, below = way.row.cross(part, whole)
    fits: Sequence[Column] = prints_as(above * way.under, below, digits * way.over, way.over)
    codes = (fits[0] * _NEAREST + fits[1] * _CUT).astype(np.uint8)
    codes[(above < 0) | (below < 1)] = 0
    codes = _settled(way, codes, digits, part, whole)
    codes[(part < 0) | (whole < 0)] = _REFUSED
    return codes


def _put(codes: Column, code: int, where: Column) -> None:
    """Put a code in some rows: by sums of bytes, which no pattern of rows slows down."""
    codes *= (~where).view(np.uint8)
    codes += where.view(np.uint8) * np.uint8(code)


def _settled(way: _Way, codes: Column, digits: Column, part: Column, whole: Column) -> Column:
    """Return the codes with what no numbers can stand in: a whole or base of zero, a part above its whole."""
    if whole.min() < 1:
        _put(codes, _NOT_TESTABLE, whole == 0)
    if way.row.c and way.row.d:
        _put(codes, _NOT_TESTABLE, np.less(way.row.cross(part, whole)[1], 1))
    if way.is_share and (above := part > whole).any():
        _put(codes, _NOT_TESTABLE, above & way.holds(digits))
    if way.is_rest and not way.holds(digits.max()):
        _put(codes, _REFUSED, ~way.holds(digits))
    return codes


# ------------------------------------------------------------------------------------------ hedged counts


def _by_corners(way: _Way, digits: Column, sides: Sequence[Column]) -> Column | None:
    """Return what is found of hedged counts; None where 64 bits do not hold what it takes.

    Results run from one corner to the other. Both on one side of what was printed: none prints so. One on it:
    one does. One on either side: some result between them does, unless neighbours lie a step apart.
    """
    row, kept = way.row, way.holds(digits)
    if not any(each.dtype == object for each in (digits, *sides)):
        most = 2 * max(map(_most, sides))
        widest = way.under * max(abs(row.a), abs(row.b)) + (2 * _most(digits) + 2) * way.over
        if widest * most >= _TOO_WIDE or way.over * most * most >= _TOO_WIDE:
            return None
    fewest, greatest, least, last = sides
    codes = np.zeros(len(digits), np.uint8)
    none = (last < 1) | (kept & (fewest > last))
    if row.c and row.d:
        bases = [row.cross(part, whole)[1] for part in (fewest, greatest) for whole in (least, last)]
        none |= np.maximum.reduce(bases) < 1
    refused = (fewest < 0) | (least < 0) | (fewest > greatest) | (least > last) | (way.is_rest & ~kept)
    # A share of at most 1 has no part above its whole, and where the two meet it is 1.
    part = np.where(kept, np.minimum(greatest, last), greatest)
    whole = np.maximum(np.where(kept, np.maximum(least, part), least), 1)
    corners = (fewest, last), (part, whole)
    below = np.minimum.reduce([row.cross(*each)[1] for each in (*corners, (fewest, whole))])
    dense = (digits > 0) & (
        way.under * abs(row.determinant) * np.maximum(part, last) <= way.over * below * below
    )
    is_open = below < 1
    for rule in (_NEAREST, _CUT):
        one, other = (_place(way, rule, digits, *corner) for corner in corners)
        inside, across = (one == 0) | (other == 0), one != other
        codes[inside | (across & dense)] |= rule
        is_open |= across & ~inside & ~dense
    left = np.flatnonzero(is_open & ~none & ~refused)
    codes[left] = _walked(way, digits[left], [each[left] for each in sides])
    codes[none], codes[refused] = _NOT_TESTABLE, _REFUSED
    return codes


def _place(way: _Way, rule: int, digits: Column, part: Column, whole: Column) -> Column:
    """Return where results lie: -1 below what prints as the digits under a rule, 0 inside, 1 above."""
    above, below = way.row.cross(part, whole)
    room = below * way.over
    off = above * way.under - digits * room
    if rule == _NEAREST:
        off, room = 2 * off + room, 2 * room
    return np.where((off < 0) | (above < 0), -1, off >= room)


_WALKED = 128
"""Wholes that are tried one after the other; where more are admitted, `has_ratio` tells at once."""


def _walked(way: _Way, digits: Column, sides: Sequence[Column]) -> Column:
    """Return what is found whole by whole, each with the one part that would print so if any does."""
    _, _, least, last = sides
    codes = np.zeros(len(digits), np.uint8)
    for rule, twice in ((_NEAREST, 2 * digits - 1), (_CUT, 2 * digits)):
        left = np.arange(len(digits))
        for step in range(_WALKED):
            left = left[least[left] + step <= last[left]]
            if not len(left):
                break
            some, whole = [each[left] for each in sides], np.maximum(least[left], 1) + step
            part = _first(way, np.maximum(twice[left], 0), whole, *some[:2])
            hit = (
                (_place(way, rule, digits[left], part, whole) == 0)
                & (some[0] <= part)
                & (part <= some[1])
                & (whole <= some[3])
            )
            hit &= (part <= whole) | ~way.holds(digits[left])
            codes[left[hit]] |= rule
            left = left[~hit]
        for at in left[least[left] + _WALKED <= last[left]].tolist():
            codes[at] |= rule * _fits(way, int(twice[at]), [int(each[at]) for each in sides])
    return codes


def _first(way: _Way, twice: Column, whole: Column, fewest: Column, greatest: Column) -> Column:
    """Return the part nearest the low end of what prints as the digits, which is `twice` half steps."""
    (a, b, c, d), low = way.row, twice * way.over
    above, below = whole * (low * d - 2 * way.under * b), 2 * way.under * a - low * c
    if way.row.determinant > 0:
        return np.maximum(-(-above // below), fewest)
    return np.where(below == 0, greatest, np.minimum(above // np.where(below == 0, 1, below), greatest))


def _fits(way: _Way, twice: int, sides: Sequence[int]) -> bool:
    """Return whether some whole numbers of their intervals give what lies from `twice` half steps on."""
    fewest, greatest, least, last = sides
    half = Fraction(way.over, 2 * way.under)
    printed = Interval(twice * half, (twice + 2) * half, True, False) & MAGNITUDES
    part = Interval.between(fewest, greatest, whole=True)
    whole = Interval.between(least, last, whole=True) & POSITIVE
    ratios = UNIT if way.is_share and (twice + 1) // 2 * way.over <= way.under else MAGNITUDES
    return has_ratio(part, whole, way.row.back(printed) & ratios)
