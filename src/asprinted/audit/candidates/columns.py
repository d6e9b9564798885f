"""Relations of a table: which column a head divides by which other, and what totals add up.

A pattern is one relation for all rows: each is judged by the heads alone, and has one level in every row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, combinations, permutations
from typing import NamedTuple

from asprinted.audit.candidate import Candidate, made, told
from asprinted.audit.cues import TOGETHER, is_share
from asprinted.audit.mentions import Mention, informative, likeness
from asprinted.audit.tables import Cell, Table
from asprinted.chinese.words import pattern
from asprinted.exact.relations import PER, Direction

__all__ = ["columns", "told_below", "turned"]

_ASIDE = re.compile("[（(][^（）()]*[)）]")
_RATE, _SHARE_OF = pattern("率|面$|度$|{share_names}$"), pattern("占|比重|比例|构成")
_CHANGE = pattern("同比|环比|增减|{rises}|{falls}|比上年|±")
_EARLIER, _MONTH_AGO = pattern("{last}|{month_ago}"), pattern("{month_ago}|上周")
_TOTAL, _ALL = re.compile("合计|总计|共计|总数|小计|^总$|^计$"), re.compile("^全[市县区省州院所局天年]|^总")
_OTHERS, _AMONG = pattern("{rest}|其他|其它"), pattern("{among}")
_ELSEWHERE, _OWN_TERMS = pattern("{elsewhere}"), pattern("{own_terms}")
_CARRIED, _MEAN = pattern("{carried}"), re.compile("均")
_PER = re.compile(
    "均|每|率|[%％‰±]|[单單]位[面產产成]|[/／](?:[万千百萬]?[人户亩天日年戶畝]|公[顷頃里]|平方)"
)
_YEAR, _PERCENT = re.compile("[0-9]{4}(?=年)"), re.compile("[%％‰]|[为=＝]100")
_MOST_COLUMNS = 8

Pattern = list[Candidate]


class _Column(NamedTuple):
    """A column: its place, its head, that without what stands in brackets, and its numbers by row."""

    at: int
    head: str
    name: str
    cells: tuple[Mention | None, ...]

    @property
    def numbers(self) -> list[Mention]:
        return [each for each in self.cells if each]

    @property
    def is_share(self) -> bool:
        return bool(self.numbers) and all(map(is_share, self.numbers))

    @property
    def is_amount(self) -> bool:
        return bool(self.numbers) and not any(map(is_share, self.numbers)) and not _PERCENT.search(self.head)


def columns(table: Table) -> Iterator[list[Pattern]]:
    """Yield, for each column of a table and for its total row, the patterns that may be meant."""
    every = _columns(table)
    counted = [each for each in every if each.is_amount and each.at]
    total = _total_row(table)
    yield from filter(None, [_total_of_rows(table, _added_up(counted), total)])
    whole = [each for each in every if total is not None and _is_all(each.cells[total])]
    yield from filter(None, [_total_of_rows(table, whole, total, ("hundred",))])
    for column in every:
        amounts = _beside(column, counted)
        if column.is_share or (column.numbers and _PERCENT.search(column.head)):
            yield from filter(None, [_ratios(table, column, amounts, total)])
            yield from filter(None, [_growths(column, amounts)])
        elif column.is_amount and _MEAN.search(column.name):
            yield from filter(None, [_means(column, amounts)])
        if column in amounts:
            yield from filter(None, _totals_of_columns(column, amounts))


def _added_up(counted: Sequence[_Column]) -> list[_Column]:
    """Return the columns whose rows may add up: of rates and means none do."""
    return [each for each in counted if not _PER.search(each.head)]


def _beside(column: _Column, counted: Sequence[_Column]) -> list[_Column]:
    """Return the columns of amounts that stand nearest to a column, in their order."""
    nearest = sorted(counted, key=lambda each: abs(each.at - column.at))[:_MOST_COLUMNS]
    return sorted(nearest, key=lambda each: each.at)


def turned(table: Table) -> Table:
    """Return a table with its rows as columns, less what is a rate or a change of each: none adds up."""
    added = [each for each in _columns(table)[1:] if not each.is_share]
    kept = [each for each in _added_up(added) if not _CHANGE.search(each.head)]
    rows = tuple((Cell(0, 0, each.head), *(row[each.at] for row in table.rows)) for each in kept)
    return Table(("", *table.names), tuple(each.head for each in kept), rows)


def _columns(table: Table) -> list[_Column]:
    return [
        _Column(at, head, _ASIDE.sub("", head), tuple(row[at].number for row in table.rows))
        for at, head in enumerate(table.heads)
    ]


def told_below(found: Sequence[Table], result: Mention) -> Iterator[Candidate]:
    """Yield what a number in a note beside a table may be the total of: a column of it."""
    if is_share(result) or result.reading.value is None:
        return
    for table in found:
        numbers = [cell.number for row in table.rows for cell in row if cell.number]
        if numbers and -_BESIDE <= result.paragraph - numbers[-1].paragraph <= _BESIDE:
            total = _total_row(table)
            for column in (each for each in _columns(table) if each.is_amount and each.at):
                parts = [each for row, each in enumerate(column.cells) if each and row != total]
                if len(parts) > 1 and all(each.reading.value is not None for each in parts):
                    seen = frozenset({"table", "told_below", *told(_TOLD, column, result)})
                    yield made("sum", (result,), parts, (), seen)


_BESIDE = 5
"""How many lines a note may stand behind a table."""

_TOLD: Mapping[str, Callable[[_Column, Mention], bool]] = {
    "told_together": lambda column, result: bool(TOGETHER.search(result.phrase)),
    "told_by_name": lambda column, result: likeness(column.name, result.before) > 0.6,
    "told_partly": lambda column, result: 0 < likeness(column.name, result.before) <= 0.6,
    "told_first": lambda column, result: column.at == 1,
}


def _total_row(table: Table) -> int | None:
    """Return which row is that of totals: the first or the last, by its name."""
    for row in (len(table.names) - 1, 0) if table.names else ():
        if _TOTAL.search(table.names[row]) or _ALL.search(table.names[row]):
            return row
    return None


def _is_all(total: Mention | None) -> bool:
    """Whether a total is a hundred per cent, in its own cell or by the head of its column."""
    return total is not None and total.reading.value in (1, 100) and bool(_FULL.fullmatch(total.span.text))


_FULL = re.compile("(?:100|１００)(?:[.．][0０]+)?[%％]?")


def _total_of_rows(
    table: Table, amounts: Sequence[_Column], total: int | None, own: Sequence[str] = ()
) -> list[Pattern]:
    """Return the total row as the sum of the others, a candidate a column."""
    if total is None or len(table.rows) < 3:
        return []
    others = [row for row in range(len(table.rows)) if row != total]
    seen = {*own, "table", "total_row", "called_total" if _TOTAL.search(table.names[total]) else "called_all"}
    seen |= {"first_row"} if total == 0 else {"last_row"}
    seen |= {"among_rows"} if any(_AMONG.search(table.names[row]) for row in others) else set()
    made_up = []
    for column in amounts:
        parts = [column.cells[row] for row in others]
        result = column.cells[total]
        if result and all(parts):
            made_up.append(made("sum", (result,), tuple(each for each in parts if each), (), frozenset(seen)))
    return [made_up] if made_up else []


def _ratios(table: Table, column: _Column, amounts: Sequence[_Column], total: int | None) -> list[Pattern]:
    """Return what a column of shares may divide: two columns, a column by its total, or by two others."""
    if _CHANGE.search(column.name) and not _SHARE_OF.search(column.name):
        return []
    own, kind, way = _rate_of(column)
    found = []
    for part, whole in permutations(amounts, 2):
        seen = own.union(told(_RATIO, column, part, whole))
        found.append(_each_row(kind, way, column, (part,), (whole,), seen))
    for part, wholes in ((part, pair) for part in amounts for pair in combinations(amounts, 2)):
        if wholes[1].at - wholes[0].at <= 2 and (part in wholes or not any(w.at > part.at for w in wholes)):
            seen = own.union(told(_RATIO, column, part, wholes[0]), told(_TWO, column, part, wholes))
            found.append(_each_row(kind, way, column, (part,), wholes, seen | {"two_wholes"}))
    if total is not None:
        found += [_of_total_row(kind, way, column, part, total, own) for part in amounts]
    return [each for each in found if each]


def _rate_of(column: _Column) -> tuple[frozenset[str], str, str]:
    """Return what is seen of a column of shares, and the kind and direction of its relation."""
    own = frozenset({"table", *told(_HEAD, column)})
    return (own, "share", "") if column.is_share else (own, "mean", PER[0])


def _of_total_row(
    kind: str, way: str, column: _Column, part: _Column, total: int, own: frozenset[str]
) -> Pattern:
    whole = part.cells[total]
    seen = own.union(told(_RATIO, column, part, part), ("of_total_row",))
    return [
        made(kind, (result,), (one,), (whole,), seen, way)
        for row, (result, one) in enumerate(zip(column.cells, part.cells, strict=True))
        if result and one and whole and row != total
    ]


def _each_row(
    kind: str,
    way: str,
    column: _Column,
    parts: Sequence[_Column],
    wholes: Sequence[_Column],
    seen: frozenset[str],
) -> Pattern:
    """Return one relation for all rows that have its numbers."""
    found = []
    for row, result in enumerate(column.cells):
        sides = [[each.cells[row] for each in side] for side in (parts, wholes)]
        if result and all(map(all, sides)):
            one, other = (tuple(each for each in side if each) for side in sides)
            found.append(made(kind, (result,), one, other, seen, way))
    return found


_HEAD: Mapping[str, Callable[[_Column], bool]] = {
    "rate": lambda column: bool(_RATE.search(column.name)),
    "share_of": lambda column: bool(_SHARE_OF.search(column.name)),
    "elsewhere": lambda column: bool(_ELSEWHERE.search(column.head)),
    "own_terms": lambda column: bool(_OWN_TERMS.search(column.name)),
    "plain_numbers": lambda column: not column.is_share,
    "no_name": lambda column: not informative(_stem(column)),
    "vital": lambda column: "‰" in column.head or "‰" in column.numbers[0].span.text,
    "explained": lambda column: any(mark in column.head for mark in "÷/／"),
}


def _stem(column: _Column) -> str:
    """Return what a rate is called, without that it is one: 结案 of 结案率（%）."""
    return re.sub("率|占比|比重|比例|占|[%％‰]", "", column.name)


_RATIO: Mapping[str, Callable[[_Column, _Column, _Column], bool]] = {
    "name_part": lambda column, part, whole: _named(column, part) > 0.6,
    "name_partly": lambda column, part, whole: 0 < _named(column, part) <= 0.6,
    "name_elsewhere": lambda column, part, whole: _named(column, part) == 0,
    "name_whole": lambda column, part, whole: _named(column, whole) > 0.6,
    "part_next": lambda column, part, whole: column.at - part.at == 1,
    "part_behind": lambda column, part, whole: part.at > column.at,
    "whole_behind": lambda column, part, whole: whole.at > column.at,
    "whole_first": lambda column, part, whole: whole.at == 1,
    "part_first": lambda column, part, whole: part.at == 1,
    "whole_before_part": lambda column, part, whole: whole.at < part.at,
    "whole_next_to_part": lambda column, part, whole: part.at - whole.at == 1,
    "part_earlier": lambda column, part, whole: bool(_EARLIER.search(part.head)),
    "whole_earlier": lambda column, part, whole: bool(_EARLIER.search(whole.head)),
    "whole_total": lambda column, part, whole: bool(re.search("总|计|全", whole.name)),
    "part_total": lambda column, part, whole: bool(re.search("总|计|全", part.name)),
    "whole_due": lambda column, part, whole: bool(re.search("目标|计划|预算|任务|应", whole.name)),
    "part_due": lambda column, part, whole: bool(re.search("目标|计划|预算|任务|应", part.name)),
    "whole_begun": lambda column, part, whole: bool(re.search("收|受|立|发|诉|请", whole.name)),
    "part_done": lambda column, part, whole: bool(re.search("结|破|成|完|已|决", part.name)),
    "part_of_whole": lambda column, part, whole: (
        likeness(whole.name, part.name) > 0.6 and part.at != whole.at
    ),
    "one_unit": lambda column, part, whole: _unit(part) == _unit(whole),
    "part_mean": lambda column, part, whole: bool(_MEAN.search(part.name) or _MEAN.search(whole.name)),
    "signs": lambda column, part, whole: _signs(column.head, part.head, whole.head),
    "name_of_both": lambda column, part, whole: (
        part.name[:1] != whole.name[:1]
        and part.name[-1:] in _stem(column)
        and whole.name[-1:] in _stem(column)
    ),
}

_TWO: Mapping[str, Callable[[_Column, _Column, tuple[_Column, _Column]], bool]] = {
    "carried": lambda column, part, wholes: any(_CARRIED.search(each.name) for each in wholes),
    "part_in_pair": lambda column, part, wholes: part in wholes,
    "opposite": lambda column, part, wholes: ("不" in wholes[0].name) != ("不" in wholes[1].name),
    "pair_adjacent": lambda column, part, wholes: wholes[1].at - wholes[0].at == 1,
    "pair_units": lambda column, part, wholes: (
        _unit(wholes[0]) == _unit(wholes[1]) and wholes[0].head[-1:] == wholes[1].head[-1:]
    ),
    "by_unit": lambda column, part, wholes: part.head[-1:] == column.head[-1:],
}


def _named(column: _Column, other: _Column) -> float:
    stem = _stem(column)
    return likeness(stem, other.head) if informative(stem) else -1.0


def _unit(column: _Column) -> str:
    """Return the unit that a head has in brackets, or that of its numbers."""
    told_in_head = re.search("[（(]([^（）()]*)[)）]", column.head)
    return told_in_head[1] if told_in_head else column.numbers[0].reading.unit


def _signs(head: str, part: str, whole: str) -> bool:
    """Whether a head divides two columns by their signs (②÷①) or names (结案/收案)."""
    found = re.search("([①-⑳]|[^（(/／÷=＝]{2,8})[÷/／]([①-⑳]|[^）)/／÷]{2,8})", head)
    return found is not None and found[1].strip("（(") in part and found[2] in whole


def _growths(column: _Column, amounts: Sequence[_Column]) -> list[Pattern]:
    """Return what a column of changes may compare: two columns, or each row with the one before it."""
    if not _CHANGE.search(column.head) or not column.is_share:
        return []
    own = frozenset({"table", *told(_HEAD, column)})
    found = []
    for new, old in permutations(amounts, 2):
        seen = own.union(told(_GROWTH, column, new, old))
        found.append(_each_row("change", Direction.RISE, column, (new,), (old,), seen))
    for new in amounts:
        seen = own.union(told(_GROWTH, column, new, new), ("row_before",))
        rows = zip(column.cells[1:], new.cells[1:], new.cells, strict=False)
        found.append(
            [
                made("change", (result,), (now,), (was,), seen, Direction.RISE)
                for result, now, was in rows
                if result and now and was
            ]
        )
    return [each for each in found if each]


_GROWTH: Mapping[str, Callable[[_Column, _Column, _Column], bool]] = {
    "old_earlier": lambda column, new, old: bool(_EARLIER.search(old.head)),
    "new_earlier": lambda column, new, old: bool(_EARLIER.search(new.head)),
    "years": lambda column, new, old: _year(old) > 0 and _year(new) == _year(old) + 1,
    "years_otherwise": lambda column, new, old: _year(old) >= _year(new) > 0,
    "month": lambda column, new, old: ("环比" in column.head) == bool(_MONTH_AGO.search(old.head)),
    "new_named": lambda column, new, old: _grown(column, new) > 0.6,
    "named_elsewhere": lambda column, new, old: _grown(column, new) == 0,
    "old_named": lambda column, new, old: likeness(_EARLIER.sub("", old.name), new.name) > 0.6,
    "new_first": lambda column, new, old: new.at == 1,
    "new_before_old": lambda column, new, old: new.at < old.at,
    "adjacent": lambda column, new, old: abs(new.at - old.at) == 1,
    "next": lambda column, new, old: column.at - max(new.at, old.at) == 1,
    "one_unit": lambda column, new, old: _unit(new) == _unit(old),
}


def _grown(column: _Column, new: _Column) -> float:
    stem = _CHANGE.sub("", _EARLIER.sub("", column.name)).strip("比")
    return likeness(stem, new.head) if informative(stem) else -1.0


def _year(column: _Column) -> int:
    return max(map(int, _YEAR.findall(column.head)), default=0)


def _means(column: _Column, amounts: Sequence[_Column]) -> list[Pattern]:
    """Return what a column of means may divide (人均结案, 所均人数)."""
    each = column.name[: column.name.index("均")][-1:]
    found = []
    for part, whole in permutations([one for one in amounts if one is not column], 2):
        seen = frozenset({"table", *told(_RATIO, column, part, whole)})
        seen |= {"each_of_whole"} if each and each in whole.head else set()
        seen |= {"each_of_part"} if each and each in part.head else set()
        found.append(_each_row("mean", "", column, (part,), (whole,), seen))
    return [one for one in found if one]


def _totals_of_columns(column: _Column, amounts: Sequence[_Column]) -> Iterator[list[Pattern]]:
    """Yield what a column may be the total of: columns in a row beside it, and ones further behind."""
    at = amounts.index(column)
    ahead, before = amounts[at + 1 :], amounts[:at]
    runs = [
        [tuple(ahead[first : first + many]) for many in range(2, len(ahead) - first + 1)]
        for first in range(len(ahead))
    ]
    behind = [tuple(before[len(before) - many :]) for many in range(2, len(before) + 1)]
    for several in ([*chain(*runs[:2]), *behind], [*chain(*runs[2:])]):
        found = []
        for parts in several:
            seen = frozenset({"table", *told(_COLUMNS, column, parts, amounts)})
            found.append(_each_row("sum", "", column, parts, (), seen))
        yield [one for one in found if one]


_COLUMNS: Mapping[str, Callable[[_Column, tuple[_Column, ...], Sequence[_Column]], bool]] = {
    "total_head": lambda column, parts, amounts: bool(re.search("总|计|全", column.name)),
    "first_column": lambda column, parts, amounts: column is amounts[0],
    "last_column": lambda column, parts, amounts: column is amounts[-1],
    "ahead": lambda column, parts, amounts: parts[0].at > column.at,
    "next": lambda column, parts, amounts: min(abs(each.at - column.at) for each in parts) == 1,
    "all_the_rest": lambda column, parts, amounts: len(parts) == len(amounts) - 1,
    "to_the_end": lambda column, parts, amounts: amounts[-1] in parts,
    "from_the_start": lambda column, parts, amounts: amounts[0] in parts,
    "others": lambda column, parts, amounts: bool(_OTHERS.search(parts[-1].name)),
    "others_left": lambda column, parts, amounts: any(
        _OTHERS.search(each.name) for each in amounts if each not in parts
    ),
    "among": lambda column, parts, amounts: any(_AMONG.search(each.head) for each in parts),
    "all_among": lambda column, parts, amounts: all(_AMONG.search(each.head) for each in parts),
    "sexes": lambda column, parts, amounts: {each.name[:1] for each in parts} == {"男", "女"},
    "undone": lambda column, parts, amounts: any(each.name[:1] in "未不非" for each in parts),
    "two": lambda column, parts, amounts: len(parts) == 2,
    "three": lambda column, parts, amounts: len(parts) == 3,
    "many": lambda column, parts, amounts: len(parts) > 3,
    "one_unit": lambda column, parts, amounts: len({_unit(each) for each in (column, *parts)}) == 1,
    "earlier": lambda column, parts, amounts: any(_EARLIER.search(each.head) for each in parts),
    "mean": lambda column, parts, amounts: any(_MEAN.search(each.name) for each in (column, *parts)),
    "ends_alike": lambda column, parts, amounts: len({each.name[-1:] for each in parts}) == 1,
    "ends_as_total": lambda column, parts, amounts: {each.name[-1:] for each in parts} == {column.name[-1:]},
    "years": lambda column, parts, amounts: any(_YEAR.search(each.head) for each in parts),
    "begins_anew": lambda column, parts, amounts: any(re.search("总|合计|全", each.name) for each in parts),
}
