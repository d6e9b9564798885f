"""The site as files: every page of both editions, the files that are served as they are, and no dead link."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from asprinted.collection.collection import Collection
from asprinted.drawing.svg import svg
from asprinted.prose import sentences
from asprinted.rerun import editions
from asprinted.rerun import notebooks as kept
from asprinted.site import (
    brief,
    figures,
    home,
    letters,
    links,
    notebooks,
    numbers,
    published,
    search,
    texts,
    workbench,
)
from asprinted.site.edition import Edition, Page, stopped

FOLDER = "site"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)

Builder = Callable[[Edition], Iterable[Page]]
BUILDERS: tuple[Builder, ...] = (
    figures.pages,
    home.pages,
    numbers.pages,
    notebooks.pages,
    published.pages,
    texts.pages,
    brief.pages,
    workbench.pages,
    search.pages,
)
"""Whoever adds a kind of page adds its builder here, and its template to `templates/`."""


class Built(NamedTuple):
    """How many pages and files a site has, and how many bytes."""

    pages: int
    files: int
    bytes: int


def build(collection: Collection, address: str = "") -> Built:
    """Build the site of a collection into its folder `site/`, beside it first and then renamed.

    address: where it will stand, for what has to name it in full; nothing else depends on it. Raises Faults
    with every word, figure, edition and link that is missing; then the old site stays.
    """
    made = contents(collection, address)
    write(made, collection.home / FOLDER)
    pages = sum(name.endswith(".html") for name in made)
    return Built(pages, len(made), sum(map(len, made.values())))


def write(made: Mapping[str, bytes], folder: Path) -> None:
    """Write files by name into a folder that takes the place of the one that is there."""
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        for name, written in made.items():
            file = beside / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(written)
        if folder.is_dir():
            shutil.rmtree(folder)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def contents(collection: Collection, address: str = "") -> dict[str, bytes]:
    """Return every file of the site by its name. Raises Faults as `build`."""
    collection.require_sound()
    told = [Edition(collection, language, address) for language in collection.languages]
    pages = {
        edition.language: [page for builder in BUILDERS for page in builder(edition)] for edition in told
    }
    served = dict(chain.from_iterable(each(collection) for each in SERVED))
    written = dict[str, bytes]()
    for edition in told:
        mine = _written(edition, pages[edition.language])
        refuse_unsaid(edition)
        served[f"assets/search.{edition.language}.js"] = search.index(pages[edition.language], mine)
        written |= {f"{edition.prefix}{path}index.html": text.encode() for path, text in mine.items()}
    return links.resolved(written, served)


def _written(edition: Edition, pages: Iterable[Page]) -> dict[str, str]:
    """Return the HTML of pages by their folders, links not yet written."""
    environment, paths = _environment(edition), {page.path for page in pages}
    return {
        page.path: environment.get_template(f"{page.template}.html").render(
            page=page, paths=paths, **page.values
        )
        for page in pages
    }


def refuse_unsaid(edition: Edition) -> None:
    """Raise Faults with each entry of the site's words that no page of an edition has said."""
    words = edition.book.words
    unsaid = [name for name in words.entries if name not in edition.said]
    if unsaid:
        raise stopped(
            *((words.file, f"[{name}], which no page says", "one that a page says") for name in unsaid)
        )


def _environment(edition: Edition) -> Environment:
    """Return the templates of an edition; whatever a template does not find is an error."""
    made = Environment(
        loader=PackageLoader("asprinted.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"edition": edition, "word": edition.word, "say": edition.say, "policy": POLICY}
    made.globals["consistent"] = sentences.sentence("audit", "consistent", edition.language)
    made.filters["svg"] = lambda scene, **look: Markup(svg(scene, **look))
    made.filters["breakable"] = lambda key: Markup(escape(key).replace("_", Markup("_<wbr>")))
    made.filters["begun"] = lambda text: text[:1].upper() + text[1:]
    return made


def _stored(collection: Collection) -> Iterator[tuple[str, bytes]]:
    """Yield figures, tables and notebooks as they are stored."""
    root = collection.home
    found = [
        *sorted((root / "figures").glob("[!.]*.*")),
        *sorted((root / "data").glob("[!.]*.*")),
        *kept.every(collection),
        *sorted((root / "notebooks" / editions.FOLDER).glob("[!.]*.ipynb")),
    ]
    yield from ((file.relative_to(root).as_posix(), file.read_bytes()) for file in found if file.is_file())


def _assets(collection: Collection) -> Iterator[tuple[str, bytes]]:
    """Yield style, scripts and the face of numbers; an empty file keeps code hosts from reading the rest."""
    for asset in files("asprinted.site").joinpath("assets").iterdir():
        yield f"assets/{asset.name}", asset.read_bytes()
    yield "assets/numbers.woff2", letters.face(row["as_printed"] for row in collection.rows("printed"))
    yield ".nojekyll", b""


SERVED: tuple[Callable[[Collection], Iterable[tuple[str, bytes]]], ...] = (
    _stored,
    _assets,
    brief.documents,
    workbench.served,
)
"""What gives the files that are served beside the pages, by their names in the site."""
