"""The tool that changes the engine a little sees which change no test notices."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools.mutate import Source, mutants, sample

HOME = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.drill
MADE_UP = '''\
"""Costs of a copy."""

_PER_PAGE = 2


def cost(pages: int) -> int:
    """Return what copies cost; the first ten pages cost nothing."""
    assert pages > 0
    return max(pages - 10, 0) * _PER_PAGE


def untested(pages: int) -> bool:
    return pages == 7
'''
TESTED = """\
from asprinted.costs import cost


def test_only_pages_after_the_tenth_cost_two():
    assert [cost(pages) for pages in (1, 10, 11, 13)] == [0, 0, 2, 6]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name, text in {
        "src/asprinted/__init__.py": "",
        "src/asprinted/costs.py": MADE_UP,
        "tests/core/test_costs.py": TESTED,
        "conftest.py": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def mutate(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.mutate", *arguments],
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(HOME)},
        text=True,
        capture_output=True,
        check=False,
    )


def test_what_survives_is_the_line_that_no_test_calls_and_the_project_stays_as_it_was(home: Path):
    done = mutate(home, "costs")
    assert done.returncode == 0, done.stderr
    *lines, last = done.stdout.splitlines()
    assert {line.split(":")[0] + ":" + line.split(":")[1] for line in lines[::2]} == {"costs.py:13"}
    assert "    + return pages != 7" in [line.rstrip() for line in lines]
    assert len(lines) == 8
    assert last.endswith(" 4 survive")
    assert (home / "src/asprinted/costs.py").read_text(encoding="utf-8") == MADE_UP


def test_tests_that_fail_without_a_change_say_nothing_of_any(home: Path):
    with (home / "tests/core/test_costs.py").open("a", encoding="utf-8") as opened:
        opened.write("    assert cost(13) == 7\n")
    done = mutate(home, "costs")
    assert done.returncode == 1
    assert done.stderr == "costs: its tests fail without any change\n"


def test_equal_seeds_draw_equal_changes_and_lines_stay_where_they_are():
    source = Source(MADE_UP)
    drawn = sample(source, 5, seed=3)
    assert drawn == sample(source, 5, seed=3) != sample(source, 5, seed=4)
    assert {source.changed(each).count("\n") for each in mutants(source)} == {MADE_UP.count("\n")}


def test_each_word_of_a_table_of_words_is_left_out_once_and_comments_are_left_alone():
    table = '# More = "than".\nmore = "多 快"\n\n[begins]\n"分" = """\n之\n局 @more\n"""\n'
    source = Source(table, table=True)
    assert [source.cut(start, end) for start, end, _ in mutants(source)] == ["多", "快", "之", "局", "@more"]
    assert source.changed(next(mutants(source))) == table.replace("多", "")


def test_docstrings_hints_assertions_and_messages_are_left_alone():
    text = '"""A."""\n__all__ = ["b"]\n\n\ndef b(c: "d" = 1):\n    assert c\n    raise Fault.of("f", g)\n'
    source = Source(text)
    assert {source.cut(start, end) for start, end, _ in mutants(source)} == {"1", 'raise Fault.of("f", g)'}
