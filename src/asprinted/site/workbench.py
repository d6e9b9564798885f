"""The workbench: the engine itself in a reader's browser, and the files that it runs from.

Python for the browser is an npm package, with its exact version and checksum in `package-lock.json`; the core
comes as a wheel. Everything is served by the site itself.
"""

from __future__ import annotations

import io
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from asprinted.collection.collection import Collection
from asprinted.drawing.svg import svg
from asprinted.drawing.tiles import Cell, stamp_of, strip
from asprinted.exact.relations import Kind
from asprinted.exact.verdicts import Verdict
from asprinted.prose import sentences, writing
from asprinted.site import tiles
from asprinted.site.edition import Edition, Page
from asprinted.workbench import KINDS, MOST

CORE = ("audit", "chinese", "drawing", "english", "exact", "prose")
MODULES = ("__init__.py", "escaping.py", "face.py", "faults.py", "languages.py", "workbench.py")
RUNTIME = {
    "pyodide": (
        "pyodide.mjs",
        "pyodide.asm.mjs",
        "pyodide.asm.wasm",
        "python_stdlib.zip",
        "pyodide-lock.json",
    ),
    "mammoth": ("mammoth.browser.min.js",),
}
"""The files of each npm package that a reader's browser loads."""

FOLDER = "assets/runtime"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""WebAssembly is compiled here alone. A worker of a blob has its page's policy, one of a file has none."""


def is_installed(home: Path) -> bool:
    """Return whether `npm ci` has put the packages in their place."""
    return all(
        (_packages(home) / package / name).is_file() for package in RUNTIME for name in RUNTIME[package]
    )


def _packages(home: Path) -> Path:
    return home / "node_modules"


def served(collection: Collection) -> Iterator[tuple[str, bytes]]:
    """Yield what the workbench runs from, by its name in the site; nothing where packages are missing."""
    home = collection.home
    if not is_installed(home):
        return
    for package, names in RUNTIME.items():
        for name in names:
            yield f"{FOLDER}/{name}", (_packages(home) / package / name).read_bytes()
    yield f"{FOLDER}/{_wheel_name()}", wheel()


def pages(edition: Edition) -> Iterator[Page]:
    """Yield the page of the workbench, none where no packages are installed."""
    home = edition.collection.home
    if not is_installed(home):
        return
    words, space = edition.words["workbench"], writing.choose(edition.language, " ", "")
    agree = sentences.sentence("audit", "consistent", edition.language)
    values = {
        "words": words,
        "kinds": KINDS,
        "examples": list(_examples(edition)),
        "script": json.dumps(_given(edition, words), ensure_ascii=False),
        "wheel": f"{FOLDER}/{_wheel_name()}",
        "policy": POLICY,
        "strip": svg(strip([Cell(tile.section, tile.reach) for tile in tiles.tiles(edition)]), fluid=True),
        "limits": f"{agree}{space}{sentences.sentence('report', 'limits', edition.language)}",
        "agree": agree,
        "space": space,
        "versions": {package: _version(home, package) for package in RUNTIME},
    }
    yield Page("workbench/", "workbench", words["title"], values, about=words["about"])


def _given(edition: Edition, words: dict[str, str]) -> dict[str, Any]:
    """Return what the page's script needs: its words, the kinds, a text to try, how much is loaded."""
    loaded = {name: len(told) for name, told in served(edition.collection)}
    return {
        "words": words,
        "kinds": {kind: {"fields": needed, "directions": ways} for kind, (needed, ways) in KINDS.items()},
        "placeholders": _placeholders(edition),
        "sample": (files("asprinted.collection") / "template" / "article.txt").read_text("utf-8"),
        "language": edition.language,
        "most": MOST,
        "bytes": sum(size for name, size in loaded.items() if name.endswith((".wasm", ".zip", ".whl"))),
    }


