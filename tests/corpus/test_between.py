"""What two reports of one body print of one thing stands side by side, and nobody says which is wrong."""

import csv
import io
import json
import os
import subprocess
import sys

import openpyxl
import pytest

import commanded
from asprinted.corpus.between import between, report
from asprinted.corpus.pairs import says, summary
from asprinted.faults import Fault

LAST = "青河县人民法院2022年工作总结\n2022年，全院新收案件23415件，审结案件22000件，结案率93.96%。"


def pairs(this, last=LAST):
    """Return how each pair is found, its tokens, and whether it is exact and differs."""
    return [
        (each.how, *(span.text for span in each.here), each.there.text, each.exact, each.differs)
        for each in between(report(f"2023年工作总结\n{this}", "y23"), report(last, "y22"))
    ]


def test_two_digits_changed_over_in_last_years_figure_are_seen():
    assert pairs("2023年，全院新收案件25000件，上年同期新收案件23451件。") == [
        ("printed", "23451件", "23415件", True, True)
    ]


def test_the_same_figure_of_last_year_agrees():
    assert pairs("2023年，新收案件25000件，上年同期新收案件23415件。") == [
        ("printed", "23415件", "23415件", True, False)
    ]


@pytest.mark.parametrize("word", ["全年度", "本年度", "全年", "我局", "全院", "本院"])
def test_words_of_period_and_of_the_whole_body_are_no_part_of_a_name(word):
    ((how, *_, exact, _),) = pairs(f"2023年，新收案件25000件；2022年{word}新收案件23415件。")
    assert (how, exact) == ("printed", True)


@pytest.mark.parametrize(("told", "differs"), [("2.34万件", False), ("2.35万件", True), ("2.3万余件", False)])
def test_a_rounded_or_hedged_figure_differs_only_where_it_excludes_the_other(told, differs):
    assert pairs(f"2022年新收案件{told}，2023年审结案件24000件。") == [
        ("printed", told, "23415件", True, differs)
    ]


@pytest.mark.parametrize(
    ("change", "token", "differs"),
    [
        ("同比上升6.77%", "6.77%", False),  # 25000 ÷ 23415 is 1.06769
        ("同比上升6.6%", "6.6%", True),
        ("同比下降6.8%", "6.8%", True),
        ("同比增加1585件", "1585件", False),
        ("比上年增加1558件", "1558件", True),
    ],
)
def test_a_change_implies_last_years_figure(change, token, differs):
    assert pairs(f"2023年，全院新收案件25000件，{change}。") == [
        ("implied", "25000件", token, "23415件", True, differs)
    ]


def test_changes_in_a_list_stand_behind_their_values_in_turn():
    found = pairs("2023年，新收案件25000件，审结案件23000件，同比分别上升6.77%和4.55%。")
    assert found == [
        ("implied", "25000件", "6.77%", "23415件", True, False),
        ("implied", "23000件", "4.55%", "22000件", True, False),
    ]


def test_points_imply_last_years_rate():
    assert pairs("2023年，结案率95%，同比提高1.04个百分点。") == [
        ("implied", "95%", "1.04个百分点", "93.96%", True, False)
    ]


def test_one_number_printed_twice_under_one_name_is_seen_where_it_differs():
    assert pairs("2023年，受理执行案件4512件。\n执行工作：2023年，受理执行案件4521件。") == [
        ("twice", "4512件", "4521件", True, True)
    ]
    assert pairs("2023年，受理执行案件4512件。\n执行工作：2023年，受理执行案件4512件。") == []


def test_a_name_given_to_several_numbers_joins_none_for_certain():
    last = "2022年，甲庭受理各类案件300件。乙庭受理各类案件400件。2022年如此。"
    found = pairs("上年受理各类案件410件。2023年如此。", last)
    assert {(how, exact) for how, *_, exact, _ in found if how == "printed"} <= {("printed", False)}


def test_names_that_are_only_alike_are_joined_as_possible():
    (found,) = pairs("2022年新收的各类案件23451件，2023年有所上升。")
    assert found == ("printed", "23451件", "23415件", False, True)


def test_numbers_of_two_units_are_never_joined():
    assert pairs("2022年，新收案件23451人。2023年如此。") == []


@pytest.mark.parametrize(
    ("this", "found"),
    [
        (
            "2022年工作总结\n2022年，新收案件5件。",
            "reports of 2022 and 2022, .* expected those of two",
        ),
        ("2024年工作总结\n2024年，新收案件5件。", "reports of 2022 and 2024"),
        (
            "白石县人民法院2023年工作总结\n2023年，新收案件5件。",
            "reports of 白石县人民法院 and of",
        ),
        ("新收案件5件。", "a report that names no year"),
    ],
)
def test_reports_of_one_year_of_years_apart_or_of_two_bodies_are_refused(this, found):
    with pytest.raises(Fault, match=found):
        between(report(this), report(LAST))


def test_a_body_may_be_named_in_short():
    assert between(report("青河县法院2023年总结\n2023年，新收案件5件。"), report(LAST)) == []


def test_a_pair_says_both_places_and_never_which_is_wrong():
    last = report(LAST, "y22")
    found = between(report("2023年总结：上年同期新收案件23451件。", "y23"), last)
    assert says(found[0]) == "新收案件, 2022: y23 prints 23451件 (1:16), y22 prints 23415件 (2:12): differs."
    assert says(found[0], "zh") == "新收案件，2022年：y23载23451件（1:16），y22载23415件（2:12）：不一致。"
    assert summary(found).startswith(
        "Numbers printed of one thing, side by side: 1; they differ in 1, in 1 of"
    )
    assert not any(word in summary(found) for word in ("error", "misprint", "slip"))


