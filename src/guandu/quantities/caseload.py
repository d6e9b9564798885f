"""The caseload beside a national basis: cases per judge as cases per resident times residents per judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from math import prod

from guandu.dataset import Dataset
from guandu.intervals import Interval
from guandu.quantities.base import Quantity, Text, cell_of, known, quantity, quotient, value_of
from guandu.quantities.judges import JUDGES, implied_judges
from guandu.quantities.periods import CutOff, days, length, period_of
from guandu.quantities.residents import RESIDENTS, population_caveat

__all__ = [
    "Courts",
    "Decomposition",
    "caseload_in_city_2017",
    "caseload_ratio",
    "cases_per_1000_residents",
    "cases_per_judge",
    "cases_per_resident_ratio",
    "decomposition",
    "decompositions",
    "residents_per_judge",
    "residents_per_judge_log_share",
    "residents_per_judge_ratio",
]


class Courts(StrEnum):
    """Whose cases, judges and residents are meant: one court, or a national basis to hold it beside."""

    GUANDU = "guandu"
    ALL_COURTS = "all_courts"
    BASIC_COURTS = "basic_courts"


@dataclass(frozen=True, slots=True)
class _Basis:
    """The figures behind the cases, judges and residents of one court or national basis."""

    ref: str
    title: Text
    cases: tuple[str, ...]
    judges: tuple[str, ...]
    residents: str


_BASES: Mapping[Courts, _Basis] = {
    Courts.GUANDU: _Basis("B19", ("the court", "该院"), ("cases_accepted",), JUDGES, RESIDENTS),
    Courts.ALL_COURTS: _Basis("B19", ("all courts of China", "全国法院"), ("K039",), ("K042",), "K024"),
    Courts.BASIC_COURTS: _Basis(
        "B37", ("basic courts of China", "全国基层法院"), ("K039", "K038"), ("K034", "K038", "K037"), "K024"
    ),
}


def residents_per_judge(data: Dataset, courts: Courts = Courts.GUANDU) -> Quantity:
    """Return residents ÷ quota judges, of the court or of a national basis (B19, B37).

    The judges of the basic courts are closings × the share of basic courts ÷ closings per judge there.

    >>> residents_per_judge(data).text(), residents_per_judge(data, Courts.BASIC_COURTS).text()
    ('30,813 residents per judge', '14,180 residents per judge')
    """
    return _rate(
        data,
        courts,
        "residents_per_judge",
        ("residents per quota judge", "每名员额法官对应常住人口"),
        ("residents per judge", "人"),
        _per_judge(data, courts),
        (_BASES[courts].residents, *_BASES[courts].judges),
        places=0,
    )


def cases_per_1000_residents(data: Dataset, courts: Courts = Courts.GUANDU) -> Quantity:
    """Return accepted cases × 1,000 ÷ residents (B18 for the court, B19 and B37 for a national basis).

    >>> cases_per_1000_residents(data).text(places=4)
    '21.6972 cases per 1,000 residents'
    """
    return _rate(
        data,
        courts,
        "cases_per_1000_residents",
        ("cases accepted per 1,000 residents", "每千常住人口受理案件"),
        ("cases per 1,000 residents", "件"),
        1000 * _per_resident(data, courts),
        (*_BASES[courts].cases, _BASES[courts].residents),
        ref="B18" if courts is Courts.GUANDU else "",
        places=4,
    )


def cases_per_judge(data: Dataset, courts: Courts = Courts.GUANDU) -> Quantity:
    """Return accepted cases ÷ quota judges, recomputed (B19, B37); the court's judges are the implied ones.

    >>> [cases_per_judge(data, courts).text() for courts in Courts]
    ['668.56 cases per judge', '240.29 cases per judge', '271.27 cases per judge']
    """
    return _rate(
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

    >>> split = decomposition(data, Courts.BASIC_COURTS, CutOff.FINER)
    >>> findings.times(split.total), findings.percent(split.log_share, 1)
    ('2.97 times', '71.4%')
    """
    cases_ratio = _per_resident(data, Courts.GUANDU) / _per_resident(data, courts, docket)
    if cut_off is not None:
        cases_ratio *= Fraction(length(data, docket), days(data, cut_off))
    residents_ratio = _per_judge(data, Courts.GUANDU) / _per_judge(data, courts)
    share = _log_share(residents_ratio, cases_ratio * residents_ratio)
    return Decomposition(courts, cut_off, cases_ratio, residents_ratio, share)


def decompositions(data: Dataset, courts: Courts) -> tuple[Decomposition, Decomposition, Decomposition]:
    """Return the split as the counts stand, per day to the coarser date, and per day to the finer date.

    >>> [findings.percent(split.log_share, 1) for split in decompositions(data, Courts.ALL_COURTS)]
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

    >>> caseload_ratio(data, Courts.ALL_COURTS).text(), caseload_ratio(data, Courts.BASIC_COURTS).text()
    ('2.78 times', '2.46 times')
    >>> caseload_ratio(data, Courts.ALL_COURTS).interval_text()
    '2.77 to 3.36 times'
    """
    title = "cases per judge, ratio to the national basis", "法官人均受理案件与全国之比"
    totals = [split.total for split in decompositions(data, courts)]
    hedged = [total * hedge for total in totals for hedge in _headcount_hedge(data, courts)]
    return _factor(data, courts, "caseload_ratio", title, [*totals, *hedged])


