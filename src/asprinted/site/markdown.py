"""Markdown as HTML: headings with anchors, tables that scroll alone, code in colours without inline style."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import mistune
from mistune.plugins.table import table as tables
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from asprinted.escaping import html
from asprinted.faults import Fault

Link = Callable[[str], str]
"""Where an address of the repository leads in the site: `page:…`, `file:…`, as it is, or "" for nowhere."""

WIDE = '<div class="wide" tabindex="0">{}</div>'
_PARAGRAPH = re.compile(r"\A<p>(.*?)</p>\s*\Z", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_STYLE = re.compile(r' (?:style|border|class)="[^"]*"')
_SECOND = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
_INDEX = re.compile(
    r"<th></th>(?P<rest>(?:(?!</thead>).)*?)</tr>\s*<tr>\s*<th>(?P<name>[^<]+)</th>(?:\s*<th></th>)*\s*</tr>",
    re.DOTALL,
)


def slug(text: str) -> str:
    """Return the anchor of a heading, as code hosts make it.

    >>> slug("`sources.csv`"), slug("What this cannot say")
    ('sourcescsv', 'what-this-cannot-say')
    """
    plain = re.sub(r"<[^>]+>|&\w+;", "", text).lower()
    return re.sub(r"[^\w -]", "", plain).replace(" ", "-")


def code(text: str) -> str:
    """Return Python code as HTML, its parts named by class."""
    return str(highlight(text, PythonLexer(), HtmlFormatter(nowrap=True))).rstrip("\n")


class _Renderer(mistune.HTMLRenderer):
    def __init__(self, link: Link) -> None:
        super().__init__(escape=False)
        self._link = link

    def link(self, text: str, url: str, title: str | None = None) -> str:
        target = self._link(url)
        return f'<a href="{html(target)}">{text}</a>' if target else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f'<img src="{html(self._link(url))}" alt="{html(text)}" loading="lazy">'

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return f'<h{level} id="{slug(text)}">{text}</h{level}>\n'

    def block_code(self, code_: str, info: str | None = None) -> str:
        shown = code(code_) if info == "python" else html(code_.rstrip("\n"))
        return f'<pre tabindex="0"><code>{shown}</code></pre>\n'

    def table(self, text: str) -> str:
        return WIDE.format(f"<table>{text}</table>")


def render(text: str, link: Link) -> str:
    """Return Markdown as HTML; comments are left out. Raises what `link` raises."""
    page = mistune.Markdown(renderer=_Renderer(link), plugins=[tables])
    return str(page(_COMMENT.sub("", text)))


def inline(text: str, link: Link) -> str:
    """Return one paragraph of Markdown without the paragraph's own element."""
    made = render(text, link).strip()
    found = _PARAGRAPH.match(made)
    return found[1] if found else made


def refused(file: str, url: str) -> str:
    """Take addresses of the web alone; Fault, naming the file, for any other."""
    if not url.startswith(("http://", "https://", "mailto:")):
        raise Fault(file, None, "", f"the link {url}", "an address of the web")
    return url


def contents(made: str) -> list[tuple[str, str]]:
    """Return the second headings of a page with their anchors.

    >>> contents('<h1 id="a">A</h1><h2 id="the-core">The core</h2>')
    [('the-core', 'The core')]
    """
    return _SECOND.findall(made)


def frame(made: str) -> str:
    """Return the HTML of a frame as a policy without inline style takes it, the index named in one head row.

    >>> head = '<thead><tr style="x"><th></th><th>a</th></tr><tr><th>key</th><th></th></tr></thead>'
    >>> frame(f'<table class="dataframe">{head}</table>')
    '<div class="wide" tabindex="0"><table><thead><tr><th>key</th><th>a</th></tr></thead></table></div>'
    """
    bare = _INDEX.sub(
        lambda found: f"<th>{found['name']}</th>{found['rest']}</tr>", _STYLE.sub("", made), count=1
    )
    return re.sub(r"<table>.*?</table>", lambda found: WIDE.format(found[0]), bare, flags=re.DOTALL)
