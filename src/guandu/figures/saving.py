"""The one way a figure is saved: pictures, table and caption under one stem, in English and in Chinese."""

from __future__ import annotations

import base64
import hashlib
import html
import inspect
import io
import json
import os
import platform
import re
import tempfile
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from guandu import tables
from guandu.figures import style, typeface
from guandu.figures.form import LANGUAGES, FigureError, Form, Language, read_table, write_table
from guandu.figures.text import balance, height, settle

WIDTH = 7.2
"""Width of a figure in inches, for which the sizes of type are chosen."""

MARGIN = 0.22
_GAP = 0.16
_STEM = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_PINNED = ("matplotlib", "numpy", "pillow", "seaborn")
_SOURCE = {"en": "Source: ", "zh": "来源："}


@dataclass(frozen=True)
class Words:
    """The words around a figure in one language.

    `title` is the claim, `caveat` what limits it, `alt` what a person hears who does not see the picture.
    """

    title: str
    caveat: str
    alt: str


@dataclass(frozen=True)
class Saved:
    """A figure as it was saved; it displays as its PNG, with the alt text as the output's text.

    `state` is `written`, `unchanged`, or `left alone` where another machine's picture was kept (see `save`).
    """

    stem: str
    folder: Path
    language: Language
    png: bytes
    alt: str
    state: str

    def __repr__(self) -> str:
        """Return the alt text, which is what a terminal can show of a picture."""
        return self.alt

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"image/png": base64.b64encode(self.png).decode("ascii"), "text/plain": self.alt}


def save(
    form: Form,
    stem: str,
    table: pd.DataFrame,
    *,
    en: Words,
    zh: Words,
    source: Mapping[str, str],
    notebook: str,
    size: tuple[float, float | None] = (WIDTH, None),
    language: Language = "en",
) -> Saved:
    """Draw `table` with `form` in both languages, save all under `stem` and return what a notebook shows.

    Written are `<stem>.en.svg`, `.en.png`, `.zh.svg`, `.zh.png`, `<stem>.csv` (exactly what is drawn) and
    `<stem>.json` (words, notebook, size, and a digest of the code that drew), into `figures/` of the project
    or the folder that `GUANDU_FIGURES` names. `source` names the source in both languages, under `en` and
    `zh`; `size` is in inches, and a height of None, or one too small for the drawing, becomes the height that
    the drawing needs.

    Everything is prepared before anything is written; a file is replaced only where its bytes differ. On a
    machine other than the reference one (see `is_reference`) committed pictures whose table, words and maker
    are the same are left alone, since other versions draw other bytes.

    Raises `FigureError` for a bad stem, a missing word or column, a stem that another notebook saves, or a
    warning while drawing, and `MissingGlyphError` for a character that the typeface lacks.
    """
    root = tables.root()
    committed, folder = root / "figures", Path(os.environ.get("GUANDU_FIGURES") or root / "figures")
    words = {"en": en, "zh": zh}
    _require(form, stem, words, source, notebook, committed)
    text = write_table(table)
    card = _card(form, words, source, notebook, size)
    files = {f"{stem}.csv": text.encode(), f"{stem}.json": card.encode()}
    kept = None if is_reference(root) else _kept(committed, stem, files)
    files |= kept if kept is not None else _pictures(form, stem, text, words, source, size)
    wrote = _write(folder, files)
    state = "left alone" if kept is not None else "written" if wrote else "unchanged"
    _log(stem, state)
    return Saved(stem, folder, language, files[f"{stem}.{language}.png"], words[language].alt, state)


def saver(notebook: str, *, source: Mapping[str, str], language: Language = "en") -> Callable[..., Saved]:
    """Return `save` for one notebook, so that its name, its source and its language are said once.

    `source` can still be given to a single figure that draws on another one.
    """
    return partial(save, notebook=notebook, source=source, language=language)


@cache
def is_reference(root: Path) -> bool:
    """Say whether this machine draws the bytes that are committed: Linux on x86-64, with the pinned versions.

    A project without `requirements.lock` pins nothing, so every machine is as good as another.
    """
    lock = root / "requirements.lock"
    if not lock.is_file():
        return True
    pins = dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", lock.read_text("utf-8"), re.MULTILINE))
    same = all(pins.get(package) in (None, version(package)) for package in _PINNED)
    return same and (platform.system(), platform.machine()) == ("Linux", "x86_64")


