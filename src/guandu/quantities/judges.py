"""The judges: how many the printed means imply, at this court now and on a page of 2018."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import partial

import pandas as pd

from guandu import audit, findings, intervals
from guandu.audit import Rule
from guandu.dataset import Dataset
from guandu.intervals import Interval
from guandu.quantities.base import RULES, Quantity, Text, cell_of, quantity, quotient, value_of
from guandu.quantities.periods import CutOff, cut_off_keys, last_day, last_day_of, period_of, until

__all__ = [
    "JUDGES",
    "WORKING_DAYS",
    "cases_per_judge_of_2017",
    "concluded_per_judge_and_working_day",
    "headcounts_of_2017",
    "implied_judges",
    "implied_judges_band",
    "means_by_judges",
]

JUDGES = ("cases_accepted", "cases_concluded", "accepted_per_judge", "concluded_per_judge")
"""The figures that imply the number of judges."""

# The working days of 2021 from 1 January to the day, by the State Council's notice on the holidays of 2021
# (General Office, 25 November 2020), with the weekend days worked in exchange. No row of benchmarks
# prints them.
WORKING_DAYS: Mapping[str, int] = {"2021-09-22": 181, "2021-09-30": 188}
_UNIT = "judges", "名"


def implied_judges(data: Dataset) -> Quantity:
    """Return the one whole number of quota judges that both printed means fit, under nearest rounding (B07).

    Raises ValueError where no whole number, or more than one, fits: then there is no such value to name.

    >>> implied_judges(data).text()
    '52 judges'
    """
    found = data.check("judges_headcount").divisors[Rule.NEAREST]
    if len(found) != 1:
        raise ValueError(
            f"found {len(found)} whole numbers of judges that fit both means, expected one: {found}"
        )
    return quantity(
        "B07",
        "implied_judges",
        ("implied quota judges", "推算员额法官数"),
        JUDGES,
        (
            "Implied, not printed. Holds if one whole headcount divides both counts; under truncation no "
            "whole number fits, and an average headcount need not be whole.",
            "系推算，文中未载；前提是两项人均数用同一整数人数相除。按截取则无整数相符，而平均人数未必为整数。",
        ),
        unit=_UNIT,
        value=Fraction(found[0]),
        form="count",
    )


def implied_judges_band(data: Dataset, rule: Rule = Rule.NEAREST) -> Quantity:
    """Return the average headcounts, whole or not, that both printed means admit under one rule (B07).

    >>> implied_judges_band(data).text(), implied_judges_band(data, Rule.TRUNCATION).text()
    ('above 51.9268 to 52.0045 judges', 'above 51.8881 to 51.9467 judges')
    """
    return quantity(
        "B07",
        "implied_judges_band",
        ("implied average headcount of quota judges", "推算平均员额法官数"),
        JUDGES,
        (
            "Implied, not printed. Supposes that both means were divided by the same headcount.",
            "系推算，文中未载；前提是两项人均数所用人数相同。",
        ),
        unit=_UNIT,
        within=audit.real_divisors(data.relation("judges_headcount"), rule),
        variant=RULES[rule],
    )


def means_by_judges(data: Dataset, judges: Iterable[int]) -> pd.DataFrame:
    """Return, for each whole number of judges, both counts divided by it, and whether both printed means fit.

    The divided counts are fractions; `fits` is by nearest rounding.

    >>> table = means_by_judges(data, range(40, 66))
    >>> table.loc[table["fits"], "judges"].to_list()
    [52]
    """
    pairs = (("cases_accepted", "accepted_per_judge"), ("cases_concluded", "concluded_per_judge"))
    rows = []
    for number in judges:
        means = [value_of(data, total) / number for total, _ in pairs]
        fits = all(mean in cell_of(data, key) for mean, (_, key) in zip(means, pairs, strict=True))
        rows.append((number, *means, fits))
    return pd.DataFrame(rows, columns=["judges", "accepted_per_judge", "concluded_per_judge", "fits"])


def concluded_per_judge_and_working_day(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return the printed closings per judge ÷ the working days of the period (B08).

    Source of the working days: `WORKING_DAYS`. Raises ValueError where the last day has none.

    >>> concluded_per_judge_and_working_day(data).text()
    '2.2818 cases per judge and working day'
    """
    end = last_day(data, cut_off).isoformat()
    if end not in WORKING_DAYS:
        raise ValueError(
            f"found the last day {end}, expected one whose working days are known: {list(WORKING_DAYS)}"
        )
    per_day = Fraction(1, WORKING_DAYS[end])
    return quantity(
        "B08",
        "concluded_per_judge_and_working_day",
        ("closings per judge and working day", "每名法官每个工作日结案"),
        ("concluded_per_judge", *cut_off_keys(cut_off)),
        (
            "Working days by the State Council's holiday notice for the year; leave, and leaders who hear "
            "few cases, are left out of account.",
            "工作日按国务院办公厅当年节假日安排计算；未计休假及少办案的院领导。",
        ),
        unit=("cases per judge and working day", "件"),
        value=value_of(data, "concluded_per_judge") * per_day,
        within=intervals.product(cell_of(data, "concluded_per_judge"), Interval.point(per_day)),
        variant=until(data, cut_off),
    )


