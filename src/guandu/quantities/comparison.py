"""A figure that may be set beside another one, with what keeps the two apart: place, period, definition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from guandu import findings, intervals
from guandu.dataset import Dataset
from guandu.findings import Language
from guandu.intervals import Interval
from guandu.quantities.base import Text, cell_of, ends, in_language, value_of
from guandu.quantities.periods import end_day

__all__ = ["Comparison", "comparison"]

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
# What the note of a row says whose period ends with its publication, for want of a printed end.
_OPEN_END = "end not printed"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure that may be set beside another one, with its place, period and definition.

    value: exact; the quotient of two exact printed counts, else the printed figure, else None with an
    interval. printed: the token of the figure, "" where none was printed. derived: whether the value is this
    project's: no token was printed, or the printed one does not follow from its counts by rounding. days: the
    days of the year on which the count may have ended, two where two dates are printed. open_end: whether no
    end was printed, so that `period_end` is the day or month of publication, the latest that it can be.
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
    open_end: bool = False

    def place(self, language: Language = "en") -> str:
        """Return the place or body."""
        return in_language(language, (self.place_en, self.place_zh))

    def definition(self, language: Language = "en") -> str:
        """Return what is divided by what, in the publisher's terms."""
        return in_language(language, (self.definition_en, self.definition_zh))

    def label(self, language: Language = "en") -> str:
        """Return place and period.

        >>> quantities.mediation_shares(data)[1].label()
        'Yunnan, January to November 2020'
        >>> quantities.peoples_mediation_rates(data)[2].label()
        'Nanjing, since 2019, to January 2024 at the latest'
        """
        period = findings.period(self.period_start, "" if self.open_end else self.period_end, language)
        if self.open_end:
            latest = findings.date(self.period_end, language)
            period += in_language(language, (f", to {latest} at the latest", f"，至迟{latest}"))
        if language == "en":
            return f"{self.place_en}, {period}"
        dated = self.period_start or self.period_end
        return self.place_zh + (period if dated else f"（{period}）")

    def dated(self, language: Language = "en") -> str:
        """Return place and last day, or the year where the period is a whole one.

        >>> [point.dated() for point in quantities.closing_rates(data)][5:7]
        ['Guandu, 31 August 2020', 'Guandu, 22 or 30 September 2021']
        """
        year = self.period_start[:4]
        if not self.days or (self.period_start, self.period_end) == (f"{year}-01-01", f"{year}-12-31"):
            return self.label(language)
        first = dt.date(int(self.period_end[:4]), 1, 1)
        last_days = [(first + dt.timedelta(days=day - 1)).isoformat() for day in self.days]
        written = [findings.date(day, language) for day in last_days]
        # What two days have in common stands once: every pair of dates here lies in one month.
        if language == "en":
            return f"{self.place_en}, {' or '.join([*(day.split()[0] for day in written[:-1]), written[-1]])}"
        return self.place_zh + "或".join([written[0], *(day.rpartition("月")[2] for day in written[1:])])

    def times(self, factor: int, english: str, chinese: str) -> Comparison:
        """Return the figure multiplied by a factor, which the definition then names."""
        value, low, high = (
            None if number is None else number * factor for number in (self.value, self.low, self.high)
        )
        return replace(
            self,
            definition_en=f"{self.definition_en} {english}",
            definition_zh=self.definition_zh + chinese,
            value=value,
            low=low,
            high=high,
        )


def comparison(
    data: Dataset, part: str = "", whole: str = "", rate: str = "", *, other_end: str = ""
) -> Comparison:
    """Return a printed figure, or the quotient of two printed counts, or both, as one row.

    other_end: a figure whose period ends on another date that is printed for the same count.

    >>> comparison(data, rate="K047").label()
    'China, January to September 2016'
    """
    row = data.shown(part or rate)
    place = _PLACES[row.get("place", _HOME)]
    counts = [data.shown(key) for key in (part, whole) if key]
    value, within = _value(data, part, whole, rate)
    low, high, bounds = ends(within)
    last_days = [data.shown(key)["period_end"] for key in (part or rate, other_end) if key]
    dated = row["period_start"] and all(last_days)
    return Comparison(
        *place,
        row["period_start"],
        row["period_end"],
        " ÷ ".join(count["indicator_en"] for count in counts) or row["indicator_en"],
        "÷".join(count["indicator_zh"] for count in counts) or row["indicator_zh"],
        value,
        low,
        high,
        bounds,
        data.shown(rate)["as_printed"] if rate else "",
        not rate or value not in cell_of(data, rate),
        tuple(filter(None, (rate, part, whole, other_end))),
        tuple(sorted({end_day(end).timetuple().tm_yday for end in last_days})) if dated else (),
        bool(row["period_end"]) and _OPEN_END in row.get("note", ""),
    )


def _value(data: Dataset, part: str, whole: str, rate: str) -> tuple[Fraction | None, Interval]:
    """Return the quotient of exact counts, else the printed figure, else what the counts admit."""
    if part:
        within = intervals.ratio(cell_of(data, part), cell_of(data, whole))
        if within.low == within.high:
            return within.low, within
        if not rate:
            hedged = any(data[key].reading.hedge for key in (part, whole))
            return None if hedged else value_of(data, part) / value_of(data, whole), within
    return value_of(data, rate), cell_of(data, rate)
