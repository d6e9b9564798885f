"""Many texts in one run: each is done or named, none is done or counted twice, nothing is half-written."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow
import pytest
from pyarrow import parquet

import commanded
from asprinted.audit.document import audit
from asprinted.corpus import many, running, tables
from asprinted.corpus.journal import SUMMARY

RIGHT = "读者来信785封，其中答复413封，占来信总数的52.6%。"
TOTALS = dict.fromkeys(
    "texts refused twice named found read related others testable tested flagged contradicted".split(), 0
) | {"texts": 1, "flagged": 1}
WRONG = "读者来信785封，其中答复413封，占来信总数的62.6%。"


@pytest.fixture
def folder(tmp_path) -> Path:
    """Five texts: two that follow, one of them twice, one that does not, and one that is none."""
    inside = tmp_path / "reports"
    inside.mkdir()
    for name, text in {"a": RIGHT, "b": "共120人，其中女50人。", "c": WRONG, "d": RIGHT}.items():
        (inside / f"{name}.txt").write_text(text, encoding="utf-8")
    (inside / "e.txt").write_bytes(b"\x00\x01")
    return inside


@pytest.fixture
def audited(tmp_path, monkeypatch):
    """The names of the texts that were audited, in whichever process."""
    log = tmp_path / "audited"

    def logged(text: str, name: str = ""):
        if name:
            with log.open("a", encoding="utf-8") as out:
                out.write(f"{name}\n")
        if "内存" in text:
            raise MemoryError
        if "终止" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        return audit(text, name=name or "text")

    monkeypatch.setattr(many, "audit", logged)
    return lambda: sorted(log.read_text("utf-8").split()) if log.exists() else []


def run(*arguments, code: int = 0):
    done = commanded.asprinted("audit", *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def left(folder: Path) -> list[str]:
    """What a run leaves beside its output."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


# ------------------------------------------------------------------------------------------- what comes out


def test_a_run_writes_what_the_audit_of_its_texts_prints(folder, tmp_path):
    (folder / "d.txt").unlink()
    run(folder, "--output", tmp_path / "found.csv", "--jobs", "2")
    assert (tmp_path / "found.csv").read_text("utf-8") == run(folder, "--format", "csv").stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_bad_file_is_named_one_text_twice_is_counted_once_and_the_rest_is_done(folder, tmp_path, jobs):
    done = run(folder, "--output", tmp_path / "found.csv", "--summary", tmp_path / "sum.csv", "--jobs", jobs)
    assert (
        done.stderr
        == f"{folder / 'e.txt'}: found binary data, expected a text: plain, Markdown, HTML or DOCX.\n"
    )
    assert done.stdout.startswith("Texts: 5; refused: 1; the same as another: 1. Relations proposed: 2,")
    assert [row["text_id"] for row in rows(tmp_path / "found.csv")] == ["a", "c"]
    found = {row["text_id"]: row for row in rows(tmp_path / "sum.csv")}
    assert list(found) == ["c", "a", "b", "d", "e"]
    assert [found[name]["flagged"] for name in found] == ["1", "0", "0", "", ""]
    assert found["d"]["same_as"] == str(folder / "a.txt")
    assert found["e"]["fault"].startswith("found binary data")


def test_two_texts_of_one_name_are_both_audited_and_told(folder, tmp_path):
    (folder / "last_year").mkdir()
    (folder / "last_year" / "a.txt").write_text(WRONG.replace("785", "795"), encoding="utf-8")
    (folder / "last_year" / "c.txt").write_text(WRONG, encoding="utf-8")
    done = run(folder, "--output", tmp_path / "found.csv")
    assert "Texts with the name of another that is not the same: 1; place and checksum" in done.stderr
    found = [(row["text_id"], row["sha256"]) for row in rows(tmp_path / "found.csv")]
    assert [name for name, _ in found] == ["a", "c", "a"]
    assert len(set(found)) == 3


