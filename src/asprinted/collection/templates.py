"""Sentences that name facts: templates whose holes are filled from figures, in either language.

A hole is `{name:format}`. A name is the key of a fact or of a value given; the format says how its number,
its interval, its period or its texts are written. There is no logic in a template: what differs with a number
(is, are) is chosen by the format `plural`, and nothing else is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import partial
from string import Formatter
from typing import Any

from asprinted.exact.verdicts import Check
from asprinted.faults import Fault, quote
from asprinted.prose import sentences, writing
from asprinted.prose.writing import Language

Lookup = Callable[[str], Any]
Checks = Callable[[str], Check]
_Write = Callable[[Fraction, int, Language], str]

# Format → the places it has where none are named (None: it has no places), how it writes a number, and how
# many places the written number lies behind the number itself.
_NUMBERS: Mapping[str, tuple[int | None, _Write, int]] = {
    "count": (None, lambda value, _, language: writing.count(value, language), 0),
    "percent": (2, lambda value, places, _: writing.percent(value, places), 2),
    "change": (1, lambda value, places, _: writing.signed(value, partial(writing.percent, places=places)), 2),
    "decimal": (2, lambda value, places, language: writing.decimal(value, places, language=language), 0),
    "times": (2, writing.times, 0),
    "points": (2, writing.points, 2),
    "money": (0, writing.money, 0),
    "spelled": (None, lambda value, _, language: _spelled(value, language), 0),
    "cut": (2, lambda value, places, _: writing.percent(value, places, "truncation"), 2),
}


def _told(name: str, fact: Any, language: Language) -> str:
    return str(getattr(fact, name)(language))


_TEXTS: Mapping[str, Callable[[Any, Language], str]] = {
    "": lambda fact, _: str(fact.as_printed),
    "words": lambda fact, _: str(fact.as_printed),
    "date": lambda fact, language: writing.date(fact.period_end, language),
    "period": lambda fact, language: writing.period(fact.period_start, fact.period_end, language),
    **{
        name: partial(_told, name) for name in ("label", "dated", "place", "title", "caveat", "text", "brief")
    },
}
_CHECKED: Mapping[str, Callable[[Check, Language], str]] = {
    "verdict": sentences.found,
    "strength": sentences.strength,
    "values": sentences.values,
    "slips": lambda check, language: _slips(check, "all", language),
    "noticed": lambda check, language: _slips(check, "seen", language),
    "passing": sentences.passing,
    "refuted": lambda check, _: _refuted(check),
}
_ENDS = ("interval", "low", "high")
FORMATS = (*_NUMBERS, *filter(None, _TEXTS), *_CHECKED, *_ENDS, "list", "plural")


def placeholders(template: str) -> tuple[str, ...]:
    """Return the names that a template names, in order of first use; Fault where it is none.

    >>> placeholders("Of {accepted:count} cases {concluded:count} were concluded: {rate}.")
    ('accepted', 'concluded', 'rate')
    """
    return tuple(dict.fromkeys(name for _, name, _ in _pieces(template) if name))


def fill(
    template: str,
    lookup: Lookup,
    language: Language = "en",
    checks: Checks | None = None,
    escape: Callable[[str], str] = str,
) -> str:
    """Return a template with each {name:format} written; no format is the figure as printed.

    - count percent decimal times points money change spelled, with places as in percent.4: the number, or,
      where there is no single one, its interval; cut is percent without rounding up;
    - interval.percent.2: the interval, its ends rounded outward; low.…, high.…: one end;
    - date (the end of the period), period, label, dated, place, title, caveat, text, brief: of a fact;
    - verdict, strength (what it would show, in words), of that values alone; slips, noticed (of the slips how
      many would show), passing (how many values would pass), refuted (the share that would have failed): of a
      check, looked up by the name of its relation;
    - list.label, list.dated, list.place, list.words: of the rows of a frame;
    - plural.is.are: the first word for one, the second for any other number.

    escape: how a text of a figure is written where the sentence goes, such as `escaping.markdown`. Raises
    Fault for an unknown name or format.

    >>> from types import SimpleNamespace
    >>> rate = SimpleNamespace(value=Fraction(21454, 34765), as_printed="61.71%", period_end="2021-09-30")
    >>> fill("{rate:percent.4}, printed {rate} on {rate:date}", {"rate": rate}.__getitem__)
    '61.7115%, printed 61.71% on 30 September 2021'
    """
    return "".join(
        literal + (_hole(name, spec, lookup, language, checks, escape) if name else "")
        for literal, name, spec in _pieces(template)
    )


def _pieces(template: str) -> Iterator[tuple[str, str, str]]:
    """Yield each literal text with the name and the format that follow it, "" at the end."""
    try:
        pieces = list(Formatter().parse(template))
    except ValueError as error:
        raise Fault.of(f"{quote(template)} ({error})", "{key:format} in braces that close") from None
    for literal, name, spec, conversion in pieces:
        if name is None:
            yield literal, "", ""
            continue
        if not (name.isascii() and name.isidentifier()) or conversion or "{" in (spec or ""):
            raise Fault.of(f"the placeholder {quote(name)} in {quote(template)}", "{key:format.places}")
        yield literal, name, spec or ""


def _hole(
    name: str,
    spec: str,
    lookup: Lookup,
    language: Language,
    checks: Checks | None,
    escape: Callable[[str], str],
) -> str:
    try:
        if spec in _CHECKED and checks is not None:
            return _CHECKED[spec](checks(name), language)
        value = lookup(name)
    except KeyError:
        raise Fault.of(f"the name {quote(name)}", "the key of a figure, or a value that is given") from None
    try:
        written = write(value, spec, language, name)
        return escape(written) if spec in _TEXTS or spec.startswith("list.") else written
    except Fault:
        raise
    except (AttributeError, ValueError, TypeError) as error:
        raise Fault.of(f"{{{name}:{spec}}} ({error})", "a figure that has what the format writes") from None


def write(value: Any, spec: str, language: Language = "en", name: str = "a value") -> str:
    """Return a fact, or another value, in a format of `fill`; `name` is what a fault calls it.

    Raises Fault for an unknown format, AttributeError or ValueError for one that the value has no part for.

    >>> from types import SimpleNamespace
    >>> write(SimpleNamespace(value=Fraction(783, 785)), "cut.0")
    '99%'
    """
    form, _, rest = spec.partition(".")
    if spec in _TEXTS:
        return _TEXTS[spec](value, language)
    if form == "list" and rest in _TEXTS:
        return _listed([_TEXTS[rest](fact, language) for fact in value.facts], language)
    if form == "plural" and rest.count(".") == 1:
        return str(rest.split(".")[value.value != 1]).replace("_", " ")
    if form in _ENDS:
        return _ends(value, form, *_number(rest, name), language)
    write_number, places, behind = _number(spec, name)
    if value.value is None:
        return _ends(value, "interval", write_number, places, behind, language)
    return write_number(value.value, places, language)


def is_of_numbers(spec: str) -> bool:
    """Return whether a format is one of a number or of an interval's ends.

    >>> is_of_numbers("percent.2"), is_of_numbers("low.percent.2"), is_of_numbers("label")
    (True, True, False)
    """
    form, _, rest = spec.partition(".")
    with suppress(Fault):
        return bool(_number(rest if form in _ENDS else spec, ""))
    return False


def _listed(items: list[str], language: Language) -> str:
    """Return items as one phrase; where they hold commas of their own, semicolons part them."""
    if language == "en" and any("," in item for item in items):
        return "; ".join(items)
    return writing.listing(items, language)


def _number(spec: str, name: str) -> tuple[_Write, int, int]:
    form, _, places = spec.partition(".")
    usual, write, behind = _NUMBERS.get(form, (None, None, 0))
    named = not places or (usual is not None and len(places) < 3 and places.isdecimal())
    if write is None or not named or spec.endswith("."):
        expected = f"one of {', '.join(FORMATS)}, with places as in percent.2"
        raise Fault.of(f"the format {quote(spec)} of {name}", expected)
    return write, int(places) if places else usual or 0, behind


def _ends(value: Any, which: str, write: _Write, places: int, behind: int, language: Language) -> str:
    """Return an interval, or one end of it: rounded outward, so that nothing it admits is left out."""
    low, high, bounds = writing.widened(value.low, value.high, value.bounds, places + behind)
    if which != "interval":
        end = low if which == "low" else high
        if end is None:
            raise ValueError(f"no {which} end")
        return write(end, places, language)
    return writing.interval(
        low, high, lambda end: write(Fraction(end), places, language), bounds=bounds, language=language
    )


def _spelled(value: Fraction, language: Language) -> str:
    return writing.count(value, "zh") if language == "zh" else writing.spelled(int(value))


def _slips(check: Check, which: str, language: Language) -> str:
    return writing.count(getattr(check.slips, which), language) if check.slips else ""


def _refuted(check: Check) -> str:
    share = "" if check.strength is None else writing.percent(check.strength, 2, "truncation")
    return re.sub(r"\.?0+%$", "%", share)
