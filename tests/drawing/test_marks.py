"""What is drawn, mark by mark: a ruler tells the verdict, a stamp is the verdict, a strip is the wall."""

import csv
import re
import xml.etree.ElementTree as ET
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from asprinted import check
from asprinted.drawing.rulers import WIDTH, Ruler, page, ruler
from asprinted.drawing.scales import Scale
from asprinted.drawing.scene import DARK, LIGHT, Box, Dot, Line, Mark, Polygon, Scene, Text
from asprinted.drawing.svg import svg
from asprinted.drawing.tiles import Cell, stamp, stamp_of, strip
from asprinted.exact.verdicts import Verdict
from asprinted.prose.writing import LANGUAGES


def marks(scene: Scene, sort: type[Mark]) -> list:
    return [mark for mark in scene.marks if isinstance(mark, sort)]


def drawn(*given: object, **more: object) -> Ruler:
    made = ruler(check(*given, **more))
    assert made is not None
    return made


def ends(what: Ruler, lane: int) -> list[float]:
    (box,) = marks(what.lane(what.lanes[lane]), Box)
    return [box.left, box.left + box.wide]


# The ruler


def test_the_printed_98_35_percent_lies_within_what_the_hedged_counts_give_and_both_bars_too():
    what = drawn("98.35%", "1.73万余件", "1.76万余件")
    computed, rounded, cut = (ends(what, lane) for lane in range(3))
    (dot,) = marks(what.lane(what.lanes[0]), Dot)
    assert computed[0] < rounded[0] < dot.x < rounded[1] < cut[1] < computed[1]
    assert cut[0] == pytest.approx(dot.x)
    assert dot.x == pytest.approx(what.scale.at(Fraction(9835, 10000)))
    assert dot.fill == "article"


def test_what_783_of_785_gives_lies_in_the_bar_of_cutting_and_not_in_that_of_rounding():
    what = drawn("99%", 783, 785)
    computed, printed = marks(what.lane(what.lanes[0]), Dot)
    assert (computed.fill, printed.fill) == ("paper", "article")
    assert ends(what, 1)[1] < computed.x < ends(what, 2)[1]


def test_a_computed_interval_is_hollow_and_a_printed_one_solid():
    what = drawn("98.35%", "1.73万余件", "1.76万余件")
    boxes = [marks(what.lane(lane), Box)[0] for lane in what.lanes]
    assert [box.fill for box in boxes] == ["paper", "nearest", "truncation"]
    assert [box.edge for box in boxes] == ["article", "nearest", "truncation"]


def test_every_end_that_there_is_has_a_tick_and_a_side_without_one_an_arrow():
    closed, opened = drawn("98.35%", "1.73万余件", "1.76万余件"), drawn("3倍以上", 31, 10, kind="mean")
    assert [len(marks(closed.lane(lane), Line)) for lane in closed.lanes] == [2, 2, 2]
    (lane,) = opened.lanes[1:]
    assert (len(marks(opened.lane(lane), Line)), len(marks(opened.lane(lane), Polygon))) == (1, 1)
    assert ends(opened, 1)[1] == WIDTH


def test_52_judges_are_a_hollow_dot_on_the_lane_of_rounding_alone():
    what = drawn(["669件", "413件"], (), ["34765件", "21454件"], kind="divisor", space=(500, 1000))
    rounded, cut = (marks(what.lane(lane), Dot) for lane in what.lanes)
    assert [(dot.x, dot.fill) for dot in rounded] == [(what.scale.at(Fraction(52)), "paper")]
    assert cut == []
    assert what.hair().marks == ()


def test_rounded_inputs_have_a_computed_lane_for_each_rule():
    what = drawn("103%", "412公里", "400公里")
    assert [lane.hollow for lane in what.lanes] == [True, True, False, False]


def test_a_ruler_has_no_mark_off_its_sheet_and_its_ticks_are_round():
    for given in (("61.71%", 21454, 34765), ("87%", 975, 1250), ("2412册", "48250册", "20名")):
        what = drawn(*given)
        for lane in what.lanes:
            for box in marks(what.lane(lane), Box):
                assert 0 <= box.left <= box.left + box.wide <= WIDTH
        words = [text.text for text in marks(what.axis(), Text)]
        assert 2 <= len(words) <= 7
        assert len({len(word.partition(".")[2]) for word in words}) == 1


def test_nothing_is_drawn_where_nothing_can_be_tested_or_nothing_fits():
    assert ruler(check("99%", "786件", "785件")) is None
    assert ruler(check("99%", 783)) is None
    assert ruler(check(["300件", "20件"], (), ["34765件", "21454件"], kind="divisor")) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_ruler_are_the_pages_own_and_its_marks_are_svg(language: str):
    made = ruler(check("98.35%", "1.73万余件", "1.76万余件"), language)
    text = page(made)
    assert [re.sub("<[^>]+>", "", said) for said in re.findall("<p>(.*)</p>", text)] == [
        lane.said for lane in made.lanes
    ]
    assert text.count("<svg ") == len(made.lanes) + 2
    assert "style" not in text


