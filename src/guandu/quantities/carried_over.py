"""What the unknown carry-over would change, under both readings of the accepted cases."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import floor

from guandu import findings
from guandu.dataset import Dataset
from guandu.findings import Language
from guandu.quantities.base import NO_TEXT, Quantity, Text, in_language, known, quantity, value_of
from guandu.quantities.court import pending_share
from guandu.quantities.elsewhere import HEDONG_FILED, hedong_filed
from guandu.quantities.periods import CutOff, days, last_day_of, period_of

__all__ = ["CarryOver", "carry_over", "carry_over_break_even", "carry_over_rows", "open_in_august_2020"]


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What would follow if the unknown carry-over were this share of the accepted cases (both readings).

    Reading A: the accepted cases include the carry-over; then the clearance rate, concluded ÷ newly filed, is
    `clearance`, and the open cases stay as they are. Reading B: they are new filings alone; then the closing
    rate, of all cases on the docket, is `closing`, the open cases are `pending` (half a case rounded up) and
    the disposition time is `disposition_finer` or `disposition_coarser`, in days. why_en, why_zh: why this
    share.
    """

    share: Fraction
    why_en: str
    why_zh: str
    keys: tuple[str, ...]
    clearance: Fraction
    closing: Fraction
    pending: int
    disposition_finer: Fraction
    disposition_coarser: Fraction

    def why(self, language: Language = "en") -> str:
        """Return why this share is looked at."""
        return in_language(language, (self.why_en, self.why_zh))


def carry_over(data: Dataset, share: Fraction, why: Text = NO_TEXT, keys: tuple[str, ...] = ()) -> CarryOver:
    """Return both readings for one share of carried-over cases.

    Raises ValueError for a share outside 0 to below 1.

    >>> row = carry_over(data, Fraction(5, 100))
    >>> findings.percent(row.clearance), findings.percent(row.closing), row.pending
    ('64.96%', '58.77%', 15049)
    """
    if not 0 <= share < 1:
        raise ValueError(f"found a share of {share} carried over, expected 0 or more and less than 1")
    accepted, concluded = value_of(data, "cases_accepted"), value_of(data, "cases_concluded")
    left = accepted - concluded + accepted * share
    return CarryOver(
        share,
        *why,
        keys,
        clearance=concluded / (accepted * (1 - share)),
        closing=concluded / (accepted * (1 + share)),
        pending=floor(left + Fraction(1, 2)),
        disposition_finer=days(data, CutOff.FINER) * left / concluded,
        disposition_coarser=days(data, CutOff.COARSER) * left / concluded,
    )


def carry_over_rows(data: Dataset) -> tuple[CarryOver, ...]:
    """Return the readings for shares that other printed figures suggest, and for round shares between them.

    >>> [findings.percent(row.share) for row in carry_over_rows(data)]
    ['0.00%', '5.00%', '6.89%', '10.00%', '15.25%', '16.18%', '16.78%', '23.03%', '30.00%']
    """
    value, when, on = partial(value_of, data), partial(period_of, data), partial(last_day_of, data)

    def row(share: Fraction, why: Text, *keys: str) -> CarryOver:
        return carry_over(data, share, why, keys)

    open_2017 = value("K006") - value("K007")
    docket_2016 = value("K046") / value("K047")
    left = findings.number_of(open_2017, "case")
    docket_2019 = value("K068") + value("K069")
    guangzhou = findings.percent(1 - value("K067") / docket_2019)
    return (
        row(Fraction(0), ("no carry-over", "无旧存")),
        row(
            Fraction(5, 100),
            (
                f"a round share, near that of Yiling, {when('K081')[0]}",
                f"设定值，与湖北夷陵{when('K081')[1]}相近",
            ),
            "K081",
        ),
        row(
            (value("K029") - value("K030")) / value("K039"),
            (
                f"China, open on {on('K030')[0]} of those accepted by {on('K039')[0]}",
                f"全国{on('K030')[1]}未结占截至{on('K039')[1]}受理",
            ),
            "K029",
            "K030",
            "K039",
        ),
        row(
            Fraction(10, 100),
            (
                f"a round share; Guangzhou, {when('K068')[0]}, had {guangzhou}",
                f"设定值；广州{when('K068')[1]}为{guangzhou}",
            ),
            "K067",
            "K068",
            "K069",
        ),
        row(
            1 - hedong_filed(data) / value("K078"),
            (
                f"Hedong, a basic court, {when('K078')[0]}",
                f"天津河东区法院{when('K078')[1]}",
            ),
            "K078",
            *HEDONG_FILED,
        ),
        row(
            open_2017 / value("cases_accepted"),
            (
                f"Guandu, the {left} open on {on('K007')[0]}, of the cases accepted now",
                f"官渡区法院{on('K007')[1]}未结{findings.count(open_2017, 'zh')}件，占本期受理",
            ),
            "K006",
            "K007",
            "cases_accepted",
        ),
        row(
            1 - value("K045") / docket_2016,
            (
                f"China, {when('K045')[0]}, implied by filings, closings and rate",
                f"全国{when('K045')[1]}（推算）",
            ),
            "K045",
            "K046",
            "K047",
        ),
        row(
            open_2017 / value("K006"),
            (
                f"Guandu, open on {on('K007')[0]} of those accepted in the year",
                f"官渡区法院{on('K007')[1]}未结占当年受理",
            ),
            "K006",
            "K007",
        ),
        row(Fraction(30, 100), ("a round share", "设定值")),
    )


def carry_over_break_even(data: Dataset) -> Fraction:
    """Return the share of carry-over at which reading A's clearance rate would reach 1: open ÷ accepted.

    >>> findings.percent(carry_over_break_even(data), 4)
    '38.2885%'
    """
    return known(pending_share(data).value)


def open_in_august_2020(data: Dataset) -> Quantity:
    """Return the court's open cases of August 2020 over the cases accepted in 2021; no carry-over.

    >>> open_in_august_2020(data).text()
    '28.12%'
    """
    return quantity(
        "",
        "open_in_august_2020",
        (
            f"cases open on {last_day_of(data, 'K005')[0]}, to the cases accepted in the article",
            f"{last_day_of(data, 'K005')[1]}未结案件与文中受理案件之比",
        ),
        ("K004", "K005", "cases_accepted"),
        (
            "Not a carry-over: the day is not the end of a year.",
            "该日并非年末，不能作为旧存。",
        ),
        value=(value_of(data, "K004") - value_of(data, "K005")) / value_of(data, "cases_accepted"),
        form="share",
        places=2,
    )
