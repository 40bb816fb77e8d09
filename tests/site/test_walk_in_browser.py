"""A new reader's walk from the front page: who said it, where else it was said, when it happened, in three clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.chromium import served
from tests.conftest import Trial

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
MOST_STOPS = 80  # a reader with a keyboard gives up some time
FEW_STOPS = 15
SAID = "a fire of this size"


@pytest.fixture(scope="module")
def base(tiny: Trial) -> Iterator[str]:
    with served(tiny.site) as address:
        yield address


def clicked(page: Page, link: Locator) -> None:
    link.click()


def entered(page: Page, link: Locator, most: int = MOST_STOPS) -> int:
    """Tab by tab to the link, and Enter; gives the number of stops."""
    for stops in range(1, most + 1):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            page.keyboard.press("Enter")
            return stops
    raise AssertionError(f"not reached in {most} stops")


WAYS = {
    "mouse": (clicked, {"viewport": {"width": 1280, "height": 900}}),
    "keyboard": (entered, {"viewport": {"width": 1280, "height": 900}}),
    "finger on a phone": (clicked, {"viewport": {"width": 360, "height": 740}, "has_touch": True}),
    "mouse without JavaScript": (clicked, {"java_script_enabled": False}),
}


@pytest.mark.parametrize(("follow", "options"), WAYS.values(), ids=WAYS.keys())
def test_three_clicks_tell_who_where_else_and_when(
    browser: Browser, base: str, follow: Callable[[Page, Locator], object], options: dict[str, object]
) -> None:
    """The first leads to the quotation, with its speaker and every article that has it; the third to the day."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(base)

    follow(page, page.locator("main a", has_text=SAID).first)
    page.wait_for_url("**/quotations/index.html#*")
    quotation = page.locator(":target")
    assert SAID in quotation.locator("blockquote").inner_text()
    said = quotation.inner_text()
    assert "Karin Brandt" in said and "Fire in the" in said and "A letter" in said

    follow(page, quotation.locator("a", has_text="Fire in the"))
    page.wait_for_url("**/articles/fire-in-the-harbour/index.html#*")
    passage = page.locator(":target")
    assert SAID in passage.inner_text()
    assert passage.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"

    follow(page, page.locator(".happenings li", has_text="Two sheds").locator("a", has_text="in the chronology"))
    page.wait_for_url("**/chronology/index.html#*")
    row = page.locator(":target")
    assert row.locator("time").get_attribute("datetime") == "2019-06-02"
    assert "Two sheds burnt" in row.inner_text()
    context.close()


def skipping(page: Page, *links: Locator) -> None:
    """From link to link with Tab and Enter: those before the last only lead on within the page; few stops in all."""
    left = FEW_STOPS
    for link in links:
        left -= entered(page, link, left)


def test_each_click_is_a_few_stops_away(browser: Browser, base: str) -> None:
    """Past the menu to a quotation; to an article that has it; from its words, by "On this page", to the day."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(base)
    skipping(page, page.locator("a.skip"), page.locator("main a", has_text=SAID).first)
    page.wait_for_url("**/quotations/index.html#*")
    skipping(page, page.locator(":target a", has_text="Fire in the"))
    page.wait_for_url("**/articles/fire-in-the-harbour/index.html#*")
    out = page.locator(":target").locator("xpath=following::a[@href='#parts']").first
    day = page.locator(".happenings li", has_text="Two sheds").locator("a", has_text="in the chronology")
    skipping(page, out, page.locator("#parts a", has_text="When it happened"), day)
    page.wait_for_url("**/chronology/index.html#*")
    page.close()


@pytest.mark.parametrize("name", ["fire-in-the-harbour", "a-letter"])
def test_from_any_quotation_its_speaker_and_its_register_are_near(browser: Browser, base: str, name: str) -> None:
    """By the number after it, which leads to its entry below the text."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    address = f"{base}articles/{name}/index.html"
    page.goto(address)
    quotations = page.locator("#text .quotation[id]").evaluate_all("all => all.map(e => e.id)")
    assert quotations
    for id_ in quotations:
        for register in ("sources", "quotations"):
            page.goto(f"{address}?{register}#{id_}")
            number = page.locator(f"#{id_}").locator("xpath=following::a[@role='doc-noteref']").first
            entry = page.locator(number.get_attribute("href") or "")
            skipping(page, number, entry.locator(f"a[href*='/{register}/']").first)
            page.wait_for_url(f"**/{register}/**")
    page.close()
