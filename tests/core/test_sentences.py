"""The engine's sentences in both languages, checks of every kind among them."""

import csv
import re
import tomllib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from string import Formatter

import pytest

from asprinted.chinese.reading import read
from asprinted.exact import verdicts
from asprinted.exact.relations import Printed, Reason, relation
from asprinted.exact.verdicts import Check, Verdict
from asprinted.face import share
from asprinted.faults import Fault
from asprinted.prose import sentences
from asprinted.prose.writing import Language

OUTCOMES = ("holds", "compatible", "flag", "differs", "alone")
SENTENCES = tomllib.loads(Path(sentences.__file__).with_name("sentences.toml").read_text(encoding="utf-8"))


def test_every_verdict_outcome_and_reason_has_words_in_both_languages():
    named = [("verdict", name) for name in Verdict] + [("outcome", name) for name in OUTCOMES]
    named += [("reason", name) for name in Reason]
    assert len(
        {sentences.sentence(*each, language) for each in named for language in ("en", "zh")}
    ) == 2 * len(named)
    for each in (("verdict", "proved"), ("outcome", "both")):
        with pytest.raises(KeyError):
            sentences.sentence(*each)


def test_a_finding_shows_as_markdown_in_jupyter_and_as_its_text_elsewhere():
    finding = sentences.Prose("Of 785 disputes, **two** were not settled.")
    assert finding._repr_markdown_() == repr(finding) == str(finding) == finding
    assert type(finding._repr_markdown_()) is str


def test_a_table_keeps_its_columns_whatever_stands_in_a_cell():
    table = sentences.table(["a", "b"], [["1|2", "3"]])
    assert table.splitlines() == ["| a | b |", "|---|---|", r"| 1\|2 | 3 |"]
    with pytest.raises(Fault, match="a row of 1 cells under a header of 2"):
        sentences.table(["a", "b"], [["1"]])


def told(result: Check, language: Language = "en") -> str:
    """Return what a check says of itself, before it tells its strength."""
    sentences.set_language(language)
    try:
        said = repr(sentences.answer(result))
    finally:
        sentences.set_language("en")
    return said.removesuffix(sentences.strength(result, language)).rstrip()


def test_a_checked_share_is_one_sentence_in_both_languages():
    closing = verdicts.check(share("61.71%", "21454件", "34765件"))
    assert told(closing) == ("Printed: 61.71%; 21,454 of 34,765 is 61.7115%: follows, rounded or cut.")
    police = verdicts.check(share("98.35%", "1.73万余件", "1.76万余件"))
    assert told(police, "zh") == (
        "原文98.35%；以17300至17399除以17600至17699，得97.7456%至98.8580%：四舍五入或去尾都不能排除。"
    )


def test_a_share_that_nobody_printed_is_called_derived():
    printed = share("25.0%", "4044件", "16179件")
    unprinted = verdicts.check(replace(printed, printed=()))
    assert told(unprinted) == (
        "No rate is printed, so none can be tested; 4,044 of 16,179 is 24.9954%, derived."
    )
    assert told(unprinted, "zh").endswith("24.9954%（本项目计算）。")


@pytest.mark.parametrize(
    ("direction", "new", "old", "en", "zh"),
    [
        ("fall", "125件", "100件", "from 100 to 125 is a rise of 25.0000%", "由100到125，上升25.0000%"),
        ("rise", "75件", "100件", "from 100 to 75 is a fall of 25.0000%", "由100到75，下降25.0000%"),
    ],
)
def test_a_change_that_nobody_printed_is_told_by_the_way_its_numbers_go(direction, new, old, en, zh):
    unprinted = checked("change", (), figures("count", new), figures("count", old), direction=direction)
    assert told(unprinted) == f"No change is printed, so none can be tested; {en}, derived."
    assert told(unprinted, "zh") == f"原文没有增减幅度，无法检验；{zh}（本项目计算）。"


