"""Measure what reruns cost beside plain scripts, and how fast the core is; write docs/performance.md.

Everything runs in copies of the collection in a temporary folder. The ways of rerunning take turns, so that
a machine that is busy for a while slows all of them, and each is set against the scripts of its own round.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Annotated, Final

import typer
from tqdm import tqdm

from asprinted import scan
from asprinted.chinese import reading as reader
from asprinted.collection.cards import cards
from asprinted.collection.collection import Collection
from asprinted.collection.files import replace
from asprinted.exact import verdicts
from asprinted.face import share
from asprinted.faults import Fault
from asprinted.languages import read
from asprinted.prose.sentences import Prose, table
from asprinted.rerun import notebooks
from benchmarks import chinese, columns, many, quality, reports, scanning, site
from benchmarks.costs import MISSED, Cost, Way, cost, goal, spread
from benchmarks.texts import FOLDERS

COPIED: Final = ("data", "notebooks", "figures", "conftest.py", "pyproject.toml", "requirements.lock")
PAGES: Final = ("README.md", "README.zh.md", "docs")
"""What says entries of the words: without it they would be said nowhere."""
COPIES: Final = (3, 6, 12)
"""Of how many equal notebooks the time is taken, to see that it grows no faster than their number."""

PACKAGES: Final = ("ipykernel", "matplotlib", "nbclient", "nbval", "numpy", "pandas", "pytest", "seaborn")
NBVAL: Final = "-q -n 2 --dist loadfile --nbval --nbval-current-env --nbval-cell-timeout=60 notebooks"
CALLS: Final = 40_000

SCRIPTS: Final = "plain scripts"
MOST: Final = {"`asprinted check`": 0.35, "`asprinted run`": 1.3, "nbval of every notebook": 1.6}
"""The most that a way may take, as a share of the time of plain scripts."""

MEMORY: Final = {"`asprinted check`": 512}
"""The most memory in MiB that a way may take."""

LEAST: Final = {
    "readings, tokens that repeat": 300_000,
    "readings, all tokens different": 100_000,
    "share checks, tokens that repeat": 300_000,
    "share checks, all counts different": 100_000,
}
"""How many things a second the core has to do."""


def main(
    rounds: Annotated[int, typer.Option(min=1, help="How often each way is measured.")] = 5,
    other: Annotated[str, typer.Option(help="An interpreter that has recognizers-text-number.")] = "",
) -> None:
    """Measure in interleaved rounds, and write docs/performance.md."""
    collection = Collection.find()
    root = collection.home
    costs: dict[str, list[Cost]] = defaultdict(list)
    rates: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="asprinted-bench-") as folder:
        reruns, core = ways(root, Path(folder)), works(collection)
        cost(reruns["`asprinted check`"])  # Whatever the ways read is in memory afterwards, and compiled.
        with tqdm(total=rounds * (len(reruns) + len(core)), desc="Measuring") as bar:
            for turn in range(rounds):
                for name in rotated(list(reruns), turn):
                    costs[name].append(cost(reruns[name]))
                    bar.update()
                for name, work in core.items():
                    rates[name].append(rate(work))
                    bar.update()
        more = [columns.section(10 * rounds), scanning.section(rounds, other), many.section(rounds)]
        more += [reports.section(), site.section()]
        more += [quality.page(name, *quality.scored(name)) for name in FOLDERS]
        text = page(costs, rates, collection.notebooks, more)
    (root / "docs").mkdir(exist_ok=True)
    replace({root / "docs" / "performance.md": text})
    typer.echo("Written: docs/performance.md")
    chinese.main()


# ------------------------------------------------------------------------------------------------- the ways


def ways(root: Path, folder: Path) -> dict[str, Way]:
    """Return the ways to rerun the collection in `root`, by name, each in a copy of it inside `folder`."""
    copy = copied(root, folder / "collection", (*COPIED, *PAGES))
    plain = scripts(Collection.find(copy).notebooks, folder / "scripts")
    found = {
        SCRIPTS: Way(copy / "notebooks", [[str(script)] for script in plain]),
        "`asprinted check`": Way(copy, [["-m", "asprinted", "check"]]),
        "`asprinted run`": Way(copy, [["-m", "asprinted", "run"]]),
        "nbval of every notebook": Way(copy, [["-m", "pytest", *NBVAL.split()]]),
    }
    for count in COPIES:
        same = copies(root, folder / f"copies-{count}", count)
        for command in ("check", "run"):
            found[f"`asprinted {command}`, {count} copies"] = Way(same, [["-m", "asprinted", command]])
    return found


def copied(root: Path, folder: Path, names: Sequence[str] = COPIED) -> Path:
    """Copy what a rerun reads, and return the folder."""
    folder.mkdir()
    for source in (root / name for name in names):
        if source.is_dir():
            shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("scratch", ".*"))
        elif source.is_file():
            shutil.copy(source, folder)
    return folder


def copies(root: Path, folder: Path, count: int) -> Path:
    """Make a collection of so many copies of one notebook, with its words, run once; return its folder."""
    copied(root, folder)
    every = Collection.find(folder).notebooks
    name, words = every[len(every) // 2].stem, folder / "notebooks" / "words"
    drawn = [stem for stem, card in cards(folder / "figures").items() if card.notebook == name]
    texts = {end: (place / f"{name}{end}").read_text("utf-8") for end, place in _places(folder).items()}
    for old in (*every, *(folder / "figures").iterdir(), *words.glob("[0-9]*.toml")):
        old.unlink()
    shutil.rmtree(folder / "notebooks" / "zh", ignore_errors=True)
    for number in range(count):
        for end, place in _places(folder).items():
            text = texts[end].replace(name, f"{number:02}_copy")
            for stem in drawn:
                text = re.sub(rf"\b{stem}\b", f"{stem}_{number:02}", text)
            (place / f"{number:02}_copy{end}").write_text(text, encoding="utf-8")
    cost(Way(folder, [["-m", "asprinted", "run"]]))
    return folder


def _places(folder: Path) -> dict[str, Path]:
    """Return where the parts of a notebook stand, by how their names end."""
    return {".ipynb": folder / "notebooks", ".toml": folder / "notebooks" / "words"}


def scripts(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Write the code cells of each notebook as one script, and return the scripts in the same order."""
    folder.mkdir()
    written = []
    for path in paths:
        cells = [cell.source for cell in notebooks.read(path).cells if cell.cell_type == "code"]
        written.append(folder / f"{path.stem}.py")
        written[-1].write_text("\n\n".join(cells) + "\n", encoding="utf-8")
    return written


