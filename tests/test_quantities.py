"""What the article's figures imply: each value typed here as a fraction, and compared with the computed."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from guandu import audit, findings, intervals
from guandu import quantities as q
from guandu.audit import Rule
from guandu.dataset import Dataset, load
from guandu.quantities import Courts, CutOff

REFUSED = ["K022", "K057", "K133", "K116", "K117", "K118"]
JUDGED = re.compile(
    r"wrong|false|failed to|because of|comes from|explains|clearance rate of|ranks?\b", re.IGNORECASE
)
LISTS = [
    q.closing_rates,
    q.full_year_closing_rates,
    q.caseloads,
    q.mediation_shares,
    q.peoples_mediation_rates,
    q.resolution_rates,
    q.robbery_falls,
    q.proposals,
    q.camera_counts,
    q.disputes_per_mediator_elsewhere,
    q.disputes_per_1000_residents_elsewhere,
]


@pytest.fixture(scope="module")
def data(home) -> Dataset:
    return load(home)


def altered(data: Dataset, key: str, column: str, text: str) -> Dataset:
    """The dataset with one cell changed, to see that a value is read and not typed."""
    rows = {name: data.row(name) for name in data}
    rows[key][column] = text
    return replace(data, _rows=rows, _checks={})


def to(places: int, value: Fraction) -> Decimal:
    """The value as its decimals are listed."""
    return findings.rounded(value, places)


def found(quantities, ref: str, *, name: str = "", variant: str = ""):
    """The one quantity with this number, name and variant."""
    (one,) = (
        quantity
        for quantity in quantities
        if quantity.ref == ref and (not name or quantity.name == name) and variant in quantity.variant_en
    )
    return one


# --- Values that are one exact fraction ---------------------------------------------------------------------

EXACT = [
    (q.closing_rate_recomputed, Fraction(21454, 34765)),
    (q.pending, Fraction(13311)),
    (q.pending_share, Fraction(13311, 34765)),
    (lambda data: q.disposition_time(data, CutOff.COARSER), Fraction(273 * 13311, 21454)),
    (lambda data: q.disposition_time(data, CutOff.FINER), Fraction(265 * 13311, 21454)),
    (lambda data: q.accepted_per_day(data, CutOff.COARSER), Fraction(34765, 273)),
    (lambda data: q.accepted_per_day(data, CutOff.FINER), Fraction(34765, 265)),
    (lambda data: q.concluded_per_day(data, CutOff.COARSER), Fraction(21454, 273)),
    (lambda data: q.concluded_per_day(data, CutOff.FINER), Fraction(21454, 265)),
    (q.implied_judges, Fraction(52)),
    (lambda data: q.concluded_per_judge_and_working_day(data, CutOff.COARSER), Fraction(413, 188)),
    (lambda data: q.concluded_per_judge_and_working_day(data, CutOff.FINER), Fraction(413, 181)),
    (q.court_mediation_share, Fraction(4044, 16179)),
    (q.not_reported_settled, Fraction(12135)),
    (q.police_rate_of_rounded_counts, Fraction(17300, 17600)),
    (q.peoples_mediation_rate, Fraction(783, 785)),
    (q.peoples_mediation_unsettled, Fraction(2)),
    (q.peoples_mediation_unsettled_share, Fraction(2, 785)),
    (q.disputes_per_1000_residents, Fraction(785 * 1000, 1602279)),
    (q.cases_per_1000_residents, Fraction(34765 * 1000, 1602279)),
    (q.cases_per_judge, Fraction(34765, 52)),
    (q.residents_per_judge, Fraction(1602279, 52)),
    (lambda data: q.cases_per_1000_residents(data, Courts.ALL_COURTS), Fraction(30517000 * 1000, 1411780000)),
    (lambda data: q.residents_per_judge(data, Courts.ALL_COURTS), Fraction(1411780000, 127000)),
    (lambda data: q.cases_per_judge(data, Courts.ALL_COURTS), Fraction(30517, 127)),
    (lambda data: q.caseload_ratio(data, Courts.ALL_COURTS), Fraction(34765, 52) / Fraction(30517, 127)),
    (q.parties_per_dispute, Fraction(1332, 785)),
    (q.amount_per_dispute, Fraction(16190000, 785)),
    (q.mediators_per_organisation, Fraction(667, 112)),
    (lambda data: q.mediators_per_organisation(data, professional=False), Fraction(667, 104)),
    (q.disputes_per_mediator, Fraction(785, 667)),
    (q.disputes_per_organisation, Fraction(785, 112)),
    (q.mediators_per_10000_residents, Fraction(667 * 10000, 1602279)),
    (q.communities_with_party_committee_share, Fraction(64, 96)),
    (lambda data: q.communities_with_party_committee_share(data, later=True), Fraction(64, 89)),
    (q.cameras_ratio, Fraction(40572, 6000)),
    (q.persons_per_unit_checked, Fraction(5792, 5537)),
    (q.persons_checked_per_resident, Fraction(579200, 1602279)),
    (q.notices_per_unit_checked, Fraction(4857, 5537)),
    (lambda data: q.index_after_fall(data, "contact_crime_calls_fall"), Fraction(764, 10)),
    (lambda data: q.index_after_fall(data, "robbery_snatching_fall"), Fraction(602, 10)),
    (lambda data: q.index_after_fall(data, "commercial_cases_fall"), Fraction(77)),
    (q.duration_before, Fraction(58)),
    (q.pooled_rate, Fraction(43581, 69329)),
    (
        q.equally_weighted_rate,
        (Fraction(21454, 34765) + Fraction(4044, 16179) + Fraction(17300, 17600) + Fraction(783, 785)) / 4,
    ),
    (
        lambda data: q.equally_weighted_rate(data, printed=True),
        (Fraction(21454, 34765) + Fraction(4044, 16179) + Fraction(9835, 10000) + Fraction(783, 785)) / 4,
    ),
    (
        lambda data: q.residents_per_judge(data, Courts.BASIC_COURTS),
        Fraction(1411780000 * 274 * 1000, 30824000 * 885),
    ),
    (lambda data: q.cases_per_judge(data, Courts.BASIC_COURTS), Fraction(30517 * 274, 30824)),
    (q.caseload_in_city_2017, Fraction(2032, 860)),
    (q.level_since_2020, Fraction(15917, 25693) - Fraction(21454, 34765)),
    (q.level_of_china_2016, Fraction(6817, 10000) - Fraction(21454, 34765)),
    (q.accepted_since_2020, Fraction(34765, 25693)),
    (q.accepted_since_2017, Fraction(34765, 24422)),
    (q.open_in_august_2020, Fraction(9776, 34765)),
    (q.year_end_share, Fraction(6214, 30133)),
    (q.year_end_pace, Fraction(6214, 46) / Fraction(23919, 319)),
]


@pytest.mark.parametrize(("function", "value"), EXACT, ids=[f"{n:02}" for n in range(len(EXACT))])
def test_a_derived_value_is_the_fraction_of_the_printed_numbers(data, function, value):
    assert function(data).value == value


def test_the_decimals_that_are_written_of_them(data):
    listed = [
        (q.closing_rate_recomputed(data), 10, "0.6171149144"),
        (q.disposition_time(data), 4, "164.4176"),
        (q.disposition_time(data, CutOff.COARSER), 4, "169.3811"),
        (q.accepted_per_day(data), 4, "131.1887"),
        (q.concluded_per_day(data, CutOff.COARSER), 4, "78.5861"),
        (q.concluded_per_judge_and_working_day(data), 4, "2.2818"),
        (q.concluded_per_judge_and_working_day(data, CutOff.COARSER), 4, "2.1968"),
        (q.court_mediation_share(data), 10, "0.2499536436"),
        (q.peoples_mediation_rate(data), 10, "0.9974522293"),
        (q.disputes_per_1000_residents(data), 10, "0.4899271600"),
        (q.cases_per_1000_residents(data), 4, "21.6972"),
        (q.cases_per_1000_residents(data, Courts.ALL_COURTS), 4, "21.6160"),
        (q.residents_per_judge(data), 1, "30813.1"),
        (q.residents_per_judge(data, Courts.ALL_COURTS), 1, "11116.4"),
        (q.residents_per_judge(data, Courts.BASIC_COURTS), 2, "14180.30"),
        (q.cases_per_judge(data), 4, "668.5577"),
        (q.cases_per_judge(data, Courts.ALL_COURTS), 4, "240.2913"),
        (q.cases_per_judge(data, Courts.BASIC_COURTS), 2, "271.27"),
        (q.caseload_ratio(data, Courts.ALL_COURTS), 4, "2.7823"),
        (q.parties_per_dispute(data), 10, "1.6968152866"),
        (q.amount_per_dispute(data), 4, "20624.2038"),
        (q.mediators_per_organisation(data), 10, "5.9553571429"),
        (q.mediators_per_10000_residents(data), 4, "4.1628"),
        (q.pooled_rate(data), 10, "0.6286114036"),
        (q.equally_weighted_rate(data), 6, "0.711869"),
        (q.equally_weighted_rate(data, printed=True), 6, "0.712005"),
        (q.caseload_in_city_2017(data), 2, "2.36"),
        (q.year_end_share(data), 6, "0.206219"),
        (q.year_end_pace(data), 6, "1.801611"),
        (q.accepted_since_2020(data), 4, "1.3531"),
        (q.accepted_since_2017(data), 4, "1.4235"),
    ]
    for quantity, places, decimals in listed:
        assert (quantity.name, to(places, quantity.value)) == (quantity.name, Decimal(decimals))


def test_a_year_of_365_days_would_give_another_disposition_time(data):
    assert to(4, Fraction(365 * 13311, 21454)) == Decimal("226.4620")
    assert Decimal("226.4620") not in {to(4, q.disposition_time(data, cut_off).value) for cut_off in CutOff}


# --- Values that are an interval ----------------------------------------------------------------------------

INTERVALS = [
    (q.implied_judges_band, Fraction(34765 * 2, 1339), Fraction(34765 * 2, 1337), "(]"),
    (
        lambda data: q.implied_judges_band(data, Rule.TRUNCATION),
        Fraction(34765, 670),
        Fraction(21454, 413),
        "(]",
    ),
    (q.police_rate_interval, Fraction(17300, 17699), Fraction(17399, 17600), "[]"),
    (q.police_unresolved_raw, Fraction(201), Fraction(399), "[]"),
    (lambda data: q.police_unresolved(data, Rule.NEAREST), Fraction(290), Fraction(292), "[]"),
    (lambda data: q.police_unresolved(data, Rule.TRUNCATION), Fraction(289), Fraction(291), "[]"),
    (q.police_unresolved, Fraction(289), Fraction(292), "[]"),
    (q.amount_per_dispute, Fraction(16185000, 785), Fraction(16195000, 785), "[)"),
    (
        lambda data: q.amount_per_dispute(data, Rule.TRUNCATION),
        Fraction(16190000, 785),
        Fraction(16200000, 785),
        "[)",
    ),
    (q.persons_per_unit_checked, Fraction(579200, 553799), Fraction(579299, 553700), "[]"),
    (q.account_to_won, Fraction(120000, 400000), Fraction(130000, 390000), "()"),
    (
        q.police_disputes_per_1000_residents,
        Fraction(17600 * 1000, 1602279),
        Fraction(17699 * 1000, 1602279),
        "[]",
    ),
    (q.duration_before, Fraction(57), Fraction(59), "[)"),
    (q.pooled_rate, Fraction(43581, 69428), Fraction(43680, 69329), "[]"),
    (q.caseload_in_city_2017, Fraction(20315, 8650), Fraction(20325, 8550), "()"),
]


@pytest.mark.parametrize(
    ("function", "low", "high", "bounds"), INTERVALS, ids=[f"{n:02}" for n in range(len(INTERVALS))]
)
def test_hedges_and_rounding_are_carried_into_an_interval(data, function, low, high, bounds):
    quantity = function(data)
    assert (quantity.low, quantity.high, quantity.bounds) == (low, high, bounds)


def test_the_decimals_that_are_written_of_the_intervals(data):
    band, cut = q.implied_judges_band(data), q.implied_judges_band(data, Rule.TRUNCATION)
    assert (to(4, band.low), to(4, band.high)) == (Decimal("51.9268"), Decimal("52.0045"))
    assert (to(4, cut.low), to(4, cut.high)) == (Decimal("51.8881"), Decimal("51.9467"))
    residents = q.disputes_per_1000_residents(data)
    assert (to(4, residents.low), to(4, residents.high)) == (Decimal("0.4618"), Decimal("0.4906"))
    equal = q.equally_weighted_rate(data)
    assert (to(6, equal.low), to(6, equal.high)) == (Decimal("0.710494"), Decimal("0.713275"))
    by_closings, by_ratio = q.headcounts_of_2017(data)
    assert (to(2, by_closings.low), to(2, by_closings.high)) == (Decimal("47.99"), Decimal("48.01"))
    assert (to(2, by_ratio.low), to(2, by_ratio.high)) == (Decimal("48.89"), Decimal("48.99"))


def test_51_or_53_judges_do_not_fit_both_means_and_truncation_fits_no_whole_number(data):
    table = q.means_by_judges(data, range(1, 1001))
    assert table.loc[table["fits"], "judges"].to_list() == [52]
    band = q.implied_judges_band(data, Rule.TRUNCATION)
    assert not any(band.low < number <= band.high for number in range(1, 1001))


def test_without_one_whole_number_of_judges_there_is_no_implied_number(data):
    with pytest.raises(ValueError, match="found 0 whole numbers of judges"):
        q.implied_judges(altered(data, "concluded_per_judge", "as_printed", "433件"))


# --- The police pairs ---------------------------------------------------------------------------------------


def test_of_10000_pairs_of_police_counts_244_print_the_printed_rate(data):
    counted = Counter(q.police_grid(data)["prints"])
    assert counted == {
        "both": 83,
        "nearest_only": 168 - 83,
        "truncation_only": 159 - 83,
        "neither": 10000 - 244,
    }


def test_the_pairs_are_those_that_brute_force_finds(data):
    for pair in q.police_pairs(data):
        share = Fraction(pair.resolved, pair.accepted) * 10000
        assert pair.nearest is (Fraction(9835) - Fraction(1, 2) <= share < Fraction(9835) + Fraction(1, 2))
        assert pair.truncation is (9835 <= share < 9836)


def test_the_pairs_are_as_many_as_the_floor_sums_count(data):
    parts, wholes = (
        audit.printing_interval(data[key].reading, "count", Rule.NEAREST)
        for key in ("police_disputes_resolved", "police_disputes")
    )
    for rule, number in ((Rule.NEAREST, 168), (Rule.TRUNCATION, 159)):
        cell = audit.printing_interval(data["police_resolution_rate"].reading, "rate", rule)
        assert intervals.count_ratios(parts, wholes, cell) == number


def test_the_printed_rate_narrows_the_disputes_to_at_most_17691(data):
    accepted = [pair.accepted for pair in q.police_pairs(data) if pair.fits(None)]
    assert (min(accepted), max(accepted)) == (17600, 17691)


def test_113_rates_of_two_decimals_would_have_passed_the_police_check(data):
    relation = data.relation("police_resolution")
    assert len(audit.passing(relation)) == 113
    assert len(audit.passing(relation, Rule.NEAREST)) == 112
    assert q.power_within(data, "police_resolution", Fraction(95, 100)) == Fraction(388, 501)
    assert q.power_within(data, "peoples_mediation", Fraction(95, 100)) == Fraction(4, 6)


def test_21_of_53_figures_stand_alone_and_11_are_tested_so_most_do_neither(data):
    reached = q.reach(data)
    assert Counter(reached.values()) == {"tested": 11, "not_testable": 4, "side_by_side": 17, "alone": 21}
    # A figure counts where it gets furthest: the closing rate is also held beside another publication.
    assert (reached["closing_rate"], reached["parties_involved"]) == ("tested", "side_by_side")
    assert (reached["cases_mediated"], reached["amount_involved"]) == ("not_testable", "alone")


def test_the_power_of_the_headcount_rests_on_the_range_that_was_picked(data):
    assert q.power_within(data, "judges_headcount", 500, 1000) == Fraction(501 - 56, 501)
    assert q.power_within(data, "judges_headcount", 1, 1000) == Fraction(1000 - 410, 1000)
    assert to(3, q.power_within(data, "judges_headcount", 100, 2000)) == Decimal("0.823")


def test_a_check_that_cannot_be_made_has_no_power(data):
    with pytest.raises(ValueError, match="found no power for court_mediation"):
        q.power_within(data, "court_mediation", 0)


# --- The caseload, as an identity ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("courts", "cases", "residents", "total", "shares"),
    [
        (
            Courts.ALL_COURTS,
            ["1.0038", "1.1729", "1.2083"],
            "2.7719",
            ["2.78", "3.25", "3.35"],
            ["99.6", "86.5", "84.3"],
        ),
        (
            Courts.BASIC_COURTS,
            ["1.1342", "1.3253", "1.3653"],
            "2.1729",
            ["2.46", "2.88", "2.97"],
            ["86.0", "73.4", "71.4"],
        ),
    ],
)
def test_the_caseload_splits_into_cases_per_resident_and_residents_per_judge(
    data, courts, cases, residents, total, shares
):
    splits = q.decompositions(data, courts)
    assert [to(4, split.cases_per_resident) for split in splits] == [Decimal(ratio) for ratio in cases]
    assert {to(4, split.residents_per_judge) for split in splits} == {Decimal(residents)}
    assert [to(2, split.total) for split in splits] == [Decimal(ratio) for ratio in total]
    assert [to(1, split.log_share * 100) for split in splits] == [Decimal(share) for share in shares]


def test_the_split_is_an_identity_and_not_two_estimates(data):
    for courts in (Courts.ALL_COURTS, Courts.BASIC_COURTS):
        split = q.decomposition(data, courts)
        assert split.total == q.cases_per_judge(data).value / q.cases_per_judge(data, courts).value
        assert 0 < split.log_share < 1


def test_the_basic_courts_have_99559_judges_by_what_is_printed_of_2022(data):
    residents = q.residents_per_judge(data, Courts.BASIC_COURTS).value
    assert to(2, Fraction(1411780000) / residents) == Decimal("99559.27")


def test_the_docket_of_2022_would_widen_the_shares_to_69_and_97_percent(data):
    shares = [
        q.decomposition(data, Courts.BASIC_COURTS, cut_off, "K033").log_share
        for cut_off in (CutOff.FINER, None)
    ]
    assert [findings.percent(share, 0) for share in shares] == ["69%", "97%"]


def test_the_hedged_national_headcount_alone_leaves_two_digits(data):
    ratio = q.residents_per_judge_ratio(data, Courts.ALL_COURTS)
    assert (to(3, ratio.low), to(3, ratio.high)) == (Decimal("2.761"), Decimal("2.783"))


# --- The carry-over -----------------------------------------------------------------------------------------

CARRY_OVER = [
    (Fraction(0), "61.71", "61.71", 13311),
    (Fraction(5, 100), "64.96", "58.77", 15049),
    (Fraction(2103, 30517), "66.28", "57.73", 15707),
    (Fraction(10, 100), "68.57", "56.10", 16788),
    (Fraction(1444, 9471), "72.81", "53.55", 18611),
    (Fraction(5625, 34765), "73.62", "53.12", 18936),
    # By the fraction itself; 16.78% and 23.03%, rounded first, would give 19145 and 21317.
    (1 - Fraction(15125 * 6817, 12389 * 10000), "74.15", "52.85", 19143),
    (Fraction(5625, 24422), "80.18", "50.16", 21318),
    (Fraction(30, 100), "88.16", "47.47", 23741),
]


def test_the_carry_over_under_both_readings(data):
    rows = [
        (row.share, to(2, row.clearance * 100), to(2, row.closing * 100), row.pending)
        for row in q.carry_over_rows(data)
    ]
    assert rows == [(share, Decimal(a), Decimal(b), left) for share, a, b, left in CARRY_OVER]


def test_the_shares_of_carry_over_as_they_are_marked(data):
    shares = [to(2, row.share * 100) for row in q.carry_over_rows(data)]
    assert [str(share) for share in shares] == [
        "0.00", "5.00", "6.89", "10.00", "15.25", "16.18", "16.78", "23.03", "30.00",
    ]  # fmt: skip
    assert to(6, q.carry_over_rows(data)[2].share) == Decimal("0.068912")
    assert to(6, q.carry_over_rows(data)[4].share) == Decimal("0.152465")
    assert "9.37%" in q.carry_over_rows(data)[3].why()


def test_reading_b_makes_the_disposition_time_200_to_271_days(data):
    rows = {to(2, row.share * 100): row for row in q.carry_over_rows(data)}
    low, high = rows[Decimal("6.89")], rows[Decimal("23.03")]
    assert (to(0, low.disposition_coarser), to(0, high.disposition_coarser)) == (200, 271)
    assert (to(0, low.disposition_finer), to(0, high.disposition_finer)) == (194, 263)


def test_reading_a_reaches_a_clearance_of_100_percent_only_at_38_29_percent(data):
    break_even = q.carry_over_break_even(data)
    assert break_even == Fraction(13311, 34765)
    assert q.carry_over(data, break_even).clearance == 1
    assert max(row.clearance for row in q.carry_over_rows(data)) < 1


def test_a_docket_of_nothing_but_carry_over_is_refused(data):
    for share in (Fraction(1), Fraction(-1, 100)):
        with pytest.raises(ValueError, match="expected 0 or more and less than 1"):
            q.carry_over(data, share)


# --- Dates --------------------------------------------------------------------------------------------------


def test_22_september_leads_and_30_september_is_the_alternative(data):
    assert (q.days(data), q.days(data, CutOff.COARSER)) == (265, 273)
    assert "22 September 2021" in q.disposition_time(data).title()
    assert "2021年9月30日" in q.disposition_time(data, CutOff.COARSER).title("zh")


def test_the_days_are_counted_from_the_data_and_not_typed(data):
    earlier = altered(data, "K001", "period_end", "2021-09-21")
    assert q.days(earlier) == 264
    assert q.disposition_time(earlier).value == Fraction(264 * 13311, 21454)
    month = altered(data, "cases_accepted", "period_end", "2021-09")
    assert q.days(month, CutOff.COARSER) == 273
    with pytest.raises(ValueError, match="expected one whose working days are known"):
        q.concluded_per_judge_and_working_day(earlier)


def test_the_working_days_of_2021_are_weekdays_less_holidays_plus_days_worked_in_exchange():
    holidays = {date(2021, 1, 1)}
    for start, length in (((2, 11), 7), ((4, 3), 3), ((5, 1), 5), ((6, 12), 3), ((9, 19), 3)):
        holidays |= {date(2021, *start) + timedelta(days=n) for n in range(length)}
    worked = {date(2021, *day) for day in ((2, 7), (2, 20), (4, 25), (5, 8), (9, 18), (9, 26))}
    for end, number in q.WORKING_DAYS.items():
        length = (date.fromisoformat(end) - date(2021, 1, 1)).days + 1
        days = [date(2021, 1, 1) + timedelta(days=n) for n in range(length)]
        assert sum((day.weekday() < 5 and day not in holidays) or day in worked for day in days) == number


# --- What may be set beside it ------------------------------------------------------------------------------

CLOSING_RATES = [
    ("Hainan, 31 January 2023", (31,), "24.76", "24.76%", False),
    ("a county in Henan, 28 February 2022", (59,), "37.52", "37.52%", False),
    ("Jianshi, 30 March 2018", (89,), "49.58", "49.58%", False),
    ("Yiling, 30 June 2021", (181,), "57.44", "57.44%", False),
    ("China, 30 June 2017", (181,), "60.92", "60.92%", False),
    ("Guandu, 31 August 2020", (244,), "61.95", "", True),
    ("Guandu, 22 or 30 September 2021", (265, 273), "61.71", "61.71%", False),
    ("Hedong, 20 or 30 September 2014", (263, 273), "74.10", "", True),
    ("China, 30 September 2016", (274,), "68.17", "68.17%", False),
    ("Shanghai, 30 September 2016", (274,), "84.06", "84.06%", False),
    ("China, 15 November 2021", (319,), "78.38", "", True),
    ("China, 2020", (366,), "93.18", "93.18%", False),
    ("China, 2021", (365,), "89.82", "", True),
    ("China, 2022", (365,), "91.40", "", True),
    ("Guandu, 2017", (365,), "76.97", "76.88%", True),
]


def test_closing_rates_stand_at_the_day_on_which_the_count_ended(data):
    points = [
        (point.dated(), point.days, str(to(2, point.value * 100)), point.printed, point.derived)
        for point in q.closing_rates(data)
    ]
    assert points == CLOSING_RATES


def test_closing_rates_are_never_sorted_by_size(data):
    values = [point.value for point in q.closing_rates(data)]
    assert values not in (sorted(values), sorted(values, reverse=True))
    days = [max(point.days) for point in q.closing_rates(data)][:11]
    assert days == sorted(days)


def test_a_printed_rate_that_does_not_follow_is_marked_as_derived(data):
    rate = q.closing_rates(data)[-1]
    assert (rate.printed, rate.value, rate.derived) == ("76.88%", Fraction(18797, 24422), True)
    assert to(10, rate.value) == Decimal("0.7696748833")


def test_full_years_beside_the_year_2017(data):
    rates = [str(to(2, row.value * 100)) for row in q.full_year_closing_rates(data)]
    assert rates == ["76.97", "85.85", "89.89"]


def test_the_closing_rate_and_the_clearance_rate_of_one_court_are_two_numbers(data):
    rates = [
        (str(to(2, both.closing.value * 100)), str(to(2, both.clearance.value * 100)))
        for both in q.closing_and_clearance(data)
    ]
    assert rates == [("88.88", "98.07"), ("68.17", "81.91"), ("74.10", "87.43"), ("96.06", "110.98")]
    assert q.closing_and_clearance(data)[2].clearance.value == Fraction(7018, 8027)
    assert to(6, q.closing_and_clearance(data)[0].clearance.value) == Decimal("0.980668")


def test_the_court_against_itself(data):
    accepted = [q.accepted_per_day_since_2020(data, cut_off).text() for cut_off in CutOff]
    concluded = [q.concluded_per_day_since_2020(data, cut_off).text() for cut_off in CutOff]
    assert (accepted, concluded) == (["+24.6%", "+20.9%"], ["+24.1%", "+20.5%"])
    assert q.accepted_per_day_since_2020(data).value == Fraction(34765, 265) / Fraction(25693, 244) - 1
    assert to(10, Fraction(15917, 25693)) == to(10, q.closing_rates(data)[5].value) == Decimal("0.6195072588")


def test_neither_figure_per_judge_of_2017_follows_from_the_49_judges_printed(data):
    concluded, accepted = q.cases_per_judge_of_2017(data)
    assert (concluded.value, accepted.value) == (Fraction(18797, 49), Fraction(24422, 49))
    assert "391.6件" in concluded.caveat()
    assert "1:499" in accepted.caveat("zh")


def test_caseloads_keep_month_year_and_word_in_their_labels(data):
    rows = [(row.label(), row.definition(), str(row.value)) for row in q.caseloads(data)]
    assert rows[:2] == [
        ("Guandu, January to September 2021", "cases accepted per quota judge", "669"),
        ("Guandu, January to September 2021", "cases concluded per quota judge", "413"),
    ]
    assert [value for _, _, value in rows[2:6]] == ["240", "188", "274", "357"]
    assert [q.caseloads(data)[n].value for n in (6, 7, 8)] == [
        Fraction(3916, 10),
        Fraction(44955, 100),
        Fraction(45447, 100),
    ]
    assert not any(row.derived for row in q.caseloads(data))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("K043", Fraction(669, 240)),
        ("K044", Fraction(413, 188)),
        ("K037", Fraction(413, 274)),
        ("K064", Fraction(413, 357)),
        ("K009", Fraction(4130, 3916)),
    ],
)
def test_caseload_ratios_are_of_the_printed_means(data, key, value):
    assert q.caseload_ratio_to(data, key).value == value


def test_mediation_shares_stand_in_a_fixed_order_with_the_article_first(data):
    rows = [(row.place(), str(to(2, row.value * 100)), row.derived) for row in q.mediation_shares(data)]
    assert rows == [
        ("Guandu", "25.00", True),
        ("Yunnan", "42.46", True),
        ("Funing", "36.16", False),
        ("Pingluo", "88.29", False),
        ("China", "66.10", True),
        ("China", "68.92", True),
        ("Mianchi", "21.82", False),
        ("Wuhou", "22.43", False),
    ]


def test_peoples_mediation_rates_stand_in_a_fixed_order_with_guandu_twice(data):
    rows = [
        (row.place(), row.value and str(to(2, row.value * 100))) for row in q.peoples_mediation_rates(data)
    ]
    assert rows == [
        ("Guandu", "99.75"),
        ("Kunming", None),
        ("Nanjing", "99.85"),
        ("Xingning", "99.95"),
        ("Ding'an", "96.53"),
        ("Huangshi", "97.63"),
        ("Putuo", "99.59"),
        ("Yunnan", "95.60"),
        ("Guandu", "80.02"),
    ]


def test_hedged_counts_of_kunming_give_an_interval_and_no_point(data):
    kunming = q.peoples_mediation_rates(data)[1]
    assert (kunming.low, kunming.high) == (Fraction(380000, 399999), Fraction(389999, 390000))
    assert kunming.derived


def test_the_printed_99_percent_is_not_what_its_counts_round_to(data):
    assert q.peoples_mediation_rates(data)[0].printed == "99%"
    assert q.peoples_mediation_rates(data)[0].derived


def test_what_else_may_be_set_beside_the_article(data):
    assert [row.printed for row in q.resolution_rates(data)] == ["98.35%", "97.8%", "82.3%"]
    assert [row.value for row in q.robbery_falls(data)] == [Fraction(398, 1000), Fraction(525, 1000)]
    assert [row.value for row in q.proposals(data)] == [9, 154]
    built, networked = q.camera_counts(data)
    assert to(1, built.value / networked.value) == Decimal("13.8")
    mediators = [str(to(4, row.value)) for row in q.disputes_per_mediator_elsewhere(data)]
    assert mediators == ["4.7040", "2.5787", "0.6456", "1.6228"]
    residents = [str(to(2, row.value)) for row in q.disputes_per_1000_residents_elsewhere(data)]
    assert residents == ["10.58", "5.80", "1.69"]
    assert q.disputes_per_1000_residents_elsewhere(data)[0].label() == "China, 2022"
    assert to(4, q.mediators_per_10000_residents_elsewhere(data).value) == Decimal("22.4964")


# --- The mix fallacy ----------------------------------------------------------------------------------------


def test_the_pooled_rate_moves_with_the_weights_while_no_rate_changes(data):
    assert findings.percent(q.pooled_share(data)) == "62.86%"
    assert findings.percent(q.pooled_share(data, {"police_resolution": 2})) == "70.04%"
    assert findings.percent(q.pooled_share(data, {"court_mediation": 2})) == "55.70%"
    assert q.pooled_share(data, dict.fromkeys((scheme.id for scheme in q.SCHEMES), 7)) == Fraction(
        43581, 69329
    )


def test_the_weights_of_the_pool(data):
    weights = [findings.percent(weight) for weight in q.scheme_weights(data).values()]
    assert weights == ["50.14%", "23.34%", "25.39%", "1.13%"]
    assert sum(q.scheme_weights(data).values()) == 1


def test_the_four_rates_have_the_order_of_the_article(data):
    relations = [data.relation_row(scheme.id)["headline"] for scheme in q.SCHEMES]
    assert relations == ["1", "2", "3", "4"]
    for scheme in q.SCHEMES:
        row = data.relation_row(scheme.id)
        assert (row["part_key"], row["whole_key"]) == (scheme.part, scheme.whole)


# --- The article as a whole ---------------------------------------------------------------------------------


def test_13_figures_carry_a_hedge_of_these_widths(data):
    widths = {width.ref: width.width for width in q.hedged_widths(data)}
    assert widths.pop("N23") is None
    assert widths == {
        "N05": Fraction(1, 16),
        "N08": Fraction(1, 65),
        "N11": Fraction(1),
        "N21": Fraction(1),
        "N22": Fraction(1, 2),
        "N28": Fraction(1, 12),
        "N33": Fraction(1, 39),
        "N36": Fraction(1, 5537),
        "N37": Fraction(1, 5792),
        "N38": Fraction(1, 4857),
        "N39": Fraction(1, 176),
        "N40": Fraction(1, 173),
    }


def test_53_figures_stand_in_six_sections(data):
    table = q.section_kinds(data)
    assert table.sum(axis=1).to_dict() == {
        "lede": 1, "governance": 11, "court": 15, "procuratorate": 6, "police": 10, "mediation": 10,
    }  # fmt: skip
    assert int(table.to_numpy().sum()) == 53


def test_the_ledger_has_23_rows_and_their_results(data):
    rows = q.ledger(data)
    assert [row.ref for row in rows] == [f"C{number:02}" for number in range(1, 24)]
    results = {row.ref: row.result for row in rows}
    assert Counter(row.kind for row in rows) == {"recomputed": 7, "side_by_side": 13, "alone": 3}
    assert results == {
        "C01": "both", "C02": "nearest_only", "C03": "both", "C04": "both", "C05": "truncation_only",
        "C06": "holds", "C07": "holds", "C08": "compatible", "C09": "holds", "C10": "compatible",
        "C11": "flag", "C12": "compatible", "C13": "flag", "C14": "holds", "C15": "holds",
        "C16": "compatible", "C17": "compatible", "C18": "conflict", "C19": "not_testable",
        "C20": "alone", "C21": "alone", "C22": "alone", "C23": "not_testable",
    }  # fmt: skip
    assert "contradicted" not in results.values()


def test_the_claims_of_change_that_stand_alone_are_all_there_are(data):
    (changes,) = (row for row in q.ledger(data) if row.ref == "C21")
    assert set(changes.keys) == {
        key for key in data if "section" in data.row(key) and data[key].kind == "change"
    }


def test_every_printed_figure_is_used_by_a_derived_value_or_a_check(data):
    uses = q.uses(data)
    assert len(uses) == 53
    assert not [key for key, refs in uses.items() if not refs]
    assert uses["court_rank"] == ("C16",)


# --- The registry -------------------------------------------------------------------------------------------


def test_the_registry_lists_b01_to_b38_in_order(data):
    quantities = q.every(data)
    refs = [quantity.ref for quantity in quantities]
    assert list(dict.fromkeys(refs)) == sorted(set(refs), key=refs.index)
    assert set(refs) == {f"B{number:02}" for number in range(1, 39)}
    assert refs == sorted(refs)


def test_each_derived_value_has_a_caveat_two_titles_and_known_keys(data):
    for quantity in (*q.every(data), *q.comparisons(data)):
        assert quantity.derived
        assert quantity.title().isascii()
        assert re.search(r"[一-鿿]", quantity.title("zh"))
        assert len(quantity.caveat()) > 20
        assert re.search(r"[一-鿿]", quantity.caveat("zh"))
        assert quantity.keys
        assert all(key in data for key in quantity.keys)
        assert callable(getattr(q, quantity.name))
        assert quantity.value is not None or quantity.low is not None
        assert bool(quantity.variant_en) is bool(quantity.variant_zh)


def test_a_name_and_a_variant_name_one_quantity(data):
    names = Counter((item.ref, item.name, item.title()) for item in (*q.every(data), *q.comparisons(data)))
    assert set(names.values()) == {1}


def test_no_caveat_judges_ranks_or_names_a_cause(data):
    for quantity in (*q.every(data), *q.comparisons(data)):
        assert not JUDGED.search(quantity.caveat() + quantity.title())


def test_a_value_lies_inside_its_own_interval(data):
    for quantity in (*q.every(data), *q.comparisons(data)):
        if quantity.value is not None and quantity.low is not None:
            assert quantity.low <= quantity.value <= quantity.high


def test_values_per_resident_carry_the_caveat_on_the_population(data):
    english, chinese = q.population_caveat(data)
    assert "12 subdistricts" in english
    assert "the article has 8" in english
    for ref in ("B17", "B18", "B25", "B29", "B32"):
        quantity = found(q.every(data), ref)
        assert english in quantity.caveat()
        assert chinese in quantity.caveat("zh")
    for courts in (Courts.ALL_COURTS, Courts.BASIC_COURTS):
        assert english in q.caseload_ratio(data, courts).caveat()


def test_open_cases_say_at_least_and_name_the_finer_date(data):
    caveat = q.pending(data).caveat()
    assert "At least" in caveat
    assert "22 September 2021" in caveat


def test_judges_are_called_implied_and_the_mediation_share_derived(data):
    assert "implied" in q.implied_judges(data).title()
    assert "Derived" in q.court_mediation_share(data).caveat()


def test_the_overview_is_written_in_both_languages_and_keeps_the_order(data):
    quantities = q.every(data)
    english, chinese = (q.overview(data, quantities, language) for language in ("en", "zh"))
    assert english["ref"].to_list() == chinese["编号"].to_list() == [quantity.ref for quantity in quantities]
    row = english[english["ref"] == "B12"].iloc[0]
    assert row["value"] == "97.7456% to 98.8580%"
    assert row["from"] == "N40, N39"


def test_an_exact_value_has_no_interval_to_write(data):
    with pytest.raises(ValueError, match="without ends"):
        q.pending(data).interval_text()


def test_comparisons_are_written_in_both_languages(data):
    english = q.compared(q.peoples_mediation_rates(data))
    chinese = q.compared(q.peoples_mediation_rates(data), "zh")
    assert english["recomputed"].to_list()[1] == "95.00% to 100.00%"
    assert chinese["复算"].to_list()[1] == "95.00%至100.00%"
    assert english["status"].to_list()[0] == "derived"
    assert chinese["对象与时段"].to_list()[-1] == "官渡2023年以来，至迟2024年11月"


def test_a_period_that_ends_with_its_publication_for_want_of_a_printed_end_says_so(data):
    nanjing, xingning = q.peoples_mediation_rates(data)[2:4]
    assert (nanjing.open_end, nanjing.label()) == (True, "Nanjing, since 2019, to January 2024 at the latest")
    assert (xingning.open_end, xingning.label()) == (False, "Xingning, 2020")


# --- What is read, and what is refused ----------------------------------------------------------------------


def test_a_figure_that_was_not_verified_or_has_no_address_is_refused(data):
    assert [key for key in data if "seen" in data.row(key) and not q.usable(data.row(key))] == sorted(REFUSED)
    for key in REFUSED:
        with pytest.raises(q.UnusableError, match=f"{key} is .*must not be shown"):
            q.caseload_ratio_to(data, key)


def test_no_quantity_or_comparison_uses_a_refused_figure(data):
    used = {key for quantity in (*q.every(data), *q.comparisons(data)) for key in quantity.keys}
    used |= {key for rows in LISTS for row in rows(data) for key in row.keys}
    used |= {key for row in (*q.ledger(data), *q.carry_over_rows(data)) for key in row.keys}
    assert used.isdisjoint(REFUSED)
    assert "K047" in used


def test_a_figure_that_turns_out_unverified_stops_what_rests_on_it(data):
    doubted = altered(data, "K013", "seen", "not verified")
    with pytest.raises(q.UnusableError, match="K013"):
        q.disputes_per_1000_residents(doubted)


@pytest.mark.parametrize(
    ("key", "token", "function", "value"),
    [
        ("cases_concluded", "21453件", q.closing_rate_recomputed, Fraction(21453, 34765)),
        ("mediation_settled", "782件", q.peoples_mediation_unsettled, Fraction(3)),
        ("amount_involved", "1618万元", q.amount_per_dispute, Fraction(16180000, 785)),
        ("K013", "1602278人", q.disputes_per_1000_residents, Fraction(785000, 1602278)),
        ("K005", "15916件", q.open_in_august_2020, Fraction(9777, 34765)),
        ("K040", "2391.8万件", q.year_end_share, Fraction(6215, 30133)),
    ],
)
def test_a_printed_token_is_what_a_value_is_computed_from(data, key, token, function, value):
    changed = altered(data, key, "as_printed", token)
    assert function(changed).value == value != function(data).value


def test_a_key_that_nobody_printed_is_named(data):
    with pytest.raises(KeyError, match="no figure 'K999'"):
        q.caseload_ratio_to(data, "K999")
