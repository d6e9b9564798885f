"""What a strict rerun does not see: cells never run, ignored or empty, pictures replaced, no question."""

import base64
import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from guandu import collection

HOME = Path(__file__).resolve().parents[1]
NOTEBOOKS = collection.notebooks(HOME)
CARDS = collection.cards(HOME / "figures")

LIMITS = {"en": "What this cannot say", "zh": "这些数字不能说明什么"}
IGNORED = re.compile(r"NBVAL_|PYTEST_VALIDATE|nbval-|raises-exception|skip-execution")
ABSOLUTE = re.compile(r"(?<![\w.:/~])/(?:home|Users|root|tmp|work|usr|var|opt|private)/\w")
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}")

Cells = list[dict[str, Any]]


def cells(path: Path) -> Cells:
    found: Cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return found


def code(of: Cells) -> Cells:
    return [cell for cell in of if cell["cell_type"] == "code"]


def outputs(of: Cells) -> Iterator[dict[str, Any]]:
    for cell in code(of):
        yield from cell["outputs"]


def text(written: str | list[str]) -> str:
    return written if isinstance(written, str) else "".join(written)


def headings(of: Cells) -> list[str]:
    prose = "\n".join(text(cell["source"]) for cell in of if cell["cell_type"] == "markdown")
    return re.findall(r"^#{1,6} .*$", prose, re.MULTILINE)


def numbering(of: Cells, stem: str) -> list[str]:
    """Name the cells that were not run, or not in order, or hold nothing."""
    found = [cell["execution_count"] for cell in code(of)]
    found += [
        cell["execution_count"] for cell in code(of) for out in cell["outputs"] if "execution_count" in out
    ]
    wrong = [f"numbers {found}"] if found[: len(code(of))] != list(range(1, len(code(of)) + 1)) else []
    wrong += [
        f"a result numbered {out['execution_count']} in cell {cell['execution_count']}"
        for cell in code(of)
        for out in cell["outputs"]
        if out.get("execution_count", cell["execution_count"]) != cell["execution_count"]
    ]
    return wrong + ["an empty cell" for cell in of if not text(cell["source"]).strip()]


def ignoring(of: Cells, stem: str) -> list[str]:
    """Name the marks under which a rerun would compare nothing."""
    return [mark for cell in of for mark in IGNORED.findall(text(cell["source"]) + str(cell["metadata"]))]


def complaints(of: Cells, stem: str) -> list[str]:
    """Name what went wrong while the cells ran, a warning included."""
    return [
        out["output_type"]
        for out in outputs(of)
        if out["output_type"] == "error" or out.get("name") == "stderr"
    ]


def machine(of: Cells, stem: str) -> list[str]:
    """Name the places and addresses of one machine."""
    shown = [
        json.dumps({k: v for k, v in out.get("data", out).items() if k != "image/png"}) for out in outputs(of)
    ]
    everything = "\n".join([*(text(cell["source"]) for cell in of), *shown])
    return ABSOLUTE.findall(everything) + ADDRESS.findall(everything)


def pictures(of: Cells, stem: str) -> list[str]:
    """Name the pictures that are no figure of this notebook, have another alt text, or are not shown.

    A translation (`00_summary.zh`) shows the figures of its original.
    """
    figures = {
        (HOME / "figures" / f"{name}.{language}.png").read_bytes(): (name, language)
        for name, card in CARDS.items()
        if card["notebook"] == stem.removesuffix(".zh")
        for language in LIMITS
    }
    wrong, shown = [], set()
    for out in outputs(of):
        if "image/png" not in out.get("data", {}):
            continue
        picture = base64.b64decode(text(out["data"]["image/png"]))
        name, language = figures.get(picture, ("", ""))
        shown.add(name)
        if not name:
            wrong.append("a picture that equals no file of this notebook's in figures/")
        elif text(out["data"].get("text/plain", "")) != CARDS[name][language]["alt"]:
            wrong.append(f"{name} without its alt text")
    return wrong + [f"{name} is not shown" for name in sorted({name for name, _ in figures.values()} - shown)]


