"""What a second hand has to confirm of an edit or of new rows that were run, proposed beside each file.

It is what `tests/article/` has of the collection, and `tests/core/words_again.csv` of the engine's words
and of what the modules that hear a text set for good.

    python -m tools.second_hand             writes <file>.proposed, and shows what would change of each line
    python -m tools.second_hand --accept    asks of each reading, and types what is confirmed

A change is proposed where a number alone moved, in a piece of a sentence or of a picture's words or in a cell
of a computed table, where a mark or a number is new, where a cell of a typed table was edited or a column is
called otherwise, and where the words of a text are others: shown are those that went, in brackets, and those
that came. All that moves in a text, a picture or a table is one reading, and so is the same change in several
of them. A row that is new `asprinted bring` proposes. Of what else no longer stands the tests tell.
"""

import csv
import io
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from asprinted.collection.files import replace

ARTICLE = Path(__file__).resolve().parents[1] / "tests" / "article"
LANGUAGES = ("en", "zh")
GAP = " .. "
MOVES = re.compile(rf"({re.escape(GAP)}|、|和|\d[\d,]*(?:\.\d+)?)")


class Change(NamedTuple):
    """A line that is typed again: its file, where it begins, how it reads, how it would.

    of: the text, picture or table whose line it is. shown: what that says now, where one has to see it whole.
    """

    file: Path
    start: int
    old: str
    new: str
    of: str
    shown: str = ""


def moved(piece: str, shown: str) -> str | None:
    """Return a piece with the numbers that stand in its place in a text; None where that is not one place.

    >>> moved("of 5 rates .. 5 are higher", "so of 6 rates found, 6 are higher than 61.71%")
    'of 6 rates .. 6 are higher'
    """
    parts = MOVES.split(piece)
    # A list that grows has its last word elsewhere.
    known = {GAP: r"(.{0,90}?)", "、": "(、|和)", "和": "(、|和)"}
    pattern = "".join(
        known.get(part, r"(\d[\d,]*(?:\.\d+)?)") if at % 2 else re.escape(part)
        for at, part in enumerate(parts)
    )
    before, after = (r"(?<![\d.,])" if not parts[0] else ""), (r"(?![\d%])" if not parts[-1] else "")
    found = {match.groups() for match in re.finditer(before + pattern + after, shown)}
    if len(found) != 1:
        return None
    parts[1::2] = (GAP if part == GAP else new for part, new in zip(parts[1::2], found.pop(), strict=True))
    return "".join(parts)


def line(cells: Iterable[str]) -> str:
    """Return cells as a line of a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def pair(texts: Sequence[str]) -> str:
    """Return a text in both languages as TOML writes it."""
    return f"[{', '.join(json.dumps(text, ensure_ascii=False) for text in texts)}]"


def pieces(
    file: Path,
    section: str,
    typed: Mapping[str, Any],
    shown: Mapping[str, Any],
    called: Callable[[str], str],
) -> Iterator[Change]:
    """Yield the pieces of a section that no longer stand and whose numbers alone moved; they are put in."""
    held, stands = file.read_text("utf-8"), import_module("test_said").stands
    for entry, pairs in typed.items():
        at = held.index(f"\n{entry} = [", held.index(f"[{section}]"))
        for texts in pairs:
            old = pair(texts)
            for number, text in enumerate(shown[entry]):
                if not stands(texts[number], text):
                    texts[number] = moved(texts[number], text) or texts[number]
            if pair(texts) != old:
                start = held.index(old, at)
                yield Change(file, start, old, pair(texts), called(entry), "\n".join(shown[entry]))


def sentences() -> Iterator[Change]:
    """Yield what moved in `said.toml`."""
    said, file = import_module("test_said"), ARTICLE / "said.toml"
    for name, entries in said.SAID.items():
        shown = {entry: [said.text(name, entry, each) for each in LANGUAGES] for entry in entries}
        section = name if name == "readme" else f'"{name}"'
        yield from pieces(file, section, entries, shown, f"{name}, {{}}".format)


def picture(stem: str) -> str:
    """Return a picture's name as its words have it in `turns.csv`."""
    card = ARTICLE.parents[1] / "figures" / f"{stem}.json"
    return f"{json.loads(card.read_text('utf-8'))['notebook']}, {stem}" if card.is_file() else stem


