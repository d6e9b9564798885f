"""A drawn figure as the bytes of a file: SVG that tells itself to a screen reader, light or dark, and PNG."""

import html
import io
import re
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from asprinted.collection.cards import Caption, Credit
from asprinted.figures import style
from asprinted.prose.writing import Language

_WHITE: Final = np.uint32(0xFFFFFFFF)
_LANG = {"en": "en", "zh": "zh-Hans"}
_COLOUR = re.compile("#[0-9a-f]{6}")
_DARK = {light.lower(): dark.lower() for light, dark in style.DARK.items()}


def svg(figure: Figure, words: Caption, credit: Credit, language: Language) -> bytes:
    """Return the figure as SVG, which a screen reader can tell."""
    stream = io.BytesIO()
    told = _told(words) | {"Creator": credit.project, "Rights": credit.licence, "Date": None}
    figure.savefig(stream, format="svg", metadata=told)
    described = f"</title>\n <desc>{html.escape(words.alt, quote=False)}</desc>"
    named = f'<svg role="img" lang="{_LANG[language]}" '
    text = stream.getvalue().decode().replace("</title>", described, 1)
    return text.replace("<svg ", named, 1).encode()


def _told(words: Caption) -> dict[str, Any]:
    return {"Title": words.title, "Description": words.alt, "Source": words.source}


def darkened(svg: bytes) -> bytes:
    """Return an SVG of the house with the colours of a dark ground; other colours stay.

    >>> darkened(b'<path style="fill: #ffffff; stroke: #1f2328"/>')
    b'<path style="fill: #0d1117; stroke: #e6edf3"/>'
    """
    return _COLOUR.sub(lambda found: _DARK.get(found[0], found[0]), svg.decode()).encode()


def png(figure: Figure, words: Caption, credit: Credit) -> bytes:
    """Return the figure as PNG in its 256 most frequent colours: a notebook stays a third as large.

    What has to give way is a shade on the edge of a letter, never the colour of a mark, however small.
    """
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    picture = _few_colours(np.asarray(canvas.buffer_rgba()))  # type: ignore[no-untyped-call]
    told = PngInfo()
    for name, text in (_told(words) | {"Author": credit.project, "Copyright": credit.licence}).items():
        told.add_itxt(name, text)
    stream = io.BytesIO()
    picture.save(stream, "png", pnginfo=told, dpi=(figure.dpi, figure.dpi))
    return stream.getvalue()


def _few_colours(rgba: NDArray[np.uint8]) -> Image.Image:
    """Return a picture with its 256 most frequent colours, each of the others as the nearest of them.

    Pillow would do this with a few bits of each colour, which turns white into off-white.
    """
    # The ground is opaque, so all pixels have the same fourth byte.
    pixels = rgba.view("<u4").ravel()
    # Most of a picture is paper, and paper needs neither counting nor looking up.
    inked = np.flatnonzero(pixels != _WHITE)
    codes, colours = pd.factorize(pixels[inked])
    counts = np.append(np.bincount(codes, minlength=len(colours)), len(pixels) - len(inked))
    red, green, blue = (np.append(colours, _WHITE) >> bits & 255 for bits in (0, 8, 16))
    order = np.lexsort((blue, green, red, -counts))
    found = np.stack([red, green, blue], axis=1).astype(np.int32)[order]
    kept, others = found[:256], found[256:]
    entry = np.empty(len(found), np.uint8)
    entry[order] = [*range(len(kept)), *np.square(others[:, None] - kept).sum(axis=2).argmin(axis=1)]
    shown = np.full(len(pixels), entry[-1])
    shown[inked] = entry[codes]
    few = Image.frombytes("P", rgba.shape[1::-1], shown.tobytes())
    few.putpalette(kept.astype(np.uint8).tobytes())
    return few
