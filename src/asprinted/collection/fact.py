"""A fact: anything with a value that a sentence or a figure may name, whoever says it."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, NoReturn

from asprinted.collection import templates
from asprinted.exact.intervals import Interval
from asprinted.exact.printed import Dimension, Reading
from asprinted.faults import Fault
from asprinted.languages import read
from asprinted.prose import sentences, writing
from asprinted.prose.writing import Bilingual, Language

JOIN = ";"
PLACES = {"count": 0, "share": 4, "decimal": 4, "times": 2, "points": 2, "change": 1}
NONE = Bilingual("", "")
RULED = ("measure", "pool", "body", "level", "head", "place", "group", "seen", "shown", "repeats")


class Said(StrEnum):
    """Who says a fact."""

    PRINTED = "printed"
    DERIVED = "derived"
    ELSEWHERE = "elsewhere"


class UnusableError(LookupError):
    """A figure of another publication that is not verified, or cannot be looked up: not to be shown."""


@dataclass(frozen=True, slots=True, repr=False)
class Fact:
    """Anything with a value that a sentence or a figure may name.

    key: its name. ref: the number that the project's tables give it, or "". said: who says it. as_printed:
    the printed token, "" where none is printed. formula: how it is derived, "" where it is not. value: exact,
    None where words or inputs admit only an interval. within: the interval, None where the value is exact and
    alone. form and places: how it is written; a share is a fraction of 1. keys: the printed figures that it
    rests on. columns: what rules decide by. last_days: the ISO days on which its period may have ended.
    follows: whether the printed token follows from the counts (None where no counts are printed).
    """

    key: str
    said: Said
    value: Fraction | None
    within: Interval | None
    titles: Bilingual
    ref: str = ""
    as_printed: str = ""
    formula: str = ""
    kind: str = ""
    form: str = "decimal"
    decimals: int = 4
    units: Bilingual = NONE
    caveats: Bilingual = NONE
    names: Bilingual = NONE
    keys: tuple[str, ...] = ()
    period_start: str = ""
    period_end: str = ""
    open_end: bool = False
    last_days: tuple[str, ...] = ()
    source: str = ""
    follows: bool | None = None
    columns: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        """Return what it is, its value, and who says it, in the language results show themselves in."""
        language = sentences.current_language()
        value = self.as_printed if self.said is not Said.DERIVED else self.text(language)
        return sentences.sentence("fact", self.said.value, language, title=self.title(language), value=value)

    def _refuse(self, _: object) -> NoReturn:
        found = f"a sum or a comparison with the fact {self.key}"
        raise Fault.of(found, f'its number: book["{self.key}"].value, or .low and .high of an interval')

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse

    @property
    def reading(self) -> Reading:
        """What the printed token says; Fault where nothing is printed."""
        if not self.as_printed:
            raise Fault.of(f"{self.key}, which is derived", "a printed figure")
        return read(self.as_printed)

    @property
    def hedge(self) -> str:
        """The word by which the token says that it is not exact, "" where it has none or is not read."""
        return self.reading.hedge if self.as_printed and not self.columns.get("unread") else ""

    @property
    def single(self) -> Fraction:
        """The exact value; Fault where there is no single one, such as of a range."""
        if self.value is None:
            found = f"{self.key}, which admits an interval and has no single value"
            raise Fault.of(found, "a fact with a value")
        return self.value

    @property
    def derived(self) -> bool:
        """Whether the value is this project's: nothing printed says it."""
        return self.said is Said.DERIVED or self.follows is False

    @property
    def low(self) -> Fraction | None:
        """The lower end of the interval, None where there is none."""
        return self.within.low if self.within else None

    @property
    def high(self) -> Fraction | None:
        """The upper end of the interval, None where there is none."""
        return self.within.high if self.within else None

    @property
    def bounds(self) -> str:
        """Which ends belong to the interval, as in `[)`."""
        return self.within.bounds if self.within else "[]"

    @property
    def days(self) -> tuple[int, ...]:
        """The common days on which the period may have ended; none where that is not printed."""
        return tuple(sorted(set(map(common_day, self.last_days))))

    @property
    def share(self) -> float:
        """The value as a float, to compare frames with and to plot; NaN where there is no single value."""
        return float("nan") if self.value is None else float(self.value)

    def title(self, language: Language = "en") -> str:
        """Return what is counted or computed."""
        return self.titles[language]

    def caveat(self, language: Language = "en") -> str:
        """Return what must be said beside the value."""
        return self.caveats[language]

    def place(self, language: Language = "en") -> str:
        """Return the place or body, in short."""
        return self.names[language]

    def brief(self, language: Language = "en") -> str:
        """Return a printed number as short as a tile needs it; in Chinese that is the token.

        A plus stands for a lower end, "nearly" for an upper one.

        >>> from asprinted.books.book import opened
        >>> [opened()[key].brief() for key in ("police_disputes", "oral_consultations", "court_rank")]
        ['17,600+', 'nearly 10,000', '1st']
        """
        reading = self.reading
        if language == "zh" or reading.value is None or (self.form == "share" and not reading.hedge):
            return self.as_printed
        if reading.dimension is Dimension.RANK:
            return writing.ordinal(int(reading.value))
        places = -int(reading.step.normalize().as_tuple().exponent)
        share = reading.dimension is Dimension.SHARE
        write, shift = (writing.percent, 2) if share else (writing.decimal, 0)
        number = write(reading.value, max(0, places - shift))
        if reading.dimension is Dimension.DURATION:
            number += f" {self.units['en']}{'s' if reading.value != 1 else ''}"
        if not reading.hedge:
            return number
        return f"{number}+" if reading.low == reading.value else f"nearly {number}"

    def text(self, language: Language = "en") -> str:
        """Return the value with its unit, or its interval where there is no single value."""
        return self._written("", language)

    def interval_text(self, language: Language = "en") -> str:
        """Return the interval with its unit, its ends rounded outward; Fault where there is none."""
        return self._written("interval.", language)

    def _written(self, which: str, language: Language) -> str:
        decimals = "" if self.form == "count" else f".{self.decimals}"
        # The unit of a ratio stands in its row.
        form = {"times": "decimal", "share": "percent"}.get(self.form, self.form)
        unit, written = self.units[language], templates.write(self, f"{which}{form}{decimals}", language)
        if language == "en":
            named = re.sub(r"s\b", "", unit, count=1) if written == "1" else unit
            return f"{written} {named}".rstrip()
        # In Chinese the unit stands behind either end: 57天以上、不足59天.
        return re.sub("(?:以上)?、", rf"{unit}\g<0>", written) + unit

    def label(self, language: Language = "en") -> str:
        """Return place and period."""
        period = writing.period(self.period_start, "" if self.open_end else self.period_end, language)
        if self.open_end:
            latest = writing.date(self.period_end, language)
            period += f", to {latest} at the latest" if language == "en" else f"，至迟{latest}"
        dated = self.period_start or self.period_end
        if self.said is Said.DERIVED and self.keys and not dated:
            period = sentences.sentence("frame", "inputs", language)
        if language == "en":
            return ", ".join(filter(None, (self.place(), period)))
        return self.place("zh") + (period if dated else f"（{period}）")

    def dated(self, language: Language = "en") -> str:
        """Return place and last day, or the year where the period is a whole one."""
        if not self.last_days or self.columns.get("full_year"):
            return self.label(language)
        written = [writing.date(day, language) for day in self.last_days]
        # What two days have in common stands once: the days of one count lie in one month.
        if language == "en":
            return f"{self.place()}, {' or '.join([*(day.split()[0] for day in written[:-1]), written[-1]])}"
        return self.place("zh") + "或".join([written[0], *(day.rpartition("月")[2] for day in written[1:])])


