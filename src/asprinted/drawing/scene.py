"""A picture as a value: marks in inches, right and down from the upper left corner, in colours with names.

Widths of lines and sizes of type are points. A mark that has a place (a dot, a polygon, words) keeps its
size where a scene is stretched to the width of a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from asprinted.drawing.typesetting import width

__all__ = [
    "DARK",
    "LIGHT",
    "PAGE",
    "Align",
    "Box",
    "Dot",
    "Line",
    "Mark",
    "Polygon",
    "Scene",
    "Text",
    "cross",
    "tick",
]

LIGHT: Final = {
    "paper": "#FFFFFF",
    "ground": "#F4F5F6",
    "ink": "#1F2328",
    "muted": "#57606A",
    "line": "#868E97",
    "faint": "#E1E4E8",
    "article": "#0072B2",
    "others": "#626A73",
    "tint": "#DCEDF8",
    "nearest": "#3B4252",
    "truncation": "#9C5F00",
}
DARK: Final = {
    "paper": "#0D1117",
    "ground": "#161B22",
    "ink": "#E6EDF3",
    "muted": "#A4AEB9",
    "line": "#7D8590",
    "faint": "#2A3038",
    "article": "#4DA9E0",
    "others": "#959EA8",
    "tint": "#11293D",
    "nearest": "#D5DBE6",
    "truncation": "#E0A040",
}
PAGE: Final = {name: f"var(--{name})" for name in LIGHT}
"""The colours of a page, which says itself what they are in which scheme."""


Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Line:
    """A stroke from one place to another."""

    x1: float
    y1: float
    x2: float
    y2: float
    color: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `round` is the radius of its corners."""

    left: float
    top: float
    wide: float
    tall: float
    fill: str = ""
    edge: str = ""
    width: float = 1.0
    dashed: bool = False
    round: float = 0.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A value at its place: filled where it is printed, hollow (`fill` paper) where it is derived."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Polygon:
    """A shape; its corners count from its place."""

    x: float
    y: float
    corners: tuple[tuple[float, float], ...]
    fill: str


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words on its baseline."""

    x: float
    y: float
    text: str
    points: float
    color: str = "ink"
    bold: bool = False
    align: Align = "left"

    def span(self) -> tuple[float, float]:
        """Return where the words begin and end, in inches from the left."""
        wide = width(self.text, self.points, bold=self.bold)
        left = self.x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[self.align]
        return left, left + wide

    def outside(self, across: float) -> float:
        """Return how much of the words lies outside a sheet so wide.

        >>> round(Text(4.0, 0.5, "61.71%", 12, align="center").outside(4.0), 2)
        0.28
        """
        left, right = self.span()
        return max(-left, right - across, 0.0)


Mark: TypeAlias = Line | Box | Dot | Polygon | Text


@dataclass(frozen=True, slots=True)
class Scene:
    """Marks from the back to the front on a sheet of a size; `title` and `alt` say what they show."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    title: str = ""
    alt: str = ""


def tick(x: float, y: float, tall: float, color: str, width: float = 1.4) -> Line:
    """Return an upright of a height about a place: the end of an interval, or a mark of a scale."""
    return Line(x, y - tall / 2, x, y + tall / 2, color, width)


def cross(left: float, top: float, size: float, color: str, width: float) -> Iterator[Line]:
    """Yield the two strokes of a cross in a square."""
    yield Line(left, top, left + size, top + size, color, width)
    yield Line(left, top + size, left + size, top, color, width)
