"""Many texts: read from files and columns, audited on every core, and kept as tables.

`relations` and `summary` audit a column of texts in a frame of pandas, or of Dask, on all its machines.
"""

from asprinted.corpus.frames import relations, summary

__all__ = ["relations", "summary"]
