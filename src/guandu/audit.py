"""Whether one printed number follows from others: typed relations, verdicts, and the power of a check.

Two hypotheses say how a number was cut to its printed digits: *nearest* (half away from zero) and
*truncation* (toward zero). Each is put to the result and to the inputs alike. A hypothesis fits if some
admissible inputs, whole numbers where they count things, give a result that prints as the printed one. A
verdict reports which hypotheses fit; it does not say which was used, and numbers that agree need not be
true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache, reduce
from operator import add

from guandu.intervals import (
    MAGNITUDES,
    POSITIVE,
    UNIT,
    WHOLE_NUMBERS,
    Interval,
    has_ratio,
    product,
    ratio,
    size,
)
from guandu.reading import Reading, read

__all__ = [
    "Check",
    "Printed",
    "Relation",
    "RelationError",
    "Rule",
    "Verdict",
    "check",
    "divisors",
    "passing",
    "printing_interval",
    "real_divisors",
    "share",
    "verdict",
]

KINDS = ("count", "rate", "mean", "change", "rank", "duration", "money")
RELATION_KINDS = ("share", "mean", "sum", "change", "divisor")
DIRECTIONS = ("rise", "fall")
MOST_TRIED = 100_000
"""Candidates that are tried one by one, divisors or values; more than that tell a reader nothing."""


class RelationError(ValueError):
    """A relation that no verdict can be given on: what was read, and what was expected."""


class _TooManyError(RelationError):
    """More values might pass than are worth trying."""


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


class Rule(StrEnum):
    """How a number was cut to its printed digits: half away from zero, or toward zero."""

    NEAREST = "nearest"
    TRUNCATION = "truncation"


_VERDICTS = {
    (True, True): Verdict.BOTH,
    (True, False): Verdict.NEAREST_ONLY,
    (False, True): Verdict.TRUNCATION_ONLY,
    (False, False): Verdict.CONTRADICTED,
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number with its kind, one of `count rate mean change rank duration money`, and its key.

    Raises RelationError if the kind is none of these.
    """

    reading: Reading
    kind: str
    key: str = ""

    def __post_init__(self) -> None:
        """Refuse a kind that is not in the list."""
        if self.kind not in KINDS:
            name = self.key or self.reading.text
            raise RelationError(f'kind of {name}: found "{self.kind}", expected one of {_listed(KINDS)}.')


@dataclass(frozen=True, slots=True)
class Relation:
    """Which printed number should follow from which others, and how.

    `kind` says how the result follows:

    - `share`: part ÷ whole, a part of its whole, so at most 1;
    - `mean`: total ÷ count, the total in `parts`, the count in `wholes`;
    - `sum`: of `parts`;
    - `change`: how far `parts` lie above (`direction` is `rise`) or below (`fall`) `wholes`, as a share of
      these;
    - `divisor`: one unprinted whole number divides each of the `wholes`, and gives the mean printed at the
      same place.

    Several parts are added, and so are several wholes, except those of a divisor. `printed`, `parts` or
    `wholes` may be empty where the number was not printed. `space` holds the least and the greatest value
    that could have been printed for the result, or for the first mean, as the power of the check needs it; a
    share needs none.

    Raises RelationError for an unknown kind, a wrong number of keys, a direction missing or not asked for, a
    space whose ends are not in order, or a sum of counts and of other numbers.
    """

    id: str
    kind: str
    printed: tuple[Printed, ...]
    parts: tuple[Printed, ...]
    wholes: tuple[Printed, ...]
    space: tuple[Fraction, Fraction] | None = None
    direction: str = ""

    def __post_init__(self) -> None:
        """Refuse what no verdict can be given on whatever the numbers are."""
        if self.kind not in RELATION_KINDS:
            raise self.error(f'found kind "{self.kind}"', f"one of {_listed(RELATION_KINDS)}")
        if self.kind == "divisor":
            if self.parts:
                raise self.error(
                    f"found {len(self.parts)} parts", "none: the totals of a divisor are its wholes"
                )
            if self.printed and self.wholes and len(self.printed) != len(self.wholes):
                raise self.error(
                    f"found {len(self.printed)} printed means and {len(self.wholes)} totals",
                    "one total for each mean",
                )
        elif len(self.printed) > 1:
            raise self.error(
                f"found {len(self.printed)} printed results", "one, or none where it was not printed"
            )
        if self.kind == "sum" and self.wholes:
            raise self.error(f"found {len(self.wholes)} wholes", "none: a sum has parts alone")
        if (self.direction in DIRECTIONS) != (self.kind == "change") or self.direction not in (
            "",
            *DIRECTIONS,
        ):
            expected = f"one of {_listed(DIRECTIONS)}" if self.kind == "change" else f"none for a {self.kind}"
            raise self.error(f'found direction "{self.direction}"', expected)
        if self.space is not None and not 0 <= self.space[0] <= self.space[1]:
            raise self.error(
                f"found a space from {self.space[0]} to {self.space[1]}", "0 ≤ space_low ≤ space_high"
            )
        for summands in (self.parts, self.wholes) if self.kind != "divisor" else ():
            if len({printed.kind in _WHOLE_KINDS for printed in summands}) > 1:
                kinds = ", ".join(printed.kind for printed in summands)
                raise self.error(f"found numbers to be added of kinds {kinds}", "counts alone, or no counts")

    @property
    def inputs_printed(self) -> bool:
        """Whether every number that the result is computed from was printed."""
        needed = {"sum": (self.parts,), "divisor": (self.wholes,)}.get(self.kind, (self.parts, self.wholes))
        return all(needed)

    @property
    def is_testable(self) -> bool:
        """Whether the result and every input were printed."""
        return bool(self.printed) and self.inputs_printed

    def error(self, found: str, expected: str) -> RelationError:
        """Return the error that this relation gives rise to."""
        return RelationError(f"relation {self.id}: {found}, expected {expected}.")


