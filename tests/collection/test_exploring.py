"""Facts about what a reader types in the lab: facts in a check, other numbers supposed, frames to keep."""

import json
import re
import subprocess
import sys
import traceback
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import asprinted
from asprinted import figures
from asprinted.books import completing, showing
from asprinted.books.book import FRAMES
from asprinted.collection import frames
from asprinted.faults import Fault


@pytest.fixture(scope="module")
def book(home):
    """The notebook that a reader explores in."""
    return asprinted.notebook("explore", home=home)


# ---------------------------------------------------------------------------------------- facts in a check


@pytest.mark.parametrize(
    "concluded", ["21454件", 21454, 21454.0, Fraction(21454), np.int64(21454), np.float64(21454)]
)
def test_a_whole_number_is_taken_in_whatever_type_it_comes(concluded):
    answer = asprinted.check("61.71%", concluded, np.int32(34765))
    assert answer.verdict == "both"
    assert answer.low == answer.high == pytest.approx(21454 / 34765)


def test_a_fact_is_taken_by_its_token_and_a_derived_one_by_its_whole_value(book):
    assert (
        asprinted.check(book["closing_rate"], book["cases_concluded"], book["cases_accepted"]).verdict
        == "both"
    )
    # 13,311 are open by our difference: 38.2885% of those accepted.
    assert asprinted.check("38.29%", book["pending"], book["cases_accepted"]).verdict == "nearest_only"
    more = book["cases_concluded"].value + 500
    assert asprinted.check(book["closing_rate"], more, book["cases_accepted"]).verdict == "contradicted"


@pytest.mark.parametrize(
    "given", [0.6171, float("nan"), float("inf"), 2.0**60, True, np.True_, None, 1j, [None]]
)
def test_what_is_no_whole_number_is_refused_with_the_part_of_the_call(given):
    with pytest.raises(Fault, match=r"^column parts: found .*expected a token such as 1234件"):
        asprinted.check("61.71%", given, 34765)


# ---------------------------------------------------------------------------------- other numbers supposed


@pytest.fixture(scope="module")
def supposed(book):
    """What moves if 500 more cases had been concluded."""
    return book.what_if(cases_concluded=21954)


def test_each_value_that_rests_on_a_figure_moves_with_it(supposed, book):
    moved = supposed.query("what == 'value'")
    assert moved.after["cases_concluded"] == "21954件"
    # (34,765 − 21,954) are open; 21,954 ÷ 34,765 = 0.631497…
    assert moved.after["pending"].startswith("12,811")
    assert moved.after["closing_rate_recomputed"] == "63.1497%"
    assert all(key == "cases_concluded" or "cases_concluded" in book[key].keys for key in moved.index)


def test_a_check_that_would_no_longer_follow_and_a_sentence_that_would_be_false_say_so(supposed):
    assert supposed.fails["C01"]
    assert "does not follow" in supposed.after["C01"]
    # No whole headcount gives 413 and 669 any more, and 02's answer says that the rate follows.
    assert supposed.fails["C02"]
    assert supposed.fails["02 answer"]
    # The police's counts are none of the court's.
    assert not {"C04", "06 answer"} & set(supposed.index)


def test_a_supposed_figure_is_not_told_as_one_that_was_never_sealed(supposed):
    assert not supposed.after.str.contains("since the seal").any()
    # 01 has no cell that rests on the court's counts of concluded cases.
    assert "01_dataset" not in list(supposed.query("what == 'cell'").title)


def test_a_figure_supposed_as_it_is_printed_moves_nothing(book):
    assert book.what_if(cases_concluded="21454件").empty


def test_supposing_leaves_the_collection_as_it_is(supposed, book):
    assert book["cases_concluded"].as_printed == "21454件"
    assert book["pending"].value == 13311


