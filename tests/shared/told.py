"""What a reader of the collection is told: prose, outputs and captions, each with where it stands."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from asprinted.collection.cards import cards as cards_of
from asprinted.collection.collection import Collection
from asprinted.rerun import editions, notebooks

HOME = Path(__file__).resolve().parents[2]
ENGLISH = Collection(HOME).notebooks
NOTEBOOKS = [*ENGLISH, *(place for path in ENGLISH if (place := editions.place(path)).is_file())]
CARDS = {stem: json.loads(card.text()) for stem, card in cards_of(HOME / "figures").items()}


def cells(kind: str) -> Iterator[tuple[str, str]]:
    """Yield the sources of all cells of a kind, `code` or `markdown`."""
    for path in NOTEBOOKS:
        for number, cell in enumerate(notebooks.read(path).cells):
            if cell.cell_type == kind:
                yield f"{path.parent.name}/{path.stem}, cell {number}", cell.source


def outputs(path: Path) -> Iterator[str]:
    """Yield what the cells of a notebook show as text, each in its kinds: plain, Markdown, HTML."""
    for cell in notebooks.read(path).cells:
        for output in cell.get("outputs", []):
            kinds = output.get("data", {}).items()
            shown = (str(data) for kind, data in kinds if kind.startswith("text/"))
            yield output.get("text") or "\n\n".join(shown)


@cache
def everything() -> tuple[tuple[str, str], ...]:
    """Return each thing that a reader is told, one by one: prose of notebooks, outputs, captions."""
    shown = ((f"{path.parent.name}/{path.stem}", text) for path in NOTEBOOKS for text in outputs(path))
    captions = (
        (f"{stem}.{language}", " ".join(card[language].values()))
        for stem, card in CARDS.items()
        for language in ("en", "zh")
    )
    return (*cells("markdown"), *shown, *captions)