@dataclass(frozen=True, slots=True)
class Check:
    """What the audit found about a relation.

    - `computed`: from the least to the greatest result under nearest; of a divisor, of the whole numbers that
      fit. A change in the other direction than declared is negative. None if an input was not printed, or if
      no inputs are admissible.
    - `power`: the share of the values of the declared space, at the printed precision, that would have been
      contradicted. None if there is no such space, the relation is not testable, the result has no last
      printed place, or more values might pass than are worth trying.
    - `divisors`: for a divisor, every whole number that fits all means, under each rule; else empty.
    """

    relation: Relation
    verdict: Verdict
    computed: Interval | None
    power: Fraction | None
    divisors: Mapping[Rule, tuple[int, ...]] = field(default_factory=dict)


_WHOLE_KINDS = ("count", "rank")
_FROM_ONE = POSITIVE & WHOLE_NUMBERS


@lru_cache(maxsize=1 << 12)
def share(printed: str, part: str, whole: str) -> Relation:
    """Return the relation of a printed rate to two printed counts, read from their tokens.

    Raises ReadingError if a token cannot be read.

    >>> verdict(share("61.71%", "21454件", "34765件")).value        # the court's closing rate
    'both'
    """
    return Relation(
        "share",
        "share",
        (Printed(read(printed), "rate"),),
        (Printed(read(part), "count"),),
        (Printed(read(whole), "count"),),
    )


def printing_interval(reading: Reading, kind: str, rule: Rule) -> Interval:
    """Return what the true value can be, given a printed number, its kind, and the rule it was cut by.

    A count or rank stands for the whole numbers of its interval, so one without 万, 亿 or decimals is exact.
    A hedged number or a range keeps the interval of its words under either rule. Any other number stands for
    its cell: a step wide around the value under nearest, or from the value on under truncation; it is exact
    if it was printed as a fraction in words. A rate whose words set no upper end is capped at 1.

    >>> rate = read("61.71%")
    >>> cell = printing_interval(rate, "rate", Rule.NEAREST)
    >>> float(cell.low), float(cell.high), cell.high_closed
    (0.61705, 0.61715, False)
    >>> printing_interval(read("1.76万余件"), "count", Rule.NEAREST).numbers()
    range(17600, 17700)
    """
    interval = _cell(reading, rule)
    if kind in _WHOLE_KINDS:
        return interval & WHOLE_NUMBERS
    if kind == "rate" and interval.high is None and 1 in interval:
        return interval & UNIT
    return interval


