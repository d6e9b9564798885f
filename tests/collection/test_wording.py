"""Words: each fault is one message that says where, what and what to do, and all come at once."""

import json
from pathlib import Path

import nbformat
import pytest

import commanded
import made
from asprinted.books.book import notebook
from asprinted.collection import wording
from asprinted.collection.collection import Collection
from asprinted.collection.wording import TEXTS, digest
from asprinted.faults import Fault, Faults
from asprinted.rerun.notebooks import word_faults

NAME = "01_lending"
ANSWER_EN = (
    "{late:count} of {books_lent:count} books came late, {share:percent.1}; "
    "all {rates:count} rates found are lower."
)
ANSWER_ZH = "{books_lent:count}册中{late:count}册逾期，占{share:percent.1}；所见{rates:count}个比率均更低。"
CELLS = [
    ("markdown", "question", "# Does the rate of return follow from the books?"),
    ("code", "open", 'import asprinted\n\nbook = asprinted.notebook("01_lending")'),
    ("code", "rates", 'rates = book.elsewhere("half_years")\nlower = rates[rates.own == ""]'),
    ("markdown", "answer-heading", "## The answer"),
    ("code", "answer", 'book.say("answer", share=book["late_share"], rates=lower)'),
    ("markdown", "limits", "## What this cannot say\n\n- Why a book came late."),
]
CHINESE = {
    "question": "# 归还率能否由册数算出？",
    "answer-heading": "## 回答",
    "limits": "## 这些数字不能说明什么\n\n- 图书为何逾期。",
}
ENTRY = {
    "en": ANSWER_EN,
    "zh": ANSWER_ZH,
    "zh_of": digest(ANSWER_EN),
    "holds": "all(rates < books_returned / books_lent + 0.02)",
}


def toml(**entries: dict[str, object]) -> str:
    """Write entries as a file of words; the Chinese of the prose cells stands there too, if not given."""
    prose = {name: {"zh": zh, "zh_of": digest(source(name))} for name, zh in CHINESE.items()}
    tables = {
        **entries,
        **{f"cells.{name}": cell for name, cell in prose.items() if f"cells.{name}" not in entries},
    }
    lines = []
    for name, table in tables.items():
        if table is None:
            continue
        lines.append(f"[{name}]")
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


def source(cell: str) -> str:
    return next(text for _, name, text in CELLS if name == cell)


