"""What no page, notebook or picture says, whatever stands around it; and what none leaves out.

The bodies of the article are never set in an order, no measure is called a cause, no rate a success of the
whole. A negation elsewhere in a sentence excuses nothing: what may stand is typed, and it is little.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import spoken
from asprinted.collection.collection import Collection

HOME = Path(__file__).resolve().parents[2]
PAGES = ["README.md", "README.zh.md", "figures/README.md", "figures/README.zh.md"]
PAGES += [
    "docs/conventions.md",
    "docs/conventions.zh.md",
    "docs/terms.md",
    "docs/terms.zh.md",
    "docs/brief.md",
    "docs/brief.zh.md",
    "docs/performance.md",
    "data/README.md",
]
TABLES = ["prose/sentences.toml", "site/chrome.toml", "rerun/pages.toml"]


def told() -> Iterator[tuple[str, str]]:
    """Yield what a reader is told, with where it stands: pages, prose, what cells show, words of pictures."""
    for page in PAGES:
        yield page, (HOME / page).read_text(encoding="utf-8")
    for table in (*(HOME / "src/asprinted" / each for each in TABLES), HOME / "notebooks/words/site.toml"):
        for text in leaves(tomllib.loads(table.read_text(encoding="utf-8"))):
            yield table.name, text
    for name in spoken.NAMES:
        for language in spoken.LANGUAGES:
            for cell in spoken.cells(name, language):
                text = "".join(cell["source"]) if cell["cell_type"] == "markdown" else spoken.shown(cell)
                yield f"{name}.{language}, {cell['id']}", text
    for path in sorted((HOME / "figures").glob("*.json")):
        card = json.loads(path.read_text(encoding="utf-8"))
        for language in spoken.LANGUAGES:
            for field, text in card[language].items():
                yield f"{path.stem}.{language}, {field}", text


def leaves(table: object) -> Iterator[str]:
    """Yield every text of a table, however deep it stands."""
    if isinstance(table, str):
        yield table
    else:
        for each in table.values() if isinstance(table, dict) else table:
            yield from leaves(each)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text of either language, tables cell by cell."""
    return [
        each.strip()
        for each in re.split(r"(?<=[.!?;])\s|[。！？；|]|\n", text.replace("**", ""))
        if each.strip()
    ]


TOLD = [(place, sentence) for place, text in told() for sentence in sentences(text)]

BODIES = {
    "court": r"\bcourts?\b|\bjudges?\b|法院|法官",
    "police": r"\bpolice\b|公安",
    "mediators": r"\bmediators?\b|people's mediation|人民调解|调解员|司法局|justice bureau",
    "procuratorate": r"procuratorate|检察",
    "committee": r"politics-and-law committee|政法委",
}
ORDER = re.compile(
    r"\b(?:first|last|best|worst|behind|ahead|outperform\w*|surpass\w*|beats?|better|worse|leads?|trails?|unlike|"
    r"ranks?|more successful|less successful|more effective|less effective|comes? (?:first|next)|then the|"
    r"weaker than|stronger than|faster than|slower than)\b"
    r"|居首|次之|垫底|末位|难望|逊|优于|劣于|强于|弱于|不如|领先|落后|最好|最差|更有效|胜过|远超|相比之下|首屈|名列|位列",
    re.IGNORECASE,
)
# Sentences with two bodies and such a word that may stand, a piece of each: none orders the bodies.
MAY_ORDER = ["公安为一条远远超出这些范围的长条", "What is measured, as rules and formulas name it"]


# One more than another, with a body on either side: "The police do finer work than the court".
THAN = re.compile(
    r"\b(?:more|less|fewer|\w{3,}er)\b[^.]{0,40}\bthan\b|比(?![率例值重])[^。，]{1,12}(?:更|好|强|快|多|高)",
    re.IGNORECASE,
)


def ordering(sentence: str) -> bool:
    bodies = [name for name, pattern in BODIES.items() if re.search(pattern, sentence, re.IGNORECASE)]
    return len(bodies) > 1 and bool(ORDER.search(sentence) or THAN.search(sentence))


