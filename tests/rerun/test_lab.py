"""A lab saves what a run stores, is started as it is asked to be, and is not written under without a word."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError

import commanded
import small
from asprinted.collection.collection import Collection
from asprinted.processes import lifetime
from asprinted.rerun import kernels, lab, notebooks
from asprinted.rerun.contents import Contents, as_run_stores

HOME = Path(__file__).resolve().parents[2]
CONTENTS = "asprinted.rerun.contents.Contents"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """A collection whose notebook was run."""
    made = small.collection(tmp_path_factory.mktemp("ran") / "c", n01_a=["# A?", "1 + 1", "print('b')"])
    kernels.run(made.notebooks, progress=False)
    return made


@pytest.fixture
def root(ran: Collection, tmp_path: Path) -> Collection:
    """A copy of it, to save in."""
    return Collection(small.copy(ran.home, tmp_path / "copy"))


def opened(
    collection: Collection, path: str, made: type[AsyncLargeFileManager] = Contents
) -> tuple[Any, dict[str, Any]]:
    """Return the contents manager of a lab on the notebooks, and a notebook as it goes to the browser."""
    manager = made(root_dir=str(collection.home / "notebooks"))
    return manager, open_again(manager, path)


def open_again(manager: Any, path: str) -> dict[str, Any]:
    model = asyncio.run(manager.get(path))
    # As JSON, which is what goes to the browser and comes back.
    sent: dict[str, Any] = json.loads(json.dumps({key: model[key] for key in ("type", "format", "content")}))
    return sent


def save(manager: Any, model: dict[str, Any], path: str) -> None:
    asyncio.run(manager.save(model, path))


def as_a_lab_notes(content: dict[str, Any]) -> None:
    """Note on a notebook what JupyterLab does once it started a kernel and ran a cell."""
    content["metadata"]["kernelspec"] = {
        "display_name": "Python [conda]",
        "language": "python",
        "name": "python3",
    }
    content["metadata"]["language_info"] = {
        "name": "python",
        "version": "3.12.1",
        "nbconvert_exporter": "python",
    }
    for cell in content["cells"]:
        cell["metadata"] |= {"trusted": True, "execution": {"iopub.status.busy": "2021"}, "scrolled": True}


def as_a_kernel_that_ran_before_numbers(content: dict[str, Any]) -> None:
    """Number what ran as where every cell was run twice in one kernel."""
    code = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    for cell in code:
        for holder in (cell, *(out for out in cell["outputs"] if "execution_count" in out)):
            holder["execution_count"] += len(code)


@pytest.mark.parametrize(
    "notes",
    [lambda content: None, as_a_lab_notes, as_a_kernel_that_ran_before_numbers],
    ids=["looked at", "run", "run twice"],
)
def test_opening_and_saving_changes_no_byte(root: Collection, notes: Any):
    path = root.home / "notebooks" / "01_a.ipynb"
    before = path.read_bytes()
    manager, model = opened(root, path.name)
    notes(model["content"])
    save(manager, model, path.name)
    assert path.read_bytes() == before


def test_with_the_contents_of_any_lab_saving_would_change_it(root: Collection):
    path = root.home / "notebooks" / "01_a.ipynb"
    before = path.read_bytes()
    manager, model = opened(root, path.name, AsyncLargeFileManager)
    as_a_lab_notes(model["content"])
    save(manager, model, path.name)
    assert path.read_bytes() != before


def test_what_was_meant_is_saved(root: Collection):
    manager, model = opened(root, "01_a.ipynb")
    model["content"]["cells"][0]["source"] = "# Another?"
    as_a_lab_notes(model["content"])
    save(manager, model, "01_a.ipynb")
    stored = (root.home / "notebooks" / "01_a.ipynb").read_text(encoding="utf-8")
    assert "# Another?" in stored
    assert notebooks.normal(notebooks.read(root.home / "notebooks" / "01_a.ipynb")) == stored


def test_a_cell_that_never_ran_gets_no_number(root: Collection):
    manager, model = opened(root, "01_a.ipynb")
    code = [cell for cell in model["content"]["cells"] if cell["cell_type"] == "code"]
    code[0] |= {"execution_count": None, "outputs": []}
    code[1]["execution_count"] = 7
    save(manager, model, "01_a.ipynb")
    stored = notebooks.read(root.home / "notebooks" / "01_a.ipynb")
    assert [cell.execution_count for cell in stored.cells if cell.cell_type == "code"] == [None, 2]


def test_what_ran_in_a_lab_stays_trusted_there(root: Collection):
    model = opened(root, "01_a.ipynb")[1]
    as_a_lab_notes(model["content"])
    stored = as_run_stores(model)["content"]
    assert {str(cell["metadata"]) for cell in stored["cells"]} == {"{'trusted': True}"}


@pytest.mark.parametrize(("path", "kept"), [("scratch/mine.ipynb", True), ("mine.ipynb", False)])
def test_a_scratch_notebook_is_saved_as_the_lab_sends_it(root: Collection, path: str, kept: bool):
    (root.home / "notebooks" / "scratch").mkdir(exist_ok=True)
    manager, model = opened(root, "01_a.ipynb")
    as_a_lab_notes(model["content"])
    save(manager, model, path)
    assert ('"scrolled": true' in (root.home / "notebooks" / path).read_text(encoding="utf-8")) == kept


def test_a_notebook_of_no_collection_is_saved_as_the_lab_sends_it(root: Collection, tmp_path: Path):
    _, model = opened(root, "01_a.ipynb")
    as_a_lab_notes(model["content"])
    save(Contents(root_dir=str(tmp_path)), model, "mine.ipynb")
    assert '"scrolled": true' in (tmp_path / "mine.ipynb").read_text(encoding="utf-8")


def test_what_is_no_notebook_is_left_as_it_is():
    for model in ({"type": "file", "content": "text"}, {"type": "notebook", "content": None}):
        assert as_run_stores(model) is model


def test_a_notebook_opens_with_what_its_kernel_says_of_itself_so_that_the_lab_finds_nothing_to_save(
    root: Collection,
):
    assert (
        opened(root, "01_a.ipynb")[1]["content"]["metadata"]["language_info"] == IPythonKernel.language_info
    )


def test_what_a_run_wrote_is_not_saved_over_until_it_is_opened_again(root: Collection):
    path = root.home / "notebooks" / "01_a.ipynb"
    manager, model = opened(root, path.name)
    save(manager, model, path.name)
    path.write_text(path.read_text(encoding="utf-8").replace("# A?", "# B?"), encoding="utf-8")
    written = path.read_bytes()
    with pytest.raises(HTTPError, match=r"01_a.ipynb was written on disk since .* Reload it"):
        save(manager, model, path.name)
    assert path.read_bytes() == written
    save(manager, model, "mine.ipynb")
    save(manager, open_again(manager, path.name), path.name)
    assert path.read_bytes() == written


def test_the_lab_opens_on_the_first_notebook_and_takes_options(
    root: Collection, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert lab.command(root, ["--no-browser", "--port", "9999"]) == [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={root.home / 'notebooks'}",
        "--LabApp.default_url=/lab/tree/01_a.ipynb",
        f"--ServerApp.contents_manager_class={CONTENTS}",
        "--no-browser",
        "--port",
        "9999",
    ]
    elsewhere = lab.command(root, ["--LabApp.default_url=/lab"])
    assert [each for each in elsewhere if "default_url" in each] == ["--LabApp.default_url=/lab"]


@pytest.mark.parametrize(("user", "told"), [(0, 1), (1000, 0)])
def test_root_in_a_container_is_let_in(
    root: Collection, monkeypatch: pytest.MonkeyPatch, user: int, told: int
):
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert lab.command(root).count("--allow-root") == told
    assert lab.command(root, ["--allow-root"]).count("--allow-root") == 1


def test_a_collection_without_notebooks_opens_a_bare_lab(tmp_path: Path):
    assert "--LabApp.default_url=/lab" in lab.command(small.collection(tmp_path / "c"))


def test_the_command_hands_every_option_on(root: Collection, monkeypatch: pytest.MonkeyPatch):
    became: list[str] = []
    monkeypatch.setattr(os, "execv", lambda program, given: became.extend(given))
    monkeypatch.setattr(lifetime, "let_go", lambda: None)
    told = commanded.asprinted("lab", "--no-browser", "--port", "9999", "--ip=0.0.0.0", folder=root.home)
    assert told.stdout.startswith("JupyterLab on ")
    assert became[-4:] == ["--no-browser", "--port", "9999", "--ip=0.0.0.0"]
    assert (root.home / "notebooks" / "scratch" / "start.ipynb").is_file()


SETTINGS = """
import json, os, sys
from jupyterlab.labapp import LabApp
for place in json.loads(sys.argv[1]):
    os.environ["JUPYTER_CONFIG_PATH"] = place
    app = LabApp.initialize_server(argv=sys.argv[2:])
    made = type(app.contents_manager)
    print(json.dumps([app.root_dir, app.default_url, f"{made.__module__}.{made.__name__}"]))
    type(app).clear_instance()
