"""People's mediation: disputes settled, and mediators, organisations and money beside them."""

from __future__ import annotations

from guandu import intervals
from guandu.audit import Rule
from guandu.dataset import Dataset
from guandu.intervals import Interval
from guandu.quantities.base import (
    NO_TEXT,
    RULES,
    Quantity,
    Text,
    as_share,
    cell_of,
    difference,
    quantity,
    quotient,
    value_of,
)
from guandu.quantities.residents import per_residents

__all__ = [
    "amount_per_dispute",
    "disputes_per_1000_residents",
    "disputes_per_mediator",
    "disputes_per_organisation",
    "mediators_per_10000_residents",
    "mediators_per_organisation",
    "parties_per_dispute",
    "peoples_mediation_rate",
    "peoples_mediation_unsettled",
    "peoples_mediation_unsettled_share",
]

_COMMITTEES = ("subdistrict_committees", "community_committees")
_PROFESSIONAL = "professional_organisations"


def peoples_mediation_rate(data: Dataset) -> Quantity:
    """Return the disputes settled as a share of the disputes accepted (B15).

    >>> peoples_mediation_rate(data).text()
    '99.7452%'
    """
    return quotient(
        data,
        "B15",
        "peoples_mediation_rate",
        ("people's mediation, disputes settled as a share of those accepted", "人民调解成功率（复算）"),
        ("mediation_settled", "mediation_disputes"),
        (
            "The start of the period is not printed; how long a settlement lasts is not said.",
            "起始时间未载；协议履行情况未载。",
        ),
    )


def peoples_mediation_unsettled(data: Dataset) -> Quantity:
    """Return the disputes that were not settled (B16).

    >>> peoples_mediation_unsettled(data).text()
    '2 disputes'
    """
    return difference(
        data,
        "B16",
        "peoples_mediation_unsettled",
        ("people's mediation, disputes not settled", "人民调解未成功纠纷"),
        ("mediation_disputes", "mediation_settled"),
        (
            "So few that one dispute more or less moves the share by a visible step; some may be pending.",
            "数量极少，增减一件即影响比率；其中可能有尚在调解的。",
        ),
        ("disputes", "件"),
    )


def peoples_mediation_unsettled_share(data: Dataset) -> Quantity:
    """Return the disputes not settled as a share of those accepted (B16).

    >>> peoples_mediation_unsettled_share(data).text()
    '0.2548%'
    """
    return as_share(
        peoples_mediation_unsettled(data),
        value_of(data, "mediation_disputes"),
        "peoples_mediation_unsettled_share",
        ("people's mediation, disputes not settled as a share", "人民调解未成功纠纷占比"),
    )


def disputes_per_1000_residents(data: Dataset) -> Quantity:
    """Return the disputes of people's mediation × 1,000 ÷ residents of the census (B17).

    low, high: with the article's hedged number of residents instead of the census.

    >>> disputes_per_1000_residents(data).text(), disputes_per_1000_residents(data).interval_text()
    ('0.4899 disputes per 1,000 residents', '0.4618 to 0.4906 disputes per 1,000 residents')
    """
    disputes = "mediation_disputes"
    by_article = intervals.ratio(cell_of(data, disputes), cell_of(data, "resident_population"))
    return per_residents(
        data,
        "B17",
        "disputes_per_1000_residents",
        ("disputes of people's mediation per 1,000 residents", "每千常住人口人民调解受理纠纷"),
        disputes,
        ("The period is not printed, part of a year at most.", "统计时段未载，至多为当年部分时间。"),
        factor=1000,
        within=intervals.product(by_article, Interval.point(1000)),
        extra_keys=("resident_population",),
        unit=("disputes per 1,000 residents", "件"),
    )


def parties_per_dispute(data: Dataset) -> Quantity:
    """Return the parties involved ÷ disputes accepted (B20).

    >>> parties_per_dispute(data).text()
    '1.6968 persons per dispute'
    """
    return quotient(
        data,
        "B20",
        "parties_per_dispute",
        ("parties per dispute", "每件纠纷涉及当事人"),
        ("parties_involved", "mediation_disputes"),
        (
            "Fewer than two to a dispute: firms and bodies are not counted as persons, or a person counts "
            "once across disputes.",
            "每件不足两人：单位可能未计入人数，或同一人只计一次。",
        ),
        unit=("persons per dispute", "人/件"),
        form="decimal",
    )


