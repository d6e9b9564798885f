"""Which printed numbers of a text should follow from which others: proposals, each with its reason.

A proposal is a reading of the text, not a fact about it. The wording says how plainly a relation is meant
(`guessing`); arithmetic chooses between readings that the words leave open: the less likely a fit by chance,
the more it tells. A relation that does not hold needs plainer words than one that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import inf, log2
from typing import NamedTuple

from asprinted.audit.cues import Candidate, is_mean
from asprinted.audit.mentions import Mention, mentions
from asprinted.audit.proposing import candidates
from asprinted.chinese.scanning import Span
from asprinted.exact import verdicts
from asprinted.exact.misprints import is_misprint
from asprinted.exact.moebius import Moebius
from asprinted.exact.printed import Dimension, Form, Reading
from asprinted.exact.relations import OF_RATIO, REST, Direction, Printed, Relation, kind_of, relation, unfit
from asprinted.exact.verdicts import Check, Verdict
from asprinted.faults import Fault
from asprinted.languages import scan

__all__ = ["Confidence", "Proposal", "check_spans", "relate"]


class Confidence(StrEnum):
    """How plainly the text says that a relation is meant; the list is closed."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One relation that the text may mean.

    `kind` and `direction` are those of `relations`. `results` holds the printed result (of a divisor, its
    means); for a growth `parts` is the new and `wholes` the old, for a sum `parts` are the summands.
    `reasons` names sentences of the engine (group `relating`), the strongest first; `rivals` tells how many
    other readings of the same result there are. `check` is the audit of it.
    """

    kind: str
    results: tuple[Span, ...]
    parts: tuple[Span, ...]
    wholes: tuple[Span, ...]
    direction: str
    confidence: Confidence
    reasons: tuple[str, ...]
    check: Check
    rivals: int = 0


def relate(text: str, spans: Sequence[Span] | None = None) -> list[Proposal]:
    """Return the relations that a text may mean, by their results; the likeliest of each first.

    >>> for found in relate("受理案件34765件，审结21454件，结案率为61.71%。"):
    ...     print(found.kind, found.parts[0].text, found.wholes[0].text, found.confidence.value)
    share 21454件 34765件 sure
    """
    told = mentions(text, scan(text) if spans is None else spans)
    scored = [_scored(list(several)) for several in candidates(told)]
    chosen = [proposal for each in _joined(scored) for proposal in _chosen(each)]
    return list(_with_means(chosen, [each for each in chosen if each.kind == "divisor"]))


def check_spans(
    kind: str,
    results: Sequence[Span],
    parts: Sequence[Span],
    wholes: Sequence[Span],
    direction: str = "",
    of_means: bool = False,
) -> Check:
    """Return the audit of a relation between spans, in a space that the printed result alone declares.

    The space of a share is 0 to 1; of any other result, 0 to the next power of ten above what is printed.
    `of_means` says that the result follows from means, which are rounded, and not from counts. Raises Fault
    where a span was not read, or where the numbers are no relation of that kind.
    """
    sides = [[_read(span) for span in spans] for spans in (results, parts, wholes)]
    return verdicts.check(_relation(kind, sides, direction, of_means))


def _relation(kind: str, sides: Sequence[Sequence[Reading]], direction: str, of_means: bool) -> Relation:
    inputs = "mean" if of_means else ""
    printed = [
        tuple(Printed(each, kind_of(each, inputs if side else kind)) for each in readings)
        for side, readings in enumerate(sides)
    ]
    for each in printed[0]:
        if wrong := unfit(each.reading, each.kind):
            raise wrong
    shown = sides[0][0] if sides[0] else None
    space = None if shown is None or (kind == "share" and (shown.value or 0) <= 1) else _space(shown)
    return relation(kind, kind, printed[0], printed[1], printed[2], space, direction)


def _read(span: Span) -> Reading:
    if span.reading is None:
        assert span.fault is not None
        raise span.fault.at(start=span.start)
    return span.reading


def _space(reading: Reading) -> tuple[Fraction, Fraction] | None:
    if reading.value is None:
        return None
    above = 1
    while above <= reading.value:
        above *= 10
    return Fraction(0), Fraction(above)


# --------------------------------------------------------------------------------------------------- evidence


class _Scored(NamedTuple):
    """A candidate with what its arithmetic says: whether it fits, and the points of that.

    `slip` are the points of a misprint that would explain why it does not fit: they tell that it is meant.
    """

    candidate: Candidate
    fits: bool
    sums: float
    slip: float = 0.0

    @property
    def meant(self) -> float:
        return self.candidate.words + self.slip

    @property
    def total(self) -> float:
        return self.meant + self.sums


_TRIED, _SCORED = 40, 16
_PER_BIT, _MOST_BITS, _REFUTED, _PER_NEAR_BIT = 0.6, 13.0, -4.0, 0.35


def _scored(several: Sequence[Candidate]) -> list[_Scored]:
    """Return the candidates about one result whose words say most, each with its arithmetic."""
    likely = sorted(several, key=lambda candidate: -candidate.words)[:_TRIED]
    found = (_score(candidate) for candidate in likely)
    kept = sorted(
        (each for each in found if each.fits or not each.candidate.must_fit), key=lambda each: -each.total
    )
    once = {(each.candidate.kind, each.candidate.direction, *_sides(each)): each for each in reversed(kept)}
    return sorted(once.values(), key=lambda each: -each.total)[:_SCORED]


def _sides(one: _Scored) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what a candidate follows from, by the places of its numbers."""
    parts, wholes = (
        tuple(each.index for each in side) for side in (one.candidate.parts, one.candidate.wholes)
    )
    return parts, wholes


