"""The text of a PDF: columns, lines and broken words joined, and what holds no text refused with a reason."""

import gc
import io
from collections.abc import Sequence
from contextlib import suppress

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from asprinted.audit.document import audit
from asprinted.corpus import pdf, texts
from asprinted.faults import Fault

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

Column = tuple[float, float, Sequence[str]]


def made(
    *pages: Sequence[Column],
    size: int = 12,
    lock: StandardEncryption | None = None,
    font: str = "STSong-Light",
) -> bytes:
    """Return a PDF of pages of columns: where each begins, from the left and from below, and its lines."""
    out = io.BytesIO()
    canvas = Canvas(out, (600, 800), encrypt=lock)
    for page in pages:
        canvas.setFont(font, size)
        for left, top, lines in page:
            for number, line in enumerate(lines):
                canvas.drawString(left, top - 1.4 * size * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def refused(raw: bytes) -> str:
    with pytest.raises(Fault) as fault:
        texts.text_of(raw, texts.Path("a.pdf"))
    return str(fault.value)


LEFT = [
    "　　图书馆全年借出图书二万一千册，读者总量为347",
    "65人次，其中少年读者21454人次，占读者的61.71%。",
    "　　全年举办讲座120场，展览30场，到场听众共有",
    "4500人，平均每场30人。报告厅于六月起重新开放，其",
]
RIGHT = [
    "后四个月又举办了讲座45场。读者来信共计一百二十",
    "封，均在五日内答复。",
]


def test_a_number_that_a_line_breaks_is_one_number_and_its_share_is_checked():
    read = pdf.text(made([(50, 700, LEFT[:2])]))
    assert (
        read == "图书馆全年借出图书二万一千册，读者总量为34765人次，其中少年读者21454人次，占读者的61.71%。"
    )
    assert [claim.check.verdict.value for claim in audit(read).claims if claim.leads] == ["both"]


def test_columns_are_read_one_after_the_other_and_a_sentence_goes_on_in_the_next():
    read = pdf.text(made([(20, 700, LEFT), (320, 700, RIGHT)], size=11))
    assert read.splitlines() == [
        LEFT[0].strip() + LEFT[1],
        LEFT[2].strip() + LEFT[3] + RIGHT[0] + RIGHT[1],
    ]


@pytest.mark.parametrize("number", ["— 3 —", "3", "第 3 页 共 12 页", "3 / 12"])
def test_a_sentence_goes_on_over_a_page_whose_number_is_left_out(number):
    first, second = [(50, 200, LEFT), (280, 30, [number])], [(50, 760, RIGHT), (280, 30, [number])]
    assert pdf.text(made(first, second)).splitlines()[1:] == [LEFT[2].strip() + LEFT[3] + RIGHT[0] + RIGHT[1]]


HEADING = "图书馆二〇二二年全年工作情况的报告"
GRID = [
    ["分馆", "入藏（册）", "借出（册）", "借出率"],
    ["城东分馆", "1204", "1150", "95.51%"],
    ["城西分馆", "867", "845", "97.46%"],
    ["少年儿童图书馆及流动书车", "", "301", "—"],
    ["合计", "2071", "2296", "96.35%"],
]


def grid(left: float, top: float, *widths: float, rows: Sequence[Sequence[str]] = GRID) -> list[Column]:
    """Return a table as columns of such widths, row under row, what is not filled left out."""
    lefts = [left + sum(widths[:at]) for at in range(len(widths))]
    return [
        (at, top - 17 * number, [cell])
        for number, row in enumerate(rows)
        for at, cell in zip(lefts, row, strict=True)
        if cell
    ]


@pytest.mark.parametrize("widths", [(200, 100, 100, 100), (160, 75, 75, 60)])
def test_a_table_is_read_row_by_row_and_a_cell_that_is_not_filled_stays_empty(widths):
    page = [(150, 760, [HEADING]), (50, 700, LEFT[:2]), *grid(50, 640, *widths), (50, 480, RIGHT)]
    found = pdf.text(made(page)).splitlines()
    assert found == [
        HEADING,
        LEFT[0].strip() + LEFT[1],
        *("\t".join(row) for row in GRID),
        RIGHT[0] + RIGHT[1],
    ]


def test_the_rates_of_a_table_are_checked_against_the_counts_of_their_rows():
    rows = [row for row in GRID if row[1]]
    claims = audit(pdf.text(made(grid(50, 700, 150, 100, 100, 100, rows=rows)))).claims
    found = [
        (claim.results[0].text, claim.parts[0].text, claim.check.verdict.value)
        for claim in claims
        if claim.kind == "share" and claim.leads
    ]
    assert found[:2] == [("95.51%", "1150", "both"), ("97.46%", "845", "both")]


def test_a_table_beside_a_column_of_running_text_takes_none_of_it():
    lines = [*LEFT, *LEFT]
    table = [row[:3] for row in GRID if row[1]]
    found = pdf.text(made([(20, 700, lines), *grid(330, 700, 80, 70, 60, rows=table)], size=11)).splitlines()
    assert [line for line in found if "\t" in line] == ["\t".join(row) for row in table]
    assert LEFT[0].strip() + LEFT[1] in found


def test_a_cell_of_two_lines_stays_in_its_row():
    rows = [GRID[0], GRID[1], ["", "312", "301", "96.47%"], GRID[4]]
    name = [(50, 674, ["少年儿童图书馆及流动书车", ""]), (55, 660, ["和各街道图书室"])]
    found = pdf.text(made([*grid(50, 701, 200, 90, 90, 90, rows=rows), *name])).splitlines()
    assert found[2] == "少年儿童图书馆及流动书车和各街道图书室\t312\t301\t96.47%"
    assert len(found) == 4


def test_a_radical_that_looks_like_a_character_is_read_as_it():
    assert "⼆⼗册，⺠事⻋⻢".translate(pdf._NAMED) == "二十册，民事车马"


def test_two_columns_of_short_lines_are_no_table():
    lists = [
        (50, 700, ["甲馆：藏书多", "乙馆：座位多", "丙馆"]),
        (300, 700, ["开馆三十年", "开馆九年", "新馆"]),
    ]
    assert pdf.text(made(lists)).splitlines() == [*lists[0][2], *lists[1][2]]


def test_english_words_are_parted_by_a_space_and_broken_ones_joined():
    lines = [
        "The library lent 785 of its 34,765 books to the chil-",
        "dren of the town, and 120 to their parents and to",
    ]
    assert pdf.text(made([(50, 700, [*lines, "others."])])) == (
        "The library lent 785 of its 34,765 books to the children of the town, and 120 to their parents "
        "and to others."
    )


def test_a_scan_says_that_it_holds_no_text():
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 128)), 0, 0)
    canvas.showPage()
    canvas.save()
    assert refused(out.getvalue()) == (
        "found a PDF that holds no text, such as a scan, expected one with text: run OCR over it first."
    )


