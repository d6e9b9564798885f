"""What rulers, strips, boxes and chains share: words, bands with end ticks, uprights, axes."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from matplotlib.axes import Axes

from asprinted.drawing.typesetting import height
from asprinted.figures import style
from asprinted.figures.canvas import TextBlock, box, measure, write
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language

_WORDS: Final = ("nearest", "truncation", "field", "frame", "zero", "one", "printed", "before")

BAR: Final = 0.13
"""Height in inches of a band; its end ticks are twice as high."""

LINE_HEIGHT: Final = height(1, style.BODY)
AXIS: Final = 0.06 + LINE_HEIGHT
"""Height in inches that an axis wants below its plane, or above it."""


def said(language: Language) -> dict[str, str]:
    """Return what these forms say themselves, for any table."""
    return {name: sentence("ruler", name, language) for name in _WORDS}


class Box(NamedTuple):
    """A rectangle of words in inches, downwards and to the right."""

    left: float
    top: float
    right: float
    bottom: float


def written(words: Axes, block: TextBlock, x: float, top: float, align: str = "left") -> Box:
    """Write a block as it writes itself, and return its place."""
    left = x - block.wide if align == "right" else x
    return Box(left, top, left + block.wide, block.write(words, x, top, align))


def inches(axes: Axes, value: float) -> float:
    """Return how far from the left of its canvas a number of a plane stands."""
    return float(axes.transData.transform((value, 0))[0] - axes.figure.bbox.x0) / axes.figure.figure.dpi


def interval(
    axes: Axes,
    low: float,
    high: float,
    y: float,
    color: str,
    *,
    pale: bool = False,
    closed: tuple[bool, bool] = (True, True),
) -> None:
    """Draw a band with end ticks; an end that is not `closed` has none."""
    band(axes, low, high, y, color, pale=pale)
    for end, ticked in zip((low, high), closed, strict=True):
        if ticked:
            axes.plot([end, end], [y - BAR, y + BAR], color=color, linewidth=1.4, zorder=3, clip_on=False)


def band(
    axes: Axes, low: float, high: float, y: float, color: str, *, pale: bool = False, tall: float = BAR
) -> None:
    """Draw a broad stretch of a plane; a pale one keeps an outline, as its body would be lost on paper."""
    face = style.tint(color, style.PALE) if pale else color
    box(axes, low, y - tall / 2, high - low, tall, face, edgecolor=color, linewidth=pale, zorder=2)


def arrow(axes: Axes, x: float, y: float, rightwards: bool, color: str, *, points: float = 9) -> None:
    """Draw the head of an arrow that points out of the axes, its middle at `x`."""
    axes.plot([x], [y], marker="<>"[rightwards], color=color, ms=points, mew=0, zorder=4, clip_on=False)


def upright(
    axes: Axes, x: float, ends: tuple[float, float], words: Iterable[Box], color: str, line: float = 0.9
) -> None:
    """Draw an upright line at a number, from top to bottom, broken where words stand in its way.

    `ends` and the words count inches from the top of the plane.
    """
    at, (top, bottom) = inches(axes, x), ends
    gaps = sorted((box.top, box.bottom) for box in words if box.left - 0.04 < at < box.right + 0.04)
    # A gap may begin above the last one's end, so the pieces run between the furthest ends so far.
    for begin, end in [*gaps, (bottom, bottom)]:
        if begin > top:
            piece = [top, min(begin, bottom)]
            axes.plot([x, x], piece, color=color, linewidth=line, zorder=1, clip_on=False)
        top = max(top, end)


def axis(
    axes: Axes, words: Axes, top: float, ticks: Sequence[tuple[float, str]], *, above: bool = False
) -> None:
    """Write ticks with their words below a plane, or above it; its edge lies at `top` of the sheet.

    Words at the ends are set inward, and those that would touch the ones before are left out.
    """
    edge, outward, begin = (0.0, -0.05, top - AXIS) if above else (axes.get_ylim()[0], 0.05, top + 0.06)
    axes.plot(axes.get_xlim(), [edge, edge], color=style.MUTED, linewidth=0.9, clip_on=False)
    across, taken = words.get_xlim()[1], -1.0
    for value, text in ticks:
        axes.plot([value, value], [edge, edge + outward], color=style.MUTED, linewidth=0.9, clip_on=False)
        wide = measure(text)
        left = min(max(inches(axes, value) - wide / 2, 0), across - wide)
        if left > taken:
            write(words, left, begin, [text], color=style.MUTED)
            taken = left + wide + 0.08
