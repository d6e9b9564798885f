"""What a notebook works with: the tables as frames, the facts, and its words, in one language."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asprinted.books import pictures, supposing
from asprinted.books.scope import Scope
from asprinted.books.showing import Headings, kernel, register
from asprinted.collection import frames, own, sets, templates
from asprinted.collection.cards import Caption, Credit
from asprinted.collection.collection import Collection
from asprinted.collection.fact import Fact, UnusableError
from asprinted.collection.tables import find
from asprinted.collection.wording import ON_CARD, SOURCE, TEXTS, Entry
from asprinted.drawing.typesetting import curled
from asprinted.escaping import markdown
from asprinted.exact.verdicts import Check
from asprinted.faults import Fault, Gathered, near, quote
from asprinted.languages import Stated, stated
from asprinted.prose import sentences
from asprinted.prose.sentences import Prose
from asprinted.prose.writing import Bilingual, Language

if TYPE_CHECKING:
    import pandas

    from asprinted.figures.saving import Saved


FRAMES = {
    "printed": "printed",
    "derived": "derived",
    "benchmarks": "benchmarks",
    "checks": "relations",
    "benchmark_checks": "benchmark_relations",
    "ledger": "relations",
    "published": "published_rates",
    "rates": "relations",
}
"""The frames of a book, each with the table that a collection needs for it."""


class Book:
    """A notebook's book: the collection's tables as frames, its facts and checks, and its own words."""

    def __init__(self, collection: Collection, name: str, language: Language) -> None:
        """Open a book; Faults with everything that is wrong in the notebook's words."""
        self.collection, self.name, self.language = collection, name, language
        self.words = collection.words(name)
        self.headings = Headings(collection.headings, language)

    def __repr__(self) -> str:
        """Say which frames a reader may look at."""
        return (
            f"{self.name}: book.printed, .derived, .benchmarks, .published, .checks, .ledger, .rates; "
            "book.columns, .tables[name]; book.elsewhere(set), .facts(key, …), .what_if(key=…), "
            ".draw(form, stem, frame); book[key]"
        )

    def __getitem__(self, key: str) -> Fact:
        """Return a fact by its key."""
        return self.collection[key]

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.collection)

    # -------------------------------------------------------------------------------------------- frames

    @cached_property
    def printed(self) -> pandas.DataFrame:
        """What the article prints, one row a figure, in its order."""
        return self._typed("printed", "section")

    @cached_property
    def derived(self) -> pandas.DataFrame:
        """What is derived: one row a value, with its formula and its caveat."""
        return self._typed("derived", "formula")

    def _typed(self, table: str, column: str) -> pandas.DataFrame:
        """Return the facts of a table, each with its number and a column as it is typed."""
        rows = self.collection.rows(table)
        frame = self.facts(*(row["key"] for row in rows))
        frame.insert(0, "ref", [row.get("ref", "") for row in rows])
        frame.insert(2, column, [row[column] for row in rows])
        return frame

    @cached_property
    def benchmarks(self) -> pandas.DataFrame:
        """What others print and may be shown, one row a figure."""
        rows = self.collection.rows("benchmarks")
        return self.facts(*(row["key"] for row in rows if row["shown"] != "no"))

    @cached_property
    def checks(self) -> pandas.DataFrame:
        """The relations of the article with what the audit found."""
        return self._checks("relations")

    @cached_property
    def benchmark_checks(self) -> pandas.DataFrame:
        """The relations of other publications with what the audit found."""
        return self._checks("benchmark_relations")

    @cached_property
    def published(self) -> pandas.DataFrame:
        """Rates that others print with the counts beside them, and whether each follows from them."""
        rates, checks = (self.collection.rows(f"published_{name}") for name in ("rates", "checks"))
        return frames.of_published(rates, checks, self.language)

    @cached_property
    def ledger(self) -> pandas.DataFrame:
        """Every check of the article: recomputed, side by side, or alone, with what came of it."""
        return frames.of_ledger(self.collection.ledger, self.language)

    @cached_property
    def rates(self) -> pandas.DataFrame:
        """The rates that the collection puts first, with their counts and verdicts: README's own table."""
        names = [row["id"] for row, _ in self.collection.headline]
        sides = [(self.check(name).relation.parts, self.check(name).relation.wholes) for name in names]
        written = ["/".join("+".join(each.reading.text for each in side) for side in pair) for pair in sides]
        frame = self.checks.loc[names]
        stands = [self.check(name).relation.printed for name in names]
        shares = [float(each[0].reading.value or "nan") if each else float("nan") for each in stands]
        for column, cells in (("counts", written), ("share", shares)):
            frame.insert(list(frame.columns).index("printed") + 1, column, cells)
        meant = self.ledger.loc[frame.ref, "meaning"].to_numpy()
        frame.insert(list(frame.columns).index("verdict") + 1, "meaning", meant)
        return frame.assign(notebook=[row.get("notebook", "") for row, _ in self.collection.headline])

    @cached_property
    def columns(self) -> pandas.DataFrame:
        """What each column of each frame means: its name, the heading it is shown under, and its unit."""
        there = self.collection.names()
        named = {name: getattr(self, name) for name, table in FRAMES.items() if table in there}
        return frames.of_columns(named, self.collection.headings, self.language)

    @property
    def tables(self) -> Tables:
        """All tables of the collection as frames, by name, each read when it is asked for."""
        return Tables(self)

    def elsewhere(self, *names: str) -> pandas.DataFrame:
        """Return a set of facts that may stand side by side, by its rule in `sets.csv`, as a frame.

        Its columns are those of `benchmarks` in `columns`. Of several sets each fact stands once; that theirs
        may stand side by side no rule says.
        """
        found = [fact for name in _each(names) for fact in sets.side_by_side(self.collection.facts, name)]
        return frames.of_facts({fact.key: fact for fact in found}.values(), self.language)

    def facts(self, *keys: str) -> pandas.DataFrame:
        """Return facts as a frame, in the order named."""
        return frames.of_facts((self.collection[key] for key in _each(keys)), self.language)

    def table(self, name: str) -> pandas.DataFrame:
        """Return any table of the collection as it is typed or built."""
        fields = self.collection.fields(name)
        types = {each["name"]: each["type"] for each in fields}
        first = str(fields[0]["name"])
        index = first if first in ("key", "id", "measure") else ""
        return frames.of_rows(self.collection.rows(name), types, index, self.language)

    def what_if(self, *given: object, **printed: Stated) -> pandas.DataFrame:
        """Return what would move if figures were printed otherwise: a row each value, check and sentence.

        printed: by the key of a printed figure, another token, or a whole number, which has the unit of the
        token that it replaces: `book.what_if(cases_concluded=21954)`. `before` and `after` are what is said;
        `fails` tells a check that no longer follows, a sentence whose claim no longer holds, and a cell or a
        formula that cannot be computed. Every notebook's cells are run for it, some seconds in all; nothing
        is written and nothing is drawn.

        Raises KeyError, with the nearest key, for no printed figure, and Fault for what is no such token.
        """
        if given or not printed:
            found = ", ".join(map(repr, given)) or "no figure"
            raise Fault.of(found, "a figure by its key: book.what_if(KEY=21954)")
        tokens = {key: self._token(key, given) for key, given in printed.items()}
        return supposing.what_if(self.collection, tokens, self.language, Book)

    def _token(self, key: str, given: Stated) -> str:
        """Return another token for a printed figure."""
        if key in self.collection and key not in self.collection.facts.typed:
            found = f"{key}, which is derived"
            raise Fault.of(found, f"a printed figure, such as {', '.join(self.collection[key].keys[:3])}")
        printed, stands = self.collection.facts.typed.printed(key).reading, stated(given, key)
        if stands.form is not printed.form:
            raise Fault.of(quote(stands.text), f"a token such as {printed.text}", key)
        has_words = isinstance(given, str) or stands.unit
        return stands.text if has_words else f"{stands.text}{printed.unit}"

    def _checks(self, table: str) -> pandas.DataFrame:
        names = self.collection.relations(table)
        rows = [self.collection.relation_row(name) for name in names]
        return frames.of_checks(rows, [self.check(name) for name in names], self.language)

    # --------------------------------------------------------------------------------------------- words

    def check(self, name: str) -> Check:
        """Return what the audit finds on a relation, by its id; it shows itself as a sentence."""
        return sentences.answer(self.collection.check(name))

    def say(self, entry: str, **values: Any) -> Prose:
        """Return what an entry of the words says, in the book's language, after deciding what it claims.

        values: what its placeholders and claims name besides facts. Raises Faults for an unknown name, a
        value that is not used, or a claim that does not hold.
        """
        said, scope = self._proven(entry, values)
        if said.text is None:
            raise Fault(self.words.file, None, entry, "a figure", "an entry with en and zh: draw this one")
        return Prose(self._fill(said, said.text, scope, self.language, markdown))

    def draw(
        self,
        form: Callable[..., Any],
        stem: str,
        frame: pandas.DataFrame,
        *,
        card: bool | pandas.DataFrame = False,
        title: pictures.Text = "",
        note: pictures.Text = "",
        alt: pictures.Text = "",
        source: pictures.Text = "",
        **values: Any,
    ) -> Saved:
        """Draw a figure in the collection's languages, save it under its stem, and return it to be shown.

        form: one of `asprinted.figures`, or any callable that draws a frame on `ax`, such as a function of
        seaborn. frame: what is drawn; labels are joined to it by key from the words. values: as `say` takes
        them; the frame itself is `drawn` there. card: also as a card to share, a frame
        where it has room for these rows alone.
        In a notebook of your own a stem needs no words: title, note, alt and source are given here, each as a
        text or as a pair of English and Chinese, the frame is drawn as it is, with labels that tell its rows
        apart: `book.draw(lambda data, ax: sns.scatterplot(data, x="day", y="share", ax=ax), "mine", frame,
        title=("Rates by day", "各日比率"))`. The source names the collection's publications that are drawn by
        itself; what is given stands for numbers of your own. The note says too why facts are kept apart
        elsewhere that are drawn together, and which rows a form leaves out, for want of its number.
        Raises as `say` does, and a Fault where nothing was drawn on `ax`.
        """
        from asprinted.figures import saving
        from asprinted.figures.pages import CALLED

        pictures.require_frame(stem, frame, card)
        texts = {"title": title, "note": note, "alt": alt, "source": source}
        scratch = self.collection.home / "notebooks" / "scratch"
        own = Path.cwd().is_relative_to(scratch) or not re.match(r"[0-9][0-9]_", self.name)
        # What is none of the collection's goes there: a copy's, or that of a notebook without a number.
        folder = self._scratch / "pictures" if own else None
        if own and stem not in self.words.entries:
            pictures.require_call(form, stem, values)
            kept_apart = self.collection.rows_if_described("apart")
            named = pictures.names(self.collection, frame.index)
            table = pictures.readied(form, frame, named, self.collection)
            left_out = [name for key, name in named.items() if key not in table.index]
            entry = pictures.unnamed(stem, kept_apart, table.index, texts, left_out)
            scope = Scope(self.collection, values)
            table.attrs[CALLED] = pictures.called(self.collection, frame)
        else:
            if any(texts.values()):
                expected = f"none: [{stem}] in {self.words.file} says it, with its proof"
                raise Fault.of(f"{', '.join(name for name in texts if texts[name])} given", expected, stem)
            entry, scope = self._proven(stem, values, drawn=frame)
            if not entry.parts:
                expected = "an entry with title, subtitle, note and alt"
                raise Fault(self.words.file, None, stem, "no figure", expected)
            table = pictures.table(entry, frame, scope, self.collection.languages, self.words.file)
        said = self._captions(entry, scope, frame, own=own)
        shown = frame if isinstance(card, bool) else frame.loc[card.index]
        on_card = self._captions(entry, scope, shown, own=own, on_card=True) if card is not False else False
        spoken, language = self.collection.languages, self._pictured
        where: dict[str, Any] = {"home": self.collection.home, "language": language, "words": said}
        if language != spoken[0]:
            stored = saving.stored(stem, table, folder=folder, **where)
            if stored:
                return stored
            if not folder:
                folder = self._scratch / "pictures"
                print(sentences.sentence("drawn", "elsewhere", self.language, folder=folder.name))
        credit = Credit.of(self.collection.descriptor)
        card_frame = None if isinstance(card, bool) else table.loc[card.index]
        where |= {"card_frame": card_frame, "folder": folder, "notebook": self.name, "credit": credit}
        where["languages"] = spoken
        try:
            return saving.save(form, stem, table, card=on_card, **where)
        except (KeyError, ValueError, AttributeError) as error:
            left = [name for name in frame.columns if name not in table]
            if left and not isinstance(error, Fault):
                error.add_note(
                    "A picture is drawn in every language, so columns in one are left out "
                    f"({', '.join(left)}). [{stem}.rows] in {self.words.file} "
                    "gives each row a text, as the column `label`."
                )
            raise

    def caption(self, stem: str, frame: pandas.DataFrame, **values: Any) -> Caption:
        """Return the words around a figure in the language of its picture; raises as `draw` does."""
        entry, scope = self._proven(stem, values, drawn=frame)
        return self._captions(entry, scope, frame)[self._pictured]

    @property
    def _pictured(self) -> Language:
        """The language of the book's pictures: its own, where the collection speaks it."""
        spoken = self.collection.languages
        return self.language if self.language in spoken else spoken[0]

    def _captions(
        self, entry: Entry, scope: Scope, frame: pandas.DataFrame, *, own: bool = False, on_card: bool = False
    ) -> dict[Language, Caption]:
        """Return the words around a figure, by language; for a card the shorter ones that there are."""
        texts = {part: entry.parts[part] for part in TEXTS}
        if on_card:
            texts |= {part: entry.parts[short] for short, part in ON_CARD.items() if short in entry.parts}
        texts |= {part: entry.parts[part] for part in (SOURCE, pictures.MINE) if part in entry.parts}
        captions = {
            language: {part: self._fill(entry, pair, scope, language) for part, pair in texts.items()}
            for language in self.collection.languages
        }
        for language, said in captions.items():
            mine = said.pop(pictures.MINE, "")
            if SOURCE not in said:
                where = {"on_card": on_card, "own": own}
                said[SOURCE] = pictures.cited(self.collection, frame, language, mine=mine, **where)
        return {
            language: Caption(**{part: curled(text) for part, text in said.items()})
            for language, said in captions.items()
        }

    @property
    def scratch(self) -> Path:
        """The folder for what a reader makes, which git ignores; it is there once it was asked for.

        A check, which writes nothing in the tree, names another in `ASPRINTED_SCRATCH`.
        """
        self._scratch.mkdir(parents=True, exist_ok=True)
        return self._scratch

    @property
    def _scratch(self) -> Path:
        return Path(os.environ.get("ASPRINTED_SCRATCH") or self.collection.home / "notebooks" / "scratch")

    def _proven(self, name: str, values: Mapping[str, Any], **drawn: Any) -> tuple[Entry, Scope]:
        """Return an entry whose claims hold, and what its names mean."""
        entry = self.words[name]
        scope = Scope(self.collection, {**values, **drawn})
        with Gathered(self.words.file, "nothing was said") as faults:
            for value in values:
                if value not in entry.used:
                    faults.add(f'the value "{value}", which nothing names', "none such", name)
        self.words.proven(entry, scope.claimed, scope.shown)
        return entry, scope

    def _fill(
        self,
        entry: Entry,
        pair: Bilingual,
        scope: Scope,
        spoken: Language,
        escape: Callable[[str], str] = str,
    ) -> str:
        try:
            return templates.fill(pair[spoken], scope.__getitem__, spoken, scope.check, escape).strip()
        except (Fault, UnusableError) as fault:
            found = fault.found if isinstance(fault, Fault) else str(fault)
            expected = fault.expected if isinstance(fault, Fault) else "a figure that may be shown"
            raise Fault(self.words.file, None, f"{entry.name}, {spoken}", found, expected) from None


