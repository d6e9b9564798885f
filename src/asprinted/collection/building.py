"""From what was typed to what is read: every hand-typed table is checked, and the others are built from them.

The hand-typed tables say what is printed, where, and what should follow from what. Everything else is
computed from them, and is written only when no table has a fault. Nothing here knows an article: tables,
columns, sections and keys come from the collection's own files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path

from asprinted.collection import dictionary, published, sets
from asprinted.collection.derived import CHOICES
from asprinted.collection.fact import JOIN
from asprinted.collection.facts import Facts
from asprinted.collection.files import Row, exact, records, table
from asprinted.collection.tables import Tables
from asprinted.collection.validating import validate
from asprinted.exact import expressions, verdicts
from asprinted.exact.expressions import Formula
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Kind, Printed, Relation, Rule, relation, unfit
from asprinted.faults import Fault, Gathered, near, quote, refuse
from asprinted.languages import read
from asprinted.prose.writing import MOST_PLACES, outward, plain, rounded

__all__ = ["Written", "compare", "prepare", "related", "statistic"]

# Table of figures → table of its relations → table of their verdicts.
FIGURES = {"printed": ("relations", "checks"), "benchmarks": ("benchmark_relations", "benchmark_checks")}
PLACED = ("printed", "exclusions")
LEDGER = ("relations", "crosschecks", "standalone")
LEFT_OUT = frozenset(
    "line start scope scope_zh note note_zh period_kind place name_en name_zh".split()
    + "group measure body level pool head".split()
)
"""Columns of figures that a reader of values does not need beside them."""
CELLS = {
    "key",
    "places",
    *CHOICES,
    *(f"{text}_{language}" for text in ("title", "caveat") for language in ("en", "zh")),
}
"""Columns of `derived.csv` whose faults are their own: no value that rests on another has them from there."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that a build stands for: its name, and whether it changed on disk."""

    name: str
    changed: bool


# ----------------------------------------------------------------------------------------------- one row


def statistic(row: Mapping[str, str]) -> Row:
    """Return the row of the cleaned dataset that a row of `printed.csv` gives.

    Raises Fault if the token cannot be read, or if no finite decimal writes its value.

    >>> row = statistic({"key": "disputes", "as_printed": "1.76万余件", "unit_en": "dispute"})
    >>> row["value"], row["low"], row["high"], row["bounds"], row["step"], row["hedge"], row["unit"]
    ('17600', '17600', '17700', '[)', '100', '余', '件')
    """
    reading = read(row["as_printed"])
    written = {name: plain(getattr(reading, name)) for name in ("value", "low", "high", "step")}
    endless = next((text for text in written.values() if "/" in text), "")
    if endless:
        raise Fault.of(f"{quote(row['as_printed'])}, {endless}", "a value that a finite decimal writes")
    return {
        **{column: cell for column, cell in row.items() if column not in LEFT_OUT},
        **{name: written[name] for name in ("value", "low", "high")},
        "bounds": reading.bounds,
        "step": written["step"],
        "hedge": reading.hedge,
        "unit": reading.unit,
        "unit_en": row.get("unit_en") or reading.unit_en,
    }


def related(
    row: Mapping[str, str], printed: Sequence[Printed], parts: Sequence[Printed], wholes: Sequence[Printed]
) -> Relation:
    """Return the relation that a row states. Raises Fault, with the column, where it states none."""
    low, high = exact(row.get("space_low", "")), exact(row.get("space_high", ""))
    sides = tuple(printed), tuple(parts), tuple(wholes)
    return relation(row["kind"], row["id"], *sides, (low, high), row.get("direction", ""))


def checked(stated: Relation) -> Row:
    """Return the built columns of a check; ends of an interval are rounded outward."""
    result = verdicts.check(stated)
    low, high = outward(result.computed)
    return {
        "printed": JOIN.join(figure.reading.text for figure in stated.printed),
        "computed_low": low,
        "computed_high": high,
        "verdict": result.verdict.value,
        "strength": "" if result.strength is None else f"{rounded(result.strength, 4, 'truncation'):f}",
        "slips": str(result.slips.all) if result.slips else "",
        "slips_seen": str(result.slips.seen) if result.slips else "",
        **{
            f"divisors_{rule}": JOIN.join(map(str, result.divisors.get(rule, ())))
            for rule in Rule
            if stated.kind == "divisor"
        },
    }


