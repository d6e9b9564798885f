"""Facts about what a machine finds in a collection's text: written with it, sealed, and held against it."""

import json
from pathlib import Path

import pytest

import made
from asprinted.collection import machine
from asprinted.collection.collection import Collection
from asprinted.collection.machine import FOUND, PROPOSED
from asprinted.collection.validating import validate
from asprinted.faults import Faults

HOME = Path(__file__).resolve().parents[2]
DESCRIBED = "data/datapackage.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The made-up collection, which describes both tables as this project's does, sealed against its text."""
    home = made.library(tmp_path / "library")
    package, ours = (json.loads((each / DESCRIBED).read_text(encoding="utf-8")) for each in (home, HOME))
    package["resources"] += [each for each in ours["resources"] if each["name"] in (FOUND, PROPOSED)]
    (home / DESCRIBED).write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    Collection(home).seal(made.TEXT)
    return home


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "data/found.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_numbers_have_their_place_and_relations_the_keys_of_the_typed_figures(folder):
    collection = Collection(folder)
    assert list(validate(collection, [FOUND, PROPOSED])) == []
    typed = {(row["line"], row["start"], row["as_printed"]) for row in made.TABLES["printed"]}
    found = {(row["line"], row["start"], row["as_printed"]): row["role"] for row in collection.rows(FOUND)}
    assert typed <= found.keys()
    assert {found[place] for place in typed} == {"measurement"}
    (rate,) = (row for row in collection.rows(PROPOSED) if row["printed"] == "96.03%")
    assert (rate["printed_key"], rate["part_key"], rate["whole_key"]) == (
        "return_rate_printed",
        "books_returned",
        "books_lent",
    )
    # 46333 of 48250 is 96.0269…%.
    assert (rate["kind"], rate["verdict"], rate["confidence"]) == ("share", "nearest_only", "sure")


def test_a_number_that_is_no_typed_figure_is_named_by_its_place(folder):
    figures = made.TABLES["printed"]
    left = [row for row in figures if row["key"] != "books_returned"]
    made.write(folder / "data/printed.csv", made.COLUMNS["printed"], left)
    collection = Collection(folder)
    (rate,) = (row for row in machine.rows(collection, made.TEXT)[PROPOSED] if row["printed"] == "96.03%")
    (gone,) = (row for row in figures if row["key"] == "books_returned")
    assert rate["part_key"] == f"{gone['line']}:{gone['start']}"


def test_what_was_found_is_never_changed_without_the_text(folder):
    edit(folder, "measurement", "label")
    with pytest.raises(Faults, match=r"rows 2 to 8 changed since the seal.*verify ARTICLE --seal"):
        Collection(folder).check_seal()
    with pytest.raises(Faults, match="verify ARTICLE --seal"):
        Collection(folder).seal()
    with pytest.raises(Faults, match='column role: found "label", expected "measurement"'):
        Collection(folder).verify(made.TEXT)
    Collection(folder).seal(made.TEXT)
    Collection(folder).check_seal()
    assert str(Collection(folder).verify(made.TEXT)).startswith("6 printed figures")


def test_what_was_found_in_another_publication_stays(folder):
    other = "lending_rules,1,0,20册,measurement,20,20,20,[],1,,册,\n"
    file = folder / "data/found.csv"
    file.write_text(file.read_text(encoding="utf-8") + other, encoding="utf-8")
    Collection(folder).seal(made.TEXT)
    assert other in file.read_text(encoding="utf-8")
