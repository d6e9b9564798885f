"""Run notebooks in kernels of their own: in place, or for the text that their files would have."""

from __future__ import annotations

import asyncio
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Final, TypeAlias

import nbformat
from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from tqdm import tqdm

from asprinted.books import book, wire
from asprinted.collection import cards
from asprinted.collection.files import replace
from asprinted.collection.tables import CollectionNotFound, find
from asprinted.collection.wording import Words
from asprinted.faults import Fault, Faults
from asprinted.processes import holding, lifetime
from asprinted.rerun import editions, figure_files, notebooks

CELL_SECONDS: Final = 60
"""How long one cell may run before its notebook counts as failed."""

NOTEBOOK_SECONDS: Final = 300
"""How long all cells of a notebook may run together, its edition's among them."""

STOP_SECONDS: Final = 2
"""How long what is stopped may take before it is stopped again."""

OUTPUT_CHARACTERS: Final = 10_000_000
"""How much a notebook and its edition may put out together; a picture counts as it is stored."""

SOCKET_NAME: Final = 90
"""How long the name of a socket in a folder may be; the systems' own limits are 104 and 108."""

FILES, FILES_A_KERNEL = 64, 40
"""How many files may be open at a time without a kernel, and how many more for each."""

BACKEND: Final = "module://matplotlib_inline.backend_inline"
"""What matplotlib draws on in a notebook, whatever the reader has set."""

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

Done: TypeAlias = Callable[[Path, Rerun], object]
"""What becomes of a notebook that was rerun."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one notebook: whether its file changed, or why it was left as it was.

    `warned` are the cells that wrote to standard error, as Jupyter counts them.
    """

    path: Path
    changed: bool = False
    failure: Failure | None = None
    warned: Sequence[int] = ()


def run(paths: Sequence[Path], *, workers: int | None = None, progress: bool = True) -> list[Outcome]:
    """Execute the notebooks in place, so many at a time (one a core unless said), each in its own kernel.

    A notebook is rewritten only where its text changed, together with its figures. One that fails keeps its
    old files and stops no other. Raises as `rerun` does.
    """
    outcomes: dict[Path, Outcome] = {}
    chosen = set(paths)
    with holding.temporary() as drawn, progress_bar("Running", len(paths), shown=progress) as bar:

        def store(path: Path, result: Rerun) -> None:
            if path not in chosen and outcomes[editions.original(path)].failure:
                # Of a notebook that could not be stored, no edition tells more.
                return
            outcomes[path] = _stored(path, result, drawn if path in chosen else None)
            bar.set_postfix_str(path.stem, refresh=False)
            bar.update(path in chosen)

        rerun(paths, workers or os.cpu_count() or 1, store, ASPRINTED_FIGURES=str(drawn))
    return [outcomes[path] for path in sorted(outcomes)]


@contextmanager
def progress_bar(does: str, notebooks: int, *, shown: bool) -> Iterator[Any]:
    """Give a bar that counts notebooks; no signal comes while it is made, which it would not survive."""
    with lifetime.held_back():
        bar = tqdm(total=notebooks, unit="notebook", desc=does, disable=not shown)
    with bar:
        yield bar


def _stored(path: Path, result: Rerun, drawn: Path | None) -> Outcome:
    if isinstance(result, Failure):
        return Outcome(path, failure=result)
    try:
        path.parent.mkdir(exist_ok=True)
        _set_aside(path)
        wrote = replace({path: result, **(_figures(path, drawn) if drawn else {})})
        return Outcome(path, changed=path in wrote, warned=_warned(result))
    except Faults as fault:
        return Outcome(path, failure=Failure(0, "", str(fault)))


def _figures(path: Path, drawn: Path) -> dict[Path, bytes]:
    """Return what a notebook drew, each file by the place where it belongs."""
    try:
        shelf = cards.shelf(find(path.parent))
    except CollectionNotFound:
        return {}
    own = {stem for stem, card in cards.cards(drawn).items() if card.notebook == path.stem}
    files = figure_files.files(drawn).items()
    return {shelf / name: file.read_bytes() for name, file in files if name.partition(".")[0] in own}


