"""Facts about the dataset: what is printed, which verdicts follow, and that built files are fresh."""

import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from guandu import dataset, tables
from guandu.tables import Faults

HEDGED = {
    "resident_population",
    "party_organisations",
    "data_resources",
    "trial_time_shortening",
    "disputes_settled_outside_court",
    "oral_consultations",
    "compensation_on_account",
    "restoration_fees",
    "premises_checked",
    "persons_checked",
    "notices_served",
    "police_disputes",
    "police_disputes_resolved",
}


@pytest.fixture(scope="module")
def statistics(home):
    return {row["key"]: row for row in tables.rows("statistics", home)}


@pytest.fixture(scope="module")
def data(home):
    return dataset.load(home)


# ------------------------------------------------------------------------------------------ what is printed


def test_the_article_prints_53_figures_in_six_parts(statistics):
    assert len(statistics) == 53
    assert list(Counter(row["section"] for row in statistics.values()).items()) == [
        ("lede", 1),
        ("governance", 11),
        ("court", 15),
        ("procuratorate", 6),
        ("police", 10),
        ("mediation", 10),
    ]


def test_the_figures_are_numbered_n01_to_n53_in_the_articles_order(home, statistics):
    assert [row["ref"] for row in statistics.values()] == [f"N{number:02}" for number in range(1, 54)]


def test_thirteen_figures_carry_a_hedge(statistics):
    assert {key for key, row in statistics.items() if row["hedge"]} == HEDGED
    assert len(HEDGED) == 13


def test_only_half_or_more_has_no_high_end_and_only_nearly_10000_no_low_end(statistics):
    assert [key for key, row in statistics.items() if not row["high"]] == ["trial_time_shortening"]
    assert [key for key, row in statistics.items() if not row["low"]] == ["oral_consultations"]


def test_four_figures_are_rates_and_five_are_changes(statistics):
    kinds = Counter(row["kind"] for row in statistics.values())
    assert kinds == {"count": 35, "rate": 4, "mean": 2, "change": 5, "rank": 1, "duration": 2, "money": 4}


@pytest.mark.parametrize(
    ("key", "value", "low", "high", "bounds", "step", "unit"),
    [
        ("closing_rate", "0.6171", "0.6171", "0.6171", "[]", "0.0001", "%"),
        ("police_disputes", "17600", "17600", "17700", "[)", "100", "件"),
        ("resident_population", "1600000", "1600000", "1700000", "()", "10000", ""),
        ("oral_consultations", "10000", "", "10000", "()", "10000", "件"),
        ("trial_time_shortening", "0.5", "0.5", "", "[)", "0.01", "%"),
        ("party_organisations", "650", "650", "660", "[)", "1", "家"),
        ("linkage_parties", "13", "13", "13", "[]", "1", "位"),
        ("amount_involved", "16190000", "16190000", "16190000", "[]", "10000", "元"),
    ],
)
def test_a_token_is_read_exactly(statistics, key, value, low, high, bounds, step, unit):
    row = statistics[key]
    assert (row["value"], row["low"], row["high"], row["bounds"]) == (value, low, high, bounds)
    assert (row["step"], row["unit"]) == (step, unit)


def test_every_figure_is_checked_held_side_by_side_or_stands_alone(home, data):
    used = set()
    for name in data.relations():
        relation = data.relation(name)
        used |= {each.key for each in (*relation.printed, *relation.parts, *relation.wholes)}
    for row in tables.rows("crosschecks", home):
        used |= set(re.findall(r"[a-z]\w+", f"{row['left']} {row['right']}"))
    for row in tables.rows("standalone", home):
        used |= set(row["keys"].split(";"))
    assert used == {row["key"] for row in tables.rows("printed", home)}


def test_the_ledger_runs_from_c01_to_c23_without_a_gap(home):
    refs = [
        row["ref"] for name in ("relations", "crosschecks", "standalone") for row in tables.rows(name, home)
    ]
    assert sorted(refs) == [f"C{number:02}" for number in range(1, 24)]


