"""Each derived value beside one typed here, as a fraction of printed numbers; the table is `expected.csv`.

What a row of `derived.csv` says and what is typed here are two hands: a change of one is seen by the other.
"""

import csv
import re
from fractions import Fraction
from pathlib import Path

import pytest
from typed import exact, is_at

from asprinted.collection.collection import Collection

HOME = Path(__file__).resolve().parents[2]
with Path(__file__).with_name("expected.csv").open(encoding="utf-8", newline="") as opened:
    EXPECTED = {row["key"]: row for row in csv.DictReader(opened)}


@pytest.fixture(scope="module")
def facts():
    """Every fact of the collection."""
    return Collection(HOME).facts


def test_every_derived_value_is_typed_here_and_nothing_else():
    derived = {row["key"]: row["ref"] for row in Collection(HOME).rows("derived")}
    assert {key: row["ref"] for key, row in EXPECTED.items()} == derived


def test_every_number_from_b01_to_b38_has_a_value():
    refs = [row["ref"] for row in Collection(HOME).rows("derived") if row["ref"]]
    assert sorted(set(refs)) == [f"B{number:02}" for number in range(1, 39)]


@pytest.mark.parametrize("key", EXPECTED)
def test_a_derived_value_is_the_fraction_of_the_printed_numbers(facts, key):
    expected, fact = EXPECTED[key], facts[key]
    assert fact.value == (exact(expected["value"]) if expected["value"] else None)
    ends = [exact(expected[end]) if expected[end] else None for end in ("low", "high")]
    assert [fact.low, fact.high] == ends
    if expected["bounds"]:
        assert fact.bounds == expected["bounds"]


@pytest.mark.parametrize("key", EXPECTED)
def test_a_derived_value_has_the_decimals_that_are_listed_for_it(facts, key):
    fact, decimals = facts[key], EXPECTED[key]["decimals"].split()
    values = [fact.value] if len(decimals) == 1 else [fact.low, fact.high]
    assert all(is_at(text, value) for text, value in zip(decimals, values, strict=True))


def test_the_typed_decimals_would_not_take_another_value():
    assert is_at("0.6171", Fraction(21454, 34765))
    assert not is_at("0.6172", Fraction(21454, 34765))
    assert is_at("2.5", Fraction(245, 100))
    assert not is_at("226.4620", Fraction(273 * 13311, 21454))


def test_a_value_lies_inside_its_own_interval(facts):
    for key in EXPECTED:
        fact = facts[key]
        if fact.value is not None and fact.within is not None:
            assert fact.low <= fact.value <= fact.high, key


# --------------------------------------------------------------------------------- what stands beside a value

# Words that a caveat must have, in both languages, and words that it must not have.
CAVEATS = {
    "pending": (["At least", "carried over"], ["下限", "旧存"], ["At most", "上限"]),
    "disposition_time": (["Not the mean"], ["不是", "平均"], []),
    "implied_judges": (["not printed", "whole"], ["整数"], []),
    "court_mediation_share": (["erived"], ["计算"], []),
    "broad_party_committee_share": (["if"], ["仅当"], []),
    "pooled_rate": (["weight|mix|pool"], ["权重|合并|加权|混合|合并计算"], []),
    "account_to_won": (["not a collection rate|no rate|differently named"], ["不是|并非|名称不同"], []),
    "persons_checked_per_resident": (["more than once"], ["重复|不止一次|多次"], []),
    "caseload_ratio_basic_courts": (["identity|goes with"], ["恒等|相关|对应"], ["comes from|because"]),
}


@pytest.mark.parametrize("key", CAVEATS)
def test_a_value_that_is_easily_misread_carries_its_warning_in_both_languages(facts, key):
    english, chinese = facts[key].caveat(), facts[key].caveat("zh")
    in_english, in_chinese, forbidden = CAVEATS[key]
    for pattern in in_english:
        assert re.search(pattern, english), (key, pattern, english)
    for pattern in in_chinese:
        assert re.search(pattern, chinese), (key, pattern, chinese)
    assert not [word for word in forbidden if re.search(word, english + chinese)]


def test_each_derived_value_has_a_title_and_a_caveat_in_each_language_and_known_keys(facts):
    for key in EXPECTED:
        fact = facts[key]
        assert fact.derived
        assert re.search("[一-鿿]", fact.title("zh")), key
        assert re.search("[一-鿿]", fact.caveat("zh")), key
        assert not re.search("[一-鿿]", re.sub(r"\([^()]*\)", "", fact.title())), key
        assert len(fact.caveat()) > 20, key
        assert fact.keys, key


def test_a_share_a_multiple_and_a_change_are_written_to_one_decimal_place_or_more():
    for row in Collection(HOME).rows("derived"):
        assert row["form"] not in ("share", "times", "change", "points") or int(row["places"]) > 0, row["key"]


JUDGED = re.compile(
    r"\bwrong\b|\bfalse\b|failed to|because of|comes from|explains|clearance rate of|\branks?\b",
    re.IGNORECASE,
)


def test_no_caveat_judges_ranks_or_names_a_cause(facts):
    for key in EXPECTED:
        assert not JUDGED.search(facts[key].caveat() + facts[key].title()), key
    assert JUDGED.search("The load comes from few judges.")


def test_values_per_resident_carry_the_caveat_on_the_population(facts):
    for key in (
        "disputes_per_1000_residents",
        "mediators_per_10000_residents",
        "persons_checked_per_resident",
        "police_disputes_per_1000_residents",
    ):
        assert re.search("twelve|12|subdistrict", facts[key].caveat()), key
        assert "街道" in facts[key].caveat("zh"), key


@pytest.mark.parametrize(
    ("key", "token", "derived", "value"),
    [
        ("cases_concluded", "21453件", "closing_rate_recomputed", Fraction(21453, 34765)),
        ("mediation_settled", "782件", "peoples_mediation_unsettled", Fraction(3)),
        ("amount_involved", "1618万元", "amount_per_dispute", Fraction(16180000, 785)),
        ("K013", "1602278人", "disputes_per_1000_residents", Fraction(785000, 1602278)),
        ("K005", "15916件", "open_in_august_2020", Fraction(9777, 34765)),
        ("K040", "2391.8万件", "year_end_share", Fraction(6215, 30133)),
    ],
)
def test_a_printed_token_is_what_a_value_is_computed_from(copied, edit, key, token, derived, value):
    table = "benchmarks" if key.startswith("K") else "printed"
    rows = Collection(copied).rows(table)
    edit(table, next(n for n, row in enumerate(rows, start=2) if row["key"] == key), "as_printed", token)
    assert Collection(copied)[derived].value == value != exact(EXPECTED[derived]["value"])


def test_the_days_are_counted_from_the_data_and_not_typed(copied, edit):
    rows = Collection(copied).rows("benchmarks")
    at = next(number for number, row in enumerate(rows, start=2) if row["key"] == "K001")
    edit("benchmarks", at, "period_end", "2021-09-21")
    assert Collection(copied)["disposition_time"].value == Fraction(264 * 13311, 21454)
    assert Collection(copied)["court_working_days"].value == 180


def test_without_one_whole_number_of_judges_there_is_no_implied_number(copied, edit):
    rows = Collection(copied).rows("printed")
    at = next(number for number, row in enumerate(rows, start=2) if row["key"] == "concluded_per_judge")
    edit("printed", at, "as_printed", "433件")
    with pytest.raises(ValueError, match="0 whole numbers that fit"):
        Collection(copied)["implied_judges"]
