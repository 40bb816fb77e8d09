"""An editor who saves a word sees it in the open page while the rest of the site is still being made."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from builder import pipeline, serve
from tests.conftest import Trial

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
TEXT = "The harbour was {} on Monday, Karin Brandt said.\n\nKarin Brandt left Hamburg."
LOADED = "document.documentElement.dataset.loaded = 'before'"
STILL_LOADED = "document.documentElement.dataset.loaded === 'before'"


class Desk:
    """An archive that is served, and built anew in another thread; data files wait until `go` is set."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.view = serve.View(trial.site)
        self.go = threading.Event()

    def save(self, word: str) -> threading.Thread:
        self.trial.article("one", TEXT.format(word), published="2019-06-05")
        building = threading.Thread(target=self._build)
        building.start()
        return building

    def _build(self) -> None:
        built = False
        with suppress(OSError):
            built = bool(pipeline.build(self.trial.root, ahead=self._ahead))
        self.view.settle(built)

    def _ahead(self, files: Mapping[str, str]) -> None:
        self.view.show(files)
        self.go.wait(60)


@pytest.fixture
def desk(trial: Trial) -> Desk:
    trial.article("one", TEXT.format("quiet"), published="2019-06-05")
    trial.build()
    return Desk(trial)


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    with serve.server(desk.view, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def served(address: str, path: str) -> bytes:
    with urllib.request.urlopen(f"{address}/{path}", timeout=10) as reply:
        body: bytes = reply.read()
    return body.replace(serve.TAG, b"</body>", 1)


def test_a_saved_word_is_seen_before_the_site_is_published(desk: Desk, address: str, page: Page) -> None:
    """What is seen is what is published then, and an open page is not loaded a second time for it."""
    page.goto(f"{address}/articles/one/")
    building = desk.save("noisy")
    page.locator("#text", has_text="The harbour was noisy").wait_for()
    before = desk.trial.files()
    assert b"quiet" in before["articles/one/index.html"]
    assert b"quiet" in served(address, "data/articles.jsonl")
    page.evaluate(LOADED)
    desk.go.set()
    building.join()
    published = desk.trial.files()
    assert b"noisy" in published["articles/one/index.html"]
    assert {path: served(address, path) for path in published} == published
    page.wait_for_timeout(500)
    assert page.evaluate(STILL_LOADED)


def test_an_open_search_is_loaded_anew_when_its_index_is_published(desk: Desk, address: str, page: Page) -> None:
    page.goto(f"{address}/search/")
    page.evaluate(LOADED)
    building = desk.save("noisy")
    page.wait_for_timeout(1000)
    assert page.evaluate(STILL_LOADED)
    desk.go.set()
    building.join()
    page.wait_for_function(f"!({STILL_LOADED})")


def test_a_build_that_fails_after_its_pages_were_seen_takes_them_back(
    desk: Desk, address: str, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    page.goto(f"{address}/articles/one/")
    building = desk.save("noisy")
    page.locator("#text", has_text="The harbour was noisy").wait_for()
    monkeypatch.setattr("builder.publish.change.commit", full)
    desk.go.set()
    page.locator("#text", has_text="The harbour was quiet").wait_for()
    building.join()
    assert b"quiet" in served(address, "articles/one/")
