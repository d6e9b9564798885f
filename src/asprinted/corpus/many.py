"""The audit of many texts: on every core, taken up again after an interrupt, written once all are done."""

from __future__ import annotations

import importlib.util
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from asprinted.audit import rows
from asprinted.audit.document import audit
from asprinted.audit.findings import Findings
from asprinted.audit.phrasing import says as follows
from asprinted.audit.report import page
from asprinted.corpus import pages, running, tables
from asprinted.corpus.journal import SUMMARY, Journal, Outcome
from asprinted.corpus.sources import Item
from asprinted.faults import Fault, Gathered
from asprinted.processes.apart import DiedError
from asprinted.prose.faults import says
from asprinted.prose.writing import Language

__all__ = [
    "ENDINGS",
    "SAID",
    "Made",
    "audit_all",
    "engine",
    "form_of",
    "journal_of",
    "refuse",
    "said",
    "summarise",
    "write",
]

ENDINGS = (*tables.TABLES, *tables.DOCUMENTS)
"""The endings of files that can be written."""
SAID = (*rows.CLAIM[:2], "says", *rows.CLAIM[2:])
"""The columns of relations in a workbook: in words as well."""

Made = Literal["rows", "json", "page"]
"""What an audit leaves of each text until it is written: rows of a table, JSON, or a page."""


def form_of(output: Path) -> Made:
    """Return what is made for an output of this name: a table, JSON, or without an ending a folder of pages.

    >>> form_of(Path("found.parquet")), form_of(Path("found.jsonl")), form_of(Path("found"))
    ('rows', 'json', 'page')
    """
    if not output.suffix:
        return "page"
    return "json" if output.suffix.lower() in tables.DOCUMENTS else "rows"


def refuse(output: Path, summary: Path | None) -> None:
    """Raise Faults, before anything is read, where an output could not be written under its name.

    Raises ModuleNotFoundError where what writes it is not installed.
    """
    known = ", ".join(ENDINGS)
    with Gathered(outcome="nothing was audited") as faults:
        if output.suffix and output.suffix.lower() not in ENDINGS:
            faults.add(output.name, f"an ending of {known}, or none for a folder of pages", "--output")
        if not output.suffix and output.exists():
            faults.add(f"{output.name}, which is there already", "the name of a new folder", "--output")
        if summary and summary.suffix.lower() not in ENDINGS:
            faults.add(summary.name, f"an ending of {known}", "--summary")
        for option, file in (("--output", output), ("--summary", summary)):
            if file and not file.parent.is_dir():
                faults.add(str(file.parent), "a folder that is there", option)
    for file in filter(None, (output, summary)):
        name = tables.NEEDED.get(file.suffix.lower(), "")
        if name and importlib.util.find_spec(name) is None:
            raise ModuleNotFoundError(name=name)


def journal_of(output: Path) -> Path:
    """Return where the journal of a run lies: beside its output, the same for every form of a table."""
    return output.with_name(f".{output.stem}.{form_of(output)}.journal")


def engine() -> str:
    """Return the checksum of this engine: what another found is not mixed with what it finds."""
    found = sha256()
    for room in ("audit", "chinese", "english", "exact", "prose"):
        for name, raw in _sources(files("asprinted").joinpath(room)):
            found.update(name.encode() + raw)
    return found.hexdigest()[:16]


def _sources(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir() and each.name != "__pycache__":
            yield from _sources(each)
        elif each.is_file():
            yield each.name, each.read_bytes()


# ---------------------------------------------------------------------------------------------------- the run


def audit_all(
    items: Iterable[Item],
    journal: Journal,
    made: Made,
    language: Language,
    jobs: int,
    told: Callable[[Item, Outcome | Fault | None], None],
) -> None:
    """Audit each text that the journal does not know, and keep what is found there.

    `told` hears of each as it is done: what came of it, None where that was known.
    """

    def fresh() -> Iterator[tuple[int, Item]]:
        for turn, item in enumerate(items):
            if journal.knows(item, turn):
                told(item, None)
            else:
                yield turn, item

    # What the first audit loads is there in each process that is forked from this one.
    audit("受理100件，审结60件，结案率60%。")
    parts = running.parted(fresh(), lambda one: one[1].size)
    for (turn, item), came in running.each(parts, partial(_audited, made=made, language=language), jobs):
        outcome = _died(came) if isinstance(came, DiedError) else came
        journal.keep(item, turn, says(outcome, language) if isinstance(outcome, Fault) else outcome)
        told(item, outcome)


def _audited(one: tuple[int, Item], made: Made, language: Language) -> Outcome | Fault:
    item = one[1]
    try:
        found = audit(item.take(), name=item.name)
    except Fault as fault:
        return fault
    counts = found.counts
    return Outcome(
        found.sha256, len(found.text), counts, zlib.compress(_MADE[made](found, language).encode(), 1)
    )


def _died(error: DiedError) -> Fault:
    found = f"a text at which the audit ended ({error})"
    return Fault.of(found, "one that it can take: shorter, or with more memory for each of fewer jobs")


def said(found: Findings, language: Language) -> Iterator[list[str]]:
    """Yield the rows that a workbook has of the relations of a text."""
    for claim in found.claims:
        row = {**rows.claim_row(found, claim, language), "says": follows(claim, language)}
        yield [row[column] for column in SAID]


def _rows(found: Findings, language: Language) -> str:
    return json.dumps([*said(found, language)], ensure_ascii=False)


def _json(found: Findings, language: Language) -> str:
    return json.dumps(rows.as_json(found, language), ensure_ascii=False)


_MADE: dict[Made, Callable[[Findings, Language], str]] = {"rows": _rows, "json": _json, "page": page}


# ------------------------------------------------------------------------------------------------- the output


def write(journal: Journal, output: Path, language: Language) -> None:
    """Write what was found in all texts. Raises Fault where it cannot be written; the journal stays."""
    made = ((name, sha256, zlib.decompress(raw).decode()) for name, sha256, raw in journal.made())
    form = form_of(output)
    if form == "rows":
        columns = SAID if output.suffix.lower() == ".xlsx" else rows.CLAIM
        places = [SAID.index(column) for column in columns[1:]]
        found = ((name, row) for name, _, several in made for row in json.loads(several))
        cells = ([name, *(row[place] for place in places)] for name, row in found)
        tables.table(output, columns, cells, language)
    elif form == "json":
        tables.documents(output, (_named(name, one) for name, _, one in made))
    else:
        pages.write(output, ((sha256, one) for _, sha256, one in made), journal.summary(), language)


def _named(name: str, made: str) -> str:
    return json.dumps({**json.loads(made), "text_id": name}, ensure_ascii=False)


def summarise(journal: Journal, file: Path, language: Language) -> None:
    """Write a row a text, the worst first: what was found in it, and how many flags of each level."""
    found = journal.summary()
    if file.suffix.lower() in tables.DOCUMENTS:
        tables.documents(file, (json.dumps(row, ensure_ascii=False) for row in found))
    else:
        tables.table(file, SUMMARY, ([*row.values()] for row in found), language)
