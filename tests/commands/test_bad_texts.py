"""Texts that no writer meant to be audited, through the whole audit: each is bounded, and none is accused."""

import pytest
from test_documents import docx

from asprinted import audit
from asprinted.audit import proposing
from asprinted.audit.candidate import Candidate
from asprinted.audit.document import Audit
from asprinted.audit.listing import lines
from asprinted.audit.mentions import mentions
from asprinted.chinese.scanning import scan
from asprinted.corpus import texts

HEADS = (
    "<tr><th rowspan=2>单位</th><th colspan=2>民事</th><th rowspan=2>结案率</th></tr>"
    "<tr><th>收案</th><th>结案</th></tr>"
)
ROWS = (("甲院", 1200, 900, "75.0%"), ("乙院", 900, 810, "90.0%"), ("合计", 2100, 1710, "81.4%"))
CELLS = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
PAGE = (
    f"<html><body><article><p>全市法院收结案情况。</p><table>{HEADS}{CELLS}</table></article></body></html>"
)


def said(found: Audit) -> list[str]:
    """Return each relation that is sure or likely, in a line."""
    return [
        f"{each.results[0].text} = {' '.join(span.text for span in (*each.parts, *each.wholes))}"
        for each in found.claims
        if each.leads and each.confidence != "possible"
    ]


def flagged(found: Audit) -> list[Candidate]:
    return [each for each in found.claims if each.flag]


# ------------------------------------------------------------------------------------------- tables


def test_a_page_with_merged_cells_is_audited_by_the_heads_that_stand_above_several_columns(tmp_path):
    (tmp_path / "merged.html").write_text(PAGE, encoding="utf-8")
    found = audit(texts.read(tmp_path / "merged.html"))
    assert said(found) == [
        "75.0% = 900 1200",
        "90.0% = 810 900",
        "2100 = 1200 900",
        "1710 = 900 810",
        "81.4% = 1710 2100",
    ]
    assert flagged(found) == []


def test_a_cell_that_is_merged_over_rows_leaves_the_others_in_their_columns(tmp_path):
    merged = PAGE.replace("<td>甲院</td>", "<td rowspan=2>甲院</td>").replace("<td>乙院</td>", "")
    (tmp_path / "merged.html").write_text(merged, encoding="utf-8")
    found = audit(texts.read(tmp_path / "merged.html"))
    assert "90.0% = 810 900" in said(found)
    assert flagged(found) == []


def test_a_document_whose_cells_are_merged_is_not_accused(tmp_path):
    cells = ["全市法院收结案情况。", "单位", "民事", "结案率", "收案", "结案"]
    cells += [str(cell) for row in ROWS for cell in row]
    (tmp_path / "merged.docx").write_bytes(docx(*cells))
    found = audit(texts.read(tmp_path / "merged.docx"))
    assert [span.text for span in found.spans] == [str(cell) for row in ROWS for cell in row[1:]]
    assert flagged(found) == []


def test_a_text_of_tables_alone_is_audited_table_by_table():
    heads = ("| 院 | 收案 | 结案 | 结案率 |", "| 所 | 调解 | 成功 | 成功率 |")
    rows = (("| 甲 | 1200 | 900 | 75.0% |", "| 乙 | 800 | 720 | 90.0% |"),
            ("| 丙 | 120 | 90 | 75.0% |", "| 丁 | 80 | 72 | 90.0% |"))  # fmt: skip
    text = "\n\n".join(
        "\n".join((head, "|---|---|---|---|", *body)) for head, body in zip(heads, rows, strict=True)
    )
    found = audit(text)
    assert said(found) == ["75.0% = 900 1200", "90.0% = 720 800", "75.0% = 90 120", "90.0% = 72 80"]
    assert flagged(found) == []


# ------------------------------------------------------------------------------------------- digits


def test_years_whose_dash_was_lost_are_a_date_and_part_of_no_relation():
    text = "19831985年共收案1200件，其中19831984年700件、1985年500件。１９８６１９９０年收案２５００件。"
    found = audit(text)
    assert [span.text for span in found.spans if span.role == "date"] == [
        "19831985年", "19831984年", "1985年", "１９８６１９９０年",
    ]  # fmt: skip
    assert said(found) == ["1200件 = 700件 500件"]
    assert flagged(found) == []


def test_one_relation_is_found_though_its_digits_are_of_three_scripts():
    found = audit("受理一千二百件，审结９００件，结案率75%；受理１２００件，审结九百件，结案率七成五。")
    assert said(found) == ["75% = ９００件 一千二百件", "七成五 = 九百件 １２００件"]
    assert flagged(found) == []


UNREAD = [
    "受理几十件，审结900件，结案率75%。",
    "受理1O00件，审结900件，结案率75%。",
    "受理12:00件，审结900件，结案率75%。",
    "共0871件，其中民事700件、刑事100件。",
    "受理½件，审结900件，结案率75%。",
]


@pytest.mark.parametrize("text", UNREAD)
def test_what_was_not_read_surely_accuses_nobody(text: str):
    assert flagged(audit(text)) == []


# ------------------------------------------------------------------------------------------- many numbers

PIECES = {
    "list": "受理{}件，",
    "shares": "受理{}件，审结{}件，占{}%，",
    "pauses": "{}件、",
    "changes": "比上年的{}件增长{}%，",
    "row": "{}∶",
    "brackets": "共{}人（男{}人、女{}人）",
}
READINGS, STEPS = 70, 250
"""How many readings a number of one paragraph may have, and how many numbers are looked at for it."""


def paragraph(piece: str, many: int) -> str:
    numbers = iter(range(100, 100 + 7 * many, 7))
    each = piece.count("{}")
    return "".join(piece.format(*(next(numbers) for _ in range(each))) for _ in range(many // each))


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_a_number_has_few_readings_and_takes_few_steps_however_many_stand_in_its_paragraph(piece: str):
    text = paragraph(piece, 800)
    told = _Counted(mentions(text, scan(text)))
    readings = sum(len(group) for group in proposing.groups(text, told))
    assert readings <= READINGS * len(told)
    assert told.steps <= STEPS * len(told)


class _Counted(list):
    """The numbers of a text, which counts how often one is asked for, alone or among others."""

    steps = 0

    def __getitem__(self, place):
        found = super().__getitem__(place)
        self.steps += len(found) if isinstance(place, slice) else 1
        return found


def test_ten_thousand_numbers_in_one_paragraph_are_all_found_and_accuse_nobody():
    found = audit(paragraph(PIECES["pauses"], 10_000))
    assert found.counts.found == found.counts.read == 10_000
    assert flagged(found) == []
    assert next(lines(found, 80))[0].startswith("text: 10,000 numbers found, 10,000 read; ")
