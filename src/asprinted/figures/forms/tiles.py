"""Words as the picture: one tile a printed token, and cells for what must not share an axis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.patheffects import Normal, Stroke

from asprinted.faults import Fault, quote
from asprinted.figures import style
from asprinted.figures.canvas import middle, sheet, size, write
from asprinted.figures.form import each, form, numbered, unique
from asprinted.figures.typesetting import height, wrap
from asprinted.figures.typesetting import width as measure
from asprinted.writing import Language

REACH: Final = ("recomputed", "lacking", "beside", "alone")
"""How far a printed number can be held against others, from the most to the least."""

_TILE, _STEP, _BETWEEN = 0.27, 0.325, 0.055
_SECTION, _BLANK = 0.1, 0.27
_INNER = 0.075
_SLACK = 0.001
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


def _names(table: pd.DataFrame, width: float) -> tuple[float, list[list[str]]]:
    """Return the width of the column of sections, and their names in lines."""
    sections = unique(table["section"])
    room = min(max(measure(name, style.BODY, bold=True) for name in sections), width * 0.2)
    lines = [wrap(name, room + 0.01, style.BODY, bold=True) for name in sections]
    return max(measure(line, style.BODY, bold=True) for name in lines for line in name) + 0.14, lines


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
        line = max(line, first + len(names[section]) - 1)
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


def _legend(table: pd.DataFrame, width: float) -> list[tuple[str, str, str]]:
    """Return reach, count and words of each kind of tile that there is, in the order of `REACH`."""
    rows = [(reach, table[table["reach"] == reach]) for reach in REACH]
    return [(reach, str(len(of)), of["reach_label"].iloc[0]) for reach, of in rows if len(of)]


def _beside(table: pd.DataFrame, width: float) -> int:
    """Return how many entries of the legend stand side by side: all, or half of them."""
    entries = _legend(table, width)
    most = max(_entry(count, said) for _, count, said in entries)
    return len(entries) if most * len(entries) <= width else max(1, min(2, int(width // most)))


def _entry(count: str, said: str) -> float:
    return 0.34 + measure(count, style.BODY, bold=True) + 0.07 + measure(said, style.BODY) + 0.15


def _legend_height(table: pd.DataFrame, width: float) -> float:
    return -(-len(_legend(table, width)) // _beside(table, width)) * 0.27 + 0.16


def _wall_height(table: pd.DataFrame, width: float) -> float:
    return _full_height(table, width) + (len(unique(table["section"])) - 1) * _SECTION


def _blank_height(table: pd.DataFrame, width: float) -> float:
    return _legend_height(table, width) + len(unique(table["section"])) * _BLANK


def _full_height(table: pd.DataFrame, width: float) -> float:
    return _legend_height(table, width) + (max(tile.line for tile in _tiles(table, width)) + 1) * _STEP


def _unreached(table: pd.DataFrame) -> Iterator[Fault]:
    for number, row in numbered(table):
        if row.reach not in REACH:
            yield Fault("", number, "reach", quote(row.reach), f"one of {', '.join(REACH)}")


@form(words="token section reach reach_label", height=_wall_height, least=_blank_height, check=_unreached)
def wall(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Set a tile a printed token, in the order given, a row of tiles a section, and count the kinds of tile.

    Where there is no room for the tokens, as on a card, the tiles are empty and of one size, a row a section.
    `reach` is one of `REACH`: recomputed is solid, lacking half full, beside an outline, alone a pale tile;
    `reach_label` says it in words. Raises `Faults` for another reach.
    """
    across, down = size(canvas)
    words, legend = sheet(canvas), _legend_height(table, across)
    beside = _beside(table, across)
    for index, (reach, count, said) in enumerate(_legend(table, across)):
        left, top = index % beside * across / beside + 0.01, index // beside * 0.27
        _tile(words, reach, left, top + 0.02, 0.26, 0.18)
        write(words, left + 0.34, top, [count], bold=True)
        write(words, left + 0.41 + measure(count, style.BODY, bold=True), top, [said])
    blank = down < _full_height(table, across) - _SLACK
    tiles = _blanks(table, across) if blank else _tiles(table, across)
    step, tall = (_BLANK, _BLANK - 0.05) if blank else (_STEP, _TILE)
    spare = down - legend - tiles[-1].line * step - tall
    between = spare / max(1, len(unique(table["section"])) - 1)
    tops: dict[int, float] = {}
    for tile in tiles:
        top = legend + tile.line * step + tile.section * between
        tops.setdefault(tile.section, top)
        _tile(words, tile.reach, tile.left, top, tile.width, tall)
        color = {"recomputed": style.PAPER, "alone": style.MUTED}.get(tile.reach, style.INK)
        y, x = middle(top + tall / 2), tile.left + _INNER + _STRIP * (tile.reach == REACH[1])
        write(words, x, y, [tile.token], color=color, bold=tile.reach == REACH[0])
    names = [[name] for name in unique(table["section"])] if blank else _names(table, across)[1]
    for section, lines in enumerate(names):
        write(words, 0, middle(tops[section] + tall / 2), lines, bold=True)


