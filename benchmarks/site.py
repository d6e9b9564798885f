"""Measure what a reader of the site loads, and how long it takes to build: `python -m benchmarks.site`."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from datetime import date
from time import process_time
from typing import Final

import typer

from asprinted.collection.collection import Collection
from asprinted.prose.sentences import Prose, table
from asprinted.site import build, workbench
from benchmarks.costs import goal

STYLE: Final = ("assets/site.css", "assets/numbers.woff2", "assets/stamp.svg")
BENCH: Final = (*STYLE, "assets/pages.css", "assets/workbench.css", "assets/workbench.js")
HOME: Final = 20
SEARCH: Final = 300
"""The most kilobytes that the first page and the texts of the search may weigh."""


def main() -> None:
    """Build the site in memory, and print what belongs into docs/performance.md."""
    typer.echo(section())


def section() -> str:
    """Build the site in memory, and return what belongs into docs/performance.md."""
    began = process_time()
    made = build.contents(Collection.find())
    took = process_time() - began
    runtime = [name for name in made if name.startswith(workbench.FOLDER)]
    python = [name for name in runtime if "mammoth" not in name]
    pages = [name for name in made if name.endswith(".html")]
    rows = [
        _row("first page, English", made, ["index.html", *STYLE], HOME),
        _row("first page, Chinese", made, ["zh/index.html", *STYLE], HOME),
        _row("workbench, before a field is touched", made, ["workbench/index.html", *BENCH]),
        _row("Python and the core, once a field is touched", made, ["assets/worker.js", *python]),
        _row("texts of the search, English", made, ["assets/search.en.js"], SEARCH),
        _row("texts of the search, Chinese", made, ["assets/search.zh.js"], SEARCH),
        _row("all pages", made, pages),
        _row("all files", made, made),
    ]
    return "\n\n".join(
        [
            "## The site",
            f"Gzipped, in thousands of bytes, measured on {date.today()}. {len(pages)} pages and {len(made)} "
            f"files were built in {took:.1f} s of one core.",
            str(table(["what", "kB", "goal"], rows)),
        ]
    )


def _row(
    name: str, made: Mapping[str, bytes], loaded: Iterable[str], most: int | None = None
) -> list[str | Prose]:
    """Return the row of what is loaded together."""
    weight = sum(len(gzip.compress(made[each])) for each in loaded) / 1000
    return [name, f"{weight:,.1f}", goal(f"at most {most}", weight <= most) if most else ""]


if __name__ == "__main__":
    typer.run(main)
