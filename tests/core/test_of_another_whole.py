"""Facts about what is not meant: of a whole not printed, another act or time, or told of already."""

import pytest

from asprinted.audit.candidate import Candidate, Confidence
from asprinted.audit.ranking import relate


def said(found: Candidate) -> str:
    parts, wholes = ("+".join(span.text for span in side) for side in (found.parts, found.wholes))
    return f"{found.kind} {found.results[0].text} = {' / '.join(filter(None, (parts, wholes)))}"


def likely(text: str, token: str) -> list[str]:
    return [
        said(each)
        for each in relate(text)
        if each.results[0].text == token and (each.flag or each.confidence is not Confidence.POSSIBLE)
    ]


NOT_MEANT = {
    # of two parts that are listed in turn neither is the whole of the other
    "各省法院共审结商事一审案件188.4万件，商事二审案件19.6万件，分别占商事案件总数的85.21%、9.12%。": "9.12%",
    # a rate of the undone is of the done as well, and of nobody else
    "全省共批准和决定逮捕1.42万人；不捕1.18万人，不捕率46.1%。": "46.1%",
    "今年共批准逮捕侵害妇女犯罪37462人，提起公诉43518人。对初犯偶犯，不批捕12418人，不捕率为33.1%；"
    "不起诉9027人，不起诉率23.1%。": "23.1%",
    "受理审查逮捕553人，受理审查起诉841人，批准逮捕281人，不批准逮捕272人；提起公诉352人，不起诉225人，"
    "附条件不起诉197人，不捕率、不诉率、附条件不起诉率分别是49.2%、39.0%、28.4%。": "28.4%",
    # what is settled without a case is no share of the cases
    "该庭受理租赁案件137起，其中调解53起、裁决65起、其他19起，结案132起；案外调解纠纷111起，"
    "调解率达66.1%。": "66.1%",
    # of what was told of other years
    "《条例》施行以来,全市共受理援助案件9.4万件,年均办理案件超过2万件,挽回损失约16.4亿元。近四年来,累计"
    "投入经费超过1.84亿元。\n四年来,全市援助中心累计为农民工、妇女提供援助2716件,"
    "占援助案件总量的38.4%。": "38.4%",
    # a growth that comes near, over an earlier year that is not printed
    "去年该院受理一审案件5160件，二审案件1032件，增加幅度接近21%。": "近21%",
    # a part that has a share of its own
    "共受理诉求36518件。其中咨询类16004件，占61.2%；投诉类262件，占0.98%；建议类150件，占0.72%。": "0.72%",
    # of what came in where it is of what was done
    "2014年本院新收案件7176件（上年同期新收案件7459件），同比下降3.79%；旧存案件630件，全年受理案件合计7806件。"
    "全年办结案件7478件，比上年下降3.19%，办结率为95.80%。": "3.19%",
    # of the same total of the year before
    "2015年本院新收案件16944件，上年同期新收案件16614件，旧存案件330件，全年受理案件合计17274件。": "16944件",
    # a part has not changed from its whole
    "全县豆类产量40.1万吨,比上年下降14.1%。其中,大豆产量32.8万吨,下降18.2%。": "18.2%",
}


@pytest.mark.parametrize("text", NOT_MEANT, ids=lambda text: text[-24:])
def test_what_is_not_meant_is_not_said(text):
    assert likely(text, NOT_MEANT[text]) == []


MEANT = {
    "批准逮捕312人，不捕208人，不捕率40%。": ("40%", ["share 40% = 208人 / 312人+208人"]),
    "非税收入8214万元，比上年减收1173万元，下降12.5%。": (
        "12.5%",
        ["change 12.5% = 8214万元 / 1173万元"],
    ),
    "产量达到  5120 吨,比上年增产  102 吨,增长 2.0%。": ("2.0%", ["change 2.0% = 5120 吨 / 102 吨"]),
    "说明不立案理由412件506人，主动立案196件240人、依通知立案216件266人。提起公诉412件506人，"
    "判决410件502人。": (
        "506人",
        ["sum 506人 = 240人+266人"],
    ),
}


@pytest.mark.parametrize("text", MEANT, ids=lambda text: text[-24:])
def test_what_is_meant_is_said_once(text):
    token, expected = MEANT[text]
    assert likely(text, token) == expected
