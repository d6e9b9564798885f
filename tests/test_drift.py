"""Prose, code, figures and files are right on the same day: nothing is typed that is computed."""

import ast
import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import told
from guandu import collection
from told import CARDS, HOME, NOTEBOOKS

PAGES = ["README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md"]

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What may stand as digits in prose; everything else is a figure, and a figure is computed.
ALLOWED = re.compile(
    rf"""
      <!--\ guandu:(?!end).*?guandu:end\ -->          # a block that is built
    | ```.*?```|`[^`\n]*`                             # code
    | \]\([^)]*\)|https?://\S+                        # where a link goes
    | (?:\d{{1,2}}\ )?(?:{MONTHS})\ (?:19|20)\d\d     # a date
    | (?:19|20)\d\d年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)? # a date in Chinese
    | \b(?:19|20)\d\d(?:–(?:19|20)\d\d)?\b            # a year
    | \b[NBCK]\d{{2,3}}\b|(?:[Nn]otebooks?|笔记本)\ ?\d\d   # a reference
    | (?:Python|OFL|CC\ BY|BY|PYTHON=python)\ ?\d+\.\d+(?:\.\d+)*|\[\d+\.\d+\.\d+\]  # a version
    | ^(?:\#+\ )?\d+\.                               # the number of a heading or of a step
    | UTF-8|SHA-256|x86-64                            # a name
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def statistics() -> list[dict[str, str]]:
    with (HOME / "data" / "statistics.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures_of_the_article() -> set[str]:
    """Return every figure that can hardly be anything else: no round number, and none of two digits."""
    digits = {number for row in statistics() for number in re.findall(r"\d+(?:\.\d+)?%?", row["as_printed"])}
    whole = {row["value"] for row in statistics() if row["value"].isdecimal()}
    found = {number for number in digits | whole if _digits_that_count(number) >= 3 - ("%" in number)}
    return found | {f"{int(number):,}" for number in found if number.isdecimal()}


def _digits_that_count(number: str) -> int:
    return len(re.sub(r"[%.]", "", number).strip("0"))


def typed_figures(prose: str) -> list[str]:
    """Return the digits in prose that are no date, reference, version, heading number or code."""
    return re.findall(r"[\d.,]*\d[\d,.]*%?", ALLOWED.sub(" ", prose))


def figures_in_strings(source: str, figures: set[str]) -> list[str]:
    """Return the figures of the article that stand in a string of a cell, where a name should stand."""
    plain = "\n".join(line for line in source.splitlines() if not line.startswith(("%", "!")))
    strings = [node.value for node in ast.walk(ast.parse(plain)) if isinstance(node, ast.Constant)]
    numbers = (
        re.findall(r"\d[\d,.]*\d%?", ALLOWED.sub(" ", text)) for text in strings if isinstance(text, str)
    )
    return [number for found in numbers for number in found if number in figures]


def tracked() -> list[Path]:
    """Return the project's files: those that git knows, or in a downloaded copy those it would not ignore."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOME, capture_output=True, text=True)
    if listed.returncode == 0:
        return [HOME / name for name in listed.stdout.split("\0") if name and (HOME / name).is_file()]
    hidden = {".venv", ".git", "scratch", ".hypothesis"}
    every = (path for path in HOME.rglob("*") if path.is_file())
    return [path for path in every if not any(part in hidden or "cache" in part for part in path.parts)]


def texts() -> Iterator[tuple[str, str]]:
    """Yield every tracked text with its name, notebooks and other JSON without their escapes."""
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path.suffix in (".ipynb", ".json"):
            text = json.dumps(json.loads(text), ensure_ascii=False, indent=0)
        yield str(path.relative_to(HOME)), text


def test_notebook_prose_holds_no_figure():
    assert [
        (where, found) for where, prose in told.cells("markdown") if (found := typed_figures(prose))
    ] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_written_by_hand_holds_no_figure(name: str):
    assert typed_figures((HOME / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("The court closed 61.71% of 34,765 cases.", ["61.71%", "34,765"]),
        ("受理案件34765件", ["34765"]),
        ("8 subdistricts", ["8"]),
        (
            "In 2021, on 22 September 2021 and from 2016–2020, K024 and N13 say so; see [02](02_a.ipynb).",
            ["02"],
        ),
        ("2021年9月22日", []),
        ("`1 + 1` under Python 3.11", []),
        ("## 3. A heading", []),
        ("<!-- guandu:rates -->\n| 61.71% |\n<!-- guandu:end -->", []),
    ],
)
def test_a_figure_typed_in_prose_is_caught_and_a_date_is_not(prose: str, found: list[str]):
    assert typed_figures(prose) == found


def test_sentences_in_code_name_figures_and_never_type_them():
    figures = figures_of_the_article()
    typed = [(where, hit) for where, code in told.cells("code") if (hit := figures_in_strings(code, figures))]
    assert typed == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('say("Of 34,765 cases 61.71% are closed.")', ["34,765", "61.71%"]),
        ('say(f"Of {accepted} cases 21454 are closed.")', ["21454"]),
        ('say(f"Of {accepted} cases {closed} are closed, in 2021.")', []),
        ("34765", []),
    ],
)
def test_a_figure_typed_in_a_sentence_of_code_is_caught(source: str, found: list[str]):
    assert figures_in_strings(source, figures_of_the_article()) == found


