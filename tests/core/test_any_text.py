"""Whatever text a public function is given, it answers or raises what it documents."""

import re
import string
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import asprinted
from asprinted import escaping
from asprinted.collection import lint, templates, wording
from asprinted.collection.files import cell_faults, exact, records, type_faults
from asprinted.collection.proofs import Proof, Series
from asprinted.exact.expressions import Condition, Formula
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Printed, relation
from asprinted.faults import Fault, Faults, hidden
from asprinted.prose import writing

POINT, WIDE = Interval.point(3), Interval.between(1, None, "[)")
FACT = SimpleNamespace(
    value=Fraction(1, 3), as_printed="3件", period_start="2021-01-01", period_end="2021-09", facts=()
)

ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
NUMBERS = st.text(
    "0123456789０９一二三十百千万亿.,，%‰-—~至余多近超约不到以上分之成倍第连续件人次元年月日 \n\u202e",
    max_size=24,
)
SIGNS = st.text("ab 0123456789.+-*/()<>=!,'\"[]{}:_e×÷−\n\0", max_size=40) | st.lists(
    st.sampled_from(
        "a b 1 0 1e999 ( ) + - * / ** // == < <= in not and or min max count sum all any".split()
        + ", a.b a[0] lambda: 'x' if else not".split()
    ),
    max_size=12,
).map(" ".join)
HOLES = st.lists(
    st.sampled_from(
        "{ } {{ }} {a} {a:count} {a:percent.2} {a:percent.99} {a:date} {a:period} {a:list.label}".split()
        + "{b} {0} {a!r} {a:{a}} {a.b} {a:cut.0} {a:interval.count} {a:low.decimal.1} x".split()
    )
    | st.text("{}:.ab0!", max_size=6),
    max_size=6,
).map("".join)
DATES = st.text("0123456789-W ", max_size=12) | st.dates().map(str)
TOKENS = (
    st.sampled_from(
        [
            "3件",
            "1.76万余件",
            "99%",
            "五",
            "0件",
            "1万件以上",
            "9" * 38 + "件",
            "2至3件",
            "0.1%",
            "第一位",
            "三分之一",
        ]
    )
    | NUMBERS
)


def _formula(text: str) -> object:
    made = Formula(text, {"days": lambda first, last="": SimpleNamespace(value=Fraction(2), within=POINT)})
    return made.value(lambda _: Fraction(3)), made.interval(lambda _: WIDE)


def _claim(text: str) -> object:
    return Proof(text).decide({"a": POINT, "b": Series((POINT, WIDE))}.get)


def _relation(text: str) -> object:
    kind, *tokens = (text + "|||").split("|")[:4]
    sides = [(Printed(asprinted.read(each), "count"),) if each else () for each in tokens]
    return relation(kind, "x", *sides, None, "rise" if kind == "change" else "")


def _words(text: str, folder: Path) -> object:
    file = folder / "00_any.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    return wording.read(file, wording.Exceptions(), [])


PUBLIC: dict[str, tuple[Callable[[str], object], st.SearchStrategy[str]]] = {
    "read": (asprinted.read, NUMBERS | ANY),
    "scan": (asprinted.scan, NUMBERS | ANY),
    "check": (
        lambda text: asprinted.check(*text.split("|")[:3]),
        st.lists(TOKENS, min_size=1, max_size=3).map("|".join),
    ),
    "relate": (asprinted.relate, NUMBERS | ANY),
    "a formula": (_formula, SIGNS | ANY),
    "a claim": (_claim, SIGNS | ANY),
    "a rule": (lambda text: Condition(text).holds({"a": "x", "b": Fraction(1)}), SIGNS | ANY),
    "a template": (lambda text: templates.fill(text, {"a": FACT}.__getitem__), HOLES | ANY),
    "the holes of a template": (templates.placeholders, HOLES | ANY),
    "a relation": (
        _relation,
        st.tuples(
            st.sampled_from(["share", "mean", "sum", "change", "divisor", "x"]), TOKENS, TOKENS, TOKENS
        ).map("|".join),
    ),
    "a date": (writing.date, DATES | ANY),
    "a period": (
        lambda text: writing.period(*(text + "/").split("/")[:2]),
        st.tuples(DATES, DATES).map("/".join),
    ),
    "a table": (records, st.text('ab",\n\r\0;', max_size=30) | ANY),
    "an exact number": (exact, NUMBERS | ANY),
    "cells": (lambda text: list(cell_faults([["a"], [text]])), ANY),
    "typed cells": (
        lambda text: list(type_faults([["line", "day"], [text, text]], {})),
        NUMBERS | DATES | ANY,
    ),
    "typed digits": (lambda text: lint.typed(text, "en") + lint.judged(text, "zh", []), NUMBERS | ANY),
    "Markdown": (escaping.markdown, ANY),
    "markup": (escaping.markup, ANY),
    "code": (escaping.code, ANY),
}


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_function_raises_nothing_but_faults(name):
    do, texts = PUBLIC[name]

    @settings(max_examples=150, suppress_health_check=list(HealthCheck), database=None)
    @given(texts)
    @example("9" * 5000)
    @example("")
    def holds(text: str) -> None:
        told = ""
        try:
            do(text)
        except (Fault, Faults) as fault:
            told = str(fault)
        assert hidden(told, "\n") == ""
        assert len(told) < 20_000

    holds()


@settings(max_examples=80, suppress_health_check=list(HealthCheck), database=None)
@given(
    st.text("[]=\"'{}.\\ntruefalse0123456789 \n#éa\u202e", max_size=80)
    | st.text(string.printable, max_size=60)
)
def test_a_file_of_words_raises_nothing_but_faults(tmp_path_factory, text):
    with suppress(Faults):
        _words(text, tmp_path_factory.getbasetemp())


@settings(max_examples=200)
@given(ANY)
def test_escaped_text_holds_no_bar_one_line_and_no_tag_but_around_what_would_set_a_formula(text):
    written = re.sub(r"<span>\\[\\$]</span>", "", escaping.markdown(text))
    assert not {"\\", "$"} & set(re.sub(r"\\[^\\$]", "", written))
    assert not set(written) & {"<", ">", "\n"}
    assert "|" not in written.replace("\\|", "")
    assert escaping.markup(written) == ""
