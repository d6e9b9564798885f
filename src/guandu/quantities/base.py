"""What every quantity is made of: printed numbers in, one derived value with its texts out.

Where a helper takes keys, they are those of printed figures or of figures of other publishers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import ClassVar, Literal, TypeAlias, TypeVar

from guandu import audit, findings, intervals
from guandu.audit import Rule
from guandu.dataset import Dataset
from guandu.findings import Language
from guandu.intervals import Interval

__all__ = [
    "NO_TEXT",
    "RULES",
    "Form",
    "Quantity",
    "Text",
    "as_share",
    "cell_of",
    "difference",
    "ends",
    "in_language",
    "known",
    "quantity",
    "quotient",
    "value_of",
]

Form: TypeAlias = Literal["count", "share", "decimal", "times", "points", "change"]
Text: TypeAlias = tuple[str, str]
"""A text in English and in Chinese."""

NO_TEXT: Text = "", ""
RULES: Mapping[Rule, Text] = {
    Rule.NEAREST: ("nearest rounding", "四舍五入"),
    Rule.TRUNCATION: ("truncation", "截取"),
}

_T = TypeVar("_T")


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
        title = in_language(language, (self.title_en, self.title_zh))
        variant = in_language(language, (self.variant_en, self.variant_zh))
        if not variant:
            return title
        return f"{title} ({variant})" if language == "en" else f"{title}（{variant}）"

    def caveat(self, language: Language = "en") -> str:
        """Return what must be said beside the value."""
        return in_language(language, (self.caveat_en, self.caveat_zh))

    def text(self, language: Language = "en", places: int | None = None) -> str:
        """Return the value with its unit, or its interval where there is no single value.

        >>> quantities.disposition_time(data).text()
        '164.42 days'
        """
        if self.value is None:
            return self.interval_text(language, places)
        return self._write(self.value, language, places) + self._unit(language)

    def interval_text(self, language: Language = "en", places: int | None = None) -> str:
        """Return the interval with its unit; ValueError where the value is exact and has none.

        >>> quantities.police_rate_interval(data).interval_text()
        '97.7456% to 98.8580%'
        """
        write = partial(self._write, language=language, places=places)
        ends = findings.interval(self.low, self.high, write, bounds=self.bounds, language=language)
        return ends + self._unit(language)

    def _unit(self, language: Language) -> str:
        if language == "zh":
            return self.unit_zh
        return f" {self.unit_en}" if self.unit_en else ""

    def _write(self, value: Fraction, language: Language, places: int | None) -> str:
        return _WRITE[self.form](value, self.places if places is None else places, language)


_PLACES: Mapping[Form, int] = {"count": 0, "share": 4, "decimal": 4, "times": 2, "points": 2, "change": 1}
_WRITE: Mapping[Form, Callable[[Fraction, int, Language], str]] = {
    "count": lambda value, places, language: findings.count(value, language),
    "share": lambda value, places, language: findings.percent(value, places),
    "decimal": lambda value, places, language: findings.decimal(value, places, language=language),
    "times": lambda value, places, language: findings.decimal(value, places, language=language),
    "points": lambda value, places, language: findings.points(value, places, language),
    "change": lambda value, places, language: findings.signed(
        value, lambda share: findings.percent(share, places)
    ),
}


def value_of(data: Dataset, key: str) -> Fraction:
    """Return a printed number as it stands, whatever hedge it has; ValueError for a range.

    >>> value_of(data, "police_disputes")
    Fraction(17600, 1)
    """
    value = data[key].reading.value
    if value is None:
        raise ValueError(f"{key} is printed as a range, which has no single value")
    return Fraction(value)


def cell_of(data: Dataset, key: str, rule: Rule = Rule.NEAREST) -> Interval:
    """Return what the true number can be, given the printed one; a fall cannot reach the whole.

    >>> cell_of(data, "police_disputes").numbers()
    range(17600, 17700)
    """
    printed = data[key]
    cell = audit.printing_interval(printed.reading, printed.kind, rule)
    if printed.kind == "change" and cell.high is None:
        return cell & Interval.between(0, 1, "[)")
    return cell


def known(value: Fraction | None) -> Fraction:
    """Return a value that must be there: ValueError where a quantity or the end of an interval has none."""
    if value is None:
        raise ValueError("found no value, expected one: a quantity or the end of an interval has none")
    return value


def ends(within: Interval) -> tuple[Fraction | None, Fraction | None, str]:
    """Return low, high and bounds of an interval; one that is an exact point has no ends to show.

    >>> ends(cell_of(data, "amount_involved"))
    (Fraction(16185000, 1), Fraction(16195000, 1), '[)')
    >>> ends(cell_of(data, "cases_accepted"))
    (None, None, '[]')
    """
    if within.low is not None and within.low == within.high:
        return None, None, "[]"
    bounds = ("[" if within.low_closed else "(") + ("]" if within.high_closed else ")")
    return within.low, within.high, bounds


def in_language(language: Language, texts: tuple[_T, _T]) -> _T:
    """Return the English or the Chinese one of two; ValueError for another language."""
    if language not in ("en", "zh"):
        raise ValueError(f"found the language {language!r}, expected en or zh")
    return texts[0] if language == "en" else texts[1]


def quantity(
    ref: str,
    name: str,
    title: Text,
    keys: Iterable[str],
    caveat: Text,
    *,
    value: Fraction | None = None,
    within: Interval | None = None,
    unit: Text = NO_TEXT,
    form: Form = "decimal",
    places: int | None = None,
    variant: Text = NO_TEXT,
) -> Quantity:
    """Return a quantity with its texts.

    within: the interval, None where there is none. places: None for those that are usual for the form. A
    ratio has a word for times as its unit.
    """
    low, high, bounds = ends(within) if within else (None, None, "[]")
    return Quantity(
        ref,
        name,
        *title,
        value,
        low,
        high,
        bounds,
        *(("times", "倍") if form == "times" else unit),
        form,
        _PLACES[form] if places is None else places,
        tuple(dict.fromkeys(keys)),
        *caveat,
        *variant,
    )


def quotient(
    data: Dataset,
    ref: str,
    name: str,
    title: Text,
    keys: tuple[str, str],
    caveat: Text,
    *,
    extra_keys: tuple[str, ...] = (),
    rule: Rule = Rule.NEAREST,
    unit: Text = NO_TEXT,
    form: Form = "share",
    places: int | None = None,
    variant: Text = NO_TEXT,
) -> Quantity:
    """Return one printed number over another, with the interval that both admit under a rule."""
    part, whole = keys
    return quantity(
        ref,
        name,
        title,
        (*keys, *extra_keys),
        caveat,
        value=value_of(data, part) / value_of(data, whole),
        within=intervals.ratio(cell_of(data, part, rule), cell_of(data, whole, rule)),
        unit=unit,
        form=form,
        places=places,
        variant=variant,
    )


def difference(
    data: Dataset, ref: str, name: str, title: Text, keys: tuple[str, str], caveat: Text, unit: Text
) -> Quantity:
    """Return a printed count less another: what of the whole is not in the part."""
    whole, part = keys
    left = value_of(data, whole) - value_of(data, part)
    return quantity(ref, name, title, keys, caveat, value=left, unit=unit, form="count")


def as_share(count: Quantity, whole: Fraction, name: str, title: Text) -> Quantity:
    """Return a count as a share of its whole, with the same keys and caveat."""
    return replace(
        count,
        name=name,
        title_en=title[0],
        title_zh=title[1],
        value=known(count.value) / whole,
        unit_en="",
        unit_zh="",
        form="share",
        places=_PLACES["share"],
    )
