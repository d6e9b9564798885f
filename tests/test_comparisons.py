"""What nobody may say or draw: the four rates ranked, a word left out that must stand there, a year made up.

The four rates divide four things over four periods. They stand together in the check tables, in the article's
order, and in the panels of the notebook that says why they must not be compared.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations

import pytest

import told
from guandu import dataset, tables
from guandu.dataset import Dataset
from told import CARDS, HOME, NOTEBOOKS

# ---------------------------------------------------------------------------------------- sentences and words

WARNS = re.compile(r"\b(?:not|never|no|nor|nothing|none|neither|cannot|don't)\b|不|未|勿|无|非", re.I)
CLEARANCE = "clearance rate|结收比"
IDENTITY = r"residents per judge|cases per resident|factor of|identity|每名法官对应|人口因素|恒等"
CAUSES = r"\b(?:comes? from|because|due to|explain(?:s|ed)?|caused by|driven by)\b|源于|导致|归因于|由于|所致"

# What nobody may say, with a sentence that says it. One with a "not" or a "never" warns of it instead.
FORBIDDEN = {
    "the closing rate under the name of another measure": (
        rf"(?:{CLEARANCE})[^.;。；]{{0,30}}61\.71|61\.71%?[^.;。；]{{0,30}}(?:{CLEARANCE})",
        ("The clearance rate is 61.71%.", "61.71%的结收比。"),
    ),
    "a year made of months": (
        r"annuali[sz]|年化|推算全年|折合全年",
        ("Annualised, that is more.", "年化后更多。"),
    ),
    "one body above another": (
        r"\b(?:resolves?|settles?|works?|concludes?) (?:\w+ )?(?:better|worse|fewer|more)(?: \w+)? than"
        r"|(?:法院|公安|调解|检察院)[^。；]{0,8}(?:优于|不如|强于|弱于)",
        (
            "The court resolves fewer disputes than the police.",
            "公安优于法院。",
        ),
    ),
    "a cause where there is an identity": (
        rf"(?:{CAUSES}).*(?:{IDENTITY})|(?:{IDENTITY}).*(?:{CAUSES})",
        ("The load comes from more residents per judge.", "负担重源于每名法官对应的人口更多。"),
    ),
    "falls credited to the cameras": (
        r"\bcameras? (?:\w+ )?(?:cut|reduced?|lower(?:s|ed)?|led to|caused?|prevent(?:s|ed)?|deter)\b"
        r"|(?:探头|监控)[^。；]{0,12}(?:使得|促使|导致|带来)[^。；]{0,12}下降",
        ("The cameras cut crime.", "监控探头带来警情下降。"),
    ),
    "a court with fewer cases": (
        r"\bfewer (?:\w+ )?cases in (?:the )?courts?\b|法院案件(?:减少|下降)",
        ("There are fewer commercial cases in court.", "法院案件减少。"),
    ),
    "two sums of money as paid and owed": (
        r"\bcollection rate|收缴率|执行到位率",
        ("A collection rate of a quarter.", "收缴率为四分之一。"),
    ),
    "a statistic of a sample where there is one observation": (
        r"\bsignifican(?:t|ce)|\bcorrelat|\bregression\b|confidence interval|显著|相关系数|置信区间",
        ("The rates are significantly different.", "差异显著。"),
    ),
    "more than numbers can do": (
        r"\b(?:proves?|reveals?|exposes?|manipulat\w+|inflat(?:es?|ed)|fak(?:es?|ed))\b|造假|虚报|暴露|揭露",
        ("This proves it.", "数字造假。"),
    ),
}

# What may only be said beside something else in the same paragraph, table or caption: what is said, what must
# stand beside it, a paragraph without it.
ONLY_BESIDE = {
    "open cases are a lower bound": (
        r"13,?311",
        "at least|至少|下限|carry-over|旧存",
        ("As of 30 September 13,311 cases were open.", "截至9月30日未结13311件。"),
    ),
    "judges are implied": (
        r"\b52 judges|52名",
        r"impl(?:y|ied)|derived|\bif\b|\bfits?\b|推算|隐含|若|如果",
        ("The court has 52 judges.", "该院有法官52名。"),
    ),
    "the rate of court mediation is derived": (
        r"(?<![\d.])(?:25\.00?|24\.99(?:54|5)?)%",
        "derived|recomputed|no rate printed|not printed|推算|复算|未载|rounded|cut",
        ("Of the transferred cases 25.0% were settled.", "移送案件调解成功24.9954%。"),
    ),
}


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;!?])\s+|(?<=[。；！？])|\n", text)


def forbidden(what: str, text: str) -> list[str]:
    """Return the sentences that say it and do not warn of it."""
    pattern, _ = FORBIDDEN[what]
    return [each for each in sentences(text) if re.search(pattern, each, re.I) and not WARNS.search(each)]


def bare(what: str, text: str) -> list[str]:
    """Return the paragraphs that say something without what must stand beside it."""
    pattern, beside, _ = ONLY_BESIDE[what]
    return [
        each
        for each in re.split(r"\n\s*\n", text)
        if re.search(pattern, each) and not re.search(beside, each, re.I)
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_says_what_the_figures_do_not_allow(what: str):
    assert [(where, hit) for where, text in told.everything() if (hit := forbidden(what, text))] == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_sentence_that_the_figures_do_not_allow_would_be_seen(what: str):
    _, (english, chinese) = FORBIDDEN[what]
    assert [forbidden(what, english), forbidden(what, chinese)] == [[english], [chinese]]
    assert forbidden(what, f"Nothing says: {english}") + forbidden(what, f"不得说：{chinese}") == []


@pytest.mark.parametrize("what", ONLY_BESIDE)
def test_nothing_is_said_without_what_must_stand_beside_it(what: str):
    assert [(where, hit) for where, text in told.everything() if (hit := bare(what, text))] == []


@pytest.mark.parametrize("what", ONLY_BESIDE)
def test_a_paragraph_that_leaves_it_out_would_be_seen(what: str):
    _, _, (english, chinese) = ONLY_BESIDE[what]
    said = {"en": "At least, if derived, as implied.", "zh": "至少，推算。"}
    assert [bare(what, english), bare(what, chinese)] == [[english], [chinese]]
    assert bare(what, f"{english} {said['en']}") + bare(what, f"{chinese}{said['zh']}") == []


# -------------------------------------------------------------------------------------- what may not be added


def sums(data: Dataset, keys: Iterable[str]) -> set[int]:
    """Return the sums of two and more of these figures."""
    values = [int(data[key].reading.value or 0) for key in keys]
    return {sum(some) for size in range(2, len(values) + 1) for some in combinations(values, size)}


@pytest.fixture(scope="module")
def data() -> Dataset:
    return dataset.load(HOME)


def added(data: Dataset, text: str) -> list[str]:
    """Return the sums in a text of cameras counted twice, or of disputes that pass through several doors."""
    doors = ("disputes_settled_outside_court", "cases_transferred", "police_disputes", "mediation_disputes")
    refused = sums(data, ("lede_cameras", "cameras_built")) | sums(data, doors)
    return [found for found in re.findall(r"\d[\d,]*", text) if int(found.replace(",", "")) in refused]


def test_no_two_counts_of_cameras_and_no_two_doors_of_a_dispute_are_added(data):
    # The pooled share of notebook 09 shows why: nobody's rate changes, and it does.
    found = {where: hit for where, text in told.everything() if (hit := added(data, text))}
    assert {where for where in found if not where.startswith("09")} == set()


@pytest.mark.parametrize("text", ["46,572 cameras", "共16964件", "33779 disputes"])
def test_a_sum_of_what_may_not_be_added_would_be_seen(data, text):
    assert added(data, text) != []


# --------------------------------------------------------------------------------------------- the four rates

RATES = {
    "court closing": r"(?<![\d.])61\.71(?:15)?%",
    "court mediation": r"(?<![\d.])(?:25(?:\.00?)?|24\.99(?:5|54)?)%",
    "police resolution": r"(?<![\d.])98\.3(?:5|0)?%",
    "people's mediation": r"(?<![\d.])99(?:\.7(?:5|45|452)?)?%",
}
ORDER = list(RATES)
COMPARES = re.compile(
    r"\b(?:higher|lower|greater|smaller|more|less|above|below|better|worse|ahead|behind|best|worst|highest|lowest)\b"
    r"|高于|低于|超过|优于|不如|最高|最低|领先|落后",
    re.I,
)


def rates_in(text: str) -> list[str]:
    return [name for name, pattern in RATES.items() if re.search(pattern, text)]


def ranking(text: str) -> list[str]:
    """Return the sentences that hold two of the four rates against one another."""
    return [
        each
        for each in sentences(text)
        if len(rates_in(each)) > 1 and COMPARES.search(each) and not WARNS.search(each) and "|" not in each
    ]


def out_of_order(text: str) -> list[str]:
    """Return the rates of a table in the order of its rows, where that is not the article's."""
    rows = [line for line in text.splitlines() if line.lstrip().startswith(("|", "<td", "<tr"))]
    found = list(dict.fromkeys(name for row in rows for name in rates_in(row)))
    return found if found != sorted(found, key=ORDER.index) else []


