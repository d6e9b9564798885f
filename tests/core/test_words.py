"""Facts about the word classes: each word stands in a made-up text, or in a line that says what it gives."""

import csv
import re
from pathlib import Path

import pytest
from benchmarks.texts import FOLDERS, folder, texts

from asprinted.audit import phrasing
from asprinted.audit.candidate import Confidence
from asprinted.audit.ranking import relate
from asprinted.chinese.lexicon import fold
from asprinted.chinese.words import CLASSES

with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))
AUDIT = Path(phrasing.__file__).parent
# Single characters that tell nothing apart; the powers of ten behind 每.
NO_WORDS = {"generic", "so_many"}


def test_every_word_of_the_audit_stands_in_a_text_that_is_scored_or_in_a_line():
    text = "\n".join(fold(each.text) for name in FOLDERS for each in texts(folder(name)))
    typed = {line["word"] for line in LINES}
    calls = [
        call
        for file in AUDIT.rglob("*.py")
        for call in re.findall(r"pattern\([^)]*", file.read_text("utf-8"))
    ]
    named = {name for call in calls for name in re.findall(r"{([a-z_]+)}", call)} - NO_WORDS
    known = [name for name in sorted(named) if name not in PARTS]
    assert len(known) > 40
    assert {word for name in known for word in CLASSES[name] if word not in text} <= typed


PARTS = {"add", "word"}
"""What a pattern takes from beside it, and not from the table."""


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
