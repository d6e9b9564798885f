"""Derived values and comparisons as tables of texts: to be read, not drawn, in the order given."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from guandu import findings
from guandu.dataset import Dataset
from guandu.findings import Language
from guandu.quantities.base import Quantity, in_language
from guandu.quantities.comparison import Comparison
from guandu.reading import read

__all__ = ["compared", "overview", "reference"]


def overview(data: Dataset, quantities: Iterable[Quantity], language: Language = "en") -> pd.DataFrame:
    """Return quantities as a table of texts for a reader: number, what, value, interval, from what, caveat.

    A table to be read, not drawn: it holds rates of different things, in the order given.

    >>> overview(data, [quantities.closing_rate_recomputed(data)]).iloc[0].to_list()[:4]
    ['B01', 'closing rate, recomputed', '61.7115%', '']
    """
    heads = in_language(
        language,
        (
            ("ref", "derived value", "value", "interval", "from", "caveat"),
            ("编号", "推算值", "数值", "区间", "依据", "说明"),
        ),
    )
    return pd.DataFrame(
        [
            (
                quantity.ref,
                quantity.title(language),
                quantity.text(language),
                quantity.interval_text(language) if quantity.low is not None else "",
                ", ".join(reference(data, key) for key in quantity.keys),
                quantity.caveat(language),
            )
            for quantity in quantities
        ],
        columns=list(heads),
    )


def compared(
    rows: Iterable[Comparison],
    language: Language = "en",
    write: Callable[[findings.Number], str] = findings.percent,
) -> pd.DataFrame:
    """Return comparisons as a table of texts for a reader, in the order given; `write` writes a value.

    A rate that is only printed, or whose counts are rounded, has nothing recomputed beside it.

    >>> compared(quantities.closing_rates(data)).iloc[6].to_list()[:4]
    ['Guandu, January to September 2021', 'closing rate', '61.71%', '61.71%']
    >>> compared(quantities.closing_rates(data)).iloc[0].to_list()[2:4]
    ['24.76%', '']
    """
    heads = in_language(
        language,
        (
            ("figure", "definition", "printed", "recomputed", "status", "from"),
            ("对象与时段", "口径", "载明", "复算", "来源", "依据"),
        ),
    )

    def text(row: Comparison) -> str:
        if row.printed and row.value == read(row.printed).value:
            return ""
        if row.value is not None:
            return write(row.value)
        return findings.interval(row.low, row.high, write, bounds=row.bounds, language=language)

    return pd.DataFrame(
        [
            (
                row.label(language),
                row.definition(language),
                row.printed,
                text(row),
                findings.origin(row.derived, language),
                ", ".join(row.keys),
            )
            for row in rows
        ],
        columns=list(heads),
    )


def reference(data: Dataset, key: str) -> str:
    """Return the number that the project's tables give a figure: N01 to N53, or the key of a benchmark.

    >>> reference(data, "closing_rate"), reference(data, "K047")
    ('N15', 'K047')
    """
    return data.shown(key).get("ref") or key
