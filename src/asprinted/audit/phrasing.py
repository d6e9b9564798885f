"""What an audit found, in words of either language.

A relation that a text may mean is not one that it states. So what is said of it depends on how plainly it is
meant: only a relation that is sure is called contradicted.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from fractions import Fraction
from functools import cache, partial
from importlib.resources import files
from typing import Any

from asprinted.audit.candidate import LIKELY, Candidate, Confidence
from asprinted.audit.findings import Findings
from asprinted.chinese.scanning import Role, Span
from asprinted.exact.printed import Dimension, Reading
from asprinted.exact.verdicts import Verdict
from asprinted.prose import writing
from asprinted.prose.sentences import found, sentence, strength, told, values
from asprinted.prose.writing import Language, Number, choose, count, interval, plain

__all__ = [
    "admits",
    "by_fit",
    "level_of",
    "meaning",
    "reasons",
    "says",
    "strength_of",
    "summary",
    "told_by",
    "trusted",
    "untestable",
    "verdict_of",
]

FEW = 60
"""Relations of a text, the first, whose slips are counted: to make every slip takes ten times the reading."""

_NO_QUANTITY = (Role.DATE, Role.LABEL)
_DISAGREES = {
    "sure": "contradicted",
    "likely": "doubtful",
    "": "unlikely",
}


def summary(what: Findings, language: Language = "en", *, related: bool = True) -> str:
    """Return how many numbers were found and read, how many relations related, testable, tested, flagged."""
    counts = {name: count(number, language) for name, number in what.counts._asdict().items()}
    return sentence("audit", "summary" if related else "scanned", language, **counts)


def meaning(span: Span, language: Language = "en") -> str:
    """Return what a number expression is and, where it has a reading, what its words admit.

    >>> from asprinted.chinese.scanning import scan
    >>> [meaning(span) for span in scan("受理1.76万余件，结案率98.35%")]
    ['measurement: 17,600 to below 17,700 件; last place 100', 'measurement: 98.35%; last place 0.01%']
    """
    role, reading = sentence("role", span.role, language), span.reading
    if reading is None:
        return role if span.role in _NO_QUANTITY else sentence("read", "not", language, role=role)
    return sentence("read", "span", language, role=role, says=admits(reading, language))


def admits(reading: Reading, language: Language = "en") -> str:
    """Return what the words of a printed number admit, and its last place where it has one.

    >>> from asprinted.chinese.reading import read
    >>> admits(read("1.76万余件")), admits(read("98.35%"), "zh")
    ('17,600 to below 17,700 件; last place 100', '98.35%；末位为0.01%')
    """
    share = reading.dimension is Dimension.SHARE
    write = partial(_number, share=share, language=language)
    ends, unit = (reading.low, reading.high), "" if share else reading.unit
    # In Chinese the unit stands before 以上: 3件以上.
    within = choose(language, "", unit) if reading.bounds != "[]" else ""
    admitted = write(0)
    if any(ends):
        admitted = interval(*ends, lambda end: write(end) + within, bounds=reading.bounds, language=language)
    behind = choose(language, f" {unit}".rstrip(), "" if within else unit)
    said = {"admitted": admitted, "unit": behind, "step": write(reading.step)}
    return sentence("read", "printed" if reading.step else "exact", language, **said)


def _number(value: Number, *, share: bool, language: Language) -> str:
    if share:
        written = plain(value)
        return written if "/" in written else f"{plain(value * 100)}%"
    whole, _, decimals = plain(value).partition(".")
    return (count(int(whole), language) if whole.isdigit() else whole) + (f".{decimals}" if decimals else "")


def verdict_of(claim: Candidate, language: Language = "en") -> str:
    """Return a verdict in words: that it does not follow only where it is flagged."""
    if claim.fails:
        return sentence("audit", _DISAGREES[claim.flag], language)
    return untestable(claim, language) or found(claim.check, language)


def says(claim: Candidate, language: Language = "en") -> str:
    """Return what is printed, what follows from the other numbers, and the verdict."""
    return told(claim.check, language, verdict_of(claim, language))


def strength_of(claim: Candidate, language: Language = "en") -> str:
    """Return what a test would have shown, "" where there was none; later on, the quicker yardstick."""
    return (strength if int(claim.id[1:] or 0) <= FEW else values)(claim.check, language)


def untestable(claim: Candidate, language: Language = "en") -> str:
    """Return why a relation cannot be tested, "" where it can."""
    if claim.check.verdict is not Verdict.NOT_TESTABLE:
        return ""
    reason = sentence("reason", claim.check.reason or "not_printed", language)
    return sentence("audit", "untestable", language, reason=reason)


def level_of(claim: Candidate, language: Language = "en") -> str:
    """Return the level of a relation; of what does not follow none: its group says how surely it is meant.

    The level is that of the words alone (this is a sum of something here), and beside numbers that do not
    follow it would be read as that of the fault.
    """
    return "" if claim.fails else sentence("confidence", claim.confidence, language)


def reasons(claim: Candidate, language: Language = "en") -> str:
    """Return why a relation is proposed."""
    said = [sentence("audit", "decided", language)] if claim.decided else []
    said += [sentence("relating", name, language) for name in told_by(claim)]
    return choose(language, "; ", "；").join(said)


def told_by(claim: Candidate) -> list[str]:
    """Return the names of the reasons: that it follows, and the evidence that has words of its own."""
    told = list(dict.fromkeys(reason for evidence, reason in REASONS.items() if evidence in claim.seen))
    told = [name for name in told if name != "share" or "share_of" not in told]
    told = ["follows"] * by_fit(claim) + told
    # What does not add up is proposed for other reasons than that it does.
    return [*told, "no_sum" if claim.fails else "sum"] if claim.kind == "sum" and claim.seen else told


def by_fit(claim: Candidate) -> bool:
    """Whether a relation is likely to be meant only because its numbers fit."""
    fits = claim.check.verdict not in (Verdict.CONTRADICTED, Verdict.NOT_TESTABLE)
    return fits and not claim.decided and claim.confidence is Confidence.LIKELY and claim.meant < LIKELY


REASONS = {
    "table": "table",
    "of_it": "share_of",
    "of": "share",
    "whole_due": "due",
    "name_part": "rate_name",
    "part_among": "among",
    "first_among": "among",
    "within": "among",
    "turn": "in_turn",
    "turn_of_years": "in_turn",
    "turn_of_earlier": "in_turn",
    "turn_of_dated": "in_turn",
    "several": "several",
    "two_wholes": "with_rest",
    "rest": "rest",
    "means": "means",
    "from_to": "from_to",
    "earlier": "earlier",
    "by_difference": "difference",
    "times": "times",
    "ratio": "times",
    "ratio_of_two": "times",
    "for_all": "mean",
    "for_one": "mean",
    "for_many": "mean",
    "for_thing": "mean",
    "total": "total",
    "added_up": "total",
    "first_split": "apart",
    "in_row": "row",
    "vital": "births",
    "pair": "pair",
    "names_alike": "alike",
    "divisor": "divisor",
    "next": "beside",
    "one_unit": "order",
    "as_share": "change",
    "as_points": "change",
    "as_amount": "change",
}
"""The sentence that each piece of evidence is told by, the strongest first; what is not here goes unsaid."""


@cache
def _levels() -> Mapping[str, Any]:
    return tomllib.loads(files("asprinted.audit").joinpath("levels.toml").read_text("utf-8"))


def trusted(language: Language = "en") -> str:
    """Say how often each level was right on real texts, as it was measured, with its interval.

    >>> trusted().partition(":")[0]
    'How often a level was right, on 221 real texts labelled by hand'
    """
    told = (
        sentence(
            "audit",
            "level",
            language,
            level=sentence("confidence", name, language),
            right=str(row["right"]),
            of=str(row["of"]),
            low=writing.percent(Fraction(str(row["low"])), 0, "truncation"),
            high=writing.percent(Fraction(str(row["high"])), 0),
        )
        for name, row in _levels().items()
        if isinstance(row, dict)
    )
    between = choose(language, "; ", "；")
    return sentence("audit", "trusted", language, texts=str(_levels()["texts"]), levels=between.join(told))
