"""What an edition of a large file has of the one before is noted, and is not written again where that stands."""

from __future__ import annotations

import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from builder.assembling import _staying
from builder.kept import same as notes
from builder.kept.same import WORTH_IT, Same, State
from builder.kept.spare import Spare
from builder.publish import stage
from builder.render.exports import pieces
from tests.conftest import Trial

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when the machine was started")
PLACES = [range(WORTH_IT), range(WORTH_IT + 5, WORTH_IT + 9)]
TIME = 1_500_000_000_000_000_000


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """An edition of a file; the one after it, “next”, has some of it."""
    file = tmp_path / "before"
    file.write_bytes(b"x" * (WORTH_IT + 10))
    os.utime(file, ns=(TIME, TIME))
    Same(tmp_path).keep("next", State.of(file), "former", PLACES)
    return file


def known(file: Path) -> list[range]:
    return Same(file.parent).places("next", file, "former")


@linux
def test_the_edition_before_is_known_under_another_name(before: Path) -> None:
    assert known(before) == PLACES
    assert known(before.rename(before.with_name("spare"))) == PLACES


def test_nothing_is_known_of_another_file_of_the_same_size_and_time(before: Path) -> None:
    other = before.with_name("other")
    other.write_bytes(before.read_bytes())
    os.utime(other, ns=(TIME, TIME))
    assert known(other) == []


def test_nothing_is_known_of_a_file_that_was_touched(before: Path) -> None:
    os.utime(before, ns=(TIME, TIME + 1))
    assert known(before) == []


def test_nothing_is_known_of_a_file_that_was_cut(before: Path) -> None:
    os.truncate(before, WORTH_IT)
    os.utime(before, ns=(TIME, TIME))
    assert known(before) == []


@linux
def test_nothing_is_known_of_a_file_that_became_another_edition(before: Path) -> None:
    """On a disk that tells times by the second it may be as old as it was, and as large."""
    before.write_bytes(b"y" * (WORTH_IT + 10))
    os.utime(before, ns=(TIME, TIME))
    assert Same(before.parent).places("next", before, "former")  # nothing else tells
    assert Same(before.parent).places("next", before, "later") == []


@linux
def test_nothing_is_known_once_the_machine_was_started_again(before: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have gone off before its disk had what memory held."""
    assert known(before)
    monkeypatch.setattr(notes, "_boot", lambda: "another start")
    assert known(before) == []


def test_nothing_is_noted_where_no_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "_boot", lambda: "")
    file = tmp_path / "before"
    file.write_bytes(b"x")
    Same(tmp_path).keep("next", State.of(file), "former", PLACES)
    assert known(file) == []


@pytest.mark.parametrize("content", [b"", b"\x92", b"no note"])
def test_a_damaged_note_tells_nothing(before: Path, content: bytes) -> None:
    (before.parent / "same/next").write_bytes(content)
    assert known(before) == []


def test_what_is_soon_written_is_not_noted(tmp_path: Path, before: Path) -> None:
    Same(tmp_path).keep("little", State.of(before), "former", [range(WORTH_IT - 1)])
    assert Same(tmp_path).places("little", before, "former") == []


@linux
def test_notes_go_with_their_editions(before: Path) -> None:
    Same(before.parent).tidy(["next"])
    assert known(before)
    Spare(before.parent).clear()
    assert known(before) == []


def test_what_stays_where_it_was_is_noted() -> None:
    """After what changed too, where that is as long as it was."""
    same: list[range] = []
    parts = [range(4), b"--", range(6, 9), range(20, 22), b"--", range(13, 15)]
    assert list(_staying(parts, same)) == parts
    assert same == [range(4), range(6, 9), range(13, 15)]


PARTS = [range(4, 8), range(10, 30)]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (range(12), [(range(4), False), (range(4, 8), True), (range(8, 10), False), (range(10, 12), True)]),
        (range(5, 7), [(range(5, 7), True)]),
        (range(8, 10), [(range(8, 10), False)]),
        (range(30, 40), [(range(30, 40), False)]),
        (range(6, 31), [(range(6, 8), True), (range(8, 10), False), (range(10, 30), True), (range(30, 31), False)]),
    ],
)
def test_a_part_is_divided_where_what_is_the_same_begins_and_ends(
    part: range, expected: list[tuple[range, bool]]
) -> None:
    assert list(stage._parted(part, PARTS)) == expected


def test_the_digest_is_that_of_what_stands_in_the_file(tmp_path: Path) -> None:
    """Also if a note were wrong: the list of published files never says what is not so."""
    source, room = tmp_path / "source", tmp_path / "room"
    source.write_bytes(b"abcdefghij")
    room.write_bytes(b"ABCDEFGHIJKL")
    with source.open("rb") as opened:
        digest = stage._written(room, [range(6), b"-", range(6, 9), range(10, 10)], opened, [range(2, 4), range(7, 9)])
    assert room.read_bytes() == b"abCDef-ghi"
    assert digest == sha256(room.read_bytes()).hexdigest()


def clean(trial: Trial, root: Path) -> dict[str, bytes]:
    """The files that a first build publishes; what was read is taken over."""
    shutil.copytree(trial.root / "content", root / "content")
    (root / ".glossator").mkdir()
    shutil.copy(trial.root / ".glossator/cache.sqlite", root / ".glossator")
    first = Trial(root)
    first.build()
    return first.files()


EDITS = (
    ("two", "Ada Byron spoke in Vienna on 3 May 2011."),
    ("two", "Ada Byron spoke in Lisbon on 3 May 2011."),
    ("two", "Ada Byron spoke in Lisbon."),
    ("one", "It snowed, and Ada Byron was there. “We saw it,” said Ada Byron."),
    ("two", "Ada Byron spoke in Vienna, and left."),
    ("two", "Ada Byron spoke in Lisbon, and wept."),
)


@linux
def test_files_are_those_of_a_clean_build_whatever_was_left_unwritten(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also where somebody fills a spare with something else between builds."""
    for module, name in ((notes, "WORTH_IT"), (pieces, "FEW"), (pieces, "MANY")):
        monkeypatch.setattr(module, name, 1)  # each article and each record is a piece by itself
    for slug in ("one", "two", "three"):
        trial.article(slug, f"Ada Byron spoke in {slug}. " * 60, published="2012-01-02")
    trial.build()
    kept, found = trial.root / ".glossator/kept", 0
    for slug, text in EDITS:
        trial.article(slug, text, published="2012-01-02")
        trial.build()
        spare, editions = Spare(kept), [file.name for file in (kept / "large").iterdir()]
        there = [
            file for file in spare.files() if any(spare.same.places(edition, file, file.name) for edition in editions)
        ]
        found += len(there)
        for file in there[::3]:
            file.write_bytes(b"\0" * file.stat().st_size)
    assert found
    assert trial.files() == clean(trial, tmp_path / "clean")
