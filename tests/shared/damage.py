"""Ways in which the files of a collection come to harm, as one table: what, how, and what is said."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from asprinted.collection import wording
from asprinted.collection.cards import Caption, Card, cards
from asprinted.collection.collection import Collection
from asprinted.collection.starting import start
from asprinted.collection.validating import validate
from asprinted.faults import refuse
from asprinted.rerun import pages

Do = Callable[[bytes], bytes | None]
"""What becomes of the bytes of a file; None where something else than a file takes its place."""

NOTEBOOK = "01_lending"
STEM = "books_returned"
DIGITS = "9" * 5000


def collection(folder: Path) -> Path:
    """Start a collection in a folder: sealed, built, with a figure and its pages."""
    start(folder)
    Collection(folder).seal((folder / "article.txt").read_text("utf-8"))
    Collection(folder).build()
    english = Caption("Late books", "Books, 2024", "A limit.", "One bar", "A paper")
    chinese = Caption("迟还图书", "图书，2024年", "局限。", "一条横条", "某报")
    card = Card({"en": english, "zh": chinese}, NOTEBOOK, "CC BY 4.0", "2-0")
    (folder / "figures").mkdir()
    (folder / "figures" / f"{STEM}.json").write_text(card.text(), "utf-8")
    for page, text in pages.pages(Collection(folder)).items():
        page.write_text(text, "utf-8")
    return folder


def tree(folder: Path) -> dict[str, object]:
    """Return everything below a folder: bytes of files, targets of links, folders."""
    return {
        str(path.relative_to(folder)): path.readlink()
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else path.is_dir()
        for path in folder.rglob("*")
        if path.name != "device"
    }


# ------------------------------------------------------------------------------------- what looks at a file

TYPED = (
    "sources",
    "printed",
    "exclusions",
    "relations",
    "crosschecks",
    "standalone",
    "apart",
    "derived",
    "benchmarks",
    "measures",
    "sets",
    "benchmark_relations",
)


def _validated(folder: Path, name: str) -> None:
    """Look at one table as every command does."""
    opened = Collection(folder)
    refuse(validate(opened, [name]))
    opened.rows(name)


def _look(name: str) -> Callable[[Path], None]:
    return lambda folder: _validated(folder, name)


LOOKS: Mapping[str, Callable[[Path], object]] = {
    **{f"data/{name}.csv": _look(name) for name in TYPED},
    "data/seal.csv": lambda folder: Collection(folder).check_seal(),
    "data/datapackage.json": lambda folder: Collection(folder).names(),
    f"notebooks/words/{NOTEBOOK}.toml": lambda folder: Collection(folder).words(NOTEBOOK),
    "notebooks/words/columns.toml": lambda folder: wording.headings(folder / "notebooks" / "words"),
    "notebooks/words/exceptions.toml": lambda folder: wording.exceptions(folder / "notebooks" / "words"),
    "README.md": lambda folder: pages.refuse(Collection(folder)),
    "README.zh.md": lambda folder: pages.refuse(Collection(folder)),
    f"figures/{STEM}.json": lambda folder: cards(folder / "figures", ("en", "zh")),
}
"""Every file that a person edits, and the first thing that a command does with it."""

TABLES = tuple(path for path in LOOKS if path.endswith(".csv"))
TOML = tuple(path for path in LOOKS if path.endswith(".toml"))
PAGES = tuple(path for path in LOOKS if path.endswith(".md"))
JSON = tuple(path for path in LOOKS if path.endswith(".json"))


# ------------------------------------------------------------------------------------------- the whole file


def _records(edit: Callable[[list[list[str]]], object]) -> Do:
    def do(raw: bytes) -> bytes:
        rows = list(csv.reader(io.StringIO(raw.decode(), newline="")))
        edit(rows)
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue().encode("utf-8", "surrogatepass")

    return do


def _first_cell(text: Callable[[str], str]) -> Do:
    return _records(lambda rows: rows[1].__setitem__(0, text(rows[1][0])))


NO_UTF_8 = r"which is not UTF-8, expected UTF-8: save it as UTF-8"
HIDDEN = "expected one line of text, without control or other hidden characters"
FORMULA = "expected text that no spreadsheet runs as a formula"

# Damage → what it does, which files it is done to, and what each of them is told to be.
WHOLE: Mapping[str, tuple[Do, tuple[str, ...], str]] = {
    "GB18030": (lambda raw: raw + "馆\n".encode("gb18030"), tuple(LOOKS), NO_UTF_8),
    "UTF-16": (lambda raw: raw.decode().encode("utf-16"), tuple(LOOKS), NO_UTF_8),
    "half a character": (lambda raw: raw + "馆".encode()[:2], tuple(LOOKS), NO_UTF_8),
    "a lone surrogate": (lambda raw: raw + b"\xed\xa0\x80", tuple(LOOKS), NO_UTF_8),
    "bytes of no text": (lambda raw: bytes(range(256)) * 40, tuple(LOOKS), NO_UTF_8),
    "a byte order mark": (lambda raw: b"\xef\xbb\xbf" + raw, tuple(LOOKS), "found a byte order mark"),
    "NUL": (lambda raw: raw + b"\0", tuple(LOOKS), "found a NUL character, expected text"),
    "a folder in its place": (
        lambda raw: None,
        tuple(LOOKS),
        "found a folder, expected|no data folder found",
    ),
    "a dangling link": (lambda raw: None, tuple(LOOKS), "no such file|no data folder found"),
    "a link to itself": (lambda raw: None, tuple(LOOKS), "a file that cannot be opened|no data folder found"),
    "a link to a device": (lambda raw: None, tuple(LOOKS), "found no plain file|no data folder found"),
    "empty": (lambda raw: b"", TABLES, "found an empty file, expected a header and at least one row"),
    "blank lines alone": (lambda raw: b"\n\n", TABLES, "found an empty file, expected a header"),
    "line ends of Windows": (
        lambda raw: raw.replace(b"\n", b"\r\n"),
        TABLES,
        r"row 1: found a carriage return \(line ends of Windows\)",
    ),
    "line ends of an old Mac": (
        lambda raw: raw.replace(b"\n", b"\r"),
        TABLES,
        "row 1: found a carriage return",
    ),
    "a quotation mark that does not close": (
        lambda raw: raw + b'"open',
        TABLES,
        "found quotation marks out of place",
    ),
    "a quotation mark inside": (
        lambda raw: raw + b'"ab"c"d"\n',
        TABLES,
        "found quotation marks out of place",
    ),
    "a header alone": (lambda raw: raw.partition(b"\n")[0] + b"\n", TABLES, "found a header and no row"),
    "the first column gone": (
        _records(lambda rows: [row.pop(0) for row in rows]),
        TABLES,
        r"row 1, column \w+: found no such column",
    ),
    "the last column gone": (
        _records(lambda rows: [row.pop() for row in rows]),
        TABLES,
        r"row 1, column \w+: found no such column",
    ),
    "a column renamed": (
        _records(lambda rows: rows[0].__setitem__(0, "clé")),
        TABLES,
        r"row 1, column \w+: found no such column",
    ),
    "a column doubled": (
        _records(lambda rows: [row.append(row[0]) for row in rows]),
        TABLES,
        r"row 1: found the column name .* more than once",
    ),
    "a cell too many": (
        _records(lambda rows: rows[1].append("x")),
        TABLES,
        r"row 2: found \d+ cells, expected \d+ cells",
    ),
    "semicolons between cells": (lambda raw: raw.replace(b",", b";"), TABLES, "found no such column"),
    "an empty row": (
        _records(lambda rows: rows.insert(1, [])),
        TABLES,
        "row 2: found (an empty row|0 cells)",
    ),
    "a row twice": (
        _records(lambda rows: rows.append(rows[1])),
        TABLES,
        r"row \d+, column [\w, ]+: found .*, expected .*row 2 has it",
    ),
    "5,000 faulty rows": (
        _records(lambda rows: rows.extend([["?", *[""] * (len(rows[0]) - 1)]] * 5000)),
        TABLES[:1],
        r"\n  and \d{1,2},\d{3} more\.$",
    ),
    "a key with a line end": (
        _first_cell(lambda key: key + "\n"),
        TABLES,
        rf"row 2, column \w+: found U\+000A in .*{HIDDEN}|expected text of the form|expected a key",
    ),
    "a cell of a megabyte": (
        _first_cell(lambda _: "x" * 10**6),
        TABLES,
        r"row 2: found a longer cell, expected a cell of at most 32,767 characters",
    ),
    **{
        f"a hidden character, {code}": (
            _first_cell(lambda key, code=code: key + chr(int(code[2:], 16))),
            TABLES,
            rf"found {re.escape(code)} in .*{HIDDEN}|found .*<{re.escape(code)}>",
        )
        for code in (
            "U+001B",
            "U+0007",
            "U+007F",
            "U+0085",
            "U+00AD",
            "U+200B",
            "U+200F",
            "U+2028",
            "U+202E",
            "U+2066",
        )
    },
    **{
        f"a formula, {begins}": (
            _first_cell(lambda key, begins=begins: begins + key),
            TABLES,
            rf"row 2, column \w+: found .*({FORMULA}|of the form|one of|a key of)",
        )
        for begins in ("=", " =", "+", "@", "-", "＝", "－", "\N{NO-BREAK SPACE}=")
    },
    "cut in half": (lambda raw: raw[: len(raw) // 2], JSON, "no readable (JSON|card)"),
    "no object": (lambda raw: b"[1, null]", JSON, "found no object|no readable card"),
    "null": (lambda raw: b"null", JSON, "found no object|no readable card"),
    "100,000 brackets": (lambda raw: b"[" * 100_000, JSON, "no readable (JSON|card)"),
    "a number of 5,000 digits": (
        lambda raw: b'{"en": %s}' % DIGITS.encode(),
        JSON,
        "no readable (JSON|card)",
    ),
    "no TOML": (lambda raw: raw + b"\n[open\n", TOML, r"found no TOML \("),
    "100,000 brackets in TOML": (lambda raw: b"a = " + b"[" * 100_000, TOML, r"found no TOML \(too deep\)"),
    "3,000 tables in TOML": (lambda raw: b"a = " + b"{a=" * 3000, TOML, r"found no TOML \(too deep\)"),
    "5,000 digits in TOML": (
        lambda raw: b"[zz]\nx = %s\n" % DIGITS.encode() + raw,
        TOML,
        r"found no TOML \(",
    ),
    "a name twice in TOML": (lambda raw: raw + b"\n[z]\n[z]\n", TOML, r"found no TOML \("),
}
_LINKS = {"a dangling link": "/nowhere/else", "a link to itself": "itself", "a link to a device": "/dev/zero"}


def restore(file: Path, whole: Path) -> None:
    """Put a whole file in the place of a damaged one."""
    if file.is_dir():
        file.rmdir()
    else:
        file.unlink()
    shutil.copyfile(whole, file)


def apply(damage: str, file: Path) -> None:
    """Damage a file; what has no bytes takes its place."""
    made = WHOLE[damage][0](file.read_bytes())
    if made is not None:
        file.write_bytes(made)
        return
    file.unlink()
    if damage in _LINKS:
        target = _LINKS[damage]
        file.symlink_to(file.name if target == "itself" else target)
    else:
        file.mkdir()


# ----------------------------------------------------------------------------------- one cell of a table

HUGE = "1e999999999"
WHOLE_NUMBER, DECIMAL = "expected a whole number, such as 27", "expected an exact decimal"
DAY, PERIOD = (
    "expected an ISO date, such as 2020-12-31, or nothing",
    "expected an ISO date, such as 2020-12-31, a month",
)
_NUMBERS = (DIGITS, HUGE, "NaN", "+5", " 5 ", "٣", "５", "-0.", "0x1", "1_000", "1,000")
_DATES = (
    "2021-13",
    "2021-02-30",
    "2021-99-99",
    "0000",
    "12021-01-01",
    "20210922",
    "2021-W01-1",
    "２０２１",
    DIGITS,
)

# Table, column → what is typed there, and what is said of it.
CELLS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("printed", "line"): {**dict.fromkeys(_NUMBERS, WHOLE_NUMBER), "0": "at least 1", "": "expected a value"},
    ("printed", "start"): {**dict.fromkeys(_NUMBERS, WHOLE_NUMBER), "-1": "at least 0"},
    ("printed", "period_start"): {**dict.fromkeys(_DATES, DAY), "2021": DAY, "2021-09": DAY},
    ("printed", "period_end"): {"2023-12-31": "expected a day not before the period's start"},
    ("printed", "kind"): {"counts": "expected one of count, rate, mean"},
    ("printed", "as_printed"): {
        DIGITS + "册": "",
        "0." + DIGITS + "%": "",
        "许多": "without a numeral",
        "9" * 30 + "亿册": "",
        "0.5册": "of kind count, expected whole things",
        "": "expected a value",
        "48250\u202e册": HIDDEN,
        "2e9册": "",
    },
    ("printed", "source"): {"nobody": "expected a key of sources.csv"},
    ("printed", "note"): {
        "=HYPERLINK(1)": FORMULA,
        "a\nb": HIDDEN,
        "x" * 40_000: "expected a cell of at most",
        "a\tb": HIDDEN,
    },
    ("exclusions", "line"): dict.fromkeys(_NUMBERS, WHOLE_NUMBER),
    ("sources", "published"): dict.fromkeys(_DATES, "(expected an ISO date|expected text of the form)"),
    ("sources", "address"): {
        "javascript:alert(1)": "of the form",
        "https://a.b\n": HIDDEN,
        "https://a b": "of the form",
    },
    ("sources", "sha256"): {"a" * 63: "of the form", "a" * 64 + "\n": HIDDEN, "A" * 64: "of the form"},
    ("relations", "space_low"): {**dict.fromkeys(_NUMBERS, DECIMAL), "0." + DIGITS: DECIMAL},
    ("relations", "headline"): {**dict.fromkeys(_NUMBERS, WHOLE_NUMBER), "0": "at least 1"},
    ("relations", "part_key"): {
        "nosuch": "expected the key of a number",
        "return_rate": '"return_rate" twice',
    },
    ("relations", "whole_key"): {"books_returned": '"books_returned" twice'},
    ("relations", "direction"): {
        "rise": "expected none, or rest, for a share",
        "up": "expected one of rise, fall",
    },
    ("relations", "kind"): {
        "sum": "expected none: a sum",
        "divisor": "expected",
        "change": "the result of a change",
        "ratio": "one of",
    },
    ("benchmarks", "period_end"): dict.fromkeys(_DATES, "(expected an ISO date|expected text of the form)"),
    ("benchmarks", "seen"): {"heard": "expected one of seen, carried, copy"},
    ("crosschecks", "left"): {
        "books_lent/0": "0",
        "0/0": "0",
        "nosuch": "expected the key",
        "(" * 300 + "1" + ")" * 300: "expected keys",
        "9" * 1001: "at most 1000",
        "late": "expected the key of a number",
        "2**9": "found",
        "()": "found",
        "books_lent(1)": "found",
    },
    ("derived", "places"): {
        **dict.fromkeys(_NUMBERS, WHOLE_NUMBER),
        "101": "expected 0 to 100",
        "1000000": "expected 0 to 100",
    },
    ("derived", "form"): {"money": "expected one of count, share"},
    ("derived", "formula"): {
        "books_lent / 0": "a division by 0",
        "nosuch": "no fact 'nosuch'",
        "": "expected a value",
        "9" * 1001: "at most 1000",
        "2 ** 9999999": "expected keys",
        "lambda: 1": "found",
        "__import__('os')": "the function",
        "books_lent.x": "found",
        "days()": "",
        "days(nosuch)": "",
        "days(3)": "expected keys in the call",
        "days(late)": "",
        "days(*books_lent)": "found",
        "(a:=1)": "found",
        "low()": "",
        "working_days(books_lent)": "",
        "x" * 900: "no fact",
        "days(books_lent, visits, seats)": "",
    },
    ("derived", "title_en"): {
        "{": "braces that close",
        "{nosuch:count}": 'the name "nosuch"',
        "{late:%d}": "the format",
        "{0}": "the placeholder",
        "{late.__class__}": "the placeholder",
        "{late:percent.999999999}": "the format",
        "{late!r}": "the placeholder",
        "{late:{late}}": "the placeholder",
        "{late:plural.a}": "the format",
        "{late:list.label}": "",
    },
    ("measures", "part"): {
        "returned +": "expected",
        "a;b;c": "expected one",
        "2 ** 9": "found",
        "(" * 200 + "a" + ")" * 200: "expected keys",
    },
    ("sets", "where"): {
        "measure ~ 'x'": "expected",
        "colour == 'red'": "expected one of the columns",
        "year > 2020": "beside the number",
        "open('x') == 1": "expected",
        "1": "expected",
        f"year == {DIGITS}": "at most 1000",
        "year == 1e999": "expected",
        "year in ()": "no row meets",
        "year == '1'": "no row meets",
        "year == f'{year}'": "expected",
        "(" * 300: "found",
    },
    ("apart", "subject"): {"Two": "of the form"},
}


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """Return the rows of a table as they are typed."""
    return list(csv.DictReader(io.StringIO((folder / f"data/{table}.csv").read_text("utf-8"), newline="")))


def another(row: dict[str, str], table: str, number: int) -> dict[str, str]:
    """Return a row that differs from another in what has to be its own."""
    first = next(iter(row))
    letter = chr(ord("a") + number)
    own = f"E{number + 60}" if table == "benchmarks" else f"{row[first]}_{letter}"
    kept = first in ("source", "subject")
    ref = {"ref": f"{row['ref'][0]}{number + 60}"} if row.get("ref") else {}
    headline = {"headline": ""} if "headline" in row else {}
    return {**row, **ref, **headline, first: row[first] if kept else own}


def typed(folder: Path, table: str, new: list[dict[str, str]]) -> None:
    """Type the rows of a table anew."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(new[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(new)
    (folder / f"data/{table}.csv").write_text(out.getvalue(), "utf-8", newline="\n")