def test_the_same_bytes_are_another_text_where_they_are_read_as_a_page(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    for number in range(20):
        (inside / f"{number:02}.txt").write_text(f"<p>{RIGHT}</p>{number}", encoding="utf-8")
    (inside / "z.html").write_text(f"<p>{RIGHT}</p>0", encoding="utf-8")
    run(inside, "--output", tmp_path / "found.json", "--jobs", "1")
    texts = json.loads((tmp_path / "found.json").read_text("utf-8"))["texts"]
    assert {each["text_id"]: each["text"] for each in texts}["z"].startswith(RIGHT)


def test_every_form_holds_the_same(folder, tmp_path):
    for form in ("csv", "parquet", "xlsx", "json", "jsonl"):
        run(folder, "--output", tmp_path / f"found.{form}", "--language", "zh")
    expected = [(row["text_id"], row["result"]) for row in rows(tmp_path / "found.csv")]
    assert expected == [("a", "52.6%"), ("c", "62.6%")]
    read = parquet.read_table(tmp_path / "found.parquet").to_pylist()
    assert [(row["text_id"], row["result"]) for row in read] == expected
    head, *cells = openpyxl.load_workbook(tmp_path / "found.xlsx").active.values
    assert (head[0], head[head.index("结果")]) == ("文本", "结果")
    assert [(row[0], row[head.index("结果")]) for row in cells] == expected
    whole = json.loads((tmp_path / "found.json").read_text("utf-8"))["texts"]
    lines = [json.loads(line) for line in (tmp_path / "found.jsonl").read_text("utf-8").splitlines()]
    assert [each["text_id"] for each in whole] == ["a", "b", "c"]
    assert lines == whole
    assert left(tmp_path) == []


WORDED = {
    "en": {"kind": "share", "verdict": "does not follow, neither rounded nor cut", "result begins": 24},
    "zh": {"种类": "占比", "判定": "四舍五入、去尾都不相符", "结果起": 24},
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_workbook_of_many_texts_holds_the_cells_of_one_that_is_printed(folder, tmp_path, language):
    (folder / "d.txt").unlink()
    run(folder, "--output", tmp_path / "found.xlsx", "--language", language)
    printed = run(folder, "--format", "xlsx", "--language", language).stdout
    books = (tmp_path / "found.xlsx", io.BytesIO(printed.encode(errors="surrogateescape")))
    written, shown = ([*openpyxl.load_workbook(book).active.values] for book in books)
    assert written == shown
    row = dict(zip(*written[::2], strict=True))
    assert {head: row[head] for head in WORDED[language]} == WORDED[language]
    assert "413" in row[{"en": "what follows", "zh": "判定全文"}[language]]


def test_the_index_of_pages_begins_with_the_worst_and_each_text_has_a_page_of_its_own(folder, tmp_path):
    run(folder, "--output", tmp_path / "pages")
    index = (tmp_path / "pages" / "index.html").read_text("utf-8")
    links = [part.partition('"')[0] for part in index.split('<a href="')[1:]]
    pages = [(tmp_path / "pages" / link).read_text("utf-8") for link in links]
    assert [("62.6%" in page, "答复" in page) for page in pages] == [
        (True, True), (False, True), (False, False), (False, True),
    ]  # fmt: skip
    assert links[1] == links[3]


def test_a_workbook_of_more_rows_than_excel_holds_is_refused_with_the_word_parquet(
    folder, tmp_path, monkeypatch
):
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    done = run(folder, "--output", tmp_path / "found.xlsx", code=1)
    assert "found more than 1 rows, which Excel does not hold, expected Parquet or CSV." in done.stderr
    assert left(tmp_path) == [".found.rows.journal"]
    assert not (tmp_path / "found.xlsx").exists()
    run(folder, "--output", tmp_path / "found.parquet", "--resume")
    assert parquet.read_table(tmp_path / "found.parquet").num_rows == 2


def test_no_cell_of_a_workbook_is_a_formula(tmp_path):
    tables.table(tmp_path / "a.xlsx", ["place"], [["=1+1"], ["\x01"]])
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows()]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("place", "s"),
        ("=1+1", "s"),
        ("\ufffd", "s"),
    ]


# -------------------------------------------------------------------------------------------- taken up again


def reports(folder: Path, many: int) -> Path:
    inside = folder / "many"
    inside.mkdir()
    for number in range(100, 100 + many):
        (inside / f"r{number}.txt").write_text(f"受理{number}件，审结60件。", encoding="utf-8")
    return inside


