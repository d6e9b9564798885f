"""Facts about the made-up texts that audits are scored on, and about how they are scored."""

import doctest
import re
from collections import Counter
from fractions import Fraction
from itertools import chain
from types import ModuleType, SimpleNamespace

import pytest
from benchmarks import quality
from benchmarks import texts as marked
from benchmarks.quality import MEASURES, judged
from benchmarks.texts import FOLDERS, Gold, Mark, Text, folder, parse, texts

import exactly
from asprinted.audit.candidate import Confidence
from asprinted.chinese.scanning import Role
from asprinted.exact.relations import Reason
from asprinted.exact.verdicts import Verdict
from asprinted.faults import Faults

NUMERALS = set("0123456789０１２３４５６７８９〇零一二两兩三四五六七八九十百千万萬亿億几壹贰叁肆伍陆柒捌玖")
HEDGES = re.compile("[余餘多几近超逾]|突破|过半|約|约|不[足到满超低少]|以[上下内]|左右|上下|至少")
LAST_YEARS = re.compile("近[0-9一二三四五六七八九十]+年")
SHARED = re.compile("[和、与及或].{1,10}?以[上下内]")
UNNAMED = re.compile("几|[数上][十百千万]")
SETS = {name: texts(folder(name)) for name in FOLDERS}
EVERY = [pytest.param(text, id=f"{name}/{text.name}") for name, found in SETS.items() for text in found]
RUN = 16

SMALL = "收⟦m a=100|100件⟧，结⟦m b=60|60件⟧，率⟦m c=0.6|60%⟧，第⟦l|一⟧。\n---\n[[relation]]\n"
SHARE = 'kind = "share"\nresult = "c"\nparts = ["b"]\nwholes = ["a"]\nverdict = "both"\nsure = true\n'


# ------------------------------------------------------------ each text


@pytest.mark.parametrize("text", EVERY)
def test_every_numeral_of_a_text_stands_within_a_mark(text: Text):
    marked = set(chain.from_iterable(range(mark.start, mark.end) for mark in text.marks))
    left = [at for at, mark in enumerate(text.text) if mark in NUMERALS and at not in marked]
    assert [text.text[max(0, at - 6) : at + 6] for at in left] == []
    assert all(text.text[mark.start : mark.end] == mark.text for mark in text.marks)


@pytest.mark.parametrize("text", EVERY)
def test_a_mark_has_an_interval_where_its_words_are_a_hedge_or_a_range(text: Text):
    for mark in text.marks:
        if mark.counts and not mark.vague:
            own = HEDGES.search(mark.text) and not LAST_YEARS.fullmatch(mark.text)
            shared = bool(mark.bounds) and SHARED.match(text.text, mark.end)
            assert bool(mark.bounds) == bool(own or shared or mark.value is None), mark.text
        assert mark.vague is False or UNNAMED.match(mark.text) or mark.value is not None, mark.text


@pytest.mark.parametrize("text", EVERY)
def test_plain_fractions_give_the_verdict_of_each_relation(text: Text):
    for each in text.relations:
        shown = each.kind, [mark.text for mark in (*each.results, *each.parts, *each.wholes)]
        assert (shown, exactly.verdict(each)) == (shown, each.verdict)


@pytest.mark.parametrize("name", FOLDERS)
def test_the_counts_of_a_set_are_those_published(name: str, home):
    found = SETS[name]
    marks = [mark for text in found for mark in text.marks]
    relations = [each for text in found for each in text.relations]
    roles = Counter(mark.role for mark in marks)
    counts = [
        len(found),
        *(roles[role] for role in ("measurement", "ordinal", "date", "label")),
        sum(bool(mark.bounds) for mark in marks),
        len(relations),
        sum(each.sure for each in relations),
        sum(each.inconsistent for each in relations),
        sum(each.verdict == "truncation_only" for each in relations),
        sum(not each.printed for each in relations),
    ]
    row = f"| {name} | {' | '.join(f'{count:,}' for count in counts)} |"
    page = (home / "benchmarks" / "texts" / "README.md").read_text("utf-8").splitlines()
    assert not found or row in page, row


