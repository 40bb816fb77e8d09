"""Packs are written anew, without what is no longer published, when that is half of one; small ones are joined."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from pathlib import Path

from msgspec import Struct

from builder.kept.index import ENDING, Reader
from builder.kept.large import Large
from builder.kept.packs import Block, Damaged, Row, blocks, encoded
from builder.kept.writer import Writer

NOTE = "tidied"  # how many bytes there were when it was looked last
LITTLE = 1 << 22  # bytes that may always come to them before it is looked again
MANY = 24  # packs; each build that changes something begins some


class Piece(Struct):
    """A block, what is in it, and the numbers of what is wanted of that."""

    block: Block
    rows: list[Row]
    wanted: list[int]

    def size(self) -> float:
        """Bytes of the pack that what is wanted takes, about."""
        return self.block.size * sum(self.rows[at][1] for at in self.wanted) / max(1, self.block.whole)


def size(folder: Path) -> int:
    """Bytes of all that is kept and takes room of its own."""
    return _packed(folder) + Large(folder).size()


def _packed(folder: Path) -> int:
    return sum(pack.stat().st_size for pack in _packs(folder))


def is_due(folder: Path) -> bool:
    """Whether so much was added since it was looked last that it is worth looking."""
    try:
        before = int((folder / NOTE).read_text("ascii"))
    except (OSError, ValueError):
        before = 0
    return _packed(folder) > 2 * before + LITTLE


def are_many(folder: Path) -> bool:
    """Whether packs are to be joined."""
    return len(_packs(folder)) > MANY


def join(folder: Path, published: Set[bytes]) -> None:
    """Makes one of the smallest packs, those of the last builds, without a look at what is in the large ones."""
    packs = sorted(_packs(folder), key=lambda pack: (pack.stat().st_size, pack))
    small = _looked(packs[: -MANY // 2], published)
    _rewrite(folder, small, small)


def tidy(folder: Path, published: Set[bytes], thorough: bool = False) -> None:
    """Rewrites packs of which less than half is wanted: what has a SHA-256 that is published.

    `thorough` rewrites every pack in which something is not wanted.
    A killed build leaves the old ones, or both: then some contents are there twice until it is done again.
    """
    packs = _looked(_packs(folder), published)
    _rewrite(folder, packs, [pack for pack, of in packs.items() if _is_poor(pack, of, thorough)])
    if folder.is_dir():
        (folder / NOTE).write_text(str(_packed(folder)), "ascii")


def _rewrite(folder: Path, packs: Mapping[Path, list[Piece]], old: Collection[Path]) -> None:
    """Puts what is wanted of old packs into a new one."""
    writer = Writer(folder)
    with Reader() as reader:
        for piece in (piece for pack in sorted(old) for piece in packs[pack]):
            _copy(piece, reader, writer)
        writer.close()
    if not writer.is_full:
        for pack in old:
            pack.unlink(missing_ok=True)


def _packs(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{ENDING}"))


def _looked(packs: Iterable[Path], published: Set[bytes]) -> dict[Path, list[Piece]]:
    """What is in packs; what is in two places is wanted in the first."""
    found = {pack: [Piece(block, rows, []) for block, rows in blocks(pack)] for pack in packs}
    _want((piece for of in found.values() for piece in of), published)
    return found


def _is_poor(pack: Path, pieces: list[Piece], thorough: bool) -> bool:
    if thorough:
        return not all(len(piece.wanted) == len(piece.rows) for piece in pieces)
    return not pieces or sum(piece.size() for piece in pieces) < pack.stat().st_size / 2


def _want(pieces: Iterable[Piece], needed: Set[bytes]) -> None:
    found: set[bytes] = set()
    for piece in pieces:
        for at, (digest, _) in enumerate(piece.rows):
            if digest in needed and digest not in found:
                piece.wanted.append(at)
                found.add(digest)


def _copy(piece: Piece, reader: Reader, writer: Writer) -> None:
    try:
        if piece.wanted:
            found = _contents(piece, reader)
            writer.append(encoded([found[at] for at in piece.wanted]))
    except Damaged:
        return


def _contents(piece: Piece, reader: Reader) -> list[tuple[bytes, bytes]]:
    whole, at, found = reader.read(piece.block), 0, []
    for digest, length in piece.rows:
        found.append((digest, whole[at : at + length]))
        at += length
    return found
