"""Rerun notebooks, hold what they give to what is stored, and build the pages made of them."""

import sys

# With nbformat comes jsonschema, which compiles a grammar of web addresses where `rfc3987_syntax` is there
# (JupyterLab brings it): 0.97 s of processor time instead of 0.12 s, for addresses that no notebook holds.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
import nbformat as nbformat  # noqa: E402

if sys.modules["rfc3987_syntax"] is None:
    del sys.modules["rfc3987_syntax"]
