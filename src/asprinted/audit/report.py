"""The audit of a text as one page: the text with its numbers marked, every relation, and what it all shows.

A page loads nothing: its styles and its script stand in it, and its policy allows no others. All that comes
from a text is escaped here, in one place.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import chain
from string import Template
from unicodedata import category

from asprinted.audit.candidate import Candidate
from asprinted.audit.findings import Findings
from asprinted.audit.listing import GROUPS, group_of, in_order
from asprinted.audit.phrasing import level_of, meaning, reasons, says, strength_of, trusted, verdict_of
from asprinted.audit.rows import PLACES
from asprinted.chinese.scanning import Span
from asprinted.drawing.svg import svg
from asprinted.drawing.tiles import stamp
from asprinted.exact.verdicts import Verdict
from asprinted.prose.sentences import sentence
from asprinted.prose.writing import Language, choose, count

__all__ = ["dressed", "framed", "page", "pages", "shown"]

_KINDS = ("follows", "sure", "likely", "other", "closed")
"""How relations look, by their groups."""

_FLAGGED = ("sure", "likely")

_JOINED = "\N{WORD JOINER}"
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def page(found: Findings, language: Language = "en", *, related: bool = True) -> str:
    """Return the report on one text, a page that needs no other file.

    >>> from asprinted.audit.document import audit
    >>> "<script>" in page(audit("<script>受理5件")).split("<body>")[1].split("<script>")[0]
    False
    """
    return "".join(pages([found], language, related=related))


def pages(found: Iterable[Findings], language: Language = "en", *, related: bool = True) -> Iterator[str]:
    """Yield the parts of one page on several texts, each as soon as its text is read."""
    rest = iter(found)
    begun = [each for _, each in zip(range(2), rest, strict=False)]
    title = begun[0].name if len(begun) == 1 else _say("several", language)
    parts = (
        _article(each, language, f"t{number}", related=related)
        for number, each in enumerate(chain(begun, rest), start=1)
    )
    yield from dressed(title, parts, language)


def dressed(title: str, parts: Iterable[str], language: Language) -> Iterator[str]:
    """Yield the parts of a page, escaped already, within what every page of a report has."""
    style, script = _file("report.css"), _file("report.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = Template(_file("report.html"))
    yield head.substitute(lang=_lang(language), title=shown(title), style=style, policy=policy)
    yield from parts
    yield f"</main>\n<script>{script}</script>\n</body>\n</html>\n"


def framed(found: Findings, language: Language = "en") -> str:
    """Return the report in a frame, so that a notebook and the report leave each other's styles alone."""
    title = shown(_say("kicker", language))
    return (
        f'<iframe title="{title}" sandbox="allow-scripts" style="width:100%;height:44rem;border:0" '
        f'srcdoc="{escape(page(found, language))}"></iframe>'
    )


@lru_cache
def _file(name: str) -> str:
    return files("asprinted.audit").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _lang(language: Language) -> str:
    return choose(language, "en", "zh-Hans")


def _say(name: str, language: Language, **values: str) -> str:
    return sentence("report", name, language, **values)


def shown(text: str) -> str:
    """Escape a text; what has no shape of its own, or turns the direction of writing, shows its number."""
    plain = escape(text)
    return plain if plain.isprintable() else "".join(map(_visible, plain))


def _visible(character: str) -> str:
    if character in _BIDI or (category(character) in ("Cc", "Cs", "Co") and character not in "\t\n\r"):
        return f'<span class="hidden">U+{ord(character):04X}</span>'
    return character


# --------------------------------------------------------------------------------------------- parts of it


def _article(found: Findings, language: Language, key: str, *, related: bool) -> str:
    parts = [
        f'<article class="text-audit" id="{key}">\n<header>\n',
        f'<p class="kicker">{_say("kicker" if related else "scanned", language)}</p>\n',
        f"<h1><bdi>{shown(found.name)}</bdi></h1>\n",
        _counts(found, language, related=related),
        _caution(language) if related else "",
        "</header>\n",
        _flagged(found, language, key) if related else "",
        f'<div class="columns{"" if related else " alone"}">\n<section>\n',
        f"<h2>{_say('text', language)}</h2>\n",
        _legend(language, related=related),
        f'<div class="prose" lang="zh">\n{_text(found, language, key)}</div>\n</section>\n',
        _relations(found, language, key) if related else "",
        "</div>\n<footer>\n",
        f'<p class="small">{_say("checksum", language)} <code>{found.sha256}</code></p>\n',
        f'<p class="small">{_say("made", language, tool="asprinted")}</p>\n</footer>\n</article>\n',
    ]
    return "".join(parts)


