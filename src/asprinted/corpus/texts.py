"""Texts as they come: files, folders and standard input, each read into one text or refused with a reason.

Positions count the characters of the text that is read here: of a saved page or a DOCX, of the text that is
taken out of it; of anything else, of the file as it is decoded, without a byte order mark. No text is taken
from elsewhere: nothing here opens a connection.
"""

from __future__ import annotations

import io
import logging
import os
import re
import stat
import sys
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from asprinted.audit.decoding import declared, decode, is_page
from asprinted.escaping import runs
from asprinted.faults import Fault

__all__ = [
    "LARGEST",
    "STDIN",
    "Text",
    "bytes_of",
    "closed",
    "each",
    "files",
    "name_of",
    "named",
    "read",
    "text_of",
]

STDIN = "-"
LARGEST = 20_000_000
"""Bytes of the largest text that is read; of a DOCX, a fifth of what it may unpack to."""

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".pdf"})
"""What is read in a folder."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its name: that of its file, without folder and extension."""

    name: str
    text: str


def each(named: Iterable[Path], refused: Callable[[Path, Fault], None]) -> Iterator[Text]:
    """Yield every text that can be read, one at a time; tell `refused` of every file that cannot.

    A folder stands for the texts in it and below it.
    """
    for path in files(named, refused):
        try:
            yield Text(name_of(path), read(path))
        except Fault as fault:
            refused(path, fault)


def files(
    named: Iterable[Path], refused: Callable[[Path, Fault], None], suffixes: Collection[str] = SUFFIXES
) -> Iterator[Path]:
    """Yield the files, and of each folder those in it with such a suffix, in the order of their names."""
    for path in named:
        if not _is_folder(path):
            yield path
            continue
        empty = True
        for inside in _walk(path, refused, suffixes):
            empty = False
            yield inside
        if empty:
            refused(path, Fault.of("a folder without texts", f"a file in {', '.join(sorted(suffixes))}"))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # Whoever reads it as a file says what is wrong with it.
        return False


def _walk(folder: Path, refused: Callable[[Path, Fault], None], suffixes: Collection[str]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        refused(Path(error.filename), closed(error))

    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if Path(name).suffix.lower() in suffixes and not name.startswith("."):
                yield Path(root, name)


def name_of(path: Path) -> str:
    """Return the name of a file's text: without folder and extension."""
    return "stdin" if str(path) == STDIN else named(os.fsencode(path.stem).decode("utf-8", "replace"))


def named(name: str) -> str:
    """Return a name that a table can hold: one line, and nothing that a spreadsheet takes for a formula."""
    name = "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name
    )
    return f"'{name}" if runs(name) else name


def read(path: Path) -> str:
    """Return the text of a file. Raises Fault where there is none to be had."""
    return text_of(bytes_of(path), path)


def text_of(raw: bytes, path: Path) -> str:
    """Return the text of a file that holds these bytes. Raises Fault where there is none to be had."""
    suffix = path.suffix.lower()
    if raw.startswith(b"PAR1"):
        raise Fault.of("a Parquet table", "a text; --column NAME reads the texts of a table")
    if suffix == ".pdf" or raw.startswith(b"%PDF"):
        # Only who has a PDF waits until what reads it is loaded.
        from asprinted.corpus import pdf

        return _extracted(partial(pdf.text, raw), "a PDF")
    if suffix == ".docx" or (str(path) == STDIN and raw.startswith(b"PK\x03\x04")):
        return _docx(raw)
    if suffix in (".html", ".htm") or (suffix not in SUFFIXES and is_page(raw)):
        return _article(decode(raw, declared(raw)))
    return decode(raw)


def closed(error: OSError) -> Fault:
    """Return the fault of a file that the system does not open."""
    return Fault.of(f"nothing that can be opened ({error.strerror})", "a text that can be read")


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file, not more than of one text. Raises Fault where there are none to be had."""
    try:
        if str(path) == STDIN:
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            # A pipe would be waited for, a device may never end.
            if not stat.S_ISREG(path.stat().st_mode):
                raise Fault.of("a pipe or a device", f"a file; {STDIN} reads standard input")
            with path.open("rb") as opened:
                raw = opened.read(LARGEST + 1)
    except OSError as error:
        raise closed(error) from None
    if len(raw) > LARGEST:
        raise Fault.of(f"more than {LARGEST // 10**6} MB", "one text: cut it, or give its parts one by one")
    return raw


# --------------------------------------------------------------------------------- pages and DOCX documents


def _extracted(extract: Callable[[], str | None], what: str) -> str:
    """Return what a library takes out of a file; whatever it makes of a damaged one, it ends in a Fault."""
    try:
        text = extract()
    except (Fault, ModuleNotFoundError):
        raise
    except Exception as error:
        raise Fault.of(f"{what} that cannot be read ({type(error).__name__})", "an undamaged file") from None
    if not text or not text.strip():
        raise Fault.of(f"{what} without an article", "a text with characters in it")
    return text


def _article(page: str) -> str:
    """Return the article of a saved page, without menus, adverts and footers."""

    def extract() -> str | None:
        import trafilatura
        from lxml import etree, html
        from trafilatura.settings import DEFAULT_CONFIG

        # It reports to a log what ends here in a Fault.
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
        # Its least size is that of an English article: a Chinese one is shorter.
        config = deepcopy(DEFAULT_CONFIG)
        config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"
        tree = html.document_fromstring(page.encode(), html.HTMLParser(encoding="utf-8"))
        # A number may change its typeface half way; it is one number all the same.
        etree.strip_tags(tree, *"b big em font i small span strong u".split())
        return trafilatura.extract(tree, include_comments=False, config=config)

    return _extracted(extract, "a page")


def _docx(raw: bytes) -> str:
    import mammoth

    def extract() -> str:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > 5 * LARGEST:
                raise Fault.of(f"more than {5 * LARGEST // 10**6} MB unpacked", "a document of one text")
            # Measured before it is parsed: the time that takes grows with the square of a long run.
            parts = [packed.read(name) for name in packed.namelist() if name.endswith(".xml")]
        if sum(len(re.sub(rb"<[^>]*>", b"", part)) for part in parts) > LARGEST:
            raise Fault.of(
                f"more than {LARGEST // 10**6} MB of text", "one text: cut it, or give its parts one by one"
            )
        return str(mammoth.extract_raw_text(io.BytesIO(raw)).value)

    return _extracted(extract, "a DOCX")
