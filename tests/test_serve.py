"""`serve` shows the published folder on the loopback address, and tells open pages when it changed."""

from __future__ import annotations

import http.client
import re
import socket
import struct
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import pipeline, serve
from builder.cli import main
from builder.pipeline import Built
from builder.problems import Problems
from builder.publish import Published
from builder.reading import Workforce
from tests.conftest import Trial


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
def view(site: Path) -> serve.View:
    return serve.View(site)


@pytest.fixture
def address(view: serve.View) -> Iterator[str]:
    with serve.server(view, 0) as running:
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


@pytest.mark.parametrize("what", ["pages", "data"])
def test_a_waiting_page_hears_of_a_new_build(address: str, view: serve.View, what: str) -> None:
    seen = get(f"{address}/.glossator/{what}?since=null")
    threading.Timer(0.2, view.settle, [True]).start()
    assert get(f"{address}/.glossator/{what}?since={seen}") != seen


@pytest.fixture
def ahead(tmp_path: Path) -> dict[str, str]:
    """Files that a build has made and not yet published."""
    (tmp_path / "staged").mkdir()
    found = {
        "a/index.html": "<body>new</body>",
        "b/index.html": "<body>more</body>",
        "404.html": "no",
        "card.svg": "<>",
    }
    for number, text in enumerate(found.values()):
        (tmp_path / f"staged/{number}").write_text(text)
    return {path: str(tmp_path / f"staged/{number}") for number, path in enumerate(found)}


def test_a_page_is_served_before_it_is_published(
    address: str, view: serve.View, site: Path, ahead: dict[str, str]
) -> None:
    view.show(ahead)
    assert get(f"{address}/a/") == '<body>new<script src="/.glossator/reload.js"></script></body>'
    assert "more" in get(f"{address}/b/index.html")
    assert get(f"{address}/card.svg?v=1") == "<>"
    assert view.page("404.html") == b"no"
    assert (site / "a/index.html").read_text().endswith("page</body>")


def test_a_page_that_has_just_gone_to_its_place_is_served_from_there(
    address: str, view: serve.View, ahead: dict[str, str]
) -> None:
    view.show(ahead)
    Path(ahead["a/index.html"]).unlink()
    assert "page" in get(f"{address}/a/")


@pytest.mark.parametrize("published", [True, False])
def test_when_a_build_has_ended_what_is_published_is_served(
    address: str, view: serve.View, ahead: dict[str, str], published: bool
) -> None:
    """Where it came to nothing, open pages are told to go back."""
    view.show(ahead)
    shown = view.pages.after("")
    view.settle(published)
    assert "page" in get(f"{address}/a/")
    assert (view.pages.after("") == shown) == published


@pytest.mark.parametrize(("files", "published", "told"), [(True, True, 1), (False, True, 1), (False, False, 0)])
def test_open_pages_are_told_once_of_what_changed(
    view: serve.View, ahead: dict[str, str], files: bool, published: bool, told: int
) -> None:
    """When pages are made; where none was, when the rest is published."""
    view.show(ahead if files else {})
    view.settle(published)
    assert view.pages.after("") == str(told)
    assert view.data.after("") == str(int(published))


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


