"""Facts about the files: where they are found, how they are read, held to their schema, and written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import made
from asprinted.collection import files
from asprinted.collection.collection import Collection
from asprinted.collection.tables import CollectionNotFound, Tables, find
from asprinted.collection.validating import validate
from asprinted.faults import Faults


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The made-up collection, not built."""
    return made.library(tmp_path / "library")


def test_the_nearest_collection_above_is_found(folder):
    (folder / "notebooks" / "scratch").mkdir(parents=True)
    assert find(folder / "notebooks" / "scratch") == find(folder) == folder
    inner = made.library(folder / "notebooks" / "inner")
    assert find(inner / "data") == inner


def test_no_collection_above_is_one_clear_error(tmp_path):
    with pytest.raises(CollectionNotFound, match=r"data/datapackage\.json") as raised:
        find(tmp_path)
    assert str(tmp_path) in str(raised.value)
    assert "Run the command inside" in str(raised.value)
    with pytest.raises(CollectionNotFound, match=r"is not in"):
        Collection(tmp_path)


def test_a_table_is_as_its_schema_says_until_a_cell_is_not(folder):
    assert list(validate(Tables(folder), ["sources", "printed"])) == []
    rows = made.changed("printed", "visits", section="hall")
    made.write(folder / "data/printed.csv", made.COLUMNS["printed"], rows)
    (fault,) = validate(Tables(folder), ["sources", "printed"])
    assert (fault.file, fault.row, fault.column) == ("printed.csv", 5, "section")


@pytest.mark.parametrize("text", ["1_000", "1e5", "NaN", "+5", " 1", "1,000", "٣", "1."])
def test_a_number_is_digits_with_at_most_one_point(text):
    with pytest.raises(ValueError, match="expected an exact decimal"):
        files.exact(text)
    assert str(files.exact("-1000.50")) == "-1000.50"


