"""A court's printed numbers together: which slips of their digits every test at once would let pass.

Two counts, the rate of the one in the other, and the mean of each per judge are five tokens with one unknown,
the headcount. The rate is held against the counts, each mean against its count by one headcount, whole or an
average, and the rate against the means, of which the headcount cancels out.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from asprinted.exact import slips
from asprinted.exact.intervals import Interval, ratio
from asprinted.exact.relations import Printed, Rule, relation
from guandu.lookup import Amount, Lookup, interval_of


class Slipped(NamedTuple):
    """A slip: which number has it and what its digits become, and which tests pass all the same.

    A test passes by a rule of its own; `one_rule` and `one_rule_average` ask one rule of every test.
    """

    key: str
    digits: str
    rate: bool
    headcount: bool
    average: bool
    means: bool
    rate_means: bool
    whole_means: bool
    rate_average: bool
    all_whole: bool
    all_average: bool
    one_rule: bool
    one_rule_average: bool


def slipped(facts: Lookup, *keys: str) -> list[Slipped]:
    """Return what the tests say of every slip of a digit in one of the five numbers (`exact.slips`).

    keys: the whole, its mean, the part, its mean, and the rate of the part in the whole.

    >>> from guandu.lookup import Tokens
    >>> facts = Tokens(
    ...     {"all": ("34765件", "count"), "each": ("669件", "mean"), "done": ("21454件", "count")}
    ...     | {"done_each": ("413件", "mean"), "rate": ("61.71%", "rate")}
    ... )
    >>> table = slipped(facts, *facts.tokens)
    >>> len(table), sum(row.rate for row in table), sum(row.all_whole for row in table)
    (189, 66, 10)
    """
    return list(_slipped(tuple(map(facts.printed, keys))))


@lru_cache(maxsize=1)
def _slipped(printed: tuple[Printed, ...]) -> tuple[Slipped, ...]:
    found = []
    for at, right in enumerate(printed):
        for slip in slips.of_token(right.reading):
            tokens = (*printed[:at], replace(right, reading=slip), *printed[at + 1 :])
            found.append(Slipped._make((right.key, slip.text, *_passed(tokens))))
    return tuple(found)


def _passed(tokens: tuple[Printed, ...]) -> Iterator[bool]:
    """Yield which tests pass, in the order of `Slipped`."""
    whole, each, part, part_each, rate = tokens
    divided = relation("divisor", "headcount", (each, part_each), (), (whole, part))
    counts = relation("share", "rate", (rate,), (part,), (whole,))
    ratio_of_means = relation("share", "means", (rate,), (part_each,), (each,))
    by_rate, by_head, by_means = (
        [asked.fits(rule) for rule in Rule] for asked in (counts, divided, ratio_of_means)
    )
    by_average = [not divided.results(rule).is_empty for rule in Rule]
    one, head, average, means = map(any, (by_rate, by_head, by_average, by_means))
    yield from (one, head, average, means, one and means, head and means, one and average)
    yield from (one and head and means, one and average and means)
    for headcount in (by_head, by_average):
        yield any(map(all, zip(by_rate, headcount, by_means, strict=True)))


def count_slips(facts: Lookup, rule: Rule | None, *keys: str) -> Amount:
    """Return how many slips of a digit the five numbers of `slipped` admit; the rule is not looked at."""
    return _amount(len(slipped(facts, *keys)))


def slips_unseen(facts: Lookup, rule: Rule | None, *keys: str) -> Amount:
    """Return how many of them pass every test with one whole headcount, each by a rule of its own."""
    return _amount(sum(row.all_whole for row in slipped(facts, *keys)))


def slips_unseen_on_average(facts: Lookup, rule: Rule | None, *keys: str) -> Amount:
    """Return how many of them pass every test if the headcount may be an average."""
    return _amount(sum(row.all_average for row in slipped(facts, *keys)))


def _amount(number: int) -> Amount:
    return Amount(Fraction(number), Interval.point(number, whole=True))


class Counts(NamedTuple):
    """Two whole counts that print both means, and whether they print the rate too."""

    whole: int
    part: int
    rate: bool


def counts_by_means(facts: Lookup, headcount: int, rule: Rule, *keys: str) -> list[Counts]:
    """Return every pair of whole counts that a headcount divides into the printed means, under a rule.

    keys: the mean of the whole, that of the part, the rate.

    >>> from guandu.lookup import Tokens
    >>> facts = Tokens({"each": ("669件", "mean"), "done": ("413件", "mean"), "rate": ("61.71%", "rate")})
    >>> table = counts_by_means(facts, 52, Rule.NEAREST, *facts.tokens)
    >>> len(table), sum(pair.rate for pair in table)
    (2704, 181)
    """
    *means, rate = (interval_of(facts, key, rule) for key in keys)
    wholes, parts = (ratio(mean, Interval.point(Fraction(1, headcount))).numbers() for mean in means)
    return [Counts(whole, part, Fraction(part, whole) in rate) for whole in wholes for part in parts]


def together(facts: Lookup, headcount: int, *keys: str) -> dict[str, int]:
    """Return what the tests leave of the slips, and of the counts that a headcount admits, each by its name.

    keys as for `slipped`; rounded to the nearest. A count's key with _min and _max: what its slips that pass
    every test are read as, from and to.
    """
    table, (whole, each, part, part_each, rate) = slipped(facts, *keys), keys
    told = {test: sum(getattr(row, test) for row in table) for test in Slipped._fields[2:]}
    for key in (whole, part):
        passing = [int(row.digits) for row in table if row.key == key and row.all_whole]
        told |= {f"{key}_min": min(passing), f"{key}_max": max(passing)}
    apart = [row for row in table if row.key != rate]
    told |= {
        "token_slips": len(apart),
        "blind": sum(row.rate for row in table if row.key in (each, part_each)),
    }
    told |= {"token_slips_whole": sum(not row.headcount for row in apart)}
    told |= {"token_slips_average": sum(not row.average for row in apart)}
    return told | {"premise": told["all_average"] - told["all_whole"]} | _back(facts, headcount, *keys)


def _back(facts: Lookup, headcount: int, *keys: str) -> dict[str, int]:
    whole, each, part, part_each, rate = keys
    table = counts_by_means(facts, headcount, Rule.NEAREST, each, part_each, rate)
    sides = {"accepted": [row.whole for row in table], "concluded": [row.part for row in table]}
    kept = [row for row in table if row.rate]
    beside = {
        "beside_accepted": [row.part for row in kept if row.whole == facts.value(whole)],
        "beside_concluded": [row.whole for row in kept if row.part == facts.value(part)],
    }
    told = {f"{name}_from": min(numbers) for name, numbers in sides.items()} | {
        f"{name}_to": max(numbers) for name, numbers in sides.items()
    }
    told |= {f"{name}_min": min(numbers) for name, numbers in beside.items()} | {
        f"{name}_max": max(numbers) for name, numbers in beside.items()
    }
    return told | {"back": len(table), "kept": len(kept)}
