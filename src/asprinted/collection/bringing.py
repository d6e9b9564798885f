"""A row of a reader's own brought into its collection, and what a second hand has to confirm of it.

The row goes from `notebooks/scratch/own/<table>.csv` to the end of `data/<table>.csv`. Where the data package
names a file in which that table is typed a second time (`typed_again`), the row's cells there are a proposal
beside it, `<file>.proposed`, until somebody who reads the page accepts them.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from asprinted.collection import own, sealing, sets
from asprinted.collection.collection import Collection
from asprinted.collection.fact import JOIN
from asprinted.collection.files import Row, as_csv, replace, table
from asprinted.collection.published import stated
from asprinted.collection.tables import DESCRIPTOR
from asprinted.exact import verdicts
from asprinted.faults import Fault, Faults, Gathered, near, quote, refuse
from asprinted.processes import holding

__all__ = ["Brought", "Proposal", "accept", "bring", "proposal"]

OUTCOME = "nothing was brought"
SETS = "sets"
"""The column of a file typed again for the sets in which a row stands, by their numbers or keys."""
VERDICT = "verdict"
"""The column of a file typed again for whether a published rate follows from its counts."""
ASKED = ("as_printed", "result", "formula", "printed_key")
"""What a row says, by its table: the first of these columns that it has; where it has none, its key."""


class Proposal(NamedTuple):
    """What a second hand has to confirm of a row: its table, the file typed again, and the cells there."""

    table: str
    file: Path
    cells: Row

    @property
    def beside(self) -> Path:
        """Where it lies until then, with others of that file."""
        return self.file.with_name(f"{self.file.name}.proposed")

    @property
    def asked(self) -> str:
        """The column that is hidden from a second hand, and asked for."""
        return next((column for column in ASKED if column in self.cells), next(iter(self.cells)))


class Brought(NamedTuple):
    """What became of a row: its new key, its table, what is proposed, and which files name the old key."""

    key: str
    table: str
    proposed: Proposal | None
    naming: list[Path]


def bring(collection: Collection, name: str) -> Brought:
    """Move a row of one's own into its table, sealed and built, and propose what is typed a second time.

    name: the row's key; where the keys of the table count on, the row gets the next. What was interrupted is
    brought to its end, and a row that stands in its table already is proposed. Raises Fault, and
    writes nothing, where no row has the key, and Faults with everything that is wrong: with the rows of one's
    own, or with the collection once the row is in it.
    """
    file, row = _own(collection, name)
    stands_in = file.stem if file else _table_of(collection, name)
    rows, key, more = collection.rows(stands_in), name, list[Row]()
    if file:
        key = next((_key(each) for each in rows if _same(each, row)), "")
        more = [] if key else [_next(rows, row)]
    with holding.temporary() as beside:
        other, new = _with(collection, beside, stands_in, more)
        key = key or _key(more[0])
        proposed = _proposed(collection, other, stands_in, key)
    # The table before the seal, and the row of one's own last: whatever stops it, bringing again ends it.
    replace({**(_waits(proposed) if proposed else {}), **new})
    if file:
        _take_out(file, row)
    named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    naming = [each for each in own.files(collection.home) if named.search(each.read_text("utf-8"))]
    return Brought(key, stands_in, proposed, naming)


def proposal(collection: Collection, key: str) -> Proposal:
    """Return what is proposed for a row; Fault where nothing is, or where the row changed since."""
    waiting = [
        Proposal(name, file, cells)
        for name, file in _again(collection).items()
        for cells in _rows_of(Proposal(name, file, {}).beside)
    ]
    found = next((each for each in waiting if _key(each.cells) == key), None)
    if found is None:
        hint = near(key, [_key(each.cells) for each in waiting], "{}")
        raise Fault.of(f"no proposal {quote(key)}", f"the key of one that waits{hint}")
    if found != _proposed(collection, collection, found.table, key):
        changed = f"{key} as its row stood before", f"its cells as they stand: `asprinted bring {key}` again"
        raise Fault(found.beside.name, None, "", *changed)
    return found


def accept(found: Proposal, token: str) -> None:
    """Type a proposal into its file, confirmed by who reads the page.

    token: what is asked of it, the number as that page prints it. Raises Fault, and writes nothing, where it
    is another one.
    """
    if token != found.cells[found.asked]:
        expected = f"{quote(found.cells[found.asked])}, as the row has it"
        raise Fault(found.file.name, None, found.asked, quote(token), expected)
    header, key = [*found.cells], _key(found.cells)
    for file, more in ((found.file, [found.cells]), (found.beside, [])):
        _keep(file, header, [*(each for each in _rows_of(file) if _key(each) != key), *more])


# ---------------------------------------------------------------------------------------- a row of one's own


def _key(row: Row) -> str:
    return next(iter(row.values()))


def _same(row: Row, other: Row) -> bool:
    """Whether two rows say the same, whatever their keys."""
    return all(row.get(column) == cell for column, cell in [*other.items()][1:])


def _own(collection: Collection, name: str) -> tuple[Path | None, Row]:
    """Return the file of one's own that has a key, and its row; none where the collection has the key."""
    found = list[tuple[Path, int, Row]]()
    with Gathered(outcome=OUTCOME) as faults:
        for file in own.files(collection.home):
            with faults.at(file=f"{own.FOLDER.name}/{file.name}"):
                numbered = enumerate(own.completed(collection, file), start=2)
                found += [(file, number, row) for number, row in numbered if _key(row) == name]
        if len(found) > 1:
            faults.add(f"{len(found)} rows of your own with the key {quote(name)}", "one")
    if not found:
        return None, {}
    ((file, at, row),) = found
    if not any(_same(each, row) for each in collection.rows(file.stem)):
        told = Gathered()
        own.sound(collection, file, told, whole=True)
        refuse((fault for fault in told if fault.row in (None, 1, at)), OUTCOME)
    return file, row