def written(folder, this):
    """Write this year's report and that of the year before, and return their files."""
    for name, text in {"y22": LAST, "y23": this}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [folder / "y23.txt", folder / "y22.txt"]


def test_the_command_prints_a_line_or_a_row_for_each_pair(tmp_path):
    files = written(tmp_path, "2023年总结：上年同期新收案件23451件。")
    done = commanded.asprinted("between", *files, "--language", "zh")
    assert done.stdout.startswith("新收案件，2022年：y23载23451件")
    rows = list(csv.DictReader(io.StringIO(commanded.asprinted("between", *files, "--format", "csv").stdout)))
    assert [(row["here_start"], row["there_start"], row["join"], row["outcome"]) for row in rows] == [
        ("16", "29", "exact", "differs")
    ]
    turned = commanded.asprinted("between", *reversed(files), "--language", "zh")
    assert turned.stderr == "读到的是2023年和2022年的报告（“y23”“y22”）；应为相邻两年的报告，后一年的在前。\n"
    turned = commanded.asprinted("between", *reversed(files))
    assert turned.returncode == 1
    assert turned.stderr.startswith('found reports of 2023 and 2022, "y23" and "y22", expected those of two')


TOKENS = ["23451件", "23415件"]
SHOWN = {
    "en": ["both print it", "新收案件", 2022, "y23", TOKENS[0], 16, "y22", TOKENS[1], 29, "the same words"],
    "zh": ["两份均载", "新收案件", 2022, "y23", TOKENS[0], 16, "y22", TOKENS[1], 29, "措辞完全相同"],
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pairs_are_written_in_every_form_as_they_are_printed(tmp_path, language):
    files = written(tmp_path, "2023年总结：上年同期新收案件23451件。")
    made = {}
    for form in ("csv", "json", "html", "xlsx"):
        out = tmp_path / f"found.{form}"
        said = commanded.asprinted("between", *files, "--output", out, "--language", language).stdout
        assert said.count("\n") == 1
        made[form] = out.read_bytes()
        printed = commanded.asprinted("between", *files, "--format", form, "--language", language).stdout
        if form != "xlsx":
            assert printed.encode() == made[form]
    (pair,) = json.loads(made["json"])["pairs"]
    assert pair["here"] == [{"start": 16, "end": 22, "surface": "23451件"}]
    assert (pair["how"], pair["year"], pair["join"], pair["outcome"]) == ("printed", 2022, "exact", "differs")
    heads, cells = openpyxl.load_workbook(io.BytesIO(made["xlsx"])).active.values
    differs = {"en": "differs", "zh": "不一致"}[language]
    assert heads[1] == {"en": "what is counted", "zh": "所计事项"}[language]
    assert list(cells) == [*SHOWN[language], differs]
    page = made["html"].decode()
    assert f"<strong>{differs}</strong>" in page
    assert all(token in page for token in TOKENS)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [f"found.{form}" for form in made] + ["y22.txt", "y23.txt"]
    )


@pytest.mark.parametrize(
    ("this", "least", "code"),
    [
        ("2023年总结：上年同期新收案件23451件。", "exact", 1),
        ("2023年总结：上年同期新收案件23415件。", "possible", 0),
        ("2022年新收的各类案件23451件，2023年有所上升。", "exact", 0),
        ("2022年新收的各类案件23451件，2023年有所上升。", "possible", 1),
    ],
)
def test_it_fails_where_a_number_differs_that_is_joined_at_least_so_surely(tmp_path, this, least, code):
    files = written(tmp_path, this)
    assert commanded.asprinted("between", *files).returncode == 0
    assert commanded.asprinted("between", *files, "--fail-on", least).returncode == code


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--output", "found.pdf"], "found found.pdf, expected an ending of .csv, .parquet, .xlsx, .json"),
        (["--output", "a.csv", "--format", "csv"], "found --format with --output, expected one of them"),
        (["--output", "none/a.csv"], "a.csv: found an output that cannot be written (No such file"),
    ],
)
def test_an_output_that_cannot_be_is_told_and_nothing_is_written(tmp_path, monkeypatch, options, said):
    files = written(tmp_path, "2023年总结：上年同期新收案件23451件。")
    monkeypatch.chdir(tmp_path)
    done = commanded.asprinted("between", *files, *options)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["y22.txt", "y23.txt"]


FULL = """
import resource, sys
from asprinted.commands import main
# Python would keep half of what it compiles, and fail on it ever after.
sys.dont_write_bytecode = True
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
main()
"""


@pytest.mark.drill
@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx", "json", "html"])
def test_a_disk_that_fills_leaves_what_was_there_and_nothing_half_written(tmp_path, form):
    files = written(tmp_path, "2023年总结：上年同期新收案件23451件。")
    (tmp_path / f"found.{form}").write_text("before", encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", FULL, "between", *files, "--output", tmp_path / f"found.{form}"],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"TMPDIR": str(tmp_path / "temporary")},
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"found.{form}: found an output that cannot be written (")
    assert (tmp_path / f"found.{form}").read_text("utf-8") == "before"
    left = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert left == [f"found.{form}", "y22.txt", "y23.txt"]


def test_a_folder_or_a_file_that_is_no_text_is_refused_by_its_name(tmp_path):
    (tmp_path / "a.txt").write_text(LAST, encoding="utf-8")
    (tmp_path / "b.txt").write_text(LAST, encoding="utf-8")
    done = commanded.asprinted("between", tmp_path, tmp_path / "a.txt")
    assert (done.returncode, done.stderr) == (
        1,
        f"{tmp_path}: found a folder of 2 texts, expected one report.\n",
    )
