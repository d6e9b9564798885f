"""Facts about levels: what the words say is moved by no digit, no neighbour and no other year."""

import os
import re
import subprocess
import sys

import pytest
from benchmarks.texts import folder, texts

from asprinted.audit import ranking
from asprinted.audit.ranking import relate, weights

SENTENCE = "会议在县城举行。"
SURE = [
    (text.name, each)
    for text in texts(folder("held"))
    for each in relate(text.text)
    if each.is_sure and len(each.results[0].text) > 3 and each.check.verdict != "not_testable"
]
TEXTS = {text.name: text.text for text in texts(folder("held"))}


def levels(text: str) -> dict[tuple[str, int], tuple[str, float]]:
    """Return the level and the chance by words of each group, by its kind and where its result begins."""
    return {
        (each.kind, each.results[0].start): (each.confidence, each.meant) for each in reversed(relate(text))
    }


def with_another_digit(text: str, start: int, end: int) -> str:
    """Return a text with the last digit of a number changed, so that the number stays as long."""
    at = max(place for place in range(start, end) if text[place] in "0123456789")
    return text[:at] + str((int(text[at]) + 3) % 10) + text[at + 1 :]


def test_these_are_the_least_chances_that_are_declared():
    assert (ranking.SURE, ranking.FLAGGED, ranking.LIKELY) == (0.985, 0.95, 0.8)
    assert (ranking.CLEAR, ranking.SHOWN, ranking.ASKED, ranking.SLIPS) == (0.5, 0.2, 0.0125, 0.06)


def test_there_are_sure_ones_to_try():
    assert len(SURE) > 25


@pytest.mark.parametrize(("name", "one"), SURE, ids=[f"{name}-{one.results[0].text}" for name, one in SURE])
def test_a_digit_of_the_result_changed_moves_no_sure_level(name, one):
    (result,) = one.results
    changed = levels(with_another_digit(TEXTS[name], result.start, result.end))
    assert changed[one.kind, result.start] == ("sure", one.meant)


def test_a_digit_of_the_result_changed_is_flagged_in_nine_of_ten():
    flags = []
    for name, one in SURE:
        (result,) = one.results
        if one.check.verdict == "contradicted":
            continue
        found = relate(with_another_digit(TEXTS[name], result.start, result.end))
        of_it = [each for each in found if each.results[0].start == result.start]
        # Another digit of a hedged or coarse result may follow as well.
        if any(each.fails for each in of_it):
            flags.append(any(each.flag for each in of_it))
    assert len(flags) > 20
    assert sum(flags) >= 0.9 * len(flags)


@pytest.mark.parametrize(("name", "one"), SURE, ids=[f"{name}-{one.results[0].text}" for name, one in SURE])
def test_a_digit_of_a_part_changed_moves_no_sure_level(name, one):
    """Its last digit, so that the part stays below its whole."""
    part = one.parts[0]
    if one.kind == "share" and len(part.text) > 3:
        changed = levels(with_another_digit(TEXTS[name], part.start, part.end))
        assert changed[one.kind, one.results[0].start] == ("sure", one.meant)


UNITS = (("件", "宗"), ("人", "名"), ("万元", "亿元"))


@pytest.mark.parametrize(("old", "new"), UNITS)
@pytest.mark.parametrize(
    "sentence",
    [
        "全院受理案件34765件，审结21454件，结案率为61.71%。",
        "录取学生1400人，其中女生560人，占40%。",
        "财政拨款5000万元，其中助学金1250万元，占25%。",
    ],
)
def test_other_units_throughout_move_no_level(sentence, old, new):
    if old in sentence:
        changed = (
            sentence.replace(f"5{old}", f"5{new}").replace(f"0{old}", f"0{new}").replace(f"4{old}", f"4{new}")
        )
        assert changed != sentence
        assert list(levels(changed).values()) == list(levels(sentence).values())


@pytest.mark.parametrize("name", list(TEXTS)[:6])
def test_a_sentence_before_or_behind_moves_no_level(name):
    text = TEXTS[name]
    plain = levels(text)
    before = levels(SENTENCE + "\n" + text)
    assert {(kind, at - len(SENTENCE) - 1): each for (kind, at), each in before.items()} == plain
    assert levels(text.rstrip() + "\n" + SENTENCE).keys() == plain.keys()


@pytest.mark.parametrize("name", list(TEXTS)[:6])
def test_other_years_throughout_move_no_level(name):
    text = TEXTS[name]
    later = re.sub("20([0-2])([0-9])(?=年)", lambda year: f"2{int('0' + year[1] + year[2]) + 30:03d}", text)
    assert levels(later) == levels(text)


def test_every_weight_is_of_evidence_that_some_text_shows():
    seen = {name for each in weights().values() for name in each.meant}
    found = {name for text in texts(folder("tune")) for each in relate(text.text) for name in each.seen}
    assert found <= seen


def test_readings_that_words_tell_alike_stand_in_one_order_in_every_process():
    (text,) = (each.text for each in texts(folder("forms")) if each.name == "117_table_procuratorate")
    code = (
        "import sys; from asprinted import relate; "
        "print([(each.results, each.parts, each.wholes, each.given) for each in relate(sys.stdin.read())])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            input=text.encode(),
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
