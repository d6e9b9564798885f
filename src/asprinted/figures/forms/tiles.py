"""Words as the picture: a tile a printed number, tests under rules, and cells for what shares no axis."""

from math import fsum
from typing import Any

import pandas as pd
from matplotlib.figure import SubFigure
from matplotlib.patheffects import Normal, Stroke

from asprinted.drawing import tiles
from asprinted.drawing.outcomes import Test, outcomes
from asprinted.drawing.scene import Scene
from asprinted.figures import style
from asprinted.figures.canvas import TextBlock, block, box, sheet, size
from asprinted.figures.form import Lane, Plan, Rule, each, form
from asprinted.figures.scenes import plan_of, show
from asprinted.prose.writing import Language


def _wall(table: pd.DataFrame, width: float, low: bool, _language: Language) -> Scene:
    rows = [tiles.Tile(row.number, row.gloss, row.section, row.reach) for row in each(table)]
    return tiles.wall(rows, dict(zip(table["reach"], table["reach_label"], strict=True)), width, low=low)


@form(
    words="number gloss section reach reach_label",
    plan=plan_of(_wall),
    rules=[
        Rule(
            "reach",
            lambda row: row.reach in tiles.REACHES,
            '"{0.reach}"',
            f"one of {', '.join(tiles.REACHES)}",
        )
    ],
)
def wall(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Set a tile a printed number, in the order given, under the names of sections, and count the kinds.

    `reach` is one of `REACHES`: recomputed is solid, beside a tint, lacking a tint with a dashed outline,
    alone grey; `reach_label` says it in words. A card shows the numbers of what is recomputed alone. Raises
    `Faults` for another reach.
    """
    show(canvas, plan, language)


def _outcomes(table: pd.DataFrame, width: float, low: bool, language: Language) -> Scene:
    tests = [
        Test(row.label, row.counts, row.printed, (row.nearest, row.truncation, row.average), row.hedged)
        for row in each(table)
    ]
    return outcomes(tests, width, language, low=low)


@form(words="label counts printed", flags="nearest truncation average hedged?", plan=plan_of(_outcomes))
def rules(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw a row a test, with a mark under each rule, and how many pass under it.

    `nearest`, `truncation` and `average` say whether a test passes rounded, cut, and cut by an average
    headcount; over `hedged` inputs a mark is hollow, as the result is merely not excluded. A card leaves
    `counts` out.
    """
    show(canvas, plan, language)


_CELL, _RATE, _LOW_RATE = 0.12, 26.0, 18.0


def _cell(row: Any, width: float, low: bool) -> list[tuple[float, TextBlock]]:
    """Return the words of a cell from the top down, each with the gap above them; on a card the first two."""
    inner = width - 2 * _CELL
    if low:
        return [
            (0, block(row.question, inner, True)),
            (0, block(row.rate, inner, True, style.ARTICLE, _LOW_RATE)),
        ]
    return [
        (0, block(row.question, inner, True)),
        (0.04, block(row.rate, inner, True, style.ARTICLE, _RATE)),
        (0.02, block(row.counts, inner)),
        (0, block(row.rest, inner, color=style.MUTED)),
        (0.06, block(row.tag, inner, True)),
    ]


def _paired(table: pd.DataFrame, width: float, low: bool) -> Plan:
    """Lay out two cells a lane; their parts are as high as each other, so that neighbours stand level."""
    wide = (width - _CELL) / 2
    cells = [(row, _cell(row, wide, low)) for row in each(table)]
    lanes = []
    for pair in (cells[at : at + 2] for at in range(0, len(cells), 2)):
        parts = [
            max(gap + words.tall for gap, words in level)
            for level in zip(*(cell for _, cell in pair), strict=True)
        ]
        lanes.append(Lane(fsum(parts) + (2 if low else 3) * _CELL, (pair, parts)))
    return Plan(table, lanes, under=[-_CELL], right=wide)


@form(words="question rate counts rest tag", flags="printed", plan=_paired)
def cells(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Write each row into a cell of its own, two beside each other: nothing in them can be ranked by eye.

    `question` asks what `rate` answers, `counts` are what is divided, `rest` what the rest holds, `tag` what
    a check says. A rate that is not printed is hollow.
    """
    _, down = size(canvas)
    words, spare = sheet(canvas), plan.spare(down)
    for (pair, parts), top, tall in plan.placed(down):
        for number, (row, cell) in enumerate(pair):
            left, begin = number * (plan.right + _CELL), top - spare / 2
            box(words, left, begin, plan.right, tall + spare - _CELL, style.GROUND, edgecolor="none")
            at = top + (_CELL if len(cell) > 2 else _CELL / 2)
            for part, (gap, line) in zip(parts, cell, strict=True):
                before = len(words.texts)
                line.write(words, left + _CELL, at + gap)
                for text in (
                    words.texts[before:] if line.points in (_RATE, _LOW_RATE) and not row.printed else []
                ):
                    text.set_color(style.GROUND)
                    text.set_path_effects([Stroke(linewidth=2.2, foreground=style.ARTICLE), Normal()])
                at += part
