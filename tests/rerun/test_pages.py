"""The built pages: contact sheets, blocks of the READMEs, and the list of what no figure proves."""

import re
from pathlib import Path

import nbformat
import pytest

import commanded
import small
from asprinted.collection.cards import Caption, Card
from asprinted.collection.collection import Collection
from asprinted.faults import Faults
from asprinted.rerun import editions, pages

OPENS = 'import asprinted\n\nbook = asprinted.notebook("{}")'


def card(notebook: str, said: str) -> str:
    english = Caption(f"{said} in words", "Books, 2024", "A limit.", f"a [{said}]", "A paper")
    chinese = Caption(f"{said}图", "图书，2024年", "局限。", f"图[{said}]", "某报")
    return Card({"en": english, "zh": chinese}, notebook, "CC BY 4.0", "2-0").text()


@pytest.fixture
def figures(tmp_path: Path) -> Collection:
    """A collection with four figures of two notebooks, one of which has an edition and says an entry."""
    made = small.collection(
        tmp_path / "c",
        tables=True,
        n01_a=["# Early?", OPENS.format("01_a"), 'book.say("answer")', small.LIMITS],
        n02_b=["# Second?", OPENS.format("02_b"), small.LIMITS],
    )
    said = {"en": "{lent:count} books", "zh": "{lent:count}册"}
    small.words(made, "01_a", {"answer": said}, {"cell-0": "# 其一？"})
    editions.place(made.home / "notebooks" / "01_a.ipynb").parent.mkdir()
    small.notebook(editions.place(made.home / "notebooks" / "01_a.ipynb"), ["# 其一？"])
    for stem, notebook in (("z", "01_a"), ("y", "01_a"), ("x", "01_a"), ("a", "02_b")):
        (made.home / "figures" / f"{stem}.json").write_text(card(notebook, stem), encoding="utf-8")
        for kind in ("en.svg", "zh.svg", "en.png", "zh.png", "csv"):
            (made.home / "figures" / f"{stem}.{kind}").write_text("")
    (made.home / "figures" / "z.dark.en.svg").write_text("")
    (made.home / "figures" / "z.card.en.png").write_text("")
    return made


def sheet(page: str) -> list[tuple[str, ...]]:
    """Return the pictures of a contact sheet: where each leads, what is shown, its alt text and its width."""
    shown = r'<a href="(.*?)"><img src="(.*?)" alt="(.*?)" width="(\d+)"></a>'
    return re.findall(rf"^{shown}$", page.partition("<p>\n")[2].partition("</p>\n")[0], re.MULTILINE)


def test_a_contact_sheet_shows_cards_in_the_order_of_notebooks_one_beside_another_where_there_is_room(
    figures: Collection,
):
    page = pages.gallery(figures, "en")
    kinds = [("x", "x.en.png"), ("y", "y.en.png"), ("z", "z.card.en.png"), ("a", "a.en.png")]
    assert sheet(page) == [(f"{stem}.en.png", shown, f"a [{stem}]", "400") for stem, shown in kinds]
    # A phone has some 360 px: so the next stands below; a table would hold them side by side.
    assert not [line for line in page.splitlines() if line.startswith("|")]


def test_each_caption_stands_once_with_alt_source_question_and_files(figures: Collection):
    page = pages.gallery(figures, "en")
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == [f"{stem} in words" for stem in "xyza"]
    assert page.count("Books, 2024") == page.count("A limit.") == 4
    block = page.partition("## z in words\n")[2].partition("## ")[0]
    assert "Books, 2024\n\nA limit.\n\nA paper\n\nFrom: [Early?](../notebooks/01_a.ipynb)" in block
    files = "[z.en.svg](z.en.svg) · [z.en.png](z.en.png) · [z.card.en.png](z.card.en.png) · "
    assert f"{files}[z.dark.en.svg](z.dark.en.svg) · [z.csv](z.csv)" in block
    assert "card" not in page.partition("## a in words\n")[2]


def test_each_language_has_a_sheet_that_leads_to_its_own_notebooks(figures: Collection):
    page = pages.gallery(figures, "zh")
    assert [alt for _, _, alt, _ in sheet(page)] == ["图[x]", "图[y]", "图[z]", "图[a]"]
    assert "出自：[其一？](../notebooks/zh/01_a.ipynb)" in page
    assert "出自：[Second?](../notebooks/02_b.ipynb)" in page
    assert ("A limit." in page, ".en." in page) == (False, False)
    assert {"figures/README.md", "figures/README.zh.md"} <= {
        str(path.relative_to(figures.home)) for path in pages.pages(figures)
    }


def filled(collection: Collection, block: str, name: str = "README.md") -> str:
    """Return what a page says between the marks of a block."""
    page = collection.home / name
    page.parent.mkdir(exist_ok=True)
    marks = f"<!-- asprinted:{block} -->", "<!-- asprinted:end -->"
    page.write_text(f"Before.\n\n{marks[0]}\nold\n{marks[1]}\n\nAfter.\n", encoding="utf-8")
    text = pages.fill(collection, page)
    assert (text.startswith("Before.\n\n"), text.endswith("\n\nAfter.\n")) == (True, True)
    return text.partition(f"{marks[0]}\n")[2].partition(f"\n{marks[1]}")[0]


