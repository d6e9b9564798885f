"""Facts about what is a table of a text: one that just is, and one that just is not."""

import pytest

from asprinted.audit.mentions import mentions
from asprinted.audit.tables import Table, tables
from asprinted.chinese.scanning import scan


def found(lines: list[str]) -> list[Table]:
    text = "\n".join(lines)
    return list(tables(text, mentions(text, scan(text))))


def stacked(columns: int) -> list[str]:
    """Return a table of so many columns that stands a cell a line: names of heads, then two rows."""
    heads = ["受理", "审结", "撤诉", "调解", "判决", "驳回", "移送", "终结"][: columns - 1]
    rows = [[name, *("30" for _ in heads)] for name in ("民庭", "刑庭")]
    return ["庭室", *heads, *(cell for row in rows for cell in row)]


NAME_OF_24 = "某市中级人民法院第一民事审判庭（含知识产权案庭）"
SPACED = ["庭室 受理 审结", "民庭 40 30", "刑庭 50 45"]


@pytest.mark.parametrize(
    ("is_one", "is_none"),
    [
        (stacked(8), stacked(9)),
        (stacked(2), ["受理", "30", "40"]),
        (["一览表", *stacked(3)], ["一览表", "附后", *stacked(3)]),
        ([NAME_OF_24, *stacked(3)[1:]], [f"原{NAME_OF_24}", *stacked(3)[1:]]),
        (stacked(3), stacked(3)[:-3]),
        (SPACED, SPACED[:-1]),
        (SPACED, ["庭室 受理", "民庭 40", "刑庭 50"]),
        (["| 庭室 | 受理 |", "| 民庭 | 40 |", "| 刑庭 | 50 |"], ["| 庭室 | 受理 |", "| 民庭 | 40 |"]),
        (["| 庭室 | 受理 |", "| 民庭 | 40 |", "| 刑庭 | 50 |"], ["| 受理 |", "| 40 |", "| 50 |"]),
    ],
    ids=[
        *("eight columns", "two columns", "one line above it", "a cell of 24 characters"),
        *("two rows", "two rows between blanks", "three words of a head"),
        *("two rows between bars", "two columns between bars"),
    ],
)
def test_a_text_has_a_table_and_one_that_just_misses_has_none(is_one: list[str], is_none: list[str]):
    assert len(NAME_OF_24) == 24
    assert len(found(is_one)) == 1
    assert found(is_none) == []


def test_a_number_begins_its_cell_or_stands_right_behind_a_sign():
    lines = ["| 民庭 | 40 | +12% |", "| 刑庭 | 50 | -8% |", "| 行庭 | 20 | －3% |", "| 少庭 | 25 | −4% |"]
    (table,) = found(["| 庭室 | 受理 | 增减 |", *lines])
    numbers = [[cell.number.span.text for cell in row if cell.number] for row in table.rows]
    assert numbers == [["40", "12%"], ["50", "-8%"], ["20", "－3%"], ["25", "−4%"]]


def test_of_stacked_rows_those_are_a_table_that_have_their_numbers():
    (table,) = found([*stacked(3), "合计"])
    assert table.names == ("民庭", "刑庭")
