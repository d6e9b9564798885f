"""What is stored is what a rerun gives: tables, notebooks, pictures and pages."""

import subprocess
import sys
from pathlib import Path


def test_a_rerun_gives_what_is_stored() -> None:
    """Fails with the differences that `asprinted check` tells."""
    command = [sys.executable, "-m", "asprinted", "check"]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
