"""Figures printed elsewhere that may be set beside the article's, each list in a fixed order, none sorted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from guandu import intervals
from guandu.dataset import Dataset
from guandu.quantities.base import Quantity, cell_of, ends, quotient, value_of
from guandu.quantities.comparison import Comparison, comparison

__all__ = [
    "HEDONG_FILED",
    "TwoRates",
    "camera_counts",
    "caseload_ratio_to",
    "caseloads",
    "closing_and_clearance",
    "closing_rates",
    "disputes_per_1000_residents_elsewhere",
    "disputes_per_mediator_elsewhere",
    "full_year_closing_rates",
    "hedong_filed",
    "mediation_shares",
    "mediators_per_10000_residents_elsewhere",
    "peoples_mediation_rates",
    "proposals",
    "resolution_rates",
    "robbery_falls",
]

HEDONG_FILED = ("K151", "K152", "K153", "K154", "K155", "K156")
"""The cases newly filed at the Hedong court, by type."""


def closing_rates(data: Dataset) -> tuple[Comparison, ...]:
    """Return the closing rates that may be set by the day of the year, one court or group a point.

    They are never sorted by size: the order is that of the latest day on which the count may have ended,
    whole years last. Two printed dates give two days.

    >>> [(point.dated(), point.days) for point in closing_rates(data) if len(point.days) == 2]
    [('Guandu, 22 or 30 September 2021', (265, 273)), ('Hedong, 20 or 30 September 2014', (263, 273))]
    """
    row = partial(comparison, data)
    points = (
        row(rate="K092"),
        row("K090", "K088", "K091"),
        row("K086", "K085", "K087"),
        row("K082", "K081", "K083"),
        row("K050", "K049", "K051"),
        row("K005", "K004"),
        row("cases_concluded", "cases_accepted", "closing_rate", other_end="K001"),
        row("K079", "K078", other_end="K080"),
        row(rate="K047"),
        row(rate="K048"),
        row("K040", "K039"),
        row("K030", "K029", "K065"),
        row("K032", "K031"),
        row("K034", "K033"),
        row("K007", "K006", "K008"),
    )
    return tuple(replace(point, definition_en="closing rate", definition_zh="结案率") for point in points)


def full_year_closing_rates(data: Dataset) -> tuple[Comparison, ...]:
    """Return closing rates of whole years beside the court's 2017: China's local courts, all courts.

    >>> [(row.label(), findings.percent(row.value)) for row in full_year_closing_rates(data)]
    [('Guandu, 2017', '76.97%'), ('China, 2016', '85.85%'), ('China, 2018', '89.89%')]
    """
    return (
        comparison(data, "K007", "K006", "K008"),
        comparison(data, "K059", "K058"),
        comparison(data, "K026", "K025"),
    )


@dataclass(frozen=True, slots=True)
class TwoRates:
    """The closing rate and the clearance rate (concluded ÷ newly filed) of one court in one period."""

    closing: Comparison
    clearance: Comparison


def closing_and_clearance(data: Dataset) -> tuple[TwoRates, ...]:
    """Return the courts for which both rates can be had: the two words do not mean the same number.

    >>> for both in closing_and_clearance(data):
    ...     rates = [findings.percent(rate.value) for rate in (both.closing, both.clearance)]
    ...     print(both.closing.label(), *rates)
    Guangzhou, 2019 88.88% 98.07%
    China, January to September 2016 68.17% 81.91%
    Hedong, January to September 2014 74.10% 87.43%
    Dinghu, 2017 96.06% 110.98%
    """
    guangzhou = comparison(data, rate="K070")
    hedong = comparison(data, "K079", "K078")
    filed = hedong_filed(data)
    return (
        TwoRates(guangzhou, comparison(data, "K068", "K067")),
        TwoRates(comparison(data, rate="K047"), comparison(data, "K046", "K045")),
        TwoRates(
            hedong,
            replace(
                hedong,
                definition_en="cases concluded ÷ cases newly filed, by type",
                definition_zh="审执结÷各类新收合计",
                value=value_of(data, "K079") / filed,
                low=None,
                high=None,
                keys=("K079", *HEDONG_FILED),
            ),
        ),
        TwoRates(comparison(data, "K100", "K099", "K102"), comparison(data, rate="K101")),
    )


def caseloads(data: Dataset) -> tuple[Comparison, ...]:
    """Return printed cases per judge, the article's two first; months, year and word stand in the labels.

    >>> row = caseloads(data)[2]
    >>> row.label(), row.definition(), findings.count(row.value)
    ('China, 1 January to 15 November 2021', 'cases accepted per quota judge', '240')
    """
    keys = (
        "accepted_per_judge",
        "concluded_per_judge",
        "K043",
        "K044",
        "K037",
        "K064",
        "K009",
        "K071",
        "K107",
    )
    return tuple(comparison(data, rate=key) for key in keys)


def caseload_ratio_to(data: Dataset, key: str) -> Quantity:
    """Return the court's printed closings per judge over another printed figure per judge.

    key: K044, K037, K064 or K009; for K043, cases accepted, the court's accepted cases per judge are taken.

    >>> [caseload_ratio_to(data, key).text(places=4) for key in ("K044", "K037", "K064", "K009", "K043")]
    ['2.1968 times', '1.5073 times', '1.1569 times', '1.0546 times', '2.7875 times']
    """
    other = comparison(data, rate=key)
    own = "accepted_per_judge" if key == "K043" else "concluded_per_judge"
    return quotient(
        data,
        "",
        "caseload_ratio_to",
        (
            f"cases per judge, to {other.label()} ({other.definition()})",
            f"法官人均案件，与{other.label('zh')}{other.definition('zh')}之比",
        ),
        (own, key),
        (
            "The periods differ in length and must be named; other courts count and weigh cases differently.",
            "统计时段长短不一，须注明；各地案件口径、难度不同。",
        ),
        form="times",
    )


def mediation_shares(data: Dataset) -> tuple[Comparison, ...]:
    """Return courts' mediation shares, the article's first, each with its own definition, unsorted.

    >>> [(row.label(), findings.percent(row.value)) for row in mediation_shares(data)][:3:2]
    [('Guandu, since 2020', '25.00%'), ('Funing, January to August 2021', '36.16%')]
    """
    row = partial(comparison, data)
    return (
        row("cases_mediated", "cases_transferred"),
        row("K175", "K174"),
        row("K114", "K113", "K115"),
        row("K172", "K171", "K173"),
        row("K063", "K062"),
        row("K112", "K111"),
        row("K169", "K168", "K170"),
        row(rate="K167"),
    )


def peoples_mediation_rates(data: Dataset) -> tuple[Comparison, ...]:
    """Return rates of people's mediation, the article's first, Guandu's own later one last; never sorted.

    >>> [findings.percent(row.value) for row in peoples_mediation_rates(data) if row.value][-1]
    '80.02%'
    """
    row = partial(comparison, data)
    return (
        row("mediation_settled", "mediation_disputes", "mediation_success_rate"),
        row("K177", "K176"),
        row(rate="K162"),
        row("K160", "K159", "K161"),
        row("K120", "K119", "K121"),
        row("K124", "K123", "K125"),
        row("K164", "K163", "K165"),
        row(rate="K129"),
        row("K016", "K015"),
    )


def resolution_rates(data: Dataset) -> tuple[Comparison, ...]:
    """Return examples of the term 化解率, the article's first; no ranking, since the term has no standard.

    >>> [(row.label(), row.printed) for row in resolution_rates(data)][1]
    ('Dehong, 2024', '97.8%')
    """
    return (
        comparison(data, rate="police_resolution_rate"),
        comparison(data, rate="K141"),
        comparison(data, "K135", "K134", "K136"),
    )


def robbery_falls(data: Dataset) -> tuple[Comparison, ...]:
    """Return printed falls of robbery and snatching, to be compared as to sign alone; positive means a fall.

    >>> [findings.percent(row.value, 1) for row in robbery_falls(data)]
    ['39.8%', '52.5%']
    """
    return comparison(data, rate="robbery_snatching_fall"), comparison(data, rate="K138")


def proposals(data: Dataset) -> tuple[Comparison, ...]:
    """Return counts of pre-litigation proposals, for scale alone: periods and fields differ.

    >>> [(row.label(), findings.count(row.value)) for row in proposals(data)][1]
    ('Anning, 1 July 2015 to 15 October 2019', '154')
    """
    return comparison(data, rate="prelitigation_proposals"), comparison(data, rate="K148")


def camera_counts(data: Dataset) -> tuple[Comparison, ...]:
    """Return two counts of cameras of one other city, which can differ many times over.

    >>> built, networked = camera_counts(data)
    >>> findings.times(built.value / networked.value, 1)
    '13.8 times'
    """
    return comparison(data, rate="K142"), comparison(data, rate="K143")


def disputes_per_mediator_elsewhere(data: Dataset) -> tuple[Comparison, ...]:
    """Return disputes ÷ mediators elsewhere; China's second value leaves out disputes settled on referral.

    >>> [findings.decimal(row.value) for row in disputes_per_mediator_elsewhere(data)]
    ['4.70', '2.58', '0.65', '1.62']
    """
    china = comparison(data, "K130", "K132")
    return (
        china,
        _less_referred(data, china, "K132"),
        comparison(data, "K119", "K122"),
        comparison(data, "K123", "K126"),
    )


def disputes_per_1000_residents_elsewhere(data: Dataset) -> tuple[Comparison, ...]:
    """Return disputes × 1,000 ÷ residents elsewhere: China 2022 twice, and the district since 2023.

    China's second value leaves out disputes settled on referral from courts.

    >>> [findings.decimal(row.value) for row in disputes_per_1000_residents_elsewhere(data)]
    ['10.58', '5.80', '1.69']
    """
    china = comparison(data, "K130", "K024")
    rows = china, _less_referred(data, china, "K024"), comparison(data, "K015", "K014")
    return tuple(row.times(1000, "× 1,000", "×1000") for row in rows)


def mediators_per_10000_residents_elsewhere(data: Dataset) -> Comparison:
    """Return China's people's mediators × 10,000 ÷ residents.

    >>> findings.decimal(mediators_per_10000_residents_elsewhere(data).value, 4)
    '22.4964'
    """
    return comparison(data, "K132", "K024").times(10000, "× 10,000", "×10000")


def hedong_filed(data: Dataset) -> Fraction:
    """Return the cases newly filed at the Hedong court, which prints them by type.

    >>> hedong_filed(data)
    Fraction(8027, 1)
    """
    return Fraction(sum(value_of(data, key) for key in HEDONG_FILED))


def _less_referred(data: Dataset, china: Comparison, whole: str) -> Comparison:
    """Return China's disputes over another number, without those that courts referred and settled."""
    own = cell_of(data, "K130") + -cell_of(data, "K131")
    low, high, bounds = ends(intervals.ratio(own, cell_of(data, whole)))
    return replace(
        china,
        definition_en=f"{china.definition_en}, without disputes settled on referral from courts",
        definition_zh=f"{china.definition_zh}（不含法院委派委托调解成功）",
        value=(value_of(data, "K130") - value_of(data, "K131")) / value_of(data, whole),
        low=low,
        high=high,
        bounds=bounds,
        keys=(*china.keys, "K131"),
    )
