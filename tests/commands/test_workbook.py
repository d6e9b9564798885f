"""Decisions that a person fills in as a workbook: read as the table in CSV is, or refused in one message."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from commanded import asprinted

TEXT = "受理案件34765件，审结21454件，结案率为61.71%。调解纠纷785件，成功783件，成功率99%。"
RATE = "结案率为61.71%: 21454件 of 34765件"


@pytest.fixture
def news(tmp_path) -> Path:
    file = tmp_path / "news.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def filled(text: Path, fill: Callable[[Worksheet], object], language: str = "en") -> Path:
    """Let a person fill in the workbook that the audit of a text prints."""
    printed = asprinted("audit", text, "--format", "xlsx", "--language", language).stdout
    book = openpyxl.load_workbook(io.BytesIO(printed.encode(errors="surrogateescape")))
    fill(book.active)
    file = text.with_name("decided.xlsx")
    book.save(file)
    return file


def put(head: str, *cells: object) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        (column,) = (cell.column for cell in sheet[1] if cell.value == head)
        for row, cell in enumerate(cells, start=2):
            sheet.cell(row, column).value = cell

    return fill


def said(text: Path, decided: Path, *options: str) -> str:
    done = asprinted("audit", text, "--relations", decided, *options)
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


@pytest.mark.parametrize(("language", "head"), [("en", "decision"), ("zh", "人工确认")])
def test_what_a_person_rejects_in_a_workbook_of_either_language_is_gone(news, language, head):
    decided = filled(news, put(head, "reject", " Accept "), language)
    done = asprinted("audit", news, "--relations", decided, "--format", "csv")
    (row,) = done.stdout.splitlines()[1:]
    assert row.startswith("news,c2,share,")
    assert ",99%,783件,785件,accept," in row


def test_decisions_can_be_chosen_from_a_list_and_the_heads_stay_in_sight(news):
    def look(sheet: Worksheet) -> None:
        (choice,) = sheet.data_validations.dataValidation
        assert (choice.formula1, sheet.freeze_panes) == ('"accept,reject"', "A2")
        assert {cell.value for cell in sheet[str(choice.sqref).split(":")[0][:-1] + "1:X1"][0]} >= {
            "decision"
        }

    filled(news, look)


def test_sentences_and_sheets_beside_the_table_are_let_alone(news):
    def fill(sheet: Worksheet) -> None:
        put("decision", "reject", None)(sheet)
        put("what follows", "=1/0", "mine")(sheet)
        sheet["AB2"] = "to ask"
        sheet.parent.create_sheet("Notes", 0)["A1"] = "decision"
        hidden = sheet.parent.copy_worksheet(sheet)
        hidden.sheet_state = "hidden"
        sheet.row_dimensions[3].hidden = True

    assert RATE not in asprinted("audit", news, "--relations", filled(news, fill)).stdout


def test_places_kept_as_text_or_as_decimals_are_the_same_places(news):
    def fill(sheet: Worksheet) -> None:
        put("decision", "reject")(sheet)
        for cell in sheet[2]:
            if str(sheet.cell(1, cell.column).value).endswith(("begins", "begin")):
                cell.value = f" {cell.value}"
            elif str(sheet.cell(1, cell.column).value).endswith(("ends", "end")):
                cell.value = float(cell.value)

    assert RATE not in asprinted("audit", news, "--relations", filled(news, fill)).stdout


def test_a_relation_that_was_missed_is_one_more_row(news):
    def fill(sheet: Worksheet) -> None:
        put("decision", "reject")(sheet)
        heads = {cell.value: cell.column for cell in sheet[1]}
        row = {"text": "news", "kind": "mean or ratio", "decision": "accept"}
        places = {"result": "21454件", "parts": "34765件", "wholes": "785件"}
        for name, token in places.items():
            row[f"{name} begin{'s' * (name == 'result')}"] = TEXT.index(token)
            row[f"{name} end{'s' * (name == 'result')}"] = TEXT.index(token) + len(token)
        for name, cell in row.items():
            sheet.cell(5, heads[name]).value = cell

    done = asprinted("audit", news, "--relations", filled(news, fill), "--format", "csv")
    assert "news,c3,mean," in done.stdout


FAULTS = {
    "another word": (put("decision", "yes"), ['row 2, column decision: found "yes", expected accept']),
    "a formula": (put("decision", "=A2"), ['row 2, column decision: found "=A2", expected accept']),
    "several at once": (
        lambda sheet: (put("decision", "acept")(sheet), put("parts begin", "six", "x")(sheet)),
        ["has 3 faults", "column decision", 'row 2, column parts begin: found "six"', "row 3"],
    ),
    "a percentage that became a number": (
        put("result", 0.6171), ['row 2, column result: found "0.6171", expected "61.71%", as the text'],
    ),
    "a date": (put("parts begin", datetime(2021, 9, 1)), ['found "2021-09-01T00:00:00"']),
    "merged cells": (
        lambda sheet: sheet.merge_cells("X2:X3"), ["row 2, column decision: found the merged cells X2:X3"],
    ),
    "another head": (
        lambda sheet: setattr(sheet["X1"], "value", "choice"), ["row 1, column decision: found no such"],
    ),
    "a head twice": (
        lambda sheet: setattr(sheet["Z1"], "value", "decision"), ["found 2 columns of one name, expected it"],
    ),
    "a title above": (lambda sheet: sheet.insert_rows(1), ["has 9 faults", "found no such column"]),
    "a hidden sheet": (
        lambda sheet: (sheet.parent.create_sheet("Empty"), setattr(sheet, "sheet_state", "hidden")),
        ["found the table in a hidden sheet, expected it in a sheet that is shown"],
    ),
    "two sheets": (
        lambda sheet: sheet.parent.copy_worksheet(sheet), ['table in the sheets "Sheet" and "Sheet Copy"'],
    ),
    "a cell far below": (
        lambda sheet: setattr(sheet["A1048576"], "value", "x"), ["reaches down to row 1,048,576, expected"],
    ),
    "another text": (put("text", "old"), ['row 2, column text: found "old", expected the name of a text']),
    "a text that changed": (put("checksum", "0", "0"), ['row 2, column checksum: found "0", expected']),
}  # fmt: skip


@pytest.mark.parametrize(("fill", "told"), FAULTS.values(), ids=FAULTS)
def test_a_workbook_filled_in_wrongly_is_told_of_by_its_own_heads(news, fill, told):
    message = said(news, filled(news, fill))
    assert all(each in message for each in told), message
    assert message.startswith(("decided.xlsx, sheet Sheet", str(news.with_name("decided.xlsx"))))


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return made.getvalue()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"PK\x03\x04", "found a workbook that cannot be read (BadZipFile), expected an undamaged .xlsx"),
        (
            zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            "(KeyError), expected an undamaged",
        ),
        (zipped(bomb=bytes(30_000_000)), "found more than a table of 5,000 relations holds, expected"),
        (zipped(marks=b"<" * 1_000_001), "found more than a table of 5,000 relations holds, expected"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "found a workbook of old Excel, or one with a password, expected",
        ),
    ],
    ids=["damaged", "open document", "bomb", "many marks", "old or locked"],
)
def test_what_is_no_workbook_is_one_fault(news, raw, told):
    decided = news.with_name("decided.xlsx")
    decided.write_bytes(raw)
    message = said(news, decided)
    assert told in message
    assert len(message.splitlines()) == 1


def test_every_byte_less_of_a_workbook_is_a_fault_or_the_same_table(news):
    whole = filled(news, put("decision", "reject")).read_bytes()
    for end in range(0, len(whole), 97):
        news.with_name("cut.xlsx").write_bytes(whole[:end])
        assert len(said(news, news.with_name("cut.xlsx")).splitlines()) == 1


def test_the_faults_of_a_chinese_workbook_are_told_in_chinese(news):
    decided = filled(news, put("人工确认", "yes"), "zh")
    message = said(news, decided, "--language", "zh")
    assert "decided.xlsx工作表“Sheet”第2行人工确认列：读到的是“yes”；应为accept、reject或空白。" in message


def test_a_head_that_is_gone_is_named_in_the_language_of_the_message(news):
    decided = filled(news, lambda sheet: setattr(sheet["X1"], "value", "决定"), "zh")
    assert "第1行人工确认列：读到的是没有这一列" in said(news, decided, "--language", "zh")