"""


def servers(*arguments: str, folder: Path, places: Sequence[str] = ("",)) -> list[list[str]]:
    """Return root, first page and contents of labs that are set up with these options, and not started.

    places: where one after the other looks for its settings.
    """
    private = {
        name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    told = subprocess.run(
        [sys.executable, "-c", SETTINGS, json.dumps(places), *arguments],
        env={**os.environ, **private},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert told.returncode == 0, told.stderr
    return [json.loads(line) for line in told.stdout.splitlines() if line.startswith("[")]


@pytest.mark.drill
def test_jupyterlab_understands_what_it_is_told(root: Collection, tmp_path: Path):
    (told,) = servers(*lab.command(root, ["--no-browser"])[3:], folder=tmp_path)
    assert told[0] == str(root.home / "notebooks")
    assert told[1].endswith("/lab/tree/01_a.ipynb")
    assert told[2] == CONTENTS


@pytest.mark.drill
def test_what_binder_runs_after_the_build_makes_its_server_save_so(tmp_path: Path):
    script = HOME / "postBuild"
    assert os.access(script, os.X_OK)
    # Its python says where the environment is; nothing is written into the one that runs the test.
    pretended = tmp_path / "bin" / "python"
    pretended.parent.mkdir()
    pretended.write_text(f"#!/bin/sh\necho {tmp_path}\n")
    pretended.chmod(0o755)
    path = f"{pretended.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([script], env={**os.environ, "PATH": path}, check=True, timeout=60)
    root = ["--allow-root"] if os.geteuid() == 0 else []
    places = [str(tmp_path / "etc" / "jupyter"), str(tmp_path / "none")]
    told = servers(*root, folder=tmp_path, places=places)
    assert [contents == CONTENTS for _, _, contents in told] == [True, False]


# ---------------------------------------------------------------------------------------- while a run writes


class Sessions(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        known = self.headers["Authorization"] == "token secret" and self.path == "/api/sessions"
        body = json.dumps([{"path": "zh/01_a.ipynb"}, {"path": "../x.ipynb"}] if known else {}).encode()
        self.send_response(200 if known else 403)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which servers that run say so."""
    folder = tmp_path / "runtime"
    folder.mkdir()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def answering() -> Iterator[str]:
    """The address of a server with one notebook of the collection open."""
    http = HTTPServer(("127.0.0.1", 0), Sessions)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}/"
    http.shutdown()
    http.server_close()
    thread.join()