# ------------------------------------------------------------------------------------------- the description

GONE = object()
_ODD: Mapping[str, Any] = {
    "gone": GONE,
    "null": None,
    "a number": 5,
    "a list": [],
    "an object": {},
    "an empty text": "",
    "a control": "a\x1bb",
    "a lone surrogate": "a\ud800",
    "a mark": "<!-- asprinted:end -->",
    "a script": "<script>alert(1)</script>",
    "a bad link": "[a](javascript:b)",
}


def described(change: Callable[[dict[str, Any], dict[str, Any]], object]) -> Do:
    """Change the description: the whole, and its tables by name."""

    def do(raw: bytes) -> bytes:
        package = json.loads(raw)
        change(package, {table["name"]: table for table in package["resources"]})
        return json.dumps(package).encode()

    return do


def _set(holder: Any, key: Any, value: Any) -> None:
    if value is GONE:
        del holder[key]
    else:
        holder[key] = value


def _odd(where: Callable[[dict[str, Any], dict[str, Any]], Any], key: Any, *but: str) -> dict[str, Do]:
    return {
        name: described(lambda package, tables, value=value: _set(where(package, tables), key, value))
        for name, value in _ODD.items()
        if name not in but
    }


def _column(tables: dict[str, Any], name: str = "sources", at: int = 1) -> Any:
    return tables[name]["schema"]["fields"][at]


