"""Claims: true only where every admitted value makes them so, false where none does, undecided otherwise."""

import itertools
from fractions import Fraction

import pytest

from asprinted.collection.proofs import Proof, Series
from asprinted.exact.intervals import Interval
from asprinted.faults import Fault

ROWS = [Fraction(n, 100) for n in (62, 62, 68, 74, 84)]
NAMES = {
    "rate": Interval.point(Fraction(6171, 10000)),
    "low": Interval.point(Fraction(1, 2)),
    "two": Interval.point(2),
    "zero": Interval.point(0),
    "hedged": Interval.between(17600, 17700, "[)"),
    "closed": Interval.between(17600, 17699),
    "above": Interval.between(160, 170, "()"),
    "open_end": Interval(Fraction(50), None),
    "near": Series(tuple(map(Interval.point, ROWS))),
    "higher": Series(tuple(map(Interval.point, ROWS))),
    "mixed": Series((Interval.between(1, 3), Interval.point(5))),
    "unbounded": Series((Interval(None, None), Interval.point(5))),
    "single": Series((Interval.point(2),)),
    "nobody": Series(()),
}


def told(text: str) -> bool | None:
    return Proof(text).decide(NAMES.__getitem__)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("rate > low", True),
        ("rate < low", False),
        ("rate == 0.6171", True),
        ("rate != 0.6171", False),
        ("rate == 0.6172", False),
        ("low < rate < 0.62", True),
        ("low < rate < 0.61", False),
        ("rate >= 0.6171", True),
        ("rate <= 0.617", False),
        # A hedged count: some values, or all, or none.
        ("hedged > 17599", True),
        ("hedged >= 17600", True),
        ("hedged > 17600", None),
        ("hedged > 17650", None),
        ("hedged < 17700", True),
        ("hedged >= 17700", False),
        ("closed <= 17699", True),
        ("closed < 17699", None),
        ("closed > 17699", False),
        ("hedged == 17650", None),
        ("hedged == 17700", False),
        ("hedged != 17700", True),
        ("above > 160", True),
        ("above >= 161", None),
        ("above <= 160", False),
        ("open_end >= 50", True),
        ("open_end > 1000", None),
        ("open_end < 50", False),
        # Arithmetic with both signs of writing.
        ("rate * 100 > 61", True),
        ("rate × 100 − 61 > 0", True),
        ("two ÷ 4 == low", True),
        ("-rate < zero", True),
        ("hedged / 2 > 8799", True),
        ("hedged - hedged == zero", None),
        # Truths together.
        ("rate > low and two == 2", True),
        ("rate > low and hedged > 17650", None),
        ("rate < low and hedged > 17650", False),
        ("rate < low or hedged > 17650", None),
        ("rate > low or hedged > 17650", True),
        ("not rate < low", True),
        ("not hedged > 17650", None),
    ],
)
def test_a_comparison_is_true_for_every_admitted_value_or_for_none_or_undecided(text, truth):
    assert told(text) is truth


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("count(near) == 5", True),
        ("count(near) == 4", False),
        ("count(near > rate) == 5", True),
        ("count(near > 0.7) == two", True),
        ("count(higher) == count(near > rate)", True),
        ("all(near > rate)", True),
        ("all(near > 0.63)", False),
        ("any(near > 0.8)", True),
        ("any(near > 0.9)", False),
        ("all(0.7 < near)", False),
        ("min(near) == 0.62 and max(near) == 0.84", True),
        ("max(near) < 0.84", False),
        ("sum(near) == 3.5", True),
        ("min(rate, low) == low", True),
        ("max(near) / min(near) < two", True),
        ("count(near) - count(near > 0.7) == 3", True),
        # A row that is an interval.
        ("all(mixed >= 1)", True),
        ("all(mixed > 2)", None),
        ("any(mixed > 4)", True),
        ("min(mixed) >= 1", True),
        ("min(mixed) > 1", None),
        ("max(mixed) == 5", True),
        ("sum(mixed) >= 6", True),
        # A frame with one row, and without any.
        ("count(single) == 1 and count(single > 1) == 1", True),
        ("count(nobody) == zero", True),
        ("count(nobody > rate) == zero", True),
        ("all(nobody > rate)", True),
        ("any(nobody > rate)", False),
        ("sum(nobody) == zero", True),
    ],
)
def test_a_frame_is_counted_and_compared_row_by_row(text, truth):
    assert told(text) is truth


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min(nobody) > zero", "a frame without rows"),
        ("count(mixed > 2) == 1", "a comparison that some rows leave undecided"),
        ("min(unbounded) > zero", "a value without an end"),
        ("near > higher", "two frames side by side"),
        ("near > rate", "expected a formula that is true or false"),
        ("near", "expected a formula that is true or false"),
        ("rate + two", "expected a formula that is true or false"),
        ("count(near)", "expected a formula that is true or false"),
        ("all(near)", "a number or a frame"),
        ("all(rate > low)", "something else than one frame"),
        ("count(near, higher) == two", "something else than one frame"),
        ("rate and low", "a number or a frame"),
        ("(rate > low) + 1 == two", "a truth or a frame"),
        ("sum(near > rate) == two", "a truth or a frame"),
        ("rate / zero > two", "0"),
        ("rate / (hedged - 17650) > two", "0"),
    ],
)
def test_what_cannot_be_compared_is_a_fault_of_holds(text, message):
    with pytest.raises(Fault) as raised:
        told(text)
    assert message in str(raised.value)
    assert raised.value.column == "holds"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rate >", "a formula, such as"),
        ("", "a formula, such as"),
        ("rate > low; two", "a formula, such as"),
        ("1 < 2", "names neither a fact nor a value"),
        ("count() == 1", '"count()"'),
        ("len(near) == 5", '"len(near)"'),
        ("near.count > 2", '"near.count"'),
        ("near[0] > rate", '"near[0]"'),
        ("rate ** 2 > low", '"rate ** 2 > low"'),
        ("rate % 2 > low", '"rate % 2 > low"'),
        ("rate in near", '"rate in near"'),
        ("rate is low", '"rate is low"'),
        ("rate == 'a'", "'a'"),
        ("rate > True", '"True"'),
        ("rate > 1j", '"1j"'),
        ("rate > 5e-1", '"5e-1"'),
        ("rate < 1e999", '"1e999"'),
        ("lambda: rate", '"lambda: rate"'),
        ("count(near, key=rate) == 5", "count(near, key=rate)"),
        ("rate if low else two", '"rate if low else two"'),
        ("[rate] == low", '"[rate]"'),
        ("+rate > low", '"+rate > low"'),
        ("(rate := low) > two", "rate := low"),
        ("rate > low" + " and rate > low" * 200, "characters"),
        ("(" * 300 + "rate" + ")" * 300 + " > low", "expected"),
    ],
)
def test_anything_else_is_no_claim(text, message):
    with pytest.raises(Fault) as raised:
        Proof(text)
    assert message in str(raised.value)


