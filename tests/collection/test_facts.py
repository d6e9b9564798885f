"""Facts about facts: printed, derived, printed elsewhere, formed by a rule; and which stand side by side."""

from fractions import Fraction
from pathlib import Path

import pytest

import made
from asprinted.collection import sets
from asprinted.collection.collection import Collection
from asprinted.collection.fact import Said, UnusableError
from asprinted.collection.facts import Facts
from asprinted.collection.tables import Tables
from asprinted.exact.expressions import Amount
from asprinted.exact.intervals import Interval
from asprinted.exact.relations import Rule
from asprinted.faults import Fault


@pytest.fixture
def library(tmp_path: Path):
    """Make the collection with other rows in the tables named."""

    def make(**changed: made.Rows) -> Collection:
        return Collection(made.library(tmp_path, **changed))

    return make


# ------------------------------------------------------------ one fact


def test_each_fact_says_who_says_it_and_only_ours_are_derived(library):
    facts = library().facts
    said = {
        key: facts[key].said
        for key in ("visits", "K02", "late", "own_2024_06_return_rate", "pine_2023_return_rate")
    }
    assert said == {
        "visits": Said.PRINTED,
        "K02": Said.ELSEWHERE,
        "late": Said.DERIVED,
        "own_2024_06_return_rate": Said.PRINTED,
        "pine_2023_return_rate": Said.DERIVED,
    }
    assert [key for key in said if facts[key].derived] == ["late", "pine_2023_return_rate"]


def test_a_printed_rate_that_its_counts_do_not_give_is_marked_derived_and_its_value_is_of_the_counts(library):
    follows = library().facts["lotus_2023_06_return_rate"]
    assert (follows.follows, follows.derived, follows.value) == (True, False, Fraction(9, 10))
    fails = library(benchmarks=made.changed("benchmarks", "K03", as_printed="91%")).facts[
        "lotus_2023_06_return_rate"
    ]
    assert (fails.follows, fails.derived, fails.value, fails.as_printed) == (
        False,
        True,
        Fraction(9, 10),
        "91%",
    )


def test_a_rate_without_counts_is_the_printed_token_and_one_without_a_token_is_the_quotient(library):
    facts = library().facts
    token, counts = facts["mill_2022_06_return_rate"], facts["pine_2023_return_rate"]
    assert (token.value, token.as_printed, token.follows) == (Fraction(975, 1000), "97.5%", None)
    assert (counts.value, counts.as_printed, counts.keys) == (Fraction(2940, 3000), "", ("K06", "K05"))


def test_the_second_form_of_a_measure_is_taken_where_the_first_has_no_counts(library):
    rows = made.plus(
        "benchmarks", made.other("K08", "60册", "late", "pine_2023", period_end="2023-12-31"), without=["K05"]
    )
    fact = library(benchmarks=rows).facts["pine_2023_return_rate"]
    assert (fact.value, fact.keys) == (Fraction(2940, 3000), ("K06", "K08"))


def test_a_derived_value_is_exact_and_its_interval_that_of_every_admitted_count(library):
    facts = library().facts
    assert facts["late_share"].value == Fraction(1917, 48250)
    assert facts["late_share"].within is None
    share = facts["borrowing_share"]
    assert share.value is None
    assert (share.low, share.high, share.bounds) == (Fraction(11000, 12999), Fraction(11999, 12000), "[]")


def test_a_derived_value_rests_on_the_printed_figures_behind_it(library):
    facts = library().facts
    assert facts["late_share"].keys == ("books_lent", "books_returned")
    assert facts["lent_per_day"].keys == ("books_lent",)


def test_days_and_working_days_are_counted_from_the_tables(library):
    rows = made.plus(
        "derived",
        made.derived("span", "days(books_lent)"),
        made.derived("worked", "working_days(books_lent)"),
        made.derived("most", "high(visits)"),
        made.derived("across", "days(K05, K05)"),
    )
    # 2024 is a leap year; 1 January was a Monday, and off; 4 February was a Sunday.
    moved = made.plus("holidays", {"day": "2024-02-04", "kind": "worked"})
    assert library(derived=rows, holidays=moved).facts["worked"].value == 130
    facts = library(derived=rows).facts
    values = [facts[key].value for key in ("span", "worked", "most", "across")]
    assert values == [182, 129, 12999, 365]


