"""A picture read back from its SVG: strokes, shapes, signs and words, in points from the upper left corner.

It knows nothing of the code that drew: a picture is held to its table by what it shows.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from asprinted.drawing.typesetting import advances

Point = tuple[float, float]
_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_PLACED = re.compile(r"translate\((\S+) (\S+)\) (rotate\(\S+\) )?scale\((\S+) (\S+)\)")


@dataclass(frozen=True, eq=False)
class Box:
    """Where something stands: left, top, right and bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def wide(self) -> float:
        return self.right - self.left

    @property
    def tall(self) -> float:
        return self.bottom - self.top

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    def meets(self, other: "Box", by: float = 0.5) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > by and min(self.bottom, other.bottom) - max(self.top, other.top) > by


def around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*((b.left, b.top, b.right, b.bottom) for b in boxes), strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, eq=False)
class Shape(Box):
    """A stroke, a path of more corners, an area, or a sign of one size at a place: o, |, -, <, >, ^ or v."""

    kind: str

    fill: str
    edge: str
    width: float
    dashed: bool
    points: tuple[Point, ...]
    clipped: bool


@dataclass(frozen=True, eq=False)
class Line(Box):
    """Words that stand in one line; `top` is that of its capitals and `bottom` its baseline."""

    text: str
    size: float
    bold: bool
    color: str
    outline: str = ""
    upright: bool = True


@dataclass(frozen=True, eq=False)
class Sheet:
    """What a picture shows, from the back to the front."""

    wide: float
    tall: float
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]


def _style(text: str | None) -> dict[str, str]:
    return dict(part.split(": ", 1) for part in (text or "").split("; ") if part)


def _shape(points: list[Point], style: dict[str, str], kind: str, clipped: bool) -> Shape:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    paint = {name: style.get(name, "none" if name == "stroke" else "#000000") for name in ("fill", "stroke")}
    fill, edge = (found.upper() for found in paint.values())
    width = float(style.get("stroke-width", "1")) if edge != "NONE" else 0.0
    dashed = "stroke-dasharray" in style
    return Shape(min(xs), min(ys), max(xs), max(ys), kind, fill, edge, width, dashed, tuple(points), clipped)


def _points(path: str) -> list[Point]:
    """Return the corners of a path; of a curve its end."""
    numbers = [[*map(float, _NUMBERS.findall(each))] for _, each in re.findall(r"([MLCQ])([^MLCQz]*)", path)]
    return [(each[-2], each[-1]) for each in numbers if each]


def _kind(path: str) -> str:
    points = _points(path)
    if len(points) == 2:
        return "stroke"
    return "area" if "z" in path or points[0] == points[-1] else "path"


def _sign(points: list[Point]) -> str:
    """Say which sign a path about its own place is."""
    corners = {(round(x, 2), round(y, 2)) for x, y in points}
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    if len(corners) == 2:
        return "|" if len(set(xs)) == 1 else "-"
    if len(corners) == 3:
        (tips, names) = (xs, "><") if len(set(xs)) == 2 else (ys, "v^")
        return names[next(tip for tip in tips if tips.count(tip) == 1) < 0]
    return "o" if len(corners) > 4 else "another"


@cache
def read(path: Path) -> Sheet:
    """Return what a file shows."""
    return parsed(path.read_text(encoding="utf-8"))


def parsed(text: str) -> Sheet:
    """Return what an SVG of matplotlib shows."""
    tree = ET.fromstring(text, ET.XMLParser(target=ET.TreeBuilder(insert_comments=True)))
    wide, tall = map(float, tree.attrib["viewBox"].split()[2:])
    made = {
        each.attrib["id"]: each.attrib.get("d", "")
        for each in tree.iter(f"{_SVG}path")
        if "id" in each.attrib
    }
    shapes, runs = [], []
    for kind, value in _walk(tree, made):
        (shapes if kind == "shape" else runs).append(value)
    return Sheet(wide, tall, tuple(shapes), tuple(map(_inked, _joined(runs))))


def _inked(line: Line) -> Line:
    """Return a line without the blank half of an opening mark before it, or of a closing one behind it."""
    half = line.size / 2
    return replace(
        line,
        left=line.left + half * (line.text[0] in "（《〈“「『【"),
        right=line.right - half * (line.text[-1] in "）》〉”」』】，。；：！？、"),
    )


def _walk(
    node: ET.Element, made: dict[str, str], clipped: bool = False
) -> Iterator[tuple[str, Shape | Line]]:
    said = ""
    for each in node:
        if each.tag is ET.Comment:
            said = (each.text or "").strip()
        elif each.tag in (f"{_SVG}defs", f"{_SVG}metadata"):
            continue
        elif said and each.tag == f"{_SVG}g":
            yield "line", _line(said, each)
        elif each.tag == f"{_SVG}use":
            x, y = float(each.attrib["x"]), float(each.attrib["y"])
            points = _points(made[each.attrib[_LINK][1:]])
            moved = [(x + right, y + down) for right, down in points]
            yield "shape", _shape(moved, _style(each.attrib.get("style")), _sign(points), clipped)
        elif each.tag == f"{_SVG}path":
            style, points = _style(each.attrib.get("style")), _points(each.attrib["d"])
            seen = {style.get("fill"), style.get("stroke", "none")} != {"none"}
            if len(points) > 1 and seen and "id" not in each.attrib:
                yield "shape", _shape(points, style, _kind(each.attrib["d"]), "clip-path" in each.attrib)
        else:
            yield from _walk(each, made, clipped or "clip-path" in each.attrib)


def _line(said: str, group: ET.Element) -> Line:
    placed = _PLACED.fullmatch(group.attrib["transform"])
    assert placed, group.attrib["transform"]
    x, y, size = float(placed[1]), float(placed[2]), float(placed[4]) * 100
    style, glyph = _style(group.attrib.get("style")), next(group.iter(f"{_SVG}use"), None)
    bold = glyph is not None and "-Bold-" in glyph.attrib[_LINK]
    table = advances("Bold" if bold else "Regular")
    right = x + sum(table[character] for character in said) / 1000 * size
    upright = not placed[3] and float(placed[5]) < 0 < size
    color = style.get("fill", "#000000").upper()
    return Line(
        x, y - 0.73 * size, right, y, said, size, bold, color, style.get("stroke", "").upper(), upright
    )


def _joined(runs: list[Line]) -> list[Line]:
    """Return lines whole, which squeezed punctuation parts; the halo behind words is none."""
    lines: list[Line] = []
    for run in runs:
        last = lines[-1] if lines else None
        if last and (run.text, run.left, run.bottom) == (last.text, last.left, last.bottom):
            # A halo is drawn first, an outline before its words.
            lines[-1] = Line(
                *_corners(run), run.text, run.size, run.bold, run.color, last.outline, run.upright
            )
        elif last and _follows(last, run):
            box = Box(last.left, last.top, run.right, last.bottom)
            lines[-1] = Line(
                *_corners(box), last.text + run.text, run.size, run.bold, run.color, last.outline, run.upright
            )
        else:
            lines.append(run)
    return lines


def _follows(last: Line, run: Line) -> bool:
    alike = (last.bottom, last.size, last.bold, last.color) == (run.bottom, run.size, run.bold, run.color)
    return alike and -0.55 * run.size < run.left - last.right < 0.05


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom
