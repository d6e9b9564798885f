"""What rulers, strips, boxes and chains share: words, planes with inches, bands with end ticks, axes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Rectangle

from asprinted.figures import style
from asprinted.figures.canvas import place, size, write
from asprinted.figures.typesetting import height
from asprinted.figures.typesetting import width as measure
from asprinted.writing import Language

WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "nearest": "rounded",
        "truncation": "cut",
        "field": "prints the same if rounded",
        "frame": "same if cut",
        "zero": "as printed",
        "one": "+1 digit",
        "printed": "printed",
        "before": "before: not printed",
    },
    "zh": {
        "nearest": "四舍五入",
        "truncation": "去尾",
        "field": "四舍五入后与原文相同",
        "frame": "去尾后与原文相同",
        "zero": "与原文相同",
        "one": "+1个末位",
        "printed": "原文",
        "before": "之前：文中未列",
    },
}
"""What these forms say themselves, for any table."""

BAR: Final = 0.13
"""Height in inches of a band; its end ticks are twice as high."""

LINE_HEIGHT: Final = height(1, style.BODY)
AXIS: Final = 0.06 + LINE_HEIGHT
"""Height in inches that an axis wants below its plane, or above it."""

SLACK: Final = 0.001
"""Inches by which a canvas may be lower than a drawing without being a card."""


class Box(NamedTuple):
    """A rectangle of words in inches, downwards and to the right."""

    left: float
    top: float
    right: float
    bottom: float


def plane(canvas: SubFigure, top: float, tall: float, limits: tuple[float, float], inset: float) -> Axes:
    """Return bare axes over the width of a canvas: numbers across, inches downwards."""
    axes = place(canvas, inset, top, size(canvas)[0] - 2 * inset, tall)
    axes.set(xlim=limits, ylim=(tall, 0), xticks=[], yticks=[])
    axes.set_axis_off()
    return axes


def inches(axes: Axes, value: float) -> float:
    """Return how far from the left of its canvas a number of a plane stands."""
    return float(axes.transData.transform((value, 0))[0] - axes.figure.bbox.x0) / axes.figure.figure.dpi


def interval(
    axes: Axes, low: float, high: float, y: float, color: str, *, pale: bool = False, ticks: str = "both"
) -> None:
    """Draw a band with end ticks; `ticks` names the ends that have one: an open end has none."""
    band(axes, low, high, y, color, pale=pale)
    for end, name in ((low, "low"), (high, "high")):
        if ticks in ("both", name):
            axes.plot([end, end], [y - BAR, y + BAR], color=color, linewidth=1.4, zorder=3, clip_on=False)


def band(
    axes: Axes, low: float, high: float, y: float, color: str, *, pale: bool = False, tall: float = BAR
) -> None:
    """Draw a broad stretch of a plane; a pale one keeps an outline, as its body would be lost on paper."""
    face = style.tint(color, style.PALE) if pale else color
    body = Rectangle((low, y - tall / 2), high - low, tall, facecolor=face, edgecolor=color, zorder=2)
    axes.add_patch(body).set_linewidth(pale)


def ticked(low: bool, high: bool) -> str:
    """Return the ends that have a tick, as `interval` names them.

    >>> ticked(True, False), ticked(True, True)
    ('low', 'both')
    """
    return {(True, True): "both", (True, False): "low", (False, True): "high"}.get((low, high), "")


def arrow(axes: Axes, x: float, y: float, rightwards: bool, color: str, *, points: float = 9) -> None:
    """Draw the head of an arrow that points out of the axes, its middle at `x`."""
    axes.plot(
        [x], [y], marker=">" if rightwards else "<", color=color, markersize=points, zorder=4, clip_on=False,
        markeredgewidth=0,
    )  # fmt: skip


def upright(
    axes: Axes, x: float, ends: tuple[float, float], words: Iterable[Box], color: str, line: float = 0.9
) -> None:
    """Draw an upright line at a number, from top to bottom, broken where words stand in its way.

    `ends` and the words count inches from the top of the plane.
    """
    at = inches(axes, x)
    gaps = sorted((box.top, box.bottom) for box in words if box.left - 0.04 < at < box.right + 0.04)
    # A gap may begin above the last one's end, so the pieces run between the furthest ends so far.
    top = ends[0]
    for begin, end in [*gaps, (ends[1], ends[1])]:
        if begin > top:
            axes.plot(
                [x, x], [top, min(begin, ends[1])], color=color, linewidth=line, zorder=1, clip_on=False
            )
        top = max(top, end)


def axis(
    axes: Axes, words: Axes, top: float, ticks: Sequence[tuple[float, str]], *, above: bool = False
) -> None:
    """Write ticks with their words below a plane, or above it; its edge lies at `top` of the sheet.

    Words at the ends are set inward, and those that would touch the ones before are left out.
    """
    edge, outward = (0.0, -0.05) if above else (axes.get_ylim()[0], 0.05)
    axes.plot(axes.get_xlim(), [edge, edge], color=style.MUTED, linewidth=0.9, clip_on=False)
    across, taken = words.get_xlim()[1], -1.0
    begin = top - AXIS if above else top + 0.06
    for value, text in ticks:
        axes.plot([value, value], [edge, edge + outward], color=style.MUTED, linewidth=0.9, clip_on=False)
        wide = measure(text, style.BODY)
        left = min(max(inches(axes, value) - wide / 2, 0), across - wide)
        if left > taken:
            write(words, left, begin, [text], color=style.MUTED)
            taken = left + wide + 0.08
