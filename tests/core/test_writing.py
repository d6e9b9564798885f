"""Numbers, dates and intervals as a reader of English or Chinese expects them."""

from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.exact.relations import Rule
from asprinted.faults import Fault
from asprinted.prose import writing

FRACTIONS = st.fractions(max_denominator=10**6)


def test_the_closing_rate_is_61_71_percent_rounded_or_cut():
    rate = Fraction(21454, 34765)
    assert writing.percent(rate) == writing.percent(rate, 2, "truncation") == "61.71%"
    assert writing.percent(rate, 4) == "61.7115%"


def test_one_closed_case_more_than_21455_would_no_longer_print_61_71_percent():
    fits = [n for n in range(21440, 21470) if writing.percent(Fraction(n, 34765)) == "61.71%"]
    assert fits == [21452, 21453, 21454, 21455]


def test_783_of_785_is_99_percent_only_when_cut():
    rate = Fraction(783, 785)
    assert writing.percent(rate, 0, "truncation") == "99%"
    assert writing.percent(rate, 0) == "100%"
    assert writing.percent(rate, 1) == "99.7%"


def test_4044_of_16179_is_25_00_percent_rounded_and_24_99_cut():
    rate = Fraction(4044, 16179)
    assert writing.percent(rate) == "25.00%"
    assert writing.percent(rate, 2, "truncation") == "24.99%"
    assert writing.percent(rate, 1) == "25.0%"


def test_a_half_is_rounded_away_from_zero_on_both_sides():
    assert writing.rounded(Fraction(5, 2)) == Decimal(3)
    assert writing.rounded(Fraction(-5, 2)) == Decimal(-3)
    assert writing.rounded(Decimal("0.125"), 2) == Decimal("0.13")
    assert writing.rounded(Fraction(-5, 2), rule="truncation") == Decimal(-2)


def test_trailing_zeros_stay_since_they_say_how_precise_a_number_is():
    assert writing.decimal(74, 1) == "74.0"
    assert writing.percent(1, 2) == "100.00%"


def test_a_number_that_rounds_to_nought_has_no_sign():
    assert writing.decimal(Fraction(-1, 1000)) == "0.00"
    assert writing.signed(0) == "0"


@given(FRACTIONS, st.integers(0, 8))
def test_nearest_is_within_half_a_step_and_truncation_within_one_toward_zero(value, places):
    step = Fraction(1, 10**places)
    nearest = Fraction(writing.rounded(value, places))
    cut = Fraction(writing.rounded(value, places, "truncation"))
    assert abs(nearest - value) <= step / 2
    assert abs(cut) <= abs(value) < abs(cut) + step


@given(st.integers(10**40, 10**60))
def test_a_number_longer_than_the_precision_of_decimals_keeps_every_digit(number):
    assert writing.count(number).replace(",", "") == str(number)


def test_the_rules_of_the_audit_are_rules_of_rounding():
    assert {writing.percent(Fraction(783, 785), 0, rule) for rule in Rule} == {"100%", "99%"}


def test_no_float_is_ever_written():
    for write in (writing.count, writing.decimal, writing.percent, writing.points, writing.signed):
        with pytest.raises(TypeError, match=r"found 0\.6171 \(float\), expected an int, Fraction or Decimal"):
            write(0.6171)
    with pytest.raises(TypeError, match="bool"):
        writing.count(True)


def test_another_rule_of_rounding_is_refused_and_the_known_ones_named():
    with pytest.raises(Fault, match="found the rule 'even', expected one of nearest, truncation"):
        writing.rounded(1, 0, "even")
    with pytest.raises(Fault, match="found -1 decimal places"):
        writing.rounded(1, -1)


def test_english_groups_thousands_and_chinese_does_not():
    assert writing.count(34765) == "34,765"
    assert writing.count(34765, "zh") == "34765"
    assert writing.decimal(Fraction(16190000, 785)) == "20,624.20"
    assert writing.decimal(Fraction(16190000, 785), language="zh") == "20624.20"


def test_chinese_says_large_numbers_in_wan_and_yi_only_where_nothing_is_lost():
    assert writing.count(16190000, "zh") == "1619万"
    assert writing.count(30517000, "zh") == "3051.7万"
    assert writing.count(1411780000, "zh") == "14.1178亿"
    assert writing.count(1602279, "zh") == "1602279"
    assert writing.count(-120000, "zh") == "−12万"
    assert writing.count(99000, "zh") == "99000"


@given(st.integers(-(10**13), 10**13))
def test_a_chinese_count_always_stands_for_the_number_itself(number):
    written = writing.count(number, "zh").replace("−", "-")
    scale = {"万": 10**4, "亿": 10**8}.get(written[-1], 1)
    assert Fraction(written.rstrip("万亿")) * scale == number


def test_a_count_that_is_not_whole_is_refused():
    with pytest.raises(Fault, match="expected a whole number"):
        writing.count(Fraction(1, 2))


def test_points_and_signs():
    assert writing.points(Fraction("0.6817") - Fraction(21454, 34765)) == "6.46 percentage points"
    assert writing.points(Fraction(15917, 25693) - Fraction(21454, 34765), language="zh") == "0.24个百分点"
    assert writing.signed(Decimal("-0.398"), partial(writing.percent, places=1)) == "−39.8%"
    assert writing.signed(Fraction(209, 1000), partial(writing.percent, places=1)) == "+20.9%"


