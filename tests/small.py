"""A collection of one's own in a folder: notebooks made in a test, and nothing of the article."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat


def collection(folder: Path, **cells: list[str]) -> Path:
    """Make a collection whose notebooks have these cells; one that begins with `# ` is Markdown."""
    for name in ("data", "notebooks", "figures"):
        (folder / name).mkdir()
    (folder / "data" / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    for name, sources in cells.items():
        notebook(folder / "notebooks" / f"{name.removeprefix('n')}.ipynb", sources)
    return folder


def notebook(path: Path, sources: list[str]) -> Path:
    """Write an unrun notebook."""
    made = nbformat.v4.new_notebook()
    for number, source in enumerate(sources):
        kind = nbformat.v4.new_markdown_cell if source.startswith("# ") else nbformat.v4.new_code_cell
        made.cells.append(kind(source, id=f"cell-{number}"))
    nbformat.write(made, path)
    return path


def guandu(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a person would, in `folder`; what it leaves for a person lies beside that."""
    return subprocess.run(
        [sys.executable, "-m", "guandu", *arguments],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder.parent)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def interrupted(
    *arguments: str, folder: Path, when: Callable[[], bool], how: int = signal.SIGINT
) -> tuple[int, str]:
    """Run a command, send it a signal as soon as `when` holds, and return its exit code and what it said."""
    # Where the tests run in the background, SIGINT is ignored, and a process would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "guandu", *arguments], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    until(when)
    process.send_signal(how)
    said = process.communicate(timeout=60)[1]
    return process.returncode, said


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds; an error after so many seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("what was waited for did not come")
        time.sleep(0.02)


def runs(pid: int) -> bool:
    """Say whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file below a folder with its bytes and the time it was written."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