def _counts(found: Findings, language: Language, *, related: bool) -> str:
    counts = found.counts
    names = ("read", "related", "testable", "tested", "flagged") if related else ("found", "read")
    written = {name: count(number, language) for name, number in counts._asdict().items()}
    rows = (
        f'<div class="{name if counts.flagged else ""}"><dt>{_say(f"{name}_label", language)}</dt>'
        f'<dd class="big">{written[name]}</dd>'
        f'<dd class="small">{_say(name, language, **written)}</dd></div>\n'
        for name in names
    )
    return f'<dl class="counts">\n{"".join(rows)}</dl>\n'


def _caution(language: Language) -> str:
    consistent, limits = sentence("audit", "consistent", language), _say("limits", language)
    return f'<p class="caution"><strong>{consistent}</strong> {limits} {trusted(language)}</p>\n'


def _legend(language: Language, *, related: bool) -> str:
    kinds = [*_KINDS, "input", "read", "aside"] if related else ["read", "aside"]
    names = {"read": "legend_read" if related else "read_label"}
    items = (
        f'<li><mark class="{kind}">{_say("sample", language)}</mark>'
        f" {_say(names.get(kind, f'legend_{kind}'), language)}</li>\n"
        for kind in kinds
    )
    return f'<p class="small">{_say("how", language)}</p>\n<ul class="legend">\n{"".join(items)}</ul>\n'


def _sign(claim: Candidate) -> str:
    """Return the stamp of a relation: what rounding gives, and what cutting."""
    drawn = _stamp(claim.check.verdict, claim.check.relation.is_hedged)
    return f'<span class="sign" aria-hidden="true">{drawn}</span>'


@cache
def _stamp(verdict: Verdict, hedged: bool) -> str:
    return svg(stamp(verdict, hedged=hedged)).replace("\n", "")


# ------------------------------------------------------------------------------------------------- the text


def _text(found: Findings, language: Language, key: str) -> str:
    """Return the text, a paragraph a line, with every number expression marked."""
    inside: dict[int, list[tuple[str, Candidate]]] = {}
    for claim in found.claims:
        for side in PLACES:
            for span in getattr(claim, side):
                inside.setdefault(span.start, []).append((side, claim))
    parts, at = ["<p>"], 0
    for span in found.spans:
        # Another way to take a place may begin elsewhere in it.
        starts = dict.fromkeys([span.start, *(each.start for each in span.also)])
        claims = [each for start in starts for each in inside.get(start, ())]
        parts += [_lines(found.text[at : span.start]), _mark(span, list(starts), claims, language, key)]
        at = span.end
    return "".join([*parts, _lines(found.text[at:]), "</p>\n"]).replace("<p></p>\n", "")


def _lines(text: str) -> str:
    return shown(text).replace("\r\n", "\n").replace("\n", "</p>\n<p>")


def _mark(
    span: Span, starts: list[int], claims: list[tuple[str, Candidate]], language: Language, key: str
) -> str:
    place, *others = (f"{key}-{start}" for start in starts)
    stated = [claim for side, claim in claims if side == "results"]
    kind = "aside" if span.reading is None else "input" if claims else "read"
    if stated:
        kind = group_of(stated[0])
    links = " ".join(
        f'<a href="#{key}-{claim.id}" aria-label="{_named(claim.id, claim, language)}">'
        f"{claim.id}{_sign(claim)}</a>"
        for claim in stated
    )
    known = " ".join(dict.fromkeys(f"{key}-{claim.id}" for _, claim in claims))
    return (
        f'<mark id="{place}" class="{kind}" tabindex="0" aria-describedby="{place}-note" '
        f'data-claims="{known}">{"".join(f"""<span id="{each}"></span>""" for each in others)}'
        f'{shown(span.text)}<span class="note" role="tooltip" id="{place}-note" '
        f'lang="{_lang(language)}">'
        f"{_note(span, claims, language)}</span></mark>"
        f"{f'<sup lang={_lang(language)}>{_JOINED}{links}</sup>' if links else ''}"
    )


