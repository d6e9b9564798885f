"""A scene drawn by matplotlib, for what no browser draws: a PNG, and an SVG whose words are outlines."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyBboxPatch, Polygon

from asprinted.drawing import scene as marks
from asprinted.drawing.scene import LIGHT, Scene
from asprinted.drawing.typesetting import leading
from asprinted.figures.canvas import write

_BASELINE = 0.79
"""How far below the top of a line its baseline lies, in line heights: as lines of words are set."""


def paint(scene: Scene, axes: Axes) -> None:
    """Draw the marks of a scene on axes that count inches down from the upper left corner, as `sheet` makes.

    Colours are those of a light ground; saving makes a dark variant of them.
    """
    for order, mark in enumerate(scene.marks):
        if isinstance(mark, marks.Text):
            top = mark.y - _BASELINE * leading(mark.points) / 72
            look = {"bold": mark.bold, "color": LIGHT[mark.color], "points": mark.points}
            write(axes, mark.x, top, [mark.text], mark.align, **look)
        elif isinstance(mark, marks.Line):
            ends = [mark.x1, mark.x2], [mark.y1, mark.y2]
            axes.plot(*ends, color=LIGHT[mark.color], linewidth=mark.width, clip_on=False, zorder=order)
        else:
            shape = _shape(mark)
            shape.set(clip_on=False, zorder=order, facecolor=LIGHT.get(mark.fill, "none"))
            axes.add_patch(shape)


def _shape(mark: marks.Box | marks.Dot | marks.Polygon) -> FancyBboxPatch | Circle | Polygon:
    if isinstance(mark, marks.Polygon):
        return Polygon([(mark.x + x, mark.y + y) for x, y in mark.corners], linewidth=0)
    edge: dict[str, Any] = {"linewidth": mark.width if mark.edge else 0}
    edge["edgecolor"] = LIGHT.get(mark.edge, "none")
    if isinstance(mark, marks.Dot):
        return Circle((mark.x, mark.y), mark.radius, **edge)
    style = f"round,pad=0,rounding_size={mark.round}" if mark.round else "square,pad=0"
    line = "dashed" if mark.dashed else "solid"
    return FancyBboxPatch((mark.left, mark.top), mark.wide, mark.tall, boxstyle=style, linestyle=line, **edge)
