"""Text set in lines that fit a width, in English and in Chinese, measured from the typeface itself."""

from __future__ import annotations

import re
from functools import partial

from guandu.figures.typeface import require_glyphs, width

LEADING = 1.38
"""Distance of two lines of text, in sizes of type."""

_OPENING = r"(\[（《〈“‘「『【"
_CLOSING = r"\])）》〉”’」』】,.;:!?，。；：！？、…%‰"
_HAN = r"\u3400-\u9FFF〇"
_GLOSS = rf"\([0-9{_HAN}]{{1,9}}\)"
_LATIN = rf"[^\s{_HAN}{_OPENING}{_CLOSING}][^\s{_HAN}（《“「【，。；：！？、]*[{_HAN}]?"
_PIECE = re.compile(rf"(?:{_GLOSS}|[{_OPENING}]*(?:{_LATIN}|[{_HAN}]|))[{_CLOSING}]*")


def pieces(text: str) -> list[tuple[str, bool]]:
    """Cut a text where a line may end; each piece says whether a space stands before it.

    Chinese may break between any two characters, but no line starts with closing punctuation, none ends with
    opening punctuation, a number keeps the measure word behind it, and a gloss in an English sentence stays
    whole.

    >>> [piece for piece, _ in pieces("受理34765件（含旧存），审结")]
    ['受', '理', '34765件', '（含', '旧', '存），', '审', '结']
    """
    cut: list[tuple[str, bool]] = []
    for word in text.split():
        found = [match.group() for match in _PIECE.finditer(word) if match.group()]
        cut += [(piece, index == 0 and bool(cut)) for index, piece in enumerate(found)]
    return cut


def wrap(text: str, inches: float, size: float, *, bold: bool = False) -> list[str]:
    """Return the lines of `text` at `size` points, none wider than `inches` unless one piece alone is.

    A line break in `text` is kept. An empty text has no lines. Raises `MissingGlyphError`.

    >>> wrap("Of 34765 cases accepted, 21454 are counted as closed.", 2.0, 12)
    ['Of 34765 cases accepted,', '21454 are counted as', 'closed.']
    """
    require_glyphs(text)
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, inches, size, bold)]


def _wrap_paragraph(text: str, inches: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for piece, spaced in pieces(text):
        joined = f"{lines[-1]}{' ' * spaced}{piece}" if lines else piece
        if lines and width(joined, size, bold=bold) <= inches:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines


def balance(text: str, inches: float, size: float, *, bold: bool = False) -> list[str]:
    """Wrap `text` to as few lines as fit `inches`, and make these as even as they can be.

    >>> balance("The printed rate follows from the printed counts", 3.0, 12)
    ['The printed rate follows', 'from the printed counts']
    """
    fit = partial(wrap, text, size=size, bold=bold)
    fewest = len(fit(inches))
    narrow, wide = 0.0, inches
    while wide - narrow > 0.02:
        middle = (narrow + wide) / 2
        fits = len(fit(middle)) <= fewest and all(
            width(line, size, bold=bold) <= inches for line in fit(middle)
        )
        narrow, wide = (narrow, middle) if fits else (middle, wide)
    return fit(wide)


def settle(text: str, inches: float, size: float) -> list[str]:
    """Wrap a paragraph as `wrap` does, but a little narrower where else the last line held one word.

    >>> wrap("Whether carried-over cases are inside is not printed.", 3, 10.5)[-1]
    'printed.'
    >>> settle("Whether carried-over cases are inside is not printed.", 3, 10.5)[-1]
    'not printed.'
    """
    lines = wrap(text, inches, size)
    for narrower in (0.96, 0.92, 0.88, 0.84):
        tried = wrap(text, inches * narrower, size)
        if width(lines[-1], size) < inches / 5 and len(tried) == len(lines) > 1:
            lines = tried
    return lines


def height(lines: int, size: float) -> float:
    """Return the height in inches of so many lines at `size` points."""
    return lines * size * LEADING / 72