def _each(named: Iterable[Any]) -> Iterator[Any]:
    """Go through names that are given one by one, or as lists, or as the index of a frame."""
    for each in named:
        yield from [each] if isinstance(each, str) or not isinstance(each, Iterable) else each


class Tables(Mapping[str, "pandas.DataFrame"]):
    """The tables of a book, as `table` returns them."""

    def __init__(self, book: Book) -> None:
        """Look into the tables of a book."""
        self.book = book

    def __getitem__(self, name: str) -> pandas.DataFrame:
        """Return a table; KeyError, with the nearest name, for none."""
        if name not in (known := [*self]):
            raise KeyError(f"no table {name!r}{near(name, known) or '; there are ' + ', '.join(known)}")
        return self.book.table(name)

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self.book.collection.names())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.book.collection.names())

    def __repr__(self) -> str:
        """Say which there are."""
        return f"book.tables[name]: {', '.join(self)}"


def notebook(name: str, language: Language = "en", home: str | os.PathLike[str] | None = None) -> Book:
    """Open a notebook's book: the nearest collection from `home` (default: here) upwards, in a language.

    Results show themselves in that language from then on. Raises CollectionNotFound, Fault for a name that is
    nearly that of a notebook, and Faults with all that is wrong in the words.
    """
    if opens := supposing.OPENS.get():
        book: Book = opens(name)
        return book
    # pandas looks for a kernel when it is loaded, and must find the one that it will show frames in.
    from asprinted.collection.asked import Frame

    kernel()
    collection = opened(home)
    there = {path.stem for path in (collection.home / "notebooks").rglob("*.ipynb")}
    there |= {path.stem for path in collection.words_folder.glob("*.toml")}
    if name not in there and ((hint := near(name, there)) or not isinstance(name, str)):
        raise Fault.of(f"the notebook {name!r}, which is not there", f"one that is{hint}")
    sentences.set_language(language)
    book = Book(collection, name, language)
    Frame.headings = book.collection.headings
    typed = [table for table in ("printed", "benchmarks") if table in collection.names()]
    Frame.typed = {table: [field["name"] for field in collection.fields(table)] for table in typed}
    register(book.headings)
    return book


def opened(home: str | os.PathLike[str] | None = None) -> Collection:
    """Return the nearest collection from `home` (default: here) upwards, as `Collection.find` does.

    Where one is in the scratch folder, rows of one's own are joined. It is the same object as long as no file
    of its tables or words changes: what was computed once in a process serves every book opened there.
    """
    folder = find(home)
    # A reader's own rows stand where the reader is, and never in what is committed.
    mine = own.files(folder) if Path.cwd().is_relative_to(folder / own.FOLDER.parent) else []
    files = [*(folder / "data").iterdir(), *(folder / "notebooks" / "words").glob("*.toml"), *mine]
    stamps = [
        (str(file), told.st_ino, told.st_mtime_ns, told.st_size)
        for file in files
        # A link that leads nowhere is told of by whoever reads it.
        if (told := file.stat() if file.exists() else file.lstat())
    ]
    return _opened(folder, tuple(sorted(stamps)), bool(mine))


@lru_cache(maxsize=2)
def _opened(folder: Path, stamps: tuple[tuple[str, int, int, int], ...], mine: bool) -> Collection:
    collection = Collection(folder)
    return own.joined(collection) if mine else collection
