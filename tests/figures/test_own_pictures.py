"""A reader's own picture shows what was asked for, or says why not, and names whose numbers it draws."""

import csv
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.axes import Axes

import asprinted
import small
from asprinted import figures
from asprinted.books.book import Book
from asprinted.books.pictures import cited
from asprinted.collection.collection import Collection
from asprinted.faults import Fault, Faults

ARTICLE = "Kunming Chang’an Net (昆明长安网), 2021"


@pytest.fixture
def book(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A notebook without a number, whose pictures are a reader's own."""
    monkeypatch.setenv("ASPRINTED_SCRATCH", str(tmp_path))
    return asprinted.notebook("explore", home=home)


def dots(data: pd.DataFrame, ax: Axes) -> None:
    ax.plot(range(len(data)), data["value"], "o")


def source(tmp_path: Path, language: str = "en") -> str:
    told = json.loads((tmp_path / "pictures" / "mine.json").read_text(encoding="utf-8"))
    return str(told[language]["source"])


@pytest.mark.parametrize(
    ("keys", "en", "zh"),
    [
        (["closing_rate"], ARTICLE, "昆明长安网《“五大关键字”解锁平安官渡建设的政法力量》，2021年"),
        (["pending"], ARTICLE, "昆明长安网《“五大关键字”解锁平安官渡建设的政法力量》，2021年"),
        (["K001"], "Publishers: 1, named in the table beside it", "1个来源，列于同名数据表"),
    ],
)
def test_a_source_names_the_article_only_where_a_row_rests_on_it(
    book: Book, tmp_path: Path, keys: list[str], en: str, zh: str
):
    book.draw(dots, "mine", book.facts(*keys)[["value"]])
    assert (source(tmp_path), source(tmp_path, "zh")) == (en, zh)


def test_a_source_names_the_readers_own_numbers_and_what_stands_beside_them(book: Book, tmp_path: Path):
    own = pd.DataFrame({"value": [0.6171, 0.63]}, index=["2021", "supposed"])
    book.draw(dots, "mine", own)
    assert (source(tmp_path), source(tmp_path, "zh")) == ("the reader’s own numbers", "读者自备的数字")
    book.draw(dots, "mine", pd.concat([book.facts("closing_rate", "K001")[["value"]], own]))
    assert source(tmp_path) == f"{ARTICLE}; 1 others in the table; the reader’s own numbers"


NOTHING: dict[str, Callable[..., Any]] = {
    "a figure of its own": lambda data, ax: sns.relplot(data, x="day", y="value"),
    "nothing at all": lambda data, ax: None,
    "an axis alone": lambda data, ax: ax.set_xlim(0, 100),
}


@pytest.mark.parametrize("way", NOTHING)
def test_axes_on_which_nothing_was_drawn_are_refused_with_the_way_out(book: Book, tmp_path: Path, way: str):
    with pytest.raises(Faults, match=r"nothing was drawn, expected .*scatterplot\(ax=ax\), say, not relplot"):
        book.draw(
            NOTHING[way], "mine", book.facts("closing_rate", "pending")[["value"]].assign(day=[265, 273])
        )
    assert list(tmp_path.rglob("mine*")) == []


def test_keywords_that_no_form_takes_are_refused_all_at_once_with_the_way_out(book: Book, tmp_path: Path):
    with pytest.raises(Fault, match="the values x, hue, which no picture takes") as told:
        book.draw(sns.scatterplot, "mine", book.facts("closing_rate"), x="value", hue="kind")
    line = "book.draw(lambda data, ax: sns.scatterplot(data, x='value', hue='kind', ax=ax), \"mine\", …)"
    assert line in str(told.value)
    with pytest.raises(Fault, match=r"alone: columns of the frame: .*band_from"):
        book.draw(figures.dots_by_day, "mine", book.elsewhere("like_date_rates"), band_from=1)
    assert list(tmp_path.rglob("mine*")) == []


def test_ends_that_are_values_and_no_multiples_are_refused_before_a_tick_is_laid_out(book: Book):
    hedged = book.printed.query("low < high and low > 100").head(2)[["low", "high"]].assign(label="a")
    with pytest.raises(Faults, match=r"row 2, column high: found 1,700,000 .*divide it by value"):
        book.draw(figures.interval_ruler, "mine", hedged)


def told(tmp_path: Path) -> dict[str, dict[str, str]]:
    said: dict[str, dict[str, str]] = json.loads((tmp_path / "pictures" / "mine.json").read_text("utf-8"))
    return said


def test_a_picture_has_the_title_note_and_alt_that_it_is_given_in_one_language_or_two(
    book: Book, tmp_path: Path
):
    rates = book.facts("closing_rate", "pending")[["value"]]
    book.draw(
        dots, "mine", rates, title=("My rates", "自绘比率"), note="Mine alone", alt=("Two dots", "两点")
    )
    said = told(tmp_path)
    assert [said[each]["title"] for each in ("en", "zh")] == ["My rates", "自绘比率"]
    assert [said[each]["note"] for each in ("en", "zh")] == ["Mine alone", "Mine alone"]
    assert [said[each]["alt"] for each in ("en", "zh")] == ["Two dots", "两点"]
    book.draw(dots, "mine", rates, title="My rates")
    # Whoever gave a title has said what it shows.
    assert told(tmp_path)["en"]["note"] == ""
    with pytest.raises(
        Fault, match=r"column title: found .*expected a text, or a pair of English and Chinese"
    ):
        book.draw(dots, "mine", rates, title=("a", "b", "c"))


def test_a_title_by_language_is_read_as_such(book: Book, tmp_path: Path):
    book.draw(dots, "mine", book.facts("closing_rate"), title={"zh": "结案率", "en": "Rate"})
    assert [told(tmp_path)[each]["title"] for each in ("en", "zh")] == ["Rate", "结案率"]
    with pytest.raises(Fault, match=r"column title: found .*expected a text, or a pair"):
        book.draw(dots, "mine", book.facts("closing_rate"), title={"en": "Rate"})


def test_a_source_given_stands_for_the_readers_numbers_and_never_for_a_publication(
    book: Book, tmp_path: Path
):
    own = pd.DataFrame({"value": [1, 2]})
    book.draw(dots, "mine", own, source=("My own count", "自行统计"))
    assert (source(tmp_path), source(tmp_path, "zh")) == ("My own count", "自行统计")
    book.draw(dots, "mine", book.facts("closing_rate"), source="My own count")
    assert source(tmp_path) == f"{ARTICLE}; My own count"


def test_whole_numbers_and_names_of_the_readers_own_columns_stand_on_the_axes(book: Book, tmp_path: Path):
    # `rate` is a column of ours too, headed "pass the rate (C01)".
    own = pd.DataFrame({"year": [2019, 2020], "rate": [10_000_000, 12_000_000]})
    book.draw(lambda data, ax: sns.barplot(data, x="year", y="rate", ax=ax), "mine", own)
    for language, most in (("en", "12,000,000"), ("zh", "1,200万")):
        shown = (tmp_path / "pictures" / f"mine.{language}.svg").read_text("utf-8")
        assert all(f"<!-- {each} -->" in shown for each in (2019, 2020, "year", "rate", most)), language


def test_a_picture_that_has_words_takes_none_beside_them(
    book: Book, monkeypatch: pytest.MonkeyPatch, home: Path
):
    rates = book.elsewhere("full_year_rates")
    with pytest.raises(
        Fault, match=r"column my_chart: found title given, expected none: \[my_chart\] in explore"
    ):
        book.draw(dots, "my_chart", rates, title="Mine")


def test_codes_of_rules_are_words_of_the_language_in_legend_and_ticks(book: Book, tmp_path: Path):
    rates = book.elsewhere("full_year_rates").query("level in ['basic', 'national']")

    def by_level(data: pd.DataFrame, ax: Axes) -> None:
        sns.stripplot(data, x="share", y="level", hue="level", ax=ax, legend=True, jitter=False)

    book.draw(by_level, "mine", rates[["share", "level"]], title="Rates")
    shown = {each: (tmp_path / "pictures" / f"mine.{each}.svg").read_text("utf-8") for each in ("en", "zh")}
    assert "one basic court" in shown["en"]
    assert "一个基层法院" in shown["zh"]
    assert "national<" not in shown["zh"]


def test_a_row_is_named_in_the_language_of_the_picture_whatever_the_book_speaks(book: Book, tmp_path: Path):
    rates = book.elsewhere("like_date_closing_rates").query("label == 'Yiling, January to September 2020'")

    def by_label(data: pd.DataFrame, ax: Axes) -> None:
        sns.scatterplot(data, x="share", y="label", ax=ax)

    book.draw(by_label, "mine", rates[["share", "label"]], title="Rates")
    shown = {each: (tmp_path / "pictures" / f"mine.{each}.svg").read_text("utf-8") for each in ("en", "zh")}
    assert "Yiling, January" in shown["en"]
    assert "夷陵" in shown["zh"]
    assert "Yiling" not in shown["zh"]


def rows(tmp_path: Path) -> list[dict[str, str]]:
    with (tmp_path / "pictures" / "mine.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_set_is_drawn_by_day_as_it_is_and_the_note_names_what_has_no_rate(book: Book, tmp_path: Path):
    book.draw(figures.dots_by_day, "mine", book.elsewhere("like_date_closing_rates"), title="Rates")
    # K080 is the count of cases that stands by Hedong's rate.
    assert "K080" not in [row["key"] for row in rows(tmp_path)]
    note = "Not drawn, for want of the number that is drawn: Hedong, 1 January to 20 September 2014."
    assert told(tmp_path)["en"]["note"] == note
    assert told(tmp_path)["zh"]["note"] == "缺所绘之数而未绘：天津河东2014年1月1日至9月20日。"
    (own,) = [row for row in rows(tmp_path) if row["own"] == "yes"]
    assert (own["label_zh"], own["shown_en"], own["printed"]) == ("官渡2021年1月至9月", "61.71%", "1")


def test_a_row_that_has_a_ratio_and_no_number_is_named_and_not_drawn(book: Book, tmp_path: Path):
    judges = book.elsewhere("accepted_per_judge")
    book.draw(figures.list_plot, "mine", judges, title="Cases per judge")
    # 1:499 is a ratio of judges to cases.
    assert [row["key"] for row in rows(tmp_path)] == [key for key in judges.index if key != "K011"]
    assert told(tmp_path)["en"]["note"].endswith("for want of the number that is drawn: Guandu, 2017.")
    own = pd.DataFrame({"label": ["a"], "own": [True], "value": [None]})
    with pytest.raises(Faults, match="row 2, column value: found no number, expected a value, or low and"):
        figures.list_plot.spoken(own, "en")


def test_a_set_without_a_rate_of_the_article_is_drawn_without_a_list(book: Book, tmp_path: Path):
    book.draw(figures.dots_by_day, "mine", book.elsewhere("full_year_closing_rates"), title="Rates")
    assert not any(row["own"] for row in rows(tmp_path))


def test_every_hedged_number_has_a_ruler_and_a_name_of_its_own(book: Book, tmp_path: Path):
    hedged = book.printed.query("hedge != ''")
    book.draw(figures.interval_ruler, "mine", hedged, title="Hedges")
    drawn = rows(tmp_path)
    assert len(drawn) == 13
    for language in ("en", "zh"):
        assert len({row[f"label_{language}"] for row in drawn}) == 13
    assert {row["shown_zh"] for row in drawn} >= {"超160万", "50%以上", "近1万件"}


def test_a_rate_that_words_leave_open_ends_at_the_whole_and_a_fall_stays_open(book: Book, tmp_path: Path):
    open_ends = book.facts("K290", "trial_time_shortening")
    book.draw(figures.interval_ruler, "mine", open_ends, title="Open")
    assert [(row["low"], row["high"]) for row in rows(tmp_path)] == [("0.95", "1"), ("0.5", "")]


def test_words_that_a_reader_put_into_a_frame_stay(book: Book, tmp_path: Path):
    counts = book.facts("mediators", "mediation_disputes").assign(label=["a", "b"], shown=["so", "many"])
    book.draw(figures.list_plot, "mine", counts.assign(own=True), title="Counts")
    assert [(row["label"], row["shown"]) for row in rows(tmp_path)] == [("a", "so"), ("b", "many")]


def drawn_axes(book: Book, call: Callable[..., Any], frame: pd.DataFrame) -> list[Axes]:
    seen: list[Axes] = []
    book.draw(lambda data, ax: (seen.append(ax), call(data, ax)), "mine", frame, title="Mine")
    return seen


def test_rows_that_share_a_place_and_a_period_have_a_line_each_in_both_languages(book: Book):
    hedged = book.printed.query("hedge != ''")
    en, zh = drawn_axes(book, lambda data, ax: ax.plot(data.value, data.label, "o"), hedged)
    assert [len(axes.get_yticks()) for axes in (en, zh)] == [13, 13]
    assert en.get_yticklabels()[0].get_text() == "resident population"
    assert zh.get_yticklabels()[0].get_text() == "常住人口"


def test_long_names_leave_the_axes_half_the_width_and_lie_on_no_other(book: Book):
    hedged = book.printed.query("hedge != ''")
    hedged = hedged.assign(name="of one place: " + hedged.indicator)
    for axes in drawn_axes(book, lambda data, ax: ax.plot(data.value, data.name, "o"), hedged):
        assert axes.get_position().width > 0.42
        boxes = [label.get_window_extent() for label in axes.get_yticklabels()]
        assert all(upper.y0 > lower.y1 for lower, upper in pairwise(boxes))


def test_a_legend_lies_on_no_mark_and_a_logarithmic_axis_has_numbers(book: Book):
    hedged = book.printed.query("hedge != ''")

    def draw(data: pd.DataFrame, ax: Axes) -> None:
        ax.plot(data.value, range(len(data)), "o", label="as printed")
        ax.set_xscale("log")
        ax.legend()

    axes, _ = drawn_axes(book, draw, hedged)
    legend = axes.get_legend()
    assert legend is not None
    assert legend.get_window_extent().y0 >= axes.get_window_extent().y1
    assert {"1,000", "1,000,000"} <= {label.get_text() for label in axes.get_xticklabels()}


def test_what_figures_offer_is_what_may_be_called_and_says_what_it_needs():
    assert {"dots_by_day", "interval_ruler", "set_theme"} <= set(dir(figures))
    assert not {"form_module", "pages", "canvas", "style"} & set(dir(figures))
    assert "numbers: day day_to? share" in str(figures.dots_by_day.__doc__)


def test_a_day_and_each_level_of_a_court_have_a_name_in_both_languages(book: Book, tmp_path: Path):
    rates = book.benchmarks.query("measure == 'closing_rate' and day > 0")
    book.draw(lambda data, ax: sns.scatterplot(data, x="day", y="share", hue="level", ax=ax), "mine", rates)
    shown = {each: (tmp_path / "pictures" / f"mine.{each}.svg").read_text("utf-8") for each in ("en", "zh")}
    assert "<!-- day of the year -->" in shown["en"]
    assert all(f"<!-- {each} -->" in shown["zh"] for each in ("当年第几日", "最高人民法院"))


@pytest.mark.parametrize("form", [plt.bar, plt.plot, lambda data: None, "bar"])
def test_what_draws_no_frame_on_ax_is_refused_with_the_line_to_type(book: Book, form: Any):
    with pytest.raises(Fault, match=r"column mine: found .*book\.draw\(lambda data, ax: ax\.bar\("):
        book.draw(form, "mine", book.facts("closing_rate"))


def test_changes_of_which_no_share_is_given_are_no_picture_of_question_marks(book: Book):
    falls = book.printed.query("section == 'police' and kind == 'change'")
    with pytest.raises(Faults, match="column gone: found no share in any row"):
        book.draw(figures.changes, "mine", falls)


def test_numbers_across_run_into_no_other_and_names_that_do_are_refused(book: Book):
    hedged = book.printed.query("hedge != ''")

    def down(data: pd.DataFrame, ax: Axes) -> None:
        data.plot(x="indicator", y=["low", "high"], kind="barh", ax=ax)

    for axes in drawn_axes(book, down, hedged):
        boxes = [label.get_window_extent() for label in axes.get_xticklabels()]
        assert all(left.x1 < right.x0 for left, right in pairwise(boxes))
    with pytest.raises(Faults, match=r"names across that run into each other, .*exchange x and y"):
        drawn_axes(book, lambda data, ax: sns.barplot(data, x="indicator", y="value", ax=ax), hedged)


def test_a_place_is_named_in_the_language_of_the_picture(book: Book):
    def by_place(data: pd.DataFrame, ax: Axes) -> None:
        sns.scatterplot(data, x="year", y="share", hue="place", ax=ax)

    en, zh = drawn_axes(book, by_place, book.elsewhere("guandu_court_rates"))
    legends = [axes.get_legend() for axes in (en, zh)]
    shown = [[legend.get_title().get_text(), legend.texts[0].get_text()] for legend in legends if legend]
    assert shown == [["place", "Guandu"], ["地点", "官渡"]]


def test_a_drawing_that_loads_the_backend_of_a_kernel_leaves_it_interactive(book: Book):
    # Else what pyplot draws afterwards is shown nowhere.
    with mpl.rc_context({"interactive": False}):
        drawn_axes(book, lambda data, ax: (dots(data, ax), mpl.interactive(True)), book.facts("closing_rate"))
        assert mpl.is_interactive()


def test_the_theme_leaves_the_powers_of_a_logarithmic_axis_formulas():
    with mpl.rc_context():
        figures.set_theme()
        assert mpl.rcParams["text.parse_math"]


def test_a_level_of_a_body_that_is_no_court_is_not_called_one(book: Book):
    rows = [row for row in book.collection.rows("benchmarks") if row["level"] and row["body"] != "court"]
    named = {row["level"]: book.collection.headings["level"].cells[row["level"]] for row in rows}
    assert {level for level, name in named.items() if "court" in name.en or "法院" in name.zh} == set()


@pytest.mark.parametrize(
    ("published", "english", "chinese"),
    [
        ("2024", "The paper, 2024", "The paper《年报》，2024年"),
        ("", "The paper, n.d.", "The paper《年报》，××年"),
    ],
)
def test_a_source_with_one_name_is_named_once_and_says_where_its_year_is_not_stated(
    tmp_path, published, english, chinese
):
    made = small.collection(tmp_path / "c", tables=True)
    file = made.home / "data" / "sources.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",2024,", f",{published},"), encoding="utf-8")
    said = [
        cited(Collection(made.home), pd.DataFrame(), each, on_card=False, own=False) for each in ("en", "zh")
    ]
    assert said == [english, chinese]
