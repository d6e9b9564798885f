"""A check by column finds in each row what a single check of the same tokens finds."""

import numpy as np
import pytest
from benchmarks.columns import WAYS, made, single, token_of

from asprinted.corpus.columns import VERDICTS, check_columns
from asprinted.faults import Fault, Faults

MOST = 2**63 - 1


@pytest.mark.parametrize(("kind", "direction"), WAYS)
def test_rows_of_each_relation_are_judged_as_one_by_one(kind, direction):
    digits, parts, wholes = made(kind, direction, 20_000 // len(WAYS), 7)
    rows = list(zip(digits.tolist(), parts.tolist(), wholes.tolist(), strict=True))
    alone = [single(kind, direction, token_of(kind, each, 4), *sides) for each, *sides in rows]
    kept = np.array([each is not None for each in alone])
    found = check_columns(kind, digits[kept], parts[kept], wholes[kept], places=4, direction=direction)
    assert [VERDICTS[code] for code in found] == [each for each in alone if each is not None]
    assert len(set(found.tolist())) >= 3


# Digits of four places, part, whole, and what is found of the share: worked out by hand.
EDGES = {
    "a half up": (5001, 10_001, 20_000, "nearest_only"),
    "a half is cut to the place below": (5000, 10_001, 20_000, "truncation_only"),
    "just below a half": (5001, 100_009_999, 200_000_000, "contradicted"),
    "all of it": (10_000, 785, 785, "both"),
    "all but one, which rounds to all": (10_000, 99_999, 100_000, "nearest_only"),
    "none of it": (0, 0, 785, "both"),
    "one where none was printed": (0, 1, 785, "contradicted"),
    "a whole of zero": (0, 0, 0, "not_testable"),
    "a part above its whole": (10_000, 100_001, 100_000, "not_testable"),
    "more than all was printed": (10_300, 412, 400, "both"),
    "the greatest of 64 bits": (10_000, MOST, MOST, "both"),
    "one of the greatest": (0, 1, MOST, "both"),
    "half of the greatest": (5000, MOST // 2, MOST, "nearest_only"),
}


@pytest.mark.parametrize("edge", EDGES)
def test_an_edge_is_judged_by_integers(edge):
    digits, part, whole, verdict = EDGES[edge]
    found = check_columns("share", [digits], [part], [whole], places=4)
    assert VERDICTS[found[0]] == verdict
    assert single("share", "", token_of("share", digits, 4), part, whole) == verdict


def test_wide_rows_are_judged_among_narrow_ones():
    digits, parts, wholes = (np.array(each).repeat(200_000) for each in ([6171], [21454], [34765]))
    parts[123_456], wholes[123_456], digits[123_456] = MOST - 1, MOST, 9_999
    found = check_columns("share", digits, parts, wholes, places=4)
    assert VERDICTS[found[123_456]] == "truncation_only"
    assert set(np.delete(found, 123_456)) == {VERDICTS.index("both")}


@pytest.mark.parametrize(
    ("direction", "digits", "part", "whole", "verdict"),
    [
        ("rise", 0, 99, 100_000, "contradicted"),
        ("fall", 0, 100_001, 100_000, "contradicted"),
        ("rise", 0, 100_001, 100_000, "both"),
        ("rise_by", 829, 1566, 120, "truncation_only"),
        ("rise_by", 830, 120, 120, "not_testable"),
        ("fall_by", 2500, 72, 24, "both"),
        ("fall_by", 0, 72, 0, "not_testable"),
    ],
)
def test_a_change_goes_one_way_and_needs_a_base(direction, digits, part, whole, verdict):
    found = check_columns("change", [digits], [part], [whole], places=4, direction=direction)
    assert VERDICTS[found[0]] == verdict == single("change", direction, f"{digits / 100:.2f}%", part, whole)


def test_a_result_in_ten_thousands_has_places_below_zero():
    found = check_columns("mean", [12, 12], [123_456, 129_999], [10, 10], places=-3)
    assert [VERDICTS[code].value for code in found] == ["both", "truncation_only"]


def test_each_row_may_have_places_of_its_own():
    found = check_columns("share", [9975, 99, 100], [783] * 3, [785] * 3, places=[4, 2, 2])
    assert [VERDICTS[code].value for code in found] == ["nearest_only", "truncation_only", "nearest_only"]


@pytest.mark.parametrize(("kind", "direction"), WAYS)
def test_hedged_counts_are_judged_by_their_corners_as_one_by_one(kind, direction):
    digits, parts, wholes = made(kind, direction, 400, 11)
    lows = [each // 100 * 100 for each in (parts, wholes)]
    wide = np.random.default_rng(3).choice([0, 1, 9, 99], (2, 400))
    ends = [(low, low + width) for low, width in zip(lows, wide, strict=True)]
    pairs = [list(zip(low.tolist(), high.tolist(), strict=True)) for low, high in ends]
    alone = [
        single(
            kind,
            direction,
            token_of(kind, each, 4),
            *(pair[0] if pair[0] == pair[1] else pair for pair in row),
        )
        for each, *row in zip(digits.tolist(), *pairs, strict=True)
    ]
    kept = np.array([each is not None for each in alone])
    sides = [(low[kept], high[kept]) for low, high in ends]
    found = check_columns(kind, digits[kept], *sides, places=4, direction=direction)
    assert [VERDICTS[code] for code in found] == [each for each in alone if each is not None]
    assert len(set(found.tolist())) >= 3


def test_corners_beyond_64_bits_are_judged_too():
    found = check_columns("share", [5000], ([0], [MOST]), ([MOST], [MOST]), places=4)
    assert VERDICTS[found[0]] == "both"


def test_rows_that_no_relation_has_are_refused_together():
    with pytest.raises(Faults) as caught:
        check_columns("share", [1, 1, 1], [-1, 1, 5], [9, 9, -5])
    assert [fault.row for fault in caught.value.faults] == [1, 3]
    with pytest.raises(Faults, match="row 1: found 12 of 1, 2, expected counts from 0"):
        check_columns("share", [12], [1], [2], places=1, direction="rest")
    with pytest.raises(Faults, match="ends that do not fall"):
        check_columns("share", [1], ([5], [4]), [9])


@pytest.mark.parametrize("given", [[0.5], ["1"], [True], [[1]]])
def test_a_column_that_holds_no_whole_numbers_is_refused(given):
    with pytest.raises(Fault, match=r"column parts: .*expected one column of whole numbers"):
        check_columns("share", [1], given, [9])


def test_columns_of_two_lengths_and_unknown_relations_are_refused():
    with pytest.raises(Fault, match="columns of 1 and 2 rows"):
        check_columns("share", [1], [1], [9, 9])
    with pytest.raises(Fault, match='column kind: found "sum", expected one of share, mean, change'):
        check_columns("sum", [1], [1], [9])
    with pytest.raises(Fault, match="column direction: found an empty cell, expected one of rise, fall"):
        check_columns("change", [1], [1], [9])


def test_no_rows_have_no_verdicts():
    assert check_columns("share", [], [], []).tolist() == []