def test_what_cannot_be_supposed_is_refused_with_the_way_out(book):
    with pytest.raises(KeyError, match="cases_concluded"):
        book.what_if(cases_concludet=1)
    with pytest.raises(
        Fault, match="pending, which is derived, expected a printed figure, such as cases_accepted"
    ):
        book.what_if(pending=12000)
    with pytest.raises(Fault, match=r'closing_rate: found "62", expected a token such as 61.71%'):
        book.what_if(closing_rate=62)
    with pytest.raises(Fault, match="cases_concluded"):
        book.what_if(cases_concluded="many")
    for given in ([{"cases_concluded": 21954}], ["cases_concluded", 21954], []):
        with pytest.raises(Fault, match=r"a figure by its key: book\.what_if\(KEY=21954\)"):
            book.what_if(*given)


def test_one_of_a_unit_is_told_in_the_singular(supposed):
    assert supposed.after["court_slips_unseen"] == "1 slip"


# ------------------------------------------------------------------------------------ frames to take home


def test_the_rates_of_four_bodies_are_one_frame_with_their_counts_and_verdicts(book):
    rates = book.rates
    assert list(rates.ref) == ["C01", "C23", "C04", "C05"]
    assert list(rates.printed) == ["61.71%", "", "98.35%", "99%"]
    # To chart: the rate that is not printed has none.
    assert list(rates.share.dropna()) == [0.6171, 0.9835, 0.99]
    assert list(rates.counts) == ["21454件/34765件", "4044件/16179件", "1.73万余件/1.76万余件", "783件/785件"]
    assert list(rates.verdict) == ["both", "not_testable", "both", "truncation_only"]
    # In the words of README: over hedged counts nothing is said to follow.
    assert rates.meaning["closing_rate"] == "follows, rounded or cut"
    assert rates.meaning["police_resolution"] == "not excluded, rounded or cut"
    assert rates.computed_low["closing_rate"] == pytest.approx(21454 / 34765)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_column_of_every_frame_has_a_meaning(home, language):
    columns = asprinted.notebook("explore", language, home=home).columns
    assert list(columns.columns) == ["frame", "name", "heading", "meaning", "unit"]
    assert columns.index.is_unique
    assert list(columns.index[columns.meaning == ""]) == []
    assert columns.heading["checks.title"] == {"en": "what", "zh": "名称"}[language]


def test_the_columns_that_tell_of_headings_stand_under_their_own_names(book):
    shown = showing.written(book.columns.query("frame == 'rates'").head(), book.headings)
    assert list(shown.columns) == ["frame", "name", "heading", "meaning", "unit"]


def test_every_meaning_is_that_of_a_column(book):
    named = {(row.frame, row.name_) for row in book.columns.rename(columns={"name": "name_"}).itertuples()}
    every = {name for _, name in named}
    for frame, meanings in frames.meanings().items():
        assert set(meanings) <= (every if frame == "every" else {name for its, name in named if its == frame})


def test_frames_go_to_excel_and_parquet_as_they_are(book, tmp_path):
    for name, table in FRAMES.items():
        frame = getattr(book, name)
        frame.to_parquet(tmp_path / "frame.parquet")
        frame.to_excel(tmp_path / "frame.xlsx")
        pd.testing.assert_frame_equal(
            pd.read_parquet(tmp_path / "frame.parquet"), pd.DataFrame(frame), check_dtype=False
        )
        assert len(pd.read_excel(tmp_path / "frame.xlsx")) == len(frame), table


# --------------------------------------------------------------------------- what is shown, what is stored


@pytest.mark.parametrize("asked", ["what", ["ref", "what"]])
def test_a_heading_is_refused_with_the_name_of_its_column(book, asked):
    with pytest.raises(KeyError, match='no column "what", which is the heading of "title"'):
        book.checks[asked]


@pytest.mark.parametrize(("asked", "tables"), [("organisation", "printed"), ("publisher", "benchmarks")])
def test_a_column_of_the_typed_tables_alone_is_told_where_it_stands(book, asked, tables):
    with pytest.raises(KeyError, match=rf'no column "{asked}" in a frame of facts; .*{tables}.* has it'):
        book.printed[["as_printed", asked]]
    assert asked in book.table(tables)


def test_sets_of_several_bodies_are_one_frame_in_which_each_fact_stands_once(book):
    sets = ("court_mediation_rates", "resolution_rates", "peoples_mediation_rates")
    rates = book.elsewhere(*sets)
    assert {"court", "police", "peoples_mediation"} <= set(rates.body)
    assert rates.index.is_unique
    assert set(rates.index) == {key for name in sets for key in book.elsewhere(name).index}
    assert book.elsewhere("resolution_rates", "resolution_rates").equals(book.elsewhere("resolution_rates"))


