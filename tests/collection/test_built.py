"""Facts about what is built: verdicts and outcomes follow from what is typed, and stale files are told."""

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import made
from asprinted.collection.collection import Collection
from asprinted.exact import verdicts
from asprinted.faults import Faults


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The made-up collection, sealed and built."""
    return made.sealed(tmp_path / "library").home


def put(folder: Path, table: str, rows: made.Rows) -> None:
    made.write(folder / "data" / f"{table}.csv", made.COLUMNS[table], rows)


def differences(folder: Path) -> list[str]:
    """Return what is no longer fresh, a line each."""
    try:
        Collection(folder).fresh()
    except Faults as faults:
        return [str(fault) for fault in faults.faults if faults.outcome == "run `asprinted build`"]
    return []


def built(folder: Path, table: str) -> dict[str, dict[str, str]]:
    """Return a table as a build would write it, by its first column."""
    Collection(folder).build()
    return {next(iter(row.values())): row for row in Collection(folder).rows(table)}


def test_a_token_is_read_exactly_with_its_hedge(folder):
    row = built(folder, "statistics")["visits"]
    assert (row["value"], row["low"], row["high"], row["bounds"], row["step"], row["hedge"]) == (
        "12000",
        "12000",
        "13000",
        "[)",
        "1000",
        "余",
    )
    assert built(folder, "statistics")["return_rate_printed"]["value"] == "0.9603"


@pytest.mark.parametrize(
    ("token", "verdict"),
    [
        ("96.03%", "nearest_only"),
        ("96.02%", "truncation_only"),
        ("96.0%", "both"),
        ("96.04%", "contradicted"),
    ],
)
def test_a_verdict_follows_from_the_token(folder, token, verdict):
    put(folder, "printed", made.changed("printed", "return_rate_printed", as_printed=token))
    assert built(folder, "checks")["return_on_time"]["verdict"] == verdict


def test_a_crosscheck_that_no_longer_holds_takes_the_typed_judgement(folder):
    assert built(folder, "crosschecks")["two_pairs"]["outcome"] == "holds"
    put(folder, "printed", made.changed("printed", "borrowers", as_printed="1.4万余人次"))
    rows = built(folder, "crosschecks")
    assert rows["two_pairs"]["outcome"] == rows["borrowers_and_visits"]["outcome"] == "differs"


def test_ends_of_an_interval_are_built_outward(folder):
    row = built(folder, "checks")["return_on_time"]
    # 46333/48250 is 0.96026943…: the exact quotient lies between its two written ends.
    assert (row["computed_low"], row["computed_high"]) == ("0.960269", "0.960270")


def test_a_changed_built_cell_is_named_with_what_would_be_built(folder):
    assert differences(folder) == []
    put(
        folder,
        "derived_values",
        [
            {**row, "value": row["value"].replace("1917", "1918")}
            for row in Collection(folder).rows("derived_values")
        ],
    )
    assert differences(folder) == [
        'derived_values.csv, row 2, column value: found "1918", expected "1917".',
        'derived_values.csv, row 3, column value: found "1918/48250", expected "1917/48250".',
    ]


@pytest.mark.parametrize("raw", [b"", b'key\n"x', b"\xff\xfe", None])
def test_a_built_file_that_is_damaged_or_gone_is_no_longer_fresh(folder, raw):
    file = folder / "data/checks.csv"
    file.unlink() if raw is None else file.write_bytes(raw)
    assert differences(folder)
    assert {line.split(".csv")[0] for line in differences(folder)} == {"checks"}


def test_an_outcome_typed_by_hand_is_no_longer_fresh(folder):
    put(folder, "crosschecks", made.changed("crosschecks", "two_pairs", outcome="flag"))
    assert differences(folder) == ['crosschecks.csv, row 3, column outcome: found "flag", expected "holds".']


def test_a_dictionary_edited_by_hand_is_no_longer_fresh(folder):
    file = folder / "data/README.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Typed by hand", "Typed by us", 1), encoding="utf-8"
    )
    assert len(differences(folder)) == 1


def test_a_described_column_that_is_renamed_makes_the_dictionary_stale(folder):
    file = folder / "data/datapackage.json"
    described = json.loads(file.read_text(encoding="utf-8"))
    described["resources"][1]["schema"]["fields"][0]["title"] = "Name"
    file.write_text(json.dumps(described), encoding="utf-8")
    assert {line.split(",")[0] for line in differences(folder)} == {"README.md"}


def test_every_column_stands_in_the_dictionary(folder):
    collection = Collection(folder)
    page = (folder / "data/README.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### (\S+)\.csv\n(.*?)(?=^##+ |\Z)", page, re.MULTILINE | re.DOTALL))
    assert list(sections) == collection.names()
    for name, section in sections.items():
        listed = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        assert listed == [field["name"] for field in collection.fields(name)]


def test_the_dictionary_is_built_in_chinese_where_all_that_it_says_has_chinese_and_nothing_else_has(folder):
    described = json.loads((folder / "data/datapackage.json").read_text(encoding="utf-8"))
    columns = [column for table in described["resources"] for column in table["schema"]["fields"]]
    texts = {
        each[part]
        for each in (described, *described["resources"], *columns)
        for part in ("title", "description")
    }
    lines = [f'{json.dumps(text)} = "文"\n' for text in sorted(texts - {"Open end"})]
    chinese = folder / "data/datapackage.zh.toml"
    chinese.write_text("".join([*lines, '"Opened" = "文"\n']), encoding="utf-8")
    with pytest.raises(Faults) as error:
        Collection(folder).build()
    assert [str(fault) for fault in error.value.faults] == [
        'datapackage.zh.toml: found no Chinese of "Open end", expected a line for it.',
        'datapackage.zh.toml: found "Opened", expected a text of datapackage.json.',
    ]
    assert not (folder / "data/README.zh.md").exists()
    chinese.write_text("".join([*lines, '"Open end" = "未写截止"\n']), encoding="utf-8")
    Collection(folder).build()
    assert "| `open_end` | 未写截止 | 文 |" in (folder / "data/README.zh.md").read_text(encoding="utf-8")


# ------------------------------------------------------------ the ledger


def test_the_ledger_has_every_check_in_the_order_of_its_numbers_with_its_reach(folder):
    rows = Collection(folder).ledger
    assert [(row.ref, row.kind, row.result, row.reach) for row in rows] == [
        ("C01", "recomputed", "nearest_only", "tested"),
        ("C02", "side_by_side", "holds", "side_by_side"),
        ("C03", "side_by_side", "holds", "side_by_side"),
        ("C04", "alone", "alone", "alone"),
    ]
    assert rows[2].keys == ("books_returned", "borrowers", "books_lent", "visits")


def test_the_strength_of_a_check_depends_on_the_space_it_is_asked_for(folder):
    relation = Collection(folder).relation("return_on_time")
    # Two values pass, one by each rule.
    for low, strength in ((Fraction(0), Fraction(9999, 10001)), (Fraction(95, 100), Fraction(499, 501))):
        assert verdicts.check(replace(relation, space=(low, Fraction(1)))).strength == strength