@pytest.mark.parametrize(
    ("direction", "en", "zh"),
    [("rise", "a rise of 0.0%", "原文上升0.0%"), ("fall", "a fall of 0.0%", "原文下降0.0%")],
)
def test_no_change_at_all_goes_the_way_that_is_printed(direction, en, zh):
    same = figures("count", "100件")
    none = checked("change", figures("change", "0.0%"), same, same, direction=direction)
    assert told(none) == (
        f"Printed: {en}; from 100 to 100 is a {direction} of 0.0000%: follows, rounded or cut."
    )
    assert told(none, "zh").startswith(f"{zh}；由100到100，{zh[2:4]}0.0000%：")


# ------------------------------------------------------------ every sentence


with Path(__file__).with_name("sentences.csv").open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))


@pytest.mark.parametrize("line", LINES, ids=[f"{line['group']} {line['name']}" for line in LINES])
def test_each_sentence_says_in_both_languages_what_its_line_says(line: dict[str, str]):
    given = dict(value.split("=", 1) for value in line["given"].split("; ") if value)
    for language in ("en", "zh"):
        assert sentences.sentence(line["group"], line["name"], language, **given) == line[language]


def test_each_sentence_has_a_line_whose_figures_differ_from_each_other():
    stored = [(group, name) for group, names in SENTENCES.items() for name in names]
    assert [(line["group"], line["name"]) for line in LINES] == stored
    for line in LINES:
        figures = [value.split("=", 1)[1] for value in line["given"].split("; ") if value]
        assert len(set(figures)) == len(figures)


@pytest.mark.parametrize(
    ("group", "name"), [(group, name) for group, names in SENTENCES.items() for name in names]
)
def test_each_sentence_of_the_engine_has_both_languages_with_the_same_places(group: str, name: str):
    texts = SENTENCES[group][name]
    named = {
        language: {field for _, field, _, _ in Formatter().parse(text) if field}
        for language, text in texts.items()
    }
    assert texts.keys() == {"en", "zh"}
    if group == "figure":
        # A source is cited by its title in the title's own language alone, and on a card by no title.
        assert named["en"] ^ named["zh"] in (
            {"publisher", "title"},
            {"publisher"},
            {"publisher", "own"},
            set(),
        )
        return
    assert named["en"] == named["zh"]
    assert texts["en"].isascii()
    # What is typed in a terminal, or stands as a file's name, is the same in every language.
    chinese = re.sub(TYPED_IN_A_TERMINAL, "", Formatter().vformat(texts["zh"], (), Blank()))
    assert not any("a" <= mark <= "z" for mark in chinese)


TYPED_IN_A_TERMINAL = r"--[a-z]+( csv)?|asprinted [a-z]+|README\.zh\.md|Markdown|decision|accept|reject"


class Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "〇"


# ------------------------------------------------------------ checks of every kind


def figures(kind: str, *tokens: str) -> tuple[Printed, ...]:
    return tuple(Printed(read(token), kind) for token in tokens)


def checked(
    kind: str, result: tuple[Printed, ...], *inputs: tuple[Printed, ...], direction: str = ""
) -> Check:
    parts, wholes = (*inputs, (), ())[:2]
    return verdicts.check(relation(kind, "made_up", result, parts, wholes, direction=direction))


