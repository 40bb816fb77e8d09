"""A large file is written over its last edition but one, and over nothing that anybody still has."""

from __future__ import annotations

import errno
import mmap
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from builder import pipeline
from builder.kept import Kept, prune
from builder.kept import spare as spares
from builder.kept.large import Large
from builder.kept.same import State
from builder.kept.spare import WORTH_IT, Spare
from builder.render.exports import pieces
from tests.conftest import Trial

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells whether anybody has a file open")


def spare(folder: Path, name: str = "one", content: bytes = b"x" * 100) -> Spare:
    file = folder / name
    file.write_bytes(content)
    spare = Spare(folder)
    spare.put(file)
    return spare


@linux
def test_the_one_next_in_size_is_taken(tmp_path: Path) -> None:
    for name, size in (("one", 100), ("two", 2000), ("three", 30)):
        spare(tmp_path, name, b"x" * size)
    Spare(tmp_path).take(120, tmp_path / "room")
    assert (tmp_path / "room").stat().st_size == 100
    assert [file.name for file in Spare(tmp_path).files()] == ["three", "two"]


def test_what_has_another_name_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "two").write_bytes(b"x")
    os.link(tmp_path / "two", tmp_path / "elsewhere")
    Spare(tmp_path).put(tmp_path / "two")
    Spare(tmp_path).take(1, tmp_path / "room")
    assert not (tmp_path / "room").exists()
    assert (tmp_path / "elsewhere").read_bytes() == b"x"


@linux
def test_what_others_may_not_read_is_not_written_over(tmp_path: Path) -> None:
    """Else the next edition could not be read either; nor what belongs to somebody else."""
    one = spare(tmp_path)
    one.files()[0].chmod(0o600)
    one.take(100, tmp_path / "room")
    assert not (tmp_path / "room").exists()


OPENED_JUST_THEN = """
import fcntl, subprocess, sys
from pathlib import Path
from builder.kept import spare
real = fcntl.fcntl
def leasing(file, what, value):
    done = real(file, what, value)
    if (what, value) == (fcntl.F_SETLEASE, fcntl.F_WRLCK):
        opening = "import os, sys; os.open(sys.argv[1], os.O_RDONLY | os.O_NONBLOCK)"
        subprocess.run([sys.executable, "-c", opening, sys.argv[2]], stderr=subprocess.DEVNULL)
    return done
spare.fcntl.fcntl = leasing
spare.Spare(Path(sys.argv[1])).take(1, Path(sys.argv[2]))
"""


@linux
def test_who_opens_it_just_then_does_not_end_the_build(tmp_path: Path) -> None:
    """The disk tells the holder of the lease by a signal."""
    spare(tmp_path)
    code = subprocess.run([sys.executable, "-c", OPENED_JUST_THEN, tmp_path, tmp_path / "room"]).returncode
    assert code == 0


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    """By whoever began before it was replaced: he has it open, or looks at it in memory."""
    one = spare(tmp_path)
    with one.files()[0].open("rb"):
        one.take(100, tmp_path / "room")
    assert not (tmp_path / "room").exists()
    one = spare(tmp_path)
    with one.files()[0].open("rb") as opened:
        looked = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    one.take(100, tmp_path / "room")
    assert not (tmp_path / "room").exists()
    assert looked[:] == b"x" * 100


def test_where_there_is_none_a_file_is_new(tmp_path: Path) -> None:
    Spare(tmp_path).take(100, tmp_path / "room")
    assert not (tmp_path / "room").exists()


@linux
def test_large_files_take_turns(trial: Trial) -> None:
    """Of three editions the last stands where the first did, and each is as long as it is to be."""
    seen: list[set[int]] = []
    for text in ("Ada spoke. It was long ago.", "Ada spoke.", "Ada spoke. It rained.", "Ada spoke. It snowed."):
        trial.article("one", text)
        pipeline.build(trial.root)
        file = trial.site / "data/articles.jsonl"
        assert file.read_bytes().count(b"\n") == 1
        assert text.encode() in file.read_bytes()
        seen.append({one.stat().st_ino for one in (trial.root / ".glossator/kept/large").iterdir()})
    assert seen[3] & (seen[1] - seen[2])


def first(folder: Path, size: int = WORTH_IT) -> list[Path]:
    content = b"x" * size
    file = folder / sha256(content).hexdigest()
    file.write_bytes(content)
    return [file]


