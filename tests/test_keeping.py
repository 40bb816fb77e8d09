"""`glossator cache`: what builds kept is shown, pruned and made anew, and never more than time is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import keeping, kept, rendering
from builder.cache import opened, opened_or_borrowed
from builder.check import check
from builder.cli import main
from builder.pipeline import WORK
from tests.conftest import Trial


@pytest.fixture(scope="module")
def read(make_trial: Callable[[str], Trial]) -> Trial:
    trial = make_trial("cache")
    trial.article("one", "Karin Brandt spoke in Lisbon.")
    trial.article("two", "Nobody spoke.")
    trial.build()
    return trial


def told(trial: Trial, *arguments: str) -> str:
    done = CliRunner().invoke(main, ["cache", *arguments, "-C", str(trial.root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_cache_tells_what_it_holds_and_how_large_it_is(read: Trial) -> None:
    lines = told(read).splitlines()
    assert re.fullmatch(r".*\.glossator/cache\.sqlite: \d+\.\d MB", lines[0].replace("\\", "/"))
    assert [line.split(" (")[0] for line in lines[2:4]] == ["  articles converted: 2", "  texts read: 2"]


def test_an_archive_that_was_never_built_has_nothing_kept(trial: Trial) -> None:
    """To look makes no folder."""
    assert "nothing is kept yet" in told(trial)
    assert not (trial.root / WORK).exists()


def test_what_another_version_made_is_told(read: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.reading.reader.made", lambda model: f"{model} of another version")
    out = told(read)
    assert re.search(r"texts read: 2 \(.*\), 2 of them by another version or model", out)
    assert "“glossator cache prune” drops" in out


def test_who_looks_leaves_another_versions_cache_as_it_is(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a build begins it anew."""
    trial.article("one", "Karin Brandt spoke.")
    trial.build()
    file = trial.root / WORK / "cache.sqlite"
    before = file.read_bytes()
    monkeypatch.setattr("builder.cache.store.VERSION", 99)
    assert "spoilt, or of another version: the next build begins it anew" in told(trial)
    assert file.read_bytes() == before


def test_pruning_drops_what_no_article_uses_and_nothing_else(trial: Trial) -> None:
    """The text before a change, and the article that was taken out; what stays is not read again."""
    trial.article("one", "Karin Brandt spoke.")
    gone = trial.article("two", "Nobody spoke.")
    trial.build()
    trial.article("one", "Karin Brandt left.")
    gone.unlink()
    trial.build()
    assert "2 articles converted, 2 texts read" in told(trial, "prune")
    assert "texts read: 1 " in told(trial)
    assert trial.build().read == 0


def test_nothing_is_pruned_while_an_article_has_a_mistake(trial: Trial) -> None:
    """What a file that cannot be read would use is not known."""
    path = trial.article("one", "Karin Brandt spoke.")
    trial.build()
    path.write_text("no front matter")
    done = CliRunner().invoke(main, ["cache", "prune", "-C", str(trial.root)])
    assert (done.exit_code, "there is no front matter" in done.output) == (1, True)
    kept = keeping.show(trial.root)[2]
    assert kept and kept[2].current == 1


def test_rebuilding_reads_everything_anew_and_publishes_nothing(trial: Trial) -> None:
    trial.article("one", "Karin Brandt spoke.")
    trial.build()
    before = trial.files()
    trial.article("two", "Nobody spoke.")
    assert "2 articles read anew" in told(trial, "rebuild")
    assert trial.files() == before
    assert trial.build().read == 0


def test_who_only_looks_needs_no_folder_to_write_to(trial: Trial) -> None:
    """`check` tells what it tells, where .glossator/ cannot be made at all."""
    trial.article("one", "It burnt on Sunday.", published="2019-06-04")
    before = [p.what for p in check(trial.root)]
    (trial.root / WORK / "cache.sqlite").unlink()
    for file in (trial.root / WORK).iterdir():
        file.unlink()
    (trial.root / WORK).rmdir()
    (trial.root / WORK).write_text("no folder")
    assert [p.what for p in check(trial.root)] == before


def test_what_is_borrowed_is_not_read_anew_and_not_changed(read: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache on a disk that cannot be written to still saves the time."""
    with opened(read.root / WORK) as cache:
        (known,) = cache.store.rows("SELECT count(*) FROM readings")
    before = (read.root / WORK / "cache.sqlite").read_bytes()

    def refuses(path: Path, parents: bool, exist_ok: bool) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "mkdir", refuses)
    with opened_or_borrowed(read.root / WORK) as cache:
        assert cache.store.rows("SELECT count(*) FROM readings") == [known]
        cache.store.change("DELETE FROM readings", [()])
    assert (read.root / WORK / "cache.sqlite").read_bytes() == before


def test_every_part_of_the_working_folder_is_told(read: Trial) -> None:
    """Whatever a build leaves there, but for the lock, is named with its size."""
    out = told(read)
    left = {path.name for path in (read.root / WORK).iterdir()} - {"lock.sqlite"}
    assert {"cache.sqlite", "kept", "ledger.sqlite", "search", "templates.bin"} <= left
    for name in left:
        assert re.search(rf"{re.escape(name)}: \d+\.\d MB", out), name
    pages = int(re.search(r"pages and data files whose making is noted: (\d+)", out)[1])  # type: ignore[index]
    assert pages > 20
    assert "parts of the search index: 1" in out


def test_pruning_clears_away_what_a_killed_build_began(trial: Trial) -> None:
    """What is whole stays, and the next build makes nothing anew."""
    trial.article("one", "Karin Brandt spoke.")
    trial.build()
    begun = trial.root / WORK / "search" / "0123abcd.begun"
    begun.write_text("half")
    told(trial, "prune")
    assert not begun.exists()
    assert len(list(begun.parent.iterdir())) == 1
    assert trial.build().published.written == 0


def test_pruning_drops_what_is_no_longer_published(trial: Trial) -> None:
    """What is published is there still, for a folder that is empty."""
    trial.article("one", "Karin Brandt spoke. " * 200)
    trial.build()
    trial.article("one", "Ruth Okafor left. " * 200)
    trial.build()
    before = trial.files(), kept.size(trial.root / WORK / kept.FOLDER)
    told(trial, "prune")
    assert kept.size(trial.root / WORK / kept.FOLDER) < before[1]
    shutil.rmtree(trial.site)
    with pytest.MonkeyPatch.context() as nothing:
        nothing.setattr(rendering, "_make", lambda unit, job: pytest.fail(f"{unit.name} was made"))
        trial.build()
    assert trial.files() == before[0]


def test_rebuilding_drops_every_part(trial: Trial) -> None:
    """What pages were made of is forgotten; made again, they are the same."""
    trial.article("one", "Karin Brandt spoke.")
    trial.build()
    before = trial.files()
    told(trial, "rebuild")
    assert {path.name for path in (trial.root / WORK).iterdir()} - {"lock.sqlite"} == {"cache.sqlite"}
    assert trial.build().published.written == 0
    assert trial.files() == before
