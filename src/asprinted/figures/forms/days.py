"""Values by the day of the year on which they were counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import floor, isnan

import pandas as pd
from matplotlib.figure import SubFigure

from asprinted.faults import Fault
from asprinted.figures import style
from asprinted.figures.canvas import dot, place, scale, sheet, size, write
from asprinted.figures.form import each, form, numbered
from asprinted.figures.labels import Label, put
from asprinted.writing import Language, percent

_MONTHS = (1, 32, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335)
_QUARTERS = {"en": ("Jan", "Apr", "Jul", "Oct"), "zh": ("1月", "4月", "7月", "10月")}


def common_day(iso: str) -> int:
    """Return the day of a date in a year of 365 days, so that the same date always stands at one place.

    29 February has none of its own and stands with the 28th.

    >>> common_day("2016-09-30"), common_day("2021-09-30"), common_day("2020-12-31"), common_day("2020-02-29")
    (273, 273, 365, 59)
    """
    day = date.fromisoformat(iso)
    return date(2021, day.month, 28 if (day.month, day.day) == (2, 29) else day.day).timetuple().tm_yday


def _no_days(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        for name in ("day", "day_to"):
            day = getattr(row, name)
            if not (isnan(day) or 1 <= day <= 365):
                yield Fault("", number, name, f"{day:g}", "1 to 365")


@form(
    words="label shown band",
    numbers="day day_to share band_from band_to",
    flags="own near named printed",
    optional="day_to shown band band_from band_to near named printed",
    height=3.5,
    least=1.55,
    check=_no_days,
)
def dots_by_day(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Draw shares by the day of a common year (1 to 365, see `common_day`) on which their count ended.

    `day_to` is the second of two possible days; a short line with an end tick leads to it. There is no other
    line, since the points belong to different courts and years. Those that are `near` are larger; a `named`
    one has its label and its value (`shown`, or the share with two places) beside it. `band_from` and
    `band_to` shade a stretch of days, `band` says which. Raises `Faults` for a day outside 1 to 365.
    """
    across, down = size(canvas)
    axes, words = place(canvas, 0.47, 0.08, across - 0.57, down - 0.4), sheet(canvas)
    least = floor(table["share"].min() * 10) / 10
    axes.set(xlim=(0, 366), ylim=(least, 1))
    scale(axes, "share", "y", language)
    axes.set_xticks(_MONTHS[::3], _QUARTERS[language], ha="left")
    axes.set_xticks([day for day in _MONTHS if day not in _MONTHS[::3]], minor=True)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    first = next(each(table))
    if not isnan(first.band_from):
        axes.axvspan(
            first.band_from,
            first.band_to,
            facecolor=style.GROUND,
            edgecolor=style.FAINT,
            linewidth=0.8,
            zorder=0,
        )
    labels = []
    for row in sorted(each(table), key=lambda row: (row.own, row.near, row.named)):
        points = 9.5 if row.own else 7.5 if row.near or row.named else 5.5
        days = [row.day] if isnan(row.day_to) else [row.day, row.day_to]
        axes.plot(days, [row.share] * len(days), color=style.colour(row.own), linewidth=1.6)
        axes.plot(days[1:], [row.share] * len(days[1:]), "|", color=style.colour(row.own), ms=9, mew=1.6)
        dot(axes, row.day, row.share, own=row.own, printed=row.printed, points=points)
        text = f"{row.label}\n{row.shown or percent(Decimal(str(row.share)))}" if row.named else ""
        color = style.ARTICLE if row.own else style.INK
        labels.append(Label(min(days), max(days), row.share, text, color, row.own, points / 144 + 0.015))
    put(axes, words, labels, points=style.BODY)
    if first.band:
        left = 0.47 + (first.band_from + first.band_to) / 732 * (across - 0.57)
        write(words, left, 0.1 - 0.24, [first.band], color=style.MUTED, align="center")
