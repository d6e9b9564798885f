"""How many judges the printed means imply: one number that no table prints divides several totals.

Nothing here is about judges alone: a divisor is implied wherever a total and the mean over it are printed.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from asprinted.exact import verdicts
from asprinted.exact.intervals import Interval, ratio
from asprinted.exact.relations import Relation, Rule, relation
from asprinted.faults import Fault, quote
from guandu.lookup import Amount, Lookup, fits, interval_of


def whole_divisor(facts: Lookup, rule: Rule | None, *keys: str) -> Amount:
    """Return the one whole number that divides each total into the mean printed for it.

    keys: a total, its mean, the next total, its mean … rule: None for nearest. Raises Fault where no whole
    number fits, or more than one: then there is no number to name.

    >>> from guandu.lookup import Tokens
    >>> facts = Tokens(
    ...     {"all": ("34765件", "count"), "each": ("669件", "mean")}
    ...     | {"done": ("21454件", "count"), "done_each": ("413件", "mean")}
    ... )
    >>> whole_divisor(facts, Rule.NEAREST, "all", "each", "done", "done_each").value
    Fraction(52, 1)
    """
    fitting = verdicts.divisors(_divided(facts, keys), rule or Rule.NEAREST)
    if len(fitting) != 1:
        raise Fault.of(f"{len(fitting)} whole numbers that fit {', '.join(keys)}", "one", "formula")
    return Amount(Fraction(fitting[0]), Interval.point(fitting[0], whole=True))


def real_divisor(facts: Lookup, rule: Rule | None, *keys: str) -> Amount:
    """Return the divisors, whole or not, that all totals and their means admit: an average headcount.

    keys and rule as for `whole_divisor`. There is no single value. Raises Fault where no divisor is left.
    """
    band = verdicts.real_divisors(_divided(facts, keys), rule or Rule.NEAREST)
    if band.is_empty:
        raise Fault.of(f"no divisor that fits {', '.join(keys)}", "one or more", "formula")
    return Amount(None, band)


def divisor_by_ratio(facts: Lookup, rule: Rule | None, total: str, proportion: str) -> Amount:
    """Return a total over the second number of a printed proportion, which is taken as a rounded mean.

    The reader of numbers reads no proportion, so its token is taken from its row. Raises Fault for a token
    that is not written as 1:499.
    """
    token = facts.row(proportion)["as_printed"]
    match = re.fullmatch(r"1[:：]([0-9]+(?:\.[0-9]+)?)", token)
    if match is None:
        raise Fault.of(f"{proportion}, {quote(token)}", 'a proportion to one, such as "1:499"', "formula")
    mean = Decimal(match[1])
    step = Fraction(Decimal(1).scaleb(int(mean.as_tuple().exponent)))
    low = Fraction(mean) if rule is Rule.TRUNCATION else Fraction(mean) - step / 2
    within = ratio(interval_of(facts, total, rule or Rule.NEAREST), Interval.between(low, low + step, "[)"))
    return Amount(facts.value(total) / Fraction(mean), within)


def means_by_divisor(facts: Lookup, numbers: Iterable[int | Fraction], *keys: str) -> list[dict[str, object]]:
    """Return what each number would make of the totals, and under which rules all printed means fit.

    keys as for `whole_divisor`; a mean stands under its own key, exactly. `fits` is both, nearest_only,
    truncation_only or neither.

    >>> from guandu.lookup import Tokens
    >>> facts = Tokens({"all": ("34765件", "count"), "each": ("669件", "mean")})
    >>> [row["fits"] for row in means_by_divisor(facts, [51, Fraction(467, 9), 52], "all", "each")]
    ['neither', 'truncation_only', 'nearest_only']
    """
    bands = [verdicts.real_divisors(_divided(facts, keys), rule) for rule in Rule]
    return [
        {
            "divisor": number,
            **{mean: facts.value(total) / number for total, mean in zip(keys[::2], keys[1::2], strict=True)},
            "fits": fits(*(number in band for band in bands)),
        }
        for number in numbers
    ]


def _divided(facts: Lookup, keys: tuple[str, ...]) -> Relation:
    """Return the relation of totals and their means; Fault where one of them is missing."""
    if not keys or len(keys) % 2:
        raise Fault.of(f"{len(keys)} keys", "a total and its mean, in pairs", "formula")
    totals, means = (tuple(map(facts.printed, side)) for side in (keys[::2], keys[1::2]))
    return relation("divisor", "divided", means, (), totals)
