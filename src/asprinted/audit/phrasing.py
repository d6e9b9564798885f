"""What an audit found, in words of either language.

A relation that a text may mean is not one that it states. So what is said of it depends on how plainly it is
meant: only a relation that is sure is called contradicted.
"""

from __future__ import annotations

from functools import partial

from asprinted.audit.findings import Claim, Findings
from asprinted.audit.ranking import Confidence
from asprinted.chinese.scanning import Role, Span
from asprinted.exact.printed import Dimension, Reading
from asprinted.exact.verdicts import Verdict
from asprinted.prose.sentences import found, sentence, strength, told
from asprinted.prose.writing import Language, Number, choose, count, interval, plain

__all__ = ["admits", "meaning", "reasons", "says", "strength_of", "summary", "untestable", "verdict_of"]

_NO_QUANTITY = (Role.DATE, Role.LABEL)
_DISAGREES = {
    Confidence.SURE: "contradicted",
    Confidence.LIKELY: "doubtful",
    Confidence.POSSIBLE: "unlikely",
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


def verdict_of(claim: Claim, language: Language = "en") -> str:
    """Return a verdict in words: contradicted only where the relation is sure."""
    if claim.is_flagged:
        return sentence("audit", _DISAGREES[claim.proposal.confidence], language)
    return untestable(claim, language) or found(claim.check, language)


def says(claim: Claim, language: Language = "en") -> str:
    """Return what is printed, what follows from the other numbers, and the verdict."""
    return told(claim.check, language, verdict_of(claim, language))


def strength_of(claim: Claim, language: Language = "en") -> str:
    """Return how strong a test was, "" where there was none."""
    return "" if claim.check.verdict is Verdict.NOT_TESTABLE else strength(claim.check, language)


def untestable(claim: Claim, language: Language = "en") -> str:
    """Return why a relation cannot be tested, "" where it can."""
    if claim.check.verdict is not Verdict.NOT_TESTABLE:
        return ""
    reason = sentence("reason", claim.check.reason or "not_printed", language)
    return sentence("audit", "untestable", language, reason=reason)


def reasons(claim: Claim, language: Language = "en") -> str:
    """Return why a relation is proposed, the strongest reason first."""
    named = [sentence("audit", "decided", language)] if claim.decided else []
    # Numbers that do not add up are proposed for other reasons than that they do.
    instead = {"sum": "no_sum"} if claim.is_flagged else {}
    named += [sentence("relating", instead.get(name, name), language) for name in claim.proposal.reasons]
    return choose(language, "; ", "；").join(named)
