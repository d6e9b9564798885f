"""A collection of one's own in a folder: notebooks made in a test, and their words."""

import csv
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat

from asprinted.collection.collection import Collection
from asprinted.collection.wording import digest

LIMITS = "# What this cannot say\n\nWhat was not counted."

TEXT = "借出400册，归还300册，归还率75%。\n"
"""What the figures of the library were typed from."""

TABLES: dict[str, list[dict[str, str]]] = {
    "sources": [{"key": "paper", "publisher": "The paper", "title": "年报", "published": "2024",
         "address": "", "note": "on paper", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}],
    "printed": [
        {
            "key": key, "ref": ref, "source": "paper", "section": "all", "line": "1",
            "start": str(TEXT.index(token)), "as_printed": token, "indicator_en": key,
            "indicator_zh": chinese, "kind": kind, "organisation": "library", "period_start": "2024-01-01",
            "period_end": "2024-06-30", "scope": "", "note": "",
        }
        for key, ref, token, chinese, kind in (
            ("lent", "N01", "400册", "借出", "count"),
            ("returned", "N02", "300册", "归还", "count"),
            ("rate", "N03", "75%", "归还率", "rate"),
        )
    ],
    "relations": [
        {
            "id": "returned_of_lent", "kind": "share", "printed_key": "rate", "part_key": "returned",
            "whole_key": "lent", "direction": "", "space_low": "", "space_high": "", "headline": "1",
            "notebook": "01_a", "title_en": "Return", "title_zh": "归还",
        }
    ],
}  # fmt: skip
"""The figures of a library that does not exist, as they are typed."""

BUILT = {"statistics": ["key", "value"], "checks": ["id", "verdict"]}
SEAL = {"seal": ["table", "line", "rows", "sha256"]}


def collection(folder: Path, *, tables: bool = False, **cells: list[str]) -> Collection:
    """Make a collection whose notebooks have these cells; one that begins with `# ` is Markdown.

    tables: whether it has the figures of a library, sealed and built.
    """
    for name in ("data", "notebooks", "figures"):
        (folder / name).mkdir(parents=True)
    chosen = TABLES if tables else {}
    described = {name: list(rows[0]) for name, rows in chosen.items()} | (BUILT | SEAL if tables else {})
    package = {
        "name": "library",
        "title": "A library",
        "description": "All is made up.",
        "licenses": [{"name": "CC-BY-4.0"}],
        "resources": [_described(name, columns) for name, columns in described.items()],
    }
    (folder / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for name, rows in chosen.items():
        with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    for name, sources in cells.items():
        notebook(folder / "notebooks" / f"{name.removeprefix('n')}.ipynb", sources)
    if tables:
        Collection(folder).seal(TEXT)
        Collection(folder).build()
    return Collection(folder)


def _described(name: str, columns: Sequence[str]) -> dict[str, Any]:
    fields = [
        {"name": column, "title": column, "description": column, "type": "string"} for column in columns
    ]
    writer = "hand" if name in TABLES else "build" if name in BUILT else "seal"
    return {
        "name": name, "title": name, "description": "Made up.", "path": f"{name}.csv", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "written_by": writer, "schema": {"fields": fields},
    }  # fmt: skip


def notebook(path: Path, sources: Sequence[str]) -> Path:
    """Write an unrun notebook."""
    made = nbformat.v4.new_notebook()
    for number, source in enumerate(sources):
        kind = nbformat.v4.new_markdown_cell if source.startswith("# ") else nbformat.v4.new_code_cell
        made.cells.append(kind(source, id=f"cell-{number}"))
    path.parent.mkdir(exist_ok=True)
    nbformat.write(made, path)
    return path


def words(
    of: Collection, name: str, entries: Mapping[str, Any], prose: Mapping[str, str] | None = None
) -> Path:
    """Write the words of a notebook that is there, each Chinese text with the digest of its English.

    entries: as they stand in TOML, without digests. prose: the Chinese of prose cells by cell id; one that is
    not named has its own text, after 甲.
    """
    cells = nbformat.read(of.home / "notebooks" / f"{name}.ipynb", as_version=4).cells
    chinese = {
        cell.id: {
            "zh": (prose or {}).get(cell.id, cell.source.replace("# ", "# 甲", 1)),
            "zh_of": digest(cell.source),
        }
        for cell in cells
        if cell.cell_type == "markdown"
    }
    file = of.words_folder / f"{name}.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(_toml({**_digested(entries), "cells": chinese}), encoding="utf-8")
    return file


def _digested(table: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: _digested(value) if isinstance(value, dict) else value for key, value in table.items()}
    return found | ({"zh_of": digest(found["en"])} if "en" in found and "zh" in found else {})


def _toml(table: Mapping[str, Any], *path: str) -> str:
    """Write tables within tables; what JSON writes for a text or a list of texts, TOML reads."""
    lines = ["[" + ".".join(map(json.dumps, path)) + "]"] if path else []
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()]
    inner = [_toml(value, *path, key) for key, value in table.items() if isinstance(value, dict)]
    return "\n".join([*lines, *inner]) + "\n"


def python(program: str, *arguments: str, folder: Path) -> str:
    """Run a program in a process of its own, in `folder`, and return what it printed."""
    told = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


def copy(folder: Path, to: Path) -> Path:
    """Copy a collection, and return where the copy is."""
    return shutil.copytree(folder, to)


def interrupted(
    *arguments: str, folder: Path, when: Callable[[], bool], how: int = signal.SIGINT
) -> tuple[int, str]:
    """Run a command, send it a signal as soon as `when` holds, and return its exit code and what it said."""
    # Where the tests run in the background, SIGINT is ignored, and a process would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "asprinted", *arguments], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    until(when)
    process.send_signal(how)
    said = process.communicate(timeout=60)[1]
    return process.returncode, said


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds; an error after so many seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("what was waited for did not come")
        time.sleep(0.02)


def runs(pid: int) -> bool:
    """Say whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file below a folder with its bytes and the time it was written."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
