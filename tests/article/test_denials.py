"""How often each text denies or conditions, typed: a "not", an "if" or a "may" that goes must be meant.

A claim turned round by one small word keeps all its numbers. The counts stand in `denials.csv`, one line for
each entry, picture and README in each language; a text that is reworded has its counts put down again.
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import spoken

HOME = Path(__file__).resolve().parents[2]

DENIES = {
    "en": (
        r"\b(?:not|no|none|neither|nor|never|cannot|without|nobody|nothing"
        r"|un(?:known|settled|resolved|sourced|clear|like))\b"
    ),
    "zh": "不|未|无|没|非(?!诉)",
}
CONDITIONS = {
    "en": (
        r"\b(?:if|may|might|perhaps|as a rule|usually|at least|at most|only|alone|need|rather|about|seldom"
        r"|were)\b"
    ),
    "zh": "若|假如|如果|可能|或许|通常|一般|至少|至多|只|仅|未必|大约|(?<!修)约|前提|假设",
}


def counts(text: str, language: str) -> tuple[int, int]:
    """Return how often a text denies and how often it conditions."""
    found = [re.findall(words[language], spoken.plain(text), re.IGNORECASE) for words in (DENIES, CONDITIONS)]
    return len(found[0]), len(found[1])


def texts() -> Iterator[tuple[str, str, str]]:
    """Yield each text with its name and language."""
    for language in spoken.LANGUAGES:
        for name in spoken.NAMES:
            for entry, text in spoken.said(name, language).items():
                yield f"{name}, {entry}", language, text
            prose = [
                "".join(cell["source"])
                for cell in spoken.cells(name, language)
                if cell["cell_type"] == "markdown"
            ]
            yield f"{name}, prose", language, "\n".join(prose)
        for path in sorted((HOME / "figures").glob("*.json")):
            card = json.loads(path.read_text(encoding="utf-8"))[language]
            yield path.stem, language, " ".join(card[field] for field in ("title", "subtitle", "note", "alt"))
        page = {"en": "README.md", "zh": "README.zh.md"}[language]
        yield "README", language, (HOME / page).read_text(encoding="utf-8")


with Path(__file__).with_name("denials.csv").open(encoding="utf-8", newline="") as opened:
    TYPED = {
        (row["text"], row["language"]): (int(row["denials"]), int(row["conditions"]), int(row["sentences"]))
        for row in csv.DictReader(opened)
    }


def sentences(text: str) -> int:
    """Return how many sentences a text has, headings and items of a list among them."""
    return len([each for each in re.split(r"(?<=[.!?])\s|[。！？]|\n", spoken.plain(text)) if each.strip()])


FOUND = {(name, language): (*counts(text, language), sentences(text)) for name, language, text in texts()}


@pytest.mark.parametrize(("name", "language"), TYPED)
def test_a_text_denies_conditions_and_goes_on_as_often_as_is_typed(name: str, language: str):
    found = FOUND[name, language]
    assert found == TYPED[name, language], f"{name}, {language}: denials, conditions, sentences are {found}"


def test_every_text_is_counted():
    assert FOUND.keys() == TYPED.keys()


def test_a_word_that_turns_a_claim_round_is_seen():
    assert counts("they need not be equally likely", "en") != counts("they are equally likely", "en")
    assert counts("a failure is no accusation", "en") != counts("a failure is an accusation", "en")
    assert counts("各组可能性未必相同", "zh") != counts("各组可能性相同", "zh")
    assert sentences("One. Two? Three") == 3