def test_importing_loads_nothing_heavy_and_a_first_look_at_the_tables_no_judge_of_schemas(folder):
    heavy = "{'pandas', 'numpy', 'matplotlib', 'frictionless', 'jsonschema'}"
    code = f"""
import sys
from asprinted.collection.collection import Collection
from asprinted.collection.validating import validate
print(list(validate(Collection({str(folder)!r}), ["sources", "printed"])), {heavy} & set(sys.modules))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[] set()"


def test_a_table_is_written_in_the_order_of_its_schema_and_keeps_other_columns(folder):
    tables = Tables(folder)
    rows = [dict(reversed({**row, "mine": "x"}.items())) for row in tables.rows("standalone")]
    assert tables.write("standalone", rows)
    header = (folder / "data/standalone.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.split(",") == [*(field["name"] for field in tables.fields("standalone")), "mine"]
    assert tables.rows("standalone") == rows
    assert list(validate(tables, ["standalone"])) == []


def test_writing_the_same_rows_again_changes_nothing(folder):
    tables = Tables(folder)
    before = (folder / "data/printed.csv").stat()
    assert not tables.write("printed", tables.rows("printed"))
    assert (folder / "data/printed.csv").stat().st_mtime_ns == before.st_mtime_ns
    assert tables.write("printed", tables.rows("printed")[1:])


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", " =1", "＝1", "-1/2/3", "-a/3"])
def test_a_cell_that_a_spreadsheet_would_run_is_never_written(folder, cell):
    tables, file = Tables(folder), folder / "data/standalone.csv"
    old = file.read_bytes()
    rows = [{**row, "note": cell} for row in tables.rows("standalone")]
    with pytest.raises(Faults, match=r"row 2, column note: found .*, expected text that no spreadsheet runs"):
        tables.write("standalone", rows)
    assert file.read_bytes() == old


@pytest.mark.parametrize("cell", ["-0.5", "-5", "-1/48250"])
def test_a_plain_negative_number_or_fraction_is_no_formula(folder, cell):
    tables = Tables(folder)
    assert tables.write("standalone", [{**row, "note": cell} for row in tables.rows("standalone")])


def test_a_table_without_rows_is_never_written(folder):
    with pytest.raises(Faults, match="at least one row"):
        Tables(folder).write("standalone", [])


def test_an_unknown_table_names_the_known_ones(folder):
    with pytest.raises(
        Faults, match=r'no table "statistic"; near to it is .statistics., expected one of sources, printed'
    ):
        Tables(folder).rows("statistic")
    assert Tables(folder).rows_if_described("statistic") == []


def test_a_broken_schema_is_told(folder):
    file = folder / "data/datapackage.json"
    assert list(validate(Tables(folder), ["sources"])) == []
    described = json.loads(file.read_text(encoding="utf-8"))
    described["resources"][0]["schema"]["fields"][0]["type"] = "strin"
    file.write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(Faults, match=r'sources\.key\.type: found "strin", expected one of string, integer'):
        list(validate(Tables(folder), ["sources"]))


# ------------------------------------------------------------ whole or not at all


def test_a_full_disk_leaves_every_old_file_whole(folder, monkeypatch):
    chosen = [folder / "data/printed.csv", folder / "data/relations.csv"]
    old = [file.read_bytes() for file in chosen]
    synced = []

    def fill_up(descriptor):
        synced.append(descriptor)
        if len(synced) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fill_up)
    with pytest.raises(Faults, match="No space left on device"):
        files.replace(dict.fromkeys(chosen, "half"))
    assert [file.read_bytes() for file in chosen] == old
    assert not list((folder / "data").glob(".*"))


def test_an_interrupt_leaves_every_old_file_whole(folder, monkeypatch):
    file = folder / "data/printed.csv"
    old = file.read_bytes()

    def interrupt(_descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.replace({file: "half"})
    assert file.read_bytes() == old
    assert not list((folder / "data").glob(".*"))


@pytest.mark.parametrize("stop", [PermissionError(13, "Permission denied"), KeyboardInterrupt()])
def test_a_rename_that_stops_midway_brings_every_old_file_back(folder, monkeypatch, stop):
    new, *chosen = [
        folder / "data" / name for name in ("new.csv", "printed.csv", "relations.csv", "sources.csv")
    ]
    old = [(file.read_bytes(), file.stat().st_mtime_ns) for file in chosen]
    rename = Path.replace

    def stop_at_the_last(prepared, target):
        if target == chosen[-1] and prepared.suffix == ".new":
            raise stop
        return rename(prepared, target)

    monkeypatch.setattr(Path, "replace", stop_at_the_last)
    with pytest.raises((Faults, KeyboardInterrupt)):
        files.replace(dict.fromkeys([new, *chosen], "half"))
    assert [(file.read_bytes(), file.stat().st_mtime_ns) for file in chosen] == old
    assert not new.exists()
    assert not list((folder / "data").glob(".*"))


def test_a_folder_that_cannot_be_made_is_one_clear_fault(folder):
    assert files.replace({folder / "new" / "x.csv": "a\n1\n"}) == [folder / "new" / "x.csv"]
    with pytest.raises(Faults, match=r"x\.csv has 1 fault; nothing was written"):
        files.replace({folder / "data" / "printed.csv" / "x.csv": "a\n1\n"})


def test_a_build_that_is_stopped_leaves_every_built_file_as_it_was(folder, monkeypatch):
    Collection(folder).build()
    rows = made.changed("printed", "books_returned", as_printed="46332册")
    made.write(folder / "data/printed.csv", made.COLUMNS["printed"], rows)
    before = {file: file.read_bytes() for file in (folder / "data").iterdir()}

    def interrupt(_descriptor):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            Collection(folder).build()
    assert {file: file.read_bytes() for file in (folder / "data").iterdir()} == before
    changed = {written.name for written in Collection(folder).build() if written.changed}
    assert changed == {"statistics.csv", "checks.csv", "derived_values.csv"}
