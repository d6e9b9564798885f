"""The procuratorate: two hedged sums of money that no relation ties."""

from __future__ import annotations

from guandu import intervals
from guandu.dataset import Dataset
from guandu.quantities.base import Quantity, cell_of, quantity

__all__ = ["account_to_won"]


def account_to_won(data: Dataset) -> Quantity:
    """Return the money on the account ÷ the money won, as an interval (B31); no collection rate.

    >>> account_to_won(data).text(places=2)
    'above 30.00% to below 33.33%'
    """
    return quantity(
        "B31",
        "account_to_won",
        ("money on the account to money won", "专户到账与诉讼所得之比"),
        ("compensation_on_account", "restoration_fees"),
        (
            "Not a collection rate, and no sentence about size follows: another fee, another date, and no "
            "case of the one is linked to the other.",
            "并非执行到位率，不能据以评价多少：款项、时点不同，文中亦未将两者的案件相联系。",
        ),
        within=intervals.ratio(cell_of(data, "compensation_on_account"), cell_of(data, "restoration_fees")),
        form="share",
    )
