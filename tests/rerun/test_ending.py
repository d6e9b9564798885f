"""However a command ends, and whatever a notebook does: no process, no folder, no half file is left."""

import fcntl
import json
import os
import random
import re
import resource
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

import commanded
import small
from asprinted.collection.files import replace
from asprinted.commands import INTERRUPTED
from asprinted.faults import Faults
from asprinted.processes import holding
from asprinted.rerun import kernels, notebooks

pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell what a process left"),
]

MARK = "ASPRINTED_DRILL"
PYTHON = [sys.executable, "-m", "asprinted"]

# A notebook that says how far it is, has a child in a session of its own, and does not end by itself.
TELLS = 'import pathlib, subprocess, time\npathlib.Path("{}").touch()'
LEAVES = 'subprocess.Popen(["sleep", "300"], start_new_session=True)\npathlib.Path("left").touch()\n'
LASTS = ["# Lasts?", TELLS.format("begun"), LEAVES, "time.sleep(300)", small.LIMITS]
MOMENTS = ["folder", "begun", "left"]
"""What is there at a moment: the command's temporary folder, a file that a cell made."""


def marked(mark: str) -> list[str]:
    """Return the commands of all living processes that come from a command with this mark."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}\0".encode() in (process / "environ").read_bytes() and small.runs(
                int(process.name)
            ):
                found.append((process / "cmdline").read_bytes().decode().replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.fixture
def mark(tmp_path: Path) -> Iterator[str]:
    """A mark for the processes of one test, of which none may live when it ends."""
    yield str(tmp_path)
    small.until(lambda: not marked(str(tmp_path)), seconds=10)


@pytest.fixture
def tmp(tmp_path: Path) -> Path:
    """The folder for temporary ones."""
    (tmp_path / "tmp").mkdir()
    return tmp_path / "tmp"


def begin(command: list[str], folder: Path, mark: str, tmp: Path, **more: object) -> subprocess.Popen[str]:
    """Start a command in a session of its own, its streams piped."""
    # Where the tests run in the background, SIGINT is ignored, and a process would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "start_new_session": True, **more}
    # As SIGHUP is under nohup, whose run of the tests no terminal that closes may end.
    settings["preexec_fn"] = lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL)
    environment = {**os.environ, MARK: mark, "TMPDIR": str(tmp)}
    return subprocess.Popen(command, cwd=folder, env=environment, text=True, **settings)  # type: ignore[call-overload]


ENDS = [
    (command, number, to_group)
    for command in ("run", "check")
    for number, to_group in [
        (signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGHUP, False), (signal.SIGKILL, False)
    ]
]  # fmt: skip


@pytest.mark.parametrize(("command", "number", "to_group"), ENDS)
def test_no_signal_leaves_a_process_or_a_half_file_and_only_a_kill_a_folder_that_the_next_takes_away(
    tmp_path: Path, tmp: Path, mark: str, command: str, number: signal.Signals, to_group: bool
):
    root = small.collection(tmp_path / "c", n01_lasts=LASTS, n02_adds=["# Adds?", "1 + 1"]).home
    moment = random.Random(f"{command} {number}").choice(MOMENTS)
    there = {name: root / "notebooks" / name for name in MOMENTS}
    before = {path.name: path.read_bytes() for path in (root / "notebooks").glob("*.ipynb")}
    process = begin([*PYTHON, command], root, mark, tmp)
    # Python looks for a place by writing a file there: what a kill leaves of that is not the command's.
    small.until(lambda: any(tmp.glob("asprinted-*")) if moment == "folder" else there[moment].exists())
    (os.killpg if to_group else os.kill)(process.pid, number)
    said = process.communicate(timeout=60)[1]
    killed = number == signal.SIGKILL
    assert process.returncode == (-signal.SIGKILL if killed else 130), said
    assert ("Interrupted. What was finished is kept; no file is half written." in said) is not killed
    assert "Traceback" not in said
    # A child in a session of its own has no parent any more that could be told of a kill.
    small.until(lambda: set(marked(mark)) <= ({"sleep 300 "} if killed else set()), seconds=10)
    end_all(mark)
    assert killed or list(tmp.iterdir()) == []
    after = {path.name: path.read_bytes() for path in (root / "notebooks").glob("*.ipynb")}
    assert {name for name in after if after[name] != before[name]} <= {"02_adds.ipynb"}
    assert not list(root.rglob(".*"))
    # A process that is gone for its reader may hold its files for a moment more.
    small.until(lambda: holding._sweep(tmp) or not list(tmp.iterdir()), seconds=10)


def end_all(mark: str) -> None:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}\0".encode() in (process / "environ").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
        except OSError:
            continue


def test_what_make_started_ends_when_make_is_killed(tmp_path: Path, tmp: Path, mark: str):
    root = small.collection(tmp_path / "c", n01_lasts=LASTS).home
    (root / "Makefile").write_text("check:\n\t@./asprinted check\n")
    (root / "asprinted").write_text(f'#!/bin/sh\nexec {shlex.join(PYTHON)} "$@"\n')
    (root / "asprinted").chmod(0o755)
    process = begin(["make", "check"], root, mark, tmp)
    small.until((root / "notebooks" / "left").exists)
    process.kill()
    process.communicate(timeout=60)
    small.until(lambda: not marked(mark), seconds=10)
    assert list(tmp.iterdir()) == []


def test_a_signal_that_is_ignored_from_the_start_ends_nothing(tmp_path: Path, tmp: Path, mark: str):
    root = small.collection(tmp_path / "c", n01_lasts=LASTS).home
    process = begin(["nohup", *PYTHON, "check"], root, mark, tmp, stdin=subprocess.DEVNULL)
    small.until((root / "notebooks" / "left").exists)
    process.send_signal(signal.SIGHUP)
    assert process.poll() is None
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 130


LOADS = """
import os, runpy, signal, sys
from contextlib import suppress
number, name = int(sys.argv[1]), sys.argv[2]
signal.signal(signal.SIGINT, signal.default_int_handler)
class Swallows:
    def find_spec(self, found, *_):
        if found == name:
            with suppress(BaseException):
                os.kill(os.getpid(), number)
