"""Facts about what printed numbers say: values, intervals, steps, units, and what must not be read."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.chinese.grammar import expressions
from asprinted.chinese.lexicon import fold, hedges, nouns, units
from asprinted.chinese.numerals import numeral, shared_scale
from asprinted.chinese.reading import LONGEST, _by_the_grammar, _plainly, read
from asprinted.exact.printed import Dimension, Hedge
from asprinted.faults import Fault

HEDGES, NOUNS, UNITS = hedges(), nouns(), units()

# ------------------------------------------------------------ what the article prints

ARTICLE = [
    ("6000路", "6000", "路"),
    ("8个街道", "8", "个街道"),
    ("连续5年", "5", "年"),
    ("连续3年", "3", "年"),
    ("88项", "88", "项"),
    ("64个", "64", "个"),
    ("100%", "1", "%"),
    ("904个", "904", "个"),
    ("50万条", "500000", "条"),
    ("34765件", "34765", "件"),
    ("21454件", "21454", "件"),
    ("61.71%", "0.6171", "%"),
    ("第一位", "1", "位"),
    ("669件", "669", "件"),
    ("413件", "413", "件"),
    ("2个", "2", "个"),
    ("十三位", "13", "位"),
    ("23%", "0.23", "%"),
    ("16179件", "16179", "件"),
    ("4044件", "4044", "件"),
    ("29天", "29", "天"),
    ("2起", "2", "起"),
    ("11件", "11", "件"),
    ("9件", "9", "件"),
    ("8宗", "8", "宗"),
    ("3个层级", "3", "个层级"),
    ("40572路", "40572", "路"),
    ("98.35%", "0.9835", "%"),
    ("23.6%", "0.236", "%"),
    ("39.8%", "0.398", "%"),
    ("25万元", "250000", "元"),
    ("8个", "8", "个"),
    ("96个", "96", "个"),
    ("667名", "667", "名"),
    ("785件", "785", "件"),
    ("783件", "783", "件"),
    ("1332人", "1332", "人"),
    ("1619万元", "16190000", "元"),
    ("99%", "0.99", "%"),
]
ARTICLE_HEDGED = [
    ("超160万", "1600000", "1600000", "1700000", "()", ""),
    ("650余家", "650", "650", "660", "[)", "家"),
    ("1000余项", "1000", "1000", "2000", "[)", "项"),
    ("50%以上", "0.5", "0.5", None, "[)", "%"),
    ("2万余件", "20000", "20000", "30000", "[)", "件"),
    ("近1万件", "10000", None, "10000", "()", "件"),
    ("12万余元", "120000", "120000", "130000", "[)", "元"),
    ("39万余元", "390000", "390000", "400000", "[)", "元"),
    ("55.37万余户", "553700", "553700", "553800", "[)", "户"),
    ("57.92万余人", "579200", "579200", "579300", "[)", "人"),
    ("48.57万余人次", "485700", "485700", "485800", "[)", "人次"),
    ("1.76万余件", "17600", "17600", "17700", "[)", "件"),
    ("1.73万余件", "17300", "17300", "17400", "[)", "件"),
]


def exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(("token", "value", "unit"), ARTICLE)
def test_an_unhedged_number_of_the_article_admits_itself_alone(token: str, value: str, unit: str):
    reading = read(token)
    assert (reading.value, reading.low, reading.high) == (Decimal(value),) * 3
    assert (reading.bounds, reading.hedge, reading.unit) == ("[]", "", unit)


@pytest.mark.parametrize(("token", "value", "low", "high", "bounds", "unit"), ARTICLE_HEDGED)
def test_a_hedged_number_of_the_article_admits_the_interval_of_its_words(
    token, value, low, high, bounds, unit
):
    reading = read(token)
    assert (reading.value, reading.low, reading.high) == (exact(value), exact(low), exact(high))
    assert (reading.bounds, reading.unit) == (bounds, unit)


def test_the_two_tables_hold_the_53_printed_figures_less_one_token_that_is_printed_twice():
    assert len(ARTICLE) + len(ARTICLE_HEDGED) == 53 - 1
    assert len({token for token, *_ in ARTICLE + ARTICLE_HEDGED}) == 52


# ------------------------------------------------------------ hedges

HEDGED = [
    ("650余", "650", "660", "[)"),
    ("20多件", "20", "30", "[)"),
    ("十几人", "10", "20", "[)"),
    ("三十几人", "30", "40", "[)"),
    ("20余万元", "200000", "300000", "[)"),
    ("二十几万人", "200000", "300000", "[)"),
    ("一百二十余万", "1200000", "1300000", "[)"),
    ("100余万件", "1000000", "2000000", "[)"),
    ("三年多", "3", "4", "[)"),
    ("十年余", "10", "20", "[)"),
    ("3个多月", "3", "4", "[)"),
    ("三成多", "0.3", "0.4", "[)"),
    ("百余件", "100", "200", "[)"),
    ("近1万件", None, "10000", "()"),
    ("近2万件", "10000", "20000", "()"),
    ("近1.73万件", "17200", "17300", "()"),
    ("将近650件", "640", "650", "()"),
    ("近百名", None, "100", "()"),
    ("近100%", None, "1", "()"),
    ("近100.0%", "0.999", "1", "()"),
    ("超160万", "1600000", "1700000", "()"),
    ("超过650件", "650", "660", "()"),
    ("逾10.0万件", "100000", "101000", "()"),
    ("50%以上", "0.5", None, "[)"),
    ("至少3件", "3", None, "[)"),
    ("不少于3件", "3", None, "[)"),
    ("不低于97.5%", "0.975", None, "[)"),
    ("8个街道以上", "8", None, "[)"),
    ("30日以内", "0", "30", "[]"),
    ("5%以下", "0", "0.05", "[]"),
    ("不超过30日", "0", "30", "[]"),
    ("不得超过30日", "0", "30", "[]"),
    ("突破6 000公里", "6000", "7000", "()"),
    ("突破1.6亿", "160000000", "170000000", "()"),
    ("约有5.2万人", "51500", "52500", "[]"),
    ("约1.4∶1", "1.35", "1.45", "[]"),
    ("1/8以上", "0.125", None, "[)"),
    ("近3/4", None, "0.75", "()"),
    ("不足百人", "0", "100", "()"),
    ("不到0.5%", "0", "0.005", "()"),
    ("不满1年", "0", "1", "()"),
    ("约12.7万名", "126500", "127500", "[]"),
    ("大约650件", "645", "655", "[]"),
    ("20人左右", "15", "25", "[]"),
    ("约1万件", "5000", "15000", "[]"),
    ("约5件", "4.5", "5.5", "[]"),
    ("三点零万余件", "30000", "31000", "[)"),
]


@pytest.mark.parametrize(("token", "low", "high", "bounds"), HEDGED)
def test_a_hedge_declares_its_interval(token, low, high, bounds):
    reading = read(token)
    assert (reading.low, reading.high, reading.bounds) == (exact(low), exact(high), bounds)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("1.73萬餘件", "1.73万余件"),
        ("約3萬戶", "约3万户"),
        ("將近兩萬項", "将近两万项"),
        ("超過5億", "超过5亿"),
        ("十幾個", "十几个"),
        ("連續5年以內", "连续5年以内"),
        ("不滿１００歲", "不满100岁"),
        ("2.5個百分點", "2.5个百分点"),
        ("半數以上", "半数以上"),
        ("８９個社區", "89个社区"),
    ],
)
def test_traditional_and_full_width_forms_say_the_same_and_stay_as_printed(traditional, simplified):
    one, other = read(traditional), read(simplified)
    assert (one.value, one.low, one.high, one.bounds, one.step) == (
        other.value,
        other.low,
        other.high,
        other.bounds,
        other.step,
    )
    assert (one.unit_en, one.form) == (other.unit_en, other.form)
    assert one.hedge in traditional
    assert one.unit in traditional


def test_hedge_and_unit_stand_as_printed():
    assert (read("1.73萬餘件").hedge, read("50%以上").hedge, read("3个多月").hedge) == ("餘", "以上", "多")
    assert {read(token).unit_en for token in ("3个月", "3月", "9月份")} == {"month"}
    assert (read("61.71％").unit, read("3个多月").unit, read("20余万元").unit) == ("％", "个月", "元")


def test_in_a_row_is_no_hedge():
    assert read("连续5年").hedge == ""
    assert read("连续近5年").hedge == "近"


def test_an_exact_share_has_no_last_place_so_its_working_bound_is_open():
    third = Fraction(1, 3)
    near, over, more = read("近三分之一"), read("超三分之一"), read("三分之一多")
    assert (near.low, near.high, near.bounds) == (None, third, "()")
    assert (over.low, over.high, over.bounds) == (third, None, "()")
    assert (more.low, more.high, more.bounds) == (third, None, "[)")
    assert (read("一半以下").low, read("不足一半").bounds) == (0, "()")
    with pytest.raises(Fault, match="last place"):
        read("约三分之一")


# ------------------------------------------------------------ what other readers of Chinese numbers miss

# The examples of recognizers-text's open issues, by number: what they ask for, as far as our conventions go.
ISSUES = [
    (759, "一万五千亿", "1500000000000", "1500000000000", "1500000000000"),
    (2664, "三十几万元", "300000", "300000", "400000"),
    (2664, "二百余万元", "2000000", "2000000", "3000000"),
    (2664, "一千多万元", "10000000", "10000000", "20000000"),
    (2664, "三十几元", "30", "30", "40"),
    (2664, "二百余元", "200", "200", "300"),
    (2664, "一千多元", "1000", "1000", "2000"),
    (3031, "第三", "3", "3", "3"),
]
UNREAD = {
    2652: ["十来", "二十来", "十来万", "二百三十来万", "肆拾來億", "500來億"],
    2655: ["上百", "上千", "上萬", "上百万", "上億", "上萬億", "数十", "数百", "数千", "数百萬"],
    2657: ["好几十", "好几百", "好几千", "好几百万", "好幾億", "数万", "数十万", "数万亿", "數億"],
    3031: ["第三多"],
}


@pytest.mark.parametrize(("issue", "token", "value", "low", "high"), ISSUES)
def test_a_number_that_recognizers_text_misreads_is_read(
    issue: int, token: str, value: str, low: str, high: str
):
    reading = read(token)
    assert (reading.value, reading.low, reading.high) == (Decimal(value), Decimal(low), Decimal(high)), issue


@pytest.mark.parametrize(
    ("issue", "token"), [(issue, token) for issue, tokens in UNREAD.items() for token in tokens]
)
def test_a_number_that_names_none_is_refused_and_never_guessed(issue: int, token: str):
    with pytest.raises(Fault):
        read(token)


NEIGHBOURS = [
    ("七八件", "7", "8"),
    ("两三名", "2", "3"),
    ("一两个月", "1", "2"),
    ("三四十人", "30", "40"),
    ("五六百", "500", "600"),
    ("四五十万元", "400000", "500000"),
    ("七八成", "0.7", "0.8"),
]


@pytest.mark.parametrize(("token", "low", "high"), NEIGHBOURS)
def test_two_neighbouring_digits_with_a_unit_or_a_scale_are_a_range(token: str, low: str, high: str):
    reading = read(token)
    assert (reading.value, reading.low, reading.high) == (None, Decimal(low), Decimal(high))
    assert (reading.bounds, reading.form) == ("[]", "range")


HALVES = [("近半", None, "0.5", "()"), ("过半", "0.5", None, "()"), ("过半数", "0.5", None, "()")]


@pytest.mark.parametrize(("token", "low", "high", "bounds"), HALVES)
def test_a_half_beside_its_hedge_is_an_exact_share(
    token: str, low: str | None, high: str | None, bounds: str
):
    reading = read(token)
    assert (reading.low, reading.high, reading.bounds, reading.form) == (
        exact(low),
        exact(high),
        bounds,
        "share",
    )


@pytest.mark.parametrize(
    ("token", "value", "unit", "gloss"),
    [
        ("500万千瓦", "5000000", "千瓦", "kilowatt"),
        ("3.5亿千瓦时", "350000000", "千瓦时", "kilowatt-hour"),
        ("5千克", "5", "千克", "kilogram"),
        ("三千米", "3000", "米", "metre"),
        ("120万标箱", "1200000", "标箱", "container"),
        ("12元/吨", "12", "元/吨", "CNY per tonne"),
        ("35微克/立方米", "35", "微克/立方米", "microgram per cubic metre"),
        ("3120.55点", "3120.55", "点", "index point"),
        ("5km", "5", "km", "kilometre"),
        ("十万分之7.9", "0.000079", "十万分之", "share"),
        ("785 件", "785", "件", "case"),
        ("近 3 万件", "30000", "件", "case"),
    ],
)
def test_a_unit_of_transport_energy_finance_or_health_is_read(token: str, value: str, unit: str, gloss: str):
    reading = read(token)
    assert (reading.value, reading.unit, reading.unit_en) == (Decimal(value), unit, gloss)
    assert reading.text == token


# ------------------------------------------------------------ values, steps, forms, units


@pytest.mark.parametrize(
    ("token", "value", "step"),
    [
        ("61.71%", "0.6171", "0.0001"),
        ("74.0件", "74", "0.1"),
        ("10.0万件", "100000", "1000"),
        ("1619万元", "16190000", "10000"),
        ("669件", "669", "1"),
        ("5千", "5000", "1000"),
        ("3百万元", "3000000", "1000000"),
        ("1.5万亿元", "1500000000000", "100000000000"),
        ("3万5千", "35000", "1000"),
        ("3万9千", "39000", "1000"),
        ("1亿2000万", "120000000", "10000"),
        ("1,234,567件", "1234567", "1"),
        ("３４，７６５件", "34765", "1"),
        ("一百二十", "120", "1"),
        ("一百二", "120", "10"),
        ("一百零二", "102", "1"),
        ("两千", "2000", "1"),
        ("三千八", "3800", "100"),
        ("两万", "20000", "10000"),
        ("两万五", "25000", "1000"),
        ("两万三千", "23000", "1"),
        ("三万九千二", "39200", "100"),
        ("一百二十万", "1200000", "10000"),
        ("三亿五千万", "350000000", "10000"),
        ("二十万零五千", "205000", "1"),
        ("三万五千亿元", "3500000000000", "100000000"),
        ("三点五", "3.5", "0.1"),
        ("三点五万元", "35000", "1000"),
        ("二〇二一年", "2021", "1"),
        ("二○二一年", "2021", "1"),
        ("一一〇", "110", "1"),
        ("叁拾貳萬元", "320000", "10000"),
        ("壹佰贰拾叁元", "123", "1"),
        ("伍元", "5", "1"),
        ("零", "0", "1"),
        ("0.43%", "0.0043", "0.0001"),
        ("3‰", "0.003", "0.001"),
        ("八成", "0.8", "0.1"),
        ("九成五", "0.95", "0.01"),
        ("百分之五十", "0.5", "0.01"),
        ("百分之六十一点七一", "0.6171", "0.0001"),
        ("百分之百", "1", "0.01"),
        ("千分之三", "0.003", "0.001"),
        ("万分之五", "0.0005", "0.0001"),
        ("四分之一", "0.25", "0"),
        ("十分之三", "0.3", "0"),
        ("一半", "0.5", "0"),
        ("半数", "0.5", "0"),
        ("2.5个百分点", "2.5", "0.1"),
        ("3百分点", "3", "1"),
        ("第十三届", "13", "1"),
        ("321 146件", "321146", "1"),
        ("1\u2009846.3万元", "18463000", "1000"),
        ("12\u00a0345\u202f678人", "12345678", "1"),
        ("１ ０４６面", "1046", "1"),
        ("2 900", "2900", "1"),
        ("-2.1%", "-0.021", "0.001"),
        ("−0.9%", "-0.009", "0.001"),
        ("－0.65‰", "-0.00065", "0.00001"),
        ("负3.10‰", "-0.0031", "0.00001"),
        ("-0.3个百分点", "-0.3", "0.1"),
        ("1/4", "0.25", "0"),
        ("3.5∶1", "3.5", "0.1"),
        ("17.0：1", "17", "0.1"),
        ("1∶1.6", "0.625", "0"),
        ("3:2", "1.5", "0"),
    ],
)
def test_a_number_has_its_exact_value_and_the_step_of_its_last_printed_place(token, value, step):
    reading = read(token)
    assert (reading.value, reading.step) == (Decimal(value), Decimal(step))


def test_a_third_is_a_fraction_for_no_decimal_is_it():
    assert read("三分之一").value == Fraction(1, 3)
    assert isinstance(read("四分之一").value, Decimal)


@pytest.mark.parametrize(
    ("token", "form"),
    [
        ("34765件", "number"),
        ("61.71%", "share"),
        ("3‰", "share"),
        ("九成", "share"),
        ("一半", "share"),
        ("三分之一", "share"),
        ("百分之五", "share"),
        ("2.5个百分点", "points"),
        ("第一位", "ordinal"),
        ("第一", "ordinal"),
        ("1月至9月", "range"),
    ],
)
def test_form_tells_shares_points_ordinals_and_ranges_from_plain_numbers(token, form):
    assert read(token).form == form


@pytest.mark.parametrize(
    ("token", "gloss"),
    [
        ("785件", "case"),
        ("1332人", "person"),
        ("48.57万余人次", "person-time"),
        ("55.37万余户", "household"),
        ("8个街道", "subdistrict"),
        ("49名法官", "judge"),
        ("64个", "item"),
        ("25万元", "CNY"),
        ("第一位", "rank"),
        ("十三位", "person"),
        ("98.35%", "share"),
        ("164.35", ""),
    ],
)
def test_a_unit_has_a_generic_gloss(token, gloss):
    assert read(token).unit_en == gloss


@pytest.mark.parametrize("unit", sorted(set(UNITS) - {"%", "‰", "点"}))
def test_each_unit_of_the_table_is_read_whole(unit):
    reading = read(f"12{unit}")
    assert (reading.unit, reading.unit_en, reading.value) == (unit, UNITS[unit].gloss, 12)


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_the_name_of_what_is_counted_belongs_to_the_unit_of_a_token(noun):
    assert (read(f"12个{noun}").unit, read(f"12个{noun}").unit_en) == (f"个{noun}", NOUNS[noun].gloss)


@pytest.mark.parametrize(
    ("token", "low", "high", "step"),
    [
        ("1月至9月", "1", "9", "1"),
        ("1至9月", "1", "9", "1"),
        ("三到五年", "3", "5", "1"),
        ("20—30人", "20", "30", "1"),
        ("20–30人", "20", "30", "1"),
        ("20-30人", "20", "30", "1"),
        ("20~30人", "20", "30", "1"),
        ("20～30人", "20", "30", "1"),
        ("3至5万元", "30000", "50000", "10000"),
        ("3万元至5万元", "30000", "50000", "10000"),
        ("8000至1万元", "8000", "10000", "10000"),
        ("五至十五万", "50000", "150000", "10000"),
        ("10至15万5千元", "100000", "155000", "10000"),
        ("三到五万五", "30000", "55000", "10000"),
        ("3至5百万", "3000000", "5000000", "1000000"),
        ("50至60%", "0.5", "0.6", "0.01"),
        ("97.75%至98.86%", "0.9775", "0.9886", "0.0001"),
        ("七至八成", "0.7", "0.8", "0.1"),
        ("七成至八成", "0.7", "0.8", "0.1"),
    ],
)
def test_a_range_has_two_closed_ends_and_no_value(token, low, high, step):
    reading = read(token)
    assert (reading.value, reading.low, reading.high) == (None, Decimal(low), Decimal(high))
    assert (reading.bounds, reading.step, reading.form) == ("[]", Decimal(step), "range")


# ------------------------------------------------------------ what must not be read

REFUSED = {
    "thousands are separated by three digits": ["1,23", "12,3456", "1,234,56", "1,23件", "0,123"],
    "malformed Chinese numerals": [
        "三五百",
        "一十百",
        "十四五",
        "十十",
        "两十",
        "二百两",
        "一千二十",
        "一百零",
    ],
    "places and scales out of order": [
        "一百零二十",
        "一亿万",
        "二百二二",
        "一万一万",
        "二百二百",
        "十万零三万",
        "三万五百",
        "三万五十",
        "三万零五千",
    ],
    "neighbouring digits": ["三五", "七八", "两三", "三五件", "近七八件"],
    "a digit without a scale after one": ["3万5", "1.5万5千", "5十"],
    "scales alone": ["万", "百件", "千"],
    "no number named": ["几", "几十人", "数百件", "上千", "件", "", "nan", "inf"],
    "codes": ["0871", "07000700", "COP15", "5G", "零五", "零二一", "07件"],
    "unknown units": ["5ft", "232 days", "600 days", "1e5", "5袋鼠", "12点"],
    "unknown signs": ["½", "①", "٣件", "廿五"],
    "signs before no rate": ["-5件", "-3元", "负2人", "-5", "-约5%", "-1%至3%", "--5%", "-第一"],
    "fractions above one": ["3/2", "4/4", "1/0", "1.5/3", "1/2/3", "1/4多"],
    "ratios": ["8:30", "23：59", "3∶0", "1∶2∶3", "约2∶3", "一∶二"],
    "two numbers beside each other": [
        "2021 500件",
        "1 20件",
        "12 3456件",
        "1 234 56件",
        "0 123件",
        "1,234 567件",
    ],
    "two hedges": ["约20余件", "约20件左右", "近20多件", "至少50%以上", "20余件以上"],
    "unlisted hedges": ["接近5件", "最多5件", "未超过5件", "三年半", "十来个"],
    "hedged ordinals": ["近第一", "第1位以上", "约第3名", "第1至3名", "第0名", "第1.5名", "第五成"],
    "ranges": [
        "5至3件",
        "9月至1月",
        "三至五百",
        "二至三十",
        "约3至5万",
        "3余至5件",
        "3至5万余件",
        "3人至5件",
        "3-4-5",
        "2021-09-30",
    ],
    "more than one number": ["10月15日", "1.5.2", "5件3人", "2020年785件"],
    "blanks": [" 5件", "5  件", "5件 ", "5件\n", "5\t件"],
    "hedges of nothing": ["不足0", "约0", "近0%", "0余件"],
    "fractions": ["零分之一", "1.5分之一", "十分之", "分之一"],
    "absurd lengths": ["9" * (LONGEST + 1), "九" * 1000],
}


@pytest.mark.parametrize(
    ("why", "token"), [(why, token) for why, tokens in REFUSED.items() for token in tokens]
)
def test_what_the_grammar_does_not_know_raises(why: str, token: str):
    with pytest.raises(Fault):
        read(token)


@pytest.mark.parametrize(
    ("token", "says"),
    [
        ("5袋鼠", 'found "袋鼠" after "5", expected nothing there, or a unit'),
        ("未超过5件", 'found "未" before "超过5件", expected nothing there'),
        ("约20余件", 'found "约20余件", which has 2 hedges, expected one'),
        ("3至5余件", 'found "3至5余件", a hedge beside a range, expected no hedge'),
        ("9" * 60, "60 characters"),
        ("三至五百", "expected both ends written out"),
        ("件", 'found "件" without a numeral, expected a number'),
        ("-5件", 'found "-5件", a sign before 5件, expected a sign before a rate or a change alone'),
        ("3/2", 'found "3/2", 3 above 2, which may be a date, expected a part below one'),
        ("8:30", 'found "8:30", what may be a time of day, expected a ratio'),
        ("3∶0", 'found "3∶0", a ratio to 0, expected a number other than 0'),
    ],
)
def test_an_error_says_what_was_read_and_what_was_expected(token, says):
    with pytest.raises(Fault) as error:
        read(token)
    assert says in str(error.value)


# ------------------------------------------------------------ properties


def write_chinese(number: int, lead: str = "一十") -> str:
    """Write a whole number as GB/T 15835 would, with 十三 for 13 at the head of a numeral where asked."""
    if not number:
        return "零"
    text = _written(number)
    return text.replace("一十", lead, 1) if text.startswith("一十") else text


def _written(number: int) -> str:
    for scale, mark in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            head, tail = divmod(number, scale)
            gap = "零" if 0 < tail < scale // 10 else ""
            return _written(head) + mark + gap + (_written(tail) if tail else "")
    return "零一二三四五六七八九"[number]


def as_liang(text: str) -> str:
    """Write 两 for 二 before 百 and 千, and at the head of a numeral before 万 and 亿."""
    text = text.replace("二百", "两百").replace("二千", "两千")
    return "两" + text[1:] if text.startswith(("二万", "二亿")) else text


FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


@given(st.integers(0, 10**15))
def test_a_whole_number_reads_back_in_digits_with_separators_and_in_full_width(number: int):
    for text in (str(number), f"{number:,}", str(number).translate(WIDE), f"{number:,}".translate(WIDE)):
        assert read(f"{text}件").value == number


@given(st.integers(0, 10**16 - 1))
def test_a_whole_number_reads_back_from_chinese_numerals(number: int):
    text = write_chinese(number)
    for form in (text, write_chinese(number, "十"), as_liang(text)):
        assert read(form).value == number, form


@given(st.integers(10, 10**12))
def test_a_whole_number_reads_back_from_financial_numerals(number: int):
    assert read(f"{write_chinese(number).translate(FINANCIAL)}元").value == number


@given(st.integers(1000, 9999))
def test_a_year_reads_back_digit_by_digit(year: int):
    assert read("".join("〇一二三四五六七八九"[int(digit)] for digit in str(year)) + "年").value == year


@given(st.integers(0, 10**9), st.integers(1, 6), st.sampled_from([("", 0), ("千", 3), ("万", 4), ("亿", 8)]))
def test_a_decimal_reads_back_with_its_scale_and_step(digits: int, places: int, scale: tuple[str, int]):
    mark, power = scale
    number = Fraction(digits, 10**places)
    text = f"{digits // 10**places}.{digits % 10**places:0{places}d}"
    reading = read(f"{text}{mark}件")
    assert reading.value == number * 10**power
    assert reading.step == Fraction(10**power, 10**places)
    percent = read(f"{text}%".translate(WIDE))
    assert (percent.value, percent.step) == (number / 100, Fraction(1, 10 ** (places + 2)))


@given(st.integers(1, 99), st.integers(2, 10**4))
def test_a_fraction_reads_back_exactly(above: int, below: int):
    reading = read(f"{below}分之{above}")
    assert (Fraction(reading.value), reading.step) == (Fraction(above, below), 0)


AFTER = ("以上", "及以上", "以下", "及以下", "以内", "左右", "上下")
INSIDE = ("余", "多", "几")
# 过 is a hedge of 半 alone, and taken for 超过 there.
BEFORE = tuple(hedge for hedge in HEDGES if hedge not in (*AFTER, *INSIDE, "过"))


@given(
    st.integers(1, 10**7),
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(sorted(AFTER + INSIDE + BEFORE)),
)
def test_a_hedge_around_any_whole_number_agrees_with_the_declared_table(number: int, scale: str, hedge: str):
    text = f"{number}{scale}"
    reading = read(
        f"{hedge}{text}件"
        if hedge in BEFORE
        else f"{text}件{hedge}"
        if hedge in AFTER
        else f"{text}{hedge}件"
    )
    value = number * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    unit = 10 ** (len(str(value)) - len(str(value).rstrip("0")))
    below = value - unit if value > unit else None
    half = Fraction(unit, 2)
    declared = {
        "more": (value, value + unit, "[)"),
        "near": (below, value, "()"),
        "over": (value, value + unit, "()"),
        "least": (value, None, "[)"),
        "most": (0, value, "[]"),
        "less": (0, value, "()"),
        "about": (value - half, value + half, "[]"),
    }
    assert (reading.low, reading.high, reading.bounds) == declared[HEDGES[hedge]]
    assert (reading.value, reading.hedge, reading.unit) == (value, hedge, "件")


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from("至到—–-~～"))
def test_a_range_reads_back_in_order_and_raises_out_of_order(one: int, other: int, sign: str):
    low, high = sorted((one, other))
    reading = read(f"{low}{sign}{high}件")
    assert (reading.low, reading.high) == (low, high)
    if low < high:
        with pytest.raises(Fault, match="smaller end"):
            read(f"{high}{sign}{low}件")


@given(
    st.text(
        "0123456789.,%０９％〇零一二两三五九十百千万亿余多几近约超第至-分之成半数点个件月元以上左右连续",
        max_size=12,
    )
)
def test_any_text_is_read_exactly_or_refused_with_one_kind_of_error(text: str):
    try:
        reading = read(text)
    except Fault:
        return
    ends = [end for end in (reading.low, reading.value, reading.high) if end is not None]
    assert ends == sorted(ends)
    assert all(isinstance(end, Fraction) or end.is_finite() for end in ends)
    assert reading.text == text
    assert [text[found.start() : found.end()] for found in expressions(text)] != []


def test_reading_is_cached_so_that_a_repeated_token_costs_nothing():
    assert read("21454件") is read("21454件")


# ------------------------------------------------------------ the quick way

AROUND = st.sampled_from(
    ["", "近", "约", "超过", "連續", "连续近", "第", "不得超过", "上", "数", "A", "百", "３", "-", " "]
)
UNITS_BEHIND = [
    "",
    "件",
    "%",
    "％",
    "‰",
    "成",
    "成五",
    "元",
    "个多月",
    "个街道",
    "个百分点",
    "分",
    "袋",
    "km",
]
HEDGES_BEHIND = ["余", "余件", "几万人", "多亿", "年多", "%以上", "个街道以上", "件以内", "余百", "万余万"]
SCALES_BEHIND = [
    "万",
    "亿元",
    "萬餘件",
    "百万",
    "千",
    "万万",
    "亿万",
    "元至",
    "至9件",
    "分之一",
    "点五",
    ",5",
]
BEHIND = st.sampled_from(UNITS_BEHIND + HEDGES_BEHIND + SCALES_BEHIND)


@given(
    AROUND,
    st.integers(0, 10**20).map(str) | st.sampled_from(["007", "1.50", "0.0", "0.5", "12.", "1,234"]),
    BEHIND,
)
def test_digits_are_read_the_quick_way_as_the_grammar_reads_them(before: str, digits: str, behind: str):
    token = f"{before}{digits}{behind}"
    try:
        slowly = _by_the_grammar(token)
    except Fault:
        assert _plainly(token) is None
        return
    assert _plainly(token) in (None, slowly)
    assert read(token) == slowly


@pytest.mark.parametrize("token", ["785件", "61.71%", "近1万件", "1.76万余件", "12万余元", "50%以上", "１件"])
def test_common_shapes_take_the_quick_way_and_others_do_not(token: str):
    assert (_plainly(token) is None) == (token == "１件")


# ------------------------------------------------------------ dimensions and numerals


@pytest.mark.parametrize(
    ("token", "dimension"),
    [
        ("785件", Dimension.COUNT),
        ("8个街道", Dimension.COUNT),
        ("61.71%", Dimension.SHARE),
        ("九成", Dimension.SHARE),
        ("三分之一", Dimension.SHARE),
        ("2.5个百分点", Dimension.POINTS),
        ("1619万元", Dimension.MONEY),
        ("3个多月", Dimension.DURATION),
        ("1月至9月", Dimension.DURATION),
        ("30岁", Dimension.AGE),
        ("5公里", Dimension.LENGTH),
        ("5亩", Dimension.AREA),
        ("5吨", Dimension.WEIGHT),
        ("1.5倍", Dimension.TIMES),
        ("第一位", Dimension.RANK),
        ("164.35", Dimension.NONE),
    ],
)
def test_a_reading_carries_what_its_unit_measures(token: str, dimension: Dimension):
    assert read(token).dimension is dimension


def test_every_kind_of_hedge_has_a_word_and_every_word_one_script():
    assert set(HEDGES.values()) == set(Hedge)
    assert all(fold(word) == word for word in (*UNITS, *NOUNS, *HEDGES))


def test_a_malformed_numeral_says_what_is_wrong_and_what_was_expected():
    with pytest.raises(Fault) as raised:
        numeral("一百零")
    assert (raised.value.expected, raised.value.column) == (
        "a digit before each of 十, 百, 千, 万 and 亿, and after 零",
        "",
    )
    with pytest.raises(Fault, match="expected both ends written out"):
        shared_scale("三", "五百")