def test_no_sentence_ranks_two_of_the_four_rates():
    assert [(where, hit) for where, text in told.everything() if (hit := ranking(text))] == []


def test_every_table_of_the_four_rates_is_in_the_articles_order():
    pages = [(page.name, page.read_text(encoding="utf-8")) for page in HOME.glob("README*.md")]
    shown = [*pages, *told.everything()]
    assert [(where, hit) for where, text in shown if (hit := out_of_order(text))] == []


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("The police rate, 98.35%, is higher than the court's 61.71%.", True),
        ("公安98.35%高于法院61.71%。", True),
        ("The court printed 61.71%, the police 98.35%.", False),
        ("61.71% is above the level of August.", False),
        ("That 98.35% is higher than 61.71% says nothing.", False),
    ],
)
def test_a_sentence_that_ranks_would_be_seen(text: str, ranks: bool):
    assert (ranking(text) != []) is ranks


def test_a_table_sorted_by_value_would_be_seen():
    rows = ["| court | 61.71% |", "| mediation | 25.0% |", "| police | 98.35% |", "| people's | 99% |"]
    assert out_of_order("\n".join(rows)) == []
    assert out_of_order("\n".join(rows[1::-1])) == ["court mediation", "court closing"]
    assert out_of_order("\n".join(reversed(rows))) == ORDER[::-1]


