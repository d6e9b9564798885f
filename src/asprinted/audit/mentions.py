"""The words around each number of a text: its clause and sentence, and what is said beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import inf

from asprinted.chinese.lexicon import fold
from asprinted.chinese.scanning import Role, Span
from asprinted.chinese.words import group, pattern
from asprinted.exact.printed import Reading

__all__ = ["KINDS", "Mention", "informative", "likeness", "mentions"]


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A number that was read, in its place.

    `before` is what the clause says between the number before it and this one (in a bare list: what it says
    before the list; behind a bracket: also what it says before that), `lead` what the sentence says there,
    `phrase` the clause up to it (of a very long one, the end), `after` what follows until a mark or the next
    number, `gap` all that stands between the number before and this one (of very much, the end); all in
    simplified characters. `topic` is what the sentence sets out from (新收案件中…). `clause`,
    `segment` (ends at a semicolon), `sentence` and `paragraph` are counted through the text. `series` names
    a list (A件、B件) that the number belongs to, None for none, and `nth` its place there. `low` and `high`
    are the ends of its words as floats, to choose by; no verdict rests on them.
    """

    index: int
    span: Span
    reading: Reading
    before: str
    lead: str
    phrase: str
    after: str
    gap: str
    topic: str
    clause: int
    segment: int
    sentence: int
    paragraph: int
    low: float
    high: float
    series: int | None = None
    nth: int = 0

    @property
    def words(self) -> str:
        """What is said on both sides of the number."""
        return self.before + self.after


_CLAUSE, _SEGMENT, _SENTENCE = "，,、：:（）()", "；;", "。！？!?"
_MARKS = re.compile(f"[{_CLAUSE}{_SEGMENT}{_SENTENCE}\n]")
_WEAK = re.compile("[、（()）]")
_SENTENCES = re.compile(f"[{_SENTENCE}\n]")
_ASIDE = re.compile("（[^（）()]*）|[(][^（）()]*[)]")
_OPENS, _CLOSES = re.compile("[（(]"), re.compile("[)）]")
# When a clause is about, told before it: 上年同期，全院新收8386件.
_TIME = pattern(
    "(?:^|[。；，（\n])(?P<when>[^，。；（）]{0,4}{last}[^，。；（）]{0,4})，(?P<rest>[^，。；]*)$"
)
_WORDS = "[^，,、；;。！？!?\n：:（）()]"
_AND, _ONLY_AND = pattern("{and}"), pattern("{and}*")
_JOINED = pattern("[，,]|{word}{0,6}{and}{word}{0,10}", word=_WORDS)
KINDS = pattern("{kinds}")
"""Units that count kinds of things rather than things."""

_TOPIC = pattern("({word}{2,14}?)(?:(?<!{ends.中})中(?!{begins.中})|里|之中)(?:，|{word})*$", word=_WORDS)
_SIMPLER = group("simpler")


@cache
def _simpler() -> dict[int, str]:
    """Return the simplified characters of traditional ones that stand in words around numbers."""
    return {ord(each[0]): each[1] for each in _SIMPLER["cues"]}


def mentions(text: str, spans: Sequence[Span]) -> list[Mention]:
    """Return the measurements of a text that have a reading, each with the words around it.

    >>> from asprinted.chinese.scanning import scan
    >>> text = "受理案件100件，审结60件，结案率60%。"
    >>> [(each.before, each.clause, each.sentence) for each in mentions(text, scan(text))]
    [('受理案件', 0, 0), ('审结', 1, 0), ('结案率', 2, 0)]
    """
    walk = _Walk(fold(text).translate(_simpler()))
    read = [span for span in spans if span.role is Role.MEASUREMENT]
    for span, follows in zip(read, [*(each.start for each in read[1:]), len(text)], strict=False):
        walk.meet(span, follows)
    sizes = Counter(each.series for each in walk.found)
    return [each if sizes[each.series] > 1 else replace(each, series=None) for each in walk.found]


