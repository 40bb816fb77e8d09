"""The search page in a real browser, over an index of several parts, under the strictest policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder.render import assets, search_parts, searching
from builder.render.pages import search
from builder.render.template import open_site
from tests.chromium import served
from tests.render import registers_fixture as made

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search page of an archive whose four articles are in four parts of the index."""
    folder: Path = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_parts, "SMALLEST", 2)
        for renderer in (assets.render, search.render, searching.render):
            for file in renderer(made.archive(), open_site(made.CONFIG)):
                path = folder / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.content)
    return folder


@pytest.fixture(scope="module")
def base(folder: Path) -> Iterator[str]:
    with served(folder, "/archive") as address:
        yield address


def titles(page: Page, base: str, query: str) -> list[str]:
    """The results' titles, once all of a page's are there."""
    page.goto(f"{base}search/index.html?{query}")
    page.get_by_text(re.compile(r"^\d+ results?$")).wait_for()
    number = int(page.locator("#status").inner_text().split()[0])
    page.locator("#results a.title").nth(min(number, 20) - 1).wait_for()
    return page.locator("#results a.title").all_inner_texts()


def test_words_are_found_in_every_part(page: Page, base: str) -> None:
    """One search finds articles that stand in different parts of the index."""
    found = titles(page, base, "q=dike&kind=Articles")
    assert {"Who opened the sluice?", "The first dike", f"What {made.LONG} found"} == set(found)


def test_what_fits_best_comes_first_whatever_its_part_or_kind(page: Page, base: str) -> None:
    """A name stands before the articles that have it among many words."""
    found = titles(page, base, "q=Tolland")
    assert {"Mira Tolland", "M. Tolland"} == set(found[:2])
    assert "Who opened the sluice?" in found


def test_a_filter_counts_in_every_part(page: Page, base: str) -> None:
    """Also without words; two filters together leave what fits both."""
    assert len(titles(page, base, "kind=Articles")) == 4
    assert page.locator("#status").inner_text() == "4 results"
    assert len(titles(page, base, "publisher=Veer+Courier&kind=Articles")) == 2
    assert titles(page, base, "publisher=Veer+Courier&kind=Articles&year=2021&q=harbour+office") == [
        "This article reprints a threat."
    ]


def test_a_result_quotes_the_found_words_and_leads_to_them(page: Page, base: str) -> None:
    """They are marked; a browser that can scrolls to them."""
    titles(page, base, "q=repaired&kind=Articles")
    row = page.locator("#results > li").first
    assert row.locator("mark").all_inner_texts() == ["repaired"]
    assert row.locator(".kind").inner_text().lower() == "article"
    assert row.locator("a.title").get_attribute("href") == f"{base}articles/inquiry/index.html#:~:text=repaired"


def test_a_folded_article_shows_its_warning_and_none_of_its_words(page: Page, base: str) -> None:
    """Neither its title nor what was found in it; nor do the files that results are made of hold them."""
    assert "This article reprints a threat." in titles(page, base, "q=police")
    assert "police" not in page.locator("#results").inner_text()
    folded = page.locator("#results > li", has_text="reprints a threat").first
    assert "marked sensitive" in folded.locator(".meta").inner_text()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_form_is_no_wider_than_its_page(page: Page, base: str, width: int) -> None:
    """However long the names of publishers are; the button can be reached without scrolling sideways."""
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{base}search/index.html")
    page.wait_for_selector("#search:not([hidden])")
    page.locator("#search select").first.evaluate(
        "s => s.add(new Option('A Society with a Very Long Name '.repeat(9)))"
    )
    room, button = page.locator("main").bounding_box(), page.locator("#search button").bounding_box()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert room and button and button["x"] + button["width"] <= room["x"] + room["width"]


def test_a_broken_index_is_told(page: Page, base: str) -> None:
    """It is not the same as finding nothing."""
    page.route("**/parts.json", lambda route: route.abort())
    page.goto(f"{base}search/index.html?q=dike")
    page.get_by_text("The search index could not be loaded.").wait_for()
    assert page.locator("#without").is_visible()


def test_nothing_is_fetched_before_someone_searches(page: Page, base: str) -> None:
    """Neither Pagefind nor a part of the index is asked for until the words' field is entered."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{base}search/index.html")
    page.wait_for_selector("#search:not([hidden])")
    assert not [url for url in asked if "/pagefind/" in url]
    page.focus("#q")
    for _ in range(300):  # until all five are asked for, however slow the machine is
        if len([url for url in asked if url.endswith(".pf_meta")]) >= 5:
            break
        page.wait_for_timeout(100)
    assert len([url for url in asked if url.endswith(".pf_meta")]) == 5


def test_from_a_folder_on_disk_the_page_leads_to_the_registers(page: Page, browser: Browser, folder: Path) -> None:
    """There search cannot work, and the page says so; it keeps no place for a form that will not come."""
    page.goto((folder / "search/index.html").as_uri())
    assert page.locator(".unavailable").is_visible() and not page.locator("#search").is_visible()
    plain = browser.new_page(java_script_enabled=False)
    plain.goto(page.url)
    assert page.locator("#registers").bounding_box() == plain.locator("#registers").bounding_box()
    plain.close()
