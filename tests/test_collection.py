"""Notebooks are rerun in place: whole or not at all, each for itself, and only what changed is written."""

import asyncio
import json
import os
import re
import signal
from pathlib import Path

import nbformat
import pytest

import small
from guandu import collection
from guandu.tables import Faults

HOME = Path(__file__).resolve().parents[1]

SAYS_WHO = 'import os, pathlib, time\npathlib.Path("pid").write_text(str(os.getpid()))\ntime.sleep(60)'


@pytest.fixture(scope="module")
def ran(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, dict[str, collection.Outcome], dict[str, bytes]]:
    """Four notebooks after one run, what became of each, and their bytes before."""
    root = small.collection(
        tmp_path_factory.mktemp("ran"),
        n01_adds=["# One?", "1 + 1", 'print("a")\nprint("b")'],
        n02_fails=["# Two?", "x = 1", "# The part that fails", "def f():\n    return x / 0\nf()", "x"],
        n03_dies=["# Three?", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"],
        n05_works=["# Five?", "5"],
    )
    (root / "notebooks" / "04_broken.ipynb").write_text('{"cells": [', encoding="utf-8")
    before = {path.name: path.read_bytes() for path in collection.notebooks(root)}
    outcomes = collection.run(collection.notebooks(root), workers=2, progress=False)
    return root, {outcome.path.stem: outcome for outcome in outcomes}, before


def test_the_collection_is_the_numbered_notebooks_in_order(tmp_path: Path):
    root = small.collection(tmp_path, n10_b=[], n02_a=[], draft=[])
    small.notebook(root / "notebooks" / "Untitled.ipynb", [])
    assert [path.name for path in collection.notebooks(root)] == ["02_a.ipynb", "10_b.ipynb"]


def test_a_notebook_is_named_by_number_name_or_path(tmp_path: Path):
    root = small.collection(tmp_path, n01_a=[], n02_b=[])
    first, second = collection.notebooks(root)
    assert collection.choose(root, ["02", "notebooks/01_a.ipynb"]) == [first, second]
    assert collection.choose(root, []) == [first, second]
    with pytest.raises(Faults, match=r"no notebook 03, expected one of 01_a\.ipynb, 02_b\.ipynb"):
        collection.choose(root, ["02", "03"])


def test_a_run_stores_outputs_in_place(ran):
    root, outcomes, _ = ran
    stored = collection.read(root / "notebooks" / "01_adds.ipynb")
    assert [cell.get("execution_count") for cell in stored.cells] == [None, 1, 2]
    assert stored.cells[1].outputs[0].data == {"text/plain": "2"}
    assert [output.text for output in stored.cells[2].outputs] == ["a\nb\n"]
    assert outcomes["01_adds"].changed


def test_a_failure_stops_no_other_notebook(ran):
    _, outcomes, _ = ran
    assert outcomes["05_works"].changed
    assert {stem for stem, outcome in outcomes.items() if outcome.failure} == {
        "02_fails",
        "03_dies",
        "04_broken",
    }


def test_a_notebook_that_fails_keeps_its_old_file(ran):
    root, _, before = ran
    for stem in ("02_fails", "03_dies", "04_broken"):
        assert (root / "notebooks" / f"{stem}.ipynb").read_bytes() == before[f"{stem}.ipynb"]
    assert [path.name for path in (root / "notebooks").iterdir() if path.name.startswith(".")] == []


def test_a_failure_is_told_with_cell_heading_and_the_end_of_its_traceback(ran):
    _, outcomes, _ = ran
    failure = outcomes["02_fails"].failure
    assert failure is not None
    assert failure.place == 'cell In [2], under "The part that fails"'
    assert failure.error.endswith("ZeroDivisionError: division by zero")
    assert "return x / 0" in failure.error
    assert "\x1b" not in failure.error


def test_a_kernel_that_dies_is_told_as_such(ran):
    _, outcomes, _ = ran
    assert str(outcomes["03_dies"].failure) == 'cell In [1], under "Three?"\n    its kernel died'


def test_a_file_that_is_no_notebook_is_told_as_such(ran):
    _, outcomes, _ = ran
    assert "04_broken.ipynb has 1 fault; it was not run." in str(outcomes["04_broken"].failure)


def test_a_second_run_writes_nothing(ran):
    root, _, _ = ran
    good = collection.choose(root, ["01", "05"])
    before = small.tree(root)
    assert [outcome.changed for outcome in collection.run(good, progress=False)] == [False, False]
    assert small.tree(root) == before


def test_a_cell_that_does_not_end_fails_its_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(collection, "CELL_SECONDS", 1)
    root = small.collection(tmp_path, n01_slow=["# Slow?", "import time\ntime.sleep(60)"])
    (outcome,) = collection.run(collection.notebooks(root), progress=False)
    assert str(outcome.failure) == 'cell In [1], under "Slow?"\n    it ran longer than 1 seconds'


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_leaves_no_kernel_and_no_half_file(tmp_path: Path, how: int):
    root = small.collection(tmp_path, n01_waits=["# Waits?", SAYS_WHO])
    before = (root / "notebooks" / "01_waits.ipynb").read_bytes()
    pid = root / "notebooks" / "pid"
    ended, said = small.interrupted(
        "run", folder=root, when=lambda: pid.exists() and bool(pid.read_text()), how=how
    )
    assert ended == 130
    assert "Interrupted. What was finished is kept; no file is half written." in said
    assert "Traceback" not in said
    small.until(lambda: not small.runs(int(pid.read_text())), seconds=5)
    assert {path.name for path in (root / "notebooks").iterdir()} == {"01_waits.ipynb", "pid"}
    assert (root / "notebooks" / "01_waits.ipynb").read_bytes() == before


def test_one_run_at_a_time(tmp_path: Path):
    root = small.collection(tmp_path, n01_a=["1"])
    with collection.alone(root):
        refused = small.guandu("run", folder=root)
        with pytest.raises(collection.BusyError), collection.alone(root):
            pass
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"another run is writing in {root}. Nothing was touched" in refused.stderr
    with collection.alone(root):
        pass


def test_the_stored_text_holds_nothing_of_the_machine_or_the_hour():
    made = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python", "version": "3.11.7"}})
    made.cells = [
        nbformat.v4.new_code_cell("1", id="a", metadata={"execution": {"t": "2021"}, "tags": ["x"]})
    ]
    stored = json.loads(collection.normal(made))
    assert stored["metadata"]["language_info"] == {"name": "python"}
    assert stored["cells"][0]["metadata"] == {"tags": ["x"]}
    assert collection.normal(made).endswith("}\n")


def test_a_cell_is_under_the_nearest_heading_above_it():
    made = nbformat.v4.new_notebook()
    made.cells = [nbformat.v4.new_markdown_cell(text) for text in ("text", "# A?\n\ntext\n\n## B", "text")]
    assert [collection.heading(made, index) for index in range(3)] == ["", "B", "B"]


def card(notebook: str, said: str) -> str:
    words = {"title": said, "caveat": "", "source": "", "caption": f"{said} in words.", "alt": f"a [{said}]"}
    return json.dumps({"notebook": notebook, "en": words, "zh": {**words, "caption": "图。"}})


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """A collection with two figures of two notebooks."""
    root = small.collection(tmp_path, n01_a=["# First?"], n02_b=["# Second?"])
    (root / "figures" / "z.json").write_text(card("01_a", "zed"), encoding="utf-8")
    (root / "figures" / "a.json").write_text(card("02_b", "ay"), encoding="utf-8")
    return root


def test_the_gallery_shows_figures_under_the_questions_of_their_notebooks(drawn: Path):
    page = collection.gallery(drawn)
    assert re.findall(r"^##+ (.*)$", page, re.MULTILINE) == [
        "[First?](../notebooks/01_a.ipynb)",
        "z",
        "[Second?](../notebooks/02_b.ipynb)",
        "a",
    ]
    assert "![a \\[zed\\]](z.en.png)\n\nzed in words.\n\n![a \\[zed\\]](z.zh.png)\n\n图。" in page
    assert "[a.csv](a.csv)" in page


def test_a_readme_shows_a_figure_in_its_own_language(drawn: Path):
    for name in ("README.md", "README.zh.md"):
        (drawn / name).write_text("Before.\n\n<!-- guandu:figure z -->\nold\n<!-- guandu:end -->\n\nAfter.\n")
    pages = collection.pages(drawn)
    assert pages[drawn / "README.md"] == (
        "Before.\n\n<!-- guandu:figure z -->\n![a \\[zed\\]](figures/z.en.png)\n\nzed in words.\n"
        "<!-- guandu:end -->\n\nAfter.\n"
    )
    assert "figures/z.zh.png)\n\n图。" in pages[drawn / "README.zh.md"]


def test_a_block_that_cannot_be_filled_is_named(drawn: Path):
    (drawn / "README.md").write_text("<!-- guandu:figure none -->\n<!-- guandu:end -->\n")
    with pytest.raises(
        Faults, match=r'README\.md has 1 fault.*\n.*the block "figure none", expected .*of z, a'
    ):
        collection.pages(drawn)


def test_the_rates_of_readme_stand_in_the_declared_order_with_counts_beside_them():
    table = collection.rates(HOME, "en").splitlines()
    assert [row.split(" | ")[1] for row in table[2:]] == ["61.71%", "not printed", "98.35%", "99%"]
    assert table[2].startswith("| Court closing rate | 61.71% | 21454件 of 34765件 | 61.7115% | `both`: ")
    assert "| 97.7456% to 98.8580% |" in table[4]
    assert "| not printed | 4044件 of 16179件 | 24.9954% (derived) |" in table[3]
    assert "derived" not in "".join(table[2:3] + table[4:])
    assert "| 99.7452% | `truncation_only`: follows only if cut, not if rounded |" in table[5]


def test_the_scratch_notebook_is_put_there_once_and_never_overwritten(tmp_path: Path):
    root = small.collection(tmp_path)
    path = collection.scratch(root)
    assert path == root / "notebooks" / "scratch" / "start.ipynb"
    path.write_text("mine", encoding="utf-8")
    assert collection.scratch(root).read_text(encoding="utf-8") == "mine"


def test_the_scratch_notebook_runs(tmp_path: Path):
    starter = collection.read(collection.scratch(small.collection(tmp_path)))
    assert asyncio.run(collection.fresh(starter, HOME / "notebooks")) is None
    assert starter.cells[-1].outputs[0].data["text/plain"].startswith("Printed: 33%; 1 of 3 is 33.3333%")


def test_kernels_see_no_settings_of_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    startup = tmp_path / "mine" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("mine = 1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "mine"))
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('"mine" in globals()', id="a")])
    assert asyncio.run(collection.fresh(made, tmp_path)) is None
    assert made.cells[0].outputs[0].data["text/plain"] == "False"


