"""Rerun every notebook and hold its outputs and figures to the stored ones, exactly; write nothing.

Where the whole collection is checked, what `guandu build` and `guandu run` write beside them is held too:
built tables, their dictionary, the gallery, README's blocks; and the seal, so that no typed number changed.

On Linux the heavy imports happen once, and each notebook runs in a process forked from there: as far apart
from the others as with a kernel of its own, in a third of the time. What the cells print and show passes
through ipykernel's own code and then nbclient's, as it did when the outputs were stored; only the wire
between the two is left out. Elsewhere each notebook has a plain kernel.
"""

from __future__ import annotations

import asyncio
import difflib
import gc
import importlib
import io
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from asyncio import Queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

import nbformat
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from nbclient import NotebookClient
from tqdm import tqdm
from traitlets.config import Config

from guandu import collection, dataset, sealing, tables
from guandu.collection import Failure
from guandu.tables import Faults

DIFF_LINES: Final = 24
"""How many lines of a difference are shown; the rest is counted."""

PRELOADED: Final = ("pandas", "matplotlib.pyplot", "seaborn", "guandu.quantities", "guandu.figures")
"""What most notebooks import. A name that is not there costs time, never correctness."""

_BACKEND = "module://matplotlib_inline.backend_inline"

Rerun: TypeAlias = "str | Failure"
"""The text that a notebook's file would have, or why there is none."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a rerun gives otherwise than stored: where it is, and what differs."""

    where: str
    shown: str

    def __str__(self) -> str:
        """Return the place, and the difference indented below it."""
        return f"{self.where}\n" + "\n".join(f"    {line}" for line in self.shown.splitlines())


def check(
    root: Path, paths: Sequence[Path] = (), *, workers: int = 2, progress: bool = True
) -> list[Difference]:
    """Return every difference between a rerun of the notebooks and what they and `figures/` hold.

    paths: the notebooks to rerun; all of the collection where none is named, and then a figure that no
    notebook draws is a difference too, and so is whatever else is not as it would be built now. Where figures
    differ, the fresh ones stay in a temporary folder.
    """
    if paths:
        return _check_notebooks(root, paths, {path.stem for path in paths}, workers, progress)
    with _meanwhile(compare_built, root) as built:
        found = _check_notebooks(root, collection.notebooks(root), None, workers, progress)
        return built() + found


def _check_notebooks(
    root: Path, paths: Sequence[Path], owners: set[str] | None, workers: int, progress: bool
) -> list[Difference]:
    """Rerun notebooks; return the differences of their outputs and of the figures of these owners, or all."""
    rerun = _forked if sys.platform == "linux" else _in_kernels
    found: list[Difference] = []
    fresh = Path(tempfile.mkdtemp(prefix="guandu-figures-"))
    figures: list[Difference] = []
    try:
        with (
            _figures_in(fresh),
            tqdm(total=len(paths), unit="notebook", desc="Checking", disable=not progress) as bar,
        ):
            for path, result in rerun(paths, workers):
                found += compare_notebook(path, result)
                bar.update()
        figures = compare_figures(root / "figures", fresh, owners)
    finally:
        # Where figures differ, a person wants to look at the fresh ones.
        if not figures:
            shutil.rmtree(fresh)
    return sorted(found, key=lambda difference: difference.where) + figures


