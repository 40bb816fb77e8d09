"""Large files are put together from pieces, of which those that did not change are taken from the published file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.assembling import Assembly
from builder.ledger import Run
from builder.model.output import LargeFile, Piece
from builder.render.exports import pieces
from builder.render.lookups import Lookups

ids = st.lists(st.text("abcdefg-0123456789", min_size=1, max_size=8), unique=True, max_size=300)


@given(ids, st.data())
def test_an_article_more_changes_two_runs_at_most(slugs: list[str], data: st.DataObject) -> None:
    """Its own, and the one that it cut off or that a long run's end moved into; nothing is lost or turned round."""
    before = pieces._runs(slugs, 4)
    assert [slug for run in before.values() for slug in run] == slugs
    at = data.draw(st.integers(0, len(slugs)))
    after = pieces._runs([*slugs[:at], "a new one", *slugs[at:]], 4)
    kept = [run for run in before.values() if len(run) < 16]
    if len(kept) == len(before):
        assert len([run for run in before.values() if run not in after.values()]) <= 1 + (len(after) < len(before))


def lines(number: int, first: int = 1) -> bytes:
    return b"".join(b"%d,row %d\r\n" % (first + n, n) for n in range(number))


def file(*parts: pieces.Part, numbered: bool = False) -> LargeFile:
    return pieces.joined("data/a.csv", lambda: parts, numbered)


def unmade() -> bytes:
    raise AssertionError("was to be taken from the published file")


def published(folder: Path, *parts: pieces.Part, numbered: bool = False) -> tuple[Path, list[Run]]:
    assembly = Assembly(Lookups(), None, ())
    at = folder / "a.csv"
    at.write_bytes(b"".join(file(*parts, numbered=numbered).write(assembly)))
    return at, assembly.runs


def test_what_moves_is_copied(tmp_path: Path) -> None:
    """A piece that stands elsewhere now, after a longer head, comes from where it stood."""
    two = Piece("two", lambda: b"second\n")
    old = published(tmp_path, b"head\n", Piece("one", lambda: b"first\n"), two)
    assembly = Assembly(Lookups(), *old)
    new = file(b"a longer head\n", Piece("two", unmade), Piece("three", lambda: b"third\n"), Piece("one", unmade))
    assert b"".join(new.write(assembly)) == b"a longer head\nsecond\nthird\nfirst\n"
    assert [run.name for run in assembly.runs] == ["two", "three", "one"]


def test_a_piece_that_looks_something_else_up_is_made(tmp_path: Path) -> None:
    def looked_up(word: str) -> tuple[Lookups, Piece[bytes]]:
        lookups = Lookups()
        register = lookups.register("words", {"a": word})
        return lookups, Piece("one", lambda: register["a"].encode())

    lookups, piece = looked_up("old")
    assembly = Assembly(lookups, None, ())
    (tmp_path / "a").write_bytes(b"".join(file(piece).write(assembly)))
    for word in ("old", "new"):
        lookups, piece = looked_up(word)
        again = Assembly(lookups, tmp_path / "a", assembly.runs)
        assert (again.place("one") is None) == (word == "new")
        assert b"".join(file(piece).write(again)) == word.encode()


def test_numbers_count_through_the_file(tmp_path: Path) -> None:
    """A piece numbers its lines from 1; in the file they follow on, also those that are copied."""
    pair, three = Piece("pair", lambda: lines(2)), Piece("three", lambda: lines(3))
    old = published(tmp_path, b"number,row\r\n", pair, three, numbered=True)
    assert old[0].read_bytes() == b"number,row\r\n" + lines(2) + lines(3, first=3)
    new = file(b"number,row\r\n", Piece("three", unmade), Piece("pair", unmade), numbered=True)
    assert b"".join(new.write(Assembly(Lookups(), *old))) == b"number,row\r\n" + lines(3) + lines(2, first=4)


def test_two_pieces_of_one_name_are_a_defect() -> None:
    """One of them would be taken for the other by the next build."""
    one = Piece("one", lambda: b"1")
    with pytest.raises(AssertionError):
        list(file(one, one).write(Assembly(Lookups(), None, ())))
