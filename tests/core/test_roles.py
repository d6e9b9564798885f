"""Facts about what number expressions are: measurements, ordinals, dates, labels, in texts of many kinds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.chinese.roles import Zone, zones
from asprinted.chinese.scanning import Role, Span, scan

LETTERS = {"m": Role.MEASUREMENT, "o": Role.ORDINAL, "d": Role.DATE, "l": Role.LABEL}


def parts(expected: str) -> list[str]:
    return re.findall(r"\S.*?:[modl]", expected)


def told(text: str) -> list[str]:
    """Return each expression of a text with the first letter of its role, as the tables below write it."""
    return [f"{found.text}:{found.role.value[0]}" for found in scan(text)]


# A sentence, and its expressions in order, each with the first letter of its role.
DATES = [
    ("2023年1月至9月受理785件", "2023年1月至9月:d 785件:m"),
    ("2021年10月15日上午9时30分开庭", "2021年10月15日上午9时30分:d"),
    ("截至2023年12月31日24时", "2023年12月31日24时:d"),
    ("2021—2025年的规划，2019-2021学年", "2021—2025年:d 2019-2021学年:d"),
    ("2020年至2022年，2021年9月28日至30日", "2020年至2022年:d 2021年9月28日至30日:d"),
    ("发布于2023-05-01，更新于2023/5/1、2023.5.1", "2023-05-01:d 2023/5/1:d 2023.5.1:d"),
    ("2023.5发行，规模2023.5亿元", "2023.5:d 2023.5亿元:m"),
    ("二〇二三年三月八日", "二〇二三年三月八日:d"),
    ("去年12月比今年1-9月低", "12月:d 1-9月:d"),
    ("20世纪90年代，上世纪八十年代，21世纪", "20世纪90年代:d 八十年代:d 21世纪:d"),
    ("第三季度低于前三季度、一季度", "第三季度:d 前三季度:d 一季度:d"),
    ("2021年度计划，2022年第二季度", "2021年度:d 2022年第二季度:d"),
    ("1、2月份，2019、2020年", "1:d 2月份:d 2019:d 2020年:d"),
    ("每晚10:30到岗，9时至11时", "10:30:d 9时至11时:d"),
    ("晚间9点，深夜11点，午后3点", "9点:d 11点:d 3点:d"),
    ("周一至周五，星期三", "一:d 五:d 三:d"),
    ("當年10月15日下午3時許", "10月15日下午3時許:d"),
    ("08年的案卷，21年3月的卷宗", "08年:d 21年3月:d"),
    ("5日上午通报", "5日:d"),
    ("19831992年受理785件，12345678年", "19831992年:d 785件:m 12345678年:m"),
    ("规模2074.8，2023.8", "2074.8:m 2023.8:d"),
]
PERIODS = [
    ("近三年办案1200件", "近三年:d 1200件:m"),
    ("2万年来，2万年", "2万年:m 2万年:m"),
    ("近100年来，近1000年来", "近100年:m 近1000年:m"),
    ("15日后，45日后", "15日:d 45日:m"),
    ("近两年来，五年来，过去10年", "近两年:m 五年:m 10年:d"),
    ("办案历时近三年", "近三年:m"),
    ("连续5年增长，为期3年", "连续5年:m 3年:m"),
    ("判处有期徒刑三年六个月，缓刑四年", "三年:m 六个月:m 四年:m"),
    ("处3年以上7年以下有期徒刑", "3年以上:m 7年以下:m"),
    ("15日内上诉，行政拘留10日", "15日:m 10日:m"),
    ("用了5天、3个月、24小时、近2000年", "5天:m 3个月:m 24小时:m 近2000年:m"),
    ("每周一次，每月2次", "一次:m 2次:m"),
    ("距今1500年的历史", "1500年:m"),
    ("前5个月，提前3个月，出院后30天，", "5个月:d 3个月:m 30天:m"),
    ("两年多来，过去三年改造，后两年同比，三年累计", "两年多:m 三年:d 两年:d 三年:d"),
    ("两年平均增长5%，迈上台阶的五年，力争三年内", "两年:d 5%:m 五年:d 三年:d"),
    ("近10年最高，近10年新低，近五年首次，近五年受理", "近10年:m 近10年:m 近五年:m 近五年:d"),
    ("20年前，两个月来，三年间，过去五年来", "20年:m 两个月:m 三年:d 五年:d"),
    ("最忙的一天来了200人，民国36年", "一天:m 200人:m 36年:d"),
    ("用了两年多，后两年的刑期，后两年较上年", "两年多:m 两年:d 两年:d"),
]
NAMES = [
    ("印发〔2021〕12号文件", "〔2021〕12号:l"),
    ("(2021)云0111民初123号判决", "(2021)云0111民初123号:l"),
    ("（2023）最高法民终12号之一", "（2023）最高法民终12号之一:l"),
    ("第12号令，公告第5号，指导案例189号", "第12号:l 第5号:l 189号:l"),
    ("依照第二百六十六条、第十四条第三款", "第二百六十六条:l 第十四条:l 第三款:l"),
    ("咨询0871-63967198或13812345678", "0871-63967198:l 13812345678:l"),
    ("12345热线，12368、12309平台，拨打110报警", "12345:l 12368:l 12309:l 110:l"),
    ("119接警156起", "119:l 156起:m"),
    ("邮编650500，证号53011402000153", "650500:l 53011402000153:l"),
    ("COP15期间，G56高速，H7N9，C919", "15:l 56:l 7:l 9:l 919:l"),
    ("5G基站1200个，4K屏，PM2.5为28微克/立方米", "5:l 1200个:m 4:l 2.5:l 28微克/立方米:m"),
    ("1号7楼，3栋2单元501室，7号楼5层", "1号:l 7:l 3栋:l 2:l 501:l 7号:l 5层:l"),
    ("57路公交，6号线，320国道，K1234次", "57路:l 6号:l 320:l 1234:l"),
    ("V2.0版，3.2.1，192.168.1.1", "2.0:l 3.2.1:l 192.168.1.1:l"),
    ("甲型H3N29份，13价肺炎疫苗，解放三路，八大类商品", "3:l 2:l 9份:m 13:l 三路:l 八大类:l"),
    ("以3:2取胜，6比3", "3:2:l 6:l 3:l"),
    ("24/7在线，3/2开庭，1/4决赛", "24/7:l 3/2:l 1:m 4:m"),
    ("家住三层，三层楼，7点档节目", "三层:l 三层:m 7:l"),
    ("十九届五中全会和十九届六中全会", "十九届:l 五:l 十九届:l 六:l"),
    ("4×100米接力，7×24小时", "4×100:l 7×24:l"),
    ("世界500强15家，985高校2所，90后占30%", "500:l 15家:m 985:l 2所:m 90:l 30%:m"),
    ("北纬25.04度，气温25度", "25.04度:l 25度:m"),
    ("《优化营商环境三十条》《2023年报告》", "三十条:l 2023年:d"),
    ("见http://a.cn/art12_3.html", "12:l 3:l"),
    ("联系785@a.cn", "785:l"),
    ("《报告》5件，《乙5件》6件", "5件:m 5件:l 6件:m"),
    ("办“5件”，“5件事”", "5件:m 5件:l"),
    ("“十项工程”，“十三项工程”", "十项:l 十三项:m"),
    ("二级以上医院，6级以上大风", "二级以上:l 6级以上:m"),
    ("0871-6396719，0871-639671980", "0871-6396719:l 0871:l 639671980:l"),
    ("拨打400-812-3456、800-8123-456", "400-812-3456:l 800-8123-456:l"),
    ("收到12345678，收到123456789", "12345678:m 123456789:l"),
    ("（一）总则；（2）细则", "一:l 2:l"),
    ("1.坚持领导；2.落实责任", "1:l 2:l"),
    ("　　　　　　　　1.坚持领导", "1:l"),
    ("一是强基，二是提质", "一:l 二:l"),
]
WORDS = [
    ("一站式、一体化、统一、进一步、逐一、一系列、一些", "一:l " * 7),
    ("两抢、两会、三农、六稳六保、零距离、二维码", "两:l 两:l 三:l 六:l 六:l 零:l 二:l"),
    ("“十四五”时期，党的二十大", "十四五:l 二十:l"),
    ("一审、二审，一级保护区，三级甲等，一等奖", "一:l 二:l 一级:l 三级:l 一:l"),
    ("三查三告知一宣传", "三:l 三:l 一:l"),
    ("四个意识，五个一批，三位一体", "四个:l 五个:l 一批:l 三位:l 一:l"),
    ("千方百计，百姓，万一，十分重要，千家万户", "千:l 百:l 百:l 万一:l 十分:l 千家:l 万户:l"),
    ("骑两轮电动车", "两轮:l"),
    ("老两口每一天走十里堤，十里长堤", "两口:l 一天:l 十里:l 十里:l"),
    ("一带一路，一把手，一揽子，一票否决", "一:l 一路:l 一:l 一:l 一票:l"),
    ("8小时工作制，10分钟生活圈，三年行动计划", "8小时:l 10分钟:l 三年:l"),
    ("九年义务教育，5年期贷款，三年级", "九年:l 5年:l 三年:l"),
    ("五大载体，三大攻坚战，“三项工程”", "五:l 三:l 三项:l"),
    ("五华区、三亚市、七里河、三台县", "五:l 三:l 七里:l 三台:l"),
    ("与群众一起，一批项目", "一起:l 一批:l"),
    ("成千上万的人，成百上千的人，建成近百户", "千:l 上万:l 百:l 上千:l 近百户:m"),
    ("万元户，千万不要，百万元，千万元", "万元:l 千万:l 百万元:m 千万元:m"),
]
RANKS = [
    ("第一位，第3名，第12届，第五批", "第一位:o 第3名:o 第12届:o 第五批:o"),
    ("位列第3，居全省第一，第7次普查", "第3:o 第一:o 第7次:o"),
    ("第三条生产线", "第三条:o"),
    ("第一时间，第三方，第一书记，第三产业", "第一:l 第三:l 第一:l 第三:l"),
    ("第二人民医院，第一中级人民法院", "第二人:l 第一:l"),
    ("销量第三多", "第三:o"),
    ("居全省前6位，居前5位的是", "6位:o 5位:m"),
]
COUNTS = [
    ("受理 785 件，近 3 万人，结案率 61.71%", "785 件:m 近 3 万人:m 61.71%:m"),
    ("未来5天气温回升，120种植物，5所以上", "5天:m 120种:m 5所以上:m"),
    ("收入超100万元，折合约3亿元", "超100万元:m 约3亿元:m"),
    ("每天一件，共一家", "一件:m 一家:m"),
    ("一名被告人，两名，三家企业，推出三项举措，5个", "一名:m 两名:m 三家:m 三项:m 5个:m"),
    ("经历两轮雨雪，6对服务区，8对服务", "两轮:m 6对:m 8:m"),
    ("兵分三路，13价，2万栋楼，2万台指挥机，培训六期", "三路:m 13:m 2万栋:m 2万台:m 六期:m"),
    ("一起案件，1起，十三位", "一起:m 1起:m 十三位:m"),
    ("增加值4,256.8亿元，增长8.3%", "4,256.8亿元:m 8.3%:m"),
    ("床位7.25万张，病例132例，60岁及以上占14.8%", "7.25万张:m 132例:m 60岁及以上:m 14.8%:m"),
    ("120万标箱，560亿吨公里，23.6万架次，1,200列", "120万标箱:m 560亿吨公里:m 23.6万架次:m 1,200列:m"),
    ("3,747.9亿千瓦时，1.1亿千瓦，3.5亿剂次", "3,747.9亿千瓦时:m 1.1亿千瓦:m 3.5亿剂次:m"),
    ("12～25℃，6级大风，里氏5.2级地震，降水50毫米", "12～25℃:m 6级:m 5.2级:m 50毫米:m"),
    ("报3,120.55点，上调25个基点，18元/小时", "3,120.55点:m 25个基点:m 18元/小时:m"),
    ("打分在三至五，在3至5", "三至五:m 3至5:m"),
    ("5对夫妻，3道防线，12堂课，600双鞋", "5对:m 3道:m 12堂:m 600双:m"),
    ("得分95分，分3个组，部署2批", "95分:m 3个:m 2批:m"),
    ("办结700案，4地法院，4对师徒，两部门，36大项任务", "700案:m 4地:m 4对:m 两部门:m 36大项:m"),
    ("1150尺，412万担，增长一点九倍", "1150尺:m 412万担:m 一点九倍:m"),
    ("数十人，上百户，几百家，十几个", "数十人:m 上百户:m 几百家:m 十几个:m"),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_a_date_or_time_is_one_expression_with_all_its_numerals(text: str, expected: str):
    assert told(text) == parts(expected)


@pytest.mark.parametrize("part", "凌晨 清晨 早上 早晨 上午 中午 午后 下午 傍晚 晚上 晚间 深夜 晚 早".split())
def test_a_part_of_the_day_belongs_to_the_hour(part: str):
    assert told(f"5月3日{part}9时开庭") == [f"5月3日{part}9时:d"]


@pytest.mark.parametrize("lead", [*' \t　:：“"‘为是'])
def test_between_what_is_called_and_its_number_a_mark_may_stand(lead: str):
    assert told(f"编号{lead}785") == ["785:l"]
    assert told("编号由785") == ["785:m"]


@pytest.mark.parametrize(("text", "expected"), PERIODS)
def test_a_span_of_time_is_a_date_where_it_names_when_and_a_measurement_where_it_says_how_long(
    text: str, expected: str
):
    assert told(text) == parts(expected)


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_a_number_that_names_is_a_label(text: str, expected: str):
    assert told(text) == parts(expected)


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_a_numeral_within_a_word_name_or_slogan_is_a_label(text: str, expected: str):
    assert told(text) == parts(expected)


@pytest.mark.parametrize(("text", "expected"), RANKS)
def test_a_place_in_an_order_is_an_ordinal_but_not_the_name_of_a_thing(text: str, expected: str):
    assert told(text) == parts(expected)


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_what_counts_or_measures_is_a_measurement_also_beside_words_like_names(text: str, expected: str):
    assert told(text) == parts(expected)


# ------------------------------------------------------------ two ways to take a place

BOTH = [
    ("近三年受理", Role.DATE, Role.MEASUREMENT),
    ("历时近三年，近5天", Role.MEASUREMENT, None),
    ("五年来", Role.MEASUREMENT, Role.DATE),
    ("近三年来", Role.MEASUREMENT, Role.DATE),
    ("15日内", Role.MEASUREMENT, Role.DATE),
    ("一批项目", Role.LABEL, Role.MEASUREMENT),
    ("785件", Role.MEASUREMENT, None),
]


@pytest.mark.parametrize(("text", "role", "other"), BOTH)
def test_a_place_with_two_readings_holds_both_the_likelier_first(text: str, role: Role, other: Role | None):
    found = scan(text)[0]
    assert (found.role, [each.role for each in found.also]) == (role, [other] if other else [])
    assert all(
        (each.start, each.end, each.text) == (found.start, found.end, found.text) for each in found.also
    )


def test_a_date_or_a_label_has_no_reading_and_says_that_it_is_one():
    date, label = scan("2023年5月，12368")
    assert (date.reading, label.reading) == (None, None)
    assert "a date" in str(date.fault)
    assert "a label" in str(label.fault)


def test_a_title_is_a_name_of_any_length_and_a_quotation_only_where_it_is_short():
    assert [zone.short for zone in zones("《关于进一步加强某项工作的若干意见》")] == [False]
    assert zones("他说：“今年我们办理了785件案件，比去年多。”") == []


@pytest.mark.parametrize("marks", ["“”", "‘’", "「」", "『』", '""'])
def test_a_quotation_of_14_characters_is_a_name_and_one_of_15_is_none(marks: str):
    opened, closed = marks
    assert zones(f"开展{opened}{'抢' * 14}{closed}整治") == [Zone(2, 18, True)]
    assert zones(f"开展{opened}{'抢' * 15}{closed}整治") == []


@pytest.mark.parametrize("address", ["https://a", "http://a", "www.a", "a@a"])
def test_an_address_is_a_name_and_what_looks_like_half_of_one_is_none(address: str):
    assert zones(f"见{address}等") == [Zone(1, 1 + len(address), False)]
    assert zones(f"见{address[:-1]}等，http:/a") == []


def test_what_stands_between_two_quotations_is_in_neither():
    assert told('"全年办结785件，较多。"又办结12件"两抢"') == ["785件:m", "12件:m", "两:l"]


# ------------------------------------------------------------ any text at all


def check(text: str, spans: list[Span]) -> None:
    ends = 0
    for found in spans:
        assert ends <= found.start < found.end
        assert text[found.start : found.end] == found.text
        assert (found.reading is None) == (found.fault is not None)
        ends = found.end
    numerals = "0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千万亿"
    covered = {at for found in spans for at in range(found.start, found.end)}
    assert {at for at, mark in enumerate(text) if mark in numerals} <= covered


MIXED = st.lists(
    st.sampled_from(
        "1 12 2023 ０ 一 两 十 百 万 第 近 约 年 月 日 号 时 分 : ： - — 至 / . , ， 、 。 ( ) "
        "〔 〕 “ ” 《 》 % 个 件 元 级 条 来 前 周 比 × · + A a m 成 之 统 起 \n \t \u00a0".split(" ")
    ),
    max_size=24,
).map("".join)


@given(st.one_of(st.text(max_size=60), MIXED))
def test_any_text_is_scanned_in_order_without_overlap_and_without_an_error(text: str):
    check(text, scan(text))
