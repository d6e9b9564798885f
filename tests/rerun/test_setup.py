"""What a new machine gets is what the project says it needs."""

import fcntl
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

import reading
import small

HOME = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))
LOCK = (HOME / "requirements.lock").read_text("utf-8")
MAKEFILE = (HOME / "Makefile").read_text("utf-8")

# conda-forge calls these by other names; the part without -base brings packages that nothing here uses.
CONDA_NAMES = {
    "brotli": "brotli-python",
    "dask": "dask-core",
    "lxml-html-clean": "lxml_html_clean",
    "matplotlib": "matplotlib-base",
    "pdfminer-six": "pdfminer.six",
    "playwright": "playwright-python",
    "seaborn": "seaborn-base",
}


def ranges(requirements: list[str]) -> dict[str, str]:
    parsed = [Requirement(each) for each in requirements]
    return {each.name: str(each.specifier) for each in parsed}


def needed(*groups: str) -> dict[str, str]:
    listed = [each for group in groups for each in PROJECT["dependency-groups"][group]]
    extras = [each for extra in PROJECT["project"]["optional-dependencies"].values() for each in extra]
    return ranges([*PROJECT["project"]["dependencies"], *extras, *listed])


def conda() -> dict[str, str]:
    listed = yaml.safe_load((HOME / "environment.yml").read_text("utf-8"))["dependencies"]
    return ranges([each for each in listed if isinstance(each, str)])


def pins() -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE))


