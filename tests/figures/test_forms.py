"""A form draws its table and nothing else: each number where a mark stands, each meaning in its own look."""

import re
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from pictures import (
    DAYS,
    EXAMPLES,
    LIST,
    PARTS,
    SHARES,
    WALL,
    coordinates,
    drawing,
    example,
    line_of,
    readable,
    said,
    table,
)

from asprinted import figures
from asprinted.faults import Fault, Faults
from asprinted.figures import style
from asprinted.figures.form import rounded

AT = {
    "split_bar": ["share"],
    "dots_by_day": ["day", "day_to", "share"],
    "list_plot": ["value", "low", "high"],
    "list_plot_of_shares": ["value"],
}
EVERY_FORM_WITH_MARKS = pytest.mark.parametrize("name", AT)


def out_of_place(figure: Figure, name: str) -> list[float]:
    """The numbers of an example at which no mark of a figure stands."""
    form, frame = EXAMPLES[name]
    marks = np.array(list(coordinates(figure)))
    numbers = form.spoken(rounded(frame), "en")[AT[name]].to_numpy().ravel()
    given = numbers[~np.isnan(numbers)]
    return [number for number in given if not np.isclose(marks, number, rtol=0, atol=1e-9).any()]


def dots(figure: Figure) -> dict[tuple[float, float], Line2D]:
    """The dots of a figure by their place."""
    return {
        (float(line.get_xdata()[0]), float(line.get_ydata()[0])): line
        for axes in figure.findobj(Axes)
        for line in axes.lines
        if line.get_marker() == "o"
    }


@EVERY_FORM_WITH_MARKS
def test_every_number_of_the_table_is_where_a_mark_stands(name: str):
    assert out_of_place(example(name), name) == []


@EVERY_FORM_WITH_MARKS
def test_marks_of_a_table_moved_by_three_millionths_stand_elsewhere(name: str):
    form, frame = EXAMPLES[name]
    signs = [1, -1] if form is figures.split_bar else [1] * len(frame)
    column = AT[name][0] if name != "dots_by_day" else "share"
    moved = [
        cell if cell != cell else Fraction(cell) + sign * Fraction(3, 10**6)
        for cell, sign in zip(frame[column], signs, strict=True)
    ]
    assert out_of_place(drawing(form, frame.assign(**{column: moved})), name) != []


def test_what_is_printed_is_filled_and_what_is_derived_is_hollow():
    marks = {x: line for (x, _), line in dots(example("list_plot")).items()}
    assert marks[669].get_markerfacecolor() == style.ARTICLE
    assert marks[240].get_markerfacecolor() == style.OTHERS
    assert marks[383.612245].get_markerfacecolor() == style.PAPER
    assert marks[383.612245].get_markeredgecolor() == style.OTHERS


def test_of_a_whole_the_part_that_is_left_is_hollow_unless_the_article_prints_it():
    def faces(frame: pd.DataFrame) -> list[str]:
        patches = [
            patch for axes in drawing(figures.split_bar, frame).findobj(Axes) for patch in axes.patches
        ]
        return [to_hex(patch.get_facecolor()).upper() for patch in patches]

    assert faces(PARTS) == [style.ARTICLE, style.PAPER]
    assert faces(PARTS.assign(printed=[False, True])) == [style.PAPER, style.ARTICLE]


def test_only_what_is_the_articles_own_has_its_colour():
    cloud = dots(example("dots_by_day")).items()
    colours = {y: line.get_color() for (_, y), line in cloud if line.axes.get_xlim() == (0, 366)}
    own = [share for share, colour in colours.items() if colour == style.ARTICLE]
    assert own == [0.617115]
    assert {colour for share, colour in colours.items() if share not in own} == {style.OTHERS}


def test_an_interval_is_a_bar_with_two_end_ticks():
    ends = [
        list(line.get_xdata())
        for axes in example("list_plot").findobj(Axes)
        for line in axes.lines
        if line.get_marker() == "|"
    ]
    assert ends == [[380, 420]]


