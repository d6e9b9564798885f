"""What a card of the collection claims is drawn on the card itself, since it travels alone."""

import io
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure
from pictures import FIGURES, readable
from test_setting import hold_words_apart

import spoken
from asprinted.collection.cards import LANGUAGES, Caption
from asprinted.figures import saving, style
from asprinted.figures.form import rounded
from asprinted.figures.pages import draw

HOME = Path(__file__).resolve().parents[2]

# A number that no word of the drawing says, and what of the drawing shows it: marks that are counted.
COUNTED = {
    "closing_rates_by_day": {"5": "rows of the list but its own"},
    "four_rates_four_questions": {"4": "cells"},
    "five_changes_no_base": {"5": "frames"},
    "how_a_number_is_made": {"2": "panels"},
    "no_rule_passes_all": {"5": "rows"},
    "two_of_785": {"785": "dots", "2": "hollow dots"},
}

# A whole, as the parts that are drawn.
WHOLES = {
    "closing_rate_parts": (34765, ["21454", "13311"]),
    "court_mediation_parts": (16179, ["4044", "12135"]),
    "pages_that_tell": (108, ["90", "13", "5"]),
    "wall_of_printed_numbers": (53, ["11", "4", "17", "21"]),
}


@pytest.fixture(scope="module")
def cards() -> dict[str, tuple[Any, pd.DataFrame, dict[str, Caption], Any]]:
    """Each card of the collection as its notebook hands it to be drawn: form, rows, words, credit."""
    kept = {}

    def keep(form: Any, stem: str, frame: pd.DataFrame, **given: Any) -> None:
        rows = frame if given["card_frame"] is None else given["card_frame"]
        kept[stem] = (form, rounded(rows), given["card"], given["credit"])

    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()):
        patch.chdir(HOME / "notebooks")
        patch.setattr(saving, "save", keep)
        for name in spoken.NAMES:
            space: dict[str, Any] = {"__name__": "__main__"}
            for cell in spoken.cells(name, "en"):
                if cell["cell_type"] == "code":
                    exec("".join(cell["source"]), space)
    return kept


def drawn(card: tuple[Any, pd.DataFrame, dict[str, Caption], Any], language: str) -> Figure:
    form, rows, words, credit = card
    with style.house():
        return draw(form, rows, words[language], credit, language, style.CARD)


def test_every_picture_of_a_question_is_a_card(cards: dict[str, Any]):
    assert sorted(cards) == sorted(path.stem for path in FIGURES.glob("*.csv"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_of_a_cards_title_is_drawn_on_the_card(cards: dict[str, Any], language: str):
    missing = {}
    for stem, card in cards.items():
        texts = [text for text in readable(drawn(card, language)) if text.get_fontsize() != style.CARD.title]
        said = set(spoken.numbers("\n".join(text.get_text() for text in texts)))
        whole, parts = WHOLES.get(stem, (0, []))
        shown = {*COUNTED.get(stem, {}), *[str(whole)] * (said >= set(parts))}
        missing[stem] = set(spoken.numbers(card[2][language].title)) - said - shown
    assert {stem: numbers for stem, numbers in missing.items() if numbers} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_of_390_shows_every_word_of_a_card_at_11_pixels_and_each_apart(
    cards: dict[str, Any], language: str
):
    for stem, card in cards.items():
        figure = drawn(card, language)
        figure.canvas.draw()
        texts = readable(figure)
        points = min(text.get_fontsize() for text in texts)
        assert points / 72 * 390 / style.CARD.width >= 11, stem
        hold_words_apart(figure)


def test_the_wholes_are_the_sums_of_what_is_drawn():
    assert all(whole == sum(map(int, parts)) for whole, parts in WHOLES.values())


def test_a_card_cites_what_it_draws_and_no_more(cards: dict[str, Any]):
    for stem, (_, rows, words, _) in cards.items():
        cells = [] if "source" not in rows else rows.source
        others = {name for cell in cells for name in str(cell).split("; ")} - {"article", ""}
        cited = spoken.numbers(words["en"].source.partition("2021, and ")[2])
        assert set(cited) == ({str(len(others))} if others else set()), stem