def _warned(text: str) -> list[int]:
    cells = (cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")
    kinds = ((cell["execution_count"], {each.get("name") for each in cell["outputs"]}) for cell in cells)
    return [number for number, names in kinds if "stderr" in names]


def _set_aside(path: Path) -> None:
    """Keep an edition that somebody edited by hand, in scratch/: the next line writes over it."""
    if path.parent.name != editions.FOLDER or not path.is_file():
        return
    if editions.edited(notebooks.read(path)):
        kept = editions.original(path).parent / "scratch" / f"{path.stem}.edited.ipynb"
        kept.parent.mkdir(exist_ok=True)
        replace({kept: path.read_bytes()})
        name = f"{editions.FOLDER}/{path.name}"
        tqdm.write(f"{name} was edited by hand, but is built from its words: your copy is {kept}", sys.stderr)


def rerun(paths: Sequence[Path], workers: int, done: Done, **variables: str) -> None:
    """Rerun notebooks in kernels of their own, so many at a time, and give each to `done` as it ends.

    `variables` are added to the environment of the kernels. Interrupting raises KeyboardInterrupt, when every
    kernel is gone.
    """
    workers = at_a_time(workers)
    try:
        with lifetime.handlers_kept():
            asyncio.run(_rerun(paths, workers, done, variables))
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def at_a_time(workers: int) -> int:
    """Return how many notebooks, up to `workers`, can run at a time with the files that a process may open.

    Where it may ask for more files, it does. Raises Fault where there are not enough for one.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES + workers * FILES_A_KERNEL
    if resource.RLIM_INFINITY != soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        workers = (soft - FILES) // FILES_A_KERNEL
    if workers < 1:
        raise Fault.of(f"{soft} files that may be open at a time", f"{FILES + FILES_A_KERNEL}: see ulimit -n")
    return workers


async def _rerun(paths: Sequence[Path], workers: int, done: Done, variables: Mapping[str, str]) -> None:
    lifetime.cancel_once(STOP_SECONDS)
    gate = asyncio.Semaphore(workers)

    async def one(path: Path) -> None:
        async with gate:
            results = await in_kernel(path, variables)
        for place, result in results.items():
            done(place, result)

    async with asyncio.TaskGroup() as group:
        for path in paths:
            group.create_task(one(path))


def _told(cell: nbformat.NotebookNode, error: CellExecutionError) -> str:
    """Return what a failed cell shows; of a fault its message alone, which says where it stands."""
    if error.ename in (Fault.__name__, Faults.__name__):
        return str(error.evalue)
    shown = [output.traceback for output in cell.outputs if output.output_type == "error"]
    told = "\n".join(*shown[-1:] or [[f"{error.ename}: {error.evalue}"]])
    return "\n".join(_COLOUR.sub("", told).splitlines()[-TRACEBACK_LINES:])


async def texts_of(path: Path, client: Client) -> dict[Path, Rerun]:
    """Return the text that a notebook has once its cells were run, and its edition's, or why there is none.

    The edition is built and run after the notebook, whose pictures it shows; where that fails there is none.
    """
    try:
        notebook = notebooks.unrun(notebooks.read(path))
        failure = await client.run(notebook, path.parent)
        if failure:
            return {path: failure}
        results: dict[Path, Rerun] = {path: notebooks.normal(notebook)}
        words = _words(path)
        if words is not None:
            place, made = editions.place(path), editions.edition(notebook, words)
            folder = place.parent if place.parent.is_dir() else path.parent
            results[place] = await client.run(made, folder) or notebooks.normal(made)
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
    """Run a notebook, and its edition after it, in one new kernel; the edition has a namespace of its own.

    Whatever goes wrong is this notebook's failure and stops no other.
    """
    client = None
    try:
        async with _kernel(path.parent, variables or {}) as client:
            return await texts_of(path, client)
    except Exception as fault:
        _raise_if_cancelled()
        what = "it could not be run" if client else "its kernel did not start"
        return {path: Failure(0, "", f"{what}: {fault or type(fault).__name__}")}


def _raise_if_cancelled() -> None:
    """Tell a run that is being stopped from a kernel that died: nbclient reports both alike."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


TOO_MUCH: Final = f"it put out more than {OUTPUT_CHARACTERS // 1_000_000} million characters"


class Client(NotebookClient):
    """Runs cells under the settings with which stored outputs were written, and counts time and output.

    `left` is how many characters may still be put out, `until` when all cells must have ended.
    """

    def __init__(self, kernel: Any) -> None:
        super().__init__(
            nbformat.v4.new_notebook(),
            km=kernel,
            timeout=CELL_SECONDS,
            record_timing=False,
            extra_arguments=[f"--Session.packer={wire.__name__}.{wire.pack.__name__}"],
            # Output that comes late is waited for, not left out.
            iopub_timeout=CELL_SECONDS,
            raise_on_iopub_timeout=True,
        )
        self.kernel, self.left = kernel, OUTPUT_CHARACTERS
        self.seconds, self.until = CELL_SECONDS, monotonic() + NOTEBOOK_SECONDS
        self.begun = 0

    async def run(self, notebook: nbformat.NotebookNode, folder: Path) -> Failure | None:
        """Run the cells of a notebook, in a folder and a namespace of its own, up to the first that fails."""
        self.nb, self.code_cells_executed = notebook, 0
        await self.begin(folder)
        self.begun += 1
        for index, cell in enumerate(notebook.cells):
            number = self.code_cells_executed + 1
            self.begin_cell()
            try:
                await self.async_execute_cell(cell, index, execution_count=number)
                if cell.cell_type == "code":
                    notebooks.join_streams(cell)
            except CellExecutionError as fault:
                error = _told(cell, fault)
            except CellTimeoutError:
                error = self.too_long
            except DeadKernelError:
                _raise_if_cancelled()
                error = TOO_MUCH if self.left < 0 else "its kernel died"
            else:
                if self.left >= 0:
                    continue
                error = TOO_MUCH
            return Failure(number, notebooks.heading(notebook, index), error)
        return None

    async def begin(self, folder: Path) -> None:
        """Give a kernel that ran a notebook an empty namespace and another folder."""
        if self.begun:
            code = f"import os as _os; _os.chdir({str(folder)!r}); get_ipython().reset()"
            kernel: Any = self.kc
            await kernel.execute_interactive(code, silent=True, store_history=False, timeout=CELL_SECONDS)

    def begin_cell(self) -> None:
        """Set how long the next cell may run."""
        self.timeout = self.seconds = max(1, min(CELL_SECONDS, round(self.until - monotonic())))

    @property
    def too_long(self) -> str:
        """Which of the two limits a cell has passed that did not end."""
        if self.seconds == CELL_SECONDS:
            return f"it ran longer than {CELL_SECONDS} seconds"
        return f"its notebook ran longer than {NOTEBOOK_SECONDS} seconds in all"

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """Take what a cell puts out until it is too much, and then end the kernel, which may never stop."""
        self.left -= characters(msg["content"])
        if self.left >= 0 or msg["msg_type"] == "status":
            return super().process_message(msg, cell, cell_index)
        lifetime.stop_group(self.kernel.provisioner.pgid)
        return None


def drawing(profile: Path) -> dict[str, str]:
    """Return the variables by which matplotlib draws alike, and warns of nothing, whatever the reader's home.

    profile: where it keeps what it knows of typefaces if nothing can be written there.
    """
    set_to = {"MPLBACKEND": BACKEND, "MATPLOTLIBRC": os.devnull}
    return set_to if _can_write_at_home() else {**set_to, "MPLCONFIGDIR": str(profile)}


def _can_write_at_home() -> bool:
    """Say whether matplotlib finds, or can make, its folders where it looks for them."""
    try:
        own, home = os.environ.get("MPLCONFIGDIR"), Path.home()
        config, cache = (os.environ.get(f"XDG_{name}_HOME") for name in ("CONFIG", "CACHE"))
        folders = [Path(own)] if own else [Path(config or home / ".config"), Path(cache or home / ".cache")]
        for folder in folders if own else [each / "matplotlib" for each in folders]:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK | os.X_OK):
                return False
    # The first where a folder cannot be made, the second where nobody knows of a home.
    except (OSError, RuntimeError):
        return False
    return True


