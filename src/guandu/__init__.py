"""The algorithms of this article that are more than a formula, by the names that its formulas call them by.

A function takes the facts, the rule of rounding of its row (None where the row names none, or either) and the
keys that it is called with, and gives an amount. No value of the article is typed here.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from guandu.caseload import hedge, log_share, periods_paired, root
from guandu.judges import divisor_by_ratio, real_divisor, whole_divisor
from guandu.lookup import Amount, Lookup
from guandu.pairs import count_pairs, rest_of_pairs, wholes_of_pairs
from guandu.together import count_slips, slips_unseen, slips_unseen_on_average

__all__ = ["FUNCTIONS", "Amount", "Lookup"]

_PAIRS = (count_pairs, rest_of_pairs, wholes_of_pairs)
_JUDGES = (divisor_by_ratio, real_divisor, whole_divisor)
_CASELOAD = (hedge, log_share, periods_paired, root)
_TOGETHER = (count_slips, slips_unseen, slips_unseen_on_average)
FUNCTIONS: Mapping[str, Callable[..., Amount]] = MappingProxyType(
    {function.__name__: function for function in (*_PAIRS, *_JUDGES, *_CASELOAD, *_TOGETHER)}
)
