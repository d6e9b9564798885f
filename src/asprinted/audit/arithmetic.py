"""What arithmetic says of a candidate, by floats: whether it fits, by what chance, or a slip mends it.

It is quick, and no verdict rests on it: what is chosen is audited exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import ceil, floor, inf
from typing import NamedTuple

from asprinted.audit.candidate import Candidate
from asprinted.audit.checking import checked
from asprinted.chinese.reading import read
from asprinted.exact.misprints import is_misprint
from asprinted.exact.printed import Dimension, Form
from asprinted.exact.relations import LEFT, OF_RATIO
from asprinted.exact.verdicts import Verdict

__all__ = ["Fit", "fit", "settled", "supposed"]


class Fit(NamedTuple):
    """Whether a candidate fits, and how likely by chance it would, or would miss as it does.

    `slip` is 0 unless one wrong digit, of any of its numbers, would make up the difference.
    """

    holds: bool
    chance: float
    slip: float = 0.0


Ends = tuple[float, float]
Tokens = tuple[str, ...]
_LEAST_CHANCE, _SLACK, _OF_DIVISOR = 1e-6, 1e-9, 0.02
_NEAREST, _CUT = 0.5, 0.0
"""What share of its last place a number may lie below what is printed, rounded or cut."""


def fit(candidate: Candidate) -> Fit:
    """Return what arithmetic says of a candidate."""
    return settled(candidate, supposed(candidate))


class _Said(NamedTuple):
    """What arithmetic asks of a candidate: its numbers as they are read, wherever they stand."""

    kind: str
    direction: str
    means: bool
    results: Tokens
    parts: Tokens
    wholes: Tokens


def _said(candidate: Candidate) -> _Said:
    sides = [tuple([each.says or each.text for each in side]) for side in candidate[1:4]]
    return _Said(candidate.kind, candidate.direction, candidate.means, *sides)


def supposed(candidate: Candidate) -> Fit:
    """Return what arithmetic says of a candidate if one slip would mend whatever does not fit.

    It is quick, and no other miss is likelier to be of what is meant.
    """
    if candidate.kind == "divisor":
        found = checked(candidate)
        return Fit(found is not None and found.check.verdict in _FITS, _OF_DIVISOR)
    return _supposed(_said(candidate))


@lru_cache(maxsize=1 << 13)
def _supposed(candidate: _Said) -> Fit:
    printed = candidate.results[0]
    ends = [_computed(candidate, rule) for rule in (_NEAREST, _CUT)]
    shown = [_ends(printed, rule, counted=candidate.kind == "sum") for rule in (_NEAREST, _CUT)]
    holds = any(low <= most and high >= least for (low, high), (least, most) in zip(ends, shown, strict=True))
    value = abs(float(read(printed).value or 0))
    low, high = ends[0]
    if not value or not low <= high < inf:
        return Fit(holds, 1.0)
    chance = _chance(candidate, value, high - low, shown[0][1] - shown[0][0])
    if holds:
        return Fit(True, chance)
    ways = _OTHERS * _digits(candidate)
    return Fit(False, chance, min(1.0, chance * (ways if candidate.kind == "sum" else min(ways, _EXCHANGED))))


def settled(candidate: Candidate, fits: Fit) -> Fit:
    """Return what arithmetic says of a candidate with the slip that would mend it, if there is one."""
    return _settled(_said(candidate), fits) if fits.slip else fits


@lru_cache(maxsize=1 << 13)
def _settled(candidate: _Said, fits: Fit) -> Fit:
    low, high = _computed(candidate, _NEAREST)
    if _is_exchanged(candidate, _ends(candidate.results[0], _NEAREST, counted=False)):
        return fits._replace(slip=min(1.0, fits.chance * _EXCHANGED))
    digits = _OTHERS * _digits(candidate) if _is_slip(candidate, low, high) else 0
    return fits._replace(slip=min(1.0, fits.chance * digits))


_FITS = (Verdict.BOTH, Verdict.NEAREST_ONLY, Verdict.TRUNCATION_ONLY)


def _chance(candidate: _Said, value: float, wide: float, room: float) -> float:
    """Return how likely a result fits by chance: which share of the values that might be printed would."""
    printed = read(candidate.results[0])
    scale = value
    if printed.form is Form.SHARE and value <= 1:
        scale = _PER_MILLE if "‰" in printed.text else 1.0
    if not printed.step:
        return _IN_WORDS
    least = 1.0 if candidate.kind == "sum" and wide == room == 0 else wide + _BOTH * room
    return min(1.0, max(_LEAST_CHANCE, least / scale))


_PER_MILLE = 0.04
"""Where rates per mille lie: of births, deaths and growth none is above forty."""

_IN_WORDS = 0.05
"""How likely what has no last place, such as a half, fits by chance: it is told roughly."""

_BOTH = 1.5
"""How much wider rounding and cutting together are than one of them."""


_OTHERS, _EXCHANGED = 9, 20
"""What the chance of an accident is multiplied by: nine other digits in each place, or one exchange, which is
as much rarer than a wrong digit."""


def _digits(candidate: _Said) -> int:
    """Return how many digits are in play: any of them may be another."""
    return sum(map(str.isdigit, "".join((*candidate.results, *candidate.parts, *candidate.wholes))))


def _is_slip(candidate: _Said, low: float, high: float) -> bool:
    """Whether one wrong digit, of the result or of what it follows from, would make up the difference."""
    step = float(read(candidate.results[0]).step)
    return _mends(candidate.results[0], low - step / 2, high + step / 2) or any(_inputs_mend(candidate))


def _is_exchanged(candidate: _Said, shown: Ends) -> bool:
    """Whether part and whole changed places, or a growth is of its new value."""
    if candidate.kind not in ("share", "change") or candidate.direction not in ("", "rise", "fall"):
        return False
    if read(candidate.results[0]).dimension is not Dimension.SHARE:
        return False
    way = {"": "", "rise": "fall", "fall": "rise"}[candidate.direction]
    turned = candidate._replace(parts=candidate.wholes, wholes=candidate.parts, direction=way)
    low, high = _computed(turned, _NEAREST)
    return low <= shown[1] and high >= shown[0]


def _mends(printed: str, low: float, high: float) -> bool:
    """Whether one wrong digit in a number would make it what it should be, from the one end to the other."""
    reading = read(printed)
    step = float(reading.step)
    if (reading.value or 0) < 0:
        low, high = -high, -low
    if not step or not 0 <= high - low <= _MOST_STEPS * step:
        return False
    shown = abs(round(float(reading.value or 0) / step))
    rights = range(max(0, ceil(low / step - _SLACK)), floor(high / step + _SLACK) + 1)
    # Of two digits one wrong tells too: how likely that is by chance is weighed.
    return any(is_misprint(10 * shown, 10 * right) or is_misprint(shown, right) for right in rights)


_MOST_STEPS = 5


def _inputs_mend(candidate: _Said) -> Iterator[bool]:
    """Yield, for each summand, or part and whole of a ratio, whether a slip in it would explain a miss."""
    value = read(candidate.results[0]).value
    if candidate.kind == "sum":
        low, high = _added(candidate.parts, _NEAREST, not candidate.means)
        least, most = _ends(candidate.results[0], _NEAREST, counted=True)
        if whole := LEFT.get(candidate.direction):
            least, most = whole - most, whole - least
        for part in candidate.parts:
            own = _ends(part, _NEAREST, counted=not candidate.means)
            yield _mends(part, least - high + own[1], most - low + own[0])
    elif (
        value
        and candidate.direction in ("", "rise", "fall")
        and len(candidate.parts) == 1 == len(candidate.wholes)
    ):
        yield from _ratio_mends(candidate)


def _ratio_mends(candidate: _Said) -> Iterator[bool]:
    least, most = _ends(candidate.results[0], _NEAREST, counted=False)
    if read(candidate.results[0]).dimension not in (
        Dimension.SHARE,
        Dimension.TIMES,
        Dimension.NONE,
        Dimension.COUNT,
    ):
        return
    if candidate.kind == "change":
        least, most = (1 + least, 1 + most) if candidate.direction == "rise" else (1 - most, 1 - least)
    (part,), (whole,) = candidate.parts, candidate.wholes
    (one, other), (under, over) = (_ends(each, _NEAREST, counted=True) for each in (part, whole))
    yield _mends(part, least * under, most * over)
    if least > 0:
        yield _mends(whole, one / most, other / least)


@lru_cache(maxsize=1 << 13)
def _ends(token: str, rule: float, *, counted: bool) -> Ends:
    """Return the least and the greatest that a number may stand for, rounded or cut."""
    reading = read(token)
    low = float(reading.low or 0)
    high = inf if reading.high is None else float(reading.high)
    if (
        reading.hedge
        or reading.value is None
        or (counted and reading.step == 1 and reading.dimension in _COUNTED)
    ):
        return low, high
    step = float(reading.step)
    return low - rule * step, high + (1 - rule) * step


_COUNTED = (Dimension.COUNT, Dimension.NONE)


def _computed(candidate: _Said, rule: float) -> Ends:
    """Return the least and the greatest that a candidate gives, roughly."""
    counted = not candidate.means
    low, high = _added(candidate.parts, rule, counted)
    if whole := LEFT.get(candidate.direction):
        return whole - high, whole - low
    if not candidate.wholes:
        return low, high
    under, over = _added(candidate.wholes, rule, counted)
    printed = read(candidate.results[0])
    if candidate.kind == "change" and printed.dimension not in (Dimension.SHARE, Dimension.TIMES):
        by = 100 if printed.dimension is Dimension.POINTS else 1
        ends = by * (low - over), by * (high - under)
        return ends if candidate.direction == "rise" else (-ends[1], -ends[0])
    if under <= 0 or low < 0 or (low == 0 and candidate.direction):
        return 0.0, inf
    low, high = OF_RATIO[candidate.kind][candidate.direction].floats(low / over, high / under)
    return low - _SLACK, high + _SLACK


@lru_cache(maxsize=1 << 12)
def _added(side: Tokens, rule: float, counted: bool) -> Ends:
    ends = [_ends(each, rule, counted=counted) for each in side]
    return sum(each[0] for each in ends), sum(each[1] for each in ends)