EVERY_KIND = [
    (
        checked("mean", figures("mean", "413件"), figures("count", "21454件"), figures("count", "52名")),
        "Printed: 413件; 21,454 over 52 is 412.5769件 each: follows only if rounded, not if cut.",
        "原文413件；以21454除以52，平均得412.5769件：只有四舍五入相符，去尾不符。",
    ),
    (
        checked("sum", figures("count", "112个"), figures("count", "8个", "96个", "8个")),
        "Printed: 112个; 8 + 96 + 8 is 112个: follows, rounded or cut.",
        "原文112个；8加96加8，合计112个：四舍五入或去尾都相符。",
    ),
    (
        checked(
            "change",
            figures("change", "25%"),
            *(figures("count", n) for n in ("75件", "100件")),
            direction="fall",
        ),
        "Printed: a fall of 25%; from 100 to 75 is a fall of 25.0000%: follows, rounded or cut.",
        "原文下降25%；由100到75，下降25.0000%：四舍五入或去尾都相符。",
    ),
    (
        checked(
            "change",
            figures("change", "30%"),
            *(figures("count", n) for n in ("125件", "100件")),
            direction="rise",
        ),
        "Printed: a rise of 30%; from 100 to 125 is a rise of 25.0000%: "
        "does not follow, neither rounded nor cut.",
        "原文上升30%；由100到125，上升25.0000%：四舍五入、去尾都不相符。",
    ),
    (
        checked("divisor", figures("mean", "669件", "413件"), (), figures("count", "34765件", "21454件")),
        "Printed: 669件 and 413件; of whole numbers that divide 34,765 and 21,454 into them, 52 alone fits "
        "if rounded, none fits if cut: follows only if rounded, not if cut.",
        "原文669件和413件；以同一整数除34765和21454，四舍五入时只有52相符，去尾时没有整数相符："
        "只有四舍五入相符，去尾不符。",
    ),
    (
        # 9.5 ≤ 1000/n < 10.5 for 96 … 105, 10 ≤ 1000/n < 11 for 91 … 100.
        checked("divisor", figures("mean", "10件"), (), figures("count", "1000件")),
        "Printed: 10件; of whole numbers that divide 1,000 into them, 10 fit, from 96 to 105 if rounded, "
        "10 fit, from 91 to 100 if cut: follows, rounded or cut.",
        "原文10件；以同一整数除1000，四舍五入时有10个整数相符（96至105），去尾时有10个整数相符（91至100）："
        "四舍五入或去尾都相符。",
    ),
    (
        checked("share", figures("rate", "61.71%"), figures("mean", "413件"), figures("mean", "669件")),
        "Printed: 61.71%; 413件 of 669件 is 61.6131% to 61.8549%: follows, rounded or cut.",
        "原文61.71%；以413件除以669件，得61.6131%至61.8549%：四舍五入或去尾都相符。",
    ),
    (
        checked("share", figures("rate", "30%"), figures("count", "10件", "20件"), figures("count", "100件")),
        "Printed: 30%; (10 + 20) of 100 is 30.0000%: follows, rounded or cut.",
        "原文30%；以10加20之和除以100，得30.0000%：四舍五入或去尾都相符。",
    ),
    (
        checked("sum", figures("count", "7万件"), figures("count", "3万余件", "4万件")),
        "Printed: 7万件; (30,000 to 39,999) + (35,000 to 44,999) is 65,000件 to 84,998件: "
        "not excluded, rounded or cut.",
        "原文7万件；（30000至39999）加（35000至44999），合计65000件至84998件：四舍五入或去尾都不能排除。",
    ),
    (
        checked(
            "change",
            figures("change", "50%"),
            *(figures("count", n) for n in ("300余件", "200件")),
            direction="rise",
        ),
        "Printed: a rise of 50%; from 200 to (300 to 399) is a rise of 50.0000% to 99.5000%: "
        "not excluded, rounded or cut.",
        "原文上升50%；由200到（300至399），上升50.0000%至99.5000%：四舍五入或去尾都不能排除。",
    ),
    (
        checked(
            "change",
            figures("change", "30%"),
            *(figures("count", n) for n in ("75件", "100件")),
            direction="rise",
        ),
        "Printed: a rise of 30%; from 100 to 75 is a fall of 25.0000%: "
        "does not follow, neither rounded nor cut.",
        "原文上升30%；由100到75，实为下降25.0000%：四舍五入、去尾都不相符。",
    ),
    (
        checked(
            "change",
            figures("change", "30%"),
            *(figures("count", n) for n in ("125件", "100件")),
            direction="fall",
        ),
        "Printed: a fall of 30%; from 100 to 125 is a rise of 25.0000%: "
        "does not follow, neither rounded nor cut.",
        "原文下降30%；由100到125，实为上升25.0000%：四舍五入、去尾都不相符。",
    ),
    (
        checked("share", figures("rate", "0.6‰"), figures("count", "7件"), figures("count", "11946件")),
        "Printed: 0.6‰; 7 of 11,946 is 0.5860‰: follows only if rounded, not if cut.",
        "原文0.6‰；以7除以11946，得0.5860‰：只有四舍五入相符，去尾不符。",
    ),
    (
        # 7 ÷ 11999 is 0.58338…‰ and 7 ÷ 11900 is 0.58823…‰: each end is rounded outward.
        checked("share", figures("rate", "0.6‰"), figures("count", "7件"), figures("count", "1.19万余件")),
        "Printed: 0.6‰; 7 of 11,900 to 11,999 is 0.5833‰ to 0.5883‰: "
        "not excluded if rounded, excluded if cut.",
        "原文0.6‰；以7除以11900至11999，得0.5833‰至0.5883‰：四舍五入不能排除，去尾不符。",
    ),
    (
        checked(
            "mean", figures("mean", "48.5万元"), figures("money", "5.83亿元"), figures("count", "1202件")
        ),
        "Printed: 48.5万元; 5.83亿元 over 1,202 is 48.4608万元 to 48.5441万元 each: follows, rounded or cut.",
        "原文48.5万元；以5.83亿元除以1202，平均得48.4608万元至48.5441万元：四舍五入或去尾都相符。",
    ),
    (
        checked("mean", figures("mean", "2.4倍"), figures("count", "31件"), figures("count", "13件")),
        "Printed: 2.4倍; 31 over 13 is 2.3846倍: follows only if rounded, not if cut.",
        "原文2.4倍；以31除以13，得2.3846倍：只有四舍五入相符，去尾不符。",
    ),
    (
        checked("mean", figures("mean", "17.0"), figures("count", "36954人"), figures("count", "2174人")),
        "Printed: 17.0; 36,954 over 2,174 is 16.9982: follows only if rounded, not if cut.",
        "原文17.0；以36954除以2174，得16.9982：只有四舍五入相符，去尾不符。",
    ),
    (
        checked(
            "mean",
            figures("mean", "165.8件"),
            *(figures("count", n) for n in ("12300件", "742000人")),
            direction="per_10000",
        ),
        "Printed: 165.8件; 12,300 over 742,000 is 165.7682件 per 10,000: "
        "follows only if rounded, not if cut.",
        "原文165.8件；以12300除以74.2万，每10000得165.7682件：只有四舍五入相符，去尾不符。",
    ),
    (
        checked(
            "share",
            figures("rate", "80%"),
            *(figures("count", n) for n in ("20件", "100件")),
            direction="rest",
        ),
        "Printed: 80%; what 20 of 100 leaves is 80.0000%: follows, rounded or cut.",
        "原文80%；100扣除20后占80.0000%：四舍五入或去尾都相符。",
    ),
    (
        checked(
            "change",
            figures("change", "25%"),
            *(figures("count", n) for n in ("125件", "25件")),
            direction="rise_by",
        ),
        "Printed: a rise of 25%; with 125 now, 25 more is a rise of 25.0000%: follows, rounded or cut.",
        "原文上升25%；现为125，增加25，即上升25.0000%：四舍五入或去尾都相符。",
    ),
    (
        checked(
            "change",
            figures("change", "25%"),
            *(figures("count", n) for n in ("75件", "25件")),
            direction="fall_by",
        ),
        "Printed: a fall of 25%; with 75 now, 25 fewer is a fall of 25.0000%: follows, rounded or cut.",
        "原文下降25%；现为75，减少25，即下降25.0000%：四舍五入或去尾都相符。",
    ),
    (
        # Each stands for 0.05 on either side: 100 − 51.7 … 100 − 51.5.
        checked("sum", figures("mean", "48.4"), figures("mean", "16.7", "34.9"), direction="of_100"),
        "Printed: 48.4; 16.7 + 34.9 leaves of 100 above 48.3 to 48.5: follows, rounded or cut.",
        "原文48.4；16.7加34.9，与100相差超过48.3、不超过48.5：四舍五入或去尾都相符。",
    ),
    (
        checked("mean", (), figures("count", "21454件"), figures("count", "52名")),
        "No mean is printed, so none can be tested; 21,454 over 52 is 412.5769 each, derived.",
        "原文没有平均数，无法检验；以21454除以52，平均得412.5769（本项目计算）。",
    ),
    (
        checked("change", (), *(figures("count", n) for n in ("125件", "100件")), direction="rise"),
        "No change is printed, so none can be tested; from 100 to 125 is a rise of 25.0000%, derived.",
        "原文没有增减幅度，无法检验；由100到125，上升25.0000%（本项目计算）。",
    ),
    (
        checked("change", (), *(figures("count", n) for n in ("75件", "100件")), direction="fall"),
        "No change is printed, so none can be tested; from 100 to 75 is a fall of 25.0000%, derived.",
        "原文没有增减幅度，无法检验；由100到75，下降25.0000%（本项目计算）。",
    ),
    (
        checked("sum", (), figures("count", "8个", "96个")),
        "No sum is printed, so none can be tested; 8 + 96 is 104, derived.",
        "原文没有合计，无法检验；8加96，合计104（本项目计算）。",
    ),
    (
        checked("share", figures("rate", "100%"), (), figures("count", "904个")),
        "Printed: 100%, beside 904个; it cannot be tested, since not everything it needs is printed.",
        "原文100%，另有904个；所需数字不全，无法检验。",
    ),
    (
        checked("share", figures("rate", "100%"), (), ()),
        "Printed: 100%; it cannot be tested, since not everything it needs is printed.",
        "原文100%；所需数字不全，无法检验。",
    ),
    (
        checked("share", (), figures("count", "786件"), figures("count", "785件")),
        "No result is printed, only 786件 and 785件; it cannot be tested, "
        "since the part is greater than its whole.",
        "原文没有结果，只有786件和785件；部分大于总数，无法检验。",
    ),
]


