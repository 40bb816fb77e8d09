"""Large files are put together from pieces, of which those that did not change are taken from the published file."""

from __future__ import annotations

from collections.abc import Sequence
from io import BufferedReader
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.assembling import Assembly, merged
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


def file(*parts: pieces.Made, numbered: bool = False) -> LargeFile:
    return pieces.joined("data/a.csv", lambda: parts, numbered)


def unmade() -> bytes:
    raise AssertionError("was to be taken from the published file")


def published(folder: Path, *parts: pieces.Made, numbered: bool = False) -> tuple[Path, list[Run]]:
    assembly = Assembly(Lookups(), None, ())
    at = folder / "a.csv"
    at.write_bytes(written(file(*parts, numbered=numbered), assembly))
    return at, assembly.runs


def written(new: LargeFile, assembly: Assembly) -> bytes:
    """The file as it is staged."""
    parts = list(new.write(assembly))
    assert assembly.file or all(isinstance(part, bytes) for part in parts)
    joined = list(merged(parts, assembly.file)) if assembly.file else parts
    assert content(joined, assembly.file) == content(parts, assembly.file)
    return content(parts, assembly.file)


def content(parts: Sequence[bytes | range], source: BufferedReader | None) -> bytes:
    found = b""
    for part in parts:
        if isinstance(part, range):
            assert source
            source.seek(part.start)
            part = source.read(len(part))
        found += part
    return found


def test_what_moves_is_copied(tmp_path: Path) -> None:
    """A piece that stands elsewhere now, after a longer head, comes from where it stood."""
    two = Piece("two", lambda: b"second\n")
    old = published(tmp_path, b"head\n", Piece("one", lambda: b"first\n"), two)
    new = file(b"a longer head\n", Piece("two", unmade), Piece("three", lambda: b"third\n"), Piece("one", unmade))
    with old[0].open("rb") as source:
        assembly = Assembly(Lookups(), source, old[1])
        assert written(new, assembly) == b"a longer head\nsecond\nthird\nfirst\n"
    assert [run.name for run in assembly.runs] == ["two", "three", "one"]


def test_a_piece_that_looks_something_else_up_is_made(tmp_path: Path) -> None:
    def looked_up(word: str) -> tuple[Lookups, Piece[bytes]]:
        lookups = Lookups()
        register = lookups.register("words", {"a": word})
        return lookups, Piece("one", lambda: register["a"].encode())

    lookups, piece = looked_up("old")
    assembly = Assembly(lookups, None, ())
    (tmp_path / "a").write_bytes(written(file(piece), assembly))
    for word in ("old", "new"):
        lookups, piece = looked_up(word)
        with (tmp_path / "a").open("rb") as source:
            again = Assembly(lookups, source, assembly.runs)
            assert (again.place("one") is None) == (word == "new")
            assert written(file(piece), again) == word.encode()


def test_numbers_count_through_the_file(tmp_path: Path) -> None:
    """A piece numbers its lines from 1; in the file they follow on, also those that are copied."""
    pair, three = Piece("pair", lambda: lines(2)), Piece("three", lambda: lines(3))
    old = published(tmp_path, b"number,row\r\n", pair, three, numbered=True)
    assert old[0].read_bytes() == b"number,row\r\n" + lines(2) + lines(3, first=3)
    new = file(b"number,row\r\n", Piece("three", unmade), Piece("pair", unmade), numbered=True)
    with old[0].open("rb") as source:
        found = written(new, Assembly(Lookups(), source, old[1]))
    assert found == b"number,row\r\n" + lines(3) + lines(2, first=4)


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_numbers_after_a_piece_that_is_gone_are_others(tmp_path: Path, gone: int) -> None:
    """Those before it stay."""
    found = [Piece(f"{n}", lambda n=n: lines(n)) for n in (2, 3, 4, 1)]
    old = published(tmp_path, b"number,row\r\n", *found, numbered=True)
    del found[gone]
    with old[0].open("rb") as source:
        parts = b"number,row\r\n", *(Piece(piece.name, unmade) for piece in found)
        again = written(file(*parts, numbered=True), Assembly(Lookups(), source, old[1]))
    assert again == written(file(b"number,row\r\n", *found, numbered=True), Assembly(Lookups(), None, ()))


@pytest.mark.parametrize("longest", [10, 2000])
def test_numbered_lines_that_stay_are_not_read(tmp_path: Path, longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for the first and the last of each piece, however long they are; the whole is one stretch of the file."""
    found = [Piece("none", lambda: b""), *(Piece(f"{n}", lambda n=n: long_lines(n, longest)) for n in range(1, 60))]
    old = published(tmp_path, b"number,row\r\n", *found, numbered=True)
    monkeypatch.setattr(pieces, "_counted", lambda content, _: content if not content else pytest.fail("was counted"))
    with old[0].open("rb") as source:
        new = file(b"number,row\r\n", *(Piece(piece.name, unmade) for piece in found), numbered=True)
        parts = list(merged(new.write(Assembly(Lookups(), source, old[1])), source))
    assert parts == [range(old[0].stat().st_size)]


def long_lines(number: int, longest: int) -> bytes:
    return b"".join(b"%d,%b\r\n" % (n, b"x" * (longest * n // number)) for n in range(1, number + 1))


def test_two_pieces_of_one_name_are_a_defect() -> None:
    """One of them would be taken for the other by the next build."""
    one = Piece("one", lambda: b"1")
    with pytest.raises(AssertionError):
        written(file(one, one), Assembly(Lookups(), None, ()))


def test_stretches_beside_each_other_are_one(tmp_path: Path) -> None:
    """With what is written between them, where that stands there too."""
    (tmp_path / "a").write_bytes(b"head,one,two,three")
    with (tmp_path / "a").open("rb") as source:
        for parts, one in (
            ([b"head,", range(5, 8), b",", range(9, 12), b"", range(3, 3), range(12, 18)], [range(18)]),
            ([b"Head,", range(5, 8), b";", range(9, 12)], [b"Head,", range(5, 8), b";", range(9, 12)]),
            ([range(9, 12), range(5, 8), b",two"], [range(9, 12), range(5, 12)]),
            ([], []),
        ):
            assert list(merged(parts, source)) == one
