"""Figures draw their table and nothing else, in glyphs and colours for every reader, every time alike."""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.text import Text
from PIL import Image

from guandu import figures
from guandu.figures import bilingual, font, saving, style, typeface
from guandu.figures.form import LANGUAGES, Form, read_table, write_table
from guandu.figures.labels import stack
from guandu.figures.text import balance, pieces, wrap

FIGURES = Path(__file__).resolve().parents[1] / "figures"
CLOSED, ACCEPTED = 21454, 34765
SOURCE = {"en": "the article, 2021; shares are derived", "zh": "本文，2021年；比例为推算"}
EN = figures.Words(
    "Of the accepted cases 61.71% are closed", "Carry-over is not printed.", "One bar in two parts."
)
ZH = figures.Words("受理案件已结61.71%", "是否含旧存，文中未载。", "一条分为两段的横条。")
PERIOD = ("% of cases, January to September 2021", "占案件的百分比，2021年1月至9月")

PARTS = bilingual(
    [
        {
            "label": ("closed", "已结"),
            "share": Fraction(CLOSED, ACCEPTED),
            "count": CLOSED,
            "shown": "61.71%",
        },
        {
            "label": ("open", "未结"),
            "share": 1 - Fraction(CLOSED, ACCEPTED),
            "count": 13311,
            "shown": "38.29%",
        },
    ],
    axis=PERIOD,
)
DOTS = bilingual(
    [
        {
            "label": ("Guandu, to September 2021", "官渡，2021年至9月"),
            "value": 0.6171,
            "shown": "61.71%",
            "own": True,
        },
        {"label": ("Hedong, to September 2014", "河东，2014年至9月"), "value": 0.7410, "shown": "74.10%"},
        {
            "label": ("Kunming, hedged", "昆明，约数"),
            "low": 0.95,
            "high": 1.0,
            "shown": ("95 to 100%", "95%至100%"),
        },
    ],
    axis=PERIOD,
    unit="share",
)
LINE = bilingual(
    [
        {"kind": "printed", "label": ("printed", "所载"), "value": 0.99, "shown": "99%"},
        {
            "kind": "interval",
            "label": ("if rounded", "若四舍五入"),
            "low": 0.985,
            "high": 0.995,
            "high_open": True,
        },
        {"kind": "point", "label": ("783 of 785, derived", "783÷785，推算"), "value": Fraction(783, 785)},
        {"kind": "values", "label": ("would pass", "可通过"), "low": 0.984, "high": 0.996, "step": 0.002},
    ],
    axis=PERIOD,
    unit="share",
)
STRIP = bilingual(
    [
        {"label": "1000余项", "value": 1, "shown": "100%"},
        {"label": "1.76万余件", "value": Fraction(1, 176), "shown": "0.568%"},
        {"label": "57.92万余人", "value": Fraction(1, 5792), "shown": "0.0173%"},
    ],
    axis=("Width as a share of the lower end", "宽度占下限的比例"),
)
RATIOS = bilingual(
    [
        {"label": ("cases per resident", "人均案件"), "low": 1.13, "high": 1.37, "shown": "×1.13–1.37"},
        {"label": ("residents per judge", "每名法官居民数"), "low": 2.17, "high": 2.17, "shown": "×2.17"},
    ],
    axis=("Guandu ÷ China, 2021", "官渡÷全国，2021年"),
)
DAYS = bilingual(
    [
        {"label": ("Guandu, 22 or 30 September 2021", "官渡2021年9月22日或30日"), "day": 265, "day_to": 273,
         "share": 0.617115, "own": 1},
        {"label": ("Guandu, 31 August 2020", "官渡2020年8月31日"), "day": 244, "share": 0.619507, "own": 1},
        {"label": ("China, September 2016", "全国2016年9月"), "day": 274, "share": 0.6817},
        {"label": ("China, 2020", "全国2020年"), "day": 366, "share": 0.9318},
        {"label": ("China, 2022", "全国2022年"), "day": 365, "share": 0.9140},
        {"label": ("China, 2021", "全国2021年"), "day": 365, "share": 0.8982},
    ],
    axis_x=("Day of the year on which the count ends", "统计截止日"),
    axis_y=PERIOD,
)  # fmt: skip
CARRIED = bilingual(
    [
        {"series": name, "x": x, "y": Fraction(CLOSED, ACCEPTED) / (1 + sign * x), "label": mark}
        for name, sign in ((("A: clearance", "A：结收比"), -1), (("B: closing rate", "B：结案率"), 1))
        for x, mark in (
            (Fraction(0), ("", "")),
            (Fraction(1525, 10000), ("15.25% Hedong", "15.25% 河东")),
            (Fraction(1678, 10000), ("16.78% China", "16.78% 全国")),
            (Fraction(3, 10), ("", "")),
        )
    ],
    axis_x=("Carry-over as a share of the cases accepted, 2021", "旧存占受理案件的比例，2021年"),
    axis_y=("Derived rate, %", "推算的比率，%"),
    unit="share",
)
JUDGES = bilingual(
    [
        {
            "n": n,
            "value": Fraction(ACCEPTED, n),
            "whole": True,
            "own": n == 52,
            "shown": "52" if n == 52 else "",
        }
        for n in range(48, 57)
    ],
    panel=("Cases accepted per judge, January to September 2021", "人均受理，2021年1月至9月"),
    low=668.5,
    high=669.5,
    band=("printed 669", "所载669"),
    axis_x=("quota judges", "员额法官"),
)
INDEX = bilingual(
    [{"label": ("Contact-type calls", "接触类警情"), "before": 100, "after": 76.4, "shown_after": "76.4"}],
    shown_before="100",
    before_label=("year before", "上年同期"),
    after_label=("2021", "2021年"),
)
PANELS = bilingual(
    [
        {"label": ("closing rate", "结案率"), "value": 0.6171, "shown": ("61.71%", "61.71%")},
        {
            "label": ("resolution rate", "化解率"),
            "low": 0.977456,
            "high": 0.98858,
            "shown": ("97.7–98.9%", "97.7%至98.9%"),
        },
    ],
    detail=("out of what, when", "分母与时期"),
    axis=PERIOD,
    unit="share",
)
MATRIX = bilingual(
    [
        {"row": row, "column": column, "count": count}
        for row, counts in ((("court", "诉"), (8, 1)), (("police", "管"), (7, 0)))
        for column, count in zip((("count", "数量"), ("rate", "比率")), counts, strict=True)
    ],
    axis=("Printed figures", "所载数字"),
)
PAIRS = bilingual(
    [
        {"x": 17600, "y": 17310, "group": ("both", "两者皆可")},
        {"x": 17602, "y": 17311, "group": ("rounded only", "仅四舍五入")},
    ],
    x_low=17600, x_high=17609, y_low=17305, y_high=17314,
    axis_x=("disputes, since 2020", "纠纷，2020年以来"),
    axis_y=("resolved, since 2020", "化解，2020年以来"),
)  # fmt: skip
LEDGER = bilingual(
    [
        {"title": ("check", "检验"), "printed": ("printed", "所载"), "recomputed": ("recomputed", "复算"),
         "outcome": "", "word": ("outcome", "结果"), "ref": ""},
        {"title": ("closing rate", "结案率"), "printed": "61.71%", "recomputed": "61.71%",
         "outcome": "both", "word": ("follows", "相符"), "ref": "C01"},
    ]
)  # fmt: skip
TABLE = bilingual(
    [
        {"question": ("Open question", "未决问题"), "holder": ("Who knows", "谁掌握")},
        {"question": ("Did the backlog grow?", "存案是否增加？"), "holder": ("court", "法院")},
    ]
)
SQUARES = bilingual(
    [
        {"label": ("community committees", "社区委员会"), "count": 96, "shown": "96"},
        {"label": ("communities with a party committee", "建有大党委的社区"), "count": 64, "shown": "64"},
    ]
)
BOXES = bilingual(
    [
        {"label": ("cases filed", "立办案件"), "shown": ("11 cases", "11件"), "detail": ("2021", "2021年")},
        {"label": ("proposals", "检察建议"), "shown": ("9", "9件"), "detail": ("2021", "2021年")},
    ]
)
EXAMPLES = [
    (figures.split_bar, PARTS),
    (figures.dot_plot, DOTS),
    (figures.number_line, LINE),
    (figures.interval_strip, STRIP),
    (figures.ratio_bars, RATIOS),
    (figures.dots_by_day, DAYS),
    (figures.lines, CARRIED),
    (figures.curves_with_bands, JUDGES),
    (figures.index_pairs, INDEX),
    (figures.panels, PANELS),
    (figures.matrix, MATRIX),
    (figures.heat_map, PAIRS),
    (figures.ledger, LEDGER),
    (figures.text_table, TABLE),
    (figures.nested_squares, SQUARES),
    (figures.boxes, BOXES),
]
EVERY_FORM = pytest.mark.parametrize(("form", "table"), EXAMPLES, ids=[form.name for form, _ in EXAMPLES])
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def shelf(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that receives figures in place of the collection's own."""
    monkeypatch.chdir(home)
    monkeypatch.setenv("GUANDU_FIGURES", str(tmp_path / "figures"))
    return tmp_path / "figures"


def keep(stem: str = "test_parts", form: Form = figures.split_bar, table: pd.DataFrame = PARTS, **changed):
    said = {"en": EN, "zh": ZH, "source": SOURCE, "notebook": "test", **changed}
    return figures.save(form, stem, table, **said)


def drawing(form: Form, table: pd.DataFrame, language: str = "en") -> Figure:
    with style.house():
        figure = saving.draw(form, write_table(table), EN if language == "en" else ZH, SOURCE[language],
                             (saving.WIDTH, None), language)  # fmt: skip
        figure.canvas.draw()
    return figure


@cache
def example(name: str, language: str) -> Figure:
    form, table = next(pair for pair in EXAMPLES if pair[0].name == name)
    return drawing(form, table, language)


def coordinates(figure: Figure) -> Iterator[float]:
    """Every number that a mark of the figure stands at, in the units of its own axes."""
    for axes in figure.findobj(Axes):
        for line in axes.lines:
            yield from map(float, (*line.get_xdata(), *line.get_ydata()))
        for patch in axes.patches:
            if hasattr(patch, "get_width"):
                x, y, wide, tall = patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()
                yield from (x, x + wide, y, y + tall, wide, tall)


def readable(figure: Figure) -> list[Text]:
    """Every text that a reader sees; ticks beyond the ends of an axis are made but not drawn."""
    beyond = {
        label
        for axes in figure.findobj(Axes)
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        for label in (tick.label1, tick.label2)
    }
    texts = [text for text in figure.findobj(Text) if text not in beyond]
    return [text for text in texts if text.get_text().strip() and text.get_visible()]


# What is drawn

AT = {
    "split_bar": ["share"],
    "dot_plot": ["value", "low", "high"],
    "number_line": ["value", "low", "high"],
    "interval_strip": ["value"],
    "ratio_bars": ["low", "high"],
    "dots_by_day": ["day", "day_to", "share"],
    "lines": ["x", "y"],
    "curves_with_bands": ["n", "value", "low", "high"],
    "index_pairs": ["before", "after"],
    "panels": ["value", "low", "high"],
}


EVERY_FORM_WITH_MARKS = pytest.mark.parametrize(
    ("form", "table"), [example for example in EXAMPLES if example[0].name in AT], ids=AT
)


def out_of_place(figure: Figure, form: Form, table: pd.DataFrame) -> list[float]:
    """The numbers of a table at which no mark of the figure stands."""
    marks = np.array(list(coordinates(figure)))
    numbers = form.spoken(read_table(write_table(table)), "en")[AT[form.name]].to_numpy().ravel()
    given = numbers[~np.isnan(numbers)]
    return [number for number in given if not np.isclose(marks, number, rtol=0, atol=1e-9).any()]


@EVERY_FORM_WITH_MARKS
def test_every_number_of_the_table_is_where_a_mark_stands(form: Form, table: pd.DataFrame):
    assert out_of_place(example(form.name, "en"), form, table) == []


@EVERY_FORM_WITH_MARKS
def test_marks_of_a_table_moved_by_three_millionths_stand_elsewhere(form: Form, table: pd.DataFrame):
    moved = table.copy()
    for column in AT[form.name][:1]:
        shift = Fraction(3, 10**6)
        signs = [1, -1] if form is figures.split_bar else [1] * len(moved)
        cells = zip(moved[column], signs, strict=True)
        moved[column] = [cell if cell != cell else Fraction(cell) + sign * shift for cell, sign in cells]
    assert out_of_place(drawing(form, moved), form, table) != []


def test_the_matrix_writes_each_count_and_no_zero():
    texts = [text.get_text() for text in readable(example("matrix", "en"))]
    assert [text for text in texts if text.isdigit()] == ["8", "1", "7"]


def test_the_heat_map_marks_the_cells_of_the_table_and_no_other():
    field = example("heat_map", "en").findobj(AxesImage)[0].get_array().filled(np.nan)
    assert field.shape == (10, 10)
    assert np.argwhere(~np.isnan(field)).tolist() == [[5, 0], [6, 2]]


def test_nested_squares_have_areas_in_proportion():
    axes = example("nested_squares", "en").findobj(Axes)
    whole, part = sorted((patch.get_width() for each in axes for patch in each.patches), reverse=True)[:2]
    assert part**2 / whole**2 == pytest.approx(64 / 96)


def test_rows_stay_in_the_order_given_though_the_values_fall():
    labels = [text for text in readable(drawing(figures.dot_plot, DOTS[::-1])) if "," in text.get_text()]
    heights = {text.get_text(): text.get_window_extent().y0 for text in labels}
    assert (
        heights["Kunming, hedged"]
        > heights["Hedong, to September 2014"]
        > heights["Guandu, to September 2021"]
    )


def test_an_open_end_is_hollow_and_a_closed_one_filled():
    ends = {
        round(float(line.get_xdata()[0]), 3): line.get_markerfacecolor()
        for axes in example("number_line", "en").findobj(Axes)
        for line in axes.lines
        if line.get_marker() == "o"
    }
    assert ends[0.995] == style.PAPER
    assert ends[0.985] != style.PAPER


def test_a_share_is_drawn_from_nothing_to_the_whole():
    for form, table in ((figures.dot_plot, DOTS), (figures.panels, PANELS), (figures.split_bar, PARTS)):
        limits = {axes.get_xlim() for axes in drawing(form, table).findobj(Axes)}
        assert (0.0, 1.0) in limits, form.name


def test_parts_that_do_not_add_up_are_refused():
    with pytest.raises(figures.FigureError, match="add up to"):
        drawing(figures.split_bar, PARTS.assign(share=[0.6, 0.3]))


# Words


@EVERY_FORM
@EVERY_LANGUAGE
def test_no_word_is_cut_covered_or_too_small(form: Form, table: pd.DataFrame, language: str):
    hold_words_apart(example(form.name, language))


def hold_words_apart(figure: Figure) -> None:
    texts = readable(figure)
    assert min(text.get_fontsize() for text in texts) >= 8
    boxes = {text: text.get_window_extent() for text in texts}
    for text, box in boxes.items():
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= figure.bbox.x1, text
        assert box.y1 <= figure.bbox.y1, text
    for first, second in combinations(texts, 2):
        assert not boxes[first].padded(-1).overlaps(boxes[second].padded(-1)), (first, second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_one_conflict_of_the_ledger_keeps_its_colour_among_the_256_of_a_picture(language: str):
    drawing = (FIGURES / f"checks_ledger.{language}.svg").read_text("utf-8")
    marks = {to_rgb(color) for color in re.findall(r"fill: (#[0-9a-f]{6})", drawing)}
    with Image.open(FIGURES / f"checks_ledger.{language}.png") as picture:
        counted = picture.convert("RGB").getcolors(maxcolors=picture.width * picture.height)
    kept = np.array([color for _, color in counted]) / 255
    lost = {mark for mark in marks if np.abs(kept - mark).max(axis=1).min() > 0.005}
    assert to_rgb("#d55e00") in marks
    assert lost == set()


@pytest.mark.parametrize("stem", sorted(file.stem for file in FIGURES.glob("*.json")))
def test_no_word_is_cut_or_covered_in_a_figure_of_the_collection(stem: str):
    card = json.loads((FIGURES / f"{stem}.json").read_text("utf-8"))
    table = (FIGURES / f"{stem}.csv").read_text("utf-8")
    for language in LANGUAGES:
        said = figures.Words(*(card[language][name] for name in ("title", "caveat", "alt")))
        with style.house():
            form, size = getattr(figures, card["form"]), tuple(card["size"])
            figure = saving.draw(form, table, said, card[language]["source"], size, language)
            figure.canvas.draw()
        hold_words_apart(figure)


@EVERY_FORM
def test_both_languages_are_drawn_from_their_own_words(form: Form, table: pd.DataFrame):
    words = {
        language: {text.get_text() for text in readable(example(form.name, language))}
        for language in LANGUAGES
    }
    assert words["en"] != words["zh"]
    assert not any(
        any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in words["en"] - words["zh"]
    )


@given(st.text("官渡法院结案率，。（）《》：；abc 0123456789.%件", max_size=60), st.floats(0.6, 4))
def test_no_line_starts_with_closing_punctuation_and_none_loses_a_letter(text: str, inches: float):
    lines = wrap(text, inches, 12)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for before, line in pairwise(lines):
        assert line[0] not in "，。）》：；" or any(space + line[0] in text for space in " （《"), (
            before,
            line,
        )


def test_a_number_keeps_its_measure_word_and_a_gloss_stays_whole():
    assert [piece for piece, _ in pieces("受理34765件")][-1] == "34765件"
    assert "(结案率)," in [piece for piece, _ in pieces("a closing rate (结案率), not")]


def test_a_title_breaks_into_lines_of_like_length():
    first, second = balance("The printed rate follows from the printed counts", 3.2, 12)
    assert abs(len(first) - len(second)) <= 4


def test_labels_that_meet_are_moved_apart_about_their_middle():
    assert stack([1.0, 1.2], 1.0) == [0.6, 1.6]
    assert stack([1.0, 3.0], 1.0) == [1.0, 3.0]


# Glyphs and colours


def test_both_faces_draw_every_character_of_tables_and_captions(home: Path):
    files = [
        *(home / "data").glob("*.csv"),
        *(home / "figures").glob("*.json"),
        *(home / "figures").glob("*.csv"),
    ]
    used = {letter for file in files for letter in file.read_text("utf-8") if letter.isprintable()}
    for face in typeface.FACES:
        assert sorted(letter for letter in used if ord(letter) not in typeface.covered(face)) == []


def test_both_faces_draw_common_chinese_and_the_hedges_in_either_script():
    for face in typeface.FACES:
        assert set(map(ord, font.common_hanzi() + "余多近超约餘約過萬億兩")) <= typeface.covered(face)


def test_a_missing_glyph_is_an_error_that_names_it(shelf: Path):
    with pytest.raises(figures.MissingGlyphError, match=r"鱻 \(U\+9C7B\)"):
        keep(zh=figures.Words("鱻", "说明。", "横条。"))
    with pytest.raises(figures.MissingGlyphError, match="鱻"):
        keep(table=PARTS.assign(label_zh="鱻"))
    assert not shelf.exists()


def test_the_typeface_is_renamed_and_keeps_its_licence():
    licence = (typeface.FOLDER / "OFL.txt").read_text("utf-8")
    for face in typeface.FACES:
        names = TTFont(typeface.path(face))["name"]
        assert names.getDebugName(1) == typeface.FAMILY
        assert "Noto" not in names.getDebugName(6)
        assert names.getDebugName(0) in licence
        assert names.getDebugName(14) == "http://scripts.sil.org/OFL"
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_a_typeface_without_its_source_is_one_clear_line_and_the_kept_one_stays(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(home)
    kept = typeface.path().read_bytes()
    assert font.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("The typeface was not built: ")
    assert typeface.path().read_bytes() == kept


PROTANOPIA = [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
]
DEUTERANOPIA = [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.011820, 0.042940, 0.968881],
]
TO_XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def seen(color: str, eye: object) -> np.ndarray:
    """A colour in CIELAB as an eye sees it, by the matrices of Machado, Oliveira and Fernandes (2009)."""
    linear = np.array(
        [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    )
    xyz = np.array(TO_XYZ) @ np.clip(np.array(eye) @ linear, 0, 1) / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize(
    "eye", [np.eye(3), PROTANOPIA, DEUTERANOPIA], ids=["usual", "protanopia", "deuteranopia"]
)
@pytest.mark.parametrize(
    "colors", [style.SERIES[:3], set(style.OUTCOME.values())], ids=["series", "outcomes"]
)
def test_colours_that_stand_together_differ_for_every_eye(colors: object, eye: object):
    for first, second in combinations(sorted(colors), 2):
        assert np.linalg.norm(seen(first, eye) - seen(second, eye)) > 15, (first, second)


def test_pure_red_and_green_of_one_lightness_would_not_pass():
    assert np.linalg.norm(seen("#B05A00", DEUTERANOPIA) - seen("#6E7400", DEUTERANOPIA)) < 15


# Saving


def test_six_files_stand_under_one_stem_and_the_csv_is_what_was_drawn(shelf: Path):
    keep()
    assert sorted(file.name for file in shelf.iterdir()) == [
        f"test_parts.{end}" for end in ("csv", "en.png", "en.svg", "json", "zh.png", "zh.svg")
    ]
    table = pd.read_csv(shelf / "test_parts.csv")
    assert list(table["share"]) == [0.617115, 0.382885]
    assert list(table["count"]) == [21454, 13311]


def test_the_card_says_what_the_picture_says(shelf: Path):
    keep()
    card = json.loads((shelf / "test_parts.json").read_text("utf-8"))
    assert (card["notebook"], card["form"]) == ("test", "split_bar")
    for language, said in (("en", EN), ("zh", ZH)):
        assert card[language]["title"] == said.title
        assert card[language]["alt"] == said.alt
        assert all(part in card[language]["caption"] for part in (said.title, said.caveat, SOURCE[language]))


def test_a_picture_displays_the_bytes_of_its_file_with_its_alt_text(shelf: Path):
    for language, said in (("en", EN), ("zh", ZH)):
        saved = keep(language=language)
        bundle = saved._repr_mimebundle_()
        assert base64.b64decode(bundle["image/png"]) == (shelf / f"test_parts.{language}.png").read_bytes()
        assert bundle["text/plain"] == repr(saved) == said.alt


def test_an_svg_has_title_description_and_no_text_that_needs_a_font(shelf: Path):
    keep()
    svg = (shelf / "test_parts.zh.svg").read_text("utf-8")
    assert f"<title>{ZH.title}</title>" in svg
    assert f"<desc>{ZH.alt}</desc>" in svg
    assert "<text" not in svg


def test_nothing_is_rewritten_while_nothing_changes(shelf: Path):
    assert keep().state == "written"
    stamps = {file: file.stat().st_mtime_ns for file in shelf.iterdir()}
    assert keep().state == "unchanged"
    assert {file: file.stat().st_mtime_ns for file in shelf.iterdir()} == stamps
    keep(en=figures.Words(EN.title, "Another caveat.", EN.alt))
    changed = {file.name for file, stamp in stamps.items() if file.stat().st_mtime_ns != stamp}
    assert changed == {"test_parts.json", "test_parts.en.png", "test_parts.en.svg"}


def test_a_failed_drawing_leaves_every_old_file_as_it_was(shelf: Path):
    keep()
    old = {file: file.read_bytes() for file in shelf.iterdir()}

    @figures.form(words="label")
    def broken(canvas: object, table: object, language: str) -> None:
        if language == "zh":
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        keep(form=broken)
    assert {file: file.read_bytes() for file in shelf.iterdir()} == old


def test_a_warning_while_drawing_is_an_error(shelf: Path):
    @figures.form(words="label")
    def doubtful(canvas: object, table: object, language: str) -> None:
        canvas.add_axes((0, 0, 1, 1)).set_xlim(1, 1)

    with pytest.raises(UserWarning, match="identical"):
        keep(form=doubtful)
    assert not shelf.exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"stem": "Fig 1"}, "stem: found 'Fig 1', expected small letters"),
        ({"stem": "../up"}, "stem"),
        ({"notebook": ""}, "notebook: expected the name"),
        ({"en": figures.Words("", "c", "a")}, "en title: expected words"),
        ({"zh": figures.Words("题", "说明", " ")}, "zh alt: expected words"),
        ({"source": {"en": "the article"}}, "zh source: expected words"),
        ({"table": PARTS.drop(columns="share")}, "column share is missing, expected a number"),
        ({"table": PARTS.drop(columns="label_zh")}, "column label or label_zh is missing, expected words"),
        (
            {"table": PARTS.assign(share=["0.6", "most"])},
            "row 2, column share: found 'most', expected a number",
        ),
        ({"table": PARTS.assign(label="twice")}, "row 1, columns label_en and label: found both"),
        ({"table": PARTS.iloc[:0]}, "the table is empty"),
        ({"table": PARTS.assign(shown=["=1+1", "-2"])}, "row 1, column shown: found '=1\\+1'.*row 2"),
    ],
)
def test_a_figure_that_is_not_whole_is_refused_and_nothing_is_written(
    shelf: Path, changed: dict, message: str
):
    with pytest.raises(figures.FigureError, match=message):
        keep(**changed)
    assert not shelf.exists()


