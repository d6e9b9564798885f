"""The grammar of all pictures: what colour, filling and size of type mean, and the settings.

Filled is printed, hollow is derived, a bar with end ticks is the interval that words admit, dashed is not
printed. One colour belongs to the article, grey to everybody else, and one pair to the two rules.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import matplotlib as mpl
from matplotlib.colors import to_hex, to_rgb

from asprinted.drawing import scene, typesetting
from asprinted.drawing.scene import LIGHT
from asprinted.drawing.typesetting import FACES

VERSION: Final = 4
"""Raise it in the commit that makes forms or layout draw otherwise, so that every card says so."""

SHEET: Final = Path(__file__).with_name("house.mplstyle")
FONTS: Final = Path(__file__).with_name("fonts")

TITLE: Final = typesetting.TITLE
BODY: Final = typesetting.BODY
SMALL: Final = typesetting.SMALL

INK: Final = LIGHT["ink"]
MUTED: Final = LIGHT["muted"]
PAPER: Final = LIGHT["paper"]
LINE: Final = LIGHT["line"]
FAINT: Final = LIGHT["faint"]
GROUND: Final = LIGHT["ground"]

ARTICLE: Final = LIGHT["article"]
"""What the article prints, or what follows from it."""

OTHERS: Final = LIGHT["others"]
"""What anybody else prints."""

ROUNDED: Final = LIGHT["nearest"]
CUT: Final = LIGHT["truncation"]
RULES: Final = (ROUNDED, CUT)
"""The two rules, rounded and cut: neither is the article's colour, neither looks like praise or blame."""

_DARK: Final = {color: scene.DARK[name] for name, color in LIGHT.items()}

STEPS: Final = 40
"""Steps of a tint from paper to its colour."""

PALE: Final = 16
"""The step at which a mark is pale; it keeps an outline, as its body alone would be lost on paper."""


def tint(color: str, step: int, paper: str = PAPER) -> str:
    """Return a colour thinned with paper: unlike a transparent one it is the same wherever marks overlap.

    >>> tint("#000000", 10), tint(ARTICLE, STEPS) == ARTICLE
    ('#BFBFBF', True)
    """
    parts = zip(to_rgb(paper), to_rgb(color), strict=True)
    red, green, blue = (ground + step / STEPS * (ink - ground) for ground, ink in parts)
    return to_hex((red, green, blue)).upper()


DARK: Final = _DARK | {
    tint(color, step): tint(_DARK[color], step, _DARK[PAPER])
    for color in (ARTICLE, OTHERS, *RULES)
    for step in range(1, STEPS)
}
"""Each colour of the light picture, and what stands for it on a dark ground."""


class Page(NamedTuple):
    """A size of picture: inches, dots to the inch, points of title and footer, and what stays free around it.

    Without a height it grows.
    """

    width: float
    height: float | None
    dpi: int
    title: float
    footer: float
    margin: float


FIGURE: Final = Page(5.0, None, 240, TITLE, SMALL, 0.2)
CARD: Final = Page(1200 / 212, 675 / 212, 212, 15.0, BODY, 0.11)
"""A picture to pass on: 1200 by 675 pixels, whose smallest words a phone of 390 shows at 11 pixels."""


def colour(own: bool) -> str:
    """Return the colour of a mark: the article's, or everybody else's.

    >>> colour(True) == ARTICLE, colour(False) == OTHERS
    (True, True)
    """
    return ARTICLE if own else OTHERS


def ink(own: bool) -> str:
    """Return the colour of the words beside a mark: the article's, or that of all words."""
    return ARTICLE if own else INK


def font(face: str = "Regular") -> Path:
    """Return the file of a face, `Regular` or `Bold`."""
    return FONTS / f"AsprintedSansSC-{face}.otf"


@cache
def register() -> None:
    """Make both faces known to matplotlib, once a process."""
    from matplotlib.font_manager import fontManager

    for face in FACES:
        fontManager.addfont(font(face))


@cache
def stamp() -> str:
    """Return the version of the style, and a digest of the typeface and the style sheet.

    Where it is another than on a card, the figure's pictures may be others too.

    >>> stamp().partition("-")[0] == str(VERSION)
    True
    """
    digest = hashlib.sha256()
    for file in (SHEET, *map(font, FACES)):
        digest.update(file.read_bytes())
    return f"{VERSION}-{digest.hexdigest()[:12]}"


@contextmanager
def house() -> Iterator[None]:
    """Draw in the house style, whatever the reader's own matplotlib settings; they are back afterwards."""
    register()
    shown = mpl.is_interactive()
    try:
        with mpl.rc_context(_settings()):
            try:
                yield
            finally:
                # What draws may load the backend of a kernel, which shows all that pyplot draws from then on.
                shown = shown or mpl.is_interactive()
    finally:
        mpl.interactive(shown)


def set_theme() -> None:
    """Give every drawing of this process the house style: typeface with Chinese, sizes, colours, grey axes.

    For an analyst's own seaborn or matplotlib, whose labels may then be Chinese. Pictures that `save` draws
    do not need it. The resolution and formulas, such as the powers of a logarithmic axis, stay as they are;
    `matplotlib.rcdefaults()` takes the style off again.

    >>> with mpl.rc_context():
    ...     set_theme()
    ...     mpl.rcParams["font.family"]
    ['Asprinted Sans SC']
    """
    register()
    sheet = mpl.rc_params_from_file(SHEET, use_default_template=False)
    own = {name for name in sheet if "dpi" not in name} - {"text.parse_math"}
    mpl.rcParams.update({name: sheet[name] for name in own})


@cache
def _settings() -> Any:
    """Return every setting of matplotlib but the backend: its own defaults, changed by the style sheet."""
    settings = mpl.rc_params_from_file(SHEET, use_default_template=True)
    return {name: settings[name] for name in settings if name != "backend"}
