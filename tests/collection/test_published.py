"""The data packages are valid for whoever reads them with another tool: frictionless is asked, whole."""

import shutil
from pathlib import Path

import pytest
from frictionless import Package, system

import damage
from asprinted.collection.collection import Collection
from asprinted.collection.validating import validate

HOME = Path(__file__).resolve().parents[2]


def errors(folder: Path) -> list[str]:
    """Return what frictionless finds in the whole data package of a collection."""
    with system.use_context(trusted=True):
        report = Package(str(folder / "data" / "datapackage.json")).validate()
    assert len(report.tasks) == len(Collection(folder).names())
    return [f"{task.name}: {error.note}" for task in report.tasks for error in task.errors] + [
        error.note for error in report.errors
    ]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection begun from the template, sealed and built."""
    return damage.collection(tmp_path_factory.mktemp("whole") / "library")


def test_the_published_package_is_valid_as_a_whole():
    assert errors(HOME) == []
    assert list(validate(Collection(HOME))) == []


def test_the_package_of_a_new_collection_is_valid_as_a_whole(template):
    assert errors(template) == []
    assert list(validate(Collection(template))) == []


# What is typed → table, column, text; of a key, that of the next row.
REFUSED = {
    "a value that is required": ("sources", "publisher", ""),
    "a key twice": ("sources", "key", None),
    "a choice that is none": ("benchmarks", "seen", "heard"),
    "a text of another form": ("sources", "address", "ftp://a"),
    "less than the least": ("printed", "line", "0"),
    "a day that is none": ("printed", "period_end", "2024-02-30"),
    "a key of another table that it lacks": ("printed", "source", "nobody"),
    "a number that is none, in a built table": ("statistics", "value", "many"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_frictionless_and_the_engine_refuse_the_same_table(template, tmp_path, name):
    table, column, text = REFUSED[name]
    folder = shutil.copytree(template, tmp_path / "library")
    first, *rest = damage.rows(folder, table)
    damage.typed(folder, table, [{**first, column: rest[0][column] if text is None else text}, *rest])
    assert table in {error.partition(":")[0] for error in errors(folder)}
    assert f"{table}.csv" in {fault.file for fault in validate(Collection(folder))}
