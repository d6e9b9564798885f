"""What the algorithms of this article give, beside values typed here; each has a neighbour that fails."""

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product

import pytest
from typed import is_at

from asprinted.exact import slips
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import relation
from asprinted.exact.verdicts import Rule
from asprinted.faults import Fault
from guandu import FUNCTIONS, Amount
from guandu.carry_over import carry_overs
from guandu.judges import means_by_divisor
from guandu.lookup import Tokens
from guandu.pairs import pairs
from guandu.together import counts_by_means, slipped

COURT = Tokens(
    {
        "cases_accepted": ("34765件", "count"),
        "accepted_per_judge": ("669件", "mean"),
        "cases_concluded": ("21454件", "count"),
        "concluded_per_judge": ("413件", "mean"),
        "other_mean": ("414件", "mean"),
        "accepted_2017": ("24422件", "count"),
        "to_one": ("1:499", "mean"),
        "national_judges": ("约12.7万名", "count"),
    },
    rows={
        key: {"as_printed": token, "period_start": "2021-01-01", "period_end": end}
        for key, token, end in (
            ("own", "", "2021-09-30"),
            ("elsewhere", "", "2021-09-22"),
            ("national", "", "2021-11-15"),
        )
    },
)
MEANS = "cases_accepted", "accepted_per_judge", "cases_concluded", "concluded_per_judge"
POLICE = Tokens(
    {
        "resolved": ("1.73万余件", "count"),
        "found": ("1.76万余件", "count"),
        "rate": ("98.35%", "rate"),
        "far_rate": ("90.00%", "rate"),
    }
)
COUNTS = "resolved", "found"


def amounts(**values: Fraction | tuple[Fraction, Fraction]) -> Tokens:
    """Return facts that are no tokens: each a value, or a value and the other end of its range."""
    found = {}
    for key, given in values.items():
        ends = given if isinstance(given, tuple) else (given, given)
        found[key] = Amount(ends[0], Interval.between(min(ends), max(ends)))
    return Tokens({}, found)


def test_only_52_judges_divide_both_totals_into_the_printed_means_if_rounded():
    assert FUNCTIONS["whole_divisor"](COURT, Rule.NEAREST, *MEANS).value == 52


@pytest.mark.parametrize(
    "keys", [MEANS, ("cases_accepted", "accepted_per_judge", "cases_concluded", "other_mean")]
)
def test_no_whole_number_of_judges_gives_both_means_if_cut_or_if_one_is_another(keys):
    with pytest.raises(Fault, match="0 whole numbers"):
        FUNCTIONS["whole_divisor"](COURT, Rule.TRUNCATION, *keys)


def test_a_total_without_its_mean_is_refused():
    with pytest.raises(Fault, match="in pairs"):
        FUNCTIONS["whole_divisor"](COURT, Rule.NEAREST, "cases_accepted")


@pytest.mark.parametrize(
    ("rule", "low", "high"),
    [
        (Rule.NEAREST, Fraction(69530, 1339), Fraction(69530, 1337)),
        (Rule.TRUNCATION, Fraction(34765, 670), Fraction(21454, 413)),
    ],
)
def test_an_average_headcount_lies_above_the_one_end_and_at_most_at_the_other(rule, low, high):
    band = FUNCTIONS["real_divisor"](COURT, rule, *MEANS)
    assert band == Amount(None, Interval.between(low, high, "(]"))
    assert low not in band.within


def test_467_ninths_is_an_average_headcount_if_cut_and_52_if_rounded_and_neither_is_the_other():
    rows = means_by_divisor(COURT, [Fraction(467, 9), 52, 53], *MEANS)
    assert [row["fits"] for row in rows] == ["truncation_only", "nearest_only", "neither"]
    assert rows[1]["accepted_per_judge"] == Fraction(34765, 52)


def test_a_proportion_of_1_to_499_implies_48_89_to_48_99_judges():
    band = FUNCTIONS["divisor_by_ratio"](COURT, Rule.NEAREST, "accepted_2017", "to_one").within
    assert band == Interval.between(Fraction(48844, 999), Fraction(48844, 997), "(]")
    assert 49 not in band


