"""Whole columns of counts, judged at once by the integers that judge a single pair."""

import numpy as np

from asprinted.exact.moebius import prints_as
from asprinted.exact.relations import OF_RATIO


def test_of_785_disputes_774_to_781_settled_round_to_99_percent_and_778_to_784_are_cut_to_it():
    settled = np.arange(700, 786)
    above, below = OF_RATIO["share"][""].cross(settled, 785)
    rounded, cut = prints_as(100 * above, below, 99, 1)
    assert settled[rounded].tolist() == list(range(774, 782))
    assert settled[cut].tolist() == list(range(778, 785))


def test_a_rise_by_120_is_of_the_value_before_it_in_a_column_too():
    new = np.array([1565, 1566, 1567, 1680])
    above, below = OF_RATIO["change"]["rise_by"].cross(new, 120)
    assert below.tolist() == [1445, 1446, 1447, 1560]
    rounded, cut = prints_as(1000 * above, below, np.array([83, 83, 82, 77]), 1)
    assert (rounded.tolist(), cut.tolist()) == ([True, True, False, True], [True, False, True, False])
