"""A large file from its pieces: those that would come out as they did last time are taken from the published one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from builder.kept import Kept
from builder.ledger import Entry, Run
from builder.model.output import Former, LargeFile, OutputFile, Piece
from builder.publish import Staged
from builder.publish.stage import Stage
from builder.render.lookups import Lookups

T = TypeVar("T")


class Assembly(Former):
    """One large file in the making; `runs` are its pieces as they have been noted so far."""

    def __init__(self, lookups: Lookups, file: Path | None, known: Sequence[Run]) -> None:
        self.file, self._lookups = file, lookups
        self.runs: list[Run] = []
        self._known = {run.name: run for run in known}
        self._made: dict[str, Run] = {}
        self._kept: set[str] = set()

    def stood(self, name: str) -> range | None:
        """Where the piece stands in the published file."""
        run = self._known.get(name)
        return range(run.start, run.stop) if run else None

    def place(self, name: str) -> range | None:
        """Where it stands there, if it would come out the same."""
        run = self._known.get(name)
        return self.stood(name) if run and self._lookups.digest(run.reads) == run.digest else None

    def made(self, piece: Piece[T]) -> T:
        """Makes the piece and notes what it looks up."""
        with self._lookups.noting() as reads:
            content = piece.make()
        self._made[piece.name] = Run(piece.name, reads, self._lookups.digest(reads), 0, 0)
        return content

    def keep(self, name: str, place: range) -> None:
        """Notes the piece as the next one of the new file."""
        assert name not in self._kept, f"two pieces {name}"
        self._kept.add(name)
        run = self._made.get(name) or self._known[name]
        self.runs.append(Run(name, run.reads, run.digest, place.start, place.stop))


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
        kept.keep(staged.digest, file.content)
        return staged
    assembly = _assembly(file.path, stage, lookups, before)
    parts: list[bytes] = []
    staged = stage.write(file.path, kept.passing(file.write(assembly), parts))
    kept.parted(staged.digest, parts)
    runs[file.path] = assembly.runs
    file.size, file.digest = staged.size, staged.digest
    return staged


def _assembly(path: str, stage: Stage, lookups: Lookups, before: Entry | None) -> Assembly:
    """What is known of a file that stands as it was published; nothing of any other."""
    if before:
        for f in before.files:
            if f.path == path and (published := stage.published(Staged(f.path, f.digest, f.size, f.time))):
                return Assembly(lookups, published, before.runs.get(path, ()))
    return Assembly(lookups, None, ())
