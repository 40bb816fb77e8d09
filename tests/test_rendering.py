"""Units are made by several processes, which end when nobody wants what they make."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from builder import pipeline, rendering
from builder.digests import ALL
from builder.kept import Kept
from builder.ledger import Entry
from builder.model.output import OutputFile
from builder.publish.stage import Stage
from builder.render.lookups import Lookups
from builder.render.unit import Unit
from builder.rendering import Job
from builder.waiting import Waiting
from builder.work.machine import can_fork
from tests.conftest import Trial

posix = pytest.mark.skipif(not can_fork(), reason="here one process makes everything")


@posix
def test_what_is_under_way_is_not_waited_for_after_ctrl_c(tmp_path: Path) -> None:
    """However long a unit takes: none of it is published."""

    def endless() -> Iterator[OutputFile]:
        (tmp_path / "begun").touch()
        time.sleep(60)
        yield OutputFile("never.txt", b"")

    units = [Unit("soon", list), *(Unit(f"endless {n}", endless) for n in range(30))]
    waiting = Waiting()
    for unit in units:
        waiting.add(unit)
    job = Job(lambda _: units, Lookups(), Stage(tmp_path / "site", tmp_path / "staging"), Kept(tmp_path), {})
    with closing(rendering._by_several(job, waiting, 2)) as making:
        assert next(making).unit.name == "soon"
        while not (tmp_path / "begun").exists():
            time.sleep(0.05)
        started = time.monotonic()
    assert time.monotonic() - started < 20
    assert not list(tmp_path.rglob("never.txt"))


@pytest.mark.parametrize("changed", ["a", "b", None])
def test_what_did_not_change_is_not_worked_out_again(changed: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest of what a unit looked up is that of the last build, where nothing of it has changed; else another."""
    lookups = Lookups()
    lookups.register("words", {"a": 1, "b": 2})
    reads = {"words": ["a"]}
    before = Entry(reads, lookups.digest(reads), ())
    lookups = Lookups()
    lookups.register("words", {"a": 1, "b": 2, changed: 3} if changed else {"a": 1, "b": 2})
    lookups.knows({"words": {ALL, changed}} if changed else None)
    worked_out = lookups.digest(reads)
    asked = list[str]()
    monkeypatch.setattr(lookups, "digest", lambda reads: (asked.extend(reads), worked_out)[1])
    assert rendering._digest(reads, before, lookups) == worked_out
    assert asked == ([] if changed == "b" else ["words"])
    assert rendering._digest(dict(reads), None, lookups) == worked_out


def test_pages_are_told_of_before_data_files_are_made_and_anything_is_published(trial: Trial) -> None:
    """Whoever waits to see them is given the very bytes that are published in the end."""
    trial.article("one", "The harbour was quiet.")
    trial.build()
    before, told = trial.files(), dict[str, bytes]()

    def ahead(files: dict[str, str]) -> None:
        assert trial.files() == before
        assert not any(path.startswith(("data/", "pagefind/")) for path in files)
        told.update({path: Path(file).read_bytes() for path, file in files.items()})

    trial.article("one", "The harbour was noisy.")
    pipeline.build(trial.root, ahead=ahead)
    after = trial.files()
    assert b"noisy" in told["articles/one/index.html"]
    assert told == {path: after[path] for path in told}
    changed = {path for path in after if after[path] != before.get(path)}
    assert {path for path in changed if path.endswith(".html")} <= set(told)
    assert b"noisy" in after["data/articles.jsonl"]


def test_a_build_that_nobody_watches_makes_the_same(trial: Trial, make_trial: Callable[[str], Trial]) -> None:
    """In another order: what takes longest first."""
    other = make_trial("watched")
    for archive in (trial, other):
        archive.article("one", "The harbour was quiet, Karin Brandt said.", published="2019-06-05")
    trial.build()
    pipeline.build(other.root, ahead=lambda files: None)
    assert trial.files() == other.files()