@contextmanager
def _meanwhile(
    look: Callable[[Path], list[Difference]], root: Path
) -> Iterator[Callable[[], list[Difference]]]:
    """Look at a collection in a process of its own, and give what waits for what was found there."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_send, args=(look, root, sender), daemon=True)
    process.start()
    sender.close()

    def found() -> list[Difference]:
        try:
            return cast(list[Difference], receiver.recv())
        except EOFError:
            process.join()
            return [Difference("data", f"the process that looked at it died ({process.exitcode})")]

    try:
        yield found
    finally:
        process.terminate()
        process.join()


def _send(look: Callable[[Path], list[Difference]], root: Path, sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # An interrupt ends the whole check, and that ends this.
    sender.send(look(root))


def compare_built(root: Path) -> list[Difference]:
    """Return which built tables and pages would be built otherwise now, and where the seal is broken."""
    found: list[Difference] = []

    def compare_pages(root: Path) -> None:
        for page, text in collection.pages(root).items():
            stored = page.read_text(encoding="utf-8") if page.is_file() else ""
            if stored != text:
                shown = _diff(stored.splitlines(), text.splitlines())
                found.append(Difference(str(page.relative_to(root)), shown))

    # A collection may have notebooks alone, and a table that has no seal yet.
    needed: dict[str, Callable[[Path], None]] = {"printed": dataset.fresh, sealing.SEAL: sealing.check_seal}
    for look in (*(needed[name] for name in needed if name in tables.names(root)), compare_pages):
        try:
            look(root)
        except Faults as faults:
            found.append(Difference("data", _cut(str(faults).splitlines())))
    return found


@contextmanager
def _figures_in(folder: Path) -> Iterator[None]:
    """Let every figure that is saved meanwhile go to a folder outside the tree."""
    before = os.environ.get("GUANDU_FIGURES")
    os.environ["GUANDU_FIGURES"] = str(folder)
    try:
        yield
    finally:
        del os.environ["GUANDU_FIGURES"]
        if before is not None:
            os.environ["GUANDU_FIGURES"] = before


def compare_notebook(path: Path, rerun: Rerun) -> list[Difference]:
    """Return where a stored notebook differs from its rerun: cell by cell, else in the rest of its file."""
    if isinstance(rerun, Failure):
        return [Difference(f"{path.name}, {rerun.place}", rerun.error)]
    text = path.read_text(encoding="utf-8")
    if text == rerun:
        return []
    stored, fresh = (nbformat.reads(each, as_version=4) for each in (text, rerun))
    found, number = [], 0
    for index, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True)):
        number += new.cell_type == "code"
        if old != new:
            under = collection.heading(fresh, index)
            place = Failure(number, under, "").place
            found.append(Difference(f"{path.name}, {place}", _diff(_readable(old), _readable(new))))
    whole = "its cells agree; the rest of the file is not as `guandu run` writes it\n"
    return found or [Difference(path.name, whole + _diff(text.splitlines(), rerun.splitlines()))]


def compare_figures(stored: Path, fresh: Path, owners: set[str] | None) -> list[Difference]:
    """Return the files of two folders of figures that are missing, left over, or differ in any byte.

    owners: the notebooks whose figures were drawn afresh; None where all were, and nothing may be left over.
    """
    old, new = ({file.name: file for file in _figure_files(folder)} for folder in (stored, fresh))
    if owners is not None:
        stems = {stem for stem, card in collection.cards(stored).items() if card["notebook"] in owners}
        old = {name: file for name, file in old.items() if name.partition(".")[0] in stems or name in new}
    found = []
    for name in sorted(old.keys() | new.keys()):
        where = f"figures/{name}"
        if name not in new:
            found.append(Difference(where, "no notebook draws it; delete it, or run the notebook that does"))
        elif name not in old:
            found.append(Difference(where, "it is not there; `guandu run` writes it"))
        elif old[name].read_bytes() != new[name].read_bytes():
            found.append(Difference(where, _file_difference(old[name], new[name])))
    return found


def _figure_files(folder: Path) -> list[Path]:
    kinds = {".svg", ".png", ".csv", ".json"}
    return [file for file in folder.glob("[!.]*") if file.suffix in kinds] if folder.is_dir() else []


def _file_difference(old: Path, new: Path) -> str:
    places = f"stored: {old}\nfresh:  {new}"
    if old.suffix in (".png", ".svg"):
        return places
    return f"{places}\n" + _diff(*(file.read_text(encoding="utf-8").splitlines() for file in (old, new)))


def _readable(cell: Mapping[str, Any]) -> list[str]:
    """Return a cell in lines for a diff, each output under its kind; a picture is told by a digest."""
    lines = [] if cell["cell_type"] != "code" else [f"In [{cell['execution_count'] or ' '}]"]
    lines += [f"metadata {key}: {value}" for key, value in cell["metadata"].items()]
    for output in cell.get("outputs", []):
        kind = output["output_type"]
        if kind == "stream":
            lines += [f"{output['name']}:", *output["text"].splitlines()]
            continue
        lines.append(f"{kind} {output.get('execution_count', '')}".strip())
        for mime, data in output.get("data", {}).items():
            shown = (
                f"{len(data)} characters, {hash(data) & 0xFFFFFFFF:08x}" if "image/" in mime else str(data)
            )
            lines += [f"{mime}:", *shown.splitlines()]
        lines += [str(output[key]) for key in ("metadata", "ename", "evalue") if output.get(key)]
    return lines


def _diff(old: Sequence[str], new: Sequence[str]) -> str:
    return _cut(list(difflib.unified_diff(old, new, "stored", "fresh", lineterm="", n=1)))


def _cut(lines: Sequence[str]) -> str:
    shown = [line if len(line) <= 160 else line[:157] + "..." for line in lines[:DIFF_LINES]]
    more = len(lines) - DIFF_LINES
    return "\n".join(shown + [f"... and {more} lines more"] * (more > 0))


def _in_kernels(paths: Sequence[Path], workers: int) -> Iterator[tuple[Path, Rerun]]:
    """Rerun notebooks in kernels of their own, so many at a time."""

    async def one(path: Path) -> Rerun:
        return await _rerun(path, lambda notebook: collection.fresh(notebook, path.parent))

    async def batch(some: Sequence[Path]) -> list[Rerun]:
        return await asyncio.gather(*map(one, some))

    for start in range(0, len(paths), workers):
        some = paths[start : start + workers]
        yield from zip(some, asyncio.run(batch(some)), strict=True)


async def _rerun(path: Path, execute: Callable[[nbformat.NotebookNode], Any]) -> Rerun:
    try:
        notebook = collection.unrun(collection.read(path))
    except Faults as fault:
        return Failure(0, "", str(fault))
    return await execute(notebook) or collection.normal(notebook)


def _forked(paths: Sequence[Path], workers: int) -> Iterator[tuple[Path, Rerun]]:
    """Rerun notebooks in processes forked from this one, so many at a time, and give each as it ends."""
    with tempfile.TemporaryDirectory(prefix="guandu-") as profile:
        shell = _shell(profile)
        # Within the trap, imports find themselves in a page: pandas asks, and chooses its widths by that.
        with shell.builtin_trap:
            _preload()
        yield from _children(paths, workers, shell)


def _children(paths: Sequence[Path], workers: int, shell: Any) -> Iterator[tuple[Path, Rerun]]:
    context = multiprocessing.get_context("fork")
    waiting: list[Path] = list(reversed(paths))
    running: dict[Any, tuple[Path, Any]] = {}
    while waiting or running:
        while waiting and len(running) < workers:
            path = waiting.pop()
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_child, args=(path, shell, sender), daemon=True)
            # The only threads here are those of numerical libraries, which see to forks themselves.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                process.start()
            sender.close()
            running[receiver] = path, process
        for ready in cast(list[Any], wait(list(running))):
            path, process = running.pop(ready)
            try:
                result: Rerun = ready.recv()
            except EOFError:
                process.join()
                slow = process.exitcode == -signal.SIGALRM
                seconds = f"a cell ran longer than {collection.CELL_SECONDS} seconds"
                result = Failure(0, "", seconds if slow else f"its process died ({process.exitcode})")
            process.join()
            yield path, result


def _shell(profile: str) -> Any:
    """Return the shell of a kernel that has no settings and no history, and no wire yet."""
    config = Config({"HistoryManager": {"hist_file": ":memory:"}})
    return ZMQInteractiveShell.instance(config=config, ipython_dir=profile)


def _preload() -> None:
    os.environ.setdefault("MPLBACKEND", _BACKEND)
    for name in PRELOADED:
        with suppress(ImportError):
            importlib.import_module(name)
    # What is frozen is not visited by the children's collector, so its memory stays shared.
    gc.collect()
    gc.freeze()


def _child(path: Path, shell: Any, sender: Connection) -> None:
    """Run one notebook in this process as in a kernel, and send what its file would hold."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.chdir(path.parent)
    sys.path.append("")

    async def execute(notebook: nbformat.NotebookNode) -> Failure | None:
        kernel = cast(Any, _Kernel(shell))
        client = NotebookClient(notebook, km=kernel, **collection.settings())
        client.kc = kernel
        return await collection.execute(client)

    try:
        result = asyncio.run(_rerun(path, execute))
    except Exception:
        result = Failure(0, "", f"it could not be rerun\n{traceback.format_exc()}")
    sender.send(result)
    sender.close()


