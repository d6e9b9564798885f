"""Which printed numbers of a text should follow from which others: what is meant by words, and what follows.

Two questions, two answers. Whether a group of readings is meant, and which of them, is weighed by what
words, units and places show: fitted weights are added up, and no arithmetic is asked. The verdict then
chooses between the readings of a group, and says by Bayes' rule how likely it is meant given what the numbers
say: a fit by chance is rare, so what fits is meant; what does not is where the words are plain, or where one
digit mends it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from csv import DictReader
from functools import lru_cache
from io import StringIO
from math import exp, fsum, log
from pkgutil import get_data
from typing import NamedTuple

from asprinted.audit.arithmetic import Fit, settled, supposed
from asprinted.audit.candidate import LIKELY, Candidate, Confidence
from asprinted.audit.checking import checked
from asprinted.audit.mentions import mentions
from asprinted.audit.proposing import Group, groups
from asprinted.chinese.scanning import Span
from asprinted.languages import scan

__all__ = ["MODEL", "Weights", "likeliest", "relate", "shares_of", "weights"]

SLIPS = 0.06
"""The share of the meant relations of a text that do not follow: what is expected before any is seen."""

SURE, CLEAR, SHOWN, FLAGGED = 0.985, 0.5, 0.2, 0.95
"""The least chances: of a sure group by words, of its best reading, of what is shown
though no more than possible, and of one that is reported as surely not following."""

ASKED = 0.0125
"""The least chance, given that it does not follow, of what is shown all the same where its words are no more
likely to mean it than not: a list of misreadings hides the one slip in it."""

_BY_ONE_DIGIT, _LEAST = 2 / 3, 1e-4
_MOST_ODDS, _UNLIKELY, _UNHEARD, _UNSEEN = 30.0, 0.05, 0.002, 1e-4
_NO_FIT = Fit(False, 1.0)
_MORE = 1 + 1e-9
"""More than rounding takes from what is supposed."""

MODEL = ("(bias)", "(score)", "(clear)", "(spread)")
"""What a group is weighed by beside its evidence: its best reading's score and share, the spread."""


class Weights(NamedTuple):
    """What each piece of evidence of a kind weighs: for a reading among others, and for its group."""

    which: Mapping[str, float]
    meant: Mapping[str, float]


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Weights]:
    """Return the fitted weights by kind."""
    data = get_data("asprinted.audit", "weights.csv")
    assert data is not None
    found: dict[str, Weights] = defaultdict(lambda: Weights({}, {}))
    for row in DictReader(StringIO(data.decode())):
        for column, own in zip(("which", "meant"), found[row["kind"]], strict=True):
            if row[column]:
                own[row["evidence"]] = float(row[column])  # type: ignore[index]
    return found


def shares_of(
    readings: Sequence[frozenset[str]], which: Mapping[str, float]
) -> tuple[list[float], list[float]]:
    """Return the scores of what is seen of several readings, and the chance of each to be the one meant."""
    # Exactly, since a set has another order in every process, and two readings alike must stay in theirs.
    scores = [fsum([which.get(name, 0.0) for name in seen]) for seen in readings]
    top = max(scores)
    parts = [exp(score - top) for score in scores]
    whole = sum(parts)
    return scores, [part / whole for part in parts]


def likeliest(
    readings: Sequence[frozenset[str]], which: Mapping[str, float]
) -> tuple[dict[str, float], list[float]]:
    """Return what the words' likeliest reading shows of its group, and the chance of each reading."""
    scores, shares = shares_of(readings, which)
    best = max(range(len(scores)), key=scores.__getitem__)
    spread = -sum(share * log(share) for share in shares if share > _LEAST)
    about = dict.fromkeys(readings[best], 1.0)
    return about | dict(zip(MODEL, (1.0, scores[best], shares[best], spread), strict=True)), shares


def relate(text: str, spans: Sequence[Span] | None = None) -> list[Candidate]:
    """Return the relations that a text may mean, by their results; the likeliest of each first.

    >>> for found in relate("受理案件34765件，审结21454件，结案率为61.71%。"):
    ...     print(found.kind, found.parts[0].text, found.wholes[0].text, found.confidence.value)
    share 21454件 34765件 sure
    """
    told = mentions(text, scan(text) if spans is None else spans)
    by_result: dict[tuple[Span, ...], list[Candidate]] = defaultdict(list)
    for group in groups(text, told):
        for found in _judged(group):
            by_result[found.results].append(found)
    in_order = sorted(by_result.items(), key=lambda pair: pair[0][0].start)
    chosen = _told_once([each for _, several in in_order for each in _kept(several)])
    return [each for each in (_audited(one) for one in _with_means(chosen)) if each]


