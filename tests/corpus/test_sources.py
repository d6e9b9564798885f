"""Texts from columns: Parquet and CSV, a cell at a time, what is no text named by its row."""

import csv
import io
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

import commanded
from asprinted.corpus import sources, texts
from asprinted.faults import Fault

RIGHT = "受理100件，审结60件，结案率60%。"
OTHER = "共120人，其中女50人。"


def taken(*files: Path, text: str = "report", name: str = "") -> tuple[list[tuple[str, str]], list[str]]:
    """Return names and texts of a column, and the faults that were told."""
    told: list[str] = []
    found = []
    refused = lambda path, fault: told.append(str(fault.at(file=path.name)))  # noqa: E731
    for item in sources.column(files, refused, text, name):
        try:
            found.append((item.name, item.take()))
        except Fault as fault:
            told.append(str(fault.within(file=Path(item.file).name)))
    return found, told


def table(file: Path, **columns: list) -> Path:
    parquet.write_table(pyarrow.table(columns), file, row_group_size=2)
    return file


def written(file: Path, *rows: list[str], encoding: str = "utf-8") -> Path:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    file.write_bytes(out.getvalue().encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_column_of_csv_is_read_in_each_encoding(tmp_path, encoding):
    file = written(
        tmp_path / "a.csv", ["编号", "全文"], ["甲", f"{RIGHT}\n{OTHER}"], ["乙", OTHER], encoding=encoding
    )
    assert taken(file, text="全文", name="编号") == ([("甲", f"{RIGHT}\n{OTHER}"), ("乙", OTHER)], [])


def test_rows_in_another_encoding_than_the_others_are_read_each_in_its_own(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(b"report\n" + RIGHT.encode() + b"\n" + OTHER.encode("gb18030") + b"\n")
    assert taken(file) == ([("a:1", RIGHT), ("a:2", OTHER)], [])


def test_a_cell_of_two_encodings_is_named_by_its_row_and_the_rest_is_read(tmp_path):
    file = tmp_path / "a.csv"
    mixed = b'"' + RIGHT.encode() + b"\n" + OTHER.encode("gb18030") + b'"'
    file.write_bytes(b"report\n" + mixed + b"\n" + OTHER.encode() + b"\n")
    found, told = taken(file)
    assert found == [("a:2", OTHER)]
    assert told == [
        "a.csv, row 1, column report: found two encodings: line 1 is UTF-8, line 2 is not, "
        "expected one encoding throughout."
    ]


def test_a_column_of_parquet_is_read_with_the_names_of_another(tmp_path):
    texts = [RIGHT, None, OTHER, " ", "2021"]
    file = table(tmp_path / "a.parquet", report=texts, body=[1, 2, None, 4, 5])
    found, told = taken(file, name="body")
    assert found == [("1", RIGHT), ("a:3", OTHER)]
    assert [each.partition(": found ")[::2] for each in told] == [
        ("a.parquet, row 2, column report", "an empty cell, expected a text with characters in it."),
        ("a.parquet, row 4, column report", "an empty cell, expected a text with characters in it."),
        ("a.parquet, row 5, column report", '"2021", a number, expected a text with characters in it.'),
    ]


@pytest.mark.parametrize(
    "kind", [pyarrow.large_string(), pyarrow.binary(), pyarrow.dictionary(pyarrow.int8(), pyarrow.string())]
)
def test_texts_of_parquet_may_be_long_bytes_or_coded(tmp_path, kind):
    cells = [RIGHT, OTHER] if kind != pyarrow.binary() else [RIGHT.encode(), OTHER.encode("gb18030")]
    file = table(tmp_path / "a.parquet", report=pyarrow.array(cells).cast(kind))
    assert taken(file) == ([("a:1", RIGHT), ("a:2", OTHER)], [])


def test_a_column_that_holds_no_texts_is_told_with_what_it_holds(tmp_path):
    file = table(tmp_path / "a.parquet", report=[1.5, 2.5])
    assert taken(file) == (
        [],
        ["a.parquet, column report: found a column of double, expected a column of texts."],
    )


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path, suffix):
    file = tmp_path / f"a.{suffix}"
    written(file, ["reports", "year"], [RIGHT, "2021"]) if suffix == "csv" else table(
        file, reports=[RIGHT], year=[1]
    )
    assert taken(file) == (
        [],
        [f"a.{suffix}: found no column \"report\"; near to it is 'reports', expected one of reports, year."],
    )


def test_a_parquet_file_that_is_cut_off_is_told_and_the_next_is_read(tmp_path):
    cut = table(tmp_path / "a.parquet", report=[RIGHT] * 9)
    table(tmp_path / "b.parquet", report=[OTHER])
    cut.write_bytes(cut.read_bytes()[:-30])
    found, told = taken(tmp_path)
    assert found == [("b:1", OTHER)]
    assert told[0].startswith("a.parquet: found a Parquet file that cannot be read to its end (")
    assert len(told) == 1


def test_a_parquet_file_with_a_damaged_middle_gives_what_comes_before_once(tmp_path):
    cells = [f"{RIGHT}{number}" for number in range(500)]
    file = tmp_path / "a.parquet"
    parquet.write_table(
        pyarrow.table({"report": cells}), file, row_group_size=100, compression="zstd", use_dictionary=False
    )
    raw = bytearray(file.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 200] = bytes(200)
    file.write_bytes(raw)
    found, told = taken(file)
    assert [text for _, text in found] == cells[: len(found)]
    assert 100 <= len(found) < 500
    assert len(told) == 1
    place = f"a.parquet, row {len(found) + 1}: found a Parquet file that cannot be read to its end ("
    assert told[0].startswith(place)
    outputs = ["--output", tmp_path / "f.csv", "--summary", tmp_path / "sum.csv"]
    done = commanded.asprinted("audit", file, "--column", "report", *outputs)
    assert done.returncode == 0
    assert done.stderr.startswith(f"{tmp_path}/{place}")
    with (tmp_path / "sum.csv").open(encoding="utf-8", newline="") as opened:
        *kept, last = csv.DictReader(opened)
    assert [row["place"] for row in kept] == [f"{file}:{row}" for row in range(1, len(found) + 1)]
    assert {row["tested"] for row in kept} == {"1"}
    assert (last["text_id"], last["place"], last["tested"]) == ("a", f"{file}:{len(found) + 1}", "")
    assert last["fault"].startswith("found a Parquet file that cannot be read to its end (")


def test_quotation_marks_out_of_place_are_told_with_their_line(tmp_path):
    (tmp_path / "a.csv").write_text(f'report\n{RIGHT}\n"{OTHER}\n', encoding="utf-8")
    found, told = taken(tmp_path / "a.csv")
    assert found == [("a:1", RIGHT)]
    assert told == [
        "a.csv, row 2: found quotation marks out of place from line 3 on (unexpected end of data), "
        "expected them in pairs."
    ]


def test_a_cell_longer_than_a_csv_reader_takes_by_itself_is_a_text(tmp_path):
    before = csv.field_size_limit()
    long = RIGHT * 20_000
    assert len(long) > before
    assert taken(written(tmp_path / "a.csv", ["report"], [long])) == ([("a:1", long)], [])
    assert csv.field_size_limit() == before


def test_an_empty_table_is_told(tmp_path):
    (tmp_path / "a.csv").write_text("", encoding="utf-8")
    assert taken(tmp_path / "a.csv")[1] == [
        'a.csv: found no column "report", expected a header and at least one row.'
    ]


def test_a_table_is_audited_like_a_folder(tmp_path):
    table(tmp_path / "a.parquet", report=[RIGHT, OTHER, RIGHT], body=["甲", "乙", "丙"])
    options = ["--column", "report", "--id", "body", "--summary", tmp_path / "sum.csv"]
    done = commanded.asprinted("audit", tmp_path / "a.parquet", "--output", tmp_path / "f.csv", *options)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "sum.csv").open(encoding="utf-8", newline="") as opened:
        found = [(row["text_id"], row["place"], row["same_as"]) for row in csv.DictReader(opened)]
    first = f"{tmp_path / 'a.parquet'}:1"
    assert found == [("甲", first, ""), ("乙", first[:-1] + "2", ""), ("丙", first[:-1] + "3", first)]


def test_a_table_given_as_a_text_is_told_which_option_reads_it(tmp_path):
    with pytest.raises(Fault, match="a text; --column NAME reads the texts of a table"):
        texts.read(table(tmp_path / "a.parquet", report=[RIGHT]))
