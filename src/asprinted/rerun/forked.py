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
import json
import os
import signal
import sys
import traceback
from asyncio import Queue
from collections.abc import Mapping, Sequence
from contextlib import suppress
from mmap import mmap
from pathlib import Path
from time import monotonic
from typing import Any, Final, cast

import nbformat
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from nbclient import NotebookClient
from traitlets.config import Config

from asprinted.books import book
from asprinted.books.wire import passed
from asprinted.collection.collection import Collection
from asprinted.collection.fact import UnusableError
from asprinted.faults import Fault, Faults
from asprinted.processes import holding
from asprinted.processes.apart import Apart, DiedError, first
from asprinted.rerun import editions, kernels, notebooks
from asprinted.rerun.kernels import Done, Failure, Rerun

GRACE_SECONDS: Final = 5
"""How much longer than all of its time a notebook may take that does not end by itself."""

TOLD: Final = 4096
"""How many bytes a child has to say where it is."""


def rerun(
    paths: Sequence[Path], workers: int, done: Done, modules: Sequence[str] = (), **variables: str
) -> None:
    """Rerun notebooks in processes forked from this one, so many at a time, and give each to `done`.

    modules: what most notebooks import. A name that is not there costs time, never correctness. `variables`
    are added to the environment of the children, which also have whatever `share` computed.
    """
    workers = kernels.at_a_time(workers)
    with holding.temporary() as profile:
        shell = _shell(str(profile))
        # Within the trap, imports find themselves in a page: pandas asks, and chooses its widths by that.
        with shell.builtin_trap:
            os.environ.update(kernels.drawing(profile))
            _preload(modules)
        # The longest begin, so that none is left over at the end.
        waiting = sorted(paths, key=_length)
        running: dict[Apart[dict[Path, Rerun]], tuple[Path, mmap, float]] = {}
        try:
            while waiting or running:
                while waiting and len(running) < workers:
                    path, at = waiting.pop(), mmap(-1, TOLD)
                    child = Apart(_child, path, shell, variables, at)
                    running[child] = path, at, monotonic() + kernels.NOTEBOOK_SECONDS + GRACE_SECONDS
                until = min(until for _, _, until in running.values())
                late = [child for child in running if running[child][2] <= monotonic()]
                for child in first(running, max(0, until - monotonic())) or late:
                    path, at, _ = running.pop(child)
                    for place, result in _results(path, child, at, child in late).items():
                        done(place, result)
        finally:
            for child in running:
                child.stop()


def _length(path: Path) -> tuple[bool, int]:
    """Guess how long one runs: without a number it tries out much; pictures make both run and file long."""
    return not path.name[0].isdigit(), path.stat().st_size if path.is_file() else 0


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
                shared.words(file.stem), shared.headings
        for table in ("relations", "benchmark_relations"):
            for relation in shared.relations(table):
                with suppress(Fault, UnusableError):
                    shared.check(relation)


def _results(path: Path, child: Apart[dict[Path, Rerun]], at: mmap, late: bool) -> dict[Path, Rerun]:
    """Return what a child gave; where it gave nothing, why, and the cell where it was."""
    try:
        if late:
            child.stop()
        return child.result()
    except DiedError as died:
        edition, number, heading, slow = json.loads(at[:].rstrip(b"\0") or b'[false, 0, "", ""]')
        limits = {-signal.SIGALRM: slow, -signal.SIGXFSZ: kernels.TOO_MUCH}
        why = slow if late else limits.get(cast(Any, died.exitcode), str(died))
        return {editions.place(path) if edition else path: Failure(number, heading, why)}


def _shell(profile: str) -> Any:
    """Return the shell of a kernel that has no settings and no history, and no wire yet."""
    config = Config({"HistoryManager": {"hist_file": ":memory:"}})
    return ZMQInteractiveShell.instance(config=config, ipython_dir=profile)


def _preload(modules: Sequence[str]) -> None:
    for name in modules:
        with suppress(ImportError):
            importlib.import_module(name)
    # What is frozen is not visited by the children's collector, so its memory stays shared.
    gc.collect()
    gc.freeze()