@pytest.mark.parametrize("text", EVERY)
def test_no_run_of_16_characters_is_the_articles(text: Text, article: str):
    runs = {article[at : at + RUN] for at in range(len(article) - RUN + 1)}
    assert [at for at in range(len(text.text)) if text.text[at : at + RUN] in runs] == []


# ------------------------------------------------------------ the format


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("---\n", "", "no line ---"),
        ("⟦m a=100|", "⟦x a=100|", 'line 1 of the text: found role "x" of 100件'),
        ("⟦m b=60|", "⟦m a=60|", "id a twice"),
        ("⟦m a=100|", "⟦m a|", "reading an empty cell of 100件"),
        ("⟦m a=100|", "⟦m a=about|", 'reading "about" of 100件'),
        ("⟦m a=100|", "⟦m a=[9,3]|", "an interval that does not fall"),
        ("⟦l|一⟧", "⟦l=1|一⟧", "a reading of 一, expected none for a date or a label"),
        ("⟦l|一⟧", "⟦l一⟧", "expected a mark"),
        ("⟦l|一⟧", "⟦l|一", "expected a mark"),
        ('parts = ["b"]', 'parts = ["z"]', 'row 1, column parts: found id "z"'),
        ('kind = "share"', 'kind = "growth"', 'column kind: found "growth"'),
        ('kind = "share"', 'kind = "change"', "column direction"),
        ('kind = "share"', 'kind = "sum"', "parts and wholes of a sum"),
        ('verdict = "both"', 'verdict = "wrong"', 'column verdict: found "wrong"'),
        ("sure = true", 'sure = "yes"', 'column sure: found "yes"'),
        ('verdict = "both"', 'verdict = "both"\nreason = ""', 'column reason: found key "reason"'),
        ("[[relation]]", "[[relation]", "no TOML"),
    ],
)
def test_what_is_no_marked_text_is_refused_with_its_place(old: str, new: str, said: str):
    content = SMALL + SHARE
    assert len(parse(content, "01_court").relations) == 1
    with pytest.raises(Faults) as raised:
        parse(content.replace(old, new, 1), "01_court")
    assert said in str(raised.value)
    assert "01_court.txt" in str(raised.value)


def test_a_reading_may_be_below_nought_and_a_text_may_be_a_table_of_bars():
    made = parse("| 增长 | ⟦m =-0.021|-2.1%⟧ | ⟦m =1/8@[1/8,)|1/8以上⟧ |\n---\n", "01_table")
    assert made.text == "| 增长 | -2.1% | 1/8以上 |"
    assert [(mark.value, mark.low) for mark in made.marks] == [
        (Fraction("-0.021"), None),
        (Fraction(1, 8), Fraction(1, 8)),
    ]


def test_what_is_cut_is_cut_toward_nought_also_below_it():
    fallen = (
        '[[relation]]\nkind = "change"\nresult = "c"\nparts = ["b"]\nwholes = ["a"]\ndirection = "rise"\n'
    )
    content = "由⟦m a=3000|3 000件⟧到⟦m b=2902|2 902件⟧，增长⟦m c=%s|%s%%⟧。\n---\n" + fallen
    given = 'verdict = "both"\nsure = true\n'
    verdicts = [
        exactly.verdict(parse(content % each + given, "01_court").relations[0])
        for each in [("-0.033", "-3.3"), ("-0.032", "-3.2"), ("-0.034", "-3.4")]
    ]
    assert verdicts == ["nearest_only", "truncation_only", "contradicted"]


# ------------------------------------------------------------ the scores


def span(mark: Mark) -> SimpleNamespace:
    """What a finder would give that finds and reads as the person did who marked the text."""
    reading = SimpleNamespace(value=mark.value, low=mark.low, high=mark.high, bounds=mark.bounds)
    place = {"start": mark.start, "end": mark.end, "text": mark.text}
    read = mark.value is not None or mark.bounds
    return SimpleNamespace(**place, role=Role(mark.role), reading=reading if read else None)


