"""Every picture, read back from its file, shows its table, its words and nothing else; `held` says how."""

import csv
import io

import pytest
from pictures import CREDIT, EXAMPLES, FIGURES, WORDS, every_example, example

import sheets
from asprinted.collection.cards import LANGUAGES, Card
from asprinted.figures import encoding, style
from asprinted.figures.form import rounded, write_table
from held import PROJECT, Reading, drawn_by, hold

STEMS = drawn_by(FIGURES.parent)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", STEMS)
def test_a_picture_of_the_collection_shows_its_table_and_its_words(stem: str, language: str):
    with (FIGURES / f"{stem}.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    sheet = sheets.read(FIGURES / f"{stem}.{language}.svg")
    words = Card.read(FIGURES / f"{stem}.json").words[language]
    hold(Reading(sheet, rows, language, low=False), STEMS[stem], words, PROJECT[language])


@pytest.mark.parametrize(
    ("name", "language", "page"),
    list(every_example()),
    ids=lambda each: each if isinstance(each, str) else "card" if each is style.CARD else "figure",
)
def test_what_a_form_draws_shows_its_table_and_its_words(name: str, language: str, page: style.Page):
    form, frame = EXAMPLES[name]
    with style.house():
        svg = encoding.svg(example(name, language, page), WORDS[language], CREDIT, language)
    rows = list(csv.DictReader(io.StringIO(write_table(rounded(frame)))))
    low = page is style.CARD
    hold(Reading(sheets.parsed(svg.decode()), rows, language, low), form.name, WORDS[language], "The project")
