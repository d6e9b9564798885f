"""Facts about what a new row moves in what is typed again: only numbers, each in its place."""

import csv
import json
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

import pytest
from tools import second_hand
from tools.second_hand import Change, moved

PIECE = "of 5 rates .. 5 are higher than the printed 61.71%"


@pytest.mark.parametrize(
    ("piece", "shown", "new"),
    [
        (PIECE, "of 6 rates found, 5 are higher than the printed 61.71%.", PIECE.replace("of 5", "of 6")),
        (PIECE, "of 6 rates found, 5 are lower than the printed 61.71%.", None),
        ("5 are higher", "5 are higher and 6 are higher", None),
        (
            "查到2个，甲2019年和乙2020年",
            "查到3个，甲2019年、乙2020年和丙2021年。",
            "查到3个，甲2019年、乙2020年",
        ),
        ("共1,204万件", "共1,305万件", "共1,305万件"),
    ],
)
def test_numbers_alone_move_and_where_words_do_nothing_is_guessed(piece: str, shown: str, new: str | None):
    assert moved(piece, shown) == new


def test_changes_of_one_file_each_stand_where_they_were_found(tmp_path: Path):
    file = tmp_path / "said.toml"
    file.write_text('a = ["5"]\nb = ["5"]\n', encoding="utf-8")
    changes = [Change(file, 4, '["5"]', '["15"]', "a"), Change(file, 14, '["5"]', '["6"]', "b")]
    assert second_hand.applied(changes) == {file: 'a = ["15"]\nb = ["6"]\n'}


def test_an_edited_row_is_proposed_as_it_stands_now_and_the_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "terms.csv"
    file.write_text("key,term,sets\nopen,未结,S1\nfiled,新收,S2\n", encoding="utf-8")

    class Twice:
        FILES = MappingProxyType({"terms": file})
        again = staticmethod(lambda table: [*csv.DictReader(file.read_text("utf-8").splitlines())])
        named = staticmethod(lambda table, row: row["key"])
        pairs = staticmethod(lambda table: {})
        otherwise = staticmethod(lambda both: {"filed": {"term": ("收案", "新收")}})

    monkeypatch.setattr(second_hand, "import_module", lambda name: Twice)
    (change,) = second_hand.rows()
    assert (change.old, change.new, change.of) == ("filed,新收,S2", "filed,收案,S2", "terms, filed")
    assert second_hand.applied([change]) == {file: "key,term,sets\nopen,未结,S1\nfiled,收案,S2\n"}


def test_a_cell_is_looked_for_as_many_rows_on_as_came_in():
    class Computed:
        @staticmethod
        def at(table: list[str], place: str, column: str) -> tuple[str, str]:
            row = place.partition("/")[0]
            return f"{row}/{len(table)}", table[int(row) - 1]

    typed = {"place": "2/3", "column": "1", "shown": "b"}
    assert second_hand._cell(Computed, typed, ["a", "new", "b", "c"]) == ("3/4", "b")
    assert second_hand._cell(Computed, typed, ["a", "b", "new", "c"]) == ("2/4", "b")
    assert second_hand._cell(Computed, typed, ["a", "x", "c"]) == ("2/3", "x")


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("rate rises 3", "rate falls 3", "rate [rises] falls"),
        ("其中多于", "其中少于", "中 [多] 少"),
        ("", "new row", " [] new row"),
    ],
)
def test_of_a_text_that_changed_the_words_that_went_and_came_are_shown(old: str, new: str, shown: str):
    assert second_hand.apart(old, new) == shown


