"""What the page of the workbench asks of the engine: JSON in, JSON out, in a browser or anywhere else.

An answer holds words and, where a page is to show it, HTML. All that somebody typed is escaped here; the runs
of a text are handed over as they are, for the page to set as text.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from asprinted.audit import decisions, rows
from asprinted.audit.candidate import Candidate
from asprinted.audit.decoding import declared, decode, is_page
from asprinted.audit.document import Audit, audit
from asprinted.audit.listing import in_order
from asprinted.audit.phrasing import admits, meaning, reasons, says, strength_of, verdict_of
from asprinted.audit.rows import PLACES
from asprinted.chinese.scanning import Span
from asprinted.drawing.rulers import page, ruler, strength_bar
from asprinted.drawing.svg import svg
from asprinted.drawing.tiles import stamp_of
from asprinted.escaping import html
from asprinted.face import check
from asprinted.faults import Fault, Faults
from asprinted.languages import read
from asprinted.prose import faults
from asprinted.prose.sentences import Answer, found, sentence, strength, told
from asprinted.prose.writing import Language, choose, count

__all__ = ["FIELDS", "KINDS", "MOST", "ask"]

FIELDS = ("printed", "parts", "wholes")
KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "share": (FIELDS, ("", "rest")),
    "mean": (FIELDS, ("", "per_100", "per_1000", "per_10000", "per_100000")),
    "sum": (("printed", "parts"), ("",)),
    "change": (FIELDS, ("rise", "fall", "rise_by", "fall_by")),
    "divisor": (("printed", "wholes"), ("",)),
}
"""Each kind of relation with the fields that it needs, and the directions that it may have."""

MOST = 100_000
"""Characters of the longest text that a page reads: a browser takes some ten seconds for it."""

_OPTIONS = ("direction", "inputs")
_BETWEEN = re.compile("[;；\\n]")


def ask(request: str, raw: bytes | memoryview = b"") -> str:
    """Return the answer to a request, `about` a check, a file's bytes (`raw`) or a text.

    >>> told = json.loads(ask('{"about": "check", "kind": "share", "printed": "99%", "parts": "783件"}'))
    >>> told["readings"]["parts"], told["answer"]
    ({'said': '783 件; last place 1'}, None)
    """
    given = json.loads(request)
    language: Language = given.get("language", "en")
    try:
        answer = _ANSWERS[given["about"]](given, bytes(raw), language)
    except (Fault, Faults) as wrong:
        first = wrong if isinstance(wrong, Fault) else wrong.faults[0]
        answer = {"fault": faults.says(first, language)}
    return json.dumps(answer, ensure_ascii=False)


# -------------------------------------------------------------------------------------------- three numbers


def _checked(given: Mapping[str, str], _: bytes, language: Language) -> dict[str, Any]:
    """Return what each field says, and the answer where all that the kind needs are filled in."""
    kind = given["kind"]
    needed, _directions = KINDS[kind]
    typed = {name: _tokens(given.get(name, "")) for name in needed}
    readings = {name: _reading(tokens, language) for name, tokens in typed.items()}
    told: dict[str, Any] = {"readings": readings, "answer": None}
    if not all(typed.values()) or any("fault" in each for each in readings.values()):
        return told
    options = {name: given[name] for name in _OPTIONS if given.get(name)}
    ends = {"space": (given["low"], given["high"])} if given.get("low") and given.get("high") else {}
    # One number alone reads in the page's Python as a person would type it.
    values = {name: tokens if len(tokens) > 1 else tokens[0] for name, tokens in typed.items()}
    call: dict[str, Any] = {**values, "kind": kind, **options, **ends}
    try:
        answer = check(**call)
        impossible = answer.relation.impossible() if answer.reason else None
        if impossible:
            raise impossible.fault
    except Fault as fault:
        readings[_field(fault, needed)] = {"fault": faults.says(fault, language)}
        return told
    written = ", ".join(f"{name}={value!r}" for name, value in call.items())
    return {**told, "answer": _answer(answer, written, language)}


def _tokens(typed: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(typed) if part.strip()]


def _reading(tokens: list[str], language: Language) -> dict[str, str]:
    """Return what the numbers of a field say; the first that is none, as a fault."""
    try:
        said = [admits(read(each), language) for each in tokens]
    except Fault as fault:
        return {"fault": faults.says(fault, language)}
    return {"said": choose(language, "; ", "；").join(said)}


def _field(fault: Fault, needed: tuple[str, ...]) -> str:
    """Return the field that a fault speaks of: its column is that of a call, or of a table of relations."""
    column = fault.column.removesuffix("_key")
    named = {"part": "parts", "whole": "wholes", "parts": "parts", "wholes": "wholes"}.get(column, "printed")
    return named if named in needed else "space" if column.startswith("space") else "printed"


def _answer(answer: Answer, call: str, language: Language) -> dict[str, str]:
    verdict = found(answer, language)
    verdict = verdict[:1].upper() + verdict[1:]
    drawn, bar = ruler(answer, language), strength_bar(answer)
    parts = [
        f'<p class="verdict">{svg(stamp_of(answer))} <span>{html(verdict)}</span></p>\n',
        f"<p>{html(told(answer, language))}</p>\n",
        page(drawn) if drawn else "",
        f'<div class="strength">{svg(bar, fluid=True)}</div>\n' if bar else "",
        f'<p class="small">{html(strength(answer, language))}</p>\n',
    ]
    return {
        "html": "".join(parts),
        "stamp": svg(stamp_of(answer)),
        "verdict": verdict,
        "code": answer.verdict.value,
        "sentence": choose(language, " ", "").join([told(answer, language), strength(answer, language)]),
        "python": f"import asprinted\n\nasprinted.check({call})\n",
    }


# --------------------------------------------------------------------------------------------- a whole text


def _file(_: Mapping[str, str], raw: bytes, language: Language) -> dict[str, Any]:
    """Return the text of a file as the command reads it; of a page, the page, for the browser to read."""
    is_html = is_page(raw)
    return {"text": decode(raw, declared(raw) if is_html else ""), "page": is_html}


def _damaged(_: Mapping[str, str], __: bytes, language: Language) -> dict[str, Any]:
    """Say that what the browser could not take apart is no document."""
    raise Fault.of("a DOCX that cannot be read", "an undamaged file")


@lru_cache(maxsize=2)
def _undecided(text: str, name: str) -> Audit:
    return audit(text, name=name)


def _audited(given: Mapping[str, Any], _: bytes, language: Language) -> dict[str, Any]:
    text, name = str(given["text"]), str(given.get("name") or "text")
    if not text.strip():
        raise Fault.of("an empty text", "a text with characters in it")
    if len(text) > MOST:
        found = f"a text of {len(text):,} characters"
        raise Fault.of(found, f"at most {MOST:,}: the command reads longer ones")
    first, chosen = _undecided(text, name), dict(given.get("decisions") or {})
    table = _table(first, chosen, language)
    decided = audit(text, name=name, decisions=decisions.read(table)) if chosen else first
    after = {claim.id: claim for claim in decided.claims}
    told = [each for inside in in_order(decided.claims).values() for several in inside for each in several]
    order = {claim.id: place for place, claim in enumerate(told)}
    claims = sorted(first.claims, key=lambda claim: order.get(claim.id, len(told)))
    counts = {name: count(number, language) for name, number in decided.counts._asdict().items()}
    cards = (_card(claim, after.get(claim.id), chosen.get(claim.id, ""), language) for claim in claims)
    return {
        "runs": list(_runs(first, after, language)),
        "counts": sentence("workbench", "counts", language, **counts),
        "claims": "".join(cards) or f"<li>{html(sentence('report', 'none', language))}</li>",
        "table": table,
    }


def _table(what: Audit, chosen: Mapping[str, str], language: Language) -> str:
    """Return the table that the command writes, with what was decided."""
    written = io.StringIO()
    writer = csv.DictWriter(written, rows.CLAIM, lineterminator="\n")
    writer.writeheader()
    for claim in what.claims:
        writer.writerow(rows.claim_row(what, claim, language) | {"decision": chosen.get(claim.id, "")})
    return written.getvalue()


def _runs(what: Audit, after: Mapping[str, Candidate], language: Language) -> Iterator[list[str]]:
    """Yield the text in pieces; one that is a number with how it looks, its relations, and what it says."""
    sides = dict[int, list[tuple[str, Candidate]]]()
    for claim in after.values():
        for side in PLACES:
            for span in getattr(claim, side):
                sides.setdefault(span.start, []).append((side, claim))
    at = 0
    for span in what.spans:
        starts = dict.fromkeys([span.start, *(each.start for each in span.also)])
        claims = [each for start in starts for each in sides.get(start, ())]
        known = " ".join(dict.fromkeys(claim.id for _, claim in claims))
        yield [what.text[at : span.start]]
        yield [span.text, _look(span, claims), known, meaning(span, language)]
        at = span.end
    yield [what.text[at:]]


def _look(span: Span, claims: list[tuple[str, Candidate]]) -> str:
    """Return how a number looks: by the relation of which it is the result, else by what it is."""
    stated = [claim for side, claim in claims if side == "results"]
    if stated:
        return "result fails" if any(claim.is_asked for claim in stated) else "result"
    return "input" if claims else "aside" if span.reading is None else "single"


def _card(first: Candidate, after: Candidate | None, chosen: str, language: Language) -> str:
    """Return a relation as an item of the list, with what a person may say of it."""
    claim = after or first
    if chosen == decisions.REJECT or after is None:
        verdict = sentence("workbench", "rejected" if chosen else "superseded", language)
    else:
        verdict = verdict_of(claim, language)
    why = reasons(claim, language)
    buttons = (_button(claim.id, each, chosen, language) for each in (decisions.ACCEPT, decisions.REJECT))
    told = choose(language, " ", "").join(filter(None, [says(claim, language), strength_of(claim, language)]))
    asked = after is not None and after.is_asked
    return (
        f'<li id="{claim.id}" class="{"fails" if asked else ""}{"" if after else " away"}" tabindex="-1">'
        f"<h3>{svg(stamp_of(claim.check))} {claim.id} · {html(verdict)}</h3>\n<p>{html(told)}</p>\n"
        + (f'<p class="small">{html(sentence("report", "why", language, why=why))}</p>\n' if why else "")
        + f'<p class="choices">{"".join(buttons)}</p></li>\n'
    )


def _button(claim: str, choice: str, chosen: str, language: Language) -> str:
    pressed, word = str(chosen == choice).lower(), html(sentence("workbench", choice, language))
    said = f'data-claim="{claim}" data-choice="{choice}" aria-pressed="{pressed}"'
    return f'<button type="button" {said} aria-label="{word} {claim}">{word}</button>'


_ANSWERS: Mapping[str, Callable[[Mapping[str, Any], bytes, Language], dict[str, Any]]] = {
    "check": _checked,
    "file": _file,
    "damaged": _damaged,
    "text": _audited,
}
