"""Notebooks are rerun in place: whole or not at all, each for itself, and only what changed is written."""

import asyncio
import json
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest

import commanded
import small
from asprinted.collection import cards
from asprinted.collection.cards import Caption, Card
from asprinted.collection.collection import Collection
from asprinted.faults import Faults
from asprinted.processes import holding
from asprinted.rerun import figure_files, kernels, notebooks

pytestmark = pytest.mark.drill

Ran = tuple[Collection, dict[str, kernels.Outcome], dict[str, bytes]]

SAYS_WHO = 'import os, pathlib, time\npathlib.Path("pid").write_text(str(os.getpid()))\ntime.sleep(60)'


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Four notebooks after one run, what became of each, and their bytes before."""
    made = small.collection(
        tmp_path_factory.mktemp("ran"),
        n01_adds=["# One?", "1 + 1", 'print("a")\nprint("b")'],
        n02_fails=["# Two?", "x = 1", "# The part that fails", "def f():\n    return x / 0\nf()", "x"],
        n03_dies=["# Three?", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"],
        n05_works=["# Five?", "5"],
    )
    (made.home / "notebooks" / "04_broken.ipynb").write_text('{"cells": [', encoding="utf-8")
    before = {path.name: path.read_bytes() for path in made.notebooks}
    outcomes = kernels.run(made.notebooks, workers=2, progress=False)
    return made, {outcome.path.stem: outcome for outcome in outcomes}, before


def test_the_collection_is_the_numbered_notebooks_in_order(tmp_path: Path):
    made = small.collection(tmp_path / "c", n10_b=[], n02_a=[], draft=[])
    small.notebook(made.home / "notebooks" / "Untitled.ipynb", [])
    assert [path.name for path in made.notebooks] == ["02_a.ipynb", "10_b.ipynb"]


def test_a_notebook_is_named_by_number_name_or_path(tmp_path: Path):
    made = small.collection(tmp_path / "c", n01_a=[], n02_b=[])
    first, second = made.notebooks
    assert notebooks.choose(made, ["02", "notebooks/01_a.ipynb"]) == [first, second]
    assert notebooks.choose(made, []) == [first, second]
    with pytest.raises(Faults, match=r"no notebook 03, expected one of 01_a\.ipynb, 02_b\.ipynb"):
        notebooks.choose(made, ["02", "03"])


def test_a_run_stores_outputs_in_place(ran: Ran):
    made, outcomes, _ = ran
    stored = notebooks.read(made.home / "notebooks" / "01_adds.ipynb")
    assert [cell.get("execution_count") for cell in stored.cells] == [None, 1, 2]
    assert stored.cells[1].outputs[0].data == {"text/plain": "2"}
    assert [output.text for output in stored.cells[2].outputs] == ["a\nb\n"]
    assert outcomes["01_adds"].changed


def test_a_failure_stops_no_other_notebook(ran: Ran):
    _, outcomes, _ = ran
    assert outcomes["05_works"].changed
    assert {stem for stem, outcome in outcomes.items() if outcome.failure} == {
        "02_fails",
        "03_dies",
        "04_broken",
    }


def test_a_notebook_that_fails_keeps_its_old_file(ran: Ran):
    made, _, before = ran
    for stem in ("02_fails", "03_dies", "04_broken"):
        assert (made.home / "notebooks" / f"{stem}.ipynb").read_bytes() == before[f"{stem}.ipynb"]
    assert [path.name for path in (made.home / "notebooks").iterdir() if path.name.startswith(".")] == []


def test_a_failure_is_told_with_cell_heading_and_the_end_of_its_traceback(ran: Ran):
    _, outcomes, _ = ran
    failure = outcomes["02_fails"].failure
    assert failure is not None
    assert failure.place == 'cell In [2], under "The part that fails"'
    assert failure.error.endswith("ZeroDivisionError: division by zero")
    assert "return x / 0" in failure.error
    assert "\x1b" not in failure.error


def test_a_kernel_that_dies_is_told_as_such(ran: Ran):
    _, outcomes, _ = ran
    assert str(outcomes["03_dies"].failure) == 'cell In [1], under "Three?"\n    its kernel died'


def test_a_file_that_is_no_notebook_is_told_as_such(ran: Ran):
    _, outcomes, _ = ran
    assert "04_broken.ipynb has 1 fault; it was not run." in str(outcomes["04_broken"].failure)


def test_a_second_run_writes_nothing(ran: Ran):
    made, _, _ = ran
    good = notebooks.choose(made, ["01", "05"])
    before = small.tree(made.home)
    assert [outcome.changed for outcome in kernels.run(good, progress=False)] == [False, False]
    assert small.tree(made.home) == before


def test_a_cell_that_does_not_end_fails_its_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kernels, "CELL_SECONDS", 1)
    made = small.collection(tmp_path / "c", n01_slow=["# Slow?", "import time\ntime.sleep(60)"])
    (outcome,) = kernels.run(made.notebooks, progress=False)
    assert str(outcome.failure) == 'cell In [1], under "Slow?"\n    it ran longer than 1 seconds'


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_leaves_no_kernel_and_no_half_file(tmp_path: Path, how: int):
    root = small.collection(tmp_path / "c", n01_waits=["# Waits?", SAYS_WHO]).home
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
    made = small.collection(tmp_path / "c", n01_a=["1"])
    with holding.hold(made.home):
        refused = commanded.asprinted("run", folder=made.home)
        with pytest.raises(holding.BusyError), holding.hold(made.home):
            pass
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"another run is writing in {made.home}. Nothing was touched" in refused.stderr
    with holding.hold(made.home):
        pass


def test_the_stored_text_holds_nothing_of_the_machine_or_the_hour():
    made = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python", "version": "3.11.7"}})
    noted = {"execution": {"t": "2021"}, "jupyter": {"source_hidden": True}, "tags": ["x"], "trusted": True}
    made.cells = [nbformat.v4.new_code_cell("1", id="a", metadata=noted)]
    stored = json.loads(notebooks.normal(made))
    assert stored["metadata"]["language_info"] == {"name": "python"}
    assert stored["cells"][0]["metadata"] == {"tags": ["x"]}
    assert notebooks.normal(made).endswith("}\n")


def test_a_cell_is_under_the_nearest_heading_above_it():
    made = nbformat.v4.new_notebook()
    made.cells = [nbformat.v4.new_markdown_cell(text) for text in ("text", "# A?\n\ntext\n\n## B", "text")]
    assert [notebooks.heading(made, index) for index in range(3)] == ["", "B", "B"]


def card(notebook: str, said: str) -> str:
    words = Caption(f"{said} in words", "Books, 2024", "A limit.", f"a [{said}]", "A paper")
    return Card({"en": words, "zh": words}, notebook, "CC BY 4.0", "2-0").text()


@pytest.fixture
def two_figures(tmp_path: Path) -> Collection:
    """A collection with two figures of two notebooks."""
    made = small.collection(tmp_path / "c", n01_a=["# First?"], n02_b=["# Second?"])
    (made.home / "figures" / "z.json").write_text(card("01_a", "zed"), encoding="utf-8")
    (made.home / "figures" / "a.json").write_text(card("02_b", "ay"), encoding="utf-8")
    return made


def test_the_scratch_notebook_is_put_there_once_and_never_overwritten(tmp_path: Path):
    made = small.collection(tmp_path / "c")
    path = notebooks.scratch(made)
    assert path == made.home / "notebooks" / "scratch" / "start.ipynb"
    path.write_text("mine", encoding="utf-8")
    assert notebooks.scratch(made).read_text(encoding="utf-8") == "mine"


def test_kernels_see_no_settings_of_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    startup = tmp_path / "mine" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("mine = 1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "mine"))
    path = small.notebook(tmp_path / "sees.ipynb", ['"mine" in globals()'])
    (text,) = asyncio.run(kernels.in_kernel(path)).values()
    assert isinstance(text, str)
    assert json.loads(text)["cells"][0]["outputs"][0]["data"]["text/plain"] == ["False"]


def test_what_became_of_figures_is_seen_by_comparing_the_folder_before_and_after(two_figures: Collection):
    before = figure_files.digests(two_figures)
    assert figure_files.written(before, figure_files.digests(two_figures)) == []
    (two_figures.home / "figures" / "a.json").write_text(card("02_b", "other"), encoding="utf-8")
    (two_figures.home / "figures" / "new.csv").write_text("x\n1\n", encoding="utf-8")
    (two_figures.home / "figures" / "README.md").write_text("# Gallery", encoding="utf-8")
    assert figure_files.written(before, figure_files.digests(two_figures)) == ["a", "new"]


def test_another_machine_counts_the_figures_that_its_run_left_alone(
    two_figures: Collection, monkeypatch: pytest.MonkeyPatch
):
    ran = {"01_a", "02_b"}
    assert figure_files.left_alone(two_figures, ran, []) == 0
    monkeypatch.setattr(figure_files, "is_reference", lambda root: False)
    assert figure_files.left_alone(two_figures, ran, []) == 2
    assert figure_files.left_alone(two_figures, ran, ["z"]) == 1
    assert figure_files.left_alone(two_figures, {"01_a"}, ["z"]) == 0


def test_a_card_that_nothing_reads_is_named_with_what_to_do(two_figures: Collection):
    (two_figures.home / "figures" / "z.json").write_text('{"notebook": "01_a"}', encoding="utf-8")
    with pytest.raises(Faults, match=r"z\.json has 1 fault.*\n.*no readable card .*delete it"):
        cards.cards(two_figures.home / "figures")


def test_reading_notebooks_does_not_wait_for_a_grammar_of_web_addresses_and_takes_it_from_nobody():
    looks = (
        "import sys, asprinted.rerun; print('lark' in sys.modules, 'rfc3987_syntax' in sys.modules); "
        "import rfc3987_syntax; print('lark' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", looks], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "False", "True"]


BARE = """
import sys
class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {lacking}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Lacking())
sys.argv = ["asprinted", {argument!r}]
from asprinted.commands import main
main()
"""


@pytest.mark.parametrize(
    ("lacking", "argument", "missing"),
    [(["typer", "nbformat"], "--help", "typer"), (["nbformat"], "run", "nbformat")],
)
def test_a_command_without_its_extra_says_which_to_install(
    tmp_path: Path, lacking: list[str], argument: str, missing: str
):
    script = BARE.format(lacking=lacking, argument=argument)
    root = small.collection(tmp_path / "c").home
    bare = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True)
    assert (bare.returncode, bare.stdout) == (1, "")
    assert bare.stderr.startswith(f"asprinted: {missing} is not installed. ")
    assert "pip install '.[audit]'" in bare.stderr
    assert "pip install '.[audit,notebooks,figures]'" in bare.stderr
    assert len(bare.stderr.splitlines()) == 1


def test_a_command_with_its_extra_does_not_ask_for_one(tmp_path: Path):
    script = BARE.format(lacking=["nbformat"], argument="--help")
    told = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert (told.returncode, "Usage: asprinted" in told.stdout) == (0, True), told.stderr


@pytest.mark.parametrize("command", ["build", "run", "check", "lab"])
def test_a_command_outside_a_collection_says_what_it_looked_for(tmp_path: Path, command: str):
    result = commanded.asprinted(command, folder=tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith("no data folder found: looked for data/datapackage.json in ")
    assert "Traceback" not in result.stderr


def test_run_works_from_a_folder_inside_and_says_what_it_wrote(tmp_path: Path):
    root = small.collection(tmp_path / "c", n01_a=["# A?", "1"]).home
    first = commanded.asprinted("run", "01", folder=root / "figures")
    assert first.returncode == 0, first.stderr
    assert re.fullmatch(
        r"Ran 1 notebooks in [\d.]+ s\. "
        r"Written: notebooks/01_a\.ipynb, figures/README\.md, figures/README\.zh\.md\.\n",
        first.stdout,
    )
    assert "1/1" in first.stderr


def test_run_tells_of_a_failure_and_ends_with_an_error(tmp_path: Path):
    root = small.collection(tmp_path / "c", n01_a=["# A?", "1 / 0"], n02_b=["# B?", "2"]).home
    result = commanded.asprinted("run", folder=root)
    assert result.returncode == 1
    assert '01_a.ipynb, cell In [1], under "A?"\n    ' in result.stderr
    assert "1 of 2 notebooks failed and were not rewritten, nor any page." in result.stderr
    assert "Written: notebooks/02_b.ipynb" in result.stdout


DRAWS = """
from pathlib import Path
from asprinted.collection import cards
shelf = cards.shelf(Path.cwd().parent)
(shelf / "bar.csv").write_text("x\\n2\\n")
(shelf / "bar.json").write_text({card!r})
"""


@pytest.mark.parametrize("fails", [False, True])
def test_a_notebook_that_fails_keeps_its_figures_too_and_then_no_page_is_written(
    tmp_path: Path, *, fails: bool
):
    draws = DRAWS.format(card=card("01_a", "Two parts"))
    root = small.collection(tmp_path / "c", n01_a=["# A?", draws, f"1 / {int(not fails)}"]).home
    (root / "figures" / "bar.csv").write_text("x\n1\n")
    (root / "figures" / "bar.json").write_text(card("01_a", "One part"))
    before = small.tree(root)
    result = commanded.asprinted("run", folder=root)
    assert result.returncode == int(fails), result.stderr
    changed = {name for name, made in small.tree(root).items() if made != before.get(name)}
    pages = {"figures/README.md", "figures/README.zh.md"}
    whole = {"figures/bar.csv", "figures/bar.json", "notebooks/01_a.ipynb", *pages}
    assert changed == (set() if fails else whole)


def test_words_that_are_gone_are_named_as_a_file_and_no_page_loses_them(tmp_path: Path):
    says = 'import asprinted\nbook = asprinted.notebook("01_a")\nbook.say("answer")'
    made = small.collection(tmp_path / "c", tables=True, n01_a=["# A?", says, small.LIMITS])
    words = small.words(made, "01_a", {"answer": {"en": "It is so.", "zh": "就是这样。"}})
    assert commanded.asprinted("run", folder=made.home).returncode == 0
    listed = (made.home / "notebooks" / "words" / "README.md").read_text()
    words.unlink()
    result = commanded.asprinted("run", folder=made.home)
    assert result.returncode == 1
    told = "01_a.toml, column answer: found no such file, expected notebooks/words/01_a.toml, with [answer]."
    assert f'01_a.ipynb, cell In [1], under "A?"\n    {told}\n' in result.stderr
    assert (made.home / "notebooks" / "words" / "README.md").read_text() == listed


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert commanded.asprinted("--version").stdout == f"asprinted {project['version']}\n"
