"""Run notebooks in kernels of their own: in place, or for the text that their files would have."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import nbformat
from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from tqdm import tqdm

from asprinted.books import book
from asprinted.collection.files import replace
from asprinted.collection.tables import CollectionNotFound
from asprinted.collection.wording import Words
from asprinted.faults import Faults
from asprinted.rerun import editions, notebooks

CELL_SECONDS: Final = 60
"""How long one cell may run before its notebook counts as failed."""

TRACEBACK_LINES: Final = 12
"""How much of a failed cell's traceback is worth reading."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Failure:
    """Where and why a notebook stopped: its cell as Jupyter counts them, the heading above, the error."""

    cell: int
    heading: str
    error: str

    @property
    def place(self) -> str:
        """Where it stopped, in words."""
        place = f"cell In [{self.cell}]" if self.cell else "before its first cell"
        return place + (f', under "{self.heading}"' if self.heading else "")

    def __str__(self) -> str:
        """Return the failure as a person wants to see it, the error indented below its place."""
        return f"{self.place}\n" + "\n".join(f"    {line}" for line in self.error.splitlines())


Rerun: TypeAlias = "str | Failure"
"""The text that a notebook's file would have, or why there is none."""

Execution: TypeAlias = Callable[[nbformat.NotebookNode, Path], Awaitable[Failure | None]]
"""Runs the cells of a notebook, in a folder and a namespace of its own; it then has their outputs."""

Done: TypeAlias = Callable[[Path, Rerun], object]
"""What becomes of a notebook that was rerun."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one notebook: whether its file changed, or why it was left as it was."""

    path: Path
    changed: bool = False
    failure: Failure | None = None


def run(paths: Sequence[Path], *, workers: int | None = None, progress: bool = True) -> list[Outcome]:
    """Execute the notebooks in place, so many at a time (one a core unless said), each in its own kernel.

    A notebook is rewritten only where its text changed. One that fails keeps its old file and stops no other.
    Raises as `rerun` does.
    """
    outcomes: dict[Path, Outcome] = {}
    chosen = set(paths)
    with tqdm(total=len(paths), unit="notebook", desc="Running", disable=not progress) as bar:

        def store(path: Path, result: Rerun) -> None:
            outcomes[path] = _stored(path, result)
            bar.set_postfix_str(path.stem, refresh=False)
            bar.update(path in chosen)

        rerun(paths, workers or os.cpu_count() or 1, store)
    return [outcomes[path] for path in sorted(outcomes)]


def _stored(path: Path, result: Rerun) -> Outcome:
    if isinstance(result, Failure):
        return Outcome(path, failure=result)
    try:
        path.parent.mkdir(exist_ok=True)
        _set_aside(path)
        return Outcome(path, changed=bool(replace({path: result})))
    except Faults as fault:
        return Outcome(path, failure=Failure(0, "", str(fault)))


def _set_aside(path: Path) -> None:
    """Keep an edition that somebody edited by hand, in scratch/: the next line writes over it."""
    if path.parent.name != editions.FOLDER or not path.is_file():
        return
    if editions.edited(notebooks.read(path)):
        kept = editions.original(path).parent / "scratch" / f"{path.stem}.edited.ipynb"
        kept.parent.mkdir(exist_ok=True)
        replace({kept: path.read_bytes()})
        said = f"{path.name} was edited by hand, but is built from its words: your copy is {kept}"
        print(said, file=sys.stderr)


def rerun(paths: Sequence[Path], workers: int, done: Done, **variables: str) -> None:
    """Rerun notebooks in kernels of their own, so many at a time, and give each to `done` as it ends.

    `variables` are added to the environment of the kernels. Interrupting raises KeyboardInterrupt, when every
    kernel is gone.
    """
    try:
        asyncio.run(_rerun(paths, workers, done, variables))
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


async def _rerun(paths: Sequence[Path], workers: int, done: Done, variables: Mapping[str, str]) -> None:
    _stop_like_interrupt()
    gate = asyncio.Semaphore(workers)

    async def one(path: Path) -> None:
        async with gate:
            results = await in_kernel(path, variables)
        for place, result in results.items():
            done(place, result)

    async with asyncio.TaskGroup() as group:
        for path in paths:
            group.create_task(one(path))


