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
        if given["card"]:
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
        # The list beside a cloud is of so many rows, and its own.
        shown |= {str(card[1].near.sum())} if "near" in card[1] else set()
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


# A card has no note: what stops it from being read as more than it shows, in its own words.
STOPS = {
    "caseload_factors": ("An identity, no cause", "恒等式，非因果"),
    "carry_over_sensitivity": (
        "no estimate: its own carry-over is not printed",
        "并非估计：该院旧存文中未写",
    ),
    "cases_per_judge": ("the most found; periods differ", "为所查到各项中最多；时段各异"),
    "closing_rate_parts": ("Closed so far, January to September 2021; no success rate", "已结比例，非成功率"),
    "closing_rates_by_day": ("one of them its own", "其中一个是该院自己的"),
    "court_mediation_parts": ("Not reported as settled", "未列为调解成功"),
    "court_mediation_shares": ("divides another whole", "分母各异"),
    "no_rule_passes_all": ("unless it cuts by an average headcount", "除非去尾且法官数取平均数"),
    "pages_that_tell": ("no sample; cutting is no fault", "并非抽样，去尾不是差错"),
    "police_remainders": ("If its rate came from the full counts", "比率若由准确件数算得"),
    "two_of_785": ("which rule was used is not printed", "实际用了哪种方法，文中未写"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_itself_what_stops_a_headline_beyond_it(cards: dict[str, Any], language: str):
    for stem, pair in STOPS.items():
        _, rows, words, _ = cards[stem]
        shown = [words[language].title, words[language].subtitle, *rows.get(f"label_{language}", [])]
        assert pair[LANGUAGES.index(language)] in " ".join(shown), stem


def test_a_list_later_than_the_article_is_not_drawn_beside_it_on_a_card_that_has_no_room_for_its_words(
    cards: dict[str, Any],
):
    assert not [key for key in cards["not_settled_per_1000"][1].index if "2023" in key]


def test_the_wholes_are_the_sums_of_what_is_drawn():
    assert all(whole == sum(map(int, parts)) for whole, parts in WHOLES.values())


def test_a_card_cites_what_it_draws_and_no_more(cards: dict[str, Any]):
    for stem, (_, rows, words, _) in cards.items():
        cells = [] if "source" not in rows else rows.source
        others = {name for cell in cells for name in str(cell).split("; ")} - {"article", ""}
        cited = spoken.numbers(words["en"].source.partition("2021, and ")[2])
        assert set(cited) == ({str(len(others))} if others else set()), stem
