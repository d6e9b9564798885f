"""Rerun notebooks without kernels, in processes forked from one that has done the heavy imports.

Each is as far apart from the others as with a kernel of its own, in a third of the time. What the cells print
and show passes through ipykernel's own code and then nbclient's, as it did when the outputs were stored; only
the wire between the two is left out. Linux alone: elsewhere a fork of such a process is not safe.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import io
import os
import signal
import sys
import tempfile
import traceback
from asyncio import Queue
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Final, cast

import nbformat
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from nbclient import NotebookClient
from traitlets.config import Config

from asprinted.books import book
from asprinted.collection.fact import UnusableError
from asprinted.collection.home import Collection
from asprinted.faults import Fault, Faults
from asprinted.rerun import kernels
from asprinted.rerun.apart import Apart, DiedError
from asprinted.rerun.kernels import Done, Failure, Rerun

BACKEND: Final = "module://matplotlib_inline.backend_inline"


def rerun(
    paths: Sequence[Path], workers: int, done: Done, modules: Sequence[str] = (), **variables: str
) -> None:
    """Rerun notebooks in processes forked from this one, so many at a time, and give each to `done`.

    modules: what most notebooks import. A name that is not there costs time, never correctness. `variables`
    are added to the environment of the children, which also have whatever `share` computed.
    """
    with tempfile.TemporaryDirectory(prefix="asprinted-") as profile:
        shell = _shell(profile)
        # Within the trap, imports find themselves in a page: pandas asks, and chooses its widths by that.
        with shell.builtin_trap:
            _preload(modules)
        # The longest begin, so that none is left over at the end; pictures make both run and file long.
        waiting = sorted(paths, key=lambda path: path.stat().st_size)
        running: dict[Any, tuple[Path, Apart[dict[Path, Rerun]]]] = {}
        while waiting or running:
            while waiting and len(running) < workers:
                path = waiting.pop()
                child = Apart(_child, path, shell, variables, method="fork")
                running[child.ready] = path, child
            for ready in wait(list(running)):
                path, child = running.pop(ready)
                for place, result in _results(path, child).items():
                    done(place, result)


def share(collection: Collection) -> None:
    """Compute all facts and checks and read all words once, for the processes forked from this one.

    What cannot be computed is told by the notebook that asks for it.
    """
    with suppress(Faults):
        shared = book.opened(collection.home)
        for key in shared:
            with suppress(Fault, UnusableError):
                shared[key], shared.facts.admitted(key)
        for file in shared.words_folder.glob("[0-9]*.toml"):
            with suppress(Fault, Faults):
                shared.words(file.stem)
        for table in ("relations", "benchmark_relations"):
            for relation in shared.relations(table):
                with suppress(Fault, UnusableError):
                    shared.check(relation)


def _results(path: Path, child: Apart[dict[Path, Rerun]]) -> dict[Path, Rerun]:
    try:
        return child.result()
    except DiedError as died:
        slow = f"a cell ran longer than {kernels.CELL_SECONDS} seconds"
        return {path: Failure(0, "", slow if died.exitcode == -signal.SIGALRM else str(died))}


def _shell(profile: str) -> Any:
    """Return the shell of a kernel that has no settings and no history, and no wire yet."""
    config = Config({"HistoryManager": {"hist_file": ":memory:"}})
    return ZMQInteractiveShell.instance(config=config, ipython_dir=profile)


def _preload(modules: Sequence[str]) -> None:
    os.environ.setdefault("MPLBACKEND", BACKEND)
    for name in modules:
        with suppress(ImportError):
            importlib.import_module(name)
    # What is frozen is not visited by the children's collector, so its memory stays shared.
    gc.collect()
    gc.freeze()


def _child(path: Path, shell: Any, variables: Mapping[str, str]) -> dict[Path, Rerun]:
    """Run a notebook and its edition in this process as in a kernel; return what their files would hold."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.environ.update(variables)
    # Drawing makes so many objects that the collector would look at them again and again, and find little.
    gc.set_threshold(100_000)
    sys.path.append("")

    started: list[Path] = []

    async def run_all(notebook: nbformat.NotebookNode, folder: Path) -> Failure | None:
        os.chdir(folder)
        if started:
            shell.reset()
        started.append(folder)
        kernel = cast(Any, _Kernel(shell))
        client = NotebookClient(notebook, km=kernel, **kernels.settings())
        client.kc = kernel
        return await kernels.run_cells(client)

    try:
        return asyncio.run(kernels.texts_of(path, run_all))
    except Exception:
        return {path: Failure(0, "", f"it could not be rerun\n{traceback.format_exc()}")}


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
        signal.alarm(kernels.CELL_SECONDS)
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