def _stop_like_interrupt() -> None:
    """Let a polite kill end the run as Ctrl-C does, which leaves no kernel behind."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    if task is not None:
        # A thread other than the first may set none.
        with suppress(RuntimeError, ValueError):
            loop.add_signal_handler(signal.SIGTERM, task.cancel)


async def texts_of(path: Path, run_all: Execution) -> dict[Path, Rerun]:
    """Return the text that a notebook has once its cells were run, and its edition's, or why there is none.

    The edition is built and run after the notebook, whose pictures it shows; where that fails there is none.
    """
    try:
        notebook = notebooks.unrun(notebooks.read(path))
        failure = await run_all(notebook, path.parent)
        if failure:
            return {path: failure}
        results: dict[Path, Rerun] = {path: notebooks.normal(notebook)}
        words = _words(path)
        if words is not None:
            place, made = editions.place(path), editions.edition(notebook, words)
            folder = place.parent if place.parent.is_dir() else path.parent
            results[place] = await run_all(made, folder) or notebooks.normal(made)
        return results
    except Faults as fault:
        return {path: Failure(0, "", str(fault))}


def _words(path: Path) -> Words | None:
    """Return the words of a notebook that has an edition."""
    try:
        collection = book.opened(path.parent)
    except CollectionNotFound:
        return None
    words = collection.words(path.stem)
    return words if words.cells and path.parent == collection.home / "notebooks" else None


async def in_kernel(path: Path, variables: Mapping[str, str] | None = None) -> dict[Path, Rerun]:
    """Run a notebook, and its edition after it, in one new kernel; the edition has a namespace of its own."""
    started: list[NotebookClient] = []
    try:
        async with _kernel(path.parent, variables or {}) as client:

            async def run_all(notebook: nbformat.NotebookNode, folder: Path) -> Failure | None:
                client.nb, client.code_cells_executed = notebook, 0
                if started:
                    await _begin_again(client, folder)
                started.append(client)
                return await run_cells(client)

            return await texts_of(path, run_all)
    except RuntimeError as fault:
        _raise_if_cancelled()
        return {path: Failure(0, "", f"its kernel did not start: {fault}")}


async def _begin_again(client: NotebookClient, folder: Path) -> None:
    """Give a kernel an empty namespace and another folder."""
    code = f"import os as _os; _os.chdir({str(folder)!r}); get_ipython().reset()"
    kernel: Any = client.kc
    await kernel.execute_interactive(code, silent=True, store_history=False, timeout=CELL_SECONDS)


async def run_cells(client: NotebookClient) -> Failure | None:
    """Run every cell of the client's notebook in order, and stop at the first that fails."""
    for index, cell in enumerate(client.nb.cells):
        number = client.code_cells_executed + 1
        try:
            await client.async_execute_cell(cell, index, execution_count=number)
        except CellExecutionError as fault:
            shown = [output.traceback for output in cell.outputs if output.output_type == "error"]
            lines = _COLOUR.sub(
                "", "\n".join(*shown[-1:] or [[f"{fault.ename}: {fault.evalue}"]])
            ).splitlines()
            error = "\n".join(lines[-TRACEBACK_LINES:])
        except CellTimeoutError:
            error = f"it ran longer than {client.timeout} seconds"
        except DeadKernelError:
            _raise_if_cancelled()
            error = "its kernel died"
        else:
            continue
        return Failure(number, notebooks.heading(client.nb, index), error)
    return None


def _raise_if_cancelled() -> None:
    """Tell a run that is being stopped from a kernel that died: nbclient reports both alike."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def settings() -> dict[str, Any]:
    """Return the settings under which stored outputs were written, for whoever writes fresh ones."""
    return {"timeout": CELL_SECONDS, "record_timing": False, "coalesce_streams": True}


class _ThisPython(KernelSpecManager):
    """The interpreter that runs this code, whatever kernels the reader has installed under the same name."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(resource_dir=RESOURCES, **get_kernel_dict())


@asynccontextmanager
async def _kernel(folder: Path, variables: Mapping[str, str]) -> AsyncIterator[NotebookClient]:
    """Give a client with a kernel of its own, without the reader's settings, until the block ends."""
    manager = AsyncKernelManager(kernel_spec_manager=_ThisPython())
    client = NotebookClient(nbformat.v4.new_notebook(), km=manager, **settings())
    with tempfile.TemporaryDirectory(prefix="asprinted-", ignore_cleanup_errors=True) as profile:
        try:
            await client.async_start_new_kernel(
                cwd=str(folder),
                env={**os.environ, **variables, "IPYTHONDIR": profile},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            await client.async_start_new_kernel_client()
            yield client
        except asyncio.CancelledError:
            # A cell that is writing a figure gets the time to take its unfinished file away.
            with suppress(RuntimeError):
                await manager.interrupt_kernel()
                await asyncio.sleep(0.3)
            raise
        finally:
            if client.kc is not None:
                client.kc.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)
