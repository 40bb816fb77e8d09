"""What an article gives the registers is gathered once, while its file, its reading and what editors decide stay."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from builder import config as configuration
from builder import shares as module
from builder.cache import opened
from builder.link import collect as gathering
from builder.model.archive import Archive, ReviewedArticle
from builder.pipeline import WORK, join
from builder.reading import Reader
from tests.conftest import Trial

DECISION = """- reject: entity
  exact: Hamburg
  by: an editor
"""


@pytest.fixture
def archive(trial: Trial) -> Trial:
    trial.write("content/archive.toml", 'title = "Trial"')
    trial.article("one", "Karin Brandt left Hamburg on Monday.", published="2019-06-05")
    trial.article("two", "Karin Brandt came to Lisbon.", published="2019-06-07")
    return trial


@contextmanager
def joined(root: Path) -> Iterator[Archive]:
    config = configuration.load(root)
    with opened(root / WORK) as cache:
        yield join(root, config, cache, Reader(config, cache), lambda stage, done, of: None)


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the articles that were opened to gather their shares."""
    seen: list[str] = []
    collect = gathering.collect

    def noting(reviewed: ReviewedArticle, *folding: object) -> object:
        seen.append(reviewed.article.slug)
        return collect(reviewed, *folding)  # type: ignore[arg-type]

    monkeypatch.setattr(gathering, "collect", noting)
    return seen


def again(archive: Trial, gathered: list[str]) -> list[str]:
    """What is gathered when the archive is joined now."""
    gathered.clear()
    with joined(archive.root) as _:
        return list(gathered)


def test_an_article_that_did_not_change_is_not_opened(archive: Trial, gathered: list[str]) -> None:
    assert again(archive, gathered) == ["one", "two"]
    assert again(archive, gathered) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "content/articles/one.md",
            "---\ntitle: T\npublished: 2019-06-05\n---\nKarin Brandt left Lisbon on Monday.\n",
        ),
        ("content/reviews/one.yaml", DECISION),
    ],
)
def test_whose_words_or_reviews_change_is_gathered_anew_alone(
    archive: Trial, gathered: list[str], path: str, text: str
) -> None:
    again(archive, gathered)
    archive.write(path, text)
    assert again(archive, gathered) == ["one"]


def test_words_to_be_folded_are_looked_for_in_every_article(archive: Trial, gathered: list[str]) -> None:
    again(archive, gathered)
    archive.write("content/archive.toml", 'title = "Trial"\n[sensitive]\nwords = ["Lisbon"]\nwarning = "A place."')
    assert again(archive, gathered) == ["one", "two"]


@pytest.mark.parametrize(
    "damage", ["UPDATE shares SET names = x'00ff', collected = 1", "DELETE FROM shares", "DELETE FROM places"]
)
def test_a_spoilt_share_is_gathered_anew(archive: Trial, damage: str) -> None:
    with joined(archive.root) as before:
        places = {id: [*record.occurrences] for id, record in before.entities.items()}
    with sqlite3.connect(archive.root / WORK / "cache.sqlite") as db:
        db.execute(damage)
    db.close()
    with joined(archive.root) as after:
        assert {id: [*record.occurrences] for id, record in after.entities.items()} == places


def test_a_decision_that_fits_no_words_is_an_error_on_every_build(archive: Trial) -> None:
    """Nothing of an article with a mistake is kept, or the mistake would be told once."""
    archive.write("content/reviews/one.yaml", DECISION.replace("Hamburg", "Vienna"))
    for _ in range(2):
        with pytest.raises(Exception, match="no longer stands in the text"), joined(archive.root):
            pass


def test_places_are_counted_without_being_opened(archive: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a whole archive they would fill the memory."""
    with joined(archive.root) as before:
        karin = before.entities["karin-brandt"]
    with joined(archive.root) as found:
        monkeypatch.setattr(module.Shares, "_places", lambda *_: pytest.fail("opened"))
        karin = found.entities["karin-brandt"]
        assert (len(karin.occurrences), karin.articles) == (2, ("one", "two"))
        with pytest.raises(BaseException, match="opened"):
            list(karin.occurrences)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_process_opens_articles_and_places_too(archive: Trial) -> None:
    """Workers that render do so; a connection they inherit must not be used, nor closed."""
    with joined(archive.root) as found:
        if (child := os.fork()) == 0:
            places = [o.article for o in found.entities["karin-brandt"].occurrences]
            os._exit(0 if places == ["one", "two"] and found.open("two").article.slug == "two" else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert found.open("one").article.slug == "one"
