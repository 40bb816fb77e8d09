"""`serve` shows the published folder on the loopback address, and tells open pages when it changed."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder import serve


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "secret.html").write_text("secret")
    folder = tmp_path / "site"
    (folder / "a").mkdir(parents=True)
    (folder / "a/index.html").write_text("<!doctype html><title>A</title><body>page</body>")
    (folder / "data.json").write_text("[]")
    (folder / "404.html").write_text("not here")
    return folder


@pytest.fixture
def changes() -> serve.Changes:
    return serve.Changes()


@pytest.fixture
def address(site: Path, changes: serve.Changes) -> Iterator[str]:
    with serve.server(site, 0, changes) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        assert running.server_address[0] == "127.0.0.1"
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as reply:
        body: bytes = reply.read()
    return body.decode()


def test_the_served_page_reloads_itself_and_the_published_one_knows_nothing_of_it(address: str, site: Path) -> None:
    assert '<script src="/.glossator/reload.js"></script></body>' in get(f"{address}/a/")
    assert "script" not in (site / "a/index.html").read_text()
    assert get(f"{address}/data.json") == "[]"


def test_a_waiting_page_hears_of_a_new_build(address: str, changes: serve.Changes) -> None:
    seen = get(f"{address}/.glossator/changes?since=null")
    threading.Timer(0.2, changes.announce).start()
    assert get(f"{address}/.glossator/changes?since={seen}") != seen


def test_a_missing_page_is_the_archives_own_404(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(f"{address}/nowhere/")
    assert (caught.value.code, caught.value.read()) == (404, b"not here")


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.html", "/a/../../secret.html", "/..%2fsecret.txt"])
def test_nothing_outside_the_folder_is_served(address: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(address + path)
    assert caught.value.code == 404


def test_a_saved_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    stop = threading.Event()
    threading.Timer(1.0, lambda: (tmp_path / "content/a.md").write_text("x")).start()
    threading.Timer(20.0, stop.set).start()
    assert next(serve.changed(tmp_path, stop)) == ["content/a.md"]
    stop.set()
