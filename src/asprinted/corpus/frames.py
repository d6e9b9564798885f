"""A column of texts in a frame of pandas or of Dask, audited where its partitions lie.

Each text is audited by itself and its row keeps the index of the frame, so that what a lost worker did can be
done again elsewhere: nothing is missing then, and nothing there twice. Nothing is held together here; one
text twice has one `sha256`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import partial
from numbers import Number
from typing import TYPE_CHECKING, Any, TypeVar

from asprinted.audit import rows
from asprinted.audit.document import audit
from asprinted.audit.findings import Findings
from asprinted.corpus.texts import named
from asprinted.faults import Fault, quote
from asprinted.prose.faults import says
from asprinted.prose.writing import Language

if TYPE_CHECKING:
    import pandas

__all__ = ["relations", "summary"]

Frame = TypeVar("Frame")
"""A frame of pandas, or of Dask: what is given is what comes back."""

COUNTS = ("characters", "found", "read", "related", "testable", "tested", "flagged", "sure", "likely")
SUMMARY = ("text_id", *COUNTS, "fault", "sha256")

Told = Findings | Fault
Make = Callable[[str, Told], Iterator[list[Any]]]


def relations(frame: Frame, text: str, name: str = "", language: Language = "en") -> Frame:
    """Return a row for each relation that the texts of the column `text` may mean, as `audit --format csv`.

    `name` is the column that names them; without it the index does. Of a text that cannot be audited there
    is no row: `summary` says why. Raises Fault for a column that is not there.

    >>> import pandas
    >>> texts = pandas.DataFrame({"report": ["受理34765件，审结21454件，结案率61.71%。"]}, index=["2021"])
    >>> relations(texts, "report")[["text_id", "kind", "result", "verdict"]]
         text_id   kind  result verdict
    2021    2021  share  61.71%    both
    """
    made: Frame = _each(frame, text, name, partial(_relations, language=language), tuple(rows.CLAIM))
    return made


def summary(frame: Frame, text: str, name: str = "", language: Language = "en") -> Frame:
    """Return a row for each text: how many numbers, relations and flags, or why it cannot be audited.

    Arguments and errors are those of `relations`.

    >>> import pandas
    >>> summary(pandas.DataFrame({"report": ["受理34765件，审结21454件，结案率61.71%。", None]}), "report")[
    ...     ["found", "related", "flagged"]
    ... ]
       found  related  flagged
    0      3        1        0
    1   <NA>     <NA>     <NA>
    """
    made: Frame = _each(frame, text, name, partial(_summary, language=language), SUMMARY)
    return made


def _each(frame: Any, text: str, name: str, make: Make, columns: tuple[str, ...]) -> Any:
    for each in filter(None, (text, name)):
        if each not in frame.columns:
            raise Fault.of(f"no column {each!r}", f"one of {', '.join(map(str, frame.columns))}")
    do = partial(_partition, text=text, name=name, make=make, columns=columns)
    if hasattr(frame, "map_partitions"):
        return frame.map_partitions(do, meta=do(frame._meta))
    return do(frame)


def _partition(
    frame: pandas.DataFrame, text: str, name: str, make: Make, columns: tuple[str, ...]
) -> pandas.DataFrame:
    import pandas

    index: list[Hashable] = []
    made: list[list[Any]] = []
    names = frame[name] if name else frame.index
    for at, called, cell in zip(frame.index, names, frame[text], strict=True):
        known = named(str(called))
        found = list(make(known, _audited(known, cell)))
        made += found
        index += [at] * len(found)
    types = {column: "Int64" if column in COUNTS else "str" for column in columns}
    numbered = pandas.Index(index, dtype=frame.index.dtype, name=frame.index.name)
    return pandas.DataFrame(made, index=numbered, columns=list(columns)).astype(types)


def _audited(name: str, cell: object) -> Told:
    """Return what an audit found, or what is wrong: one text ends no task of thousands."""
    try:
        if not isinstance(cell, str) or not cell.strip():
            is_number = isinstance(cell, Number) and cell == cell
            found = f"{quote(str(cell))}, a number" if is_number else "an empty cell"
            raise Fault.of(found, "a text with characters in it")
        return audit(cell, name=name)
    except Fault as fault:
        return fault
    except Exception as error:
        return Fault.of(f"a text at which the audit ended ({type(error).__name__})", "one that it can take")


def _relations(_: str, found: Told, language: Language) -> Iterator[list[Any]]:
    if isinstance(found, Findings):
        for claim in found.claims:
            row = rows.claim_row(found, claim, language)
            yield [row[column] for column in rows.CLAIM]


def _summary(name: str, found: Told, language: Language) -> Iterator[list[Any]]:
    if isinstance(found, Fault):
        yield [name, *[None] * len(COUNTS), says(found, language), ""]
        return
    counts = found.counts
    told = counts._asdict() | {"characters": len(found.text), "sure": counts.contradicted}
    told["likely"] = counts.flagged - counts.contradicted
    yield [name, *(told[column] for column in COUNTS), "", found.sha256]
