"""An empty output folder is filled with what was kept, and is then what a clean build makes."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from builder import assembling, pipeline, refilling, rendering
from builder.kept import packs, tidying, writer
from builder.kept.large import Large
from builder.model.output import Piece
from builder.problems import Problems
from builder.publish import change
from tests.conftest import Trial
from tests.site.test_incremental import (
    add_an_article,
    clean,
    give_an_alias,
    in_small_pieces,
    made,
    replaced,
    take_an_article_out,
)  # fmt: skip

__all__ = ["made"]


def packed(trial: Trial) -> list[Path]:
    return sorted((trial.root / ".glossator/kept").glob("*.pack"))


def large(trial: Trial) -> list[Path]:
    return sorted((trial.root / ".glossator/kept/large").iterdir())


def empty(trial: Trial) -> None:
    shutil.rmtree(trial.site)


def times(trial: Trial) -> dict[str, int]:
    names = trial.files().keys() - {"manifest-sha256.txt"}
    return {name: (trial.site / name).stat().st_mtime_ns for name in names}


def test_an_empty_folder_is_filled_without_making_anything(own_tiny: Trial, made: list[str]) -> None:
    """Files are the same to whoever copies them on: their times are those of when they were made."""
    own_tiny.build()
    before = own_tiny.files(), times(own_tiny)
    empty(own_tiny)
    made.clear()
    assert own_tiny.build().published.written == len(before[0])
    assert made == []
    assert (own_tiny.files(), times(own_tiny)) == before
    assert own_tiny.build().published.written == 0


@pytest.mark.parametrize("forks", [True, False])
def test_several_processes_fill_it_as_one_does(
    own_tiny: Trial, tiny: Trial, monkeypatch: pytest.MonkeyPatch, forks: bool
) -> None:
    own_tiny.build()
    empty(own_tiny)
    monkeypatch.setattr(refilling, "TOGETHER", 1)
    monkeypatch.setattr(refilling, "processors", lambda: 3)
    monkeypatch.setattr(refilling, "can_fork", lambda: forks and sys.platform not in ("darwin", "win32"))
    monkeypatch.setattr(rendering, "_make", lambda unit, job: pytest.fail(f"{unit.name} was made"))
    own_tiny.build()
    assert own_tiny.files() == tiny.files()
    assert not (own_tiny.root / ".glossator/filled").exists()


def test_what_cannot_be_filled_is_made(own_tiny: Trial, tiny: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that fills it was ended from outside; or nobody knows what was published, or not all of it."""
    if sys.platform in ("darwin", "win32"):
        pytest.skip("one process does everything here")
    own_tiny.build()
    with monkeypatch.context() as ended:
        ended.setattr(refilling, "_written", lambda *_: os.kill(os.getpid(), 9))
        empty(own_tiny)
        own_tiny.build()
        assert own_tiny.files() == tiny.files()
    listing = own_tiny.root / ".glossator/kept/listing.sqlite"
    for damage in (Path.unlink, lambda file: file.write_bytes(b"no database" * 1000), lose_a_row):
        damage(listing)
        empty(own_tiny)
        own_tiny.build()
        assert own_tiny.files() == tiny.files()
        empty(own_tiny)
        with monkeypatch.context() as nothing:
            nothing.setattr(rendering, "_make", lambda unit, job: pytest.fail(f"{unit.name} was made"))
            own_tiny.build()
        assert own_tiny.files() == tiny.files()


def lose_a_row(listing: Path) -> None:
    with closing(sqlite3.connect(listing)) as db, db:
        db.execute("DELETE FROM files WHERE path = '404.html'")
        db.execute("INSERT INTO files VALUES ('../outside', '', 0, 0, 0), ('gone.html', '', 0, 0, 0)")