def make(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run make as from a shell: an outer `make test` would hand its own PYTHON and job server down."""
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=outside(), capture_output=True, text=True, timeout=60
    )


def outside() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder in which make has nothing built yet."""
    for name in ("Makefile", "requirements.lock", "package-lock.json"):
        shutil.copy(HOME / name, tmp_path)
    return tmp_path


def pretend(folder: Path, version: str, *, old: bool, venv: bool) -> Path:
    """Write an interpreter that answers the Makefile's questions as told, and can do nothing else."""
    script = folder / "pretended-python"
    script.write_text(
        "#!/bin/sh\n"
        'case "$2" in\n'
        f'  *stdout.write*) printf "%s" "{version}" ;;\n'
        f'  *"(3, 11)"*) exit {int(old)} ;;\n'
        f"  *ensurepip*) exit {int(not venv)} ;;\n"
        '  *flock*) shift 2; exec "$@" ;;\n'
        "  *) exit 99 ;;\n"
        "esac\n"
    )
    script.chmod(0o755)
    return script


def test_conda_gets_the_same_packages_in_the_same_ranges_as_pip():
    expected = {CONDA_NAMES.get(name, name): said for name, said in needed("test", "setup").items()}
    expected |= {"python": PROJECT["project"]["requires-python"], "pip": ""}
    assert conda() == expected


def test_a_package_that_conda_lacks_would_be_seen():
    lacking = {name: said for name, said in conda().items() if name != "pandas"}
    expected = {CONDA_NAMES.get(name, name) for name in needed("test", "setup")}
    assert expected - lacking.keys() == {"pandas"}


def test_the_lock_pins_every_package_that_the_project_names_within_its_range():
    missing = {name for name in needed("test", "setup") if name not in pins()}
    outside = {
        n for n, said in needed("test", "setup").items() if Version(pins()[n]) not in SpecifierSet(said)
    }
    assert (missing, outside) == (set(), set())


def test_every_pin_of_the_lock_has_hashes_and_none_has_an_address():
    blocks = re.split(r"\n(?=[a-z0-9])", LOCK[LOCK.index("\nannotated") :].strip())
    assert len(blocks) == len(pins())
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert re.findall(r"https?://|index-url|find-links|file:", LOCK) == []


def test_the_lock_says_which_command_wrote_it_and_make_lock_runs_that_command():
    header = LOCK.splitlines()[1].removeprefix("#    ").split()
    recipe = MAKEFILE.split("\nlock: ")[1].split("\n\n")[0].replace("\\\n", " ")
    command = recipe.split(".venv/bin/", 1)[1].replace("$(LOCK)", "").replace("--quiet", "").split()
    assert sorted(command) == sorted(header)


def test_ci_tries_every_python_from_the_oldest_that_the_project_admits():
    ci = yaml.safe_load((HOME / ".github/workflows/ci.yml").read_text("utf-8"))
    tried = ci["jobs"]["linux"]["strategy"]["matrix"]["python"]
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert tried[0] == oldest
    assert [int(version.split(".")[1]) for version in tried] == list(range(11, 11 + len(tried)))


def test_an_empty_environment_is_tried_elsewhere_since_it_needs_a_network():
    script = (HOME / ".ci" / "run").read_text("utf-8")
    ci = yaml.safe_load((HOME / ".github/workflows/ci.yml").read_text("utf-8"))
    job = ci["jobs"]["install"]["steps"]
    assert [step["run"] for step in job if "run" in step] == ["make test-install"]
    assert "test-install" not in script


PAGES = ["README.md", "README.zh.md", "CONTRIBUTING.md"]


@pytest.mark.parametrize("page", PAGES[:2])
def test_a_page_says_where_the_command_is_before_it_is_written_bare_and_once(page: str):
    text = (HOME / page).read_text("utf-8")
    assert text.count("source .venv/bin/activate") == 1
    assert text.index("source .venv/bin/activate") < re.search(r"^asprinted ", text, re.MULTILINE).start()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_installs_the_extras_that_the_project_has_from_the_clone_that_a_reader_has(page: str):
    text = (HOME / page).read_text("utf-8")
    named = [each for extras in re.findall(r"'\S*\[([\w,]+)\]'", text) for each in extras.split(",")]
    assert {*named} <= PROJECT["project"]["optional-dependencies"].keys()
    assert "'asprinted[" not in text


@pytest.mark.parametrize("page", [*PAGES, "environment.yml"])
def test_binder_is_named_where_there_is_an_address_and_nowhere_else(page: str):
    address = yaml.safe_load((HOME / "CITATION.cff").read_text("utf-8")).get("repository-code", "")
    text = (HOME / page).read_text("utf-8")
    assert ("Binder" in text) is (bool(address) and "mybinder.org" in text)


def test_conda_names_the_test_that_holds_it_to_the_project():
    named = re.findall(r"tests/[\w/]+\.py", (HOME / "environment.yml").read_text("utf-8"))
    assert [Path(HOME, each) for each in named] == [Path(__file__)]


def test_ci_calls_make_test_its_drills_and_then_looks_at_every_page_and_can_be_run():
    script = HOME / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").endswith("\nmake test\nmake test-drills\nmake test-site\n")


def test_every_target_of_make_is_told_with_a_command_that_needs_no_make():
    targets = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split()
    told = (HOME / "CONTRIBUTING.md").read_text("utf-8")
    assert sorted(rows(told)) == sorted(["`make`", *(f"`make {each}`" for each in targets if each != "run")])


def test_make_lab_passes_options_on(bare: Path):
    python = pretend(bare, "3.12.1", old=False, venv=True)
    shown = make("-n", f"PYTHON={python}", "lab", "LAB=--no-browser --port 9999", folder=bare).stdout
    assert shown.rstrip().endswith("asprinted lab --no-browser --port 9999")


def test_make_fix_mends_and_formats_what_make_test_looks_at(bare: Path):
    python = pretend(bare, "3.12.1", old=False, venv=True)
    shown, tested = (make("-n", f"PYTHON={python}", each, folder=bare).stdout for each in ("fix", "test"))
    for command in ("ruff check", "ruff format"):
        assert (command in shown, command in tested) == (True, True)
    assert "ruff check --fix" in shown


def test_a_target_that_is_told_twice_would_be_seen():
    told = (HOME / "CONTRIBUTING.md").read_text("utf-8")
    again = next(line for line in told.splitlines() if line.startswith("| `make bench`"))
    assert rows(f"{told}\n{again}\n").count("`make bench`") == 2


def rows(page: str) -> list[str]:
    """Return the commands of make that a page has a row for, in order, each as often as it stands there."""
    return [row.split("|")[1].strip() for row in page.splitlines() if row.startswith("| `make")]


@pytest.mark.parametrize("version", ["3.10.13", "2.7.18"])
def test_a_python_too_old_gets_one_line_that_names_it(bare: Path, version: str):
    python = pretend(bare, version, old=True, venv=True)
    result = make(f"PYTHON={python}", folder=bare)
    assert result.returncode != 0
    said = result.stderr.splitlines()[0]
    assert said == (
        f"This project needs Python 3.11 or newer; '{python}' is {version}. "
        "Name another: make PYTHON=python3.12"
    )
    assert not (bare / ".venv").exists()


def test_a_python_that_is_not_there_gets_one_line(bare: Path):
    result = make("PYTHON=no-such-python", folder=bare)
    assert result.returncode != 0
    assert result.stderr.startswith(
        "This project needs Python 3.11 or newer; 'no-such-python' does not start."
    )


def test_a_python_without_venv_gets_one_line_that_says_what_to_install(bare: Path):
    result = make(f"PYTHON={pretend(bare, '3.12.1', old=False, venv=False)}", folder=bare)
    assert result.returncode != 0
    assert "has no venv or no ensurepip. On Debian and Ubuntu: apt install python3-venv" in result.stderr


def test_a_good_python_gets_past_these_questions(bare: Path):
    result = make(f"PYTHON={pretend(bare, '3.12.1', old=False, venv=True)}", folder=bare)
    assert "Building .venv for Python 3.12.1 from requirements.lock" in result.stdout
    assert "This project needs" not in result.stderr


@pytest.mark.parametrize(("given", "passed"), [({}, ("true", "false")), ({"UV_SYSTEM_CERTS": "0"}, ("0",))])
def test_uv_trusts_what_the_system_trusts_unless_it_is_told_otherwise(
    bare: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], passed: tuple[str, ...]
):
    python = pretend(bare, "3.12.1", old=False, venv=True)
    python.write_text(python.read_text().replace("  *)", '  *base*) echo "$UV_SYSTEM_CERTS" > told ;;\n  *)'))
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    make(f"PYTHON={python}", folder=bare)
    assert (bare / "told").read_text().strip() in passed


