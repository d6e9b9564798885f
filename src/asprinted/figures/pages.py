"""A whole picture of one language: claim, measure, drawing, one note, and source and credit."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from math import fsum
from typing import Any, Final, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, ScalarFormatter

from asprinted.collection.cards import Caption, Credit
from asprinted.drawing.typesetting import balance, height, require_glyphs, settle, wrap
from asprinted.drawing.typesetting import width as measure
from asprinted.faults import Fault
from asprinted.figures import style
from asprinted.figures.canvas import TextBlock, block, sheet, size, tick
from asprinted.figures.form import FigureForm, in_language
from asprinted.figures.style import Page
from asprinted.prose.writing import Language

Plain = Callable[..., Any]
"""What draws on one Axes as seaborn's functions do: called with a frame, and with `ax`."""

PLAIN_HEIGHT: Final = 3.0
CALLED: Final = "called"
"""Where a frame's attributes say what its columns and codes are called, language by language."""

_Rows = tuple[float, float, float]
"""Inches over a drawing, of the drawing, and under it."""

_NUMBER = re.compile(r"[-−\d.,%万]*")
_COUNTED = 10_000
"""From which number on an axis counts, and shows no years: thousands are marked, or written in 万."""

_GAP = 0.14
_NAMES = 0.45
_APART = 0.1
_LABEL = {"en": "Source: ", "zh": "来源："}


class _Piece(NamedTuple):
    """Caption around a drawing, and the gap above them."""

    gap: float
    words: TextBlock
    align: str = "left"

    @property
    def tall(self) -> float:
        return self.gap + self.words.tall if self.words.lines else 0.0


def draw(
    form: FigureForm | Plain,
    frame: pd.DataFrame,
    words: Caption,
    credit: Credit,
    language: Language,
    page: Page = style.FIGURE,
) -> Figure:
    """Return the picture of one language; signed with `credit`.

    Call it under `style.house()`. A figure grows until its form has the height it wants. A card is as high as
    it is, and has no note: raises `Fault` where the form wants more. Raises `Faults` for a frame that the
    form cannot draw, and `Fault` for a character that the typeface lacks.
    """
    width = page.width - 2 * page.margin
    gap = _GAP if page.height is None else _GAP / 2
    above, below = _head(words, width, page), _foot(words, credit, width, language, page)
    over, under = (fsum(part.tall for part in parts) for parts in (above, below))
    least, wanted, paint = _prepared(form, frame, language, page)
    around = 2 * page.margin + gap
    left = (page.height or 0) - over - under - around
    if page.height and least > left:
        raise Fault.of(f"{left:.2f} in of room on a card", f"{least:.2f} in: shorten its words")
    inside = left if page.height else wanted
    tall = page.height or over + inside + under + around
    figure = Figure(figsize=(page.width, tall), dpi=page.dpi)
    FigureCanvasAgg(figure)
    tall += paint(figure, (page.margin + over + gap, inside, under + page.margin))
    ground = sheet(figure)
    _set(ground, above, page.margin, page)
    _set(ground, below, tall - page.margin - under, page)
    for artist in figure.findobj(Text):
        require_glyphs(artist.get_text())
    return figure


def _prepared(
    form: FigureForm | Plain, frame: pd.DataFrame, language: Language, page: Page
) -> tuple[float, float, Callable[[Figure, _Rows], float]]:
    """Return the least height of a drawing, the one that it wants, and what draws it and says how it grew."""
    if not isinstance(form, FigureForm):
        called, plain = frame.attrs.get(CALLED, {}).get(language, {}), in_language(frame, language)
        return (
            0,
            PLAIN_HEIGHT,
            partial(_draw_plain, form, plain, called, page, language),
        )
    width, table = page.width - 2 * page.margin, form.spoken(frame, language)

    def painted(figure: Figure, rows: _Rows) -> float:
        grid = figure.add_gridspec(3, 3, height_ratios=rows, width_ratios=(page.margin, width, page.margin))
        form.draw(figure.add_subfigure(grid[1, 1]), table, language)
        return 0.0

    return form.least(table, width), form.height(table, width), painted


def _head(words: Caption, width: float, page: Page) -> list[_Piece]:
    title = TextBlock(balance(words.title, width, page.title, bold=True), True, points=page.title)
    return [
        _Piece(0, title),
        _Piece(0.03, TextBlock(settle(words.subtitle, width, style.BODY), color=style.MUTED)),
    ]


def _foot(words: Caption, credit: Credit, width: float, language: Language, page: Page) -> list[_Piece]:
    """Return the note, the rule (an empty line) and the footer, in one line where source and credit fit."""
    named = f"{credit.named(language)} · {credit.licence}"
    owned = block(named, width, color=style.MUTED, points=page.footer)
    # A card rather does without the word than without a line for what it draws.
    labels = [_LABEL[language], *[""] * bool(page.height)]
    room = width - 0.25 - owned.wide
    fitting = [label for label in labels if measure(label + words.source, page.footer) <= room]
    source = (fitting or labels)[0] + words.source
    return [
        _Piece(_GAP, TextBlock([] if page.height else settle(words.note, width, style.BODY))),
        _Piece(_GAP if page.height is None else _GAP / 2, TextBlock([""], color=style.LINE, points=1)),
        _Piece(0.04, block(source, width, color=style.MUTED, points=page.footer)),
        _Piece(-height(1, page.footer), owned, "right") if fitting else _Piece(0, owned),
    ]


