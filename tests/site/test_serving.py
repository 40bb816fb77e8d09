"""`glossator serve` as an editor has it running: it is saved, looked at, saved again, and stopped."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

import pytest

from tests.conftest import Trial

TEXT = "The harbour was {} on Monday, Karin Brandt said.\n\nKarin Brandt left Hamburg."
PAGE = "articles/one/index.html"
posix = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise")


def save(trial: Trial, word: str) -> None:
    trial.article("one", TEXT.format(word), published="2019-06-05")


@contextmanager
def serving(trial: Trial) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program at work, and the address it serves at."""
    command = [sys.executable, "-u", "-m", "builder", "serve", "--port", "0", "-C", str(trial.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as program:
        try:
            assert program.stdout
            address = said(program.stdout, "Serving ").split()[1]
            time.sleep(2)  # it begins to watch a moment after it says where it serves
            yield program, address
        finally:
            program.kill()


def said(lines: IO[str], what: str) -> str:
    """The next line that says it."""
    told = []
    for line in lines:
        told.append(line)
        if what in line:
            return line
    raise AssertionError("".join(told))


def served(address: str) -> str:
    with urllib.request.urlopen(address + "articles/one/", timeout=30) as reply:
        body: bytes = reply.read()
    return body.decode()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def whole(trial: Trial) -> dict[str, bytes]:
    """The published files; each is as the manifest says."""
    files = trial.files()
    lines = files["manifest-sha256.txt"].decode().splitlines()
    assert {path: digest for digest, path in (line.split("  ") for line in lines)} == {
        path: hashlib.sha256(content).hexdigest() for path, content in files.items() if path != "manifest-sha256.txt"
    }
    return files


@posix
def test_what_was_saved_last_is_served_and_published(trial: Trial, make_trial: Callable[[str], Trial]) -> None:
    """Saved while the site is made of what was saved before, or after a mistake, with which nothing changes.

    In the end that is published which a clean build makes.
    """
    save(trial, "quiet")
    with serving(trial) as (program, address):
        assert program.stdout
        trial.write("content/articles/one.md", "---\ntitle: [\n---\nThe harbour was odd.\n")
        said(program.stdout, "problem")
        assert "quiet" in served(address)
        assert b"quiet" in whole(trial)[PAGE]
        save(trial, "noisy")
        said(program.stdout, "pages to be seen after")
        save(trial, "crowded")
        until(lambda: "crowded" in served(address))
        until(lambda: b"crowded" in (trial.site / PAGE).read_bytes())
        for _ in ("noisy", "crowded"):
            said(program.stdout, "files written")
        program.send_signal(signal.SIGINT)
        assert program.wait(30) is not None
    clean = make_trial("clean")
    save(clean, "crowded")
    clean.build()
    assert whole(trial) == whole(clean)


@posix
def test_ctrl_c_while_pages_are_served_ahead_leaves_the_published_site_whole(trial: Trial) -> None:
    save(trial, "quiet")
    with serving(trial) as (program, _):
        assert program.stdout
        before = whole(trial)
        save(trial, "noisy")
        said(program.stdout, "pages to be seen after")
        program.send_signal(signal.SIGINT)
        program.wait(30)
    after = whole(trial)
    assert after == before or b"noisy" in after[PAGE]
    trial.build()
    assert b"noisy" in whole(trial)[PAGE]
