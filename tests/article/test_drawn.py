"""What pictures say, as typed in `drawn.toml`; the rows that they draw stand in `drawn_rows.csv`."""

import csv
import json
import re
import tomllib
from pathlib import Path

import pytest
from test_said import stands

import held
import sheets
import spoken
from asprinted.books import pictures
from asprinted.collection.cards import Card
from asprinted.collection.collection import Collection

HOME = Path(__file__).resolve().parents[2]
DRAWN = tomllib.loads(Path(__file__).with_name("drawn.toml").read_text(encoding="utf-8"))
STEMS = sorted(path.stem for path in (HOME / "figures").glob("*.csv"))


def table(stem: str) -> list[dict[str, str]]:
    with (HOME / "figures" / f"{stem}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize("language", spoken.LANGUAGES)
@pytest.mark.parametrize("stem", DRAWN["words"])
def test_a_picture_says_what_is_typed_for_it(stem: str, language: str):
    card = json.loads((HOME / "figures" / f"{stem}.json").read_text(encoding="utf-8"))[language]
    text = "\n".join(card[field] for field in ("title", "subtitle", "note", "alt"))
    column = spoken.LANGUAGES.index(language)
    missing = [pair[column] for pair in DRAWN["words"][stem] if not stands(pair[column], text)]
    assert not missing, f"{stem}, {language}: not said: {missing}\nsaid: {text}"


def test_every_picture_is_typed_and_no_other():
    assert sorted(DRAWN["words"]) == STEMS


@pytest.mark.parametrize("language", spoken.LANGUAGES)
@pytest.mark.parametrize("stem", DRAWN["by_hand"])
def test_a_picture_drawn_by_its_notebook_has_its_words_from_top_to_bottom(stem: str, language: str):
    svg = (HOME / "figures" / f"{stem}.{language}.svg").read_text(encoding="utf-8")
    words = re.findall(r"<!-- (.*?) -->\s*<g[^>]* transform=\"translate\([\d.]+ ([\d.]+)\)", svg)
    typed = [pair[spoken.LANGUAGES.index(language)] for pair in DRAWN["by_hand"][stem]]
    assert [text for text, _ in sorted(words, key=lambda each: float(each[1])) if text in typed] == typed


@pytest.mark.parametrize("language", spoken.LANGUAGES)
def test_the_lines_of_both_readings_run_through_their_typed_marks(language: str):
    """Reading A rises from the printed rate and B falls, each beside its words; what is derived is hollow."""
    stem = "carry_over_sensitivity"
    sheet = sheets.read(HOME / "figures" / f"{stem}.{language}.svg")
    r = held.Reading(sheet, table(stem), language, low=False)
    held.legible(sheet)
    held.caption(r, Card.read(HOME / "figures" / f"{stem}.json").words[language], held.PROJECT[language])
    at, up = held.crossed(r)
    marks = DRAWN["marks"][stem]
    for which, side in ((1, -1), (2, 1)):
        places = [(at(mark[0] / 100), -up(mark[which] / 100)) for mark in marks]
        line = r.take("path", edge=held.ARTICLE, width=2.0)
        assert all(
            abs(found - place) < 0.2
            for both in zip(line.points, places, strict=True)
            for found, place in zip(*both, strict=True)
        )
        for (x, y), mark in zip(places, marks, strict=True):
            r.take("area", x=x, y=y, fill=held.PAPER, edge=held.ARTICLE, wide=6.0 if mark[3] else 3.46)
        said = r.words(r.cell(r.rows[-1], "ab"[which - 1]), right=places[-1][0])
        assert 6 < (said.y - places[-1][1]) * side < 30
    start = at(0), -up(marks[0][1] / 100)
    r.take("o", x=start[0], y=start[1], fill=held.ARTICLE, edge=held.ARTICLE, wide=7.0)
    said = r.words("61.71%", bold=True, color=held.ARTICLE, left=start[0])
    assert 6 < start[1] - said.y < 30
    r.nothing_left()


def test_every_picture_is_drawn_by_a_form_or_has_its_marks_typed():
    assert sorted([*held.drawn_by(HOME), *DRAWN["marks"]]) == STEMS


def test_every_picture_that_no_form_draws_has_its_words_typed():
    sources = ["".join(cell["source"]) for name in spoken.NAMES for cell in spoken.cells(name, "en")]
    stems = re.findall(r'book\.draw\(\s*(?!figures\.)\w+,\s*"(\w+)"', "\n".join(sources))
    assert stems == [*DRAWN["by_hand"]]


def test_a_tile_of_the_wall_has_the_words_of_its_section_and_its_reach():
    sections = {row["key"]: row["section"] for row in Collection(HOME).rows("printed")}
    for row in table("wall_of_printed_numbers"):
        assert [row["section_en"], row["section_zh"]] == DRAWN["wall"][sections[row["key"]]], row
        assert [row["reach_label_en"], row["reach_label_zh"]] == DRAWN["wall"][row["reach"]], row


def test_a_share_of_mediation_stands_under_the_kind_of_its_row():
    kinds = {
        "pre_filing": (["Pre-filing (诉前)", "诉前调解"], ("", "")),
        "prior": (["Prior (先行)", "先行调解"], ("", "")),
        # Of a group of two kinds the label tells which.
        "assigned": (
            ["Assigned, or people’s mediation", "委派，或人民调解"],
            (r": (assigned|for a court)$", "委派$"),
        ),
    }
    pools = {row["group"]: row["pool"] for row in Collection(HOME).rows("benchmarks")}
    own, *others = table("court_mediation_shares")
    assert [own["group_en"], own["group_zh"]] == ["Transferred by the court (移送)", "移送调解"]
    for row in others:
        group, labels = kinds[pools[row["key"].removesuffix("_mediation_rate")]]
        assert [row["group_en"], row["group_zh"]] == group, row
        for language, label in zip(spoken.LANGUAGES, labels, strict=True):
            assert re.search(label, row[f"label_{language}"]), row


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["closing_rate", "mediation_success_rate"], True),
        (["closing_rate", "closing_rate_recomputed"], False),
        ([0, 1], False),
    ],
)
def test_a_picture_of_ones_own_says_why_the_facts_in_it_are_kept_apart(keys: list[object], said: bool):
    note = pictures.unnamed("mine", Collection(HOME).rows("apart"), keys).parts["note"]
    assert ("they are never ranked" in note["en"], "不排名次" in note["zh"]) == (said, said)
