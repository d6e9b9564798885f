"""Places in inches: axes, headings and paragraphs at exact distances on a canvas."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from guandu.figures import style
from guandu.figures.text import LEADING

_GROUND = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.5}


def size(canvas: SubFigure) -> tuple[float, float]:
    """Return width and height of a canvas in inches."""
    return canvas.bbox.width / canvas.figure.dpi, canvas.bbox.height / canvas.figure.dpi


def place(canvas: SubFigure, left: float, top: float, width: float, height: float) -> Axes:
    """Return new axes whose upper left corner lies `left` and `top` inches inside the canvas."""
    across, down = size(canvas)
    return canvas.add_axes((left / across, 1 - (top + height) / down, width / across, height / down))


def sheet(canvas: SubFigure) -> Axes:
    """Return empty axes over the whole canvas that count inches from the upper left corner."""
    across, down = size(canvas)
    axes = place(canvas, 0, 0, across, down)
    axes.set(xlim=(0, across), ylim=(down, 0))
    axes.set_axis_off()
    axes.set_zorder(3)
    return axes


def write(
    axes: Axes,
    x: float,
    top: float,
    lines: list[str],
    *,
    points: float = style.BODY,
    color: str = style.INK,
    bold: bool = False,
    align: str = "left",
    ground: bool = False,
) -> float:
    """Write lines downwards from `top` on a sheet and return where the next line would start.

    `x`, `top` and the result are inches; with `ground` the lines cover what runs behind them.
    """
    step = points * LEADING / 72
    for number, line in enumerate(lines):
        axes.text(
            x,
            top + (number + 0.78) * step,
            line,
            fontsize=points,
            color=color,
            fontweight="bold" if bold else "normal",
            ha=align,
            va="baseline",
            bbox=_GROUND if ground else None,
        )
    return top + len(lines) * step


def scale(axes: Axes, unit: str, which: str = "x") -> None:
    """Write the ticks of an axis: unit `share` as percent, `log` and `log share` on a logarithmic axis."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    if "log" in unit:
        (axes.set_xscale if which == "x" else axes.set_yscale)("log")
        axis.set_major_locator(
            LogLocator(base=10, subs=(1.0,) if "share" in unit else (1.0, 1.5, 2.0, 3.0, 5.0))
        )
        axis.set_minor_locator(NullLocator())
    else:
        axis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, unit)))


def tick(value: float, unit: str) -> str:
    """Return the words of a tick.

    >>> tick(0.25, "share"), tick(0.975, "share"), tick(20000, ""), tick(1.5, "log")
    ('25%', '97.5%', '20,000', '1.5')
    """
    shown = value * 100 if "share" in unit else value
    text = f"{shown:,.6f}".rstrip("0").rstrip(".")
    return f"{text}%" if "share" in unit else text


def hug(axes: Axes) -> None:
    """Set the first and the last tick label of a level axis within its ends, so that none sticks out."""
    labels = axes.get_xticklabels()
    low, high = axes.get_xlim()
    for label, place in zip(labels, axes.get_xticks(), strict=True):
        label.set_horizontalalignment("left" if place == low else "right" if place == high else "center")
