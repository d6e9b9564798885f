"""Facts about relations that a text may mean: which are proposed, how surely, and which are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asprinted.audit import proposing
from asprinted.audit.candidate import Candidate, Confidence
from asprinted.audit.candidates.sums import sums
from asprinted.audit.checking import check_spans
from asprinted.audit.mentions import mentions
from asprinted.audit.phrasing import REASONS as EVERY_REASON
from asprinted.audit.phrasing import told_by
from asprinted.audit.ranking import relate
from asprinted.chinese.scanning import scan
from asprinted.faults import Fault
from asprinted.prose.sentences import sentence

SURE, LIKELY, POSSIBLE = Confidence


def shown(found: Candidate) -> str:
    """Return a proposal in one line: kind, result = parts / wholes, verdict."""
    results, parts, wholes = (
        "+".join(span.text for span in side) for side in (found.results, found.parts, found.wholes)
    )
    inputs = " / ".join(side for side in (parts, wholes) if side)
    return f"{found.kind} {found.direction} {results} = {inputs}: {found.check.verdict}".replace("  ", " ")


def confident(text: str) -> list[str]:
    return [shown(each) for each in relate(text) if each.confidence is not POSSIBLE]


# ------------------------------------------------------------ what wording proposes

MEANT = {
    # shares
    "受理案件34765件，审结21454件，结案率为61.71%。": ["share 61.71% = 21454件 / 34765件: both"],
    "抽检食品1250批，其中合格1225批，合格率98%。": ["share 98% = 1225批 / 1250批: both"],
    "女职工560人，占职工总数1400人的40%。": ["share 40% = 560人 / 1400人: both"],
    "共有教师1400人，其中女教师560人，占40%；高级教师420人，占30%。": [
        "share 40% = 560人 / 1400人: both",
        "share 30% = 420人 / 1400人: both",
    ],
    "办结信访件480件，其中重复件120件，占四分之一。": ["share 四分之一 = 120件 / 480件: both"],
    "參加考試的3200名學生中，有2880名及格，及格率為九成。": ["share 九成 = 2880名 / 3200名: both"],
    "受理1000件，未结200件，结案率80%。": ["share rest 80% = 200件 / 1000件: both"],
    "审结民事案件1000件，其中调解300件、撤诉215件，调撤率51.5%。": [
        "share 51.5% = 300件+215件 / 1000件: both"
    ],
    # changes
    "受案数由1446件增至1566件，增长8.3%。": ["change rise 8.3% = 1566件 / 1446件: nearest_only"],
    "受理案件1566件，比上年的1446件增长8.3%。": ["change rise 8.3% = 1566件 / 1446件: nearest_only"],
    "受理案件1566件，同比增加120件，增长8.3%。": ["change rise_by 8.3% = 1566件 / 120件: nearest_only"],
    "结案率为61.7%，比去年同期的59.4%提高2.3个百分点。": ["change rise 2.3个百分点 = 61.7% / 59.4%: both"],
    "货运量由上年的320万吨下降到288万吨，下降10%。": ["change fall 10% = 288万吨 / 320万吨: both"],
    "批准逮捕181件244人，上年批准逮捕160件200人，件数、人数分别上升13.1%和22%。": [
        "change rise 13.1% = 181件 / 160件: both",
        "change rise 22% = 244人 / 200人: both",
    ],
    "提起公诉230件310人，去年同期为200件250人，件数同比上升15%，人数同比上升24%。": [
        "change rise 15% = 230件 / 200件: both",
        "change rise 24% = 310人 / 250人: both",
    ],
    # rows, rates of births
    "三次产业结构由上年的17.2∶35.1∶47.7调整为16.7∶34.9∶48.4。": [
        "sum of_100 47.7 = 17.2+35.1: both",
        "sum of_100 48.4 = 16.7+34.9: both",
    ],
    "人口出生率为8.52‰，死亡率为6.31‰，自然增长率为2.21‰。": ["sum 8.52‰ = 6.31‰+2.21‰: both"],
    # means, quotients
    "全县五年共调解纠纷12450件，平均每年2490件，其中后三年8100件，年均2700件。": [
        "mean 2490件 = 12450件 / 五年: both",
        "mean 2700件 = 8100件 / 三年: both",
    ],
    "有法官52名，受理案件34765件，人均受理669件。": ["mean 669件 = 34765件 / 52名: nearest_only"],
    "化解纠纷785件，涉及金额1619万元，件均2.06万元。": ["mean 2.06万元 = 1619万元 / 785件: both"],
    "查处酒驾1200起，是去年同期400起的3倍。": ["mean 3倍 = 1200起 / 400起: both"],
    # sums
    "新收案件1287件，旧存315件，共受理1602件。": ["sum 1602件 = 1287件+315件: both"],
    "其中男性1310人、女性1203人，共2513人。": ["sum 2513人 = 1310人+1203人: both"],
}


# Of several numbers that might stand in a relation, those that the words name.
MEANT |= {
    "职工1400人，车辆560台，女职工560人，占40%。": ["share 40% = 560人 / 1400人: both"],
    "受理1000件，审结600件，去年受理800件，结案率60%。": ["share 60% = 600件 / 1000件: both"],
    "受理案件1000件，未结200件，结案率80%，信访120件。": ["share rest 80% = 200件 / 1000件: both"],
    "受理案件1000件，其中民事600件，占60%，刑事400件，占40%。": [
        "sum 1000件 = 600件+400件: both",
        "share 60% = 600件 / 1000件: both",
        "share 40% = 400件 / 1000件: both",
    ],
    "上月受理120件，去年同期受理100件，本月受理150件，同比增长50%。": [
        "change rise 50% = 150件 / 100件: both"
    ],
    "上月受理120件，去年同期受理100件，本月受理150件，环比增长25%。": [
        "change rise 25% = 150件 / 120件: both"
    ],
    "受理1566件，同比减少120件，下降7.1%。": ["change fall_by 7.1% = 1566件 / 120件: both"],
    "化解纠纷785件，调解员40人，人均化解19.6件。": ["mean 19.6件 = 785件 / 40人: both"],
    "全市共有学校120所、教师1400人，平均每校有教师11.7人。": ["mean 11.7人 = 1400人 / 120所: nearest_only"],
    "审结1602件，其中新收1287件，旧存315件。": ["sum 1602件 = 1287件+315件: both"],
    "查处违法行为300起，分别为超速180起、酒驾90起、其他30起。": ["sum 300起 = 180起+90起+30起: both"],
    "小学12所、中学8所，合计20所。教师共300人。": ["sum 20所 = 12所+8所: both"],
    "借款合同纠纷120件、买卖合同纠纷80件，两类共200件。": ["sum 200件 = 120件+80件: both"],
}


# What is named far off, or told of several at once.
MEANT |= {
    "新收案件4863件，旧存1127件，审执结4417件，结案率73.74%。": [
        "share 73.74% = 4417件 / 4863件+1127件: nearest_only"
    ],
    "全院新收案件4863件。审结刑事案件286件。\n诉讼服务。网上立案2675件，占新收案件总数的55.0%。": [
        "share 55.0% = 2675件 / 4863件: both"
    ],
    "发案241起、132起、97起和64起，占立案647起，上述四类案件合计占82.5%。": [
        "share 82.5% = 241起+132起+97起+64起 / 647起: both"
    ],
    "发送旅客386.4万人次，其中铁路138.9万人次、水路8.2万人次、民航24.7万人次，铁路、民航合计占42.3%。": [
        "share 42.3% = 138.9万人次+24.7万人次 / 386.4万人次: both"
    ],
    "工业用电6.23亿千瓦时，在全社会用电量（9.18亿千瓦时）中占67.9%。": [
        "share 67.9% = 6.23亿千瓦时 / 9.18亿千瓦时: both"
    ],
    "起诉3215人，醉驾912人、盗窃534人、帮信417人、诈骗388人、伤害203人，上述五类合计占起诉总人数的76.3%。": [
        "share 76.3% = 912人+534人+417人+388人+203人 / 3215人: both"
    ],
    "铁路发送141.7万人次。公路198.4万人次，水路7.2万人次。总量386.2万人次，铁路所占比重为36.7%。": [
        "share 36.7% = 141.7万人次 / 386.2万人次: both"
    ],
    "大班额由50个减少到31个，在全县1286个教学班中占2.4%。": ["share 2.4% = 31个 / 1286个: both"],
    "登记教师3890名，参与教师3412名，占教师总数3890名的87.7%。": ["share 87.7% = 3412名 / 3890名: both"],
    "城镇人口占48.80%，为201347人，全县常住人口412635人。": [
        "share 48.80% = 201347人 / 412635人: nearest_only"
    ],
    "赔付额1973.5万元，索赔额6420万元，赔付额仅为索赔额的30.7%。": [
        "share 30.7% = 1973.5万元 / 6420万元: both"
    ],
    "搬迁群众5208人，有劳动力的2716人中已就业2589人，就业率95.3%。": ["share 95.3% = 2589人 / 2716人: both"],
    "人均可支配收入41286元，其中工资性收入23368元，占56.6%。": ["share 56.6% = 23368元 / 41286元: both"],
    "新增就业3860人，超额完成3500人的任务，完成率达110.3%。": [
        "share 110.3% = 3860人 / 3500人: nearest_only"
    ],
    "受理警情9276起。而去年同期这一警情总数是10815起，降幅达到14.23%。": [
        "change fall 14.23% = 9276起 / 10815起: both"
    ],
    "受理案件12486件，同比上升9.3%。去年同期受理案件11424件。": [
        "change rise 9.3% = 12486件 / 11424件: nearest_only"
    ],
    "监督立案213件、撤案287件，两项之和比去年同期的412件增长21.4%。": [
        "change rise 21.4% = 213件+287件 / 412件: nearest_only"
    ],
    "分别受理267人、302人、345人，后两年同比增幅分别为13.1%、14.2%。": [
        "change rise 13.1% = 302人 / 267人: both",
        "change rise 14.2% = 345人 / 302人: both",
    ],
    "破案143起，抓获216名，分别下降21.9%、下降13.9%。去年同期两项数据分别是183起、251名。": [
        "change fall 21.9% = 143起 / 183起: nearest_only",
        "change fall 13.9% = 216名 / 251名: both",
    ],
    "开行412列，去年同期为338列，多开74列。": ["change rise 74列 = 412列 / 338列: both"],
    "到场用时6.8分钟，上年是8.2分钟，快了1.4分钟。": ["change fall 1.4分钟 = 6.8分钟 / 8.2分钟: both"],
    "与4月（5916例）相比，5月报告6842例，上升15.7%。": ["change rise 15.7% = 6842例 / 5916例: nearest_only"],
    "准点率99.92%，比上年（99.87%）提高0.05个百分点。": ["change rise 0.05个百分点 = 99.92% / 99.87%: both"],
    "常住人口38.6万人，受理纠纷1735件，平均每万人受理纠纷44.9件。": [
        "mean per_10000 44.9件 = 1735件 / 38.6万人: both"
    ],
    "机动车保有量118.6万辆，事故死亡98人，万车死亡率0.83。": [
        "mean per_10000 0.83 = 98人 / 118.6万辆: nearest_only"
    ],
    "男性211083人，女性201552人，性别比（以女性为100）为104.73。": [
        "mean per_100 104.73 = 211083人 / 201552人: nearest_only"
    ],
    "在校生36954人，专任教师2174人，生师比17.0∶1。": ["mean 17.0∶1 = 36954人 / 2174人: nearest_only"],
    "全院床位420张，护士310人，医生155人，床护比为0.74。": ["mean 0.74 = 310人 / 420张: nearest_only"],
    # sums of people beside those of cases
    "立案60件80人，其中贪污案45件57人、受贿案4件5人、诈骗案3件8人、投机案1件1人、抗税案7件9人。": [
        "sum 60件 = 45件+4件+3件+1件+7件: both",
        "sum 80人 = 57人+5人+8人+1人+9人: both",
    ],
    "城镇居民收入42316元，农村居民收入21874元，城乡收入比降至1.93。": ["mean 1.93 = 42316元 / 21874元: both"],
}


@pytest.mark.parametrize(("text", "relations"), MEANT.items(), ids=MEANT)
def test_a_relation_in_these_words_is_proposed_with_confidence(text: str, relations: list[str]):
    assert confident(text) == relations


NOT_MEANT = [
    "满意率98.5%，优秀率72%，全年接待来访1200人次。",
    "受理案件1200件，服判息诉率92.4%。",
    "结案率提高到98%，受理1000件，审结620件。",
    "法院受理案件1200件。派出所接警3400起，破案率40%。",
    "受理案件1200件，同比增长8.3%。",
    "受理案件1000件，审结620件。去年结案率55%。",
    "受理100件，罚款60元，占60%。",
    "受理案件1000件；审结车辆620台；结案率55%。",
    "有调解员1042名，其中专职263名，距占比三成的目标尚有差距。",
    "民警120人。年末受理案件1000件，占比较大，为12%。",
]


@pytest.mark.parametrize("text", NOT_MEANT)
def test_a_rate_whose_numbers_are_not_printed_is_related_to_no_others_with_confidence(text: str):
    assert confident(text) == []


# One wrong digit is reported where words are plain; two digits alone tell little, and of a bare pair less.
SLIPS = {
    "抽检食品1250批，其中合格1225批，合格率89%。": ("share 89% = 1225批 / 1250批", True),
    "受理案件1000件，其中民事600件，占66%。": ("share 66% = 600件 / 1000件", True),
    "有法官52名，受理案件34765件，人均受理696件。": ("mean 696件 = 34765件 / 52名", False),
    "化解纠纷785件，调解员40人，人均化解16.9件。": ("mean 16.9件 = 785件 / 40人", True),
    "受理案件1566件，比上年的1446件增长9.3%。": ("change rise 9.3% = 1566件 / 1446件", True),
    "受案数由1446件增至1566件，增长9.3%。": ("change rise 9.3% = 1566件 / 1446件", False),
    "受案数由1446件降至1566件，下降8.3%。": ("change fall 8.3% = 1566件 / 1446件", False),
    "货运量由上年的320万吨下降到288万吨，下降12%。": ("change fall 12% = 288万吨 / 320万吨", False),
    "酒驾736人、醉驾1908人、超载76人，上述累计2702人。": ("sum 2702人 = 736人+1908人+76人", False),
    "商品33.96亿元，餐饮4.87亿元，零售总额38.74亿元。": ("sum 38.74亿元 = 33.96亿元+4.87亿元", False),
    "其中男性1310人、女性1203人，共2514人。": ("sum 2514人 = 1310人+1203人", True),
    "三次产业结构为16.7∶34.9∶43.4。": ("sum of_100 43.4 = 16.7+34.9", False),
    "人口出生率为8.52‰，死亡率为6.31‰，自然增长率为2.31‰。": ("sum 8.52‰ = 6.31‰+2.31‰", True),
    "不批准逮捕95件134人，上年为200件377人，人数下降60.5%。": ("change fall 60.5% = 134人 / 377人", False),
}


@pytest.mark.parametrize(("text", "slip"), SLIPS.items(), ids=SLIPS)
def test_a_slip_of_each_kind_is_said_and_flagged_where_words_are_plain(text: str, slip: tuple[str, bool]):
    said, is_plain = slip
    found = [(shown(each), bool(each.flag)) for each in relate(text)]
    assert found in ([(f"{said}: contradicted", is_plain)], [(f"{said}: contradicted", True)])


def test_a_slip_in_plain_words_is_sure_and_one_in_loose_words_is_not():
    (slip,) = relate("受理案件34765件，审结21454件，结案率67.11%。")
    assert (shown(slip), slip.confidence) == ("share 67.11% = 21454件 / 34765件: contradicted", SURE)
    loose = relate("受理案件34765件。信访接待21454人。约67.11%在网上办理。")
    assert SURE not in [each.confidence for each in loose]


BY_READING = {
    # Few texts print more done than was due: what fits there is possible.
    "新改建农村公路412公里，目标400公里，完成率103%。": [
        "share 103% = 412公里 / 400公里: both, shown",
    ],
    "受理34765件，审结21454件；员额法官人均受理669件，人均结案413件。": [
        "divisor 669件+413件 = 34765件+21454件: nearest_only",
    ],
    # A result of nothing, beside words that tell what it would be of.
    "兑现资金86.4万元，惠及调解员640人，人均0元。": [
        "mean 0元 = 86.4万元 / 640人: contradicted",
    ],
    # Whole yuan are rounded: 61.9% of what is printed, and more or less of what was paid.
    "自付60元，占全额97元的61.5%。": ["share 61.5% = 60元 / 97元: both"],
    "受理案件8件，调解1件，比例为12.5%。": [
        "share 12.5% = 1件 / 8件: both",
    ],
    # Points are hundredths, whatever their number.
    "基层参保率89.5%。上年参保率51.3%。提高38.2个百分点。": [
        "change rise 38.2个百分点 = 89.5% / 51.3%: both"
    ],
    "受理案件1566件，同比增加120件，增长8.3%。": ["change rise_by 8.3% = 1566件 / 120件: nearest_only"],
    # 13.86%: one wrong digit makes up for words that stand apart.
    "受理案件12486件；同比增加1520件；增长12.86%。": [
        "change rise_by 12.86% = 12486件 / 1520件: contradicted",
    ],
    # 16.9%, and 14.5% of the new value; two thirds are of neither.
    "今年受理512件，前年是438件，增幅14.5%。": [
        "change rise 14.5% = 512件 / 438件: contradicted",
    ],
    "今年受理438件，前年是512件，降幅66.9%。": [
        "change fall 66.9% = 438件 / 512件: contradicted",
    ],
    "今年受理512件，前年是438件，增幅2.0%。": [
        "change rise 2.0% = 512件 / 438件: contradicted",
    ],
    "今年受理438件，前年是512件，降幅2.0%。": [
        "change fall 2.0% = 438件 / 512件: contradicted",
    ],
    # 96.15%, and 3.85% of what is left.
    "提出书面纠正52件次，已纠正50件次，采纳率3.85%。": ["share 3.85% = 50件次 / 52件次: contradicted"],
    "提出书面纠正52件次，已纠正50件次，采纳率3.95%。": [
        "share 3.95% = 50件次 / 52件次: contradicted",
    ],
    "受理案件5件，审结0件，结案率20%。": [
        "share 20% = 0件 / 5件: contradicted",
    ],
    # A whole of one other share makes a slip likely, a whole of two others sure.
    "受理纠纷2936件。邻里1028件，占35.01%；婚姻647件，占22.40%。": [
        "share 35.01% = 1028件 / 2936件: both",
        "share 22.40% = 647件 / 2936件: contradicted",
    ],
    "受理纠纷2936件。邻里1028件，占35.01%；道路312件，占10.63%；婚姻647件，占22.40%。": [
        "share 35.01% = 1028件 / 2936件: both",
        "share 10.63% = 312件 / 2936件: nearest_only",
        "share 22.40% = 647件 / 2936件: contradicted",
    ],
    # Of other things, in another sentence: a fit of two digits is chance.
    "受理案件1000件。接待群众来访620件次。另有62%通过网上办理。": [],
}


# Changes.
BY_READING |= {
    # Other numbers beside it are no difference, and what is only beside it is no base.
    "受理案件1566件，审结120件，增长8.3%。": [],
    # Of the difference, unless the old value is printed.
    "受理案件12486件。同比增加1520件，增长13.86%。": [
        "change rise_by 13.86% = 12486件 / 1520件: both",
    ],
    "两年受理1446件、1566件，增加120件，增长8.3%。": [
        "change rise 120件 = 1566件 / 1446件: both",
        "change rise_by 8.3% = 1566件 / 120件: nearest_only",
    ],
    "受理1566件，上年1446件，同比增加120件，增长8.3%。": [
        "change rise 120件 = 1566件 / 1446件: both",
        "change rise 8.3% = 1566件 / 1446件: nearest_only",
    ],
    # The new value stands far before the old one, by the same name.
    "受理各类案件1566件。法官12人，书记员14人，律师3人，法警7人，陪审员9人，调解员21人，司机2人，"
    "文员31人，实习生4人，保安5人，保洁6人。比上年受理各类案件1446件增长8.3%。": [
        "change rise 8.3% = 1566件 / 1446件: nearest_only",
    ],
    # Years in a row have their turn, also where one change does not follow.
    "分别受理267人、302人、345人，满意率98%，后两年同比增幅分别为13.1%、14.2%。": [
        "change rise 13.1% = 302人 / 267人: both",
        "change rise 14.2% = 345人 / 302人: both",
    ],
    "分别受理267人、302人、345人，后两年同比增幅分别为13.1%、15.2%。": [
        "change rise 13.1% = 302人 / 267人: both",
    ],
    # An old value is one that words call so, or that stands right behind its change.
    "受理1566件，与1446件相比，增长8.3%。": [
        "change rise 8.3% = 1566件 / 1446件: nearest_only",
    ],
    "受理案件1566件，增长8.3%，基数为1446件。": ["change rise 8.3% = 1566件 / 1446件: nearest_only"],
    "受理案件1566件，比上年的1446件增长9.3%。": [
        "change rise 9.3% = 1566件 / 1446件: contradicted",
    ],
    "全年受理案件1566件，其中民事772件，比上年1446件增长9.3%。": [
        "change rise 9.3% = 1566件 / 1446件: contradicted",
    ],
    # What two make up together grows from a value that words call earlier.
    "立案213件、撤案287件，受理412件，两项之和增长21.4%。": [],
    # What the next sentence says is an old value where words call it so.
    "受理案件12486件，同比上升9.3%。审结案件11424件。": [],
    "上年受理1446件，增长8.3%。本月办结1566件。": [],
    # In turn, whatever stands before the values.
    "民警120名。破案143起，抓获216名，分别下降21.9%、下降13.9%。去年同期两项数据分别是183起、251名。": [
        "change fall 21.9% = 143起 / 183起: nearest_only",
        "change fall 13.9% = 216名 / 251名: both",
    ],
    # Of the difference right before it, also where other numbers stand ahead.
    "有民警120名。受理案件1566件，同比增加120件，增长9.3%。": [
        "change rise_by 9.3% = 1566件 / 120件: contradicted",
    ],
    "受理1566件，上年1456件，同比增加120件，增长8.3%。": [
        "change rise 120件 = 1566件 / 1456件: contradicted",
        "change rise_by 8.3% = 1566件 / 120件: nearest_only",
    ],
    # The later year is of the earlier one, in either order.
    "2021年受理1446件，2022年受理1566件，增长9.3%。": [
        "change rise 9.3% = 1566件 / 1446件: contradicted",
    ],
    "2022年受理1566件，2021年受理1446件，增长8.3%。": [
        "change rise 8.3% = 1566件 / 1446件: nearest_only",
    ],
    # A value does not fall to that of the year before it.
    "2021年受理1446件，2022年受理1566件，下降7.7%。": ["change fall 7.7% = 1566件 / 1446件: contradicted"],
    # What stands behind a growth is not what grew.
    "收案同比增加120件，增长8.3%，结案1566件。": [],
    # Three values, the three before, and three changes, the last of which does not follow.
    "破案143起，抓获216名，追赃35万元，去年同期三项分别为183起、251名、48万元，"
    "分别下降21.9%、13.9%、37.1%。": [
        "change fall 21.9% = 143起 / 183起: nearest_only",
        "change fall 13.9% = 216名 / 251名: both",
        "change fall 37.1% = 35万元 / 48万元: contradicted",
    ],
    # Lists are of now and of before where words say so, and every number has its like there.
    "破案143起，抓获216名，分别下降21.9%、下降13.9%。另有纠纷183起、群众251名。": [],
    "破案143起，抓获216名，分别下降21.9%、下降13.9%。去年同期两项数据分别是183起、251家。": [
        "change fall 21.9% = 143起 / 183起: nearest_only",
    ],
}

# Shares.
BY_READING |= {
    # What is not of a kind is what its opposite leaves.
    "抽检食品1250批，其中合格1225批，不合格率2%。": [
        "share rest 2% = 1225批 / 1250批: both",
    ],
    "检查票据1250张，其中有效1225张，无效率2%。": ["share rest 2% = 1225张 / 1250张: both"],
    # Several parts are meant where they are named, or so many as are told of.
    "发送旅客386.4万人次，其中铁路138.9万人次、水路8.2万人次、民航24.7万人次，铁路、民航合计占43.2%。": [
        "share 43.2% = 138.9万人次+24.7万人次 / 386.4万人次: contradicted",
    ],
    "发案241起、132起、97起和64起，占立案647起，上述两类案件合计占45.3%。": [
        "share 45.3% = 241起+132起 / 647起: contradicted",
    ],
    "审结民事案件1000件，其中调解300件、撤诉215件，调解率51.5%。": [
        "share 51.5% = 300件 / 1000件: contradicted",
    ],
    # A whole that is called by its name may stand far off, or behind.
    "网上立案2675件，占新收案件总数的55.0%。全院新收案件4863件。": [
        "share 55.0% = 2675件 / 4863件: both",
    ],
    "全院新收案件4863件。审结刑事案件286件。诉讼服务。网上立案2675件，占新收案件总数的65.0%。": [
        "share 65.0% = 2675件 / 4863件: contradicted",
    ],
    # What is done is of what was due, and of nothing else.
    "受理案件1000件。信访620件次。任务完成62%。": [],
    # The part is what the rate is called after, its whole this year's.
    "受理1000件，审结600件，去年受理750件，结案率80%。": [
        "share 80% = 600件 / 1000件: contradicted",
    ],
    "搬迁群众5208人，有劳动力的2716人中已就业2589人，就业率93.5%。": [
        "share 93.5% = 2589人 / 2716人: contradicted",
    ],
    # The whole stands right before its share (的), or in the bracket there (中).
    "女职工560人。约为全部职工1400人的45%。": [
        "share 45% = 560人 / 1400人: contradicted",
    ],
    "工业用电6.23亿千瓦时，在全社会用电量（9.18亿千瓦时）中占76.9%。": [
        "share 76.9% = 6.23亿千瓦时 / 9.18亿千瓦时: contradicted",
    ],
    # A share beside its part is plain where a word says so.
    "受理案件1000件，其中民事600件（66%）。": [
        "share 66% = 600件 / 1000件: contradicted",
    ],
    "受理案件1000件，民事600件，66%。": [
        "share 66% = 600件 / 1000件: contradicted",
    ],
    "受理案件1000件，民事600件，占66%。": [
        "share 66% = 600件 / 1000件: contradicted",
    ],
    # Named one by one, with others between; or so many together of a whole that is named.
    "发送旅客386.4万人次，其中铁路138.9万人次、民航24.7万人次、水路8.2万人次、公路214.6万人次，"
    "铁路、民航合计占43.2%。": [
        "sum 386.4万人次 = 138.9万人次+24.7万人次+8.2万人次+214.6万人次: both",
        "share 43.2% = 138.9万人次+24.7万人次 / 386.4万人次: contradicted",
    ],
    "发送旅客386.4万人次，其中铁路138.9万人次、民航24.7万人次、水路8.2万人次、公路211.1万人次、"
    "索道1.2万人次、轮渡2.3万人次，铁路、民航合计占43.2%。": [
        "sum 386.4万人次 = 138.9万人次+24.7万人次+8.2万人次+211.1万人次+1.2万人次+2.3万人次: both",
        "share 43.2% = 138.9万人次+24.7万人次 / 386.4万人次: contradicted",
    ],
    "立案647起，发案241起、132起、97起和64起，上述四类案件合计占立案总数的85.2%。": [
        "share 85.2% = 241起+132起+97起+64起 / 647起: contradicted",
    ],
}

# Means and quotients.
BY_READING |= {
    # A change for each is no mean.
    "有法官52名，受理案件34765件，人均增加669件。": [],
    # Of what stands in the next sentence only a population counts.
    "受理案件34765件，人均受理669件。另有聘用人员52名。": [],
    "受理纠纷1735件，每万人受理44.9件。常住人口38.6万人。": [
        "mean per_10000 44.9件 = 1735件 / 38.6万人: both",
    ],
    # A population is told once and for all.
    "常住人口38.6万人。查处违法12起。救助群众8人。受理纠纷1735件，平均每万人44.9件。": [
        "mean per_10000 44.9件 = 1735件 / 38.6万人: both",
    ],
    # The total of last year, where it fits, is not sure to be meant.
    "有法官52名，去年受理34765件，今年受理36000件，人均受理669件。": [
        "mean 669件 = 34765件 / 52名: nearest_only",
    ],
    # Two means of two totals are meant together in one sentence.
    "受理34765件，审结21454件。员额法官人均受理669件。人均结案413件。": [],
    # How many times: of what is named behind, and a ratio of what its name is of.
    "查处酒驾1200起，超速300起，醉驾400起，酒驾是醉驾的3倍。": ["mean 3倍 = 1200起 / 400起: both"],
    # Where the ratio was another before, the fit of three digits does not do.
    "城镇收入42316元。农村收入21874元。城乡收入比由2.05降至1.93。": [
        "mean 1.93 = 42316元 / 21874元: both, shown",
    ],
    "城镇收入42316元。农村收入21874元。城乡收入比由1.85扩大为1.93。": [
        "mean 1.93 = 42316元 / 21874元: both, shown",
    ],
}

# Sums.
BY_READING |= {
    # Two of a list may be all, with another between.
    "审结200件，其中民事120件，调解30件；刑事80件。": ["sum 200件 = 120件+80件: both"],
    # A slip in what a pair, or a split, adds up to.
    "男性131人、女性120人，共261人。": [
        "sum 261人 = 131人+120人: contradicted",
    ],
    "审结案件500件，分为民事300件、刑事205件。": [
        "sum 500件 = 300件+205件: contradicted",
    ],
    # Told of three kinds, two are no sure sum.
    "借款合同纠纷120件、买卖合同纠纷80件，三类共200件。": ["sum 200件 = 120件+80件: both"],
    # What nearly adds up is no slip unless words or a list tell that it is all.
    "共受理案件998件，其中民事600件。刑事303件。行政100件。": [],
    "共受理案件998件，民事600件、刑事403件。": [
        "sum 998件 = 600件+403件: contradicted",
    ],
    "民事600件、刑事403件。共受理案件998件。": [],
}

# A ratio that becomes another.
BY_READING |= {
    f"城镇收入42316元；农村收入21874元。城乡收入比由2.05{becomes}1.93。": [
        "mean 1.93 = 42316元 / 21874元: both"
    ]
    for becomes in ("缩小为", "降为", "扩大为", "缩小到", "缩小至", "降至", "降到")
}
BY_READING |= {
    # Of two means two totals are told where both are for the same.
    "受理34765件，审结21454件；员额法官人均受理669件，院均结案413件。": [],
    # Of the sexes where words say that women are the hundred.
    "男性211083人，女性201552人，以女性为100，男性相当于104.73。": [
        "mean per_100 104.73 = 211083人 / 201552人: nearest_only"
    ],
    "男性211083人，女性201552人，综合指数104.73。": [],
    # Its name may be the first of the text.
    # What 1∶1.2 rounds is not its own last place: nothing is held against it.
    "医师1078人，注册护士1294人，医护比为1∶1.2。": [],
    "生师比17.0∶1，在校生36954人，专任教师2174人。": ["mean 17.0∶1 = 36954人 / 2174人: nearest_only"],
}

FAR_OFF = "常住人口412635人。" + "，".join(f"某区{each}家" for each in range(11, 37)) + "。"
BY_READING |= {
    # Two that make up a whole, far behind it and to the last digit.
    f"{FAR_OFF}城镇人口201347人，乡村人口211288人。": [
        "sum 412635人 = 201347人+211288人: both",
    ],
    f"{FAR_OFF}城镇人口201347人，乡村人口211289人。": [
        "sum 412635人 = 201347人+211289人: contradicted",
    ],
}


@pytest.mark.parametrize(("text", "meant"), BY_READING.items(), ids=BY_READING)
def test_what_a_reader_finds_meant_is_said_and_nothing_else_is_offered_or_flagged(
    text: str, meant: list[str]
):
    """What follows is sure or likely (but for what is `shown`); what does not is said at whatever level."""
    found = relate(text)
    offered = [each for each in confident(text) if each.endswith(FOLLOWS)]
    assert sorted(offered) == sorted(each for each in meant if each.endswith(FOLLOWS))
    assert {each.removesuffix(", shown") for each in meant} <= {shown(each) for each in found}
    assert {shown(each) for each in found if each.flag} <= set(meant)


FOLLOWS = ("both", "nearest_only", "truncation_only")

MISPRINTS = {
    # 96.15%, 16.9% over the new value, 25371
    "提出书面纠正52件次，已纠正50件次，采纳率92.15%。": "share 92.15% = 50件次 / 52件次: contradicted",
    "今年受理438件，前年是512件，降幅16.9%。": "change fall 16.9% = 438件 / 512件: contradicted",
    "毕业生25731人，高中录取14260人、高职录取9845人、其余1266人。": (
        "sum 25731人 = 14260人+9845人+1266人: contradicted"
    ),
}


@pytest.mark.parametrize(("text", "slip"), MISPRINTS.items(), ids=MISPRINTS)
def test_what_one_misprint_or_the_wrong_base_would_explain_is_likely_or_sure(text: str, slip: str):
    assert slip in confident(text)


def test_what_a_misprint_would_not_explain_is_not_flagged():
    # Two neighbours of 96.15% are wrong in the second, but have not changed places.
    for text in (
        "提出书面纠正52件次，已纠正50件次，采纳率71.4%。",
        "提出书面纠正52件次，已纠正50件次，采纳率97.25%。",
    ):
        assert [(each.confidence, each.flag) for each in relate(text)] == [(POSSIBLE, "")], text


def test_a_part_above_its_whole_right_before_its_share_is_impossible_and_not_turned_round():
    for text in (
        "查出隐患2164家，其中有消防隐患的2416家，占89.6%。",
        "应种4018剂次，实种4081剂次，接种率98.46%。",
    ):
        (found,) = relate(text)
        assert (found.parts[0].start > found.wholes[0].start, found.check.verdict) == (True, "not_testable")


def test_a_whole_of_last_year_beside_one_of_this_year_is_not_sure():
    text = "保有量86.3万辆，比去年底的81.7万辆增加4.6万辆，其中新能源9.8万辆，占比12.0%。"
    assert [shown(each) for each in relate(text) if each.confidence is not POSSIBLE] == [
        "change rise 4.6万辆 = 86.3万辆 / 81.7万辆: both"
    ]


def test_of_a_base_that_fits_and_one_that_the_words_name_neither_is_sure_or_flagged():
    text = "批准逮捕77人，提起公诉94人。提起公诉人员中，涉性侵犯罪的58人，占75.3%。"
    assert {(each.confidence, each.flag) for each in relate(text)} <= {(LIKELY, ""), (POSSIBLE, "")}


def test_a_list_that_misses_its_total_by_little_is_said_and_is_no_sum_of_its_first_members():
    text = "共有学校316所，其中幼儿园142所，小学117所，初中42所，高中11所，职校4所，特校2所。"
    of_all, *others = relate(text)
    assert shown(of_all) == "sum 316所 = 142所+117所+42所+11所+4所+2所: contradicted"
    assert all(each.results[0].text != "316所" and not each.flag for each in others)


def test_two_sums_in_turn_are_both_proposed():
    text = "报告传染病16种1846例。其中，乙类报告9种312例。丙类报告7种1534例。"
    assert [shown(each) for each in relate(text)] == [
        "sum 16种 = 9种+7种: both",
        "sum 1846例 = 312例+1534例: both",
    ]


def test_of_two_sums_of_one_level_that_share_a_number_the_likelier_by_words_and_numbers_stands():
    """By words alone the whole list is likelier; it is twice the total, and two by name miss it by one."""
    (found,) = relate("共受理案件669件，其中民事242件、刑事427件、行政67件，新收387件、旧存283件。")
    assert shown(found) == "sum 669件 = 387件+283件: contradicted"


def test_a_sum_that_leaves_out_some_of_its_own_sentence_is_possible_alone():
    (found,) = relate("甲区12件、乙区8件、丙区10件、丁区2件、戊区9件，共计21件。")
    assert (shown(found), found.confidence) == ("sum 21件 = 10件+2件+9件: both", POSSIBLE)


def test_what_is_said_to_be_all_but_some_is_a_share_of_the_rest():
    text = "受理诉求26.8万件，除3216件正在办理外，其余均已办结，办结率98.8%。"
    assert confident(text) == ["share rest 98.8% = 3216件 / 26.8万件: both"]


def test_what_would_hold_of_the_rest_is_not_surely_contradicted():
    text = "受理纠纷1000件，其中不服的30件，不服率97.0%。"
    assert SURE not in [each.confidence for each in relate(text) if each.check.verdict == "contradicted"]


def test_a_whole_of_a_named_year_gives_way_to_one_of_no_other_year():
    text = "受理行政案件1246件。2023年收案1146件。房屋征收案件301件，占全部收案的24.2%。"
    assert confident(text) == ["share 24.2% = 301件 / 1246件: nearest_only"]


def test_a_growth_over_last_month_is_none_over_last_year():
    assert confident("噪声诉求8215件，环比上升26.4%，去年同期6499件。") == []


def test_what_is_new_is_not_flagged_as_the_whole_where_there_is_something_carried_over():
    (found,) = relate("新收1287件，旧存90件，审结831件，结案率77.7%。")
    assert (found.check.verdict, found.confidence, found.flag) == ("contradicted", POSSIBLE, "")


def test_that_a_rate_follows_from_a_neighbour_of_its_part_does_not_move_its_level():
    text = "受理案件1000件，其中刑事{}件、民事600件，民事占66%。"
    levels = [
        {(shown(each), each.confidence) for each in relate(text.format(many)) if each.kind == "share"}
        for many in (90, 990)
    ]
    assert levels[0] == levels[1] != set()


def test_nought_is_no_part_of_what_it_makes_up_with_the_whole():
    assert [shown(each) for each in relate("受理5件，审结0件，结案率0%。")] == ["share 0% = 0件 / 5件: both"]


def test_a_change_goes_from_the_earlier_year_to_the_later_one():
    assert confident("2021年1446件，2022年1566件，下降7.7%。") == []


def test_changes_listed_after_values_of_several_units_are_not_those_from_one_to_the_next():
    text = "抓获221名，缴枪15把、刀97把，分别上升8.3%、12.1%。"
    assert not any("221名" in shown(each) for each in relate(text))


def test_two_groups_of_one_total_are_no_share_of_each_other():
    text = "审结5800人，其中决定起诉4507人，决定不起诉1293人，不起诉率28.7%。"
    assert not any(
        shown(each).endswith("= 1293人 / 4507人: both") for each in relate(text) if each.confidence is SURE
    )


def test_a_slip_in_two_parts_that_make_up_a_whole_is_proposed():
    (slip,) = relate("新收案件1287件，旧存315件，共受理1620件。")
    assert shown(slip) == "sum 1620件 = 1287件+315件: contradicted"


def test_a_sentence_that_sets_out_from_a_whole_names_it_for_its_parts():
    text = "受理案件1502件，其中新收1287件，旧存215件。新收案件中，民事772件，占60%。"
    assert "share 60% = 772件 / 1287件: nearest_only" in confident(text)


def test_a_count_is_no_result_of_a_share():
    count, part, whole = scan("1250册，25册，20册")
    with pytest.raises(Fault, match="a share"):
        check_spans("share", [count], [part], [whole])


def test_parts_of_a_list_go_with_the_shares_at_their_place():
    text = "审结刑事案件120件、民事案件300件、行政案件80件，分别占24%、60%和16%，三类合计500件。"
    assert confident(text) == [
        "share 24% = 120件 / 500件: both",
        "share 60% = 300件 / 500件: both",
        "share 16% = 80件 / 500件: both",
        "sum 500件 = 120件+300件+80件: both",
    ]


def test_a_whole_that_serves_neighbours_serves_a_share_that_does_not_follow():
    text = (
        "受理纠纷2936件。邻里1028件，占35.01%；婚姻647件，占22.04%；道路312件，占11.63%；劳动145件，占4.94%。"
    )
    flagged = [each for each in relate(text) if each.flag]
    assert [shown(each) for each in flagged] == ["share 11.63% = 312件 / 2936件: contradicted"]


def test_a_number_behind_a_bracket_is_no_part_of_what_the_bracket_splits():
    found = [
        shown(each) for each in relate("大学以上学历的71人（其中全日制15人），占80%；大专学历18人，占20%。")
    ]
    assert [each for each in found if each.startswith("sum 71人")] == []


def test_a_national_rate_of_what_was_refused_is_of_no_count_of_what_was_granted():
    said = "检察机关批准和决定逮捕{0}人，不捕{1}人，不捕率34.9%。"
    assert relate(said.format("76.1万", "38.3万")) == []
    assert relate(said.format("761", "383")) != []


def test_a_pattern_that_no_row_of_a_table_bears_out_is_not_shown():
    rows = ("| 院 | 收案 | 结案 | 率（%） |", "|---|---|---|---|", "| 甲 | 120 | 90 | 1.3 |",
            "| 乙 | 80 | 72 | 7.8 |", "| 丙 | 60 | 51 | 3.2 |", "| 丁 | 90 | 66 | 5.7 |")  # fmt: skip
    assert [shown(each) for each in relate("\n".join(rows)) if each.kind != "sum"] == []


def test_of_two_readings_that_both_hold_both_are_shown_and_neither_is_likely():
    found = [
        each for each in relate("受理案件100件，审结50件、结清50件，结案率50%。") if each.kind == "share"
    ]
    assert [(shown(each), each.confidence) for each in found] == [
        ("share 50% = 50件 / 100件: both", POSSIBLE),
        ("share 50% = 50件 / 100件: both", POSSIBLE),
    ]
    assert found[0].given > found[1].given


def test_a_relation_that_a_person_states_has_no_rivals():
    share, part, whole = scan("61.71%，21454件，34765件")
    check = check_spans("share", [share], [part], [whole])
    assert Candidate("share", (share,), (part,), (whole,), check=check).rivals == ()


def test_a_share_of_two_totals_is_that_of_their_rounded_means_too_and_possible_alone():
    text = "受理1287件，审结1031件，结案率80.1%；法官人均受理99件，人均结案79件。"
    found = {shown(each): each.confidence for each in relate(text)}
    assert found["share 80.1% = 1031件 / 1287件: both"] == SURE
    # As counts 79 of 99 would be 79.8%; they are means, rounded or cut.
    assert found["share 80.1% = 79件 / 99件: both"] == POSSIBLE


def test_means_that_no_one_number_divides_are_no_other_reading_of_a_share():
    text = "受理1287件，审结1031件，结案率80.1%；法官人均受理99件，人均结案50件。"
    assert [shown(each) for each in relate(text)] == ["share 80.1% = 1031件 / 1287件: both"]


def test_counts_of_several_things_are_no_sum_because_they_add_up():
    text = "落实措施83项，12个镇设点，61个村参加，完成任务905个。汇集资料1000余项。"
    assert relate(text) == relate(text.replace("1000余项", "1061项")) == []


def test_a_fit_that_nothing_could_miss_is_no_relation_unless_words_beside_it_say_so():
    assert relate("咨询近1万件。\n\n起诉2起，认罪。\n\n共办涉水案11件。") == []


def test_an_impossible_pair_is_not_testable_and_never_sure():
    for each in relate("受理案件700件，其中审结783件，结案率99%。"):
        assert (each.check.verdict, each.confidence) != ("contradicted", SURE)


REASONS = {
    "查处酒驾1200起，醉驾400起，酒驾是醉驾的3倍。": [("times",)],
    "全院受理案件60件。一庭受理案件10件，二庭受理案件20件，三庭受理案件30件。": [
        ("follows", "alike", "order", "sum"),
        ("follows", "alike", "order", "sum"),
    ],
    "受理案件1566件，同比增加120件，增长8.3%。": [("difference", "change")],
    "货运量由上年的320万吨下降到288万吨，下降10%。": [("from_to", "earlier", "change")],
    "抽检食品1250批，其中合格1225批，合格率98%。": [("rate_name", "among", "beside", "order")],
    "案件650件，分为民事350件、刑事200件、行政100件。": [("follows", "apart", "order", "sum")],
}


@pytest.mark.parametrize(("text", "reasons"), REASONS.items(), ids=REASONS)
def test_a_relation_gives_the_reasons_that_its_words_tell_and_no_others(
    text: str, reasons: list[tuple[str, ...]]
):
    assert [tuple(told_by(each)) for each in relate(text)] == reasons


def test_every_reason_has_a_sentence_in_both_languages():
    for reason in {*EVERY_REASON.values(), "follows", "sum", "no_sum"}:
        assert sentence("relating", reason) != sentence("relating", reason, "zh")


@pytest.mark.parametrize(
    ("text", "result", "reason", "other"),
    [
        ("受理案件843件，其中民事391件，占受理案件的46.4%。", "46.4%", "share_of", "share"),
        ("受理案件843件，其中民事391件，占46.4%。", "46.4%", "share", "share_of"),
        ("计划植树400亩，实际完成植树392亩，完成计划的98%。", "98%", "due", "share_of"),
        ("新收4863件，旧存1127件，审结4417件，结案率73.74%。", "73.74%", "with_rest", "pair"),
        (
            "2020年至2022年受理案件分别为100件、120件、150件，同比分别增长20%、25%。",
            "25%",
            "in_turn",
            "earlier",
        ),
    ],
)
def test_a_reason_is_no_more_than_what_the_words_say(text, result, reason, other):
    (found,) = (each for each in relate(text)[::-1] if each.results[0].text == result)
    assert reason in told_by(found)
    assert other not in told_by(found)


def test_spans_are_audited_in_the_space_that_the_result_declares():
    result, part, whole = scan("669件，34765件，52名")
    assert check_spans("mean", [result], [part], [whole]).space == (0, 1000)
    # What is printed lies below the end of its space, a power of ten too.
    for printed, end in (("9人", 10), ("10人", 100), ("99人", 100), ("100人", 1000), ("1000人", 10_000)):
        result, one, two = scan(f"{printed}，6人，4人")
        assert check_spans("sum", [result], [one, two], []).space == (0, end)
    share, one, two = scan("61.71%，21454件，34765件")
    assert check_spans("share", [share], [one], [two]).space == (0, 1)
    every, one, two = scan("100%，785件，785件")
    assert check_spans("share", [every], [one], [two]).space == (0, 1)
    more, one, two = scan("110.3%，3860人，3500人")
    assert check_spans("share", [more], [one], [two]).space == (0, 10)


def test_a_span_that_was_not_read_is_a_fault_with_its_place():
    number, vague = scan("共785件，几十件")
    with pytest.raises(Fault) as raised:
        check_spans("sum", [number], [vague], [])
    assert raised.value.start == vague.start


# ------------------------------------------------------------ any text

PIECES = (
    "受理 审结 占 其中 结案率 同比增长 比上年 合计 人均 平均每件 分别为 由 增至 下降 、 ， ； 。 \n （ ） 和 "
    "34765件 21454件 61.71% 1.73万余件 近三成 3至5% 2.5倍 120个百分点 十三位 2023年 52名 约2000元 "
    "0件 0% 几十人"
)


@given(st.lists(st.sampled_from(PIECES.split(" ")), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_proposals_of_its_own_spans_in_order(text: str):
    spans = set(scan(text))
    found = relate(text)
    assert [each.results[0].start for each in found] == sorted(each.results[0].start for each in found)
    for each in found:
        assert {*each.results, *each.parts, *each.wholes} <= spans
        assert not set(each.results) & {*each.parts, *each.wholes}


@pytest.mark.parametrize("piece", ["共12件，其中3件占25%，", "受理300件、审结200件，增长5%；"])
def test_the_guesses_about_a_text_grow_with_its_length_and_no_faster(piece: str):
    few, many = (
        sum(len(rows) for each in proposing.groups(text, mentions(text, scan(text))) for rows in each)
        for text in (piece * 60, piece * 240)
    )
    assert 0 < few < many < 4.5 * few


def test_a_rate_of_what_was_refused_is_of_both_counts_but_not_of_national_ones_in_ten_thousands():
    said = "批捕181件244人，不捕73件101人，不捕率29.28%。"
    assert "share 29.28% = 101人 / 244人+101人: nearest_only" in confident(said)
    national = relate("决定逮捕15.4万人；不捕8.7万人，不捕率37.2%。")
    assert [each for each in national if len(each.wholes) == 2] == []


@pytest.mark.parametrize(
    "text",
    [
        "试点扩大到甲、乙等21个省份，这21个省份的人口占全国总人口的78.5%。",
        "全年通过法规24件，包括制定法规6件，修改法规14件等。",
        "本年完成造林5600万亩，占计划数的108.3%。\n明年计划造林1亿亩。",
    ],
    ids=["one number twice", "list left open", "plan of next year"],
)
def test_what_is_no_relation_is_not_shown_even_as_one_that_may_be_meant(text: str):
    assert [shown(each) for each in relate(text)] == []


def test_a_list_closed_by_the_number_of_its_kinds_is_a_sum():
    assert confident("审结案件24件，其中盗窃6件、抢劫18件等两类。") == ["sum 24件 = 6件+18件: both"]


def test_a_whole_that_a_sentence_sets_out_from_is_found_behind_many_other_numbers():
    text = (
        "本院现有公务员89人，工人4人，司机10人，书记员13人，文书7人，共计123人，男85人，女38人；党员86人。"
        "公务员中法官66人，占74%；辅助人员23人，占26%。公务员中大学学历71人，占80%；专科18人，占20%。"
        "公务员中年龄35岁以下8人，占9%；36至45岁22人，占25%；46至55岁42人，占47%；56岁以上17人，占19.1%。"
    )
    assert "share 19.1% = 17人 / 89人: both" in confident(text)


def test_years_in_a_row_are_no_sum_of_others_unless_a_word_tells_a_total():
    text = "连续8年增产，连续5年居前列，连续13年达标；两项工程用时8年、5年，共13年。"
    told = mentions(text, scan(text))
    assert list(sums(told, told[2])) == []
    assert [len(each.parts) for each in sums(told, told[-1])][:1] == [2]
