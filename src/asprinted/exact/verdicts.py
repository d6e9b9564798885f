"""Whether one printed number follows from others: verdicts, and the strength of a check.

Two hypotheses say how a number was cut to its printed digits: *nearest* (half away from zero) and
*truncation* (toward zero). Each is put to the result and to the inputs alike. A hypothesis fits if some
admissible inputs, whole numbers where they count things, give a result that prints as the printed one. A
verdict reports which hypotheses fit; it does not say which was used, and numbers that agree need not be
true.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from asprinted.exact.intervals import MAGNITUDES, Interval, size
from asprinted.exact.printed import Reading
from asprinted.exact.relations import (
    MOST_TRIED,
    Divisor,
    Reason,
    Relation,
    Rule,
    Space,
    has_last_place,
    rounding_interval,
    steps,
)
from asprinted.exact.slips import changed
from asprinted.faults import Fault

__all__ = ["Check", "Slips", "Verdict", "check", "divisors", "passing", "real_divisors", "slips", "verdict"]


class Verdict(StrEnum):
    """What a check can find; the list is closed.

    `truncation_only` names a rule that would give the figure, not the one used; `contradicted` not which
    number is wrong.
    """

    BOTH = "both"
    NEAREST_ONLY = "nearest_only"
    TRUNCATION_ONLY = "truncation_only"
    CONTRADICTED = "contradicted"
    NOT_TESTABLE = "not_testable"


_VERDICTS = {
    (True, True): Verdict.BOTH,
    (True, False): Verdict.NEAREST_ONLY,
    (False, True): Verdict.TRUNCATION_ONLY,
    (False, False): Verdict.CONTRADICTED,
}


class Slips(NamedTuple):
    """How many slips the tokens of a relation admit, and how many of them its verdict would show."""

    all: int
    seen: int


@dataclass(frozen=True, slots=True)
class Check:
    """What the audit found about a relation.

    - `computed`: from the least to the greatest result under nearest; of a divisor, of the whole numbers that
      fit. A change in the other direction than declared is negative. None if an input was not printed, or if
      no inputs are admissible.
    - `strength`: the share of the values of the declared `space`, at the printed precision, that would have
      been contradicted. None if there is no such space, the relation is not testable, the result has no last
      printed place, or more values might pass than are worth trying.
    - `divisors`: for a divisor, every whole number that fits all means, under each rule; else empty.
    - `reason`: why the relation cannot be tested; None where it can.
    """

    relation: Relation
    verdict: Verdict
    computed: Interval | None
    strength: Fraction | None
    space: Space | None = None
    divisors: Mapping[Rule, tuple[int, ...]] = field(default_factory=dict)
    reason: Reason | None = None

    @property
    def slips(self) -> Slips | None:
        """The other yardstick of a test: how many slips its tokens admit, and how many it would show."""
        return slips(self.relation)


def verdict(relation: Relation) -> Verdict:
    """Return which hypotheses fit a relation; an impossible one is not testable.

    >>> from asprinted.face import share
    >>> verdict(share("99%", "783件", "785件")).value              # 99.745%, which rounds to 100%
    'truncation_only'
    >>> verdict(share("99%", "786件", "785件")).value              # a part greater than its whole
    'not_testable'
    """
    return _judged(relation)[0]


def check(relation: Relation) -> Check:
    """Return the verdict on a relation, with what was computed and how much the check could have found.

    >>> from asprinted.face import share
    >>> closing = check(share("61.71%", "21454件", "34765件"))
    >>> closing.verdict.value, round(float(closing.computed.low), 6), closing.strength
    ('both', 0.617115, Fraction(10000, 10001))
    >>> check(share("99%", "786件", "785件")).reason.value
    'part_above_whole'
    """
    found, reason = _judged(relation)
    fitting = {}
    if isinstance(relation, Divisor) and relation.is_testable and reason is None:
        fitting = {rule: divisors(relation, rule) for rule in Rule}
    computed = _computed(relation, fitting)
    strength = None if reason else _strength(relation)
    return Check(relation, found, computed, strength, relation.declared_space, fitting, reason)


@lru_cache(maxsize=1 << 12)
def slips(relation: Relation) -> Slips | None:
    """Return how many slips of a relation's tokens there are (`slips.changed`), and how many a verdict shows.

    One is shown where the changed numbers fit neither rule, a part above its whole among them; a verdict that
    only moves from one rule to another shows nothing. None where the relation is not testable, or its tokens
    hold no digits.

    >>> from asprinted.face import share
    >>> slips(share("61.71%", "21454件", "34765件")), slips(share("99%", "783件", "785件"))
    (Slips(all=134, seen=123), Slips(all=73, seen=64))
    """
    if not relation.is_testable:
        return None
    found = [_judged(each) for each in changed(relation)]
    seen = sum(
        verdict is Verdict.CONTRADICTED or reason is Reason.PART_ABOVE_WHOLE for verdict, reason in found
    )
    return Slips(len(found), seen) if found else None


@lru_cache(maxsize=1 << 10)
def passing(relation: Relation, rule: Rule | None = None) -> tuple[Fraction, ...]:
    """Return the values that would have fitted, had one of them been printed at the same precision.

    They fit under `rule`, or, if None, under at least one rule. They lie in the declared space, for a share
    from 0 to 1. A hedged result keeps its hedge, with the width it has. For a divisor they are the values of
    the first mean that some whole number gives.

    Raises Fault if the relation is not testable, its result has no last printed place, or the values are
    without end or too many to try.

    >>> from asprinted.face import share
    >>> [str(value) for value in passing(share("99%", "783件", "785件"))]
    ['99/100', '1']
    """
    if rule is None:
        return tuple(sorted({value for each in Rule for value in passing(relation, each)}))
    if not relation.is_testable or not has_last_place(relation.printed[0].reading):
        raise Fault.of("no result with a last printed place, or an input missing", "a result and every input")
    candidates = _candidates(relation, rule)
    if candidates is None:
        raise Fault.of(f"more than {MOST_TRIED} values that might fit", "a narrower declared space")
    step = Fraction(relation.printed[0].reading.step)
    return tuple(step * number for number in sorted(_fitting(relation, rule, candidates)))


def divisors(relation: Relation, rule: Rule) -> tuple[int, ...]:
    """Return every whole number that divides the totals of a divisor relation into its printed means.

    Raises Fault if they are without end, or too many to list, because the means are too coarse.

    >>> from asprinted import read
    >>> from asprinted.exact.relations import Printed, relation
    >>> means = Printed(read("669件"), "mean"), Printed(read("413件"), "mean")
    >>> totals = Printed(read("34765件"), "count"), Printed(read("21454件"), "count")
    >>> judges = relation("divisor", "judges", means, (), totals)
    >>> divisors(judges, Rule.NEAREST), divisors(judges, Rule.TRUNCATION)
    ((52,), ())
    """
    numbers = _divisor(relation).numbers(rule)
    if numbers is None:
        raise Fault.of("means that leave the divisor open", f"at most {MOST_TRIED} candidates", "printed_key")
    return numbers


def real_divisors(relation: Relation, rule: Rule) -> Interval:
    """Return the interval of divisors that need not be whole, such as an average headcount.

    It is exact where the totals are exact; where they are hedged or rounded counts it spans the divisors.

    >>> from asprinted import read
    >>> from asprinted.exact.relations import Printed, relation
    >>> means = Printed(read("669件"), "mean"), Printed(read("413件"), "mean")
    >>> totals = Printed(read("34765件"), "count"), Printed(read("21454件"), "count")
    >>> average = real_divisors(relation("divisor", "judges", means, (), totals), Rule.NEAREST)
    >>> round(float(average.low), 4), round(float(average.high), 4)
    (51.9268, 52.0045)
    """
    return _divisor(relation).results(rule)


def _divisor(relation: Relation) -> Divisor:
    if not isinstance(relation, Divisor):
        raise Fault.of(f"a {relation.kind}", "a divisor", "kind")
    return relation


def _judged(relation: Relation) -> tuple[Verdict, Reason | None]:
    """Return the verdict, and the reason where there is none to give."""
    # What `fits_exactly` decides `fits` decides too: it is there for speed alone.
    quick = relation.fits_exactly()
    if quick is not None:
        return _VERDICTS[quick], None
    if not relation.is_testable:
        impossible = relation.impossible()
        return Verdict.NOT_TESTABLE, impossible.reason if impossible else Reason.NOT_PRINTED
    found = _VERDICTS[relation.fits(Rule.NEAREST), relation.fits(Rule.TRUNCATION)]
    # Only what fits nowhere can be impossible; a divisor that is open under one rule may fit under the other.
    if found is Verdict.CONTRADICTED or isinstance(relation, Divisor):
        impossible = relation.impossible()
        if impossible:
            return Verdict.NOT_TESTABLE, impossible.reason
    return found, None


def _computed(relation: Relation, fitting: Mapping[Rule, tuple[int, ...]]) -> Interval | None:
    if isinstance(relation, Divisor):
        found = fitting.get(Rule.NEAREST, ())
        return Interval.between(found[0], found[-1], whole=True) if found else None
    if not relation.inputs_printed:
        return None
    results = relation.results(Rule.NEAREST)
    return None if results.is_empty else results


@lru_cache(maxsize=1 << 12)
def _strength(relation: Relation) -> Fraction | None:
    """Return the share of the printable values that would have been contradicted."""
    space = relation.declared_space
    if space is None or not has_last_place(relation.printed[0].reading):
        return None
    numbers: set[int] = set()
    for rule in Rule:
        candidates = _candidates(relation, rule)
        if candidates is None:
            return None
        numbers.update(_fitting(relation, rule, candidates))
    return 1 - Fraction(len(numbers), size(steps(Interval(*space), relation.printed[0].reading)))


def _fitting(relation: Relation, rule: Rule, candidates: set[int]) -> set[int]:
    """Return, as numbers of steps, the values that would have fitted under a rule.

    Where no two results lie further apart than a value reaches, all values between two that fit do. Else
    every result is printed, or every value tried, whichever is less work.
    """
    reading, gives = relation.printed[0].reading, relation.trial(rule)
    step, reach = Fraction(reading.step), _reach(reading, rule)

    def fits(number: int) -> bool:
        return gives(reach + Interval.point(step * number))

    if _leaves_no_gap(relation, rule, reach):
        ordered = sorted(candidates)
        first, last = (next(filter(fits, each), None) for each in (ordered, reversed(ordered)))
        return set() if first is None or last is None else set(range(first, last + 1))
    results = None if reading.hedge else relation.crossed(rule, _PRINTED_PER_TRIED * len(candidates))
    if results is None:
        return set(filter(fits, candidates))
    unit, scale = step.as_integer_ratio()
    half = 1 if rule is Rule.NEAREST else 0
    printed = ((2 * above * scale + half * below * unit) // (2 * below * unit) for above, below in results)
    return candidates.intersection(printed)


_PRINTED_PER_TRIED = 100
"""How many results are printed in the time that it takes to try one value, roughly."""


def _leaves_no_gap(relation: Relation, rule: Rule, reach: Interval) -> bool:
    """Return whether every value between two that fit must fit too."""
    (low, low_closed), (high, high_closed) = reach.ends()
    width, gap = high - low, relation.gap(rule)
    if gap != width:
        return gap < width
    # Whole numbers are the very ends of the gaps between them; of other results an end may be left out.
    return (low_closed or high_closed) and relation.results(rule).whole


def _reach(reading: Reading, rule: Rule) -> Interval:
    """Return how far from its printed value the true value can lie."""
    assert reading.value is not None
    return rounding_interval(reading, rule) - Interval.point(reading.value)


def _candidates(relation: Relation, rule: Rule) -> set[int] | None:
    """Return, as numbers of steps, the only values that might fit: those within reach of a result.

    None if they are too many to try. Raises Fault if they are without end.
    """
    reading = relation.printed[0].reading
    reach, declared = _reach(reading, rule), relation.declared_space
    space = Interval(*declared) if declared else MAGNITUDES
    most = min(size(steps(space, reading)), MOST_TRIED) if declared else MOST_TRIED
    found: set[int] = set()
    for span in relation.spans(rule, space + reach, most):
        near = (span - reach) & space
        if near.high is None:
            raise Fault.of("results without end", "a declared space", "space_high")
        numbers = steps(near, reading)
        if len(found) + size(numbers) > MOST_TRIED:
            return None
        found.update(numbers)
    return found
