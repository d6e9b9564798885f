"""The page that shows an audit: it is whole in itself, hides nothing, and can be used by everybody."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from unicodedata import bidirectional, name

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import proposed
from asprinted import audit
from asprinted.audit import listing, phrasing, report, rows
from asprinted.audit.candidate import Candidate, Confidence
from asprinted.audit.checking import check_spans
from asprinted.audit.findings import Findings
from asprinted.chinese.scanning import Role, Span, scan
from asprinted.prose import sentences

VOID = {"meta", "br", "img", "link", "input"}


class Page(HTMLParser):
    """The elements of a page, each with its attributes and the text inside it; unpaired tags are an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        element = (tag, {name: value or "" for name, value in attrs}, [])
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for _, _, text in self.open:
            text.append(data)

    def all(self, tag: str, **wanted: str) -> list[tuple[dict[str, str], str]]:
        return [
            (attributes, "".join(text))
            for name, attributes, text in self.elements
            if name == tag and all(attributes.get(key.rstrip("_")) == value for key, value in wanted.items())
        ]


@pytest.fixture(autouse=True)
def by_hand(monkeypatch):
    proposed.relate_by_hand(monkeypatch)
    yield
    sentences.set_language("en")


@pytest.fixture(params=["en", "zh"])
def shown(request):
    return Page(report.page(audit(proposed.TEXT, name="library"), request.param))


def test_the_page_names_its_language_and_its_text(shown):
    ((html, _),) = shown.all("html")
    assert html["lang"] in ("en", "zh-Hans")
    assert [text for _, text in shown.all("title") + shown.all("h1")] == ["library", "library"]


def test_nothing_is_loaded_and_only_its_own_style_and_script_are_allowed(shown):
    for _, attributes, _ in shown.elements:
        assert not {"src", "srcset", "style", "onclick", "onload"} & attributes.keys()
        assert attributes.get("href", "#").startswith("#")
    assert shown.all("link") + shown.all("img") == []
    (policy,) = shown.all("meta", **{"http-equiv": "Content-Security-Policy"})
    allowed = policy[0]["content"]
    assert allowed.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        ((_, text),) = shown.all(tag)
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in allowed
        assert not re.search(r"url\(|@import|fetch|XMLHttp|http", text)


def test_the_summary_has_the_five_counts_the_checksum_and_what_agreement_does_not_show(shown):
    found = audit(proposed.TEXT)
    big = [text for _, text in shown.all("dd", class_="big")]
    counts = found.counts
    assert big == [str(each) for each in (counts.read, 8, 7, 7, 3)]
    assert [text for _, text in shown.all("code")] == [found.sha256]
    below = [text for _, text in shown.all("dd", class_="small")]
    assert below[-1] in (
        "surely (1) or likely meant so, and not following; others that fail are not counted",
        "确定（1组）或较可能不符者；其余有出入的不计",
    )
    ((_, caution),) = shown.all("strong")
    assert caution in (
        "That numbers agree shows that they belong together, not that they are true.",
        "数字彼此吻合，只说明相互对得上，不说明属实。",
    )


