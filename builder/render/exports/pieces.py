"""Large data files in pieces: runs of articles or of records that are made anew only when something in them changed.

A run ends after an article or record whose slug or id says so, not after a fixed number: one that is added or taken out
changes its own run and leaves the others as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from io import BufferedReader
from typing import TypeVar
from zlib import crc32

from builder.model.archive import Archive
from builder.model.output import Former, LargeFile, Part, Piece
from builder.render import heads, years

FEW = 16  # articles in a run, about
MANY = 64  # records in a run, about
LINE = b"\r\n"  # as in CSV
SHORT = 1 << 10  # bytes in which a line of numbered ones ends, as a rule

T = TypeVar("T")
Runs = Mapping[str, Sequence[str]]  # name -> slugs or ids in their order
Made = bytes | Piece[bytes]


def of_articles(archive: Archive) -> Runs:
    """The articles in runs, in the archive's order."""
    return archive.derive("runs of articles", tuple[str, ...], lambda: _runs(heads.slugs(archive), FEW))


def of_records(archive: Archive, register: str) -> Runs:
    """A register's records in runs, in its order."""

    def make() -> Runs:
        return _runs(heads.happenings(archive) if register == "chronology" else getattr(archive, register), MANY)

    return archive.derive(f"runs of {register}", tuple[str, ...], make)


def of_dated(archive: Archive) -> Runs:
    """The happenings that have a date, in runs, in their order."""
    return archive.derive(
        "runs of dated happenings",
        tuple[str, ...],
        lambda: _runs(years.dated(archive), MANY),
    )


def of_reporters(archive: Archive) -> Runs:
    """The sources that pass on what others say, in runs, in the order of the relays."""
    return archive.derive(
        "runs of relays", tuple[str, ...], lambda: _runs(dict.fromkeys(r.reporter for r in archive.relays), MANY)
    )


def _runs(ids: Iterable[str], size: int) -> dict[str, tuple[str, ...]]:
    return {_name(run): tuple(run) for run in _cut(ids, size, lambda _: 1)}


def with_rows(rows: Iterable[tuple[str, int]], size: int) -> dict[str, tuple[str, ...]]:
    """Runs of which each has two rows or more; `rows` tells how many each id has. One run where there are fewer."""
    number = dict(rows)
    runs = list(_cut(number, size, number.__getitem__, 2))
    if len(runs) > 1 and sum(number[id] for id in runs[-1]) < 2:
        runs[-2:] = [runs[-2] + runs[-1]]
    return {_name(run): tuple(run) for run in runs}


def _cut(ids: Iterable[str], size: int, rows: Callable[[str], int], least: int = 1) -> Iterator[list[str]]:
    run: list[str] = []
    for id in ids:
        run.append(id)
        if (len(run) >= 4 * size or crc32(id.encode()) % size == 0) and sum(map(rows, run)) >= least:
            yield run
            run = []
    if run:
        yield run


def _name(run: Sequence[str]) -> str:
    return blake2b("\0".join(run).encode(), digest_size=8).hexdigest()


def pieces(runs: Runs, make: Callable[[Sequence[str]], T], prefix: str = "") -> Iterator[Piece[T]]:
    """Yields a piece for each run; `prefix` tells runs of several registers in one file apart."""
    for name in runs:
        yield Piece(prefix + name, partial(_of_run, runs, name, make))


def _of_run(runs: Runs, name: str, make: Callable[[Sequence[str]], T]) -> T:
    return make(runs[name])  # opened only where the piece is made


def joined(path: str, parts: Callable[[], Iterable[Made]], numbered: bool = False) -> LargeFile:
    """A file of parts one after another: bytes that are always there, and pieces.

    Where it is `numbered`, every line of a piece begins with a number and a comma, and they count through the file.
    """
    return LargeFile(path, partial(_joined, parts, numbered))


def array(path: str, found: Callable[[], Iterable[Piece[bytes]]], head: bytes = b"", foot: bytes = b"") -> LargeFile:
    """A JSON array whose pieces are records, one a line, with commas between them; `head` and `foot` go around it."""

    def parts() -> Iterator[Made]:
        between = head + b"[\n"
        for piece in found():
            yield between
            yield piece
            between = b",\n"
        yield (b"" if between == b",\n" else between) + b"\n]" + foot + b"\n"

    return joined(path, parts)


def _joined(parts: Callable[[], Iterable[Made]], numbered: bool, former: Former) -> Iterator[Part]:
    end, lines = 0, _Lines(former.file)
    for part in parts():
        content = part if isinstance(part, bytes) else _content(part, former)
        if isinstance(part, Piece):
            if numbered:
                content = lines.numbered(content)
            former.keep(part.name, range(end, end + len(content)))
        end += len(content)
        yield content


def _content(piece: Piece[bytes], former: Former) -> Part:
    place = former.place(piece.name)
    return former.made(piece) if place is None or former.file is None else place


class _Lines:
    """The lines of pieces, numbered through the file. Where pieces follow on each other as in `file`, none is read."""

    def __init__(self, file: BufferedReader | None) -> None:
        self._file = file
        self._number = 0  # of lines before
        self._taken = range(0)  # the last piece, where it is taken as it stands, and its lines are not counted yet

    def numbered(self, content: Part) -> Part:
        """The next piece as it is to be."""
        if isinstance(content, range) and self._file:
            if not content or (self._taken and content.start == self._taken.stop) or self._goes_on(content, self._file):
                self._taken = content or self._taken
                return content
            content = _read(content, self._file)
        assert isinstance(content, bytes)
        self._count()
        content = _counted(content, self._number + 1)
        self._number += content.count(LINE)
        return content

    def _goes_on(self, content: range, file: BufferedReader) -> bool:
        self._count()
        return int(_read(content[:SHORT], file).partition(b",")[0]) == self._number + 1

    def _count(self) -> None:
        if self._taken and self._file:
            self._number = _last(self._taken, self._file)
        self._taken = range(0)


def _last(place: range, file: BufferedReader) -> int:
    """The number of a piece's last line."""
    end = _read(place[-SHORT:], file).removesuffix(LINE)
    if len(place) > SHORT and LINE not in end:  # one long line
        end = _read(place, file).removesuffix(LINE)
    return int(end.rpartition(LINE)[2].partition(b",")[0])


def _read(place: range, file: BufferedReader) -> bytes:
    file.seek(place.start)
    return file.read(len(place))


def _counted(content: bytes, first: int) -> bytes:
    """The lines with other numbers, if they are others."""
    if content.startswith(b"%d," % first):
        return content
    lines = content.split(LINE)[:-1]
    return b"".join(b"%d,%b\r\n" % (n, line.partition(b",")[2]) for n, line in enumerate(lines, first))
