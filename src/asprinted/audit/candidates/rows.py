"""Rows of numbers that make up a hundred or ten (16.7∶34.9∶48.4), and rates of births of their two parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from asprinted.audit.candidate import Candidate, made, told
from asprinted.audit.candidates.means import row_of
from asprinted.audit.cues import Side, is_share
from asprinted.audit.mentions import Mention
from asprinted.chinese.words import pattern
from asprinted.exact.printed import Form
from asprinted.exact.relations import LEFT

__all__ = ["births", "rows"]

_SIGN = re.compile("[∶:：]")
_MADE_OF = pattern("{made_of}[^，。；∶：:]*$")
_INDUSTRIES, _RATIO = re.compile("产业|产"), re.compile("比例?[为是]?$|比例?[^，。；]{0,4}$")
_BIRTHS, _DEATHS, _NATURAL = pattern("{births}"), pattern("{deaths}"), pattern("{natural}")
_FEWEST, _AHEAD = 3, 12


def rows(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield, of the last number of a row, that it is what the others leave of a hundred, or of ten."""
    if not _SIGN.fullmatch(result.gap):
        return
    row = tuple(row_of(mentions, result))
    plain = all(
        each.reading.form is Form.NUMBER and not each.reading.unit and each.reading.value for each in row
    )
    if row[-1] is not result or len(row) < _FEWEST or not plain:
        return
    way = "of_10" if all(each.high < LEFT["of_10"] for each in row) else "of_100"
    if all(each.high < LEFT[way] for each in row):
        seen = frozenset({"told", "in_row", way, *told(_ROW, row)})
        yield made("sum", (result,), row[:-1], (), seen, way, means=way == "of_100")


_ROW: Mapping[str, Callable[[Side], bool]] = {
    "made_of": lambda row: bool(_MADE_OF.search(row[0].phrase)),
    "industries": lambda row: bool(_INDUSTRIES.search(row[0].phrase)),
    "ratio": lambda row: bool(_RATIO.search(row[0].before)),
    "decimals": lambda row: all(each.reading.step < 1 for each in row),
    "alike_decimals": lambda row: len({each.reading.step for each in row}) == 1,
    "many": lambda row: len(row) > _FEWEST,
}


def births(mentions: Sequence[Mention], result: Mention) -> Iterator[Candidate]:
    """Yield, of a rate of births, that it is that of deaths and the natural growth."""
    if not is_share(result) or not _BIRTHS.search(result.before):
        return
    ahead = [each for each in mentions[result.index + 1 : result.index + _AHEAD] if is_share(each)]
    deaths, natural = (
        next((each for each in ahead if word.search(each.before)), None) for word in (_DEATHS, _NATURAL)
    )
    if deaths and natural and natural.paragraph == result.paragraph:
        seen = frozenset({"told", "vital", *told(_VITAL, result, (deaths, natural))})
        yield made("sum", (result,), (deaths, natural), (), seen)


_VITAL: Mapping[str, Callable[[Mention, Side], bool]] = {
    "one_sentence": lambda result, parts: parts[-1].sentence == result.sentence,
    "one_segment": lambda result, parts: parts[-1].segment == result.segment,
    "one_unit": lambda result, parts: {each.reading.unit for each in parts} == {result.reading.unit},
    "row": lambda result, parts: parts[-1].index - result.index == 2,
}