@linux
def test_a_first_edition_is_copied_as_room_for_the_second(tmp_path: Path) -> None:
    (file,) = first(tmp_path)
    Spare(tmp_path).begin([file])
    assert Spare(tmp_path).take(WORTH_IT, tmp_path / "room", edition=file.name) == [range(WORTH_IT)]
    assert (tmp_path / "room").read_bytes() == b"x" * WORTH_IT


def test_a_first_edition_that_somebody_changed_is_not_copied(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """While it was published, say: the next build mends that, and nobody would look at the copy again."""
    monkeypatch.setattr(spares, "WORTH_IT", 1)
    monkeypatch.setattr("builder.kept.same.WORTH_IT", 1)
    monkeypatch.setattr(pieces, "FEW", 1)  # each article is a piece by itself
    large, published = Large.double, "data/articles.jsonl"

    def meddled(self: Large) -> None:
        with (trial.site / published).open("r+b") as file:
            file.write(b"X")
        large(self)

    trial.article("one", "Ada spoke.")
    trial.article("two", "Grace spoke.")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Large, "double", meddled)
        trial.build()
    trial.build()
    trial.article("two", "Grace spoke. It rained.")
    trial.build()
    found = (trial.site / published).read_bytes()
    shutil.rmtree(trial.site)
    shutil.rmtree(trial.root / ".glossator/kept")
    trial.build()
    assert found == (trial.site / published).read_bytes()


def test_where_files_are_small_nothing_is_copied(tmp_path: Path) -> None:
    Spare(tmp_path).begin(first(tmp_path, WORTH_IT - 1))
    assert Spare(tmp_path).files() == []


def test_where_there_were_spares_before_nothing_is_copied(tmp_path: Path) -> None:
    """Somebody may have given their room back."""
    spare(tmp_path).clear()
    Spare(tmp_path).begin(first(tmp_path))
    assert Spare(tmp_path).files() == []


@pytest.mark.parametrize("left", [2 * WORTH_IT - 1, 0])
def test_a_disk_that_is_nearly_full_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(WORTH_IT * 100, 0, left))
    Spare(tmp_path).begin(first(tmp_path))
    assert Spare(tmp_path).files() == []


def test_of_what_the_disk_refuses_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: Path, to: Path) -> None:
        to.write_bytes(b"begun")
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(shutil, "copyfile", refuse)
    Spare(tmp_path).begin(first(tmp_path))
    assert Spare(tmp_path).files() == []


def test_the_oldest_go_that_are_more_than_large_files(tmp_path: Path) -> None:
    """Of a file that did not change this time, the edition before it stays: it is room for the next one."""
    for time, name in enumerate(("older", "old", "before")):
        spare(tmp_path, name)
        os.utime(tmp_path / "spare" / name, (time, time))
    large = Large(tmp_path)
    for name in ("still", "still too", "now gone"):
        (tmp_path / name).write_bytes(name.encode())
        large.hold(name, tmp_path / name)
    large.tidy(["still", "still too"])
    assert [file.name for file in large.spare.files()] == ["before", "now gone"]


@linux
def test_the_edition_before_is_taken_before_one_next_in_size(tmp_path: Path) -> None:
    """Most of what stands there need not be written again."""
    for name in ("before", "other"):
        room = spare(tmp_path, name, name.encode() * WORTH_IT)
    before = State.of(tmp_path / "spare" / "before")
    room.same.keep("now", before, "before", [range(WORTH_IT)])
    assert room.take(5 * WORTH_IT, tmp_path / "room", "now") == [range(WORTH_IT)]
    assert (tmp_path / "room").read_bytes()[:6] == b"before"


@linux
def test_a_second_edition_stands_where_the_first_was_copied_to(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spares, "WORTH_IT", 1)
    trial.article("one", "Ada spoke.")
    trial.build()
    copies = {file.stat().st_ino for file in Spare(trial.root / ".glossator/kept").files()}
    trial.article("one", "Ada spoke. It rained.")
    trial.build()
    assert (trial.site / "data/articles.jsonl").stat().st_ino in copies


def test_what_is_pruned_is_not_copied_again(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spares, "WORTH_IT", 1)
    trial.article("one", "Ada spoke.")
    trial.build()
    kept = Kept(trial.root / ".glossator")
    prune(kept.folder)
    kept.large.double()
    assert kept.large.digests()
    assert kept.large.spare.files() == []
