"""How many rates lie near the days on which the article's count may have ended, by windows of widths."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def windows(
    rates: Iterable[Mapping[str, Any]],
    ends: Sequence[int],
    share: float,
    own: str,
    years: range = range(2015, 2022),
    widths: Sequence[int] = (7, 15, 31, 45, 61),
) -> list[dict[str, Any]]:
    """Return for each window how many rates are found, above a share, and of which kinds.

    A rate lies in a window if its last day (of the year) is within so many days of both ends, or of either.
    rates: their day, day_to, share, level, year, seen and group, which begins with `own` for the court's own.

    >>> rate = {"day": 263.0, "day_to": 273.0, "share": 0.741, "level": "basic", "year": 2014, "seen": "seen"}
    >>> rows = windows([rate | {"group": "hedong"}], (265, 273), 0.617, "guandu", widths=(7, 31))
    >>> [(row["ends"], row["within"], row["found"]) for row in rows]
    [('both', 7, 0), ('both', 31, 1), ('either', 7, 1), ('either', 31, 1)]
    """
    kinds = [(_gaps(rate, ends), _kinds(rate, share, own, years)) for rate in rates]
    names = list(kinds[0][1])
    return [
        {"ends": name, "within": width}
        | {kind: sum(which[kind] for gaps, which in kinds if reach(gaps) <= width) for kind in names}
        for name, reach in (("both", max), ("either", min))
        for width in widths
    ]


def _gaps(rate: Mapping[str, Any], ends: Sequence[int]) -> list[float]:
    last = rate["day"] if rate["day_to"] != rate["day_to"] else rate["day_to"]
    return [abs(last - end) for end in ends]


def _kinds(rate: Mapping[str, Any], share: float, own: str, years: range) -> dict[str, bool]:
    single, recent, seen = rate["level"] == "basic", rate["year"] in years, rate["seen"] == "seen"
    return {
        "found": True,
        "above": rate["share"] > share,
        "own_rate": rate["group"].startswith(own),
        "single": single,
        "recent": recent,
        "single_recent": single and recent,
        "own_pages": seen,
        "own_pages_recent": seen and recent,
    }


def summed(table: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many windows there are, are empty or find rates above alone, and the most of three kinds.

    >>> row = {"found": 0, "above": 0, "single": 0, "own_pages": 0, "own_rate": 0}
    >>> summed([row, row | {"found": 3, "above": 2, "single": 1}])["alike"]
    1
    """
    rows = list(table)
    told = {f"{kind}_most": max(row[kind] for row in rows) for kind in ("single", "own_pages", "own_rate")}
    told |= {"windows": len(rows), "empty": sum(not row["found"] for row in rows)}
    return told | {"alike": sum(row["found"] == row["above"] for row in rows)}
