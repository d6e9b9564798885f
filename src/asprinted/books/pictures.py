"""What a figure draws: a frame's numbers, and its words in both languages, joined by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from inspect import signature
from typing import TYPE_CHECKING, TypeAlias

from asprinted.books.scope import Scope
from asprinted.collection import templates
from asprinted.collection.collection import Collection
from asprinted.collection.fact import Fact
from asprinted.collection.frames import UNDRAWN
from asprinted.collection.wording import TEXTS, Entry
from asprinted.drawing.typesetting import curled
from asprinted.faults import Fault
from asprinted.prose.sentences import current_language, sentence
from asprinted.prose.writing import LANGUAGES, Bilingual, Language, choose

if TYPE_CHECKING:
    import pandas


Text: TypeAlias = str | tuple[str, str] | Mapping[Language, str]
"""A text of a reader's own, in the one language or as a pair of English and Chinese."""

MINE = "mine"
"""The part of an entry that names the source of a reader's own numbers."""


def unnamed(
    stem: str,
    rows: Iterable[Mapping[str, str]] = (),
    keys: Iterable[object] = (),
    given: Mapping[str, Text] | None = None,
    left_out: Iterable[Bilingual] = (),
) -> Entry:
    """Return words for a picture that has none but those given, and why its facts are kept apart.

    Without a title it has its stem; without any text of its own the note says so. rows: those of
    `apart.csv`. keys: the facts drawn. left_out: the names of those that are not, which the note tells.
    Raises Fault for what is no text.

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
    if "source" in own:
        said[MINE] = own["source"]
    for reason in (next(iter(side.values())) for side in sides.values() if len(side) > 1):
        note = said["note"]
        why = Bilingual.of(reason, "reason")
        said["note"] = Bilingual(f"{why.en} {note.en}".strip(), why.zh + note.zh)
    if out := list(left_out):
        told = [
            sentence(
                "unnamed", "left_out", each, named=choose(each, "; ", "；").join(name[each] for name in out)
            )
            for each in LANGUAGES
        ]
        said["note"] = Bilingual(f"{said['note'].en} {told[0]}".strip(), said["note"].zh + told[1])
    return Entry(stem, parts=said)


def _pair(part: str, text: Text) -> Bilingual:
    named: object = [text.get(each, "") for each in LANGUAGES] if isinstance(text, Mapping) else text
    pair = (text, text) if isinstance(text, str) else tuple(named) if isinstance(named, list | tuple) else ()
    if len(pair) != 2 or not all(isinstance(each, str) and each.strip() for each in pair):
        raise Fault.of(repr(text), "a text, or a pair of English and Chinese", part)
    return Bilingual(*pair)


def require_frame(stem: object, frame: object, card: object) -> None:
    """Raise Fault for a stem that is no text, and for what is no frame or has no row."""
    from pandas import DataFrame

    if not isinstance(stem, str) or not isinstance(frame, DataFrame):
        given = f"{type(stem).__name__} and {type(frame).__name__} in place of stem and frame"
        raise Fault.of(given, 'a text and a frame: book.draw(form, "my_chart", frame)')
    if frame.empty:
        raise Fault.of("a frame without a row", "a row for each mark", stem)
    if not isinstance(card, bool | DataFrame):
        raise Fault.of(f"card={card!r}", "True, False, or a frame of the rows on it", stem)


def require_call(form: object, stem: str, values: Mapping[str, object]) -> None:
    """Raise Fault for what draws no frame on `ax`, and for values that a picture without words takes none of.

    >>> require_call(print, "mine", {})                                    # doctest: +ELLIPSIS
    Traceback (most recent call last):
    asprinted.faults.Fault: column mine: found print, expected a form of asprinted.figures, or ...
    """
    from asprinted.figures.form import FigureForm

    if values:
        raise not_taken(form, stem, values)
    # A function of pyplot takes columns, and draws on axes of its own.
    if isinstance(form, FigureForm) or (callable(form) and _draws(form)):
        return
    name = getattr(form, "__name__", repr(form))
    way = f'book.draw(lambda data, ax: ax.bar(data["…"], data["…"]), "{stem}", …)'
    raise Fault.of(name, f"a form of asprinted.figures, or what draws a frame on `ax`: {way}", stem)


def _draws(call: Callable[..., object]) -> bool:
    try:
        return bool(signature(call).bind(None, ax=None)) and not call.__module__.startswith("matplotlib.")
    except (TypeError, ValueError):
        return False


def not_taken(form: object, stem: str, values: Mapping[str, object]) -> Fault:
    """Return the fault of values that a picture without words takes none of, with the line to type.

    >>> print(not_taken(sorted, "mine", {"x": "day"}).expected)
    title, note, alt and source alone: book.draw(lambda data, ax: sorted(data, x='day', ax=ax), "mine", …)
    """
    from asprinted.figures.form import FigureForm

    name = getattr(form, "__name__", "…").replace("<lambda>", "…")
    name = f"sns.{name}" if getattr(form, "__module__", "").startswith("seaborn") else name
    typed = [
        f"{each}={value!r}" if isinstance(value, str | int) else f"{each}=…" for each, value in values.items()
    ]
    line = f'book.draw(lambda data, ax: {name}(data, {", ".join(typed)}, ax=ax), "{stem}", …)'
    way = f"columns of the frame: {', '.join(form.columns)}" if isinstance(form, FigureForm) else line
    return Fault.of(
        f"the values {', '.join(values)}, which no picture takes",
        f"title, note, alt and source alone: {way}",
        stem,
    )


def called(collection: Collection, frame: pandas.DataFrame) -> dict[str, dict[str, str]]:
    """Return what the columns of a frame, their codes and the facts of its rows are called, by language."""
    from asprinted.collection.asked import Frame

    headings = collection.headings
    columns = {name: name for name in map(str, frame.columns)}
    # A reader's own column may have the name of one of ours, and mean something else.
    ours = columns if isinstance(frame, Frame) else {}
    known = [(name, headings[name]) for name in ours if name in headings]
    facts = [collection[key] for key in map(str, frame.index) if key in collection]
    said_of = [said for fact in facts for said in (fact.label, fact.title, fact.place)]
    named = names(collection, frame.index).values()
    return {
        language: columns
        | {name: heading.name[language] for name, heading in known}
        | {code: word[language] for _, heading in known for code, word in heading.cells.items()}
        | {said(each): said(language) for said in said_of for each in LANGUAGES}
        | {name[each]: name[language] for name in named for each in LANGUAGES}
        for language in LANGUAGES
    }


def names(collection: Collection, keys: Iterable[object]) -> dict[str, Bilingual]:
    """Return what tells the facts of a picture apart: places and periods, else what is counted, else both."""
    facts = [collection[key] for key in map(str, keys) if key in collection]
    ways: list[Callable[[Fact, Language], str]] = [
        lambda fact, language: fact.label(language),
        lambda fact, language: fact.title(language),
        lambda fact, language: f"{fact.label(language)}{choose(language, ': ', '：')}{fact.title(language)}",
    ]
    for way in ways:
        named = {fact.key: Bilingual(*(way(fact, language) for language in LANGUAGES)) for fact in facts}
        if all(len({each[language] for each in named.values()}) == len(named) for language in LANGUAGES):
            break
    return named


def readied(
    form: object, frame: pandas.DataFrame, named: Mapping[str, Bilingual], collection: Collection
) -> pandas.DataFrame:
    """Return the frame that a reader's picture draws, with the names that tell its rows apart.

    A label that the reader gave stays. A form of the house has the names in both languages, and takes of a
    book's frame what it draws; a row without a number that the form needs is left out.
    """
    from asprinted.figures.form import FigureForm

    given = dict(frame["label"]) if "label" in frame else {}
    ours = all(given.get(key) in (None, *map(collection[key].label, LANGUAGES)) for key in named)
    if not isinstance(form, FigureForm):
        language = current_language()
        labels = [named[key][language] if key in named else label for key, label in given.items()]
        return frame.assign(label=labels) if given and ours else frame.copy()
    numbers = [each for each, kind in form.columns.items() if kind == "numbers" and each in frame]
    needed = [each for each in numbers if each not in form.optional]
    ends = [each for each in ("value", "low", "high") if each in numbers and not needed]
    table = frame.dropna(subset=needed)
    table = table.dropna(subset=ends, how="all") if ends else table
    if ours and set(table.index) <= named.keys():
        return _dressed(table, named, collection)
    return table


def _dressed(
    table: pandas.DataFrame, named: Mapping[str, Bilingual], collection: Collection
) -> pandas.DataFrame:
    """Return rows of a book's frame as a form draws them: named, with their numbers as they are printed."""
    rows, spoken = [(named[key], collection[key]) for key in map(str, table.index)], collection.languages
    words = {f"label_{each}": [name[each] for name, _ in rows] for each in spoken}
    words |= {f"shown_{each}": [fact.as_printed or fact.text(each) for _, fact in rows] for each in spoken}
    # Of a book's frame these say something else, in codes of rules; what a reader put there stays.
    codes = {name: [fact.columns.get(name, "") for _, fact in rows] for name in ("shown", "group")}
    left = [name for name, cells in codes.items() if name in table and [*table[name]] == cells]
    if "shown" in table and "shown" not in left:
        words = {name: cells for name, cells in words.items() if not name.startswith("shown")}
    plain = table.drop(columns=["label", "unit", *left], errors="ignore").assign(**words)
    if "high" in plain and "low" in plain:
        # At least 95% of a whole is at most all of it: words know no meanings, and a picture does.
        open_rates = [fact.kind == "rate" and fact.high is None and fact.low is not None for _, fact in rows]
        plain.loc[open_rates, "high"] = 1.0
    return plain if "printed" in plain else plain.assign(printed=[not fact.derived for _, fact in rows])


