"""Governance: party committees of communities, and two counts of cameras."""

from __future__ import annotations

from functools import partial

from guandu.dataset import Dataset
from guandu.quantities.base import Quantity, quotient
from guandu.quantities.periods import last_day_of, period_of

__all__ = ["cameras_ratio", "communities_with_party_committee_share"]


def communities_with_party_committee_share(data: Dataset, *, later: bool = False) -> Quantity:
    """Return the communities with a party committee as a share of the community committees (B26).

    later: over the communities that another publication counts at a later date (K019) instead.

    >>> communities_with_party_committee_share(data).text(places=1)
    '66.7%'
    >>> communities_with_party_committee_share(data, later=True).text(places=1)
    '71.9%'
    """
    share = partial(
        quotient,
        data,
        "B26",
        "communities_with_party_committee_share",
        ("communities with a party committee as a share", "设大党委社区占比"),
    )
    if later:
        when = last_day_of(data, "K019")
        return share(
            ("communities_with_party_committee", "K019"),
            (
                "Conditional: a count of communities at another date, perhaps over another territory.",
                "有条件：社区数为其他时点，辖区或有不同。",
            ),
            variant=(f"of the communities in {when[0]}", f"占{when[1]}社区数"),
        )
    return share(
        ("communities_with_party_committee", "community_committees"),
        (
            "Conditional: only if each community mediation committee stands for one community.",
            "有条件：仅当每个社区调委会对应一个社区时成立。",
        ),
        variant=("of the community committees", "占社区调委会"),
    )


def cameras_ratio(data: Dataset) -> Quantity:
    """Return the cameras of the police section ÷ the cameras of the opening (B27); no growth.

    >>> cameras_ratio(data).text(places=4)
    '6.7620 times'
    """
    when = period_of(data, "cameras_built")
    return quotient(
        data,
        "B27",
        "cameras_ratio",
        ("cameras, police section to opening", "视频监控数（正文与导语之比）"),
        ("cameras_built", "lede_cameras"),
        (
            f"Not to be shown as growth: one counts cameras built and accepted {when[0]}, the other those "
            "that are said to cover the district.",
            f"不得作为增长：一为{when[1]}建设验收数，一为导语所称覆盖城区数，口径不同。",
        ),
        form="times",
        places=4,
    )