class _Walk:
    """Where one is in a folded text, number by number, and what was found on the way."""

    def __init__(self, folded: str) -> None:
        self.folded, self.found = folded, list[Mention]()
        # Clauses, segments, sentences and paragraphs; the end of the last number; where phrase and clause
        # begin; what the sentence sets out from, and what was said before a bracket.
        self._counts, self._end, self._phrase, self._clause = [0, 0, 0, 0], 0, 0, 0
        self._topic, self._outer = "", ""

    def meet(self, span: Span, follows: int) -> None:
        """Go on to the next number, behind which the one after it begins at `follows`."""
        gap = self.folded[self._end : span.start]
        self._pass(gap)
        if span.reading is not None:
            self.found.append(self._mention(span, span.reading, gap, follows))
        self._end = span.end

    def _pass(self, gap: str) -> None:
        """Count the marks between two numbers."""
        for mark in _MARKS.finditer(gap):
            level = _level(mark[0])
            self._counts[: level + 1] = [each + 1 for each in self._counts[: level + 1]]
            if not _WEAK.match(mark[0]):
                self._clause, self._phrase = self._phrase, self._end + mark.end()
            if level >= _SENTENCE_ENDS:
                self._topic = ""

    def _mention(self, span: Span, reading: Reading, gap: str, follows: int) -> Mention:
        series, nth = _series(self.found, gap, reading)
        before, self._outer = _before(gap, self._outer)
        if nth and _ONLY_AND.fullmatch(before):
            before = self.found[-1].before
        if named := _TOPIC.search(self.folded[max(self._clause, self._end) : span.start]):
            self._topic = named[1]
        behind = self.folded[span.end : min(follows, span.end + _AFTER)]
        clause, segment, sentence, paragraph = self._counts
        return Mention(
            index=len(self.found),
            span=span,
            reading=reading,
            before=before.rstrip(_BLANKS) or before,
            lead=_lead(gap, self.found),
            phrase=self.folded[max(self._phrase, span.start - _HEARD) : span.start].rstrip(_BLANKS),
            after=_MARKS.split(behind, maxsplit=1)[0],
            gap=gap[-_HEARD:],
            topic=self._topic,
            clause=clause,
            segment=segment,
            sentence=sentence,
            paragraph=paragraph,
            low=float(reading.low or 0),
            high=inf if reading.high is None else float(reading.high),
            series=series,
            nth=nth,
        )


def _before(gap: str, outer: str) -> tuple[str, str]:
    """Return what is said before a number in its clause, and what stood before a bracket that is open there.

    `gap` lies between the number before it and this one; `outer` stood before the bracket open so far.
    What a bracket holds is passed over: in 性别比（以女性为100）为103 the second number is 性别比为.
    """
    plain = _ASIDE.sub("", gap)
    if closed := _CLOSES.search(plain):
        plain, outer = (outer + plain[closed.end() :])[-_HEARD:], ""
    if opened := _OPENS.search(plain):
        outer = _last(plain[: opened.start()])
        return _last(plain[opened.end() :]) or outer, outer
    return _last(plain), outer


def _lead(gap: str, found: Sequence[Mention]) -> str:
    """Return what the sentence says since the number before, if that counts no kinds (上年同期三项为)."""
    *ended, rest = _SENTENCES.split(gap)
    if found and not ended and KINDS.fullmatch(found[-1].reading.unit):
        return f"{found[-1].lead}{found[-1].span.text}{rest}"[-_HEARD:]
    return rest


def _last(words: str) -> str:
    """Return the words of the last clause, with when it was where the clause before it tells that alone."""
    if told := _TIME.search(words):
        return f"{told['when']}，{told['rest']}"
    return _MARKS.split(words)[-1]


_AFTER, _HEARD = 24, 200
_BLANKS = " \t\u3000"
_SENTENCE_ENDS = 2


def _level(mark: str) -> int:
    return 3 if mark == "\n" else 2 if mark in _SENTENCE else 1 if mark in _SEGMENT else 0


def _series(found: Sequence[Mention], gap: str, reading: Reading) -> tuple[int, int]:
    """Return the list that a number goes on with, and its place there; a list begins with every number."""
    alike = found and found[-1].reading.dimension is reading.dimension
    if found and (_JOINED.fullmatch(gap) if alike else _AND.fullmatch(gap)):
        before = found[-1]
        assert before.series is not None
        return before.series, before.nth + 1
    return len(found), 0


_GENERIC = pattern("{generic}")


@lru_cache(maxsize=1 << 12)
def informative(words: str) -> frozenset[str]:
    """Return the characters of some words that tell one thing from another.

    >>> sorted(informative("案件调解成功率"))
    ['功', '成', '解', '调']
    """
    return frozenset(_GENERIC.sub("", words))


@lru_cache(maxsize=1 << 14)
def likeness(name: str, words: str) -> float:
    """Return the share of a name's telling characters that some words hold; 0 where it has none.

    >>> likeness("结案率", "审执结案件"), likeness("化解率", "排查纠纷")
    (1.0, 0.0)
    """
    telling = informative(name)
    return sum(each in words for each in telling) / len(telling) if telling and words else 0.0
