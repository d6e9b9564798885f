"""Facts about where number expressions stand: none is missed, none is cut, whatever they mean."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from asprinted.chinese.reading import read
from asprinted.chinese.scanning import scan
from asprinted.faults import Fault

# Nothing in these characters is a numeral, a hedge, a unit, or the beginning or end of one.
PLAIN = "的和它请呢，。“”"

# Token, line and first character of the 53 figures that the article prints.
PLACES = [
    ("6000路", 5, 25),
    ("连续5年", 11, 9),
    ("连续3年", 11, 18),
    ("超160万", 11, 42),
    ("88项", 17, 98),
    ("8个街道", 21, 105),
    ("64个", 21, 119),
    ("650余家", 21, 137),
    ("100%", 23, 95),
    ("904个", 23, 101),
    ("1000余项", 23, 120),
    ("50万条", 23, 136),
    ("34765件", 27, 22),
    ("21454件", 27, 34),
    ("61.71%", 27, 44),
    ("第一位", 27, 67),
    ("669件", 27, 81),
    ("413件", 27, 90),
    ("2个", 33, 49),
    ("十三位", 35, 89),
    ("50%以上", 37, 186),
    ("2万余件", 39, 37),
    ("近1万件", 39, 53),
    ("23%", 39, 69),
    ("16179件", 39, 91),
    ("4044件", 39, 102),
    ("29天", 39, 118),
    ("12万余元", 49, 158),
    ("2起", 51, 290),
    ("11件", 57, 22),
    ("9件", 57, 36),
    ("8宗", 57, 59),
    ("39万余元", 57, 73),
    ("3个层级", 63, 14),
    ("40572路", 67, 16),
    ("55.37万余户", 67, 37),
    ("57.92万余人", 67, 50),
    ("48.57万余人次", 67, 74),
    ("1.76万余件", 67, 96),
    ("1.73万余件", 67, 106),
    ("98.35%", 67, 118),
    ("23.6%", 67, 176),
    ("39.8%", 67, 190),
    ("25万元", 73, 138),
    ("8个", 79, 24),
    ("96个", 79, 36),
    ("8个", 79, 51),
    ("667名", 79, 66),
    ("785件", 79, 84),
    ("783件", 79, 93),
    ("1332人", 79, 103),
    ("1619万元", 79, 113),
    ("99%", 79, 125),
]


def texts(text: str) -> list[str]:
    return [found.text for found in scan(text)]


def placed(text: str) -> list[tuple[int, int, str]]:
    return [(found.line, found.column, found.text) for found in scan(text)]


# ------------------------------------------------------------ facts


def test_positions_count_lines_from_1_and_characters_from_0_in_the_text_as_printed():
    text = "共\n受理785件，辦結１．２萬餘件"
    assert placed(text) == [(2, 2, "785件"), (2, 9, "１．２萬餘件")]
    assert [(each.start, each.end) for each in scan(text)] == [(4, 8), (11, 17)]


def test_a_blank_between_a_number_and_its_words_counts_and_one_around_them_is_no_part():
    text = "共\n受理 785 件 12 人，結 3 件"
    assert placed(text) == [(2, 3, "785 件"), (2, 9, "12 人"), (2, 16, "3 件")]
    assert [text[each.start : each.end] for each in scan(text)] == ["785 件", "12 人", "3 件"]


def test_expressions_sort_by_their_places_and_the_same_one_is_one():
    text = "受理785件，\n审结12件，近三年3件"
    assert sorted({*scan(text), *scan(text)}) == scan(text)


def test_what_can_be_read_has_a_reading_and_everything_else_a_fault():
    count, vague = scan("受理785件，几十人")
    assert (count.reading, count.fault) == (read("785件"), None)
    assert vague.reading is None
    assert "几十人" in str(vague.fault)


@pytest.mark.parametrize("mark", ["\x0c", "\u2028", "\r", "\x85", "\x0b", "\x1c"])
def test_a_line_ends_at_a_line_feed_and_at_no_other_mark(mark: str):
    text = f"前言{mark}共5件\n其中3件"
    assert placed(text) == [(1, 4, "5件"), (2, 2, "3件")]
    assert [text[each.start : each.end] for each in scan(text)] == ["5件", "3件"]


def test_an_expression_takes_its_hedges_its_unit_and_in_a_row():
    assert texts("连续5年以上，约20余万元，近两年，50%左右，3个多月") == [
        "连续5年以上",
        "约20余万元",
        "近两年",
        "50%左右",
        "3个多月",
    ]


def test_a_range_is_one_expression_and_so_is_a_date():
    assert texts("1月至9月") == ["1月至9月"]
    assert texts("10月15日") == ["10月15日"]
    assert texts("3至5万余件") == ["3至5万余件"]
    assert texts("9月30日至10月5日") == ["9月30日至10月5日"]


def test_numerals_inside_words_names_and_slogans_are_found():
    assert texts("统一") == ["一"]
    assert texts("进一步") == ["一"]
    assert texts("零容忍") == ["零"]
    assert texts("十四五") == ["十四五"]
    assert texts("COP15") == ["15"]
    assert texts("三查三告知一宣传") == ["三", "三", "一"]
    assert texts("三点") == ["三"]


def test_the_15_of_cop15_takes_no_unit_but_15_alone_does():
    assert texts("COP15件") == ["15"]
    assert texts("共15件") == ["15件"]


def test_a_telephone_number_is_one_expression_and_a_licence_two():
    assert texts("0871-63967198") == ["0871-63967198"]
    assert texts("ICP备07000700号-1") == ["07000700号", "1"]


def test_the_name_of_what_is_counted_ends_an_expression_only_where_a_hedge_follows():
    assert texts("8个街道参加") == ["8个"]
    assert texts("8个街道以上参加") == ["8个街道以上"]


def test_a_word_that_begins_or_ends_like_a_hedge_or_unit_is_left_alone():
    assert texts("附近3个") == ["3个"]
    assert texts("节约3万元") == ["3万元"]
    assert texts("64个社区成立") == ["64个"]
    assert texts("3成立") == ["3"]
    assert texts("8个多元") == ["8个"]
    assert texts("队伍") == []


def test_a_vague_number_is_found_with_what_makes_it_vague_and_is_not_read():
    for token in ("几十人", "数百件", "上千户"):
        assert texts(f"有{token}。") == [token]
        with pytest.raises(Fault):
            read(token)


def test_sentence_punctuation_ends_an_expression():
    assert texts("34765件，21454件。785件、783件") == ["34765件", "21454件", "785件", "783件"]
    assert texts("34765，21454") == ["34765", "21454"]


def test_signs_that_are_numbers_are_found_though_none_is_read():
    assert texts("①½廿") == ["①", "½", "廿"]


# A sentence, and what each of its measurements says, from where to where.
BESIDE = [
    ("办结321 146件，执结2\u2009075.5万元", ["321 146件: 321146", "2\u2009075.5万元: 20755000"]),
    ("受理 321 146 件", ["321 146 件: 321146"]),
    ("民　事　　24 318　　9 055　　1 847", ["24 318: 24318", "9 055: 9055", "1 847: 1847"]),
    ("民事 24 318 9 055", ["24: 24", "318: 318", "9: 9"]),
    ("| 348 716 | 335 048 |", ["348 716: 348716", "335 048: 335048"]),
    ("河口镇 128 112", ["128: 128", "112: 112"]),
    ("河口镇 128 112 5件", ["128: 128", "112: 112", "5件: 5"]),
    ("2037件 211 件", ["2037件: 2037", "211 件: 211"]),
    ("表1 200件", ["200件: 200"]),
    ("增长-2.1%，同比−0.3个百分点", ["-2.1%: -0.021", "−0.3个百分点: -0.3"]),
    ("|\t-3.2%\t| 负3.10‰", ["-3.2%: -0.032", "负3.10‰: -0.0031"]),
    ("优秀-35%，3%-5%，正负3%", ["35%: 0.35", "3%-5%: 0.03-0.05", "3%: 0.03"]),
    ("民事-12件，案-5%", ["12件: 12", "5%: 0.05"]),
    ("占1/4，近3/4", ["1/4: 0.25", "近3/4: 0-0.75"]),
    ("之比为3.5∶1，生师比17：1", ["3.5∶1: 3.5", "17：1: 17"]),
    ("比例为1:10，产业结构16.7:34.9:48.4", ["1:10: 0.1", "16.7: 16.7", "34.9: 34.9", "48.4: 48.4"]),
    ("控制在65%和3%以内", ["65%: 0-0.65", "3%以内: 0-0.03"]),
    ("在120万亩、60万亩、5万亩以上", ["120万亩: 1200000-", "60万亩: 600000-", "5万亩以上: 50000-"]),
    ("5人和3%以内，约65%和3%以内", ["5人: 5", "3%以内: 0-0.03", "约65%: 0.645-0.655", "3%以内: 0-0.03"]),
    ("七座及七座以下", ["七座: 7", "七座以下: 0-7"]),
    ("近五年来，近10年最高，近1万名来访", ["近五年: 5", "近10年: 10", "近1万名: 0-10000"]),
    ("突破3项难题，突破3万户", ["3项: 3", "突破3万户: 30000-40000"]),
    ("签约有3家，约有3家", ["3家: 3", "约有3家: 2.5-3.5"]),
]


@pytest.mark.parametrize(("text", "expected"), BESIDE)
def test_a_number_says_what_the_words_around_it_make_of_it(text: str, expected: list[str]):
    found = [(each.text, each.reading) for each in scan(text)]
    said = [
        f"{text}: {one.low}" if one.low == one.high else f"{text}: {one.low or 0}-{one.high or ''}"
        for text, one in found
        if one
    ]
    assert said == expected
    assert all(one is None or one.text == text for text, one in found)


def test_ten_thousand_numbers_in_one_paragraph_are_each_found_once():
    assert [each.text for each in scan("3%、" * 9_999 + "3%以内")] == ["3%"] * 9_999 + ["3%以内"]
    assert len(scan("1 234 " * 10_000)) == 20_000


# ------------------------------------------------------------ properties

NUMERALS = "0123456789０１２３４５６７８９〇零一二两兩三四五六七八九十百千万萬亿億"


@given(
    st.text(
        f"{NUMERALS}○.,%％‰，、。-—～至到近约超余多几第连续个件月年元人次成立百分之点半数以上左右多伍拾壹街道社区CP\n",
        max_size=40,
    )
)
def test_every_numeral_lies_within_exactly_one_expression(text: str):
    covered = [at for found in scan(text) for at in range(found.start, found.end)]
    assert len(covered) == len(set(covered))
    assert {at for at, mark in enumerate(text) if mark in NUMERALS} <= set(covered)
    for found in scan(text):
        assert text[found.start : found.end] == found.text
        assert text.split("\n")[found.line - 1][found.column :].startswith(found.text)


NUMBER = st.one_of(
    st.integers(1, 10**9).map(str),
    st.integers(1, 10**9).map("{:,}".format),
    st.decimals("0.01", 10**6, places=2).map(str),
    st.sampled_from(["十三", "一百二十", "两万五", "二〇二一", "三点五", "3万5千", "叁拾万", "1.5万", "千"]),
)
UNIT = st.sampled_from(["件", "人次", "%", "‰", "成", "年", "个月", "个百分点", "元", "度", "级", "分"])
SHAPES = [
    "{n}{u}",
    "近{n}{u}",
    "大约{n}{u}",
    "不超过{n}{u}",
    "至少{n}{u}",
    "连续{n}{u}",
    "连续近{n}{u}",
    "第{n}{u}",
]
SHAPES += [
    "{n}余{u}",
    "{n}多{u}",
    "{n}几{u}",
    "{n}余亿{u}",
    "{n}{u}以上",
    "{n}{u}左右",
    "{n}{u}多",
    "{n}余",
    "近{n}",
]
SHAPES += [
    "{n}至99亿{u}",
    "{n}{u}至9999亿{u}",
    "百分之{n}",
    "百分之{n}以下",
    "三分之{n}",
    "超一半",
    "半数以上",
    "3个多月",
]


@given(st.sampled_from(SHAPES), NUMBER, UNIT, st.text(PLAIN, max_size=5), st.text(PLAIN, max_size=5))
def test_a_token_that_reads_is_found_whole_with_any_plain_text_around(shape, number, unit, left, right):
    token = shape.format(n=number, u=unit)
    try:
        read(token)
    except Fault:
        assume(False)
    assert texts(left + token + right) == [token]


# ------------------------------------------------------------ the article


def test_there_are_53_places_in_the_order_of_the_text():
    assert len(PLACES) == 53
    assert [place[1:] for place in PLACES] == sorted(place[1:] for place in PLACES)


def test_each_printed_figure_of_the_article_is_one_expression_within_its_token(article: str):
    lines = article.split("\n")
    found = scan(article)
    for token, line, start in PLACES:
        end = start + len(token)
        assert lines[line - 1][start:end] == token
        inside = [f for f in found if f.line == line and f.column < end and start < f.column + len(f.text)]
        assert [f.column for f in inside] == [start], token
        assert inside[0].column + len(inside[0].text) <= end
        assert read(inside[0].text).value == read(token).value


def test_every_numeral_of_the_article_lies_within_one_expression(article: str):
    found = scan(article)
    for number, line in enumerate(article.split("\n"), start=1):
        for at, mark in enumerate(line):
            holders = [f for f in found if f.line == number and 0 <= at - f.column < len(f.text)]
            assert len(holders) <= 1
            assert holders or mark not in NUMERALS


@pytest.mark.parametrize("text", ["七04/2七件", "百5/4九件", "9千9/2", "1,250/3件", "亿93/9天"])
def test_a_slash_behind_what_is_no_plain_number_makes_no_part_of_a_whole(text: str):
    assert all(each.reading is None or each.reading.unit_en != "share" for each in scan(text))
