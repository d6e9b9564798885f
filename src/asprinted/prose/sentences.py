"""Sentences in English or Chinese: finished texts, the engine's own sentences, and templates with figures.

What the engine says stands in `sentences.toml`, both languages side by side; code here only fills it in.
Nothing decides anything: every number that a sentence names was computed before.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import lru_cache, partial
from importlib.resources import files

from asprinted.escaping import markdown
from asprinted.exact.intervals import Interval, size
from asprinted.exact.printed import Dimension, Reading
from asprinted.exact.relations import LEFT, PER, Difference, Divisor, Printed, Rule, steps
from asprinted.exact.verdicts import Check, Verdict
from asprinted.faults import Fault
from asprinted.prose.writing import (
    SCALES,
    Bilingual,
    Language,
    Number,
    between,
    choose,
    count,
    decimal,
    in_scale,
    listing,
    percent,
    widened,
)

__all__ = [
    "Answer",
    "Prose",
    "answer",
    "brief",
    "computed",
    "current_language",
    "found",
    "numbers",
    "sentence",
    "set_language",
    "slips",
    "strength",
    "table",
    "told",
    "values",
]


# ------------------------------------------------------------------------------------------- finished texts


class Prose(str):
    """A finished text: Jupyter shows it as Markdown, anything else as the plain text.

    >>> Prose("Two disputes were **not settled**.")
    Two disputes were **not settled**.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the text itself, so that a plain display shows a sentence and no quotation marks."""
        return str(self)

    def _repr_markdown_(self) -> str:
        return str(self)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Prose:
    """Return a Markdown table; the cells are texts, so that each was rounded by whoever knows its precision.

    A cell is written as it was typed, whatever it holds; one that is a `Prose` is Markdown already. Raises
    Fault where a row has not as many cells as the header.

    >>> table(["printed", "recomputed"], [["61.71%", percent(Fraction(21454, 34765))]])
    | printed | recomputed |
    |---|---|
    | 61.71% | 61.71% |
    """
    lines = [header, *rows]
    for line in lines:
        if len(line) != len(header):
            found = f"a row of {len(line)} cells under a header of {len(header)}: {list(line)}"
            raise Fault.of(found, "as many")
    written = ["| " + " | ".join(map(_cell, line)) + " |" for line in lines]
    return Prose("\n".join([written[0], "|" + "---|" * len(header), *written[1:]]))


_BAR = re.compile(r"(?<!\\)\|")


def _cell(text: str) -> str:
    # A bar inside a cell would end the cell.
    return _BAR.sub(r"\|", text) if isinstance(text, Prose) else markdown(text)


# ------------------------------------------------------------------------------------- the engine's sentences

_shown_in: Language = "en"


def set_language(language: Language) -> None:
    """Let results show themselves in a language from now on; Fault for one that is neither en nor zh.

    >>> set_language("zh"); current_language(); set_language("en")
    'zh'
    """
    global _shown_in
    choose(language, "", "")
    _shown_in = language


def current_language() -> Language:
    """Return the language in which results show themselves: English until `set_language` says otherwise.

    >>> current_language()
    'en'
    """
    return _shown_in


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, Mapping[str, Bilingual]]:
    loaded = tomllib.loads(files("asprinted.prose").joinpath("sentences.toml").read_text(encoding="utf-8"))
    return {
        group: {name: Bilingual(**texts) for name, texts in named.items()} for group, named in loaded.items()
    }


def sentence(group: str, name: str, language: Language = "en", **values: str) -> str:
    """Return a sentence of the engine, filled in; KeyError where there is none of that name.

    >>> sentence("outcome", "holds"), sentence("divisor", "one", "zh", number="52")
    ('holds', '只有52相符')
    """
    return _sentences()[group][name][language].format(**values)


def found(result: Check, language: Language = "en") -> str:
    """Return what a check found in plain words: what fits hedged inputs is not excluded, rather than follows.

    >>> from asprinted.face import share
    >>> from asprinted.exact.verdicts import check
    >>> found(check(share("98.35%", "1.73万余件", "1.76万余件"))), found(check(share("50%", "1件", "2件")))
    ('not excluded, rounded or cut', 'follows, rounded or cut')
    """
    hedged = result.relation.is_hedged and result.verdict in _sentences()["hedged"]
    return sentence("hedged" if hedged else "verdict", result.verdict, language)


# ---------------------------------------------------------------------------------------- checks in sentences


def strength(result: Check, language: Language = "en") -> str:
    """Return what a check would have shown, by both yardsticks: slips first, then the values of its range.

    "" where it cannot be tested.

    >>> from asprinted.face import share
    >>> from asprinted.exact.verdicts import check
    >>> strength(check(share("99%", "783件", "785件")))                         # doctest: +ELLIPSIS
    'Of 73 slips of a digit, ... show 64. Of the 101 values ... passed; 98.01% would have failed.'
    """
    return choose(language, " ", "").join(filter(None, [slips(result, language), values(result, language)]))


def values(result: Check, language: Language = "en") -> str:
    """Return how many of the values that could have been printed a check would refute, of a declared range.

    >>> from asprinted.face import share
    >>> from asprinted.exact.verdicts import check
    >>> values(check(share("99%", "783件", "785件")))                           # doctest: +ELLIPSIS
    'Of the 101 values from 0% to 100% ... printed, 2 would have passed; 98.01% would have failed.'
    """
    if result.strength is None or result.space is None:
        return "" if result.verdict is Verdict.NOT_TESTABLE else sentence("strength", "none", language)
    reading = result.relation.printed[0].reading
    low, high = (_to_last_place(end, reading, language) for end in result.space)
    return sentence(
        "strength",
        "some",
        language,
        printable=count(_printable(result, result.space), language),
        passing=passing(result, language),
        # Cut, so that a test that lets something pass never reads 100%.
        refuted=percent(result.strength, 2, "truncation"),
        low=low,
        high=high,
    )


def slips(result: Check, language: Language = "en") -> str:
    """Return how many slips of its tokens a check would show, "" where there is none to make.

    >>> from asprinted.face import share
    >>> from asprinted.exact.verdicts import check
    >>> slips(check(share("99%", "783件", "785件")))                            # doctest: +ELLIPSIS
    'Of 73 slips of a digit, ... in its printed numbers, it would show 64.'
    """
    made = result.slips
    if made is None or result.verdict is Verdict.NOT_TESTABLE:
        return ""
    return sentence("slips", "some", language, all=count(made.all, language), seen=count(made.seen, language))


def passing(result: Check, language: Language = "en") -> str:
    """Return how many of the values that could have been printed would pass; empty where it is not known.

    >>> from asprinted.face import share
    >>> from asprinted.exact.verdicts import check
    >>> passing(check(share("98.35%", "1.73万余件", "1.76万余件")))
    '113'
    """
    if result.strength is None or result.space is None:
        return ""
    return count(_printable(result, result.space) * (1 - result.strength), language)


def _printable(result: Check, space: tuple[Fraction, Fraction]) -> int:
    return size(steps(Interval(*space), result.relation.printed[0].reading))


@dataclass(frozen=True, repr=False, eq=False)
class Answer(Check):
    """A check that shows itself: a sentence with its verdict and, where it is a test, what it would show."""

    @property
    def low(self) -> float:
        """The least result that the inputs admit, NaN where there is none; `computed` has it exactly."""
        return _float(self.computed.low if self.computed else None)

    @property
    def high(self) -> float:
        """The greatest result that the inputs admit, as `low` has the least."""
        return _float(self.computed.high if self.computed else None)

    def __repr__(self) -> str:
        """Return the sentence in the language that `set_language` has set."""
        language = current_language()
        return choose(language, " ", "").join(filter(None, [told(self, language), strength(self, language)]))

    def _repr_markdown_(self) -> str:
        return repr(self)


def _float(end: Fraction | None) -> float:
    return float("nan") if end is None else float(end)


def answer(result: Check) -> Answer:
    """Return a check as one that shows itself.

    >>> from asprinted.face import share
    >>> from asprinted.exact.verdicts import check
    >>> answer(check(share("99%", "786件", "785件")))
    Printed: 99%, beside 786件 and 785件; it cannot be tested, since the part is greater than its whole.
    """
    return Answer(**{each.name: getattr(result, each.name) for each in fields(Check)})


def told(result: Check, language: Language = "en", verdict: str = "") -> str:
    """Say what is printed, what follows from the rest, and the verdict: in words given, or those of `found`.

    A recomputed rate has four decimals of a percent (a mean, of the unit), more than were printed, so that
    one sees which way it was cut.
    """
    relation = result.relation
    printed = listing((each.reading.text for each in relation.printed), language) if relation.printed else ""
    if result.verdict is Verdict.NOT_TESTABLE and (printed or result.computed is None):
        return _untestable(result, printed, language)
    verdict = verdict or found(result, language)
    return _told(result, "checked" if printed else "unprinted", language, printed=printed, verdict=verdict)


def brief(result: Check, language: Language = "en", printed: str = "") -> str:
    """Say what is printed, in these words, and what follows from the rest, as a line of a list.

    >>> from asprinted.face import share
    >>> from asprinted.exact.verdicts import check
    >>> brief(check(share("99%", "783件", "785件")), printed="调解成功率99%")
    '调解成功率99%: 783件 of 785件 is 99.7452%'
    """
    if result.verdict is Verdict.NOT_TESTABLE:
        return _untestable(result, printed, language, group="listed")
    return _told(result, "listed", language, printed=printed)


def _told(result: Check, group: str, language: Language, **values: str) -> str:
    """Return the sentence of a group that tells a check."""
    relation, name = result.relation, _named(result)
    per = int(relation.direction.removeprefix("per_")) if relation.direction in PER else 1
    # In a list one looks for the numbers in the text: they stand there as they were printed.
    written = _as_printed if group == "listed" else partial(_admitted, language=language)
    added = partial(_added, kind=relation.kind, language=language, write=written)
    return sentence(
        group,
        name,
        language,
        per=count(per, language),
        whole=count(LEFT.get(relation.direction, 0), language),
        parts=added(relation.parts),
        wholes=_listed(relation.wholes, language) if name == "divisor" else added(relation.wholes),
        **_computed(result, language, turned=_is_turned(result)),
        **values,
    )


_OTHER_WAY = {"rise": ("fall", "rise_fell"), "fall": ("rise", "fall_rose")}
"""What tells a change whose numbers go the other way: where no change is printed, and where one is."""


def _is_turned(result: Check) -> bool:
    """Whether what is called a rise falls by its numbers, or what is called a fall rises."""
    computed = result.computed
    goes_back = computed is not None and computed.high is not None and computed.high < 0
    return result.relation.direction in _OTHER_WAY and goes_back


def _named(result: Check) -> str:
    """Return which sentence tells a check."""
    relation = result.relation
    name = relation.direction or relation.kind
    if name in PER or name in LEFT:
        return "per" if name in PER else "left"
    if _is_turned(result):
        return _OTHER_WAY[name][bool(relation.printed)]
    if not relation.printed or result.computed is None:
        return name
    reading = relation.printed[0].reading
    is_ratio = not reading.unit or reading.dimension is Dimension.TIMES
    return "ratio" if name == "mean" and is_ratio else name


def _untestable(result: Check, printed: str, language: Language, group: str = "untestable") -> str:
    inputs = [each.reading.text for each in (*result.relation.parts, *result.relation.wholes)]
    return sentence(
        group,
        ("inputs" if inputs else "printed") if printed else "unprinted",
        language,
        printed=printed,
        inputs=listing(inputs, language) if inputs else "",
        reason=sentence("reason", result.reason or "not_printed", language),
    )


def computed(result: Check, language: Language = "en") -> str:
    """Return in words what follows from the inputs; a change in the other direction is negative.

    >>> from asprinted.face import share
    >>> from asprinted.exact.verdicts import check
    >>> computed(check(share("98.35%", "1.73万余件", "1.76万余件")))
    '97.7456% to 98.8580%'
    """
    return _computed(result, language, turned=False)["computed"]


def _computed(result: Check, language: Language, *, turned: bool) -> dict[str, str]:
    """Return the words for what follows, `turned` with the other sign; of a divisor, under each rule."""
    if isinstance(result.relation, Divisor):
        nearest, cut = (numbers(result.divisors.get(rule, ()), language) for rule in Rule)
        return {"computed": nearest, "cut": cut}
    assert result.computed is not None
    computed = -result.computed if turned else result.computed
    write, places = _writer(result, computed, language)
    return {"computed": between(_widened(computed, places), write, language)}


def _writer(result: Check, computed: Interval, language: Language) -> tuple[Callable[[Number], str], int]:
    """Return how what follows is written, and to how many decimal places of the value itself."""
    printed = result.relation.printed[0].reading if result.relation.printed else None
    is_ratio = result.relation.kind in ("share", "change") and not isinstance(result.relation, Difference)
    # A sum of shares is one, and is written as they are.
    if is_ratio or (printed and printed.dimension is Dimension.SHARE):
        mille = any("\N{PER MILLE SIGN}" in each.reading.text for each in result.relation.printed)
        return (_per_mille, 7) if mille else (partial(percent, places=4), 6)
    unit = printed.unit if printed else ""
    scale = next((each for each in SCALES if printed and each in printed.text), "")
    if scale and not computed.whole:
        return lambda value: _in_unit(in_scale(value, scale), unit), 4 - SCALES[scale]
    return lambda value: _in_unit(_plain(value, 4, language), unit), 4


def _in_unit(number: str, unit: str) -> str:
    """Return a number with its unit; a sign of money stands before it."""
    return unit + number if unit and unicodedata.category(unit[-1]) == "Sc" else number + unit


def _widened(values: Interval, places: int) -> Interval:
    """Return an interval with its ends rounded outward; one that was moved is no longer left out."""
    if values.is_point or values.whole:
        return values
    return Interval.between(*widened(values.low, values.high, values.bounds, places))


def _per_mille(value: Number) -> str:
    return percent(Fraction(value) * 10, 4).replace("%", "\N{PER MILLE SIGN}")


def _plain(value: Number, places: int, language: Language) -> str:
    whole = Fraction(value).denominator == 1
    return count(value, language) if whole else decimal(value, places, language=language).rstrip("0")


def numbers(fitting: Sequence[int], language: Language = "en") -> str:
    """Say which whole numbers fit, in order.

    >>> numbers([52]), numbers([], "zh")
    ('52 alone fits', '没有整数相符')
    """
    if not fitting:
        return sentence("divisor", "none", language)
    if len(fitting) == 1:
        return sentence("divisor", "one", language, number=count(fitting[0], language))
    low, high = count(fitting[0], language), count(fitting[-1], language)
    return sentence("divisor", "many", language, number=count(len(fitting), language), low=low, high=high)


def _added(
    figures: Sequence[Printed], kind: str, language: Language, write: Callable[..., str] | None = None
) -> str:
    """Write a sum, set apart from what stands around it: (742 + 518) of 2,265."""
    several = len(figures) > 1
    write = write or partial(_admitted, language=language)
    terms = (write(each, apart=several or kind == "change") for each in figures)
    written = choose(language, " + ", "加").join(terms)
    return choose(language, "({})", "{}之和").format(written) if several and kind != "sum" else written


def _as_printed(printed: Printed, *, apart: bool = False) -> str:
    return "".join(printed.reading.text.split())


def _listed(figures: Sequence[Printed], language: Language) -> str:
    return listing((_admitted(each, language) for each in figures), language) if figures else ""


def _admitted(printed: Printed, language: Language, *, apart: bool = False) -> str:
    """Write the whole numbers that a printed count admits; anything else as it was printed.

    Two ends are set apart where others are added to them, or where a change leads from them or to them.
    """
    admitted = printed.admits(Rule.NEAREST)
    if not admitted.whole or admitted.is_empty:
        return printed.reading.text
    written = between(admitted, lambda value: count(value, language), language)
    apart = apart and admitted.low != admitted.high
    return choose(language, "({})", "（{}）").format(written) if apart else written


def _to_last_place(value: Fraction, reading: Reading, language: Language) -> str:
    """Write an end of a space: a share as a percentage, anything else plainly."""
    if reading.dimension is Dimension.SHARE:
        places = 0 if (value * 100).denominator == 1 else 2
        return percent(value, places)
    return _plain(value, 2, language)
