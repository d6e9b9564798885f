"""Changes whose base is not printed: what can be said of them all the same, and no more."""

from __future__ import annotations

from guandu import intervals
from guandu.dataset import Dataset
from guandu.intervals import Interval
from guandu.quantities.base import Quantity, cell_of, known, quantity, value_of

__all__ = ["FALLS", "duration_before", "index_after_fall"]

FALLS = ("contact_crime_calls_fall", "robbery_snatching_fall", "commercial_cases_fall")
"""The printed falls of which an index is formed."""


def index_after_fall(data: Dataset, key: str) -> Quantity:
    """Return what is left of every 100 after a printed fall: 100 × (1 − fall) (B33).

    key: contact_crime_calls_fall, robbery_snatching_fall or commercial_cases_fall.

    >>> [index_after_fall(data, key).text(places=1) for key in FALLS]
    ['76.4', '60.2', '77.0']
    """
    left = Interval.point(1) + -cell_of(data, key)
    row = data.shown(key)
    return quantity(
        "B33",
        "index_after_fall",
        ("index after the fall, base 100", "下降后指数，基期为100"),
        (key,),
        (
            "An index alone: base and counts are not printed, so no number of cases or calls follows.",
            "仅为指数；基数未载，不能推出件数或起数。",
        ),
        value=100 * (1 - value_of(data, key)),
        within=intervals.product(left, Interval.point(100)),
        variant=(row["indicator_en"], row["indicator_zh"]),
        places=2,
    )


def duration_before(data: Dataset) -> Quantity:
    """Return the longest mean duration before, in days, if both shortenings spoke of one mean (B34).

    The shortening in days ÷ the least shortening as a share; low, high: that bound, by rounding of the days.

    >>> duration_before(data).text(), duration_before(data).interval_text()
    ('58 days', '57 to below 59 days')
    """
    least = known(cell_of(data, "trial_time_shortening").low)
    return quantity(
        "B34",
        "duration_before",
        (
            "longest mean duration before, if both claims spoke of one mean",
            "缩短前平均时长上限（假设两项同一口径）",
        ),
        ("case_cycle_shortening", "trial_time_shortening"),
        (
            "An upper bound under a supposition: the article does not link the two claims. It shows what "
            "is missing, and nothing else.",
            "系假设下的上限：文中未将两项相联系，仅用以说明缺少何种数字。",
        ),
        unit=("days", "天"),
        value=value_of(data, "case_cycle_shortening") / least,
        within=intervals.ratio(cell_of(data, "case_cycle_shortening"), Interval.point(least)),
        form="count",
    )
