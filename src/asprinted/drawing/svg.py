"""A scene as SVG, with live text: a drawing of one size, or one that stretches to the width of its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from asprinted.drawing.scene import PAGE, Box, Dot, Line, Mark, Polygon, Scene, Text
from asprinted.drawing.typesetting import FAMILY
from asprinted.escaping import html

__all__ = ["svg"]

_PER_INCH = 96
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def svg(scene: Scene, colors: Mapping[str, str] = PAGE, *, fluid: bool = False, look: str = "") -> str:
    """Return a scene as an SVG element.

    `colors` says what the names of colours mean: those of the page itself where none are given. A `fluid` one
    has no size of its own across: places stretch, sizes stay, so that type is as large on a phone. `look` is
    a class for the page's style. A scene without a title is decoration, and hidden from whoever listens.

    >>> from asprinted.drawing.scene import Dot
    >>> print(svg(Scene(2, 0.5, (Dot(0.5, 0.25, 0.1, "article"),)), fluid=True))
    <svg xmlns="http://www.w3.org/2000/svg" width="100%" height="48" aria-hidden="true">
    <circle cx="25%" cy="24" r="9.6" fill="var(--article)"/>
    </svg>
    """
    write = _Writer(scene, colors, fluid)
    wide, tall = _short(scene.width * _PER_INCH), _short(scene.height * _PER_INCH)
    size = {"width": "100%", "height": tall} if fluid else {"viewBox": f"0 0 {wide} {tall}", "width": wide}
    size |= {} if fluid else {"height": tall}
    said = {"role": "img"} if scene.title else {"aria-hidden": "true"}
    heads = {"title": scene.title, "desc": scene.alt} if scene.title else {}
    lines = [f"<{name}>{html(text)}</{name}>" for name, text in heads.items() if text]
    lines += [line for mark in scene.marks for line in write.mark(mark)]
    xmlns = {"xmlns": "http://www.w3.org/2000/svg", "class": look}
    return "\n".join([f"<svg{_written(xmlns | size | said)}>", *lines, "</svg>"])


class _Writer:
    def __init__(self, scene: Scene, colors: Mapping[str, str], fluid: bool) -> None:
        self.scene, self.colors, self.fluid = scene, colors, fluid

    def across(self, x: float) -> str:
        return f"{_short(x / self.scene.width * 100, 3)}%" if self.fluid else _inches(x)

    def paint(self, fill: str = "", edge: str = "", width: float = 0.0) -> dict[str, str]:
        stroke = {"stroke": self.colors[edge], "stroke-width": _inches(width / 72)} if edge else {}
        return {"fill": self.colors[fill] if fill else "none"} | stroke

    def mark(self, mark: Mark) -> Iterator[str]:
        if isinstance(mark, Polygon):
            corners = " ".join(f"{_inches(x)},{_inches(y)}" for x, y in mark.corners)
            place = {"x": self.across(mark.x), "y": _inches(mark.y), "overflow": "visible"}
            shape = {"points": corners} | self.paint(mark.fill)
            yield f"<svg{_written(place)}><polygon{_written(shape)}/></svg>"
        elif isinstance(mark, Text):
            place = {"x": self.across(mark.x), "y": _inches(mark.y), "text-anchor": _ANCHORS[mark.align]}
            type_of = {"font-size": _inches(mark.points / 72), "font-weight": "700" if mark.bold else ""}
            # A page sets its own typeface; a file of its own names that of all pictures.
            family = {} if self.colors is PAGE else {"font-family": f"{FAMILY}, sans-serif"}
            look = place | type_of | family | self.paint(mark.color)
            yield f"<text{_written(look)}>{html(mark.text)}</text>"
        else:
            name, shape = self.shape(mark)
            yield f"<{name}{_written(shape)}/>"

    def shape(self, mark: Line | Box | Dot) -> tuple[str, dict[str, str]]:
        if isinstance(mark, Line):
            ends = {"x1": self.across(mark.x1), "y1": _inches(mark.y1)}
            ends |= {"x2": self.across(mark.x2), "y2": _inches(mark.y2)}
            return "line", ends | self.paint(edge=mark.color, width=mark.width)
        if isinstance(mark, Dot):
            place = {"cx": self.across(mark.x), "cy": _inches(mark.y), "r": _inches(mark.radius)}
            return "circle", place | self.paint(mark.fill, mark.edge, mark.width)
        place = {"x": self.across(mark.left), "y": _inches(mark.top)}
        place |= {"width": self.across(mark.wide), "height": _inches(mark.tall)}
        place |= {"rx": _inches(mark.round) if mark.round else ""}
        dashed = {"stroke-dasharray": "3 2"} if mark.dashed else {}
        return "rect", place | self.paint(mark.fill, mark.edge, mark.width) | dashed


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{html(value)}"' for name, value in attributes.items() if value)


def _inches(value: float) -> str:
    return _short(value * _PER_INCH)


def _short(value: float, places: int = 2) -> str:
    written = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if written in ("", "-0") else written
