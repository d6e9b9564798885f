"""Which printed number should follow from which others: five kinds of relation, each with what it gives.

A relation says what its inputs can be under a rule of printing, which results they span, whether they can
give a result inside some interval, and why no numbers can stand in it. What to conclude is `verdicts`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache, partial, reduce
from math import inf
from operator import add
from typing import ClassVar, NamedTuple

from asprinted.exact.intervals import (
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
from asprinted.exact.moebius import Moebius, prints_as
from asprinted.exact.printed import Dimension, Form, Reading, negated
from asprinted.faults import Fault, quote

__all__ = [
    "LEFT",
    "MOST_TRIED",
    "OF_RATIO",
    "PER",
    "RELATIONS",
    "REST",
    "Change",
    "Difference",
    "Direction",
    "Divisor",
    "Impossible",
    "Kind",
    "Mean",
    "Multiple",
    "Printed",
    "Ratio",
    "Reason",
    "Relation",
    "Rule",
    "Share",
    "Sum",
    "has_last_place",
    "kind_of",
    "kinds",
    "printing_interval",
    "relation",
    "rounding_interval",
    "steps",
    "unfit",
]


class Kind(StrEnum):
    """What a printed number is."""

    COUNT = "count"
    RATE = "rate"
    MEAN = "mean"
    CHANGE = "change"
    RANK = "rank"
    DURATION = "duration"
    MONEY = "money"


class Rule(StrEnum):
    """How a number was cut to its printed digits: half away from zero, or toward zero."""

    NEAREST = "nearest"
    TRUNCATION = "truncation"


class Direction(StrEnum):
    """Which way a change goes; with `_by`, `wholes` hold the printed difference in place of the old value."""

    RISE = "rise"
    FALL = "fall"
    RISE_BY = "rise_by"
    FALL_BY = "fall_by"


REST = "rest"
"""The direction of a share whose printed part is what the share leaves out: 20件 open of 100件, so 80%."""


class Reason(StrEnum):
    """Why a relation cannot be tested; the list is closed."""

    NOT_PRINTED = "not_printed"
    NO_WHOLE_NUMBER = "no_whole_number"
    WHOLE_OF_ZERO = "whole_of_zero"
    PART_ABOVE_WHOLE = "part_above_whole"
    DIVISOR_OPEN = "divisor_open"


class Impossible(NamedTuple):
    """Why no numbers can stand in a relation, and the same as a fault of the column that says it."""

    reason: Reason
    fault: Fault


MOST_TRIED = 10_000
"""Candidates that one check tries one by one, divisors or values; more than that tell a reader nothing."""

# What every check asks for costs less by its own name than through its class, or through a conversion.
_COUNT, _TO_THE_UNIT = Kind.COUNT, Decimal(1)

WHOLE_KINDS = frozenset({Kind.COUNT, Kind.RANK})
"""The kinds that stand for whole numbers."""


# ------------------------------------------------------------------------------------------ printed numbers


def _is_quantity(reading: Reading) -> bool:
    return reading.form in (Form.NUMBER, Form.RANGE)


def _is_whole(reading: Reading) -> bool:
    ends = (reading.value, reading.low, reading.high)
    whole = all(end is None or Fraction(end).denominator == 1 for end in ends)
    return whole and not 0 < reading.step < 1


def _is_below_zero(reading: Reading) -> bool:
    return reading.value is not None and reading.value < 0


_OF_ANOTHER = frozenset({Dimension.SHARE, Dimension.TIMES})
_UNCOUNTED = frozenset(
    {Dimension.DURATION, Dimension.MONEY, Dimension.SHARE, Dimension.LENGTH, Dimension.AREA, Dimension.VOLUME}
    | {Dimension.WEIGHT, Dimension.POWER, Dimension.ENERGY, Dimension.QUOTIENT, Dimension.INDEX}
    | {Dimension.PRESSURE, Dimension.TRANSPORT}
)

# Kind → what its words must be, and whether a reading is that.
_ADMITTED: Mapping[Kind, tuple[str, Callable[[Reading], bool]]] = {
    Kind.COUNT: (
        "whole things, such as 1234件: no share, rank, span of time, length, weight or sum of money",
        lambda reading: _is_quantity(reading) and _is_whole(reading) and reading.dimension not in _UNCOUNTED,
    ),
    Kind.RATE: (
        "a share, such as 12.34%",
        lambda reading: reading.dimension is Dimension.SHARE and not _is_below_zero(reading),
    ),
    Kind.MEAN: ("a quantity, such as 56件", _is_quantity),
    Kind.CHANGE: (
        "a share or a quantity, such as 12.34% or 20天",
        lambda reading: reading.form is not Form.ORDINAL,
    ),
    Kind.RANK: ("a rank, such as 第一位", lambda reading: reading.form is Form.ORDINAL),
    Kind.DURATION: (
        "a span of time, such as 20天",
        lambda reading: _is_quantity(reading) and reading.dimension is Dimension.DURATION,
    ),
    Kind.MONEY: (
        "a sum of money, such as 50万元",
        lambda reading: _is_quantity(reading) and reading.dimension is Dimension.MONEY,
    ),
}


def kinds(reading: Reading) -> tuple[Kind, ...]:
    """Return the kinds that a printed number may have.

    >>> from asprinted import read
    >>> [kind.value for kind in kinds(read("61.71%"))], [kind.value for kind in kinds(read("21454件"))]
    (['rate', 'change'], ['count', 'mean', 'change'])
    """
    return tuple(kind for kind, (_, admits) in _ADMITTED.items() if admits(reading))


def unfit(reading: Reading, kind: str) -> Fault | None:
    """Return what is wrong where a printed number is called a kind that its words are not, else None.

    Raises Fault if there is no such kind.

    >>> from asprinted import read
    >>> print(unfit(read("2.5件"), "rate"), unfit(read("99%"), "rate"))
    found "2.5件" of kind rate, expected a share, such as 12.34%. None
    """
    _refuse_kind(kind)
    expected, admits = _ADMITTED[Kind(kind)]
    return None if admits(reading) else Fault.of(f"{quote(reading.text)} of kind {kind}", expected)


def _refuse_kind(kind: str) -> None:
    if kind not in _ADMITTED:
        raise Fault.of(quote(kind), f"one of {', '.join(_ADMITTED)}", "kind")


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number with its kind, one of `Kind`, and its key.

    Raises Fault if there is no such kind.
    """

    reading: Reading
    kind: str
    key: str = ""

    def __post_init__(self) -> None:
        """Refuse a kind that is not in the list."""
        _refuse_kind(self.kind)

    @property
    def is_hedged(self) -> bool:
        """Whether words or two ends leave open which number is meant.

        >>> from asprinted import read
        >>> Printed(read("1.76万余件"), "count").is_hedged, Printed(read("785件"), "count").is_hedged
        (True, False)
        """
        return bool(self.reading.hedge) or self.reading.value is None

    @property
    def exact_count(self) -> int | None:
        """The number itself where a count was printed to the unit, else None.

        >>> from asprinted import read
        >>> Printed(read("785件"), "count").exact_count, Printed(read("50万条"), "count").exact_count
        (785, None)
        """
        reading = self.reading
        if self.kind != _COUNT or reading.hedge or reading.value is None or reading.step != _TO_THE_UNIT:
            return None
        return int(reading.value)

    def admits(self, rule: Rule) -> Interval:
        """Return what the true value can be under a rule, as `printing_interval` does."""
        return printing_interval(self.reading, self.kind, rule)


