"""Which facts stand side by side: by rules over columns (`sets.csv`), so that a new row joins by itself."""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from asprinted.collection.fact import JOIN, Fact, UnusableError, columns
from asprinted.collection.facts import Facts
from asprinted.exact.expressions import Condition
from asprinted.faults import near


def side_by_side(facts: Facts, name: str) -> list[Fact]:
    """Return the facts of a set, by its rule, in the order of the tables; KeyError for no such set.

    Facts that must not be shown are left out.
    """
    sets = {row["key"]: row for row in facts.rows("sets")}
    if name not in sets:
        hint = near(name, sets, most=5) or "; there are " + ", ".join(sets)
        raise KeyError(f"no set {name!r}{hint}")
    found = []
    for key in members(facts, sets[name]):
        with suppress(UnusableError):
            found.append(facts[key])
    return found


def members(facts: Facts, row: Mapping[str, str]) -> list[str]:
    """Return the keys that the rule of a row of `sets.csv` takes in, shown or not.

    Where it names no measure, every figure printed elsewhere is looked at, and no rate is formed.
    """
    rule, wanted = Condition(row["where"]), set(filter(None, row["measure"].split(JOIN)))
    counted = wanted - facts.rates.measures.keys()
    rated = [key for key, (_, measure) in facts.rates.keys.items() if measure in wanted]
    printed = [
        key
        for key, row in facts.typed.rows.items()
        if row.get("measure") in counted or (not wanted and key in facts.typed.other_rows)
    ]
    return [key for key in rated if rule.holds(facts.rates.columns(key))] + [
        key
        for key in printed
        if rule.holds(columns(facts.typed.row(key), own=key in facts.typed.printed_rows))
    ]


def rows_behind(facts: Facts, keys: Iterable[str]) -> set[str]:
    """Return the printed figures that facts are made of: themselves, or a rate's token and counts."""
    return {row for key in keys for row in facts.keys_behind(key)}