def test_rows_stay_in_the_order_given_though_the_values_fall():
    def heights(frame: pd.DataFrame) -> list[str]:
        texts = [text for text in readable(drawing(figures.list_plot, frame)) if "," in text.get_text()]
        labels = [text for text in texts if text.get_text() in set(frame.label_en)]
        return [text.get_text() for text in sorted(labels, key=lambda text: -text.get_window_extent().y0)]

    assert heights(SHARES) == ["Guandu, since 2020", "Pingluo, 2021"]
    assert heights(SHARES[::-1]) == ["Pingluo, 2021", "Guandu, since 2020"]


def test_long_counts_under_a_list_with_long_names_stand_apart():
    name = "The ferry at Harlow Bridge, the year before"
    frame = pd.DataFrame({"label": [name, f"{name} last"], "value": [48600, 45000], "own": [True, True]})
    texts = readable(drawing(figures.list_plot, frame))
    ticks = [text for text in texts if re.fullmatch(r"0|\d0,000", text.get_text())]
    boxes = sorted((text.get_window_extent() for text in ticks), key=lambda box: box.x0)
    assert len(boxes) > 2
    assert all(after.x0 - before.x1 > 4 for before, after in pairwise(boxes))


def test_shares_of_a_list_stand_between_nothing_and_the_whole_and_counts_from_zero():
    def limits(name: str) -> tuple[float, float]:
        marked = {
            axes.get_xlim()
            for axes in example(name).findobj(Axes)
            if any(line.get_marker() == "o" for line in axes.lines)
        }
        (found,) = marked
        return found

    assert limits("list_plot_of_shares") == (0, 1)
    assert limits("list_plot")[0] == 0
    assert limits("list_plot")[1] == pytest.approx(669 * 1.02)


def test_a_value_of_a_list_stands_nearest_its_own_mark():
    figure = example("list_plot")
    for text in readable(figure):
        if (shown := text.get_text()) in ("669", "240", "383.6"):
            box = text.get_window_extent()
            middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
            pixels = {place: line.axes.transData.transform(place) for place, line in dots(figure).items()}
            nearest = min(pixels, key=lambda place: abs(pixels[place] - middle).sum())
            assert f"{nearest[0]:.4g}" == shown, shown


def test_groups_of_a_list_stand_over_one_axis():
    drawn = [axes for axes in example("list_plot").findobj(Axes) if dots(example("list_plot")) and axes.lines]
    assert sum(any(line.get_marker() == "o" for line in axes.lines) for axes in drawn) == 1
    assert {"Accepted", "Concluded"} <= set(said(example("list_plot")))


def test_parts_that_do_not_add_up_are_refused():
    with pytest.raises(Faults, match=r"column share: found shares that add up to 0\.9, expected 1"):
        drawing(figures.split_bar, PARTS.assign(share=[0.6, 0.3]))


def leaders(figure: Figure) -> list[Line2D]:
    """The upright lines in the grey of leaders."""
    lines = [line for axes in figure.findobj(Axes) for line in axes.lines]
    return [
        line
        for line in lines
        if line.get_color() == style.LINE and len(line.get_xdata()) == 2 and len(set(line.get_xdata())) == 1
    ]


@pytest.mark.parametrize("page", [style.FIGURE, style.CARD], ids=["figure", "card"])
@pytest.mark.parametrize("shares", [(0.96, 0.04), (0.04, 0.96)])
def test_the_words_of_a_part_too_narrow_for_them_stand_under_the_bar_at_the_end_of_a_line(
    shares: tuple[float, float], page: style.Page
):
    figure = drawing(figures.split_bar, PARTS.assign(share=shares), page=page)
    outside = (
        "Open, at least · 38.29% · 13,311 cases" if shares[1] < 0.5 else "Closed · 61.71% · 21,454 cases"
    )
    assert outside in said(figure)
    for text in readable(figure):
        box = text.get_window_extent()
        assert 0 <= box.x0 < box.x1 <= figure.bbox.x1, text
    (line,) = leaders(figure)
    middle = shares[0] / 2 if shares[0] < 0.5 else 1 - shares[1] / 2
    assert line.get_xdata()[0] == pytest.approx(middle * (page.width - 2 * page.margin))


def test_the_words_of_wide_parts_stand_in_the_bar_and_no_line_leads_to_them():
    assert leaders(example("split_bar")) == []
    assert not [line for line in said(example("split_bar")) if " · 38.29%" in line]