@pytest.mark.parametrize(("closed", "told"), [(True, "1"), (False, "")])
def test_uv_keeps_nothing_where_a_home_cannot_be_written(
    bare: Path, monkeypatch: pytest.MonkeyPatch, told: str, *, closed: bool
):
    python = pretend(bare, "3.12.1", old=False, venv=True)
    python.write_text(python.read_text().replace("  *)", '  *base*) echo "$UV_NO_CACHE" > told ;;\n  *)'))
    for name in ("UV_NO_CACHE", "UV_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    (bare / "closed").touch()
    monkeypatch.setenv("HOME", str(bare / "closed" if closed else bare))
    make(f"PYTHON={python}", folder=bare)
    assert (bare / "told").read_text().strip() == told


def test_a_newer_lock_another_python_and_a_moved_folder_each_rebuild_the_venv(bare: Path):
    python = pretend(bare, "3.12.1", old=False, venv=True)
    built = re.findall(r"\.venv/built-for-\S+", make("-n", f"PYTHON={python}", folder=bare).stdout)[-1]
    (bare / ".venv").mkdir()
    (bare / built).touch()

    def builds(folder: Path = bare, version: str = "3.12.1") -> bool:
        other = pretend(folder, version, old=False, venv=True)
        return "Building .venv" in make("-n", f"PYTHON={other}", folder=folder).stdout

    assert not builds()
    assert builds(version="3.13.0")
    os.utime(bare / "requirements.lock", (2**31, 2**31))
    assert builds()
    os.utime(bare / "requirements.lock", (1, 1))
    assert builds(shutil.copytree(bare, bare.parent / "moved"))


def test_a_make_that_waited_for_another_finds_the_venv_built(bare: Path):
    python, arrived = pretend(bare, "3.12.1", old=False, venv=True), bare / "arrived"
    python.write_text(python.read_text().replace("*flock*)", f"*flock*) touch {arrived};"))
    python.write_text(
        python.read_text().replace('shift 2; exec "$@"', f'exec {shlex.quote(sys.executable)} "$@"')
    )
    stamp = re.findall(r"\.venv/built-for-\S+", make("-n", f"PYTHON={python}", folder=bare).stdout)[-1]
    arrived.unlink()
    command = ["make", f"PYTHON={python}", "check"]
    with subprocess.Popen(
        command, cwd=bare, env=outside(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as waits:
        folder = os.open(bare, os.O_RDONLY)
        fcntl.flock(folder, fcntl.LOCK_EX)
        small.until(arrived.exists)
        (bare / ".venv").mkdir()
        (bare / stamp).touch()
        os.close(folder)
        said = waits.communicate(timeout=60)[0].decode()
    assert "Building .venv" not in said
    assert ".venv/bin/python" in said


def test_what_ci_uses_of_others_is_named_by_commit_and_no_job_runs_without_end():
    texts = [file.read_text("utf-8") for file in sorted((HOME / ".github/workflows").glob("*.yml"))]
    used = [each for text in texts for each in re.findall(r"uses: (.*)", text)]
    assert len(used) == 13
    assert [each for each in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []
    assert all(
        job["timeout-minutes"] <= 60 for text in texts for job in yaml.safe_load(text)["jobs"].values()
    )


def test_what_comes_from_npm_is_pinned_by_version_and_hash_and_holds_no_address():
    wanted = json.loads((HOME / "package.json").read_text("utf-8"))
    lock = (HOME / "package-lock.json").read_text("utf-8")
    packages = json.loads(lock)["packages"]
    for name, version in {**wanted.get("dependencies", {}), **wanted["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version
    assert all(each.get("integrity") for place, each in packages.items() if place)
    # Whom a package's authors thank is no place to load it from.
    assert "resolved" not in lock
    rest = re.sub(r'"funding": (\{[^}]*\}|\[[^\]]*\])', "", lock)
    assert "://" not in rest


SEEN = {
    "data/*.csv": 20, "notebooks/[0-9]*.ipynb": 12, "notebooks/zh/*.ipynb": 13, "notebooks/words/*.toml": 15,
    "figures/*.json": 16, "figures/*.csv": 16, "figures/*.png": 36, "docs/*.md": 4, "README*.md": 2,
    "src/**/*.py": 60, "tests/**/test_*.py": 40,
}  # fmt: skip
"""The least that tests see of the project where they walk through it, with git or without."""


@pytest.mark.parametrize(("pattern", "least"), SEEN.items())
def test_tests_that_walk_through_the_project_see_it(pattern: str, least: int):
    assert len(list(HOME.glob(pattern))) >= least


@pytest.mark.parametrize("name", ["missing", "folder", "binary"])
def test_an_article_that_cannot_be_read_is_told_in_a_line(tmp_path: Path, name: str):
    named = tmp_path / name
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary").write_bytes(b"\xff")
    with pytest.raises(pytest.fail.Exception) as told:
        reading.article(str(named))
    assert str(told.value) == f"GUANDU_ARTICLE names no text in UTF-8 that can be read: {named}"
    assert not told.value.pytrace
