"""Says what to do where a test of this folder fails: what is typed a second time may have to follow."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def second(module: Path) -> str:
    """Return where a module's expectations are typed: the tables that it reads, or the module."""
    named = re.findall(r'"(\w+\.(?:csv|toml))"', module.read_text(encoding="utf-8"))
    tables = [name for name in dict.fromkeys(named) if (HERE / name).is_file()]
    return ", ".join(f"tests/article/{name}" for name in tables or [module.name])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.failed:
        told = f"If the change is meant, bring along what is typed a second time: {second(item.path)}"
        report.sections.append(("What to do", told))
    return report
