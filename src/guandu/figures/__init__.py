"""Figures: one `save`, one house style, and forms that draw from their table alone.

A notebook says once who it is, then saves each figure with a form, a stem, a table and its words::

    save = figures.saver("02_closing_rate", source={"en": "…", "zh": "…"})
    save(figures.split_bar, "closed_and_open", parts, en=figures.Words(…), zh=figures.Words(…))
"""

from guandu.figures.bilingual import bilingual, cited
from guandu.figures.form import FigureError, Form, form
from guandu.figures.forms.grids import heat_map, ledger, matrix, text_table
from guandu.figures.forms.on_a_line import dot_plot, interval_strip, number_line, ratio_bars
from guandu.figures.forms.over_time import curves_with_bands, dots_by_day, index_pairs, lines
from guandu.figures.forms.parts import boxes, nested_squares, panels, split_bar
from guandu.figures.saving import Saved, Words, is_reference, save, saver
from guandu.figures.shown import shown
from guandu.figures.typeface import MissingGlyphError

__all__ = [
    "FigureError",
    "Form",
    "MissingGlyphError",
    "Saved",
    "Words",
    "bilingual",
    "boxes",
    "cited",
    "curves_with_bands",
    "dot_plot",
    "dots_by_day",
    "form",
    "heat_map",
    "index_pairs",
    "interval_strip",
    "is_reference",
    "ledger",
    "lines",
    "matrix",
    "nested_squares",
    "number_line",
    "panels",
    "ratio_bars",
    "save",
    "saver",
    "shown",
    "split_bar",
    "text_table",
]
