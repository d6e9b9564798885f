"""The page for a busy reader: six facts in the order of worth, short in both languages, without judgement."""

import re
from pathlib import Path

import pytest

import spoken

HOME = Path(__file__).resolve().parents[2]
PAGES = {"en": "docs/brief.md", "zh": "docs/brief.zh.md"}
JUDGES = {
    "en": r"\b(?:rank\w*|low|high|good|bad|slow|fast)\b|25(?:\.0)?%",
    "zh": "排名|偏低|偏高|成功率25|25%|较",
}


def page(language: str) -> str:
    """Return the page as a reader sees it: without marks."""
    text = (HOME / PAGES[language]).read_text(encoding="utf-8")
    return re.sub(r"<!--.*?-->|[*#]", "", text)


def test_the_page_has_at_most_180_english_words_and_300_chinese_characters():
    assert len(page("en").split()) <= 180
    assert len("".join(page("zh").split())) <= 300


@pytest.mark.parametrize("language", spoken.LANGUAGES)
def test_it_is_what_the_summary_says_first_and_nothing_beside_its_heading(language: str):
    said = spoken.said("00_summary", language)
    assert next(iter(said)) == "brief"
    heading, _, rest = page(language).strip().partition("\n")
    assert rest.strip() == said["brief"]
    assert heading.strip() == {"en": "Guandu's printed figures on one page", "zh": "官渡数字一页"}[language]


@pytest.mark.parametrize(("language", "mark"), [("en", "^- "), ("zh", "^[一二三四五六]、")])
def test_it_has_six_facts_of_which_the_closing_rate_is_the_first(language: str, mark: str):
    facts = [line for line in page(language).splitlines() if re.match(mark, line)]
    assert len(facts) == 6
    assert "61.71%" in facts[0]


@pytest.mark.parametrize("language", spoken.LANGUAGES)
def test_it_ranks_nothing_and_calls_nothing_low_or_high(language: str):
    assert re.findall(JUDGES[language], page(language)) == []


def test_no_single_rule_never_stands_without_its_unless():
    assert re.search(r"No one rule of rounding passes all five tests; cutting does, if", page("en"))
    assert re.search("无一修约法通过全部5项检验，除非", page("zh"))