@pytest.mark.parametrize("page", [style.FIGURE, style.CARD], ids=["figure", "card"])
def test_a_number_stands_bold_over_its_count_about_the_middle_of_the_bar(page: style.Page):
    figure = drawing(figures.split_bar, PARTS, page=page)
    bar = next(patch for axes in figure.findobj(Axes) for patch in axes.patches).get_window_extent()
    number, count = (
        next(text for text in readable(figure) if line_of(text) == line)
        for line in ("61.71%", "21,454 cases")
    )
    over, under = bar.y1 - number.get_window_extent().y1, count.get_window_extent().y0 - bar.y0
    assert 0 < over == pytest.approx(under, abs=0.1 * figure.dpi)
    assert (number.get_fontweight(), count.get_fontweight()) == ("bold", "normal")


def test_several_narrow_parts_have_a_line_each_that_runs_through_no_words():
    shares = [0.03, 0.04, 0.86, 0.04, 0.03]
    rows = {f"p{n}": {"label": f"Part {n}", "share": share, "shown": f"{share:.0%}"}
            for n, share in enumerate(shares)}  # fmt: skip
    figure = drawing(figures.split_bar, table(rows))
    assert len(leaders(figure)) == 4
    words = [text for text in readable(figure) if " · " in text.get_text() and "%" in text.get_text()]
    assert len(words) == 4
    for line in leaders(figure):
        (at, start), (_, end) = line.axes.transData.transform(line.get_xydata())
        for text in words:
            box = text.get_window_extent().padded(-3)
            assert not (box.x0 < at < box.x1 and box.y0 < start and box.y1 > end), text


def test_words_that_have_no_room_under_the_bar_either_are_refused():
    shares = [0.48, 0.02, 0.02, 0.48]
    rows = {f"p{n}": {"label": f"Conciliation {n}", "share": share, "shown": f"{share:.0%}"}
            for n, share in enumerate(shares)}  # fmt: skip
    with pytest.raises(Fault, match=r'column label: found "Conciliation 1" in .* in under the bar'):
        drawing(figures.split_bar, table(rows))


# Days


def test_a_date_has_one_place_in_leap_years_and_others_and_october_begins_behind_30_september():
    assert figures.common_day("2016-09-30") == figures.common_day("2021-09-30") == 273
    assert figures.common_day("2016-10-01") == 274
    (axes,) = (axes for axes in example("dots_by_day").findobj(Axes) if axes.get_xlim() == (0, 366))
    ticks = dict(zip((label.get_text() for label in axes.get_xticklabels()), axes.get_xticks(), strict=True))
    assert ticks == {
        name: figures.common_day(f"2021-{month}-01")
        for name, month in (("Jan", "01"), ("Apr", "04"), ("Jul", "07"), ("Oct", "10"))
    }


def test_the_366th_day_of_a_leap_year_is_refused():
    with pytest.raises(
        Faults, match='row 2, column day: found 366 in the row "closing_rate", expected 1 to 365'
    ):
        drawing(figures.dots_by_day, DAYS.assign(day=366))


def test_a_card_lists_seven_days_in_the_room_of_six_and_wants_more_for_eight():
    form, near = figures.dots_by_day, DAYS[DAYS.near]
    many = pd.concat([near.rename(index=lambda key, at=at: f"{key}_{at}") for at in range(3)])
    six, seven, eight = (form.least(form.spoken(many.iloc[:rows], "en"), 9.0) for rows in (6, 7, 8))
    assert seven == pytest.approx(six)
    assert eight > seven + 0.02


def test_what_lies_near_is_listed_by_its_day_each_with_its_mark_and_another_has_no_words():
    figure = example("dots_by_day")
    listed = [
        text.get_text()
        for text in readable(figure)
        if re.fullmatch(r"(Guandu|China) 20\d\d", text.get_text())
    ]
    assert listed == ["Guandu 2020", "Guandu 2021", "China 2016"]
    in_list = [axes for axes in figure.findobj(Axes) if axes.get_xlim() != (0, 366)]
    marks = [line for axes in in_list for line in axes.lines if line.get_marker() == "o"]
    assert [line.get_markerfacecolor() for line in marks] == [style.PAPER, style.ARTICLE, style.OTHERS]


def test_in_the_cloud_there_is_no_label_that_could_stand_at_anothers_dot():
    text = " ".join(said(example("dots_by_day")))
    assert all(words in text for words in ("Guandu 2021", "61.71%", "Guandu 2020", "61.95%", "China 2016"))
    assert "Hainan" not in text
    assert "24.76%" not in text


