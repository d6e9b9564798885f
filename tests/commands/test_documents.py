"""Texts as they come: what is read, where its characters stand, and what is refused with a reason."""

import io
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import mammoth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asprinted import scan
from asprinted.audit.decoding import decode
from asprinted.corpus import texts
from asprinted.faults import Fault

LINE = "受理100件，审结60件。"

PAGE = """<!doctype html><html lang="zh"><head><meta charset="{charset}"><title>小结</title>
<script>var visits = 4321;</script></head><body>
<nav><ul><li><a href="/">首页</a></li><li><a href="/n">新闻987条</a></li></ul></nav>
<article><h1>图书馆小结</h1><p>上半年，图书馆借出图书<b>1,2</b>50册，按期归还<span>1000</span>册，归还率<i>80</i>%。</p>
<p>读者来信十二封。&nbsp;答复&lt;九&gt;封&mdash;&mdash;均在5日内。</p>
<table><tr><td>小说</td><td>800册</td></tr><tr><td>诗集</td><td>200册</td></tr></table></article>
<footer><p>版权所有 电话 0000-7654321</p></footer></body></html>"""


def read(folder: Path, name: str, raw: bytes) -> str:
    file = folder / name
    file.write_bytes(raw)
    return texts.read(file)


def refused(folder: Path, name: str, raw: bytes) -> str:
    with pytest.raises(Fault) as fault:
        read(folder, name, raw)
    return fault.value.found


