r"""Text as data: what somebody typed, written so that no format in which it lands takes it for markup.

One function a format: `markdown` for a line of it or a cell of its tables, `html` for HTML, SVG and any XML.
In a spreadsheet nothing can be escaped, so what it `runs` is refused, as is the `markup` that a text which is
Markdown by intent, such as a sentence of the words, must not hold.
"""

from __future__ import annotations

import html as entities
import re

__all__ = ["code", "html", "markdown", "markup", "runs", "sets"]

# An underscore inside a word is itself; an ampersand is, unless it could begin an entity.
_ACTIVE = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"[<>]|&(?=#?\w+;)")
_LINE_START = re.compile(r"[#+=-]|[0-9]{1,9}(?=[.)](?:\s|$))")
_TAG = re.compile(r"<(?!https?://|mailto:)[A-Za-z/!?][^\s>]{0,20}")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|\]:\s*<?([^\s>]*)")
_SCHEME = re.compile(r"\s*([^/?#]*?):")
_SAFE = ("http", "https", "mailto")
_NEGATIVE = re.compile("[-－][0-9]+([./][0-9]+)?(?:[%％‰]|个?百分点)?")


def markdown(text: str) -> str:
    r"""Return a text that reads in Markdown as it was typed: no HTML, link, picture, emphasis or formula.

    It is one line; a table's cell may hold it.

    >>> print(markdown("a_b | <b>*[c](d)*</b> & e"))
    a_b \| &lt;b&gt;\*\[c\](d)\*&lt;/b&gt; & e
    >>> print(markdown("# 1\n2"), markdown("3. 4"), markdown("−5%"))
    \# 1 2 3\. 4 −5%
    >>> print(markdown("$5"))
    <span>\$</span>5
    """
    line = _ENTITY.sub(lambda found: entities.escape(found[0]), " ".join(text.strip().split("\n")))
    line = _ACTIVE.sub(lambda found: _escaped(found[0]), line)
    if begins := _LINE_START.match(line):
        at = begins.end() if begins[0].isdigit() else 0
        line = f"{line[:at]}\\{line[at:]}"
    return line


def _escaped(mark: str) -> str:
    # What sets formulas looks at a page when Markdown is done with it; none reaches across an element's end.
    return f"<span>\\{mark}</span>" if mark in "\\$" else f"\\{mark}"


def code(text: str) -> str:
    """Return a text as code in Markdown, whatever marks of code it holds.

    >>> code("[a-z]+"), code("a`b")
    ('`[a-z]+`', '`` a`b ``')
    """
    longest = max(map(len, re.findall("`+", text)), default=0)
    return f"`{text}`" if not longest else f"{'`' * (longest + 1)} {text} {'`' * (longest + 1)}"


def html(text: str) -> str:
    """Return a text that reads in HTML, SVG or any XML as it was typed, inside attributes too.

    >>> html('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return entities.escape(text)


def markup(text: str) -> str:
    """Return what a sentence in Markdown must not hold, as it stands there; "" where it holds nothing such.

    That is HTML, comments (our own marks too), and a link that is neither relative nor of the web.

    >>> markup("of **5** rates [one](02_closing_rate.ipynb)"), markup("[a](java&#115;cript:b)")
    ('', 'java&#115;cript:b')
    >>> markup("a <!-- asprinted:end -->"), markup("<script>alert(1)</script>")
    ('<!--', '<script')
    """
    if tag := _TAG.search(text):
        return tag[0]
    for link in _LINK.finditer(text):
        address = link[1] or link[2] or ""
        # What a browser follows is the address without entities and backslashes.
        scheme = _SCHEME.match(entities.unescape(address).replace("\\", ""))
        if scheme and scheme[1].lower() not in _SAFE:
            return address
    return ""


def sets(page: str) -> bool:
    r"""Return whether there may be a formula in what reads as it was typed, for whoever sets them in a page.

    >>> sets("61.71%"), sets("$5"), sets(r"\(5\)")
    (False, True, True)
    """
    return "$" in page or "\\" in page


def runs(cell: str) -> bool:
    """Return whether a spreadsheet might run a cell as a formula; a negative number or rate alone is none.

    Full-width signs count, and so does a sign behind blanks.

    >>> [runs(cell) for cell in ("=1+1", " ＝A1", "@x", "-5", "-2/3", "-2.1%", "-x%", "99%")]
    [True, True, True, False, False, False, True, False]
    """
    return cell[:1] in ("\t", "\r", "\n") or (
        cell.lstrip().startswith(tuple("=+-@＝＋－＠")) and not _NEGATIVE.fullmatch(cell)
    )