def _score(candidate: Candidate) -> _Scored:
    """Return a candidate with the points of its arithmetic, by floats: verdicts are for what is chosen.

    They grow as a fit by chance gets less likely. What does not fit loses points, fewer where it misses by
    little: slips do.
    """
    if candidate.kind == "divisor":
        return _Scored(candidate, True, 4.0)
    printed = candidate.results[0]
    low, high = _computed(candidate)
    least, most = _span(printed)
    value = float(printed.reading.value or 0)
    if not value or not low <= high < inf:
        return _Scored(candidate, True, 0.0)
    scale = 1.0 if printed.reading.form is Form.SHARE and value <= 1 else value
    if low <= most and high >= least:
        room = max(2 * float(printed.reading.step), most - least)
        wide = (high - low + room) / scale * candidate.tried
        return _Scored(candidate, True, _PER_BIT * _bits(wide))
    off = min(abs(value - low), abs(value - high)) / scale
    step = float(printed.reading.step)
    slip = _slip(value, step, low, high)
    if slip <= 0 and any(least <= end and start <= most for start, end in _by_mistake(candidate)):
        slip = _PER_SLIP_BIT * _bits(step / scale)
        # What would hold of the rest may be said of it, in words that are not known.
        candidate = candidate._replace(plain=candidate.plain and candidate.kind != "share")
    return _Scored(candidate, False, _REFUTED + _PER_NEAR_BIT * _bits(2 * off), slip)


def _bits(chance: float) -> float:
    return min(_MOST_BITS, -log2(min(1.0, max(chance, 1e-9))))


def _by_mistake(candidate: Candidate) -> Iterator[tuple[float, float]]:
    """Yield what a usual mistake makes of it: a growth over the new value, a share of what is left."""
    if candidate.kind not in ("change", "share") or candidate.results[0].reading.form is not Form.SHARE:
        return
    low, high = _ratios(candidate)
    if 0 < low <= high < inf:
        yield (_REST if candidate.kind == "share" else _MISTAKES[candidate.direction]).floats(low, high)


_REST = OF_RATIO["share"][REST]
_MISTAKES: Mapping[str, Moebius] = {
    Direction.RISE: Moebius(1, -1, 1, 0),
    Direction.FALL: Moebius(-1, 1, 1, 0),
    Direction.RISE_BY: Moebius(0, 1, 1, 0),
    Direction.FALL_BY: Moebius(0, 1, 1, 0),
}
_SLACK = 1e-9
_PER_SLIP_BIT, _MOST_STEPS = 0.35, 5
_FAR_OFF, _FAR_POINTS = 4.0, 3.0


