"""Facts about what English tokens say, which of them are refused, and how the language is told."""

import re
import shlex
from decimal import Decimal

import pytest

import asprinted
from asprinted import check, read
from asprinted.chinese import reading as chinese
from asprinted.chinese.lexicon import units
from asprinted.english import lexicon
from asprinted.english.reading import LONGEST
from asprinted.exact.printed import Dimension
from asprinted.faults import Fault
from asprinted.languages import numbers

TEXT = "The court accepted 34,765 cases and closed 21,454, which is 61.71%."

# Token: value, low, high (- where none is set), bounds, step, hedge, unit, its gloss, form, dimension.
READ = """
34,765 cases: 34765 34765 34765 [] 1 '' cases case number count
1 case: 1 1 1 [] 1 '' case case number count
three judges: 3 3 3 [] 1 '' judges judge number count
Twelve People: 12 12 12 [] 1 '' People person number count
785\u00a0disputes: 785 785 785 [] 1 '' disputes dispute number count
61.71 percent: 0.6171 0.6171 0.6171 [] 0.0001 '' percent share share share
99 per cent: 0.99 0.99 0.99 [] 0.01 '' 'per cent' share share share
2.3 percentage points: 2.3 2.3 2.3 [] 0.1 '' 'percentage points' 'percentage point' points points
1.73 million yuan: 1730000 1730000 1730000 [] 10000 '' yuan CNY number money
16.19 million CNY: 16190000 16190000 16190000 [] 10000 '' CNY CNY number money
$148.6 million: 148600000 148600000 148600000 [] 100000 '' $ dollar number money
more than US$3: 3 3 4 () 1 'more than' US$ USD number money
£12,000: 12000 12000 12000 [] 1 '' £ GBP number money
€0.5 billion: 500000000 500000000 500000000 [] 100000000 '' € EUR number money
5 dollars: 5 5 5 [] 1 '' dollars dollar number money
2 billion: 2000000000 2000000000 2000000000 [] 1000000000 '' '' '' number ''
two thousand households: 2000 2000 2000 [] 1000 '' households household number count
3 km: 3 3 3 [] 1 '' km kilometre number length
10 km²: 10 10 10 [] 1 '' km² 'square kilometre' number area
more than 1.6 million: 1600000 1600000 1700000 () 100000 'more than' '' '' number ''
More than 17,600 cases: 17600 17600 17700 () 1 'More than' cases case number count
over 650 cases: 650 650 660 () 1 over cases case number count
at least 50%: 0.5 0.5 - [) 0.01 'at least' % share share share
nearly 20 judges: 20 10 20 () 1 nearly judges judge number count
nearly ten judges: 10 - 10 () 1 nearly judges judge number count
about 10.0 thousand people: 10000 9950 10050 [] 100 about people person number count
up to 15 days: 15 0 15 [] 1 'up to' days day number duration
at most 15 working days: 15 0 15 [] 1 'at most' 'working days' 'working day' number duration
between 3 and 5 years: - 3 5 [] 1 '' years year range duration
between three and five cases: - 3 5 [] 1 '' cases case range count
between 3% and 5%: - 0.03 0.05 [] 0.01 '' % share range share
between 3.5 and 5 percent: - 0.035 0.05 [] 0.01 '' percent share range share
between 1.5 and 2 million people: - 1500000 2000000 [] 1000000 '' people person range count
between 1.5 million and 2 million people: - 1500000 2000000 [] 1000000 '' people person range count
between 800 and 1 thousand: - 800 1000 [] 1000 '' '' '' range ''
"""


def _row(line: str) -> tuple[str, list[str]]:
    token, _, says = line.partition(": ")
    return token, shlex.split(says)


@pytest.mark.parametrize(("token", "says"), [_row(line) for line in READ.strip().splitlines()])
def test_an_english_token_says(token: str, says: list[str]):
    reading = read(token)
    numbers = reading.value, reading.low, reading.high
    assert all(each is None or type(each) is Decimal for each in numbers)
    assert [
        *("-" if each is None else f"{each:f}" for each in numbers),
        reading.bounds,
        f"{reading.step:f}",
        reading.hedge,
        reading.unit,
        reading.unit_en,
        reading.form,
        reading.dimension,
    ] == says
    assert reading.text == token


@pytest.mark.parametrize(
    ("token", "found"),
    [
        ("12 widgets", '" widgets" after "12"'),
        ("12 widget", '" widget" after "12"'),
        ("one third", '" third" after "one"'),
        ("three quarters", '" quarters" after "three"'),
        ("5 m", '" m" after "5"'),
        ("5 millions", '" millions" after "5"'),
        ("2 thousand million", '" million" after "2 thousand"'),
        ("1st place", '"st place" after "1"'),
        ("5 cases a day", '" cases a day" after "5"'),
        ("3 to 5 years", '" to 5 years" after "3"'),
        ("fewer than 20 judges", '"fewer than " before a number'),
        ("more than about 20 judges", '"more than about " before a number'),
        ("at  least 20 judges", '"at  least " before a number'),
        ("Article 8", '"Article " before a number'),
        ("minus 5 percent", '"minus " before a number'),
        ("half", "without a plain numeral"),
        ("none of the cases", "without a plain numeral"),
        ("007 cases", "without a plain numeral"),
        ("34,76 cases", "without a plain numeral"),
        ("1234,567 cases", "without a plain numeral"),
        ("-5 percent", "without a plain numeral"),
        ("COVID-19 cases", "without a plain numeral"),
        ("nearly 0 cases", "a hedge beside 0"),
        ("between 5 and 3 years", "a range that falls"),
        ("between 3 months and 2 years", "a range of two units"),
        ("between 3% and 5", "a range of two units"),
        ("between about 3 and 5 years", '"about " inside a range'),
    ],
)
def test_an_english_token_is_refused_and_never_guessed(token: str, found: str):
    with pytest.raises(Fault) as refused:
        read(token)
    assert refused.value.found == f'"{token}", {found}'
    assert refused.value.expected


