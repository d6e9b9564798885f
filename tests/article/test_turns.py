"""The words that turn a text, typed in their order: a "not", a "left" or an N15 that changes must be meant.

A claim turned round by one small word keeps all its numbers. `turns.csv` has one line for each entry, prose
cell, heading, README and row of a table, with both languages side by side: what denies, conditions, compares,
directs, dates and counts in it, whose it is and how it was seen, its formulas, letters and references, and a
stop for each sentence.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import spoken
from asprinted.collection.collection import Collection

HOME = Path(__file__).resolve().parents[2]
SIGNS = r"|[NKBCS]\d+|\d[\d.,]*\d|\d|[+×÷=<>≤≥−]"
TURNS = {
    "en": re.compile(
        r"\b(?:not|no|none|neither|nor|never|cannot|without|nobody|nothing|un(?:known|settled|resolved|sourced"
        r"|clear|like)|if|may|might|must|perhaps|as a rule|usually|at (?:least|most)|only|alone|need|rather"
        r"|about|seldom|always|at or|more|less|few|most|least|equal|high|low|large|small|great|narrow|wide"
        r"|fast|slow|were|(?:few|high|low|larg|small|great|narrow|wid|fast|slow|short|long|earli|lat|strong|weak)(?:er|est)"
        r"|early|late|above|below|over|under|up|down|left|right|before|after|first|last|next|this|inside|outside"
        r"|(?:ris|climb|sink|fall|grow|shrink|shorten)(?:e|s|es|ing)?|fell|rose|grew|sped|slowed|filled|hollow"
        r"|solid|dashed|round(?:ed|ing)|cut(?:ting)?|times|plus|minus|divided|daily|yearly|monthly|years?|months?|days?|all|every"
        r"|each|both|same|other|open|closed|twice|half|quarter|part|whole|rest|sum|mean|ratio|printed|derived"
        r"|implied|supposed|accepted|concluded|settled|mediated|resolved|transferred|filed|built|networked|within"
        r"|pale|drawn|named|paid|owed|numerator|denominator|direction|subset|courts?|procuratorates?|police"
        r"|committees?|bureaus?|mediators?|judges?|publishers?|cop(?:y|ies)|carr(?:y|ies|ied)|success(?:es)?"
        r"|fail(?:s|ed|ures?)?|succeed(?:s|ed)?|dropped|added|quota|urged|ordered|removed|town|city|county|counties|(?-i:A|B))\b"
        + SIGNS
        + r"|[.!?](?=\s|$)",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        "[不未无没非若须应仅只均都每各高低多少大小升降增减上下左右前后早晚快慢长短新旧内外先同异]|[AB](?![A-Za-z])"
        "|今年|去年|当年|立案|登记|员额|如果|可能|或许|通常|一般|至少|至多|假如|假设|前提|约|四舍五入|去尾|进位|实心|空心|虚线|首|末|半|倍|部分"
        "|其余|之和|平均|原文|计算|推算|受理|结案|成功|调解|化解|移送|建成|联网|分子|分母|年|月|日|除以|乘以"
        "|法院|检察院|公安|司法局|政法委|委员会|法官|转载|转引|原发布|失败|督促|责令|拆除|镇|县"
        + SIGNS
        + "|[。！？]"
    ),
}  # fmt: skip
TABLES = (
    "derived", "benchmarks", "printed", "terms", "questions", "crosschecks", "relations", "standalone",
    "sets", "apart", "indicators", "sources",
)  # fmt: skip
WORDY = re.compile(
    r"(?:title|caveat|sense|article|since|asks|wanted|holder|changes|way|part|whole|moment|note|reason)(?:_(en|zh))?$"
)


def turns(text: str, language: str) -> str:
    """Return the turning words of a text in their order, without its placeholders and its HTML."""
    found = TURNS[language].findall(re.sub(r"\{[^{}]*\}|</?[a-z][^<>]*>", "", text))
    return " ".join(word if len(word) == 1 or word[1:].isdigit() else word.lower() for word in found)


def written(entry: dict[str, Any], language: str) -> Iterator[str]:
    """Yield the texts of an entry of words in a language, those of its parts too."""
    for name, value in entry.items():
        if isinstance(value, dict):
            yield from written(value, language)
        elif name == language:
            yield value


def texts() -> Iterator[tuple[str, str, str]]:
    """Yield each written text with its name and language."""
    pages = {"en": "README.md", "zh": "README.zh.md"}
    for language in spoken.LANGUAGES:
        for name in spoken.NAMES:
            for cell in spoken.cells(name, language):
                if cell["cell_type"] == "markdown":
                    yield f"{name}, cell {cell['id']}", language, "".join(cell["source"])
        for path in sorted((HOME / "notebooks" / "words").glob("*.toml")):
            entries = tomllib.loads(path.read_text(encoding="utf-8"))
            for entry, parts in entries.items() if path.stem != "exceptions" else ():
                yield f"{path.stem}, {entry}", language, "\n".join(written(parts, language))
        yield "README", language, (HOME / pages[language]).read_text(encoding="utf-8")
    for table in TABLES:
        for row in Collection(HOME).rows(table):
            name = ", ".join(row[column] for column in ("subject", "key", "id") if column in row)
            for language in spoken.LANGUAGES:
                said = [
                    row[column]
                    for column in row
                    if (found := WORDY.match(column)) and (found[1] or "en") == language
                ]
                yield f"{table}, {name}", language, "\n".join(said)


with Path(__file__).with_name("turns.csv").open(encoding="utf-8", newline="") as opened:
    TYPED = {row["text"]: row for row in csv.DictReader(opened)}

FOUND: dict[str, dict[str, str]] = {}
for name, language, text in texts():
    if words := turns(text, language):
        FOUND.setdefault(name, {"text": name, "en": "", "zh": ""})[language] = words


@pytest.mark.parametrize("name", sorted(TYPED.keys() | FOUND.keys()))
def test_a_text_turns_where_it_is_typed_to_turn(name: str):
    found, typed = FOUND.get(name), TYPED.get(name)
    line = ",".join(f'"{each}"' for each in (found or {}).values())
    assert found == typed, f"if it is meant, the line of turns.csv is now: {line}"


def test_a_word_that_turns_a_claim_round_is_seen():
    assert turns("they need not be equally likely", "en") != turns("they are equally likely", "en")
    assert turns("a failure is no accusation", "en") != turns("a failure is an accusation", "en")
    assert turns("filled: printed, hollow: derived", "en") != turns("hollow: printed, filled: derived", "en")
    assert turns("各组可能性未必相同", "zh") != turns("各组可能性相同", "zh")
    assert turns("须去尾，不得进位", "zh") != turns("须进位，不得去尾", "zh")
    assert turns("the President of the Court", "en") != turns("the President of the Procuratorate", "en")
    assert turns("where successes alone are paid", "en") != turns("where failures alone are paid", "en")
    assert turns("printed there (a copy)", "en") != turns("printed there", "en")
    assert turns("其中三个见于他处转载", "zh") != turns("其中三个见于原发布页面", "zh")
    assert turns("One. Two? Three {value} of A", "en") == ". ? A"


GLOSSES = tomllib.loads(Path(__file__).with_name("named.toml").read_text(encoding="utf-8"))["glosses"]


@pytest.mark.parametrize("term", GLOSSES)
def test_a_term_in_brackets_stands_behind_what_it_is_called(term: str):
    behind = [
        before
        for _, language, text in texts()
        if language == "en"
        for before in re.findall(r"(.{0,48}) \(" + term + r"\)", " ".join(text.split()))
    ]
    assert behind
    assert [before for before in behind if not re.search(GLOSSES[term], before, re.IGNORECASE)] == []
