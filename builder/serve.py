"""The published folder on 127.0.0.1, rebuilt when content or templates change; open pages reload themselves.

Pages that a build has made are served before it publishes them: data files, which hold the whole archive, take longer.
Only the served copy of a page carries the reload script: nothing of it is in the published files.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch

from builder.problems import Problem, Problems

MOMENT = 1000  # milliseconds without a change
WAIT = 20  # seconds a page waits for news before it asks again
SCRIPT = b"""(async () => {
  const of = location.pathname.startsWith("/search/") ? "data" : "pages";
  let seen = null;
  for (;;) {
    try {
      const reply = await fetch("/.glossator/" + of + "?since=" + seen);
      const now = await reply.text();
      if (seen !== null && now !== seen) return location.reload();
      seen = now;
    } catch { await new Promise(wake => setTimeout(wake, 1000)); }
  }
})();
"""
Rebuild = Callable[[list[str], Callable[[Mapping[str, str]], None]], bool]
HERE = ("127.0.0.1", "localhost", "[::1]")
NOWHERE = "\N{REPLACEMENT CHARACTER}"
TAG = b'<script src="/.glossator/reload.js"></script></body>'


class Changes:
    """Counts builds, and lets requests wait for the next one."""

    def __init__(self) -> None:
        self._count = 0
        self._news = threading.Condition()

    def announce(self) -> None:
        """Tells every open page that something changed."""
        with self._news:
            self._count += 1
            self._news.notify_all()

    def after(self, seen: str) -> str:
        """Gives the count once it differs from `seen`, or after WAIT seconds."""
        with self._news:
            self._news.wait_for(lambda: str(self._count) != seen, WAIT)
            return str(self._count)


class View:
    """What is served: the published folder, and in the place of its files those that a build has made ahead of it.

    `pages` tells open pages of a change, `data` the search, which reads files that are published after the pages.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages, self.data = Changes(), Changes()
        self._ahead: Mapping[str, str] = {}

    def show(self, ahead: Mapping[str, str]) -> None:
        """Serves files that wait to be published, given by path: these and no others."""
        is_news = bool(ahead or self._ahead)
        self._ahead = ahead
        if is_news:
            self.pages.announce()

    def settle(self, published: bool) -> None:
        """Serves what is published, and nothing else: the build has ended, well or not."""
        was_ahead, self._ahead = bool(self._ahead), {}
        if was_ahead != published:
            self.pages.announce()
        if published:
            self.data.announce()

    def ahead(self, path: str) -> bytes | None:
        """The file that is made and waits to be published; None where none does, or no longer."""
        if (file := self._ahead.get(path)) is not None:
            with suppress(OSError):  # it was moved to its place a moment ago
                return Path(file).read_bytes()
        return None

    def page(self, path: str) -> bytes | None:
        """The page at this path, from the root."""
        found = self.ahead(path)
        if found is None and (self.folder / path).is_file():
            found = (self.folder / path).read_bytes()
        return found


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Quiet when a browser hangs up; a defect is still told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(SimpleHTTPRequestHandler):
    """Answers with the files of the view; pages carry the reload script."""

    def __init__(self, view: View, *args: Any) -> None:
        self.view, self.folder = view, view.folder
        super().__init__(*args, directory=str(view.folder))

    def parse_request(self) -> bool:
        """Refuses a page of elsewhere that has its own name lead here: it could read what is not published yet."""
        understood = super().parse_request()
        if understood and not _is_here(self.headers.get("Host", HERE[0])):
            self.send_error(421)
            return False
        return understood

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/.glossator/reload.js":
            self._send(SCRIPT, "text/javascript")
        elif news := {"/.glossator/pages": self.view.pages, "/.glossator/data": self.view.data}.get(path):
            self._send(news.after(self.path.partition("since=")[2]).encode(), "text/plain")
        elif path.endswith(("/", ".html")) and (page := self.view.page(self._file(path))) is not None:
            self._send(page.replace(b"</body>", TAG, 1), "text/html; charset=utf-8")
        elif (made := self.view.ahead(self._file(path))) is not None:
            self._send(made, self.guess_type(path))
        else:
            super().do_GET()

    def _file(self, path: str) -> str:
        """The path, from the root, of the file that is asked for."""
        place = self.translate_path(f"{path}index.html" if path.endswith("/") else path)
        return Path(place).relative_to(self.folder).as_posix()

    def translate_path(self, path: str) -> str:
        """The file a path names; one that is nowhere for a path with NUL in it, or that leaves the folder by a link."""
        place = super().translate_path(path).replace("\0", NOWHERE)
        inside = Path(place).resolve().is_relative_to(self.folder.resolve())
        return place if inside else str(self.folder / NOWHERE)

    def list_directory(self, path: Any) -> None:
        """No listing: no host of a static site shows one."""
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code == 404 and (missing := self.view.page("404.html")) is not None:
            self._send(missing, "text/html; charset=utf-8", 404)
        else:
            super().send_error(code, message, explain)

    def _send(self, body: bytes, type_: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the terminal is for builds and problems."""


def server(view: View, port: int) -> ThreadingHTTPServer:
    """Makes the server, bound to the loopback address only; port 0 takes a free one. Raises Problems."""
    try:
        return _Server(("127.0.0.1", port), partial(Handler, view))
    except OSError as error:
        hint = "Choose another with --port, or --port 0 for any free one."
        raise Problems([Problem(f"port {port}", f"cannot be served on: {error.strerror}", hint)]) from None


def _rest() -> None:
    """What the process keeps, such as a language model, need not be looked through in the midst of the next build."""
    gc.collect()
    gc.freeze()


def _is_here(host: str) -> bool:
    return host.rsplit(":", 1)[0] in HERE or host in HERE


def changed(
    root: Path, stop: threading.Event | None = None, idle: Callable[[], None] | None = None
) -> Iterator[list[str]]:
    """Yields, each time an editor saves, the paths that changed in content/ and templates/, from the root.

    `idle` is called once, when nothing has changed for a moment; what changes meanwhile is not missed.
    """
    folders = [root / name for name in ("content", "templates") if (root / name).is_dir()]
    for batch in watch(*folders, stop_event=stop, rust_timeout=MOMENT, yield_on_timeout=True, raise_interrupt=False):
        if batch:
            yield sorted({_shown(root, Path(path)) for _, path in batch})
        elif idle:
            idle()
            idle = None


def _shown(root: Path, path: Path) -> str:
    """From the archive, or in full where content/ is a link to elsewhere."""
    here = root.resolve()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def run(
    root: Path, output: Path, port: int, rebuild: Rebuild, ready: Callable[[str], None], idle: Callable[[], None]
) -> None:
    """Serves until interrupted; `rebuild` is called with what changed and says whether the site is new.

    It calls the function it is given too, once pages are made, with where they wait to be published. `idle` is called
    once, while there is nothing else to do.
    """
    view = View(output)
    with server(view, port) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        ready(f"http://127.0.0.1:{running.server_address[1]}/")
        for paths in changed(root.resolve(), idle=idle):
            view.settle(rebuild(paths, view.show))
            _rest()
        running.shutdown()
