"""Whatever the engine finds wrong with a number, a relation or a text can be said in Chinese."""

import ast
import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from asprinted import check, read
from asprinted.audit.decoding import decode
from asprinted.faults import MOST_TOLD, Fault, Faults
from asprinted.prose import faults
from asprinted.prose.faults import message, phrase, says

SOURCE = Path(__file__).resolve().parents[2] / "src" / "asprinted"
RAISING = ["chinese/numerals.py", "chinese/reading.py", "exact/printed.py", "audit/decoding.py"]
RAISING += ["collection/scaffold.py", "collection/bringing.py"]
RAISING += [
    f"corpus/{name}.py" for name in ("between", "frames", "journal", "pdf", "sources", "tables", "workbook")
]


PHRASES = tomllib.loads(Path(faults.__file__).with_name("faults.toml").read_text(encoding="utf-8"))
with Path(__file__).with_name("faults.csv").open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))


@pytest.mark.parametrize("line", LINES, ids=[line["en"] for line in LINES])
def test_each_phrase_is_told_in_chinese_as_its_line_says(line: dict[str, str]):
    assert phrase(line["en"]) == line["zh"]


def test_each_phrase_has_a_line_in_its_turn():
    turns = [re.sub(r"\\{[A-Za-z]+\\}", "(.+)", re.escape(each)) for each in PHRASES]
    assert len(LINES) == len(PHRASES)
    for turn, line in zip(turns, LINES, strict=True):
        given = re.fullmatch(turn, line["en"])
        assert given is not None
        assert len(set(given.groups())) == len(given.groups())


LATIN = re.compile(r"\b(?!Markdown|Parquet|Excel|resume|jobs|relations)[A-Za-z]*[a-z]{3}")


def phrases(file: str) -> Iterator[tuple[str, str]]:
    """Yield every phrase that a module gives to a fault, with a sample of it."""
    tree = ast.parse((SOURCE / file).read_text("utf-8"))
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in ("found", "expected")
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Fault.of":
            for given in node.args[:2]:
                given = named.get(given.id) if isinstance(given, ast.Name) else given
                if isinstance(given, ast.JoinedStr | ast.Constant):
                    yield ast.unparse(given), sample(given)


def sample(given: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(given, ast.Constant):
        return given.value
    quoted = ("quote(" in ast.unparse(part) for part in given.values)
    return "".join(
        part.value if isinstance(part, ast.Constant) else '"甲"' if is_quoted else "甲"
        for part, is_quoted in zip(given.values, quoted, strict=True)
    )


@pytest.mark.parametrize("file", RAISING)
def test_every_phrase_of_a_fault_has_its_chinese(file: str):
    found = list(phrases(file))
    assert len(found) > 1
    lacking = [source for source, shown in found if LATIN.search(phrase(shown))]
    assert lacking == []


BAD = [
    *(
        "",
        "许多",
        "甲方61.71%",
        "61.71%甲方",
        "0871",
        "约10多万余人",
        "万",
        "数万人",
        "第一百%",
        "百分之",
        "几万",
    ),
    *("5至3件", "三五", "3万5", "九" * 10_000, "近0件", "<b>", "1-2-3", "½", "\x00"),
]


@pytest.mark.parametrize("token", BAD)
def test_no_number_is_told_in_chinese(token: str):
    with pytest.raises(Fault) as raised:
        read(token)
    told = says(raised.value, "zh")
    assert told.endswith("。")
    assert not LATIN.search(told), told
    assert len(told) < 700


@pytest.mark.parametrize(
    ("given", "more", "said"),
    [
        ((["1%", "2%"], 1, 2), {"kind": "share"}, "2个结果"),
        (("12件", 1, 2), {"kind": "share"}, None),
        (("20%", "5%", 0), {"kind": "change", "direction": "rise"}, None),
        (("5件", [1, 2], 3), {"kind": "sum"}, "合计只有分项"),
        ((["5件"], (), [1, 2]), {"kind": "divisor"}, "1个平均数、2个总量"),
    ],
)
def test_no_relation_is_told_in_chinese(given: tuple, more: dict, said: str | None):
    try:
        reason = check(*given, **more).relation.impossible()
        fault = reason.fault if reason else None
    except Fault as raised:
        fault = raised
    if fault:
        assert not LATIN.search(says(fault, "zh")), says(fault, "zh")
        assert said is None or said in says(fault, "zh")


def test_a_part_above_its_whole_and_a_whole_of_zero_are_told_in_chinese():
    above, zero = (check("99%", *given).relation.impossible() for given in ((786, 785), (5, 0)))
    assert says(above.fault, "zh") == "输入的是分子“786”，分母“785”；应为不大于总数的部分。"
    assert says(zero.fault, "zh") == "输入的是分母“0”；应为大于零的总数。"


@pytest.mark.parametrize(
    "raw", [b"%PDF-1.7", b"\x00\x01", b"PK\x03\x04", b" ", "十件\n".encode() + "十件".encode("gb18030")]
)
def test_what_is_no_text_is_told_in_chinese(raw: bytes):
    with pytest.raises(Fault) as raised:
        decode(raw)
    assert not LATIN.search(says(raised.value, "zh"))


def test_english_is_the_fault_itself():
    with pytest.raises(Fault) as raised:
        read("many")
    assert says(raised.value) == raised.value.says


def test_several_faults_are_told_each_in_its_place_and_of_too_many_how_many_more():
    empty = [Fault.of("an empty cell", "a quantity").at(file="printed.csv", row=row) for row in range(2, 40)]
    told = message(Faults(empty[:2]), "zh")
    assert told == (
        "有2处错误，没有写入任何内容：\n  printed.csv第2行：读到的是空白；应为表示数量的数字。"
        "\n  printed.csv第3行：读到的是空白；应为表示数量的数字。"
    )
    assert message(Faults(empty[:2], outcome=""), "zh").startswith("有2处错误：\n")
    assert message(Faults(empty[:2])) == str(Faults(empty[:2]))
    *_, last = message(Faults(empty[:MOST_TOLD]), "zh").splitlines()
    assert last == f"  printed.csv第{MOST_TOLD + 1}行：读到的是空白；应为表示数量的数字。"
    assert message(Faults(empty[: MOST_TOLD + 1]), "zh").splitlines()[-1] == "  另有1处"
