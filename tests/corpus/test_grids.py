"""Facts about what is a table of a page of PDF: one that just is, and one that just is not."""

import pytest

from asprinted.corpus.grids import Line, Piece, rows

HEADS, CIVIL, CRIMINAL = ("庭室", "受理", "审结"), ("民庭", "40", "30"), ("刑庭", "50", "45")
NAME_OF_24 = "某市中级人民法院第一民事审判庭（含知识产权案庭）"


def line(middle: float, *cells: str) -> Line:
    """Return a line ten high with its cells sixty apart."""
    pieces = tuple(Piece(text, 60.0 * at, 60.0 * at + 50) for at, text in enumerate(cells))
    return Line("　".join(cells), 0, pieces[-1].right, 10, 0, 400, middle, pieces)


def found(*lines: Line) -> list[list[str]]:
    """Return the cells of the rows of a page that are read as those of a table."""
    made = [each.text for block in rows([[one] for one in lines]) for each in block]
    return [text.split("\t") for text in made if "\t" in text]


TWO = [line(80, *CIVIL), line(60, *CRIMINAL)]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([line(100, *HEADS), *TWO], 3),
        ([line(120, *HEADS), line(100, *HEADS), *TWO], 4),
        ([line(140, *HEADS), line(120, *HEADS), line(100, *HEADS), *TWO], 4),
        ([line(100, "庭室", NAME_OF_24), *TWO], 3),
        ([line(100, "庭室", f"原{NAME_OF_24}"), *TWO], 2),
        ([line(119.5, *HEADS), *TWO], 3),
        ([line(120, *HEADS), *TWO], 2),
        ([line(80, *CIVIL), line(40.5, *CRIMINAL)], 2),
        ([line(80, *CIVIL), line(40, *CRIMINAL)], 0),
        ([line(80, "民庭", "40", "未报"), line(60, "刑庭", "50", "未报")], 2),
        ([line(80, "民庭", "40", "未报", "缺"), line(60, "刑庭", "50", "未报", "缺")], 0),
        ([line(80, *CIVIL)], 0),
    ],
    ids=[
        *("a head", "two rows of heads", "of three the nearest two"),
        *("a head of 24 characters", "one of 25"),
        *("a head less than four heights above", "one of four heights"),
        *("rows less than four heights apart", "rows of four heights"),
        *("half of the cells behind the name are numbers", "a third of them"),
        "one row",
    ],
)
def test_a_page_has_a_table_of_so_many_rows(lines: list[Line], kept: int):
    assert len(NAME_OF_24) == 24
    assert len(found(*lines)) == kept


@pytest.mark.parametrize(("below", "names"), [(11.9, ["民事庭", "刑庭"]), (12, [])])
def test_a_line_nearer_than_a_height_and_a_fifth_goes_on_in_its_cell(below: float, names: list[str]):
    lines = line(80, "民", "40", "30"), line(80 - below, "事庭"), line(55, *CRIMINAL)
    assert [cells[0] for cells in found(*lines)] == names


@pytest.mark.parametrize(
    ("lines", "short", "wide", "kept"),
    [(4, 1, 101, 0), (6, 2, 101, 6), (4, 1, 100, 4), (3, 0, 101, 0), (2, 0, 101, 2)],
    ids=["two of three reach the end", "three of five", "a narrow column", "three lines", "two lines"],
)
def test_rows_in_a_block_of_running_text_are_no_table(lines: int, short: int, wide: float, kept: int):
    cells = (Piece("30", 0, 20), Piece("40", 30, 50))
    block = [
        Line("30　40", 0, wide - (15 if at < short else 14.9), 10, 0, wide, 100.0 - 20 * at, cells)
        for at in range(lines)
    ]
    made = [text for one in rows([block]) for text in (each.text for each in one)]
    assert sum("\t" in text for text in made) == kept
