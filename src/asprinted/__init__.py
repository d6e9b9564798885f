"""Read printed numbers with their words, and ask which of them follows from which.

`read` gives one token's value and interval, `check` says whether a printed result follows from printed
inputs. Of a text that nobody prepared, `scan` finds the number expressions, `relate` proposes which follows
from which, and `audit` does both. `notebook` opens a collection; it alone needs more than Python itself.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from asprinted.face import audit, check, notebook, read, relate, scan
else:
    ModuleType = type(sys)

__all__ = ["audit", "check", "notebook", "read", "relate", "scan"]


def __dir__() -> list[str]:
    return list(__all__)


def __getattr__(name: str) -> Any:
    # A command answers to Ctrl-C before it has loaded what takes its time: `typing` and `types`, too.
    if name in ("corpus", "figures"):
        from importlib import import_module

        return import_module(f"{__name__}.{name}")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from asprinted import face

    return getattr(face, name)


class _Face(ModuleType):
    """The module of this package, whose name `audit` stays the function's.

    Python gives a package the name of each folder in it that is loaded, and there is a folder `audit`.
    """

    @property
    def audit(self) -> Any:
        return __getattr__("audit")

    @audit.setter
    def audit(self, folder: ModuleType) -> None:
        pass


sys.modules[__name__].__class__ = _Face