def _one(change: Callable[[dict[str, Any], dict[str, Any]], object]) -> dict[str, Do]:
    return {"": described(change)}


_NOT_A_LIST = ("an empty text", "gone", "a list")

# What is described → how it is made wrong, and what is said.
DESCRIBED: Mapping[str, tuple[Mapping[str, Do], str]] = {
    "title": (_odd(lambda package, _: package, "title"), "column title: found"),
    "resources": (_odd(lambda package, _: package, "resources", "a list"), "column resources: found"),
    "licences": (_odd(lambda package, _: package, "licenses", "gone", "a list"), "column licenses: found"),
    "a table": (
        _odd(lambda package, _: package["resources"], 0, "gone", "an object"),
        "column resources: found",
    ),
    "nothing of a table": (
        _one(lambda package, _: package["resources"].append({})),
        r"resources\[\d+\]\.name: found nothing",
    ),
    **{
        f"{key} of a table": (
            _odd(lambda _, tables: tables["sources"], key),
            rf"(sources|resources\[0\])\.{key}: found",
        )
        for key in ("name", "path", "title", "description", "written_by", "schema")
        if key != "schema"
    },
    "schema of a table": (
        _odd(lambda _, tables: tables["sources"], "schema"),
        r"sources\.(schema|fields): found",
    ),
    "the columns": (_odd(lambda _, tables: tables["sources"]["schema"], "fields"), r"sources\.fields: found"),
    "a column": (
        _odd(lambda _, tables: tables["sources"]["schema"]["fields"], 1, "gone", "an object"),
        r"sources\.fields: found",
    ),
    **{
        f"{key} of a column": (
            _odd(lambda _, tables: _column(tables), key),
            rf"sources\..+\.{key}: found|no column",
        )
        for key in ("name", "type", "title", "description")
    },
    "constraints": (
        _odd(lambda _, tables: _column(tables), "constraints", "gone", "an object"),
        "constraints: found",
    ),
    **{
        f"{key} of constraints": (
            {
                name: described(
                    lambda _, tables, key=key, value=value: _column(tables).update(constraints={key: value})
                )
                for name, value in {**_ODD, "a bad pattern": "[", "5,000 brackets": "(" * 5000}.items()
                if value is not GONE
                and not (key == "pattern" and isinstance(value, str) and name[:5] not in ("a bad", "5,000"))
                and name != "a bad link"
            },
            rf"publisher\.constraints\.{key}: found|{key}. of a string",
        )
        for key in ("required", "unique", "enum", "pattern", "minimum", "maximum", "nosuch")
    },
    "a primary key": (
        _odd(lambda _, tables: tables["printed"]["schema"], "primaryKey", "gone"),
        r"printed\.primaryKey: found",
    ),
    "foreign keys": (
        _odd(lambda _, tables: tables["printed"]["schema"], "foreignKeys", "gone", "a list"),
        r"printed\.foreignKeys: found",
    ),
    "a foreign key": (
        {
            str(at): described(
                lambda _, tables, key=key: tables["printed"]["schema"].update(foreignKeys=[key])
            )
            for at, key in enumerate(
                (
                    {},
                    {"fields": ["source"]},
                    {"fields": ["source"], "reference": {"resource": "nosuch", "fields": ["key"]}},
                    {"fields": ["source"], "reference": {"resource": "sources", "fields": ["nosuch"]}},
                    {"fields": ["nosuch"], "reference": {"resource": "sources", "fields": ["key"]}},
                    {"fields": ["source", "key"], "reference": {"resource": "sources", "fields": ["key"]}},
                    {"fields": ["source"], "reference": {"resource": 5, "fields": ["key"]}},
                    {"fields": ["source"], "reference": {"resource": "sources", "fields": 5}},
                    {"fields": 5, "reference": {"resource": "sources", "fields": ["key"]}},
                )
            )
        },
        r"printed\.(foreignKeys|fields): found",
    ),
    "a path that leaves the folder": (
        {
            path[:20]: described(lambda _, tables, path=path: tables["statistics"].update(path=path))
            for path in (
                "../../outside.csv",
                "/tmp/outside.csv",
                "/etc/passwd",
                "/dev/zero",
                "sub/x.csv",
                "..",
                ".",
                "",
                "..\\x.csv",
                "C:x.csv",
                "a\0b.csv",
                "a\nb.csv",
                "x" * 300 + ".csv",
                ".hidden.csv",
                "README.md",
                "datapackage.json",
                "http://127.0.0.1/x.csv",
                "./printed.csv",
                "statistics.txt",
                "<b>.csv",
            )
        },
        r"statistics\.path: found .*, expected the name of a CSV file in data/",
    ),
    "a path that another table has": (
        {
            path: described(lambda _, tables, path=path: tables["statistics"].update(path=path))
            for path in ("printed.csv", "Printed.csv", "seal.csv")
        },
        r"\w+\.path: found .*, expected a file of its own: table \w+ has it",
    ),
    "a name that another table has": (
        _one(lambda _, tables: tables["statistics"].update(name="printed")),
        r"expected a name of its own",
    ),
    "a column twice": (
        _one(lambda _, tables: tables["sources"]["schema"]["fields"].append(_column(tables))),
        r'"publisher" more than once',
    ),
    "who writes": (
        {
            name: described(
                lambda _, tables, name=name, writer=writer: tables[name].update(written_by=writer)
            )
            for names, writer in (
                (TYPED, "build"),
                (("statistics", "checks", "seal", "derived_values"), "hand"),
            )
            for name in names
        },
        r'\w+\.written_by: found "\w+", expected "(hand|build|seal)"',
    ),
    "a column that the engine needs": (
        {
            f"{name}.{column}": described(
                lambda _, tables, name=name, column=column: tables[name]["schema"].update(
                    fields=[each for each in tables[name]["schema"]["fields"] if each["name"] != column]
                )
            )
            for name, column in (
                ("printed", "kind"),
                ("printed", "line"),
                ("derived", "show"),
                ("relations", "title_en"),
                ("seal", "rows"),
                ("crosschecks", "otherwise"),
                ("benchmarks", "shown"),
                ("sets", "where"),
                ("apart", "side"),
            )
        },
        r'\.fields: found no column "\w+"',
    ),
    "a package of algorithms": (
        {
            str(at): described(lambda package, _, value=value: package.update(asprinted=value))
            for at, value in enumerate(
                (5, [], "x", {"functions": 5}, {"functions": ".x"}, {"functions": "a b"}, {"project": 5})
            )
        },
        r"asprinted(\.\w+)?: found",
    ),
    "what JSON alone takes": (
        {
            "a name twice": lambda raw: raw.replace(b"{", b'{"title": "x", ', 1),
            "Infinity": lambda raw: raw.replace(b'"minimum": 1', b'"minimum": Infinity', 1),
            "more behind": lambda raw: raw + b"{}",
            "a comma": lambda raw: raw.rstrip()[:-1] + b",}",
        },
        "no readable JSON|constraints.minimum: found",
    ),
}


