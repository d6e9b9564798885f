"""The stamp: two boxes, what rounding gives and what cutting gives; words always stand beside it."""

from __future__ import annotations

from asprinted.exact.verdicts import Check, Verdict

_FITS = {
    Verdict.BOTH: (True, True),
    Verdict.NEAREST_ONLY: (True, False),
    Verdict.TRUNCATION_ONLY: (False, True),
    Verdict.CONTRADICTED: (False, False),
}


def stamp(check: Check) -> tuple[str, str]:
    """Return what the two boxes show: `fits`, `open` (not excluded), `fails`, or `none` (not testable).

    >>> from asprinted.exact.verdicts import check
    >>> from asprinted.face import share
    >>> stamp(check(share("99%", "783件", "785件")))
    ('fails', 'fits')
    >>> stamp(check(share("98.35%", "1.73万余件", "1.76万余件")))
    ('open', 'open')
    """
    if check.verdict not in _FITS:
        return "none", "none"
    fits = "open" if check.relation.is_hedged else "fits"
    nearest, cut = (fits if each else "fails" for each in _FITS[check.verdict])
    return nearest, cut
