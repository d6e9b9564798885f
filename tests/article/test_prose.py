"""Prose cells claim nothing: what was claimed there once is refused, and exceptions are few and reasoned."""

import tomllib
from pathlib import Path

import pytest

import spoken
from asprinted.collection import lint, wording
from asprinted.collection.collection import Collection

HOME = Path(__file__).resolve().parents[2]
WORDS = HOME / "notebooks" / "words"
CLAIMS = tomllib.loads((WORDS / "exceptions.toml").read_text(encoding="utf-8"))["claims"]

SEEDED = [
    # Each stood, in these or like words, in a prose cell: 46 rates were found and 29 drawn; of three starts
    # one was an empty cell; two figures per judge had been left out.
    ("10_context", "calendar-head", "All closing rates found are drawn in their notebook.", "All"),
    ("09_comparison", "questions-head", "The rates begin at three different times.", "three"),
    ("03_caseload", "others-head", "Every figure per judge that was found:", "Every"),
]


@pytest.mark.parametrize(("notebook", "cell", "claim", "word"), SEEDED)
def test_a_false_claim_put_back_into_its_prose_cell_is_refused(notebook, cell, claim, word):
    collection = Collection(HOME)
    prose = {
        each["id"]: "".join(each["source"])
        for each in spoken.cells(notebook, "en")
        if each["cell_type"] == "markdown"
    }
    words = collection.words(notebook)
    as_it_is, seeded = (
        list(wording.check_cells(words, texts, words.entries, collection.exceptions))
        for texts in (prose, {**prose, cell: f"{prose[cell]} {claim}"})
    )
    assert as_it_is == []
    # The other fault is that of the Chinese, which translates another text now.
    assert [fault.found.split('"')[1] for fault in seeded if fault.column == f"cell {cell}, en"] == [word]


@pytest.mark.parametrize("language", spoken.LANGUAGES)
def test_at_most_forty_phrases_of_a_language_are_excepted_each_with_a_reason_that_tells_one(language):
    phrases = CLAIMS[language]
    assert 0 < len(phrases) <= 40
    assert all(len(reason) >= 4 for reason in phrases.values())


@pytest.mark.parametrize("language", spoken.LANGUAGES)
def test_an_excepted_phrase_holds_more_than_its_claiming_word_and_stands_in_a_prose_cell(language):
    prose = "\n".join(
        " ".join("".join(cell["source"]).split())
        for name in spoken.NAMES
        for cell in spoken.cells(name, language)
        if cell["cell_type"] == "markdown"
    ).lower()
    for phrase in CLAIMS[language]:
        claimed = lint.claimed(phrase, language)
        assert claimed, phrase
        assert phrase.lower() not in {word.lower() for word in claimed}
        assert phrase.lower() in prose
