"""Every word of a picture can be read: its size, its ground, its line breaks, its punctuation, its glyphs."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from pictures import (
    CREDIT,
    EXAMPLES,
    FIGURES,
    PARTS,
    WORDS,
    drawing,
    every_example,
    example,
    line_of,
    readable,
    said,
)
from tools import font

from asprinted import figures
from asprinted.collection.cards import LANGUAGES
from asprinted.drawing.typesetting import FACES, FAMILY, advances, balance, pieces, runs, settle, width, wrap
from asprinted.figures import style

EVERY_EXAMPLE = pytest.mark.parametrize(
    ("name", "language", "page"),
    list(every_example()),
    ids=lambda each: each if isinstance(each, str) else "card" if each is style.CARD else "figure",
)
_CLOSING, _OPENING = "，。）》：；、”", "（《“"


# Size and place


@EVERY_EXAMPLE
def test_no_word_is_cut_or_covered(name: str, language: str, page: style.Page):
    hold_words_apart(example(name, language, page))


def test_words_that_meet_or_stand_outside_are_noticed():
    figure = drawing(figures.split_bar, PARTS)
    number, count = (text for text in readable(figure) if text.get_text() in ("61.71%", "21,454 cases"))
    apart = count.get_position()
    count.set_position(number.get_position())
    with pytest.raises(AssertionError, match=r"61\.71%"):
        hold_words_apart(figure)
    count.set_position(apart)
    number.set_position((-1, 0))
    with pytest.raises(AssertionError, match=r"61\.71%"):
        hold_words_apart(figure)


def hold_words_apart(figure: Figure) -> None:
    texts = readable(figure)
    boxes = {text: text.get_window_extent() for text in texts}
    for text, box in boxes.items():
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= figure.bbox.x1, text
        assert box.y1 <= figure.bbox.y1, text
    for first, second in combinations(texts, 2):
        if line_of(first) != line_of(second):
            assert not boxes[first].padded(-2).overlaps(boxes[second].padded(-2)), (first, second)


@EVERY_EXAMPLE
def test_words_are_large_enough_on_a_phone_and_on_a_card(name: str, language: str, page: style.Page):
    figure = example(name, language, page)
    pixels = {text: text.get_fontsize() / 72 * page.dpi for text in readable(figure)}
    footer = {text for text in pixels if text.get_fontsize() == style.SMALL}
    wide = figure.get_size_inches()[0] * page.dpi
    assert wide == pytest.approx(1200)
    if page is style.CARD:
        assert figure.get_size_inches()[1] * page.dpi == pytest.approx(675)
        assert max(pixels.values()) >= 44
        # Glosses of tiles are smaller; the collection's wall, on its card, has none.
        assert name.startswith("wall") or min(pixels.values()) * 390 / wide >= 11
    else:
        assert min(pixels[text] for text in pixels if text not in footer) * 390 / wide >= 12
        assert min(pixels[text] for text in footer) * 390 / wide >= 10
    if name in ("wall", "wall_of_many", "rules"):
        # Glosses of tiles, and counts of tests, are as small as a footer.
        return
    assert {line_of(text).split("·")[0].split("：")[0].split(":")[0].strip() for text in footer} <= {
        "Source",
        "来源",
        CREDIT.project,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_stands_alone_claim_measure_note_source_credit(language: str):
    words, lines = WORDS[language], said(example("split_bar", language))
    for part in (words.title, words.subtitle, words.note, words.source, "The project · CC BY 4.0"):
        assert part.replace(" ", "") in "".join(lines).replace(" ", "")


@EVERY_EXAMPLE
def test_both_languages_are_drawn_from_their_own_words(name: str, language: str, page: style.Page):
    words = {each: set(said(example(name, each, page))) for each in LANGUAGES}
    tokens = set(EXAMPLES["wall"][1].number) | {"50%以上", "1000余项", "57.92万余人", "29天"}
    assert words["en"] != words["zh"]
    han = [line for line in words["en"] - tokens if re.search("[\u4e00-\u9fff]", line)]
    assert all("昆明长安网" in line for line in han)


# Lines


@given(st.text("官渡法院结案率，。（）《》：；abc 0123456789.%件万余", max_size=60), st.floats(0.6, 4))
def test_no_line_starts_with_closing_punctuation_and_none_loses_a_letter(text: str, inches: float):
    lines = wrap(text, inches, 12)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for before, line in pairwise(lines):
        assert line[0] not in _CLOSING or any(space + line[0] in text for space in " （《"), (before, line)


@given(st.text("官渡法院结案率，。", min_size=12, max_size=60), st.floats(1.5, 4))
def test_a_last_line_of_han_has_three_characters_or_more(text: str, inches: float):
    lines = wrap(text, inches, 12)
    if len(lines) > 1 and len(re.findall(r"\w", text)) >= 6 and len(lines[-2]) > 6:
        assert len(re.findall(r"\w", lines[-1])) >= 3 or len(re.findall(r"\w", lines[-2])) < 6


def test_a_last_line_is_no_short_word_and_no_word_is_split():
    lines = wrap("Whether carried-over cases are inside is not printed.", 3, 10.5)
    assert lines[-1] == "not printed."
    assert wrap("Whether carried-over cases", 0.2, 12) == ["Whether", "carried-over", "cases"]


def test_a_number_keeps_its_scale_hedge_and_measure_word_and_a_gloss_stays_whole():
    assert [piece for piece, _ in pieces("受理34765件")][-1] == "34765件"
    assert [piece for piece, _ in pieces("排查1.76万余件纠纷")] == ["排", "查", "1.76万余件", "纠纷"]
    assert "(结案率)," in [piece for piece, _ in pieces("a closing rate (结案率), not")]


def test_a_title_breaks_into_lines_of_like_length_or_at_a_mark():
    first, second = balance("The printed rate follows from the printed counts", 3.2, 12)
    assert abs(len(first) - len(second)) <= 4
    assert balance("Four rates, four questions: none can be set beside another", 4.6, 17, bold=True)[0] == (
        "Four rates, four questions:"
    )


def test_a_paragraph_of_two_lines_breaks_at_a_mark_and_one_of_three_fills_its_lines():
    text = "昆明市官渡区人民法院2020年以来移送调解16179件，截止日未载"
    assert settle(text, 4.6, 11.5)[-1] == "截止日未载"
    assert settle(text, 2.2, 11.5) == wrap(text, 2.2, 11.5)


# Punctuation


def test_between_two_full_width_marks_half_an_em_goes_and_between_letters_nothing():
    assert width("结案", 72) == pytest.approx(2)
    assert width("（结），案", 72) == pytest.approx(5 - 0.5 - 0.5)
    assert width("结，案", 72) == pytest.approx(3)
    assert runs("（结），案", 72) == [(-0.5, "（结）"), (1.0 + 0.5 + 0.5 - 0.0, "，案")]


@EVERY_EXAMPLE
def test_no_text_holds_two_full_width_marks_side_by_side(name: str, language: str, page: style.Page):
    for text in readable(example(name, language, page)):
        assert not re.search(f"[{_CLOSING}][{_CLOSING}{_OPENING}]", text.get_text()), text


def test_a_quotation_mark_in_english_takes_the_room_of_a_latin_one():
    assert width("a “b” c", 72) == pytest.approx(width("a b c", 72) + 1)


# Glyphs and colours


def test_both_faces_draw_every_character_of_tables_and_captions(home: Path):
    files = [*(home / "data").glob("*.csv"), *FIGURES.glob("*.json"), *FIGURES.glob("*.csv")]
    used = {letter for file in files for letter in file.read_text("utf-8") if letter.isprintable()}
    for face in FACES:
        assert sorted(letter for letter in used if letter not in advances(face)) == []


def test_both_faces_draw_common_chinese_and_the_hedges_in_either_script():
    for face in FACES:
        assert set(font.common_hanzi() + "余多近超约餘約過萬億兩") <= set(advances(face))


def test_the_table_of_widths_is_that_of_the_typeface():
    assert font.TABLE.read_text("utf-8") == font.widths()


def test_the_typeface_is_renamed_and_keeps_its_licence():
    licence = (style.FONTS / "OFL.txt").read_text("utf-8")
    for face in FACES:
        names = TTFont(style.font(face))["name"]
        assert names.getDebugName(1) == FAMILY
        assert "Noto" not in names.getDebugName(6)
        assert names.getDebugName(0) in licence
        assert names.getDebugName(14) == "http://scripts.sil.org/OFL"
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_a_typeface_without_its_source_is_one_clear_line_and_the_kept_one_stays(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(home)
    kept = style.font().read_bytes()
    assert font.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("The typeface was not built: ")
    assert style.font().read_bytes() == kept


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
MARKS = (style.ARTICLE, style.OTHERS, *style.RULES, style.LINE)
TYPE = (style.INK, style.MUTED, style.ARTICLE, style.OTHERS, *style.RULES)
TO_XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def linear(color: str) -> np.ndarray:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    return np.array(parts)


def seen(color: str, eye: object) -> np.ndarray:
    """A colour in CIELAB as an eye sees it, by the matrices of Machado, Oliveira and Fernandes (2009)."""
    xyz = np.array(TO_XYZ) @ np.clip(np.array(eye) @ linear(color), 0, 1) / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(first: str, second: str) -> float:
    """The contrast of two colours as WCAG 2 counts it."""
    dark, light = sorted(float(linear(color) @ TO_XYZ[1]) for color in (first, second))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_marks_stand_three_to_one_and_words_four_and_a_half_to_one_against_their_ground(dark: bool):
    as_drawn = style.DARK.get if dark else str
    paper, ground = as_drawn(style.PAPER), as_drawn(style.GROUND)
    assert min(contrast(as_drawn(color), paper) for color in MARKS) >= 3
    assert min(contrast(as_drawn(color), each) for color in TYPE for each in (paper, ground)) >= 4.5
    assert contrast(as_drawn(style.PAPER), as_drawn(style.ARTICLE)) >= 4.5


def test_the_old_orange_would_not_pass():
    assert contrast("#E69F00", style.PAPER) < 3


@pytest.mark.parametrize(
    "eye", [np.eye(3), PROTANOPIA, DEUTERANOPIA], ids=["usual", "protanopia", "deuteranopia"]
)
def test_the_four_meanings_differ_for_every_eye(eye: object):
    for first, second in combinations((style.ARTICLE, style.OTHERS, *style.RULES), 2):
        assert np.linalg.norm(seen(first, eye) - seen(second, eye)) > 15, (first, second)


def test_pure_red_and_green_of_one_lightness_would_not_pass():
    assert np.linalg.norm(seen("#B05A00", DEUTERANOPIA) - seen("#6E7400", DEUTERANOPIA)) < 15


def test_forms_draw_in_the_colours_of_the_house_alone_so_that_each_has_a_dark_one(tmp_path: Path):
    for name in EXAMPLES:
        example(name).savefig(tmp_path / "drawn.svg")
        used = set(re.findall("#[0-9a-f]{6}", (tmp_path / "drawn.svg").read_text()))
        assert {color.upper() for color in used} <= set(style.DARK), name


def test_no_axes_of_a_form_shows_a_line_through_a_word():
    for axes in example("list_plot").findobj(Axes):
        values = [text for text in axes.texts if text.get_text() in {"669", "240", "383.6"}]
        assert all(text.get_path_effects() for text in values)