def test_a_token_that_is_no_proportion_is_refused():
    with pytest.raises(Fault, match="1:499"):
        FUNCTIONS["divisor_by_ratio"](COURT, Rule.NEAREST, "accepted_2017", "accepted_per_judge")


@pytest.mark.parametrize(
    ("rule", "count", "low", "high"),
    [(Rule.NEAREST, 168, 290, 292), (Rule.TRUNCATION, 159, 289, 291), (None, 244, 289, 292)],
)
def test_the_pairs_that_print_98_35_and_what_they_leave_unresolved(rule, count, low, high):
    assert FUNCTIONS["count_pairs"](POLICE, rule, *COUNTS, "rate").value == count
    rest = FUNCTIONS["rest_of_pairs"](POLICE, rule, *COUNTS, "rate").within
    assert (rest.low, rest.high, rest.whole) == (low, high, True)


def test_of_10000_pairs_83_print_98_35_under_both_rules():
    table = pairs(POLICE, *COUNTS, "rate")
    printing = [pair.prints for pair in table]
    assert FUNCTIONS["count_pairs"](POLICE, None, *COUNTS).value == len(table) == 10_000
    assert (printing.count("both"), printing.count("nearest_only"), printing.count("truncation_only")) == (
        83,
        85,
        76,
    )


def test_given_98_35_the_whole_is_17600_to_17691_and_a_rate_that_no_pair_prints_is_refused():
    whole = FUNCTIONS["wholes_of_pairs"](POLICE, None, *COUNTS, "rate").within
    assert (whole.low, whole.high) == (17600, 17691)
    with pytest.raises(Fault, match="no pair"):
        FUNCTIONS["rest_of_pairs"](POLICE, None, *COUNTS, "far_rate")


def test_the_periods_may_be_paired_from_one_to_319_over_265_days():
    ways = FUNCTIONS["periods_paired"](COURT, None, "national", "own", "elsewhere")
    assert ways == Amount(Fraction(1), Interval.between(1, Fraction(319, 265)))
    assert Fraction(319, 264) not in ways.within


def test_about_127000_reaches_from_126500_to_127500_and_an_exact_count_reaches_nowhere():
    reach = FUNCTIONS["hedge"](COURT, None, "national_judges")
    assert reach == Amount(Fraction(1), Interval.between(Fraction(1265, 1270), Fraction(1275, 1270)))
    assert FUNCTIONS["hedge"](COURT, None, "cases_accepted").within == Interval.point(1)


# Residents per judge and cases per resident, the court's over those of the basic courts and over all courts.
BASIC = Fraction(1092723834699, 502876036000), Fraction(9816106340000, 8654724439011)
EVERY = Fraction(203489433, 73412560), Fraction(49080531700, 48896748243)


@pytest.mark.parametrize(
    ("ratios", "pace", "share"),
    [
        (BASIC, Fraction(1), "0.8604"),
        (BASIC, Fraction(319, 273), "0.7337"),
        (BASIC, Fraction(319, 265), "0.7137"),
        (EVERY, Fraction(1), "0.9963"),
        (EVERY, Fraction(319, 273), "0.8647"),
        (EVERY, Fraction(319, 265), "0.8435"),
    ],
)
def test_how_much_of_the_load_goes_with_residents_per_judge(ratios, pace, share):
    facts = amounts(residents=ratios[0], cases=ratios[1] * pace)
    found = FUNCTIONS["log_share"](facts, None, "residents", "cases")
    assert f"{float(found.value):.4f}" == share
    assert found.within == Interval.point(found.value)


def test_a_range_of_the_other_factor_gives_a_range_of_shares_and_a_product_of_one_gives_none():
    facts = amounts(residents=BASIC[0], cases=(BASIC[1], BASIC[1] * Fraction(319, 265)), inverse=1 / BASIC[0])
    within = FUNCTIONS["log_share"](facts, None, "residents", "cases").within
    assert (f"{float(within.low):.4f}", f"{float(within.high):.4f}") == ("0.7137", "0.8604")
    with pytest.raises(Fault, match="product is not 1"):
        FUNCTIONS["log_share"](facts, None, "residents", "inverse")