# ------------------------------------------------------------------------------------------------- verdicts


def test_each_relation_of_the_article_has_its_verdict(home):
    assert {row["id"]: row["verdict"] for row in tables.rows("checks", home)} == {
        "closing_rate": "both",
        "judges_headcount": "nearest_only",
        "ratio_of_means": "both",
        "police_resolution": "both",
        "peoples_mediation": "truncation_only",
        "construction_completion": "not_testable",
        "court_mediation": "not_testable",
    }


def test_669_and_413_per_judge_fit_52_judges_if_rounded_and_none_if_cut(home):
    row = next(row for row in tables.rows("checks", home) if row["id"] == "judges_headcount")
    assert (row["printed"], row["divisors_nearest"], row["divisors_truncation"]) == ("669件;413件", "52", "")
    assert row["power"] == "0.8882"


def test_police_resolution_spans_97_7456_to_98_8580_percent_in_whole_numbers(home, data):
    row = next(row for row in tables.rows("checks", home) if row["id"] == "police_resolution")
    assert (row["computed_low"], row["computed_high"]) == ("0.977456", "0.988580")
    assert data.check("police_resolution").computed.low == Fraction(17300, 17699)


def test_court_mediation_is_24_995_percent_by_our_division_alone(home):
    row = next(row for row in tables.rows("checks", home) if row["id"] == "court_mediation")
    assert (row["printed"], row["computed_low"], row["power"]) == ("", "0.249954", "")


def test_a_closing_rate_of_61_72_percent_would_be_contradicted(copied, edit):
    edit("printed", 16, "as_printed", "61.72%")
    dataset.build(copied)
    verdicts = {row["id"]: row["verdict"] for row in tables.rows("checks", copied)}
    assert verdicts["closing_rate"] == "contradicted"
    assert verdicts["ratio_of_means"] == "both"


def test_of_18_rates_printed_elsewhere_17_follow_by_nearest_rounding_and_one_by_no_rule(home):
    verdicts = {row["printed_key"]: row["verdict"] for row in tables.rows("benchmark_checks", home)}
    assert Counter(verdicts.values()) == {"both": 12, "nearest_only": 5, "contradicted": 1}
    assert verdicts["K008"] == "contradicted"
    nearest = {key for key, verdict in verdicts.items() if verdict == "nearest_only"}
    assert nearest == {"K074", "K091", "K102", "K115", "K173"}


def test_five_crosschecks_hold_five_are_compatible_two_are_flagged_one_conflicts(home):
    outcomes = {row["ref"]: row["outcome"] for row in tables.rows("crosschecks", home)}
    assert Counter(outcomes.values()) == {"holds": 5, "compatible": 5, "flag": 2, "conflict": 1}
    assert {ref for ref, outcome in outcomes.items() if outcome == "flag"} == {"C11", "C13"}
    assert outcomes["C18"] == "conflict"


def test_a_crosscheck_that_no_longer_holds_takes_the_typed_judgement(copied, edit):
    edit("printed", 47, "as_printed", "63个")
    dataset.build(copied)
    outcomes = {row["id"]: row["outcome"] for row in tables.rows("crosschecks", copied)}
    assert outcomes["communities_and_committees"] == "conflict"
    assert outcomes["subdistricts_and_committees"] == "holds"


# --------------------------------------------------------------------------------------- loading the figures


def test_figures_are_looked_up_by_key_those_of_other_publishers_too(data):
    assert data["closing_rate"].reading.value == Decimal("0.6171")
    assert data["K003"].reading.text == data["closing_rate"].reading.text
    assert data["K014"].reading.value == 1610900
    assert len(data) == 53 + 177


def test_an_unknown_figure_names_the_nearest(data):
    with pytest.raises(KeyError, match="no figure 'closing_rat'; near to it is 'closing_rate'"):
        data["closing_rat"]
    with pytest.raises(KeyError, match="no relation 'closing'"):
        data.relation("closing")


