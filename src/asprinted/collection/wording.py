"""The words of a notebook: every sentence beside it, in both languages, with what proves it.

`notebooks/words/<notebook>.toml` holds entries that are said, figures with their captions and labels, and the
Chinese of prose cells. A text names facts and values by placeholders and types no number. An entry that
compares, counts or judges carries `holds`, formulas that are decided each time it is said, or `because`, the
key of a source. Chinese stands beside a digest of the English that it translates.
"""

import hashlib
import os
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from asprinted.collection import lint, templates
from asprinted.collection.files import parsed
from asprinted.collection.proofs import Proof
from asprinted.collection.shapes import Shape
from asprinted.escaping import markup
from asprinted.faults import Fault, Gathered, hidden, near, quote
from asprinted.prose.writing import LANGUAGES, Bilingual, Language

TEXTS = ("title", "subtitle", "note", "alt")
ON_CARD = {"card_title": "title", "card_subtitle": "subtitle"}
"""Shorter texts for a card, where the figure's own have no room there, and which they stand for."""
NO_MARKUP = "no HTML and no comment, and links to the web or to files alone"
SOURCE = "source"
"""Where a figure's numbers come from, if neither from the article nor from a publisher."""
_PARTS = {*TEXTS, *ON_CARD, SOURCE}
_LIMITS = {"en": "What this cannot say", "zh": "这些数字不能说明什么"}


def digest(text: str) -> str:
    r"""Return what tells one state of an English text from another, as `zh_of` holds it.

    >>> digest("Of 5 rates found 5 are higher.\n") == digest("Of 5 rates found 5 are higher.")
    True
    """
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Entry:
    """What is said at one place: a sentence (`text`), or a figure's texts and the columns of its labels.

    holds: formulas that must be true where it is said. because: the keys of sources that say what no figure
    can. beside: why facts that are kept apart elsewhere stand together here.
    """

    name: str
    text: Bilingual | None = None
    parts: Mapping[str, Bilingual] = field(default_factory=dict)
    columns: Mapping[str, Bilingual | Mapping[str, Bilingual]] = field(default_factory=dict)
    holds: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    beside: str = ""

    def pairs(self) -> Iterator[tuple[str, Bilingual]]:
        """Yield every text of the entry with where it stands."""
        if self.text:
            yield self.name, self.text
        for name, pair in self.parts.items():
            yield f"{self.name}.{name}", pair
        for column, texts in self.columns.items():
            if isinstance(texts, Bilingual):
                yield f"{self.name}.{column}", texts
            else:
                yield from ((f"{self.name}.{column}.{key}", pair) for key, pair in texts.items())

    @cached_property
    def used(self) -> set[str]:
        """The facts and values that its texts and proofs name."""
        holes = {name for _, pair in self.pairs() for name in templates.placeholders(pair.en)}
        return holes | {name for text in self.holds for name in Proof(text).names}


@dataclass(frozen=True)
class Words:
    """The words of one notebook."""

    file: str
    entries: Mapping[str, Entry]
    cells: Mapping[str, Bilingual]
    there: bool = True

    def __getitem__(self, name: str) -> Entry:
        """Return an entry; Fault, naming the nearest, where there is none."""
        if name in self.entries:
            return self.entries[name]
        if not self.there:
            raise Fault(self.file, None, name, "no such file", f"notebooks/words/{self.file}, with [{name}]")
        hint = near(name, self.entries, "[{}]")
        raise Fault(self.file, None, name, f"no entry [{name}]", f"one of that name{hint}")

    def proven(self, entry: Entry, lookup: Callable[[str], Any], shown: Callable[[str], str]) -> None:
        """Decide what an entry claims; raise Faults with every formula that does not hold, and its values.

        lookup gives the value of a name to a claim, shown the same for a reader.
        """
        with Gathered(self.file, "nothing was said", columns=()) as faults:
            for text in entry.holds:
                claim = Proof(text)
                with faults.at(column=f"{entry.name}, holds"):
                    truth = claim.decide(lookup)
                    if truth is not True:
                        values = "; ".join(f"{name} = {shown(name)}" for name in claim.names)
                        why = "is false" if truth is False else "only some admitted values make true"
                        expected = "a claim that holds: correct the sentence and its proof, or the data"
                        raise Fault.of(f"{quote(text)}, which {why} ({values})", expected)


