"""The article's text, where somebody has it."""

from pathlib import Path

import pytest


def article(named: str) -> str:
    """Return the text of a file; a test that asks for one that cannot be read fails in a line."""
    file = Path(named)
    try:
        if file.is_file():
            return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        pass
    pytest.fail(f"GUANDU_ARTICLE names no text in UTF-8 that can be read: {named}", pytrace=False)
