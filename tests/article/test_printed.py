"""The 53 printed figures: how many of which kind in which section, and what each hedged token is read as."""

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from asprinted.collection.collection import Collection
from asprinted.exact.relations import Rule, printing_interval

HOME = Path(__file__).resolve().parents[2]

KINDS = {
    "lede": {"count": 1},
    "governance": {"count": 8, "duration": 2, "rate": 1},
    "court": {"count": 8, "rate": 1, "rank": 1, "mean": 2, "change": 3},
    "procuratorate": {"count": 4, "money": 2},
    "police": {"count": 7, "rate": 1, "change": 2},
    "mediation": {"count": 7, "money": 2, "rate": 1},
}

# Key → number, token, value, low, high, bounds, unit: what a hedged or unusual token stands for.
READ = {
    "years_largest_economy": ("N03", "连续5年", "5", "5", "5", "[]", "年"),
    "years_hundred_districts": ("N04", "连续3年", "3", "3", "3", "[]", "年"),
    "resident_population": ("N05", "超160万", "1600000", "1600000", "1700000", "()", ""),
    "party_organisations": ("N08", "650余家", "650", "650", "660", "[)", "家"),
    "data_resources": ("N11", "1000余项", "1000", "1000", "2000", "[)", "项"),
    "daily_data_exchange": ("N12", "50万条", "500000", "500000", "500000", "[]", "条"),
    "closing_rate": ("N15", "61.71%", "0.6171", "0.6171", "0.6171", "[]", "%"),
    "court_rank": ("N16", "第一位", "1", "1", "1", "[]", "位"),
    "linkage_parties": ("N20", "十三位", "13", "13", "13", "[]", "位"),
    "trial_time_shortening": ("N21", "50%以上", "0.5", "0.5", "", "[)", "%"),
    "disputes_settled_outside_court": ("N22", "2万余件", "20000", "20000", "30000", "[)", "件"),
    "oral_consultations": ("N23", "近1万件", "10000", "", "10000", "()", "件"),
    "compensation_on_account": ("N28", "12万余元", "120000", "120000", "130000", "[)", "元"),
    "restoration_fees": ("N33", "39万余元", "390000", "390000", "400000", "[)", "元"),
    "premises_checked": ("N36", "55.37万余户", "553700", "553700", "553800", "[)", "户"),
    "persons_checked": ("N37", "57.92万余人", "579200", "579200", "579300", "[)", "人"),
    "notices_served": ("N38", "48.57万余人次", "485700", "485700", "485800", "[)", "人次"),
    "police_disputes": ("N39", "1.76万余件", "17600", "17600", "17700", "[)", "件"),
    "police_disputes_resolved": ("N40", "1.73万余件", "17300", "17300", "17400", "[)", "件"),
    "amount_involved": ("N52", "1619万元", "16190000", "16190000", "16190000", "[]", "元"),
}
HEDGED = {
    "N05": "超", "N08": "余", "N11": "余", "N21": "以上", "N22": "余", "N23": "近", "N28": "余", "N33": "余",
    "N36": "余", "N37": "余", "N38": "余", "N39": "余", "N40": "余",
}  # fmt: skip

# Key → what the printed number stands for in a check, rounded and cut.
CELLS = {
    "closing_rate": (("0.61705", "0.61715", "[)"), ("0.6171", "0.6172", "[)")),
    "accepted_per_judge": (("668.5", "669.5", "[)"), ("669", "670", "[)")),
    "concluded_per_judge": (("412.5", "413.5", "[)"), ("413", "414", "[)")),
    "commercial_cases_fall": (("0.225", "0.235", "[)"), ("0.23", "0.24", "[)")),
    "case_cycle_shortening": (("28.5", "29.5", "[)"), ("29", "30", "[)")),
    "police_resolution_rate": (("0.98345", "0.98355", "[)"), ("0.9835", "0.9836", "[)")),
    "contact_crime_calls_fall": (("0.2355", "0.2365", "[)"), ("0.236", "0.237", "[)")),
    "committee_selection_money": (("245000", "255000", "[)"), ("250000", "260000", "[)")),
    "amount_involved": (("16185000", "16195000", "[)"), ("16190000", "16200000", "[)")),
    "mediation_success_rate": (("0.985", "0.995", "[)"), ("0.99", "1", "[)")),
    "cases_accepted": (("34765", "34765", "[]"), ("34765", "34765", "[]")),
    "years_largest_economy": (("5", "5", "[]"), ("5", "5", "[]")),
    "police_disputes": (("17600", "17699", "[]"), ("17600", "17699", "[]")),
}


@pytest.fixture(scope="module")
def collection() -> Collection:
    """The collection as it is typed."""
    return Collection(HOME)


@pytest.fixture(scope="module")
def statistics(collection):
    """The rows as a build would write them now."""
    from asprinted.collection.building import statistic

    return {row["key"]: statistic(row) for row in collection.rows("printed")}


