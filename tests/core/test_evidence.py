"""Facts about the table of evidence: every name means something, and something shows it."""

import tomllib
from collections import defaultdict

from benchmarks.texts import FOLDERS, folder, texts

from asprinted.audit.mentions import mentions
from asprinted.audit.proposing import groups
from asprinted.audit.ranking import MODEL, weights
from asprinted.chinese.scanning import scan

FORBIDS = {
    "sum": {"series_goes_on", "broken_off", "among_within", "mixed_acts", "left_open", "a_year_before"},
    "change": {"aim", "of_its_whole", "other_base", "years_fall"},
}
"""What is looked for and, where it is seen, forbids the candidate: no candidate shows it."""


def told(home) -> dict[str, dict[str, str]]:
    found = tomllib.loads((home / "benchmarks" / "evidence.toml").read_text("utf-8"))
    return found | {"mean": found["change"] | found["mean"]}


def test_what_candidates_show_is_told_and_what_is_told_is_shown(home):
    shown = defaultdict(set)
    for name in FOLDERS:
        for text in texts(folder(name)):
            for readings in groups(text.text, mentions(text.text, scan(text.text))):
                for each in (row for rows in readings for row in rows[:1]):
                    shown["table" if "table" in each.seen else each.kind] |= each.seen
    for kind, meanings in told(home).items():
        assert shown[kind] <= meanings.keys(), kind
        if kind != "mean":
            unseen = meanings.keys() - shown[kind] - {"means", "among_rows"}
            assert unseen == FORBIDS.get(kind, set()), kind


def test_what_is_weighed_is_told_and_no_meaning_stands_for_two_names(home):
    meanings = told(home)
    for kind, of_kind in weights().items():
        own = meanings["table" if kind.startswith("table_") else kind.removeprefix("told_")]
        assert of_kind.meant.keys() - set(MODEL) <= own.keys(), kind
    for own in meanings.values():
        assert all(own.values())
