"""Facts about formulas and rules: what they are worth, exactly, and what is refused."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.chinese.reading import read
from asprinted.exact.expressions import DEEPEST, LONGEST, Amount, Condition, Formula, admitted, at_most, equal
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Printed
from asprinted.faults import Fault

HEDGED = Interval.between(17600, 17700, "[)", whole=True)


# ------------------------------------------------------------ formulas


def keys(**numbers: int | str) -> Callable[[str], Fraction]:
    return {key: Fraction(number) for key, number in numbers.items()}.__getitem__


REFUSED = {
    "nothing": ["", " "],
    "no formula": ["a+", "a b", "(a", "a)", "2a", "a;b", "a,b", "a=1", "a\n+b"],
    "other operations": [
        "a**2",
        "a//b",
        "a%b",
        "a@b",
        "a|b",
        "~a",
        "+a",
        "a<b",
        "a and b",
        "not a",
        "a if b else c",
    ],
    "other things": [
        "'a'",
        "[a]",
        "a[0]",
        "a.b",
        "lambda: a",
        "(a:=1)",
        "{a}",
        "f'{a}'",
        "...",
        "True",
        "None",
        "*a",
    ],
    "other numbers": ["1e9", "0x1f", "1_000", "1j", ".5", "5."],
    "other functions": ["days(a)", "days(a+1)", "min(1, 2)", "a()", "a.b(c)"],
    "names in other letters": ["数"],
    "bytes of nothing": ["a\0"],
}


@pytest.mark.parametrize(("why", "text"), [(why, text) for why, texts in REFUSED.items() for text in texts])
def test_what_is_no_formula_is_refused(why: str, text: str):
    with pytest.raises(Fault) as raised:
        Formula(text, {"min": lambda: Amount(None, HEDGED)})
    assert raised.value.column == "formula"
    assert raised.value.found


@pytest.mark.parametrize(
    "text",
    [
        "(" * 400 + "a" + ")" * 400,
        "-" * 900 + "a",
        "a" + "+a" * 300,
        "a" * (LONGEST + 1),
        "1/" * 400 + "a",
        "(" * 900,
    ],
)
def test_a_formula_too_long_or_too_deep_is_refused_and_hangs_nowhere(text: str):
    with pytest.raises(Fault):
        Formula(text)


def test_a_formula_as_long_as_is_allowed_is_one():
    key = "a" * LONGEST
    assert Formula(key).keys == (key,)


def test_a_formula_as_deep_as_is_allowed_is_evaluated():
    text = "+".join(["a"] * (DEEPEST - 2))
    assert Formula(text).value(keys(a=1)) == DEEPEST - 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", 6),
        ("2*a", 12),
        ("a+b*2", 12),
        ("(a+b)*2", 18),
        ("a/(b+3)", 1),
        (" a / b ", 2),
        ("a−b", 3),
        ("a × b ÷ 2", 9),
        ("-a", -6),
        ("1 - b/a", Fraction(1, 2)),
        ("0.1 * a", Fraction(3, 5)),
        ("1000 * b / a", 500),
        ("a - b - 1", 2),
    ],
)
def test_a_formula_has_the_value_of_arithmetic_and_its_interval_is_that_point(text, value):
    points = {"a": Interval.point(6), "b": Interval.point(3)}.__getitem__
    assert Formula(text).value(keys(a=6, b=3)) == value
    assert Formula(text).interval(points) == Interval.point(value)


def test_a_typed_decimal_is_exact_and_no_float():
    assert Formula("0.1 + 0.2").value(keys()) == Fraction(3, 10)


def test_keys_stand_in_order_of_first_use_and_those_outside_of_calls_as_often_as_they_stand():
    formula = Formula("(b - a) / b + days(c, a)", {"days": lambda c, a: Amount(Fraction(1), HEDGED)})
    assert formula.keys == ("b", "a", "c")
    # A function answers for its own arguments.
    assert sorted(formula.loose) == ["a", "b", "b"]


def test_a_function_gets_its_keys_as_words_and_gives_a_value_and_an_interval():
    asked = []

    def days(*names: str) -> Amount:
        asked.append(names)
        return Amount(Fraction(273), Interval.between(265, 273))

    formula = Formula("days(accepted, to) * 2", {"days": days})
    assert formula.value(keys()) == 546
    assert formula.interval({}.__getitem__) == Interval.between(530, 546)
    assert asked == [("accepted", "to")] * 2


def test_a_function_without_a_value_has_an_interval_alone():
    formula = Formula("pairs(a)", {"pairs": lambda a: Amount(None, Interval.between(289, 292))})
    assert formula.interval({}.__getitem__) == Interval.between(289, 292)
    with pytest.raises(Fault, match="no value"):
        formula.value(keys())


def test_a_division_by_nought_is_a_fault_of_the_formula():
    with pytest.raises(Fault, match=r'column formula: found a division by 0 in "a/\(b-b\)"'):
        Formula("a/(b-b)").value(keys(a=1, b=2))
    with pytest.raises(Fault, match='found a divisor that may be 0 in "a/b"') as raised:
        Formula("a/b").interval({"a": Interval.point(1), "b": Interval.between(0, 5)}.__getitem__)
    assert raised.value.column == "formula"


FORMULAS: dict[str, Callable[[Fraction, Fraction, Fraction], Fraction]] = {
    "1 - a/b": lambda a, b, c: 1 - a / b,
    "(a-b)/c": lambda a, b, c: (a - b) / c,
    "a/b - 1": lambda a, b, c: a / b - 1,
    "a*b - c": lambda a, b, c: a * b - c,
    "-a/(b+c)": lambda a, b, c: -a / (b + c),
    "c*(a-b)": lambda a, b, c: c * (a - b),
    "(a-9)/(b-9)": lambda a, b, c: (a - 9) / (b - 9),
}
WHOLES = st.builds(
    lambda low, width: Interval.between(low, low + width, whole=True), *[st.integers(1, 6)] * 2
)


@given(st.sampled_from(sorted(FORMULAS)), WHOLES, WHOLES, WHOLES)
def test_whole_inputs_give_what_brute_force_finds_and_its_ends_are_attained(text, a, b, c):
    intervals = {"a": a, "b": b, "c": c}.__getitem__
    try:
        found = Formula(text).interval(intervals)
    except Fault:
        assert text == "(a-9)/(b-9)"
        assert 9 in b
        return
    values = [FORMULAS[text](*map(Fraction, each)) for each in product(a.numbers(), b.numbers(), c.numbers())]
    assert (found.low, found.high, found.bounds) == (min(values), max(values), "[]")


HALF_OPEN = st.builds(
    lambda low, width, bounds: Interval.between(low, low + width, bounds),
    st.integers(1, 6),
    st.integers(1, 6),
    st.sampled_from(["[]", "[)", "(]", "()"]),
)


@given(st.sampled_from(sorted(FORMULAS)), HALF_OPEN, HALF_OPEN, HALF_OPEN)
def test_an_open_input_opens_the_end_that_it_gives(text, a, b, c):
    """The ends are those of the closed inputs; an end is closed exactly if some attained corner gives it."""
    try:
        found = Formula(text).interval({"a": a, "b": b, "c": c}.__getitem__)
    except Fault:
        return
    corners = {}
    for each in product(*(((i.low, i.low_closed), (i.high, i.high_closed)) for i in (a, b, c))):
        value = (
            FORMULAS[text](*(end for end, _ in each)) if text != "(a-9)/(b-9)" or each[1][0] != 9 else None
        )
        if value is not None:
            corners[value] = corners.get(value, False) or all(
                closed for (_, closed), name in zip(each, "abc", strict=True) if name in text
            )
    if text == "(a-9)/(b-9)" or 0 in (min(corners), max(corners)):
        # Beside a divisor that nears 0, or a product with 0, corners do not tell which ends are attained.
        assert found.low is None or found.low <= min(corners)
        return
    assert (found.low, found.high) == (min(corners), max(corners))
    assert (found.low_closed, found.high_closed) == (corners[found.low], corners[found.high])


def test_what_hedged_police_counts_leave_unresolved_is_a_share_with_open_ends():
    words = {"resolved": read("1.73万余件"), "accepted": read("1.76万余件")}
    found = Formula("1 - resolved/accepted").interval(lambda key: Interval.of(words[key]))
    assert found == Interval.between(1 - Fraction(17400, 17600), 1 - Fraction(17300, 17700), "()")


# ------------------------------------------------------------ rules over rows

ROW: dict[str, object] = {
    "measure": "closing_rate",
    "level": "basic",
    "month_day": "09-30",
    "year": 2021,
    "share": Fraction(1, 10),
    "rounded": 0.1,
    "exact": Decimal("0.1"),
    "open_end": "",
    "nothing": None,
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ('measure == "closing_rate"', True),
        ('measure != "closing_rate"', False),
        ('level in ("basic", "high")', True),
        ('level not in ["basic", "high"]', False),
        ('"08-22" <= month_day <= "10-30"', True),
        ('"10-01" <= month_day <= "10-30"', False),
        ("year >= 2021 and share < 0.2", True),
        ("year > 2021 or not share == 0.1", False),
        ("share == 0.1 and exact == 0.1 and rounded == 0.1", True),
        ("year in (2020, 2021)", True),
        ('open_end == ""', True),
        ('open_end < "a"', False),
        ("nothing < 5", False),
        ("nothing == 5", False),
        ("not nothing >= 5", True),
    ],
)
def test_a_rule_holds_of_a_row_or_does_not(text: str, holds: bool):
    assert Condition(text).holds(ROW) is holds


@pytest.mark.parametrize(
    "text",
    [
        'level == "basic"',
        'level in ("basic", "high")',
        'level not in ["high"]',
        '"08-22" <= month_day <= "10-30"',
        "year >= 2021 and share < 0.2",
        'not (year == 2020 or level == "high")',
    ],
)
def test_the_same_rule_chooses_the_same_rows_in_pandas(text: str):
    pandas = pytest.importorskip("pandas")
    rows = [
        {"level": level, "month_day": day, "year": year, "share": share}
        for level, day, year, share in product(
            ("basic", "high"), ("09-30", "12-31"), (2020, 2021), (0.1, 0.3)
        )
    ]
    chosen = pandas.DataFrame(rows).query(text).index.tolist()
    assert chosen == [at for at, row in enumerate(rows) if Condition(text).holds(row)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "level",
        "level ==",
        "level = 'a'",
        "level == other.name",
        "f(level) == 1",
        "level + 1 == 2",
        "level is None",
        "'a' in level",
        "level in 'ab'",
        "level == ('a', 'b')",
        "level in ('a', other)",
        "level and year == 1",
        "year == 1e9",
        "year == True",
        "[x for x in level] == 1",
        "(" * 300,
        "not " * 240 + "a == 1",
    ],
)
def test_what_is_no_rule_is_refused(text: str):
    with pytest.raises(Fault) as raised:
        Condition(text)
    assert raised.value.column == "where"


@pytest.mark.parametrize(
    ("text", "found"), [("level", '"level"'), ("year == 1 and level", '"level" in "year == 1 and level"')]
)
def test_what_is_no_rule_is_named_and_where_it_is_a_part_the_rule_too(text: str, found: str):
    with pytest.raises(Fault) as raised:
        Condition(text)
    assert raised.value.found == found


def test_a_rule_names_its_columns_and_a_column_that_a_row_lacks():
    rule = Condition('level == "basic" and "a" < month_day and level != "x"')
    assert rule.names == ("level", "month_day")
    with pytest.raises(Fault, match=r'found "level" in .*, expected one of the columns year'):
        rule.holds({"year": 2021})


def test_a_text_beside_a_number_is_a_fault_and_not_simply_unequal():
    with pytest.raises(Fault, match='found the text "2021" beside the number 2021'):
        Condition("year == 2021").holds({"year": "2021"})


# ------------------------------------------------------------ side by side


def test_what_a_count_admits_is_whole_and_what_a_rate_admits_is_not():
    count = admitted(Printed(read("1.76万余件"), "count"))
    assert (count.whole, count.high, Fraction(35201, 2) in count) == (True, 17699, False)
    assert not admitted(Printed(read("50%以上"), "rate")).whole


def test_hedged_words_equal_what_lies_inside_them_and_nothing_else():
    assert equal(HEDGED, Interval.point(17699))
    assert not equal(HEDGED, Interval.point(17700))


def test_at_most_holds_only_where_no_value_exceeds_the_other():
    assert at_most(HEDGED, Interval.point(17699))
    assert at_most(admitted(Printed(read("1.76万余件"), "count")), Interval.point(17699))
    assert not at_most(HEDGED, Interval.point(17698))
    assert not at_most(Interval.between(0, None), Interval.point(17699))
    assert not at_most(Interval.point(1), Interval.between(None, 17699))