def test_an_unknown_name_is_for_the_lookup_to_refuse():
    with pytest.raises(KeyError):
        Proof("nothing > rate").decide(NAMES.__getitem__)


def test_the_names_of_a_claim_stand_in_order_and_functions_are_none_of_them():
    assert Proof("count(near > rate) == min(two, count(higher))").names == ("near", "rate", "two", "higher")


def test_a_decimal_is_what_its_digits_say_and_no_float():
    assert Proof("x == 0.1").decide({"x": Interval.point(Fraction(1, 10))}.__getitem__) is True
    assert Proof("x + 0.2 == 0.3").decide({"x": Interval.point(Fraction(1, 10))}.__getitem__) is True


def test_every_comparison_of_two_intervals_is_what_all_their_values_say():
    """Against brute force over whole numbers, for every pair of short intervals with every kind of end."""
    spans = [
        (range(low + (bounds[0] == "("), high + (bounds[1] == "]")), (low, high, bounds))
        for low in (0, 2)
        for high in (2, 4)
        for bounds in ("[]", "[)", "(]", "()")
        if low < high or bounds == "[]"
    ]
    compare = {
        "<": int.__lt__,
        "<=": int.__le__,
        ">": int.__gt__,
        ">=": int.__ge__,
        "==": int.__eq__,
        "!=": int.__ne__,
    }
    for (ours, one), (theirs, other) in itertools.product(spans, repeat=2):
        names = {"a": Interval.between(*one), "b": Interval.between(*other)}
        for sign, holds in compare.items():
            every = {holds(a, b) for a in ours for b in theirs}
            truth = Proof(f"a {sign} b").decide(names.__getitem__)
            # Between whole numbers there are others: decided for all of these, it is for the whole ones too.
            if truth is not None:
                assert every <= {truth}, (one, sign, other)
    assert (
        Proof("a < b").decide({"a": Interval.between(0, 2, "[)"), "b": Interval.point(2)}.__getitem__) is True
    )
    assert Proof("a < b").decide({"a": Interval.between(0, 2), "b": Interval.point(2)}.__getitem__) is None