def test_every_link_and_every_description_has_its_target_and_no_id_stands_twice(shown):
    ids = [attributes["id"] for _, attributes, _ in shown.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"][1:] for attributes, _ in shown.all("a")}
    described = {attributes["aria-describedby"] for attributes, _ in shown.all("mark") if "id" in attributes}
    assert targets | described <= set(ids)
    assert targets
    assert described


def test_every_number_of_the_text_is_marked_can_be_reached_by_keyboard_and_has_a_note(shown):
    marks = [attributes for attributes, _ in shown.all("mark") if "id" in attributes]
    spans = scan(proposed.TEXT)
    assert [attributes["id"] for attributes in marks] == [f"t1-{span.start}" for span in spans]
    assert {attributes["tabindex"] for attributes in marks} == {"0"}
    notes = {attributes["id"]: text for attributes, text in shown.all("span", role="tooltip")}
    for attributes, span in zip(marks, spans, strict=True):
        assert span.text in notes[attributes["aria-describedby"]]


def test_the_text_is_all_there_in_its_order(shown):
    prose = "".join(text for attributes, text in shown.all("div", class_="prose"))
    for note in shown.all("span", role="tooltip"):
        prose = prose.replace(note[1], "", 1)
    for _, sign in shown.all("sup"):
        prose = prose.replace(sign, "", 1)
    assert "".join(prose.split()) == "".join(proposed.TEXT.split())


def test_a_verdict_has_the_sites_stamp_beside_its_colour():
    page = report.page(audit(proposed.TEXT, name="library"))
    cards = re.findall(r'<li class="(claim [^"]+)" id="t1-(c[0-9])".*?<h3>(.*?)</h3>', page, re.DOTALL)
    # A cross is two lines, a tick two as well, in the colour of its rule; dashed is not testable.
    looks = {
        name: (look, *map(sign.count, ("<line", 'stroke="var(--ink)"', "dasharray")))
        for look, name, sign in cards
    }
    assert looks == {
        **dict.fromkeys(("c2", "c3", "c6"), ("claim follows", 0, 0, 0)),
        "c9": ("claim follows", 4, 0, 0),
        **dict.fromkeys(("c1", "c4"), ("claim likely", 4, 6, 0)),
        "c5": ("claim other rival", 4, 6, 0),
        "c7": ("claim sure", 4, 6, 0),
        "c8": ("claim closed", 0, 0, 2),
    }


def test_what_does_not_follow_comes_before_the_text_the_surest_first_and_names_the_other_reading(shown):
    claims = [(attributes["id"], text) for attributes, text in shown.all("li") if "id" in attributes]
    assert [name for name, _ in claims][:4] == ["t1-c7", "t1-c1", "t1-c4", "t1-c5"]
    sections = [attributes.get("class", "") for attributes, _ in shown.all("section")]
    assert sections == ["flagged", "", "relations"]
    assert "c5" in dict(claims)["t1-c4"]


def test_only_a_sure_relation_is_called_contradicted():
    page = Page(report.page(audit(proposed.TEXT)))
    cards = {attributes["id"]: said for attributes, said in page.all("li") if "id" in attributes}
    assert [name for name, said in cards.items() if "contradicted" in said] == ["t1-c7"]
    notes = [said for _, said in page.all("span", role="tooltip") if "contradicted" in said]
    # The rate itself, and the two counts beside it.
    assert len(notes) == 3
    assert all("c7" in said for said in notes)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>5件", "\"'&<u>5件", "</p></article><img src=x onerror=a>5件"]
)
def test_whatever_a_text_and_its_name_hold_is_shown_and_never_run(text):
    page = Page(report.page(audit(text, name=text)))
    assert len(page.all("script")) == 1
    assert page.all("img") == page.all("u") == []
    assert page.all("h1")[0][1] == text


# The marks and the controls of Unicode's bidirectional algorithm.
TURNING = [
    chr(code)
    for code in range(0x3000)
    if bidirectional(chr(code)) in "LRE RLE LRO RLO PDF LRI RLI FSI PDI".split()
    or name(chr(code), "").endswith(("LEFT-TO-RIGHT MARK", "RIGHT-TO-LEFT MARK", "ARABIC LETTER MARK"))
]


@pytest.mark.parametrize("character", [*TURNING, "\x00", "\x1b", "\x07", "\ud800", "\ue000"])
def test_what_has_no_shape_or_turns_the_writing_shows_its_number(character):
    made = report.page(audit(f"受理{character}5件", name=f"a{character}b"))
    assert character not in made
    shown = [text for _, text in Page(made).all("span", class_="hidden")]
    assert set(shown) == {f"U+{ord(character):04X}"}


def test_a_place_that_can_be_taken_two_ways_shows_both_and_can_be_reached_from_either():
    text = "近三年化解5件"
    # Nearly three years, or the three years before now.
    other = Span(1, 3, 1, 1, "三年", Role.DATE)
    first = Span(0, 3, 1, 0, "近三年", Role.MEASUREMENT, (other,))
    page = Page(report.page(Findings(text, "text", (first,), ())))
    ((_, note),) = page.all("span", role="tooltip")
    assert "below 3 年" in note
    assert "It may also be read as 三年 date or time" in note
    ids = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
    assert {"t1-0", "t1-1"} <= set(ids)


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_has_a_page_and_rows(text):
    found = audit(text + "5件，占100%" + text, name=text)
    Page(report.page(found))
    assert [span["surface"] for span in rows.as_json(found)["spans"]] == [each.text for each in found.spans]


def test_lines_become_paragraphs_and_the_line_ends_of_windows_leave_no_trace():
    paragraphs = Page(report.page(audit("受理五件\r\n\r\n审结三件\n"))).all("p")
    assert "\r" not in "".join(text for _, text in paragraphs)
    assert len([text for attributes, text in paragraphs if not attributes and "件" in text]) == 2


