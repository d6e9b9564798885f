"""Guards: digits and number words are seen in both languages; nothing but an exact phrase excuses them."""

import pytest

from asprinted.collection import lint

TYPED = [
    ("en", "It is 61.71% now.", ["61.71%"]),
    ("en", "In 2021 it rose.", ["2021"]),
    ("en", "Of 1,234 cases", ["1,234"]),
    ("en", "７３ of them", ["７３"]),
    ("en", "a little over two thirds", ["two", "thirds"]),
    ("en", "Three Quarters of them", ["Three", "Quarters"]),
    ("en", "more than half came back", ["half"]),
    ("en", "twice as many, a dozen, thirty-one thousand", ["twice", "dozen", "thirty", "thousand"]),
    ("en", "a tenfold rise, doubled", ["tenfold", "doubled"]),
    ("en", "one in four", ["one in", "four"]),
    ("en", "{near:count} of 12}", ["12"]),
    ("en", "12 of {near:count} > {far:count}", ["12"]),
    ("en", "sixty per cent", ["sixty", "per cent"]),
    ("zh", "约七成", ["七成"]),
    ("zh", "三分之二", ["三分之二"]),
    ("zh", "法官五十二名", ["五十二名"]),
    ("zh", "四万六千余路", ["四万六千"]),
    ("zh", "有一半，过半，大半", ["一", "过半", "大半"]),
    ("zh", "翻番，数倍", ["翻番", "数倍"]),
    ("zh", "百分之六十", ["百分之六十"]),
    ("zh", "约半成，近半", ["约半", "近半"]),
    ("zh", "共12件", ["12"]),
    ("zh", "两个", ["两个"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "found"), TYPED)
def test_a_typed_number_is_seen(language, text, found):
    assert set(lint.typed(text, language)) >= set(found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Of {near:count} rates {higher:percent.2} are higher."),
        ("en", "one court, someone, none, the second reading, both languages"),
        ("en", "See N15, C04 and [the notebook](02_closing_rate.ipynb), `x = 61.71`."),
        ("en", "[the law](https://example.org/2021/8)"),
        ("en", "<span id=3>often</span>, attention, often, weight"),
        ("zh", "共{near:count}个，{rate:percent.2}"),
        ("zh", "四舍五入，百分点，百姓，万一，一个法院，一致，第三方"),
        ("zh", "参见N15与《账目》"),
    ],
)
def test_a_name_a_hole_a_reference_or_a_set_word_is_no_typed_number(language, text):
    assert lint.typed(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "phrase", "left"),
    [
        ("en", "per 1,000 residents", "per 1,000", []),
        ("en", "per 1,000 residents, 1,000 of them", "per 1,000", ["1,000"]),
        ("en", "per 1,001 residents", "per 1,000", ["1,001"]),
        ("en", "Two Hypotheses", "two hypotheses", []),
        ("en", "two other hypotheses", "two hypotheses", ["two"]),
        ("zh", "每千人", "每千", []),
        ("zh", "每千人，千人", "每千", ["千"]),
    ],
)  # fmt: skip
def test_an_exception_excuses_its_exact_phrase_and_nothing_beside_it(language, text, phrase, left):
    found = lint.typed(text, language, [phrase])
    assert [word.rstrip("人") for word in found] == left


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "It is no higher than the others, no doubt.", ["higher"]),
        ("en", "98.35% is not lower, no question.", ["lower"]),
        ("en", "Nobody denies that most of it is better.", ["Nobody", "most of", "better"]),
        ("en", "The court is ahead, the police behind.", ["ahead", "behind"]),
        ("zh", "并不高于其他，毫不意外", ["高于"]),
        ("zh", "人民调解成效居首，公安次之，未有例外", ["居首", "次之"]),
        ("zh", "过半，倍", ["过半", "倍"]),
        ("zh", "绝大多数，少数，众多数据", ["多数", "少数"]),
    ],
)
def test_a_stray_negation_excuses_no_comparison(language, text, found):
    assert lint.claimed(text, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "What the court counts, and from where."),
        ("en", "above all, a highway, aheadness"),
        ("zh", "法院受理的案件与口径"),
    ],
)
def test_a_text_that_compares_nothing_is_let_be(language, text):
    assert lint.claimed(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "All of them follow, none differs.", ["All", "none", "differs"]),
        ("en", "Only the same ones agree; each fits.", ["Only", "same", "each", "fits"]),
        ("en", "It lies between them, outside the cell.", ["between", "outside"]),
        ("en", "It rose, then fell, first and last.", ["rose", "fell", "first", "last"]),
        ("zh", "均相符，无一矛盾", ["均", "相符", "无一", "矛盾"]),
        ("zh", "只有至少一个介于其间", ["只有", "至少", "介于"]),
    ],
)
def test_a_word_that_counts_or_judges_asks_for_a_proof(language, text, found):
    assert set(lint.judged(text, language)) >= set(found)


def test_what_judges_beyond_claiming_may_stand_in_prose_but_not_unproven():
    text = "That count agrees."
    assert lint.claimed(text, "en") == []
    assert lint.judged(text, "en") == ["agrees"]
    assert lint.judged(text, "en", ["that count agrees"]) == []


PROSE_THAT_CLAIMED = [
    # What a reader found in prose cells, in words that tell the same: a calendar of every rate that draws a
    # part of them, three starts of which one is empty, a table of every figure that leaves two out.
    ("en", "The calendar of all found closing rates is drawn in its notebook.", ["all"]),
    ("en", "They begin at three different times.", ["three"]),
    ("en", "Every figure per judge that was found.", ["Every"]),
    ("zh", "查到的结案率都已画出。", ["都"]),
    ("zh", "它们从三个不同的时间起算。", ["三个"]),
    ("zh", "查到的法官人均数全部列出，无一遗漏。", ["全部", "无一"]),
]


@pytest.mark.parametrize(("language", "text", "found"), PROSE_THAT_CLAIMED)
def test_a_false_claim_that_stood_in_a_prose_cell_is_seen(language, text, found):
    assert sorted([*lint.claimed(text, language), *lint.typed(text, language)]) == sorted(found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "at most a day, not at all, at first, a blast, already"),
        ("zh", "人均、年均、平均数与均等，写出来的只有几位，首都，所有权"),
    ],
)
def test_a_set_word_and_a_mean_claim_nothing(language, text):
    assert lint.claimed(text, language) == []


def test_a_hole_between_two_words_does_not_join_them_into_a_phrase():
    assert lint.claimed("more {x:count} than", "en") == ["more"]
    assert lint.claimed("more than {x:count}", "en") == ["more than"]
    assert lint.claimed("高{x:count}于", "zh") == []


def test_what_is_excused_between_two_words_does_not_join_them_into_a_phrase():
    assert lint.claimed("高于百分点", "zh") == ["高于"]
    assert lint.claimed("高百分点于", "zh") == lint.claimed("高每千于", "zh", ["每千"]) == []


def test_a_mark_of_markup_parts_words_as_a_blank_does():
    assert lint.claimed("more<br>than", "en") == ["more than"]


def test_of_two_exceptions_the_longer_counts():
    assert lint.typed("per 1,000 aged 65", "en", ["per 1,000", "per 1,000 aged 65"]) == []
