"""What words propose of a text, before arithmetic chooses, and each reading in one line."""

from collections.abc import Iterator

from asprinted.audit.candidate import Candidate
from asprinted.audit.mentions import mentions
from asprinted.audit.proposing import groups
from asprinted.chinese.scanning import scan


def readings(text: str) -> Iterator[Candidate]:
    """Yield every reading of every group that a text proposes, and of a table each row of it."""
    for found in groups(text, mentions(text, scan(text))):
        for rows in found:
            yield from rows


def said(found: Candidate) -> str:
    """Return a candidate as `61.71% = 21454件 / 34765件`, with + between several."""
    result, *others = (
        "+".join(span.text for span in side) for side in (found.results, found.parts, found.wholes)
    )
    return f"{result} = {' / '.join(filter(None, others))}"
