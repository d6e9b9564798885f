"""What this article's figures imply: one named function a derived value, each with its caveat.

This is the only module that knows keys of this article. It computes with fractions, from the readings of
printed tokens; no value of the article or of another publisher is typed here, and hedges and rounding are
carried through as intervals. Everything returned is derived, that is, said by this project and by nobody
else, unless a `Comparison` says that it was printed.

Two dates close the court's count. The article names months, January to September 2021; another publication
prints the same three figures up to 22 September. `CutOff.FINER` is that day and leads, `CutOff.COARSER` is
the last day of the months.

A figure that is not verified, or that has no address where it could be looked up, is refused:
`UnusableError`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from functools import partial
from math import floor
from typing import ClassVar, Literal, TypeAlias, TypeVar

import pandas as pd

from guandu import audit, findings, intervals, tables
from guandu.audit import Rule
from guandu.dataset import Dataset
from guandu.dataset import UnusableError as UnusableError
from guandu.dataset import load as load  # whoever computes from a dataset begins by loading it
from guandu.dataset import usable as usable
from guandu.findings import Language
from guandu.intervals import Interval

Form: TypeAlias = Literal["count", "share", "decimal", "times", "points", "change"]
Text: TypeAlias = tuple[str, str]
"""A text in English and in Chinese."""

_T = TypeVar("_T")

# The working days of 2021 from 1 January to the day, by the State Council's notice on the holidays of 2021
# (General Office, 25 November 2020), with the weekend days worked in exchange. No row of benchmarks
# prints them.
WORKING_DAYS: Mapping[str, int] = {"2021-09-22": 181, "2021-09-30": 188}

FALLS = ("contact_crime_calls_fall", "robbery_snatching_fall", "commercial_cases_fall")
"""The printed falls of which an index is formed."""


class CutOff(StrEnum):
    """Which of the two last days of the court's count is meant."""

    FINER = "finer"
    COARSER = "coarser"


class Courts(StrEnum):
    """Whose cases, judges and residents are meant: one court, or a national basis to hold it beside."""

    GUANDU = "guandu"
    ALL_COURTS = "all_courts"
    BASIC_COURTS = "basic_courts"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One derived value, in exact numbers, with what must be said beside it.

    ref: the project's number for it, B01 to B38, or "" for a comparison without one. name: the function that
    computes it. variant_en, variant_zh: which of several readings (a last day, a rounding rule), or "".
    value: the exact value, None where the words only admit an interval; low, high, bounds: the interval where
    an input is hedged or rounded, else None. form and places say how it is written; a share is a fraction of
    1. keys: the figures it is computed from, printed (their key) or of other publishers (K001 onwards).
    """

    derived: ClassVar[bool] = True

    ref: str
    name: str
    title_en: str
    title_zh: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    bounds: str
    unit_en: str
    unit_zh: str
    form: Form
    places: int
    keys: tuple[str, ...]
    caveat_en: str
    caveat_zh: str
    variant_en: str = ""
    variant_zh: str = ""

    def title(self, language: Language = "en") -> str:
        """Return what is computed, with the variant where there are several."""
        title, variant = _in(language, (self.title_en, self.title_zh)), _in(language, self._variant)
        return (
            title if not variant else f"{title} ({variant})" if language == "en" else f"{title}（{variant}）"
        )

    def caveat(self, language: Language = "en") -> str:
        """Return what must be said beside the value."""
        return _in(language, (self.caveat_en, self.caveat_zh))

    def text(self, language: Language = "en", places: int | None = None) -> str:
        """Return the value with its unit, or its interval where there is no single value.

        >>> disposition_time(load()).text()
        '164.42 days'
        """
        if self.value is None:
            return self.interval_text(language, places)
        return self._write(self.value, language, places) + self._unit(language)

    def interval_text(self, language: Language = "en", places: int | None = None) -> str:
        """Return the interval with its unit; ValueError where the value is exact and has none.

        >>> police_rate_interval(load()).interval_text()
        '97.7456% to 98.8580%'
        """
        write = partial(self._write, language=language, places=places)
        ends = findings.interval(self.low, self.high, write, bounds=self.bounds, language=language)
        return ends + self._unit(language)

    @property
    def _variant(self) -> Text:
        return self.variant_en, self.variant_zh

    def _unit(self, language: Language) -> str:
        if language == "zh":
            return self.unit_zh
        return f" {self.unit_en}" if self.unit_en else ""

    def _write(self, value: Fraction, language: Language, places: int | None) -> str:
        exact_places = self.places if places is None else places
        return _WRITE[self.form](value, exact_places, language)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure that may be set beside another one, with its place, period and definition.

    value: exact; the quotient of two exact printed counts, else the printed figure, else None with an
    interval. printed: the token of the figure, "" where none was printed. derived: whether the value is this
    project's: no token was printed, or the printed one does not follow from its counts by rounding. days: the
    days of the year on which the count may have ended, two where two dates are printed.
    """

    place_en: str
    place_zh: str
    period_start: str
    period_end: str
    definition_en: str
    definition_zh: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    bounds: str
    printed: str
    derived: bool
    keys: tuple[str, ...]
    days: tuple[int, ...] = ()

    def place(self, language: Language = "en") -> str:
        """Return the place or body."""
        return _in(language, (self.place_en, self.place_zh))

    def definition(self, language: Language = "en") -> str:
        """Return what is divided by what, in the publisher's terms."""
        return _in(language, (self.definition_en, self.definition_zh))

    def label(self, language: Language = "en") -> str:
        """Return place and period.

        >>> mediation_shares(load())[1].label()
        'Yunnan, January to November 2020'
        """
        period = findings.period(self.period_start, self.period_end, language)
        if language == "en":
            return f"{self.place_en}, {period}"
        known = self.period_start or self.period_end
        return self.place_zh + (period if known else f"（{period}）")

    def dated(self, language: Language = "en") -> str:
        """Return place and last day, or the year where the period is a whole one.

        >>> [point.dated() for point in closing_rates(load())][5:7]
        ['Guandu, 31 August 2020', 'Guandu, 22 or 30 September 2021']
        """
        return self.label(language) if not self.days else _dated(self, language)


# --- The court: closing rate, open cases, pace --------------------------------------------------------------


