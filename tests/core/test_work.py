"""How much work a check may be: bounded, whatever is printed; counted in intervals, not by a clock."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from asprinted.chinese.reading import read
from asprinted.exact import verdicts
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Printed, Reason, Relation, relation
from asprinted.face import share

MOST = 400_000
"""Intervals that one check may make: a second of a slow machine. Without a bound the widest made millions."""


def figures(kind: str, *tokens: str) -> tuple[Printed, ...]:
    return tuple(Printed(read(token), kind) for token in tokens)


def divisor(means: list[str], totals: list[str], kind: str = "count", space=None) -> Relation:
    return relation("divisor", "d", figures("mean", *means), (), figures(kind, *totals), space)


NINES = "9" * 38
WIDE: dict[str, Callable[[], Relation]] = {
    "a fine mean of a fine total": lambda: divisor(["5414.223974"], ["46149.0575"], "mean"),
    "a coarse mean": lambda: divisor(["五"], ["558642"]),
    "a coarse mean of a hedged total": lambda: divisor(["5件"], ["55万余件"]),
    "a mean below one": lambda: divisor(["0.00001件"], ["5件"]),
    "many coarse means": lambda: divisor(["5件"] * 50, ["49999件"] * 50),
    "a divisor over a wide space": lambda: divisor(
        ["669件", "413件"], ["34765件", "21454件"], space=(Fraction(0), Fraction(10**12))
    ),
    "a divisor of 38 digits": lambda: divisor([f"{'9' * 10}.{'9' * 10}件"], [f"{NINES}件"]),
    "a small mean over a wide space": lambda: divisor(
        ["3.0件"], ["29999件"], space=(Fraction(0), Fraction(10**12))
    ),
    "a share of hedged counts, to three places": lambda: relation(
        "share",
        "s",
        figures("rate", "50.000%"),
        figures("count", "1.76万余件"),
        figures("count", "3.5万余件"),
    ),
    "a share of counts without end": lambda: relation(
        "share", "s", figures("rate", "50.00%"), figures("count", "1万件以上"), figures("count", "1万件以上")
    ),
    "a share of 300 counts": lambda: relation(
        "share",
        "s",
        figures("rate", "50.00%"),
        figures("count", *["1.76万余件"] * 100),
        figures("count", *["3.5万余件"] * 200),
    ),
    "a mean over a wide space": lambda: relation(
        "mean",
        "m",
        figures("mean", "50.00件"),
        figures("count", "1.76万余件"),
        figures("count", "5余件"),
        (Fraction(0), Fraction(10**12)),
    ),
    "a change of 38 digits": lambda: relation(
        "change",
        "c",
        figures("change", "50.000%"),
        figures("count", f"{NINES}件"),
        figures("count", "5万件"),
        (Fraction(0), Fraction(10**12)),
        "rise",
    ),
    "a sum of 1,000 counts": lambda: relation(
        "sum",
        "s",
        figures("count", f"{NINES}件"),
        figures("count", *["1亿余件"] * 1000),
        (),
        (Fraction(0), Fraction(10**30)),
    ),
}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the intervals that are made, in one number; stop where they are far too many."""
    counted, make = [0], Interval.__post_init__

    def count(interval: Interval) -> None:
        counted[0] += 1
        assert counted[0] <= MOST
        make(interval)

    monkeypatch.setattr(Interval, "__post_init__", count)
    return counted


@pytest.mark.parametrize("name", WIDE)
def test_a_check_ends_within_bounded_work(name, made):
    verdicts.check(WIDE[name]())
    assert 0 < made[0] <= MOST


@pytest.mark.parametrize("name", [name for name in WIDE if "coarse" in name or "below" in name])
def test_a_divisor_that_is_too_wide_is_not_testable_and_says_so(name):
    found = verdicts.check(WIDE[name]())
    assert (found.verdict, found.reason, found.strength) == (
        verdicts.Verdict.NOT_TESTABLE,
        Reason.DIVISOR_OPEN,
        None,
    )


def test_a_divisor_that_is_narrow_enough_is_still_found():
    found = verdicts.check(divisor(["669件", "413件"], ["34765件", "21454件"]))
    assert found.verdict is verdicts.Verdict.NEAREST_ONLY
    assert [tuple(numbers) for numbers in found.divisors.values()] == [(52,), ()]


def test_the_strength_of_a_share_of_exact_counts_is_known_to_two_places():
    found = verdicts.check(share("61.71%", "21454件", "34765件"))
    assert found.strength == Fraction(10000, 10001)


def of(kind: str, results: str, parts: list[str], wholes: list[str], most: int) -> Relation:
    space = Fraction(0), Fraction(most)
    sides = figures("count", *parts), figures("count", *wholes)
    return relation(kind, "s", figures("mean", results), *sides, space)


@pytest.mark.parametrize(
    ("stated", "passing"),
    [
        # 15,000 to 24,999 rounded, 20,000 to 29,999 cut: of 25 from 600.0 to 1,000.0, and to 1,199.9.
        (of("mean", "1025.1件", ["2万件"], ["25名"], 10_000), Fraction(6000, 100_001)),
        # The same, where each value from 591 on reaches 10 further.
        (of("mean", "1020余件", ["2万件"], ["25名"], 10_000), Fraction(609, 10_001)),
        # 24,500 to 25,999: of 25 one value of four in a hundredth each.
        (of("mean", "1025.12件", ["2.5万件"], ["25名"], 10_000), Fraction(1500, 1_000_001)),
        # 5,000 to 5,999, and 300.
        (of("sum", "5342件", ["5000余件", "300件"], [], 10_000), Fraction(1000, 10_001)),
    ],
)
def test_the_strength_of_a_mean_or_a_sum_is_found_by_the_ends_of_its_runs(stated, passing, made):
    assert verdicts.check(stated).strength == 1 - passing
    assert 0 < made[0] < 500


def test_values_that_pass_are_found_once_however_often_they_are_asked_for(made):
    stated = share("61%", "1234件", "2345件")
    before = made[0]
    passing = verdicts.passing(stated)
    once = made[0]
    assert verdicts.passing(stated) == passing
    assert made[0] == once > before
