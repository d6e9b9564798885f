"""Whatever stops a run midway, every file in the tree is whole, and one message says what to mend."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import commanded
import small
from asprinted.collection.collection import Collection

HOME = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.drill

OPENS = 'import asprinted\n\nbook = asprinted.notebook("{}")'
READS = ["# How many figures?", OPENS.format("01_reads"), 'len(book.table("statistics"))', small.LIMITS]
DRAWS = [
    "# How large are the parts?",
    OPENS.format("02_draws"),
    'parts = book.facts("lent", "returned")\n'
    'book.draw(lambda data, ax: ax.bar(data["label"], data["value"]), "parts", parts)',
    small.LIMITS,
]
PRINTS = ["# How much can be printed?", 'print("much\\n" * 20_000)', small.LIMITS]
FIGURE = {
    **{
        part: {"en": f"Books, {part}", "zh": f"图书，{part}"} for part in ("title", "subtitle", "note", "alt")
    },
    "rows": {"lent": {"en": "Lent", "zh": "借出"}, "returned": {"en": "Returned", "zh": "归还"}},
}
LEAVES = 'pathlib.Path(f"../figures/.parts.csv.{os.getpid()}.new").write_text("label_en,lab")\n'
LARGE = 5_000_000
KEEPS_DRAWING = f"""\
import os, pathlib
from asprinted.collection.files import replace

folder = pathlib.Path("../figures")
pathlib.Path("pid").write_text(str(os.getpid()))
while True:
    for letter in (b"a", b"b"):
        replace({{folder / f"parts.{{kind}}": letter * {LARGE} for kind in ("csv", "en.png")}})"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection after a first run: a notebook that reads the tables, one that draws, one that prints."""
    made = small.collection(
        tmp_path_factory.mktemp("ran"), tables=True, n01_reads=READS, n02_draws=DRAWS, n03_prints=PRINTS
    )
    small.words(made, "02_draws", {"parts": FIGURE})
    done = commanded.asprinted("run", folder=made.home)
    assert done.returncode == 0, done.stderr
    return made.home


@pytest.fixture
def root(ran: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of that collection to damage; in the end nothing that is unfinished may lie in it."""
    copy = shutil.copytree(ran, tmp_path / "collection")
    yield copy
    assert [path.name for path in copy.rglob(".*")] == []


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: content for name, (content, _) in small.tree(folder).items()}


def asked_again(root: Path) -> None:
    """Put unrun notebooks in place of the ones that ran, so that a run has all of them to write."""
    small.notebook(root / "notebooks" / "01_reads.ipynb", READS)
    small.notebook(root / "notebooks" / "02_draws.ipynb", DRAWS)
    small.words(
        Collection(root), "02_draws", {"parts": {**FIGURE, "title": {"en": "Drawn anew", "zh": "再画"}}}
    )
    small.notebook(root / "notebooks" / "03_prints.ipynb", PRINTS)


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    ],
    ids=["deleted", "cut off midway"],
)
def test_a_table_that_is_gone_or_cut_off_is_named_and_its_notebook_kept(root: Path, damage):
    damage(root / "data" / "statistics.csv")
    asked_again(root)
    before = bytes_of(root)
    result = commanded.asprinted("run", "01", folder=root)
    assert result.returncode == 1
    assert '01_reads.ipynb, cell In [2], under "How many figures?"\n' in result.stderr
    assert "    statistics.csv has 1 fault" in result.stderr
    assert bytes_of(root) == before


def test_a_disk_that_fills_up_keeps_figures_and_notebooks_as_they_were(root: Path):
    asked_again(root)
    before = bytes_of(root)
    # Python would keep half of what it compiles, and fail on it ever after.
    limited = (
        "import resource, runpy, sys; sys.dont_write_bytecode = True; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
        "sys.argv = ['asprinted', 'run']; runpy.run_module('asprinted', run_name='__main__')"
    )
    result = subprocess.run(
        [sys.executable, "-c", limited], cwd=root, capture_output=True, text=True, timeout=120
    )
    assert (result.returncode, "2 of 3 notebooks failed" in result.stderr) == (1, True), result.stderr
    assert "02_draws.ipynb, cell In [2]" in result.stderr
    assert "03_prints.ipynb has 1 fault" in result.stderr
    after = bytes_of(root)
    assert {name for name in after if after[name] != before.get(name)} == {"notebooks/01_reads.ipynb"}


def test_a_place_for_figures_that_takes_none_is_named_and_the_notebook_kept(root: Path):
    shutil.rmtree(root / "figures")
    (root / "figures").write_text("no folder", encoding="utf-8")
    asked_again(root)
    before = bytes_of(root)
    result = commanded.asprinted("run", "02", folder=root)
    assert result.returncode == 1
    assert "02_draws.ipynb, before its first cell\n    parts.csv has 1 fault" in result.stderr
    assert f"(File exists), expected leave to write in {root / 'figures'}." in result.stderr
    assert "1 of 1 notebooks failed" in result.stderr
    assert bytes_of(root) == before


def test_what_a_killed_kernel_left_unfinished_is_taken_away_when_its_run_ends(root: Path):
    killed = "import os, signal, pathlib\n" + LEAVES + "os.kill(os.getpid(), signal.SIGKILL)"
    small.notebook(root / "notebooks" / "03_prints.ipynb", [PRINTS[0], killed])
    before = bytes_of(root)
    result = commanded.asprinted("run", "03", folder=root)
    assert (result.returncode, "its kernel died" in result.stderr) == (1, True)
    assert bytes_of(root) == before


def test_a_run_stopped_while_figures_are_written_leaves_each_of_them_whole(root: Path):
    small.notebook(root / "notebooks" / "03_prints.ipynb", ["# Draws?", KEEPS_DRAWING])
    before = bytes_of(root)
    pid = root / "notebooks" / "pid"
    ended, said = small.interrupted("run", "03", folder=root, when=pid.exists)
    assert (ended, "no file is half written" in said) == (130, True)
    small.until(lambda: not small.runs(int(pid.read_text())), seconds=5)
    after = bytes_of(root)
    del after["notebooks/pid"]
    written = {name for name in after if after[name] != before[name]}
    assert written <= {"figures/parts.csv", "figures/parts.en.png"}
    assert {after[name] for name in written} <= {letter * LARGE for letter in (b"a", b"b")}
