"""Sentences whose every figure is computed, in English or Chinese, and numbers written as a reader expects.

Every number is rounded once, from the exact value, half away from zero or toward zero; a float is refused,
since nobody printed its last digits. The language is "en" (the default) or "zh":

- English groups digits by thousands (34,765);
- Chinese follows the usage of official notices: arabic digits without separators (34765), and from 100,000 up
  the units 万 and 亿, where two decimals of 万 or four of 亿 say the number in full (1619万, 3051.7万).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Literal, TypeAlias

from guandu.audit import Check, Printed, Rule, Verdict, printing_interval
from guandu.intervals import Interval

Language: TypeAlias = Literal["en", "zh"]
Number: TypeAlias = int | Fraction | Decimal

_ADDED_BEFORE_CUTTING = {"nearest": Fraction(1, 2), "truncation": Fraction(0)}
_MINUS = "\N{MINUS SIGN}"
# The calendar module would name the months in the language of the machine.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)

_VERDICTS: Mapping[str, tuple[str, str]] = {
    Verdict.BOTH: ("follows, rounded or cut", "四舍五入或截取均相符"),
    Verdict.NEAREST_ONLY: ("follows only if rounded, not if cut", "仅四舍五入相符，截取不符"),
    Verdict.TRUNCATION_ONLY: ("follows only if cut, not if rounded", "仅截取相符，四舍五入不符"),
    Verdict.CONTRADICTED: ("does not follow, neither rounded nor cut", "四舍五入、截取均不相符"),
    Verdict.NOT_TESTABLE: (
        "cannot be tested: not everything it needs is printed",
        "所需数字未全部载明，无从检验",
    ),
}
_OUTCOMES: Mapping[str, tuple[str, str]] = {
    "holds": ("holds", "相符"),
    "compatible": ("compatible: nothing against it, nothing that confirms it", "不矛盾，亦未证实"),
    "flag": ("flagged: worth a question, no contradiction", "有待说明，不构成矛盾"),
    "conflict": ("conflicts with another publication", "与其他材料不一致"),
    "alone": ("stands alone: nothing to hold it against", "单列，无可比对"),
}


class Finding(str):
    """A finished text: Jupyter shows it as Markdown, anything else as the plain text.

    >>> Finding("Two disputes were **not settled**.")
    Two disputes were **not settled**.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the text itself, so that a plain display shows a sentence and no quotation marks."""
        return str(self)

    def _repr_markdown_(self) -> str:
        return str(self)


def say(*paragraphs: str) -> Finding:
    r"""Return one finding made of paragraphs, each a sentence or more, or a list from `bullets`.

    Raises ValueError where a paragraph is empty: a sentence that was not built is a fault, not a blank.

    >>> say(f"{number_of(34765 - 21454, 'case')} of {count(34765)} are not counted as closed.")
    13,311 cases of 34,765 are not counted as closed.
    >>> say("One.", "Two.") == "One.\n\nTwo."
    True
    """
    if not paragraphs or not all(paragraph.strip() for paragraph in paragraphs):
        raise ValueError(f"a finding needs a text in each of its paragraphs, found {paragraphs!r}")
    return Finding("\n\n".join(paragraph.strip() for paragraph in paragraphs))


def bullets(items: Iterable[str]) -> Finding:
    """Return the items as a Markdown list, one a line.

    >>> bullets(["64 of 96", "8 of 8"])
    - 64 of 96
    - 8 of 8
    """
    return say("\n".join(f"- {item}" for item in items))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Finding:
    """Return a Markdown table; the cells are texts, so that each was rounded by whoever knows its precision.

    Raises ValueError where a row has not as many cells as the header.

    >>> table(["printed", "recomputed"], [["61.71%", percent(Fraction(21454, 34765))]])
    | printed | recomputed |
    |---|---|
    | 61.71% | 61.71% |
    """
    lines = [header, *rows]
    for line in lines:
        if len(line) != len(header):
            raise ValueError(f"a row of {len(line)} cells under a header of {len(header)}: {list(line)}")
    # A bar inside a cell would end the cell.
    written = ["| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines]
    return Finding("\n".join([written[0], "|" + "---|" * len(header), *written[1:]]))


def folded(title: str, text: str) -> Finding:
    """Return a long text, such as a table to look things up in, behind its title: a click unfolds it.

    >>> folded("All rates", table(["printed"], [["61.71%"]]))
    <details><summary>All rates</summary>
    <BLANKLINE>
    | printed |
    |---|
    | 61.71% |
    <BLANKLINE>
    </details>
    """
    return say(f"<details><summary>{title}</summary>", text, "</details>")


def exact(value: Number) -> Fraction:
    """Return an exact number as a fraction; TypeError for a float or a truth value.

    >>> exact(Decimal("0.6171"))
    Fraction(6171, 10000)
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal):
        raise TypeError(f"found {value!r} ({type(value).__name__}), expected an int, Fraction or Decimal")
    return Fraction(value)


