"""Texts are read once, by whoever does it, with the same result; what was read is kept, whatever happens then."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from builder import config
from builder.cache import Cache, opened
from builder.pipeline import WORK
from builder.problems import Problems
from builder.read.found import Found
from builder.read.gather import gather, opened_article
from builder.reading import Reader, Workforce, reader, workforce
from builder.reading.shard import Shard, annotate_shard
from tests.conftest import Trial
from tests.work import tasks

TEXTS = {
    "brandt": "“We leave on Sunday,” said Karin Brandt, head of the Harbour Trust, in Lisbon.",
    "okafor": "Ruth Okafor of the Ministry of Works told reporters on Tuesday that the bridge was safe.",
    "fire": "A fire broke out in Leeds on 4 June 2019. Police said that nobody was hurt.",
    "empty": "Nothing else.",
}


@pytest.fixture(scope="module")
def archive(make_trial: Callable[[str], Trial]) -> Trial:
    trial = make_trial("reading")
    for slug, text in TEXTS.items():
        trial.article(slug, text, published="2019-06-05")
    trial.article("german", "Karin Brandt sprach. https://example.org/", language="de")
    return trial


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text is a shard, and one shard is enough to start workers for."""
    monkeypatch.setattr(reader, "SIZE", 1)
    monkeypatch.setattr(workforce, "FEW", 0)


def readings(trial: Trial, folder: Path, work: Workforce) -> list[object]:
    with opened(folder) as cache:
        reader, found = made(trial, cache, work)
        reader.read(found, trial.root, lambda stage, done, of: None)
        assert reader.read_anew == len(found)
        return [cache.readings.get(reader.address(one)) for one in found]


def made(trial: Trial, cache: Cache, work: Workforce | None = None) -> tuple[Reader, list[Found]]:
    return Reader(config.load(trial.root), cache, work), list(gather(trial.root, "en", cache))


@pytest.fixture(scope="module")
def expected(archive: Trial, tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    return readings(archive, tmp_path_factory.mktemp("here"), Workforce())


def test_a_text_in_a_language_without_a_model_is_read_for_its_links_alone(expected: list[object]) -> None:
    assert [len(found) > 0 for found in expected] == [True, False, True, True, True]  # type: ignore[arg-type]
    assert [a.annotator for a in expected[3]] == ["citations@1"]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("few")
def test_several_processes_read_what_one_reads(archive: Trial, expected: list[object], tmp_path: Path) -> None:
    assert readings(archive, tmp_path, Workforce(jobs=2)) == expected


@pytest.mark.usefixtures("few")
def test_a_cluster_reads_what_one_process_reads(archive: Trial, expected: list[object], tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed: pip install glossator[dask]")
    assert readings(archive, tmp_path, Workforce(engine="dask", jobs=2)) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL to end a worker with")
@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_a_worker_that_is_killed_while_reading_costs_nothing(
    archive: Trial, expected: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: workforce.Engine
) -> None:
    """Neither a text nor the order: another worker reads what the lost one had under way."""
    if engine == "dask":
        pytest.importorskip("distributed", reason="Dask is not installed: pip install glossator[dask]")
    marker = tmp_path / "killed"
    monkeypatch.setattr(reader, "annotate_shard", partial(tasks.annotated_but_killed_once, marker=str(marker)))
    assert readings(archive, tmp_path, Workforce(engine=engine, jobs=2)) == expected
    assert marker.exists()


@pytest.mark.usefixtures("few")
def test_what_a_cluster_left_undone_is_done_by_whoever_comes_next(
    archive: Trial, expected: list[object], tmp_path: Path
) -> None:
    """A build that is stopped is begun again with another engine, and reads the rest; twice the same does no harm."""
    pytest.importorskip("distributed", reason="Dask is not installed: pip install glossator[dask]")

    def stop(stage: str, done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with opened(tmp_path) as cache:
        one, found = made(archive, cache, Workforce(engine="dask", jobs=2))
        with pytest.raises(KeyboardInterrupt):
            one.read(found, archive.root, stop)
        again, found = made(archive, cache)
        again.read(found, archive.root, lambda stage, done, of: None)
        assert again.read_anew == len(found) - 2
        assert [cache.readings.get(again.address(one)) for one in found] == expected


@pytest.mark.usefixtures("few")
def test_what_was_read_before_ctrl_c_is_kept(archive: Trial, tmp_path: Path) -> None:
    """The next build reads the rest, and only the rest."""

    def stop(stage: str, done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with opened(tmp_path) as cache:
        reader, found = made(archive, cache, Workforce(jobs=1))
        with pytest.raises(KeyboardInterrupt):
            reader.read(found, archive.root, stop)
    with opened(tmp_path) as cache:
        reader, found = made(archive, cache)
        reader.read(found, archive.root, lambda stage, done, of: None)
        assert reader.read_anew == len(found) - 2


def test_progress_counts_the_texts_that_are_new(trial: Trial) -> None:
    told = []
    trial.article("one", "Karin Brandt spoke.")
    trial.build()
    trial.article("two", "Ruth Okafor spoke.")
    with opened(trial.root / WORK) as cache:
        reader, found = made(trial, cache)
        reader.read(found, trial.root, lambda *step: told.append(step))
    assert told == [("reading", 1, 1)]


def test_a_reading_that_is_gone_is_made_again(trial: Trial) -> None:
    """A cache pruned or spoilt while a build is at work costs time, never the build."""
    trial.article("one", "Karin Brandt spoke.")
    with opened(trial.root / WORK) as cache:
        reader, (found,) = made(trial, cache)
        reader.read([found], trial.root, lambda stage, done, of: None)
        article = opened_article(found, trial.root, "en", cache)
        before = reader.annotations(found, article)
        cache.store.change("DELETE FROM readings", [()])
        assert reader.annotations(found, article) == before


def test_a_worker_of_another_version_refuses() -> None:
    """One archive, one reader: annotations by another program would depend on who happened to make them."""
    shard = Shard("en_core_web_sm", "speech", "en_core_web_sm-0.0.0 of another version", ())
    with pytest.raises(Problems, match="Install the same Glossator, model and libraries on every worker"):
        annotate_shard(msgspec.msgpack.encode(shard))


def test_a_shard_is_no_longer_than_one_long_text(monkeypatch: pytest.MonkeyPatch, trial: Trial) -> None:
    """So that memory is bounded, and a loss is small."""
    sizes: list[int] = []

    def counted(raw: bytes) -> bytes:
        sizes.append(len(msgspec.msgpack.decode(raw, type=Shard).texts))
        return annotate_shard(raw)

    monkeypatch.setattr(reader, "SIZE", 50)
    monkeypatch.setattr(reader, "annotate_shard", counted)
    for slug, length in (("a", 20), ("b", 20), ("c", 80), ("d", 5)):
        trial.article(slug, "x" * length)
    with opened(trial.root / WORK) as cache:
        one, found = made(trial, cache)
        one.read(found, trial.root, lambda stage, done, of: None)
    assert sizes == [2, 1, 1]
