"""The site as a reader meets it in a browser: on a phone and a desk, with and without script, by keyboard."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from keyboard import reach

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
KINDS = (
    "",
    "number/mediation_success_rate/",
    "number/notices_served/",
    "numbers/",
    "figure/closing_rates_by_day/",
    "figures/",
    "notebook/00_summary/",
    "notebooks/",
    "published/",
    "terms/",
    "method/",
    "limits/",
    "licence/",
    "performance/",
    "dictionary/",
    "changelog/",
    "brief/",
    "search/",
)
UNFOLDED = "[...document.querySelectorAll('main details')].slice(0, 3).forEach(each => { each.open = true; })"
"""What is folded is not looked at; the first of it stands for the rest."""

LIKE_METHOD = ("performance/", "dictionary/", "changelog/")
"""Pages of one kind with `method/`, long ones: axe looks at that."""

COLOURS = ["color-contrast", "link-in-text-block"]
"""What may differ on a dark page: its colours; its elements are those of the light one."""

SEARCHED = re.compile(r"\d|on no page")
WIDTHS = (390, 1024, 1600)

Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page of the site; once the test is over, nothing may have gone wrong in any of them."""
    faults, contexts = list[str](), []

    def opened(path: str, *, width: int = 390, scheme: str = "light", script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda said: faults.append(f"{path}: {said.text}") if said.type == "error" else None
        )
        page.on("pageerror", lambda error: faults.append(f"{path}: {error}"))
        page.on(
            "request",
            lambda asked: (
                faults.append(f"{path} asks {asked.url}") if _is_foreign(asked.url, address) else None
            ),
        )
        page.on(
            "response",
            lambda given: faults.append(f"{given.url}: {given.status}") if given.status >= 400 else None,
        )
        page.goto(f"{address}{path}index.html" if "://" not in path else path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def _is_foreign(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "file:"))


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("path", KINDS)
def test_a_page_of_each_kind_opens_on_a_phone_without_a_fault_or_overflow(open_page: Open, path: str):
    for way in ("", "zh/"):
        assert overflow(open_page(f"{way}{path}")) <= 0


def test_the_switch_recomputes_the_page_without_script(open_page: Open):
    page = open_page("", width=1440, script=False)
    failing, crossed = (
        page.locator(".tests li", has_text="Number of judges"),
        page.locator("#accepted_per_judge"),
    )
    before = crossed.evaluate("tile => getComputedStyle(tile).backgroundColor")
    assert page.locator(".tally:visible").inner_text().startswith("4 of 5")
    page.get_by_text("cut", exact=True).first.click()
    assert failing.locator(".out span:visible").inner_text() == "none fits"
    assert failing.locator(".mark:visible").get_attribute("aria-label") == "fails"
    assert crossed.evaluate("tile => getComputedStyle(tile, '::after').display") == "block"
    assert (
        page.locator("#cases_accepted").evaluate("tile => getComputedStyle(tile, '::after').content")
        == "none"
    )
    assert crossed.evaluate("tile => getComputedStyle(tile).backgroundColor") != before
    page.get_by_text("cut, average", exact=True).click()
    assert page.locator(".tally:visible").inner_text().startswith("5 of 5")


def test_the_first_screen_of_a_phone_holds_the_claim_its_unless_the_switch_and_five_tests(open_page: Open):
    for way in ("", "zh/"):
        page = open_page(way)
        for part in ("h1", ".unless", ".switch", ".tests li:last-child"):
            box = page.locator(part).first.bounding_box()
            assert box
            assert box["y"] + box["height"] <= 844, (way, part)


def test_the_keyboard_alone_moves_the_switch_and_leads_to_a_number_and_back(open_page: Open):
    page = open_page("", width=1440)
    reach(page, ".skip")
    page.keyboard.press("Enter")
    reach(page, "#nearest")
    page.keyboard.press("ArrowRight")
    assert page.locator("#truncation").is_checked()
    reach(page, "#printed")
    page.keyboard.press("Space")
    assert page.locator("#closing_rate .token").is_visible()
    reach(page, "#mediation_success_rate")
    page.keyboard.press("Enter")
    page.wait_for_url("**/number/mediation_success_rate/index.html")
    reach(page, ".strip")
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html#mediation_success_rate")


@pytest.mark.every_page
def test_the_keyboard_alone_opens_code_and_data_and_rates_and_filters_and_sorts_and_searches(open_page: Open):
    page = open_page("figure/judges_that_fit/", width=1024)
    reach(page, "#picture")
    page.keyboard.press("ArrowRight")
    assert page.locator(".view.data table").is_visible()
    for path, shown in (
        ("notebook/02_closing_rate/", ".cell pre"),
        ("published/", ".checks"),
        ("performance/", ".contents a"),
    ):
        page = open_page(path)
        reach(page, "summary")
        page.keyboard.press("Enter")
        assert page.locator(shown).first.is_visible(), path
    page = open_page("numbers/")
    reach(page, "#filter")
    page.keyboard.type("61.71%")
    assert page.locator(".sorted").first.locator("tbody tr:visible").count() == 1
    reach(page, "th button")
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=ascending]").count() == 1
    page = open_page("search/")
    reach(page, "#q")
    page.keyboard.type("34,765")
    expect(page.locator("#count")).to_have_text(SEARCHED)
    reach(page, "#results a")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "search/" not in url)


