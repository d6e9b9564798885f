"""What the notebooks say, beside what is typed here: each number with its direction and what it is of.

The table is `said.toml`. A claim's formula proves that a comparison holds; that the sentence names the right
number, in the right order and with the right word beside it, no formula sees.
"""

import re
import tomllib
from pathlib import Path

import pytest

import spoken

HOME = Path(__file__).resolve().parents[2]
SAID = tomllib.loads(Path(__file__).with_name("said.toml").read_text(encoding="utf-8"))
ENTRIES = [(name, entry) for name, entries in SAID.items() for entry in entries]


def stands(fragment: str, text: str) -> bool:
    """Whether a fragment stands in a text; two dots are at most ninety characters of a line."""
    pattern = r".{0,90}?".join(re.escape(piece) for piece in fragment.split(" .. "))
    # A number goes on neither before nor behind: 13 is not found in 113, nor 25.0 in 25.04.
    before = r"(?<![\d.,])" if fragment[0].isdigit() else ""
    return bool(re.search(before + pattern + (r"(?![\d%])" if fragment[-1].isdigit() else ""), text))


def text(name: str, entry: str, language: str) -> str:
    if name == "readme":
        page = "README.md" if language == "en" else "README.zh.md"
        return (HOME / page).read_text(encoding="utf-8").replace("**", "")
    return spoken.said(name, language)[entry]


@pytest.mark.parametrize("language", spoken.LANGUAGES)
@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_an_answer_says_what_is_typed_for_it(name: str, entry: str, language: str):
    column = spoken.LANGUAGES.index(language)
    shown = text(name, entry, language)
    missing = [pair[column] for pair in SAID[name][entry] if not stands(pair[column], shown)]
    assert not missing, f"{name}, {entry}, {language}: not said: {missing}\nsaid: {shown}"


def test_every_entry_that_a_notebook_says_is_typed_and_no_other():
    said = {(name, entry) for name in spoken.NAMES for entry in spoken.said(name, "en")}
    assert said == {(name, entry) for name, entry in ENTRIES if name != "readme"}


def test_a_piece_is_found_with_its_gap_and_not_in_a_longer_number():
    assert stands("13 of .. follow", "so 13 of the 36 follow")
    assert not stands("13 of .. follow", "so 113 of the 36 follow")
    assert not stands("above 25", "above 250")
    assert not stands("4 of 14 are higher", "14 of 4 are higher")
    assert not stands("164 days .. or 169", "169 days of closing, or 164")


@pytest.mark.parametrize("name", spoken.NAMES)
def test_a_part_of_a_whole_is_no_more_than_it_and_gives_the_percentage_behind(name: str):
    for entry, shown in spoken.said(name, "en").items():
        for part, whole, percent, places in spoken.parts(shown):
            assert part <= whole, (name, entry, part, whole)
            exact = 100 * part / whole
            # Rounded or cut: a bound is cut.
            assert abs(float(percent) - exact) < 10.0**-places, (name, entry, part, whole, percent)


def test_a_part_above_its_whole_and_another_percentage_are_seen():
    assert spoken.parts("2,718 settled of 2,175 accepted, 80.02%") == [
        (2718, 2175, spoken.Decimal("80.02"), 2)
    ]
    assert spoken.parts("21,454 of 34,765 is 61.7115%")[0][:2] == (21454, 34765)
    assert spoken.parts("13 of the rates and 4") == []
