"""What is published is noted file by file, as it is made; it counts once the site is published."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from builder.kept.large import Large
from builder.kept.listing import FILE, TOGETHER, Listed, Listing, listed

MANY = [f"page {number:04}.html" for number in range(TOGETHER + 3)]


def note(folder: Path, files: list[str], gone: tuple[str, ...] = (), settle: bool = True) -> None:
    """Notes files whose contents are their names; the site is in `folder`/site."""
    listing = Listing(folder)
    for path in files:
        listing.take(Listed(path, path, 1, 1))
    if settle:
        published = {path: path for path in [*(file.path for file in listed(folder)), *files] if path not in gone}
        listing.settle(gone, dict(sorted(published.items())), folder / "site", ("", "manifest"))
    listing.close()


def paths(folder: Path) -> list[str]:
    return [file.path for file in listed(folder)]


def test_files_that_were_made_are_noted_beside_the_others(tmp_path: Path) -> None:
    """More of them than are written at a time; those that are gone are not."""
    note(tmp_path, MANY)
    assert paths(tmp_path) == MANY
    note(tmp_path, ["another.html"], gone=(MANY[0],))
    assert paths(tmp_path) == ["another.html", *MANY[1:]]


def test_what_a_build_took_that_was_never_published_is_not_noted(tmp_path: Path) -> None:
    note(tmp_path, ["a.html"])
    note(tmp_path, MANY, settle=False)
    assert paths(tmp_path) == ["a.html"]


@pytest.mark.parametrize("before_it_is_taken", [True, False])
def test_a_spoilt_list_is_begun_anew_from_the_files(tmp_path: Path, before_it_is_taken: bool) -> None:
    """Whether that is found out at once, or when part of it was written."""
    (tmp_path / "site").mkdir()
    for path in MANY:
        (tmp_path / "site" / path).write_text(path)
    listing = Listing(tmp_path)
    if before_it_is_taken:
        (tmp_path / FILE).write_bytes(b"no database" * 1000)
    for path in MANY:
        listing.take(Listed(path, path, 1, 1))
    if not before_it_is_taken:
        listing._db.close()  # type: ignore[union-attr]
    listing.settle((), {path: path for path in MANY}, tmp_path / "site", ("manifest", "manifest"))
    found = {file.path: file.size for file in listed(tmp_path)}
    assert list(found) == MANY and found[MANY[0]] in (1, len(MANY[0]))


SITE = {"a.html": "a", "b.html": "b", "c.html": "c"}


def settled(folder: Path, published: dict[str, str], manifests: tuple[str, str], *made: str) -> list[str]:
    """Notes what was made, of a site whose files hold their SHA-256, so to speak; what is noted of large ones."""
    (folder / "site").mkdir(exist_ok=True)
    listing = Listing(folder)
    for path in made:
        listing.take(Listed(path, published[path], 1, 1))
    for path, digest in published.items():
        (folder / "site" / path).write_text(digest)
    return listing.settle((), published, folder / "site", manifests)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM files WHERE path = 'b.html'",
        "UPDATE files SET digest = 'z' WHERE path = 'b.html'",
        "UPDATE files SET path = 'bb.html' WHERE path = 'b.html'",
        "INSERT INTO files VALUES ('d.html', 'd', 1, 1, 0)",
        "DROP TABLE files",
        "DROP TABLE stands",
        "DELETE FROM stands",
    ],
)
def test_a_list_that_is_not_of_the_manifest_that_stood_is_compared_with_what_is_published(
    tmp_path: Path, damage: str
) -> None:
    """Another program wrote in it; or a build published and was killed before it could note what."""
    settled(tmp_path, SITE, ("", "first"), *SITE)
    with closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.execute(damage)
    settled(tmp_path, SITE | {"a.html": "e"}, ("another", "second"), "a.html")
    assert [(file.path, file.digest) for file in listed(tmp_path)] == [*(SITE | {"a.html": "e"}).items()]


def test_of_one_that_is_only_what_a_build_made_is_looked_at(tmp_path: Path) -> None:
    """Nor is it counted, so what nobody can know is not found: no more than a memory."""
    settled(tmp_path, SITE, ("", "first"), *SITE)
    with closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.execute("DELETE FROM files WHERE path = 'b.html'")
    settled(tmp_path, SITE, ("first", "second"), "c.html")
    assert paths(tmp_path) == ["a.html", "c.html"]
    settled(tmp_path, SITE, ("of the folder that was filled from it", "second"), "c.html")
    assert paths(tmp_path) == list(SITE)


@pytest.mark.parametrize("before", ["first", ""])
def test_it_is_told_which_files_are_published_that_are_kept_whole(tmp_path: Path, before: str) -> None:
    """Also where two of them are the same bytes, and one of these changes."""
    (tmp_path / "file").write_text("large")
    for digest in ("a", "e", "left by a build that was killed"):
        Large(tmp_path).hold(digest, tmp_path / "file")
    site = SITE | {"b.html": "a"}
    assert settled(tmp_path, site, ("", "first"), *site) == ["a", "a"]
    assert settled(tmp_path, site | {"a.html": "e"}, (before, "second"), "a.html") == ["a", "e"]
    assert settled(tmp_path, SITE | {"a.html": "e"}, ("second", "third"), "b.html") == ["e"]
