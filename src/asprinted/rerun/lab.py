"""JupyterLab on a collection: how it is started, and whether one is open while a run writes."""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jupyter_core.paths import jupyter_runtime_dir

from asprinted.collection.collection import Collection
from asprinted.processes import holding

__all__ = ["command", "warning"]

ANSWER_SECONDS: Final = 1
"""How long a lab may take to say which notebooks are open."""


def command(collection: Collection, options: Sequence[str] = ()) -> list[str]:
    """Return the command that opens JupyterLab on the first notebook of a collection.

    options: those of JupyterLab, passed on; where one says what is set here, it holds.
    """
    there = collection.notebooks
    own = {
        "--ServerApp.root_dir": str(collection.home / "notebooks"),
        "--LabApp.default_url": f"/lab/tree/{quote(there[0].name)}" if there else "/lab",
        "--ServerApp.contents_manager_class": "asprinted.rerun.contents.Contents",
    }
    given = {option.partition("=")[0] for option in options}
    said = [f"{name}={value}" for name, value in own.items() if name not in given]
    # In a container the user is often root, and the server refuses that unless it is told.
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        *said,
        *(root if "--allow-root" not in given else []),
        *options,
    ]


def warning(collection: Collection) -> str:
    """Return what to say before a run where a lab is open on the notebooks; nothing where none is.

    What a run writes is older in the lab, which would write it back.
    """
    folder = collection.home / "notebooks"
    labs = [lab for lab in _running() if _shows(lab, folder)]
    if not labs:
        return ""
    names = sorted({name for lab in labs for name in _open(lab, folder)})
    what = f"A lab is open on {folder}" + (f", with {', '.join(names)}" if names else "")
    return (
        f"{what}. This run takes notebooks as they are saved; when it has ended, reload there what it "
        "changed (File, Reload Notebook from Disk) before you save. Where the lab asks, choose Revert, not "
        "Overwrite."
    )


def _running() -> Iterable[Mapping[str, Any]]:
    """Yield what each server that runs wrote about itself."""
    for file in sorted(Path(jupyter_runtime_dir()).glob("jpserver-*.json")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            lab = json.loads(file.read_text(encoding="utf-8"))
            if holding.runs(int(lab["pid"])):
                yield lab


def _shows(lab: Mapping[str, Any], folder: Path) -> bool:
    root = Path(str(lab.get("root_dir", ""))).resolve()
    return folder.is_relative_to(root) or root.is_relative_to(folder)


def _open(lab: Mapping[str, Any], folder: Path) -> list[str]:
    """Return the notebooks of the folder that have a kernel in a lab; none where it does not answer."""
    request = urllib.request.Request(
        f"{lab.get('url', '')}api/sessions", headers={"Authorization": f"token {lab.get('token', '')}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
            paths = [Path(lab["root_dir"], session["path"]).resolve() for session in json.load(answer)]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [str(path.relative_to(folder)) for path in paths if path.is_relative_to(folder)]
