"""What the notebooks say, entry by entry in both languages, and the numbers that stand in a text."""

import json
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "zh")
NAMES = [path.stem for path in sorted((HOME / "notebooks").glob("[0-9][0-9]_*.ipynb"))]

SAYS = re.compile(r'\bsay\(\s*"(\w+)"')


@cache
def cells(name: str, language: str) -> list[dict]:
    """Return the cells of a notebook in a language, as they are stored."""
    folder = HOME / "notebooks" / ("" if language == "en" else language)
    return json.loads((folder / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]


def shown(cell: dict) -> str:
    """Return what a cell shows as text, Markdown before plain, without emphasis."""
    kinds = [output.get("data", {"text/plain": output.get("text", "")}) for output in cell.get("outputs", [])]
    texts = ["".join(kind.get("text/markdown") or kind.get("text/plain") or "") for kind in kinds]
    return "\n".join(texts).replace("**", "")


@cache
def said(name: str, language: str) -> dict[str, str]:
    """Return what each entry of a notebook says, and what a cell shows of itself by the name of the cell."""
    found: dict[str, str] = {}
    for cell in cells(name, language):
        kinds = {kind for output in cell.get("outputs", []) for kind in output.get("data", {})}
        entries = SAYS.findall("".join(cell["source"])) if cell["cell_type"] == "code" else []
        for entry in entries or ([cell["id"]] if kinds and not kinds & {"text/html", "image/png"} else []):
            assert entry not in found, entry
            found[entry] = shown(cell)
    return found


# ----------------------------------------------------------------------------------------- numbers in a text

MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
SPELLED = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
]
HAN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
SCALES = {"万": 10_000, "亿": 100_000_000}


def plain(text: str) -> str:
    """Return a text without emphasis, code and links."""
    return re.sub(r"`[^`]*`|\[[^\]]*\]\([^)]*\)", " ", text.replace("**", ""))


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a text and how often each stands; months count by name, 万 is multiplied."""
    for number, month in enumerate(MONTHS, start=1):
        # "Until December" names no number; "22 September" and "January to September 2021" do.
        dated = rf"(?<=\d ){month}\b|\b{month}(?= \d| to )"
        text = re.sub(dated, f" {number} ", text)
    found: Counter[str] = Counter()
    for letter, digits, scale in re.findall(r"([A-Z](?=\d))?(\d[\d,]*(?:\.\d+)?)\s?([万亿])?", plain(text)):
        value = Decimal(digits.replace(",", "").rstrip(".")) * SCALES.get(scale, 1)
        found[f"{letter}{value.normalize():f}"] += 1
    return found


def words(text: str) -> set[str]:
    """Return the numbers that a text says in words, of either language, or by the end or a part of a year."""
    english = {str(n) for n, word in enumerate(SPELLED) if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
    months = {str(n) for n, month in enumerate(MONTHS, start=1) if month in text}
    # A round number in words, per thousand and 每千; a part of a year; the day before the first of January.
    others = {
        "1000": "thousand|千", "10000": "万", "100": "hundred|百", "0.5": "half|半", "2": "both|twice|pair",
        "31": "年底|end of", "12": "年底|end of|十二", "1": "上半年|一季度|年初", "6": "上半年",
        "3": "一季度", "13": "十三", "19": "十九",
    }  # fmt: skip
    said = {value for value, pattern in others.items() if re.search(pattern, text)}
    years = {str(int(year) - 1) for year in re.findall(r"[Bb]efore 1 January (\d{4})", text)}
    return english | months | said | years | {str(value) for han, value in HAN.items() if han in text}


def unequal(english: str, chinese: str) -> tuple[set[str], set[str]]:
    """Return the numbers that stand in one language alone and that the other does not say in words either."""
    here, there = set(numbers(english)), set(numbers(chinese))
    return here - there - words(chinese), there - here - words(english)


# ----------------------------------------------------------------------------------- a part of a whole

PART = re.compile(
    r"(?<![\d.,])(\d[\d,]*)(?: \w+){0,3}? of (?:the )?(\d[\d,]*)(?![\d.,]*(?:%| to \d))"
    r"[^.;%]{0,60}?(\d+(?:\.\d+)?)%"
)


def parts(text: str) -> list[tuple[int, int, Decimal, int]]:
    """Return each `A of B … C%` of an English text: part, whole, percent and the decimals of the percent."""
    return [
        (int(a.replace(",", "")), int(b.replace(",", "")), Decimal(c), len(c.partition(".")[2]))
        for a, b, c in PART.findall(plain(text))
    ]
