"""Other years: the same court before, and what the courts of China did at the end of a year."""

from __future__ import annotations

from guandu.dataset import Dataset
from guandu.quantities.base import Quantity, Text, known, quantity, quotient, value_of
from guandu.quantities.court import closing_rate_recomputed
from guandu.quantities.periods import CutOff, cut_off_keys, days, last_day_of, length, period_of, until

__all__ = [
    "accepted_per_day_since_2020",
    "accepted_since_2017",
    "accepted_since_2020",
    "concluded_per_day_since_2020",
    "level_of_china_2016",
    "level_since_2020",
    "year_end_pace",
    "year_end_share",
]

_SURGE = (
    "All courts. It shows why no figure of nine months may be stretched to a year.",
    "系全国法院；说明前九个月数据不可推算全年。",
)


def level_since_2020(data: Dataset) -> Quantity:
    """Return how far the court's closing rate of 31 August 2020 lay above that of 2021, as a share.

    >>> level_since_2020(data).text()
    '0.24 percentage points'
    """
    return quantity(
        "",
        "level_since_2020",
        (
            f"closing rate of {last_day_of(data, 'K005')[0]} above that of the article",
            f"{last_day_of(data, 'K005')[1]}结案率高于文中结案率",
        ),
        ("K004", "K005", "cases_accepted", "cases_concluded"),
        (
            "The earlier count ended earlier in its year, and such a rate rises through the year; the "
            "carry-over of both years is unknown.",
            "较早一次统计在年内时点更早，而结案率年内上升；两年旧存均不详。",
        ),
        value=value_of(data, "K005") / value_of(data, "K004") - known(closing_rate_recomputed(data).value),
        form="points",
    )


def level_of_china_2016(data: Dataset) -> Quantity:
    """Return how far China's printed closing rate of September 2016 lay above the court's recomputed one.

    >>> level_of_china_2016(data).text()
    '6.46 percentage points'
    """
    return quantity(
        "",
        "level_of_china_2016",
        (
            f"China's closing rate of {last_day_of(data, 'K047')[0]} above the court's",
            f"{last_day_of(data, 'K047')[1]}全国结案率高于该院",
        ),
        ("K047", "cases_accepted", "cases_concluded"),
        (
            "All courts against one basic court, and another year.",
            "系全国法院与一个基层法院之比，且年份不同。",
        ),
        value=value_of(data, "K047") - known(closing_rate_recomputed(data).value),
        form="points",
    )


def accepted_since_2020(data: Dataset) -> Quantity:
    """Return the cases accepted in 2021 over those of 2020, over periods of different length.

    >>> accepted_since_2020(data).text(places=4)
    '1.3531 times'
    """
    return _over_earlier(data, "accepted_since_2020", "K004")


def accepted_since_2017(data: Dataset) -> Quantity:
    """Return the cases accepted in the months of 2021 over those of the whole of 2017.

    >>> accepted_since_2017(data).text(places=4)
    '1.4235 times'
    """
    return _over_earlier(data, "accepted_since_2017", "K006")


def accepted_per_day_since_2020(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return how much more cases a day were accepted in 2021 than in 2020, as a share.

    >>> [accepted_per_day_since_2020(data, cut_off).text() for cut_off in CutOff]
    ['+24.6%', '+20.9%']
    """
    title = "cases accepted per day", "日均受理案件"
    return _pace_since(data, "accepted_per_day_since_2020", title, "cases_accepted", "K004", cut_off)


def concluded_per_day_since_2020(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return how much more cases a day were concluded in 2021 than in 2020, as a share.

    >>> [concluded_per_day_since_2020(data, cut_off).text() for cut_off in CutOff]
    ['+24.1%', '+20.5%']
    """
    title = "cases concluded per day", "日均审执结案件"
    return _pace_since(data, "concluded_per_day_since_2020", title, "cases_concluded", "K005", cut_off)


def year_end_share(data: Dataset) -> Quantity:
    """Return the share of China's closings of 2021 that fell after 15 November.

    >>> year_end_share(data).text()
    '20.62%'
    """
    return quantity(
        "",
        "year_end_share",
        (
            f"China's closings of {period_of(data, 'K032')[0]} that fell after "
            f"{last_day_of(data, 'K040')[0]}",
            f"{last_day_of(data, 'K040')[1]}以后全国结案占{period_of(data, 'K032')[1]}比例",
        ),
        ("K032", "K040"),
        _SURGE,
        value=1 - value_of(data, "K040") / value_of(data, "K032"),
        form="share",
        places=2,
    )


def year_end_pace(data: Dataset) -> Quantity:
    """Return China's closings a day after 15 November 2021 over those a day before.

    >>> year_end_pace(data).text(places=4)
    '1.8016 times'
    """
    before = length(data, "K040")
    after = length(data, "K032") - before
    late = (value_of(data, "K032") - value_of(data, "K040")) / after
    return quantity(
        "",
        "year_end_pace",
        (
            f"China's closings per day in the last {after} days of {period_of(data, 'K032')[0]}, to the days "
            "before",
            f"{period_of(data, 'K032')[1]}最后{after}天全国日均结案与此前之比",
        ),
        ("K032", "K040"),
        _SURGE,
        value=late / (value_of(data, "K040") / before),
        form="times",
    )


def _over_earlier(data: Dataset, name: str, key: str) -> Quantity:
    when = period_of(data, key)
    return quotient(
        data,
        "",
        name,
        (f"cases accepted, to those of {when[0]}", f"受理案件与{when[1]}之比"),
        ("cases_accepted", key),
        (
            "The periods differ in length, and if the accepted cases include those carried over, part of "
            "the rise may be carry-over.",
            "两个时段长短不一；受理数若含旧存，增量中可能有旧存。",
        ),
        form="times",
    )


def _pace_since(data: Dataset, name: str, title: Text, own: str, earlier: str, cut_off: CutOff) -> Quantity:
    when = period_of(data, earlier)
    before = value_of(data, earlier) / length(data, earlier)
    return quantity(
        "",
        name,
        (f"{title[0]}, change on {when[0]}", f"{title[1]}较{when[1]}增减"),
        (own, earlier, *cut_off_keys(cut_off)),
        (
            "Per calendar day, over periods that end at different days of the year; if the accepted cases "
            "include those carried over, they are no flow.",
            "按自然日计，两年统计时点不同；受理数若含旧存，则非流量。",
        ),
        value=value_of(data, own) / days(data, cut_off) / before - 1,
        form="change",
        variant=until(data, cut_off),
    )
