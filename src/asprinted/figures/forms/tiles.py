"""Words as the picture: one tile a printed token, and cells for what must not share an axis."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.patheffects import Normal, Stroke

from asprinted.figures import style
from asprinted.figures.canvas import TextBlock, block, box, measure, middle, sheet, size, write
from asprinted.figures.form import Lane, Plan, Rule, each, form, unique
from asprinted.prose.writing import Language

REACH: Final = ("recomputed", "lacking", "beside", "alone")
"""How far a printed number can be held against others, from the most to the least."""

_TILE, _STEP, _BETWEEN = 0.27, 0.325, 0.055
_SECTION, _BLANK = 0.1, 0.27
_INNER = 0.075
_STRIP = 0.07


@dataclass(frozen=True)
class _Tile:
    """A token with its place: its row among all rows of tiles, and its left end in inches."""

    token: str
    reach: str
    section: int
    line: int
    left: float
    width: float


def _wide(token: str, reach: str) -> float:
    text = measure(token, reach == REACH[0])
    return text + 2 * _INNER + _STRIP * (reach == REACH[1])


def _tiles(table: pd.DataFrame, names: list[TextBlock], width: float, low: bool) -> list[_Tile]:
    """Return the tiles right of the names of their sections; on a card each section has one row of blanks."""
    left = max(name.wide for name in names) + 0.14
    blank = min(0.36, (width - left) / table["section"].value_counts().max() - _BETWEEN)
    tiles, line = [], -1
    for section, name in enumerate(unique(table["section"])):
        line, at, first = line + 1, left, line + 1
        for row in each(table[table["section"] == name]):
            token, wide = ("", blank) if low else (row.token, _wide(row.token, row.reach))
            if at + wide > width and at > left:
                line, at = line + 1, left
            tiles.append(_Tile(token, row.reach, section, line, at, wide))
            at += wide + _BETWEEN
        line = max(line, first + len(names[section].lines) - 1)
    return tiles


def _legend(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Return reach, count and words of each kind of tile."""
    rows = [(reach, table[table["reach"] == reach]) for reach in REACH]
    return [(reach, str(len(of)), of["reach_label"].iloc[0]) for reach, of in rows if len(of)]


def _walled(table: pd.DataFrame, width: float, low: bool) -> Plan:
    """Lay out the legend over the names of sections and their rows of tiles."""
    legend, sections = _legend(table), unique(table["section"])
    most = max(0.56 + measure(count, True) + measure(said) for _, count, said in legend)
    beside = len(legend) if most * len(legend) <= width else max(1, min(2, int(width // most)))
    over = -(-len(legend) // beside) * 0.27 + 0.16
    room = max(measure(name, True) for name in sections)
    names = [block(name, (room if low else min(room, width * 0.2)) + 0.01, True) for name in sections]
    tiles = _tiles(table, names, width, low)
    # The names may need more lines than the last tile tells.
    lines = max(tile.line for tile in tiles) + 1
    under = lines * (_BLANK if low else _STEP) + (0 if low else (len(sections) - 1) * _SECTION)
    return Plan(table, over=over, under=[under], more=(beside, names, tiles, low))


@form(
    words="token section reach reach_label",
    plan=_walled,
    rules=[Rule("reach", lambda row: row.reach in REACH, '"{0.reach}"', f"one of {', '.join(REACH)}")],
)
def wall(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Set a tile a printed token, in the order given, a row of tiles a section, and count the kinds of tile.

    Where there is no room for the tokens, as on a card, the tiles are empty and of one size, a row a section.
    `reach` is one of `REACH`: recomputed is solid, lacking half full, beside an outline, alone a pale tile;
    `reach_label` says it in words. Raises `Faults` for another reach.
    """
    (across, down), words, (beside, names, tiles, low) = size(canvas), sheet(canvas), plan.more
    for index, (reach, count, said) in enumerate(_legend(plan.table)):
        left, top = index % beside * across / beside + 0.01, index // beside * 0.27
        _tile(words, reach, left, top + 0.02, 0.26, 0.18)
        write(words, left + 0.34, top, [count], bold=True)
        write(words, left + 0.41 + measure(count, True), top, [said])
    step, tall = (_BLANK, _BLANK - 0.05) if low else (_STEP, _TILE)
    between = (down - plan.over - tiles[-1].line * step - tall) / max(1, len(names) - 1)
    tops: dict[int, float] = {}
    for tile in tiles:
        top = plan.over + tile.line * step + tile.section * between
        tops.setdefault(tile.section, top)
        _tile(words, tile.reach, tile.left, top, tile.width, tall)
        color = {"recomputed": style.PAPER, "alone": style.MUTED}.get(tile.reach, style.INK)
        y, x = middle(top + tall / 2), tile.left + _INNER + _STRIP * (tile.reach == REACH[1])
        write(words, x, y, [tile.token], color=color, bold=tile.reach == REACH[0])
    for section, name in enumerate(names):
        name.write(words, 0, middle(tops[section] + tall / 2))


def _tile(words: Axes, reach: str, left: float, top: float, wide: float, tall: float) -> None:
    face = {"recomputed": style.ARTICLE, "alone": style.GROUND}.get(reach, style.PAPER)
    edge, line = (style.LINE, 0.8) if reach == "alone" else (style.ARTICLE, 1.3)
    look: dict[str, Any] = {"facecolor": face, "edgecolor": edge, "linewidth": line, "clip_on": False}
    shape = FancyBboxPatch((left, top), wide, tall, boxstyle="round,pad=0,rounding_size=0.035", **look)
    words.add_patch(shape)
    if reach == "lacking":
        filled = wide / 2 if wide < 0.37 else _STRIP + 0.03
        words.add_patch(Rectangle((left, top), filled, tall, facecolor=style.ARTICLE)).set_clip_path(shape)


_CELL, _RATE = 0.12, 26.0


def _cell(row: Any, width: float) -> list[tuple[float, TextBlock]]:
    """Return the words of a cell from top to bottom, each with the gap above them."""
    inner = width - 2 * _CELL
    return [
        (0, block(row.question, inner, True)),
        (0.04, block(row.rate, inner, True, style.ARTICLE, _RATE)),
        (0.02, block(row.counts, inner)),
        (0, block(row.rest, inner, color=style.MUTED)),
        (0.06, block(row.tag, inner, True)),
    ]


def _paired(table: pd.DataFrame, width: float, _low: bool) -> Plan:
    """Lay out two cells a lane; their parts are as high as each other, so that neighbours stand level."""
    wide = (width - _CELL) / 2
    cells = [(row, _cell(row, wide)) for row in each(table)]
    lanes = []
    for pair in (cells[at : at + 2] for at in range(0, len(cells), 2)):
        parts = [
            max(gap + words.tall for gap, words in level)
            for level in zip(*(cell for _, cell in pair), strict=True)
        ]
        lanes.append(Lane(sum(parts) + 3 * _CELL, (pair, parts)))
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
            at = top + _CELL
            for part, (gap, line) in zip(parts, cell, strict=True):
                before = len(words.texts)
                line.write(words, left + _CELL, at + gap)
                for text in words.texts[before:] if line.points == _RATE and not row.printed else []:
                    text.set_color(style.GROUND)
                    text.set_path_effects([Stroke(linewidth=2.2, foreground=style.ARTICLE), Normal()])
                at += part
