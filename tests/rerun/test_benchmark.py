"""The page of what was measured says where a goal is missed."""

import re
from itertools import zip_longest
from pathlib import Path

import pytest
from benchmarks import chinese, rerun
from benchmarks.costs import MISSED, Cost

import small
from asprinted.collection.collection import Collection
from asprinted.faults import Faults


def measured(**changed: float) -> str:
    """The page of one round in which every goal is met, but for what is changed."""
    seconds = {rerun.SCRIPTS: 10.0, "`asprinted check`": 3.0, "`asprinted run`": 7.0}
    seconds = {
        name: changed.get("seconds", told) if "check" in name else told for name, told in seconds.items()
    }
    costs = {name: [Cost(told, changed.get("memory", 400))] for name, told in seconds.items()}
    rates = {name: [changed.get("rate", 10.0**6)] for name in rerun.LEAST}
    return rerun.page(costs, rates, [])


def test_a_page_on_which_every_goal_is_met_says_so():
    assert "Every goal is met." in measured()
    assert MISSED not in measured()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"seconds": 3.6},
            ["**1 goal is missed: `asprinted check`.**", "| at most 0.35 S: **missed**; at most 512"],
        ),
        ({"memory": 513}, ["**1 goal is missed: `asprinted check`.**", "; at most 512 MiB: **missed** |"]),
        (
            {"rate": 73_617},
            [
                "goals are missed: readings, tokens that repeat; ",
                "| 73,617 (73,617–73,617) | 100,000: **missed** |",
            ],
        ),
    ],
)
def test_a_missed_goal_is_told_beside_the_number_and_on_top(changed: dict[str, float], said: list[str]):
    page = measured(**changed)
    assert [words for words in said if words not in page] == []


def test_equal_to_the_goal_is_met():
    assert "Every goal is met." in measured(seconds=3.5, memory=512, rate=300_000)


def test_the_goals_are_those_of_ways_that_are_measured(home):
    assert rerun.MEMORY.keys() <= rerun.MOST.keys()
    assert rerun.LEAST.keys() <= rerun.works(Collection(home)).keys()


def test_a_script_is_the_code_of_a_notebook_and_no_prose(tmp_path: Path):
    path = small.notebook(tmp_path / "01_a.ipynb", ["# A?", "x = 1", "x + 1"])
    (script,) = rerun.scripts([path], tmp_path / "scripts")
    assert (script.name, script.read_text("utf-8")) == ("01_a.py", "x = 1\n\nx + 1\n")


def test_what_the_core_is_measured_at_gives_a_rate(home: Path):
    assert rerun.rate((lambda: sum(range(10_000)), 5)) > 0


# --------------------------------------------------------------------------------- the page in Chinese


def test_the_page_in_chinese_holds_every_number_of_the_english_one_block_by_block(home: Path):
    pages = [(home / f"docs/performance{way}.md").read_text(encoding="utf-8") for way in ("", ".zh")]
    english, translated = (page.strip().split("\n\n") for page in pages)
    assert len(english) > 40
    for one, other in zip_longest(english, translated):
        assert numbers(one) == numbers(other)


def numbers(block: str) -> list[str]:
    """Every number of a block but those within a name, such as per_100 or F1."""
    return sorted(re.findall(r"(?<![A-Za-z_])(?<!\d)\d+(?:[.,–-]\d+)*", block))


def test_the_page_in_chinese_is_what_its_phrases_make_of_the_english_one(home: Path):
    english, stored = (
        (home / f"docs/performance{way}.md").read_text(encoding="utf-8") for way in ("", ".zh")
    )
    assert chinese.translated(english) == stored, "python -m benchmarks.chinese"


def test_a_sentence_without_chinese_is_named_and_a_number_in_it_is_carried_over():
    with pytest.raises(Faults, match=r'no Chinese of "Faster than light\.", expected a line'):
        chinese.translated("# Performance\n\nEvery goal is met. Faster than light.\n")
    assert chinese.translated("| way | seconds |\n|---|---|\n| `asprinted run`, 7 copies | 2.5 |") == (
        "| 方式 | 秒 |\n|---|---|\n| `asprinted run`，7份 | 2.5 |\n"
    )
