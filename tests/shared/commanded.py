"""A command as a person gives it, in the process of the test; or in one of its own, where that is tested."""

import gc
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager
from pathlib import Path
from unittest import mock

import pytest
import tqdm
from ipykernel.zmqshell import ZMQInteractiveShell

from asprinted.commands.app import app
from asprinted.prose import sentences


def asprinted(
    *arguments: object, folder: Path | None = None, given: str | bytes = b""
) -> subprocess.CompletedProcess[str]:
    """Run a command in this process, which is as before in the end; an error that it does not tell is raised.

    folder: where it runs; what it leaves for a person lies beside that. given: what stands in its standard
    input.
    """
    words = [str(argument) for argument in arguments]
    with ExitStack() as ending:
        files = Path(ending.enter_context(tempfile.TemporaryDirectory()))
        _keep_this_process(ending)
        ending.enter_context(_stream(files / "stdin", given.encode() if isinstance(given, str) else given))
        ending.enter_context(_stream(files / "stdout"))
        ending.enter_context(_stream(files / "stderr"))
        if folder is not None:
            ending.enter_context(chdir(folder))
            os.environ["TMPDIR"] = str(folder.parent)
            ending.enter_context(mock.patch.object(tempfile, "tempdir", str(folder.parent)))
        with pytest.raises(SystemExit) as ended:
            app(words, prog_name="asprinted")
        sys.stdout.flush(), sys.stderr.flush()
        said = ((files / name).read_bytes().decode(errors="surrogateescape") for name in ("stdout", "stderr"))
        return subprocess.CompletedProcess(words, int(ended.value.code or 0), *said)


@contextmanager
def _stream(file: Path, given: bytes = b"") -> Iterator[None]:
    """Put a file in place of the standard stream of its name: a command may ask which number it has."""
    file.write_bytes(given)
    with file.open("r+", encoding="utf-8", newline="") as stream, mock.patch.object(sys, file.name, stream):
        yield


def _keep_this_process(ending: ExitStack) -> None:
    """Undo in the end what a command does to its process, which otherwise ends with it."""
    ending.enter_context(mock.patch.dict(os.environ))
    ending.callback(sentences.set_language, sentences.current_language())
    ending.callback(gc.set_threshold, *gc.get_threshold())
    # A check makes a kernel of this process for those that it forks from it.
    ending.callback(sys.modules.__setitem__, "__main__", sys.modules["__main__"])
    ending.callback(ZMQInteractiveShell.clear_instance)
    # In notebooks a warning is shown, not raised.
    ending.enter_context(warnings.catch_warnings())
    warnings.resetwarnings()
    warnings.simplefilter("ignore")
    # Its thread would outlive the bars, and be there when other tests fork.
    ending.enter_context(mock.patch.object(tqdm.tqdm, "monitor_interval", 0))


def in_a_process(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "asprinted", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder.parent)},
        capture_output=True,
        text=True,
        timeout=120,
    )
