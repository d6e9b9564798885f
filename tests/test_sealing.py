"""Facts about what was typed: it stands in the text as it says, and no digit of it changes unnoticed."""

import csv
import hashlib
import re
from collections import Counter

import pytest

from guandu import sealing, tables
from guandu.tables import Faults

# ----------------------------------------------------------------------------------------------------- sealed


def test_the_typed_tables_are_as_they_were_sealed(home):
    sealing.check_seal(home)


def test_the_seal_covers_every_row_of_every_typed_table(home):
    sealed = Counter()
    for row in tables.rows("seal", home):
        sealed[row["table"]] += int(row["rows"])
    assert sealed == {name: len(tables.rows(name, home)) for name in tables.names(home, "hand")}


def test_a_changed_word_breaks_the_seal_and_the_message_names_its_line(copied, edit):
    edit("printed", 14, "note", "another note")
    with pytest.raises(Faults) as raised:
        sealing.check_seal(copied)
    (fault,) = raised.value.faults
    assert (fault.file, fault.line) == ("printed.csv", 27)
    assert "changed since the seal" in fault.found


def test_a_row_taken_out_or_put_in_breaks_the_seal(copied):
    rows = tables.rows("exclusions", copied)
    tables.write("exclusions", rows[1:], copied)
    with pytest.raises(Faults, match="line 3 of the text"):
        sealing.check_seal(copied)
    tables.write("exclusions", [*rows, {**rows[0], "line": "2", "start": "0"}], copied)
    with pytest.raises(Faults, match=r"never sealed"):
        sealing.check_seal(copied)


def test_a_line_taken_out_as_a_whole_breaks_the_seal(copied):
    tables.write(
        "exclusions", [row for row in tables.rows("exclusions", copied) if row["line"] != "3"], copied
    )
    with pytest.raises(Faults, match="no row for what was sealed"):
        sealing.check_seal(copied)


def test_the_seal_ignores_how_cells_are_quoted_and_which_column_comes_first(copied):
    file = copied / "data/benchmarks.csv"
    rows = tables.rows("benchmarks", copied)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(reversed(rows[0])), quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    sealing.check_seal(copied)


# ---------------------------------------------------------------------------------- verified against the text


def test_all_53_figures_and_every_other_number_stand_where_the_tables_say(home, article):
    assert sealing.verify(home, article) == sealing.Verified(printed=53, exclusions=81, expressions=130)


def test_a_text_with_one_more_number_is_not_verified(home, article):
    with pytest.raises(Faults) as raised:
        sealing.verify(home, article + "共99起")
    found = {(fault.file, fault.line, fault.found) for fault in raised.value.faults}
    assert ("the text", article.count("\n") + 1, '"99起"') in found
    assert any(fault.file == "sources.csv" and fault.column == "sha256" for fault in raised.value.faults)


def test_a_token_one_character_off_is_named_with_line_and_position(copied, edit, article):
    row = tables.rows("printed", copied)[12]
    edit("printed", 14, "start", str(int(row["start"]) + 1))
    with pytest.raises(Faults) as raised:
        sealing.verify(copied, article)
    fault = next(fault for fault in raised.value.faults if fault.file == "printed.csv")
    assert (fault.row, fault.line, fault.start) == (14, 27, int(row["start"]) + 1)
    assert f"the token stands at character {row['start']}" in fault.expected


def test_an_exclusion_left_out_leaves_its_number_over(copied, article):
    rows = tables.rows("exclusions", copied)
    tables.write("exclusions", rows[1:], copied)
    with pytest.raises(
        Faults, match=r"line 3 of the text, character 1: found .* expected one row of printed\.csv"
    ):
        sealing.verify(copied, article)


def test_sealing_the_undamaged_tables_writes_the_same_seal(copied, article):
    old = (copied / "data/seal.csv").read_bytes()
    sealing.seal(copied, article)
    assert (copied / "data/seal.csv").read_bytes() == old


def test_the_seal_is_refused_while_anything_disagrees(copied, edit, article):
    old = (copied / "data/seal.csv").read_bytes()
    edit("printed", 14, "as_printed", "34766件")
    with pytest.raises(Faults, match="34766件"):
        sealing.seal(copied, article)
    edit("printed", 14, "as_printed", "34765件")
    edit("relations", 2, "part_key", "nothing")
    with pytest.raises(Faults, match="nothing"):
        sealing.seal(copied, article)
    assert (copied / "data/seal.csv").read_bytes() == old


def test_the_checksum_of_the_article_is_that_of_its_source(home, article):
    (row,) = [row for row in tables.rows("sources", home) if row["key"] == "article"]
    assert row["sha256"] == hashlib.sha256(article.encode("utf-8")).hexdigest()


def test_no_table_holds_a_phrase_of_the_article(home, article):
    lines = [line for line in article.split("\n") if line]
    pieces = {line[at : at + 12] for line in lines for at in range(len(line) - 11)}
    pieces = {piece for piece in pieces if len(re.findall("[一-鿿]", piece)) > 6}
    title = next(row["title"] for row in tables.rows("sources", home) if row["key"] == "article")
    for file in (home / "data").iterdir():
        text = file.read_text(encoding="utf-8").replace(title, "")
        assert not [text[at : at + 12] for at in range(len(text) - 11) if text[at : at + 12] in pieces], (
            file.name
        )
