"""What several tests need: the collection, a copy of its tables to damage, and the article's text."""

import csv
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import reading

HOME = Path(__file__).resolve().parents[1]
pytest.register_assert_rewrite("held")

Edit = Callable[[str, int, str, str], None]


def typed_again(module: Path) -> str:
    """Return where the expectations of a module are typed: the tables that it reads, or the module."""
    named = re.findall(r'"(\w+\.(?:csv|toml))"', module.read_text(encoding="utf-8"))
    tables = [name for name in dict.fromkeys(named) if module.with_name(name).is_file()]
    return ", ".join(f"tests/article/{name}" for name in tables or [module.name])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Say what to do where a test of the article fails: what is typed a second time may have to follow."""
    report = yield
    if report.failed and item.path.parent.name == "article":
        told = f"If the change is meant, bring along what is typed a second time: {typed_again(item.path)}"
        told += "\nWhat moved there, `python -m tools.second_hand --accept` shows, asks for and types."
        report.sections.append(("What to do", told))
    return report


@pytest.fixture(scope="module", autouse=True)
def without_the_folder_of_nbval() -> Iterator[None]:
    """Let a collection that a test makes keep its own figures, where nbval's kernels write elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("ASPRINTED_FIGURES", "ASPRINTED_SCRATCH", "IPYTHONDIR"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def home() -> Path:
    """The collection's folder. It is read only: a test that writes takes `copied`."""
    return HOME


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the collection's tables, to damage and to build."""
    shutil.copytree(HOME / "data", tmp_path / "data")
    return tmp_path


@pytest.fixture
def edit(copied: Path) -> Edit:
    """Set one cell of the copy: table, row as a spreadsheet counts, column, new text."""

    def set_cell(table: str, row: int, column: str, text: str) -> None:
        file = copied / "data" / f"{table}.csv"
        with file.open(encoding="utf-8", newline="") as opened:
            records = list(csv.reader(opened))
        records[row - 1][records[0].index(column)] = text
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows(records)

    return set_cell


@pytest.fixture(scope="session")
def article() -> str:
    """The article's text, which is under copyright and not part of the project."""
    named = os.environ.get("GUANDU_ARTICLE")
    if not named:
        pytest.skip(
            "GUANDU_ARTICLE names no file: the article's text is under copyright and not part of the project"
        )
    return reading.article(named)
