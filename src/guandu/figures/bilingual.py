"""What a figure needs in both languages at once: its table and its source."""

from collections.abc import Iterable, Mapping

import pandas as pd

from guandu import tables
from guandu.figures.form import LANGUAGES


def bilingual(rows: Iterable[Mapping[str, object]], **constant: object) -> pd.DataFrame:
    """Return a table for a form; a pair of texts, English and Chinese, becomes two columns, `_en` and `_zh`.

    `constant` names columns that are the same in every row, such as the title of an axis.

    >>> bilingual([{"label": ("concluded", "审执结"), "count": 21454}], unit="share").iloc[0].to_dict()
    {'label_en': 'concluded', 'label_zh': '审执结', 'count': 21454, 'unit': 'share'}
    """
    return pd.DataFrame([_spread({**row, **constant}) for row in rows])


def _spread(row: Mapping[str, object]) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name, cell in row.items():
        if isinstance(cell, tuple):
            cells |= {f"{name}_{language}": said for language, said in zip(LANGUAGES, cell, strict=True)}
        else:
            cells[name] = cell
    return cells


def cited(key: str, en: str = "", zh: str = "") -> dict[str, str]:
    """Return how a figure names its source in both languages: publisher, title, year of a row of sources.csv.

    `en` and `zh` are added as a sentence, to say what is derived or which other publications are drawn.
    Raises `KeyError` for a source that the table does not hold.

    >>> cited("article", "Shares are derived.")["en"]
    '昆明长安网, “五大关键字”解锁平安官渡建设的政法力量, 2021. Shares are derived.'
    """
    sources = {row["key"]: row for row in tables.rows("sources")}
    row = sources[key]
    parts = [row[name] for name in ("publisher", "title", "published") if row[name]]
    return {"en": f"{', '.join(parts)}. {en}".strip(), "zh": f"{'，'.join(parts)}。{zh}"}