def _slip(value: float, step: float, low: float, high: float) -> float:
    """Return the points of one wrong digit, or of two neighbours that changed places; 0 where more differs.

    What is several times as great is no slip, and rather not meant. Of all numbers of n digits about 10 n are
    so near to a given one: the longer, the less by chance.
    """
    if low > _FAR_OFF * value or _FAR_OFF * high < value:
        return -_FAR_POINTS
    if not step or high - low > _MOST_STEPS * step:
        return 0.0
    shown = round(value / step)
    rights = range(round(low / step), round(high / step) + 1)
    if not any(is_misprint(shown, right) for right in rights):
        return 0.0
    digits = len(str(shown))
    return _PER_SLIP_BIT * log2(max(1, 10**digits / (10 * digits) / len(rights)))


@lru_cache(maxsize=1 << 12)
def _span(each: Mention) -> tuple[float, float]:
    """Return the least and the greatest that a number may stand for, rounded or cut."""
    reading = each.reading
    counted = reading.step == 1 and reading.dimension is Dimension.COUNT and not is_mean(each)
    if reading.hedge or reading.value is None or counted:
        return each.low, each.high
    step = float(reading.step)
    return each.low - step / 2, each.high + step


def _computed(candidate: Candidate) -> tuple[float, float]:
    """Return the least and the greatest that a candidate gives, roughly."""
    parts, wholes = ([_span(each) for each in side] for side in (candidate.parts, candidate.wholes))
    low, high = sum(each[0] for each in parts), sum(each[1] for each in parts)
    if not wholes:
        return low, high
    if candidate.kind == "change" and candidate.results[0].reading.dimension not in (
        Dimension.SHARE,
        Dimension.TIMES,
    ):
        under, over = sum(each[0] for each in wholes), sum(each[1] for each in wholes)
        by = 100 if candidate.results[0].reading.dimension is Dimension.POINTS else 1
        ends = by * (low - over), by * (high - under)
        return ends if candidate.direction == "rise" else (-ends[1], -ends[0])
    ratios = _ratios(candidate)
    if not ratios[0]:
        return ratios
    low, high = OF_RATIO[candidate.kind][candidate.direction].floats(*ratios)
    return low - _SLACK, high + _SLACK


def _ratios(candidate: Candidate) -> tuple[float, float]:
    """Return the least and the greatest ratio of parts to wholes, roughly."""
    parts, wholes = ([_span(each) for each in side] for side in (candidate.parts, candidate.wholes))
    low, under = sum(each[0] for each in parts), sum(each[0] for each in wholes)
    if under <= 0 or low <= 0:
        return 0.0, inf
    return low / sum(each[1] for each in wholes), sum(each[1] for each in parts) / under


_A_SIBLING, _A_SUM_BESIDE = 1.2, 3.5


def _joined(results: Sequence[list[_Scored]]) -> Iterator[list[_Scored]]:
    """Yield the readings of each result, those with more points whose whole serves neighbours too.

    In A件，占R；B件，占S；… the shares have one whole, which the words name once, and often long before.
    """
    serves: dict[tuple[int, tuple[int, ...]], set[int]] = {}
    for readings in results:
        for one in readings:
            if one.candidate.next_to and one.fits:
                serves.setdefault(_whole(one), set()).add(_last(one))
    fitting = {(_last(one), _sides(one)[0]) for readings in results for one in readings if _is_sum(one)}
    for readings in results:
        readings = [_beside(one, fitting) for one in readings]
        yield [_served(each, len(serves.get(_whole(each), set()) - {_last(each)})) for each in readings]


def _is_sum(one: _Scored) -> bool:
    return one.candidate.kind == "sum" and one.fits


