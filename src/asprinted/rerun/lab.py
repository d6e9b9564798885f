"""JupyterLab on a collection: how it is started, what it saves, and whether one is open while a run writes.

What a lab saves is what `run` stores, so that looking at a notebook changes no file. `asprinted lab` says so
to the server that it starts; where another starts it, as on Binder, this module is a server extension.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import nbformat
from jupyter_core.paths import jupyter_runtime_dir

from asprinted.collection.home import Collection
from asprinted.collection.tables import CollectionNotFound, find
from asprinted.rerun import notebooks

__all__ = ["as_run_stores", "command", "warning"]

ANSWER_SECONDS: Final = 1
"""How long a lab may take to say which notebooks are open."""


def command(collection: Collection, options: Sequence[str] = ()) -> list[str]:
    """Return the command that opens JupyterLab on the first notebook of a collection.

    options: those of JupyterLab, passed on; where one says what is set here, it holds.
    """
    there = notebooks.notebooks(collection)
    own = {
        "--ServerApp.root_dir": str(collection.home / "notebooks"),
        "--LabApp.default_url": f"/lab/tree/{quote(there[0].name)}" if there else "/lab",
        "--ContentsManager.pre_save_hook": f"{__name__}.{as_run_stores.__name__}",
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


# ------------------------------------------------------------------------------------------------- saving


def as_run_stores(model: dict[str, Any], path: str, contents_manager: Any, **_: Any) -> None:
    """Bring a notebook that a server is about to save into the form in which `run` stores it.

    Cells that ran are numbered by their order, as in a kernel that ran nothing before. A hook of
    jupyter_server. Only notebooks of a collection are touched, and no scratch one.
    """
    content = model.get("content")
    if model.get("type") != "notebook" or not isinstance(content, dict) or content.get("nbformat") != 4:
        return
    if _is_of_a_collection(Path(contents_manager.root_dir, path.strip("/"))):
        model["content"] = notebooks.numbered(notebooks.plain(nbformat.from_dict(content)))


def _is_of_a_collection(file: Path) -> bool:
    try:
        folder = find(file.parent) / "notebooks"
    except CollectionNotFound:
        return False
    file = file.resolve()
    return file.is_relative_to(folder) and not file.is_relative_to(folder / "scratch")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    server.contents_manager.register_pre_save_hook(as_run_stores)


# --------------------------------------------------------------------------------------- while a run writes


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
        "changed (File, Reload Notebook from Disk) before you save. Where the lab asks, choose Revert: "
        "Overwrite undoes the run."
    )


def _running() -> Iterable[Mapping[str, Any]]:
    """Yield what each server that runs wrote about itself."""
    for file in sorted(Path(jupyter_runtime_dir()).glob("jpserver-*.json")):
        try:
            lab = json.loads(file.read_text(encoding="utf-8"))
            os.kill(int(lab["pid"]), 0)
        except PermissionError:
            yield lab
        except (OSError, ValueError, KeyError, TypeError):
            continue
        else:
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
