"""The made-up reports say what their truth says, in sentences of their own, and their tables are of them."""

import csv
import re
from itertools import pairwise
from pathlib import Path

from benchmarks.texts import FOLDERS, folder, texts
from tests.shared.reports import COURTS, RELATIONS, TEMPLATES, YEARS, reports

from asprinted.corpus.between import between, report

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


def test_pairs_of_years_of_one_court_are_as_the_table_says():
    made = list(reports(1))
    read = [report(each.text, each.key) for each in made]
    rows = {row["key"]: row for row in stored("made_reports")}
    for past, now in pairwise(read):
        exact = [pair for pair in between(now, past) if pair.exact and pair.how != "twice"]
        row = rows[now.name]
        assert len(exact) == int(row["joined"])
        assert sum(pair.differs for pair in exact) == int(row["differing"])