def question(of: Cells, stem: str) -> list[str]:
    """Say where a notebook does not open with its question."""
    title = text(of[0]["source"]).splitlines()[0]
    return [] if re.fullmatch(r"# .*[?？]", title) and of[0]["cell_type"] == "markdown" else [title]


def limits(of: Cells, stem: str) -> list[str]:
    """Say where a notebook does not close with what it cannot say."""
    expected = f"## {LIMITS['zh' if stem.endswith('.zh') else 'en']}"
    last = headings(of)[-1] if headings(of) else ""
    after = text(of[-1]["source"]).strip()
    return [] if last == expected and after != expected else [last]


CHECKS: list[Callable[[Cells, str], list[str]]] = [
    numbering,
    ignoring,
    complaints,
    machine,
    pictures,
    question,
    limits,
]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("look", CHECKS, ids=lambda look: look.__name__)
def test_every_notebook_passes(path: Path, look: Callable[[Cells, str], list[str]]):
    assert look(cells(path), path.stem) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_is_stored_as_a_run_stores_it(path: Path):
    assert collection.normal(collection.read(path)) == path.read_text(encoding="utf-8")


def picture(of: Cells) -> dict[str, Any]:
    data: dict[str, Any] = next(out["data"] for out in outputs(of) if "image/png" in out.get("data", {}))
    return data


FAULTS: dict[str, tuple[Callable[[Cells, str], list[str]], Callable[[Cells], object]]] = {
    "a cell never run": (numbering, lambda of: code(of)[1].update(execution_count=None)),
    "a notebook never run": (numbering, lambda of: [cell.update(execution_count=None) for cell in code(of)]),
    "cells run out of order": (numbering, lambda of: code(of)[0].update(execution_count=2)),
    "a result of another run": (
        numbering,
        lambda of: next(out for out in outputs(of) if "execution_count" in out).update(execution_count=99),
    ),
    "an empty cell": (
        numbering,
        lambda of: of.append({"cell_type": "markdown", "source": " ", "metadata": {}}),
    ),
    "an ignored output": (ignoring, lambda of: code(of)[0].update(source="# NBVAL_IGNORE_OUTPUT\n1")),
    "a tag that ignores": (ignoring, lambda of: code(of)[0]["metadata"].update(tags=["nbval-skip"])),
    "a warning": (
        complaints,
        lambda of: code(of)[0]["outputs"].append({"output_type": "stream", "name": "stderr", "text": "!"}),
    ),
    "an error": (complaints, lambda of: code(of)[0]["outputs"].append({"output_type": "error"})),
    "a path of one machine": (machine, lambda of: code(of)[0].update(source='open("/tmp/data.csv")')),
    "an address of an object": (
        machine,
        lambda of: code(of)[0]["outputs"].append(
            {"output_type": "stream", "text": "<Figure at 0x7f30a1b2c3d4>"}
        ),
    ),
    "a pixel of a picture": (
        pictures,
        lambda of: picture(of).update({"image/png": base64.b64encode(b"\x89PNG other").decode()}),
    ),
    "a picture without words": (pictures, lambda of: picture(of).update({"text/plain": "<Figure>"})),
    "a picture taken away": (pictures, lambda of: picture(of).pop("image/png")),
    "a title that asks nothing": (question, lambda of: of[0].update(source="# Court analysis")),
    "a heading after the limits": (
        limits,
        lambda of: of[-1].update(source="## What this cannot say\n\n.\n\n## End"),
    ),
    "limits that say nothing": (limits, lambda of: of[-1].update(source="## What this cannot say")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_notebook_with_a_fault_is_caught(fault: str):
    look, spoil = FAULTS[fault]
    path = next(path for path in NOTEBOOKS if path.stem == "02_closing_rate")
    spoiled = copy.deepcopy(cells(path))
    spoil(spoiled)
    assert look(spoiled, path.stem) != []