def _require(
    form: Form,
    stem: str,
    words: Mapping[str, Words],
    source: Mapping[str, str],
    notebook: str,
    committed: Path,
) -> None:
    faults = []
    if not isinstance(form, Form):
        faults.append(f"form: found {form!r}, expected one made with `figures.form`")
    if not _STEM.fullmatch(stem):
        faults.append(f"stem: found {stem!r}, expected small letters, digits and single underscores")
    if not notebook:
        faults.append("notebook: expected the name of the notebook that saves the figure")
    for language in LANGUAGES:
        given = {**vars(words[language]), "source": source.get(language, "")}
        faults += [f"{language} {name}: expected words" for name, said in given.items() if not said.strip()]
    card = committed / f"{stem}.json"
    owner = json.loads(card.read_text("utf-8")).get("notebook") if card.is_file() and not faults else notebook
    if owner != notebook:
        faults.append(
            f"{card.name} says that {owner} saves it; choose another stem, or delete figures/{stem}.*"
        )
    if faults:
        raise FigureError(f"figure {stem!r}: " + "; ".join(faults) + "; nothing was written")


def _card(
    form: Form,
    words: Mapping[str, Words],
    source: Mapping[str, str],
    notebook: str,
    size: tuple[float, float | None],
) -> str:
    spoken = {
        language: {
            "title": said.title,
            "caveat": said.caveat,
            "source": source[language],
            "caption": _caption(said, source[language], language),
            "alt": said.alt,
        }
        for language, said in words.items()
    }
    card = {"notebook": notebook, "form": form.name, "size": list(size), "maker": maker(form), **spoken}
    return json.dumps(card, ensure_ascii=False, indent=2) + "\n"


def _caption(words: Words, source: str, language: str) -> str:
    """Return title, caveat and source as one text; a title has no full stop in the picture, but here."""
    stop, space = (".", " ") if language == "en" else ("。", "")
    title = words.title if words.title[-1] in ".?!。？！" else words.title + stop
    return space.join((title, words.caveat, _SOURCE[language] + source))


@cache
def maker(form: Form) -> str:
    """Return a digest of the code, style and typeface that draw a form; where it changes, pictures do."""
    package = Path(__file__).parent
    shared = [*package.glob("*.py"), *package.glob("*.mplstyle"), *package.glob("fonts/*.otf")]
    digest = hashlib.sha256()
    for file in sorted(shared):
        digest.update(file.read_bytes())
    home = inspect.getsourcefile(form.draw)
    own = Path(home).read_bytes() if home and Path(home).is_file() else inspect.getsource(form.draw).encode()
    digest.update(own)
    return digest.hexdigest()[:16]


def _kept(committed: Path, stem: str, files: Mapping[str, bytes]) -> dict[str, bytes] | None:
    """Return the committed pictures if everything that made them is the same, else None."""
    names = [f"{stem}.{language}.{kind}" for language in LANGUAGES for kind in ("svg", "png")]
    same = all(
        (committed / name).is_file() and (committed / name).read_bytes() == made
        for name, made in files.items()
    )
    if not same or not all((committed / name).is_file() for name in names):
        return None
    return {name: (committed / name).read_bytes() for name in names}


def _pictures(
    form: Form,
    stem: str,
    text: str,
    words: Mapping[str, Words],
    source: Mapping[str, str],
    size: tuple[float, float | None],
) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    with style.house(), warnings.catch_warnings():
        warnings.simplefilter("error")
        for language in LANGUAGES:
            figure = draw(form, text, words[language], source[language], size, language)
            for kind in ("svg", "png"):
                made[f"{stem}.{language}.{kind}"] = _render(figure, kind, words[language])
    return made


