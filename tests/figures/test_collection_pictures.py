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


def test_a_picture_has_at_most_90_english_words_or_160_han_characters_and_no_code():
    for file in cards():
        english, chinese = (" ".join(texts(file, language)) for language in LANGUAGES)
        assert len(english.split()) <= 90, file.stem
        assert len(re.findall("[\u4e00-\u9fff]", chinese)) <= 160, file.stem
        assert not CODE.search(english + chinese), file.stem


def test_a_picture_has_the_style_that_draws_today_and_stands_in_both_languages_without_a_bitmap():
    for file in cards():
        assert Card.read(file).style == style.stamp(), file.stem
        for language in LANGUAGES:
            assert file.with_suffix(f".{language}.png").is_file(), file.stem
            assert "<image" not in file.with_suffix(f".{language}.svg").read_text("utf-8"), file.stem