def test_a_return_without_a_line_feed_ends_no_paragraph():
    page = Page(report.page(audit("受理五件\r审结三件")))
    assert len([text for attributes, text in page.all("p") if not attributes and "件" in text]) == 1


def test_a_scan_alone_speaks_of_no_relation():
    spans = tuple(scan(proposed.TEXT))
    page = Page(report.page(Findings(proposed.TEXT, "library", spans, ()), related=False))
    assert [text for _, text in page.all("dt")] == ["found", "read"]
    assert "relation" not in page.all("main")[0][1]


def test_several_texts_share_one_page_with_ids_of_their_own():
    found = [audit(proposed.TEXT, name="one"), audit(proposed.TEXT, name="two"), audit("无", name="three")]
    page = Page("".join(report.pages(iter(found))))
    assert [text for _, text in page.all("h1")] == ["one", "two", "three"]
    assert [text for _, text in page.all("title")] == ["Numbers of several texts, audited"]
    ids = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_a_notebook_shows_the_report_in_a_frame_in_the_language_last_set():
    sentences.set_language("zh")
    ((frame, _),) = Page(audit(proposed.TEXT, name="library")._repr_html_()).all("iframe")
    assert frame["srcdoc"] == report.page(audit(proposed.TEXT, name="library"), "zh")
    assert "allow-same-origin" not in frame["sandbox"]
    ((frame, _),) = Page(report.framed(audit(proposed.TEXT, name="library"))).all("iframe")
    assert frame["srcdoc"] == report.page(audit(proposed.TEXT, name="library"), "en")


class Holders(Page):
    """What holds text by itself, not in an element inside it."""

    def handle_data(self, data):
        if data.strip():
            self.open[-1][1]["holds"] = data
        super().handle_data(data)


def test_no_paragraph_is_empty_and_no_text_stands_between_the_parts_of_a_page():
    page = Holders(report.page(audit(proposed.TEXT)))
    assert "" not in [text.strip() for _, text in page.all("p")]
    parts = "body main article header footer section div dl ol ul".split()
    found = [
        attributes
        for tag, attributes, _ in page.elements
        if tag in parts or (tag == "li" and "id" in attributes)
    ]
    assert [attributes for attributes in found if "holds" in attributes] == []


def test_a_number_names_every_relation_that_it_stands_in(shown):
    marks = {attributes["id"]: attributes for attributes, _ in shown.all("mark") if "id" in attributes}

    def known(token: str) -> list[str]:
        return marks[f"t1-{proposed.place(token)[0]}"]["data-claims"].split()

    assert known("12.5%") == ["t1-c4", "t1-c5"]
    assert known("1,250册") == [f"t1-c{number}" for number in (1, 3, 5, 7, 8)]
    assert known("连续5年") == []
    assert "c4 c5" in [text.strip("\N{WORD JOINER}") for _, text in shown.all("sup")]


def test_the_note_of_a_result_tells_its_whole_check_and_that_of_an_input_the_verdict_alone():
    page = Page(report.page(audit(proposed.TEXT)))
    notes = {attributes["id"]: text for attributes, text in page.all("span", role="tooltip")}
    result, part = (notes[f"t1-{proposed.place(token)[0]}-note"] for token in ("80%", "1000册"))
    assert "c3  Printed: 80%; 1,000 of 1,250 is 80.0000%: follows, rounded or cut. Of " in result
    assert "c3  part: follows, rounded or cut" in part
    assert "80.0000%" not in part


def test_a_note_sets_a_blank_between_sentences_in_english_and_none_in_chinese(shown):
    english = shown.all("html")[0][0]["lang"] == "en"
    notes = {attributes["id"]: text for attributes, text in shown.all("span", role="tooltip")}
    note = notes[f"t1-{proposed.place('80%')[0]}-note"]
    assert ("cut. Of " if english else "相符。所用") in note
    assert (". Of the 101" if english else "种。0%至100%") in note


def test_a_number_is_marked_by_what_it_is_and_the_eight_results_alone_have_a_sign_behind_them(shown):
    kinds = {"80%": "follows", "99%": "closed", "40名": "input", "66000册": "read", "12368": "aside"}
    marks = {
        attributes["id"]: attributes["class"] for attributes, _ in shown.all("mark") if "id" in attributes
    }
    assert {token: marks[f"t1-{proposed.place(token)[0]}"] for token in kinds} == kinds
    assert len(shown.all("sup")) == 8


