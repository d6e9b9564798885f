"""Where an address of the repository leads in the site."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from asprinted.site.edition import Edition, stopped

PAGES = {
    "README": "",
    "figures/README": "figures/",
    "docs/terms": "terms/",
    "docs/conventions": "method/",
    "docs/performance": "performance/",
    "docs/brief": "brief/",
    "data/README": "dictionary/",
    "CHANGELOG": "changelog/",
    "LICENSE": "licence/",
    "LICENSE-data": "licence/",
}
"""The pages that show a text of the repository, by its name without language and ending."""

_NOTEBOOK = re.compile(r"notebooks/(?:zh/)?(\w+)\.ipynb")
_TEXT = re.compile(r"(.+?)(?:\.zh)?(?:\.md)?")
_SERVED = re.compile(r"(?:data|figures|notebooks)/(?:zh/)?[^/]+\.(?:csv|json|svg|png|ipynb)")


def linked(edition: Edition, source: str, url: str) -> str:
    """Return where a link of a text leads in the site: to a page, a file, the web, or, as "", nowhere.

    source: the text's own name in the repository. A file of the repository that the site does not have leads
    nowhere. Raises Faults for one that is not there.
    """
    if url.startswith(("http://", "https://", "mailto:", "#")):
        return url
    path, _, anchor = unquote(url).partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    rest = f"#{anchor}" if anchor else ""
    if not (edition.collection.home / name).exists():
        raise stopped((source, f"the dead link {url}", "a file of the repository"))
    if notebook := _NOTEBOOK.fullmatch(name):
        return f"page:notebook/{notebook[1]}/{rest}"
    text = _TEXT.fullmatch(name)
    if text and text[1] in PAGES:
        translated = (edition.collection.home / f"{text[1]}.zh.md").is_file()
        scheme = "page" if not translated else "zh" if name.endswith(".zh.md") else "en"
        return f"{scheme}:{PAGES[text[1]]}{rest}"
    return f"file:{name}" if _SERVED.fullmatch(name) else ""