def closing_rate_recomputed(data: Dataset) -> Quantity:
    """Return the closing rate that the two printed counts give: concluded ÷ accepted (B01).

    >>> closing_rate_recomputed(load()).text()
    '61.7115%'
    """
    return _quotient(
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

    >>> pending(load()).text()
    '13,311 cases'
    """
    return _quantity(
        "B02",
        "pending",
        ("cases open on the last day", "期末未结案件"),
        ("cases", "件"),
        ("cases_accepted", "cases_concluded"),
        (
            "At least so many. Exact only if the accepted cases include those carried over (旧存); if "
            f"they are new filings alone, the carry-over comes on top. {_cut_off(data)[0]}",
            "系下限。受理数含旧存时为准确数；若仅为新收，尚须加旧存。" + _cut_off(data)[1],
        ),
        value=_value(data, "cases_accepted") - _value(data, "cases_concluded"),
        form="count",
        places=0,
    )


def pending_share(data: Dataset) -> Quantity:
    """Return the open cases as a share of the accepted ones: 1 minus the closing rate (B02).

    >>> pending_share(load()).text()
    '38.2885%'
    """
    opened = pending(data)
    return replace(
        opened,
        name="pending_share",
        title_en="open cases as a share of accepted ones",
        title_zh="未结案件占受理案件比例",
        value=_known(opened) / _value(data, "cases_accepted"),
        unit_en="",
        unit_zh="",
        form="share",
        places=4,
    )


def disposition_time(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return the disposition time: open cases ÷ concluded cases × days of the period, in days (B03, B04).

    Source of the formula: CEPEJ, the European Commission for the Efficiency of Justice, which uses 365 days
    for a full year; here the days are those of the period. B04 ends on the finer date and leads, B03 on the
    coarser.

    >>> disposition_time(load()).text(), disposition_time(load(), CutOff.COARSER).text()
    ('164.42 days', '169.38 days')
    """
    return _quantity(
        "B04" if cut_off is CutOff.FINER else "B03",
        "disposition_time",
        ("disposition time", "未结案件折合结案天数"),
        ("days", "天"),
        ("cases_accepted", "cases_concluded", *_dates(cut_off)),
        (
            "A stock divided by a flow: how many days of closings at this pace the open cases equal, at "
            "least. Not the mean age or length of a case. More if the accepted cases are new filings "
            "alone; and closings are not spread evenly over a year.",
            "系存量与流量之比，即按同期结案速度须结多少天，为下限，并非案件平均审理天数；受理数若仅为新收则更长，"
            "且全年结案并不均匀。",
        ),
        value=days(data, cut_off) * _known(pending(data)) / _value(data, "cases_concluded"),
        variant=_until(data, cut_off),
    )


def accepted_per_day(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return the accepted cases a calendar day of the period (B05).

    >>> accepted_per_day(load()).text(places=4)
    '131.1887 cases per day'
    """
    return _quantity(
        "B05",
        "accepted_per_day",
        ("cases accepted per calendar day", "日均受理案件"),
        ("cases per day", "件/天"),
        ("cases_accepted", *_dates(cut_off)),
        (
            "For scale only. Not a flow if the accepted cases include those carried over.",
            "仅供了解规模；受理数若含旧存，则非当期流量。",
        ),
        value=_value(data, "cases_accepted") / days(data, cut_off),
        variant=_until(data, cut_off),
    )


def concluded_per_day(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return the concluded cases a calendar day of the period (B06).

    >>> concluded_per_day(load()).text(places=4)
    '80.9585 cases per day'
    """
    return _quantity(
        "B06",
        "concluded_per_day",
        ("cases concluded per calendar day", "日均审执结案件"),
        ("cases per day", "件/天"),
        ("cases_concluded", *_dates(cut_off)),
        (
            "A mean of the period; closings are not spread evenly over a year, so it must not be stretched "
            "to one.",
            "系期内均值；全年结案并不均匀，不得据以推算全年。",
        ),
        value=_value(data, "cases_concluded") / days(data, cut_off),
        variant=_until(data, cut_off),
    )


# --- The judges ---------------------------------------------------------------------------------------------


def implied_judges(data: Dataset) -> Quantity:
    """Return the one whole number of quota judges that both printed means fit, under nearest rounding (B07).

    Raises ValueError where no whole number, or more than one, fits: then there is no such value to name.

    >>> implied_judges(load()).text()
    '52 judges'
    """
    found = data.check("judges_headcount").divisors[Rule.NEAREST]
    if len(found) != 1:
        raise ValueError(
            f"found {len(found)} whole numbers of judges that fit both means, expected one: {found}"
        )
    return _quantity(
        "B07",
        "implied_judges",
        ("implied quota judges", "推算员额法官数"),
        ("judges", "名"),
        _JUDGES_KEYS,
        (
            "Implied, not printed. Holds if one whole headcount divides both counts; under truncation no "
            "whole number fits, and an average headcount need not be whole.",
            "系推算，文中未载；前提是两项人均数用同一整数人数相除。按截取则无整数相符，而平均人数未必为整数。",
        ),
        value=Fraction(found[0]),
        form="count",
        places=0,
    )


def implied_judges_band(data: Dataset, rule: Rule = Rule.NEAREST) -> Quantity:
    """Return the average headcounts, whole or not, that both printed means admit under one rule (B07).

    >>> implied_judges_band(load()).text(), implied_judges_band(load(), Rule.TRUNCATION).text()
    ('above 51.9268 to 52.0045 judges', 'above 51.8881 to 51.9467 judges')
    """
    return _quantity(
        "B07",
        "implied_judges_band",
        ("implied average headcount of quota judges", "推算平均员额法官数"),
        ("judges", "名"),
        _JUDGES_KEYS,
        (
            "Implied, not printed. Supposes that both means were divided by the same headcount.",
            "系推算，文中未载；前提是两项人均数所用人数相同。",
        ),
        within=audit.real_divisors(data.relation("judges_headcount"), rule),
        places=4,
        variant=_RULES[rule],
    )


def headcounts_of_2017(data: Dataset) -> tuple[Quantity, Quantity]:
    """Return the headcounts that the court's page of 2018 implies, by two of its figures (B07).

    They show how the premise of `implied_judges` can break: the same page prints a third number of judges.
    Its ratio is no number expression, so its second half is taken as a rounded mean.

    >>> [quantity.text(places=2) for quantity in headcounts_of_2017(load())]
    ['above 47.99 to 48.01 judges', 'above 48.89 to 48.99 judges']
    """
    printed = findings.number_of(_value(data, "K010"), "judge")
    caveat = (
        f"Implied. The same page prints {printed}, at its own date; the three need not be one headcount.",
        f"系推算。同一页载明当时员额法官{findings.count(_value(data, 'K010'), 'zh')}名，三者未必为同一人数。",
    )
    _, _, accepted_per_judge = data.shown("K011")["as_printed"].partition(":")
    rounded = Interval.between(
        Fraction(accepted_per_judge) - Fraction(1, 2), Fraction(accepted_per_judge) + Fraction(1, 2), "[)"
    )
    when = _when(data, "K007")
    title = f"quota judges that the court's figures of {when[0]} imply", f"法院{when[1]}数据推算员额法官数"
    unit = "judges", "名"
    return (
        _quantity(
            "B07",
            "headcounts_of_2017",
            title,
            unit,
            ("K007", "K009", "K010"),
            caveat,
            within=_headcount(data, "K007", "K009", Rule.NEAREST),
            places=4,
            variant=("by closings per judge", "按人均结案"),
        ),
        _quantity(
            "B07",
            "headcounts_of_2017",
            title,
            unit,
            ("K006", "K010", "K011"),
            caveat,
            within=intervals.ratio(_cell(data, "K006"), rounded),
            places=4,
            variant=("by cases to one judge", "按法官与案件数比例"),
        ),
    )


def cases_per_judge_of_2017(data: Dataset) -> tuple[Quantity, Quantity]:
    """Return the court's concluded and accepted cases of 2017 over the judges that the same page prints.

    Neither gives the figure printed beside it: K009 and the second half of K011.

    >>> [quantity.text(places=4) for quantity in cases_per_judge_of_2017(load())]
    ['383.6122 cases per judge', '498.4082 cases per judge']
    """
    printed = [data.shown(key)["as_printed"] for key in ("K009", "K011")]
    when, at = _when(data, "K006"), _on(data, "K010")
    first, second = (
        _quotient(
            data,
            "",
            "cases_per_judge_of_2017",
            (f"cases {word[0]} in {when[0]} per printed judge", f"{when[1]}{word[1]}与载明员额法官数之比"),
            (key, "K010"),
            (
                f"Printed beside it: {token}. The count is of {when[0]}, the headcount of {at[0]}, so the "
                "two need not agree.",
                f"同页载明{token}。案件为{when[1]}数，人数为{at[1]}数，二者未必相符。",
            ),
            unit=("cases per judge", "件"),
            form="decimal",
            places=2,
            extra_keys=(other,),
        )
        for key, other, word, token in (
            ("K007", "K009", ("concluded", "结案"), printed[0]),
            ("K006", "K011", ("accepted", "受理案件"), printed[1]),
        )
    )
    return first, second


def concluded_per_judge_and_working_day(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return the printed closings per judge ÷ the working days of the period (B08).

    Source of the working days: `WORKING_DAYS`. Raises ValueError where the last day has none.

    >>> concluded_per_judge_and_working_day(load()).text()
    '2.2818 cases per judge and working day'
    """
    end = last_day(data, cut_off).isoformat()
    if end not in WORKING_DAYS:
        raise ValueError(
            f"found the last day {end}, expected one whose working days are known: {list(WORKING_DAYS)}"
        )
    per_day = Fraction(1, WORKING_DAYS[end])
    return _quantity(
        "B08",
        "concluded_per_judge_and_working_day",
        ("closings per judge and working day", "每名法官每个工作日结案"),
        ("cases per judge and working day", "件"),
        ("concluded_per_judge", *_dates(cut_off)),
        (
            "Working days by the State Council's holiday notice for the year; leave, and leaders who hear "
            "few cases, are left out of account.",
            "工作日按国务院办公厅当年节假日安排计算；未计休假及少办案的院领导。",
        ),
        value=_value(data, "concluded_per_judge") * per_day,
        within=intervals.product(_cell(data, "concluded_per_judge"), Interval.point(per_day)),
        places=4,
        variant=_until(data, cut_off),
    )


def residents_per_judge(data: Dataset, courts: Courts = Courts.GUANDU) -> Quantity:
    """Return residents ÷ quota judges, of the court or of a national basis (B19, B37).

    The judges of the basic courts are closings × the share of basic courts ÷ closings per judge there.

    >>> residents_per_judge(load()).text(), residents_per_judge(load(), Courts.BASIC_COURTS).text()
    ('30,813.06 residents per judge', '14,180.30 residents per judge')
    """
    return _load(
        data,
        courts,
        "residents_per_judge",
        ("residents per quota judge", "每名员额法官对应常住人口"),
        ("residents per judge", "人"),
        _residents(data, courts) / _judges(data, courts),
        (_BASES[courts].residents, *_BASES[courts].judges),
    )


def cases_per_1000_residents(data: Dataset, courts: Courts = Courts.GUANDU) -> Quantity:
    """Return accepted cases × 1,000 ÷ residents (B18 for the court, B19 and B37 for a national basis).

    >>> cases_per_1000_residents(load()).text(places=4)
    '21.6972 cases per 1,000 residents'
    """
    return _load(
        data,
        courts,
        "cases_per_1000_residents",
        ("cases accepted per 1,000 residents", "每千常住人口受理案件"),
        ("cases per 1,000 residents", "件"),
        _cases(data, courts) * 1000 / _residents(data, courts),
        (*_BASES[courts].cases, _BASES[courts].residents),
        ref="B18" if courts is Courts.GUANDU else "",
        places=4,
    )


def cases_per_judge(data: Dataset, courts: Courts = Courts.GUANDU) -> Quantity:
    """Return accepted cases ÷ quota judges, recomputed (B19, B37); the court's judges are the implied ones.

    >>> [cases_per_judge(load(), courts).text() for courts in Courts]
    ['668.56 cases per judge', '240.29 cases per judge', '271.27 cases per judge']
    """
    return _load(
        data,
        courts,
        "cases_per_judge",
        ("cases accepted per quota judge", "员额法官人均受理"),
        ("cases per judge", "件"),
        _cases(data, courts) / _judges(data, courts),
        (*_BASES[courts].cases, *_BASES[courts].judges),
    )


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Cases per judge, the court's over a national basis, as a product of two ratios (an identity, no cause).

    total = cases_per_resident × residents_per_judge. log_share: how much of the total goes with residents per
    judge, in logarithms; for reading, to 12 places. cut_off: None sets the counts side by side as they are,
    of periods of different length; otherwise both are put per day, which paces linearly and is a bound, no
    value.
    """

    courts: Courts
    cut_off: CutOff | None
    cases_per_resident: Fraction
    residents_per_judge: Fraction
    log_share: Fraction

    @property
    def total(self) -> Fraction:
        """The ratio of cases per judge."""
        return self.cases_per_resident * self.residents_per_judge


def decomposition(
    data: Dataset, courts: Courts, cut_off: CutOff | None = None, docket: str = "K039"
) -> Decomposition:
    """Split the ratio of cases per judge into cases per resident and residents per judge (B19, B37).

    docket: the figure for the cases accepted by all courts, K039 (to mid-November 2021) or another year's,
    such as K033 (2022).

    >>> split = decomposition(load(), Courts.BASIC_COURTS, CutOff.FINER)
    >>> findings.times(split.total), findings.percent(split.log_share, 1)
    ('2.97 times', '71.4%')
    """
    cases = _cases(data, courts, docket) / _residents(data, courts)
    cases_ratio = _cases(data, Courts.GUANDU) / _residents(data, Courts.GUANDU) / cases
    if cut_off is not None:
        cases_ratio *= Fraction(_length(data.shown(docket)), days(data, cut_off))
    residents_ratio = _known(residents_per_judge(data)) / _known(residents_per_judge(data, courts))
    share = _log_share(residents_ratio, cases_ratio * residents_ratio)
    return Decomposition(courts, cut_off, cases_ratio, residents_ratio, share)


def decompositions(data: Dataset, courts: Courts) -> tuple[Decomposition, Decomposition, Decomposition]:
    """Return the split as the counts stand, per day to the coarser date, and per day to the finer date.

    >>> [findings.percent(split.log_share, 1) for split in decompositions(load(), Courts.ALL_COURTS)]
    ['99.6%', '86.5%', '84.3%']
    """
    return (
        decomposition(data, courts),
        decomposition(data, courts, CutOff.COARSER),
        decomposition(data, courts, CutOff.FINER),
    )


def caseload_ratio(data: Dataset, courts: Courts) -> Quantity:
    """Return the court's cases per judge over those of a national basis (B19 all courts, B37 basic courts).

    value: as the counts stand; low, high: with the two ways of pacing them by day, and with the hedge of the
    national headcount, so that the bounds are those of the two factors multiplied.

    >>> caseload_ratio(load(), Courts.ALL_COURTS).text(), caseload_ratio(load(), Courts.BASIC_COURTS).text()
    ('2.78 times', '2.46 times')
    >>> caseload_ratio(load(), Courts.ALL_COURTS).interval_text()
    '2.77 to 3.36 times'
    """
    totals = [split.total for split in decompositions(data, courts)]
    hedged = [total * hedge for total in totals for hedge in _headcount_hedge(data, courts)]
    return _factor(data, courts, "caseload_ratio", _CASELOAD_TITLE, [*totals, *hedged])


def cases_per_resident_ratio(data: Dataset, courts: Courts) -> Quantity:
    """Return the court's cases per resident over those of a national basis (B19, B37); bounds as above.

    >>> cases_per_resident_ratio(load(), Courts.BASIC_COURTS).interval_text()
    '1.13 to 1.37 times'
    """
    title = "cases per resident, ratio to the national basis", "人均案件数与全国之比"
    splits = decompositions(data, courts)
    return _factor(
        data, courts, "cases_per_resident_ratio", title, [split.cases_per_resident for split in splits]
    )


def residents_per_judge_ratio(data: Dataset, courts: Courts) -> Quantity:
    """Return the court's residents per judge over those of a national basis (B19, B37).

    On the basis of all courts the headcount is hedged (约), which alone widens the ratio to an interval.

    >>> residents_per_judge_ratio(load(), Courts.ALL_COURTS).interval_text(places=3)
    '2.761 to 2.783 times'
    """
    title = "residents per judge, ratio to the national basis", "每名法官对应人口与全国之比"
    value = decomposition(data, courts).residents_per_judge
    hedged = [value * hedge for hedge in _headcount_hedge(data, courts)]
    return _factor(data, courts, "residents_per_judge_ratio", title, [value, *hedged])


def residents_per_judge_log_share(data: Dataset, courts: Courts) -> Quantity:
    """Return how much of the caseload ratio goes with residents per judge, in logarithms (B19, B37).

    value: as the counts stand; low, high: with both ways of pacing by day. For reading: logarithms to 12
    places.

    >>> residents_per_judge_log_share(load(), Courts.BASIC_COURTS).interval_text()
    '71.4% to 86.0%'
    """
    title = (
        "part of the caseload ratio that goes with residents per judge, in logarithms",
        "人口因素所占对数份额",
    )
    splits = decompositions(data, courts)
    factor = _factor(
        data, courts, "residents_per_judge_log_share", title, [split.log_share for split in splits]
    )
    return replace(factor, form="share", places=1, unit_en="", unit_zh="")


def caseload_in_city_2017(data: Dataset) -> Quantity:
    """Return the court's share of the city's cases ÷ its share of the city's quota judges, 2017 (B38).

    >>> caseload_in_city_2017(load()).text(), caseload_in_city_2017(load()).interval_text()
    ('2.36 times', 'above 2.35 to below 2.38 times')
    """
    when = _when(data, "K158")
    return _quotient(
        data,
        "B38",
        "caseload_in_city_2017",
        (
            f"cases per judge, ratio to the mean of the city's courts, {when[0]}",
            f"{when[1]}法官人均案件与全市之比",
        ),
        ("K158", "K157"),
        (
            "Of two printed shares; both court levels of the city, and another year. The nearest "
            "comparator found.",
            "据两项载明比例推算；含全市两级法院，且年份不同，系所见最接近的参照。",
        ),
        unit=("", ""),
        form="times",
        places=2,
    )


# --- Court mediation ----------------------------------------------------------------------------------------


def court_mediation_share(data: Dataset) -> Quantity:
    """Return the cases settled as a share of the cases transferred to mediators (B09).

    >>> court_mediation_share(load()).text(), court_mediation_share(load()).text(places=1)
    ('24.9954%', '25.0%')
    """
    return _quotient(
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

    >>> not_reported_settled(load()).text()
    '12,135 cases'
    """
    return _quantity(
        "B10",
        "not_reported_settled",
        ("transferred cases not reported as settled", "未载明调解成功的移送案件"),
        ("cases", "件"),
        ("cases_transferred", "cases_mediated"),
        (
            "Not the number that failed: some may be pending, withdrawn or refused.",
            "并非调解失败数，可能尚在调解、撤回或不愿调解。",
        ),
        value=_value(data, "cases_transferred") - _value(data, "cases_mediated"),
        form="count",
        places=0,
    )


# --- The police ---------------------------------------------------------------------------------------------


def police_rate_of_rounded_counts(data: Dataset) -> Quantity:
    """Return resolved ÷ accepted with the hedges ignored (B11); never to be shown alone.

    >>> police_rate_of_rounded_counts(load()).text()
    '98.2955%'
    """
    return _quantity(
        "B11",
        "police_rate_of_rounded_counts",
        ("police resolution rate, hedges ignored", "公安纠纷化解率（不计“余”）"),
        ("", ""),
        _POLICE_KEYS,
        (
            "Never to be shown alone: both counts are hedged (余), so this single value is arbitrary "
            "within the interval that they allow.",
            "不得单独使用：两数均带“余”，此值仅为允许区间中的一个。",
        ),
        value=_value(data, "police_disputes_resolved") / _value(data, "police_disputes"),
        form="share",
        places=4,
    )


def police_rate_interval(data: Dataset) -> Quantity:
    """Return the resolution rates that the hedged counts allow, over whole numbers (B12).

    >>> police_rate_interval(load()).text()
    '97.7456% to 98.8580%'
    """
    return _quantity(
        "B12",
        "police_rate_interval",
        ("police resolution rate that the hedged counts allow", "公安纠纷化解率允许区间"),
        ("", ""),
        _POLICE_KEYS,
        (
            "A printing interval over whole counts, by this project's convention for 余; no statement of "
            "chance.",
            "按本项目对“余”的约定、以整数计算的刊载区间，并非随机误差区间。",
        ),
        within=intervals.ratio(_cell(data, "police_disputes_resolved"), _cell(data, "police_disputes")),
        form="share",
        places=4,
    )


def police_unresolved_raw(data: Dataset) -> Quantity:
    """Return the unresolved disputes that the two hedged counts alone allow (B13).

    >>> police_unresolved_raw(load()).text()
    '201 to 399 disputes'
    """
    return _quantity(
        "B13",
        "police_unresolved_raw",
        ("unresolved police disputes, by the counts alone", "仅据两数的未化解纠纷"),
        ("disputes", "件"),
        _POLICE_KEYS,
        (
            "By the hedged counts alone; the printed rate narrows it.",
            "仅据两项带“余”的数字；结合载明的化解率可缩小范围。",
        ),
        within=_cell(data, "police_disputes") + -_cell(data, "police_disputes_resolved"),
        form="count",
        places=0,
    )


def police_unresolved(data: Dataset, rule: Rule | None = None) -> Quantity:
    """Return the unresolved disputes of all pairs of counts that print the printed rate (B14).

    rule: nearest, truncation, or None for either.

    >>> [police_unresolved(load(), rule).text() for rule in (Rule.NEAREST, Rule.TRUNCATION, None)]
    ['290 to 292 disputes', '289 to 291 disputes', '289 to 292 disputes']
    """
    pairs = police_pairs(data)
    left = [pair.accepted - pair.resolved for pair in pairs if pair.fits(rule)]
    fitting, every_pair = len(left), len(pairs)
    return _quantity(
        "B14",
        "police_unresolved",
        ("unresolved police disputes, given the printed rate", "结合载明化解率的未化解纠纷"),
        ("disputes", "件"),
        (*_POLICE_KEYS, "police_resolution_rate"),
        (
            f"If the printed rate was computed from the full counts: {findings.count(fitting)} of "
            f"{findings.count(every_pair)} pairs of whole numbers print it.",
            f"前提是载明化解率由完整数字算得：{every_pair}组整数中有{fitting}组可得该值。",
        ),
        within=Interval.between(min(left), max(left), whole=True),
        form="count",
        places=0,
        variant=("either rule", "任一规则") if rule is None else _RULES[rule],
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of whole numbers that the hedged police counts admit, and which rules print the printed rate."""

    accepted: int
    resolved: int
    nearest: bool
    truncation: bool

    def fits(self, rule: Rule | None) -> bool:
        """Whether the pair prints the printed rate under the rule, or under either where it is None."""
        return {
            Rule.NEAREST: self.nearest,
            Rule.TRUNCATION: self.truncation,
            None: self.nearest or self.truncation,
        }[rule]


def police_pairs(data: Dataset) -> tuple[Pair, ...]:
    """Return every admissible pair of police counts, by accepted, then by resolved (B14).

    >>> pairs = police_pairs(load())
    >>> len(pairs), sum(pair.nearest for pair in pairs), sum(pair.truncation for pair in pairs)
    (10000, 168, 159)
    """
    accepted, resolved = _cell(data, "police_disputes"), _cell(data, "police_disputes_resolved")
    printing = {
        rule: set(intervals.pairs(resolved, accepted, _cell(data, "police_resolution_rate", rule)))
        for rule in Rule
    }
    return tuple(
        Pair(whole, part, (part, whole) in printing[Rule.NEAREST], (part, whole) in printing[Rule.TRUNCATION])
        for whole in accepted.numbers()
        for part in resolved.numbers()
    )


def police_grid(data: Dataset) -> pd.DataFrame:
    """Return the pairs as a table: accepted, resolved, unresolved, and which rules print the rate.

    `prints` is both, nearest_only, truncation_only or neither.

    >>> police_grid(load())["prints"].value_counts()["both"]
    np.int64(83)
    """
    words = {(True, True): "both", (True, False): "nearest_only", (False, True): "truncation_only"}
    return pd.DataFrame(
        [
            (
                pair.accepted,
                pair.resolved,
                pair.accepted - pair.resolved,
                words.get((pair.nearest, pair.truncation), "neither"),
            )
            for pair in police_pairs(data)
        ],
        columns=["accepted", "resolved", "unresolved", "prints"],
    )


def police_disputes_per_1000_residents(data: Dataset) -> Quantity:
    """Return the police disputes × 1,000 ÷ residents of the census (B32).

    >>> police_disputes_per_1000_residents(load()).text()
    '10.9844 to 11.0461 disputes per 1,000 residents'
    """
    when = _when(data, "police_disputes")
    quantity = _per_residents(
        data,
        "B32",
        "police_disputes_per_1000_residents",
        ("police disputes per 1,000 residents", "每千常住人口公安受理排查纠纷"),
        ("disputes per 1,000 residents", "件"),
        "police_disputes",
        1000,
        (
            f"For scale only; {when[0]}, with no printed end.",
            f"仅供了解规模；{when[1]}，截止时间未载。",
        ),
    )
    # The count is hedged, so that no single value stands for it.
    return replace(quantity, value=None)


def persons_per_unit_checked(data: Dataset) -> Quantity:
    """Return persons checked ÷ units checked, units being dwellings, shops and institutions (B28).

    >>> persons_per_unit_checked(load()).text(), persons_per_unit_checked(load()).interval_text()
    ('1.0461', '1.0459 to 1.0462')
    """
    household = findings.decimal(_value(data, "K023"))
    return _quotient(
        data,
        "B28",
        "persons_per_unit_checked",
        ("persons checked per unit checked", "每户排查人数"),
        ("persons_checked", "premises_checked"),
        (
            f"No household size: a family household of the city has {household} persons in the mean, and "
            "the two counts can hardly describe the same households.",
            f"并非户均人口：全市平均每个家庭户{household}人，两数不像是同一批住户。",
        ),
        extra_keys=("K023",),
        form="decimal",
    )


def persons_checked_per_resident(data: Dataset) -> Quantity:
    """Return the persons checked as a share of the census population (B29).

    >>> persons_checked_per_resident(load()).text()
    '36.1485%'
    """
    quantity = _per_residents(
        data,
        "B29",
        "persons_checked_per_resident",
        ("persons checked as a share of residents", "排查人员与常住人口之比"),
        ("", ""),
        "persons_checked",
        1,
        ("No coverage: a person may be counted more than once.", "并非覆盖率，同一人可能重复计入。"),
    )
    return replace(quantity, form="share")


def notices_per_unit_checked(data: Dataset) -> Quantity:
    """Return notices served ÷ units checked (B30).

    >>> notices_per_unit_checked(load()).text()
    '0.8772'
    """
    return _quotient(
        data,
        "B30",
        "notices_per_unit_checked",
        ("notices served per unit checked", "每户告知人次"),
        ("notices_served", "premises_checked"),
        (
            "Different units: notices are person-times, so one person can count twice. No coverage.",
            "单位不同：告知以人次计，同一人可重复计入，并非覆盖率。",
        ),
        form="decimal",
    )


def index_after_fall(data: Dataset, key: str) -> Quantity:
    """Return what is left of every 100 after a printed fall: 100 × (1 − fall) (B33).

    key: contact_crime_calls_fall, robbery_snatching_fall or commercial_cases_fall.

    >>> [index_after_fall(load(), key).text(places=1) for key in FALLS]
    ['76.4', '60.2', '77.0']
    """
    left = Interval.point(1) + -_cell(data, key)
    row = data.shown(key)
    return _quantity(
        "B33",
        "index_after_fall",
        ("index after the fall, base 100", "下降后指数，基期为100"),
        ("", ""),
        (key,),
        (
            "An index alone: base and counts are not printed, so no number of cases or calls follows.",
            "仅为指数；基数未载，不能推出件数或起数。",
        ),
        value=100 * (1 - _value(data, key)),
        within=intervals.product(left, Interval.point(100)),
        variant=(row["indicator_en"], row["indicator_zh"]),
    )


# --- People's mediation -------------------------------------------------------------------------------------


def peoples_mediation_rate(data: Dataset) -> Quantity:
    """Return the disputes settled as a share of the disputes accepted (B15).

    >>> peoples_mediation_rate(load()).text()
    '99.7452%'
    """
    return _quotient(
        data,
        "B15",
        "peoples_mediation_rate",
        ("people's mediation, disputes settled as a share of those accepted", "人民调解成功率（复算）"),
        ("mediation_settled", "mediation_disputes"),
        (
            "The start of the period is not printed; how long a settlement lasts is not said.",
            "起始时间未载；协议履行情况未载。",
        ),
    )


def peoples_mediation_unsettled(data: Dataset) -> Quantity:
    """Return the disputes that were not settled (B16).

    >>> peoples_mediation_unsettled(load()).text()
    '2 disputes'
    """
    return _quantity(
        "B16",
        "peoples_mediation_unsettled",
        ("people's mediation, disputes not settled", "人民调解未成功纠纷"),
        ("disputes", "件"),
        ("mediation_disputes", "mediation_settled"),
        (
            "So few that one dispute more or less moves the share by a visible step; some may be pending.",
            "数量极少，增减一件即影响比率；其中可能有尚在调解的。",
        ),
        value=_value(data, "mediation_disputes") - _value(data, "mediation_settled"),
        form="count",
        places=0,
    )


def peoples_mediation_unsettled_share(data: Dataset) -> Quantity:
    """Return the disputes not settled as a share of those accepted (B16).

    >>> peoples_mediation_unsettled_share(load()).text()
    '0.2548%'
    """
    left = peoples_mediation_unsettled(data)
    return replace(
        left,
        name="peoples_mediation_unsettled_share",
        title_en="people's mediation, disputes not settled as a share",
        title_zh="人民调解未成功纠纷占比",
        value=_known(left) / _value(data, "mediation_disputes"),
        unit_en="",
        unit_zh="",
        form="share",
        places=4,
    )


def disputes_per_1000_residents(data: Dataset) -> Quantity:
    """Return the disputes of people's mediation × 1,000 ÷ residents of the census (B17).

    low, high: with the article's hedged number of residents instead of the census.

    >>> disputes_per_1000_residents(load()).text(), disputes_per_1000_residents(load()).interval_text()
    ('0.4899 disputes per 1,000 residents', '0.4618 to 0.4906 disputes per 1,000 residents')
    """
    quantity = _per_residents(
        data,
        "B17",
        "disputes_per_1000_residents",
        ("disputes of people's mediation per 1,000 residents", "每千常住人口人民调解受理纠纷"),
        ("disputes per 1,000 residents", "件"),
        "mediation_disputes",
        1000,
        ("The period is not printed, part of a year at most.", "统计时段未载，至多为当年部分时间。"),
    )
    printed = intervals.ratio(_cell(data, "mediation_disputes"), _cell(data, "resident_population"))
    per_1000 = intervals.product(printed, Interval.point(1000))
    return replace(
        quantity,
        low=per_1000.low,
        high=per_1000.high,
        bounds=_bounds(per_1000),
        keys=(*quantity.keys, "resident_population"),
    )


def parties_per_dispute(data: Dataset) -> Quantity:
    """Return the parties involved ÷ disputes accepted (B20).

    >>> parties_per_dispute(load()).text()
    '1.6968 persons per dispute'
    """
    return _quotient(
        data,
        "B20",
        "parties_per_dispute",
        ("parties per dispute", "每件纠纷涉及当事人"),
        ("parties_involved", "mediation_disputes"),
        (
            "Fewer than two to a dispute: firms and bodies are not counted as persons, or a person counts "
            "once across disputes.",
            "每件不足两人：单位可能未计入人数，或同一人只计一次。",
        ),
        unit=("persons per dispute", "人/件"),
        form="decimal",
    )


def amount_per_dispute(data: Dataset, rule: Rule = Rule.NEAREST) -> Quantity:
    """Return the amount involved ÷ disputes accepted, in yuan (B21); low, high: by the rule of rounding.

    >>> amount_per_dispute(load()).text()
    '20,624.20 yuan per dispute'
    >>> amount_per_dispute(load(), Rule.TRUNCATION).interval_text()
    '20,624.20 to below 20,636.94 yuan per dispute'
    """
    return _quotient(
        data,
        "B21",
        "amount_per_dispute",
        ("amount involved per dispute", "每件纠纷涉及金额"),
        ("amount_involved", "mediation_disputes"),
        (
            "A mean of a distribution that is not known and surely skewed; no typical dispute.",
            "系均值，金额分布未知且必然偏斜，不代表一般纠纷。",
        ),
        unit=("yuan per dispute", "元/件"),
        form="decimal",
        places=2,
        rule=rule,
        variant=_RULES[rule],
    )


def mediators_per_organisation(data: Dataset, *, professional: bool = True) -> Quantity:
    """Return the mediators ÷ committees and organisations (B22), with or without the professional ones.

    >>> mediators_per_organisation(load()).text()
    '5.9554 mediators per organisation'
    >>> mediators_per_organisation(load(), professional=False).text()
    '6.4135 mediators per organisation'
    """
    keys = _ORGANISATIONS if professional else _ORGANISATIONS[:-1]
    return _quantity(
        "B22",
        "mediators_per_organisation",
        ("mediators per organisation", "每个调解组织调解员"),
        ("mediators per organisation", "名"),
        ("mediators", *keys),
        (
            "A mean; which mediator belongs to which organisation is not printed.",
            "系均值；调解员在各组织的分布未载。",
        ),
        value=_value(data, "mediators") / sum(_value(data, key) for key in keys),
        places=4,
        variant=("", "") if professional else ("without professional organisations", "不含专业性行业性组织"),
    )


def disputes_per_mediator(data: Dataset) -> Quantity:
    """Return the disputes accepted ÷ mediators (B23).

    >>> disputes_per_mediator(load()).text()
    '1.1769 disputes per mediator'
    """
    return _quotient(
        data,
        "B23",
        "disputes_per_mediator",
        ("disputes per mediator", "每名调解员受理纠纷"),
        ("mediation_disputes", "mediators"),
        (
            "Of this year to date; a part of a year must not be set against a whole one without saying so.",
            "系当年截至统计时点数，与全年数并列须加说明。",
        ),
        unit=("disputes per mediator", "件"),
        form="decimal",
    )


def disputes_per_organisation(data: Dataset) -> Quantity:
    """Return the disputes accepted ÷ committees and organisations (B24).

    >>> disputes_per_organisation(load()).text()
    '7.0089 disputes per organisation'
    """
    return _quantity(
        "B24",
        "disputes_per_organisation",
        ("disputes per organisation", "每个调解组织受理纠纷"),
        ("disputes per organisation", "件"),
        ("mediation_disputes", *_ORGANISATIONS),
        (
            "Of this year to date, and a mean; how the disputes are spread is not printed.",
            "系当年截至统计时点的均值；纠纷分布未载。",
        ),
        value=_value(data, "mediation_disputes") / sum(_value(data, key) for key in _ORGANISATIONS),
        places=4,
    )


def mediators_per_10000_residents(data: Dataset) -> Quantity:
    """Return the mediators × 10,000 ÷ residents of the census (B25).

    >>> mediators_per_10000_residents(load()).text()
    '4.1628 mediators per 10,000 residents'
    """
    return _per_residents(
        data,
        "B25",
        "mediators_per_10000_residents",
        ("mediators per 10,000 residents", "每万常住人口人民调解员"),
        ("mediators per 10,000 residents", "名"),
        "mediators",
        10000,
        ("Who counts as a mediator differs from place to place.", "各地调解员统计口径不一。"),
    )


# --- Governance, cameras, money -----------------------------------------------------------------------------


def communities_with_party_committee_share(data: Dataset, *, later: bool = False) -> Quantity:
    """Return the communities with a party committee as a share of the community committees (B26).

    later: over the communities that another publication counts at a later date (K019) instead.

    >>> communities_with_party_committee_share(load()).text(places=1)
    '66.7%'
    >>> communities_with_party_committee_share(load(), later=True).text(places=1)
    '71.9%'
    """
    later_end = data.shown("K019")["period_end"]
    return _quotient(
        data,
        "B26",
        "communities_with_party_committee_share",
        ("communities with a party committee as a share", "设大党委社区占比"),
        ("communities_with_party_committee", "K019" if later else "community_committees"),
        (
            "Conditional: only if each community mediation committee stands for one community.",
            "有条件：仅当每个社区调委会对应一个社区时成立。",
        )
        if not later
        else (
            "Conditional: a count of communities at another date, perhaps over another territory.",
            "有条件：社区数为其他时点，辖区或有不同。",
        ),
        variant=("of the community committees", "占社区调委会")
        if not later
        else (
            f"of the communities in {findings.date(later_end)}",
            f"占{findings.date(later_end, 'zh')}社区数",
        ),
    )


def cameras_ratio(data: Dataset) -> Quantity:
    """Return the cameras of the police section ÷ the cameras of the opening (B27); no growth.

    >>> cameras_ratio(load()).text(places=4)
    '6.7620 times'
    """
    when = _when(data, "cameras_built")
    return _quotient(
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
    )


def account_to_won(data: Dataset) -> Quantity:
    """Return the money on the account ÷ the money won, as an interval (B31); no collection rate.

    >>> account_to_won(load()).text(places=2)
    'above 30.00% to below 33.33%'
    """
    return _quantity(
        "B31",
        "account_to_won",
        ("money on the account to money won", "专户到账与诉讼所得之比"),
        ("", ""),
        ("compensation_on_account", "restoration_fees"),
        (
            "Not a collection rate, and no sentence about size follows: another fee, another date, other "
            "cases.",
            "并非执行到位率，不能据以评价多少：款项、时点、案件均不同。",
        ),
        within=intervals.ratio(_cell(data, "compensation_on_account"), _cell(data, "restoration_fees")),
        form="share",
        places=4,
    )


def duration_before(data: Dataset) -> Quantity:
    """Return the longest mean duration before, in days, if both shortenings spoke of one mean (B34).

    The shortening in days ÷ the least shortening as a share; low, high: that bound, by rounding of the days.

    >>> duration_before(load()).text(), duration_before(load()).interval_text()
    ('58 days', '57 to below 59 days')
    """
    least = _end(_cell(data, "trial_time_shortening").low)
    return _quantity(
        "B34",
        "duration_before",
        (
            "longest mean duration before, if both claims spoke of one mean",
            "缩短前平均时长上限（假设两项同一口径）",
        ),
        ("days", "天"),
        ("case_cycle_shortening", "trial_time_shortening"),
        (
            "An upper bound under a supposition: the article does not link the two claims. It shows what "
            "is missing, and nothing else.",
            "系假设下的上限：文中未将两项相联系，仅用以说明缺少何种数字。",
        ),
        value=_value(data, "case_cycle_shortening") / least,
        within=intervals.ratio(_cell(data, "case_cycle_shortening"), Interval.point(least)),
        form="count",
        places=0,
    )


# --- The mix fallacy ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scheme:
    """One of the four rates: its relation, the counts it divides, and what is not in its numerator."""

    id: str
    part: str
    whole: str
    rest_en: str
    rest_zh: str


SCHEMES: tuple[Scheme, ...] = (
    Scheme("closing_rate", "cases_concluded", "cases_accepted", "open", "未结"),
    Scheme(
        "court_mediation", "cases_mediated", "cases_transferred", "not reported as settled", "未载明调解成功"
    ),
    Scheme("police_resolution", "police_disputes_resolved", "police_disputes", "unresolved", "未化解"),
    Scheme("peoples_mediation", "mediation_settled", "mediation_disputes", "unsettled", "调解未成功"),
)
"""The four rates in the article's order, which is the only order they may have."""


def pooled_share(data: Dataset, times: Mapping[str, Fraction | int] | None = None) -> Fraction:
    """Return the pooled rate of the four schemes, with some of them taken `times` as often.

    It demonstrates the mix fallacy and nothing else: no body's rate changes, and the pooled one does.

    >>> findings.percent(pooled_share(load()))
    '62.86%'
    >>> findings.percent(pooled_share(load(), {"police_resolution": 2}))
    '70.04%'
    """
    weights = {scheme.id: Fraction(1) for scheme in SCHEMES} | dict(times or {})
    parts = sum(weights[scheme.id] * _value(data, scheme.part) for scheme in SCHEMES)
    wholes = sum(weights[scheme.id] * _value(data, scheme.whole) for scheme in SCHEMES)
    return Fraction(parts) / wholes


def scheme_weights(data: Dataset) -> dict[str, Fraction]:
    """Return each scheme's share of the pooled denominator.

    >>> [findings.percent(weight) for weight in scheme_weights(load()).values()]
    ['50.14%', '23.34%', '25.39%', '1.13%']
    """
    total = sum(_value(data, scheme.whole) for scheme in SCHEMES)
    return {scheme.id: _value(data, scheme.whole) / total for scheme in SCHEMES}


def pooled_rate(data: Dataset) -> Quantity:
    """Return all numerators ÷ all denominators of the four rates (B35).

    >>> pooled_rate(load()).text(), pooled_rate(load()).interval_text()
    ('62.8611%', '62.7715% to 63.0039%')
    """
    totals = {}
    for side in ("part", "whole"):
        cells = [_cell(data, getattr(scheme, side)) for scheme in SCHEMES]
        totals[side] = sum(cells[1:], cells[0])
    return _quantity(
        "B35",
        "pooled_rate",
        ("pooled rate of the four schemes", "四项合并比率"),
        ("", ""),
        _SCHEME_KEYS,
        _MIX_CAVEAT,
        value=pooled_share(data),
        within=intervals.ratio(totals["part"], totals["whole"]),
        form="share",
        places=4,
    )


def equally_weighted_rate(data: Dataset, *, printed: bool = False) -> Quantity:
    """Return the plain mean of the four rates (B36); printed: with the police rate as printed.

    >>> equally_weighted_rate(load()).text(), equally_weighted_rate(load()).interval_text()
    ('71.1869%', '71.0494% to 71.3275%')
    >>> equally_weighted_rate(load(), printed=True).text()
    '71.2005%'
    """
    shares = [intervals.ratio(_cell(data, scheme.part), _cell(data, scheme.whole)) for scheme in SCHEMES]
    rates = [_value(data, scheme.part) / _value(data, scheme.whole) for scheme in SCHEMES]
    value = Fraction(sum(rates)) / len(SCHEMES)
    police = _value(data, "police_disputes_resolved") / _value(data, "police_disputes")
    if printed:
        value += (_value(data, "police_resolution_rate") - police) / len(SCHEMES)
    return _quantity(
        "B36",
        "equally_weighted_rate",
        ("mean of the four rates, equal weights", "四项等权平均"),
        ("", ""),
        (*_SCHEME_KEYS, *(["police_resolution_rate"] if printed else [])),
        _MIX_CAVEAT,
        value=value,
        within=None
        if printed
        else intervals.product(sum(shares[1:], shares[0]), Interval.point(Fraction(1, len(SCHEMES)))),
        form="share",
        places=4,
        variant=("with the printed police rate", "公安用载明化解率") if printed else ("", ""),
    )


# --- What the carry-over would change -----------------------------------------------------------------------


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
        return _in(language, (self.why_en, self.why_zh))


def carry_over(data: Dataset, share: Fraction, why: Text = ("", ""), keys: tuple[str, ...] = ()) -> CarryOver:
    """Return both readings for one share of carried-over cases.

    Raises ValueError for a share outside 0 to below 1.

    >>> row = carry_over(load(), Fraction(5, 100))
    >>> findings.percent(row.clearance), findings.percent(row.closing), row.pending
    ('64.96%', '58.77%', 15049)
    """
    if not 0 <= share < 1:
        raise ValueError(f"found a share of {share} carried over, expected 0 or more and less than 1")
    accepted, concluded = _value(data, "cases_accepted"), _value(data, "cases_concluded")
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

    >>> [findings.percent(row.share) for row in carry_over_rows(load())]
    ['0.00%', '5.00%', '6.89%', '10.00%', '15.25%', '16.18%', '16.78%', '23.03%', '30.00%']
    """

    def value(key: str) -> Fraction:
        return _value(data, key)

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
                f"a round share, near that of Yiling, {_when(data, 'K081')[0]}",
                f"设定值，与湖北夷陵{_when(data, 'K081')[1]}相近",
            ),
            "K081",
        ),
        row(
            (value("K029") - value("K030")) / value("K039"),
            (
                f"China, open on {_on(data, 'K030')[0]} of those accepted by {_on(data, 'K039')[0]}",
                f"全国{_on(data, 'K030')[1]}未结占截至{_on(data, 'K039')[1]}受理",
            ),
            "K029",
            "K030",
            "K039",
        ),
        row(
            Fraction(10, 100),
            (
                f"a round share; Guangzhou, {_when(data, 'K068')[0]}, had {guangzhou}",
                f"设定值；广州{_when(data, 'K068')[1]}为{guangzhou}",
            ),
            "K067",
            "K068",
            "K069",
        ),
        row(
            1 - _hedong_filed(data) / value("K078"),
            (
                f"Hedong, a basic court, {_when(data, 'K078')[0]}",
                f"天津河东区法院{_when(data, 'K078')[1]}",
            ),
            "K078",
            *_HEDONG_FILED,
        ),
        row(
            open_2017 / value("cases_accepted"),
            (
                f"Guandu, the {left} open on {_on(data, 'K007')[0]}, of the cases accepted now",
                f"官渡区法院{_on(data, 'K007')[1]}未结{findings.count(open_2017, 'zh')}件，占本期受理",
            ),
            "K006",
            "K007",
            "cases_accepted",
        ),
        row(
            1 - value("K045") / docket_2016,
            (
                f"China, {_when(data, 'K045')[0]}, implied by filings, closings and rate",
                f"全国{_when(data, 'K045')[1]}（推算）",
            ),
            "K045",
            "K046",
            "K047",
        ),
        row(
            open_2017 / value("K006"),
            (
                f"Guandu, open on {_on(data, 'K007')[0]} of those accepted in the year",
                f"官渡区法院{_on(data, 'K007')[1]}未结占当年受理",
            ),
            "K006",
            "K007",
        ),
        row(Fraction(30, 100), ("a round share", "设定值")),
    )


def carry_over_break_even(data: Dataset) -> Fraction:
    """Return the share of carry-over at which reading A's clearance rate would reach 1: open ÷ accepted.

    >>> findings.percent(carry_over_break_even(load()), 4)
    '38.2885%'
    """
    return _known(pending_share(data))


def open_in_august_2020(data: Dataset) -> Quantity:
    """Return the court's open cases of August 2020 over the cases accepted in 2021; no carry-over.

    >>> open_in_august_2020(load()).text()
    '28.12%'
    """
    return _quantity(
        "",
        "open_in_august_2020",
        (
            f"cases open on {_on(data, 'K005')[0]}, to the cases accepted in the article",
            f"{_on(data, 'K005')[1]}未结案件与文中受理案件之比",
        ),
        ("", ""),
        ("K004", "K005", "cases_accepted"),
        (
            "Not a carry-over: the day is not the end of a year.",
            "该日并非年末，不能作为旧存。",
        ),
        value=(_value(data, "K004") - _value(data, "K005")) / _value(data, "cases_accepted"),
        form="share",
        places=2,
    )


# --- Closing rates elsewhere, and the same court before -----------------------------------------------------


def closing_rates(data: Dataset) -> tuple[Comparison, ...]:
    """Return the closing rates that may be set by the day of the year, one court or group a point.

    They are never sorted by size: the order is that of the latest day on which the count may have ended,
    whole years last. Two printed dates give two days.

    >>> [(point.dated(), point.days) for point in closing_rates(load()) if len(point.days) == 2]
    [('Guandu, 22 or 30 September 2021', (265, 273)), ('Hedong, 20 or 30 September 2014', (263, 273))]
    """
    row = partial(_comparison, data)
    points = (
        row(rate="K092"),
        row("K090", "K088", "K091"),
        row("K086", "K085", "K087"),
        row("K082", "K081", "K083"),
        row("K050", "K049", "K051"),
        row("K005", "K004"),
        row("cases_concluded", "cases_accepted", "closing_rate", other_end="K001"),
        row("K079", "K078", other_end="K080"),
        row(rate="K047"),
        row(rate="K048"),
        row("K040", "K039"),
        row("K030", "K029", "K065"),
        row("K032", "K031"),
        row("K034", "K033"),
        row("K007", "K006", "K008"),
    )
    return tuple(replace(point, definition_en="closing rate", definition_zh="结案率") for point in points)


def full_year_closing_rates(data: Dataset) -> tuple[Comparison, ...]:
    """Return closing rates of whole years beside the court's 2017: China's local courts, all courts.

    >>> [(row.label(), findings.percent(row.value)) for row in full_year_closing_rates(load())]
    [('Guandu, 2017', '76.97%'), ('China, 2016', '85.85%'), ('China, 2018', '89.89%')]
    """
    return (
        _comparison(data, "K007", "K006", "K008"),
        _comparison(data, "K059", "K058"),
        _comparison(data, "K026", "K025"),
    )


@dataclass(frozen=True, slots=True)
class TwoRates:
    """The closing rate and the clearance rate (concluded ÷ newly filed) of one court in one period."""

    closing: Comparison
    clearance: Comparison


def closing_and_clearance(data: Dataset) -> tuple[TwoRates, ...]:
    """Return the courts for which both rates can be had: the two words do not mean the same number.

    >>> for both in closing_and_clearance(load()):
    ...     rates = [findings.percent(rate.value) for rate in (both.closing, both.clearance)]
    ...     print(both.closing.label(), *rates)
    Guangzhou, 2019 88.88% 98.07%
    China, January to September 2016 68.17% 81.91%
    Hedong, January to September 2014 74.10% 87.43%
    Dinghu, 2017 96.06% 110.98%
    """
    guangzhou = _comparison(data, rate="K070")
    hedong = _comparison(data, "K079", "K078")
    filed = _hedong_filed(data)
    return (
        TwoRates(guangzhou, _comparison(data, "K068", "K067")),
        TwoRates(_comparison(data, rate="K047"), _comparison(data, "K046", "K045")),
        TwoRates(
            hedong,
            replace(
                hedong,
                definition_en="cases concluded ÷ cases newly filed, by type",
                definition_zh="审执结÷各类新收合计",
                value=_value(data, "K079") / filed,
                low=None,
                high=None,
                keys=("K079", *_HEDONG_FILED),
            ),
        ),
        TwoRates(_comparison(data, "K100", "K099", "K102"), _comparison(data, rate="K101")),
    )


def level_since_2020(data: Dataset) -> Quantity:
    """Return how far the court's closing rate of 31 August 2020 lay above that of 2021, as a share.

    >>> level_since_2020(load()).text()
    '0.24 percentage points'
    """
    return _quantity(
        "",
        "level_since_2020",
        (
            f"closing rate of {_on(data, 'K005')[0]} above that of the article",
            f"{_on(data, 'K005')[1]}结案率高于文中结案率",
        ),
        ("", ""),
        ("K004", "K005", "cases_accepted", "cases_concluded"),
        (
            "The earlier count ended earlier in its year, and such a rate rises through the year; the "
            "carry-over of both years is unknown.",
            "较早一次统计在年内时点更早，而结案率年内上升；两年旧存均不详。",
        ),
        value=_value(data, "K005") / _value(data, "K004") - _known(closing_rate_recomputed(data)),
        form="points",
        places=2,
    )


def level_of_china_2016(data: Dataset) -> Quantity:
    """Return how far China's printed closing rate of September 2016 lay above the court's recomputed one.

    >>> level_of_china_2016(load()).text()
    '6.46 percentage points'
    """
    return _quantity(
        "",
        "level_of_china_2016",
        (
            f"China's closing rate of {_on(data, 'K047')[0]} above the court's",
            f"{_on(data, 'K047')[1]}全国结案率高于该院",
        ),
        ("", ""),
        ("K047", "cases_accepted", "cases_concluded"),
        (
            "All courts against one basic court, and another year.",
            "系全国法院与一个基层法院之比，且年份不同。",
        ),
        value=_value(data, "K047") - _known(closing_rate_recomputed(data)),
        form="points",
        places=2,
    )


def accepted_since_2020(data: Dataset) -> Quantity:
    """Return the cases accepted in 2021 over those of 2020, over periods of different length.

    >>> accepted_since_2020(load()).text(places=4)
    '1.3531 times'
    """
    return _over_earlier(data, "accepted_since_2020", "K004")


def accepted_since_2017(data: Dataset) -> Quantity:
    """Return the cases accepted in the months of 2021 over those of the whole of 2017.

    >>> accepted_since_2017(load()).text(places=4)
    '1.4235 times'
    """
    return _over_earlier(data, "accepted_since_2017", "K006")


def accepted_per_day_since_2020(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return how much more cases a day were accepted in 2021 than in 2020, as a share.

    >>> [accepted_per_day_since_2020(load(), cut_off).text() for cut_off in CutOff]
    ['+24.6%', '+20.9%']
    """
    title = "cases accepted per day", "日均受理案件"
    return _pace_since(data, "accepted_per_day_since_2020", title, "cases_accepted", "K004", cut_off)


def concluded_per_day_since_2020(data: Dataset, cut_off: CutOff = CutOff.FINER) -> Quantity:
    """Return how much more cases a day were concluded in 2021 than in 2020, as a share.

    >>> [concluded_per_day_since_2020(load(), cut_off).text() for cut_off in CutOff]
    ['+24.1%', '+20.5%']
    """
    title = "cases concluded per day", "日均审执结案件"
    return _pace_since(data, "concluded_per_day_since_2020", title, "cases_concluded", "K005", cut_off)


def year_end_share(data: Dataset) -> Quantity:
    """Return the share of China's closings of 2021 that fell after 15 November.

    >>> year_end_share(load()).text()
    '20.62%'
    """
    return _quantity(
        "",
        "year_end_share",
        (
            f"China's closings of {_when(data, 'K032')[0]} that fell after {_on(data, 'K040')[0]}",
            f"{_on(data, 'K040')[1]}以后全国结案占{_when(data, 'K032')[1]}比例",
        ),
        ("", ""),
        ("K032", "K040"),
        _SURGE_CAVEAT,
        value=1 - _value(data, "K040") / _value(data, "K032"),
        form="share",
        places=2,
    )


def year_end_pace(data: Dataset) -> Quantity:
    """Return China's closings a day after 15 November 2021 over those a day before.

    >>> year_end_pace(load()).text(places=4)
    '1.8016 times'
    """
    before = _length(data.shown("K040"))
    after = _length(data.shown("K032")) - before
    late = (_value(data, "K032") - _value(data, "K040")) / after
    return _quantity(
        "",
        "year_end_pace",
        (
            f"China's closings per day in the last {after} days of {_when(data, 'K032')[0]}, to the days "
            "before",
            f"{_when(data, 'K032')[1]}最后{after}天全国日均结案与此前之比",
        ),
        ("", ""),
        ("K032", "K040"),
        _SURGE_CAVEAT,
        value=late / (_value(data, "K040") / before),
        form="times",
        places=2,
    )


# --- Caseload, mediation and other figures elsewhere --------------------------------------------------------


def caseloads(data: Dataset) -> tuple[Comparison, ...]:
    """Return printed cases per judge, the article's two first; months, year and word stand in the labels.

    >>> row = caseloads(load())[2]
    >>> row.label(), row.definition(), findings.count(row.value)
    ('China, 1 January to 15 November 2021', 'cases accepted per quota judge', '240')
    """
    keys = (
        "accepted_per_judge",
        "concluded_per_judge",
        "K043",
        "K044",
        "K037",
        "K064",
        "K009",
        "K071",
        "K107",
    )
    return tuple(_comparison(data, rate=key) for key in keys)


def caseload_ratio_to(data: Dataset, key: str) -> Quantity:
    """Return the court's printed closings per judge over another printed figure per judge.

    key: K044, K037, K064 or K009; for K043, cases accepted, the court's accepted cases per judge are taken.

    >>> [caseload_ratio_to(load(), key).text(places=4) for key in ("K044", "K037", "K064", "K009", "K043")]
    ['2.1968 times', '1.5073 times', '1.1569 times', '1.0546 times', '2.7875 times']
    """
    other = _comparison(data, rate=key)
    own = "accepted_per_judge" if key == "K043" else "concluded_per_judge"
    return _quotient(
        data,
        "",
        "caseload_ratio_to",
        (
            f"cases per judge, to {other.label()} ({other.definition()})",
            f"法官人均案件，与{other.label('zh')}{other.definition('zh')}之比",
        ),
        (own, key),
        (
            "The periods differ in length and must be named; other courts count and weigh cases differently.",
            "统计时段长短不一，须注明；各地案件口径、难度不同。",
        ),
        form="times",
        places=2,
    )


def mediation_shares(data: Dataset) -> tuple[Comparison, ...]:
    """Return courts' mediation shares, the article's first, each with its own definition, unsorted.

    >>> [(row.label(), findings.percent(row.value)) for row in mediation_shares(load())][:3:2]
    [('Guandu, since 2020', '25.00%'), ('Funing, January to August 2021', '36.16%')]
    """
    row = partial(_comparison, data)
    return (
        row("cases_mediated", "cases_transferred"),
        row("K175", "K174"),
        row("K114", "K113", "K115"),
        row("K172", "K171", "K173"),
        row("K063", "K062"),
        row("K112", "K111"),
        row("K169", "K168", "K170"),
        row(rate="K167"),
    )


def peoples_mediation_rates(data: Dataset) -> tuple[Comparison, ...]:
    """Return rates of people's mediation, the article's first, Guandu's own later one last; never sorted.

    >>> [findings.percent(row.value) for row in peoples_mediation_rates(load()) if row.value][-1]
    '80.02%'
    """
    row = partial(_comparison, data)
    return (
        row("mediation_settled", "mediation_disputes", "mediation_success_rate"),
        row("K177", "K176"),
        row(rate="K162"),
        row("K160", "K159", "K161"),
        row("K120", "K119", "K121"),
        row("K124", "K123", "K125"),
        row("K164", "K163", "K165"),
        row(rate="K129"),
        row("K016", "K015"),
    )


def resolution_rates(data: Dataset) -> tuple[Comparison, ...]:
    """Return examples of the term 化解率, the article's first; no ranking, since the term has no standard.

    >>> [(row.label(), row.printed) for row in resolution_rates(load())][1]
    ('Dehong, 2024', '97.8%')
    """
    return (
        _comparison(data, rate="police_resolution_rate"),
        _comparison(data, rate="K141"),
        _comparison(data, "K135", "K134", "K136"),
    )


def robbery_falls(data: Dataset) -> tuple[Comparison, ...]:
    """Return printed falls of robbery and snatching, to be compared as to sign alone; positive means a fall.

    >>> [findings.percent(row.value, 1) for row in robbery_falls(load())]
    ['39.8%', '52.5%']
    """
    return _comparison(data, rate="robbery_snatching_fall"), _comparison(data, rate="K138")


def proposals(data: Dataset) -> tuple[Comparison, ...]:
    """Return counts of pre-litigation proposals, for scale alone: periods and fields differ.

    >>> [(row.label(), findings.count(row.value)) for row in proposals(load())][1]
    ('Anning, 1 July 2015 to 15 October 2019', '154')
    """
    return _comparison(data, rate="prelitigation_proposals"), _comparison(data, rate="K148")


def camera_counts(data: Dataset) -> tuple[Comparison, ...]:
    """Return two counts of cameras of one other city, which can differ many times over.

    >>> built, networked = camera_counts(load())
    >>> findings.times(built.value / networked.value, 1)
    '13.8 times'
    """
    return _comparison(data, rate="K142"), _comparison(data, rate="K143")


def disputes_per_mediator_elsewhere(data: Dataset) -> tuple[Comparison, ...]:
    """Return disputes ÷ mediators elsewhere; China's second value leaves out disputes settled on referral.

    >>> [findings.decimal(row.value) for row in disputes_per_mediator_elsewhere(load())]
    ['4.70', '2.58', '0.65', '1.62']
    """
    china = _comparison(data, "K130", "K132")
    return (
        china,
        _less_referred(data, china, "K132"),
        _comparison(data, "K119", "K122"),
        _comparison(data, "K123", "K126"),
    )


def disputes_per_1000_residents_elsewhere(data: Dataset) -> tuple[Comparison, ...]:
    """Return disputes × 1,000 ÷ residents elsewhere: China 2022 twice, and the district since 2023.

    China's second value leaves out disputes settled on referral from courts.

    >>> [findings.decimal(row.value) for row in disputes_per_1000_residents_elsewhere(load())]
    ['10.58', '5.80', '1.69']
    """
    china = _comparison(data, "K130", "K024")
    rows = china, _less_referred(data, china, "K024"), _comparison(data, "K015", "K014")
    return tuple(_times(row, 1000, "× 1,000", "×1000") for row in rows)


def mediators_per_10000_residents_elsewhere(data: Dataset) -> Comparison:
    """Return China's people's mediators × 10,000 ÷ residents.

    >>> findings.decimal(mediators_per_10000_residents_elsewhere(load()).value, 4)
    '22.4964'
    """
    return _times(_comparison(data, "K132", "K024"), 10000, "× 10,000", "×10000")


# --- The figures of the article as a whole ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Width:
    """How wide the words of one hedged figure are: (high − low) ÷ low, None where no lower end is set."""

    key: str
    ref: str
    as_printed: str
    low: Fraction | None
    high: Fraction | None
    width: Fraction | None


def hedged_widths(data: Dataset) -> tuple[Width, ...]:
    """Return the relative width of every hedged figure, in the article's order; a shortening is capped at 1.

    >>> [(width.ref, findings.percent(width.width)) for width in hedged_widths(load()) if width.width][:2]
    [('N05', '6.25%'), ('N08', '1.54%')]
    """
    return tuple(_width(data, row) for row in _statistics(data) if row["hedge"])


def section_kinds(data: Dataset) -> pd.DataFrame:
    """Return how many figures each section prints of each kind: sections in the article's order as rows.

    >>> int(section_kinds(load()).loc["court"].sum())
    15
    """
    rows = _statistics(data)
    sections = list(dict.fromkeys(row["section"] for row in rows))
    counts = pd.crosstab(
        pd.Series([row["section"] for row in rows], name="section"),
        pd.Series([row["kind"] for row in rows], name="kind"),
    )
    return counts.reindex(index=sections, columns=[kind for kind in audit.KINDS if kind in counts])


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger of checks: what is held against what, and what came of it.

    kind: recomputed (a verdict of the audit), side_by_side (an outcome) or alone. result: the word of the
    closed list. power: the share of other values that would have been rejected, None where there is none.
    keys: the figures it uses.
    """

    ref: str
    id: str
    kind: str
    title_en: str
    title_zh: str
    result: str
    power: Fraction | None
    keys: tuple[str, ...]
    note: str

    def title(self, language: Language = "en") -> str:
        """Return what is held against what."""
        return _in(language, (self.title_en, self.title_zh))

    def gloss(self, language: Language = "en") -> str:
        """Return the result in plain words."""
        write = findings.verdict if self.kind == "recomputed" else findings.outcome
        return write(self.result, language)


def ledger(data: Dataset) -> tuple[LedgerRow, ...]:
    """Return every check of the article, C01 to C23, in order.

    >>> rows = ledger(load())
    >>> len(rows), rows[4].ref, rows[4].result, rows[4].gloss()
    (23, 'C05', 'truncation_only', 'follows only if cut, not if rounded')
    """
    rows = [
        *(_recomputed(data, row) for row in tables.rows("relations", data.folder)),
        *(_side_by_side(row) for row in tables.rows("crosschecks", data.folder)),
        *(_alone(row) for row in tables.rows("standalone", data.folder)),
    ]
    return tuple(sorted(rows, key=lambda row: row.ref))


def power_within(data: Dataset, relation: str, low: Fraction | int, high: Fraction | int = 1) -> Fraction:
    """Return the power of a check over the values from `low` to `high` alone, as a share of them.

    Raises ValueError where the relation has no power to speak of.

    >>> findings.percent(power_within(load(), "police_resolution", Fraction(95, 100)), 1)
    '77.4%'
    >>> findings.percent(power_within(load(), "judges_headcount", 1, 1000), 1)
    '59.0%'
    """
    space = Fraction(low), Fraction(high)
    power = audit.check(replace(data.relation(relation), space=space)).power
    if power is None:
        raise ValueError(f"found no power for {relation}, expected a testable relation with printable values")
    return power


def means_by_judges(data: Dataset, judges: Iterable[int]) -> pd.DataFrame:
    """Return, for each whole number of judges, both counts divided by it, and whether both printed means fit.

    The divided counts are fractions; `fits` is by nearest rounding.

    >>> table = means_by_judges(load(), range(40, 66))
    >>> table.loc[table["fits"], "judges"].to_list()
    [52]
    """
    pairs = (("cases_accepted", "accepted_per_judge"), ("cases_concluded", "concluded_per_judge"))
    rows = []
    for number in judges:
        means = [_value(data, total) / number for total, _ in pairs]
        fits = all(mean in _cell(data, key) for mean, (_, key) in zip(means, pairs, strict=True))
        rows.append((number, *means, fits))
    return pd.DataFrame(rows, columns=["judges", "accepted_per_judge", "concluded_per_judge", "fits"])


# --- The registry -------------------------------------------------------------------------------------------


def every(data: Dataset) -> tuple[Quantity, ...]:
    """Return all derived values, B01 to B38, in order, each variant of one after the other.

    >>> quantities = every(load())
    >>> quantities[0].ref, quantities[-1].ref, len({quantity.ref for quantity in quantities})
    ('B01', 'B38', 38)
    """
    national = Courts.ALL_COURTS, Courts.BASIC_COURTS
    return (
        closing_rate_recomputed(data),
        pending(data),
        pending_share(data),
        disposition_time(data, CutOff.COARSER),
        disposition_time(data, CutOff.FINER),
        *(accepted_per_day(data, cut_off) for cut_off in CutOff),
        *(concluded_per_day(data, cut_off) for cut_off in CutOff),
        implied_judges(data),
        *(implied_judges_band(data, rule) for rule in Rule),
        *headcounts_of_2017(data),
        *(concluded_per_judge_and_working_day(data, cut_off) for cut_off in CutOff),
        court_mediation_share(data),
        not_reported_settled(data),
        police_rate_of_rounded_counts(data),
        police_rate_interval(data),
        police_unresolved_raw(data),
        *(police_unresolved(data, rule) for rule in (*Rule, None)),
        peoples_mediation_rate(data),
        peoples_mediation_unsettled(data),
        peoples_mediation_unsettled_share(data),
        disputes_per_1000_residents(data),
        cases_per_1000_residents(data),
        residents_per_judge(data),
        cases_per_judge(data),
        *_factors(data, national[0]),
        parties_per_dispute(data),
        *(amount_per_dispute(data, rule) for rule in Rule),
        mediators_per_organisation(data),
        mediators_per_organisation(data, professional=False),
        disputes_per_mediator(data),
        disputes_per_organisation(data),
        mediators_per_10000_residents(data),
        communities_with_party_committee_share(data),
        communities_with_party_committee_share(data, later=True),
        cameras_ratio(data),
        persons_per_unit_checked(data),
        persons_checked_per_resident(data),
        notices_per_unit_checked(data),
        account_to_won(data),
        police_disputes_per_1000_residents(data),
        *(index_after_fall(data, key) for key in FALLS),
        duration_before(data),
        pooled_rate(data),
        equally_weighted_rate(data),
        equally_weighted_rate(data, printed=True),
        *_factors(data, national[1]),
        caseload_in_city_2017(data),
    )


def comparisons(data: Dataset) -> tuple[Quantity, ...]:
    """Return the derived values that have no number: the court against itself and against other figures.

    >>> [quantity.name for quantity in comparisons(load())][:2]
    ['level_since_2020', 'level_of_china_2016']
    """
    return (
        level_since_2020(data),
        level_of_china_2016(data),
        accepted_since_2020(data),
        accepted_since_2017(data),
        *(accepted_per_day_since_2020(data, cut_off) for cut_off in CutOff),
        *(concluded_per_day_since_2020(data, cut_off) for cut_off in CutOff),
        open_in_august_2020(data),
        *cases_per_judge_of_2017(data),
        year_end_share(data),
        year_end_pace(data),
        *(caseload_ratio_to(data, key) for key in ("K043", "K044", "K037", "K064", "K009")),
    )


def overview(data: Dataset, quantities: Iterable[Quantity], language: Language = "en") -> pd.DataFrame:
    """Return quantities as a table of texts for a reader: number, what, value, interval, from what, caveat.

    A table to be read, not drawn: it holds rates of different things, in the order given.

    >>> overview(load(), [closing_rate_recomputed(load())]).iloc[0].to_list()[:4]
    ['B01', 'closing rate, recomputed', '61.7115%', '']
    """
    heads = _in(
        language,
        (
            ("ref", "derived value", "value", "interval", "from", "caveat"),
            ("编号", "推算值", "数值", "区间", "依据", "说明"),
        ),
    )
    return pd.DataFrame(
        [
            (
                quantity.ref,
                quantity.title(language),
                quantity.text(language),
                quantity.interval_text(language) if quantity.low is not None else "",
                ", ".join(reference(data, key) for key in quantity.keys),
                quantity.caveat(language),
            )
            for quantity in quantities
        ],
        columns=list(heads),
    )


def compared(
    rows: Iterable[Comparison],
    language: Language = "en",
    write: Callable[[findings.Number], str] = findings.percent,
) -> pd.DataFrame:
    """Return comparisons as a table of texts for a reader, in the order given; `write` writes a value.

    >>> compared(closing_rates(load())).iloc[6].to_list()[:4]
    ['Guandu, January to September 2021', 'closing rate', '61.71%', '61.71%']
    """
    heads = _in(
        language,
        (
            ("figure", "definition", "printed", "recomputed", "status", "from"),
            ("对象与时段", "口径", "载明", "复算", "来源", "依据"),
        ),
    )

    def text(row: Comparison) -> str:
        if row.value is not None:
            return write(row.value)
        return findings.interval(row.low, row.high, write, bounds=row.bounds, language=language)

    return pd.DataFrame(
        [
            (
                row.label(language),
                row.definition(language),
                row.printed,
                text(row),
                findings.origin(row.derived, language),
                ", ".join(row.keys),
            )
            for row in rows
        ],
        columns=list(heads),
    )


def reference(data: Dataset, key: str) -> str:
    """Return the number that the project's tables give a figure: N01 to N53, or the key of a benchmark.

    >>> reference(load(), "closing_rate"), reference(load(), "K047")
    ('N15', 'K047')
    """
    return data.shown(key).get("ref") or key


def uses(data: Dataset) -> dict[str, tuple[str, ...]]:
    """Return, for each printed figure, the derived values and checks that use it (their numbers), in order.

    Every printed figure is in it; one that nothing uses has an empty tuple.

    >>> uses(load())["mediation_disputes"]
    ('B15', 'B16', 'B17', 'B20', 'B21', 'B23', 'B24', 'B35', 'B36', 'C05', 'C09', 'C11')
    """
    used: dict[str, dict[str, None]] = {row["key"]: {} for row in _statistics(data)}
    items = [(quantity.ref, quantity.keys) for quantity in every(data)]
    items += [(row.ref, row.keys) for row in ledger(data)]
    for ref, keys in items:
        for key in keys:
            if key in used:
                used[key][ref] = None
    return {key: tuple(refs) for key, refs in used.items()}


# --- Dates --------------------------------------------------------------------------------------------------


def last_day(data: Dataset, cut_off: CutOff) -> dt.date:
    """Return the last day of the court's count: printed elsewhere (finer), or that of the months (coarser).

    >>> last_day(load(), CutOff.FINER), last_day(load(), CutOff.COARSER)
    (datetime.date(2021, 9, 22), datetime.date(2021, 9, 30))
    """
    return _end_day(data.shown("K001" if cut_off is CutOff.FINER else "cases_accepted")["period_end"])


def days(data: Dataset, cut_off: CutOff = CutOff.FINER) -> int:
    """Return the days of the court's period, first and last day included.

    >>> days(load()), days(load(), CutOff.COARSER)
    (265, 273)
    """
    start = dt.date.fromisoformat(data.shown("cases_accepted")["period_start"])
    return (last_day(data, cut_off) - start).days + 1


def population_caveat(data: Dataset) -> Text:
    """Return what must be said once beside every figure per resident, in English and in Chinese.

    >>> population_caveat(load())[0].startswith("Residents of the census for a district")
    True
    """
    listed, spoken = _value(data, "K018"), _value(data, "subdistricts_with_party_union")
    return (
        f"Residents of the census for a district of {findings.number_of(listed, 'subdistrict')}, as a later "
        f"publication counts them; the article has {findings.count(spoken)}. If the bodies serve fewer "
        "residents, every figure per resident is too small, and residents per judge are too many.",
        f"人口为全区普查数；后来的材料载全区{listed}个街道，文中为{spoken}个。若各机关辖区人口较少，则按人口计算的数值偏低，"
        "每名法官对应人口偏高。",
    )


# --- Keys and texts that several functions share ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Basis:
    """The figures behind the cases, judges and residents of one court or national basis."""

    ref: str
    title: Text
    cases: tuple[str, ...]
    judges: tuple[str, ...]
    residents: str


_JUDGES_KEYS = ("cases_accepted", "cases_concluded", "accepted_per_judge", "concluded_per_judge")
_POLICE_KEYS = ("police_disputes_resolved", "police_disputes")
_ORGANISATIONS = ("subdistrict_committees", "community_committees", "professional_organisations")
_HEDONG_FILED = ("K151", "K152", "K153", "K154", "K155", "K156")
_SCHEME_KEYS = tuple(key for scheme in SCHEMES for key in (scheme.part, scheme.whole))
_BASES: Mapping[Courts, _Basis] = {
    Courts.GUANDU: _Basis("B19", ("the court", "该院"), ("cases_accepted",), _JUDGES_KEYS, "K013"),
    Courts.ALL_COURTS: _Basis("B19", ("all courts of China", "全国法院"), ("K039",), ("K042",), "K024"),
    Courts.BASIC_COURTS: _Basis(
        "B37", ("basic courts of China", "全国基层法院"), ("K039", "K038"), ("K034", "K038", "K037"), "K024"
    ),
}
_RULES: Mapping[Rule, Text] = {
    Rule.NEAREST: ("nearest rounding", "四舍五入"),
    Rule.TRUNCATION: ("truncation", "截取"),
}
_CASELOAD_TITLE = "cases per judge, ratio to the national basis", "法官人均受理案件与全国之比"
_MIX_CAVEAT = (
    "Only to show the mix fallacy: the four rates answer four questions, and the pooled value mirrors the "
    "weights.",
    "仅用以说明合并谬误：四项比率口径各异，合并值只反映权重。",
)
_SURGE_CAVEAT = (
    "All courts. It shows why no figure of nine months may be stretched to a year.",
    "系全国法院；说明前九个月数据不可推算全年。",
)
# Places as a reader knows them, by the name in benchmarks.csv.
_PLACES: Mapping[str, Text] = {
    "Guandu district, Kunming": ("Guandu", "官渡"),
    "China": ("China", "全国"),
    "Hainan": ("Hainan", "海南"),
    "Shanghai": ("Shanghai", "上海"),
    "Yunnan": ("Yunnan", "云南"),
    "Kunming": ("Kunming", "昆明"),
    "Guangzhou": ("Guangzhou", "广州"),
    "county in Henan": ("a county in Henan", "河南某县"),
    "Jianshi county, Hubei": ("Jianshi", "湖北建始"),
    "Yiling district, Yichang, Hubei": ("Yiling", "湖北夷陵"),
    "Hedong district, Tianjin": ("Hedong", "天津河东"),
    "Dinghu district, Zhaoqing, Guangdong": ("Dinghu", "广东鼎湖"),
    "Tianjin Binhai": ("Binhai", "天津滨海"),
    "Funing county, Yancheng, Jiangsu": ("Funing", "江苏阜宁"),
    "Pingluo county, Ningxia": ("Pingluo", "宁夏平罗"),
    "Mianchi county, Henan": ("Mianchi", "河南渑池"),
    "Wuhou district, Chengdu": ("Wuhou", "成都武侯"),
    "Nanjing, Jiangsu": ("Nanjing", "南京"),
    "Xingning, Meizhou, Guangdong": ("Xingning", "广东兴宁"),
    "Ding'an county, Hainan": ("Ding'an", "海南定安"),
    "Huangshi, Hubei": ("Huangshi", "湖北黄石"),
    "Putuo district, Shanghai": ("Putuo", "上海普陀"),
    "Dehong, Yunnan": ("Dehong", "云南德宏"),
    "Songming county, Kunming": ("Songming", "昆明嵩明"),
    "Anning, Kunming": ("Anning", "昆明安宁"),
    "Dali city, Yunnan": ("Dali", "云南大理"),
}
_HOME = "Guandu district, Kunming"
_TIMES = "times", "倍"


def _write_change(value: Fraction, places: int, language: Language) -> str:
    return findings.signed(value, lambda share: findings.percent(share, places))


_WRITE: Mapping[Form, Callable[[Fraction, int, Language], str]] = {
    "count": lambda value, places, language: findings.count(value, language),
    "share": lambda value, places, language: findings.percent(value, places),
    "decimal": lambda value, places, language: findings.decimal(value, places, language=language),
    "times": lambda value, places, language: findings.decimal(value, places, language=language),
    "points": lambda value, places, language: findings.points(value, places, language),
    "change": _write_change,
}


# --- Reading the dataset ------------------------------------------------------------------------------------


def _value(data: Dataset, key: str) -> Fraction:
    """Return a printed number as it stands, whatever hedge it has."""
    value = data[key].reading.value
    if value is None:
        raise ValueError(f"{key} is printed as a range, which has no single value")
    return Fraction(value)


def _cell(data: Dataset, key: str, rule: Rule = Rule.NEAREST) -> Interval:
    """Return what the true number can be, given the printed one; a fall cannot reach the whole."""
    printed = data[key]
    cell = audit.printing_interval(printed.reading, printed.kind, rule)
    if printed.kind == "change" and cell.high is None:
        return cell & Interval.between(0, 1, "[)")
    return cell


def _statistics(data: Dataset) -> list[Mapping[str, str]]:
    return [row for row in map(data.row, data) if "section" in row]


def _headcount(data: Dataset, total: str, mean: str, rule: Rule) -> Interval:
    return intervals.ratio(_cell(data, total, rule), _cell(data, mean, rule))


def _hedong_filed(data: Dataset) -> Fraction:
    return Fraction(sum(_value(data, key) for key in _HEDONG_FILED))


def _residents(data: Dataset, courts: Courts) -> Fraction:
    return _value(data, _BASES[courts].residents)


def _judges(data: Dataset, courts: Courts) -> Fraction:
    if courts is Courts.GUANDU:
        return _known(implied_judges(data))
    if courts is Courts.ALL_COURTS:
        return _value(data, "K042")
    return _value(data, "K034") * _value(data, "K038") / _value(data, "K037")


def _headcount_hedge(data: Dataset, courts: Courts) -> tuple[Fraction, ...]:
    """Return the ends of a hedged national headcount over its printed value; none where it is not hedged."""
    if courts is not Courts.ALL_COURTS:
        return ()
    headcounts = _cell(data, "K042")
    return tuple(_end(end) / _value(data, "K042") for end in (headcounts.low, headcounts.high))


def _cases(data: Dataset, courts: Courts, docket: str = "K039") -> Fraction:
    if courts is Courts.GUANDU:
        return _value(data, "cases_accepted")
    return _value(data, docket) * (_value(data, "K038") if courts is Courts.BASIC_COURTS else 1)


def _length(row: Mapping[str, str]) -> int:
    """Return the days of a period, first and last day included."""
    return (_end_day(row["period_end"]) - dt.date.fromisoformat(row["period_start"])).days + 1


def _end_day(iso: str) -> dt.date:
    """Return the day that a period ends on; a month ends on its last day."""
    if len(iso) != len("2021-09"):
        return dt.date.fromisoformat(iso)
    month = dt.date.fromisoformat(f"{iso}-01")
    return (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _dates(cut_off: CutOff) -> tuple[str, ...]:
    return ("K001",) if cut_off is CutOff.FINER else ()


def _until(data: Dataset, cut_off: CutOff) -> Text:
    end = last_day(data, cut_off).isoformat()
    return findings.period("", end), findings.period("", end, "zh")


def _when(data: Dataset, key: str) -> Text:
    row = data.shown(key)
    start, end = row["period_start"], row["period_end"]
    return findings.period(start, end), findings.period(start, end, "zh")


def _on(data: Dataset, key: str) -> Text:
    end = data.shown(key)["period_end"]
    return findings.date(end), findings.date(end, "zh")


def _cut_off(data: Dataset) -> Text:
    months, finer = _when(data, "cases_accepted"), last_day(data, CutOff.FINER).isoformat()
    return (
        f"The article names {months[0]}; another publication prints the same counts up to "
        f"{findings.date(finer)}.",
        f"文中载明{months[1]}；另一报道载同一数字截至{findings.date(finer, 'zh')}。",
    )


# --- Building what is returned ------------------------------------------------------------------------------


def _quantity(
    ref: str,
    name: str,
    title: Text,
    unit: Text,
    keys: Sequence[str],
    caveat: Text,
    *,
    value: Fraction | None = None,
    within: Interval | None = None,
    form: Form = "decimal",
    places: int = 2,
    variant: Text = ("", ""),
) -> Quantity:
    """Return a quantity; an interval that is one exact point is no interval."""
    if within is not None and within.low == within.high:
        within = None
    return Quantity(
        ref,
        name,
        *title,
        value,
        None if within is None else within.low,
        None if within is None else within.high,
        "[]" if within is None else _bounds(within),
        *(_TIMES if form == "times" else unit),
        form,
        places,
        tuple(dict.fromkeys(keys)),
        *caveat,
        *variant,
    )


def _quotient(
    data: Dataset,
    ref: str,
    name: str,
    title: Text,
    keys: tuple[str, str],
    caveat: Text,
    *,
    unit: Text = ("", ""),
    form: Form = "share",
    places: int = 4,
    rule: Rule = Rule.NEAREST,
    variant: Text = ("", ""),
    extra_keys: tuple[str, ...] = (),
) -> Quantity:
    """Return one printed number over another, with the interval that both admit."""
    part, whole = keys
    return _quantity(
        ref,
        name,
        title,
        unit,
        (*keys, *extra_keys),
        caveat,
        value=_value(data, part) / _value(data, whole),
        within=intervals.ratio(_cell(data, part, rule), _cell(data, whole, rule)),
        form=form,
        places=places,
        variant=variant,
    )


def _per_residents(
    data: Dataset, ref: str, name: str, title: Text, unit: Text, key: str, factor: int, caveat: Text
) -> Quantity:
    """Return a count of the district over the residents of the census, times a factor."""
    scale = Fraction(factor) / _residents(data, Courts.GUANDU)
    residents = population_caveat(data)
    return _quantity(
        ref,
        name,
        title,
        unit,
        (key, _BASES[Courts.GUANDU].residents),
        (f"{caveat[0]} {residents[0]}", caveat[1] + residents[1]),
        value=_value(data, key) * scale,
        within=intervals.product(_cell(data, key), Interval.point(scale)),
        places=4,
    )


def _load(
    data: Dataset,
    courts: Courts,
    name: str,
    title: Text,
    unit: Text,
    value: Fraction,
    keys: Sequence[str],
    *,
    ref: str = "",
    places: int = 2,
) -> Quantity:
    """Return one of the base rates of the caseload, of the court or of a national basis."""
    basis = _BASES[courts]
    caveat = _load_caveat(data) if courts is Courts.GUANDU else _national_caveat(data, courts)
    return _quantity(
        ref or basis.ref, name, title, unit, keys, caveat, value=value, places=places, variant=basis.title
    )


def _factor(data: Dataset, courts: Courts, name: str, title: Text, values: Sequence[Fraction]) -> Quantity:
    """Return a ratio of the court to a national basis: the first value, within the ends of all of them."""
    own, basis, national = _load_caveat(data), _BASES[courts], _national_caveat(data, courts)
    return _quantity(
        basis.ref,
        name,
        title,
        _TIMES,
        (
            *_BASES[Courts.GUANDU].judges,
            _BASES[Courts.GUANDU].residents,
            *basis.cases,
            *basis.judges,
            basis.residents,
        ),
        (
            f"An identity: a factor goes with the ratio and causes nothing. {national[0]} {own[0]}",
            f"系恒等分解，不表示因果。{national[1]}{own[1]}",
        ),
        value=values[0],
        within=Interval.between(min(values), max(values)),
        form="times",
        variant=basis.title,
    )


def _factors(data: Dataset, courts: Courts) -> tuple[Quantity, ...]:
    return (
        residents_per_judge(data, courts),
        cases_per_1000_residents(data, courts),
        cases_per_judge(data, courts),
        caseload_ratio(data, courts),
        cases_per_resident_ratio(data, courts),
        residents_per_judge_ratio(data, courts),
        residents_per_judge_log_share(data, courts),
    )


def _national_caveat(data: Dataset, courts: Courts) -> Text:
    pacing = (
        "the periods differ, and putting both per day paces linearly and gives bounds, no values",
        "时段不同，按日折算为线性假设，只给出界限",
    )
    if courts is Courts.ALL_COURTS:
        return (
            f"One basic court is set beside all levels of courts; {pacing[0]}. The national headcount is "
            "hedged (约).",
            f"系一个基层法院与全国各级法院之比；{pacing[1]}。全国员额法官数为约数。",
        )
    shares, cases = _when(data, "K038"), _when(data, "K039")
    return (
        f"The share of the basic courts and their closings per judge, of {shares[0]}, are laid on the cases "
        f"of {cases[0]}; {pacing[0]}.",
        f"基层法院占比及人均结案为{shares[1]}数，用于{cases[1]}案件；{pacing[1]}。",
    )


def _load_caveat(data: Dataset) -> Text:
    residents = population_caveat(data)
    return (
        "For scale only: the judges of the court are implied, not printed, and its cases are not those of "
        f"its residents alone (firms, outsiders). {residents[0]}",
        f"仅供了解规模：该院法官数系推算，案件也不限于辖区居民（含单位、外来人员）。{residents[1]}",
    )


def _over_earlier(data: Dataset, name: str, key: str) -> Quantity:
    when = _when(data, key)
    return _quotient(
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
        places=2,
    )


def _pace_since(data: Dataset, name: str, title: Text, own: str, earlier: str, cut_off: CutOff) -> Quantity:
    when = _when(data, earlier)
    before = _value(data, earlier) / _length(data.shown(earlier))
    return _quantity(
        "",
        name,
        (f"{title[0]}, change on {when[0]}", f"{title[1]}较{when[1]}增减"),
        ("", ""),
        (own, earlier, *_dates(cut_off)),
        (
            "Per calendar day, over periods that end at different days of the year; if the accepted cases "
            "include those carried over, they are no flow.",
            "按自然日计，两年统计时点不同；受理数若含旧存，则非流量。",
        ),
        value=_value(data, own) / days(data, cut_off) / before - 1,
        form="change",
        places=1,
        variant=_until(data, cut_off),
    )


def _comparison(
    data: Dataset, part: str = "", whole: str = "", rate: str = "", *, other_end: str = ""
) -> Comparison:
    """Return a printed figure, or the quotient of two printed counts, or both, as one row.

    other_end: a figure whose period ends on another date that is printed for the same count.
    """
    row = data.shown(part or rate)
    place = _PLACES[row.get("place", _HOME)]
    counts = [data.shown(key) for key in (part, whole) if key]
    value, within = _compared_value(data, part, whole, rate)
    ends = [row["period_end"]] + ([data.shown(other_end)["period_end"]] if other_end else [])
    known = all(ends) and row["period_start"]
    return Comparison(
        *place,
        row["period_start"],
        row["period_end"],
        " ÷ ".join(count["indicator_en"] for count in counts) or row["indicator_en"],
        "÷".join(count["indicator_zh"] for count in counts) or row["indicator_zh"],
        value,
        None if within is None else within.low,
        None if within is None else within.high,
        "[]" if within is None else _bounds(within),
        data.shown(rate)["as_printed"] if rate else "",
        not rate or value not in _cell(data, rate),
        tuple(key for key in (rate, part, whole, other_end) if key),
        tuple(sorted({_end_day(end).timetuple().tm_yday for end in ends})) if known else (),
    )


def _compared_value(
    data: Dataset, part: str, whole: str, rate: str
) -> tuple[Fraction | None, Interval | None]:
    """Return the quotient of exact counts, else the printed figure, else what the counts admit."""
    if part:
        within = intervals.ratio(_cell(data, part), _cell(data, whole))
        if within.low == within.high:
            return within.low, None
        if not rate:
            hedged = any(data[key].reading.hedge for key in (part, whole))
            return None if hedged else _value(data, part) / _value(data, whole), within
    cell = _cell(data, rate)
    return _value(data, rate), None if cell.low == cell.high else cell


def _less_referred(data: Dataset, china: Comparison, whole: str) -> Comparison:
    """Return China's disputes over another number, without those that courts referred and settled."""
    own = _cell(data, "K130") + -_cell(data, "K131")
    within = intervals.ratio(own, _cell(data, whole))
    return replace(
        china,
        definition_en=f"{china.definition_en}, without disputes settled on referral from courts",
        definition_zh=f"{china.definition_zh}（不含法院委派委托调解成功）",
        value=(_value(data, "K130") - _value(data, "K131")) / _value(data, whole),
        low=within.low,
        high=within.high,
        bounds=_bounds(within),
        keys=(*china.keys, "K131"),
    )


def _times(row: Comparison, factor: int, english: str, chinese: str) -> Comparison:
    """Return the row multiplied, and its definition with the factor."""

    def scaled(value: Fraction | None) -> Fraction | None:
        return None if value is None else value * factor

    return replace(
        row,
        definition_en=f"{row.definition_en} {english}",
        definition_zh=row.definition_zh + chinese,
        value=scaled(row.value),
        low=scaled(row.low),
        high=scaled(row.high),
    )


def _dated(row: Comparison, language: Language) -> str:
    """Return place and last day, both days where two are printed, or the year of a whole one."""
    if row.period_start.endswith("-01-01") and row.period_end == f"{row.period_start[:4]}-12-31":
        return row.label(language)
    first = dt.date(int(row.period_end[:4]), 1, 1)
    ends = [(first + dt.timedelta(days=day - 1)).isoformat() for day in row.days]
    written = [findings.date(end, language) for end in ends]
    if language == "en":
        # The month stands once, behind the later day: every pair of dates here lies in one month.
        short = [words.split()[0] for words in written[:-1]]
        return f"{row.place_en}, {' or '.join([*short, written[-1]])}"
    return row.place_zh + "或".join([written[0], *(words.rpartition("月")[2] for words in written[1:])])


def _width(data: Dataset, row: Mapping[str, str]) -> Width:
    reading = data[row["key"]].reading
    low = None if reading.low is None else Fraction(reading.low)
    high = None if reading.high is None else Fraction(reading.high)
    if high is None and row["kind"] == "change":
        high = Fraction(1)
    width = (high - low) / low if low and high else None
    return Width(row["key"], row["ref"], row["as_printed"], low, high, width)


def _recomputed(data: Dataset, row: Mapping[str, str]) -> LedgerRow:
    found = data.check(row["id"])
    columns = "printed_key", "part_key", "whole_key"
    keys = tuple(key for column in columns for key in row[column].split(";") if key)
    return _ledger_row(row, "recomputed", found.verdict.value, keys, found.power)


def _side_by_side(row: Mapping[str, str]) -> LedgerRow:
    keys = tuple(dict.fromkeys(re.findall(r"[A-Za-z]\w*", f"{row['left']} {row['right']}")))
    return _ledger_row(row, "side_by_side", row["outcome"], keys)


def _alone(row: Mapping[str, str]) -> LedgerRow:
    return _ledger_row(row, "alone", "alone", tuple(row["keys"].split(";")))


def _ledger_row(
    row: Mapping[str, str], kind: str, result: str, keys: tuple[str, ...], power: Fraction | None = None
) -> LedgerRow:
    return LedgerRow(
        row["ref"], row["id"], kind, row["title_en"], row["title_zh"], result, power, keys, row["note"]
    )


# --- Small things -------------------------------------------------------------------------------------------


def _in(language: Language, texts: tuple[_T, _T]) -> _T:
    if language not in ("en", "zh"):
        raise ValueError(f"found the language {language!r}, expected en or zh")
    return texts[0] if language == "en" else texts[1]


def _known(quantity: Quantity) -> Fraction:
    return _end(quantity.value)


def _end(value: Fraction | None) -> Fraction:
    if value is None:
        raise ValueError(
            "found no value, expected one: an interval without this end, or a quantity without a value"
        )
    return value


def _bounds(interval: Interval) -> str:
    return ("[" if interval.low_closed else "(") + ("]" if interval.high_closed else ")")


def _log_share(factor: Fraction, total: Fraction) -> Fraction:
    """Return ln(factor) ÷ ln(total) to 12 places: a number to be read, on which no verdict rests."""
    with localcontext() as context:
        context.prec = 30
        parts = [(Decimal(value.numerator) / Decimal(value.denominator)).ln() for value in (factor, total)]
        return Fraction(round(parts[0] / parts[1], 12))
