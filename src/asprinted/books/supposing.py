"""What would move if other numbers were printed: values, checks, and what the notebooks say of them.

The notebooks' own cells run in this process over the collection as it would be. They draw nothing, and
nothing is written.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from asprinted.collection.collection import Collection
from asprinted.collection.fact import Fact, UnusableError
from asprinted.collection.files import read_text
from asprinted.exact.verdicts import Verdict
from asprinted.faults import Fault, Faults
from asprinted.prose import sentences
from asprinted.prose.sentences import Prose
from asprinted.prose.writing import Bilingual, Language

if TYPE_CHECKING:
    import pandas

Opens: TypeAlias = Callable[[Collection, str, Language], Any]
"""What opens the book of a notebook over a collection."""

OPENS: ContextVar[Callable[[str], Any] | None] = ContextVar("OPENS", default=None)
"""Who opens the books of cells that no reader runs; None where a reader does."""

COLUMNS = ("what", "title", "before", "after", "fails")


class Told(NamedTuple):
    """What a collection says at one place: a value, a check or a sentence, and whether that fails."""

    what: str
    title: str
    text: str
    fails: bool = False


def what_if(
    collection: Collection, tokens: Mapping[str, str], language: Language, book: Opens
) -> pandas.DataFrame:
    """Return what a collection says otherwise when some of its printed figures have other tokens.

    book: opens the book of a notebook. Raises KeyError and Fault as `Collection.supposed`.
    """
    import pandas as pd

    states = (collection, collection.supposed(tokens))
    before, after = (dict(told(each, language, book)) for each in states)
    moved = {
        key: (now.what, now.title or was.title, was.text, now.text, now.fails)
        for key, now in after.items()
        if now != (was := before.get(key, Told(now.what, now.title, "")))
    }
    return pd.DataFrame.from_dict(moved, orient="index", columns=list(COLUMNS)).rename_axis("key")


def told(collection: Collection, language: Language, book: Opens) -> Iterator[tuple[str, Told]]:
    """Yield everything that a collection says, by key: values, checks, and the sentences of its notebooks."""
    for key in collection:
        # What must not be shown is no value that a reader could see move.
        with suppress(UnusableError):
            yield key, _value(collection, key, language)
    for name in [*collection.relations(), *collection.relations("benchmark_relations")]:
        check = collection.check(name)
        text, fails = sentences.told(check, language), check.verdict is Verdict.CONTRADICTED
        row = collection.relation_row(name)
        yield row.get("ref") or name, Told("check", Bilingual.of(row, "title")[language], text, fails)
    for each in collection.ledger:
        if each.kind != "recomputed":
            fails = each.result in ("flag", "differs")
            yield each.ref or each.id, Told("check", each.titles[language], each.gloss(language), fails)
    for path in collection.notebooks:
        yield from _heard(path, lambda name: book(collection, name, language)).items()


def _value(collection: Collection, key: str, language: Language) -> Told:
    try:
        fact = collection[key]
        return Told("value", fact.title(language), fact.as_printed or fact.text(language))
    except Fault as fault:
        return Told("value", "", str(fault), fails=True)


def _heard(path: Path, book: Callable[[str], Any]) -> dict[str, Told]:
    """Run a notebook's cells; return what they say, and where one fails."""
    said, number = dict[str, Told](), 0
    opened = OPENS.set(lambda name: _Heard(book(name), said))
    try:
        cells = json.loads(read_text(path))["cells"]
        space: dict[str, Any] = {"__name__": "__main__"}
        for number, cell in enumerate(cells, start=1):  # noqa: B007 - it tells which one failed
            if cell["cell_type"] == "code":
                with redirect_stdout(io.StringIO()):
                    exec(compile("".join(cell["source"]), path.name, "exec"), space)
    # A cell is the reader's own code, which may fail as it likes.
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        said[f"{path.name[:2]} [{number}]"] = Told("cell", path.stem, told, fails=True)
    finally:
        OPENS.reset(opened)
    return said


class _Heard:
    """A book whose sentences and captions are taken down, those that fail among them."""

    def __init__(self, book: Any, said: dict[str, Told]) -> None:
        self._book, self._said = book, said

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    def __getitem__(self, key: str) -> Fact:
        fact: Fact = self._book[key]
        return fact

    def say(self, entry: str, **values: Any) -> Prose:
        return Prose(self._take(entry, lambda: self._book.say(entry, **values)))

    def draw(self, form: object, stem: str, frame: object, *, card: object = False, **values: Any) -> str:
        def caption() -> str:
            told = self._book.caption(stem, frame, **values)
            return " ".join((told.title, told.subtitle, told.note))

        return self._take(stem, caption)

    def _take(self, entry: str, say: Callable[[], str]) -> str:
        place = f"{self._book.name[:2]} {entry}"
        try:
            self._said[place] = Told("sentence", entry, say())
        except (Fault, Faults) as fault:
            self._said[place] = Told("sentence", entry, str(fault), fails=True)
        return self._said[place].text
