"""The site as files: every page of both editions, the files that are served as they are, and no dead link."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from asprinted.collection.home import Collection
from asprinted.faults import Fault, Faults
from asprinted.prose.writing import LANGUAGES
from asprinted.rerun import notebooks as kept
from asprinted.site import brief, figures, home, letters, links, notebooks, numbers, published, search, texts
from asprinted.site.edition import Edition, Page

FOLDER = "site"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)

Builder = Callable[[Edition], Iterable[Page]]
BUILDERS: tuple[Builder, ...] = (
    home.pages,
    numbers.pages,
    figures.pages,
    notebooks.pages,
    published.pages,
    texts.pages,
    brief.pages,
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
    served = dict(_served(collection))
    editions = [Edition(collection, language, address) for language in LANGUAGES]
    pages = {edition.language: [page for builder in BUILDERS for page in builder(edition)] for edition in editions}
    written = dict[str, bytes]()
    for edition in editions:
        environment = _environment(edition)
        told = {
            page.path: _html(environment, edition, page, {each.path for each in pages[edition.language]})
            for page in pages[edition.language]
        }
        _refuse_unsaid(edition)
        served[f"assets/search.{edition.language}.js"] = search.index(pages[edition.language], told)
        written |= {f"{edition.prefix}{path}index.html": text.encode() for path, text in told.items()}
    return links.resolved(written, served)


def _refuse_unsaid(edition: Edition) -> None:
    words = edition.book.words
    unsaid = [name for name in words.entries if name not in edition.said]
    if unsaid:
        expected = "one that a page says, or no such entry"
        raise Faults((Fault(words.file, None, name, "an entry that no page says", expected) for name in unsaid), "no site was built")


def _environment(edition: Edition) -> Environment:
    """Return the templates of an edition; whatever a template does not find is an error."""
    made = Environment(
        loader=PackageLoader("asprinted.site"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {"edition": edition, "word": edition.word, "say": edition.say, "policy": POLICY}
    made.filters["begun"] = lambda text: text[:1].upper() + text[1:]
    return made


def _html(environment: Environment, edition: Edition, page: Page, paths: set[str]) -> str:
    template = environment.get_template(f"{page.template}.html")
    return template.render(page=page, paths=paths, **page.values)


def _served(collection: Collection) -> Iterator[tuple[str, bytes]]:
    """Yield the files that are served with the bytes that they have, by their name in the site."""
    root = collection.home
    found = [
        *sorted((root / "figures").glob("[!.]*.*")),
        *sorted((root / "data").glob("[!.]*.*")),
        *[path for path in kept.notebooks(collection) + kept.others(collection)],
        *sorted((root / "notebooks" / "zh").glob("[!.]*.ipynb")),
    ]
    for file in found:
        if file.is_file():
            yield file.relative_to(root).as_posix(), file.read_bytes()
    for asset in files("asprinted.site").joinpath("assets").iterdir():
        if asset.is_file():
            yield f"assets/{asset.name}", asset.read_bytes()
    yield "assets/numbers.woff2", letters.face(row["as_printed"] for row in collection.rows("printed"))
    yield from brief.documents(collection)
    yield ".nojekyll", b""
