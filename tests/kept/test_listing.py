"""What is published is noted file by file, as it is made; it counts once the site is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.kept.listing import FILE, TOGETHER, Listed, Listing, listed

MANY = [f"page {number:04}.html" for number in range(TOGETHER + 3)]


def note(folder: Path, files: list[str], gone: tuple[str, ...] = (), settle: bool = True) -> None:
    """Notes files whose contents are their names; the site is in `folder`/site."""
    listing = Listing(folder)
    for path in files:
        listing.take(Listed(path, path, 1, 1))
    if settle:
        published = {path: path for path in [*(file.path for file in listed(folder)), *files] if path not in gone}
        listing.settle(gone, published, folder / "site")
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
    listing.settle((), {path: path for path in MANY}, tmp_path / "site")
    found = {file.path: file.size for file in listed(tmp_path)}
    assert list(found) == MANY and found[MANY[0]] in (1, len(MANY[0]))