def characters(content: Any) -> int:
    """Return how many characters there are in a message.

    >>> characters({"data": {"text/plain": "21454"}, "metadata": {}, "traceback": ["a", "b"]})
    7
    """
    if isinstance(content, str):
        return len(content)
    inside = content.values() if isinstance(content, Mapping) else content
    return sum(map(characters, inside)) if isinstance(inside, Iterable) else 0


class _ThisPython(KernelSpecManager):
    """The interpreter that runs this code, whatever kernels the reader has installed under the same name."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(resource_dir=RESOURCES, **get_kernel_dict())


@asynccontextmanager
async def _kernel(folder: Path, variables: Mapping[str, str]) -> AsyncIterator[Client]:
    """Give a client with a kernel of its own, without the reader's settings, until the block ends."""
    with holding.temporary() as profile:
        client = await _started(folder, variables, profile)
        try:
            yield client
        except asyncio.CancelledError:
            # A cell that is writing a figure gets the time to take its unfinished file away.
            with suppress(RuntimeError):
                await client.kernel.interrupt_kernel()
                await asyncio.sleep(0.3)
            raise
        finally:
            await _end(client)


async def _started(folder: Path, variables: Mapping[str, str], profile: Path) -> Client:
    """Return a client whose kernel answers; on a busy machine one may not, and is started again."""
    try:
        return await _start(folder, variables, profile, profile / "1.json")
    except RuntimeError:
        return await _start(folder, variables, profile, profile / "2.json")


async def _start(folder: Path, variables: Mapping[str, str], profile: Path, file: Path) -> Client:
    parent = os.getpid()
    lifetime.system()
    # Ports are chosen before they are taken, and in between another kernel may take them.
    way = "ipc" if len(str(file)) < SOCKET_NAME else "tcp"
    manager = AsyncKernelManager(kernel_spec_manager=_ThisPython(), connection_file=str(file), transport=way)
    client = Client(manager)
    try:
        await client.async_start_new_kernel(
            cwd=str(folder),
            env={**os.environ, **variables, "IPYTHONDIR": str(profile), **drawing(profile)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=(lambda: lifetime.with_parent(parent)) if lifetime.LINUX else None,
        )
        await client.async_start_new_kernel_client()
    except BaseException:
        await _end(client)
        raise
    return client


async def _end(client: Client) -> None:
    """End a kernel, and what its cells left running."""
    if client.kc is not None:
        client.kc.stop_channels()
    if client.kernel.has_kernel:
        # Whatever interrupts what is awaited below, the kernel writes nothing any more.
        lifetime.stop_group(client.kernel.provisioner.pgid)
        client.kernel.provisioner.process.wait()
        await client.kernel.shutdown_kernel(now=True)
