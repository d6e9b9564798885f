"""The one typeface of all figures: a subset of Noto Sans CJK SC, registered when it is needed.

The subset is kept in `fonts/`, so that no machine lacks a glyph; `guandu.figures.font` builds it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FAMILY = "Guandu Sans SC"
FACES = ("Regular", "Bold")
FOLDER = Path(__file__).with_name("fonts")


class MissingGlyphError(ValueError):
    """A text holds characters that the typeface of the figures cannot draw."""


@cache
def covered(face: str = "Regular") -> frozenset[int]:
    """Return the code points that a face of the subset can draw."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(path(face))).get_charmap())


@cache
def _drawable() -> frozenset[int]:
    return covered("Regular") & covered("Bold") | {ord("\n")}


def path(face: str = "Regular") -> Path:
    """Return the file of a face, `Regular` or `Bold`."""
    return FOLDER / f"GuanduSansSC-{face}.otf"


def require_glyphs(text: str) -> None:
    """Raise `MissingGlyphError` naming the characters of `text` that either face lacks; lines may break.

    >>> require_glyphs("结案率 61.71%")
    >>> require_glyphs("鱻")
    Traceback (most recent call last):
        ...
    guandu.figures.typeface.MissingGlyphError: Guandu Sans SC has no glyph for 鱻 (U+9C7B), wanted by '鱻'
    """
    missing = [character for character in dict.fromkeys(text) if ord(character) not in _drawable()]
    if missing:
        named = ", ".join(f"{character} (U+{ord(character):04X})" for character in missing)
        raise MissingGlyphError(f"{FAMILY} has no glyph for {named}, wanted by {text!r}")


@cache
def register() -> None:
    """Make both faces known to matplotlib, once a process."""
    from matplotlib.font_manager import fontManager

    for face in FACES:
        fontManager.addfont(path(face))


@cache
def _advance(character: str, face: str) -> int:
    """Return the width of a character in thousandths of an em, the unit of the typeface."""
    from matplotlib.font_manager import get_font
    from matplotlib.ft2font import LoadFlags

    font = get_font(path(face))
    return int(font.load_char(ord(character), flags=LoadFlags.NO_SCALE).horiAdvance)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width in inches of one line of text set at `size` points.

    The subset has no kerning, so widths of characters add up. Raises `MissingGlyphError`.

    >>> round(width("结案率", 12), 3)    # three characters of one em each
    0.5
    """
    require_glyphs(text)
    face = "Bold" if bold else "Regular"
    return sum(_advance(character, face) for character in text) * size / 72_000