def verdict(relation: Relation) -> Verdict:
    """Return which hypotheses fit a relation.

    Raises RelationError if a part is certainly greater than its whole, a whole is certainly zero, a count
    admits no whole number, or the divisors of a divisor relation are without end.

    >>> verdict(share("99%", "783件", "785件")).value              # 99.745%, which rounds to 100%
    'truncation_only'
    """
    quick = _exact_share(relation)
    if quick is not None:
        return quick
    if not relation.is_testable:
        _refuse_impossible(relation)
        return Verdict.NOT_TESTABLE
    found = _VERDICTS[_fits(relation, Rule.NEAREST), _fits(relation, Rule.TRUNCATION)]
    if found is Verdict.CONTRADICTED:
        _refuse_impossible(relation)
    return found


def check(relation: Relation) -> Check:
    """Return the verdict on a relation, with what was computed and how much the check could have found.

    Raises RelationError as `verdict` does.

    >>> closing = check(share("61.71%", "21454件", "34765件"))
    >>> closing.verdict.value, round(float(closing.computed.low), 6), closing.power
    ('both', 0.617115, Fraction(10000, 10001))
    """
    found = verdict(relation)
    fitting = {}
    if relation.kind == "divisor" and relation.is_testable:
        fitting = {rule: divisors(relation, rule) for rule in Rule}
    return Check(relation, found, _computed(relation, fitting), _power(relation), fitting)


def passing(relation: Relation, rule: Rule | None = None) -> tuple[Fraction, ...]:
    """Return the values that would have fitted, had one of them been printed at the same precision.

    They fit under `rule`, or, if None, under at least one rule. They lie in the declared space, for a share
    from 0 to 1. A hedged result keeps its hedge, with the width it has. For a divisor they are the values of
    the first mean that some whole number gives.

    Raises RelationError if the relation is not testable, its result has no last printed place, or the values
    are without end or too many to try.

    >>> [str(value) for value in passing(share("99%", "783件", "785件"))]
    ['99/100', '1']
    """
    if rule is None:
        return tuple(sorted({value for each in Rule for value in passing(relation, each)}))
    if not relation.is_testable or not _has_last_place(relation.printed[0].reading):
        raise relation.error(
            "found no result with a last printed place, or an input missing", "a result and every input"
        )
    reading = relation.printed[0].reading
    step, reach = Fraction(reading.step), _reach(reading, rule)
    values = (step * steps for steps in sorted(_candidates(relation, rule)))
    return tuple(value for value in values if _prints(relation, rule, reach + Interval.point(value)))


def divisors(relation: Relation, rule: Rule) -> tuple[int, ...]:
    """Return every whole number that divides the totals of a divisor relation into its printed means.

    Raises RelationError if they are without end, or too many to list, because the means are too coarse.

    >>> means = Printed(read("669件"), "mean"), Printed(read("413件"), "mean")
    >>> totals = Printed(read("34765件"), "count"), Printed(read("21454件"), "count")
    >>> judges = Relation("judges", "divisor", means, (), totals)
    >>> divisors(judges, Rule.NEAREST), divisors(judges, Rule.TRUNCATION)
    ((52,), ())
    """
    candidates = real_divisors(relation, rule) & _FROM_ONE
    if not candidates.is_bounded or size(candidates.numbers()) > MOST_TRIED:
        raise relation.error("found means that leave the divisor open", f"at most {MOST_TRIED} candidates")
    return tuple(
        number
        for number in candidates.numbers()
        if all(has_ratio(total, Interval.point(number), mean) for total, mean in _means(relation, rule))
    )


def real_divisors(relation: Relation, rule: Rule) -> Interval:
    """Return the interval of divisors that need not be whole, such as an average headcount.

    It is exact where the totals are exact; where they are hedged or rounded counts it spans the divisors.

    >>> means = Printed(read("669件"), "mean"), Printed(read("413件"), "mean")
    >>> totals = Printed(read("34765件"), "count"), Printed(read("21454件"), "count")
    >>> average = real_divisors(Relation("judges", "divisor", means, (), totals), Rule.NEAREST)
    >>> round(float(average.low), 4), round(float(average.high), 4)
    (51.9268, 52.0045)
    """
    return reduce(Interval.__and__, (ratio(total, mean) for total, mean in _means(relation, rule)), POSITIVE)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _cell(reading: Reading, rule: Rule) -> Interval:
    """Return the real numbers that a printed number admits under a rule."""
    if reading.hedge or reading.value is None:
        return Interval.of(reading)
    value, step = Fraction(reading.value), Fraction(reading.step)
    if step == 0:
        return Interval.point(value)
    low = value - step / 2 if rule is Rule.NEAREST else value
    return Interval(low, low + step, True, False)


