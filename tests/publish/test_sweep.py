"""One look at a published folder tells whether any file in it was touched, wherever it lies."""

from __future__ import annotations

import os
import select
import signal
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from builder.publish.manifest import MANIFEST
from builder.publish.sweep import Sweep, _look, look
from builder.refilling import refilling
from builder.whole import STATES, Whole, state
from builder.work.machine import can_fork

FILES = {"index.html": b"one", "names/a/index.html": b"two", "names/b/index.html": b"two", "names/c/d/x.html": b"six"}
LATER = 1_600_000_000_000_000_000  # a time in nanoseconds


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder as it was published."""
    site = tmp_path / "site"
    for number, (path, content) in enumerate(sorted(FILES.items())):
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        os.utime(file, ns=(LATER + number, LATER + number))
    lines = (f"{sha256(content).hexdigest()}  {path}\n" for path, content in sorted(FILES.items()))
    (site / MANIFEST).write_text("".join(lines), encoding="utf-8")
    return site


def test_the_sum_is_that_of_the_files_states(site: Path) -> None:
    """So that a build can take one out and put another in."""
    states = [
        state(sha256(content).hexdigest(), len(content), (site / path).stat().st_mtime_ns)
        for path, content in FILES.items()
    ]
    assert int.from_bytes(look(site).state) == sum(states) % STATES != 0


def _swap_times(site: Path) -> None:
    one, other = (site / path for path in ("index.html", "names/a/index.html"))
    times = one.stat().st_mtime_ns, other.stat().st_mtime_ns
    for file, at in zip((other, one), times, strict=True):
        os.utime(file, ns=(at, at))


def _link(site: Path, path: str) -> None:
    """What lies there goes elsewhere, just as it is, and a link leads to it."""
    (site / path).rename(site.parent / "elsewhere")
    (site / path).symlink_to(site.parent / "elsewhere")


@pytest.mark.parametrize(
    "touch",
    [
        lambda site: (site / "index.html").write_bytes(b"ONE"),
        lambda site: (site / "names/c/d/x.html").write_bytes(b"seven"),
        lambda site: os.utime(site / "names/b/index.html", ns=(LATER, LATER)),
        lambda site: (site / "names/a/index.html").unlink(),
        _swap_times,
        lambda site: _link(site, "index.html"),
        lambda site: _link(site, "names/c/d"),
        lambda site: _link(site, "names/c"),
        lambda site: _link(site, "names"),
    ],
)
def test_whatever_is_touched_is_noticed(site: Path, touch: Callable[[Path], object]) -> None:
    """Content, time, a file that is gone or behind a link, however far above it that stands."""
    before = look(site)
    assert look(site) == before
    touch(site)
    assert look(site) != before


def test_any_manifest_can_be_looked_at(site: Path) -> None:
    """Somebody may have edited it: its paths and digests may be anything."""
    with (site / MANIFEST).open("ab") as manifest:
        manifest.write(b"no digest  index.html\n\xff\n\n" + b"0" * 64 + b"  a\0b/../c//\n" + b"f" * 64 + b"  /\n")
    assert look(site).manifest == sha256((site / MANIFEST).read_bytes()).hexdigest()
    (site / MANIFEST).unlink()
    assert look(site).manifest == ""


@pytest.fixture
def sweep(site: Path) -> Iterator[Sweep]:
    """A look at it that has begun."""
    with closing(Sweep(site)) as begun:
        yield begun


def test_a_look_beside_the_build_finds_the_same(site: Path, sweep: Sweep) -> None:
    """By another process, where the system has any."""
    assert sweep.found() == look(site)


@pytest.mark.parametrize("of", range(2, 8))
def test_several_processes_share_a_large_site(site: Path, of: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each looks at some of the files, however few there are, and none is passed over or counted twice."""
    monkeypatch.setattr("builder.publish.sweep.LEAST", 1)
    monkeypatch.setattr("builder.publish.sweep.processors", lambda: of)
    with closing(Sweep(site)) as sweep:
        assert len(sweep._children) in (0, of)
        assert sweep.found() == look(site)


