"""What a person says of the relations of a text: a table that an audit writes and a second run reads.

It is the table of relations itself. In its column `decision`, `accept` makes a relation sure, `reject` takes
it away, and nothing leaves it to the engine. A relation that the engine did not propose is one more row with
`accept`, the kind, and the places of its numbers; the other columns may stay empty.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from asprinted.audit.candidate import Candidate, Confidence
from asprinted.audit.checking import check_spans
from asprinted.audit.findings import checksum
from asprinted.audit.rows import JOIN, PLACES
from asprinted.chinese.scanning import Role, Span
from asprinted.faults import Fault, Gathered, near, placed, quote, refuse
from asprinted.languages import read as read_token

__all__ = ["ACCEPT", "NEEDED", "REJECT", "Decision", "read", "settle", "taken"]

ACCEPT, REJECT = "accept", "reject"
NEEDED = ["text_id", "kind", *(column for columns in PLACES.values() for column in columns), "decision"]

Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the table: a relation by the places of its numbers, and what a person says of it.

    `places` and `surfaces` hold results, parts and wholes; surfaces and `sha256` are empty where a row that
    was added by hand has none.
    """

    row: int
    file: str
    name: str
    claim: str
    sha256: str
    kind: str
    direction: str
    places: tuple[tuple[Place, ...], ...]
    surfaces: tuple[str, ...]
    choice: str


def read(text: str, file: str = "relations") -> list[Decision]:
    r"""Return what a table of relations says, given its text. Raises Faults with all that is wrong in it.

    >>> table = "text_id,kind,result_start,result_end,part_start,part_end,whole_start,whole_end,decision\n"
    >>> (decision,) = read(table + "news,share,12,15,6,9,2,5,accept\n")
    >>> decision.kind, decision.places, decision.choice
    ('share', (((12, 15),), ((6, 9),), ((2, 5),)), 'accept')
    """
    with Gathered(file, "nothing was audited") as gathered, gathered.at():
        records = _records(text)
    return taken(enumerate(records, start=1), file)


def taken(
    records: Iterable[tuple[int, Sequence[str]]], file: str, faults: Iterable[Fault] = ()
) -> list[Decision]:
    """Return what the rows of a table say, each with its number, the head first.

    Raises Faults with all that is wrong in them, and with `faults`, which whoever read them found.
    """
    made = list[Decision]()
    with Gathered(file, "nothing was audited") as gathered:
        gathered.extend(faults)
        (first, header), *rows = records
        gathered.extend(_unheaded(header), row=first)
        for number, cells in [] if gathered else rows:
            with gathered.at(row=number):
                if len(cells) != len(header):
                    raise Fault.of(f"{len(cells)} cells", f"{len(header)}, as in the header")
                row = dict(zip(header, cells, strict=True))
                refuse(_wrong(row))
                made.append(_decision(row, file, number))
        gathered.extend(_at_odds(made))
    return made


def _unheaded(header: Sequence[str]) -> Iterator[Fault]:
    for name in NEEDED:
        if header.count(name) != 1:
            found = f"{header.count(name)} columns of one name" if name in header else "no such column"
            yield Fault.of(found, "it once in the header" if name in header else "it in the header", name)


def _records(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)) or [[]]
    except csv.Error as error:
        raise Fault.of(f"no table ({error})", "the table that `audit --format csv` writes") from None


def _at_odds(made: Sequence[Decision]) -> Iterator[Fault]:
    """Yield a fault for each row that decides otherwise of a relation than one before it."""
    first = dict[object, Decision]()
    for each in filter(lambda one: one.choice, made):
        one = first.setdefault((each.name, each.sha256, each.kind, each.direction, each.places), each)
        if one.choice != each.choice:
            expected = f"one decision; row {one.row} has the other"
            yield Fault("", each.row, "decision", "accept and reject of one relation", expected)


