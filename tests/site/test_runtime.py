"""The core in the Python that a browser has: every example of its modules runs there, and says the same."""

import json
import subprocess
from pathlib import Path

import pytest

from asprinted.site.workbench import wheel

pytestmark = pytest.mark.every_page

HERE = Path(__file__).parent
RUNTIME = HERE.parents[1] / "node_modules" / "pyodide"


def test_every_example_of_the_core_runs_in_the_runtime_of_the_workbench(installed: None, tmp_path: Path):
    (tmp_path / "core.whl").write_bytes(wheel())
    done = subprocess.run(
        ["node", HERE / "examples.mjs", RUNTIME, tmp_path / "core.whl"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout.splitlines()[-1]) if done.stdout else done.stderr[-2000:]
    assert found["failed"] == []
    assert found["version"] >= [3, 14]
    assert found["ran"] > 250
