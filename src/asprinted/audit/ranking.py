"""Which printed numbers of a text should follow from which others: proposals, each with its reason.

A proposal is a reading of the text, not a fact about it. The wording says how plainly a relation is meant
(`guessing`); arithmetic chooses between readings that the words leave open: the less likely a fit by chance,
the more it tells. A relation that does not hold needs plainer words than one that does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import inf, log2
from typing import NamedTuple

from asprinted.audit.cues import Guess, is_mean
from asprinted.audit.mentions import Mention, mentions
from asprinted.audit.proposing import guesses
from asprinted.chinese.scanning import Span, scan
from asprinted.exact import verdicts
from asprinted.exact.misprints import is_misprint
from asprinted.exact.printed import Dimension, Form, Reading
from asprinted.exact.relations import PER, Kind, Printed, Relation, kinds, relation, unfit
from asprinted.exact.verdicts import Check, Verdict
from asprinted.faults import Fault

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
    weighed = [_weighed(list(several)) for several in guesses(told)]
    chosen = [proposal for each in _joined(weighed) for proposal in _chosen(each)]
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
        tuple(Printed(each, _kind(each, inputs if side else kind)) for each in readings)
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


_RESULTS = {"share": Kind.RATE, "mean": Kind.MEAN, "change": Kind.CHANGE, "divisor": Kind.MEAN}


def _kind(reading: Reading, result_of: str) -> str:
    return _RESULTS.get(result_of) or (*kinds(reading), Kind.MEAN)[0]


def _space(reading: Reading) -> tuple[Fraction, Fraction] | None:
    if reading.value is None:
        return None
    above = 1
    while above <= reading.value:
        above *= 10
    return Fraction(0), Fraction(above)


# --------------------------------------------------------------------------------------------------- evidence


class _Weighed(NamedTuple):
    """A guess with what its arithmetic says: whether it fits, and the points of that.

    `slip` are the points of a misprint that would explain why it does not fit: they tell that it is meant.
    """

    guess: Guess
    fits: bool
    sums: float
    slip: float = 0.0

    @property
    def meant(self) -> float:
        return self.guess.words + self.slip

    @property
    def total(self) -> float:
        return self.meant + self.sums


_TRIED, _WEIGHED = 40, 16
_PER_BIT, _MOST_BITS, _REFUTED, _PER_NEAR_BIT = 0.6, 13.0, -4.0, 0.35


def _weighed(several: Sequence[Guess]) -> list[_Weighed]:
    """Return the guesses about one result whose words say most, each with its arithmetic."""
    likely = sorted(several, key=lambda guess: -guess.words)[:_TRIED]
    found = (_weigh(guess) for guess in likely)
    kept = sorted(
        (each for each in found if each.fits or not each.guess.must_fit), key=lambda each: -each.total
    )
    once = {(each.guess.kind, each.guess.direction, *_sides(each)): each for each in reversed(kept)}
    return sorted(once.values(), key=lambda each: -each.total)[:_WEIGHED]


def _sides(one: _Weighed) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what a guess follows from, by the places of its numbers."""
    parts, wholes = (tuple(each.index for each in side) for side in (one.guess.parts, one.guess.wholes))
    return parts, wholes


def _weigh(guess: Guess) -> _Weighed:
    """Return a guess with the points of its arithmetic, by floats: verdicts are for what is chosen.

    They grow as a fit by chance gets less likely. What does not fit loses points, fewer where it misses by
    little: slips do.
    """
    if guess.kind == "divisor":
        return _Weighed(guess, True, 4.0)
    printed = guess.results[0]
    low, high = _computed(guess)
    least, most = _span(printed)
    value = float(printed.reading.value or 0)
    if not value or not low <= high < inf:
        return _Weighed(guess, True, 0.0)
    scale = 1.0 if printed.reading.form is Form.SHARE and value <= 1 else value
    if low <= most and high >= least:
        room = max(2 * float(printed.reading.step), most - least)
        wide = (high - low + room) / scale * guess.tried
        return _Weighed(guess, True, _PER_BIT * _bits(wide))
    off = min(abs(value - low), abs(value - high)) / scale
    step = float(printed.reading.step)
    slip = _slip(value, step, low, high)
    if slip <= 0 and any(least <= end and start <= most for start, end in _by_mistake(guess)):
        slip = _PER_SLIP_BIT * _bits(step / scale)
        # What would hold of the rest may be said of it, in words that are not known.
        guess = guess._replace(plain=guess.plain and guess.kind != "share")
    return _Weighed(guess, False, _REFUTED + _PER_NEAR_BIT * _bits(2 * off), slip)


def _bits(chance: float) -> float:
    return min(_MOST_BITS, -log2(min(1.0, max(chance, 1e-9))))


