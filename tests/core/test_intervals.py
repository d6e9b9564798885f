"""Intervals hold exactly what printed numbers admit, open and closed ends included."""

from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from asprinted.chinese.reading import read
from asprinted.exact.intervals import EMPTY, Interval, count_ratios, has_ratio, pairs, ratio
from asprinted.exact.intervals import product as multiply
from asprinted.faults import Fault

between = Interval.between

RESOLVED = Interval.of(read("1.73万余件"))
ACCEPTED = Interval.of(read("1.76万余件"))
ROUNDED_98_35 = between(Fraction("0.98345"), Fraction("0.98355"), "[)")
CUT_98_35 = between(Fraction("0.9835"), Fraction("0.9836"), "[)")


# facts about the article


def test_168_of_10000_pairs_of_police_counts_round_to_98_35_percent_and_159_are_cut_to_it():
    assert count_ratios(RESOLVED, ACCEPTED, between(0, None, "[)")) == 10_000
    assert count_ratios(RESOLVED, ACCEPTED, ROUNDED_98_35) == 168
    assert count_ratios(RESOLVED, ACCEPTED, CUT_98_35) == 159


def test_83_pairs_of_police_counts_fit_both_rules_and_244_fit_either():
    both = count_ratios(RESOLVED, ACCEPTED, ROUNDED_98_35 & CUT_98_35)
    assert both == 83
    assert 168 + 159 - both == 244


def test_no_pair_of_police_counts_gives_98_87_percent():
    assert count_ratios(RESOLVED, ACCEPTED, between(Fraction("0.98865"), Fraction("0.98875"), "[)")) == 0
    assert count_ratios(RESOLVED, ACCEPTED, between(Fraction("0.98855"), Fraction("0.98865"), "[)")) > 0


@pytest.mark.parametrize(("target", "least", "most"), [(ROUNDED_98_35, 290, 292), (CUT_98_35, 289, 291)])
def test_289_to_292_police_disputes_stay_unresolved_if_98_35_percent_was_printed(target, least, most):
    unresolved = {whole - part for part, whole in pairs(RESOLVED, ACCEPTED, target)}
    assert (min(unresolved), max(unresolved)) == (least, most)


def test_pairs_that_fit_98_35_percent_have_17600_to_17691_disputes_accepted():
    wholes = {
        whole for target in (ROUNDED_98_35, CUT_98_35) for _, whole in pairs(RESOLVED, ACCEPTED, target)
    }
    assert (min(wholes), max(wholes)) == (17600, 17691)


def test_whole_police_counts_give_a_narrower_rate_than_real_numbers_would():
    whole = ratio(between(17300, 17400, "[)", whole=True), between(17600, 17700, "[)", whole=True))
    assert whole == between(Fraction(17300, 17699), Fraction(17399, 17600))
    real = ratio(RESOLVED, ACCEPTED)
    assert real == between(Fraction(17300, 17700), Fraction(17400, 17600), "()")
    assert (f"{float(real.low):.6f}", f"{float(real.high):.6f}") == ("0.977401", "0.988636")


def test_413_over_669_lies_between_two_open_ends_when_both_are_rounded():
    closed_per_judge = between(Fraction("412.5"), Fraction("413.5"), "[)")
    accepted_per_judge = between(Fraction("668.5"), Fraction("669.5"), "[)")
    assert ratio(closed_per_judge, accepted_per_judge) == between(
        Fraction(825, 1339), Fraction(827, 1337), "()"
    )


def test_counting_pairs_of_billions_needs_no_loop_over_them():
    some = between(1, 10**30, whole=True)
    assert count_ratios(some, some, between(1, 1)) == 10**30
    assert count_ratios(some, some, between(0, 1, "[)")) == (10**60 - 10**30) // 2


# intervals


def test_an_end_belongs_to_an_interval_only_if_it_is_closed():
    assert 1 in between(1, 2)
    assert 1 not in between(1, 2, "(]")
    assert 2 not in between(1, 2, "[)")
    assert Fraction(3, 2) in between(1, 2, "()")


def test_an_end_is_closed_where_nothing_else_is_said():
    assert Interval(Fraction(1), Fraction(2)) == between(1, 2)
    assert Interval(Fraction(1), Fraction(2)).bounds == "[]"


def test_whole_numbers_and_a_real_interval_add_up_to_reals():
    wholes, reals = between(1, 2, whole=True), between(0, Fraction(1, 2))
    assert wholes + reals == reals + wholes == between(1, Fraction(5, 2))
    assert wholes + wholes == between(2, 4, whole=True)


def test_a_float_is_in_no_interval():
    assert 1.5 not in between(1, 2)


def test_whole_numbers_draw_the_ends_in():
    assert between(17600, 17700, "[)", whole=True) == between(17600, 17699, whole=True)
    assert between(Fraction("51.9268"), Fraction("52.0045"), "(]").numbers() == range(52, 53)
    assert between(52, 53, "()", whole=True).is_empty
    assert not between(52, 53, "()").is_empty


