"""When the counts end, and how long their periods are.

Two dates close the court's count. The article names months, January to September 2021; another publication
prints the same three figures up to 22 September. `CutOff.FINER` is that day and leads, `CutOff.COARSER` is
the last day of the months.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from guandu import findings
from guandu.dataset import Dataset
from guandu.quantities.base import Text

__all__ = [
    "CutOff",
    "cut_off_keys",
    "days",
    "end_day",
    "last_day",
    "last_day_of",
    "length",
    "period_of",
    "until",
]


class CutOff(StrEnum):
    """Which of the two last days of the court's count is meant."""

    FINER = "finer"
    COARSER = "coarser"


def last_day(data: Dataset, cut_off: CutOff) -> dt.date:
    """Return the last day of the court's count: printed elsewhere (finer), or that of the months (coarser).

    >>> last_day(data, CutOff.FINER), last_day(data, CutOff.COARSER)
    (datetime.date(2021, 9, 22), datetime.date(2021, 9, 30))
    """
    return end_day(data.shown("K001" if cut_off is CutOff.FINER else "cases_accepted")["period_end"])


def days(data: Dataset, cut_off: CutOff = CutOff.FINER) -> int:
    """Return the days of the court's period, first and last day included.

    >>> days(data), days(data, CutOff.COARSER)
    (265, 273)
    """
    start = dt.date.fromisoformat(data.shown("cases_accepted")["period_start"])
    return (last_day(data, cut_off) - start).days + 1


def until(data: Dataset, cut_off: CutOff) -> Text:
    """Return up to which day the court's count goes, for a variant."""
    end = last_day(data, cut_off).isoformat()
    return findings.period("", end), findings.period("", end, "zh")


def cut_off_keys(cut_off: CutOff) -> tuple[str, ...]:
    """Return the keys that a period ending on this day rests on, beside those of its counts."""
    return ("K001",) if cut_off is CutOff.FINER else ()


def period_of(data: Dataset, key: str) -> Text:
    """Return the period of a figure.

    >>> period_of(data, "K039")[0]
    '1 January to 15 November 2021'
    """
    row = data.shown(key)
    start, end = row["period_start"], row["period_end"]
    return findings.period(start, end), findings.period(start, end, "zh")


def last_day_of(data: Dataset, key: str) -> Text:
    """Return the last day of the period of a figure.

    >>> last_day_of(data, "K005")[0]
    '31 August 2020'
    """
    end = data.shown(key)["period_end"]
    return findings.date(end), findings.date(end, "zh")


def length(data: Dataset, key: str) -> int:
    """Return the days of the period of a figure, first and last day included.

    >>> length(data, "K039")
    319
    """
    row = data.shown(key)
    return (end_day(row["period_end"]) - dt.date.fromisoformat(row["period_start"])).days + 1


def end_day(iso: str) -> dt.date:
    """Return the day that a period ends on; a month ends on its last day.

    >>> end_day("2021-09")
    datetime.date(2021, 9, 30)
    """
    if len(iso) != len("2021-09"):
        return dt.date.fromisoformat(iso)
    month = dt.date.fromisoformat(f"{iso}-01")
    return (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
