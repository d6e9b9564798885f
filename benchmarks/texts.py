"""Made-up texts with their numbers marked by hand: what stands in `benchmarks/texts`, read and checked.

One file is a text whose numerals are all marked, a line `---`, and the relations as TOML. A mark is
`⟦role id=reading|surface⟧`: the role is m, o, d or l (measurement, ordinal, date, label), the id is there
where a relation names it, and the reading is what the surface says by the project's conventions: a value
(`0.6171`, `2/3`, `-0.021`), an interval that the words admit (`[3,5]`, open ends empty), both
(`17300@[17300,17400)`), or `?` where no number is named (数十) or the conventions set no interval (`1/3@?`).
Dates and labels have none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from asprinted.faults import Fault, Faults, quote

__all__ = ["FITTED", "FOLDERS", "Gold", "Mark", "Text", "folder", "parse", "texts"]

FITTED: Final = ("tune", "seen", "held", "forms", "held_forms")
"""The sets that weights are fitted on: of bulletins, the last looked at once; of the forms of real texts."""

FOLDERS: Final = (*FITTED, "fresh", "fresh_again")
"""Every set; the last two, in the forms of real texts, were scored once and nothing was learnt from them."""

ROLES: Final = {"m": "measurement", "o": "ordinal", "d": "date", "l": "label"}
KINDS: Final = ("share", "mean", "sum", "change", "divisor")
VERDICTS: Final = ("both", "nearest_only", "truncation_only", "contradicted", "not_testable")
FORMS: Final = ("", "complement", "difference")
"""How a result is meant, where not plainly: 1 − part ÷ whole, or a growth by the difference in `wholes`."""

_KEYS: Final = {
    "kind",
    "result",
    "parts",
    "wholes",
    "direction",
    "verdict",
    "sure",
    "form",
    "means",
    "note",
    "per",
}
_MARK = re.compile(r"⟦([a-z]+)(?: ([A-Za-z]\w*))?(?: ?=([^|⟦⟧]*))?\|([^|⟦⟧]+)⟧")
_READING = re.compile(r"(-?[0-9./]*)@?(?:([\[(])(-?[0-9./]*),(-?[0-9./]*)([\])])|([?]))?")


@dataclass(frozen=True, slots=True)
class Mark:
    """One number expression of a text, as a person marked it.

    `start` and `end` count the characters of the plain text from 0. `value`, `low` and `high` are None where
    the words set none; `bounds` is empty unless an interval is given. `vague` is whether no number is named.
    """

    start: int
    end: int
    text: str
    role: str
    id: str = ""
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    bounds: str = ""
    vague: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is a figure to be found exactly: a measurement or an ordinal."""
        return self.role in ("measurement", "ordinal")


@dataclass(frozen=True, slots=True)
class Gold:
    """One relation that a text means, with the verdict that exact arithmetic gives.

    `results`, `parts` and `wholes` are marks. `sure` is whether a careful editor would call it plainly meant.
    `form` is one of `FORMS`; `means` are inputs that are means: rounded, though they may look whole;
    `per` is 10000 for a result that is said of ten thousand (每万人).
    """

    kind: str
    results: tuple[Mark, ...]
    parts: tuple[Mark, ...]
    wholes: tuple[Mark, ...]
    verdict: str
    sure: bool
    direction: str = ""
    form: str = ""
    means: tuple[Mark, ...] = ()
    per: int = 1

    @property
    def printed(self) -> bool:
        """Whether every figure that it needs is printed."""
        return bool(self.parts or self.kind == "divisor") and bool(self.wholes or self.kind == "sum")

    @property
    def inconsistent(self) -> bool:
        """Whether its figures cannot all be right: contradicted, or all printed and impossible together."""
        return self.verdict == "contradicted" or (self.verdict == "not_testable" and self.printed)


@dataclass(frozen=True, slots=True)
class Text:
    """A made-up text with its marks and relations; `genre` is the name without its number."""

    name: str
    text: str
    marks: tuple[Mark, ...]
    relations: tuple[Gold, ...]

    @property
    def genre(self) -> str:
        """Return the manner in which it is written."""
        return self.name.partition("_")[2]


def folder(name: str) -> Path:
    """Return where a set stands; it need not be there yet."""
    return Path(__file__).with_name("texts") / name


def texts(path: Path) -> list[Text]:
    """Read every text of a folder, in the order of their names. Raises Faults with all that is wrong."""
    found: list[Text] = []
    faults: list[Fault] = []
    for file in sorted(path.glob("*.txt")):
        try:
            found.append(parse(file.read_text("utf-8"), file.stem))
        except Faults as several:
            faults += several.faults
    if faults:
        raise Faults(faults, "nothing was scored")
    return found