@pytest.mark.parametrize(("result", "english", "chinese"), EVERY_KIND)
def test_a_checked_relation_of_any_kind_is_one_sentence_in_both_languages(result, english, chinese):
    assert told(result) == english
    assert told(result, "zh") == chinese


# In a list each number stands as it was printed, and so does the place of each: part, whole, what follows.
IN_A_LIST = [
    (
        ("mean", "413件", "21454件", "52名"),
        "21454件 over 52名 is 412.5769件 each",
        "21454件除以52名，平均412.5769件",
    ),
    (
        ("mean per_10000", "165.8件", "12300件", "742000人"),
        "12300件 over 742000人 is 165.7682件 per 10,000",
        "12300件除以742000人，每10000得165.7682件",
    ),
    (("mean", "2.4倍", "31件", "13件"), "31件 over 13件 is 2.3846倍", "31件除以13件，得2.3846倍"),
    (
        ("share", "61.71%", "21454件", "34765件"),
        "21454件 of 34765件 is 61.7115%",
        "21454件除以34765件，得61.7115%",
    ),
    (
        ("share rest", "80%", "20件", "100件"),
        "what 20件 of 100件 leaves is 80.0000%",
        "100件扣除20件后占80.0000%",
    ),
    (
        ("change rise", "25%", "125件", "100件"),
        "from 100件 to 125件 is a rise of 25.0000%",
        "由100件到125件，上升25.0000%",
    ),
    (
        ("change fall", "25%", "75件", "100件"),
        "from 100件 to 75件 is a fall of 25.0000%",
        "由100件到75件，下降25.0000%",
    ),
    (
        ("change rise_by", "25%", "125件", "25件"),
        "25件 more than before, now 125件, is a rise of 25.0000%",
        "现为125件，增加25件，即上升25.0000%",
    ),
    (
        ("change fall_by", "25%", "75件", "25件"),
        "25件 fewer than before, now 75件, is a fall of 25.0000%",
        "现为75件，减少25件，即下降25.0000%",
    ),
    (
        ("sum of_100", "48.4", "51.6"),
        "51.6 leaves of 100 above 48.35 to 48.45",
        "51.6，与100相差超过48.35、不超过48.45",
    ),
    (("share", "100%"), "not everything it needs is printed", "所需数字不全"),
]


