"""The text of a PDF, as its reader sees it: columns one after the other, lines and broken words joined.

A line ends where its column does, in the middle of a number too; a paragraph ends where a line is short, or
the next is set in. A table is read row by row. What numbers the pages is left out.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from asprinted.corpus import grids
from asprinted.corpus.grids import Line, Piece
from asprinted.faults import Fault
from asprinted.processes.limits import limited

__all__ = ["joined", "text"]

SECONDS = 120.0
"""Of the processor, the most that one PDF may take."""
LARGEST = 5_000_000
"""Characters of the longest text."""

GAP, NARROW_GAP = 0.6, 0.1
"""Of its height, what is a wide gap in a line: between cells, not between words; Chinese ones have none."""

_PAGE = re.compile(
    r"[-—–―·~\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–―·~\s]*"
)
_NAMED = str.maketrans(
    {radical: unicodedata.normalize("NFKC", radical) for radical in map(chr, range(0x2F00, 0x2FD6))}
    | dict(
        zip(
            "⺎⺟⺠⺩⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
            "兀母民王虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
            strict=True,
        )
    )
)
"""The characters that radicals look like, which a PDF may name in their place."""
_CODE = re.compile(r"\(cid:\d+\)")
"""What stands for a letter of which only the place in its font is known."""
_ENDS = tuple("。！？；：.!?;:")
_NARROW = 10
"""Of its own height, the width of a column below which lines are cells of a table, not a running text."""


def text(raw: bytes) -> str:
    """Return the text of a PDF. Raises Fault for one that is locked, damaged, too long, or holds no text."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    # It reports to a log what ends here in a Fault, or is of no consequence.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with limited(SECONDS):
            pages = extract_pages(io.BytesIO(raw), laparams=LAParams(all_texts=True))
            read = joined(_lines(pages))
    except (PDFEncryptionError, PDFPasswordIncorrect):
        raise Fault.of("a PDF that is locked", "one that opens without a password") from None
    except TimeoutError:
        raise Fault.of(f"a PDF that takes more than {SECONDS:.0f} seconds", "a simpler one") from None
    if not read.strip():
        raise Fault.of("a PDF that holds no text, such as a scan", "one with text: run OCR over it first")
    if len(_CODE.findall(read)) * 100 > len(read):
        expected = "one with text: run OCR over it first"
        raise Fault.of("a PDF whose letters name no characters", expected)
    return read


def _lines(pages: Iterable[Any]) -> Iterator[list[Line]]:
    """Yield the lines of each block of text, in the order in which they are read; of a table its rows."""
    from pdfminer.layout import LTTextBox

    characters = 0
    for page in pages:
        blocks: list[list[Line]] = []
        for box in (each for each in page if isinstance(each, LTTextBox)):
            lines = [_line(line, box) for line in box if line.get_text().strip()]
            characters += sum(len(line.text) for line in lines)
            if characters > LARGEST:
                raise Fault.of(f"a PDF of more than {LARGEST // 10**6} million characters", "one text")
            edge = box.y0 > page.height * 0.9 or box.y1 < page.height * 0.1
            if lines and not (edge and all(_PAGE.fullmatch(line.text) for line in lines)):
                blocks.append(lines)
        yield from grids.rows(blocks)


def _line(line: Any, box: Any) -> Line:
    written = line.get_text().translate(_NAMED).rstrip()
    inset = len(written) - len(written.lstrip("\u3000"))
    left, middle = line.x0 + inset * line.height, (line.y0 + line.y1) / 2
    return Line(written.strip(), left, line.x1, line.height, box.x0, box.x1, middle, tuple(_pieces(line)))


def _pieces(line: Any) -> Iterator[Piece]:
    """Yield what wide gaps part in a line."""
    held = list(line)
    # What stands for a blank between words has no place of its own.
    seen = [at for at, each in enumerate(held) if hasattr(each, "x0") and each.get_text().strip()]
    begun = 0
    for last, at in pairwise(seen):
        gap = GAP if (held[last].get_text() + held[at].get_text()).isascii() else NARROW_GAP
        if held[at].x0 - held[last].x1 > gap * line.height:
            yield _piece(held[begun:at], held[last].x1)
            begun = at
    if seen:
        yield _piece(held[begun:], held[seen[-1]].x1)


def _piece(held: Sequence[Any], right: float) -> Piece:
    written = "".join(each.get_text() for each in held).translate(_NAMED).strip()
    return Piece(written, next(each.x0 for each in held if hasattr(each, "x0")), right)


def joined(blocks: Iterable[list[Line]]) -> str:
    r"""Return paragraphs, one a line of text.

    >>> wide = Line("全年共受理案件347", 20, 180, 10, 0, 180)
    >>> joined([[wide, Line("65件。", 0, 40, 10, 0, 180), Line("审结21454件。", 20, 100, 10, 0, 180)]])
    '全年共受理案件34765件。\n审结21454件。'
    >>> joined([[wide._replace(text="a table of exam-"), wide._replace(text="ples", left=0)]])
    'a table of examples'
    """
    made: list[str] = []
    before: list[Line] = []
    for block in blocks:
        for at, line in enumerate(block):
            if before and _goes_on(before[-1], line) and (at or _runs_on(before, block)):
                made[-1] = grids.glued(made[-1], line.text)
            else:
                made.append(line.text)
            before = block[: at + 1]
    return "\n".join(made)


def _goes_on(before: Line, line: Line) -> bool:
    """Return whether a line goes on with the one before it: that was full, and this is not set in."""
    wide = min(each.last - each.first for each in (before, line)) >= _NARROW * line.height
    full = before.last - before.right < 1.5 * before.height
    inset = line.left - line.first > line.height
    return wide and full and not inset and abs(before.height - line.height) < 0.25 * line.height


def _runs_on(before: list[Line], block: list[Line]) -> bool:
    """Return whether a column may go on in another, in the middle of a sentence; a heading does not."""
    return len(before) > 1 and len(block) > 1 and not before[-1].text.endswith(_ENDS)