class _Kernel:
    """A kernel without a wire: it runs a cell when asked to, and then has the messages ready.

    nbclient takes it for a kernel and for the client of one.
    """

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.shell_channel, self.iopub_channel = _Channel(), _Channel()
        self.session = _Wire(self.iopub_channel)
        for publisher in (shell.displayhook, shell.display_pub):
            publisher.session, publisher.pub_socket = self.session, self.session
        sys.stdout, sys.stderr = (_Stream(name, self.session) for name in ("stdout", "stderr"))

    def is_alive(self) -> bool:
        return True

    async def execute(self, code: str, *, store_history: bool, stop_on_error: bool) -> str:
        """Run one cell, as ipykernel does, and return the name of the request that its messages answer."""
        request = self.session.msg("execute_request")
        self.session.request = request
        self.shell.set_parent(request)
        signal.alarm(collection.CELL_SECONDS)
        try:
            ready, fault = self.shell.transform_cell(code), None
        except Exception:
            ready, fault = code, sys.exc_info()
        result = await self.shell.run_cell_async(
            code, store_history=store_history, transformed_cell=ready, preprocessing_exc_tuple=fault
        )
        self.shell.events.trigger("post_execute")
        self.shell.events.trigger("post_run_cell", result)
        signal.alarm(0)
        error = result.error_before_exec or result.error_in_exec
        reply = {"status": "error" if error else "ok", "ename": type(error).__name__, "evalue": str(error)}
        self.session.send(None, "status", {"execution_state": "idle"})
        self.shell_channel.put_nowait(
            self.session.msg("execute_reply", {**reply, "traceback": []}, parent=request)
        )
        return str(request["header"]["msg_id"])


class _Channel(Queue[dict[str, Any]]):
    """Messages in the order in which they were sent."""

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        return await self.get()


class _Wire(Session):
    """A session whose messages go straight into the channel of the client, each an answer to the request."""

    def __init__(self, channel: _Channel) -> None:
        super().__init__(key=b"")
        self.channel, self.request = channel, dict[str, Any]()

    def send(self, stream: object, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> None:
        """Put a message where the client finds it."""
        ready = isinstance(msg_or_type, dict)
        self.channel.put_nowait(msg_or_type if ready else self.msg(msg_or_type, content, parent=self.request))


class _Stream(io.TextIOBase):
    """Standard output or error of a cell, sent as it is written."""

    encoding = "UTF-8"

    def __init__(self, name: str, session: Session) -> None:
        self.name, self.session = name, session

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self.session.send(None, "stream", {"name": self.name, "text": text})
        return len(text)
