"""What cells put out, as a wire gives it to whoever stores it: what JSON, and a file in UTF-8, can hold."""

from __future__ import annotations

import re
from typing import Any

from jupyter_client.session import json_packer, json_unpacker

__all__ = ["pack", "passed"]

_HALF = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def pack(message: Any) -> bytes:
    """Return a message as a kernel sends it; Jupyter's own packer fails over half of a character."""
    return json_packer(_whole(message))


def passed(message: Any) -> Any:
    r"""Return a message as it leaves the wire, with marks for what is no text.

    >>> ascii(passed({"text": ("a\udcff", "b\ud800", 1)}))
    "{'text': ['a\\ufffd', 'b\\ufffd', 1]}"
    """
    return json_unpacker(pack(message))


def _whole(message: Any) -> Any:
    """Return a message without halves of characters.

    But for those by which Python keeps bytes that are no text: together they may be text.
    """
    if isinstance(message, str):
        return message if message.isascii() else _HALF.sub("\ufffd", message)
    if isinstance(message, dict):
        return {_whole(key): _whole(value) for key, value in message.items()}
    return [_whole(each) for each in message] if isinstance(message, list | tuple) else message
