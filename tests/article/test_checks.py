"""The article's 23 checks, the 37 rates of others, and what no single rule passes: typed once more."""

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from typed import exact, is_at

from asprinted.chinese.reading import read
from asprinted.collection.collection import Collection
from asprinted.exact import relations, verdicts
from asprinted.exact.intervals import Interval
from asprinted.exact.slips import of_token
from asprinted.exact.verdicts import Rule
from asprinted.face import share

HOME = Path(__file__).resolve().parents[2]

# C01 … C23: kind, outcome, and the strength of the check over its own space, where there is one.
LEDGER = {
    "C01": ("recomputed", "both", "10000/10001"),
    "C02": ("recomputed", "nearest_only", "445/501"),
    "C03": ("recomputed", "both", "9973/10001"),
    "C04": ("recomputed", "both", "9888/10001"),
    "C05": ("recomputed", "truncation_only", "99/101"),
    "C06": ("side_by_side", "holds", ""),
    "C07": ("side_by_side", "holds", ""),
    "C08": ("side_by_side", "compatible", ""),
    "C09": ("side_by_side", "holds", ""),
    "C10": ("side_by_side", "compatible", ""),
    "C11": ("side_by_side", "flag", ""),
    "C12": ("side_by_side", "compatible", ""),
    "C13": ("side_by_side", "flag", ""),
    "C14": ("side_by_side", "holds", ""),
    "C15": ("side_by_side", "holds", ""),
    "C16": ("side_by_side", "compatible", ""),
    "C17": ("side_by_side", "compatible", ""),
    "C18": ("side_by_side", "differs", ""),
    "C19": ("recomputed", "not_testable", ""),
    "C20": ("alone", "alone", ""),
    "C21": ("alone", "alone", ""),
    "C22": ("alone", "alone", ""),
    "C23": ("recomputed", "not_testable", ""),
}

# What each relation is between, and what follows: the least and the greatest result under nearest rounding.
RELATIONS = {
    "C01": (
        "closing_rate",
        "closing_rate",
        "cases_concluded",
        "cases_accepted",
        "21454/34765",
        "21454/34765",
    ),
    "C02": (
        "judges_headcount",
        "accepted_per_judge;concluded_per_judge",
        "",
        "cases_accepted;cases_concluded",
        "52",
        "52",
    ),
    "C03": (
        "ratio_of_means",
        "closing_rate",
        "concluded_per_judge",
        "accepted_per_judge",
        "825/1339",
        "827/1337",
    ),
    "C04": (
        "police_resolution",
        "police_resolution_rate",
        "police_disputes_resolved",
        "police_disputes",
        "17300/17699",
        "17399/17600",
    ),
    "C05": (
        "peoples_mediation",
        "mediation_success_rate",
        "mediation_settled",
        "mediation_disputes",
        "783/785",
        "783/785",
    ),
    "C19": ("construction_completion", "construction_completion_rate", "", "construction_tasks", "", ""),
    "C23": ("court_mediation", "", "cases_mediated", "cases_transferred", "4044/16179", "4044/16179"),
}

# The rates of others: printed row, counts, what is printed, the verdict.
RATES = """
K008 18797/24422 76.88% contradicted
K070 554296/(554296+69346) 88.88% both
K074 606417/670250 90.48% nearest_only
K077 83598/89492 93.41% both
K083 2837/4939 57.44% both
K087 894/1803 49.58% both
K091 1456/3881 37.52% nearest_only
K095 11768/11820 99.56% both
K102 1950/2030 96.06% nearest_only
K106 124890/129123 96.72% both
K115 866/2395 36.16% nearest_only
K121 473/490 96.5% both
K125 6217/6368 97.6% both
K136 1005/1221 82.3% both
K161 3904/3906 99.9% both
K165 12194/12244 99.59% both
K170 149/683 21.8% both
K173 973/1102 88.3% nearest_only
K098 2301539/2330088 98.31% contradicted
K118 38311/73225 52.23% contradicted
K187 1779/2559 69.52% nearest_only
K190 1058/2380 44.45% both
K198 2580/(3964+194) 62.05% nearest_only
K207 38/68 55.88% both
K210 440/925 47.57% nearest_only
K213 10/38 26.32% nearest_only
K216 406/770 52.73% nearest_only
K234 17946/24333 73.75% both
K239 15399/19768 77.90% nearest_only
K248 25180/26611 94.6% both
K252 21971/25730 93.68% contradicted
K261 1189/2544 46.74% nearest_only
K264 3721/3902 95.36% both
K269 31730/33915 93.56% nearest_only
K272 54219/(54219+2967) 94.81% both
K287 8270/16328 50.6% both
K295 17516/19105 0.98 contradicted
"""