def _judged(group: Group) -> Iterator[Candidate]:
    """Yield the reading of a group that words and verdicts choose, with its level, a candidate a row."""
    model = weights()[group[0][0].model]
    about, shares = likeliest([rows[0].seen for rows in group], model.which)
    weighed = fsum(model.meant.get(name, 0.0) * value for name, value in about.items())
    meant = 1 / (1 + exp(-max(-_MOST_ODDS, min(_MOST_ODDS, weighed))))
    if meant < _UNHEARD:
        return
    odds = meant / (1 - meant)
    fits = [
        [supposed(each) if share > _UNSEEN else _NO_FIT for each in rows]
        for rows, share in zip(group, shares, strict=True)
    ]
    most = _MORE * odds * sum(_told(shares, fits))
    if _is_silent(meant, most / (1 + most)):
        return
    fits = [_with_slips(*each) for each in zip(group, shares, fits, strict=True)]
    told = _told(shares, fits)
    at = max(range(len(group)), key=told.__getitem__)
    said = [_surfaces(rows[0]) for rows in group]
    of_one = fsum(chance for chance, each in zip(told, said, strict=True) if each == said[at])
    odds *= sum(told)
    given = odds / (1 + odds) * (of_one / sum(told) if _holds(fits[at]) else 1.0)
    if _is_silent(meant, given) or (given < SHOWN and _holds(fits[at])):
        return
    is_sure = meant >= SURE and max(shares) >= CLEAR
    level = Confidence.SURE if is_sure else Confidence.LIKELY if given >= LIKELY else Confidence.POSSIBLE
    is_clear = shares[at] >= SHOWN and told[at] >= CLEAR * sum(told)
    flag = "" if given < LIKELY or not is_clear else "sure" if given >= FLAGGED else "likely"
    for one, own in zip(group[at], fits[at], strict=True):
        own_flag = "" if own.holds else flag
        yield one._replace(meant=meant, given=given, confidence=level, flag=own_flag)
    for other, rows in enumerate(group):
        chance = odds / (1 + odds) * told[other] / sum(told)
        if said[other] != said[at] and chance >= SHOWN and len(rows) == 1:
            yield rows[0]._replace(meant=meant, given=chance)


def _is_silent(meant: float, given: float) -> bool:
    """Whether a group is not shown, by the chances that it is meant by words and given the verdict."""
    return given < _UNHEARD or max(meant, given) < SHOWN or (meant < CLEAR and given < ASKED)


def _with_slips(rows: Sequence[Candidate], share: float, fits: Sequence[Fit]) -> list[Fit]:
    """Return what arithmetic says of a reading; whether a slip mends it, where it is likely enough."""
    return [
        settled(*each) if share > _UNLIKELY else each[1]._replace(slip=0.0)
        for each in zip(rows, fits, strict=True)
    ]


def _told(shares: Sequence[float], fits: Sequence[Sequence[Fit]]) -> list[float]:
    """Return the chance of each reading times how much likelier its verdict is if it is meant."""
    return [share * exp(_told_by(own)) for share, own in zip(shares, fits, strict=True)]


def _surfaces(one: Candidate) -> tuple[str, tuple[Span, ...], list[str]]:
    """Return what a reading divides: a whole that is printed again is one number."""
    return one.direction, one.parts, [each.text for each in one.wholes]


def _holds(fits: Sequence[Fit]) -> bool:
    """Whether most of a column fits."""
    return 2 * sum(each.holds for each in fits) > len(fits)


def _told_by(fits: Sequence[Fit]) -> float:
    """Return how much likelier what arithmetic says is if a reading is meant than if not, as a logarithm.

    A fit by chance is rare. Of the meant that miss, most do by one digit; by chance few miss so.
    """
    odds = 0.0
    for own in fits:
        chance = max(own.chance, _LEAST)
        if own.holds:
            odds += log((1 - SLIPS) / chance)
        elif own.slip:
            odds += log(SLIPS * (_BY_ONE_DIGIT + (1 - _BY_ONE_DIGIT) * own.slip) / own.slip)
        else:
            odds += log(SLIPS * (1 - _BY_ONE_DIGIT))
    return max(-_MOST_ODDS, min(_MOST_ODDS, odds))


def _kept(several: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the readings of a result, the likeliest first; of two sums that share a number, one."""
    added: list[set[Span]] = []
    for one in sorted(several, key=lambda each: (-_RANK[each.confidence], -each.given)):
        if one.kind == "sum":
            if any(not other.isdisjoint(one.parts) for other in added):
                continue
            added.append(set(one.parts))
        yield one


_RANK = {Confidence.SURE: 2, Confidence.LIKELY: 1, Confidence.POSSIBLE: 0}


def _told_once(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return what was chosen; of one sum under totals that are printed alike, where words mean it most."""
    best = dict[tuple[str, tuple[Span, ...]], float]()
    for one in (each for each in chosen if each.kind == "sum"):
        key = one.results[0].text, one.parts
        best[key] = max(one.meant, best.get(key, 0.0))
    return [one for one in chosen if one.meant >= best.get((one.results[0].text, one.parts), 0.0)]


def _with_means(chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what was chosen, and behind a share of two totals that of their means (a divisor cancels out)."""
    divisors = [each for each in chosen if each.kind == "divisor"]
    for one in chosen:
        yield one
        for each in divisors:
            mean_of = dict(zip(each.wholes, each.results, strict=True))
            sides = (*one.parts, *one.wholes)
            if one.kind == "share" and not one.direction and len(sides) == 2 and set(sides) == set(mean_of):
                part, whole = (mean_of[total] for total in sides)
                seen, given = frozenset({"means"}), min(one.given, each.given, 1 - LIKELY)
                yield Candidate(
                    "share", one.results, (part,), (whole,), "", seen, True, meant=given, given=given
                )


def _audited(one: Candidate) -> Candidate | None:
    """Return a candidate with its exact audit; None where its numbers are no relation."""
    found = checked(one)
    if found is None:
        return None
    return found if found.fails else found._replace(flag="")