# ------------------------------------------------------------------------------------------ drawn on one axis


def numbers(data: Dataset) -> dict[str, set[Fraction]]:
    """Return each of the four rates as printed and as recomputed: a value, ends of an interval, rounded."""
    headlines = [row for row in tables.rows("relations", HOME) if row["headline"]]
    found = {}
    for name, row in zip(ORDER, sorted(headlines, key=lambda row: int(row["headline"])), strict=True):
        relation, computed = data.relation(row["id"]), data.check(row["id"]).computed
        part, whole = (Fraction(side[0].reading.value or 0) for side in (relation.parts, relation.wholes))
        ends = [end for end in (computed.low, computed.high) if end is not None] if computed else []
        recomputed = {part / whole, *ends}
        printed = {Fraction(each.reading.value) for each in relation.printed if each.reading.value}
        found[name] = printed | recomputed | {round(value, 3) for value in recomputed}
    return found


def close(cell: str, values: Iterable[Fraction]) -> bool:
    """Whether a cell is one of the values, as a share or as a percentage, to the fourth decimal."""
    try:
        number = Fraction(cell)
    except ValueError:
        return False
    return any(abs(number - value * scale) < Fraction(scale, 20000) for value in values for scale in (1, 100))


def held(cells: Iterable[str], rates: dict[str, set[Fraction]]) -> list[str]:
    """Return which of the four rates some cells hold, in digits or in words."""
    some = list(cells)
    return [
        name
        for name, values in rates.items()
        if any(close(cell, values) or re.search(RATES[name], cell) for cell in some)
    ]


def allowed(card: dict[str, str]) -> bool:
    """Whether a figure may hold several: 09's panels, an axis for each rate, and ledgers of checks."""
    return card["form"] == "ledger" or (card["notebook"], card["form"]) == ("09_comparison", "panels")


def columns(stem: str) -> Iterator[tuple[str, list[str]]]:
    with (HOME / "figures" / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for column in rows[0]:
        yield f"{stem}.{column}", [row[column] for row in rows]


def axes(stem: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what one axis of a figure draws: every number of the rows of a panel."""
    with (HOME / "figures" / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for panel in dict.fromkeys(row.get("panel_en", "") for row in rows):
        inside = [row for row in rows if row.get("panel_en", "") == panel]
        drawn = ("value", "low", "high", "share", "y", "x", "before", "after")
        yield f"{stem} {panel}", [row[name] for row in inside for name in drawn if row.get(name)]


@pytest.mark.parametrize("split", [columns, axes])
def test_no_column_and_no_axis_of_a_figure_holds_two_of_the_four_rates(data, split):
    rates = numbers(data)
    found = {
        where: names
        for stem, card in CARDS.items()
        if not allowed(card)
        for where, cells in split(stem)
        if len(names := held(cells, rates)) > 1
    }
    assert found == {}


def test_the_panels_and_the_ledger_hold_them_and_nothing_else_is_excused(data):
    rates = numbers(data)
    full = {stem for stem in CARDS if any(len(held(cells, rates)) > 2 for _, cells in columns(stem))}
    assert full == {"four_rates_four_questions", "checks_ledger"}
    assert {stem for stem in full if not allowed(CARDS[stem])} == set()


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["0.6171", "0.9835"], ["court closing", "police resolution"]),
        (["0.617115", "0.249954"], ["court closing", "court mediation"]),
        (["61.71", "99"], ["court closing", "people's mediation"]),
        (["98.35% (printed)", "", "0.997"], ["police resolution", "people's mediation"]),
        (["0.6195", "0.2491", "0.9653", "0.9994", "label"], []),
    ],
)
def test_two_rates_in_a_column_would_be_seen(data, cells: list[str], found: list[str]):
    assert held(cells, numbers(data)) == found


# ------------------------------------------------------------------------------------------- figures kept out


def test_figures_that_cannot_be_shown_stand_in_no_notebook_and_in_no_figure():
    # Three that nobody verified, three of one publication that has no address.
    refused = {row["key"] for row in tables.rows("benchmarks", HOME) if not dataset.usable(row)}
    assert refused == {"K022", "K057", "K133", "K116", "K117", "K118"}
    files = [*NOTEBOOKS, *(HOME / "figures").glob("*.csv"), *(HOME / "figures").glob("*.json")]
    named = {
        file.name: keys
        for file in files
        if (keys := refused & set(re.findall(r"\bK\d{3}\b", file.read_text(encoding="utf-8"))))
    }
    assert named == {}
