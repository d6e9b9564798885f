"""Rulers, strips, boxes and chains set marks at their data, keep words apart, refuse wrong tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle
from matplotlib.text import Text
from pictures import RULED as SAMPLES
from pictures import keyed
from ruled import (
    CLOSING,
    DISPUTES,
    ELSEWHERE,
    FACTORS,
    FALLS,
    HEDGES,
    JUDGES,
    MADE,
    MEDIATION,
    OFFSETS,
    POLICE,
    judges,
)

from asprinted.collection.cards import LANGUAGES
from asprinted.faults import Fault, Faults
from asprinted.figures import style
from asprinted.figures.form import FigureForm, rounded
from asprinted.figures.forms import ruling
from asprinted.figures.forms.boxes import number_made
from asprinted.figures.forms.chains import chain
from asprinted.figures.forms.counted import barcode, changes
from asprinted.figures.forms.rulers import interval_ruler, last_digit_ruler
from asprinted.figures.forms.strips import strips

WIDTH = 4.6


@dataclass(frozen=True)
class Drawn:
    """A drawn form: its canvas, its bars and lines by kind."""

    figure: Figure
    axes: Sequence[Axes]

    @property
    def texts(self) -> list[Text]:
        return [text for text in self.figure.findobj(Text) if text.get_text()]

    @property
    def said(self) -> list[str]:
        return [text.get_text() for text in self.texts]

    @property
    def bars(self) -> list[tuple[float, float]]:
        """Left and right end of each bar in data, top to bottom."""
        found = [patch for axes in self.axes for patch in axes.patches if isinstance(patch, Rectangle)]
        thin = [patch for patch in found if patch.get_height() == pytest.approx(ruling.BAR)]
        return [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in thin]

    def lines(self, marker: str) -> list[Line2D]:
        return [line for axes in self.axes for line in axes.lines if line.get_marker() == marker]

    def patches(self, kind: type) -> list[Any]:
        return [patch for axes in self.axes for patch in axes.patches if isinstance(patch, kind)]


def draw(form: FigureForm, rows: list[dict[str, Any]], language: str = "en", low: bool = False) -> Drawn:
    """Draw a form alone, without the words around it; `low` as on a card."""
    frame = rounded(keyed(rows))
    with style.house():
        width = style.CARD.width - 0.4 if low else WIDTH
        tall = (form.least if low else form.height)(form.spoken(frame, language), width)  # type: ignore[arg-type]
        figure = Figure(figsize=(width, tall))
        FigureCanvasAgg(figure)
        canvas = figure.add_subfigure(figure.add_gridspec(1, 1)[0])
        form(canvas, frame, language)  # type: ignore[arg-type]
        figure.canvas.draw()
        for text in figure.findobj(Text):
            # Measured as it is set, in the house style; outside, hints of the typeface make it wider.
            text.get_window_extent()
        return Drawn(figure, canvas.axes)


def overlapping(texts: Sequence[Text]) -> list[tuple[str, str]]:
    """Return pairs of words whose ink meets; lines of one text are set closer than their boxes are high."""
    boxes = [(text.get_text(), text.get_window_extent().padded(-2)) for text in texts]
    return [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]


def contrast(color: Any) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    return 1.05 / (0.05 + 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def without(rows: list[dict[str, Any]], number: int, **changed: Any) -> list[dict[str, Any]]:
    return [{**row, **changed} if index == number else row for index, row in enumerate(rows)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_no_words_cover_others_and_none_leave_the_canvas(name: str, language: str) -> None:
    drawn = draw(*SAMPLES[name], language)
    assert overlapping(drawn.texts) == []
    across, down = drawn.figure.bbox.width, drawn.figure.bbox.height
    for text in drawn.texts:
        box = text.get_window_extent()
        assert box.x0 >= -1, text
        assert box.x1 <= across + 1, text
        assert box.y0 >= -1, text
        assert box.y1 <= down + 1, text


def test_words_that_cover_others_are_seen() -> None:
    drawn = draw(*SAMPLES["chain"])
    twice = drawn.axes[0].text(0.5, 0.5, "cases"), drawn.axes[0].text(0.5, 0.5, "closed")
    assert overlapping(twice) == [("cases", "closed")]


SCENES = ("barcode", "remainder", "piles", "rules", "changes")


@pytest.mark.parametrize("name", SCENES)
def test_words_that_leave_a_scene_are_refused(name: str) -> None:
    form, rows = SAMPLES[name]
    long = "an indicator whose name goes on and on, so that no line of any picture can hold it"
    with pytest.raises(Fault, match="too long, expected shorter words"):
        draw(form, without(rows, 0, label=(long, long)))


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in SCENES])
def test_long_words_wrap_instead_of_leaving_the_canvas(name: str) -> None:
    form, rows = SAMPLES[name]
    words = "factor" if name == "chain" else "label"
    long = "an indicator whose name goes on and on, so that no line can hold it"
    named = {index for index, row in enumerate(rows) if words in row}
    drawn = draw(form, [{**row, words: (long, long)} if i in named else row for i, row in enumerate(rows)])
    assert overlapping(drawn.texts) == []
    assert all(text.get_window_extent().x1 <= drawn.figure.bbox.width + 1 for text in drawn.texts)


@pytest.mark.parametrize("color", [style.ARTICLE, style.OTHERS, style.ROUNDED, style.CUT])
def test_the_colours_of_meaning_stand_out_from_paper_also_as_words(color: str) -> None:
    assert contrast(color) >= 4.5


@pytest.mark.parametrize("color", [style.ARTICLE, style.ROUNDED, style.INK])
def test_words_can_be_read_on_the_field_of_rounding(color: str) -> None:
    drawn = draw(*SAMPLES["last_digit_ruler"])
    field = max(drawn.patches(Rectangle), key=lambda patch: patch.get_height())
    assert contrast(color) / contrast(field.get_facecolor()[:3]) >= 4.5
    assert contrast(color) / contrast(style.tint(style.ROUNDED, 0.8 * style.STEPS)) < 4.5


def test_a_pale_bar_keeps_an_outline_in_its_colour() -> None:
    drawn = draw(*SAMPLES["last_digit_ruler"])
    bar = next(p for p in drawn.patches(Rectangle) if p.get_height() == pytest.approx(ruling.BAR))
    assert contrast(bar.get_facecolor()[:3]) < 3 <= contrast(bar.get_edgecolor()[:3])
    assert bar.get_linewidth() > 0


def test_what_the_forms_say_themselves_is_said_in_both_languages() -> None:
    english, chinese = (set(ruling.said(language).values()) for language in LANGUAGES)
    assert len(english) == len(chinese)
    assert not english & chinese


# The last-digit ruler.


def test_a_closing_rate_stands_a_seventh_of_a_digit_above_what_is_printed() -> None:
    dots = draw(*SAMPLES["last_digit_ruler"]).lines("o")
    at = sorted(float(dot.get_xdata()[0]) for dot in dots)
    assert at == pytest.approx(sorted(map(float, [CLOSING, MEDIATION, *ELSEWHERE])), abs=1e-6)
    assert 0.14 < float(CLOSING) < 0.15


def test_mediation_lies_in_the_frame_of_cutting_but_outside_the_field_of_rounding() -> None:
    drawn = draw(*SAMPLES["last_digit_ruler"])
    field = max(drawn.patches(Rectangle), key=lambda patch: patch.get_height())
    assert (field.get_x(), field.get_x() + field.get_width()) == (-0.5, 0.5)
    assert 0.5 < float(MEDIATION) < 1


def test_dots_of_a_swarm_do_not_touch_although_three_rates_are_equal() -> None:
    drawn = draw(*SAMPLES["last_digit_ruler"])
    dots = [dot for dot in drawn.lines("o") if dot.get_color() == style.OTHERS]
    places = [dot.axes.transData.transform((dot.get_xdata()[0], dot.get_ydata()[0])) for dot in dots]
    across = dots[0].get_markersize() * drawn.figure.dpi / 72
    near = [(a, b) for a, b in combinations(places, 2) if ((a - b) ** 2).sum() ** 0.5 < across * 0.99]
    assert len(places) == len(ELSEWHERE)
    assert near == []


def test_what_is_recomputed_is_hollow_on_the_ruler() -> None:
    drawn = draw(*SAMPLES["last_digit_ruler"])
    assert {dot.get_markerfacecolor() for dot in drawn.lines("o")} == {style.PAPER}


def test_on_a_card_the_words_of_a_swarm_begin_off_the_field_that_its_last_dot_lies_in() -> None:
    drawn = draw(last_digit_ruler, OFFSETS, low=True)
    field = max(drawn.patches(Rectangle), key=lambda patch: patch.get_height()).get_window_extent()
    (words,) = (text for text in drawn.texts if text.get_text() == "Other publications")
    assert words.get_window_extent().x0 > field.x1


def test_a_hedged_rate_is_clipped_with_an_arrow_and_its_offset_at_either_end() -> None:
    drawn = draw(*SAMPLES["last_digit_ruler"])
    assert drawn.bars == [pytest.approx((-0.7, 1.2))]
    assert {"−61", "+51"} <= set(drawn.said)
    inside = without(OFFSETS, 2, low=Fraction(-1, 4), high=Fraction(1, 4))
    assert draw(last_digit_ruler, inside).bars == [pytest.approx((-0.25, 0.25))]
    assert not {"−61", "+51"} & set(draw(last_digit_ruler, inside).said)


def test_a_rate_off_the_ruler_is_an_arrow_below_the_axis_on_its_own_side() -> None:
    drawn = draw(*SAMPLES["last_digit_ruler"])
    low = {text.get_text(): text.get_window_extent().y0 for text in drawn.texts}
    assert low["+8.7"] < low["as printed"]
    assert low["−829"] < low["as printed"]
    assert (len(drawn.lines(">")), len(drawn.lines("<"))) == (2, 2)
    assert len(draw(last_digit_ruler, OFFSETS[:-1]).lines("<")) == 1


def test_labelled_rates_stand_in_the_order_given() -> None:
    def heights(rows: list[dict[str, Any]]) -> list[float]:
        drawn = draw(last_digit_ruler, rows)
        place = {text.get_text(): text.get_window_extent().y0 for text in drawn.texts}
        return [place[row["label"][0]] for row in rows[:2]]

    for rows in (OFFSETS, [OFFSETS[1], OFFSETS[0], *OFFSETS[2:]]):
        first, second = heights(rows)
        assert first > second


def test_offsets_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(Faults, match=r"row 4, column low: found 50\.\d+ above high -60"):
        draw(last_digit_ruler, without(OFFSETS, 2, low=POLICE[1], high=POLICE[0]))
    with pytest.raises(Faults, match="row 2, column hedged: found yes with one offset"):
        draw(last_digit_ruler, without(OFFSETS, 0, hedged=1))


def test_on_a_card_the_ruler_is_lower_and_every_mark_stands_at_its_number() -> None:
    high, low = (draw(last_digit_ruler, OFFSETS, low=low) for low in (False, True))
    assert low.figure.get_figheight() < 0.8 * high.figure.get_figheight()
    for drawn in (high, low):
        at = sorted(float(dot.get_xdata()[0]) for dot in drawn.lines("o"))
        assert at == pytest.approx(sorted(map(float, [CLOSING, MEDIATION, *ELSEWHERE])), abs=1e-6)
    assert {"−61", "+51", "+8.7", "−829"} <= set(low.said)
    assert {row["label"][0] for row in OFFSETS if "label" in row} <= set(low.said)


# How a number is made.


def test_printed_numbers_stand_in_filled_boxes_and_computed_ones_in_hollow_ones() -> None:
    boxes = draw(*SAMPLES["number_made"]).patches(Rectangle)
    paper = to_rgb(style.PAPER)
    filled = [box for box in boxes if box.get_facecolor()[:3] != paper]
    assert (len(filled), len(boxes) - len(filled)) == (6, 6)
    assert {box.get_facecolor()[:3] for box in filled} == {to_rgb(style.ARTICLE)}


def test_the_ways_of_both_rules_lead_from_the_quotient_to_the_right() -> None:
    drawn = draw(*SAMPLES["number_made"])
    assert (len(drawn.lines(">")), drawn.lines("<")) == (2 * len(MADE), [])


def test_ninety_nine_percent_gets_a_cross_if_rounded_and_a_tick_if_cut() -> None:
    def signs(rows: list[dict[str, Any]]) -> tuple[int, int]:
        thick = [line for line in draw(number_made, rows).lines("None") if line.get_linewidth() == 2]
        return (
            sum(len(line.get_xdata()) == 3 for line in thick),
            sum(len(line.get_xdata()) == 2 for line in thick) // 2,
        )

    assert signs(MADE) == (3, 1)
    assert signs(without(MADE, 1, rounded_fits=1)) == (4, 0)


def test_a_division_too_long_for_its_line_moves_the_printed_rate_below_it() -> None:
    def level(rows: list[dict[str, Any]]) -> bool:
        top = {text.get_text(): text.get_window_extent().y0 for text in draw(number_made, rows).texts}
        return abs(top["99%"] - top[rows[0]["part"]]) < 10

    assert level([{**MADE[1], "cut": "98%"}])
    assert not level([{**MADE[1], "cut": "98%", "part": "16,235,542", "whole": "16,236,420"}])


def struck(drawn: Drawn) -> list[str]:
    """The words that a line of a drawing runs through."""
    found = []
    for line in (line for axes in drawn.axes for line in axes.lines if line.get_linestyle() == "-"):
        points = line.axes.transData.transform(line.get_xydata())
        for text in drawn.texts:
            box = text.get_window_extent().padded(-4)
            for (x0, y0), (x1, y1) in pairwise(points):
                left, right, low, high = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
                if left < box.x1 and right > box.x0 and low < box.y1 and high > box.y0:
                    found.append(text.get_text())
    return found


LONG = [{**MADE[1], "part": "16,235,542", "whole": "16,236,420"}]


@pytest.mark.parametrize(("rows", "low"), [(MADE, False), (MADE, True), (LONG, False)])
def test_the_ways_from_a_quotient_to_what_is_printed_run_through_no_words(
    rows: list[dict[str, Any]], low: bool
) -> None:
    assert struck(draw(number_made, rows, low=low)) == []


def test_a_way_through_words_is_seen() -> None:
    drawn = draw(number_made, MADE)
    drawn.axes[0].plot([0, 4], [drawn.axes[0].texts[0].get_position()[1] - 0.05] * 2)
    assert struck(drawn) == ["Court closing rate"]


def test_on_a_card_two_rates_stand_beside_each_other() -> None:
    def tops(low: bool) -> list[float]:
        texts = draw(number_made, MADE, low=low).texts
        labels = {row["label"][0] for row in MADE}
        return [round(text.get_position()[1], 6) for text in texts if text.get_text() in labels]

    assert len(set(tops(low=True))) == 1
    assert len(set(tops(low=False))) == 2


# The interval ruler.


def test_a_thousand_odd_fills_its_row_and_579200_odd_is_a_hair() -> None:
    open_end, thousand, persons = draw(*SAMPLES["interval_ruler"]).bars
    assert thousand == (1, 2)
    assert persons == pytest.approx((1, 5793 / 5792), abs=1e-6)
    assert open_end == (1, 2)


def test_a_value_without_ends_stands_alone_on_its_ruler() -> None:
    exact = without(HEDGES, 1, value=40572, low=None, high=None)
    _, cameras, _ = draw(interval_ruler, exact).bars
    assert cameras == (1, 1)
    assert len(draw(interval_ruler, exact).lines(">")) == 1


def test_an_open_end_is_an_arrow_and_a_closed_one_is_not() -> None:
    assert len(draw(*SAMPLES["interval_ruler"]).lines(">")) == 1
    assert draw(interval_ruler, without(HEDGES, 0, high=Fraction(3, 2))).lines(">") == []


def test_the_axis_ends_at_twice_the_number_unless_a_row_reaches_further() -> None:
    def ends(rows: list[dict[str, Any]]) -> list[tuple[float, float]]:
        return [axes.get_xlim() for axes in draw(interval_ruler, rows).axes if axes.patches]

    assert ends(HEDGES) == [(1, 2)]
    assert ends(without(HEDGES, 1, high=3)) == [(1, 3)]


def test_an_interval_upside_down_is_refused() -> None:
    with pytest.raises(
        Faults, match=r"interval_ruler has 1 fault.*\n  row 3, column low: found 2 above high 1"
    ):
        draw(interval_ruler, without(HEDGES, 1, low=2, high=1))


# Strips.


def test_only_the_whole_number_52_lies_in_both_bands() -> None:
    bands = draw(*SAMPLES["strips"]).bars[:2]
    assert [n for n in range(50, 55) if all(low < n <= high for low, high in bands)] == [52]
    cut = [judges(34765, "669", "670"), judges(21454, "413", "414")]
    assert not [n for n in range(50, 55) if all(band["low"] < n <= band["high"] for band in cut)]


def test_hairlines_stand_at_whole_numbers_and_the_marked_one_is_strong() -> None:
    drawn = draw(*SAMPLES["strips"])
    top = next(axes for axes in drawn.axes if axes.get_xlim() == (50, 54))
    uprights = [line for line in top.lines if line.get_linewidth() in (0.8, 1.8)]
    assert {line.get_xdata()[0] for line in uprights} == {50, 51, 52, 53, 54}
    assert {line.get_xdata()[0] for line in uprights if line.get_linewidth() == 1.8} == {52}


def test_a_beam_leads_to_a_strip_that_shows_a_part_of_the_one_above_and_to_no_other() -> None:
    def beams(rows: list[dict[str, Any]]) -> int:
        return sum(type(patch) is Polygon for patch in draw(strips, rows).patches(Polygon))

    wider = [{**row, **({"axis_from": 49} if row["axis_to"] == "52.02" else {})} for row in JUDGES]
    assert (beams(JUDGES), beams(wider)) == (1, 0)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"rule": "guessed"}, 'row 4, column rule: found "guessed"'),
        ({"low": 52, "high": 52}, "row 4, column low: found 52 beside high 52"),
        ({"high": 53}, "row 4, column high: found .* to 53 .*, expected the axis, 51.8 to 52.02"),
    ],
)
def test_strips_refuse_an_unknown_rule_and_a_range_without_width_or_off_the_axis(
    changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(Faults, match=message):
        draw(strips, without(JUDGES, 2, **changed))


# Scenes.


def colours(drawn: Drawn, kind: str) -> list[str]:
    lines = [line for axes in drawn.axes for line in axes.lines if line.get_marker() != "o"]
    return [color for line in lines if (color := str(line.get_color())) == kind]


def test_a_tick_stands_for_each_number_that_the_counts_admit_and_289_to_292_stand_up() -> None:
    drawn = draw(*SAMPLES["barcode"])
    assert (len(colours(drawn, style.LINE)), len(colours(drawn, style.ARTICLE))) == (399 - 201 + 1 - 4, 4)
    assert {"289–292", "201", "399"} <= set(drawn.said)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (without(DISPUTES, 1, low=189), "row 3, column low: found 189 to 291 .* within the first"),
        (without(DISPUTES, 1, low=292), "row 3, column low: found 292 above high 291"),
        (without(DISPUTES, 1, rule="cut"), 'row 3, column rule: found "cut"'),
    ],
)
def test_a_barcode_refuses_ranges_that_leave_the_first(rows: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(Faults, match=message):
        draw(barcode, rows)


def test_783_dots_of_785_are_filled_and_two_are_hollow() -> None:
    filled, hollow, _ = draw(*SAMPLES["remainder"]).lines("o")
    assert (len(filled.get_xdata()), len(hollow.get_xdata())) == (783, 2)
    assert (filled.get_markerfacecolor(), hollow.get_markerfacecolor()) == (style.ARTICLE, style.PAPER)


def test_a_pile_has_a_dot_a_page() -> None:
    dots = draw(*SAMPLES["piles"]).lines("o")
    assert [len(pile.get_xdata()) for pile in dots] == [75, 8, 3]
    assert [pile.get_markerfacecolor() for pile in dots] == [style.ROUNDED, style.OTHERS, style.CUT]


@pytest.mark.parametrize("low", [False, True])
def test_under_each_rule_passes_are_counted_and_only_hedged_ones_are_hollow(low: bool) -> None:
    drawn = draw(*SAMPLES["rules"], low=low)
    assert [text for text in drawn.said if text.endswith("of 4")] == ["3 of 4", "3 of 4", "4 of 4"]
    marks = [line.get_markerfacecolor() for line in drawn.lines("o") for _ in line.get_xdata()]
    assert (len(marks), marks.count(style.PAPER)) == (10, 3)


# Chains.


def test_a_factor_begins_where_the_one_before_it_ends() -> None:
    bars = draw(*SAMPLES["chain"]).bars
    solid = bars[0::2][:2]
    assert solid == [pytest.approx((1, 1.13)), pytest.approx((1.13, 1.13 * 2.17))]
    assert bars[-1] == pytest.approx((1.13 * 2.17, 1.37 * 2.17), rel=1e-5)


def test_equal_factors_are_equally_long_on_the_axis_of_a_chain() -> None:
    rows = [{**FACTORS[1], "factor": name, "shown": ""} for name in (("a", "甲"), ("b", "乙"))]
    drawn = draw(chain, rows)
    axes = next(axes for axes in drawn.axes if axes.get_xscale() == "log")
    ends = [axes.transData.transform((x, 1))[0] for x in (1, 2.17, 2.17**2)]
    first, second = (b - a for a, b in pairwise(ends))
    assert first == pytest.approx(second)


def test_a_product_that_its_factors_do_not_give_is_refused() -> None:
    with pytest.raises(Faults, match='to 3 as the product of "Basic courts", expected'):
        draw(chain, without(FACTORS, 2, high=Fraction("3.0")))
    with pytest.raises(Faults, match="row 2, column low: found 0 beside high"):
        draw(chain, without(FACTORS, 0, low=0))
    with pytest.raises(Faults, match='no factor of "Basic courts", expected one or more'):
        draw(chain, FACTORS[2:])


def test_on_a_card_the_factors_of_two_chains_stand_left_of_all_bars() -> None:
    rows = [{**row, "basis": name} for name in (("Basic", "基层"), ("All", "各级")) for row in FACTORS]
    drawn = draw(chain, rows, low=True)
    bars = [patch.get_window_extent().x0 for patch in drawn.patches(Rectangle)]
    named = [t.get_window_extent().x1 for t in drawn.texts if t.get_text().startswith(("cases", "residents"))]
    assert len(named) == 6
    assert max(named) < min(bars)


# Changes.


def frames(drawn: Drawn) -> list[Any]:
    return [patch for patch in drawn.patches(FancyBboxPatch) if patch.get_linestyle() != "solid"]


def filled(drawn: Drawn) -> list[Any]:
    return [patch for patch in drawn.patches(FancyBboxPatch) if patch.get_linestyle() == "solid"]


def test_every_amount_before_is_a_dashed_frame_of_the_same_length() -> None:
    drawn = draw(*SAMPLES["changes"])
    assert [(frame.get_x(), frame.get_width()) for frame in frames(drawn)] == [(0, WIDTH)] * 3


def test_what_went_is_filled_at_the_end_and_thins_out_where_it_may_be_more() -> None:
    drawn = draw(*SAMPLES["changes"])
    half, *stripes, fall = filled(drawn)
    assert (half.get_x(), half.get_width()) == pytest.approx((WIDTH / 2, WIDTH / 2))
    assert (fall.get_x(), fall.get_width()) == pytest.approx((0.77 * WIDTH, 0.23 * WIDTH))
    assert all(one.get_width() > other.get_width() for one, other in pairwise(stripes))
    assert len(stripes) > 10
    assert len(filled(draw(changes, without(FALLS, 0, open=0)))) == 2


def test_a_change_in_days_has_an_empty_frame_with_a_question_mark() -> None:
    assert draw(*SAMPLES["changes"]).said.count("?") == 1
    assert "?" not in draw(changes, FALLS[:2]).said


def test_changes_refuse_more_than_the_whole_and_an_open_end_of_nothing() -> None:
    with pytest.raises(Faults, match=r"row 3, column gone: found 1\.23"):
        draw(changes, without(FALLS, 1, gone=Fraction("1.23")))
    with pytest.raises(Faults, match="row 4, column open"):
        draw(changes, without(FALLS, 2, open=1))


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("last_digit_ruler", "low"),
        ("number_made", "quotient"),
        ("interval_ruler", "label"),
        ("strips", "strip"),
        ("barcode", "low"),
        ("rules", "printed"),
        ("chain", "factor"),
        ("changes", "shown"),
    ],
)
def test_a_table_without_a_column_that_is_drawn_is_refused(name: str, column: str) -> None:
    form, rows = SAMPLES[name]
    table = keyed([{key: cell for key, cell in row.items() if key != column} for row in rows])
    with pytest.raises(Faults, match=f"column {column}.*: found no such column, expected"):
        form.spoken(table, "en")
