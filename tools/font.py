"""Build the typeface of all pictures again, and the table of its widths: `python -m tools.font [SOURCE_DIR]`.

`SOURCE_DIR` holds `NotoSansCJK-Regular.ttc` and `NotoSansCJK-Bold.ttc`; without it the folder where Debian's
package fonts-noto-cjk puts them is taken. Equal sources and equal tables give equal bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from asprinted.collection.collection import Collection
from asprinted.drawing import typesetting
from asprinted.drawing.typesetting import FACES, FAMILY
from asprinted.faults import Fault
from asprinted.figures.style import FONTS

TABLE = Path(typesetting.__file__).with_name(typesetting.TABLE)
SOURCE = Path("/usr/share/fonts/opentype/noto")

_SIMPLIFIED_FACE = 2
_PUNCTUATION = "–—−‘’“”…‰→←↑↓∞≤≥≈≠、。〇《》〈〉「」『』【】〔〕￥"
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))
_PROPORTIONAL = "·×÷±‘’≤≥≈≠"
_SIDE = 70
_TRADITIONAL = "餘約過萬億兩幾將達滿內數個條項級審結執調訴訟檢區縣處嵩斐渑诠跻"
_LATIN = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100))))


def common_hanzi() -> str:
    """Return the 3755 characters of the first level of GB 2312, the ones in everyday use.

    >>> len(common_hanzi()), "官" in common_hanzi()
    (3755, True)
    """
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(cell.decode("gb2312") for cell in cells if cell < b"\xd7\xfa")


def repertoire(texts: Iterable[str] = ()) -> set[str]:
    """Return every character that the subset draws: the standing set and the printable ones of `texts`.

    >>> {"渡", "%", "餘", "鲸"} <= repertoire(["鲸"])
    True
    """
    extra = {character for text in texts for character in text if character.isprintable()}
    return set(_LATIN + _PUNCTUATION + _WIDE + _TRADITIONAL + common_hanzi()) | extra


def build(source: Path, texts: Iterable[str] = (), folder: Path = FONTS) -> list[Path]:
    """Write both faces of the subset into `folder` and return their files.

    `source` is the folder with the Noto collections; the characters of `texts` are added to the standing
    set. The family is renamed, as a subset is a modified version; copyright, licence and its address stay
    in the files.

    Raises `FileNotFoundError` where a collection is missing, `Fault` where it lacks a character,
    `ValueError` where its third face is not the simplified Chinese one.
    """
    characters = repertoire(texts)
    return [_build_face(source, face, characters, folder) for face in FACES]


def _build_face(source: Path, face: str, characters: set[str], folder: Path) -> Path:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(source / f"NotoSansCJK-{face}.ttc", fontNumber=_SIMPLIFIED_FACE, recalcTimestamp=False)
    found = font["name"].getDebugName(1)
    if found != "Noto Sans CJK SC":
        raise ValueError(f"{source}: found the face {found!r}, expected Noto Sans CJK SC")
    lacking = sorted(set(map(ord, characters)) - set(font.getBestCmap()))
    if lacking:
        found = f"no {', '.join(map(chr, lacking))} in it"
        raise Fault.of(found, "all characters of the subset in Noto Sans CJK SC")
    options = Options(
        hinting=False, layout_features=[], notdef_outline=True, name_IDs=["*"], name_languages=[0x409]
    )
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters))
    subsetter.subset(font)
    _narrow(font)
    _rename(font, face)
    written = folder / f"AsprintedSansSC-{face}.otf"
    font.save(written)
    return written


def _narrow(font: Any) -> None:
    """Set marks that stand among Latin letters closer; in the source they are one em wide."""
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen

    glyphs, charstrings = font.getGlyphSet(), font["CFF "].cff.topDictIndex[0].CharStrings
    for name in sorted(font.getBestCmap()[ord(mark)] for mark in _PROPORTIONAL):
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        left, _, right, _ = bounds.bounds
        advance = round(right - left + 2 * _SIDE)
        pen = T2CharStringPen(advance, glyphs)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, _SIDE - left, 0)))
        private = charstrings[name].private
        charstrings[name] = pen.getCharString(private=private, globalSubrs=charstrings[name].globalSubrs)
        font["hmtx"][name] = (advance, _SIDE)


def _rename(font: Any, face: str) -> None:
    names = font["name"]
    postscript = f"AsprintedSansSC-{face}"
    renamed = {
        1: FAMILY,
        2: face,
        3: f"2.004;{postscript}",
        4: f"{FAMILY} {face}",
        6: postscript,
        16: FAMILY,
        17: face,
    }
    for number, text in renamed.items():
        names.setName(text, number, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [postscript]
    top = font["CFF "].cff.topDictIndex[0]
    top.FamilyName, top.FullName = FAMILY, renamed[4]


def widths(folder: Path = FONTS) -> str:
    """Return the table of the widths in thousandths of an em, by face: the characters of each width."""
    from fontTools.ttLib import TTFont

    table: dict[str, dict[int, str]] = {}
    for face in FACES:
        font = TTFont(folder / f"AsprintedSansSC-{face}.otf")
        by_width = table.setdefault(face, {})
        for code, glyph in sorted(font.getBestCmap().items()):
            width = font["hmtx"][glyph][0]
            by_width[width] = by_width.get(width, "") + chr(code)
    return json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Rebuild the subset from the folder named on the command line, with what tables and words hold."""
    home = Collection.find().home
    files = [*sorted(home.glob("data/*.csv")), *sorted(home.glob("notebooks/words/*.toml"))]
    texts = [file.read_text("utf-8") for file in files]
    try:
        built = build(Path(arguments[0]) if arguments else SOURCE, texts)
    except (FileNotFoundError, ValueError) as fault:
        print(f"The typeface was not built: {fault}", file=sys.stderr)
        return 1
    TABLE.write_text(widths(), encoding="utf-8", newline="\n")
    for file in [*built, TABLE]:
        print(f"{file}: {file.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