def _total(summands: tuple[Printed, ...], rule: Rule) -> Interval:
    """Return what the sum of printed magnitudes can be."""
    return reduce(add, (printing_interval(each.reading, each.kind, rule) & MAGNITUDES for each in summands))


def _ratio_inputs(relation: Relation, rule: Rule) -> tuple[Interval, Interval]:
    """Return the admissible parts and wholes; those of a share are cut to parts that some whole can hold."""
    part, whole = _total(relation.parts, rule), _total(relation.wholes, rule) & POSITIVE
    if relation.kind != "share" or part.is_empty or whole.is_empty:
        return part, whole
    return (
        part & Interval(None, whole.high, False, whole.high_closed),
        whole & Interval(part.low, None, part.low_closed, False),
    )


def _means(relation: Relation, rule: Rule) -> Iterator[tuple[Interval, Interval]]:
    """Yield each total of a divisor relation with what its printed mean admits."""
    for total, mean in zip(relation.wholes, relation.printed, strict=True):
        yield _total((total,), rule), _cell(mean.reading, rule)


def _fits(relation: Relation, rule: Rule) -> bool:
    """Whether a rule fits a testable relation."""
    if relation.kind == "divisor":
        return bool(divisors(relation, rule))
    return _prints(relation, rule, _cell(relation.printed[0].reading, rule))


def _prints(relation: Relation, rule: Rule, cell: Interval) -> bool:
    """Whether some admissible inputs give a result in `cell`; of a divisor, its first mean alone."""
    if relation.kind == "divisor":
        total, _ = next(_means(relation, rule))
        return has_ratio(total, _FROM_ONE, cell)
    if relation.kind == "sum":
        return not (_total(relation.parts, rule) & cell).is_empty
    part, whole = _ratio_inputs(relation, rule)
    return has_ratio(part, whole, _ratio_of(relation, cell))


def _ratio_of(relation: Relation, cell: Interval) -> Interval:
    """Return the ratios of part to whole that give a result in `cell`."""
    if relation.kind == "share":
        return cell & UNIT
    if relation.direction == "rise":
        return Interval.point(1) + (cell & MAGNITUDES)
    if relation.direction == "fall":
        return Interval.point(1) + -(cell & UNIT)
    return cell


def _results(relation: Relation, rule: Rule) -> Interval:
    """Return the interval that spans the results of all admissible inputs."""
    if relation.kind == "sum":
        return _total(relation.parts, rule)
    span = ratio(*_ratio_inputs(relation, rule))
    if relation.kind == "share":
        return span & UNIT
    if relation.direction == "rise":
        return span + Interval.point(-1)
    if relation.direction == "fall":
        return -span + Interval.point(1)
    return span


def _computed(relation: Relation, fitting: Mapping[Rule, tuple[int, ...]]) -> Interval | None:
    if relation.kind == "divisor":
        found = fitting.get(Rule.NEAREST, ())
        return Interval.between(found[0], found[-1], whole=True) if found else None
    if not relation.inputs_printed:
        return None
    results = _results(relation, Rule.NEAREST)
    return None if results.is_empty else results


def _power(relation: Relation) -> Fraction | None:
    """Return the share of the printable values that would have been contradicted."""
    space = _space(relation)
    if space is None or not relation.is_testable or not _has_last_place(relation.printed[0].reading):
        return None
    printable = size(_steps(space, relation.printed[0].reading))
    if printable == 0:
        raise relation.error("found a space without a value of the printed precision", "a wider space")
    try:
        return 1 - Fraction(len(passing(relation)), printable)
    except _TooManyError:
        return None


def _space(relation: Relation) -> Interval | None:
    """Return the declared space of a relation's result, if it has one."""
    if relation.space is not None:
        return Interval(*relation.space)
    return UNIT if relation.kind == "share" else None


