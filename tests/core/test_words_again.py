"""Every class of words, rule, chance and line of the engine's tables beside what a second hand typed of it.

A word that leaves its class, or stands in another, turns what is heard in texts that no test has; so do a
sign of a pattern, a bound and a name that stand in the code of what hears texts. Sentences
and faults have their own table (`sentences.csv`, `faults.csv`), weights are fitted (`benchmarks/fit.py`).
"""

import ast
import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ENGINE = Path(__file__).resolve().parents[2] / "src" / "asprinted"
TABLES = (
    "audit/levels", "chinese/roles", "chinese/units", "chinese/words", "collection/dictionary",
    "collection/frames", "collection/lint", "english/units", "english/words", "rerun/pages", "site/chrome",
)  # fmt: skip

CODE = sorted(
    file.relative_to(ENGINE).as_posix()
    for file in (*ENGINE.glob("audit/**/*.py"), *ENGINE.glob("chinese/*.py"), ENGINE / "corpus/between.py")
)
"""The modules that hear a text."""


def entries(table: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each value of a table with its name: words in their order, rules by their number."""
    if isinstance(table, dict):
        for key, inside in table.items():
            yield from entries(inside, f"{name}.{key}" if name else key)
    elif isinstance(table, list) and isinstance(table[0], dict):
        for number, inside in enumerate(table, 1):
            yield from entries(inside, f"{name}.{number}")
    else:
        yield name, " ".join(str(table).split())


def read(table: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return the entries of a table of the engine, as lines of `words_again.csv`."""
    found = tomllib.loads((ENGINE / f"{table}.toml").read_text(encoding="utf-8"))
    return {(table, name): {"table": table, "entry": name, "words": words} for name, words in entries(found)}


def constants(code: str) -> Iterator[tuple[str, str]]:
    """Yield what a module sets for good, as it is written: patterns, bounds and names, no functions."""
    for each in ast.parse(code).body:
        if isinstance(each, ast.Assign | ast.AnnAssign) and each.value:
            name = ast.unparse(each.target if isinstance(each, ast.AnnAssign) else each.targets[0])
            told = {type(node) for node in ast.walk(each.value)}
            if name.isupper() and ast.Constant in told and ast.Lambda not in told:
                yield name, re.sub(r"\n\s*", " ", ast.get_source_segment(code, each.value) or "")


def read_code(module: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return the constants of a module of the engine, as lines of `words_again.csv`."""
    found = constants((ENGINE / module).read_text(encoding="utf-8"))
    return {(module, name): {"table": module, "entry": name, "words": words} for name, words in found}


with Path(__file__).with_name("words_again.csv").open(encoding="utf-8", newline="") as opened:
    TYPED = {(row["table"], row["entry"]): row for row in csv.DictReader(opened)}

FOUND = {key: line for table in TABLES for key, line in read(table).items()}
FOUND |= {key: line for module in CODE for key, line in read_code(module).items()}


@pytest.mark.parametrize("table", [*TABLES, *CODE])
def test_a_table_of_words_says_what_a_second_hand_typed(table: str):
    found, typed = (
        [(key, row["words"]) for key, row in rows.items() if key[0] == table] for rows in (FOUND, TYPED)
    )
    if table in CODE:  # What a module sets may stand in any order.
        found, typed = sorted(found), sorted(typed)
    assert found == typed, "if it is meant, `python -m tools.second_hand --accept` types it anew"


def test_every_table_of_words_is_typed_again_or_has_its_own():
    own = {"prose/sentences", "prose/faults"}
    tables = {file.relative_to(ENGINE).with_suffix("").as_posix() for file in ENGINE.rglob("*.toml")}
    assert {each for each in tables if "/notebooks/" not in each} == own | {*TABLES}


def test_a_word_in_another_class_and_a_rule_in_another_place_are_seen():
    table = {"each": "各 分别", "all": "全", "rules": [{"role": "date"}, {"role": "label"}]}
    typed = dict(entries(table))
    assert typed["rules.2.role"] == "label"
    assert dict(entries(table | {"each": "各", "all": "全 分别"})) != typed
    assert dict(entries(table | {"rules": table["rules"][::-1]})) != typed


def test_a_sign_of_a_pattern_a_bound_and_a_name_are_seen():
    code = 'A, B = 9, 10\n_C: dict[str, str] = {\n    "of": "among",\n}\n_D = {"x": lambda: 1}\nd = 3\n'
    assert dict(constants(code)) == {"(A, B)": "9, 10", "_C": '{ "of": "among", }'}
    assert dict(constants(code.replace("among", "apart"))) != dict(constants(code))
