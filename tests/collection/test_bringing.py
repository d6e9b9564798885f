"""Facts about bringing a row of one's own into the collection, and about who confirms it."""

import csv
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import commanded
from asprinted.collection import bringing
from asprinted.collection.collection import Collection
from asprinted.collection.own import FOLDER
from asprinted.collection.starting import start
from asprinted.collection.tables import DESCRIPTOR
from asprinted.processes import holding

HOME = Path(__file__).resolve().parents[2]
AGAIN = Path("tests", "elsewhere.csv")
TYPED = "key,as_printed,place_zh,sets\nE01,30150册,芦汀县,S1;half_years\n"
HEAD = (
    "key,publisher,title,seen,place,name_en,scope,indicator_en,kind,as_printed,unit,period_end,group,measure,body,"
    "level,shown\n"
)
ROW = (
    "{key},A library,A report,seen,Some county,Somewhere,one public library,librarians,count,{token},"
    "librarians,2023,somewhere_staff,{measure},library,county,yes\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection whose figures printed elsewhere are typed again, and one row of a reader's own."""
    home = start(tmp_path_factory.mktemp("bringing") / "library")
    Collection(home).seal((home / "article.txt").read_text(encoding="utf-8"))
    package = json.loads((home / DESCRIPTOR).read_text(encoding="utf-8"))
    package["asprinted"] = {**package.get("asprinted", {}), "typed_again": {"benchmarks": AGAIN.as_posix()}}
    for table in package["resources"]:
        for field in table["schema"]["fields"] if table["name"] == "benchmarks" else ():
            if field["name"].endswith("_zh"):
                field.get("constraints", {}).pop("required", None)
    (home / DESCRIPTOR).write_text(json.dumps(package), encoding="utf-8")
    Collection(home).build()
    (home / AGAIN).parent.mkdir(parents=True, exist_ok=True)
    (home / AGAIN).write_text(TYPED, encoding="utf-8")
    (home / FOLDER).mkdir(parents=True, exist_ok=True)
    put(home, HEAD + row())
    return home


@pytest.fixture
def mine(library: Path, tmp_path: Path) -> Path:
    """A copy of it, to write in."""
    return shutil.copytree(library, tmp_path / "mine")


def row(key: str = "mine_1", token: str = "35名", measure: str = "librarians") -> str:
    return ROW.format(key=key, token=token, measure=measure)


def put(home: Path, text: str, name: str = "benchmarks") -> None:
    (home / FOLDER / f"{name}.csv").write_text(text, encoding="utf-8")


def texts(home: Path) -> dict[str, bytes]:
    """Return what every file holds, by its place."""
    return {
        str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()
    }


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_a_row_goes_to_the_end_of_its_table_under_the_next_key_sealed_and_built(mine):
    before = texts(mine)
    brought = bringing.bring(Collection(mine), "mine_1")
    assert (brought.key, brought.table) == ("E08", "benchmarks")
    after = texts(mine)
    assert after["data/benchmarks.csv"].startswith(before["data/benchmarks.csv"])
    added = rows(mine / "data" / "benchmarks.csv")[-1]
    assert (added["key"], added["as_printed"], added["name_zh"]) == ("E08", "35名", "")
    Collection(mine).check_seal()
    Collection(mine).fresh()
    assert not (mine / FOLDER / "benchmarks.csv").exists()
    assert Collection(mine)["E08"].value == 35


def test_what_a_second_hand_confirms_is_proposed_beside_its_file_and_never_typed_there(mine):
    bringing.bring(Collection(mine), "mine_1")
    assert (mine / AGAIN).read_text(encoding="utf-8") == TYPED
    (proposed,) = rows(mine / f"{AGAIN}.proposed")
    assert proposed == {"key": "E08", "as_printed": "35名", "place_zh": "", "sets": "S2"}


def test_a_number_typed_otherwise_confirms_nothing_and_the_same_number_does(mine):
    bringing.bring(Collection(mine), "mine_1")
    before = texts(mine)
    for given in ("36名\nyes\n", "35名\nno\n", "35名\n", ""):
        refused = commanded.asprinted("bring", "E08", "--accept", folder=mine, given=given)
        assert refused.returncode == 1
        assert "35名" not in refused.stdout
        assert texts(mine) == before
    done = commanded.asprinted("bring", "E08", "--accept", folder=mine, given="35名\nyes\n")
    assert (done.returncode, done.stdout.endswith("E08 stands in tests/elsewhere.csv.\n")) == (0, True)
    assert (mine / AGAIN).read_text(encoding="utf-8") == TYPED + "E08,35名,,S2\n"
    assert not (mine / f"{AGAIN}.proposed").exists()


RATE = "library_{key},library,,,,,copy,share_of_cases,share,,{result},783件/785件,,,not_settled,no,,,,,,,\n"


@pytest.fixture
def rated(mine: Path) -> Path:
    """The same with a table of published rates, typed again with its verdicts."""
    again, ours = Path("tests", "rates.csv"), json.loads((HOME / DESCRIPTOR).read_text(encoding="utf-8"))
    package = json.loads((mine / DESCRIPTOR).read_text(encoding="utf-8"))
    rates, checks = (table for table in ours["resources"] if table["name"].startswith("published_"))
    package["resources"] += [rates, checks]
    package["asprinted"]["typed_again"] = {"published_rates": again.as_posix()}
    (mine / DESCRIPTOR).write_text(json.dumps(package), encoding="utf-8")
    head = ",".join(field["name"] for field in rates["schema"]["fields"]) + "\n"
    (mine / "data" / "published_rates.csv").write_text(head + RATE.format(key=1, result="99.7%"), "utf-8")
    (mine / again).write_text("key,result,counts,verdict\nlibrary_1,99.7%,783件/785件,both\n", "utf-8")
    put(mine, head + RATE.format(key=2, result="99%"), "published_rates")
    Collection(mine).build()
    return mine


def test_of_a_published_rate_the_rate_is_asked_and_its_verdict_proposed(rated):
    assert bringing.bring(Collection(rated), "library_2").key == "library_2"
    found = bringing.proposal(Collection(rated), "library_2")
    assert found.cells == {
        "key": "library_2", "result": "99%", "counts": "783件/785件", "verdict": "truncation_only",
    }  # fmt: skip
    assert found.asked == "result"
    refused = commanded.asprinted("bring", "library_2", "--accept", folder=rated, given="100%\nyes\n")
    assert 'rates.csv, column result: found "100%"' in refused.stderr
    done = commanded.asprinted("bring", "library_2", "--accept", folder=rated, given="99%\nyes\n")
    assert (done.returncode, "99%" in done.stdout) == (0, False)
    assert rows(rated / "tests" / "rates.csv")[-1] == found.cells


def test_a_row_that_changed_since_it_was_proposed_is_proposed_anew(mine):
    bringing.bring(Collection(mine), "mine_1")
    table = mine / "data" / "benchmarks.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("35名", "36名"), encoding="utf-8")
    refused = commanded.asprinted("bring", "E08", "--accept", folder=mine)
    assert "found E08 as its row stood before, expected its cells as they stand" in refused.stderr
    assert commanded.asprinted("bring", "E08", folder=mine).returncode == 0
    (proposed,) = rows(mine / f"{AGAIN}.proposed")
    assert proposed["as_printed"] == "36名"


def test_two_rows_wait_side_by_side(mine):
    put(mine, HEAD + row() + row("mine_2", "36名").replace("somewhere_staff", "elsewhere_staff"))
    assert [bringing.bring(Collection(mine), f"mine_{number}").key for number in (1, 2)] == ["E08", "E09"]
    assert [each["key"] for each in rows(mine / f"{AGAIN}.proposed")] == ["E08", "E09"]


def test_other_rows_of_ones_own_stay_and_those_that_name_the_old_key_are_named(mine):
    put(mine, HEAD + row() + row("other").replace("somewhere_staff", "elsewhere_staff"))
    put(mine, "key,formula,show,form,title_en\ntwice,mine_1 * 2,value,count,twice\n", "derived")
    said = commanded.asprinted("bring", "mine_1", folder=mine).stdout
    assert "own/derived.csv: mine_1 is named there still; it is E08 now." in said
    assert [each["key"] for each in rows(mine / FOLDER / "benchmarks.csv")] == ["other"]


def test_a_row_of_ones_own_that_says_the_key_elsewhere_stays(mine):
    other = row("other").replace("somewhere_staff", "elsewhere_staff").replace("A report", "mine_1")
    put(mine, HEAD + other + row())
    bringing.bring(Collection(mine), "mine_1")
    assert (mine / FOLDER / "benchmarks.csv").read_text(encoding="utf-8") == HEAD + other


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        (HEAD + row(), "mine_2", r'found no row "mine_2", expected the key of .*near to it is mine_1'),
        (HEAD + row(), "E01", "found E01, which elsewhere.csv confirms, expected a row that is new"),
        (HEAD + row("E02"), "E02", 'row 2, column key: found "E02", expected a key that no row of the coll'),
        (HEAD + row() + row(), "mine_1", '2 rows of your own with the key "mine_1"'),
        (HEAD + row(token="many"), "mine_1", 'own/benchmarks.csv .*row 2, column as_printed: found "many"'),
        (HEAD + row(measure="books"), "mine_1", 'row 2, column measure: found "books", expected one of'),
        (HEAD + row(measure="lent"), "mine_1", r"benchmarks.csv .*row 9.* no set takes in \(measure lent"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_brought(mine, text, key, told):
    put(mine, text)
    before = texts(mine)
    with pytest.raises(Exception, match=f"(?s){told}"):
        bringing.bring(Collection(mine), key)
    assert texts(mine) == before


def test_every_fault_of_a_row_is_told_at_once(mine):
    put(
        mine,
        HEAD.replace(",level", "") + row("other") + row(token="many", measure="books").replace(",county", ""),
    )
    refused = commanded.asprinted("bring", "mine_1", folder=mine)
    assert refused.stderr.startswith("own/benchmarks.csv has 3 faults; nothing was brought.")
    assert [line.partition(":")[0] for line in refused.stderr.splitlines()[1:]] == [
        "  row 3, column measure",
        "  row 3, column level",
        "  row 3, column as_printed",
    ]


def test_while_another_run_writes_nothing_is_brought(mine):
    before = texts(mine)
    with holding.hold(mine):
        refused = commanded.in_a_process("bring", "mine_1", folder=mine)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"another run is writing in {mine}. Nothing was touched")
    assert texts(mine) == before


KILLED = """
import os, sys
from pathlib import Path
from asprinted.collection import bringing
from asprinted.collection.collection import Collection
rename, left = Path.replace, [int(sys.argv[2])]
def replace(path, target):
    if not left[0]:
        os.kill(os.getpid(), 9)
    left[0] -= 1
    return rename(path, target)
Path.replace = replace
bringing.bring(Collection(sys.argv[1]), "mine_1")
"""


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_wherever_it_is_killed_no_row_is_lost_and_bringing_again_ends_it(mine, library, tmp_path, after):
    whole = shutil.copytree(library, tmp_path / "whole")
    bringing.bring(Collection(whole), "mine_1")
    ended = subprocess.run([sys.executable, "-c", KILLED, mine, str(after)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert (mine / FOLDER / "benchmarks.csv").read_text(encoding="utf-8") == HEAD + row()
    assert commanded.asprinted("bring", "mine_1", folder=mine).returncode == 0
    held = {name: text for name, text in texts(mine).items() if not name.endswith((".new", ".old"))}
    assert held == texts(whole)


def test_a_row_without_chinese_shows_its_english_as_not_translated(mine):
    bringing.bring(Collection(mine), "mine_1")
    fact = Collection(mine)["E08"]
    assert (fact.place("en"), fact.place("zh")) == ("Somewhere", "Somewhere（未译）")
    assert fact.title("zh") == "librarians（未译）"
    assert Collection(mine)["E07"].place("zh") == "槐溪"


def test_it_speaks_chinese_where_it_is_asked(mine):
    done = commanded.asprinted("bring", "mine_1", "--language", "zh", folder=mine)
    assert done.stdout.startswith("mine_1已收入data/benchmarks.csv，编号为E08")
    refused = commanded.asprinted("bring", "mine_1", "--language", "zh", folder=mine)
    assert refused.stderr.startswith("读到的是没有“mine_1”这一行")