def test_a_share_of_the_site_takes_a_share_of_memory(site: Path) -> None:
    """The list of a million files has a hundred megabytes, and there may be as many processes as processors."""
    files = 10_000
    (site / MANIFEST).write_text("".join(f"{number:064}  {number}.html\n" for number in range(files)))
    of = 16
    tracemalloc.start()
    for number in range(1, of):
        _look(site, number, of)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < (site / MANIFEST).stat().st_size


@pytest.mark.skipif(not can_fork(), reason="here nothing goes on beside the build")
def test_a_look_that_is_ended_from_outside_is_taken_anew(site: Path) -> None:
    """A machine that runs out of memory may end any process."""
    with closing(Sweep(site)) as sweep:
        os.kill(sweep._children[-1].process, signal.SIGKILL)
        assert sweep.found() == look(site)


@pytest.fixture
def untold() -> Iterator[None]:
    """Whoever began this process ignores SIGCHLD, as some supervisors do."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGCHLD, before)


@pytest.mark.skipif(not can_fork(), reason="here nothing goes on beside the build")
def test_a_look_ends_also_where_nobody_is_told_of_the_end_of_processes(site: Path, untold: None) -> None:
    """The system forgets them at once, and says that there never were any."""
    for ask in (True, False):
        with closing(Sweep(site)) as sweep:
            select.select([sweep._children[-1].receive], (), ())
            if ask:
                assert sweep.found() == look(site)


@pytest.mark.skipif(not can_fork(), reason="here nothing goes on beside the build")
@pytest.mark.parametrize("refused", [1, 2, 3])
def test_where_no_process_can_be_had_this_one_looks(site: Path, refused: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is anything left behind, since “glossator serve” builds for weeks."""
    begun, fork, there = list[int](), os.fork, set(Path("/dev/fd").iterdir())

    def refuse() -> int:
        if len(begun) == refused - 1:
            raise BlockingIOError
        begun.append(process := fork())
        return process

    monkeypatch.setattr("builder.publish.sweep.LEAST", 1)
    monkeypatch.setattr("builder.publish.sweep.processors", lambda: 3)
    monkeypatch.setattr(os, "fork", refuse)
    with closing(Sweep(site)) as sweep:
        assert sweep._children == []
        assert sweep.found() == look(site)
    assert set(Path("/dev/fd").iterdir()) == there
    for process in begun:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


def test_a_look_that_began_before_another_build_published_is_not_used(site: Path, sweep: Sweep, tmp_path: Path) -> None:
    """It begins before the archive is locked, so another build may end meanwhile."""
    with refilling(tmp_path / "work", site, sweep) as filled:
        assert filled.found() == look(site)
    new = (site / MANIFEST).read_bytes() + b"0" * 64 + b"  new.html\n"
    begun = Sweep(site)
    for child in begun._children:
        select.select([child.receive], (), ())  # it has looked
    (site / MANIFEST).write_bytes(new)
    with refilling(tmp_path / "work", site, begun) as filled:
        assert filled.found() == look(site)


@pytest.mark.skipif(not can_fork(), reason="here nothing goes on beside the build")
def test_ctrl_c_is_answered_by_the_first_process_alone(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal tells every process of it; the others look on, until they are ended."""

    def slowly(*share: Any) -> Whole:
        time.sleep(0.5)
        return _look(*share)

    expected = look(site)
    monkeypatch.setattr("builder.publish.sweep._look", slowly)
    monkeypatch.setattr("builder.publish.sweep.look", lambda output: pytest.fail("a look was ended"))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored, where tests run in the background
    try:
        with closing(Sweep(site)) as sweep:
            time.sleep(0.1)  # Python forgets signals of the moment in which it forked
            for child in sweep._children:
                os.kill(child.process, signal.SIGINT)
            assert sweep.found() == expected
    finally:
        signal.signal(signal.SIGINT, handler)
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == mask
