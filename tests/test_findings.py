"""Numbers and sentences as a reader expects them, in English and Chinese."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guandu import audit, findings
from guandu.audit import Rule, Verdict

OUTCOMES = ("holds", "compatible", "flag", "conflict", "alone")
FRACTIONS = st.fractions(max_denominator=10**6)


def test_the_closing_rate_is_61_71_percent_rounded_or_cut():
    rate = Fraction(21454, 34765)
    assert findings.percent(rate) == findings.percent(rate, 2, "truncation") == "61.71%"
    assert findings.percent(rate, 4) == "61.7115%"


def test_one_closed_case_more_than_21455_would_no_longer_print_61_71_percent():
    fits = [n for n in range(21440, 21470) if findings.percent(Fraction(n, 34765)) == "61.71%"]
    assert fits == [21452, 21453, 21454, 21455]


def test_783_of_785_is_99_percent_only_when_cut():
    rate = Fraction(783, 785)
    assert findings.percent(rate, 0, "truncation") == "99%"
    assert findings.percent(rate, 0) == "100%"
    assert findings.percent(rate, 1) == "99.7%"


def test_4044_of_16179_is_25_00_percent_rounded_and_24_99_cut():
    rate = Fraction(4044, 16179)
    assert findings.percent(rate) == "25.00%"
    assert findings.percent(rate, 2, "truncation") == "24.99%"
    assert findings.percent(rate, 1) == "25.0%"


def test_a_half_is_rounded_away_from_zero_on_both_sides():
    assert findings.rounded(Fraction(5, 2)) == Decimal(3)
    assert findings.rounded(Fraction(-5, 2)) == Decimal(-3)
    assert findings.rounded(Decimal("0.125"), 2) == Decimal("0.13")
    assert findings.rounded(Fraction(-5, 2), rule="truncation") == Decimal(-2)


def test_trailing_zeros_stay_since_they_say_how_precise_a_number_is():
    assert findings.decimal(74, 1) == "74.0"
    assert findings.percent(1, 2) == "100.00%"


def test_a_number_that_rounds_to_nought_has_no_sign():
    assert findings.decimal(Fraction(-1, 1000)) == "0.00"
    assert findings.signed(0) == "0"


@given(FRACTIONS, st.integers(0, 8))
def test_nearest_is_within_half_a_step_and_truncation_within_one_toward_zero(value, places):
    step = Fraction(1, 10**places)
    nearest = Fraction(findings.rounded(value, places))
    cut = Fraction(findings.rounded(value, places, "truncation"))
    assert abs(nearest - value) <= step / 2
    assert abs(cut) <= abs(value) < abs(cut) + step


@given(st.integers(10**40, 10**60))
def test_a_number_longer_than_the_precision_of_decimals_keeps_every_digit(number):
    assert findings.count(number).replace(",", "") == str(number)


def test_the_rules_of_the_audit_are_rules_of_rounding():
    assert {findings.percent(Fraction(783, 785), 0, rule) for rule in Rule} == {"100%", "99%"}


def test_no_float_is_ever_written():
    for write in (findings.count, findings.decimal, findings.percent, findings.points, findings.signed):
        with pytest.raises(TypeError, match=r"found 0\.6171 \(float\), expected an int, Fraction or Decimal"):
            write(0.6171)
    with pytest.raises(TypeError, match="bool"):
        findings.count(True)


def test_another_rule_of_rounding_is_refused_and_the_known_ones_named():
    with pytest.raises(ValueError, match="found the rule 'even', expected one of nearest, truncation"):
        findings.rounded(1, 0, "even")
    with pytest.raises(ValueError, match="found -1 decimal places"):
        findings.rounded(1, -1)


def test_english_groups_thousands_and_chinese_does_not():
    assert findings.count(34765) == "34,765"
    assert findings.count(34765, "zh") == "34765"
    assert findings.decimal(Fraction(16190000, 785)) == "20,624.20"
    assert findings.decimal(Fraction(16190000, 785), language="zh") == "20624.20"


def test_chinese_says_large_numbers_in_wan_and_yi_only_where_nothing_is_lost():
    assert findings.count(16190000, "zh") == "1619万"
    assert findings.count(30517000, "zh") == "3051.7万"
    assert findings.count(1411780000, "zh") == "14.1178亿"
    assert findings.count(1602279, "zh") == "1602279"
    assert findings.count(-120000, "zh") == "−12万"
    assert findings.count(99000, "zh") == "99000"


@given(st.integers(-(10**13), 10**13))
def test_a_chinese_count_always_stands_for_the_number_itself(number):
    written = findings.count(number, "zh").replace("−", "-")
    scale = {"万": 10**4, "亿": 10**8}.get(written[-1], 1)
    assert Fraction(written.rstrip("万亿")) * scale == number


def test_a_count_that_is_not_whole_is_refused():
    with pytest.raises(ValueError, match="expected a whole number"):
        findings.count(Fraction(1, 2))


def test_points_and_signs():
    assert findings.points(Fraction("0.6817") - Fraction(21454, 34765)) == "6.46 percentage points"
    assert findings.points(Fraction(15917, 25693) - Fraction(21454, 34765), language="zh") == "0.24个百分点"
    assert findings.signed(Decimal("-0.398"), partial(findings.percent, places=1)) == "−39.8%"
    assert findings.signed(Fraction(209, 1000), partial(findings.percent, places=1)) == "+20.9%"


def test_money_times_and_nouns():
    assert findings.money(16190000) == "16,190,000 yuan"
    assert findings.money(16190000, language="zh") == "1619万元"
    assert findings.money(Fraction(16190000, 785)) == "20,624 yuan"
    assert findings.times(Fraction(34765, 25693), 4) == "1.3531 times"
    assert findings.times(Fraction(34765, 25693), language="zh") == "1.35倍"
    assert findings.number_of(1, "dispute") == "1 dispute"
    assert findings.number_of(2, "dispute") == "2 disputes"
    assert findings.spelled(5) == "five"
    assert findings.spelled(53) == "53"


def test_lists_in_both_languages():
    assert findings.listing(["669"]) == "669"
    assert findings.listing(["open", "unresolved", "unsettled"]) == "open, unresolved and unsettled"
    assert findings.listing(["未结", "未化解", "未调解成功"], "zh") == "未结、未化解和未调解成功"
    with pytest.raises(ValueError, match="found no item"):
        findings.listing([])


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
    assert findings.interval(650, 660, bounds=bounds) == english
    assert findings.interval(650, 660, bounds=bounds, language="zh") == chinese


def test_an_interval_with_one_end_or_one_value():
    assert findings.interval(None, 10000, bounds="()") == "below 10,000"
    assert findings.interval(None, 10000, language="zh") == "不超过10000"
    assert findings.interval(Fraction(1, 2), None, findings.percent) == "at least 50.00%"
    assert (
        findings.interval(Fraction(1, 2), None, findings.percent, bounds="()", language="zh") == "超过50.00%"
    )
    assert findings.interval(52, 52, unit=" judges") == "52 judges"
    with pytest.raises(ValueError, match="without ends"):
        findings.interval(None, None)


def test_the_unit_follows_each_end():
    assert (
        findings.interval(390000, 400000, unit="元", bounds="[)", language="zh") == "39万元以上、不足40万元"
    )


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
        ("", "", "period not printed", "时段未载"),
    ],
)
def test_a_period_is_written_as_coarsely_as_it_was_printed(start, end, english, chinese):
    assert findings.period(start, end) == english
    assert findings.period(start, end, "zh") == chinese


def test_a_date_that_does_not_exist_is_refused():
    for date in ("2021-09-31", "September", "2021-9-3"):
        with pytest.raises(ValueError, match="expected YYYY-MM-DD, YYYY-MM or YYYY"):
            findings.date(date)


def test_every_verdict_and_outcome_has_words_in_both_languages():
    glosses = [findings.verdict(verdict, language) for verdict in Verdict for language in ("en", "zh")]
    glosses += [findings.outcome(outcome, language) for outcome in OUTCOMES for language in ("en", "zh")]
    assert len(set(glosses)) == 2 * (len(Verdict) + len(OUTCOMES))
    with pytest.raises(KeyError):
        findings.verdict("proved")
    with pytest.raises(KeyError):
        findings.outcome("both")


def test_a_third_language_is_refused():
    with pytest.raises(ValueError, match="found the language 'fr', expected en or zh"):
        findings.count(1, "fr")


def test_a_finding_shows_as_markdown_in_jupyter_and_as_its_text_elsewhere():
    finding = findings.say("Of 785 disputes, **two** were not settled.")
    assert finding._repr_markdown_() == repr(finding) == str(finding) == finding
    assert type(finding._repr_markdown_()) is str


def test_a_finding_is_never_empty():
    for paragraphs in ([], [""], ["A sentence.", " "]):
        with pytest.raises(ValueError, match="needs a text"):
            findings.say(*paragraphs)


def test_a_table_keeps_its_columns_whatever_stands_in_a_cell():
    table = findings.table(["a", "b"], [["1|2", "3"]])
    assert table.splitlines() == ["| a | b |", "|---|---|", r"| 1\|2 | 3 |"]
    with pytest.raises(ValueError, match="a row of 1 cells under a header of 2"):
        findings.table(["a", "b"], [["1"]])


def test_a_folded_table_is_still_a_table_under_its_title():
    table = findings.table(["a"], [["1"]])
    lines = findings.folded("All", table).splitlines()
    # Markdown is read inside HTML only between empty lines.
    assert lines[:2] == ["<details><summary>All</summary>", ""]
    assert lines[-2:] == ["", "</details>"]
    assert "\n".join(lines[2:-2]) == table


def test_a_checked_share_is_one_sentence_in_both_languages():
    closing = audit.check(audit.share("61.71%", "21454件", "34765件"))
    assert findings.checked(closing) == (
        "Printed: 61.71%; 21,454 of 34,765 is 61.7115%: follows, rounded or cut."
    )
    police = audit.check(audit.share("98.35%", "1.73万余件", "1.76万余件"))
    assert findings.checked(police, language="zh") == (
        "载明98.35%；以17300至17399除以17600至17699，得97.7456%至98.8580%：四舍五入或截取均相符。"
    )


def test_a_share_that_nobody_printed_is_called_derived():
    printed = audit.share("25.0%", "4044件", "16179件")
    unprinted = audit.check(replace(printed, printed=()))
    assert findings.checked(unprinted) == (
        "No rate is printed, so none can be tested; 4,044 of 16,179 is 24.9954%, derived."
    )
    assert findings.checked(unprinted, language="zh").endswith("24.9954%（推算）。")


def test_only_a_share_of_counts_is_written_as_one():
    counts = audit.share("61.71%", "21454件", "34765件")
    for relation in (replace(counts, kind="mean"), replace(counts, parts=())):
        with pytest.raises(ValueError, match="expected a share with a part and a whole"):
            findings.checked(audit.check(relation))