# Scales


def test_a_scale_of_one_value_has_room_around_it():
    scale = Scale.over([Fraction(0)], 6.0)
    assert (scale.at(Fraction(0)), scale.low, scale.high) == (3.0, -1, 1)


def test_ticks_in_chinese_have_no_comma():
    words = list(Scale(Fraction(17000), Fraction(18000), 6).words(share=False, language="zh"))
    assert words[0] == "17000"


# Stamps


@pytest.mark.parametrize(
    ("given", "boxes"),
    [
        (("61.71%", 21454, 34765), ("filled", "filled")),
        (("99%", 783, 785), ("crossed", "filled")),
        (("98.35%", "1.73万余件", "1.76万余件"), ("ticked", "ticked")),
        (("87%", 975, 1250), ("crossed", "crossed")),
        (("99%", 786, 785), ("dashed", "dashed")),
        (("76.04%", "36687册", "48250册"), ("filled", "crossed")),
    ],
)
def test_a_stamp_is_its_verdict(given: tuple, boxes: tuple):
    assert looks(stamp_of(check(*given))) == list(boxes)


def looks(scene: Scene) -> list[str]:
    """Say how each box of a stamp looks, by the marks that lie in it."""
    found = []
    for box in marks(scene, Box):
        inside = [line for line in marks(scene, Line) if box.left <= line.x1 <= box.left + box.wide]
        crossed = bool(inside) and {line.color for line in inside} == {"ink"}
        look = "crossed" if crossed else "ticked" if inside else "filled" if box.fill else "dashed"
        assert look != "dashed" or box.dashed
        found.append(look)
    return found


def test_only_what_fails_is_drawn_in_ink():
    for verdict in Verdict:
        for hedged in (False, True):
            colors = {mark.edge for mark in marks(stamp(verdict, hedged=hedged), Box)}
            assert ("ink" in colors) == (verdict not in (Verdict.BOTH, Verdict.NOT_TESTABLE))


# The strip


def test_the_strip_is_the_wall_in_one_row(home: Path):
    with (home / "figures" / "wall_of_printed_numbers.csv").open(encoding="utf-8") as file:
        wall = list(csv.DictReader(file))
    boxes = marks(strip([Cell(row["section_en"], row["reach"]) for row in wall]), Box)
    fills = {"recomputed": "article", "beside": "tint", "lacking": "tint", "alone": "faint"}
    assert len(boxes) == 53
    assert [box.fill for box in boxes] == [fills[row["reach"]] for row in wall]
    assert [box.dashed for box in boxes] == [row["reach"] == "lacking" for row in wall]
    gaps = [round(right.left - left.left, 3) for left, right in pairwise(boxes)]
    assert len([gap for gap in gaps if gap > min(gaps)]) == len({row["section_en"] for row in wall}) - 1


# SVG

EVERY_MARK = Scene(
    2.0,
    1.0,
    (
        Line(0, 0, 1, 1, "ink"),
        Box(0, 0, 1, 0.5, "tint", "article", dashed=True, round=0.1),
        Dot(0.5, 0.5, 0.1, "paper", "article"),
        Polygon(1, 0.5, ((0, 0), (0.1, 0.1), (0.1, -0.1)), "truncation"),
        Text(2, 0.9, "<script>alert(1)</script> & 5", 10, bold=True, align="right"),
    ),
    "A title & <b>",
    "What it shows",
)


@pytest.mark.parametrize("fluid", [False, True])
@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_an_svg_is_well_formed_and_words_in_it_stay_words(colors: dict[str, str], fluid: bool):
    tree = ET.fromstring(svg(EVERY_MARK, colors, fluid=fluid))
    words = [each.text for each in tree.iter() if each.tag.endswith(("title", "desc", "text"))]
    assert words == ["A title & <b>", "What it shows", "<script>alert(1)</script> & 5"]
    assert tree.get("role") == "img"
    paints = {each.get(name) for each in tree.iter() for name in ("fill", "stroke")} - {None, "none"}
    assert paints == {colors[name] for name in ("ink", "tint", "article", "paper", "truncation")}


def test_a_fluid_svg_stretches_places_and_no_size():
    tree = ET.fromstring(svg(EVERY_MARK, fluid=True))
    circle = next(each for each in tree.iter() if each.tag.endswith("circle"))
    assert (circle.get("cx"), circle.get("r"), tree.get("viewBox")) == ("25%", "9.6", None)


def test_a_scene_without_a_title_is_hidden_from_whoever_listens():
    assert 'aria-hidden="true"' in svg(Scene(1, 1, ()))
