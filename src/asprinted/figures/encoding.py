"""A drawn figure as the bytes of a file: SVG that tells itself to a screen reader, light or dark, and PNG."""

from __future__ import annotations

import html
import io
import re
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from asprinted.collection.cards import Credit, Words
from asprinted.figures import style
from asprinted.writing import Language

_WHITE: Final = 0xFFFFFF
_LANG = {"en": "en", "zh": "zh-Hans"}
_COLOUR = re.compile("#[0-9a-f]{6}")
_DARK = {light.lower(): dark.lower() for light, dark in style.DARK.items()}


def svg(figure: Figure, words: Words, credit: Credit, language: Language) -> bytes:
    """Return the figure as SVG, which a screen reader can tell."""
    stream = io.BytesIO()
    metadata = {
        "Title": words.title,
        "Description": words.alt,
        "Source": words.source,
        "Creator": credit.project,
        "Rights": credit.licence,
        "Date": None,
    }
    figure.savefig(stream, format="svg", metadata=metadata)
    described = f"</title>\n <desc>{html.escape(words.alt, quote=False)}</desc>"
    named = f'<svg role="img" lang="{_LANG[language]}" '
    text = stream.getvalue().decode().replace("</title>", described, 1)
    return text.replace("<svg ", named, 1).encode()


def darkened(svg: bytes) -> bytes:
    """Return an SVG of the house with the colours of a dark ground; other colours stay.

    >>> darkened(b'<path style="fill: #ffffff; stroke: #1f2328"/>')
    b'<path style="fill: #0d1117; stroke: #e6edf3"/>'
    """
    return _COLOUR.sub(lambda found: _DARK.get(found[0], found[0]), svg.decode()).encode()


def png(figure: Figure, words: Words, credit: Credit) -> bytes:
    """Return the figure as PNG in its 256 most frequent colours: a notebook stays a third as large.

    What has to give way is a shade on the edge of a letter, never the colour of a mark, however small.
    """
    raw = io.BytesIO()
    figure.savefig(raw, format="rgba")
    picture = _few_colours(raw.getvalue(), figure.canvas.get_width_height())
    told = PngInfo()
    metadata = {
        "Title": words.title,
        "Description": words.alt,
        "Source": words.source,
        "Author": credit.project,
        "Copyright": credit.licence,
    }
    for name, text in metadata.items():
        told.add_itxt(name, text)
    stream = io.BytesIO()
    picture.save(stream, "png", pnginfo=told, dpi=(figure.dpi, figure.dpi))
    return stream.getvalue()


def _few_colours(rgba: bytes, size: tuple[int, int]) -> Image.Image:
    """Return a picture with its 256 most frequent colours, each of the others as the nearest of them.

    Pillow would do this with a few bits of each colour, which turns white into off-white.
    """
    # The ground is opaque, so three of the four bytes of a pixel are its colour.
    pixels = np.frombuffer(rgba, "<u4") & _WHITE
    # Most of a picture is paper, and paper needs neither counting nor looking up.
    inked = np.flatnonzero(pixels != _WHITE)
    colours, counts = np.unique(pixels[inked], return_counts=True)
    colours, counts = np.append(colours, _WHITE), np.append(counts, len(pixels) - len(inked))
    red, green, blue = ((colours >> bits & 255).astype(int) for bits in (0, 8, 16))
    order = np.lexsort((blue, green, red, -counts))
    found = np.stack([red, green, blue], axis=1)[order]
    palette = found[:256]
    nearest = np.square(found[:, None] - palette).sum(axis=2).argmin(axis=1).astype(np.uint8)
    entry = np.zeros(_WHITE + 1, np.uint8)
    entry[colours[order]] = nearest
    shown = np.full(len(pixels), entry[_WHITE])
    shown[inked] = entry[pixels[inked]]
    few = Image.frombytes("P", size, shown.tobytes())
    few.putpalette(palette.astype(np.uint8).tobytes())
    return few
