"""The commands on texts: what they print, in which language, how they end, and what a folder gives."""

import csv
import gc
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from unicodedata import east_asian_width

import openpyxl
import pytest

import commanded
import proposed
import small
from asprinted.audit import rows
from asprinted.audit.findings import Findings
from asprinted.commands import INTERRUPTED, audits
from asprinted.corpus import tables, texts
from asprinted.processes.lifetime import Interrupted
from proposed import TEXT, place

HOME = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def by_hand(monkeypatch):
    proposed.relate_by_hand(monkeypatch)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def library(tmp_path) -> Path:
    file = tmp_path / "library.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def run(*arguments, given: str | bytes = b"", code: int = 0):
    """Run a command that has to end with this code."""
    done = commanded.asprinted(*arguments, given=given)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def table(*arguments, **given) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv", **given).stdout)))


# -------------------------------------------------------------------------------------------------- formats


def test_the_columns_of_both_tables_begin_as_the_contract_says(library):
    scanned, audited = (run(command, library, "--format", "csv").stdout for command in ("scan", "audit"))
    assert scanned.startswith("text_id,start,end,surface,role,value,low,high,step,hedge,unit,")
    assert audited.startswith(
        "text_id,claim_id,kind,result_start,result_end,part_start,part_end,whole_start,whole_end,"
        "computed_low,computed_high,verdict,strength,confidence,flag,meant,meant_given,reason,"
    )
    assert "\r" not in scanned + audited


def test_every_row_of_a_scan_stands_where_it_says_and_holds_what_the_token_says(library):
    found = table("scan", library)
    assert all(TEXT[int(row["start"]) : int(row["end"])] == row["surface"] for row in found)
    by_surface = {row["surface"]: row for row in found}
    hedged = by_surface["1.76万余人次"]
    assert [hedged[name] for name in ("value", "low", "high", "step", "hedge", "unit", "bounds")] == [
        "17600", "17600", "17700", "100", "余", "人次", "[)",
    ]  # fmt: skip
    assert {row["text_id"] for row in found} == {"library"}


def test_a_number_above_10_to_the_30th_is_written_out_in_full(tmp_path):
    huge = 10**39 + 1
    (tmp_path / "a.txt").write_text(f"共{huge}件，占{huge - 1}件", encoding="utf-8")
    assert [row["value"] for row in table("scan", tmp_path / "a.txt")] == [str(huge), str(huge - 1)]


def test_a_number_longer_than_any_that_is_read_says_why_it_has_no_value(tmp_path):
    (tmp_path / "a.txt").write_text("9" * 60, encoding="utf-8")
    (row,) = table("scan", tmp_path / "a.txt")
    assert row["value"] == ""
    assert row["unread"].startswith("found ")


def test_json_gives_texts_with_their_spans_relations_and_the_text_that_they_count_in(library):
    (found,) = json.loads(run("audit", library, "--format", "json").stdout)["texts"]
    assert (found["text_id"], found["text"]) == ("library", TEXT)
    assert found["counts"]["flagged"] == 3
    assert [each["claim_id"] for each in found["relations"]] == [f"c{number}" for number in range(1, 10)]
    (part,) = found["relations"][2]["parts"]
    assert (part["start"], part["end"]) == place("1000册")
    (scanned,) = json.loads(run("scan", library, "--format", "json").stdout)["texts"]
    assert "relations" not in scanned
    assert scanned["spans"] == found["spans"]


def test_the_table_says_verdicts_counts_and_what_agreement_does_not_show(library):
    said = run("audit", library, "--all").stdout
    for text in ("c3 sure", "c7 ", "contradicted", "does not follow, if this", "Relations proposed: 8"):
        assert text in said.replace("\n", " ")


def test_the_list_fits_80_columns_flags_first_and_breaks_no_number(library):
    said = run("audit", library).stdout
    lines = said.splitlines()
    assert max(sum(1 + (east_asian_width(each) in "FW") for each in line) for line in lines) <= 80
    ids = [line.split()[0] for line in lines if re.match("c[0-9]", line)]
    # Flagged: sure, likely; then what follows, the surest first; then what cannot be tested.
    assert ids == "c7 c1 c4 c2 c3 c9 c6 c8".split()
    assert lines[0] == "library: 19 numbers found, 17 read; 7 relations tested, 3 flagged"
    # The heading says how surely it is meant; the level of its words would be read as that of the fault.
    assert lines[3] == "c7            满意率91%: 1000册 of 1,250册 is 80.0000%" + " " * 13 + "91/91  99.00%"
    for number in ("1,250册", "11.1111%", "1.73万余人次", "98.8580%"):
        assert number in said
    assert "not that they are true" in said


