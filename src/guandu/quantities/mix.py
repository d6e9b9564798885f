"""The mix fallacy: pooled, four rates that answer four questions give whatever the weights give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add

from guandu import intervals
from guandu.dataset import Dataset
from guandu.intervals import Interval
from guandu.quantities.base import NO_TEXT, Quantity, cell_of, quantity, value_of

__all__ = [
    "SCHEMES",
    "Scheme",
    "equally_weighted_rate",
    "pooled_rate",
    "pooled_share",
    "scheme_weights",
]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One of the four rates: its relation, the counts it divides, and what is not in its numerator."""

    id: str
    part: str
    whole: str
    rest_en: str
    rest_zh: str


SCHEMES: tuple[Scheme, ...] = (
    Scheme("closing_rate", "cases_concluded", "cases_accepted", "open", "未结"),
    Scheme(
        "court_mediation", "cases_mediated", "cases_transferred", "not reported as settled", "未载明调解成功"
    ),
    Scheme("police_resolution", "police_disputes_resolved", "police_disputes", "unresolved", "未化解"),
    Scheme("peoples_mediation", "mediation_settled", "mediation_disputes", "unsettled", "未调解成功"),
)
"""The four rates in the article's order, which is the only order they may have."""

_KEYS = tuple(key for scheme in SCHEMES for key in (scheme.part, scheme.whole))
_CAVEAT = (
    "Only to show the mix fallacy: the four rates answer four questions, and the pooled value mirrors the "
    "weights.",
    "仅用以说明权重变动对合并值的影响：四项比率口径各异，合并值只反映权重。",
)


def pooled_share(data: Dataset, times: Mapping[str, Fraction | int] | None = None) -> Fraction:
    """Return the pooled rate of the four schemes, with some of them taken `times` as often.

    It demonstrates the mix fallacy and nothing else: no body's rate changes, and the pooled one does.

    >>> findings.percent(pooled_share(data))
    '62.86%'
    >>> findings.percent(pooled_share(data, {"police_resolution": 2}))
    '70.04%'
    """
    weights = {scheme.id: Fraction(1) for scheme in SCHEMES} | dict(times or {})
    parts = sum(weights[scheme.id] * value_of(data, scheme.part) for scheme in SCHEMES)
    wholes = sum(weights[scheme.id] * value_of(data, scheme.whole) for scheme in SCHEMES)
    return Fraction(parts) / wholes


def scheme_weights(data: Dataset) -> dict[str, Fraction]:
    """Return each scheme's share of the pooled denominator.

    >>> [findings.percent(weight) for weight in scheme_weights(data).values()]
    ['50.14%', '23.34%', '25.39%', '1.13%']
    """
    total = sum(value_of(data, scheme.whole) for scheme in SCHEMES)
    return {scheme.id: value_of(data, scheme.whole) / total for scheme in SCHEMES}


def pooled_rate(data: Dataset) -> Quantity:
    """Return all numerators ÷ all denominators of the four rates (B35).

    >>> pooled_rate(data).text(), pooled_rate(data).interval_text()
    ('62.8611%', '62.7715% to 63.0039%')
    """
    parts = reduce(add, (cell_of(data, scheme.part) for scheme in SCHEMES))
    wholes = reduce(add, (cell_of(data, scheme.whole) for scheme in SCHEMES))
    return quantity(
        "B35",
        "pooled_rate",
        ("pooled rate of the four schemes", "四项合并比率"),
        _KEYS,
        _CAVEAT,
        value=pooled_share(data),
        within=intervals.ratio(parts, wholes),
        form="share",
    )


def equally_weighted_rate(data: Dataset, *, printed: bool = False) -> Quantity:
    """Return the plain mean of the four rates (B36); printed: with the police rate as printed.

    >>> equally_weighted_rate(data).text(), equally_weighted_rate(data).interval_text()
    ('71.1869%', '71.0494% to 71.3275%')
    >>> equally_weighted_rate(data, printed=True).text()
    '71.2005%'
    """
    rates = {scheme.id: value_of(data, scheme.part) / value_of(data, scheme.whole) for scheme in SCHEMES}
    equal = Fraction(1, len(SCHEMES))
    if printed:
        rates["police_resolution"] = value_of(data, "police_resolution_rate")
    shares = (intervals.ratio(cell_of(data, scheme.part), cell_of(data, scheme.whole)) for scheme in SCHEMES)
    return quantity(
        "B36",
        "equally_weighted_rate",
        ("mean of the four rates, equal weights", "四项等权平均"),
        (*_KEYS, "police_resolution_rate") if printed else _KEYS,
        _CAVEAT,
        value=equal * sum(rates.values()),
        within=None if printed else intervals.product(reduce(add, shares), Interval.point(equal)),
        form="share",
        variant=("with the printed police rate", "公安用载明化解率") if printed else NO_TEXT,
    )
