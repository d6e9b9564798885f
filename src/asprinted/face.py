"""What the engine answers to whoever imports it: the functions that `asprinted` itself names.

They are here, and loaded when one is first asked for, so that `import asprinted` costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from asprinted.audit.document import audit
from asprinted.audit.ranking import relate
from asprinted.exact import verdicts
from asprinted.exact.printed import Form, Reading
from asprinted.exact.relations import OF_RATIO, Kind, Printed, Share, kind_of, relation
from asprinted.faults import Fault, quote
from asprinted.languages import Stated, read, scan, stated
from asprinted.prose import sentences
from asprinted.prose.sentences import Answer
from asprinted.prose.writing import Language

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["audit", "check", "notebook", "read", "relate", "scan"]


def check(
    printed: Stated | Iterable[Stated] = (),
    parts: Stated | Iterable[Stated] = (),
    wholes: Stated | Iterable[Stated] = (),
    *,
    kind: str = "",
    direction: str = "",
    inputs: str = "",
    space: tuple[object, object] | None = None,
) -> Answer:
    """Return whether a printed result follows from printed inputs, as a check that shows itself.

    A token stands as it was printed, and so does a fact by its token; a whole number of whatever type is an
    exact count, and so is a derived fact whose value is whole. Several parts, or several wholes, are added. A
    printed share is held against parts ÷ wholes, and so is a mean; with a `direction` (rise or fall) the
    result is a change from wholes to parts; with rise_by or fall_by the wholes are the printed difference;
    with rest a share is what the parts leave; with per_10000 a mean is of so many. `kind` names another
    relation: sum (parts alone), divisor (several printed means, and a total for each). `inputs` is the kind
    of parts and wholes where it is not what their words say, such as mean. `space` is the least and the
    greatest value that could have been printed; a share needs none.

    Raises Fault, with the part of the call at fault, for what is no number or no relation.

    >>> result = check("61.71%", "21454件", "34765件")
    >>> result.verdict.value
    'both'
    >>> check("99%", 783, [700, 85])                                            # doctest: +ELLIPSIS
    Printed: 99%; 783 of (700 + 85) is 99.7452%: follows only if cut, not if rounded. ...
    >>> check("112个", [8, 96, 8], kind="sum").verdict.value
    'both'
    >>> check("25%", 75, 100, direction="fall").verdict.value
    'both'
    >>> check("61.71%", "413件", "669件", inputs="mean").verdict.value       # two means, rounded themselves
    'both'
    >>> check(0.6171, 21454, 34765)                                             # doctest: +ELLIPSIS
    Traceback (most recent call last):
    asprinted.faults.Fault: column printed: found 0.6171 (float), expected a token such as 1234件 ...
    """
    given = {"printed": printed, "parts": parts, "wholes": wholes}
    results, *sides = (_readings(each, name) for name, each in given.items())
    named = kind or _kind(results, bool(sides[1]), direction)
    if named == "divisor" and not sides[1]:
        sides.reverse()
    stands = tuple(Printed(each, kind_of(each, named)) for each in results)
    inside, whole = (tuple(Printed(each, inputs or kind_of(each)) for each in side) for side in sides)
    within = None if space is None else _space(space)
    stated = relation(named, named, stands, inside, whole, within, direction)
    return sentences.answer(verdicts.check(stated))


@lru_cache(maxsize=1 << 12)
def share(printed: str, part: str, whole: str) -> Share:
    """Return the relation of a printed rate to two printed counts, read from their tokens.

    Raises Fault if a token cannot be read.

    >>> share("61.71%", "21454件", "34765件").fits_exactly()
    (True, True)
    """
    sides = zip((printed, part, whole), (Kind.RATE, Kind.COUNT, Kind.COUNT), strict=True)
    result, inside, outside = ((Printed(read(token), kind),) for token, kind in sides)
    return Share("share", result, inside, outside)


def notebook(name: str, language: Language = "en", home: str | Path | None = None) -> object:
    """Open the collection around the working directory (or in `home`) for one of its notebooks.

    `name` is the notebook's, which says where its words are; `language` is that in which everything shows
    itself from now on. Needs what the extra `notebooks` installs. Raises ImportError without it, Fault where
    there is no collection or no such notebook.

    >>> notebook.__name__
    'notebook'
    """
    from asprinted.books.book import notebook as opened  # type: ignore[import-untyped,unused-ignore]

    return opened(name, language, home)  # type: ignore[no-any-return,unused-ignore]


def _kind(results: tuple[Reading, ...], has_wholes: bool, direction: str) -> str:
    """Return the kind of relation that a printed result speaks of."""
    if direction:
        # What has no row is no direction; the fault of a change says so.
        return next((kind for kind, rows in OF_RATIO.items() if direction in rows), "change")
    if len(results) == 1 and results[0].form is Form.SHARE:
        return "share"
    if len(results) == 1 and has_wholes:
        return "mean"
    shown = ", ".join(quote(each.text) for each in results) or "no printed result"
    raise Fault.of(
        f"{shown}, which is no share, and no whole" if results else shown,
        "one share or mean with parts and wholes, or kind=: share, mean, sum, change, divisor",
        "kind",
    )


def _readings(given: object, name: str) -> tuple[Reading, ...]:
    """Return what one or several given numbers say."""
    several = given if isinstance(given, list | tuple) else (given,)
    return tuple(stated(each, name) for each in several)


def _space(given: object) -> tuple[Fraction, Fraction]:
    """Return the ends of a space, given as tokens or exact numbers."""
    if not isinstance(given, list | tuple) or len(given) != 2:
        raise Fault.of(repr(given), "two ends, such as (500, 1000)", "space")
    low, high = (_end(each) for each in given)
    return low, high


def _end(given: object) -> Fraction:
    if isinstance(given, Decimal | Fraction):
        return Fraction(given)
    value = stated(given, "space").value
    if value is None:
        raise Fault.of(f"{given!r}, a range", "one number at each end", "space")
    return Fraction(value)
