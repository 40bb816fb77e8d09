"""From files in memory to the published folder: only what changed is written, and it appears as a whole.

Every changed file is first staged beside the cache. Only when all are there is the change committed by one
small file; from then on it is carried through, by the next run if this one is killed.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from builder.model.output import OutputFile
from builder.problems import Problem, Problems

MANIFEST = "manifest-sha256.txt"


class Published(Struct, frozen=True):
    """What publishing did: numbers of files."""

    written: int
    removed: int
    unchanged: int


class _Change(Struct, frozen=True):
    """A committed change that must be carried through: staged files to move, published ones to remove."""

    output: str
    moves: list[str]
    removals: list[str]


def publish(files: Iterable[OutputFile], output: Path, work: Path) -> Published:
    """Writes what changed into `output`; a path that leaves it, or comes twice, is refused before anything is written.

    Files in `output` that no manifest names (a CNAME, a licence) are left alone.
    """
    carry_through(work)
    staging = work / "staging"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    digests: dict[str, str] = {}
    moves: list[str] = []
    for file in files:
        _check(file.path, digests)
        digests[file.path] = _stage(file, output, staging, moves)
    manifest = "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
    _stage(OutputFile(MANIFEST, manifest.encode()), output, staging, moves)
    removals = sorted(p for p in listed(output) if p not in digests and (output / p).is_file())
    if moves or removals:
        _write(work / "change.json", msgspec.json.encode(_Change(str(output.resolve()), moves, removals)))
        carry_through(work)
    shutil.rmtree(staging, ignore_errors=True)
    return Published(len(moves), len(removals), len(digests) + 1 - len(moves))


def _check(path: str, seen: dict[str, str]) -> None:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
        raise Problems([Problem(path, "this path would leave the published folder", "This is a defect: report it.")])
    if path in seen or path == MANIFEST:
        raise Problems([Problem(path, "two pages would be written to one file", "Give one of them another slug.")])


def _stage(file: OutputFile, output: Path, staging: Path, moves: list[str]) -> str:
    published = output / file.path
    if not published.is_file() or published.read_bytes() != file.content:
        staged = staging / file.path
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(file.content)
        moves.append(file.path)
    return hashlib.sha256(file.content).hexdigest()


def carry_through(work: Path) -> None:
    """Finishes a committed change; does nothing where there is none."""
    note = work / "change.json"
    if not note.is_file():
        return
    change = msgspec.json.decode(note.read_bytes(), type=_Change)
    output, staging = Path(change.output), work / "staging"
    for path in change.moves:
        if (staging / path).is_file():  # moved already when a run was killed half way
            (output / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(output / path)
    for path in change.removals:
        (output / path).unlink(missing_ok=True)
        _remove_empty((output / path).parent, output)
    note.unlink()


def _remove_empty(folder: Path, output: Path) -> None:
    while folder != output and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_suffix(".new")
    temporary.write_bytes(content)
    temporary.replace(path)


def listed(output: Path) -> dict[str, str]:
    """Path -> SHA-256 of what the published manifest names; empty where nothing was published."""
    try:
        lines = (output / MANIFEST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.split("  ", 1) for line in lines if "  " in line)
    return {path: digest for digest, path in pairs if ".." not in PurePosixPath(path).parts and path[:1] != "/"}