# ------------------------------------------------------------------------------------------------- reading


def _shown(value: object) -> str:
    return "nothing" if isinstance(value, str) and not value.strip() else f"{value!r}"


_WORDS = Shape("words", _shown)
_COLUMNS = Shape(
    "columns",
    repr,
    {
        "visible": lambda text: not hidden(text),
        "number format": lambda text: not text or templates.is_of_numbers(text),
    },
)
_EXCEPTIONS = Shape("exceptions", lambda _: "no list of phrases")
_TEXTS = {"en", "zh", "zh_of", "holds", "because", "beside"}


def _take_misshapen(loaded: dict[str, Any], shape: Shape) -> Iterator[Fault]:
    """Take out of what a file holds all that is misshapen; yield it, told by its table and its text."""
    for place, found, expected in shape.misshapen(loaded):
        *tables, last = map(str, place)
        mark = ", " if tables and last in _TEXTS else "." * bool(tables)
        where = ".".join(tables) + mark + last
        yield Fault.of(found, expected.replace("[name]", f"[{where}]"), where)
        holder = reduce(lambda table, name: table.get(name, {}), tables, loaded)
        holder.pop(last, None)
        if last in LANGUAGES:
            # That something is meant to be said there is clear: an entry that says nothing is another fault.
            holder[last] = ""


class Exceptions(NamedTuple):
    """Exact phrases in which a digit is no figure, and in which a word that claims elsewhere does not."""

    figures: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


