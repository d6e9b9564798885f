"""Facts about the word classes: each word stands in a made-up text, or in a line that says what it gives."""

import csv
from pathlib import Path

import pytest
from benchmarks.texts import FOLDERS, folder, texts

from asprinted.audit.candidate import Confidence
from asprinted.audit.ranking import relate
from asprinted.chinese.lexicon import fold
from asprinted.chinese.words import CLASSES

with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))
# Single characters that tell nothing apart, and groups whose own names are words.
NO_WORDS = {"generic", "simpler", "each_of", "pairs", "so_many"}


def test_every_word_stands_in_a_text_that_is_scored_or_in_a_line():
    text = "\n".join(fold(each.text) for name in FOLDERS for each in texts(folder(name)))
    typed = {line["word"] for line in LINES}
    named = [name for name in CLASSES._words if name.partition(".")[0] not in NO_WORDS]
    assert len(named) > 50
    assert {word for name in named for word in CLASSES[name] if word not in text} <= typed


@pytest.mark.parametrize("line", LINES, ids=[line["word"] for line in LINES])
def test_a_word_gives_what_its_line_says(line):
    assert line["word"] in CLASSES[line["class"]]
    offered = [each for each in relate(line["sentence"]) if each.confidence is not Confidence.POSSIBLE]
    said = [
        f"{each.kind} {each.direction} ".replace("  ", " ")
        + f"{each.results[0].text} = {'+'.join(span.text for span in each.parts)}"
        + "".join(f" / {span.text}" for span in each.wholes)
        + f": {each.check.verdict}"
        for each in offered
    ]
    assert said == [line["gives"]] * bool(line["gives"])
