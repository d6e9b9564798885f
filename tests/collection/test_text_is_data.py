"""What is typed is data wherever it lands: pages, outputs of notebooks, pictures, tables; nothing runs it."""

import csv
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter

import commanded
import damage
import small
from asprinted import figures
from asprinted.books import showing
from asprinted.books.book import Book
from asprinted.collection.cards import Caption, Card
from asprinted.collection.collection import Collection
from asprinted.collection.wording import digest
from asprinted.faults import Faults, hidden
from asprinted.rerun import pages

MARK = "<!-- asprinted:end -->"
TYPED = (
    "<script>q</script><img src=q onerror=q>[q](javascript:q)![q](//q/q.png)|`q`*q*$q$ $$q$$ "
    f"\\(q\\) \\[q\\] ~~q~~&lt;q {MARK}"
)
"""A script, a picture, a link, bars of a table, code, emphasis, formulas, an entity and a mark of ours."""

SHOWS = "02_shows"
OPENS = f'import asprinted\n\nbook = asprinted.notebook("{SHOWS}")'
SAYS = 'book.say("all", others=book.elsewhere("half_years"))'
ASKS = [
    *(f"book.{name}" for name in ("printed", "derived", "benchmarks", "checks", "ledger")),
    "book.printed.indicator",
    "print(book.printed)",
    "[book[key] for key in book.collection]",
]
"""What a notebook does that shows every table, and what is asked of a book."""

DECIDES = {
    "source",
    "as_printed",
    "formula",
    "within",
    "where",
    "left",
    "right",
    "keys",
    "side",
    "unit",
    "place",
}
"""Columns without a closed list that code reads, or that rules decide by."""


FORMULA = re.compile(r"(?<!\\)\$.+?\$|\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
UNSET = {"tex2jax_ignore", "mathjax_ignore"}
"""Classes by which MathJax is told, in its second version and since, to leave a part of a page alone."""
VOID = ("img", "br", "hr", "meta", "link", "input", "source", "col", "wbr")


class Live(HTMLParser):
    """What a browser would run, load or set as a formula, and the text that a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found, self.text, self.unset = list[str](), "", list[str]()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if (
            self.unset
            or tag in ("pre", "code", "script", "style")
            or set(given.get("class", "").split()) >= UNSET
        ):
            self.unset += [tag] if tag not in VOID else []
        runs = tag in ("script", "iframe", "object") or any(name.startswith("on") for name in given)
        leads = [value.strip().lower() for name, value in given.items() if name in ("href", "src", "srcset")]
        if runs or any(each == "q" or each.startswith(("javascript:", "//q")) for each in leads):
            self.found.append(self.get_starttag_text() or tag)

    def handle_endtag(self, tag):
        if tag in self.unset:
            del self.unset[len(self.unset) - 1 - self.unset[::-1].index(tag) :]

    def handle_comment(self, data):
        self.found.append(f"<!--{data}-->")

    def handle_data(self, data):
        self.text += data
        if not self.unset:
            # A formula lies within one run of text.
            self.found += FORMULA.findall(data)


def free(collection: Collection) -> dict[str, list[str]]:
    """Return the columns of the typed tables that hold any text."""
    return {
        name: [
            column["name"]
            for column in collection.fields(name)
            if column["type"] == "string"
            and not {"enum", "pattern"} & set(column.get("constraints", {}))
            and column["name"] not in DECIDES
            and not column["name"].endswith("_key")
        ]
        for name in collection.names("hand")
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return damage.collection(tmp_path_factory.mktemp("whole") / "library")


@pytest.fixture(scope="module")
def typed(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """A collection of which every free text is what nobody should type, sealed, built and with its pages."""
    folder = shutil.copytree(whole, tmp_path_factory.mktemp("typed") / "library")
    for name, columns in free(Collection(folder)).items():
        rows = damage.rows(folder, name)
        damage.typed(folder, name, [{**row, **{each: f"{each} {TYPED}" for each in columns}} for row in rows])
    said = Caption(*(f"{part} {TYPED}" for part in ("title", "subtitle", "note", "alt", "source")))
    card = Card({"en": said, "zh": said}, damage.NOTEBOOK, "CC BY 4.0", "2-0")
    (folder / "figures" / f"{damage.STEM}.json").write_text(card.text(), "utf-8")
    english = (
        "{late:title} {late:caveat} {late:text} {return_rate:label} {others:list.label} {others:list.place}"
    )
    entry = f'\n[all]\nen = "{english}"\nzh = "{english}"\nzh_of = "{digest(english)}"\nbecause = "library"\n'
    collection = Collection(folder)
    shows = [f"book.table({name!r})" for name in collection.names()]
    cells = ["# Shows?", OPENS, SAYS, *shows, *ASKS, small.LIMITS]
    small.notebook(folder / "notebooks" / f"{SHOWS}.ipynb", cells)
    words = small.words(collection, SHOWS, {})
    words.write_text(entry + words.read_text("utf-8"), "utf-8")
    table = "<!-- asprinted:table sources publisher title address note -->\n" + MARK
    page = folder / "README.md"
    page.write_text(page.read_text("utf-8") + "\n" + table + "\n", "utf-8")
    collection = Collection(folder)
    collection.seal((folder / "article.txt").read_text("utf-8"))
    collection.build()
    for page, text in pages.pages(Collection(folder)).items():
        page.write_text(text, "utf-8")
    return Collection(folder)


@pytest.fixture(scope="module")
def ran(typed: Collection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it whose notebooks were run."""
    folder = small.copy(typed.home, tmp_path_factory.mktemp("ran") / "library")
    result = commanded.asprinted("run", folder=folder)
    assert result.returncode == 0, result.stderr
    return folder


def shown(*outputs: nbformat.NotebookNode) -> str:
    """Return the page that nbconvert makes of outputs, without what is its own."""
    cell = nbformat.v4.new_code_cell("1", outputs=list(outputs))
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    return page


def output(kind: str, text: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("display_data", data={kind: text})


def as_page(markdown: str) -> str:
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(markdown)])
    )
    return page