def test_a_ratio_and_english_figures_are_left_unread(home, data):
    unread = [key for key in data if data.row(key).get("note", "").startswith("not for the reader")]
    assert unread == ["K011", "K149", "K150"]
    with pytest.raises(KeyError, match="K011 is no number that the reader reads"):
        data["K011"]


def test_a_figure_elsewhere_that_was_not_verified_or_has_no_address_has_a_row_and_no_number(data):
    refused = [key for key in data if not dataset.usable(data.row(key))]
    assert refused == ["K022", "K057", "K116", "K117", "K118", "K133"]
    for key in refused:
        with pytest.raises(dataset.UnusableError, match=f"{key} is .*: it must not be shown"):
            data[key]


def test_what_is_refused_is_told_by_the_columns_and_not_by_the_key(data):
    for column, text in (("seen", "not verified"), ("note", "not for notebooks: no address")):
        doubted = replace(data, _rows={"K014": {**data.row("K014"), column: text}})
        with pytest.raises(dataset.UnusableError, match="K014"):
            doubted["K014"]


def test_of_the_figures_elsewhere_168_are_read_and_most_are_counts(data):
    elsewhere = [data.row(key) for key in data if key[0] == "K"]
    read = [
        data[row["key"]]
        for row in elsewhere
        if dataset.usable(row) and not row["note"].startswith("not for the reader")
    ]
    assert len(read) == 168
    assert Counter(each.kind for each in read).most_common(1)[0][0] == "count"


def test_loading_again_gives_the_same_until_a_table_changes(copied, edit):
    first = dataset.load(copied)
    assert dataset.load(copied) is first
    edit("relations", 2, "title_en", "Closing rate of the court")
    assert dataset.load(copied).relation_row("closing_rate")["title_en"] == "Closing rate of the court"


# ---------------------------------------------------------------------------------------------- fresh, or not


def test_the_built_files_are_what_a_build_would_write_now(home):
    dataset.fresh(home)


def test_a_changed_built_cell_is_named_with_what_would_be_built(copied, edit):
    edit("statistics", 16, "value", "0.6172")
    with pytest.raises(Faults, match="run `guandu build`") as raised:
        dataset.fresh(copied)
    assert str(raised.value).splitlines()[1:] == [
        '  row 16, column value: found "0.6172", expected "0.6171".'
    ]


@pytest.mark.parametrize("raw", [b"", b'key\n"x', b"\xff\xfe", None])
def test_a_built_file_that_is_damaged_or_gone_is_no_longer_fresh(copied, raw):
    file = copied / "data/checks.csv"
    file.unlink() if raw is None else file.write_bytes(raw)
    with pytest.raises(Faults, match=r"checks\.csv has \d+ faults?; run `guandu build`"):
        dataset.fresh(copied)


def test_an_outcome_typed_by_hand_is_no_longer_fresh(copied, edit):
    edit("crosschecks", 7, "outcome", "holds")
    with pytest.raises(Faults, match='row 7, column outcome: found "holds", expected "flag"'):
        dataset.fresh(copied)


def test_a_dictionary_edited_by_hand_is_no_longer_fresh(copied):
    file = copied / "data/README.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Typed by hand", "Typed by us", 1), encoding="utf-8"
    )
    with pytest.raises(Faults, match=r"README\.md has 1 fault"):
        dataset.fresh(copied)


def test_every_column_stands_in_the_dictionary(home):
    page = (home / "data/README.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### (\S+)\.csv\n(.*?)(?=^### |\Z)", page, re.MULTILINE | re.DOTALL))
    assert list(sections) == tables.names(home)
    for name, section in sections.items():
        listed = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        assert listed == [field["name"] for field in tables.fields(name, home)]


def test_the_descriptor_is_told_apart_from_its_readable_form(copied):
    file = copied / "data/datapackage.json"
    described = json.loads(file.read_text(encoding="utf-8"))
    described["resources"][1]["schema"]["fields"][0]["title"] = "Name"
    file.write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(Faults, match=r"README\.md"):
        dataset.fresh(copied)