sys.meta_path.insert(0, Swallows())
sys.argv = ["asprinted", "build"]
runpy.run_module("asprinted", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("loaded", ["asprinted.commands.app", "typer", "asprinted.chinese.reading"])
def test_a_signal_while_a_command_loads_ends_it_in_a_line_even_where_what_is_loaded_swallows_errors(
    tmp_path: Path, tmp: Path, mark: str, number: signal.Signals, loaded: str
):
    root = small.collection(tmp_path / "c", tables=True).home
    before = small.tree(root)
    process = begin([sys.executable, "-c", LOADS, str(int(number)), loaded], root, mark, tmp)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out, said) == (130, "", f"{INTERRUPTED}\n")
    assert small.tree(root) == before


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_nothing_is_loaded_before_a_command_answers_to_an_interrupt_but_itself():
    loaded = "import sys; before = {*sys.modules}; import asprinted.commands; print(*{*sys.modules} - before)"
    assert {*python(loaded).stdout.split()} == {"__future__", "asprinted", "asprinted.commands"}


def test_an_interrupt_of_the_first_thing_that_a_command_loads_is_told_in_one_line():
    done = python(
        "import os, signal, sys, asprinted.commands\n"
        "class Interrupts:\n"
        "    def find_spec(name, *_): os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.meta_path.insert(0, Interrupts)\n"
        "asprinted.commands.main()"
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", f"{INTERRUPTED}\n")


# --------------------------------------------------------------------------------------- what a notebook does

FORKS = "import os, time\nif os.fork() == 0:\n    time.sleep(300)\n"
TOO_MUCH = "it put out more than 10 million characters"
WORKS = [
    "import threading, time\nthreading.Thread(target=time.sleep, args=(300,)).start()",
    "import subprocess\nchild = subprocess.Popen(['sleep', '300'])",
    "another = subprocess.Popen(['sleep', '300'], start_new_session=True)",
    FORKS + "    os._exit(0)",
    "print('x' * 400_000)",
    "for number in range(50_000):\n    print(number)",
]
FAILS: dict[str, tuple[str, str, str]] = {
    "an end beside a copy": (FORKS + "os._exit(3)", "its kernel died", "its process died (3)"),
    "lines without end": ("while True:\n    print('x' * 99)", TOO_MUCH, TOO_MUCH),
    "many pages": ("from IPython.display import HTML, display\nfor _ in range(11):\n"
                   "    display(HTML('x' * 1_000_000))", TOO_MUCH, TOO_MUCH),
}  # fmt: skip


def numbered(cells: list[str]) -> dict[str, list[str]]:
    return {f"n{number:02}_a": ["# Why?", cell, small.LIMITS] for number, cell in enumerate(cells, 1)}


def ended(process: subprocess.Popen[str]) -> str:
    """Return what a command said, without its progress, and that nothing is left when it has ended."""
    said = "".join(process.communicate(timeout=100))
    return "\n".join(line for line in said.splitlines() if "%|" not in line)


def test_what_a_notebook_leaves_running_holds_no_command_and_ends_with_it(
    tmp_path: Path, tmp: Path, mark: str
):
    root = small.collection(tmp_path / "c", n01_a=["# Why?", *WORKS]).home
    for command in ("run", "check"):
        process = begin([*PYTHON, command], root, mark, tmp)
        said = ended(process)
        assert process.returncode == 0, said
        assert (marked(mark), list(tmp.iterdir())) == ([], [])
    outputs = [cell.outputs for cell in notebooks.read(root / "notebooks" / "01_a.ipynb").cells[5:]]
    assert [[output.text[-3:] for output in each] for each in outputs] == [["xx\n"], ["99\n"]]


HALVES = {
    "print('a\\ud800b', end='')": "a\ufffdb",
    "print('a\\udcffb', end='')": "a\ufffdb",
    "print('\\udce5\\udcae\\udc98', end='')": "官",
    "from IPython.display import HTML, display\ndisplay(HTML('a\\ud800b'))": "a\ufffdb",
}
"""Halves of characters, and bytes that are no text or are text together, as cells put them out."""


JSON = "from decimal import Decimal\nfrom IPython.display import display\n"


def test_a_run_stores_a_mark_for_what_is_no_text_refuses_what_is_no_json_and_a_check_finds_the_same(
    tmp_path: Path,
):
    raises = ["# Raises?", "raise ValueError('a\\ud800b')", small.LIMITS]
    shows = [f"{JSON}display({{'application/json': {each}}}, raw=True)" for each in ("{1}", "Decimal(1)")]
    root = small.collection(
        tmp_path / "c",
        n01_a=["# Why?", *HALVES, small.LIMITS],
        n02_b=raises,
        n03_c=["# Shows?", *shows],
    ).home
    for command in ("run", "check"):
        result = commanded.asprinted(command, folder=root)
        told = "\n".join(line for line in result.stderr.splitlines() if "%|" not in line)
        assert (result.returncode, told.count(", cell In [")) == (1, 2), told
        assert re.search(r'^02_b\.ipynb, cell In \[1\], under "Raises\?"$', told, re.M)
        assert re.search(r"^    ValueError: a\ufffdb$", told, re.M)
        assert re.search(r'^03_c\.ipynb, cell In \[2\], under "Shows\?"$', told, re.M)
        assert re.search(r"^    ValueError: Can't clean for JSON: Decimal\('1'\)$", told, re.M)
    cells = notebooks.read(root / "notebooks" / "01_a.ipynb").cells[1:-1]
    shown = [output.get("text") or output.data["text/html"] for cell in cells for output in cell.outputs]
    assert shown == list(HALVES.values())


def test_a_notebook_that_takes_too_much_is_told_with_its_cell_and_stops_no_other(
    tmp_path: Path, tmp: Path, mark: str
):
    root = small.collection(
        tmp_path / "c", **numbered([cell for cell, _, _ in FAILS.values()]), n99_b=["# Two?", "2"]
    ).home
    before = {path.name: path.read_bytes() for path in (root / "notebooks").glob("*.ipynb")}
    for way, command in enumerate(("run", "check")):
        process = begin([*PYTHON, command], root, mark, tmp)
        said = ended(process)
        assert process.returncode == 1, said
        for number, (name, told) in enumerate(FAILS.items(), 1):
            (part,) = re.findall(
                rf'^{number:02}_a\.ipynb, cell In \[1\], under "Why\?"\n((?:    .*\n)+)', said, re.M
            )
            assert told[1 + way] in part, name
        assert (marked(mark), list(tmp.iterdir())) == ([], [])
        assert said.count(", cell In [") == len(FAILS)
    after = {path.name: path.read_bytes() for path in (root / "notebooks").glob("*.ipynb")}
    assert {name for name in after if after[name] != before[name]} == {"99_b.ipynb"}


LIMITED = """
import sys
from asprinted.rerun import forked, kernels
kernels.CELL_SECONDS, kernels.NOTEBOOK_SECONDS, forked.GRACE_SECONDS = {limits}
sys.argv = ["asprinted", "{command}"]
from asprinted.commands import main
main()
"""
WAITS = "import time\ntime.sleep(300)"
DEAF = "import signal, time\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\ntime.sleep(300)"


@pytest.mark.parametrize(
    ("command", "limits", "cells", "told"),
    [
        ("run", (1, 300, 0), ["1", WAITS], "it ran longer than 1 seconds"),
        ("check", (1, 300, 0), ["1", WAITS], "it ran longer than 1 seconds"),
        ("run", (60, 2, 0), ["1", WAITS], "its notebook ran longer than 2 seconds in all"),
        ("check", (60, 2, 0), ["1", DEAF], "its notebook ran longer than 2 seconds in all"),
    ],
)
def test_a_notebook_that_does_not_end_is_ended_and_told_with_its_cell(
    tmp_path: Path, tmp: Path, mark: str, command: str, limits: tuple[int, ...], cells: list[str], told: str
):
    root = small.collection(tmp_path / "c", n01_waits=["# Waits?", *cells]).home
    program = LIMITED.format(limits=limits, command=command)
    process = begin([sys.executable, "-c", program], root, mark, tmp)
    assert f'01_waits.ipynb, cell In [2], under "Waits?"\n    {told}' in ended(process)
    assert (process.returncode, list(tmp.iterdir())) == (1, [])


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda path: path.mkdir(), "found a folder"),
        (lambda path: path.symlink_to("nowhere"), "found a dead link"),
        (lambda path: os.mkfifo(path), "found no regular file"),
        (lambda path: path.symlink_to("/dev/zero"), "found no regular file"),
        (lambda path: path.write_bytes(b"\xff"), "found no readable notebook"),
        (lambda path: path.write_text("[" * 100_000), "found no readable notebook"),
        (lambda path: path.write_text(cell({"cell_type": "code"})), "cell 1: found no valid notebook ('"),
        (lambda path: path.write_text(cell({"source": 3})), "cell 1: found no valid notebook (3 is not"),
        (lambda path: path.write_text(cell({"source": "\ud800"})), "found no readable notebook ('utf-8'"),
        (lambda path: path.write_text(cell({"metadata": []})), "cell 1: found no valid notebook ([] is not"),
        (lambda path: path.write_text(cell({"outputs": "x"})), "cell 1: found no valid notebook ('x' is not"),
        (lambda path: path.write_text(cell({"id": None})), "cell 1: found no valid notebook (None is not"),
        (lambda path: path.write_text("[]"), "found no notebook of version 4.5"),
        (lambda path: path.write_text(cell({}).replace(": 5}", ": 4}")), "found no notebook of version 4.5"),
    ],
)
def test_what_is_no_notebook_is_named_with_what_it_is(
    tmp_path: Path, damage: Callable[[Path], object], told: str
):
    path = tmp_path / "01_a.ipynb"
    damage(path)
    with pytest.raises(Faults, match=re.escape(told)):
        notebooks.read(path)