def test_the_article_prints_53_figures_by_section_and_kind(collection):
    found: dict[str, Counter[str]] = {}
    for row in collection.rows("printed"):
        found.setdefault(row["section"], Counter())[row["kind"]] += 1
    assert found == KINDS
    assert list(found) == list(KINDS)
    assert sum(sum(kinds.values()) for kinds in found.values()) == 53


def test_the_figures_are_numbered_n01_to_n53_in_the_articles_order(collection):
    assert [row["ref"] for row in collection.rows("printed")] == [f"N{number:02}" for number in range(1, 54)]


@pytest.mark.parametrize("key", READ)
def test_a_token_is_read_as_it_is_typed_here(statistics, key):
    row = statistics[key]
    read = (row["ref"], row["as_printed"], row["value"], row["low"], row["high"], row["bounds"], row["unit"])
    assert read == READ[key]


def test_thirteen_figures_carry_a_hedge(statistics):
    assert {row["ref"]: row["hedge"] for row in statistics.values() if row["hedge"]} == HEDGED
    assert len(HEDGED) == 13


def test_only_half_or_more_has_no_high_end_and_only_nearly_10000_no_low_end(statistics):
    assert [row["ref"] for row in statistics.values() if not row["high"]] == ["N21"]
    assert [row["ref"] for row in statistics.values() if not row["low"]] == ["N23"]


@pytest.mark.parametrize("key", CELLS)
def test_a_printed_number_stands_for_this_in_a_check_by_each_rule(collection, key):
    printed = collection.facts.typed.printed(key)
    found = [printing_interval(printed.reading, printed.kind, rule) for rule in Rule]
    for cell, (low, high, bounds) in zip(found, CELLS[key], strict=True):
        assert (cell.low, cell.high, cell.bounds) == (Fraction(low), Fraction(high), bounds)


def test_a_change_cannot_reach_the_whole(collection):
    cell = collection.facts.admitted("trial_time_shortening")
    assert (cell.low, cell.high, cell.bounds) == (Fraction(1, 2), 1, "[)")


def test_one_body_speaks_in_each_section_but_the_reporter_and_the_lede(collection):
    bodies: dict[str, set[str]] = {}
    for row in collection.rows("printed"):
        bodies.setdefault(row["section"], set()).add(row["organisation"])
    assert {section for section, named in bodies.items() if len(named) > 1} <= {"governance"}
    assert bodies["governance"] == {"Guandu District politics-and-law committee", "the reporter's voice"}
    assert len({frozenset(named) for named in bodies.values()}) == len(KINDS)


def test_three_figures_of_others_are_left_unread(collection):
    unread = [row["key"] for row in collection.rows("benchmarks") if row["unread"]]
    assert unread == ["K011", "K149", "K150"]
    for key in unread:
        assert collection[key].value is None
        assert collection[key].as_printed


def test_the_typed_tables_are_as_they_were_sealed(collection):
    collection.check_seal()


def test_every_file_of_data_is_described_and_every_column_of_a_table_too(collection):
    described = {collection.path(name).name for name in collection.names()}
    assert {file.name for file in (HOME / "data").glob("*.csv")} == described
    for name in collection.names():
        fields = [field["name"] for field in collection.fields(name)]
        assert sorted(collection.rows(name)[0]) == sorted(fields), name


def test_every_column_is_explained(collection):
    for name in collection.names():
        assert collection.resource(name)["written_by"] in ("hand", "build", "seal", "bench")
        for field in collection.fields(name):
            assert field["title"], (name, field)
            assert field["description"].endswith("."), (name, field)


def test_files_are_utf_8_with_unix_line_ends_and_a_last_one():
    for file in (HOME / "data").iterdir():
        raw = file.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf"), file.name
        assert b"\r" not in raw, file.name
        assert raw.decode("utf-8").endswith("\n"), file.name


def test_no_cell_that_is_shown_mixes_two_languages(collection):
    """English columns hold no Chinese but in brackets or quotation marks."""
    for name in ("printed", "relations", "crosschecks", "standalone", "derived"):
        for row in collection.rows(name):
            for column in ("indicator_en", "title_en", "unit_en", "organisation"):
                cell = re.sub(r"\([^()]*\)|“[^”]*”", "", row.get(column) or "")
                assert not re.search("[一-鿿]", re.sub(r"\{[^{}]*\}", "", cell)), (name, row, column)


# ---------------------------------------------------------------------------------------- against the text


def test_all_53_figures_and_every_other_number_stand_where_the_tables_say(collection, article):
    verified = collection.verify(article)
    assert (verified.printed, verified.exclusions) == (53, 81)


def test_no_table_holds_16_characters_of_the_article(collection, article):
    lines = [line for line in article.split("\n") if line]
    pieces = {line[at : at + 16] for line in lines for at in range(len(line) - 15)}
    title = next(row["title"] for row in collection.rows("sources") if row["key"] == "article")
    for file in (HOME / "data").iterdir():
        text = file.read_text(encoding="utf-8").replace(title, "")
        assert not [text[at : at + 12] for at in range(len(text) - 15) if text[at : at + 16] in pieces], (
            file.name
        )