@pytest.mark.parametrize(
    ("load", "residents"), [("2.4645", 1157594), ("2.8798", 1251326), ("2.9667", 1270073)]
)
def test_the_residents_at_which_half_of_the_load_goes_with_residents_per_judge(load, residents):
    per_judge = Fraction(9670693000, 681981)
    pace = {"2.4645": Fraction(1), "2.8798": Fraction(319, 273), "2.9667": Fraction(319, 265)}[load]
    facts = amounts(load=BASIC[0] * BASIC[1] * pace)
    assert f"{float(facts.value('load')):.4f}" == load
    assert round(52 * per_judge * FUNCTIONS["root"](facts, None, "load").value) == residents


def test_a_root_of_less_than_nothing_is_refused():
    with pytest.raises(Fault, match="not below zero"):
        FUNCTIONS["root"](amounts(load=Fraction(-1)), None, "load")


# The table of the carry-over, in per cent: share, clearance of reading A, closing rate and open cases of B.
CARRY_OVER = [
    (Fraction(0), "61.71", "61.71", 13311),
    (Fraction(5, 100), "64.96", "58.63", 15141),
    (Fraction(2103, 30517), "66.28", "57.46", 15884),
    (Fraction(10, 100), "68.57", "55.54", 17174),
    (Fraction(1444, 9471), "72.81", "52.30", 19565),
    (Fraction(5625, 34765 + 5625), "71.70", "53.12", 18936),
    (Fraction(5625, 24422), "80.18", "47.50", 23714),
    (Fraction(30, 100), "88.16", "43.20", 28210),
]


@pytest.mark.parametrize(("share", "clearance", "closing", "pending"), CARRY_OVER)
def test_what_an_unknown_carry_over_would_change(share, clearance, closing, pending):
    (row,) = carry_overs(34765, 21454, {"the share": share})
    assert f"{float(row['clearance']) * 100:.2f}" == clearance
    assert f"{float(row['closing']) * 100:.2f}" == closing
    assert row["pending"] == pending


def test_a_carry_over_of_all_that_is_open_makes_reading_a_reach_100_percent_and_one_case_less_does_not():
    shares = {"one less": Fraction(13310, 34765), "all": Fraction(13311, 34765)}
    less, every = (row["clearance"] for row in carry_overs(34765, 21454, shares))
    assert less < every == 1


@pytest.mark.parametrize("share", [Fraction(-1, 100), 1])
def test_a_share_below_nothing_or_of_the_whole_is_refused(share):
    with pytest.raises(Fault, match="less than 1"):
        carry_overs(34765, 21454, {"the share": share})


def test_the_readings_stand_from_the_least_share_to_the_greatest_whatever_their_order():
    rows = carry_overs(34765, 21454, {"much": Fraction(3, 10), "none": Fraction(0)})
    assert [row["name"] for row in rows] == ["none", "much"]


# ----------------------------------------------------------------------------- the court's numbers together

FIVE = Tokens(
    {
        "N13": ("34765件", "count"),
        "N17": ("669件", "mean"),
        "N14": ("21454件", "count"),
        "N18": ("413件", "mean"),
        "N15": ("61.71%", "rate"),
    }
)
SLIPS = slipped(FIVE, *FIVE.tokens)


@pytest.mark.parametrize(
    ("tests", "surviving"),
    [
        ("", 189), ("rate", 66), ("headcount", 61), ("average", 77), ("means", 109), ("rate_means", 13),
        ("whole_means", 34), ("rate_average", 13), ("all_whole", 10), ("all_average", 13),
        ("one_rule", 7), ("one_rule_average", 13),
    ],
)  # fmt: skip
def test_of_189_slips_of_the_courts_numbers_so_many_survive(tests, surviving):
    assert sum(all(getattr(row, test) for test in tests.split()) for row in SLIPS) == surviving