def _table_of(collection: Collection, key: str) -> str:
    """Return the table, typed a second time, that has a row which is not confirmed."""
    for name, file in _again(collection).items():
        if any(_key(row) == key for row in collection.rows(name)):
            if any(_key(each) == key for each in _rows_of(file)):
                raise Fault.of(f"{key}, which {file.name} confirms", "a row that is new")
            return name
    known = [_key(row) for file in own.files(collection.home) for row in own.completed(collection, file)]
    hint = near(key, known, "{}")
    expected = f"the key of a row in {own.FOLDER.as_posix()}{hint}"
    raise Fault.of(f"no row {quote(key)}", expected)


def _next(rows: Sequence[Row], row: Row) -> Row:
    """Return a row with the key that it gets at the end of a table."""
    counted = re.fullmatch(r"(\D*)(\d+)", _key(rows[-1]))
    if not counted or int(counted[2]) != len(rows):
        return row
    return {**row, next(iter(row)): f"{counted[1]}{len(rows) + 1:0{len(counted[2])}}"}


def _with(
    collection: Collection, beside: Path, name: str, more: Sequence[Row]
) -> tuple[Collection, dict[Path, str]]:
    """Return the collection with more rows in a table, made in another folder, and what its files hold."""
    data = DESCRIPTOR.parent
    shutil.copytree(collection.home / data, beside / data)
    if more:
        there = Collection(beside)
        there.write(name, [*there.rows(name), *more])
    other = Collection(beside)
    try:
        built = other.prepare()
        sealing.seal(other)
    except Faults as faults:
        raise Faults(faults.faults, OUTCOME) from None
    typed = {other.path(each): other.path(each).read_text("utf-8") for each in (name, sealing.SEAL)}
    return other, {collection.home / data / file.name: text for file, text in {**typed, **built}.items()}


def _take_out(file: Path, row: Row) -> None:
    """Take a row, known by its key, out of a file of one's own, whose columns stand in any order."""
    column = next(iter(row))
    _keep(file, table(file)[0], [each for each in _rows_of(file) if each[column] != _key(row)])


def _keep(file: Path, header: Sequence[str], rows: Sequence[Row]) -> None:
    """Write the rows that are left of a file; one without a row goes."""
    if rows:
        replace({file: as_csv(file.name, header, rows)})
    else:
        file.unlink()


# ------------------------------------------------------------------------------------------------- proposals


def _again(collection: Collection) -> dict[str, Path]:
    """Return the file in which a table is typed a second time, by table."""
    named = collection.descriptor.get("asprinted", {}).get("typed_again", {})
    return {name: collection.home / path for name, path in named.items()}


def _rows_of(file: Path) -> list[Row]:
    """Return the rows of a file; none where there is no such file."""
    header, *rows = table(file) if file.is_file() else [[]]
    return [dict(zip(header, row, strict=True)) for row in rows]


def _proposed(collection: Collection, after: Collection, name: str, key: str) -> Proposal | None:
    """Return what a second hand would type for a row, as it is in `after`; None where nothing is asked."""
    file = _again(collection).get(name)
    if file is None:
        return None
    (row,) = (each for each in after.rows(name) if _key(each) == key)
    within = [
        each["ref"] or each["key"]
        for each in after.rows_if_described("sets")
        if key in sets.rows_behind(after.facts, sets.members(after.facts, each))
    ]
    header, cells = table(file)[0], {**row, SETS: JOIN.join(within)}
    if VERDICT in header:
        cells[VERDICT] = verdicts.verdict(stated(row)).value
    return Proposal(name, file, {column: cells[column] for column in header})


def _waits(found: Proposal) -> dict[Path, str]:
    """Return the text of the file of proposals with one more."""
    others = [each for each in _rows_of(found.beside) if _key(each) != _key(found.cells)]
    return {found.beside: as_csv(found.beside.name, [*found.cells], [*others, found.cells])}