def test_a_side_without_an_end_is_open_and_holds_any_number():
    at_least_half = Interval.of(read("50%以上"))
    assert at_least_half == between(Fraction(1, 2), None)
    assert 10**9 in at_least_half
    assert Fraction(49, 100) not in at_least_half
    with pytest.raises(Fault, match="found a side without an end"):
        at_least_half.numbers()


def test_nothing_times_anything_is_nothing_even_where_the_other_end_is_open():
    from_nothing, above_nothing = between(0, 2), between(0, 3, "()")
    assert multiply(from_nothing, above_nothing) == between(0, 6, "[)")
    assert multiply(between(0, 2, "(]"), above_nothing) == between(0, 6, "()")
    assert has_ratio(Interval.point(0, whole=True), above_nothing, from_nothing)
    assert not has_ratio(Interval.point(0, whole=True), above_nothing, above_nothing)


def test_bounds_that_are_no_brackets_are_refused():
    with pytest.raises(Fault, match=r'found "\]\[", expected one of'):
        between(1, 2, "][")


def test_pairs_without_end_are_refused_and_a_target_can_end_them():
    endless, five = between(1, None, whole=True), between(5, 5, whole=True)
    with pytest.raises(Fault, match="infinitely many"):
        count_ratios(endless, endless, between(1, 1))
    with pytest.raises(Fault, match="infinitely many"):
        next(pairs(five, endless, between(0, 1)))
    assert count_ratios(five, endless, between(Fraction(1, 2), 1)) == 6


def test_a_target_of_whole_numbers_is_refused():
    with pytest.raises(Fault, match="expected an interval of real numbers"):
        has_ratio(between(1, 2, whole=True), between(1, 2, whole=True), between(1, 2, whole=True))


# against brute force


def halves(least: int, most: int) -> st.SearchStrategy[Fraction]:
    """Fractions with small denominators, so that ends meet often."""
    return st.builds(Fraction, st.integers(least, most), st.sampled_from([1, 1, 2, 3]))


def intervals(most: int, *, whole: bool | None = None) -> st.SearchStrategy[Interval]:
    """Intervals, now and then empty; of whole numbers, of reals, or, by default, of either."""
    ends = st.tuples(halves(0, most), halves(0, most)).map(sorted)
    kinds = st.booleans() if whole is None else st.just(whole)
    bounds = st.sampled_from(["[]", "[)", "(]", "()"])
    return st.builds(lambda e, b, w: between(e[0], e[1], b, whole=w), ends, bounds, kinds)


def is_inside(number: Fraction, interval: Interval) -> bool:
    """Say by comparisons alone whether a number lies in an interval with two ends."""
    assert interval.low is not None
    assert interval.high is not None
    above = number >= interval.low if interval.low_closed else number > interval.low
    below = number <= interval.high if interval.high_closed else number < interval.high
    return above and below and not (interval.whole and number.denominator > 1)


def witnesses(interval: Interval, breaks: set[Fraction]) -> list[Fraction]:
    """List numbers of an interval: all whole ones, or every break and one number between any two."""
    if interval.whole:
        return [Fraction(n) for n in range(60) if is_inside(Fraction(n), interval)]
    assert interval.low is not None
    assert interval.high is not None
    ordered = sorted(breaks | {interval.low, interval.high})
    between_two = [(left + right) / 2 for left, right in pairwise(ordered)]
    return [number for number in ordered + between_two if is_inside(number, interval)]


def brute_has_ratio(part: Interval, whole: Interval, target: Interval) -> bool:
    """Try wholes, and for each the parts; a real one need only be tried where the answer could change."""
    target_ends = {end for end in (target.low, target.high) if end}
    part_ends = {part.low, part.high} if not part.whole else set(range(60))
    for w in witnesses(whole, {p / t for p in part_ends for t in target_ends}):
        if w > 0 and any(is_inside(p / w, target) for p in witnesses(part, {w * t for t in target_ends})):
            return True
    return False


# A real part over whole numbers: 1/1 and 1/2, but nothing between.
@example(Interval.point(1), between(1, 2, whole=True), between(Fraction(6, 10), Fraction(9, 10)))
@given(intervals(12), intervals(12), intervals(3))
def test_a_ratio_exists_exactly_if_brute_force_finds_one(part, whole, target):
    target = between(target.low, target.high, "[]" if target.whole else _bounds(target))
    assert has_ratio(part, whole, target) == brute_has_ratio(part, whole, target)


@given(intervals(25, whole=True), intervals(25, whole=True), intervals(3, whole=False))
def test_counted_pairs_are_those_that_brute_force_lists(parts, wholes, target):
    listed = [
        (p, w)
        for w, p in product(range(1, 30), range(30))
        if all(
            (is_inside(Fraction(p), parts), is_inside(Fraction(w), wholes), is_inside(Fraction(p, w), target))
        )
    ]
    assert count_ratios(parts, wholes, target) == len(listed)
    assert list(pairs(parts, wholes, target)) == listed


@given(intervals(6), intervals(6), halves(0, 8))
def test_what_lies_in_both_lies_in_their_intersection(left, right, number):
    assert (number in left & right) == (is_inside(number, left) and is_inside(number, right))