def test_every_fault_of_a_notebook_is_told_at_once_and_no_id_is_made_up(tmp_path: Path):
    path, stored = tmp_path / "01_a.ipynb", json.loads(cell({}))
    same, nameless, empty = stored["cells"][0], dict(stored["cells"][0]), dict(stored["cells"][0])
    del nameless["id"], empty["source"]
    stored["metadata"]["kernelspec"] = {"name": "python3"}
    path.write_text(json.dumps({**stored, "cells": [same, nameless, empty]}))
    with pytest.raises(Faults) as told:
        notebooks.read(path)
    assert [fault.column for fault in told.value.faults] == ["", "cell 2", "cell 3"]
    assert "'id' is a required property" in told.value.faults[1].found
    path.write_text(json.dumps({**stored, "metadata": {}, "cells": [same, same]}))
    with pytest.raises(Faults, match='cell 2: found the id "a" again'):
        notebooks.read(path)


def cell(parts: dict[str, object]) -> str:
    """Return a notebook of one cell with other parts than it should have, or one without a source."""
    whole = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": "1",
    }
    if parts == {"cell_type": "code"}:
        del whole["source"]
    return json.dumps({"cells": [whole | parts], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_a_notebook_that_is_none_stops_no_other_in_a_check_and_a_run_before_it_starts(tmp_path: Path):
    made = small.collection(tmp_path / "c", n02_b=["# Two?", "2"])
    (made.home / "notebooks" / "01_a.ipynb").mkdir()
    (made.home / "notebooks" / "03_c.ipynb").symlink_to("nowhere")
    for command in ("run", "check"):
        result = commanded.asprinted(command, folder=made.home)
        assert (result.returncode, "Traceback" in result.stderr) == (1, False)
        assert all(told in result.stderr for told in ("found a folder", "found a dead link"))
    assert "02_b.ipynb, cell In [1]" in result.stderr


# ------------------------------------------------------------------------------------------ temporary folders


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    said = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    return int(said.stdout)


def test_only_the_folder_of_a_process_that_was_killed_is_swept_and_no_other(tmp_path: Path, gone: int):
    def folder(name: str, *files: str) -> Path:
        (tmp_path / name).mkdir()
        for file in files:
            (tmp_path / name / file).touch()
        return tmp_path / name

    folder(f"asprinted-{gone}-swept", holding.MARK, "left")
    folder(f"asprinted-{gone}-empty")
    kept = [
        folder(f"asprinted-{gone}-theirs", "theirs"),
        folder(f"asprinted-{os.getpid()}-lives", holding.MARK),
        folder("asprinted-figures-a1", holding.MARK),
        folder(f"other-{gone}-a1", holding.MARK),
        tmp_path / f"asprinted-{gone}-link",
    ]
    kept[-1].symlink_to(kept[-2])
    held = folder(f"asprinted-{gone}-held", holding.MARK)
    with (held / holding.MARK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        holding._sweep(tmp_path)
        assert sorted(tmp_path.iterdir()) == sorted([*kept, held])
    holding._sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(kept)


def test_a_temporary_folder_is_held_while_it_is_used_and_gone_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with holding.temporary() as first:
        with holding.temporary() as second:
            assert sorted(tmp_path.iterdir()) == sorted([first, second])
        assert list(tmp_path.iterdir()) == [first]
    assert list(tmp_path.iterdir()) == []


def test_a_signal_while_the_place_of_temporary_folders_is_found_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    opened = os.open

    def interrupted(*given: Any, **more: Any) -> int:
        file = opened(*given, **more)
        signal.raise_signal(signal.SIGINT)
        return file

    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(os, "open", interrupted)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with pytest.raises(KeyboardInterrupt), holding.temporary():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_run_takes_away_what_killed_ones_left_unfinished_and_nothing_else(tmp_path: Path, gone: int):
    made = small.collection(tmp_path / "c")
    left = [f"{folder}/.a.csv.{gone}.{end}" for folder in ("data", "figures") for end in ("new", "old")]
    kept = ["figures/.a.csv.swp", "figures/.my.notes.txt", f"figures/.a.csv.{os.getpid()}.new", "data/.b.new"]
    for name in (*left, *kept):
        (made.home / name).touch()
    with holding.hold(made.home):
        assert sorted(str(path.relative_to(made.home)) for path in made.home.rglob(".*")) == sorted(kept)


# ------------------------------------------------------------------------------------------------- machines


def test_another_backend_closed_streams_and_a_strict_umask_change_nothing(
    tmp_path: Path, tmp: Path, mark: str
):
    root = small.collection(
        tmp_path / "c", n01_a=["# A?", "import matplotlib\nmatplotlib.get_backend()"]
    ).home
    file = root / "notebooks" / "01_a.ipynb"
    file.chmod(0o644)
    for command in ("run", "check"):
        line = f'umask 077; export MPLBACKEND=nonsense; exec "$@" {command} >&- 2>&-'
        process = begin(["sh", "-c", line, "sh", *PYTHON], root, mark, tmp)
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert "matplotlib_inline" in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("home", ["closed", "with settings"])
def test_a_home_that_cannot_be_written_or_has_settings_changes_no_byte(tmp_path: Path, tmp: Path, home: str):
    draws = "import matplotlib.pyplot as plt\nplt.rcParams['axes.titlesize']"
    root = small.collection(tmp_path / "c", n01_a=["# Why?", draws, small.LIMITS]).home
    if home == "closed":
        (tmp_path / "home").touch()
    else:
        settings = tmp_path / "home" / ".config" / "matplotlib" / "matplotlibrc"
        settings.parent.mkdir(parents=True)
        settings.write_text("axes.titlesize: 61\nno.such.key: 1\n", encoding="utf-8")
    names = ("MPLCONFIGDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    plain = {name: value for name, value in os.environ.items() if name not in names}
    environment = {**plain, "HOME": str(tmp_path / "home"), "TMPDIR": str(tmp)}
    for command in ("run", "check"):
        done = subprocess.run(
            [*PYTHON, command], cwd=root, env=environment, capture_output=True, text=True, timeout=100
        )
        assert done.returncode == 0, done.stderr
    cell = notebooks.read(root / "notebooks" / "01_a.ipynb").cells[1]
    assert [output["data"] for output in cell.outputs] == [{"text/plain": "'large'"}]
    assert list(tmp.iterdir()) == []


def test_a_run_names_the_cells_that_wrote_to_standard_error(tmp_path: Path):
    warns = ["# Warns?", "1", "import warnings\nwarnings.warn('old')", small.LIMITS]
    root = small.collection(tmp_path / "c", n01_warns=warns, n02_b=["# Two?", "2"]).home
    done = commanded.asprinted("run", folder=root)
    said = [line for line in done.stderr.splitlines() if "standard error" in line]
    assert (done.returncode, said) == (
        0,
        ["01_warns.ipynb, In [2]: wrote to standard error, which is stored."],
    )


def test_a_replaced_file_keeps_its_mode_and_a_new_one_has_what_the_machine_gives(tmp_path: Path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("a")
    old.chmod(0o640)
    before = os.umask(0o077)
    try:
        replace({old: "b", new: "b"})
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (old, new)] == [0o640, 0o600]


@pytest.mark.parametrize("name", ["", ".", "/"])
def test_a_notebook_without_a_name_is_none(tmp_path: Path, name: str):
    made = small.collection(tmp_path / "c", n01_a=["1"])
    with pytest.raises(Faults, match="no notebook"):
        notebooks.choose(made, [name])


TRANSPORT = 'from ipykernel.connect import get_connection_info\nget_connection_info(unpack=True)["transport"]'


def test_a_kernel_has_its_sockets_in_its_own_folder_but_where_their_names_would_be_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = small.collection(tmp_path / "c", n01_a=["# A?", TRANSPORT]).home / "notebooks" / "01_a.ipynb"
    for way in ("ipc", "tcp"):
        (outcome,) = kernels.run([path], progress=False)
        assert outcome.failure is None
        assert notebooks.read(path).cells[1].outputs[0].data["text/plain"] == repr(way)
        (tmp_path / ("a" * kernels.SOCKET_NAME)).mkdir(exist_ok=True)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("a" * kernels.SOCKET_NAME)))


@pytest.mark.parametrize(("times", "told"), [(1, None), (2, "its kernel did not start: no answer")])
def test_a_kernel_that_does_not_answer_is_started_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, told: str | None
):
    root = small.collection(tmp_path / "c", n01_a=["# A?", "1"]).home
    start, asked = kernels._start, list[str]()

    async def silent(folder: Path, variables: dict[str, str], profile: Path, file: Path) -> kernels.Client:
        asked.append(file.name)
        if len(asked) <= times:
            raise RuntimeError("no answer")
        return await start(folder, variables, profile, file)

    monkeypatch.setattr(kernels, "_start", silent)
    (outcome,) = kernels.run([root / "notebooks" / "01_a.ipynb"], progress=False)
    assert (outcome.failure and outcome.failure.error) == told
    assert asked == ["1.json", "2.json"]


@pytest.mark.parametrize("command", ["run", "check"])
def test_too_few_files_at_a_time_are_told_in_words(tmp_path: Path, tmp: Path, mark: str, command: str):
    root = small.collection(tmp_path / "c", n01_a=["# A?", "1"]).home
    process = begin(["sh", "-c", f'ulimit -n 24; exec "$@" {command}', "sh", *PYTHON], root, mark, tmp)
    assert ended(process).strip() == "found 24 files that may be open at a time, expected 104: see ulimit -n."
    assert (process.returncode, list(tmp.iterdir())) == (1, [])


@pytest.mark.parametrize(
    ("soft", "hard", "asked", "given"),
    [(1024, 4096, 2, 2), (110, 150, 4, 2), (110, 110, 4, 1), (144, 144, 2, 2)],
)
def test_no_more_notebooks_run_at_a_time_than_there_are_files_for(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, asked: int, given: int
):
    limits = {resource.RLIMIT_NOFILE: (soft, hard)}
    monkeypatch.setattr(resource, "getrlimit", limits.get)
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    assert kernels.at_a_time(asked) == given
    opened = limits[resource.RLIMIT_NOFILE][0]
    assert kernels.FILES + given * kernels.FILES_A_KERNEL <= opened <= hard


def test_an_article_that_is_no_file_is_not_waited_for(tmp_path: Path):
    root = small.collection(tmp_path / "c", tables=True).home
    os.mkfifo(tmp_path / "fifo")
    for article in (tmp_path / "fifo", Path("/dev/zero")):
        result = commanded.asprinted("verify", str(article), folder=root)
        assert result.returncode == 1
        assert "found a pipe or a device, expected a file" in result.stderr


@given(st.lists(st.tuples(st.sampled_from(["stdout", "stderr"]), st.text("ab\r\n", max_size=6)), max_size=6))
def test_streams_are_joined_as_a_page_shows_them(written: list[tuple[str, str]]):
    cell = nbformat.v4.new_code_cell("")
    cell.outputs = [nbformat.v4.new_output("stream", name=name, text=text) for name, text in written]
    notebooks.join_streams(cell)
    whole = {name: "".join(text for other, text in written if other == name) for name, _ in written}
    # Jupyter's own rule, whose time grows with the square of a line.
    shown = {name: re.sub(r".*\r(?=[^\n])", "", text) for name, text in whole.items()}
    assert {output.name: output.text for output in cell.outputs} == shown
    assert [output.name for output in cell.outputs] in (sorted(shown, reverse=True), [])
