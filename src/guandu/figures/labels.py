"""Words beside points of a plane, placed so that none covers another; the same points always give the same places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from guandu.figures import style
from guandu.figures.font import width as measure

_HEIGHT = 1.25


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
            middle[-2:] = [sum(places[member] for member in joined) / len(joined)]
    moved = [0.0] * len(places)
    for group, centre in zip(groups, middle, strict=True):
        for rank, member in enumerate(group):
            moved[member] = round(centre + (rank - (len(group) - 1) / 2) * least, 6)
    return moved


def put(axes: Axes, labels: Sequence[Label], *, points: float = style.SMALL) -> None:
    """Write each label near its mark, at the nearest place that covers no mark and no label; a thin line leads there.

    The limits of the axes must be set. Where every place is taken, the one that covers least is used.
    """
    dpi = axes.figure.dpi
    frame = axes.bbox.frozen()
    marks = [_mark(axes, label, dpi) for label in labels]
    taken: list[Bbox] = list(marks)
    for label, mark in zip(labels, marks, strict=True):
        wide = measure(label.text, points, bold=label.bold) * dpi
        tall = points * _HEIGHT * dpi / 72
        box = min(
            (Bbox.from_bounds(x, y, wide, tall) for x, y in _candidates(mark, wide, tall)),
            key=lambda place: _cost(place, mark, taken, frame),
        )
        taken.append(box)
        _write(axes, label, box, mark, points)


def _mark(axes: Axes, label: Label, dpi: float) -> Bbox:
    (x0, y), (x1, _) = axes.transData.transform([(label.x0, label.y), (label.x1, label.y)])
    return Bbox.from_extents(x0, y, x1, y).padded(5 * dpi / 72)


def _candidates(mark: Bbox, wide: float, tall: float) -> list[tuple[float, float]]:
    """Return lower left corners around a mark, those near it first."""
    middle, gap = (mark.y0 + mark.y1 - tall) / 2, tall * 0.15
    around = []
    for step in range(9):
        for rise in dict.fromkeys((step * tall * 0.6, -step * tall * 0.6)):
            around += [
                (mark.x1 + gap + step * gap, middle + rise),
                (mark.x0 - gap - step * gap - wide, middle + rise),
            ]
            if abs(rise) >= tall:
                around.append(((mark.x0 + mark.x1 - wide) / 2, middle + rise))
    return around


def _cost(place: Bbox, mark: Bbox, taken: Sequence[Bbox], frame: Bbox) -> float:
    """Weigh a place: what it covers counts most, then what sticks out of the frame, then the way to its mark."""
    covered = sum(_common(place, other) for other in taken)
    outside = max(frame.x0 - place.x0, 0) + max(place.x1 - frame.x1, 0)
    outside += max(frame.y0 - place.y0, 0) + max(place.y1 - frame.y1, 0)
    away = max(place.x0 - mark.x1, mark.x0 - place.x1, 0) + 2 * max(place.y0 - mark.y1, mark.y0 - place.y1, 0)
    return round(1000 * covered + 1000 * outside + away, 3)


def _common(first: Bbox, second: Bbox) -> float:
    both = Bbox.intersection(first, second)
    return 0.0 if both is None else float(both.width * both.height) + 1.0


def _write(axes: Axes, label: Label, box: Bbox, mark: Bbox, points: float) -> None:
    middle = (box.y0 + box.y1) / 2
    near = min(max(mark.x0 + mark.width / 2, box.x0), box.x1)
    if middle - mark.y1 > box.height * 0.6 or mark.y0 - middle > box.height * 0.6:
        ends = [
            ((mark.x0 + mark.x1) / 2, (mark.y0 + mark.y1) / 2),
            (near, box.y0 if middle > mark.y1 else box.y1),
        ]
        (x0, y0), (x1, y1) = axes.transData.inverted().transform(ends)
        axes.plot([x0, x1], [y0, y1], color=style.LINE, linewidth=0.7, zorder=1)
    x, y = axes.transAxes.inverted().transform((box.x0, middle))
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
