"""Facts about the list of an audit: each line names its result so that it is found in the text."""

import json
import re

import pytest

from asprinted import audit
from asprinted.audit.listing import grouped, in_order, line, lines
from asprinted.workbench import ask


def listed(text: str, language: str = "en") -> list[str]:
    """Return what the list says of each relation of a text."""
    found = audit(text)
    return [line(found, each, language) for each in found.claims if each.leads]


def test_a_result_with_nothing_before_it_is_named_by_the_words_behind():
    (said,) = listed("逮捕60人、拘留95人。60名逮捕人犯中，起诉19名、免诉12名、释放29名。", "zh")[-1:]
    assert said == "60名逮捕人犯中：19名加12名加29名，合计60名"


def test_a_date_is_among_the_words_before_and_is_not_cut():
    assert listed("全市2018年度共审结1200件，其中民事700件、刑事500件。") == [
        "…2018年度共审结1200件: 700件 + 500件 is 1,200件"
    ]


def test_eight_characters_before_a_result_are_told_and_of_nine_the_first_is_left_out():
    said = "{}1200件: 700件 + 500件 is 1,200件"
    for words, told in (
        ("全市法院共审结案", "全市法院共审结案"),
        ("全市各法院共审结案", "…市各法院共审结案"),
    ):
        assert listed(f"{words}1200件，其中民事700件、刑事500件。") == [said.format(told)]


def test_of_what_follows_the_surest_is_listed_first_and_not_what_stands_first():
    found = audit("受理10000件，审结6000件，结案率60%。\n法院受理案件34765件，审结21454件，结案率为61.71%。")
    assert [claim.confidence for claim in found.claims] == ["likely", "sure"]
    listed = {
        name: [each.results[0].text for each in claims] for name, claims in grouped(found.claims).items()
    }
    assert listed == {"follows": ["61.71%", "60%"]}


@pytest.mark.parametrize(("width", "wide"), [(80, 80), (50, 50), (49, 50)])
def test_a_line_is_as_wide_as_the_terminal_and_leaves_twenty_columns_at_least(width: int, wide: int):
    found = audit("受理10000件，审结6000件，结案率60%。")
    shown = [text for text, _ in lines(found, width)]
    at = next(at for at, text in enumerate(shown) if text.startswith("c1"))
    # A wide character takes two columns: 结案率, and 件 wherever it stands.
    assert len(shown[at]) + 3 + shown[at].count("件") == wide
    if width > 50:
        assert shown[at].startswith("c1   likely   结案率60%: 6000件 of 10000件 is 60.0000%   ")
    else:
        assert shown[at].startswith("c1   likely   结案率60%: 6000件 of ")
        assert shown[at + 1] == " " * 14 + "10000件 is 60.0000%"


@pytest.mark.parametrize(
    "rows",
    [
        ["| 庭室 | 受理 | 审结 | 结案率 |", "|---|---|---|---|",
         "| {} | 40 | 30 | 75.0% |", "| {} | 50 | 45 | 90.0% |"],
        ["<table><tr><td>庭室</td><td>受理</td><td>审结</td><td>结案率</td></tr>",
         "<tr><td>{}</td><td>40</td><td>30</td><td>75.0%</td></tr>",
         "<tr><td>{}</td><td>50</td><td>45</td><td>90.0%</td></tr></table>"],
    ],
    ids=["bars", "tags"],
)  # fmt: skip
def test_a_row_of_a_table_is_told_by_its_name(rows):
    text = "\n".join(rows).replace("{}", "民庭", 1).replace("{}", "刑庭", 1)
    assert listed(text) == ["民庭 75.0%: 30 of 40 is 75.0000%", "刑庭 90.0%: 45 of 50 is 90.0000%"]


def test_a_sum_of_shares_is_written_as_a_share():
    rows = (
        "| 类别 | 占比 |",
        "|---|---|",
        "| 民事 | 45.0% |",
        "| 刑事 | 30.0% |",
        "| 行政 | 25.0% |",
        "| 合计 | 100.0% |",
    )
    (said,) = listed("\n".join(rows))
    # Each is rounded: three times 0.05 on either side.
    assert said == "合计 100.0%: 45.0% + 30.0% + 25.0% is 99.8500% to below 100.1500%"


def test_what_does_not_follow_shows_no_level_and_of_nothing_tested_nothing_is_trusted():
    found = audit("抽检食品1250批，其中合格1225批，合格率89%。")
    (row,) = [text for text, is_head in lines(found, 80) if text.startswith("c1")]
    assert "sure" not in row
    assert "likely" not in row
    assert [text for text, _ in lines(audit("受理五件。"), 200)][-1].startswith("No relation is proposed")


# Of these three rates the last slips.
MIXED = (
    "受理案件1200件，审结900件，结案率75%。开庭600次，其中当庭宣判150次，占25%。"
    "抽检食品1250批，其中合格1225批，合格率89%。"
)


def test_the_workbench_shows_relations_in_the_order_of_the_list():
    found = audit(MIXED)
    in_list = [
        each.id for inside in in_order(found.claims).values() for several in inside for each in several
    ]
    answer = json.loads(ask(json.dumps({"about": "text", "text": MIXED})))
    assert re.findall('<li id="(c[0-9]+)"', answer["claims"]) == in_list
    assert found.claims[-1].flag
    assert in_list[0] == found.claims[-1].id
