"""What an archive holds already: slugs that are taken, and the bytes it was made from."""

from __future__ import annotations

import re
from pathlib import Path

from builder.model.slug import unique
from builder.problems import Problems
from builder.read import originals, walk
from builder.read.files import contents, shown
from builder.read.slugs import is_slug

SHA256_LINE = re.compile(rb"(?m)^original_sha256: *[\"']?([0-9a-fA-F]{64})")
SLUG_LINE = re.compile(rb"(?m)^slug: *[\"']?([A-Za-z0-9-]+)")


class Known:
    """Slugs and digests, those of the files being imported included. An article with mistakes in it counts too."""

    def __init__(self) -> None:
        self.slugs: set[str] = set()
        self.articles: dict[str, tuple[str, str]] = {}  # SHA-256 of the original -> slug and path of its article

    @classmethod
    def of(cls, root: Path) -> Known:
        known = cls()
        for path in (root / seen.path for seen in walk.articles(root)):
            try:
                head = contents(path, "").partition(b"\n---")[0]
            except Problems:  # a pipe, a link to nowhere: building tells it; its name is taken all the same
                head = b""
            slug = found[1].decode() if (found := SLUG_LINE.search(head)) else path.stem
            known.slugs |= {slug.casefold(), path.stem.casefold()}
            if found := SHA256_LINE.search(head):
                known.articles[found[1].decode().lower()] = slug, shown(root, path)
        folder = root / originals.FOLDER
        known.slugs |= {path.stem.casefold() for path in folder.iterdir()} if folder.is_dir() else set()
        return known

    def free_slug(self, wanted: str) -> str:
        """The slug, or the first of slug-2, slug-3 ... that no article and no original has; from now on it is taken."""
        return unique(wanted if is_slug(wanted) else f"{wanted}-article", self.slugs)
