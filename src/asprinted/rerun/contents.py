"""What a lab opens and saves of a collection: notebooks as `run` stores them, and none over what a run wrote.

JupyterLab asks before it writes over a file that changed since it was opened, with *Overwrite* in focus: one
key would undo the run. No setting moves the focus, so it is here that such a save is refused.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat
import traitlets
from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError

from asprinted.collection.tables import CollectionNotFound, find
from asprinted.rerun import notebooks

__all__ = ["Contents"]

CHANGED = (
    "{name} was written on disk since it was opened here, as a run does: it stays as it is there. "
    "Reload it (File, Reload Notebook from Disk); what you want to keep of this copy, first save into "
    "scratch/ (File, Save Notebook As)."
)


class Contents(AsyncLargeFileManager):
    """The files that a lab shows; those that are no notebook of a collection, and scratch ones, as ever."""

    opened = traitlets.Dict(help="The digest of each notebook's file when it was last opened or saved here.")

    async def get(self, path: str, content: bool = True, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return a file; a notebook with what its kernel says of itself, so that opening changes nothing."""
        file = self._file(path)
        ours = content and file.is_file() and _is_of_a_collection(file)
        # Before it is read: where a run writes in between, a save is refused rather than lost.
        before = _digest(file) if ours else ""
        model: dict[str, Any] = await super().get(path, content, *args, **kwargs)  # type: ignore[no-untyped-call]
        if ours and model["type"] == "notebook":
            self.opened[str(file)] = before
            model["content"]["metadata"]["language_info"] = IPythonKernel.language_info
        return model

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Save a file; a notebook as `run` stores it, unless it changed on disk since it was opened."""
        file = self._file(path)
        ours = _is_of_a_collection(file)
        if ours and str(file) in self.opened and file.is_file() and self.opened[str(file)] != _digest(file):
            raise HTTPError(409, CHANGED.format(name=file.name))
        if ours:
            model = as_run_stores(model)
        saved: dict[str, Any] = await super().save(model, path)  # type: ignore[no-untyped-call]
        if str(file) in self.opened:
            self.opened[str(file)] = _digest(file)
        return saved

    def _file(self, path: str) -> Path:
        return Path(self.root_dir, path.strip("/")).resolve()


def as_run_stores(model: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook that is about to be saved as `run` stores it; other files as they are.

    Cells that ran are numbered by their order, as in a kernel that ran nothing before.
    """
    content = model.get("content")
    if model.get("type") != "notebook" or not isinstance(content, dict) or content.get("nbformat") != 4:
        return model
    return {**model, "content": notebooks.numbered(notebooks.plain(nbformat.from_dict(content)))}


def _is_of_a_collection(file: Path) -> bool:
    try:
        folder = find(file.parent) / "notebooks"
    except CollectionNotFound:
        return False
    return file.is_relative_to(folder) and not file.is_relative_to(folder / "scratch")


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
