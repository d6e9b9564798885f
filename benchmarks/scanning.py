"""Measure how fast numbers of a text are found, read and given a role, beside recognizers-text-number.

Both get the same texts, in turns: ours whole, the other line by line, as its models take queries. The other
is asked in an interpreter of its own, for it needs old versions of its packages:

    python -m venv /tmp/other && /tmp/other/bin/pip install recognizers-text-number 'emoji<2'
    python -m benchmarks.scanning --other /tmp/other/bin/python
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Annotated, Final

import typer

from asprinted.chinese.scanning import scan
from asprinted.prose.sentences import Prose, table

MEGABYTE: Final = 1_000_000
TEXTS: Final = Path(__file__).parent / "texts"
GOAL: Final = 4
"""How many times as many characters a second as the other package."""
MOST: Final = 2.0
"""The most seconds that a megabyte of one token may take."""
TOKENS: Final = ("1,", "一成", "万", "不超过", "分之", "1至", "7", "1年", "近", "《", "“1", "2021年")

_OTHER: Final = """
import json, sys, time
from recognizers_number import NumberRecognizer
from recognizers_text import Culture
models = NumberRecognizer(Culture.Chinese)
models = models.get_number_model(), models.get_percentage_model()
texts = json.load(sys.stdin)
lines = [line for text in texts for line in text.split("\\n") if line.strip()]
for model in models:
    model.parse(lines[0])
began = time.process_time()
for line in lines:
    for model in models:
        model.parse(line)
print(sum(map(len, texts)) / (time.process_time() - began))
"""


def main(
    rounds: Annotated[int, typer.Option(min=1, help="How often each is measured.")] = 3,
    other: Annotated[str, typer.Option(help="An interpreter that has recognizers-text-number.")] = "",
) -> None:
    """Measure in turns, and print what belongs into docs/performance.md."""
    typer.echo(section(rounds, other))


def section(rounds: int, other: str = "") -> str:
    """Measure in turns, and return what belongs into docs/performance.md."""
    found = texts()
    if not found:
        raise SystemExit(f"{TEXTS.name}/tune: found no text, expected the made-up texts of the benchmarks.")
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        ours.append(_ours(found))
        theirs += _theirs(found, other or sys.executable)
    longest = {token: _seconds(token * (MEGABYTE // len(token.encode()))) for token in TOKENS}
    return page(found, ours, theirs, longest)


def texts() -> list[str]:
    """Return the made-up texts of the benchmarks, without their marks."""
    marked = [path.read_text("utf-8").partition("\n---")[0] for path in sorted(TEXTS.glob("tune/*.txt"))]
    return [re.sub("⟦[^|⟧]*[|]([^⟧]*)⟧", r"\1", text) for text in marked]


def _ours(found: Sequence[str]) -> float:
    """Return the characters a second that are scanned, with every reading or the reason for none."""
    began = time.process_time()
    for text in found:
        for span in scan(text):
            span.reading  # noqa: B018
    return sum(map(len, found)) / (time.process_time() - began)


def _theirs(found: Sequence[str], interpreter: str) -> list[float]:
    """Return the characters a second of the other package, or nothing where it is not installed."""
    command = [interpreter, "-W", "ignore", "-c", _OTHER]
    done = subprocess.run(command, input=json.dumps(found), capture_output=True, text=True, check=False)
    return [float(done.stdout)] if done.returncode == 0 else []


def _seconds(text: str) -> float:
    began = time.process_time()
    scan(text)
    return time.process_time() - began


def page(
    found: Sequence[str], ours: Sequence[float], theirs: Sequence[float], longest: dict[str, float]
) -> str:
    """Return the section of the page: characters a second side by side, and the worst texts there are."""
    characters = sum(map(len, found))
    rows = [["asprinted: find, role and reading", f"{median(ours):,.0f}", ""]]
    if theirs:
        ratio = median(ours) / median(theirs)
        goal = f"at least {GOAL} times" + ("" if ratio >= GOAL else ": **missed**")
        rows[0][2] = Prose(f"{ratio:.1f} times; {goal}")
        rows.append(["recognizers-text-number: number and percentage", f"{median(theirs):,.0f}", ""])
    worst = [
        [Prose(f"`{token}`"), f"{seconds:.2f}", Prose("" if seconds < MOST else "**missed**")]
        for token, seconds in longest.items()
    ]
    return "\n\n".join(
        [
            "## Numbers of a text",
            f"{len(found)} made-up texts of {characters:,} characters in all; median of {len(ours)} rounds, "
            "one core, in turns." + ("" if theirs else " recognizers-text-number is not installed here."),
            str(table(["what", "characters a second", "goal"], rows)),
            f"A megabyte of one token, seconds; at most {MOST:.0f}.",
            str(table(["token", "seconds", "goal"], worst)),
        ]
    )


if __name__ == "__main__":
    typer.run(main)
