"""Two reports of one body, this year's and last year's: what both print of one thing, side by side.

This year's report prints figures of last year, or implies them by a change; last year's printed its own. They
are joined by the exact words of what is counted, without period and place; a join by likeness is no more than
possible. A pair differs or agrees: which number is wrong, or whether a count was mended since, nobody here
knows. One number printed twice in one report, under one name, is such a pair too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from asprinted.audit.checking import check_spans
from asprinted.audit.cues import YEAR, are_alike, direction, is_amount, is_share, list_mates
from asprinted.audit.mentions import Mention, informative, likeness, mentions
from asprinted.chinese.scanning import Span
from asprinted.chinese.words import pattern
from asprinted.exact.relations import Printed, Rule, kind_of
from asprinted.exact.verdicts import Verdict
from asprinted.faults import Fault, quote
from asprinted.languages import scan

__all__ = ["Pair", "Report", "between", "report"]

LIKE = 0.75
"""The least share of telling characters that two names share both ways, to be possibly one."""

TELLING = 4
"""The least telling characters of a name under which one number may be said to be printed twice."""


class Figure(NamedTuple):
    """A number of a report with what it counts, in which year; `roughly` where its year is only likely."""

    mention: Mention
    name: str
    year: int
    roughly: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its numbers: `name` is its file's, `year` and `body` are what it speaks of most."""

    name: str
    text: str
    year: int
    body: str
    figures: tuple[Figure, ...]
    changes: tuple[tuple[Mention, Figure], ...]


class Pair(NamedTuple):
    """Two numbers of one thing, and whether they agree.

    `how` is `printed` (both print it), `implied` (`here` are a new value and its change, `there` what it
    changed from) or `twice` (both stand in one report). `here` stands in the report `in_here`, `there` in
    `in_there`. `exact` is whether the words are the same, `differs` whether no reading lets both be.
    """

    how: str
    name: str
    year: int
    here: tuple[Span, ...]
    in_here: str
    there: Span
    in_there: str
    exact: bool
    differs: bool
    direction: str = ""


# ------------------------------------------------------------------------------------------------ one report

_PERIOD = pattern(
    "[12][0-9]{3}年(?:度|[末底])?|{period}|{last}|[0-9]{1,2}月(?:份|末|底)?(?:[至到-][0-9]{1,2}月)?"
)
_PLACE = pattern("^[^，。；]*{bodies}|{of_all}")
_LED = pattern("^(?:{among}|{counted_up}|已|，)+|(?:{is}|{only}|有|了|：|:)+$")
_BODY = pattern("(?![各全])[一-鿿]{1,12}[省市州县区旗]{bodies}")
_SAME_TIME_AGO = pattern("同比|{than}{last}")
_MOVED = pattern("{extent}?{compared}?(?:{rises}|{falls})?(?:分别)?(?:{is})*|同比|同期|相比|均|幅度|，")
_WHEN = pattern("(?P<year>[12][0-9]{3})年(?:同期)?|{last}")
_ROUGH = "去年"
"""Last year: seen from the report's, or from the January in which it is read out."""
_OPENING = 60
"""Characters in which a report names its body."""


def report(text: str, name: str = "text") -> Report:
    """Read a report: its year, its body, its numbers with their names, and its changes since last year.

    The year is the one that it names most often. Raises Fault where it names none.

    >>> made = report("青河县人民法院工作报告。2023年，全院新收案件25000件；上年同期新收案件23451件。")
    >>> made.year, made.body, [(each.name, each.year) for each in made.figures]
    (2023, '青河县人民法院', [('新收案件', 2023), ('新收案件', 2022)])
    """
    years = Counter(map(int, YEAR.findall(text)))
    if not years:
        raise Fault.of("a report that names no year", "a year, such as 2021年")
    own = max(years, key=lambda each: (years[each], each))
    body = _BODY.search(text[:_OPENING])
    found = mentions(text, scan(text))
    figures = tuple(_figures(found, own))
    changes = tuple(_changes(found, figures))
    return Report(name, text, own, body[0] if body else "", figures, changes)


def _figures(found: Sequence[Mention], own: int) -> Iterator[Figure]:
    """Yield what is an amount or a share of a year, under its name."""
    begun: dict[int, int] = {}
    for each in found:
        told = [*_WHEN.finditer(each.lead)] or [*_WHEN.finditer(each.before)]
        when = told[-1] if told else None
        year = int(when["year"]) if when and when["year"] else own - 1 if when else None
        # A year told before the first number of a sentence is that of all that follow.
        default = begun.setdefault(each.sentence, year if when and when["year"] and year else own)
        if direction(each) or each.reading.value is None or not (is_amount(each) or is_share(each)):
            continue
        if name := _name(each, found):
            yield Figure(each, name, year or default, bool(when and when[0] == _ROUGH))


def _name(each: Mention, found: Sequence[Mention]) -> str:
    """Return what a number counts, in its own words, without period and place; "" where these say nothing."""
    first = each if each.series is None else found[each.index - each.nth]
    words = _LED.sub("", _PLACE.sub("", _PERIOD.sub("", each.before)))
    words = _LED.sub("", words.replace("，", ""))
    if not informative(words):
        return ""
    return f"{words} {each.nth + 1}" if each.nth and each.before == first.before else words