def exceptions(folder: Path) -> Exceptions:
    """Return the exact phrases in which a number word is no figure, or a claiming word no claim.

    They stand in `exceptions.toml`, the latter in `[claims]`, each with its reason. Raises Faults where the
    file is no TOML or holds anything but phrases.
    """
    file = folder / "exceptions.toml"
    loaded = _toml(file)
    with Gathered(file.name) as faults:
        faults.extend(_take_misshapen(loaded, _EXCEPTIONS))
    claims = loaded.pop("claims", {})
    return Exceptions(*(tuple(chain.from_iterable(held.values())) for held in (loaded, claims)))


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column is called, how its numbers are written, and what its words are in either language."""

    name: Bilingual
    format: str
    cells: Mapping[str, Bilingual]


def headings(folder: Path) -> dict[str, Heading]:
    """Return what columns of frames are called, and how their cells are written: `columns.toml`.

    Raises Faults where the file is no TOML, a heading lacks a language, or has a key that nobody reads.
    """
    file = folder / "columns.toml"
    loaded = _toml(file)
    with Gathered(file.name) as faults:
        faults.extend(_take_misshapen(loaded, _COLUMNS))
    words = {name: table.get("cells", {}) for name, table in loaded.items()}
    cells = {name: {word: _pair(each) for word, each in held.items()} for name, held in words.items()}
    return {
        name: Heading(_pair(table), table.get("format", ""), cells[name]) for name, table in loaded.items()
    }


def _toml(file: Path) -> dict[str, Any]:
    """Return what a file holds; nothing where there is none."""
    there = os.path.lexists(file)
    return parsed(file, "words", tomllib.loads, "TOML", "a file that TOML reads") if there else {}


def read(
    file: Path,
    excepted: Exceptions,
    sources: Collection[str],
    languages: Collection[Language] = LANGUAGES,
) -> Words:
    """Return the words of a notebook from their file.

    excepted: phrases that type no figure and claim nothing. sources: the keys that `because` may name.
    languages: those that the collection speaks; where that is one, its texts stand for both. Raises Faults
    with everything that is wrong, at once: a missing language, a key that nobody reads, a stale digest, names
    that differ between the languages, a digit or number word typed, a comparison without proof, a formula
    that is none.
    """
    loaded = _toml(file)
    if len(languages) == 1:
        _double(loaded, *languages)
    with Gathered(file.name, "nothing was said") as faults:
        faults.extend(_take_misshapen(loaded, _WORDS))
        cells = {name: _pair(table) for name, table in loaded.pop("cells", {}).items()}
        entries = {name: _entry(name, table) for name, table in loaded.items()}
        unspoken = tuple(f", {each}" for each in LANGUAGES if each not in languages)
        for entry in entries.values():
            found = _check_entry(entry, excepted.figures, sources)
            faults.extend(fault for fault in found if not fault.column.endswith(unspoken))
        for name, pair in cells.items():
            faults.extend(_check_plain(f"cells.{name}, zh", pair.zh))
            faults.extend(_check_prose(f"cells.{name}", pair.zh, "zh", excepted))
    return Words(file.name, entries, cells)


def _double(table: dict[str, Any], language: Language) -> None:
    """Let each text in the one language of a collection stand for the other, which nobody is shown."""
    text = table.get(language)
    if isinstance(text, str):
        table.update(dict.fromkeys(LANGUAGES, text), zh_of=digest(text))
    for inner in table.values():
        if isinstance(inner, dict):
            _double(inner, language)


def _entry(name: str, table: Mapping[str, Any]) -> Entry:
    """Return one table of the file as an entry."""
    holds, because = (_listed(table.get(key, [])) for key in ("holds", "because"))
    columns = {
        column: _pair(texts) if _is_said(texts) else {key: _pair(pair) for key, pair in texts.items()}
        for column, texts in table.items()
        if column not in _TEXTS | _PARTS
    }
    parts = {part: _pair(table[part]) for part in table if part in _PARTS}
    text = _pair(table) if _is_said(table) else None
    return Entry(name, text, parts, columns, holds, because, table.get("beside", ""))


def _is_said(table: Mapping[str, Any]) -> bool:
    return any(language in table for language in LANGUAGES)


def _pair(table: Mapping[str, str]) -> Bilingual:
    return Bilingual(*(table.get(key, "") for key in (*LANGUAGES, "zh_of")))


def _listed(texts: str | list[str]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _check_plain(where: str, text: str) -> Iterator[Fault]:
    """Yield what Markdown or a reader would not take for text."""
    if unseen := hidden(text, "\n"):
        expected = "a text without control or other hidden characters"
        yield Fault.of(f"{unseen} in {quote(text)}", expected, where)
    elif odd := markup(text):
        yield Fault.of(quote(odd), NO_MARKUP, where)


def _check_entry(entry: Entry, phrases: Iterable[str], sources: Collection[str]) -> Iterator[Fault]:
    missing = [part for part in TEXTS if part not in entry.parts]
    if entry.text is None and not entry.parts:
        expected = "a sentence in en and zh, or a figure with title, note and alt"
        yield Fault.of("neither en nor title", expected, entry.name)
    elif entry.parts and missing:
        yield Fault.of(f"no {', '.join(missing)}", "all of " + ", ".join(TEXTS), entry.name)
    yield from _check_plain(f"{entry.name}, beside", entry.beside)
    for where, pair in entry.pairs():
        for language in LANGUAGES:
            yield from _check_plain(f"{where}, {language}", pair[language])
        yield from _check_pair(where, pair)
        for language in LANGUAGES:
            yield from _check_text(where, pair[language], language, phrases)
    for text in entry.holds:
        try:
            Proof(text)
        except Fault as fault:
            yield fault.at(column=f"{entry.name}, holds")
    for source in entry.because:
        if source not in sources:
            yield Fault.of(quote(source), "the key of a row of sources.csv", f"{entry.name}, because")
    if entry.holds or entry.because:
        return
    # A label names, it does not claim.
    texts = [pair for where, pair in entry.pairs() if "." not in where or where.endswith((*TEXTS, *ON_CARD))]
    spoken = [(pair[language], language) for pair in texts for language in LANGUAGES]
    claimed = [word for text, language in spoken for word in lint.judged(text, language, phrases)]
    if claimed:
        expected = "holds = a formula over facts and values, or because"
        yield Fault.of(f"{_quoted(claimed)} without proof", expected, entry.name)


def _check_pair(where: str, pair: Bilingual) -> Iterator[Fault]:
    """Yield a translation of another text, and languages that do not name the same."""
    if pair.en.strip() and pair.zh.strip():
        yield from _check_digest(f"{where}, zh", pair, pair.en, "the Chinese says what the English says")
    try:
        named = {language: set(templates.placeholders(pair[language])) for language in LANGUAGES}
    except Fault as fault:
        yield fault.at(column=where)
        return
    if named["en"] != named["zh"] and pair.en.strip() and pair.zh.strip():
        odd = sorted(named["en"] ^ named["zh"])
        found = f"{', '.join(odd)} in one language alone"
        yield Fault.of(found, "the same placeholders in both", where)


def _check_digest(where: str, pair: Bilingual, english: str, says: str) -> Iterator[Fault]:
    if pair.zh_of != digest(english):
        found = f'zh_of = "{pair.zh_of}"' if pair.zh_of else "no zh_of"
        yield Fault.of(found, f'zh_of = "{digest(english)}", once {says}', where)


def _quoted(found: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(map(quote, found)))


def _check_text(
    where: str, text: str, language: Language, phrases: Iterable[str], said: str = "a placeholder"
) -> Iterator[Fault]:
    """Yield digits and number words that a text types."""
    if typed := lint.typed(text, language, phrases):
        expected = f"{said}, or an exact phrase in words/exceptions.toml where it is no figure"
        yield Fault.of(f"{_quoted(typed)} typed", expected, f"{where}, {language}")


def _check_prose(where: str, text: str, language: Language, excepted: Exceptions) -> Iterator[Fault]:
    """Yield what prose types, its markup, and what it claims: nothing proves it there."""
    yield from _check_text(where, text, language, excepted.figures, "an entry that is said")
    where = f"{where}, {language}"
    if odd := markup(text):
        yield Fault.of(quote(odd), NO_MARKUP, where)
    if claimed := lint.claimed(text, language, [*excepted.figures, *excepted.claims]):
        yield Fault.of(f"{_quoted(claimed)} in prose", "an entry that is said, with its proof", where)


def check_apart(read_words: Words, rows: Iterable[Mapping[str, str]]) -> Iterator[Fault]:
    """Yield the entries that set facts beside each other which `apart.csv` keeps apart, without a reason."""
    sides: dict[str, dict[str, tuple[str, str]]] = {}
    for row in rows:
        sides.setdefault(row["subject"], {})[row["key"]] = row["side"], row["reason_en"]
    expected = 'one side alone, or beside = "why they stand together here"'
    for entry in read_words.entries.values():
        for kept in sides.values():
            named = [key for key in kept if key in entry.used]
            if len({kept[key][0] for key in named}) > 1 and not entry.beside:
                found = f"{', '.join(named)} in one entry ({kept[named[0]][1]})"
                yield Fault(read_words.file, None, entry.name, found, expected)


# ----------------------------------------------------------------------------------------- beside the cells

_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)


def check_cells(
    read_words: Words,
    prose: Mapping[str, str],
    called: Iterable[str],
    excepted: Exceptions,
    languages: Sequence[Language] = LANGUAGES,
) -> Iterator[Fault]:
    """Yield what is wrong between a notebook and its words.

    prose: the text of each prose cell by its id, in the first of the collection's `languages`; where that is
    the only one, no cell needs another. called: the entries that its code says or draws. Told are
    prose without its Chinese or with that of another text, Chinese without prose, prose that types a figure
    or claims, entries that nothing says, and a last section that is not on the limits.
    """
    for name, text in prose.items():
        pair = read_words.cells.get(name)
        if len(languages) == 1 and pair is None:
            pass
        elif pair is None:
            expected = f'the cell in Chinese, with zh_of = "{digest(text)}"'
            yield Fault.of("nothing", expected, f"cells.{name}, zh")
        else:
            yield from _check_digest(f"cells.{name}, zh", pair, text, "it says what the cell says")
        yield from _check_prose(f"cell {name}", text, languages[0], excepted)
    for name in read_words.cells.keys() - prose.keys():
        yield Fault.of("no prose cell of that id", "one of the notebook's", f"cells.{name}")
    for name in read_words.entries.keys() - set(called):
        yield Fault.of("an entry that nothing says", "a cell that says or draws it, or no such entry", name)
    headings = [heading for text in prose.values() for heading in _HEADING.findall(text)]
    if headings and headings[-1] != _LIMITS[languages[0]]:
        yield Fault.of(quote(headings[-1]), quote(_LIMITS[languages[0]]), "the last heading")
