"""Publishing writes what changed, all of it or nothing, and leaves alone what is not its own."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from builder import publish
from builder.model.output import OutputFile
from builder.problems import Problems, Unfinished
from builder.publish import stage


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


def note(work: Path, **change: object) -> None:
    work.mkdir(exist_ok=True)
    (work / "change.json").write_text(json.dumps({"output": "site", "moves": [], "removals": [], **change}))


def test_a_kill_at_any_step_ends_in_the_old_site_or_the_new(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever operation on the disk is the last, one more run gives the site a clean build would."""
    steps = left = 0

    def counted(operation: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **options: object) -> object:
            nonlocal steps
            steps += 1
            if steps == left:
                raise KeyboardInterrupt
            return operation(*arguments, **options)

        return step

    for name in ("replace", "rename", "unlink", "rmdir", "write_bytes", "mkdir"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
    monkeypatch.setattr(os, "mkdir", counted(os.mkdir))
    monkeypatch.setattr(stage, "open", counted(open), raising=False)
    before = {"a": "one", "b__c__d": "two", "e": "three"}
    after = {"a": "new", "b__h": "four", "f__g": "five", "f__i__j": "six"}
    expected = ["a.html", "b", "b/h.html", "f", "f/g.html", "f/i", "f/i/j.html"]
    for last in range(1, 200):
        left = 0
        publish.publish(files(**before), *places)
        steps, left = 0, last
        try:
            publish.publish(files(**after), *places)
            break
        except KeyboardInterrupt:
            left = 0
            publish.publish(files(**after), *places)
        there = sorted(p.relative_to(places[0]).as_posix() for p in places[0].rglob("*"))
        assert there == [*expected, "manifest-sha256.txt"], f"killed at step {last}"
        assert list(places[1].iterdir()) == []
    assert last > 15, "every step was tried"


def test_a_first_publication_killed_at_any_step_is_carried_through_or_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where another file came into the folder meanwhile: it stays, and so does what is published beside it."""
    steps = left = 0

    def counted(operation: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **options: object) -> object:
            nonlocal steps
            steps += 1
            if steps == left:
                raise KeyboardInterrupt
            return operation(*arguments, **options)

        return step

    for name in ("replace", "rename", "unlink", "write_bytes", "mkdir"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
    expected = {"a.html", "b", "b/c.html", "b/d", "b/d/e.html", "manifest-sha256.txt"}
    for last in range(1, 100):
        places = tmp_path / f"{last}/site", tmp_path / f"{last}/.glossator"
        os.makedirs(tmp_path / str(last))  # noqa: PTH103
        steps, left = 0, last
        try:
            publish.publish(files(a="one", b__c="two", b__d__e="three"), *places)
            break
        except KeyboardInterrupt:
            left = 0
            os.makedirs(places[0], exist_ok=True)  # noqa: PTH103
            (places[0] / "CNAME").write_text("example.org")
            publish.publish(files(a="one", b__c="two", b__d__e="three"), *places)
        there = {p.relative_to(places[0]).as_posix() for p in places[0].rglob("*")}
        assert there == expected | {"CNAME"}, f"killed at step {last}"
    assert last > 5, "every step was tried"


def test_a_note_edited_by_hand_touches_nothing_outside(places: tuple[Path, Path]) -> None:
    publish.publish(files(a="one"), *places)
    outside = places[0].parent / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    (places[0] / "way").symlink_to(outside)
    removals = ["../outside/kept", str(outside / "kept"), "way/kept", "..\\outside\\kept"]
    note(places[1], moves=["../../x", "/x"], removals=removals)
    publish.publish(files(a="one"), *places)
    assert (outside / "kept").is_file()
    (places[1] / "staging").symlink_to(outside)
    note(places[1], moves=["kept"])
    publish.publish(files(a="one"), *places)
    assert (outside / "kept").is_file()
    assert not (places[0] / "kept").exists()


def test_a_note_of_another_folder_is_told_not_followed(places: tuple[Path, Path]) -> None:
    other = places[0].parent / "other"
    other.mkdir()
    (other / "kept").write_text("kept")
    note(places[1], output=str(other), removals=["kept"])
    with pytest.raises(Problems, match="publishing to this folder was interrupted"):
        publish.publish(files(a="one"), *places)
    assert (other / "kept").is_file()


def test_a_note_that_is_no_note_is_passed_over(places: tuple[Path, Path]) -> None:
    publish.publish(files(a="one"), *places)
    (places[1] / "change.json").write_text("garbage")
    assert publish.publish(files(a="two"), *places).written == 2


def test_a_manifest_edited_by_hand_removes_nothing_outside(places: tuple[Path, Path]) -> None:
    publish.publish(files(a="one"), *places)
    outside = places[0].parent / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    (places[0] / "way").symlink_to(outside)
    with (places[0] / "manifest-sha256.txt").open("ab") as manifest:
        manifest.write(f"00  way/kept\n00  ../outside/kept\n00  {outside}/kept\n".encode() + b"\xff  \x00\n")
        manifest.write(b"00  " + b"x" * 5000 + b"\n")
    publish.publish(files(a="two"), *places)
    assert (outside / "kept").is_file()


def test_a_file_that_is_not_ours_is_not_overwritten(places: tuple[Path, Path]) -> None:
    places[0].mkdir()
    (places[0] / "a.html").write_text("someone's home page")
    with pytest.raises(Problems, match=r"a\.html: is in the way, and not Glossator's"):
        publish.publish(files(a="one", b="two"), *places)
    assert [p.read_text() for p in places[0].iterdir()] == ["someone's home page"]


@pytest.mark.parametrize("obstacle", ["file", "link", "folder"])
def test_what_stands_in_the_way_is_told_before_anything_is_changed(places: tuple[Path, Path], obstacle: str) -> None:
    publish.publish(files(a="one"), *places)
    if obstacle == "file":
        (places[0] / "b").write_text("")
    elif obstacle == "link":
        (places[0] / "b").symlink_to(places[0].parent)
    else:
        (places[0] / "b/c.html").mkdir(parents=True)
    with pytest.raises(Problems, match="is in the way"):
        publish.publish(files(a="two", b__c="new", b__d="new"), *places)
    assert (places[0] / "a.html").read_text() == "one"
    assert not (places[0].parent / "c.html").exists()


def test_another_disk_is_no_obstacle(places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file cannot be moved in one step, its copy is: no reader ever meets half of it. It has the same time."""
    replace = Path.replace
    time = 1_500_000_000_000_000_000

    def across(self: Path, target: Path) -> Path:
        if self.is_relative_to(places[1]) and not target.is_relative_to(places[1]):
            os.utime(self, ns=(time, time))
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return replace(self, target)

    publish.publish(files(a="nothing"), *places)  # a folder that is empty is filled in another way
    monkeypatch.setattr(Path, "replace", across)
    publish.publish(files(a="one", b__c="two"), *places)
    there = sorted(p.relative_to(places[0]).as_posix() for p in places[0].rglob("*") if p.is_file())
    assert there == ["a.html", "b/c.html", "manifest-sha256.txt"]
    assert (places[0] / "a.html").stat().st_mtime_ns == time
    assert (places[0] / "a.html").read_text() == "one"


def test_a_disk_that_refuses_is_told_and_publishing_goes_on_where_it_stopped(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(files(a="one", b="one"), *places)
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "b.html":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        return replace(self, target)

    with monkeypatch.context() as patched, pytest.raises(Unfinished, match=r"b\.html: cannot be published"):
        patched.setattr(Path, "replace", full)
        publish.publish(files(a="two", b="two"), *places)
    assert publish.interrupted(places[1])
    publish.carry_through(places[1], places[0])
    assert {p.read_text() for p in places[0].glob("*.html")} == {"two"}


def test_a_new_folder_appears_whole_and_a_stranger_in_the_stage_stays_behind(places: tuple[Path, Path]) -> None:
    """What no build put there is not published by having lain beside what one did."""
    for path in ("b/one.html", "b/c/two.html", "d/three.html", "d/stranger.html"):
        (places[1] / "staging" / path).parent.mkdir(parents=True, exist_ok=True)
        (places[1] / "staging" / path).write_text(path)
    (places[1] / "staging/b/link").symlink_to(places[1])
    note(places[1], moves=["b/one.html", "b/c/two.html", "b/link", "d/three.html"])
    publish.carry_through(places[1], places[0])
    there = sorted(
        p.relative_to(places[0]).as_posix() for p in places[0].rglob("*") if not p.is_dir() or p.is_symlink()
    )
    assert there == ["b/c/two.html", "b/one.html", "d/three.html"]


def test_an_interrupted_archive_can_be_moved(places: tuple[Path, Path], tmp_path: Path) -> None:
    """The note names the published folder from the archive, so that it holds in another place too."""
    publish.publish(files(a="one"), *places)
    (places[1] / "staging").mkdir()
    (places[1] / "staging/a.html").write_text("two")
    note(places[1], moves=["a.html"])
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for place in places:
        place.rename(moved / place.name)
    publish.carry_through(moved / ".glossator", moved / "site")
    assert (moved / "site/a.html").read_text() == "two"


def edited(places: tuple[Path, Path], known: tuple[str, int], but: list[str], **made: str) -> publish.Published:
    """Publishes files, and leaves all but some as they stand."""
    edition = publish.Edition(*places, *known)
    edition.leave_all_but(but)
    for file in files(**made):
        edition.take(edition.stage.put(file))
    done = edition.close()
    assert edition.files == len(edition.listing)
    return done


@pytest.mark.parametrize("known", [True, False])
def test_what_is_left_as_it_stands_is_listed_with_what_is_made(places: tuple[Path, Path], known: bool) -> None:
    """As if all had been published anew; `but` names files that are made again, that go, and that never were."""
    site = places[0]
    publish.publish(files(a="one", b="two", c__d="three", e="four"), *places)
    stands = sha256((site / "manifest-sha256.txt").read_bytes()).hexdigest(), 4
    done = edited(places, stands if known else ("", 0), ["a.html", "b.html", "x.html"], a="five", c__a="six")
    assert done == publish.Published(3, 1, 2)
    listed = (site / "manifest-sha256.txt").read_bytes()
    publish.publish(files(a="five", c__a="six", c__d="three", e="four"), *places)
    assert (site / "manifest-sha256.txt").read_bytes() == listed and not (site / "b.html").exists()


def test_no_file_is_written_over_one_that_is_left(places: tuple[Path, Path]) -> None:
    publish.publish(files(a="one", b="two"), *places)
    with pytest.raises(Problems, match="two pages would be written to one file"):
        edited(places, ("", 0), ["a.html"], a="three", b="four")
    assert (places[0] / "b.html").read_text() == "two"
