"""Facts about tables whose rows, not whose columns, stand in a relation."""

import pytest

from asprinted.audit.candidate import Candidate, Confidence
from asprinted.audit.ranking import relate
from asprinted.chinese.scanning import Role, scan

STAFF = """项目 | 2019 | 2020 | 2021 |
干警（人） | 2063 | 2118 | 2175 |
男 | 1304 | 1331 | 1362 |
女 | 759 | 787 | 813 |
院部 | 640 | 652 | 671 |
派出机构 | 1423 | 1466 | 1504 |
女性占比（%） | 36.8 | 37.2 | 37.4 |
男女比（女=100） | 171.8 | 169.1 | 167.5 |
"""

MATTERS = """事项 | 处罚 | 许可 | 信息公开 | 其他 | 总计 |
数量 | 412 | 96 | 57 | 235 | 800 |
占比 | 51.50% | 12.00% | 7.13% | 29.38% | 100% |
"""


def said(found: Candidate) -> str:
    parts, wholes = ("+".join(span.text for span in side) for side in (found.parts, found.wholes))
    return f"{found.results[0].text} = {' / '.join(filter(None, (parts, wholes)))}"


def likely(text: str) -> list[str]:
    return [said(each) for each in relate(text) if each.confidence is not Confidence.POSSIBLE]


@pytest.mark.parametrize(
    "relation",
    [
        "2063 = 1304+759",
        "2063 = 640+1423",
        "2175 = 671+1504",
        "37.2 = 787 / 2118",
        "169.1 = 1331 / 787",
    ],
)
def test_rows_add_up_twice_and_divide_each_other_as_columns_do(relation):
    assert relation in likely(STAFF)


@pytest.mark.parametrize(
    "relation", ["800 = 412+96+57+235", "51.50% = 412 / 800", "7.13% = 57 / 800", "29.38% = 235 / 800"]
)
def test_a_row_of_shares_is_of_the_total_that_its_row_of_counts_ends_in(relation):
    assert relation in likely(MATTERS)


def test_a_slip_in_a_row_of_shares_is_flagged():
    found = relate(MATTERS.replace("12.00%", "17.00%"))
    assert [said(each) for each in found if each.flag and each.kind == "share"] == ["17.00% = 96 / 800"]


def test_what_rates_of_parts_give_is_no_sum_of_them():
    rates = """地区 | 受理 | 结案率 | 人均结案 |
全市 | 640 | 81.2 | 103.4 |
甲县 | 410 | 80.5 | 99.1 |
乙县 | 230 | 82.6 | 110.2 |
"""
    assert likely(rates) == ["640 = 410+230"]


def test_the_last_bar_of_a_line_opens_no_column():
    assert likely(MATTERS) == likely("\n".join(f"| {line}" for line in MATTERS.split("\n") if line) + "\n")


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("女 | 1904 | 2007 | 2118 |", Role.MEASUREMENT),
        ("2007 | 1904 | 2118 |", Role.DATE),
        ("项目 | 1990 | 2007 | 2020 |", Role.DATE),
        ("成立于 | 2007 |", Role.DATE),
    ],
)
def test_a_year_in_a_cell_counts_beside_what_is_no_year(line, role):
    (found,) = [each for each in scan(line) if each.text == "2007"]
    assert found.role is role


def test_a_number_with_a_decimal_nought_is_no_count():
    assert likely("品种 | 面积 |\n全年 | 130.2 |\n夏粮 | 50.2 |\n秋粮 | 80.0 |\n") == ["130.2 = 50.2+80.0"]
