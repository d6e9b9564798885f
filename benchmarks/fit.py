"""Fit the weights of the audit, by which a group of readings is meant, and one of them rather than others.

`python -m benchmarks.fit` reads the made-up texts and `benchmarks/evidence.csv`, fits two small models a kind
by Newton's method, and writes `src/asprinted/audit/weights.csv`. `--folds 6` writes nothing, and shows how
far what the words say may be believed: every text is judged by models that have not read it. `--label FOLDER`
makes `evidence.csv` anew from texts with labels: what was seen of each candidate, its kind, the number of its
text, and whether it was meant; no token and no word.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import numpy.typing as npt
import typer

from asprinted.audit.candidate import Candidate
from asprinted.audit.mentions import mentions
from asprinted.audit.proposing import Group as Readings
from asprinted.audit.proposing import groups
from asprinted.audit.ranking import MODEL, Weights, likeliest
from asprinted.chinese.scanning import scan
from asprinted.prose.sentences import table
from benchmarks.quality import keys_in, meant_of, wilson
from benchmarks.texts import FITTED, folder, texts

__all__ = ["Group", "fitted", "made_up", "read_evidence"]

GROUP_C, PAIR_C, LEAST_SPREAD, REAL, INNER = 0.15, 0.3, 0.25, 4.0, 3
"""How weak the models are held, and what a group of a real text weighs beside one of a made-up text.