def says(runtime: Path, root_dir: Path, pid: int, url: str = "http://127.0.0.1:9/") -> None:
    told = {"pid": pid, "root_dir": str(root_dir), "url": url, "token": "secret"}
    (runtime / f"jpserver-{pid}.json").write_text(json.dumps(told), encoding="utf-8")


def test_an_open_lab_is_named_with_its_notebooks_and_what_to_do(
    root: Collection, runtime: Path, answering: str
):
    says(runtime, root.home / "notebooks", os.getpid(), answering)
    warned = lab.warning(root)
    assert warned.startswith(f"A lab is open on {root.home / 'notebooks'}, with zh/01_a.ipynb. ")
    assert "reload there what it changed (File, Reload Notebook from Disk) before you save." in warned


def test_a_run_says_so_and_runs(root: Collection, runtime: Path):
    says(runtime, root.home, os.getpid())
    result = commanded.asprinted("run", "01", folder=root.home)
    assert (result.returncode, "reload there" in result.stderr) == (0, True)
    (runtime / f"jpserver-{os.getpid()}.json").unlink()
    assert "reload" not in commanded.asprinted("run", "01", folder=root.home).stderr


@pytest.mark.parametrize("places", ["../elsewhere", "../copy2"])
def test_a_lab_on_something_else_is_not_named(root: Collection, runtime: Path, places: str):
    says(runtime, (root.home / places).resolve(), os.getpid())
    assert lab.warning(root) == ""
    says(runtime, root.home.parent, os.getpid())
    assert lab.warning(root) != ""


def test_a_lab_that_has_ended_or_says_nothing_readable_is_not_named(root: Collection, runtime: Path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    says(runtime, root.home, ended.pid)
    (runtime / "jpserver-1.json").write_text("{", encoding="utf-8")
    assert lab.warning(root) == ""