def _child(path: Path, shell: Any, variables: Mapping[str, str], at: mmap) -> dict[Path, Rerun]:
    """Run a notebook and its edition in this process as in a kernel; return what their files would hold.

    at: where it says before each cell which one that is.
    """
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    # What ends a process that puts out too much is ignored by Python, which raises errors of files instead.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    os.environ.update(variables)
    # Drawing makes so many objects that the collector would look at them again and again, and find little.
    gc.set_threshold(100_000)
    sys.path.append("")
    client = _ForkedClient(shell)

    def tell(cell: nbformat.NotebookNode, cell_index: int) -> None:
        heading = notebooks.heading(client.nb, cell_index)[:300]
        told = [client.begun > 1, client.code_cells_executed + 1, heading, client.too_long]
        at[:] = json.dumps(told).encode().ljust(TOLD, b"\0")

    client.on_cell_execute = tell
    try:
        return asyncio.run(kernels.texts_of(path, client))
    except Exception:
        return {path: Failure(0, "", f"it could not be rerun\n{traceback.format_exc()}")}


class _ForkedClient(kernels.Client):
    """A client whose kernel is its own process: output is counted where it is sent, before it is too much."""

    def __init__(self, shell: Any) -> None:
        super().__init__(None)
        self.shell = shell

    async def begin(self, folder: Path) -> None:
        """Go to a folder, with a kernel whose namespace is empty."""
        os.chdir(folder)
        if self.begun:
            # A reset collects garbage; this process soon ends, and its memory with it.
            gc.freeze()
            self.shell.reset()
        self.km = self.kc = cast(Any, _Kernel(self.shell, self))

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """Take what a cell puts out."""
        return NotebookClient.process_message(self, msg, cell, cell_index)

    def put_out(self, content: Any) -> None:
        """Count what is put out; end this process where it is too much."""
        self.left -= kernels.characters(content)
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGXFSZ)


class _Kernel:
    """A kernel without a wire: it runs a cell when asked to, and then has the messages ready.

    nbclient takes it for a kernel and for the client of one.
    """

    def __init__(self, shell: Any, client: _ForkedClient) -> None:
        self.shell, self.client = shell, client
        self.shell_channel, self.iopub_channel = _Channel(), _Channel()
        self.session = _Wire(self.iopub_channel, client)
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
        signal.alarm(self.client.seconds)
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
            self.session.msg("execute_reply", passed({**reply, "traceback": []}), parent=request)
        )
        return str(request["header"]["msg_id"])


class _Channel(Queue[dict[str, Any]]):
    """Messages in the order in which they were sent."""

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        return await self.get()


class _Wire(Session):
    """A session whose messages go straight into the channel of the client, each an answer to the request."""

    def __init__(self, channel: _Channel, client: _ForkedClient) -> None:
        super().__init__(key=b"")
        self.channel, self.client, self.request = channel, client, dict[str, Any]()
        self.written: tuple[str, list[str]] = "", []

    def write(self, name: str, text: str) -> None:
        """Take what is written to a stream; it is sent in one piece, before anything else is."""
        self.client.put_out(text)
        if self.written[0] != name:
            self._send_written()
            self.written = name, []
        self.written[1].append(text)

    def send(self, stream: object, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> None:
        """Put a message where the client finds it."""
        self._send_written()
        ready = isinstance(msg_or_type, dict)
        message = msg_or_type if ready else self.msg(msg_or_type, content, parent=self.request)
        self.client.put_out(message["content"])
        self.channel.put_nowait(message | {"content": passed(message["content"])})

    def _send_written(self) -> None:
        (name, texts), self.written = self.written, ("", [])
        if texts:
            content = {"name": name, "text": passed("".join(texts))}
            self.channel.put_nowait(self.msg("stream", content, parent=self.request))


class _Stream(io.TextIOBase):
    """Standard output or error of a cell."""

    encoding = "UTF-8"

    def __init__(self, name: str, session: _Wire) -> None:
        self.name, self.session = name, session

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.session.write(self.name, text)
        return len(text)
