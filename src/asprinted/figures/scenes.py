"""A scene drawn by matplotlib, for what no browser draws: a PNG, and an SVG whose words are outlines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import FancyBboxPatch, Polygon

from asprinted.drawing import scene as marks
from asprinted.drawing.scene import LIGHT, Scene
from asprinted.drawing.typesetting import leading
from asprinted.faults import Fault, quote
from asprinted.figures.canvas import plane, size, write
from asprinted.figures.form import SLACK, Plan, Planner
from asprinted.prose.writing import LANGUAGES, Language

Build = Callable[[pd.DataFrame, float, bool, Language], Scene]
"""Makes a scene of a typed table, a width, whether it stands on a card, and a language."""

_BASELINE = 0.79
"""How far below the top of a line its baseline lies, in line heights: as lines of words are set."""


def plan_of(build: Build) -> Planner:
    """Return the planner of a form that draws a scene, as high as in the language where it is higher."""

    def plan(table: pd.DataFrame, width: float, low: bool) -> Plan:
        made = partial(build, table, width, low)
        return Plan(table, over=max(made(language).height for language in LANGUAGES), more=made)

    return plan


def show(canvas: SubFigure, plan: Plan, language: Language) -> None:
    """Draw the scene of a plan in the middle of a canvas; raise `Fault` for words that leave it."""
    scene: Scene = plan.more(language)
    for mark in scene.marks:
        if isinstance(mark, marks.Text) and (out := mark.outside(scene.width)) > SLACK:
            raise Fault.of(f"{quote(mark.text)}, {out:.2f} in too long", "shorter words")
    top = (size(canvas)[1] - scene.height) / 2
    paint(scene, plane(canvas, 0, top, scene.width, scene.height, (0, scene.width)))


def paint(scene: Scene, axes: Axes) -> None:
    """Draw the marks of a scene on axes that count inches down from the upper left corner, as `sheet` makes.

    Words lie above all shapes. Colours are those of a light ground; saving makes a dark variant of them.
    """
    number = 0
    for _, run in groupby(scene.marks, _look):
        alike, order = list(run), number / len(scene.marks)
        number += len(alike)
        if isinstance(alike[0], marks.Dot):
            _dots(axes, [mark for mark in alike if isinstance(mark, marks.Dot)], order)
        else:
            _draw(axes, alike[0], order)


def _look(mark: marks.Mark) -> object:
    """Return what dots have alike that are drawn as one; any other mark is drawn alone."""
    return (mark.radius, mark.fill, mark.edge, mark.width) if isinstance(mark, marks.Dot) else id(mark)


def _dots(axes: Axes, dots: list[marks.Dot], order: float) -> None:
    first, places = dots[0], ([dot.x for dot in dots], [dot.y for dot in dots])
    look: dict[str, Any] = {
        "mfc": LIGHT.get(first.fill, "none"),
        "mec": LIGHT.get(first.edge, "none"),
        "clip_on": False,
    }
    edge = first.width if first.edge else 0.0
    axes.plot(*places, "o", ms=144 * first.radius, mew=edge, zorder=order, **look)


def _draw(axes: Axes, mark: marks.Mark, order: float) -> None:
    if isinstance(mark, marks.Text):
        top = mark.y - _BASELINE * leading(mark.points) / 72
        look = {"bold": mark.bold, "color": LIGHT[mark.color], "points": mark.points}
        write(axes, mark.x, top, [mark.text], mark.align, **look)
    elif isinstance(mark, marks.Line):
        ends = [mark.x1, mark.x2], [mark.y1, mark.y2]
        axes.plot(*ends, color=LIGHT[mark.color], linewidth=mark.width, clip_on=False, zorder=order)
    elif isinstance(mark, marks.Box | marks.Polygon):
        shape = _shape(mark)
        shape.set(clip_on=False, zorder=order, facecolor=LIGHT.get(mark.fill, "none"))
        axes.add_patch(shape)


def _shape(mark: marks.Box | marks.Polygon) -> FancyBboxPatch | Polygon:
    if isinstance(mark, marks.Polygon):
        return Polygon([(mark.x + x, mark.y + y) for x, y in mark.corners], linewidth=0)
    edge: dict[str, Any] = {"linewidth": mark.width if mark.edge else 0}
    edge["edgecolor"] = LIGHT.get(mark.edge, "none")
    style = f"round,pad=0,rounding_size={mark.round}" if mark.round else "square,pad=0"
    line = "dashed" if mark.dashed else "solid"
    return FancyBboxPatch((mark.left, mark.top), mark.wide, mark.tall, boxstyle=style, linestyle=line, **edge)
