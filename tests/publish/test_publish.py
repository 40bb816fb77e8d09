"""Publishing writes what changed, all of it or nothing, and leaves alone what is not its own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder import publish
from builder.model.output import OutputFile
from builder.problems import Problems


def files(**contents: str) -> list[OutputFile]:
    return [OutputFile(name.replace("__", "/") + ".html", text.encode()) for name, text in contents.items()]


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "site", tmp_path / ".glossator"


def test_the_manifest_gives_the_hash_of_every_file(places: tuple[Path, Path]) -> None:
    publish.publish(files(a="one", b__c="two"), *places)
    assert (places[0] / "manifest-sha256.txt").read_text() == (
        f"{hashlib.sha256(b'one').hexdigest()}  a.html\n{hashlib.sha256(b'two').hexdigest()}  b/c.html\n"
    )


def test_a_second_time_nothing_is_written_and_times_stay(places: tuple[Path, Path]) -> None:
    publish.publish(files(a="one"), *places)
    os.utime(places[0] / "a.html", (1, 1))
    assert publish.publish(files(a="one"), *places) == publish.Published(written=0, removed=0, unchanged=2)
    assert (places[0] / "a.html").stat().st_mtime == 1


def test_what_is_no_longer_made_goes_and_what_others_put_there_stays(places: tuple[Path, Path]) -> None:
    publish.publish(files(a="one", old__b="two"), *places)
    (places[0] / "CNAME").write_text("example.org")
    assert publish.publish(files(a="one"), *places).removed == 1
    assert not (places[0] / "old").exists()
    assert (places[0] / "CNAME").read_text() == "example.org"


def test_a_file_changed_behind_our_back_is_restored(places: tuple[Path, Path]) -> None:
    publish.publish(files(a="one"), *places)
    (places[0] / "a.html").write_text("defaced")
    publish.publish(files(a="one"), *places)
    assert (places[0] / "a.html").read_text() == "one"


def test_an_error_half_way_leaves_the_published_site_as_it_was(places: tuple[Path, Path]) -> None:
    publish.publish(files(a="one", b="two"), *places)

    def failing() -> Iterator[OutputFile]:
        yield OutputFile("a.html", b"new")
        raise Problems([])

    with pytest.raises(Problems):
        publish.publish(failing(), *places)
    assert (places[0] / "a.html").read_text() == "one"


def test_a_kill_while_files_are_moved_is_carried_through_by_the_next_run(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(files(a="one", b="two", c="three"), *places)
    moved = 0
    replace = Path.replace

    def dies(self: Path, target: Path) -> Path:
        nonlocal moved
        moved += target.parent == places[0]
        if moved == 2:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "replace", dies)
        publish.publish(files(a="new one", b="new two"), *places)
    publish.carry_through(places[1], places[0])
    assert {p.name: p.read_text() for p in places[0].glob("*.html")} == {"a.html": "new one", "b.html": "new two"}


@pytest.mark.parametrize("path", ["../x.html", "/etc/x", "a/../../x", "", "a\\..\\x"])
def test_no_path_leaves_the_published_folder(places: tuple[Path, Path], path: str) -> None:
    with pytest.raises(Problems, match="would leave the published folder"):
        publish.publish([OutputFile(path, b"")], *places)


def test_two_files_at_one_path_are_refused(places: tuple[Path, Path]) -> None:
    with pytest.raises(Problems, match="two pages would be written to one file"):
        publish.publish([OutputFile("a", b"1"), OutputFile("a", b"2")], *places)
