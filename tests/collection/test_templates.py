"""Templates: every format in both languages, ends of intervals outward, and a fault for anything unknown."""

from fractions import Fraction
from functools import partial
from types import SimpleNamespace

import pytest

from asprinted.collection import templates
from asprinted.exact import verdicts
from asprinted.face import share
from asprinted.faults import Fault


def fact(value: Fraction | int | None, as_printed: str = "", **more: object) -> SimpleNamespace:
    """Return what a template asks of a fact."""
    number = None if value is None else Fraction(value)
    usual = {"value": number, "low": number, "high": number, "bounds": "[]", "as_printed": as_printed}
    texts = {
        name: (lambda language, name=name: f"{name}-{language}")
        for name in ("label", "dated", "place", "title", "caveat", "text", "brief")
    }
    return SimpleNamespace(
        **usual | {"period_start": "2021-01-01", "period_end": "2021-09-22"} | texts | more
    )


def rows(*names: str) -> SimpleNamespace:
    """Return a frame of facts that are called so."""
    called = [fact(1, name, label=lambda _, name=name: name) for name in names]
    return fact(len(names), facts=called)


FACTS = {
    "rate": fact(Fraction(21454, 34765), "61.71%"),
    "accepted": fact(34765, "34765件"),
    "one": fact(1),
    "none": fact(0),
    "two": fact(2),
    "money": fact(16190000, "1619万元"),
    "pairs": fact(None, "", low=Fraction(289), high=Fraction(292)),
    "open": fact(None, "", low=Fraction(1, 2), high=None, bounds="[)"),
    "cells": fact(None, "", low=Fraction(17300, 17699), high=Fraction(17399, 17600)),
    "band": fact(None, "", low=Fraction(69530, 1339), high=Fraction(69530, 1337), bounds="(]"),
    "half": fact(None, "", low=Fraction(5, 10), high=Fraction(6, 10), bounds="[)"),
    "few": fact(None, "", low=Fraction(5, 2), high=Fraction(7, 2)),
    "gap": fact(Fraction(646, 10000)),
    "fall": fact(Fraction(-236, 1000)),
    "times": fact(Fraction(34765, 25693)),
    "nobody": rows(),
    "alone": rows("Yiling"),
    "three": rows("Yiling", "Hedong", "China"),
    "dated": rows("Yiling, 30 June 2021", "China, 2020"),
}
CHECKS = {
    "closing": verdicts.check(share("61.71%", "21454件", "34765件")),
    "police": verdicts.check(share("98.35%", "1.73万余件", "1.76万余件")),
}

WRITTEN = [
    ("{rate}", "61.71%", "61.71%"),
    ("{rate:words}", "61.71%", "61.71%"),
    ("{rate:percent} {rate:percent.4} {rate:percent.0}", "61.71% 61.7115% 62%", "61.71% 61.7115% 62%"),
    ("{rate:cut} {rate:cut.0}", "61.71% 61%", "61.71% 61%"),
    ("{rate:decimal.3}", "0.617", "0.617"),
    ("{accepted:count}", "34,765", "34765"),
    ("{money:money} {money:money.1}", "16,190,000 yuan 16,190,000.0 yuan", "1619万元 16190000.0元"),
    ("{gap:points} {gap:points.0}", "6.46 percentage points 6 percentage points", "6.46个百分点 6个百分点"),
    ("{times:times.1} {times:decimal}", "1.4 times 1.35", "1.4倍 1.35"),
    ("{gap:change} {fall:change.2}", "+6.5% −23.60%", "+6.5% −23.60%"),
    ("{two:spelled} {none:spelled}", "two no", "2 0"),
    ("{rate:date}", "22 September 2021", "2021年9月22日"),
    ("{rate:period}", "1 January to 22 September 2021", "2021年1月1日至9月22日"),
    ("{rate:label}|{rate:dated}|{rate:place}", "label-en|dated-en|place-en", "label-zh|dated-zh|place-zh"),
    ("{rate:brief}", "brief-en", "brief-zh"),
    ("{rate:title}|{rate:caveat}|{rate:text}", "title-en|caveat-en|text-en", "title-zh|caveat-zh|text-zh"),
    ("{pairs:count}", "289 to 292", "289至292"),
    ("{one:plural.is.are} {two:plural.is.are} {none:plural.is.are}", "is are are", "is are are"),
    ("{one:plural.a_case.many_cases}", "a case", "a case"),
    ("{closing:verdict}", "follows, rounded or cut", "四舍五入或去尾都相符"),
    ("{police:verdict}", "not excluded, rounded or cut", "四舍五入或去尾都不能排除"),
    ("{police:refuted} {closing:refuted}", "98.87% 99.99%", "98.87% 99.99%"),
    ("{police:passing} {closing:passing}", "113 1", "113 1"),
    ("{police:noticed} of {police:slips}", "74 of 94", "74 of 94"),
    ("{alone:list.label}", "Yiling", "Yiling"),
    ("{three:list.label}", "Yiling, Hedong and China", "Yiling、Hedong和China"),
    ("{three:list.words} {three:count}", "Yiling, Hedong and China 3", "Yiling、Hedong和China 3"),
    ("{{rate}}", "{rate}", "{rate}"),
    ("no hole", "no hole", "no hole"),
]  # fmt: skip


