"""Notebooks to read: prose, what the code gave, and the code itself one click away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from asprinted.escaping import html
from asprinted.rerun import editions
from asprinted.rerun import notebooks as kept
from asprinted.site import figures, markdown
from asprinted.site.edition import Edition, Page, stopped
from asprinted.site.repository import linked


def paths(edition: Edition) -> list[Path]:
    """Return the notebooks of an edition in order. Raises Faults with each that has none in the language."""
    named = kept.every(edition.collection)
    if edition.language == edition.collection.languages[0]:
        return named
    found = [editions.place(path) for path in named]
    missing = [path for path in found if not path.is_file()]
    if missing:
        raise stopped(
            *((f"notebooks/zh/{path.name}", "no such edition", "one that a run builds") for path in missing)
        )
    return found


def titles(edition: Edition) -> dict[str, str]:
    """Return the question of each notebook by its name."""
    return {path.stem: kept.heading(kept.read(path), 0) or path.stem for path in paths(edition)}


def first(edition: Edition) -> Path:
    """Return the notebook that answers for all."""
    return paths(edition)[0]


def pages(edition: Edition) -> Iterator[Page]:
    """Yield the page of each notebook, and the list of all."""
    named = titles(edition)
    names = list(named)
    for at, path in enumerate(paths(edition)):
        cells = list(_cells(edition, path))
        contents = [pair for cell in cells for pair in markdown.contents(cell["html"])]
        values = {
            "name": path.stem,
            "cells": cells,
            "contents": [(anchor, Markup(text)) for anchor, text in contents],
            "file": path.relative_to(edition.collection.home).as_posix(),
            "before": (names[at - 1], named[names[at - 1]]),
            "after": (names[(at + 1) % len(names)], named[names[(at + 1) % len(names)]]),
        }
        yield Page(f"notebook/{path.stem}/", "notebook", named[path.stem], values)
    yield Page("notebooks/", "notebooks", edition.word("titles", "notebooks"), {"named": named})
    limited = [(path.stem, named[path.stem], limits(edition, path)) for path in paths(edition)]
    questions = edition.collection.rows_if_described("questions")
    values = {"limits": [each for each in limited if each[2]], "questions": questions}
    yield Page("limits/", "limits", edition.word("titles", "limits"), values)


def limits(edition: Edition, path: Path) -> Markup:
    """Return what a notebook closes with, what it cannot say, without its heading."""
    last = next((cell for cell in reversed(kept.read(path).cells) if cell.cell_type == "markdown"), None)
    _, _, text = last.source.partition("\n") if last and last.source.startswith("## ") else ("", "", "")
    return Markup(markdown.render(text, _link(edition, path)))


def _link(edition: Edition, path: Path) -> markdown.Link:
    return partial(linked, edition, path.relative_to(edition.collection.home).as_posix())


def _cells(edition: Edition, path: Path) -> Iterator[dict[str, Any]]:
    link = _link(edition, path)
    for cell in kept.read(path).cells:
        if cell.cell_type == "markdown":
            yield {
                "id": cell.id,
                "html": Markup(markdown.render(cell.source, link)),
                "code": "",
                "outputs": [],
            }
        elif cell.source.strip():
            outputs = [Markup(_output(edition, path, each, link)) for each in cell.outputs]
            yield {"id": cell.id, "html": "", "code": Markup(markdown.code(cell.source)), "outputs": outputs}


def _output(edition: Edition, path: Path, output: Any, link: markdown.Link) -> str:
    """Return what a cell gave: a sentence, a picture of the collection, a table, or plain text."""
    data = output.get("data", {})
    if "text/markdown" in data:
        return f'<div class="said">{markdown.render(data["text/markdown"], link)}</div>'
    if "image/png" in data:
        return _picture(edition, path, data["image/png"], output.metadata.get("image/png", {}).get("alt", ""))
    if "text/html" in data:
        return markdown.frame(data["text/html"])
    return f'<pre tabindex="0">{html(data.get("text/plain") or output.get("text", ""))}</pre>'


def _picture(edition: Edition, path: Path, stored: str, alt: str) -> str:
    """Return the figure that is known by what is said of it to whoever does not see it.

    A chart that is no figure is shown as it is stored. Raises Faults for such a one in the collection's own.
    """
    said = {card.words[edition.language].alt.strip(): stem for stem, card in edition.cards.items()}
    stem = said.get(alt.strip(), "")
    if not stem and path.name[0].isdigit():
        raise stopped((path.name, f"a picture that is no figure: {alt[:60]}", "one that a run drew"))
    if not stem:
        plain = Markup('<figure><img src="data:image/png;base64,{}" alt="{}" width="600"></figure>')
        return plain.format("".join(stored.split()), alt or edition.word("notebook", "chart"))
    title = edition.cards[stem].words[edition.language].title
    linked_title = Markup('<figcaption><a href="page:figure/{}/">{}</a></figcaption>').format(stem, title)
    return Markup("<figure>{}{}</figure>").format(figures.shown(edition, stem, alt), linked_title)