def _beside(one: _Scored, fitting: Set[tuple[int, tuple[int, ...]]]) -> _Scored:
    """Return a sum with what it gains from one beside it, number by number (16种1846例: 9种312例, …)."""
    if not _is_sum(one):
        return one
    parts, candidate = _sides(one)[0], one.candidate
    beside = any((_last(one) + by, tuple(each + by for each in parts)) in fitting for by in (-1, 1))
    return (
        one._replace(candidate=candidate._replace(words=candidate.words + _A_SUM_BESIDE)) if beside else one
    )


def _served(one: _Scored, others: int) -> _Scored:
    """Return a share with what it gains from others of the same whole, next to their parts."""
    candidate = one.candidate
    if candidate.kind != "share" or not others:
        return one
    plain = candidate.plain or (others > 1 and candidate.next_to)
    return one._replace(
        candidate=candidate._replace(words=candidate.words + _A_SIBLING * min(3, others), plain=plain)
    )


def _last(one: _Scored) -> int:
    return one.candidate.results[-1].index


def _whole(one: _Scored) -> tuple[int, tuple[int, ...]]:
    return one.candidate.results[0].paragraph, _sides(one)[1]


# ----------------------------------------------------------------------------------------------------- choice

_NEAR = 2.0


def _chosen(readings: Sequence[_Scored]) -> Iterator[Proposal]:
    """Yield the likeliest readings of a result, by kind: a number may be both a sum and a mean.

    A total may be split in several ways, each of which holds. Of other kinds, one that comes near is shown.
    """
    for kind in dict.fromkeys(each.candidate.kind for each in readings):
        ranked = sorted(
            (each for each in readings if each.candidate.kind == kind), key=lambda each: -each.total
        )
        exact = [
            found for each in ranked[:_EXACT] if (found := _exact(each) if _confidence(each, 9.0) else each)
        ]
        ranked = sorted([*exact, *ranked[_EXACT:]], key=lambda each: -each.total)
        if not ranked:
            continue
        kept = [(ranked[0], _confidence(ranked[0], _margin(ranked, 0)))]
        for at, one in enumerate(ranked[1:_EXACT], start=1):
            if kind == "sum" and (one.fits or one.slip > 0):
                shares = [other for other, _ in kept if _share_parts(one, other)]
                if not shares:
                    kept.append((one, _confidence(one, 9.0)))
                elif all(_is_part_of(other, one) for other in shares):
                    kept.append((one, _confidence(one, 9.0) and Confidence.POSSIBLE))
            elif kind != "sum" and at == 1 and one.fits and _margin(ranked, at) > -_NEAR:
                kept.append((one, _confidence(one, _margin(ranked, at)) and Confidence.POSSIBLE))
        if kind != "sum":
            kept = _with_rival(kept, ranked)
        shown = [(one, confidence) for one, confidence in kept if confidence]
        made = (_proposal(*each, len(shown) - 1 if kind != "sum" else 0) for each in shown)
        yield from (each for each in made if each)


_EXACT, _MUCH_PLAINER = 6, 2.0
_Kept = list[tuple[_Scored, Confidence | None]]


def _with_rival(kept: _Kept, ranked: Sequence[_Scored]) -> _Kept:
    """Return what is kept, and beside a reading that holds one that does not, in much plainer words."""
    one, confidence = kept[0]
    plainer = [each for each in ranked if each.candidate.plain and each.meant > one.meant + _MUCH_PLAINER]
    if not one.fits or not plainer:
        return kept
    less = Confidence.LIKELY if confidence is Confidence.SURE else confidence
    rival = max(plainer, key=lambda each: each.meant)
    others = [pair for pair in kept[1:] if pair[0] is not rival]
    return [(one, less), *others, (rival, Confidence.POSSIBLE)]


