"""Settings of the whole test run: no clock, no chance, and nothing written in the tree."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from asprinted.prose import sentences

EDITIONS = Path(__file__).parent / "notebooks" / "zh"

# What new collections start from is no collection yet, and a reader's own notebooks are nobody's test.
collect_ignore = [
    "notebooks/scratch",
    "src/asprinted/collection/scanned",
    "src/asprinted/collection/audited",
    "src/asprinted/collection/template",
]

# The same examples in every run, however slow the machine is.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    """Set up property tests, and give them and nbval's kernels a folder that goes when pytest ends."""
    hypothesis.settings.load_profile("repeatable")
    folder = tempfile.TemporaryDirectory(prefix="asprinted-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder.name
    if config.option.nbval:
        os.environ["IPYTHONDIR"] = folder.name
        # An edition shows the pictures of its notebook, which another worker may not have drawn yet.
        os.environ["ASPRINTED_FIGURES"] = figures = f"{folder.name}/figures"
        os.environ["ASPRINTED_SCRATCH"] = f"{folder.name}/scratch"
        shutil.copytree(Path(__file__).parent / "figures", figures)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the editions' kernels to `make test-drills`: `asprinted check` reruns their cells, too."""
    for item in items:
        if item.path.parent == EDITIONS:
            item.add_marker("drill")


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over millions of objects that live as long as the run."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Let no test, and no example, leave its language to the next: a process has one."""
    yield
    sentences.set_language("en")
