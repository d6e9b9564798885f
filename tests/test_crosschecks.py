"""Facts about what is only held side by side: which expressions there are, and when two sides go together."""

import pytest

from guandu.crosschecks import Expression, at_most, equal
from guandu.intervals import Interval

HEDGED = Interval.between(17600, 17700, "[)", whole=True)


@pytest.mark.parametrize("text", ["", "a+", "a b", "(a", "a)", "-a", "a-b", "1.5*a", "2a", "a;b"])
def test_what_is_no_expression_is_refused(text):
    with pytest.raises(ValueError, match="key"):
        Expression(text)


@pytest.mark.parametrize(
    ("text", "value"), [("a", 6), ("2*a", 12), ("a+b*2", 12), ("(a+b)*2", 18), ("a/(b+3)", 1), (" a / b ", 2)]
)
def test_an_expression_has_the_value_of_arithmetic(text, value):
    figures = {"a": Interval.point(6), "b": Interval.point(3)}
    assert Expression(text).value(figures) == Interval.point(value)


def test_hedged_words_equal_what_lies_inside_them_and_nothing_else():
    assert equal(HEDGED, Interval.point(17699))
    assert not equal(HEDGED, Interval.point(17700))


def test_at_most_holds_only_where_no_value_exceeds_the_other():
    assert at_most(HEDGED, Interval.point(17699))
    assert not at_most(HEDGED, Interval.point(17698))
    assert not at_most(Interval.between(0, None), Interval.point(17699))
    assert not at_most(Interval.point(1), Interval.between(None, 17699))