def test_a_figure_of_a_page_is_in_its_language_and_dark_where_there_is_such_a_picture(figures: Collection):
    dark = '<source media="(prefers-color-scheme: dark)" srcset="figures/z.dark.en.svg">'
    shown = '<img src="figures/z.{}.svg" alt="{}" width="600"></picture>'
    assert filled(figures, "figure z") == f"<picture>{dark}{shown.format('en', 'a [z]')}"
    assert filled(figures, "figure z", "README.zh.md") == f"<picture>{shown.format('zh', '图[z]')}"
    assert "<source" not in filled(figures, "figure a")


def test_a_card_of_a_page_leads_to_the_figure_which_stands_there_itself_where_it_has_none(
    figures: Collection,
):
    link = '<a href="figures/{0}.{1}.png"><img src="figures/{0}.{2}{1}.png" alt="{3}" width="600"></a>'
    assert filled(figures, "card z") == link.format("z", "en", "card.", "a [z]")
    assert filled(figures, "card z", "README.zh.md") == link.format("z", "zh", "", "图[z]")


def test_a_page_says_what_a_stored_notebook_said_in_its_language_and_nothing_that_it_did_not(
    figures: Collection,
):
    said = '<a href="https://example.org">400 books</a> of {n}'
    path = figures.home / "notebooks" / "01_a.ipynb"
    stored = nbformat.read(path, as_version=4)
    cell = next(cell for cell in stored.cells if 'say("answer")' in cell.source)
    cell.outputs = [nbformat.v4.new_output("display_data", {"text/markdown": said, "text/plain": "not this"})]
    nbformat.write(stored, path)
    assert filled(figures, "said 01_a answer", "docs/page.md") == said
    for block in ("said 01_a other", "said 02_b answer", "said none answer"):
        with pytest.raises(Faults, match=f'the block "{block}", expected .*`said NOTEBOOK ENTRY`'):
            filled(figures, block)


def test_a_page_says_an_entry_of_a_notebook_in_its_language(figures: Collection):
    assert filled(figures, "say 01_a answer") == "400 books"
    assert filled(figures, "say 01_a answer", "README.zh.md") == "400册"


def test_an_entry_that_a_page_alone_says_is_no_fault_and_one_that_none_says_is(figures: Collection):
    from asprinted.rerun import notebooks

    path = figures.home / "notebooks" / "01_a.ipynb"
    said = {"en": "{lent:count} books", "zh": "{lent:count}册"}
    small.words(figures, "01_a", {"answer": said, "other": said})
    (fault,) = notebooks.word_faults(figures, path)
    assert (fault.column, fault.found) == ("other", "an entry that nothing says")
    filled(figures, "say 01_a other")
    assert list(notebooks.word_faults(figures, path)) == []


def test_the_rates_stand_in_the_declared_order_with_verdict_and_notebook(figures: Collection):
    (row,) = filled(figures, "rates").splitlines()[2:]
    assert row.startswith("| Return | 75% | 300册 of 400册 | 75.0000% | ")
    assert "follows, rounded or cut | " in row
    assert row.endswith(" | [01](notebooks/01_a.ipynb) |")
    assert (
        filled(figures, "rates", "README.zh.md").splitlines()[2].startswith("| 归还 | 75% | 300册 / 400册 |")
    )


@pytest.mark.parametrize(
    "block", ["figure none", "card none", "said 01_a", "say 01_a", "say", "rate", "figure"]
)
def test_a_block_that_cannot_be_filled_is_named_with_what_there_is(figures: Collection, block: str):
    expected = f'the block "{block}", expected `rates`, .*`figure` and one of x, y, z, a'
    with pytest.raises(Faults, match=rf"README\.md has 1 fault.*\n.*{expected}"):
        filled(figures, block)


def test_a_rate_of_no_notebook_is_named_with_its_row_and_what_ran_is_not_denied(figures: Collection):
    (figures.home / "notebooks" / "01_a.ipynb").unlink()
    with pytest.raises(Faults) as raised:
        filled(figures, "rates")
    assert str(raised.value) == (
        "relations.csv has 1 fault; no page was written.\n"
        '  row 2, column notebook: found no notebook "01_a", '
        "expected the name of one, such as 02_closing_rate."
    )


def test_a_block_that_names_no_entry_is_told_in_one_message(figures: Collection):
    with pytest.raises(Faults, match=r"no entry \[answr\].*near to it is \[answer\]"):
        filled(figures, "say 01_a answr")
    result = commanded.asprinted("run", "02", folder=figures.home)
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)


def test_what_no_figure_proves_is_listed_with_its_sources(figures: Collection):
    said = {"en": "{lent:count} books, all of them", "zh": "{lent:count}册，全部", "because": ["paper"]}
    small.words(figures, "01_a", {"answer": said | {"beside": "only to say so"}})
    page = pages.because(Collection(figures.home))
    assert "| 01_a | answer | paper |" in page
    assert "| paper | The paper | 年报 | 2024 | on paper |" in page
    assert "| 01_a | answer | only to say so |" in page
    assert figures.words_folder / "README.md" in pages.pages(figures)


def test_where_all_is_proven_the_list_is_empty(figures: Collection):
    assert "|" not in pages.because(figures)