def test_the_data_of_a_figure_is_one_click_away_without_script(open_page: Open):
    page = open_page("figure/judges_that_fit/", width=1024, script=False)
    assert page.locator(".view.picture img").is_visible()
    page.get_by_text("data", exact=True).click()
    assert page.locator(".view.data table").is_visible()
    assert not page.locator(".view.picture img").is_visible()


def test_the_code_of_a_notebook_is_one_click_away_without_script(open_page: Open):
    page = open_page("notebook/02_closing_rate/", script=False)
    code = page.locator(".cell pre").first
    assert not code.is_visible()
    page.locator(".cell summary").first.click()
    assert "asprinted.notebook" in code.inner_text()


@pytest.mark.parametrize(
    ("way", "wanted"), [("zh/", "未化解"), ("zh/", "34765"), ("", "34,765"), ("", "no number of judges")]
)
def test_the_search_finds_any_substring_and_loads_the_texts_once_the_field_is_used(
    open_page: Open, way: str, wanted: str
):
    page = open_page(f"{way}search/")
    assert page.evaluate("window.pages") is None
    page.locator("#q").fill(wanted)
    expect(page.locator("#count")).to_have_text(SEARCHED)
    held = page.evaluate("window.pages")
    expected = [
        f"../{path}index.html" for path, title, text in held if wanted.lower() in f"{title}\n{text}".lower()
    ]
    assert (
        page.locator("#results a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        == expected
    )


def test_markup_that_is_searched_for_stays_text(open_page: Open):
    page = open_page("search/")
    page.locator("#q").fill("<img src=x onerror=alert(1)>")
    expect(page.locator("#count")).to_have_text(SEARCHED)
    assert page.locator("#results li").count() == 0


def test_numbers_are_filtered_and_sorted_by_script_and_plain_without(open_page: Open):
    page = open_page("numbers/", width=1440)
    page.locator("#filter").fill("61.71%")
    assert page.locator(".sorted").first.locator("tbody tr:visible").count() == 1
    page.locator("#filter").fill("")
    page.get_by_role("button", name="as printed").first.click()
    tokens = (
        page.locator(".sorted")
        .first.locator("tbody td:nth-child(2)")
        .evaluate_all("cells => cells.map(cell => cell.dataset.sort)")
    )
    values = [float(each) for each in tokens if each]
    assert values == sorted(values)
    assert page.locator("th[aria-sort=ascending]").count() == 1
    assert not open_page("numbers/", script=False).locator("#filter").is_visible()


def test_a_folder_on_disk_can_be_read_without_a_server(open_page: Open, folder: Path):
    page = open_page(f"{folder.as_uri()}/index.html", width=1440)
    page.locator("#closing_rate").click()
    page.wait_for_url("**/number/closing_rate/index.html")
    assert page.locator("h1").inner_text() == "Closing rate"


@pytest.mark.every_page
@pytest.mark.parametrize("path", [path for path in KINDS if path != "search/"])
def test_a_page_of_each_kind_is_whole_from_a_folder_on_disk(open_page: Open, folder: Path, path: str):
    broken = (
        "[...document.images].filter(image => image.complete && !image.naturalWidth).map(image => image.src)"
    )
    for way in ("", "zh/"):
        page = open_page(f"{folder.as_uri()}/{way}{path}index.html")
        assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
        assert page.evaluate(broken) == []
        page.close()


def test_latin_letters_of_an_english_page_are_set_in_latin_faces(open_page: Open):
    page = open_page("", width=1440)
    asked = page.context.new_cdp_session(page)
    asked.send("DOM.enable")
    asked.send("CSS.enable")
    root = asked.send("DOM.getDocument")["root"]["nodeId"]
    for selector in ("h1", ".unless", ".lead", ".tests b", "footer p"):
        node = asked.send("DOM.querySelector", {"nodeId": root, "selector": selector})
        fonts = asked.send("CSS.getPlatformFontsForNode", node)["fonts"]
        assert fonts, selector
        assert [
            font["familyName"] for font in fonts if re.search("CJK|Song|Hei", font["familyName"])
        ] == [], selector


def test_the_brief_prints_on_one_sheet_of_a4(open_page: Open):
    for way in ("", "zh/"):
        printed = open_page(f"{way}brief/", width=1024).pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


# ------------------------------------------------------------------------------------ every page, with axe


@pytest.mark.every_page
def test_every_page_opens_on_a_phone_without_a_fault_or_overflow(
    open_page: Open, address: str, files: dict[str, bytes]
):
    page, wide = open_page(""), list[str]()
    for name in sorted(name for name in files if name.endswith(".html")):
        page.goto(f"{address}{name}")
        wide += [name] if overflow(page) > 0 else []
    assert wide == []


@pytest.mark.every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [path for path in KINDS if path not in LIKE_METHOD])
def test_axe_finds_nothing_at_any_width_in_either_scheme_and_language(
    open_page: Open, path: str, scheme: str
):
    rules = {"type": "tag", "values": RULES} if scheme == "light" else {"type": "rule", "values": COLOURS}
    options = json.dumps({"runOnly": rules, "resultTypes": ["violations"]})
    found, wide = list[str](), list[str]()
    for way in ("", "zh/"):
        page = open_page(f"{way}{path}", scheme=scheme)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.evaluate(UNFOLDED)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            wide += [f"{way}{path} at {width}"] if overflow(page) > 0 else []
            violations = page.evaluate(f"axe.run(document, {options}).then(result => result.violations)")
            found += [f"{way} {width} {each['id']}: {each['nodes'][0]['html'][:160]}" for each in violations]
    assert (found, wide) == ([], [])
