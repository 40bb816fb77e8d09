"""A large file from its pieces: those that would come out as they did last time are taken from the published one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from io import BufferedReader
from itertools import chain, islice
from typing import TypeVar, cast

import msgspec

from builder.kept import Kept
from builder.kept.same import State
from builder.kept.spare import Spare
from builder.ledger import Entry, Run
from builder.model.output import Former, LargeFile, OutputFile, Part, Piece
from builder.outdated import outdated
from builder.publish import Staged
from builder.publish.stage import Stage
from builder.render.lookups import Lookups

T = TypeVar("T")


class Assembly(Former):
    """One large file in the making; `runs` are its pieces as they have been noted so far."""

    def __init__(self, lookups: Lookups, file: BufferedReader | None, known: Sequence[Run]) -> None:
        self.file, self._lookups = file, lookups
        self.runs: list[Run] = []
        self._known = {run.name: run for run in known}
        self.names = list(self._known)
        self.outdated = {known[place].name for place in outdated(known, lookups)}
        self._made: dict[str, tuple[Run, object]] = {}
        self._kept: set[str] = set()

    def stood(self, name: str) -> range | None:
        """Where the piece stands in the published file."""
        run = self._known.get(name)
        return range(run.start, run.stop) if run else None

    def place(self, name: str) -> range | None:
        """Where it stands there, if it would come out the same."""
        return None if name in self.outdated else self.stood(name)

    def made(self, piece: Piece[T]) -> T:
        """Makes the piece, once, and notes what it looks up."""
        if piece.name not in self._made:
            with self._lookups.noting() as reads:
                content = piece.make()
            short = msgspec.Raw(msgspec.msgpack.encode(self._lookups.shortened(reads)))
            self._made[piece.name] = Run(piece.name, short, self._lookups.digest(reads), 0, 0), content
        return cast("T", self._made[piece.name][1])

    def keep(self, name: str, place: range) -> None:
        """Notes the piece as the next one of the new file."""
        assert name not in self._kept, f"two pieces {name}"
        self._kept.add(name)
        run = self._made.pop(name)[0] if name in self._made else self._known[name]
        there = run.start == place.start and run.stop == place.stop
        self.runs.append(run if there else Run(name, run.reads, run.digest, place.start, place.stop))

    def stay(self, names: Sequence[str]) -> None:
        """Notes these pieces in the places of those that are known, one for one."""
        for name, at in zip(names, self._known.values(), strict=True):
            run = self._made.pop(name)[0] if name in self._made else at
            self.runs.append(at if run is at else Run(name, run.reads, run.digest, at.start, at.stop))


def put(
    file: OutputFile | LargeFile,
    stage: Stage,
    kept: Kept,
    lookups: Lookups,
    before: Entry | None,
    runs: dict[str, list[Run]],
) -> Staged:
    """Stages a file and keeps it; of a large one, notes the pieces in `runs`, by path. `before` is its unit's entry."""
    if isinstance(file, OutputFile):
        staged = stage.put(file)
        kept.keep(staged.digest, file.content, is_new=staged.changed)
        return staged
    stood = _standing(file.path, stage, before)
    with stage.place(stood).open("rb") if stood else nullcontext() as source:
        assembly = Assembly(lookups, source, before.runs.get(file.path, ()) if stood and before else ())
        staged = _staged(file.path, stage, source, stood, file.write(assembly), kept.large.spare)
    if staged.digest:
        kept.large.hold(staged.digest, stage.place(staged))
    runs[file.path] = assembly.runs
    file.size, file.digest = staged.size, staged.digest
    return staged


def _standing(path: str, stage: Stage, before: Entry | None) -> Staged | None:
    """What is known of a file that stands as it was published; nothing of any other."""
    found = (Staged(f.path, f.digest, f.size, f.time) for f in before.files if f.path == path) if before else ()
    return next(filter(stage.holds, found), None)


def _staged(
    path: str, stage: Stage, source: BufferedReader | None, stood: Staged | None, parts: Iterable[Part], spare: Spare
) -> Staged:
    """Stages the file, unless it would be the one that stands, which is not read for that."""
    if source is None or stood is None:
        return stage.write(path, parts)
    joined = merged(parts, source)
    begun = list(islice(joined, 2))
    if begun == [range(stood.size)]:
        return stood
    before, same = State.of(source.fileno()), list[range]()
    room = partial(spare.take, stood.size, edition=stood.digest)
    staged = stage.write(path, _staying(chain(begun, joined), same), source, room)
    if staged.changed and before == State.of(source.fileno()):
        spare.same.keep(staged.digest, before, stood.digest, same)
    return staged


def _staying(parts: Iterable[Part], same: list[range]) -> Iterator[Part]:
    """The same parts; those that stay where they are in the former edition are listed."""
    end = 0
    for part in parts:
        if isinstance(part, range) and part.start == end:
            same.append(part)
        end += len(part)
        yield part


def merged(parts: Iterable[Part], source: BufferedReader) -> Iterator[Part]:
    """The same with ranges joined that lie beside each other; bytes that stand after a range there are part of it."""
    waiting = range(0)
    for part in filter(len, parts):
        if isinstance(part, range):
            if part.start == waiting.stop:
                waiting = range(waiting.start, part.stop)
                continue
            if waiting:
                yield waiting
            waiting = part
        elif part == _bytes_at(waiting.stop, len(part), source):
            waiting = range(waiting.start, waiting.stop + len(part))
        else:
            if waiting:
                yield waiting
            yield part
            waiting = range(0)
    if waiting:
        yield waiting


def _bytes_at(at: int, size: int, source: BufferedReader) -> bytes:
    source.seek(at)
    return source.read(size)
