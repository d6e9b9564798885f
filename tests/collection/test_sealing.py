"""Facts about what was typed: it stands in the text as it says, and no digit of it changes unnoticed.

What the text settles is sealed with it; everything else is sealed by anyone, without it.
"""

import csv
import io
import re
import subprocess
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

import commanded
import made
from asprinted.collection import building, sealing
from asprinted.collection.collection import Collection
from asprinted.faults import Faults


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The made-up collection, sealed and built."""
    return made.sealed(tmp_path / "library").home


def put(folder: Path, table: str, rows: made.Rows) -> None:
    made.write(folder / "data" / f"{table}.csv", made.COLUMNS[table], rows)


def broken(folder: Path) -> list[tuple[str, int | None, int | None]]:
    """Return where the seal is broken: file, row, line of the text."""
    try:
        Collection(folder).check_seal()
    except Faults as faults:
        return [(fault.file, fault.row, fault.line) for fault in faults.faults]
    return []


# ------------------------------------------------------------ sealed


def test_the_seal_covers_every_row_of_every_typed_table_and_each_place_once_more(folder):
    collection = Collection(folder)
    rest, placed = Counter(), Counter()
    for row in collection.rows("seal"):
        (placed if row["line"] else rest)[row["table"]] += int(row["rows"])
    assert rest == {name: len(collection.rows(name)) for name in collection.names("hand")}
    assert placed == {name: len(collection.rows(name)) for name in ("printed", "exclusions")}
    assert broken(folder) == []


@pytest.mark.parametrize("column", ["as_printed", "line", "start", "source"])
def test_what_the_text_settles_breaks_the_seal_of_its_line(folder, column):
    other = {"as_printed": "1.3万余人次", "line": "2", "start": "5", "source": "lending_rules"}[column]
    put(folder, "printed", made.changed("printed", "visits", **{column: other}))
    told = broken(folder)
    assert told
    assert {(file, bool(line)) for file, _, line in told} == {("printed.csv", True)}


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [
        ("printed", "visits", "note"),
        ("printed", "visits", "indicator_zh"),
        ("printed", "visits", "period_end"),
        ("exclusions", "library", "reason"),
        ("derived", "late", "formula"),
        ("sets", "half_years", "where"),
        ("benchmarks", "K01", "as_printed"),
        ("measures", "return_rate", "whole"),
        ("relations", "return_on_time", "note"),
        ("crosschecks", "two_pairs", "otherwise"),
    ],
)
def test_what_the_text_does_not_settle_breaks_the_seal_of_its_table(folder, table, key, column):
    other = "2024-06-29" if column == "period_end" else "another"
    put(folder, table, made.changed(table, key, **{column: other}))
    assert broken(folder) == [(f"{table}.csv", 2, None)]


def test_a_built_column_of_a_typed_table_is_not_sealed(folder):
    put(folder, "crosschecks", made.changed("crosschecks", "two_pairs", outcome="flag"))
    assert broken(folder) == []


def test_a_row_taken_out_or_put_in_breaks_the_seal(folder):
    put(folder, "printed", made.TABLES["printed"][1:])
    assert ("printed.csv", 2, None) in broken(folder)
    assert ("printed.csv", 2, 2) in broken(folder)
    put(folder, "printed", made.TABLES["printed"])
    put(folder, "exclusions", [])
    told = broken(folder)
    assert ("exclusions.csv", None, None) in told or ("exclusions.csv", None, 3) in told


def test_the_seal_ignores_how_cells_are_quoted_and_which_column_comes_first(folder):
    file = folder / "data/benchmarks.csv"
    rows = Collection(folder).rows("benchmarks")
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(reversed(rows[0])), quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    assert broken(folder) == []


# ------------------------------------------------------------ without the text


MEANT = {
    "a figure of others": (
        "benchmarks",
        made.plus(
            "benchmarks",
            made.other(
                "K08",
                "95%",
                "return_rate",
                "fir_2021_06",
                kind="rate",
                period_start="2021-01-01",
                period_end="2021-06-30",
            ),
        ),
    ),
    "a label mended": ("printed", made.changed("printed", "visits", indicator_zh="进馆人次")),
    "a note": ("relations", made.changed("relations", "return_on_time", note="Both are counts.")),
    "a derived value": ("derived", made.plus("derived", made.derived("twice", "2 * books_lent"))),
    "a set": (
        "sets",
        made.plus(
            "sets",
            {
                "key": "all_rates",
                "measure": "return_rate",
                "where": 'shown == "yes"',
                "title_en": "All",
                "title_zh": "全部",
            },
        ),
    ),
    "a reason": ("exclusions", made.changed("exclusions", "library", reason="the name of a quarter")),
}


@pytest.mark.parametrize("name", MEANT)
def test_anyone_can_seal_what_the_text_does_not_settle(folder, name):
    table, rows = MEANT[name]
    before = {row["table"]: row["sha256"] for row in Collection(folder).rows("seal") if not row["line"]}
    put(folder, table, rows)
    assert broken(folder)
    assert Collection(folder).seal() is None
    assert broken(folder) == []
    after = {row["table"]: row["sha256"] for row in Collection(folder).rows("seal") if not row["line"]}
    assert {name for name in before if before[name] != after[name]} == {table}


@pytest.mark.parametrize(
    "rows",
    [
        made.changed("printed", "visits", as_printed="1.3万余人次"),
        made.changed("printed", "visits", start="7"),
        made.changed("printed", "librarians", line="4", start="0"),
        made.TABLES["printed"][:-1],
    ],
    ids=["token", "place", "line", "row"],
)
def test_what_the_text_settles_is_never_sealed_without_it(folder, rows):
    old = (folder / "data/seal.csv").read_bytes()
    put(folder, "standalone", made.changed("standalone", "staff", keys="books_lent"))
    put(folder, "derived", made.plus("derived", without=["lent_per_librarian"]))
    put(folder, "printed", rows)
    with pytest.raises(Faults, match=r"asprinted verify ARTICLE --seal"):
        Collection(folder).seal()
    assert (folder / "data/seal.csv").read_bytes() == old


def test_nothing_is_sealed_while_a_table_has_a_fault(folder):
    old = (folder / "data/seal.csv").read_bytes()
    put(folder, "derived", made.changed("derived", "late", formula="books_lent -"))
    with pytest.raises(Faults, match=r"derived\.csv"):
        Collection(folder).seal()
    with pytest.raises(Faults, match=r"derived\.csv"):
        Collection(folder).seal(made.TEXT)
    assert (folder / "data/seal.csv").read_bytes() == old


def test_a_seal_that_is_gone_is_not_made_without_the_text(folder):
    (folder / "data/seal.csv").unlink()
    with pytest.raises(Faults, match=r"seal\.csv"):
        Collection(folder).seal()
    assert Collection(folder).seal(made.TEXT) is not None
    assert broken(folder) == []


def test_the_commands_seal_without_and_with_the_text(folder):
    put(folder, "relations", made.changed("relations", "return_on_time", note="A note."))
    sealed = commanded.asprinted("seal", folder=folder)
    assert (sealed.returncode, sealed.stdout) == (0, "Written: data/seal.csv\n")
    assert broken(folder) == []
    put(folder, "printed", made.changed("printed", "visits", start="7"))
    refused = commanded.asprinted("seal", folder=folder)
    assert refused.returncode == 1
    assert "asprinted verify ARTICLE --seal" in refused.stderr
    put(folder, "printed", made.TABLES["printed"])
    (folder / "text.txt").write_text(made.TEXT, encoding="utf-8")
    verified = commanded.asprinted("verify", "text.txt", "--seal", folder=folder)
    assert verified.stdout.splitlines() == [
        "6 printed figures and 1 exclusions stand where they say; they hold all 7 number expressions.",
        "Written: data/seal.csv",
    ]


# ------------------------------------------------------------ verified against the text


def test_every_number_of_the_text_stands_where_the_tables_say(folder):
    assert Collection(folder).verify(made.TEXT) == sealing.Verified(6, 1, 7)


def test_a_text_with_one_more_number_is_not_verified(folder):
    with pytest.raises(Faults) as raised:
        Collection(folder).verify(made.TEXT + "共99册")
    found = {(fault.file, fault.line, fault.found) for fault in raised.value.faults}
    assert ("the text", made.TEXT.count("\n") + 1, '"99册"') in found
    assert any(fault.file == "sources.csv" and fault.column == "sha256" for fault in raised.value.faults)


def test_a_token_one_character_off_is_named_with_line_and_position(folder):
    start = int(next(row["start"] for row in made.TABLES["printed"] if row["key"] == "visits"))
    put(folder, "printed", made.changed("printed", "visits", start=str(start + 1)))
    with pytest.raises(Faults) as raised:
        Collection(folder).verify(made.TEXT)
    fault = next(fault for fault in raised.value.faults if fault.file == "printed.csv")
    assert (fault.row, fault.line, fault.start) == (5, 3, start + 1)
    assert f"the token stands at character {start}" in fault.expected


def test_an_exclusion_left_out_leaves_its_number_over(folder):
    put(folder, "exclusions", [{**made.TABLES["exclusions"][0], "as_printed": "第", "start": "0"}])
    with pytest.raises(
        Faults, match=r"line 3 of the text, character \d+: found .*季度.* expected one row of"
    ):
        Collection(folder).verify(made.TEXT)


def test_sealing_again_writes_the_same_seal(folder):
    old = (folder / "data/seal.csv").read_bytes()
    Collection(folder).seal(made.TEXT)
    Collection(folder).seal()
    assert (folder / "data/seal.csv").read_bytes() == old


def test_a_text_is_verified_in_any_encoding_that_is_read_and_what_is_no_text_is_one_clear_message(folder):
    (folder / "text.txt").write_bytes(made.TEXT.encode("gbk"))
    assert commanded.asprinted("verify", "text.txt", folder=folder).returncode == 0
    (folder / "text.txt").write_bytes(made.TEXT.encode("gbk") + b"\x00")
    refused = commanded.asprinted("verify", "text.txt", folder=folder)
    assert refused.returncode == 1
    assert refused.stderr.startswith("text.txt has 1 fault; nothing was compared.\n  found binary data")


def test_sealing_needs_no_text_and_no_pandas():
    code = "import sys, asprinted.collection.sealing; print({'pandas', 'nbformat'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


# ------------------------------------------------------------ one digit, one hedge


def other_digits(text: str) -> list[tuple[int, str]]:
    """Return, for every digit below the header, its place and the digit that takes its place."""
    start = text.index("\n")
    return [
        (found.start(), str((int(found[0]) + 5) % 10))
        for found in re.finditer("[0-9]", text)
        if found.start() > start
    ]


@pytest.mark.parametrize("table", [name for name in made.TABLES if name not in made.BUILT])
def test_one_changed_digit_or_hedge_of_a_typed_table_is_noticed_without_the_text(folder, table):
    file = folder / "data" / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    hedges = [(found.start(), "约") for found in re.finditer("余", text)]
    for at, other in [*other_digits(text), *hedges]:
        file.write_text(text[:at] + other + text[at + 1 :], encoding="utf-8", newline="\n")
        assert broken(folder), (table, text[:at].splitlines()[-1])
    file.write_text(text, encoding="utf-8", newline="\n")
    assert broken(folder) == []


def test_one_changed_digit_or_hedge_of_a_built_table_is_noticed(folder):
    for file, built in Collection(folder).prepare().items():
        if file.suffix != ".csv":
            continue
        hedges = [(found.start(), "约") for found in re.finditer("余", built)]
        assert list(building.compare(file.name, built, built)) == []
        for at, other in chain(other_digits(built), hedges):
            changed = built[:at] + other + built[at + 1 :]
            (fault,) = building.compare(file.name, changed, built)
            assert fault.row == len(list(csv.reader(io.StringIO(built[: at + 1])))), file.name
