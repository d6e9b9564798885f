"""Each fault of a hand-typed table gives one clear message, all come at once, and no file is touched."""

from pathlib import Path

import pytest

from guandu import dataset, tables
from guandu.tables import Fault, Faults

# Table, row, column, what is typed there → what the message says was found and expected, from its beginning.
ONE_CELL = {
    "a token that is no number": (
        ("printed", 16, "as_printed", "大多数"),
        '"大多数", expected ',
    ),
    "a token with a measure word that the reader does not know": (
        ("printed", 14, "as_printed", "34765咖"),
        '"34765咖", expected ',
    ),
    "a rate written as a decimal": (
        ("printed", 16, "as_printed", "0.6171"),
        '"0.6171"',
    ),
    "money without its unit": (
        ("printed", 45, "as_printed", "25万"),
        '"25万" of kind money, expected a sum of money, such as 50万元.',
    ),
    "a count in yuan": (
        ("printed", 14, "as_printed", "34765元"),
        '"34765元" of kind count, expected whole things',
    ),
    "half a case": (
        ("printed", 14, "as_printed", "34765.5件"),
        '"34765.5件" of kind count, expected whole things',
    ),
    "a rank that is a count": (
        ("printed", 17, "as_printed", "1位"),
        '"1位" of kind rank, expected a rank, such as 第一位.',
    ),
    "a duration in persons": (
        ("printed", 4, "as_printed", "连续5人"),
        "",
    ),
    "a value that no finite decimal writes": (
        ("printed", 16, "as_printed", "三分之一"),
        '"三分之一", 1/3, which no finite decimal writes, expected a decimal number.',
    ),
    "an unknown kind": (
        ("printed", 15, "kind", "counts"),
        '"counts", expected one of count, rate, mean, change, rank, duration, money.',
    ),
    "an unknown section": (
        ("printed", 14, "section", "cort"),
        '"cort", expected one of lede, governance, court, procuratorate, police, mediation.',
    ),
    "a missing section": (
        ("printed", 14, "section", ""),
        "an empty cell, expected a value (Section).",
    ),
    "a date of another calendar": (
        ("printed", 14, "period_end", "30.9.2021"),
        '"30.9.2021", expected an ISO date, such as 2020-12-31, or nothing.',
    ),
    "a day that does not exist": (
        ("printed", 14, "period_end", "2021-09-31"),
        '"2021-09-31", expected an ISO date, such as 2020-12-31, or nothing.',
    ),
    "a period that ends before it starts": (
        ("printed", 14, "period_end", "2020-09-30"),
        '"2020-09-30", expected a day not before the period\'s start, 2021-01-01.',
    ),
    "a key twice": (
        ("printed", 15, "key", "cases_accepted"),
        '"cases_accepted", expected a key that no other row has (row 14 has it).',
    ),
    "a key that a program could not use": (
        ("printed", 2, "key", "Lede cameras"),
        '"Lede cameras", expected text of the form [a-z][a-z0-9_]* (Key).',
    ),
    "a line that is no number": (
        ("printed", 14, "line", "1e1"),
        '"1e1", expected a whole number, such as 27.',
    ),
    "a publication that is not listed": (
        ("printed", 14, "source", "artikel"),
        '"artikel", expected a key of sources.csv.',
    ),
    "a formula": (
        ("printed", 14, "note", '=HYPERLINK("x")'),
        "",
    ),
    "a relation of an unknown figure": (
        ("relations", 2, "part_key", "cases_concludd"),
        '"cases_concludd", expected the key of a number that printed.csv has; near to it is cases_concluded.',
    ),
    "an unknown kind of relation": (
        ("relations", 2, "kind", "ratio"),
        '"ratio", expected one of share, mean, sum, change, divisor.',
    ),
    "a share whose result is a count": (
        ("relations", 2, "printed_key", "cases_accepted"),
        '"cases_accepted", a count, expected a rate, the result of a share.',
    ),
    "one end of a space": (
        ("relations", 3, "space_high", ""),
        "one end of a space, expected both or none.",
    ),
    "a crosscheck of an unknown figure": (
        ("crosschecks", 2, "left", "subdistrict"),
        '"subdistrict", expected the key of a number that printed.csv or benchmarks.csv has; near to it is ',
    ),
    "a crosscheck that is no expression": (
        ("crosschecks", 4, "left", "incidental_suits+"),
        '"incidental_suits+", expected a key or a whole number on each side of + * /',
    ),
    "a crosscheck with more figures on one side": (
        ("crosschecks", 5, "right", "cases_accepted;cases_transferred"),
        "2 figures, expected 4, one for each on the left.",
    ),
    "a crosscheck of a figure that is not read": (
        ("crosschecks", 2, "right", "K011"),
        '"K011", expected the key of a number that printed.csv or benchmarks.csv has.',
    ),
    "a number of the ledger twice": (
        ("standalone", 2, "ref", "C01"),
        '"C01", expected a number of its own: relations.csv has it.',
    ),
    "an unknown figure that stands alone": (
        ("standalone", 2, "keys", "compensation"),
        '"compensation", expected the key of a number that printed.csv or benchmarks.csv has',
    ),
    "a figure of another publisher that cannot be read": (
        ("benchmarks", 2, "as_printed", "about many"),
        '"about many", expected ',
    ),
    "an address that is none": (
        ("benchmarks", 2, "address", "www.example.org"),
        '"www.example.org", expected text of the form https?://\\S+ (Address).',
    ),
}


