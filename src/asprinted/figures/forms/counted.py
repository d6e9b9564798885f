"""Forms whose pictures are scenes: what is left of a whole, which numbers may be meant, piles, and falls."""

from collections.abc import Iterator
from math import isnan

import pandas as pd
from matplotlib.figure import SubFigure

from asprinted.drawing.counted import Pile, Span
from asprinted.drawing.counted import barcode as coded
from asprinted.drawing.counted import piles as piled
from asprinted.drawing.counted import remainder as left_of
from asprinted.drawing.gaps import Change, gaps
from asprinted.drawing.scene import Scene
from asprinted.faults import Fault
from asprinted.figures.form import UPRIGHT, Plan, Rule, each, form, numbered
from asprinted.figures.scenes import plan_of, show
from asprinted.prose.writing import Language

_OF_RULES = Rule(
    "rule",
    lambda row: row.rule in ("", "nearest", "truncation"),
    '"{0.rule}"',
    "nearest or truncation, or nothing",
)


def _spans(table: pd.DataFrame) -> list[Span]:
    return [Span(int(row.low), int(row.high), row.rule, row.label) for row in each(table)]


def _remainder(table: pd.DataFrame, width: float, low: bool, language: Language) -> Scene:
    whole, left = (int(table[name].iloc[0]) for name in ("whole", "left"))
    return left_of(whole, left, _spans(table), width, language, low=low)


@form(words="label rule", numbers="low high whole left", plan=plan_of(_remainder), rules=[UPRIGHT, _OF_RULES])
def remainder(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw a whole as dots, those that are `left` of it hollow, over what each rule would admit to be left.

    Each row is a rule with the numbers from `low` to `high`; `whole` and `left` are the same in all rows.
    """
    show(canvas, plan, language)


def _barcode(table: pd.DataFrame, width: float, low: bool, language: Language) -> Scene:
    return coded(_spans(table), width, language, low=low)


def _outside(table: pd.DataFrame) -> Iterator[Fault]:
    low, high = table["low"].iloc[0], table["high"].iloc[0]
    for number, row in numbered(table):
        if row.low < low or row.high > high:
            column = "low" if row.low < low else "high"
            yield Fault("", number, column, f"{row.low:g} to {row.high:g}", "a range within the first")


@form(
    words="label rule?",
    numbers="low high",
    plan=plan_of(_barcode),
    rules=[UPRIGHT, _OF_RULES],
    check=_outside,
)
def barcode(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw a tick for each whole number of the first range; those of the ranges below it stand up.

    Raises `Faults` for an unknown rule, and a range that is no range or leaves the first.
    """
    show(canvas, plan, language)


def _piles(table: pd.DataFrame, width: float, low: bool, _language: Language) -> Scene:
    return piled(
        [Pile(row.label, int(row.number), row.rule or "others", row.printed) for row in each(table)],
        width,
        low=low,
    )


@form(words="label rule?", numbers="number", flags="printed?", plan=plan_of(_piles), rules=[_OF_RULES])
def piles(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw so many dots a row under its words, in the colour of its `rule`; rows of one label share it."""
    show(canvas, plan, language)


def _gaps(table: pd.DataFrame, width: float, low: bool, language: Language) -> Scene:
    rows = [
        Change(row.label, row.when, row.shown, None if isnan(row.gone) else row.gone, row.open)
        for row in each(table)
    ]
    return gaps(rows, width, language, low=low)


def _none_gone(table: pd.DataFrame) -> Iterator[Fault]:
    if table["gone"].isna().all():
        yield Fault.of("no share in any row", "a share from 0 to 1 in one row at least", "gone")


@form(
    words="label when? shown",
    numbers="gone?",
    flags="open?",
    plan=plan_of(_gaps),
    rules=[
        Rule(
            "gone",
            lambda row: isnan(row.gone) or 0 <= row.gone <= 1,
            "{0.gone:g}",
            "a share from 0 to 1, or nothing",
        ),
        Rule("open", lambda row: not (row.open and isnan(row.gone)), "yes without a share", "a share, or no"),
    ],
    check=_none_gone,
)
def changes(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw what went of amounts that are not printed, at the end of equally long dashed frames.

    `gone` is the share that went; where it is empty the frame holds a question mark, where it is `open`, and
    more may have gone, stripes thin out beyond it. `shown` says it as printed, `when` the period. Raises
    `Faults` for a share outside 0 to 1, an open one that is not there, and a table without any share.
    """
    show(canvas, plan, language)