def test_lines_that_are_others_new_or_gone_are_put_in_where_they_stood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    class Held:
        __file__ = str(tmp_path / "test_held.py")
        TYPED: ClassVar = {
            key: {"text": key, "en": en} for key, en in (("a", "more"), ("b", "b"), ("c", "c"))
        }
        FOUND: ClassVar = {key: {"text": key, "en": key} for key in ("0", "1", "a", "2", "3", "b", "4")}

    file = tmp_path / "turns.csv"
    file.write_text("text,en\na,more\nb,b\nc,c\n", encoding="utf-8")
    monkeypatch.setattr(second_hand, "ARTICLE", tmp_path)
    monkeypatch.setattr(second_hand, "import_module", lambda name: Held)
    changes = [*second_hand.lines("held", file.name, str)]
    assert second_hand.applied(changes) == {file: "text,en\n0,0\n1,1\na,a\n2,2\n3,3\nb,b\n4,4\n"}


def test_what_one_table_moves_is_one_reading_and_so_is_the_same_change_in_several():
    tables, shapes = Path("tables.csv"), Path("shapes.csv")
    first = [Change(tables, at, f"x,{at},4", f"x,{at},5", "10_context, windows") for at in (1, 2)]
    more = Change(shapes, 3, "found | 6", "found | 7", "10_context, windows")
    heads = [
        Change(shapes, at, "key | as printed", "key | in print", of)
        for at, of in ((4, "02_closing_rate, like"), (5, "10_context, like"))
    ]
    assert second_hand.readings([*first, *heads, more]) == [[*first, more], heads]
    assert [*second_hand.told(heads)] == [
        "02_closing_rate, like; 10_context, like",
        "  shapes.csv: | [as printed] in print",
    ]
    assert second_hand.readings([heads[0], heads[1]._replace(new="key | printed")]) == [
        [heads[0]],
        [heads[1]._replace(new="key | printed")],
    ]


def test_a_picture_is_called_as_its_words_are():
    assert second_hand.picture("closing_rates_by_day") == "02_closing_rate, closing_rates_by_day"
    assert second_hand.picture("gone") == "gone"


def test_of_a_new_picture_the_title_is_proposed_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    class Drawn:
        HOME, DRAWN, STEMS, stands = tmp_path, MappingProxyType({"words": {}}), ("mine",), None

    parts = {"subtitle": "", "note": "", "alt": ""}
    card = {"en": {"title": "Two of 785", **parts}, "zh": {"title": "785件中的2件", **parts}}
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "mine.json").write_text(json.dumps(card), encoding="utf-8")
    file = tmp_path / "drawn.toml"
    file.write_text("[words]\nother = []\n", encoding="utf-8")
    monkeypatch.setattr(second_hand, "ARTICLE", tmp_path)
    monkeypatch.setattr(second_hand, "picture", str)
    monkeypatch.setattr(second_hand, "import_module", lambda name: Drawn)
    typed = tomllib.loads(second_hand.applied([*second_hand.pictures()])[file])
    assert typed == {"words": {"mine": [["Two of 785", "785件中的2件"]], "other": []}}


def test_what_a_column_is_called_now_is_proposed_where_it_stood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    class Called:
        HOME, NAMED = (
            tmp_path,
            MappingProxyType({"columns": {"key": ["key", "代号", ""], "no": ["no.", "号", ""]}}),
        )

    (tmp_path / "notebooks" / "words").mkdir(parents=True)
    words = '[key]\nen = "key"\nzh = "代号"\n[no]\nen = "number"\nzh = "号"\n'
    words += '[share]\nen = "share"\nzh = "比率"\nformat = "count"\n'
    (tmp_path / "notebooks" / "words" / "columns.toml").write_text(words, encoding="utf-8")
    file = tmp_path / "named.toml"
    file.write_text('[columns]\nkey = ["key", "代号", ""]\nno = ["no.", "号", ""]\n', encoding="utf-8")
    monkeypatch.setattr(second_hand, "ARTICLE", tmp_path)
    monkeypatch.setattr(second_hand, "import_module", lambda name: Called)
    assert tomllib.loads(second_hand.applied([*second_hand.headings()])[file])["columns"] == {
        "key": ["key", "代号", ""],
        "no": ["number", "号", ""],
        "share": ["share", "比率", "count"],
    }
