"""Facts about what a machine finds in the article, which its grammar grew from, and what a person typed."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

import asprinted
from asprinted.collection import machine
from asprinted.collection.collection import Collection

HOME = Path(__file__).resolve().parents[2]
QUANTITIES = {"measurement", "ordinal"}

# What a category is to a machine; figures, which have none, are called printed.
USUAL = {
    "printed": "measurement", "repeat": "measurement", "ordinal": "ordinal", "date": "date", "name": "label",
    "word": "label", "slogan": "label", "footer": "label",
}  # fmt: skip

# Line, start → token, role, and why the machine may take it so.
OTHERWISE = {
    (11, 33): ("第一", "ordinal", "a by-name that itself claims a place in an order"),
    (17, 80): ("三项", "measurement", "counts headings that the sentence before it lists"),
    (23, 46): ("两项", "measurement", "counts pieces of work that are named before it"),
    (27, 67): ("第一位", "ordinal", "a rank: by hand a figure, by its form a place in an order"),
    (35, 89): (
        "十三位",
        "label",
        "begins the name of a mechanism; by hand a figure, noted to be weak",
    ),
    (65, 64): ("近两年", "measurement", "says of how many years something is told, and names when"),
    (77, 114): ("两项", "measurement", "counts pieces of work that are named before it"),
}

# What a typed row may hold beyond its number: what is counted, or a measure word that counts nothing.
COUNTED = {"街道", "层级", "步", "点", "股"}

# Relation → how surely it may be proposed: the words of two say it, and three because they follow.
RELATIONS = {
    "closing_rate": {"sure"},
    "police_resolution": {"sure"},
    "peoples_mediation": {"likely"},
    "judges_headcount": {"likely", "possible"},
    "ratio_of_means": {"possible"},
}


def rows(table: str) -> list[dict[str, str]]:
    with (HOME / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def place(row: dict[str, str]) -> tuple[int, int]:
    return int(row["line"]), int(row["start"])


@pytest.fixture(scope="module")
def found() -> dict[tuple[int, int], dict[str, str]]:
    return {place(row): row for row in rows("found")}


@pytest.fixture(scope="module")
def typed() -> dict[tuple[int, int], dict[str, str]]:
    figures = [{**row, "category": "printed"} for row in rows("printed")]
    return {place(row): row for row in [*figures, *rows("exclusions")]}


# ------------------------------------------------------------------------------------------ with the text


def test_the_tables_hold_what_an_audit_of_the_article_finds_now(article, found):
    audited = asprinted.audit(article)
    assert [(span.line, span.column, span.text, span.role.value) for span in audited.spans] == [
        (*where, row["as_printed"], row["role"]) for where, row in found.items()
    ]
    assert [
        (
            each.kind,
            *(";".join(span.text for span in side) for side in (each.results, each.parts, each.wholes)),
        )
        for each in audited.claims
    ] == [(row["kind"], row["printed"], row["part"], row["whole"]) for row in rows("proposed")]
    assert list(machine.stale(Collection(HOME), article)) == []


def test_every_place_of_the_tables_is_a_place_of_the_article_and_no_more_of_it_is_stored(article, found):
    lines = article.split("\n")
    for (line, start), row in found.items():
        assert lines[line - 1][start:].startswith(row["as_printed"])
        assert len(row["as_printed"]) < 16


# --------------------------------------------------------------------------------------- without the text


def test_every_numeral_typed_by_hand_is_found_once_and_nothing_else_is(found, typed):
    numerals = {where: row for where, row in typed.items() if row["category"] != "no_value"}
    assert sorted(found) == sorted(numerals)
    for where, row in numerals.items():
        mine, theirs = row["as_printed"], found[where]["as_printed"]
        assert mine.startswith(theirs), row
        assert mine.removeprefix(theirs) in {"", *COUNTED}, row


def test_a_claim_without_a_numeral_is_not_found(found, typed):
    without = [row for where, row in typed.items() if where not in found]
    assert Counter(row["category"] for row in without) == {"no_value": 7}
    assert not any(re.search("[0-9一二三四五六七八九十两百千万亿]", row["as_printed"]) for row in without)


def test_roles_are_those_of_the_typed_categories_but_for_a_few_that_can_be_read_so(found, typed):
    other = {
        where: (row["as_printed"], row["role"])
        for where, row in found.items()
        if row["role"] != USUAL[typed[where]["category"]]
    }
    assert other.items() <= {where: (token, role) for where, (token, role, _) in OTHERWISE.items()}.items()


def test_years_counted_back_from_now_may_be_a_date_or_a_length_of_time(found):
    (recent,) = (row for row in found.values() if row["as_printed"] == "近两年")
    assert {recent["role"], recent["also"]} == {"date", "measurement"}


def test_readings_are_those_of_the_dataset_where_there_is_one(found, typed):
    unread = []
    for row in rows("statistics"):
        (where,) = (each for each, other in typed.items() if other.get("key") == row["key"])
        if found[where]["role"] not in QUANTITIES:
            unread.append(row["key"])
            continue
        read = found[where]
        for column in ("value", "low", "high", "bounds", "step", "hedge"):
            assert read[column] == row[column], (row["key"], column)
        assert row["unit"].removeprefix(read["unit"]) in {"", *COUNTED}, row["key"]
    assert unread in ([], ["linkage_parties"])


def test_the_five_relations_between_printed_figures_are_proposed_with_the_verdict_of_the_audit_by_hand():
    sides = ("kind", "printed_key", "part_key", "whole_key")
    by_machine = {tuple(row[side] for side in sides): row for row in rows("proposed")}
    for row in rows("checks"):
        proposed = by_machine.get(tuple(row[side] for side in sides))
        assert (proposed is None) == (row["verdict"] == "not_testable"), row["id"]
        if proposed:
            assert proposed["confidence"] in RELATIONS[row["id"]], row["id"]
            for column in ("verdict", "computed_low", "computed_high"):
                assert proposed[column] == row[column], (row["id"], column)


def test_no_relation_that_nobody_states_is_sure_or_likely_and_none_is_contradicted():
    stated = {row["printed_key"] for row in rows("relations") if row["printed_key"]}
    for row in rows("proposed"):
        assert row["confidence"] == "possible" or row["printed_key"] in stated, row["id"]
        assert row["verdict"] != "contradicted", row["id"]


# ------------------------------------------------------------------------------------------ the notebook


def said(notebook: str, cell: str) -> str:
    """Return what a cell of the notebook shows, as plain text."""
    cells = json.loads((HOME / "notebooks" / notebook).read_text(encoding="utf-8"))["cells"]
    (output,) = next(each["outputs"] for each in cells if each.get("id") == cell)
    return "".join(output["data"].get("text/markdown") or output["data"]["text/plain"])


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall("[0-9]+", text)]


@pytest.fixture(params=["by_machine.ipynb", "zh/by_machine.ipynb"])
def notebook(request) -> str:
    return request.param


def test_the_notebook_says_how_many_numbers_there_are_and_on_how_many_the_sides_differ(
    notebook, found, typed
):
    differ = sum(
        (row["role"] in QUANTITIES) != (USUAL[typed[where]["category"]] in QUANTITIES)
        for where, row in found.items()
    )
    assert numbers(said(notebook, "numbers")) == [len(found), len(typed), len(found), differ]
    unread = sum(not row["bounds"] for where, row in found.items() if typed[where]["category"] == "printed")
    many = len(rows("printed"))
    assert unread == 0
    assert numbers(said(notebook, "readings")) == [many, many]


def test_the_notebook_says_how_many_relations_were_proposed_and_how_surely(notebook):
    checks, proposed = rows("checks"), rows("proposed")
    testable = sum(row["verdict"] != "not_testable" for row in checks)
    levels = Counter(row["confidence"] for row in proposed)
    expected = [len(checks), testable, len(proposed), levels["sure"], levels["likely"], levels["possible"]]
    assert numbers(said(notebook, "relations")) == [*expected, len(RELATIONS), len(RELATIONS)]


def test_the_notebook_counts_each_pair_of_category_and_role(notebook, found, typed):
    pairs = Counter((typed[where]["category"], row["role"]) for where, row in found.items())
    assert sorted(numbers(said(notebook, "roles"))) == sorted(pairs.values())


def test_no_verdict_of_the_notebook_says_follows_since_one_is_over_hedged_counts(notebook):
    shown = said(notebook, "side-by-side")
    assert not re.search("follow|相符", shown)
    assert len(re.findall(r"\bfits\b|可得", shown)) >= len(RELATIONS)
