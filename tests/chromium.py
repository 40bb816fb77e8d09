"""A real browser for tests: Debian's Chromium through Playwright. Without one they are skipped, but never in CI."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def missing(what: str) -> NoReturn:
    """Skips with the reason; in CI, where everything must be there, fails."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(what)


def launched() -> Iterator[Browser]:
    """The body of a fixture: one browser for all tests that ask for it."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("no Chromium here: set CHROMIUM to its path")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("Playwright is not installed")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


class _Strict(http.server.SimpleHTTPRequestHandler):
    """Sends every page with the strictest policy it should live with; only search may run WebAssembly and workers."""

    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    )
    elsewhere = "script-src 'self'; require-trusted-types-for 'script'"
    searching = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"

    def __init__(self, *args: Any, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self.prefix))

    def end_headers(self) -> None:
        search = self.path.startswith((f"{self.prefix}/search/", f"{self.prefix}/pagefind/"))
        self.send_header("Content-Security-Policy", self.policy + (self.searching if search else self.elsewhere))
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def served(folder: Path, prefix: str = "") -> Iterator[str]:
    """A static host for a built site, on this machine only; gives its address, with a slash at the end."""
    handler = functools.partial(_Strict, directory=str(folder), prefix=prefix)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}/"
    finally:
        server.shutdown()
        server.server_close()