def amount_per_dispute(data: Dataset, rule: Rule = Rule.NEAREST) -> Quantity:
    """Return the amount involved ÷ disputes accepted, in yuan (B21); low, high: by the rule of rounding.

    >>> amount_per_dispute(data).text()
    '20,624.20 yuan per dispute'
    >>> amount_per_dispute(data, Rule.TRUNCATION).interval_text()
    '20,624.20 to below 20,636.94 yuan per dispute'
    """
    return quotient(
        data,
        "B21",
        "amount_per_dispute",
        ("amount involved per dispute", "每件纠纷涉及金额"),
        ("amount_involved", "mediation_disputes"),
        (
            "A mean of a distribution that is not known and surely skewed; no typical dispute.",
            "系均值，金额分布未知且必然偏斜，不代表一般纠纷。",
        ),
        unit=("yuan per dispute", "元/件"),
        form="decimal",
        places=2,
        rule=rule,
        variant=RULES[rule],
    )


def mediators_per_organisation(data: Dataset, *, professional: bool = True) -> Quantity:
    """Return the mediators ÷ committees and organisations (B22), with or without the professional ones.

    >>> mediators_per_organisation(data).text()
    '5.9554 mediators per organisation'
    >>> mediators_per_organisation(data, professional=False).text()
    '6.4135 mediators per organisation'
    """
    return _per_organisation(
        data,
        "B22",
        "mediators_per_organisation",
        ("mediators per organisation", "每个调解组织调解员"),
        "mediators",
        (
            "A mean; which mediator belongs to which organisation is not printed.",
            "系均值；调解员在各组织的分布未载。",
        ),
        unit=("mediators per organisation", "名"),
        professional=professional,
    )


def disputes_per_mediator(data: Dataset) -> Quantity:
    """Return the disputes accepted ÷ mediators (B23).

    >>> disputes_per_mediator(data).text()
    '1.1769 disputes per mediator'
    """
    return quotient(
        data,
        "B23",
        "disputes_per_mediator",
        ("disputes per mediator", "每名调解员受理纠纷"),
        ("mediation_disputes", "mediators"),
        (
            "Of this year to date; a part of a year must not be set against a whole one without saying so.",
            "系当年截至统计时点数，与全年数并列须加说明。",
        ),
        unit=("disputes per mediator", "件"),
        form="decimal",
    )


def disputes_per_organisation(data: Dataset) -> Quantity:
    """Return the disputes accepted ÷ committees and organisations (B24).

    >>> disputes_per_organisation(data).text()
    '7.0089 disputes per organisation'
    """
    return _per_organisation(
        data,
        "B24",
        "disputes_per_organisation",
        ("disputes per organisation", "每个调解组织受理纠纷"),
        "mediation_disputes",
        (
            "Of this year to date, and a mean; how the disputes are spread is not printed.",
            "系当年截至统计时点的均值；纠纷分布未载。",
        ),
        unit=("disputes per organisation", "件"),
    )


def mediators_per_10000_residents(data: Dataset) -> Quantity:
    """Return the mediators × 10,000 ÷ residents of the census (B25).

    >>> mediators_per_10000_residents(data).text()
    '4.1628 mediators per 10,000 residents'
    """
    return per_residents(
        data,
        "B25",
        "mediators_per_10000_residents",
        ("mediators per 10,000 residents", "每万常住人口人民调解员"),
        "mediators",
        ("Who counts as a mediator differs from place to place.", "各地调解员统计口径不一。"),
        factor=10000,
        unit=("mediators per 10,000 residents", "名"),
    )


def _per_organisation(
    data: Dataset,
    ref: str,
    name: str,
    title: Text,
    key: str,
    caveat: Text,
    *,
    unit: Text,
    professional: bool = True,
) -> Quantity:
    """Return a count over the committees and organisations, with or without the professional ones."""
    keys = (*_COMMITTEES, _PROFESSIONAL) if professional else _COMMITTEES
    return quantity(
        ref,
        name,
        title,
        (key, *keys),
        caveat,
        value=value_of(data, key) / sum(value_of(data, each) for each in keys),
        unit=unit,
        variant=NO_TEXT if professional else ("without professional organisations", "不含专业性行业性组织"),
    )
