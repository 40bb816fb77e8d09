"""The full-text index of archive.sqlite depends on the texts alone, not on how they came to be what they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from builder.render.exports.sqlite_words import has_settled, index, indexed, settle

TABLES = ("data", "idx", "docsize", "config")
WORDS = [f"word{n * n % 997:x}" for n in range(4000)]
Texts = dict[int, str]


def texts(number: int) -> Texts:
    return {n: " ".join(WORDS[(n * 7 + i * n) % 4000] for i in range(1, 60)) for n in range(1, number + 1)}


def opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, isolation_level=None)


def fill(database: sqlite3.Connection, found: Texts) -> None:
    rows = ((n, f"Title {n}", text) for n, text in found.items())
    database.executemany("INSERT INTO articles (number, title, text) VALUES (?, ?, ?)", rows)


def fresh(file: Path, found: Texts) -> sqlite3.Connection:
    database = opened(file)
    database.execute("CREATE TABLE articles (number INTEGER PRIMARY KEY, title, text)")
    fill(database, found)
    index(database)
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles_fts'").fetchone():
        pytest.skip("this SQLite was built without FTS5")
    settle(database)
    return database


def shadows(database: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [database.execute(f"SELECT * FROM articles_fts_{name} ORDER BY 1, 2").fetchall() for name in TABLES]


def change(database: sqlite3.Connection, numbers: Iterable[int], found: Texts) -> None:
    with indexed(database):
        database.execute("BEGIN")
        for n in numbers:
            database.execute("DELETE FROM articles WHERE number = ?", (n,))
        fill(database, {n: found[n] for n in numbers if n in found})
        database.execute("COMMIT")
    settle(database)


@pytest.mark.parametrize("size", [1, 40, 600])
def test_an_index_that_was_changed_is_that_of_the_texts(tmp_path: Path, size: int) -> None:
    """Text by text, twice, and the words are found that are there; FTS5 itself finds nothing wrong."""
    after = texts(size)
    after[size] = "only here stands zebra"
    with closing(fresh(tmp_path / "a", texts(size))) as a, closing(fresh(tmp_path / "b", after)) as b:
        change(a, [size], {size: "something in between"})
        change(a, [size], after)
        assert shadows(a) == shadows(b)
        a.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
        assert a.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'zebra'").fetchall() == [(size,)]


def test_one_that_stands_otherwise_is_told(tmp_path: Path) -> None:
    """It is not changed then, but made anew; so is one of another FTS5, whose record would be another."""
    with closing(fresh(tmp_path / "a", texts(20))) as database:
        assert has_settled(tmp_path / "a")
        database.execute("INSERT INTO articles_fts (rowid, title, text) VALUES (99, 'One', 'more segment')")
        assert not has_settled(tmp_path / "a")
        settle(database)
        assert has_settled(tmp_path / "a")
        database.execute("UPDATE articles_fts_data SET block = block || x'00' WHERE id = 10")
    assert not has_settled(tmp_path / "a")