def test_of_14078_pairs_of_slips_in_two_numbers_1439_pass_the_rate_and_55_or_110_pass_every_test():
    printed = [FIVE.printed(key) for key in FIVE.tokens]
    tokens = [[replace(each, reading=slip) for slip in slips.of_token(each.reading)] for each in printed]
    both = [
        [*printed[:left], one, *printed[left + 1 : right], other, *printed[right + 1 :]]
        for left, right in combinations(range(5), 2)
        for one, other in product(tokens[left], tokens[right])
    ]
    rates = lru_cache(None)(lambda part, whole, rate: _follows("share", (rate,), (part,), (whole,)))
    # The rate is quick to ask, and the rest is asked of what it lets pass: so few are left to search.
    by_rate = [five for five in both if rates(five[2], five[0], five[4])]
    by_means = [five for five in by_rate if rates(five[3], five[1], five[4])]
    heads = [
        relation("divisor", "headcount", (each, part_each), (), (whole, part))
        for whole, each, part, part_each, _ in by_means
    ]
    whole = sum(any(map(head.fits, Rule)) for head in heads)
    average = sum(any(not head.results(rule).is_empty for rule in Rule) for head in heads)
    assert (len(both), len(by_rate), whole, average) == (14078, 1439, 55, 110)


def _follows(kind, result, part, whole):
    return any(map(relation(kind, "result", result, part, whole).fits, Rule))


def test_the_ten_slips_that_pass_every_test_are_last_digits_of_the_counts_and_three_more_on_average():
    ten = {(row.key, row.digits) for row in SLIPS if row.all_whole}
    thirteen = {(row.key, row.digits) for row in SLIPS if row.all_average}
    accepted, concluded = (
        ("34762", "34763", "34764", "34766", "34767", "34768"),
        ("21452", "21453", "21455", "21456"),
    )
    assert ten == {("N13", digits) for digits in accepted} | {("N14", digits) for digits in concluded}
    assert thirteen - ten == {("N13", "34761"), ("N17", "668"), ("N18", "412")}
    assert {row.digits for row in SLIPS if row.one_rule} == {
        *("34764", "34766", "34767", "34768", "21452", "21453", "21455")
    }


def test_with_52_judges_the_means_admit_2704_pairs_of_counts_and_the_rate_leaves_181():
    table = counts_by_means(FIVE, 52, Rule.NEAREST, "N17", "N18", "N15")
    kept = [(pair.whole, pair.part) for pair in table if pair.rate]
    assert (len(table), len(kept)) == (2704, 181)
    assert (table[0][:2], table[-1][:2]) == ((34762, 21450), (34813, 21501))
    assert [part for whole, part in kept if whole == 34765] == [21452, 21453, 21454, 21455]
    assert [whole for whole, part in kept if part == 21454] == [34764, 34765, 34766, 34767, 34768]
    assert len(counts_by_means(FIVE, 51, Rule.NEAREST, "N17", "N18", "N15")) == 51 * 51


def test_the_derived_counts_of_slips_are_those_of_the_table():
    names = ("count_slips", "slips_unseen", "slips_unseen_on_average")
    assert [FUNCTIONS[name](FIVE, None, *FIVE.tokens).value for name in names] == [189, 10, 13]


# Share of the docket brought to nine months → clearance under A, closing and open cases under B.
MONTHS = {
    "1444/9471": ("0.7281", "0.5230", 19565), "166263/991120": ("0.7415", "0.5136", 20318),
    "223619/2809293": ("0.6705", "0.5680", 16318), "194/6140": ("0.6372", "0.5976", 14445),
    "512/14561": ("0.6396", "0.5954", 14578), "770/3431": ("0.7957", "0.4786", 23371),
    "240/4929": ("0.6487", "0.5871", 15090), "7978/58909": ("0.7138", "0.5335", 18757),
    "77892/643115": ("0.7022", "0.5424", 18102), "2608/25801": ("0.6865", "0.5547", 17220),
}  # fmt: skip


@pytest.mark.parametrize("share", MONTHS)
def test_a_carry_over_of_nine_months_gives_the_listed_clearance_closing_and_open_cases(share):
    (row,) = carry_overs(34765, 21454, {"matched": Fraction(share)})
    clearance, closing, pending = MONTHS[share]
    assert is_at(clearance, row["clearance"])
    assert is_at(closing, row["closing"])
    assert row["pending"] == pending
