"""A collection made up for tests: the half-year figures of a library that does not exist.

It has every kind of table, described as strictly as a real one, and a text of its own to be verified against.
"""

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from asprinted.collection.collection import Collection

TEXT = (
    "馆里的半年账\n"
    "上半年借出图书48250册，按期归还46333册，按期归还率为96.03%。\n"
    "进馆读者1.2万余人次，借书读者1.1万余人次；馆员20名，第三季度再聘。\n"
)
"""What the figures of the collection were typed from."""

Rows = Sequence[Mapping[str, str]]

_FIGURE = ("key", "as_printed", "indicator_en", "indicator_zh", "kind")
_DATED = ("period_start", "period_end")
_RULED = ("group", "measure", "body", "level", "pool", "head", "place")
_CHECK = (
    "printed_key",
    "part_key",
    "whole_key",
    "direction",
    "space_low",
    "space_high",
    "title_en",
    "title_zh",
)
COLUMNS: dict[str, tuple[str, ...]] = {
    "sources": ("key", "publisher", "title", "published", "address", "seen", "sha256"),
    "printed": (
        *_FIGURE[:1],
        "ref",
        "source",
        "section",
        "line",
        "start",
        *_FIGURE[1:],
        "organisation",
        "unit_en",
        *_DATED,
        *_RULED,
        "scope",
        "note",
    ),
    "exclusions": ("source", "line", "start", "as_printed", "reason"),
    "relations": ("id", "ref", "kind", *_CHECK, "note"),
    "crosschecks": (
        "id",
        "ref",
        "left",
        "relation",
        "right",
        "otherwise",
        "outcome",
        "title_en",
        "title_zh",
        "note",
    ),
    "standalone": ("id", "ref", "keys", "title_en", "title_zh", "note"),
    "derived": (
        "key",
        "ref",
        "formula",
        "within",
        "rule",
        "show",
        "listed",
        "form",
        "places",
        "unit_en",
        "unit_zh",
        "title_en",
        "title_zh",
        "caveat_en",
        "caveat_zh",
    ),
    "holidays": ("day", "kind"),
    "benchmarks": (
        *_FIGURE,
        "publisher",
        "publisher_zh",
        "title",
        "address",
        "seen",
        *_DATED,
        *_RULED,
        "name_en",
        "name_zh",
        "unit",
        "unit_zh",
        "open_end",
        "repeats",
        "unread",
        "shown",
        "note",
    ),
    "measures": ("measure", "part", "whole", "title_en", "title_zh"),
    "sets": ("key", "ref", "measure", "where", "title_en", "title_zh"),
    "benchmark_relations": ("id", "kind", *_CHECK, "note"),
    "statistics": (
        *_FIGURE[:1],
        "ref",
        "source",
        "section",
        *_FIGURE[1:],
        "organisation",
        "value",
        "low",
        "high",
        "bounds",
        "step",
        "hedge",
        "unit",
        "unit_en",
        *_DATED,
    ),
    "checks": (
        "id",
        "ref",
        "kind",
        *_CHECK,
        "note",
        "printed",
        "computed_low",
        "computed_high",
        "verdict",
        "strength",
        "divisors_nearest",
        "divisors_truncation",
    ),
    "benchmark_checks": (
        "id",
        "kind",
        *_CHECK,
        "note",
        "printed",
        "computed_low",
        "computed_high",
        "verdict",
        "strength",
    ),
    "derived_values": ("key", "value", "low", "high", "bounds"),
    "published_rates": (
        "key",
        "group",
        "publisher",
        "title",
        "address",
        "seen",
        "kind",
        "direction",
        "result",
        "counts",
        "note",
    ),
    "published_checks": ("key", "computed_low", "computed_high", "verdict", "strength"),
    "seal": ("table", "line", "rows", "sha256"),
}
BUILT = ("statistics", "checks", "benchmark_checks", "derived_values", "published_checks")
_TYPES = {"line": "integer", "start": "integer", "places": "integer", "day": "date"}
_TYPES |= dict.fromkeys(("space_low", "space_high"), "number")
_KINDS = ["count", "rate", "mean", "change", "rank", "duration", "money"]
_SECTIONS = ["lending", "house"]
_CONSTRAINTS: dict[tuple[str, str], dict[str, Any]] = {
    ("printed", "section"): {"required": True, "enum": _SECTIONS},
    ("printed", "key"): {"required": True, "pattern": "[a-z][a-z0-9_]*"},
    ("relations", "kind"): {"enum": ["share", "mean", "sum", "change", "divisor"]},
    ("crosschecks", "relation"): {"enum": ["equal", "at_most", "other"]},
    ("benchmarks", "seen"): {"enum": ["seen", "carried", "copy", "not verified"]},
    ("benchmarks", "address"): {"pattern": r"https?://\S+"},
}


