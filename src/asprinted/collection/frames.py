"""Facts and checks as frames: the index is the key, numbers stand exact as text and as floats to plot."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

from asprinted.collection.fact import Fact, Said
from asprinted.collection.ledger import LedgerRow
from asprinted.collection.published import is_named
from asprinted.collection.wording import Heading
from asprinted.exact.verdicts import Check
from asprinted.faults import Fault
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Bilingual, Language, choose

if TYPE_CHECKING:
    import pandas

NEAREST = Fraction(1, 10**9)
"""Two exact values that differ by less than this could not be told apart as floats."""

UNDRAWN = frozenset(
    # Texts in the book's language: they are shown, not drawn, and decide nothing.
    "indicator label place unit caveat title note organisation scope meaning text".split()
    # Where a number comes from.
    + "hedge exact said derived period_start period_end rests_on seen shown open_end unread mine".split()
)
"""Columns of frames that a picture does not draw."""


BARE = "bare"
"""The attribute of a frame whose columns are shown under their own names: it speaks of headings itself."""


@cache
def meanings() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return what the columns of frames mean: `every` frame's, and by frame those that say otherwise there.

    >>> meanings()["every"]["share"]["unit"], meanings()["published"]["group"]["en"]
    ('1', 'Name of the page; rates of one page go together.')
    """
    return tomllib.loads(resources.files("asprinted.collection").joinpath("frames.toml").read_text("utf-8"))


def of_columns(
    named: Mapping[str, pandas.DataFrame], headings: Mapping[str, Heading], language: Language = "en"
) -> pandas.DataFrame:
    """Return a row for each column of each frame: which frame, its name, heading, meaning and unit."""
    every = meanings()["every"]
    rows = []
    for frame, its in named.items():
        for name in (its.index.name, *its.columns):
            told = meanings().get(frame, {}).get(name) or every.get(name, {})
            heading = headings[name].name[language] if name in headings else name
            unit = told.get("unit", "")
            rows.append(
                (
                    f"{frame}.{name}",
                    {
                        "frame": frame,
                        "name": name,
                        "heading": heading,
                        "meaning": told.get(language, ""),
                        "unit": unit,
                    },
                )
            )
    told_of = _frame(rows, "key")
    told_of.attrs[BARE] = True
    return told_of


def of_facts(facts: Iterable[Fact], language: Language = "en") -> pandas.DataFrame:
    """Return facts as a frame in the order given; its index is their keys.

    `value`, `low`, `high` and `share` are floats (NaN where there is none; `share` for shares alone), `exact`
    is the exact value as text, `text` the value or interval with its unit, as a reader expects it. `day` and
    `day_to` are the days of the year on which the period may have ended, `first_day` and `last_day` dates,
    `year` a number. Other columns that rules decide by stand as they are typed; texts are in the language.
    Raises Fault where two values would become one float.
    """
    chosen = list(facts)
    values = sorted({fact.value for fact in chosen if fact.value is not None})
    for one, other in pairwise(values):
        if other - one < NEAREST:
            raise Fault.of(f"{one} and {other}, closer than {NEAREST}", "values that floats can tell apart")
    rows = [(fact.key, _row(fact, language)) for fact in chosen]
    return _frame(rows, "key")


def _frame(rows: Iterable[tuple[str, Mapping[str, object]]], index: str) -> pandas.DataFrame:
    """Return rows with their keys as a frame."""
    import pandas as pd

    from asprinted.collection.asked import Frame

    named = list(rows)
    return Frame([row for _, row in named], index=pd.Index([key for key, _ in named], name=index))


def _row(fact: Fact, language: Language) -> dict[str, object]:
    return {
        "as_printed": fact.as_printed,
        "indicator": fact.title(language),
        "value": _float(fact.value),
        "low": _float(fact.low),
        "high": _float(fact.high),
        "hedge": fact.hedge,
        "share": _float(fact.value if fact.form == "share" else None),
        "exact": "" if fact.value is None else str(fact.value),
        "text": fact.as_printed or fact.text(language),
        "said": fact.said.value,
        "derived": fact.derived,
        "kind": fact.kind,
        "label": fact.label(language),
        "place": fact.place(language),
        "unit": _unit(fact, language),
        "period_start": fact.period_start,
        "period_end": fact.period_end,
        "day": _float(fact.days[0] if fact.days else None),
        "day_to": _float(fact.days[-1] if len(fact.days) > 1 else None),
        **{name: _ruled(name, cell) for name, cell in fact.columns.items() if name not in ("key", "place")},
        "caveat": fact.caveat(language),
        "source": fact.source,
        "rests_on": ", ".join(fact.keys),
    }


