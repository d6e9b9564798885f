"""What tables say in words: the same in both languages, with the warnings that they must have.

Each cell is typed a second time (test_typed_again.py); here is what no two hands may agree to leave out.
"""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

import spoken
from asprinted.collection.collection import Collection
from asprinted.prose.sentences import sentence

HOME = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
COLLECTION = Collection(HOME)


def by(column: str, table: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in COLLECTION.rows(table):
        found[row[column]].append(row)
    return found


# ------------------------------------------------------------------------------------ the article's figures

PRINTED = {row["ref"]: row for row in COLLECTION.rows("printed")}

# What the note beside a period says of it, in both languages.
PERIODS = {
    "present": ("^At present, no date printed", "^“目前”，未写日期"),
    "this_year": ("^This year", "^“今年”"),
    "until": ("^Up to 30 September; the start is not printed", "^截至9月30日；起始未写"),
    "since": ("Since 20(17|20); the end is not printed", "20(17|20)年以来，截止时间未写"),
    "dated": (
        "^Months as printed; another publication names 22 September",
        "^文中只写到月；另一报道写明截至9月22日",
    ),
    "not_printed": ("not printed|by implication", "未写|推断|均未写"),
}


def test_the_note_of_a_figure_says_its_period_in_both_languages():
    for ref, row in PRINTED.items():
        for text, pattern in zip((row["note"], row["note_zh"]), PERIODS[row["period_kind"]], strict=True):
            assert re.search(pattern, text), (ref, text)


def test_a_day_in_a_note_is_the_day_of_the_other_publication():
    assert COLLECTION["K001"].period_end == "2021-09-22"


# ------------------------------------------------------------------------------------------------ caveats

CAVEATS = tomllib.loads((HERE / "caveats.toml").read_text(encoding="utf-8"))
DERIVED = {row["key"]: row for row in COLLECTION.rows("derived")}


def meant(name: str) -> list[dict[str, str]]:
    """Return the derived values that a name of `caveats.toml` stands for: a number or a key."""
    rows = [row for row in DERIVED.values() if row["ref"] == name] if name not in DERIVED else [DERIVED[name]]
    but = CAVEATS[name].get("but")
    return [row for row in rows if not (but and but in row["key"])]


@pytest.mark.parametrize("name", CAVEATS)
def test_a_caveat_says_what_it_must_and_never_the_contrary(name: str):
    assert meant(name)
    for row in meant(name):
        for language in spoken.LANGUAGES:
            text = row[f"caveat_{language}"]
            missing = [pattern for pattern in CAVEATS[name][language] if not re.search(pattern, text)]
            wrong = [pattern for pattern in CAVEATS[name].get("never", []) if re.search(pattern, text)]
            assert (missing, wrong) == ([], []), (row["key"], language, text)


def test_every_number_of_the_memo_has_a_caveat_that_is_typed():
    named = {row["ref"] for name in CAVEATS for row in meant(name)}
    assert {f"B{number:02}" for number in range(1, 39)} <= named


def test_a_caveat_turned_round_is_seen():
    assert re.search(CAVEATS["B17"]["never"][0], "if they serve fewer residents, this figure is too large")
    assert not re.search(CAVEATS["B02"]["zh"][0], "为上限：受理数含旧存时即为准确数")


# --------------------------------------------------------------------- the same in both languages: words

# A word of the one language and the word of the other that must stand beside it.
PAIRS = [
    (r"per 1,000", "每千"),
    (r"per 10,000", "每万"),
    (r"\bper (?!calendar|day|1)", "每|人均|之比"),
    (r"per calendar day|per day", "日均|每日|每天"),
    (r"working day", "工作日"),
    (r"basic courts?", "基层法院|法院"),
    (r"basic courts of China", "全国基层法院"),
    (r"all courts of China", "全国(?!基层)"),
    (r"implied|imply", "推算"),
    (r"if rounded", "四舍五入"),
    (r"if cut", "去尾"),
    (r"rounded or cut", "四舍五入或去尾"),
    (r"rounded as well as cut", "四舍五入、去尾均可"),
    (r"not reported as settled", "未列为调解成功"),
    (r"(?<!not )(?<!reported )(?<!disputes not )\bsettled as a share", "成功"),
    (r"not settled", "未成功"),
    (r"unresolved|not resolved", "未化解"),
    (r"\bopen\b", "未结"),
    (r"cases accepted", "受理"),
    (r"cases concluded", "审执结|结案"),
    (r"transferred", "移送"),
    (r"share\b", "占|率|份额|比例|比重|之比"),
    (r"index", "指数"),
    (r"weight", "权重|等权"),
    (r"\bmean\b", "平均|均|全市之比"),
    (r"census", "普查"),
    (r"carry-over", "旧存"),
    (r"residents per", "对应(?:常住)?人口"),
    (r"police", "公安|化解率|正文"),
    (r"people's mediation", "人民调解"),
    (r"doubled", "加倍"),
    (r"a quarter", "四分之一"),
    (r"ratio to", "之比"),
]


def apart(english: str, chinese: str) -> list[str]:
    """Return the words of the English text that have no counterpart in the Chinese one."""
    return [one for one, other in PAIRS if re.search(one, english) and not re.search(other, chinese)]


@pytest.mark.parametrize("key", DERIVED)
def test_a_title_says_the_same_in_both_languages(key: str):
    row = DERIVED[key]
    assert apart(row["title_en"], row["title_zh"]) == []
    holes = [sorted(re.findall(r"\{[^{}]*\}", row[f"title_{language}"])) for language in spoken.LANGUAGES]
    assert holes[0] == holes[1]


@pytest.mark.parametrize("key", DERIVED)
def test_a_caveat_names_the_same_facts_in_both_languages(key: str):
    row = DERIVED[key]
    holes = [sorted(re.findall(r"\{[^{}]*\}", row[f"caveat_{language}"])) for language in spoken.LANGUAGES]
    assert holes[0] == holes[1]


def test_a_title_of_another_thing_is_seen():
    assert apart("cases per 1,000 residents", "每万常住人口案件") == ["per 1,000"]
    assert apart("quota judges (basic courts of China)", "员额法官（全国法院）") == ["basic courts of China"]


UNITS = {
    "": "", "cases": "件", "days": "天", "cases per day": "件/天", "judges": "名", "disputes": "件",
    "cases per judge and working day": "件", "pairs": "组", "slips": "种",
    "disputes per 1,000 residents": "件",
    "cases per 1,000 residents": "件", "residents per judge": "人", "cases per judge": "件", "times": "倍",
    "persons per dispute": "人/件", "yuan per dispute": "元/件", "mediators per organisation": "名",
    "disputes per mediator": "件", "disputes per organisation": "件", "mediators per 10,000 residents": "名",
    "residents": "人", "working days": "个工作日",
}  # fmt: skip


def test_a_unit_is_the_same_in_both_languages():
    for row in DERIVED.values():
        assert UNITS[row["unit_en"]] == row["unit_zh"], row["key"]


def test_what_a_value_is_per_stands_in_its_title_too():
    for row in DERIVED.values():
        for per in re.findall(
            r"per (1,000|10,000|mediator|organisation|dispute|judge|working day)", row["unit_en"]
        ):
            assert per in row["title_en"] + row["title_en"].replace("quota ", ""), (
                row["key"],
                row["title_en"],
            )


# ------------------------------------------------------------------------------------ figures of others

# A word of an English indicator and what the Chinese one then has.
INDICATORS = [
    (r"cases? accepted\b(?! per)", "受理|收案|案件"),
    (r"concluded(?! per)(?! cases)", "结|办案"),
    (r"closing rate", "结案率"),
    (r"clearance|closed-to-filed", "收比|收案比"),
    (r"newly filed", "新收|收案|案件|申诉|存量"),
    (r"pending", "未结|存案"),
    (r"carried over", "旧存"),
    (r"per quota judge|per judge", "人均|员额法官数"),
    (r"per head", "人均"),
    (r"accepted per", "受理|收案|案件"),
    (r"concluded per", "结案"),
    (r"handled per", "办案"),
    (r"front-line", "一线"),
    (r"enforcement", "执"),
    (r"suits", "诉讼"),
    (r"criminal", "刑事"),
    (r"civil", "民|诉前"),
    (r"administrative", "行政"),
    (r"settled", "成功|化解|结案|收案|办案"),
    (r"success rate", "成功率"),
    (r"resolution rate", "化解率"),
    (r"resolved", "化解"),
    (r"mediators", "调解员"),
    (r"full-time", "专职"),
    (r"year on year", "同比"),
    (r"robbery", "两抢"),
    (r"contact-type", "接触"),
    (r"cameras built", "建成"),
    (r"networked", "联网"),
    (r"proposals", "检察建议"),
    (r"share of the quota judges", "员额法官占"),
    (r"share of the cases", "案件占"),
]


@pytest.mark.parametrize("english", ["name_en", "scope", "unit", "publisher", "place", "organisation"])
def test_what_others_name_has_one_name_in_chinese_or_none_yet(english: str):
    chinese = f"{english.removesuffix('_en')}_zh"
    assert {name: of for name, of in called(english, chinese).items() if len(of) > 1} == {}
    # Courts "of the city" and "all courts" of it are 全市法院; cases, disputes and proposals are 件.
    back = called(chinese, english) if english not in ("scope", "unit") else {}
    assert {name: of for name, of in back.items() if len(of) > 1} == {}


@pytest.mark.parametrize("column", ["place", "place_zh", "name_en", "organisation", "scope", "level", "body"])
def test_the_figures_of_one_group_are_of_one_place_and_one_body(column: str):
    assert {group: of for group, of in called("group", column).items() if len(of) > 1} == {}


def called(one: str, other: str) -> dict[str, set[str]]:
    """Return for each name in a column of others' figures what stands beside it in another column."""
    named = defaultdict[str, set[str]](set)
    for row in COLLECTION.rows("benchmarks"):
        if row[one] and row[other]:
            named[row[one]].add(row[other])
    return named


def test_a_day_since_which_an_indicator_is_not_used_is_the_same_wherever_it_is_said():
    days = {
        table: {
            row["key"]: re.findall(r"\d+ [A-Z]\w+ \d{4}", row["since_en"]) for row in COLLECTION.rows(table)
        }
        for table in ("terms", "indicators")
    }
    shared = days["terms"].keys() & days["indicators"].keys()
    assert ["17 October 2023"] in days["terms"].values()
    assert {key: days["terms"][key] for key in shared} == {key: days["indicators"][key] for key in shared}


@pytest.mark.parametrize("row", COLLECTION.rows("benchmarks"), ids=lambda row: row["key"])
def test_a_figure_of_others_is_called_the_same_in_both_languages(row: dict[str, str]):
    chinese = row["indicator_zh"]
    found = [
        one
        for one, other in INDICATORS
        if re.search(one, row["indicator_en"]) and not re.search(other, chinese)
    ]
    assert not chinese or found == [], chinese


def test_a_rate_that_is_quoted_in_a_title_stands_as_a_token_under_the_same_address():
    tokens = {
        address: " ".join(row["as_printed"] for row in rows)
        for address, rows in by("address", "benchmarks").items()
    }
    for row in COLLECTION.rows("benchmarks"):
        quoted = re.findall(r"(?<!增长)(?<![\d.])\d[\d.]*[%％]", row["title"])
        missing = {number for number in quoted if row["address"] and number not in tokens[row["address"]]}
        assert missing == set(), (row["key"], row["title"])


@pytest.mark.parametrize("table", ["relations", "benchmark_relations"])
def test_a_year_in_a_title_is_the_year_of_the_figures(table: str):
    rows = {row["key"]: row for name in ("printed", "benchmarks") for row in COLLECTION.rows(name)}
    for relation in COLLECTION.rows(table):
        keys = ";".join(relation[column] for column in ("printed_key", "part_key", "whole_key")).split(";")
        ends = {rows[key][end][:4] for key in keys if key in rows for end in ("period_start", "period_end")}
        for language in spoken.LANGUAGES:
            assert set(re.findall(r"\b20\d\d|20\d\d(?=年)", relation[f"title_{language}"])) <= ends, relation[
                "id"
            ]


# --------------------------------------------------------------------------------- names, rules and notes

NAMED = tomllib.loads((HERE / "named.toml").read_text(encoding="utf-8"))


def test_a_scope_names_no_other_body_than_the_section_is_of():
    words = {"court": "法院", "procuratorate": "检察", "police": "公安", "mediation": "司法局|人民调解"}
    for row in PRINTED.values():
        for section, pattern in words.items():
            if section != row["section"]:
                assert not re.search(pattern, row["scope_zh"]), row["key"]


def test_what_others_count_as_settled_is_called_so_in_both_languages_or_in_neither():
    for row in COLLECTION.rows("benchmarks"):
        english = re.search("settled|success|resolved|resolution|handled", row["indicator_en"])
        assert not re.search("成功", row["indicator_zh"]) or english, row["key"]


def test_a_column_is_called_the_same_thing_in_both_languages_wherever_it_is_shown():
    words = tomllib.loads((HOME / "notebooks" / "words" / "columns.toml").read_text(encoding="utf-8"))
    found = {key: [head["en"], head["zh"], head.get("format", "")] for key, head in words.items()}
    assert found == NAMED["columns"]


@pytest.mark.parametrize(
    ("key", "said", "english", "chinese"),
    [
        ("closing_rate", "printed", "(as printed)", "（原文）"),
        ("pending", "derived", "(derived)", "（本项目计算）"),
        ("K001", "elsewhere", "(printed elsewhere)", "（他处所载）"),
    ],
)
def test_a_fact_shows_itself_with_who_says_it(key: str, said: str, english: str, chinese: str):
    assert repr(COLLECTION[key]).endswith(english)
    assert sentence("fact", said, "zh", title="甲", value="乙") == f"甲：乙{chinese}"
