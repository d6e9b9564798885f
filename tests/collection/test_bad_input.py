"""Each fault of a hand-typed table gives one clear message, all come at once, and no file is touched."""

import json
from pathlib import Path

import pytest

import made
from asprinted.collection import validating
from asprinted.collection.collection import Collection
from asprinted.collection.validating import validate
from asprinted.faults import Fault, Faults

# Table, key of the row, column, what is typed there → what the message says was found and expected, from its
# beginning.
ONE_CELL = {
    "a token that is no number": (
        ("printed", "return_rate_printed", "as_printed", "大多数"),
        '"大多数" without a numeral, expected ',
    ),
    "a token with a measure word that the reader does not know": (
        ("printed", "books_lent", "as_printed", "48250咖"),
        '"咖" after "48250", expected nothing there',
    ),
    "a rate written as a decimal": (
        ("printed", "return_rate_printed", "as_printed", "0.9603"),
        '"0.9603" of kind rate, expected a share, such as 12.34%.',
    ),
    "a rate that is a count": (
        ("printed", "return_rate_printed", "as_printed", "9603册"),
        '"9603册" of kind rate, expected a share, such as 12.34%.',
    ),
    "a count in yuan": (
        ("printed", "books_lent", "as_printed", "48250元"),
        '"48250元" of kind count, expected whole things',
    ),
    "half a book": (
        ("printed", "books_lent", "as_printed", "48250.5册"),
        '"48250.5册" of kind count, expected whole things',
    ),
    "a value that no finite decimal writes": (
        ("printed", "return_rate_printed", "as_printed", "三分之一"),
        '"三分之一", 1/3, expected a value that a finite decimal writes.',
    ),
    "an unknown kind": (
        ("printed", "books_lent", "kind", "counts"),
        '"counts", expected one of count, rate, mean, change, rank, duration, money.',
    ),
    "an unknown section": (
        ("printed", "books_lent", "section", "hall"),
        '"hall", expected one of lending, house.',
    ),
    "a missing section": (
        ("printed", "books_lent", "section", ""),
        "an empty cell, expected one of lending, house.",
    ),
    "a date of another calendar": (
        ("printed", "books_lent", "period_end", "30.6.2024"),
        '"30.6.2024", expected an ISO date, such as 2020-12-31, or nothing.',
    ),
    "a day that does not exist": (
        ("printed", "books_lent", "period_end", "2024-06-31"),
        '"2024-06-31", expected an ISO date, such as 2020-12-31, or nothing.',
    ),
    "a period that ends before it starts": (
        ("printed", "books_lent", "period_end", "2023-06-30"),
        '"2023-06-30", expected a day not before the period\'s start, 2024-01-01.',
    ),
    "a key twice": (
        ("printed", "books_returned", "key", "books_lent"),
        '"books_lent", expected a key that no other row has (row 2 has it).',
    ),
    "a key that a program could not use": (
        ("printed", "librarians", "key", "The librarians"),
        '"The librarians", expected text of the form [a-z][a-z0-9_]* (Key).',
    ),
    "a line that is no number": (
        ("printed", "books_lent", "line", "1e1"),
        '"1e1", expected a whole number, such as 27.',
    ),
    "a publication that is not listed": (
        ("printed", "books_lent", "source", "librari"),
        '"librari", expected a key of sources.csv.',
    ),
    "a cell that a spreadsheet would run": (
        ("printed", "books_lent", "note", '=HYPERLINK("x")'),
        '"=HYPERLINK("x")", expected text that no spreadsheet runs as a formula',
    ),
    "a relation of an unknown figure": (
        ("relations", "return_on_time", "part_key", "books_returnd"),
        '"books_returnd", expected the key of a number that printed.csv has; near to it is books_returned.',
    ),
    "an unknown kind of relation": (
        ("relations", "return_on_time", "kind", "ratio"),
        '"ratio", expected one of share, mean, sum, change, divisor.',
    ),
    "a share whose result is a count": (
        ("relations", "return_on_time", "printed_key", "books_lent"),
        '"books_lent", a count, expected a rate, the result of a share.',
    ),
    "one end of a space": (
        ("relations", "return_on_time", "space_low", "0.5"),
        "one end of a space, expected both or none.",
    ),
    "a crosscheck of an unknown figure": (
        ("crosschecks", "borrowers_and_visits", "left", "borrower"),
        '"borrower", expected the key of a number that printed.csv or benchmarks.csv has; near to it is ',
    ),
    "a crosscheck that is no expression": (
        ("crosschecks", "borrowers_and_visits", "left", "borrowers+"),
        '"borrowers+", expected keys, numbers, + - × ÷, parentheses',
    ),
    "a crosscheck with more figures on one side": (
        ("crosschecks", "two_pairs", "right", "books_lent"),
        "1 figures, expected 2, one for each on the left.",
    ),
    "a crosscheck of a figure that is not read": (
        ("crosschecks", "borrowers_and_visits", "right", "K07"),
        '"K07", expected the key of a number that printed.csv or benchmarks.csv has.',
    ),
    "a number of the ledger twice": (
        ("standalone", "staff", "ref", "C01"),
        '"C01", expected a number of its own: relations.csv has it.',
    ),
    "an unknown figure that stands alone": (
        ("standalone", "staff", "keys", "librarian"),
        '"librarian", expected the key of a number that printed.csv or benchmarks.csv has',
    ),
    "a figure of another publisher that cannot be read": (
        ("benchmarks", "K05", "as_printed", "about many"),
        '"about many", without a plain numeral, expected ',
    ),
    "an address that is none": (
        ("benchmarks", "K01", "address", "www.example.org"),
        '"www.example.org", expected text of the form https?://\\S+ (Address).',
    ),
    # Derived values, groups, measures and sets.
    "a formula of an unknown key": (
        ("derived", "late", "formula", "books_lent - books_returnd"),
        "no fact 'books_returnd'; near to it is 'books_returned' or 'books_lent', expected ",
    ),
    "a formula that is none": (
        ("derived", "late", "formula", "books_lent -"),
        '"books_lent -", expected ',
    ),
    "a division by zero": (
        ("derived", "late", "formula", "books_lent / (books_returned - books_returned)"),
        "a division by 0 in ",
    ),
    "a division by an interval that holds zero": (
        ("derived", "borrowing_share", "formula", "borrowers / (visits - 12050)"),
        "a divisor that may be 0 in ",
    ),
    "a hedged figure twice where the interval is shown": (
        ("derived", "borrowing_share", "formula", "(visits - borrowers) / visits"),
        "visits more than once, expected a formula in which what is hedged stands once.",
    ),
    "a formula that leads back to itself": (
        ("derived", "late", "formula", "late_share * books_lent"),
        "late → late_share → late, which leads back to itself",
    ),
    "a function that is not listed": (
        ("derived", "late", "formula", "abs(books_lent)"),
        'the function abs in "abs(books_lent)", expected days, working_days, low, high.',
    ),
    "a method": (
        ("derived", "late", "formula", "books_lent.real"),
        '"books_lent.real"',
    ),
    "a power": (
        ("derived", "late", "formula", "books_lent ** 2"),
        '"books_lent ** 2"',
    ),
    "a comparison in a value": (
        ("derived", "late", "formula", "books_lent > books_returned"),
        '"books_lent > books_returned"',
    ),
    "a derived value under a printed figure's key": (
        ("derived", "lent_per_day", "key", "librarians"),
        '"librarians", expected a key that no printed figure has.',
    ),
    "a derived value under the key of a figure of others": (
        ("derived", "lent_per_day", "key", "K01"),
        '"K01", expected a key that no printed figure has.',
    ),
    "a value that is shown in no known way": (
        ("derived", "late", "show", "values"),
        '"values", expected one of value, interval, both.',
    ),
    "a rule of rounding that is none": (
        ("derived", "late", "rule", "nearst"),
        '"nearst", expected ',
    ),
    "a form that is none": (
        ("derived", "late", "form", "counts"),
        '"counts", expected ',
    ),
    "a period whose working days nobody typed": (
        ("derived", "lent_per_day", "formula", "K01 / working_days(K01)"),
        "the period of K01, of whose year no holidays are typed, expected rows in holidays.csv.",
    ),
    "a caveat that names an unknown figure": (
        ("derived", "lent_per_librarian", "caveat_en", "Of {books_len:count}."),
        'the name "books_len"',
    ),
    "a caveat with an unknown format": (
        ("derived", "lent_per_librarian", "caveat_zh", "以{books_lent:counts}册计。"),
        'the format "counts" of books_lent',
    ),
    "a measure twice in one group": (
        ("benchmarks", "K06", "measure", "lent"),
        '"pine_2023", expected another group: row 6 counts lent in it.',
    ),
    "a measure made of no formula": (
        ("measures", "return_rate", "part", "returned +"),
        '"returned +", expected ',
    ),
    "a measure with other parts than wholes": (
        ("measures", "return_rate", "part", "returned;returned;returned"),
        "3 parts, expected one, or 2, one for each whole.",
    ),
    "a rule that is none": (
        ("sets", "half_years", "where", "shown =="),
        '"shown =="',
    ),
    "a rule over an unknown column": (
        ("sets", "half_years", "where", 'colour == "red"'),
        "",
    ),
    "counts without a whole": (
        ("published_rates", "reed_1", "counts", "24人"),
        '"24人", expected a part and a whole, such as 24人/(24人+25人), or nothing where',
    ),
    "a sum of counts without brackets": (
        ("published_rates", "reed_1", "counts", "24人/24人+48人"),
        '"24人/24人+48人", expected a part and a whole',
    ),
    "a count that is no number": (
        ("published_rates", "reed_1", "counts", "24人/多人"),
        '"多人" ',
    ),
    "a published rate that is a count": (
        ("published_rates", "reed_1", "result", "33人"),
        '"33人" of kind rate, expected a share, such as 12.34%.',
    ),
    "a published rate of no kind": (
        ("published_rates", "reed_1", "kind", "sum"),
        '"sum", expected one of share, mean, change.',
    ),
    "a published change without its direction": (
        ("published_rates", "reed_2", "direction", ""),
        "no direction, expected one of rise, fall, rise_by, fall_by.",
    ),
    "a set without rows": (
        ("sets", "full_years", "where", 'full_year == "perhaps"'),
        "a rule that no row meets, expected a rule that takes in one row at least.",
    ),
}
# The column that is told is not always the one that is typed.
TOLD_AS = {
    "a measure twice in one group": "group",
    "one end of a space": "space_high",
}