def cases_per_resident_ratio(data: Dataset, courts: Courts) -> Quantity:
    """Return the court's cases per resident over those of a national basis (B19, B37); bounds as above.

    >>> cases_per_resident_ratio(data, Courts.BASIC_COURTS).interval_text()
    '1.13 to 1.37 times'
    """
    title = "cases per resident, ratio to the national basis", "常住人口人均案件数与全国之比"
    splits = decompositions(data, courts)
    return _factor(
        data, courts, "cases_per_resident_ratio", title, [split.cases_per_resident for split in splits]
    )


def residents_per_judge_ratio(data: Dataset, courts: Courts) -> Quantity:
    """Return the court's residents per judge over those of a national basis (B19, B37).

    On the basis of all courts the headcount is hedged (约), which alone widens the ratio to an interval.

    >>> residents_per_judge_ratio(data, Courts.ALL_COURTS).interval_text(places=3)
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

    >>> residents_per_judge_log_share(data, Courts.BASIC_COURTS).interval_text()
    '71.4% to 86.0%'
    """
    title = (
        "part of the caseload ratio that goes with residents per judge, in logarithms",
        "按对数计每名法官对应人口所占份额",
    )
    splits = decompositions(data, courts)
    factor = _factor(
        data, courts, "residents_per_judge_log_share", title, [split.log_share for split in splits]
    )
    return replace(factor, form="share", places=1, unit_en="", unit_zh="")


def caseload_in_city_2017(data: Dataset) -> Quantity:
    """Return the court's share of the city's cases ÷ its share of the city's quota judges, 2017 (B38).

    >>> caseload_in_city_2017(data).text(), caseload_in_city_2017(data).interval_text()
    ('2.36 times', 'above 2.35 to below 2.38 times')
    """
    when = period_of(data, "K158")
    return quotient(
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
        form="times",
    )


def _judges(data: Dataset, courts: Courts) -> Fraction:
    if courts is Courts.GUANDU:
        return known(implied_judges(data).value)
    if courts is Courts.ALL_COURTS:
        return value_of(data, "K042")
    return value_of(data, "K034") * value_of(data, "K038") / value_of(data, "K037")


def _cases(data: Dataset, courts: Courts, docket: str = "") -> Fraction:
    """Return the cases accepted; docket: another figure for those of all courts, "" for the one listed."""
    accepted, *shares = _BASES[courts].cases
    return prod((value_of(data, key) for key in (docket or accepted, *shares)), start=Fraction(1))


def _per_resident(data: Dataset, courts: Courts, docket: str = "") -> Fraction:
    return _cases(data, courts, docket) / value_of(data, _BASES[courts].residents)


def _per_judge(data: Dataset, courts: Courts) -> Fraction:
    return value_of(data, _BASES[courts].residents) / _judges(data, courts)


def _headcount_hedge(data: Dataset, courts: Courts) -> tuple[Fraction, ...]:
    """Return the ends of a hedged national headcount over its printed value; none where it is not hedged."""
    if courts is not Courts.ALL_COURTS:
        return ()
    national = cell_of(data, "K042")
    return tuple(known(end) / value_of(data, "K042") for end in (national.low, national.high))


def _rate(
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
    caveat = _own_caveat(data) if courts is Courts.GUANDU else _national_caveat(data, courts)
    return quantity(
        ref or basis.ref,
        name,
        title,
        keys,
        caveat,
        unit=unit,
        value=value,
        places=places,
        variant=basis.title,
    )


def _factor(data: Dataset, courts: Courts, name: str, title: Text, values: Sequence[Fraction]) -> Quantity:
    """Return a ratio of the court to a national basis: the first value, within the ends of all of them."""
    own, basis = _BASES[Courts.GUANDU], _BASES[courts]
    scale, national = _own_caveat(data), _national_caveat(data, courts)
    return quantity(
        basis.ref,
        name,
        title,
        (*own.judges, own.residents, *basis.cases, *basis.judges, basis.residents),
        (
            f"An identity: a factor goes with the ratio and causes nothing. {national[0]} {scale[0]}",
            f"系恒等分解，不表示因果。{national[1]}{scale[1]}",
        ),
        value=values[0],
        within=Interval.between(min(values), max(values)),
        form="times",
        variant=basis.title,
    )


def _own_caveat(data: Dataset) -> Text:
    residents = population_caveat(data)
    return (
        "For scale only: the judges of the court are implied, not printed, and its cases are not those of "
        f"its residents alone (firms, outsiders). {residents[0]}",
        f"仅供了解规模：该院法官数系推算，案件也不限于辖区居民（含单位、外来人员）。{residents[1]}",
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
    shares, cases = period_of(data, "K038"), period_of(data, "K039")
    return (
        f"The share of the basic courts and their closings per judge, of {shares[0]}, are laid on the cases "
        f"of {cases[0]}; {pacing[0]}.",
        f"基层法院占比及人均结案为{shares[1]}数，用于{cases[1]}案件；{pacing[1]}。",
    )


def _log_share(factor: Fraction, total: Fraction) -> Fraction:
    """Return ln(factor) ÷ ln(total) to 12 places: a number to be read, on which no verdict rests."""
    with localcontext() as context:
        context.prec = 30
        parts = [(Decimal(value.numerator) / Decimal(value.denominator)).ln() for value in (factor, total)]
        return Fraction(round(parts[0] / parts[1], 12))
