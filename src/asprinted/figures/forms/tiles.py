"""Words as the picture: one tile a printed token, and cells for what must not share an axis."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.patheffects import Normal, Stroke

from asprinted.drawing.typesetting import width as measure
from asprinted.faults import Fault, quote
from asprinted.figures import style
from asprinted.figures.canvas import TextBlock, block, box, middle, sheet, size, write
from asprinted.figures.form import each, form, numbered, unique
from asprinted.figures.forms.ruling import SLACK
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


def _names(table: pd.DataFrame, width: float) -> tuple[float, list[TextBlock]]:
    """Return the width of the column of sections, and their names."""
    sections = unique(table["section"])
    room = min(max(measure(name, style.BODY, bold=True) for name in sections), width * 0.2)
    names = [block(name, room + 0.01, True) for name in sections]
    return max(name.wide for name in names) + 0.14, names


def _tiles(table: pd.DataFrame, width: float) -> list[_Tile]:
    left, names = _names(table, width)
    tiles, line = [], -1
    for section, name in enumerate(unique(table["section"])):
        line, at, first = line + 1, left, line + 1
        for row in each(table[table["section"] == name]):
            wide = measure(row.token, style.BODY, bold=row.reach == REACH[0]) + 2 * _INNER
            wide += _STRIP * (row.reach == REACH[1])
            if at + wide > width and at > left:
                line, at = line + 1, left
            tiles.append(_Tile(row.token, row.reach, section, line, at, wide))
            at += wide + _BETWEEN
        line = max(line, first + len(names[section].lines) - 1)
    return tiles


def _blanks(table: pd.DataFrame, width: float) -> list[_Tile]:
    """Return tiles of one size without a token, all of a section in one row."""
    sections = unique(table["section"])
    left = max(measure(name, style.BODY, bold=True) for name in sections) + 0.14
    wide = min(0.36, (width - left) / table["section"].value_counts().max() - _BETWEEN)
    return [
        _Tile("", row.reach, section, section, left + at * (wide + _BETWEEN), wide)
        for section, name in enumerate(sections)
        for at, row in enumerate(each(table[table["section"] == name]))
    ]


def _legend(table: pd.DataFrame, width: float) -> tuple[list[tuple[str, str, str]], int, float]:
    """Return reach, count and words of each kind of tile, how many stand in a line, and the height."""
    rows = [(reach, table[table["reach"] == reach]) for reach in REACH]
    entries = [(reach, str(len(of)), of["reach_label"].iloc[0]) for reach, of in rows if len(of)]
    most = max(
        0.34 + measure(count, style.BODY, bold=True) + 0.07 + measure(said, style.BODY) + 0.15
        for _, count, said in entries
    )
    beside = len(entries) if most * len(entries) <= width else max(1, min(2, int(width // most)))
    return entries, beside, -(-len(entries) // beside) * 0.27 + 0.16


def _close_height(table: pd.DataFrame, width: float) -> float:
    """Return the height with the tokens in their tiles, and no room between sections."""
    return _legend(table, width)[2] + (max(tile.line for tile in _tiles(table, width)) + 1) * _STEP


def _unreached(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        if row.reach not in REACH:
            yield Fault("", number, "reach", quote(row.reach), f"one of {', '.join(REACH)}")


@form(
    words="token section reach reach_label",
    height=lambda table, width: _close_height(table, width) + (table["section"].nunique() - 1) * _SECTION,
    least=lambda table, width: _legend(table, width)[2] + table["section"].nunique() * _BLANK,
    check=_unreached,
)
def wall(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Set a tile a printed token, in the order given, a row of tiles a section, and count the kinds of tile.

    Where there is no room for the tokens, as on a card, the tiles are empty and of one size, a row a section.
    `reach` is one of `REACH`: recomputed is solid, lacking half full, beside an outline, alone a pale tile;
    `reach_label` says it in words. Raises `Faults` for another reach.
    """
    across, down = size(canvas)
    words, (entries, beside, legend) = sheet(canvas), _legend(table, across)
    for index, (reach, count, said) in enumerate(entries):
        left, top = index % beside * across / beside + 0.01, index // beside * 0.27
        _tile(words, reach, left, top + 0.02, 0.26, 0.18)
        write(words, left + 0.34, top, [count], bold=True)
        write(words, left + 0.41 + measure(count, style.BODY, bold=True), top, [said])
    if down < _close_height(table, across) - SLACK:
        tiles, step, tall = _blanks(table, across), _BLANK, _BLANK - 0.05
        names = [TextBlock([name], bold=True) for name in unique(table["section"])]
    else:
        tiles, step, tall = _tiles(table, across), _STEP, _TILE
        names = _names(table, across)[1]
    between = (down - legend - tiles[-1].line * step - tall) / max(1, len(names) - 1)
    tops: dict[int, float] = {}
    for tile in tiles:
        top = legend + tile.line * step + tile.section * between
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


def _pairs(table: pd.DataFrame, width: float) -> list[list[float]]:
    """Return the heights of the parts of the cells of each pair, so that neighbours stand level."""
    cells = [[gap + words.tall for gap, words in _cell(row, (width - _CELL) / 2)] for row in each(table)]
    pairs = [cells[at : at + 2] for at in range(0, len(cells), 2)]
    return [[max(parts) for parts in zip(*pair, strict=True)] for pair in pairs]


def _cells_height(table: pd.DataFrame, width: float) -> float:
    pairs = _pairs(table, width)
    return sum(sum(parts) + 2 * _CELL for parts in pairs) + _CELL * (len(pairs) - 1)


@form(words="question rate counts rest tag", flags="printed", height=_cells_height)
def cells(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Write each row into a cell of its own, two beside each other: nothing in them can be ranked by eye.

    `question` asks what `rate` answers, `counts` are what is divided, `rest` what the rest holds, `tag` what
    a check says. A rate that is not printed is hollow.
    """
    across, down = size(canvas)
    words, wide, pairs, top = sheet(canvas), (across - _CELL) / 2, _pairs(table, across), 0.0
    pad = (down - sum(map(sum, pairs)) - _CELL * (len(pairs) - 1)) / len(pairs)
    for number, row in enumerate(each(table)):
        parts, left = pairs[number // 2], number % 2 * (wide + _CELL)
        box(words, left, top, wide, sum(parts) + pad, style.GROUND, edgecolor="none")
        at = top + pad / 2
        for part, (gap, line) in zip(parts, _cell(row, wide), strict=True):
            before = len(words.texts)
            line.write(words, left + _CELL, at + gap)
            for text in words.texts[before:] if line.points == _RATE and not row.printed else []:
                text.set_color(style.GROUND)
                text.set_path_effects([Stroke(linewidth=2.2, foreground=style.ARTICLE), Normal()])
            at += part
        top += (sum(parts) + pad + _CELL) * (number % 2)