def _by_mistake(guess: Guess) -> Iterator[tuple[float, float]]:
    """Yield what a usual mistake makes of a guess: a growth over the new value, a share of what is left."""
    if guess.kind not in ("change", "share") or guess.results[0].reading.form is not Form.SHARE:
        return
    low, high = _computed(guess._replace(direction=""))
    if not 0 < low <= high < inf:
        return
    if guess.kind == "share":
        yield 1 - high, 1 - low
    elif guess.direction.endswith("_by"):
        yield 1 / high, 1 / low
    elif guess.direction == "rise":
        yield 1 - 1 / low, 1 - 1 / high
    else:
        yield 1 / high - 1, 1 / low - 1


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


def _computed(guess: Guess) -> tuple[float, float]:
    """Return the least and the greatest that a guess gives, roughly."""
    parts, wholes = ([_span(each) for each in side] for side in (guess.parts, guess.wholes))
    low, high = sum(each[0] for each in parts), sum(each[1] for each in parts)
    if not wholes:
        return low, high
    under, over = sum(each[0] for each in wholes), sum(each[1] for each in wholes)
    if guess.kind == "change" and guess.results[0].reading.dimension not in (
        Dimension.SHARE,
        Dimension.TIMES,
    ):
        by = 100 if guess.results[0].reading.dimension is Dimension.POINTS else 1
        ends = by * (low - over), by * (high - under)
        return ends if guess.direction == "rise" else (-ends[1], -ends[0])
    if under <= 0 or low <= 0:
        return 0.0, inf
    ratios = low / over, high / under
    if guess.direction in PER:
        per = int(guess.direction.removeprefix("per_"))
        return ratios[0] * per, ratios[1] * per
    return _TURNED[guess.direction](*ratios)


_SLACK = 1e-9
_TURNED: Mapping[str, Callable[[float, float], tuple[float, float]]] = {
    "": lambda low, high: (low - _SLACK, high + _SLACK),
    "rest": lambda low, high: (1 - high - _SLACK, 1 - low + _SLACK),
    "rise": lambda low, high: (low - 1 - _SLACK, high - 1 + _SLACK),
    "fall": lambda low, high: (1 - high - _SLACK, 1 - low + _SLACK),
    "rise_by": lambda low, high: (1 / (high - 1), 1 / (low - 1)) if low > 1 else (0.0, inf),
    "fall_by": lambda low, high: (1 / (high + 1) - _SLACK, 1 / (low + 1) + _SLACK),
}


_A_SIBLING, _A_SUM_BESIDE = 1.2, 3.5


def _joined(results: Sequence[list[_Weighed]]) -> Iterator[list[_Weighed]]:
    """Yield the readings of each result, those with more points whose whole serves neighbours too.

    In A件，占R；B件，占S；… the shares have one whole, which the words name once, and often long before.
    """
    serves: dict[tuple[int, tuple[int, ...]], set[int]] = {}
    for readings in results:
        for one in readings:
            if one.guess.next_to and one.fits:
                serves.setdefault(_whole(one), set()).add(_last(one))
    fitting = {(_last(one), _sides(one)[0]) for readings in results for one in readings if _is_sum(one)}
    for readings in results:
        readings = [_beside(one, fitting) for one in readings]
        yield [_served(each, len(serves.get(_whole(each), set()) - {_last(each)})) for each in readings]


def _is_sum(one: _Weighed) -> bool:
    return one.guess.kind == "sum" and one.fits


def _beside(one: _Weighed, fitting: Set[tuple[int, tuple[int, ...]]]) -> _Weighed:
    """Return a sum with what it gains from one beside it, number by number (16种1846例: 9种312例, …)."""
    if not _is_sum(one):
        return one
    parts, guess = _sides(one)[0], one.guess
    beside = any((_last(one) + by, tuple(each + by for each in parts)) in fitting for by in (-1, 1))
    return one._replace(guess=guess._replace(words=guess.words + _A_SUM_BESIDE)) if beside else one


def _served(one: _Weighed, others: int) -> _Weighed:
    """Return a share with what it gains from others of the same whole, next to their parts."""
    guess = one.guess
    if guess.kind != "share" or not others:
        return one
    plain = guess.plain or (others > 1 and guess.next_to)
    return one._replace(guess=guess._replace(words=guess.words + _A_SIBLING * min(3, others), plain=plain))


def _last(one: _Weighed) -> int:
    return one.guess.results[-1].index


def _whole(one: _Weighed) -> tuple[int, tuple[int, ...]]:
    return one.guess.results[0].paragraph, _sides(one)[1]


# ----------------------------------------------------------------------------------------------------- choice

