"""The police: disputes in two hedged counts and a rate, and what was checked on the ground."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod

import pandas as pd

from guandu import findings, intervals
from guandu.audit import Rule
from guandu.dataset import Dataset
from guandu.intervals import Interval
from guandu.quantities.base import RULES, Quantity, cell_of, quantity, quotient, value_of
from guandu.quantities.periods import period_of
from guandu.quantities.residents import per_residents

__all__ = [
    "Pair",
    "notices_per_unit_checked",
    "persons_checked_per_resident",
    "persons_per_unit_checked",
    "police_disputes_per_1000_residents",
    "police_grid",
    "police_pairs",
    "police_rate_interval",
    "police_rate_of_rounded_counts",
    "police_unresolved",
    "police_unresolved_raw",
]

_COUNTS = ("police_disputes_resolved", "police_disputes")


def police_rate_of_rounded_counts(data: Dataset) -> Quantity:
    """Return resolved ÷ accepted with the hedges ignored (B11); never to be shown alone.

    >>> police_rate_of_rounded_counts(data).text()
    '98.2955%'
    """
    return quantity(
        "B11",
        "police_rate_of_rounded_counts",
        ("police resolution rate, hedges ignored", "公安纠纷化解率（不计“余”）"),
        _COUNTS,
        (
            "Never to be shown alone: both counts are hedged (余), so this single value is arbitrary "
            "within the interval that they allow.",
            "不得单独使用：两数均带“余”，此值仅为允许区间中的一个。",
        ),
        value=value_of(data, "police_disputes_resolved") / value_of(data, "police_disputes"),
        form="share",
    )


def police_rate_interval(data: Dataset) -> Quantity:
    """Return the resolution rates that the hedged counts allow, over whole numbers (B12).

    >>> police_rate_interval(data).text()
    '97.7456% to 98.8580%'
    """
    return quantity(
        "B12",
        "police_rate_interval",
        ("police resolution rate that the hedged counts allow", "公安纠纷化解率允许区间"),
        _COUNTS,
        (
            "A printing interval over whole counts, by this project's convention for 余; no statement of "
            "chance.",
            "按本项目对“余”的约定、以整数计算，为所载数字允许的范围，并非随机误差区间。",
        ),
        within=intervals.ratio(cell_of(data, "police_disputes_resolved"), cell_of(data, "police_disputes")),
        form="share",
    )


def police_unresolved_raw(data: Dataset) -> Quantity:
    """Return the unresolved disputes that the two hedged counts alone allow (B13).

    >>> police_unresolved_raw(data).text()
    '201 to 399 disputes'
    """
    return quantity(
        "B13",
        "police_unresolved_raw",
        ("unresolved police disputes, by the counts alone", "仅据两数的未化解纠纷"),
        _COUNTS,
        (
            "By the hedged counts alone; the printed rate narrows it.",
            "仅据两项带“余”的数字；结合载明的化解率可缩小范围。",
        ),
        unit=("disputes", "件"),
        within=cell_of(data, "police_disputes") + -cell_of(data, "police_disputes_resolved"),
        form="count",
    )


def police_unresolved(data: Dataset, rule: Rule | None = None) -> Quantity:
    """Return the unresolved disputes of all pairs of counts that print the printed rate (B14).

    rule: nearest, truncation, or None for either.

    >>> [police_unresolved(data, rule).text() for rule in (Rule.NEAREST, Rule.TRUNCATION, None)]
    ['290 to 292 disputes', '289 to 291 disputes', '289 to 292 disputes']
    """
    rules = Rule if rule is None else (rule,)
    fitting = {pair for each in rules for pair in _printing(data, each)}
    left = [whole - part for part, whole in fitting]
    every_pair = prod(intervals.size(cell_of(data, key).numbers()) for key in _COUNTS)
    return quantity(
        "B14",
        "police_unresolved",
        ("unresolved police disputes, given the printed rate", "结合载明化解率的未化解纠纷"),
        (*_COUNTS, "police_resolution_rate"),
        (
            f"If the printed rate was computed from the full counts: {findings.count(len(fitting))} of "
            f"{findings.count(every_pair)} pairs of whole numbers print it.",
            f"前提是载明化解率由完整数字算得：{every_pair}组整数中有{len(fitting)}组可得该值。",
        ),
        unit=("disputes", "件"),
        within=Interval.between(min(left), max(left), whole=True),
        form="count",
        variant=("either rule", "任一规则") if rule is None else RULES[rule],
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of whole numbers that the hedged police counts admit, and which rules print the printed rate."""

    accepted: int
    resolved: int
    nearest: bool
    truncation: bool

    def fits(self, rule: Rule | None) -> bool:
        """Whether the pair prints the printed rate under the rule, or under either where it is None."""
        return {
            Rule.NEAREST: self.nearest,
            Rule.TRUNCATION: self.truncation,
            None: self.nearest or self.truncation,
        }[rule]


