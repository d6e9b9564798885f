"""What the schemas of typed files say is what the engine tells, and an editor finds them."""

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

import damage
import made
from asprinted.collection import wording
from asprinted.collection.collection import Collection
from asprinted.faults import Faults

HOME = Path(__file__).resolve().parents[2]
SCHEMAS = HOME / "src" / "asprinted" / "collection" / "schemas"
WORDS = HOME / "notebooks" / "words"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection without a fault. It is read only."""
    return damage.collection(tmp_path_factory.mktemp("whole") / "library")


@pytest.mark.parametrize("schema", sorted(SCHEMAS.iterdir()), ids=lambda file: file.name)
def test_a_schema_is_one_that_needs_no_other_file(schema):
    read = json.loads(schema.read_text("utf-8"))
    Draft7Validator.check_schema(read)
    assert "http" not in schema.read_text("utf-8")
    assert all(each.startswith("#/definitions/") for each in references(read))


def references(part: object) -> list[str]:
    """Return what a schema refers to."""
    if isinstance(part, list):
        return [each for held in part for each in references(held)]
    if not isinstance(part, dict):
        return []
    own = [part["$ref"]] if "$ref" in part else []
    return own + [each for held in part.values() for each in references(held)]


@pytest.mark.parametrize("file", sorted(WORDS.glob("*.toml")), ids=lambda file: file.name)
def test_a_file_of_words_names_the_schema_by_which_an_editor_completes_it(file):
    text = file.read_text("utf-8")
    first, _, path = text.partition("\n")[0].partition(" ")
    schema = (file.parent / path).resolve()
    assert (first, schema.parent) == ("#:schema", SCHEMAS)
    assert Draft7Validator(json.loads(schema.read_text("utf-8"))).is_valid(tomllib.loads(text))


def test_the_description_of_the_tables_names_its_schema():
    file = HOME / "data" / "datapackage.json"
    described = json.loads(file.read_text("utf-8"))
    schema = (file.parent / described["$schema"]).resolve()
    assert schema.parent == SCHEMAS
    assert Draft7Validator(json.loads(schema.read_text("utf-8"))).is_valid(described)


def change(folder: Path, edit) -> list[str]:
    """Change the description of the tables; return what is told of it, a line each."""
    file = folder / "data" / "datapackage.json"
    package = json.loads(file.read_text("utf-8"))
    edit(package, {table["name"]: table for table in package["resources"]})
    file.write_text(json.dumps(package), "utf-8")
    with pytest.raises(Faults) as refused:
        Collection(folder).names()
    return [str(fault).removeprefix("datapackage.json, column ") for fault in refused.value.faults]


def test_all_faults_of_the_shape_come_at_once_each_with_its_place(tmp_path):
    def edit(package, tables):
        package["title"] = 5
        del tables["sources"]["written_by"]
        tables["printed"]["schema"]["fields"][1]["type"] = "text"
        tables["printed"]["schema"]["fields"][2]["constraints"] = {"pattern": "(", "required": "yes"}
        tables["sets"]["schema"]["primaryKey"] = ["nosuch"]
        package["resources"].append({"name": "No name", "path": 5})

    line = "a text of one line, without HTML and hidden characters"
    at = f"resources[{len(made.COLUMNS)}]"
    assert sorted(change(made.library(tmp_path), edit)) == sorted(
        [
            f"title: found 5, expected {line}.",
            "sources.written_by: found nothing, expected one of hand, build, seal, bench.",
            'printed.ref.type: found "text", expected one of string, integer, number, date.',
            'printed.source.constraints.pattern: found "(", expected a regular expression.',
            'printed.source.constraints.required: found "yes", expected true or false.',
            'sets.primaryKey: found "nosuch", expected a column of sets.',
            f'{at}.name: found "No name", expected a name such as printed.',
            f"{at}.path: found 5, expected the name of a CSV file in data/.",
            f"{at}.title: found nothing, expected {line}.",
            f"{at}.description: found nothing, expected {line}.",
            f"{at}.written_by: found nothing, expected one of hand, build, seal, bench.",
            f"{at}.schema: found nothing, expected an object.",
        ]
    )


@pytest.mark.parametrize(
    ("column", "limit", "expected"),
    [("line", "2020-01-01", "a number"), ("period_end", 2020, "a date"), ("period_end", "2020", "a date")],
)
def test_a_limit_is_of_the_type_that_it_limits(tmp_path, column, limit, expected):
    def edit(_, tables):
        (field,) = (each for each in tables["printed"]["schema"]["fields"] if each["name"] == column)
        field["constraints"] = {"minimum": limit}

    where = f"printed.{column}.constraints.minimum"
    assert change(made.library(tmp_path), edit) == [
        f"{where}: found {json.dumps(limit)}, expected {expected}."
    ]


def test_a_key_that_nobody_reads_is_told_with_the_known_ones(whole, tmp_path):
    words = tmp_path / "01_lending.toml"
    text = (whole / "notebooks" / "words" / words.name).read_text("utf-8")
    more = '\n[cells.more]\nzh = "甲"\nen = "a"\n[books_returned.rows.late]\nhz = "乙"\n'
    words.write_text(text.replace("late = {", "late_ = {", 1) + more, "utf-8")
    with pytest.raises(Faults) as refused:
        wording.read(words, wording.Exceptions(), {"library"})
    told = [str(fault).removeprefix("01_lending.toml, column ") for fault in refused.value.faults]
    assert told == [
        "cells.more, en: found an unknown key, expected one of zh, zh_of.",
        "books_returned.rows.late, en: found nothing, expected the text in English.",
        "books_returned.rows.late, zh: found nothing, expected the text in Chinese.",
        "books_returned.rows.late.hz: found an unknown key, expected one of en, zh, zh_of.",
    ]


def test_a_heading_with_a_mistyped_key_is_told(tmp_path):
    file = tmp_path / "columns.toml"
    file.write_text('[share]\nen = "share"\nzh = "比率"\nfromat = "percent.2"\n', "utf-8")
    with pytest.raises(Faults) as refused:
        wording.headings(tmp_path)
    assert str(refused.value.faults[0]) == (
        "columns.toml, column share.fromat: found an unknown key, expected one of en, zh, format, cells; "
        "near to it is format."
    )