@pytest.fixture(scope="module")
def collection() -> Collection:
    """The collection as it is typed."""
    return Collection(HOME)


@pytest.fixture(scope="module")
def rates(collection) -> dict[str, str]:
    """The relations of others by the row of the printed rate."""
    return {
        collection.relation_row(name)["printed_key"]: name
        for name in collection.relations("benchmark_relations")
    }


# ------------------------------------------------------------ the ledger


def test_the_ledger_runs_from_c01_to_c23_with_these_outcomes(collection):
    found = {row.ref: (row.kind, row.result) for row in collection.ledger}
    assert found == {ref: (kind, result) for ref, (kind, result, _) in LEDGER.items()}
    assert list(found) == list(LEDGER)


def test_seven_are_recomputed_thirteen_side_by_side_and_three_alone(collection):
    kinds = Counter(row.kind for row in collection.ledger)
    assert kinds == {"recomputed": 7, "side_by_side": 13, "alone": 3}
    outcomes = Counter(row.result for row in collection.ledger if row.kind == "side_by_side")
    assert outcomes == {"holds": 5, "compatible": 5, "flag": 2, "differs": 1}
    assert "contradicted" not in {row.result for row in collection.ledger}


@pytest.mark.parametrize("ref", LEDGER)
def test_a_check_would_have_rejected_this_share_of_other_values(collection, ref):
    (row,) = (row for row in collection.ledger if row.ref == ref)
    assert row.strength == (exact(LEDGER[ref][2]) if LEDGER[ref][2] else None)


# One digit replaced, or two neighbours changed over, in any printed token; and in the printed result alone.
SLIPS = {"C01": (134, 123), "C02": (151, 128), "C03": (93, 80), "C04": (94, 74), "C05": (73, 64)}
IN_THE_RESULT = {"C01": (38, 38), "C03": (38, 27), "C04": (38, 20), "C05": (17, 17)}


@pytest.mark.parametrize("ref", SLIPS)
def test_so_many_slips_of_a_test_would_show(collection, ref):
    (row,) = (row for row in collection.ledger if row.ref == ref)
    assert row.check.slips == SLIPS[ref]


@pytest.mark.parametrize("ref", IN_THE_RESULT)
def test_so_many_slips_of_the_result_would_show(collection, ref):
    (row,) = (row for row in collection.ledger if row.ref == ref)
    (result,) = row.check.relation.printed
    wrong = [
        verdicts.verdict(replace(row.check.relation, printed=(replace(result, reading=slip),)))
        for slip in of_token(result.reading)
    ]
    assert (len(wrong), wrong.count("contradicted")) == IN_THE_RESULT[ref]


def test_what_is_not_printed_has_no_slips(collection):
    assert [row.check.slips for row in collection.ledger if row.ref in ("C19", "C23")] == [None, None]


@pytest.mark.parametrize("ref", RELATIONS)
def test_a_relation_is_between_these_figures_and_gives_this(collection, ref):
    name, printed, part, whole, low, high = RELATIONS[ref]
    row = collection.relation_row(name)
    assert (row["ref"], row["printed_key"], row["part_key"], row["whole_key"]) == (ref, printed, part, whole)
    computed = collection.check(name).computed
    if low:
        assert (computed.low, computed.high) == (exact(low), exact(high))
    else:
        assert computed is None


def test_every_printed_figure_is_checked_held_side_by_side_or_stands_alone(collection):
    used = {key for row in collection.ledger for key in row.keys}
    assert used >= {row["key"] for row in collection.rows("printed")}
    others = used - {row["key"] for row in collection.rows("printed")}
    assert all(re.fullmatch(r"K\d{3}", key) for key in others)


def test_21_of_53_figures_stand_alone_and_11_are_tested_so_most_do_neither(collection):
    reaches = ["tested", "not_testable", "side_by_side", "alone"]
    reached = {
        row["key"]: min(
            (each.reach for each in collection.ledger if row["key"] in each.keys), key=reaches.index
        )
        for row in collection.rows("printed")
    }
    assert Counter(reached.values()) == {"tested": 11, "not_testable": 4, "side_by_side": 17, "alone": 21}
    # A figure counts where it gets furthest: the closing rate is also held beside another publication.
    assert (reached["closing_rate"], reached["parties_involved"]) == ("tested", "side_by_side")
    assert (reached["cases_mediated"], reached["amount_involved"]) == ("not_testable", "alone")


# ------------------------------------------------------------ strength


def test_only_21452_to_21456_concluded_cases_print_61_71(collection):
    fitting = {rule: [] for rule in Rule}
    for concluded in range(21440, 21470):
        for rule in Rule:
            cell = relations.printing_interval(read("61.71%"), relations.Kind.RATE, rule)
            if Fraction(concluded, 34765) in cell:
                fitting[rule].append(concluded)
    assert fitting == {Rule.NEAREST: [*range(21452, 21456)], Rule.TRUNCATION: [*range(21454, 21457)]}


