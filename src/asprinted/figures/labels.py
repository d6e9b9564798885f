"""Words beside points of a plane, placed so that none covers another; equal points give equal places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from asprinted.figures import style
from asprinted.figures.canvas import TextBlock

Array = NDArray[np.float64]

_NEAR: Final = 0.06
_GAPS: Final = (0.02, 0.05, 0.1)
_ACROSS: Final = np.arange(-2.4, 2.41, 0.15)
_UP: Final = np.arange(-1.5, 1.51, 0.075)
_OUT: Final = np.array([-1, 0, 1, 0])
_ALONG: Final = np.linspace(0, 1, 16)[:, None]
_ROUNDS: Final = 4
_KEPT: Final = 200
_TRIES: Final = 20


class Label(NamedTuple):
    """Words of a mark that reaches from `x0` to `x1` at `y`, in data coordinates, in one of several shapes.

    The mark is kept free `around` it, in inches.
    """

    x0: float
    x1: float
    y: float
    around: float
    shapes: list[TextBlock]


@dataclass(frozen=True)
class _Places:
    """The best places of one label: boxes (left, top, right, bottom), leaders, own costs, and shapes."""

    boxes: Array
    starts: Array
    ends: Array
    ways: Array
    costs: Array
    shapes: NDArray[np.int_]

    def beside(self, other: _Places, at: int) -> Array:
        """Return what each place costs where another label stands at its place `at`: cover and crossing."""
        box, start, end = other.boxes[at], other.starts[at], other.ends[at]
        covered = _common(self.boxes, box[None] + _NEAR * _OUT).sum(axis=1)
        under = _points(start + (end - start) * _ALONG, self.boxes[:, None]) + _points(self.ways, box)
        costs: Array = 100 * covered + 20 * (under + _cross(self.starts, self.ends, start, end))
        return costs


def put(axes: Axes, words: Axes, labels: Sequence[Label]) -> None:
    """Write each label near its mark, where it covers no mark, label or leader; a leader goes to a far one.

    A label without words only keeps others off its mark. Labels stand within the axes, whose limits must be
    set, or right of them; they are written on `words`, a sheet. Each is placed with the others where they
    are, in several tries, of which the best is taken.
    """
    inches = axes.transData + words.transData.inverted()
    ends = np.array([inches.transform([(label.x0, label.y), (label.x1, label.y)]) for label in labels])
    around = np.array([[label.around] for label in labels])
    marks = np.concatenate([ends.min(axis=1) - around, ends.max(axis=1) + around], axis=1)
    corners = words.transData.inverted().transform(axes.bbox.get_points())
    frame = np.array([*corners.min(axis=0), words.get_xlim()[1], corners[:, 1].max()])
    named = [index for index, label in enumerate(labels) if label.shapes]
    places = {index: _places(labels[index], index, marks, frame) for index in named}
    # One seed for all, so that equal points give equal places.
    chance = Random(0)
    beside = cache(lambda index, other, at: places[index].beside(places[other], at))
    tried = [_arranged(places, beside, chance) for _ in range(_TRIES)]
    for index, at in min(tried, key=lambda each: each[0])[1].items():
        _write(words, labels[index], places[index], at, marks[index])


def _arranged(
    places: dict[int, _Places], beside: Callable[[int, int, int], Array], chance: Random
) -> tuple[float, dict[int, int]]:
    """Move labels from places by chance to better ones, in turn; return what all cost, and where they are."""
    chosen = {index: chance.randrange(len(each.costs)) for index, each in places.items()}

    def costs(index: int) -> Array:
        others = (beside(index, other, at) for other, at in chosen.items() if other != index)
        return sum(others, places[index].costs).round(6)

    for _ in range(_ROUNDS):
        before = dict(chosen)
        for index in chance.sample(list(places), len(places)):
            chosen[index] = int(costs(index).argmin())
        if chosen == before:
            break
    return sum(costs(index)[at] for index, at in chosen.items()), chosen


def _places(label: Label, index: int, marks: Array, frame: Array) -> _Places:
    """Return boxes beside a mark, and shifted step by step, with the way to it and what they cover."""
    mark, others = marks[index], np.delete(marks, index, axis=0)
    boxes = np.concatenate([_boxes(mark, np.array([words.wide, words.tall])) for words in label.shapes])
    middle = (mark[:2] + mark[2:]) / 2
    ends = np.clip(middle, boxes[:, :2], boxes[:, 2:])
    away = np.linalg.norm(ends - middle, axis=1)
    starts = middle + (ends - middle) * np.minimum(1, label.around / np.maximum(away, label.around))[:, None]
    outside = np.clip(frame[:2] - boxes[:, :2], 0, None) + np.clip(boxes[:, 2:] - frame[2:], 0, None)
    covered = _common(boxes, marks).sum(axis=1)
    # Words right beside another mark, or not level with their own, are read as those of a neighbour.
    foreign = 0.8 * (_common(boxes, others + _NEAR * _OUT) > 0).sum(axis=1)
    level = 2 * abs((boxes[:, 1] + boxes[:, 3]) / 2 - middle[1]) * ((ends - middle)[:, 1] == 0)
    ways = _ways(starts, ends)
    covered = (
        100 * covered + 20 * _points(ways[:, None], others[:, None]).sum(axis=1) + 200 * outside.sum(axis=1)
    )
    costs = covered + 3 * away + foreign + level
    best = costs.round(6).argsort(kind="stable")[:_KEPT]
    shapes = np.arange(len(boxes)) // (len(boxes) // len(label.shapes))
    return _Places(boxes[best], starts[best], ends[best], ways[best], costs[best], shapes[best])


def _boxes(mark: Array, size: Array) -> Array:
    beside = [side for gap in _GAPS for side in (mark[2] + gap, mark[0] - size[0] - gap)]
    left = np.concatenate([beside, (mark[0] + mark[2] - size[0]) / 2 + _ACROSS])
    top = (mark[1] + mark[3] - size[1]) / 2 + _UP
    corner = np.stack(np.meshgrid(left, top), axis=-1).reshape(-1, 2)
    return np.concatenate([corner, corner + size], axis=1)


def _ways(starts: Array, ends: Array) -> Array:
    """Return points along each line; the shortest are not drawn, and their points lie nowhere."""
    ways: Array = starts[:, None] + (ends - starts)[:, None] * _ALONG
    ways[np.linalg.norm(ends - starts, axis=1) <= _NEAR] = np.nan
    return ways


def _points(points: Array, boxes: Array) -> NDArray[np.int_]:
    """Count the points of each row in each box; an axis at a time, which is faster than both at once."""
    x, y = points[..., 0], points[..., 1]
    across = (x > boxes[..., 0]) & (x < boxes[..., 2])
    counted: NDArray[np.int_] = (across & (y > boxes[..., 1]) & (y < boxes[..., 3])).sum(axis=-1)
    return counted


def _common(boxes: Array, others: Array) -> Array:
    """Return how much each box covers each other one: nothing, or the square inches and a little more."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    areas: Array = np.clip(high - low, 0, None).prod(axis=2)
    return areas + 0.5 * (areas > 0)


def _cross(starts: Array, ends: Array, start: Array, end: Array) -> NDArray[np.bool_]:
    """Say which of the lines cross one line."""

    def side(origin: Array, along: Array, point: Array) -> Array:
        way, to = along - origin, point - origin
        return way[..., 0] * to[..., 1] - way[..., 1] * to[..., 0]

    apart = side(start, end, starts) * side(start, end, ends) < 0
    return apart & (side(starts, ends, start) * side(starts, ends, end) < 0)


def _write(words: Axes, label: Label, places: _Places, at: int, mark: Array) -> None:
    box, start, end = places.boxes[at], places.starts[at], places.ends[at]
    if np.linalg.norm(end - start) > _NEAR:
        words.plot(*zip(start, end, strict=True), color=style.LINE, linewidth=0.8)
    align, x = ("right", box[2]) if box[2] <= mark[0] else ("left", box[0])
    label.shapes[places.shapes[at]].write(words, float(x), float(box[1]), align, halo=True)