def pictures() -> Iterator[Change]:
    """Yield what moved in the words of pictures, and the title of a new one: `drawn.toml`."""
    drawn, file = import_module("test_drawn"), ARTICLE / "drawn.toml"
    typed, shown, first = drawn.DRAWN["words"], {}, file.read_text("utf-8").index("[words]\n") + 8
    for stem in dict.fromkeys([*typed, *drawn.STEMS]):
        card = json.loads((drawn.HOME / "figures" / f"{stem}.json").read_text("utf-8"))
        shown[stem] = [
            "\n".join(card[each][part] for part in ("title", "subtitle", "note", "alt")) for each in LANGUAGES
        ]
        if stem not in typed:
            title = pair([card[each]["title"] for each in LANGUAGES])
            new = f"{stem} = [\n    {title},\n]\n"
            yield Change(file, first, "", new, picture(stem), "\n".join(shown[stem]))
    yield from pieces(file, "words", typed, shown, picture)


def headings() -> Iterator[Change]:
    """Yield what columns are called now, where it is otherwise or new: `named.toml`."""
    called, file = import_module("test_called"), ARTICLE / "named.toml"
    text, typed = file.read_text("utf-8"), called.NAMED["columns"]
    words = (called.HOME / "notebooks" / "words" / "columns.toml").read_text("utf-8")
    for key, head in tomllib.loads(words).items():
        found = [head["en"], head["zh"], head.get("format", "")]
        if found != typed.get(key):
            old = f"{key} = {pair(typed[key])}\n" if key in typed else ""
            start = text.index(f"\n{old}") + 1 if old else text.index("[columns]\n") + 10
            yield Change(file, start, old, f"{key} = {pair(found)}\n", f"columns, {key}")


def cells() -> Iterator[Change]:
    """Yield the cells of computed tables that moved, or show another number: `tables.csv`."""
    computed, file = import_module("test_computed"), ARTICLE / "tables.csv"
    held = file.read_text("utf-8")
    for row in computed.TYPED:
        tables = [rows for name, rows in computed.tables(row["notebook"]) if name == row["cell"]]
        found = _cell(computed, row, tables[0]) if tables else None
        if found and found != (row["place"], row["shown"]):
            old, new = (
                line(row.values()),
                line({**row, **dict(zip(("place", "shown"), found, strict=True))}.values()),
            )
            of = f"{row['notebook']}, {row['cell']}"
            yield Change(file, held.index(f"\n{old}\n") + 1, old, new, of)


def _cell(computed: Any, row: Mapping[str, str], table: list[list[str]]) -> tuple[str, str]:
    """Return where a typed cell stands now and what it shows: the same, as many rows on as came in."""
    at, of = map(int, row["place"].split("/"))
    place, shown = computed.at(table, row["place"], row["column"])
    for further in range(int(place.partition("/")[2]) - of + 1):
        there, other = computed.at(table, f"{at + further}/", row["column"])
        if other == row["shown"]:
            return str(there), str(other)
    return str(place), str(shown)


def lines(module: str, name: str, called: Callable[..., str] = "{}, {}".format) -> Iterator[Change]:
    """Yield the lines of a table beside a module of tests that are others now, new or gone.

    called: what the keys of a line name.
    """
    held = import_module(module)
    file = Path(held.__file__ or "").with_name(name)
    text = file.read_text("utf-8")
    begin = text.index("\n") + 1
    for key in {**held.FOUND, **held.TYPED}:
        typed, found = (
            f"{line(rows[key].values())}\n" if key in rows else "" for rows in (held.TYPED, held.FOUND)
        )
        # What is new comes behind the line that it follows.
        start = text.index(f"\n{typed}") + 1 if typed else begin
        begin = start + len(typed)
        if typed != found:
            yield Change(file, start, typed, found, called(*[key] if isinstance(key, str) else key))


