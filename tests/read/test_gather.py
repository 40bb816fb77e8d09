"""What is in the cache is not read again; what changed, however little, always is."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builder.cache import Bodies, Cache, opened
from builder.model.article import Article
from builder.problems import Problems
from builder.read import articles
from builder.read.found import Found
from builder.read.gather import gather, opened_article
from tests.conftest import Trial

OLD = time.time_ns() - 60_000_000_000  # a minute ago: a time stamp that can be relied on


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with opened(tmp_path / "cache") as cache:
        yield cache


def age(path: Path, when: int = OLD) -> None:
    """As if the file had been written a while ago."""
    os.utime(path, ns=(when, when))


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute passes after every look at a file: its state can be relied on."""
    monkeypatch.setattr("builder.cache.files.SETTLED", -60_000_000_000)


def read(trial: Trial, cache: Cache) -> list[Article]:
    return [opened_article(found, trial.root, "en", cache) for found in found_in(trial, cache)]


def found_in(trial: Trial, cache: Cache, language: str = "en") -> list[Found]:
    return list(gather(trial.root, language, cache))


def no_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(raw: bytes, path: str, language: str) -> Article:
        raise AssertionError(path)

    monkeypatch.setattr(articles, "converted", refuses)


def no_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(path: Path, root: Path) -> bytes:
        raise AssertionError(path)

    monkeypatch.setattr("builder.read.gather.bytes_of", refuses)
    monkeypatch.setattr("builder.read.originals.sha256", refuses)


