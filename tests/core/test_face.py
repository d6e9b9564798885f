"""The face of the engine: what it answers, in which language, and that it needs nothing but Python."""

import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

import asprinted
from asprinted import check
from asprinted.exact.verdicts import Check, Verdict
from asprinted.faults import Fault
from asprinted.prose import sentences

SOURCE = Path(asprinted.__file__).parents[1]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    yield
    sentences.set_language("en")


def test_a_check_of_tokens_and_one_of_whole_numbers_say_the_same():
    tokens, numbers = check("61.71%", "21454件", "34765件"), check("61.71%", 21454, 34765)
    assert isinstance(tokens, Check)
    assert tokens.verdict is numbers.verdict is Verdict.BOTH
    assert repr(tokens) == repr(numbers)


def test_a_check_shows_itself_as_a_sentence_with_verdict_and_strength():
    closing = check("61.71%", 21454, 34765)
    assert (
        repr(closing)
        == closing._repr_markdown_()
        == (
            "Printed: 61.71%; 21,454 of 34,765 is 61.7115%: follows, rounded or cut. "
            "Of 134 slips of a digit, or of two neighbours changed over, in its printed numbers, "
            "it would show 123. "
            "Of the 10,001 values from 0% to 100% that could have been printed, 1 would have passed; "
            "99.99% would have failed."
        )
    )


def test_a_check_shows_itself_in_the_language_last_set():
    closing = check("61.71%", 21454, 34765)
    sentences.set_language("zh")
    assert repr(closing).startswith(
        "原文61.71%；以21454除以34765，得61.7115%：四舍五入或去尾都相符。所用原文数字中错一位、或相邻两位颠倒的情形共134种，其中能看出的123种。"
    )
    with pytest.raises(Fault, match="found the language 'fr'"):
        sentences.set_language("fr")  # type: ignore[arg-type]
    assert sentences.current_language() == "zh"


def test_over_hedged_counts_the_sentence_says_not_excluded():
    assert "not excluded, rounded or cut." in repr(check("98.35%", "1.73万余件", "1.76万余件"))


@pytest.mark.parametrize(
    ("arguments", "more", "kind", "verdict"),
    [
        (("99%", 783, 785), {}, "share", "truncation_only"),
        (("413件", 21454, "52名"), {}, "mean", "nearest_only"),
        (("413件", [20000, 1454], [50, 2]), {}, "mean", "nearest_only"),
        (("88.88%", 554296, [554296, 69346]), {}, "share", "both"),
        (("25%", 75, 100), {"direction": "fall"}, "change", "both"),
        (("25%", 75, 100), {"direction": "rise"}, "change", "contradicted"),
        (("112个", [8, 96, 8]), {"kind": "sum"}, "sum", "both"),
        ((112, [8, 96, 8]), {"kind": "sum"}, "sum", "both"),
        ((["669件", "413件"], [34765, 21454]), {"kind": "divisor"}, "divisor", "nearest_only"),
        ((["669件", "413件"], [], [34765, 21454]), {"kind": "divisor"}, "divisor", "nearest_only"),
        (("61.71%", "413.2件", "669.1件"), {}, "share", "contradicted"),
        (([], 4044, 16179), {"kind": "share"}, "share", "not_testable"),
        (("99%", 786, 785), {}, "share", "not_testable"),
        (("50%", "20万元", "40万元"), {}, "share", "both"),
    ],
)
def test_the_kind_of_relation_follows_from_what_is_printed_or_is_named(arguments, more, kind, verdict):
    result = check(*arguments, **more)
    assert (result.relation.kind, result.verdict.value) == (kind, verdict)
    assert repr(result)


def test_a_declared_space_gives_a_mean_its_strength():
    assert check("413件", 21454, 52).strength is None
    assert check("413件", 21454, 52, space=(400, "500件")).strength == Fraction(99, 101)


@pytest.mark.parametrize(
    ("arguments", "more", "column", "found"),
    [
        ((0.6171, 21454, 34765), {}, "printed", "0.6171 (float)"),
        (("61.71%", None, 34765), {}, "parts", "None (NoneType)"),
        (("61.71%", 21454, {34765}), {}, "wholes", "{34765} (set)"),
        (("61.71%", True, 34765), {}, "parts", "True (bool)"),
        (("61.71%", -1, 34765), {}, "parts", "a number below 0"),
        (("61.71%", 10**5000, 34765), {}, "parts", "more than 40 digits"),
        (("61.71%", [1, [2]], 34765), {}, "parts", "[2] (list)"),
        (("约20余%", 1, 2), {}, "printed", "2 hedges"),
        (("", 1, 2), {}, "printed", "no token"),
        (("413件", 21454), {}, "kind", '"413件", which is no share, and no whole'),
        (([], 1, 2), {}, "kind", "no printed result"),
        (("61.71%", 1, 2), {"kind": "ratio"}, "kind", 'kind "ratio"'),
        (("61.71%", 1, 2), {"direction": "up"}, "direction", 'direction "up"'),
        (("61.71%", 1, 2), {"space": 5}, "space", "5"),
        (("61.71%", 1, 2), {"space": (1, 0)}, "space_high", "a space from 1 to 0"),
        (("61.71%", 1, 2), {"space": (0.5, 1)}, "space", "0.5 (float)"),
        (("61.71%", 1, 2), {"space": ("3至5%", 1)}, "space", "a range"),
    ],
)
def test_bad_input_is_a_fault_that_says_what_was_found_and_expected(arguments, more, column, found):
    with pytest.raises(Fault) as raised:
        check(*arguments, **more)
    assert raised.value.column == column
    assert found in raised.value.found
    assert raised.value.expected


def bare(code: str) -> str:
    """Run code in a Python without site-packages, environment and user folder, the engine's source aside."""
    prepared = f"import sys; sys.path.insert(0, {str(SOURCE)!r})\n{code}"
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", prepared],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_engine_works_on_a_bare_python_and_loads_neither_pandas_nor_numpy():
    said = bare(
        "import asprinted as a\n"
        "print(a.check('61.71%', 21454, 34765).verdict, len(a.scan('共785件')), a.read('99%').value)\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "print(sorted({'pandas', 'numpy', 'matplotlib', 'typer'} & loaded))"
    )
    assert said.splitlines() == ["both 1 0.99", "[]"]


def test_a_bare_python_has_nothing_else_to_load():
    assert bare("import importlib.util\nprint(importlib.util.find_spec('pandas'))") == "None\n"


def test_the_face_is_these_names():
    assert sorted(asprinted.__all__) == ["audit", "check", "notebook", "read", "relate", "scan"]
    assert set(asprinted.__all__) <= set(dir(asprinted))
    with pytest.raises(AttributeError, match="'asprinted' has no attribute 'chek'"):
        asprinted.chek  # noqa: B018


def test_the_face_is_loaded_when_a_name_of_it_is_asked_for():
    loads = "import sys, asprinted\nprint('asprinted.face' in sys.modules)"
    assert bare(loads + "\nasprinted.read\nprint('asprinted.face' in sys.modules)") == "False\nTrue\n"
