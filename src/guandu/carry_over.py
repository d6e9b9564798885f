"""What an unknown carry-over would change, under both readings of the accepted cases.

A share is one of the docket, carried over and new, in both readings: that is what other courts print.
Reading A: the accepted cases hold those carried over, so they are the docket. Reading B: they are new filings
alone, and the carry-over comes on top.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from asprinted.faults import Fault


def carry_overs(
    accepted: Fraction | int, concluded: Fraction | int, shares: Mapping[str, Fraction]
) -> list[dict[str, object]]:
    """Return what follows from several shares of carried-over cases, each under its name, least share first.

    clearance: reading A, concluded ÷ newly filed; the open cases stay as they are. closing: reading B,
    concluded ÷ all cases on the docket. pending: reading B, the open cases, half a case rounded up. Raises
    Fault for a share outside 0 to below 1.

    >>> rows = carry_overs(34765, 21454, {"a tenth": Fraction(1, 10), "none": Fraction(0)})
    >>> [(row["name"], row["pending"]) for row in rows]
    [('none', 13311), ('a tenth', 17174)]
    """
    for share in shares.values():
        if not 0 <= share < 1:
            raise Fault.of(f"a share of {share} carried over", "0 or more and less than 1")
    return [
        {
            "name": name,
            "share": share,
            "clearance": Fraction(concluded) / (accepted * (1 - share)),
            "closing": Fraction(concluded) / accepted * (1 - share),
            "pending": floor(accepted - concluded + accepted * share / (1 - share) + Fraction(1, 2)),
        }
        for name, share in sorted(shares.items(), key=lambda item: item[1])
    ]


def spread(
    rows: Iterable[Mapping[str, Any]], concluded: Fraction | int, days: Mapping[str, int], prefix: str = ""
) -> dict[str, Fraction | int]:
    """Return the ends of what `carry_overs` gives, and of the days of closing that the open cases equal.

    days: so many, under the name that they are told by; ends of days are rounded outward.

    >>> rows = carry_overs(34765, 21454, {"none": Fraction(0), "a tenth": Fraction(1, 10)})
    >>> told = spread(rows, 21454, {"days": 265})
    >>> told["pending_max"], told["days_min"], told["days_max"]
    (17174, 164, 213)
    """
    rows = list(rows)
    named = {name: [row[name] for row in rows] for name in rows[0] if name != "name"}
    told = {f"{name}_{end.__name__}": end(numbers) for name, numbers in named.items() for end in (min, max)}
    for name, length in days.items():
        told[f"{name}_min"] = floor(told["pending_min"] * length / Fraction(concluded))
        told[f"{name}_max"] = ceil(told["pending_max"] * length / Fraction(concluded))
    return {prefix + name: value for name, value in told.items()}
