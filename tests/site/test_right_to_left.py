"""An archive in Arabic with one English article reads from right to left, and each article its own way."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from builder.render import catalogue
from builder.render.template import packaged_templates
from tests.conftest import Trial

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARABIC, ENGLISH = "articles/hariq/index.html", "articles/harbour/index.html"
PHYSICAL = re.compile(
    r"(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right)|left|right|float)\s*:"
    r"|(?:margin|padding):(?: [^\s;]+){4};"
)


@pytest.fixture(scope="module")
def archive(make_trial: Callable[[str], Trial]) -> Trial:
    trial = make_trial("rtl")
    shutil.copytree(Path(__file__).parent / "rtl" / "content", trial.root / "content", dirs_exist_ok=True)
    trial.build()
    return trial


def opened(browser: Browser, archive: Trial, path: str, width: int = 1280) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((archive.site / path).as_uri())
    return page


def left(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"]


def test_every_page_says_its_language_and_direction(archive: Trial) -> None:
    """`lang` and `dir` stand on the root of every page."""
    for path in archive.site.rglob("*.html"):
        root = BeautifulSoup(path.read_bytes(), "html.parser").html
        assert root and (root["lang"], root["dir"]) == ("ar", "rtl")


def test_words_of_the_interface_say_that_they_are_english(archive: Trial) -> None:
    """There is no Arabic catalogue: a screen reader is told so at each English word, and each runs its own way."""
    with catalogue.path("de").open("rb") as file:
        said = [form for m in read_po(file) if m.id for form in ([m.id] if isinstance(m.id, str) else m.id)]
    plain = [re.sub(r"<[^>]+>|%%", "", message) for message in said]
    plain = [m for m in plain if re.search(r"[a-z]{3,}", re.sub(r"%\(\w+\)s", "", m))]
    known = re.compile("|".join(".+".join(map(re.escape, re.split(r"%\(\w+\)s", message))) for message in plain))
    wrong = []
    for path in archive.site.rglob("*.html"):
        page = BeautifulSoup(path.read_bytes(), "html.parser")
        for words in page.body.find_all(string=lambda text: known.fullmatch(text.strip(" ,·:;().\n"))):
            marked = words.find_parent(lang=True)
            if marked["lang"] != "en" and words.find_parent("svg") is None:
                wrong.append((path.relative_to(archive.site).as_posix(), str(words)[:80]))
    assert wrong == []


def test_an_article_in_another_language_says_so(archive: Trial) -> None:
    """Its title and text go their own way; the notes in its margin are the page's."""
    page = BeautifulSoup((archive.site / ENGLISH).read_bytes(), "html.parser")
    for element, said in ((page.h1, ("en", "ltr")), (page.find(id="text"), ("en", "ltr"))):
        assert element and (element["lang"], element["dir"]) == said
    assert [(note["lang"], note["dir"]) for note in page.select("#text .margin")] == [("ar", "rtl")]
    own = BeautifulSoup((archive.site / ARABIC).read_bytes(), "html.parser").find(id="text")
    assert own and not own.has_attr("dir")


def test_a_cited_date_keeps_its_order_among_arabic_words(archive: Trial) -> None:
    """Day and month would change places beside letters of the other direction, so the date stands by itself."""
    cited = [BeautifulSoup((archive.site / path).read_bytes(), "html.parser") for path in (ARABIC, ENGLISH)]
    arabic, english = (page.select_one(".citation-line").get_text() for page in cited)
    assert "\u20684\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2019\u2069" in arabic and "\u2068" not in english


def test_the_style_sheet_knows_no_left_and_no_right() -> None:
    """Space and rules follow the direction of writing, without a second sheet."""
    for sheet in (packaged_templates() / "assets/css").rglob("*.css"):
        assert PHYSICAL.findall(sheet.read_text("utf-8")) == [], sheet.name


@pytest.mark.browser
def test_the_margin_stands_to_the_left_of_an_arabic_text(browser: Browser, archive: Trial) -> None:
    """The page is mirrored: title on the right, apparatus on the left."""
    page = opened(browser, archive, ARABIC)
    assert left(page, ".margin ul") < left(page, "#text > p")
    assert left(page, "header.site nav") < left(page, ".site-title a")


@pytest.mark.browser
def test_a_date_in_english_keeps_its_order(browser: Browser, archive: Trial) -> None:
    """Where the interface has no Arabic words, its English ones are still read from left to right."""
    page = opened(browser, archive, ARABIC)
    day, month = (
        page.evaluate(
            """part => {
              const node = document.querySelector('.provenance .date').firstChild, range = document.createRange();
              const at = node.textContent.indexOf(part);
              range.setStart(node, at);
              range.setEnd(node, at + part.length);
              return range.getBoundingClientRect().left;
            }""",
            part,
        )
        for part in ("4", "June")
    )
    assert day < month


@pytest.mark.browser
@pytest.mark.parametrize("path", ["index.html", ARABIC, ENGLISH, "chronology/index.html", "quotations/index.html"])
def test_a_mirrored_page_fits_320_pixels(browser: Browser, archive: Trial, path: str) -> None:
    """Nothing scrolls sideways to the left either."""
    page = opened(browser, archive, path, 320)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
