"""Facts about what arithmetic adds to the words: how likely a fit is by chance, and what a slip explains."""

import pytest

from asprinted.audit.arithmetic import Fit, fit
from asprinted.audit.ranking import relate
from readings import readings, said

# Of the values that might be printed, one and a half last places would fit: rounded, or cut.
FITS = {
    ("受理34765件，审结21454件，结案率61.71%。", "61.71% = 21454件 / 34765件"): 1.5 * 0.0001,
    ("受理785件，调解783件，调解率99%。", "99% = 783件 / 785件"): 1.5 * 0.01,
    ("今年受理1566件，去年1446件，增长8.3%。", "8.3% = 1566件 / 1446件"): 1.5 * 0.001,
    # What is above one, and what is no share, is as rare as its last place in it; a rate in ‰ lies below 4%.
    ("受理34765件，审结35100件，结收比101%。", "101% = 35100件 / 34765件"): 1.5 * 0.01 / 1.01,
    ("法官52名，审结21454件，人均结案413件。", "413件 = 21454件 / 52名"): 1.5 / 413,
    ("受理11946件，改判7件，改判率0.6‰。", "0.6‰ = 7件 / 11946件"): 1.5 * 0.0001 / 0.04,
    # Hedged counts give a share from 17300/17700 to 17400/17600.
    ("受理1.76万余件，审结1.73万余件，结案率98.35%。", "98.35% = 1.73万余件 / 1.76万余件"): (
        17400 / 17600 - 17300 / 17700 + 1.5 * 0.0001
    ),
    # A sum of exact counts is one value; of numbers in 万, as many as each of the two may lie off.
    ("共建站112个，城区16个，乡镇96个。", "112个 = 16个+96个"): 1 / 112,
    ("共产粮11.0万吨，城区4.0万吨，乡镇7.0万吨。", "11.0万吨 = 4.0万吨+7.0万吨"): (2 + 1.5) / 110,
    ("受理4044件，审结2022件，占一半。", "一半 = 2022件 / 4044件"): 0.05,
    (
        "受理34765件，审结21454件，法官人均受理669件、人均审结413件。",
        "669件+413件 = 34765件+21454件",
    ): 0.02,
}
# Nine other digits in each place, or one exchange, which is as much rarer as twenty.
MISSES = {
    ("受理34765件，审结21454件，结案率61.17%。", "61.17% = 21454件 / 34765件"): 0.00015 * 9 * 14,
    ("受理34765件，审结21454件，结案率12.34%。", "12.34% = 21454件 / 34765件"): 0.0,
    # 74 of 438, the new value, are 16.9%.
    ("今年受理438件，前年是512件，降幅16.9%。", "16.9% = 438件 / 512件"): 0.0015 * 20,
    # 300 for 380 would make up 60% of 500; of 501, more than five numbers would, and no slip tells.
    ("受理500件，审结380件，结案率60%。", "60% = 380件 / 500件"): 1.0,
    ("受理501件，审结380件，结案率60%。", "60% = 380件 / 501件"): 0.0,
}


def fit_of(text: str, candidate: str) -> Fit:
    return next(fit(each) for each in readings(text) if said(each) == candidate)


@pytest.mark.parametrize(("told", "chance"), FITS.items(), ids=[text for text, _ in FITS])
def test_so_likely_is_a_fit_by_chance(told: tuple[str, str], chance: float):
    assert fit_of(*told) == (True, pytest.approx(chance, rel=1e-4), 0.0)


@pytest.mark.parametrize(("told", "slip"), MISSES.items(), ids=[text for text, _ in MISSES])
def test_so_likely_is_a_miss_that_one_slip_would_mend(told: tuple[str, str], slip: float):
    found = fit_of(*told)
    assert (found.holds, found.slip) == (False, pytest.approx(slip, rel=1e-3))


# Of the meant 6% do not follow, two thirds of them by one digit.
LIKELIER = {
    "全市共建站112个，分为：城区16个，乡镇96个。": 0.94 * 112,
    "全市共建站113个，分为：城区16个，乡镇96个。": (0.06 * (2 / 3 + 1 / 3 * 9 * 7 / 113) / (9 * 7 / 113)),
    "全市共建站145个，分为：城区16个，乡镇96个。": 0.06 / 3,
}


@pytest.mark.parametrize(("text", "times"), LIKELIER.items(), ids=LIKELIER)
def test_what_follows_is_likelier_to_be_meant_and_what_a_slip_mends_than_what_none_does(text, times):
    (found,) = relate(text)
    odds = [chance / (1 - chance) for chance in (found.meant, found.given)]
    assert odds[1] == pytest.approx(times * odds[0], rel=1e-6)
