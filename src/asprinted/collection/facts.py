"""Facts: what a text prints, what is printed elsewhere, and what is derived from both, each under one key."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from asprinted.collection.derived import Derived, Function
from asprinted.collection.fact import Fact
from asprinted.collection.rates import Rates
from asprinted.collection.typed import Rows, Typed
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Rule
from asprinted.faults import near


class Facts(Mapping[str, Fact]):
    """Every fact of a collection by key: its own printed figures first, then others', then derived ones.

    Each sort has a room that provides it: `typed`, `rates`, `derived`; the last asks here for what its
    formulas name.
    """

    def __init__(self, rows: Rows, functions: Mapping[str, Function]) -> None:
        self.rows, self.typed = rows, Typed(rows)
        # What algorithms of a collection ask for by key.
        self.printed, self.row = self.typed.printed, self.typed.row
        self.rates = Rates(self.typed, rows)
        self.derived = Derived(self, rows, functions)
        self._made: dict[str, Fact] = {}

    def __iter__(self) -> Iterator[str]:
        """Yield every key."""
        for keys in (self.typed.printed_rows, self.typed.other_rows, self.derived.rows, self.rates.keys):
            yield from keys

    def __len__(self) -> int:
        """Return how many facts there are."""
        return sum(1 for _ in self)

    def __contains__(self, key: object) -> bool:
        """Whether there is a fact of that key."""
        return any(key in provider for provider in (self.typed, self.derived, self.rates))

    def __getitem__(self, key: str) -> Fact:
        """Return a fact; KeyError, naming the nearest key, where there is none.

        Raises UnusableError where it must not be shown, and Fault where a formula cannot be evaluated.
        """
        if key not in self._made:
            provider = self._provider(key)
            # A derived fact stands here before its texts are filled, for they may name it.
            self._made[key] = (
                provider.fact(key, self._made) if isinstance(provider, Derived) else provider.fact(key)
            )
        return self._made[key]

    def value(self, key: str) -> Fraction:
        """Return the exact value of a fact; Fault where it has none, such as a range."""
        return self._provider(key).value(key)

    def admitted(self, key: str, rule: Rule = Rule.NEAREST) -> Interval:
        """Return what the true value of a fact can be, under a rule; a derived one by that of its row."""
        return self._provider(key).admitted(key, rule)

    def keys_behind(self, key: str) -> tuple[str, ...]:
        """Return the printed figures that a printed figure or a rate formed by rule is made of."""
        return self.rates.behind(key) if key in self.rates else (key,)

    def _provider(self, key: str) -> Typed | Derived | Rates:
        for provider in (self.typed, self.derived, self.rates):
            if key in provider:
                return provider
        raise KeyError(f"no fact {key!r}{near(key, self, most=3)}")