def police_pairs(data: Dataset) -> tuple[Pair, ...]:
    """Return every admissible pair of police counts, by accepted, then by resolved (B14).

    >>> pairs = police_pairs(data)
    >>> len(pairs), sum(pair.nearest for pair in pairs), sum(pair.truncation for pair in pairs)
    (10000, 168, 159)
    """
    accepted, resolved = cell_of(data, "police_disputes"), cell_of(data, "police_disputes_resolved")
    printing = {rule: _printing(data, rule) for rule in Rule}
    return tuple(
        Pair(whole, part, (part, whole) in printing[Rule.NEAREST], (part, whole) in printing[Rule.TRUNCATION])
        for whole in accepted.numbers()
        for part in resolved.numbers()
    )


def police_grid(data: Dataset) -> pd.DataFrame:
    """Return the pairs as a table: accepted, resolved, unresolved, and which rules print the rate.

    `prints` is both, nearest_only, truncation_only or neither.

    >>> police_grid(data)["prints"].value_counts()["both"]
    np.int64(83)
    """
    words = {(True, True): "both", (True, False): "nearest_only", (False, True): "truncation_only"}
    return pd.DataFrame(
        [
            (
                pair.accepted,
                pair.resolved,
                pair.accepted - pair.resolved,
                words.get((pair.nearest, pair.truncation), "neither"),
            )
            for pair in police_pairs(data)
        ],
        columns=["accepted", "resolved", "unresolved", "prints"],
    )


def police_disputes_per_1000_residents(data: Dataset) -> Quantity:
    """Return the police disputes × 1,000 ÷ residents of the census (B32).

    >>> police_disputes_per_1000_residents(data).text()
    '10.9844 to 11.0461 disputes per 1,000 residents'
    """
    when = period_of(data, "police_disputes")
    hedges_ignored = per_residents(
        data,
        "B32",
        "police_disputes_per_1000_residents",
        ("police disputes per 1,000 residents", "每千常住人口公安受理排查纠纷"),
        "police_disputes",
        (
            f"For scale only; {when[0]}, with no printed end.",
            f"仅供了解规模；{when[1]}，截止时间未载。",
        ),
        factor=1000,
        unit=("disputes per 1,000 residents", "件"),
    )
    # The count is hedged, so that no single value stands for it.
    return replace(hedges_ignored, value=None)


def persons_per_unit_checked(data: Dataset) -> Quantity:
    """Return persons checked ÷ units checked, units being dwellings, shops and institutions (B28).

    >>> persons_per_unit_checked(data).text(), persons_per_unit_checked(data).interval_text()
    ('1.0461', '1.0459 to 1.0462')
    """
    household = findings.decimal(value_of(data, "K023"))
    return quotient(
        data,
        "B28",
        "persons_per_unit_checked",
        ("persons checked per unit checked", "每户排查人数"),
        ("persons_checked", "premises_checked"),
        (
            f"No household size: a family household of the city has {household} persons in the mean, and "
            "the two counts can hardly describe the same households.",
            f"并非户均人口：全市平均每个家庭户{household}人，两数不像是同一批住户。",
        ),
        extra_keys=("K023",),
        form="decimal",
    )


def persons_checked_per_resident(data: Dataset) -> Quantity:
    """Return the persons checked as a share of the census population (B29).

    >>> persons_checked_per_resident(data).text()
    '36.1485%'
    """
    return per_residents(
        data,
        "B29",
        "persons_checked_per_resident",
        ("persons checked as a share of residents", "排查人员与常住人口之比"),
        "persons_checked",
        ("No coverage: a person may be counted more than once.", "并非覆盖率，同一人可能重复计入。"),
        form="share",
    )


def notices_per_unit_checked(data: Dataset) -> Quantity:
    """Return notices served ÷ units checked (B30).

    >>> notices_per_unit_checked(data).text()
    '0.8772'
    """
    return quotient(
        data,
        "B30",
        "notices_per_unit_checked",
        ("notices served per unit checked", "每户告知人次"),
        ("notices_served", "premises_checked"),
        (
            "Different units: notices are person-times, so one person can count twice. No coverage.",
            "单位不同：告知以人次计，同一人可重复计入，并非覆盖率。",
        ),
        form="decimal",
    )


def _printing(data: Dataset, rule: Rule) -> set[tuple[int, int]]:
    """Return the pairs of resolved and accepted disputes that print the printed rate under a rule."""
    resolved, accepted = (cell_of(data, key) for key in _COUNTS)
    return set(intervals.pairs(resolved, accepted, cell_of(data, "police_resolution_rate", rule)))
