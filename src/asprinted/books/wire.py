"""What cells put out, as a wire gives it to whoever stores it: text that a file in UTF-8 can hold."""

from __future__ import annotations

import re
from typing import Any

from jupyter_client.session import json_packer

__all__ = ["pack", "sent"]

_HALF = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def sent(content: Any) -> Any:
    r"""Return a message with marks for bytes that are no text, and for halves of characters.

    >>> ascii(sent({"text": ["a\udcff", "b\ud800", 1]}))
    "{'text': ['a\\ufffd', 'b\\ufffd', 1]}"
    """
    if isinstance(content, str):
        if content.isascii():
            return content
        # Python keeps bytes that are no text as other halves: together they may be text.
        return _HALF.sub("\ufffd", content).encode(errors="surrogateescape").decode(errors="replace")
    if isinstance(content, dict):
        return {sent(key): sent(value) for key, value in content.items()}
    return [sent(value) for value in content] if isinstance(content, list | tuple) else content


def pack(message: Any) -> bytes:
    """Return a message as a kernel sends it; Jupyter's own packer fails over half of a character."""
    return json_packer(sent(message))
