"""Settings of the whole test run: no clock, no chance, and nothing in the tree but pytest's own cache."""

import os
import tempfile

import hypothesis
import pytest

# Starters are not run, and a reader's own notebooks are nobody's test.
collect_ignore = ["notebooks/scratch", "src/guandu/starter"]

# The same examples in every run, however slow the machine is.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    """Set up property tests, and a folder for what nbval's kernels write, which goes when pytest ends."""
    hypothesis.settings.load_profile("repeatable")
    if config.cache:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(config.cache.mkdir("hypothesis"))
    if config.option.nbval:
        folder = tempfile.TemporaryDirectory(prefix="guandu-nbval-", ignore_cleanup_errors=True)
        config.add_cleanup(folder.cleanup)
        os.environ["GUANDU_FIGURES"] = os.environ["IPYTHONDIR"] = folder.name


@pytest.fixture(autouse=True)
def figures_for_examples(request: pytest.FixtureRequest, doctest_namespace: dict[str, object]) -> None:
    """Give the examples of docstrings what a notebook begins with: `data`, `findings` and `quantities`."""
    if isinstance(request.node, pytest.DoctestItem):
        # Only examples need them, and a run without examples should not wait for pandas.
        from guandu import dataset, findings, quantities

        doctest_namespace.update(data=dataset.load(), findings=findings, quantities=quantities)