_NEAR = 2.0


def _chosen(readings: Sequence[_Weighed]) -> Iterator[Proposal]:
    """Yield the likeliest readings of a result, by kind: a number may be both a sum and a mean.

    A total may be split in several ways, each of which holds. Of other kinds, one that comes near is shown.
    """
    for kind in dict.fromkeys(each.guess.kind for each in readings):
        ranked = sorted((each for each in readings if each.guess.kind == kind), key=lambda each: -each.total)
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
_Kept = list[tuple[_Weighed, Confidence | None]]


def _with_rival(kept: _Kept, ranked: Sequence[_Weighed]) -> _Kept:
    """Return what is kept, and beside a reading that holds one that does not, in much plainer words."""
    one, confidence = kept[0]
    plainer = [each for each in ranked if each.guess.plain and each.meant > one.meant + _MUCH_PLAINER]
    if not one.fits or not plainer:
        return kept
    less = Confidence.LIKELY if confidence is Confidence.SURE else confidence
    rival = max(plainer, key=lambda each: each.meant)
    others = [pair for pair in kept[1:] if pair[0] is not rival]
    return [(one, less), *others, (rival, Confidence.POSSIBLE)]


def _exact(one: _Weighed) -> _Weighed | None:
    """Return a guess by its verdict; None where it is no relation, or only one that holds would be one."""
    guess = one.guess
    sides = [[each.reading for each in side] for side in (guess.results, guess.parts, guess.wholes)]
    try:
        verdict = verdicts.verdict(_relation(guess.kind, sides, guess.direction, _of_means(guess)))
    except Fault:
        return None
    if verdict not in (Verdict.CONTRADICTED, Verdict.NOT_TESTABLE):
        return one
    if guess.must_fit:
        return None
    return one._replace(fits=False, sums=min(one.sums, _REFUTED + _PER_NEAR_BIT * _MOST_BITS))


def _of_means(guess: Guess) -> bool:
    return any(is_mean(each) for each in (*guess.parts, *guess.wholes))


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


def _margin(ranked: Sequence[_Weighed], at: int) -> float:
    """Return by how much a reading is likelier than the likeliest other."""
    others = [each.total for each in ranked if each is not ranked[at]]
    if ranked[at].guess.kind == "sum":
        return 9.0
    return ranked[at].total - max(others, default=-99.0)


def _is_part_of(one: _Weighed, other: _Weighed) -> bool:
    """Whether a sum leaves out some of another."""
    return set(_sides(one)[0]) < set(_sides(other)[0])


def _share_parts(one: _Weighed, other: _Weighed) -> bool:
    return not set(_sides(one)[0]).isdisjoint(_sides(other)[0])


def _confidence(weighed: _Weighed, margin: float) -> Confidence | None:
    """Return how plainly a relation is meant, or None where it is not worth proposing."""
    words, plain = weighed.guess.words, weighed.guess.plain
    if weighed.fits:
        if words >= 4.0 and weighed.total >= 7.5 and margin >= 1.0:
            return Confidence.SURE
        least = -4.5 if weighed.guess.kind != "sum" else -1.0 if weighed.sums >= 4.5 else 0.0
        unlikely = weighed.sums >= 1.2 and words >= least and margin >= 1.0
        enough = 4.5 if not unlikely else 2.0 if weighed.guess.kind == "change" else 3.0
        enough = 1.0 if unlikely and weighed.sums >= 5.0 and margin >= 3.0 else enough
        if weighed.total >= enough and (unlikely or words >= 4.0):
            return Confidence.LIKELY
        told = plain or weighed.sums >= _PER_BIT
        return Confidence.POSSIBLE if told and words >= 1.0 and weighed.total >= 3.0 else None
    if plain and words >= 8.0 and margin >= 2.5 and (weighed.guess.kind != "sum" or weighed.slip > 0):
        return Confidence.SURE
    words = weighed.meant
    if words >= (5.9 if plain else 7.0) and margin >= (1.0 if plain else 2.5):
        return Confidence.LIKELY
    return Confidence.POSSIBLE if words >= (3.0 if plain else 4.5) else None


def _proposal(weighed: _Weighed, confidence: Confidence, rivals: int) -> Proposal | None:
    """Return a guess with its audit; None where its numbers are no relation."""
    guess = weighed.guess
    sides = [tuple(each.span for each in side) for side in (guess.results, guess.parts, guess.wholes)]
    try:
        check = check_spans(guess.kind, sides[0], sides[1], sides[2], guess.direction, _of_means(guess))
    except Fault:
        return None
    return Proposal(
        guess.kind, sides[0], sides[1], sides[2], guess.direction, confidence, guess.reasons, check, rivals
    )
