"""Court mediation: what became of the cases transferred to mediators, as far as it is printed."""

from __future__ import annotations

from guandu.dataset import Dataset
from guandu.quantities.base import Quantity, difference, quotient

__all__ = ["court_mediation_share", "not_reported_settled"]


def court_mediation_share(data: Dataset) -> Quantity:
    """Return the cases settled as a share of the cases transferred to mediators (B09).

    >>> court_mediation_share(data).text(), court_mediation_share(data).text(places=1)
    ('24.9954%', '25.0%')
    """
    return quotient(
        data,
        "B09",
        "court_mediation_share",
        ("cases settled as a share of those transferred", "移送调解成功占比"),
        ("cases_mediated", "cases_transferred"),
        (
            "Derived: the article prints no rate. What is not settled has not failed; some may be pending, "
            "withdrawn or refused.",
            "系推算，文中未载比率；其余案件并非调解失败，可能尚在调解、撤回或不愿调解。",
        ),
    )


def not_reported_settled(data: Dataset) -> Quantity:
    """Return the transferred cases that are not reported as settled (B10).

    >>> not_reported_settled(data).text()
    '12,135 cases'
    """
    return difference(
        data,
        "B10",
        "not_reported_settled",
        ("transferred cases not reported as settled", "未载明调解成功的移送案件"),
        ("cases_transferred", "cases_mediated"),
        (
            "Not the number that failed: some may be pending, withdrawn or refused.",
            "并非调解失败数，可能尚在调解、撤回或不愿调解。",
        ),
        ("cases", "件"),
    )