def test_when_nothing_changes_there_is_time_for_something_else_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what changes meanwhile is noticed."""
    monkeypatch.setattr(serve, "MOMENT", 200)
    (tmp_path / "content").mkdir()
    done: list[str] = []

    def idle() -> None:
        done.append("idle")
        (tmp_path / "content/a.md").write_text("x")
        time.sleep(0.2)

    stop = threading.Event()
    threading.Timer(20.0, stop.set).start()
    seen = serve.changed(tmp_path, stop, idle)
    assert next(seen) == ["content/a.md"]
    threading.Timer(1.0, lambda: (tmp_path / "content/b.md").write_text("x")).start()
    assert next(seen) == ["content/b.md"]
    assert done == ["idle"]
    stop.set()


def test_a_model_that_cannot_be_loaded_ahead_is_told_when_a_text_is_to_be_read(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(root: Path, output: Path, port: int, rebuild: object, ready: object, idle: Callable[[], None]) -> None:
        trial.write("content/archive.toml", "title = ")
        idle()

    trial.article("one", "The harbour was quiet.")
    monkeypatch.setattr(serve, "run", run)
    CliRunner().invoke(main, ["serve", "-C", str(trial.root)], catch_exceptions=False)


@pytest.mark.parametrize(
    "path", ["/a/index.html/", "/data/", "/%00", "/%00.html", "/way/secret.html", "/way/secret.txt"]
)
def test_what_no_static_host_would_show_is_missing(address: str, site: Path, path: str) -> None:
    """No listing of a folder, no page below a page, nothing through a link out of the folder."""
    (site / "data").mkdir()
    (site / "way").symlink_to(site.parent)
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(address + path)
    assert caught.value.code == 404


@pytest.mark.parametrize(("host", "status"), [("localhost:1", 200), ("[::1]", 200), ("example.org", 421), ("", 421)])
def test_another_name_that_leads_here_is_refused(address: str, host: str, status: int) -> None:
    """A page of elsewhere could give its own name this address, and read what is not published yet."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.putrequest("GET", "/a/", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    assert connection.getresponse().status == status
    connection.close()


def test_a_port_in_use_is_told_with_a_way_out(address: str, view: serve.View) -> None:
    with pytest.raises(Problems, match=r"cannot be served on: .*\n.*--port 0"):
        serve.server(view, int(address.rsplit(":", 1)[1]))


def test_a_browser_that_hangs_up_is_no_news(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    port = int(address.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(b"GET /.glossator/pages?since=0 HTTP/1.1\r\nHost: localhost\r\n")
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    get(f"{address}/a/")
    time.sleep(0.2)
    assert capfd.readouterr().err == ""


def test_a_content_folder_that_is_a_link_is_watched_too(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/content").symlink_to(tmp_path / "elsewhere")
    stop = threading.Event()
    threading.Timer(1.0, lambda: (tmp_path / "elsewhere/a.md").write_text("x")).start()
    threading.Timer(20.0, stop.set).start()
    (changed,) = next(serve.changed(tmp_path / "archive", stop))
    assert changed.endswith("/a.md")
    stop.set()


def test_serving_reads_new_texts_as_building_does(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--jobs`, `--engine` and `--scheduler` hold for the first build and for every one after a change."""
    asked = []

    def build(root: Path, output: Path | None, progress: object, workforce: Workforce, *_: object) -> Built:
        asked.append(workforce)
        return Built(0, 0, Published(0, 0, 0))

    def run(root: Path, output: Path, port: int, rebuild: serve.Rebuild, *_: object) -> None:
        assert rebuild(["content/articles/one.md"], lambda ahead: None)

    monkeypatch.setattr(pipeline, "build", build)
    monkeypatch.setattr(serve, "run", run)
    options = ["--jobs", "3", "--engine", "dask", "--scheduler", "tcp://there:8786"]
    done = CliRunner().invoke(main, ["serve", "-C", str(trial.root), *options], catch_exceptions=False)
    assert done.exit_code == 0
    assert asked == 2 * [Workforce("dask", 3, "tcp://there:8786")]


def test_serving_tells_when_pages_can_be_seen_and_when_all_is_published(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[set[str]] = []

    def run(root: Path, output: Path, port: int, rebuild: serve.Rebuild, *_: object) -> None:
        trial.article("one", "The harbour was noisy.")
        assert rebuild(["content/articles/one.md"], lambda ahead: shown.append(set(ahead)))

    trial.article("one", "The harbour was quiet.")
    monkeypatch.setattr(serve, "run", run)
    done = CliRunner().invoke(main, ["serve", "-C", str(trial.root)], catch_exceptions=False)
    (pages,) = shown
    assert "articles/one/index.html" in pages
    told = r"pages to be seen after [\d.]+ s; the rest follows\n1 articles \(1 read anew\): .* in [\d.]+ s\n"
    assert re.search(told, done.output)
