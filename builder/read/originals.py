"""The files articles were imported from, as their bytes were: they must be there, and unchanged."""

from __future__ import annotations

import hashlib
from pathlib import Path

from builder.model.article import Article
from builder.problems import Problem, at

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
