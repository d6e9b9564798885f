"""The dictionary in Chinese names the tables and columns of the English one, and allows the same."""

import re
from itertools import zip_longest
from pathlib import Path


def test_both_dictionaries_have_the_same_tables_and_columns_and_allow_the_same(home: Path):
    english, chinese = (
        (home / f"data/README{way}.md").read_text(encoding="utf-8").splitlines() for way in ("", ".zh")
    )
    rows = [[line for line in page if line.startswith(("### ", "| `"))] for page in (english, chinese)]
    assert len(rows[0]) > 400
    for one, other in zip_longest(*rows):
        assert said(one) == said(other)


def said(line: str) -> tuple[list[str], list[str]]:
    """What a line names first, a column or a file, and what it allows, in no language."""
    cells = [re.findall("`[^`]*`", cell) for cell in line.split(" | ")]
    return sorted(cells[0]) or [line], cells[-1]


def test_the_chinese_dictionary_says_each_meaning_in_chinese(home: Path):
    rows = re.findall(
        r"^\| `.*?` \| (.*?) \| (.*?) \|", (home / "data/README.zh.md").read_text("utf-8"), re.M
    )
    assert len(rows) > 400
    assert [row for row in rows if not re.search(r"[\u4e00-\u9fff]", "".join(row))] == []
