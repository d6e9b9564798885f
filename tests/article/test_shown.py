"""How figures are shown, after the faults that readers found: copied values, ends, what stays out, verdicts.

Each rule looks at what the notebooks and pictures hold, whatever words they were given.
"""

import csv
import html
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

import spoken
from asprinted.collection.collection import Collection

HOME = Path(__file__).resolve().parents[2]
COLLECTION = Collection(HOME)
STEMS = sorted(path.stem for path in (HOME / "figures").glob("*.csv"))


def figure(stem: str) -> list[dict[str, str]]:
    with (HOME / "figures" / f"{stem}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def card(stem: str) -> dict[str, dict[str, str]]:
    return json.loads((HOME / "figures" / f"{stem}.json").read_text(encoding="utf-8"))


def tables(name: str, language: str = "en") -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the tables that a notebook shows, as rows of cells, with the cell that shows them."""
    for cell in spoken.cells(name, language):
        for output in cell.get("outputs", []):
            shown = "".join(output.get("data", {}).get("text/html", ""))
            rows = re.findall(r"<tr[^>]*>(.*?)</tr>", shown, re.DOTALL)
            if rows:
                cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
                yield (
                    cell["id"],
                    [[html.unescape(re.sub("<[^>]*>", "", each)).strip() for each in row] for row in cells],
                )


# ------------------------------------------------------------------------------------ nothing copied


@pytest.mark.parametrize("language", spoken.LANGUAGES)
def test_where_no_count_is_printed_nothing_is_shown_as_recomputed(language: str):
    table = next(rows for cell, rows in tables("02_closing_rate", language) if cell == "like-table")
    keys = ("china_courts_2016_09_closing_rate", "shanghai_courts_2016_09_closing_rate")
    shown = {
        row[0]: [each for each in row if re.fullmatch(r"[\d.]+%?", each)] for row in table if row[0] in keys
    }
    assert shown == {keys[0]: ["68.17%"], keys[1]: ["84.06%"]}


def test_no_entry_calls_a_value_derived_that_is_only_printed():
    """`61.71% (derived)` would be a printed token called ours."""
    ours = {"25.0%", "99%"}
    tokens = {
        row["as_printed"] for row in COLLECTION.rows("printed") if row["as_printed"].endswith("%")
    } - ours
    for name in spoken.NAMES:
        for entry, text in spoken.said(name, "en").items():
            for token in tokens:
                assert not re.search(rf"(?<![\d.]){re.escape(token)} \(derived", text), (name, entry, token)
        for entry, text in spoken.said(name, "zh").items():
            for token in tokens:
                assert not re.search(rf"(?<![\d.]){re.escape(token)}（(?:本项目)?计算", text), (
                    name,
                    entry,
                    token,
                )


# ---------------------------------------------------------------------------------- ends go outward


def ranges(text: str) -> list[tuple[Fraction, Fraction, Fraction]]:
    """Return each `97.74% to 98.86%` or 97.74%至98.86% of a text: low, high, unit of the last digit."""
    found = []
    for low, high in re.findall(r"(\d+\.\d+)%?(?: to |至)(\d+\.\d+)(?=%)", text):
        places = len(low.partition(".")[2])
        found.append((Fraction(low) / 100, Fraction(high) / 100, Fraction(1, 100 * 10**places)))
    for low, high in re.findall(r"(?<![\d.])(\d+\.\d+)(?: to |至)(\d+\.\d+)(?![\d%])", text):
        found.append((Fraction(low), Fraction(high), Fraction(1, 10 ** len(low.partition(".")[2]))))
    return found


INTERVALS = [
    (fact.low, fact.high)
    for row in COLLECTION.rows("derived")
    for fact in [COLLECTION[row["key"]]]
    if fact.low is not None and fact.high is not None and fact.low != fact.high
]


def inward(text: str) -> list[tuple[float, float]]:
    """Return the ranges of a text that leave out a part of the interval that they stand for."""
    wrong = []
    for low, high, unit in ranges(text):
        meant = [(a, b) for a, b in INTERVALS if abs(a - low) < unit and abs(b - high) < unit]
        if meant and not any(low <= a and b <= high for a, b in meant):
            wrong.append((float(low), float(high)))
    return wrong


def test_every_range_that_is_said_takes_in_all_that_its_interval_admits():
    seen = 0
    for name in spoken.NAMES:
        for language in spoken.LANGUAGES:
            for entry, text in spoken.said(name, language).items():
                # Another convention for 余, said to be another: its range lies within the declared one.
                assert entry == "open_end" or inward(text) == [], (name, language, entry)
                seen += len(ranges(text))
    for stem in STEMS:
        for language in spoken.LANGUAGES:
            assert inward(" ".join(card(stem)[language].values())) == [], (stem, language)
    assert seen > 60


def test_an_end_that_excludes_what_it_admits_is_seen():
    assert inward("98.35% lies inside 97.74% to 98.86%") == []
    assert inward("98.35% lies inside 97.75% to 98.86%") == [(0.9775, 0.9886)]
    assert inward("在97.74%至98.85%之内") == [(0.9774, 0.9885)]
    assert inward("any of 51.9268 to 52.0044 does") == [(51.9268, 52.0044)]


# ------------------------------------------------------------------------------------ what stays out

# Not verified, no place to look them up, or no meaning alone: in no table and no answer.
OUT = {
    "money on the account to money obtained through litigation": "专户到账与通过诉讼取得款项之比",
    "cameras, police section to opening": "视频监控数（正文与导语之比）",
    "police resolution rate, hedges ignored": "公安纠纷化解率（不计“余”）",
}


def test_what_must_not_be_shown_alone_stands_in_no_table():
    for name in spoken.NAMES:
        for language in spoken.LANGUAGES:
            for cell, rows in tables(name, language):
                shown = {each for row in rows for each in row}
                assert not shown & ({*OUT} | {*OUT.values()}), (name, cell)


def test_what_is_not_verified_stands_in_no_answer_and_no_picture():
    refused = [row for row in COLLECTION.rows("benchmarks") if row["shown"] == "no"]
    assert len(refused) == 6
    known = {
        row["as_printed"]
        for name in ("printed", "benchmarks")
        for row in COLLECTION.rows(name)
        if row.get("shown") != "no"
    }
    tokens = {row["as_printed"] for row in refused} - known
    keys = {row["key"] for row in refused}
    for stem in STEMS:
        for row in figure(stem):
            assert row.get("key") not in keys, (stem, row)
            assert not tokens & set(row.values()), (stem, row)
    for name in spoken.NAMES:
        for entry, text in spoken.said(name, "en").items():
            assert not [key for key in keys if re.search(rf"\b{key}\b", text)], (name, entry)


# ------------------------------------------------------------------------------------- copies, counts


def test_a_star_in_a_picture_marks_a_row_that_was_not_read_on_the_publishers_own_page():
    rows = COLLECTION.rows("benchmarks")
    for stem in STEMS:
        for row in figure(stem):
            if "copied" in row:
                group = re.sub("_(mediation_rate|peoples_mediation_rate)$", "", row["key"])
                seen = {each["seen"] for each in rows if group in (each["group"], each["key"])}
                assert (row["copied"] == "*") == bool(seen & {"carried", "copy"}), (stem, row)
                for language in spoken.LANGUAGES:
                    assert (row["copied"] == "*") == ("*" in row[f"label_{language}"]), (stem, row)


@pytest.mark.parametrize("stem", STEMS)
def test_a_source_line_counts_the_publishers_that_its_table_names(stem: str):
    named = {name for row in figure(stem) for name in row.get("source", "").split("; ")} - {"", "article"}
    for language, pattern in (
        ("en", r"; (\d+) others in the table$"),
        ("zh", r"；另(\d+)个来源，列于同名数据表$"),
    ):
        counted = re.search(pattern, card(stem)[language]["source"])
        assert len(named) == (int(counted[1]) if counted else 0), card(stem)[language]["source"]


COUNTED = [
    (r"^(\d+) (?:rows|closing rates|dashed frames|cells)", r"^(?:共)?(\d+)(?:行|个结案率|个等长的虚线框)"),
    (r"^The (\d+) printed numbers", r"^(\d+)个原文数字"),
    (r"^For (\d+) hedged figures", r"^(\d+)个概数"),
]


def test_an_alt_text_counts_the_rows_that_are_drawn():
    seen = 0
    for stem in STEMS:
        for patterns in COUNTED:
            for language, pattern in zip(spoken.LANGUAGES, patterns, strict=True):
                for count in re.findall(pattern, card(stem)[language]["alt"]):
                    seen += 1
                    assert int(count) == len(figure(stem)), (stem, language)
    assert seen >= 10


# ------------------------------------------------------------------------------------- one word, one thing

# A verdict in the words of the engine; behind each printed rate exactly this one, wherever it is said.
VERDICTS = {
    "61.71%": ("follows, rounded or cut", "四舍五入或去尾都相符"),
    "98.35%": ("not excluded, rounded or cut", "四舍五入或去尾都不能排除"),
    "99%": ("follows only if cut, not if rounded", "只有去尾相符，四舍五入不符"),
    "76.88%": ("does not follow, neither rounded nor cut", "四舍五入、去尾都不相符"),
}
ANY = (
    r"not excluded, rounded or cut|follows only if \w+, not if \w+|(?<!not )follows, rounded or cut"
    r"|does not follow, neither rounded nor cut",
    "四舍五入或去尾都相符|四舍五入或去尾都不能排除|只有去尾相符，四舍五入不符|只有四舍五入相符，去尾不符|四舍五入、去尾都不相符",
)


def test_the_first_verdict_after_a_printed_rate_and_its_counts_is_its_own():
    seen = 0
    for name in spoken.NAMES:
        for at, language in enumerate(spoken.LANGUAGES):
            for cell in spoken.cells(name, language):
                text = spoken.shown(cell) if cell["cell_type"] == "code" else ""
                # A cell in which a reader changes a number says what comes of that.
                if re.search(r"asprinted\.check\(", "".join(cell["source"])):
                    continue
                printed = r"(?:[Pp]rinted:? |原文(?:为|写作)?)"
                for token, verdict in re.findall(rf"{printed}(\d[\d.]*%)[^\n]{{0,140}}?({ANY[at]})", text):
                    if token in VERDICTS:
                        seen += 1
                        assert verdict == VERDICTS[token][at], (name, language, cell["id"])
    assert seen >= 12


# ------------------------------------------------------------------------------------- what a mark stands for


def test_what_fits_is_what_equals_the_printed_rate():
    for row in figure("how_a_number_is_made"):
        assert (row["rounded_fits"] == "1") == (row["rounded_en"] == row["printed"]), row
        assert (row["cut_fits"] == "1") == (row["cut_en"] == row["printed"]), row


def test_a_bar_has_the_colour_of_its_own_rule():
    for stem in ("judges_that_fit", "police_remainders"):
        for row in figure(stem):
            ending = row["key"].rpartition("_")[2]
            assert row["rule"] == (ending if ending in ("nearest", "truncation") else ""), (stem, row)


def test_an_offset_is_the_computed_minus_the_printed_rate_in_units_of_its_last_digit():
    checks: dict[str, dict[str, str]] = {}
    for name in ("checks", "benchmark_checks"):
        for row in COLLECTION.rows(name):
            # The closing rate is tested twice; its own counts come first.
            checks.setdefault(row["printed_key"], row)
    for row in figure("last_digit_ruler"):
        digits = row["printed"].rstrip("%")
        # A ratio is printed without the sign of percent.
        scale = 100 if "%" in row["printed"] else 1
        unit = Fraction(1, scale * 10 ** len(digits.partition(".")[2]))
        for end in ("low", "high"):
            computed = Fraction(checks[row["key"]][f"computed_{end}"])
            # The table of checks has six places.
            assert (
                abs((computed - Fraction(digits) / scale) / unit - Fraction(row[end]))
                < Fraction(1, 10**6) / unit
            ), row


def test_what_went_is_the_share_that_is_printed_and_a_change_in_days_has_none():
    tokens = {row["key"]: row["as_printed"] for row in COLLECTION.rows("printed")}
    for row in figure("five_changes_no_base"):
        number, percent = re.search(r"([\d.]+)(%?)", tokens[row["key"]]).groups()
        assert row["gone"] == "" if not percent else Fraction(row["gone"]) == Fraction(number) / 100, row
        assert row["shown_en"].startswith(f"−{number}{percent}"), row
        assert row["shown_zh"].startswith(f"−{number}{percent}"), row
        assert (row["open"] == "1") == ("以上" in tokens[row["key"]]), row


# The keys of pictures whose order is the article's own, first to last.
ORDER = {
    "four_rates_four_questions": [
        "closing_rate", "court_mediation_share", "police_resolution_rate", "mediation_success_rate",
    ],
    "how_a_number_is_made": ["closing_rate", "mediation_success_rate"],
    "five_changes_no_base": [
        "trial_time_shortening", "commercial_cases_fall", "case_cycle_shortening", "contact_crime_calls_fall",
        "robbery_snatching_fall",
    ],
    "closing_rate_parts": ["cases_concluded", "pending"],
    "court_mediation_parts": ["cases_mediated", "not_reported_settled"],
}  # fmt: skip


@pytest.mark.parametrize("stem", ORDER)
def test_the_rows_of_a_picture_stand_in_the_articles_order(stem: str):
    assert [row["key"] for row in figure(stem)] == ORDER[stem]


def test_the_weeks_of_a_like_date_are_31_days_on_either_side_of_22_and_30_september():
    bands = {(row["band_from"], row["band_to"]) for row in figure("closing_rates_by_day")}
    assert bands == {("242", "296")}
    for row in figure("closing_rates_by_day"):
        days = [int(row[column]) for column in ("day", "day_to") if row[column]]
        like = all(242 <= day <= 296 for day in days)
        assert (row["near"] == "1" or row["own"] == "1") == like, row


@pytest.mark.parametrize("language", spoken.LANGUAGES)
def test_the_list_beneath_the_days_names_those_of_a_like_date_and_no_other(language: str):
    drawn = (HOME / "figures" / f"closing_rates_by_day.{language}.svg").read_text(encoding="utf-8")
    words = re.findall(r"<!-- (.*?) -->", drawn)
    for row in figure("closing_rates_by_day"):
        like = row["near"] == "1" or row["own"] == "1"
        assert (row[f"label_{language}"] in words) == like, row
