"""The made-up reports say what their truth says, in sentences of their own, and their tables are of them."""

import csv
import json
import re
from itertools import groupby
from pathlib import Path

from benchmarks.reports import of_court
from benchmarks.texts import FOLDERS, folder, texts
from tests.shared.reports import COURTS, RELATIONS, TEMPLATES, YEARS, reports

HOME = Path(__file__).resolve().parents[2]
RUN = 10


def stored(name):
    with (HOME / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_number_stands_where_its_truth_says():
    for made in reports(2, YEARS[:3]):
        assert all(made.text.startswith(place.token, place.start) for place in made.places.values())
        named = {key for _, result, *sides in RELATIONS.values() for key in (result, *sides[0], *sides[1])}
        assert named <= set(made.places)


def test_a_slip_is_one_digit_of_one_number():
    slips = [made for made in reports(5) if made.slip]
    assert len(slips) > 15
    for made in slips:
        printed = made.places[made.slip].token
        assert len(printed) == len(made.right)
        assert sum(one != other for one, other in zip(printed, made.right, strict=True)) == 1


def test_no_sentence_of_theirs_stands_in_the_texts_that_the_engine_was_fitted_on():
    fitted = "\n".join(each.text for name in FOLDERS for each in texts(folder(name)))
    pieces = (piece for line in TEMPLATES for said in line for piece in re.split("{[a-z_]+}", said))
    runs = {piece[at : at + RUN] for piece in pieces for at in range(len(piece) - RUN + 1)}
    assert len(runs) > 5
    assert not [run for run in runs if run in fitted]


def test_the_stored_tables_are_of_these_reports():
    truth = [(made.key, len(made.places), made.slip, made.right) for made in reports()]
    told = [(row["key"], int(row["numbers"]), row["slip"], row["right"]) for row in stored("made_reports")]
    assert truth == told
    assert len(truth) == COURTS * len(YEARS)
    assert len(stored("made_relations")) == len(truth) * len(RELATIONS)


def test_the_stored_tables_are_what_the_audit_finds_today_in_the_reports_of_two_courts():
    made = [list(of) for _, of in groupby(reports(2), key=lambda each: each.court)]
    for found in map(of_court, made):
        for name, rows in found.items():
            keys = {row["key"] for row in rows}
            told = "run `python -m benchmarks.reports`, then `make`"
            assert rows == [row for row in stored(name) if row["key"] in keys], told


def test_the_chinese_edition_of_corpus_shows_words_and_no_code():
    edition = json.loads((HOME / "notebooks" / "zh" / "corpus.ipynb").read_text("utf-8"))
    shown = [
        output["data"].get("text/plain", "")
        for cell in edition["cells"]
        for output in cell.get("outputs", ())
    ]
    assert len(shown) > 8
    assert re.findall("[A-Za-z_]{2,}", "".join("".join(each) for each in shown)) == []
