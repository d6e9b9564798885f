"""What two reports print of one thing, told: sentences, rows, JSON, a page, and a file of any form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from asprinted.audit.report import dressed, shown
from asprinted.audit.rows import JOIN
from asprinted.chinese.scanning import Span
from asprinted.corpus import tables
from asprinted.corpus.between import Pair
from asprinted.faults import Fault
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language, choose, count

__all__ = ["COLUMNS", "FORMS", "row", "says", "summary", "write"]

COLUMNS = "how name year in_here here here_start in_there there there_start join outcome".split()
"""The columns of pairs; several places are joined by a semicolon."""
FORMS = (*tables.TABLES, ".json", ".html")
"""The endings of files that can be written."""


def row(pair: Pair) -> dict[str, str | int]:
    """Return the row of a pair."""
    places = JOIN.join(str(each.start) for each in pair.here)
    texts = JOIN.join(each.text for each in pair.here)
    said = (pair.how, pair.name, pair.year, pair.in_here, texts, places, pair.in_there, pair.there.text)
    return dict(zip(COLUMNS, (*said, pair.there.start, _join(pair), _outcome(pair)), strict=True))


def _join(pair: Pair) -> str:
    return "exact" if pair.exact else "possible"


def _outcome(pair: Pair) -> str:
    return "differs" if pair.differs else "agrees"


def says(pair: Pair, language: Language = "en") -> str:
    """Return what is printed in both places, and whether it differs.

    >>> from asprinted.corpus.between import between, report
    >>> y22 = report("2022年，全院新收案件23415件。", "去年")
    >>> y23 = report("2023年，全院新收案件25000件，同比上升6.8%。", "今年")
    >>> print(says(between(y23, y22)[0], "zh"))
    新收案件，2022年：今年载25000件、上升6.8%（1:12），去年载23415件（1:12）：一致。
    """
    found = _outcome(pair) + ("" if pair.exact else "_possibly")
    return sentence(
        "between",
        pair.how,
        language,
        thing=pair.name,
        year=str(pair.year),
        in_here=pair.in_here,
        here=pair.here[0].text,
        change=_change(pair, language),
        at=_place(pair.here[0]),
        in_there=pair.in_there,
        there=pair.there.text,
        where=_place(pair.there),
        found=sentence("between", found, language),
    )


def _change(pair: Pair, language: Language) -> str:
    return sentence("between", pair.direction, language, by=pair.here[-1].text) if pair.direction else ""


def _place(span: Span) -> str:
    return f"{span.line}:{span.column}"


def summary(pairs: Sequence[Pair], language: Language = "en") -> str:
    """Return how many pairs there are, and how many differ."""
    differing = [each for each in pairs if each.differs]
    exact = sum(each.exact for each in differing)
    counts = {"pairs": len(pairs), "differing": len(differing), "exact": exact}
    numbers = {name: count(number, language) for name, number in counts.items()}
    return sentence("between", "summary", language, **numbers)


def write(file: Path, pairs: Sequence[Pair], language: Language = "en") -> None:
    """Write pairs in the form that the ending of `file` tells.

    Raises Fault for another ending than those of `FORMS`, and where it cannot be written.
    """
    form = file.suffix.lower()
    if form not in FORMS:
        raise Fault("", None, "--output", file.name, f"an ending of {', '.join(FORMS)}")
    if form == ".json":
        made = json.dumps({"pairs": [_json(each, language) for each in pairs]}, ensure_ascii=False, indent=1)
        tables.written(file, [made, "\n"])
    elif form == ".html":
        tables.written(file, _page(pairs, language))
    else:
        tables.table(file, COLUMNS, ([*row(each).values()] for each in pairs), language)


def _json(pair: Pair, language: Language) -> dict[str, Any]:
    sides = {
        side: [{"start": span.start, "end": span.end, "surface": span.text} for span in spans]
        for side, spans in (("here", pair.here), ("there", (pair.there,)))
    }
    kept = {name: cell for name, cell in row(pair).items() if not name.endswith("_start")}
    return {**kept, **sides, "direction": pair.direction, "says": says(pair, language)}


def _page(pairs: Sequence[Pair], language: Language) -> Iterator[str]:
    """Yield a page with a row a pair, what differs first."""
    title = sentence("between", "title", language)
    names = ("name", "here", "there", "outcome")
    heads = "".join(
        f'<th scope="col" class="told">{shown(sentence("heading", name, language))}</th>' for name in names
    )
    parts = [
        f'<article class="text-audit">\n<header>\n<h1>{shown(title)}</h1>\n',
        f'<p class="caution">{shown(summary(pairs, language))}</p>\n</header>\n',
        f'<table class="index">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n',
        *(_shown(each, language) for each in pairs),
        "</tbody>\n</table>\n</article>\n",
    ]
    return dressed(title, parts, language)


def _shown(pair: Pair, language: Language) -> str:
    """Return a pair on a page: both sides with their places, and whether they differ."""
    here = choose(language, ", ", "、").join(filter(None, (pair.here[0].text, _change(pair, language))))
    sides = (here, pair.in_here, pair.here[0]), (pair.there.text, pair.in_there, pair.there)
    cells = [f"{shown(told)}{_small(f'{name} {_place(span)}')}" for told, name, span in sides]
    outcome = shown(sentence("between", _outcome(pair), language))
    join = _small(sentence("join", _join(pair), language))
    cells.append((f"<strong>{outcome}</strong>" if pair.differs else outcome) + join)
    how = _small(f"{pair.year} · {sentence('how', pair.how, language)}")
    told = "".join(f'<td class="told">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row"><bdi>{shown(pair.name)}</bdi>{how}</th>{told}</tr>\n'


def _small(text: str) -> str:
    return f'<br><span class="small">{shown(text)}</span>'