def _wrong(row: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong in a row whatever the text is."""
    choice = row["decision"].strip().lower()
    if choice not in ("", ACCEPT, REJECT):
        hint = near(choice, (ACCEPT, REJECT))
        yield Fault.of(quote(row["decision"]), f"{ACCEPT}, {REJECT} or nothing{hint}", "decision")
    if not choice and not row.get("claim_id"):
        yield Fault.of("a relation added without a decision", ACCEPT, "decision")
    for first, last in PLACES.values():
        starts, ends = (row[column].split(JOIN) if row[column] else [] for column in (first, last))
        wrong = [quote(cell) for cell in (*starts, *ends) if not re.fullmatch("[0-9]{1,12}", cell.strip())]
        if wrong:
            yield Fault.of(wrong[0], f"characters of the text, counted from 0, joined by {JOIN}", first)
        elif len(starts) != len(ends):
            yield Fault.of(f"{len(ends)} ends of {len(starts)} numbers", "one end a start", last)


def _decision(row: Mapping[str, str], file: str, number: int) -> Decision:
    ends = {
        column: [int(cell) for cell in row[column].split(JOIN) if cell]
        for columns in PLACES.values()
        for column in columns
    }
    return Decision(
        row=number,
        file=file,
        name=row["text_id"],
        claim=row.get("claim_id", ""),
        sha256=row.get("sha256", ""),
        kind=row["kind"].strip(),
        direction=row.get("direction", "").strip(),
        places=tuple(tuple(zip(ends[one], ends[other], strict=True)) for one, other in PLACES.values()),
        surfaces=tuple(row.get(side[:-1], "") for side in PLACES),
        choice=row["decision"].strip().lower(),
    )


# ------------------------------------------------------------------------------------------------ on a text

_Key: TypeAlias = tuple[str, str, tuple[Place, ...], tuple[Place, ...], tuple[Place, ...]]


def settle(
    text: str, spans: Sequence[Span], proposals: Sequence[Candidate], decisions: Sequence[Decision] = ()
) -> tuple[tuple[Span, ...], tuple[Candidate, ...]]:
    """Return the number expressions and the relations of a text once a person's decisions hold.

    Ids are given before anything is taken away, so that they stay from run to run; relations that a person
    added come last. A reading that was accepted ends the other readings of its result. Raises Faults, all at
    once, for decisions on another text, stale places, and what is no relation.
    """
    by_place = sorted(proposals, key=lambda each: each.results[0].start if each.results else 0)
    known = {_key(each): number for number, each in enumerate(by_place, start=1)}
    chosen, added = dict[int, str](), list[Candidate]()
    digest = checksum(text) if decisions else ""
    with Gathered(outcome="nothing was audited") as faults:
        faults.extend(_other_text(digest, decisions))
        for decision in decisions if not faults else ():
            with faults.at(file=decision.file, row=decision.row):
                refuse(_stale(text, decision))
                number = known.get(_key_of(decision))
                if number is not None:
                    chosen[number] = decision.choice
                else:
                    stated = _stated(text, spans, decision)
                    added += [stated] if decision.choice == ACCEPT else []
    settled = {each.results for number, each in enumerate(by_place, start=1) if chosen.get(number) == ACCEPT}
    settled |= {each.results for each in added}
    claims = [
        _claim(number, each, decided=chosen.get(number) == ACCEPT)
        for number, each in enumerate(by_place, start=1)
        if chosen.get(number) == ACCEPT or (chosen.get(number) != REJECT and each.results not in settled)
    ]
    claims += [_claim(number, each, decided=True) for number, each in enumerate(added, start=len(known) + 1)]
    return _with(spans, added), tuple(_leading(claims))


def _places(spans: Sequence[Span]) -> tuple[Place, ...]:
    return tuple((span.start, span.end) for span in spans)


def _key(each: Candidate) -> _Key:
    parts = tuple(sorted(_places(each.parts)))
    return each.kind, each.direction, _places(each.results), parts, _places(each.wholes)


def _key_of(decision: Decision) -> _Key:
    results, parts, wholes = decision.places
    return decision.kind, decision.direction, results, tuple(sorted(parts)), wholes


def _claim(number: int, each: Candidate, *, decided: bool) -> Candidate:
    if not decided:
        return each._replace(id=f"c{number}")
    stated = each._replace(id=f"c{number}", decided=True, confidence=Confidence.SURE, meant=1.0, given=1.0)
    return stated._replace(flag="sure" if each.fails else "")


def _leading(claims: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the relations; the first of each result is its likeliest, unless a person stated several."""
    readings = dict[tuple[Span, ...], list[str]]()
    for claim in claims:
        readings.setdefault(claim.results, []).append(claim.id)
    for claim in claims:
        first, *_ = named = readings[claim.results]
        rivals = tuple(name for name in named if name != claim.id)
        yield claim._replace(leads=claim.decided or claim.id == first, rivals=rivals)


def _with(spans: Sequence[Span], added: Sequence[Candidate]) -> tuple[Span, ...]:
    """Return the number expressions with those that a person marked in the place of what they overlap."""
    marked = {span for each in added for span in (*each.results, *each.parts, *each.wholes)} - set(spans)
    kept = [
        span for span in spans if not any(each.start < span.end and span.start < each.end for each in marked)
    ]
    return tuple(sorted([*kept, *marked]))


def _other_text(digest: str, decisions: Sequence[Decision]) -> Iterator[Fault]:
    """Yield once for each other text, or other state of this one, that decisions were taken on."""
    taken: dict[tuple[str, str], list[Decision]] = {}
    for each in decisions:
        if each.sha256 not in ("", digest):
            taken.setdefault((each.file, each.sha256), []).append(each)
    for (file, other), rows in taken.items():
        expected = f"{digest}, the checksum of this text ({len(rows)} rows in all)"
        yield Fault(file, rows[0].row, "sha256", quote(other), expected)


def _stale(text: str, decision: Decision) -> Iterator[Fault]:
    """Yield what shows that a decision was taken on an earlier state of a text."""
    for columns, side, places, surface in zip(
        PLACES.values(), PLACES, decision.places, decision.surfaces, strict=True
    ):
        for start, end in places:
            if not start < end <= len(text):
                expected = f"a place in this text of {len(text)} characters"
                yield Fault.of(f"characters {start} to {end}", expected, columns[0])
                return
        stands = JOIN.join(text[start:end] for start, end in places)
        if surface not in ("", stands):
            yield Fault.of(quote(surface), f"{quote(stands)}, as the text has it there", side[:-1])


def _stated(text: str, spans: Sequence[Span], decision: Decision) -> Candidate:
    """Return the relation that a person states. Raises Fault where the numbers are none, or it is none."""
    results, parts, wholes = [
        tuple(_span(text, spans, place, columns[0]) for place in places)
        for columns, places in zip(PLACES.values(), decision.places, strict=True)
    ]
    if not results:
        raise Fault.of("no place", "the place of the printed result", "result_start")
    try:
        found = check_spans(decision.kind, results, parts, wholes, decision.direction)
    except Fault as fault:
        named = fault.column.removesuffix("_key").replace("printed", "result")
        raise fault.at(column=f"{named}_start" if fault.column.endswith("_key") else fault.column) from None
    return Candidate(decision.kind, results, parts, wholes, decision.direction, check=found)


def _span(text: str, spans: Sequence[Span], place: Place, column: str) -> Span:
    """Return the number at a place, found there or as the person marks it."""
    found = next((span for span in spans if (span.start, span.end) == place), None)
    if found is not None and found.reading is not None:
        return found
    start, end = place
    with placed(column=column):
        read_token(text[start:end])
    begins = text.rfind("\n", 0, start) + 1
    line = text.count("\n", 0, start) + 1
    return Span(start, end, line, start - begins, text[start:end], Role.MEASUREMENT)
