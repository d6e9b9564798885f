"""The exact audit of a relation between numbers of a text, in the space that its result declares."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from asprinted.audit.candidate import Candidate
from asprinted.chinese.scanning import Span
from asprinted.exact import verdicts
from asprinted.exact.printed import Reading
from asprinted.exact.relations import Printed, Relation, kind_of, relation, unfit
from asprinted.exact.verdicts import Check
from asprinted.faults import Fault

__all__ = ["check_spans", "checked", "reading_of"]


def checked(one: Candidate) -> Candidate | None:
    """Return a candidate with its audit; None where its numbers are no relation of its kind."""
    try:
        check = check_spans(one.kind, one.results, one.parts, one.wholes, one.direction, one.means)
    except Fault:
        return None
    return one._replace(check=check)


def check_spans(
    kind: str,
    results: Sequence[Span],
    parts: Sequence[Span],
    wholes: Sequence[Span],
    direction: str = "",
    of_means: bool = False,
) -> Check:
    """Return the audit of a relation between spans, in a space that the printed result alone declares.

    The space of a share is 0 to 1; of any other result, 0 to the next power of ten above what is printed.
    `of_means` says that the result follows from means, which are rounded, and not from counts. Raises Fault
    where a span was not read, or where the numbers are no relation of that kind.
    """
    sides = [[reading_of(span) for span in spans] for spans in (results, parts, wholes)]
    return verdicts.check(_relation(kind, sides, direction, of_means))


def _relation(kind: str, sides: Sequence[Sequence[Reading]], direction: str, of_means: bool) -> Relation:
    inputs = "mean" if of_means else ""
    printed = [
        tuple(Printed(each, kind_of(each, inputs if side else kind)) for each in readings)
        for side, readings in enumerate(sides)
    ]
    for each in printed[0]:
        if wrong := unfit(each.reading, each.kind):
            raise wrong
    shown = sides[0][0] if sides[0] else None
    space = None if shown is None or (kind == "share" and (shown.value or 0) <= 1) else _space(shown)
    return relation(kind, kind, printed[0], printed[1], printed[2], space, direction)


def reading_of(span: Span) -> Reading:
    """Return what a number expression says. Raises the fault of one that was not read, at its place."""
    if span.reading is None:
        assert span.fault is not None
        raise span.fault.at(start=span.start)
    return span.reading


def _space(reading: Reading) -> tuple[Fraction, Fraction] | None:
    if reading.value is None:
        return None
    above, size = 1, abs(Fraction(reading.value))
    while above <= size:
        above *= 10
    return Fraction(0), Fraction(above)