def _set(ground: Axes, parts: list[_Piece], top: float, page: Page) -> None:
    left, right = page.margin, page.width - page.margin
    for gap, words, align in parts:
        if words.lines == [""]:
            ground.plot([left, right], [top + gap] * 2, color=words.color, linewidth=0.6)
        x = right if align == "right" else left
        top = words.write(ground, x, top + gap * bool(words.lines), align)


def _draw_plain(
    call: Plain,
    frame: pd.DataFrame,
    called: Mapping[str, str],
    page: Page,
    language: Language,
    figure: Figure,
    rows: _Rows,
) -> float:
    """Call what draws on one Axes, then give it the room that its ticks, labels and legend leave.

    called: what columns and their codes are called in the language. Returns by how much the figure has grown,
    where its words want more height than there is, and it may.
    """
    _, inside, under = rows
    axes = figure.add_axes((page.margin / page.width, under / fsum(rows), 0.9, inside / fsum(rows)))
    call(frame, ax=axes)
    if not (axes.has_data() or axes.texts or axes.tables):
        # A function of seaborn that lays out a figure draws on one of its own.
        raise Fault.of(
            "axes on which nothing was drawn", "what draws on `ax`: scatterplot(ax=ax), say, not relplot"
        )
    for label, clear in ((axes.get_xlabel(), axes.set_xlabel), (axes.get_ylabel(), axes.set_ylabel)):
        # seaborn names an axis after its column, a word of code that no reader knows.
        if label in frame:
            clear(called.get(label, ""))
    _call(axes, called, language)
    lines = _wrap_names(axes, _NAMES * (page.width - 2 * page.margin))
    more = max(0.0, height(lines, style.BODY) + _legend_above(axes) - inside) if page.height is None else 0.0
    figure.set_size_inches(page.width, fsum(rows) + more)
    _fit(axes, (page.margin, under), page.width - 2 * page.margin, inside + more)
    return more


def _fit(axes: Axes, corner: tuple[float, float], wide: float, tall: float) -> None:
    """Set axes so that they and all that stands around them fill a room whose lower left corner is given."""
    figure = axes.figure
    across, down = size(figure)
    for _ in range(2):
        figure.canvas.draw()
        _thin(axes)
        inner, outer = axes.get_window_extent(), axes.get_tightbbox()
        if outer is None:
            raise Fault.of("axes that show nothing", "a drawing")
        left, right = (inner.x0 - outer.x0) / figure.dpi, (outer.x1 - inner.x1) / figure.dpi
        under, over = (inner.y0 - outer.y0) / figure.dpi, (outer.y1 - inner.y1) / figure.dpi
        place = (corner[0] + left) / across, (corner[1] + under) / down
        axes.set_position((*place, (wide - left - right) / across, (tall - under - over) / down))
    if _crowded(axes):
        raise Fault.of("names across that run into each other", "names one under the other: exchange x and y")


def _crowded(axes: Axes) -> bool:
    """Whether a word under the axes runs into the next."""
    boxes = [label.get_window_extent() for label in axes.get_xticklabels() if label.get_text()]
    return any(one.x1 + _APART * axes.figure.dpi > other.x0 for one, other in pairwise(boxes))


def _thin(axes: Axes) -> None:
    """Leave every other number or day under the axes out, where one would run into the next."""
    low, high = axes.get_xlim()
    counted = all(_NUMBER.fullmatch(label.get_text()) for label in axes.get_xticklabels())
    while counted and _crowded(axes):
        axes.set_xticks([each for each in axes.get_xticks() if low <= each <= high][::2])


def _wrap_names(axes: Axes, most: float) -> int:
    """Break names of rows that would take more than a width, and return the lines that all of them want."""
    axes.figure.canvas.draw()
    names = [label.get_text() for label in axes.get_yticklabels()]
    broken = [wrap(name, most, style.BODY) for name in names]
    if any(len(lines) > 1 for lines in broken):
        axes.set_yticks(axes.get_yticks(), ["\n".join(lines) for lines in broken])
    return len(broken) * max(map(len, broken), default=0)


def _legend_above(axes: Axes) -> float:
    """Set a legend that nobody placed above the axes, where it lies on no mark; return its height."""
    legend = axes.get_legend()
    if legend is None or not getattr(legend, "_loc_used_default", True):
        return 0.0
    legend.set_loc("lower left")
    legend.set_bbox_to_anchor((0, 1), axes.transAxes)
    return float(legend.get_window_extent().height / axes.figure.dpi)


def _call(axes: Axes, called: Mapping[str, str], language: Language) -> None:
    """Write legend and ticks in the words of a language where they show names of code or of TeX."""
    legend = axes.get_legend()
    for text in (*legend.texts, legend.get_title()) if legend else ():
        text.set_text(called.get(text.get_text(), text.get_text()))
    for axis in (axes.xaxis, axes.yaxis):
        if isinstance(locator := axis.get_major_locator(), LogLocator):
            axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, "", language)))
            axis.set_minor_formatter(NullFormatter())
            # Whole numbers are wider than powers.
            locator.set_params(numticks=3)
        elif isinstance(numbers := axis.get_major_formatter(), ScalarFormatter):
            # A power over the axis lies on the legend.
            numbers.set_scientific(False)
            if max(map(abs, axis.get_view_interval())) >= _COUNTED:
                axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, "", language)))
        shown = [label.get_text() for label in axis.get_ticklabels()]
        if called.keys() & set(shown):
            axis.set_ticks(axis.get_ticklocs(), [called.get(each, each) for each in shown])