def rounded(value: Number, places: int = 0, rule: str = "nearest") -> Decimal:
    """Return `value` with `places` decimals, "nearest" (half away from zero) or by "truncation".

    Raises ValueError for another rule or fewer than no places, TypeError for a float.

    >>> rounded(Fraction(783, 785) * 100), rounded(Fraction(783, 785) * 100, rule="truncation")
    (Decimal('100'), Decimal('99'))
    >>> rounded(Fraction(-5, 2)), rounded(Fraction(-5, 2), rule="truncation")
    (Decimal('-3'), Decimal('-2'))
    """
    if rule not in _ADDED_BEFORE_CUTTING:
        raise ValueError(f"found the rule {rule!r}, expected one of {', '.join(_ADDED_BEFORE_CUTTING)}")
    if places < 0:
        raise ValueError(f"found {places} decimal places, expected 0 or more")
    whole = exact(value)
    digits = floor(abs(whole) * 10**places + _ADDED_BEFORE_CUTTING[rule])
    # Built from digits, since Decimal arithmetic would round to the precision of its context.
    return Decimal((int(whole < 0 < digits), tuple(map(int, str(digits))), -places))


def decimal(value: Number, places: int = 2, rule: str = "nearest", language: Language = "en") -> str:
    """Return the number with `places` decimals.

    >>> decimal(Fraction(265 * 13311, 21454)), decimal(Fraction(16190000, 785))
    ('164.42', '20,624.20')
    >>> decimal(Fraction(16190000, 785), language="zh")
    '20624.20'
    """
    number = rounded(value, places, rule)
    return _choose(language, f"{number:,f}", f"{number:f}").replace("-", _MINUS)


def count(value: Number, language: Language = "en") -> str:
    """Return a whole number as a count; ValueError where it is not whole.

    >>> count(34765), count(34765, "zh")
    ('34,765', '34765')
    >>> count(16190000), count(16190000, "zh"), count(1411780000, "zh"), count(1602279, "zh")
    ('16,190,000', '1619万', '14.1178亿', '1602279')
    """
    number = exact(value)
    if number.denominator != 1:
        raise ValueError(f"found {value}, expected a whole number: write it with decimal()")
    digits = decimal(number, 0, language=language)
    if language == "en":
        return digits
    for least, size, places, name in ((10**8, 10**8, 4, "亿"), (10**5, 10**4, 2, "万")):
        if abs(number) >= least and number * 10**places % size == 0:
            return decimal(number / size, places, language="zh").rstrip("0").rstrip(".") + name
    return digits


def percent(value: Number, places: int = 2, rule: str = "nearest") -> str:
    """Return a share as a percentage; both languages write it alike.

    >>> percent(Fraction(21454, 34765))
    '61.71%'
    >>> percent(Fraction(783, 785), 0), percent(Fraction(783, 785), 0, "truncation")
    ('100%', '99%')
    """
    return decimal(exact(value) * 100, places, rule, "zh") + "%"


