"""A scene has the same marks in a picture as in a page."""

import re

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from asprinted import check
from asprinted.drawing.rulers import ruler
from asprinted.drawing.scene import LIGHT, Box, Dot, Line, Polygon, Scene, Text
from asprinted.drawing.svg import svg
from asprinted.figures import style
from asprinted.figures.canvas import sheet
from asprinted.figures.scenes import paint

SCENE = Scene(
    4.0,
    1.0,
    (
        Box(0.5, 0.2, 2.0, 0.3, "paper", "article", 1.5, round=0.1),
        Line(0.0, 0.9, 4.0, 0.9, "line"),
        Dot(1.0, 0.35, 0.1, "article", "paper"),
        Polygon(3.0, 0.35, ((0.0, 0.0), (0.2, 0.1), (0.2, -0.1)), "truncation"),
        Text(4.0, 0.8, "结案率61.71%", 11.5, "muted", align="right"),
    ),
)


def painted(scene: Scene) -> Figure:
    with style.house():
        figure = Figure(figsize=(scene.width, scene.height), dpi=96)
        FigureCanvasAgg(figure)
        paint(scene, sheet(figure))
        figure.canvas.draw()
    return figure


def test_each_mark_of_a_scene_is_drawn_at_its_place_in_its_colour():
    (axes,) = painted(SCENE).axes
    box, arrow = axes.patches
    assert isinstance(box, FancyBboxPatch)
    assert (box.get_x(), box.get_y(), box.get_width(), box.get_height()) == (0.5, 0.2, 2.0, 0.3)
    assert arrow.get_xy()[:3] == pytest.approx(np.array([[3.0, 0.35], [3.2, 0.45], [3.2, 0.25]]))
    line, dot = axes.lines
    assert list(line.get_xdata()) == [0.0, 4.0]
    assert (*dot.get_xdata(), *dot.get_ydata(), dot.get_markersize() / 144) == (1.0, 0.35, 0.1)
    assert to_hex(dot.get_markerfacecolor()).upper() == LIGHT["article"]
    fills = [to_hex(each.get_facecolor()).upper() for each in axes.patches]
    assert fills == [LIGHT["paper"], LIGHT["truncation"]]


def test_words_stand_on_the_baseline_that_they_have_in_a_page_and_end_where_they_end_there():
    figure = painted(SCENE)
    runs = [text for text in figure.axes[0].texts if text.get_text()] or [
        text for text in figure.axes[0].artists if text.get_text()
    ]
    assert "".join(run.get_text() for run in runs) == "结案率61.71%"
    assert {round(run.get_position()[1], 6) for run in runs} == {0.8}
    right = max(run.get_window_extent().x1 for run in runs)
    assert right == pytest.approx(4.0 * 96, abs=1.5)
    assert '<text x="384" y="76.8" text-anchor="end"' in svg(SCENE, LIGHT)


def test_a_lane_of_a_ruler_is_one_picture_in_both():
    made = ruler(check("98.35%", "1.73万余件", "1.76万余件"))
    scene = made.lane(made.lanes[0])
    (axes,) = painted(scene).axes
    written = svg(scene, LIGHT)
    (box,) = [each for each in axes.patches if isinstance(each, FancyBboxPatch)]
    drawn = re.search(r'<rect x="([\d.]+)"', written)
    assert float(drawn[1]) == pytest.approx(box.get_x() * 96, abs=0.01)
    assert len(axes.patches) + len(axes.lines) == len(scene.marks)