def common_day(iso: str) -> int:
    """Return the day of a date in a year of 365 days, so that the same date always stands at one place.

    29 February has none of its own and stands with the 28th.

    >>> common_day("2016-09-30"), common_day("2021-09-30"), common_day("2020-12-31"), common_day("2020-02-29")
    (273, 273, 365, 59)
    """
    day = dt.date.fromisoformat(iso)
    return day.replace(year=2021, day=min(day.day, 28 if day.month == 2 else 31)).timetuple().tm_yday


def end_day(iso: str) -> dt.date:
    """Return the day that a period ends on; a month and a year end on their last day.

    >>> end_day("2021-09"), end_day("2024")
    (datetime.date(2021, 9, 30), datetime.date(2024, 12, 31))
    """
    if len(iso) == len("2021"):
        return dt.date(int(iso), 12, 31)
    if len(iso) == len("2021-09"):
        month = dt.date.fromisoformat(f"{iso}-01")
        return (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return dt.date.fromisoformat(iso)


def period(rows: Sequence[Mapping[str, str]], main: Mapping[str, str]) -> dict[str, Any]:
    """Return the period of a fact, and the last days that its rows print."""
    ends = sorted({end_day(row["period_end"]).isoformat() for row in rows if row["period_end"]})
    known = main["period_start"] and main["period_end"] and not main.get("open_end")
    return {
        "period_start": main["period_start"],
        "period_end": main["period_end"],
        "open_end": bool(main.get("open_end")),
        "last_days": tuple(ends) if known else (),
    }


def columns(row: Mapping[str, str], *, own: bool) -> dict[str, str]:
    """Return what rules decide by: columns of a row, and what follows from its period; own: the text's."""
    start, end = row["period_start"], row["period_end"]
    last = end_day(end).isoformat() if end else ""
    return {
        **{name: row.get(name, "") for name in (*RULED, "open_end", "unread", "mine")},
        "shown": row.get("shown") or "yes",
        "key": row["key"],
        "own": "yes" if own else "",
        "first_day": start,
        "last_day": last,
        "month_day": last[5:],
        "year": last[:4],
        "full_year": "yes" if start.endswith("-01-01") and last == f"{start[:4]}-12-31" else "",
    }
