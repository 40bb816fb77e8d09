"""`serve` shows the published folder on the loopback address, and tells open pages when it changed."""

from __future__ import annotations

import http.client
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


def test_a_port_in_use_is_told_with_a_way_out(address: str, site: Path, changes: serve.Changes) -> None:
    with pytest.raises(Problems, match=r"cannot be served on: .*\n.*--port 0"):
        serve.server(site, int(address.rsplit(":", 1)[1]), changes)


def test_a_browser_that_hangs_up_is_no_news(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    port = int(address.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(b"GET /.glossator/changes?since=0 HTTP/1.1\r\nHost: localhost\r\n")
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

    def build(root: Path, output: Path | None, progress: object, workforce: Workforce) -> Built:
        asked.append(workforce)
        return Built(0, 0, Published(0, 0, 0))

    def run(root: Path, output: Path, port: int, rebuild: Callable[[list[str]], bool], ready: object) -> None:
        assert rebuild(["content/articles/one.md"])

    monkeypatch.setattr(pipeline, "build", build)
    monkeypatch.setattr(serve, "run", run)
    options = ["--jobs", "3", "--engine", "dask", "--scheduler", "tcp://there:8786"]
    done = CliRunner().invoke(main, ["serve", "-C", str(trial.root), *options], catch_exceptions=False)
    assert done.exit_code == 0
    assert asked == 2 * [Workforce("dask", 3, "tcp://there:8786")]