def test_a_fact_in_a_sum_or_a_comparison_is_refused_with_its_number(book):
    court = book["cases_concluded"]
    for tried in (
        lambda: court + 500,
        lambda: 500 - court,
        lambda: court / book["cases_accepted"],
        lambda: court < 1,
    ):
        with pytest.raises(Fault, match=r'fact cases_.*expected its number: book\["cases_\w+"\]\.value'):
            tried()


def test_an_error_is_shown_under_the_readers_own_line_alone(book):
    # No room of the house, and nothing of pandas, where a column is missing.
    for tried in (lambda: book["cases_accepted"] + 500, lambda: book.printed["indicater"]):
        with pytest.raises((Fault, KeyError)) as told:
            tried()
        shell = SimpleNamespace(showtraceback=lambda error, tb_offset: error[2])
        shown = showing.at_their_line(shell, told.type, told.value, told.tb)
        assert {frame.filename for frame in traceback.extract_tb(shown)} == {__file__}


WRONG = {
    "a number to read": (lambda book: asprinted.read(5), r"5 \(int\), expected a text"),
    "nothing to scan": (lambda book: asprinted.scan(None), r"None \(NoneType\), expected a text"),
    "a file to audit": (lambda book: asprinted.audit(Path("a.html")), "PosixPath.*expected a text"),
    "a frame to relate": (lambda book: asprinted.relate(book.checks), "expected a text"),
    "a frame to check": (lambda book: asprinted.check(book.printed, 1, 2), r"column printed: .*\(Frame\)"),
    "a notebook's number": (lambda book: asprinted.notebook(5), "the notebook 5, which is not there"),
    "a key's number": (lambda book: book[5], "no fact 5"),
    "a set's number": (lambda book: book.elsewhere(5), "no set 5"),
    "a table's number": (lambda book: book.tables[5], "no table 5"),
    "a check's number": (lambda book: book.check(5), "no relation 5"),
    "no rule": (lambda book: book.printed.query("kind = 'rate'"), "of which pandas says.*section == 'court'"),
    "a text in a sum": (lambda book: book.printed.query("value > 'a'"), "of which pandas says"),
    "a list to draw": (lambda book: book.draw(figures.list_plot, "mine", [1]), "str and list in place of"),
    "places exchanged": (lambda book: book.draw("mine", len, book.checks), "builtin_function.* in place of"),
    "no row": (lambda book: book.draw(figures.list_plot, "mine", book.checks.head(0)), "without a row"),
    "no card": (lambda book: book.draw(figures.list_plot, "mine", book.checks, card="yes"), "card='yes'"),
    "no title": (
        lambda book: book.draw(figures.list_plot, "mine", book.checks, title=5),
        "column title: .*5",
    ),
}


@pytest.mark.parametrize("call", WRONG)
def test_a_wrong_call_is_one_sentence_of_ours(book, tmp_path, monkeypatch, call):
    monkeypatch.setenv("ASPRINTED_SCRATCH", str(tmp_path))
    tried, says = WRONG[call]
    with pytest.raises((Fault, KeyError), match=says):
        tried(book)


def test_keys_and_sets_are_taken_one_by_one_as_a_list_and_as_the_index_of_a_frame(book):
    keys = ["closing_rate", "pending"]
    for given in ([keys], [book.facts(*keys).index], keys):
        assert list(book.facts(*given).index) == keys
    assert list(book.elsewhere(["calendar_rates"]).index) == list(book.elsewhere("calendar_rates").index)


def test_names_that_come_near_to_a_key_are_named_at_once(book):
    with pytest.raises(KeyError, match=r"near to it is .*'mediation_settled'"):
        book.what_if(disputes_settled=700)


def test_a_column_that_is_nearly_right_is_named(book):
    with pytest.raises(KeyError, match='no column "indicater"; near to it is'):
        book.printed["indicater"]
    with pytest.raises(Fault, match="no column \"verdic\"; near to it is 'verdict'"):
        book.checks.query("verdic == 'both'")