def faults_of(folder: Path) -> Faults:
    """Build a damaged copy; return what it raises, once it is sure that no file was touched."""
    before = {file: file.read_bytes() for file in (folder / "data").iterdir()}
    with pytest.raises(Faults) as raised:
        dataset.build(folder)
    assert {file: file.read_bytes() for file in (folder / "data").iterdir()} == before
    return raised.value


@pytest.mark.parametrize(("cell", "line"), ONE_CELL.values(), ids=ONE_CELL)
def test_one_wrong_cell_is_one_line_that_names_it(copied, edit, cell, line):
    edit(*cell)
    head, *lines = str(faults_of(copied)).splitlines()
    assert head == f"{cell[0]}.csv has 1 fault; nothing was written."
    assert len(lines) == 1
    assert lines[0].startswith(f"  row {cell[1]}, column {cell[2]}: found {line}")


def test_a_kind_that_the_token_does_not_bear_out_is_a_fault_of_the_token(copied, edit):
    edit("printed", 15, "kind", "rate")
    assert str(faults_of(copied)).splitlines()[1] == (
        '  row 15, column as_printed: found "21454件" of kind rate, expected a share, such as 12.34%.'
    )


def test_an_undamaged_copy_builds(copied):
    assert not [written for written in dataset.build(copied) if written.changed]


def test_a_part_greater_than_its_whole_names_the_relation(copied, edit):
    edit("printed", 15, "as_printed", "34766件")
    faults = faults_of(copied).faults
    assert ("relations.csv", 2, "part_key") in {(fault.file, fault.row, fault.column) for fault in faults}


def test_two_rows_may_not_claim_the_same_characters(copied, edit):
    row = tables.rows("printed", copied)[12]
    edit("exclusions", 27, "line", row["line"])
    edit("exclusions", 27, "start", str(int(row["start"]) + 1))
    assert str(faults_of(copied)).splitlines()[1:] == [
        f'  row 27, column start: found "{int(row["start"]) + 1}", expected a place of its own: '
        f'printed.csv has "{row["as_printed"]}" at character {row["start"]}.'
    ]


def test_all_faults_of_all_files_come_at_once(copied, edit):
    edit("printed", 14, "section", "cort")
    edit("printed", 54, "as_printed", "0.99")
    edit("relations", 5, "part_key", "police_resolved")
    edit("benchmarks", 4, "seen", "heard")
    assert str(faults_of(copied)).splitlines() == [
        "4 faults in 3 files; nothing was written.",
        '  printed.csv, row 14, column section: found "cort", expected one of lede, governance, court, '
        "procuratorate, police, mediation.",
        '  printed.csv, row 54, column as_printed: found "0.99" of kind rate, expected a share, '
        "such as 12.34%.",
        '  relations.csv, row 5, column part_key: found "police_resolved", expected the key of a number that '
        "printed.csv has; near to it is police_disputes_resolved.",
        '  benchmarks.csv, row 4, column seen: found "heard", expected one of seen, seen in a copy, '
        "not verified.",
    ]


