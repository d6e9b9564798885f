"""Rerun the notebooks of a collection in place, and write the pages that are built from what they leave."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

import nbformat
from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from tqdm import tqdm

from guandu import dataset, findings, tables
from guandu.audit import Check
from guandu.tables import Fault, Faults

CELL_SECONDS: Final = 60
"""How long one cell may run before its notebook counts as failed."""

TRACEBACK_LINES: Final = 12
"""How much of a failed cell's traceback is worth reading."""

_GALLERY = (
    "Every figure, in English and in Chinese, under the question that it answers. The table "
    "beside it holds exactly what is drawn. `make` writes this page; a caption is changed in its notebook.",
    "全部图表按笔记本排列，中英文各一；同名 CSV 即所绘数据。本页由 `make` 生成，图注请在笔记本中修改。",
)
_BLOCK = re.compile(r"<!-- guandu:(?P<what>(?!end)[^>]*?) -->\n.*?<!-- guandu:end -->", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class BusyError(BlockingIOError):
    """Another run holds this collection; nothing was touched."""


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one notebook: whether its file changed, or why it was left as it was."""

    path: Path
    changed: bool = False
    failure: Failure | None = None


def notebooks(root: Path) -> list[Path]:
    """Return the notebooks of the collection in `root`, in reading order; scratch ones are none of it."""
    return sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb"))


def choose(root: Path, names: Sequence[str]) -> list[Path]:
    """Return the notebooks that `names` mean: a path, a file name, or how it begins (`02`); all for none.

    Raises Faults for a name that fits no notebook, with those there are.
    """
    every = notebooks(root)
    chosen = {name: [path for path in every if path.name.startswith(Path(name).name)] for name in names}
    unknown = [name for name, found in chosen.items() if not found]
    if unknown:
        there = ", ".join(path.name for path in every) or "none, there is no notebook yet"
        faults = [Fault("notebooks", None, "", f"no notebook {name}", f"one of {there}") for name in unknown]
        raise Faults(faults, outcome="nothing was run")
    return sorted({path for found in chosen.values() for path in found}) or every


def read(path: Path) -> nbformat.NotebookNode:
    """Return a notebook as version 4 has it; raises Faults where the file is none."""
    try:
        notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)
    except (ValueError, AttributeError, nbformat.ValidationError) as fault:
        wrong = Fault(path.name, None, "", f"no readable notebook ({fault})", "one that Jupyter can open")
        raise Faults([wrong], outcome="it was not run") from fault
    return notebook


def unrun(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take away what a run leaves behind; returns the same notebook."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def normal(notebook: nbformat.NotebookNode) -> str:
    """Return the text of a notebook's file, without what differs by machine or says when it ran."""
    notebook.metadata = nbformat.NotebookNode(
        {
            **{key: value for key, value in notebook.metadata.items() if key != "widgets"},
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for cell in notebook.cells:
        for passing in ("execution", "ExecuteTime", "collapsed", "scrolled"):
            cell.metadata.pop(passing, None)
    text: str = nbformat.writes(notebook)
    return text.rstrip("\n") + "\n"


def heading(notebook: nbformat.NotebookNode, index: int) -> str:
    """Return the last heading at or above the cell at `index`, without its marks; empty for none."""
    above = "\n".join(cell.source for cell in notebook.cells[: index + 1] if cell.cell_type == "markdown")
    found = re.findall(r"^#{1,6} +(.+?)\s*$", above, flags=re.MULTILINE)
    return found[-1] if found else ""


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the collection for one writer; the hold ends with the process, however that ends.

    When it ends, what a kernel that was killed left unfinished among the figures is taken away. Raises
    BusyError where another run holds the collection.
    """
    with _held(root) as taken:
        if not taken:
            raise BusyError(
                f"another run is writing in {root}. Nothing was touched; wait until it ends, or stop it."
            )
        try:
            yield
        finally:
            for left in (root / "figures").glob(".*.*"):
                if left.is_file():
                    left.unlink(missing_ok=True)


@contextlib.contextmanager
def _held(root: Path) -> Iterator[bool]:
    if sys.platform == "win32":
        import msvcrt
        import zlib

        # Windows locks no folder; a file outside the tree stands for it.
        name = f"guandu-{zlib.crc32(str(root.resolve()).encode()):08x}.lock"
        with (Path(tempfile.gettempdir()) / name).open("w") as file:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                yield False
            else:
                yield True
    else:
        import fcntl

        folder = os.open(root / "data", os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
        finally:
            os.close(folder)


@contextlib.contextmanager
def figure_states() -> Iterator[dict[str, str]]:
    """Give a mapping that holds, when the block has ended, what became of each figure saved meanwhile.

    By stem, in the words of `figures.save`: `written`, `unchanged` or `left alone`.
    """
    states: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="guandu-") as folder:
        log = Path(folder) / "figures.log"
        os.environ["GUANDU_FIGURES_LOG"] = str(log)
        try:
            yield states
        finally:
            del os.environ["GUANDU_FIGURES_LOG"]
            lines = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
            states.update(
                {stem: state for stem, _, state in (line.partition("\t") for line in sorted(lines))}
            )


def scratch(root: Path) -> Path:
    """Return the reader's own notebook; where there is none yet, a starter is put there."""
    path = root / "notebooks" / "scratch" / "start.ipynb"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        starter = resources.files("guandu") / "starter" / "start.ipynb"
        tables.replace({path: starter.read_text(encoding="utf-8")})
    return path


def run(paths: Sequence[Path], *, workers: int | None = None, progress: bool = True) -> list[Outcome]:
    """Execute the notebooks in place, so many at a time (one a core unless said), each in its own kernel.

    A notebook is rewritten only where its text changed. One that fails keeps its old file and stops no other.
    Interrupting raises KeyboardInterrupt, when every kernel is gone.
    """
    try:
        return asyncio.run(_run_all(paths, workers or os.cpu_count() or 1, progress))
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


async def _run_all(paths: Sequence[Path], workers: int, progress: bool) -> list[Outcome]:
    _stop_like_interrupt()
    gate = asyncio.Semaphore(workers)
    with tqdm(total=len(paths), unit="notebook", desc="Running", disable=not progress) as bar:

        async def one(path: Path) -> Outcome:
            async with gate:
                outcome = await _run_one(path)
            bar.set_postfix_str(path.stem, refresh=False)
            bar.update()
            return outcome

        outcomes: list[Outcome] = []
        # A translation (`00_summary.zh`) shows the figures that its original has just saved.
        for some in (
            [path for path in paths if "." not in path.stem],
            [path for path in paths if "." in path.stem],
        ):
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(path)) for path in some]
            outcomes += [task.result() for task in tasks]
        return outcomes


def _stop_like_interrupt() -> None:
    """Let a polite kill end the run as Ctrl-C does, which leaves no kernel behind."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    if task is not None:
        # Windows has no such handlers, and a thread other than the first may set none.
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(signal.SIGTERM, task.cancel)


async def _run_one(path: Path) -> Outcome:
    try:
        notebook = unrun(read(path))
        failure = await fresh(notebook, path.parent)
        if failure:
            return Outcome(path, failure=failure)
        return Outcome(path, changed=bool(tables.replace({path: normal(notebook)})))
    except Faults as fault:
        return Outcome(path, failure=Failure(0, "", str(fault)))


async def fresh(notebook: nbformat.NotebookNode, folder: Path) -> Failure | None:
    """Execute an unrun notebook in a new kernel that works in `folder`; `notebook` then has the outputs."""
    try:
        async with _kernel(notebook, folder) as client:
            return await execute(client)
    except RuntimeError as fault:
        _raise_if_cancelled()
        return Failure(0, "", f"its kernel did not start: {fault}")


async def execute(client: NotebookClient) -> Failure | None:
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
        return Failure(number, heading(client.nb, index), error)
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


@contextlib.asynccontextmanager
async def _kernel(notebook: nbformat.NotebookNode, folder: Path) -> AsyncIterator[NotebookClient]:
    """Give a client with a kernel of its own, without the reader's settings, until the block ends."""
    manager = AsyncKernelManager(kernel_spec_manager=_ThisPython())
    client = NotebookClient(notebook, km=manager, **settings())
    with tempfile.TemporaryDirectory(prefix="guandu-", ignore_cleanup_errors=True) as profile:
        try:
            await client.async_start_new_kernel(
                cwd=str(folder),
                env={**os.environ, "IPYTHONDIR": profile},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            await client.async_start_new_kernel_client()
            yield client
        except asyncio.CancelledError:
            # A cell that is writing a figure gets the time to take its unfinished file away.
            with contextlib.suppress(RuntimeError):
                await manager.interrupt_kernel()
                await asyncio.sleep(0.3)
            raise
        finally:
            if client.kc is not None:
                client.kc.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)


def cards(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the figures in `folder` say about themselves, by stem, in the order of their notebooks."""
    files = sorted(folder.glob("[!.]*.json"))
    found = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}
    return dict(sorted(found.items(), key=lambda card: (card[1]["notebook"], card[0])))


def pages(root: Path) -> dict[Path, str]:
    """Return the pages that are built from figures and checks, with the text that each should have now.

    These are the gallery and every README with marked blocks. Raises Faults for a block that cannot be
    filled, with the page and what it asks for.
    """
    readmes = [page for page in sorted(root.glob("README*.md")) if _BLOCK.search(page.read_text("utf-8"))]
    return {root / "figures" / "README.md": gallery(root), **{page: fill(root, page) for page in readmes}}


def gallery(root: Path) -> str:
    """Return the page that shows every figure, in both languages, under the question of its notebook."""
    lines = ["# Gallery 图表", *_GALLERY]
    shown = ""
    for stem, card in cards(root / "figures").items():
        name = card["notebook"]
        if name != shown:
            shown, path = name, root / "notebooks" / f"{name}.ipynb"
            question = heading(read(path), 0) if path.is_file() else name
            lines.append(f"## [{question or name}](../notebooks/{name}.ipynb)")
        lines += [f"### {stem}", *_figure(card, stem, "en", ""), *_figure(card, stem, "zh", "")]
        links = [
            f"[{stem}.{kind}]({stem}.{kind})" for kind in ("en.svg", "en.png", "zh.svg", "zh.png", "csv")
        ]
        lines.append(" · ".join(links))
    return "\n\n".join(lines) + "\n"


def _figure(card: Mapping[str, Any], stem: str, language: str, folder: str) -> list[str]:
    words = {name: " ".join(str(said).split()) for name, said in card[language].items()}
    alt = words["alt"].replace("[", r"\[").replace("]", r"\]")
    return [f"![{alt}]({folder}{stem}.{language}.png)", words["caption"]]


def fill(root: Path, page: Path) -> str:
    """Return the text of a page with its marked blocks filled: `rates`, and `figure STEM`.

    A page whose name ends in `.zh.md` is filled in Chinese.
    """
    language: findings.Language = "zh" if page.name.endswith(".zh.md") else "en"

    def block(match: re.Match[str]) -> str:
        kind, _, stem = match["what"].partition(" ")
        known = cards(root / "figures")
        if kind == "rates" and not stem:
            inside: str = rates(root, language, linked=True)
        elif kind == "figure" and stem in known:
            inside = "\n\n".join(_figure(known[stem], stem, language, "figures/"))
        else:
            there = ", ".join(known) or "none, there is no figure yet"
            expected = f"`rates`, or `figure` and one of {there}"
            raise Faults([Fault(page.name, None, "", f'the block "{match["what"]}"', expected)])
        return f"<!-- guandu:{match['what']} -->\n{inside}\n<!-- guandu:end -->"

    return _BLOCK.sub(block, page.read_text(encoding="utf-8"))


def rates(root: Path, language: findings.Language, *, linked: bool = False) -> findings.Finding:
    """Return the relations that the collection puts first (`headline`) as a table, printed and recomputed.

    `linked` adds links to the notebooks that are about them, as a page in `root` needs them.
    """
    data = dataset.load(root)
    rows = [data.relation_row(one) for one in data.relations()]
    rows = sorted((row for row in rows if row.get("headline")), key=lambda row: int(row["headline"]))
    header = {
        "en": ["figure", "printed", "counts", "recomputed", "verdict", "notebook"],
        "zh": ["指标", "载明", "件数", "复算", "判定", "笔记本"],
    }[language]
    table = [[*_rate(row, data.check(row["id"]), language), _link(row.get("notebook", ""))] for row in rows]
    kept = len(header) if linked else len(header) - 1
    return findings.table(header[:kept], [row[:kept] for row in table])


def _rate(row: Mapping[str, str], check: Check, language: findings.Language) -> list[str]:
    relation = check.relation
    printed = "; ".join(each.reading.text for each in relation.printed)
    inputs = [
        " + ".join(each.reading.text for each in side) for side in (relation.parts, relation.wholes) if side
    ]
    of, colon, derived = (" of ", ": ", " (derived)") if language == "en" else (" / ", "：", "（推算）")
    value = findings.between(check.computed, _four_places, language) if check.computed else ""
    return [
        row[f"title_{language}"],
        printed or ("not printed" if language == "en" else "未载"),
        of.join(inputs),
        # What nobody printed was not computed again: the reader must see that the rate is ours.
        value + derived if value and not printed else value,
        f"`{check.verdict}`{colon}{findings.verdict(check.verdict, language)}",
    ]


def _link(notebook: str) -> str:
    return f"[{notebook[:2]}](notebooks/{notebook}.ipynb)" if notebook else ""


def _four_places(share: findings.Number) -> str:
    """Write a share with more places than were printed, so that a reader sees which way it was cut."""
    return findings.percent(share, 4)
