"""Which printed digits a slip of the pen makes of others: one digit wrong, or two neighbours changed over."""

from __future__ import annotations

__all__ = ["is_misprint"]


def is_misprint(shown: int, right: int) -> bool:
    """Return whether one wrong digit, or two neighbours that changed places, make `shown` of `right`.

    Both are the printed digits as one whole number. Of two digits alone only the change of places tells.

    >>> is_misprint(9215, 9615), is_misprint(153, 135), is_misprint(21, 31), is_misprint(100, 1000)
    (True, True, False, False)
    """
    one, other = str(shown), str(right)
    if len(one) != len(other):
        return False
    wrong = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    swapped = len(wrong) == 2 and wrong[1] - wrong[0] == 1 and sorted(one) == sorted(other)
    return swapped or (len(wrong) == 1 and len(one) > 2)