def rounding_interval(reading: Reading, rule: Rule) -> Interval:
    """Return the real numbers that a printed number admits under a rule, whatever its kind.

    >>> from asprinted import read
    >>> rounded = rounding_interval(read("669件"), Rule.NEAREST)
    >>> rounded.bounds, float(rounded.low)
    ('[)', 668.5)
    """
    if reading.hedge or reading.value is None:
        return Interval.of(reading)
    value, step = Fraction(reading.value), Fraction(reading.step)
    if value < 0:
        return -rounding_interval(negated(reading), rule)
    if step == 0:
        return Interval.point(value)
    low = value - step / 2 if rule is Rule.NEAREST else value
    return Interval(low, low + step, True, False)


@lru_cache(maxsize=1 << 12)
def printing_interval(reading: Reading, kind: str, rule: Rule) -> Interval:
    """Return what the true value can be, given a printed number, its kind, and the rule it was cut by.

    A count or rank stands for the whole numbers of its interval, so one without 万, 亿 or decimals is exact;
    so does a span of years counted in a row.
    A hedged number or a range keeps the interval of its words under either rule. Any other number stands for
    its cell: a step wide around the value under nearest, or from the value on under truncation; it is exact
    if it was printed as a fraction in words. A rate whose words set no upper end is capped at 1.

    >>> from asprinted import read
    >>> rate = printing_interval(read("61.71%"), "rate", Rule.NEAREST)
    >>> float(rate.low), float(rate.high), rate.bounds
    (0.61705, 0.61715, '[)')
    >>> printing_interval(read("1.76万余件"), "count", Rule.NEAREST).numbers()
    range(17600, 17700)
    """
    interval = rounding_interval(reading, rule)
    if kind in WHOLE_KINDS or reading.is_counted_span:
        return interval & WHOLE_NUMBERS
    if kind == Kind.RATE and interval.high is None and 1 in interval:
        return interval & UNIT
    return interval


