"""Places in inches, lines of words, and the marks of the grammar, each drawn in one way for all forms."""

from dataclasses import dataclass
from math import inf
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure, SubFigure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Normal, PathEffectRenderer, Stroke
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator

from asprinted.drawing.typesetting import height, leading, runs, width, wrap
from asprinted.figures import style
from asprinted.prose.writing import Language

Canvas = SubFigure | Figure

_HALO: Final = [Stroke(linewidth=3, foreground=style.PAPER, joinstyle="round"), Normal()]
_SHIFT: Final = {"left": 0.0, "center": 0.5, "right": 1.0}


class _Run(Text):
    """Words that stand from the left on their baseline, and so need not be measured before they are drawn."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw them; `Text` would set them once more to learn how wide and high they are."""
        renderer.open_group("text")
        x, up = self.get_transform().transform(self.get_position())
        y = renderer.get_canvas_width_height()[1] - up
        pen, effects = renderer.new_gc(), self.get_path_effects()
        pen.set_foreground(self.get_color())
        drawn = PathEffectRenderer(effects, renderer) if effects else renderer
        drawn.draw_text(pen, x, y, self.get_text(), self.get_fontproperties(), 0, mtext=self)
        pen.restore()
        renderer.close_group("text")


def size(canvas: Canvas) -> tuple[float, float]:
    """Return width and height of a canvas in inches."""
    return canvas.bbox.width / canvas.figure.dpi, canvas.bbox.height / canvas.figure.dpi


def place(canvas: Canvas, left: float, top: float, wide: float, tall: float) -> Axes:
    """Return new axes whose upper left corner lies `left` and `top` inches inside the canvas."""
    across, down = size(canvas)
    return canvas.add_axes((left / across, 1 - (top + tall) / down, wide / across, tall / down))


def plane(
    canvas: Canvas, left: float, top: float, wide: float, tall: float, limits: tuple[float, float]
) -> Axes:
    """Return bare axes at a place: numbers across, inches downwards."""
    axes = place(canvas, left, top, wide, tall)
    # Ticks that nobody sees would be made all the same, and that takes longer than most words.
    axes.set(xlim=limits, ylim=(tall, 0), xticks=[], yticks=[])
    axes.set_axis_off()
    return axes


def sheet(canvas: Canvas) -> Axes:
    """Return empty axes over the whole canvas that count inches from the upper left corner."""
    across, down = size(canvas)
    axes = plane(canvas, 0, 0, across, down, (0, across))
    axes.set_zorder(3)
    return axes


@dataclass(frozen=True)
class TextBlock:
    """Lines of words in one look, which know their size in inches."""

    lines: list[str]
    bold: bool = False
    color: str = style.INK
    points: float = style.BODY

    @property
    def tall(self) -> float:
        """The height of the lines."""
        return height(len(self.lines), self.points)

    @property
    def wide(self) -> float:
        """The width of the longest line."""
        return max((width(line, self.points, bold=self.bold) for line in self.lines), default=0.0)

    def write(self, axes: Axes, x: float, top: float, align: str = "left", *, halo: bool = False) -> float:
        """Write the lines downwards from `top` on a sheet and return where the next line would start.

        `x`, `top` and the result are inches; a `halo` keeps rules that run behind the words off them. Each
        text that is drawn has its whole line as its label, since squeezed punctuation parts a line.
        """
        step, weight = leading(self.points) / 72, "bold" if self.bold else "normal"
        look: dict[str, Any] = {"fontsize": self.points, "color": self.color, "fontweight": weight}
        look["path_effects"] = _HALO if halo else []
        for number, line in enumerate(self.lines):
            start = x - _SHIFT[align] * width(line, self.points, bold=self.bold)
            base = top + (number + 0.79) * step
            for along, run in runs(line, self.points, bold=self.bold):
                axes.add_artist(_Run(start + along, base, run, label=line, **look))
        return top + len(self.lines) * step


def measure(text: str, bold: bool = False) -> float:
    """Return the width in inches of a line of words beside a mark."""
    return width(text, style.BODY, bold=bold)


def write(axes: Axes, x: float, top: float, lines: list[str], align: str = "left", **look: Any) -> float:
    """Write lines as a block of that look does."""
    return TextBlock(lines, **look).write(axes, x, top, align)


EMPTY: Final = TextBlock([])


def block(
    text: str, inches: float, bold: bool = False, color: str = style.INK, points: float = style.BODY
) -> TextBlock:
    """Return a text in lines that fit a width."""
    return TextBlock(wrap(text, inches, points, bold=bold), bold, color, points)


def box(axes: Axes, left: float, top: float, wide: float, tall: float, face: str, **look: Any) -> Rectangle:
    """Draw a rectangle in the units of its axes, without an outline unless `look` has one."""
    made = Rectangle((left, top), wide, tall, facecolor=face, **{"linewidth": 0, **look})
    axes.add_patch(made)
    return made


def middle(y: float, points: float = style.BODY) -> float:
    """Return the `top` of one line whose figures and capitals stand about the height `y`."""
    return y - 0.79 * leading(points) / 72 + 0.36 * points / 72


def dot(axes: Axes, x: float, y: float, color: str, *, printed: bool = True, points: float = 8) -> None:
    """Draw a value at its place: filled where it is printed, hollow where it is derived."""
    face = color if printed else style.PAPER
    axes.plot([x], [y], "o", color=color, mfc=face, mew=1.6, markersize=points - 1.6, clip_on=False, zorder=4)


def bar(axes: Axes, low: float, high: float, y: float, color: str) -> None:
    """Draw an interval that words admit: a bar with end ticks."""
    axes.plot([low, high], [y, y], color=color, linewidth=2.4, clip_on=False, zorder=3)
    axes.plot([low, high], [y, y], "|", color=color, markersize=10, mew=1.6, clip_on=False, zorder=3)


def scale(axes: Axes, unit: str, which: str = "x", language: Language = "en", room: float = inf) -> None:
    """Write some five ticks on an axis, those of the unit `share` as percent; fewer where they lack room."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    half = float(f"{axis.get_view_interval()[1] / 2:.1g}")
    most = min(5, room / (width(tick(half, unit, language), style.BODY) + 0.1))
    axis.set_major_locator(MaxNLocator(nbins=max(1, int(most)), steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, unit, language)))


def tick(value: float, unit: str, language: Language = "en") -> str:
    """Return the words of a tick.

    >>> tick(0.25, "share"), tick(0.975, "share"), tick(20000, ""), tick(1.5, "")
    ('25%', '97.5%', '20,000', '1.5')
    >>> tick(17600, "", "zh"), tick(669, "", "zh")
    ('1.76万', '669')
    """
    shown, after = (value * 100, "%") if unit == "share" else (value, "")
    if language == "zh" and abs(shown) >= 10_000:
        shown, after = shown / 10_000, "万"
    text = f"{shown:,.6f}".rstrip("0").rstrip(".")
    return f"{text.replace('-', '−')}{after}"