def _changes(found: Sequence[Mention], figures: Sequence[Figure]) -> Iterator[tuple[Mention, Figure]]:
    """Yield each change since last year with the new value that it stands behind."""
    named = {each.mention.index: each for each in figures}
    for change in found:
        if not direction(change) or not _SAME_TIME_AGO.search(change.phrase + change.lead):
            continue
        mates = list_mates(found, change)
        at = change.index - change.nth - len(mates) + change.nth
        new = named.get(at)
        bare = not informative(_MOVED.sub("", _PERIOD.sub("", change.before)))
        if new and new.mention.sentence == change.sentence and (bare or change.nth):
            yield change, new


# ------------------------------------------------------------------------------------------------ two reports


def between(this: Report, last: Report) -> list[Pair]:
    """Return what a report and that of the year before print of one thing, what differs first.

    Raises Fault for reports of one year, of years that are not next to each other, or of two bodies.

    >>> y22 = report("2022年，全院新收案件23415件。", "y22")
    >>> y23 = report("2023年，全院新收案件25000件；上年同期新收案件23451件。", "y23")
    >>> [(each.here[0].text, each.there.text, each.differs) for each in between(y23, y22)]
    [('23451件', '23415件', True)]
    """
    _refuse(this, last)
    pairs = [*_printed(this, last), *_implied(this, last), *_twice(this), *_twice(last)]
    return sorted(dict.fromkeys(pairs), key=lambda each: (not each.differs, not each.exact))


def _refuse(this: Report, last: Report) -> None:
    if this.year != last.year + 1:
        found = f"reports of {last.year} and {this.year}, {quote(last.name)} and {quote(this.name)}"
        raise Fault.of(found, "those of two years in a row, the later one first")
    one, other = (each.body.replace("人民", "") for each in (this, last))
    if one and other and not (one.endswith(other) or other.endswith(one)):
        raise Fault.of(f"reports of {this.body} and of {last.body}", "two reports of one body")


def _printed(this: Report, last: Report) -> Iterator[Pair]:
    for here in this.figures:
        for there, exact in _joined(here, here.year, this, last) if here.year <= last.year else ():
            sides = ((here.mention.span,), this.name, there.mention.span, last.name)
            yield Pair("printed", here.name, here.year, *sides, exact, not _agree(here, there))


def _implied(this: Report, last: Report) -> Iterator[Pair]:
    for change, new in this.changes:
        for there, exact in _joined(new, last.year, this, last) if new.year == this.year else ():
            way, here = direction(change), (new.mention.span, change.span)
            try:
                found = check_spans("change", here[1:], here[:1], [there.mention.span], way).verdict
            except Fault:
                continue
            sides = (here, this.name, there.mention.span, last.name)
            if found is not Verdict.NOT_TESTABLE:
                differs = found is Verdict.CONTRADICTED
                yield Pair("implied", new.name, last.year, *sides, exact, differs, way)


def _twice(one: Report) -> Iterator[Pair]:
    """Yield what a report prints as two numbers under one name; of more, the name is not of one thing."""
    named = defaultdict[tuple[str, int], list[Figure]](list)
    for each in one.figures:
        if each.year >= one.year - 1:
            named[each.name, each.year].append(each)
    for (name, year), same in named.items():
        values = {each.mention.reading.value: each for each in same}
        if len(values) == 2:
            first, other = values.values()
            if are_alike(first.mention, other.mention) and not _agree(first, other):
                sides = ((first.mention.span,), one.name, other.mention.span, one.name)
                exact = len(informative(name)) >= TELLING and not (first.roughly or other.roughly)
                yield Pair("twice", name, year, *sides, exact, True)


def _joined(one: Figure, year: int, this: Report, last: Report) -> list[tuple[Figure, bool]]:
    """Return what last year's report prints of a figure's thing for a year, and if by exactly its words.

    A name that either report gives to several numbers joins none of them for certain.
    """
    alike = [each for each in last.figures if each.year == year and are_alike(one.mention, each.mention)]
    same = [each for each in alike if each.name == one.name]
    own = [each for each in this.figures if (each.name, each.year) == (one.name, one.year)]
    if same:
        values = ({each.mention.reading.value for each in printed} for printed in (same, own))
        exact = all(len(each) == 1 for each in values)
        return [(each, exact and not (one.roughly or each.roughly)) for each in same]
    both = ((each, likeness(one.name, each.name), likeness(each.name, one.name)) for each in alike)
    return [(each, False) for each, *shares in both if min(shares) >= LIKE]


def _agree(one: Figure, other: Figure) -> bool:
    """Whether one value may have been printed in both ways, rounded or cut."""
    left, right = (
        [Printed(each.mention.reading, kind_of(each.mention.reading)).admits(rule) for rule in Rule]
        for each in (one, other)
    )
    return any(not (here & there).is_empty for here in left for there in right)