@pytest.mark.parametrize(("given", "english", "chinese"), IN_A_LIST)
def test_a_relation_in_a_list_names_its_numbers_as_they_were_printed(given, english, chinese):
    (kind, _, direction), (result, *inputs) = given[0].partition(" "), given[1:]
    of = {"share": "rate", "sum": "mean"}.get(kind, kind)
    result = checked(
        kind,
        figures(of, result),
        *(figures("mean" if kind == "sum" else "count", each) for each in inputs),
        direction=direction,
    )
    assert sentences.brief(result, "en", "比率") == f"比率: {english}"
    assert sentences.brief(result, "zh", "比率") == f"比率：{chinese}"


@pytest.mark.parametrize(("result", "english"), [each[:2] for each in EVERY_KIND])
def test_a_check_is_told_in_english_where_no_language_is_named(result, english):
    assert sentences.told(result) == english


def test_over_hedged_counts_a_rate_that_fits_is_not_excluded_and_never_follows():
    police = verdicts.check(share("98.35%", "1.73万余件", "1.76万余件"))
    assert (sentences.found(police), sentences.found(police, "zh")) == (
        "not excluded, rounded or cut",
        "四舍五入或去尾都不能排除",
    )
    for result in SENTENCES["hedged"].values():
        assert "follow" not in result["en"]
        assert "相符" not in result["zh"]
    refuted = verdicts.check(share("98.87%", "1.73万余件", "1.76万余件"))
    assert sentences.found(refuted) == sentences.sentence("verdict", "contradicted")
    exact = verdicts.check(share("61.71%", "21454件", "34765件"))
    assert sentences.found(exact) == sentences.sentence("verdict", "both")


