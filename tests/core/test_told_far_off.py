"""Facts about relations whose numbers stand in other sentences, in turn, or are said twice."""

import pytest

from asprinted.audit.candidate import Confidence
from asprinted.audit.ranking import relate
from asprinted.languages import scan
from readings import said

BETWEEN = "".join(
    f"{town}镇演练{at + 3}场，宣讲{at + 11}次，添置器材{at + 20}台。"
    for at, town in enumerate("东南西北上下里外新旧山河湖海")
)
FIRES = f"全年发生险情1460起，伤515人，损失36.5万元。{BETWEEN}"


def likely(text: str) -> list[str]:
    return [
        f"{each.kind} {said(each)}" for each in relate(text) if each.confidence is not Confidence.POSSIBLE
    ]


FAR = {
    # of the totals that a text begins with, in turn of units
    FIRES + "厂区发生险情365起，伤206人，损失7.3万元，分别占总数的25%、40%和20%。": [
        "share 25% = 365起 / 1460起",
        "share 40% = 206人 / 515人",
        "share 20% = 7.3万元 / 36.5万元",
    ],
    # named by what they count
    FIRES + "仓库发生险情438起，伤103人，起数占总数的30%，伤人数占总数的20%。": [
        "share 30% = 438起 / 1460起",
        "share 20% = 103人 / 515人",
    ],
    # of what was told of the year that they name
    "2023年，两级法院收案3154件，结案2887件，比2022年分别上升26.2%和18.3%。"
    "据了解，2022年，两级法院收案2500件，结案2440件，审限内结案率98.1%。": [
        "change 26.2% = 3154件 / 2500件",
        "change 18.3% = 2887件 / 2440件",
    ],
    # of what is listed as the first three
    "全年办理信访件1250件。位居前三的类别：交通类315件、住建类250件、社保类210件，占信访件总量的62%。": [
        "share 62% = 315件+250件+210件 / 1250件"
    ],
    # of a whole that is printed twice
    "全港登记船舶875艘，船员3120人。据通报，875艘登记船舶平均船龄11年，码头42座，泊位96个。"
    "从船型看，货船686艘，占船舶总数的78.4%。": ["share 78.4% = 686艘 / 875艘"],
}


@pytest.mark.parametrize("text", FAR, ids=lambda text: text[-24:])
def test_what_stands_far_off_is_related(text):
    assert [each for each in likely(text) if not each.startswith("sum")] == FAR[text]


def test_a_number_that_is_printed_twice_is_one_reading():
    (text,) = [each for each in FAR if "全港" in each]
    assert [f"{each.kind} {said(each)}" for each in relate(text) if each.kind == "share"] == FAR[text]


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("登记结婚4.7万对，离婚1.9万对。", "4.7万对"),
        ("登记结婚72048对(含涉外8对),离婚24991对;", "24991对"),
        ("规模为8.2万亿人民币。", "8.2万亿人民币"),
        ("全国 | 366213 | 16717440 | 108640655 |", "108640655"),
    ],
)
def test_a_number_is_read_with_what_it_counts(text, token):
    assert token in [each.text for each in scan(text) if each.reading is not None]


def test_no_unit_stands_in_what_is_done_to_others():
    assert [each.text for each in scan("现场3对其作了说明")] == ["3"]