def has_last_place(reading: Reading) -> bool:
    """Whether other values could have been printed with the precision of a reading.

    >>> from asprinted import read
    >>> has_last_place(read("99%")), has_last_place(read("三分之一"))
    (True, False)
    """
    return reading.value is not None and reading.step > 0


def steps(values: Interval, reading: Reading) -> range:
    """Return the values of an interval that have the precision of a reading, as numbers of its steps.

    >>> from asprinted import read
    >>> steps(UNIT, read("99%"))
    range(0, 101)
    """
    return product(values, Interval.point(1 / Fraction(reading.step))).numbers()


# ------------------------------------------------------------------------------------------------ relations

Figures = tuple[Printed, ...]
Space = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Relation:
    """What the five kinds share: the printed result, what it should follow from, and the declared space.

    `printed`, `parts` or `wholes` may be empty where the number was not printed; several parts are added,
    and so are several wholes (not those of a divisor). `space` holds the least and the greatest value that
    could have been printed for the result, as the strength of a check needs it. `result` is the kind that the
    result has to have, `directions` holds those that there are. Raises Fault, with the column of a table of
    relations, for what no verdict can be given on whatever the numbers are.
    """

    kind: ClassVar[str] = ""
    result: ClassVar[Kind | None] = None
    directions: ClassVar[Collection[str]] = ("",)

    id: str
    printed: Figures
    parts: Figures
    wholes: Figures
    space: Space | None = None
    direction: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no relation of this kind."""
        self._refuse_figures()
        self._refuse_direction()
        if self.space is not None:
            self._refuse_space(*self.space)

    @property
    def inputs(self) -> tuple[Figures, ...]:
        """The inputs that the result is computed from, one group for each side of the computation."""
        return self.parts, self.wholes

    @property
    def inputs_printed(self) -> bool:
        """Whether every number that the result is computed from was printed."""
        return all(self.inputs)

    @property
    def is_testable(self) -> bool:
        """Whether the result and every input were printed."""
        return bool(self.printed) and self.inputs_printed

    @property
    def is_hedged(self) -> bool:
        """Whether an input is hedged or a rounded count: a result that fits is then not excluded."""
        inputs = [each for group in self.inputs for each in group]
        return any(
            each.is_hedged or (each.kind == Kind.COUNT and each.exact_count is None) for each in inputs
        )

    @property
    def declared_space(self) -> Space | None:
        """The least and the greatest value that could have been printed; None where none was declared."""
        return self.space

    def results(self, rule: Rule) -> Interval:
        """Return the interval that spans the results of all admissible inputs."""
        raise NotImplementedError

    def trial(self, rule: Rule) -> Callable[[Interval], bool]:
        """Return the question whether some admissible inputs give a result in an interval."""
        raise NotImplementedError

    def fits(self, rule: Rule) -> bool:
        """Return whether some admissible inputs give a result that prints as the printed one."""
        return self.trial(rule)(rounding_interval(self.printed[0].reading, rule))

    def fits_exactly(self) -> tuple[bool, bool] | None:
        """Return what `fits` says under nearest and under truncation, where integers alone decide it."""
        return None

    def gap(self, rule: Rule) -> Fraction | float:
        """Return a distance that no two neighbouring results exceed; infinity where none is known."""
        return inf

    def crossed(self, rule: Rule, most: int) -> Iterable[tuple[int, int]] | None:
        """Return every result, above and below the line, where these are at most `most`; else None."""
        return None

    def spans(self, rule: Rule, within: Interval, most: int) -> Iterable[Interval]:
        """Return intervals that hold every result inside `within`; no more than `most` of them."""
        return (self.results(rule),)

    def impossible(self) -> Impossible | None:
        """Return why no admissible numbers can stand in the relation under any rule; None if some can."""
        for role, group in (("part", self.parts), ("whole", self.wholes)):
            for each in group:
                if all(each.admits(rule).is_empty for rule in Rule):
                    found = f"{role} {quote(each.reading.text)} of kind {each.kind}"
                    fault = Fault.of(found, "a whole number", f"{role}_key")
                    return Impossible(Reason.NO_WHOLE_NUMBER, fault)
        return None

    def _refuse_figures(self) -> None:
        if len(self.printed) > 1:
            found = f"{len(self.printed)} printed results"
            raise Fault.of(found, "one, or none where it was not printed", "printed_key")
        for role, group in (("part", self.parts), ("whole", self.wholes)):
            if len(group) > 1 and len({each.kind in WHOLE_KINDS for each in group}) > 1:
                found = f"numbers to be added of kinds {', '.join(each.kind for each in group)}"
                raise Fault.of(found, "counts alone, or no counts", f"{role}_key")
        self._refuse_results()

    def _refuse_results(self) -> None:
        for each in self.printed:
            if self.result and each.kind != self.result:
                found = f"{quote(each.key or each.reading.text)}, a {each.kind}"
                raise Fault.of(found, f"a {self.result}, the result of a {self.kind}", "printed_key")

    def _refuse_direction(self) -> None:
        if self.direction in self.directions:
            return
        named = [each for each in self.directions if each]
        choice = f"one of {', '.join(named)}" if len(named) > 1 else ", ".join(named)
        if "" in self.directions:
            choice = f"none, or {choice}, for a {self.kind}" if named else f"none for a {self.kind}"
        found = f"direction {quote(self.direction)}" if self.direction else "no direction"
        raise Fault.of(found, choice, "direction")

    def _refuse_space(self, low: Fraction, high: Fraction) -> None:
        if not 0 <= low <= high:
            raise Fault.of(f"a space from {low} to {high}", "0 ≤ space_low ≤ space_high", "space_high")
        reading = self.printed[0].reading if self.printed else None
        if reading and has_last_place(reading) and not steps(Interval(low, high), reading):
            found = f"a space from {low} to {high} without a value of the printed precision"
            raise Fault.of(found, "a wider space", "space_high")


OF_RATIO: Mapping[str, Mapping[str, Moebius]] = {
    "share": {"": Moebius(1, 0, 0, 1), REST: Moebius(-1, 1, 0, 1)},
    "mean": {
        "": Moebius(1, 0, 0, 1),
        "per_100": Moebius(100, 0, 0, 1),
        "per_1000": Moebius(1000, 0, 0, 1),
        "per_10000": Moebius(10_000, 0, 0, 1),
        "per_100000": Moebius(100_000, 0, 0, 1),
    },
    "change": {
        Direction.RISE: Moebius(1, -1, 0, 1),
        Direction.FALL: Moebius(-1, 1, 0, 1),
        Direction.RISE_BY: Moebius(0, 1, 1, -1),
        Direction.FALL_BY: Moebius(0, 1, 1, 1),
    },
}
"""What each kind of relation makes of the ratio of parts to wholes, by its direction: one row for each.

