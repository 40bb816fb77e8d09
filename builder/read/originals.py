"""The files articles were imported from, as their bytes were: they must be there, and unchanged."""

from __future__ import annotations

import hashlib
import os
import time
from functools import cached_property
from pathlib import Path

from builder.cache import Files, Head, files
from builder.model.article import Article
from builder.problems import Problem, Problems, at
from builder.read.walk import walk

FOLDER = "content/originals"


def sha256(path: Path) -> str:
    """The digest of a file's bytes, in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(root: Path, article: Article) -> list[Problem]:
    """What is wrong with the original an article names: elsewhere, missing, without digest, or other bytes."""
    if not article.original:
        return []
    place = at(article.path, article.lines.get("original"))
    path = root / article.original
    try:
        if not path.resolve().is_relative_to((root / FOLDER).resolve()):
            return [Problem(place, f"original “{article.original}” is not in {FOLDER}/")]
        if not path.is_file():
            hint = "Put the file back, or take “original” out if the archive does not keep it."
            return [Problem(place, f"original “{article.original}” is not there", hint)]
        found = sha256(path)
    except (OSError, RuntimeError) as error:  # the latter: links that go round in a circle
        what = getattr(error, "strerror", None) or "links that go round in a circle"
        return [Problem(place, f"original “{article.original}” cannot be read: {what}")]
    if not article.original_sha256:
        return [Problem(place, "an original without original_sha256", f"Add “original_sha256: {found}”.")]
    if found != article.original_sha256:
        place = at(article.path, article.lines.get("original_sha256"))
        hint = "An original is never changed: put the imported file back. Mend the article’s own text instead."
        return [Problem(place, "the original is not the file it was", hint)]
    return []


class Originals:
    """The same question asked of many articles: a file that nobody touched since it was hashed is not read again."""

    def __init__(self, root: Path, files: Files) -> None:
        self._root, self._files, self._looked = root, files, time.time_ns()

    @cached_property
    def _there(self) -> dict[str, os.stat_result]:
        """Plain files in the folder itself; with others `check` takes a closer look."""
        try:
            return {seen.path: seen.status for seen in walk(self._root, FOLDER) if seen.status}
        except Problems:
            return {}

    def state(self, path: str) -> str:
        """What changes when that original does; empty where it cannot be relied on."""
        status = self._there.get(path)
        return files.state(status) if status and files.settled(status, self._looked) else ""

    def is_as_it_was(self, head: Head) -> bool:
        """True when the original has the digest its article gives; false leaves everything open."""
        status = self._there.get(head.original)
        if status is None or not head.original_sha256:
            return False
        digest = self._files.digest(head.original, status)
        if digest is None:
            try:
                digest = sha256(self._root / head.original)
            except OSError:
                return False
            self._files.remember(head.original, status, digest, self._looked)
        return digest == head.original_sha256

    def refuse(self, article: Article) -> None:
        """Raises Problems for what is wrong with the original an article names."""
        if problems := check(self._root, article):
            raise Problems(problems)
