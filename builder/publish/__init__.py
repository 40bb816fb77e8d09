"""From files in memory to the published folder: only what changed is written, and it appears as a whole.

Every changed file is first staged beside the cache. Only when all are there is the change committed by one
small file; from then on it is carried through, by the next run if this one is killed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from builder.model.output import OutputFile
from builder.problems import Problem, Problems
from builder.publish import change
from builder.publish.change import Change, address, carry_through, interrupted
from builder.publish.manifest import MANIFEST, Lines, listed
from builder.publish.stage import Stage, Staged
from builder.publish.sweep import Sweep
from builder.publish.taken import Taken

OUTPUT = "site"  # the published folder, in an archive that names no other

__all__ = [
    "MANIFEST", "OUTPUT", "Edition", "Published", "Staged", "Sweep",
    "address", "carry_through", "interrupted", "left", "listed", "place_whole", "publish",
]  # fmt: skip


class Published(Struct, frozen=True):
    """What publishing did: numbers of files."""

    written: int
    removed: int
    unchanged: int


class Edition:
    """One publication in the making: files are staged, in any process, and taken in here; `close` publishes them.

    Files in `output` that no manifest names (a CNAME, a licence) are left alone; one in the way is a problem. `known`
    is the SHA-256 of the manifest that stands, where it is as the last build wrote it, and lists so many `files`.
    """

    def __init__(self, output: Path, work: Path, known: str = "", files: int = 0) -> None:
        if output.exists() and not output.is_dir():
            raise Problems([Problem(str(output), "is no folder", "Publish to another one.")])
        carry_through(work, output)
        self._output, self._work = output, work
        self.stage = Stage(output, change.emptied(work), known)
        self._taken = Taken()
        self._before = Lines()  # what is left as it stands, but for the others
        self._others = self.stage.before  # what else was published
        self._listing = Lines()
        self._problems: list[Problem] = []
        self.before = known if self.stage.before.is_known else ""  # the SHA-256 of the list that stands, if it is known
        self.manifest = ""  # and of that of all files, once it is closed
        self.files = files if self.before else 0  # how many the list has
        self.gone: list[str] = []  # and what was published before, and is no longer

    def take(self, staged: Staged) -> None:
        """Takes in a file that was staged or kept."""
        self._taken.add(staged)
        self._problems.extend(staged.problems)

    def leave_all_but(self, paths: Iterable[str]) -> None:
        """Takes in every file that is published as it stands, but for these, which are taken in by themselves."""
        before = self.stage.before
        self._others = Lines.of((path, before[path]) for path in paths if path in before)
        self._before = before

    @property
    def listing(self) -> Lines:
        """The SHA-256 of every file that is published, by path, once the edition is closed."""
        return self._listing

    @property
    def ahead(self) -> dict[str, str]:
        """Where the files stand that were staged so far, by path: not published yet."""
        return {path: self.stage.staged(path) for path in self._taken.moves()}

    def close(self) -> Published:
        """Publishes what was taken in, removes what was not.

        Raises Problems, and then nothing is published: also where two files have one path.
        """
        taken = self._taken.lines()
        self._problems.extend(_twice(taken, filter(self._is_left, taken)))
        self._listing = self._before.but(self._others, taken) if self._before else taken
        self.files = self._number(taken)
        manifest = self.stage.put(OutputFile(MANIFEST, self._listing.content()))
        self.take(manifest)
        self.manifest = manifest.digest
        if self._problems:
            raise Problems(dict.fromkeys(self._problems))
        self.gone = list(self._others.but_for(taken))
        removals = [path for path in self.gone if (self._output / path).is_file()]
        if self._taken.changed or removals:
            moves = list(self._taken.moves())
            change.commit(self._work, Change(change.address(self._work, self._output), moves, removals))
            carry_through(self._work, self._output, anew=self.stage.empty)
        self.stage.clear()
        written = self._taken.changed
        return Published(written, len(removals), self.files + 1 - written)

    def _number(self, taken: Lines) -> int:
        """How many files are listed; they are counted only where nobody knows how many there were."""
        known = self._before and self.files
        return self.files - len(self._others) + len(taken) if known else len(self._listing)

    def _is_left(self, path: str) -> bool:
        """Whether the file stands published, and is left as it does."""
        return path in self._before and path not in self._others


def _twice(taken: Lines, both: Iterable[str]) -> Iterator[Problem]:
    """Yields what is wrong where a file would be written over another one; `both` are taken in and left, too."""
    same = [path for path, following in pairwise(taken) if path == following]
    for path in (*both, *same, *(path for path in (MANIFEST,) if path in taken)):
        yield Problem(path, "two pages would be written to one file", "Give one of them another slug.")


def left(work: Path, files: int) -> Published:
    """What publishing does where all stands as it was published: so many files, and their list."""
    change.cleared(work, change.STAGING)  # a killed build's
    return Published(0, 0, files + 1)


def place_whole(folder: Path, work: Path, output: Path) -> None:
    """Moves a site that was put together in another folder of the working folder to its place, which is empty."""
    moves = [*listed(folder), MANIFEST]
    change.cleared(work, change.STAGING)
    folder.rename(work / change.STAGING)
    change.commit(work, Change(change.address(work, output), moves, []))
    carry_through(work, output, anew=True)
    change.cleared(work, change.STAGING)


def publish(files: Iterable[OutputFile], output: Path, work: Path) -> Published:
    """Writes what changed into `output`; refuses a path that leaves it or comes twice before anything is written."""
    edition = Edition(output, work)
    for file in files:
        edition.take(edition.stage.put(file))
    return edition.close()