def test_after_every_kind_of_change_an_empty_folder_is_filled_as_by_a_clean_build(
    own_tiny: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changed is made, with the folder empty already; the rest is taken, also from packs that were rewritten."""
    monkeypatch.setattr(tidying, "LITTLE", -1)
    in_small_pieces(own_tiny)
    for number, edit in enumerate((add_an_article, give_an_alias, take_an_article_out)):
        edit(own_tiny)
        empty(own_tiny)
        in_small_pieces(own_tiny)
        assert own_tiny.files() == clean(own_tiny, tmp_path / f"clean-{number}"), edit.__name__


def test_of_data_files_only_pieces_that_changed_are_made_for_an_empty_folder(own_tiny: Trial, made: list[str]) -> None:
    """The others are taken from the files as they were published last."""
    own_tiny.article("third", "Karin Brandt left Hamburg on Monday.", published="2019-06-05")
    in_small_pieces(own_tiny)
    names: list[str] = []
    make = assembling.Assembly.made

    def watched(self: assembling.Assembly, piece: Piece[Any]) -> Any:
        names.append(piece.name)
        return make(self, piece)

    replaced(own_tiny, "content/articles/third.md", "on Monday", "on Monday in the rain")
    empty(own_tiny)
    with pytest.MonkeyPatch.context() as watching:
        watching.setattr(assembling.Assembly, "made", watched)
        in_small_pieces(own_tiny)
    assert "builder.render.exports.tables" in made
    of_articles = [name for name in names if name.startswith("annotations ")]
    assert len({name.split()[1] for name in of_articles}) == 1  # in annotations.csv and archive.sqlite


def test_another_folder_is_filled_from_the_same_packs(own_tiny: Trial, made: list[str]) -> None:
    """And the first one still stands as it was."""
    own_tiny.build()
    made.clear()
    other = own_tiny.root / "preview"
    pipeline.build(own_tiny.root, other)
    assert made == []
    here = own_tiny.files()
    own_tiny.site = other
    assert own_tiny.files() == here
    assert pipeline.build(own_tiny.root).published.written == 0


def test_a_build_that_fails_fills_nothing(own_tiny: Trial) -> None:
    """An article that was taken down does not come back because another one has a mistake."""
    own_tiny.build()
    empty(own_tiny)
    own_tiny.write("content/articles/broken.md", "---\ntitle: [\n---\n")
    with pytest.raises(Problems):
        own_tiny.build()
    assert not own_tiny.site.exists()
    assert not (own_tiny.root / ".glossator/filled").exists()


def test_what_others_put_into_the_folder_is_left_alone(own_tiny: Trial, tiny: Trial) -> None:
    """Then it is not empty, and all is made."""
    own_tiny.build()
    empty(own_tiny)
    own_tiny.site.mkdir()
    (own_tiny.site / "CNAME").write_text("example.org")
    own_tiny.build()
    assert own_tiny.files() == {**tiny.files(), "CNAME": b"example.org"}


def flip(pack: Path, at: float) -> None:
    content = bytearray(pack.read_bytes())
    content[min(len(content) - 1, int(at * len(content)))] ^= 0xFF
    pack.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a table": lambda pack: flip(pack, (len(packs.START) + packs.HEAD.size + 5) / pack.stat().st_size),
    "the middle": lambda pack: flip(pack, 0.5),
    "cut off": lambda pack: os.truncate(pack, pack.stat().st_size * 2 // 3),
    "emptied": lambda pack: os.truncate(pack, 0),
    "taken away": Path.unlink,
}


def test_what_is_damaged_of_a_large_file_is_made_again(own_tiny: Trial) -> None:
    """It is what somebody changed where it was published, too: the two are one file."""
    own_tiny.build()
    before = own_tiny.files()
    for damage, done in DAMAGES.items():
        for file in large(own_tiny):
            if file.stat().st_size:
                done(file)
        empty(own_tiny)
        own_tiny.build()
        assert own_tiny.files() == before, damage


def test_a_data_file_that_was_worked_in_is_published_as_it_should_be(own_tiny: Trial) -> None:
    """Somebody made an index in it, where it is published; the next build takes it out, and fills no folder with it."""
    own_tiny.build()
    before = own_tiny.files()
    with closing(sqlite3.connect(own_tiny.site / "data/archive.sqlite")) as db:
        db.execute("CREATE INDEX titles ON articles (title)")
    assert own_tiny.files() != before
    other = own_tiny.root / "preview"
    pipeline.build(own_tiny.root, other)
    assert (other / "data/archive.sqlite").read_bytes() == before["data/archive.sqlite"]
    own_tiny.build()
    assert own_tiny.files() == before


def test_a_data_file_of_another_folder_is_a_file_of_its_own(own_tiny: Trial) -> None:
    """What is done with one of them is not done with the other."""
    own_tiny.build()
    other = own_tiny.root / "preview"
    pipeline.build(own_tiny.root, other)
    files = [path for path in own_tiny.site.glob("data/*") if path.is_file()]
    assert files and not any(path.samefile(other / "data" / path.name) for path in files)


def test_what_is_damaged_in_a_pack_is_made_again(own_tiny: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nothing is left of all that a process was to write."""
    monkeypatch.setattr(refilling, "TOGETHER", 1)
    monkeypatch.setattr(writer, "ENOUGH", 1 << 14)
    own_tiny.build()
    before = own_tiny.files()
    for damage, done in DAMAGES.items():
        for pack in packed(own_tiny):
            done(pack)
        empty(own_tiny)
        own_tiny.build()
        assert own_tiny.files() == before, damage


@pytest.mark.parametrize("blocks", [0, 2])
def test_a_disk_that_is_full_for_packs_costs_nothing_but_them(
    own_tiny: Trial, tiny: Trial, monkeypatch: pytest.MonkeyPatch, blocks: int
) -> None:
    """A block of which half was written is passed over, and what stands before it is used."""
    left = blocks
    write = FileIO.write

    class Full(FileIO):
        def write(self, content: Any) -> int:
            nonlocal left
            left -= 1
            if left < -1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return write(self, content if left >= 0 else content[: len(content) // 2])

    monkeypatch.setattr(rendering, "can_fork", lambda: False)
    monkeypatch.setattr(writer, "ENOUGH", 1 << 14)
    with monkeypatch.context() as full:
        full.setattr(writer, "opened", lambda file: Full(file, "xb"))
        own_tiny.build()
    assert own_tiny.files() == tiny.files()
    empty(own_tiny)
    own_tiny.build()
    assert own_tiny.files() == tiny.files()


def test_a_kill_at_any_step_leaves_the_folder_empty_or_whole(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is filled, changed, or moved to its place; and the next build gives what a clean one does."""
    monkeypatch.setattr(refilling, "can_fork", lambda: False)
    monkeypatch.setattr(rendering, "can_fork", lambda: False)
    trial.article("one", "Karin Brandt left Hamburg.")
    trial.build()
    before = trial.files()
    steps = last = 0

    def counted(operation: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == last:
                raise KeyboardInterrupt
            return operation(*arguments, **options)

        return step

    for on, name in ((Path, "rename"), (Path, "replace"), (Path, "write_bytes"), (change, "commit")):
        monkeypatch.setattr(on, name, counted(getattr(on, name)))
    monkeypatch.setattr(refilling, "_wanted", counted(refilling._wanted))
    monkeypatch.setattr(Large, "give", counted(Large.give))
    for last in range(1, 100):
        steps = -(10**6)
        empty(trial)
        trial.article("one", "Karin Brandt came to Hamburg.")
        steps = 0
        try:
            trial.build()
        except KeyboardInterrupt:
            there = trial.site.exists() and any(trial.site.iterdir())
            assert not there or (trial.root / ".glossator/change.json").exists(), f"killed at step {last}"
        else:
            break
        finally:
            steps = -(10**6)
            trial.article("one", "Karin Brandt left Hamburg.")
        trial.build()
        assert trial.files() == before, f"killed at step {last}"
    assert last > 12, "every step was tried"


def test_packs_do_not_grow_without_end(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often an article changes: what is no longer published goes, and what is published is there."""
    monkeypatch.setattr(tidying, "LITTLE", 1000)
    monkeypatch.setattr(tidying, "MANY", 4)
    trial.article("one", "The moon was full over Lisbon.")
    trial.build()
    first = tidying.size(trial.root / ".glossator/kept")
    for number in range(6):
        trial.article("two", f"Karin Brandt left Hamburg {number} times.")
        trial.build()
        assert len(packed(trial)) <= 6
        assert tidying.size(trial.root / ".glossator/kept") < 4 * first
    before = trial.files()
    empty(trial)
    with monkeypatch.context() as nothing:
        nothing.setattr(rendering, "_make", lambda unit, job: pytest.fail(f"{unit.name} was made"))
        trial.build()
    assert trial.files() == before