def test_a_kind_or_an_outcome_outside_the_closed_list_is_refused():
    with pytest.raises(figures.FigureError, match="column kind: found"):
        drawing(figures.number_line, LINE.assign(kind="guess"))
    with pytest.raises(figures.FigureError, match="column outcome: found"):
        drawing(figures.ledger, LEDGER.assign(outcome=["", "wrong"]))


def test_a_stem_belongs_to_one_notebook(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_bytes((home / "data" / "datapackage.json").read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GUANDU_FIGURES", raising=False)
    keep(notebook="02_closing_rate")
    with pytest.raises(figures.FigureError, match="02_closing_rate saves it"):
        keep(notebook="03_caseload")


def test_another_machine_leaves_alone_what_has_not_changed(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_bytes((home / "data" / "datapackage.json").read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GUANDU_FIGURES", raising=False)
    keep()
    picture = tmp_path / "figures" / "test_parts.en.png"
    picture.write_bytes(b"drawn by other versions")
    monkeypatch.setattr(saving, "is_reference", lambda root: False)
    monkeypatch.setenv("GUANDU_FIGURES_LOG", str(tmp_path / "log"))
    monkeypatch.setenv("GUANDU_FIGURES", str(tmp_path / "fresh"))
    saved = keep()
    assert (saved.state, saved.png) == ("left alone", b"drawn by other versions")
    assert (tmp_path / "fresh" / "test_parts.en.png").read_bytes() == saved.png
    assert (tmp_path / "log").read_text() == "test_parts\tleft alone\n"
    assert keep(en=figures.Words("Another claim", EN.caveat, EN.alt)).png != saved.png


def test_the_reference_machine_has_the_pinned_versions(tmp_path: Path, home: Path):
    assert saving.is_reference(tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "requirements.lock").write_text("matplotlib==3.0.0 \\\n")
    assert not saving.is_reference(tmp_path / "other")


# Between them these use every piece that forms share: lanes, labels that are placed, panels, tables of words.
SEEDED = (figures.dot_plot, figures.dots_by_day, figures.panels, figures.ledger)
SCRIPT = """
from test_figures import EXAMPLES, SEEDED, keep
for form, table in EXAMPLES:
    if form in SEEDED:
        keep(form.name, form, table)
"""


def test_two_processes_with_different_hash_seeds_draw_equal_bytes(tmp_path: Path, home: Path):
    def start(seed: str) -> subprocess.Popen[bytes]:
        settings = {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(home / "tests"),
            "GUANDU_FIGURES": str(tmp_path / seed),
        }
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-c", SCRIPT], cwd=home, env={**os.environ, **settings}
        )

    assert [process.wait() for process in [start("1"), start("2")]] == [0, 0]
    first, second = ({file.name: file.read_bytes() for file in (tmp_path / seed).iterdir()} for seed in "12")
    assert len(first) == 6 * len(SEEDED)
    assert first == second