def test_113_rates_of_two_decimals_would_have_passed_the_police_check(collection):
    police = collection.relation("police_resolution")
    nearest, either = verdicts.passing(police, Rule.NEAREST), verdicts.passing(police)
    assert (len(nearest), min(nearest), max(nearest)) == (112, Fraction("0.9775"), Fraction("0.9886"))
    assert (len(either), min(either), max(either)) == (113, Fraction("0.9774"), Fraction("0.9886"))


def test_28_rates_pass_beside_the_two_means_and_25_by_each_rule(collection):
    means = collection.relation("ratio_of_means")
    passing = [len(verdicts.passing(means, rule)) for rule in (None, *Rule)]
    assert passing == [28, 25, 25]
    least, most = min(verdicts.passing(means)), max(verdicts.passing(means))
    assert (least, most) == (Fraction("0.6161"), Fraction("0.6188"))


@pytest.mark.parametrize(
    ("name", "low", "high", "strength"),
    [
        ("police_resolution", "0.95", "1", "388/501"),
        ("peoples_mediation", "0.95", "1", "4/6"),
        ("judges_headcount", "500", "1000", "445/501"),
        ("judges_headcount", "1", "1000", "590/1000"),
    ],
)
def test_the_strength_of_a_check_rests_on_the_space_that_is_picked(collection, name, low, high, strength):
    relation = replace(collection.relation(name), space=(Fraction(low), Fraction(high)))
    assert verdicts.check(relation).strength == Fraction(strength)


def test_one_whole_headcount_fits_both_means_if_rounded_and_none_if_cut(collection):
    headcount = collection.relation("judges_headcount")
    assert list(verdicts.divisors(headcount, Rule.NEAREST)) == [52]
    assert list(verdicts.divisors(headcount, Rule.TRUNCATION)) == []


# ------------------------------------------------------------ both rules


def test_no_single_rule_passes_all_five_checks_but_cutting_with_an_average_headcount(collection):
    found = {
        row.ref: row.result for row in collection.ledger if row.ref in ("C01", "C02", "C03", "C04", "C05")
    }
    rounded = [ref for ref, verdict in found.items() if verdict in ("both", "nearest_only")]
    cut = [ref for ref, verdict in found.items() if verdict in ("both", "truncation_only")]
    assert rounded == ["C01", "C02", "C03", "C04"]
    assert cut == ["C01", "C03", "C04", "C05"]
    # An average headcount need not be whole: eight months with 52 judges and one with 51.
    average = verdicts.real_divisors(collection.relation("judges_headcount"), Rule.TRUNCATION)
    assert (average.low, average.high, average.bounds) == (Fraction(34765, 670), Fraction(21454, 413), "(]")
    assert Fraction(467, 9) in average
    assert Fraction(52) not in average
    by_rounding = verdicts.real_divisors(collection.relation("judges_headcount"), Rule.NEAREST)
    assert Fraction(52) in by_rounding
    assert (average & by_rounding) == Interval(by_rounding.low, average.high, False, True)


# ------------------------------------------------------------ rates of others


@pytest.mark.parametrize("line", RATES.strip().splitlines(), ids=lambda line: line.split()[0])
def test_a_rate_of_others_beside_its_counts_has_this_verdict(collection, rates, line):
    key, counts, printed, verdict = line.split()
    check = collection.check(rates[key])
    assert check.computed.low == check.computed.high == exact(counts)
    assert [each.reading.text for each in check.relation.printed] == [printed]
    assert check.verdict.value == verdict


def test_of_37_rates_32_follow_13_by_rounding_alone_none_by_cutting_alone_and_five_by_no_rule(
    collection, rates
):
    assert list(rates) == [line.split()[0] for line in RATES.strip().splitlines()] or set(rates) == {
        line.split()[0] for line in RATES.strip().splitlines()
    }
    verdicts = Counter(collection.check(name).verdict.value for name in rates.values())
    assert verdicts == {"both": 19, "nearest_only": 13, "contradicted": 5}


def test_the_built_verdicts_of_others_are_these(collection):
    built = {row["printed_key"]: row["verdict"] for row in collection.rows("benchmark_checks")}
    assert built == {line.split()[0]: line.split()[3] for line in RATES.strip().splitlines()}


def test_a_rate_one_step_away_would_have_another_verdict():
    shares = [share(token, "21454件", "34765件") for token in ("61.71%", "61.72%", "61.70%")]
    assert [verdicts.check(each).verdict.value for each in shares] == ["both", "contradicted", "contradicted"]
    assert is_at("0.7697", Fraction(18797, 24422))