@given(intervals(6, whole=False), intervals(6, whole=False), halves(-2, 14))
def test_a_number_is_a_sum_exactly_if_it_is_left_when_the_other_part_is_taken_away(left, right, number):
    assert (number in left + right) == (not (left & (Interval.point(number) + -right)).is_empty)


@given(intervals(6, whole=False), intervals(6, whole=False), st.just(Fraction(0)) | halves(0, 40))
def test_a_number_is_a_product_exactly_if_some_factor_divides_it_into_the_other(left, right, number):
    found = any(
        is_inside(number / factor, right)
        for factor in witnesses(left, {number / end for end in (right.low, right.high) if end})
        if factor
    )
    zero = number == 0 and not (left.is_empty or right.is_empty) and (0 in left or 0 in right)
    assert (number in multiply(left, right)) == (found or zero)


def signed(whole: bool) -> st.SearchStrategy[Interval]:
    """Intervals on either side of zero, now and then without an end."""
    ends = st.tuples(halves(-4, 4), halves(-4, 4)).map(sorted)
    bounds = st.sampled_from(["[]", "[)", "(]", "()"])
    open_low, open_high = st.sampled_from([False] * 5 + [True]), st.sampled_from([False] * 5 + [True])
    return st.builds(
        lambda e, b, low, high: between(None if low else e[0], None if high else e[1], b, whole=whole),
        ends,
        bounds,
        open_low,
        open_high,
    )


def quotients_hold(number: Fraction, left: Interval, right: Interval) -> bool:
    """Say whether number = x × y for some x of left and y of right, by walking along y.

    Where y > 0, x = number / y is monotonic in y, so the candidates are the ends, the y at which x meets an
    end of left, and a number between any two of these.
    """
    if number == 0:
        return not (left.is_empty or right.is_empty) and (0 in left or 0 in right)
    marks = {number / end for end in (left.low, left.high) if end}
    marks |= {end for end in (right.low, right.high) if end is not None} | {Fraction(0)}
    ordered = sorted(marks)
    ys = [ordered[0] - 1, *ordered, *((a + b) / 2 for a, b in pairwise(ordered)), ordered[-1] + 1]
    return any(y in right and number / y in left for y in ys if y)


@given(signed(False), signed(False), halves(-20, 20))
def test_a_number_is_a_product_of_any_signs_exactly_if_some_factor_leaves_the_other(left, right, number):
    assert (number in left * right) == quotients_hold(number, left, right)


@given(signed(False), signed(False), halves(-20, 20))
def test_a_number_is_a_quotient_exactly_if_it_times_some_divisor_is_a_dividend(left, right, number):
    if 0 in right:
        with pytest.raises(Fault, match="a divisor that may be 0"):
            left / right
        return
    # number = x / y exactly if x = number × y, so 0 asks for 0 in left, and the rest is a product again.
    ends = [end for end in (right.low, right.high) if end is not None]
    marks = sorted({*ends, *(end / number for end in (left.low, left.high) if end is not None and number)})
    ys = (
        [marks[0] - 1, *marks, *((a + b) / 2 for a, b in pairwise(marks)), marks[-1] + 1]
        if marks
        else [1, -1]
    )
    assert (number in left / right) == any(y in right and number * y in left for y in map(Fraction, ys) if y)


@given(signed(True), signed(True))
def test_products_of_whole_numbers_lie_in_their_product_and_its_ends_are_attained(left, right):
    found = left * right
    some = [
        Fraction(a * b)
        for a, b in product(range(-6, 7), repeat=2)
        if Fraction(a) in left and Fraction(b) in right
    ]
    assert all(number in found for number in some)
    if left.is_bounded and right.is_bounded:
        assert (found.low, found.high) == ((min(some), max(some)) if some else (EMPTY.low, EMPTY.high))


def test_one_minus_a_share_of_hedged_counts_keeps_its_open_ends():
    share = RESOLVED / ACCEPTED
    assert share == ratio(RESOLVED, ACCEPTED)
    rest = Interval.point(1) - share
    assert rest == between(1 - Fraction(17400, 17600), 1 - Fraction(17300, 17700), "()")


def test_the_bounds_of_an_interval_are_written_as_it_was_made():
    for bounds in ("[]", "[)", "(]", "()"):
        assert between(1, 2, bounds).bounds == bounds
    assert between(1, None, "[]").bounds == "[)"


@given(intervals(9, whole=True), intervals(9, whole=True), intervals(3, whole=False), st.booleans())
def test_without_an_end_a_ratio_exists_if_one_exists_up_to_a_far_end(parts, wholes, target, endless_whole):
    endless = between(wholes.low, None, whole=True) if endless_whole else between(parts.low, None, whole=True)
    far = between(endless.low, 500, whole=True)
    short = (parts, far) if endless_whole else (far, wholes)
    long = (parts, endless) if endless_whole else (endless, wholes)
    assert has_ratio(*long, target) == has_ratio(*short, target)


def _bounds(interval: Interval) -> str:
    return ("[" if interval.low_closed else "(") + ("]" if interval.high_closed else ")")