def test_no_sentence_sets_two_bodies_in_an_order():
    found = {sentence: place for place, sentence in TOLD if ordering(sentence)}
    refused = {s: p for s, p in found.items() if not any(piece in s for piece in MAY_ORDER)}
    assert refused == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "The mediators come first, then the police and the court.",
        "人民调解成效居首，公安次之",
        "Unlike the court, the police settle nearly all, no question.",
        "法院的办案成效不如公安",
        "The court is behind the mediators, no doubt.",
        "The police do finer work than the court, if one must say.",
    ],
)
def test_an_order_of_bodies_is_seen_whatever_is_denied_beside_it(sentence: str):
    assert ordering(sentence)
    assert not ordering("The court transferred cases to mediators.")


# What must not be claimed, in either language.
FORBIDDEN = {
    "a cause": (
        r"\b(?:caus(?:es?|ed|ing)|because of|thanks to|owing to|due to|led to|brought about|results? in|"
        r"explains?|cut crime|made crime)\b|导致|归功于|得益于|使得|所致|带来了|造成了"
    ),
    "a success rate": (
        r"\bsuccess rate of (?:the )?(?:court|district|police)|法院(?:的)?调解成功率(?:为|是|仅)"
    ),
    "a failure": r"\b(?:12,135|12135)[^.。]{0,30}(?:failed|失败)|(?:all|全部) (?:of them )?failed",
    "a clearance rate": r"clearance rate (?:of|is|was) 61|结收比(?:为|是)61",
    "a proof": (
        r"\b(?:is|are|was|were|so|and so) (?:confirmed|proven|proved true|verified as true)\b"
        r"|证实了|得到证实|属实无疑"
    ),
    "a proof by another": r"\bconfirm(?:s|ed)? each other\b|\bproof enough\b|互相印证|彼此印证|足以证明",
    "a judgement": (
        r"\b(?:works?|worked|performs?|performed) (?:\w+ )?(?:well|badly|poorly|hard)\b"
        r"|\b(?:lazy|idle|inefficient|efficient)\b|\b(?:court|police|district|mediators?|procuratorate)"
        r" (?:is|are|was|were) (?:too )?(?:slow|fast|weak|strong|good|bad)\b"
        r"|办案不力|成效显著|成绩突出|好转|高效|低效|拖沓|懈怠"
    ),
    "a strength in a word": (
        r"\b(?:strong|weak)(?:er|est|ly|ness)?\b|\bfair(?:ly)?\b"
        r"|(?:检验|辨别力|检验力)[^，。；]{0,4}[强弱]|[最更较很][强弱]|强弱|尚可"
    ),
    "a lie": r"\bthe (?:article|press|district) (?:is wrong|lies|cheats|fakes|made up)|造假|虚报|谎报|作假",
    "a year": r"\bannuali[sz]ed\b(?!$)|折合全年|全年可达|年化|\b365 days\b|365天",
    "a removal": r"\b(?:8|eight) [a-z ]*buildings? (?:were|was|have been) (?:removed|demolished)|已拆除8宗",
    "coverage": r"\bcoverage (?:of|is|was) \d|覆盖率(?:为|达)\d",
    "growth of cameras": (r"cameras? (?:grew|rose|increased|multiplied)|(?:监控|探头)(?:数量)?(?:增长|增加)"),
    "a collection": r"collection rate (?:of|is) \d|执行到位率(?:为|达)\d",
}
MAY_STAND = {
    "a strength in a word": ["strongest districts", "looks fair and is as arbitrary"],
    "a cause": [
        "An identity: a factor goes with the ratio and causes not",
        "no cause",
        "nothing printed shows that mediation brought about any of these changes",
        "where words or rounding leave one",
    ],
    "a judgement": ["更不说明办案不力"],
    "a failure": [
        "either that all of them failed nor that none did",
        "Not the number that failed",
        "不是调解失败数",
        "既不能一概算作调解失败，也不能说没有失败的",
    ],
    "a proof": ["cases in which a settled pre-filing mediation is confirmed by a court"],
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_nothing_claims_what_the_figures_do_not_bear(name: str):
    found = {
        sentence: place
        for place, sentence in TOLD
        # Each line of the limits says what cannot be said.
        if not place.endswith(", limits")
        and re.search(FORBIDDEN[name], sentence, re.IGNORECASE)
        and not any(piece in sentence for piece in MAY_STAND.get(name, []))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a cause", "The cameras cut crime, no doubt."),
        ("a cause", "警情下降得益于监控"),
        ("a clearance rate", "a clearance rate of 61.71%"),
        ("a proof", "compatible, and so confirmed"),
        ("a judgement", "The court works badly, and nobody doubts it."),
        ("a judgement", "So the court is slow."),
        ("a judgement", "该区治安因探头而好转"),
        ("a proof by another", "They confirm each other."),
        ("a strength in a word", "The closing rate (C01) is a strong test."),
        ("a strength in a word", "检验较弱"),
        ("a removal", "Eight illegal buildings were removed."),
        ("growth of cameras", "the cameras grew from 6,000 to 40,572"),
    ],
)
def test_a_forbidden_claim_is_seen(name: str, sentence: str):
    assert re.search(FORBIDDEN[name], sentence, re.IGNORECASE)