_MADE_UP = {
    "share": ("76.04%", "36687册", "48250册"),
    "mean": ("2412册", "48250册", "20名"),
    "sum": ("150册", "80册；70册", ""),
    "change": ("25%", "125册", "100册"),
    "divisor": ("60册；20册", "", "1200册；400册"),
}


def _placeholders(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Return what stands in empty fields, by kind: a check of the collection, or a library's numbers."""
    own = {
        check.relation.kind: tuple(
            "；".join(each.reading.text for each in side)
            for side in (check.relation.printed, check.relation.parts, check.relation.wholes)
        )
        for check in map(edition.collection.check, edition.collection.relations())
        if check.verdict is not Verdict.NOT_TESTABLE
    }
    return {**_MADE_UP, **own}


def _version(home: Path, package: str) -> str:
    return str(json.loads((_packages(home) / package / "package.json").read_bytes())["version"])


def _examples(edition: Edition) -> Iterator[dict[str, Any]]:
    """Yield the article's checks that could be made, each with the state of the page that puts it again."""
    for name in edition.collection.relations():
        check = edition.collection.check(name)
        if check.verdict is not Verdict.NOT_TESTABLE:
            printed = "、".join(each.reading.text for each in check.relation.printed)
            stamp = svg(stamp_of(check))
            keys = {each.key for side in (check.relation.printed, *check.relation.inputs) for each in side}
            cells = " ".join(str(at) for at, key in enumerate(edition.keys) if key in keys)
            yield {
                "cells": cells,
                "name": edition.of(edition.collection.relation_row(name), "title"),
                "printed": printed,
                "state": state_of(edition, name),
                "stamp": stamp,
            }


def state_of(edition: Edition, name: str) -> str:
    """Return the state of the page that puts a check of the collection, as its address holds it."""
    relation, row = edition.collection.relation(name), edition.collection.relation_row(name)
    sides = {"printed": relation.printed, "parts": relation.parts, "wholes": relation.wholes}
    typed = {side: ";".join(each.reading.text for each in figures) for side, figures in sides.items()}
    means = {each.kind for side in relation.inputs for each in side} == {Kind.MEAN}
    options = {"kind": relation.kind, "direction": relation.direction, "inputs": Kind.MEAN.value * means}
    ends = {"low": row.get("space_low", ""), "high": row.get("space_high", "")}
    return "&".join(f"{key}={quote(value)}" for key, value in {**options, **typed, **ends}.items() if value)


# ---------------------------------------------------------------------------------------------- the wheel

_EPOCH = (1980, 1, 1, 0, 0, 0)


def _wheel_name() -> str:
    return f"asprinted-{version('asprinted')}-py3-none-any.whl"


def wheel() -> bytes:
    """Return the core as a wheel: equal files give equal bytes.

    >>> names = ZipFile(io.BytesIO(wheel())).namelist()
    >>> "asprinted/exact/verdicts.py" in names, any("figures" in name for name in names)
    (True, False)
    """
    root, info = files("asprinted"), f"asprinted-{version('asprinted')}.dist-info"
    parts = {f"asprinted/{name}": (root / name).read_bytes() for name in MODULES}
    for folder in CORE:
        parts |= dict(_within(root / folder, f"asprinted/{folder}"))
    about = f"Metadata-Version: 2.1\nName: asprinted\nVersion: {version('asprinted')}\n"
    parts[f"{info}/METADATA"] = about.encode()
    parts[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: asprinted\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = [f"{name},sha256={_digest(told)},{len(told)}" for name, told in parts.items()]
    parts[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""]).encode()
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, told in parts.items():
            archive.writestr(ZipInfo(name, _EPOCH), told, ZIP_DEFLATED, 9)
    return packed.getvalue()


def _within(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir() and each.name != "__pycache__":
            yield from _within(each, f"{name}/{each.name}")
        elif re.search(r"\.(py|toml|json|csv|html|css|js)$", each.name):
            yield f"{name}/{each.name}", each.read_bytes()


def _digest(told: bytes) -> str:
    return urlsafe_b64encode(sha256(told).digest()).rstrip(b"=").decode()
