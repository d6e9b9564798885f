"""Facts about what a reader types in the lab: facts in a check, other numbers supposed, frames to keep."""

from fractions import Fraction

import numpy as np
import pytest

import asprinted
from asprinted.faults import Fault


@pytest.fixture(scope="module")
def book(home):
    """The notebook that a reader explores in."""
    return asprinted.notebook("explore", home=home)


# ---------------------------------------------------------------------------------------- facts in a check


@pytest.mark.parametrize(
    "concluded", ["21454件", 21454, 21454.0, Fraction(21454), np.int64(21454), np.float64(21454)]
)
def test_a_whole_number_is_taken_in_whatever_type_it_comes(concluded):
    answer = asprinted.check("61.71%", concluded, np.int32(34765))
    assert answer.verdict == "both"
    assert answer.low == answer.high == pytest.approx(21454 / 34765)


def test_a_fact_is_taken_by_its_token_and_a_derived_one_by_its_whole_value(book):
    assert (
        asprinted.check(book["closing_rate"], book["cases_concluded"], book["cases_accepted"]).verdict
        == "both"
    )
    # 13,311 are open by our difference: 38.2885% of those accepted.
    assert asprinted.check("38.29%", book["pending"], book["cases_accepted"]).verdict == "nearest_only"
    more = book["cases_concluded"].value + 500
    assert asprinted.check(book["closing_rate"], more, book["cases_accepted"]).verdict == "contradicted"


@pytest.mark.parametrize(
    "given", [0.6171, float("nan"), float("inf"), 2.0**60, True, np.True_, None, 1j, [None]]
)
def test_what_is_no_whole_number_is_refused_with_the_part_of_the_call(given):
    with pytest.raises(Fault, match=r"^column parts: found .*expected a token such as 1234件"):
        asprinted.check("61.71%", given, 34765)


# ---------------------------------------------------------------------------------- other numbers supposed


@pytest.fixture(scope="module")
def supposed(book):
    """What moves if 500 more cases had been concluded."""
    return book.what_if(cases_concluded=21954)


def test_each_value_that_rests_on_a_figure_moves_with_it(supposed, book):
    moved = supposed.query("what == 'value'")
    assert moved.after["cases_concluded"] == "21954件"
    # (34,765 − 21,954) are open; 21,954 ÷ 34,765 = 0.631497…
    assert moved.after["pending"].startswith("12,811")
    assert moved.after["closing_rate_recomputed"] == "63.1497%"
    assert all(key == "cases_concluded" or "cases_concluded" in book[key].keys for key in moved.index)


def test_a_check_that_would_no_longer_follow_and_a_sentence_that_would_be_false_say_so(supposed):
    assert supposed.fails["C01"]
    assert "does not follow" in supposed.after["C01"]
    # No whole headcount gives 413 and 669 any more, and 02's answer says that the rate follows.
    assert supposed.fails["C02"]
    assert supposed.fails["02 answer"]
    # The police's counts are none of the court's.
    assert not {"C04", "06 answer"} & set(supposed.index)


def test_a_figure_supposed_as_it_is_printed_moves_nothing(book):
    assert book.what_if(cases_concluded="21454件").empty


def test_supposing_leaves_the_collection_as_it_is(supposed, book):
    assert book["cases_concluded"].as_printed == "21454件"
    assert book["pending"].value == 13311


def test_what_cannot_be_supposed_is_refused_with_the_way_out(book):
    with pytest.raises(KeyError, match="cases_concluded"):
        book.what_if(cases_concludet=1)
    with pytest.raises(
        Fault, match="pending, which is derived, expected a printed figure, such as cases_accepted"
    ):
        book.what_if(pending=12000)
    with pytest.raises(Fault, match=r'closing_rate: found "62", expected a token such as 61.71%'):
        book.what_if(closing_rate=62)
    with pytest.raises(Fault, match="cases_concluded"):
        book.what_if(cases_concluded="many")
