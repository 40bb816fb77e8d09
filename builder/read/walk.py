"""What lies in a folder of content/, told with one look at each file and without opening any."""

from __future__ import annotations

import os
import stat
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from builder.problems import Problem, Problems
from builder.read.files import shown

ARTICLES = "content/articles"


class Seen(NamedTuple):
    """A file: its path from the archive's root, and its state; None for a link, and whatever is no plain file."""

    path: str
    status: os.stat_result | None


def articles(root: Path) -> list[Seen]:
    """Every Markdown file below content/articles, sorted; names that begin with a dot are an editor's own.

    Raises Problems for links to other folders: what an archive publishes stands in it.
    """
    return [seen for seen in walk(root, ARTICLES) if seen.path.endswith(".md")]


def walk(root: Path, folder: str) -> list[Seen]:
    """Every file below a folder of the archive, sorted; raises Problems for folders that are links or cannot be read.

    None has a state where the folder itself leads out of content/: then every file has to be looked at closely.
    """
    problems: list[Problem] = []
    found: list[Seen] = []
    _walk(root, folder, found, problems)
    if problems:
        raise Problems(problems)
    if not (root / folder).resolve().is_relative_to((root / "content").resolve()):
        found = [Seen(seen.path, None) for seen in found]
    return found


def _walk(root: Path, folder: str, found: list[Seen], problems: list[Problem]) -> None:
    try:
        with os.scandir(root / folder) as listing:
            entries = sorted((e for e in listing if not e.name.startswith(".")), key=attrgetter("name"))
    except OSError as error:  # a folder passed over in silence would take its articles off the site
        if folder.count("/") > 1 or not isinstance(error, FileNotFoundError):
            problems.append(Problem(shown(root, root / folder), f"cannot be read: {error.strerror}"))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if not _is_folder(entry):
            found.append(Seen(path, _status(entry)))
        elif entry.is_symlink():
            what = "a link to another folder is not followed"
            problems.append(Problem(shown(root, root / path), what, "Put the articles here themselves."))
        else:
            _walk(root, path, found, problems)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # links that go round in a circle
        return False


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:  # gone in the meantime; opening it will tell
        return None
    return status if stat.S_ISREG(status.st_mode) else None