def _unit(fact: Fact, language: Language) -> str:
    """Return the unit of a value; a share, and a change by a share, is a fraction of 1, whoever prints it."""
    ours = fact.form in ("share", "change") and fact.said is not Said.PRINTED
    return sentence("frame", "share", language) if ours else fact.units[language]


def _ruled(name: str, cell: str) -> object:
    """Return what a rule decides by as a frame has it: days are dates, the year is a number."""
    import pandas as pd

    if name in ("first_day", "last_day"):
        return pd.Timestamp(cell) if cell else pd.NaT
    return _float(int(cell) if cell else None) if name == "year" else cell


def _float(value: Fraction | int | None) -> float:
    return float("nan") if value is None else float(value)


def of_checks(
    rows: Sequence[Mapping[str, str]], checks: Sequence[Check], language: Language = "en"
) -> pandas.DataFrame:
    """Return relations with what the audit found; `computed_low`, `computed_high`, `strength` are floats."""
    table = [
        (
            row["id"],
            {
                "ref": row.get("ref", ""),
                "title": Bilingual.of(row, "title")[language],
                "kind": row["kind"],
                "printed": choose(language, "; ", "、").join(
                    each.reading.text for each in check.relation.printed
                ),
                "computed_low": _float(check.computed.low if check.computed else None),
                "computed_high": _float(check.computed.high if check.computed else None),
                "verdict": check.verdict.value,
                "strength": _float(check.strength),
                "slips": check.slips and check.slips.all,
                "slips_seen": check.slips and check.slips.seen,
                "note": Bilingual.of(row, "note")[language],
            },
        )
        for row, check in zip(rows, checks, strict=True)
    ]
    return _frame(table, "id")


def of_ledger(rows: Sequence[LedgerRow], language: Language = "en") -> pandas.DataFrame:
    """Return the ledger: each check with its outcome, meaning and reach, and what it would have shown."""
    table = [
        (
            row.ref or row.id,
            {
                "title": row.titles[language],
                "kind": row.kind,
                "outcome": row.result,
                "meaning": row.gloss(language),
                "reach": row.reach,
                "printed": row.printed(language),
                "slips": row.slips and row.slips.all,
                "slips_seen": row.slips and row.slips.seen,
                "strength": _float(row.strength),
                "space": row.space(language),
                "note": row.notes[language],
                "keys": ", ".join(row.keys),
            },
        )
        for row in rows
    ]
    return _frame(table, "ref")


NAMES = ("publisher", "title", "address")
"""Columns that tell where a rate stands."""


def of_published(
    rates: Sequence[Mapping[str, str]], checks: Sequence[Mapping[str, str]], language: Language = "en"
) -> pandas.DataFrame:
    """Return rates printed elsewhere, each with its verdict; the numbers of its check are floats.

    What may not be shown by name has no publisher, title or address here.
    """
    shown = [row if is_named(row) else {**row, **dict.fromkeys(NAMES, "")} for row in rates]
    numbers = dict.fromkeys(("computed_low", "computed_high", "strength", "slips", "slips_seen"), "number")
    frame = of_rows(shown, {}, "key", language).rename(columns={"result": "as_printed"})
    return frame.join(of_rows(checks, numbers, "key", language))


def in_language(row: Mapping[str, str], language: Language) -> dict[str, str]:
    """Return a row with the texts of a language, each under its column's name without an ending.

    >>> in_language({"key": "N15", "note_en": "as printed", "note_zh": "照录"}, "zh")
    {'key': 'N15', 'note': '照录'}
    """
    spoken = dict[str, str]()
    for name, cell in row.items():
        if not name.endswith("_zh"):
            chinese = f"{name.removesuffix('_en')}_zh"
            bare = name.removesuffix("_en") if chinese in row else name
            spoken[bare] = Bilingual.of(row, bare)[language] if chinese in row else cell
    return spoken


def of_rows(
    rows: Sequence[Mapping[str, str]], types: Mapping[str, str], index: str = "", language: Language = "en"
) -> pandas.DataFrame:
    """Return a table as it is typed: numbers as floats, whole numbers as integers, all else as text.

    Texts are those of the language, as `in_language` has them.
    """
    import pandas as pd

    from asprinted.collection.asked import Frame

    frame = Frame([in_language(row, language) for row in rows])
    for column, kind in types.items():
        if column in frame and kind in ("number", "integer"):
            frame[column] = pd.to_numeric(frame[column].where(frame[column] != ""))
    return frame.set_index(index) if index else frame
