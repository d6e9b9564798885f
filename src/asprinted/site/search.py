"""The search: the texts of all pages in one script, which a page loads once somebody is about to type."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from asprinted.site.edition import Edition, Page

_MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
_UNSAID = re.compile(r"<(script|style|svg|pre|nav)\b.*?</\1>|<[^>]+>", re.DOTALL)


def pages(edition: Edition) -> Iterator[Page]:
    """Yield the page to search from."""
    yield Page("search/", "search", edition.word("titles", "search"))


def index(found: Iterable[Page], told: Mapping[str, str]) -> bytes:
    """Return the texts of pages as a script: their folders, titles and what stands in them."""
    rows = [[page.path, page.title, plain(told[page.path])] for page in found if page.template != "search"]
    return f"window.pages = {json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def plain(page: str) -> str:
    """Return what a page says, as one line: neither its navigation nor its code.

    >>> plain("<header>x</header><main><h1>99%</h1> 783 &lt; 785<nav>y</nav></main>")
    '99% 783 < 785'
    """
    found = _MAIN.search(page)
    return " ".join(html.unescape(_UNSAID.sub(" ", found[0] if found else "")).split())