def test_most_columns_of_a_collection_hold_free_text(whole):
    columns = free(Collection(whole))
    assert sum(map(len, columns.values())) > 50
    assert {"indicator_en", "organisation", "note"} <= set(columns["printed"])


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "README.zh.md",
        "figures/README.md",
        "figures/README.zh.md",
        "notebooks/words/README.md",
        "data/README.md",
    ],
)
def test_a_page_shows_what_was_typed_and_runs_none_of_it(typed, page):
    text = (typed.home / page).read_text("utf-8")
    # A page's own marks are comments.
    own = re.sub(r"^<!-- asprinted:[a-z_ ]+ -->$", "", text, flags=re.MULTILINE)
    live = Live(as_page(own))
    assert live.found == []
    if page != "data/README.md":
        assert "<script>q</script>" in live.text
        assert MARK in live.text


def test_pages_do_not_grow_and_their_tables_keep_their_columns(typed):
    assert {page: page.read_text("utf-8") for page in pages.pages(typed)} == pages.pages(typed)
    for page in pages.pages(typed):
        rows = [line for line in page.read_text("utf-8").splitlines() if line.startswith("|")]
        bars = [len(re.findall(r"(?<!\\)\|", row)) for row in rows]
        heads = [bars[at - 1] for at, row in enumerate(rows) if set(row) <= set("|-")]
        assert set(bars) == set(heads), page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_outputs_of_a_notebook_show_what_was_typed_and_run_none_of_it(typed, language):
    book = Book(typed, SHOWS, language)
    said = book.say("all", others=book.elsewhere("half_years"))
    frames = [book.printed, book.derived, book.benchmarks, book.checks, book.ledger]
    pages_of = [showing.as_page(showing.written(frame, book.headings)) for frame in frames]
    live = Live(
        shown(
            output("text/markdown", said._repr_markdown_()),
            *(output("text/html", each) for each in pages_of),
        )
    )
    assert live.found == []
    assert live.text.count("<script>q</script>") > 20
    assert [repr(typed[key]) for key in typed if key.startswith("E")]


