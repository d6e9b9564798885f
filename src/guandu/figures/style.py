"""The house style: colours by meaning, sizes of type, and the settings under which every figure is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl

from guandu.figures import typeface

SHEET: Final = Path(__file__).with_name("guandu.mplstyle")

TITLE: Final = 16.0
BODY: Final = 12.0
SMALL: Final = 10.5

INK: Final = "#1F2328"
MUTED: Final = "#57606A"
LINE: Final = "#9AA1A9"
FAINT: Final = "#E6E8EB"
PAPER: Final = "#FFFFFF"

BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
GREEN: Final = "#009E73"
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
PURPLE: Final = "#CC79A7"

SERIES: Final = (BLUE, VERMILION, GREEN, PURPLE)
"""Colours of series in one picture, in this order; from Okabe and Ito's palette for the colour-blind."""

OUTCOME: Final = {
    "both": BLUE,
    "nearest_only": SKY,
    "truncation_only": ORANGE,
    "contradicted": VERMILION,
    "not_testable": LINE,
    "holds": BLUE,
    "compatible": SKY,
    "flag": ORANGE,
    "conflict": VERMILION,
    "alone": FAINT,
}
"""The colour of each verdict and outcome. A colour never stands without its word."""


@contextmanager
def house() -> Iterator[None]:
    """Draw in the house style, whatever the reader's own matplotlib settings; they are back afterwards."""
    typeface.register()
    with mpl.rc_context(_settings()):
        yield


@cache
def _settings() -> Any:
    """Return every setting of matplotlib but the backend: its own defaults, changed by the style sheet."""
    settings = mpl.rc_params_from_file(SHEET, use_default_template=True)
    return {name: settings[name] for name in settings if name != "backend"}
