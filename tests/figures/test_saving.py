"""Saving: both languages at once, under one stem, with what is drawn beside it, the same every time."""

import base64
import builtins
import io
import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial, reduce
from math import fsum
from operator import add
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from pictures import CREDIT, EXAMPLES, FIGURES, PARTS, WORDS, drawing, readable
from PIL import Image

from asprinted import figures
from asprinted.collection.cards import LANGUAGES, Caption, Card
from asprinted.faults import Fault, Faults
from asprinted.figures import encoding, saving, style
from asprinted.figures.form import FigureForm, write_table
from asprinted.figures.pages import Plain

ENDS = ("csv", "dark.en.svg", "dark.zh.svg", "en.png", "en.svg", "json", "zh.png", "zh.svg")
NAMES = [f"a_stem.{end}" for end in ENDS]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A collection with nothing in it; a project without a lock takes every machine as good as another."""
    (tmp_path / "figures").mkdir()
    return tmp_path


def keep(home: Path, form: FigureForm | Plain = figures.split_bar, frame: pd.DataFrame = PARTS, **changed):
    given = {"words": WORDS, "notebook": "test", "credit": CREDIT, "home": home, **changed}
    return figures.save(form, given.pop("stem", "a_stem"), frame, **given)


def said_otherwise(language: str, **changed: str) -> dict[str, Caption]:
    fields = {name: getattr(WORDS[language], name) for name in ("title", "subtitle", "note", "alt", "source")}
    return {**WORDS, language: Caption(**(fields | changed))}


def files(home: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (home / "figures").iterdir()}


def test_eight_files_stand_under_one_stem_and_the_table_is_the_frame_with_its_key_first(home: Path):
    keep(home)
    assert sorted(files(home)) == NAMES
    table = pd.read_csv(home / "figures" / "a_stem.csv")
    assert list(table) == ["key", *PARTS]
    assert list(table["share"]) == [0.617115, 0.382885]
    assert list(table["key"]) == ["closed", "open"]


def test_rows_that_are_only_counted_have_no_key(home: Path):
    assert write_table(pd.DataFrame({"a": [1]})) == "a\n1\n"
    assert write_table(pd.DataFrame({"a": [1]}, index=["x"])) == "key,a\nx,1\n"


@pytest.mark.parametrize("text", ["=SUM(A1)", " ＝A1", "@x", "-x"])
def test_a_table_holds_nothing_that_a_spreadsheet_runs_in_no_cell_and_no_name(text: str):
    assert write_table(pd.DataFrame({"a": [-0.5], "b": ["-5"]})) == "a,b\n-0.5,-5\n"
    for frame in ({"a": [text]}, {text: [1]}):
        with pytest.raises(Faults):
            write_table(pd.DataFrame(frame))


def test_the_card_says_what_the_picture_says_and_reads_back(home: Path):
    keep(home)
    card = json.loads((home / "figures" / "a_stem.json").read_text("utf-8"))
    assert set(card) == {"en", "zh", "notebook", "licence", "style"}
    assert (card["notebook"], card["licence"], card["style"]) == ("test", "CC BY 4.0", style.stamp())
    assert set(card["en"]) == {"title", "subtitle", "note", "alt", "source"}
    assert Card.read(home / "figures" / "a_stem.json").words == WORDS


def test_a_picture_displays_the_bytes_of_its_file_with_its_alt_text(home: Path):
    for language in LANGUAGES:
        saved = keep(home, language=language)
        bundle, metadata = saved._repr_mimebundle_()
        assert base64.b64decode(bundle["image/png"]) == files(home)[f"a_stem.{language}.png"]
        assert bundle["text/plain"] == repr(saved) == WORDS[language].alt
        assert metadata == {"image/png": {"alt": WORDS[language].alt, "width": 600}}


def test_an_svg_tells_itself_to_a_screen_reader_and_holds_no_bitmap_and_no_text_that_needs_a_font(home: Path):
    keep(home)
    svg = files(home)["a_stem.zh.svg"].decode()
    assert re.search(r'<svg role="img" lang="zh-Hans" ', svg)
    assert f"<title>{WORDS['zh'].title}</title>\n <desc>{WORDS['zh'].alt}</desc>" in svg
    assert "CC BY 4.0" in svg
    assert "<image" not in svg
    assert "<text" not in svg


def test_a_png_carries_who_says_it_and_under_which_licence(home: Path):
    keep(home, card=True)
    for name in ("a_stem.en.png", "a_stem.card.en.png"):
        with Image.open(home / "figures" / name) as picture:
            assert picture.text == {
                "Title": WORDS["en"].title,
                "Description": WORDS["en"].alt,
                "Source": WORDS["en"].source,
                "Author": "The project",
                "Copyright": "CC BY 4.0",
            }


def test_a_mark_however_small_keeps_its_colour_among_the_256_of_a_picture(home: Path):
    form, frame = EXAMPLES["dots_by_day"]
    keep(home, form, frame)
    with Image.open(home / "figures" / "a_stem.en.png") as picture:
        counted = picture.convert("RGB").getcolors(maxcolors=picture.width * picture.height)
    kept = np.array([color for _, color in counted]) / 255
    for color in (style.ARTICLE, style.OTHERS, style.LINE):
        assert np.abs(kept - to_rgb(color)).max(axis=1).min() < 0.005


# Cards and dark variants


def test_a_card_is_1200_by_675_and_may_have_shorter_words(home: Path):
    short = {language: Caption("61.71%", "Guandu", "", "A bar.", "x") for language in LANGUAGES}
    keep(home, card=short)
    assert sorted(set(files(home)) - set(NAMES)) == ["a_stem.card.en.png", "a_stem.card.zh.png"]
    with Image.open(home / "figures" / "a_stem.card.zh.png") as picture:
        assert picture.size == (1200, 675)
        assert picture.text["Title"] == "61.71%"


def test_a_form_that_has_no_room_on_a_card_is_refused_before_anything_is_written(home: Path):
    form, frame = EXAMPLES["list_plot"]
    with pytest.raises(Faults, match=r"room on a card, expected \d\.\d\d in"):
        keep(home, form, pd.concat([frame] * 3), card=True)
    assert files(home) == {}


def test_a_dark_picture_is_the_light_one_with_every_colour_swapped(home: Path):
    keep(home)
    light, dark = (files(home)[f"a_stem.{name}.svg"].decode() for name in ("en", "dark.en"))
    swapped = {color.lower(): other.lower() for color, other in style.DARK.items()}
    assert dark == re.sub("#[0-9a-f]{6}", lambda found: swapped[found[0]], light)
    assert "#ffffff" not in dark


# Plain calls


def plain(frame: pd.DataFrame, ax: Axes, **options: object) -> None:
    ax.bar(frame["label"], frame["share"], **options)
    ax.set(xlabel="label", ylabel="share of all")


def test_what_draws_a_frame_on_axes_is_called_once_a_language_with_its_texts(
    home: Path,
):
    seen = []

    def call(frame: pd.DataFrame, ax: Axes) -> None:
        seen.append((list(frame["label"]), list(frame["share"]), list(frame)))
        plain(frame, ax)

    assert keep(home, call).state == "written"
    assert [labels for labels, _, _ in seen] == [["Closed", "Open, at least"], ["已结", "未结（至少）"]]
    assert all(shares == [0.617115, 0.382885] for _, shares, _ in seen)
    assert all(columns == ["label", "share", "shown"] for _, _, columns in seen)
    assert keep(home, partial(plain, width=0.5)).state == "written"


def test_seaborn_draws_on_the_prepared_axes():
    import seaborn

    figure = drawing(partial(seaborn.barplot, x="label", y="share", color=style.ARTICLE), PARTS)
    assert {"Closed", "Open, at least"} <= {text.get_text() for text in readable(figure)}
    heights = [patch.get_height() for axes in figure.findobj(Axes) for patch in axes.patches]
    assert heights == pytest.approx([0.617115, 0.382885])


def test_a_label_that_a_call_sets_stays_and_one_that_is_only_a_columns_name_goes():
    axes = next(axes for axes in drawing(plain, PARTS).findobj(Axes) if axes.patches)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("", "share of all")


def test_ticks_and_labels_of_a_plain_call_stand_within_the_margins():
    figure = drawing(plain, PARTS)
    axes = next(axes for axes in figure.findobj(Axes) if axes.patches)
    box = axes.get_tightbbox()
    assert box.x0 == pytest.approx(0.2 * 240, abs=2)
    assert box.x1 == pytest.approx(4.8 * 240, abs=2)


# The same again, and never half


def test_nothing_is_rewritten_while_nothing_changes(home: Path):
    assert keep(home).state == "written"
    stamps = {file: file.stat().st_mtime_ns for file in (home / "figures").iterdir()}
    assert keep(home).state == "unchanged"
    assert {file: file.stat().st_mtime_ns for file in (home / "figures").iterdir()} == stamps
    keep(home, words=said_otherwise("en", note="Another note."))
    changed = {file.name for file, stamp in stamps.items() if file.stat().st_mtime_ns != stamp}
    assert changed == {"a_stem.json", "a_stem.en.png", "a_stem.en.svg", "a_stem.dark.en.svg"}


def test_a_failed_drawing_leaves_every_old_file_as_it_was(home: Path):
    keep(home)
    old = files(home)

    @figures.form(words="label")
    def broken(canvas: object, table: object, language: str) -> None:
        if language == "zh":
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        keep(home, broken)
    assert files(home) == old


def test_a_warning_while_drawing_is_an_error(home: Path):
    with pytest.raises(UserWarning, match="identical"):
        keep(home, lambda frame, ax: ax.set_xlim(1, 1))
    assert files(home) == {}


def test_a_missing_glyph_is_an_error_that_names_it(home: Path):
    for changed in ({"words": said_otherwise("zh", title="鱻")}, {"frame": PARTS.assign(label_zh="鱻")}):
        with pytest.raises(Faults, match=r"鱻 \(U\+9C7B\)"):
            keep(home, **changed)
    assert files(home) == {}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"stem": "Fig 1"}, 'column stem: found "Fig 1", expected small letters'),
        ({"stem": "../up"}, "stem"),
        ({"notebook": ""}, "column notebook: found nothing, expected the name"),
        ({"words": said_otherwise("en", title="")}, "column en title: found nothing, expected words"),
        ({"words": said_otherwise("zh", alt=" ")}, "column zh alt: found nothing, expected words"),
        ({"words": {"en": WORDS["en"]}}, "column zh words: found nothing"),
        ({"form": "split_bar"}, "column form: found 'split_bar', expected one of the forms"),
        ({"frame": PARTS.drop(columns="share")}, "column share: found no such column, expected a number"),
        (
            {"frame": PARTS.assign(shown_en=["=1+1", "-2x"])},
            'row 2, column shown_en: found "=1\\+1".*\\n  row 3',
        ),
    ],
)
def test_a_figure_that_is_not_whole_is_refused_and_nothing_is_written(
    home: Path, changed: dict[str, object], message: str
):
    with pytest.raises(Faults, match=message):
        keep(home, **changed)
    assert files(home) == {}


def test_all_that_is_wrong_with_a_figure_is_said_at_once_and_names_its_stem(home: Path):
    with pytest.raises(Faults, match="nothing of Fig 1 was written") as raised:
        keep(home, stem="Fig 1", notebook="", words=said_otherwise("zh", title="鱻", alt=""))
    assert raised.value.faults == (
        Fault("Fig 1", None, "stem", '"Fig 1"', "small letters, digits and single underscores"),
        Fault("Fig 1", None, "notebook", "nothing", "the name of the notebook that saves the figure"),
        *(
            Fault("Fig 1", None, f"{where}{column}", found, expected)
            for where in ("", "card ")
            for column, found, expected in (
                ("zh alt", "nothing", "words"),
                ("zh title", '鱻 (U+9C7B) in "鱻"', "characters that the typeface draws"),
            )
        ),
    )


def test_a_note_may_be_left_out(home: Path):
    assert keep(home, words=said_otherwise("en", note="")).state == "written"


def test_a_stem_belongs_to_one_notebook(home: Path):
    keep(home, notebook="02_closing_rate")
    with pytest.raises(Faults, match="column notebook: found 02_closing_rate, expected 03_caseload"):
        keep(home, notebook="03_caseload")


def test_another_machine_leaves_alone_what_has_not_changed_but_for_calls_whose_code_has_no_version(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    keep(home)
    monkeypatch.setattr(saving, "is_reference", lambda root: False)
    (home / "figures" / "a_stem.en.png").write_bytes(b"drawn by other versions")
    saved = keep(home, folder=home / "fresh")
    assert (saved.state, saved.png) == ("left alone", b"drawn by other versions")
    assert (home / "fresh" / "a_stem.en.png").read_bytes() == saved.png
    assert keep(home, words=said_otherwise("en", title="Another claim")).png != saved.png
    assert keep(home, plain).state == "written"


def styled(package: Path) -> str:
    """The version of the style that a copy of the package puts on cards."""
    asks = "from asprinted.figures import style; print(style.stamp())"
    settings = {**os.environ, "PYTHONPATH": str(package)}
    command = [sys.executable, "-c", asks]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=True).stdout.strip()


def test_a_comment_in_a_module_makes_no_card_stale_and_a_colour_in_the_style_sheet_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shutil.copytree(Path(figures.__file__).parents[1], tmp_path / "asprinted")
    for module in (tmp_path / "asprinted" / "figures").rglob("*.py"):
        module.write_text(module.read_text("utf-8") + "# A comment.\n", encoding="utf-8")
    before = style.stamp()
    assert styled(tmp_path) == before
    sheet = tmp_path / "asprinted" / "figures" / "house.mplstyle"
    sheet.write_text(sheet.read_text("utf-8").replace("57606A", "57606B"), encoding="utf-8")
    monkeypatch.setattr(style, "SHEET", sheet)
    assert style.stamp.__wrapped__() != before


def test_figures_import_no_seaborn():
    asks = "import sys, asprinted.figures; print('seaborn' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "False"


def test_a_readers_own_settings_do_not_reach_a_picture(home: Path):
    import matplotlib as mpl

    keep(home)
    drawn = files(home)
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "figure.facecolor": "red"}):
        assert keep(home).state == "unchanged"
    assert files(home) == drawn


CHINESE = pd.DataFrame({"town": ["槐溪", "柳河"], "rate": [0.6, 0.7]})


def test_after_set_theme_a_plain_barplot_draws_chinese_in_the_house_style_without_a_warning():
    import matplotlib as mpl
    import seaborn

    with mpl.rc_context():
        dpi = mpl.rcParams["figure.dpi"]
        figures.set_theme()
        figure = Figure()
        axes = seaborn.barplot(CHINESE, x="town", y="rate", ax=figure.add_subplot())
        figure.savefig(io.BytesIO())
        assert to_hex(axes.patches[0].get_facecolor()).upper() != "#1F77B4"
        assert not axes.spines["top"].get_visible()
        assert axes.get_xticklabels()[0].get_fontname() == "Asprinted Sans SC"
        assert mpl.rcParams["figure.dpi"] == dpi


def test_without_it_the_same_barplot_warns_of_glyphs():
    import matplotlib as mpl
    import seaborn

    with mpl.rc_context():
        mpl.rcdefaults()
        figure = Figure()
        seaborn.barplot(CHINESE, x="town", y="rate", ax=figure.add_subplot())
        with pytest.warns(UserWarning, match="Glyph"):
            figure.savefig(io.BytesIO())


# Between them these use every piece that forms share.
SEEDED = ("dots_by_day", "list_plot", "wall")
SCRIPT = """
import sys
from pathlib import Path
from pictures import EXAMPLES
from test_saving import PARTS, SEEDED, keep, plain
for name in SEEDED:
    keep(Path(sys.argv[1]), *EXAMPLES[name], stem=name)
