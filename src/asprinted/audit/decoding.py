"""A text from its bytes, wherever they come from: a file, standard input, or what was dropped on a page."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from asprinted.faults import Fault

__all__ = ["declared", "decode", "is_page"]

# What a file that is no text begins with → what it is, and what to do.
_NO_TEXT = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "a file of old Word or Excel",
    b"{\\rtf": "an RTF file",
    b"PK": "an archive",
}
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
# Characters of Chinese texts, in UTF-8: bytes of other encodings hardly ever spell two of them.
_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def is_page(raw: bytes) -> bool:
    """Return whether bytes begin as a saved page does.

    >>> is_page(b" <!DOCTYPE html><p>"), is_page(b"5 < 6")
    (True, False)
    """
    return bool(_HTML.match(raw.removeprefix(codecs.BOM_UTF8)))


def decode(raw: bytes, named: str = "") -> str:
    """Return a text from its bytes: UTF-8, UTF-16 or UTF-32 with its mark, else GB18030, strictly.

    `named` is the encoding that a page declares; it is asked where the bytes are not UTF-8.

    Raises Fault for data that are no text, for no text at all, and for an encoding that is none of these.

    >>> decode("审结60件".encode("gb18030")), decode("审结60件".encode("utf-16"))
    ('审结60件', '审结60件')
    """
    sort = next((name for begins, name in _NO_TEXT.items() if raw.startswith(begins)), None)
    mark = next((name for begins, name in _MARKS.items() if raw.startswith(begins)), None)
    if sort is None and mark is None and b"\0" in raw:
        sort = "binary data"
    if sort:
        raise Fault.of(sort, "a text: plain, Markdown, HTML or DOCX")
    text = _decoded(raw, [mark] if mark else list(filter(None, ["utf-8", named, "gb18030"])))
    if not text.strip():
        raise Fault.of("an empty text", "a text with characters in it")
    return text


def _decoded(raw: bytes, encodings: Iterable[str]) -> str:
    for encoding in encodings:
        if encoding != "utf-8":
            _refuse_mixed(raw, encoding)
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            last = error
        except UnicodeError:
            # A codec of names of hosts, or one that refuses all.
            continue
    line = raw.count(b"\n", 0, last.start) + 1
    found = f"the byte 0x{raw[last.start]:02x} in line {line}, which is neither UTF-8 nor GB18030"
    raise Fault.of(found, "one of these, or UTF-16 with its mark")


def _refuse_mixed(raw: bytes, encoding: str) -> None:
    """Raise Fault where some lines are UTF-8 and others are not: any one encoding would garble some."""
    if not encoding.startswith("gb"):
        return
    kinds: dict[bool, int] = {}
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            if _CHINESE.search(line.decode("utf-8")):
                kinds.setdefault(True, number)
        except UnicodeDecodeError:
            kinds.setdefault(False, number)
        if len(kinds) == 2:
            found = f"two encodings: line {kinds[True]} is UTF-8, line {kinds[False]} is not"
            raise Fault.of(found, "one encoding throughout")


def declared(page: bytes) -> str:
    """Return the encoding that a page declares, GB18030 for what it includes; "" where none is known.

    >>> declared(b'<meta charset="gb2312">'), declared(b"<p>")
    ('gb18030', '')
    """
    found = _DECLARED.search(page[:4096])
    name = found[1].decode("ascii").lower() if found else ""
    if name.startswith("gb"):
        return "gb18030"
    try:
        codec = codecs.lookup(name) if name else None
    except LookupError:
        return ""
    # Some codecs turn text into text, or bytes into bytes.
    return codec.name if codec and codec._is_text_encoding else ""