def test_gallery_and_readme_are_as_the_collection_builds_them_now():
    assert {
        page.name: page.read_text(encoding="utf-8") == text for page, text in collection.pages(HOME).items()
    } == {page.name: True for page in collection.pages(HOME)}


def test_a_row_of_readme_that_was_changed_by_hand_would_be_seen(tmp_path: Path):
    page = HOME / "README.md"
    changed = tmp_path / "README.md"
    changed.write_text(page.read_text(encoding="utf-8").replace("61.71%", "61.72%"), encoding="utf-8")
    assert collection.fill(HOME, changed) == page.read_text(encoding="utf-8")
    assert collection.fill(HOME, changed) != changed.read_text(encoding="utf-8")


def test_every_figure_is_saved_by_the_notebook_that_its_card_names():
    code = {path.stem: [cell.source for cell in collection.read(path).cells] for path in NOTEBOOKS}
    strays = {
        stem: card["notebook"]
        for stem, card in CARDS.items()
        if not any(f'"{stem}"' in source for source in code.get(card["notebook"], []))
    }
    assert strays == {}


def test_every_card_has_its_pictures_and_its_table_and_nothing_else_lies_there():
    kinds = ("json", "csv", "en.svg", "en.png", "zh.svg", "zh.png")
    expected = {f"{stem}.{kind}" for stem in CARDS for kind in kinds} | {"README.md"}
    assert {path.name for path in (HOME / "figures").glob("[!.]*")} == expected


def test_no_file_names_a_package_index():
    index = re.compile(
        r"--(?:extra-)?index-url\b|\bindex[-_]url\s*=|https?://\S+/simple\b|https?://\S+\.whl\b"
    )
    assert [(name, hit.group()) for name, text in texts() if (hit := index.search(text))] == []


def test_no_file_names_a_place_of_one_machine():
    here = {str(HOME), str(Path.home()), sys.prefix, sys.base_prefix} - {"/", "/usr", "/usr/local"}
    place = re.compile("|".join([*(re.escape(each) + r"\b/" for each in here), r"/(?:home|Users)/\w+/"]))
    assert [(name, hit.group()) for name, text in texts() if (hit := place.search(text))] == []


def test_only_the_script_of_ci_looks_beside_the_checkout():
    beside = "shared" + "/article"
    assert [name for name, text in texts() if beside in text] == [".ci/run"]


def passages(article: str, length: int) -> set[str]:
    """Return every run of so many characters of the article, its title and mere number tokens excepted."""
    with (HOME / "data" / "sources.csv").open(encoding="utf-8", newline="") as file:
        titles = "\n".join(row["title"] for row in csv.DictReader(file))
    runs = {line[at : at + length] for line in article.splitlines() for at in range(len(line) - length + 1)}
    return {run for run in runs if run not in titles and len(re.findall(r"[\u4e00-\u9fff]", run)) >= 4}


def test_no_file_holds_a_passage_of_the_article(article: str):
    length = 12
    taken = passages(article, length)
    assert len(taken) > 1000
    held = {
        name: line[at : at + length]
        for name, text in texts()
        for line in text.splitlines()
        if len(re.findall(r"[\u4e00-\u9fff]", line)) >= 4
        for at in range(len(line) - length + 1)
        if line[at : at + length] in taken
    }
    assert held == {}
