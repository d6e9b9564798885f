"""A made-up text with relations proposed by hand, as an engine would from its wording."""

from asprinted.audit import document
from asprinted.audit.ranking import Confidence, Proposal, check_spans
from asprinted.chinese.scanning import Span

TEXT = """槐溪县图书馆上半年小结

2024年上半年，槐溪县图书馆借出图书1,250册，按期归还1000册，按期归还率80%，比去年同期的900册上升12.5%。
归还的图书中，小说800册、诗集180册、画册20册。馆员40名，人均经手25册，满意率91%。
答复率99%。读者1.76万余人次，办证1.73万余人次，办证率98.35%。
全市各区县公共图书馆与街道社区阅览室现有藏书66000册。
连续5年开放，服务电话12368。
"""

WAYS = [
    ("sum", "1,250册", "800册 180册", "", "", "likely", 0),
    ("sum", "1000册", "800册 180册 20册", "", "", "sure", 0),
    ("share", "80%", "1000册", "1,250册", "", "sure", 0),
    ("change", "12.5%", "1000册", "900册", "rise", "likely", 1),
    ("change", "12.5%", "1,250册", "900册", "rise", "possible", 1),
    ("mean", "25册", "1000册", "40名", "", "likely", 0),
    ("share", "91%", "1000册", "1,250册", "", "sure", 0),
    ("share", "99%", "1,250册", "1000册", "", "likely", 0),
    ("share", "98.35%", "1.73万余人次", "1.76万余人次", "", "sure", 0),
]
"""Kind, result, parts, wholes, direction, confidence, number of other readings."""


def proposals(text: str, spans: list[Span]) -> list[Proposal]:
    """Return the relations whose numbers the text prints."""
    at = {span.text: span for span in reversed(spans)}
    made = []
    for kind, *sides, direction, confidence, rivals in WAYS:
        if {token for side in sides for token in side.split()} <= set(at):
            results, parts, wholes = (tuple(at[token] for token in side.split()) for side in sides)
            found = check_spans(kind, results, parts, wholes, direction)
            stated = (kind, results, parts, wholes, direction, Confidence(confidence), ())
            made.append(Proposal(*stated, found, rivals))
    return made


def place(token: str) -> tuple[int, int]:
    """Return where a token of the text stands, found by nothing but the text."""
    start = TEXT.index(token)
    return start, start + len(token)


def relate_by_hand(patch) -> None:
    """Let `asprinted.audit` take the relations from here."""
    patch.setattr(document, "relate", proposals)