With `_by` the whole is the printed difference d: a new value n rose by d ÷ (n − d), or fell by d ÷ (n + d).
Sums, differences and divisors follow from no ratio, and have no row.
"""

PER = tuple(filter(None, OF_RATIO["mean"]))
"""The directions of a mean that is said of so many: a hundred, a thousand, ten thousand …"""


class Ratio(Relation):
    """A result that follows from the ratio of parts to wholes, as its row of `OF_RATIO` says.

    No printed result is below zero, as is a change in the other direction than declared. `ratios` are those
    that can be: all, or of a part that its whole holds at most 1.
    """

    __slots__ = ()
    directions: ClassVar[Mapping[str, Moebius]]
    ratios: ClassVar[Interval] = MAGNITUDES

    @property
    def row(self) -> Moebius:
        """What the relation makes of a ratio."""
        return self.directions[self.direction]

    def operands(self, rule: Rule) -> tuple[Interval, Interval]:
        """Return the admissible parts and wholes."""
        return _total(self.parts, rule), _total(self.wholes, rule) & POSITIVE

    def results(self, rule: Rule) -> Interval:
        """Return the interval that spans the results of all admissible inputs."""
        return self.row.of(ratio(*self.operands(rule)) & self.ratios)

    def trial(self, rule: Rule) -> Callable[[Interval], bool]:
        """Return the question whether some admissible inputs give a result in an interval."""
        operands, row = self.operands(rule), self.row
        return lambda target: has_ratio(*operands, row.back(target & MAGNITUDES) & self.ratios)

    def gap(self, rule: Rule) -> Fraction | float:
        """Return a distance that no two neighbouring results exceed."""
        part, whole = self.operands(rule)
        if part.is_empty or whole.is_empty:
            return 0
        (fewest, _), (most, _), (least, _) = *part.ends(), whole.ends()[0]
        apart: Fraction | float = 0
        if part.whole and not part.is_point:
            apart = 1 / least if least else inf
        if whole.whole and not whole.is_point:
            # From the ratios of one whole to those of the next: widest between the two least wholes.
            apart = max(apart, fewest / least - most / (least + 1))
        return apart and apart * self.row.slope(ratio(part, whole).low or Fraction(0))

    def crossed(self, rule: Rule, most: int) -> Iterable[tuple[int, int]] | None:
        """Return every result, above and below the line, where these are at most `most`; else None."""
        part, whole = self.operands(rule)
        if not (part.whole and part.is_bounded and whole.whole and whole.is_bounded):
            return None
        parts, wholes, row = part.numbers(), whole.numbers(), self.row
        if size(parts) * size(wholes) > most:
            return None
        each = (row.cross(count, of) for of in wholes for count in parts)
        return ((above, below) for above, below in each if self.is_result(above, below))

    def is_result(self, above: int, below: int) -> bool:
        """Return whether above ÷ below can be a result."""
        return below > 0 <= above

    def fits_exactly(self) -> tuple[bool, bool] | None:
        """Return what `fits` says of exact counts beside exact counts, by integers alone.

        These are by far the most common checks, and a hundred times as fast so. None where a number is
        hedged or no exact count, and where no result can be: the interval way says why.

        >>> from asprinted.face import share
        >>> share("99%", "783件", "785件").fits_exactly(), share("99%", "1万件", "2万件").fits_exactly()
        ((False, True), None)
        """
        part, whole = _exact_total(self.parts), _exact_total(self.wholes)
        if not self.printed:
            return None
        result = self.printed[0].reading
        if part is None or not whole or result.hedge or result.value is None or not result.step:
            return None
        above, below = self.directions[self.direction].cross(part, whole)
        if not self.is_result(above, below):
            return None
        value, value_scale = result.value.as_integer_ratio()
        step, step_scale = result.step.as_integer_ratio()
        scale = value_scale * step_scale
        return prints_as(above * scale, below, value * step_scale, step * value_scale)

    def impossible(self) -> Impossible | None:
        """Return why no admissible numbers can stand in the relation under any rule; None if some can."""
        found = super().impossible()
        if found or not self.inputs_printed:
            return found
        parts, wholes = (" + ".join(quote(each.reading.text) for each in group) for group in self.inputs)
        if all((_total(self.wholes, rule) & POSITIVE).is_empty for rule in Rule):
            fault = Fault.of(f"whole {wholes}", "a whole above zero", "whole_key")
            return Impossible(Reason.WHOLE_OF_ZERO, fault)
        if all(self.operands(rule)[0].is_empty for rule in Rule):
            expected = "a part no greater than its whole"
            fault = Fault.of(f"part {parts} of whole {wholes}", expected, "part_key")
            return Impossible(Reason.PART_ABOVE_WHOLE, fault)
        if all(self.results(rule).is_empty for rule in Rule):
            # Before a rise by as much as there is now, or by more, there was nothing to rise from.
            fault = Fault.of(f"a rise by {wholes} to {parts}", "a rise by less than it leads to", "whole_key")
            return Impossible(Reason.PART_ABOVE_WHOLE, fault)
        return None


class Share(Ratio):
    """Part ÷ whole, a part of its whole, so at most 1.

    >>> from asprinted.face import share
    >>> share("99%", "783件", "785件").results(Rule.NEAREST).high
    Fraction(783, 785)
    """

    __slots__ = ()
    kind, result, directions = "share", Kind.RATE, OF_RATIO["share"]
    ratios = UNIT

    @property
    def declared_space(self) -> Space | None:
        """The declared space, or else every share."""
        return self.space or (Fraction(0), Fraction(1))

    def operands(self, rule: Rule) -> tuple[Interval, Interval]:
        """Return the admissible parts and wholes, cut to parts that some whole can hold."""
        part, whole = super().operands(rule)
        if part.is_empty or whole.is_empty:
            return part, whole
        return (
            part & Interval(None, whole.high, False, whole.high_closed),
            whole & Interval(part.low, None, part.low_closed, False),
        )

    def is_result(self, above: int, below: int) -> bool:
        """Return whether above ÷ below can be a result."""
        return 0 <= above <= below


class Multiple(Ratio):
    """Part ÷ whole where more than 1 was printed (完成率103%), so that the whole does not hold the part.

    >>> from asprinted import read
    >>> done, due = (Printed(read(token), Kind.COUNT) for token in ("412公里", "400公里"))
    >>> relation("share", "done", (Printed(read("103%"), Kind.RATE),), (done,), (due,)).fits(Rule.NEAREST)
    True
    """

    __slots__ = ()
    kind, result = "share", Kind.RATE
    directions: ClassVar[Mapping[str, Moebius]] = {"": OF_RATIO["share"][""]}


class Mean(Ratio):
    """Total ÷ count: the total in `parts`, the count in `wholes`; or so much for each 10,000 (每万人).

    >>> from asprinted import read
    >>> beds, people = (Printed(read(token), Kind.COUNT) for token in ("8320张", "160万人"))
    >>> each = Printed(read("52张"), Kind.MEAN)
    >>> relation("mean", "beds", (each,), (beds,), (people,), direction="per_10000").fits(Rule.NEAREST)
    True
    """

    __slots__ = ()
    kind, result, directions = "mean", Kind.MEAN, OF_RATIO["mean"]


class Change(Ratio):
    """How far `parts` lie above (`rise`) or below (`fall`) `wholes`, as a share of these.

    >>> from asprinted import read
    >>> new, difference = (Printed(read(token), Kind.COUNT) for token in ("1566件", "120件"))
    >>> rise = Printed(read("8.3%"), Kind.CHANGE)
    >>> relation("change", "rise", (rise,), (new,), (difference,), direction="rise_by").fits(Rule.NEAREST)
    True
    """

    __slots__ = ()
    kind, result, directions = "change", Kind.CHANGE, OF_RATIO["change"]


class _Added(Relation):
    """A result of adding and taking away: it follows from no ratio, and is all of one interval."""

    __slots__ = ()

    def trial(self, rule: Rule) -> Callable[[Interval], bool]:
        """Return the question whether some admissible inputs give a result in an interval."""
        results = self.results(rule) & MAGNITUDES
        return lambda target: not (results & target).is_empty

    def gap(self, rule: Rule) -> Fraction | float:
        """Return how far apart neighbouring results lie."""
        return Fraction(self.results(rule).whole)


class Difference(_Added):
    """How far `parts` lie above (`rise`) or below (`fall`) `wholes`, in their own unit or in points.

    >>> from asprinted import read
    >>> new, old = (Printed(read(token), Kind.RATE) for token in ("61.71%", "59.4%"))
    >>> points = Printed(read("2.3个百分点"), Kind.CHANGE)
    >>> relation("change", "points", (points,), (new,), (old,), direction="rise").fits(Rule.NEAREST)
    True
    """

    __slots__ = ()
    kind, result, directions = "change", Kind.CHANGE, OF_RATIO["change"]

    def results(self, rule: Rule) -> Interval:
        """Return the interval that spans the results of all admissible inputs."""
        above = _total(self.parts, rule) - _total(self.wholes, rule)
        if self.printed[0].reading.dimension is Dimension.POINTS:
            above = above * Interval.point(100)
        return above if self.direction == Direction.RISE else -above

    def _refuse_direction(self) -> None:
        super()._refuse_direction()
        if self.direction not in (Direction.RISE, Direction.FALL):
            raise Fault.of(f"direction {quote(self.direction)}", "rise or fall for a difference", "direction")


LEFT: Mapping[str, int] = {"of_10": 10, "of_100": 100}
"""The directions of a sum of a row (16.7∶34.9∶48.4), with what it makes up: the result is what is left."""


class Sum(_Added):
    """The sum of `parts`; or what they leave of a hundred, or of ten, where a row makes up that.

    >>> from asprinted import read
    >>> first, second, third = (Printed(read(token), Kind.MEAN) for token in ("16.7", "34.9", "48.4"))
    >>> relation("sum", "row", (third,), (first, second), (), direction="of_100").fits(Rule.NEAREST)
    True
    """

    __slots__ = ()
    kind = "sum"
    directions: ClassVar[Collection[str]] = ("", *LEFT)

    @property
    def inputs(self) -> tuple[Figures, ...]:
        """The parts alone: a sum has no whole."""
        return (self.parts,)

    def results(self, rule: Rule) -> Interval:
        """Return the interval that spans the results of all admissible inputs."""
        total, whole = _total(self.parts, rule), LEFT.get(self.direction)
        return total if whole is None else Interval.point(Fraction(whole)) - total

    def _refuse_figures(self) -> None:
        if self.wholes:
            raise Fault.of(f"{len(self.wholes)} wholes", "none: a sum has parts alone", "whole_key")
        super()._refuse_figures()


class Divisor(Relation):
    """One unprinted whole number divides each of the `wholes`, and gives the mean printed at its place.

    What it gives, for the strength of a check, is its first mean.
    """

    __slots__ = ()
    kind = "divisor"
    result = Kind.MEAN

    @property
    def inputs(self) -> tuple[Figures, ...]:
        """The totals that are divided."""
        return (self.wholes,)

    def results(self, rule: Rule) -> Interval:
        """Return the interval that spans the divisors, which need not be whole, that give every mean."""
        return reduce(Interval.__and__, (ratio(total, mean) for total, mean in self.means(rule)), POSITIVE)

    def numbers(self, rule: Rule) -> tuple[int, ...] | None:
        """Return every whole number that gives all means; None if they are too many to try."""
        return _numbers(self, rule)

    def fits(self, rule: Rule) -> bool:
        """Return whether some whole number gives all means."""
        return bool(self.numbers(rule))

    def trial(self, rule: Rule) -> Callable[[Interval], bool]:
        """Return the question whether some whole number divides the first total into an interval."""
        return partial(has_ratio, self._first(rule), _FROM_ONE)

    def spans(self, rule: Rule, within: Interval, most: int) -> Iterable[Interval]:
        """Return what each whole number makes of the first total, or `within` where these are too many."""
        total = self._first(rule)
        numbers = ratio(total, within) & _FROM_ONE
        # Large means leave few divisors, and most values between their results; small means leave many.
        if not numbers.is_bounded or size(numbers.numbers()) >= most:
            return (within,)
        return (ratio(total, Interval.point(number)) for number in numbers.numbers())

    def impossible(self) -> Impossible | None:
        """Return why no admissible numbers can stand in the relation; also where any divisor does."""
        found = super().impossible()
        if found or not self.is_testable or None not in [self.numbers(rule) for rule in Rule]:
            return found
        fault = Fault.of(
            "means that leave the divisor open", f"at most {MOST_TRIED} candidates", "printed_key"
        )
        return Impossible(Reason.DIVISOR_OPEN, fault)

    def _first(self, rule: Rule) -> Interval:
        return _total(self.wholes[:1], rule)

    def means(self, rule: Rule) -> Iterator[tuple[Interval, Interval]]:
        """Yield what each total admits, with what its printed mean admits."""
        for total, mean in zip(self.wholes, self.printed, strict=True):
            yield _total((total,), rule), rounding_interval(mean.reading, rule)

    def _refuse_figures(self) -> None:
        if self.parts:
            found = f"{len(self.parts)} parts"
            raise Fault.of(found, "none: the totals of a divisor are its wholes", "part_key")
        if self.printed and self.wholes and len(self.printed) != len(self.wholes):
            found = f"{len(self.printed)} printed means and {len(self.wholes)} totals"
            raise Fault.of(found, "one total for each mean", "whole_key")
        self._refuse_results()


@lru_cache(maxsize=1 << 8)
def _numbers(divisor: Divisor, rule: Rule) -> tuple[int, ...] | None:
    candidates = divisor.results(rule) & _FROM_ONE
    means = list(divisor.means(rule))
    if not candidates.is_bounded or size(candidates.numbers()) * len(means) > MOST_TRIED:
        return None
    return tuple(
        number
        for number in candidates.numbers()
        if all(has_ratio(total, Interval.point(number), mean) for total, mean in means)
    )


_FROM_ONE = POSITIVE & WHOLE_NUMBERS
RELATIONS: Mapping[str, type[Relation]] = {each.kind: each for each in (Share, Mean, Sum, Change, Divisor)}


def kind_of(reading: Reading, result_of: str = "") -> Kind:
    """Return the kind that a printed number has: that of the result that it is, else the first of its words.

    `result_of` is the kind of the relation that it results from; a sum keeps the kind of its words.

    >>> from asprinted import read
    >>> [kind_of(read("669件"), named).value for named in ("", "mean", "sum")]
    ['count', 'mean', 'count']
    """
    return RELATIONS.get(result_of, Sum).result or next(iter(kinds(reading)), Kind.MEAN)


def relation(
    kind: str,
    id: str,
    printed: Figures,
    parts: Figures,
    wholes: Figures,
    space: tuple[Fraction | Decimal | None, Fraction | Decimal | None] | None = None,
    direction: str = "",
) -> Relation:
    """Return the relation of a kind: `share`, `mean`, `sum`, `change` or `divisor`.

    Raises Fault for what is none; its `column` is that of a table of relations: kind, printed_key, part_key,
    whole_key, direction, space_low or space_high.

    >>> from asprinted import read
    >>> parts = tuple(Printed(read(token), "count") for token in ("8个", "96个", "8个"))
    >>> committees = relation("sum", "committees", (Printed(read("112个"), "count"),), parts, ())
    >>> committees.kind, committees.fits(Rule.NEAREST)
    ('sum', True)
    >>> relation("sum", "committees", (), parts, parts)
    Traceback (most recent call last):
    asprinted.faults.Fault: column whole_key: found 3 wholes, expected none: a sum has parts alone.
    """
    if kind not in RELATIONS:
        raise Fault.of(f"kind {quote(kind)}", f"one of {', '.join(RELATIONS)}", "kind")
    low, high = space or (None, None)
    if (low is None) != (high is None):
        column = "space_low" if low is None else "space_high"
        raise Fault.of("one end of a space", "both or none", column)
    declared = None if low is None or high is None else (Fraction(low), Fraction(high))
    made, result = RELATIONS[kind], printed[0].reading if printed else None
    if made is Share and result and result.value and result.value > 1:
        made = Multiple
    # A change in points or in its own unit (29天) is a difference, not a share of its base.
    if made is Change and result and result.dimension not in _OF_ANOTHER:
        made = Difference
    # A rise of -2.1% is a fall of 2.1%: both rules cut toward zero, or half away from it.
    if issubclass(made, Change | Difference) and result and _is_below_zero(result) and direction in _TURNED:
        printed, direction = (replace(printed[0], reading=negated(result)),), _TURNED[direction]
    return made(id, printed, parts, wholes, declared, direction)


_TURNED: Mapping[str, Direction] = {
    Direction.RISE: Direction.FALL,
    Direction.FALL: Direction.RISE,
    Direction.RISE_BY: Direction.FALL_BY,
    Direction.FALL_BY: Direction.RISE_BY,
}


def _total(summands: Figures, rule: Rule) -> Interval:
    """Return what the sum of printed numbers can be; of those not printed below zero, none lies there."""
    return reduce(add, (_within(each.admits(rule), each.reading) for each in summands))


def _within(admitted: Interval, reading: Reading) -> Interval:
    above = admitted.low is not None and admitted.low >= 0
    return admitted if above or _is_below_zero(reading) else admitted & MAGNITUDES


def _exact_total(summands: Figures) -> int | None:
    """Return the sum of counts that are printed to the unit; None where one is not, or there is none."""
    counts = [count for each in summands if (count := each.exact_count) is not None]
    return sum(counts) if counts and len(counts) == len(summands) else None
