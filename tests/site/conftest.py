"""The site, built once, as files and on loopback; and a browser to look at it."""

import fcntl
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from asprinted.collection.collection import Collection
from asprinted.site import build, workbench

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-page", action="store_true", help="open every page, and run axe on each kind")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "every_page: takes minutes; `make test-site` runs it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to `make test-site` what takes minutes."""
    if not config.getoption("--every-page", default=False):
        items[:] = [item for item in items if not item.get_closest_marker("every_page")]


@pytest.fixture(scope="session")
def folder(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as a folder on disk, built by the worker that comes first; the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made = shared / "built" / "x" / "y"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.is_dir():
            made.parent.mkdir(parents=True, exist_ok=True)
            build.write(build.contents(Collection(home)), made)
    return made


@pytest.fixture(scope="session")
def files(folder: Path) -> dict[str, bytes]:
    """Every file of the site by its name."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: whoever asks for a file that is not there sees it in the browser."""


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """Where the site stands on loopback: under a sub-path, as it may elsewhere."""
    serve = functools.partial(_Quiet, directory=folder.parents[1])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/x/y/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser of the machine. Where there is none the test is skipped, but never in CI.

    Its loop of events ends with the module: others run loops of their own in this process.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        said = f"no browser found (looked for {', '.join(BROWSERS)})"
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(f"{said}: the site is not looked at")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def installed() -> None:
    """What the workbench runs. Where there is no npm the tests are skipped, but never in CI."""
    if not workbench.is_installed(Path(__file__).parents[2]):
        said = "the packages of npm are not installed (npm ci): the workbench is not looked at"
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
