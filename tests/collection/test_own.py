"""Facts about a reader's own rows: they stand beside the collection's in scratch, and nowhere else."""

import re
import shutil

import pytest

import asprinted
from asprinted.books.pictures import cited
from asprinted.collection.own import FOLDER
from asprinted.drawing.typesetting import width
from asprinted.faults import Faults
from asprinted.figures.style import CARD

HEAD = (
    "key,publisher,title,published,address,seen,place,name_en,scope,organisation,indicator_en,indicator_zh,kind,"
    "as_printed,unit,period_start,period_end,group,measure,body,level,pool,shown\n"
)
ROW = (
    "{key},A court,A report,2021,https://example.org/a,seen,A district,Adistrict,one basic court,A court,"
    "{what},件数,count,{token},case,2021-01-01,2021-09-30,a_court_2021,{measure},court,{level},all,yes\n"
)


def row(key="mine_1", token="30000件", measure="accepted", level="basic", what="cases accepted"):
    """Return a row of a made-up court that the collection has not."""
    return ROW.format(key=key, token=token, measure=measure, level=level, what=what)


@pytest.fixture
def scratch(home, tmp_path, monkeypatch):
    """A copy of the collection's tables and words, in whose scratch folder the reader is."""
    shutil.copytree(home / "data", tmp_path / "data")
    shutil.copytree(home / "notebooks" / "words", tmp_path / "notebooks" / "words")
    (tmp_path / FOLDER).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / FOLDER.parent)
    return tmp_path


def put(scratch, text, name="benchmarks"):
    """Write a file of the reader's own."""
    (scratch / FOLDER / f"{name}.csv").write_text(text, encoding="utf-8")


def test_two_counts_of_ones_own_are_a_rate_in_the_set_whose_rule_they_meet_and_say_so(scratch):
    put(scratch, HEAD + row() + row("mine_2", "21000件", "concluded", what="cases concluded"))
    rates = asprinted.notebook("explore").elsewhere("like_date_closing_rates")
    (mine,) = rates.query("mine == 'yes'").itertuples()
    assert mine.share == 0.7
    assert mine.label == "Adistrict (own row), January to September 2021"
    assert mine.rests_on == "mine_2, mine_1"
    assert "（自添）" in asprinted.notebook("explore", "zh")["mine_1"].label("zh")


def test_a_rate_with_its_counts_and_a_formula_over_own_rows_have_a_verdict_and_a_value(scratch):
    put(scratch, HEAD + row())
    put(
        scratch,
        "key,group,seen,measure,kind,result,counts,period,case_work\n"
        "my_rate,my_page,seen,closing_rate,share,99%,783件/785件,after_2012,yes\n",
        "published_rates",
    )
    put(
        scratch,
        "key,formula,show,form,title_en\nmine_beside,cases_accepted / mine_1,value,times,cases beside mine\n",
        "derived",
    )
    book = asprinted.notebook("explore")
    assert book.published.verdict["my_rate"] == "truncation_only"
    assert (
        book["mine_beside"].text() == "1.16 times"[: len("1.16")]
        or book["mine_beside"].value * 30000 == 34765
    )


def test_where_the_reader_is_not_in_scratch_the_collection_stands_alone(scratch, monkeypatch):
    put(scratch, HEAD + row())
    monkeypatch.chdir(scratch / "notebooks")
    assert "mine_1" not in asprinted.notebook("explore").collection


def test_a_card_names_own_rows_beside_all_others_in_one_line(scratch):
    put(scratch, HEAD + row())
    book = asprinted.notebook("explore")
    said = [cited(book.collection, book.benchmarks, each, on_card=True, own=True) for each in ("en", "zh")]
    assert [re.split("[;；] ?", text)[-1] for text in said] == ["own numbers", "自备数字"]
    assert max(width(f"Source: {text}", CARD.footer) for text in said) < CARD.width - 2 * CARD.margin


def test_a_row_of_ones_own_that_changes_is_read_anew(scratch):
    put(scratch, HEAD + row())
    assert asprinted.notebook("explore")["mine_1"].value == 30000
    put(scratch, HEAD + row(token="31000件"))
    assert asprinted.notebook("explore")["mine_1"].value == 31000


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        (
            HEAD + row(token="many"),
            "benchmarks",
            'own/benchmarks.csv .*row 2, column as_printed: found "many"',
        ),
        (
            HEAD + row("K001"),
            "benchmarks",
            'row 2, column key: found "K001", expected a key that no row of the coll',
        ),
        (
            HEAD + row() + row(),
            "benchmarks",
            'row 3, column key: found "mine_1", expected a key that no other row',
        ),
        (HEAD + row(level="bsic"), "benchmarks", 'row 2, column level: found "bsic", expected one'),
        (
            HEAD.replace("measure", "mesure") + row(),
            "benchmarks",
            "row 1, column mesure: .*near to it is 'measure'",
        ),
        (
            HEAD + row(),
            "printed",
            'no table "printed" that takes rows of your own, expected one of benchmarks',
        ),
        ("", "benchmarks", "an empty file"),
        (
            "key,formula,show,form,title_en\nx,cases_acepted * 2,value,count,twice\n",
            "derived",
            "row 2, column formula: found no fact 'cases_acepted'; near to it is 'cases_accepted'",
        ),
    ],
)
def test_a_fault_names_file_row_and_column(scratch, text, name, told):
    put(scratch, text, name)
    with pytest.raises(Faults, match=f"(?s){told}"):
        asprinted.notebook("explore")
