"""What a figure draws: a frame's numbers, and its words in both languages, joined by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from asprinted.books.scope import Scope
from asprinted.collection import templates
from asprinted.collection.collection import Collection
from asprinted.collection.frames import UNDRAWN
from asprinted.collection.wording import TEXTS, Entry
from asprinted.drawing.typesetting import curled
from asprinted.faults import Fault
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import LANGUAGES, Bilingual, Language, choose

if TYPE_CHECKING:
    import pandas


Text: TypeAlias = str | tuple[str, str]
"""A text of a reader's own, in the one language or as a pair of English and Chinese."""


def unnamed(
    stem: str,
    rows: Iterable[Mapping[str, str]] = (),
    keys: Iterable[object] = (),
    given: Mapping[str, Text] | None = None,
) -> Entry:
    """Return words for a picture that has none but those given, and why its facts are kept apart.

    Without a title it has its stem; without any text of its own the note says so. rows: those of
    `apart.csv`. keys: the facts drawn. Raises Fault for what is no text.

    >>> unnamed("my_chart").parts["title"]["en"]
    'My chart'
    >>> unnamed("my_chart", given={"title": ("Cases", "案件")}).parts["title"]["zh"]
    '案件'
    """
    own = {part: _pair(part, text) for part, text in (given or {}).items() if text}
    title = own.get("title", Bilingual(*[stem.replace("_", " ").capitalize()] * 2))
    said = {
        part: own.get(
            part, Bilingual(*(sentence("unnamed", part, each, title=title[each]) for each in LANGUAGES))
        )
        for part in TEXTS
    }
    if own and "note" not in own:
        said["note"] = Bilingual("", "")
    drawn, sides = set(keys), dict[str, dict[str, Mapping[str, str]]]()
    for row in rows:
        if row["key"] in drawn:
            sides.setdefault(row["subject"], {})[row["side"]] = row
    for reason in (next(iter(side.values())) for side in sides.values() if len(side) > 1):
        note = said["note"]
        said["note"] = Bilingual(f"{reason['reason_en']} {note.en}".strip(), reason["reason_zh"] + note.zh)
    return Entry(stem, parts=said)


def _pair(part: str, text: Text) -> Bilingual:
    pair = (text, text) if isinstance(text, str) else tuple(text)
    if len(pair) != 2 or not all(isinstance(each, str) and each.strip() for each in pair):
        raise Fault.of(repr(text), "a text, or a pair of English and Chinese", part)
    return Bilingual(*pair)


def called(collection: Collection, frame: pandas.DataFrame) -> dict[str, dict[str, str]]:
    """Return what the columns of a frame, their codes and the facts of its rows are called, by language."""
    headings = collection.headings
    known = [(name, headings[name]) for name in map(str, frame.columns) if name in headings]
    facts = [collection[key] for key in map(str, frame.index) if key in collection]
    said_of = [said for fact in facts for said in (fact.label, fact.title)]
    return {
        language: {name: heading.name[language] for name, heading in known}
        | {code: word[language] for _, heading in known for code, word in heading.cells.items()}
        | {said(each): said(language) for said in said_of for each in LANGUAGES}
        for language in LANGUAGES
    }


def table(entry: Entry, frame: pandas.DataFrame, scope: Scope, file: str) -> pandas.DataFrame:
    """Return what a form draws: the frame's numbers and keys, and a column a language of each of its words.

    A column of the entry is one template for every row (its holes are the row's columns, the row's fact as
    `row`, facts and values), or a text for each key. Raises Fault for a row that has no text.
    """
    import pandas as pd

    kept = [name for name in frame.columns if name not in UNDRAWN and name not in entry.columns]
    drawn = pd.DataFrame(index=frame.index.rename(frame.index.name or "key"))
    rows = [(str(key), row) for key, row in zip(frame.index, frame.to_dict("records"), strict=True)]
    for name, texts in entry.columns.items():
        for language in LANGUAGES:
            cells = []
            for key, row in rows:
                # A text for each key, or for each value that the column of that name has.
                pair = (
                    texts if isinstance(texts, Bilingual) else texts.get(key) or texts.get(str(row.get(name)))
                )
                where = f"{entry.name}.{name}"
                if pair is None:
                    missing = f'no text for the row "{key}"'
                    raise Fault(file, None, where, missing, "one for each row that is drawn")
                lookup = scope.of_row(key, row).__getitem__
                try:
                    cells.append(curled(templates.fill(pair[language], lookup, language, scope.check)))
                except Fault as fault:
                    raise fault.at(file=file, column=f"{where}, {language}") from None
            drawn[f"{'label' if name == 'rows' else name}_{language}"] = cells
    return pd.concat([drawn, frame[kept]], axis=1)


def cited(
    collection: Collection, frame: pandas.DataFrame, language: Language, *, on_card: bool, own: bool
) -> str:
    """Return the source of a figure: the article, and how many other publishers its rows rest on.

    own: whether it is a reader's, which need not rest on the article, nor its rows be facts. A card travels
    without the table that names the others.
    """
    article = collection.rows("printed")[0]["source"]
    row = next(row for row in collection.rows("sources") if row["key"] == article)
    rows = [key for key in frame.index if key in collection]
    keys = {key for fact in rows for key in collection[fact].keys}
    typed = [collection.facts.typed.row(key) for key in keys]
    named = [each.get("publisher", "") for each in typed]
    by_reader = own and (len(rows) < len(frame) or any(each.get("mine") for each in typed))
    publishers = sorted({*named} - {""})
    # A figure of the collection is about the article: what it holds beside others need be no row.
    by_article = "" in named or not own
    of_others = ("sources" if by_article else "others") + "_on_card" * on_card
    parts = [of_others] if publishers else ["source" + "_on_card" * on_card] * by_article
    said = [
        sentence(
            "figure",
            part,
            language,
            publisher=row["publisher"],
            own=row.get("publisher_zh") or row["publisher"],
            title=row["title"],
            year=row["published"][:4],
            others=str(len(publishers)),
        )
        for part in [*parts, *["reader"] * by_reader]
    ]
    return choose(language, "; ", "；").join(said)