def test_an_english_token_has_a_longest():
    long = f"between {'1' * LONGEST} and 2 cases"
    with pytest.raises(Fault, match=f"{len(long)} characters, expected .* of at most {LONGEST}"):
        read(long)


@pytest.mark.parametrize("token", ["61.71%", "785", "12,345", "0.5"])
def test_a_number_without_words_is_the_same_in_both_languages(token: str):
    assert read(token) == chinese.read(token)


@pytest.mark.parametrize("unit", [unit for unit in units() if not re.search("[一-鿿]", unit)])
def test_a_symbol_that_touches_its_number_reads_as_in_chinese(unit: str):
    assert read(f"3{unit}") == chinese.read(f"3{unit}")


def test_what_both_languages_gloss_alike_measures_the_same():
    in_chinese = {each.gloss: each.dimension for each in units().values()}
    for gloss, dimension in lexicon.units().values():
        assert in_chinese.get(gloss, dimension) is dimension, gloss
    assert set(lexicon.units()["people"]) == {"person", Dimension.COUNT}


def test_a_rate_follows_from_english_counts():
    closing = check("61.71%", "21,454 cases", "34,765 cases")
    assert closing.verdict.value == "both"
    assert repr(closing).startswith("Printed: 61.71%; 21,454 of 34,765 is 61.7115%: follows, rounded or cut.")
    assert check("61.73%", "21,454 cases", "34,765 cases").verdict.value == "contradicted"


def test_over_english_hedges_a_rate_is_not_excluded():
    assert "not excluded" in repr(check("98.35%", "over 17,300 disputes", "over 17,600 disputes"))


@pytest.mark.parametrize(
    "tokens",
    [
        ("61.71 percent", "21454件", "34,765 cases"),
        ("61.71%", "21,454 cases", "34765件"),
    ],
)
def test_a_check_may_mix_languages(tokens: tuple[str, str, str]):
    assert check(*tokens).verdict.value == "both"


@pytest.mark.parametrize("ask", [asprinted.scan, asprinted.relate, asprinted.audit])
@pytest.mark.parametrize("text", [TEXT, "Суд принял 34765 дел", f"\n\n“{TEXT}”"])
def test_a_text_without_chinese_is_refused(ask, text: str):
    with pytest.raises(Fault, match="found words and no Chinese character, expected a text in Chinese"):
        ask(text)


@pytest.mark.parametrize("text", ["", "61.71%", "3km, 785", f"法院：{TEXT}"])
def test_a_text_is_scanned_where_it_has_no_words_or_some_in_chinese(text: str):
    numbers = [number for number in ("34,765", "21,454", "61.71%", "3km", "785") if number in text]
    assert [found.text for found in asprinted.scan(text)] == numbers


# ------------------------------------------------------------------------------------------ numbers of a text

ODD = (
    "On 5 May 2024, at 10:30, A4 sheets 1-2 of COP15 (7/8) cost $12,400.50; 3rd of 1.2.3, 2,00 or 1,234,567 "
    "cases, about 12.5 million yuan, between 3 and 5 years, 0871-123, 80%, 2019-24, x2 and 007."
)


def test_every_digit_of_an_english_text_lies_within_exactly_one_expression_of_the_text():
    held = [at for found in numbers(ODD) for at in range(found.start, found.end)]
    assert len(held) == len(set(held))
    assert {at for at, mark in enumerate(ODD) if mark.isdigit()} <= set(held)
    assert all(ODD[found.start : found.end] == found.text for found in numbers(ODD))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("about 12.5 million yuan", 12_500_000),
        ("1,234,567 cases", 1_234_567),
        ("80%", Decimal("0.8")),
        ("between 3 and 5 years", None),
    ],
)
def test_a_number_of_an_english_text_is_found_whole_and_read(text: str, value: Decimal | int | None):
    (found,) = numbers(f"It was {text}, they say.")
    assert (found.text, found.reading.value) == (text, value)


@pytest.mark.parametrize(
    ("text", "role"), [("A4", "label"), ("3rd", "ordinal"), ("2024", "date"), ("5 May", "date")]
)
def test_what_is_no_measurement_in_an_english_text_has_no_reading(text: str, role: str):
    (found,) = numbers(f"It was {text} there.")
    assert (found.text, found.role, found.reading) == (text, role, None)


def test_a_number_stands_on_its_line_at_its_character():
    assert [(found.line, found.column) for found in numbers("12 firms\nand 34 firms\n\n5 firms")] == [
        (1, 0),
        (2, 4),
        (4, 0),
    ]


@pytest.mark.parametrize(
    "token", ["$5 yuan", "5$", "5 $", "between $3 and $5 million", "between 3 and $5", "$ 5"]
)
def test_a_sign_of_money_touches_one_number_from_before(token: str):
    with pytest.raises(Fault):
        read(token)


def test_a_sign_of_money_belongs_to_its_number_in_a_text_and_in_what_is_said_of_it():
    found = numbers("Income was $148.6 million, more than €2. A fee of US$5 (£4) is due.")
    assert [each.text for each in found] == ["$148.6 million", "more than €2", "US$5", "£4"]
    assert "is $1.4998 to $1.5002" in repr(check("$20,000", "$12,000", "$8,000"))
