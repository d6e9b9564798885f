"""Small pictures to hold facts against: a table for each form, words, and what of a drawing can be read."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pandas as pd
import ruled
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from asprinted import figures
from asprinted.collection.cards import LANGUAGES
from asprinted.figures import style
from asprinted.figures.form import FigureForm, rounded
from asprinted.figures.pages import Plain, draw

FIGURES = Path(__file__).resolve().parents[2] / "figures"
CREDIT = figures.Credit("The project", "CC BY 4.0")
WORDS = {
    "en": figures.Caption(
        "Of the cases accepted, 61.71% are closed",
        "Guandu district court, Kunming: cases of all kinds, January to September 2021",
        "Whether cases carried over are inside is not printed.",
        "One bar in two parts.",
        "Kunming Chang’an Net (昆明长安网), 2021",
    ),
    "zh": figures.Caption(
        "受理案件已结61.71%",
        "昆明市官渡区人民法院受理案件（各类），2021年1月至9月",
        "是否含旧存，文中未载。",
        "一条分为两段的横条。",
        "昆明长安网《五大关键字》，2021年",
    ),
}


def table(rows: dict[str, dict[str, object]], **constant: object) -> pd.DataFrame:
    """A frame by key, in which a pair of texts, English and Chinese, is two columns."""
    spread = {
        key: {
            column: cell
            for name, given in {**row, **constant}.items()
            for column, cell in (
                zip((f"{name}_en", f"{name}_zh"), given, strict=True)
                if isinstance(given, tuple)
                else [(name, given)]
            )
        }
        for key, row in rows.items()
    }
    return pd.DataFrame.from_dict(spread, orient="index").rename_axis("key")


def keyed(rows: list[dict[str, object]]) -> pd.DataFrame:
    """A frame of rows whose keys are their numbers in the CSV, where the header is row 1."""
    return table({f"row{number}": row for number, row in enumerate(rows, start=2)})


CLOSED = Fraction(21454, 34765)
PARTS = table(
    {
        "closed": {
            "label": ("Closed", "已结"), "share": CLOSED, "shown": ("61.71%\n21,454 cases", "61.71%\n21454件")
        },
        "open": {
            "label": ("Open, at least", "未结（至少）"), "share": 1 - CLOSED,
            "shown": ("38.29%\n13,311 cases", "38.29%\n13311件"),
        },
    }
)  # fmt: skip
DAYS = table(
    {
        "closing_rate": {"label": ("Guandu 2021", "官渡2021年"), "day": 265, "day_to": 273, "share": CLOSED,
                         "own": True, "near": True},
        "guandu_2020": {"label": ("Guandu 2020", "官渡2020年"), "day": 243, "share": Fraction(15917, 25693),
                        "near": True, "printed": False},
        "china_2016": {"label": ("China 2016", "全国2016年"), "day": figures.common_day("2016-09-30"),
                       "share": 0.6817, "near": True},
        "hainan": {"label": ("Hainan", "海南"), "day": 31, "share": 0.2476},
        "china_2020": {"label": ("China", "全国"), "day": figures.common_day("2020-12-31"), "share": 0.9318},
    },
    band_from=242,
    band_to=296,
    band=("like date", "如期"),
    heading=("At a like date", "相近时点"),
)  # fmt: skip
DAYS = DAYS.assign(own=DAYS.own.eq(True), near=DAYS.near.eq(True), printed=DAYS.printed.ne(False))
LIST = table(
    {
        "guandu": {"label": ("Guandu, Jan–Sep 2021", "官渡，2021年1—9月"), "value": 669, "own": True,
                   "printed": True, "group": ("Accepted", "受理")},
        "china": {"label": ("China, 1 January to 15 November 2021", "全国，2021年1月1日至11月15日"),
                  "value": 240, "own": False, "printed": True, "group": ("Accepted", "受理")},
        "hedged": {"label": ("Kunming, hedged", "昆明，约数"), "low": 380, "high": 420, "own": False,
                   "printed": True, "shown": ("380 to 420", "380至420"), "group": ("Concluded", "结案")},
        "derived": {"label": ("Guandu 2017", "官渡2017年"), "value": Fraction(18797, 49), "own": False,
                    "printed": False, "shown": "383.6", "group": ("Concluded", "结案")},
    },
    axis=("cases per judge", "件/人"),
)  # fmt: skip
SHARES = table(
    {
        "court": {"label": ("Guandu, since 2020", "官渡2020年以来"), "value": Fraction(4044, 16179),
                  "own": True, "printed": False, "shown": "25.0%"},
        "other": {"label": ("Pingluo, 2021", "平罗2021年"), "value": 0.883, "own": False, "printed": True},
    }
)  # fmt: skip
REACHES = {
    "recomputed": ("recomputed", "可复算"),
    "lacking": ("lack a number", "尚缺一数"),
    "beside": ("only beside another", "仅可并看"),
    "alone": ("stand alone", "无可比对"),
}
COURT, POLICE = ("Court", "诉 法院"), ("People’s police", "管 公安")
WALL = table(
    {
        f"n{number}": {
            "number": token,
            "gloss": ("a count", "件数"),
            "reach": reach,
            "reach_label": REACHES[reach],
            "section": section,
        }
        for number, (token, reach, section) in enumerate(
            [
                *((token, "recomputed", COURT) for token in ("34765件", "21454件", "61.71%")),
                *((token, "lacking", COURT) for token in ("16179件", "4044件")),
                ("50%以上", "alone", COURT),
                ("40572路", "beside", POLICE),
                ("57.92万余人", "beside", POLICE),
                ("23.6%", "alone", POLICE),
            ]
        )
    }
)
CELLS = table(
    {
        "closing_rate": {"question": ("Of the cases accepted, how many are closed?", "受理案件，已结多少？"),
                         "rate": "61.71%", "counts": ("21,454 of 34,765", "34765件中21454件"),
                         "rest": ("rest: open", "其余：未结"), "tag": ("fits, rounded or cut", "均相符"),
                         "printed": True},
        "mediation": {"question": ("Of the cases sent out, how many are settled?", "移送案件，成功多少？"),
                      "rate": "25.0%", "counts": ("4,044 of 16,179", "16179件中4044件"),
                      "rest": ("rest: not reported", "其余：未载明"), "tag": ("no rate printed", "未载比率"),
                      "printed": False},
    }
)  # fmt: skip
EXAMPLES: dict[str, tuple[FigureForm, pd.DataFrame]] = {
    "split_bar": (figures.split_bar, PARTS),
    "dots_by_day": (figures.dots_by_day, DAYS),
    "list_plot": (figures.list_plot, LIST),
    "list_plot_of_shares": (figures.list_plot, SHARES),
    "wall": (figures.wall, WALL),
    "cells": (figures.cells, CELLS),
    # As many as leave a card no room for more than it must have.
    "cells_of_four": (figures.cells, pd.concat([CELLS, CELLS.rename(index=lambda key: f"{key}_again")])),
    "wall_of_many": (
        figures.wall,
        pd.concat([WALL.rename(index=lambda key, at=at: f"{key}_{at}") for at in range(4)]),
    ),
}
RULED: dict[str, tuple[FigureForm, list[dict[str, object]]]] = {
    "last_digit_ruler": (figures.last_digit_ruler, ruled.OFFSETS),
    "number_made": (figures.number_made, ruled.MADE),
    "interval_ruler": (figures.interval_ruler, ruled.HEDGES),
    "strips": (figures.strips, ruled.JUDGES),
    "barcode": (figures.barcode, ruled.DISPUTES),
    "remainder": (figures.remainder, ruled.UNSETTLED),
    "piles": (figures.piles, ruled.PILES),
    "rules": (figures.rules, ruled.TESTS),
    "chain": (figures.chain, ruled.FACTORS),
    "changes": (figures.changes, ruled.FALLS),
}
EXAMPLES |= {name: (form, keyed(rows)) for name, (form, rows) in RULED.items()}
CARDS = (
    "split_bar",
    "dots_by_day",
    "wall",
    "cells",
    "cells_of_four",
    "wall_of_many",
    *(name for name in RULED if name != "strips"),
)


def drawing(
    form: FigureForm | Plain, frame: pd.DataFrame, language: str = "en", page: style.Page = style.FIGURE
) -> Figure:
    with style.house():
        figure = draw(form, rounded(frame), WORDS[language], CREDIT, language, page)
        figure.canvas.draw()
    return figure


@cache
def example(name: str, language: str = "en", page: style.Page = style.FIGURE) -> Figure:
    return drawing(*EXAMPLES[name], language, page)


def every_example() -> Iterator[tuple[str, str, style.Page]]:
    for language in LANGUAGES:
        yield from ((name, language, style.FIGURE) for name in EXAMPLES)
        yield from ((name, language, style.CARD) for name in CARDS)


def coordinates(figure: Figure) -> Iterator[float]:
    """Every number that a mark of the figure stands at, in the units of its own axes."""
    for axes in figure.findobj(Axes):
        for line in axes.lines:
            yield from map(float, (*line.get_xdata(), *line.get_ydata()))
        for patch in axes.patches:
            if hasattr(patch, "get_width"):
                x, wide = patch.get_x(), patch.get_width()
                yield from (x, x + wide, wide)


def readable(figure: Figure) -> list[Text]:
    """Every text that a reader sees; ticks beyond the ends of an axis are made but not drawn."""
    beyond = {
        label
        for axes in figure.findobj(Axes)
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        for label in (tick.label1, tick.label2)
    }
    texts = [text for text in figure.findobj(Text) if text not in beyond]
    return [text for text in texts if text.get_text().strip() and text.get_visible()]


def said(figure: Figure) -> list[str]:
    """Every line of words that a reader sees, whole where squeezed punctuation parts it."""
    return list(dict.fromkeys(line_of(text) for text in readable(figure)))


def line_of(text: Text) -> str:
    label = str(text.get_label())
    return label if text.get_text() in label else text.get_text()
