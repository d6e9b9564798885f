"""Settings of the whole test run: reruns of notebooks write outside the tree, under nobody's own settings."""

import os
import tempfile

import pytest

# Starters are not run, and a reader's own notebooks are nobody's test.
collect_ignore = ["notebooks/scratch", "src/guandu/starter"]


def pytest_configure(config: pytest.Config) -> None:
    """Send the figures and the IPython profile of nbval's kernels to a folder that goes when pytest ends."""
    if config.option.nbval:
        folder = tempfile.TemporaryDirectory(prefix="guandu-nbval-", ignore_cleanup_errors=True)
        config.add_cleanup(folder.cleanup)
        os.environ["GUANDU_FIGURES"] = os.environ["IPYTHONDIR"] = folder.name
