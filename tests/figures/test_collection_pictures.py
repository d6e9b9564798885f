"""What every picture of the collection holds to: a place, few words, no code, the style of today."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from pictures import FIGURES

from asprinted.collection.cards import LANGUAGES, Card
from asprinted.figures import style

CODE = re.compile(r"\b[BCKN]\d{2,3}\b")
UNCOUNTED = re.compile(r"key|source|token|number|reach(_label)?(_en|_zh)?")


def cards() -> list[Path]:
    """The cards of the collection's pictures, but those of the first edition, which had no licence."""
    found = sorted(FIGURES.glob("*.json"))
    return [file for file in found if "licence" in json.loads(file.read_text("utf-8"))]


def texts(file: Path, language: str) -> Iterator[str]:
    """The words that a picture draws: those of its card, and each different text of its table."""
    words = Card.read(file).words[language]
    yield from (words.title, words.subtitle, words.note, words.source)
    with file.with_suffix(".csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    for name in rows[0]:
        if not UNCOUNTED.fullmatch(name) and not name.endswith({"en": "_zh", "zh": "_en"}[language]):
            # A point without a name has a label in its table, but none in the picture.
            drawn = {row[name] for row in rows if row.get("near") != "0"}
            yield from (text for text in drawn if re.search(r"[^\W\d_]", text))


def test_a_picture_names_the_place_in_title_or_subtitle():
    for file in cards():
        for language, place in (("en", "Guandu"), ("zh", "官渡")):
            words = Card.read(file).words[language]
            assert place in words.title + words.subtitle, (file.stem, language)


def test_title_subtitle_and_note_have_at_most_70_english_words_or_120_han_characters_and_no_code():
    for file in cards():
        english, chinese = (
            " ".join((words.title, words.subtitle, words.note))
            for words in map(Card.read(file).words.__getitem__, LANGUAGES)
        )
        assert len(english.split()) <= 70, file.stem
        assert len(re.findall("[\u4e00-\u9fff]", chinese)) <= 120, file.stem
        drawn = " ".join(text for language in LANGUAGES for text in texts(file, language))
        assert not CODE.search(drawn), file.stem


def test_a_picture_has_a_card_and_a_dark_variant_in_both_languages():
    for file in cards():
        for language in LANGUAGES:
            for kind in (f"card.{language}.png", f"dark.{language}.svg"):
                assert file.with_suffix(f".{kind}").is_file(), (file.stem, kind)


def test_no_single_rule_never_stands_without_its_unless():
    spoken = {"en": ("No single rule", "unless"), "zh": ("没有一种修约方法", "除非")}
    found = 0
    for file in cards():
        for language, (claim, unless) in spoken.items():
            words = Card.read(file).words[language]
            for text in (words.title, words.subtitle, words.note, words.alt):
                for at in (hit.start() for hit in re.finditer(claim, text, re.IGNORECASE)):
                    found += 1
                    assert unless in text[at : at + 90], (file.stem, language, text)
    assert found >= 4


def test_no_value_leaves_the_range_of_its_kind():
    """A share stands between nothing and the whole, and what a word admits of one ends there too."""
    for file in cards():
        with file.with_suffix(".csv").open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                for column in ("share", "clearance", "closing", "carry_over", "gone"):
                    assert 0 <= float(row.get(column) or 0) <= 1, (file.stem, column, row)
                for column in ("value", "number", "low", "high", "day"):
                    number = re.fullmatch(r"-?[\d.]+", row.get(column) or "")
                    signed = file.stem == "last_digit_ruler"
                    assert signed or not number or float(number[0]) >= 0, (file.stem, column, row)


def test_a_picture_has_the_style_that_draws_today_and_stands_in_both_languages_without_a_bitmap():
    for file in cards():
        assert Card.read(file).style == style.stamp(), file.stem
        for language in LANGUAGES:
            assert file.with_suffix(f".{language}.png").is_file(), file.stem
            assert "<image" not in file.with_suffix(f".{language}.svg").read_text("utf-8"), file.stem
