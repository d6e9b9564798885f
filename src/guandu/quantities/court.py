"""The court: its closing rate, its open cases, and its pace."""

from __future__ import annotations

from guandu.dataset import Dataset
from guandu.quantities.base import (
    Quantity,
    Text,
    as_share,
    difference,
    known,
    quantity,
    quotient,
    value_of,
)
from guandu.quantities.periods import CutOff, cut_off_keys, days, last_day_of, period_of, until

__all__ = [
    "accepted_per_day",
    "closing_rate_recomputed",
    "concluded_per_day",
    "disposition_time",
    "pending",
    "pending_share",
]


def closing_rate_recomputed(data: Dataset) -> Quantity:
    """Return the closing rate that the two printed counts give: concluded ÷ accepted (B01).

    >>> closing_rate_recomputed(data).text()
    '61.7115%'
    """
    return quotient(
        data,
        "B01",
        "closing_rate_recomputed",
        ("closing rate, recomputed", "结案率（复算）"),
        ("cases_concluded", "cases_accepted"),
        (
            "The share closed so far, not a success rate; such a rate climbs until December. That figures "
            "agree does not make them true.",
            "系截至统计时点的已结比例，并非成功率，年内逐月上升；数字相符不等于属实。",
        ),
    )


def pending(data: Dataset) -> Quantity:
    """Return the cases open at the last day: accepted minus concluded (B02), at least.

    >>> pending(data).text()
    '13,311 cases'
    """
    months, finer = period_of(data, "cases_accepted"), last_day_of(data, "K001")
    return difference(
        data,
        "B02",
        "pending",
        ("cases open on the last day", "期末未结案件"),
        ("cases_accepted", "cases_concluded"),
        (
            "At least so many. Exact only if the accepted cases include those carried over (旧存); if "
            "they are new filings alone, the carry-over comes on top. The article names "
            f"{months[0]}; another publication prints the same counts up to {finer[0]}.",
            "系下限。受理数含旧存时为准确数；若仅为新收，尚须加旧存。"
            f"文中载明{months[1]}；另一报道载同一数字截至{finer[1]}。",
        ),
        ("cases", "件"),
    )


def pending_share(data: Dataset) -> Quantity:
    """Return the open cases as a share of the accepted ones: 1 minus the closing rate (B02).

    >>> pending_share(data).text()
    '38.2885%'
    """
    title = "open cases as a share of accepted ones", "未结案件占受理案件比例"
    return as_share(pending(data), value_of(data, "cases_accepted"), "pending_share", title)


def disposition_time(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return the disposition time: open cases ÷ concluded cases × days of the period, in days (B03, B04).

    Source of the formula: CEPEJ, the European Commission for the Efficiency of Justice, which uses 365 days
    for a full year; here the days are those of the period. B04 ends on the finer date and leads, B03 on the
    coarser.

    >>> disposition_time(data).text(), disposition_time(data, CutOff.COARSER).text()
    ('164.42 days', '169.38 days')
    """
    return quantity(
        "B04" if cut_off is CutOff.FINER else "B03",
        "disposition_time",
        ("disposition time", "未结案件折合结案天数"),
        ("cases_accepted", "cases_concluded", *cut_off_keys(cut_off)),
        (
            "A stock divided by a flow: how many days of closings at this pace the open cases equal, at "
            "least. Not the mean age or length of a case. More if the accepted cases are new filings "
            "alone; and closings are not spread evenly over a year.",
            "系存量与流量之比，即按同期结案速度须结多少天，为下限，并非案件平均审理天数；受理数若仅为新收则更长，"
            "且全年结案并不均匀。",
        ),
        unit=("days", "天"),
        value=days(data, cut_off) * known(pending(data).value) / value_of(data, "cases_concluded"),
        variant=until(data, cut_off),
        places=2,
    )


def accepted_per_day(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return the accepted cases a calendar day of the period (B05).

    >>> accepted_per_day(data).text(places=4)
    '131.1887 cases per day'
    """
    return _per_day(
        data,
        cut_off,
        "B05",
        "accepted_per_day",
        ("cases accepted per calendar day", "日均受理案件"),
        "cases_accepted",
        (
            "For scale only. Not a flow if the accepted cases include those carried over.",
            "仅供了解规模；受理数若含旧存，则非当期流量。",
        ),
    )


def concluded_per_day(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return the concluded cases a calendar day of the period (B06).

    >>> concluded_per_day(data).text(places=4)
    '80.9585 cases per day'
    """
    return _per_day(
        data,
        cut_off,
        "B06",
        "concluded_per_day",
        ("cases concluded per calendar day", "日均审执结案件"),
        "cases_concluded",
        (
            "A mean of the period; closings are not spread evenly over a year, so it must not be stretched "
            "to one.",
            "系期内均值；全年结案并不均匀，不得据以推算全年。",
        ),
    )


def _per_day(
    data: Dataset, cut_off: CutOff, ref: str, name: str, title: Text, key: str, caveat: Text
) -> Quantity:
    return quantity(
        ref,
        name,
        title,
        (key, *cut_off_keys(cut_off)),
        caveat,
        value=value_of(data, key) / days(data, cut_off),
        unit=("cases per day", "件/天"),
        places=2,
        variant=until(data, cut_off),
    )