def test_a_picture_draws_what_was_typed_and_its_files_hold_no_more(typed, tmp_path, monkeypatch):
    monkeypatch.setenv("ASPRINTED_FIGURES", str(tmp_path))
    folder = small.copy(typed.home, tmp_path / "library")
    book = Book(typed, damage.NOTEBOOK, "en")
    # The mark would be too long for a picture.
    caption = "<script>q</script>[q](javascript:q)|$q$&lt;"
    texts = {
        **dict.fromkeys(("title", "subtitle", "note", "alt"), "{given:words}"),
        "rows": "{brief}",
        "shown": "{brief}",
    }
    entry = "\n[short]\n" + "".join(
        f'{part} = {{ en = "{text}", zh = "{text}", zh_of = "{digest(text)}" }}\n'
        for part, text in texts.items()
    )
    words = folder / "notebooks" / "words" / f"{damage.NOTEBOOK}.toml"
    words.write_text(words.read_text("utf-8") + entry, "utf-8")
    rows = book.facts("books_returned", "late")[["value"]].rename(columns={"value": "share"}) / 48250
    Book(Collection(folder), damage.NOTEBOOK, "en").draw(
        figures.split_bar, "short", rows, given=caption, brief="<i>$q$"
    )
    for language in ("en", "zh"):
        root = ET.fromstring((tmp_path / f"short.{language}.svg").read_bytes())
        assert not [
            each for each in root.iter() if each.tag.endswith(("script", "image", "foreignObject", "}a"))
        ]
        assert root.findtext("{http://www.w3.org/2000/svg}title") == caption
        assert caption in (root.findtext("{http://www.w3.org/2000/svg}desc") or "")
    held = json.loads((tmp_path / "short.json").read_text("utf-8"))
    assert held["en"]["title"] == caption
    table = list(csv.reader(io.StringIO((tmp_path / "short.csv").read_text("utf-8"))))
    assert "<i>$q$" in table[1]


@pytest.mark.parametrize("place", ["{}", "zh/{}"])
@pytest.mark.parametrize("name", [damage.NOTEBOOK, SHOWS])
def test_the_whole_page_that_nbconvert_makes_of_a_notebook_runs_none_of_what_was_typed(ran, place, name):
    exporter = HTMLExporter()
    page, _ = exporter.from_filename(str(ran / "notebooks" / place.format(f"{name}.ipynb")))
    empty, _ = exporter.from_notebook_node(nbformat.v4.new_notebook())
    live, own = Live(page), Live(empty).found
    assert own
    assert [each for each in live.found if each not in own] == []
    assert live.text.count("<script>q</script>") > (300 if name == SHOWS else 10)


HIDDEN = ("\x1b[31m", "\x07", "\u202e", "\u200f", "\u200b", "\u2028", "\u2066", "\ufeff", "\n", "\x85")
FORMULAS = ('=HYPERLINK("q")', "@q", "+q", "-q", " =q", "＝q", "\t=q")


@pytest.mark.parametrize("cell", [*(f"a{each}b" for each in HIDDEN), *FORMULAS], ids=ascii)
def test_what_nobody_sees_or_a_spreadsheet_runs_is_refused_in_every_column_at_once(whole, tmp_path, cell):
    folder = shutil.copytree(whole, tmp_path / "library")
    columns = free(Collection(folder))
    for name, free_columns in columns.items():
        rows = damage.rows(folder, name)
        damage.typed(folder, name, [{**rows[0], **dict.fromkeys(free_columns, cell)}, *rows[1:]])
    with pytest.raises(Faults) as raised:
        Collection(folder).build()
    told = {(fault.file, fault.column) for fault in raised.value.faults if fault.row == 2}
    assert told >= {
        (f"{name}.csv", column) for name, free_columns in columns.items() for column in free_columns
    }
    assert not hidden(str(raised.value), "\n")
