"""The links of the site: written relative to each page once all pages are known, and none of them dead."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from asprinted.faults import Fault, Faults, near

_LINK = re.compile(
    r'(?P<name>href|src|srcset|action|content|data-[a-z]+)="(?P<scheme>page|en|zh|file):(?P<path>[^"#?]*)(?P<rest>[^"]*)"'
)
_OWN = re.compile(r'href="#([^"=]+)"')
_ID = re.compile(r'\sid="?([^"\s>]+)')


def resolved(pages: Mapping[str, bytes], served: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return pages, their links written, and the files served beside them, by name.

    A link is `page:PATH/` in the page's own language, `en:PATH/` or `zh:PATH/` in one, `file:NAME` for what
    is served; what holds `=` behind a # is a state, no place. Raises Faults with every link that leads
    nowhere, to a place within a page too.
    """
    there = {*pages, *served}
    anchors = {name: set(_ID.findall(text.decode())) for name, text in pages.items()}
    faults = list[Fault]()

    def written(name: str, found: re.Match[str]) -> str:
        target = _target(name, found["scheme"], found["path"])
        anchor = found["rest"].partition("#")[2]
        if target not in there or (anchor and "=" not in anchor and anchor not in anchors.get(target, ())):
            shown = f"{found['scheme']}:{found['path']}{found['rest']}"
            faults.append(
                Fault(
                    name,
                    None,
                    "",
                    f"the dead link {shown}",
                    f"a page or a file of the site{near(target, there)}",
                )
            )
        way = posixpath.relpath(target, posixpath.dirname(name) or ".")
        return f'{found["name"]}="{way}{found["rest"]}"'

    made = dict(served)
    for name, text in pages.items():
        told = text.decode()
        for anchor in _OWN.findall(told):
            if anchor not in anchors[name]:
                faults.append(
                    Fault(name, None, "", f"the dead link #{anchor}", "a place of that name in the page")
                )
        made[name] = _LINK.sub(lambda found, name=name: written(name, found), told).encode()  # type: ignore[misc]
    if faults:
        raise Faults(faults, outcome="no site was built")
    return made


def _target(name: str, scheme: str, path: str) -> str:
    """Return the name of the file to which a link of a page leads."""
    if scheme == "file":
        return path
    own = "zh" if name.startswith("zh/") else "en"
    language = own if scheme == "page" else scheme
    return f"{'zh/' if language == 'zh' else ''}{path}index.html"
