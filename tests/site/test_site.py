"""The pages of the site as files: their addresses, words, stamps, links, policy and weight."""

import csv
import gzip
import html
import io
import json
import re
import shutil
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from asprinted.collection.collection import Collection
from asprinted.faults import Faults
from asprinted.site import build, figures, links, notebooks, repository, search, texts
from asprinted.site import home as home_page
from asprinted.site.edition import Edition

SITE = Path(build.__file__).parent

# What the two boxes show under each verdict, and over hedged counts.
BOXES = {
    "both": ("fits", "fits"),
    "nearest_only": ("fits", "fails"),
    "truncation_only": ("fails", "fits"),
    "contradicted": ("fails", "fails"),
    "not_testable": ("none", "none"),
}

# How a cell of the strip looks: what fills it, and whether its edge is dashed.
LOOKS = {
    "recomputed": ("article", False),
    "beside": ("tint", False),
    "lacking": ("tint", True),
    "alone": ("faint", False),
}

# What each position of the switch gives, by sight: the police rate has hedged counts, the judges one divisor.
SWITCH = {
    "closing_rate": ("61.71%", "61.71%", "61.71%"),
    "judges_headcount": ("52 alone fits", "none fits", "51.88–51.95"),
    "ratio_of_means": ("61.61–61.86%", "61.64–61.89%", "61.64–61.89%"),
    "police_resolution": ("97.74–98.86%", "97.74–98.86%", "97.74–98.86%"),
    "peoples_mediation": ("100%", "99%", "99%"),
}