def test_an_article_is_converted_once(trial: Trial, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal bytes at the same place are the article that was converted before, whatever the time on the file."""
    path = trial.article("one", "First *words*.")
    first = read(trial, cache)
    no_conversion(monkeypatch)
    age(path)
    assert read(trial, cache) == first
    assert first[0].marks


@pytest.mark.usefixtures("settled")
def test_a_file_nobody_touched_is_not_even_opened(trial: Trial, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size, times and number on the disk say that it is the file it was; its original likewise."""
    trial.write("content/originals/one.txt", "raw")
    digest = hashlib.sha256(b"raw").hexdigest()
    trial.article("one", "Words.", original="content/originals/one.txt", original_sha256=digest)
    first = read(trial, cache)
    no_opening(monkeypatch)
    assert read(trial, cache) == first


@pytest.mark.usefixtures("settled")
def test_a_folder_nobody_touched_is_known_as_a_whole(
    trial: Trial, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is looked up of its articles one by one, but of those beside one that was touched."""
    monkeypatch.setattr("builder.read.found.ABOUT", 1)
    trial.article("one", "Words.")
    two = trial.article("two", "Other words.")
    first = found_in(trial, cache)
    looked: list[str] = []
    find = Bodies.find
    monkeypatch.setattr(Bodies, "find", lambda self, key: looked.append(key) or find(self, key))
    assert found_in(trial, cache) == first and not looked
    age(two)
    assert found_in(trial, cache) == first and looked == [first[1].key]


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("about", [1, 2, 1000])
def test_whatever_is_known_of_a_folder_it_is_found_as_it_stands(
    trial: Trial, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, about: int
) -> None:
    """Files come, change, move, change places and go; and what was known may be spoilt."""
    monkeypatch.setattr("builder.read.found.ABOUT", about)
    one, two = trial.article("one", "Words."), trial.article("two", "Other words.")
    steps: list[Callable[[], object]] = [
        lambda: trial.article("three", "New words."),
        lambda: one.write_bytes(two.read_bytes()),
        lambda: (one.rename(tmp_path / "x"), two.rename(one), (tmp_path / "x").rename(two)),
        lambda: cache.store.change("UPDATE gathered SET found = 'x'", [()]),
        lambda: damage(cache),
        lambda: one.rename(trial.root / "content/articles/zero.md"),
        lambda: cache.store.change("DELETE FROM bodies", [()]),
        two.unlink,
    ]
    for number, step in enumerate(steps):
        found_in(trial, cache)
        step()
        with opened(tmp_path / str(number)) as fresh:
            assert found_in(trial, cache) == found_in(trial, fresh) != []
            assert read(trial, cache) == read(trial, fresh)


def damage(cache: Cache) -> None:
    """A letter of what is known is another one, and the rest as it was."""
    for key, found in cache.store.rows("SELECT key, found FROM gathered"):
        cache.store.change(
            "UPDATE gathered SET found = ? WHERE key = ?", [(found.replace(b"content", b"kontent"), key)]
        )


def test_a_file_saved_again_while_others_are_read_is_opened_again(
    trial: Trial, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether its state can be relied on is asked of the moment before it was looked at, however long reading takes."""
    monkeypatch.setattr("builder.cache.files.state", lambda status: str(status.st_size))
    monkeypatch.setattr("builder.cache.files.SETTLED", 100_000_000)
    converted = articles.converted
    monkeypatch.setattr(articles, "converted", lambda *given: (converted(*given), time.sleep(0.2))[0])
    trial.article("one", "Three ships.")
    found_in(trial, cache)
    trial.article("one", "Seven ships.")
    assert [article.text for article in read(trial, cache)] == ["Seven ships."]


def test_a_file_written_just_now_is_opened_again(trial: Trial, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later change in the same tick of the clock would leave no trace: size and time stamps stay the same."""
    monkeypatch.setattr("builder.cache.files.state", lambda status: str(status.st_size))
    trial.article("one", "Three ships.")
    found_in(trial, cache)
    trial.article("one", "Seven ships.")
    assert [article.text for article in read(trial, cache)] == ["Seven ships."]


@pytest.mark.usefixtures("settled")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no time of a file's last change of any kind")
def test_a_file_put_in_place_of_another_is_opened(trial: Trial, cache: Cache) -> None:
    """Even when the copy has the size and the time stamp of the file before: copying tools keep those."""
    path = trial.article("one", "Three ships.")
    age(path)
    found_in(trial, cache)
    path.unlink()
    trial.article("one", "Seven ships.")
    age(path)
    assert [article.text for article in read(trial, cache)] == ["Seven ships."]


@pytest.mark.usefixtures("settled")
def test_mistakes_are_told_on_every_build(trial: Trial, cache: Cache) -> None:
    """A file with a mistake is never kept, and the good ones beside it are."""
    trial.article("good", "Words.")
    trial.write("content/articles/bad.md", "---\ntitel: x\n---\nText.\n")
    for _ in range(2):
        with pytest.raises(Problems, match="unknown key “titel”"):
            found_in(trial, cache)
    assert len(cache.store.rows("SELECT key FROM bodies")) == 1


@pytest.mark.usefixtures("settled")
def test_an_original_that_changed_is_told_although_its_article_did_not(trial: Trial, cache: Cache) -> None:
    """The line to mend is named, as if the article had been read anew."""
    trial.write("content/originals/one.txt", "raw")
    digest = hashlib.sha256(b"raw").hexdigest()
    trial.article("one", "Words.", original="content/originals/one.txt", original_sha256=digest)
    found_in(trial, cache)
    trial.write("content/originals/one.txt", "rew")
    for _ in range(2):
        with pytest.raises(Problems, match=r"one\.md:4: the original is not the file it was"):
            found_in(trial, cache)
    (trial.root / "content/originals/one.txt").unlink()
    with pytest.raises(Problems, match=r"one\.md:3: original .* is not there"):
        found_in(trial, cache)


@pytest.mark.usefixtures("settled")
def test_a_file_replaced_by_a_link_to_elsewhere_is_told(trial: Trial, cache: Cache, tmp_path: Path) -> None:
    """What was good as a file of the archive is not good as a link out of it."""
    path = trial.article("one", "Words.")
    found_in(trial, cache)
    path.rename(tmp_path / "one.md")
    path.symlink_to(tmp_path / "one.md")
    with pytest.raises(Problems, match="a link to a file outside content/"):
        found_in(trial, cache)


def test_two_files_of_one_slug_are_told_from_the_cache_too(trial: Trial, cache: Cache) -> None:
    trial.article("one", "Words.")
    trial.write("content/articles/b/two.md", "---\ntitle: x\nslug: one\n---\nText.\n")
    for _ in range(2):
        with pytest.raises(Problems, match=r"one\.md: the slug “one” is taken by content/articles/b/two\.md"):
            found_in(trial, cache)


def test_a_copy_elsewhere_and_another_language_are_articles_of_their_own(trial: Trial, cache: Cache) -> None:
    """The path names the slug and the problems, and the archive's language is that of articles without one."""
    path = trial.article("one", "Words.")
    trial.write("content/articles/two.md", path.read_bytes())
    assert [article.path for article in read(trial, cache)] == ["content/articles/one.md", "content/articles/two.md"]
    (first, _) = found_in(trial, cache, "de")
    assert opened_article(first, trial.root, "de", cache).language == "de"


def test_what_annotators_do_not_see_has_no_part_in_the_address_of_a_reading(trial: Trial, cache: Cache) -> None:
    """Another tag is another article, but nothing to read anew; another date is."""
    matters = set()
    for front in ({}, {"rights": "None."}, {"published": "2014"}):
        trial.article("one", "Words.", **front)
        matters |= {found.head.matter for found in found_in(trial, cache)}
    assert len(matters) == 2


def test_an_article_is_read_from_its_file_when_the_cache_was_begun_anew(trial: Trial, cache: Cache) -> None:
    trial.article("one", "Words.")
    (found,) = found_in(trial, cache)
    cache.store.change("DELETE FROM bodies", [()])
    assert opened_article(found, trial.root, "en", cache).text == "Words."


def test_all_that_decides_how_an_article_is_converted_is_in_its_address() -> None:
    """An upgrade of this program or of a library converts anew: no module that takes part is left out."""
    from builder.read.gather import SOURCES

    assert modules_beyond("builder.read.articles", SOURCES) <= {"problems", "model"}


def test_all_that_decides_what_is_read_is_in_the_address_of_a_reading() -> None:
    """The same of annotators: only what no annotation depends on may be missing."""
    from builder.reading.shard import SOURCES

    assert modules_beyond("builder.annotate, builder.annotate.engine", SOURCES) <= {"problems", "model"}


def modules_beyond(names: str, sources: tuple[str, ...]) -> set[str]:
    code = f"import sys, {names}; print(*(m for m in sys.modules if m.startswith('builder.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    known = tuple(source.removesuffix(".py").replace("/", ".") for source in sources)
    modules = {module.removeprefix("builder.") for module in done.stdout.split()}
    return {m for m in modules if not any(m == k or m.startswith(k + ".") for k in known)}