def test_only_the_flagged_are_printed_and_the_counts_stay_those_of_all(library):
    assert [row["claim_id"] for row in table("audit", library, "--only", "flagged")] == ["c1", "c4", "c7"]
    (found,) = json.loads(run("audit", library, "--only", "flagged", "--format", "json").stdout)["texts"]
    assert (found["counts"]["related"], len(found["relations"])) == (8, 3)
    page = run("audit", library, "--only", "flagged", "--format", "html").stdout
    assert 'id="t1-c7"' in page
    assert "t1-c3" not in page
    assert "Follows, or is not" not in run("audit", library, "--only", "flagged").stdout


@pytest.mark.parametrize(("least", "rejected", "code"), [
    ("sure", {}, 1), ("sure", {"c7": "reject"}, 0), ("likely", {"c7": "reject"}, 1),
    ("likely", {"c1": "reject", "c4": "reject", "c5": "reject", "c7": "reject"}, 0),
])  # fmt: skip
def test_it_fails_where_a_relation_is_flagged_at_least_so_surely(library, tmp_path, least, rejected, code):
    settled = decided(tmp_path, library, **rejected)
    done = run("audit", library, "--relations", settled, "--fail-on", least, "--format", "csv", code=code)
    assert done.stdout.startswith("text_id,")
    assert done.stderr == ""


@pytest.mark.parametrize(("command", "language", "heads"), [
    ("audit", "en", ["text", "relation", "what follows", "kind"]),
    ("audit", "zh", ["文本", "编号", "判定全文", "种类"]),
    ("scan", "zh", ["文本", "起", "止", "原文"]),
])  # fmt: skip
def test_a_workbook_has_headings_in_the_language_and_no_formula(library, command, language, heads):
    said = run(command, library, "--format", "xlsx", "--language", language).stdout
    sheet = openpyxl.load_workbook(io.BytesIO(said.encode(errors="surrogateescape"))).active
    rows_of = list(sheet.iter_rows())
    assert [cell.value for cell in rows_of[0]][:4] == heads
    assert len(rows_of) == (10 if command == "audit" else 20)
    assert "f" not in {cell.data_type for row in rows_of for cell in row}


def test_a_workbook_with_more_rows_than_excel_knows_is_refused_and_nothing_is_written(library, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 9)
    done = run("audit", library, "--format", "xlsx", code=1)
    assert done.stdout == ""
    assert done.stderr.startswith(
        "found more than 8 rows, which Excel does not hold, expected Parquet or CSV"
    )


def test_the_page_is_one_document(library):
    page = run("audit", library, "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")