def outcome(row: Mapping[str, str], left: Sequence[Interval], right: Sequence[Interval]) -> str:
    """Return what comes of a crosscheck: decided pair by pair where its relation decides, else as typed."""
    decide = {"equal": expressions.equal, "at_most": expressions.at_most}.get(row["relation"])
    holds = decide is not None and all(decide(*pair) for pair in zip(left, right, strict=True))
    return "holds" if holds else row["otherwise"]


# -------------------------------------------------------------------------------------------- every table


class _Table:
    """The rows of one typed table with their numbers in the file, and the faults found in them."""

    def __init__(self, tables: Tables, name: str, known: Iterable[Fault]) -> None:
        """Read a table; rows that already have faults, and unreadable tables, are left out."""
        self.file = tables.path(name).name
        mine = [fault for fault in known if fault.file == self.file]
        # Of a table that is damaged as a whole nothing more can be said that would help.
        self.damaged = any(fault.row in (None, 1) or not fault.column for fault in mine)
        # A name that another table uses may be missing because it is mistyped here.
        self.keys_doubtful = self.damaged or any(fault.column == "key" for fault in mine)
        bad = {fault.row for fault in mine}
        header, *records = [[]] if self.damaged else table(tables.path(name))
        # What the core names may be no column of this table.
        self.faults = Gathered(self.file, columns=header)
        every = [
            (number, dict(zip(header, record, strict=True))) for number, record in enumerate(records, start=2)
        ]
        self.rows = [(number, row) for number, row in every if number not in bad]
        self.all = [row for _, row in every]