def apart(old: str, new: str) -> str:
    """Return the words that changed from one text to another, each run with the word before it.

    >>> apart("court more 30 police", "court less 30 police")
    'court [more] less'
    """
    # A Chinese text has no spaces.
    gone, came = (re.findall(r"[一-鿿]|[^\s一-鿿]+", text) for text in (old, new))
    moves = SequenceMatcher(None, gone, came, autojunk=False).get_opcodes()
    return "; ".join(
        f"{' '.join(gone[max(a - 1, 0) : a])} [{' '.join(gone[a:b])}] {' '.join(came[c:d])}"
        for kind, a, b, c, d in moves
        if kind != "equal"
    )


def rows() -> Iterator[Change]:
    """Yield the rows of typed tables of which a cell was edited, as the second hand would have them."""
    twice = import_module("test_typed_again")
    for table, file in twice.FILES.items():
        held, otherwise = file.read_text("utf-8"), twice.otherwise(twice.pairs(table))
        for row in twice.again(table):
            edited = otherwise.get(twice.named(table, row), {})
            if edited:
                old, new = (
                    line(row.values()),
                    line({**row, **{name: edited[name][0] for name in edited}}.values()),
                )
                of = f"{table}, {twice.named(table, row)}"
                yield Change(file, held.index(f"\n{old}\n") + 1, old, new, of)


def readings(changes: Iterable[Change]) -> list[list[Change]]:
    """Return changes as they are read: those of one text, picture or table, and of all that change alike."""
    read, alike = dict[str, list[Change]](), dict[tuple[tuple[str, str], ...], list[Change]]()
    for each in changes:
        read.setdefault(each.of, []).append(each)
    for group in read.values():
        moves = tuple((each.file.name, apart(each.old, each.new)) for each in group)
        alike.setdefault(moves, []).extend(group)
    return [*alike.values()]


def told(group: Sequence[Change]) -> Iterator[str]:
    """Yield the lines that show a reading: what it is of, each change once, and what is said now, whole."""
    yield "; ".join(dict.fromkeys(each.of for each in group))
    yield from dict.fromkeys(f"  {each.file.name}: {apart(each.old, each.new)}" for each in group)
    yield from dict.fromkeys(f"  now: {each.shown}" for each in group if each.shown)


def applied(changes: Sequence[Change]) -> dict[Path, str]:
    """Return the text of each file with its changes."""
    made = {each.file: each.file.read_text("utf-8") for each in changes}
    # From the end, so that the places before stay; of one place the last first.
    for file, start, old, new, *_ in sorted(changes, key=lambda each: each.start)[::-1]:
        made[file] = made[file][:start] + new + made[file][start + len(old) :]
    return made


def main(accept: bool) -> None:
    """Propose every change beside its file; or ask of each, and type what is confirmed."""
    sys.path[:0] = [str(ARTICLE), str(ARTICLE.with_name("core")), str(ARTICLE.with_name("shared"))]
    changes = [
        *sentences(),
        *pictures(),
        *headings(),
        *cells(),
        *lines("test_turns", "turns.csv", str),
        *lines("test_shapes", "shapes.csv"),
        *lines("test_drawn_rows", "drawn_rows.csv", lambda stem, _: picture(stem)),
        *lines("test_words_again", "words_again.csv"),
        *rows(),
    ]
    confirmed, read = list[Change](), readings(changes)
    for group in read:
        print(*told(group), sep="\n")
        if accept and input("Is that what it should say? yes or no: ").strip().lower() in ("yes", "y", "是"):
            confirmed += group
    if accept:
        replace(dict(applied(confirmed)))
        for file in {each.file for each in changes}:
            file.with_name(f"{file.name}.proposed").unlink(missing_ok=True)
        print(f"{len(confirmed)} of {len(changes)} changes typed, in {len(read)} readings.")
    else:
        beside = {file.with_name(f"{file.name}.proposed"): text for file, text in applied(changes).items()}
        replace(dict(beside))
        print(f"{len(changes)} changes proposed, in {len(read)} readings. With --accept it asks of each.")


if __name__ == "__main__":
    main("--accept" in sys.argv[1:])
