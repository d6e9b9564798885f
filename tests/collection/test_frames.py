"""Facts about frames: the index is the key, numbers stand exact and as floats, and no two become one."""

import re
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

import asprinted
import made
from asprinted.books import showing
from asprinted.books.book import notebook
from asprinted.books.showing import Headings, written
from asprinted.collection import frames, sets
from asprinted.collection.collection import Collection
from asprinted.faults import Fault, Faults
from asprinted.figures.form import write_table


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Collection:
    """The made-up collection, sealed and built."""
    return made.sealed(tmp_path_factory.mktemp("library"))


@pytest.fixture
def book(library):
    """A book of the collection without words."""
    return notebook("01_lending", home=library.home)


def test_a_book_shows_itself_by_names_that_it_has(book):
    shown = re.findall(r"\.(\w+)", repr(book))
    assert {"printed", "elsewhere", "facts"} <= set(shown)
    assert all(hasattr(type(book), name) for name in shown)


def test_the_index_of_a_frame_is_the_key_and_its_numbers_are_floats(book):
    frame = book.elsewhere("half_years")
    assert frame.index.name == "key"
    assert list(frame.index) == [
        "own_2024_06_return_rate",
        "lotus_2023_06_return_rate",
        "mill_2022_06_return_rate",
    ]
    assert {str(frame[name].dtype) for name in ("value", "low", "high", "share", "day", "day_to")} == {
        "float64"
    }
    assert frame.loc["lotus_2023_06_return_rate", "share"] == 0.9


def test_the_exact_value_stands_beside_its_float_as_text(book):
    frame = book.facts("late_share", "borrowing_share", "late")
    assert list(frame["exact"]) == ["1917/48250", "", "1917"]
    assert frame["share"].isna().tolist() == [False, True, True]
    assert frame["value"].isna().tolist() == [False, True, False]
    low, high = frame.loc["borrowing_share", ["low", "high"]]
    assert (low, high) == (11000 / 12999, 11999 / 12000)


def test_two_values_closer_than_a_billionth_are_refused_and_equal_ones_are_not(library):
    one = library["late_share"]
    for gap, refused in ((Fraction(1, 10**10), True), (Fraction(0), False), (Fraction(1, 10**9), False)):
        other = replace(one, key="other", value=one.value + gap)
        if refused:
            with pytest.raises(Fault, match="expected values that floats can tell apart"):
                frames.of_facts([one, other])
        else:
            assert len(frames.of_facts([one, other])) == 2


def test_columns_that_rules_decide_by_stay_as_typed_and_texts_are_in_the_language(library):
    english, chinese = (
        frames.of_facts(sets.side_by_side(library.facts, "half_years"), language) for language in ("en", "zh")
    )
    assert list(english.columns) == list(chinese.columns)
    for column in ("measure", "body", "level", "pool", "seen", "full_year", "month_day", "said"):
        assert list(english[column]) == list(chinese[column])
    assert english.loc["lotus_2023_06_return_rate", "indicator"] == "Return rate"
    assert chinese.loc["lotus_2023_06_return_rate", "indicator"] == "归还率"


def test_the_frames_of_a_book_hold_each_row_of_their_tables(library, book):
    assert list(book.printed.index) == [row["key"] for row in library.rows("printed")]
    assert list(book.printed["ref"]) == ["N01", "N02", "N03", "N04", "N05", "N06"]
    assert list(book.derived["formula"]) == [row["formula"] for row in library.rows("derived")]
    assert list(book.benchmarks.index) == ["K01", "K02", "K03", "K04", "K05", "K06"]
    assert book.checks.loc["return_on_time", "verdict"] == "nearest_only"
    assert book.benchmark_checks.loc["lotus", ["verdict", "printed"]].tolist() == ["both", "90%"]
    assert list(book.ledger.index) == ["C01", "C02", "C03", "C04"]
    assert list(book.ledger["outcome"]) == ["nearest_only", "holds", "holds", "alone"]


def test_published_rates_stand_with_their_verdicts_and_without_names_that_may_not_be_shown(book):
    frame = book.published
    assert list(frame.index) == ["reed_1", "reed_2", "moss_1"]
    assert list(frame["verdict"]) == ["both", "both", "not_testable"]
    assert frame.loc["reed_1", "as_printed"] == "33%"
    assert frame.loc["reed_1", "computed_low"] == 0.333333
    assert list(frame["publisher"]) == ["苇馆", "苇馆", ""]
    assert frame.loc["moss_1", ["title", "address"]].tolist() == ["", ""]


def test_a_table_is_shown_as_typed_with_whole_numbers_as_integers(book):
    exclusions = book.table("exclusions")
    assert str(exclusions["line"].dtype) == "int64"
    assert exclusions.loc[0, "as_printed"] == "第三季度"
    with pytest.raises(Faults, match="no table"):
        book.table("excluded")