class _Typed:
    """What the hand-typed tables of a collection say, and every fault found on the way."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        typed = tables.names("hand")
        self.schema_faults = list(validate(tables, typed))
        self.of = {name: _Table(tables, name, self.schema_faults) for name in typed}
        self.figures = {name: self._figures(self.of[name]) for name in FIGURES if name in self.of}
        self.relations = {
            relations: self._relations(self.of[relations], name)
            for name, (relations, _) in FIGURES.items()
            if relations in self.of
        }
        self.published = self._published()
        self.outcomes = [self._outcome(*row) for row in self.rows("crosschecks")]
        self._places()
        self._standalone()
        self._one_sequence()

    @property
    def faults(self) -> list[Fault]:
        """Every fault, table by table, row by row."""
        rank = {table.file: place for place, table in enumerate(self.of.values())}
        every = [*self.schema_faults, *(fault for table in self.of.values() for fault in table.faults)]
        return sorted(every, key=lambda fault: (rank.get(fault.file, -1), fault.row or 0))

    def rows(self, name: str) -> list[tuple[int, Row]]:
        """Return the sound rows of a table with their numbers; none where there is no such table."""
        return self.of[name].rows if name in self.of else []

    def has_faults(self, name: str) -> bool:
        """Whether anything is noted against a table so far."""
        return name in self.of and bool(self.of[name].faults)

    def _figures(self, table: _Table) -> dict[str, Printed]:
        """Return the readable figures of a table by key, noting tokens, kinds and dates that cannot be."""
        figures = dict[str, Printed]()
        for number, row in table.rows:
            start, end = row.get("period_start", ""), row.get("period_end", "")
            # "2020" and "2020-03" stand for a whole year or month, so only the common part is compared.
            shared = min(len(start), len(end))
            if start[:shared] > end[:shared]:
                later = f"a day not before the period's start, {start}"
                table.faults.add(quote(end), later, "period_end", number)
            if row.get("unread"):
                continue
            with table.faults.at(row=number, column="as_printed"):
                reading = read(row["as_printed"])
                statistic(row)
                if misnamed := unfit(reading, row["kind"]):
                    raise misnamed
                figures[row["key"]] = Printed(reading, Kind(row["kind"]), row["key"])
        return figures

    def _places(self) -> None:
        """Note rows that claim the same characters of a line."""
        claims = sorted(
            (row["source"], int(row["line"]), int(row["start"]), number, row["as_printed"], name)
            for name in PLACED
            for number, row in self.rows(name)
        )
        for (source, line, start, _, token, name), later in pairwise(claims):
            if later[:2] == (source, line) and later[2] < start + len(token):
                expected = f"a place of its own: {self.of[name].file} has {quote(token)} at character {start}"
                self.of[later[5]].faults.add(quote(str(later[2])), expected, "start", later[3])

    def _standalone(self) -> None:
        for number, row in self.rows("standalone"):
            keys = [key for key in row.get("keys", "").split(JOIN) if key]
            self._lookup(self.of["standalone"], number, "keys", keys, FIGURES)

    def _lookup(
        self, table: _Table, number: int, column: str, keys: Sequence[str], among: Iterable[str]
    ) -> tuple[Printed, ...] | None:
        """Return the figures that keys name; None, and a fault, where one is unknown."""
        found = []
        sources = [name for name in among if name in self.of]
        for key in keys:
            figure = next((self.figures[name][key] for name in sources if key in self.figures[name]), None)
            if figure is not None:
                found.append(figure)
                continue
            # A key whose row has a fault of its own, or a table that cannot be read, is told of once, there.
            everything = {row.get("key", ""): row for name in sources for row in self.of[name].all}
            hidden = key in everything or any(self.of[name].keys_doubtful for name in sources)
            if not hidden or everything.get(key, {}).get("unread"):
                files = " or ".join(self.of[name].file for name in sources)
                hint = "" if hidden else near(key, everything, "{}")
                expected = f"the key of a number that {files} has{hint}"
                table.faults.add(quote(key), expected, column, number)
        return tuple(found) if len(found) == len(keys) else None

    def _relations(self, table: _Table, among: str) -> list[tuple[Row, Relation]]:
        """Return the rows of a table of relations with what they state, noting those that state none."""
        columns, stated = ("printed_key", "part_key", "whole_key"), list[tuple[Row, Relation]]()
        for number, row in table.rows:
            keys = [[key for key in row.get(column, "").split(JOIN) if key] for column in columns]
            sides = [
                self._lookup(table, number, column, named, (among,))
                for column, named in zip(columns, keys, strict=True)
            ]
            known = [side for side in sides if side is not None]
            if len(known) < len(sides):
                continue
            with table.faults.at(row=number, column="kind"):
                if not any(known):
                    raise Fault.of("no key in any column", "the figures that it relates", "printed_key")
                named = [key for side in keys[:2] for key in side]
                twice = next((key for key in named if named.count(key) > 1), None)
                if twice or (keys[1] and keys[1] == keys[2]):
                    found = quote(twice or JOIN.join(keys[1]))
                    raise Fault.of(f"{found} twice", "a figure that follows from others", "part_key")
                stated.append((row, related(row, *known)))
        return stated

    def _published(self) -> dict[str, Relation]:
        """Return what each rate printed elsewhere states, by its key, noting those that state nothing."""
        found = dict[str, Relation]()
        for number, row in self.rows("published_rates"):
            with self.of["published_rates"].faults.at(row=number, column="counts"):
                found[row["key"]] = published.stated(row)
        return found

    def _outcome(self, number: int, row: Row) -> Row:
        """Return a crosscheck with its outcome: computed where its relation decides, else as typed."""
        table = self.of["crosschecks"]
        left, right = (self._sides(table, number, column, row) for column in ("left", "right"))
        if row["relation"] != "other":
            counts = [len(row.get(column, "").split(JOIN)) for column in ("left", "right")]
            if counts[0] != counts[1]:
                alike = f"{counts[0]}, one for each on the left"
                table.faults.add(f"{counts[1]} figures", alike, "right", number)
            if not counts[0] == counts[1] == len(left) == len(right):
                return {**row, "outcome": row["otherwise"]}
        return {**row, "outcome": outcome(row, left, right)}

    def _sides(self, table: _Table, number: int, column: str, row: Row) -> list[Interval]:
        """Return what the formulas of one side of a crosscheck admit, noting those that are none."""
        values = []
        for written in filter(None, row.get(column, "").split(JOIN)):
            with table.faults.at(row=number, column=column):
                formula = Formula(written)
                figures = self._lookup(table, number, column, formula.keys, FIGURES)
                if figures is not None:
                    admitted = {figure.key: expressions.admitted(figure) for figure in figures}
                    values.append(formula.interval(admitted.__getitem__))
        return values

    def _one_sequence(self) -> None:
        """Note a number of the ledger that stands in two of its tables."""
        seen: dict[str, str] = {}
        for name in LEDGER:
            for number, row in self.rows(name):
                ref = row.get("ref", "")
                if ref and seen.setdefault(ref, self.of[name].file) != self.of[name].file:
                    expected = f"a number of its own: {seen[ref]} has it"
                    self.of[name].faults.add(quote(ref), expected, "ref", number)


# ------------------------------------------------------------------------------------ facts made of facts


def _derived_values(typed: _Typed, facts: Facts) -> list[Row]:
    """Return the built rows of derived values, and note what is wrong with them, each where it begins."""
    built, failed = list[Row](), dict[str, tuple[int, Fault]]()
    for number, row in typed.rows("derived"):
        try:
            built.append(_derived_value(row, typed, facts))
        except LookupError as error:
            failed[row["key"]] = number, Fault.of(str(error.args[0]), "a formula over facts that there are")
        except Fault as fault:
            if fault.column in CELLS:
                typed.of["derived"].faults.extend([fault], row=number)
            else:
                failed[row["key"]] = number, fault
    for key in _origins({key: facts.derived.named_by(key) & failed.keys() for key in failed}):
        number, begun = failed[key]
        typed.of["derived"].faults.extend([begun], row=number, column="formula")
    return built


def _derived_value(row: Row, typed: _Typed, facts: Facts) -> Row:
    """Return the built row of one derived value; Fault, KeyError or UnusableError where it has none."""
    if any(row["key"] in figures for figures in typed.figures.values()):
        raise Fault.of(quote(row["key"]), "a key that no printed figure has", "key")
    for column, known in CHOICES.items():
        if row[column] not in known:
            raise Fault.of(quote(row[column]), f"one of {', '.join(filter(None, known))}", column)
    if not 0 <= int(row["places"] or 0) <= MOST_PLACES:
        raise Fault.of(quote(row["places"]), f"0 to {MOST_PLACES}", "places")
    fact = facts[row["key"]]
    facts.derived.refuse_widened(row["key"])
    low, high = plain(fact.low), plain(fact.high)
    bounds = fact.bounds if low or high else ""
    return {"key": fact.key, "value": plain(fact.value), "low": low, "high": high, "bounds": bounds}


def _origins(behind: Mapping[str, Set[str]]) -> Iterator[str]:
    """Yield the faulty keys where a fault begins, given the faulty ones behind each; of a circle, the first.

    >>> list(_origins({"late": {"late_share"}, "late_share": {"late"}, "alone": set(), "rests": {"alone"}}))
    ['late', 'alone']
    """
    told = {key for key, others in behind.items() if not others}
    for key in behind:
        reached, ahead = {key}, [key]
        while ahead:
            ahead = [other for name in ahead for other in behind[name] if other not in reached]
            reached.update(ahead)
        if key in told or not reached & told:
            told.add(key)
            yield key


def _rule_faults(typed: _Typed, facts: Facts) -> None:
    """Note two rows that count the same thing in one group, measures that are none, and faults of sets."""
    for name in FIGURES:
        _group_faults(typed, name)
    _measure_faults(typed)
    if not typed.has_faults("measures"):
        _set_faults(typed, facts)


def _group_faults(typed: _Typed, name: str) -> None:
    seen: dict[tuple[str, str], int] = {}
    for number, row in typed.rows(name):
        place = row.get("group", ""), row.get("measure", "")
        if place[0] and seen.setdefault(place, number) != number:
            expected = f"another group: row {seen[place]} counts {place[1]} in it"
            typed.of[name].faults.add(quote(place[0]), expected, "group", number)


def _measure_faults(typed: _Typed) -> None:
    for number, row in typed.rows("measures"):
        faults = typed.of["measures"].faults
        parts, wholes = (row[side].split(JOIN) for side in ("part", "whole"))
        if len(parts) not in (1, len(wholes)):
            expected = f"one, or {len(wholes)}, one for each whole"
            faults.add(f"{len(parts)} parts", expected, "part", number)
        for column, texts in (("part", parts), ("whole", wholes)):
            for text in texts:
                with faults.at(row=number, column=column):
                    # As it is typed, and as a rate has it, over its whole.
                    Formula(text), Formula(f"({text})")


def _set_faults(typed: _Typed, facts: Facts) -> None:
    """Note rules that are none, sets without rows, and rows of other publications that no set takes in."""
    # Where rows are faulty, a set may be empty because of them.
    whole = not any(map(typed.has_faults, FIGURES))
    placed = set[str]()
    for number, row in typed.rows("sets"):
        with typed.of["sets"].faults.at(row=number, column="where"):
            keys = sets.members(facts, row)
            placed.update(sets.rows_behind(facts, keys))
            if not keys and whole:
                raise Fault.of("a rule that no row meets", "a rule that takes in one row at least")
    if not whole or "sets" not in typed.of or typed.has_faults("sets"):
        return
    for number, row in typed.rows("benchmarks"):
        if row["key"] not in placed:
            found = f"a row that no set takes in (measure {row.get('measure') or 'none'})"
            expected = "a row that the rule of a set meets"
            typed.of["benchmarks"].faults.add(found, expected, "measure", number)


# ------------------------------------------------------------------------------------------ build, compare


def prepare(tables: Tables, facts: Facts) -> dict[Path, str]:
    """Return the text of every file that is built, by file, and write nothing.

    Raises Faults with every fault of every hand-typed table.
    """
    # What everything is built from; `resource` says so where it is not described.
    tables.resource("printed")
    typed = _Typed(tables)
    derived: list[Row] = []
    if not typed.faults:
        _rule_faults(typed, facts)
        # Rates are formed from measures: while one is none, no formula can be evaluated.
        if not typed.has_faults("measures"):
            derived = _derived_values(typed, facts)
    refuse(typed.faults)
    rows: dict[str, list[Row]] = {"statistics": [statistic(row) for row in typed.of["printed"].all]}
    for relations, checks in FIGURES.values():
        rows[checks] = [{**row, **checked(stated)} for row, stated in typed.relations.get(relations, [])]
    rows["published_checks"] = [
        {"key": key, **{name: cell for name, cell in checked(stated).items() if name != "printed"}}
        for key, stated in typed.published.items()
    ]
    rows["crosschecks"] = typed.outcomes
    rows["derived_values"] = derived
    described = set(tables.names())
    texts = {
        tables.path(name): tables.as_csv(name, new) for name, new in rows.items() if name in described and new
    }
    return {**texts, **dictionary.pages(tables)}


def compare(name: str, stored: str, expected: str) -> Iterator[Fault]:
    r"""Yield the cells (lines, for prose) in which a stored file differs from what would be built.

    >>> print(*compare("checks.csv", "id,verdict\na,both\n", "id,verdict\na,contradicted\n"))
    checks.csv, row 2, column verdict: found "both", expected "contradicted".
    """
    if stored == expected:
        return
    built = "the file as it is built"
    if not stored:
        yield Fault(name, None, "", "no file, or an empty one", built)
        return
    try:
        differing = list((_cells if name.endswith(".csv") else _lines)(stored, expected))
    except Fault as fault:
        yield fault.at(file=name, expected=built)
        return
    yield from (fault.at(file=name) for fault in differing)
    if not differing:
        yield Fault(name, None, "", "other line ends or quotation marks", built)


def _lines(stored: str, expected: str) -> Iterator[Fault]:
    sides = zip_longest(stored.splitlines(), expected.splitlines(), fillvalue="")
    for number, (old, new) in enumerate(sides, start=1):
        if old != new:
            yield Fault("", number, "", quote(old), quote(new))


def _cells(stored: str, expected: str) -> Iterator[Fault]:
    wanted = records(expected)
    sides = zip_longest(records(stored), wanted, fillvalue=())
    for number, (old, new) in enumerate(sides, start=1):
        for column, one, other in zip_longest(wanted[0], old, new, fillvalue=""):
            if one != other:
                yield Fault("", number, column, quote(one), quote(other))
