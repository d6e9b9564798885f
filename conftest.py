"""Settings of the whole test run: no clock, no chance, and nothing written in the tree."""

import os
import tempfile

import hypothesis
import pytest

# Starters are not run, and a reader's own notebooks are nobody's test.
collect_ignore = ["notebooks/scratch", "src/guandu/starter"]

# The same examples in every run, however slow the machine is.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    """Set up property tests, and give them and nbval's kernels a folder that goes when pytest ends."""
    hypothesis.settings.load_profile("repeatable")
    folder = tempfile.TemporaryDirectory(prefix="guandu-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder.name
    if config.option.nbval:
        os.environ["GUANDU_FIGURES"] = os.environ["IPYTHONDIR"] = folder.name


@pytest.fixture(autouse=True)
def figures_for_examples(request: pytest.FixtureRequest, doctest_namespace: dict[str, object]) -> None:
    """Give the examples of docstrings what a notebook begins with: `data`, `findings` and `quantities`."""
    if isinstance(request.node, pytest.DoctestItem):
        # Only examples need them, and a run without examples should not wait for pandas.
        from guandu import dataset, findings, quantities

        doctest_namespace.update(data=dataset.load(), findings=findings, quantities=quantities)