def _note(span: Span, claims: list[tuple[str, Candidate]], language: Language) -> str:
    """Return what is shown of a number: what it says, other ways to read it, and its relations."""
    readings = [f"<b>{shown(span.text)}</b> {shown(meaning(span, language))}"]
    readings += [
        f"{_say('also', language)} <b>{shown(each.text)}</b> {shown(meaning(each, language))}"
        for each in span.also
    ]
    told = []
    for side, claim in claims:
        if side == "results":
            said = choose(language, " ", "").join([says(claim, language), strength_of(claim, language)])
        else:
            said = _named(_side(claim, side, language), claim, language)
        told.append(f"<b>{claim.id}</b> {_sign(claim)} {shown(said)}")
    heads = "".join(f'<span class="head">{each}</span>' for each in readings)
    return heads + "".join(f"<span>{each}</span>" for each in told)


def _named(name: str, claim: Candidate, language: Language) -> str:
    """Return the verdict on a relation behind what it, or a number of it, is called."""
    return f"{name}{choose(language, ': ', '：')}{verdict_of(claim, language)}"


# -------------------------------------------------------------------------------------------- the relations


def _flagged(found: Findings, language: Language, key: str) -> str:
    """Return what does not follow, before everything else."""
    parts = "".join(_groups(found, _FLAGGED, language, key))
    return f'<section class="flagged">\n{parts}</section>\n' if parts else ""


def _relations(found: Findings, language: Language, key: str) -> str:
    rest = [name for name in GROUPS if name not in _FLAGGED]
    parts = "".join(_groups(found, rest, language, key)) or ("" if found.claims else _empty(language))
    return f'<section class="relations">\n{parts}</section>\n'


def _groups(found: Findings, names: Sequence[str], language: Language, key: str) -> Iterator[str]:
    """Yield the relations by groups; the other readings of a result stand below its likeliest."""
    told = in_order(found.claims)
    for name in (name for name in names if name in told):
        head = sentence("list", name, language, count=count(len(told[name]), language))
        cards = (_card(each, language, key) for several in told[name] for each in several)
        yield f'<h2>{head}</h2>\n<ol class="claims">\n{"".join(cards)}</ol>\n'


def _empty(language: Language) -> str:
    return f"<h2>{_say('relations_head', language)}</h2>\n<p>{_say('none', language)}</p>\n"


def _card(claim: Candidate, language: Language, key: str) -> str:
    kind = group_of(claim)
    level = level_of(claim, language)
    sure = f'<span class="sure">{level}</span>' if level else ""
    why = reasons(claim, language)
    joint = " " if claim.kind == "divisor" else " + "
    sides = [
        f"{_side(claim, side, language)} {_links(getattr(claim, side), key, joint)}"
        for side in PLACES
        if getattr(claim, side)
    ]
    lines = {
        "": shown(says(claim, language)),
        "small strength": shown(strength_of(claim, language)),
        "small places": " · ".join(sides),
        "small why": shown(_say("why", language, why=why)) if why else "",
        "small rivals": _rivals(claim, language, key),
    }
    name = sentence("kind", claim.kind, language)
    return (
        f'<li class="claim {kind}{"" if claim.leads else " rival"}" id="{key}-{claim.id}" '
        f'data-claims="{key}-{claim.id}"><h3>{_sign(claim)} {claim.id} <span class="kind">{name}</span>'
        f"{sure}</h3>"
        + "".join(f'<p class="{name}">{line}</p>' for name, line in lines.items() if line)
        + "</li>\n"
    )


def _side(claim: Candidate, side: str, language: Language) -> str:
    """Return what the numbers of one side of a relation are called."""
    if side == "results":
        return _say("result", language)
    if side == "wholes" and claim.direction.endswith("_by"):
        return _say("difference", language)
    return _say(f"{claim.kind}_{side}", language)


def _links(spans: Iterable[Span], key: str, joint: str) -> str:
    return joint.join(f'<a href="#{key}-{each.start}"><bdi>{shown(each.text)}</bdi></a>' for each in spans)


def _rivals(claim: Candidate, language: Language, key: str) -> str:
    links = " ".join(f'<a href="#{key}-{each}">{each}</a>' for each in claim.rivals)
    return _say("rivals", language, rivals=links) if links else ""