A strong model is sure of forms that only made-up texts have; what is rarely seen is not blown up. What a
group shows of its readings is scored by models that have not read its text, in so many inner folds.
"""

EVIDENCE: Final = Path(__file__).with_name("evidence.csv")
WEIGHTS: Final = Path(__file__).parents[1] / "src/asprinted/audit/weights.csv"

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Group:
    """The readings of one result and kind: what is seen of each, and which are right."""

    text: str
    kind: str
    seen: tuple[frozenset[str], ...]
    right: tuple[bool, ...]
    real: bool = False
    candidates: tuple[Candidate, ...] = field(default=(), compare=False)

    @property
    def meant(self) -> bool:
        """Whether one of its readings is."""
        return any(self.right)


def _matrix(rows: Sequence[frozenset[str]], names: Sequence[str]) -> Array:
    at = {name: place for place, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for row, seen in enumerate(rows):
        x[row, [at[name] for name in seen if name in at]] = 1.0
    return x


def _scale(x: Array) -> Array:
    """Return the spread of each piece of evidence, at least so much that what is rare is not blown up."""
    spread: Array = np.maximum(x.std(axis=0), LEAST_SPREAD)
    return spread


def which(groups: Sequence[Group], names: Sequence[str]) -> dict[str, float]:
    """Return the weights by which the right reading of a group stands out: a conditional logit."""
    groups = [each for each in groups if each.meant and len(each.seen) > 1]
    if not groups:
        return {}
    x = _matrix([seen for each in groups for seen in each.seen], names)
    wide = _scale(x)
    x = x / wide
    starts = np.cumsum([0, *(len(each.seen) for each in groups[:-1])])
    right = np.array([each for group in groups for each in group.right])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p, q = (_shares(x @ w, starts, among) for among in (np.ones_like(right), right))
        slope = x.T @ (q - p) - w / PAIR_C
        middle = np.add.reduceat(x * p[:, None], starts)
        curve = x.T @ (x * p[:, None]) - middle.T @ middle + np.eye(len(w)) / PAIR_C
        step = np.linalg.solve(curve, slope)
        step *= min(1.0, 1.0 / np.abs(step).max())
        w += step
        if np.abs(step).max() < 1e-3:
            break
    return dict(zip(names, w / wide, strict=True))


def _shares(scores: Array, starts: npt.NDArray[np.int64], among: npt.NDArray[np.bool_]) -> Array:
    """Return what share of a group each reading has by its score, of those among which it is."""
    scores = np.where(among, scores, -np.inf)
    own = np.repeat(np.arange(len(starts)), np.diff([*starts, len(scores)]))
    e = np.exp(scores - np.maximum.reduceat(scores, starts)[own])
    shares: Array = e / np.add.reduceat(e, starts)[own]
    return shares


def meant(
    rows: Sequence[Mapping[str, float]], names: Sequence[str], y: Array, weight: Array
) -> dict[str, float]:
    """Return the weights by which a group is meant: a logistic model over its likeliest reading."""
    at = {name: place for place, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for row, seen in enumerate(rows):
        for name, value in seen.items():
            x[row, at[name]] = value
    middle, wide = x.mean(axis=0), _scale(x)
    z = np.hstack([(x - middle) / wide, np.ones((len(x), 1))])
    # The bias is held by next to nothing, so that it ends where every group is meant.
    hold = np.diag([1 / GROUP_C] * len(names) + [1e-6])
    w = np.zeros(len(names) + 1)
    w[-1] = np.log((y @ weight + 0.5) / ((1 - y) @ weight + 0.5))
    for _ in range(40):
        p = 1 / (1 + np.exp(-z @ w))
        slope = z.T @ (weight * (y - p)) - hold @ w
        curve = (z * (weight * p * (1 - p))[:, None]).T @ z + hold
        step = np.linalg.solve(curve, slope)
        step *= min(1.0, 2.0 / np.abs(step).max())
        w += step
        if np.abs(step).max() < 1e-3:
            break
    own = w[:-1] / wide
    return {**dict(zip(names, own, strict=True)), MODEL[0]: w[-1] - own @ middle}


def fitted(found: Sequence[Group]) -> Weights:
    """Return the two models of one kind."""
    names = sorted({name for each in found for seen in each.seen for name in seen})
    by_text = sorted({each.text for each in found})
    random.Random(1).shuffle(by_text)
    turn = {text: at % INNER for at, text in enumerate(by_text)}
    rows: list[dict[str, float]] = [{}] * len(found)
    for each in range(INNER):
        others = which([group for group in found if turn[group.text] != each], names)
        for at, group in enumerate(found):
            if turn[group.text] == each:
                rows[at] = likeliest(group.seen, others)[0]
    y = np.array([group.meant for group in found], float)
    weight = np.array([REAL if group.real else 1.0 for group in found])
    about = [{name: value for name, value in row.items() if name != MODEL[0]} for row in rows]
    return Weights(which(found, names), meant(about, [*names, *MODEL[1:]], y, weight))


# ----------------------------------------------------------------------------------------------- what is read


def made_up(name: str) -> Iterator[Group]:
    """Yield the groups of readings of a set of made-up texts, with those that are marked as meant."""
    for text in texts(folder(name)):
        right = set(meant_of(text))
        keyed = keys_in(text)
        for readings in groups(text.text, mentions(text.text, scan(text.text))):
            meant_rows = [[keyed(each) in right for each in rows] for rows in readings]
            yield _group(f"{name}/{text.name}", readings, [2 * sum(each) >= len(each) for each in meant_rows])


def _group(text: str, readings: Readings, right: Sequence[bool], *, real: bool = False) -> Group:
    seen = tuple(rows[0].seen for rows in readings)
    return Group(text, readings[0][0].model, seen, tuple(right), real, tuple(rows[0] for rows in readings))


def labelled(path: Path) -> Iterator[Group]:
    """Yield the groups of a folder of real texts, right where `relations.csv` or `proposals.csv` says so.

    Both name a relation by its numbers. Where a text has these twice, the nearest are meant.
    """
    wanted: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in _rows(path / "relations.csv"):
        wanted[row["file"]].add((*_numbers(row["result"]), "=", *_numbers(row["parts"])))
    for row in _rows(path / "proposals.csv"):
        if row["meant"] == "yes":
            wanted[row["file"]].add(
                (*_numbers(row["result"]), "=", *_numbers(row["part"] + " " + row["whole"]))
            )
    for file in sorted((path / "texts").glob("*.txt")):
        text = file.read_text("utf-8")
        every = groups(text, mentions(text, scan(text)))
        found = [(readings, [_named(rows[0]) for rows in readings]) for readings in every]
        near: dict[tuple[str, ...], int] = {}
        for readings, names in found:
            for (one, *_), name in zip(readings, names, strict=True):
                near[name] = min(near.get(name, _reach(one)), _reach(one))
        for readings, names in found:
            right = [
                name in wanted[file.name] and _reach(one) <= near[name] * 1.5 + 5
                for (one, *_), name in zip(readings, names, strict=True)
            ]
            yield _group(file.stem, readings, right, real=True)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_DIGITS = re.compile(r"[\d.]+|[零〇一二三四五六七八九十百千万亿两半]+")
_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.", ",，")


def _numbers(said: str) -> tuple[str, ...]:
    return tuple(sorted(_DIGITS.findall(said.translate(_WIDE))))


def _named(one: Candidate) -> tuple[str, ...]:
    sides = (" ".join(span.text for span in side) for side in (one.results, (*one.parts, *one.wholes)))
    result, inputs = map(_numbers, sides)
    return (*result, "=", *inputs)


def _reach(one: Candidate) -> int:
    return max(abs(span.start - one.results[0].start) for span in (*one.parts, *one.wholes))


def write_evidence(found: Iterable[Group], path: Path = EVIDENCE) -> None:
    """Write what was seen of each candidate: by kind the names of the evidence, then a bit for each."""
    found = [each for each in found if each.seen]
    names: dict[str, list[str]] = {}
    for kind in sorted({each.kind for each in found}):
        names[kind] = sorted(
            {name for each in found if each.kind == kind for seen in each.seen for name in seen}
        )
    numbers = {text: str(at) for at, text in enumerate(dict.fromkeys(each.text for each in found), start=1)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["text", "group", "kind", "meant", "seen"])
        writer.writerows(["", "", kind, "", " ".join(each)] for kind, each in names.items())
        for number, group in enumerate(found, start=1):
            for seen, right in zip(group.seen, group.right, strict=True):
                bits = sum(1 << at for at, name in enumerate(names[group.kind]) if name in seen)
                writer.writerow(
                    [numbers[group.text], number, group.kind, "yes" if right else "no", f"{bits:x}"]
                )


def read_evidence(path: Path = EVIDENCE) -> Iterator[Group]:
    """Yield the groups of the real texts, by what was seen of them."""
    names: dict[str, list[str]] = {}
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(path):
        if row["text"]:
            found[row["group"]].append(row)
        else:
            names[row["kind"]] = row["seen"].split()
    for rows in found.values():
        kind = rows[0]["kind"]
        bits = [int(row["seen"], 16) for row in rows]
        seen = (frozenset(name for at, name in enumerate(names[kind]) if each >> at & 1) for each in bits)
        right = tuple(row["meant"] == "yes" for row in rows)
        yield Group(f"real/{rows[0]['text']}", kind, tuple(seen), right, real=True)


def write_weights(found: Mapping[str, Weights], path: Path = WEIGHTS) -> None:
    """Write the weights of each kind, to four places."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["kind", "evidence", "which", "meant"])
        for kind, (which_of, meant_of_kind) in sorted(found.items()):
            for name in sorted(which_of.keys() | meant_of_kind.keys()):
                own = (f"{each[name]:.4f}" if name in each else "" for each in (which_of, meant_of_kind))
                writer.writerow([kind, name, *own])


