"""What a new machine gets is what the project says it needs."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

HOME = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))
LOCK = (HOME / "requirements.lock").read_text("utf-8")
MAKEFILE = (HOME / "Makefile").read_text("utf-8")

# conda-forge splits these two; the part without -base brings packages that nothing here uses.
CONDA_NAMES = {"matplotlib": "matplotlib-base", "seaborn": "seaborn-base"}


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
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=outside, capture_output=True, text=True, timeout=60
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder in which make has nothing built yet."""
    for name in ("Makefile", "requirements.lock"):
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
        "  *) exit 99 ;;\n"
        "esac\n"
    )
    script.chmod(0o755)
    return script


def test_conda_gets_the_same_packages_in_the_same_ranges_as_pip():
    expected = {CONDA_NAMES.get(name, name): said for name, said in needed("test").items()}
    expected |= {"python": PROJECT["project"]["requires-python"], "pip": ""}
    assert conda() == expected


def test_a_package_that_conda_lacks_would_be_seen():
    lacking = {name: said for name, said in conda().items() if name != "pandas"}
    expected = {CONDA_NAMES.get(name, name) for name in needed("test")}
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


def test_ci_calls_make_test_and_can_be_run():
    script = HOME / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").rstrip().endswith("make test")


def test_every_target_of_make_is_told_with_a_command_that_needs_no_make():
    targets = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split()
    told = (HOME / "CONTRIBUTING.md").read_text("utf-8")
    assert sorted(rows(told)) == sorted(["`make`", *(f"`make {each}`" for each in targets if each != "run")])


def test_make_lab_passes_options_on(bare: Path):
    shown = make("-n", "lab", "LAB=--no-browser --port 9999", folder=bare).stdout
    assert shown.rstrip().endswith("asprinted lab --no-browser --port 9999")


def test_make_fix_mends_and_formats_what_make_test_looks_at(bare: Path):
    shown = make("-n", "fix", folder=bare).stdout
    tested = make("-n", "test", folder=bare).stdout
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