def test_what_became_of_figures_is_read_from_what_kernels_wrote():
    with collection.figure_states() as states:
        Path(os.environ["GUANDU_FIGURES_LOG"]).write_text("b\tunchanged\na\twritten\n")
    assert states == {"a": "written", "b": "unchanged"}
    assert "GUANDU_FIGURES_LOG" not in os.environ


@pytest.mark.parametrize("command", ["build", "run", "check", "lab"])
def test_a_command_outside_a_collection_says_what_it_looked_for(tmp_path: Path, command: str):
    result = small.guandu(command, folder=tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith("no data folder found: looked for data/datapackage.json in ")
    assert "Traceback" not in result.stderr


def test_run_works_from_a_folder_inside_and_says_what_it_wrote(tmp_path: Path):
    root = small.collection(tmp_path, n01_a=["# A?", "1"])
    first = small.guandu("run", "01", folder=root / "figures")
    assert first.returncode == 0, first.stderr
    assert re.fullmatch(
        r"Ran 1 notebooks in [\d.]+ s\. Written: notebooks/01_a\.ipynb, figures/README\.md\.\n", first.stdout
    )
    assert "1/1" in first.stderr


def test_run_tells_of_a_failure_and_ends_with_an_error(tmp_path: Path):
    root = small.collection(tmp_path, n01_a=["# A?", "1 / 0"], n02_b=["# B?", "2"])
    result = small.guandu("run", folder=root)
    assert result.returncode == 1
    assert '01_a.ipynb, cell In [1], under "A?"\n    ' in result.stderr
    assert "1 of 2 notebooks failed and were not rewritten." in result.stderr
    assert "Written: notebooks/02_b.ipynb" in result.stdout