def test_an_end_that_the_words_do_not_set_is_no_value(library):
    printed = made.changed("printed", "librarians", as_printed="20名以上")
    rows = made.plus("derived", made.derived("most", "high(librarians)"), without=["lent_per_librarian"])
    with pytest.raises(Fault, match="librarians, whose words set no high end"):
        library(printed=printed, derived=rows).facts["most"]


def test_a_rule_of_rounding_decides_what_a_rounded_figure_admits(library):
    rate = "return_rate_printed"
    rows = made.plus(
        "derived",
        made.derived("rounded", f"100 * {rate}", show="interval", rule="nearest"),
        made.derived("cut", f"100 * {rate}", show="interval", rule="truncation"),
    )
    facts = library(derived=rows).facts
    ends = [(float(facts[key].low), float(facts[key].high), facts[key].bounds) for key in ("rounded", "cut")]
    assert ends == [(96.025, 96.035, "[)"), (96.03, 96.04, "[)")]


def test_an_interval_may_have_a_formula_of_its_own(library):
    rows = made.plus(
        "derived", made.derived("each", "visits / 20", within="visits / librarians", show="both")
    )
    fact = library(derived=rows).facts["each"]
    assert (fact.value, fact.low, fact.high) == (600, 600, Fraction(12999, 20))
    assert fact.keys == ("visits", "librarians")


def test_a_function_that_the_collections_package_registers_is_called_with_keys_and_rule(tmp_path):
    asked = []

    def double(context, rule, key):
        asked.append((key, rule, context.row(key)["as_printed"], context.interval(key).low))
        value = 2 * context.value(key)
        return Amount(value, Interval.point(value))

    rows = made.plus("derived", made.derived("twice", "double(librarians) + 1", rule="nearest"))
    facts = Facts(Tables(made.library(tmp_path, derived=rows)).rows_if_described, {"double": double})
    assert facts["twice"].value == 41
    assert asked[0] == ("librarians", Rule.NEAREST, "20名", 20)


def test_titles_and_caveats_name_other_facts_and_themselves(library):
    rows = made.changed(
        "derived", "late", title_en="{late:count} of {books_lent:count}", title_zh="{late:count}册"
    )
    fact = library(derived=rows).facts["late"]
    assert (fact.title(), fact.title("zh")) == ("1,917 of 48,250", "1917册")


def test_a_fact_that_could_not_be_made_is_not_found_half_made(library):
    facts = library(derived=made.changed("derived", "late", caveat_en="{nothing}")).facts
    for _ in range(2):
        with pytest.raises(Fault, match="nothing"):
            facts["late"]


def test_a_hedge_that_stands_twice_through_another_value_widens_too(library):
    rows = made.plus(
        "derived",
        made.derived("rest", "visits - borrowers", show="interval"),
        made.derived("rest_share", "rest / visits", show="interval"),
    )
    facts = library(derived=rows).facts
    facts.derived.refuse_widened("rest")
    facts.derived.refuse_widened("borrowing_share")
    with pytest.raises(Fault, match="visits more than once"):
        facts.derived.refuse_widened("rest_share")


def test_an_unknown_fact_names_the_nearest(library):
    collection = library()
    with pytest.raises(KeyError, match="no fact 'books_len'; near to it is 'books_lent'"):
        collection["books_len"]
    with pytest.raises(KeyError, match="no relation 'return_on_tim'; near to it is 'return_on_time'"):
        collection.check("return_on_tim")
    with pytest.raises(KeyError, match="no set 'half_year'; near to it is 'half_years'"):
        sets.side_by_side(collection.facts, "half_year")
    with pytest.raises(KeyError, match="no set 'zzz'; there are half_years"):
        sets.side_by_side(collection.facts, "zzz")
    assert "books_lent" in collection
    assert "books_len" not in collection
    assert len(collection.facts) == len(list(collection))


def test_a_figure_that_must_not_be_shown_has_a_row_and_no_value(library):
    facts = library().facts
    with pytest.raises(UnusableError, match="K07 is not verified and must not be shown: heard of"):
        facts["K07"]
    assert facts.typed.row("K07")["as_printed"] == "1:30"
    doubted = library(benchmarks=made.changed("benchmarks", "K06", shown="no", seen="not verified")).facts
    with pytest.raises(UnusableError, match="K06"):
        doubted["pine_2023_return_rate"]