def test_what_is_done_is_not_done_twice_when_a_run_is_taken_up_again(tmp_path, monkeypatch, audited):
    inside, keep, kept = reports(tmp_path, 60), many.Journal.keep, []

    def interrupted(journal, item, turn, outcome):
        if len(kept) == 40:
            raise KeyboardInterrupt
        kept.append(item.name)
        keep(journal, item, turn, outcome)

    monkeypatch.setattr(many.Journal, "keep", interrupted)
    done = run(inside, "--output", tmp_path / "found.csv", "--jobs", "2", code=130)
    assert done.stderr.startswith("--resume goes on from here.\nInterrupted. ")
    assert not (tmp_path / "found.csv").exists()
    before = audited()
    monkeypatch.setattr(many.Journal, "keep", keep)
    run(inside, "--output", tmp_path / "found.csv", "--summary", tmp_path / "sum.csv", "--resume")
    again = [name for name in audited() if audited().count(name) > before.count(name)]
    assert len(set(audited())) == 60
    assert not set(again) & set(kept)
    assert [row["text_id"] for row in rows(tmp_path / "sum.csv")] == [
        f"r{number}" for number in range(100, 160)
    ]
    assert left(tmp_path) == []


def test_a_text_that_changed_since_is_audited_again_and_one_that_is_gone_is_left_out(
    tmp_path, monkeypatch, audited
):
    inside = reports(tmp_path, 4)
    monkeypatch.setattr(many, "write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    run(inside, "--output", tmp_path / "found.csv", code=130)
    monkeypatch.undo()
    (inside / "r100.txt").write_text(WRONG, encoding="utf-8")
    (inside / "r101.txt").unlink()
    run(inside, "--output", tmp_path / "found.csv", "--summary", tmp_path / "sum.csv", "--resume")
    found = {row["text_id"]: row["flagged"] for row in rows(tmp_path / "sum.csv")}
    assert found == {"r100": "1", "r102": "0", "r103": "0"}


def begun(folder: Path, tmp_path: Path, monkeypatch) -> Path:
    """Begin a run that is interrupted, and return its journal."""
    with monkeypatch.context() as patch:
        patch.setattr(many, "write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        run(folder, "--output", tmp_path / "found.csv", code=130)
    return tmp_path / ".found.rows.journal"


def test_a_run_is_begun_anew_only_where_a_person_says_so(folder, tmp_path, monkeypatch):
    journal = begun(folder, tmp_path, monkeypatch)
    before = journal.read_bytes()
    said = run(folder, "--output", tmp_path / "found.csv", code=1).stderr
    assert said.endswith("expected --resume, which goes on from there, or this file removed.\n")
    said = run(folder, "--output", tmp_path / "found.csv", "--resume", "--language", "zh", code=1).stderr
    assert "读到的是以language en开始的一次核对；应为zh：可删去此文件，从头开始。" in said
    monkeypatch.setattr(many, "engine", lambda: "another")
    said = run(folder, "--output", tmp_path / "found.csv", "--resume", code=1).stderr
    assert "found a run that was begun with engine" in said
    assert journal.read_bytes() == before


def test_a_damaged_journal_is_told_of(folder, tmp_path, monkeypatch):
    journal = begun(folder, tmp_path, monkeypatch)
    journal.write_bytes(b"no database" * 100)
    said = run(folder, "--output", tmp_path / "found.csv", "--resume", code=1).stderr
    assert (
        said == ".found.rows.journal: found a damaged journal, expected this file removed, to begin anew.\n"
    )


def test_two_runs_do_not_write_one_output(folder, tmp_path, monkeypatch):
    journal = begun(folder, tmp_path, monkeypatch)
    about = {"engine": many.engine(), "language": "en"}
    with many.Journal(journal, about, resume=True) as held:
        for turn in range(20):
            held.keep(many.Item(f"{turn}", f"{turn}", "", 0, str), turn, "refused")
        said = run(folder, "--output", tmp_path / "found.csv", "--resume", code=1).stderr
    assert "found a journal that another run is writing" in said


# ---------------------------------------------------------------------------------------- what goes wrong


@pytest.mark.drill
@pytest.mark.parametrize(
    ("text", "said"), [("内存不足100件。", "MemoryError"), ("终止100件。", "its process died (-9)")]
)
def test_a_text_that_brings_its_process_down_is_named_and_the_rest_is_done_once(
    tmp_path, audited, text, said
):
    inside = reports(tmp_path, 40)
    (inside / "r120.txt").write_text(text, encoding="utf-8")
    done = run(inside, "--output", tmp_path / "f.csv", "--summary", tmp_path / "sum.csv", "--jobs", "2")
    assert done.stderr.startswith(f"{inside / 'r120.txt'}: found a text at which the audit ended ({said}")
    found = rows(tmp_path / "sum.csv")
    assert sorted(row["text_id"] for row in found) == [f"r{number}" for number in range(100, 140)]
    assert [row["text_id"] for row in found if row["fault"]] == ["r120"]


def test_a_disk_that_fills_while_a_table_is_written_leaves_no_half_of_it(
    folder, tmp_path, monkeypatch, audited
):
    def full(new: Path, columns, rows) -> None:
        new.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setitem(tables.TABLES, ".csv", full)
        done = run(folder, "--output", tmp_path / "found.csv", code=1)
    assert "found.csv: found an output that cannot be written (No space left on device)" in done.stderr
    assert not (tmp_path / "found.csv").exists()
    assert left(tmp_path) == [".found.rows.journal"]
    before = audited()
    run(folder, "--output", tmp_path / "found.csv", "--resume")
    assert audited() == before
    assert [row["text_id"] for row in rows(tmp_path / "found.csv")] == ["a", "c"]


@pytest.mark.drill
def test_a_disk_that_fills_meanwhile_keeps_what_was_done(tmp_path):
    inside = reports(tmp_path, 60)
    program = """
import resource, sys
# Python would keep half of what it compiles, and fail on it ever after.
sys.dont_write_bytecode = True
resource.setrlimit(resource.RLIMIT_FSIZE, (49152, 49152))
from asprinted.commands import main
main()
"""
    command = ["audit", str(inside), "--output", str(tmp_path / "found.json")]
    done = subprocess.run(
        [sys.executable, "-c", program, *command], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(".found.json.journal: found a disk that takes no more")
    assert done.stderr.count("\n") == 1
    run(inside, "--output", tmp_path / "found.json", "--resume")
    texts = json.loads((tmp_path / "found.json").read_text("utf-8"))["texts"]
    assert [each["text_id"] for each in texts] == [f"r{number}" for number in range(100, 160)]


def test_where_no_text_can_be_read_nothing_is_written(tmp_path):
    (tmp_path / "empty").mkdir()
    done = run(tmp_path / "empty", "--output", tmp_path / "found.csv", code=1)
    assert "found a folder without texts" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


@pytest.mark.parametrize(("least", "code"), [("sure", 0), ("likely", 1)])
def test_a_run_ends_with_1_where_a_flag_is_as_sure_as_asked(folder, tmp_path, monkeypatch, least, code):
    monkeypatch.setattr(many.Journal, "totals", lambda _: TOTALS)
    run(folder, "--output", tmp_path / "found.csv", "--fail-on", least, code=code)


def test_what_writes_an_output_is_missed_before_anything_is_read(folder, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError) as missing:
        many.refuse(tmp_path / "found.csv", tmp_path / "sum.parquet")
    assert missing.value.name == "pyarrow"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--resume"], "--resume without --output"),
        (["--column", "text"], "--column without --output"),
        (["--output", "a.csv", "--id", "name"], "--id without --column"),
        (["--output", "a.csv", "--format", "csv"], "--format with --output"),
        (["--output", "a.pdf"], "column --output: found a.pdf"),
        (["--output", "a.csv", "--summary", "b"], "column --summary: found b"),
        (["--output", "none/a.csv"], "found none, expected a folder that is there"),
        (["--output", "reports"], "found reports, which is there already"),
    ],
)
def test_options_that_do_not_go_together_are_told_before_anything_is_read(folder, monkeypatch, options, said):
    monkeypatch.chdir(folder.parent)
    done = run("reports", *options, code=1)
    assert said in done.stderr
    assert [path.name for path in folder.parent.iterdir()] == ["reports"]


# ------------------------------------------------------------------------------------------- of any number


@pytest.mark.drill
def test_no_more_texts_are_held_than_a_few_for_each_process(tmp_path):
    taken, held = 0, []

    def given():
        nonlocal taken
        for _ in range(600):
            taken += 1
            yield taken

    for done, (number, made) in enumerate(running.each(running.parted(given(), lambda _: 1), abs, 2)):
        held.append(taken - done)
        assert number == made == done + 1
    assert len(held) == 600
    assert max(held) <= 16 * (2 * running.AHEAD + 1)


def test_the_columns_of_a_summary_are_those_of_its_description(folder, tmp_path):
    run(folder, "--output", tmp_path / "a.csv", "--summary", tmp_path / "sum.parquet")
    table = parquet.read_table(tmp_path / "sum.parquet")
    assert tuple(table.column_names) == SUMMARY
    assert table.schema.field("flagged").type == pyarrow.int64()