keep(Path(sys.argv[1]), plain, PARTS, stem="plain")
"""


@pytest.mark.drill
def test_two_processes_with_different_hash_seeds_draw_equal_bytes(tmp_path: Path):
    def start(seed: str) -> subprocess.Popen[bytes]:
        settings = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        (tmp_path / seed / "figures").mkdir(parents=True)
        command = [sys.executable, "-W", "error", "-c", SCRIPT, str(tmp_path / seed)]
        return subprocess.Popen(command, env={**os.environ, **settings})

    assert [process.wait() for process in [start("1"), start("2")]] == [0, 0]
    first, second = files(tmp_path / "1"), files(tmp_path / "2")
    assert len(first) == 8 * len(SEEDED) + 8
    assert first == second


def one_by_one(numbers, start=0):
    return reduce(add, numbers, start)


def with_what_is_lost(numbers, start=0):
    given = list(numbers)
    return (
        fsum([start, *given]) if any(isinstance(each, float) for each in given) else reduce(add, given, start)
    )


DRAWN = pd.read_csv(FIGURES / "four_rates_four_questions.csv", index_col="key", keep_default_na=False)


@pytest.mark.parametrize(("form", "frame"), [*EXAMPLES.values(), (figures.cells, DRAWN)])
def test_a_picture_is_the_same_to_the_byte_however_python_adds(
    form: FigureForm, frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
):
    # From 3.12 on, `sum` keeps what floats lose: a last digit of a layout gives every clip another name.
    made = []
    for adds in (one_by_one, with_what_is_lost):
        monkeypatch.setattr(builtins, "sum", adds)
        with style.house():
            made.append(encoding.svg(drawing(form, frame), WORDS["en"], CREDIT, "en"))
    assert made[0] == made[1]