def test_what_is_shown_is_headed_in_the_language_and_the_frame_keeps_its_columns(library):
    folder = library.home / "notebooks" / "words"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "columns.toml").write_text(
        '[share]\nen = "share"\nzh = "比率"\nformat = "percent.1"\n[key]\nen = "key"\nzh = "代号"\n',
        encoding="utf-8",
    )
    try:
        for language, heading, index in (("en", "share", "key"), ("zh", "比率", "代号")):
            book = notebook("01_lending", language, library.home)
            frame = book.elsewhere("half_years")[["share"]]
            shown = written(frame, book.headings)
            assert (list(shown.columns), shown.index.name) == ([heading], index)
            assert list(shown[heading]) == ["96.0%", "90.0%", "97.5%"]
            assert list(frame.columns) == ["share"]
    finally:
        (folder / "columns.toml").unlink()
        notebook("01_lending", "en", library.home)


def test_a_missing_value_shows_as_nothing_and_a_truth_as_a_mark(book):
    frame = pd.DataFrame(
        {"a": [1.0, None], "b": [True, False], "c": ["x", ""]}, index=pd.Index(["p", "q"], name="key")
    )
    shown = written(frame, book.headings)
    assert shown.to_dict("list") == {"a": ["1", ""], "b": ["✓", ""], "c": ["x", ""]}


def page_of(frame: pd.DataFrame) -> str:
    """Return a frame as a reader of a page sees it."""
    return showing.as_page(showing.written(frame, showing.Headings({}, "en")), showing.of_texts(frame))


def test_texts_stand_flush_left_and_numbers_do_not_under_one_row_of_headings():
    index = pd.Index(["a", "b"], name="key")
    frame = pd.DataFrame({"note": ["Rounded.", None], "share": [0.61, 0.99]}, index=index)
    page = page_of(frame)
    left = re.findall(r'<t[dh] style="text-align: left">(.*?)</t[dh]>', page)
    assert left == ["key", "note", "a", "Rounded.", "b", ""]
    assert re.findall(r"<t[dh]>(.*?)</t[dh]>", page) == ["share", "0.61", "0.99"]
    assert page.count("<tr") == 3


def test_every_cell_of_a_grouped_frame_is_shown_and_the_texts_stand_left():
    frame = pd.DataFrame({"court": list("xyx"), "year": [1, 1, 2], "word": list("pqr"), "n": [7, 8, 9]})
    page = page_of(frame.set_index(["year", "court"]))
    for text in ("x", "y", "p", "q", "r"):
        assert f'style="text-align: left">{text}</t' in page
    assert re.findall(r"<td>(\d)</td>", page) == ["7", "8", "9"]


# ------------------------------------------------------------------------- days, years, units and places


def test_days_are_dates_and_years_numbers_in_frames_in_cells_and_in_a_csv(home):
    frame = asprinted.notebook("explore", home=home).elsewhere("like_date_rates")
    assert [str(frame[name].dtype)[:10] for name in ("first_day", "last_day", "year")] == [
        "datetime64", "datetime64", "float64"
    ]  # fmt: skip
    own = frame.loc["own_court_closing_rate"]
    assert (own.year, own.last_day.isoformat()[:10], own.month_day) == (2021, "2021-09-30", "09-30")
    headings = Headings({}, "en")
    assert [headings.cell(name, own[name]) for name in ("year", "last_day")] == ["2021", "2021-09-30"]
    table = write_table(frame[["year", "last_day"]]).splitlines()
    assert "own_court_closing_rate,2021,2021-09-30" in table


def test_a_share_has_one_unit_whoever_prints_or_derives_it(home):
    book = asprinted.notebook("explore", home=home)
    units = {frame.unit[frame.share.notna()].nunique() for frame in (book.printed, book.benchmarks)}
    assert units == {1}
    assert {*book.derived.unit[book.derived.share.notna()], *book.benchmarks.unit[["K003"]]} == {"share"}
    chinese = asprinted.notebook("explore", "zh", home=home)
    assert {*chinese.derived.unit[chinese.derived.share.notna()]} == {"比例"}


@pytest.mark.parametrize(
    ("key", "en", "zh"),
    [
        ("closing_rate_recomputed", "Guandu, January to September 2021", "官渡2021年1月至9月"),
        ("disposition_time", "Guandu, periods of its inputs", "官渡（时段依所据各数）"),
    ],
)
def test_a_derived_value_has_the_place_and_the_period_of_what_it_rests_on(home, key, en, zh):
    fact = asprinted.notebook("explore", home=home)[key]
    assert (fact.label("en"), fact.label("zh")) == (en, zh)


def test_no_derived_value_is_labelled_as_if_nothing_were_known(home):
    derived = asprinted.notebook("explore", home=home).derived
    assert derived.place[derived.rests_on != ""].ne("").all()
    assert not derived.label.str.contains("not printed|^,", regex=True).any()


def test_a_notebook_that_is_nearly_named_is_refused_and_a_readers_own_name_is_not(home):
    with pytest.raises(
        Fault, match=r"found the notebook 'explor', which is not there, .*near to it is 'explore'"
    ):
        asprinted.notebook("explor", home=home)
    assert asprinted.notebook("zzz", home=home).name == "zzz"