@pytest.mark.parametrize(
    ("environment", "option", "said"),
    [
        ({}, [], "a person"),
        ({"LANG": "zh_CN.UTF-8"}, [], "经人工确认"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, [], "a person"),
        ({"LANG": "zh_CN.UTF-8"}, ["--language", "en"], "a person"),
        ({}, ["--language", "zh"], "经人工确认"),
    ],
)
def test_the_language_is_that_of_the_option_or_else_of_the_environment(
    library, tmp_path, monkeypatch, environment, option, said
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settled = decided(tmp_path, library, c3="accept")
    (reason,) = [
        row["reason"]
        for row in table("audit", library, "--relations", settled, *option)
        if row["claim_id"] == "c3"
    ]
    assert reason.startswith(said)


# ----------------------------------------------------------------------------------------------- where from


def test_standard_input_is_a_text(library):
    assert table("scan", "-", given=TEXT.encode())[0]["text_id"] == "stdin"


def test_a_bad_file_is_named_and_the_rest_is_done(library, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01")
    done = run("scan", tmp_path, tmp_path / "missing.txt", "--format", "csv")
    assert {row["text_id"] for row in csv.DictReader(io.StringIO(done.stdout))} == {"library"}
    assert [line.partition(": found ")[0] for line in done.stderr.splitlines()] == [
        str(tmp_path / "bad.txt"),
        str(tmp_path / "missing.txt"),
    ]


@pytest.mark.parametrize("format", ["table", "csv", "json", "html"])
def test_where_nothing_can_be_read_nothing_is_printed_and_the_end_is_1(tmp_path, format):
    done = run("audit", tmp_path / "missing.txt", "--format", format, code=1)
    assert done.stdout == ""
    assert "No such file" in done.stderr


def test_a_text_without_numbers_is_no_fault(tmp_path):
    (tmp_path / "a.txt").write_text("无", encoding="utf-8")
    assert run("scan", tmp_path / "a.txt", "--format", "csv").stdout.count("\n") == 1


@pytest.mark.parametrize(
    "wrong", [["--format", "pdf"], ["--language", "fr"], ["--fail-on", "no"], ["--no-such"], []]
)
def test_wrong_options_end_with_2(library, wrong):
    assert run("audit", *([library] if wrong else []), *wrong, code=2).stdout == ""


# ------------------------------------------------------------------------------------- a person's decisions


def decided(folder: Path, text: Path, **choices: str) -> Path:
    """Write the table that the audit prints, with decisions by id."""
    found = table("audit", text)
    for row in found:
        row["decision"] = choices.get(row["claim_id"], "")
    file = folder / "decided.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows.CLAIM, lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    return file


def test_the_table_that_was_printed_is_the_file_of_decisions_and_is_printed_again_with_them(
    library, tmp_path
):
    settled = decided(tmp_path, library, c1="reject", c4="accept")
    again = table("audit", library, "--relations", settled)
    assert [row["claim_id"] for row in again] == ["c2", "c3", "c4", "c6", "c7", "c8", "c9"]
    assert {row["claim_id"]: row["decision"] for row in again if row["decision"]} == {"c4": "accept"}
    assert {row["claim_id"]: row["confidence"] for row in again}["c4"] == "sure"


def test_every_fault_of_the_table_is_told_before_anything_is_printed(library, tmp_path):
    settled = decided(tmp_path, library, c1="reject")
    library.write_text(TEXT.replace("91%", "92%"), encoding="utf-8")
    (tmp_path / "other.txt").write_text("无", encoding="utf-8")
    done = run("audit", tmp_path / "other.txt", library, "--relations", settled, code=1)
    assert done.stdout == ""
    # All nine rows were decided on one text, which is told once.
    assert done.stderr.startswith("decided.csv has 1 fault; nothing was audited.\n  row 2, column sha256")
    assert "the checksum of this text (9 rows in all)" in done.stderr
    done = run("audit", tmp_path / "other.txt", "--relations", settled, code=1)
    assert 'row 2, column text_id: found "library", expected the name of a text that is given' in done.stderr


def test_a_table_of_many_texts_serves_one_of_them(library, tmp_path):
    (tmp_path / "bulletin.txt").write_text(TEXT.replace("91%", "92%"), encoding="utf-8")
    both = tmp_path / "both.csv"
    both.write_text(run("audit", library, tmp_path / "bulletin.txt", "--format", "csv").stdout, "utf-8")
    assert {row["text_id"] for row in table("audit", library, "--relations", both)} == {"library"}
    both.write_text(both.read_text("utf-8").replace("\nlibrary,", "\nlibary,"), "utf-8")
    done = run("audit", library, "--relations", both, code=1)
    assert (
        "found \"libary\", expected the name of a text that is given; near to it is 'library'" in done.stderr
    )


def test_of_two_texts_with_one_name_each_takes_its_own_decisions(library, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "library.txt").write_text(TEXT.replace("91%", "92%"), encoding="utf-8")
    both = [library, tmp_path / "sub"]
    found = table("audit", *both)
    second = [row for row in found if row["result"] == "92%" or row["sha256"] != found[0]["sha256"]]
    assert second[0]["text_id"] == found[0]["text_id"] == "library"
    second[0]["decision"] = "reject"
    file = tmp_path / "decided.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows.CLAIM)
        writer.writeheader()
        writer.writerows(found)
    again = table("audit", *both, "--relations", file)
    gone = [row["claim_id"] for row in found if row not in again and row["decision"] == ""]
    assert (len(again), gone) == (len(found) - 1, [])


def test_a_table_of_decisions_that_is_not_there_is_told_of(library, tmp_path):
    done = run("audit", library, "--relations", tmp_path / "none.csv", code=1)
    assert done.stderr.startswith(f"{tmp_path / 'none.csv'}: found nothing that can be opened")


# ------------------------------------------------------------------------------------ as a person starts it


def started(*arguments, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "asprinted", *map(str, arguments)], stderr=subprocess.PIPE, **options
    )


@pytest.fixture
def long(tmp_path) -> Path:
    file = tmp_path / "long.txt"
    file.write_text("受理10件\n" * 3_000, encoding="utf-8")
    return file


@pytest.mark.drill
@pytest.mark.parametrize("format", ["csv", "table"])
def test_a_reader_that_has_enough_ends_it_without_a_traceback(long, format):
    process = started("scan", long, "--format", format, stdout=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(60)


@pytest.mark.drill
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("format", ["csv", "table", "html"])
def test_a_full_disk_is_told_of_in_one_line(long, format):
    with Path("/dev/full").open("wb") as full:
        process = started("scan", long, "--format", format, stdout=full)
        said = process.communicate(timeout=60)[1]
    assert (process.returncode, said) == (1, b"standard output: No space left on device\n")


def test_both_commands_need_no_more_than_the_extra_audit_installs(library, tmp_path):
    hidden = (
        "frictionless nbformat nbclient pandas numpy matplotlib seaborn jupyterlab pyarrow openpyxl tqdm PIL"
    )
    program = f"""
import sys
for name in {hidden.split()}: sys.modules[name] = None
from asprinted.commands import main
sys.argv = ["asprinted", *sys.argv[1:]]
main()
"""
    for command in ("scan", "audit"):
        said = small.python(program, command, str(library), "--format", "csv", folder=tmp_path)
        assert said.startswith("text_id,")


def test_without_the_extra_it_says_what_to_install(library):
    program = "import sys; sys.modules['rich'] = None; from asprinted.commands import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "scan", str(library)], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install '.[audit]'" in done.stderr


@pytest.mark.parametrize("format", ["table", "csv", "json", "html"])
def test_of_many_texts_three_at_most_are_held_at_a_time(tmp_path, monkeypatch, format):
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text("受理10件，审结5件。", encoding="utf-8")
    held = []

    def read(path: Path) -> str:
        held.append(sum(type(each) is Findings for each in gc.get_objects()))
        return path.read_text(encoding="utf-8")

    monkeypatch.setattr(texts, "read", read)
    before = sum(type(each) is Findings for each in gc.get_objects())
    run("scan", tmp_path, "--format", format)
    assert len(held) == 6
    assert max(held) - before <= 3


# ------------------------------------------------------------------------------------------------ languages


@pytest.mark.parametrize("command", ["scan", "audit"])
def test_a_text_in_another_language_is_told_and_the_others_are_not_kept_from_their_turn(library, command):
    (library.parent / "abroad.txt").write_text("The library lent 785 books.", encoding="utf-8")
    done = run(command, library.parent, "--format", "csv")
    assert {row["text_id"] for row in csv.DictReader(io.StringIO(done.stdout))} == {"library"}
    assert done.stderr == (
        "abroad: found words and no Chinese character, expected a text in Chinese; "
        "of English, single numbers are read and checked.\n"
    )


def test_where_no_text_is_in_chinese_nothing_is_printed(tmp_path):
    (tmp_path / "abroad.txt").write_text("The library lent 785 books.", encoding="utf-8")
    done = run("scan", tmp_path, code=1)
    assert not done.stdout
    assert "expected a text in Chinese" in done.stderr


TYPED = re.compile(
    r"(?<![a-z])(--[a-z-]+|asprinted( \w+)?|<[\w|]+>|\[[\w|]+\]|FILE|TABLE|FOLDER|LANG|csv|html|table|accept"
    r"|reject|decision|Markdown|HTML|DOCX|PDF|UTF-8|UTF-16|GB18030|README\S*|RTF|CSV|PARQUET|XLSX|JSONL?|NAME|Word|Excel)"
)


def told_in_chinese(said: str, *typed: str) -> None:
    """Hold every line that is said to Chinese: what is left of Latin letters is what somebody typed."""
    assert said
    for line in said.splitlines():
        for each in typed:
            line = line.replace(each, "")
        assert not re.search("[A-Za-z]{3}", TYPED.sub("", line)), line


@pytest.mark.parametrize("command", ["scan", "audit"])
def test_the_help_is_chinese(command):
    said = run(command, "--help", "--language", "zh").stdout
    assert said.startswith(f"用法：asprinted {command} [选项] FILE...\n")
    told_in_chinese(said)


def test_the_usage_names_what_a_command_takes():
    said = run("between", "--help", "--language", "zh").stdout
    assert said.startswith("用法：asprinted between [选项] THIS LAST\n")


@pytest.mark.parametrize(
    "wrong",
    [["--format", "pdf"], ["--no-such"], ["--al"], ["--format"], [], ["--all=yes", "x"], ["--fail-on", "x"]],
)
def test_wrong_options_are_told_in_chinese(wrong):
    told_in_chinese(
        run("audit", "--language=zh", *wrong, code=2).stderr,
        "pdf",
        "--no-such",
        "json",
        "xlsx",
        "sure",
        "likely",
    )


def test_what_cannot_be_read_is_told_in_chinese(library, tmp_path):
    for number, raw in enumerate(UNREADABLE):
        (tmp_path / f"{number}.txt").write_bytes(raw)
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "x.html").write_bytes(b"<html></html>")
    (tmp_path / "empty").mkdir()
    done = run("audit", tmp_path, tmp_path / "empty", tmp_path / "gone", os.devnull, "--language", "zh")
    assert len(done.stderr.splitlines()) == len(UNREADABLE) + 5
    told_in_chinese(
        done.stderr + done.stdout,
        str(tmp_path),
        os.devnull,
        "BadZipFile",
        "PDFSyntaxError",
        ".pdf",
        "0xff",
        "empty",
        "gone",
        ".docx",
        ".html",
        ".htm",
        ".txt",
        ".md",
        "library",
    )


ZH_INTERRUPTED = "已中断。已完成的部分保留，没有只写了一半的文件。"
UNREADABLE = [
    b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"{\\rtf1", b"PK", b"\x00\x01", b"  ", b"\xff\xff",
    b"The library lent 785 books.",
    "十件\n".encode() + "十件".encode("gb18030"),
]  # fmt: skip


def test_every_fault_of_a_table_of_decisions_is_told_in_chinese(library, tmp_path):
    settled = decided(tmp_path, library, c1="reject", c4="accpet")
    library.write_text(TEXT.replace("91%", "92%"), encoding="utf-8")
    (tmp_path / "bad.csv").write_text("text_id,kind\n", encoding="utf-8")
    (tmp_path / "odd.csv").write_bytes(
        settled.read_bytes().replace(b"accpet", b"").replace(b"library", b"librery")
    )
    for file in ("decided.csv", "bad.csv", "odd.csv", "gone.csv"):
        done = run("audit", library, "--relations", tmp_path / file, "--language", "zh", code=1)
        told_in_chinese(done.stderr, str(tmp_path), file, *rows.CLAIM, "accpet", "library", "librery")


@pytest.mark.parametrize(("language", "said"), [("en", INTERRUPTED), ("zh", ZH_INTERRUPTED)])
def test_what_interrupts_is_told_in_the_language_that_is_asked_for(library, monkeypatch, language, said):
    def interrupt(*_: object, **__: object) -> None:
        raise Interrupted

    monkeypatch.setattr(audits, "audited", interrupt)
    done = run("audit", library, "--language", language, code=130)
    assert (done.stdout, done.stderr) == ("", f"{said}\n")


@pytest.mark.parametrize("format", ["table", "html"])
@pytest.mark.parametrize("extra", [[], ["--all"], ["--only", "flagged"]])
def test_what_an_audit_prints_is_chinese(library, format, extra):
    said = run("audit", library, "--language", "zh", "--format", format, *extra).stdout
    said = re.sub(r"<(style|script)>.*?</\1>|<[^>]*>|[0-9a-f]{64}", "", said, flags=re.DOTALL)
    told_in_chinese(said, "library", "SHA-256", "TAB", "ESC")