def test_what_a_test_would_show_is_told_by_slips_first_then_by_the_values_of_its_range():
    mediation = verdicts.check(share("99%", "783件", "785件"))
    assert sentences.strength(mediation) == (
        "Of 73 slips of a digit, or of two neighbours changed over, in its printed numbers, "
        "it would show 64. "
        "Of the 101 values from 0% to 100% that could have been printed, 2 would have passed; "
        "98.01% would have failed."
    )
    assert sentences.strength(mediation, "zh").startswith("所用原文数字中错一位、或相邻两位颠倒的情形共73种")
    impossible = verdicts.check(share("99%", "786件", "785件"))
    assert [tell(impossible) for tell in (sentences.strength, sentences.slips, sentences.values)] == [""] * 3


def test_the_values_of_a_test_name_their_range_and_what_would_have_passed():
    police = verdicts.check(share("98.35%", "1.73万余件", "1.76万余件"))
    assert sentences.values(police) == (
        "Of the 10,001 values from 0% to 100% that could have been printed, 113 would have passed; "
        "98.87% would have failed."
    )
    tight = verdicts.check(replace(police.relation, space=(Fraction("0.95"), Fraction(1))))
    assert (
        sentences.values(tight, "zh") == "95%至100%之间可能写出的501个数值中，能通过的有113个，77.44%通不过。"
    )