def proposal(each: Gold) -> SimpleNamespace:
    """What a relater would give that is sure of a relation that is meant."""
    reason = Reason.PART_ABOVE_WHOLE if each.verdict == "not_testable" and each.printed else None
    check = SimpleNamespace(verdict=Verdict(each.verdict), reason=reason)
    sides = {name: [span(mark) for mark in getattr(each, name)] for name in ("results", "parts", "wholes")}
    # A share printed under a head in % is a mean for a hundred.
    kind = "mean" if each.kind == "share" and each.per > 1 else each.kind
    flag = "sure" if each.inconsistent else ""
    return SimpleNamespace(kind=kind, **sides, confidence=Confidence.SURE, check=check, flag=flag)


def counted(spans: list[SimpleNamespace], proposals: list[SimpleNamespace]) -> dict[str, int]:
    """What is counted of an audit of the small text, less what is nought."""
    return +judged(MADE, spans, proposals).counts


MADE = parse(SMALL + SHARE, "01_court")
WORST = {"name as figure", "false sure", "false likely"}


@pytest.mark.parametrize("text", EVERY)
def test_an_audit_that_finds_what_was_marked_misses_nothing(text: Text):
    scored = judged(text, [span(mark) for mark in text.marks], [proposal(each) for each in text.relations])
    measures = [each for each in MEASURES if each.hits not in WORST]
    assert [each.title for each in measures if scored.counts[each.hits] != scored.counts[each.of]] == []
    assert not WORST & (+scored.counts).keys()


def test_a_missed_and_a_wrong_figure_each_cost_what_they_should():
    whole, part, rate, name = map(span, MADE.marks)
    assert counted([whole, part, rate, name], [])["span"] == 3
    assert counted([part, rate, name], [])["span"] == 2
    part.text, part.end = "60", part.end - 1
    found = counted([whole, part, rate, name], [])
    assert (found["figure"], found["offered figure"], found["span"]) == (3, 3, 2)
    rate.reading.value = 60
    name.role = Role.MEASUREMENT
    found = counted([whole, part, rate, name], [])
    assert (found["value"], found["valued"], found["name as figure"], found["offered figure"]) == (1, 2, 1, 4)


def test_a_relation_whose_sides_change_places_is_found_loosely_alone():
    spans, given = [span(mark) for mark in MADE.marks], proposal(MADE.relations[0])
    assert counted(spans, [given])["found"] == counted(spans, [given])["right"] == 1
    given.parts, given.wholes = given.wholes, given.parts
    found = counted(spans, [given])
    assert "found" not in found
    assert found["found loosely"] == found["right loosely"] == found["sure"] == 1


def test_a_span_that_is_cut_stands_for_its_figure_in_a_relation():
    spans, given = [span(mark) for mark in MADE.marks], proposal(MADE.relations[0])
    given.parts[0].end -= 1
    assert counted(spans, [given])["found"] == 1


def test_a_relation_that_is_merely_possible_is_neither_found_nor_wrong():
    spans, given = [span(mark) for mark in MADE.marks], proposal(MADE.relations[0])
    given.confidence = Confidence.POSSIBLE
    found = counted(spans, [given])
    assert found["found possibly"] == 1
    assert not {"found", "offered", "right"} & found.keys()


def test_contradicting_what_is_consistent_is_a_false_alarm_and_a_wrong_verdict():
    spans, given = [span(mark) for mark in MADE.marks], proposal(MADE.relations[0])
    assert counted(spans, [given])["verdict"] == 1
    given.check.verdict, given.flag = Verdict.CONTRADICTED, "sure"
    found = counted(spans, [given])
    assert found["false sure"] == found["flag sure"] == 1
    assert "verdict" not in found
    given.flag = ""
    assert "false sure" not in counted(spans, [given])


def test_a_missed_goal_is_told_beside_its_share():
    scored = judged(MADE, [span(mark) for mark in MADE.marks], [])
    page = quality.page("fresh", scored, {"01_court": scored})
    assert "| exact spans, F1 | 6 | 6 | 1.000 | 0.610 to 1.000 | at least 0.98 |" in page
    assert (
        "| relations found, sure or likely | 0 | 1 | 0.000 | 0.000 to 0.793 | at least 0.9: **missed** |"
        in page
    )


@pytest.mark.parametrize("module", [marked, quality])
def test_the_examples_of_the_benchmarks_documentation_hold(module: ModuleType):
    failed, tried = doctest.testmod(module)
    assert (failed, tried > 0) == (0, True)
