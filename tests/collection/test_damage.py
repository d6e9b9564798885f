"""Whatever happens to a file that a person edits ends in words that say where and what to do."""

import shutil
from pathlib import Path

import pytest

import damage
from asprinted.collection.collection import Collection
from asprinted.collection.tables import CollectionNotFound
from asprinted.faults import Fault, Faults


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection without a fault. It is read only: a test takes a copy."""
    return damage.collection(tmp_path_factory.mktemp("whole") / "library")


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to damage."""
    return shutil.copytree(whole, tmp_path / "library")


def told(folder: Path, look) -> str:
    """Return what a look at a damaged collection ends in, once it is sure that nothing was written."""
    return str(fault(folder, look))


def fault(folder: Path, look) -> Exception:
    """Return what a look at a damaged collection raises, which is readable; nothing is written."""
    before = damage.tree(folder.parent)
    with pytest.raises((Fault, Faults, CollectionNotFound)) as raised:
        look(folder)
    assert damage.tree(folder.parent) == before
    message = str(raised.value)
    assert len(message) < 40_000
    assert not [line for line in message.splitlines() if len(line) > 1000]
    assert message.isprintable() or "\n" in message
    return raised.value


def test_an_undamaged_collection_has_no_fault(folder):
    for look in damage.LOOKS.values():
        look(folder)


@pytest.mark.parametrize("name", damage.WHOLE)
def test_a_damaged_file_is_told_in_words(whole, folder, name):
    _, files, says = damage.WHOLE[name]
    for file in files:
        damage.apply(name, folder / file)
        message = told(folder, damage.LOOKS[file])
        damage.restore(folder / file, whole / file)
        assert Path(file).name in message, (file, message)
        assert damage.re.search(says, message), (file, message)


def faults_at(folder: Path, table: str, column: str, texts: list[str]) -> list[list[str]]:
    """Type a row more for each text; return what a build says of each of these rows."""
    every = damage.rows(folder, table)
    more = [damage.another(every[0], table, number) | {column: text} for number, text in enumerate(texts)]
    damage.typed(folder, table, every + more)
    raised = fault(folder, lambda folder: Collection(folder).build())
    assert isinstance(raised, Faults)
    damage.typed(folder, table, every)
    rows = range(len(every) + 2, len(every) + 2 + len(texts))
    return [[str(fault) for fault in raised.faults if fault.row == row] for row in rows]


@pytest.mark.parametrize(("table", "column"), damage.CELLS)
def test_each_wrong_cell_of_a_column_is_told_at_its_row(folder, table, column):
    cells = damage.CELLS[table, column]
    at_once = faults_at(folder, table, column, list(cells))
    for (text, says), found in zip(cells.items(), at_once, strict=True):
        # What follows from sound rows is looked at once there are only such.
        if not any(damage.re.search(says, fault) for fault in found):
            (found,) = faults_at(folder, table, column, [text])
        assert any(damage.re.search(says, fault) for fault in found), (text[:50], found)


@pytest.mark.parametrize("name", damage.DESCRIBED)
def test_a_wrong_description_is_told_with_the_property(whole, folder, name):
    changes, says = damage.DESCRIBED[name]
    file = "data/datapackage.json"
    for change, do in changes.items():
        (folder / file).write_bytes(do((whole / file).read_bytes()))
        message = told(folder, lambda folder: Collection(folder).build())
        assert message.startswith("datapackage.json has "), (change, message)
        assert damage.re.search(says, message), (change, message)


@pytest.mark.parametrize("file", damage.TYPED_TEXT)
def test_what_is_typed_wrong_in_a_text_is_told_with_its_place(whole, folder, file):
    for name, (do, says) in damage.TYPED_TEXT[file].items():
        (folder / file).write_bytes(do((whole / file).read_bytes()))
        message = told(folder, damage.LOOKS[file])
        assert message.startswith(Path(file).name), (name, message)
        assert damage.re.search(says, message), (name, message)


def test_values_made_of_values_never_grow_beyond_what_a_float_holds(folder):
    rows = damage.rows(folder, "derived")
    chain = ["9" * 100 + " * " + "9" * 100, *(f"late_{number} * late_{number}" for number in range(9))]
    more = [
        rows[0]
        | {"key": f"late_{at}", "ref": f"B{at + 60}", "formula": formula, "title_en": "x", "title_zh": "x"}
        for at, formula in enumerate(chain)
    ]
    damage.typed(folder, "derived", rows + more)
    message = told(folder, lambda folder: Collection(folder).build())
    assert "found a number of more than 300 digits" in message


def test_a_collection_without_a_table_of_figures_is_told_what_it_lacks(folder):
    file = folder / "data" / "datapackage.json"
    file.write_bytes(damage.described(lambda package, _: package.update(resources=[]))(file.read_bytes()))
    assert 'found no table "printed"' in told(folder, lambda folder: Collection(folder).build())