def test_all_tables_are_frames_by_name(book):
    # The article prints 53 figures.
    assert len(book.tables["printed"]) == 53
    assert set(dict(book.tables.items())) == set(book.tables) >= {"printed", "benchmarks", "seal"}
    assert "printd" not in book.tables
    with pytest.raises(KeyError, match="no table 'printd'; near to it is 'printed'"):
        book.tables["printd"]
    assert repr(book.tables).startswith("book.tables[name]: sources, printed")


def test_a_set_that_is_nearly_named_has_all_that_are_near_named(book):
    with pytest.raises(KeyError, match="like_date_closing_rates"):
        book.elsewhere("closing_rates")


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (
            "verdict == 'fits only if cut'",
            'column verdict: found "fits only if cut", as it is shown, expected "trunc',
        ),
        ("verdict == '只有去尾可得'", 'as it is shown, expected "truncation_only"'),
        ("verdict in ['both', 'truncaton_only']", "near to it is 'truncation_only'"),
    ],
)
def test_a_text_as_it_is_shown_and_a_near_miss_are_refused_with_the_stored_one(book, rule, found):
    with pytest.raises(Fault, match=re.escape(found)):
        book.checks.query(rule)


def test_a_rule_finds_what_is_stored_also_with_names_of_the_readers_own(book):
    wanted = "truncation_only"
    assert list(book.checks.query("verdict == @wanted").index) == ["peoples_mediation"]
    assert wanted == "truncation_only"
    # A text of the closed list that no row of this frame has finds nothing, and that is an answer.
    assert book.checks.query("verdict == 'contradicted'").empty


def test_a_long_frame_shows_its_ends_before_it_unfolds():
    frame = pd.DataFrame({"row": [str(number) for number in range(40)]}, index=pd.Index(range(40), name="n"))
    assert list(showing.ends(frame).row) == ["0", "1", "2", "3", "4", "…", "35", "36", "37", "38", "39"]


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ('book.elsewhere("like_date_cl', "like_date_closing_rates"),
        ('book.facts("cases_accepted", "cases_c', "cases_concluded"),
        ('book.table("crossc', "crosschecks"),
        ("book.what_if(cases_conc", "cases_concluded="),
        ('book.check("people', "peoples_mediation"),
        ('book.printed[["as_printed", "indic', "indicator"),
        ('book.printed["indic', "indicator"),
        ('book.tables["crossc', "crosschecks"),
        ("court.query(\"section == 'court' and ki", "kind"),
    ],
)
def test_names_are_completed_where_one_types_them(book, typed, offers):
    begun, names = completing.offered(typed, {"book": book, "court": book.printed})
    assert typed.endswith(begun)
    assert offers in names
    assert all(name.startswith(begun) for name in names)


@pytest.mark.parametrize("typed", ['other.facts("ca', "book.facts(ca", 'book.nothing("', "print('ca", ""])
def test_where_nothing_of_ours_is_typed_nothing_is_offered(book, typed):
    assert completing.offered(typed, {"book": book, "other": {}}) == ("", [])


def test_the_rooms_that_readers_are_sent_to_are_there_by_the_package_alone():
    code = "import asprinted; asprinted.corpus.summary, asprinted.figures.dots_by_day"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_package_and_a_book_offer_what_is_for_readers(book):
    assert dir(asprinted) == ["audit", "check", "notebook", "read", "relate", "scan"]
    assert "cases_concluded" in book._ipython_key_completions_()


def test_what_explore_puts_out_rests_on_no_other_file_of_the_readers(book, home, tmp_path, monkeypatch):
    monkeypatch.setenv("ASPRINTED_SCRATCH", str(tmp_path))
    (tmp_path / "printed.csv").touch()
    cells = json.loads((home / "notebooks" / "explore.ipynb").read_text("utf-8"))["cells"]
    (cell,) = [cell for cell in cells if cell.get("id") == "export"]
    *lines, last = cell["source"]
    space = {"book": book, "pd": pd}
    exec("".join(lines), space)
    assert cell["outputs"][0]["data"]["text/plain"] == [repr(eval(last, space))]