def rotated(names: Sequence[str], turn: int) -> list[str]:
    """Return the names from another one on in each turn, so that none always follows the same.

    >>> rotated(["a", "b", "c"], 4)
    ['b', 'c', 'a']
    """
    start = turn % len(names)
    return [*names[start:], *names[:start]]


# ------------------------------------------------------------------------------------------------- the core

Work = tuple[Callable[[], object], int]
"""Something to do in this process, and how many things it does."""


def works(collection: Collection) -> dict[str, Work]:
    """Return what the core is measured at, by name; tokens and texts are the collection's own or numbered."""
    printed = [row["as_printed"] for row in collection.rows("printed") if _is_read(row["as_printed"])]
    repeated = list(islice(cycle(printed), CALLS))
    forms = ("{}件", "{}.5%", "近{}万人", "{}余元")
    different = [form.format(number) for number in range(1, CALLS // len(forms) + 1) for form in forms]
    rates = [("50%", "1件", "2件"), ("33.3%", "1件", "3件"), ("99%", "98件", "99件")]
    same = list(islice(cycle(rates), CALLS))
    others = [(f"{n % 100}.{n % 10}%", f"{n}件", f"{2 * n + 1}件") for n in range(1, CALLS + 1)]
    relations = [share(*each) for each in others]
    text = "\n".join(f"全年共{token}，比上年多。" for token in repeated)

    def read_afresh() -> None:
        reader.read.cache_clear()
        for token in different:
            read(token)

    def check_afresh() -> None:
        reader.read.cache_clear()
        share.cache_clear()
        for each in others:
            verdicts.verdict(share(*each))

    return {
        "readings, tokens that repeat": (lambda: [read(token) for token in repeated], len(repeated)),
        "readings, all tokens different": (read_afresh, len(different)),
        "share checks, tokens that repeat": (
            lambda: [verdicts.verdict(share(*each)) for each in same],
            len(same),
        ),
        "share checks, all counts different": (
            lambda: [verdicts.verdict(each) for each in relations],
            len(relations),
        ),
        "share checks, all tokens different": (check_afresh, len(others)),
        "characters scanned": (lambda: scan(text), len(text)),
    }


def _is_read(token: str) -> bool:
    try:
        read(token)
    except Fault:
        return False
    return True


def rate(work: Work) -> float:
    """Do something once, and return how many things were done in a second of this process's own time."""
    do, things = work
    began = time.process_time()
    do()
    return things / (time.process_time() - began)


# ------------------------------------------------------------------------------------------------- the page


def page(
    costs: Mapping[str, Sequence[Cost]],
    rates: Mapping[str, Sequence[float]],
    paths: Sequence[Path],
    more: Sequence[str] = (),
) -> str:
    """Return the text of docs/performance.md; each number is a median, with the least and the greatest."""
    rounds = len(costs[SCRIPTS])
    whole = [name for name in costs if "copies" not in name]
    reruns = [_rerun_row(name, costs[name], costs[SCRIPTS]) for name in whole]
    growth = [
        [
            Prose(name),
            spread([each.seconds for each in costs[name]], 1),
            f"{_seconds_each(name, costs[name]):.2f}",
        ]
        for name in costs
        if name not in whole
    ]
    core = [_core_row(name, found) for name, found in rates.items()]
    parts = [
        "# Performance",
        f"`make bench` writes this page, last on {date.today()}, in {rounds} rounds: {machine()}; "
        f"Python {platform.python_version()}, "
        + ", ".join(f"{package} {version(package)}" for package in PACKAGES)
        + ". A number is the median of its rounds, with the least and the greatest in brackets; a goal is "
        "held against the median; one of quality, against the first look at a set that nothing was learnt "
        "from. " + missed([row[0] for row in (*reruns, *core) if MISSED in row[-1]] + _below(more)),
        "## Rerunning",
        f"S is the time of the code cells of the {len(paths)} English notebooks as plain scripts, one "
        "process a notebook, one after the other, without anything compared; `run` and `check` run the "
        "Chinese editions as well. A ratio is taken within one round. Memory is the most at a time of all "
        "processes of one rerun, shared pages counted once.",
        str(table(["way", "seconds", "time / S", "peak MiB", "goal"], reruns)),
        "## With more notebooks",
        "A collection of equal notebooks. The time may not grow faster than their number.",
        str(table(["way", "seconds", "seconds a notebook"], growth)),
        "## The core",
        "One process, one core. A share check is the verdict on a rate and two counts; where only counts are "
        "different, they were read before, and where all tokens are, reading them is part of it.",
        str(table(["what", "a second", "goal"], core)),
        *more,
    ]
    return "\n\n".join(parts) + "\n"


def _below(sections: Sequence[str]) -> list[str]:
    """Return what misses its goal in written sections: the first cell of its row, and the section."""
    return [
        f"{line.split('|')[1].strip()} ({section.splitlines()[0].removeprefix('## ').lower()})"
        for section in sections
        for line in section.splitlines()
        if line.startswith("|") and MISSED in line
    ]


def _rerun_row(name: str, found: Sequence[Cost], plain: Sequence[Cost]) -> list[str]:
    ratios = [each.seconds / base.seconds for each, base in zip(found, plain, strict=True)]
    most = max(each.memory for each in found)
    goals = [
        goal(f"at most {MOST[name]} S", median(ratios) <= MOST[name]) if name in MOST else "",
        goal(f"at most {MEMORY[name]} MiB", most <= MEMORY[name]) if name in MEMORY else "",
    ]
    return [
        Prose(name),
        spread([each.seconds for each in found], 1),
        spread(ratios, 2),
        f"{most:.0f}" if most else "",
        Prose("; ".join(filter(None, goals))),
    ]


def _core_row(name: str, found: Sequence[float]) -> list[str]:
    least = goal(f"{LEAST[name]:,}", median(found) >= LEAST[name]) if name in LEAST else ""
    return [name, spread(found, 0), least]


def missed(names: Sequence[str]) -> str:
    """Say how many goals are missed, and which.

    >>> missed([]), missed(["nbval"])
    ('Every goal is met.', '**1 goal is missed: nbval.**')
    """
    if not names:
        return "Every goal is met."
    goals = "goal is" if len(names) == 1 else "goals are"
    return f"**{len(names)} {goals} missed: {'; '.join(names)}.**"


def _seconds_each(name: str, found: Sequence[Cost]) -> float:
    count = int(name.split()[-2])
    return median(each.seconds for each in found) / count


def machine() -> str:
    """Say what this machine is, without its name: system, cores, memory, processor."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    said = f"{platform.system()} on {platform.machine()}, {cores} cores"
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        said += f", {os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB"
    cpuinfo = Path("/proc/cpuinfo")
    model = re.search(r"^model name\s*: (.+)", cpuinfo.read_text(), re.M) if cpuinfo.is_file() else None
    return said + (f", {model[1]}" if model else "")


if __name__ == "__main__":
    typer.run(main)
