"""A collection that begins with the audit of a text: its numbers, what is none, and what follows from what.

Everything here is a machine's first reading, put where a person can correct it. Of the text itself no more
than a few characters before each number come in, as its label.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from asprinted.audit.candidate import Candidate, Confidence
from asprinted.audit.findings import Findings
from asprinted.chinese.scanning import Role, Span
from asprinted.chinese.words import pattern
from asprinted.collection import monolingual
from asprinted.collection.building import related, statistic
from asprinted.collection.collection import Collection
from asprinted.collection.fact import JOIN
from asprinted.collection.files import Row, replace
from asprinted.collection.starting import copied, put
from asprinted.collection.tables import DESCRIPTOR, Tables
from asprinted.exact.relations import Kind, Printed, kind_of, kinds
from asprinted.faults import Fault
from asprinted.languages import is_english
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import LANGUAGES, Language, plain

__all__ = ["Founded", "found"]

SOURCE = "text"
LABEL = 12
"""Characters of a label: too few for a sentence."""

NOTEBOOK = "01_audit"
UNKNOWN = {"en": "not stated", "zh": "未写明"}
BUILT = {"statistics", "seal"}
LEFT_OUT = {"group", "measure", "body", "level", "pool", "head"}
"""Columns that only a collection with figures of other publications needs."""

CATEGORIES = {Role.DATE: "date", Role.LABEL: "name", Role.ORDINAL: "ordinal", Role.MEASUREMENT: "no_value"}
_LABEL = re.compile(r"[^\W\d_]+$")
_TAIL = pattern("{bare}+$")
_NO_LABEL = "of|and|or|in|to|from|by|at|on|for|with|as|than|which|who|that|a|an|the|were|was|are|is|up"
_BEHIND = re.compile(rf" (?!(?:{_NO_LABEL})\b)([A-Za-z]+)")
_BEFORE = re.compile(rf"\b(?!(?:{_NO_LABEL})\b)([A-Za-z]+)(?: of)? $")


class Founded(NamedTuple):
    """What a collection began with: its folder, and the rows of its tables."""

    folder: Path
    printed: int
    exclusions: int
    relations: int


def found(
    audit: Findings,
    folder: str | os.PathLike[str],
    least: int = 1,
    languages: Sequence[Language] = LANGUAGES,
) -> Founded:
    """Put the audit of a text into a folder as a new collection, sealed against the text; all or nothing.

    Measurements that have a value are printed figures, every other number expression an exclusion with its
    reason. The relations are those of which the text says plainly enough that they are meant: sure or likely,
    in the likeliest reading. least: with how many relations a collection can begin, 0 for one whose relations
    a person will state. languages: those that it speaks, both or one. Raises Fault where the folder is used
    or cannot be written, where the text has no figure, and where it has fewer relations; Faults as a seal
    does.
    """
    if marked := [mark for mark in "<>" if mark in audit.name]:
        found = f"the name {audit.name!r}, with {' '.join(marked)}, which a page would take for a mark"
        raise Fault.of(found, "another name of the file: it becomes the title")
    figures = {span.start: span for span in audit.spans if _is_figure(span)}
    claims = [claim for claim in audit.claims if _is_plain(claim, figures)]
    keys = {start: f"n{number:02d}" for number, start in enumerate(figures, start=1)}
    of_kind = _kinds(claims, figures)
    labels = dict((_english_labels if is_english(audit.text) else _labels)(audit.text, audit.spans))
    printed = [_printed(span, labels[span.start], keys, of_kind) for span in figures.values()]
    for row in printed:
        row["place"] = UNKNOWN[languages[0]]
    tables: dict[str, list[Row]] = {
        "sources": [_source(audit)],
        "printed": printed,
        "exclusions": [_exclusion(span) for span in audit.spans if span.start not in figures],
        "relations": list(_relations(claims, figures, keys, of_kind, {row["key"]: row for row in printed})),
    }
    if not printed:
        raise Fault.of(f"no figure in {audit.name}", "a text that prints one at least")
    if len(tables["relations"]) < least:
        raise Fault.of(
            f"no relation in {audit.name} of which it says plainly that it is meant",
            "one at least: state it with --relations",
        )

    def make(made: Path) -> None:
        copied("audited" if tables["relations"] else "scanned", made)
        words = {made / _COLUMNS: _columns()} | {made / path: _of_template(path) for path in _SHARED}
        for path in words:
            path.parent.mkdir(exist_ok=True)
        described, alone = _descriptor(audit.name, tables), languages[0] if len(languages) == 1 else None
        if alone:
            described = monolingual.described(described, alone)
        package = json.dumps(described, ensure_ascii=False, indent=1) + "\n"
        replace({made / DESCRIPTOR: package, **words})
        if alone:
            monolingual.speak(made, alone)
        for name, rows in tables.items():
            if rows:
                Tables(made).write(name, monolingual.rows(name, rows, alone) if alone else rows)
        Collection(made).seal(audit.text)

    place = put(folder, make)
    return Founded(place, *(len(tables[name]) for name in ("printed", "exclusions", "relations")))


def _is_figure(span: Span) -> bool:
    """Return whether a number expression is a figure: it measures, and a decimal writes its value in full."""
    if span.role is not Role.MEASUREMENT or span.reading is None:
        return False
    with suppress(Fault):
        return bool(statistic({"as_printed": span.text}))
    return False


def _is_plain(claim: Candidate, figures: Mapping[int, Span]) -> bool:
    known = all(figures.get(span.start) == span for span in (*claim.results, *claim.parts, *claim.wholes))
    return known and claim.leads and claim.confidence is not Confidence.POSSIBLE


def _kinds(claims: list[Candidate], figures: Mapping[int, Span]) -> dict[int, Kind]:
    """Return the kind of each figure: that of the result that it is, the plainest first, or of its words."""
    result_of = dict[int, str]()
    for claim in sorted(claims, key=lambda each: not each.is_sure):
        if claim.kind != "sum":
            for span in claim.results:
                result_of.setdefault(span.start, claim.kind)
    made = {start: kind_of(_reading(span), result_of.get(start, "")) for start, span in figures.items()}
    # A sum of money that no relation calls a mean is called what it is; both are rounded alike.
    money = {
        start: Kind.MONEY
        for start, span in figures.items()
        if start not in result_of and Kind.MONEY in kinds(_reading(span))
    }
    return made | money


def _reading(span: Span) -> Any:
    assert span.reading is not None
    return span.reading


# --------------------------------------------------------------------------------------------------- tables


def _source(audit: Findings) -> Row:
    said = {"publisher": UNKNOWN["en"], "publisher_zh": UNKNOWN["zh"]}
    return {"key": SOURCE, **said, "title": audit.name, "seen": "seen", "sha256": audit.sha256}


def _printed(span: Span, label: str, keys: Mapping[int, str], of_kind: Mapping[int, Kind]) -> Row:
    key, kind, reading = keys[span.start], of_kind[span.start], _reading(span)
    is_chinese = not is_english(f"{label} {reading.unit}")
    chinese = label or reading.unit or sentence("role", span.role, "zh")
    return {
        "key": key,
        "ref": key.upper(),
        "source": SOURCE,
        "section": SOURCE,
        "line": str(span.line),
        "start": str(span.column),
        "as_printed": span.text,
        "indicator_en": _placed(span, key.upper(), kind) if is_chinese or not label else label,
        "indicator_zh": chinese if is_chinese else "",
        "kind": kind.value,
        "organisation": UNKNOWN["en"],
        "organisation_zh": UNKNOWN["zh"],
        "unit_en": reading.unit_en or "number",
        "unit_zh": (reading.unit or "数") if is_chinese else "",
        "period_kind": "not_printed",
        "name_en": UNKNOWN["en"],
        "name_zh": UNKNOWN["zh"],
    }


def _placed(span: Span, ref: str, kind: Kind) -> str:
    """Return what can be said in English of a number whose words are Chinese: what it is, and where."""
    unit = "" if kind in (Kind.RATE, Kind.CHANGE) else _reading(span).unit_en
    named = sentence("label", kind) + f" ({unit})" * bool(unit)
    return sentence("label", "placed", ref=ref, named=named, line=str(span.line))


def _labels(text: str, spans: Iterable[Span]) -> Iterator[tuple[int, str]]:
    """Yield the few characters before each number, back to a mark of punctuation or the number before it.

    A numeral within a word (一般, 第一产业) is no such number.
    """
    ended = 0
    for span in spans:
        before = _LABEL.search(text[max(ended, span.start - LABEL) : span.start])
        yield span.start, _TAIL.sub("", before[0]) if before else ""
        ended = ended if span.role in (Role.LABEL, Role.ORDINAL) else span.end


def _english_labels(text: str, spans: Iterable[Span]) -> Iterator[tuple[int, str]]:
    """Yield the word behind each number that has no unit, else that before it."""
    for span in spans:
        behind, before = (
            _BEHIND.match(text, span.end),
            _BEFORE.search(text[max(0, span.start - LABEL) : span.start]),
        )
        has_unit = span.reading is not None and span.reading.unit
        found = before if has_unit or not behind else behind
        yield span.start, found[1] if found else ""


def _exclusion(span: Span) -> Row:
    place = {"source": SOURCE, "line": str(span.line), "start": str(span.column), "as_printed": span.text}
    why = {"reason": sentence("excluded", span.role), "reason_zh": sentence("excluded", span.role, "zh")}
    return {**place, "category": CATEGORIES[span.role], **why}


def _relations(
    claims: list[Candidate],
    figures: Mapping[int, Span],
    keys: Mapping[int, str],
    of_kind: Mapping[int, Kind],
    printed: Mapping[str, Row],
) -> Iterator[Row]:
    """Yield the relations that the kinds of their figures allow, numbered as they come."""
    number = 0
    for claim in claims:
        sides = [[span.start for span in side] for side in (claim.results, claim.parts, claim.wholes)]
        named = [JOIN.join(keys[start] for start in side) for side in sides]
        low, high = claim.check.space or (None, None)
        own = claim.kind == "share" and low == 0 and high == 1
        row = {
            "id": claim.id,
            "kind": claim.kind,
            **dict(zip(("printed_key", "part_key", "whole_key"), named, strict=True)),
            "space_low": "" if own else plain(low),
            "space_high": "" if own else plain(high),
            "direction": claim.direction,
        }
        stand = [[Printed(_reading(figures[start]), of_kind[start]) for start in side] for side in sides]
        try:
            related(row, *stand)
        except Fault:
            continue
        number += 1
        ref, result = f"C{number:02d}", printed[keys[sides[0][0]]]
        title = sentence("label", "placed", ref=ref, named=claim.kind, line=result["line"])
        titles = {"title_en": title, "title_zh": result["indicator_zh"], "notebook": NOTEBOOK}
        # The page's first table writes percentages.
        yield {**row, "ref": ref, **titles, "headline": str(number) if claim.kind == "share" else ""}


# ---------------------------------------------------------------------------------------------- description

_COLUMNS = Path("notebooks", "words", "columns.toml")
_SHARED = [Path("notebooks", "words", "site.toml"), Path("tests", "test_collection.py")]
_SHARED += [Path(".gitignore"), Path("LICENSE")]
"""What every collection that can be shared has."""


def _of_template(path: Path) -> str:
    return (
        resources.files("asprinted.collection").joinpath("template", *path.parts).read_text(encoding="utf-8")
    )


def _descriptor(name: str, tables: Mapping[str, list[Row]]) -> dict[str, Any]:
    """Return the template's description of the tables that there are, without what is its own."""
    described = json.loads(_of_template(DESCRIPTOR))
    kept = {name for name, rows in tables.items() if rows} | BUILT
    if "relations" in kept:
        kept.add("checks")
    described |= {
        "name": "figures",
        "title": f"Figures of {name}",
        "description": "Begun from a text: a machine's reading, for a person to correct.",
        "resources": [each for each in described["resources"] if each["name"] in kept],
    }
    for resource in described["resources"]:
        schema = resource["schema"]
        schema["fields"] = [field for field in schema["fields"] if field["name"] not in LEFT_OUT]
        for field in schema["fields"]:
            limits = field.get("constraints", {})
            if field["name"] in ("section", "direction"):
                limits.pop("enum", None)
            if field["name"] == "ref":
                # A text may print more than the template's article.
                limits["pattern"] = limits["pattern"].replace("{2}", "{2,}")
            if field["name"].endswith("_zh"):
                # Nobody has translated an English text yet.
                limits.pop("required", None)
    return dict(described)


def _columns() -> str:
    """Return the template's headings, with the one section that there is."""
    section = f'[section.cells]\n{SOURCE} = {{ en = "text", zh = "全文" }}\n\n'
    return re.sub(r"(?ms)^\[section\.cells\]\n.*?\n(?=\[)", section, _of_template(_COLUMNS))
