"""What a reader of the collection is told: prose, outputs and captions, each with where it stands."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from guandu import collection

HOME = Path(__file__).resolve().parents[1]
NOTEBOOKS = collection.notebooks(HOME)
CARDS = collection.cards(HOME / "figures")


def cells(kind: str) -> Iterator[tuple[str, str]]:
    """Yield the sources of all cells of a kind, `code` or `markdown`."""
    for path in NOTEBOOKS:
        for number, cell in enumerate(collection.read(path).cells):
            if cell.cell_type == kind:
                yield f"{path.stem}, cell {number}", cell.source


def outputs(path: Path) -> Iterator[str]:
    """Yield what the cells of a notebook show as text, each in its kinds: plain, Markdown, HTML."""
    for cell in collection.read(path).cells:
        for output in cell.get("outputs", []):
            kinds = output.get("data", {}).items()
            shown = (str(data) for kind, data in kinds if kind.startswith("text/"))
            yield output.get("text") or "\n\n".join(shown)


@cache
def everything() -> tuple[tuple[str, str], ...]:
    """Return each thing that a reader is told, one by one: prose of notebooks, outputs, captions."""
    shown = ((path.stem, text) for path in NOTEBOOKS for text in outputs(path))
    captions = (
        (f"{stem}.{language}", f"{card[language]['caption']} {card[language]['alt']}")
        for stem, card in CARDS.items()
        for language in ("en", "zh")
    )
    return (*cells("markdown"), *shown, *captions)
