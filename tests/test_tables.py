"""Facts about the files: where they are found, how they are read, held to their schema, and written."""

import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from guandu import tables
from guandu.tables import CollectionNotFound, Faults


def test_every_table_of_the_collection_is_as_its_schema_says(home):
    assert tables.validate(home) == []


def test_every_file_of_data_is_described_and_every_description_has_a_file(home):
    described = {tables.path(name, home).name for name in tables.names(home)}
    assert {file.name for file in (home / "data").glob("*.csv")} == described


def test_columns_and_dictionary_name_each_other_both_ways(home):
    for name in tables.names(home):
        described = [field["name"] for field in tables.fields(name, home)]
        assert sorted(tables.rows(name, home)[0]) == sorted(described), name


def test_every_column_is_explained(home):
    for name in tables.names(home):
        assert tables.resource(name, home)["written_by"] in ("hand", "build", "seal")
        for field in tables.fields(name, home):
            assert field["title"], (name, field)
            assert field["description"].endswith("."), (name, field)
            if not field.get("constraints", {}).get("required"):
                assert re.search("[Ee]mpty|alone", field["description"]), (name, field)


def test_no_cell_of_any_table_is_a_formula(home):
    for name in tables.names(home):
        for row in tables.rows(name, home):
            assert not [cell for cell in row.values() if cell.startswith(tables.FORMULA)], name


def test_files_are_utf_8_with_unix_line_ends_and_a_last_one(home):
    for file in (home / "data").iterdir():
        raw = file.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf"), file.name
        assert b"\r" not in raw, file.name
        assert raw.decode("utf-8").endswith("\n"), file.name


def test_the_nearest_collection_above_is_found(home):
    assert tables.root(home / "data") == home
    assert tables.root(home) == home


def test_no_collection_above_is_one_clear_error(tmp_path):
    with pytest.raises(CollectionNotFound, match=r"data/datapackage\.json") as raised:
        tables.root(tmp_path)
    assert str(tmp_path) in str(raised.value)
    assert "Run the command inside" in str(raised.value)


def test_numbers_are_read_as_exact_decimals_and_empty_cells_as_none(home):
    frame = tables.read("statistics", home).set_index("key")
    assert frame.loc["closing_rate", "value"] == Decimal("0.6171")
    assert isinstance(frame.loc["closing_rate", "value"], Decimal)
    assert frame.loc["oral_consultations", "low"] is None
    assert frame.loc["closing_rate", "hedge"] == ""
    assert frame.loc["cases_accepted", "period_end"] == "2021-09-30"


def test_whole_numbers_are_read_as_integers(home):
    frame = tables.read("printed", home)
    assert frame["line"].dtype == "int64"
    assert tables.read("relations", home)["headline"].dropna().tolist() == [1, 3, 4, 2]


@pytest.mark.parametrize("text", ["1_000", "1e5", "NaN", "+5", " 1", "1,000", "٣", "1."])
def test_a_number_is_digits_with_at_most_one_point(text):
    with pytest.raises(ValueError, match="expected an exact decimal"):
        tables.exact(text)


def test_importing_loads_neither_pandas_nor_frictionless():
    code = "import sys, guandu.dataset; print({'pandas', 'frictionless', 'numpy'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_a_table_is_written_in_the_order_of_its_schema_and_keeps_other_columns(copied):
    rows = [dict(reversed({**row, "mine": "x"}.items())) for row in tables.rows("standalone", copied)]
    assert tables.write("standalone", rows, copied)
    header = (copied / "data/standalone.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.split(",") == [*(field["name"] for field in tables.fields("standalone", copied)), "mine"]
    assert tables.rows("standalone", copied) == [dict(row) for row in rows]
    assert tables.validate(copied) == []


def test_writing_the_same_rows_again_changes_nothing(copied):
    before = (copied / "data/printed.csv").stat()
    assert not tables.write("printed", tables.rows("printed", copied), copied)
    assert (copied / "data/printed.csv").stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_never_written(copied, cell):
    old = (copied / "data/standalone.csv").read_bytes()
    rows = tables.rows("standalone", copied)
    rows[1]["note"] = cell
    with pytest.raises(Faults, match=r"row 3, column note: found .*, expected text that no spreadsheet runs"):
        tables.write("standalone", rows, copied)
    assert (copied / "data/standalone.csv").read_bytes() == old


def test_a_plain_negative_number_is_no_formula(copied):
    rows = tables.rows("standalone", copied)
    rows[1]["note"] = "-0.5"
    assert tables.write("standalone", rows, copied)


def test_a_table_without_rows_is_never_written(copied):
    with pytest.raises(Faults, match="at least one row"):
        tables.write("standalone", [], copied)


def test_a_full_disk_leaves_every_old_file_whole(copied, monkeypatch):
    files = [copied / "data/printed.csv", copied / "data/relations.csv"]
    old = [file.read_bytes() for file in files]
    synced = []

    def fill_up(descriptor):
        synced.append(descriptor)
        if len(synced) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fill_up)
    with pytest.raises(Faults, match="No space left on device"):
        tables.replace(dict.fromkeys(files, "half"))
    assert [file.read_bytes() for file in files] == old
    assert not list((copied / "data").glob(".*"))


def test_an_interrupt_leaves_every_old_file_whole(copied, monkeypatch):
    file = copied / "data/printed.csv"
    old = file.read_bytes()

    def interrupt(_descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        tables.replace({file: "half"})
    assert file.read_bytes() == old
    assert not list((copied / "data").glob(".*"))


@pytest.mark.parametrize("stop", [PermissionError(13, "Permission denied"), KeyboardInterrupt()])
def test_a_rename_that_stops_midway_brings_every_old_file_back(copied, monkeypatch, stop):
    new, *files = [copied / "data" / name for name in ("new.csv", "printed.csv", "relations.csv", "seal.csv")]
    old = [(file.read_bytes(), file.stat().st_mtime_ns) for file in files]
    rename = Path.replace

    def stop_at_the_last(prepared, target):
        if target == files[-1] and prepared.suffix == ".new":
            raise stop
        return rename(prepared, target)

    monkeypatch.setattr(Path, "replace", stop_at_the_last)
    with pytest.raises((Faults, KeyboardInterrupt)):
        tables.replace(dict.fromkeys([new, *files], "half"))
    assert [(file.read_bytes(), file.stat().st_mtime_ns) for file in files] == old
    assert not new.exists()
    assert not list((copied / "data").glob(".*"))


def test_a_folder_that_is_not_there_is_one_clear_fault(copied):
    with pytest.raises(Faults, match=r"x\.csv has 1 fault; nothing was written"):
        tables.replace({copied / "nowhere" / "x.csv": "a\n1\n"})


def test_an_unknown_table_names_the_known_ones(home):
    with pytest.raises(Faults, match='no table "statistic", expected one of sources, printed'):
        tables.rows("statistic", home)


def test_the_schema_is_a_valid_data_package_and_a_broken_one_is_told(copied):
    file = copied / "data/datapackage.json"
    described = json.loads(file.read_text(encoding="utf-8"))
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    described["resources"][1]["schema"]["fields"][0]["type"] = "strin"
    file.write_text(json.dumps(described), encoding="utf-8")
    faults = tables.validate(copied)
    assert faults
    assert {fault.file for fault in faults} == {"datapackage.json"}


def test_a_schema_that_is_no_json_is_one_clear_fault(copied):
    Path(copied / "data/datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(Faults, match=r"datapackage\.json has 1 fault"):
        tables.names(copied)