def _exact(one: _Scored) -> _Scored | None:
    """Return it by its verdict; None where it is no relation, or only one that holds would be one."""
    candidate = one.candidate
    sides = [
        [each.reading for each in side] for side in (candidate.results, candidate.parts, candidate.wholes)
    ]
    try:
        verdict = verdicts.verdict(
            _relation(candidate.kind, sides, candidate.direction, _of_means(candidate))
        )
    except Fault:
        return None
    if verdict not in (Verdict.CONTRADICTED, Verdict.NOT_TESTABLE):
        return one
    if candidate.must_fit:
        return None
    return one._replace(fits=False, sums=min(one.sums, _REFUTED + _PER_NEAR_BIT * _MOST_BITS))


def _of_means(candidate: Candidate) -> bool:
    return any(is_mean(each) for each in (*candidate.parts, *candidate.wholes))


def _with_means(chosen: Sequence[Proposal], divisors: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield what was chosen, and behind a share of two totals that of their means (a divisor cancels out)."""
    for one in chosen:
        means = [
            (each.results[each.wholes.index(part)], each.results[each.wholes.index(whole)])
            for each in divisors
            for part, whole in product(one.parts, one.wholes)
            if one.kind == "share" and not one.direction and {part, whole} == set(each.wholes)
        ]
        yield replace(one, rivals=one.rivals + len(means))
        for part, whole in means:
            sides = one.results, (part,), (whole,)
            check = check_spans("share", *sides, of_means=True)
            yield Proposal(
                "share", *sides, "", Confidence.POSSIBLE, ("means", "order"), check, one.rivals + 1
            )


def _margin(ranked: Sequence[_Scored], at: int) -> float:
    """Return by how much a reading is likelier than the likeliest other."""
    others = [each.total for each in ranked if each is not ranked[at]]
    if ranked[at].candidate.kind == "sum":
        return 9.0
    return ranked[at].total - max(others, default=-99.0)


def _is_part_of(one: _Scored, other: _Scored) -> bool:
    """Whether a sum leaves out some of another."""
    return set(_sides(one)[0]) < set(_sides(other)[0])


def _share_parts(one: _Scored, other: _Scored) -> bool:
    return not set(_sides(one)[0]).isdisjoint(_sides(other)[0])


def _confidence(scored: _Scored, margin: float) -> Confidence | None:
    """Return how plainly a relation is meant, or None where it is not worth proposing."""
    words, plain = scored.candidate.words, scored.candidate.plain
    if scored.fits:
        if words >= 4.0 and scored.total >= 7.5 and margin >= 1.0:
            return Confidence.SURE
        least = -4.5 if scored.candidate.kind != "sum" else -1.0 if scored.sums >= 4.5 else 0.0
        unlikely = scored.sums >= 1.2 and words >= least and margin >= 1.0
        enough = 4.5 if not unlikely else 2.0 if scored.candidate.kind == "change" else 3.0
        enough = 1.0 if unlikely and scored.sums >= 5.0 and margin >= 3.0 else enough
        if scored.total >= enough and (unlikely or words >= 4.0):
            return Confidence.LIKELY
        told = plain or scored.sums >= _PER_BIT
        return Confidence.POSSIBLE if told and words >= 1.0 and scored.total >= 3.0 else None
    if plain and words >= 8.0 and margin >= 2.5 and (scored.candidate.kind != "sum" or scored.slip > 0):
        return Confidence.SURE
    words = scored.meant
    if words >= (5.9 if plain else 7.0) and margin >= (1.0 if plain else 2.5):
        return Confidence.LIKELY
    return Confidence.POSSIBLE if words >= (3.0 if plain else 4.5) else None


def _proposal(scored: _Scored, confidence: Confidence, rivals: int) -> Proposal | None:
    """Return a candidate with its audit; None where its numbers are no relation."""
    candidate = scored.candidate
    sides = [
        tuple(each.span for each in side) for side in (candidate.results, candidate.parts, candidate.wholes)
    ]
    try:
        check = check_spans(
            candidate.kind, sides[0], sides[1], sides[2], candidate.direction, _of_means(candidate)
        )
    except Fault:
        return None
    return Proposal(
        candidate.kind,
        sides[0],
        sides[1],
        sides[2],
        candidate.direction,
        confidence,
        candidate.reasons,
        check,
        rivals,
    )