def test_money_times_and_nouns():
    assert writing.money(16190000) == "16,190,000 yuan"
    assert writing.money(16190000, language="zh") == "1619万元"
    assert writing.money(Fraction(16190000, 785)) == "20,624 yuan"
    assert writing.times(Fraction(34765, 25693), 4) == "1.3531 times"
    assert writing.times(Fraction(34765, 25693), language="zh") == "1.35倍"
    assert writing.spelled(5) == "five"
    assert writing.spelled(53) == "53"


def test_lists_in_both_languages():
    assert writing.listing(["669"]) == "669"
    assert writing.listing(["open", "unresolved", "unsettled"]) == "open, unresolved and unsettled"
    assert writing.listing(["未结", "未化解", "未调解成功"], "zh") == "未结、未化解和未调解成功"
    with pytest.raises(Fault, match="found no item"):
        writing.listing([])


@pytest.mark.parametrize(
    ("bounds", "english", "chinese"),
    [
        ("[]", "650 to 660", "650至660"),
        ("[)", "650 to below 660", "650以上、不足660"),
        ("()", "above 650 to below 660", "超过650、不足660"),
        ("(]", "above 650 to 660", "超过650、不超过660"),
    ],
)
def test_an_interval_says_which_ends_belong_to_it(bounds, english, chinese):
    assert writing.interval(650, 660, bounds=bounds) == english
    assert writing.interval(650, 660, bounds=bounds, language="zh") == chinese


def test_an_interval_with_one_end_or_one_value():
    assert writing.interval(None, 10000, bounds="()") == "below 10,000"
    assert writing.interval(None, 10000) == "at most 10,000"
    assert writing.interval(None, 10000, language="zh") == "不超过10000"
    assert writing.interval(Fraction(1, 2), None, writing.percent) == "at least 50.00%"
    assert writing.interval(Fraction(1, 2), None, writing.percent, bounds="()", language="zh") == "超过50.00%"
    assert writing.interval(52, 52) == "52"
    alike = Fraction("0.99991"), Fraction("0.99992")
    assert writing.interval(*alike, writing.percent, bounds="()") == "99.99%"
    with pytest.raises(Fault, match="without ends"):
        writing.interval(None, None)


def test_the_unit_follows_each_end():
    assert writing.interval(390000, 400000, bounds="[)", language="zh") == "39万以上、不足40万"


@pytest.mark.parametrize(
    ("start", "end", "english", "chinese"),
    [
        ("2021-01-01", "2021-09-22", "1 January to 22 September 2021", "2021年1月1日至9月22日"),
        ("2021-01-01", "2021-09-30", "January to September 2021", "2021年1月至9月"),
        ("2021-10-01", "2021-10-31", "October 2021", "2021年10月"),
        ("2020-01-01", "2020-12-31", "2020", "2020年"),
        ("2016-01-01", "2020-12-31", "2016 to 2020", "2016年至2020年"),
        ("2015-07-01", "2019-10-15", "1 July 2015 to 15 October 2019", "2015年7月1日至2019年10月15日"),
        ("2014-09-01", "2014-09-20", "1 to 20 September 2014", "2014年9月1日至20日"),
        ("2023-01-01", "2024-11", "January 2023 to November 2024", "2023年1月至2024年11月"),
        ("2021-12-31", "2021-12-31", "31 December 2021", "2021年12月31日"),
        ("2020-01-01", "", "since 2020", "2020年以来"),
        ("2025-04-30", "", "since 30 April 2025", "2025年4月30日以来"),
        ("", "2021-09-30", "to 30 September 2021", "截至2021年9月30日"),
        ("", "", "period not printed", "时段未写明"),
        ("9999-01-01", "9999-12-31", "9999", "9999年"),
        ("2021-09-22", "2021-09", "22 September 2021 to September 2021", "2021年9月22日至2021年9月"),
    ],
)
def test_a_period_is_written_as_coarsely_as_it_was_printed(start, end, english, chinese):
    assert writing.period(start, end) == english
    assert writing.period(start, end, "zh") == chinese


def test_a_date_that_does_not_exist_is_refused():
    for date in ("2021-09-31", "September", "2021-9-3"):
        with pytest.raises(Fault, match="expected YYYY-MM-DD, YYYY-MM or YYYY"):
            writing.date(date)


@pytest.mark.parametrize("write", ["rounded", "decimal", "count", "percent", "money"])
@pytest.mark.parametrize("value", ["Infinity", "NaN"])
def test_what_is_no_finite_number_is_refused(write, value):
    with pytest.raises(Fault, match=f"found {value}, expected a finite number"):
        getattr(writing, write)(Decimal(value))


def test_a_third_language_is_refused():
    with pytest.raises(Fault, match="found the language 'fr', expected en or zh"):
        writing.count(1, "fr")


def test_small_numbers_are_words_up_to_twelve():
    words = "no one two three four five six seven eight nine ten eleven twelve 13"
    assert " ".join(writing.spelled(number) for number in range(14)) == words
