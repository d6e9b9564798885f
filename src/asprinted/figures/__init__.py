"""Figures: one `save`, one house style, and forms that draw from their table alone.

A form draws one kind of table; anything else that draws a frame on `ax`, such as a function of seaborn, is
called once a language. Both are saved alike::

    save(split_bar, "closed_and_open", parts, words={"en": Caption(…), "zh": Caption(…)}, notebook="02_…", …)
    save(partial(seaborn.lineplot, x="share", y="rate"), "carry_over", lines, words=…, …)

`set_theme` gives the same look to what an analyst draws without saving it.
"""

from asprinted.collection.cards import Caption, Card, Credit
from asprinted.collection.fact import common_day
from asprinted.figures.form import FigureForm, form
from asprinted.figures.forms.boxes import number_made
from asprinted.figures.forms.chains import chain
from asprinted.figures.forms.counted import barcode, changes, piles, remainder
from asprinted.figures.forms.dots import dots_by_day, list_plot
from asprinted.figures.forms.parts import split_bar
from asprinted.figures.forms.rulers import interval_ruler, last_digit_ruler
from asprinted.figures.forms.strips import strips
from asprinted.figures.forms.tiles import cells, rules, wall
from asprinted.figures.saving import Saved, save
from asprinted.figures.style import set_theme

__all__ = [
    "Caption",
    "Card",
    "Credit",
    "FigureForm",
    "Saved",
    "barcode",
    "cells",
    "chain",
    "changes",
    "common_day",
    "dots_by_day",
    "form",
    "interval_ruler",
    "last_digit_ruler",
    "list_plot",
    "number_made",
    "piles",
    "remainder",
    "rules",
    "save",
    "set_theme",
    "split_bar",
    "strips",
    "wall",
]


def __dir__() -> list[str]:
    """Return what is offered, without the rooms that it comes from."""
    return __all__
