"""The audit of many texts as a folder of pages: an index, the worst first, and a page for each text.

A reader loads the text that is looked at, and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from asprinted.audit.report import dressed, shown
from asprinted.corpus.tables import beside
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language, count

__all__ = ["write"]

_COUNTS = ("sure", "likely", "tested", "related", "read", "characters")


def write(
    folder: Path,
    pages: Iterable[tuple[str, str]],
    summary: Iterable[Mapping[str, str | int | None]],
    language: Language,
) -> None:
    """Write a new folder with index.html. `pages` are those of the texts, each under its checksum.

    Raises Fault where it cannot be written; then there is no folder.
    """
    with beside(folder) as new:
        new.mkdir(parents=True)
        for checksum, page in pages:
            file = new / _page(checksum)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, "utf-8", newline="\n")
        with (new / "index.html").open("w", encoding="utf-8", newline="\n") as out:
            title = sentence("report", "several", language)
            out.writelines(dressed(title, _index(title, summary, language), language))


def _page(checksum: str) -> str:
    # A folder of very many files is slow to open.
    return f"texts/{checksum[:2]}/{checksum}.html"


def _index(
    title: str, summary: Iterable[Mapping[str, str | int | None]], language: Language
) -> Iterator[str]:
    yield f'<article class="text-audit">\n<header>\n<h1>{shown(title)}</h1>\n'
    yield f'<p class="caution"><strong>{shown(sentence("audit", "consistent", language))}</strong></p>\n'
    heads = "".join(f'<th scope="col">{_heading(name, language)}</th>' for name in ("text_id", *_COUNTS))
    yield f'</header>\n<table class="index">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
    yield from (_row(row, language) for row in summary)
    yield "</tbody>\n</table>\n</article>\n"


def _row(row: Mapping[str, str | int | None], language: Language) -> str:
    """Return a text in the index: its counts, or why it has none."""
    name = f"<bdi>{shown(str(row['text_id']))}</bdi>"
    if row["sha256"]:
        name = f'<a href="{_page(str(row["sha256"]))}">{name}</a>'
    told = str(row["fault"] or "") or _same(row, language)
    if told:
        cells = f'<td class="told" colspan="{len(_COUNTS)}">{shown(told)}</td>'
    else:
        cells = "".join(f"<td>{count(int(row[each] or 0), language)}</td>" for each in _COUNTS)
    return (
        f'<tr><th scope="row">{name}<span class="small">{shown(str(row["place"]))}</span></th>{cells}</tr>\n'
    )


def _same(row: Mapping[str, str | int | None], language: Language) -> str:
    return sentence("many", "same", language, place=str(row["same_as"])) if row["same_as"] else ""


def _heading(name: str, language: Language) -> str:
    return shown(sentence("heading", name, language))
