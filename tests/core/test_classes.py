"""Facts about the tables of words: each class has a name, is called by it, and stands once."""

from importlib import resources

import pytest

from asprinted.audit import proposing
from asprinted.chinese.grammar import EXPRESSION
from asprinted.chinese.words import CLASSES, UNITS
from asprinted.corpus import between
from asprinted.english import lexicon as english
from asprinted.exact.classes import Classes
from asprinted.faults import Fault, Faults


def text(package: str, file: str) -> str:
    """Return the text of a table of words."""
    return (resources.files(package) / file).read_text(encoding="utf-8")


WORDS, MEASURES = text("asprinted.chinese", "words.toml"), text("asprinted.chinese", "units.toml")


def told(faults: list[Fault]) -> list[str]:
    """Return the faults as lines of a message."""
    return [str(each).removeprefix("asprinted/chinese/words.toml, ") for each in faults]


def test_every_class_of_words_is_named_by_a_pattern_or_another_class_and_none_is_missing():
    assert all([proposing.__name__, between.__name__]), "what names the classes is imported"
    assert EXPRESSION.pattern, "what is made of a class's words is made"
    assert CLASSES.check(WORDS) == UNITS.check(MEASURES) == []
    assert english.CLASSES.check(text("asprinted.english", "words.toml")) == []
    assert english.UNITS.check(text("asprinted.english", "units.toml")) == []


def test_everything_that_is_wrong_with_a_table_of_words_is_told_at_once():
    damaged = (
        WORDS.replace('among = "', 'amongst = "')
        .replace('income = "收入 支出 消费"', "income = 3")
        .replace('days = "天 日"', 'days = "天 日 天"')
        .replace('since = "@from 自"', 'since = "@form 自"')
        .replace('days = "', 'others = ""\ndays = "', 1)
        .replace('\nothers = "@rest @not_done 不成"', "")
        .replace('over = "', 'above = "')
    )
    assert told(CLASSES.check(damaged)) == [
        "column since: found @form, expected a class above it; near to it is 'from'.",
        "column others: found '', expected words parted by blanks.",
        "column days: found 天 twice, expected each word once.",
        "column income: found 3, expected words parted by blanks.",
        "column hedges.above: found what nothing reads, expected a class that code names; near to it is "
        "'hedges.over'.",
        "column hedges.over: found no such class, expected its words; near to it is 'hedges.above'.",
        "column among: found no such class, expected its words; near to it is 'amongst'.",
        "column amongst: found what nothing reads, expected a class that code names; near to it is 'among'.",
    ]


def test_a_unit_has_a_dimension_and_one_meaning():
    damaged = MEASURES.replace("[length]", "[lenght]").replace('"平方米 ', '"件 平方米 ')
    assert [str(each).removeprefix("asprinted/chinese/units.toml, ") for each in UNITS.check(damaged)] == [
        "column lenght: found what nothing reads, expected a class that code names; near to it is 'length'.",
        "column area.square metre: found 件, as in count.case, expected each word in one class.",
    ]


def test_a_table_that_is_no_toml_is_told_with_the_line():
    (fault,) = Classes("asprinted.chinese", "words.toml").check('more = "多 快\n')
    assert "line 1" in fault.found
    assert fault.file == "asprinted/chinese/words.toml"


def test_a_name_that_no_table_has_is_told_where_the_pattern_is_first_used():
    classes = Classes("asprinted.chinese", "words.toml")
    mistyped = classes.pattern("{amng}[0-9]+"), classes.group("pears")
    with pytest.raises(Faults) as raised:
        mistyped[0].search("其中35件")
    assert told(list(raised.value.faults)) == [
        "column amng: found no such class, expected its words; near to it is 'among'.",
        "column pears: found no such class, expected its words; near to it is 'pairs'.",
    ]