def draw(
    form: Form, text: str, words: Words, source: str, size: tuple[float, float | None], language: Language
) -> Figure:
    """Return the figure of one language: claim, drawing, caveat and source, from the text of its CSV.

    Call it under `style.house()`. The drawing gets the height that the words leave, and the figure grows
    where that is less than the form needs.
    """
    table = read_table(text)
    width = size[0] - 2 * MARGIN
    title = balance(words.title, width, style.TITLE, bold=True)
    notes = [
        *settle(words.caveat, width, style.SMALL),
        *settle(_SOURCE[language] + source, width, style.SMALL),
    ]
    above = MARGIN + height(len(title), style.TITLE) + _GAP
    below = _GAP + height(len(notes), style.SMALL) + MARGIN
    inside = max(form.height(form.spoken(table, language), width), (size[1] or 0) - above - below)
    total = above + inside + below
    figure = Figure(figsize=(size[0], total))
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(
        3, 3, height_ratios=(above, inside, below), width_ratios=(MARGIN, width, MARGIN)
    )
    form(figure.add_subfigure(grid[1, 1]), table, language)
    _write_lines(figure, MARGIN, title, style.TITLE, style.INK, bold=True)
    _write_lines(figure, above + inside + _GAP, notes, style.SMALL, style.MUTED)
    for artist in figure.findobj(Text):
        typeface.require_glyphs(artist.get_text())
    return figure


def _write_lines(
    figure: Figure, top: float, lines: list[str], points: float, color: str, *, bold: bool = False
) -> None:
    across, down = figure.get_size_inches()
    for number, line in enumerate(lines):
        baseline = top + height(number, points) + points * 1.08 / 72
        figure.text(
            MARGIN / across,
            1 - baseline / down,
            line,
            fontsize=points,
            color=color,
            fontweight="bold" if bold else "normal",
            va="baseline",
        )


def _render(figure: Figure, kind: str, words: Words) -> bytes:
    return _png(figure, words) if kind == "png" else _svg(figure, words)


def _png(figure: Figure, words: Words) -> bytes:
    """Return a PNG in its 256 most frequent colours: a notebook stays a third as large.

    What has to give way is a shade on the edge of a letter, never the colour of a mark, however small.
    """
    raw = io.BytesIO()
    figure.savefig(raw, format="rgba")
    pixels = Image.frombytes("RGBA", figure.canvas.get_width_height(), raw.getvalue()).convert("RGB")
    told = PngInfo()
    told.add_itxt("Title", words.title)
    stream = io.BytesIO()
    few = _few_colours(pixels)
    few.save(stream, "png", pnginfo=told, dpi=(figure.dpi, figure.dpi))
    return stream.getvalue()


def _few_colours(picture: Image.Image) -> Image.Image:
    """Return an RGB picture with its 256 most frequent colours, each of the others as the nearest of them."""
    counted = cast(
        "list[tuple[int, tuple[int, int, int]]]", picture.getcolors(picture.width * picture.height)
    )
    found = np.array([color for _, color in sorted(counted, key=lambda each: (-each[0], each[1]))])
    palette = found[:256]
    nearest = np.square(found[:, None] - palette).sum(axis=2).argmin(axis=1)
    scale = np.array([1 << 16, 1 << 8, 1])
    # Pillow would do this with a few bits of each colour, which turns white into off-white.
    entry = np.zeros(1 << 24, np.uint8)
    entry[found @ scale] = nearest
    few = Image.frombytes("P", picture.size, entry[np.asarray(picture) @ scale].tobytes())
    few.putpalette(palette.astype(np.uint8).tobytes())
    return few


def _svg(figure: Figure, words: Words) -> bytes:
    stream = io.BytesIO()
    metadata = {"Title": words.title, "Description": words.alt, "Date": None, "Creator": None}
    figure.savefig(stream, format="svg", metadata=metadata)
    described = f"</title>\n <desc>{html.escape(words.alt, quote=False)}</desc>"
    return stream.getvalue().decode().replace("</title>", described, 1).encode()


def _write(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Write files beside their places and rename them, those only whose bytes differ; say whether any did."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = {
        folder / name: made
        for name, made in files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != made
    }
    beside: dict[Path, Path] = {}
    try:
        for place, made in changed.items():
            with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{place.name}.", delete=False) as stream:
                beside[place] = Path(stream.name)
                stream.write(made)
            beside[place].chmod(0o644)
        for place, written in beside.items():
            written.replace(place)
    finally:
        for written in beside.values():
            written.unlink(missing_ok=True)
    return bool(changed)


def _log(stem: str, state: str) -> None:
    """Add a line to the file that `GUANDU_FIGURES_LOG` names, from which a run reports what it left alone."""
    log = os.environ.get("GUANDU_FIGURES_LOG")
    if log:
        with Path(log).open("a", encoding="utf-8") as stream:
            stream.write(f"{stem}\t{state}\n")