def test_a_fact_is_written_with_its_unit_and_its_period_in_either_language(library):
    facts = library().facts
    late = facts["late"]
    assert (late.text(), late.text("zh")) == ("1,917 books", "1917册")
    assert facts["borrowing_share"].text() == "84.6218% to 99.9917%"  # Outward.
    pine = facts["pine_2023_return_rate"]
    assert (pine.dated(), pine.label()) == ("Pine, 2023", "Pine, 2023")
    lotus = facts["lotus_2023_06_return_rate"]
    assert (lotus.dated(), lotus.days) == ("Lotus, 30 June 2023", (181,))


# ------------------------------------------------------------ side by side


def test_a_set_holds_what_its_rule_says_in_the_order_of_the_tables(library):
    facts = library().facts
    keys = {
        name: [fact.key for fact in sets.side_by_side(facts, name)] for name in ("half_years", "full_years")
    }
    assert keys == {
        "half_years": ["own_2024_06_return_rate", "lotus_2023_06_return_rate", "mill_2022_06_return_rate"],
        "full_years": ["pine_2023_return_rate"],
    }
    assert sets.side_by_side(facts, "not_shown") == []
    rule = next(row for row in made.TABLES["sets"] if row["key"] == "not_shown")
    assert sets.members(facts, rule) == ["K07"]


@pytest.mark.parametrize(
    ("cells", "joins"),
    [
        ({}, True),
        ({"period_end": "2021-07-01"}, False),
        ({"shown": "no"}, False),
        ({"measure": "lent", "kind": "count", "as_printed": "10册"}, False),
    ],
    ids=["meets the rule", "another day", "not to be shown", "another measure"],
)
def test_a_new_row_joins_every_set_whose_rule_it_meets_and_k_of_n_follows(library, cells, joins):
    new = made.other(
        "K08",
        "95%",
        "return_rate",
        "fir_2021_06",
        kind="rate",
        period_start="2021-01-01",
        period_end="2021-06-30",
    )
    own = Fraction(46333, 48250)

    def k_of_n(collection: Collection) -> tuple[int, int]:
        rates = [
            fact for fact in sets.side_by_side(collection.facts, "half_years") if not fact.columns["own"]
        ]
        return sum(fact.value < own for fact in rates), len(rates)

    assert k_of_n(library()) == (1, 2)
    with_it = library(benchmarks=made.plus("benchmarks", {**new, **cells}))
    assert k_of_n(with_it) == ((2, 3) if joins else (1, 2))


def test_a_new_count_turns_two_rows_into_a_rate(library):
    lent = made.other(
        "K08", "400册", "lent", "oak_2021_06", period_start="2021-01-01", period_end="2021-06-30"
    )
    returned = {**lent, "key": "K09", "as_printed": "300册", "measure": "returned"}
    one = library(benchmarks=made.plus("benchmarks", lent)).facts
    assert "oak_2021_06_return_rate" not in one
    both = library(benchmarks=made.plus("benchmarks", lent, returned)).facts
    assert both["oak_2021_06_return_rate"].value == Fraction(3, 4)
    assert sets.side_by_side(both, "half_years")[-1].key == "oak_2021_06_return_rate"
    assert sets.rows_behind(both, ["oak_2021_06_return_rate"]) == {"K08", "K09"}


def test_a_month_ends_on_its_last_day_and_a_year_on_its_last(library):
    facts = library(
        benchmarks=made.plus(
            "benchmarks",
            made.other(
                "K08",
                "95%",
                "return_rate",
                "fir_2021_06",
                kind="rate",
                period_start="2021-01-01",
                period_end="2021-06",
            ),
            made.other(
                "K09",
                "95%",
                "return_rate",
                "ash_2021",
                kind="rate",
                period_start="2021-01-01",
                period_end="2021",
            ),
        )
    ).facts
    assert facts["fir_2021_06_return_rate"].columns["month_day"] == "06-30"
    assert facts["ash_2021_return_rate"].columns["full_year"] == "yes"
    assert facts["fir_2021_06_return_rate"].columns["full_year"] == ""