def table(home: Path, name: str) -> list[dict[str, str]]:
    with (home / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def page(files: dict[str, bytes], path: str) -> str:
    return files[f"{path}index.html"].decode()


def pages(files: dict[str, bytes]) -> dict[str, str]:
    return {name: text.decode() for name, text in files.items() if name.endswith(".html")}


def look(rect: str) -> tuple[str, bool]:
    """What a drawn box shows: the colour that fills it, and whether its edge is dashed."""
    return re.search(r'fill="(?:var\(--)?(\w+)', rect)[1], "stroke-dasharray" in rect


def boxes(stamp: str) -> tuple[str, ...]:
    """What the two boxes of a drawn stamp show."""
    told = []
    for each in stamp.split("<rect")[1:]:
        fill, dashed = look(each)
        crossed = "--ink" in each
        told.append("none" if dashed else "fails" if crossed else "open" if fill == "none" else "fits")
    return tuple(told)


@pytest.fixture(params=["", "zh/"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_each_number_has_a_page_whose_title_and_poster_are_its_token(
    files: dict[str, bytes], home: Path, way: str
):
    for row in table(home, "data/printed.csv"):
        text = html.unescape(page(files, f"{way}number/{row['key']}/"))
        assert f"<title>{row['as_printed']} · " in text
        assert re.search(rf'<p class="huge[^>]*>{re.escape(row["as_printed"])}</p>', text), row["key"]


def test_figures_notebooks_and_texts_stand_at_their_addresses(files: dict[str, bytes], home: Path, way: str):
    stems = {file.name.partition(".")[0] for file in (home / "figures").glob("*.csv")}
    names = {file.stem for file in (home / "notebooks").glob("*.ipynb")}
    written = {
        "numbers",
        "figures",
        "notebooks",
        "published",
        "terms",
        "method",
        "limits",
        "brief",
        "licence",
        "performance",
        "dictionary",
        "changelog",
        "search",
    }
    for path in [*(f"figure/{stem}" for stem in stems), *(f"notebook/{name}" for name in names), *written]:
        assert f"{way}{path}/index.html" in files


def test_a_figure_keeps_the_room_that_it_takes_while_it_is_loaded(
    files: dict[str, bytes], home: Path, way: str
):
    language = "zh" if way else "en"
    for file in home.glob(f"figures/*[!k].{language}.svg"):
        root = ElementTree.parse(file).getroot()
        wide, tall = (float(side) for side in root.attrib["viewBox"].split()[2:])
        text = page(files, f"{way}figure/{file.name.partition('.')[0]}/")
        assert f'width="600" height="{600 * tall / wide:.0f}"></picture>' in text, file.name


def test_files_are_served_with_the_bytes_of_the_repository(files: dict[str, bytes], home: Path):
    for file in [
        *home.glob("figures/*.*"),
        *home.glob("data/*.csv"),
        *home.glob("notebooks/*.ipynb"),
        *home.glob("notebooks/zh/*.ipynb"),
    ]:
        assert files[file.relative_to(home).as_posix()] == file.read_bytes(), file.name


def test_each_page_says_its_language_and_leads_to_the_same_page_in_the_other(files: dict[str, bytes]):
    english = {name for name in pages(files) if not name.startswith("zh/")}
    assert {f"zh/{name}" for name in english} == set(pages(files)) - english
    for name, text in pages(files).items():
        assert f'<html lang="{"zh-CN" if name.startswith("zh/") else "en"}">' in text


def test_every_page_has_a_policy_and_nothing_inline(files: dict[str, bytes]):
    for name, text in pages(files).items():
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy, name
        assert html.unescape(policy[1]).startswith("default-src 'none'; style-src 'self'; "), name
        assert "unsafe" not in policy[1].replace("wasm-unsafe-eval", ""), name
        assert not re.search(
            r"<style|<script(?![^>]* src=)| style=| on\w+=\"",
            re.sub(r"<pre.*?</pre>", "", text, flags=re.DOTALL),
        ), name


def test_nothing_is_loaded_from_elsewhere_and_no_link_begins_at_the_root(files: dict[str, bytes]):
    for name, text in pages(files).items():
        shown = re.sub(r"<pre.*?</pre>", "", text, flags=re.DOTALL)
        assert not re.search(r'(?:src|srcset|action)="(?:https?:)?//', shown), name
        assert not re.search(r'<link rel="(?:icon|stylesheet)" href="(?!(?:\.\./)*assets/)', shown), name
        assert not re.search(r'href="/|(?:href|src)="(?:page|file|en|zh):', shown), name
    for style in (name for name in files if name.endswith(".css")):
        assert b"//" not in re.sub(rb"/\*.*?\*/", b"", files[style]), style


def test_home_with_its_style_and_face_weighs_less_than_20_kilobytes(files: dict[str, bytes], way: str):
    loaded = [f"{way}index.html", "assets/site.css", "assets/numbers.woff2", "assets/stamp.svg"]
    assert sum(len(gzip.compress(files[name])) for name in loaded) < 20_000
    assert "<script" not in page(files, way)


def test_whoever_shares_a_figure_shows_its_card_and_what_is_said_of_it(
    files: dict[str, bytes], home: Path, way: str
):
    language = "zh" if way else "en"
    for file in (home / "figures").glob("*.json"):
        text = page(files, f"{way}figure/{file.stem}/")
        told = dict(re.findall(r'<meta property="og:(image|image:alt)" content="([^"]*)">', text))
        assert told["image"].endswith(f"/figures/{file.stem}.card.{language}.png"), file.stem
        assert html.unescape(told["image:alt"]) == json.loads(file.read_text("utf-8"))[language]["alt"], (
            file.stem
        )
    assert 'property="og:image:alt"' in page(files, way)


def test_texts_are_chinese_for_who_reads_chinese_and_the_changelog_says_in_chinese_that_it_is_not(
    files: dict[str, bytes],
):
    for name in ("method", "performance", "dictionary"):
        assert '<article class="prose">' in page(files, f"zh/{name}/")
    told = page(files, "zh/changelog/")
    assert "<h1>更新记录</h1>" in told
    assert re.search(
        r'<p class="lead">[^<]*只有英文[^<]*</p>.*<article class="prose" lang="en">', told, re.DOTALL
    )


def test_the_columns_of_a_pictures_data_have_chinese_headings(files: dict[str, bytes], home: Path):
    for file in (home / "figures").glob("*.csv"):
        head = re.search(
            r'<div class="view data">.*?<thead>(.*?)</thead>', page(files, f"zh/figure/{file.stem}/")
        )
        names = re.findall("<th>(.*?)</th>", head[1] if head else "")
        assert names, file.stem
        assert [name for name in names if not re.search(r"[\u4e00-\u9fff]", name)] == [], file.stem


@pytest.mark.parametrize(
    ("claim", "unless"), [("No single rule", "unless"), ("没有一种修约方法", "除非|只有用平均人数")]
)
def test_no_single_rule_never_stands_without_its_unless(files: dict[str, bytes], claim: str, unless: str):
    found = {name: html.unescape(text) for name, text in pages(files).items() if claim in html.unescape(text)}
    assert found
    assert [name for name, text in found.items() if not re.search(unless, text)] == []


def test_the_switch_shows_what_the_audit_finds_under_each_rule(files: dict[str, bytes]):
    found = re.findall(r'<li><div><b>.*?</b>.*?<div class="out">(.*?)<em>', page(files, ""), re.DOTALL)
    shown = [tuple(re.findall(r'<span class="is \w+">(.*?)</span>', outcomes)) for outcomes in found]
    assert dict(zip(SWITCH, shown, strict=True)) == SWITCH
    counts = re.findall(r'<p class="tally is (\w+)"><strong>(\d)<small> of 5', page(files, ""))
    assert counts == [("nearest", "4"), ("truncation", "4"), ("average", "5")]


def test_the_lead_picture_marks_what_the_drawn_one_marks_and_says_its_unless(
    files: dict[str, bytes], home: Path, way: str
):
    figure = re.search(r'<div class="lead-figure">\n<figure>(.*?)</figure>', page(files, way), re.DOTALL)
    told = figure[1] if figure else ""
    dots = {
        (float(x), float(y)): fill
        for x, y, fill in re.findall(r'<circle cx="(.*?)" cy="(.*?)".*?fill="var\(--(\w+)', told)
    }
    across, down = (sorted({place[axis] for place in dots}) for axis in (0, 1))
    drawn = [[dots.get((x, y), "") for x in across] for y in down]
    stored = table(home, "figures/no_rule_passes_all.csv")
    rules = ("nearest", "truncation", "average")
    assert [[str(int(bool(dot))) for dot in row] for row in drawn] == [
        [row[rule] for rule in rules] for row in stored
    ]
    assert [str(int("paper" in row)) for row in drawn] == [row["hedged"] for row in stored]
    for part in ("title", "desc", "figcaption"):
        assert f"</{part}>" in told
    assert all(re.search("unless|除非", told[told.index(f"<{part}>") :]) for part in ("desc", "figcaption"))


def test_a_cross_stands_on_the_result_that_fails_and_its_inputs_only_lose_their_colour(
    files: dict[str, bytes],
):
    tiles = dict(re.findall(r'<a class="t \w+" id="(\w+)"[^>]*?((?: data-\w+="[^"]*")*)>', page(files, "")))
    assert {key: told.split() for key, told in tiles.items() if told} == {
        "accepted_per_judge": ['data-fails="truncation"'],
        "concluded_per_judge": ['data-fails="truncation"'],
        "cases_accepted": ['data-lost="truncation"'],
        "cases_concluded": ['data-lost="truncation"'],
        "mediation_success_rate": ['data-fails="nearest"'],
        "mediation_settled": ['data-lost="nearest"'],
        "mediation_disputes": ['data-lost="nearest"'],
    }


def test_wall_and_strip_show_what_the_drawn_wall_shows(files: dict[str, bytes], home: Path, way: str):
    drawn = {row["key"]: row["reach"] for row in table(home, "figures/wall_of_printed_numbers.csv")}
    assert {
        key: reach for reach, key in re.findall(r'<a class="t (\w+)" id="(\w+)"', page(files, way))
    } == drawn
    for number, key in enumerate(drawn):
        strip = re.search(r'<a class="w strip".*?</a>', page(files, f"{way}number/{key}/"), re.DOTALL)
        cells = re.findall(r"<rect.*?/>", strip[0] if strip else "")
        standing = [at for at, cell in enumerate(cells) if look(cell)[0] == "ink"]
        assert standing == [number]
        others = [(look(cell), reach) for cell, reach in zip(cells, drawn.values(), strict=True)]
        assert [pair for at, pair in enumerate(others) if at != number and LOOKS[pair[1]] != pair[0]] == []


def test_stamps_equal_the_verdicts_that_are_stored(files: dict[str, bytes], home: Path, way: str):
    hedged = {"police_resolution"}
    for check in table(home, "data/checks.csv"):
        if not check["printed_key"]:
            continue
        told = page(files, f"{way}number/{check['printed_key'].split(';')[0]}/")
        (stamp,) = re.findall(rf'<p class="kick">{check["ref"]} .*?(<svg.*?</svg>)', told, re.DOTALL)
        expected = ("open", "open") if check["id"] in hedged else BOXES[check["verdict"]]
        assert boxes(stamp) == expected, check["id"]


def test_published_stamps_equal_the_verdicts_that_are_stored(files: dict[str, bytes], home: Path, way: str):
    stored = table(home, "data/published_checks.csv")
    shown = re.findall(r'<li>(<svg[^>]* class="stamp".*?</svg>)', page(files, f"{way}published/"), re.DOTALL)
    assert len(shown) == len(stored)
    for check, stamp in zip(stored, shown, strict=True):
        told = tuple("fits" if box == "open" else box for box in boxes(stamp))
        assert told == BOXES[check["verdict"]], check["key"]


def test_every_derived_number_that_is_listed_has_an_anchor_and_its_formula(
    files: dict[str, bytes], home: Path, way: str
):
    rows = dict(re.findall(r'<tr id="(\w+)">.*?<code>(.*?)</code>', page(files, f"{way}numbers/"), re.DOTALL))
    listed = {row["key"]: row["formula"] for row in table(home, "data/derived.csv") if row["listed"] == "yes"}
    assert {key: html.unescape(formula) for key, formula in rows.items()} == listed


def test_the_search_holds_every_token_and_is_light(files: dict[str, bytes], home: Path):
    for language in ("en", "zh"):
        script = files[f"assets/search.{language}.js"]
        assert len(gzip.compress(script)) < 300_000
        held = json.loads(script.decode().removeprefix("window.pages = ").removesuffix(";\n"))
        for row in table(home, "data/printed.csv"):
            found = [path for path, title, text in held if row["as_printed"] in f"{title}\n{text}"]
            assert f"number/{row['key']}/" in found, (language, row["key"])
    assert search.plain("<main>1 &lt; 2<pre>code</pre></main>") == "1 < 2"


def test_the_brief_as_a_document_says_what_the_page_says(files: dict[str, bytes], way: str):
    name = f"{way}brief/brief.{'zh' if way else 'en'}.docx"
    said = [paragraph.text for paragraph in docx.Document(io.BytesIO(files[name])).paragraphs]
    article = re.search(r'<article class="sheet-a4">(.*?)</article>', page(files, f"{way}brief/"), re.DOTALL)
    shown = html.unescape(re.sub(r"<[^>]+>", "", article[1] if article else ""))
    assert "".join("".join(said).split()) == "".join(shown.split())


def test_no_page_holds_a_run_of_the_article_but_its_title(files: dict[str, bytes], home: Path, article: str):
    title = next(row["title"] for row in table(home, "data/sources.csv") if row["key"] == "article")
    text = "".join(article.split())
    runs = {text[at : at + 16] for at in range(len(text) - 15)}
    for name, written in pages(files).items():
        shown = "".join(html.unescape(re.sub(r"<[^>]+>", "", written)).split()).replace(title, "")
        assert not [shown[at : at + 16] for at in range(len(shown) - 15) if shown[at : at + 16] in runs], name


def test_colours_stand_in_the_tokens_alone():
    style = "".join(file.read_text(encoding="utf-8") for file in sorted((SITE / "assets").glob("*.css")))
    rest = re.sub(r":root \{.*?\}", "", style, flags=re.DOTALL)
    assert not re.search(
        r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)|rgb|hsl|\b(?:red|green|gold)\b",
        re.sub(r"#\w+:checked|#results", "", rest),
    )


def test_the_chrome_says_the_same_in_both_languages():
    for group in tomllib.loads((SITE / "chrome.toml").read_text(encoding="utf-8")).values():
        for name, pair in group.items():
            assert set(pair) == {"en", "zh"}, name
            holes = [sorted(re.findall(r"\{\w*\}", text)) for text in pair.values()]
            assert holes[0] == holes[1], name


# --------------------------------------------------------------------------------------- what stops the build


@pytest.fixture
def damaged(home: Path, tmp_path: Path) -> Edition:
    """The Chinese edition of a copy of the collection, to take a file away from."""
    for name in ("data", "notebooks", "figures", "docs"):
        shutil.copytree(home / name, tmp_path / name, ignore=shutil.ignore_patterns("scratch", "*.png"))
    for name in ("CHANGELOG.md", "LICENSE", "LICENSE-data"):
        shutil.copy(home / name, tmp_path)
    for picture in (home / "figures").glob("*.png"):
        (tmp_path / "figures" / picture.name).touch()
    return Edition(Collection(tmp_path), "zh")


def refused(error: pytest.ExceptionInfo[Faults]) -> str:
    assert "no site was built" in str(error.value)
    return str(error.value)


def test_a_missing_figure_stops_the_build_with_its_name(damaged: Edition):
    (damaged.collection.home / "figures" / "judges_that_fit.zh.svg").unlink()
    with pytest.raises(Faults) as error:
        list(figures.pages(damaged))
    assert "figures/judges_that_fit.zh.svg" in refused(error)


def test_a_figure_without_a_size_stops_the_build_with_its_name(damaged: Edition):
    (damaged.collection.home / "figures" / "judges_that_fit.zh.svg").write_text("<svg/>", encoding="utf-8")
    with pytest.raises(Faults) as error:
        list(figures.pages(damaged))
    assert "figures/judges_that_fit.zh.svg" in refused(error)


def test_a_missing_edition_stops_the_build_with_its_name(damaged: Edition):
    (damaged.collection.home / "notebooks" / "zh" / "06_police.ipynb").unlink()
    with pytest.raises(Faults) as error:
        list(notebooks.pages(damaged))
    assert "notebooks/zh/06_police.ipynb" in refused(error)


@pytest.mark.parametrize(
    "name",
    ["docs/conventions.md", "docs/terms.zh.md", "docs/brief.md", "data/README.md", "CHANGELOG.md", "LICENSE"],
)
def test_a_missing_text_stops_the_build_with_its_name(damaged: Edition, name: str):
    (damaged.collection.home / name).unlink()
    with pytest.raises(Faults) as error:
        list(texts.pages(damaged))
    assert refused(error).startswith(name)


def test_every_text_that_is_a_page_is_named_so_that_none_is_left_out_in_silence(home: Path):
    described = json.loads((home / "data/datapackage.json").read_text(encoding="utf-8"))
    there = {f"docs/{file.name}" for file in (home / "docs").glob("*.md")} - {"docs/architecture.md"}
    there |= {f"data/{file.name}" for file in (home / "data").glob("*.md")}
    there |= {"CHANGELOG.md", "LICENSE", "LICENSE-data"}
    assert set(described["asprinted"]["texts"]) == there


def test_a_missing_word_stops_the_build_with_its_name(damaged: Edition):
    words = damaged.collection.home / "notebooks" / "words" / "site.toml"
    words.write_text(words.read_text(encoding="utf-8").replace("[unless]", "[although]"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"site\.toml, column unless: found no entry \[unless\]"):
        list(home_page.pages(Edition(Collection(damaged.collection.home), "zh")))


def test_a_word_that_no_page_says_stops_the_build_with_its_name(damaged: Edition):
    damaged.said.update(set(damaged.book.words.entries) - {"kicker"})
    with pytest.raises(Faults, match=r"\[kicker\], which no page says"):
        build.refuse_unsaid(damaged)


def test_a_claim_that_does_not_hold_stops_the_build(damaged: Edition):
    with pytest.raises(Faults, match="nearest < tested"):
        damaged.say("claim", tested=5, nearest=5, truncation=4, average=5)


def test_where_the_build_stops_the_old_site_stays(damaged: Edition, monkeypatch: pytest.MonkeyPatch):
    home = damaged.collection.home
    # The tables are those of the collection: to compute them again takes longer than the site.
    monkeypatch.setattr(Collection, "require_sound", lambda self: None)
    build.write({"index.html": b"old"}, home / "site")
    (home / "figures" / "judges_that_fit.csv").unlink()
    with pytest.raises(Faults, match=r"judges_that_fit\.csv"):
        build.build(Collection(home))
    assert {file.name for file in (home / "site").iterdir()} == {"index.html"}
    assert not list(home.glob(".site*"))


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path):
    build.write({"old/index.html": b"old"}, tmp_path / "site")
    build.write({"new/index.html": b"new"}, tmp_path / "site")
    assert [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.html")] == [
        "site/new/index.html"
    ]


@pytest.mark.parametrize(
    "link", ["page:number/none/", "page:#nowhere", "file:figures/none.svg", "zh:figures/"]
)
def test_a_dead_link_stops_the_build_with_its_name(link: str):
    with pytest.raises(Faults) as error:
        links.resolved({"index.html": f'<a href="{link}">x</a>'.encode()}, {})
    assert refused(error).startswith("index.html ")
    assert f"found the dead link {link}," in str(error.value)


def test_a_dead_link_of_a_text_stops_the_build_with_its_name(damaged: Edition):
    with pytest.raises(Faults) as error:
        repository.linked(damaged, "docs/conventions.md", "nowhere.md")
    assert "conventions.md" in refused(error)
    assert repository.linked(damaged, "docs/conventions.md", "../data/printed.csv") == "file:data/printed.csv"
    assert (
        repository.linked(damaged, "notebooks/zh/00_summary.ipynb", "02_closing_rate.ipynb#x")
        == "page:notebook/02_closing_rate/#x"
    )
