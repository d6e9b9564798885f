"""The words of texts, typed in their order: a "not", a "left", a noun or an N15 that changes must be meant.

A claim turned round by one word keeps all its numbers, and which words can turn one cannot be listed; those
that turn nothing can. `turns.csv` has all others and the numbers between them, one line for each entry as it
is said, card of a picture, prose cell, section of a page and description of a column, both languages side by
side. Rows of tables are typed a second time whole (test_typed_again.py).
"""

import csv
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import spoken
from asprinted.collection.collection import Collection

HOME = Path(__file__).resolve().parents[2]
WORDS = re.compile(
    r"\{[^{}]*\}"  # what is put in, and how it is written
    r"|[A-Za-z][A-Za-z0-9_'’-]*|[一-鿿]|\d[\d.,]*\d|\d|[+×÷=<>≤≥−%]"
    r"|[.!?](?=\s|$)|[。！？]"  # a stop for each sentence
)
IDLE = {
    *"a an the of is are be been being it its they them you your and that which who what how".split(),
    *"to in on at as for with so then than do does did has have had such".split(),
}
WORDY = re.compile(
    r"(?:title|caveat|sense|article|since|asks|wanted|holder|changes|way|part|whole|moment|note|reason)(?:_(en|zh))?$"
)
COLLECTION = Collection(HOME)
NOTEBOOKS = [*spoken.NAMES, "by_machine", "corpus", "explore"]
PAGES = ["README", "docs/brief", "docs/conventions", "docs/terms", "notebooks/words/README"]


def turns(text: str, language: str) -> str:
    """Return the words of a text that can turn it, in their order."""
    # A single letter is a name: A is a reading, a is idle.
    words = [
        word if len(word) == 1 or word[0] == "{" or word[1:].isdigit() else word.lower()
        for word in WORDS.findall(re.sub("</?[a-z][^<>]*>|<!--.*?-->", "", text))
    ]
    return (" " if language == "en" else "").join(word for word in words if word not in IDLE)


def written(entry: dict[str, Any], language: str, keyed: bool = False) -> Iterator[str]:
    """Yield the texts of an entry of words in a language, with its parts; in English keys of labels too."""
    for name, value in entry.items():
        if isinstance(value, dict):
            yield from [name] if keyed and language == "en" else []
            yield from written(value, language, keyed=language not in value)
        elif name == language:
            yield value


def carded(stem: str, language: str) -> dict[str, dict[str, str]]:
    """Return what stands on a picture and beneath it as it is filled in, in place of its parts."""
    file = HOME / "figures" / f"{stem}.json"
    card = json.loads(file.read_text(encoding="utf-8"))[language] if file.is_file() else {}
    return {part: {language: text} for part, text in card.items() if part != "source"}


def texts() -> Iterator[tuple[str, str, str]]:
    """Yield each written text with its name and language."""
    for language in spoken.LANGUAGES:
        for name in NOTEBOOKS:
            said = spoken.said(name, language)
            yield from ((f"{name}, {entry}", language, text) for entry, text in said.items())
            for cell in spoken.cells(name, language):
                if cell["cell_type"] == "markdown":
                    yield f"{name}, cell {cell['id']}", language, "".join(cell["source"])
        for path in sorted((HOME / "notebooks" / "words").glob("*.toml")):
            entries = tomllib.loads(path.read_text(encoding="utf-8"))
            said = {"cells", *(spoken.said(path.stem, language) if path.stem in NOTEBOOKS else ())}
            for entry, parts in entries.items() if path.stem != "exceptions" else ():
                if entry not in said:
                    shown = "\n".join(written(parts | carded(entry, language), language))
                    yield f"{path.stem}, {entry}", language, shown
        for name in PAGES:
            ending = ".md" if language == "en" else ".zh.md"
            file = HOME / f"{name}{ending}"
            page = file.read_text(encoding="utf-8") if file.is_file() else ""
            # What is built into a page is held where it is written.
            page = re.sub("<!-- asprinted:(?!end).*?<!-- asprinted:end -->", "", page, flags=re.DOTALL)
            for section in re.split("^#+ ", page, flags=re.MULTILINE)[1:]:
                yield f"{name}, {section.partition(chr(10))[0]}", language, section


