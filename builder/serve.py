"""The published folder on 127.0.0.1, rebuilt when content or templates change; open pages reload themselves.

Only the served copy of a page carries the reload script: nothing of it is in the published files.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch

WAIT = 20  # seconds a page waits for news before it asks again
SCRIPT = b"""(async () => {
  let seen = null;
  for (;;) {
    try {
      const reply = await fetch("/.glossator/changes?since=" + seen);
      const now = await reply.text();
      if (seen !== null && now !== seen) return location.reload();
      seen = now;
    } catch { await new Promise(wake => setTimeout(wake, 1000)); }
  }
})();
"""
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


def server(folder: Path, port: int, changes: Changes) -> ThreadingHTTPServer:
    """Makes the server, bound to the loopback address only; port 0 takes a free one."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path == "/.glossator/reload.js":
                self._send(SCRIPT, "text/javascript")
            elif path == "/.glossator/changes":
                self._send(changes.after(self.path.partition("since=")[2]).encode(), "text/plain")
            elif (page := _page(folder, self.translate_path(self.path))) is not None and path.endswith(("/", ".html")):
                self._send(page.replace(b"</body>", TAG, 1), "text/html; charset=utf-8")
            else:
                super().do_GET()

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            missing = folder / "404.html"
            if code == 404 and missing.is_file():
                self._send(missing.read_bytes(), "text/html; charset=utf-8", 404)
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

    ThreadingHTTPServer.daemon_threads = True
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def _page(folder: Path, translated: str) -> bytes | None:
    path = Path(translated)
    path = path / "index.html" if path.is_dir() else path
    inside = path.suffix == ".html" and path.resolve().is_relative_to(folder.resolve())
    return path.read_bytes() if inside and path.is_file() else None


def changed(root: Path, stop: threading.Event | None = None) -> Iterator[list[str]]:
    """Yields, each time an editor saves, the paths that changed in content/ and templates/, from the root."""
    folders = [root / name for name in ("content", "templates") if (root / name).is_dir()]
    for batch in watch(*folders, stop_event=stop, raise_interrupt=False):
        yield sorted({Path(path).relative_to(root.resolve()).as_posix() for _, path in batch})


def run(
    root: Path, output: Path, port: int, rebuild: Callable[[list[str]], bool], ready: Callable[[str], None]
) -> None:
    """Serves until interrupted; `rebuild` is called with what changed and says whether the site is new."""
    changes = Changes()
    with server(output, port, changes) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        ready(f"http://127.0.0.1:{running.server_address[1]}/")
        for paths in changed(root.resolve()):
            if rebuild(paths):
                changes.announce()
        running.shutdown()
