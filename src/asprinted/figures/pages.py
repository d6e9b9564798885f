"""A whole picture of one language: claim, measure, drawing, one note, and source and credit."""

from collections.abc import Callable, Mapping
from functools import partial
from math import fsum
from typing import Any, Final, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure
from matplotlib.text import Text

from asprinted.collection.cards import Caption, Credit
from asprinted.drawing.typesetting import balance, height, require_glyphs, settle
from asprinted.drawing.typesetting import width as measure
from asprinted.faults import Fault
from asprinted.figures import style
from asprinted.figures.canvas import TextBlock, block, sheet, size
from asprinted.figures.form import FigureForm, in_language
from asprinted.figures.style import Page
from asprinted.prose.writing import Language

Plain = Callable[..., Any]
"""What draws on one Axes as seaborn's functions do: called with a frame, and with `ax`."""

PLAIN_HEIGHT: Final = 3.0
CALLED: Final = "called"
"""Where a frame's attributes say what its columns and codes are called, language by language."""

_GAP = 0.14
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
    least, wanted, paint = _prepared(form, frame, language, width)
    around = 2 * page.margin + gap
    left = (page.height or 0) - over - under - around
    if page.height and least > left:
        raise Fault.of(f"{left:.2f} in of room on a card", f"{least:.2f} in: shorten its words")
    inside = left if page.height else wanted
    tall = page.height or over + inside + under + around
    figure = Figure(figsize=(page.width, tall), dpi=page.dpi)
    FigureCanvasAgg(figure)
    rows = (page.margin + over + gap, inside, under + page.margin)
    grid = figure.add_gridspec(3, 3, height_ratios=rows, width_ratios=(page.margin, width, page.margin))
    paint(figure.add_subfigure(grid[1, 1]))
    ground = sheet(figure)
    _set(ground, above, page.margin, page)
    _set(ground, below, tall - page.margin - under, page)
    for artist in figure.findobj(Text):
        require_glyphs(artist.get_text())
    return figure


def _prepared(
    form: FigureForm | Plain, frame: pd.DataFrame, language: Language, width: float
) -> tuple[float, float, Callable[[SubFigure], None]]:
    """Return the least height of a drawing, the one that it wants, and what draws it."""
    if not isinstance(form, FigureForm):
        called = frame.attrs.get(CALLED, {}).get(language, {})
        return 0, PLAIN_HEIGHT, partial(_draw_plain, form, in_language(frame, language), called)
    table = form.spoken(frame, language)
    painted = partial(form.draw, table=table, language=language)
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
    cited, owned = (
        block(text, width, color=style.MUTED, points=style.SMALL)
        for text in (_LABEL[language] + words.source, named)
    )
    wide = sum(measure(text, style.SMALL) for text in (_LABEL[language] + words.source, named))
    return [
        _Piece(_GAP, TextBlock([] if page.height else settle(words.note, width, style.BODY))),
        _Piece(_GAP if page.height is None else _GAP / 2, TextBlock([""], color=style.LINE, points=1)),
        _Piece(0.04, cited),
        _Piece(-height(1, style.SMALL), owned, "right") if wide + 0.25 <= width else _Piece(0, owned),
    ]


def _set(ground: Axes, parts: list[_Piece], top: float, page: Page) -> None:
    left, right = page.margin, page.width - page.margin
    for gap, words, align in parts:
        if words.lines == [""]:
            ground.plot([left, right], [top + gap] * 2, color=words.color, linewidth=0.6)
        x = right if align == "right" else left
        top = words.write(ground, x, top + gap * bool(words.lines), align)


def _draw_plain(call: Plain, frame: pd.DataFrame, called: Mapping[str, str], canvas: SubFigure) -> None:
    """Call what draws on one Axes, then give it the room that its ticks, labels and legend leave.

    called: what columns and their codes are called in the language.
    """
    across, down = size(canvas)
    axes = canvas.add_axes((0, 0, 1, 1))
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
    _call(axes, called)
    for _ in range(2):
        canvas.figure.canvas.draw()
        inner, outer = axes.get_window_extent(), axes.get_tightbbox()
        if outer is None:
            raise Fault.of("axes that show nothing", "a drawing")
        dpi = canvas.figure.dpi
        left, right = (inner.x0 - outer.x0) / dpi, (outer.x1 - inner.x1) / dpi
        under, over = (inner.y0 - outer.y0) / dpi, (outer.y1 - inner.y1) / dpi
        wide, tall = across - left - right, down - under - over
        axes.set_position((left / across, under / down, wide / across, tall / down))


def _call(axes: Axes, called: Mapping[str, str]) -> None:
    """Write legend and ticks in the words of a language where they show names of code."""
    legend = axes.get_legend()
    for text in (*legend.texts, legend.get_title()) if legend else ():
        text.set_text(called.get(text.get_text(), text.get_text()))
    for axis in (axes.xaxis, axes.yaxis):
        shown = [label.get_text() for label in axis.get_ticklabels()]
        if called.keys() & set(shown):
            axis.set_ticks(axis.get_ticklocs(), [called.get(each, each) for each in shown])
