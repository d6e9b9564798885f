"""Facts about the words around a number: what they make of it, and how near two numbers are told."""

import pytest

from asprinted.audit.cues import (
    COMPARED_TO,
    EARLIER,
    LAST_YEAR,
    are_alike,
    direction,
    is_amount,
    is_level,
    is_mean,
    is_pair,
    list_mates,
    numbers_around,
    numbers_before,
    per_each,
    rate_for,
    told_each,
    told_number,
    unit_likeness,
)
from asprinted.audit.mentions import Mention, mentions
from asprinted.chinese.scanning import scan
from asprinted.exact.relations import PER


def told(text: str) -> list[Mention]:
    """Return the numbers of a text, with the words around each."""
    return mentions(text, scan(text))


# ------------------------------------------------------------ changes

RISES = (
    "多收 多办 多结 多开 多发 多招 多报 多受理 多审结 多办结 多发放 多完成 "
    "增产 增长 上升 提高 增加 提升 上涨 增幅 增速 升高 扩大 攀升 上浮 多出 增收 延长 "
    "净增 新增 增 升 涨 多了 快了 高了 涨了 升了 增长率为 增长了 增幅达 增幅达到 "
    "增速分别为 上涨约 提高近 上升超 上升超过 净增登记户 净增加民警"
)
FALLS = (
    "少收 少受理 减产 下降 减少 降低 下滑 回落 缩短 降幅 压减 减幅 压降 压缩 缩减 缩小 收窄 负增长 下跌 "
    "跌幅 跌 减 降 少了 慢了 低了 短了 跌了 降了 下降幅度为 降速逾 净减登记户 净减少民警"
)
COMPARED = {
    "较上年高": "rise",
    "比上年快": "rise",
    "比上年多": "rise",
    "比上年多办理": "rise",
    "比上年高出": "rise",
    "较上年低": "fall",
    "比上年慢": "fall",
    "比上年少": "fall",
    "比上年少办理": "fall",
    "比上年少近": "fall",
}
REACHED = "增加到 提高至 升为 降为 增为 减为 跌为 涨为 加为 增加至约 少为 高为 减少到了 降到近"
CHANGES = {
    **dict.fromkeys(RISES.split(), "rise"),
    **dict.fromkeys(FALLS.split(), "fall"),
    **COMPARED,
    **dict.fromkeys(REACHED.split(), ""),
    "受理": "",
    "多": "",
}


@pytest.mark.parametrize(("words", "way"), CHANGES.items(), ids=CHANGES)
def test_these_words_before_a_number_say_that_it_is_a_rise_a_fall_or_neither(words: str, way: str):
    assert direction(told(f"全年{words}12%。")[-1]) == way


def test_what_takes_less_time_is_faster_and_what_goes_further_is_too():
    for text, way in (
        ("快了1.4分钟", "fall"),
        ("慢了1.4分钟", "rise"),
        ("快了3公里", "rise"),
        ("多了3分钟", "rise"),
        ("由8分钟缩短了3分钟", "fall"),
    ):
        assert direction(told(text)[-1]) == way, text


def test_these_words_tell_of_an_earlier_value_and_these_of_one_of_the_year_before():
    earlier = "去年 上年 同期 前年 前一年 上月 上个月 上周 上旬 上期 上季 年初 此前 原来 原先 改革前"
    earlier += " 当年 由 从 较 比 与4月"
    assert [each for each in earlier.split() if not EARLIER.search(each)] == []
    assert [each for each in "今年 本月 年末 4月".split() if EARLIER.search(each)] == []
    before = "去年 上年 同期 前年 前一年 上月 上季 比2020年"
    assert [each for each in before.split() if not LAST_YEAR.search(each)] == []
    assert [each for each in "今年 年初 上旬 2020年".split() if LAST_YEAR.search(each)] == []
    compared = "比去年 较上年 与前年 比上月 较2020年"
    assert [each for each in compared.split() if not COMPARED_TO.search(each)] == []
    assert [each for each in "去年 上年末 由上月".split() if COMPARED_TO.search(each)] == []


# ------------------------------------------------------------ amounts


@pytest.mark.parametrize("text", ["共受理12件", "全长8公里", "共收六册", "另有40类", "历时12天", "共12"])
def test_what_counts_or_measures_is_an_amount(text: str):
    assert is_amount(told(text)[-1])


@pytest.mark.parametrize(
    "text", ["上述四类", "每10万人", "占12%", "提高12个百分点", "是其3倍", "年满18岁", "共1000件以上"]
)
def test_what_names_kinds_or_a_base_or_compares_or_has_no_end_is_no_amount(text: str):
    assert not is_amount(told(text)[0])