def table(
    entry: Entry, frame: pandas.DataFrame, scope: Scope, languages: Iterable[Language], file: str
) -> pandas.DataFrame:
    """Return what a form draws: the frame's numbers and keys, and a column a language of each of its words.

    A column of the entry is one template for every row (its holes are the row's columns, the row's fact as
    `row`, facts and values), or a text for each key. Raises Fault for a row that has no text.
    """
    import pandas as pd

    kept = [name for name in frame.columns if name not in UNDRAWN and name not in entry.columns]
    drawn = pd.DataFrame(index=frame.index.rename(frame.index.name or "key"))
    rows = [(str(key), row) for key, row in zip(frame.index, frame.to_dict("records"), strict=True)]
    for name, texts in entry.columns.items():
        for language in languages:
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
    collection: Collection,
    frame: pandas.DataFrame,
    language: Language,
    *,
    on_card: bool,
    own: bool,
    mine: str = "",
) -> str:
    """Return the source of a figure: the article, and how many other publishers its rows rest on or name.

    own: whether it is a reader's, which need not rest on the article, nor its rows be facts. mine: where the
    reader's own numbers come from, as the reader says it. A card travels without the table that names the
    others.
    """
    article = collection.rows("printed")[0]["source"]
    row = next(row for row in collection.rows("sources") if row["key"] == article)
    name = row.get("publisher_zh") or row["publisher"]
    rows = [key for key in frame.index if key in collection]
    keys = {key for fact in rows for key in collection[fact].keys}
    typed = [collection.facts.typed.row(key) for key in keys]
    named = [each.get("publisher", "") for each in typed]
    by_reader = own and (len(rows) < len(frame) or any(each.get("mine") for each in typed))
    told = {name for cell in frame.get("source", ()) for name in str(cell).split("; ")}
    publishers = ({*named} | told) - {"", article}
    # A figure of the collection is about the article: what it holds beside others need be no row.
    by_article = "" in named or not own
    # What has one name is named once.
    short = "_on_card" * (on_card or (language == "en" and name == row["publisher"]))
    of_others = "sources" + short if by_article else "others" + "_on_card" * on_card
    parts = [of_others] if publishers else ["source" + short] * by_article
    said = [
        sentence(
            "figure",
            part,
            language,
            publisher=row["publisher"],
            own=name,
            title=row["title"],
            year=row["published"][:4] or choose(language, "n.d.", "××"),
            others=str(len(publishers)),
        )
        for part in [*parts, *["reader" + "_on_card" * on_card] * (by_reader and not mine)]
    ]
    return choose(language, "; ", "；").join([*said, *[mine] * bool(mine)])
