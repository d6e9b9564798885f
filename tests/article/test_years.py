"""Sentences on rates of other years are refused once a rate of the article's own year stands beside it."""

import nbformat
import pytest

import asprinted
from asprinted.faults import Faults


@pytest.mark.parametrize("name", ["00_summary", "10_context"])
@pytest.mark.parametrize("joins", [False, True])
def test_other_years_and_one_rate_of_the_court_are_proven_each_time_they_are_said(home, name, joins):
    cells = nbformat.read(home / "notebooks" / f"{name}.ipynb", as_version=4).cells
    code = [each.source for each in cells if "near = " in each.source or 'say("answer", ch' in each.source]
    # The figures of 22 September 2021 are the article's own, printed once more: they stand aside as a repeat.
    rule = "own == '' and repeats == ''"
    said = "\n".join(code).replace(rule, "own == ''", 1) if joins else "\n".join(code)
    names = {"book": asprinted.notebook(name, home=home)}
    if not joins:
        exec(said, names)
        return
    with pytest.raises(Faults) as told:
        exec(said, names)
    assert "count(this_year) == 0" in str(told.value)
    assert "count(of_court) == 1" in str(told.value)
