"""Whatever is said in English and in Chinese has the same numbers: answers, pictures, rows, titles, notes."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import spoken

HOME = Path(__file__).resolve().parents[2]

# A number that the one language alone says: to tell two rows apart, or as the interval of a printed token.
ALONE = {("K013", "2020"), ("K024", "2020"), ("case_words", "2022"), ("register", "17700")}
# Units are held to each other word by word in the tests of the article.
SKIPPED = {"unit"}


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table; of figures printed elsewhere those with Chinese: a row has all or none."""
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    if path.stem != "benchmarks":
        return rows
    return [row for row in rows if any(cell for column, cell in row.items() if column.endswith("_zh"))]


def pairs(row: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield what a row of a table says in both languages: indicator_en and indicator_zh, note and note_zh."""
    for column, chinese in row.items():
        stem = column.removesuffix("_zh")
        english = row.get(f"{stem}_en", row.get(stem))
        if column.endswith("_zh") and english is not None and stem not in SKIPPED:
            yield stem, english, chinese


def holes_aside(text: str) -> str:
    return re.sub(r"\{[^{}]*\}", " ", text)


@pytest.mark.parametrize("name", spoken.NAMES)
def test_an_answer_has_the_same_numbers_in_both_languages(name: str):
    english, chinese = spoken.said(name, "en"), spoken.said(name, "zh")
    assert list(english) == list(chinese)
    for entry in english:
        here, there = spoken.unequal(english[entry], chinese[entry])
        lone = {number for number in here | there if (entry, number) not in ALONE}
        assert not lone, (lone, english[entry], chinese[entry])


@pytest.mark.parametrize("path", sorted((HOME / "figures").glob("*.json")), ids=lambda path: path.stem)
def test_a_picture_has_the_same_numbers_in_both_languages(path: Path):
    card = json.loads(path.read_text(encoding="utf-8"))
    for field in card["en"]:
        found = spoken.unequal(card["en"][field], card["zh"][field])
        assert found == (set(), set()), (field, found, card["en"][field], card["zh"][field])


TABLES = [*sorted((HOME / "figures").glob("*.csv")), *sorted((HOME / "data").glob("*.csv"))]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_row_has_the_same_numbers_in_both_languages(path: Path):
    for row in table(path):
        key = next(iter(row.values()))
        for column, english, chinese in pairs(row):
            here, there = spoken.unequal(holes_aside(english), holes_aside(chinese))
            lone = {number for number in here | there if (key, number) not in ALONE}
            assert not lone, (key, column, lone, english, chinese)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_language_stands_in_its_own_column(path: Path):
    """A Chinese cell has Chinese where the English one has words, and neither is left empty alone."""
    for row in table(path):
        for column, english, chinese in pairs(row):
            words = re.search("[a-z]{3}", holes_aside(english))
            assert not words or re.search("[一-鿿]", holes_aside(chinese)), (path.stem, row, column)
            assert bool(english.strip()) == bool(chinese.strip()), (path.stem, row, column)


NO_EN, NO_ZH = (
    re.compile(r"\b(?:not|no|nothing|none|never|nor|neither|cannot|without|un\w+ed)\b", re.I),
    re.compile("不|未|无|没|非|莫|勿|别|否|仅|推算"),
)


def test_a_note_or_caveat_denies_in_both_languages_or_in_neither():
    for path in sorted((HOME / "data").glob("*.csv")):
        for row in table(path):
            for column, english, chinese in pairs(row):
                if column in ("note", "caveat") and NO_EN.search(english):
                    assert NO_ZH.search(chinese), (path.stem, next(iter(row.values())), english, chinese)


# What a note says of how much its number tells, in either language, and its counterpart.
STRENGTH = [
    ("says little", "意义不大"),
    ("no contradiction|either a contradiction", "不构成矛盾|不矛盾"),
    ("not independent", "并非独立|不独立"),
]


@pytest.mark.parametrize("name", ["relations", "crosschecks", "printed", "standalone", "checks"])
def test_a_note_says_as_much_of_its_number_in_both_languages(name: str):
    for row in table(HOME / "data" / f"{name}.csv"):
        for one, other in STRENGTH:
            english, chinese = re.search(one, row["note"]), re.search(other, row["note_zh"])
            assert bool(english) == bool(chinese), (name, row, one)


@pytest.mark.parametrize("name", spoken.NAMES)
def test_a_prose_cell_has_the_same_numbers_and_bullets_in_both_languages(name: str):
    for here, there in zip(spoken.cells(name, "en"), spoken.cells(name, "zh"), strict=True):
        assert here["id"] == there["id"]
        if here["cell_type"] == "markdown":
            english, chinese = "".join(here["source"]), "".join(there["source"])
            bullets = [len(re.findall(r"^(?:-|\d+\.) ", text, re.MULTILINE)) for text in (english, chinese)]
            headings = [re.findall(r"^#+ ", text, re.MULTILINE) for text in (english, chinese)]
            assert (bullets[0], headings[0]) == (bullets[1], headings[1]), here["id"]
            found = spoken.unequal(re.sub(r"\b[A-Z]\d+", "", english), re.sub(r"[A-Z]\d+", "", chinese))
            assert found == (set(), set()), (here["id"], found)


@pytest.mark.parametrize("name", spoken.NAMES)
def test_a_heading_is_no_sentence(name: str):
    for language in spoken.LANGUAGES:
        for cell in spoken.cells(name, language):
            source = "".join(cell["source"]) if cell["cell_type"] == "markdown" else ""
            for heading in re.findall(r"^#+ (.*)$", source, re.MULTILINE):
                assert len(heading) <= 100, (language, heading)
                assert not re.search(r"[.。]$", heading), (language, heading)


def test_numbers_are_read_alike_whatever_the_language():
    english, chinese = "740,000 of 2,294,000 to 22 September 2021", "229.4万件中74万件，截至2021年9月22日"
    assert spoken.unequal(english, chinese) == (set(), set())
    assert spoken.unequal("Two of 785 since May 2021", "785件中2件") == ({"5", "2021"}, set())
    assert spoken.unequal("9,756 of 10,000 pairs", "10000组中有244组") == ({"9756"}, {"244"})
    assert spoken.unequal("Until December", "到年末为止") == (set(), set())


# ------------------------------------------------------------------------- turned in one language alone

# Two opposites in English, and in Chinese; each text names those that it names in one order.
OPPOSITES = [
    ("[Ff]illed", "[Hh]ollow", "实心", "空心"),
    (r"\bleft(?= end)|to the left", r"\bright(?= end)|to the right", "左", "右"),
    ("climb", "sink", "往上|上升", "往下|下降"),
    (r"\bA\b", r"\bB\b", "A", "B"),
    (r"\bcut\b", r"\bround(?:ed|ing)?\b", "去尾", "四舍五入|进位"),
    (r"\bdaily", r"\byearly", "每日|日均", "全年|每年"),
    ("lower bound|at least", "upper bound|at most", "下限|至少", "上限|至多"),
    ("sped up", "slowed", "加快|加速", "放慢|减慢"),
    ("−", r"\+", "[−－]", "[＋+]"),
    ("this year", "last year", "今年|当年", "去年|上年"),
    ("narrow", "wide", "窄", "宽"),
    ("built", "networked", "建成", "联网"),
    ("too large", "too small", "偏大|过大|偏高", "偏小|过小|偏低"),
    ("days? leads?", "months? leads?", "日子为主", "月末为主|月份为主"),
    (r"\btimes (?=\w+ per)", r"\bover (?=\w+ per)", "×", "÷"),
]
REFERENCE = re.compile(r"(?<![A-Za-z0-9])[BCKNS]\d{2,3}(?!\d)")
# The Chinese names the number of the figure in another cell.
NAMED_ONCE = {("01_dataset, procuratorate-police", "N20")}


def both() -> Iterator[tuple[str, str, str]]:
    """Yield whatever is said in both languages: its name, the English and the Chinese."""
    for name in spoken.NAMES:
        yield from (
            (f"{name}, {entry}", text, spoken.said(name, "zh")[entry])
            for entry, text in spoken.said(name, "en").items()
        )
        for here, there in zip(spoken.cells(name, "en"), spoken.cells(name, "zh"), strict=True):
            if here["cell_type"] == "markdown":
                yield f"{name}, {here['id']}", "".join(here["source"]), "".join(there["source"])
    for path in sorted((HOME / "figures").glob("*.json")):
        card = json.loads(path.read_text(encoding="utf-8"))
        yield from ((f"{path.stem}, {field}", card["en"][field], card["zh"][field]) for field in card["en"])
    for path in TABLES:
        for row in table(path):
            key = next(iter(row.values()))
            yield from ((f"{path.stem}, {key}, {column}", *texts) for column, *texts in pairs(row))


def turned(english: str, chinese: str) -> list[str]:
    """Return the first of each two opposites that stand in another order, or for one another."""
    found = []
    for one, other, first, second in OPPOSITES:
        here, there = (
            [match.lastgroup for match in re.finditer(f"(?P<one>{a})|(?P<other>{b})", text)]
            for a, b, text in ((one, other, english), (first, second, chinese))
        )
        if here != there and (
            sorted(here) == sorted(there) or (here and there and {*here}.isdisjoint(there))
        ):
            found.append(one)
    return found


def test_opposites_stand_in_one_order_in_both_languages():
    assert {name: found for name, english, chinese in both() if (found := turned(english, chinese))} == {}


def test_a_number_of_a_row_is_named_in_both_languages_or_in_neither():
    for name, english, chinese in both():
        alone = {*REFERENCE.findall(english)} ^ {*REFERENCE.findall(chinese)}
        assert {ref for ref in alone if (name, ref) not in NAMED_ONCE} == set(), (name, english, chinese)


def test_what_is_turned_in_one_language_is_seen():
    assert turned("cut, never rounded up", "须进位，不得去尾") == [r"\bcut\b"]
    assert turned("A sinks, B climbs", "口径A往上，口径B往下") == ["climb"]
    assert turned("accepted × (1 + s)", "受理×（1－s）") == ["−"]
    assert turned("Hollow is printed, filled is derived", "实心为原文，空心为计算") == ["[Ff]illed"]
    assert turned("cut, or cut and rounded", "去尾") == []
