"""Words beside points of a plane, placed so that none covers another; equal points give equal places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from guandu.figures import style
from guandu.figures.typeface import width as measure

_LEADING = 1.25
_STEPS = 9


class Box(NamedTuple):
    """A rectangle in pixels, upwards and to the right."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Label:
    """Words that belong to a mark reaching from `x0` to `x1` at `y`, in data coordinates."""

    x0: float
    x1: float
    y: float
    text: str
    color: str = style.INK
    bold: bool = False


def stack(places: Sequence[float], least: float) -> list[float]:
    """Move places apart to at least `least`, keeping their order and, as far as may be, their middle.

    >>> stack([0.0, 0.1, 5.0], 1.0)
    [-0.45, 0.55, 5.0]
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    groups: list[list[int]] = []
    middle: list[float] = []
    for index in order:
        groups.append([index])
        middle.append(places[index])
        while len(groups) > 1 and middle[-1] - middle[-2] < least * (len(groups[-1]) + len(groups[-2])) / 2:
            joined = groups[-2] + groups[-1]
            groups[-2:] = [joined]
            middle[-2:] = [fsum(places[member] for member in joined) / len(joined)]
    moved = [0.0] * len(places)
    for group, centre in zip(groups, middle, strict=True):
        for rank, member in enumerate(group):
            moved[member] = round(centre + (rank - (len(group) - 1) / 2) * least, 6)
    return moved


def put(axes: Axes, labels: Sequence[Label], *, room: float = 0.0, points: float = style.SMALL) -> None:
    """Write each label near its mark, where it covers no mark, label or leader; a leader goes to a far one.

    Labels may stand in the axes and `room` inches right of them. The limits of the axes must be set. Where
    all places are taken, the one that covers least is used.
    """
    dpi = axes.figure.dpi
    frame = Box(axes.bbox.x0, axes.bbox.y0, axes.bbox.x1 + room * dpi, axes.bbox.y1)
    marks = [_mark(axes, label, dpi) for label in labels]
    written: list[Box] = []
    for index, (label, mark) in enumerate(zip(labels, marks, strict=True)):
        wide, tall = measure(label.text, points, bold=label.bold) * dpi, points * _LEADING * dpi / 72
        taken = np.array(marks[:index] + marks[index + 1 :] + written or [Box(0, 0, 0, 0)])
        place = min(_candidates(mark, wide, tall), key=lambda box: _cost(box, mark, taken, frame))
        written += [place, *_along(_leader(place, mark))]
        _write(axes, label, place, mark, points)


def _mark(axes: Axes, label: Label, dpi: float) -> Box:
    (x0, y), (x1, _) = axes.transData.transform([(label.x0, label.y), (label.x1, label.y)])
    around = 5 * dpi / 72
    return Box(x0 - around, y - around, x1 + around, y + around)


def _candidates(mark: Box, wide: float, tall: float) -> list[Box]:
    """Return places around a mark: right, left, and from one line up or down also across."""
    middle, gap = (mark.y0 + mark.y1 - tall) / 2, tall * 0.15
    corners = []
    for step in range(_STEPS):
        for rise in dict.fromkeys((step * tall * 0.6, -step * tall * 0.6)):
            away = gap + step * tall * 0.35
            corners += [(mark.x1 + away, middle + rise), (mark.x0 - away - wide, middle + rise)]
            if abs(rise) >= tall:
                corners.append(((mark.x0 + mark.x1 - wide) / 2, middle + rise))
    return [Box(x, y, x + wide, y + tall) for x, y in corners]


def _cost(place: Box, mark: Box, taken: NDArray[np.float64], frame: Box) -> float:
    """Weigh a place: what it or its leader covers, then what leaves the frame, then the way to its mark."""
    parts = np.array([place, *_along(_leader(place, mark))])
    outside = max(frame.x0 - place.x0, 0) + max(place.x1 - frame.x1, 0)
    outside += max(frame.y0 - place.y0, 0) + max(place.y1 - frame.y1, 0)
    away = max(place.x0 - mark.x1, mark.x0 - place.x1, 0.0)
    away += 2 * abs((place.y0 + place.y1) / 2 - (mark.y0 + mark.y1) / 2)
    return round(1000 * (_common(parts, taken) + outside) + away, 3)


def _common(parts: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """Return how much boxes cover other boxes: the area in common, and one for each pair that meets."""
    low = np.maximum(parts[:, None, :2], others[None, :, :2])
    high = np.minimum(parts[:, None, 2:], others[None, :, 2:])
    sides = np.clip(high - low, 0, None)
    areas = sides[..., 0] * sides[..., 1]
    return float(areas.sum() + np.count_nonzero(areas))


_Segment = tuple[tuple[float, float], tuple[float, float]]


def _leader(place: Box, mark: Box) -> _Segment | None:
    """Return the line from a mark to words that stand higher or lower, None where they are level with it."""
    middle, centre = (place.y0 + place.y1) / 2, ((mark.x0 + mark.x1) / 2, (mark.y0 + mark.y1) / 2)
    tall = place.y1 - place.y0
    if abs(middle - centre[1]) <= tall * 0.3:
        return None
    if place.x0 >= mark.x1 or place.x1 <= mark.x0:
        return centre, (place.x0 - 0.1 * tall if place.x0 >= mark.x1 else place.x1 + 0.1 * tall, middle)
    return centre, (min(max(centre[0], place.x0), place.x1), place.y0 if middle > centre[1] else place.y1)


def _along(segment: _Segment | None) -> list[Box]:
    """Return small boxes along a line, as what it covers; its first part lies in its own mark."""
    if segment is None:
        return []
    (x0, y0), (x1, y1) = segment
    middles = [(x0 + t / 10 * (x1 - x0), y0 + t / 10 * (y1 - y0)) for t in range(3, 10)]
    return [Box(x - 1, y - 1, x + 1, y + 1) for x, y in middles]


def _write(axes: Axes, label: Label, place: Box, mark: Box, points: float) -> None:
    leader = _leader(place, mark)
    if leader is not None:
        (x0, y0), (x1, y1) = axes.transData.inverted().transform(leader)
        axes.plot([x0, x1], [y0, y1], color=style.LINE, linewidth=0.7, zorder=1, clip_on=False)
    x, y = axes.transAxes.inverted().transform((place.x0, (place.y0 + place.y1) / 2))
    axes.text(
        x,
        y,
        label.text,
        transform=axes.transAxes,
        fontsize=points,
        color=label.color,
        fontweight="bold" if label.bold else "normal",
        va="center_baseline",
    )