def test_so_many_kinds_just_named_are_no_amount_however_many_they_are():
    for digit in "两二三四五六七八九十":
        assert not is_amount(told(f"上述{digit}类")[0]), digit


def test_of_what_is_so_much_for_each_a_heads_income_alone_is_a_level():
    for text in ("共受理12件", "人均可支配收入41286元", "人均消费支出2万元"):
        assert is_level(told(text)[0]), text
    for text in ("人均受理12件", "人均罚款41286元", "增加12件"):
        assert not is_level(told(text)[0]), text


UNITS = {
    "受理12件、审结8件": "one_unit",
    "受理12件、审结8起": "like_units",
    "走访12人次、巡查8次": "like_units",
    "共12名，其中8人": "like_units",
    "全长12公里、已修8千米": "like_units",
    "共12，其中8件": "no_unit",
    "受理12件、审结8人": "unlike_units",
    "来访12人、接待8人次": "unlike_units",
    "种植12亩、修路8公里": None,
    "用时3分钟、4小时": None,
}


@pytest.mark.parametrize(("text", "alike"), UNITS.items(), ids=UNITS)
def test_numbers_of_one_unit_or_of_two_names_for_it_are_alike_and_others_are_not(
    text: str, alike: str | None
):
    pair = told(text)
    assert unit_likeness(*pair) == unit_likeness(*pair[::-1]) == alike
    assert are_alike(*pair) == (alike in ("one_unit", "like_units"))


# ------------------------------------------------------------ for each

EACH = {
    "人": "人 名 位 口 人次", "户": "户 家", "案": "件 起 宗", "院": "家 所 个", "校": "所 个", "所": "所 个",
    "村": "个", "镇": "个", "乡": "个", "生": "名 人", "师": "名 人", "班": "个", "企": "家 户",
    "店": "家 个", "厂": "家 个", "日": "天", "天": "天", "月": "个月", "站": "个 座", "线": "条",
    "车": "辆 台 部",
}  # fmt: skip
ONE = {
    "名": "名 人 位",
    "位": "位 名 人",
    "台": "台 部",
    "件": "件 起 宗 件次",
    "起": "起 件",
    "场": "场 场次",
}
MEANS = [(f"{name}均12元，共有8{unit}", name) for name, units in EACH.items() for unit in units.split()]
MEANS += [(f"每{name}12元，共有8{unit}", name) for name, units in ONE.items() for unit in units.split()]


@pytest.mark.parametrize(("text", "name"), MEANS, ids=[text for text, _ in MEANS])
def test_so_much_for_each_is_for_the_unit_that_counts_it_and_for_no_other(text: str, name: str):
    mean, count = told(text)
    each = per_each(mean)
    assert each is not None
    assert (each.all or each.one, is_mean(mean), is_mean(count)) == (name, True, False)
    assert told_each(each, count) == "unit"
    (other,) = told("共有8本")
    assert told_each(each, other) == "other"


def test_what_is_said_behind_average_names_the_things_it_is_for():
    for text, liked, not_liked in (
        ("平均每村12人", "共有村8个", "共有民警8名"),
        ("平均每个村民小组12人", "村民小组8个", "共有学校8所"),
        ("平均每校有教师12人", "共有学校8所", "共有公园8座"),
        ("平均每月12件", "历时8个月", "历时8天"),
        ("平均每场12人", "举办培训8场次", "举办培训8期"),
        ("平均每店12人", "共有商店8家", "共有公园8座"),
        ("每所学校有教师12人", "共有学校8所", "共有公园8座"),
    ):
        each = per_each(told(text)[0])
        assert each is not None
        assert told_each(each, told(liked)[0]) in ("unit", "thing"), text
        assert told_each(each, told(not_liked)[0]) == "other", text


def test_what_is_called_as_the_things_of_a_mean_is_more_like_them_than_others_of_their_unit():
    each = per_each(told("平均每名法官12件")[0])
    assert each is not None
    judges, police, books = (told_each(each, told(text)[0]) for text in ("法官8名", "辅警8名", "图书8本"))
    assert (judges, police, books) == ("thing", "unit", "other")
    bare = per_each(told("平均12件")[0])
    assert bare is not None
    assert told_each(bare, told("法官8名")[0]) == ""


def test_so_many_are_a_hundred_or_ten_times_as_many_up_to_a_hundred_thousand():
    assert [rate_for(each) for each in ("百", "千", "万", "十万")] == list(PER)
    assert [rate_for(each) for each in ("100", "1000", "1万", "10万")] == list(PER)


