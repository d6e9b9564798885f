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


def made(*pages: Sequence[Column], size: int = 12, locked: str = "") -> bytes:
    """Return a PDF of pages of columns: where each begins, from the left and from below, and its lines."""
    out = io.BytesIO()
    canvas = Canvas(out, (600, 800), encrypt=StandardEncryption(locked) if locked else None)
    for page in pages:
        canvas.setFont("STSong-Light", size)
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


def test_a_heading_stays_alone_and_so_do_the_cells_of_a_table():
    cells = [(50, 500, ["项目", "21454", "34765"]), (300, 500, ["件数", "669", "413"])]
    found = pdf.text(
        made([(150, 760, ["图书馆二〇二二年全年工作情况的报告"]), (50, 700, LEFT[:2]), *cells])
    ).splitlines()
    assert found[0] == "图书馆二〇二二年全年工作情况的报告"
    assert {"21454", "34765", "669", "413"} <= set(found)


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
    assert refused(made([(50, 700, LEFT)], locked="a")) == (
        "found a PDF that is locked, expected one that opens without a password."
    )


@pytest.mark.parametrize("keep", [5, 60, 0.5, 0.9])
def test_a_damaged_one_is_refused_or_read_and_never_ends_otherwise(keep):
    raw = made([(50, 700, LEFT)])
    cut = raw[: keep if isinstance(keep, int) else int(len(raw) * keep)]
    with suppress(Fault):
        assert "34765人次" in texts.text_of(cut, texts.Path("a.pdf"))


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