# ------------------------------------------------------------------------------------------- words and pages


def _more(text: str) -> Do:
    return lambda raw: raw + b"\n" + text.encode()


def _instead(old: str, new: str) -> Do:
    def do(raw: bytes) -> bytes:
        assert old in raw.decode()
        return raw.decode().replace(old, new, 1).encode()

    return do


def _card(change: Callable[[dict[str, Any]], object]) -> Do:
    def do(raw: bytes) -> bytes:
        card = json.loads(raw)
        change(card)
        return json.dumps(card).encode()

    return do


_VALUES = ("5", "[]", "true", "2021-01-01", "nan", "[[['a']]]", "{}")
_END = "<!-- asprinted:end -->"
_STARTS = "<!-- asprinted:rates -->"

# File → what is typed in it, and what is said.
TYPED_TEXT: Mapping[str, Mapping[str, tuple[Do, str]]] = {
    TOML[0]: {
        **{
            f"an entry that is {value}": (
                lambda raw, value=value: f"e = {value}\n".encode() + raw,
                "column e: found",
            )
            for value in _VALUES
            if value != "{}"
        },
        **{
            f"a text that is {value}": (_more(f"[e]\nen = {value}\nzh = {value}"), "column e, en: found")
            for value in _VALUES
        },
        **{
            f"a proof that is {value}": (
                _instead("holds = [", f"holds = {value}\nx = ["),
                "column answer, holds: found",
            )
            for value in _VALUES
            if value != "[]"
        },
        **{
            f"a reason that is {value}": (
                _more(f"[e]\nen = 'a'\nzh = '甲'\nbeside = {value}"),
                "column e, beside: found",
            )
            for value in _VALUES
        },
        **{
            f"a cell that is {value}": (_more(f"[cells.x]\nzh = {value}"), "column cells.x, zh: found")
            for value in _VALUES
        },
        "cells that are none": (
            lambda raw: b"cells = 5\n" + raw.partition(b"[cells.")[0],
            "column cells: found 5",
        ),
        **{
            f"a text with {name}": (_more(f'[e]\nen = "a {text}"\nzh = "甲 {text}"'), says)
            for name, text, says in (
                ("an open brace", "{", "braces that close"),
                ("a place", "{0}", "the placeholder"),
                ("an attribute", "{late.value}", "the placeholder"),
                ("a nested hole", "{late:{late}}", "the placeholder"),
                ("a control", "\\u001b", r"U\+001B in"),
                ("a mark of direction", "\\u202e", r"U\+202E in"),
                ("NUL", "\\u0000", r"U\+0000 in"),
                ("our mark", _END, 'found "<!--"'),
                ("a script", "<script>alert('a')</script>", 'found "<script>?"|found "<script'),
                ("a picture that runs", "<img src=x onerror=alert(1)>", 'found "<img'),
                ("a link that runs", "[a](javascript:alert('a'))", 'found "javascript'),
                ("a hidden link that runs", "[a](java&#115;cript:b)", "found .java&#115"),
                ("a defined link that runs", "[a][b]\\n\\n[b]: javascript:c", "found .javascript"),
            )
        },
        **{
            f"a proof with {name}": (
                _instead("count(higher) == count(others > huaixi_return_rate)", text),
                "column answer, holds: found",
            )
            for name, text in (
                ("3,000 brackets", "(" * 900 + "1" + ")" * 90),
                ("a power", "9**9**9 > books_lent"),
                ("infinity", "books_lent < 1e999"),
                ("nothing", ""),
                ("a call", "open(books_lent)"),
                ("no argument", "count()"),
                ("NUL", "a\\u0000b"),
                ("a lambda", "(lambda: books_lent)() == 1"),
                ("a star", "count(*books_lent)"),
                ("a text", "'a' == books_lent"),
                ("an imaginary number", "1j == books_lent"),
                ("names of no letters", "甲 == books_lent"),
            )
        },
        "half a text": (lambda raw: raw[: len(raw) // 2 * 2 // 3].decode(errors="ignore").encode(), "found"),
    },
    TOML[1]: {
        **{
            f"a heading that is {value}": (
                lambda raw, value=value: f"x = {value}\n".encode() + raw,
                "column x: found",
            )
            for value in _VALUES
        },
        **{
            f"a text that is {value}": (_more(f"[x]\nen = {value}\nzh = 'a'"), "column x: found")
            for value in _VALUES
        },
        **{
            f"cells that are {value}": (
                _more(f"[x]\nen = 'a'\nzh = 'b'\ncells = {value}"),
                r"column x\.cells: found",
            )
            for value in _VALUES
            if value != "{}"
        },
        **{
            f"a format that is {value}": (
                _more(f"[x]\nen = 'a'\nzh = 'b'\nformat = {value}"),
                r"column x\.format: found",
            )
            for value in (*_VALUES, "'zzz'", "'label'", "'percent.999999999'")
        },
        "a hidden character": (_more('[x]\nen = "a\\u202eb"\nzh = "b"'), "column x: found"),
    },
    TOML[2]: {
        **{
            f"phrases that are {value}": (_instead("en = []", f"en = {value}"), "column en: found no list")
            for value in (*_VALUES, "[1]", "['']", "[' ']")
            if value != "[]"
        },
        "a table": (_more("[x]\ny = ['a']"), "column x: found no list"),
    },
    PAGES[0]: {
        "a block without its end": (_instead(_END, ""), r"inside a block|the block"),
        "a last block without its end": (
            lambda raw: raw[::-1].replace(_END.encode()[::-1], b"", 1)[::-1],
            f"expected {_END} behind it",
        ),
        "an end without its block": (_instead(_STARTS, ""), f'found without a block "{_END}"'),
        "a mark inside a block": (_instead(_END, f"{_STARTS}\n{_END}"), f'found inside a block "{_STARTS}"'),
        "an end twice": (_instead(_END, f"{_END}\n{_END}"), f'found without a block "{_END}"'),
        "text behind a mark": (_instead(_STARTS, f"{_STARTS} x"), "on a line of its own"),
        "text before a mark": (_instead(_STARTS, f"x {_STARTS}"), "on a line of its own"),
        "a mark without blanks": (_instead(_STARTS, "<!--asprinted:rates-->"), "on a line of its own"),
        "a mark in capitals": (_instead(_STARTS, "<!-- ASPRINTED:rates -->"), "on a line of its own"),
        "a mark over two lines": (_instead(_STARTS, "<!-- asprinted:figure\nx -->"), "on a line of its own"),
        "a mark of nothing": (_instead(_STARTS, "<!-- asprinted: -->"), "on a line of its own"),
    },
    JSON[1]: {
        f"{key} is {name}": (
            _card(lambda card, key=key, value=value: _set(card, key, value)),
            "found no readable card",
        )
        for key in ("en", "zh", "notebook", "licence", "style")
        for name, value in _ODD.items()
        if not (isinstance(value, str) and name not in ("a control", "a lone surrogate"))
    }
    | {
        f"a word is {name}": (
            _card(lambda card, value=value: _set(card["en"], "title", value)),
            "found no readable card",
        )
        for name, value in _ODD.items()
        if not (isinstance(value, str) and name not in ("a control", "a lone surrogate"))
    },
}