def test_a_key_whose_row_is_wrong_is_told_of_once_and_there(copied, edit):
    edit("printed", 16, "as_printed", "一半多多")
    assert [fault.file for fault in faults_of(copied).faults] == ["printed.csv"]


def change(folder: Path, table: str, old: str, new: str) -> None:
    file = folder / "data" / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_a_missing_column_is_named(copied):
    change(copied, "printed", ",kind,", ",sort,")
    assert str(faults_of(copied)).splitlines() == [
        "printed.csv has 1 fault; nothing was written.",
        "  row 1, column kind: found no such column, expected a column named kind (Kind).",
    ]


def test_a_column_that_stands_twice_is_named(copied):
    change(copied, "printed", ",scope,", ",note,")
    assert str(faults_of(copied)).splitlines() == [
        "printed.csv has 1 fault; nothing was written.",
        '  row 1: found the column name "note" more than once, expected one name a column.',
    ]


def test_other_columns_are_welcome(copied):
    file = copied / "data/standalone.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text(
        "\n".join(f"{number},{line}" for number, line in enumerate(lines)) + "\n", encoding="utf-8"
    )
    assert tables.validate(copied, ["standalone"]) == []


def test_a_row_with_a_cell_too_many_is_one_fault(copied):
    change(copied, "relations", "closing_rate,C01,", "closing_rate,C01,,")
    assert faults_of(copied).faults == (
        Fault("relations.csv", 2, "", "16 cells", "15 cells, as in the header"),
    )


def test_an_empty_row_is_one_fault(copied):
    change(copied, "relations", "\nratio_of_means", "\n\nratio_of_means")
    assert (
        str(faults_of(copied)).splitlines()[1]
        == "  row 4: found an empty row, expected no empty row: delete it."
    )


def test_quotation_marks_that_do_not_close_are_one_fault(copied):
    change(copied, "relations", '"Both counts', '""Both counts')
    assert [fault.file for fault in faults_of(copied).faults] == ["relations.csv"]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            "key,名\n".encode("gbk"),
            "row 1: found the byte 0xc3, which is not UTF-8, expected UTF-8: save it as UTF-8.",
        ),
        ("\ufeffkey\nx\n".encode(), "row 1: found a byte order mark, expected UTF-8 without one"),
        (b"key\r\nx\r\n", "row 1: found a carriage return (line ends of Windows), expected LF line ends"),
        (b"key\nx\0\n", "row 2: found a NUL character, expected text."),
        (b"", "found an empty file, expected a header and at least one row."),
        (b"key,ref\n", "found a header and no row, expected at least one row."),
        (b'key\n"x', "found quotation marks out of place"),
    ],
    ids=[
        "not UTF-8",
        "byte order mark",
        "Windows line ends",
        "NUL",
        "empty file",
        "no row",
        "open quotation",
    ],
)
def test_a_file_that_is_no_table_is_one_fault(copied, raw, message):
    (copied / "data/printed.csv").write_bytes(raw)
    head, line = str(faults_of(copied)).splitlines()
    assert head == "printed.csv has 1 fault; nothing was written."
    assert line.removeprefix("  ").startswith(message)


def test_a_missing_table_is_one_fault(copied):
    (copied / "data/relations.csv").unlink()
    assert str(faults_of(copied)).splitlines() == [
        "relations.csv has 1 fault; nothing was written.",
        "  found no such file, expected a table at data/relations.csv.",
    ]


def test_a_table_cut_off_midway_is_told_and_the_built_ones_stay(copied):
    file = copied / "data/printed.csv"
    file.write_bytes(file.read_bytes()[:5000])
    assert "printed.csv" in {fault.file for fault in faults_of(copied).faults}


def test_a_built_table_that_is_gone_or_cut_off_is_built_again(copied):
    file = copied / "data/statistics.csv"
    whole = file.read_bytes()
    file.write_bytes(whole[:1000])
    (copied / "data/checks.csv").unlink()
    changed = {written.name for written in dataset.build(copied) if written.changed}
    assert changed == {"statistics.csv", "checks.csv"}
    assert file.read_bytes() == whole