def edit(folder: Path, table: str, key: str, column: str, text: str) -> int:
    """Set one cell of the collection in a folder; return its row."""
    rows = made.changed(table, key, **{column: text})
    made.write(folder / "data" / f"{table}.csv", made.COLUMNS[table], rows)
    return made.row_number(table, key)


def faults_of(folder: Path) -> Faults:
    """Build a damaged collection; return what it raises, once it is sure that no file was touched."""
    before = {file: file.read_bytes() for file in (folder / "data").iterdir()}
    with pytest.raises(Faults) as raised:
        Collection(folder).build()
    assert {file: file.read_bytes() for file in (folder / "data").iterdir()} == before
    return raised.value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The made-up collection, not built."""
    return made.library(tmp_path)


@pytest.mark.parametrize("name", ONE_CELL)
def test_one_wrong_cell_is_one_line_that_names_it(folder, name):
    cell, says = ONE_CELL[name]
    row = edit(folder, *cell)
    head, *lines = str(faults_of(folder)).splitlines()
    assert head == f"{cell[0]}.csv has 1 fault; nothing was written."
    assert len(lines) == 1
    assert lines[0].startswith(f"  row {row}, column {TOLD_AS.get(name, cell[2])}: found {says}")


def test_an_undamaged_collection_builds(folder):
    assert any(written.changed for written in Collection(folder).build())
    assert not any(written.changed for written in Collection(folder).build())


def test_a_row_of_others_that_no_set_takes_in_is_named(folder):
    rows = made.plus("benchmarks", made.other("K08", "7间", "rooms", ""))
    made.write(folder / "data/benchmarks.csv", made.COLUMNS["benchmarks"], rows)
    assert str(faults_of(folder)).splitlines() == [
        "benchmarks.csv has 1 fault; nothing was written.",
        "  row 9, column measure: found a row that no set takes in (measure rooms), "
        "expected a row that the rule of a set meets.",
    ]


def test_all_faults_of_derived_values_groups_and_sets_come_at_once(folder):
    faulty = [
        {**row, **{"late": {"formula": "lent"}, "late_share": {"show": "no"}}.get(row["key"], {})}
        for row in made.TABLES["derived"]
    ]
    made.write(folder / "data/derived.csv", made.COLUMNS["derived"], faulty)
    edit(folder, "benchmarks", "K06", "measure", "lent")
    edit(folder, "sets", "full_years", "where", "full_year ==")
    told = {(fault.file, fault.row, fault.column) for fault in faults_of(folder).faults}
    assert told >= {
        ("derived.csv", 2, "formula"),
        ("derived.csv", 3, "show"),
        ("benchmarks.csv", 7, "group"),
        ("sets.csv", 3, "where"),
    }


def test_a_fault_that_a_value_inherits_is_told_of_once_and_there(folder):
    edit(folder, "derived", "late", "formula", "books_lent - nothing")
    assert [(fault.file, fault.row) for fault in faults_of(folder).faults] == [("derived.csv", 2)]


def test_a_part_greater_than_its_whole_is_an_answer_and_no_fault(folder):
    edit(folder, "printed", "books_returned", "as_printed", "48251册")
    Collection(folder).build()
    (row,) = Collection(folder).rows("checks")
    assert row["verdict"] == "not_testable"


def test_two_rows_may_not_claim_the_same_characters(folder):
    (row,) = (row for row in made.TABLES["printed"] if row["key"] == "books_lent")
    start = str(int(row["start"]) + 1)
    rows = made.plus("exclusions", {"source": "library", "line": "2", "start": start, "as_printed": "8250"})
    made.write(folder / "data/exclusions.csv", made.COLUMNS["exclusions"], rows)
    assert str(faults_of(folder)).splitlines()[1:] == [
        f'  row 3, column start: found "{start}", expected a place of its own: '
        f'printed.csv has "48250册" at character {row["start"]}.'
    ]


def test_all_faults_of_all_files_come_at_once_in_the_order_of_the_tables(folder):
    edit(folder, "benchmarks", "K04", "seen", "heard")
    edit(folder, "relations", "return_on_time", "part_key", "returned")
    edit(folder, "printed", "librarians", "section", "hall")
    head, *lines = str(faults_of(folder)).splitlines()
    assert head == "3 faults in 3 files; nothing was written."
    assert [line.split(":")[0] for line in lines] == [
        "  printed.csv, row 7, column section",
        "  relations.csv, row 2, column part_key",
        "  benchmarks.csv, row 5, column seen",
    ]


def test_a_key_whose_row_is_wrong_is_told_of_once_and_there(folder):
    edit(folder, "printed", "return_rate_printed", "as_printed", "一半多多")
    assert [fault.file for fault in faults_of(folder).faults] == ["printed.csv"]


# ------------------------------------------------------------ the file as a whole


def change(folder: Path, table: str, old: str, new: str) -> None:
    file = folder / "data" / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_a_missing_column_is_named(folder):
    change(folder, "printed", ",kind,", ",sort,")
    assert str(faults_of(folder)).splitlines() == [
        "printed.csv has 1 fault; nothing was written.",
        "  row 1, column kind: found no such column, expected a column named kind (Kind).",
    ]


def test_a_column_that_stands_twice_is_named(folder):
    change(folder, "printed", ",scope,", ",note,")
    assert str(faults_of(folder)).splitlines() == [
        "printed.csv has 1 fault; nothing was written.",
        '  row 1: found the column name "note" more than once, expected one name a column.',
    ]


def test_other_columns_are_welcome_and_stay(folder):
    rows = [{**row, "mine": "x"} for row in made.TABLES["standalone"]]
    made.write(folder / "data/standalone.csv", made.COLUMNS["standalone"], rows)
    assert list(validate(Collection(folder), ["standalone"])) == []
    assert Collection(folder).rows("standalone")[0]["mine"] == "x"


def test_a_row_with_a_cell_too_many_is_one_fault(folder):
    change(folder, "relations", "return_on_time,C01,", "return_on_time,C01,,")
    assert faults_of(folder).faults == (
        Fault("relations.csv", 2, "", "13 cells", "12 cells, as in the header"),
    )


def test_an_empty_row_is_one_fault(folder):
    change(folder, "crosschecks", "\ntwo_pairs", "\n\ntwo_pairs")
    assert (
        str(faults_of(folder)).splitlines()[1]
        == "  row 3: found an empty row, expected no empty row: delete it."
    )


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
        (b'key\n"x', "row 2: found quotation marks out of place"),
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
@pytest.mark.parametrize("table", ["printed", "derived", "sets"])
def test_a_file_that_is_no_table_is_one_fault(folder, table, raw, message):
    (folder / f"data/{table}.csv").write_bytes(raw)
    head, line = str(faults_of(folder)).splitlines()
    assert head == f"{table}.csv has 1 fault; nothing was written."
    assert line.removeprefix("  ").startswith(message)


@pytest.mark.parametrize("table", ["relations", "derived", "measures", "sets", "benchmarks"])
def test_a_missing_table_is_one_fault(folder, table):
    (folder / f"data/{table}.csv").unlink()
    assert str(faults_of(folder)).splitlines() == [
        f"{table}.csv has 1 fault; nothing was written.",
        f"  found no such file, expected a table at data/{table}.csv.",
    ]


def test_a_table_cut_off_midway_is_told_and_the_built_ones_stay(folder):
    Collection(folder).build()
    file = folder / "data/printed.csv"
    file.write_bytes(file.read_bytes()[:500])
    assert "printed.csv" in {fault.file for fault in faults_of(folder).faults}


def test_a_built_table_that_is_gone_or_cut_off_is_built_again(folder):
    Collection(folder).build()
    file = folder / "data/statistics.csv"
    whole = file.read_bytes()
    file.write_bytes(whole[:100])
    (folder / "data/checks.csv").unlink()
    changed = {written.name for written in Collection(folder).build() if written.changed}
    assert changed == {"statistics.csv", "checks.csv"}
    assert file.read_bytes() == whole


# ------------------------------------------------------------ the descriptor


@pytest.mark.parametrize("path", ["../printed.csv", "/etc/hosts", "sub/printed.csv", "", None, "..", "."])
def test_a_table_outside_the_folder_of_the_tables_is_refused(folder, path):
    file = folder / "data/datapackage.json"
    text = file.read_text(encoding="utf-8")
    assert '"path": "printed.csv"' in text
    file.write_text(text.replace('"path": "printed.csv"', f'"path": {json.dumps(path)}'), encoding="utf-8")
    assert str(faults_of(folder)).splitlines() == [
        "datapackage.json has 1 fault; nothing was written.",
        f"  column printed.path: found {json.dumps(path)}, expected the name of a CSV file in data/.",
    ]


def test_a_package_of_algorithms_that_is_not_there_is_one_fault(folder):
    file = folder / "data/datapackage.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{", '{"asprinted": {"functions": "no_such_package"},', 1), encoding="utf-8")
    (fault,) = faults_of(folder).faults
    assert (fault.file, fault.column, fault.expected) == (
        "datapackage.json",
        "functions",
        "a package with FUNCTIONS",
    )


def constrain(folder: Path, table: str, column: str, pattern: str) -> None:
    """Give a column a pattern."""
    file = folder / "data/datapackage.json"
    described = json.loads(file.read_text(encoding="utf-8"))
    (found,) = (each for each in described["resources"] if each["name"] == table)
    for each in found["schema"]["fields"]:
        if each["name"] == column:
            each["constraints"] = {"pattern": pattern}
    file.write_text(json.dumps(described), encoding="utf-8")


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(a|aa)+b", "a*a*a*a*a*a*a*a*a*a*b"])
def test_a_pattern_that_would_try_for_years_is_told_with_the_row_where_it_does(folder, monkeypatch, pattern):
    monkeypatch.setattr(validating, "PATTERN_SECONDS", 0.1)
    constrain(folder, "standalone", "note", pattern)
    rows = [{**row, "note": "a" * 60} for row in made.TABLES["standalone"]]
    made.write(folder / "data/standalone.csv", made.COLUMNS["standalone"], rows)
    (fault,) = validate(Collection(folder), ["standalone"])
    assert str(fault) == (
        f'datapackage.json, column standalone.note.constraints.pattern: found "{pattern}", expected a '
        "regular expression that is soon decided: standalone.csv, row 2 took it more than 0.1 seconds."
    )


def test_a_pattern_is_held_to_the_whole_of_a_cell_in_each_of_its_branches(folder):
    constrain(folder, "standalone", "note", "rise|fall")
    (row,) = made.TABLES["standalone"]
    rows = [{**row, "id": f"staff_{note}", "note": note} for note in ("rise", "fall", "risen")]
    made.write(folder / "data/standalone.csv", made.COLUMNS["standalone"], rows)
    (fault,) = validate(Collection(folder), ["standalone"])
    assert str(fault).startswith(
        'standalone.csv, row 4, column note: found "risen", expected text of the form rise|fall ('
    )