def _has_last_place(reading: Reading) -> bool:
    """Whether other values could have been printed with the precision of a reading."""
    return reading.value is not None and reading.step > 0


def _steps(values: Interval, reading: Reading) -> range:
    """Return the values of an interval that have the precision of a reading, as numbers of steps."""
    return product(values, Interval.point(1 / Fraction(reading.step))).numbers()


def _reach(reading: Reading, rule: Rule) -> Interval:
    """Return how far from its printed value the true value can lie."""
    assert reading.value is not None
    return _cell(reading, rule) + Interval.point(-Fraction(reading.value))


def _candidates(relation: Relation, rule: Rule) -> Iterable[int]:
    """Return, as numbers of steps, the only values that might fit: those within reach of a result."""
    reading = relation.printed[0].reading
    reach = _reach(reading, rule)
    space = _space(relation) or MAGNITUDES

    def listed(values: Interval) -> range:
        if values.high is None:
            raise relation.error("found results without end", "a declared space")
        steps = _steps(values, reading)
        if size(steps) > MOST_TRIED:
            raise _TooManyError(f"relation {relation.id}: more than {MOST_TRIED} values might fit.")
        return steps

    def near(results: Interval) -> range:
        return listed((results + -reach) & space)

    if relation.kind != "divisor":
        return near(_results(relation, rule))
    total, _ = next(_means(relation, rule))
    numbers = ratio(total, space + reach) & _FROM_ONE
    # Large means leave few divisors, and most values between their results; small means leave many.
    if numbers.is_bounded and size(numbers.numbers()) < size(_steps(space, reading)):
        return {step for number in numbers.numbers() for step in near(ratio(total, Interval.point(number)))}
    return listed(space)


def _exact_share(relation: Relation) -> Verdict | None:
    """Return the verdict on an exact count out of an exact count by integers alone; None for anything else.

    It decides what `_fits` decides, many times as fast: whether p/w, with the printed value v and its step s,
    lies in [v − s/2, v + s/2) and in [v, v + s).
    """
    if (
        relation.kind != "share"
        or not relation.printed
        or len(relation.parts) != 1
        or len(relation.wholes) != 1
    ):
        return None
    part, whole = _exact_count(relation.parts[0]), _exact_count(relation.wholes[0])
    result = relation.printed[0].reading
    if (
        part is None
        or whole is None
        or not 0 < whole >= part
        or result.hedge
        or not result.step
        or not result.value
    ):
        return None
    value, value_scale = result.value.as_integer_ratio()
    step, step_scale = result.step.as_integer_ratio()
    # p/w − v and s over their common denominator, the first doubled, so that half a step stays whole.
    above = 2 * (part * value_scale - value * whole) * step_scale
    width = step * whole * value_scale
    return _VERDICTS[-width <= above < width, 0 <= above < 2 * width]


def _exact_count(printed: Printed) -> int | None:
    """Return a count printed to the unit."""
    reading = printed.reading
    if printed.kind != "count" or reading.hedge or reading.value is None or reading.step != 1:
        return None
    return int(reading.value)


def _refuse_impossible(relation: Relation) -> None:
    """Raise RelationError if under no rule the inputs can stand in their relation."""
    for summands, role in ((relation.parts, "part"), (relation.wholes, "whole")):
        for each in summands:
            if all(printing_interval(each.reading, each.kind, rule).is_empty for rule in Rule):
                raise relation.error(
                    f'found {role} "{each.reading.text}" of kind {each.kind}', "a whole number"
                )
    if relation.kind in ("sum", "divisor") or not relation.inputs_printed:
        return
    inputs = [_ratio_inputs(relation, rule) for rule in Rule]
    parts, wholes = (
        " + ".join(f'"{each.reading.text}"' for each in summands)
        for summands in (relation.parts, relation.wholes)
    )
    if all((_total(relation.wholes, rule) & POSITIVE).is_empty for rule in Rule):
        raise relation.error(f"found whole {wholes}", "a whole above zero")
    if all(part.is_empty for part, _ in inputs):
        raise relation.error(f"found part {parts} of whole {wholes}", "a part no greater than its whole")