@pytest.mark.parametrize(("sure", "kind"), [("c4", "sure"), ("c5", "likely")])
def test_a_number_stated_twice_is_marked_as_its_likeliest_relation_is(sure, kind):
    found = audit(proposed.TEXT, name="library")
    claims = tuple(
        each._replace(confidence=Confidence.SURE, flag="sure" if each.fails else "")
        if each.id == sure
        else each
        for each in found.claims
    )
    page = Page(report.page(replace(found, claims=claims)))
    (mark,) = page.all("mark", id=f"t1-{proposed.place('12.5%')[0]}")
    assert mark[0]["class"] == kind


def paragraphs(found: Findings) -> dict[str, dict[str, str]]:
    """Return the paragraphs of each relation by their classes."""
    made: dict[str, dict[str, str]] = {}
    for tag, attributes, text in Page(report.page(found)).elements:
        if tag == "li" and "id" in attributes:
            latest = made[attributes["id"]] = {}
        elif tag == "p" and made:
            latest.setdefault(attributes.get("class", ""), "".join(text))
    return made


def test_a_relation_shows_its_strength_its_reasons_and_its_rivals_where_it_has_them():
    found = audit(proposed.TEXT, name="library")
    claims = tuple(each._replace(decided=each.id == "c2") for each in found.claims)
    shown = paragraphs(Findings(found.text, "library", found.spans, claims))
    strong = [name for name, texts in shown.items() if "small strength" in texts]
    assert sorted(strong) == [f"t1-c{number}" for number in (1, 2, 3, 4, 5, 6, 7, 9)]
    assert {name: texts["small why"] for name, texts in shown.items() if "small why" in texts} == {
        "t1-c2": "Proposed because: a person says so",
        "t1-c6": "Proposed because: it follows; the words alone leave it open",
    }
    rivals = {name: texts["small rivals"] for name, texts in shown.items() if "small rivals" in texts}
    assert {name: text.rpartition(" ")[2] for name, text in rivals.items()} == {"t1-c4": "c5", "t1-c5": "c4"}
    assert shown["t1-c3"]["small places"] == "Result 80% · part 1000册 · whole 1,250册"
    assert shown["t1-c2"]["small places"] == "Result 1000册 · summands 800册 + 180册 + 20册"


def test_the_whole_of_a_change_by_a_difference_is_called_the_difference():
    new, by, rise = scan("受理1566件，同比增加120件，增长8.3%。")
    check = check_spans("change", (rise,), (new,), (by,), "rise_by")
    stated = Candidate("change", (rise,), (new,), (by,), "rise_by", check=check, confidence=Confidence.SURE)
    text = "受理1566件，同比增加120件，增长8.3%。"
    shown = paragraphs(Findings(text, "text", (new, by, rise), (stated._replace(id="c1"),)))
    assert shown["t1-c1"]["small places"] == "Result 8.3% · new 1566件 · difference 120件"


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_of_writing_meets_wcag_aa_on_every_ground_that_it_stands_on(scheme):
    style = report._file("report.css")
    colours = dict(
        re.findall(r"--([\w-]+): (#\w+);", re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme])
    )
    grounds = ["paper", "card", "faint"]
    pairs = [(ink, ground) for ink in ("ink", "muted") for ground in grounds]
    pairs += [("follows", "paper"), ("ink", "follows-tint"), ("muted", "follows-tint"), ("paper", "ink")]
    for ink, ground in pairs:
        light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


def test_a_level_is_told_with_how_often_it_was_right_and_an_interval_that_holds_the_share():
    levels = {name: row for name, row in phrasing._levels().items() if isinstance(row, dict)}
    assert list(levels) == ["sure", "likely"]
    for row in levels.values():
        assert row["low"] < row["right"] / row["of"] <= row["high"]
    found = audit(proposed.TEXT, name="library")
    for language in ("en", "zh"):
        assert phrasing.trusted(language) in report.page(found, language)
        assert phrasing.trusted(language) in "".join(
            text for text, _ in listing.lines(found, 10_000, language)
        )


def test_a_page_in_chinese_has_no_colon_of_latin_script_between_its_words():
    written = report.page(audit(proposed.TEXT), "zh")
    body = re.sub(r"<(style|script)>.*?</\1>", "", written, flags=re.DOTALL)
    told = [*re.findall('aria-label="([^"]*)"', body), *re.sub("<[^>]*>", "\n", body).split("\n")]
    assert [each for each in told if ":" in each] == []
    assert any(re.fullmatch("c1：[^：]+", each) for each in told)