FOR_SO_MANY = {
    "每万人受理44件": ("万", "人"),
    "每千名学生配教师62名": ("千", "名"),
    "每百户拥有汽车48辆": ("百", "户"),
    "平均每万人12件": ("万", "人"),
    "每十万人口发案12起": ("十万", "人口"),
    "每10万人口发案12起": ("10万", "人口"),
    "每1000人有医师3.2名": ("1000", "人"),
    "万车死亡率0.83": ("万", "车"),
    "千人病床率为6.2": ("千", "人"),
    "每件2.06万元": ("", "件"),
    "每平方公里1200人": ("", "平方公里"),
    "每立方米12元": ("", "立方米"),
    "每辆车载客32人": ("", "辆"),
    "亩产500公斤": ("", ""),
    "平均12件": ("", ""),
}


@pytest.mark.parametrize(("text", "said"), FOR_SO_MANY.items(), ids=FOR_SO_MANY)
def test_so_much_for_each_or_for_so_many_says_for_what(text: str, said: tuple[str, str]):
    each = per_each(told(text)[-1])
    assert each is not None
    assert (each.many, each.one, each.thing) == (*said, "")
    assert each.all == ("亩" if text.startswith("亩") else "")


@pytest.mark.parametrize(
    "text", ["共受理12件", "平均常住人口12万人", "每10万人", "共一百户入住率为98", "万人参加率先完成12件"]
)
def test_a_number_that_is_for_all_is_no_mean(text: str):
    assert not is_mean(told(text)[0])


def test_the_name_of_a_mean_is_what_is_said_of_it_beside_the_things_it_is_for():
    for text, name in (
        ("法官人均受理12件", "受理"),
        ("每万人受理44件", "受理"),
        ("万车死亡率0.83", "死亡率"),
    ):
        each = per_each(told(text)[0])
        assert each is not None
        assert each.name.endswith(name), text
        assert "万" not in each.name, text


# ------------------------------------------------------------ places


def test_a_total_may_say_of_how_many_it_is():
    for number, digit in enumerate("两三四五六七八", start=2):
        for unit in "类项科个者种级":
            (total,) = told(f"上述{digit}{unit}合计12件")[-1:]
            assert told_number(total) == number, (digit, unit)
    assert [told_number(told(text)[-1]) for text in ("合计12件", "十类合计12件", "二十条合计12件")] == [
        0,
        0,
        0,
    ]


def test_numbers_are_looked_for_before_a_result_and_a_few_behind_it_in_its_sentence():
    result, *behind = told("共受理12件，" + "，".join(f"其中某类{each}件" for each in range(1, 12)) + "。")
    assert numbers_around([result, *behind], result) == behind[:8]
    every = told("受理12件。审结8件，调解6件，撤诉2件。另有3件。")
    assert numbers_around(every, every[2], most=1) == [every[1], every[3]]
    assert numbers_before(every, every[1], 5) == every[:1]


def test_a_list_is_the_numbers_that_stand_side_by_side():
    every = told("受理12件。甲3件、乙4件、丙5件。分别占25%、33%和42%。")
    assert list_mates(every, every[2]) == every[1:4]
    assert list_mates(every, every[5]) == every[4:7]
    assert list_mates(every, every[0]) == [every[0]]


PAIRS = (
    "新收 旧存", "新收 结转", "新受理 旧存", "上期 新收", "男 女", "城镇 农村", "城镇 乡村", "公办 民办",
    "线上 线下", "商品 餐饮", "有效 无效", "一审 二审", "境内 境外", "成年 未成年", "专职 兼职", "书面 口头",
)  # fmt: skip


@pytest.mark.parametrize("words", PAIRS)
def test_two_words_that_name_a_whole_between_them_are_a_pair_and_one_of_them_is_not(words: str):
    one, other = words.split()
    assert is_pair(tuple(told(f"{one}12件、{other}8件")))
    assert not is_pair(tuple(told(f"{one}12件、其他8件")))


def test_twelve_numbers_of_a_list_are_mates_and_no_more():
    dozen, more = ("、".join(f"{number}件" for number in range(1, many + 1)) for many in (12, 13))
    for text in (dozen, more):
        every = told(text)
        assert list_mates(every, every[0]) == every[:12]


def test_so_many_are_told_within_sixteen_characters_before_a_result():
    near, far = "三项合计全市各级人民法院审执结", "三项合计全市各级人民法院共审执结"
    assert [told_number(told(f"{words}案12件")[-1]) for words in (near, far)] == [3, 0]
