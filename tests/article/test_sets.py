"""Which rows of other publications stand side by side: each set, row by row.

The rules stand in `sets.csv`; what they take in is typed once more, row by row in `elsewhere.csv`, so that a
rule, or a column that a rule decides by, cannot change alone.
"""

import csv
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from asprinted.collection import sets
from asprinted.collection.collection import Collection
from asprinted.collection.fact import UnusableError
from asprinted.faults import Faults

HOME = Path(__file__).resolve().parents[2]

# For each row of others, the sets that it stands in, by number, or key where a set has none.
with Path(__file__).with_name("elsewhere.csv").open(encoding="utf-8", newline="") as opened:
    STANDS_IN = {row["key"]: row["sets"].split(";") for row in csv.DictReader(opened)}
NAMES = list(dict.fromkeys(name for names in STANDS_IN.values() for name in names))


def keys(ref: str) -> set[str]:
    """Return the rows that stand in a set."""
    return {key for key, names in STANDS_IN.items() if ref in names}


@pytest.fixture(scope="module")
def collection() -> Collection:
    """The collection as it is typed."""
    return Collection(HOME)


def behind(collection: Collection, ref: str) -> set[str]:
    """Return the rows of others that a set is made of."""
    (row,) = (row for row in collection.rows("sets") if ref == (row["ref"] or row["key"]))
    return {
        key
        for key in sets.rows_behind(collection.facts, sets.members(collection.facts, row))
        if key.startswith("K")
    }


@pytest.mark.parametrize("ref", NAMES)
def test_a_set_is_made_of_the_rows_that_a_second_hand_puts_there(collection, ref):
    assert behind(collection, ref) == keys(ref)


def test_every_row_counts_on_from_k001_and_stands_in_a_set(collection):
    typed = [row["key"] for row in collection.rows("benchmarks")]
    assert typed == [f"K{number:03}" for number in range(1, len(typed) + 1)]
    assert typed == [key for key, names in STANDS_IN.items() if names != [""]]
    assert {row["ref"] or row["key"] for row in collection.rows("sets")} == {*NAMES}


def test_what_must_not_be_shown_has_a_row_and_no_value_and_no_place_in_what_is_shown(collection):
    refused = keys("S15")
    assert {row["key"] for row in collection.rows("benchmarks") if row["shown"] == "no"} == refused
    for key in refused:
        with pytest.raises(UnusableError, match=f"{key} is .* and must not be shown"):
            collection[key]
    for row in collection.rows("sets"):
        shown = {name for fact in sets.side_by_side(collection.facts, row["key"]) for name in fact.keys}
        assert shown.isdisjoint(refused), row["key"]


# ------------------------------------------------------------ like dates

LIKE_DATES = {
    "Guandu, 31 August 2020": ("", Fraction(15917, 25693), True),
    "Guandu, 22 or 30 September 2021": ("61.71%", Fraction(21454, 34765), False),
    "China, 30 September 2016": ("68.17%", Fraction(6817, 10000), False),
    "Shanghai, 30 September 2016": ("84.06%", Fraction(8406, 10000), False),
    "Hedong, 20 or 30 September 2014": ("", Fraction(7018, 9471), True),
    "Yiling, 30 September 2020": ("", Fraction(2841, 4556), True),
}


def test_the_five_closing_rates_first_found_at_a_like_date_stand_beside_the_articles_own(collection):
    found = {
        fact.dated(): (fact.as_printed, fact.value, fact.derived)
        for fact in sets.side_by_side(collection.facts, "like_date_rates")
        if not fact.columns["repeats"]
    }
    # Whatever was found since is held by its row, as a second hand has it.
    assert {place: found.get(place) for place in LIKE_DATES} == LIKE_DATES


def test_of_the_five_all_are_higher_and_two_stand_within_two_thirds_of_a_point(collection):
    own = collection["closing_rate_recomputed"].value
    others = [value for place, (_, value, _) in LIKE_DATES.items() if not place.startswith("Guandu, 22")]
    assert all(value > own for value in others)
    assert sum(value - own < Fraction(65, 10000) for value in others) == 2


def test_the_articles_own_rate_is_repeated_by_another_page_and_counts_once(collection):
    rates = sets.side_by_side(collection.facts, "like_date_rates")
    assert [fact.key for fact in rates if fact.columns["own"]] == ["guandu_court_2021_09_closing_rate"] or [
        fact.as_printed for fact in rates if fact.columns["own"]
    ] == ["61.71%"]


# ------------------------------------------------------------ a new row

