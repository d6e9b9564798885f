"""Which rows of other publications stand side by side: each set, row by row.

The rules stand in `sets.csv`; what they take in is typed here once more, so that a rule, or a column that a
rule decides by, cannot change alone.
"""

import csv
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

import spoken
from asprinted.collection import sets
from asprinted.collection.collection import Collection
from asprinted.collection.fact import UnusableError
from asprinted.faults import Faults

HOME = Path(__file__).resolve().parents[2]

# Number of the set, or its key where it has none → the rows, as ranges of K numbers.
LISTED = {
    "S1": "1-5 47 48 78-80 192-193",
    "S2": "6-8 25-34 54-55 58-61 65 67-70 72-77 93-100 102 104-106 221-223 225 240-241 243-244 246-248 "
    "250-252 255-256 262-264 267-272 282-283",
    "S3": "39-41 49-51 81-83 85-88 90-92 194-198 232-234 237-239 258 260-261 275-277",
    "S4": "151-156 185-190 199-220 226-229 278-281",
    "S5": "29-30 39 45-47 67-69 78-79 81 85 88-89 151-156 194-195 223-224 258-259",
    # Row 69, cases pending, stands in the whole of the closing rate that row 70 prints.
    "S6": "45-47 67-70 78-79 99-103 151-156 295",
    "S7": "9-11 35-37 43-44 52-53 64 71 107 184 191 230-231 235-236 242 245 249 253-254 257 273 284",
    "S8": "13 14 24 33 34 37-39 42 157-158",
    "S9": "62-63 108-115 166-175 182-183 265-266 285-289",
    "S10": "15-17 119-132 159-165 171-173 176-177 294",
    "S11": "134-136 141 290-293",
    "S12": "137-140",
    "S13": "144-148",
    "S14": "12-14 18-21 23 56 66 84 142-143 149-150 178-181 274",
    "S15": "22 57 116-118 133",
    # The rates alone of the sets above: without what is pending, newly filed, or divided by nothing.
    "like_date_rates": "1-5 47-48 78-79 192-193",
    "full_year_rates": "6-8 25-34 54-55 58-61 65 68-70 72-77 93-100 102 104-106 221-223 225 240-241 243-244 "
    "246-248 250-252 255-256 262-264 267-272 282-283",
    "other_date_rates": "39-40 49-51 81-83 85-88 90-92 194-196 198 232-234 237-239 258 260-261 276-277",
    "calendar_rates": "1-8 25-34 39-40 47-51 54-55 58-61 65 68-70 72-79 81-83 85-88 90-100 102 104-106 "
    "192-196 198 221-223 225 232-234 237-241 243-244 246-248 250-252 255-256 258 260-264 267-272 276-277 "
    "282-283",
    "guandu_court_rates": "1-8",
    "rates_by_kind": "185-190 201 204-220 226-229 278-280",
    "implied_carry_over": "45-47 67-69 78 88-89 151-156 194-195 223-224 258-259",
    "closing_and_clearance": "45-47 67-70 78-79 99-102 151-156",
    "accepted_per_judge": "11 43 52 235 253",
    "concluded_per_judge": "9 35-37 44 53 71 107 231 236 254 257 273 284",
    "per_other_head": "191 242 245 249",
    "per_judge_with_mediations": "64 184",
    "court_mediation_rates": "62-63 111-115 167-175 182-183 265-266 285-289",
    "peoples_mediation_rates": "15-16 119-121 123-125 127-129 159-165 171-173 176-177",
    "police_resolution_rates": "134-136 141 290 293",
}


def keys(listed: str) -> set[str]:
    """Return the K numbers of ranges."""
    found = set()
    for part in listed.split():
        low, _, high = part.partition("-")
        found |= {f"K{number:03}" for number in range(int(low), int(high or low) + 1)}
    return found


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


@pytest.mark.parametrize("ref", LISTED)
def test_a_set_is_made_of_the_rows_that_are_listed_here(collection, ref):
    assert behind(collection, ref) == keys(LISTED[ref])


def test_every_row_counts_on_from_k001_and_stands_in_a_set(collection):
    listed = set().union(*map(keys, LISTED.values()))
    typed = [row["key"] for row in collection.rows("benchmarks")]
    assert typed == [f"K{number:03}" for number in range(1, len(typed) + 1)]
    assert listed == set(typed)
    assert [row["ref"] or row["key"] for row in collection.rows("sets")] == [*LISTED]


def test_what_must_not_be_shown_has_a_row_and_no_value_and_no_place_in_what_is_shown(collection):
    refused = keys(LISTED["S15"])
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


def test_five_closing_rates_stand_at_a_like_date_beside_the_articles_own(collection):
    found = {
        fact.dated(): (fact.as_printed, fact.value, fact.derived)
        for fact in sets.side_by_side(collection.facts, "like_date_rates")
        if not fact.columns["repeats"]
    }
    assert found == LIKE_DATES


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


# Days around 22 and 30 September, near both or near one → rates found: all, single courts, of 2015 to 2021,
# both of these, publishers' own pages, those of 2015 to 2021; all lie above the article's.
WINDOWS = {
    ("both", 7): (0, 0, 0, 0, 0, 0), ("both", 15): (4, 2, 3, 1, 2, 1), ("both", 31): (5, 3, 4, 2, 2, 1),
    ("both", 45): (5, 3, 4, 2, 2, 1), ("both", 61): (6, 3, 5, 2, 2, 1), ("either", 7): (4, 2, 3, 1, 2, 1),
    ("either", 15): (4, 2, 3, 1, 2, 1), ("either", 31): (5, 3, 4, 2, 2, 1),
    ("either", 45): (5, 3, 4, 2, 2, 1),
    ("either", 61): (6, 3, 5, 2, 2, 1),
}  # fmt: skip


@pytest.mark.parametrize("language", spoken.LANGUAGES)
def test_the_table_of_windows_shows_so_many_rates_and_all_are_above(language):
    (cell,) = (cell for cell in spoken.cells("10_context", language) if cell["id"] == "windows")
    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", "".join(cell["outputs"][0]["data"]["text/html"]))
    width = 11
    rows = [cells[at : at + width] for at in range(width, len(cells), width)]
    shown = {}
    for (_, _, days, *counts), ends in zip(rows, ["both"] * 5 + ["either"] * 5, strict=True):
        found, above, _, *others = map(int, counts)
        assert found == above
        single, recent, single_recent, own, own_recent = others
        shown[ends, int(days)] = (found, single, recent, single_recent, own, own_recent)
    assert shown == WINDOWS