def dictionary() -> Iterator[tuple[str, str, str]]:
    """Yield what the data package says of itself, each table and column, and what each column allows."""
    chinese = tomllib.loads((HOME / "data" / "datapackage.zh.toml").read_text("utf-8"))
    described = [("package", COLLECTION.descriptor)]
    for table in COLLECTION.names():
        described += [(table, COLLECTION.resource(table)), *((table, at) for at in COLLECTION.fields(table))]
    for table, at in described:
        name, said = f"dictionary, {table}, {at['name']}", [at["title"], at["description"]]
        yield name, "en", "\n".join([*said, str(at.get("constraints", ""))])
        yield name, "zh", "\n".join(chinese.get(text, "") for text in said)


def cells() -> Iterator[str]:
    """Yield the English texts of the cells of tables that are typed."""
    for table in COLLECTION.names():
        for row in COLLECTION.rows(table):
            yield from (row[column] for column in row if (found := WORDY.match(column)) and found[1] != "zh")


with Path(__file__).with_name("turns.csv").open(encoding="utf-8", newline="") as opened:
    TYPED = {row["text"]: row for row in csv.DictReader(opened)}

FOUND: dict[str, dict[str, str]] = {}
for name, language, text in (*texts(), *dictionary()):
    if words := turns(text, language):
        FOUND.setdefault(name, {"text": name, "en": "", "zh": ""})[language] = words


@pytest.mark.parametrize("name", sorted(TYPED.keys() | FOUND.keys()))
def test_a_text_turns_where_it_is_typed_to_turn(name: str):
    found, typed = FOUND.get(name), TYPED.get(name)
    line = ",".join(f'"{each}"' for each in (found or {}).values())
    assert found == typed, f"if it is meant, the line of turns.csv is now: {line}"


def test_a_word_that_turns_a_claim_round_is_seen():
    assert turns("they need not be equally likely", "en") != turns("they are equally likely", "en")
    assert turns("a failure is no accusation", "en") != turns("a failure is an accusation", "en")
    assert turns("filled: printed, hollow: derived", "en") != turns("hollow: printed, filled: derived", "en")
    assert turns("各组可能性未必相同", "zh") != turns("各组可能性相同", "zh")
    assert turns("须去尾，不得进位", "zh") != turns("须进位，不得去尾", "zh")
    assert turns("the President of the Court", "en") != turns("the President of the Procuratorate", "en")
    assert turns("where successes alone are paid", "en") != turns("where failures alone are paid", "en")
    assert turns("printed there (a copy)", "en") != turns("printed there", "en")
    assert turns("其中三个见于他处转载", "zh") != turns("其中三个见于原发布页面", "zh")
    assert turns("a share of {settled:count}", "en") != turns("a share of {accepted:count}", "en")
    assert turns("One. Two? The {value} of A is a", "en") == "one . two ? {value} A"
    assert turns("其中的{count:plural}。A、B", "zh") == "其中的{count:plural}。AB"


GLOSSES = tomllib.loads(Path(__file__).with_name("named.toml").read_text(encoding="utf-8"))["glosses"]


@pytest.fixture(scope="module")
def english() -> list[str]:
    """Every English text, each in one line."""
    written = (text for _, language, text in texts() if language == "en")
    return [" ".join(text.replace("’", "'").split()) for text in (*written, *cells())]


@pytest.mark.parametrize("term", GLOSSES)
def test_a_term_in_brackets_stands_behind_what_it_is_called(english: list[str], term: str):
    mark = f" ({term})"
    behind = [
        before for text in english if mark in text for before in re.findall(rf"(.{{0,48}}) \({term}\)", text)
    ]
    assert behind
    assert [before for before in behind if not re.search(GLOSSES[term], before, re.IGNORECASE)] == []