def points(difference: Number, places: int = 2, language: Language = "en") -> str:
    """Return the difference of two shares in percentage points.

    >>> points(Decimal("0.6817") - Decimal("0.6171"))
    '6.46 percentage points'
    >>> points(Fraction(15917, 25693) - Fraction(21454, 34765), language="zh")
    '0.24个百分点'
    """
    written = decimal(exact(difference) * 100, places, language=language)
    return written + _choose(language, " percentage points", "个百分点")


def signed(value: Number, write: Callable[[Number], str] | None = None) -> str:
    """Return the number with its sign, written by `write` (as a count if none is given); nought has no sign.

    >>> signed(Fraction(-398, 1000), lambda share: percent(share, 1)), signed(3), signed(0)
    ('−39.8%', '+3', '0')
    """
    number = exact(value)
    return ("+" if number > 0 else _MINUS if number < 0 else "") + (write or count)(abs(number))


def times(value: Number, places: int = 2, language: Language = "en") -> str:
    """Return a ratio as "so many times".

    >>> times(Fraction(34765, 25693)), times(Fraction(34765, 25693), language="zh")
    ('1.35 times', '1.35倍')
    """
    return decimal(value, places, language=language) + _choose(language, " times", "倍")


def money(value: Number, places: int = 0, language: Language = "en") -> str:
    """Return a sum in yuan.

    >>> money(Fraction(16190000, 785)), money(16190000, language="zh")
    ('20,624 yuan', '1619万元')
    """
    number = exact(value)
    whole = number.denominator == 1 and places == 0
    written = count(number, language) if whole else decimal(number, places, language=language)
    return written + _choose(language, " yuan", "元")


def number_of(value: Number, singular: str, plural: str = "") -> str:
    """Return an English count with its noun; the plural adds an s unless it is given.

    >>> number_of(1, "case"), number_of(34765, "case"), number_of(2, "community", "communities")
    ('1 case', '34,765 cases', '2 communities')
    """
    return f"{count(value)} {singular if value == 1 else plural or singular + 's'}"


def spelled(value: int) -> str:
    """Return a small English number as a word, as prose writes it, and a number above twelve in digits.

    >>> spelled(0), spelled(7), spelled(53)
    ('no', 'seven', '53')
    """
    return _SMALL[value] if 0 <= value < len(_SMALL) else count(value)


def listing(items: Iterable[str], language: Language = "en", last: str = "") -> str:
    """Return the items as one phrase, joined by "and" or 和 before the last one, or by `last` if given.

    Raises ValueError where there is no item.

    >>> listing(["669", "413"]), listing(["法院", "公安", "司法局"], "zh"), listing("abc", last="or")
    ('669 and 413', '法院、公安和司法局', 'a, b or c')
    """
    words = list(items)
    if not words:
        raise ValueError("found no item, expected at least one to list")
    if len(words) == 1:
        return words[0]
    comma, joint = _choose(language, ", ", "、"), last or _choose(language, "and", "和")
    return comma.join(words[:-1]) + _choose(language, f" {joint} ", joint) + words[-1]


def interval(
    low: Number | None,
    high: Number | None,
    write: Callable[[Number], str] | None = None,
    *,
    unit: str = "",
    bounds: str = "[]",
    language: Language = "en",
) -> str:
    """Return an interval in words; None is an end that was not set, `bounds` says which ends belong to it.

    `write` writes an end (as a count where none is given), `unit` follows it. ValueError where no end is set.

    >>> interval(17600, 17699), interval(390000, 400000, unit=" yuan", bounds="[)")
    ('17,600 to 17,699', '390,000 yuan to below 400,000 yuan')
    >>> interval(Fraction(17300, 17699), Fraction(17399, 17600), percent)
    '97.75% to 98.86%'
    >>> interval(390000, 400000, unit="元", bounds="[)", language="zh")
    '39万元以上、不足40万元'
    >>> interval(None, 10000, bounds="()"), interval(Fraction(1, 2), None, percent, language="zh")
    ('below 10,000', '50.00%以上')
    """
    if low is None and high is None:
        raise ValueError("found an interval without ends, expected at least one")

    def end(value: Number) -> str:
        return (write(value) if write else count(value, language)) + unit

    if low is not None and low == high:
        return end(low)
    least = "" if low is None else end(low)
    most = "" if high is None else end(high)
    closed_below, closed_above = bounds[0] == "[", bounds[1] == "]"
    if not least:
        return _choose(
            language,
            f"at most {most}" if closed_above else f"below {most}",
            f"不超过{most}" if closed_above else f"不足{most}",
        )
    if not most:
        return _choose(
            language,
            f"at least {least}" if closed_below else f"above {least}",
            f"{least}以上" if closed_below else f"超过{least}",
        )
    if closed_below and closed_above:
        return _choose(language, f"{least} to {most}", f"{least}至{most}")
    return _choose(
        language,
        ("" if closed_below else "above ") + least + (f" to {most}" if closed_above else f" to below {most}"),
        (f"{least}以上" if closed_below else f"超过{least}")
        + (f"、不超过{most}" if closed_above else f"、不足{most}"),
    )