def parse(content: str, name: str) -> Text:
    r"""Read one text with its marks and relations. Raises Faults with all that is wrong.

    >>> content = "收⟦m a=20|20件⟧，结⟦m b=5|5件⟧，结案率⟦m c=0.25|25%⟧。\n---\n[[relation]]\n"
    >>> sides = "kind = 'share'\nresult = 'c'\nparts = ['b']\nwholes = ['a']\nverdict = 'both'\nsure = true"
    >>> made = parse(content + sides, "01_court")
    >>> made.text, made.genre, [(mark.text, mark.value) for mark in made.marks][-1]
    ('收20件，结5件，结案率25%。', 'court', ('25%', Fraction(1, 4)))
    """
    marked, line, table = content.partition("\n---\n")
    faults: list[Fault] = []
    if not line:
        faults.append(Fault.of("no line ---", "one between the text and its relations"))
    plain, marks, end = "", [], 0
    for match in _MARK.finditer(marked):
        plain += marked[end : match.start()]
        try:
            marks.append(_mark(match, len(plain)))
        except Fault as fault:
            faults.append(fault.at(line=marked.count("\n", 0, match.start()) + 1))
        plain += match[4]
        end = match.end()
    plain += marked[end:]
    for stray in re.finditer("[⟦⟧]", plain):
        at = plain.count("\n", 0, stray.start()) + 1
        context = plain[max(0, stray.start() - 8) : stray.end() + 8]
        faults.append(Fault.of(quote(context), "a mark ⟦role id=reading|surface⟧").at(line=at))
    named: dict[str, Mark] = {}
    for mark in marks:
        if mark.id and mark.id in named:
            faults.append(Fault.of(f"id {mark.id} twice", "each id once", "mark"))
        named[mark.id] = mark
    named.pop("", None)
    relations = []
    for row, entry in enumerate(_entries(table, faults), start=1):
        try:
            relations.append(_gold(entry, named))
        except Fault as fault:
            faults.append(fault.at(row=row))
    if faults:
        raise Faults([fault.at(file=f"{name}.txt") for fault in faults], "nothing was scored")
    return Text(name, plain, tuple(marks), tuple(relations))


def _mark(match: re.Match[str], start: int) -> Mark:
    role, name, reading, surface = match.groups()
    if role not in ROLES:
        raise Fault.of(f"role {quote(role)} of {surface}", f"one of {', '.join(ROLES)}", "mark")
    place = start, start + len(surface), surface, ROLES[role], name or ""
    if role in "dl":
        if reading is not None:
            raise Fault.of(f"a reading of {surface}", "none for a date or a label", "mark")
        return Mark(*place)
    parts = _READING.fullmatch(reading or "")
    if not reading or not parts:
        raise Fault.of(
            f"reading {quote(reading or '')} of {surface}", "such as 785, [3,5] or 650@[650,660)", "mark"
        )
    value, left, low, high, right, vague = parts.groups()
    number, least, most = (Fraction(each) if each else None for each in (value, low, high))
    if least is not None and most is not None and least > most:
        raise Fault.of(f"reading {quote(reading)} of {surface}", "an interval that does not fall", "mark")
    bounds = f"{left}{right}" if left else ""
    return Mark(*place, value=number, low=least, high=most, bounds=bounds, vague=vague is not None)


def _entries(table: str, faults: list[Fault]) -> list[Mapping[str, Any]]:
    try:
        read = tomllib.loads(table)
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault.of(f"relations that are no TOML: {error}", "[[relation]] tables"))
        return []
    faults += [Fault.of(f"table {quote(key)}", "[[relation]] alone") for key in read.keys() - {"relation"}]
    return list(read.get("relation", ()))


def _gold(entry: Mapping[str, Any], named: Mapping[str, Mark]) -> Gold:
    """Build a relation of one table of the TOML."""
    for key in sorted(entry.keys() - _KEYS):
        raise Fault.of(f"key {quote(key)}", f"one of {', '.join(sorted(_KEYS))}", key)
    for key, known in {"kind": KINDS, "verdict": VERDICTS, "sure": (True, False)}.items():
        _one_of(entry.get(key), known, key)
    kind, direction, form = entry["kind"], entry.get("direction", ""), entry.get("form", "")
    _one_of(direction, ("rise", "fall") if kind == "change" else ("",), "direction")
    _one_of(form, FORMS, "form")
    result = entry.get("result", [])
    groups = {
        "result": [result] if isinstance(result, str) else result,
        **{key: entry.get(key, []) for key in ("parts", "wholes", "means")},
    }
    for key, names in groups.items():
        for name in names:
            if name not in named:
                raise Fault.of(f"id {quote(str(name))}", "the id of a mark of this text", key)
    results, parts, wholes, means = (tuple(named[name] for name in names) for names in groups.values())
    if not results or (kind != "divisor" and len(results) > 1):
        raise Fault.of(f"{len(results)} results", "one, or the means of a divisor", "result")
    if kind in ("sum", "divisor") and (wholes if kind == "sum" else parts):
        raise Fault.of(f"parts and wholes of a {kind}", "parts of a sum, wholes of a divisor", "wholes")
    told = entry["verdict"], entry["sure"], direction, form, means, entry.get("per", 1)
    return Gold(kind, results, parts, wholes, *told)


def _one_of(found: object, known: tuple[object, ...], column: str) -> None:
    if found not in known:
        raise Fault.of(quote(str(found or "")), f"one of {', '.join(str(each) for each in known)}", column)
