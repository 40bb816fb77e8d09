"""What the style sheet alone does on an article page: margin, folds and layers, in a real browser without scripts."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from builder.render import assets
from builder.render.pages import article
from builder.render.template import open_site
from tests.render import harbour_fixture as sample

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    archive, site = sample.archive(), open_site(sample.CONFIG)
    for renderer in (assets, article):
        for file in renderer.render(archive, site):
            path = root / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
    return root


def opened(browser: object, folder: Path, width: int, place: str = "port-closed", fragment: str = "") -> object:
    page = browser.new_page(viewport={"width": width, "height": 900})  # type: ignore[attr-defined]
    page.goto((folder / "articles" / place / "index.html").as_uri() + fragment)
    return page


def test_the_margin_is_open_beside_the_text_where_there_is_room(browser: object, folder: Path) -> None:
    """On a wide screen a paragraph's notes are visible at its height, and have no switch to tab to."""
    page = opened(browser, folder, 1280)
    paragraph = page.locator("#text > p").first.bounding_box()
    note = page.locator(".margin").first
    box = note.locator("ul").bounding_box()
    assert box["x"] > paragraph["x"] + paragraph["width"] and abs(box["y"] - paragraph["y"]) < 20
    assert note.locator("ul").is_visible() and not note.locator("summary").is_visible()


def test_the_margin_is_folded_on_a_phone(browser: object, folder: Path) -> None:
    """There its summary says what it holds, and opens it."""
    page = opened(browser, folder, 360)
    note = page.locator(".margin").first
    assert not note.locator("ul").is_visible()
    note.locator("summary").click()
    assert note.locator("ul").is_visible()


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
def test_nothing_scrolls_sideways(browser: object, folder: Path, width: int) -> None:
    """At any width the page is as wide as the screen, with everything unfolded too."""
    page = opened(browser, folder, width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_note_lies_on_another(browser: object, folder: Path) -> None:
    """Notes stand one below the other, however much they hold."""
    page = opened(browser, folder, 1280)
    boxes = [note.bounding_box() for note in page.locator(".margin ul").all()]
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"]


def test_a_layer_can_be_switched_off(browser: object, folder: Path) -> None:
    """Without its layer a kind has no underline and no note; the words stay."""
    page = opened(browser, folder, 1280)
    name = page.locator("#e-0")
    assert name.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    page.locator("#layer-entity").uncheck()
    assert name.evaluate("e => getComputedStyle(e).textDecorationLine") == "none"
    assert not page.locator(".of-entity").first.is_visible() and page.locator(".of-time").first.is_visible()


def test_plain_text_is_one_click_away(browser: object, folder: Path) -> None:
    """One switch takes all apparatus away but the warnings."""
    page = opened(browser, folder, 1280)
    page.locator("#layer-plain").check()
    assert not any(e.is_visible() for e in page.locator(".margin ul, .ref").all())
    assert page.locator("#text details.sensitive > summary").is_visible()


def test_only_what_an_editor_checked(browser: object, folder: Path) -> None:
    """The machine's own readings lose their underline and their note."""
    page = opened(browser, folder, 1280)
    page.locator("#layer-confirmed").check()
    line = "e => getComputedStyle(e).textDecorationLine"
    assert page.locator("#q-10").evaluate(line) == "none" and page.locator("#q-11").evaluate(line) == "underline"
    assert not page.locator(".margin a[href='#q-10']").is_visible()
    assert page.locator(".margin a[href='#q-11']").is_visible()
    assert page.locator(".of-quotation:not(.machine) .dot").first.is_visible()  # or two words would run together


@pytest.mark.parametrize(("place", "fragment"), [("port-closed", "#q-13"), ("the-leaflet", "#e-0")])
def test_a_link_into_a_fold_opens_it(browser: object, folder: Path, place: str, fragment: str) -> None:
    """Whoever follows a link to folded words has asked for them."""
    page = opened(browser, folder, 1280, place, fragment)
    page.wait_for_selector(f"{fragment}:target", state="visible")


def test_nothing_stands_alone_at_the_end_of_a_reference_or_a_name(browser: object, folder: Path) -> None:
    """However wide the page: no arrow's end on a line of its own, no count below its name."""
    page = opened(browser, folder, 1280)
    for width in range(320, 420, 9):
        page.set_viewport_size({"width": width, "height": 900})  # type: ignore[attr-defined]
        parts = page.evaluate("[...document.querySelectorAll('.back')].map(e => e.getClientRects().length)")  # type: ignore[attr-defined]
        assert set(parts) == {1}, width
    page.locator(".by-kind dd").first.evaluate("e => e.style.width = '7.2em'")  # type: ignore[attr-defined]
    items, last = "[...document.querySelectorAll('.by-kind li')]", "[...c.getClientRects()].at(-1).bottom"
    bottoms = f"{items}.map(e => [...e.children].map(c => {last}))"
    for name, count in page.evaluate(bottoms):  # type: ignore[attr-defined]
        assert abs(name - count) < 12
