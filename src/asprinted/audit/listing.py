"""The relations of a text as a list: what does not follow first, a line each, at the width of a terminal."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import east_asian_width

from asprinted.audit.candidate import Candidate
from asprinted.audit.findings import Findings
from asprinted.audit.phrasing import FEW, by_fit, level_of, trusted
from asprinted.chinese.scanning import Role, Span
from asprinted.drawing.typesetting import pieces
from asprinted.exact.verdicts import Check, Verdict
from asprinted.faults import told
from asprinted.prose.sentences import brief, sentence
from asprinted.prose.writing import Language, choose, count, listing, percent

__all__ = ["GROUPS", "folded", "group_of", "grouped", "in_order", "line", "lines", "quoted"]

GROUPS = ("sure", "likely", "follows", "closed", "other")
"""How relations are set apart: flagged by how surely, what follows, what cannot be tested, and the rest."""

_LEVELS = {"sure": 0, "likely": 1, "possible": 2}
_BEFORE, _BEHIND = re.compile("[\u4e00-\u9fff〇0-9]+$"), re.compile("[\u4e00-\u9fff]{1,8}")
_NAME = re.compile("[\u4e00-\u9fff]+")
_WORDS = 8
_FIT = "*"
_LEVEL, _STRENGTH = 8, 15


def group_of(claim: Candidate) -> str:
    """Return the group of a relation."""
    if claim.check.verdict is Verdict.NOT_TESTABLE:
        return "closed"
    return (claim.flag or "other") if claim.fails else "follows"


def grouped(claims: Iterable[Candidate]) -> Mapping[str, Sequence[Candidate]]:
    """Return the likeliest reading of each result by its group, in the order of `GROUPS`, the surest first.

    >>> from asprinted import audit
    >>> found = audit("受理案件34765件，审结21454件，结案率为61.71%。调解纠纷785件，成功783件，成功率99%。")
    >>> {name: [claim.results[0].text for claim in claims] for name, claims in grouped(found.claims).items()}
    {'follows': ['61.71%', '99%']}
    """
    leading = sorted((each for each in claims if each.leads), key=lambda each: _LEVELS[each.confidence])
    groups = {name: [each for each in leading if group_of(each) == name] for name in GROUPS}
    return {name: inside for name, inside in groups.items() if inside}


def in_order(claims: Sequence[Candidate]) -> Mapping[str, Sequence[Sequence[Candidate]]]:
    """Return the same, each with the other readings of its result right behind it."""
    others = dict[tuple[Span, ...], list[Candidate]]()
    for each in claims:
        others.setdefault(each.results, []).extend([] if each.leads else [each])
    # Of a result that a person stated twice, both lead: the others stand behind the first.
    return {
        name: [[lead, *others.pop(lead.results, ())] for lead in inside]
        for name, inside in grouped(claims).items()
    }


def quoted(found: Findings, claim: Candidate, language: Language = "en") -> str:
    """Return the result of a relation as the text has it, with some of the words right before it.

    A date is such a word. Where there are none, the words behind tell what it is; in a table, its row does.
    """
    first, last = claim.results[0], claim.results[-1]
    tokens = listing([told("".join(span.text.split())) for span in claim.results], language)
    if "table" in claim.seen:
        return " ".join([*_row_of(found.text, first.start), tokens])
    if before := _words_before(found, first.start):
        return before + tokens
    behind = _BEHIND.match(found.text, last.end)
    return tokens + (behind[0] if behind else "")


def _words_before(found: Findings, end: int) -> str:
    """Return the last words before a place, from the number before it on; no date is cut."""
    place = bisect_left(found.spans, end, key=lambda span: span.start)
    cut = end - _WORDS
    while place and (date := found.spans[place - 1]).role is Role.DATE:
        place, cut = place - 1, date.start if date.start < cut < date.end else cut
    start = max(cut, found.spans[place - 1].end if place else 0)
    stretch = _BEFORE.search(found.text, max(0, start - 1), end)
    before = stretch[0] if stretch else ""
    return f"{'…' * (end - len(before) < start)}{before[max(0, start - end + len(before)) :]}"


def _row_of(text: str, place: int) -> list[str]:
    """Return the name of the row of a table that a place is in, nothing where it has none."""
    start = max(text.rfind("\n", 0, place), text.rfind("<tr", 0, place)) + 1
    return _NAME.findall(text[start:place])[:1]


def line(found: Findings, claim: Candidate, language: Language = "en") -> str:
    """Return what is printed and what follows; of what follows in one way alone, which.

    >>> from asprinted import audit
    >>> found = audit("调解纠纷785件，成功783件，成功率99%。")
    >>> line(found, found.claims[0])
    '成功率99%: 783件 of 785件 is 99.7452%, only if cut'
    """
    check = claim.check
    said = brief(check, language, quoted(found, claim, language))
    if group_of(claim) != "follows":
        return said
    short = sentence("short", f"{'hedged_' if check.relation.is_hedged else ''}{check.verdict}", language)
    return said + (choose(language, ", ", "，") + short if short else "")


def lines(found: Findings, width: int, language: Language = "en") -> Iterator[tuple[str, bool]]:
    """Yield the lines of the list, and of each whether it is a heading; no number is broken over two.

    Behind a relation stands how strong its test was: of the slips of its tokens those that it would show,
    and of the values that could have been printed the share that it would refute.
    """
    groups = grouped(found.claims)
    counts = {name: count(number, language) for name, number in found.counts._asdict().items()}
    said = sentence("list", "head", language, text=told(found.name), **counts)
    yield from ((each, True) for each in folded(said, width))
    left = FEW
    for name, inside in groups.items():
        yield "", False
        head = sentence("list", name, language, count=count(len(inside), language))
        yield from ((each, True) for each in folded(head, width))
        for claim in inside:
            left -= 1
            yield from ((each, False) for each in _row(found, claim, width, language, few=left >= 0))
    yield "", False
    notes = list(_notes(found, groups, language))
    yield from ((each, False) for note in notes for each in folded(note, width))


def _notes(found: Findings, groups: Mapping[str, Sequence[Candidate]], language: Language) -> Iterator[str]:
    """Yield what a reader of the list needs to know; of none, that nothing was tested."""
    if not groups and not found.counts.related:
        yield sentence("report", "none", language)
        return
    if groups.keys() - {"closed"}:
        yield sentence("list", "legend", language)
    if any(by_fit(claim) for inside in groups.values() for claim in inside):
        yield sentence("list", "fit", language, mark=_FIT)
    if found.counts.others:
        yield sentence(
            "list", "rivals", language, others=count(found.counts.others, language), option="--all"
        )
    yield trusted(language)
    yield sentence("audit", "consistent", language)


def _row(found: Findings, claim: Candidate, width: int, language: Language, *, few: bool) -> Iterator[str]:
    """Yield a relation as a line, or as several where it is too long for one."""
    level = level_of(claim, language) + _FIT * by_fit(claim)
    head = f"{claim.id:<4} {_filled(level, _LEVEL)} "
    room = max(20, width - _wide(head) - 1 - _STRENGTH)
    first, *more = folded(line(found, claim, language), room)
    yield f"{head}{_filled(first, room)} {_strength(claim.check, few=few)}".rstrip()
    yield from (" " * _wide(head) + each for each in more)


def _strength(check: Check, *, few: bool) -> str:
    """Return the column of the strength: the slips that show, and the share of values refuted."""
    made = check.slips if few and check.verdict is not Verdict.NOT_TESTABLE else None
    seen = f"{made.seen}/{made.all}" if made else ""
    refuted = "" if check.strength is None else percent(check.strength, 2, "truncation")
    return f"{seen:>7} {refuted:>7}"


def folded(text: str, width: int) -> list[str]:
    """Return the lines of a text, none wider than so many columns unless one piece alone is.

    >>> folded("受理34765件（含旧存），审结21454件", 14)
    ['受理34765件', '（含旧存），', '审结21454件']
    """
    made = [""]
    for piece, spaced in pieces(text):
        longer = f"{made[-1]}{' ' * (spaced and bool(made[-1]))}{piece}"
        if made[-1] and _wide(longer) > width:
            made.append(piece)
        else:
            made[-1] = longer
    return made


def _filled(text: str, width: int) -> str:
    return text + " " * (width - _wide(text))


def _wide(text: str) -> int:
    """Return how many columns of a terminal a text takes: a wide character takes two."""
    return sum(1 + (east_asian_width(each) in "FW") for each in text)