# ------------------------------------------------------------------------------- what none leaves out

# How many limits each notebook lists where it closes; a fall must be meant.
LIMITS = {
    "00_summary": 4, "01_dataset": 5, "02_closing_rate": 8, "03_caseload": 7, "04_court_mediation": 9,
    "05_procuratorate": 8, "06_police": 8, "07_peoples_mediation": 8, "08_governance": 8, "09_comparison": 5,
    "10_context": 5, "11_limits": 4,
}  # fmt: skip


@pytest.mark.parametrize("language", spoken.LANGUAGES)
@pytest.mark.parametrize("name", LIMITS)
def test_a_notebook_lists_as_many_limits_as_are_typed(name: str, language: str):
    last = "".join(spoken.cells(name, language)[-1]["source"])
    assert len(re.findall(r"^- ", last, re.MULTILINE)) == LIMITS[name]


# Words that the limits of a notebook must have, in both languages.
NAMED = {
    "00_summary": [("true", "属实"), ("cut", "去了尾|去尾"), ("base", "基数")],
    "02_closing_rate": [("carry-over", "旧存"), ("norm", "标准"), ("day", "日")],
    "03_caseload": [("headcount|judges", "法官")],
    "04_court_mediation": [("base", "基数")],
    "05_procuratorate": [("Agencies were urged", "督促"), ("was paid", "履行")],
    "06_police": [("base|before", "基数"), ("camera", "监控|探头")],
    "07_peoples_mediation": [(r"neither\s+accuses\s+nor\s+excuses", "不指责谁，也不为谁开脱")],
    "08_governance": [("subdistrict", "街道"), ("cameras grew", "监控|探头")],
    "09_comparison": [("Who works well", "谁的工作做得好"), ("means nothing", "没有意义")],
    "10_context": [("no rank", "名次"), ("true", "属实")],
}


@pytest.mark.parametrize("name", NAMED)
def test_the_limits_name_what_they_must(name: str):
    for language in spoken.LANGUAGES:
        last = "".join(spoken.cells(name, language)[-1]["source"])
        for pair in NAMED[name]:
            assert re.search(pair[spoken.LANGUAGES.index(language)], last), (language, pair)


# ------------------------------------------------------------------------------- numbers of rows in a text


def refs() -> dict[str, str]:
    collection = Collection(HOME)
    return {row["ref"]: row["as_printed"] for row in collection.rows("printed")} | {
        row["key"]: row["as_printed"] for row in collection.rows("benchmarks")
    }


def test_a_number_of_a_row_in_brackets_stands_behind_the_token_of_that_row():
    """A token with a row's number behind it, `6000路 (N01)` or 6000路（N01）, is the token of that row."""
    known = refs()
    tokens = sorted({token for token in known.values() if re.search("[一-鿿]", token)}, key=len, reverse=True)
    pattern = re.compile(rf"({'|'.join(map(re.escape, tokens))}) ?[(（]([NK]\d+)")
    found = [(place, *each) for place, sentence in TOLD for each in pattern.findall(sentence)]
    assert len(found) >= 10
    assert [each for each in found if known[each[2]] != each[1]] == []