def test_the_shaded_days_are_those_of_the_table():
    spans = [
        (patch.get_x(), patch.get_x() + patch.get_width())
        for axes in example("dots_by_day").findobj(Axes)
        for patch in axes.patches
        if hasattr(patch, "get_width") and axes.get_xlim() == (0, 366)
    ]
    assert spans == [(242, 296)]


# Tiles and cells


def test_the_wall_has_a_tile_a_token_in_the_articles_order_and_counts_each_kind():
    lines = said(example("wall"))
    assert [line for line in lines if line in set(WALL.number)] == list(WALL.number)
    assert {"3", "2", "recomputed", "lack a number", "only beside another", "stand alone"} <= set(lines)
    tiles = [patch for axes in example("wall").findobj(Axes) for patch in axes.patches]
    boxes = [patch for patch in tiles if isinstance(patch, FancyBboxPatch)]
    assert len(boxes) == len(WALL) + 4
    solid = [patch for patch in boxes if to_hex(patch.get_facecolor()).upper() == style.ARTICLE]
    assert len(solid) == 3 + 1


def test_a_card_of_the_wall_has_as_many_tiles_and_the_numbers_of_what_is_recomputed_alone():
    card = drawing(figures.wall, WALL, page=style.CARD)
    boxes = [p for axes in card.findobj(Axes) for p in axes.patches if isinstance(p, FancyBboxPatch)]
    assert len(boxes) == len(WALL) + 4
    assert set(said(card)) & set(WALL.number) == {"34765件", "21454件", "61.71%"}


def test_a_reach_outside_the_closed_list_is_refused():
    with pytest.raises(
        Faults, match='row 10, column reach: found "far" in the row "n8", expected one of recomputed'
    ):
        drawing(figures.wall, WALL.assign(reach="far"))


def test_a_rate_that_is_not_printed_is_an_outline():
    looks = {text.get_text(): text for text in readable(example("cells"))}
    assert looks["61.71%"].get_color() == style.ARTICLE
    assert looks["25.0%"].get_color() == style.GROUND
    assert looks["25.0%"].get_path_effects()


def test_four_cells_hold_no_bar_and_no_axis():
    for axes in example("cells").findobj(Axes):
        assert not axes.axison
        assert len({patch.get_width() for patch in axes.patches}) <= 1


# Tables


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (PARTS.drop(columns="share"), "column share: found no such column, expected a number"),
        (PARTS.drop(columns="label_zh"), "column label or label_zh: found no such column, expected words"),
        (
            PARTS.assign(share=["0.6", "most"]),
            'row 3, column share: found "most" in the row "open", expected a number',
        ),
        (
            PARTS.assign(label="twice"),
            'row 2, column label_en and label: found both in the row "closed", expected one',
        ),
        (
            PARTS.assign(printed="perhaps"),
            'column printed: found "perhaps" in the row "closed", expected 1 or 0',
        ),
        (PARTS.iloc[:0], "found no row, expected a row for each mark"),
    ],
)
def test_a_table_that_a_form_cannot_draw_is_refused_with_the_place(frame: pd.DataFrame, message: str):
    with pytest.raises(Faults, match=message):
        drawing(figures.split_bar, frame, "zh" if "label_zh" not in frame else "en")


def test_more_columns_are_welcome_and_not_drawn():
    assert said(drawing(figures.list_plot, LIST.assign(note="unseen"))) == said(example("list_plot"))


def test_all_that_is_wrong_with_a_table_is_said_at_once_each_with_its_row_and_column():
    with pytest.raises(Faults) as raised:
        drawing(figures.split_bar, PARTS.assign(share=["most", "0.4"], shown_en=["61.71%", "鱻"], printed=2))
    file = "the table of split_bar"
    assert raised.value.faults == (
        Fault(
            file, 3, "shown", '鱻 (U+9C7B) in "鱻" in the row "open"', "characters that the typeface draws"
        ),
        Fault(file, 2, "share", '"most" in the row "closed"', "a number"),
        Fault(file, 2, "printed", '"2" in the row "closed"', "1 or 0 or nothing"),
        Fault(file, 3, "printed", '"2" in the row "open"', "1 or 0 or nothing"),
    )