def docx(*paragraphs: str, extra: dict[str, bytes] | None = None) -> bytes:
    """Return a document of Word with these paragraphs, the last of them in a table, as runs of two."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def made(text: str) -> str:
        runs = "".join(f"<w:r><w:t>{half}</w:t></w:r>" for half in (text[:4], text[4:]))
        return f"<w:p>{runs}</w:p>"

    *body, last = map(made, paragraphs)
    table = f"<w:tbl><w:tr><w:tc>{last}</w:tc></w:tr></w:tbl>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {space}><w:body>{''.join(body)}{table}</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {**parts, **(extra or {})}.items():
            packed.writestr(name, content)
    return out.getvalue()


# ------------------------------------------------------------------------------------------- what is read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_a_text_is_the_same_in_every_encoding_that_is_read(tmp_path, encoding):
    assert read(tmp_path, "a.txt", LINE.encode(encoding)) == LINE


def test_a_text_keeps_every_character_with_the_line_ends_of_windows_and_front_matter(tmp_path):
    text = "---\r\ntitle: 小结\r\n---\r\n\r\n```\r\n受理5件\r\n```\r\n"
    assert read(tmp_path, "a.md", text.encode()) == text


def test_the_article_is_taken_out_of_a_saved_page_with_its_table_and_without_menu_and_footer(tmp_path):
    text = read(tmp_path, "a.html", PAGE.format(charset="utf-8").encode())
    assert [span.text for span in scan(text) if span.text[0].isdigit()] == [
        "1,250册", "1000册", "80%", "5日", "800册", "200册",
    ]  # fmt: skip
    assert "十二封。" in text
    assert "答复<九>封——均" in text


def test_what_readers_say_under_a_page_is_not_the_articles(tmp_path):
    said = "<p>读者留言：我上半年就借了999册图书，归还率100%，服务很好，谢谢馆员们的辛苦工作。</p>"
    block = f'<div id="comments"><ol class="comment-list"><li class="comment">{said}</li></ol></div>'
    page = PAGE.format(charset="utf-8").replace("</article>", f"</article>{block}")
    assert "999" not in read(tmp_path, "a.html", page.encode())


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>{}</body></html>",
        '<?xml version="1.0" encoding="gb2312"?><html><body><div class="con">{}</div></body></html>',
        "<table><tr><td>{}</td></tr></table>",
        "<div><div><font>{}</font></div></div>",
        "<article>{}<br><br>又一段。</article>",
    ],
)
def test_a_number_that_changes_its_typeface_half_way_stays_one(tmp_path, page):
    half = "借出图书<b>1,2</b>50册，归还率<span>8</span>0<font color=red>%</font>。"
    text = read(tmp_path, "a.html", page.format(half).encode())
    assert [span.text for span in scan(text)][:2] == ["1,250册", "80%"]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gb2312", "gb18030"), ("GBK", "gb18030"), ("big5", "big5"), ("nonesuch", "gb18030")],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(tmp_path, charset, encoding):
    page = PAGE.format(charset=charset).replace("—", "-")
    if encoding == "big5":
        page = page.encode("big5", "ignore").decode("big5")
    assert "1,250" in read(tmp_path, "a.htm", page.encode(encoding))


def test_a_page_without_the_suffix_of_one_is_known_by_its_beginning(tmp_path):
    assert "987" not in read(tmp_path, "saved", b"\xef\xbb\xbf\n" + PAGE.format(charset="utf-8").encode())


def test_a_document_of_word_gives_its_paragraphs_and_tables_with_numbers_that_run_on(tmp_path):
    found = scan(read(tmp_path, "a.docx", docx("受理12345件", "审结60件")))
    assert [span.text for span in found] == ["12345件", "60件"]


def test_a_folder_gives_its_texts_by_name_and_those_below_it_and_leaves_the_rest(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.TXT", ".hidden.txt", ".git/d.txt", "e.csv", "f.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(LINE, encoding="utf-8")
    assert [text.name for text in texts.each([tmp_path], pytest.fail)] == ["a", "b", "c"]


def test_a_folder_is_read_one_text_at_a_time(tmp_path, monkeypatch):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(LINE, encoding="utf-8")
    opened = []
    monkeypatch.setattr(texts, "read", lambda path: opened.append(path.name) or LINE)
    next(texts.each([tmp_path], pytest.fail))
    assert opened == ["a.txt"]


@pytest.mark.parametrize(
    ("file", "name"), [("=1+2.txt", "'=1+2"), ("@a.txt", "'@a"), ("a\nb.txt", "a\ufffdb"), ("a.b.txt", "a.b")]
)
def test_a_name_is_one_line_that_no_spreadsheet_runs(tmp_path, file, name):
    (tmp_path / file).write_text(LINE, encoding="utf-8")
    assert [text.name for text in texts.each([tmp_path], pytest.fail)] == [name]


@settings(max_examples=50)
@given(st.text(max_size=20))
def test_no_number_expression_begins_like_a_formula(text):
    assert not [
        span.text for span in scan(text + LINE + text) if span.text.startswith(("=", "+", "-", "@", "\t"))
    ]


# ----------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("name", "raw", "found"),
    [
        ("a.txt", b"", "an empty text"),
        ("a.txt", b" \n\t\r\n", "an empty text"),
        ("a.txt", b"\xef\xbb\xbf", "an empty text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "binary data"),
        ("a.txt", LINE.encode() + b"\x00", "binary data"),
        ("a.txt", b"%PDF-1.7\n", "a PDF that cannot be read (PDFSyntaxError)"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1", "a file of old Word or Excel"),
        ("a.txt", b"{\\rtf1}", "an RTF file"),
        ("a.txt", docx(LINE, LINE), "an archive"),
        ("a.txt", b"caf\xe9 100\n", "the byte 0xe9 in line 1, which is neither UTF-8 nor GB18030"),
        ("a.html", b"<html><body></body></html>", "a page without an article"),
        ("a.docx", b"no archive", "a DOCX that cannot be read (BadZipFile)"),
        ("a.docx", docx(LINE, LINE)[:-40], "a DOCX that cannot be read (BadZipFile)"),
        ("a.docx", docx("", ""), "a DOCX without an article"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_is(tmp_path, name, raw, found):
    assert refused(tmp_path, name, raw) == found


@pytest.mark.parametrize("first", ["utf-8", "gb18030"])
def test_two_encodings_in_one_text_are_refused_with_a_line_of_each(tmp_path, first):
    second = {"utf-8": "gb18030", "gb18030": "utf-8"}[first]
    raw = f"{LINE}\nabc\n".encode(first) + f"{LINE}\n".encode(second)
    lines = {"utf-8": "line 1 is UTF-8, line 3", "gb18030": "line 3 is UTF-8, line 1"}[first]
    assert refused(tmp_path, "a.txt", raw) == f"two encodings: {lines} is not"


def test_a_hundred_megabytes_are_refused_before_they_are_read_in(tmp_path):
    file = tmp_path / "a.txt"
    with file.open("wb") as out:
        out.truncate(100_000_000)
    with pytest.raises(Fault, match="found more than 20 MB"):
        texts.read(file)


def test_an_archive_that_would_unpack_to_very_much_is_refused(tmp_path):
    raw = docx(LINE, LINE, extra={"word/media/a.bin": bytes(5 * texts.LARGEST + 1)})
    assert len(raw) < texts.LARGEST
    assert refused(tmp_path, "a.docx", raw) == "more than 100 MB unpacked"


def test_a_page_nested_a_hundred_thousand_deep_ends_in_a_message(tmp_path):
    raw = f"<html><body>{'<div>' * 100_000}{LINE}".encode()
    assert refused(tmp_path, "a.html", raw) == "a page without an article"


@pytest.mark.parametrize(
    "open_it", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["pipe", "device"]
)
def test_a_pipe_and_a_device_are_refused_without_waiting(tmp_path, open_it):
    open_it(tmp_path / "a.txt")
    with pytest.raises(Fault, match="a pipe or a device"):
        texts.read(tmp_path / "a.txt")


def test_a_file_that_is_not_there_and_one_without_leave_to_read_are_refused(tmp_path, monkeypatch):
    with pytest.raises(Fault, match="No such file or directory"):
        texts.read(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(LINE, encoding="utf-8")

    def denied(*_: object) -> None:
        # Whoever runs the tests may be allowed everything.
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(Fault, match="Permission denied"):
        texts.read(tmp_path / "b.txt")


def test_a_path_that_no_system_takes_is_refused(tmp_path):
    told = []
    path = tmp_path / ("a" * 5_000)
    assert list(texts.each([path], lambda path, fault: told.append(fault.found))) == []
    assert told == ["nothing that can be opened (File name too long)"]


def test_a_folder_without_texts_is_refused(tmp_path):
    told = []
    assert list(texts.each([tmp_path], lambda path, fault: told.append((path, fault.found)))) == []
    assert told == [(tmp_path, "a folder without texts")]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_refused(raw):
    with suppress(Fault):
        assert decode(raw).strip()


@pytest.mark.parametrize("codec", ["rot13", "hex", "base64", "zlib", "undefined", "idna"])
def test_a_page_that_names_a_codec_of_no_text_is_read_as_if_it_named_none(tmp_path, codec):
    page = PAGE.format(charset=codec)
    assert "借出图书1,250册" in read(tmp_path, "page.html", page.encode("gb18030"))


def test_the_text_of_a_docx_is_held_to_the_limit_of_texts_before_it_is_parsed(tmp_path, monkeypatch):
    packed = docx("受理9件" * 400)
    monkeypatch.setattr(texts, "LARGEST", 3_000)
    # Parsing takes time with the square of one long run: 27 million characters did not end in two minutes.
    monkeypatch.setattr(mammoth, "extract_raw_text", lambda _: pytest.fail("parsed"))
    assert refused(tmp_path, "long.docx", packed) == "more than 0 MB of text"
