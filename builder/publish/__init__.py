"""From files in memory to the published folder: only what changed is written, and it appears as a whole.

Every changed file is first staged beside the cache. Only when all are there is the change committed by one
small file; from then on it is carried through, by the next run if this one is killed.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from builder.model.output import OutputFile
from builder.problems import Problem, Problems
from builder.publish import change
from builder.publish.change import Change, carry_through, interrupted
from builder.publish.within import is_within, refuse_links

__all__ = ["MANIFEST", "Published", "carry_through", "interrupted", "listed", "publish"]

MANIFEST = "manifest-sha256.txt"
FOREIGN = "Move it away, or publish to another folder. If all of the folder is Glossator's, delete it and build again."


class Published(Struct, frozen=True):
    """What publishing did: numbers of files."""

    written: int
    removed: int
    unchanged: int


def publish(files: Iterable[OutputFile], output: Path, work: Path) -> Published:
    """Writes what changed into `output`; a path that leaves it, or comes twice, is refused before anything is written.

    Files in `output` that no manifest names (a CNAME, a licence) are left alone; one in the way is a problem.
    """
    if output.exists() and not output.is_dir():
        raise Problems([Problem(str(output), "is no folder", "Publish to another one.")])
    carry_through(work, output)
    stage = _Stage(output, change.emptied(work))
    for file in files:
        stage.add(file)
    manifest = "".join(f"{digest}  {path}\n" for path, digest in sorted(stage.digests.items()))
    stage.put(OutputFile(MANIFEST, manifest.encode()))
    if stage.problems:
        raise Problems(dict.fromkeys(stage.problems))
    removals = sorted(p for p in stage.before if p not in stage.digests and (output / p).is_file())
    if stage.moves or removals:
        change.commit(work, Change(change.address(work, output), stage.moves, removals))
        carry_through(work, output)
    shutil.rmtree(stage.folder, ignore_errors=True)
    return Published(len(stage.moves), len(removals), len(stage.digests) + 1 - len(stage.moves))


class _Stage:
    """The files that differ from what is published, beside the cache; and what stands in their way."""

    def __init__(self, output: Path, folder: Path) -> None:
        self.output, self.folder = output, folder
        self.before = listed(output)
        self.digests: dict[str, str] = {}
        self.moves: list[str] = []
        self.problems: list[Problem] = []
        self._safe: set[Path] = set()

    def add(self, file: OutputFile) -> None:
        if not is_within(file.path):
            what = "this path would leave the published folder"
            raise Problems([Problem(file.path, what, "This is a defect: report it.")])
        if file.path in self.digests or file.path == MANIFEST:
            hint = "Give one of them another slug."
            raise Problems([Problem(file.path, "two pages would be written to one file", hint)])
        self.digests[file.path] = hashlib.sha256(file.content).hexdigest()
        self.put(file)

    def put(self, file: OutputFile) -> None:
        published = self.output / file.path
        try:
            refuse_links(self.output, file.path, self._safe)
        except Problems as error:
            self.problems.extend(error.problems)
            return
        if published.is_file() and published.read_bytes() == file.content:
            return
        if published.exists() and (file.path not in {*self.before, MANIFEST} or published.is_dir()):
            self.problems.append(Problem(str(published), "is in the way, and not Glossator's", FOREIGN))
        staged = self.folder / file.path
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(file.content)
        self.moves.append(file.path)


def listed(output: Path) -> dict[str, str]:
    """Path -> SHA-256 of what the published manifest names; empty where nothing was published.

    A line that names no file within the folder is passed over: the manifest may have been edited.
    """
    try:
        lines = (output / MANIFEST).read_text(encoding="utf-8", errors="replace").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise Problems([Problem(str(output / MANIFEST), f"cannot be read: {error.strerror}", FOREIGN)]) from None
    pairs = (line.split("  ", 1) for line in lines if "  " in line)
    return {path: digest for digest, path in pairs if is_within(path)}