def headcounts_of_2017(data: Dataset) -> tuple[Quantity, Quantity]:
    """Return the headcounts that the court's page of 2018 implies, by two of its figures (B07).

    They show how the premise of `implied_judges` can break: the same page prints a third number of judges.
    Its ratio is no number expression, so its second half is taken as a rounded mean.

    >>> [quantity.text(places=2) for quantity in headcounts_of_2017(data)]
    ['above 47.99 to 48.01 judges', 'above 48.89 to 48.99 judges']
    """
    row, when = data.shown("K011"), period_of(data, "K007")
    printed, half = value_of(data, "K010"), Fraction(1, 2)
    accepted_per_judge = Fraction(row["as_printed"].partition(":")[2])
    rounded = Interval.between(accepted_per_judge - half, accepted_per_judge + half, "[)")
    implied = partial(
        quantity,
        "B07",
        "headcounts_of_2017",
        (f"quota judges that the court's figures of {when[0]} imply", f"法院{when[1]}数据推算员额法官数"),
        caveat=(
            f"Implied. The same page prints {findings.number_of(printed, 'judge')}, at its own date; the "
            "three need not be one headcount.",
            f"系推算。同一页载明当时员额法官{findings.count(printed, 'zh')}名，三者未必为同一人数。",
        ),
        unit=_UNIT,
    )
    return (
        implied(
            keys=("K007", "K009", "K010"),
            within=intervals.ratio(cell_of(data, "K007"), cell_of(data, "K009")),
            variant=("by closings per judge", "按人均结案"),
        ),
        implied(
            keys=("K006", "K010", "K011"),
            within=intervals.ratio(cell_of(data, "K006"), rounded),
            variant=("by cases to one judge", "按法官与案件数比例"),
        ),
    )


def cases_per_judge_of_2017(data: Dataset) -> tuple[Quantity, Quantity]:
    """Return the court's concluded and accepted cases of 2017 over the judges that the same page prints.

    Neither gives the figure printed beside it: K009 and the second half of K011.

    >>> [quantity.text(places=4) for quantity in cases_per_judge_of_2017(data)]
    ['383.6122 cases per judge', '498.4082 cases per judge']
    """
    when, at = period_of(data, "K006"), last_day_of(data, "K010")

    def over_judges(key: str, beside: str, word: Text) -> Quantity:
        printed = data.shown(beside)["as_printed"]
        return quotient(
            data,
            "",
            "cases_per_judge_of_2017",
            (f"cases {word[0]} in {when[0]} per printed judge", f"{when[1]}{word[1]}与载明员额法官数之比"),
            (key, "K010"),
            (
                f"Printed beside it: {printed}. The count is of {when[0]}, the headcount of {at[0]}, so the "
                "two need not agree.",
                f"同页载明{printed}。案件为{when[1]}数，人数为{at[1]}数，二者未必相符。",
            ),
            extra_keys=(beside,),
            unit=("cases per judge", "件"),
            form="decimal",
            places=2,
        )

    return (
        over_judges("K007", "K009", ("concluded", "结案")),
        over_judges("K006", "K011", ("accepted", "受理案件")),
    )