def by_folds(found: Sequence[Group], folds: int) -> Iterator[tuple[Group, float]]:
    """Yield each group with the chance that it is meant, by models that have not read its text."""
    by_text = sorted({each.text for each in found})
    random.Random(7).shuffle(by_text)
    turn = {text: at % folds for at, text in enumerate(by_text)}
    for fold in range(folds):
        model = fitted([each for each in found if turn[each.text] != fold])
        for each in (each for each in found if turn[each.text] == fold):
            about = likeliest(each.seen, model.which)[0]
            score = sum(model.meant.get(name, 0.0) * value for name, value in about.items())
            yield each, float(1 / (1 + np.exp(-score)))


_BINS = (0.0, 0.2, 0.5, 0.8, 0.95, 0.985, 1.0001)


def reliability(judged: Sequence[tuple[Group, float]]) -> Iterator[list[str]]:
    """Yield how many groups of each chance are meant, of made-up and of real texts."""
    for low, high in pairwise(_BINS):
        row = [f"{low:g} to {min(high, 1):g}"]
        for real in (False, True):
            inside = [group for group, chance in judged if group.real == real and low <= chance < high]
            pairs = Counter(group.text for group in inside if group.meant), Counter(g.text for g in inside)
            interval = wilson([(pairs[0][text], many) for text, many in pairs[1].items()])
            row += [f"{pairs[0].total():,} of {len(inside):,}", interval]
        yield row


def main(
    label: Annotated[Path | None, typer.Option(help="A folder of real texts with labels.")] = None,
    folds: Annotated[int, typer.Option(help="Show what may be believed, in so many folds.")] = 0,
) -> None:
    """Fit the weights of the audit."""
    if label:
        write_evidence(labelled(label))
    by_kind: dict[str, list[Group]] = defaultdict(list)
    for each in chain(*(made_up(name) for name in FITTED), read_evidence()):
        by_kind[each.kind].append(each)
    if folds:
        judged = [pair for found in by_kind.values() for pair in by_folds(found, folds)]
        heads = ["chance by words", "made-up", "95%, by text", "real", "95%, by text"]
        typer.echo(table(heads, list(reliability(judged))))
    else:
        write_weights({kind: fitted(found) for kind, found in by_kind.items()})


if __name__ == "__main__":
    typer.run(main)