# For each set: a row of it, to be copied under a new key, so that the copy meets the same rule.
INVENTED = {
    "S2": "K093 K094 K095", "S3": "K232 K233 K234", "S4": "K185 K186 K187", "S5": "K223 K224 K225",
    "S6": "K099 K100 K101", "S7": "K035", "S8": "K014", "S9": "K113 K114 K115", "S10": "K119 K120 K121",
    "S11": "K134 K135 K136", "S12": "K137", "S13": "K146", "S14": "K142", "S15": "K133", "S1": "K192 K193",
}  # fmt: skip


def with_copies(folder: Path, copied_keys: list[str]) -> Collection:
    """Return the collection with copies of rows, as an invented body has them."""
    file = folder / "data" / "benchmarks.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    copies = [
        {
            **row,
            "key": f"K{900 + number}",
            "group": f"invented_{row['group']}" if row["group"] else "",
            "name_en": "Invented",
            "name_zh": "虚构",
            "repeats": "",
        }
        for number, row in enumerate(row for row in rows if row["key"] in copied_keys)
    ]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, *copies])
    return Collection(folder)


@pytest.mark.parametrize("ref", INVENTED)
def test_an_invented_row_joins_every_set_whose_rule_it_meets(copied, collection, ref):
    chosen = INVENTED[ref].split()
    more = with_copies(copied, chosen)
    added = {f"K{900 + number}" for number in range(len(chosen))}
    for row in collection.rows("sets"):
        before, after = (
            sets.rows_behind(each.facts, sets.members(each.facts, row)) for each in (collection, more)
        )
        assert before <= after, row["key"]
        # A copy meets the rules that its original meets; a rule that names a row or a group is not met.
        names_rows = re.search(r"key ==|group in", row["where"])
        originals = {chosen[int(key[1:]) - 900] for key in after - before}
        assert originals == (before & set(chosen)) or names_rows, row["key"]
    assert behind(more, ref) & added, ref


def test_a_new_rate_at_a_like_date_is_one_more_of_n_and_k_follows(copied, collection):
    def k_of_n(each: Collection) -> tuple[int, int]:
        near = [fact for fact in sets.side_by_side(each.facts, "like_date_rates") if not fact.columns["own"]]
        near = [fact for fact in near if not fact.columns["repeats"]]
        own = each["closing_rate_recomputed"].value
        return sum(fact.value > own for fact in near), len(near)

    k, n = k_of_n(collection)
    more = with_copies(copied, ["K192", "K193"])
    assert k_of_n(more) == (k + 1, n + 1)
    file = copied / "data" / "benchmarks.csv"
    text = file.read_text(encoding="utf-8")
    lower = text[: text.rindex("2841件")] + "1841件" + text[text.rindex("2841件") + len("2841件") :]
    file.write_text(lower, encoding="utf-8", newline="\n")
    assert k_of_n(Collection(copied)) == (k, n + 1)


@pytest.mark.parametrize(
    ("day", "joins"),
    [("08-29", False), ("08-30", True), ("10-23", True), ("10-24", False), ("12-31", False)],
)
def test_a_like_date_is_within_31_days_of_both_22_and_30_september(copied, day, joins):
    more = with_copies(copied, ["K192", "K193"])
    rows = [
        {**row, "period_end": f"2020-{day}"} if row["key"] in ("K900", "K901") else row
        for row in more.rows("benchmarks")
    ]
    more.write("benchmarks", rows)
    near = {fact.place() for fact in sets.side_by_side(Collection(copied).facts, "like_date_rates")}
    assert ("Invented" in near) is joins
    others = {fact.place() for fact in sets.side_by_side(Collection(copied).facts, "other_date_rates")}
    assert ("Invented" in others) is (not joins and day != "12-31")


def test_the_note_of_like_dates_says_the_days_of_their_rule(collection):
    (note,) = (row["note"] for row in collection.rows("sets") if row["ref"] == "S1")
    assert "within 31 days of both 22 and 30 September" in note


def test_an_invented_row_that_meets_no_rule_is_refused_when_built(copied):
    file = copied / "data" / "benchmarks.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    stray = {**rows[0], "key": "K900", "measure": "sub_bureaus", "group": "invented", "repeats": ""}
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, stray])
    with pytest.raises(
        Faults, match=r"benchmarks\.csv has 1 fault.*\n.*no set takes in \(measure sub_bureaus"
    ):
        Collection(copied).build()


def test_most_rows_are_counts_and_each_names_a_publisher_and_a_place_to_look_it_up(collection):
    rows = collection.rows("benchmarks")
    assert Counter(row["kind"] for row in rows).most_common(1)[0][0] == "count"
    for row in rows:
        assert row["publisher"], row["key"]
        assert row["address"] or row["title"] or row["shown"] == "no", row["key"]