def put(folder: Path, text: str) -> Path:
    """Write the file of words."""
    file = folder / "notebooks" / "words" / f"{NAME}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def stored(folder: Path, cells: list[tuple[str, str, str]] = CELLS) -> Path:
    """Write the notebook, unrun."""
    made_of = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    page = nbformat.v4.new_notebook(cells=[made_of[kind](text, id=name) for kind, name, text in cells])
    file = folder / "notebooks" / f"{NAME}.ipynb"
    file.parent.mkdir(exist_ok=True)
    nbformat.write(page, file)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The made-up collection with one notebook and its words; nothing is run."""
    folder = made.library(tmp_path / "library")
    stored(folder)
    put(folder, toml(answer=ENTRY))
    return folder


def told(folder: Path) -> list[str]:
    """Return what is wrong between the notebook and its words, a line each."""
    return [str(fault) for fault in word_faults(Collection(folder), folder / "notebooks" / f"{NAME}.ipynb")]


def refused(folder: Path, **values: object) -> str:
    """Say the answer, and return the message that refuses it."""
    book = notebook(NAME, home=folder)
    given = {"share": book["late_share"], "rates": book.elsewhere("half_years")} | values
    with pytest.raises((Faults, Fault)) as raised:
        book.say("answer", **{name: value for name, value in given.items() if value is not None})
    return str(raised.value)


def test_a_file_of_words_without_a_fault_says_both_languages(folder):
    assert told(folder) == []
    for language, sentence in (
        ("en", "1,917 of 48,250 books came late, 4.0%; all 2 rates found are lower."),
        ("zh", "48250册中1917册逾期，占4.0%；所见2个比率均更低。"),
    ):
        book = notebook(NAME, language, folder)
        rates = book.elsewhere("half_years").query('own == ""')
        assert book.say("answer", share=book["late_share"], rates=rates) == sentence
    notebook(NAME, "en", folder)


# Name → the entry (or the file), what is told of it from its beginning, after the file's name.
FAULTS = {
    "a language that is missing": (
        {"answer": {key: value for key, value in ENTRY.items() if key != "zh"}},
        "column answer, zh: found nothing, expected the text in Chinese.",
    ),
    "a language that is empty": (
        {"answer": {**ENTRY, "en": " "}},
        "column answer, en: found nothing, expected the text in English.",
    ),
    "names that differ": (
        {"answer": {**ENTRY, "zh": ANSWER_ZH.replace("{late:count}", "{visits:count}")}},
        "column answer: found late, visits in one language alone, expected the same placeholders in both.",
    ),
    "a brace that does not close": (
        {"answer": {**ENTRY, "zh": ANSWER_ZH.replace("{late:count}", "{late:count")}},
        "column answer: found ",
    ),
    "a digit": (
        {"answer": {**ENTRY, "zh": ANSWER_ZH.replace("{late:count}册", "{late:count}册（1917）")}},
        'column answer, zh: found "1917" typed, expected a placeholder, or an exact phrase in '
        "words/exceptions.toml where it is no figure.",
    ),
    "a number word": (
        {"answer": {**ENTRY, "zh": ANSWER_ZH.replace("占", "约半成，占")}},
        "column answer, zh: found ",
    ),
    "a comparison without proof": (
        {"answer": {key: value for key, value in ENTRY.items() if key != "holds"}},
        'column answer: found "all", "lower", "均", "更低" without proof, expected holds = a formula over '
        "facts and values, or because.",
    ),
    "a formula that is none": (
        {"answer": {**ENTRY, "holds": "rates <"}},
        'column answer, holds: found "rates <", expected a formula, such as count(higher) == count(near).',
    ),
    "a formula that names nothing": (
        {"answer": {**ENTRY, "holds": "1 < 2"}},
        'column answer, holds: found "1 < 2", which names neither a fact nor a value, expected one or more.',
    ),
    "a source that is not listed": (
        {"answer": {**ENTRY, "because": "lending_rule"}},
        'column answer, because: found "lending_rule", expected the key of a row of sources.csv.',
    ),
    "a stale digest": (
        {"answer": {**ENTRY, "zh_of": "00000000"}},
        f'column answer, zh: found zh_of = "00000000", expected zh_of = "{digest(ANSWER_EN)}", once the '
        "Chinese says what the English says.",
    ),
    "no digest": (
        {"answer": {key: value for key, value in ENTRY.items() if key != "zh_of"}},
        f'column answer, zh: found no zh_of, expected zh_of = "{digest(ANSWER_EN)}"',
    ),
    "an entry that nobody says": (
        {"answer": ENTRY, "unsaid": {"en": "So be it.", "zh": "如此。", "zh_of": digest("So be it.")}},
        "column unsaid: found an entry that nothing says, expected a cell that says or draws it",
    ),
    "an entry without texts": (
        {"answer": ENTRY, "empty": {"holds": "late > 1"}},
        "column empty: found neither en nor title, expected a sentence in en and zh, or a figure with ",
    ),
    "a column that is no table": (
        {"answer": {**ENTRY, "rows": "all"}},
        "column answer.rows: found 'all', expected en, zh, holds, because, or a table of labels.",
    ),
    "a source that is a number": (
        {"answer": {**ENTRY, "because": 5}},
        "column answer, because: found 5, expected a text, or a list of texts.",
    ),
    "prose without its Chinese": (
        {"answer": ENTRY, "cells.limits": None},
        "column cells.limits, zh: found nothing, expected the cell in Chinese, with zh_of = ",
    ),
    "prose whose Chinese is empty": (
        {"answer": ENTRY, "cells.limits": {"zh": "", "zh_of": digest(source("limits"))}},
        "column cells.limits, zh: found nothing, expected the text in Chinese.",
    ),
    "prose whose Chinese is of another text": (
        {"answer": ENTRY, "cells.limits": {"zh": CHINESE["limits"], "zh_of": digest("an older cell")}},
        f'column cells.limits, zh: found zh_of = "{digest("an older cell")}", expected zh_of = '
        f'"{digest(source("limits"))}", once it says what the cell says.',
    ),
    "Chinese without prose": (
        {"answer": ENTRY, "cells.gone": {"zh": "已无此段。", "zh_of": "00000000"}},
        "column cells.gone: found no prose cell of that id, expected one of the notebook's.",
    ),
    "Chinese prose that compares": (
        {"answer": ENTRY, "cells.limits": {"zh": "高于其他。", "zh_of": digest(source("limits"))}},
        'column cells.limits, zh: found "高于" in prose, expected an entry that is said, with its proof.',
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_of_the_words_is_one_message_that_says_where_and_what_to_do(folder, name):
    entries, says = FAULTS[name]
    put(folder, toml(**entries))
    lines = told(folder)
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"{NAME}.toml, {says}")


def test_a_file_that_toml_does_not_read_is_one_fault(folder):
    for raw in (b"[answer\n", b'[answer]\nen = "a"\nen = "b"\n'):
        (folder / "notebooks" / "words" / f"{NAME}.toml").write_bytes(raw)
        (line,) = told(folder)
        assert line.startswith(f"{NAME}.toml: found no TOML (")


def test_all_faults_come_at_once(folder):
    entry = {
        **ENTRY,
        "zh_of": "",
        "because": "nobody",
        "en": ANSWER_EN + " In 2024.",
        "holds": ["late <", "1 < 2"],
    }
    put(folder, toml(answer=entry, other={"en": "Yes.", "zh": ""}))
    with pytest.raises(Faults) as raised:
        Collection(folder).words(NAME)
    head, *lines = str(raised.value).splitlines()
    assert head == f"{NAME}.toml has 6 faults; nothing was said."
    assert {line.split(":")[0].removeprefix("  column ") for line in lines} == {
        "other, zh",
        "answer, zh",
        "answer, en",
        "answer, holds",
        "answer, because",
    }


def test_prose_that_types_a_figure_or_compares_is_told_with_its_cell(folder):
    cells = [
        (kind, name, text + "\n\nTwo of 1,917 books, no more than others." if name == "limits" else text)
        for kind, name, text in CELLS
    ]
    stored(folder, cells)
    put(
        folder,
        toml(answer=ENTRY, **{"cells.limits": {"zh": CHINESE["limits"], "zh_of": digest(cells[-1][2])}}),
    )
    assert told(folder) == [
        f'{NAME}.toml, column cell limits, en: found "1,917", "Two" typed, expected an entry that is '
        "said, or an exact phrase in words/exceptions.toml where it is no figure.",
        f'{NAME}.toml, column cell limits, en: found "more than" in prose, expected an entry that is said, '
        "with its proof.",
    ]


def test_a_notebook_that_does_not_end_with_its_limits_is_told(folder):
    stored(folder, [*CELLS[:-1], ("markdown", "limits", "## What follows")])
    put(folder, toml(answer=ENTRY, **{"cells.limits": {"zh": "## 之后", "zh_of": digest("## What follows")}}))
    assert told(folder) == [
        f'{NAME}.toml, column the last heading: found "What follows", expected "What this cannot say".'
    ]


def test_an_exception_is_an_exact_phrase_in_a_list(folder):
    entry = {**ENTRY, "en": ANSWER_EN + " Per 1,000.", "zh_of": digest(ANSWER_EN + " Per 1,000.")}
    put(folder, toml(answer=entry))
    assert len(told(folder)) == 1
    exceptions = folder / "notebooks" / "words" / "exceptions.toml"
    exceptions.write_text('en = ["per 1,000"]\n', encoding="utf-8")
    assert told(folder) == []
    exceptions.write_text('en = "per 1,000"\n', encoding="utf-8")
    assert told(folder) == ["exceptions.toml, column en: found no list of phrases, expected a list of texts."]


def test_a_heading_of_a_column_lacks_no_language(folder):
    (folder / "notebooks" / "words" / "columns.toml").write_text('[share]\nen = "share"\n', encoding="utf-8")
    with pytest.raises(
        Faults, match=r"columns\.toml .*\n.*column share: found .* expected a text in en and zh"
    ):
        wording.headings(folder / "notebooks" / "words")


# ------------------------------------------------------------ where it is said


def test_a_claim_that_fails_is_told_with_its_formula_its_values_and_what_to_do(folder):
    put(folder, toml(answer={**ENTRY, "holds": ["late > 1", "all(rates < late_share)"]}))
    assert refused(folder).splitlines() == [
        f"{NAME}.toml has 1 fault; nothing was said.",
        '  column answer, holds: found "all(rates < late_share)", which is false (rates = 3 rows '
        "(own_2024_06_return_rate, lotus_2023_06_return_rate, mill_2022_06_return_rate); late_share = "
        "1917/48250), expected a claim that holds: correct the sentence and its proof, or the data.",
    ]


def test_a_claim_that_only_some_admitted_values_make_true_is_not_proven(folder):
    put(folder, toml(answer={**ENTRY, "holds": ["borrowers > 11500", "rates_counted == 3"]}))
    message = refused(folder, rates_counted=4, rates=None)
    assert (
        'found "borrowers > 11500", which only some admitted values make true (borrowers = [11000, 11999])'
        in message
    )
    assert 'found "rates_counted == 3", which is false (rates_counted = 4)' in message


@pytest.mark.parametrize(
    ("entry", "values", "says"),
    [
        ({}, {"mine": 3}, 'column answer: found the value "mine", which nothing names, expected none such.'),
        ({}, {"share": None}, 'column answer, en: found the name "share", expected the key of a figure'),
        (
            {"holds": "rate_found > 1"},
            {},
            'column answer, holds: found the name "rate_found", expected a fact',
        ),
        (
            {"holds": "late + 1"},
            {},
            'column answer, holds: found "late + 1", expected a formula that is true or false',
        ),
        ({"holds": "max(none) < 1"}, {"none": "empty"}, "column answer, holds: found a frame without rows"),
        (
            {"holds": "count(rates == late_share) == 0 and borrowers > 0 and count(hedged > 11500) == 1"},
            {"hedged": "hedged"},
            "column answer, holds: found a comparison that some rows leave undecided",
        ),
    ],
)
def test_what_cannot_be_said_names_the_entry(folder, entry, values, says):
    put(folder, toml(answer={**ENTRY, **entry}))
    book = notebook(NAME, home=folder)
    frames = {"empty": book.elsewhere("half_years").iloc[:0], "hedged": book.facts("borrowers")}
    given = {
        name: frames.get(value, value) if isinstance(value, str) else value for name, value in values.items()
    }
    assert says in refused(folder, **given)


def test_a_claim_over_an_empty_frame_counts_to_zero_and_is_true_of_all(folder):
    put(folder, toml(answer={**ENTRY, "holds": ["count(rates) == 0", "all(rates > 1)"]}))
    book = notebook(NAME, home=folder)
    said = book.say("answer", share=book["late_share"], rates=book.elsewhere("half_years").iloc[:0])
    assert "all 0 rates" in said


def test_an_entry_that_is_not_there_names_the_nearest(folder):
    book = notebook(NAME, home=folder)
    with pytest.raises(
        Fault, match=r"no entry \[answe\], expected one of that name; near to it is \[answer\]"
    ):
        book.say("answe")
    with pytest.raises(Fault, match=r"column answer: found no figure"):
        book.draw(
            lambda data, ax: None, "answer", book.facts("late"), share=1, rates=book.elsewhere("half_years")
        )


def test_a_plain_drawing_that_asks_for_a_column_in_one_language_is_told_where_labels_come_from(folder):
    parts = [f'{part} = {{en = "{part}", zh = "书", zh_of = "{digest(part)}"}}' for part in TEXTS]
    put(folder, "\n".join(["[mine]", *parts]))
    book = notebook(NAME, home=folder)
    with pytest.raises(KeyError) as refused:
        book.draw(lambda data, ax: ax.bar(data["indicator"], data["value"]), "mine", book.facts("late"))
    assert "columns in one are left out (indicator, " in refused.value.__notes__[0]
    assert f"[mine.rows] in {book.words.file} gives each row a text, as the column `label`" in str(
        refused.value.__notes__
    )


def test_a_figure_that_must_not_be_shown_is_not_said_either(folder):
    text = "{K07} was heard of."
    entry = {"en": text, "zh": "据闻{K07}。", "zh_of": digest(text)}
    put(folder, toml(answer=entry))
    book = notebook(NAME, home=folder)
    with pytest.raises(Fault, match="K07 is not verified and must not be shown"):
        book.say("answer")


def test_a_new_row_that_refutes_a_sentence_stops_it(folder):
    new = made.other(
        "K08",
        "99.9%",
        "return_rate",
        "fir_2021_06",
        kind="rate",
        period_start="2021-01-01",
        period_end="2021-06-30",
    )
    book = notebook(NAME, home=folder)
    assert book.say("answer", share=book["late_share"], rates=book.elsewhere("half_years"))
    made.write(folder / "data/benchmarks.csv", made.COLUMNS["benchmarks"], made.plus("benchmarks", new))
    assert "all(rates < books_returned / books_lent + 0.02)" in refused(folder)
    assert "fir_2021_06_return_rate" in refused(folder)


# ------------------------------------------------------------ the command


def test_run_refuses_faulty_words_and_leaves_the_notebook_byte_for_byte(folder):
    (folder / "figures").mkdir()
    before = (folder / "notebooks" / f"{NAME}.ipynb").read_bytes()
    put(
        folder,
        toml(answer={**ENTRY, "zh_of": ""}, unsaid={"en": "So.", "zh": "如此。", "zh_of": digest("So.")}),
    )
    ended = commanded.asprinted("run", folder=folder)
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[0] == f"{NAME}.toml has 1 fault; nothing was run."
    assert "Traceback" not in ended.stderr
    assert (folder / "notebooks" / f"{NAME}.ipynb").read_bytes() == before


def test_run_ends_with_1_where_a_claim_fails_and_leaves_the_notebook_byte_for_byte(folder):
    (folder / "figures").mkdir()
    file = folder / "notebooks" / f"{NAME}.ipynb"
    ran = commanded.asprinted("run", folder=folder)
    assert ran.returncode == 0, ran.stderr
    whole = file.read_bytes()
    assert b"1,917 of 48,250 books came late" in whole
    put(folder, toml(answer={**ENTRY, "holds": "all(rates < late_share)"}))
    ended = commanded.asprinted("run", folder=folder)
    assert ended.returncode == 1
    for part in (
        f"{NAME}.toml",
        "answer, holds",
        "all(rates < late_share)",
        "which is false",
        "late_share = 1917/48250",
    ):
        assert part in ended.stderr, part
    assert file.read_bytes() == whole
