"""A made-up text with relations proposed by hand, as an engine would from its wording."""

from asprinted.audit import document
from asprinted.audit.candidate import Candidate, Confidence
from asprinted.audit.checking import check_spans
from asprinted.chinese.scanning import Span
from asprinted.exact.verdicts import Verdict

TEXT = """槐溪县图书馆上半年小结

2024年上半年，槐溪县图书馆借出图书1,250册，按期归还1000册，按期归还率80%，比去年同期的900册上升12.5%。
归还的图书中，小说800册、诗集180册、画册20册。馆员40名，人均经手25册，满意率91%。
答复率99%。读者1.76万余人次，办证1.73万余人次，办证率98.35%。
全市各区县公共图书馆与街道社区阅览室现有藏书66000册。
连续5年开放，服务电话12368。
"""

WAYS = [
    ("sum", "1,250册", "800册 180册", "", "", "likely"),
    ("sum", "1000册", "800册 180册 20册", "", "", "sure"),
    ("share", "80%", "1000册", "1,250册", "", "sure"),
    ("change", "12.5%", "1000册", "900册", "rise", "likely"),
    ("change", "12.5%", "1,250册", "900册", "rise", "possible"),
    ("mean", "25册", "1000册", "40名", "", "likely"),
    ("share", "91%", "1000册", "1,250册", "", "sure"),
    ("share", "99%", "1,250册", "1000册", "", "likely"),
    ("share", "98.35%", "1.73万余人次", "1.76万余人次", "", "sure"),
]
"""Kind, result, parts, wholes, direction, confidence."""


def proposals(text: str, spans: list[Span]) -> list[Candidate]:
    """Return the relations whose numbers the text prints."""
    at = {span.text: span for span in reversed(spans)}
    made = []
    for kind, *sides, direction, confidence in WAYS:
        if {token for side in sides for token in side.split()} <= set(at):
            results, parts, wholes = (tuple(at[token] for token in side.split()) for side in sides)
            found = check_spans(kind, results, parts, wholes, direction)
            level = Confidence(confidence)
            fails = found.verdict is Verdict.CONTRADICTED and level is not Confidence.POSSIBLE
            flag = confidence if fails else ""
            made.append(
                Candidate(kind, results, parts, wholes, direction, check=found, confidence=level, flag=flag)
            )
    return made


def place(token: str) -> tuple[int, int]:
    """Return where a token of the text stands, found by nothing but the text."""
    start = TEXT.index(token)
    return start, start + len(token)


def relate_by_hand(patch) -> None:
    """Let `asprinted.audit` take the relations from here."""
    patch.setattr(document, "relate", proposals)