def date(iso: str, language: Language = "en") -> str:
    """Return an ISO day, month or year as a reader writes it; ValueError for anything else.

    >>> date("2021-09-22"), date("2024-11"), date("2021-09-22", "zh"), date("2024-11", "zh")
    ('22 September 2021', 'November 2024', '2021年9月22日', '2024年11月')
    """
    parts = _parts(iso)
    return _choose(language, _english(parts), _chinese(parts))


def period(start: str, end: str, language: Language = "en") -> str:
    """Return a period in words, as coarse as its ends allow; an empty end was not printed.

    The start of a year with no end reads "since" that year.

    >>> period("2021-01-01", "2021-09-22"), period("2021-01-01", "2021-09-30")
    ('1 January to 22 September 2021', 'January to September 2021')
    >>> period("2020-01-01", "2020-12-31"), period("2020-01-01", ""), period("", "2021-09-30")
    ('2020', 'since 2020', 'to 30 September 2021')
    >>> period("2021-01-01", "2021-09-30", "zh"), period("2020-01-01", "", "zh"), period("", "", "zh")
    ('2021年1月至9月', '2020年以来', '时段未载')
    """
    if not start and not end:
        return _choose(language, "period not printed", "时段未载")
    if not end:
        since = date(start[:4] if start.endswith("-01-01") else start, language)
        return _choose(language, f"since {since}", f"{since}以来")
    if not start:
        until = date(end, language)
        return _choose(language, f"to {until}", f"截至{until}")
    first, last = (_parts(iso) for iso in _coarsest(start, end))
    if first == last:
        return date("-".join(f"{number:02}" for number in first), language)
    shared = next(i for i, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1])
    # What both ends share is named once: English names it at the end, Chinese at the start.
    return _choose(
        language,
        f"{_english(first, shared)} to {_english(last)}",
        f"{_chinese(first)}至{_chinese(last, shared)}",
    )


def verdict(value: str, language: Language = "en") -> str:
    """Return what a verdict of the audit says in plain words; KeyError for a word outside the closed list.

    >>> verdict("truncation_only"), verdict("both", "zh")
    ('follows only if cut, not if rounded', '四舍五入或截取均相符')
    """
    return _choose(language, *_VERDICTS[value])


def outcome(value: str, language: Language = "en") -> str:
    """Return what the outcome of a crosscheck says in plain words; KeyError for any word outside the list.

    "alone" is the outcome of a figure that nothing else printed can be held against.

    >>> outcome("flag"), outcome("holds", "zh")
    ('flagged: worth a question, no contradiction', '相符')
    """
    return _choose(language, *_OUTCOMES[value])


def origin(derived: bool, language: Language = "en") -> str:
    """Return the word that says who states a figure: its publisher, or this project.

    >>> origin(True), origin(False), origin(True, "zh"), origin(False, "zh")
    ('derived', 'printed', '推算', '载明')
    """
    return _choose(language, "derived", "推算") if derived else _choose(language, "printed", "载明")


