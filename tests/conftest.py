"""What many tests need: a tiny archive on disk, and the way to build it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from builder import pipeline
from tests.chromium import launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# A shell that starts the tests in the background has them ignore Ctrl-C, and with them every program they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED = CHECKOUT.parent / "shared"


# The same examples on every run: what fails in CI fails on every desk. HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


class Trial:
    """An archive in a temporary folder, written and built by a test."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / "site"
        self.write("content/archive.toml", 'title = "Trial"\nbase_url = "https://example.org/trial"\n')

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def article(self, slug: str, text: str, **front: str) -> Path:
        keys = {"title": f"About {slug}", **front}
        matter = "".join(f"{k}: {json.dumps(v)}\n" for k, v in keys.items())
        return self.write(f"content/articles/{slug}.md", f"---\n{matter}---\n{text}\n")

    def build(self) -> pipeline.Built:
        return pipeline.build(self.root)

    def lines(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.site / "data" / name).read_text("utf-8").splitlines()]

    def records(self, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((self.site / "data" / name).read_text("utf-8"))
        return found

    def files(self) -> dict[str, bytes]:
        return {p.relative_to(self.site).as_posix(): p.read_bytes() for p in self.site.rglob("*") if p.is_file()}


def leaves_nobody(command: list[str], says: bytes, env: dict[str, str] | None = None) -> bool:
    """Whether a program that is killed when it has written a line leaves no process behind that writes for it."""
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, start_new_session=True) as first:
        try:
            assert first.stdout
            assert first.stdout.readline() == says
            first.kill()
            return _ended(first.stdout)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(first.pid, signal.SIGKILL)


def _ended(pipe: IO[bytes], seconds: float = 30) -> bool:
    """Whether all processes that write to a pipe are gone before long."""
    until = time.monotonic() + seconds
    while select.select([pipe], [], [], max(0.0, until - time.monotonic()))[0]:
        if not os.read(pipe.fileno(), 65536):
            return True
    return False


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path / "archive")


@pytest.fixture(scope="session")
def make_trial(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Trial]:
    """For archives that several tests of a module look at and none changes."""
    return lambda name: Trial(tmp_path_factory.mktemp(name) / "archive")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none, what asks for it is skipped, but never in CI."""
    yield from launched()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page."""
    made = browser.new_page()
    yield made
    made.close()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The two real articles beside the checkout; they are not part of the project."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the two seed articles are not beside the checkout (../shared/seeds)")
    return folder
