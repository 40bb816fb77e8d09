"""A committed change of the published folder: one small file says what is to be moved and removed."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
from msgspec import Struct

from builder.problems import Problem, Problems, Unfinished
from builder.publish.moving import move, move_all
from builder.publish.within import reaches

NOTE = "change.json"
STAGING = "staging"
FILLED = "filled"  # a site that is put together before it goes to its place as a whole


class Change(Struct, frozen=True):
    """What must be carried through: staged files to move, published ones to remove."""

    output: str  # as `address` gives it
    moves: list[str]
    removals: list[str]


def address(work: Path, output: Path) -> str:
    """The published folder as a change names it: from the archive where it lies in it, so that both can be moved."""
    root, folder = work.resolve().parent, output.resolve()
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)


def emptied(work: Path, name: str = STAGING) -> Path:
    """The folder to stage files in, or another one of the working folder's, with nothing in it."""
    cleared(work, name)
    (work / name).mkdir(parents=True)
    return work / name


def cleared(work: Path, name: str) -> None:
    """Takes a folder of the working folder's away."""
    if (work / name).is_symlink():
        (work / name).unlink()
    shutil.rmtree(work / name, ignore_errors=True)


def commit(work: Path, change: Change) -> None:
    """From here on the change is carried through, whatever happens to this run."""
    temporary = work / "change.new"
    temporary.write_bytes(msgspec.json.encode(change))
    temporary.replace(work / NOTE)


def interrupted(work: Path) -> bool:
    """Whether a committed change waits to be carried through."""
    return (work / NOTE).exists()


def carry_through(work: Path, output: Path, anew: bool = False) -> None:
    """Finishes a committed change of `output`; does nothing where there is none.

    `anew` says that nothing was published, and that all in the stage was put there by this build: it goes as it is.
    Raises Problems where the change is one of another folder, and Unfinished where the disk refuses.
    """
    note = work / NOTE
    try:
        change = msgspec.json.decode(note.read_bytes(), type=Change)
    except FileNotFoundError:
        return
    except msgspec.DecodeError:  # edited by hand; the next publication compares every file anyway
        note.unlink()
        return
    if change.output == address(work, work / FILLED) != address(work, output):  # it is filled anew
        note.unlink()
        return
    if change.output != address(work, output):
        hint = f"Finish it with “glossator build --output {change.output}”, or delete {note}."
        raise Problems([Problem(change.output, "publishing to this folder was interrupted", hint)])
    try:
        if not (anew and move_all(work / STAGING, output)):
            _carry(change, work / STAGING, output)
    except OSError as error:
        hint = "Mend that and build again: publishing goes on where it stopped."
        where = str(error.filename2 or error.filename or output)
        raise Unfinished([Problem(where, f"cannot be published: {error.strerror}", hint)]) from None
    note.unlink()


def _carry(change: Change, staging: Path, output: Path) -> None:
    move(change.moves, staging, output)
    safe: set[str] = set()
    for path in change.removals:
        if reaches(output, path, safe):
            (output / path).unlink(missing_ok=True)
            _remove_empty((output / path).parent, output)


def _remove_empty(folder: Path, output: Path) -> None:
    while folder != output:
        if folder.is_dir():  # not, where a killed run removed it and got no further
            if any(folder.iterdir()):
                return
            folder.rmdir()
        folder = folder.parent