def checked(result: Check, places: int = 4, language: Language = "en") -> Finding:
    """Return a checked share as one sentence: printed rate, counts, recomputed rate and verdict.

    The recomputed rate has `places` decimals of a percent, more than were printed, so that one sees which
    way it was cut. Raises ValueError where the relation is no share of counts, or nothing can be computed.

    >>> from guandu.audit import check, share
    >>> checked(check(share("99%", "783件", "785件")))
    Printed: 99%; 783 of 785 is 99.7452%: follows only if cut, not if rounded.
    >>> checked(check(share("98.35%", "1.73万余件", "1.76万余件")), places=2)
    Printed: 98.35%; 17,300 to 17,399 of 17,600 to 17,699 is 97.75% to 98.86%: follows, rounded or cut.
    """
    relation = result.relation
    if relation.kind != "share" or not relation.parts or not relation.wholes:
        raise ValueError(f"found the relation {relation.id!r}, expected a share with a part and a whole")
    if result.computed is None:
        raise ValueError(f"found no result for {relation.id!r}, expected a part and a whole that admit one")
    stated = "".join(printed.reading.text for printed in relation.printed)
    part, whole = (_admitted(printed, language) for printed in (relation.parts[0], relation.wholes[0]))
    share = between(result.computed, lambda value: percent(value, places), language)
    if not stated:
        return say(
            _choose(
                language,
                f"No rate is printed, so none can be tested; {part} of {whole} is {share}, derived.",
                f"未载比率，无从检验；以{part}除以{whole}，得{share}（推算）。",
            )
        )
    return say(
        _choose(
            language,
            f"Printed: {stated}; {part} of {whole} is {share}: {verdict(result.verdict)}.",
            f"载明{stated}；以{part}除以{whole}，得{share}：{verdict(result.verdict, 'zh')}。",
        )
    )


def between(values: Interval, write: Callable[[Number], str], language: Language = "en") -> str:
    """Return an interval of the audit in words, its ends written by `write`.

    >>> between(Interval(Fraction(17300, 17699), Fraction(17399, 17600)), percent)
    '97.75% to 98.86%'
    """
    bounds = ("[" if values.low_closed else "(") + ("]" if values.high_closed else ")")
    return interval(values.low, values.high, write, bounds=bounds, language=language)


def _admitted(printed: Printed, language: Language) -> str:
    """Write the whole numbers that a printed count admits."""
    admitted = printing_interval(printed.reading, printed.kind, Rule.NEAREST)
    return between(admitted, lambda value: count(value, language), language)


def _choose(language: Language, english: str, chinese: str) -> str:
    if language not in ("en", "zh"):
        raise ValueError(f"found the language {language!r}, expected en or zh")
    return english if language == "en" else chinese


def _parts(iso: str) -> list[int]:
    full = iso + "-01-01"[: 0 if len(iso) == 10 else 3 if len(iso) == 7 else 6]
    try:
        day = dt.date.fromisoformat(full)
    except ValueError:
        raise ValueError(f"found the date {iso!r}, expected YYYY-MM-DD, YYYY-MM or YYYY") from None
    return [day.year, day.month, day.day][: iso.count("-") + 1]


def _coarsest(start: str, end: str) -> tuple[str, str]:
    if len(start) == 10 and len(end) == 10 and start != end:
        ends_month = (dt.date.fromisoformat(end) + dt.timedelta(days=1)).day == 1
        if start.endswith("-01-01") and end.endswith("-12-31"):
            return start[:4], end[:4]
        if start.endswith("-01") and ends_month:
            return start[:7], end[:7]
    if len(end) == 7 and start.endswith("-01"):
        return start[:7], end
    return start, end


def _english(parts: Sequence[int], shared: int = 0) -> str:
    """Write year, month and day without the first `shared` of them."""
    written = [str(parts[0]), *(_MONTHS[month - 1] for month in parts[1:2]), *(str(day) for day in parts[2:])]
    return " ".join(reversed(written[shared:]))


def _chinese(parts: Sequence[int], shared: int = 0) -> str:
    return "".join([f"{number}{unit}" for number, unit in zip(parts, "年月日", strict=False)][shared:])