def _field(table: str, name: str) -> dict[str, Any]:
    kind = _TYPES.get(name, "string")
    if name in _DATED and table == "printed":
        kind = "date"
    constraints = {**_CONSTRAINTS.get((table, name), {})}
    if name == "kind" and table in ("printed", "benchmarks"):
        constraints["enum"] = _KINDS
    title = name.capitalize().replace("_", " ")
    field = {
        "name": name,
        "type": kind,
        "title": title,
        "description": f"{title}.",
        "constraints": constraints,
    }
    return field | ({"written_by": "build"} if (table, name) == ("crosschecks", "outcome") else {})


def _described(name: str) -> dict[str, Any]:
    writer = "build" if name in BUILT else "seal" if name == "seal" else "hand"
    schema: dict[str, Any] = {
        "fieldsMatch": "subset",
        "fields": [_field(name, column) for column in COLUMNS[name]],
    }
    if name == "exclusions":
        schema["primaryKey"] = ["source", "line", "start"]
    elif name != "seal":
        schema["primaryKey"] = [COLUMNS[name][0]]
    if "source" in COLUMNS[name]:
        reference = {"resource": "sources", "fields": ["key"]}
        schema["foreignKeys"] = [{"fields": ["source"], "reference": reference}]
    return {
        "name": name,
        "path": f"{name}.csv",
        "title": name.capitalize(),
        "description": "Made up.",
        "written_by": writer,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _row(line: str, **cells: str) -> dict[str, str]:
    """Return the row of a figure of the text, at the place where its token stands."""
    lines = TEXT.split("\n")
    start = lines[int(line) - 1].index(cells["as_printed"])
    named = {"indicator_en": cells["key"].replace("_", " "), "indicator_zh": cells.pop("zh")}
    dates = {"period_start": "2024-01-01", "period_end": "2024-06-30"}
    fixed = {"source": "library", "organisation": "the library", "place": "Huaixi", "body": "library"}
    return fixed | named | dates | {"line": line, "start": str(start)} | cells


def other(key: str, token: str, measure: str, group: str, **cells: str) -> dict[str, str]:
    """Return the row of a figure that another library prints."""
    return {
        "key": key,
        "as_printed": token,
        "measure": measure,
        "group": group,
        "kind": "count",
        "indicator_en": f"{measure}, elsewhere",
        "indicator_zh": "他馆数字",
        "publisher": "another paper",
        "publisher_zh": "另一报纸",
        "title": "账目",
        "address": "https://example.org/a",
        "seen": "seen",
        "period_start": "2023-01-01",
        "period_end": "2023-06-30",
        "body": "library",
        "level": "county",
        "pool": "all",
        "place": "elsewhere",
        "name_en": group.partition("_")[0].capitalize(),
        "name_zh": "他馆",
        "unit": "book",
        "unit_zh": "册",
        "shown": "yes",
    } | cells


def derived(key: str, formula: str, **cells: str) -> dict[str, str]:
    """Return the row of a derived value."""
    return {
        "key": key,
        "formula": formula,
        "show": "value",
        "listed": "yes",
        "form": "decimal",
        "title_en": key,
        "title_zh": "推算值",
        "caveat_en": "Made up.",
        "caveat_zh": "虚构。",
    } | cells


TABLES: dict[str, Rows] = {
    "sources": [
        {
            "key": "library",
            "publisher": "Huaixi Evening News",
            "title": "馆里的半年账",
            "published": "2024-07",
            "seen": "seen",
            "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        },
        {"key": "lending_rules", "publisher": "the town", "title": "借阅办法", "seen": "seen"},
    ],
    "printed": [
        _row(
            "2",
            key="books_lent",
            ref="N01",
            section="lending",
            as_printed="48250册",
            kind="count",
            zh="借出",
            group="own_2024_06",
            measure="lent",
            pool="all",
        ),
        _row(
            "2",
            key="books_returned",
            ref="N02",
            section="lending",
            as_printed="46333册",
            kind="count",
            zh="按期归还",
            group="own_2024_06",
            measure="returned",
            pool="all",
        ),
        _row(
            "2",
            key="return_rate_printed",
            ref="N03",
            section="lending",
            as_printed="96.03%",
            kind="rate",
            zh="按期归还率",
            group="own_2024_06",
            measure="return_rate",
            pool="all",
        ),
        _row(
            "3", key="visits", ref="N04", section="house", as_printed="1.2万余人次", kind="count", zh="进馆"
        ),
        _row(
            "3",
            key="borrowers",
            ref="N05",
            section="house",
            as_printed="1.1万余人次",
            kind="count",
            zh="借书读者",
        ),
        _row("3", key="librarians", ref="N06", section="house", as_printed="20名", kind="count", zh="馆员"),
    ],
    "exclusions": [
        {
            "source": "library",
            "line": "3",
            "start": str(TEXT.split("\n")[2].index("第三季度")),
            "as_printed": "第三季度",
            "reason": "a date",
        },
    ],
    "relations": [
        {
            "id": "return_on_time",
            "ref": "C01",
            "kind": "share",
            "printed_key": "return_rate_printed",
            "part_key": "books_returned",
            "whole_key": "books_lent",
            "title_en": "Return",
            "title_zh": "归还",
        },
    ],
    "crosschecks": [
        {
            "id": "borrowers_and_visits",
            "ref": "C02",
            "left": "borrowers",
            "relation": "at_most",
            "right": "visits",
            "otherwise": "differs",
            "outcome": "holds",
            "title_en": "Both",
            "title_zh": "两者",
        },
        {
            "id": "two_pairs",
            "ref": "C03",
            "left": "books_returned;borrowers",
            "relation": "at_most",
            "right": "books_lent;visits",
            "otherwise": "differs",
            "outcome": "holds",
            "title_en": "Parts",
            "title_zh": "部分",
        },
    ],
    "standalone": [
        {"id": "staff", "ref": "C04", "keys": "librarians", "title_en": "Staff", "title_zh": "馆员"},
    ],
    "derived": [
        derived(
            "late", "books_lent - books_returned", ref="B01", form="count", unit_en="books", unit_zh="册"
        ),
        derived("late_share", "late / books_lent", ref="B02", form="share"),
        derived("borrowing_share", "borrowers / visits", ref="B03", form="share", show="interval"),
        derived("lent_per_day", "books_lent / days(books_lent)", ref="B04"),
        derived(
            "lent_per_librarian",
            "books_lent / librarians",
            ref="B05",
            caveat_en="Of {books_lent:count}.",
            caveat_zh="以{books_lent:count}册计。",
        ),
    ],
    "holidays": [{"day": "2024-01-01", "kind": "off"}],
    "benchmarks": [
        other("K01", "900册", "returned", "lotus_2023_06"),
        other("K02", "1000册", "lent", "lotus_2023_06"),
        other("K03", "90%", "return_rate", "lotus_2023_06", kind="rate", unit="percent"),
        other(
            "K04",
            "97.5%",
            "return_rate",
            "mill_2022_06",
            kind="rate",
            period_start="2022-01-01",
            period_end="2022-06-30",
        ),
        other("K05", "3000册", "lent", "pine_2023", period_end="2023-12-31"),
        other("K06", "2940册", "returned", "pine_2023", period_end="2023-12-31"),
        other(
            "K07",
            "1:30",
            "readers_per_seat",
            "",
            kind="mean",
            unread="yes",
            shown="no",
            seen="not verified",
            note="heard of",
        ),
    ],
    "measures": [
        {
            "measure": "return_rate",
            "part": "returned",
            "whole": "lent;returned + late",
            "title_en": "Return rate",
            "title_zh": "归还率",
        },
    ],
    "sets": [
        {
            "key": "half_years",
            "ref": "S1",
            "measure": "return_rate",
            "where": 'shown == "yes" and month_day == "06-30"',
            "title_en": "Half years",
            "title_zh": "半年",
        },
        {
            "key": "full_years",
            "ref": "S2",
            "measure": "return_rate",
            "where": 'full_year == "yes"',
            "title_en": "Full years",
            "title_zh": "全年",
        },
        {
            "key": "not_shown",
            "ref": "S3",
            "measure": "",
            "where": 'shown == "no"',
            "title_en": "Not shown",
            "title_zh": "不展示",
        },
    ],
    "benchmark_relations": [
        {
            "id": "lotus",
            "kind": "share",
            "printed_key": "K03",
            "part_key": "K01",
            "whole_key": "K02",
            "title_en": "Lotus",
            "title_zh": "莲馆",
        },
    ],
    "published_rates": [
        {
            "key": "reed_1",
            "group": "reed",
            "publisher": "苇馆",
            "seen": "seen",
            "kind": "share",
            "result": "33%",
            "counts": "24人/(24人+48人)",
        },
        {
            "key": "reed_2",
            "group": "reed",
            "publisher": "苇馆",
            "seen": "seen",
            "kind": "change",
            "direction": "fall_by",
            "result": "25%",
            "counts": "72人/24人",
        },
        {
            "key": "moss_1",
            "group": "moss",
            "publisher": "苔馆",
            "title": "苔馆一年",
            "address": "https://example.org/moss",
            "seen": "not verified",
            "kind": "mean",
            "result": "12册",
        },
    ],
}


def write(file: Path, columns: Sequence[str], rows: Rows) -> None:
    """Write a table with these columns first."""
    every = list(dict.fromkeys([*columns, *(column for row in rows for column in row)]))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, every, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def library(folder: Path, **changed: Rows) -> Path:
    """Make the collection in a folder, with other rows in the tables named; nothing is built yet."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for name, rows in {**TABLES, **changed}.items():
        write(folder / "data" / f"{name}.csv", COLUMNS[name], rows)
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "library",
        "title": "The figures of a library",
        "description": "All are made up.",
        "resources": [_described(name) for name in COLUMNS],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "data" / "datapackage.json").write_text(text, encoding="utf-8")
    return folder


def sealed(folder: Path, **changed: Rows) -> Collection:
    """Make the collection, seal it against its text, build it, and open it."""
    Collection(library(folder, **changed)).seal(TEXT)
    Collection(folder).build()
    return Collection(folder)


def plus(table: str, *rows: Mapping[str, str], without: Sequence[str] = ()) -> list[Mapping[str, str]]:
    """Return the rows of a table with more of them, and without those whose first cell is named."""
    first = COLUMNS[table][0]
    return [*(row for row in TABLES[table] if row[first] not in without), *rows]


def changed(table: str, key: str, /, **cells: str) -> list[Mapping[str, str]]:
    """Return the rows of a table, of which one has other cells."""
    first = COLUMNS[table][0]
    assert any(row[first] == key for row in TABLES[table]), key
    return [{**row, **cells} if row[first] == key else row for row in TABLES[table]]


def row_number(table: str, key: str) -> int:
    """Return where a row stands, as a spreadsheet counts."""
    return next(n for n, row in enumerate(TABLES[table], start=2) if row[COLUMNS[table][0]] == key)
