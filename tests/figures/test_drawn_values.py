"""What a picture's words say is what it draws: each stored table against its own words and against the facts.

A picture is drawn from its table, so what stands beside a mark is held to the mark's own row: the number that
is shown is the value drawn, a label names place and period of the row's key, a mark of ours is hollow.
"""

import csv
import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pictures
import pytest
from matplotlib.axes import Axes

from asprinted import figures
from asprinted.collection.collection import Collection
from asprinted.drawing.typesetting import curled

HOME = Path(__file__).resolve().parents[2]
COLLECTION = Collection(HOME)
STEMS = sorted(path.stem for path in (HOME / "figures").glob("*.csv"))
Row = dict[str, str]

# What is drawn, as a number; the rest of a table is words, dates, keys and flags.
DRAWN = ("value", "share", "low", "high", "left", "carry_over", "clearance", "closing", "pending")
SCALES = {"万": 10_000, "亿": 100_000_000}


def table(stem: str) -> list[Row]:
    with (HOME / "figures" / f"{stem}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def shown(text: str) -> list[tuple[Fraction, Fraction]]:
    """Return each number that a text shows, with the unit of its last digit: 61.71% is 0.6171 and 0.0001."""
    found = []
    for digits, percent, scale in re.findall(r"(\d[\d,]*(?:\.\d+)?)(%?)([万亿]?)", text):
        number = Decimal(digits.replace(",", ""))
        times = Fraction(SCALES.get(scale, 1), 100 if percent else 1)
        found.append((Fraction(number) * times, Fraction(10) ** int(number.as_tuple().exponent) * times))
    return found


def drawn(row: Row) -> list[Fraction]:
    """Return what is drawn of a row; what is left of a whole stands for the rest, a reach for its end."""
    numbers = [Fraction(row[column]) for column in DRAWN if row.get(column)]
    numbers += [1 - Fraction(row["left"])] if row.get("left") else []
    if shown(row.get("token", "")):
        # A reach is drawn as a multiple of the printed number; the table rounds it to six places.
        (printed, _), *_ = shown(row["token"])
        numbers.append(Fraction(round(printed * Fraction(row["high"]))) if row.get("high") else printed)
    return numbers


def strange(row: Row, text: str) -> list[str]:
    """Return the numbers of a text that no value of its row gives, rounded, cut, or outward by one unit."""
    values = drawn(row)
    return [
        str(float(number))
        for number, unit in shown(text)
        if not any(abs(number - value) < unit for value in values)
    ]


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("column", ["shown_en", "shown_zh"])
def test_a_number_beside_a_mark_is_the_value_of_the_mark(stem: str, column: str):
    for row in table(stem):
        if row.get(column) and drawn(row) and row.get("key") != "case_cycle_shortening":
            assert strange(row, row[column]) == [], row


# A number that ends in a comma, or a month follows, is none of a range.
RANGE = {
    "en": r"\d(?:[\d.,]*\d)?%? to \d[\d.,]*%?(?![\d%]| [A-Z])",
    "zh": r"\d[\d.]*%?至\d[\d.]*%?(?![\d年月日])",
}


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_range_in_a_label_is_the_range_drawn(stem: str, language: str):
    for row in table(stem):
        for found in re.findall(RANGE[language], row.get(f"label_{language}", "")):
            # A run of years is a period.
            if not re.fullmatch(r"\d{4}\D+\d{4}", found):
                assert strange(row, found) == [], row


def test_days_are_no_range():
    days = "Pingluo, since 2021, to 29 September 2021 at the latest; 31 August 2020 to 2 September 2021"
    assert re.findall(RANGE["en"], days) == []
    assert re.findall(RANGE["en"], "51.92 to 52.01 judges, 1,200 to 1,300") == [
        "51.92 to 52.01",
        "1,200 to 1,300",
    ]
    assert re.findall(RANGE["zh"], "51.92至52.01，2021年1月至9月") == ["51.92至52.01"]


def test_another_number_beside_a_mark_is_seen():
    row = {"value": "21454", "share": "0.617115", "label": ""}
    assert strange(row, "21,454\n61.71%") == []
    assert strange(row, "21,454\n38.29%") == ["0.3829"]
    assert strange(row, "21454件\n61.72%") == []
    assert strange(row, "61.73%") == ["0.6173"]
    assert strange({"low": "51.88806", "high": "51.946731"}, "51.92 to 52.01") == ["51.92", "52.01"]


def test_a_number_is_shown_rounded_to_what_is_written_where_no_interval_is_drawn():
    for stem in STEMS:
        for row in table(stem):
            if row.get("low") or not row.get("share"):
                continue
            share = Fraction(row["share"])
            for number, unit in shown(row.get("shown_en", "")):
                if unit < Fraction(1, 10):
                    assert abs(number - share) <= unit / 2 + Fraction(1, 10**6), (stem, row)


# ------------------------------------------------------------------------------- what a row is, by its key

MEASURES = (
    "closing_rate|clearance_rate|mediation_rate|peoples_mediation_rate|carry_over_share|resolution_rate"
)
PRINTED = {row["key"]: row for row in COLLECTION.rows("printed")}
ELSEWHERE = {row["key"]: row for row in COLLECTION.rows("benchmarks")}


def behind(key: str) -> list[Row]:
    """Return the typed rows that a key of a picture rests on: itself, or all rows of its group."""
    rows = {**PRINTED, **ELSEWHERE}
    group = re.sub(rf"_({MEASURES})$", "", key)
    return [rows[key]] if key in rows else [row for row in rows.values() if row.get("group") == group]


def keyed() -> list[tuple[str, Row, list[Row]]]:
    found = []
    for stem in STEMS:
        for row in table(stem):
            rows = behind(row.get("key") or row.get("printed_key", ""))
            if rows:
                found.append((stem, row, rows))
    return found


KEYED = keyed()
PLACED = [
    (stem, row, rows) for stem, row, rows in KEYED if rows[0]["key"] in ELSEWHERE and row.get("label_en")
]


def test_rows_of_others_are_found_by_their_keys():
    assert len(PLACED) > 50


def test_a_label_names_the_place_and_the_year_of_its_row():
    for stem, row, rows in PLACED:
        for language in ("en", "zh"):
            label = row[f"label_{language}"]
            assert any(curled(each[f"name_{language}"]) in label for each in rows), (stem, row)
            years = set(re.findall(r"20\d\d", label))
            known = {each[end][:4] for each in rows for end in ("period_start", "period_end")}
            assert years <= known, (stem, row)
            if len(years) == 1 and re.search(r"^[^:：]*, 20\d\d\b|^\D*20\d\d年(?!以来)", label):
                assert {each["period_end"][:4] for each in rows} >= years, (stem, row)


def test_a_source_is_the_publisher_of_its_row():
    publishers = {row["publisher"] for row in ELSEWHERE.values()}
    for stem, row, rows in KEYED:
        if row.get("source") in publishers:
            assert row["source"] in {each.get("publisher") for each in rows}, (stem, row)
        elif row.get("source") == "article":
            assert rows[0]["key"] in PRINTED, (stem, row)


def test_a_value_of_one_printed_figure_is_that_of_its_token():
    for stem, row, _ in KEYED:
        key = row.get("key", "")
        fact = COLLECTION[key] if key in PRINTED or key in ELSEWHERE else None
        if fact is not None and fact.value is not None and row.get("value"):
            assert Fraction(row["value"]) == fact.value, (stem, row)


def test_what_is_drawn_as_printed_is_printed_and_what_is_drawn_as_derived_is_ours():
    seen = 0
    for stem in STEMS:
        for row in table(stem):
            key = row.get("key") or ""
            if row.get("printed") in ("0", "1") and key in COLLECTION:
                seen += 1
                if stem == "not_settled_per_1000":
                    # A printed share of 98.5% is turned round, and nothing per 1,000 is printed.
                    assert row["printed"] == "0", (stem, row)
                    continue
                # A hedged or divided count of the article counts as derived wherever it is no token.
                assert (row["printed"] == "0") == COLLECTION[key].derived, (stem, row)
    assert seen > 50


def test_the_articles_own_rows_are_marked_and_no_others():
    for stem, row, rows in KEYED:
        if row.get("own") in ("0", "1"):
            assert (row["own"] == "1") == (rows[0]["key"] in PRINTED), (stem, row)


def test_a_day_of_the_year_is_the_last_day_of_the_row():
    for row in table("closing_rates_by_day"):
        rows = behind(row["key"])
        ends = {each["period_end"] for each in rows if each["period_end"]}
        days = {figures.common_day(end) for end in ends}
        named = {int(row[column]) for column in ("day", "day_to") if row[column]}
        # Where a page prints a finer day, both stand.
        assert named & days, row
        assert row["year"] in {end[:4] for end in ends}, row


def test_shares_of_a_whole_add_up():
    for stem in ("closing_rate_parts", "court_mediation_parts"):
        rows = table(stem)
        assert abs(sum(Fraction(row["share"]) for row in rows) - 1) < Fraction(1, 10**5)
        whole = sum(Fraction(row["value"]) for row in rows)
        assert all(
            abs(Fraction(row["value"]) / whole - Fraction(row["share"])) < Fraction(1, 10**6) for row in rows
        )


def test_a_picture_in_which_a_key_stands_has_that_key_in_the_collection():
    for stem in STEMS:
        for row in table(stem):
            key = row.get("key")
            assert not key or key in COLLECTION or re.fullmatch(r"\d+%", key), (stem, key)


# ------------------------------------------------------------------------------------------------- words


def cards() -> dict[str, dict[str, dict[str, str]]]:
    return {
        stem: json.loads((HOME / "figures" / f"{stem}.json").read_text(encoding="utf-8")) for stem in STEMS
    }


@pytest.mark.parametrize("stem", STEMS)
def test_a_percentage_in_the_words_of_a_picture_stands_in_its_table_or_is_a_fact(stem: str):
    """Else a title speaks of another picture: an alt text without its figure among the drawn."""
    text = (HOME / "figures" / f"{stem}.csv").read_text(encoding="utf-8")
    values = [value for row in table(stem) for value in drawn(row)]
    tokens = {row["as_printed"] for row in (*PRINTED.values(), *ELSEWHERE.values())}
    derived = [COLLECTION[row["key"]] for row in COLLECTION.rows("derived")]
    derived += [COLLECTION[row["key"]] for row in table(stem) if row.get("key", "") in COLLECTION]
    facts = [end for fact in derived for end in (fact.value, fact.low, fact.high) if end is not None]
    for language in ("en", "zh"):
        words = " ".join(cards()[stem][language][field] for field in ("title", "subtitle", "note", "alt"))
        for digits in re.findall(r"\d[\d,.]*\d%|\d%", words):
            ((number, unit),) = shown(digits)
            near = any(abs(number - value) < unit for value in (*values, *facts))
            assert digits in text or digits in tokens or near, (stem, language, digits)


# -------------------------------------------------------------------------------------------------- axes


def test_shares_by_day_stand_between_the_tenth_below_the_least_and_the_whole():
    (axes,) = (axes for axes in pictures.example("dots_by_day").findobj(Axes) if axes.get_xlim() == (0, 366))
    assert axes.get_ylim() == (0.2, 1)


@pytest.mark.parametrize(("language", "names"), [("en", "Jan Apr Jul Oct"), ("zh", "1月 4月 7月 10月")])
def test_the_year_is_named_by_its_quarters_in_each_language(language: str, names: str):
    drawn_ = pictures.example("dots_by_day", language)
    (axes,) = (axes for axes in drawn_.findobj(Axes) if axes.get_xlim() == (0, 366))
    assert [label.get_text() for label in axes.get_xticklabels()] == names.split()
    assert list(axes.get_xticks()) == [
        figures.common_day(f"2021-{month}-01") for month in ("01", "04", "07", "10")
    ]


def test_no_notebook_sets_the_limits_of_an_axis_but_the_lines_of_the_carry_over():
    """An axis that is cut in a notebook must be meant: it is typed here."""
    found = []
    for path in sorted((HOME / "notebooks").glob("[0-9]*.ipynb")):
        source = "\n".join("".join(cell["source"]) for cell in json.loads(path.read_text())["cells"])
        found += [(path.stem, limit) for limit in re.findall(r"(?:set_)?[xy]lim\W*\([^)]*\)", source)]
    assert found == [("02_closing_rate", "ylim=(0.2, 1)")]