@pytest.mark.parametrize(("template", "english", "chinese"), WRITTEN)
def test_a_placeholder_is_written_in_its_format_and_language(template, english, chinese):
    for language, text in (("en", english), ("zh", chinese)):
        assert templates.fill(template, FACTS.__getitem__, language, CHECKS.__getitem__) == text


def test_every_format_stands_in_the_table_above():
    tried = {spec.partition(".")[0] for template, *_ in (*WRITTEN, *OUTWARD) for spec in specs(template)}
    assert tried | {"strength", "values"} >= set(templates.FORMATS)


def specs(template: str) -> list[str]:
    return [piece.partition("}")[0].partition(":")[2] for piece in template.split("{")[1:]]


# An end is rounded away from the middle, so that nothing that is admitted is left out.
OUTWARD = [
    ("{cells:interval.percent.2}", "97.74% to 98.86%", "97.74%至98.86%"),
    ("{cells:percent.2}", "97.74% to 98.86%", "97.74%至98.86%"),
    ("{cells:low.percent.2} {cells:high.percent.2}", "97.74% 98.86%", "97.74% 98.86%"),
    ("{cells:interval.percent.0}", "97% to 99%", "97%至99%"),
    ("{band:interval.decimal.2}", "51.92 to 52.01", "51.92至52.01"),
    ("{pairs:interval.count}", "289 to 292", "289至292"),
    ("{half:interval.percent.0}", "50% to below 60%", "50%以上、不足60%"),
    ("{cells:cut}", "97.74% to 98.86%", "97.74%至98.86%"),
    ("{cells:points.1}", "97.7 percentage points to 98.9 percentage points", "97.7个百分点至98.9个百分点"),
    ("{few:count}", "2 to 4", "2至4"),
    ("{few:spelled}", "two to four", "2至4"),
    ("{few:money}", "2 yuan to 4 yuan", "2元至4元"),
    ("{few:times.0}", "2 times to 4 times", "2倍至4倍"),
]


@pytest.mark.parametrize(("template", "english", "chinese"), OUTWARD)
def test_the_ends_of_an_interval_are_rounded_outward(template, english, chinese):
    assert templates.fill(template, FACTS.__getitem__) == english
    assert templates.fill(template, FACTS.__getitem__, "zh") == chinese


def test_an_end_rounded_outward_no_longer_says_that_it_is_left_out():
    assert "below" in templates.fill("{half:interval.percent.0}", FACTS.__getitem__)
    finer = {"half": fact(None, low=Fraction(501, 1000), high=Fraction(599, 1000), bounds="[)")}
    assert templates.fill("{half:interval.percent.0}", finer.__getitem__) == "50% to 60%"


def test_items_of_a_list_that_hold_commas_are_parted_by_semicolons_in_english():
    assert templates.fill("{dated:list.label}", FACTS.__getitem__) == "Yiling, 30 June 2021; China, 2020"


def test_the_strength_of_a_check_names_what_would_have_passed():
    fill = partial(templates.fill, lookup=FACTS.__getitem__, checks=CHECKS.__getitem__)
    assert "would show 74. Of the 10,001" in fill("{police:strength}")
    assert fill("{police:values}").startswith("Of the 10,001 values")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{other}", 'the name "other", expected the key of a figure'),
        ("{other:verdict}", 'the name "other", expected the key of a figure'),
        ("{rate:share}", 'found the format "share" of rate, expected one of count, percent'),
        ("{rate:percent.x}", 'the format "percent.x"'),
        ("{rate:percent.}", 'the format "percent."'),
        ("{rate:percent.-1}", 'the format "percent.-1"'),
        ("{rate:count.2}", 'the format "count.2"'),
        ("{rate:date.2}", 'the format "date.2"'),
        ("{rate:interval}", "the format an empty cell of rate"),
        ("{rate:interval.share.2}", 'the format "share.2"'),
        ("{three:list.colour}", 'the format "list.colour"'),
        ("{rate:list.label}", "{rate:list.label}"),
        ("{two:plural.is}", 'the format "plural.is"'),
        ("{two:plural.a.b.c}", 'the format "plural.a.b.c"'),
        ("{open:high.percent}", "no high end"),
        ("{rate:{accepted}}", 'the placeholder "rate"'),
        ("{rate!r}", 'the placeholder "rate"'),
        ("{rate.value}", 'the placeholder "rate.value"'),
        ("{rate[0]}", 'the placeholder "rate[0]"'),
        ("{0}", 'the placeholder "0"'),
        ("{案件}", 'the placeholder "案件"'),
        ("{}", "the placeholder an empty cell"),
        ("{rate", "expected {key:format} in braces"),
        ("rate}", "expected {key:format} in braces"),
        ("{rate:count}", "a whole number"),
    ],
)
def test_an_unknown_name_format_or_brace_is_a_fault(template, message):
    with pytest.raises(Fault) as raised:
        templates.fill(template, FACTS.__getitem__, "en", CHECKS.__getitem__)
    assert message in str(raised.value)


def test_a_format_of_checks_is_none_where_no_checks_are_given():
    with pytest.raises(Fault, match='the format "verdict"'):
        templates.fill("{rate:verdict}", FACTS.__getitem__)


def test_the_names_of_a_template_stand_in_order_of_first_use():
    assert templates.placeholders("{b:count} of {a}, again {b}") == ("b", "a")
    assert templates.placeholders("none") == ()
    with pytest.raises(Fault, match="in braces that close"):
        templates.placeholders("{a")
