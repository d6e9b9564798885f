"""Places in inches, lines of words, and the marks of the grammar, each drawn in one way for all forms."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.patheffects import Normal, Stroke
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from asprinted.figures import style
from asprinted.figures.typesetting import leading, runs
from asprinted.figures.typesetting import width as measure
from asprinted.writing import Language

_HALO: Final = [Stroke(linewidth=3, foreground=style.PAPER, joinstyle="round"), Normal()]
_SHIFT: Final = {"left": 0.0, "center": 0.5, "right": 1.0}


def size(canvas: SubFigure | Figure) -> tuple[float, float]:
    """Return width and height of a canvas in inches."""
    return canvas.bbox.width / canvas.figure.dpi, canvas.bbox.height / canvas.figure.dpi


def place(canvas: SubFigure | Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Return new axes whose upper left corner lies `left` and `top` inches inside the canvas."""
    across, down = size(canvas)
    return canvas.add_axes((left / across, 1 - (top + height) / down, width / across, height / down))


def sheet(canvas: SubFigure | Figure) -> Axes:
    """Return empty axes over the whole canvas that count inches from the upper left corner."""
    across, down = size(canvas)
    axes = place(canvas, 0, 0, across, down)
    # Ticks that nobody sees would be made all the same, and that takes longer than most words.
    axes.set(xlim=(0, across), ylim=(down, 0), xticks=[], yticks=[])
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
    halo: bool = False,
) -> float:
    """Write lines downwards from `top` on a sheet and return where the next line would start.

    `x`, `top` and the result are inches; a `halo` keeps rules that run behind the words off them. Each text
    that is drawn has its whole line as its label, since squeezed punctuation parts a line.
    """
    step = leading(points) / 72
    for number, line in enumerate(lines):
        start = x - _SHIFT[align] * measure(line, points, bold=bold)
        for along, run in runs(line, points, bold=bold):
            axes.text(
                start + along,
                top + (number + 0.79) * step,
                run,
                fontsize=points,
                color=color,
                fontweight="bold" if bold else "normal",
                va="baseline",
                label=line,
                path_effects=_HALO if halo else [],
            )
    return top + len(lines) * step


def middle(y: float, points: float = style.BODY) -> float:
    """Return the `top` of one line whose figures and capitals stand about the height `y`."""
    return y - 0.79 * leading(points) / 72 + 0.36 * points / 72


def dot(
    axes: Axes,
    x: float,
    y: float,
    *,
    own: bool = True,
    printed: bool = True,
    points: float = 8,
    color: str = "",
) -> None:
    """Draw a value at its place: filled where it is printed, hollow where it is derived."""
    drawn = color or style.colour(own)
    face = drawn if printed else style.PAPER
    axes.plot([x], [y], "o", color=drawn, mfc=face, mew=1.6, markersize=points - 1.6, clip_on=False, zorder=4)


def bar(axes: Axes, low: float, high: float, y: float, *, own: bool = True, color: str = "") -> None:
    """Draw an interval that words admit: a bar with end ticks."""
    drawn = color or style.colour(own)
    axes.plot([low, high], [y, y], color=drawn, linewidth=2.4, clip_on=False, zorder=3)
    axes.plot([low, high], [y, y], "|", color=drawn, markersize=10, mew=1.6, clip_on=False, zorder=3)


def scale(axes: Axes, unit: str, which: str = "x", language: Language = "en") -> None:
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
    axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, unit, language)))


def tick(value: float, unit: str, language: Language = "en") -> str:
    """Return the words of a tick.

    >>> tick(0.25, "share"), tick(0.975, "share"), tick(20000, ""), tick(1.5, "log")
    ('25%', '97.5%', '20,000', '1.5')
    >>> tick(17600, "", "zh"), tick(669, "", "zh")
    ('1.76万', '669')
    """
    shown, after = value * 100 if "share" in unit else value, "%" if "share" in unit else ""
    if language == "zh" and abs(shown) >= 10_000:
        shown, after = shown / 10_000, "万"
    text = f"{shown:,.6f}".rstrip("0").rstrip(".")
    return f"{text.replace('-', '−')}{after}"