def _tile(words: Axes, reach: str, left: float, top: float, wide: float, tall: float) -> None:
    face = {"recomputed": style.ARTICLE, "alone": style.GROUND}.get(reach, style.PAPER)
    edge, line = (style.LINE, 0.8) if reach == "alone" else (style.ARTICLE, 1.3)
    shape = "round,pad=0,rounding_size=0.035"
    box = FancyBboxPatch(
        (left, top), wide, tall, boxstyle=shape, facecolor=face, edgecolor=edge, linewidth=line, clip_on=False
    )
    words.add_patch(box)
    if reach == "lacking":
        strip = Rectangle(
            (left, top), wide / 2 if wide < 0.37 else _STRIP + 0.03, tall, facecolor=style.ARTICLE
        )
        words.add_patch(strip).set_clip_path(box)


_CELL, _RATE, _LOW = 0.12, 26.0, 21.0


@dataclass(frozen=True)
class _Line:
    """Words of a cell: lines, points, colour, weight, the gap above them, and where they begin."""

    lines: list[str]
    points: float
    color: str
    bold: bool
    gap: float = 0.0
    left: float = 0.0

    @property
    def height(self) -> float:
        return self.gap + height(len(self.lines), self.points)


def _cell(row: Any, width: float) -> list[_Line]:
    """Return the words of a cell from top to bottom."""
    inner = width - 2 * _CELL
    return [
        _Line(wrap(row.question, inner, style.BODY, bold=True), style.BODY, style.INK, True),
        _Line(wrap(row.rate, inner, _RATE, bold=True), _RATE, style.ARTICLE, True, 0.04),
        _Line(wrap(row.counts, inner, style.BODY), style.BODY, style.INK, False, 0.02),
        _Line(wrap(row.rest, inner, style.BODY), style.BODY, style.MUTED, False),
        _Line(wrap(row.tag, inner, style.BODY, bold=True), style.BODY, style.INK, True, 0.06),
    ]


def _low(row: Any, width: float) -> list[_Line]:
    """Return the words of a cell on a card: the tag stands beside the rate, and the rest is left out."""
    inner, beside = width - 2 * _CELL, measure(row.rate, _LOW, bold=True) + _CELL
    tag, tall = wrap(row.tag, inner - beside, style.BODY, bold=True), height(1, _LOW)
    spare = (tall - height(len(tag), style.BODY)) / 2
    return [
        _Line(wrap(row.question, inner, style.BODY, bold=True), style.BODY, style.INK, True),
        _Line([row.rate], _LOW, style.ARTICLE, True, 0.01),
        _Line(tag, style.BODY, style.INK, True, spare - tall, beside),
        _Line(wrap(row.counts, inner, style.BODY), style.BODY, style.INK, False, max(spare, 0)),
    ]


def _pairs(table: pd.DataFrame, width: float, cell: Callable[[Any, float], list[_Line]]) -> list[list[float]]:
    """Return the heights of the parts of the cells of each pair, so that neighbours stand level."""
    cells = [[line.height for line in cell(row, (width - _CELL) / 2)] for row in each(table)]
    pairs = [cells[at : at + 2] for at in range(0, len(cells), 2)]
    return [[max(parts) for parts in zip(*pair, strict=True)] for pair in pairs]


def _cells_height(table: pd.DataFrame, width: float) -> float:
    pairs = _pairs(table, width, _cell)
    return sum(sum(parts) + 2 * _CELL for parts in pairs) + _CELL * (len(pairs) - 1)


def _low_height(table: pd.DataFrame, width: float) -> float:
    pairs = _pairs(table, width, _low)
    return sum(sum(parts) + 0.1 for parts in pairs) + _CELL * (len(pairs) - 1)


@form(words="question rate counts rest tag", flags="printed", height=_cells_height, least=_low_height)
def cells(canvas: SubFigure, table: pd.DataFrame, language: Language) -> None:
    """Write each row into a cell of its own, two beside each other: nothing in them can be ranked by eye.

    `question` asks what `rate` answers, `counts` are what is divided, `rest` what the rest holds (not on a
    card), `tag` what a check says. A rate that is not printed is hollow.
    """
    across, down = size(canvas)
    cell = _low if down < _cells_height(table, across) - _SLACK else _cell
    words, wide = sheet(canvas), (across - _CELL) / 2
    pairs = _pairs(table, across, cell)
    pad = (down - sum(map(sum, pairs)) - _CELL * (len(pairs) - 1)) / len(pairs)
    top = 0.0
    for number, row in enumerate(each(table)):
        parts, left = pairs[number // 2], number % 2 * (wide + _CELL)
        ground = Rectangle((left, top), wide, sum(parts) + pad, facecolor=style.GROUND, edgecolor="none")
        words.add_patch(ground)
        at = top + pad / 2
        for part, line in zip(parts, cell(row, wide), strict=True):
            drawn, hollow = len(words.texts), line.points in (_RATE, _LOW) and not row.printed
            write(
                words,
                left + _CELL + line.left,
                at + line.gap,
                line.lines,
                points=line.points,
                color=line.color,
                bold=line.bold,
            )
            for text in words.texts[drawn:] if hollow else []:
                text.set_color(style.GROUND)
                text.set_path_effects([Stroke(linewidth=2.2, foreground=style.ARTICLE), Normal()])
            at += part
        top += (sum(parts) + pad + _CELL) * (number % 2)
