"""Install the wheel with its extra `audit` into an empty environment, and audit there as README says.

The environment has the pip that this Python brings, as a reader's has, not that of the lock. Needs a network.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from time import monotonic

from flit_core import buildapi

SAID = "前九个月，法院受理案件34765件，结案21454件，结案率61.71%。"
"""A sentence made up for this, with the court's printed numbers."""

PAGE = f"<!doctype html><meta charset='utf-8'><title>Report</title><article><p>{SAID}</p></article>"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml'
    '.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f"<w:body><w:p><w:r><w:t>{SAID}</w:t></w:r></w:p></w:body></w:document>",
}


def main() -> None:
    """Install and audit; exit with what went wrong."""
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        wheel = place / buildapi.build_wheel(str(place))
        _run(sys.executable, "-m", "venv", place / "venv")
        empty = _size(place / "venv")
        python = place / "venv" / "bin" / "python"
        _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{wheel}[audit]")
        for file in (_page(place), _document(place)):
            _audit(place / "venv" / "bin" / "asprinted", file)
        took, grown = monotonic() - began, (_size(place / "venv") - empty) / 1e6
    print(f"The wheel and its extra audit: installed and used in {took:.0f} s, {grown:.0f} MB.")
    print("2 passed, 0 failed")


def _page(place: Path) -> Path:
    file = place / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


def _document(place: Path) -> Path:
    file = place / "document.docx"
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in PARTS.items():
            packed.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return file


def _audit(command: Path, file: Path) -> None:
    """Audit a file as a reader does, who has not activated anything."""
    rows = list(csv.DictReader(_run(command, "audit", file, "--format", "csv").splitlines()))
    found = [(row["result"], row["part"], row["whole"], row["verdict"]) for row in rows]
    if found != [("61.71%", "21454件", "34765件", "both")]:
        sys.exit(f"{file.name}: found {found}, expected that 61.71% follows from 21454件 of 34765件")


def _run(*command: object) -> str:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("VIRTUAL_ENV")}
    done = subprocess.run([*map(str, command)], env=outside, capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


if __name__ == "__main__":
    main()