def test_a_locked_one_says_so_and_one_that_opens_without_a_password_is_read():
    assert refused(made([(50, 700, LEFT)], lock=StandardEncryption("a"))) == (
        "found a PDF that is locked, expected one that opens without a password."
    )
    owned = StandardEncryption("", ownerPassword="a", canPrint=0)
    assert pdf.text(made([(50, 700, ["785 of 34,765 books"])], lock=owned, font="Helvetica")) == (
        "785 of 34,765 books"
    )


def test_one_whose_letters_name_no_characters_says_so_and_gives_no_codes():
    # Of a font that is encrypted with its names, only its codes are known.
    unnamed = made([(50, 700, LEFT)], lock=StandardEncryption("", ownerPassword="a"))
    assert refused(unnamed) == (
        "found a PDF whose letters name no characters, expected one with text: run OCR over it first."
    )


def test_one_that_is_cut_off_before_its_text_is_refused():
    raw = made([(50, 700, LEFT)])
    for kept in (5, 60, raw.index(b"stream")):
        assert refused(raw[:kept]).startswith("found a PDF that ")


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_damaged_one_is_refused_or_read_and_never_ends_otherwise(tenth):
    raw = made([(50, 700, LEFT)])
    with suppress(Fault):
        assert "34765人次" in texts.text_of(raw[: len(raw) * tenth // 10], texts.Path("a.pdf"))


def test_one_of_more_text_than_a_text_may_have_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "LARGEST", 10)
    assert "found a PDF of more than" in refused(made([(50, 700, LEFT)]))


def test_one_that_takes_too_long_is_refused(monkeypatch):
    raw = made([(50, 700, LEFT)] * 30)
    monkeypatch.setattr(pdf, "SECONDS", 0.02)
    # What hypothesis hears from the collector of garbage would swallow the end of the time.
    gc.disable()
    try:
        assert "found a PDF that takes more than" in refused(raw)
    finally:
        gc.enable()


def test_a_pdf_is_known_by_its_bytes_too():
    assert texts.text_of(made([(50, 700, LEFT[:1])]), texts.Path("-")) == LEFT[0].strip()
