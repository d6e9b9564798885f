"""Facts and checks as frames: the index is the key, numbers stand exact as text and as floats to plot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from asprinted.collection.fact import Fact
from asprinted.collection.ledger import LedgerRow
from asprinted.faults import Fault
from asprinted.verdicts import Check
from asprinted.writing import Language

if TYPE_CHECKING:
    import pandas

__all__ = ["of_checks", "of_facts", "of_ledger", "of_rows"]

NEAREST = Fraction(1, 10**9)
"""Two exact values that differ by less than this could not be told apart as floats."""

UNDRAWN = frozenset(
    # Texts in the book's language: they are shown, not drawn, and decide nothing.
    "indicator label place unit caveat title note organisation scope meaning text".split()
    # Where a number comes from.
    + "exact said derived period_start period_end rests_on seen shown open_end unread".split()
)
"""Columns of frames that a picture does not draw."""


def of_facts(facts: Iterable[Fact], language: Language = "en") -> pandas.DataFrame:
    """Return facts as a frame in the order given; its index is their keys.

    `value`, `low`, `high` and `share` are floats (NaN where there is none; `share` for shares alone), `exact`
    is the exact value as text, `text` the value or interval with its unit, as a reader expects it. `day` and
    `day_to` are the days of the year on which the period may have ended. Columns that rules decide by stand
    as they are typed; other texts are in the language. Raises
    Fault where two different values would become one float.
    """
    import pandas as pd

    chosen = list(facts)
    _tell_apart([fact.value for fact in chosen if fact.value is not None])
    rows = [_row(fact, language) for fact in chosen]
    frame = pd.DataFrame(rows, index=pd.Index([fact.key for fact in chosen], name="key"))
    numbers = [name for name in ("value", "low", "high", "share", "day", "day_to") if name in frame]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def _row(fact: Fact, language: Language) -> dict[str, object]:
    own = {name: cell for name, cell in fact.columns.items() if name != "key"}
    return {
        "as_printed": fact.as_printed,
        "indicator": fact.title(language),
        "value": fact.value,
        "low": fact.low,
        "high": fact.high,
        "share": fact.value if fact.form == "share" else None,
        "exact": "" if fact.value is None else str(fact.value),
        "text": fact.as_printed or fact.text(language),
        "said": fact.said.value,
        "derived": fact.derived,
        "kind": fact.kind,
        "label": fact.label(language),
        "place": fact.place(language),
        "unit": fact.units[language == "zh"],
        "period_start": fact.period_start,
        "period_end": fact.period_end,
        "day": fact.days[0] if fact.days else None,
        "day_to": fact.days[-1] if len(fact.days) > 1 else None,
        **{name: cell for name, cell in own.items() if name != "place"},
        "caveat": fact.caveat(language),
        "source": fact.source,
        "rests_on": ", ".join(fact.keys),
    }


def _tell_apart(values: Iterable[Fraction]) -> None:
    for one, other in pairwise(sorted(set(values))):
        if other - one < NEAREST:
            raise Fault.of(f"{one} and {other}, closer than {NEAREST}", "values that floats can tell apart")


def of_checks(
    rows: Sequence[Mapping[str, str]], checks: Sequence[Check], language: Language = "en"
) -> pandas.DataFrame:
    """Return relations with what the audit found; `computed_low`, `computed_high`, `power` are floats."""
    import pandas as pd

    table = [
        {
            "ref": row.get("ref", ""),
            "title": row[f"title_{language}"],
            "kind": row["kind"],
            "printed": "; ".join(each.reading.text for each in check.relation.printed),
            "computed_low": check.computed.low if check.computed else None,
            "computed_high": check.computed.high if check.computed else None,
            "verdict": check.verdict.value,
            "power": check.power,
            "note": row.get("note_zh" if language == "zh" else "note", ""),
        }
        for row, check in zip(rows, checks, strict=True)
    ]
    frame = pd.DataFrame(table, index=pd.Index([row["id"] for row in rows], name="id"))
    return frame.astype(dict.fromkeys(("computed_low", "computed_high", "power"), "float64"))


def of_ledger(rows: Sequence[LedgerRow], language: Language = "en") -> pandas.DataFrame:
    """Return the ledger: each check with its outcome, what it means, its reach, and its power as a float."""
    import pandas as pd

    table = [
        {
            "title": row.title(language),
            "kind": row.kind,
            "outcome": row.result,
            "meaning": row.gloss(language),
            "reach": row.reach,
            "printed": row.printed,
            "power": row.power,
            "space": row.space(language),
            "note": row.notes[language == "zh"],
            "keys": ", ".join(row.keys),
        }
        for row in rows
    ]
    frame = pd.DataFrame(table, index=pd.Index([row.ref or row.id for row in rows], name="ref"))
    return frame.astype({"power": "float64"})


def of_rows(
    rows: Sequence[Mapping[str, str]], types: Mapping[str, str], index: str = "", language: Language = "en"
) -> pandas.DataFrame:
    """Return a table as it is typed: numbers as floats, whole numbers as integers, all else as text.

    Of columns that stand in both languages (`note_en` or `note`, and `note_zh`) the one in the language is
    kept, under the name without an ending.
    """
    import pandas as pd

    frame = pd.DataFrame(list(rows))
    for name in [column.removesuffix("_zh") for column in map(str, frame) if column.endswith("_zh")]:
        english = f"{name}_en" if f"{name}_en" in frame else name
        frame[english] = frame[f"{name}_zh" if language == "zh" else english]
        frame = frame.drop(columns=f"{name}_zh").rename(columns={english: name})
    for column, kind in types.items():
        if column in frame and kind in ("number", "integer"):
            frame[column] = pd.to_numeric(frame[column].where(frame[column] != ""))
    return frame.set_index(index) if index else frame
