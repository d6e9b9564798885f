"""Facts about the words around a number: its clause, sentence and list, and what is said beside it."""

from dataclasses import FrozenInstanceError
from math import inf

import pytest

from asprinted.audit.mentions import Mention, informative, likeness, mentions
from asprinted.chinese.scanning import scan


def told(text: str) -> list[Mention]:
    return mentions(text, scan(text))


@pytest.mark.parametrize(
    ("mark", "ended"),
    [
        ("和", ""),
        *((mark, "clause") for mark in "，,、：:（("),
        *((mark, "clause segment") for mark in "；;"),
        *((mark, "clause segment sentence") for mark in "。！!？?"),
        ("\n", "clause segment sentence paragraph"),
    ],
)
def test_a_mark_ends_what_it_ends_and_what_stands_within(mark: str, ended: str):
    first, second = told(f"受理3件{mark}审结5件")
    levels = "clause segment sentence paragraph".split()
    assert [getattr(first, level) for level in levels] == [0, 0, 0, 0]
    assert [getattr(second, level) for level in levels] == [int(level in ended.split()) for level in levels]


def test_marks_are_counted_through_the_text():
    *_, last = told("受理3件，审结2件；调解1件。上诉1件。\n再审1件")
    assert (last.index, last.clause, last.segment, last.sentence, last.paragraph) == (4, 5, 4, 3, 1)


def test_what_is_said_of_a_number_begins_at_the_number_before_it_and_its_clause_at_a_mark():
    first, second, third = told("去年受理案件100件而审结60件，结案率60%为新高。")
    assert (first.before, second.before, third.before) == ("去年受理案件", "而审结", "结案率")
    assert (second.phrase, third.phrase) == ("去年受理案件100件而审结", "结案率")
    assert (first.after, second.after, third.after) == ("而审结", "", "为新高")
    assert (first.words, third.words) == ("去年受理案件而审结", "结案率为新高")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("性别比（以女性为100）为104.73", ["以女性为", "性别比为"]),
        ("每个乡镇（街道）18.2名", ["每个乡镇"]),
        ("比上年(28件、30件)的2.3倍", ["比上年", "比上年", "比上年的"]),
        ("准点率99.92%，比上年（99.87%）提高0.05个百分点", ["准点率", "比上年", "比上年提高"]),
        ("上年同期，全院新收8386件", ["上年同期，全院新收"]),
        ("去年各级法院收案继续增长，全院新收8386件", ["全院新收"]),
    ],
)
def test_a_bracket_is_passed_over_and_a_time_goes_with_its_clause(text: str, before: list[str]):
    assert [each.before for each in told(text)] == before


def test_what_leads_to_a_number_goes_back_to_the_sentence_and_past_a_count_of_kinds():
    first, kinds, second, third = told("受理9件。去年同期，这两项数据分别为8件、7件")
    assert [each.lead for each in (first, kinds)] == ["受理", "去年同期，这"]
    assert [each.lead for each in (second, third)] == ["去年同期，这两项数据分别为", "、"]


def test_a_pause_a_bracket_and_a_quotation_go_on_with_the_clause():
    for mark in "、（“":
        _, second = told(f"审结民事案件30件{mark}刑事案件20件")
        assert second.phrase == f"审结民事案件30件{mark}刑事案件"


def test_what_follows_a_number_is_short():
    (number,) = told("受理3件" + "材料" * 20)
    assert number.after == "材料" * 12


@pytest.mark.parametrize("piece", ["3件", "3类", "3件、", "3件（", "3件）甲（"])
def test_what_is_heard_around_each_number_does_not_grow_with_the_text(piece: str):
    few, many = (
        max(len(words) for each in told(piece * times) for words in (each.before, each.lead, each.phrase))
        for times in (300, 600)
    )
    assert few == many


def test_traditional_words_are_told_in_simplified_ones():
    first, second = told("較上年減少3件，總計審結5件")
    assert (first.before, second.before) == ("较上年减少", "总计审结")


@pytest.mark.parametrize(
    "text",
    [
        "民事30件、刑事20件、行政10件。",
        "民事30件，20件，10件。",
        "民事30件、刑事20件和行政10件。",
        "民事30件以及刑事20件及行政10件。",
    ],
)
def test_numbers_that_are_joined_are_a_list_and_know_their_places(text: str):
    found = told(text)
    assert [each.nth for each in found] == [0, 1, 2]
    assert len({each.series for each in found}) == 1
    assert found[0].series is not None


@pytest.mark.parametrize(
    "text",
    [
        "民事30件，刑事案件20件。",
        "民事30件、标的20元。",
        "民事30件。20件。",
        "民事30件、在此期间陆续受理的各类刑事20件。",
        *(f"民事30件{mark}和刑事20件" for mark in "，,；;。！!？?：:（）()\n"),
    ],
)
def test_numbers_that_are_not_joined_or_count_other_things_are_no_list(text: str):
    assert [(each.series, each.nth) for each in told(text)] == [(None, 0), (None, 0)]


def test_two_lists_are_two():
    found = told("民事30件、刑事20件；分别占60%、40%。")
    series = [each.series for each in found]
    assert series[0] == series[1] != series[2] == series[3]
    assert [each.nth for each in found] == [0, 1, 0, 1]


@pytest.mark.parametrize("joint", ["、", "和", "及", "与", "以及"])
def test_in_a_bare_list_each_number_has_the_words_before_the_list(joint: str):
    _, *bare = told(f"上诉9件。各类案件分别为30件{joint}20件")
    named = told(f"民事30件{joint}刑事20件")
    assert [each.before for each in bare] == ["各类案件分别为"] * 2
    assert [each.before.removeprefix(joint) for each in named] == ["民事", "刑事"]


def test_a_sentence_sets_out_from_a_topic_which_holds_until_it_ends():
    found = told("新收案件中民事30件，刑事20件。行政10件。")
    assert [each.topic for each in found] == ["新收案件", "新收案件", ""]


@pytest.mark.parametrize("text", ["其中30件", "初中30人", "集中30件", "看守中心30件", "受理30件"])
def test_not_every_sign_for_within_opens_a_topic(text: str):
    (number,) = told(text)
    assert number.topic == ""


def test_the_ends_of_what_words_admit_are_known_and_an_end_that_is_none_is_far():
    exact, least, most = told("受理3件，至少4件，5件以下")
    assert (exact.low, exact.high) == (3, 3)
    assert (least.low, least.high) == (4, inf)
    assert (most.low, most.high) == (0, 5)


def test_a_number_without_a_reading_is_left_out_and_still_parts_the_words():
    (number,) = told("受理几十件而审结5件")
    assert (number.index, number.before) == (0, "而审结")


def test_a_number_in_its_place_cannot_be_changed_so_what_was_weighed_of_it_holds():
    (number,) = told("受理3件")
    with pytest.raises(FrozenInstanceError):
        number.index = 1


def test_names_are_alike_by_the_characters_that_tell_one_thing_from_another():
    assert informative("案件总数") == frozenset()
    assert informative("这该并以对从到至的了和与及在为是") == frozenset()
    assert likeness("案件总数", "案件总数") == 0
    assert likeness("调解率", "") == 0
    assert likeness("调解率", "调取") == 0.5
    assert likeness("调解率", "化解调处") == 1


def test_of_a_long_clause_two_hundred_characters_are_heard_before_a_number_and_twenty_four_behind():
    first, second = told("审" * 201 + "3件" + "结" * 225 + "5件")
    assert (first.phrase, first.after) == ("审" * 200, "结" * 24)
    assert (second.phrase, second.gap) == ("结" * 200, "结" * 200)
