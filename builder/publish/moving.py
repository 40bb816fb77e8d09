"""Staged files go to their places: a folder that is new there in one step, others file by file.

Making a folder and moving a file are what publishing costs most; of a first build some ten folders are moved.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path

from builder.publish.within import is_within

Tree = dict[str, "Tree | None"]  # names in a folder: what is to be moved of each, None for a file


def move(paths: Iterable[str], staging: Path, output: Path) -> None:
    """Moves what is staged at these paths; passes over what is not there, or not anymore, and what leaves a folder."""
    if _is_folder(str(staging)):  # no build stages files elsewhere
        output.mkdir(parents=True, exist_ok=True)
        _fill(str(output), str(staging), _tree(paths))


def move_all(staging: Path, output: Path) -> bool:
    """Moves all that is staged into an empty folder; False where something would not go, and is left where it is."""
    output.mkdir(parents=True, exist_ok=True)
    try:
        for one in sorted(staging.iterdir()):
            one.rename(output / one.name)
    except OSError:  # on another disk, perhaps
        return False
    return True


def _tree(paths: Iterable[str]) -> Tree:
    whole: Tree = {}
    for path in filter(is_within, paths):
        *folders, name = path.split("/")
        at = whole
        for folder in folders:
            below = at.setdefault(folder, {})
            if below is None:
                break  # both a file and a folder: written by no build
            at = below
        else:
            at.setdefault(name, None)
    return whole


def _fill(target: str, staged: str, wanted: Tree) -> None:
    for name, below in wanted.items():
        there, here = f"{target}/{name}", f"{staged}/{name}"
        if below is None:
            if _is_file(here):
                _move(Path(here), Path(there))
        elif _is_folder(here) and _is_folder(there, missing=True) and not _moved_whole(there, here, below):
            Path(there).mkdir(exist_ok=True)
            _fill(there, here, below)


def _moved_whole(target: str, staged: str, wanted: Tree) -> bool:
    """True where the folder was new and could be moved as it is; False leaves everything to be moved by itself."""
    if os.path.lexists(target) or not _is_all(staged, wanted):
        return False
    try:
        Path(staged).rename(target)
    except OSError:  # on another disk, perhaps
        return False
    return True


def _is_all(staged: str, wanted: Tree) -> bool:
    """Whether the folder holds nothing but what is wanted."""
    with os.scandir(staged) as found:
        for one in found:
            below = wanted.get(one.name, "")
            if below is None and one.is_file(follow_symlinks=False):
                continue
            if not (isinstance(below, dict) and one.is_dir(follow_symlinks=False) and _is_all(one.path, below)):
                return False
    return True


def _is_folder(place: str, missing: bool = False) -> bool:
    """True for a folder that is no link; `missing` is the answer where there is nothing."""
    try:
        return stat.S_ISDIR(os.lstat(place).st_mode)
    except FileNotFoundError:
        return missing


def _is_file(place: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(place).st_mode)
    except FileNotFoundError:  # moved already when a run was killed half way
        return False


def _move(staged: Path, target: Path) -> None:
    """In one step, also where the published folder lies on another disk."""
    try:
        staged.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = target.with_name(f".{target.name}.new")
        shutil.copyfile(staged, beside)
        os.utime(beside, ns=(time := staged.stat().st_mtime_ns, time))  # by which the next build knows it again
        beside.replace(target)
        staged.unlink()
