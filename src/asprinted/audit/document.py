"""The audit of a text that nobody prepared: its numbers, what they may follow from, and the verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from asprinted.audit import decisions as choices
from asprinted.audit.decisions import Decision
from asprinted.audit.findings import Findings
from asprinted.audit.phrasing import says, summary
from asprinted.audit.ranking import relate
from asprinted.audit.report import framed
from asprinted.languages import scan
from asprinted.prose.sentences import current_language, sentence

__all__ = ["Audit", "audit"]


class Audit(Findings):
    """What an audit of a text found; it shows itself as a summary, in a notebook as the report."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the counts and each relation flagged, in the language in which results show themselves."""
        language = current_language()
        flagged = [claim for claim in self.claims if claim.is_asked]
        lines = [f"{claim.id}: {says(claim, language)}" for claim in flagged]
        return "\n".join([summary(self, language), *lines, sentence("audit", "consistent", language)])

    def _repr_html_(self) -> str:
        return framed(self, current_language())


def audit(text: str, *, name: str = "text", decisions: Sequence[Decision] = ()) -> Audit:
    """Find, read, relate and audit the numbers of a text.

    `name` names it in tables. `decisions` are a person's, as `decisions.read` reads them from a table of
    relations. Raises Faults where these are about another text, or no relations.

    - *found*: number expressions of any sort; *read*: measurements and ordinals among them with a reading;
    - *related*: results that may follow from others, each in its likeliest reading;
    - *testable*: of these, those whose numbers can stand in the relation;
    - *tested*: of these, those that could have failed;
    - *flagged*: of these, those that do not follow, and are sure or likely to be meant.

    >>> audit("受理100件，审结60件，结案率60%。").spans[0].text
    '100件'
    """
    spans = scan(text)
    settled, claims = choices.settle(text, spans, relate(text, spans), decisions)
    return Audit(text, name, settled, claims)
